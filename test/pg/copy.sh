#!/bin/sh
# `db copy`: an instance with a case goes from SQLite to PostgreSQL, is worked with there, and goes back;
# a copy that breaks off, in either direction, leaves a database that nobody opens. `db upgrade`.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/test/flow/lib"
at 2026-09-01T16:00:00Z
if [ -z "${WRIT_TEST_PG:-}" ]; then
	WRIT_TEST_PG=$(sh "$root/test/pg/cluster" start) || { echo "not ok a server starts: no"; exit 1; }
	export WRIT_TEST_PG
	trap 'sh "$root/test/pg/cluster" stop "$WRIT_TEST_PG"; rm -rf "$work"' EXIT
fi
server=$WRIT_TEST_PG

# use URL: what the instance works with from now on.
use() {
	echo "$1" >"$I/.database"
	sed -i "s|^database: .*|database: $(echo "$1" | sed 's/&/\\&/g')|" "$I/writ.yaml"
}
# copied FROM TO [OWNER]: by the admin; the root is in ROOT.
copied() {
	try 0 root --json db copy "$1" "$2" ${3:+--database-owner "$3"}
	ROOT=$(field root out)
}
attempt() {
	who=$1
	shift
	rc=0
	"$WRIT" -d "$I" --secret "$I/secrets/$who" "$@" >out 2>err </dev/null || rc=$?
}
# answers_of FILE: what the instance says of itself.
answers_of() {
	try 0 rob --json matter show "$CASE"
	cp out "$1"
	for list in "iris demand" "iris import" "root user"; do
		try 0 "${list% *}" --json "${list#* }" list
		cat out >>"$1"
	done
	try 0 otto --json log checkpoint
	cat out >>"$1"
}

unset WRIT_TEST_PG
make_instance
export WRIT_TEST_PG="$server"
receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Judge, probable cause, one account."
awk 'NR <= 2001' "$root/examples/history/2013h1.csv" >some.csv
sed '/^total:/,/^[a-z]/{/^total:/d;/^ /d}' "$root/examples/history/2013h1.map.yaml" >some.map.yaml
try 0 iris import closed some.csv --map some.map.yaml
answers_of lite
new_database
first=$(url_of "$NAME" app) owner=$(url_of "$NAME" owner)
try 5 rob db copy sqlite:data/writ.db "$first" --database-owner "$owner"
has err 'needs the role admin'
copied sqlite:data/writ.db "$first" "$owner"
same "root of the copy" "$ROOT" "$(field root lite)"
use "$first"
answers_of pg
cmp -s lite pg || wrong "the copy says something else than what was copied"
try 0 otto log verify
! psql -q -X -h "$server" -U app -d "$NAME" -c "DELETE FROM entry" 2>err || wrong "app may delete entries"
has err 'permission denied'
verdict "SQLite to PostgreSQL: the same rows, answers and root; the rights of the program's user"

at 2026-09-28T10:00:00Z
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --reason "Within the warrant."
try 0 iris demand add "$demands/02-us-subpoena-with-content.json"
answers_of pg
copied "$first" sqlite:data/back.db
same "root of the copy" "$ROOT" "$(field root pg)"
use sqlite:data/back.db
answers_of lite
cmp -s lite pg || wrong "the copy says something else than what was copied"
try 0 otto log verify
try 0 rob item decide "$CASE" withhold --item 4 --code over_broad --reason "Too wide."
try 0 otto log checkpoint
verdict "PostgreSQL to SQLite, and work goes on in both"

try 4 root db copy sqlite:data/back.db sqlite:data/writ.db
has err 'exists already'
try 4 root db copy sqlite:data/back.db "$first" --database-owner "$owner"
has err 'holds an instance already'
try 3 root db copy sqlite:data/none.db sqlite:data/new.db
try 65 root db copy sqlite:data/back.db mysql:x
try 65 root db copy sqlite:data/back.db sqlite:data/new.db --database-owner "$owner"
[ ! -e "$I/data/new.db" ] || wrong "a file was left"
verdict "a database that is not empty, or not there, is left alone"

# through URL MODE K: the same server, behind a proxy that cuts the K-th thing sent.
through() {
	mkdir -p proxy
	rm -f proxy/.s.PGSQL.5432 fired ready
	/usr/bin/python3 "$root/test/pg/proxy.py" "$work/proxy/.s.PGSQL.5432" "$server/.s.PGSQL.5432" "$2" "$3" \
		"$work/fired" >ready &
	proxy=$!
	while [ ! -s ready ]; do sleep 0.01; done
	THROUGH=$(echo "$1" | sed "s|host=[^&]*|host=$work/proxy|")
}
through_ends() {
	kill $proxy
	wait $proxy 2>/dev/null
	[ -f fired ] || wrong "nothing was cut"
}

closed_to_all() {
	attempt rob matter show "$CASE"
	[ "$rc" != 0 ] || wrong "a copy that was not finished is opened"
	has err 'not a Writ database|the database refuses'
}

# a COPY of many rows, the making of indexes and keys, and reading
for k in 12 70; do
	new_database
	url=$(url_of "$NAME" app) owner=$(url_of "$NAME" owner)
	through "$owner" before $k
	try 1 root db copy sqlite:data/back.db "$url" --database-owner "$THROUGH"
	has err 'connection to the database was lost'
	through_ends
	use "$url"
	closed_to_all
	use sqlite:data/back.db
	[ $k = 12 ] || {
		try 4 root db copy sqlite:data/back.db "$url" --database-owner "$owner"
		has err 'copy that was not finished'
	}
	through "$first" after $k
	try 1 root db copy "$THROUGH" sqlite:data/half.db
	through_ends
	use sqlite:data/half.db
	closed_to_all
	use sqlite:data/back.db
	rm -f "$I/data/half.db"
done
answers_of again
try 0 otto log verify
verdict "a copy that breaks off is no database, and the instance is what it was"
exit $bad
