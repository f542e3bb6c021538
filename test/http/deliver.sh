#!/bin/sh
# Attacks on what lies in the portal (deliver.py): by an officer who guesses, many at one moment too; with a PIN that was
# used; through an address that somebody passed on; on what was taken back while it was sent, and on what is over.
. "$(dirname "$0")/lib"
drive=$root/build/rel/pg/officer
key=$(sed -n 's/^# public key: //p' "$root/examples/officer.key")

at 2026-09-01T16:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
[ -x "$drive" ] || wrong "the driver is not built: make MODE=rel B=build/rel pgtests"

# agency NAME: AGENCY
agency() {
	try 0 iris agency add "$1" --country US --body police --level local --reason "The state's list."
	AGENCY=$(sed -n 's/^Agency \([0-9A-Z-]*\)\. .*/\1/p' out)
}
# officer ADDRESS: vetted: OFFICER, and the link to their passkey in the file links.
officer() {
	"$drive" "$I" register "$1" "Pat Doe" "$key" >out 2>err </dev/null || wrong "register: $(head -n 1 err)"
	try 0 root outgoing list
	code=$(sed -n 's/.*portal: \([0-9A-Z]\{8\}\).*/\1/p' out | tail -n 1)
	"$drive" "$I" confirm "$1" "$code" >out 2>err </dev/null || wrong "confirm: $(head -n 1 err)"
	OFFICER=$("$drive" "$I" find "$1")
	try 0 iris officer vet "$OFFICER" --agency "$AGENCY" --source "The state's list" --reason "Known."
	"$WRIT" -d "$I" --secret "$I/secrets/carla" officer vet "$OFFICER" --source "The state's list" --reason "Called." >out 2>err || :
	try 0 root outgoing list
	sed -n 's|.*\(http:[^ "\\]*/enrol/[0-9a-f]*\).*|\1|p' out | tail -n 1 >>links
}
agency "Police of A"
officer pat@a.example
PAT=$OFFICER
officer kim@a.example
officer dan@a.example
DAN=$OFFICER
agency "Police of B"
officer eve@b.example
same "links of officers" "$(wc -l <links)" 4

file=$demands/01-us-warrant.json
"$drive" "$I" submit "$PAT" "$file" >out 2>err || wrong "submit: $(head -n 1 err)"
DEMAND=$(cat out)
try 0 iris --json demand open "$DEMAND"
CASE=$(field case out)
try 0 rob order fact "$CASE" order.competent=yes order.capability=no order.us_user_foreign=no
answers "Read in the paper."
try 0 rob order examine "$CASE" pass --reason "A judge's warrant, one account."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 rita item second "$CASE" --item 4
# the second one is large, so that it is on its way for a while
{
	echo "target,at,session_times"
	awk 'BEGIN { for (i = 0; i < 300000; i++)
		printf "j.doe@mail.example,2026-03-15T12:%02d:%02dZ,session %d of many that fill a line of this file\n",
			i / 60 % 60, i % 60, i }'
} >large.csv
files 1 3 4
mkdir -p "$I/sealed"
more=--more
: >productions
for n in 1 2 3 4; do
	[ "$n" != 4 ] || more=--last
	FILE=$work/collected-$n.txt
	[ "$n" != 2 ] || FILE=$work/large.csv
	try 0 cole --json produce "$CASE" --file "$n=$FILE" --out "$I/sealed"
	P=$(field production out)
	try 0 cole --json deliver "$P" --channel portal --deposit "$I/sealed/$P.tar.age" $more
	echo "$P $(field pin out)" >>productions
done
try 0 rob --json matter show "$CASE"
has out '"more": "last"'
lacks out "$(cut -d ' ' -f 2 productions | tr '\n' '|' | sed 's/|$//')"
try 0 cole user token cole --roles collector --days 30 --out "$work/token"
own "$I"
verdict "four productions of one order wait, each with a PIN and an end of its own"
python3 "$here/deliver.py" "$I" "$port" "$work/links" "$work/productions" "$work/token" "$DEMAND" "$CASE" "$DAN" || bad=1
entries >/dev/null
verdict "the ledger verifies"
exit $bad
