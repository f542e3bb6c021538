#!/usr/bin/python3
"""Compares Writ's holiday calendars with the Python module `holidays` (Debian: python3-holidays).

Usage, from the project's root:  test/oracle/holidays.py PATH-TO/unit/kind_cal [FROM TO]

The program is asked for its holidays (`kind_cal --dump NAME FROM TO`) for us-federal and the sixteen
Länder, and every day of the years is compared. The last line is "N days compared, N differences"; the
exit status is 1 if there is a difference. A day may differ only if EXCEPTIONS names it, with the reason;
an exception that no longer happens is a difference too, so that the list cannot outlive its reasons.
"""

import datetime
import subprocess
import sys

# This file has the name of the module it checks against, and its folder comes first in the path.
sys.path.pop(0)
import holidays  # noqa: E402

FIRST, LAST = 2015, 2030
LAENDER = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH".split()


def juneteenth(year):
    day = datetime.date(year, 6, 19)
    shift = {5: -1, 6: 1}.get(day.weekday(), 0)
    return {day, day + datetime.timedelta(days=shift)}


# Calendar -> (years, function from year to days, which side has them, reason). "ours": only Writ has the
# days; "theirs": only the module has them. The module is 0.10.1, of April 2021.
EXCEPTIONS = {
    "us-federal": [
        (range(2021, 9999), juneteenth, "ours",
         "Juneteenth became a holiday in June 2021 (Pub. L. 117-17), after this version of the module"),
    ],
    "de-BE": [
        ([2025], lambda y: {datetime.date(y, 5, 8)}, "ours",
         "one-off holiday made law after this version of the module"),
        ([2028], lambda y: {datetime.date(y, 6, 17)}, "ours",
         "one-off holiday made law after this version of the module"),
    ],
    "de-MV": [
        (range(2023, 9999), lambda y: {datetime.date(y, 3, 8)}, "ours",
         "Women's Day in Mecklenburg-Vorpommern from 2023, after this version of the module"),
    ],
    "de-BY": [
        (range(1, 9999), lambda y: {datetime.date(y, 8, 15)}, "theirs",
         "Mariä Himmelfahrt holds in some Bavarian communes only; the module counts it for all of "
         "Bavaria, Writ for none"),
    ],
}


def ours(program, name, first, last):
    out = subprocess.run([program, "--dump", name, "%04d" % first, "%04d" % last],
                         check=True, stdout=subprocess.PIPE, universal_newlines=True).stdout
    return {datetime.date(*map(int, line.split("-"))) for line in out.split()}


def theirs(name, first, last):
    # A year more at both ends: New Year's Day may be observed in the year before.
    years = range(first - 1, last + 2)
    if name == "us-federal":
        table = holidays.UnitedStates(years=years, observed=True)
    else:
        table = holidays.Germany(prov=name[3:], years=years)
    return {day for day in table if first <= day.year <= last}


def compare(program, name, first, last):
    """The number of days that differ and are not excused."""
    a, b = ours(program, name, first, last), theirs(name, first, last)
    if not a or not b:
        print("%s: one side is empty" % name)
        return 1
    wrong = 0
    only = {"ours": a - b, "theirs": b - a}
    for years, days, side, reason in EXCEPTIONS.get(name, []):
        want = {d for y in years if first <= y <= last for d in days(y)}
        for day in sorted(want - only[side]):
            print("%s %s: excepted, but both agree or the other side has it" % (name, day))
            wrong += 1
        if want:
            print("%s: %d excepted: %s" % (name, len(want), reason))
        only[side] -= want
    for side in sorted(only):
        for day in sorted(only[side]):
            print("%s %s: only in %s" % (name, day, side))
            wrong += 1
    return wrong


def main(argv):
    if len(argv) not in (2, 4):
        print(__doc__, file=sys.stderr)
        return 2
    first, last = (int(argv[2]), int(argv[3])) if len(argv) == 4 else (FIRST, LAST)
    names = ["us-federal"] + ["de-" + land for land in LAENDER]
    wrong = sum(compare(argv[1], name, first, last) for name in names)
    span = (datetime.date(last, 12, 31) - datetime.date(first, 1, 1)).days + 1
    print("%d days compared, %d differences" % (span * len(names), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
