"""Webhooks and mails against servers on this machine: hook.py ports | INSTANCE PLAIN TLS SMTP WORK SEEN

The receiver is written from SPEC.md 8.6 and shares nothing with the program.
"""
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time

from wire import Server, finish, free_port, test

WRIT = os.environ["WRIT"]
NET = os.path.join(os.path.dirname(WRIT), "writ-net")


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it gets, and answers with .status."""

    def __init__(self, port, cert=None, status=200):
        super().__init__(("127.0.0.1", port), Handler)
        self.got, self.status, self.raw = [], status, None
        if cert:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(cert + ".pem", cert + ".key")
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass

    def wait(self, n, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end and len(self.got) < n:
            time.sleep(0.05)
        return len(self.got) >= n

    def close(self):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        answer = self.server.raw or b"ok"
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *args):
        pass


def signed(secret, headers, body):
    t, v1 = headers["Writ-Signature"].split(",")
    want = hmac.new(secret.encode(), t[2:].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest("v1=" + want, v1)


class Post:
    """A server for mails: keeps what it gets. refuse: the first word it does not take, with that code."""

    def __init__(self, port, refuse=None):
        self.got, self.refuse = [], dict([refuse] if refuse else [])
        self.s = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                line, _ = self.s.accept()
            except OSError:
                return
            try:
                self.talk(line, line.makefile("rb"))
            except OSError:
                pass
            line.close()

    def talk(self, line, read):
        mail = {"to": []}
        line.sendall(b"220 post\r\n")
        while raw := read.readline():
            word = raw.split()[0].decode().upper() if raw.split() else ""
            if word in self.refuse:
                line.sendall(b"%d no\r\n" % self.refuse[word])
                continue
            if word == "EHLO":
                mail["name"] = raw.split()[1].decode()
                line.sendall(b"250-post\r\n250 SIZE 1000000\r\n")
            elif word == "MAIL":
                mail["from"] = raw.decode().strip()
                line.sendall(b"250 ok\r\n")
            elif word == "RCPT":
                mail["to"].append(raw.decode().strip())
                line.sendall(b"250 ok\r\n")
            elif word == "DATA":
                line.sendall(b"354 go on\r\n")
                text = b""
                while (raw := read.readline()) != b".\r\n":
                    text += raw[1:] if raw.startswith(b".") else raw
                mail["text"] = text
                self.got.append(mail)
                mail = {"to": []}
                line.sendall(b"250 taken\r\n")
            elif word == "QUIT":
                line.sendall(b"221 bye\r\n")
                return
            else:
                line.sendall(b"500 what\r\n")

    wait = Receiver.wait

    def close(self):
        self.s.shutdown(socket.SHUT_RDWR)
        self.s.close()


def mailed(post, log):
    """The call of who is on call: one mail, to one, read with a reader of mails that is not ours."""
    if not post.wait(1):
        return f"no mail came: {log()}"
    time.sleep(1)
    if len(post.got) != 1:
        return f"{len(post.got)} mails"
    mail = post.got[0]
    if mail["to"] != ["RCPT TO:<rob@desk.example>"] or not mail["from"].startswith("MAIL FROM:<desk@house.example>"):
        return f"{mail['from']} {mail['to']}"
    if mail["name"] != "house.example":
        return f"it calls itself {mail['name']}"
    m = email.message_from_bytes(mail["text"], policy=email.policy.default)
    if m["Auto-Submitted"] != "auto-generated" or m["To"] != "rob@desk.example" or not m["Message-ID"].endswith("@house.example>"):
        return f"{m.items()}"
    if "Emergency demand" not in m["Subject"] or "writ oncall ack" not in m.get_content():
        return f"{m['Subject']}: {m.get_content()}"
    if any(len(x) > 998 for x in mail["text"].split(b"\r\n")) or b"\n" in mail["text"].replace(b"\r\n", b""):
        return "its lines do not end as lines of a mail do"
    return None


def mails(port):
    """The helper: encrypted or not at all, but on this machine; what the server says."""
    post = Post(port)
    ask = {"kind": "mail", "url": f"smtp://127.0.0.1:{port}", "from": "a@b.example", "to": "c@d.example", "name": "b.example",
           "seconds": 5}
    text = b"To: <c@d.example>\r\n\r\n.dot\r\n..two\r\n"
    rc, head, _ = net(ask, text)
    if (rc, head["did"]) != (0, "done") or post.got[0]["text"] != text:
        return f"{rc} {head} {post.got}"
    if net(ask | {"url": f"smtp://localhost:{port}"}, text)[1]["did"] != "tls" or len(post.got) != 1:
        return "a mail went out in the clear"
    post.refuse = {"RCPT": 450}
    if net(ask, text)[1] != {"did": "refused", "status": 450, "wait": 0}:
        return "a refusal"
    post.refuse = {"MAIL": 550}
    if net(ask, text)[1] != {"did": "refused", "status": 550, "wait": 0}:
        return "another refusal"
    post.close()
    return None


# ---- through the server ----


def told(receiver, secret, seen, work, log):
    if not receiver.wait(4):
        return f"{len(receiver.got)} messages of 4: {log()}"
    time.sleep(1)
    demand, case, urgent = seen
    ids, events = set(), []
    for path, headers, body in receiver.got:
        if path != "/hook" or headers["Content-Type"] != "application/json":
            return f"sent to {path}"
        if not signed(secret, headers, body):
            return "a signature does not hold"
        j = json.loads(body)
        if body != json.dumps(j, sort_keys=True, separators=(",", ":")).encode():
            return f"not the form that SPEC.md has: {body}"
        if set(j) not in ({"event", "id", "at", "case"}, {"event", "id", "at", "demand"}):
            return f"it tells {sorted(j)}"
        if j.get("case", case) != case or j.get("demand", demand) not in (demand, urgent):
            return "it is of another case, or of a sealed one"
        ids.add(j["id"])
        events.append(j["event"])
    if len(ids) != len(receiver.got):
        return "two messages have one id"
    if sorted(events) != ["demand.receive", "demand.receive", "order.state", "paging"]:
        return f"events {events}"
    _, headers, body = receiver.got[0]
    with open(os.path.join(work, "body"), "wb") as f:
        f.write(body)
    for signature, want in ((headers["Writ-Signature"], 0), (headers["Writ-Signature"][:-1] + "x", 65),
                            ("t=1,v1=" + "0" * 64, 5)):
        got = subprocess.run([WRIT, "webhook", "verify", os.path.join(work, "body"), "--secret",
                              os.path.join(work, "secret"), "--signature", signature], capture_output=True, check=False)
        if got.returncode != want:
            return f"verify ended {got.returncode}, expected {want}: {got.stderr.decode()}"
    return None


def by_tls(wrong, receiver):
    """The one with another's certificate got nothing, the one with ours did; what was refused was sent again."""
    if wrong:
        return "something went to a server with another's certificate"
    return None if receiver.wait(1) else "nothing came"


def listed(instance, work, waiting):
    out = subprocess.run([WRIT, "-d", instance, "--secret", os.path.join(instance, "secrets", "root"), "--json", "webhook",
                          "list"], capture_output=True, check=True).stdout
    got = [h["waiting"] for h in json.loads(out)]
    return None if got == waiting else f"{got} wait, expected {waiting}"


# ---- the helper alone ----


def net(head, body=b""):
    raw = head if isinstance(head, bytes) else json.dumps(head).encode()
    p = subprocess.run([NET], input=raw + b"\n" + body, capture_output=True, check=False, timeout=60)
    if p.returncode != 0:
        return p.returncode, None, p.stderr
    first, _, rest = p.stdout.partition(b"\n")
    return 0, json.loads(first), rest


def refuses(port):
    web = {"kind": "web", "url": f"http://127.0.0.1:{port}/", "method": "GET", "seconds": 5}
    mail = {"kind": "mail", "url": f"smtp://127.0.0.1:{port}", "from": "a@b.example", "to": "c@d.example", "seconds": 5}
    bad = [b"", b"{", b"[]", b'{"kind":"web","kind":"web"}',
           web | {"kind": "file"}, web | {"url": "file:///etc/passwd"}, web | {"url": "http://hook.example/"},
           web | {"url": "http://localhost/"}, web | {"url": "http://127.0.0.1.hook.example/"},
           web | {"url": f"http://u:p@127.0.0.1:{port}/"}, web | {"url": "gopher://127.0.0.1/"}, web | {"method": "PUT"},
           web | {"headers": ["A: b\r\nC: d"]}, web | {"headers": ["none"]}, web | {"headers": "A: b"},
           web | {"url": f"http://127.0.0.1:{port}/\r\nA: b"}, web | {"more": 1}, web | {"seconds": 0},
           web | {"limit": 1 << 40},
           mail | {"to": "c@d.example>\r\nRCPT TO:<e@f.example"}, mail | {"to": "c@d.example, e@f.example"},
           mail | {"from": "a b@c.example"}, mail | {"to": "nobody"}, mail | {"url": f"imap://127.0.0.1:{port}"},
           mail | {"name": "x\r\nQUIT"}]
    for head in bad:
        rc, _, err = net(head)
        if rc != 65:
            return f"{head}: ended {rc}"
        if any(x in err for x in (b"example", b"127", b"passwd")):
            return f"it repeats what was asked: {err}"
    return None


def fetches(receiver):
    web = {"kind": "web", "url": f"http://127.0.0.1:{receiver.server_port}/x", "method": "POST", "seconds": 5, "limit": 100}
    rc, head, body = net(web, b"\0text\r\n.\r\n")
    if (rc, head, body) != (0, {"did": "done", "status": 200, "wait": 0}, b"ok"):
        return f"{rc} {head} {body}"
    if receiver.got[-1][2] != b"\0text\r\n.\r\n":
        return "the body came otherwise"
    receiver.raw = b"y" * 101
    rc, head, body = net(web)
    if head["did"] != "limit" or body:
        return f"a long answer: {head}"
    receiver.raw, receiver.status = None, 302
    rc, head, _ = net(web)
    if head != {"did": "done", "status": 302, "wait": 0} or receiver.got[-1][0] != "/x":
        return f"a redirect: {head} {receiver.got[-1][0]}"
    receiver.status = 200
    closed = free_port()
    if net(web | {"url": f"http://127.0.0.1:{closed}/"})[1]["did"] != "connect":
        return "a closed port"
    if net(web | {"url": "https://no-such-host.invalid/"})[1]["did"] not in ("name", "connect"):
        return "a host that is none"
    return None


def hangs():
    """Nobody answers: it ends by itself."""
    s = socket.create_server(("127.0.0.1", 0))
    start = time.monotonic()
    did = net({"kind": "web", "url": f"http://127.0.0.1:{s.getsockname()[1]}/", "method": "GET", "seconds": 1})[1]["did"]
    s.close()
    return None if did == "time" and time.monotonic() - start < 5 else did


def checks_certificates(port, work):
    with open(os.path.join(work, "theirs.pem"), encoding="ascii") as f:
        theirs = f.read()
    with open(os.path.join(work, "ours.pem"), encoding="ascii") as f:
        ours = f.read()
    web = {"kind": "web", "url": f"https://127.0.0.1:{port}/", "method": "GET", "seconds": 5}
    for more, want in (({}, "tls"), ({"ca": theirs}, "tls"), ({"ca": ours}, "done"), ({"ca": "none"}, "tls")):
        did = net(web | more)[1]["did"]
        if did != want:
            return f"{sorted(more)}: {did}"
    return None


def main():
    if sys.argv[1] == "ports":
        print(free_port(), free_port(), free_port())
        return
    instance, plain, tls, smtp, work = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    seen = sys.argv[6].split()
    with open(os.path.join(work, "secret"), encoding="ascii") as f:
        secret = f.read().strip()
    receiver, wrong = Receiver(plain), Receiver(tls, os.path.join(work, "theirs"))
    test("helper: what it refuses to ask", refuses, plain)
    test("helper: asks, takes no more than its limit, follows nowhere", fetches, receiver)
    test("helper: an answer that never comes", hangs)
    test("helper: mails", mails, smtp)
    receiver.got.clear()
    post = Post(smtp)
    server = Server(instance, "--processes", "1")
    test("webhook: signed, once each, nothing of what is sealed", told, receiver, secret, seen, work, server.log)
    test("paging: who is on call gets one mail", mailed, post, server.log)
    test("webhook: another's certificate gets nothing, and it waits", by_tls, wrong.got, receiver)
    time.sleep(1)
    test("webhook: what waits is listed", listed, instance, work, [0, len([1 for _, _, b in receiver.got if b"order.state" in b])])
    server.stop()
    wrong.close()
    right = Receiver(tls, os.path.join(work, "ours"))
    test("helper: certificates are checked", checks_certificates, tls, work)
    right.close()
    receiver.close()
    finish()


main()
