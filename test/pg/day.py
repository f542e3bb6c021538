"""A day at the desk, compressed: people who read, decide and note at once while web processes are killed under them.

usage: day.py URL STAFF OFFICERS SECONDS OUT <FILE    FILE: a line "COOKIE TOKEN" for each of the staff, then an empty
line, then the references of cases that wait.

Each writing has an Idempotency-Key and is sent again, the same, until it is answered: so what was acknowledged must
stand in the database exactly once, and nothing else. OUT gets what was acknowledged, as JSON. Officers have no lines of
their own in the route table of this program yet: theirs are the public pages, and what they may not see.
"""
import http.client
import json
import random
import sys
import threading
import time
import urllib.parse
import uuid

host, port = urllib.parse.urlsplit(sys.argv[1]).netloc.split(":")
n_staff, n_officers, seconds = (int(a) for a in sys.argv[2:5])
lines = sys.stdin.read().split("\n\n")
signed = [line.split() for line in lines[0].split("\n") if line]
cases = lines[1].split()
end = time.monotonic() + seconds
lock = threading.Lock()
decided, noted = {}, {}  # what was acknowledged: case -> [[item, reason]], case -> [text]
counts, slow, wrong = {}, [], []


class Client:
    def __init__(self, token=None, seed=0):
        self.con, self.token, self.random = None, token, random.Random(seed)

    def once(self, method, path, body, headers, api):
        if self.con is None:
            self.con = http.client.HTTPConnection(host, int(port), timeout=30)
        headers = dict(headers)
        if self.token and api:
            headers["Authorization"] = "Bearer " + self.token
        began = time.monotonic()
        self.con.request(method, ("/api/v1" if api else "") + path, body=body, headers=headers)
        r = self.con.getresponse()
        data = r.read()
        if r.will_close:
            self.drop()
        return r.status, data, time.monotonic() - began

    def drop(self):
        if self.con is not None:
            self.con.close()
        self.con = None

    def ask(self, kind, method, path, form=None, files=None, api=True):
        """Until there is an answer that is not the server's own fault."""
        headers = {}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": str(uuid.uuid4())}
        if files is not None:
            mark = uuid.uuid4().hex
            body = (f'--{mark}\r\nContent-Disposition: form-data; name="file1"; filename="a.bin"\r\n'
                    f"Content-Type: application/octet-stream\r\n\r\n").encode() + files + f"\r\n--{mark}--\r\n".encode()
            headers = {"Content-Type": "multipart/form-data; boundary=" + mark}
        again = 0
        while True:
            try:
                status, data, took = self.once(method, path, body, headers, api)
            except (OSError, http.client.HTTPException):
                self.drop()
                status, data, took = 0, b"", 0
            if 0 < status < 500:
                break
            again += 1
            if again > 200:
                with lock:
                    wrong.append(f"{kind}: no answer but {status}: {data[:200]!r}")
                return 0, b""
            time.sleep(0.05)
        with lock:
            key = f"{kind} {status}"
            counts[key] = counts.get(key, 0) + 1
            if again:
                counts["sent again"] = counts.get("sent again", 0) + again
            slow.append(took)
        return status, data


def view(client, case):
    status, data = client.ask("case", "GET", f"/desk/case/{case}")
    return json.loads(data)["orders"][0] if status == 200 else None


def prepare(client, case, order):
    """What stands before a decision: judging, the questions, the examination."""
    at = f"/desk/case/{case}/order/1"
    if order["state"] == "received":
        client.ask("judge", "POST", at + "/judge", {})
        return
    for f in order["findings"]:
        if f["verdict"] == "ask" and "answer" not in f and not f["verified"]:
            client.ask("answer", "POST", at + "/answer", {"finding": f["number"], "answer": "accept", "reason": "day"})
            return
    due = [i["item"] for i in order["items"] if i.get("second_person") == "due"]
    if order["next"] == "examine" or order["blocked"].get("decide") == "examine_first":
        client.ask("examine", "POST", at + "/examine", {"verdict": "pass", "reason": "day"})
    elif order["may"].get("second") and due and client.random.random() < 0.2:
        client.ask("second", "POST", at + "/second", {"item": client.random.choice(due)})
    else:  # facts may have changed: it is judged, examined and decided again
        client.ask("judge", "POST", at + "/judge", {})


def decide(client, case, order):
    item = client.random.choice(order["items"])["item"]
    reason = uuid.uuid4().hex
    what = client.random.choice([{"verdict": "withhold", "code": "over_broad"}, {"verdict": "produce"}])
    status, _ = client.ask("decide", "POST", f"/desk/case/{case}/order/1/decide", {"item": item, "reason": reason, **what})
    if status == 200:
        with lock:
            decided.setdefault(case, []).append([item, reason])


def note(client, case):
    text = uuid.uuid4().hex
    status, _ = client.ask("note", "POST", f"/desk/case/{case}/order/1/note", {"reason": text})
    if status == 200:
        with lock:
            noted.setdefault(case, []).append(text)


def staff(i):
    client = Client(signed[i][1], i)
    mine = client.random
    while time.monotonic() < end:
        what = mine.random()
        # few cases for many people: they meet
        case = cases[int(len(cases) * mine.random() ** 2)]
        if what < 0.45:
            order = view(client, case)
            if order is None:
                continue
            if order["may"].get("decide") and mine.random() < 0.9:
                decide(client, case, order)
            else:
                prepare(client, case, order)
        elif what < 0.6:
            note(client, case)
        elif what < 0.63:
            client.ask("upload", "POST", f"/desk/case/{case}/order/1/produce", files=b"x" * 300000)
        elif what < 0.75:
            client.ask("inbox", "GET", "/desk")
        elif what < 0.85:
            client.ask("search", "GET", "/desk/search?run=yes&open=open")
        elif what < 0.92:
            client.ask("today", "GET", "/desk/today")
        else:
            client.ask("calendar", "GET", "/desk/calendar")


def officer(i):
    client = Client(None, 1000 + i)
    while time.monotonic() < end:
        path = client.random.choice(["/", "/sign-in", "/desk/case/" + cases[0]])
        client.ask("officer", "GET", path, api=False)
        time.sleep(client.random.random())


threads = [threading.Thread(target=staff, args=(i,)) for i in range(n_staff)]
threads += [threading.Thread(target=officer, args=(i,)) for i in range(n_officers)]
for t in threads:
    t.start()
for t in threads:
    t.join()
slow.sort()
with open(sys.argv[5], "w") as out:
    json.dump({"decided": decided, "noted": noted}, out)
for key in sorted(counts):
    print(f"  {counts[key]:8d} {key}")
print(f"  {len(slow)} answers in {seconds} s; half within {slow[len(slow) // 2] * 1000:.1f} ms, "
      f"99 % within {slow[len(slow) * 99 // 100] * 1000:.1f} ms, the slowest {slow[-1] * 1000:.0f} ms")
for w in wrong[:5]:
    print("wrong:", w)
sys.exit(1 if wrong else 0)
