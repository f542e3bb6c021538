#!/bin/sh
# Pages in a browser (pages.mjs): run.sh [FOLDER-OR-FILE...], without one those of a site with every kind of public
# page (site.sh) and those with every component of the desk (parts.tmpl), and the site's workbooks in LibreOffice
# (test/oracle/office.py). Prints "ok NAME" or "not ok NAME: why" for each page. What install.sh looks for must be
# there. SHOTS=DIR keeps pictures. Needs WRIT, the release program, and browser/parts beside it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
modules=$root/build/browser
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export CHROMIUM

bad=0
missing() {
	echo "not ok browser: $1"
	exit 1
}
sh "$here/install.sh" || exit 1

if [ $# = 0 ]; then
	made=$(mktemp -d)
	trap 'rm -rf "$made"' EXIT
	trap 'exit 1' HUP INT TERM
	sh "$here/site.sh" "$made" || exit 1
	mkdir -p "$made/parts/static"
	"${WRIT%/*}/browser/parts" "$here/parts.json" "$made/parts" || missing "the pages of every component: make build/rel/browser/parts"
	cp "$root"/static/* "$made/parts/static"
	set -- "$made/site" "$made/empty" "$made/audit" "$made/parts"
	/usr/bin/python3 "$root/test/oracle/office.py" "$made" || bad=1
fi
node "$here/pages.mjs" "$modules" "$@" || bad=1
exit $bad
