#!/bin/sh
# Static checks, one line "ok NAME" or "not ok NAME: why" each; what was found stands above the line.
#   tools/lint.sh         what every ./dev check runs
#   tools/lint.sh deep    clang-tidy over every source (checks and reasons: .clang-tidy)
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
max_function=60
max_file=700

generated="build/san/gen/sql_gen.h build/san/gen/tmpl_gen.h build/san/gen/places_gen.c build/san/gen/parts_gen.c"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
jobs=$(nproc)
bad=0

# verdict NAME: the findings are the lines of $work/found.
verdict() {
	if [ -s "$work/found" ]; then
		cat "$work/found"
		echo "not ok $1: $(wc -l <"$work/found") lines above"
		bad=1
	else
		echo "ok $1"
	fi
}

# flags: the Makefile's own flags for a compiler that only looks; without -Werror, so that all shows.
flags() {
	make --no-print-directory -pnq MODE=san 2>/dev/null |
		awk -F ' := ' '$1 == "WARN" { w = $2 } END { print w }' | sed 's/-Werror//'
	printf '%s\n' -D_GNU_SOURCE -Isrc -Ibuild/san/gen -Itest -include xlsxwriter.h -include src/base/banned.h
	pkg-config --cflags jansson yaml-0.1 sqlite3 libpq libsodium libcrypto libseccomp xlsxwriter libxml-2.0 libzip libmicrohttpd libfido2 libcbor
}

sources() {
	find src test tools helpers -name '*.[ch]' | sort
}

format() {
	sources | xargs -P "$jobs" -n 40 clang-format --dry-run -Werror 2>&1 | sed -n 's/^\([^:]*\):[0-9].*error:.*/\1: clang-format -i changes it/p' |
		sort -u >"$work/found"
	verdict "clang-format"
}

# In the style that clang-format keeps, a function's body is what stands between a { and a } in column 0.
lengths() {
	sources | xargs awk -v most="$max_function" -v file_most="$max_file" '
	FNR == 1 { from = 0 }
	/^{$/ { from = FNR }
	/^}$/ && from {
		if (FNR - from + 1 > most)
			print FILENAME ":" from ": a function of " FNR - from + 1 " lines, at most " most
		from = 0
	}
	FNR == file_most + 1 { print FILENAME ": more than " file_most " lines" }' >"$work/found"
	verdict "length of functions and files"
}

# State lives in handles that functions are given, so that what a function can touch is seen in its
# arguments. Constant tables with pointers in them lie in .data.rel.ro and are fine.
globals() {
	: >"$work/found"
	for object in $(find build/rel/obj -name '*.o' ! -path '*/main/*' | sort); do
		objdump -t "$object" | awk -v object="${object#build/rel/obj/}" '
		/ O / || /\*COM\*/ {
			section = $0
			sub(/\t.*/, "", section)
			sub(/.* /, "", section)
			if (section ~ /^\.(data|bss|tdata|tbss)/ && section !~ /^\.data\.rel\.ro/ ||
			    section == "*COM*")
				print object ": mutable global " $NF " in " section
		}' >>"$work/found"
	done
	[ -n "$(find build/rel/obj -name '*.o')" ] || echo "no release objects to look at: make MODE=rel" >"$work/found"
	verdict "no mutable globals outside main"
}

# tree_text PATTERN GREP-OPTIONS...: where the words stand in what people write (this file aside).
tree_text() {
	pattern=$1
	shift
	find . \( -path ./.git -o -path ./build -o -path ./demo \) -prune -o -type f ! -name lint.sh -print |
		sort | xargs grep -nIE "$@" -e "$pattern" >"$work/found" || :
}

words() {
	tree_text 'TODO|FIXME|XXX:|[Nn]ot implemented' -w
	find src test tools sql -type f ! -name lint.sh | sort |
		xargs grep -nIiwE -e 'stubs?|placeholders?' >>"$work/found" || :
	verdict "no unfinished work"
	tree_text '(^|[^A-Za-z0-9_.$})])/(work|home|Users|mnt)/|[a-z0-9.-]*(registry|mirror|artifact|nexus)[a-z0-9-]*\.[a-z][a-z]+[:/]'
	verdict "no paths or hosts of one machine"
}

checker() {
	# cppcheck needs no system headers; banned.h is for the compilers.
	cppcheck -q -j "$jobs" --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem \
		--suppressions-list=tools/cppcheck.txt --include=tools/analyze.h -D_GNU_SOURCE -Isrc -Ibuild/san/gen -Itest \
		--template='{file}:{line}: {severity}: {message} [{id}]' src test tools helpers 2>"$work/found" || :
	verdict "cppcheck"
}

compiler() {
	find src test -name '*.c' | sort |
		xargs -P "$jobs" -n 8 clang -fsyntax-only $(flags) >"$work/found" 2>&1 || :
	grep -E '(error|warning):' "$work/found" >"$work/short" || :
	mv "$work/short" "$work/found"
	verdict "clang without warnings"
}

# sh is dash here: what it cannot parse is no POSIX sh.
shells() {
	: >"$work/found"
	for script in dev tools/*.sh test/flow/*.sh test/http/*.sh test/crash/*.sh test/bench/*.sh; do
		[ ! -f "$script" ] || sh -n "$script" 2>>"$work/found" || :
	done
	verdict "scripts parse as POSIX sh"
}

if [ "${1:-}" = deep ]; then
	make -s -j"$jobs" MODE=san $generated
	# The files that define what analyze.h redefines are looked at without it.
	find src -name '*.c' | sort | xargs -P "$jobs" -n 1 sh -c '
		case $1 in
		src/base/ctx.c | src/kind/yaml.c) with= ;;
		*) with="-include tools/analyze.h" ;;
		esac
		clang-tidy --quiet "$1" -- '"$(flags | tr '\n' ' ')"' $with 2>/dev/null' tidy >"$work/all" || :
	grep -E '(error|warning):' "$work/all" >"$work/found" || :
	verdict "clang-tidy"
	exit $bad
fi
make -s -j"$jobs" MODE=san $generated
format
lengths
globals
words
compiler
checker
shells
exit $bad
