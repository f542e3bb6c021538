"""A time stamp authority of the test's own: stamp.py MODE INSTANCE PORT WORK

Starts `writ serve`, answers its one question in the way of MODE, and ends. Behind it is `openssl ts`, which knows nothing
of the program. Modes: down (status 500), other (an authority that is not trusted), replay (an answer that was good for
another question: file WORK/replay.tsr), good.
"""
import http.server
import os
import signal
import subprocess
import sys
import threading
import time

from wire import Server, test

mode, instance, port, work = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
questions = []


def reply(question):
    if mode == "replay":
        with open(f"{work}/replay.tsr", "rb") as f:
            return f.read()
    name = "other" if mode == "other" else "tsa"
    with open(f"{work}/asked.tsq", "wb") as f:
        f.write(question)
    subprocess.run(["openssl", "ts", "-reply", "-queryfile", f"{work}/asked.tsq", "-signer", f"{work}/{name}.pem",
                    "-inkey", f"{work}/{name}.key", "-config", f"{work}/tsa.cnf", "-section", "tsa",
                    "-out", f"{work}/answer.tsr"], check=True, capture_output=True, cwd=work)
    with open(f"{work}/answer.tsr", "rb") as f:
        return f.read()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = b"" if mode == "down" else reply(body)
        questions.append((self.headers["Content-Type"], body))
        self.send_response(500 if mode == "down" else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def asked():
    for _ in range(400):
        if questions:
            break
        time.sleep(0.05)
    time.sleep(1)
    if [kind for kind, _ in questions] != ["application/timestamp-query"]:
        return f"asked {questions}"
    return None


tsa = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
threading.Thread(target=tsa.serve_forever, daemon=True).start()
server = Server(instance, "--processes", "1")
test(f"time stamp, {mode}: the authority is asked once", asked)
server.p.send_signal(signal.SIGTERM)
server.p.wait(20)
