#!/bin/sh
# How data comes: from tables of PostgreSQL by a program, from a person with a form, for a preservation that nobody
# reads; how it goes from a ticket into a production; and how what nobody needs is cleared.
. "$(dirname "$0")/lib"

at 2026-09-01T16:00:00Z
make_instance

# ---- a server with the provider's own tables ----
if [ -n "${WRIT_TEST_PG:-}" ]; then
	source_pg=$WRIT_TEST_PG
else
	source_pg=$(sh "$root/test/pg/cluster" start)
	trap 'rm -rf "$work"; sh "$root/test/pg/cluster" stop "$source_pg" >/dev/null 2>&1' EXIT
fi
tables=accounts$$
on_server() { psql -q -X -A -t -v ON_ERROR_STOP=1 -h "$source_pg" -U postgres -d "$1" -c "$2"; }
on_server postgres "CREATE DATABASE $tables" || wrong "no database"
on_server postgres "CREATE ROLE collector_$$ LOGIN" || wrong "no role"
on_server "$tables" "
	CREATE TABLE account (address text PRIMARY KEY, full_name text NOT NULL);
	CREATE TABLE session (id serial PRIMARY KEY, address text NOT NULL, at timestamptz NOT NULL, until timestamptz, ip inet NOT NULL, port int);
	CREATE TABLE secret (word text);
	INSERT INTO account VALUES ('canary@mail.example', 'A \"Canary\", Example'), ('j.doe@mail.example', 'Jane Doe'), ('other@mail.example', 'Other');
	INSERT INTO session (address, at, until, ip, port) VALUES
		('canary@mail.example', '2026-01-10T12:00:00Z', '2026-01-10T13:00:00Z', '192.0.2.1', 4001),
		('j.doe@mail.example', '2025-12-31T22:59:59Z', '2025-12-31T22:59:59Z', '192.0.2.2', 4002),
		('j.doe@mail.example', '2025-12-31T23:00:00Z', '2026-01-01T01:00:00Z', '192.0.2.3', 4003),
		('j.doe@mail.example', '2026-06-30T21:59:59Z', '2026-06-30T21:59:59Z', '192.0.2.4', 4004),
		('j.doe@mail.example', '2026-06-30T22:00:00Z', '2026-06-30T23:00:00Z', '192.0.2.5', 4005),
		('other@mail.example', '2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z', '192.0.2.6', 4006);
	GRANT SELECT ON account, session TO collector_$$;" >/dev/null || wrong "no tables"

# The connector's own files; the program is one of those that may be run.
mkdir -p conf/queries
cp "$root"/examples/connector-postgres/queries/*.sql conf/queries/
printf '[mail]\nhost=%s\ndbname=%s\nuser=collector_%s\n' "$source_pg" "$tables" "$$" >conf/service
program=$(dirname "$WRIT")/connector-postgres
socket=$source_pg/.s.PGSQL.5432

# data_map CONNECTOR [MORE]: the data map, with the lines of standard input for its connector
data_map() {
	cat >"$I/services.yaml" <<YAML
services:
  - service: mail
    holds:
      - fields: name session_times
        where: Falkenstein, rack 4
        retention: as long as the account, and 30 days
        encryption: LUKS
        keys: provider
      - fields: body headers
        where: Falkenstein, rack 5
        retention: as long as the account
        encryption: none
        keys: none
    connector: $1
$(cat)
    megabytes: 1
    limit_days: 90
    canary: canary@mail.example
    canary_kind: email
    canary_from: 2026-01-01
    canary_to: 2026-01-31
    expect_files: 2
YAML
}
by_program() {
	data_map program <<YAML
    program: ${1:-$program}
    arguments: $work/conf/service mail $work/conf/queries
    reads: $work/conf
    socket: ${2:-$socket}
    seconds: 20
YAML
}
by_person() { data_map person </dev/null; }
echo 'map: services.yaml' >>"$I/writ.yaml"

# ---- tables of PostgreSQL ----
by_program
sed -i 's/fields: body headers/fields: payment/' "$I/services.yaml"
sed -i '/fields: payment/,/keys: none/d; s/^    connector/    connector/' "$I/services.yaml"
try 0 root ticket key
cp out vkey
try 0 cole service test mail
has out 'green mail'
try 0 cole --json service show mail
same "files of the test" "$(field files out)" 2
by_program "" "$source_pg/.s.PGSQL.9999"
try 1 cole service test mail
has err ': later'
by_program
try 1 cole service test mail
has err ': refused' # no query for the body: it is not held here
by_program
sed -i '/fields: body headers/,/keys: none/d' "$I/services.yaml"
printf '[mail]\nhost=%s\ndbname=%s\nuser=nobody_%s\n' "$source_pg" "$tables" "$$" >conf/service
try 1 cole service test mail
has err ': later'
printf '[mail]\nhost=%s\ndbname=%s\nuser=collector_%s\n' "$source_pg" "$tables" "$$" >conf/service
echo "SELECT word AS target FROM secret WHERE \$1 <> ''" >conf/queries/email.name.sql
try 1 cole service test mail
has err ': failed'
cp "$root/examples/connector-postgres/queries/email.name.sql" conf/queries/
try 0 cole service test mail
verdict "a program collects from tables of PostgreSQL over a connection that it was handed, as a user who reads no others"

# What the box leaves of sockets: the one that was handed over.
cat >reach.c <<'C'
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int other;
	(void)argc;
	if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 3; /* it made a socket */
	other = dup(3);
	strncpy(a.sun_path, argv[1], sizeof a.sun_path - 1);
	if (connect(other, (const struct sockaddr *)&a, sizeof a) == 0 || errno != EPERM)
		return 4; /* it connected another time */
	return fopen("a", "w") == NULL || fopen("b", "w") == NULL;
}
C
cc -o reach reach.c 2>cc.err || wrong "reach.c: $(head -n 1 cc.err)"
by_program "$work/reach"
sed -i "s|arguments: .*|arguments: $socket|; /fields: body headers/,/keys: none/d" "$I/services.yaml"
try 0 cole service test mail
sed -i '/ socket:/d' "$I/services.yaml"
try 0 cole service test mail # without the handed one it makes none either
verdict "a connector makes no socket and connects to none, whether it was handed one or not"

# approve FILE: a case of it with all items approved
approve() {
	receive "$1"
	try 0 rob order examine "$CASE" pass --reason "Valid."
	answers "Read in the paper."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	for n in 1 2 3 4; do
		"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item $n >out 2>err || :
	done
	state approved
}
# ticket ITEM [OPTIONS]: makes one: T
ticket() {
	n=$1
	shift
	try 0 rob --json ticket make "$CASE" --item "$n" "$@"
	T=$(field ticket out)
}
approve "$demands/01-us-warrant.json"
ONE=$CASE
by_program
ticket 2
T2=$T
try 0 cole ticket run "$T2"
has out '1 file'
F=$I/collect/$T2
same "what came" "$(ls "$F")" session_times.csv
same "sessions" "$(grep -c 'j.doe' "$F/session_times.csv")" 2
lacks "$F/session_times.csv" 'other@|22:59:59Z","2025|2026-06-30T22'
ticket 1
T1=$T
try 0 cole ticket run "$T1"
same "the name" "$(tail -n 1 "$I/collect/$T1/name.csv" | tr -d '\r')" '"j.doe@mail.example","Jane Doe"'
try 0 rob --json ticket of "$CASE"
has out '"released": 2'
has out '"came": \['
# What a target says never becomes a part of a query.
sed "s/\"j.doe@mail.example\"/\"x' OR '1'='1\"/" "$F/session_times.csv" >/dev/null
printf '%s' '{"note":"n","ticket":{"format":"writ-ticket/1","fields":["name"],"target":{"kind":"email","value":"x'"'"' OR '"'"'1'"'"'='"'"'1"}}}' >inject.json
mkdir -p inj
(cd inj && python3 - "$program" "$socket" <<'P'
import os, socket, subprocess, sys
s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[2]); os.dup2(s.fileno(), 3)
rc = subprocess.run([sys.argv[1], "../conf/service", "mail", "../conf/queries"], stdin=open("../inject.json"),
    pass_fds=[3], env={"WRIT_SOCKET": "3"}).returncode
sys.exit(rc)
P
) || wrong "the connector failed on a quote in a target"
same "what a quote brought" "$(ls inj)" ""
verdict "what a ticket asks is selected, to the second, and bound into the query"

# ---- a person ----
by_person
try 0 cole --json ticket of "$ONE" >/dev/null 2>&1 || :
ticket 4
T4=$T
denied "only connectors that are programs" cole ticket run "$T4"
printf 'Delivered-To: j.doe@mail.example\nDate: Tue, 10 Feb 2026 12:00:00 +0000\nFrom: a@mail.example\nSubject: one\n\nText.\n' >good.eml
printf 'Delivered-To: other@mail.example\nDate: Tue, 10 Feb 2026 12:00:00 +0000\nFrom: a@mail.example\nSubject: foreign\n\nText.\n' >foreign.eml
printf 'nothing that a machine knows\n' >odd.bin
denied "needs the role" rob ticket upload "$T4" good.eml
try 0 cole ticket upload "$T4" good.eml
has out 'good.eml: 1 of 1 records'
try 0 cole ticket upload "$T4" foreign.eml
has out 'foreign.eml: 0 of 1 records'
has out 'other_target: 1'
try 0 cole ticket upload "$T4" good.eml # the same again is no harm
cp good.eml again.eml
echo more >>again.eml
mkdir -p other
mv again.eml other/good.eml
try 4 cole ticket upload "$T4" other/good.eml
has err 'another file of this name'
cp good.eml '.hidden'
try 65 cole ticket upload "$T4" .hidden
cp good.eml 'a b'
try 65 cole ticket upload "$T4" 'a b'
head -c 1100000 /dev/zero >large.bin
try 66 cole ticket upload "$T4" large.bin
try 65 cole ticket upload "$T4" --none
has err 'not true that nothing'
try 65 cole ticket upload "$T4" --done --none
try 0 cole ticket upload "$T4" --done --how "Exported by hand with mailctl."
has out 'is done'
try 4 cole ticket upload "$T4" good.eml
try 4 cole produce "$ONE" --ticket "$T4" --ticket "$T" --out "$O" || :
why=
verdict "a person hands in file by file, and sees at once what lies outside"

by_person
ticket 4
T=$T
try 0 cole ticket upload "$T" --failed refused --how "Account in litigation hold elsewhere."
has out 'is failed'
[ ! -e "$I/collect/$T" ] || wrong "files of a failed ticket stay"
denied "." nadia ticket upload "$T2" --none 2>/dev/null || :
why=
ticket 4
TN=$T
try 0 cole ticket upload "$TN" --none
has out 'is done'
ticket 4
TX=$T
try 0 cole ticket upload "$TX" odd.bin --done
has out 'odd.bin: no machine can check'
at 2026-09-02T16:00:01Z
ticket 3
try 0 cole ticket upload "$T" good.eml
at 2026-09-03T16:00:02Z
denied "has expired" cole ticket upload "$T" foreign.eml
denied "has expired" cole ticket upload "$T" --done
at 2026-09-02T16:30:00Z
verdict "nothing found, refused with a word, expired: each is its own end"

# ---- from a ticket into a production ----
try 0 cole --json produce "$ONE" --ticket "$T1" --ticket "$T2" --out "$O"
P=$(field production out)
opened "$P" open
same "files" "$(find open/files -type f | wc -l | tr -d ' ')" 2
has open/manifest.json '"item":1'
has open/manifest.json '"item":2'
try 5 cole produce "$ONE" --ticket "$TX" --out "$O"
has err 'another person has to look it over'
H=$(sha256sum <odd.bin | cut -c -64)
try 0 rita scope confirm "$ONE" --item 4 --file odd.bin
try 0 cole --json produce "$ONE" --ticket "$TX" --ticket "$T4" --out "$O"
opened "$(field production out)" open # foreign.eml stays here, good.eml and odd.bin leave
same "files" "$(find open/files -type f | wc -l | tr -d ' ')" 2
! grep -rq foreign open/files || wrong "what is of another account left"
try 0 rob --json ticket of "$ONE"
has out '"other_target": 1'
ticket 4
try 4 cole produce "$ONE" --ticket "$T" --out "$O"
has err 'nothing was collected for this ticket'
try 0 cole ticket upload "$T" foreign.eml --done
denied "nothing that came for this ticket" cole produce "$ONE" --ticket "$T" --out "$O"
echo changed >>"$I/collect/$T2/session_times.csv"
denied "changed since it was collected" cole produce "$ONE" --ticket "$T2" --out "$O"
try 3 cole produce "$ONE" --ticket 0000-0000-00000 --out "$O"
verdict "what came for tickets is sealed without being named again, and only as it came"

# ---- cleared ----
try 0 root ticket sweep
[ -e "$I/collect/$T2" ] || wrong "cleared before it was acknowledged"
try 0 cole deliver "$P" --channel encrypted_mail
try 0 root ticket sweep
[ -e "$I/collect/$T2" ] || wrong "cleared before it was acknowledged"
try 0 cole acknowledge "$P"
denied "needs the role" rob ticket sweep
try 0 root --json ticket sweep
[ ! -e "$I/collect/$T2" ] && [ ! -e "$I/collect/$T1" ] || wrong "what was acknowledged still lies there"
try 4 cole produce "$ONE" --ticket "$T2" --out "$O"
has err 'was cleared'
[ -e "$I/collect/$T4" ] || wrong "cleared, though nothing was delivered"
mkdir "$I/collect/0000-0000-00000"
at 2026-10-03T16:00:01Z
try 0 root ticket sweep
[ ! -e "$I/collect/$T4" ] || wrong "collected files lie longer than collect_keep"
[ -e "$I/collect/0000-0000-00000" ] || wrong "a folder of a test that may run is cleared"
touch -d '2 days ago' "$I/collect/0000-0000-00000"
try 0 root ticket sweep
[ ! -e "$I/collect/0000-0000-00000" ] || wrong "a folder of nobody stays"
echo 'collect_keep: 0' >>"$I/writ.yaml"
try 65 root ticket sweep
sed -i '/^collect_keep/d' "$I/writ.yaml"
verdict "plain files are cleared once they are acknowledged, and after their days"

# ---- other people masked ----
at 2026-10-03T17:00:00Z
sed 's/SW-26-4471/SW-26-4473/; s/26-mj-4471"/26-mj-4473"/; /"papers"/,/\]/d; s/^  \],$/  ]/' "$demands/01-us-warrant.json" >mask.json
receive mask.json
try 0 rob order examine "$CASE" pass --reason "Valid."
answers "Read in the paper."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 4 --reason "Within the warrant."
try 0 rob item decide "$CASE" produce --item 3 --mask --reason "Without the others."
for n in 1 2 3 4; do
	"$WRIT" -d "$I" --secret "$I/secrets/rita" item second "$CASE" --item $n >out 2>err || :
done
ticket 3
try 0 cole ticket upload "$T" good.eml --done
has out 'good.eml: 1 of 1 records'
try 0 cole --json produce "$CASE" --ticket "$T" --out "$O"
opened "$(field production out)" open
has open/files/item-003-001.eml '^From: \[redacted\]'
lacks open/files/item-003-001.eml 'a@mail.example|Subject|Text'
verdict "a decision that masks other people masks what a ticket brought"

# ---- kept for later ----
at 2026-10-20T14:30:00Z
receive "$demands/10-us-preservation.json"
KEEP=$CASE
try 0 rob order examine "$KEEP" pass --reason "A preservation request."
denied "no preservation is running" rob ticket make "$KEEP" --item 1 --preserve
try 0 rob preserve start "$KEEP"
denied "." rob ticket make "$KEEP" --item 1
ticket 1 --preserve
K=$T
try 0 cole ticket show "$K"
has out '"purpose":"preserve"'
cp out keep.json
run 0 ticket verify keep.json --key vkey
sed 's/j.doe/s.specimen/; s/Subject: one/Subject: kept/' good.eml >kept.eml
sed -i 's/Date: .*/Date: Tue, 06 Oct 2026 12:00:00 +0000/' kept.eml
try 0 cole ticket upload "$K" kept.eml --done
[ ! -e "$I/collect/$K" ] || wrong "a snapshot lies there in plain"
! grep -rq "Subject: kept" "$I/blob" "$I/collect" "$I/data" 2>/dev/null || wrong "a snapshot can be read"
denied "does not leave|no order|preserved" cole produce "$KEEP" --ticket "$K" --out "$O"
try 0 rob --json ticket of "$KEEP"
lacks out '"folder"'
same "what is kept" "$(sql "$I" "SELECT files FROM snapshot WHERE ended IS NULL")" 1
verdict "what is preserved is collected into a sealed store, and nobody reads it"

# A warrant for the same account comes later.
sed 's/j\.doe@mail\.example/s.specimen@mail.example/; s/SW-26-4471/SW-26-9911/; s/26-mj-4471"/26-mj-9911"/; s/"to": "2026-06-30"/"to": "2026-10-15"/; /"papers"/,/\]/d; s/^  \],$/  ]/' "$demands/01-us-warrant.json" >later.json
approve later.json
LATER=$CASE
ticket 3
try 5 cole ticket run "$T" --snapshot "$K"
has err 'another field'
ticket 4
try 3 cole ticket run "$T" --snapshot "$T1"
try 0 cole ticket run "$T" --snapshot "$K"
has out '1 file'
cmp -s "$I/collect/$T/kept.eml" kept.eml || wrong "the snapshot brought something else"
try 0 cole --json produce "$LATER" --ticket "$T" --out "$O"
opened "$(field production out)" open
cmp -s open/files/item-004-001.eml kept.eml || wrong "the production holds another file"
try 0 rob preserve release "$KEEP" --produced-by "$LATER"
same "keys of a released snapshot" "$(sql "$I" "SELECT count(*) FROM snapshot_file WHERE key_ct IS NOT NULL")" 0
ticket 4
try 3 cole ticket run "$T" --snapshot "$K"
blobs=$(find "$I/blob" -type f | wc -l)
try 0 root ticket sweep
[ "$(find "$I/blob" -type f | wc -l)" -lt "$blobs" ] || wrong "the encrypted file stays"
verdict "a later order takes what was kept; a release takes its keys at once, and its files"

sed 's/PR-26-77/PR-26-78/; s/s\.specimen@/t.specimen@/' "$demands/10-us-preservation.json" >second.json
receive second.json
try 0 rob order examine "$CASE" pass --reason "A preservation request."
try 0 rob preserve start "$CASE"
ticket 1 --preserve
sed 's/s.specimen/t.specimen/' kept.eml >kept2.eml
try 0 cole ticket upload "$T" kept2.eml --done
at 2027-01-18T12:00:00Z
try 0 root ticket sweep
same "what is kept on the last day" "$(sql "$I" "SELECT count(*) FROM snapshot WHERE ended IS NULL")" 1
at 2027-01-19T12:00:00Z
try 0 root ticket sweep
same "what is kept after it" "$(sql "$I" "SELECT why FROM snapshot WHERE ended IS NOT NULL ORDER BY id DESC LIMIT 1")" expired
same "files of it" "$(sql "$I" "SELECT count(*) FROM snapshot_file")" 0
denied "no preservation is running" rob ticket make "$CASE" --item 1 --preserve
verdict "what was kept ends with the preservation's last day"

# ---- erased ----
# Another case's erasure touches no snapshot; its own takes keys, names and files.
at 2027-01-19T13:00:00Z
sed 's/PR-26-77/PR-26-79/; s/s\.specimen@/u.specimen@/; s/2026-10-20T14/2027-01-19T12/' "$demands/10-us-preservation.json" >third.json
receive third.json
try 0 rob order examine "$CASE" pass --reason "A preservation request."
try 0 rob preserve start "$CASE"
ticket 1 --preserve
sed 's/s.specimen/u.specimen/' kept.eml >kept3.eml
try 0 cole ticket upload "$T" kept3.eml --done
blob=$(sql "$I" "SELECT blob FROM snapshot_file")
there() { [ -e "$I/blob/$(printf %.2s "$blob")/$blob" ]; }
there || wrong "no encrypted file"
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
for left in $(sql "$I" "SELECT p.ref FROM production p JOIN ticket t ON t.legal_order = p.legal_order WHERE p.state = 'sealed' AND t.ref = '$T4'"); do
	try 0 cole deliver "$left" --channel in_person
done
at 2027-08-01T09:00:00Z
try 0 rob matter close "$ONE"
try 0 carla --json erase propose "$ONE"
try 0 rob erase confirm "$(field list out)" "$(field hash out)"
there || wrong "the erasure of one case took the snapshot of another"
same "its key" "$(sql "$I" "SELECT count(*) FROM snapshot_file WHERE key_ct IS NOT NULL")" 1
same "tickets of the erased case that say something" "$(sql "$I" "SELECT count(*) FROM ticket t WHERE (t.body_ct IS NOT NULL OR t.said_ct IS NOT NULL) AND t.legal_order = (SELECT legal_order FROM ticket WHERE ref = '$T4')")" 0
same "its files" "$(sql "$I" "SELECT count(*) FROM ticket_file f JOIN ticket t ON t.id = f.ticket WHERE t.legal_order = (SELECT legal_order FROM ticket WHERE ref = '$T4')")" 0
try 0 cole ticket show "$T" >/dev/null
sed -i '/^retention:/,$d' "$I/writ.yaml"
verdict "an erasure takes what its tickets say, how they were collected and their files, and nothing of another case"

# ---- tokens of services ----
data_map push </dev/null
at 2026-10-20T15:00:00Z
denied "needs the role" cole service token mail --days 30 --out "$work/push.token"
try 3 root service token chat --days 30 --out "$work/push.token"
try 65 root service token mail --days 367 --out "$work/push.token"
[ ! -e push.token ] || wrong "a token that is nobody's lies there"
try 0 root service token mail --days 30 --out "$work/push.token" --for "mail store 3"
has push.token '^writ-service-[0-9a-f]{64}$'
try 0 root --json service tokens
has out '"name": "mail store 3"'
! grep -q "$(cat push.token)" "$I"/data/* 2>/dev/null || wrong "the token is stored"
try 0 root service token-end 1
try 4 root service token-end 1
by_person
denied "only a service whose connector is push" root service token mail --days 30 --out "$work/other.token"
verdict "a token is of one service that hands in by itself, and ends"

: "$(entries)"
verdict "the ledger verifies"
exit $bad
