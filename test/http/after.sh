#!/bin/sh
# Other ways of delivery, and what comes after one: encrypted mail through a server of the test's own, a medium with its
# protocol, the EU's rule of 25 megabytes and its manifest; misdelivery, recall, and orders sent on to the customer.
. "$(dirname "$0")/lib"
PORT=$(PYTHONPATH=$here python3 -c 'from wire import free_port; print(free_port())')
WEB=$(PYTHONPATH=$here python3 -c 'from wire import free_port; print(free_port())')
post=
server=
trap '[ -z "$post" ] || kill $post 2>/dev/null; [ -z "$server" ] || kill $server 2>/dev/null; rm -rf "$work"' EXIT

# post_up [WORD CODE]: the authority's mail server; post_down.
post_up() {
	mkdir -p "$work/box"
	rm -f "$work/post.out"
	python3 "$here/after.py" "$PORT" "$work/box" "$@" >"$work/post.out" 2>&1 &
	post=$!
	for _ in $(seq 600); do
		grep -qs up "$work/post.out" && return
		sleep 0.05
	done
	wrong "the mail server is not up: $(tail -n 1 "$work/post.out")"
}
post_down() {
	kill $post 2>/dev/null
	wait $post 2>/dev/null
	post=
}

# sends SECONDS CONDITION...: `writ serve` runs until the condition holds.
sends() {
	limit=$(($1 * 10))
	shift
	own "$I"
	WRIT_NOW=$WRIT_NOW "$WRIT" -d "$I" serve --listen "127.0.0.1:$WEB" --processes 1 2>"$work/serve.err" </dev/null &
	server=$!
	i=0
	until "$@" >/dev/null 2>&1 || [ $i -ge $limit ]; do
		sleep 0.1
		i=$((i + 1))
	done
	"$@" >/dev/null 2>&1 || wrong "after $limit tenths of a second not: $* ($(tail -n 2 "$work/serve.err" | tr '\n' ' '))"
	kill $server
	wait $server 2>/dev/null
	server=
	[ "$(id -u)" != 0 ] || chown -R root "$I"
}
mails() { [ "$(ls "$work/box" | grep -c 'eml$')" = "$1" ]; }
# mailed STATE: the last mail of $P in its case's page is so.
mail_state() { "$WRIT" -d "$I" --secret "$I/secrets/rob" --json matter show "$CASE" | grep -q "\"state\": \"$1\""; }

# sealed DEMAND [FILES...]: a production $P of an approved warrant, its file $F.
approved() {
	receive "$1"
	files 1 2 3 4
	try 0 rob order examine "$CASE" pass --reason "Judge, one account, six months."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 carla item second "$CASE" --item 4
}
sealed() {
	number=$((${number:-0} + 1))
	sed "s/SW-26-4471/SW-26-88$number/" "$demands/01-us-warrant.json" >"$work/demand.json"
	cp "$demands"/*.txt "$work/"
	approved "$work/demand.json"
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	F=$O/$P.tar.age
}
production() { try 0 "${2:-rob}" --json matter show "$CASE" && sed -n '/"productions": \[/,/^'"$(sed -n 's/^\( *\)"productions": \[.*/\1/p' out | head -n 1)"'\]/p' out >prod; }

at 2026-08-17T08:00:00Z
make_instance
serve_config
at 2026-09-01T16:00:00Z

# ---- encrypted mail -----------------------------------------------------------------------------
sealed
denied "no server for mails" cole production mail "$P" "$F"
printf 'smtp: smtp://127.0.0.1:%s\nmail_from: desk@house.example\nmail_file_most: 30000000\n' "$PORT" >>"$I/writ.yaml"
try 65 cole production mail "$P" "$F"
has err "mail_file_most: want a number of bytes from 1 to 20000000"
sed -i 's/^mail_file_most: .*/mail_file_most: 100/' "$I/writ.yaml"
try 66 cole production mail "$P" "$F"
has err "at most 100 bytes"
sed -i 's/^mail_file_most: .*/mail_file_most: 2000000/' "$I/writ.yaml"
denied "needs the role" pia production mail "$P" "$F"
try 3 cole production mail "$P"
has err "does not lie here"
cp "$F" other.tar.age
printf x >>other.tar.age
try 3 cole production mail "$P" other.tar.age
has err "not the file that was sealed"
blobs=$(find "$I/blob" -type f | wc -l)
try 0 cole production mail "$P" "$F"
has out "once the mail server has taken it"
try 4 cole production mail "$P" "$F"
has err "on its way"
state produced
try 5 cole deliver "$P" --channel letter
has err "no delivery while a mail"
verdict "a sealed file is queued to the officer's own address, and is not delivered by that"

post_up DATA 554
sends 60 test -s "$work/box/log"
post_down
has "$work/box/log" 'RCPT TO:<m.reyes@fbi.example>'
production
has prod '"state": "queued"'
state produced
at 2026-09-01T16:05:00Z
post_up
sends 60 mails 1
[ -f "$work/box/1.eml" ] || wrong "no mail came"
state delivered
production
has prod '"state": "delivered"'
has prod '"message": "<[-0-9A-Z]*@house.example>"'
mkdir -p m1
python3 "$here/after.py" read "$work/box/1.eml" m1 2>err || wrong "the mail: $(tail -n 1 err)"
same "the attached file" "$(sha256sum <"m1/$P.tar.age" | cut -c -64)" "$(sha256sum <"$F" | cut -c -64)"
has m1/text "$P"
has m1/head "^Subject: .*$P"
lacks "$work/box/1.eml" "$CASE|SW-26|specimen|warrant|Warrant"
[ ! -e m1/transfer.json ] || wrong "a manifest for an order that needs none"
has m1/head "^Message-ID: $(sed -n 's/^ *"message": "\(.*\)",*$/\1/p' prod)"
post_down
same "blobs, once the mail is gone" "$(find "$I/blob" -type f | wc -l)" "$blobs"
try 0 cole acknowledge "$P"
entries >/dev/null
verdict "delivered is what the server took: the file whole, the text names its reference alone"

# ---- another address ----------------------------------------------------------------------------
sealed
try 65 cole production mail "$P" "$F" --to else@police.example
has err "say why"
try 65 cole production mail "$P" "$F" --to "else@police.example, <x@y>" --reason "The desk of the officer."
try 0 rob production mail "$P" "$F" --to else@police.example --reason "The desk of the officer."
has out "second person"
denied "needs the role" cole production mail-confirm "$P"
denied "another person" rob production mail-confirm "$P"
try 0 rita production mail-confirm "$P"
production
has prod '"to": "else@police.example"'
try 0 cole production mail-stop "$P"
production
has prod '"state": "stopped"'
denied "neither|needs" pia production mail-stop "$P"
state produced
verdict "an address of one's own needs a reason and a second person"

# ---- stopped on its way -------------------------------------------------------------------------
try 0 cole production mail "$P" "$F"
try 0 carla challenge file "$CASE" order --reason "The period is too long."
post_up
sends 60 mail_state stopped
mails 1 || wrong "a mail of a stopped production was sent"
post_down
production
lacks prod '"recall_due"'
state challenged
entries >/dev/null
verdict "what stops a delivery is asked in the moment of sending"

# taken in the very moment that something stopped it: it left, is no delivery, and is to be called back
sealed
try 0 cole production mail "$P" "$F"
post_up HELLO 0
sends 60 mails 2
post_down
state delivered
verdict "and what nothing stops goes"

# ---- a medium -----------------------------------------------------------------------------------
sealed
mkdir -p "$work/usb"
M="--kind usb --serial SN-0815 --carrier Kurier_Meyer --handed-to KHK_Vogt --bag B-77"
denied "needs the role" pia production medium "$P" "$F" "$work/usb" $M
try 65 cole production medium "$P" "$F" "$work/usb" --kind floppy --serial 1 --carrier x --handed-to y
try 65 cole production medium "$P" "$F" "$work/usb" --kind usb --carrier x --handed-to y
has err "serial"
echo secret >"$work/usb/key.txt"
try 65 cole production medium "$P" "$F" "$work/usb" $M
has err "not empty"
rm "$work/usb/key.txt"
try 3 cole production medium "$P" other.tar.age "$work/usb" $M
mv "$O/$P.json" "$O/$P.away"
try 3 cole production medium "$P" "$F" "$work/usb" $M
has err "missing beside"
mv "$O/$P.away" "$O/$P.json"
state produced
same "what is left on the medium" "$(ls -A "$work/usb" | wc -l)" 0
verdict "a medium is empty before, and has all that belongs to the answer"

# what a write or a sync on the medium meets, and a bit that is another
fault=$(dirname "$WRIT")/crash/fault.so
[ -f "$fault" ] || wrong "no $fault: make crashtests"
for f in "eio write 1" "eio sync 1" "enospc write 1" "flip write 1" "flip write 2"; do
	rm -rf "$work/bad"
	mkdir "$work/bad"
	rm -f page
	truncate -s 4096 page
	rc=0
	LD_PRELOAD=$fault WRIT_FAULT="$f" WRIT_FAULT_ROOT=$work/bad WRIT_FAULT_PAGE=$work/page \
		"$WRIT" -d "$I" --secret "$I/secrets/cole" production medium "$P" "$F" "$work/bad" $M >out 2>err </dev/null || rc=$?
	[ $rc != 0 ] || wrong "a medium with \"$f\" was taken for good"
	case $f in
	flip*) has err "gives back other bytes" ;;
	esac
	same "what is left on the medium after \"$f\"" "$(ls -A "$work/bad" | wc -l)" 0
done
state produced
try 0 cole --json production medium "$P" "$F" "$work/usb" $M
same "what is said of the file" "$(field sha256 out)" "$(sha256sum <"$F" | cut -c -64)"
cmp -s "$F" "$work/usb/$P.tar.age" || wrong "the file on the medium is another"
cmp -s "$O/$P.json" "$work/usb/$P.json" || wrong "what lies beside it is another"
same "what is on the medium" "$(ls -A "$work/usb" | wc -l)" 2
state delivered
production
has prod '"serial": "SN-0815"'
production x otto
lacks prod 'SN-0815|Vogt'
try 4 cole production medium "$P" "$F" "$work/bad" $M
for l in en de; do
	try 0 rob order letter "$CASE" --kind protocol --language $l --out protocol.$l.pdf
	pdftotext -layout protocol.$l.pdf text
	has text 'SN-0815'
	has text 'KHK_Vogt'
	has text "$P.tar.age"
	pdfinfo protocol.$l.pdf >info
	has info '^Tagged: *yes'
done
try 65 cole production medium-back "$P" --by KHK_Vogt --received 2026-08-31
try 0 cole production medium-back "$P" --by KHK_Vogt
try 4 cole production medium-back "$P" --by KHK_Vogt
verdict "what is written is read back; what fails or gives back another bit is told, and nothing is recorded"

# ---- the manifest of the EU ---------------------------------------------------------------------
at 2026-10-06T09:00:00Z
epoc() {
	number=$((number + 1))
	sed "s/278-114/278-2$number/; s/\"order.eu_notified\": \"no\"/\"order.eu_notified\": \"${1:-no}\"/" "$mended/08-eu-epoc-prosecutor.json" >"$work/demand.json"
	receive "$work/demand.json"
	answers "Validated by a judge."
	files 1
	try 0 rob order examine "$CASE" pass --reason "Validated by a judge."
	try 0 rob item decide "$CASE" produce --item 1 --reason "Art. 5(4)."
	try 0 rita item second "$CASE" --item 1
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	F=$O/$P.tar.age
}
epoc
try 65 cole deliver "$P" --channel portal --deposit "$F" --days 9
try 65 cole deliver "$P" --channel portal --days 46
try 65 cole deliver "$P" --channel decentralised
has err "say why"
try 0 cole deliver "$P" --channel portal --days 12 --remarks "Two volumes."
try 0 rob production manifest "$P" --out manifest.json
has manifest.json '"available_until":"2026-10-18T22:00:00Z"'
for k in sender recipient order at means available_until remarks encryption files; do
	grep -q "\"$k\":" manifest.json || wrong "the manifest has no $k"
done
has manifest.json '"digest":"'"$(sha256sum <"$F" | cut -c -64)"'","name":"'"$P"'.tar.age","size":'"$(stat -c %s "$F")"
has manifest.json '"algorithm":"SHA-256","contains":\[\{"algorithm":"SHA-256","digest":"[0-9a-f]{64}","name":"files/item-001-001'
has manifest.json '"number":"26/278-2'
has manifest.json '"certificate_of_authority":false,"content_encrypted":true,"kind":"age"'
try 5 pia production manifest "$P"
try 0 rob order letter "$CASE" --kind transfer --out transfer.pdf
try 0 rob order letter "$CASE" --kind transfer --language de --out transfer.de.pdf
pdftotext -layout transfer.de.pdf text
has text 'Verzeichnis zu elektronischen Beweismitteln'
has text 'Two volumes'
epoc
try 0 cole deliver "$P" --channel decentralised --explain "The authority gave an age key and no certificate."
try 0 rob production manifest "$P"
has out 'gave an age key'
try 65 cole deliver "$(field production out)" --channel decentralised
verdict "an EPOC's answer by another way has its manifest"

# above 25 megabytes the channel is closed; the number is the law's, and a house may be given another one
epoc
cp -r "$I" "$work/small"
mkdir "$work/small/law"
sed 's/bytes: 26214400/bytes: 1000/' "$root/law/channels.yaml" >"$work/small/law/channels.yaml"
echo "law: law" >>"$work/small/writ.yaml"
J=$I
[ -n "${WRIT_TEST_PG:-}" ] || {
	I=$work/small
	denied "more than the 1000 that this channel takes .*portal, encrypted_mail, letter, medium, in_person" \
		cole deliver "$P" --channel decentralised --explain "No certificate."
	I=$J
}
verdict "above the law's size the system is closed, and the means that remain are named"

# by mail, with the manifest beside it
at 2026-10-06T10:00:00Z
try 0 cole production mail "$P" "$F"
post_up
n=$(ls "$work/box" | grep -c 'eml$')
sends 60 mails $((n + 1))
post_down
mkdir m2
python3 "$here/after.py" read "$work/box/$((n + 1)).eml" m2 2>err || wrong "the mail: $(tail -n 1 err)"
state delivered
try 0 rob production manifest "$P" --out manifest.json
cmp -s manifest.json m2/transfer.json || wrong "the manifest that went along is another than the one on record"
has m2/transfer.json '"proof":"Message-ID <'
# and on a medium
epoc
mkdir -p "$work/disc"
try 0 cole production medium "$P" "$F" "$work/disc" --kind disc --serial D1 --carrier x --handed-to y
try 0 rob production manifest "$P" --out manifest.json
cmp -s manifest.json "$work/disc/transfer.json" || wrong "the manifest on the medium is another"
verdict "the manifest goes along by mail and on a medium, and is the one on record"

# ---- misdelivery --------------------------------------------------------------------------------
at 2026-10-12T09:00:00Z
sealed
denied "has not left" rob production misdelivered "$P" --to-whom "Somebody" --how "The post came back."
try 0 cole deliver "$P" --channel portal --deposit "$F"
denied "needs the role" pia production misdelivered "$P" --to-whom "Somebody" --how "x"
try 65 rob production misdelivered "$P" --to-whom "Somebody" --how " "
try 65 rob production misdelivered "$P" --to-whom "Somebody" --how "x" --found 2026-10-13
echo "Kanzlei Müller & Söhne" >whom
try 0 rob production misdelivered "$P" --to-whom-file whom --how "They called us." --found 2026-10-11
try 4 rob production misdelivered "$P" --to-whom "Somebody" --how "Once more."
production
has prod '"found": "2026-10-11"'
has prod '"to_whom": "Kanzlei Müller & Söhne"'
production x otto
lacks prod 'Kanzlei|called'
try 0 rob production open
has out "misdelivery .*$P"
try 0 rob calendar 2026-10-01 2026-10-31
has out "$CASE.*misdeliver|misdeliver.*$CASE"
try 0 rob order letter "$CASE" --kind misdelivery --production "$P" --language de --out mis.de.pdf
try 0 rob order letter "$CASE" --kind misdelivery --production "$P" --out mis.pdf
pdftotext -layout mis.pdf text
has text 'Kanzlei Müller & Söhne'
has text "$P"
lacks text "$CASE|SW-26|Reyes|FBI|Federal|arrant"
denied "needs the role" rob production misdelivered-settle "$P" --reason "x"
try 0 carla production misdelivered-settle "$P" --reason "Nobody: the file is sealed and was deleted."
try 3 carla production misdelivered-settle "$P" --reason "x"
try 0 rob production open
lacks out "misdelivery .*$P"
entries >/dev/null
verdict "a misdelivery is on record, counsel decides whom to tell, and the letter names nothing of the case"

# ---- recall -------------------------------------------------------------------------------------
denied "needs the role" rob production recall "$P" --cause other --reason "x"
try 65 carla production recall "$P" --cause whim --reason "x"
try 65 carla production recall "$P" --cause other --reason " "
try 0 carla challenge file "$CASE" order --reason "Too wide."
try 0 carla challenge end "$CASE" 1 upheld --reason "The period is too wide."
production
has prod '"recall_due": "challenge"'
try 0 rob production open
has out "recall_due +challenge +$P"
try 5 rob order letter "$CASE" --kind recall --production "$P"
has err "nothing of this order was recalled"
try 0 carla production recall "$P" --cause challenge --reason "The court found the period too wide."
try 4 carla production recall "$P" --cause challenge --reason "Again."
production
has prod '"state": "recalled"'
lacks prod '"recall_due"'
try 4 cole deliver "$P" --channel letter
try 4 cole acknowledge "$P"
try 4 cole production mail "$P" "$F"
try 4 cole production reseal "$P" $FILES --reason "A lost key." --out "$O"
rm -rf "$work/bad"
mkdir "$work/bad"
try 4 cole production medium "$P" "$F" "$work/bad" $M
try 65 rob production recall-answer "$P" perhaps
try 0 rob production recall-answer "$P" none
try 0 rob production open
has out "recall +challenge +$P"
try 0 rob production recall-answer "$P" deleted --reason "A letter of their office." --day 2026-10-12
try 4 rob production recall-answer "$P" refused
try 0 rob production open
lacks out "$P"
try 0 rob order letter "$CASE" --kind recall --production "$P" --out recall.en.pdf
try 0 rob order letter "$CASE" --kind recall --production "$P" --out recall.pdf
pdftotext -layout recall.pdf text
has text 'a challenge to the order was upheld'
has text "$(sha256sum <"$F" | cut -c -8) $(sha256sum <"$F" | cut -c 9-16)"
verdict "what a court took away is recalled: never delivered, mailed, written or sealed again; the answer is on record"

# a provisional order that the court does not confirm, and one that nobody confirmed in time
sed 's/"order.issuer": "court"/"order.issuer": "prosecutor"/
	s/"2026-09-21"/"2026-09-24"/; s/2026-09-22T/2026-09-24T/
	s/"order.capability"/"order.provisional": "yes", &/' "$mended/06-de-ip-logs.json" >urgent.json
urgent() {
	number=$((number + 1))
	at 2026-09-24T12:00:00Z
	sed "s/\"number\": \"/&$number-/" urgent.json >demand.json
	receive demand.json
	answers "Read in the paper."
	files 1
	try 0 rob order examine "$CASE" pass --reason "Gefahr im Verzug."
	try 0 rob item decide "$CASE" produce --item 1 --reason "§ 100g Abs. 1 StPO."
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	F=$O/$P.tar.age
	try 0 cole deliver "$P" --channel letter
	production
	lacks prod recall_due
}
urgent
at 2026-09-25T09:00:00Z
try 0 rob order fact "$CASE" order.confirmed=no
production
has prod '"recall_due": "confirmation"'
try 0 carla production recall "$P" --cause confirmation --reason "The court refused."
try 0 rob order letter "$CASE" --kind recall --language de --out recall.pdf
pdftotext -layout recall.pdf text
has text 'Rückruf von Daten'
has text 'die Anordnung wurde nicht bestätigt'
try 0 rob --json order letter "$CASE" --kind recall
has out '"rule": "DE-CONFIRM-REFUSED"|"cite"'
urgent
at 2026-09-29T21:59:59Z
production
lacks prod recall_due
at 2026-09-29T22:00:00Z
production
has prod '"recall_due": "confirmation"'
try 0 rob production open
has out "recall_due +confirmation +$P"
try 0 rob order lapse "$CASE" --code not_confirmed
production
has prod '"recall_due": "confirmation"'
# the enforcing authority's objection
at 2026-10-06T09:00:00Z
epoc
try 0 cole deliver "$P" --channel letter
try 0 rob order fact "$CASE" order.eu_ground_raised=yes
production
has prod '"recall_due": "objection"'
try 0 carla production recall "$P" --cause objection --reason "Art. 12(2)."
try 0 rob --json order letter "$CASE" --kind recall
has out 'The addressee shall stop the execution'
entries >/dev/null
verdict "a fallen confirmation and an objection are shown as recalls that are due, with the law in the letter"

# ---- redirect -----------------------------------------------------------------------------------
at 2026-09-01T16:00:00Z
number=$((number + 1))
sed "s/SW-26-4471/SW-26-77$number/" "$demands/01-us-warrant.json" >demand.json
receive demand.json
denied "a bar stands, or may stand" rob order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason "x"
try 0 rob order fact "$CASE" order.us_2705b=no
try 65 rob order redirect "$CASE" --reason "The company holds it."
try 65 rob order redirect "$CASE" --name "Example Company" --reason "The company holds it."
denied "needs the role" iris order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason x
printf 'Legal department\n1 Main Street\nSpringfield\n' >address
try 0 rob order redirect "$CASE" --name "Example Company" --address-file address --reason "The company holds it."
state redirected redirected
try 0 rob --json matter show "$CASE"
has out '"name": "Example Company"'
try 0 otto --json matter show "$CASE"
lacks out 'Example Company|Springfield'
try 0 rob order letter "$CASE" --kind redirect --language de --out redirect.de.pdf
try 0 rob order letter "$CASE" --kind redirect --out redirect.pdf
pdftotext -layout redirect.pdf text
has text 'Example Company'
has text 'Springfield'
at 2026-10-06T09:00:00Z
number=$((number + 1))
sed "s/278-114/278-2$number/" "$mended/08-eu-epoc-prosecutor.json" >demand.json
receive demand.json
denied "a bar stands" rob order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason "Held for it."
denied "a bar stands" rob order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason "Held for it." --despite-bar
denied "a bar stands" carla order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason "Held for it."
try 0 carla order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason "Held for it." --despite-bar
state redirected redirected
entries >/dev/null
verdict "an order goes on to the customer with a contact; where a bar stands only by counsel"

# ---- payment ------------------------------------------------------------------------------------
# A claim that is open and unpaid changes nothing about what leaves, and no line on the way of a production reads one;
# in an emergency there is none at all (test/flow/claims.sh).
at 2026-09-15T12:00:00Z
charges
sed 's/"received": "[^"]*"/"received": "2026-09-15T08:00:00Z"/; s/"order.issued": "[^"]*"/"order.issued": "2026-09-14"/' "$demands/04-de-bestandsdaten.json" >demand.json
receive demand.json
files 1 2
twice() {
	try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	try 0 cole deliver "$P" --channel letter
}
twice
try 0 rob order fact "$CASE" order.child_abuse=no
try 0 fred --json claim make "$CASE"
twice
try 0 fred claim list
has out "$CASE|open"
[ -z "${SHOTS:-}" ] || cp ./*.pdf "$SHOTS/"
for f in produce hand_over reseal gate mailing mailing_send medium transfer left exchange_file deposit look_over matter; do
	! grep -v 'claim_bar' "$root/src/desk/$f.c" | grep -qi 'claim' || wrong "src/desk/$f.c looks at claims"
done
awk '/^-- [a-z_]* : /{name = $2} /claim/ && name !~ /claim|erase|image/ {print name}' "$root"/sql/query/*.sql | sort -u >readers
lacks readers 'production|delivery|gate|decision|item|order_by|matter_by'
entries >/dev/null
verdict "no payment holds back what leaves"
exit $bad
