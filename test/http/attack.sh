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
for who in eve:"intake reviewer counsel" mallory:"intake reviewer counsel" ada:auditor; do
	try 0 root user add "${who%%:*}" --roles "${who#*:}" --link
	tail -n 1 out >>links
done
try 0 rob user token rob --roles reviewer --days 30 --out "$work/api.token"
try 0 root --json user rights ada
cp out "$work/rights"
own "$I"
verdict "an instance to attack"

cat >sql.sh <<END
work=$work
WRIT=$WRIT
. "$root/test/engine"
sql "$I" "\$1"
END
python3 "$here/attack.py" "$I" "$port" "$work/links" "$work/sql.sh" "$work/api.token" "$work/rights" "$first" "$second" || bad=1
exit $bad
