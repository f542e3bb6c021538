"""The public site, as the server gives it out: site.py INSTANCE FOLDER

Every file that `site build` wrote is served as it lies there, with a type that fits; nothing else is.
"""
import os
import sys
from pathlib import Path

from wire import Line, Server, ask, finish, get, request, test

FOLDER = Path(sys.argv[2])
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8",
         ".json": "application/json", ".pdf": "application/pdf", ".atom": "application/atom+xml",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def files():
    return sorted(str(p.relative_to(FOLDER)) for p in FOLDER.rglob("*") if p.is_file())


def all_files(port, names):
    if len(names) < 20:
        return f"only {len(names)} files: what is tested here?"
    for name in names:
        got = get(port, "/" + name)
        if got.status != 200 or got.body != (FOLDER / name).read_bytes():
            return f"{name} is not served as it is"
        if got.fields["content-type"] != TYPES[Path(name).suffix]:
            return f"{name} has the type {got.fields['content-type']}"
        if not got.fields["content-security-policy"].startswith("default-src 'self'"):
            return f"{name} without protections"
    return None


def first_page(port):
    if get(port, "/").body != (FOLDER / "index.html").read_bytes():
        return "/ is not the first page"
    if get(port, "/", "Accept-Language: de").body != (FOLDER / "index.de.html").read_bytes():
        return "/ is not in German"
    return None


def tags(port):
    got = get(port, "/index.html")
    tag = got.fields["etag"]
    for named in [tag, f"W/{tag}", f'"x", {tag}', "*"]:
        again = get(port, "/index.html", f"If-None-Match: {named}")
        if again.status != 304 or again.body or again.fields["etag"] != tag or "content-type" in again.fields:
            return f"If-None-Match: {named}: {again.status}"
    if get(port, "/index.html", 'If-None-Match: "x"').status != 200:
        return "another tag is not modified"
    line = Line(port)
    line.send(request("GET", "/index.html", f"If-None-Match: {tag}") + request("GET", "/health"))
    if [line.answer().status, line.answer().status] != [304, 200]:
        return "304 breaks the connection"
    # as `site build` does it: a new file in place of the old
    new = FOLDER / ".new"
    new.write_bytes((FOLDER / "index.html").read_bytes().replace(b"</html>", b"</html >"))
    new.chmod(0o644)
    new.rename(FOLDER / "index.html")
    changed = get(port, "/index.html", f"If-None-Match: {tag}")
    if changed.status != 200 or changed.fields["etag"] == tag or b"</html >" not in changed.body:
        return "what was changed is not told"
    return None


def head_of_file(port):
    full, head = get(port, "/style.css"), ask(port, request("HEAD", "/style.css"), True)
    full.fields.pop("date"), head.fields.pop("date")
    return None if full.fields == head.fields and head.status == 200 else "HEAD has another head"


def nothing_else(port):
    """Whatever lies there, readable, and however it is asked for."""
    os.umask(0o022)
    secret = b"canary-secret"
    outside = FOLDER.parent / "outside.html"
    outside.write_bytes(secret)
    strays = ["notes.html", ".htaccess", ".git/config", "edition/.html", "edition/2026H2.1/notes.txt", "edition/2026H2.1/.env",
              "country/passwd", "country/DE.txt", "index.html.bak", "edition/index.html", "country/index.html", "robots.txt"]
    for name in strays:
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(secret)
    # names that would be served, if they were files of the site's own
    os.symlink(outside, FOLDER / "country" / "ZZ.html")
    os.symlink("../notes.html", FOLDER / "country" / "WW.html")
    os.symlink("/etc", FOLDER / "edition" / "2030H1.1")
    (FOLDER / "country" / "YY.html").mkdir()
    os.mkfifo(FOLDER / "country" / "XX.html")
    none = get(port, "/nothing-at-all")
    paths = strays + ["country/ZZ.html", "country/WW.html", "country/YY.html", "country/XX.html", "edition", "edition/", "country/",
                      "edition/2026H2.1", "edition/2026H2.1/", "edition/2030H1.1/index.html", "EDITION/2026H2.1/index.html",
                      "index.html/", "index.html/x", "style.css?x/../../outside.html&y", "Index.html"]
    for path in paths:
        got = get(port, "/" + path)
        if path.startswith("style.css?"):
            if got.status != 200 or secret in got.body:
                return "a query changes the file"
        elif got.status != 404 or got.body != none.body:
            return f"/{path}: {got.status}"
    return None


def large(port):
    """More than a socket takes at once."""
    name = "edition/2026H2.1/report.pdf"
    body = os.urandom(6 << 20)
    (FOLDER / name).write_bytes(body)
    line = Line(port)
    line.send(request("GET", "/" + name) * 3)
    for _ in range(3):
        if line.answer().body != body:
            return "it does not come whole"
    return None


def main():
    server, names = Server(sys.argv[1], "--processes", "1"), files()
    port, before = server.port, server.members()
    for name, fn, args in [("every file of the site", all_files, (port, names)), ("the first page", first_page, (port,)),
                           ("tags and 304", tags, (port,)), ("HEAD of a file", head_of_file, (port,)),
                           ("nothing else that lies there", nothing_else, (port,)), ("a large file", large, (port,))]:
        test(f"site: {name}", fn, *args)
    test("site: no process has died", lambda: None if server.members() == before else server.log()[-500:])
    test("site: it ends", lambda: None if server.stop() == 0 else "status")
    finish()


main()
