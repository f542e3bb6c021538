#!/bin/sh
# A day at the desk on the command line: triage, search, hand-over, queues, calendar, people on call, the sample.
# What is sealed is in no list, no count and no search for those who are not named to it.
. "$(dirname "$0")/lib"

at 2026-09-14T08:00:00Z
make_instance

# ---- triage -------------------------------------------------------------------------------------------------
at 2026-10-20T09:00:00Z
try 0 iris --json demand add "$demands/04-de-bestandsdaten.json"
A=$(field demand out)
try 0 iris --json demand add "$demands/04-de-bestandsdaten.json"
B=$(field demand out)
try 0 iris inbox
has out "^$A .*DE "
has out "looks like $A"
try 0 iris --json inbox --limit 1
has out "\"after\": \"$A\""
try 0 iris inbox --after "$A"
lacks out "^$A "
has out "^$B "
try 0 iris demand preview "$B"
has out "state: received"
try 0 iris demand merge "$B" "$A"
try 0 iris demand preview "$B"
has out "state: merged"
try 0 iris --json demand add "$demands/07-de-plain-mail.json"
C=$(field demand out)
try 5 iris demand letter "$C"
try 0 iris demand sort-out "$C" --kind civil_party
try 0 iris demand letter "$C"
has out "Unser Zeichen: $C"
try 4 iris demand letter "$C"
printf 'Re {reference}: {nobody}\n' >bad.txt
try 65 rita template set ask --language de --file bad.txt
has err 'line 1, column 17'
printf 'Zu {number}, hier {case}: {instrument}. Wann?\n' >ask.txt
try 0 rita template set ask --language de --file ask.txt
try 0 iris template list
has out '^ask .*of the house'
verdict "triage shows what decides it, a letter goes out once"

# ---- search -------------------------------------------------------------------------------------------------
try 0 iris --json demand open "$A"
A=$(field case out)
receive "$demands/08-eu-epoc-prosecutor.json"
E=$CASE
try 0 rob search --country DE
has out "^$A "
lacks out "^$E "
number=$(sed -n 's/.*"number": *"\([^"]*\)".*/\1/p' "$demands/04-de-bestandsdaten.json")
try 0 rob search "$number"
has out "^$A "
target=$(sed -n 's/.*"value": *"\([^"]*\)".*/\1/p' "$demands/04-de-bestandsdaten.json" | head -n 1)
echo "$target" >target.txt
try 0 rob search --target-file target.txt --save "the same account"
has out "^$A "
has err 'kept: --saved'
S=$(sed -n 's/.*--saved //p' err)
try 0 rob search --saved "$S"
has out "^$A "
try 3 rita search --saved "$S"
try 5 otto search --target-file target.txt
try 65 rob search --after 00
try 0 rob saved drop "$S"
verdict "cases are found by number, identifier and column; a kept search is one's own"

# ---- work ---------------------------------------------------------------------------------------------------
try 0 iris matter assign "$E" rob --reason "Ten days are running."
try 4 iris matter assign "$E" rob
try 5 iris matter assign "$E" pia
try 0 rob day
has out "^$E .* by 20"
try 0 rob --json matter show "$E"
same assigned "$(field assigned out)" rob
has out 'Ten days are running'
try 0 rita matter watch "$E"
try 0 rita day
has out "^$E "
try 0 rita order note "$E" --reason "Called the prosecutor."
try 0 rita --json matter show "$E"
has out 'Called the prosecutor'
try 0 rob queues
has out '^rob .* 1 orders'
try 0 rob queue nobody
has out "^$A "
try 0 rob calendar 2026-10-01 2026-11-30
has out "deadline .*$E"
try 0 rob --json overview
same open "$(field open out)" 2
same "civil parties" "$(field civil_party out)" 1
try 5 root day
try 0 rob order text "$A" --template ask
has out "hier $A"
verdict "a case is handed over; queues, the day, the calendar and the counts show it"

# ---- what is sealed -----------------------------------------------------------------------------------------
at 2026-11-03T09:00:00Z
receive "$demands/11-us-nsl.json" nadia
N=$CASE
for q in "--ref $N" "--instrument US-NSL" "--country US" "$N"; do
	# shellcheck disable=SC2086
	try 0 rob search $q
	lacks out "$N"
done
try 0 nadia search --ref "$N"
has out "^$N "
try 3 rob matter assign "$N" rob
try 3 rob matter watch "$N"
try 0 rob --json overview
same "open for others" "$(field open out)" 2
try 0 noel --json overview
same "open for the named" "$(field open out)" 3
verdict "what is sealed is found, counted and shown for the named alone"

# ---- on call ------------------------------------------------------------------------------------------------
try 0 root oncall list
has out '^NOT COVERED'
try 65 carla oncall add rob "Mon 8-Tue 8"
try 5 iris oncall add rob "Mon 00:00-Mon 00:00"
try 0 carla oncall add rob "Mon 00:00-Mon 00:00"
try 0 carla oncall add rita "Mon 00:00-Mon 00:00" --rank 2
try 0 root oncall list
has out '^On call now: rob rita'
has out '^Covered: 2 people'
try 0 carla oncall change rob --from 2026-11-03T00:00:00Z --to 2026-11-04T00:00:00Z
try 0 root oncall list
has out '^On call now: rita'
try 0 iris demand add "$demands/09-us-emergency-no-paper.json"
try 0 rita --json oncall pages
P=$(field page out)
try 0 root oncall due
has out "^$P turn 1: rita"
try 0 rita oncall ack "$P"
try 4 rob oncall ack "$P"
try 0 root oncall due
lacks out .
verdict "an emergency calls who is on call until somebody takes it"

# ---- a list of identifiers ------------------------------------------------------------------------------------
printf '\357\273\277kind;identifier;time\r\nemail;A.Doe@Example.NET\r\n\r\nipv4;192.0.2.7;2026-03-01T14:30:00Z\r\n' >list.csv
grep -v '"number"' "$demands/01-us-warrant.json" >listed.json
grep '"papers"' listed.json >/dev/null && cp "$demands"/*.txt .
try 0 iris --json demand add listed.json --targets list.csv
L=$(field demand out)
try 0 iris demand show "$L"
python3 - "$demands/01-us-warrant.json" <<'PY' || wrong "the list's identifiers do not follow the demand's own: $(cat list.err)"
import json, sys
own = json.load(open(sys.argv[1]))["orders"][0]["targets"]
got = json.load(open("out"))["orders"][0]["targets"]
new = [(t["kind"], t["value"], t.get("at")) for t in got[len(own):]]
want = [("email", "A.Doe@Example.NET", None), ("ipv4", "192.0.2.7", "2026-03-01T14:30:00Z")]
open("list.err", "w").write(repr(new))
sys.exit(new != want or len(got) != len(own) + 2)
PY
verdict "a list of identifiers is read with the demand, in whatever a spreadsheet writes"

# ---- the sample ---------------------------------------------------------------------------------------------
try 0 rob order reject "$A" --code no_basis --reason "No basis is named."
try 0 rita quality sample 2026H2 --percent 100 --waiting
has out "^$A "
try 5 rob quality check "$A" agree
try 65 rita quality check "$A" disagree
try 0 rita quality check "$A" disagree --reason "The basis stands on page two."
try 4 carla quality check "$A" agree
try 0 rita quality sample 2026H2 --percent 100
has out '0 agree, 1 disagree'
try 0 root deadlines sweep --all
has out '^3 cases computed anew'
entries >/dev/null
verdict "settled orders are looked at again by another person; the ledger verifies"

exit $bad
