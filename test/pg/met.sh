#!/bin/sh
# Two transactions that wait for each other: PostgreSQL gives up the one of the web server, and nobody is told. The
# act begins anew and is there once, also when it is sent with its key at the same moment from two sides.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/test/http/lib"
server= own_pg= other=
finish() {
	exec 3>&-
	[ -z "$other" ] || kill "$other" 2>/dev/null
	[ -z "$server" ] || kill "$server" 2>/dev/null && wait "$server"
	[ -z "$own_pg" ] || sh "$root/test/pg/cluster" stop "$own_pg"
	rm -rf "$work"
}
trap finish EXIT
if [ -z "${WRIT_TEST_PG:-}" ]; then
	WRIT_TEST_PG=$(sh "$root/test/pg/cluster" start) || { echo "not ok a server starts: no"; exit 1; }
	own_pg=$WRIT_TEST_PG
fi
unset WRIT_NOW
make_instance
serve_config
try 0 pia site build "$I/public" --base https://mail.example/
sed -e 's/"warrant-26-mj-4471.txt"//' "$demands/01-us-warrant.json" >one.json
receive one.json
try 0 rob user token rob --roles reviewer --days 1 --out "$work/token"
own "$I"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" --processes 2 2>serve.log &
server=$!
for _ in $(seq 100); do
	[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/ready")" != 200 ] || break
	sleep 0.1
done

# note TEXT KEY OUT: of the order, by the API; the status in OUT.
note() {
	curl -s -o "$3.body" -w '%{http_code}\n' -H "Authorization: Bearer $(cat token)" -H "Idempotency-Key: $2" \
		--data "reason=$1" "$url/api/v1/desk/case/$CASE/order/1/note" >"$3"
}
# other SQL...: another's session, which goes on.
other() {
	echo "$*" >&3
}
# waiting N: until so many of the server's sessions wait for a lock.
waiting() {
	for _ in $(seq 200); do
		[ "$(sql "$I" "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND
			usename = 'app' AND wait_event_type = 'Lock'")" -lt "$1" ] || return 0
		sleep 0.02
	done
	wrong "nobody waits"
}
notes() {
	sql "$I" "SELECT count(*) FROM message WHERE kind = 'note'"
}
mkfifo pipe
psql -q -X -h "$WRIT_TEST_PG" -U postgres -d "$(name_of "$I")" <pipe >other.out 2>&1 &
other=$!
exec 3>pipe
met() {
	grep -c 'deadlock detected' "$WRIT_TEST_PG/log"
}

before=$(met)
other "SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE message IN EXCLUSIVE MODE;"
sleep 0.2
note one key-1 first &
asks=$!
waiting 1
other "SELECT id FROM matter FOR UPDATE; COMMIT;"
wait "$asks"
same "the answer" "$(cat first)" 200
[ "$(met)" -gt "$before" ] || wrong "no transaction was given up"
same "notes" "$(notes)" 1
verdict "an act whose transaction was given up is done anew"

other "BEGIN; LOCK TABLE message IN EXCLUSIVE MODE;"
sleep 0.2
note two key-2 first &
asks=$!
waiting 1
note two key-2 second &
again=$!
waiting 2
other "COMMIT;"
wait "$asks" "$again"
same "the answers" "$(cat first second | tr '\n' ' ')" "200 200 "
same "one answer" "$(cat second.body)" "$(cat first.body)"
same "notes" "$(notes)" 2
verdict "a key that comes twice at one moment has one act and one answer"
exit "$bad"
