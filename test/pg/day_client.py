"""What the people of a day share (day.py): a client that sends until it is answered, and what was acknowledged."""
import http.client
import threading
import time
import urllib.parse
import uuid

# One working day of a house at the top of what is published: Meta tells of nearly 500,000 demands a year, which is
# 1,900 on each of 260 working days, 38 for each of 50 people. A demand here asks for two things, so it has two
# decisions, and one has a note, a question or a hand-over on top. A person looks at a dozen pages for each
# demand (inbox, case, paper, lists); an officer at the four of the form and seven times at how it stands.
DAY = {"demands": 1900, "decisions": 3800, "staff reads": 23000, "officer reads": 21000}

# Without these a run shows nothing.
LEAST = ("decide 200", "open 200", "portal send do 303", "portal receipt 200", "sent again")

# What PostgreSQL says of transactions that meet is the program's to mend, not the reader's.
MET = (b"try again", b"the database is busy", b"deadlock", b"could not serialize")


class Day:
    def __init__(self, url, seconds, days=1):
        self.host, self.port = urllib.parse.urlsplit(url).netloc.split(":")
        self.end = time.monotonic() + seconds
        self.began = time.monotonic()
        self.goal = {k: n * days for k, n in DAY.items()}
        self.lock = threading.Lock()
        self.counts, self.slow, self.wrong, self.done = {}, [], [], dict.fromkeys(DAY, 0)
        self.bytes = 0
        self.waiting, self.fresh = [], []  # demands that no case was made of; cases that are not decided
        self.papers = {}  # demand -> SHA-256 of each paper
        # acknowledged; "perhaps": sent again after a cut, and refused then: it may be there once
        self.said = {"decided": {}, "noted": {}, "asked": {}, "opened": {}, "submitted": {}, "answered": {},
                     "perhaps_answered": {}, "withdrawn": {}, "perhaps_withdrawn": {}, "time": {}, "perhaps_time": {},
                     "receipts": {}}

    def goes_on(self):
        """A machine that is busy with other things needs longer until there is something to compare."""
        late = time.monotonic() - self.end
        if late >= 0:
            return late < 30 and not all(self.counts.get(k) for k in LEAST)
        return any(self.done[k] < n for k, n in self.goal.items())

    def say(self, what, key, value):
        with self.lock:
            self.said[what].setdefault(key, []).append(value)

    def count(self, key, n=1):
        with self.lock:
            self.done[key] += n

    def fault(self, text):
        with self.lock:
            self.wrong.append(text)


class Answer:
    def __init__(self, status, data, where, again):
        self.status, self.data, self.where, self.again = status, data, where, again


def multipart(form, files):
    """files: [(field, name, bytes)]"""
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in form]
    for field, name, data in files:
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
                     f"Content-Type: application/pdf\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), "multipart/form-data; boundary=" + mark


class Client:
    """One person's browser (a cookie) or program (a token), over one connection that is kept."""

    def __init__(self, day, cookie=None, token=None):
        self.day, self.cookie, self.token, self.con = day, cookie, token, None

    def once(self, method, path, body, headers):
        if self.con is None:
            self.con = http.client.HTTPConnection(self.day.host, int(self.day.port), timeout=60)
        began = time.monotonic()
        self.con.request(method, path, body=body, headers=headers)
        r = self.con.getresponse()
        data = r.read()
        if r.will_close:
            self.drop()
        return r.status, data, r.headers.get("Location", ""), time.monotonic() - began

    def drop(self):
        if self.con is not None:
            self.con.close()
        self.con = None

    def ask(self, kind, method, path, form=None, files=None, api=False):
        """Until there is an answer: what is sent again after a cut is the same, with the same key."""
        headers, body = {}, None
        if files is not None:
            body, headers["Content-Type"] = multipart(form, files)
        elif form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if api:
            path = "/api/v1" + path
            headers["Authorization"] = "Bearer " + self.token
            if body is not None:
                headers["Idempotency-Key"] = str(uuid.uuid4())
        elif self.cookie is not None:
            headers["Cookie"] = self.cookie
        again = 0
        while True:
            try:
                status, data, where, took = self.once(method, path, body, headers)
                break
            except (OSError, http.client.HTTPException):
                self.drop()
            again += 1
            if again > 400:
                self.day.fault(f"{kind}: no answer")
                return Answer(0, b"", "", again)
            time.sleep(0.05)
        self.note(kind, status, data, took, again)
        return Answer(status, data, where, again)

    def note(self, kind, status, data, took, again):
        d = self.day
        with d.lock:
            for key, n in ((f"{kind} {status}", 1), ("sent again", again)):
                if n:
                    d.counts[key] = d.counts.get(key, 0) + n
            d.slow.append((took, kind))
            if status >= 500:
                d.wrong.append(f"{kind}: {status}: {data[:200]!r}")
            elif status >= 400 and any(m in data for m in MET):
                d.wrong.append(f"{kind}: {status}: a transaction that met another: {data[:300]!r}")
