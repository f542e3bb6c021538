"""Signing in through an OpenID provider on this machine: oidc.py port | provide PORT URL | INSTANCE PORT WORK LINK

provide: only the provider, at which whoever comes is signed in as "sub-rob" at once (test/browser/oidc.sh).

The provider is written from OpenID Connect Core 1.0 and RFC 7636, 9207, and shares nothing with the program. The
browser is one that keeps the rules of cookies: what comes from another site brings no cookie that is Strict.
"""
import base64
import hashlib
import http.server
import json
import os
import secrets
import subprocess
import sys
import threading
import time
import urllib.parse

from passkey import G, N, b64, times
from wire import Line, Server, finish, free_port, request, test

CLIENT, SECRET = "writ+desk", "a secret: with/odd%signs"
URL = sys.argv[3] if sys.argv[1] == "provide" else "https://desk.example.net"
BACK = URL + "/sign-in/oidc/back"


class Key:
    """P-256, in plain whole numbers."""

    def __init__(self, kid):
        self.kid, self.d = kid, secrets.randbelow(N - 1) + 1
        x, y = times(self.d, G)
        self.jwk = {"kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "alg": "ES256",
                    "x": b64(x.to_bytes(32, "big")), "y": b64(y.to_bytes(32, "big"))}
        self.alg = "ES256"

    def sign(self, raw):
        z = int.from_bytes(hashlib.sha256(raw).digest(), "big")
        k = secrets.randbelow(N - 1) + 1
        r = times(k, G)[0] % N
        return r.to_bytes(32, "big") + (pow(k, -1, N) * (z + r * self.d) % N).to_bytes(32, "big")


class RsaKey:
    """By the command openssl."""

    def __init__(self, kid, work):
        self.kid, self.alg, self.path = kid, "RS256", os.path.join(work, kid + ".pem")
        subprocess.run(["openssl", "genrsa", "-out", self.path, "2048"], check=True, stderr=subprocess.DEVNULL)
        out = subprocess.run(["openssl", "rsa", "-in", self.path, "-noout", "-modulus"], check=True, capture_output=True)
        n = bytes.fromhex(out.stdout.decode().strip().split("=")[1])
        self.jwk = {"kty": "RSA", "kid": kid, "use": "sig", "n": b64(n), "e": b64(b"\1\0\1")}

    def sign(self, raw):
        return subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.path], input=raw, check=True,
                              capture_output=True).stdout


def jws(key, claims, **head):
    head = {"alg": key.alg, "kid": key.kid, "typ": "JWT", **head}
    text = b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())
    return text + "." + b64(key.sign(text.encode()))


class Provider(http.server.ThreadingHTTPServer):
    """.mode: how the token endpoint answers; .spoil: changes the claims; .asked: what came there."""

    def __init__(self, port, key):
        super().__init__(("127.0.0.1", port), Handler)
        self.issuer = f"http://127.0.0.1:{port}"
        self.signing, self.published = key, [key]
        self.codes, self.asked, self.mode, self.spoil, self.wrong = {}, 0, "good", {}, []
        self.signs_in = None  # who is signed in there without being asked
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass

    def authorize(self, url, subject, auth_time=None):
        """What a person does there: the address that the browser is sent back to."""
        at = urllib.parse.urlsplit(url)
        q = {k: v[0] for k, v in urllib.parse.parse_qs(at.query, strict_parsing=True).items()}
        want = {"response_type": "code", "client_id": CLIENT, "redirect_uri": BACK, "scope": "openid",
                "code_challenge_method": "S256"}
        for k, v in want.items():
            if q.get(k) != v:
                raise ValueError(f"{k} is {q.get(k)}")
        if at.path != "/authorize" or len(q["state"]) < 40 or len(q["nonce"]) < 40 or q["nonce"] == q["state"]:
            raise ValueError(f"asked with {url}")
        code = secrets.token_urlsafe(32)
        self.codes[code] = (q, subject, auth_time or int(time.time()))
        return BACK + "?" + urllib.parse.urlencode({"code": code, "state": q["state"], "iss": self.issuer})

    def redeem(self, form, authorization):
        who = urllib.parse.quote(CLIENT, safe="") + ":" + urllib.parse.quote(SECRET, safe="")
        if authorization != "Basic " + base64.b64encode(who.encode()).decode():
            self.wrong.append("the client is another one")
            return None
        q, subject, auth_time = self.codes.pop(form.get("code", ""), (None, None, None))
        if q is None or form.get("grant_type") != "authorization_code" or form.get("redirect_uri") != BACK:
            return None
        if b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest()) != q["code_challenge"]:
            self.wrong.append("the verifier is another one")
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": subject, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": q["nonce"],
                  "auth_time": auth_time, "name": "A Name", "email": "somebody@example.net", "acr": 0.5}
        claims.update(self.spoil)
        return jws(self.signing, {k: v for k, v in claims.items() if v is not None})


class Handler(http.server.BaseHTTPRequestHandler):
    def give(self, value, status=200):
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self):
        me = self.server
        if self.path.startswith("/authorize?") and me.signs_in:
            self.send_response(302)
            self.send_header("Location", me.authorize(me.issuer + self.path, me.signs_in))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/.well-known/openid-configuration":
            self.give({"issuer": me.issuer, "authorization_endpoint": me.issuer + "/authorize",
                       "token_endpoint": me.issuer + "/token", "jwks_uri": me.issuer + "/keys",
                       "response_types_supported": ["code"], "subject_types_supported": ["public"],
                       "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
                       "authorization_response_iss_parameter_supported": True})
        elif self.path == "/keys":
            self.give({"keys": [{"kty": "oct", "kid": "x", "k": "AAAA"}] + [k.jwk for k in me.published]})
        else:
            self.give({}, 404)

    def do_POST(self):
        me = self.server
        me.asked += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        form = {k: v[0] for k, v in urllib.parse.parse_qs(body).items()}
        if me.mode == "down":
            self.close_connection = True
            return
        if me.mode == "slow":
            time.sleep(14)
        if me.mode == "large":
            return self.give(b'{"id_token": "' + b"A" * (10 << 20) + b'"}')
        if me.mode == "elsewhere":
            self.send_response(302)
            self.send_header("Location", me.issuer + "/token")
            self.end_headers()
            return None
        token = me.redeem(form, self.headers.get("Authorization"))
        if token is None:
            return self.give({"error": "invalid_grant"}, 400)
        if me.mode == "odd":
            return self.give(b'{"id_token": [')
        return self.give({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def log_message(self, *args):
        pass


class Browser:
    def __init__(self, server):
        self.server, self.strict, self.lax = server, {}, {}

    def get(self, path, foreign=False):
        """foreign: the navigation began on another site."""
        jar = {**self.lax} if foreign else {**self.lax, **self.strict}
        fields = ["Cookie: " + "; ".join(f"{k}={v}" for k, v in jar.items())] if jar else []
        fields.append("Sec-Fetch-Site: " + ("cross-site" if foreign else "same-origin"))
        line = Line(self.server.port)
        line.send(request("GET", path, *fields))
        got = line.answer()
        line.close()
        self.take(got)
        return got

    def take(self, got):
        for raw in got.fields.get("set-cookie", "").splitlines():
            self.keep(raw)

    def keep(self, raw):
        pair, *rest = raw.split("; ")
        name, _, value = pair.partition("=")
        if name.startswith("__Host-") and not {"Secure", "HttpOnly", "Path=/"} <= set(rest):
            raise ValueError(f"a cookie without what its prefix wants: {rest}")
        jar = self.strict if "SameSite=Strict" in rest else self.lax
        if "Max-Age=0" in rest:
            jar.pop(name, None)
        else:
            jar[name] = value

    def leave(self, path="/sign-in/oidc"):
        got = self.get(path)
        if got.status != 303:
            raise ValueError(f"{path}: {got.status}")
        return got.fields["location"]

    def come(self, url):
        """Back from the provider; then as its pages lead it, until none does."""
        got = self.get(url[len(URL):], foreign=True)
        if got.fields.get("refresh") != "0; url=/sign-in/oidc/wait":
            return got
        return self.wait()

    def wait(self, seconds=25):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = self.get("/sign-in/oidc/wait")
            if got.fields.get("refresh") != "1":
                return got
            time.sleep(0.1)
        raise ValueError("it waits for ever")

    def round(self, provider, subject="sub-rob", path="/sign-in/oidc", **more):
        return self.come(provider.authorize(self.leave(path), subject, **more))

    def is_in(self):
        return self.get("/me").status == 200


def refused(got, status=403):
    if got.status != status or b"You are not signed in" not in got.body:
        return f"{got.status} {got.body[-900:]}"
    return "a session all the same" if "__Host-writ=" in got.fields.get("set-cookie", "") else None


# ---- stories -------------------------------------------------------------------------------------------------------

def whole_way(server, provider):
    b = Browser(server)
    page = b.get("/sign-in")
    if b"Sign in with Example Login" not in page.body or b"/sign-in/oidc" not in page.body:
        return "the page shows no button"
    got = b.round(provider)
    if got.status != 303 or got.fields["location"] != "/desk/today":
        return f"{got.status} {got.fields} {server.log()}"
    if provider.wrong:
        return provider.wrong[0]
    if not b.is_in():
        return "not signed in"
    if "__Host-writ-oidc" in b.lax:
        return "the round's cookie stays"
    if b"OpenID Connect" not in b.get("/me").body:
        return "the list of sessions does not say by what"
    return None


def states(server, provider):
    b, other = Browser(server), Browser(server)
    back = provider.authorize(b.leave(), "sub-rob")
    other.leave()
    # a link that an attacker sends: the browser has another cookie, or none
    for victim in (other, Browser(server)):
        if why := refused(victim.come(back)):
            return f"another browser: {why}"
    at = urllib.parse.urlsplit(back)
    q = dict(urllib.parse.parse_qsl(at.query))
    asked = provider.asked
    for change in ({"state": ""}, {"state": q["state"][:-2] + "AA"}, {"state": "A" * 54}, {"iss": "https://evil.example"},
                   {"iss": provider.issuer + "/"}, {"iss": ""}, {"code": ""}, {"error": "access_denied"}):
        bent = {k: v for k, v in {**q, **change}.items() if v}
        if why := refused(b.come(BACK + "?" + urllib.parse.urlencode(bent))):
            return f"{change}: {why}"
        if "__Host-writ-oidc" in b.lax:
            return "a round that went wrong goes on"
        back = provider.authorize(b.leave(), "sub-rob")
        q = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))
    return None if provider.asked == asked else "a code of a wrong answer was spent"


def replay(server, provider):
    b = Browser(server)
    back = provider.authorize(b.leave(), "sub-rob")
    kept = dict(b.lax)
    if b.come(back).status != 303:
        return "the first time is refused"
    asked = provider.asked
    b.lax = kept
    if why := refused(b.come(back)):
        return why
    if provider.asked != asked:
        return "the code went out twice"
    # the session that was made is told once
    thief = Browser(server)
    thief.lax = kept
    got = thief.get("/sign-in/oidc/wait")
    return None if got.status == 404 else f"a second browser is told {got.status}"


def strangers(server, provider):
    if why := refused(Browser(server).round(provider, subject="sub-nobody")):
        return f"an unknown subject: {why}"
    # the same mail address as somebody's, another subject
    return refused(Browser(server).round(provider, subject="rob@mail.example"))


def spoiled(server, provider, work):
    now = int(time.time())
    for spoil in ({"iss": "https://evil.example"}, {"aud": "another"}, {"aud": [CLIENT, "another"]}, {"azp": "another"},
                  {"exp": now - 120}, {"exp": None}, {"iat": now - 3600}, {"iat": now + 3600}, {"nonce": "n" * 43},
                  {"nonce": None}, {"sub": None}, {"sub": ""}, {"nbf": now + 3600}):
        provider.spoil = spoil
        got = Browser(server).round(provider)
        provider.spoil = {}
        if why := refused(got):
            return f"{spoil}: {why}"
    stranger = Key("one")
    provider.signing, kept = stranger, provider.signing
    got = Browser(server).round(provider)
    provider.signing = kept
    return refused(got)


def moods(server, provider, mode, status):
    provider.mode = mode
    b = Browser(server)
    began = time.monotonic()
    got = b.round(provider)
    provider.mode = "good"
    if why := refused(got, status):
        return why
    if time.monotonic() - began > 20:
        return "it took longer than the limit of a request"
    got = Browser(server).round(provider)
    return None if got.status == 303 else f"the next one: {got.status}"


def rotated(server, provider, instance, work):
    """A new key is asked for at once, but not for every token with a name nobody knows."""
    provider.signing = RsaKey("two", work)
    provider.published = [provider.signing]
    got = Browser(server).round(provider)
    if why := refused(got):
        return f"the keys were just read: {why}"
    older(instance)
    got = Browser(server).round(provider)
    return None if got.status == 303 else f"{got.status} {server.log()}"


def sql(instance, statement):
    """Of the engine that the test runs on; again while another writes."""
    engine = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../engine")
    for _ in range(20):
        got = subprocess.run(["sh", "-c", '. "$1"; sql "$2" "$3"', "sh", engine, instance, statement], capture_output=True,
                             check=False)
        if got.returncode == 0:
            return got.stdout
        time.sleep(0.2)
    raise ValueError(got.stderr.decode())


def older(instance):
    sql(instance, "UPDATE oidc_issuer SET tried = tried - 100")


def once_more(server, provider):
    b = Browser(server)
    b.round(provider)
    page = b.get("/verify/keys?back=/me")
    if b"Sign in with Example Login" not in page.body or b"data-passkey" in page.body:
        return "the page asks for a passkey"
    path = "/verify/keys/oidc?back=/me"
    url = b.leave(path)
    q = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    if q.get("prompt") != ["login"] or q.get("max_age") != ["0"]:
        return f"an old sign-in would do: {url}"
    if why := refused(b.come(provider.authorize(url, "sub-rob", auth_time=int(time.time()) - 3000))):
        return f"an old sign-in: {why}"
    provider.spoil = {"auth_time": None}
    got = b.round(provider, path=path)
    provider.spoil = {}
    if why := refused(got):
        return f"without auth_time: {why}"
    if why := refused(b.round(provider, subject="sub-eve", path=path)):
        return f"another person: {why}"
    if b"To bind a sign-in or to end one" not in b.get("/me").body:
        return "confirmed by a refusal"
    got = b.round(provider, path=path)
    if got.status != 303 or got.fields["location"] != "/me":
        return f"{got.status} {got.fields}"
    if b"Bind Example Login" not in b.get("/me").body:
        return "not confirmed"
    # a second subject by the own hand
    got = b.round(provider, subject="sub-rob-2", path="/me/oidc")
    if got.status != 303 or got.fields["location"] != "/me?done=oidc_own":
        return f"{got.status} {got.fields}"
    got = Browser(server).round(provider, subject="sub-rob-2")
    return None if got.status == 303 else f"the second subject: {got.status}"


def session_of_another(server, provider):
    """The round began in one session and ends in another."""
    b = Browser(server)
    b.round(provider)
    url = b.leave("/verify/release/oidc?back=/me")
    kept = dict(b.lax)
    b.round(provider, subject="sub-rob")
    b.lax = kept
    return refused(b.come(provider.authorize(url, "sub-rob")))


def by_link(server, provider, link):
    b = Browser(server)
    path = urllib.parse.urlsplit(link).path
    if b"Bind Example Login" not in b.get(path).body:
        return "the page of the link does not offer it"
    if why := refused(b.round(provider, subject="sub-rob", path=path + "/oidc"), 409):
        return f"somebody else's subject: {why}"
    got = b.round(provider, subject="sub-eve", path=path + "/oidc")
    if got.status != 303 or got.fields["location"] != "/sign-in?done=oidc_link":
        return f"{got.status} {got.fields} {got.body[-500:]}"
    if b.get(path).status != 404:
        return "the link is still good"
    got = Browser(server).round(provider, subject="sub-eve")
    return None if got.status == 303 else f"the sign-in: {got.status}"


def nowhere_else(server, provider):
    """No address that a browser is told leads away, but to the issuer."""
    b = Browser(server)
    b.round(provider)
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX: y"):
        got = b.get("/verify/keys/oidc?back=" + urllib.parse.quote(back, safe=""))
        if got.status != 400:
            return f"{back}: {got.status}"
    b.lax["__Host-writ-oidc"] = "0" * 64 + "." + b64(json.dumps(
        {"aim": "again", "back": "//evil.example", "session": 1, "what": "keys"}, sort_keys=True).encode())
    return None if b.get("/sign-in/oidc/wait").status == 404 else "a cookie of nobody is believed"


def no_network(server):
    """The web processes have neither the secret nor a way out; the process that asks has one port."""
    for pid in server.members("web") + server.members("work"):
        with open(f"/proc/{pid}/environ", "rb") as f:
            if b"oidc" in f.read():
                return "told by its environment"
    return None if len(server.members("issuer")) == 1 else f"processes that ask: {server.members('issuer')}"


def quiet(server, instance):
    text = server.log()
    for word in ("sub-rob", "sub-eve", "somebody@example.net", "A Name", SECRET):
        if word in text:
            return f"the log has {word}"
    tables = ("oidc_subject", "oidc_round", "oidc_issuer", "session", "entry")
    rows = b"".join(sql(instance, "SELECT * FROM " + t) for t in tables)
    for word in (b"somebody@example.net", b"sub-rob", b"sub-eve", SECRET.encode()):
        if word in rows or word.hex().encode() in rows:
            return f"a row has {word!r}"
    if len(rows) < 2000:
        return "there are no rows"
    return None if "token_nonce" in text and "round_state" in text else "the log does not say which check refused"


def crowd(server, provider):
    """More than one network may have under way are told to come later, and the others still come in."""
    provider.mode = "slow"
    browsers = [Browser(server) for _ in range(24)]
    status = [b.get(provider.authorize(b.leave(), "sub-rob")[len(URL):], foreign=True).status for b in browsers]
    provider.mode = "good"
    if status.count(429) == 0 or status.count(200) < 20:
        return f"{status}"
    return None if browsers[1].wait(60).status == 303 else "the second one is lost"


def away(instance, port):
    """A house whose provider has never been reached."""
    server = Server(instance)
    try:
        end, got = time.monotonic() + 10, None
        while time.monotonic() < end and not got:
            time.sleep(0.2)
            got = sql(instance, "SELECT fault FROM oidc_issuer").decode().strip()
        if got != "net_connect":
            return f"noted as {got}"
        got = Browser(server).get("/sign-in/oidc")
        if got.status != 409:
            return f"{got.status}"
        return None if Browser(server).get("/sign-in").status == 200 else "no page"
    finally:
        server.stop()


def main():
    instance, port, work, link = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    test("a provider that is not there: the page says so, passkeys go on", away, instance, port)
    provider = Provider(port, Key("one"))
    older(instance)
    server = Server(instance)
    for _ in range(100):
        if Browser(server).get("/sign-in/oidc").status == 303:
            break
        time.sleep(0.1)
    test("a person of the house signs in, the whole way", whole_way, server, provider)
    test("state belongs to one browser; mix-up, errors and missing codes are refused", states, server, provider)
    test("a round comes back once", replay, server, provider)
    test("nobody comes in by a subject that is not bound", strangers, server, provider)
    test("a token with one claim spoiled, or of another key", spoiled, server, provider, work)
    for mode, status in (("down", 409), ("large", 409), ("odd", 409), ("elsewhere", 403), ("slow", 409)):
        test(f"a provider that is {mode}", moods, server, provider, mode, status)
    test("a link binds a subject, once", by_link, server, provider, link)
    test("once more before an act, and a second subject by the own hand", once_more, server, provider)
    test("a check belongs to the session it began in", session_of_another, server, provider)
    test("no address leads elsewhere", nowhere_else, server, provider)
    test("a new key of the provider", rotated, server, provider, instance, work)
    test("one process asks", no_network, server)
    test("more than may wait", crowd, server, provider)
    test("no log and no row tells who", quiet, server, instance)
    server.stop()
    finish()


if sys.argv[1] == "port":
    print(free_port())
elif sys.argv[1] == "provide":
    Provider(int(sys.argv[2]), Key("one")).signs_in = "sub-rob"
    print("up", flush=True)
    threading.Event().wait()
else:
    main()
