#!/bin/sh
# TLS without a server in front: what is spoken, who is let in, and a new certificate without a lost request.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config

# ca NAME; cert NAME CA SUBJECT USAGE: NAME.pem and NAME.key
ca() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" \
		-days 3650 2>err || wrong "no CA: $(tail -n 1 err)"
}
cert() {
	printf 'extendedKeyUsage=%s\nsubjectAltName=DNS:reports.example,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' "$4" >ext
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$3" -keyout "$1.key" -out "$1.csr" 2>err &&
		openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days 3650 -extfile ext -out "$1.pem" 2>>err ||
		wrong "no certificate: $(tail -n 1 err)"
}
ca house
ca clients
ca others
cert first house reports.example serverAuth
cert second house reports.example serverAuth
cert officer clients officer clientAuth
cert server_only clients officer serverAuth
cert stranger others officer clientAuth
mkdir tls
chmod 755 tls
cp first.pem tls/cert.pem
cp first.key tls/key.pem
cp clients.pem tls/clients.pem
chmod 644 tls/cert.pem tls/clients.pem
chmod 640 tls/key.pem
[ "$(id -u)" != 0 ] || chown nobody tls/key.pem
own "$I"
verdict "certificates"

python3 "$here/tls.py" "$I" "$work" || bad=1
exit $bad
