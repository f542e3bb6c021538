#!/bin/sh
# A decision killed (kill -9) at moments spread over the whole duration of each of its steps: examination,
# decision, second person, production. After each kill the ledger verifies and the case is just as before
# the step or just as after it; then the step is given again, and the case is as after it.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"
. "$here/lib"

MOMENTS=${MOMENTS:-13} # for each of the four steps

# show FILE: the case, without what is random: the production's reference.
show() {
	try 0 rob --json matter show "$CASE"
	sed -E 's/"production": *"[^"]*"/"production": "X"/; s/"[0-9a-f]{64}"/"HASH"/' out >"$1"
}

# step N COMMAND...: gives the arguments of the N-th step to COMMAND, its person first.
step() {
	n=$1
	shift
	case $n in
	1) "$@" rob order examine "$CASE" pass --reason "Judge, probable cause, one account." ;;
	2) "$@" rob item decide "$CASE" produce --item 4 --reason "Within the warrant." ;;
	3) "$@" carla item second "$CASE" --item 4 ;;
	4) "$@" cole produce "$CASE" --file "1=$work/data" --file "2=$work/data" --file "3=$work/data" \
		--file "4=$work/data" --out "$O" ;;
	esac
}

# name_left: a later production into the folder, here one that is refused, first names what a kill left.
name_left() {
	try 3 cole produce "$CASE" --file "99=$work/data" --out "$O"
}

at 2026-09-01T16:00:00Z
make_instance "$work/1"
receive "$demands/01-us-warrant.json"
sh "$root/test/collected" "collected data" >data
# $work/N is the instance before step N. Items 1 to 3 are decided on the way, so that the second person
# is all the order waits for.
for n in 1 2 3 4; do
	I=$work/$n
	[ "$n" != 2 ] || try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --reason "Within the warrant."
	show "before.$n"
	MS=0
	for i in 1 2; do
		I=$work/$((n + 1))
		drop_instance "$I"
		copy_instance "$work/$n" "$I"
		least_ms step $n try 0
	done
	echo "$MS" >"ms.$n"
	show "after.$n"
	! cmp -s "before.$n" "after.$n" || wrong "step $n changes nothing"
done
verdict "measured: examine, decide, second, produce"
[ "$bad" = 0 ] || exit 1

for n in 1 2 3 4; do
	before=0
	after=0
	moments $MOMENTS "$(cat "ms.$n")" >delays
	while read -r delay; do
		I=$work/instance
		drop_instance "$I"
		rm -rf "$O"
		mkdir "$O"
		copy_instance "$work/$n" "$I"
		step $n killed "$delay"
		try 0 otto log checkpoint
		try 0 otto log verify
		show now
		if cmp -s now "before.$n"; then
			before=$((before + 1))
			rm -rf "$O"
			mkdir "$O"
			step $n try 0
			try 0 otto log checkpoint
			try 0 otto log verify
			show now
		else
			after=$((after + 1))
		fi
		cmp -s now "after.$n" || wrong "step $n killed after $delay s: the case is neither before nor after"
		# killed between the record and the name of the sealed file: the next production names it
		[ "$n" != 4 ] || [ -n "$(find "$O" -name '*.tar.age')" ] || {
			name_left
		}
		# what the ledger says was sealed is there
		[ "$n" != 4 ] || [ -n "$(find "$O" -name '*.tar.age' -size +0)" ] || wrong "no sealed file after $delay s"
	done <delays
	verdict "step $n killed at $MOMENTS moments: $before before, $after after, none between"
done

# That moment is too short to be met by chance every time: the same state made by hand, with a part beside
# it that no record knows.
I=$work/instance
drop_instance "$I"
rm -rf "$O"
mkdir "$O"
copy_instance "$work/4" "$I"
step 4 try 0
sealed=$(find "$O" -name '*.tar.age')
cp "$sealed" kept
mv "$sealed" "$sealed.part"
echo other >"$O/other.tar.age.part"
name_left
cmp -s "$sealed" kept || wrong "a recorded part did not get its name"
[ ! -e "$sealed.part" ] || wrong "a recorded part is still there"
[ -e "$O/other.tar.age.part" ] || wrong "a part nobody recorded was touched"
mv "$sealed" "$sealed.part"
echo more >>"$sealed.part"
name_left
[ ! -e "$sealed" ] || wrong "a part with other bytes than recorded got the name"
verdict "a sealed file whose program was killed before naming it gets its name, and no other"
exit $bad
