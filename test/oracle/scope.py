#!/usr/bin/python3
"""Random exports in every format, each record's truth known from how it was made: scope.py WRIT [N [SEED]]

For each export `writ scope check` has to let out exactly the records that lie in target x field x period, each as
it was written but for what was not granted, and has to count the others by their reason. What comes out is read by
Python's own csv, json, email and tarfile. The last line is "N exports, N records, N in scope, N wrong".
"""
import csv
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

writ = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
R = random.Random(seed)
UTC = timezone.utc
ZONES = ["Europe/Berlin", "America/New_York", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/London"]
TARGET = "someone@example.net"
OTHERS = ["other@example.net", "Someone@example.org", "someone@example.net.evil.example", "some.one@example.net",
          "xsomeone@example.net", "someone+tag@example.net"]
work = tempfile.mkdtemp()


# ---- instants -------------------------------------------------------------------------------------------------
def edges(zone):
    """Days on which the clock of the zone is changed, of 2026."""
    z, found = ZoneInfo(zone), []
    day = datetime(2026, 1, 1)
    while day.year == 2026:
        if z.utcoffset(day) != z.utcoffset(day + timedelta(days=1)):
            found.append(day)
        day += timedelta(days=1)
    return found


EDGES = {z: edges(z) for z in ZONES}


class Period:
    def __init__(self):
        self.zone = R.choice(ZONES)
        z = ZoneInfo(self.zone)
        first = R.choice(EDGES[self.zone]) if EDGES[self.zone] and R.random() < 0.5 else \
            datetime(2026, R.randint(1, 12), R.randint(1, 28))
        self.days = (first.date(), (first + timedelta(days=R.choice([0, 0, 1, 30]))).date())
        self.start = int(first.replace(tzinfo=z).timestamp())
        last = datetime.combine(self.days[1] + timedelta(days=1), datetime.min.time())
        self.end = int(last.replace(tzinfo=z).timestamp())  # exclusive

    def options(self):
        return ["--zone", self.zone, "--from", str(self.days[0]), "--until", str(self.days[1])]

    def pick(self):
        """An instant somewhere near: in it, at its ends to the second, far away, at a change of the clock."""
        kind = R.random()
        if kind < 0.45:
            return R.randint(self.start, self.end - 1)
        if kind < 0.75:
            return R.choice([self.start, self.end]) + R.choice([-1, 0, 1, -3600, 3600, -1800, 1799])
        if kind < 0.9 and EDGES[self.zone]:
            e = R.choice(EDGES[self.zone]).replace(tzinfo=ZoneInfo(self.zone))
            return int(e.timestamp()) + R.randint(0, 6 * 3600)
        return R.randint(self.start - 10**7, self.end + 10**7)

    def judge(self, candidates):
        """candidates: the first and the last instant that a text may mean."""
        lo, hi = candidates
        if hi < self.start:
            return "before"
        if lo >= self.end:
            return "after"
        return "in" if self.start <= lo and hi < self.end else "zone"


def offset_text(minutes, colon):
    sign = "-" if minutes < 0 else "+"
    h, m = divmod(abs(minutes), 60)
    return f"{sign}{h:02}{':' if colon else ''}{m:02}"


def walls(wall, zone):
    """All instants at which the clock of the zone shows this; none in a gap."""
    found = set()
    for fold in (0, 1):
        t = wall.replace(tzinfo=ZoneInfo(zone), fold=fold)
        if t.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == wall:
            found.add(int(t.timestamp()))
    return sorted(found)


def render(period, form, zone):
    """(text, verdict of the period) of an instant in a form; zone: what the shape says of texts without one."""
    t = period.pick()
    roll = R.random()
    if form == "epoch":
        return (f"{t}.{R.randint(0, 999):03}" if roll < 0.3 else str(t)), period.judge((t, t))
    if form == "epoch_ms":
        return str(t * 1000 + R.randint(0, 999)), period.judge((t, t))
    if form == "rfc5322":
        return mail_date(t, R.random() < 0.1, period)
    if roll < 0.03:
        return R.choice(["yesterday", "2026-02-30T10:00:00Z", "2026-13-01", "25:00", "2026-07-01T24:00:00Z", "1788"]), \
            "no_instant"
    if roll < 0.5:  # names its zone
        east = R.choice([0, 60, 120, -300, 345, 840, -720])
        d = datetime.fromtimestamp(t, timezone(timedelta(minutes=east)))
        text = d.strftime(R.choice(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]))
        text += R.choice(["", "", ".5", ".999999"])
        if east == 0 and R.random() < 0.7:
            return text + R.choice(["Z", "z"]), period.judge((t, t))
        return text + offset_text(east, R.random() < 0.7), period.judge((t, t))
    if roll < 0.58:  # a day
        return whole_day(period, t, zone)
    return bare(period, t, zone)


def of_zone(wall, zone, house):
    """First and last instant of a wall clock's reading; None when it never showed that."""
    naive = int(wall.replace(tzinfo=UTC).timestamp())
    if zone == "utc":
        return naive, naive
    if zone == "house":
        found = walls(wall, house)
        return (found[0], found[-1]) if found else None
    if zone in (None, "unknown"):
        return naive - 14 * 3600, naive + 12 * 3600
    sign = -1 if zone[0] == "-" else 1
    east = sign * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)
    return naive - east, naive - east


def bare(period, t, zone):
    wall = datetime.fromtimestamp(t, ZoneInfo(period.zone)).replace(tzinfo=None, fold=0)
    if R.random() < 0.1 and EDGES[period.zone]:
        wall = R.choice(EDGES[period.zone]) + timedelta(hours=2, minutes=R.choice([0, 15, 30]))
    minute = R.random() < 0.2
    text = wall.strftime("%Y-%m-%d %H:%M" if minute else "%Y-%m-%dT%H:%M:%S")
    if minute:
        wall = wall.replace(second=0)
    found = of_zone(wall, zone, period.zone)
    return text, period.judge(found) if found else "no_instant"


def whole_day(period, t, zone):
    day = datetime.fromtimestamp(t, ZoneInfo(period.zone)).replace(tzinfo=None, hour=0, minute=0, second=0, fold=0)
    lo, hi = of_zone(day, zone, period.zone), of_zone(day + timedelta(hours=23, minutes=59, seconds=59), zone, period.zone)
    return day.strftime("%Y-%m-%d"), period.judge((lo[0], hi[1]))


DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
NAMED = {"GMT": 0, "UT": 0, "EST": -300, "EDT": -240, "PST": -480, "PDT": -420}


def mail_date(t, broken, period):
    """As RFC 5322 writes it, old forms and comments too."""
    if broken:
        return R.choice(["Tomorrow", "Wed, 99 Jul 2026 10:00:00 +0000", "1 Jul 2026", "Jul 1 2026 10:00:00 +0000"]), \
            "no_instant"
    roll, unknown = R.random(), False
    if roll < 0.75:
        east = R.choice([0, 60, 120, -300, 345, 840, -720])
        zone = offset_text(east, False) if east or R.random() < 0.5 else "-0000"
    elif roll < 0.88:
        zone = R.choice(list(NAMED))
        east = NAMED[zone]
    else:
        zone, east, unknown = R.choice(["CET", "CEST", "A", "Y"]), 60, True
    d = datetime.fromtimestamp(t, timezone(timedelta(minutes=east)))
    text = f"{d.day}{R.choice([' ', '  '])}{MONTHS[d.month - 1]} {d.year} {d:%H:%M:%S} {zone}"
    if R.random() < 0.7:
        text = f"{DAYS[d.weekday()]}, {text}"
    if R.random() < 0.4:
        text += R.choice([" (CEST)", " (a (nested) comment)", " (quoted \\) paren)"])
    if R.random() < 0.1:
        text = text.replace(" ", "\n ", 1)
    if unknown:
        naive = int(d.replace(tzinfo=UTC).timestamp())
        return text, period.judge((naive - 14 * 3600, naive + 12 * 3600))
    return text, period.judge((t, t))


# ---- tables ---------------------------------------------------------------------------------------------------
serial = 0


def token():
    global serial
    serial += 1
    return f"tok{serial:07}x"


def secret():
    return f"SECRET{R.randint(0, 10**9)}"


ODD = ["", "plain", "comma, semicolon; bar|", 'quote "inside"', "two\nlines", "tab\there", "ümläut €", " blanks ", "\r\nx"]


class Row:
    def __init__(self):
        self.cells, self.why, self.token = {}, "in", token()


class Table:
    """Names of columns and what they are; records with their truth."""

    def __init__(self, shaped):
        self.shaped = shaped
        self.field = R.choice(["toll_records", "session_ip", "usage_log"])
        self.names = {"target": "target", "at": "at", "until": "until", "id": self.field, "more": f"{self.field}.more",
                      "party": f"{self.field}.party"}
        self.form, self.zone = "iso", None
        if shaped:
            pool = R.sample(["acct", "when", "till", "c1", "c2", "peer nr".replace(" ", "_"), "Zeit", "konto"], 6)
            self.names = dict(zip(["target", "at", "until", "id", "more", "party"], pool))
            self.form = R.choice(["iso", "iso", "epoch", "epoch_ms", "rfc5322"])
            self.zone = R.choice(["utc", "house", "house", "unknown", "+01:00", "-05:30"])
        self.has_until = R.random() < 0.3
        self.mask = R.random() < 0.3
        self.period = Period()
        self.cut = R.sample(["body", "name", "note", "subject", "Target", "toll"], R.randint(0, 3))
        self.columns = [self.names["target"], self.names["at"], self.names["id"], self.names["more"], self.names["party"]]
        if self.has_until:
            self.columns.append(self.names["until"])
        self.columns += self.cut
        R.shuffle(self.columns)
        self.rows = [self.row() for _ in range(R.randint(1, 12))]

    def row(self):
        r = Row()
        n = self.names
        for c in self.cut:
            r.cells[c] = secret() + R.choice(ODD)
        r.cells[n["id"]] = r.token
        r.cells[n["more"]] = R.choice(ODD)
        r.party = R.choice(OTHERS + [TARGET, ""])
        r.cells[n["party"]] = r.party
        target, r.why = self.whose()
        r.cells[n["target"]] = target
        r.cells[n["at"]], first = self.when()
        until = None
        if self.has_until:
            if R.random() < 0.5:
                r.cells[n["until"]] = ""
            else:
                r.cells[n["until"]], until = self.when()
                until = until if r.cells[n["until"]] else None  # still going on
        if r.why == "in":
            r.why = self.both(first, until)
        return r

    def whose(self):
        roll = R.random()
        if roll < 0.75:
            return R.choice([TARGET, "someone@EXAMPLE.net", f" {TARGET}"]), "in"
        if roll < 0.8:
            return "", "no_target"
        return R.choice(OTHERS + ["a@b, " + TARGET, "nonsense"]), "other_target"

    def when(self):
        if R.random() < 0.03:
            return "", "no_instant"
        return render(self.period, self.form, self.zone)

    @staticmethod
    def both(first, until):
        if until is None or first == "no_instant":
            return first
        if until == "no_instant":
            return until
        if first == until:
            return first
        return "zone" if "zone" in (first, until) else "across"

    def options(self):
        return ["--target", TARGET, "--fields", self.field + R.choice(["", " address"])] + self.period.options() + \
            (["--mask"] if self.mask else [])

    def shape(self, kind):
        n = self.names
        text = f"shape: made\nformat: {kind}\ntarget: {n['target']}\ninstant: {n['at']}\nform: {self.form}\n"
        if self.zone is not None:
            text += f'zone: "{self.zone}"\n'
        if self.has_until:
            text += f"until: {n['until']}\n"
        text += f"fields:\n  {self.field}: {n['id']} {n['more']} {n['party']}\n"
        if "note" in self.cut:
            text += "  contact: note\n"
        return text + f"parties: {n['party']}\n"

    def expected(self, r):
        """The cells that may leave, in the order of the columns."""
        cells = {k: v for k, v in r.cells.items() if k not in self.cut}
        if self.mask and r.party not in ("", TARGET):
            cells[self.names["party"]] = "[redacted]"
        return cells


def quoted(text, delimiter):
    must = any(ch in text for ch in [delimiter, '"', "\n", "\r"])
    if must or R.random() < 0.3:
        return '"' + text.replace('"', '""') + '"'
    return text


def make_csv(shaped):
    t = Table(shaped)
    delimiter, end = R.choice(",;\t|"), R.choice(["\n", "\r\n"])
    line = delimiter.join(quoted(c, delimiter) for c in t.columns)
    out, lines = [], []
    whole = not t.cut
    for r in t.rows:
        cells = [quoted(r.cells[c], delimiter) for c in t.columns]
        roll = R.random()
        if roll < 0.04:
            r.why = "unreadable"
            cells = R.choice([cells + ["too many"], cells[:-1], cells[:-1] + ['a"b'], cells[:-1] + ['"a"b']])
        lines.append(delimiter.join(cells) + end)
    body = "".join(lines)
    if R.random() < 0.2 and not body.endswith('"' + end):
        body = body[:-len(end)]
    data = (R.choice(["", "", "\ufeff"]) + line + end + body).encode()
    kept = [c for c in t.columns if c not in t.cut]

    def read(got):
        text = got.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        if rows[0] != kept:
            raise ValueError("another header")
        if whole and not t.mask:  # byte for byte
            want = "".join(lines[i] for i, r in enumerate(t.rows) if r.why == "in")
            if text[len(line + end):].rstrip("\r\n") != want.rstrip("\r\n"):
                raise ValueError("not byte for byte")
        return [dict(zip(kept, row)) for row in rows[1:]]

    out = [t.expected(r) for r in t.rows if r.why == "in"]
    return data, t, [r.why for r in t.rows], out, read, t.shape("csv") if shaped else None, "csv"


def json_text(text):
    s = json.dumps(text, ensure_ascii=R.random() < 0.5)
    return s.replace("/", "\\/") if R.random() < 0.1 else s


def make_jsonl(shaped):
    t = Table(shaped)
    lines, rows = [], t.rows
    rows[0].why, rows[0].cells[t.names["target"]] = "other_target", "nobody@example.net"
    if rows[0].cells[t.names["at"]] == "":
        rows[0].cells[t.names["at"]] = "0"
    for i, r in enumerate(rows):
        keys = list(t.columns)
        R.shuffle(keys)
        pad = R.choice(["", "", " ", "  "])
        parts = []
        for k in keys:
            v = json_text(r.cells[k])
            if k == t.names["at"] and t.form.startswith("epoch") and R.random() < 0.7:
                v = r.cells[k] or "null"
            if k in t.cut and R.random() < 0.3:
                v = json.dumps({"deep": [r.cells[k], 1.5e3, None, True, {"target": TARGET}]})
            if k == t.names["more"] and R.random() < 0.2:
                r.cells[k] = [1.25, {"x": [False, r.cells[k]]}]
                v = json.dumps(r.cells[k])
            parts.append(f"{pad}{json_text(k)}{pad}:{pad}{v}{pad}")
        text = "{" + ",".join(parts) + "}"
        if i > 0 and R.random() < 0.05:
            r.why = "unreadable"
            text = R.choice([text[:-1], text + "x", text[:-1] + ',"' + t.names["target"] + '":"' + TARGET + '"}',
                             text.replace(":", "", 1), '{"a":01}', '{"a":1.}', '{"a":"\\ud800"}', "nonsense"])
        lines.append(text + R.choice(["", " "]) + R.choice(["\n", "\r\n"]))
        if R.random() < 0.05:
            lines[-1] += "\n"
    data = "".join(lines).encode()

    def read(got):
        text = got.decode()
        if not t.cut and not t.mask:
            want = "".join(line.rstrip("\r\n") + "\n" for line, r in zip(lines, rows) if r.why == "in")
            if "".join(x.rstrip("\r") + "\n" for x in text.split("\n") if x) != want:
                raise ValueError("not byte for byte")
        return [json.loads(x) for x in text.split("\n") if x.strip()]

    def fixed(r):
        e = t.expected(r)
        if t.form.startswith("epoch"):
            e.pop(t.names["at"])
        return e

    def without(rows):
        for x in rows:
            if t.form.startswith("epoch"):
                x.pop(t.names["at"])
        return rows

    out = [fixed(r) for r in rows if r.why == "in"]
    return data, t, [r.why for r in rows], out, lambda got: without(read(got)), t.shape("jsonl") if shaped else None, "jsonl"


# ---- mail -----------------------------------------------------------------------------------------------------
BODY = ["Hello.", "", "From here on it is text.", "From: not a header", ">From quoted already", "{\"target\": 1}",
        "Delivered-To: other@example.net", "Received: by x; Wed, 1 Jul 2026 10:00:00 +0000", "a" * 300, "ümläut", "."]


class Mail:
    def __init__(self, t, end):
        self.token, self.secret = token(), secret()
        self.why = "in"
        heads = []
        roll = R.random()
        others = R.choice(OTHERS)
        sent = False
        name = R.choice(["Delivered-To", "X-Original-To", "delivered-to", "Envelope-To"])
        if roll < 0.6:
            heads.append((name, R.choice([TARGET, f"<{TARGET}>", "someone@EXAMPLE.NET", f"(c) {TARGET}"])))
            if R.random() < 0.2:
                heads.append((name, others))  # an earlier hop, below
        elif roll < 0.8:
            heads.append((name, others))
            self.why = "other_target"
            if R.random() < 0.3:
                heads.append((name, TARGET))
        else:
            sent = True
        received, when = None, None
        if R.random() < 0.7:
            text, when = mail_date(t.period.pick(), R.random() < 0.05, t.period)
            heads.insert(R.choice([0, len(heads)]), ("Received", f"from a (b; c)\n\tby mx.example.net;\n {text}"))
            received = True
        sender = TARGET if sent and R.random() < 0.6 else others
        if sent and sender != TARGET:
            self.why = "other_target"
        shown = f'"{TARGET}" <{sender}>' if R.random() < 0.3 else sender
        if sent and R.random() < 0.1:
            self.why = "no_target"
        else:
            heads.append((R.choice(["From", "FROM"]), shown))
        text, dated = mail_date(t.period.pick(), R.random() < 0.05, t.period)
        if R.random() < 0.95:
            heads.append(("Date", text))
            when = when if received else dated
        elif not received:
            when = "no_instant"
        heads.append(("To", R.choice(["a@b.example", f"{TARGET}, x <y@z.example>", '"x, y" <q@r.example>'])))
        heads.append(("Message-ID", f"<{self.token}@id.example>"))
        heads.append(("Subject", f"{self.secret}\n\tfolded"))
        heads.append(("X-Weird", f"{self.secret};\n  folded : more"))
        if self.why == "in":
            self.why = when
        lines = [f"{k}:{R.choice([' ', ' ', '  '])}{v}" for k, v in heads]
        if R.random() < 0.05:
            lines.insert(R.randint(2, len(lines)), "no header at all")
            self.why = "unreadable"
        body = [R.choice(BODY) for _ in range(R.randint(0, 6))] + [self.secret if not t.content else self.token]
        self.head = ("\n".join(lines) + "\n").replace("\n", end)
        self.body = ("\n".join(body) + "\n").replace("\n", end)
        self.bytes = (self.head + end + self.body).encode()


class Box:
    def __init__(self):
        self.period = Period()
        self.content = R.random() < 0.5
        self.mask = not self.content and R.random() < 0.4
        self.field = "body" if self.content else "headers"

    def options(self):
        return ["--target", TARGET, "--fields", self.field] + self.period.options() + (["--mask"] if self.mask else [])


def read_mail(t, mails, raw):
    """What has to hold of messages that left: [(bytes, which)]"""
    got = []
    for data in raw:
        text = data.decode()
        m = next((m for m in mails if m.token in text), None)
        if m is None:
            raise ValueError("a message that is none of ours")
        if t.content and data.rstrip(b"\r\n") != m.bytes.rstrip(b"\r\n"):
            raise ValueError("not byte for byte")
        if not t.content and any(x in text.lower() for x in ("subject", "x-weird", "secret")):
            raise ValueError("content in traffic data")
        if t.mask:
            left = text.replace(m.token + "@id.example", "")
            for x in OTHERS + ["a@b.example", "y@z.example", "q@r.example"]:
                if x in left.replace(TARGET, "") or "received" in left.lower():
                    raise ValueError("another person's address")
        got.append(m.token)
    return got


def make_eml(_):
    t = Box()
    m = Mail(t, R.choice(["\n", "\r\n"]))

    def read(got):
        return read_mail(t, [m], [got] if got else [])

    return m.bytes, t, [m.why], [m.token] if m.why == "in" else [], read, None, "eml"


def make_mbox(_):
    t = Box()
    end = R.choice(["\n", "\n", "\r\n"])
    mails = [Mail(t, end) for _ in range(R.randint(1, 8))]
    out = b""
    for m in mails:
        d = datetime.fromtimestamp(t.period.pick(), UTC)
        line = f"From {R.choice(['-', 'x@y.example'])} {DAYS[d.weekday()]} {MONTHS[d.month - 1]} {d.day:2} {d:%H:%M:%S} {d.year}"
        out += (line + end).encode() + m.bytes + end.encode()

    def read(got):
        parts, at = [], 0
        marks = [i for i in range(len(got)) if got.startswith(b"From ", i) and
                 (i == 0 or got[:i].endswith((b"\n\n", b"\r\n\r\n"))) and b":" in got[i:].split(b"\n")[0] and
                 got[i:].split(b"\n")[0].rstrip()[-4:].isdigit()]
        for a, b in zip(marks, marks[1:] + [len(got)]):
            parts.append(got[a:b].split(b"\n", 1)[1])
        if got and marks[:1] != [0]:
            raise ValueError("text before the first message")
        return read_mail(t, mails, parts)

    return out, t, [m.why for m in mails], [m.token for m in mails if m.why == "in"], read, None, "mbox"


def make_tar(shaped):
    t = Box()
    mails = [Mail(t, R.choice(["\n", "\r\n"])) for _ in range(R.randint(1, 8))]
    how = R.choice([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    f = io.BytesIO()
    reasons = []
    with tarfile.open(fileobj=f, mode="w", format=how) as tar:
        for folder in ("Maildir", "Maildir/cur", "Maildir/new"):
            info = tarfile.TarInfo(folder)
            info.type = tarfile.DIRTYPE
            tar.addfile(info)
        for m in mails:
            at = t.period.pick()
            long = "x" * R.choice([1, 20, 130 if how != tarfile.USTAR_FORMAT else 5])
            info = tarfile.TarInfo(f"Maildir/{R.choice(['cur', 'new'])}/{at}.M{long}.mx:2,S")
            info.size = len(m.bytes)
            info.uname = "ümläut" if how == tarfile.PAX_FORMAT and R.random() < 0.3 else "mail"
            if shaped and m.why not in ("other_target", "no_target", "unreadable"):
                m.why = t.period.judge((at, at))  # the store's own word counts
            tar.addfile(info, io.BytesIO(m.bytes))
            reasons.append(m.why)
            if R.random() < 0.05:
                link = tarfile.TarInfo("Maildir/cur/link")
                link.type, link.linkname = tarfile.SYMTYPE, "../elsewhere"
                tar.addfile(link)
                reasons.append("unreadable")

    def read(got):
        with tarfile.open(fileobj=io.BytesIO(got)) as tar:
            return read_mail(t, mails, [tar.extractfile(i).read() for i in tar.getmembers()])

    shape = "shape: made\nformat: mail\ninstant: store\n" if shaped else None
    return f.getvalue(), t, reasons, [m.token for m in mails if m.why == "in"], read, shape, "tar"


# ---- the run --------------------------------------------------------------------------------------------------
MAKERS = [make_csv, make_jsonl, make_mbox, make_eml, make_tar]


def one(n):
    data, t, reasons, expected, read, shape, name = R.choice(MAKERS)(R.random() < 0.5)
    path, out = os.path.join(work, "in"), os.path.join(work, "out")
    with open(path, "wb") as f:
        f.write(data)
    if os.path.exists(out):
        os.remove(out)
    options = ["--json", "scope", "check", path, "--out", out] + t.options()
    if shape is not None:
        with open(os.path.join(work, "shape.yaml"), "w", encoding="utf-8") as f:
            f.write(shape)
        options += ["--shape", os.path.join(work, "shape.yaml")]
    p = subprocess.run([writ] + options, capture_output=True, check=False)
    wrong = None
    try:
        if p.returncode not in (0, 5):
            raise ValueError(p.stderr.decode())
        said = json.loads(p.stdout)
        if said["format"] != name:
            raise ValueError(f"taken for {said['format']}")
        held = {}
        for r in reasons:
            if r != "in":
                held[r] = held.get(r, 0) + 1
        got = open(out, "rb").read()
        leaves = read(got)
        if leaves != expected:
            raise ValueError(f"left: {leaves}\nexpected: {expected}")
        if not isinstance(t, Box) or not t.content:
            if b"SECRET" in got:
                raise ValueError("a field that was not granted left")
        if said["held"] != held or said["records"] != len(reasons) or said["released"] != len(expected):
            raise ValueError(f"counted {said}, expected {held}")
        if (p.returncode == 0) != (not held):
            raise ValueError("the exit status")
    except (ValueError, KeyError, AttributeError, tarfile.TarError, csv.Error) as e:
        wrong = str(e)
    if wrong is not None:
        keep = f"/tmp/scope-oracle-{seed}-{n}"
        with open(keep, "wb") as f:
            f.write(data)
        print(f"export {n} ({name}): {wrong}\n  writ {' '.join(options)}\n  kept as {keep}\n{shape or ''}")
    return len(reasons), len(expected), wrong is not None


records = inside = wrongs = 0
for n in range(count):
    a, b, c = one(n)
    records, inside, wrongs = records + a, inside + b, wrongs + c
    if wrongs >= 10:
        break
print(f"{count} exports, {records} records, {inside} in scope, {wrongs} wrong")
sys.exit(wrongs != 0)
