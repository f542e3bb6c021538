#!/usr/bin/python3
"""Asks a second solver, glpsol (Debian: glpk-utils), the questions of the disclosure audit.

Usage, from the project's root:  test/oracle/audit_lp.py WRIT WRIT-SOLVE SYSTEMS [FILE...]

Reads audit files (the FILEs, and as many small random ones) with a reader of its own, makes the rows of
each way to read them from what SPEC.md section 7 says about figures, and has glpsol find the least and the
most of each target, in whole numbers and as a linear program. Compared with that are
  - what `writ audit` says, with its solver and without: edges that are attained, and safe and unsafe;
  - what the helper answers to the same system over its pipe (SPEC.md 7.1).
A disagreement is told, with the system in a folder that stays; then the exit status is 1. The last line is
"N systems, N edges compared, N edges of the helper, N differences".
"""

import json
import os
import struct
import subprocess
import sys
import tempfile

TOP = 10**11
OPEN = 4 * 10**18


class Dice:
    def __init__(self, seed):
        self.state = seed

    def roll(self, low, high):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return low + (self.state >> 33) % (high - low + 1)


# ---- the file ------------------------------------------------------------------------------------
def read(text):
    """Block YAML of one kind: maps, lists of maps, one-line values."""
    lines = [l for l in text.split("\n") if l.strip() and not l.lstrip().startswith("#")]
    at = 0

    def block(indent):
        nonlocal at
        if lines[at].lstrip().startswith("- "):
            items = []
            while at < len(lines) and lines[at].startswith(" " * indent + "- "):
                lines[at] = " " * (indent + 2) + lines[at][indent + 2:]
                items.append(block(indent + 2))
            return items
        out = {}
        while at < len(lines) and len(lines[at]) - len(lines[at].lstrip()) == indent and not lines[at].lstrip().startswith("- "):
            key, _, value = lines[at].strip().partition(":")
            at += 1
            if value.strip():
                out[key] = value.strip().strip('"').strip("'")
            else:
                out[key] = block(len(lines[at]) - len(lines[at].lstrip()))
        return out

    return block(0)


def total(text):
    out, sign, times = {}, 1, 1
    for word in text.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        elif word.isdigit():
            times = int(word)
        else:
            out[word] = out.get(word, 0) + sign * times
            sign = times = 1
    return {k: v for k, v in out.items() if v}


def plus(a, x, b, y):
    out = {k: x * v for k, v in a.items()}
    for k, v in b.items():
        out[k] = out.get(k, 0) + y * v
    return {k: v for k, v in out.items() if v}


def rows_of(row):
    """What one figure says: (sum, least or None, most or None) each."""
    count = total(row["count"])
    if "exact" in row:
        return [(count, int(row["exact"]), int(row["exact"]))]
    if "band" in row:
        low, high = row["band"].split("-")
        return [(count, int(low), int(high))]
    for key in "at_least", "released":
        if key in row:
            return [(count, int(row[key]), None)]
    for key in "at_most", "ledger":
        if key in row:
            return [(count, None, int(row[key]))]
    if "part_of" in row:
        return [(plus(total(row["part_of"]), 1, count, -1), 0, None)]
    if "rounded" in row:
        v, b = int(row["rounded"]), int(row["base"])
        low, high = {"nearest": (v - b // 2, v + (b + 1) // 2 - 1), "down": (v, v + b - 1), "up": (v - b + 1, v),
                     "either": (v - b + 1, v + b - 1)}[row.get("way", "nearest")]
        return [(count, low, high)]
    whole, _, part = row["percent"].partition(".")
    unit = 10 ** len(part)
    p, of = int(whole + part), total(row["of"])
    return [(plus(count, 200 * unit, of, -(2 * p - 1)), 0, None), (plus(count, 200 * unit, of, -(2 * p + 1)), None, 0)]


def system(doc, reading, assumptions):
    """The rows that count under one way to read it, and the bounds of the unknowns."""
    corrected = {c["row"] for c in doc.get("corrections", [])} if reading == "superseded" else set()
    rows = []
    for p in doc["publications"]:
        for r in p["rows"]:
            if r["id"] not in corrected and set(r.get("assume", "").split()) <= set(assumptions):
                rows += rows_of(r)
    bounds = {u["id"]: (int(u.get("least", 0)), int(u.get("most", TOP))) for u in doc["unknowns"]}
    return [r for r in rows if r[0]], bounds


# ---- glpsol --------------------------------------------------------------------------------------
def term(sum_, name):
    return " ".join(f"{'+' if v > 0 else '-'} {abs(v)} {name[k]}" for k, v in sum_.items())


def lp(rows, bounds, aim, most, whole):
    """CPLEX LP format."""
    name = {u: f"x{i}" for i, u in enumerate(bounds)}
    out = ["Maximize" if most else "Minimize", " aim: " + term(aim, name), "Subject To"]
    # a row that says nothing, for a system needs one
    out.append(" none: " + " + ".join(name.values()) + " >= 0")
    for i, (s, low, high) in enumerate(rows):
        if low is not None and low == high:
            out.append(f" r{i}: {term(s, name)} = {low}")
            continue
        if low is not None:
            out.append(f" l{i}: {term(s, name)} >= {low}")
        if high is not None:
            out.append(f" h{i}: {term(s, name)} <= {high}")
    out.append("Bounds")
    out += [f" {low} <= {name[u]} <= {high}" for u, (low, high) in bounds.items()]
    if whole:
        out += ["General"] + [f" {n}" for n in name.values()]
    return "\n".join(out + ["End", ""])


def glpsol(folder, rows, bounds, aim, most, whole):
    """The optimum, None where there is no solution."""
    question, answer = os.path.join(folder, "q.lp"), os.path.join(folder, "a.txt")
    with open(question, "w") as f:
        f.write(lp(rows, bounds, aim, most, whole))
    ran = subprocess.run(["glpsol", "--lp", question, "-o", answer], capture_output=True, text=True, timeout=60)
    text = ran.stdout
    if ran.returncode != 0:
        raise RuntimeError(f"glpsol: {text[-300:]}")
    if any(s in text for s in ("HAS NO PRIMAL FEASIBLE", "HAS NO FEASIBLE", "HAS NO INTEGER FEASIBLE", "INTEGER EMPTY")):
        return None
    with open(answer) as f:
        lines = {l.split(":")[0]: l.split(":")[1].strip() for l in f.read().split("\n") if ":" in l[:12]}
    status = lines["Status"]
    if "EMPTY" in status or "UNDEFINED" in status:
        return None
    if status not in ("OPTIMAL", "INTEGER OPTIMAL"):
        raise RuntimeError(f"glpsol: {status}")
    value = float(lines["Objective"].split("=")[1].split()[0])
    return round(value) if whole else value


# ---- the helper ----------------------------------------------------------------------------------
def helper(program, rows, bounds, aim, code):
    names = {u: i for i, u in enumerate(bounds)}
    low = sum(v * (bounds[u][0] if v > 0 else bounds[u][1]) for u, v in aim.items())
    high = sum(v * (bounds[u][1] if v > 0 else bounds[u][0]) for u, v in aim.items())
    n = len(names)
    numbers = [n + 1, len(rows) + 1, code]
    for u in names:
        numbers += bounds[u]
    numbers += [low, high]
    for s, least, most in rows + [(None, 0, 0)]:
        terms = [(names[u], v) for u, v in (aim if s is None else s).items()] + ([(n, -1)] if s is None else [])
        numbers += [-OPEN if least is None else least, OPEN if most is None else most, len(terms)]
        for t in terms:
            numbers += t
    question = b"WSOLVE1\n" + struct.pack(f"<{len(numbers)}q", *numbers)
    answer = subprocess.run([program], input=question, capture_output=True, timeout=60).stdout
    if answer[:8] != b"WANSWR1\n":
        raise RuntimeError("the helper gives no answer")
    got = struct.unpack(f"<{len(answer) // 8 - 1}q", answer[8:])
    return got[0], got[n + 1]


# ---- comparing -----------------------------------------------------------------------------------
class Compare:
    def __init__(self, writ, solve, folder):
        self.writ, self.solve, self.folder = writ, solve, folder
        self.systems = self.edges = self.asked = self.differences = 0

    def wrong(self, path, words):
        self.differences += 1
        kept = os.path.join(self.folder, f"difference-{self.differences}.yaml")
        with open(path) as f, open(kept, "w") as to:
            to.write(f.read())
        print(f"audit_lp: {kept}: {words}", file=sys.stderr)

    def audit(self, path, *more):
        ran = subprocess.run([self.writ, "--json", "audit", path, *more], capture_output=True, text=True, timeout=300)
        if ran.returncode not in (0, 5):
            raise RuntimeError(f"writ audit {path}: {ran.stderr}")
        return json.loads(ran.stdout)

    def helper_agrees(self, path, rows, bounds, aim):
        for most in False, True:
            for whole in False, True:
                value = glpsol(self.folder, rows, bounds, aim, most, whole)
                status, point = helper(self.solve, rows, bounds, aim, (2 if most else 1) + (4 if whole else 0))
                self.asked += 1
                if status == 2 or (value is not None and abs(value) > 10**9):
                    continue  # it gave up; or floating point has no such digits
                if (value is None) != (status == 1):
                    self.wrong(path, f"the helper's status is {status}, glpsol has {value} (whole: {whole})")
                elif value is not None and abs(point - value) > (0.5001 if not whole else 0):
                    self.wrong(path, f"the helper says {point}, glpsol {value} (whole: {whole})")

    def finding(self, path, doc, target, said, safe):
        aim = total(target["count"])
        for reading in ("superseded", "intersected") if said["reading"] == "both" else (said["reading"],):
            rows, bounds = system(doc, reading, said["assumptions"])
            least = glpsol(self.folder, rows, bounds, aim, False, True)
            if least is None or said["verdict"] == "contradiction":
                if safe or (least is not None):
                    self.wrong(path, f"glpsol finds {'no' if least is None else 'a'} solution ({said})")
                continue
            most = glpsol(self.folder, rows, bounds, aim, True, True)
            for edge, value, sign in (("least", least, 1), ("most", most, -1)):
                if edge not in said:
                    continue
                self.edges += 1
                if said[edge + "_attained"] and said[edge] != value or sign * (value - said[edge]) < 0:
                    self.wrong(path, f"{target['id']}: {edge} is {said[edge]}, glpsol says {value} ({said})")
            if said["verdict"] == "safe" and (least > said["low"] or most < said["high"]):
                self.wrong(path, f"{target['id']} is said to be safe, glpsol has {least} to {most}")
            if "hole" in said:
                self.edges += 1
                here = rows + [(aim, said["hole"], said["hole"])]
                if glpsol(self.folder, here, bounds, aim, False, True) is not None:
                    self.wrong(path, f"{target['id']}: glpsol finds {said['hole']}")

    def file(self, path):
        with open(path) as f:
            doc = read(f.read())
        self.systems += 1
        answers = [self.audit(path), self.audit(path, "--alone")]
        for answer in answers[: 1 if answers[0] == answers[1] else 2]:
            for target, said in zip(doc["targets"], answer["targets"]):
                for one in said["findings"]:
                    one = dict(one, low=said.get("permitted_least", 0), high=said.get("permitted_most", 0))
                    if one["verdict"] != "undecided":
                        self.finding(path, doc, target, one, answer["safe"])
        rows, bounds = system(doc, "superseded", [a["id"] for a in doc.get("assumptions", [])])
        self.helper_agrees(path, rows, bounds, total(doc["targets"][0]["count"]))


# ---- random systems ------------------------------------------------------------------------------
def some_sum(dice, names, low=1, high=3, minus=False):
    chosen = [n for n in names if dice.roll(0, 1)] or [names[0]]
    words = []
    for n in chosen:
        times = dice.roll(low, high)
        sign = "-" if words and minus and dice.roll(0, 3) == 0 else "+"
        words += ([sign] if words else []) + ([str(times)] if times > 1 else []) + [n]
    return " ".join(words)


def value_of(count, x):
    return sum(v * x[u] for u, v in total(count).items())


def figure(dice, count, names, x):
    v = value_of(count, x)
    kind = dice.roll(0, 6)
    if kind == 0:
        return f"exact: {v}"
    if kind == 1 and v >= 0:
        return f"band: {max(0, v - dice.roll(0, 9))}-{v + dice.roll(0, 9)}"
    if kind == 2:
        return f"at_least: {v - dice.roll(0, 9)}"
    if kind == 3:
        return f"at_most: {v + dice.roll(0, 9)}"
    if kind == 4:
        base, way = dice.roll(2, 9), ("down", "up", "nearest", "either")[dice.roll(0, 3)]
        down = v // base * base
        near = down + base if 2 * (v - down) >= base else down
        given = {"down": down, "up": -(-v // base) * base, "nearest": near, "either": down}[way]
        return f"rounded: {given}\n        base: {base}\n        way: {way}"
    if kind == 5 and all(t > 0 for t in total(count).values()):
        whole = " + ".join(names)
        if all(t == 1 for t in total(count).values()) and value_of(whole, x) > 0:
            p = (200 * v + value_of(whole, x)) // (2 * value_of(whole, x))
            return f"percent: {p}\n        of: {whole}"
    return f"at_most: {v + dice.roll(0, 3)}"


def random_file(dice):
    names = [f"x{i}" for i in range(dice.roll(2, 6))]
    x = {n: dice.roll(0, 40) for n in names}
    out = ["title: random", "synthetic: yes", "unknowns:"]
    for n in names:
        out += [f"  - id: {n}", "    en: a count", f"    most: {dice.roll(40, 80)}"]
    out += ["assumptions:", "  - id: p", "    en: it is so", "publications:", "  - id: one", "    who: Example Mail",
            "    date: 2026-01-31", "    source: made up", "    rows:"]
    n_rows = dice.roll(1, 6)
    for i in range(n_rows):
        count = some_sum(dice, names, 1, 3 if dice.roll(0, 2) == 0 else 1, True)
        out += [f"      - id: r{i}", "        en: a figure", f"        count: {count}"]
        out += ["        assume: p"] if dice.roll(0, 4) == 0 else []
        out += ["        " + figure(dice, count, names, x)]
    if dice.roll(0, 4) == 0:
        out += ["corrections:", f"  - row: r{dice.roll(0, n_rows - 1)}", "    by: a letter"]
    count = some_sum(dice, names, 1, 2)
    low = max(0, value_of(count, x) - dice.roll(0, 12))
    out += ["targets:", "  - id: t", "    en: asked about", f"    count: {count}",
            f"    permitted: {low}-{low + dice.roll(1, 20)}", "    rule: A", "    cite: none"]
    return "\n".join(out) + "\n"


def main():
    writ, solve, systems, files = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
    folder = tempfile.mkdtemp(prefix="audit_lp.")
    compare, dice = Compare(writ, solve, folder), Dice(2026)
    for path in files:
        compare.file(path)
    for _ in range(systems):
        path = os.path.join(folder, "random.yaml")
        with open(path, "w") as f:
            f.write(random_file(dice))
        compare.file(path)
    print(f"{compare.systems} systems, {compare.edges} edges compared, {compare.asked} edges of the helper, "
          f"{compare.differences} differences")
    if compare.differences:
        sys.exit(1)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
    os.rmdir(folder)


main()
