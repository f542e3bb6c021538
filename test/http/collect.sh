#!/bin/sh
# The push API: a service's own system fetches its tickets and hands in what it collected, with a token that opens nothing
# else; what others try with it, with another one, or with a ticket that is not theirs, any more, is refused.
. "$(dirname "$0")/lib"

at 2026-09-01T16:00:00Z
make_instance
serve_config
port=$(/usr/bin/python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import wire; print(wire.free_port())' "$here")
echo "url: http://localhost:$port" >>"$I/writ.yaml"
cat >>"$I/writ.yaml" <<'YAML'
      - id: chat
        class: other
        en: Chat
        de: Chat
YAML
# profile stands above the keys that were added: put the second service there
awk '/^      - id: chat/ { skip = 4 } skip-- > 0 { next }
	{ print }
	/^        de: Mail/ { print "      - id: chat\n        class: tk_small\n        en: Chat\n        de: Chat" }' \
	"$I/writ.yaml" >writ.yaml.new
cat writ.yaml.new >"$I/writ.yaml"
echo 'map: services.yaml' >>"$I/writ.yaml"
entry() {
	cat <<YAML
  - service: $1
    holds:
      - fields: body headers name
        where: rack 4
        retention: as long as the account
        encryption: none
        keys: none
    connector: push
    megabytes: 2
    limit_days: 90
    canary: canary@mail.example
    canary_kind: email
    expect_files: 1
YAML
}
{ echo services:; entry mail; entry chat; } >"$I/services.yaml"
try 0 root ticket key
cp out vkey
try 0 root service token mail --days 30 --out "$work/mail.token" --for "mail store"
try 0 root service token chat --days 30 --out "$work/chat.token"
try 0 root service token mail --days 30 --out "$work/ended.token"
try 0 root service token-end 3
try 0 root service token mail --days 1 --out "$work/old.token"
try 0 cole user token cole --roles collector --days 3 --out "$work/cole.token"
try 0 rob user token rob --roles reviewer --days 3 --out "$work/rob.token"
try 0 root user token root --roles admin --days 3 --out "$work/root.token"

receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Valid."
answers "Read in the paper."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
for n in 1 2 3 4; do
	"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item $n >out 2>err || :
done
echo "$CASE" >case
ticket() {
	try 0 rob --json ticket make "$CASE" --item "$1" --hours "${2:-48}"
	field ticket out >"$3"
}
ticket 4 48 one    # attacked
ticket 4 1 late    # expires before it is taken
ticket 4 48 none   # nothing found
ticket 4 48 fails  # refused
ticket 3 48 sample # by the sample client
at 2026-09-02T17:00:00Z
own "$I"

store=$work/maildir
mkdir -p "$store/j.doe@mail.example/new"
for n in 1 2 3; do
	printf 'Delivered-To: j.doe@mail.example\nDate: Tue, 10 Feb 2026 12:00:0%s +0000\nFrom: a@mail.example\nSubject: %s\n\nText.\n' $n $n \
		>"$store/j.doe@mail.example/new/177072480$n.M1P1.host"
done
verdict "an instance with tickets for a service that hands in by itself"
PYTHONPATH=$here python3 "$here/collect.py" "$I" "$port" "$work" "$root/examples" || bad=1

# the sample client handed in what it collected: it goes into a production like all else
S=$(cat sample4)
try 0 rob --json ticket of "$CASE"
has out '"state": "done"'
[ "$(id -u)" != 0 ] || chown -R root "$I" 2>/dev/null
try 0 cole --json produce "$CASE" --ticket "$S" --out "$O"
opened "$(field production out)" open
same "messages" "$(find open/files -type f | wc -l | tr -d ' ')" 3
: "$(entries)"
verdict "what a system handed in is sealed; the ledger verifies"
exit $bad
