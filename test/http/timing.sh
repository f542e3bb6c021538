#!/bin/sh
# Whether the time of an answer tells of a sealed matter (timing.py).
. "$(dirname "$0")/lib"

at 2026-12-28T08:00:00Z
make_instance "$I"
serve_config
receive "$demands/11-us-nsl.json" nadia
sealed=$CASE
receive "$demands/01-us-warrant.json"
try 0 rob user token rob --roles reviewer --days 3 --out token.rob
own "$I"
verdict "an instance with a sealed matter"
/usr/bin/python3 "$here/timing.py" "$I" "$sealed" token.rob || bad=1
exit $bad
