#!/bin/sh
# A day's load compressed, on PostgreSQL with four web processes: 50 staff at the desk and 200 officers in the portal
# submit, upload, open, read, ask, answer, decide, withdraw at once; a web process is killed again and again. Nothing
# that was acknowledged is lost, nothing is there twice or unasked, papers are the bytes that were sent, receipts that
# were given are good, and the ledger verifies.
#
# usage: day.sh [SECONDS [KILL [DAYS]]]    it ends when the worth of DAYS (1) was done (day_client.py says how much that
#                                          is), at the latest after SECONDS (12); a process is killed every KILL (4)
set -u
seconds=${1:-12} every=${2:-4} days=${3:-1}
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/test/http/lib"
server= load= own_pg=
finish() {
	for p in $load $server; do kill "$p" 2>/dev/null; done
	[ -z "$server" ] || wait "$server"
	[ -z "$own_pg" ] || sh "$root/test/pg/cluster" stop "$own_pg"
	rm -rf "$work"
}
trap finish EXIT
if [ -z "${WRIT_TEST_PG:-}" ]; then
	WRIT_TEST_PG=$(sh "$root/test/pg/cluster" start) || { echo "not ok a server starts: no"; exit 1; }
	own_pg=$WRIT_TEST_PG
fi
bench=$root/build/rel/bench
make -s -C "$root" MODE=rel B=build/rel build/rel/bench/full_cases build/rel/bench/sign_in >&2 || exit 1
unset WRIT_NOW
make_instance
serve_config
"$bench/full_cases" "$I" 400 0 open || wrong "full_cases"
"$bench/sign_in" "$I" staff "intake reviewer" 50 >staff || wrong "sign_in"
"$bench/sign_in" "$I" officer officer 200 >officers || wrong "sign_in of officers"
try 0 pia site build "$I/public" --base https://mail.example/
for i in $(seq 20); do
	sed -e "s/SW-26-4471/SW-26-$i/" -e "s/j.doe@/j.doe$i@/" -e 's/"warrant-26-mj-4471.txt"//' \
		"$demands/01-us-warrant.json" >one.json
	receive one.json
	echo "$CASE" >>cases
done
own "$I"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" --processes 4 2>serve.log &
server=$!
for _ in $(seq 100); do
	[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/ready")" != 200 ] || break
	sleep 0.1
done
members() { ps -o pid=,args= --ppid "$server" | awk '/--role=web/ { print $1 }'; }
memory() { for p in $(members); do awk '/^VmRSS:/ { printf "%.1f ", $2 / 1024 }' "/proc/$p/status" 2>/dev/null; done; }

{ cat staff; echo; cat officers; echo; cat cases; } >people
python3 "$root/test/pg/day.py" "$url" "$seconds" "$days" said.json <people >day.out 2>day.err &
load=$!
killed=0
while sleep "$every" && kill -0 "$load" 2>/dev/null; do
	one=$(members | sort -R | head -n 1)
	[ -z "$one" ] || kill -KILL "$one" && killed=$((killed + 1))
done
wait "$load" || wrong "the load: $(grep -c '^wrong' day.out) faults: $(tail -n 1 day.out) $(tail -n 1 day.err)"
load=
cat day.out
echo "  $killed processes killed; MB of a web process at the end: $(memory)"
[ "$killed" -gt 0 ] || wrong "none was killed"
for kind in decide open "portal send do" "portal receipt"; do
	grep -qE " $kind (200|303)$" day.out || wrong "nobody could: $kind"
done
grep -q ' sent again$' day.out || wrong "no request was cut"
verdict "everybody was answered, whoever was killed"

for _ in $(seq 100); do # what a killed process had not acknowledged waits for some seconds
	[ "$(sql "$I" "SELECT count(*) FROM receipt WHERE waits > 0")" != 0 ] || break
	sleep 0.2
done
mkdir rows
sql "$I" "SELECT m.ref, (SELECT count(*) FROM item b WHERE b.legal_order = i.legal_order AND b.id <= i.id),
	count(*), sum(d.live) FROM decision d JOIN item i ON i.id = d.item JOIN legal_order o ON o.id = i.legal_order
	JOIN matter m ON m.id = o.matter GROUP BY m.ref, i.id, i.legal_order" >rows/decisions
sql "$I" "SELECT d.ref, f.ref, (SELECT count(*) FROM paper p WHERE p.demand = d.id),
	CASE WHEN s.withdrawn IS NULL THEN 0 ELSE 1 END, (SELECT count(*) FROM matter m WHERE m.demand = d.id),
	(SELECT count(*) FROM receipt r JOIN promise p ON p.entry = r.entry WHERE r.demand = d.id),
	(SELECT count(*) FROM extension e JOIN legal_order o ON o.id = e.legal_order JOIN matter m ON m.id = o.matter
		WHERE m.demand = d.id),
	(SELECT count(*) FROM item i JOIN legal_order o ON o.id = i.legal_order JOIN matter m ON m.id = o.matter
		WHERE m.demand = d.id)
	FROM submission s JOIN demand d ON d.id = s.demand JOIN officer f ON f.id = s.officer" >rows/submissions
sql "$I" "SELECT d.ref, m.ref FROM matter m JOIN demand d ON d.id = m.demand" >rows/opened
python3 "$root/test/pg/day_seen.py" "$url" said.json people rows >seen.out 2>&1 ||
	wrong "$(grep -c '^fault' seen.out) faults: $(tail -n 1 seen.out)"
cat seen.out
verdict "what was acknowledged stands there once, and nothing else does"

acks=$(awk '$2 == "ack" { print $4 }' "$I/journal/writ.journal" | sort -u | wc -l)
same "demands that the journal names" "$acks" "$(($(wc -l <rows/submissions) + $(wc -l <cases)))"
echo "  $(sql "$I" "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") transactions met another and were done anew"
verdict "the journal names every demand"

kill "$server"
wait "$server" || wrong "the server ended with an error"
server=
try 0 otto log verify
verdict "the ledger verifies"
exit "$bad"
