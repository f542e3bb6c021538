"""Publishing over HTTP: account.py INSTANCE PORT WORK, which has link.NAME and token.pia."""
import json
import os
import re
import sys
import time
import urllib.parse

from passkey import Device
from wire import Server, ask, finish, test

INSTANCE, PORT, WORK = sys.argv[1], int(sys.argv[2]), sys.argv[3]
ORIGIN = f"http://localhost:{PORT}"
PUBLISH = "/editions/2026H2.1/publish"


def send(method, path, fields=None, *head):
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{PORT}", "Connection: close", *head]
    body = b""
    if method == "POST":
        body = urllib.parse.urlencode(fields or {}).encode()
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ask(PORT, ("\r\n".join(lines) + "\r\n\r\n").encode() + body)


def location(got):
    head = got.head.decode("latin-1") if isinstance(got.head, bytes) else got.head
    m = re.search(r"(?im)^location: (\S+)", head)
    return m.group(1) if m else ""


class Person:
    def __init__(self, name):
        way = urllib.parse.urlsplit(open(os.path.join(WORK, "link." + name)).read().strip()).path
        self.device, self.cookie, self.proof = Device(ORIGIN), "", ""
        asked = json.loads(send("POST", way + "/challenge").body)
        assert send("POST", way, {"name": "Laptop", **self.device.register(asked)}).status == 303
        asked = json.loads(send("POST", "/sign-in/challenge").body)
        got = send("POST", "/sign-in", self.device.sign(asked))
        head = got.head.decode("latin-1") if isinstance(got.head, bytes) else got.head
        self.cookie = "Cookie: " + re.search(r"__Host-writ=[0-9a-f]+", head).group(0)
        self.landed = location(got)
        self.proof = re.search(rb'name="proof" value="([0-9a-f]+)"', self.get("/me").body).group(1).decode()

    def get(self, path):
        return send("GET", path, None, self.cookie)

    def post(self, path, fields=None):
        return send("POST", path, {"proof": self.proof, **(fields or {})}, self.cookie)

    def once_more(self, act):
        asked = json.loads(self.post(f"/verify/{act}/challenge").body)
        return self.post(f"/verify/{act}", self.device.sign(asked)).status


def state():
    got = json.loads(send("GET", "/api/v1/editions", None, "Authorization: Bearer " + TOKEN).body)
    return got["editions"][0]["state"]


def lands():
    if pia.landed != "/editions":
        return f"a publisher lands at {pia.landed}"


def refused_without():
    got = pia.post(PUBLISH)
    if got.status != 403 or b"passkey once more" not in got.body:
        return f"status {got.status}"
    for act in ("release", "keys"):
        if pia.once_more(act) != 303:
            return f"the passkey is not taken for {act}"
        if pia.post(PUBLISH).status != 403:
            return f"a passkey for {act} publishes"
    if b"/publish\"" in pia.get("/editions/2026H2.1").body:
        return "the page offers it"
    return None if state() == "draft" else "it is published"


def refused_token():
    got = send("POST", "/api/v1" + PUBLISH, {}, "Authorization: Bearer " + TOKEN)
    if got.status != 403 or json.loads(got.body)["error"] != "denied":
        return f"status {got.status}: {got.body[:200]}"
    return None if state() == "draft" else "it is published"


def refused_other():
    otto.once_more("publication")
    if otto.post(PUBLISH).status != 403:
        return "an auditor publishes"
    pia.once_more("publication")
    if send("POST", PUBLISH, {}, pia.cookie).status != 403:
        return "a form without proof publishes"
    return None if state() == "draft" else "it is published"


def published():
    pia.once_more("publication")
    got = pia.post(PUBLISH)
    if got.status != 303:
        return f"status {got.status}"
    if otto.get(location(got)).status != 404:
        return "another sees the job"
    for _ in range(120):
        body = pia.get(location(got)).body
        if b"notice good" in body or b"notice bad" in body:
            break
        time.sleep(0.25)
    if b"It is published" not in body:
        return body.decode()[-1500:]
    if send("GET", "/edition/2026H2.1/index.html").status != 200:
        return "the public page is not there"
    if pia.post(PUBLISH).status != 409:
        return "it is published twice"
    return None if state() == "published" else state()


TOKEN = open(os.path.join(WORK, "token.pia")).read().strip()
server = Server(INSTANCE, port=PORT)
pia, otto = Person("pia"), Person("otto")
test("a publisher lands at the editions", lands)
test("without the passkey once more, for publishing, nothing is published", refused_without)
test("a token publishes nothing", refused_token)
test("nor does an auditor, nor a form of another page", refused_other)
test("with it a job publishes, and the public page is there", published)
server.stop()
finish()
