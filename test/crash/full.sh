#!/bin/sh
# The disk fills up in the middle of the intake: the demand is refused with a clear message before any
# acknowledgement, nothing of it is there, and once there is space again the work goes on. On a real small
# file system where this user may mount one (root), else by injected ENOSPC; and for the folder of the papers
# alone. In continuous integration tests run as root, and a mount that is refused there is a failure.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"
. "$here/lib"
at 2026-09-01T16:00:00Z
make_instance "$work/made"

# paper KILOBYTES: a demand with one paper of this size: demand.json.
paper() {
	head -c "$1"000 /dev/zero >paper.txt
	sed 's/"warrant-26-mj-4471.txt"/"paper.txt"/' "$demands/01-us-warrant.json" >demand.json
}

# refused [OTHER]: not a word of a receipt, the reason in plain words, and nothing of it is there.
refused() {
	[ "$rc" != 0 ] || wrong "the demand is taken on a full disk"
	[ ! -s out ] || wrong "it is acknowledged: $(head -n 1 out)"
	grep -qE "No space left on device|the disk is full${1:+|$1}" err || wrong "unclear: $(head -n 1 err)"
}

# goes_on TAKEN: with space the same demand comes in, and everything is whole.
goes_on() {
	same "demands on the full disk" "$(sql "$I" "SELECT count(*) FROM demand")" "$1"
	attempt iris demand add "$work/demand.json"
	[ "$rc" = 0 ] || wrong "with space again: $(head -n 1 err)"
	same "demands" "$(sql "$I" "SELECT count(*) FROM demand")" $(($1 + 1))
	attempt otto log checkpoint
	[ "$rc" = 0 ] || wrong "with space again no checkpoint: $(head -n 1 err)"
	attempt otto log verify
	[ "$rc" = 0 ] || wrong "unverifiable: $(head -n 1 err)"
	what=after
	gave=1
	kept "disk full" receive
	[ -z "$(find "$I/blob" -name '.new*')" ] || wrong "a part of a paper is left"
}

small=$work/small
mkdir "$small"
unmount() {
	umount "$small" 2>/dev/null
	umount "$small/instance/blob" 2>/dev/null
	rm -rf "$work"
}
mounts=
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=4m,mode=700 tmpfs "$small" 2>mount.err; then
	mounts=yes
	trap unmount EXIT
elif [ "$(id -u)" = 0 ]; then
	echo "no mount: $(cat mount.err)" >&2
fi

# fill: what the file system has left goes to a file, but for N kilobytes.
fill() {
	rm -f "$1/filler"
	left=$(($(df -k --output=avail "$1" | tail -n 1) - $2))
	[ $left -le 0 ] || head -c ${left}k /dev/zero >"$1/filler"
}

if [ -n "$mounts" ]; then
	copy_instance "$work/made" "$small/instance"
	I=$small/instance
	taken=0
	paper 4
	# room for less and less: somewhere the paper, the log of the database or its commit does not fit
	for room in 0 4 8 16 24 32 48 64 96; do
		fill "$small" $room
		attempt iris demand add "$work/demand.json"
		if [ "$rc" = 0 ]; then
			taken=$((taken + 1))
		elif grep -q recorded err; then
			taken=$((taken + 1)) # told as such: its promise is not stored
		else
			refused
		fi
		[ $room != 0 ] || same "taken without any room" "$taken" 0
		same "demands with ${room}k" "$(rm -f "$small/filler"; sql "$I" "SELECT count(*) FROM demand")" "$taken"
		verified "disk full"
		echo "receive disk-full $room status=$rc $([ "$rc" = 0 ] && echo after || echo before)" >>"$LIST"
	done
	rm -f "$small/filler"
	goes_on $taken
	verdict "a file system that fills up in the middle of the intake: refused in plain words, and then it goes on"
	umount "$small"

	copy_instance "$work/made" "$work/instance"
	I=$work/instance
	small=$I/blob
	mount -t tmpfs -o size=64k,mode=700 tmpfs "$small" || wrong "no mount"
	paper 200
	attempt iris demand add "$work/demand.json"
	refused
	echo "receive blobs-full 1 status=$rc before" >>"$LIST"
	same "files of the paper" "$(find "$I/blob" -type f | wc -l | tr -d ' ')" 0
	paper 4
	goes_on 0
	verdict "the papers' own file system fills up: refused in plain words, nothing is left of it, and then it goes on"
	umount "$small"
	drop_instance "$I"
	small=$work/small
fi

# The same by injection, at every write and every name that the command makes.
W=$work/world
O=$W/out
mkdir -p "$O"
cp "$work/made/.database" "$work/.made"
copy_instance "$work/made" "$work/at.receive"
truncate -s 4096 page.new
I=$W/instance
for place in world world/instance/blob; do
	ROOT=$work/$place
	paper 200
	counted receive
	for n in 1 2 3 5 8 13 21 34; do
		[ $n -le "$N_op" ] || continue
		faulty "enospc op $n on" receive || :
		if [ "$rc" = 0 ] || grep -q recorded err; then
			took=1
		else
			took=0
			# where a file of its own cannot be made, SQLite does not say why
			refused "unable to open database file"
		fi
		same "demands after ENOSPC $n below $place" "$(sql "$I" "SELECT count(*) FROM demand")" $took
		verified "ENOSPC"
		echo "receive enospc-${place##*/} $n status=$rc $([ $took = 1 ] && echo after || echo before)" >>"$LIST"
		[ $n != 3 ] || goes_on $took
		drop_instance "$I"
	done
	verdict "no space below ${place#world/instance/}, from the n-th write on: refused before it is acknowledged"
done
exit $bad
