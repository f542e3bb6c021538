#!/bin/sh
# Faults put under every step of a story by test/crash/fault.c, at the n-th thing that the command (with its
# signer) asks of the system: killed, the call fails, half of it is written, the disk is full or dead from
# then on, no memory.
#   sweep.sh [POINTS [STEPS [KINDS [FIRST]]]]   POINTS values of n for each step and kind, spread evenly
#                                        over 1..N; 0: every n. FIRST (default 1) moves them.
# The list of all faults goes to the file LIST, if that is set.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"
. "$here/lib"
points=${1:-1}
steps=${2:-receive decide produce}
kinds=${3:-$KINDS}
first=${4:-1}
make_story
verdict "measured: $STORY"
[ "$bad" = 0 ] || exit 1

for step in $steps; do
	counted "$step"
	faults=0
	for kind in $kinds; do
		spread "$kind" "$points" "$first"
		while [ $n -le "$most" ]; do
			spec "$kind" $n
			if faulty "$SPEC" "$step"; then
				judged "$kind" $n "$step"
				faults=$((faults + 1))
				used "$step"
			fi
			n=$((n + by))
		done
	done
	[ $faults -gt 0 ] || wrong "no fault happened"
	verdict "$step: $faults faults, nothing lost, doubled or half"
done
exit $bad
