#!/bin/sh
# The seeds of every fuzz target once more, under the sanitizers (replay.c): "ok NAME SEED" each. A
# target without seeds fails, and so does one that ends before its last seed.
#   test/fuzz/replay.sh [FOLDER]     the programs' folder; build/san/fuzz by default
set -eu
cd "$(dirname "$0")/../.."
programs=${1:-build/san/fuzz}
out=$(mktemp)
trap 'rm -f "$out"' EXIT
bad=0
for source in test/fuzz/*_*.c; do
	name=${source#test/fuzz/}
	name=${name%.c}
	if [ ! -d "test/fuzz/seed/$name" ]; then
		echo "not ok $name: no seeds in test/fuzz/seed/$name"
		bad=1
	elif ! "$programs/$name" test/fuzz/seed/"$name"/* 2>"$out"; then
		echo "not ok $name $(sed -n 's/^fuzz: test.*seed.//p' "$out" | tail -n 1): $(grep -m 1 \
			-e 'does not hold' -e 'ERROR: ' -e 'runtime error' "$out" || echo 'it ended')"
		cat "$out" >&2
		bad=1
	fi
done
exit $bad
