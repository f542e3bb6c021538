#!/bin/sh
# What goes to other machines: webhooks, and the helper that speaks to them. Every server is one of the test's own.
. "$(dirname "$0")/lib"

at 2026-11-13T09:00:00Z
make_instance "$I"
serve_config
python3 "$here/hook.py" ports >ports
read -r PLAIN TLS SMTP <ports
printf 'webhook_ports: %s %s\nnet_ca: ca.pem\n' "$PLAIN" "$TLS" >>"$I/writ.yaml"
printf 'smtp: smtp://127.0.0.1:%s\nmail_from: desk@house.example\n' "$SMTP" >>"$I/writ.yaml"
for name in ours theirs; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=127.0.0.1 \
		-addext subjectAltName=IP:127.0.0.1 -keyout $name.key -out $name.pem -days 3650 2>err ||
		wrong "no certificate: $(tail -n 1 err)"
done
cp ours.pem "$I/ca.pem"

E="paging demand.receive order.state production.delivered"
try 5 rob webhook add "http://127.0.0.1:$PLAIN/hook" --events "$E" --secret-out "$work/no"
try 65 root webhook add "http://hook.example:$PLAIN/hook" --events "$E" --secret-out "$work/no"
has err "for 127.0.0.1"
try 65 root webhook add "ftp://127.0.0.1:$PLAIN/" --events "$E" --secret-out "$work/no"
try 65 root webhook add "https://user:word@127.0.0.1:$TLS/" --events "$E" --secret-out "$work/no"
try 5 root webhook add "https://127.0.0.1:25/" --events "$E" --secret-out "$work/no"
has err "port 25"
try 65 root webhook add "http://127.0.0.1:$PLAIN/hook" --events "demand.guess" --secret-out "$work/no"
[ ! -e "$work/no" ] || wrong "a secret of no webhook was left"
verdict "a webhook lies where writ.yaml lets it, encrypted, and is an admin's"

try 0 root --json webhook add "http://127.0.0.1:$PLAIN/hook" --events "$E" --secret-out "$work/secret"
HOOK=$(field webhook out)
try 0 root webhook add "https://127.0.0.1:$TLS/hook" --events "order.state" --secret-out "$work/tls"
try 0 root webhook list
has out "$HOOK"
has out "events: $E"
receive "$demands/01-us-warrant.json"
SEEN="$DEMAND $CASE"
try 0 nadia --json demand add "$demands/11-us-nsl.json"
try 0 root oncall add rob "Mon 00:00-Mon 00:00"
try 65 root oncall mail rob --to "rob@desk.example>, <else@desk.example"
try 5 rob oncall mail rob --to rob@desk.example
try 0 root oncall mail rob --to rob@desk.example
try 0 iris --json demand add "$demands/09-us-emergency-no-paper.json"
SEEN="$SEEN $(field demand out)"
entries >/dev/null
own "$I"
verdict "webhooks are in the ledger"

python3 "$here/hook.py" "$I" "$PLAIN" "$TLS" "$SMTP" "$work" "$SEEN" || bad=1
exit $bad
