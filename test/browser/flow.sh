#!/bin/sh
# flow.sh [keys-en mouse-de ...]: the ways of a demand in Chromium (flow.mjs), from an officer's registration to the file
# that they open: each by the keyboard alone and with scripts off, the one in English, the other in German, or by which
# hand and in which language is said. Letters are read where `writ outgoing list` shows them;
# the officer's key is made by age-keygen. Needs WRIT, the release program; packages by install.sh. SHOTS=DIR
# keeps pictures.
. "$(dirname "$0")/lib"
RUNS=${*:-${RUNS:-keys-en mouse-de}}
export RUNS

at 2026-12-28T08:00:00Z
house
receive "$demands/11-us-nsl.json" nadia
sealed=$CASE sealed_demand=$DEMAND
links iris rob rita carla cole nadia
try 0 rob user token rob --roles reviewer --days 3 --out token.rob
age-keygen -o officer.key 2>/dev/null || wrong "age-keygen"
as=
[ "$(id -u)" != 0 ] || as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
cat >letters.sh <<END
exec $as "$WRIT" -d "$I" --secret "$I/secrets/root" outgoing list
END
open_house "an instance with a sealed matter"
seen flow "$work" \
	"{\"sealed\":\"$sealed\",\"sealed_demand\":\"$sealed_demand\"}"
lacks serve.log '@police|Doe|j\.doe|t\.specimen'
verdict "the log names nobody"
exit $bad
