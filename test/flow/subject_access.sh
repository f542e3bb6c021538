#!/bin/sh
# A data subject asks whether authorities demanded data of the account: what may be told today, in the same words and
# with the same end of the command where there is nothing and where nothing may be told; two people before an answer;
# offered again once a bar has ended; erased with its demand.
. "$(dirname "$0")/lib"

at 2026-09-02T09:00:00Z
make_instance
cat >>"$I/writ.yaml" <<'END'
retention:
  - from: 2020-01-01
    rules:
      - id: not-data
        of: not_data
        after: 30 days
        since: settled
END
cp "$demands/warrant-26-mj-4471.txt" .

# decided NAME: a case about NAME@mail.example, produced and delivered. CASE
decided() {
	sed "s/j\.doe@mail\.example/$1@mail.example/; s/SW-26-4471/SW-$1/" \
		"$demands/01-us-warrant.json" >"$1.json"
	receive "$1.json"
	[ -z "${2:-}" ] || try 0 rob order fact "$CASE" "order.us_2705b=$2"
	try 0 rob order examine "$CASE" pass --reason "Judge, one account."
	try 0 rob item decide "$CASE" produce --item 1 --reason "Within the warrant."
	try 0 rob item decide "$CASE" withhold --item 2 --item 3 --item 4 --code other --reason "Not needed."
	file=$1.json files 1
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	try 0 cole deliver "$P" --channel portal
}

# letter NUMBER NAME: what came in from a person about their own data. SUBJECT
letter() {
	cat >letter.json <<END
{"received": "$WRIT_NOW", "channel": "letter", "language": "${2:-de}", "verified": true, "specific": true,
 "authority": {"country": "DE", "body": "other", "name": "Private person", "number": "$1"},
 "subject": "My data", "orders": []}
END
	try 0 iris --json demand add letter.json
	SUBJECT=$(field demand out)
	try 0 iris demand sort-out "$SUBJECT" --kind data_subject
}

# asked NAME [LANGUAGE]: REQUEST
asked() {
	try 0 iris --json access ask "$SUBJECT" --target "email:$1@mail.example" \
		--identified "Signed in to the account, 2026-09-02" --language "${2:-de}"
	REQUEST=$(field request out)
}

# answer NAME: what a reviewer's draft says, without what is of the request alone, in NAME.txt
draft() {
	try 0 rob access draft "$REQUEST"
	sed "s/$REQUEST/REQUEST/; s/$1@/NAME@/g" out >"$1.txt"
	cp err "$1.err"
	try 0 rob --json access show "$REQUEST"
	sed "s/$REQUEST/REQUEST/; s/$1@/NAME@/g" out >"$1.json.txt"
}

decided open no
OPEN=$CASE
decided gagged yes
GAGGED=$CASE
decided doubt
at 2026-09-03T09:00:00Z

# ---- who asks -----------------------------------------------------------------------------------------
sed "s/\"received\": \"[^\"]*\"/\"received\": \"2026-09-02T10:00:00Z\"/" "$demands/06-de-ip-logs.json" >iplogs.json
receive iplogs.json
denied "data subject" iris access ask "$DEMAND" --target email:x@mail.example --identified "x"
letter P-1
try 65 iris access ask "$SUBJECT" --target email:x@mail.example
try 65 iris access ask "$SUBJECT" --target email:x@mail.example --identified "  "
try 65 iris access ask "$SUBJECT" --target mail --identified "Signed in"
try 65 iris access ask "$SUBJECT" --target "email:*@mail.example" --identified "Signed in"
denied "needs the role intake" rob access ask "$SUBJECT" --target email:x@mail.example --identified "Signed in"
try 3 iris access show "$SUBJECT"
verdict "a request needs one account, and how the person was identified"

# ---- barred and none ----------------------------------------------------------------------------------
asked nobody
NONE=$REQUEST
draft nobody
asked gagged
BARRED=$REQUEST
draft gagged
asked doubt
draft doubt
for other in gagged doubt; do
	cmp -s nobody.txt "$other.txt" || wrong "$other: another text than for no demand at all"
	cmp -s nobody.err "$other.err" || wrong "$other: another error"
	cmp -s nobody.json.txt "$other.json.txt" || wrong "$other: another JSON than for no demand at all"
done
has nobody.txt "weder, dass es eines gab"
lacks nobody.txt "Fall|case|bar"
verdict "no demand, a barred one and a doubtful one: the same words, byte for byte, and the same end"

# the same work: drafts of one and of the other in turn, by the processor's time
cat >turns.py <<'END'
import os, resource, statistics, subprocess, sys
writ, where, secret, requests = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
spent = {r: [] for r in requests}
for turn in range(12):
    for r in requests:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([writ, "-d", where, "--secret", secret, "access", "draft", r], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent[r].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
times = [statistics.median(spent[r]) for r in requests]
print(" ".join(f"{t * 1000:.1f}" for t in times))
sys.exit(max(times) > 1.5 * min(times))
END
python3 turns.py "$WRIT" "$I" "$I/secrets/rob" "$NONE" "$BARRED" "$REQUEST" >turns.out 2>&1 ||
	wrong "no demand, a barred and a doubtful one take another time: $(tail -n 1 turns.out) ms"
verdict "no demand, a barred one and a doubtful one: the same work"

asked open
TOLD=$REQUEST
draft open
has open.txt "2026-09-01: Ersuchen einer Behörde, Vereinigte Staaten"
has open.txt "Andere Daten als Inhalte wurden herausgegeben"
lacks open.txt "Reyes|Bureau|SW-"
verdict "what nothing bars is told, without names"

# ---- two people ---------------------------------------------------------------------------------------
denied "another person" rob access approve "$TOLD"
try 4 iris access answer "$TOLD"
try 5 rob access letter "$TOLD" --out "$work/early.pdf"
try 0 rita access approve "$TOLD"
try 0 rita access letter "$TOLD" --out "$work/told.pdf"
try 0 iris access answer "$TOLD"
try 4 rob access draft "$TOLD"
try 0 rita access approve "$BARRED"
try 0 iris access answer "$BARRED"
cp out barred.out
try 0 rita access approve "$NONE"
try 0 rita access letter "$NONE" --out "$work/none.pdf"
try 0 iris access answer "$NONE"
sed "s/$NONE/R/; s/nobody@/N@/g" out >none.norm
sed "s/$BARRED/R/; s/gagged@/N@/g" barred.out >barred.norm
cmp -s none.norm barred.norm || wrong "the end of a barred request is another than that of none"
pdftotext -layout "$work/told.pdf" told.txt 2>/dev/null
has told.txt "Ersuchen von Beh"
pdfinfo "$work/told.pdf" >info.txt 2>/dev/null
has info.txt "Tagged: *yes"
verdict "one drafts, another approves, and the letter goes out as it was approved"

# a bar that begins between draft and answer stops it
letter P-2
asked open
try 0 rob access draft "$REQUEST"
try 0 rob order fact "$OPEN" order.us_2705b=yes
try 4 rita access approve "$REQUEST"
has err "draft it again"
try 0 rob access draft "$REQUEST"
has out "weder, dass es eines gab"
try 0 rita access drop "$REQUEST"
verdict "what may be told is found anew at each step"

# ---- later --------------------------------------------------------------------------------------------
try 0 iris access due
has out "Nothing more may be told"
try 0 carla --json matter show "$GAGGED"
try 0 carla secrecy lift "$GAGGED" 1
try 0 iris --json access due
has out "$BARRED"
lacks out "$NONE"
try 0 iris --json access again "$BARRED"
REQUEST=$(field request out)
try 0 iris access due
lacks out "$BARRED"
try 0 rob access draft "$REQUEST"
has out "von gagged@mail.example"
has out "Vereinigte Staaten"
verdict "once the bar has ended, what was answered with nothing is offered again"

# ---- the sealed compartment ---------------------------------------------------------------------------
at 2026-11-03T09:00:00Z
receive "$demands/11-us-nsl.json" nadia
ACCOUNT=$(sed -n 's/^.*"value": "\([^"@]*\)@mail\.example".*$/\1/p' "$demands/11-us-nsl.json" | head -n 1)
[ -n "$ACCOUNT" ] || wrong "the letter names no account"
letter P-3
asked "$ACCOUNT"
draft "$ACCOUNT"
asked nobody2
draft nobody2
cmp -s "$ACCOUNT.txt" nobody2.txt || wrong "a sealed case is another text than no case"
cmp -s "$ACCOUNT.json.txt" nobody2.json.txt || wrong "a sealed case is another JSON than no case"
verdict "a sealed case is answered as none"

# ---- erased -------------------------------------------------------------------------------------------
asked nobody3
at 2027-03-01T09:00:00Z
try 0 carla --json erase propose "$SUBJECT"
L=$(field list out)
H=$(field hash out)
try 0 rob erase confirm "$L" "$H"
try 0 iris --json access show "$REQUEST"
lacks out "nobody3|Signed in"
try 3 rob access draft "$REQUEST"
: "$(entries)"
verdict "a request is erased with the demand that it came in as"
[ -z "${KEEP:-}" ] || cp told.pdf none.pdf turns.out "$KEEP"
exit $bad
