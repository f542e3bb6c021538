"""Through nginx: front.py INSTANCE BEHIND PLAIN TLS, or `front.py ports` for three that are free."""
import re
import signal
import ssl
import sys
import time

from wire import Line, Server, finish, free_port, get, request, test

if sys.argv[1] == "ports":
    print(free_port(), free_port(), free_port())
    sys.exit(0)
BEHIND, PLAIN, TLS = (int(x) for x in sys.argv[2:5])


class Sealed(Line):
    def __init__(self, port):
        super().__init__(port)
        how = ssl.create_default_context()
        how.check_hostname, how.verify_mode = False, ssl.CERT_NONE
        self.s = how.wrap_socket(self.s, server_hostname="reports.example")


def through(*raws):
    line = Sealed(TLS)
    line.send(b"".join(raws))
    got = [line.answer() for _ in raws]
    line.close()
    return got


def waits():
    for _ in range(100):
        try:
            if through(request("GET", "/health"))[0].status == 200:
                return None
        except OSError:
            time.sleep(0.05)
    return "nginx is not there"


def plain():
    got = get(PLAIN, "/index.html?x")
    if got.status != 301 or got.fields["location"] != "https://writ.example/index.html?x":
        return f"{got.status}"
    return None


def pages():
    page, style, none = through(request("GET", "/", "Accept-Language: de"), request("GET", "/style.css"), request("GET", "/canary"))
    if (page.status, style.status, none.status) != (200, 200, 404):
        return f"{page.status} {style.status} {none.status}"
    if b'lang="de"' not in page.body or "max-age" not in page.fields["strict-transport-security"]:
        return "not the German page, or without Strict-Transport-Security"
    if page.fields["content-security-policy"] != get(BEHIND, "/").fields["content-security-policy"]:
        return "a protection is lost on the way"
    again = through(request("GET", "/style.css", f"If-None-Match: {style.fields['etag']}"))[0]
    return None if again.status == 304 else f"304 is {again.status}"


def meters():
    """Not through nginx, however the path is written; for the machine itself, yes."""
    for path in ["/metrics", "/metrics?x", "/%6detrics", "//metrics", "/x/../metrics"]:
        got = through(request("GET", path))[0]
        if got.status == 200:
            return f"{path} is open"
    return None if get(BEHIND, "/metrics").status == 200 else "closed for the machine itself"


def kept():
    """Many requests over the few connections that nginx keeps."""
    for _ in range(5):
        if any(x.status != 200 for x in through(*[request("GET", "/health")] * 50)):
            return "not answered"
    n = re.search(r'writ_http_connections\{process="\d+"\} (\d+)', get(BEHIND, "/metrics").body.decode()).group(1)
    return None if int(n) <= 20 else f"{n} connections"


def bodies():
    form = "Content-Type: application/x-www-form-urlencoded"
    small = through(request("POST", "/canary", form, "Content-Length: 3") + b"a=b")[0]
    chunks = through(request("POST", "/canary", form, "Transfer-Encoding: chunked") + b"3\r\na=b\r\n0\r\n\r\n")[0]
    large = through(request("POST", "/canary", form, "Content-Length: 999999999"))[0]
    if (small.status, chunks.status, large.status) != (405, 405, 413):
        return f"{small.status} {chunks.status} {large.status}"
    return None


def reload(server):
    """Behind nginx a reload loses nothing either."""
    for _ in range(3):
        old = set(server.members())
        server.tell(signal.SIGHUP)
        while old & set(server.members()):
            if any(x.status != 200 for x in through(*[request("GET", "/ready")] * 20)):
                return "an answer is lost"
    return None


def main():
    server = Server(sys.argv[1], "--processes", "1", port=BEHIND)
    for name, fn, args in [("TLS", waits, ()), ("plain HTTP leads to TLS", plain, ()), ("pages", pages, ()), ("meters", meters, ()),
                           ("connections are kept", kept, ()), ("bodies", bodies, ()), ("reload", reload, (server,))]:
        test(f"behind nginx: {name}", fn, *args)
    test("behind nginx: it ends", lambda: None if server.stop() == 0 else "status")
    finish()


main()
