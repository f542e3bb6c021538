"""Whether what was acknowledged in a day (day.py) stands in the database once: day_seen.py URL ACKNOWLEDGED PEOPLE DIR

PEOPLE: the lines that day.py got. DIR has what the database says, past the program, columns split by |:
  decisions    CASE|ITEM|DECISIONS|LIVE for each item that has any
  submissions  DEMAND|OFFICER|PAPERS|WITHDRAWN|CASES|PROMISES|EXTENSIONS|ITEMS for each demand of an officer
  opened       DEMAND|CASE
What is sealed is read through the program: reasons, notes, questions, answers, papers, receipts.
"""
import collections
import concurrent.futures
import hashlib
import json
import sys
import threading

from day_client import Client, Day

day = Day(sys.argv[1], 600)
said = json.load(open(sys.argv[2]))
staff, officers = ([line.split() for line in block.split("\n") if line]
                   for block in open(sys.argv[3]).read().split("\n\n")[:2])
cookies = {ref: cookie for cookie, ref in officers}
own = threading.local()


def rows(name):
    return [line.strip().split("|") for line in open(f"{sys.argv[4]}/{name}") if line.strip()]


def client(cookie=None):
    """One of this thread."""
    if not hasattr(own, "client"):
        own.client = Client(day, token=staff[0][1])
    own.client.cookie = cookie
    return own.client


def decisions():
    have = {(case, int(item)): (int(made), int(live)) for case, item, made, live in rows("decisions")}
    want = collections.Counter((case, item) for case, all_of in said["decided"].items() for item, _ in all_of)
    for key in set(have) | set(want):
        made, live = have.get(key, (0, 0))
        if made != want[key]:
            day.fault(f"{key}: {made} decisions, {want[key]} acknowledged")
        if live > 1:
            day.fault(f"{key}: {live} decisions count")
    return sum(want.values())


def texts(case, order, kind, told, perhaps=()):
    """Those of a kind: all that were acknowledged, once; of what is not known at most one each; nothing else."""
    there = collections.Counter(m["text"] for m in order.get("messages", []) if m["kind"] == kind)
    want = collections.Counter(told)
    maybe = collections.Counter(perhaps)
    if want - there or (there - want) - maybe:
        day.fault(f"{case}: {sum(there.values())} of {kind}, {sum(want.values())} acknowledged")


def case_is(case, demand):
    a = client().ask("seen case", "GET", "/desk/case/" + case, api=True)
    if a.status != 200:
        day.fault(f"{case}: {a.status}")
        return
    order = json.loads(a.data)["orders"][0]
    texts(case, order, "note", said["noted"].get(case, []))
    texts(case, order, "question", said["asked"].get(case, []))
    texts(case, order, "answer", said["answered"].get(demand, []), said["perhaps_answered"].get(demand, []))
    for item in order["items"]:
        reasons = [r for i, r in said["decided"].get(case, []) if i == item["item"]]
        # an item that is asked about again has none that counts
        if "decision" in item and item["decision"]["reason"] not in reasons:
            day.fault(f"{case}, item {item['item']}: what counts was never acknowledged")


def demand_is(demand, row):
    """The bytes that were sent, and the receipt that was given."""
    told = said["submitted"][demand]
    _, officer, papers, withdrawn, cases, promises, extensions, items = row
    if officer != told["officer"] or int(papers) != len(told["papers"]) or int(promises) != 1:
        day.fault(f"{demand}: {row}, sent by {told['officer']} with {len(told['papers'])} papers")
    if int(cases) > 1 or (int(cases) and int(items) != 2):
        day.fault(f"{demand}: {cases} cases, {items} items")
    if int(extensions) < len(said["time"].get(demand, [])):
        day.fault(f"{demand}: time was asked for, {extensions} stand")
    for n, want in enumerate(told["papers"]):
        got = client(staff[0][0]).ask("seen paper", "GET", f"/desk/demand/{demand}/paper/{n + 1}")
        if got.status != 200 or hashlib.sha256(got.data).hexdigest() != want:
            day.fault(f"{demand}: paper {n + 1} is not what was sent ({got.status})")
    got = client(cookies[officer]).ask("seen receipt", "GET", f"/portal/case/{demand}/receipt")
    given = set(said["receipts"].get(demand, []))
    if got.status != 200 or given - {hashlib.sha256(got.data).hexdigest()}:
        day.fault(f"{demand}: the receipt is another one than was given ({got.status})")
    if demand in said["withdrawn"]:
        page = client(cookies[officer]).ask("seen withdrawn", "GET", "/portal/case/" + demand)
        if not int(withdrawn) and b"withdrawn" not in page.data:
            day.fault(f"{demand}: it was withdrawn")


made = decisions()
stand = {row[0]: row for row in rows("submissions")}
for lost in set(said["submitted"]) - set(stand):
    day.fault(f"{lost}: acknowledged, and not there")
for unasked in set(stand) - set(said["submitted"]):
    day.fault(f"{unasked}: there, and nobody was told")
opened = collections.defaultdict(list)
for demand, case in rows("opened"):
    opened[demand].append(case)
for demand in set(said["opened"]) | {d for d in opened if d in stand}:
    if sorted(said["opened"].get(demand, [])) != sorted(opened[demand]):
        day.fault(f"{demand}: opened as {opened[demand]}, told {said['opened'].get(demand)}")
demand_of = {case: demand for demand, cases in opened.items() for case in cases}
cases = set(said["noted"]) | set(said["decided"]) | set(said["asked"]) | \
    {c for d, all_of in opened.items() if d in stand for c in all_of}
with concurrent.futures.ThreadPoolExecutor(6) as pool:
    jobs = [pool.submit(case_is, c, demand_of.get(c)) for c in sorted(cases)]
    jobs += [pool.submit(demand_is, d, stand[d]) for d in sorted(set(said["submitted"]) & set(stand))]
    for j in jobs:
        j.result()


def count(what):
    return sum(map(len, said[what].values()))


print(f"  acknowledged: {len(said['submitted'])} demands with {sum(len(s['papers']) for s in said['submitted'].values())}"
      f" papers, {len(said['receipts'])} receipts fetched, {count('opened')} opened, {made} decisions, "
      f"{count('noted')} notes, {count('asked')} questions, {count('answered')} answers, {count('time')} times asked for, "
      f"{count('withdrawn')} withdrawn")
for f in day.wrong[:10]:
    print("fault:", f)
sys.exit(1 if day.wrong else 0)
