"""Processes that die, reload and stop, under load: crew.py INSTANCE SQL

SQL is a script that takes a statement to the instance's database, past the program.
"""
import os
import re
import signal
import socket
import subprocess
import sys
import time

from wire import Line, Load, Server, finish, free_port, get, request, test

INSTANCE = sys.argv[1]


def killed(server):
    """The others answer, and another comes; only requests of the dead one are lost."""
    load = Load(server.port, 8)
    before = server.members()
    time.sleep(0.3)
    os.kill(before[0], signal.SIGKILL)
    if not server.wait_members(lambda m: len(m) == 3 and before[0] not in m):
        return f"no new process: {server.members()}"
    then = load.done
    time.sleep(0.5)
    load.end()
    if load.done <= then:
        return "nobody answers"
    if len(load.lost) > 8:
        return f"{len(load.lost)} requests lost, more than were on the way: {load.lost[:3]}"
    return None


def all_killed(server):
    """Again and again: the next start waits, and comes."""
    for _ in range(3):
        for pid in server.members():
            os.kill(pid, signal.SIGKILL)
        if not server.wait_members(lambda m: len(m) == 3):
            return "they do not come back"
    for _ in range(100):
        try:
            if get(server.port, "/ready").status == 200:
                return None
        except (OSError, ValueError):
            time.sleep(0.1)
    return "it does not get ready"


def one_fails(server):
    """A process beside them that dies again and again waits longer each time; they do not wait for it."""
    for _ in range(6):
        for _ in range(200):
            work = server.members("work")
            if work:
                break
            time.sleep(0.05)
        else:
            return "the process of role work does not come back"
        os.kill(work[0], signal.SIGKILL)
        time.sleep(0.1)
    before = server.members()
    os.kill(before[0], signal.SIGKILL)
    if not server.wait_members(lambda m: len(m) == 3 and before[0] not in m, 2):
        return "another role's process waits with it"
    return "it does not wait at all" if server.members("work") else None


def reloaded(server, keep):
    load = Load(server.port, 8, keep)
    before = server.members()
    for _ in range(3):
        time.sleep(0.3)
        old = set(server.members())
        server.tell(signal.SIGHUP)
        if not server.wait_members(lambda m, old=old: len(m) == 3 and not old & set(m)):
            return f"the old ones stay: {sorted(old)} {server.members()}"
    time.sleep(0.2)
    load.end()
    if set(before) & set(server.members()):
        return "not new"
    if load.lost:
        return f"{len(load.lost)} of {load.done} requests lost: {load.lost[:3]}"
    return None if load.done > 100 else f"only {load.done} requests"


def reload_in_flight(server):
    """A request that has begun before the reload is finished by the old process; so is the next one of a
    client that was idle, and then its connection ends."""
    line, idle = Line(server.port), Line(server.port)
    raw = request("GET", "/health")
    idle.send(raw)
    idle.answer()
    line.send(raw[:20])
    time.sleep(0.2)
    old = set(server.members())
    server.tell(signal.SIGHUP)
    if not server.wait_members(lambda m: len(set(m) - old) == 3 and len(old & set(m)) < 3):
        return "the old processes do not go"
    time.sleep(1)
    for one, rest in [(line, raw[20:]), (idle, raw)]:
        one.send(rest)
        got = one.answer()
        if got is None or got.status != 200 or got.fields.get("connection") != "close" or not one.ended():
            return "not finished, or not closed after it"
    return None if server.wait_members(lambda m: len(m) == 3 and not old & set(m)) else "the old processes stay"


def reload_refused(server):
    """A configuration that is wrong changes nothing."""
    path = os.path.join(INSTANCE, "writ.yaml")
    with open(path, encoding="utf-8") as f:
        good = f.read()
    before = server.members()
    try:
        with open(path, "a", encoding="utf-8") as f:
            f.write("nonsense: yes\n")
        server.tell(signal.SIGHUP)
        time.sleep(1)
        if get(server.port, "/ready").status != 200:
            return "it does not answer"
        if not server.wait_members(lambda m: m == before):
            return f"{before} became {server.members()}"
        return None if "the reload is given up" in server.log() else "not told"
    finally:
        with open(path, "w", encoding="utf-8") as f:
            f.write(good)


def sql(statement):
    subprocess.run(["sh", sys.argv[2], statement], check=True)


def not_ready(server):
    """The database does not answer as it should: alive, but not ready, until it does again."""
    if get(server.port, "/ready").body != b"ready\n":
        return "not ready at first"
    sql("ALTER TABLE epoch RENAME TO away")
    try:
        got = get(server.port, "/ready")
        if (got.status, got.body, get(server.port, "/health").status) != (503, b"not ready\n", 200):
            return f"{got.status} {got.body}"
    finally:
        sql("ALTER TABLE away RENAME TO epoch")
    return None if get(server.port, "/ready").status == 200 else "it does not get ready again"


def slow(server):
    """Hundreds that send a byte now and then, and hundreds that send nothing: others are answered at once."""
    lines = [Line(server.port) for _ in range(400)]
    for i, line in enumerate(lines):
        line.send([b"", b"G", b"GET /health HTTP/1.1\r\nHost: a", b"POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"][i % 4])
    worst = 0.0
    for i in range(100):
        begun = time.monotonic()
        if get(server.port, "/ready").status != 200:
            return "not answered"
        worst = max(worst, time.monotonic() - begun)
        if i % 10 == 0:
            for line in lines[1::2]:
                try:
                    line.send(b"a")
                except OSError:
                    pass
    for line in lines:
        line.close()
    return None if worst < 2 else f"{worst:.1f} s for one request"


def numbers(server):
    """The sum of all processes, whichever is asked; nothing but names of routes and numbers."""
    for _ in range(30):
        get(server.port, "/health?canary=7")
    seen = set()
    for _ in range(20):
        text = get(server.port, "/metrics").body.decode("utf-8")
        for line in text.splitlines():
            if not re.fullmatch(r'# (HELP|TYPE) writ_[a-z_]+ .*|writ_[a-z_]+(\{[a-z]+="[a-zA-Z0-9_+.]+"(,[a-z]+="[a-z0-9]+")?\})? [0-9.]+', line):
                return f"a line of another form: {line}"
        seen.add(int(re.search(r'requests_total\{route="health",status="2xx"\} (\d+)', text).group(1)))
    if len(seen) != 1 or seen.pop() < 30:
        return f"the processes tell different sums: {seen}"
    count = int(re.search(r"seconds_count (\d+)", text).group(1))
    total = sum(int(x) for x in re.findall(r"requests_total\{[^}]*\} (\d+)", text))
    if count != total:
        return f"{count} durations of {total} requests"
    if len(re.findall(r'connections\{process="\d+"\}', text)) != 3:
        return "not a gauge for each process"
    return None


def whose_numbers(server, token):
    for field in ["X-Forwarded-For: 1.2.3.4", "Forwarded: for=1.2.3.4", "Via: 1.1 x", "X-Real-IP: 1.2.3.4"]:
        got = get(server.port, "/metrics", field)
        if got.status != 404 or got.body != get(server.port, "/nothing").body:
            return f"{field}: {got.status}"
    for given, status in [(token, 200), (token[:-1], 404), (token + "x", 404), ("", 404), ("x" * len(token), 404)]:
        got = get(server.port, "/metrics", "Via: 1.1 x", f"Authorization: Bearer {given}")
        if got.status != status:
            return f"a token of {len(given)} characters: {got.status}"
    return None


def stopped(server):
    """What runs is finished, who is idle is let go, and nobody is let in."""
    idle, begun = Line(server.port), Line(server.port)
    idle.send(request("GET", "/health"))
    idle.answer()
    raw = request("GET", "/ready")
    begun.send(raw[:-2])
    time.sleep(0.2)
    server.tell(signal.SIGTERM)
    if not idle.ended():
        return "who is idle is kept"
    begun.send(raw[-2:])
    got = begun.answer()
    if got is None or got.status != 200 or got.fields.get("connection") != "close":
        return "what has begun is not finished"
    if server.p.wait(10) != 0:
        return f"status {server.p.returncode}"
    try:
        Line(server.port, 2)
    except OSError:
        return None
    return "somebody still listens"


def stopped_late():
    """A request that never ends does not hold it up for ever; nobody is left behind."""
    server = Server(INSTANCE, "--processes", "2")
    members = server.members()
    line = Line(server.port)
    line.send(b"GET /health HTTP/1.1\r\n")
    time.sleep(0.1)
    begun = time.monotonic()
    status = server.stop()
    if status != 0 or time.monotonic() - begun > 35:
        return f"status {status} after {time.monotonic() - begun:.0f} s"
    left = [p for p in members if os.path.exists(f"/proc/{p}")]
    return f"left: {left}" if left else None


def orphaned():
    """The parent is killed: its processes go with it."""
    server = Server(INSTANCE, "--processes", "2")
    members = server.members()
    server.tell(signal.SIGKILL)
    server.p.wait()
    for _ in range(100):
        if not any(os.path.exists(f"/proc/{p}") for p in members):
            return None
        time.sleep(0.05)
    return "they live on"


def refuses(*args):
    """How `writ serve` ends that does not start: status and text."""
    p = subprocess.run([os.environ["WRIT"], "-d", INSTANCE, "serve", *args], stderr=subprocess.PIPE, timeout=30, check=False)
    return p.returncode, p.stderr.decode("utf-8")


def not_started():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen(1)
        taken = f"127.0.0.1:{s.getsockname()[1]}"
        for args, status, text in [(["--listen", taken], 4, "cannot listen"), (["--listen", "localhost:80"], 65, "numbers"),
                                   (["--listen", "127.0.0.1"], 65, "port"), (["--listen", "127.0.0.1:0"], 65, "port"),
                                   (["--listen", "127.0.0.1:99999"], 65, "port"), (["--listen", "[::1:8780"], 65, "port"),
                                   (["--processes", "0"], 65, "1 to 32"), (["--processes", "33"], 65, "1 to 32"),
                                   (["x"], 65, "too many")]:
            got = refuses(*args)
            if got[0] != status or text not in got[1]:
                return f"{args}: {got}"
    return None


def without_key():
    """A process that cannot open its key ends the first start."""
    key = os.path.join(INSTANCE, "keys", "instance.key")
    os.rename(key, key + ".away")
    try:
        status, text = refuses("--listen", f"127.0.0.1:{free_port()}")
        return None if status == 1 and "do not start" in text else f"{status}: {text}"
    finally:
        os.rename(key + ".away", key)


def whose_processes(server):
    """Nobody is root; no process may get new rights, and each has a list of calls."""
    for pid in [server.p.pid, *server.members()]:
        with open(f"/proc/{pid}/status", encoding="utf-8") as f:
            text = f.read()
        if re.search(r"^Uid:\s+(\d+)\s+(\d+)\s+(\d+)", text, re.M).groups().count("0"):
            return "somebody is root"
        if not re.search(r"^NoNewPrivs:\s+1$", text, re.M) or not re.search(r"^Seccomp:\s+2$", text, re.M):
            return "somebody is not locked in"
    return None


def main():
    token = "a-token-of-some-length"
    server = Server(INSTANCE, "--processes", "3")
    for name, fn, args in [("nobody is root, all are locked in", whose_processes, (server,)), ("ready or not", not_ready, (server,)),
                           ("meters", numbers, (server,)), ("whose the meters are", whose_numbers, (server, token)),
                           ("slow clients", slow, (server,)), ("one role fails and others do not wait", one_fails, (server,)),
                           ("a process is killed under load", killed, (server,)),
                           ("all are killed", all_killed, (server,)),
                           ("reload under load", reloaded, (server, False)),
                           ("reload under load, connections kept", reloaded, (server, True)),
                           ("reload with a request on its way", reload_in_flight, (server,)),
                           ("reload with a wrong configuration", reload_refused, (server,)), ("stop", stopped, (server,)),
                           ("stop with a request that never ends", stopped_late, ()), ("the parent is killed", orphaned, ()),
                           ("arguments that are wrong", not_started, ()), ("without its key", without_key, ())]:
        test(f"processes: {name}", fn, *args)
    finish()


main()
