"""Attacks on pages and API: attack.py INSTANCE PORT LINKS SQL.SH TOKEN-FILE RIGHTS CASE CASE

What is attacked is what openapi.json names, so a line that comes new is attacked too: forms of others (CSRF),
sessions given by an attacker, parts and fields that are none, values that stand twice, texts that would be markup.
"""
import functools
import json
import re
import subprocess
import sys
import urllib.parse

import people
from people import COOKIE, Browser, Shape
from wire import Server, finish, test

INSTANCE, PORT, LINKS, SQL, TOKEN, RIGHTS, CASE, OTHER_CASE = sys.argv[1:9]
PORT = int(PORT)
ORIGIN = f"http://localhost:{PORT}"
MARKUP = "x\"'><script>alert(1)</script><img src=x onerror=alert(1)><a href=javascript:alert(1)>y</a>{{7*7}}&lt;b"
HARMLESS = "a harmless text"


send = functools.partial(people.send, PORT)


def entries():
    out = subprocess.run(["sh", SQL, "SELECT count(*) FROM entry"], stdout=subprocess.PIPE, check=True)
    return int(out.stdout)


# ---- what there is ----

SAMPLES = {"n": "1", "act": "keys", "ref": "ABCDEFGHJKMNP", "token": "0" * 64, "path": "x"}


def fill(path, case=None):
    return re.sub(r"\{(\w+)\}", lambda m: {"case": case or CASE}.get(m.group(1), SAMPLES.get(m.group(1), "1")), path)


def sample(schema, name):
    if schema.get("type") == "array":
        return [sample(schema["items"], name)]
    if schema.get("type") == "integer":
        return "100" if name == "percent" else "1"  # a sample of all: by 1 percent chance would say what a page shows
    return {"date": "2026-12-31", "date-time": "2026-12-31T12:00:00Z"}.get(schema.get("format")) or \
        {"^[A-Z]{2}$": "US", "^[0-9a-fA-F]{64}$": "0" * 64, "^(yes|no)$": "yes"}.get(schema.get("pattern")) or "other"


class Line:
    def __init__(self, path, op):
        self.path, self.name, self.right = path[len("/api/v1"):], op["operationId"], op.get("x-right")
        schema = op.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {}).get("schema", {})
        self.fields, self.needed = schema.get("properties", {}), schema.get("required", [])

    def least(self):
        return {f: sample(self.fields[f], f) for f in self.needed}


def lines(api, method):
    return [Line(path, ops[method]) for path, ops in api["paths"].items() if method in ops]


# ---- forms of others ----

def foreign_forms(posts, eve, mallory):
    wrong, before = [], entries()
    old = eve.proof
    eve.sign_in()
    ways = {"without a proof": ({}, "", ()), "another's proof": ({}, mallory.proof, ()),
            "the proof of an ended session": ({}, old, ()), "half a proof": ({}, eve.proof[:32], ()),
            "two proofs": ({}, [eve.proof, eve.proof], ()),
            "sent by another site": ({}, eve.proof, ("Sec-Fetch-Site: cross-site",)),
            "sent by a sister site": ({}, eve.proof, ("Sec-Fetch-Site: same-site",)),
            "of another origin": ({}, eve.proof, ("Origin: https://evil.example",)),
            "of no origin": ({}, eve.proof, ("Origin: null",)),
            "of an origin that begins alike": ({}, eve.proof, (f"Origin: {ORIGIN}.evil.example",))}
    for line in posts:
        for how, (_, proof, head) in ways.items():
            got = eve.post(fill(line.path), line.least(), *head, proof=proof)
            if got.status != 403:
                wrong.append(f"{line.name} {how}: {got.status}")
        got = send("POST", fill(line.path), line.least(), "Sec-Fetch-Site: cross-site")
        if got.status not in (401, 403):
            wrong.append(f"{line.name} of nobody by another site: {got.status}")
    if entries() != before:
        wrong.append(f"{entries() - before} entries were written")
    return "; ".join(wrong[:5]) or None


def simple_forms_reach_no_api(posts, eve):
    """A cookie opens nothing below /api/v1, whatever a page of another site sends there."""
    wrong = [f"{x.name}: {got.status}" for x in posts if not x.path.startswith(("/sign-", "/enrol/"))
             for got in [eve.post("/api/v1" + fill(x.path), x.least())] if got.status != 401]
    return "; ".join(wrong[:5]) or None


# ---- sessions ----

def given_session(mallory):
    planted = "ab" * 32
    first = send("GET", "/me", None, f"Cookie: {COOKIE}={planted}")
    mallory.sign_in(f"Cookie: {COOKIE}={planted}")
    if mallory.token == planted or first.status != 303:
        return "the planted session was taken"
    if send("GET", "/me", None, f"Cookie: {COOKIE}={planted}").status != 303:
        return "the planted session lives"
    old = mallory.token
    mallory.sign_in(f"Cookie: {COOKIE}={old}", proof=mallory.proof)
    if send("GET", "/me", None, f"Cookie: {COOKIE}={old}").status != 303:
        return "the session before the sign-in goes on"
    for odd in (mallory.token[:-1], mallory.token + "0", mallory.token.upper(), mallory.token[:-1] + "%00", "' OR 1=1 --"):
        if odd != mallory.token and send("GET", "/me", None, f"Cookie: {COOKIE}={odd}").status != 303:
            return f"a session of {len(odd)} characters that is none"
    return None


def forced(gets, posts, ada):
    """Nobody, and somebody with a lesser role, go by addresses alone."""
    wrong, before = [], entries()
    with open(RIGHTS, encoding="utf-8") as f:
        may = {x["right"] for x in json.load(f)["rights"]}
    for line in gets:
        got = send("GET", fill(line.path))
        if "/desk" in line.path and (got.status != 303 or got.fields.get("location") != "/sign-in"):
            wrong.append(f"{line.name} of nobody: {got.status}")
    for line in posts:
        if line.path.startswith("/desk/"):
            if line.right not in may and ada.post(fill(line.path), line.least()).status != 403:
                wrong.append(f"{line.name} of an auditor: let through")
            if send("POST", fill(line.path), line.least()).status != 401:
                wrong.append(f"{line.name} of nobody: let through")
    if entries() != before:
        wrong.append("entries were written")
    return "; ".join(wrong[:5]) or None


# ---- parts, fields and fields of the head ----

PARTS = ["..", "%2e%2e", "%2f..%2f", "%00", "x%00y", "%0d%0aSet-Cookie:%20evil=1", "%0aX-Evil:%201", "%3cscript%3ealert(1)%3c/script%3e",
         "'%20OR%201=1--", "%ff%fe", "%", "%zz", "a" * 3000, "%e2%80%ae", "x;y=1", "x%3fy", "-1", "9" * 40, "1e9", "0x1", "%20", "+"]


def odd_parts(all_lines, eve):
    wrong = []
    for line in all_lines:
        for name in re.findall(r"\{(\w+)\}", line.path):
            for part in PARTS:
                path = fill(line.path.replace("{" + name + "}", "\0")).replace("\0", part)
                got = eve.get(path)
                text = got.head if isinstance(got.head, str) else got.head.decode("latin-1")
                if got.status >= 500 or got.status in (200, 201):
                    wrong.append(f"{line.name}, {name} = {part[:30]}: {got.status}")
                if "evil" in text.lower() or b"<script>alert" in got.body:
                    wrong.append(f"{line.name}, {name} = {part[:30]}: came back")
    return "; ".join(wrong[:5]) or None


def odd_queries(gets, eve):
    wrong = []
    values = ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "%0d%0aLocation:%20https://evil.example",
              "/me%0d%0aX-Evil:%201", urllib.parse.quote(MARKUP), "%00", "%c3%28", "de%0d%0aSet-Cookie:%20evil=1"]
    for line in gets:
        for name in ("back", "done", "lang", "sort", "q", "after"):
            for value in values:
                got = eve.get(fill(line.path) + f"?{name}={value}")
                text = got.head if isinstance(got.head, str) else got.head.decode("latin-1")
                if got.status >= 500 or "evil" in text.lower() or b"<script>alert" in got.body or b'href="//evil' in got.body or \
                        b"href=\"javascript" in got.body.lower():
                    wrong.append(f"{line.name}?{name}={value[:30]}: {got.status}")
    return "; ".join(wrong[:5]) or None


def spoilt(schema):
    """Values that the field's own description forbids."""
    one = schema.get("items", schema)
    bad = [b"a%00b", b"%ff%fe", b"%c3%28", b"%1b%5b31m"]
    if one.get("type") == "integer":
        bad += [b"x", b"-1", b"1.5", b"9" * 30, b"0x10", b"1e3", b"%EF%BC%91"]
    if one.get("format") in ("date", "date-time"):
        bad += [b"2026-02-30", b"x", b"2026-1-1", b"9" * 400, b"20260101"]
    if one.get("pattern"):
        bad += [b"%22%3E%3Cscript%3E", b"%F0%9F%92%A9" * 3]
    if one.get("maxLength"):
        bad.append(b"a" * (one["maxLength"] + 1))
    return bad


def spoilt_fields(posts, eve):
    wrong, before = [], entries()
    for line in posts:
        if line.name.startswith("office_") or line.name == "settings_token_end":
            continue  # of officers (test/unit/web_office.c), and of admins, who read no case
        for name, schema in line.fields.items():
            if line.name in ("sign_in_do", "enrol_do", "verify_do", "own_key"):
                continue  # what a device answers is one binary value each: test/unit/web_login.c
            for raw in spoilt(schema):
                rest = {k: v for k, v in line.least().items() if k != name}
                body = urllib.parse.urlencode({**rest, "proof": eve.proof}, doseq=True).encode() + b"&" + name.encode() + b"=" + raw
                got = send("POST", fill(line.path), body, f"Cookie: {COOKIE}={eve.token}")
                if got.status not in (400, 413):
                    wrong.append(f"{line.name}, {name} = {raw[:20]!r}: {got.status}")
            if not schema.get("type") == "array" and name in line.needed:
                twice = urllib.parse.urlencode({**line.least(), "proof": eve.proof}, doseq=True) + f"&{name}={sample(schema, name)}"
                got = send("POST", fill(line.path), twice.encode(), f"Cookie: {COOKIE}={eve.token}")
                if got.status != 400:
                    wrong.append(f"{line.name}, {name} twice: {got.status}")
        for name in line.needed:
            got = eve.post(fill(line.path), {k: v for k, v in line.least().items() if k != name})
            if got.status != 400 and not line.path.startswith("/enrol"):
                wrong.append(f"{line.name} without {name}: {got.status}")
    if entries() != before:
        wrong.append(f"{entries() - before} entries were written")
    return "; ".join(wrong[:5]) or None


def whole_forms(eve):
    """Forms that are too large, too many, or no forms."""
    way = "/me/language"
    bodies = {"300,000 bytes": b"language=en&x=" + b"a" * 300000, "a value of 70,000": b"language=en&x=" + b"a" * 70000,
              "400 fields": b"language=en" + b"&a=1" * 400, "no name": b"=1&language=en", "a broken escape": b"language=%e", "zero bytes": b"a\0=1"}
    wrong = [f"{name}: {got.status}" for name, raw in bodies.items()
             for got in [send("POST", way, raw, f"Cookie: {COOKIE}={eve.token}")] if got.status not in (400, 413)]
    return "; ".join(wrong) or None


# ---- markup ----

def texts(line, value):
    """The least form, with this in each field that takes free text."""
    least = line.least()
    for name, schema in line.fields.items():
        one = schema.get("items", schema)
        if one.get("type") == "string" and not one.get("pattern") and not one.get("format"):
            least[name] = value
    return least


def act(posts, eve, case, value):
    """Every form once, with the pages that answer it."""
    pages = {}
    for line in posts:
        if line.name in ("sign_out", "own_sessions_end", "own_session_end", "own_key_end", "sign_in_do"):
            continue
        got = eve.post(fill(line.path, case), texts(line, value))
        if got.fields.get("content-type", "").startswith("text/html"):
            pages[line.name] = got
    return pages


def look(gets, eve, case):
    pages = {}
    for line in gets:
        got = eve.get(fill(line.path, case))
        if got.status == 200 and got.fields.get("content-type", "").startswith("text/html"):
            pages[line.name] = got
    return pages


def markup(gets, posts, eve):
    """Two cases alike, one with harmless texts and one with markup in them: their pages have the same elements."""
    harmless = act(posts, eve, CASE, HARMLESS)
    harmless.update(look(gets, eve, CASE))
    evil = act(posts, eve, OTHER_CASE, MARKUP)
    evil.update(look(gets, eve, OTHER_CASE))
    wrong = []
    if len(evil) < 8:
        return f"only {len(evil)} pages were looked at"
    if not any(b"alert(1)" in got.body for name, got in evil.items() if name == "case"):
        wrong.append("no text came to the page of the case: nothing was tried")
    for name, got in evil.items():
        if got.status >= 500:
            wrong.append(f"{name}: {got.status}")
        if b"<script>alert(1)" in got.body or b"onerror=alert(1)>" in got.body.replace(b"&gt;", b"&"):
            wrong.append(f"{name}: the text came back as markup")
        a, b = Shape(harmless[name].body).v if name in harmless else None, Shape(got.body).v
        if a is not None and harmless[name].status == got.status and set(b) - set(a):
            wrong.append(f"{name}: new elements {sorted(set(b) - set(a))[:3]}")
        if "content-security-policy" not in got.fields or "unsafe" in got.fields["content-security-policy"]:
            wrong.append(f"{name}: no policy against scripts")
    return "; ".join(wrong[:5]) or None


def api_markup(posts):
    """The API says a text as JSON that no browser takes for a page."""
    wrong = []
    with open(TOKEN, encoding="ascii") as f:
        token = f.read().strip()
    for line in posts:
        got = send("POST", "/api/v1" + fill(line.path), texts(line, MARKUP), f"Authorization: Bearer {token}")
        if got.status >= 500 or not got.fields.get("content-type", "").startswith("application/json") or \
                got.fields.get("x-content-type-options") != "nosniff" or not isinstance(json.loads(got.body), dict):
            wrong.append(f"{line.name}: {got.status} {got.fields.get('content-type')}")
    return "; ".join(wrong[:5]) or None


# ---- the API's description ----

STRUCTURE = {
    "type": "object", "required": ["openapi", "info", "paths", "components", "security"], "additionalProperties": False,
    "properties": {
        "openapi": {"pattern": r"^3\.1\.\d+$"}, "security": {"type": "array", "minItems": 1},
        "info": {"type": "object", "required": ["title", "version"]},
        "components": {"type": "object", "propertyNames": {"enum": ["securitySchemes", "parameters", "responses", "schemas"]}},
        "paths": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": r"^/api/v1/[a-z0-9/{}_.-]+$"},
                  "additionalProperties": {"type": "object", "additionalProperties": False, "minProperties": 1,
                                           "properties": {"get": {"$ref": "#/$defs/op"}, "post": {"$ref": "#/$defs/op"}}}}},
    "$defs": {
        "op": {"type": "object", "required": ["operationId", "parameters", "responses"], "additionalProperties": False,
               "properties": {"operationId": {"pattern": "^[a-z0-9_]+$"}, "summary": {"type": "string", "minLength": 1},
                              "x-right": {"type": "string"}, "parameters": {"type": "array", "items": {"$ref": "#/$defs/param"}},
                              "requestBody": {"type": "object", "required": ["content"]},
                              "responses": {"type": "object", "required": ["200"], "propertyNames": {"pattern": "^[2-5][0-9]{2}$"}}}},
        "param": {"anyOf": [{"type": "object", "required": ["$ref"]},
                            {"type": "object", "required": ["name", "in", "required", "schema"], "additionalProperties": False,
                             "properties": {"name": {"type": "string"}, "in": {"enum": ["path", "query", "header"]},
                                            "required": {"type": "boolean"}, "description": {"type": "string"},
                                            "schema": {"type": "object", "required": ["type"]}}}]}}}


def description(api):
    import jsonschema

    for e in jsonschema.Draft202012Validator(STRUCTURE).iter_errors(api):
        return f"{'/'.join(map(str, e.path))}: {e.message[:200]}"
    names = [op["operationId"] for ops in api["paths"].values() for op in ops.values()]
    if len(names) != len(set(names)):
        return "an operationId twice"
    for path, ops in api["paths"].items():
        for op in ops.values():
            parts = [p["name"] for p in op["parameters"] if p.get("in") == "path"]
            if sorted(parts) != sorted(re.findall(r"\{(\w+)\}", path)):
                return f"{path}: its parts are not its parameters"
            if any(p.get("in") == "path" and not p["required"] for p in op["parameters"]):
                return f"{path}: a part that need not be there"
    for ref in re.findall(r'"\$ref": ?"#/([^"]+)"', json.dumps(api)):
        at = api
        for step in ref.split("/"):
            if step not in at:
                return f"#/{ref} leads nowhere"
            at = at[step]
    return None


def every_path_answers(api):
    with open(TOKEN, encoding="ascii") as f:
        token = f.read().strip()
    wrong = []
    for method in ("get", "post"):
        for line in lines(api, method):
            got = send(method.upper(), "/api/v1" + fill(line.path), {}, f"Authorization: Bearer {token}")
            if got.status in (404, 405) and json.loads(got.body).get("says") == "" or got.status >= 500:
                wrong.append(f"{method} {line.path}: {got.status}")
            if send(method.upper(), "/api/v1" + fill(line.path), {}, "Authorization: Bearer nothing").status != 401:
                wrong.append(f"{method} {line.path}: open to a token that is none")
    return "; ".join(wrong[:5]) or None


def main():
    server = Server(INSTANCE, port=PORT)
    with open(LINKS, encoding="ascii") as f:
        eve, mallory, ada = (Browser(PORT, x.strip()) for x in f)
    api = json.loads(send("GET", "/openapi.json").body)
    gets, posts = lines(api, "get"), lines(api, "post")
    test("openapi.json is of the structure of OpenAPI 3.1, and whole in itself", description, api)
    test("every path of openapi.json answers, and none without a token", every_path_answers, api)
    test("forms of others are refused on every route, and nothing is written", foreign_forms, posts, eve, mallory)
    test("a cookie opens nothing of the API", simple_forms_reach_no_api, posts, eve)
    test("a session that an attacker gave is not taken", given_session, mallory)
    test("addresses alone open nothing", forced, gets, posts, ada)
    test("parts of a path that are none", odd_parts, gets + posts, eve)
    test("queries that would lead elsewhere", odd_queries, gets, eve)
    test("fields that are too long, twice or not of their form", spoilt_fields, posts, eve)
    test("forms that are none", whole_forms, eve)
    test("markup in every field stays text on every page", markup, gets, posts, eve)
    test("markup in every field stays text in the API", api_markup, posts)
    test("the server is as well as before", lambda: None if send("GET", "/health").status == 200 else "not well")
    server.stop()
    finish()


main()
