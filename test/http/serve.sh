#!/bin/sh
# The web server: requests of every wrong shape, the public site, processes that die and are replaced.
. "$(dirname "$0")/../flow/lib"
here=$(cd "$root/test/http" && pwd)
PYTHONDONTWRITEBYTECODE=1
export WRIT PYTHONDONTWRITEBYTECODE

# serve_as DIR: as root a server needs somebody to become.
serve_as() {
	[ "$(id -u)" = 0 ] || return 0
	chmod 711 "$work"
	echo "user: nobody" >>"$1/writ.yaml"
	chown -R nobody "$1"
}

make_instance "$I"
serve_as "$I"
python3 "$here/shapes.py" "$I" || bad=1
exit $bad
