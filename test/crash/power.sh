#!/bin/sh
# The power goes: at the n-th thing that a command asks of the system, and right after it has ended. What was
# not synced is lost (a file's bytes since its last fsync, a name since its folder's), or a random part of it
# is there, torn into blocks. Then the same is judged as after a kill.
#   power.sh [POINTS [STEPS [HOW [FIRST]]]]    as sweep.sh; HOW: lost, torn-512, torn-4096
# SQLite only: PostgreSQL keeps its own files, and tests them itself. Ends with proof that a missing fsync
# is found: with syncs that only say so, acknowledged steps are lost.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"
. "$here/lib"
points=${1:-2}
steps=${2:-receive produce}
hows=${3:-lost torn-512 torn-4096}
first=${4:-1}
make_story
verdict "measured: $STORY"
[ "$bad" = 0 ] || exit 1

# gone "HOW..." N STEP: the power goes at the N-th thing, or after the command when there are fewer; each way
# in which it may leave the disk is judged.
gone() {
	POWER=1
	faulty "cut op $2" "$3" || :
	POWER=
	ended=$rc
	cp out out.gone
	cp err err.gone
	for how in $1; do
		rc=$ended
		# what it said before the power went, not what a repetition said since
		cp out.gone out
		cp err.gone err
		case $how in
		torn*) power_lost torn "$2" "${how#*-}" ;;
		*) power_lost lost ;;
		esac
		judged "$how" "$2" "$3"
		faults=$((faults + 1))
	done
	rm -rf "$W.cache"
	drop_instance "$I"
}

for step in $steps; do
	counted "$step"
	faults=0
	spread kill-op "$points" "$first"
	while [ $n -le "$most" ]; do
		gone "$hows" $n "$step"
		n=$((n + by))
	done
	gone "$hows" $((N_op + 1)) "$step"
	verdict "$step: the power went $faults times, nothing acknowledged was lost"
done

# found WHICH STEP: with syncs that do nothing (all, or those of folders or files), a loss of power after
# the acknowledged step must be seen as one.
found() {
	LIES=$1
	AGAIN=0
	before=$bad
	mine=$LIST
	LIST=/dev/null
	gone "lost torn-512" $((N_op + 1)) "$2"
	LIES=
	AGAIN=1
	LIST=$mine
	case $why in
	*lost* | *unverifiable* | *between*) why= ;;
	*) why="the harness saw nothing" ;;
	esac
	bad=$before
	verdict "a missing fsync is found ($2, true syncs: $1)"
}
counted receive
found none receive
found files receive
found folders receive
counted decide
found none decide
found folders decide
exit $bad
