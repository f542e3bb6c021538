#!/bin/sh
# A primary that dies while many write, and its standby promoted: with a synchronous one no acknowledged
# step is lost, and the program finds the new primary by itself. With an asynchronous one the last steps
# are gone: doctor warns before, the signer refuses afterwards and says what to do.
#   standby.sh [WRITERS SECONDS]     SECONDS before the primary dies, and as long afterwards
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/test/flow/lib"
at 2026-09-01T16:00:00Z
writers=${1:-3} seconds=${2:-1}
cluster() {
	sh "$root/test/pg/cluster" "$@"
}
servers=
trap 'for s in $servers; do cluster stop "$s"; done; rm -rf "$work"' EXIT

# two SETTING...: a primary in A with an instance, and its standby in B; the instance knows both.
two() {
	A=$(cluster start fsync=on "$@") || { echo "not ok a server starts: no"; exit 1; }
	servers="$servers $A"
	WRIT_TEST_PG=$A
	export WRIT_TEST_PG
	I=$work/instance.$(basename "$A")
	make_instance "$I"
	B=$(cluster standby "$A") || { echo "not ok a standby starts: no"; exit 1; }
	servers="$servers $B"
	NAME=$(name_of "$I")
	echo "postgresql:///$NAME?host=$A,$B&user=app&target_session_attrs=read-write" >"$I/.database"
	sed -i "s|^database: .*|database: $(sed 's/&/\\&/g' "$I/.database")|" "$I/writ.yaml"
}
# setting NAME VALUE: of the primary, from now on.
setting() {
	psql -q -X -h "$A" -U postgres -c "ALTER SYSTEM SET $1 = '$2'" -c "SELECT pg_reload_conf()" postgres >out 2>err ||
		wrong "$1: $(cat err)"
}
following() {
	for _ in $(seq 100); do
		[ "$(psql -q -X -A -t -h "$A" -U postgres -c \
			"SELECT count(*) FROM pg_stat_replication WHERE sync_state = '$1'" postgres)" = 0 ] || return 0
		sleep 0.1
	done
	wrong "no standby follows as $1"
}

two
following async
try 1 root doctor
has out 'LOOK .*a standby is asynchronous'
setting synchronous_standby_names second
following sync
try 1 root doctor # of the clock
has out 'commits on a standby: yes'
lacks out 'asynchronous'
verdict "doctor tells an asynchronous standby from a synchronous one"

"$root/build/rel/pg/writers" "$I" "$writers" 120 500 "$work/enough" >told 2>told.err &
running=$!
sleep "$seconds"
try 0 otto log checkpoint
sleep 0.3
try 0 otto log checkpoint # what is signed is as new as can be
cluster kill "$A"
cluster promote "$B"
try 0 otto log checkpoint # finds the new primary
on_new() {
	psql -q -X -A -t -h "$B" -U postgres -d "$NAME" -c "SELECT count(*) FROM entry"
}
promoted=$(on_new)
sleep "$seconds"
touch enough
wait $running || wrong "writers: $(grep '^not ok' told | head -n 1)"
cat told
cat told.err >&2
# a step whose commit was under way may have been found done on the new one, so that none had to fail
[ "$(on_new)" -gt "$promoted" ] || wrong "nobody wrote to the new primary"
try 0 otto log checkpoint
try 0 otto log verify
receive "$demands/01-us-warrant.json"
try 0 otto log checkpoint
try 0 otto log verify
verdict "a synchronous standby promoted: nothing acknowledged is lost, the ledger goes on"

two
receive "$demands/01-us-warrant.json"
try 0 otto log checkpoint
following async
cluster kill "$B"
try 0 rob --json matter show "$CASE"
cp out standby.has
try 0 rob order examine "$CASE" pass --reason "Judge, probable cause, one account."
try 0 otto --json log checkpoint
signed=$(field size out)
cluster kill "$A"
cluster up "$B"
cluster promote "$B"
try 0 rob --json matter show "$CASE"
cmp -s out standby.has || wrong "the examination is there, and should not be"
try 5 otto log checkpoint
has err 'Go back to the newest database'
try 1 root doctor
has out 'LOOK .*the signer'
try 1 otto log verify
has out 'FOUND rolled back'
# it goes on to another history of the same length, and beyond
for _ in 1 2; do
	try 0 iris demand add "$demands/01-us-warrant.json"
	try 5 otto log checkpoint
	has err "signed last, of $signed|fork: another tree of $signed"
	has err 'Go back to the newest database'
done
try 1 otto log verify
has out 'FOUND fork'
verdict "an asynchronous standby promoted: the signer refuses, and says what to do"
exit $bad
