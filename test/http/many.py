"""Many slow connections at once: many.py INSTANCE NUMBER PROCESSES

Each sends a little of a request and then a byte now and then, in all the ways that there are; others are
answered quickly meanwhile, and no process grows beyond its limit. Prints the figures on standard error.
With MANY_CASES, a file of references, and MANY_COOKIE those others ask for these cases' pages.
"""
import os
import random
import re
import resource
import socket
import sys
import time

from wire import Server, finish, get, request, test

INSTANCE, NUMBER, PROCESSES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
NORMAL, MOST = 64 << 20, 128 << 20

H = b"Host: a\r\n"
SHAPES = [
    b"",                                                             # nothing at all
    b"GET /hea",                                                     # half a first line
    b"GET /health HTTP/1.1\r\n" + H + b"X-Long: " + b"a" * 200,      # a head without an end
    b"GET /health HTTP/1.1\r\n" + H + b"X-Long: " + b"a" * 11000,    # a long one
    b"POST /health HTTP/1.1\r\n" + H + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 200000\r\n\r\n" + b"a" * 100,
    request("GET", "/static/style.css"),                             # asked once, then idle
]


CASES = open(os.environ["MANY_CASES"], encoding="utf-8").read().split() if "MANY_CASES" in os.environ else []
COOKIE = os.environ.get("MANY_COOKIE", "")


def ask_one(server):
    if not CASES:
        return get(server.port, "/ready")
    return get(server.port, f"/desk/case/{random.choice(CASES)}", f"Cookie: {COOKIE}")


def resident(pid):
    """Bytes that are resident now, without what is shared with others' files."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as f:
        text = f.read()
    return int(re.search(r"^VmRSS:\s+(\d+) kB", text, re.M).group(1)) << 10


def mb(pids):
    return [round(resident(p) / (1 << 20), 1) for p in pids]


def quick(server, n, what):
    times = []
    for _ in range(n):
        begun = time.monotonic()
        if ask_one(server).status != 200:
            raise ValueError("not answered")
        times.append(time.monotonic() - begun)
    times.sort()
    print(f"{what}: median {times[n // 2] * 1000:.1f} ms, worst {times[-1] * 1000:.0f} ms", file=sys.stderr)
    return times[-1]


class Crowd:
    def __init__(self, port):
        self.port, self.s = port, [None] * NUMBER

    def keep(self):
        """Whoever was sent away comes again; whoever is there sends one byte more."""
        fresh = 0
        for i, s in enumerate(self.s):
            if s is not None:
                try:
                    if i % len(SHAPES) not in (0, 5):
                        s.send(b"a")
                    if s.recv(65536, socket.MSG_DONTWAIT) == b"":
                        raise ConnectionError
                    continue
                except BlockingIOError:
                    continue
                except OSError:
                    s.close()
            self.s[i] = s = socket.socket()
            s.setblocking(False)
            s.connect_ex(("127.0.0.1", self.port))
            fresh += 1
            s.setblocking(True)
            s.settimeout(10)
            s.send(SHAPES[i % len(SHAPES)])
            s.setblocking(False)
        return fresh

    def end(self):
        for s in self.s:
            s.close()


def many(server):
    pids = server.members()
    quick(server, 8000 if CASES else 50, "before")
    print(f"before: {mb(pids)} MB", file=sys.stderr)
    if max(resident(p) for p in pids) > NORMAL:
        return f"before: {mb(pids)} MB"
    crowd, worst, most = Crowd(server.port), 0.0, 0
    for turn in range(4):
        begun = time.monotonic()
        fresh = crowd.keep()
        print(f"turn {turn}: {fresh} new in {time.monotonic() - begun:.1f} s, {mb(pids)} MB", file=sys.stderr)
        worst = max(worst, quick(server, 2000 if CASES else 100, f"turn {turn}"))
        text = get(server.port, "/metrics").body.decode("utf-8")
        print("connections:", re.findall(r"connections\{process=\"\d+\"\} (\d+)", text), file=sys.stderr)
        most = max([most, *map(resident, pids)])
        time.sleep(1)
    if server.members() != pids:
        return "a process has ended"
    crowd.end()
    time.sleep(2)
    print(f"after: {mb(pids)} MB", file=sys.stderr)
    if most > MOST:
        return f"{most >> 20} MB in one process"
    if max(resident(p) for p in pids) > NORMAL:
        return f"afterwards: {mb(pids)} MB"
    return None if worst < 2 else f"{worst:.1f} s for one request"


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (NUMBER + 500, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    server = Server(INSTANCE, "--processes", str(PROCESSES))
    test(f"{NUMBER} slow connections, {PROCESSES} processes", many, server)
    test("and it stops", lambda: None if server.stop() == 0 else "not in order")
    finish()


main()
