"""The shipped schemas against what the program writes: schema.py DIR...

Of each folder: figures.json, the same figures read from figures.csv, and changes.json where it is.
"""
import csv
import json
import sys
from pathlib import Path

import jsonschema

shipped = Path(__file__).resolve().parents[2] / "docs" / "schema"
report = json.loads((shipped / "report-1.json").read_text(encoding="utf-8"))
changes = json.loads((shipped / "changes-1.json").read_text(encoding="utf-8"))
figure = report["definitions"]["figure"]
store = {report["$id"]: report, changes["$id"]: changes}
HEADER = ["period", "section", "country", "instrument", "metric", "value_min", "value_max", "unit", "status"]


def check(value, schema, what):
    jsonschema.Draft7Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=store)
    for error in jsonschema.Draft7Validator(schema, resolver=resolver).iter_errors(value):
        sys.exit(f"{what}: {'/'.join(map(str, error.path))}: {error.message[:200]}")


def row_figure(row):
    found = dict(zip(HEADER[1:], row[1:]))
    for edge in ("value_min", "value_max"):
        if found[edge] == "":
            del found[edge]
        else:
            found[edge] = int(found[edge])
    return found


for folder in map(Path, sys.argv[1:]):
    told = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    check(told, report, folder / "figures.json")
    with open(folder / "figures.csv", newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f))
    if rows[0] != HEADER:
        sys.exit(f"{folder}/figures.csv: another header")
    for line, row in enumerate(rows[1:], 2):
        check(row_figure(row), {"$ref": report["$id"] + "#/definitions/figure"}, f"{folder}/figures.csv:{line}")
    if [row_figure(r) for r in rows[1:]] != told["figures"]:
        sys.exit(f"{folder}: CSV and JSON hold other figures")
    if (folder / "changes.json").exists():
        check(json.loads((folder / "changes.json").read_text(encoding="utf-8")), changes, folder / "changes.json")
# a schema that refuses nothing tells nothing
for spoil in ({"status": "exact"}, {"status": "prohibited", "value_min": 0}, {"unit": "people"}, {"country": "DEU"}):
    bad = {"section": "total", "country": "", "instrument": "", "metric": "requests", "unit": "requests",
           "status": "unknown"} | spoil
    if jsonschema.Draft7Validator(figure).is_valid(bad):
        sys.exit(f"the schema takes {spoil}")
