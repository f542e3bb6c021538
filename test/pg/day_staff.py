"""The staff of a day (day.py): they open what came in, read papers, judge, examine, ask, decide, note, hand over."""
import hashlib
import json
import random
import uuid

from day_client import Client


class Staff:
    def __init__(self, day, i, cookie, token, cases):
        self.day, self.cases, self.random = day, cases, random.Random(i)
        self.program, self.browser = Client(day, token=token), Client(day, cookie=cookie)

    def get(self, kind, path):
        """A page for a person, or the same for a program."""
        self.day.count("staff reads")
        if self.random.random() < 0.5:
            return self.browser.ask(kind + " page", "GET", path)
        return self.program.ask(kind, "GET", path, api=True)

    def post(self, kind, path, form):
        return self.program.ask(kind, "POST", path, form, api=True).status

    def view(self, case):
        self.day.count("staff reads")
        a = self.program.ask("case", "GET", f"/desk/case/{case}", api=True)
        return json.loads(a.data)["orders"][0] if a.status == 200 else None

    # ---- what came in ----

    def open_one(self):
        day = self.day
        with day.lock:
            if not day.waiting:
                return
            # now and then two people open the same one
            demand = day.waiting[0] if self.random.random() < 0.05 else day.waiting.pop(0)
        self.read_paper(demand)
        a = self.program.ask("open", "POST", f"/desk/demand/{demand}/open", {}, api=True)
        if a.status != 200:
            return
        case = json.loads(a.data)["case"]
        day.say("opened", demand, case)
        with day.lock:
            day.fresh.append(case)
        if self.random.random() < 0.2:
            self.post("assign", f"/desk/case/{case}/assign", {"taker": f"staff{self.random.randint(1, 50)}"})

    def read_paper(self, demand):
        self.day.count("staff reads")
        a = self.browser.ask("paper", "GET", f"/desk/demand/{demand}/paper/1")
        if a.status == 200 and hashlib.sha256(a.data).hexdigest() != self.day.papers[demand][0]:
            self.day.fault(f"{demand}: the paper is another one")

    # ---- what is decided ----

    def work_on(self, case, fresh):
        order = self.view(case)
        if order is None or (fresh and order["state"] not in ("received", "in_review", "returned", "approved")):
            self.leave(case)
        elif order["may"].get("decide") and self.random.random() < 0.95:
            self.decide(case, order, fresh)
        else:
            self.prepare(case, order, fresh)

    def leave(self, case):
        with self.day.lock:
            if case in self.day.fresh:
                self.day.fresh.remove(case)

    def prepare(self, case, order, fresh):
        """What stands before a decision: judging, the questions, the examination."""
        at = f"/desk/case/{case}/order/1"
        if order["state"] == "received":
            self.post("judge", at + "/judge", {})
            return
        if order["state"] == "returned":
            return
        if fresh and self.random.random() < 0.03:
            text = uuid.uuid4().hex
            if self.post("return", at + "/return", {"reason": text}) == 200:
                self.day.say("asked", case, text)
            return
        if fresh and any(f["verdict"] == "ask" and f["verified"] for f in order["findings"]):
            # what no sender is asked: a person says it
            self.post("fact", at + "/fact", {"name": "order.capability", "value": "no"})
            self.post("judge", at + "/judge", {})
            return
        for f in order["findings"]:
            if f["verdict"] == "ask" and "answer" not in f and not f["verified"]:
                self.post("answer", at + "/answer", {"finding": f["number"], "answer": "accept", "reason": "day"})
                return
        due = [i["item"] for i in order["items"] if i.get("second_person") == "due"]
        if order["next"] == "examine" or order["blocked"].get("decide") == "examine_first":
            self.post("examine", at + "/examine", {"verdict": "pass", "reason": "day"})
        elif order["may"].get("second") and due and self.random.random() < 0.2:
            self.post("second", at + "/second", {"item": self.random.choice(due)})
        else:  # facts may have changed: it is judged, examined and decided again
            self.post("judge", at + "/judge", {})

    def decide(self, case, order, fresh):
        items = order["items"]
        if fresh:
            items = [i for i in items if "decision" not in i]
            if not items:
                self.leave(case)
                return
        item = self.random.choice(items)["item"]
        reason = uuid.uuid4().hex
        what = self.random.choice([{"verdict": "withhold", "code": "over_broad"}, {"verdict": "produce"}])
        form = {"item": item, "reason": reason, **what}
        if self.post("decide", f"/desk/case/{case}/order/1/decide", form) == 200:
            self.day.say("decided", case, [item, reason])
            self.day.count("decisions")

    def write_note(self, case):
        text = uuid.uuid4().hex
        if self.post("note", f"/desk/case/{case}/order/1/note", {"reason": text}) == 200:
            self.day.say("noted", case, text)

    # ---- a day ----

    def run(self):
        while self.day.goes_on():
            what = self.random.random()
            # few cases for many people: they meet
            old = self.cases[int(len(self.cases) * self.random.random() ** 2)]
            with self.day.lock:
                fresh = self.random.choice(self.day.fresh) if self.day.fresh else None
            if what < 0.15:
                self.open_one()
            elif what < 0.45 and fresh is not None:
                self.work_on(fresh, True)
            elif what < 0.52:
                self.work_on(old, False)
            elif what < 0.57:
                self.write_note(fresh or old)
            elif what < 0.66:
                self.get("case", "/desk/case/" + (fresh or old))
            elif what < 0.76:
                self.get("inbox", "/desk")
            elif what < 0.86:
                self.get("search", "/desk/search?run=yes&open=open")
            elif what < 0.93:
                self.get("today", "/desk/today")
            else:
                self.get("calendar", "/desk/calendar")
