"""Uploads to test/http/take.c: take.py FOLDER, with folders spool and kept in it. SMALL names a small disk, if there
is one. TAKE_MB: how large a large file is."""
import hashlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from wire import Line, Server, ask, finish, get, request, test

FOLDER = sys.argv[1]
MB = 1 << 20
LARGE = int(os.environ.get("TAKE_MB", "256")) * MB
TYPE = "Content-Type: multipart/form-data; boundary=XyZ"
END = b"--XyZ--\r\n"


class TakeServer(Server):
    """Of the folder spool, with so many processes; fsize: no file may be larger."""

    def __init__(self, n=1, spool=None, kept=None, fsize=None):
        self.spool, self.kept = spool or os.path.join(FOLDER, "spool"), kept or os.path.join(FOLDER, "kept")
        self.n, self.fsize = str(n), fsize
        super().__init__(os.path.join(FOLDER, "none"))

    def start(self, instance, args, log):
        def limit():
            if self.fsize:
                resource.setrlimit(resource.RLIMIT_FSIZE, (self.fsize, self.fsize))
        return subprocess.Popen([os.environ["TAKE"], f"127.0.0.1:{self.port}", self.spool, self.kept, self.n], stderr=log,
                                stdin=subprocess.DEVNULL, preexec_fn=limit)

    def left(self):
        return sorted(os.listdir(self.spool))

    def empty(self, seconds=5):
        """Nothing stays in the spool."""
        end = time.monotonic() + seconds
        while self.left() and time.monotonic() < end:
            time.sleep(0.02)
        return None if not self.left() else f"left in the spool: {len(self.left())}"


def part(head, content):
    return b"--XyZ\r\nContent-Disposition: form-data; " + head.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content + b"\r\n"


def post(path, body, *fields):
    return request("POST", path, TYPE, f"Content-Length: {len(body)}", *fields) + body


def rows(got):
    return [line.split("|") for line in got.body.decode("utf-8").splitlines()[1:]]


def send(port, size, piece=64 << 10, pause=0.0, name="a"):
    """A file of so many bytes in pieces; the answer, and what its SHA-256 is."""
    head, tail = part(f'name="file"; filename="{name}"', b"")[:-2], b"\r\n" + END
    line = Line(port, 60)
    line.send(request("POST", "/take", TYPE, f"Content-Length: {len(head) + size + len(tail)}") + head)
    digest, seed, left = hashlib.sha256(), os.urandom(piece), size
    while left > 0:
        chunk = seed[:min(piece, left)]
        digest.update(chunk)
        line.send(chunk)
        left -= len(chunk)
        if pause:
            time.sleep(pause)
    line.send(tail)
    got = line.answer()
    line.close()
    return got, digest.hexdigest()


def files(server):
    """Texts beside files, several files, none chosen; as curl sends them."""
    body = part('name="text"', b"a b") + part('name="file"; filename="x.pdf"\r\nContent-Type: application/pdf', b"%PDF") + \
        part('name="other"; filename=""\r\nContent-Type: application/octet-stream', b"") + END
    got = ask(server.port, post("/take", body))
    if got.status != 200 or not got.body.startswith(b"a b\n") or rows(got) != [["file", "x.pdf", "application/pdf", "4", hashlib.sha256(b"%PDF").hexdigest()]]:
        return f"{got.status} {got.body}"
    path = os.path.join(FOLDER, 'q"uo.te.bin')
    with open(path, "wb") as f:
        f.write(os.urandom(3 * MB + 7))
    with open(path, "rb") as f:
        want = hashlib.sha256(f.read()).hexdigest()
    p = subprocess.run(["curl", "-sS", "-F", "text=t", "-F", f'file=@"{FOLDER}/q\\"uo.te.bin"', f"http://127.0.0.1:{server.port}/take"],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if want.encode() not in p.stdout or b'|q"uo.te.bin|' not in p.stdout:
        return f"curl: {p.stdout}"
    return server.empty()


def large(server):
    """Of constant memory, whole, and not waited for by others."""
    pid = server.members()[0]

    def most():
        with open(f"/proc/{pid}/status", encoding="utf-8") as f:
            return int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1)) << 10

    before, worst, stop = most(), [0.0], threading.Event()

    def others():
        while not stop.is_set():
            begun = time.monotonic()
            get(server.port, "/health")
            worst[0] = max(worst[0], time.monotonic() - begun)
            time.sleep(0.01)

    t = threading.Thread(target=others)
    t.start()
    begun = time.monotonic()
    try:
        got, want = send(server.port, LARGE)
    finally:
        stop.set()
        t.join()
    print(f"{LARGE // MB} MB in {time.monotonic() - begun:.1f} s, {(most() - before) // 1024} KB more memory, "
          f"others waited {worst[0] * 1000:.0f} ms at most", file=sys.stderr)
    if got.status != 200 or rows(got)[0][3:] != [str(LARGE), want]:
        return f"{got.status} {got.body[:200]}"
    with open(os.path.join(server.kept, want), "rb") as f:
        if hashlib.file_digest(f, "sha256").hexdigest() != want:
            return "not what was sent"
    os.remove(os.path.join(server.kept, want))
    if most() - before > 4 * MB:
        return f"{(most() - before) // MB} MB more memory"
    return server.empty() if worst[0] < 2 else f"others waited {worst[0]:.1f} s"


WRONG = {
    "cut in the middle of a file": (part('name="file"; filename="a"', b"x" * 1000)[:-300], 400),
    "without an end": (part('name="file"; filename="a"', b"x" * 1000), 400),
    "something after the end": (part('name="file"; filename="a"', b"x") + END + b"GET /health HTTP/1.1\r\n\r\n", 400),
    "another boundary": (part('name="file"; filename="a"', b"x").replace(b"XyZ", b"XyA") + END, 400),
    "a boundary within a file": (part('name="file"; filename="a"', b"x\r\n--XyZmore") + END, 400),
    "a field that takes no file": (part('name="text"; filename="a"', b"x") + END, 400),
    "two names": (part('name="file"; name="other"; filename="a"', b"x") + END, 400),
    "two names of files": (part('name="file"; filename="a"; filename="b"', b"x") + END, 400),
    "two dispositions": (part('name="file"; filename="a"\r\nContent-Disposition: form-data; name="text"', b"x") + END, 400),
    "base64": (part('name="file"; filename="a"\r\nContent-Transfer-Encoding: base64', b"eA==") + END, 400),
    "parts in a part": (part('name="file"\r\nContent-Type: multipart/mixed; boundary=in', b"--in--") + END, 200),  # a text
    "a bare LF in a head": (part('name="file"\n filename="a"', b"x") + END, 400),
    "a zero byte in a text": (part('name="text"', b"a\0b") + END, 400),
    "no UTF-8 in a text": (part('name="text"', b"\xff") + END, 400),
    "four files": (part('name="file"; filename="a"', b"x") * 4 + END, 413),
    "a head without an end": (b"--XyZ\r\nX: " + b"a" * 10000, 413),
    "600 parts": (part('name="x"', b"") * 600 + END, 413),
    "a text that is too long": (part('name="text"', b"a" * 70000) + END, 413),
    "texts that are too long": (part('name="x"', b"a" * 60000) * 5 + END, 413),
}


def wrong(server, body, status):
    got = ask(server.port, post("/take", body))
    if got.status != status:
        return f"{got.status}"
    return server.empty()


NAMES = [("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("/", ""), ("..", ""), ("a%0d%0aSet-Cookie: x=y", "aSet-Cookie: x=y"),
         ("order\u202efdp.exe", "orderfdp.exe"), ("\u2066a\u2069.pdf", "a.pdf"), ("a" * 400 + ".pdf", "a" * 196 + ".pdf"),
         ("%22><script>alert(1)</script>", "script>"), ("a\udcff.pdf", "a.pdf"), ("~root", "~root"), ("$(id).pdf", "$(id).pdf")]


def names(server):
    for raw, want in NAMES:
        got = ask(server.port, post("/take", part(f'name="file"; filename="{raw}"', b"x") + END))
        if got.status != 200 or rows(got)[0][1] != want or "set-cookie" in got.fields:
            return f"{raw!r}: {got.status} {got.body}"
    for head, want in [("filename*=UTF-8''%e2%80%ae..%2fa%0d.pdf", "a.pdf"), ('filename*0="../"; filename*1*=%61.pdf', "a.pdf")]:
        got = ask(server.port, post("/take", part(f'name="file"; {head}', b"x") + END))
        if got.status != 200 or rows(got)[0][1] != want:
            return f"{head}: {got.status} {got.body}"
    return server.empty()


def heads(server):
    """Refused before the body: by its type, its length, the right, the method; what comes then is no request."""
    smuggled = request("GET", "/health")
    for raw, status in [(request("POST", "/form", TYPE, "Content-Length: 5") + b"12345", 415),
                        (request("POST", "/take", "Content-Type: multipart/form-data", "Content-Length: 5") + b"12345", 400),
                        (request("POST", "/take", "Content-Type: multipart/form-data; boundary=" + "a" * 71, "Content-Length: 5") + b"12345", 400),
                        (request("POST", "/take", TYPE, f"Content-Length: {2000 * MB}") + b"12345", 413),
                        (request("POST", "/barred", TYPE, f"Content-Length: {2 * MB}") + b"12345", 403),
                        (request("POST", "/health", TYPE, "Content-Length: 5") + b"12345", 405),
                        (request("POST", "/take", TYPE, "Transfer-Encoding: chunked") + b"0\r\n\r\n", 400)]:
        line = Line(server.port)
        line.send(raw + smuggled)
        got = line.answer()
        if got is None or got.status != status:
            return f"{raw[:60]}: {got and got.status}"
        line.s.shutdown(1)
        while line.more():
            pass
        if b"alive" in line.rest or got.fields.get("connection") != "close":
            return f"{raw[:60]}: what came after it was answered"
        line.close()
    return server.empty()


def lingers(server):
    """Who sends all of it first still reads why it was refused."""
    line = Line(server.port)
    body = b"x" * (5 * MB)
    line.send(request("POST", "/barred", TYPE, f"Content-Length: {len(body)}") + body)
    got = line.answer()
    return None if got and got.status == 403 and line.ended() else "no answer"


def in_a_row(server):
    """Uploads and others on one connection, sent at once."""
    body = part('name="text"', b"t") + part('name="file"; filename="a"', b"x" * 40000) + END
    line = Line(server.port)
    sender = threading.Thread(target=line.send, args=((post("/take", body) + request("GET", "/health")) * 30,))
    sender.start()
    got = [line.answer().status for _ in range(60)]
    sender.join()
    line.send(request("GET", "/health") * 2000)
    got += [line.answer().status for _ in range(2000)]
    line.close()
    return None if got == [200] * 2060 else "not all are answered"


def goes_away(server):
    for cut in [10, 200, 5000, 200000]:
        raw = post("/take", part('name="file"; filename="a"', b"x" * 300000) + END)
        line = Line(server.port)
        line.send(raw[:cut])
        time.sleep(0.1)
        line.close()
    return server.empty()


def killed(server):
    """What a process left that was killed, the next one removes."""
    line = Line(server.port)
    line.send(post("/take", part('name="file"; filename="a"', b"x" * 300000) + END)[:200000])
    for _ in range(100):
        if server.left():
            break
        time.sleep(0.05)
    else:
        return "nothing has come in"
    before = server.members()
    os.kill(before[0], signal.SIGKILL)
    if not server.wait_members(lambda m: len(m) == 1 and m != before):
        return "no new process"
    return server.empty()


def not_others(server):
    """A process that starts does not remove what another is just writing."""
    head = part('name="file"; filename="a"', b"")[:-2]
    body = head + b"x" * 300000 + b"\r\n" + END
    line = Line(server.port)
    raw = post("/take", body)
    line.send(raw[:200000])
    time.sleep(0.3)
    before = server.members()
    server.tell(signal.SIGHUP)
    if not server.wait_members(lambda m: len(set(m) - set(before)) == 1):
        return "no new process"
    time.sleep(0.5)
    line.send(raw[200000:])
    got = line.answer()
    if got is None or got.status != 200 or rows(got)[0][4] != hashlib.sha256(b"x" * 300000).hexdigest():
        return f"not whole: {got and got.status}"
    return server.empty() if server.wait_members(lambda m: len(m) == 1) else "the old one stays"


def reloads():
    """Uploads that take a while, and reloads: each that begins is acknowledged, and each acknowledged is kept."""
    server = TakeServer(2)
    acknowledged, lost, stop = [], [], threading.Event()

    def load():
        while not stop.is_set():
            try:
                got, want = send(server.port, 400000, 20000, 0.02)
                if got is None or got.status != 200 or rows(got)[0][4] != want:
                    raise ValueError(f"{got and got.status}")
                acknowledged.append(want)
            except (OSError, ValueError) as e:
                lost.append(repr(e))

    threads = [threading.Thread(target=load) for _ in range(12)]
    for t in threads:
        t.start()
    for _ in range(3):
        time.sleep(0.5)
        old = set(server.members())
        server.tell(signal.SIGHUP)
        if not server.wait_members(lambda m, old=old: len(m) == 2 and not old & set(m)):
            lost.append("the old ones stay")
    stop.set()
    for t in threads:
        t.join()
    left = server.empty()
    server.stop()
    if lost or left:
        return f"{len(lost)} of {len(acknowledged)} uploads lost: {lost[:3]} {left}"
    for name in acknowledged:
        with open(os.path.join(server.kept, name), "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != name:
                return "an acknowledged file is another"
    return None if len(acknowledged) > 20 else f"only {len(acknowledged)} uploads"


def full(small):
    """A disk that is too small, and one that others fill meanwhile: 507, nothing of it stays, and it goes on after."""
    spool, kept = os.path.join(small, "spool"), os.path.join(small, "kept")
    os.mkdir(spool, 0o700)
    os.mkdir(kept)
    server = TakeServer(1, spool, kept)
    try:
        got = ask(server.port, request("POST", "/take", TYPE, f"Content-Length: {600 * MB}", "Expect: 100-continue"))
        if got.status != 507:
            return f"600 MB: {got.status}"
        line = Line(server.port)
        raw = post("/take", part('name="file"; filename="a"', b"x" * (5 * MB)) + END)
        line.send(raw[:2 * MB])
        for _ in range(100):
            if server.left():
                break
            time.sleep(0.02)
        with open(os.path.join(small, "filler"), "wb", 0) as f:
            try:
                while True:
                    f.write(b"x" * 4096)
            except OSError:
                pass
        line.send(raw[2 * MB:])
        got = line.answer()
        if got is None or got.status != 507:
            return f"filled meanwhile: {got and got.status}"
        bad = server.empty()
        os.remove(os.path.join(small, "filler"))
        got, want = send(server.port, 4 * MB)
        if bad or got.status != 200 or not os.path.exists(os.path.join(kept, want)):
            return f"with room again: {got.status} {bad}"
        return server.empty()
    finally:
        server.stop()


def gigabyte():
    """A file that may not grow: 1 GB in all is on its way, and nothing of it stays."""
    server = TakeServer(1, fsize=8 * MB)
    try:
        for size in [600 * MB, 400 * MB]:
            head = part('name="file"; filename="a"', b"")[:-2]
            line = Line(server.port)
            line.send(request("POST", "/take", TYPE, f"Content-Length: {len(head) + size}") + head)
            sent = 0
            try:
                while sent < size:
                    line.send(b"x" * MB)
                    sent += MB
            except OSError:
                pass
            got = line.answer()
            if got is None or got.status != 507:
                return f"{got and got.status} after {sent // MB} MB"
            line.close()
        return server.empty()
    finally:
        server.stop()


def slow_readers(server):
    """Who asks for much and reads nothing holds nobody up."""
    lines = [Line(server.port) for _ in range(20)]
    for line in lines:
        line.send(request("GET", "/large"))
    begun = time.monotonic()
    for _ in range(200):
        if get(server.port, "/health").status != 200:
            return "not answered"
    took = time.monotonic() - begun
    n = len(lines[0].answer().body)
    for line in lines:
        line.close()
    return None if took < 4 and n == 15 * MB else f"{took:.1f} s, {n} bytes"


def held(server):
    """Many bodies that are nearly complete: what they hold has a limit, and those who come later are told so."""
    body = b"text=" + b"a" * 60000
    head = request("POST", "/form", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 250000")
    lines = []
    for _ in range(300):
        line = Line(server.port)
        line.send(head + body + b"&x=" + b"b" * 60000 + b"&y=" + b"c" * 60000)
        lines.append(line)
    time.sleep(0.5)
    refused = 0
    for line in lines:
        line.s.settimeout(0.01)
        try:
            got = line.answer()
            if got is not None and got.status == 503:
                refused += 1
        except (OSError, ValueError):
            pass
    with open(f"/proc/{server.members()[0]}/status", encoding="utf-8") as f:
        rss = int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) // 1024
    print(f"300 bodies of 180 KB: {refused} refused, {rss} MB resident", file=sys.stderr)
    well = get(server.port, "/health").status == 200
    for line in lines:
        line.close()
    time.sleep(0.5)
    again = ask(server.port, request("POST", "/form", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 6") + b"text=x")
    if not well or again.status != 200:
        return "it does not go on"
    return None if 50 < refused < 300 and rss < 64 else f"{refused} refused, {rss} MB"


def shut_folder():
    """A spool that others may read is refused at the start."""
    spool = tempfile.mkdtemp(dir=FOLDER)
    os.chmod(spool, 0o755)
    try:
        TakeServer(1, spool).stop()
    except RuntimeError as e:
        return None if "others may look" in str(e) else str(e)
    return "it starts"


def main():
    server = TakeServer()
    for name, fn in [("texts and files", files), (f"{LARGE // MB} MB", large), ("names", names), ("refused by their head", heads),
                     ("an answer after all", lingers), ("in a row", in_a_row), ("clients that go", goes_away),
                     ("a process is killed", killed), ("what another writes stays", not_others), ("slow readers", slow_readers),
                     ("many bodies at once", held)]:
        test(f"uploads: {name}", fn, server)
    for name, (body, status) in WRONG.items():
        test(f"uploads: {name}", wrong, server, body, status)
    server.stop()
    test("uploads: reloads", reloads)
    test("uploads: a gigabyte, and no room", gigabyte)
    if os.environ.get("SMALL"):
        test("uploads: a full disk", full, os.environ["SMALL"])
    test("uploads: a spool that others may read", shut_folder)
    shutil.rmtree(os.path.join(FOLDER, "kept"))
    finish()


main()
