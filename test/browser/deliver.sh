#!/bin/sh
# What lies in the portal, in Chromium (deliver.mjs): its officer says what they take, enters a wrong PIN and the right one,
# and meets what was taken back and what is over; the house makes PINs, extends, takes back, lays down anew and seals anew
# for a colleague. By the keyboard in English, with scripts off in German. Needs WRIT, the release program and
# pgtests; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"
RUNS=${*:-${RUNS:-keys-en mouse-de}}
drive=$root/build/rel/pg/officer
[ -x "$drive" ] || wrong "the driver is not built: make MODE=rel B=build/rel pgtests"

at 2026-12-25T09:00:00Z
house
mkdir -p "$I/sealed"
age-keygen -o officer.key 2>/dev/null || wrong "age-keygen"
key=$(sed -n 's/^# public key: //p' officer.key)
try 0 iris agency add "Police Department of Springfield" --country US --body police --level local --reason "The state's list."
agency=$(sed -n 's/^Agency \([0-9A-Z-]*\)\. .*/\1/p' out)

# officer ADDRESS NAME: OFFICER, vetted, with a link in link.ADDRESS
officer() {
	"$drive" "$I" register "$1" "$2" "$key" >out 2>err </dev/null || wrong "register: $(head -n 1 err)"
	try 0 root outgoing list
	code=$(sed -n 's/.*portal: \([0-9A-Z]\{8\}\).*/\1/p' out | tail -n 1)
	"$drive" "$I" confirm "$1" "$code" >out 2>err </dev/null || wrong "confirm: $(head -n 1 err)"
	OFFICER=$("$drive" "$I" find "$1")
	try 0 iris officer vet "$OFFICER" --agency "$agency" --source "The state's list" --reason "Known."
	"$WRIT" -d "$I" --secret "$I/secrets/carla" officer vet "$OFFICER" --source "The state's list" --reason "Called." >out 2>err || :
	try 0 root outgoing list
	sed -n 's|.*\(http:[^ "\\]*/enrol/[0-9a-f]*\).*|\1|p' out | tail -n 1 >"link.${1%%@*}"
}
# produced N ITEMS...: production, sealed into the instance: P
produced() {
	files "$@"
	try 0 cole --json produce "$CASE" $FILES --out "$I/sealed"
	P=$(field production out)
}

file=$demands/01-us-warrant.json
echo "[" >cases
for run in $RUNS; do
	at 2026-12-25T09:00:00Z
	officer "pat-$run@police.example" "Pat Doe"
	PAT=$OFFICER
	officer "kim-$run@police.example" "Kim Roe"
	"$drive" "$I" submit "$PAT" "$file" >out 2>err || wrong "submit: $(head -n 1 err)"
	DEMAND=$(cat out)
	try 0 iris --json demand open "$DEMAND"
	CASE=$(field case out)
	try 0 rob order fact "$CASE" order.competent=yes order.capability=no order.us_user_foreign=no
	answers "Read in the paper."
	try 0 rob order examine "$CASE" pass --reason "A judge's warrant, one account."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 rita item second "$CASE" --item 4
	produced 3
	over=$P
	try 0 cole deliver "$over" --channel portal --deposit "$I/sealed/$over.tar.age" --days 1 --more
	at 2026-12-28T08:00:00Z
	produced 1
	first=$P
	cp "$work/collected-1.txt" "$work/collected-$first.txt"
	try 0 cole --json deliver "$first" --channel portal --deposit "$I/sealed/$first.tar.age" --more
	pin=$(field pin out)
	produced 2
	second=$P
	try 0 cole --json deliver "$second" --channel portal --deposit "$I/sealed/$second.tar.age" --last
	cat >>cases <<END
{"run":"$run","demand":"$DEMAND","case":"$CASE","over":"$over","first":"$first","pin":"$pin","second":"$second","kim":"$OFFICER"},
END
done
echo "null]" >>cases
links rita
open_house "an instance with three productions of each order"
seen deliver "$work"
lacks serve.log "$(sed -n 's/.*"pin":"\([^"]*\)".*/\1/p' cases | tr '\n' '|')Doe|j\.doe"
verdict "the log has no PIN and names nobody"
exit $bad
