#!/bin/sh
# Publishing over HTTP: an edition leaves by a session that used its passkey a moment ago, for publishing, and by no other:
# not by one that used it for something else, not by a token, not by a form of another page.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
try 0 rob order reject "$CASE" --code over_broad --reason "No specific account is named."
at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2
try 0 pia edition next
has out "2026H2 .*a draft waits"
try 0 pia user token pia --roles publisher --days 3 --out token.pia
try 0 root --json settings
has out '"provider": "Example Mail"'
lacks out 'PRIVATE\+KEY|secrets/'
denied "admin" pia settings
for p in pia otto; do
	try 0 root user link "$p"
	tail -n 1 out >"link.$p"
done
own "$I"
verdict "an instance with a draft"
python3 "$here/account.py" "$I" "$port" "$work" || bad=1
exit $bad
