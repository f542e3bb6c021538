#!/bin/sh
# The whole story on a scratch instance in ./demo (made anew each time): a provider with a US and a
# German establishment receives twelve demands of the second half of 2026, decides each, answers what
# was lawfully demanded, publishes the half-year, and publishes a real one from 2013 as history.
# Called by `./dev demo` with WRIT set to the release program.
set -eu

WRIT=${WRIT:?the path of the program}
D=demo
E=examples
rm -rf "$D"
mkdir -p "$D/out" "$D/secrets" "$D/collected"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

# Writ takes the day from WRIT_NOW here, so that the story has its dates; real use has the clock.
at() { WRIT_NOW=$1; export WRIT_NOW; }
as() { who=$1; shift; "$WRIT" -d "$D" --secret "$D/secrets/$who" "$@"; }
# The last word of a JSON member's line: enough for the flat answers asked for here.
field() { sed -n 's/^ *"'"$1"'": "\(.*\)",\{0,1\}$/\1/p' | head -n 1; }

at 2026-08-17T08:00:00Z
say "A provider sets up Writ"
"$WRIT" -d "$D" init --provider "Example Mail" --origin mail.example/writ --zone Europe/Berlin >/dev/null
cat >"$D/writ.yaml" <<'YAML'
provider: Example Mail
zone: Europe/Berlin
origin: mail.example/writ
database: sqlite:data/writ.db
blobs: blob
keys: keys
bands: US-1874-A2
second_person_targets: 10
url: http://localhost:8780
dsa:
  orders_to_act: not_applicable
profile:
  - from: 2000-01-01
    establishments: DE US
    eu_designated: yes
    eu_seat: DE
    languages: de en
    services:
      - id: mail
        class: tk_small
        en: Mail
        de: Mail
YAML
"$WRIT" -d "$D" user add root --roles admin --secret-out "$D/secrets/root"
for p in "iris:intake:" "rob:reviewer:" "rita:reviewer:" "carla:counsel:" "cole:collector:" "pia:publisher:" "paul:publisher:" \
    "otto:auditor:"; do
	n=${p%%:*}; r=${p#*:}; r=${r%:}
	as root user add "$n" --roles "$r" --secret-out "$D/secrets/$n"
done
# Three people are named to the sealed compartment; nobody else learns that it holds anything.
as root user add nadia --roles "intake collector" --sealed --secret-out "$D/secrets/nadia"
as root user add noel --roles reviewer --sealed --secret-out "$D/secrets/noel"
as root user add nora --roles counsel --sealed --secret-out "$D/secrets/nora"

# add FILE [PERSON] -> DEMAND; open -> CASE
add() { as "${2:-iris}" --json demand add "$1" >"$D/out/answer.json"; DEMAND=$(field demand <"$D/out/answer.json"); }
open_case() {
	who=$1; shift
	as "$who" --json demand open "$DEMAND" "$@" >"$D/out/answer.json"
	CASE=$(field case <"$D/out/answer.json")
}
receive() { at "$1"; add "$E/demands/$2" iris; open_case iris; }
# collect ITEM TEXT: as a connector gave it out, of more than was granted: what is sealed is the item's part.
collect() { sh test/collected "$2" >"$D/collected/$CASE-$1.txt"; }

say "1. A US warrant for content: examined, decided by two people, answered"
receive 2026-09-01T16:00:00Z 01-us-warrant.json; C1=$CASE
at 2026-09-02T09:00:00Z
as rob order examine "$CASE" pass --reason "Magistrate judge, probable cause, one account, six months."
as rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
as carla item second "$CASE" --item 4
for i in 1 2 3 4; do collect $i "collected data of item $i"; done
at 2026-09-03T10:00:00Z
as cole --json produce "$CASE" --file "1=$D/collected/$CASE-1.txt" --file "2=$D/collected/$CASE-2.txt" \
	--file "3=$D/collected/$CASE-3.txt" --file "4=$D/collected/$CASE-4.txt" --out "$D/out" >"$D/out/manifest.json"
P=$(field production <"$D/out/manifest.json")
as cole deliver "$P" --channel portal
as iris acknowledge "$P"
echo "What the officer opens:"
age -d -i "$E/officer.key" "$D/out/$P.tar.age" | tar tf - | sed 's/^/  /'

say "2. A subpoena that asks for content too: narrowed"
receive 2026-09-04T10:00:00Z 02-us-subpoena-with-content.json; C2=$CASE
at 2026-09-05T09:00:00Z
as rob order examine "$CASE" pass --reason "A subpoena reaches basic subscriber information."
as rob item decide "$CASE" produce --item 1 --item 2 --item 3 --reason "18 USC 2703(c)(2)."
as rob item decide "$CASE" withhold --item 4 --code wrong_instrument --reason "Content needs a warrant."
for i in 1 2 3; do collect $i "subscriber data $i"; done
as cole produce "$CASE" --file "1=$D/collected/$CASE-1.txt" --file "2=$D/collected/$CASE-2.txt" \
	--file "3=$D/collected/$CASE-3.txt" --out "$D/out"

say "3. A sound warrant that names \"all users who ...\": over-broad"
receive 2026-09-10T18:00:00Z 03-us-all-users.json; C3=$CASE
at 2026-09-11T09:00:00Z
as rob order reject "$CASE" --code over_broad --reason "No specific account is named."

say "4. A German Bestandsdaten request with its legal basis: answered"
receive 2026-09-08T08:00:00Z 04-de-bestandsdaten.json; C4=$CASE
at 2026-09-08T09:00:00Z
as rita order examine "$CASE" pass --reason "§ 100j StPO genannt, Form und Stelle geprüft (TDDDG 22(6), TKG 174(7))."
as rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
collect 1 "Name: K. Muster"; collect 2 "Musterweg 1"
as cole --json produce "$CASE" --file "1=$D/collected/$CASE-1.txt" --file "2=$D/collected/$CASE-2.txt" --out "$D/out" >"$D/out/answer.json"
P=$(field production <"$D/out/answer.json")
at 2026-09-09T15:30:00Z
as cole deliver "$P" --channel encrypted_mail

say "5. One without a legal basis: refused; resubmitted and cured"
receive 2026-09-15T09:00:00Z 05-de-no-basis.json; C5=$CASE
at 2026-09-15T12:00:00Z
as rita order reject "$CASE" --code no_basis --reason "Keine gesetzliche Bestimmung genannt."
at 2026-09-21T10:00:00Z
add $E/demands/05b-de-cured.json
open_case iris --cures "$C5"; C5B=$CASE
as rita order examine "$CASE" pass --reason "Jetzt mit § 100j StPO."
as rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
as cole produce "$CASE" --no-data 1 --no-data 2

say "6. One that asks for IP logs as Bestandsdaten: refused"
receive 2026-09-22T08:00:00Z 06-de-ip-logs.json; C6=$CASE
as rita order reject "$CASE" --code wrong_instrument --reason "IP-Protokolle sind keine Bestandsdaten."

say "7. One by plain unencrypted e-mail: refused"
receive 2026-09-29T08:00:00Z 07-de-plain-mail.json; C7=$CASE
as rita order reject "$CASE" --code channel --reason "Unverschlüsselte E-Mail ist kein zulässiger Weg."

say "8. An EPOC for content issued by a prosecutor alone: Annex III, and the data stay preserved"
receive 2026-10-06T09:00:00Z 08-eu-epoc-prosecutor.json; C8=$CASE
at 2026-10-07T09:00:00Z
as carla order annex3 "$CASE" --code not_competent --reason "Content data need a judge, a court or an investigating judge."

say "9. An emergency without paper: not shown"
receive 2026-10-17T22:45:00Z 09-us-emergency-no-paper.json; C9=$CASE
at 2026-10-17T23:10:00Z
as rob order reject "$CASE" --code emergency_not_shown --reason "No statement came, and the call-back found nobody."

say "10. A preservation request: data kept, nothing disclosed"
receive 2026-10-20T15:00:00Z 10-us-preservation.json; C10=$CASE
as rob preserve start "$CASE"

say "11. A national security letter with a gag: a sealed compartment"
at 2026-11-02T17:00:00Z
add $E/demands/11-us-nsl.json nadia
open_case nadia; C11=$CASE
at 2026-11-03T09:00:00Z
as noel order examine "$CASE" pass --reason "Certified, specific, judicial review notice given."
as noel item decide "$CASE" produce --item 1 --item 2 --reason "Name and length of service."
as nora item second "$CASE" --item 1 --item 2
collect 1 "T. Specimen"; collect 2 "since 2019"
as nadia produce "$CASE" --file "1=$D/collected/$CASE-1.txt" --file "2=$D/collected/$CASE-2.txt" --out "$D/out"
echo "Rob, who is not named to it, looks it up:"
as rob matter show "$CASE" 2>&1 | sed 's/^/  /' || true

say "12. A valid warrant that also asks for keys: the keys stay with counsel"
receive 2026-11-09T19:00:00Z 12-us-warrant-and-keys.json; C12=$CASE
at 2026-11-10T09:00:00Z
as rob order examine "$CASE" pass --reason "Valid warrant for name and content."
as rob item decide "$CASE" produce --item 1 --item 2 --reason "Within the warrant."
as rita item second "$CASE" --item 2
echo "What the law says of the keys:"
as rob matter why "$CASE" | sed -n '/item 3/,/^[a-z]/p' | sed 's/^/  /' | head -n 12
as carla item decide "$CASE" withhold --item 3 --code never_produced --reason "Keys are never handed over; the court will be told."
collect 1 "U. Specimen"; collect 2 "message bodies"
as cole produce "$CASE" --file "1=$D/collected/$CASE-1.txt" --file "2=$D/collected/$CASE-2.txt" --out "$D/out"

say "Along the way: one is withdrawn"
receive 2026-11-12T13:00:00Z 13-us-order-withdrawn.json; C13=$CASE
at 2026-11-13T09:00:00Z
as iris order withdraw "$CASE" --because authority

say "The half-year computes itself from the cases"
at 2027-01-04T09:00:00Z
as pia edition users 2026H2 250000 --source "Accounts that signed in from July to December 2026"
as pia edition make 2026H2 --as-of 2027-01-03
as pia edition publish 2026H2 --out "$D/published/2026H2"

say "The same orders in the EU's template, for the calendar year"
for case in "$C4" "$C5B" "$C6" "$C7" "$C8"; do
	WRIT_NOW=2027-01-02T10:00:00Z as iris dsa order "$case" STATEMENT_CATEGORY_SCAMS_AND_FRAUD --informed receipt
done
as pia edition make 2026 --as-of 2027-01-03 >"$D/out/answer.json"
as pia dsa write 2026 --out "$D/dsa"
cut -d, -f4,6,11-13 "$D/dsa/3_member_states_orders.csv" | grep -v ',0,0.00,0.00$'

say "And a real half-year as history: January to June 2013, 37,196 demands"
as iris import closed "$E/history/2013h1.csv" --map "$E/history/2013h1.map.yaml"
as pia edition make 2013H1
as pia edition publish 2013H1 --out "$D/published/2013H1"
as otto edition show 2013H1 --country DE

say "What is said beside the figures, in two languages: one writes, counsel clears, another publishes"
piece() { # NAME PART OPTIONS... -> REF, published
	name=$1 part=$2
	shift 2
	as pia --json statement propose "$part" --en "$E/statement/$name.en.yaml" --de "$E/statement/$name.de.yaml" "$@" >"$D/out/answer.json"
	REF=$(field statement <"$D/out/answer.json")
	[ "$part" != never ] || as nora statement clear "$REF"
	as paul statement publish "$REF"
}
piece instrument proceeding --kind principle
piece costs proceeding --kind principle
piece access never --day 2027-01-04 --until 2027-07-31
piece specific update --edition 2026H2.1
as pia site build "$D/site"

say "The ledger: every step, in one order, signed"
as otto log checkpoint
as otto log verify
as otto log export "$D/log"

say "Done. Open these:"
for f in "$D/site/index.html" "$D/site/index.de.html"; do echo "  file://$PWD/$f"; done
echo "Look into a case:  $WRIT -d $D --secret $D/secrets/rob matter show $C12"
echo "Ask why:           $WRIT -d $D --secret $D/secrets/rob matter why $C2"
echo "Every command:     $WRIT help, and man -l man/writ.1"
echo "An instance of your own: README.md, Install for real"

say "The server, for your browser"
sh tools/demo_serve.sh "$D"
