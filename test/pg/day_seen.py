"""Whether what was acknowledged stands in the database once: day_seen.py URL TOKEN ACKNOWLEDGED <ROWS

ROWS, past the program: a line "CASE|ITEM|DECISIONS|LIVE" for each item that has any. The reasons and notes are sealed
and are read through the program.
"""
import collections
import http.client
import json
import sys
import urllib.parse

host, port = urllib.parse.urlsplit(sys.argv[1]).netloc.split(":")
said = json.load(open(sys.argv[3]))
faults = []
rows = {}
for line in sys.stdin:
    case, item, made, live = line.strip().split("|")
    rows[case, int(item)] = int(made), int(live)
want = collections.Counter((case, item) for case, all_of in said["decided"].items() for item, _ in all_of)
for key in set(rows) | set(want):
    made, live = rows.get(key, (0, 0))
    if made != want[key]:
        faults.append(f"{key}: {made} decisions, {want[key]} acknowledged")
    if live > 1:
        faults.append(f"{key}: {live} decisions count")
con = http.client.HTTPConnection(host, int(port), timeout=30)
notes = 0
for case in sorted(set(said["noted"]) | set(said["decided"])):
    con.request("GET", "/api/v1/desk/case/" + case, headers={"Authorization": "Bearer " + sys.argv[2]})
    order = json.loads(con.getresponse().read())["orders"][0]
    there = collections.Counter(m["text"] for m in order.get("messages", []) if m["kind"] == "note")
    told = collections.Counter(said["noted"].get(case, []))
    if there != told:
        faults.append(f"{case}: {sum(there.values())} notes, {sum(told.values())} acknowledged")
    notes += sum(told.values())
    for item in order["items"]:
        reasons = [r for i, r in said["decided"].get(case, []) if i == item["item"]]
        # an item that is asked about again has none that counts
        if "decision" in item and item["decision"]["reason"] not in reasons:
            faults.append(f"{case}, item {item['item']}: what counts was never acknowledged")
print(f"  {sum(want.values())} decisions of {len(want)} items and {notes} notes acknowledged")
for f in faults[:10]:
    print("fault:", f)
sys.exit(1 if faults else 0)
