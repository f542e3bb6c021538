#!/bin/sh
# The connection to PostgreSQL is cut at the k-th thing that a command sends, for every k: before it
# arrives, after it was answered but the answer is lost, while the server is at it, and with the server
# killed in the middle and started again. What ended well is recorded; what failed is not, or says that it
# does not know; and what is not recorded can be given again.
#   cut.sh [STRIDE]     every STRIDE-th of all these cuts; 1: all of them, which takes an hour
# A line for each cut goes to the file LIST, if that is set: STEP FAULT N status=RC before|after|between
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/test/flow/lib"
stride=${1:-397}
at 2026-09-01T16:00:00Z
# a server of its own: it is killed
WRIT_TEST_PG=$(sh "$root/test/pg/cluster" start fsync=on) || { echo "not ok a server starts: no"; exit 1; }
export WRIT_TEST_PG
trap 'sh "$root/test/pg/cluster" stop "$WRIT_TEST_PG"; rm -rf "$work"' EXIT
LIST=${LIST:-$work/list}
echo "sh '$root/test/pg/cluster' crash '$WRIT_TEST_PG'" >fired.stop

# show FILE: all that the case, the triage and the list of people say, without what is random and without the
# numbers of imports, of which one that came to nothing uses one up. An import
# that has begun is recorded as such, and goes on when it is given again.
show() {
	: >"$1"
	for list in "iris demand" "iris import" "root user"; do
		try 0 "${list% *}" "${list#* }" list
		sed -E 's/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}/REF/g; s/^[0-9]+ +closed/N closed/; / unfinished /d' out >>"$1"
	done
	try 0 rob --json matter show "$CASE"
	sed -E 's/"(production|leaf)": *"[^"]*"/"\1": "X"/; s/"[0-9a-f]{64}"/"HASH"/' out >>"$1"
}

step() {
	given=$1
	shift
	case $given in
	receive) "$@" iris demand add "$demands/01-us-warrant.json" ;;
	examine) "$@" rob order examine "$CASE" pass --reason "Judge, probable cause, one account." ;;
	decide) "$@" rob item decide "$CASE" produce --item 4 --reason "Within the warrant." ;;
	second) "$@" carla item second "$CASE" --item 4 ;;
	produce) "$@" cole produce "$CASE" --file "1=$work/data" --file "2=$work/data" --file "3=$work/data" \
		--file "4=$work/data" --out "$O" ;;
	import) "$@" iris import closed "$work/some.csv" --map "$work/some.map.yaml" ;;
	admit) "$@" root user add zoe --roles auditor --secret-out "$I/secrets/zoe" ;;
	slot) "$@" otto log checkpoint ;;
	esac
}

attempt() {
	who=$1
	shift
	rc=0
	"$WRIT" -d "$I" --secret "$I/secrets/$who" "$@" >out 2>err </dev/null || rc=$?
}

# cut MODE K NAME: one run of the step through the proxy; 1 when there was no K-th thing.
cut_at() {
	mkdir -p proxy
	rm -f proxy/.s.PGSQL.5432 fired ready
	/usr/bin/python3 "$root/test/pg/proxy.py" "$work/proxy/.s.PGSQL.5432" "$WRIT_TEST_PG/.s.PGSQL.5432" \
		"$1" "$2" "$work/fired" >ready &
	proxy=$!
	while [ ! -s ready ]; do sleep 0.01; done
	cp "$I/writ.yaml" straight.yaml
	sed -i "s|host=[^&]*|host=$work/proxy|" "$I/writ.yaml"
	step "$3" attempt
	mv straight.yaml "$I/writ.yaml"
	[ "$1" != count ] || while [ ! -s fired ]; do sleep 0.01; done
	kill "$proxy"
	wait "$proxy" 2>/dev/null
	[ -f fired ]
}

# judged MODE K NAME: what the cut came to.
judged() {
	cp err err.cut
	status=$rc
	[ "$status" -lt 100 ] || wrong "$3 $1 $2: ended $status"
	[ "$status" = 0 ] || [ -s err.cut ] || wrong "$3 $1 $2: failed without a word"
	show now
	if cmp -s now "before.$3"; then
		what=before
		[ "$status" != 0 ] || [ "$3" = slot ] || wrong "$3 $1 $2: told as done, and nothing is there"
	elif cmp -s now "after.$3"; then
		what=after
		[ "$status" = 0 ] || grep -q 'not known' err.cut ||
			wrong "$3 $1 $2: told as failed ($(head -n 1 err.cut)), and it is there"
	else
		what=between
		wrong "$3 $1 $2: the case is neither before nor after"
	fi
	echo "$3 $1 $2 status=$status $what" >>"$LIST"
	if [ $what = before ] && [ "$3" != slot ]; then
		rm -f "$I/secrets/zoe" "$O"/*
		step "$3" try 0
		show now
		cmp -s now "after.$3" || wrong "$3 $1 $2: given again, it is not as after it"
	fi
	try 0 otto log checkpoint
	try 0 otto log verify
}

# on_copy NAME: the instance as it was before the step.
on_copy() {
	I=$work/instance
	rm -rf "$O"
	mkdir "$O"
	copy_instance "$work/at.$1" "$I"
	[ "$1" != admit ] || rm -f "$I/secrets/zoe"
}

steps="receive import admit slot examine decide second produce"
awk 'NR <= 6' "$root/examples/history/2013h1.csv" >some.csv
sed '/^total:/,/^[a-z]/{/^total:/d;/^ /d}' "$root/examples/history/2013h1.map.yaml" >some.map.yaml
sh "$root/test/collected" "collected data" >data
make_instance "$work/base"
receive "$demands/01-us-warrant.json"
: >cuts
for name in $steps; do
	I=$work/base
	# the second person is all the order then waits for
	[ $name != decide ] ||
		try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --reason "Within the warrant."
	show "before.$name"
	copy_instance "$I" "$work/at.$name"
	step "$name" try 0
	show "after.$name"
	on_copy "$name"
	cut_at count 0 "$name" || wrong "$name: not counted"
	same "$name through the proxy" "$rc" 0
	drop_instance "$I"
	for mode in before after late stop; do
		for k in $(seq "$(cat fired)"); do
			echo "$mode $k $name" >>cuts
		done
	done
done
verdict "$(wc -l <cuts) places to cut at"
[ "$bad" = 0 ] || exit 1

tried=0
awk -v n="$stride" 'NR % n == int(n / 2)' cuts >chosen
while read -r mode k name <&3; do
	on_copy "$name"
	if cut_at "$mode" "$k" "$name"; then
		judged "$mode" "$k" "$name"
		tried=$((tried + 1))
	fi
	drop_instance "$I"
done 3<chosen
[ $tried -gt $(($(wc -l <chosen) / 2)) ] || wrong "only $tried of $(wc -l <chosen) cuts happened"
verdict "$tried cuts and kills: nothing lost, doubled or half"
exit $bad
