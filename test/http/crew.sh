#!/bin/sh
# The processes of the web server: they die, reload and stop, under load.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
own "$I"
verdict "an instance to serve"

cat >sql.sh <<END
work=$work
WRIT=$WRIT
. "$root/test/engine"
sql "$I" "\$1"
END
python3 "$here/crew.py" "$I" "$work/sql.sh" || bad=1
exit $bad
