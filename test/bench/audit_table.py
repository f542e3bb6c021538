#!/usr/bin/env python3
"""A large system for `writ audit`, with an answer that is known: counts by country, kind and half-year, nearly
all of them published exactly, with totals in every direction, and some protected ones in bands of 250.

usage: audit_table.py COUNTRIES KINDS HALVES [--leak N] [--three] [--seed N] >FILE

In some countries the last three kinds are not published (5 % of 150 x 8 x 20 figures), so that each of them is
hidden behind the others; in six of these countries the last kind is protected, and its band printed. Such a
count can be anything in its band: it goes up by one, its neighbour in the same country down, and the same two
in a country beside it the other way round. --leak N: for the first N protected counts the neighbours are
published after all, so that the country's total gives them away, exactly. --three: totals by country and kind
over all half-years as well; then three directions have to add up.

The numbers come from a generator of its own: the same file everywhere."""

import argparse
import sys


class Dice:
    def __init__(self, seed):
        self.state = seed

    def roll(self, low, high):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return low + (self.state >> 33) % (high - low + 1)


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("countries", type=int)
    p.add_argument("kinds", type=int)
    p.add_argument("halves", type=int)
    p.add_argument("--leak", type=int, default=0)
    p.add_argument("--three", action="store_true")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def cell(c, k, h):
    return f"c{c}.k{k}.h{h}"


def main():
    a = arguments()
    dice = Dice(a.seed)
    hidden = max(3, a.countries * a.kinds * 5 // 300)  # countries with three kinds each: 5 %
    step = max(1, a.countries // hidden)
    behind = [i * step for i in range(hidden)]
    protected = behind[: min(6, hidden - 1)]
    kinds = [a.kinds - 3, a.kinds - 2, a.kinds - 1]
    last = a.kinds - 1
    x = {}
    for h in range(a.halves):
        for c in range(a.countries):
            for k in range(a.kinds):
                x[c, k, h] = dice.roll(0, 400)
        for c in behind:
            for k in kinds:
                x[c, k, h] = dice.roll(0, 249) if c in protected and k == last else dice.roll(600, 1500)
    targets = [(c, last, h) for h in range(a.halves) for c in protected]
    open_ = {(c, k, h) for h in range(a.halves) for c in behind for k in kinds}
    for c, _, h in targets[: a.leak]:
        open_ -= {(c, k, h) for k in kinds[:2]}
    out = [f"title: {a.countries} countries, {a.kinds} kinds, {a.halves} half-years", "synthetic: yes", "unknowns:"]
    for h in range(a.halves):
        for c in range(a.countries):
            for k in range(a.kinds):
                out += [f"  - id: {cell(c, k, h)}", "    en: demands"]
    out += ["publications:", "  - id: report", "    who: Example Mail", "    date: 2026-01-31", "    source: made up", "    rows:"]

    def row(name, cells, figure=None):
        count = " + ".join(cell(*v) for v in cells)
        figure = figure or f"exact: {sum(x[v] for v in cells)}"
        out.extend([f"      - id: {name}", "        en: demands", f"        count: {count}", f"        {figure}"])

    C, K, H = range(a.countries), range(a.kinds), range(a.halves)
    for v in ((c, k, h) for h in H for c in C for k in K):
        if v not in open_:
            row("e." + cell(*v), [v])
    for h in H:
        for c in C:
            row(f"ch.{c}.{h}", [(c, k, h) for k in K])
        for k in K:
            row(f"kh.{k}.{h}", [(c, k, h) for c in C])
        row(f"h.{h}", [(c, k, h) for c in C for k in K])
    for c in C:
        row(f"c.{c}", [(c, k, h) for k in K for h in H])
    if a.three:
        for c in C:
            for k in K:
                row(f"ck.{c}.{k}", [(c, k, h) for h in H])
    for v in targets:
        row("band." + cell(*v), [v], "band: 0-249")
    out.append("targets:")
    for v in targets:
        out += [f"  - id: t.{cell(*v)}", "    en: orders", f"    count: {cell(*v)}", "    permitted: 0-249",
                "    rule: US-1874-A3", "    cite: bands of 250"]
    sys.stdout.write("\n".join(out) + "\n")
    print(f"{len(x)} figures, {len(open_)} not published, {len(targets)} protected", file=sys.stderr)


main()
