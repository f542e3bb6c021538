#!/bin/sh
# Commands on a server: `writ --server`, beside the same commands on its instance.
. "$(dirname "$0")/lib"

at 2026-11-13T09:00:00Z
make_instance "$I"
serve_config
receive "$demands/01-us-warrant.json"
WARRANT=$CASE
receive "$demands/06-de-ip-logs.json"
for n in 02-us-subpoena-with-content 07-de-plain-mail 09-us-emergency-no-paper; do
	try 0 iris demand add "$demands/$n.json"
	eval "D${n%%-*}=$(sed -n 's/^Demand \([^ ]*\) is recorded.*/\1/p' out)"
done
try 0 iris demand add "$demands/02-us-subpoena-with-content.json"
AGAIN=$(sed -n 's/^Demand \([^ ]*\) is recorded.*/\1/p' out)
try 0 carla oncall add rob "Mon 08:00-Tue 08:00"
try 0 rob user token rob --roles reviewer --days 30 --out "$work/rob"
try 0 iris user token iris --roles intake --days 30 --out "$work/iris"
try 0 carla user token carla --roles counsel --days 30 --out "$work/carla"
try 0 fred user token fred --roles finance --days 30 --out "$work/fred"
own "$I"
CASE=$WARRANT
echo "writ-token-0000000000000000000000000000000000000000000000000000000000000000" >"$work/nobody"
PORTS=$(python3 "$here/hook.py" ports)
PORT=$(echo "$PORTS" | cut -d ' ' -f 1)
BETWEEN=$(echo "$PORTS" | cut -d ' ' -f 2)
GUARDED=$(echo "$PORTS" | cut -d ' ' -f 3)
"$WRIT" -d "$I" serve --listen "127.0.0.1:$PORT" --processes 1 2>serve.log &
server=$!
between=
guarded=
trap 'kill $server $between $guarded 2>/dev/null; wait $server $between $guarded 2>/dev/null; rm -rf "$work"' EXIT

# up PORT: somebody listens there.
up() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		python3 -c "import socket; socket.create_connection(('127.0.0.1', $1))" 2>/dev/null && return
		sleep 0.3
	done
	wrong "nobody listens"
}
up "$PORT"

# far STATUS PERSON ARGS...: on the server, from a folder without an instance.
far() {
	want=$1
	person=$2
	shift 2
	run "$want" -d "$work/nowhere" --server "http://127.0.0.1:$PORT" --secret "$work/$person" "$@"
}

# alike PERSON ARGS...: the same text on the instance and on the server; alike_value: the same JSON, whose members a
# server has in another order; alike_json: both.
alike() {
	try 0 "$@"
	cp out near
	cp err near.err
	far 0 "$@"
	cmp -s near out || wrong "the text of $* differs: $(diff near out | head -n 4 | tr '\n' ' ')"
	cmp -s near.err err || wrong "what $* says beside it differs: $(diff near.err err | head -n 4 | tr '\n' ' ')"
}
alike_json() {
	alike "$@"
	alike_value "$@"
}
alike_value() {
	person=$1
	shift
	try 0 "$person" --json "$@"
	cp out near
	far 0 "$person" --json "$@"
	python3 -c 'import json, sys; sys.exit(json.load(open("near")) != json.load(open("out")))' ||
		wrong "the value of $* differs: $(diff near out | head -n 4 | tr '\n' ' ')"
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

alike_json rob matter list
alike_json rob matter list --limit 1
has err "1 shown, more follow: --after"
alike_json rob matter list --after "$CASE"
alike_json rob matter list --closed
alike_json rob matter why "$CASE"
alike_json rob matter alerts
alike_json iris inbox
alike_json iris inbox --limit 1
alike_json iris demand list
alike_json iris demand list --state opened --limit 1
alike_value iris demand show "$D02"
alike_json iris demand preview "$D02"
alike_json rob queues
alike_json rob queue nobody
alike_json rob queue rob --limit 1
alike rob day
alike_json rob overview
alike rob calendar 2026-11-01 2027-11-30
alike rob calendar 2026-11-01 2027-11-30 --kind deadline --mine
alike rob search --instrument US-WARRANT --open
alike rob search "$CASE"
alike rob search --ref "$CASE" --state review --country US
far 0 rob search --limit 1
same "orders on a page of one" "$(wc -l <out)" 1
far 0 rob search --limit 1 --after "$(sed -n 's/.*more may follow: --after \(.*\)/\1/p' err)"
same "orders on the next one" "$(wc -l <out)" 1
echo "alice@mail.example" >"$work/target"
alike rob search --target-file "$work/target" --kind email
alike_json rob saved list
alike rob oncall list
alike_json rob oncall pages --all
alike rob quality sample 2026 --percent 50
alike_json iris template list
alike_json iris officer list
alike_json iris agency list
verdict "lists and views are those of the instance, as text and as JSON"

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

far 0 iris demand verify "$D02"
far 0 iris demand merge "$AGAIN" "$D02"
has out "^Merged: it counts once"
far 0 iris demand sort-out "$D07" --kind take_down
has out "^Sorted out as take_down"
far 0 iris demand letter "$D07"
cp out letter
try 0 iris demand preview "$D07" --json
python3 -c 'import json, sys; t = json.load(open("out"))["sorted"]["letter"]; sys.exit(t != open("letter").read())' || wrong "another letter"
far 0 iris demand open "$D09"
has out "^Case .* is open"
EMERGENCY=$(sed -n 's/^Case \([^ ]*\) is open.*/\1/p' out)
try 0 rob matter show "$EMERGENCY"
far 0 iris demand open "$D02" --amends "$CASE"
same "the amending order's case" "$(sed -n 's/^Case \([^ ]*\) is open.*/\1/p' out)" "$CASE"
far 65 rob order judge "$CASE"
has err "the case has 2 orders: say which with --order N"
far 0 rob order judge "$CASE" --order 2
far 0 iris matter assign "$EMERGENCY" rob --reason "By the book."
has out "^Case $EMERGENCY is rob's now"
alike rob day
far 0 iris matter assign "$EMERGENCY" nobody
alike rob queue rob
far 0 rob matter watch "$EMERGENCY"
alike rob day
has out "$EMERGENCY"
far 0 rob matter unwatch "$EMERGENCY"
echo "Called at once." >"$work/note"
far 0 rob order note "$EMERGENCY" --reason-file "$work/note"
has out "Case $EMERGENCY, order 1: "
far 0 iris order call-back "$EMERGENCY" --source "The agency's own page." --reason "The duty officer."
has out "Case $EMERGENCY, order 1: "
printf 'Dear {officer},\nplease wait.\n' >"$work/template"
far 0 rob template set later --language en --file "$work/template"
alike_json iris template list
has out later
alike rob order text "$EMERGENCY" --template later
far 0 rob template drop later --language en
far 0 rob search --state review --save mine
SAVED=$(sed -n 's/^Kept: writ search --saved \(.*\)/\1/p' out)
alike_json rob saved list
alike rob search --saved "$SAVED"
far 0 rob saved drop "$SAVED"
alike_json rob saved list
far 0 carla oncall add carla "Sat 08:00-Sat 20:00" --rank 2
far 0 carla oncall change rob --from 2026-11-14T00:00:00Z --to 2026-11-15T00:00:00Z
alike rob oncall list
has out "change .*: rob, away"
far 0 carla oncall drop change "$(sed -n 's/^  change \([0-9]*\):.*/\1/p' out)"
far 65 carla oncall drop other 1
alike rob oncall list
far 0 iris agency add "Police of X" --country US --body police --level local --reason "Their own page."
AGENCY=$(sed -n 's/^Agency \([^ ]*\)\. .*/\1/p' out)
far 0 iris agency domain "$AGENCY" police.example
alike_json iris agency list
alike_value iris agency show "$AGENCY"
far 5 rob matter close "$CASE"
verdict "what the desk does beside orders happens there as well"

far 3 rob matter show "$DEMAND"
far 65 rob order examine "$CASE" maybe --reason "x"
far 65 rob order examine "$CASE"
far 65 rob edition list
has err "writ edition list has no route"
far 65 rob matter list --wrong
has err "on a server: unknown option"
far 65 rob --idempotency
run 65 -d "$I" --secret "$I/secrets/rob" --ca "$work/rob" matter list
has err "go with --server"
far 5 fred matter list
far 65 rob order fact "$CASE" novalue
run 65 --server "http://desk.example" --secret "$work/rob" matter show "$CASE"
has err "this machine alone"
run 65 --server "http://127.0.0.1:$PORT" matter show "$CASE"
has err "needs --secret"
run 1 --server "http://127.0.0.1:1" --secret "$work/rob" matter show "$CASE"
has err "no connection"
far 5 nobody matter show "$CASE"
verdict "exit statuses are those of the instance"

# ---- what stands between ----

# between MODE: what the one in front does from now on. through STATUS ARGS...: rob, by way of it.
between() {
	echo "$1" >mode
	: >mode.log
}
through() {
	want=$1
	shift
	run "$want" -d "$work/nowhere" --server "http://127.0.0.1:$BETWEEN" --secret "$work/rob" "$@"
}
between pass
python3 "$here/remote.py" "$BETWEEN" "$PORT" mode &
between=$!
up "$BETWEEN"

# notes N: so many steps of this kind has the case.
notes() {
	try 0 rob matter show "$EMERGENCY"
	same "$2" "$(grep -c 'order.note' out)" "$1"
}
notes 1 "notes before"
between "cut 1"
through 0 order note "$EMERGENCY" --reason "Cut once."
has out "Case $EMERGENCY, order 1: "
same "how often it was asked" "$(wc -l <mode.log)" 2
same "with how many keys" "$(sort -u mode.log | wc -l)" 1
notes 2 "notes after one cut"
between "cut 2"
through 1 order note "$EMERGENCY" --reason "Cut twice."
has err "broke off.*is not known: the same command with --idempotency [0-9a-f]{32} does it once"
KEY=$(sed -n 's/.*--idempotency \([0-9a-f]*\) .*/\1/p' err)
through 0 --idempotency "$KEY" order note "$EMERGENCY" --reason "Cut twice."
notes 3 "notes after two cuts"
through 4 --idempotency "$KEY" order note "$EMERGENCY" --reason "Another text."
has err "came with another request"
notes 3 "notes after the key was used for another"
between pass
through 0 search --state review
same "the key of what only reads" "$(cat mode.log)" "200 None"
verdict "an act whose answer is lost is done once"

between "429 17"
through 66 matter list
has err "too much was asked: try again in 17 seconds"
between "503 30"
through 1 order note "$EMERGENCY" --reason "Not now."
has err "not ready: try again in 30 seconds"
between 503
through 1 matter list
has err "try again later"
between 404
through 3 matter list
between 403
through 5 matter list
between 502
through 1 matter list
has err "status 502"
between hang
through 1 --timeout 1 matter list
has err "no answer in time"
through 65 --timeout 0 matter list
notes 3 "notes after what was refused"
verdict "a server that is busy, away or another one has its own error"

far 0 rob matter list
cp out near
"$WRIT" -d "$work/nowhere" --server "http://127.0.0.1:$PORT" --secret - matter list <"$work/rob" >out 2>err ||
	wrong "on the standard input: $(head -n 1 err)"
cmp -s near out || wrong "the token of the standard input is another"
WRIT_TOKEN=$(cat "$work/rob") run 0 -d "$work/nowhere" --server "http://127.0.0.1:$PORT" matter list
cmp -s near out || wrong "the token of the environment is another"
far 5 nobody matter list
has err "does not know this token"
verdict "the token is in a file, on the standard input or in the environment"

# ---- a private authority, and a server that asks for a certificate ----

ca() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" \
		-days 3650 2>err || wrong "no CA: $(tail -n 1 err)"
}
cert() {
	printf 'extendedKeyUsage=%s\nsubjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' "$3" >ext
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>err &&
		openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days 3650 -extfile ext -out "$1.pem" 2>>err ||
		wrong "no certificate: $(tail -n 1 err)"
}
ca house
ca others
cert desk house serverAuth
cert mine house clientAuth
cert stranger others clientAuth
between pass
python3 "$here/remote.py" "$GUARDED" "$PORT" mode desk house.pem &
guarded=$!
up "$GUARDED"

# by STATUS OPTIONS...: the list of cases over TLS.
by() {
	want=$1
	shift
	run "$want" -d "$work/nowhere" --server "https://127.0.0.1:$GUARDED" --secret "$work/rob" "$@" matter list
}
by 0 --ca house.pem --cert mine.pem --key mine.key
cmp -s near out || wrong "another list"
WRIT_CA=$work/house.pem by 0 --cert mine.pem --key mine.key
by 1 --cert mine.pem --key mine.key
has err "certificate does not hold"
by 1 --ca others.pem --cert mine.pem --key mine.key
has err "certificate does not hold"
WRIT_CA=$work/house.pem by 1 --ca others.pem --cert mine.pem --key mine.key
by 1 --ca house.pem
by 1 --ca house.pem --cert stranger.pem --key stranger.key
by 65 --ca house.pem --cert mine.pem
has err "belong together"
by 3 --ca nowhere.pem
has err "^writ: --ca: "
by 65 --ca ext
has err "^writ: --ca: no PEM"
verdict "a private authority and a certificate of one's own"
exit $bad
