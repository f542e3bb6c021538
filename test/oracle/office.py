"""Workbooks as LibreOffice reads them: office.py FOLDER...

Each workbook below the folders becomes CSV, sheet by sheet. Of an edition the last sheet, the figures, has the cells of
figures.csv, each the same; of the EU's template every sheet has those of its CSV file, numbers as they are shown. For each
workbook one line, "ok NAME" or "not ok NAME: why". LibreOffice has a profile of its own, which is removed.
"""
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

# Separator, quote, UTF-8, from line 1; cells as they are or as they are shown; every sheet in a file of its own.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,{shown},false,false,-1"
SHEETS = {"report.xlsx": "Figures", "report.de.xlsx": "Zahlen"}


def rows(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.reader(f))


def convert(books, shown, work):
    """The folder in which each book is NUMBER-SHEET.csv; all by one start of LibreOffice."""
    out = work / shown
    out.mkdir()
    named = []
    for i, book in enumerate(books):
        named.append(work / f"{i}.xlsx")
        named[-1].write_bytes(book.read_bytes())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", FILTER.format(shown=shown),
         "--outdir", str(out), *map(str, named)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    return out


def differ(theirs, ours):
    """The first cell that is not the same, in words; None where all are."""
    if not theirs.is_file():
        return f"no sheet {theirs.stem.partition('-')[2]}"
    a, b = rows(theirs), rows(ours)
    for n, (x, y) in enumerate(zip(a, b), 1):
        for column, (v, w) in enumerate(zip(x, y), 1):
            if v != w:
                return f"row {n}, column {column}: {v!r} there, {w!r} in {ours.name}"
        if len(x) != len(y):
            return f"row {n}: {len(x)} cells there, {len(y)} in {ours.name}"
    return None if len(a) == len(b) else f"{len(a)} rows there, {len(b)} in {ours.name}"


def told(book, why, cells):
    global bad
    name = f"{book.parent.name}/{book.name} in LibreOffice"
    print(f"not ok {name}: {why}" if why else f"ok {name}: {cells} cells")
    bad = bad or why is not None


def cells(path):
    return sum(len(row) for row in rows(path))


def editions(books, work):
    out = convert(books, "false", work)
    for i, book in enumerate(books):
        ours = book.parent / "figures.csv"
        told(book, differ(out / f"{i}-{SHEETS[book.name]}.csv", ours), cells(ours))


def templates(books, work):
    out = convert(books, "true", work)
    for i, book in enumerate(books):
        csvs = sorted(book.parent.glob("*.csv"))
        why = next((f"{x.stem}: {y}" for x in csvs if (y := differ(out / f"{i}-{x.stem}.csv", x))), None)
        if why is None and len(list(out.glob(f"{i}-*.csv"))) != len(csvs):
            why = "other sheets than files"
        told(book, why, sum(map(cells, csvs)))


bad = False
found = [x for folder in sys.argv[1:] for x in sorted(Path(folder).rglob("*.xlsx"))]
with tempfile.TemporaryDirectory() as work:
    work = Path(work)
    some = [x for x in found if x.name in SHEETS]
    if not some:
        sys.exit("office: no workbook of an edition")
    editions(some, work)
    some = [x for x in found if x.name == "dsa-template.xlsx"]
    if not some:
        sys.exit("office: no workbook of the template")
    templates(some, work)
sys.exit(bad)
