"""Raw requests over sockets: what the tests of the web server share."""
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

BAD = []


def verdict(name, why=None):
    print(f"ok {name}" if why is None else f"not ok {name}: {why}", flush=True)
    if why is not None:
        BAD.append(name)


def test(name, fn, *args):
    """fn returns None, or what is wrong."""
    try:
        verdict(name, fn(*args))
    except (OSError, ValueError, IndexError, KeyError, AssertionError, RuntimeError) as e:
        verdict(name, f"{type(e).__name__}: {e}")


class Answer:
    def __init__(self, status, fields, body, head):
        self.status, self.fields, self.body, self.head = status, fields, body, head


class Line:
    """One connection."""

    def __init__(self, port, seconds=20):
        self.s = socket.create_connection(("127.0.0.1", port), seconds)
        self.s.settimeout(seconds)
        self.rest = b""

    def send(self, raw):
        self.s.sendall(raw)

    def more(self):
        try:
            got = self.s.recv(65536)
        except ConnectionResetError:
            got = b""
        self.rest += got
        return bool(got)

    def answer(self, head_only=False):
        """The next answer; None when the connection ends before one."""
        while b"\r\n\r\n" not in self.rest:
            if not self.more():
                if self.rest:
                    raise ValueError(f"an answer that breaks off: {self.rest[:80]!r}")
                return None
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        m = re.match(r"HTTP/1\.[01] (\d{3}) ", lines[0])
        if not m:
            raise ValueError(f"no status line: {lines[0]!r}")
        fields = {}
        for one in lines[1:]:
            name, _, value = one.partition(": ")
            if name.lower() == "set-cookie":  # the one that may stand more than once
                value = "\n".join(filter(None, (fields.pop("set-cookie", ""), value)))
            if name.lower() in fields:
                raise ValueError(f"{name} stands twice")
            fields[name.lower()] = value
        status = int(m.group(1))
        n = 0 if head_only or status in (304, 100) else int(fields.get("content-length", 0))
        while len(self.rest) < n:
            if not self.more():
                raise ValueError("a body that breaks off")
        body, self.rest = self.rest[:n], self.rest[n:]
        return Answer(status, fields, body, head)

    def ended(self):
        """The server has closed, and has said nothing more."""
        if self.rest:
            return False
        return not self.more()

    def close(self):
        self.s.close()


def ask(port, raw, head_only=False):
    line = Line(port)
    line.send(raw)
    got = line.answer(head_only)
    line.close()
    return got


def get(port, path, *fields):
    return ask(port, request("GET", path, *fields))


def request(method, path, *fields, version="HTTP/1.1"):
    lines = [f"{method} {path} {version}", "Host: writ.example", *fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """`writ serve` of an instance, its log in a file."""

    def __init__(self, instance, *args, port=None):
        self.port = port or free_port()
        self.log_path = os.path.join(os.path.dirname(instance), f"log.{self.port}")
        with open(self.log_path, "wb") as log:
            self.p = self.start(instance, args, log)
        self.wait_up()

    def start(self, instance, args, log):
        return subprocess.Popen([os.environ["WRIT"], "-d", instance, "serve", "--listen", f"127.0.0.1:{self.port}", *args],
                                stderr=log, stdin=subprocess.DEVNULL)

    def wait_up(self):
        for _ in range(200):
            try:
                if get(self.port, "/health").status == 200:
                    return
            except (OSError, ValueError):
                pass
            if self.p.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the server is not there: {self.log()}")

    def log(self):
        with open(self.log_path, encoding="utf-8") as f:
            return f.read()

    def members(self, role="web"):
        """The processes that answer; the one of role work stands beside them."""
        out = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(self.p.pid)], stdout=subprocess.PIPE, check=False)
        lines = [x.split() for x in out.stdout.decode().splitlines()]
        return sorted(int(x[0]) for x in lines if f"--role={role}" in x)

    def wait_members(self, good, seconds=20):
        """Until good(members) holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if good(self.members()):
                return True
            time.sleep(0.05)
        return False

    def tell(self, sig):
        self.p.send_signal(sig)

    def stop(self):
        self.tell(signal.SIGTERM)
        return self.p.wait(45)


class Load:
    """Threads that ask all the time, each request on a line of its own or (keep) many on one."""

    def __init__(self, port, threads=8, keep=False, path="/ready"):
        self.port, self.keep, self.path = port, keep, path
        self.done, self.lost, self.stopping = 0, [], False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(threads)]
        for t in self.threads:
            t.start()

    def one(self, line):
        line.send(request("GET", self.path))
        got = line.answer()
        if got is None:
            raise ValueError("closed without an answer")
        if got.status != 200:
            raise ValueError(f"status {got.status}")
        return got.fields.get("connection", "").lower() == "close"

    def run(self):
        line = None
        while not self.stopping:
            try:
                if line is None:
                    line = Line(self.port)
                if self.one(line) or not self.keep:
                    line.close()
                    line = None
                with self.lock:
                    self.done += 1
            except (OSError, ValueError) as e:
                line = None
                with self.lock:
                    self.lost.append(repr(e))

    def end(self):
        self.stopping = True
        for t in self.threads:
            t.join()


def finish():
    sys.exit(1 if BAD else 0)
