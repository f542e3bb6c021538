#!/bin/sh
# Signing in with a passkey in Chromium (login.mjs), against `writ serve` on this machine: a link, a registration, the
# sign-in, the passkey once more, a second passkey, the end of the first, in both languages. Needs WRIT, the release
# program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/../http/lib"
modules=$root/build/browser
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CHROMIUM

make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
try 0 root user add eve --roles reviewer --link
link=$(tail -n 1 out)
try 0 root user add otto2 --roles auditor --link
second=$(tail -n 1 out)
own "$I"
: >serve.log
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" >serve.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q . serve.log && break
	sleep 0.5
done
verdict "an instance to sign in to"
node "$root/test/browser/login.mjs" "$modules" "http://localhost:$port" "$link" "$second" || bad=1
cat serve.log >"${LOG:-/dev/null}"
lacks serve.log "$(basename "$link")|$(basename "$second")|eve"
has serve.log ' sign_in_do 303 '
verdict "the log has neither names nor tokens"
exit $bad
