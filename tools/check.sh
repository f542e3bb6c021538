#!/bin/sh
# Every test and lint, one line a program, as many side by side as there are processors; failures in full
# at the end; the last line is "N passed, N failed". Called by ./dev check, which has installed what it needs.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
CHECK=$(mktemp -d)
export CHECK
trap 'rm -rf "$CHECK"' EXIT
trap 'exit 1' HUP INT TERM
jobs=$(nproc)
tab=$(printf '\t')

# build NAME COMMAND...: one program (tools/check_one.sh), now; it may take longer than a test.
build() {
	LIMIT=1500 sh tools/check_one.sh one "$@"
}
# later FORM NAME COMMAND...: puts it on the list. No word of it may hold a tab or a line's end.
later() {
	(
		IFS=$tab
		echo "$*" >>"$CHECK/list"
	)
}
# all: runs the list side by side.
all() {
	# shellcheck disable=SC2016
	xargs -d '\n' -P "$jobs" -n 1 sh -c 'IFS="	"; set -f; exec sh tools/check_one.sh $1' - <"$CHECK/list"
	rm "$CHECK/list"
}

# ---- builds ------------------------------------------------------------------------------------
# With -k, so that one broken file does not hide what the rest has to say; what is not built fails below.
build "build: tests under ASan+UBSan" make -k -j"$jobs" MODE=san B=build/san units fuzzers pgtests
build "build: release" make -k -j"$jobs" MODE=rel B=build/rel all pgtests crashtests build/rel/browser/parts \
	build/rel/unit/os_box build/rel/unit/os_box_open build/rel/unit/desk_reader build/rel/unit/web_reach \
	build/rel/http/take
WRIT=$PWD/build/rel/writ
WRIT_SHARED=${WRIT_SHARED:-../shared}
[ ! -d "$WRIT_SHARED" ] || WRIT_SHARED=$(cd "$WRIT_SHARED" && pwd)
export WRIT WRIT_SHARED

# ---- the tree ----------------------------------------------------------------------------------
later lines lint sh tools/lint.sh
later one layers sh tools/layers.sh
later lines "layers: its own test" sh tools/layers_test.sh
later lines "templates: their compiler" sh tools/tmpl_test.sh
for page in man/*.[1-9]; do
	[ ! -f "$page" ] || later one "mandoc ${page#man/}" mandoc -T lint -W warning "$page"
done
later lines doccheck sh tools/doccheck.sh
later lines "bench: its arithmetic" sh test/bench/arithmetic.sh

# ---- unit tests --------------------------------------------------------------------------------
CMOCKA_MESSAGE_OUTPUT=TAP
ASAN_OPTIONS=abort_on_error=0:detect_leaks=1
UBSAN_OPTIONS=print_stacktrace=1
export CMOCKA_MESSAGE_OUTPUT ASAN_OPTIONS UBSAN_OPTIONS
for source in test/unit/*.c; do
	unit=${source#test/unit/}
	unit=${unit%.c}
	later tap "unit $unit" "build/san/unit/$unit"
done
later lines "fuzz: seeds" sh test/fuzz/replay.sh
later lines "browser: packages" sh test/browser/install.sh
# The memory limits of the box clash with the sanitizers, so its walls are tried without them too.
for unit in os_box os_box_open desk_reader web_reach; do
	later tap "unit $unit (release)" "build/rel/unit/$unit"
done
all
unset CMOCKA_MESSAGE_OUTPUT

# ---- oracles, stories, crashes: on both engines (test/engine) -------------------------------------
later lines "public pages and workbooks" sh test/browser/run.sh
# flow.sh goes each way of a demand with one hand in one language; `dev soak` has the other half
for story in test/browser/*.sh; do
	case $story in
	*/run.sh | */install.sh | */site.sh) ;;
	*/flow.sh)
		for run in keys-en mouse-de; do later lines "${story#test/} $run" sh "$story" "$run"; done
		;;
	*) later lines "${story#test/}" sh "$story" ;;
	esac
done
later one "oracle holidays" /usr/bin/python3 test/oracle/holidays.py build/san/unit/kind_cal
later one "oracle scope" /usr/bin/python3 test/oracle/scope.py build/rel/writ 1000
later one "oracle glpsol" /usr/bin/python3 test/oracle/audit_lp.py build/rel/writ build/rel/writ-solve 300 examples/audit/*.yaml
if pg=$(sh test/pg/cluster start); then
	trap 'sh test/pg/cluster stop "$pg"; rm -rf "$CHECK"' EXIT
	for script in test/pg/*.sh test/flow/*.sh test/http/*.sh test/crash/race.sh; do
		[ "${script##*/}" = timing.sh ] || # a measurement: `dev soak`
			later lines "${script#test/} (PostgreSQL)" env WRIT_TEST_PG="$pg" sh "$script"
	done
	# fewer moments than on SQLite, where a copy of an instance costs nothing; `dev soak` has them all
	later lines "crash/decision.sh (PostgreSQL)" env WRIT_TEST_PG="$pg" MOMENTS=4 sh test/crash/decision.sh
	later lines "crash/import.sh (PostgreSQL)" env WRIT_TEST_PG="$pg" MOMENTS=12 SLOT_MOMENTS=3 sh test/crash/import.sh
else
	later one "PostgreSQL starts" false
fi
for script in test/flow/*.sh test/http/*.sh test/crash/*.sh; do
	[ ! -f "$script" ] || [ "${script##*/}" = timing.sh ] || later lines "${script#test/}" sh "$script"
done
all

cat "$CHECK"/failure.* 2>/dev/null || :
cat "$CHECK"/sums.* | awk '
	{ passed += $1; failed += $2; skipped += $3 }
	END {
		if (skipped)
			print skipped " skipped"
		print passed " passed, " failed " failed"
		exit failed != 0
	}'
