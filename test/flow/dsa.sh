#!/bin/sh
# The EU's template for orders from Member States' authorities: from orders to files, counted a second time by
# an oracle from what this story entered. What it may not say it never says; what it cannot say it refuses.
. "$(dirname "$0")/lib"

oracle() { # DIR STORY
	columns=
	[ ! -f "$shared/law/dsa-template-columns.tsv" ] || columns=$shared/law/dsa-template-columns.tsv
	# shellcheck disable=SC2086
	/usr/bin/python3 "$root/test/oracle/dsa.py" "$1" "$2" $columns >oracle.out 2>oracle.err || wrong "$(tail -n 1 oracle.err)"
}

# conf LINE...: writ.yaml with these lines under dsa.
conf() {
	config >"$I/writ.yaml"
	echo "dsa:" >>"$I/writ.yaml"
	printf '  %s\n' "$@" >>"$I/writ.yaml"
}

# german N TARGET RECEIVED: a demand like the demo's, of another number.
german() {
	sed "s|ST/0412-26|ST/$1-26|; s/k.muster/$2.muster/; s/\"received\": \"[^\"]*\"/\"received\": \"$3\"/" \
		"$demands/04-de-bestandsdaten.json" >demand.json
	receive demand.json
}
delivered() { # AT: examined and produced now, handed over then
	try 0 rita order examine "$CASE" pass --reason "§ 100j StPO."
	try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
	files 1 2
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	at "$1"
	try 0 cole deliver "$P" --channel portal
}
line() { # FIELD...: into the story
	printf '%s' "$1" >>story
	shift
	for f in "$@"; do printf '\t%s' "$f" >>story; done
	echo >>story
}
S=STATEMENT_CATEGORY_SCAMS_AND_FRAUD
M=STATEMENT_CATEGORY_PROTECTION_OF_MINORS
R=STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY
N=STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER

at 2026-08-17T08:00:00Z
make_instance
: >story

# ---- orders -------------------------------------------------------------------------------------------------
at 2026-09-08T06:20:00Z
german 0001 a 2026-09-08T06:15:00Z
A=$CASE
try 65 iris dsa order "$A" SCAMS
has err '^writ: category: '
try 65 iris dsa order "$A" STATEMENT_CATEGORY_OTHER_VIOLATION_TC
has err 'category: .* is not for orders'
try 65 iris dsa order "$A" $S --keyword KEYWORD_SUICIDE
has err 'keyword: want one of .*KEYWORD_PHISHING'
try 65 iris dsa order "$A" $S --keyword KEYWORD_PHISHING --text "mine"
has err 'text: only KEYWORD_OTHER'
try 65 iris dsa order "$A" $S --informed 2026-09-08T06:14:59Z
has err 'informed: before the order arrived'
try 65 iris dsa order "$A" $S --informed 2026-09-08T07:00:00Z
has err 'informed: a time to come'
try 65 iris dsa order "$A" $S --informed yesterday
has err 'informed: '
try 65 iris dsa order "$A" $S --automatic
has err 'automatic: nobody was told'
for p in cole pia otto root fred; do
	denied "needs the role" $p dsa order "$A" $S
done
verdict "what is not a category, a sub-category or a time is refused by name"

at 2026-09-08T06:50:00Z
try 0 iris dsa order "$A" $S --keyword KEYWORD_PHISHING --informed 2026-09-08T06:45:00Z --automatic
delivered 2026-09-09T06:15:00Z
line order DE $S KEYWORD_PHISHING "" 2026-09-08T06:15:00+00:00 2026-09-08T06:45:00+00:00 2026-09-09T06:15:00+00:00 automatic -

at 2026-09-10T08:00:00Z
german 0002 b 2026-09-10T08:00:00Z
at 2026-09-10T12:34:07Z
try 0 iris dsa order "$CASE" $N --informed 2026-09-10T12:34:06Z
try 0 rita dsa order "$CASE" $S --keyword KEYWORD_PHISHING
try 0 rita --json matter show "$CASE"
has out "\"category\": \"$S\""
has out '"keyword": "KEYWORD_PHISHING"'
has out '"informed": "2026-09-10T12:34:06Z"'
try 0 rita matter show "$CASE"
has out "$S KEYWORD_PHISHING"
delivered 2026-09-12T08:00:01Z
line order DE $S KEYWORD_PHISHING "" 2026-09-10T08:00:00+00:00 2026-09-10T12:34:06+00:00 2026-09-12T08:00:01+00:00 - -

at 2026-09-15T10:00:00Z
german 0003 c 2026-09-15T09:00:00Z
try 0 rita order reject "$CASE" --code no_basis --reason "Keine Bestimmung."
try 0 rita matter close "$CASE"
try 0 rita dsa order "$CASE" $S --keyword KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING --informed receipt
line order DE $S KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING "" 2026-09-15T09:00:00+00:00 2026-09-15T10:00:00+00:00 - - -

# a chain counts once: the first order's day, the newest category
at 2026-09-15T12:00:00Z
receive "$demands/05-de-no-basis.json"
F=$CASE
try 0 iris dsa order "$F" $N --informed 2026-09-15T08:41:00Z
try 0 rita order reject "$F" --code no_basis --reason "Keine gesetzliche Bestimmung genannt."
at 2026-09-21T10:00:00Z
receive "$demands/05b-de-cured.json" iris --cures "$F"
F2=$CASE
try 0 iris dsa order "$CASE" $M --keyword KEYWORD_OTHER --text '=Own, "words"'
try 0 rita order examine "$CASE" pass --reason "Jetzt mit § 100j StPO."
try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
try 0 cole produce "$CASE" --no-data 1 --no-data 2
line order DE $M KEYWORD_OTHER '=Own, "words"' 2026-09-15T08:40:00+00:00 2026-09-15T08:41:00+00:00 - - -

at 2026-10-06T09:00:00Z
receive "$demands/08-eu-epoc-prosecutor.json"
E=$CASE
line order FR $R "" "" 2026-10-06T08:00:00+00:00 - - - epoc

sed 's/"country": "DE"/"country": "GR"/; s/"DE-100j-1"/"EU-DSA-10"/; s|ST/0412-26|AP/77|; s/"order.de_listed": "yes",//
	s/"received": "[^"]*"/"received": "2026-10-07T08:00:00Z"/; s/k.muster/g.muster/' "$demands/04-de-bestandsdaten.json" >demand.json
at 2026-10-07T09:00:00Z
receive demand.json
G=$CASE
try 0 iris dsa order "$G" $N
line order EL $N "" "" 2026-10-07T08:00:00+00:00 - - - -

at 2026-10-20T15:00:00Z
receive "$demands/01-us-warrant.json"
try 65 iris dsa order "$CASE" $S
has err 'country: US is no Member State'
at 2026-11-02T17:00:00Z
sed 's/"country": "US"/"country": "FR"/' "$demands/11-us-nsl.json" >demand.json
receive demand.json nadia
denied 'never enters the template' nadia dsa order "$CASE" $S
try 3 iris dsa order "$CASE" $S
# the schema holds it too, past the program
id=$(sql "$I" "SELECT id FROM legal_order WHERE class = 'national_security'")
sql "$I" "BEGIN; INSERT INTO stamp (id) VALUES (9000001); INSERT INTO order_dsa (legal_order, category, keyword, own,
	told, automatic, at, author, rev, entry) VALUES ($id, '$S', '', '', 'unknown', 0, 1, 2, 1, 9000001); COMMIT" >sql.out 2>&1 || :
grep -q 'sealed or erased' sql.out || wrong "the schema took a category of a letter: $(head -n 1 sql.out)"
same "rows of the letter" "$(sql "$I" "SELECT count(*) FROM order_dsa WHERE legal_order = $id")" 0
verdict "orders of Member States have a category; those of others, and sealed ones, never"

# ---- what stands against it ---------------------------------------------------------------------------------
at 2027-01-05T09:00:00Z
try 0 pia edition make 2026 --as-of 2027-01-04
has out '^Every rule holds\.$'
try 65 pia dsa write 2026 --out "$work/no"
has err 'writ.yaml has no `dsa`'
conf "orders_to_act: by_hand" "small: yes"
denied 'Art. 15\(2\)' pia dsa write 2026 --out "$work/no"
conf "orders_to_act: by_hand" "small: yes" "very_large: yes"
try 65 pia dsa write 2026 --out "$work/no"
has err 'a half of a calendar year'
conf "orders_to_act: sometimes"
try 65 pia dsa write 2026 --out "$work/no"
has err 'writ.yaml:[0-9]+:[0-9]+: orders_to_act: want by_hand or not_applicable'
conf "orders_to_act: by_hand"
for p in iris rita carla otto root; do
	denied "needs the role .*publisher" $p dsa write 2026 --out "$work/no"
	denied "needs the role .*publisher" $p dsa enter 2026 act 1 --country DE --category $S --source "List"
done
denied '1 orders have no category: `writ dsa missing`' pia dsa write 2026 --out "$work/no"
lacks err "$E"
denied "needs the role" pia dsa missing 2026
try 0 iris dsa missing 2026
same "orders without a category" "$(cat out)" "$E  order 1"
[ ! -e no ] || wrong "files came out of a refusal"
at 2027-01-05T10:00:00Z
try 0 iris dsa order "$E" $R
try 0 iris dsa missing 2026
has out '^Every order has'
denied 'have no category' pia dsa write 2026 --out "$work/no"
verdict "no template without the configuration, the duty, the period, the role and a category of every order"

# ---- figures by hand ----------------------------------------------------------------------------------------
try 65 pia dsa enter 2026 info 3 --country DE --category $S --source "List"
has err 'cell: info is counted from the cases'
try 65 pia dsa enter 2026 act 3 --category $S --source "List"
has err 'country: a number is entered for one state'
try 65 pia dsa enter 2026 act 3 --country DE --source "List"
has err 'category: a number is entered for one state and one category'
try 65 pia dsa enter 2026 act 3 --country US --category $S --source "List"
has err 'country: want the code of a Member State'
try 65 pia dsa enter 2026 act 3 --country DE --category $S
has err 'source: '
try 65 pia dsa enter 2026 act 3.5 --country DE --category $S --source "List"
has err 'value: want a whole number'
try 65 pia dsa enter 2026 act_effect 1.505 --country DE --category $S --source "List"
has err 'value: want hours with at most two decimals'
try 65 pia dsa enter 2026 acts 1 --country DE --category $S --source "List"
has err 'cell: want act'
try 0 pia dsa enter 2026 act 7 --country EL --category $R --source "Takedown desk, list 3"
try 0 pia dsa enter 2026 act 2 --country EL --category $R --source "Takedown desk, list 4"
try 0 pia dsa enter 2026 items 11 --country GR --category $R --source "Takedown desk, list 4"
try 0 pia dsa enter 2026 act 5 --country FR --category $R --source "A slip"
try 0 pia dsa enter 2026 act none --country FR --category $R --source "A slip"
try 0 pia dsa enter 2026 act_receipt 1.5 --country EL --category $R --source "Takedown desk, list 4"
try 0 pia dsa note 2026 info "Counted from cases, with \"care\"; see our page."
line choice act yes
line given EL $R act 2
line given EL $R items 11
verdict "figures by hand: one state, one category, a source; the newest counts"

# ---- the files ----------------------------------------------------------------------------------------------
at 2027-01-06T09:00:00Z
echo "Counted again" >"$work/cause.txt"
try 0 pia edition make 2026 --as-of 2027-01-05
try 0 pia dsa write 2026 --out "$work/draft"
has err '^A draft'
has err 'first sheet has no rows'
has err 'Greece stands as EL, which was not checked'
has out 'To be published by 2027-02-28'
try 0 pia edition publish 2026 --out "$work/site"
conf "orders_to_act: by_hand" "service: Example Mail, Europe" "identification:" \
	"  - indicator: An indicator" "    value: \$provider reports \$period, version \$version"
try 0 pia --json dsa write 2026 --out "$work/a"
same "last day" "$(field publish_by out)" 2027-02-28
lacks err 'A draft'
try 0 pia dsa write 2026 --out "$work/b"
diff -r a b >/dev/null || wrong "the same edition gave other bytes"
oracle a story
grep -q '^All,"Example Mail, Europe",An indicator,"Example Mail reports 2026-01-01/2026-12-31, version 2"' \
	a/1_report_identification.csv || wrong "the first sheet: $(sed -n 2p a/1_report_identification.csv)"
T=$(sed -n 2p a/3_member_states_orders.csv)
case $T in
*,TOTAL,,TOTAL,2,11,,,6,*"entered by hand, last on 2027-01-05. Source: Takedown desk, list 4."*) ;;
*) wrong "the total row: $T" ;;
esac
case $T in
*'with ""care""; see our page. European Production Orders'*'among them: 1.'*) ;;
*) wrong "the total row's context: $T" ;;
esac
grep -q ",$R,,EL,2,11,1.50," a/3_member_states_orders.csv || wrong "a median by hand is not there"
verdict "orders, medians and scopes are those of the story, in CSV and workbook"

for f in a/*.csv draft/*.csv; do
	! grep -qE '@mail\.example|NSL|muster|ST/0|US-WARRANT|/tmp' "$f" || wrong "$f tells too much"
	! grep -qE '[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}' "$f" || wrong "$f names a case"
done
! grep -q ',US,' a/3_member_states_orders.csv || wrong "a state that is no member"
verdict "no case, no person and nothing sealed in the files"

# ---- choices ------------------------------------------------------------------------------------------------
conf "orders_to_act: by_hand" "automatic_receipt: zero" "epoc: leave_out"
try 0 pia dsa write 2026 --out "$work/zero"
{ line choice x y; printf 'choice\tzero\tyes\nchoice\tepoc\tno\n'; cat story; } >zero.story
oracle zero zero.story
grep -q 'European Production Orders (Regulation (EU) 2023/1543) left out: 1\.' zero/3_member_states_orders.csv || wrong "left out without a word"
conf "orders_to_act: not_applicable"
try 4 pia dsa write 2026 --out "$work/none"
has err 'figures were entered, and writ.yaml says'
at 2027-01-07T08:00:00Z
try 0 pia dsa enter 2026 act none --country EL --category $R --source "Not ours"
try 0 pia dsa enter 2026 items none --country EL --category $R --source "Not ours"
try 0 pia dsa enter 2026 act_receipt none --country EL --category $R --source "Not ours"
try 4 pia dsa write 2026 --out "$work/none"
at 2027-01-08T09:00:00Z
try 0 pia edition make 2026 --en "$work/cause.txt" --as-of 2027-01-07
try 0 pia dsa write 2026 --out "$work/none"
sed 's/^choice	act	yes/choice	act	no/' story >none.story
oracle none none.story
conf "orders_to_act: not_applicable" "small: yes" "very_large: yes"
try 0 pia edition make 2026H2 --as-of 2027-01-07
try 65 pia dsa write 2026 --out "$work/half"
at 2027-03-01T09:00:00Z
try 0 pia dsa write 2026H2 --out "$work/half"
has out 'It was to be published by 2027-02-28'
oracle half none.story
grep -q ',2026-07-01/2026-12-31,' half/3_member_states_orders.csv || wrong "no half-year in the column"
at 2027-01-08T09:00:00Z
conf "orders_to_act: by_hand" "service: Example Mail, Europe" "identification:" \
	"  - indicator: An indicator" "    value: \$provider reports \$period, version \$version"
try 0 pia dsa write 2026.2 --out "$work/later"
diff -r a later >/dev/null || wrong "what was entered later changed an edition of an earlier day"
has err '3 entries were made after'
verdict "blank where a requirement does not apply, 0 where it does; an edition stays what it was"

# ---- the ledger, and an erasure -----------------------------------------------------------------------------
sql "$I" "UPDATE order_dsa SET category = 'x', rev = rev + 1" >sql.out 2>&1 && wrong "a category was rewritten"
sql "$I" "UPDATE dsa_given SET value = 1" >sql.out 2>&1 && wrong "a figure by hand was rewritten"
sql "$I" "DELETE FROM dsa_given" >sql.out 2>&1 && wrong "a figure by hand was deleted"
cat >>"$I/writ.yaml" <<'Y'
retention:
  - from: 2026-01-01
    rules:
      - id: refused
        of: rejected no_data
        after: 30 days
        since: settled
Y
for case in "$F" "$F2"; do
	try 0 rita matter close "$case"
	try 0 carla secrecy lift "$case" 1
done
try 5 carla --json erase propose "$F"
has err "an edition that counts it is not published yet"
try 0 pia edition publish 2026.3 --out "$work/site2"
try 0 pia edition publish 2026H2 --out "$work/site3"
try 0 carla --json erase propose "$F"
try 0 rita erase confirm "$(field list out)" "$(field hash out)"
has out '^Erased: '
entries >/dev/null
try 0 pia dsa write 2026.2 --out "$work/erased"
diff -r a erased >/dev/null || wrong "an erasure changed the template of an edition"
try 5 iris dsa order "$F" $S
verdict "rows stay what they were, also under an erasure, and the ledger verifies"

# ---- a copy in another database -----------------------------------------------------------------------------
if [ -z "${WRIT_TEST_PG:-}" ]; then
	try 0 root --json db copy sqlite:data/writ.db sqlite:data/copy.db
	copy=sqlite:data/copy.db
else
	from=$(name_of "$I")
	new_database
	copy=$(url_of "$NAME" app)
	try 0 root --json db copy "$(url_of "$from" app)" "$copy" --database-owner "$(url_of "$NAME" owner)"
fi
echo "$copy" >"$I/.database"
sed -i "s|^database: .*|database: $(echo "$copy" | sed 's/&/\\&/g')|" "$I/writ.yaml"
entries >/dev/null
try 0 pia dsa write 2026.2 --out "$work/copied"
diff -r a copied >/dev/null || wrong "a copied instance gave another template"
verdict "a copy of the instance gives the same files, and its ledger verifies"

# ---- what counsel barred has no place in it --------------------------------------------------------------------
echo "title: No number may be published" >bar.yaml
for what in "DE --class subscriber_request" "FR"; do
	# shellcheck disable=SC2086
	try 0 nora permission record prohibited $what --given 2026-06-01 --law "An act" --en bar.yaml
	bar=$(cut -d ' ' -f 1 out)
	try 0 pia edition make 2026 --en "$work/cause.txt"
	has out "^Every rule holds"
	try 4 pia dsa write 2026 --out "$work/barred"
	has err "^writ: $(echo "$what" | sed 's/ --class//'): counsel barred these orders, and the template cannot say so"
	[ ! -e barred ] || wrong "files came out of a refusal"
	try 0 nora permission end "$bar"
done
verdict "orders that counsel barred are not left out in silence"

# ---- the edition's own gates --------------------------------------------------------------------------------
cat >old.map.yaml <<'Y'
kind: closed
source:
  publisher: Example Mail
  title: Old report
  date: 2026
period: 2026
country:
  column: country
class: other
outcome: not_recorded
Y
printf 'country\nIT\n' >old.csv
try 0 iris import closed old.csv --map old.map.yaml
try 0 pia edition make 2026 --en "$work/cause.txt"
try 4 pia dsa write 2026 --out "$work/old"
has err 'IT: 0 orders can be told by category, and the edition says 1'
german 0009 z 2026-12-30T08:00:00Z
try 4 pia dsa write 2026 --out "$work/old"
has err 'the cases changed since'
try 0 pia edition make 2025
try 65 pia dsa write 2025 --out "$work/old"
has err 'for data from 2025-07-01'
try 0 pia edition make 2026H1
try 65 pia dsa write 2026H1 --out "$work/old"
has err 'a report is for a calendar year'
[ ! -e old ] || wrong "files came out of a refusal"
verdict "another number than the edition's, or cases that changed, are refused"
exit $bad
