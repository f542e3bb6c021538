"""People in a browser of few lines: a passkey, a session, forms; and what a page is made of."""
import html.parser
import json
import re
import urllib.parse

from passkey import Device
from wire import ask

COOKIE = "__Host-writ"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def send(port, method, path, fields=None, *head, kind="application/x-www-form-urlencoded"):
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", "Connection: close", *head]
    body = b""
    if method == "POST":
        body = fields if isinstance(fields, bytes) else urllib.parse.urlencode(fields or {}, doseq=True).encode()
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    got = ask(port, ("\r\n".join(lines) + "\r\n\r\n").encode() + body)
    if got is None:
        raise ValueError(f"{method} {path[:60]}: no answer")
    return got


class Browser:
    """One person's: a passkey, a session and what its forms carry."""

    def __init__(self, port, link):
        self.port, self.token, self.proof = port, "", ""
        self.device = Device(f"http://localhost:{port}")
        way = urllib.parse.urlsplit(link).path
        asked = json.loads(send(port, "POST", way + "/challenge").body)
        got = send(port, "POST", way, {"name": "Laptop", **self.device.register(asked)})
        if got.status != 303:
            raise RuntimeError(f"no passkey: {got.status} {got.body[:300]}")
        self.sign_in()

    def sign_in(self, *head, proof=None):
        asked = json.loads(send(self.port, "POST", "/sign-in/challenge").body)
        fields = {**self.device.sign(asked), **({"proof": proof} if proof else {})}
        got = send(self.port, "POST", "/sign-in", fields, *head)
        m = re.search(COOKIE + "=([0-9a-f]+)", got.head.decode("latin-1") if isinstance(got.head, bytes) else got.head)
        if got.status != 303 or not m:
            raise RuntimeError(f"no sign-in: {got.status} {got.body[:300]}")
        self.token = m.group(1)
        m = re.search(rb'name="proof" value="([0-9a-f]+)"', self.get("/me").body)
        self.proof = m.group(1).decode()

    def get(self, path, *head):
        return send(self.port, "GET", path, None, f"Cookie: {COOKIE}={self.token}", *head)

    def post(self, path, fields, *head, proof=None):
        proof = self.proof if proof is None else proof
        return send(self.port, "POST", path, {**fields, "proof": proof} if proof else fields,
                    f"Cookie: {COOKIE}={self.token}", *head)


class Shape(html.parser.HTMLParser):
    """The elements of a page with the names of their attributes, in their order, and its text."""

    def __init__(self, body):
        super().__init__(convert_charrefs=True)
        self.v, self.text = [], ""
        self.feed(body.decode("utf-8"))

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.v.append((tag, tuple(sorted(name for name, _ in attrs))))
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src", "action", "formaction") and re.match(r"\s*javascript", value or "", re.I)):
                raise AssertionError(f"{tag} {name}={value!r}")


# ---- forms with files ----

def parts(texts, field, files, content=PDF):
    out = b""
    for name, value in texts.items():
        for one in value if isinstance(value, list) else [value]:
            out += b'--XyZ\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), one.encode())
    for name in files:
        out += b'--XyZ\r\nContent-Disposition: form-data; name="%s"; %s\r\nContent-Type: application/pdf\r\n\r\n%s\r\n' % (
            field.encode(), name, content)
    return out + b"--XyZ--\r\n"


def upload(port, who, path, texts, field, files, content=PDF):
    texts = {**texts, **({"proof": who.proof} if who.proof else {})}
    head = [f"Cookie: {COOKIE}={who.token}"] if who.token else []
    return send(port, "POST", path, parts(texts, field, files, content), *head, kind="multipart/form-data; boundary=XyZ")


def location(got, what):
    if got.status != 303:
        text = Shape(got.body).text if got.fields.get("content-type", "").startswith("text/html") else ""
        raise RuntimeError(f"{what}: {got.status} {' '.join(text.split())[:300]}")
    return urllib.parse.urlsplit(got.fields["location"]).path
