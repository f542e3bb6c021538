#!/bin/sh
# Uploads, from the first byte to the acknowledgement: tricks, floods, full disks, processes that go.
. "$(dirname "$0")/lib"

TAKE=$(dirname "$WRIT")/http/take
[ -x "$TAKE" ] || wrong "there is no $TAKE: make MODE=rel B=build/rel build/rel/http/take"
verdict "the server of this test is built"

small=$work/small
mkdir "$small" spool kept
chmod 700 spool
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=8m,mode=700 tmpfs "$small" 2>mount.err; then
	trap 'umount "$small"; rm -rf "$work"' EXIT
	SMALL=$small
elif [ "$(id -u)" = 0 ]; then
	echo "no mount, so without a small disk: $(cat mount.err)" >&2
fi
export TAKE SMALL
python3 "$here/take.py" "$work" || bad=1
exit $bad
