#!/bin/sh
# Commands on a server: `writ --server`, beside the same commands on its instance.
. "$(dirname "$0")/lib"

at 2026-11-13T09:00:00Z
make_instance "$I"
serve_config
receive "$demands/01-us-warrant.json"
try 0 rob user token rob --roles reviewer --days 30 --out "$work/rob"
own "$I"
echo "not-a-secret" >"$work/nobody"
PORT=$(python3 "$here/hook.py" ports | cut -d ' ' -f 1)
"$WRIT" -d "$I" serve --listen "127.0.0.1:$PORT" --processes 1 2>serve.log &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	grep -q listening serve.log && python3 -c "import socket; socket.create_connection(('127.0.0.1', $PORT))" 2>/dev/null && break
	sleep 0.3
done

# far STATUS PERSON ARGS...: on the server, from a folder without an instance.
far() {
	want=$1
	person=$2
	shift 2
	run "$want" -d "$work/nowhere" --server "http://127.0.0.1:$PORT" --secret "$work/$person" "$@"
}

try 0 rob matter show "$CASE"
cp out near
far 0 rob matter show "$CASE"
cmp -s near out || wrong "the text of a case differs: $(diff near out | head -n 2 | tail -n 1)"
try 0 rob --json matter show "$CASE"
state='import json, sys; j = json.load(sys.stdin); print(j["case"], j["state"], [o["state"] for o in j["orders"]])'
near=$(python3 -c "$state" <out)
far 0 rob --json matter show "$CASE"
same "the case" "$(python3 -c "$state" <out)" "$near"
verdict "a case is shown as on the instance"

far 0 rob order fact "$CASE" order.form=electronic
has out "Case $CASE, order 1: "
far 0 rob order return "$CASE" --reason "Which account & which day?"
has out "order 1: returned"
try 0 rob --json matter show "$CASE"
same "state on the instance" "$(field state out)" returned
far 5 rob order return "$CASE" --reason "Twice."
run 0 -d "$work/nowhere" --server "http://127.0.0.1:$PORT" --secret "$work/rob" --idempotency once order reply "$CASE" --reason "This one."
cp out first
run 0 -d "$work/nowhere" --server "http://127.0.0.1:$PORT" --secret "$work/rob" --idempotency once order reply "$CASE" --reason "This one."
cmp -s first out || wrong "the same key did something else"
far 5 rob order reply "$CASE" --reason "This one."
verdict "acts happen, once for each key"

far 3 rob matter show "$DEMAND"
far 65 rob order examine "$CASE" maybe --reason "x"
far 65 rob order examine "$CASE"
far 65 rob edition list
has err "no route"
far 65 rob order fact "$CASE" novalue
run 65 --server "http://desk.example" --secret "$work/rob" matter show "$CASE"
has err "this machine alone"
run 65 --server "http://127.0.0.1:$PORT" matter show "$CASE"
has err "needs --secret"
run 1 --server "http://127.0.0.1:1" --secret "$work/rob" matter show "$CASE"
has err "no connection"
far 5 nobody matter show "$CASE"
verdict "exit statuses are those of the instance"
exit $bad
