#!/bin/sh
# What PostgreSQL adds: every statement's plan, the rights of the program's user, the guards that stand
# for the owner too, and what a server that goes away leaves behind.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/test/flow/lib"
plans=$root/build/san/pg/plans
at 2026-09-01T16:00:00Z
if [ -z "${WRIT_TEST_PG:-}" ]; then
	WRIT_TEST_PG=$(sh "$root/test/pg/cluster" start) || { echo "not ok a server starts: no"; exit 1; }
	trap 'sh "$root/test/pg/cluster" stop "$WRIT_TEST_PG"; rm -rf "$work"' EXIT
fi
make_instance
"$plans" "$(url_of "$(name_of "$I")" owner)" || bad=1

# as_app SQL / as_owner SQL: what a taken-over program, and one with the owner's address, could send.
as_user() {
	psql -q -X -A -t -v ON_ERROR_STOP=1 -h "$WRIT_TEST_PG" -U "$1" -d "$(name_of "$I")" -c "$2" >out 2>err
}
# forbidden SQL: the program's user has no right to it. guarded SQL: the schema refuses its owner.
forbidden() {
	! as_user app "$1" || wrong "app may: $1"
	has err 'permission denied|must be owner'
}
guarded() {
	! as_user owner "$1" || wrong "the owner may: $1"
	has err "$2"
}

receive "$demands/01-us-warrant.json"
try 0 otto log checkpoint
for table in entry stamp place_run slot checkpoint promise closed figure; do
	forbidden "DELETE FROM $table"
	forbidden "TRUNCATE $table CASCADE"
	forbidden "ALTER TABLE $table DISABLE TRIGGER ALL"
	forbidden "DROP TABLE $table CASCADE"
done
forbidden "UPDATE entry SET leaf = leaf"
forbidden "UPDATE place_run SET n = n"
forbidden "UPDATE slot SET root = root"
forbidden "UPDATE checkpoint SET note = note"
forbidden "UPDATE promise SET note = note"
forbidden "UPDATE closed SET accounts = 0"
forbidden "UPDATE demand SET received = 0"
forbidden "UPDATE decision SET verdict = 'produce'"
forbidden "UPDATE schema_version SET n = 0"
forbidden "CREATE OR REPLACE FUNCTION guard_entry_no_delete() RETURNS trigger LANGUAGE sql AS ''"
verdict "the program's user may not rewrite, delete, empty or unguard what the ledger holds"

guarded "DELETE FROM entry" append-only
guarded "UPDATE entry SET actor = 9" append-only
guarded "UPDATE place_run SET n = 9" append-only
guarded "DELETE FROM matter" 'never deleted'
guarded "UPDATE legal_order SET state = 'produced'" 'newer ledger entry'
guarded "UPDATE tile SET width = 1" 'only grows'
as_user app "INSERT INTO stamp (id) VALUES (999999)" && wrong "a stamp without its entry stays"
has err 'foreign key'
verdict "the guards stand for the owner too, and a step without its entry does not commit"

try 1 root doctor
has out 'ok .*ledger append-only: yes'
has out 'ok .*no superuser: yes'
has out 'LOOK .*commits on disk: no'
has out 'commits on a standby: no'
verdict "doctor tells what the server promises"

# A database that another user owns, without --database-owner: the wall is missing, and doctor says so.
new_database
url=$(url_of "$NAME" owner)
"$WRIT" -d "$work/own" init --provider P --origin p.example/w --database "$url" >out 2>err || wrong "$(cat err)"
"$WRIT" -d "$work/own" user add root --roles admin --secret-out "$work/own.root" >out 2>err || wrong "$(cat err)"
"$WRIT" -d "$work/own" --secret "$work/own.root" doctor >out 2>err
has out 'LOOK .*ledger append-only: no'
run 4 -d "$work/own2" init --provider P --origin p.example/w --database "$url"
[ ! -e "$work/own2/writ.yaml" ] || wrong "a database that is taken got a second instance"
verdict "an instance whose program owns its tables, and a database that is taken"
exit $bad
