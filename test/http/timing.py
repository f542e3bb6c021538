"""Whether the time of an answer tells that a sealed matter is there: timing.py INSTANCE SEALED TOKEN

Rounds of requests by who is not named to it, in an order that changes: the sealed case and six ids that nobody knows.
The sealed one's median must lie among those of the unknown ones, give or take their own spread,
or one part in a hundred where they hardly differ.
"""
import random
import statistics
import sys
import time
from pathlib import Path

from wire import Line, Server, finish, request, test

INSTANCE, SEALED = sys.argv[1], sys.argv[2]
TOKEN = Path(sys.argv[3]).read_text(encoding="utf-8").strip()
ROUNDS, TRIES = 2000, 3
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def unknown():
    """Well formed: twelve signs and the check sign of kind/id.h."""
    n = random.randrange(32**12)
    while n % 37 >= 32:
        n = random.randrange(32**12)
    signs = "".join(SIGNS[n >> 5 * i & 31] for i in reversed(range(12))) + SIGNS[n % 37]
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def medians(port, refs):
    """Of each reference's answers, in microseconds; each is asked once in a round."""
    line, took, said = Line(port), {r: [] for r in refs}, set()
    raw = {r: request("GET", f"/api/v1/desk/case/{r}", f"Authorization: Bearer {TOKEN}") for r in refs}
    for _ in range(ROUNDS):
        for ref in random.sample(refs, len(refs)):
            begun = time.perf_counter_ns()
            line.send(raw[ref])
            got = line.answer()
            took[ref].append(time.perf_counter_ns() - begun)
            said.add((got.status, got.body.replace(ref.encode(), b"*")))
    line.close()
    if len(said) != 1 or next(iter(said))[0] not in (403, 404):
        raise RuntimeError(f"answers differ: {sorted(x[0] for x in said)}")
    return [statistics.median(took[r]) / 1000 for r in refs]


def timing(port):
    """Once is enough: other work on the machine makes a run wide, and hides nothing that repeats."""
    why = None
    for _ in range(TRIES):
        sealed, *others = medians(port, [SEALED] + [unknown() for _ in range(6)])
        spread = max(others) - min(others)
        print(f"# median of {ROUNDS}: sealed {sealed:.1f} us; unknown " + ", ".join(f"{x:.1f}" for x in others) + f"; spread {spread:.1f}", flush=True)
        away = max(min(others) - sealed, sealed - max(others), 0)
        if away <= max(spread, statistics.median(others) / 100):
            return None
        why = f"sealed lies {away:.1f} us outside of the unknown ones, which differ by {spread:.1f} us"
    return why


def main():
    server = Server(INSTANCE, "--processes", "1")
    test("a sealed matter's answer takes as long as an unknown id's", timing, server.port)
    server.stop()
    finish()


main()
