"""A day at the desk and in the portal, compressed: people who submit, read, decide, ask and answer at once while web
processes are killed under them.

usage: day.py URL SECONDS DAYS OUT <FILE    FILE: a line "COOKIE TOKEN" for each of the staff, an empty line, a line
"COOKIE REFERENCE" for each officer, an empty line, then the references of cases that wait.

It ends when the worth of DAYS was done (day_client.py, DAY) or the seconds are over. Everything is sent again, the same,
until it is answered: so what was acknowledged must stand in the database exactly once, and nothing else. OUT gets what
was acknowledged, as JSON.
"""
import json
import sys
import threading
import time

from day_client import DAY, Day
from day_officer import Officer
from day_staff import Staff

day = Day(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
staff, officers, cases = ([line.split() for line in block.split("\n") if line]
                          for block in sys.stdin.read().split("\n\n"))
people = [Staff(day, i, *one, [c[0] for c in cases]) for i, one in enumerate(staff)]
people += [Officer(day, i, *one) for i, one in enumerate(officers)]


def run(who):
    try:
        who.run()
    except Exception as e:  # what a thread dies of is a fault like others
        day.fault(f"{type(who).__name__}: {e!r}")


threads = [threading.Thread(target=run, args=(p,)) for p in people]
for t in threads:
    t.start()
for t in threads:
    t.join()
took = time.monotonic() - day.began
with open(sys.argv[4], "w") as out:
    json.dump(day.said, out)
for key in sorted(day.counts):
    print(f"  {day.counts[key]:8d} {key}")
print("  done: " + ", ".join(f"{day.done[k]} {k}" for k in DAY) +
      f"; {min(day.done[k] / DAY[k] for k in DAY):.2f} days' worth")
slow = sorted(day.slow)
print(f"  {len(slow)} answers in {took:.0f} s, {day.bytes / 1e6:.0f} MB of papers; half within "
      f"{slow[len(slow) // 2][0] * 1000:.1f} ms, 99 % within {slow[len(slow) * 99 // 100][0] * 1000:.1f} ms, "
      f"the slowest {slow[-1][0] * 1000:.0f} ms ({slow[-1][1]})")
for w in day.wrong[:10]:
    print("wrong:", w)
sys.exit(1 if day.wrong else 0)
