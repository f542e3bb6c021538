#!/bin/sh
# The public account in Chromium (account.mjs): counsel records a permission, a publisher sees the draft that is refused,
# mends what stands against it, publishes with a passkey, and the public page shows it; the statement; settings. Each new
# page in both languages, light and dark, on a phone, at 200 %. Needs WRIT, the release program; packages by install.sh.
# SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

at 2012-07-02T09:00:00Z
house
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
links pia paul nora otto root iris
open_house "an instance with a history to publish"
seen account "$work"
try 0 otto log verify
verdict "the ledger has it, and holds"
exit $bad
