#!/bin/sh
# Officers at the staff's side: agencies and domains by two people, vetting, a demand by the portal, more time,
# a question, the sealed file fetched and acknowledged; suspended and compromised, with what is stopped; an
# emergency with its call-back. What officers do is called as a page would call it (test/pg/officer.c): no
# command acts as one.
. "$(dirname "$0")/lib"
key=$(sed -n 's/^# public key: //p' "$root/examples/officer.key")
drive=$root/build/rel/pg/officer

# officer STATUS ARGS...: a page's call; its output is in out and err.
officer() {
	want=$1
	shift
	rc=0
	"$drive" "$I" "$@" >out 2>err </dev/null || rc=$?
	[ "$rc" = "$want" ] || wrong "officer $* ended $rc, expected $want ($(head -n 1 err))"
}

# code_of ADDRESS: in the letter that waits for it.
code_of() {
	try 0 root outgoing list
	sed -n '/"to": "'"$1"'"/,/"text"/s/.*portal: \([0-9A-Z]\{8\}\).*/\1/p' out | tail -n 1
}

# registers ADDRESS: confirmed, and waits: OFFICER.
registers() {
	officer 0 register "$1" "Pat Doe" "$key"
	CODE=$(code_of "$1")
	officer 0 confirm "$1" "$CODE"
	officer 0 find "$1"
	OFFICER=$(cat out)
}

at 2026-09-01T16:00:00Z
make_instance
[ -x "$drive" ] || wrong "the driver is not built: make MODE=rel B=build/rel pgtests"
denied "needs the role" rob agency add "Police of A" --country US --body police --reason "a list"
try 65 iris agency add "Police of A" --country XX --body police --reason "a list"
try 65 iris agency add "Police of A" --country US --body circus --reason "a list"
try 0 iris agency add "Police of A" --country US --body police --level local --reason "The state's list of agencies."
AGENCY=$(sed -n 's/^Agency \([0-9A-Z-]*\)\. .*/\1/p' out)
try 0 iris agency domain "$AGENCY" police.example
has out "second person"
denied "second person" iris agency domain "$AGENCY" police.example
try 0 carla agency domain "$AGENCY" police.example
try 0 rob --json agency list
has out '"state": "known"'
denied "needs the role" root agency list
verdict "an agency, and a domain that two people know"

officer 0 register pat@police.example "Pat Doe" "$key"
cp out first
officer 1 confirm pat@police.example WRONG000
cp err wrong.err
officer 1 confirm nobody@police.example WRONG000
cmp -s err wrong.err || wrong "a code for nobody is told from a wrong one"
registers pat@police.example
officer 0 register pat@police.example "Pat Doe" "$key"
cmp -s out first || wrong "who is known is answered otherwise"
try 0 iris officer list
has out "$OFFICER .*police.example"
lacks out "Pat"
denied "needs the role" rob officer vet "$OFFICER" --agency "$AGENCY" --source s --reason r
officer 1 submit "$OFFICER" "$demands/01-us-warrant.json"
has err "vetted officers"
try 0 iris officer vet "$OFFICER" --agency "$AGENCY" --source "The agency's own page" --reason "The desk sergeant knows them."
has out "second person"
denied "another than the first" iris officer vet "$OFFICER" --source s --reason r
try 0 carla officer vet "$OFFICER" --source "The state's list" --reason "Called the front desk."
has out "may sign in"
try 0 carla officer show "$OFFICER"
has out '"act": "seconded"'
has out "Called the front desk"
try 0 rob officer show "$OFFICER"
lacks out "Pat"
try 0 root user list
lacks out "officer-"
verdict "an officer registers, is vetted by two, and nothing is told to others"

officer 0 submit "$OFFICER" "$demands/01-us-warrant.json"
DEMAND=$(cat out)
try 0 iris --json demand open "$DEMAND"
CASE=$(field case out)
try 0 rob order return "$CASE" --reason "Which time zone?"
officer 0 answer "$OFFICER" "$DEMAND" "UTC"
state in_review
has out '"officer_state": "active"'
try 0 rob order ask-time "$CASE" --until 2026-09-20 --reason "A large mailbox."
try 4 rob order ask-time "$CASE" --until 2026-09-20 --reason "A large mailbox."
officer 0 grant "$OFFICER" "$DEMAND" 1
try 0 rob --json matter show "$CASE"
has out '"state": "granted"'
try 0 rob order fact "$CASE" order.competent=yes order.capability=no order.us_user_foreign=no
answers "Read in the paper."
try 0 rob order examine "$CASE" pass --reason "A judge's warrant."
try 0 rob --json matter show "$CASE"
items=$(sed -n 's/^ *"item": \([0-9]*\),*$/\1/p' out | sort -un)
for n in $items; do
	try 0 rob item decide "$CASE" produce --item "$n" --reason "Within the warrant."
	run 0 -d "$I" --secret "$I/secrets/rita" --json matter show "$CASE"
	grep -q '"state": "approved"' out && break
	"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item "$n" >out 2>err || :
done
state approved
files $(echo "$items" | head -n 1)
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
officer 1 fetch "$OFFICER" "$P" "$work/early" 00000-00000
has err "no production has this reference"
try 65 cole deliver "$P" --channel letter --deposit "$O/$P.tar.age"
try 0 cole deliver "$P" --channel portal --deposit "$O/$P.tar.age" --last
PIN=$(sed -n 's/^PIN: //p' out)
officer 1 fetch "$OFFICER" "$P" "$work/guessed" 00000-00000
has err "not the PIN"
officer 0 fetch "$OFFICER" "$P" "$work/fetched" "$PIN"
officer 1 fetch "$OFFICER" "$P" "$work/again" "$PIN"
has err "was used"
cmp -s "$work/fetched" "$O/$P.tar.age" || wrong "what was fetched is not what was sealed"
officer 0 acknowledge "$OFFICER" "$P"
state delivered
try 0 otto --json production access "$P"
for what in pledged wrong_pin fetched pin_used; do has out "\"what\": \"$what\""; done
has out '"in_portal": "fetched"'
has out '"more": "last"'
lacks out "$PIN|Pat"
denied "needs the role" otto production pin "$P"
verdict "a demand by the portal: question, time, sealed, fetched, acknowledged"

# what a person does with it: a new PIN, longer, back, anew, and for another officer
try 0 rita --json production pin "$P"
PIN2=$(field pin out)
try 65 rita production extend "$P" --until 2026-10-30
try 0 rita production extend "$P" --until 2026-10-15
try 65 rita production revoke "$P" --reason " "
try 0 rita production revoke "$P" --reason "Asked for by the agency."
officer 1 fetch "$OFFICER" "$P" "$work/back" "$PIN2"
has err "taken it back"
try 4 rita production pin "$P"
try 0 cole --json production deposit "$P" --deposit "$O/$P.tar.age" --days 3 --more
PIN3=$(field pin out)
at 2026-09-05T00:00:00Z
officer 1 fetch "$OFFICER" "$P" "$work/late" "$PIN3"
has err "time here is over"
denied "needs the role" otto production sweep
try 0 iris production sweep
has out "Ended: 1"
blob=$(find "$I/blob" -type f -size +1k | wc -l)
try 0 cole --json production deposit "$P" --deposit "$O/$P.tar.age"
PIN4=$(field pin out)
[ "$(find "$I/blob" -type f -size +1k | wc -l)" = $((blob + 1)) ] || wrong "the file of the one that ended was not deleted"
officer 0 fetch "$OFFICER" "$P" "$work/anew" "$PIN4"
cmp -s "$work/anew" "$O/$P.tar.age" || wrong "what was laid down anew is not what was sealed"
FIRST=$OFFICER
registers kim@police.example
KIM=$OFFICER
OFFICER=$FIRST
try 5 rita production name "$P" --officer "$KIM" --reason "Pat is on leave." # not vetted yet
try 0 iris officer vet "$KIM" --agency "$AGENCY" --source "The agency's own page" --reason "The desk sergeant knows them."
try 65 rita production name "$P" --officer "$KIM" --reason ""
denied "needs the role" cole production name "$P" --officer "$KIM" --reason "Pat is on leave."
try 0 rita production name "$P" --officer "$KIM" --reason "Pat is on leave."
try 4 cole production deposit "$P" --deposit "$O/$P.tar.age"
has err "seal it anew"
at 2026-09-05T00:10:00Z
try 0 cole production reseal "$P" $FILES --reason "Another officer took over." --out "$O"
try 65 cole production deposit "$P" --deposit "$O/$P.tar.age"
try 0 cole --json production deposit "$P" --deposit "$O/$P.2.tar.age"
PIN5=$(field pin out)
officer 1 fetch "$OFFICER" "$P" "$work/old" "$PIN5"
has err "another officer of your authority"
officer 0 fetch "$KIM" "$P" "$work/new" "$PIN5"
cmp -s "$work/new" "$O/$P.2.tar.age" || wrong "what the other officer fetched is not the new seal"
try 0 rob production access "$P"
has out "^Laid down 4: .* fetched"
has out "given_over"
lacks out "leave"
entries >/dev/null
"$WRIT" -d "$I" --secret "$I/secrets/root" doctor >out 2>err || :
has out "told by a person; 30 days; 1 lie in the portal"
verdict "a PIN anew, longer, taken back, laid down anew, and sealed anew for another officer"
at 2026-09-01T16:30:00Z

officer 0 submit "$OFFICER" "$demands/02-us-subpoena-with-content.json"
officer 0 submit "$OFFICER" "$demands/01-us-warrant.json"
DEMAND=$(cat out)
try 0 iris --json demand open "$DEMAND"
CASE=$(field case out)
try 0 iris matter alerts
has out "No case"
try 0 iris officer compromised "$OFFICER" --reason "The agency called: the mailbox was taken over."
officer 1 submit "$OFFICER" "$demands/01-us-warrant.json"
try 0 iris matter alerts
has out "$CASE"
try 0 rob --json matter show "$CASE"
has out '"cause": "compromised"'
denied "needs the role" rob matter confirm "$CASE" --source s --reason r
try 0 iris matter confirm "$CASE" --source "The court's registry" --reason "The clerk read the warrant to us."
try 0 iris matter alerts
lacks out "$CASE"
denied "counsel" iris officer active "$OFFICER" --reason "A new mailbox."
try 0 carla officer active "$OFFICER" --reason "A new mailbox, checked by a call."
officer 0 withdraw "$OFFICER" "$DEMAND"
state withdrawn withdrawn
try 0 carla agency set "$AGENCY" suspended --reason "Their network was broken into."
officer 1 submit "$OFFICER" "$demands/01-us-warrant.json"
try 0 carla agency set "$AGENCY" active --reason "Cleaned, and checked by a call."
officer 0 submit "$OFFICER" "$demands/01-us-warrant.json"
verdict "compromised, confirmed by another way, trusted again; an agency likewise"

officer 0 form "$mended/09-us-emergency-no-paper.json"
DEMAND=$(cat out)
try 0 iris --json demand show "$DEMAND"
has out '"verified": false'
verdict "the form for authorities without an account goes to triage as unverified"

try 0 iris officer left "$OFFICER" --reason "Another post."
denied "open yet" carla officer forget "$OFFICER"
registers other@police.example
try 0 carla officer refuse "$OFFICER" --reason "Nobody knows them there."
try 0 carla officer forget "$OFFICER"
try 0 carla officer show "$OFFICER"
lacks out "other@police.example|Nobody knows"
entries >counted
verdict "refused and forgotten, and the ledger verifies"
exit $bad
