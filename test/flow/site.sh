#!/bin/sh
# The public site: built from what is published and nothing else, twice the same; a correction is seen beside
# the old edition, on a page of its own, as JSON and in the feed.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
try 0 pia site build "$work/none"
has out "^No edition is published yet"
has none/index.html "No report has been published yet"
has none/index.de.html "Noch ist kein Bericht"
[ ! -e none/feed.atom ] || wrong "a feed without news"
verdict "a site without editions says so"

at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
try 0 rob order reject "$CASE" --code over_broad --reason "No specific account is named."
at 2026-09-08T08:00:00Z
receive "$demands/04-de-bestandsdaten.json"
OPEN=$CASE
at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2
denied "needs the role publisher" rob site build "$work/denied"
try 0 pia site build "$work/draft"
[ ! -e draft/edition ] || wrong "a draft is on the site"
try 0 pia edition publish 2026H2 --out "$work/first"
try 0 pia site build "$work/site" --base https://reports.example/
has out "^Wrote 1 edition and 2 countries"
for f in "$work"/first/figures.* "$work"/first/report*; do
	cmp -s "$f" "site/edition/2026H2.1/${f##*/}" || wrong "${f##*/} is not what was published"
done
cp -r site again
try 0 pia site build "$work/again" --base https://reports.example/
diff -r site again >diff.out || wrong "built again it differs: $(head -n 1 diff.out)"
verdict "a published edition, in all its formats, twice the same"

at 2027-02-10T09:00:00Z
try 0 rita order reject "$OPEN" --code no_basis --reason "No legal basis is named."
cat >cause.yaml <<'END'
title: One demand had been counted under the wrong country
text: It came through a second authority.
END
echo "title: Ein Ersuchen war beim falschen Staat gezählt" >cause.de.yaml
try 0 pia edition make 2026H2 --en cause.yaml --de cause.de.yaml
try 0 pia edition publish 2026H2 --out "$work/second"
cp site/edition/2026H2.1/figures.csv old.csv
try 0 pia site build "$work/site" --base https://reports.example/
has out "^Wrote 2 editions and 2 countries"
cmp -s old.csv site/edition/2026H2.1/figures.csv || wrong "the old edition has changed"
has site/index.html "corrected since"
has site/index.html 'href="edition/2026H2.2/changes.html"'
has site/index.de.html 'href="edition/2026H2.2/changes.de.html"'
has site/edition/2026H2.2/changes.html '>Total: Pending<'
has site/edition/2026H2.2/changes.html '>Germany, .*: Rejected<'
has site/edition/2026H2.2/changes.de.html '>Insgesamt: Offen<'
has site/edition/2026H2.2/changes.html 'Total: Share, Rejected<.*>50.0%<.*>100.0%<'
lacks site/edition/2026H2.2/changes.de.html '<th scope="row">[a-z_]+ |[a-z]_[a-z]'
# what changed: every row of the CSV that differs, each with both its values
cut -d, -f2-9 old.csv >a
cut -d, -f2-9 site/edition/2026H2.2/figures.csv >b
same "changes on the page" "$(grep -c '<tr><th scope="row"' site/edition/2026H2.2/changes.html)" \
	"$(diff a b | grep '^[<>]' | cut -d, -f1-4 | cut -c3- | sort -u | grep -c .)"
verdict "a correction stands beside the old edition, with what it changed"

# a country that no edition names any more has no page; what others put there stays
cp site/country/DE.html site/country/ZW.html
cp site/country/DE.de.html site/country/ZW.de.html
echo note >site/country/note.html
try 0 pia site build "$work/site" --base https://reports.example/
[ ! -e site/country/ZW.html ] && [ ! -e site/country/ZW.de.html ] || wrong "an old page stays"
[ -e site/country/DE.html ] && [ -e site/country/note.html ] || wrong "too much was removed"
rm site/country/note.html
verdict "the page of a country that no edition names any more goes"

/usr/bin/python3 "$root/test/oracle/site.py" site https://reports.example/ >out 2>err || wrong "$(tail -n 1 err)"
/usr/bin/python3 "$root/test/oracle/schema.py" site/edition/* >out 2>err || wrong "$(tail -n 1 err)"
try 0 pia site build "$work/plain"
/usr/bin/python3 "$root/test/oracle/site.py" plain >out 2>err || wrong "without an address: $(tail -n 1 err)"
verdict "feed, changes, links and pages hold together"

try 65 pia site build "$work/bad" --base reports.example
has err "^writ: --base"
try 65 pia site build "$work/bad" --base 'https://reports.example'
try 65 pia site build "$work/bad" --base 'https://reports.example/"x/'
has err "character 25"
[ ! -e bad ] || wrong "it wrote all the same"
verdict "an address that is none is refused"
exit $bad
