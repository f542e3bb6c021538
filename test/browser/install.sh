#!/bin/sh
# What the tests in a browser need: Node.js, npm, Chromium, LibreOffice are looked for, and the two npm packages, pinned by
# package-lock.json, put into build/browser, once for each lock file. Prints "ok", or "not ok NAME: why".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
modules=$(cd "$here/../.." && pwd)/build/browser
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

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
echo "ok browser: packages"
