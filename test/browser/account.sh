#!/bin/sh
# The public account in Chromium (account.mjs): counsel records a permission, a publisher sees the draft that is refused,
# mends what stands against it, publishes with a passkey, and the public page shows it; the statement; settings. Each new
# page in both languages, light and dark, on a phone, at 200 %. Needs WRIT, the release program; packages by install.sh.
# SHOTS=DIR keeps pictures.
. "$(dirname "$0")/../http/lib"
modules=$root/build/browser
sh "$root/test/browser/install.sh" >/dev/null || exit 1
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CHROMIUM

at 2012-07-02T09:00:00Z
make_instance "$I"
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
# a structure whose law nobody read at the source: it needs counsel's permission
sed -i 's/^bands: .*/bands: US-COMB-2013/' "$I/writ.yaml"
at 2013-01-10T09:00:00Z
cat >2012H2.csv <<'CSV'
country,requests,accounts,content,noncontent,no_data,rejected
DE,700,1200,0,600,90,10
GB,900,1100,10,800,80,10
US,6421,12282,700,5421,200,100
TOTAL,8021,14582,710,6821,370,120
CSV
register_map 2012H2 content noncontent no_data rejected >2012H2.map.yaml
printf 'total:\n  where:\n    country: TOTAL\n' >>2012H2.map.yaml
try 0 iris import closed 2012H2.csv --map 2012H2.map.yaml
try 0 root user add paul --roles "publisher counsel" --sealed --secret-out "$I/secrets/paul"
at 2013-06-14T09:00:00Z
try 0 rob user token rob --roles reviewer --days 3 --out token.rob
for p in pia paul nora otto root iris; do
	try 0 root user link "$p"
	tail -n 1 out >"link.$p"
done
own "$I"
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" >serve.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q . serve.log && break
	sleep 0.5
done
verdict "an instance with a history to publish"
node "$root/test/browser/account.mjs" "$modules" "http://localhost:$port" "$work" || bad=1
cat serve.log >"${LOG:-/dev/null}"
try 0 otto log verify
verdict "the ledger has it, and holds"
exit $bad
