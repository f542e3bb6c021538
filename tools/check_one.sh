#!/bin/sh
# One program of `dev check`:  check_one.sh FORM NAME COMMAND...
# Prints one line of how it went; leaves "PASSED FAILED SKIPPED" in $CHECK/sums.*, and of a failure all
# there is to see in $CHECK/failure.*. Several run side by side (tools/check.sh).
#
# FORM says how the program tells what it tried: tap, numbered lines under a plan "1..N", of which there
# may be several; lines, "ok NAME" and "not ok NAME: why"; one, its exit status alone.
# What crashes, hangs, breaks off before its plan is done, or tests nothing counts as failed. A test that
# was skipped ("# SKIP") is neither; it is told, and happens only where ../shared is absent.
set -eu
limit=${LIMIT:-300} # seconds a program may take
form=$1 name=$2
shift 2
TMPDIR=$(mktemp -d "$CHECK/run.XXXXXX")
export TMPDIR
id=${TMPDIR##*/run.}
trap 'rm -rf "$TMPDIR"' EXIT

now() {
	date +%s%3N
}

# count RC OUT: prints "PASSED FAILED SKIPPED" of a program that ended with RC.
count() {
	awk -v form="$form" -v rc="$1" '
	form == "tap" && /^1\.\.[0-9]+/ { plan += substr($0, 4) }
	form != "one" && /^(not )?ok .*# SKIP/ { skipped++; next }
	form == "tap" && /^ok [0-9]+/ { ok++ }
	form == "tap" && /^not ok [0-9]+/ { bad++ }
	form == "tap" && match($0, /[0-9]+ passed, [0-9]+ failed/) {
		split(substr($0, RSTART, RLENGTH), sum, " ")
		ok += sum[1]
		bad += sum[3]
	}
	form == "lines" && /^ok / { ok++ }
	form == "lines" && /^not ok / { bad++ }
	END {
		if (form == "one" && rc == 0)
			ok = 1
		if (form == "tap" && plan > ok + bad + skipped)
			bad = plan - ok - skipped
		if (bad == 0 && (rc != 0 || ok + skipped == 0))
			bad = 1
		print ok + 0, bad + 0, skipped + 0
	}' "$2"
}

# failure RC: what there is to see.
failure() {
	printf '\n---- %s: ' "$name"
	case $1 in
	0) echo "reported failures" ;;
	124 | 137) echo "stopped after $limit s" ;;
	*) echo "exit status $1" ;;
	esac
	grep '^not ok' "$TMPDIR/.out" | grep -v '# SKIP' | head -n 50 || :
	grep -vE '^(ok|not ok|  [A-Z]+ +) ?' "$TMPDIR/.out" | tail -n 60 || :
	tail -n 60 "$TMPDIR/.err"
}

start=$(now)
rc=0
timeout -k 10 "$limit" "$@" >"$TMPDIR/.out" 2>"$TMPDIR/.err" </dev/null || rc=$?
ms=$(($(now) - start))
sums=$(count "$rc" "$TMPDIR/.out")
echo "$sums" >"$CHECK/sums.$id"
good=${sums%% *}
sums=${sums#* }
bad=${sums% *}
skips=${sums#* }
word=
[ "$skips" = 0 ] || word=", $skips skipped"
[ "$bad" = 0 ] || word="$word, $bad FAILED"
[ "$bad" = 0 ] || failure "$rc" >"$CHECK/failure.$id"
printf '%-34s %5d passed%s  (%d.%d s)\n' "$name" "$good" "$word" $((ms / 1000)) $((ms % 1000 / 100))
