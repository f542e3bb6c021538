#!/bin/sh
# Each faulty demand of the demo with its one fault mended passes: examined, decided, given a second
# person where one is due, sealed with age, opened again, its manifest checked. The demand for keys
# never does, whatever counsel allows.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance
verdict "an instance with the demo's people"

# proved DIR: every ledger reference of the manifest is an entry of the signed log.
proved() {
	tr -d '"' <manifest.ledger | sort -u >leaves
	try 0 otto log checkpoint
	while read -r leaf; do
		try 0 otto log prove "$leaf" --out "$work/proof"
		run 0 log check-proof "$work/proof" --key "$I/keys/log.vkey"
	done <leaves
}

# passes FILE RECEIVED DECIDED OUTCOME ITEMS SECOND [FACTS]: the whole way of one mended demand. FACTS are
# what a person reads in the paper; where only house policy or an unverified rule stands against the demand,
# counsel or a reviewer answers. No rule of law fails.
passes() {
	at "$2"
	receive "$mended/$1"
	at "$3"
	[ -z "${7:-}" ] || try 0 rob order fact "$CASE" $7
	try 0 rob --json matter why "$CASE"
	lacks out '"verdict": "fail"'
	case $1 in
	*emergency*)
		denied "order.call_back|waits for an answer" rob order examine "$CASE" pass --reason "Nobody has called yet."
		try 0 iris order call-back "$CASE" --source "The sheriff's own page" --reason "The watch commander knows of it."
		;;
	esac
	answers "Read in the paper."
	try 0 rob order examine "$CASE" pass --reason "The fault is mended."
	asked=
	for n in $5; do
		asked="$asked --item $n"
	done
	try 0 rob item decide "$CASE" produce $asked --reason "Within what the law gives."
	files $5
	if [ -n "$6" ]; then
		state in_review
		denied "the order is in_review" cole produce "$CASE" $FILES --out "$O"
		denied "the second person is another" rob item second "$CASE" --item "${6%% *}"
		for n in $6; do
			try 0 rita item second "$CASE" --item "$n"
		done
	fi
	state approved
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	opened "$P" "$work/open"
	for n in $5; do
		grep -q "^[^,]*,[^,]*,collected for item $n of a case$" "$work/open/files/item-00$n"*.txt ||
			wrong "item $n is not what was collected"
	done
	same "case in the manifest" "$(sed -n 's/.*"case":"\([^"]*\)".*/\1/p' "$work/open/manifest.json")" "$CASE"
	same "production in the manifest" "$(sed -n 's/.*"production":"\([^"]*\)".*/\1/p' "$work/open/manifest.json")" "$P"
	proved
	try 0 cole deliver "$P" --channel portal
	try 0 iris acknowledge "$P"
	state delivered "$4"
}

passes 02-us-subpoena-with-content.json 2026-09-04T10:00:00Z 2026-09-05T09:00:00Z noncontent "1 2 3" ""
verdict "02: a subpoena without the content"
passes 03-us-all-users.json 2026-09-10T18:00:00Z 2026-09-11T09:00:00Z noncontent "1 2" ""
verdict "03: a warrant that names one account"
passes 05-de-no-basis.json 2026-09-15T09:00:00Z 2026-09-15T12:00:00Z noncontent "1 2" ""
verdict "05: Bestandsdaten with the provision named"
passes 06-de-ip-logs.json 2026-09-22T08:00:00Z 2026-09-22T12:00:00Z noncontent "1" "" "order.de_tenor=yes order.de_reasons=yes order.de_data_period=yes"
verdict "06: IP logs by a court's order"
passes 07-de-plain-mail.json 2026-09-29T08:00:00Z 2026-09-29T12:00:00Z noncontent "1" ""
verdict "07: the same request by encrypted e-mail"
passes 08-eu-epoc-prosecutor.json 2026-10-06T09:00:00Z 2026-10-07T09:00:00Z content "1" "1"
try 0 rob --json matter show "$CASE"
has out '"latest": "2026-10-16T21:59:59Z"'
verdict "08: an EPOC validated by a judge, inside its ten days"
passes 09-us-emergency-no-paper.json 2026-10-17T22:45:00Z 2026-10-17T23:10:00Z noncontent "1" "1"
verdict "09: an emergency in writing, shown, and called back"

# An EPOC whose enforcing authority was notified: not before the end of the tenth day, unless cleared.
at 2026-10-06T09:00:00Z
sed 's/"order.eu_notified": "no"/"order.eu_notified": "yes"/; s/"ten_days"/"notified"/' "$mended/08-eu-epoc-prosecutor.json" >notified.json
receive notified.json
answers "Validated by a judge."
try 0 rob order examine "$CASE" pass --reason "Validated by a judge; authority notified."
try 0 rob item decide "$CASE" produce --item 1 --reason "Art. 5(4)."
try 0 rita item second "$CASE" --item 1
state approved
same "earliest instant" "$(field not_before out)" 2026-10-16T21:59:59Z
files 1
at 2026-10-16T21:59:58Z
denied "no production before 2026-10-16T21:59:59Z" cole produce "$CASE" $FILES --out "$O"
at 2026-10-16T21:59:59Z
try 0 cole --json produce "$CASE" $FILES --out "$O"
opened "$(field production out)" "$work/open"
state produced content
verdict "08: with a notification, at the earliest instant and not a second before"

# A preservation request, put in force, extended, released by the warrant that followed it.
at 2026-10-20T15:00:00Z
receive "$demands/10-us-preservation.json"
KEPT=$CASE
try 0 rob preserve start "$CASE"
try 0 rob --json matter show "$CASE"
has out '"until": "2027-01-18"'
try 65 rob preserve extend "$CASE" --until 2027-01-18
try 65 rob preserve extend "$CASE" --until 2027-02-30
try 0 rob preserve extend "$CASE" --until 2027-04-18
try 0 rob --json matter show "$CASE"
has out '"until": "2027-04-18"'
has out '"state": "running"'
receive "$demands/01-us-warrant.json"
try 0 rob preserve release "$KEPT" --produced-by "$CASE"
try 3 rob preserve release "$KEPT"
try 0 rob --json matter show "$KEPT"
has out '"state": "released"'
verdict "10: a preservation until its 90th day, extended, released"

# Keys: counsel may allow, and still no statute grants them.
at 2026-11-09T19:00:00Z
receive "$demands/12-us-warrant-and-keys.json"
try 0 rob order examine "$CASE" pass --reason "Valid for name and content."
try 0 rob --json matter show "$CASE"
[ -n "$(open_findings counsel)" ] || wrong "no finding for counsel"
answers "Suppose counsel allowed it."
denied "no rule of a statute grants item 3" carla item decide "$CASE" produce --item 3 --reason "The wrong way."
denied "no rule of a statute grants item 3" carla item decide "$CASE" narrow --item 3 --code other \
	--from 2026-09-01 --to 2026-09-02 --reason "Nor for a day."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Within the warrant."
try 0 rita item second "$CASE" --item 2
files 1 2 3
denied "." cole produce "$CASE" $FILES --out "$O"
files 3
denied "." cole produce "$CASE" $FILES --out "$O"
try 0 carla item decide "$CASE" withhold --item 3 --code never_produced --reason "Keys are never handed over."
denied "." cole produce "$CASE" $FILES --out "$O"
verdict "12: keys pass no gate, even where counsel allows them"

# A relative folder for the answer is the caller's, not some other one.
at 2026-09-08T08:00:00Z
receive "$demands/04-de-bestandsdaten.json"
try 0 rita order examine "$CASE" pass --reason "Form und Stelle geprüft."
try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
files 1 2
mkdir -p relative
try 0 cole --json produce "$CASE" $FILES --out relative
[ -f "relative/$(field production out).tar.age" ] || wrong "no sealed file in the folder that was named"
verdict "the sealed file goes where --out says, also by a relative path"

same "unfinished files" "$(find "$O" relative -name '*.part' | wc -l)" 0
: "$(entries)"
verdict "the ledger verifies"
exit $bad
