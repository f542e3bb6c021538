#!/bin/sh
# Links to register a passkey by, and recovery by two persons, at the command line. What a browser does with them is
# tried in test/browser/login.sh.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance
try 65 root user link rob
has err "writ.yaml has no url"
try 65 root user add eve --roles reviewer --link
has err "writ.yaml has no url"
for odd in http://desk.example.net https://192.0.2.7 https://desk.example.net/path; do
	echo "url: $odd" >"$work/line"
	cat "$I/writ.yaml" "$work/line" >"$work/whole"
	cp "$I/writ.yaml" "$work/kept"
	cp "$work/whole" "$I/writ.yaml"
	try 65 root user list
	has err "url: "
	cp "$work/kept" "$I/writ.yaml"
done
printf 'url: https://desk.example.net/\nsession_idle: 15\nsession_end: 8\n' >>"$I/writ.yaml"
verdict "a link needs the url of the house, one that browsers make passkeys for"

try 65 root user add eve --roles reviewer --link --secret-out "$work/never"
denied "needs the role admin" rob user add eve --roles reviewer --link
denied "needs the role admin" rob user link carla
try 0 root user add eve --roles reviewer --link
grep -qE '^https://desk\.example\.net/enrol/[0-9a-f]{64}$' out || wrong "no link: $(tail -n 1 out)"
has out "until 2026-08-20T08:00:00Z"
first=$(sed -n 's|.*/enrol/||p' out)
try 4 root user add eve --roles reviewer --link
try 0 root user list
has out "^eve +reviewer"
try 0 root --json user link eve
second=$(sed -n 's|.*/enrol/\([0-9a-f]*\)".*|\1|p' out)
[ "$first" != "$second" ] || wrong "the same link twice"
same "open links" "$(sql "$I" "SELECT count(*) FROM enrolment WHERE state = 'open'")" 1
try 0 root user passkeys eve
has out "^none$"
try 3 root user link nobody
try 3 root user passkey-end eve 1
denied "needs the role admin" rob user passkeys eve
verdict "an admin gives a link, a newer one ends the older"

# The token stands nowhere: not in the ledger, not in a row.
rc=0
"$WRIT" -d "$I" --secret "$I/secrets/otto" log export "$work/log" >out 2>err || rc=$?
! grep -rqF "$second" "$work/log" "$I" 2>/dev/null || wrong "the token is stored"
verdict "the token of a link is stored nowhere"

# Somebody who has had a passkey: as a device would have registered it.
try 0 root user add root2 --roles admin --secret-out "$I/secrets/root2"
try 3 carla user recover eve --confirm
denied "needs the role admin" carla user recover eve
denied "nobody recovers oneself" root user recover root
try 0 root user recover eve
try 4 root2 user recover eve
denied "another person than the one who proposed" root user recover eve --confirm
denied "needs the role" rob user recover eve --confirm
try 0 carla user recover eve --confirm
grep -qE '/enrol/[0-9a-f]{64}$' out || wrong "no link"
try 3 root2 user recover eve --confirm
at 2026-08-18T08:00:00Z
try 0 root user recover eve
at 2026-08-25T08:00:00Z
try 3 root2 user recover eve --confirm
verdict "a recovery is proposed by one and confirmed by another within a week"

# Tokens of the HTTP API: by the own hand, with own roles, shown once.
try 0 rob user token rob --roles reviewer --days 30 --for "The nightly list" --out "$work/rob.token"
grep -qE '^writ-token-[0-9a-f]{64}$' "$work/rob.token" || wrong "no token in the file"
same "its mode" "$(stat -c %a "$work/rob.token")" 400
denied "made by its person" root user token rob --roles reviewer --days 30 --out "$work/never"
denied "only roles of its person" rob user token rob --roles counsel --days 30 --out "$work/never"
denied "named to the compartment" rob user token rob --roles reviewer --days 30 --sealed --out "$work/never"
try 65 rob user token rob --roles reviewer --days 400 --out "$work/never"
try 4 rob user token rob --roles reviewer --days 30 --out "$work/rob.token"
[ ! -e "$work/never" ] || wrong "a file of a token that nobody has"
try 0 rob user tokens rob
has out "^1  The nightly list +reviewer, until "
denied "needs the role admin" carla user tokens rob
denied "needs the role admin" carla user token-end rob 1
try 0 root user token-end rob 1
try 4 rob user token-end rob 1
try 0 root --json user tokens rob
has out '"good": false'
verdict "a token is made by its person, with own roles, and ends"

try 0 root user sessions-end eve
denied "needs the role admin" rob user sessions-end eve
try 0 rob user sessions-end rob
try 0 root user set eve --inactive
denied "sent away" root user link eve
denied "sent away" root user recover eve
entries >/dev/null
try 0 otto log verify
verdict "the ledger has it all"
exit $bad
