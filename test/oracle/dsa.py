"""The EU's template, counted a second time from what a story entered: dsa.py DIR STORY [COLUMNS.tsv]

STORY has one line an order to provide information, fields parted by tabs: order, Eurostat's code of its state,
category, sub-category, own text, and the instants of arrival, of telling the authority and of the last handing
over ("-" for none), "automatic" or "-", "epoc" or "-"; one line a figure by hand: given, state, category, column,
number; and one line a choice: choice, NAME, yes|no. COLUMNS.tsv holds the headers as the act has them.
"""
import csv
import sys
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import openpyxl

folder, story = sys.argv[1:3]
SHEETS = ["1_report_identification", "2_categories_names", "3_member_states_orders"]


def must(good, what):
    if not good:
        sys.exit(f"dsa: {what}")


def seconds(a, b):
    if b == "-":
        return None
    return (datetime.fromisoformat(b) - datetime.fromisoformat(a)).total_seconds()


def hours(times):
    """The median in hours with two decimals, rounded half up; times are whole seconds."""
    whole = Decimal(str(median([int(t) for t in times]))) / 3600
    return str(whole.quantize(Decimal("0.01"), ROUND_HALF_UP))


# ---- the files ------------------------------------------------------------------------------------------------
def read(name):
    raw = open(f"{folder}/{name}.csv", "rb").read()
    must(raw.decode("utf-8").count("\n") == raw.count(b"\r\n"), f"{name}: a line that does not end with CRLF")
    must(raw.endswith(b"\r\n") and not raw.startswith(b"\xef\xbb\xbf"), f"{name}: its end, or a byte order mark")
    return list(csv.reader(raw.decode("utf-8").splitlines(keepends=True), strict=True))


sheets = {name: read(name) for name in SHEETS}
for name, rows in sheets.items():
    must(all(len(r) == len(rows[0]) for r in rows), f"{name}: rows of different lengths")
if len(sys.argv) > 3:
    with open(sys.argv[3], encoding="utf-8") as f:
        columns = [line.rstrip("\n").split("\t") for line in f][1:]
    for name in SHEETS:
        want = [c[2] for c in columns if c[0] == name]
        must(want and sheets[name][0] == want, f"{name}: not the act's columns")

book = openpyxl.load_workbook(f"{folder}/dsa-template.xlsx")
must(book.sheetnames == SHEETS, "the workbook has other sheets")
must(not book.properties.creator and not book.properties.lastModifiedBy, "the workbook names an author")
for name in SHEETS:
    cells = [list(r) for r in book[name].iter_rows(values_only=True)]
    must(len(cells) == len(sheets[name]), f"{name}: another number of rows in the workbook")
    for y, row in enumerate(sheets[name]):
        for x, text in enumerate(row):
            value = cells[y][x] if x < len(cells[y]) else None
            if name == SHEETS[2] and y > 0 and 6 <= x < 13:
                same = value is None if text == "" else not isinstance(value, str) and Decimal(str(value)) == Decimal(text)
            else:
                # the CSV puts an apostrophe before what a spreadsheet would run
                same = (value or "") == (text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text)
            must(same, f"{name}: row {y + 1}, column {x + 1}: {value!r} in the workbook, {text!r} in the CSV")

# ---- the story, counted again ---------------------------------------------------------------------------------
orders, given, choice = [], [], {}
for line in open(story, encoding="utf-8"):
    f = line.rstrip("\n").split("\t")
    if f[0] == "order":
        state, category, keyword, own, came, told, done, automatic, epoc = f[1:]
        if epoc == "epoc" and choice.get("epoc") == "no":
            continue
        receipt = seconds(came, told)
        if automatic == "automatic" and choice.get("zero") == "yes" and receipt <= 3600:
            receipt = 0
        orders.append((state, category, keyword, own, receipt, seconds(came, done)))
    elif f[0] == "given":
        given.append((f[1], f[2], f[3], int(f[4])))
    else:
        choice[f[1]] = f[2]

rows = sheets[SHEETS[2]][1:]
seen = set()
category = None
for r in rows:
    own = r[4][1:] if r[4].startswith("'=") else r[4]
    if not r[3].startswith("KEYWORD_"):
        category = r[3]
    keyword = r[3] if r[3].startswith("KEYWORD_") else ""
    key = (category, keyword, own, r[5])
    must(key not in seen, f"two rows of {key}")
    seen.add(key)
    mine = [
        o for o in orders
        if category in ("TOTAL", o[1]) and (not keyword or (o[2], o[3]) == (keyword, own)) and r[5] in ("TOTAL", o[0])
    ]
    want = [str(len(mine))]
    for i in (4, 5):
        times = [o[i] for o in mine if o[i] is not None]
        # told to nobody is no zero; nothing there, or nothing given effect, is
        want.append(hours(times) if times else "" if i == 4 and mine else "0.00")
    must(r[10:13] == want, f"{key}: {r[10:13]}, the story says {want}")
    if choice.get("act") == "no":
        must(r[6:10] == [""] * 4, f"{key}: figures on a requirement that does not apply")
    elif not keyword:
        for x, column in ((6, "act"), (7, "items")):
            n = sum(g[3] for g in given if category in ("TOTAL", g[1]) and r[5] in ("TOTAL", g[0]) and g[2] == column)
            must(r[x] == str(n), f"{key}: {column} is {r[x]}, the story says {n}")
    must(r[0] == "All" and len(r[2]) == 21 and r[2][10] == "/", f"{key}: {r[:3]}")

acts = [(g[0], g[1], "", "") for g in given if choice.get("act") != "no"]
for state, cat, keyword, own in {o[:4] for o in orders} | set(acts):
    for scope in ("TOTAL", state):
        for k in {("TOTAL", "", ""), (cat, "", ""), (cat, keyword, own)}:
            must(k + (scope,) in seen, f"no row of {k + (scope,)}")
states = {o[0] for o in orders} | {a[0] for a in acts}
must({k[3] for k in seen} == states | {"TOTAL"}, "a state without orders, or one that is missing")
must(sum(k[3] == "TOTAL" and not k[1] for k in seen) == 16, "a row for TOTAL and for each category of orders")
