#!/bin/sh
# Subscriber data under German law from the portal to the fetched file: an officer of a state's police fills in the guided
# form in German (german.py, over HTTP), the house examines, decides, seals and hands over at the command line, and the
# officer opens what they fetched.
. "$(dirname "$0")/lib"
drive=$root/build/rel/pg/officer
key=$(sed -n 's/^# public key: //p' "$root/examples/officer.key")

at 2026-09-08T08:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
[ -x "$drive" ] || wrong "the driver is not built: make MODE=rel B=build/rel pgtests"
try 0 iris agency add "Landeskriminalamt Musterland" --country DE --body police --level state --reason "The state's list."
agency=$(sed -n 's/^Agency \([0-9A-Z-]*\)\. .*/\1/p' out)
"$drive" "$I" register vogt@lka.example "Sabine Vogt" "$key" >out 2>err </dev/null || wrong "register: $(head -n 1 err)"
try 0 root outgoing list
code=$(sed -n 's/.*portal: \([0-9A-Z]\{8\}\).*/\1/p' out | tail -n 1)
"$drive" "$I" confirm vogt@lka.example "$code" >out 2>err </dev/null || wrong "confirm: $(head -n 1 err)"
officer=$("$drive" "$I" find vogt@lka.example)
try 0 iris officer vet "$officer" --agency "$agency" --source "The state's list" --reason "The front desk knows them."
try 0 carla officer vet "$officer" --source "The state's list" --reason "Called the front desk."
try 0 root outgoing list
sed -n 's|.*\(http:[^ "\\]*/enrol/[0-9a-f]*\).*|\1|p' out | tail -n 1 >officer
own "$I"
verdict "an officer of a German police force"
python3 "$here/german.py" "$I" "$port" "$work/officer" "$work/demand" || bad=1
DEMAND=$(cat demand)

try 0 iris --json demand preview "$DEMAND"
has out '"name": "Ersuchen.pdf"'
has out '"verified": true'
try 0 iris --json demand open "$DEMAND"
CASE=$(field case out)
try 0 rob --json matter show "$CASE"
has out '"class": "subscriber_request"'
has out '"rule": "DE-100j-1-REACH"'
lacks out '"verdict": "fail"'
has out '"rule": "DE-TKG-174-6"' # the user is not told
verdict "a case is opened from it, and judged by German law"

try 0 rob order fact "$CASE" order.capability=no order.de_listed=yes
answers "Im Ersuchen gelesen."
try 0 rob order examine "$CASE" pass --reason "Ein Anschluss, Name und Anschrift."
for n in 1 2; do
	try 0 rob item decide "$CASE" produce --item "$n" --reason "Vom Ersuchen umfasst."
done
state approved
denied "second person|role" iris produce "$CASE" --no-data 1 --out "$O"
files 1 2
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
try 0 cole deliver "$P" --channel portal --deposit "$O/$P.tar.age"
PIN=$(sed -n 's/^PIN: //p' out)
state delivered
"$drive" "$I" fetch "$officer" "$P" "$work/fetched" "$PIN" >out 2>err </dev/null || wrong "fetch: $(head -n 1 err)"
cmp -s "$work/fetched" "$O/$P.tar.age" || wrong "what was fetched is not what was sealed"
opened "$P" "$work/open"
"$drive" "$I" acknowledge "$officer" "$P" >out 2>err </dev/null || wrong "acknowledge: $(head -n 1 err)"
try 0 rob matter close "$CASE"
try 0 root log verify --quick
verdict "examined, released, fetched, opened with the officer's key and closed"
exit $bad
