#!/bin/sh
# flow.sh [keys-en mouse-de ...]: the ways of a demand in Chromium (flow.mjs), from an officer's registration to the file
# that they open: each by the keyboard alone and with scripts off, the one in English, the other in German, or by which
# hand and in which language is said. Letters are read where `writ outgoing list` shows them;
# the officer's key is made by age-keygen. Needs WRIT, the release program; packages by install.sh. SHOTS=DIR
# keeps pictures.
. "$(dirname "$0")/../http/lib"
RUNS=${*:-${RUNS:-keys-en mouse-de}}
export RUNS
modules=$root/build/browser
sh "$root/test/browser/install.sh" >/dev/null || exit 1
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CHROMIUM

at 2026-12-28T08:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
receive "$demands/11-us-nsl.json" nadia
sealed=$CASE sealed_demand=$DEMAND
for p in iris rob rita carla cole nadia; do
	try 0 root user link "$p"
	tail -n 1 out >"link.$p"
done
try 0 rob user token rob --roles reviewer --days 3 --out token.rob
own "$I"
age-keygen -o officer.key 2>/dev/null || wrong "age-keygen"
as=
[ "$(id -u)" != 0 ] || as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
cat >letters.sh <<END
exec $as "$WRIT" -d "$I" --secret "$I/secrets/root" outgoing list
END
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" >serve.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q . serve.log && break
	sleep 0.5
done
verdict "an instance with a sealed matter"
node "$root/test/browser/flow.mjs" "$modules" "http://localhost:$port" "$work" \
	"{\"sealed\":\"$sealed\",\"sealed_demand\":\"$sealed_demand\"}" || bad=1
cat serve.log >"${LOG:-/dev/null}"
lacks serve.log '@police|Doe|j\.doe|t\.specimen'
verdict "the log names nobody"
exit $bad
