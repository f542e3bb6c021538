#!/bin/sh
# Signing in through an OpenID provider: one of the test's own, on this machine.
. "$(dirname "$0")/lib"

unset WRIT_NOW
make_instance "$I"
serve_config
PORT=$(python3 "$here/oidc.py" port)
printf 'url: https://desk.example.net\nlimit_requests: 0\nlimit_connections: 0\n' >>"$I/writ.yaml"
cp "$I/writ.yaml" plain

bent() {
	cat plain - >"$I/writ.yaml"
	try 65 root user list
	has err "$1"
}
echo "oidc_client: writ" | bent "oidc_issuer: is missing"
printf 'oidc_issuer: http://login.example.net\noidc_client: writ\noidc_secret: oidc\n' | bent "this machine alone"
printf 'oidc_issuer: https://login.example.net?x\noidc_client: writ\noidc_secret: oidc\n' | bent "oidc_issuer: want"
printf 'oidc_issuer: https://login.example.net\noidc_secret: oidc\n' | bent "oidc_client: want"
printf 'oidc_issuer: https://login.example.net\noidc_client: writ\n' | bent "oidc_secret: want"
cp plain "$I/writ.yaml"
try 65 root user oidc rob --subject sub-rob
has err "names no OpenID provider"
cat >>"$I/writ.yaml" <<YAML
oidc_issuer: http://127.0.0.1:$PORT
oidc_client: writ+desk
oidc_secret: oidc
oidc_name: Example Login
YAML
printf 'a secret: with/odd%%signs\n' >"$I/oidc"
chmod 600 "$I/oidc"
verdict "writ.yaml names a provider, or none, and nothing in between"

try 5 rob user oidc rob --subject sub-rob
try 65 root user oidc rob --subject "a b"
try 0 root user oidc rob
has out "^none$"
try 0 root user oidc rob --subject sub-rob
try 0 root user oidc rob
has out "^1  sub-rob at http://127.0.0.1:$PORT since "
try 4 root user oidc rita --subject sub-rob
has err "bound already"
try 4 root user oidc rob --subject sub-other
has err "takes two persons"
denied "needs the role admin" rita user oidc rob
denied "needs the role admin" rita user oidc-end rob 1
try 4 root user link rob
try 0 root user add eve --roles reviewer --link
LINK=$(tail -n 1 out)
verdict "an admin binds a first subject, and none beside another way in"

own "$I"
python3 "$here/oidc.py" "$I" "$PORT" "$work" "$LINK" || bad=1

try 0 root user oidc-end rob 1
try 4 root user oidc-end rob 1
try 3 root user oidc-end rob 9
try 0 root user oidc rob
has out "^1  sub-rob .*ended .*\(admin\)$"
same "sessions of an ended subject" \
	"$(sql "$I" "SELECT count(*) FROM session WHERE subject = 1 AND ended IS NULL")" 0
"$WRIT" -d "$I" doctor >out 2>err || : # PostgreSQL's settings are another test's
has out "^ok +openid +http://127.0.0.1:$PORT, its document read "
chmod 644 "$I/oidc"
run 1 -d "$I" doctor
has out "openid +others may read the client's secret"
try 0 root log verify
verdict "what was bound and ended stands in the ledger"
exit $bad
