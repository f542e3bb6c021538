#!/bin/sh
# The gates P1-P6 attacked at the command line: no way to a production without an examined basis, an
# approved item and a second person where one is due; none before the earliest instant; nothing told of
# the sealed compartment; nobody acting as another. What is refused changes nothing and leaves no file.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance
verdict "an instance with the demo's people"

# unmoved BEFORE: the refused commands since wrote nothing, and left no file.
unmoved() {
	same "entries, rows and closed records of the ledger" "$(entries)" "$1"
	same "sealed files" "$(find "$O" -type f | wc -l)" 0
}

# ready: $CASE's four items are decided by rob; the content waits for its second person.
ready() {
	receive "$demands/01-us-warrant.json"
	try 0 rob order examine "$CASE" pass --reason "Judge, one account."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
}

# ---- one step after the other ----------------------------------------------------------------------
at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
files 1 2 3 4
before=$(entries)
denied "the order is in_review: only an approved one" cole produce "$CASE" $FILES --out "$O"
denied "the order is in_review: only an approved one" cole produce "$CASE" --no-data 1
denied "nobody has examined the basis" rob item decide "$CASE" produce --item 1 --reason "Too early."
denied "nobody has examined the basis" rob item decide "$CASE" withhold --item 1 --code other --reason "Too early."
denied "nobody has decided item 4" carla item second "$CASE" --item 4
try 65 rob order examine "$CASE" pass
try 65 rob order examine "$CASE" pass --reason "   "
try 65 rob order examine "$CASE" perhaps --reason "Neither."
unmoved "$before"
verdict "P1: nothing goes before the examination"

try 0 rob order examine "$CASE" pass --reason "Judge, one account."
before=$(entries)
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
try 65 rob item decide "$CASE" produce --item 1
try 65 rob item decide "$CASE" produce --reason "Which item?"
try 65 rob item decide "$CASE" produce --item all --reason "No bulk."
try 65 rob item decide "$CASE" "$CASE" produce --item 1 --reason "One case at a time."
try 65 rob item decide "$CASE" release --item 1 --reason "No such decision."
unmoved "$before"
verdict "P3: nothing goes before a person's decision, item by item, with a reason"

try 0 rob item decide "$CASE" produce --item 4 --reason "Within the warrant."
before=$(entries)
denied "the second person is another" rob item second "$CASE" --item 4
denied "only an approved one" cole produce "$CASE" --file "4=$work/collected-4.txt" --out "$O"
for p in iris cole otto root pia fred; do
	denied "needs the role" $p item second "$CASE" --item 4
done
denied "nobody has decided item 1" rita item second "$CASE" --item 1
unmoved "$before"
try 0 rita item decide "$CASE" produce --item 4 --reason "Decided anew: now rita is the first person."
denied "the second person is another" rita item second "$CASE" --item 4
try 0 rob item second "$CASE" --item 4
denied "waits for no second person" carla item second "$CASE" --item 4
state in_review
denied "only an approved one" cole produce "$CASE" --file "4=$work/collected-4.txt" --out "$O"
verdict "P3: the second person is another one, also after a new decision"

# ---- who may do what -------------------------------------------------------------------------------
before=$(entries)
for p in iris cole otto root pia fred; do
	denied "needs the role" $p order examine "$CASE" pass --reason "The wrong role."
	denied "needs the role" $p order examine "$CASE" fail --reason "The wrong role."
	denied "needs the role" $p item decide "$CASE" produce --item 1 --reason "The wrong role."
	denied "needs the role" $p item decide "$CASE" withhold --item 1 --code other --reason "The wrong role."
	denied "needs the role" $p order answer "$CASE" 1 accept --reason "The wrong role."
	denied "needs the role" $p order reject "$CASE" --code other --reason "The wrong role."
	denied "needs the role" $p order annex3 "$CASE" --code other --reason "The wrong role."
	denied "needs the role" $p order redirect "$CASE" --reason "The wrong role."
	denied "needs the role" $p order lapse "$CASE" --code expired
	denied "needs the role" $p order judge "$CASE"
	denied "needs the role" $p challenge file "$CASE" order --reason "The wrong role."
	denied "needs the role" $p preserve start "$CASE"
	denied "needs the role" $p matter close "$CASE"
done
for p in iris otto root pia fred carla; do
	denied "needs the role" $p produce "$CASE" $FILES --out "$O"
done
for p in rob carla cole otto root pia fred; do
	denied "needs the role" $p demand add "$demands/04-de-bestandsdaten.json"
	denied "needs the role" $p demand open "$DEMAND"
	denied "needs the role" $p demand verify "$DEMAND"
done
for p in cole otto root pia fred; do
	denied "needs the role" $p order fact "$CASE" order.signed=yes
	denied "needs the role" $p order withdraw "$CASE" --because authority
	denied "needs the role" $p item withdraw "$CASE" --item 1
done
for p in iris rob carla cole otto pia fred; do
	denied "needs the role" $p user add mallory --roles admin --secret-out "$work/mallory"
done
[ ! -e "$work/mallory" ] || wrong "a secret was left for a person who was not admitted"
for p in iris rob carla cole otto root fred; do
	denied "needs the role|publisher" $p edition make 2025H2
done
unmoved "$before"
verdict "each step needs its role"

for p in root pia fred; do
	for command in "matter list" "matter show $CASE" "matter why $CASE" "demand list" "demand show $DEMAND"; do
		denied "needs the role" $p $command
		[ ! -s out ] || wrong "$p read something with: writ $command"
	done
done
try 65 root user add both --roles "admin reviewer" --secret-out "$work/both"
has err "admins cannot read cases"
[ ! -e "$work/both" ] || wrong "a secret was left for a person who was not admitted"
try 0 otto matter show "$CASE"
lacks out 'j\.doe@mail\.example'
try 0 otto --json matter show "$CASE"
lacks out 'j\.doe@mail\.example'
verdict "an admin, a publisher and finance read no case; an auditor reads no target"

# ---- items that are not there, or another order's ----------------------------------------------------
before=$(entries)
for n in 0 -1 x 1.5 "" 99999999999999999999; do
	try 65 rob item decide "$CASE" produce --item "$n" --reason "No such number."
	try 65 cole produce "$CASE" --file "$n=$work/collected-1.txt" --out "$O"
done
try 3 rob item decide "$CASE" produce --item 5 --reason "No such item."
try 3 rita item second "$CASE" --item 5
try 3 rob item decide "$CASE" produce --order 2 --item 1 --reason "No such order."
try 65 rob item decide "$CASE" produce --order 0 --item 1 --reason "No such order."
try 65 rob matter show "not a reference"
try 3 rob item decide 0000-0000-00000 produce --item 1 --reason "No such case."
unmoved "$before"
verdict "items and orders that are not there"

# Two orders in one paper: the second is a subpoena that may not have the content.
awk '/"orders": \[/ { print; while ((getline line) > 0) { if (line ~ /^  \],/) break; first = first line "\n" }
	printf "%s", first; print "    ,"; second = first; sub("US-WARRANT", "US-SUBP-GJ", second)
	sub("j.doe@mail", "z.zoe@mail", second); printf "%s", second; print "  ],"; next } { print }' \
	"$demands/01-us-warrant.json" | sed 's/"warrant-26-mj-4471.txt"//' >two.json
receive two.json
try 65 rob order examine "$CASE" pass --reason "Which?"
has err "2 orders: say which with --order"
try 65 rob item decide "$CASE" produce --item 1 --reason "Which?"
try 65 cole produce "$CASE" $FILES --out "$O"
try 65 rob matter why "$CASE"
try 0 rob order examine "$CASE" pass --order 1 --reason "The warrant is sound."
denied "nobody has examined the basis" rob item decide "$CASE" produce --order 2 --item 1 --reason "The other order."
try 0 rob item decide "$CASE" produce --order 1 --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 rita item second "$CASE" --order 1 --item 4
try 3 rob item decide "$CASE" produce --order 1 --item 5 --reason "An item of the other order."
denied "only an approved one" cole produce "$CASE" --order 2 $FILES --out "$O"
try 3 cole produce "$CASE" --order 1 --file "5=$work/collected-1.txt" --out "$O"
try 0 rob order examine "$CASE" pass --order 2 --reason "The subpoena is sound for records."
denied "rule" rob item decide "$CASE" produce --order 2 --item 4 --reason "Content by the warrant beside it."
try 0 rob item decide "$CASE" produce --order 2 --item 1 --item 2 --reason "Subscriber data."
try 0 rob item decide "$CASE" withhold --order 2 --item 3 --item 4 --code wrong_instrument --reason "Not by a subpoena."
denied "item 4 is not approved|rule" cole produce "$CASE" --order 2 --file "4=$work/collected-4.txt" --out "$O"
same "sealed files" "$(find "$O" -type f | wc -l)" 0
verdict "P2: two orders in a case are told apart, and one does not carry the other"

# ---- what was approved and then is not any more -------------------------------------------------------
ready
try 0 carla item second "$CASE" --item 4
state approved
try 0 rob order fact "$CASE" order.competent=no
state in_review
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
finding fail - US-2703-WARRANT-COURT "18 USC 2703(a)"
denied "rule US-2703-WARRANT-COURT fails" rob order examine "$CASE" pass --reason "The wrong way."
denied "nobody has examined" rob item decide "$CASE" produce --item 1 --reason "The examination was of other facts."
try 0 rob order fact "$CASE" order.competent=yes
denied "nobody has examined" rob item decide "$CASE" produce --item 1 --reason "Nor does the old one come back."
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
try 0 rob order examine "$CASE" pass --reason "Examined again."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
try 0 carla item second "$CASE" --item 4
state approved
verdict "P1: a changed fact takes examination, decisions and approvals back"

before=$(entries)
for fact in demand.specific=yes authority.verified=yes item.category=bsi provider.establishments=US \
	order.instrument=US-WARRANT order.basis=order order.class=warrant no_such=fact order.no_such=yes \
	order.signed=maybe order.issued=2026-02-30 order.issuer=nobody order.signed; do
	try 65 rob order fact "$CASE" "$fact"
done
unmoved "$before"
state approved
verdict "facts that are not a person's to enter, or have no such value"

ready
try 0 carla item second "$CASE" --item 4
try 0 iris item withdraw "$CASE" --item 4
denied "item 4 is not approved" cole produce "$CASE" $FILES --out "$O"
denied "rule|cannot become|in_review|approved" rob item decide "$CASE" produce --item 4 --reason "Withdrawn is withdrawn."
try 0 iris order withdraw "$CASE" --because authority
files 1
denied "the order is withdrawn" cole produce "$CASE" $FILES --out "$O"
denied "the order is withdrawn" cole produce "$CASE" --no-data 1
denied "." rob order judge "$CASE"
denied "." rob order fact "$CASE" order.signed=yes
denied "the order is withdrawn" rob item decide "$CASE" produce --item 1 --reason "Too late."
denied "cannot become" rob order reject "$CASE" --code other --reason "Too late."
try 0 rob matter close "$CASE"
denied "the case is closed" rob order judge "$CASE"
denied "the case is closed" cole produce "$CASE" $FILES --out "$O"
same "sealed files" "$(find "$O" -type f | wc -l)" 0
verdict "P1: nothing goes after a withdrawal"

# ---- challenged ---------------------------------------------------------------------------------------
ready
try 0 carla item second "$CASE" --item 4
files 1 2 3 4
denied "needs the role counsel" rob challenge file "$CASE" order --reason "Not by a reviewer."
try 65 carla challenge file "$CASE" order
try 65 carla challenge file "$CASE" everything --reason "No such thing."
try 0 carla challenge file "$CASE" order --reason "Too wide."
denied "the order is challenged" cole produce "$CASE" $FILES --out "$O"
denied "still" rob matter close "$CASE"
try 0 carla challenge file "$CASE" secrecy --reason "The gag too."
try 0 carla challenge end "$CASE" 2 dismissed
denied "the order is challenged" cole produce "$CASE" $FILES --out "$O"
try 65 carla challenge end "$CASE" 1 upheld
try 0 carla challenge end "$CASE" 1 upheld --reason "No probable cause."
denied "the order is rejected" cole produce "$CASE" $FILES --out "$O"
denied "does not come back" rob order judge "$CASE"
try 4 carla challenge end "$CASE" 1 dismissed
ready
try 0 carla item second "$CASE" --item 4
try 0 carla challenge file "$CASE" order --reason "Too wide."
try 0 carla challenge end "$CASE" 1 dismissed
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
try 0 carla challenge file "$CASE" order --reason "Found something."
denied "the order is challenged" cole deliver "$P" --channel portal
try 0 carla challenge end "$CASE" 2 withdrawn
try 4 iris acknowledge "$P"
try 65 cole deliver "$P" --channel plain_mail
denied "needs the role" pia deliver "$P" --channel portal
try 0 cole deliver "$P" --channel portal
rm "$O/$P.tar.age" "$O/$P.json"
verdict "a challenged order is held, sealed or not"

# ---- clocks ---------------------------------------------------------------------------------------------
# A prosecutor's urgent order: three working days for the court, Thursday 24 to Tuesday 29 September 2026.
sed 's/"order.issuer": "court"/"order.issuer": "prosecutor"/
	s/"2026-09-21"/"2026-09-24"/; s/2026-09-22T/2026-09-24T/
	s/"order.capability"/"order.provisional": "yes", &/' "$mended/06-de-ip-logs.json" >urgent.json
at 2026-09-24T12:00:00Z
receive urgent.json
answers "Read in the paper."
try 0 rob order examine "$CASE" pass --reason "Gefahr im Verzug."
try 0 rob item decide "$CASE" produce --item 1 --reason "§ 100g Abs. 1 StPO."
state approved
at 2026-09-29T21:59:59Z
try 0 rob --json matter show "$CASE"
has out '"latest": "2026-09-29T21:59:59Z"'
at 2026-09-29T22:00:00Z
files 1
denied "rule DE-100g-CONFIRM fails \(not_confirmed\)" cole produce "$CASE" $FILES --out "$O"
denied "rule DE-100g-CONFIRM fails" cole produce "$CASE" --no-data 1
try 0 rob order judge "$CASE"
denied "rule DE-100g-CONFIRM fails" rob order examine "$CASE" pass --reason "The wrong way."
try 65 rob order lapse "$CASE" --code tired
try 0 rob order lapse "$CASE" --code not_confirmed
denied "the order is lapsed" cole produce "$CASE" $FILES --out "$O"
state lapsed rejected
at 2026-09-24T12:00:00Z
receive urgent.json
answers "Read in the paper."
try 0 rob order fact "$CASE" order.confirmed=no
denied "rule DE-CONFIRM-REFUSED fails" rob order examine "$CASE" pass --reason "The court refused."
try 0 rob order fact "$CASE" order.confirmed=yes
answers "Read in the paper."
try 0 rob order examine "$CASE" pass --reason "Confirmed by the court."
try 0 rob item decide "$CASE" produce --item 1 --reason "§ 100g Abs. 1 StPO."
at 2026-10-05T08:00:00Z
try 0 cole --json produce "$CASE" $FILES --out "$O"
rm "$O/$(field production out).tar.age" "$O/$(field production out).json"
verdict "P1: a provisional order stops when its clock has run out unconfirmed"

# An EPOC with notification: ten days, or the enforcing authority's word.
sed 's/"order.eu_notified": "no"/"order.eu_notified": "yes"/; s/"ten_days"/"notified"/' \
	"$mended/08-eu-epoc-prosecutor.json" >notified.json
at 2026-10-06T09:00:00Z
receive notified.json
answers "Validated by a judge."
try 0 rob order examine "$CASE" pass --reason "Validated by a judge."
try 0 rob item decide "$CASE" produce --item 1 --reason "Art. 5(4)."
try 0 rita item second "$CASE" --item 1
at 2026-10-16T21:59:58Z
denied "no production before 2026-10-16T21:59:59Z" cole produce "$CASE" $FILES --out "$O"
denied "no production before" cole produce "$CASE" --no-data 1
denied "an EPOC is not rejected" rob order reject "$CASE" --code other --reason "The wrong way."
at 2026-10-08T09:00:00Z
denied "no production before" cole produce "$CASE" $FILES --out "$O"
try 0 rob order fact "$CASE" order.eu_enforcing_cleared=yes
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
answers "Validated by a judge."
try 0 rob order examine "$CASE" pass --reason "Cleared by the enforcing authority."
try 0 rob item decide "$CASE" produce --item 1 --reason "Art. 10(2)."
try 0 rita item second "$CASE" --item 1
try 0 cole --json produce "$CASE" $FILES --out "$O"
rm "$O/$(field production out).tar.age" "$O/$(field production out).json"
verdict "an EPOC with notification waits, or is cleared; it is never rejected"

# ---- basis, sender, targets, numbers --------------------------------------------------------------------
at 2026-11-02T17:00:00Z
sed 's/"verified": true/"verified": false/' "$demands/04-de-bestandsdaten.json" >unverified.json
receive unverified.json
denied "rule HOUSE-P1-AUTHORITY fails|HOUSE-P1-AUTHORITY" rob order examine "$CASE" pass --reason "The wrong way."
try 0 iris demand verify "$DEMAND"
try 0 rob order judge "$CASE"
try 0 rob order examine "$CASE" pass --reason "Called back."
verdict "P1: a sender nobody has verified gets nothing"

sed 's/"order.capability": "no"/"order.capability": "yes"/' "$demands/01-us-warrant.json" |
	sed 's/"warrant-26-mj-4471.txt"//' >capability.json
receive capability.json
finding counsel - HOUSE-P6-CAPABILITY "house policy P6"
denied "HOUSE-P6-CAPABILITY" rob order examine "$CASE" pass --reason "The wrong way."
denied "HOUSE-P6-CAPABILITY" carla order examine "$CASE" pass --reason "The wrong way."
denied "." rob item decide "$CASE" produce --item 1 --reason "The wrong way."
verdict "P6: a demand for a capability is counsel's"

sed 's/"value": "k.muster@mail.example"/"value": "*@mail.example"/' "$demands/04-de-bestandsdaten.json" >wild.json
receive wild.json
finding fail 1 HOUSE-P4-TARGET "house policy P4"
try 0 rob order examine "$CASE" pass --reason "The form is right."
denied "rule HOUSE-P4-TARGET fails" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
try 0 carla order examine "$CASE" pass --reason "The form is right."
denied "rule HOUSE-P4-TARGET fails" carla item decide "$CASE" produce --item 1 --reason "Nor counsel."
denied "needs an amended order" iris item correct "$CASE" --item 1 --kind email --value k.muster@mail.example
receive "$demands/04-de-bestandsdaten.json"
try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
state approved
try 65 iris item correct "$CASE" --item 1 --kind email --value "no address"
denied "needs the role" carla item correct "$CASE" --item 1 --kind email --value k.mustermann@mail.example
try 0 iris item correct "$CASE" --item 1 --kind email --value k.mustermann@mail.example
state in_review
files 1 2
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
denied "nobody has examined" rob item decide "$CASE" produce --item 1 --reason "Examined before the correction."
try 0 iris item correct "$CASE" --item 1 --kind email --value "*@mail.example"
try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
denied "rule HOUSE-P4-TARGET fails" rob item decide "$CASE" produce --item 1 --reason "A correction is no way round."
verdict "P4: a pattern is no target, not even for counsel; a corrected one is examined again"

receive "$demands/04-de-bestandsdaten.json"
AMENDED=$CASE
try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
try 65 iris demand open "$DEMAND" --amends "$CASE" --cures "$CASE"
try 0 iris --json demand add "$demands/05b-de-cured.json"
try 0 iris --json demand open "$(field demand out)" --amends "$AMENDED"
same "case of the amended order" "$(field case out)" "$AMENDED"
denied "the order is amended" cole produce "$AMENDED" --order 1 $FILES --out "$O"
denied "the order is in_review" cole produce "$AMENDED" --order 2 $FILES --out "$O"
denied "nobody has examined" rob item decide "$AMENDED" produce --order 2 --item 1 --reason "The examination was of the old one."
try 65 cole produce "$AMENDED" $FILES --out "$O"
verdict "an amended order takes the old one's approval with it"

targets=
for n in 01 02 03 04 05 06 07 08 09 10 11; do
	targets="$targets, { \"kind\": \"email\", \"value\": \"m$n@mail.example\" }"
done
awk -v targets="${targets#,}" '/"targets": \[/ { print "\"targets\": [" targets "],"; skip = 1 }
	!skip { print } skip && /^ *\],/ { skip = 0 }' "$demands/04-de-bestandsdaten.json" >many.json
receive many.json
try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
try 0 rob item decide "$CASE" produce --item 1 --reason "Bestandsdaten."
denied "the second person is another" rob item second "$CASE" --item 1
try 0 carla item second "$CASE" --item 1
verdict "P3: above the set number of targets a second person is due"

receive "$demands/04-de-bestandsdaten.json"
try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Judge."
try 65 rob item decide "$CASE" narrow --item 1 --reason "No period." --code other
try 65 rob item decide "$CASE" narrow --item 1 --from 2026-02-01 --to 2026-02-28 --reason "No code."
try 65 rob item decide "$CASE" narrow --item 1 --code other --from 2025-12-31 --to 2026-02-28 --reason "Begins too early."
try 65 rob item decide "$CASE" narrow --item 1 --code other --from 2026-02-01 --to 2026-07-01 --reason "Ends too late."
try 65 rob item decide "$CASE" narrow --item 1 --code other --from 2026-03-01 --to 2026-02-01 --reason "Backwards."
try 0 rob item decide "$CASE" narrow --item 1 --code other --from 2026-02-01 --to 2026-02-28 --reason "One month."
try 0 rob item decide "$CASE" withhold --item 2 --item 3 --item 4 --code other --reason "The rest not."
files 1
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
opened "$P" "$work/narrowed"
grep -q '"from":"2026-02-01"' "$work/narrowed/manifest.json" || wrong "the manifest gives more than was granted"
grep -q '"to":"2026-02-28"' "$work/narrowed/manifest.json" || wrong "the manifest gives more than was granted"
rm "$O/$P.tar.age" "$O/$P.json"
verdict "P5: a narrowed period stays inside the one asked for, and is the one that goes out"

# ---- what is handed in as collected ------------------------------------------------------------------------
ready
try 0 carla item second "$CASE" --item 4
files 1
before=$(entries)
mkdir -p adir
ln -sf "$work/collected-1.txt" alink
mkfifo afifo
try 3 cole produce "$CASE" --file "1=$work/missing.txt" --out "$O"
try 1 cole produce "$CASE" --file "1=$work/alink" --out "$O"
try 65 cole produce "$CASE" --file "1=$work/adir" --out "$O"
try 65 cole produce "$CASE" --file "1=" --out "$O"
try 65 cole produce "$CASE" --file "$work/collected-1.txt" --out "$O"
try 65 cole produce "$CASE" $FILES
try 65 cole produce "$CASE"
try 3 cole produce "$CASE" $FILES --out "$work/no such folder"
denied "item 1 has data" cole produce "$CASE" $FILES --no-data 1 --out "$O"
unmoved "$before"
verdict "a collected file that is missing, a link, a folder, or has nowhere to go"
timeout 5 "$WRIT" -d "$I" --secret "$I/secrets/cole" produce "$CASE" --file "1=$work/afifo" --out "$O" \
	>out 2>err </dev/null && rc=0 || rc=$?
same "exit status" "$rc" 65
unmoved "$before"
verdict "a collected file that is a pipe does not hold the program"

sed '/"key": /d; s/"mail": "sabine.vogt@lka.example",/"mail": "sabine.vogt@lka.example"/' \
	"$demands/04-de-bestandsdaten.json" >keyless.json
receive keyless.json
try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
try 3 cole produce "$CASE" $FILES --out "$O"
has err "no key to seal to"
same "sealed files" "$(find "$O" -type f | wc -l)" 0
verdict "P5: without a key of the officer nothing is sealed to anybody"

# ---- who you are ------------------------------------------------------------------------------------------
echo "writ-secret-0123456789" >badsecret
: >nosecret
before=$(entries)
for s in badsecret nosecret; do
	run 5 -d "$I" --secret "$work/$s" matter list
	has err "nobody is known by this sign-in"
done
run 3 -d "$I" --secret "$work/missing" matter list
run 5 -d "$I" matter list
run 5 -d "$I" --secret "$I/secrets/iris" --as rob matter list
has err "another person"
run 5 -d "$I" --as rob matter list
run 0 -d "$I" --secret "$I/secrets/rob" --as rob matter list
run 5 -d "$I" user add eve --roles admin --secret-out "$work/eve"
[ ! -e "$work/eve" ] || wrong "a secret was left for a person who was not admitted"
unmoved "$before"
verdict "a wrong secret, none, or another person's"

# ---- the sealed compartment -----------------------------------------------------------------------------------
at 2026-11-13T09:00:00Z
receive "$demands/11-us-nsl.json" nadia
NSL=$CASE
NSLD=$DEMAND
try 0 noel order examine "$NSL" pass --reason "Certified."
try 0 noel item decide "$NSL" produce --item 1 --item 2 --reason "Name, length of service."
denied "the second person is another" noel item second "$NSL" --item 1
try 0 nora item second "$NSL" --item 1 --item 2
files 1 2
try 0 nadia --json produce "$NSL" $FILES --out "$O"
NSLP=$(field production out)
rm "$O/$NSLP.tar.age" "$O/$NSLP.json"
# A reference that is well formed and names nothing: the refused text must be the same.
try 0 iris --json demand add "$demands/13-us-order-withdrawn.json"
OTHER=$(field demand out)
before=$(entries)
for p in iris rob rita carla cole otto; do
	for command in "matter show" "matter why"; do
		try 3 $p $command "$NSL"
		cp err sealed.err
		try 3 $p $command "$OTHER"
		cmp -s err sealed.err || wrong "$p: writ $command tells a sealed case from none"
	done
	try 0 $p matter list
	lacks out "$NSL|NSL"
	try 0 $p --json matter list
	lacks out "$NSL|NSL"
	try 0 $p matter list --closed
	lacks out "$NSL|NSL"
	try 0 $p help
	cp out help.txt
	try 0 nora help
	cmp -s out help.txt || wrong "the help of $p is not that of a person named to the compartment"
done
for p in iris rob rita carla otto; do
	try 3 $p demand show "$NSLD"
	has err "no demand has this reference"
	for s in received opened; do
		try 0 $p --json demand list --state $s
		lacks out "$NSLD|national|intelligence"
	done
done
try 3 rob order examine "$NSL" pass --reason "x"
try 3 rob item decide "$NSL" produce --item 1 --reason "x"
try 3 carla item second "$NSL" --item 1
try 3 carla challenge file "$NSL" order --reason "x"
try 3 carla secrecy lift "$NSL" 1
try 3 rob preserve start "$NSL"
try 3 iris order withdraw "$NSL" --because authority
try 3 iris order fact "$NSL" order.signed=yes
try 3 rob matter close "$NSL"
try 3 cole produce "$NSL" $FILES --out "$O"
try 3 cole deliver "$NSLP" --channel letter
try 3 iris acknowledge "$NSLP"
try 3 iris demand open "$NSLD"
try 3 iris demand verify "$NSLD"
try 3 iris demand merge "$OTHER" "$NSLD"
try 3 iris demand sort-out "$NSLD" --kind press
try 3 iris demand open "$OTHER" --amends "$NSL"
try 3 iris demand open "$OTHER" --cures "$NSL"
for p in iris rob carla cole otto root pia fred; do
	denied "only for persons named to the compartment" $p sealed list
	denied "only for persons named to the compartment" $p sealed add --kind fisa_content --day 2026-11-01 --selectors 3
done
unmoved "$before"
verdict "a sealed case is to all others as if it were not there"

# Seen before, and the same file number: told only to those who may know.
sed 's/"value": "v.specimen@mail.example"/"value": "t.specimen@mail.example"/; s/MJ-26-5102/NSL-26-0091/' \
	"$demands/13-us-order-withdrawn.json" >sametarget.json
try 0 iris --json demand add sametarget.json
lacks out "$NSLD"
has out '"duplicates": \[\]'
try 0 iris --json demand open "$(field demand out)"
CASE=$(field case out)
for p in iris rob carla cole otto; do
	try 0 $p --json matter show "$CASE"
	lacks out "$NSL|seen_in"
done
try 0 nora --json matter show "$CASE"
has out "$NSL"
try 0 nadia --json demand add sametarget.json
has out "$NSLD|duplicates"
verdict "seen-before targets and duplicates do not tell of a sealed case"

try 0 nadia --json demand add "$demands/11-us-nsl.json"
denied "belongs to a sealed compartment, the case does not" nadia demand open "$(field demand out)" --amends "$CASE"
sed 's/US-NSL/US-FISA-702/' "$demands/11-us-nsl.json" >fisa.json
try 65 nadia demand add fisa.json
has err "count-only|no rule pack"
try 0 nadia sealed add --kind directive --day 2026-11-01 --selectors 7
try 65 nadia sealed add --kind gossip --day 2026-11-01 --selectors 7
try 65 nadia sealed add --kind directive --day 2026-13-01 --selectors 7
try 65 nadia sealed add --kind directive --day 2026-11-01 --selectors -7
try 0 nora sealed list
has out "2026-11-01 directive +7 selectors"
verdict "FISA orders and directives are counts for the people named, nothing else"

# ---- an establishment that is not there ----------------------------------------------------------------------
config DE >"$I/writ.yaml"
receive "$demands/01-us-warrant.json"
try 0 rob matter why "$CASE"
lacks out "^pass .*US-2703-WARRANT$"
denied "." rob item decide "$CASE" produce --item 1 --reason "The wrong way."
rc=0
"$WRIT" -d "$I" --secret "$I/secrets/rob" order examine "$CASE" pass --reason "The wrong way." >out 2>err || rc=$?
if [ $rc = 0 ]; then
	denied "no rule of a statute grants|fails|waits" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
else
	same "exit status" $rc 5
fi
config >"$I/writ.yaml"
verdict "P1: a warrant reaches no provider that is not established there"

same "sealed files" "$(find "$O" -type f | wc -l)" 0
: "$(entries)"
verdict "no refused attempt left a file, and the ledger verifies"
exit $bad
