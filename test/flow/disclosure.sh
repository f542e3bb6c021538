#!/bin/sh
# What bands give away together: three windows of 180 days, of which the one in the middle overlaps both others.
# Two bands alone say nothing about each other; the third would let a reader place the number of its window
# more closely than the law lets him, and is refused.
. "$(dirname "$0")/lib"

at 2025-12-01T09:00:00Z
make_instance "$work/with"
# whoever makes windows that overlap sees more than their bands: a person who may
try 0 root user add petra --roles publisher --sealed --secret-out "$I/secrets/petra"
copy_instance "$work/with" "$work/without"
copy_instance "$work/with" "$work/race"

# publish PERIOD: makes and publishes an edition; its rows of one category.
publish() {
	# shellcheck disable=SC2086
	try 0 pia edition make "$1" ${2:-}
	has out "^Every rule holds"
	try 0 pia edition publish "$1" --out "$work/out-${I##*/}-$(echo "$1" | tr -d /-)"
}

# selectors INSTANCE FIRST SECOND: accounts of FISA content orders in the time that only the first and the
# middle window share, and in that of the second.
selectors() {
	I=$work/$1
	at 2026-06-10T09:00:00Z
	[ "$2" = 0 ] || try 0 nadia sealed add --kind fisa_content --day 2026-06-01 --selectors "$2"
	at 2026-08-10T09:00:00Z
	[ "$3" = 0 ] || try 0 nadia sealed add --kind fisa_content --day 2026-08-01 --selectors "$3"
	at 2027-08-02T09:00:00Z
	publish 2026-01-01/2026-06-29
	publish 2026-06-30/2026-12-26
}
middle=2026-04-01/2026-09-27

selectors with 300 300
try 0 petra edition make "$middle"
lacks out "^Every rule holds"
has out 'disclosure: .*US-1874-A2/fisa_content_selectors: a reader can tell that it lies in \[500, 998\], and may know \[500, 999\], out of'
has out "not so without 2026-04-01/2026-09-27.1/US-1874-A2/fisa_content_selectors \\("
cp out first
try 4 pia edition publish "$middle" --out "$work/never"
[ ! -e never/index.html ] || wrong "it was written"
try 5 pia --json edition check "$middle"
has out '"rule": "disclosure"'
try 0 pia edition check 2026-01-01/2026-06-29
has out "^Every rule holds"
verdict "a window that would narrow a band is refused, with the editions that do it"

# where all numbers are small the three bands say nothing about one another; the law's own rule, one
# structure for one time, still stands
selectors without 3 4
try 0 petra edition make "$middle"
has out "^Every rule holds"
try 4 pia edition publish "$middle" --out "$work/never"
has err "exclusivity: US-1874-A2 against edition 2026-01-01/2026-06-29"
verdict "the same windows with bands that stay as wide as the law has them are left to the law's own rule"

# corrected, with the same bands
at 2027-09-02T09:00:00Z
echo "A demand of another country was added" >cause.txt
publish 2026-06-30/2026-12-26 "--en cause.txt"
verdict "a corrected edition with the same bands gives nothing away"
# three that must not all be published, published at once
I=$work/race
at 2026-06-10T09:00:00Z
try 0 nadia sealed add --kind fisa_content --day 2026-06-01 --selectors 300
at 2026-08-10T09:00:00Z
try 0 nadia sealed add --kind fisa_content --day 2026-08-01 --selectors 300
at 2027-08-02T09:00:00Z
for p in 2026-01-01/2026-06-29 2026-06-30/2026-12-26 "$middle"; do
	try 0 petra edition make "$p"
done
if [ -n "${WRIT_TEST_PG:-}" ]; then
	# so that all of them have looked before one of them writes
	psql -q -h "$WRIT_TEST_PG" -U postgres -d "$(name_of "$I")" -c "BEGIN" -c "LOCK TABLE edition IN SHARE ROW EXCLUSIVE MODE" \
		-c "SELECT pg_sleep(1.5)" -c "COMMIT" >/dev/null 2>&1 &
	sleep 0.3
fi
n=0
for p in 2026-01-01/2026-06-29 2026-06-30/2026-12-26 "$middle"; do
	n=$((n + 1))
	"$WRIT" -d "$I" --secret "$I/secrets/pia" edition publish "$p" --out "$work/at-once-$n" >once.$n 2>&1 &
done
wait
published=$(sql "$I" "SELECT count(*) FROM edition WHERE state = 'published'")
[ "$published" -ge 1 ] && [ "$published" -le 2 ] || wrong "$published of three are published: $(cat once.*)"
n=0
for p in 2026-01-01/2026-06-29 2026-06-30/2026-12-26 "$middle"; do
	n=$((n + 1))
	grep -q '^Published' once.$n || continue
	try 0 pia edition check "$p"
	has out "^Every rule holds"
done
verdict "published at once, one waits for the other and is held against it"
exit $bad
