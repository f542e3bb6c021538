#!/bin/sh
# The units for systemd: it takes them, and what they leave to the service is little.
. "$(dirname "$0")/lib"

# check NAME LIMIT [DROP-IN]: verified, and an exposure of at most LIMIT tenths.
check() {
	mkdir -p "units/$1.d"
	sed "s|/usr/local/bin/writ|$WRIT|" "$root/examples/writ.service" >"units/$1"
	[ -z "${3:-}" ] || cp "$root/examples/$3" "units/$1.d/"
	systemd-analyze verify "units/$1" >out 2>&1 || wrong "verify: $(head -n 2 out)"
	# what is said of units that are not ours is not asked
	! grep -q "^$1\\|units/" out || wrong "verify: $(grep "^$1\\|units/" out | head -n 1)"
	systemd-analyze security --offline=true --threshold="$2" "units/$1" >out 2>&1 ||
		wrong "exposed: $(tail -n 1 out)"
}
check writ.service 15
verdict "systemd takes writ.service, which leaves little to it"
check writ-443.service 20 writ-tls.conf
verdict "and with TLS of its own"
exit $bad
