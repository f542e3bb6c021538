"""What openpyxl needs to write the cells of a workbook: openpyxl_times.py BOOK ROUNDS OUT

Reads BOOK, then writes its sheets and cells ROUNDS times to OUT, row by row without a style (its write-only mode, the
fastest it has). Prints "WALL CPU": the seconds of one; neither the start of Python nor the reading counts.
"""
import sys
import time

import openpyxl

book, rounds, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sheets = [(s.title, list(s.iter_rows(values_only=True))) for s in openpyxl.load_workbook(book, read_only=True)]
wall, cpu = time.perf_counter(), time.process_time()
for _ in range(rounds):
    new = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = new.create_sheet(title)
        for row in rows:
            sheet.append(row)
    new.save(out)
print(f"{(time.perf_counter() - wall) / rounds:.6f} {(time.process_time() - cpu) / rounds:.6f}")
