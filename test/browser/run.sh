#!/bin/sh
# Pages in a browser (pages.mjs): run.sh [FOLDER-OR-FILE...], without one those of a site with every kind of public
# page (site.sh) and those with every component of the desk (parts.tmpl), and the site's workbooks in LibreOffice
# (test/oracle/office.py). Prints "ok NAME" or "not ok NAME: why" for each page. Node.js, npm, Chromium and npm's
# registry are needed: what is missing fails. The two packages, pinned by package-lock.json, lie in build/browser
# afterwards. SHOTS=DIR keeps pictures. Needs WRIT, the release program, and browser/parts beside it.
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
for tool in node npm "$CHROMIUM" soffice; do
	command -v "$tool" >/dev/null || missing "$tool is missing (Debian: nodejs npm chromium libreoffice-calc)"
done

# The packages, once for each lock file.
mkdir -p "$modules"
if ! cmp -s "$here/package-lock.json" "$modules/installed"; then
	rm -rf "$modules/installed" "$modules/node_modules"
	cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$modules"
	(cd "$modules" && npm ci) >"$modules/npm.log" 2>&1 || {
		cat "$modules/npm.log" >&2
		missing "npm ci failed: $(grep -m 1 -i error "$modules/npm.log")"
	}
	cp "$here/package-lock.json" "$modules/installed"
fi

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
	sh "$here/login.sh" || bad=1
	sh "$here/desk.sh" || bad=1
fi
node "$here/pages.mjs" "$modules" "$@" || bad=1
exit $bad
