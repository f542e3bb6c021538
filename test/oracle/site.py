"""A public site, read as its readers' programs read it: site.py DIR [BASE]

The feed is Atom (RFC 4287) with all it must have; changes.json says what the two sets of figures say; every
link of every page leads to a file; nothing is loaded from elsewhere; both languages have the same pages.
"""
import csv
import json
import re
import sys
import xml.etree.ElementTree as tree
from html.parser import HTMLParser
from pathlib import Path

folder, base = Path(sys.argv[1]), (sys.argv[2:] or [""])[0]
ATOM = "{http://www.w3.org/2005/Atom}"
VOID = {"meta", "link", "br", "input", "img", "hr"}


def must(good, what):
    if not good:
        sys.exit(f"site: {what}")


def one(element, name, where):
    found = element.findall(ATOM + name)
    must(len(found) == 1, f"feed: {where} has {len(found)} elements {name}")
    return found[0].text or ""


def lead(place, ref):
    """A file, and where the reference names one, a place on it."""
    path, _, part = ref.partition("#")
    return (place / path).is_file() and (not part or f'id="{part}"' in (place / path).read_text(encoding="utf-8"))


def updates():
    page = folder / "statement.html"
    return len(re.findall('<article id="update-', page.read_text(encoding="utf-8"))) if page.is_file() else 0


# RFC 4287, 4.1.1, 4.1.2, 3.2: how often an element stands in another, at least and at most (None: as often as one
# likes). What is not named here may not stand there. An entry needs no author where the feed has one (4.1.2).
MANY = None
META = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (0, MANY), "category": (0, MANY), "contributor": (0, MANY),
        "link": (0, MANY), "rights": (0, 1)}
CHILDREN = {
    "feed": META | {"generator": (0, 1), "icon": (0, 1), "logo": (0, 1), "subtitle": (0, 1), "entry": (0, MANY)},
    "entry": META | {"content": (0, 1), "published": (0, 1), "source": (0, 1), "summary": (0, 1)},
    "author": {"name": (1, 1), "uri": (0, 1), "email": (0, 1)},
}
TEXTS = ("title", "summary", "content", "rights", "subtitle")
NAME_OF_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def check_children(element, where):
    name = element.tag.removeprefix(ATOM)
    names = [x.tag.removeprefix(ATOM) for x in element]
    for child in set(names):
        must(child in CHILDREN[name], f"feed: {where}: an element {child} in {name}")
    for child, (least, most) in CHILDREN[name].items():
        n = names.count(child)
        must(n >= least and (most is None or n <= most), f"feed: {where} has {n} elements {child}")
    for x in element:
        name = x.tag.removeprefix(ATOM)
        if name in TEXTS:  # 3.1.1.1, 4.1.3.3: plain text has no markup in it; nothing of ours is anything else
            must(x.get("type", "text") == "text" and len(x) == 0 and (x.text or "").strip(), f"feed: {where}: {name} is no text")
            must(x.get("src") is None, f"feed: {where}: {name} lies elsewhere")
        if name == "author":
            check_children(x, f"the author of {where}")
        if name == "link":  # 4.2.7
            must(x.get("href"), f"feed: {where}: a link without an address")
            must(re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", x.get("type", "a/b")), f"feed: {where}: {x.get('type')} is no media type")
            must(x.get("hreflang", "en") in ("en", "de"), f"feed: {where}: the language of a link")


def check_rfc(feed):
    """What RFC 4287 requires, besides the form of dates and ids."""
    check_children(feed, "the feed")
    must(feed.get(NAME_OF_LANG) == "en", "feed: no language")
    for entry in feed.findall(ATOM + "entry"):
        where = (entry.findtext(ATOM + "title") or "an entry")[:40]
        check_children(entry, where)
        authors = entry.findall(ATOM + "author") or feed.findall(ATOM + "author")
        must(authors and authors[0].findtext(ATOM + "name").strip(), f"feed: {where}: nobody wrote it, and nobody the feed")
        rels = [(x.get("rel", "alternate"), x.get("type"), x.get("hreflang")) for x in entry.findall(ATOM + "link")]
        alternate = [x for x in rels if x[0] == "alternate"]
        must(len(alternate) == len(set(alternate)), f"feed: {where}: two alternate links of one kind")
        must(entry.find(ATOM + "content") is not None or alternate, f"feed: {where}: neither content nor a link to it")
        must(entry.find(ATOM + "summary") is not None, f"feed: {where}: no summary")  # ours; the RFC asks where content is away
        said = entry.get(NAME_OF_LANG, "en")
        must(all(x[2] in (None, said) for x in alternate), f"feed: {where}: in {said}, and leads to another language")


def published_days():
    """Name of an edition, and the day on which it was published: what `updated` must be (4.2.15)."""
    for path in folder.glob("edition/*/figures.json"):
        yield path.parent.name, json.loads(path.read_text(encoding="utf-8"))["published"]


def check_feed():
    raw = (folder / "feed.atom").read_bytes()
    must(raw.startswith(b'<?xml version="1.0" encoding="utf-8"?>'), "feed: no XML declaration")
    feed = tree.fromstring(raw)
    must(feed.tag == ATOM + "feed", "feed: not a feed")
    check_rfc(feed)
    stamp = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    uuid = re.compile(r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
    ids = []
    for element, where in [(feed, "the feed")] + [(e, "an entry") for e in feed.findall(ATOM + "entry")]:
        must(uuid.match(one(element, "id", where)), f"feed: {where}: its id is no UUID of version 8")
        ids.append(one(element, "id", where))
        must(one(element, "title", where), f"feed: {where} has an empty title")
        must(stamp.match(one(element, "updated", where)), f"feed: {where}: updated is no instant")
        links = element.findall(ATOM + "link")
        must(sum(x.get("rel") == "alternate" for x in links) == 1, f"feed: {where}: not one alternate link")
        for x in links:
            must(x.get("href").startswith(base), f"feed: {where}: a link leads elsewhere")
            must(lead(folder, x.get("href")[len(base):]), f"feed: {where}: {x.get('href')} is not there")
    must(len(set(ids)) == len(ids), "feed: an id stands twice")
    must(one(feed.find(ATOM + "author"), "name", "the author"), "feed: nobody wrote it")
    itself = [x.get("href") for x in feed.findall(ATOM + "link") if x.get("rel") == "self"]
    must(itself == ([base + "feed.atom"] if base else []), f"feed: it names itself {itself}")  # 4.1.1: absolute, or not at all
    entries = feed.findall(ATOM + "entry")
    days = [one(e, "updated", "an entry") for e in entries]
    must(days == sorted(days, reverse=True) and days[0] == one(feed, "updated", "the feed"), "feed: not newest first")
    when = dict(published_days())
    for e in entries:
        place = e.find(ATOM + "link").get("href")[len(base):].split("/")
        if place[0] == "edition":
            must(one(e, "updated", "an entry") == when[place[1]] + "T00:00:00Z", f"feed: {place[1]}: not updated on its day")
    told = [e.find(ATOM + "link").get("href")[len(base):] for e in entries]
    must(sum(x.startswith("edition/") for x in told) == len(list((folder / "edition").glob("*"))),
         "feed: not an entry for each edition")
    must(sum(x.startswith("statement") for x in told) == updates(), "feed: not an entry for each update")
    corrections = [e for e in entries if "Correction" in one(e, "title", "an entry")]
    must(len(corrections) == len(list(folder.glob("edition/*/changes.json"))), "feed: not each correction is told")


def figures(name):
    with open(folder / "edition" / name / "figures.csv", newline="", encoding="utf-8") as f:
        return {tuple(r[1:5]): r[5:] for r in list(csv.reader(f))[1:]}


def cells(figure):
    if figure is None:
        return None
    return [str(figure.get("value_min", "")), str(figure.get("value_max", "")), figure["unit"], figure["status"]]


def check_changes(path):
    told = json.loads(path.read_text(encoding="utf-8"))
    must(told["schema"] == "writ/changes/1", f"{path}: its schema")
    old = figures(f"{told['period']}.{told['before']}")
    new = figures(f"{told['period']}.{told['version']}")
    want = {k: (old.get(k), new.get(k)) for k in old.keys() | new.keys() if old.get(k) != new.get(k)}
    got = {}
    for change in told["changes"]:
        any_ = change.get("new") or change["old"]
        key = tuple(any_[x] for x in ("section", "country", "instrument", "metric"))
        got[key] = (cells(change.get("old")), cells(change.get("new")))
    must(got == want and want, f"{path}: it says {len(got)} changes, the figures {len(want)}")


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.open, self.ids, self.refs = path, [], set(), []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        must(tag != "script" and not any(a == "style" or a.startswith("on") for a in attrs), f"{self.path}: {tag}")
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attrs:
            must(attrs["id"] not in self.ids, f"{self.path}: the id {attrs['id']} stands twice")
            self.ids.add(attrs["id"])
        self.refs += [v for a, v in attrs.items() if a in ("href", "src")]
        if tag == "html":
            must(attrs.get("lang") == ("de" if self.path.name.endswith(".de.html") else "en"), f"{self.path}: language")

    def handle_startendtag(self, tag, attrs):
        self.refs += [v for a, v in attrs if a in ("href", "src")]

    def handle_endtag(self, tag):
        must(self.open and self.open.pop() == tag, f"{self.path}: </{tag}> closes another element")


def check_page(path):
    page = Page(path)
    page.feed(path.read_text(encoding="utf-8"))
    must(not page.open, f"{path}: {page.open} stay open")
    for ref in page.refs:
        if ref.startswith("#"):
            must(ref[1:] in page.ids, f"{path}: {ref} is not on the page")
        else:
            must("//" not in ref and lead(path.parent, ref), f"{path}: {ref} leads nowhere")


check_feed()
for changes in folder.glob("edition/*/changes.json"):
    check_changes(changes)
pages = sorted(folder.rglob("*.html"))
must(len(pages) > (3 if updates() else 8), "too few pages")
for page in pages:
    check_page(page)
english = {str(p)[:-5] for p in pages if not p.name.endswith(".de.html")}
german = {str(p)[:-8] for p in pages if p.name.endswith(".de.html")}
must(english == german, f"pages in one language only: {sorted(english ^ german)}")
