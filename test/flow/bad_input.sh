#!/bin/sh
# Bad input gets an error that names its file, line, column or field, with the exit status of its kind,
# and never repeats the refused text; nothing is stored half.
. "$(dirname "$0")/lib"

good=$demands/04-de-bestandsdaten.json
at 2027-01-04T09:00:00Z
make_instance
before=$(entries)

# refused STATUS PLACE WORD PERSON ARGS...: refused with its place, without the word that is wrong in it.
refused() {
	place=$2
	word=$3
	status=$1
	shift 3
	try "$status" "$@"
	has err "$place"
	[ -z "$word" ] || ! grep -qF -e "$word" err out || wrong "the refused text is repeated: $(head -n 1 err)"
	[ "$(wc -c <err)" -lt 1200 ] || wrong "the error is longer than a line"
	! grep -qE 'Vogt|Musterland|k\.muster|ST/0412' err || wrong "the error holds personal data: $(head -n 1 err)"
}

# clean NAME: what was refused so far stored nothing.
clean() {
	same "entries, rows and closed records" "$(entries)" "$before"
	verdict "$1"
}

# ---- demands as JSON ------------------------------------------------------------------------------------
# bent SED: the good demand with one change.
bent() {
	sed "$1" "$good" >bent.json
	cmp -s bent.json "$good" && wrong "the change $1 changes nothing"
	:
}
# each STATUS PLACE WORD SED
each() {
	bent "$4"
	refused "$1" "$2" "$3" iris demand add bent.json
}
printf '\377\376{}' >bent.json
refused 65 'bent\.json:1:1: not valid UTF-8' '' iris demand add bent.json
bad_bytes=$(printf 'V\303\050gt')
each 65 'bent\.json:13:[0-9]+: not valid UTF-8' "" "s/Sabine Vogt/$bad_bytes/"
: >bent.json
refused 65 'bent\.json:1:1:' '' iris demand add bent.json
head -c 500 "$good" >bent.json
refused 65 'bent\.json:[0-9]+:[0-9]+: the text ends too early' '' iris demand add bent.json
{ cat "$good"; echo x; } >bent.json
refused 65 'bent\.json:[45][0-9]:[0-9]+:' '' iris demand add bent.json
for text in '[]' '{}' 7 null '"text"'; do
	echo "$text" >bent.json
	refused 65 'bent\.json' '' iris demand add bent.json
done
i=0
while [ $i -lt 3000 ]; do
	printf '['
	i=$((i + 1))
done >bent.json
"$WRIT" -d "$I" --secret "$I/secrets/iris" demand add bent.json >out 2>err && rc=0 || rc=$?
case $rc in
65 | 66) ;;
*) wrong "3000 nested lists ended $rc" ;;
esac
refused 3 'nofile\.json' '' iris demand add nofile.json
clean "JSON that is broken, cut, empty, nested without end, or not there"

# ---- identifiers in a list of their own -------------------------------------------------------------------
# list STATUS PLACE WORD TEXT
list() {
	printf "$4" >list.csv
	refused "$1" "$2" "$3" iris demand add "$good" --targets list.csv
}
list 65 'list\.csv: not taken \(line:column\): 2:7: an e-mail address' nothing 'kind,value\nemail,nothing\n'
list 65 '1:1: the kind is none of .*; 3:6: the identifier is empty; 4:16: ' nobody \
	'mail,nobody\nemail,a@example.net\nemail\nipv4,192.0.2.1,noon\n'
list 65 '1:7: a quote is never closed' nothing 'email,"nothing\n'
list 65 'no text in UTF-8' '' 'email,\377\n'
list 65 'list\.csv: ' '' '\000\n'
{
	i=0
	while [ $i -lt 300 ]; do
		echo "email,nothing$i"
		i=$((i + 1))
	done
} >list.csv
refused 65 '; [0-9]+-300$' nothing iris demand add "$good" --targets list.csv
awk 'BEGIN { for (i = 0; i < 10001; i++) print "account,a" i }' >list.csv
refused 66 'list\.csv: more than 10000 identifiers' '' iris demand add "$good" --targets list.csv
awk 'BEGIN { for (i = 0; i < 10000; i++) print "account,a" i }' >list.csv
refused 66 'more than 10000 identifiers' '' iris demand add "$good" --targets list.csv
echo "account,a" >list.csv
refused 65 'the demand has 1 orders' '' iris demand add "$good" --targets list.csv --order 2
refused 65 '--order' '' iris demand add "$good" --targets list.csv --order none
refused 3 'nolist\.csv' '' iris demand add "$good" --targets nolist.csv
clean "a list of identifiers is refused whole, and every line of it that is not taken is named"

{
	printf '{"subject": "'
	head -c 10000000 /dev/zero | tr '\0' a
	printf '"}'
} >bent.json
refused 66 'bent\.json: larger than' aaaaaaaa iris demand add bent.json
long=$(head -c 70000 /dev/zero | tr '\0' b)
awk -v long="$long" '{ sub(/"subject": "[^"]*"/, "\"subject\": \"" long "\""); print }' "$good" >bent.json
"$WRIT" -d "$I" --secret "$I/secrets/iris" demand add bent.json >out 2>err && rc=0 || rc=$?
case $rc in
65 | 66) ;;
*) wrong "a subject of 70,000 bytes ended $rc" ;;
esac
has err 'field subject'
lacks err bbbb
clean "a 10 MB field, and one above its own limit"

each 65 'field received: missing' '' '/"received"/d'
each 65 'field authority\.body: missing' '' '/"body": /d'
each 65 'field orders\[0\]\.instrument: missing' '' '/"instrument"/d'
each 65 'field authority\.country' QQ 's/"country": "DE"/"country": "QQ"/'
each 65 'field authority\.country' '' 's/"country": "DE"/"country": "de"/'
each 65 'authority\.body' sheriffs 's/"body": "police"/"body": "sheriffs"/'
each 65 'demand\.channel|field channel' pigeon 's/"channel": "encrypted_mail"/"channel": "pigeon"/'
each 65 'field language' klingon 's/"language": "de"/"language": "klingon"/'
each 65 'field received' '' 's/2026-09-08T/2026-02-30T/'
each 65 'field received' '' 's/T08:15/T25:15/'
each 65 'field received' 08:15 's/+02:00//'
each 65 'field received: lies in the future' 2027 's/2026-09-08T/2027-09-08T/'
each 65 'orders\[0\]\.facts.*order\.issued' 2026-02-30 's/2026-09-07/2026-02-30/'
each 65 'orders\[0\]\.facts.*order\.issuer' pope 's/"order.issuer": "police"/"order.issuer": "pope"/'
each 65 'orders\[0\]\.facts.*order\.signed' maybe 's/"order.signed": "yes"/"order.signed": "maybe"/'
each 65 'orders\[0\]\.facts' Mustermann 's/"order.signed"/"order.Max Mustermann"/'
each 65 'orders\[0\]\.facts' demand.specific 's/"order.signed"/"demand.specific"/'
each 65 'orders\[0\]\.instrument' DE-100z 's/"DE-100j-1"/"DE-100z"/'
each 65 'orders\[0\]\.asks\[0\]\.fields' surname 's/"name",$/"surname",/'
each 65 'orders\[0\]\.asks\[0\]\.service' chatroom 's/"service": "mail"/"service": "chatroom"/'
each 65 'orders\[0\]\.targets\[0\]\.(kind|value)' nickname 's/"kind": "email"/"kind": "nickname"/'
each 65 'orders\[0\]\.targets\[0\]\.value' 0304711 's/"kind": "email"/"kind": "phone"/; s/k.muster@mail.example/0304711/'
each 65 'orders\[0\]\.targets\[0\]\.value' 999.1 's/"kind": "email"/"kind": "ipv4"/; s/k.muster@mail.example/999.1.1.1/'
each 65 'orders\[0\]\.asks\[0\]' '' 's/"service": "mail"/"service": "mail", "targets": [7]/'
each 65 'orders\[0\]\.asks\[0\]' 2026-13 's/"service": "mail"/"service": "mail", "from": "2026-13-01"/'
each 65 'orders\[0\]\.asks\[0\]' '' 's/"service": "mail"/"service": "mail", "from": "2026-05-02", "to": "2026-05-01"/'
each 65 'field papers\[0\]' passwd 's/"papers": \[\]/"papers": ["..\/..\/etc\/passwd"]/'
each 3 'papers\[0\]' '' 's/"papers": \[\]/"papers": ["none.pdf"]/'
clean "fields that are missing, unknown to the law, or impossible"

# The text itself is not repeated, a day or time included: it may be anything a person typed there.
each 65 'field received' 2026-02-30 's/2026-09-08T/2026-02-30T/'
each 65 'field received' 25:15 's/T08:15/T25:15/'
each 65 'asks\[0\]\.from' 2026-02-30 's/"service": "mail"/"service": "mail", "from": "2026-02-30"/'
clean "an impossible day or time is not repeated either"

each 65 'bent\.json: field \(an unknown name\)' betreff 's/"subject"/"betreff"/'
each 65 'field authority\.\(an unknown name\)|field authority' dienststelle 's/"officer"/"dienststelle"/'
each 65 'field orders\[0\]\.' ziele 's/"targets"/"ziele"/'
each 65 'field verified' yesss 's/"verified": true/"verified": "yesss"/'
each 65 'field specific' '' 's/"specific": true/"specific": 1/'
each 65 'field subject' '' 's/"subject": "[^"]*"/"subject": ["a"]/'
each 65 'bent\.json: field' '' 's/"orders": \[/"orders": 1, "x": [/'
each 65 'bent\.json:4:[0-9]+: duplicate key' '' 's/"language"/"channel": "fax", "language"/'
each 65 'bent\.json:[0-9]+:[0-9]+' '' 's/"specific": true/"specific": 1.5/'
each 65 'bent\.json:[0-9]+:[0-9]+' '' 's/"specific": true/"specific": true,,/'
each 65 'bent\.json' '' 's/"subject": "[^"]*"/"subject": "a\\u0000b"/'
each 65 'bent\.json' '' 's/"subject": "[^"]*"/"subject": "a\\ud800b"/'
clean "unknown names, wrong types, duplicate keys"

# ---- the same thing twice ------------------------------------------------------------------------------------
try 0 iris --json demand add "$good"
first=$(field demand out)
has out '"duplicates": \[\]'
try 0 iris --json demand add "$good"
second=$(field demand out)
has out '"by": "content"'
has out "\"ref\": \"$first\""
sed 's/k.muster@mail.example/o.muster@mail.example/; s/encrypted_mail/fax/' "$good" >bent.json
try 0 iris demand add bent.json
has out "^Looks like demand .*same number"
try 65 iris demand merge "$second" "$second"
try 0 iris demand merge "$second" "$first"
try 4 iris demand merge "$second" "$first"
try 4 iris demand open "$second"
try 0 iris demand open "$first"
try 4 iris demand open "$first"
verdict "the same demand twice is reported, merged once, and opened once"

before=$(entries)
try 4 root user add rob --roles reviewer --secret-out "$work/rob2"
[ ! -e "$work/rob2" ] || wrong "a secret was left that belongs to nobody"
try 4 root user add robin --roles reviewer --secret-out "$I/secrets/rob"
try 0 rob matter list
refused 65 'unknown role' '' root user add robin --roles "reviewer king" --secret-out "$work/robin"
refused 65 'a name has' Robin root user add "Robin Hood" --roles reviewer --secret-out "$work/robin"
refused 65 'usage|bound to' '' root user add robin --roles reviewer
refused 3 'no such Unix user' nobody-here root user add robin --roles reviewer --unix nobody-here
[ ! -e "$work/robin" ] || wrong "a secret was left that belongs to nobody"
same "entries, rows and closed records" "$(entries)" "$before"
try 0 root user add robin --roles reviewer --unix 54321
before=$(entries)
try 4 root user add ravi --roles reviewer --unix 54321
clean "the same name, secret file or Unix user twice"

# ---- history as CSV ------------------------------------------------------------------------------------------------
cat >good.map.yaml <<'Y'
kind: closed
source:
  publisher: Example Mail
  title: Old report
  date: 2025
period:
  column: Period
country:
  column: Country
class: other
outcome:
  - is: rejected
    where:
      Rejected: Y
  - is: noncontent
    where:
      Rejected: N
accounts: Accounts
unique: Reference
Y
cat >good.csv <<'C'
Reference,Period,Country,Rejected,Accounts
A-1,2024H1,Germany,N,2
A-2,2024H1,FR,Y,1
A-3,2024H1,Korea,N,1
C
# row PLACE WORD SED: the table with one change; --whole refuses it all, and without it only the bad row.
row() {
	sed "$3" good.csv >bent.csv
	cmp -s bent.csv good.csv && wrong "the change $3 changes nothing"
	refused 65 "bent\.csv:$1" "$2" iris import closed bent.csv --map good.map.yaml --whole
}
row '3:[0-9]+: .*UTF-8' '' "3s/FR/F$(printf '\377')R/"
row '3:[0-9]+: ' Atlantis '3s/FR/Atlantis/'
row '3:[0-9]+: ' 2024H3 '3s/2024H1/2024H3/'
row '3:[0-9]+: ' 2024-02-30 '3s/2024H1/2024-02-30/'
row '3:[0-9]+: ' many '3s/1$/many/'
row '3:[0-9]+: ' -1 '3s/1$/-1/'
row '3:[0-9]+: ' 99999999999999999999 '3s/1$/99999999999999999999/'
row '3:[0-9]+: ' perhaps '3s/Y/perhaps/'
row '3:[0-9]+: ' A-1 '3s/A-2/A-1/'
row '3:[0-9]+: ' '' '3s/A-2//'
row '3:[0-9]+: ' extra '3s/$/,extra/'
row '3:[0-9]+: ' '' '3s/,1$//'
row '3:[0-9]+: ' '' '3s/FR/F"R/'
row '3:[0-9]+: ' '' '3s/FR/"FR/'
row '1:[0-9]+: |: .*column' Reference '1s/Country/Land/'
row '1:[0-9]+: |: .*column' '' '1s/Rejected/Country/'
clean "a row that is broken, unknown, impossible or there twice: with --whole nothing comes in"

{
	head -n 2 good.csv
	printf 'A-9,2024H1,'
	head -c 10000000 /dev/zero | tr '\0' z
	printf ',Y,1\n'
	tail -n 1 good.csv
} >bent.csv
refused 65 'bent\.csv:3:[0-9]+: ' zzzz iris import closed bent.csv --map good.map.yaml --whole
: >bent.csv
refused 65 'bent\.csv' '' iris import closed bent.csv --map good.map.yaml
head -n 1 good.csv | tr -d '\n' >bent.csv
"$WRIT" -d "$I" --secret "$I/secrets/iris" import closed bent.csv --map good.map.yaml --whole >out 2>err || :
refused 3 'none\.csv' '' iris import closed none.csv --map good.map.yaml
refused 3 'none\.map' '' iris import closed good.csv --map none.map.yaml
refused 65 'usage' '' iris import closed good.csv
entries >/dev/null
verdict "a 10 MB field, an empty file, a file that is not there"

before=$(entries)
# map PLACE WORD SED: a mapping file with a typo.
map() {
	sed "$3" good.map.yaml >bent.map.yaml
	cmp -s bent.map.yaml good.map.yaml && wrong "the change $3 changes nothing"
	refused 65 "$1" "$2" iris import closed good.csv --map bent.map.yaml
}
map 'bent\.map\.yaml:[0-9]+' klosed '1s/closed/klosed/'
map 'bent\.map\.yaml:[0-9]+' '' '/^kind/d'
map 'bent\.map\.yaml:[0-9]+' '' '/^source/,/date/d'
map 'bent\.map\.yaml:8:[0-9]+' '' '8s/country/contry/'
map 'bent\.map\.yaml:[0-9]+' swallowed 's/is: rejected/is: swallowed/'
map 'bent\.map\.yaml:[0-9]+' otter 's/class: other/class: otter/'
map 'bent\.map\.yaml:[0-9]+' '' 's/class: other/class: { column: x }/'
map 'bent\.map\.yaml:[0-9]+' '' 's/^class: other/\tclass: other/'
map 'bent\.map\.yaml:[0-9]+' '' 's/class: other/class: *other/'
map 'bent\.map\.yaml:[0-9]+' '' 's/^unique: .*/unique: Reference\nunique: Period/'
map 'bent\.map\.yaml:[0-9]+' '' "s/Old report/Old$(printf '\377')report/"
map 'Refrence|column|bent' '' 's/unique: Reference/unique: Refrence/'
clean "a mapping file with a typo names its line"

map 'bent\.map\.yaml:5:[0-9]+' 2025-13 's/date: 2025/date: 2025-13/'
clean "a mapping file whose source has an impossible date"

sed '3s/FR/Atlantis/' good.csv >bent.csv
try 0 iris --json import closed bent.csv --map good.map.yaml
same records "$(field records out)" 2
same refused "$(field refused out)" 1
has err 'refused: .*bent\.csv:3:[0-9]+: '
lacks err Atlantis
before=$(entries)
try 4 iris import closed bent.csv --map good.map.yaml
clean "one bad row of three is refused, the rest comes in; the same file again is refused"

# ---- packs ----------------------------------------------------------------------------------------------------------------
mkdir -p "$I/law"
config >"$I/writ.yaml"
echo "law: law" >>"$I/writ.yaml"
# pack LINE SED: the house pack with a typo, in the instance's own folder.
pack() {
	sed "$2" "$root/law/house/house.yaml" >"$I/law/house.yaml"
	cmp -s "$I/law/house.yaml" "$root/law/house/house.yaml" && wrong "the change $2 changes nothing"
	refused 65 "house\.yaml:$1" '' rob matter list
	refused 65 "house\.yaml:$1" '' iris demand add "$good"
}
line() {
	awk -v text="$1" 'index($0, text) { print NR; exit }' "$root/law/house/house.yaml"
}
n=$(line "demand.specific is yes")
pack "$n:[0-9]+: " "${n}s/demand.specific/demand.spezific/"
pack "$n:[0-9]+: " "${n}s/ is / iss /"
n=$(line "code: over_broad")
pack "$n:[0-9]+: " "${n}s/over_broad/overbroad/"
pack "[0-9]+:[0-9]+: " "${n}s/code/kode/"
n=$(line "mark: V")
pack "[0-9]+:[0-9]+: " "${n}s/V/M/"
pack "[0-9]+:[0-9]+: " "${n}s/V/X/"
n=$(line "text_date")
pack "[0-9]+:[0-9]+: " "${n}s/: .*/: 2026-02-30/"
pack "[0-9]+:[0-9]+: " '1s/^/\t/'
config >"$I/writ.yaml"
clean "a pack with a typo names its line, and nothing is judged by it"

# ---- the configuration ------------------------------------------------------------------------------------------------------
config >good.yaml
lines=$(wc -l <good.yaml)
i=1
while [ $i -le "$lines" ]; do
	# a letter too many in the key, garbage for the line, the line not there
	sed "${i}s/\([a-z]\)/x\1/" good.yaml >"$I/writ.yaml"
	refused 65 'writ\.yaml' '' rob matter list
	sed "${i}s/.*/: : [ \&/" good.yaml >"$I/writ.yaml"
	refused 65 'writ\.yaml:[0-9]+' '' rob matter list
	sed "${i}d" good.yaml >"$I/writ.yaml"
	"$WRIT" -d "$I" --secret "$I/secrets/rob" matter list >out 2>err && rc=0 || rc=$?
	case $rc in
	0) grep -qE "^ *(second_person_targets|en|de|eu_designated|eu_seat|languages):" <<-L || wrong "writ.yaml without line $i is taken"
		$(sed -n "${i}p" good.yaml)
	L
		;;
	65) has err 'writ\.yaml' ;;
	*) wrong "writ.yaml without line $i ended $rc" ;;
	esac
	i=$((i + 1))
done
config >"$I/writ.yaml"
clean "writ.yaml with any one line broken is refused by its place"

# value SED WORD: a value that cannot be.
value() {
	sed "$1" good.yaml >"$I/writ.yaml"
	cmp -s "$I/writ.yaml" good.yaml && wrong "the change $1 changes nothing"
	"$WRIT" -d "$I" --secret "$I/secrets/rob" matter list >out 2>err && rc=0 || rc=$?
	case $rc in
	65 | 3) ;;
	*) wrong "writ.yaml with $2 ended $rc ($(head -n 1 err))" ;;
	esac
}
value 's/^zone: .*/zone: Mars\/Phobos/' "an unknown zone"
value 's/^zone: .*/zone: ..\/..\/etc\/passwd/' "a zone that is a path"
value 's/second_person_targets: 10/second_person_targets: 0/' "no second person"
value 's/second_person_targets: 10/second_person_targets: ten/' "a number in words"
value 's/class: tk_small/class: tk_tiny/' "an unknown class of service"
value 's/from: 2000-01-01/from: 2000-02-30/' "an impossible day"
value 's/database: .*/database: sqlite:data\/none.db/' "a database that is not there"
value 's/keys: keys/keys: nowhere/' "a folder of keys that is not there"
config >"$I/writ.yaml"
clean "writ.yaml with a value that cannot be"

value 's/establishments: DE US/establishments: DE QQ/' "an unknown country"
value 's/eu_designated: yes/eu_designated: perhaps/' "neither yes nor no"
config >"$I/writ.yaml"
clean "writ.yaml with a country that is none, or neither yes nor no"

printf 'provider: \377\n' >"$I/writ.yaml"
refused 65 'writ\.yaml:1:[0-9]+' '' rob matter list
rm "$I/writ.yaml"
refused 3 'no instance here' '' rob matter list
mkdir "$I/writ.yaml"
"$WRIT" -d "$I" --secret "$I/secrets/rob" matter list >out 2>err && rc=0 || rc=$?
[ "$rc" != 0 ] || wrong "a folder was read as writ.yaml"
rmdir "$I/writ.yaml"
config >"$I/writ.yaml"
run 4 -d "$I" init --provider Other --origin other.example/writ
config | cmp -s - "$I/writ.yaml" || wrong "a second init changed writ.yaml"
clean "a configuration that cannot be read; a second init"

# ---- keys ---------------------------------------------------------------------------------------------------------------------
K=$I/keys
cp "$K/instance.key" key
chmod 444 "$K/instance.key"
refused 5 'instance\.key: others than its owner' '' rob matter list
chmod 400 "$K/instance.key"
rm -f "$K/instance.key"
refused 3 'instance\.key' '' rob matter list
head -c 31 key >"$K/instance.key"
refused 65 'instance\.key: not an instance key' '' rob matter list
rm -f "$K/instance.key"
head -c 32 "$root/LICENSE" >"$K/instance.key"
"$WRIT" -d "$I" --secret "$I/secrets/rob" matter show "$first" >out 2>err && rc=0 || rc=$?
[ "$rc" != 0 ] || wrong "another instance's key opens the database"
[ ! -s out ] || wrong "another instance's key shows something"
rm -f "$K/instance.key"
cp key "$K/instance.key"
chmod 400 "$K/instance.key"
clean "an instance key that is missing, cut, another one, or open to others"

# A demand is recorded before its promise is signed: without the key it is told, and not lost.
mv "$K/receipt.key" rkey
try 3 iris --json demand add "$demands/13-us-order-withdrawn.json"
[ "$rc" != 0 ] || wrong "an unsigned promise was given"
lost=$(field demand out)
mv rkey "$K/receipt.key"
try 0 iris --json demand list
[ -n "$lost" ] || wrong "the demand is stored, and its reference was not told"
[ -z "$lost" ] || has out "$lost"
entries >/dev/null
verdict "without the receipt key a demand that is recorded is told by its reference"

before=$(entries)
if [ -z "${WRIT_TEST_PG:-}" ]; then
	mv "$I/data/writ.db" db
	refused 3 'database' '' rob matter list
	echo garbage >"$I/data/writ.db"
	"$WRIT" -d "$I" --secret "$I/secrets/rob" matter list >out 2>err && rc=0 || rc=$?
	{ [ "$rc" != 0 ] && [ "$rc" -lt 100 ]; } || wrong "a file that is no database ended $rc"
	rm -f "$I"/data/writ.db*
	mv db "$I/data/writ.db"
else
	new_database
	for url in "$(url_of "$NAME" app)" "$(url_of no_such_database app)" "postgresql://[" \
		"$(url_of "$NAME" nobody_of_that_name)"; do
		sed "s|^database: .*|database: $(echo "$url" | sed 's/&/\\&/g')|" "$I/writ.yaml" >other.yaml
		cp other.yaml "$I/writ.yaml"
		"$WRIT" -d "$I" --secret "$I/secrets/rob" matter list >out 2>err && rc=0 || rc=$?
		{ [ "$rc" != 0 ] && [ "$rc" -lt 100 ]; } || wrong "$url ended $rc"
		has err database
		config >"$I/writ.yaml"
	done
fi
clean "a database that is missing or none"

# ---- the clock and the command line ----------------------------------------------------------------------------------------------
now=$WRIT_NOW
for t in yesterday -1 99999999999 "2027-01-04" "2027-01-04T09:00:00" "2027-02-30T00:00:00Z" "2027-01-04T24:61:00Z" " "; do
	at "$t"
	refused 65 'WRIT_NOW' '' rob matter list
done
at "$now"
run 65 frobnicate
run 65 matter frobnicate
run 65 --frobnicate matter list
run 65 -d
try 65 rob matter list --frobnicate
lacks err frobnicate
try 65 rob matter list --closed --closed
try 65 rob matter show
try 65 rob matter show A B
bytes=$(printf 'a\377')
try 0 iris --json demand open "$lost"
CASE=$(field case out)
before=$(entries)
refused 65 UTF-8 '' iris order fact "$CASE" "order.offence=$bytes"
refused 65 UTF-8 '' iris item correct "$CASE" --item 1 --kind email --value "$bytes@mail.example"
refused 65 UTF-8 '' rob order reject "$CASE" --code other --reason "$bytes"
head -c 70000 /dev/zero | tr '\0' r >reason
refused 66 'larger than' rrrr rob order reject "$CASE" --code other --reason-file reason
refused 65 'not both' '' rob order reject "$CASE" --code other --reason-file reason --reason x
refused 65 '.' '' rob matter show "$bytes"
refused 65 '.' '' rob preserve extend "$CASE" --until "$bytes"
clean "a clock that is none, unknown words, broken bytes on the command line"
exit $bad
