"""The workbooks of an edition, read back by openpyxl: workbook.py DIR

The sheet of figures holds the cells of figures.csv, numbers as numbers; nothing in the file is a formula, a
link or names a person; the sheets for people say the same as the figures, in both languages.
"""
import csv
import sys

import openpyxl

folder = sys.argv[1]
NUMBERS = (5, 6)  # columns value_min and value_max


def must(good, what):
    if not good:
        sys.exit(f"workbook: {what}")


def text(value):
    return "" if value is None else str(value)


with open(f"{folder}/figures.csv", newline="", encoding="utf-8") as f:
    figures = list(csv.reader(f))
cell = {tuple(row[1:5]): row for row in figures[1:]}


def check(name, figures_sheet, countries_sheet, outcomes_sheet):
    book = openpyxl.load_workbook(f"{folder}/{name}")
    about = book.properties
    must(not about.creator and not about.lastModifiedBy, f"{name}: it names an author")
    must(not book._external_links, f"{name}: it links to another file")
    for sheet in book:
        for row in sheet.iter_rows():
            for x in row:
                must(x.data_type != "f", f"{name}: {sheet.title} {x.coordinate}: a formula")
                must(x.hyperlink is None, f"{name}: {sheet.title} {x.coordinate}: a link")
    rows = [list(r) for r in book[figures_sheet].iter_rows(values_only=True)]
    must([[text(v) for v in r] for r in rows] == figures, f"{name}: its figures are not those of figures.csv")
    for row in rows[1:]:
        must(all(row[i] is None or isinstance(row[i], int) for i in NUMBERS), f"{name}: a number is text: {row}")
    seen = 0
    for row in book[countries_sheet].iter_rows(min_row=4, values_only=True):
        figure = cell[("country", row[1], "", "requests")] if row[1] else cell[("total", "", "", "requests")]
        must(text(row[2]) == figure[5], f"{name}: requests of {row[0]}: {row[2]}, the figures say {figure[5]}")
        seen += 1
    must(seen == 1 + sum(key[0] == "country" and key[3] == "requests" for key in cell), f"{name}: {seen} countries")
    last = list(book[outcomes_sheet].iter_rows(min_row=4, values_only=True))
    must(sum(r[1] or 0 for r in last[:-1]) == last[-1][1], f"{name}: the outcomes do not add up")


check("report.xlsx", "Figures", "Countries", "Outcomes")
check("report.de.xlsx", "Zahlen", "Staaten", "Ergebnisse")
