#!/usr/bin/env python3
"""Runs a command and prints, in one line: its seconds, the most memory (KiB) that it and all its children held
at one moment as resident pages (shared pages count once for each process that has them), and the same with shared
pages divided (PSS). Looked at every 20 ms; the exit status is the command's."""
import os
import subprocess
import sys
import time


def children(pid):
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children") as f:
                    found += [int(p) for p in f.read().split()]
        except OSError:
            pass
    return found


def held(pid, pss):
    """(resident, proportional) in KiB; a process that is gone holds nothing."""
    rss = share = 0
    try:
        with open(f"/proc/{pid}/statm") as f:
            rss = int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
        if pss:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                share = sum(int(line.split()[1]) for line in f if line.startswith("Pss:"))
    except OSError:
        pass
    return rss, share


def main():
    begin = time.monotonic()
    run = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
    most = [0, 0]
    count = 0
    while run.poll() is None:
        both = [held(p, count % 10 == 0) for p in children(run.pid)]
        most = [max(m, sum(b[i] for b in both)) for i, m in enumerate(most)]
        count += 1
        time.sleep(0.02)
    print(f"{time.monotonic() - begin:.3f} {most[0]} {most[1]}")
    return run.returncode


sys.exit(main())
