#!/bin/sh
# Whether users were told, as an edition says it: told, barred, neither; told late; freed when the last bar ended;
# withdrawn because of the notice; what was claimed. Recounted from the cases by a program of its own, and not a
# figure moves for a national security letter.
. "$(dirname "$0")/lib"

at 2026-09-01T08:00:00Z
make_instance
cat >>"$I/writ.yaml" <<YAML
costs:
  charge: US DE
  never_above_cost: no
  seller:
    name: Example Mail GmbH
    street: Musterweg 1
    post_code: 10115
    city: Berlin
    country: DE
    contact: Accounts
    phone: +49 30 1234567
    mail: accounts@mail.example
    registration: HRB 12345
    iban: DE02120300000000202051
YAML

# warrant N SECRECY RECEIVED: a search warrant for an account of its own; SECRECY: the last day of its order not to
# tell, or nothing.
warrant() {
	if [ -n "$2" ]; then
		bar="\"order.us_2705b\": \"yes\", \"order.secrecy_until\": \"$2\""
	else
		bar='"order.us_2705b": "no"'
	fi
	sed -e "s/j.doe@mail.example/user$1@mail.example/; s/Search warrant 26-mj-4471/Search warrant $1/; s/SW-26-4471/SW-26-00$1/" \
		-e "s/\"order.capability\": \"no\",/\"order.capability\": \"no\", \"order.us_user_foreign\": \"no\", $bar,/" \
		-e "s/2026-09-01T15:12:00Z/$3/; s/\"warrant-26-mj-4471.txt\"//" "$demands/01-us-warrant.json" >"w$1.json"
	receive "w$1.json"
	eval "W$1=$CASE"
}
# told CASE: read, approved and handed over.
told() {
	try 0 rob notice draft "$1"
	try 0 carla notice approve "$1" 1
	try 0 carla notice send "$1" 1 --by-hand
}

at 2026-09-02T08:00:00Z
warrant 1 "" 2026-09-01T15:12:00Z
warrant 2 2026-10-31 2026-09-01T15:13:00Z
warrant 3 2027-03-31 2026-09-01T15:14:00Z
warrant 4 "" 2026-09-01T15:15:00Z
warrant 5 "" 2026-09-01T15:16:00Z
for n in $W1 $W2 $W3 $W4 $W5; do
	try 0 rob order judge "$n"
done
denied "bar holds" rob notice draft "$W2"
told "$W1"
told "$W4"
try 0 rob notice withdrawn "$W4"
CASE=$W4
state withdrawn withdrawn
try 0 root notice sweep
try 0 rob --json notice show "$W2"
has out '"state": "barred"'
verdict "one is told, one withdraws because of it, what is barred is not told"

at 2026-11-01T08:00:00Z
try 0 root notice sweep
try 0 rob --json notice show "$W2"
has out '"state": "drafted"'
try 0 carla notice approve "$W2" 1
try 0 carla notice send "$W2" 1 --by-hand
denied "bar holds" rob notice draft "$W3"
verdict "when the last bar has ended a draft waits, and the user is told late"

# ---- a copy of the demand goes with it, where a person decides so -------------------------------------------------
cp "$demands/warrant-26-mj-4471.txt" .
sed -e 's/j.doe@mail.example/copy@mail.example/; s/SW-26-4471/SW-26-copy/; s/2026-09-01T15:12:00Z/2026-10-31T15:12:00Z/' \
	-e 's/"order.capability": "no",/"order.capability": "no", "order.us_user_foreign": "no", "order.us_2705b": "no",/' \
	"$demands/01-us-warrant.json" >copy.json
receive copy.json
C=$CASE
try 0 rob order judge "$C"
denied "needs the role" iris notice copy "$C" 1 --paper 1
try 3 rob notice copy "$C" 1 --paper 1
try 0 rob notice draft "$C" --language en
try 0 rob notice copy "$C" 1 --paper 1
try 0 rob --json notice show "$C"
same "the paper's hash" "$(field sha256 out)" "$(sha256sum <warrant-26-mj-4471.txt | cut -c -64)"
has out '"as_received": true'
printf '%%PDF-1.7 names are blacked out\n' >black.pdf
try 65 rob notice copy "$C" 1 --file copy.json
has err "is a PDF"
try 0 rob notice copy "$C" 1 --file black.pdf
try 0 carla notice approve "$C" 1
try 4 rob notice copy "$C" 1 --none
try 0 rob order letter "$C" --kind notice --out copy.letter.pdf
pdftotext -layout copy.letter.pdf text
has text "Copy of the order"
try 0 carla notice copy "$C" 1 --out taken.pdf
cmp -s black.pdf taken.pdf || wrong "another copy than the one that was chosen"
if [ -z "${WRIT_TEST_PG:-}" ]; then
	! grep -a -q "names are blacked out" "$I"/data/writ.db || wrong "the copy lies open in the database"
fi
! grep -r -a -q "names are blacked out" "$I/blob" || wrong "the copy lies open among the files"
sed 's/copy@mail/copies@mail/; s/"order.us_2705b": "no"/"order.us_2705b": "yes"/; s/copies@mail/copy@mail/' copy.json >barred.json
receive barred.json
try 0 rob order judge "$CASE"
denied "bar holds" carla notice send "$C" 1
denied "bar holds" rob order letter "$C" --kind notice
for n in $C $CASE; do
	try 0 rob order reject "$n" --code over_broad --reason "Not one account."
done
entries >/dev/null
verdict "a copy of the demand: as it came or blacked out, by its hash, encrypted, and kept back by a bar"
COPIES="$C $CASE"

# recount FILE PERIOD AS_OF CASES...: from what the desk tells of the cases.
recount() {
	file=$1 from=$2 to=$3 as_of=$4
	shift 4
	: >cases.json
	for n in "$@"; do
		try 0 rob --json matter show "$n"
		cat out >>cases.json
	done
	python3 - "$from" "$to" "$as_of" <<'PY' >"$file"
import datetime as d, json, sys, zoneinfo
berlin = zoneinfo.ZoneInfo("Europe/Berlin")
first, last, as_of = (d.date.fromisoformat(x) for x in sys.argv[1:4])
day = lambda x: d.datetime.fromisoformat(x.replace("Z", "+00:00")).astimezone(berlin).date()
text, at, cases = open("cases.json").read(), 0, []
while text[at:].strip():
    case, n = json.JSONDecoder().raw_decode(text[at:].lstrip())
    at += n + len(text[at:]) - len(text[at:].lstrip())
    cases.append(case)
n = dict.fromkeys(("told", "barred", "neither", "told_late", "freed", "withdrawn", "requests"), 0)
for order in (o for case in cases for o in case["orders"]):
    bars = order.get("secrecy", [])
    users = [b for b in bars if b["bars"] != "public"]
    # the first day on which a bar holds no more
    def ends(b):
        days = []
        if "until" in b:
            days.append(d.date.fromisoformat(b["until"]) + d.timedelta(1))
        if "lifted" in b:
            days.append(day(b["lifted"]))
        return min(days) if days else d.date.max
    if bars and max(map(ends, bars)) <= as_of and first <= max(map(ends, bars)) <= last:
        n["freed"] += 1
    if not first <= day(order["received"]) <= last:
        continue
    n["requests"] += 1
    posts = [day(x["posted"]) for x in order.get("notices", []) if "posted" in x and day(x["posted"]) <= as_of]
    told, bar = bool(posts), any(ends(b) > as_of >= day(b["since"]) for b in users)
    n["told" if told else "barred" if bar else "neither"] += 1
    n["told_late"] += told and any(day(b["since"]) < min(posts) for b in users)
    n["withdrawn"] += order.get("outcome") == "withdrawn" and any(x["state"] == "withdrawn" for x in order.get("notices", []))
for name, value in n.items():
    print(name, value)
PY
	[ -s "$file" ] || wrong "no recount"
}
# figures CSV: the same list out of an edition.
figures() {
	awk -F, '
		$2 == "notice" { n[$5] = $6 } $2 == "told_late" || $2 == "freed" { n[$2] = $6 }
		$2 == "withdrawn_notice" { n["withdrawn"] = $6 } $2 == "total" && $5 == "requests" { n["requests"] = $6 }
		END { split("told barred neither told_late freed withdrawn requests", w, " ")
			for (i = 1; i <= 7; i++) print w[i], n[w[i]] + 0 }' "$1"
}

at 2027-01-04T09:00:00Z
for n in $W1 $W3 $W5; do
	try 0 rob order reject "$n" --code over_broad --reason "Not one account."
done
try 0 pia edition make 2026H2 --as-of 2026-12-31
try 0 pia edition publish 2026H2 --out "$work/first"
recount counted 2026-07-01 2026-12-31 2026-12-31 $W1 $W2 $W3 $W4 $W5 $COPIES
figures first/figures.csv >printed
cmp -s counted printed || wrong "recount: $(paste -d ' ' counted printed | tr '\n' ';')"
same "the split" "$(tr '\n' ' ' <printed)" "told 3 barred 2 neither 2 told_late 1 freed 1 withdrawn 1 requests 7 "
verdict "an edition tells told, barred and neither apart, as the cases do"

for f in first/report.pdf:"Whether users were told" first/report.de.pdf:"Ob Nutzer benachrichtigt wurden"; do
	pdftotext -layout "${f%%:*}" text
	has text "${f#*:}"
done
has first/index.html "The user was told"
has first/index.de.html "Ein Verbot schließt die Benachrichtigung aus"
python3 - <<'PY' >parts || wrong "the files differ"
import json, sys, zipfile
figures = json.load(open("first/figures.json"))["figures"]
print({f["metric"]: f["value_min"] for f in figures if f["section"] == "notice"})
book = zipfile.ZipFile("first/report.de.xlsx")
strings = book.read("xl/sharedStrings.xml").decode()
sys.exit(not ("Nach Ende eines Verbots benachrichtigt" in strings and "Benachrichtigung" in book.read("xl/workbook.xml").decode()))
PY
has parts "'told': 3"
has parts "'neither': 2"
verdict "page, PDF, workbook and JSON say it in both languages"

# ---- nothing of a national security letter moves it ----------------------------------------------------------------
echo "Counted again" >"$work/cause.txt"
copy_instance "$I" "$work/with"
I=$work/with
at 2026-11-02T17:00:00Z
receive "$demands/11-us-nsl.json" nadia
at 2027-01-04T09:00:00Z
try 0 noel order judge "$CASE"
try 0 noel --json matter show "$CASE"
has out '"bars": "both"'
try 0 pia edition make 2026H2 --as-of 2026-12-31 --en "$work/cause.txt"
try 0 pia --json edition show 2026H2
grep -A3 -E '"section": "(notice|told_late|freed|secrecy|costs)"' out >with.figures
I=$work/instance
try 0 pia edition make 2026H2 --as-of 2026-12-31 --en "$work/cause.txt"
try 0 pia --json edition show 2026H2
grep -A3 -E '"section": "(notice|told_late|freed|secrecy|costs)"' out >without.figures
[ -s without.figures ] || wrong "no such figures"
cmp -s with.figures without.figures || wrong "a letter and its bar show in the figures"
verdict "a national security letter and its bar move no figure"

# ---- the next period: freed, and what was claimed ------------------------------------------------------------------
at 2027-04-01T08:00:00Z
try 0 root notice sweep
at 2027-07-05T09:00:00Z
try 0 pia edition make 2027H1 --as-of 2027-06-30
try 0 pia edition publish 2027H1 --out "$work/second"
recount counted 2027-01-01 2027-06-30 2027-06-30 $W1 $W2 $W3 $W4 $W5 $COPIES
figures second/figures.csv >printed
cmp -s counted printed || wrong "recount: $(paste -d ' ' counted printed | tr '\n' ';')"
has printed "^freed 1$"
has printed "^requests 0$"
has second/figures.csv '^2027H1,costs,,,requests,0,0,requests,exact$'
verdict "the edition after the last bar has ended counts the demand as freed"
exit $bad
