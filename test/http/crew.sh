#!/bin/sh
# The processes of the web server: they die, reload and stop, under load.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
own "$I"
verdict "an instance to serve"

python3 "$here/crew.py" "$I" || bad=1
exit $bad
