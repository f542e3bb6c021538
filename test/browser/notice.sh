#!/bin/sh
# notice.sh [keys-en mouse-de ...]: users are told, and costs are claimed, on the pages (notice.mjs): a notice drafted, read,
# approved by another person, set as a letter, sent, objected to and settled; a bar shown; a claim from its making to
# its payment, with letter and invoice; letters from a case. By the keyboard in English, with scripts off in German.
# Needs WRIT, the release program. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"
RUNS=${*:-${RUNS:-keys-en mouse-de}}
export RUNS

at 2026-09-10T08:00:00Z
house
charges
cat >>"$I/writ.yaml" <<YAML
letterhead:
  - Musterweg 1
  - 10115 Berlin
YAML
# warrant NAME SECRECY: for an account of its own.
warrant() {
	sed -e 's/"warrant-26-mj-4471.txt"//' -e "s/j.doe@mail.example/$1@mail.example/; s/SW-26-4471/SW-$1/" \
		-e "s/\"order.capability\": \"no\",/\"order.capability\": \"no\", \"order.us_user_foreign\": \"no\", $2,/" \
		"$demands/01-us-warrant.json" >"$1.json"
	receive "$1.json"
	try 0 rob order judge "$CASE"
}
warrant jane '"order.us_2705b": "no"'
TOLD_EN=$CASE
warrant jon '"order.us_2705b": "no"'
TOLD_DE=$CASE
warrant jill '"order.us_2705b": "yes", "order.secrecy_until": "2027-03-31"'
BARRED=$CASE
try 0 root notice sweep
answered() {
	receive "$demands/04-de-bestandsdaten.json"
	try 0 rob order fact "$CASE" order.child_abuse=no
	try 0 rob order examine "$CASE" pass --reason "§ 100j StPO."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
	files 1 2
	# shellcheck disable=SC2086
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	try 0 cole deliver "$(field production out)" --channel encrypted_mail
}
answered
DUE_EN=$CASE
answered
DUE_DE=$CASE
sed 's/2026-11-02T16:20:00Z/2026-09-09T16:20:00Z/; s/2026-10-30/2026-09-08/' "$demands/11-us-nsl.json" >letter.json
receive letter.json nadia
try 0 noel order judge "$CASE"
LETTER=$CASE
links rob carla fred nora
open_house "an instance with users to be told and answers to be claimed for"
seen notice "$work" "{\"told-en\":\"$TOLD_EN\",\"told-de\":\"$TOLD_DE\",\"barred\":\"$BARRED\",\"due-en\":\"$DUE_EN\",\"due-de\":\"$DUE_DE\",\"letter\":\"$LETTER\"}"
lacks serve.log 'jane|jon@|jill|Muster|t\.specimen'
verdict "the log names nobody"
exit $bad
