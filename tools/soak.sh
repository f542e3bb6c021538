#!/bin/sh
# The long crash tests, over both engines: faults under every step of a story, kills, losses of power, cut
# connections, killed servers and sequencers, races. Called by ./dev soak, which has built everything.
#   soak.sh [MINUTES]     one whole round in any case; then more, each with other moments, until the time is over
# Every fault is a line of build/soak/DATE.list: STEP FAULT N status=RC before|after. Ends with
# "soak: N faults, lost 0, unverifiable 0, between 0", and with 1 when anything is not as it must be.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
minutes=${1:-0}
points=${POINTS:-6}
jobs=${JOBS:-$(nproc)}
WRIT=$PWD/build/rel/writ
WRIT_SHARED=${WRIT_SHARED:-../shared}
[ ! -d "$WRIT_SHARED" ] || WRIT_SHARED=$(cd "$WRIT_SHARED" && pwd)
export WRIT WRIT_SHARED

mkdir -p build/soak
name=$PWD/build/soak/$(date -u +%Y-%m-%dT%H%M%S)
list=$name.list
tmp=$name.tmp
mkdir "$tmp"
: >"$list"
TMPDIR=$tmp
export TMPDIR
WRIT_TEST_PG=
stop() {
	# what tasks have done that did not come to their end
	for part in "$tmp"/list.*; do
		[ ! -f "$part" ] || sed 's/^/unfinished /' "$part" >>"$list"
	done
	[ -z "$WRIT_TEST_PG" ] || sh test/pg/cluster stop "$WRIT_TEST_PG"
	rm -rf "$tmp"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
WRIT_TEST_PG=$(TMPDIR='' sh test/pg/cluster start) || { echo "soak: no PostgreSQL" >&2; exit 1; }

# round FIRST: its tasks, one a line, ENGINE SCRIPT ARGS, quoted for the shell. Heavy ones stand first, so that
# no long task is left alone at the end. FIRST moves the moments.
round() {
	for engine in pg sqlite; do
		for steps in import "slot arrive" "receive open" "examine decide" "second produce" "deliver make" \
		    "publish admit"; do
			echo "$engine sweep.sh $points '$steps' '' $1"
		done
		echo "$engine race.sh 20"
		echo "$engine clock.sh"
		echo "$engine decision.sh"
		echo "$engine import.sh"
	done
	for steps in "import slot" "arrive receive open" "examine decide second" "produce deliver" "make publish admit"; do
		echo "sqlite power.sh $points '$steps' '' $1"
	done
	echo "sqlite full.sh"
	[ "$1" = 1 ] || return 0
	echo "pg ../pg/cut.sh 13"
	echo "pg ../pg/standby.sh"
	echo "pg ../pg/writers.sh 8 60 5000"
	echo "pg ../pg/day.sh 1800 60 3"
	echo "sqlite ../browser/flow.sh keys-de mouse-en"
	echo "sqlite ../http/timing.sh"
}

# What runs one task: its number and its line.
cat >"$tmp/one" <<'END'
number=$1
eval "set -- $2"
engine=$1 script=$2
shift 2
[ "$engine" = pg ] || unset WRIT_TEST_PG
LIST=$tmp/list.$number
export LIST
: >"$LIST"
began=$(date +%s)
rc=0
sh "test/crash/$script" "$@" >"$tmp/out.$number" 2>"$tmp/err.$number" || rc=$?
grep -q '^ok ' "$tmp/out.$number" || echo "not ok: it tested nothing" >>"$tmp/out.$number"
[ "$rc" = 0 ] || grep -q '^not ok' "$tmp/out.$number" || echo "not ok: ended $rc" >>"$tmp/out.$number"
# a script that kills by the clock tells how often, and how many of each
if [ ! -s "$LIST" ]; then
	sed -n 's/^ok .*killed at \([0-9]*\) moments.*/\1/p' "$tmp/out.$number" | awk -v what="${script%.sh} kill" '
		{ for (i = 1; i <= $1; i++) print what, ++n, "status=137 judged" }' >"$LIST"
fi
sed "s/^/$engine /" "$LIST" >>"$list"
faults=$(wc -l <"$LIST")
rm -f "$LIST"
grep '^not ok' "$tmp/out.$number" | sed "s|^|$engine $script: |" >>"$tmp/wrong"
printf '%-7s %-40s %4d faults, %d s; %d in all%s\n' "$engine" "$script $*" "$faults" \
	$(($(date +%s) - began)) "$(wc -l <"$list")" "$(grep -q '^not ok' "$tmp/out.$number" && echo '  NOT OK' || :)"
exit 0
END
export tmp list WRIT_TEST_PG

: >"$tmp/wrong"
began=$(date +%s)
first=1
number=0
while :; do
	round $first | while read -r line; do
		number=$((number + 1))
		printf '%s\0%s\0' "$first.$number" "$line"
	done | xargs -0 -n 2 -P "$jobs" sh "$tmp/one"
	first=$((first + 1))
	[ $(($(date +%s) - began)) -lt $((minutes * 60)) ] || break
done

# of KIND: how many of the things that were wrong are of this kind
of() {
	grep -cE "$1" "$tmp/wrong" || :
}
if [ -s "$tmp/wrong" ]; then
	echo
	cat "$tmp/wrong"
	cp "$tmp/wrong" "$name.wrong"
fi
between=$(awk '$NF == "between"' "$list" | wc -l)
echo "the list: $list"
awk '{ print $1, $3 }' "$list" | sort | uniq -c | sort -k2,2 -k1,1nr
echo "soak: $(wc -l <"$list") faults, lost $(of 'lost:|doubled:'), unverifiable $(of 'unverifiable'), between $between"
if [ -s "$tmp/wrong" ]; then
	echo "soak: $(wc -l <"$tmp/wrong") tests are not ok"
	exit 1
fi
