#!/bin/sh
# The clock jumps, forwards and backwards, between the steps: the ledger keeps the order in which things
# happened, no gate opens before its instant, a lease runs out and not before, and nothing waits for an
# instant that a wrong clock once named.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"

# ---- order -------------------------------------------------------------------------------------------
at 2026-09-01T16:00:00Z
make_instance
n=0
for now in 2026-09-01T16:00:00Z 2031-01-01T00:00:00Z 2026-09-01T15:30:00Z 2026-12-24T12:00:00Z 2026-09-02T00:00:00Z; do
	at $now
	n=$((n + 1))
	sed "s/SW-26-4471/SW-26-$n/; /\"papers\"/,/\]/d; s/^  \],\$/  ]/" "$demands/01-us-warrant.json" >demand.json
	try 0 iris --json demand add demand.json
	field demand out >>refs
	[ $n = 3 ] || try 0 otto log checkpoint
	try 0 otto log verify
done
at 2020-01-01T00:00:00Z
try 65 iris demand add demand.json
has err "received: lies in the future"
try 0 otto log checkpoint
try 0 otto log verify
sql "$I" "SELECT ref FROM demand ORDER BY id" | cmp -s - refs || wrong "the demands are not in the order they came in"
sql "$I" "SELECT r.first_place, r.first_entry FROM place_run r ORDER BY r.first_place" |
	awk -F '|' '$2 <= last { exit 1 } { last = $2 }' || wrong "places are not in the order of entries"
same "entries waiting" "$(sql "$I" "SELECT count(*) FROM pending")" 0
verdict "under a jumping clock the ledger keeps the order of what happened, and verifies"

# ---- what waits ----------------------------------------------------------------------------------------
at 2031-01-01T00:00:00Z
sed 's/"SW-26-5"/"SW-26-6"/' demand.json >future.json
try 0 iris demand add future.json
at 2026-09-03T00:00:00Z
try 0 iris demand open "$(head -n 1 refs)"
same "entries that wait for an instant to come" "$(sql "$I" "SELECT count(*) FROM pending")" 0
try 0 otto log verify
verdict "an entry of a clock that was ahead does not hold up the slot"

# ---- a lease between machines ------------------------------------------------------------------------
seconds=$(date -u -d 2026-09-03T00:01:00Z +%s)
try 0 iris demand add demand.json
sql "$I" "INSERT INTO lease (name, holder, until) VALUES ('sequencer', 'another machine', $seconds)"
try 4 otto log checkpoint
has err "holds the lease"
at 2026-08-01T00:00:00Z
try 4 otto log checkpoint
at 2026-09-03T00:00:59Z
try 4 otto log checkpoint
at 2026-09-03T00:01:00Z
try 0 otto log checkpoint
try 0 otto log verify
same "entries waiting" "$(sql "$I" "SELECT count(*) FROM pending")" 0
verdict "a lease holds until its end and is taken over then, wherever the clock was meanwhile"

# ---- the earliest instant ------------------------------------------------------------------------------
drop_instance "$I"
at 2026-10-06T09:00:00Z
make_instance
sed 's/"order.eu_notified": "no"/"order.eu_notified": "yes"/; s/"ten_days"/"notified"/' \
	"$mended/08-eu-epoc-prosecutor.json" >notified.json
receive notified.json
answers "Validated by a judge."
try 0 rob order examine "$CASE" pass --reason "Validated by a judge; authority notified."
try 0 rob item decide "$CASE" produce --item 1 --reason "Art. 5(4)."
try 0 rita item second "$CASE" --item 1
state approved
same "earliest instant" "$(field not_before out)" 2026-10-16T21:59:59Z
files 1
for now in 2026-10-06T09:00:00Z 2026-10-16T21:59:58Z 2026-09-01T00:00:00Z 2000-01-01T00:00:00Z 1970-01-01T00:00:01Z; do
	at $now
	rc=0
	"$WRIT" -d "$I" --secret "$I/secrets/cole" produce "$CASE" $FILES --out "$O" >out 2>err </dev/null || rc=$?
	[ "$rc" != 0 ] || wrong "at $now a production was made"
	[ -z "$(ls -A "$O")" ] || wrong "at $now a file left"
done
same productions "$(sql "$I" "SELECT count(*) FROM production")" 0
at 2026-10-16T21:59:59Z
try 0 cole produce "$CASE" $FILES --out "$O"
at 2026-10-10T00:00:00Z
denied "no delivery before 2026-10-16T21:59:59Z" cole deliver "$(sql "$I" "SELECT ref FROM production")" --channel encrypted_mail
at 2026-10-17T08:00:00Z
try 0 cole deliver "$(sql "$I" "SELECT ref FROM production")" --channel encrypted_mail
try 0 otto log checkpoint
try 0 otto log verify
verdict "no clock opens a gate before its instant"
exit $bad
