"""Requests of every wrong shape, against a server that runs: shapes.py INSTANCE

What two programs in a row could understand differently is refused with 400 and ends the connection: nothing
after it is taken for a request. What is right is answered, also in pieces, in a row, and in HTTP/1.0.
"""
import sys
import time

from wire import Line, Server, ask, finish, get, request, test

H = b"Host: writ.example\r\n"
NEXT = b"GET /health HTTP/1.1\r\nHost: writ.example\r\n\r\n"

# Each is followed by NEXT on the same connection, which must not be answered.
REFUSED = {
    # what libmicrohttpd lets through by itself
    "two Content-Lengths that differ": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "two Content-Lengths alike": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "Content-Length and Transfer-Encoding": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
    "Transfer-Encoding and Content-Length": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\nG",
    "a blank before the colon": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "no Host": b"GET /health HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET /health HTTP/1.1\r\n" + H + b"Host: other.example\r\n\r\n",
    "two Hosts alike": b"GET /health HTTP/1.1\r\n" + H + H + b"\r\n",
    "bare LF": b"GET /health HTTP/1.1\nHost: writ.example\n\n",
    "bare LF after one field": b"GET /health HTTP/1.1\r\nHost: writ.example\nX: y\r\n\r\n",
    "bare LF at the end": b"GET /health HTTP/1.1\r\nHost: writ.example\r\n\n",
    # lengths
    "a signed length": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: +5\r\n\r\nhello",
    "a negative length": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: -5\r\n\r\nhello",
    "a hexadecimal length": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 0x5\r\n\r\nhello",
    "a list of lengths": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 5, 5\r\n\r\nhello",
    "an empty length": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: \r\n\r\n",
    "a length beyond 64 bits": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 18446744073709551621\r\n\r\nhello",
    "a length with a zero byte": b"POST /health HTTP/1.1\r\n" + H + b"Content-Length: 5\x006\r\n\r\nhello",
    "a GET with a body": b"GET /health HTTP/1.1\r\n" + H + b"Content-Length: 5\r\n\r\nhello",
    "a GET in chunks": b"GET /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    # codings
    "two Transfer-Encodings": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a list of codings": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a coding with a tab": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
    "a coding with a vertical tab": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a coding on a folded line": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "a coding in quotes": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": b"POST /health HTTP/1.0\r\n" + H + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks as they should be": b"POST /health HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    # fields
    "a folded field": b"GET /health HTTP/1.1\r\n" + H + b"X-One: a\r\n b\r\n\r\n",
    "a field without a name": b"GET /health HTTP/1.1\r\n" + H + b": a\r\n\r\n",
    "a field without a colon": b"GET /health HTTP/1.1\r\n" + H + b"Nothing\r\n\r\n",
    "a first field that is folded": b"GET /health HTTP/1.1\r\n Host: writ.example\r\n\r\n",
    "a zero byte in a value": b"GET /health HTTP/1.1\r\n" + H + b"X-One: a\x00b\r\n\r\n",
    "a zero byte in a name": b"GET /health HTTP/1.1\r\n" + H + b"X-One\x00: a\r\n\r\n",
    "a zero byte in Host": b"GET /health HTTP/1.1\r\nHost: writ.example\x00.other\r\n\r\n",
    "a carriage return in a value": b"GET /health HTTP/1.1\r\n" + H + b"X-One: a\rX-Two: b\r\n\r\n",
    "a control byte in a value": b"GET /health HTTP/1.1\r\n" + H + b"X-One: a\x01\r\n\r\n",
    "an empty Host": b"GET /health HTTP/1.1\r\nHost: \r\n\r\n",
    "a Host with a path": b"GET /health HTTP/1.1\r\nHost: writ.example/x\r\n\r\n",
    "a Host with a user": b"GET /health HTTP/1.1\r\nHost: a@writ.example\r\n\r\n",
    # the first line
    "an absolute target": b"GET http://writ.example/health HTTP/1.1\r\n" + H + b"\r\n",
    "an absolute target elsewhere": b"GET http://other.example/ HTTP/1.1\r\n" + H + b"\r\n",
    "an authority as target": b"CONNECT other.example:443 HTTP/1.1\r\n" + H + b"\r\n",
    "a star as target": b"OPTIONS * HTTP/1.1\r\n" + H + b"\r\n",
    "a target with a zero byte": b"GET /health\x00x HTTP/1.1\r\n" + H + b"\r\n",
    "a target with a fragment": b"GET /health#x HTTP/1.1\r\n" + H + b"\r\n",
    "a blank in the target": b"GET /health x HTTP/1.1\r\n" + H + b"\r\n",
    "two blanks before the target": b"GET  /health HTTP/1.1\r\n" + H + b"\r\n",
    "two blanks before the version": b"GET /health  HTTP/1.1\r\n" + H + b"\r\n",
    "a tab in the first line": b"GET\t/health\tHTTP/1.1\r\n" + H + b"\r\n",
    "a version unknown": b"GET /health HTTP/1.7\r\n" + H + b"\r\n",
    "a version in small letters": b"GET /health http/1.1\r\n" + H + b"\r\n",
    "HTTP/2's first line": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a method with a control byte": b"GE\x01T /health HTTP/1.1\r\n" + H + b"\r\n",
    # paths
    "a dot segment": b"GET /static/../health HTTP/1.1\r\n" + H + b"\r\n",
    "a dot segment at the end": b"GET /static/.. HTTP/1.1\r\n" + H + b"\r\n",
    "a single dot": b"GET /./health HTTP/1.1\r\n" + H + b"\r\n",
    "encoded dots": b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + H + b"\r\n",
    "half encoded dots": b"GET /.%2E/etc/passwd HTTP/1.1\r\n" + H + b"\r\n",
    "an encoded slash": b"GET /static%2fstyle.css HTTP/1.1\r\n" + H + b"\r\n",
    "an encoded slash in capitals": b"GET /static%2Fstyle.css HTTP/1.1\r\n" + H + b"\r\n",
    "an encoded backslash": b"GET /static%5cstyle.css HTTP/1.1\r\n" + H + b"\r\n",
    "a backslash": b"GET /static\\style.css HTTP/1.1\r\n" + H + b"\r\n",
    "an encoded zero byte": b"GET /static/style.css%00 HTTP/1.1\r\n" + H + b"\r\n",
    "an encoded line end": b"GET /%0d%0aSet-Cookie:x HTTP/1.1\r\n" + H + b"\r\n",
    "an encoded percent": b"GET /%252e%252e/health HTTP/1.1\r\n" + H + b"\r\n",
    "a percent without digits": b"GET /%zz HTTP/1.1\r\n" + H + b"\r\n",
    "a percent at the end": b"GET /health% HTTP/1.1\r\n" + H + b"\r\n",
    "overlong UTF-8": b"GET /%c0%ae%c0%ae/health HTTP/1.1\r\n" + H + b"\r\n",
    "an empty segment": b"GET //health HTTP/1.1\r\n" + H + b"\r\n",
    "an empty segment inside": b"GET /static//style.css HTTP/1.1\r\n" + H + b"\r\n",
}

# Larger than any limit: another status, or the end without one; never an answer to what comes after.
LARGE = {
    "a long target": b"GET /" + b"a" * 3000 + b" HTTP/1.1\r\n" + H + b"\r\n",
    "a target longer than the memory": b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n" + H + b"\r\n",
    "a query of many names": b"GET /?" + b"a&" * 20000 + b" HTTP/1.1\r\n" + H + b"\r\n",
    "a long field": b"GET /health HTTP/1.1\r\n" + H + b"X-One: " + b"a" * 14000 + b"\r\n\r\n",
    "a field longer than the memory": b"GET /health HTTP/1.1\r\n" + H + b"X-One: " + b"a" * 200000 + b"\r\n\r\n",
    "many fields": b"GET /health HTTP/1.1\r\n" + H + b"X: y\r\n" * 100 + b"\r\n",
    "fields without end": b"GET /health HTTP/1.1\r\n" + H + b"X: y\r\n" * 20000 + b"\r\n",
    "a long method": b"G" * 60000 + b" /health HTTP/1.1\r\n" + H + b"\r\n",
}

ALIKE = ["/nothing", "/robots.txt", "/.htaccess", "/edition/", "/case/AAAA", "/static/", "/static/other.css", "/metrics2",
         "/health/", "/%c3%a4", "/a/b/c/d/e"]


# Refused by the library before we are asked: in silence, or with a status of its own.
SILENT = {"a blank in the target", "two blanks before the version", "a tab in the first line"}
STATUS = {"a length beyond 64 bits": 413, "HTTP/2's first line": 505}


def refused(port, raw, statuses, silent=False):
    line = Line(port)
    try:
        line.send(raw + NEXT)
    except OSError:
        pass
    got = line.answer()
    if got is None and not silent:
        return "no answer"
    if got is not None and got.status not in statuses:
        return f"status {got.status}"
    while line.more():
        pass
    if b"alive" in line.rest or (got is not None and b"alive" in got.body):
        return "what came after it was answered"
    line.close()
    return None


def alike(port):
    """One kind of 404, whatever the reason is."""
    first = get(port, "/no-such-path-at-all")
    date = first.fields.pop("date")
    for path in ALIKE:
        got = get(port, path)
        date = got.fields.pop("date") or date
        if got.status != 404 or got.body != first.body or got.fields != first.fields:
            return f"{path} is answered in another way"
    return None


def protections(port):
    for path in ["/health", "/nothing", "/static/style.css"]:
        f = get(port, path).fields
        if not f["content-security-policy"].startswith("default-src 'self';") or "unsafe" in f["content-security-policy"]:
            return f"{path}: Content-Security-Policy"
        if f["x-content-type-options"] != "nosniff" or f["referrer-policy"] != "same-origin":
            return f"{path}: a protection is missing"
        if path != "/static/style.css" and f["cache-control"] != "no-store":
            return f"{path}: Cache-Control"
    return None


def heads(port):
    for path in ["/health", "/nothing", "/static/style.css"]:
        full, head = get(port, path), ask(port, request("HEAD", path), True)
        full.fields.pop("date"), head.fields.pop("date")
        if full.status != head.status or full.fields != head.fields:
            return f"{path}: HEAD has another head"
        line = Line(port)
        line.send(request("HEAD", path) + NEXT)
        line.answer(True)
        if line.answer().body != b"alive\n":
            return f"{path}: HEAD has a body"
        line.close()
    return None


def in_a_row(port):
    line = Line(port)
    line.send(NEXT * 50 + request("GET", "/nothing") + NEXT)
    got = [line.answer().status for _ in range(52)]
    line.close()
    return None if got == [200] * 50 + [404, 200] else f"{got}"


def in_pieces(port):
    line = Line(port)
    for one in NEXT:
        line.send(bytes([one]))
        time.sleep(0.001)
    got = line.answer()
    line.send(NEXT)
    return None if got.status == 200 and line.answer().status == 200 else "not answered"


def browser(port):
    """What a browser sends: cookies, quotes, semicolons, many fields, a query."""
    fields = ['Cookie: a=b; c="d e"; f=%20', "Connection: keep-alive", "Cache-Control: max-age=0", "Upgrade-Insecure-Requests: 1",
              'sec-ch-ua: "Not;A=Brand";v="99", "Chromium";v="118"', "sec-ch-ua-mobile: ?0", "Sec-Fetch-Site: none", "DNT: 1",
              "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36",
              "Accept: text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding: gzip, deflate, br", "Accept-Language: de-DE,de;q=0.9",
              'If-None-Match: "x"', "Empty:", "Tab: a\tb"]
    line = Line(port)
    for path in ["/health?a=b&c=d%20e&f", "/health?", "/nothing?q=%C3%A4+b"]:
        line.send(request("GET", path, *fields))
        want = 404 if path.startswith("/n") else 200
        if line.answer().status != want:
            return f"{path} is not answered with {want}"
    line.close()
    return None


def large_head(port):
    """Just below the limits, in two pieces, twice on a connection."""
    line = Line(port)
    raw = request("GET", "/health?q=" + "q" * 1900, *[f"X-{i}: {'v' * 180}" for i in range(50)])
    for _ in range(2):
        line.send(raw[:6000])
        time.sleep(0.05)
        line.send(raw[6000:])
        if line.answer().status != 200:
            return f"a head of {len(raw)} bytes is refused"
    line.close()
    return None


def old_version(port):
    line = Line(port)
    line.send(b"GET /health HTTP/1.0\r\n\r\n")
    got = line.answer()
    if got.status != 200 or not line.ended():
        return "HTTP/1.0 without Host is not answered, or kept open"
    line = Line(port)
    line.send(b"GET /health HTTP/1.0\r\nHost: writ.example\r\nConnection: keep-alive\r\n\r\n" * 2)
    return None if [line.answer().status, line.answer().status] == [200, 200] else "not kept open"


def closing(port):
    line = Line(port)
    line.send(request("GET", "/health", "Connection: close") + NEXT)
    return None if line.answer().status == 200 and line.ended() else "the connection goes on"


def methods(port):
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "FOO"]:
        got = ask(port, request(method, "/health"))
        if got.status != 405 or got.fields["allow"] != "GET, HEAD" or method.encode() in got.body:
            return f"{method}: {got.status}"
    if ask(port, request("POST", "/nothing!")).status != 404:
        return "POST to nothing is not 404"
    return None


def languages(port):
    for accept, lang in [("de", "de"), ("de-AT,en;q=0.5", "de"), ("en,de", "en"), ("fr", "en"), ("de;q=0", "en"),
                         ("en;q=0.1, de;q=0.2", "de"), ("*", "en"), ("de;q=2", "en"), (",,;;q", "en")]:
        got = get(port, "/nothing", f"Accept-Language: {accept}")
        if f'<html lang="{lang}">'.encode() not in got.body or got.fields["vary"] != "Accept-Language":
            return f"{accept}: not {lang}"
    return None


def injection(port):
    """Nothing of a request comes back in an answer."""
    for path in ["/%3Cscript%3E", "/x?%3Cscript%3E=canary7", "/canary7"]:
        got = get(port, path, "X-Canary: canary7", "Referer: canary7")
        if b"canary7" in got.head + got.body or b"script" in got.body:
            return f"{path}: it is repeated"
    return None


def bodies(port):
    if ask(port, request("POST", "/health", "Content-Length: 999999999")).status != 405:
        return "a large body is waited for"
    line = Line(port)
    line.send(request("POST", "/nothing", "Content-Length: 5") + b"hello" + NEXT)
    return None if line.answer().status == 405 and line.ended() else "a body that nobody reads was taken for a request"


def still_well(port):
    return None if get(port, "/health").status == 200 else "the server does not answer any more"


def main():
    server = Server(sys.argv[1], "--processes", "1")
    port, before = server.port, server.members()
    for name, raw in REFUSED.items():
        test(f"refused: {name}", refused, port, raw, [400, STATUS.get(name, 400)], name in SILENT)
    for name, raw in LARGE.items():
        test(f"too large: {name}", refused, port, raw, [400, 413, 414, 431], True)
    for fn, name in [(alike, "one 404 for all"), (protections, "protections on every answer"), (heads, "HEAD"),
                     (in_a_row, "requests in a row"), (in_pieces, "a request byte by byte"), (browser, "a browser's request"), (large_head, "a large head"), (old_version, "HTTP/1.0"),
                     (closing, "Connection: close"), (methods, "other methods"), (languages, "languages of errors"),
                     (injection, "nothing is repeated"), (bodies, "bodies that nobody reads"), (still_well, "still well")]:
        test(name, fn, port)
    test("no process has died", lambda: None if server.members() == before else server.log()[-500:])
    test("it ends when told to", lambda: None if server.stop() == 0 else "status")
    test("the log has no word of a request", lambda: None if not any(
        w in server.log() for w in ["canary", "nothing", "127.0.0.1 ", "etc", "..", "?"]) else "it has")
    finish()


main()
