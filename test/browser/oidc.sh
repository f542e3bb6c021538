#!/bin/sh
# Signing in through an OpenID provider in Chromium (oidc.mjs): with its rules of cookies and of what another site may
# send, with JavaScript and without. The provider is that of test/http/oidc.py, on 127.0.0.1, which for a browser is
# another site than localhost. Needs WRIT, the release program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

unset WRIT_NOW
make_instance "$I"
serve_config
port=$(/usr/bin/python3 "$here/oidc.py" port)
url=http://localhost:$port
there=$(/usr/bin/python3 "$here/oidc.py" port)
cat >>"$I/writ.yaml" <<YAML
url: $url
oidc_issuer: http://127.0.0.1:$there
oidc_client: writ+desk
oidc_secret: oidc
oidc_name: Example Login
YAML
printf 'a secret: with/odd%%signs\n' >"$I/oidc"
chmod 600 "$I/oidc"
try 0 root user add eve --roles "reviewer collector" --link
link=$(tail -n 1 out)
own "$I"
/usr/bin/python3 "$here/oidc.py" provide "$there" "http://localhost:$port" >provider.log 2>&1 &
provider=$!
until_true() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		"$@" && return
		sleep 0.5
	done
	wrong "never came: $*"
}
trap 'kill $provider 2>/dev/null; wait $provider 2>/dev/null; rm -rf "$work"' EXIT
until_true grep -q up provider.log
: >serve.log
"$WRIT" -d "$I" serve --listen "127.0.0.1:$port" >serve.log 2>&1 &
server=$!
trap 'kill $server $provider 2>/dev/null; wait $server $provider 2>/dev/null; rm -rf "$work"' EXIT
reached() {
	[ "$(sql "$I" "SELECT count(*) FROM oidc_issuer WHERE known > 0")" = 1 ]
}
until_true reached
verdict "an instance and a provider to sign in at"
seen oidc "$link"
lacks serve.log "$(basename "$link")|eve|sub-rob"
verdict "the log has neither names nor tokens"
exit $bad
