#!/bin/sh
# Signing in with a passkey in Chromium (login.mjs), against `writ serve` on this machine: a link, a registration, the
# sign-in, the passkey once more, a second passkey, the end of the first, in both languages. Needs WRIT, the release
# program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

house
try 0 root user add eve --roles reviewer --link
link=$(tail -n 1 out)
try 0 root user add otto2 --roles auditor --link
second=$(tail -n 1 out)
open_house "an instance to sign in to"
seen login "$link" "$second"
lacks serve.log "$(basename "$link")|$(basename "$second")|eve"
has serve.log ' sign_in_do 303 '
verdict "the log has neither names nor tokens"
exit $bad
