#!/bin/sh
# Notices, claims and letters on a server: `writ --server`, beside the same commands on its instance, and the files
# that a job makes.
. "$(dirname "$0")/lib"

at 2026-09-10T08:00:00Z
make_instance "$I"
charges
serve_config
receive "$demands/04-de-bestandsdaten.json"
C=$CASE
try 0 rob order fact "$C" order.child_abuse=no
try 0 rob order examine "$C" pass --reason "§ 100j StPO."
try 0 rob item decide "$C" produce --item 1 --item 2 --reason "Bestandsdaten."
files 1 2
try 0 cole --json produce "$C" $FILES --out "$O"
try 0 cole deliver "$(field production out)" --channel encrypted_mail
sed -e 's/"warrant-26-mj-4471.txt"//' \
	-e 's/"order.capability": "no",/"order.capability": "no", "order.us_user_foreign": "no", "order.us_2705b": "no",/' \
	"$demands/01-us-warrant.json" >told.json
receive told.json
N=$CASE
try 0 rob order judge "$N"
for p in rob:reviewer carla:counsel fred:finance pia:publisher; do
	try 0 "${p%:*}" user token "${p%:*}" --roles "${p#*:}" --days 30 --out "$work/${p%:*}"
done
own "$I"
PORT=$(python3 "$here/hook.py" ports | cut -d ' ' -f 1)
"$WRIT" -d "$I" serve --listen "127.0.0.1:$PORT" --processes 1 2>serve.log &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	python3 -c "import socket; socket.create_connection(('127.0.0.1', $PORT))" 2>/dev/null && break
	sleep 0.3
done

# far STATUS PERSON ARGS...: on the server, from a folder without an instance. alike: the same text as on the instance.
far() {
	want=$1
	person=$2
	shift 2
	run "$want" -d "$work/nowhere" --server "http://127.0.0.1:$PORT" --secret "$work/$person" "$@"
}
alike() {
	try 0 "$@"
	cp out near
	far 0 "$@"
	cmp -s near out || wrong "the text of $* differs: $(diff near out | head -n 4 | tr '\n' ' ')"
}

alike carla notice list
far 0 rob notice draft "$N" --language en
alike carla notice list
alike carla notice show "$N"
has out 'An authority asked|Dear customer'
far 0 carla notice approve "$N" 1
far 65 rob order letter "$N" --kind notice
has err 'written to a file: --out'
printf 'Jane Döe\n1 Main Street\n' >jane.txt
far 0 rob order letter "$N" --kind notice --to-file jane.txt --enclosure "Copy of the order" --enclosure "Leaflet" \
	--out "$work/notice.pdf"
pdftotext -layout notice.pdf text
has text 'Jane Döe'
has text '^ *Leaflet$'
far 0 carla notice send "$N" 1 --by-hand
far 0 carla notice object "$N" 1 --reason "A motion."
alike rob overview
has out 'objections 1|1 objections|objections: 1'
far 0 carla notice settle "$N" 1 --reason "Withdrawn."
alike carla notice list --state sent
verdict "notices are drafted, approved, set, sent and answered from afar"

alike fred claim due 2026
has out "$C"
far 0 fred claim make "$C"
K=$(sed -n 's/^Claim \([^,]*\),.*/\1/p' out)
alike fred claim show "$K"
alike fred claim list
far 5 fred claim letter "$K" --out "$work/claim.pdf"
far 0 fred claim line "$K" 1
far 0 fred claim cost "$K" 20.00
far 0 fred claim to "$K" --name "Landeskriminalamt Musterland" --street "Am Platz 1" --post-code 12345 \
	--city Musterstadt --country DE --number "ST/0412-26" --mail poststelle@lka.example
far 0 fred claim letter "$K" --out "$work/claim.pdf" --language de
pdftotext -layout claim.pdf text
has text 'Antrag auf Entsch'
far 0 fred claim invoice "$K" --out "$work/claim.xml"
try 0 fred claim invoice "$K" --out "$work/near.xml"
cmp -s near.xml claim.xml || wrong "the invoice differs"
far 0 fred claim send "$K"
far 0 fred claim pay "$K" 20.00
has out "paid"
alike pia claim totals 2026
has out "20.00 EUR claimed +20.00 EUR paid"
far 5 pia claim show "$K"
far 0 carla claim bar "$N" child_abuse
far 5 fred claim make "$N"
verdict "claims from afar, with the letter and the invoice"
exit $bad
