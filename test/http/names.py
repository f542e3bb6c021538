"""Names of files as attacks: names.py INSTANCE PORT LINKS OFFICER-LINK TOKEN-FILE CASE

Every field that takes files (openapi.json names them) is sent files of these names. Then an officer and somebody
without an account each submit two demands, one with harmless names and one with these: all pages that show them have
the same elements, the name that is shown is the one that a download has, and no head of an answer has more than that.
"""
import functools
import json
import re
import sys
import unicodedata
import urllib.parse

import people
from people import Browser, Shape, location, send
from wire import Server, finish, test

INSTANCE, PORT, LINKS, OFFICER, TOKEN, CASE = sys.argv[1:7]
PORT = int(PORT)
upload = functools.partial(people.upload, PORT)


def quoted(raw):
    return b'filename="' + raw + b'"'


def encoded(raw):
    return b"filename*=UTF-8''" + b"".join(b"%%%02x" % x for x in raw)


# as the field of the part says it; what a browser cannot send stands here too
NAMES = {
    "markup": quoted(b"<script>alert(1)<img src=x onerror=alert(1)>.pdf"),
    "markup with slashes": quoted(b"x'><script>alert(1)</script><a href=javascript:alert(1)>y</a>.pdf"),
    "quotes": quoted(b"a%22 onclick=%22alert(1)%22 b='c'\\\\\\\" d`.pdf"),
    "line ends as browsers write them": quoted(b"a%0D%0ASet-Cookie: evil=1%0D%0A%0D%0A<script>alert(1)%0d.pdf"),
    "line ends encoded": encoded(b"a\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1).pdf"),
    "read from the right": quoted("a\u202efdp.exe\u2066\u200f.pdf".encode()),
    "path traversal": quoted(b"../../../../etc/passwd"),
    "path traversal, encoded": encoded(b"../..\\../../writ.yaml"),
    "NUL, encoded": encoded(b"a.pdf\0.exe"),
    "very long": quoted(("\u00fc" * 1300 + "<script>alert(1)" + "a" * 900 + ".pdf").encode()),
    "no UTF-8": quoted(b"a\xff\xfe\xc3(\xed\xa0\x80\xf4\x90\x80\x80<b onfocus=alert(1)>.pdf"),
    "templates and formats": quoted(b"{{7*7}}{1}%n%s%1$s${x}&lt;script&gt;&#60;b.pdf"),
    "escapes of a terminal, encoded": encoded(b"a\x1b[31m\x1b]0;evil\x07\xc2\x9b31m\x7f.pdf"),
    "nothing but dots and what is not seen": quoted("..\u202e \u200b.".encode()),
    "invisible text": quoted("a\U000e0041\U000e0042\u2028<script>alert(1)\ufeff.pdf".encode()),
}
REFUSED = {
    "a raw line end": quoted(b"a\r\nSet-Cookie: evil=1\r\n.pdf"),
    "a raw LF": quoted(b"a\nContent-Type: text/html\n.pdf"),
    "a raw NUL": quoted(b"a.pdf\0.exe"),
    "raw escapes of a terminal": quoted(b"a\x1b[31m\x07\x7f.pdf"),
    "two names": quoted(b"a.pdf") + b"; " + quoted(b"b.pdf"),
    "no end of its quotes": b'filename="a.pdf',
    "half an escape": b"filename*=UTF-8''a%2.pdf",
    "30,000 bytes": quoted(b"a" * 30000),
}
HARMLESS = [quoted(f"paper {n}.pdf".encode()) for n in range(len(NAMES))]


class Nobody:
    """Whoever has no account."""
    token = proof = ""

    def get(self, path):
        return send(PORT, "GET", path)

    def post(self, path, fields):
        return send(PORT, "POST", path, fields)


def odd(got):
    """What no answer may have, whatever a file is called."""
    head = got.head if isinstance(got.head, str) else got.head.decode("latin-1")
    if got.status >= 500 and got.status != 507:
        return f"status {got.status}"
    if re.search(r"(?im)^(set-cookie: evil|location:.*evil)", head) or "\0" in head:
        return "the name is in the head"
    if b"<script>alert" in got.body or b"<img src=x" in got.body or re.search(rb"<[ab] (href=java|onfocus)", got.body):
        return "the name came back as markup"
    if got.fields.get("content-type", "").startswith("text/html"):
        Shape(got.body)  # raises when an element got a script
    return None


# ---- every field that takes files ----

def takers(api):
    """Lines that take files, with the first and the last of their fields."""
    found = []
    for path, ops in api["paths"].items():
        schema = ops.get("post", {}).get("requestBody", {}).get("content", {}).get("multipart/form-data", {}).get("schema", {})
        names = [n for n, x in schema.get("properties", {}).items() if x.get("items", {}).get("contentMediaType")]
        if names:
            found.append((ops["post"]["operationId"], path[len("/api/v1"):], [names[0], names[-1]]))
    return found


def every_name(path, fields, who):
    wrong = []
    for field in dict.fromkeys(fields):
        for how, raw in {**NAMES, **REFUSED}.items():
            got = upload(who, path, {}, field, [raw], b"no PDF and no list")
            why = odd(got)
            if why or got.status in (200, 201, 303):
                wrong.append(f"{field}, {how}: {why or got.status}")
            if how in REFUSED and got.status not in (400, 413):
                wrong.append(f"{field}, {how}: {got.status}")
    return "; ".join(wrong[:5]) or None


# ---- demands with such papers, as they are shown ----

def begun(who, base):
    """The form, up to its last step; where that is."""
    at = location(who.post(base, {}), base).rsplit("/", 1)[0]
    if who.token == "":
        location(who.post(at + "/who", {"country": "US", "body": "police", "level": "local", "authority": "Police of B", "officer": "Lee",
                                        "mail": "lee@police.example", "phone": "1", "language": "en"}), "who")
    asked = {"kind": "email", "value": "j.doe@mail.example", "service": "mail", "from": "", "to": "", "at": ""}
    location(who.post(at + "/what", {**asked, "go": "add"}), "add")
    location(who.post(at + "/what", {**asked, "kind": "", "value": "", "field": "name", "go": "next"}), "what")
    location(who.post(at + "/instrument", {"instrument": "US-WARRANT", "other": ""}), "instrument")
    location(who.post(at + "/details", {"number": "N 1", "language": "en"}), "details")
    return at + "/send"


def submitted(who, base, names):
    """Demands with papers of these names, ten each."""
    refs = []
    for i in range(0, len(names), 10):
        at = begun(who, base)
        got = upload(who, at, {}, "paper", names[i:i + 10])
        if odd(got):
            raise RuntimeError(odd(got))
        to = location(got, "send")
        refs.append(to.rsplit("/", 1)[1] if who.token else re.search(rb'class="ref">([0-9A-Z-]+)<', who.get(to).body).group(1).decode())
        if odd(who.get(to)):
            raise RuntimeError(f"the receipt: {odd(who.get(to))}")
    return refs


def compared(harmless, evil, what):
    a, b = Shape(harmless.body), Shape(evil.body)
    if harmless.status != 200 or evil.status != 200:
        return f"{what}: {harmless.status} {evil.status}"
    if a.v != b.v:
        return f"{what}: other elements, {len(a.v)} and {len(b.v)}: {sorted(set(b.v) - set(a.v))[:3]}"
    hidden = {f"U+{ord(ch):04X}" for ch in b.text if unicodedata.category(ch) in ("Cc", "Cf", "Zl", "Cn", "Co") and ch not in "\n\t\u00ad"}
    return f"{what}: {hidden} is on the page" if hidden else odd(evil)


def papers(who, path):
    with open(TOKEN, encoding="ascii") as f:
        token = f.read().strip()
    got = send(PORT, "GET", "/api/v1" + path, None, f"Authorization: Bearer {token}")
    if got.status != 200 or not got.fields["content-type"].startswith("application/json"):
        raise RuntimeError(f"{path} by the API: {got.status}")
    return json.loads(got.body)["papers"]


def download(who, path, n, name):
    """The head of a paper's answer says the name that the page shows, and nothing of it can end a field."""
    got = who.get(f"{path}/paper/{n}")
    head = got.head if isinstance(got.head, str) else got.head.decode("latin-1")
    said = got.fields.get("content-disposition", "")
    m = re.fullmatch(r"(?:attachment|inline); filename\*=UTF-8''([A-Za-z0-9._%-]{1,700})", said)
    if got.status != 200 or not m:
        return f"paper {n}: {got.status} {said[:100]!r}"
    if got.fields.get("x-content-type-options") != "nosniff" or "evil" in re.sub(r"(?i)content-disposition: .*", "", head):
        return f"paper {n}: {head!r}"
    kept = urllib.parse.unquote(m.group(1), errors="strict")
    if kept != name or re.search(r'[/\\\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]', kept) or kept.startswith("."):
        return f"paper {n}: {kept[:60]!r}, shown as {name[:60]!r}"
    return None


def shown(eve, path, other):
    """The pages of a demand or case in every state of the viewer, beside those with harmless names."""
    mine, theirs = papers(eve, path), papers(eve, other)
    wrong = [compared(eve.get(other), eve.get(path), path)]
    if len(mine) != len(theirs) or not mine:
        return f"{len(mine)} papers, {len(theirs)} of the other"
    for x, y in zip(mine, theirs):
        wrong.append(compared(eve.get(f"{other}?paper={y['number']}"), eve.get(f"{path}?paper={x['number']}"), f"{path}, paper {x['number']}"))
        wrong.append(download(eve, path, x["number"], x["name"]))
    return "; ".join([x for x in wrong if x][:3]) or None


def demands(who, base, eve):
    good, bad = submitted(who, base, HARMLESS), submitted(who, base, list(NAMES.values()))
    wrong = [compared(eve.get("/desk"), eve.get("/desk"), "/desk")]
    for g, b in zip(good, bad):
        wrong.append(shown(eve, f"/desk/demand/{b}", f"/desk/demand/{g}"))
        cases = []
        for ref in (g, b):
            if who.token == "":
                eve.post(f"/desk/demand/{ref}/verify", {})
            cases.append(location(eve.post(f"/desk/demand/{ref}/open", {}), f"open {ref}"))
        wrong.append(shown(eve, cases[1], cases[0]))
        if who.token:
            wrong.append(compared(who.get(f"/portal/case/{g}"), who.get(f"/portal/case/{b}"), "the officer's page"))
    return "; ".join([x for x in wrong if x][:3]) or None


def tried():
    with open(LINKS, encoding="ascii") as f:
        eve = Browser(PORT, f.readline().strip())
    with open(OFFICER, encoding="ascii") as f:
        officer = Browser(PORT, f.read().strip())
    api = json.loads(send(PORT, "GET", "/openapi.json").body)
    nobody = Nobody()
    found = takers(api)
    test("openapi.json names the fields that take files", lambda: None if len(found) >= 5 else f"only {found}")
    forms = {"portal": begun(officer, "/portal/new"), "form": begun(nobody, "/portal/form")}
    for name, path, fields in found:
        kind = "form" if path.startswith("/portal/form") else path.split("/")[1]
        if kind == "collect":  # a service's own, with a token that no person has
            continue
        parts = {"case": CASE, "n": "1", "form": forms.get(kind, "//").split("/")[-2]}
        path = re.sub(r"\{(\w+)\}", lambda m, parts=parts: parts.get(m.group(1), "2M4K-0P7Q-8XW3C"), path)
        test(f"names of files at {name}", every_name, path, fields, {"desk": eve, "portal": officer, "form": nobody}[kind])
    test("names of an officer's papers stay text on every page and at a download", demands, officer, "/portal/new", eve)
    test("names of papers that come without an account too", demands, nobody, "/portal/form", eve)
    test("the server is as well as before", lambda: None if send(PORT, "GET", "/health").status == 200 else "not well")


def main():
    server = Server(INSTANCE, port=PORT)
    try:
        tried()
    finally:
        server.stop()
    finish()


main()
