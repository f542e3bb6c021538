#!/bin/sh
# Which lines of the pure folders (kind law in stat audit proof) their own tests reach: unit tests, among them
# the cases of the law, and the seeds of the fuzz targets, built by gcc with --coverage in build/cov.
#   tools/coverage.sh             a line a folder; fails where less than 90 % of the lines are reached
#   tools/coverage.sh FILE...     the lines of these sources that are not, after a run
# Nothing is left out of the count: a line that cannot be reached had better not be there.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
least=90
folders="kind law in stat audit proof"

# gcov of one source, as "FILE executed lines" or, with -t, the annotated source.
lines() {
	object=build/cov/obj/${1#src/}
	gcov -t -r -s "$PWD" "${object%.c}.o" 2>/dev/null |
		awk -v file="$1" '
		/^ *-: *0:Source:/ { sub(/.*Source:/, ""); here = $0 == file }
		here && /^ *#####:/ { print file ":" substr($0, index($0, ":") + 1) }'
}
if [ $# -gt 0 ]; then
	for source in "$@"; do
		lines "$source"
	done
	exit 0
fi

programs=
for folder in $folders; do
	for source in test/unit/"$folder"_*.c test/fuzz/"$folder"_*.c; do
		[ ! -r "$source" ] || programs="$programs build/cov/${source#test/}"
	done
done
echo "coverage: building"
# shellcheck disable=SC2086
make -s -j"$(nproc)" MODE=cov $(printf '%s\n' $programs | sed 's/\.c$//') >/dev/null
find build/cov -name '*.gcda' -exec rm -f {} +
for program in $programs; do
	program=${program%.c}
	name=${program##*/}
	case $program in
	*/unit/*) set -- ;;
	*) set -- test/fuzz/seed/"$name"/* ;;
	esac
	if ! "$program" "$@" >build/cov/out 2>&1; then
		cat build/cov/out
		echo "coverage: $program failed"
		exit 1
	fi
done

bad=0
for folder in $folders; do
	gcov -n -r -s "$PWD" build/cov/obj/"$folder"/*.o 2>/dev/null >build/cov/out
	awk -v folder="$folder" -v least="$least" '
	/^File / { file = substr($2, 2, length($2) - 2) }
	/^Lines executed:/ && file ~ "^src/" folder "/.*[.]c$" {
		split($0, part, /[:% ]+/)
		part[5] += 0
		all += part[5]
		hit += part[3] * part[5] / 100
		if (part[3] < least)
			low = low sprintf("  %s %.1f %%\n", file, part[3])
		file = ""
	}
	END {
		printf "%-6s %6.1f %% of %d lines\n%s", folder, 100 * hit / all, all, low
		exit 100 * hit < least * all
	}' build/cov/out || { echo "not ok coverage $folder: less than $least %"; bad=1; }
done
exit $bad
