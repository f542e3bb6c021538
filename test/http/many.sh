#!/bin/sh
# Many slow connections. MANY=10000 and more are for `dev bench web` and for hand.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
own "$I"
verdict "an instance to serve"

for n in 2 4; do
	python3 "$here/many.py" "$I" "${MANY:-2000}" "$n" || bad=1
done
exit $bad
