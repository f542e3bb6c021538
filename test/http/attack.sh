#!/bin/sh
# Attacks on the pages and the API, against a server that runs, by people who have signed in with passkeys.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
first=$CASE
receive "$demands/01-us-warrant.json"
second=$CASE
# eve may do what anybody in the house may who reads cases: what refuses her, refuses what she sends
try 0 root user add eve --roles "intake reviewer counsel collector finance publisher" --sealed --link
tail -n 1 out >links
for who in mallory:"intake reviewer counsel" ada:auditor; do
	try 0 root user add "${who%%:*}" --roles "${who#*:}" --link
	tail -n 1 out >>links
done
try 0 rob user token rob --roles reviewer --days 30 --out "$work/api.token"
try 0 root --json user rights ada
cp out "$work/rights"
# an officer who is vetted: what a page would call, before the server runs
drive=$root/build/rel/pg/officer
[ -x "$drive" ] || wrong "the driver is not built: make MODE=rel B=build/rel pgtests"
key=$(sed -n 's/^# public key: //p' "$root/examples/officer.key")
try 0 iris agency add "Police of A" --country US --body police --level local --reason "The state's list."
agency=$(sed -n 's/^Agency \([0-9A-Z-]*\)\. .*/\1/p' out)
"$drive" "$I" register pat@police.example "Pat Doe" "$key" >out 2>err </dev/null || wrong "register: $(head -n 1 err)"
try 0 root outgoing list
code=$(sed -n 's/.*portal: \([0-9A-Z]\{8\}\).*/\1/p' out | tail -n 1)
"$drive" "$I" confirm pat@police.example "$code" >out 2>err </dev/null || wrong "confirm: $(head -n 1 err)"
officer=$("$drive" "$I" find pat@police.example)
try 0 iris officer vet "$officer" --agency "$agency" --source "The state's list" --reason "The front desk knows them."
try 0 carla officer vet "$officer" --source "The state's list" --reason "Called the front desk."
try 0 root outgoing list
sed -n 's|.*\(http:[^ "\\]*/enrol/[0-9a-f]*\).*|\1|p' out | tail -n 1 >officer
[ -s officer ] || wrong "no link came to the officer"
try 0 root user add nan --roles "intake reviewer counsel" --link
tail -n 1 out >nan
own "$I"
verdict "an instance to attack"

cat >sql.sh <<END
work=$work
WRIT=$WRIT
. "$root/test/engine"
sql "$I" "\$1"
END
python3 "$here/attack.py" "$I" "$port" "$work/links" "$work/sql.sh" "$work/api.token" "$work/rights" "$first" "$second" || bad=1
python3 "$here/names.py" "$I" "$port" "$work/nan" "$work/officer" "$work/api.token" "$first" || bad=1
exit $bad
