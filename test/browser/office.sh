#!/bin/sh
# The officers' portal in Chromium (office.mjs), against `writ serve`: an officer registers, is vetted by two people,
# submits a PDF by the guided form, and gets the signed receipt; the form without an account, an emergency with its
# call-back, a refusal that is cured, a withdrawal. Every page in both languages, light and dark, on a phone, at 200 %.
# Needs WRIT, the release program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

at 2026-12-28T08:00:00Z
house
links iris carla rob root
printf '%%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n' >order.pdf
printf 'kind,identifier\nemail,berta@example.net\nipv4,192.0.2.9,2026-11-01T10:00:00Z\n' >list.csv
# letters DIR: what waits to be sent, for the test: read as root's.
cat >letters <<END
#!/bin/sh
exec "$WRIT" -d "$I" --secret "$I/secrets/root" outgoing list
END
chmod 755 letters
open_house "an instance with an empty portal"
seen office "$work"
lacks serve.log 'anna@|police.example|AZ 12'
verdict "the log has no name and no text of a demand"
exit $bad
