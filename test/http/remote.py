"""What stands between a command and its server, as its mode file says: remote.py PORT TARGET MODE [CERT CLIENTS]

pass: asked and answered · cut N: the next N posts reach the server and their answers are lost · hang: nothing is
answered · STATUS [SECONDS]: a page with this status in place of an answer, with Retry-After where seconds stand. Each
post that reached the server is a line in MODE.log. CERT: TLS with CERT.pem and CERT.key; CLIENTS: whoever connects must
have a certificate of it.
"""
import http.client
import http.server
import ssl
import sys
import time

port, target, mode_file = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


class Between(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def ask(self, method):
        with open(mode_file) as f:
            words = f.read().split()
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if words[0] == "hang":
            time.sleep(20)
            self.close_connection = True
            return
        if words[0].isdigit() and not self.path.startswith("/openapi"):
            self.send_response(int(words[0]))
            if len(words) > 1:
                self.send_header("Retry-After", words[1])
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"<html>")
            return
        c = http.client.HTTPConnection("127.0.0.1", target)
        headers = {k: v for k, v in self.headers.items() if k.lower() in ("authorization", "idempotency-key", "content-type")}
        c.request(method, self.path, body if method == "POST" else None, headers)
        a = c.getresponse()
        text = a.read()
        if method == "POST":
            with open(mode_file + ".log", "a") as log:
                log.write(f"{a.status} {self.headers.get('Idempotency-Key')}\n")
        if method == "POST" and words[0] == "cut" and int(words[1]) > 0:
            with open(mode_file, "w") as f:
                f.write(f"cut {int(words[1]) - 1}")
            self.close_connection = True
            return
        self.send_response(a.status)
        for name in ("Content-Type", "Retry-After"):
            if a.getheader(name):
                self.send_header(name, a.getheader(name))
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        self.ask("GET")

    def do_POST(self):
        self.ask("POST")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


server = Server(("127.0.0.1", port), Between)
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4] + ".pem", sys.argv[4] + ".key")
    if len(sys.argv) > 5:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(sys.argv[5])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
server.serve_forever()
