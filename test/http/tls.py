"""TLS by the web server itself: tls.py INSTANCE FOLDER, FOLDER with the certificates that tls.sh makes."""
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

from wire import Line, Server, finish, free_port, request, test

INSTANCE, FOLDER = sys.argv[1:]
CONF = os.path.join(INSTANCE, "writ.yaml")
with open(CONF, encoding="utf-8") as f:
    PLAIN = f.read()
PAIR = f"tls_certificate: {FOLDER}/tls/cert.pem\ntls_key: {FOLDER}/tls/key.pem\n"
CLIENTS = f"tls_clients: {FOLDER}/tls/clients.pem\n"


def path(name):
    return os.path.join(FOLDER, name)


def configure(text):
    with open(CONF, "w", encoding="utf-8") as out:
        out.write(PLAIN + text)


def context(client=None, version=None, ciphers=None):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.load_verify_locations(path("house.pem"))
    if client:
        c.load_cert_chain(path(client + ".pem"), path(client + ".key"))
    if version:
        c.minimum_version = c.maximum_version = version
    if ciphers:
        c.set_ciphers(ciphers)
    return c


class Secure(Line):
    def __init__(self, port, c=None):
        super().__init__(port)
        self.s = (c or context()).wrap_socket(self.s, server_hostname="reports.example")

    def more(self):
        try:
            return super().more()
        except ssl.SSLEOFError:
            return False


def ask(port, raw=None, c=None):
    line = Secure(port, c)
    line.send(raw or request("GET", "/ready"))
    got = line.answer()
    line.close()
    return got


class SecureServer(Server):
    def wait_up(self):
        for _ in range(200):
            if "listening" in self.log():
                time.sleep(0.5)
                return
            time.sleep(0.05)
        raise RuntimeError(self.log())


def spoken(port):
    for version in [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]:
        got = ask(port, c=context(version=version))
        if got.status != 200 or got.fields.get("strict-transport-security") != "max-age=31536000":
            return f"{version}: {got.status} {got.fields}"
    if "strict-transport-security" not in ask(port, request("GET", "/nothing")).fields:
        return "an error without Strict-Transport-Security"
    return None


def handshake(port, *args):
    p = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *args], stdin=subprocess.DEVNULL, timeout=20,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return b"Cipher is (NONE)" not in p.stdout and p.returncode == 0


def not_spoken(port):
    """What is old or weak is refused; the same words with what is not are taken."""
    at0 = ["-cipher", "ALL:@SECLEVEL=0"]
    for args, well in [(["-tls1_3"], True), (["-tls1_2"], True), (["-tls1_1", *at0], False), (["-tls1", *at0], False),
                       (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"], True),
                       (["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"], True),
                       (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"], False),
                       (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0"], False),
                       (["-tls1_2", "-cipher", "aNULL:eNULL:@SECLEVEL=0"], False)]:
        if handshake(port, *args) != well:
            return f"{args}: {'refused' if well else 'taken'}"
    return None


def curl(port):
    p = subprocess.run(["curl", "-sS", "--cacert", path("house.pem"), "--resolve", f"reports.example:{port}:127.0.0.1",
                        f"https://reports.example:{port}/health"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return None if p.stdout == b"alive\n" else f"{p.stdout}"


def plain(port):
    """Plain HTTP to it gets nothing."""
    line = Line(port)
    line.send(request("GET", "/health"))
    while line.more():
        pass
    return "answered" if b"alive" in line.rest or b"HTTP/1" in line.rest else None


def refused(port):
    """What is refused before its body is answered within TLS too, and nothing after it."""
    for raw, status in [(b"GET /health HTTP/1.1\r\n\r\n", 400), (request("POST", "/health", "Content-Length: 5") + b"hello", 405),
                        (request("GET", "/a/../b"), 400)]:
        line = Secure(port)
        line.send(raw + request("GET", "/health"))
        got = line.answer()
        while got is None or line.more():
            if got is None:
                return f"{raw[:30]}: no answer"
        if got.status != status or b"alive" in line.rest:
            return f"{raw[:30]}: {got.status}"
    return None


def slow_handshake(port):
    """Those who begin a handshake and go no further hold nobody up."""
    lines = [Line(port) for _ in range(200)]
    for i, line in enumerate(lines):
        line.send([b"", b"\x16\x03\x01", b"\x16\x03\x01\x02\x00\x01"][i % 3])
    begun = time.monotonic()
    for _ in range(20):
        if ask(port).status != 200:
            return "not answered"
    took = time.monotonic() - begun
    for line in lines:
        line.close()
    return None if took < 5 else f"{took:.1f} s for 20 requests"


def serial(port):
    s = Secure(port)
    der = s.s.getpeercert(True)
    s.close()
    return der


def der_of(name):
    with open(path(name), encoding="ascii") as pem:
        return ssl.PEM_cert_to_DER_cert(pem.read())


def put(name):
    """As certificates are renewed: beside, then in its place."""
    for kind, to in [("pem", "cert.pem"), ("key", "key.pem")]:
        new = path(f"tls/new.{kind}")
        shutil.copyfile(path(f"{name}.{kind}"), new)
        os.chmod(new, 0o644)
        if kind == "key":
            st = os.stat(path("tls/key.pem"))
            os.chmod(new, 0o640)
            os.chown(new, st.st_uid, st.st_gid)
        os.rename(new, path("tls/" + to))


def renewed(server):
    done, lost, stop = [0], [], threading.Event()

    def load():
        line = None
        while not stop.is_set():
            try:
                line = line or Secure(server.port)
                line.send(request("GET", "/ready"))
                got = line.answer()
                if got is None or got.status != 200:
                    raise ValueError("not answered")
                if got.fields.get("connection") == "close":
                    line.close()
                    line = None
                done[0] += 1
            except (OSError, ValueError) as e:
                lost.append(repr(e))
                line = None

    threads = [threading.Thread(target=load) for _ in range(4)]
    for t in threads:
        t.start()
    try:
        if serial(server.port) != der_of("first.pem"):
            return "not the first certificate"
        put("second")
        old = set(server.members())
        server.tell(signal.SIGHUP)
        if not server.wait_members(lambda m: len(m) == 2 and not old & set(m)):
            return f"not reloaded: {server.log()[-300:]}"
        if serial(server.port) != der_of("second.pem"):
            return "not the second certificate"
    finally:
        stop.set()
        for t in threads:
            t.join()
    if lost:
        return f"{len(lost)} of {done[0]} requests lost: {lost[:3]}"
    return None if done[0] > 20 else f"only {done[0]} requests"


def renewed_wrong(server):
    """A key that is not the certificate's: the reload is given up, what ran goes on."""
    shutil.copyfile(path("first.pem"), path("tls/cert.pem"))
    before = server.members()
    server.tell(signal.SIGHUP)
    for _ in range(100):
        if "the reload is given up" in server.log():
            break
        time.sleep(0.1)
    else:
        return "not told"
    shutil.copyfile(path("second.pem"), path("tls/cert.pem"))
    if not server.wait_members(lambda m: m == before) or ask(server.port).status != 200:
        return "what ran does not go on"
    return None if "tls_key" in server.log() else "not said why"


def clients(port):
    for client, status in [("officer", 200), (None, 403), ("stranger", 403), ("server_only", 403)]:
        for version in [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]:
            got = ask(port, c=context(client, version))
            if got.status != status or (status == 403 and (b"ready" in got.body or got.fields.get("connection") != "close")):
                return f"{client}, {version}: {got.status}"
    line = Secure(port, context("officer"))
    for _ in range(3):
        line.send(request("GET", "/health"))
        if line.answer().status != 200:
            return "not known any more in the next request"
    line.close()
    return None


def starts_not(text, *args):
    p = subprocess.run([os.environ["WRIT"], "-d", INSTANCE, "serve", "--processes", "1", *args], stderr=subprocess.PIPE,
                       timeout=30, check=False)
    said = p.stderr.decode("utf-8")
    return None if p.returncode != 0 and text in said else f"{p.returncode}: {said}"


def wrong():
    here = f"127.0.0.1:{free_port()}"
    with open(path("tls/open.pem"), "w", encoding="ascii") as out:
        out.write("x")
    os.chmod(path("tls/open.pem"), 0o644)
    shutil.copyfile(path("second.key"), path("tls/open.key"))
    os.chmod(path("tls/open.key"), 0o644)
    for conf, text in [(f"tls_certificate: {FOLDER}/tls/cert.pem\n", "both are needed"),
                       (f"tls_key: {FOLDER}/tls/key.pem\n", "both are needed"), (CLIENTS, "both are needed"),
                       (PAIR.replace("cert.pem", "none.pem"), "none.pem"), (PAIR.replace("cert.pem", "open.pem"), "not a certificate"),
                       (PAIR.replace("key.pem", "open.key"), "everybody may read"),
                       (PAIR + CLIENTS.replace("clients.pem", "open.pem"), "no certificate is in it"),
                       ("limit_requests: many\n", "want a number"), ("limit_connections: -1\n", "want a number"),
                       ("proxy: nginx\n", "in numbers")]:
        configure(conf)
        bad = starts_not(text, "--listen", here)
        if bad:
            return f"{conf}: {bad}"
    return None


def elsewhere():
    """Other machines are not served in plain text, unless it is said who stands in front."""
    port = free_port()
    configure("")
    for address in [f"0.0.0.0:{port}", f"[::]:{port}", f"192.0.2.1:{port}"]:
        bad = starts_not("without TLS" if "192" not in address else "cannot listen", "--listen", address)
        if bad:
            return f"{address}: {bad}"
    configure("proxy: 192.0.2.7\n")
    p = subprocess.Popen([os.environ["WRIT"], "-d", INSTANCE, "serve", "--listen", f"0.0.0.0:{port}"], stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            try:
                line = Line(port)
                line.send(request("GET", "/health"))
                return None if line.answer().status == 200 else "not answered"
            except (OSError, AttributeError):
                time.sleep(0.05)
        return "it does not start with a proxy"
    finally:
        p.send_signal(signal.SIGTERM)
        p.communicate(timeout=40)


def doctor():
    """It says how others would come, and what is open."""
    for conf, mark, text in [("", " ok ", "127.0.0.1:8780: plain HTTP for this machine alone; at most 50 requests a second and 200 connections"),
                             ("proxy: 127.0.0.1\nlimit_requests: 7\n", " ok ", "127.0.0.1 in front; at most 7 requests"),
                             ("listen: 0.0.0.0:80\n", "LOOK", "which serve refuses"),
                             (PAIR, " ok ", "TLS"), (PAIR.replace("key.pem", "open.key"), "LOOK", "may be read by others"),
                             (PAIR.replace("cert.pem", "none.pem"), "LOOK", "cannot be reached")]:
        configure(conf)
        p = subprocess.run([os.environ["WRIT"], "-d", INSTANCE, "doctor"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        lines = [x for x in p.stdout.decode("utf-8").splitlines() if " server " in x]
        if not any(text in x and x.startswith(mark.strip().ljust(4) if mark == "LOOK" else "") for x in lines):
            return f"{conf}: {lines}"
        if (mark == "LOOK") != any(x.startswith("LOOK") for x in lines):
            return f"{conf}: {lines}"
    return None


def main():
    socket.setdefaulttimeout(20)
    configure(PAIR)
    server = SecureServer(INSTANCE, "--processes", "2")
    for name, fn, arg in [("TLS 1.2 and 1.3, Strict-Transport-Security", spoken, server.port), ("nothing older or weaker", not_spoken, server.port),
                          ("curl", curl, server.port), ("plain HTTP to it", plain, server.port), ("refusals", refused, server.port),
                          ("slow handshakes", slow_handshake, server.port), ("a new certificate under load", renewed, server),
                          ("a new one that is wrong", renewed_wrong, server)]:
        test(f"TLS: {name}", fn, arg)
    test("TLS: stop", lambda: None if server.stop() == 0 else "not in order")
    configure(PAIR + CLIENTS)
    server = SecureServer(INSTANCE, "--processes", "1")
    test("TLS: certificates of clients", clients, server.port)
    server.stop()
    test("TLS: a configuration that is wrong", wrong)
    test("TLS: other machines in plain text", elsewhere)
    test("TLS: doctor", doctor)
    finish()


main()
