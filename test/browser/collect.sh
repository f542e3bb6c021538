#!/bin/sh
# Collection in Chromium (collect.mjs): a reviewer has data asked for from the case's page; a collector finds the ticket in
# the queue, hands files in with a form, sees what lies outside, and ends it; another person looks over what no machine can
# check; what was collected is sealed from the page. Each new page in both languages, light and dark, on a phone, at 200 %;
# forms with JavaScript off. Needs WRIT, the release program; packages by install.sh. SHOTS=DIR keeps pictures.
. "$(dirname "$0")/lib"

at 2026-09-01T16:00:00Z
house
sed -i 's/^        de: Mail$/        de: Mail\n      - id: tables\n        class: tk_small\n        en: Tables\n        de: Tabellen/' "$I/writ.yaml"
echo 'map: services.yaml' >>"$I/writ.yaml"
cat >program <<'P'
#!/bin/sh
ticket=$(cat)
value=${ticket#*'"value":"'}
printf 'target,name\r\n%s,Somebody\r\n' "${value%%'"'*}" >name.csv
P
chmod 755 program
cat >"$I/services.yaml" <<YAML
services:
  - service: mail
    holds:
      - fields: body headers name session_times
        where: Falkenstein, rack 4
        retention: as long as the account, and 30 days
        encryption: LUKS
        keys: provider
    connector: person
    megabytes: 10
    limit_days: 90
    canary: canary@mail.example
    canary_kind: email
    expect_files: 1
  - service: tables
    holds:
      - fields: name
        where: Falkenstein, rack 5
        retention: as long as the account
        encryption: none
        keys: none
    connector: program
    program: $work/program
    runs: /bin/sh /bin/cat
    seconds: 10
    limit_days: 90
    canary: canary@mail.example
    canary_kind: email
    expect_files: 1
YAML
try 0 root ticket key
receive "$demands/01-us-warrant.json"
ONE=$CASE
try 0 rob order examine "$CASE" pass --reason "Valid."
answers "Read in the paper."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
for n in 1 2 3 4; do
	"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item $n >out 2>err || :
done
echo "$ONE" >case
sed 's/SW-26-4471/SW-26-4474/; s/26-mj-4471"/26-mj-4474"/; /"papers"/,/\]/d; s/^  \],$/  ]/; s/"service": "mail"/"service": "tables"/
	/"session_times",/d; /"headers",/d; /^ *"body"$/d; s/^ *"name",$/"name"/' "$demands/01-us-warrant.json" >tables.json
receive tables.json
try 0 rob order examine "$CASE" pass --reason "Valid."
answers "Read in the paper."
try 0 rob item decide "$CASE" produce --item 1 --reason "Within the warrant."
"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item 1 >out 2>err || :
echo "$CASE" >tables
at 2026-10-20T14:30:00Z
receive "$demands/10-us-preservation.json"
try 0 rob order examine "$CASE" pass --reason "A preservation request."
try 0 rob preserve start "$CASE"
echo "$CASE" >keep
printf 'Delivered-To: j.doe@mail.example\nDate: Tue, 10 Feb 2026 12:00:00 +0000\nFrom: a@mail.example\nSubject: one\n\nText.\n' >good.eml
printf 'Delivered-To: other@mail.example\nDate: Tue, 10 Feb 2026 12:00:00 +0000\nFrom: a@mail.example\nSubject: foreign\n\nText.\n' >foreign.eml
printf 'Delivered-To: s.specimen@mail.example\nDate: Tue, 10 Feb 2026 12:00:00 +0000\nFrom: a@mail.example\nSubject: kept\n\nText.\n' >kept.eml
printf 'something that no machine reads\n' >sheet.bin
links rob rita cole root iris
chmod 644 ./*.eml sheet.bin
open_house "an instance with an approved order, and a preservation"
seen collect "$work"
same "what is kept" "$(sql "$I" "SELECT files FROM snapshot WHERE ended IS NULL")" 1
[ ! -d "$I/collect" ] || ! grep -rq "Subject: kept" "$I/collect" || wrong "a snapshot lies there in plain"
same "productions" "$(sql "$I" "SELECT count(*) FROM production")" 1
try 0 otto log verify
verdict "the ledger has it, and holds"
exit $bad
