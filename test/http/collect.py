"""The push API: collect.py INSTANCE PORT WORK EXAMPLES; WORK has NAME.token, a file of a reference for each ticket, vkey, case."""
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse

from wire import Server, ask, finish, test

INSTANCE, PORT, WORK, EXAMPLES = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
MAIL = b"Delivered-To: j.doe@mail.example\nDate: Tue, 10 Feb 2026 12:00:00 +0000\nFrom: a@mail.example\nSubject: one\n\nText.\n"


def word(name):
    with open(os.path.join(WORK, name), encoding="ascii") as f:
        return f.read().strip()


def send(method, path, who, fields=None, body=None, kind="application/x-www-form-urlencoded"):
    lines = [f"{method} /api/v1{path} HTTP/1.1", f"Host: localhost:{PORT}", "Connection: close"]
    if who:
        lines.append(f"Authorization: Bearer {word(who + '.token')}")
    if method == "POST":
        body = urllib.parse.urlencode(fields or {}).encode() if body is None else body
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return ask(PORT, ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b""))


def form(name, content):
    return (b'--XyZ\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() +
            b'"\r\nContent-Type: application/octet-stream\r\n\r\n' + content + b"\r\n--XyZ--\r\n")


def put(ref, name, content=MAIL, who="mail"):
    return send("POST", f"/collect/ticket/{ref}/file", who, body=form(name, content),
                kind="multipart/form-data; boundary=XyZ")


def at(ref, way=""):
    return f"/collect/ticket/{ref}" + ("/" + way if way else "")


def tickets(who):
    return [t["ticket"] for t in json.loads(send("GET", "/collect/tickets", who).body)["tickets"]]


def shown(ref, who="mail"):
    return json.loads(send("GET", at(ref), who).body)


def listing(files):
    text = "".join(f"{hashlib.sha256(b).hexdigest()}  {n}\n" for n, b in sorted(files.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def only_its_service():
    if word("one") not in tickets("mail") or tickets("chat"):
        return "the list is not of its service"
    got = send("GET", "/collect/tickets", "mail")
    if word("case").encode() in got.body or b"j.doe" in got.body:
        return "the list says more than that tickets wait"
    for way in ("", "take", "file", "done", "failed", "drop", "run"):
        method = "POST" if way else "GET"
        fields = {"why": "failed", "name": "a", "none": "yes"}
        there = send(method, at(word("one"), way), "chat", fields)
        none = send(method, at("0000-0000-00000", way), "chat", fields)
        if there.status != none.status or there.body != none.body or there.status not in (403, 404, 400):
            return f"{way}: another service's token learns of the ticket: {there.status} {none.status}"


def nothing_else():
    for path in ("/desk/cases", f"/desk/case/{word('case')}", "/services", "/services/mail", "/settings", "/editions", "/claims",
                 "/me", "/desk/job/0000-0000-00000", "/sign-in", "/metrics", "/openapi.json",
                 f"/desk/case/{word('case')}/order/1/produce", "/desk/demands", "/desk/queue"):
        got = send("GET", path, "mail")
        if got.status not in (403, 404):
            return f"{path} is answered: {got.status}"
    for path in ("/me/passkey/challenge", "/me/sessions/end", "/me/language", "/verify/release/challenge", "/sign-out"):
        if send("POST", path, "mail").status not in (403, 404):
            return f"{path} acts as who made the token"
    got = send("POST", f"/desk/case/{word('case')}/order/1/ticket", "mail", {"item": "4"})
    if got.status != 403:
        return f"it makes a ticket: {got.status}"
    got = send("POST", at(word("one"), "run"), "mail")
    return None if got.status == 403 else f"it runs a program: {got.status}"


def who_comes():
    for who in (None, "ended", "old", "root"):
        got = send("GET", "/collect/tickets", who)
        if got.status != (403 if who == "root" else 401):
            return f"{who}: {got.status}"
    got = send("POST", at(word("one"), "take"), "cole")
    return None if got.status == 403 else f"a person takes what a system collects: {got.status}"


def before_taken():
    got = put(word("one"), "a.eml")
    if got.status != 409:
        return f"a file for a ticket that nobody took: {got.status}"
    got = send("POST", at(word("late"), "take"), "mail")
    return None if got.status == 403 and b"expired" in got.body else f"an expired ticket is taken: {got.status}"


def taken():
    got = send("POST", at(word("one"), "take"), "mail")
    if got.status != 200:
        return f"{got.status} {got.body[:200]}"
    with open(os.path.join(WORK, "one.json"), "w", encoding="utf-8") as f:
        f.write(json.loads(got.body)["file"])
    for words, want in ((["--seen", os.path.join(WORK, "nonces")], 0), (["--seen", os.path.join(WORK, "nonces")], 5)):
        rc = subprocess.run([os.environ["WRIT"], "ticket", "verify", os.path.join(WORK, "one.json"), "--key",
                             os.path.join(WORK, "vkey"), *words], capture_output=True, check=False).returncode
        if rc != want:
            return f"verify ended {rc}"
    got = send("POST", at(word("one"), "take"), "mail")
    if got.status != 409:
        return f"taken twice: {got.status}"
    return None if shown(word("one"))["state"] == "running" else "it is not being collected"


def names():
    for name in ("-x", "a b", "a:b", "ä.csv", "x" * 129, "a\\b.csv;"):
        got = put(word("one"), name)
        if got.status != 400:
            return f"{name[:20]}: {got.status}"
    for name in ("../../../escape.eml", ".escape.eml", "/etc/escape.eml"):
        if put(word("one"), name).status != 200 or [f["name"] for f in shown(word("one"))["files"]] != ["escape.eml"]:
            return f"{name} is taken as {shown(word('one'))['files']}"
    if os.path.exists(os.path.join(INSTANCE, "escape.eml")) or os.path.exists(os.path.join(WORK, "escape.eml")):
        return "it wrote outside"
    send("POST", at(word("one"), "drop"), "mail", {"name": "escape.eml"})
    return None if not shown(word("one"))["files"] else "it is not taken out again"


def cut():
    body = form("a.eml", MAIL)
    head = (f"POST /api/v1{at(word('one'), 'file')} HTTP/1.1\r\nHost: localhost:{PORT}\r\nAuthorization: Bearer "
            f"{word('mail.token')}\r\nContent-Type: multipart/form-data; boundary=XyZ\r\nContent-Length: {len(body)}\r\n\r\n")
    for part in (0, 40, len(body) // 2, len(body) - 1):
        s = socket.create_connection(("127.0.0.1", PORT))
        s.sendall(head.encode() + body[:part])
        s.close()
    time.sleep(0.3)
    if shown(word("one"))["files"]:
        return "half a file is there"
    got = put(word("one"), "a.eml")
    if got.status != 200:
        return f"begun anew: {got.status} {got.body[:200]}"
    got = put(word("one"), "a.eml")
    if got.status != 200 or len(shown(word("one"))["files"]) != 1:
        return f"the same again: {got.status}"
    got = put(word("one"), "a.eml", MAIL + b"x")
    return None if got.status == 409 else f"other bytes under its name: {got.status}"


def too_much():
    got = put(word("one"), "b.bin", b"x" * (2 << 20))
    if got.status != 413:
        return f"more than the entry's megabytes: {got.status}"
    got = send("POST", at(word("one"), "file"), "mail", body=b"--XyZ--\r\n", kind="multipart/form-data; boundary=XyZ")
    return None if got.status == 400 else f"no file: {got.status}"


def ends():
    ref = word("one")
    for fields, want in (({}, 400), ({"listing": "x"}, 400), ({"listing": "0" * 64}, 409), ({"none": "yes"}, 400)):
        got = send("POST", at(ref, "done"), "mail", fields)
        if got.status != want:
            return f"{fields}: {got.status}"
    want = listing({"a.eml": MAIL})
    if shown(ref)["listing"] != want:
        return "the listing shown is another"
    if send("POST", at(ref, "done"), "chat", {"listing": want}).status != 404:
        return "another service ends it"
    got = send("POST", at(ref, "done"), "mail", {"listing": want})
    if got.status != 200 or json.loads(got.body)["state"] != "done":
        return f"{got.status} {got.body[:200]}"
    for way, fields in (("done", {"listing": want}), ("failed", {"why": "failed"}), ("take", {}), ("drop", {"name": "a.eml"})):
        if send("POST", at(ref, way), "mail", fields).status != 409:
            return f"{way} after its end"
    if put(ref, "c.eml").status != 409:
        return "a file after its end"
    for _ in range(100):
        if "check" in shown(ref)["files"][0]:
            break
        time.sleep(0.1)
    check = shown(ref)["files"][0].get("check", {})
    return None if check.get("released") == 1 else f"it was not held against its scope: {check}"


def other_ends():
    ref = word("none")
    send("POST", at(ref, "take"), "mail")
    got = send("POST", at(ref, "done"), "mail", {"none": "yes"})
    if got.status != 200 or json.loads(got.body)["files"]:
        return f"nothing found: {got.status}"
    ref = word("fails")
    send("POST", at(ref, "take"), "mail")
    put(ref, "a.eml")
    if send("POST", at(ref, "failed"), "mail", {"why": "because"}).status != 400:
        return "a word that is none"
    got = send("POST", at(ref, "failed"), "mail", {"why": "refused"})
    if got.status != 200 or json.loads(got.body)["state"] != "failed":
        return f"{got.status}"
    return None if not os.path.exists(os.path.join(INSTANCE, "collect", ref)) else "its files stay"


def sample():
    """The sample client, with the sample program over a mail store; the first ticket is for another field: refused."""
    made = os.path.join(WORK, "sample4")
    program = [os.path.join(EXAMPLES, "connector-push", "connector-push"), f"http://localhost:{PORT}", os.path.join(WORK, "mail.token"),
               os.path.join(WORK, "vkey"), os.path.join(WORK, "seen"), "--", os.path.join(EXAMPLES, "connector-maildir"),
               os.path.join(WORK, "maildir")]
    rc = subprocess.run(program, capture_output=True, check=False)
    if rc.returncode != 1 or shown(word("sample"))["why"] != "refused":
        return f"a field it does not hold: {rc.returncode} {rc.stderr[:300]}"
    got = send("POST", f"/desk/case/{word('case')}/order/1/ticket", "rob", {"item": "4"})
    job = json.loads(got.body).get("job")
    for _ in range(100):
        value = json.loads(send("GET", f"/desk/job/{job}", "rob").body)
        if value["state"] in ("done", "failed"):
            break
        time.sleep(0.1)
    if value["state"] != "done":
        return f"no ticket from the page: {value}"
    ref = value["result"]["tickets"][0]
    with open(made, "w", encoding="ascii") as f:
        f.write(ref)
    rc = subprocess.run(program, capture_output=True, check=False)
    if rc.returncode != 0 or shown(ref)["state"] != "done" or len(shown(ref)["files"]) != 3:
        return f"{rc.returncode} {rc.stderr[:300]} {shown(ref)}"
    rc = subprocess.run(program, capture_output=True, check=False)
    return None if rc.returncode == 0 else "a second round does something"


def quiet():
    log = server.log()
    for said in ("j.doe", word("case"), "writ-service-", word("one")):
        if said in log:
            return f"the log says {said[:6]}"


server = Server(INSTANCE, port=PORT)
try:
    test("a token sees the tickets of its service and learns of no other", only_its_service)
    test("a token of a service opens nothing but its tickets", nothing_else)
    test("who has none, an old one, one that ended, is nobody; a person does not take its place", who_comes)
    test("no file before a ticket is taken, and none is taken once it has expired", before_taken)
    test("a ticket is taken once, and is the house's", taken)
    test("names of files are plain, and no path", names)
    test("an upload that is cut off leaves nothing, is begun anew, and said twice is one", cut)
    test("the entry's megabytes hold, over all files", too_much)
    test("it ends with the listing of what was sent, once", ends)
    test("nothing found, and refused", other_ends)
    test("the sample client: fetched, verified, collected, handed in", sample)
    test("the log says nothing of tickets", quiet)
finally:
    server.stop()
finish()
