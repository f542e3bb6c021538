#!/bin/sh
# The catalogue beside what templates and src/web say (tools/tmpl.c).
#   sh tools/po.sh         prints what has no German yet, as entries for lang/de.po; exit 1 if there is any
#   sh tools/po.sh add     puts these into lang/de.po, those of errors into lang/errors.de.po, each in its
#                          place and empty: write the German
#   sh tools/po.sh drop    takes out of lang/ what nobody says any more
set -eu
cd "$(dirname "$0")/.."
make -s MODE=rel B=build/rel build/rel/tool/tmpl >/dev/null
# shellcheck disable=SC2046
exec build/rel/tool/tmpl "${1:-missing}" $(make -s MODE=rel B=build/rel says)
