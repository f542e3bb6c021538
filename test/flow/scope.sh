#!/bin/sh
# Over-production planted in every format: another account's records, one second outside of the period, content in
# traffic data, a zone that is not said. All of it is found, none of it leaves, and what lies in scope is not lost.
. "$(dirname "$0")/lib"
T=j.doe@mail.example

# check FILE FIELDS [OPTIONS...]: held against July 2026 in Berlin; what may leave is in left.
check() {
	file=$1
	fields=$2
	shift 2
	rm -f left
	run 5 --json scope check "$file" --target "$T" --fields "$fields" --from 2026-07-01 --until 2026-07-31 \
		--zone Europe/Berlin --out left "$@"
}
# held REASON N / released N
held() {
	same "held back as $1" "$(field "$1" out)" "$2"
}
released() {
	same released "$(field released out)" "$1"
}

# ---- each format ---------------------------------------------------------------------------------------------
cat >a.csv <<'CSV'
target,at,session_ip,session_ip.port,body
j.doe@mail.example,2026-06-30T21:59:59Z,192.0.2.1,1,one second too early
j.doe@mail.example,2026-06-30T22:00:00Z,192.0.2.2,2,the first second
k.muster@mail.example,2026-07-15T12:00:00Z,192.0.2.3,3,another account
j.doe@mail.example,2026-07-31T23:59:59+02:00,192.0.2.4,4,the last second
j.doe@mail.example,2026-07-31T22:00:00Z,192.0.2.5,5,one second too late
j.doe@mail.example,2026-07-01T01:00:00,192.0.2.6,6,a zone that is not said
j.doe@mail.example,2026-07-15T01:00:00,192.0.2.7,7,whatever the zone
CSV
check a.csv session_ip
released 3
held before 1
held after 1
held other_target 1
held zone 1
same "what leaves" "$(cat left)" "$(
	cat <<'CSV'
target,at,session_ip,session_ip.port
j.doe@mail.example,2026-06-30T22:00:00Z,192.0.2.2,2
j.doe@mail.example,2026-07-31T23:59:59+02:00,192.0.2.4,4
j.doe@mail.example,2026-07-15T01:00:00,192.0.2.7,7
CSV
)"
lacks out "192.0.2|second too|another account"
verdict "CSV: another account, a second outside, content in traffic data, a zone that is not said"

cat >a.jsonl <<'JSON'
{"target": "j.doe@mail.example", "at": "2026-06-30T21:59:59Z", "usage_log": 1}
{"target": "j.doe@mail.example", "at": "2026-06-30T22:00:00Z", "usage_log": 2.50, "body": {"text": ["content"]}}
{"target": "k.muster@mail.example", "at": "2026-07-15T12:00:00Z", "usage_log": 3}
{"target": "k.muster@mail.example", "at": "2026-07-15T12:00:00Z", "usage_log": 4, "target": "j.doe@mail.example"}
{"target": "j.doe@mail.example", "at": "2026-07-31T22:00:00Z", "usage_log": 5}
{"target": "j.doe@mail.example", "at": "2026-07-01 01:00", "usage_log": 6}
{"target": "j.doe@mail.example", "at": "2026-07-15T12:00:00Z", "body": "content alone"}
JSON
check a.jsonl usage_log
released 1
for reason in before after other_target unreadable zone field; do
	held $reason 1
done
same "what leaves" "$(cat left)" '{"target": "j.doe@mail.example", "at": "2026-06-30T22:00:00Z", "usage_log": 2.50}'
verdict "JSON Lines: the same, a member named twice, content alone"

# message ACCOUNT RECEIVED SUBJECT
message() {
	printf 'Delivered-To: %s\nReceived: from a by mx.mail.example;\n\t%s\nFrom: A <a@b.example>\nTo: list@c.example\n' "$1" "$2"
	printf 'Date: Fri, 31 Jul 2026 12:00:00 +0200\nSubject: %s\n\nBody of %s.\n>From quoted\nFrom here on.\n\n' "$3" "$3"
}
{
	for m in "$T|Tue, 30 Jun 2026 23:59:59 +0200|early" "$T|Wed, 1 Jul 2026 00:00:00 +0200|first" \
	    "k.muster@mail.example|Wed, 15 Jul 2026 12:00:00 +0200|other" "$T|Sat, 1 Aug 2026 00:00:00 +0200|late" \
	    "$T|Fri, 31 Jul 2026 23:30:00 CET|unsaid" "$T|Fri, 31 Jul 2026 21:59:59 GMT|last"; do
		echo "From a@b.example Wed Jul 15 10:00:00 2026"
		rest=${m#*|}
		message "${m%%|*}" "${rest%%|*}" "${rest#*|}"
	done
} >a.mbox
check a.mbox body
released 2
for reason in before after other_target zone; do
	held $reason 1
done
for m in first last; do
	has left "^Body of $m"
done
lacks left "early|late|other|unsaid|muster"
same "quoted lines" "$(grep -c '^>From quoted' left)" 2
check a.mbox headers
released 2
lacks left "Subject|Body|early|late|other|unsaid"
verdict "mbox: the same; where only headers were granted no subject and no body leaves"
check a.mbox headers --mask
released 2
lacks left "a@b|c.example|Received"
has left "^From: \[redacted\]"
has left "^Delivered-To: $T"
verdict "mbox: people who are not the target are masked where it is asked"

message "$T" "Wed, 1 Jul 2026 00:00:00 +0200" alone >a.eml
run 0 --json scope check a.eml --target "$T" --fields body --from 2026-07-01 --until 2026-07-31 --zone Europe/Berlin --out alone
cmp -s a.eml alone || wrong "the message is not as it was"
message "$T" "Tue, 30 Jun 2026 23:59:59 +0200" alone >b.eml
check b.eml body
released 0
held before 1
check a.eml usage_log
held field 1
mkdir -p box/cur box/new
cp a.eml box/cur/1782856800.M1.mx:2,S
cp b.eml box/new/1782856799.M2.mx
message k.muster@mail.example "Wed, 15 Jul 2026 12:00:00 +0200" other >box/cur/1784109600.M3.mx:2,S
ln -s /etc/passwd box/cur/link
tar -cf a.tar box
check a.tar body
released 1
held before 1
held other_target 1
held unreadable 1
mkdir -p open
tar -xf left -C open || wrong "what leaves is no archive"
same "files that leave" "$(find open -type f)" "open/box/cur/1782856800.M1.mx:2,S"
verdict "a message alone, a Maildir in an archive"

cat >shape.yaml <<'YAML'
shape: sessions
format: csv
target: acct
instant: began
until: ended
zone: house
fields:
  session_times: began ended kind
parties: peer
YAML
cat >b.csv <<'CSV'
peer;acct;began;ended;kind;note
x@y.example;j.doe@mail.example;2026-07-31 23:00;2026-07-31 23:59:59;a;in
x@y.example;j.doe@mail.example;2026-07-31 23:00;2026-08-01 00:00:00;b;across
x@y.example;j.doe@mail.example;2026-07-01 00:00;;c;"still; going on"
x@y.example;"j.doe@mail.example";2026-06-30 23:59:59;2026-07-01 00:10;d;across
CSV
check b.csv session_times --shape shape.yaml
released 2
held across 2
same "what leaves" "$(cat left)" "$(printf 'acct;began;ended;kind\nj.doe@mail.example;2026-07-31 23:00;2026-07-31 23:59:59;a\nj.doe@mail.example;2026-07-01 00:00;;c')"
run 65 scope check b.csv --target "$T" --fields name --shape b.csv
has err "^writ: b.csv:1:"
echo "no shape" >c.txt
check c.txt name
has out '"format": "unknown"'
same "what leaves" "$(cat left)" ""
verdict "a declared shape; what none fits cannot be checked"

# ---- and a production ------------------------------------------------------------------------------------------
at 2026-09-01T16:00:00Z
make_instance
receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Probable cause."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Within the warrant."
try 0 rob item decide "$CASE" withhold --item 3 --item 4 --code over_broad --reason "Not needed."
cat >sessions.csv <<'CSV'
target,at,session_times,session_ip,body
k.muster@mail.example,2026-05-05T12:00:00Z,another account,192.0.2.9,content
j.doe@mail.example,2026-05-05T12:00:00Z,ours,192.0.2.8,content
j.doe@mail.example,2026-06-30T22:00:00Z,a second too late,192.0.2.7,content
CSV
try 0 cole --json produce "$CASE" --file "2=$work/sessions.csv" --out "$O"
P=$(field production out)
opened "$P" "$work/sealed.d"
same "sealed" "$(cat sealed.d/files/item-002-001.csv)" "$(printf 'target,at,session_times\nj.doe@mail.example,2026-05-05T12:00:00Z,ours')"
for part in '"scope":{"checker":"writ-yield/1","format":"csv","masked":0,"records":1}'; do
	grep -qF "$part" sealed.d/manifest.json || wrong "the manifest lacks $part"
done
same "what lies in the folder" "$(ls "$O")" "$P.tar.age"
! grep -qE '"(held|released|cut|places)"' sealed.d/manifest.json || wrong "the manifest tells what was held back"
verdict "a production seals what lies in scope, and the manifest tells nothing of the rest"

sed -i 2,3d sessions.csv
denied "nothing of the file of item 1 lies within" cole produce "$CASE" --file "1=$work/sessions.csv" --out "$O"
echo "collected by hand" >hand.txt
denied "no machine can check the file of item 1" cole produce "$CASE" --file "1=$work/hand.txt" --out "$O"
denied "needs the role" cole scope confirm "$CASE" --item 1 --file "$work/hand.txt"
denied "item 3 is not approved" rob scope confirm "$CASE" --item 3 --file "$work/hand.txt"
try 0 rob scope confirm "$CASE" --item 1 --file "$work/hand.txt"
denied "no machine can check" rob produce "$CASE" --file "1=$work/hand.txt" --out "$O"
echo "and more" >>hand.txt
denied "no machine can check" cole produce "$CASE" --file "1=$work/hand.txt" --out "$O"
echo "collected by hand" >hand.txt
try 0 cole --json produce "$CASE" --file "1=$work/hand.txt" --out "$O"
opened "$(field production out)" "$work/sealed.d"
cmp -s hand.txt sealed.d/files/item-001-001.txt || wrong "the file is not as it was"
entries >/dev/null
verdict "what no machine can check leaves with another person's yes, for that very file"

receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Probable cause."
try 65 rob item decide "$CASE" produce --item 4 --mask --reason "Content cannot be masked."
try 0 rob item decide "$CASE" produce --item 3 --mask --reason "Without the others."
try 0 rob item decide "$CASE" withhold --item 1 --item 2 --item 4 --code over_broad --reason "Not needed."
try 0 rob --json matter show "$CASE"
same "decisions that mask" "$(grep -c '"masked": true' out)" 1
{
	echo "From a@b.example Wed Apr 15 10:00:00 2026"
	message "$T" "Wed, 15 Apr 2026 12:00:00 +0200" ours
} >traffic.mbox
try 0 cole --json produce "$CASE" --file "3=$work/traffic.mbox" --out "$O"
opened "$(field production out)" "$work/sealed.d"
lacks sealed.d/files/item-003-001.mbox "b.example|c.example|Subject|Body"
has sealed.d/files/item-003-001.mbox "^Delivered-To: $T"
has sealed.d/files/item-003-001.mbox "^To: \[redacted\]"
entries >/dev/null
try 0 rob --json matter show "$CASE"
has out '"masked": 3'
verdict "a decision that masks other people: in the case, and in what leaves"

exit "$bad"
