#!/bin/sh
# The web server: requests of every wrong shape, and the public site.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
try 0 rob order reject "$CASE" --code over_broad --reason "No specific account is named."
at 2026-09-08T08:00:00Z
receive "$demands/04-de-bestandsdaten.json"
OPEN=$CASE
at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2
try 0 pia edition publish 2026H2 --out "$work/first"
at 2027-02-10T09:00:00Z
try 0 rita order reject "$OPEN" --code no_basis --reason "No legal basis is named."
echo "title: One demand more" >cause.yaml
echo "title: Ein Ersuchen mehr" >cause.de.yaml
try 0 pia edition make 2026H2 --en cause.yaml --de cause.de.yaml
try 0 pia edition publish 2026H2 --out "$work/second"
try 0 pia site build "$I/public" --base https://reports.example/
own "$I"
verdict "an instance with a public site"

python3 "$here/shapes.py" "$I" || bad=1
python3 "$here/site.py" "$I" "$I/public" || bad=1
exit $bad
