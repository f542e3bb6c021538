#!/bin/sh
# Erasure by retention rules: what is due and what holds it, two persons, the very list that was looked at;
# afterwards the details are in no file, the ledger verifies, and editions of old periods are the same bytes.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance
plain=$work/plain.yaml
cp "$I/writ.yaml" "$plain"

# retention FROM ROLE: the house's rules.
retention() {
	cp "$plain" "$I/writ.yaml"
	cat >>"$I/writ.yaml" <<YAML
retention:
  - from: $1
    role: $2
    rules:
      - id: disclosed
        of: content noncontent
        after: 6 months
        since: delivered
        cite: House rule 7
      - id: refused
        of: rejected withdrawn
        after: 30 days
        since: settled
      - id: sorted
        of: not_data
        after: 10 days
        since: settled
YAML
}

# hexes QUERY...: what sealed columns hold, in hex, one a line. Columns are named by H(name).
hexes() {
	h='lower(hex(\1))'
	[ -z "${WRIT_TEST_PG:-}" ] || h='encode(\1, '\''hex'\'')'
	sql "$I" "$(echo "$1" | sed "s/H(\([a-z0-9_.]*\))/$h/g")"
}

# secrets_of CASE DEMAND FILE: every sealed text, keyed hash and salt of a case.
secrets_of() {
	o="(SELECT o.id FROM legal_order o JOIN matter m ON m.id = o.matter WHERE m.ref = '$1')"
	d="(SELECT id FROM demand WHERE ref = '$2')"
	{
		hexes "SELECT H(draft_ct) FROM demand WHERE id = $d UNION ALL SELECT H(content_key) FROM demand WHERE id = $d
			UNION ALL SELECT H(name_ct) FROM paper WHERE demand = $d UNION ALL SELECT H(key_ct) FROM paper WHERE demand = $d"
		hexes "SELECT H(value_ct) FROM order_fact WHERE legal_order IN $o
			UNION ALL SELECT H(reason_ct) FROM review WHERE legal_order IN $o
			UNION ALL SELECT H(reason_ct) FROM decision WHERE legal_order IN $o
			UNION ALL SELECT H(text_ct) FROM message WHERE legal_order IN $o
			UNION ALL SELECT H(sha256) FROM production_file WHERE legal_order IN $o
			UNION ALL SELECT H(came) FROM file_check WHERE legal_order IN $o"
		hexes "SELECT H(t.value_ct) FROM target t JOIN matter m ON m.id = t.matter WHERE m.ref = '$1'
			UNION ALL SELECT H(t.printed_ct) FROM target t JOIN matter m ON m.id = t.matter WHERE m.ref = '$1'
			UNION ALL SELECT H(t.value_key) FROM target t JOIN matter m ON m.id = t.matter WHERE m.ref = '$1'"
		hexes "SELECT H(e.salt) FROM entry e JOIN matter m ON m.id = e.matter WHERE m.ref = '$1' AND e.kind NOT LIKE 'erase.%'"
	} | grep . | cut -c1-64 | sort -u >"$3"
}

# where_found FILE: which of its texts still stand in a file of the instance or of the server.
where_found() {
	places=$I
	if [ -n "${WRIT_TEST_PG:-}" ]; then
		psql -q -h "$WRIT_TEST_PG" -U postgres -d postgres -c CHECKPOINT >&2
		places="$I $WRIT_TEST_PG/data/base/$(psql -q -X -A -t -h "$WRIT_TEST_PG" -U postgres -d postgres \
			-c "SELECT oid FROM pg_database WHERE datname = '$(name_of "$I")'")"
	fi
	find $places -type f | sort >files.list
	while read -r f; do
		od -An -v -tx1 "$f" 2>/dev/null | tr -d ' \n'
		echo
	done <files.list >files.hex
	grep -oFf "$1" files.hex | sort -u
}

rows_of() {
	"$WRIT" -d "$I" --secret "$I/secrets/otto" --json log verify >verify.out 2>verify.err ||
		wrong "the ledger does not verify: $(grep -m 1 '"' verify.out) $(head -n 1 verify.err)"
	field "$1" verify.out
}

# ---- five demands ------------------------------------------------------------------------------------
at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
A=$CASE
AD=$DEMAND
try 0 rob order examine "$A" pass --reason "Judge, one account."
try 0 rob item decide "$A" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 carla item second "$A" --item 4
files 1 2 3 4
try 0 cole --json produce "$A" $FILES --out "$O"
P=$(field production out)
at 2026-11-13T09:00:00Z
receive "$demands/03-us-all-users.json"
B=$CASE
BD=$DEMAND
try 0 rob order reject "$B" --code over_broad --reason "No specific account is named."
try 0 rob matter close "$B"
receive "$demands/13-us-order-withdrawn.json"
C=$CASE
try 0 iris order withdraw "$C" --because authority
try 0 iris --json demand add "$demands/04-de-bestandsdaten.json"
D=$(field demand out)
try 0 iris demand verify "$D"
try 0 iris demand sort-out "$D" --kind press
try 0 iris --json demand add "$demands/01-us-warrant.json"
M=$(field demand out)
try 0 iris demand merge "$M" "$AD"
try 0 otto log checkpoint
try 0 rob matter show "$A"
has out 'j\.doe@mail\.example'
verdict "cases to erase"

# ---- no rule, no erasure -------------------------------------------------------------------------------
at 2026-12-01T09:00:00Z
try 3 carla erase list
has err "no retention rule is in force"
try 3 carla erase propose "$B"
retention 2027-01-01 counsel
try 3 carla erase list
for broken in "after: 6 weeks" "after: 0 days" "of: everything" "since: monday" "of: content rejected"; do
	key=${broken%%:*}
	retention 2026-01-01 counsel
	sed -i "0,/        $key:.*/s//        $broken/" "$I/writ.yaml"
	try 65 carla erase list
	has err "writ.yaml:[0-9]+"
done
retention 2026-01-01 admin
try 65 carla erase list
has err "role: want intake, reviewer or counsel"
verdict "without a rule in force nothing is erased, and a wrong rule is named by its line"

# ---- due and held ----------------------------------------------------------------------------------------
retention 2026-01-01 counsel
at 2026-12-13T09:00:00Z
try 0 carla erase list
lacks out "$B"
has out "$D .*due"
denied "its term runs until 2026-12-13" carla erase propose "$B"
at 2026-12-14T09:00:00Z
try 0 carla erase list
has out "$B .*kept until 2026-12-13 \(refused\)  due"
lacks out "$A|$C"
denied "the case is open" carla erase propose "$A"
denied "the case is open" carla erase propose "$C"
denied "a production was not handed over|the case is open" carla erase propose "$A"
try 3 carla erase propose 0000-0000-00000
try 65 carla erase propose
try 65 carla erase propose --due "$B"
verdict "a term ends with its last day, and only closed cases are due"

for p in iris cole pia otto fred root rob; do
	denied "needs the role" $p erase propose "$B"
done
for p in cole root; do
	denied "needs the role" $p erase list
done
for p in cole otto root; do
	denied "needs the role" $p erase hold "$B" --reason "The wrong role."
done
try 65 rob erase hold "$B" --reason "  "
try 0 rob erase hold "$B" --reason "A court may ask for it."
try 0 carla erase list
has out "$B .*held: somebody holds it"
denied "somebody holds it" carla erase propose "$B"
for p in iris rob otto root; do
	denied "needs the role" $p erase release "$B"
done
try 0 carla erase release "$B"
try 3 carla erase release "$B"
verdict "who may propose, hold and release"

try 0 carla --json erase propose --due
L=$(field list out)
H=$(field hash out)
! grep -q "$C" out || wrong "an open case is on the list"
for ref in "$B" "$D"; do
	grep -q "$ref" out || wrong "$ref is not on the list"
done
try 4 carla erase propose "$B"
has err "stands on the list $L"
try 3 carla erase propose --due
before=$(entries)
denied "another person than proposed" carla erase confirm "$L" "$H"
for p in iris cole pia otto fred root; do
	denied "needs the role" $p erase confirm "$L" "$H"
done
try 4 rob erase confirm "$L" "$(echo "$H" | tr '0-9a-f' '1-9a-f0')"
has err "not the one of this hash"
try 65 rob erase confirm "$L" "${H%?}"
try 65 rob erase confirm "$L"
try 3 rob erase confirm 0000-0000-00000 "$H"
same "entries, rows and closed records of the ledger" "$(entries)" "$before"
verdict "one person twice, a person without the role, another hash"

try 0 rita erase hold "$B" --reason "Found on a second look."
try 4 rob erase confirm "$L" "$H"
try 0 rob erase show "$L"
has out "$B .*held"
try 0 carla erase release "$B"
try 4 rob erase confirm "$L" "$H"
try 0 rob erase withdraw "$L"
try 4 rob erase show "$L"
try 0 carla --json erase propose "$B"
L=$(field list out)
H=$(field hash out)
try 0 carla challenge file "$B" order --reason "A user went to court."
try 4 rob erase confirm "$L" "$H"
try 0 rob --json erase show "$L"
has out '"held": "order 1 is on hold; a challenge is open"'
has out '"word": "challenge"'
denied "everything on the list is held" rob erase confirm "$L" "$(field hash out)"
try 0 carla challenge end "$B" 1 withdrawn
verdict "what happens between the look and the word changes the list; a challenge holds"

# ---- erased ----------------------------------------------------------------------------------------------
at 2027-01-04T09:00:00Z
try 0 cole deliver "$P" --channel encrypted_mail
try 0 rob matter close "$A"
try 0 rob matter close "$C"
at 2027-07-05T09:00:00Z
try 0 pia edition make 2026H2 --as-of 2027-01-03
try 0 pia edition preview 2026H2 --out "$work/before"
try 0 carla erase list
has out "$B .*an edition that counts it is not published yet"
try 0 pia edition publish 2026H2 --out "$work/published"
secrets_of "$A" "$AD" a.secrets
secrets_of "$B" "$BD" b.secrets
[ "$(grep -c . a.secrets)" -gt 30 ] || wrong "too few secrets to look for: $(grep -c . a.secrets)"
same "secrets found before" "$(where_found a.secrets | grep -c .)" "$(grep -c . a.secrets)"
same "papers before" "$(find "$I/blob" -type f | grep -c .)" 2
try 0 rob erase withdraw "$L"
try 0 carla erase propose --due
L=$(sed -n 's/^writ erase confirm \([^ ]*\) .*/\1/p' out)
try 0 rob --json erase show "$L"
for ref in "$A" "$B" "$C" "$D"; do
	grep -q "$ref" out || wrong "$ref is not on the list"
done
try 0 rob erase confirm "$L" "$(field hash out)"
has out "^Erased: 4\. Files removed: 2\."
if [ -n "${WRIT_TEST_PG:-}" ]; then
	has out "owner of the tables"
	try 1 root doctor
	has out "LOOK .*erasure"
	try 0 rob erase finish --database-owner "$(url_of "$(name_of "$I")" owner)"
fi
same "secrets found after" "$(where_found a.secrets | grep -c .)" 0
same "secrets found after" "$(where_found b.secrets | grep -c .)" 0
same "papers after" "$(find "$I/blob" -type f | grep -c .)" 0
verdict "ciphertexts, keyed hashes, salts and papers are in no file any more"

[ "$(rows_of erased)" -gt 15 ] || wrong "too few erased entries: $(rows_of erased)"
same "rows that rest on erased entries" "$(rows_of rows_erased)" 0
try 0 otto log checkpoint
try 0 otto log export "$work/export"
run 0 log verify "$work/export" --key "$I/keys/log.vkey"
try 0 pia edition preview 2026H2.1 --out "$work/after"
diff -r "$work/published" "$work/after" >diff.out 2>&1 || wrong "the edition changed: $(sed -n 2p diff.out)"
cat >cause.yaml <<'END'
title: Counted once more
END
try 0 pia edition make 2026H2 --as-of 2027-01-03 --en cause.yaml
try 0 pia edition preview 2026H2.2 --out "$work/again"
cmp -s "$work/before/figures.csv" "$work/again/figures.csv" ||
	wrong "the figures changed: $(diff "$work/before/figures.csv" "$work/again/figures.csv" | sed -n 2p)"
grep -q '^2026H2,total,,,accounts_disclosed,[1-9]' "$work/again/figures.csv" || wrong "nothing was disclosed"
verdict "the ledger verifies, and the old half-year is the same bytes"

try 0 rob matter show "$A"
has out "^Erased 2027-07-05T"
has out "outcome content"
has out "\(erased\)"
lacks out 'j\.doe|Within the warrant'
try 0 rob --json matter show "$A"
lacks out 'j\.doe|seen_in'
try 3 rob matter why "$A"
has err "the case was erased on 2027-07-05"
try 3 iris demand show "$AD"
has err "erased"
try 3 iris demand show "$D"
try 0 iris demand list --state opened
try 0 iris --json demand add "$demands/01-us-warrant.json"
has out '"duplicates": \[\]'
NEW=$(field demand out)
denied "the case was erased" iris demand merge "$NEW" "$AD"
denied "the case was erased" iris demand open "$NEW" --amends "$A"
denied "the case was erased" rob matter reopen "$A"
denied "the case was erased" iris order fact "$A" order.signed=yes
denied "the case was erased" carla challenge file "$A" order --reason "Too late."
denied "the case was erased" rob erase hold "$A" --reason "Too late."
try 4 carla erase propose "$A"
try 0 iris --json demand open "$NEW"
CASE=$(field case out)
try 0 rob --json matter show "$CASE"
lacks out "$A|seen_in"
: "$(entries)"
verdict "an erased case says so, takes nothing more, and is found by nothing"

same "lines of the journal" "$(grep -c ' erased ' "$I/journal/writ.journal")" 4
! grep -qE "$A|$B|$D" "$I/journal/writ.journal" || wrong "the journal names a case"
verdict "the side journal has every erasure"

# ---- a row changed behind the program's back ----------------------------------------------------------
copy_instance "$I" "$work/attacked"
J=$I
I=$work/attacked
guards() { # all of them, as root of the database
	if [ -n "${WRIT_TEST_PG:-}" ]; then
		sql "$I" "SET session_replication_role = replica; $1" >/dev/null
	else
		sql "$I" "$(sql "$I" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'") $1"
	fi
}
guards "UPDATE entry SET salt = NULL, detail = NULL WHERE id = (SELECT min(id) FROM entry WHERE kind = 'person.set' OR kind = 'person.add')"
try 1 otto log verify
has out "FOUND entry [0-9]+: its detail was erased, and no erasure names it"
guards "UPDATE matter SET erased = NULL WHERE ref = '$A'"
try 1 otto log verify
has out "FOUND 1 case is marked as erased, or not"
guards "UPDATE legal_order SET outcome = 'rejected' WHERE matter = (SELECT id FROM matter WHERE ref = '$A')"
try 1 otto log verify
has out "FOUND legal_order [0-9]+: is not as entry [0-9]+ recorded it"
I=$J
verdict "an erasure that nobody decided, and a changed row of an erased case, are found"

# ---- sealed ------------------------------------------------------------------------------------------------
at 2027-08-02T17:00:00Z
sed 's/2026-1[0-9]-/2027-07-/g' "$demands/11-us-nsl.json" >nsl.json
receive nsl.json nadia
N=$CASE
try 0 noel order reject "$N" --code other --reason "Not certified."
try 0 noel matter close "$N"
at 2027-10-02T17:00:00Z
denied "secrecy runs" nora erase propose "$N"
n=1
while try 0 noel --json matter show "$N" && [ "$n" -le "$(grep -c '"bars"' out)" ]; do
	try 0 nora secrecy lift "$N" "$n"
	n=$((n + 1))
done
for p in carla rob otto; do
	try 0 $p erase list
	lacks out "$N"
done
try 3 carla erase propose "$N"
cp err sealed.err
try 3 carla erase propose 0000-0000-00000
cmp -s err sealed.err || wrong "a sealed case is told from none"
try 3 rob erase hold "$N" --reason "x"
try 3 carla erase propose --due --sealed
try 0 nora --json erase propose --due --sealed
L=$(field list out)
H=$(field hash out)
for p in carla rob otto; do
	try 3 $p erase show "$L"
done
try 3 rob erase confirm "$L" "$H"
try 0 noel erase confirm "$L" "$H"
has out "^Erased: 1\."
try 3 rob matter show "$N"
try 0 noel matter show "$N"
has out "^Erased 2027-10-02T"
: "$(entries)"
verdict "a gag holds; a sealed case is erased by those named to it, and is to others as if it were not there"
exit $bad
