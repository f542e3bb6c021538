"""A German officer asks for subscriber data by the guided form: german.py INSTANCE PORT OFFICER-LINK OUT

What the form says of the law is checked on the way; the demand's reference goes to OUT.
"""
import html
import re
import sys
import urllib.parse

from people import Browser, Shape, location, upload
from wire import Server, finish, test

INSTANCE, PORT, OFFICER, OUT = sys.argv[1:5]
PORT = int(PORT)
# by the labels of the page: what the officer's paper says
PAPER = {"Wer hat die Anordnung erlassen?": "police", "Form der Anordnung": "electronic",
         "Ist die Anordnung unterschrieben oder so beglaubigt, wie ihr Recht es verlangt?": "yes", "Tag der Anordnung": "2026-09-07",
         "Gesetzliche Bestimmung, die die Anordnung nennt": "§ 100j Abs. 1 Satz 1 Nr. 1 StPO, § 174 TKG",
         "Straftat oder Zweck, den die Anordnung nennt": "§ 263 StGB"}


def text(got):
    return " ".join(Shape(got.body).text.split())


def questions(body):
    """The facts that the page asks for: {label: (name, values that may be chosen)}."""
    out = {}
    for name, label in re.findall(r'<label for="f-(f\d+)">(.*?)</label>', body):
        select = re.search(r'<select id="f-%s".*?</select>' % name, body, re.S)
        out[html.unescape(label).strip()] = (name, re.findall(r'value="([^"]*)"', select.group(0)) if select else None)
    return out


def submits(officer):
    at = location(officer.post("/portal/new", {}), "begin").rsplit("/", 1)[0]
    who = {"kind": "email", "value": "k.muster@mail.example", "service": "mail", "from": "", "to": "", "at": ""}
    location(officer.post(at + "/what", {**who, "go": "add"}), "add")
    location(officer.post(at + "/what", {**who, "kind": "", "value": "", "field": ["name", "address"], "go": "next"}), "what")
    enough = re.findall(r'name="instrument" value="([^"]*)"', officer.get(at + "/instrument").body.decode())
    if enough[:2] != ["DE-BDA", "DE-100j-1"]:
        return f"the law of the officer's own country does not come first: {enough}"
    said = text(officer.get(at + "/instrument?lang=de"))
    if "§ 100j(1) S.1, (5) StPO" not in said or "Gesetzliche Bestimmung, die die Anordnung nennt" not in said:
        return f"the instrument is not told: {said[:300]}"
    location(officer.post(at + "/instrument", {"instrument": "DE-100j-1", "other": ""}), "instrument")
    asked = questions(officer.get(at + "/details?lang=de").body.decode())
    if not set(PAPER) <= set(asked):
        return f"not asked: {set(PAPER) - set(asked)}; asked: {list(asked)}"
    facts = {asked[label][0]: value for label, value in PAPER.items()}
    location(officer.post(at + "/details", {"number": "ST/0412-26", "language": "de", "subject": "Bestandsdatenauskunft", **facts}), "details")
    got = upload(PORT, officer, at + "/send", {}, "paper", [b'filename="Ersuchen.pdf"'])
    demand = location(got, "send").rsplit("/", 1)[1]
    said = text(officer.get(f"/portal/case/{demand}?lang=de"))
    if "eingegangen" not in said.lower():
        return f"its page: {said[:300]}"
    with open(OUT, "w", encoding="ascii") as f:
        f.write(demand)
    return None


def tried():
    with open(OFFICER, encoding="ascii") as f:
        officer = Browser(PORT, f.read().strip())
    test("a demand by the guided form", submits, officer)


def main():
    server = Server(INSTANCE, port=PORT)
    try:
        tried()
    finally:
        server.stop()
    finish()


main()
