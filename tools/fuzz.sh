#!/bin/sh
# Fuzzes the readers of foreign bytes: every test/fuzz/FOLDER_NAME.c, a libFuzzer target under ASan and
# UBSan.
#   tools/fuzz.sh [T=SECONDS | SECONDS | total=SECONDS] [jobs=N] [NAME...]
# T (60 by default) is for each target, total is shared evenly by all; all targets by default, N at a time
# (as many as processors). Each starts from its seeds, test/fuzz/seed/NAME, and from what earlier runs
# kept in build/corpus/NAME. A finding is kept as build/finding/NAME-*: it becomes a seed with its fix.
set -eu
cd "$(dirname "$0")/.."
each=60
total=
jobs=$(nproc)
while [ $# -gt 0 ]; do
	case $1 in
	T=* | t=*) each=${1#*=} ;;
	total=*) total=${1#*=} ;;
	jobs=*) jobs=${1#*=} ;;
	[0-9]*) each=$1 ;;
	*) break ;;
	esac
	shift
done
case $each$total$jobs in
*[!0-9]*) echo "fuzz: seconds and jobs are whole numbers" >&2; exit 2 ;;
esac
if [ $# -eq 0 ]; then
	for source in test/fuzz/*_*.c; do
		name=${source#test/fuzz/}
		set -- "$@" "${name%.c}"
	done
fi
for name in "$@"; do
	[ -r "test/fuzz/$name.c" ] || { echo "fuzz: no target test/fuzz/$name.c" >&2; exit 2; }
done
[ -z "$total" ] || each=$((total * jobs / $#))
[ "$each" -gt 0 ] || { echo "fuzz: less than a second for each of $# targets" >&2; exit 2; }

echo "fuzz: building $# targets"
make -s -j"$(nproc)" MODE=fuzz CC=clang $(printf 'build/fuzz/fuzz/%s ' "$@") >/dev/null
mkdir -p build/finding build/corpus build/fuzz/log
rm -f build/fuzz/log/*
echo "fuzz: $# targets, $each s each, $jobs at a time: about $((($# + jobs - 1) / jobs * each / 60 + 1)) minutes"

# one NAME: runs one target, and says in one line how it went.
one() {
	log=build/fuzz/log/$1
	mkdir -p "build/corpus/$1"
	seeds=
	[ ! -d "test/fuzz/seed/$1" ] || seeds=test/fuzz/seed/$1
	rc=0
	# shellcheck disable=SC2086
	"build/fuzz/fuzz/$1" -max_total_time="$each" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
		-dict=test/fuzz/dictionary -artifact_prefix="build/finding/$1-" "build/corpus/$1" $seeds \
		>"$log" 2>&1 || rc=$?
	runs=$(awk '/number_of_executed_units/ { print $2 }' "$log")
	edges=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
	if [ "$rc" = 0 ]; then
		printf '%-14s %10d runs, %s edges, nothing found\n' "$1" "${runs:-0}" "${edges#cov: }"
	else
		printf '%-14s FOUND: %s\n' "$1" "$(grep -m 1 -e 'does not hold' -e 'ERROR: ' -e 'runtime error' "$log")"
		echo x >"$log.bad"
	fi
}

# The next target starts when one ends: each worker takes every N-th.
worker=0
while [ "$worker" -lt "$jobs" ]; do
	(
		i=0
		for name in "$@"; do
			[ $((i % jobs)) != "$worker" ] || one "$name"
			i=$((i + 1))
		done
	) &
	worker=$((worker + 1))
done
wait
runs=$(cat build/fuzz/log/* | awk '/number_of_executed_units/ { n += $2 } END { print n + 0 }')
bad=$(find build/fuzz/log -name '*.bad' | wc -l)
echo "fuzz: $# targets, $runs runs, $bad with findings (build/finding)"
[ "$bad" = 0 ]
