#!/bin/sh
# The pages of the desk in Chromium (desk.mjs), against `writ serve` on an instance with a case in each state: every page
# looked at in both languages, light and dark, on a phone, at 200 %, without JavaScript, and the way of a case from the
# inbox to a second person, by the keyboard. Needs WRIT, the release program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

at 2026-12-28T08:00:00Z
house

receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Magistrate judge, probable cause, one account."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
second=$CASE
receive "$demands/02-us-subpoena-with-content.json"
review=$CASE
receive "$demands/08-eu-epoc-prosecutor.json"
epoc=$CASE
receive "$demands/06-de-ip-logs.json"
try 0 rob order return "$CASE" --reason "Which zone are the times in? <b>Please</b> answer soon."
returned=$CASE
receive "$demands/10-us-preservation.json"
preserve=$CASE
receive "$demands/03-us-all-users.json"
try 0 rob order reject "$CASE" --code over_broad --reason "No single account is named."
refused=$CASE
try 0 iris --json demand add "$demands/04-de-bestandsdaten.json"
DEMAND=$(field demand out)
try 0 iris --json demand add "$demands/09-us-emergency-no-paper.json"
try 0 iris --json demand add "$demands/12-us-warrant-and-keys.json"
waiting=$(field demand out)

triage=$DEMAND

# what comes after a delivery: one on a medium that went astray, one that a ruling took away, mails; one sent on
sealed() {
	receive "$demands/01-us-warrant.json"
	files 1 2 3 4
	try 0 rob order examine "$CASE" pass --reason "Magistrate judge, probable cause, one account."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 carla item second "$CASE" --item 4
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
}
printf 'smtp: smtp://127.0.0.1:9\nmail_from: desk@house.example\n' >>"$I/writ.yaml"
sealed
mkdir usb
try 0 cole production medium "$P" "$O/$P.tar.age" usb --kind usb --serial SN-0815 --bag B-77 --carrier Courier --handed-to Reyes
try 0 rob production misdelivered "$P" --to-whom "Office of somebody else" --how "They called us."
try 0 carla production recall "$P" --cause misdelivery --reason "It is not theirs."
try 0 carla challenge file "$CASE" order --reason "Too wide."
after=$CASE
sealed
try 0 rob production mail "$P" "$O/$P.tar.age" --to else@police.example --reason "The desk of the officer."
mail=$CASE
receive "$demands/01-us-warrant.json"
try 0 carla order redirect "$CASE" --name "Example Company" --address "1 Main Street" --reason "It is theirs." --despite-bar
redirected=$CASE
DEMAND=$triage
at 2026-12-29T09:30:00Z
links iris rob rita carla cole otto root
open_house "an instance with cases in every state"
seen desk "$work" \
	"{\"second\":\"$second\",\"review\":\"$review\",\"epoc\":\"$epoc\",\"returned\":\"$returned\",\"preserve\":\"$preserve\",\"after\":\"$after\",\"mail\":\"$mail\",\"redirected\":\"$redirected\",\"refused\":\"$refused\",\"demand\":\"$DEMAND\",\"waiting\":\"$waiting\"}"
lacks serve.log 'anna@|Within the warrant'
verdict "the log has no text of a case"
exit $bad
