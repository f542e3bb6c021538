#!/bin/sh
# An instance that the first schema was made for: its rows in tables of that schema, with that schema's
# guards. This program brings it up to date, once, whoever comes first; the ledger verifies; and it ends with
# the very schema that a new instance has.
. "$(dirname "$0")/lib"
schema=$root/build/rel/pg/schema

at 2026-09-02T09:00:00Z
make_instance "$work/new"
make_instance "$work/instance"
receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Judge, one account."
at 2026-09-10T18:00:00Z
receive "$demands/03-us-all-users.json"
try 0 rob order reject "$CASE" --code over_broad --reason "No specific account is named."
try 0 rob matter close "$CASE"
try 0 otto log checkpoint
before=$(entries)
root_before=$("$WRIT" -d "$I" --secret "$I/secrets/otto" --json log checkpoint | sed -n 's/.*"root": //p')
verdict "an instance to take back"

# tables_of SCHEMA-TEXT: TABLE COLUMN,COLUMN... of each, one a line.
tables_of() {
	awk '
	/^CREATE TABLE / { table = $3; columns = ""; next }
	table != "" && /^\)/ { print table, substr(columns, 2); table = ""; next }
	table != "" && /^  [a-z]/ {
		n = split($0, part, ",")
		for (i = 1; i <= n; i++) {
			sub(/^ */, "", part[i])
			split(part[i], word, " ")
			if (word[1] ~ /^[a-z_0-9]+$/ && word[2] ~ /^(INTEGER|TEXT|BLOB|BIGINT|BYTEA)$/)
				columns = columns "," word[1]
		}
	}' "$1"
}

old_lite() {
	"$schema" 1 lite tables >tables.sql
	"$schema" 1 lite guards >guards.sql
	tables_of tables.sql >tables.list
	{
		cat tables.sql
		echo "ATTACH 'file:$I/data/writ.db' AS new;"
		sed 's/\([a-z_]*\) \(.*\)/INSERT INTO main.\1 (\2) SELECT \2 FROM new.\1;/' tables.list
		cat guards.sql
		echo "DETACH new; PRAGMA user_version = 1;"
	} >old.sql
	sqlite3 -bail old.db <old.sql >old.out 2>&1 || wrong "$(head -n 1 old.out)"
	rm -f "$I/data/writ.db" "$I/data/writ.db-wal" "$I/data/writ.db-shm"
	mv old.db "$I/data/writ.db"
}

old_pg() {
	from=$(name_of "$I")
	new_database
	"$schema" 1 pg tables >tables.sql
	"$schema" 1 pg guards >guards.sql
	tables_of tables.sql >tables.list
	as="psql -q -X -A -t -v ON_ERROR_STOP=1 -h $WRIT_TEST_PG"
	echo "CREATE TABLE schema_version (n BIGINT PRIMARY KEY);" >>tables.sql
	$as -U owner -d "$NAME" -f tables.sql >old.out 2>&1 || wrong "$(head -n 1 old.out)"
	while read -r table columns; do
		$as -U postgres -d "$from" -c "COPY (SELECT $columns FROM $table) TO STDOUT" >rows.copy 2>old.out &&
			$as -U owner -d "$NAME" -c "COPY $table ($columns) FROM STDIN" <rows.copy >old.out 2>&1 ||
			wrong "$(head -n 1 old.out)"
		$as -U owner -d "$NAME" -c "SELECT setval(pg_get_serial_sequence('$table', 'id'),
			(SELECT coalesce(max(id), 0) + 1 FROM $table), false)" >/dev/null 2>&1 || :
	done <tables.list
	echo "INSERT INTO schema_version (n) VALUES (1);
		GRANT USAGE ON SCHEMA public TO app; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO app;" >>guards.sql
	$as -U owner -d "$NAME" -f guards.sql >old.out 2>&1 || wrong "$(head -n 1 old.out)"
	url_of "$NAME" app >"$I/.database"
	config >"$I/writ.yaml"
}

if [ -n "${WRIT_TEST_PG:-}" ]; then
	old_pg
else
	old_lite
fi
same "tables of the first schema" "$(grep -c . tables.list)" "$(grep -c '^CREATE TABLE' "$root/sql/schema-0001.sql")"
same "entries taken back" "$(sql "$I" "SELECT count(*) FROM entry")" "${before%% *}"
! sql "$I" "SELECT count(*) FROM erasure" >/dev/null 2>&1 || wrong "the old database knows erasures"
verdict "a database of the first schema, with the same rows"

if [ -n "${WRIT_TEST_PG:-}" ]; then
	denied "only the owner of its tables .*writ db upgrade" otto log verify
	run 0 -d "$I" db upgrade --database-owner "$(url_of "$(name_of "$I")" owner)"
	run 0 -d "$I" db upgrade --database-owner "$(url_of "$(name_of "$I")" owner)"
else
	# one holds the file when they come, in the mode in which SQLite asks nobody to wait
	printf 'BEGIN IMMEDIATE;\n.shell touch held; sleep 1\nROLLBACK;\n' | sqlite3 "$I/data/writ.db" &
	until [ -e held ]; do sleep 0.05; done
	for n in 1 2 3 4; do
		"$WRIT" -d "$I" --secret "$I/secrets/otto" log verify >up$n.out 2>up$n.err &
	done
	wait
	for n in 1 2 3 4; do
		grep -q '^All of it verifies' up$n.out || wrong "opened by four at once: $(head -n 1 up$n.err)"
	done
fi
same "entries, rows and closed records of the ledger" "$(entries)" "$before"
same "the signed root" \
	"$("$WRIT" -d "$I" --secret "$I/secrets/otto" --json log checkpoint | sed -n 's/.*"root": //p')" "$root_before"
verdict "it is brought up to date, and the ledger says the same"

# shape DIR: every table, column, index and guard.
shape() {
	if [ -z "${WRIT_TEST_PG:-}" ]; then
		sql "$1" "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name; PRAGMA user_version"
	else
		sql "$1" "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
			WHERE table_schema = 'public' ORDER BY table_name, column_name"
		sql "$1" "SELECT tgname, tgrelid::regclass, pg_get_functiondef(tgfoid) FROM pg_trigger
			WHERE NOT tgisinternal ORDER BY tgname"
		sql "$1" "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef"
		sql "$1" "SELECT table_name, privilege_type FROM information_schema.table_privileges
			WHERE grantee = 'app' AND table_name <> 'schema_version' ORDER BY table_name, privilege_type"
		sql "$1" "SELECT table_name, column_name FROM information_schema.column_privileges
			WHERE grantee = 'app' AND privilege_type = 'UPDATE' ORDER BY table_name, column_name"
	fi
}
shape "$work/new" >new.shape
shape "$I" >old.shape
[ "$(grep -c . new.shape)" -gt 100 ] || wrong "no shape to compare"
cmp -s new.shape old.shape || wrong "the schemas differ: $(diff new.shape old.shape | sed -n 2p)"
verdict "it has the schema of a new instance"

cat >>"$I/writ.yaml" <<YAML
retention:
  - from: 2026-01-01
    rules:
      - id: refused
        of: rejected
        after: 30 days
        since: settled
YAML
at 2026-11-01T09:00:00Z
try 0 carla --json erase propose "$CASE"
try 0 rob erase confirm "$(field list out)" "$(field hash out)"
has out "^Erased: 1"
try 0 rob matter show "$CASE"
has out "^Erased 2026-11-01"
try 0 otto log verify
verdict "what the second schema brought works on it"
exit $bad
