#!/bin/sh
# Several processes on one instance: writers, and sequencers of which one holds the lease and dies. What
# it had begun is gone with it, and the next one goes on; a lease that a machine left behind is waited out.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib"
at 2026-09-01T16:00:00Z
make_instance

# holder: a process that has taken the lease and does not go on; its own process is HOLDER.
holder() {
	[ -e pipe ] || mkfifo pipe
	if [ -z "${WRIT_TEST_PG:-}" ]; then
		sqlite3 "$I/data/writ.db" <pipe >held 2>&1 &
	else
		psql -q -X -A -t -h "$WRIT_TEST_PG" -U app -d "$(name_of "$I")" <pipe >held 2>&1 &
	fi
	HOLDER=$!
	exec 3>pipe
	if [ -z "${WRIT_TEST_PG:-}" ]; then echo "BEGIN IMMEDIATE;"; else echo "BEGIN;"; fi >&3
	echo "INSERT INTO lease (name, holder, until) VALUES ('sequencer', 'elsewhere', 9999999999);" >&3
	echo "SELECT 'held';" >&3
	for _ in $(seq 1200); do
		[ ! -s held ] || break
		sleep 0.05
	done
	has held '^held$'
}

receive "$demands/01-us-warrant.json"
holder
"$WRIT" -d "$I" --secret "$I/secrets/otto" --json log checkpoint >out 2>err &
waiting=$!
sleep 0.4
kill -0 $waiting || wrong "the slot closed under another's lease"
kill -9 $HOLDER
wait $HOLDER 2>/dev/null
exec 3>&-
wait $waiting || wrong "the slot did not close after the holder died: $(head -n 1 err)"
[ "$(field size out)" -gt 0 ] || wrong "nothing was placed"
try 0 otto log verify
verdict "a sequencer that dies with the lease: the next one goes on at once"

sql "$I" "INSERT INTO lease (name, holder, until) VALUES ('sequencer', 'elsewhere', 1788278460)"
try 0 iris demand add "$demands/01-us-warrant.json" # a writer does not ask
try 4 otto log checkpoint
has err 'another sequencer holds the lease'
at 2026-09-01T16:00:59Z
try 4 otto log checkpoint
at 2026-09-01T16:01:00Z
try 0 otto log checkpoint
try 0 otto log verify
verdict "a lease that a machine left behind ends with its time"

# overtaken: one whose tree waits at the signer, while another closes the next slot and has it signed
try 0 iris demand add "$demands/01-us-warrant.json"
flock "$I/keys/signer.state" sh -c 'touch locked; while [ ! -e go ]; do sleep 0.05; done' &
until [ -e locked ]; do sleep 0.05; done
"$WRIT" -d "$I" --secret "$I/secrets/otto" --json log checkpoint >late.out 2>late.err &
late=$!
for _ in $(seq 1200); do
	[ "$(sql "$I" "SELECT count(*) FROM pending")" != 0 ] || [ -z "$(cat "/proc/$late/task/$late/children" 2>/dev/null)" ] || break
	sleep 0.05
done
signer=$(cat /proc/$late/task/$late/children)
[ -n "$signer" ] || wrong "no signer waits"
kill -STOP $signer
touch go
try 0 iris demand add "$demands/01-us-warrant.json"
try 0 otto --json log checkpoint
kill -CONT $signer
wait $late || wrong "overtaken, it ended: $(head -n 1 late.err)"
same "what the overtaken one hands out" "$(field size late.out)" "$(field size out)"
try 0 otto log verify
verdict "a sequencer that another overtakes at the signer hands out the newer tree"

# two write, two close slots, of which one is killed, and one verifies what it finds
loop() {
	person=$1
	shift
	while [ ! -e enough ]; do
		"$WRIT" -d "$I" --secret "$I/secrets/$person" "$@" </dev/null >/dev/null 2>>loop.err && echo
	done >"done.$person.$LOOP"
}
LOOP=1 && loop iris demand add "$demands/01-us-warrant.json" &
LOOP=2 && loop iris demand add "$demands/01-us-warrant.json" &
LOOP=3 && loop otto log checkpoint &
other=$!
LOOP=4 && loop otto log checkpoint &
LOOP=5 && loop otto log verify --quick &
LOOP=6 && loop otto log verify &
sleep 0.5
kill -9 $other
sleep 3
touch enough
wait
[ ! -s loop.err ] || wrong "$(head -n 1 loop.err)"
added=$(cat done.iris.* | wc -l)
[ "$added" -gt 1 ] || wrong "nobody wrote"
same "demands" "$(sql "$I" "SELECT count(*) FROM demand")" $((added + 4))
try 0 otto log checkpoint
try 0 otto log verify
verdict "two writers and two sequencers at once, one killed: every demand is there, the ledger verifies all the while"
exit $bad
