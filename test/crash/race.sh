#!/bin/sh
# Two processes at the same case at the same moment: exactly one wins, the other is told why not; nothing is
# doubled, and the ledger verifies.
#   race.sh [ROUNDS]
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"
. "$here/lib"
rounds=${1:-2}
STORY="receive open examine decide second produce deliver"
make_story
verdict "measured: $STORY"
[ "$bad" = 0 ] || exit 1

# one K PERSON ARGS...: in the background; out.K, err.K, rc.K.
one() {
	k=$1
	who=$2
	shift 2
	(
		rc=0
		"$WRIT" -d "$I" --secret "$I/secrets/$who" "$@" >"out.$k" 2>"err.$k" </dev/null || rc=$?
		echo $rc >"rc.$k"
	) &
}

# both STEP: the step given twice at once.
both() {
	rm -f rc.1 rc.2
	story "$1" one 1
	story "$1" one 2
	wait
	rc1=$(cat rc.1)
	rc2=$(cat rc.2)
}

# told K: the loser's words: somebody was there before, or the state is another by now.
told() {
	grep -qE 'meanwhile|is (in review|approved|produced|delivered|opened)|has left triage|busy|already|waits for no|was delivered|nothing is approved|decided in review|exists' "err.$1" ||
		wrong "$2: the loser is not told why: $(head -n 1 "err.$1")"
}

# These may happen once only. Examining, deciding and producing may be done again, on top of what the first
# did (a production that was planned before another's was recorded is refused): what was told is there
# whole, and never more.
for step in open second deliver; do
	i=0
	while [ $i -lt "$rounds" ]; do
		fresh $step
		both $step
		[ "$rc1" = 0 ] || [ "$rc2" = 0 ] || wrong "$step: both lose: $(head -n 1 err.1); $(head -n 1 err.2)"
		[ "$rc1" != 0 ] || [ "$rc2" != 0 ] || wrong "$step: both win"
		[ "$rc1" = 0 ] || told 1 $step
		[ "$rc2" = 0 ] || told 2 $step
		show now
		cmp -s now "after.$step" || wrong "$step: doubled: $(diff now "after.$step" | sed -n 2p)"
		verified "$step raced"
		echo "$step race $((i + 1)) status=$rc1,$rc2 after" >>"$LIST"
		drop_instance "$I"
		i=$((i + 1))
	done
	verdict "$step, $rounds times by two at once: one wins, the other is told, nothing is doubled"
done

for step in examine decide produce; do
	i=0
	while [ $i -lt "$rounds" ]; do
		fresh $step
		both $step
		for k in 1 2; do
			[ "$(cat rc.$k)" = 0 ] || told $k $step
		done
		[ "$rc1" = 0 ] || [ "$rc2" = 0 ] || wrong "$step: both lose: $(head -n 1 err.1); $(head -n 1 err.2)"
		won=$(((rc1 == 0) + (rc2 == 0)))
		case $step in
		examine) made="SELECT count(*) FROM review" each=1 ;;
		decide) made="SELECT count(*) FROM decision" each=4 ;;
		produce)
			made="SELECT count(*) FROM production_file" each=4
			same "sealed files" "$(find "$O" -name '*.age*' | wc -l | tr -d ' ')" $won
			;;
		esac
		same "$step: rows for $won winners" "$(sql "$I" "$made")" $((won * each))
		same "live decisions" "$(sql "$I" "SELECT count(*) FROM (SELECT item FROM decision WHERE live = 1
			GROUP BY item HAVING count(*) > 1) d")" 0
		verified "$step raced"
		echo "$step race $((i + 1)) status=$rc1,$rc2 after" >>"$LIST"
		drop_instance "$I"
		i=$((i + 1))
	done
	verdict "$step, $rounds times by two at once: what each did is there whole, one after the other"
done
exit $bad
