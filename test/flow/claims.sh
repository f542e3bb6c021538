#!/bin/sh
# What answers cost: from a German demand that was answered to a claim that was paid, with letter and invoice; what
# finance sees and does not; and a case in which nothing is ever claimed.
. "$(dirname "$0")/lib"

at 2026-09-10T08:00:00Z
make_instance
charges
try 0 fred claim list
has out "No claim is open"
verdict "a house that says what it claims"

# answered FILE: received, examined, produced and handed over.
answered() {
	receive "$1"
	try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
	files 1 2
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	PRODUCTION=$(field production out)
	try 0 cole deliver "$PRODUCTION" --channel encrypted_mail
}

answered "$demands/04-de-bestandsdaten.json"
try 0 fred claim due 2026
has out "$CASE"
denied "order.child_abuse" fred claim make "$CASE"
try 0 rob order fact "$CASE" order.child_abuse=no
try 0 fred claim due 2026
verdict "an answered order waits for its claim, and somebody says first that it is not about child abuse"

# what was disclosed stays disclosed; the claim looks at what went out
answered "$demands/04-de-bestandsdaten.json"
try 0 rob order fact "$CASE" order.child_abuse=no
try 0 rob order examine "$CASE" pass --reason "As before."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "As before."
files 1 2
try 0 cole --json produce "$CASE" $FILES --out "$O"
try 0 cole deliver "$(field production out)" --channel encrypted_mail
try 0 fred --json claim make "$CASE"
CLAIM=$(field claim out)
PAID=$CASE
same table "$(field fees out)" DE-JVEG-A3-2025
same "last day" "$(field claim_by out)" 2026-12-10
lacks out 'k\.muster|Muster'
denied "needs the role" fred matter show "$CASE"
try 0 fred claim show "$CLAIM"
has out "200 .* 1 record .* 25.00 EUR"
verdict "a claim is proposed from what was produced, and shows no target"

denied "only proposed" fred claim send "$CLAIM"
try 0 fred claim line "$CLAIM" 1
denied "record the cost" fred claim send "$CLAIM"
try 0 fred claim cost "$CLAIM" 20.00
try 3 fred claim letter "$CLAIM" --out letter.pdf
try 0 fred claim to "$CLAIM" --name "Landeskriminalamt Musterland" --street "Am Platz 1" --post-code 12345 \
	--city Musterstadt --country DE --number "ST/0412-26" --mail poststelle@lka.example
try 0 fred --json claim show "$CLAIM"
same "never above cost" "$(field asked out)" "20.00 EUR"
try 0 fred claim letter "$CLAIM" --out letter.pdf
try 0 fred claim invoice "$CLAIM" --out invoice.xml
pdftotext -layout letter.pdf letter.txt || wrong "the letter is no PDF"
has letter.txt "Antrag auf Entsch"
has letter.txt "20,00 EUR"
lacks letter.txt "k\.muster"
xmllint --noout --nonet invoice.xml 2>lint.err || wrong "the invoice: $(head -n 1 lint.err)"
has invoice.xml 'PayableAmount currencyID="EUR">20.00<'
lacks invoice.xml "k\.muster"
try 0 fred claim send "$CLAIM"
try 4 fred claim line "$CLAIM" 1 --quantity 2 --reason "more"
has err "the claim is sent"
try 0 fred claim pay "$CLAIM" 20.00
try 0 fred --json claim list --state paid
same paid "$(field paid out)" "20.00 EUR"
verdict "letter and XRechnung, sent and paid, never above recorded cost"

sed 's/"order.capability": "no"/"order.capability": "no", "order.emergency": "yes"/' \
	"$demands/04-de-bestandsdaten.json" >emergency.json
receive emergency.json
denied "emergency|only an order" fred claim make "$CASE"
sql "$I" "SELECT kind FROM claim_bar" >bars 2>/dev/null
has bars "^emergency$"
answered "$demands/04-de-bestandsdaten.json"
try 0 rob claim bar "$CASE" child_abuse
denied "child abuse" fred claim make "$CASE"
denied "needs the role" fred claim bar "$CASE" emergency
verdict "emergencies and child abuse: nothing is claimed"

# attack STATEMENT: below the program, as the very user that it runs as on PostgreSQL; refused by the schema.
attack() {
	if [ -z "${WRIT_TEST_PG:-}" ]; then
		sqlite3 "$I/data/writ.db" "PRAGMA foreign_keys = ON; $1" >attack.out 2>attack.err && wrong "went through: $1"
	else
		psql -q -X -A -t -v ON_ERROR_STOP=1 -h "$WRIT_TEST_PG" -U app -d "$(name_of "$I")" -c "$1" \
			>attack.out 2>attack.err && wrong "went through: $1"
	fi
	has attack.err "nothing is claimed|never deleted|permission denied|stays|not rewritten|waive it"
}
columns="ref, legal_order, matter, compartment, country, fees, currency, state, emergency, child_abuse, central, measure_end,
	capped, total, asked, paid, opened, author, late, rev, entry"
values="o.matter, 0, 'DE', 'X', 'EUR', 'open', 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, (SELECT max(id) + 1 FROM entry)"
attack "INSERT INTO claim ($columns) SELECT 'forged', o.id, $values FROM legal_order o
	WHERE o.matter IN (SELECT matter FROM claim_bar WHERE kind = 'emergency')"
attack "INSERT INTO claim ($columns) SELECT 'forged', o.id, $values FROM legal_order o
	WHERE o.matter IN (SELECT matter FROM claim_bar WHERE kind = 'child_abuse')"
attack "DELETE FROM claim_bar"
attack "UPDATE claim_bar SET matter = 1, rev = rev + 1, entry = (SELECT max(id) + 1 FROM entry)"
attack "UPDATE claim SET matter = (SELECT min(matter) FROM claim_bar), rev = rev + 1, entry = (SELECT max(id) + 1 FROM entry)"
sql "$I" "SELECT count(*) FROM claim WHERE matter IN (SELECT matter FROM claim_bar)" >count
same "claims in barred cases" "$(cat count)" 0
verdict "the bars hold below the program"

# the house's own prices stand under the law that lets it claim, never above recorded cost
cat >"$I/prices.yaml" <<YAML
tables:
  - id: HOUSE-US-2026
    en: Our prices
    de: Unsere Preise
    jurisdiction: US
    under: US-2706
    currency: USD
    sure_from: 2026-01-01
    cite: Price list of 1 January 2026
    rows:
      - nr: warrant
        en: Search warrant
        de: Durchsuchungsbeschluss
        unit: order
        amount: 245.00
    proposes:
      - nr: warrant
        count: ask
YAML
sed -i 's/^  charge: DE US$/&\n  prices: prices.yaml/' "$I/writ.yaml"
sed 's/"order.capability": "no"/"order.capability": "no", "order.child_abuse": "no"/' \
	"$demands/01-us-warrant.json" | sed 's/"warrant-26-mj-4471.txt"//' >warrant.json
receive warrant.json
try 0 rob order examine "$CASE" pass --reason "Judge, one account."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 carla item second "$CASE" --item 4
files 1 2 3 4
try 0 cole --json produce "$CASE" $FILES --out "$O"
try 0 cole deliver "$(field production out)" --channel portal
try 0 fred --json claim make "$CASE"
K=$(field claim out)
same "the house's prices" "$(field fees out)" HOUSE-US-2026
try 0 fred claim line "$K" 1 --quantity 1 --reason "one warrant"
try 0 fred --json claim cost "$K" 60.00
same "claimed" "$(field asked out)" "60.00 USD"
try 0 fred claim line "$K" --add 2706-a --quantity 1 --rate 10.00 --reason "postage"
same "lines" "$(sql "$I" "SELECT total FROM claim WHERE ref = '$K'")" 25500
sed -i 's/under: US-2706/under: US-9999/' "$I/prices.yaml"
try 65 fred claim list
has err "prices.yaml:[0-9]+: under"
sed -i 's/under: US-9999/under: US-2706/' "$I/prices.yaml"
try 0 pia claim totals 2026
has out "DE +1 claims +20.00 EUR claimed +20.00 EUR paid"
lacks out "US"
verdict "the house's own prices, and what was claimed in all"

# the public account says the same: computed from the claims, in each file
at 2027-01-05T09:00:00Z
for n in $(sql "$I" "SELECT m.ref FROM matter m JOIN legal_order o ON o.matter = m.id WHERE o.outcome IS NULL"); do
	try 0 rob order reject "$n" --code other --reason "For the count."
done
try 0 pia --json claim totals 2026H2 --as-of 2026-12-31
has out '"claimed": "20.00 EUR"'
try 0 pia edition make 2026H2 --as-of 2026-12-31
try 0 pia edition publish 2026H2 --out "$work/site"
for line in '2026H2,costs,,,requests,1,1,requests,exact' '2026H2,costs,,EUR,claimed,2000,2000,minor_units,exact' \
	'2026H2,costs,DE,EUR,requests,1,1,requests,exact' '2026H2,costs,DE,EUR,claimed,2000,2000,minor_units,exact' \
	'2026H2,costs,DE,EUR,paid,2000,2000,minor_units,exact'; do
	has site/figures.csv "^$line\$"
done
has site/index.de.html 'Was für Antworten verlangt wurde'
has site/index.de.html '20,00.EUR|20,00..EUR'
pdftotext -layout site/report.pdf report.txt
has report.txt '20.00.*EUR'
verdict "an edition says what was claimed and paid"

# a case that was claimed for loses its details like any other; what was claimed and paid stays
cat >>"$I/writ.yaml" <<YAML
retention:
  - from: 2026-01-01
    role: counsel
    rules:
      - id: disclosed
        of: content noncontent
        after: 6 months
        since: delivered
        cite: House rule 7
YAML
same "addressees" "$(sql "$I" "SELECT count(*) FROM claim WHERE buyer_ct IS NOT NULL")" 1
at 2027-06-01T09:00:00Z
try 0 rob matter close "$PAID"
try 0 carla secrecy lift "$PAID" 1
try 0 carla --json erase propose "$PAID"
try 0 rob erase confirm "$(field list out)" "$(field hash out)"
same "addressees left" "$(sql "$I" "SELECT count(*) FROM claim WHERE buyer_ct IS NOT NULL")" 0
try 0 fred --json claim show "$CLAIM"
same "paid still" "$(field paid out)" "20.00 EUR"
lacks out "Landeskriminalamt"
entries >/dev/null
verdict "erased with its case"

for p in iris rob carla cole root pia; do
	denied "needs the role" $p claim make "$CASE"
	denied "needs the role" $p claim send "$CLAIM"
done
for p in cole root pia; do
	denied "needs the role" $p claim show "$CLAIM"
done
entries >/dev/null
verdict "finance claims, and the ledger verifies"
exit $bad
