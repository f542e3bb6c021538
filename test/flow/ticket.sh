#!/bin/sh
# The data map and what is asked for by it: a service is tested on its canary account, is red when it is not,
# a ticket is made of what is approved and of nothing else, used once, and brings back what lies in its scope.
. "$(dirname "$0")/lib"

at 2026-09-01T16:00:00Z
make_instance

# ---- a mail store ----
store=$work/maildir
# message ADDRESS BOX SECONDS SUBJECT
message() {
	mkdir -p "$store/$1/cur" "$store/$1/new" "$store/$1/tmp"
	printf 'Delivered-To: %s\nDate: %s\nFrom: someone@mail.example\nTo: %s\nSubject: %s\n\nText of %s.\n' \
		"$1" "$(LC_ALL=C date -u -R -d "@$3")" "$1" "$4" "$4" >"$store/$1/$2/$3.M$3P1.host:2,S"
}
second() { date -u -d "$1" +%s; }
message canary@mail.example cur "$(second 2026-01-10T12:00:00Z)" one
message canary@mail.example new "$(second 2026-01-20T12:00:00Z)" two
message canary@mail.example cur "$(second 2026-02-10T12:00:00Z)" later
# The warrant is for 2026-01-01 to 2026-06-30, days of Berlin: the year begins there at 23:00 UTC.
message j.doe@mail.example cur "$(second 2025-12-31T22:59:59Z)" before
message j.doe@mail.example cur "$(second 2025-12-31T23:00:00Z)" first
message j.doe@mail.example new "$(second 2026-06-30T21:59:59Z)" last
message j.doe@mail.example new "$(second 2026-06-30T22:00:00Z)" after
message other@mail.example cur "$(second 2026-03-01T12:00:00Z)" foreign

connector=$root/examples/connector-maildir
# data_map [PROGRAM [LIMIT [SHA256]]]
data_map() {
	cat >"$I/services.yaml" <<YAML
services:
  - service: mail
    holds:
      - fields: body
        where: Falkenstein, rack 4
        retention: as long as the account, and 30 days
        encryption: LUKS
        keys: provider
    connector: program
    program: ${1:-$connector}
    arguments: $store
    reads: $store
    runs: /bin/sh /bin/cat /bin/sed /bin/date /bin/sort /bin/cp
    seconds: 20
    megabytes: 1
    limit_days: ${2:-90}
    canary: canary@mail.example
    canary_kind: email
    canary_from: 2026-01-01
    canary_to: 2026-01-31
    expect_files: 2
    expect_sha256: ${3:-$expected}
YAML
}
# What the canary must bring, by the plain tools.
mkdir expect
cp "$store"/canary@mail.example/cur/"$(second 2026-01-10T12:00:00Z)".* expect/message-0001.eml
cp "$store"/canary@mail.example/new/* expect/message-0002.eml
expected=$(cd expect && sha256sum * | sha256sum | cut -d ' ' -f 1)

# stands STATE WORD: how the service stands
stands() {
	try 0 cole --json service show mail
	same "the service" "$(field state out)" "$1"
	has out '"well": '"$2"
}

# ---- the data map ----
try 0 root service list
has out 'names no data map'
has out 'RED +mail +no_entry'
try 1 root --json doctor
has out '1 of 1 have no test that stands'
echo 'map: services.yaml' >>"$I/writ.yaml"
try 0 root service list
has out 'does not read'
data_map
sed -i 's/fields: body/fields: bodies/' "$I/services.yaml"
try 0 root service list
has out 'services\.yaml:4:17: fields: '
data_map
stands never_tested false
verdict "a service without a tested data map is red, and a fault is told with its line"

denied "no key for tickets" cole service test mail
denied "needs the role" cole ticket key
try 0 root ticket key
cp out vkey
has vkey '^mail.example/writ/ticket\+'
try 0 root ticket key
cmp -s out vwrong 2>/dev/null && wrong "never"
cmp -s out vkey || wrong "the second time it is another key"
denied "needs the role" rob service test mail
try 0 cole service test mail
has out 'green mail +tested'
stands tested true
has out '"sha256": "'"$expected"'"'
same "what the test left" "$(ls "$I/collect")" ""
try 1 root --json doctor
has out '0 of 1 have no test that stands'
verdict "a test on the canary account makes it green"

data_map "" 30
stands changed false
data_map
stands tested true
at 2026-11-30T16:00:00Z
stands test_too_old false
at 2026-09-01T16:00:00Z
message canary@mail.example cur "$(second 2026-01-11T12:00:00Z)" more
try 1 cole service test mail
has err 'differs'
stands failed false
rm "$store"/canary@mail.example/cur/"$(second 2026-01-11T12:00:00Z)".*
try 0 cole service test mail
verdict "red again: a changed entry, an old test, another answer"

# ---- what a program may not do ----
# bad NAME TEXT WHY: a connector of these lines
bad_connector() {
	printf '#!/bin/sh\n%s\n' "$2" >"$work/$1"
	chmod +x "$work/$1"
	data_map "$work/$1"
	sed -i 's/seconds: 20/seconds: 2/' "$I/services.yaml"
	try 1 cole service test mail
	has err ": $3"
	same "left of $1" "$(ls "$I/collect")" ""
}
echo secret >"$work/secret"
bad_connector refuses 'exit 65' refused
bad_connector waits 'exit 75' later
bad_connector breaks 'exit 3' failed
bad_connector hangs 'while :; do :; done' time
bad_connector large 'i=0; while [ $i -lt 21 ]; do i=$((i+1)); done; x=0123456789abcdef; for k in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do x=$x$x; [ ${#x} -gt 600000 ] && break; done; echo "$x$x" >a' size
bad_connector dotted ': >.hidden' files
bad_connector folder 'umask 077; cat >/dev/null; : >"a b"' files
bad_connector looks 'cat '"$work/secret"' >a || exit 3' failed
bad_connector leaves ': >'"$work/outside"' || exit 3' failed
[ ! -e "$work/outside" ] || wrong "it wrote outside of its folder"
data_map "$work/not-there"
try 1 cole service test mail
has err ': missing'
data_map
try 0 cole service test mail
verdict "a connector stays in its box: time, size, names, other files"

# ---- tickets ----
receive "$demands/01-us-warrant.json"
denied "." rob ticket make "$CASE" --item 4
try 0 rob order examine "$CASE" pass --reason "Valid."
answers "Read in the paper."
denied "not approved|in_review|is received" rob ticket make "$CASE" --item 4
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
denied "." rob ticket make "$CASE" --item 4 # its second person
for n in 1 2 3 4; do
	"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item $n >out 2>err || :
done
state approved
denied "needs the role" cole ticket make "$CASE" --item 4
try 3 rob ticket make "$CASE" --item 1
has err 'does not hold this field'
try 65 rob ticket make "$CASE" --item 4 --hours 169
try 0 rob --json ticket make "$CASE" --item 4
T=$(field ticket out)
try 0 cole --json ticket list
has out "$T"
lacks out "$CASE"
try 0 cole ticket show "$T"
cp out one.json
lacks one.json "$CASE"
has one.json '"fields":\["body"\]'
has one.json '"begins":"2025-12-31T23:00:00Z","ends":"2026-06-30T22:00:00Z"'
try 3 nadia ticket show 0000-0000-00000
verdict "a ticket is made of what is approved, by whom it is decided, and says nothing of the case"

# ---- what a connector's author checks ----
run 0 ticket verify one.json --key vkey
run 0 ticket verify one.json --key vkey --seen seen
run 5 ticket verify one.json --key vkey --seen seen
has err 'used before'
for edit in 's/j.doe@/j.roe@/' 's/"body"/"headers"/' 's/"service":"mail"/"service":"chat"/' \
	's/"to":"2026-06-30"/"to":"2026-07-30"/' 's/"ends":"2026-06-30/"ends":"2026-07-30/' \
	's/"expires":"2026/"expires":"2027/' 's/"nonce":"./"nonce":"x/; s/"x/"0/'; do
	sed "$edit" one.json >other.json
	cmp -s one.json other.json && continue
	run 5 ticket verify other.json --key vkey
	has err 'something else than what was signed'
done
run 5 ticket verify one.json --key "$I/keys/log.vkey"
has err 'not of this key'
at 2026-09-02T16:00:00Z
run 5 ticket verify one.json --key vkey
has err 'expired'
try 5 cole ticket run "$T"
has err 'expired'
at 2026-09-01T15:00:00Z
run 5 ticket verify one.json --key vkey
has err 'later than now'
at 2026-09-01T16:30:00Z
verdict "an altered, expired, foreign or repeated ticket is refused"

denied "needs the role" rob ticket run "$T"
try 0 cole ticket run "$T"
has out '2 files'
try 4 cole ticket run "$T"
has err 'was used'
try 0 rob --json ticket of "$CASE"
F=$(field folder out)
same "what came" "$(cat "$F"/*.eml | grep -c '^Subject: \(first\|last\)$')" 2
same "what came, in all" "$(ls "$F" | tr '\n' ' ')" "message-0001.eml message-0002.eml "
lacks "$F/message-0001.eml" 'foreign|before|after'
verdict "it is used once, and brings back what lies in its scope to the second"

try 0 cole --json produce "$CASE" --file "4=$F/message-0001.eml" --file "4=$F/message-0002.eml" --out "$O"
opened "$(field production out)" "$work/open"
cmp -s "$F/message-0001.eml" "$work/open/files/item-004-001.eml" || wrong "the production holds another file"
verdict "what came goes the way of a production"

# ---- what ended: of another case ----
sed 's/SW-26-4471/SW-26-4472/; s/26-mj-4471"/26-mj-4472"/; /"papers"/,/\]/d; s/^  \],$/  ]/' "$demands/01-us-warrant.json" >again.json
receive again.json
try 0 rob order examine "$CASE" pass --reason "Valid."
answers "Read in the paper."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 rita item second "$CASE" --item 4
try 0 rob --json ticket make "$CASE" --item 4
T=$(field ticket out)
try 0 rob order judge "$CASE"
denied "." cole ticket run "$T"
try 0 rob order examine "$CASE" pass --reason "Valid, for a month."
answers "Read in the paper."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --reason "Within the warrant."
try 0 rob item decide "$CASE" narrow --item 4 --code other --from 2026-01-01 --to 2026-01-31 --reason "A month."
denied "." cole ticket run "$T"
try 0 rita item second "$CASE" --item 4
denied "decided anew" cole ticket run "$T"
try 0 rob --json ticket make "$CASE" --item 4
T=$(field ticket out)
try 0 cole ticket show "$T"
has out '"ends":"2026-01-31T23:00:00Z"'
try 0 carla challenge file "$CASE" order --reason "An objection came."
denied "." cole ticket run "$T"
denied "." rob ticket make "$CASE" --item 4
verdict "what was decided anew, or is stopped, is not collected"

: "$(entries)"
verdict "the ledger verifies"
exit $bad
