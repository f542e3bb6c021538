"""The officers of a day (day.py): each fills in the guided form, sends papers, looks how its demands stand, answers,
asks for time, withdraws, fetches receipts; all in the pages of the portal, as a browser without a script."""
import hashlib
import random
import re
import threading
import time

from day_client import Client


class Officer:
    def __init__(self, day, i, cookie, ref):
        self.day, self.i, self.ref, self.random = day, i, ref, random.Random(1000 + i)
        self.browser, self.cookie = Client(day, cookie=cookie), cookie
        self.proof, self.own, self.n = None, [], 0

    def get(self, kind, path):
        self.day.count("officer reads")
        return self.browser.ask(kind, "GET", path)

    def post(self, kind, path, form, files=None):
        """An act of a page; form is a list of pairs."""
        if self.proof is None:
            page = self.get("portal new", "/portal/new").data
            self.proof = re.search(rb'name="proof" value="([^"]*)"', page).group(1).decode()
        return self.browser.ask(kind, "POST", path, [("proof", self.proof)] + form, files)

    # ---- the guided form ----

    def fill_in(self):
        """The address of the form, whole; None when it was cut in a way that a person would begin anew."""
        a = self.post("portal begin", "/portal/new", [])
        if a.status != 303:
            self.day.fault(f"begin: {a.status}")
            return None
        at = a.where.rsplit("/", 1)[0]
        self.n += 1
        steps = (("what", [("kind", "email"), ("value", f"p{self.i}-{self.n}@example.net"), ("field", "name"),
                           ("field", "address"), ("service", "mail"), ("go", "next")]),
                 ("instrument", [("instrument", "US-SUBP-GJ")]),
                 ("details", [("number", f"AZ {self.i}/{self.n}"), ("f0", "judge"), ("f2", "yes")]))
        for name, form in steps:
            if not self.day.goes_on():
                return None
            if self.random.random() < 0.5:
                self.get("portal " + name, f"{at}/{name}")
            a = self.post("portal " + name + " do", f"{at}/{name}", form)
            if a.status != 303:
                self.day.fault(f"{name}: {a.status}: {a.data[:200]!r}")
                return None
        self.get("portal send", at + "/send")
        return at

    def papers(self):
        sizes = [int(self.random.choice((20_000, 60_000, 200_000, 600_000)) * (0.5 + self.random.random()))
                 for _ in range(self.random.choice((1, 1, 1, 2)))]
        if self.random.random() < 0.02:
            sizes[0] = 3_000_000
        return [b"%PDF-1.7\n" + self.random.randbytes(n) for n in sizes]

    def send(self, at, papers, browser=None):
        files = [("paper", f"order-{k}.pdf", p) for k, p in enumerate(papers)]
        a = (browser or self.browser).ask("portal send do", "POST", at + "/send", [("proof", self.proof)], files)
        found = re.fullmatch(r"/portal/case/([0-9A-Z-]+)\?done=office_send_do", a.where)
        if a.status != 303 or not found:
            self.day.fault(f"send: {a.status} {a.where} after {a.again} cuts: {a.data[-300:]!r}")
            return None
        return found.group(1)

    def submit(self):
        at = self.fill_in()
        if at is None:
            return
        papers = self.papers()
        got = []
        how = self.random.random()
        if how < 0.03:  # two windows at once
            others = [threading.Thread(target=lambda: got.append(self.send(at, papers, Client(self.day, self.cookie))))
                      for _ in range(2)]
            for t in others:
                t.start()
            for t in others:
                t.join()
        else:
            got.append(self.send(at, papers))
        if how > 0.95:  # pressed again
            got.append(self.send(at, papers))
        if None in got or len(set(got)) != 1:
            self.day.fault(f"sent {len(got)} times: {got}")
            return
        self.keep(got[0], papers)

    def keep(self, demand, papers):
        day, hashes = self.day, [hashlib.sha256(p).hexdigest() for p in papers]
        with day.lock:
            day.said["submitted"][demand] = {"officer": self.ref, "papers": hashes}
            day.papers[demand] = hashes
            day.bytes += sum(map(len, papers))
            day.done["demands"] += 1
            day.waiting.append(demand)
        self.own.append(demand)

    # ---- afterwards ----

    def act(self, kind, demand, path, form, what, value):
        """What is refused after a cut may have been done the first time."""
        a = self.post(kind, f"/portal/case/{demand}{path}", form)
        if a.status == 303:
            self.day.say(what, demand, value)
        elif a.again and a.status in (403, 404, 409):
            self.day.say("perhaps_" + what, demand, value)

    def look(self, demand):
        a = self.get("portal case", "/portal/case/" + demand)
        if a.status != 200:
            self.day.fault(f"{demand}: {a.status} for its own officer")
        elif b'/order/1/answer"' in a.data:
            text = f"{self.random.getrandbits(128):032x}"
            self.act("portal answer", demand, "/order/1/answer", [("text", text)], "answered", text)

    def fetch_receipt(self, demand):
        a = self.get("portal receipt", f"/portal/case/{demand}/receipt")
        if a.status == 200:
            self.day.say("receipts", demand, hashlib.sha256(a.data).hexdigest())

    def ask_time(self, demand):
        form = [("until", "2099-12-31"), ("text", "the holidays")]
        self.act("portal time", demand, "/order/1/time", form, "time", 1)

    def withdraw(self, demand):
        self.act("portal withdraw", demand, "/withdraw", [("because", "settled")], "withdrawn", 1)

    def run(self):
        while self.day.goes_on():
            what = self.random.random()
            demand = self.random.choice(self.own) if self.own else None
            if demand is None:
                what = self.random.choice((0, 0.99))  # not all at once
            if what < 0.07:
                self.submit()
            elif what < 0.6:
                self.look(demand)
            elif what < 0.75:
                self.fetch_receipt(demand)
            elif what < 0.78:
                self.ask_time(demand)
            elif what < 0.79:
                self.withdraw(demand)
            elif what < 0.9:
                self.get("portal cases", "/portal/cases")
            else:
                self.get("portal", "/portal")
            time.sleep(2 * self.random.random())
