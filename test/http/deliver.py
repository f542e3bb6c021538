"""Attacks on what lies in the portal: deliver.py INSTANCE PORT LINKS PRODUCTIONS TOKEN DEMAND CASE DAN

LINKS: of pat (who sent the demand), kim and dan (of the same authority), eve (of another). PRODUCTIONS: four lines, a
reference and its PIN; the second is large. TOKEN: a file with a token of a collector.
"""
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
import urllib.parse

from people import COOKIE, Browser, send
from wire import Line, Server, finish, test

INSTANCE, PORT, LINKS, PRODUCTIONS, TOKEN, DEMAND, CASE, DAN = sys.argv[1:9]
PORT = int(PORT)
UNKNOWN = "2M4K-0P7Q-8XW3C"


def writ(who, *args, want=0):
    """A command of the house, as the one whose instance it is."""
    cmd = [os.environ["WRIT"], "-d", INSTANCE, "--secret", f"{INSTANCE}/secrets/{who}", "--json", *args]
    if os.getuid() == 0:
        cmd = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *cmd]
    got = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if got.returncode != want:
        raise RuntimeError(f"{args}: {got.returncode} {got.stderr[:200]}")
    return json.loads(got.stdout) if got.stdout.strip().startswith(b"{") else None


def access(ref, what=None):
    """What the house reads of it; what: how often this came of a try."""
    got = writ("otto", "production", "access", ref)
    return got if what is None else sum(x.get("n", 1) for x in got["access"] if x["what"] == what)


def at(ref, way=""):
    return f"/portal/case/{DEMAND}/production/{ref}{way}"


def fetch(who, ref, pin, *head):
    return who.post(at(ref, "/fetch"), {"pin": pin}, *head)


def sealed(ref):
    with open(f"{INSTANCE}/sealed/{ref}.tar.age", "rb") as f:
        return f.read()


def wrong(n):
    return f"WR0NG-{n:05d}"


def status(got, want, what):
    return None if got.status == want else f"{what}: {got.status}, want {want}: {got.body[:200]}"


def first(*whys):
    return next((x for x in whys if x), None)


# ---- the way in ----

def said_first(pat, ref, pin):
    page = pat.get(at(ref)).body
    if b'name="pin"' in page or b'name="agree"' not in page:
        return "the PIN is asked for before the officer has said what they take"
    why = first(status(fetch(pat, ref, pin), 403, "without having said it"),
                status(pat.post(at(ref, "/pledge"), {}), 400, "said without the mark"))
    if why:
        return why
    if b'name="pin"' in pat.get(at(ref)).body:
        return "nothing was said, and it counts"
    why = status(pat.post(at(ref, "/pledge"), {"agree": "yes"}), 303, "said")
    if why or access(ref, "pledged") != 1:
        return why or "what was said is not recorded"
    return None if access(ref, "no_pledge") == 1 else "the try before is not in the log"


def guessed(pat, ref, pin):
    for i in range(4):
        got = fetch(pat, ref, wrong(i))
        if got.status != 403 or wrong(i).encode() in got.body:
            return f"{got.status}; what was entered is shown again: {wrong(i).encode() in got.body}"
        if b'name="pin"' not in got.body:
            return "the form does not come again"
    if fetch(pat, ref, "").status != 400:
        return "nothing entered is not told"
    if access(ref)["pin_state"] != "ready":
        return f"after four: {access(ref)['pin_state']}"
    got = fetch(pat, ref, pin.lower().replace("-", " "))
    if got.status != 200 or got.body != sealed(ref):
        return f"the right one: {got.status}, {len(got.body)} bytes"
    if got.fields.get("cache-control") != "no-store" or f'filename="{ref}.tar.age"' not in got.fields["content-disposition"]:
        return f"its head: {got.fields}"
    seen = access(ref)
    if seen["in_portal"] != "fetched" or access(ref, "fetched") != 1 or access(ref, "wrong_pin") != 4:
        return f"the log: {seen['access']}"
    return None


def replayed(pat, ref, pin):
    return first(status(fetch(pat, ref, pin), 403, "the PIN once more"), status(fetch(pat, ref, wrong(9)), 403, "another"),
                 None if access(ref, "pin_used") == 2 and access(ref, "fetched") == 1 else f"the log: {access(ref)['access']}")


def raced(pat, ref, pin):
    """Many wrong ones at one moment: no more are looked at than may be."""
    pat.post(at(ref, "/pledge"), {"agree": "yes"})
    seen, lock = [], threading.Lock()
    start = threading.Barrier(24)

    def one(i):
        start.wait()
        got = fetch(pat, ref, wrong(i))
        with lock:
            seen.append(got.status)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(24)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if set(seen) - {403, 409}:
        return f"answers: {sorted(set(seen))}"
    n = access(ref, "wrong_pin")
    if n != 5 or access(ref, "locked") < 1:
        return f"{n} were looked at, {access(ref, 'locked')} found it locked"
    if fetch(pat, ref, pin).status != 403 or access(ref)["pin_state"] != "locked":
        return f"the right one after that: {access(ref)['pin_state']}"
    return None


def new_pin(pat, ref, old):
    pin = writ("rita", "production", "pin", ref)["pin"]
    return first(status(fetch(pat, ref, old), 403, "the old one"), status(fetch(pat, ref, pin), 200, "the new one"))


def two_at_once(pat, ref, pin):
    pat.post(at(ref, "/pledge"), {"agree": "yes"})
    line = begun(pat, ref, pin)
    why = status(fetch(pat, ref, pin), 409, "a second download with it")
    line.close()
    return why or ended(ref, "cut_off")


# ---- a download that runs ----

def begun(who, ref, pin):
    """It has begun, and nobody reads on."""
    body = urllib.parse.urlencode({"pin": pin, "proof": who.proof}).encode()
    line = Line(PORT, 60)
    line.send(("\r\n".join([f"POST {at(ref, '/fetch')} HTTP/1.1", f"Host: localhost:{PORT}", "Connection: close",
                            f"Cookie: {COOKIE}={who.token}", "Content-Type: application/x-www-form-urlencoded",
                            f"Content-Length: {len(body)}"]) + "\r\n\r\n").encode() + body)
    while b"\r\n\r\n" not in line.rest:
        if not line.more():
            raise ValueError(f"no answer: {line.rest[:200]}")
    if not line.rest.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"did not begin: {line.rest[:300]}")
    return line


def ended(ref, what):
    for _ in range(100):
        got = [x for x in access(ref)["access"] if x["what"] == what]
        if got:
            return None if got[-1]["sent"] < got[-1]["size"] else f"{what} with all of its bytes"
        time.sleep(0.1)
    return f"the log never says {what}: {access(ref)['access']}"


def cut_and_again(pat, ref, pin):
    """The PIN is free again, and still no other one is."""
    got = fetch(pat, ref, pin, "Range: bytes=10-20")
    if got.status != 200 or hashlib.sha256(got.body).digest() != hashlib.sha256(sealed(ref)).digest():
        return f"a part was asked for: {got.status}, {len(got.body)} bytes"
    return status(fetch(pat, ref, pin), 403, "used")


def taken_back(pat, ref):
    pin = writ("rita", "production", "pin", ref)["pin"]
    line = begun(pat, ref, pin)
    writ("rita", "production", "revoke", ref, "--reason", "The wrong file.")
    while line.more():
        pass
    got = len(line.rest.partition(b"\r\n\r\n")[2])
    line.close()
    if got >= len(sealed(ref)):
        return "the whole file came"
    why = first(ended(ref, "stopped"), status(fetch(pat, ref, pin), 403, "after it"))
    page = pat.get(at(ref)).body
    if why or b"taken this production back" not in page or b"wrong file" in page:
        return why or "the page does not say it, or says why"
    return None if access(ref, "revoked") == 1 else "the try after it is not in the log"


# ---- who it is not for ----

def shared(eve, kim, ref, pin):
    """The address and the PIN, passed on: the same answer as for what nobody has."""
    for who in (eve, kim):
        a, b = who.get(at(ref)), who.get(at(UNKNOWN))
        c, d = fetch(who, ref, pin), fetch(who, UNKNOWN, pin)
        if (a.status, c.status) != (404, 404) or a.body.replace(ref.encode(), b"") != b.body.replace(UNKNOWN.encode(), b""):
            return f"the page: {a.status}, {c.status}"
        if c.body.replace(ref.encode(), b"") != d.body.replace(UNKNOWN.encode(), b""):
            return "the answers differ"
        if who.post(at(ref, "/pledge"), {"agree": "yes"}).status != 404:
            return "they may say that they take it"
    if send(PORT, "GET", at(ref)).status != 303 or send(PORT, "POST", at(ref, "/fetch"), {"pin": pin}).status not in (401, 403):
        return "who has not signed in"
    # a page and two forms each; the form of a fetch shows the page again
    n = access(ref, "not_theirs")
    return None if n >= 6 else f"{n} in the log"


def other_demand(pat, ref, pin):
    got = pat.post(f"/portal/case/{UNKNOWN}/production/{ref}/fetch", {"pin": pin})
    return status(got, 404, "under the address of another demand")


def sent_away(dan, ref, pin):
    writ("iris", "officer", "suspend", DAN, "--reason", "A call.")
    page, got = dan.get(at(ref)), fetch(dan, ref, pin)
    return None if page.status in (303, 401, 403) and got.status in (401, 403) else f"{page.status} {got.status}"


def forged(pat, ref, pin):
    """From a page of somebody else's: nothing is looked at."""
    before = access(ref)["access"]
    whys = [status(pat.post(at(ref, "/fetch"), {"pin": pin}, proof="0" * 64), 403, "another proof"),
            status(pat.post(at(ref, "/fetch"), {"pin": pin}, "Sec-Fetch-Site: cross-site"), 403, "from elsewhere"),
            status(pat.get(at(ref, f"/fetch?pin={pin}")), 404, "by GET"),
            None if access(ref)["access"] == before else "it is in the log"]
    return first(*whys)


def too_often(pat, ref):
    for i in range(70):
        got = fetch(pat, ref, wrong(i))
        if got.status == 413:
            return None if access(ref, "too_often") >= 1 else "not in the log"
    return f"never: {got.status}"


def rolled(pat, refs):
    page = pat.get(f"/portal/case/{DEMAND}").body.decode()
    if any(r not in page for r in refs) or "This is the last." not in page or "More will come." not in page:
        return "the officer's page does not list them all"
    return None


# ---- the API ----

def by_token(ref):
    """Asked twice with one key there are two PINs: neither is kept. What is read later has none."""
    with open(TOKEN, encoding="ascii") as f:
        auth = f"Authorization: Bearer {f.read().strip()}"
    base = f"/api/v1/desk/case/{CASE}/production/{ref}"
    first_, second = [json.loads(send(PORT, "POST", base + "/pin", {}, auth, "Idempotency-Key: once").body) for _ in range(2)]
    if first_["pin"] == second["pin"] or len(first_["pin"]) != 11:
        return f"{first_} {second}"
    got = send(PORT, "GET", base, None, auth)
    seen = json.loads(got.body)
    if second["pin"].encode() in got.body or seen["laid"][-1]["pins"] != 3 or seen["pin_state"] != "ready":
        return f"what is read: {got.body[:300]}"
    return status(send(PORT, "POST", base + "/name", {"officer": DAN, "reason": "x"}, auth), 403, "what a collector may not")


# ---- what is over ----

def over(pat, ref, pin):
    page = pat.get(at(ref)).body
    if b"time here is over" not in page or b'name="pin"' in page:
        return "the page does not say it"
    why = first(status(fetch(pat, ref, pin), 403, "a fetch"), status(pat.post(at(ref, "/pledge"), {"agree": "yes"}), 403, "a word"))
    if why:
        return why
    for _ in range(200):
        if access(ref)["laid"][-1]["state"] == "expired" and access(ref)["laid"][-1].get("ended"):
            break
        time.sleep(0.1)
    else:
        return "the work process does not record it"
    writ("rita", "production", "pin", ref, want=4)
    return None


def main():
    with open(LINKS, encoding="ascii") as f:
        links = f.read().split()
    with open(PRODUCTIONS, encoding="ascii") as f:
        (p1, pin1), (p2, pin2), (p3, pin3), (p4, pin4) = [x.split() for x in f]
    server = Server(INSTANCE, port=PORT)
    try:
        pat, kim, dan, eve = [Browser(PORT, x) for x in links]
        test("the officer says first what they take, and for whom", said_first, pat, p1, pin1)
        test("wrong PINs are refused and counted, the right one opens", guessed, pat, p1, pin1)
        test("a PIN that was used opens nothing", replayed, pat, p1, pin1)
        test("an address that was passed on leads nowhere", shared, eve, kim, p2, pin2)
        test("nor under another demand", other_demand, pat, p2, pin2)
        test("nor for an officer who was sent away", sent_away, dan, p2, pin2)
        test("what other pages send is not looked at", forged, pat, p2, pin2)
        test("two downloads at once with one PIN", two_at_once, pat, p2, pin2)
        test("cut off it is free again; parts are not given", cut_and_again, pat, p2, pin2)
        test("taken back while it is sent: no more bytes", taken_back, pat, p2)
        test("all are listed, to the last", rolled, pat, [p1, p2, p3, p4])
        test("by the API a PIN is answered once and kept nowhere", by_token, p4)
        test("many guesses at one moment: five are looked at", raced, pat, p3, pin3)
        test("a new PIN, and the old one is worth nothing", new_pin, pat, p3, pin3)
        test("an officer who tries too often waits", too_often, pat, p3)
        log = server.log()
    finally:
        server.stop()
    os.environ["WRIT_NOW"] = "2026-10-20T08:00:00Z"
    server = Server(INSTANCE, port=PORT)
    try:
        pat.sign_in()
        test("what is over is refused, and its file deleted", over, pat, p4, pin4)
        log += server.log()
    finally:
        server.stop()
    test("no PIN stands in the log", lambda: None if not any(x in log for x in (pin1, pin2, pin3, pin4, p1)) else "it does")
    finish()


main()
