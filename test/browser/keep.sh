#!/bin/sh
# Challenges, retention and data subjects' requests in Chromium (keep.mjs): filed, narrowed and listed by counsel without a
# script; what is due and held; an answer drafted by one, approved by another. Each page in both languages, light and dark,
# on a phone, at 200 %. Needs WRIT, the release program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

at 2026-11-16T08:00:00Z
house
cat >>"$I/writ.yaml" <<'END'
retention:
  - from: 2020-01-01
    rules:
      - id: refused
        of: rejected
        after: 10 days
        since: settled
        cite: House rule 7
END
receive "$demands/02-us-subpoena-with-content.json"
try 0 rob order reject "$CASE" --code wrong_instrument --reason "A subpoena reaches no content."
try 0 rob matter close "$CASE"
due=$CASE
receive "$demands/03-us-all-users.json"
try 0 rob order reject "$CASE" --code over_broad --reason "No single account is named."
try 0 rob matter close "$CASE"
try 0 carla erase hold "$CASE" --reason "A suit is to be expected." --review 2027-06-30
held=$CASE
at 2026-12-28T08:00:00Z
receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Magistrate judge, probable cause, one account."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
fought=$CASE
receive "$demands/06-de-ip-logs.json"
try 0 carla challenge file "$CASE" order --reason "Too wide." --court "Amtsgericht Musterstadt" --file "7 Gs 12/26"
try 0 carla challenge end "$CASE" 1 moot
cat >letter.json <<END
{"received": "2026-12-28T07:00:00Z", "channel": "letter", "language": "de", "verified": true, "specific": true,
 "authority": {"country": "DE", "body": "other", "name": "Private person", "number": "P-1"},
 "subject": "My data", "orders": []}
END
try 0 iris --json demand add letter.json
SUBJECT=$(field demand out)
try 0 iris demand sort-out "$SUBJECT" --kind data_subject
at 2026-12-29T09:30:00Z
links iris rob rita carla otto
open_house "an instance with cases that are fought over, held and due"
seen keep "$work" "{\"due\":\"$due\",\"held\":\"$held\",\"fought\":\"$fought\",\"subject\":\"$SUBJECT\"}"
lacks serve.log 'somebody@|Too wide|Musterstadt|Signed in'
verdict "the log has no text of a challenge or a request"
try 0 otto log verify
verdict "the ledger has it, and holds"
exit $bad
