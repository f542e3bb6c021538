#!/bin/sh
# The demo's demands, one by one: each reaches the outcome that the law pack explains, by the sentence
# that `writ matter why` names, and the wrong way is refused.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance
verdict "an instance with the demo's people"

# 01: sound; every item is answered, the content one by two people.
at 2026-09-01T16:00:00Z
receive "$demands/01-us-warrant.json"
finding pass - US-2703-WARRANT-COURT "18 USC 2703(a)"
for i in 1 2 3 4; do
	finding pass $i US-2703-WARRANT "18 USC 2703(a)"
done
files 1 2 3 4
denied "only an approved one is produced" cole produce "$CASE" $FILES --out "$O"
try 0 rob order examine "$CASE" pass --reason "Judge, one account, six months."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
state in_review
denied "the order is in_review" cole produce "$CASE" $FILES --out "$O"
try 0 carla item second "$CASE" --item 4
state approved
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
opened "$P" "$work/p01"
try 0 cole deliver "$P" --channel portal
try 4 cole deliver "$P" --channel portal
try 0 iris acknowledge "$P"
state delivered content
verdict "01: a warrant for content is answered by two people"

# 02: a subpoena reaches the subscriber's data and never the content.
at 2026-09-04T10:00:00Z
receive "$demands/02-us-subpoena-with-content.json"
for i in 1 2 3; do
	finding pass $i US-2703-C2-SUBPOENA "18 USC 2703(c)(2)"
done
finding ask 4 US-2703-A-180DAYS "18 USC 2703(a)"
finding ask 4 US-2703-B1B-NOTICE "18 USC 2703(b)(1)(B)"
finding fail 4 HOUSE-P2-CONTENT "house policy P2"
try 0 rob order examine "$CASE" pass --reason "A subpoena reaches subscriber data."
denied "item 4: .*rule (US-2703|writ.granted|HOUSE)" rob item decide "$CASE" produce --item 4 --reason "The wrong way."
try 65 rob item decide "$CASE" withhold --item 4 --reason "Without a code."
try 65 rob item decide "$CASE" withhold --item 4 --code no_such_code --reason "An unknown code."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --reason "18 USC 2703(c)(2)."
try 0 rob item decide "$CASE" withhold --item 4 --code wrong_instrument --reason "Content needs a warrant."
files 1 2 3 4
denied "item 4 is not approved|rule" cole produce "$CASE" $FILES --out "$O"
files 1 2 3
try 0 cole --json produce "$CASE" $FILES --out "$O"
opened "$(field production out)" "$work/p02"
state produced noncontent
verdict "02: a subpoena is narrowed to what it reaches"

# 02 again: with the questions answered by facts, the sentence of the statute itself refuses.
receive "$demands/02-us-subpoena-with-content.json"
try 0 rob order fact "$CASE" order.us_old_or_rcs=no order.us_prior_notice=no
finding fail 4 US-2703-A-180DAYS "18 USC 2703(a)"
finding fail 4 US-2703-B1B-NOTICE "18 USC 2703(b)(1)(B)"
try 0 rob order examine "$CASE" pass --reason "A subpoena reaches subscriber data."
denied "rule US-2703-A-180DAYS fails" rob item decide "$CASE" produce --item 4 --reason "The wrong way."
verdict "02: the statute refuses the content by its own sentence"

# 03: a class of users can never be produced, whoever decides.
at 2026-09-10T18:00:00Z
receive "$demands/03-us-all-users.json"
finding fail - HOUSE-P4-DEMAND "house policy P4"
finding fail 1 HOUSE-P4-TARGET "house policy P4"
denied "rule HOUSE-P4-DEMAND fails \(over_broad\)" rob order examine "$CASE" pass --reason "The wrong way."
denied "nobody has examined" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
try 0 carla order examine "$CASE" fail --reason "No account is named."
denied "the examination of the basis did not pass" carla item decide "$CASE" produce --item 1 --reason "The wrong way."
try 65 rob order reject "$CASE" --code over_broad
try 65 rob order reject "$CASE" --code too_wide --reason "An unknown code."
try 0 rob order reject "$CASE" --code over_broad --reason "No specific account is named."
files 1
denied "the order is rejected" cole produce "$CASE" $FILES --out "$O"
state rejected rejected
same "refusal code" "$(field code out)" over_broad
verdict "03: all users who ... is over-broad for everybody"

# 04: named provision, listed body, subscriber data.
at 2026-09-08T08:00:00Z
receive "$demands/04-de-bestandsdaten.json"
finding pass - DE-F1-BASIS "§ 22(2)"
finding pass - DE-F1-BASIS "§ 174(2) TKG"
finding pass 1 DE-100j-1-REACH "§ 100j(1) S.1 StPO"
try 0 rita order examine "$CASE" pass --reason "Form und Stelle geprüft."
try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
files 1 2
try 0 cole --json produce "$CASE" $FILES --out "$O"
opened "$(field production out)" "$work/p04"
state produced noncontent
verdict "04: Bestandsdaten with a basis are answered"

# 05: no provision named: refused, and cured by a paper that names one.
at 2026-09-15T09:00:00Z
receive "$demands/05-de-no-basis.json"
REFUSED=$CASE
finding fail - DE-F1-BASIS "§ 22(2)"
finding fail - DE-F1-BASIS "TDDDG"
finding fail - DE-F1-BASIS "§ 174(2) TKG"
denied "rule DE-F1-BASIS fails \(no_basis\)" rob order examine "$CASE" pass --reason "The wrong way."
at 2026-09-21T10:00:00Z
try 0 iris --json demand add "$demands/05b-de-cured.json"
CURED=$(field demand out)
denied "only a refused order is cured" iris demand open "$CURED" --cures "$REFUSED"
try 0 rita order reject "$REFUSED" --code no_basis --reason "Keine Bestimmung genannt."
try 0 iris --json demand open "$CURED" --cures "$REFUSED"
CASE=$(field case out)
finding pass - DE-F1-BASIS "§ 174(2) TKG"
try 0 rita order examine "$CASE" pass --reason "Jetzt mit Vorschrift."
try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
try 0 cole produce "$CASE" --no-data 1 --no-data 2
lacks out "sealed:"
state produced no_data
CASE=$REFUSED
state rejected rejected
verdict "05: without a basis refused, then cured; no data is an outcome of its own"

# 06: what § 100j does not reach.
at 2026-09-22T08:00:00Z
receive "$demands/06-de-ip-logs.json"
finding fail 1 DE-100j-1-REACH "§ 100j(1) S.1 StPO"
try 0 rob order examine "$CASE" pass --reason "Die Form stimmt."
denied "rule DE-100j-1-REACH fails \(wrong_instrument\)" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
denied "rule DE-100j-1-REACH fails" carla item decide "$CASE" narrow --item 1 --code wrong_instrument \
	--from 2026-08-01 --to 2026-08-02 --reason "Nor a part of it."
try 0 rob order reject "$CASE" --code wrong_instrument --reason "Keine Bestandsdaten."
state rejected rejected
verdict "06: IP logs are no Bestandsdaten"

# 07: the way it came is itself the fault.
at 2026-09-29T08:00:00Z
receive "$demands/07-de-plain-mail.json"
finding fail 1 DE-TKG-174-7-MAIL "§ 174(7) TKG"
try 0 rob order examine "$CASE" pass --reason "Die Form stimmt."
denied "rule DE-TKG-174-7-MAIL fails \(channel\)" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
try 0 rob order reject "$CASE" --code channel --reason "Kein zulässiger Weg."
state rejected rejected
verdict "07: plain e-mail is refused"

# 08: an EPOC is answered by Annex III, never rejected, and the data stay preserved.
at 2026-10-06T09:00:00Z
receive "$demands/08-eu-epoc-prosecutor.json"
finding fail 1 EE-4-2-HIGH "Art. 4(2)"
try 0 rob order examine "$CASE" pass --reason "The certificate is complete."
denied "rule EE-4-2-HIGH fails \(not_competent\)" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
denied "an EPOC is not rejected" rob order reject "$CASE" --code not_competent --reason "The wrong way."
try 0 carla order annex3 "$CASE" --code not_competent --reason "Content needs a judge."
state annex3 annex3
has out '"rule": "EE-10-9"'
has out '"state": "running"'
CASE=$REFUSED
denied "Annex III answers an EPOC" rob order annex3 "$CASE" --code no_basis --reason "No EPOC."
verdict "08: an EPOC by a prosecutor alone is answered by Annex III and preserved"

# 09: nobody called back, no facts stated.
at 2026-10-17T22:45:00Z
receive "$demands/09-us-emergency-no-paper.json"
finding fail - HOUSE-P1-EMERGENCY "house policy P1"
finding fail 1 US-2702-EMERGENCY "18 USC 2702(b)(8)"
denied "rule HOUSE-P1-EMERGENCY fails \(emergency_not_shown\)" rob order examine "$CASE" pass --reason "The wrong way."
try 0 rob order reject "$CASE" --code emergency_not_shown --reason "No statement came."
state rejected rejected
verdict "09: an emergency that is not shown is refused"

# 10: kept for 90 days, and nothing can be produced on it.
at 2026-10-20T15:00:00Z
receive "$demands/10-us-preservation.json"
finding fail 1 writ.granted ""
try 0 rob order examine "$CASE" pass --reason "A preservation request."
denied "rule writ.granted fails|no rule" rob item decide "$CASE" produce --item 1 --reason "The wrong way."
denied "." otto preserve start "$CASE"
try 0 rob preserve start "$CASE"
state preserved
same "last day of the preservation" "$(sed -n 's/.*"until": "\(.*\)".*/\1/p' out | head -n 1)" 2027-01-18
files 1
denied "the order is preserved" cole produce "$CASE" $FILES --out "$O"
verdict "10: a preservation keeps data until its 90th day and discloses nothing"

# 11: entered, decided and produced by people named to the compartment only.
at 2026-11-02T17:00:00Z
denied "sealed compartment" iris demand add "$demands/11-us-nsl.json"
receive "$demands/11-us-nsl.json" nadia
finding pass 1 US-2709-FIELDS "18 USC 2709" noel
at 2026-11-03T09:00:00Z
try 0 noel order examine "$CASE" pass --reason "Certified and specific."
try 0 noel item decide "$CASE" produce --item 1 --item 2 --reason "Name and length of service."
denied "the second person is another" noel item second "$CASE" --item 1
try 3 carla item second "$CASE" --item 1
try 0 nora item second "$CASE" --item 1 --item 2
files 1 2
try 3 cole produce "$CASE" $FILES --out "$O"
try 0 nadia --json produce "$CASE" $FILES --out "$O"
opened "$(field production out)" "$work/p11"
state produced noncontent noel
has out '"bars": "both"'
has out '"rule": "G-NSL"'
verdict "11: a national security letter stays with the people named to it"

# 12: the keys stay with counsel, whatever the warrant commands.
at 2026-11-09T19:00:00Z
receive "$demands/12-us-warrant-and-keys.json"
finding counsel 3 HOUSE-P6-KEY "house policy P6 (keys)"
at 2026-11-10T09:00:00Z
try 0 rob order examine "$CASE" pass --reason "Valid for name and content."
denied "waits for an answer \(counsel\)" rob item decide "$CASE" produce --item 3 --reason "The wrong way."
denied "waits for an answer \(counsel\)" carla item decide "$CASE" produce --item 3 --reason "The wrong way."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --reason "Within the warrant."
try 0 rita item second "$CASE" --item 2
state in_review
try 0 carla item decide "$CASE" withhold --item 3 --code never_produced --reason "Keys are never handed over."
state approved
files 1 2 3
denied "item 3|counsel" cole produce "$CASE" $FILES --out "$O"
files 1 2
try 0 cole --json produce "$CASE" $FILES --out "$O"
opened "$(field production out)" "$work/p12"
! grep -q '"key"' "$work/p12/manifest.json" || wrong "a key left the house"
state produced content
verdict "12: keys stay with counsel, the rest is answered"

# 13: taken back before anything left.
at 2026-11-12T13:00:00Z
receive "$demands/13-us-order-withdrawn.json"
at 2026-11-13T09:00:00Z
try 65 iris order withdraw "$CASE" --because whim
try 0 iris order withdraw "$CASE" --because authority
denied "the order is withdrawn" rob order examine "$CASE" pass --reason "Too late."
files 1
denied "the order is withdrawn" cole produce "$CASE" $FILES --out "$O"
state withdrawn withdrawn
verdict "13: what was withdrawn stays withdrawn"

# What lies in the out folder is exactly what was produced: nothing from any refused attempt.
same "sealed files" "$(find "$O" -name "*.tar.age" | wc -l)" 5
same "unfinished files" "$(find "$O" -name '*.part' | wc -l)" 0
: "$(entries)"
verdict "nothing else left, and the ledger verifies"
exit $bad
