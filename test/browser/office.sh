#!/bin/sh
# The officers' portal in Chromium (office.mjs), against `writ serve`: an officer registers, is vetted by two people,
# submits a PDF by the guided form, and gets the signed receipt; the form without an account, an emergency with its
# call-back, a refusal that is cured, a withdrawal. Every page in both languages, light and dark, on a phone, at 200 %.
# Needs WRIT, the release program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/../http/lib"
modules=$root/build/browser
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CHROMIUM

at 2026-12-28T08:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
for p in iris carla rob root; do
	try 0 root user link "$p"
	tail -n 1 out >"link.$p"
done
printf '%%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n' >order.pdf
printf 'kind,identifier\nemail,berta@example.net\nipv4,192.0.2.9,2026-11-01T10:00:00Z\n' >list.csv
own "$I"
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" >serve.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q . serve.log && break
	sleep 0.5
done
# letters DIR: what waits to be sent, for the test: read as root's.
cat >letters <<END
#!/bin/sh
exec "$WRIT" -d "$I" --secret "$I/secrets/root" outgoing list
END
chmod 755 letters
verdict "an instance with an empty portal"
node "$root/test/browser/office.mjs" "$modules" "http://localhost:$port" "$work" || bad=1
cat serve.log >"${LOG:-/dev/null}"
lacks serve.log 'anna@|police.example|AZ 12'
verdict "the log has no name and no text of a demand"
exit $bad
