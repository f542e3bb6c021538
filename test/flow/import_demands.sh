#!/bin/sh
# Open demands out of a register kept as a table, by a mapping file alone: into triage, each with its own
# ledger entry; wrong rows are named with line and column and the rest is untouched by them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
. "$root/test/engine"
WRIT_NOW=2026-12-05T09:00:00Z
export WRIT_NOW
map=$root/examples/open/register.map.yaml

ok() { printf 'ok %s\n' "$1"; }
bad() { printf 'not ok %s: %s\n' "$1" "$2"; }
# check NAME WANT GOT
check() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1" "wanted \"$2\", got \"$3\""; fi; }
as() { who=$1; shift; "$WRIT" -d i --secret "$who" "$@"; }
status() { rc=0; "$@" >out 2>err || rc=$?; echo $rc; }

make_instance() {
	drop_instance i
	rm -f root iris
	init i --provider "Example Mail" --origin mail.example/writ --zone Europe/Berlin >/dev/null
	"$WRIT" -d i user add root --roles admin --secret-out root >/dev/null
	as root user add iris --roles intake --secret-out iris >/dev/null
}

make_instance
check "the register comes in" 0 "$(status as iris import demands "$root/examples/open/register.csv" --map "$map")"
check "every row waits in triage" 3 "$(as iris demand list | wc -l)"
check "a demand has what its row said" 1 "$(as iris --json demand list | grep -c '"channel": "fax"')"
as iris demand list --limit 2 >page1 2>more
ref=$(awk 'NR == 2 { print $1 }' page1)
check "a page is as long as it is asked to be, and says that more follow" "2 writ: 2 shown, more follow: --after $ref" \
	"$(wc -l <page1) $(cat more)"
as iris demand list --limit 2 --after "$ref" >page2 2>more
check "the pages are the list" "$(as iris demand list)" "$(cat page1 page2)"
check "the last page says nothing" "" "$(cat more)"
check "a page of none is refused" 65 "$(status as iris demand list --limit 0)"
check "a page after what is not there is refused" 3 "$(status as iris demand list --after 0000-0000-00000)"
ref=$(as iris demand list | awk 'NR == 1 { print $1 }')
check "it opens like any other" 0 "$(status as iris demand open "$ref")"
check "one case is a whole page" "1 " "$(as iris matter list --limit 1 2>more | wc -l) $(cat more)"
check "the same file again is refused" 4 "$(status as iris import demands "$root/examples/open/register.csv" --map "$map")"
check "a map for history is no map for demands" 65 \
	"$(status as iris import demands "$root/examples/open/register.csv" --map "$root/examples/maps/cisco-2022h1.map.yaml")"
as iris log checkpoint >/dev/null
check "the ledger verifies" 0 "$(status as iris log verify)"

# One row, whose authority's name would show what follows it in another order.
make_instance
{
	head -n 1 "$root/examples/open/register.csv"
	printf '04.12.2026;08:30;Polizei \342\200\256eztiM;K12/0009-26;PHK Muster;x@polizei.example;Bestandsdaten;§ 100j StPO;d.muster@mail.example;Brief\n'
} >one.csv
check "one demand is one" "1 demand waits in triage (writ demand list). Rows refused: 0." \
	"$(as iris import demands one.csv --map "$map")"
check "marks of direction in a name do not reach the terminal" "1 0" \
	"$(as iris demand list | grep -c 'Polizei �eztiM$') $(as iris demand list | grep -c "$(printf '\342\200\256')")"

make_instance
{
	cat "$root/examples/open/register.csv"
	echo '31.02.2026;08:30;Polizei;K12/0002-26;PHK Geheim;x@polizei.example;Bestandsdaten;§ 100j StPO;d.muster@mail.example;Brief'
	echo '04.12.2026;08:30;Polizei;K12/0001-26;PHK Geheim;x@polizei.example;Bestandsdaten;§ 100j StPO;e.muster@mail.example;Brief'
	echo '04.12.2026;08:30;Polizei;K12/0003-26;PHK Geheim;x@polizei.example;Durchsuchung;§ 102 StPO;f.muster@mail.example;Brief'
	echo '04.12.2027;08:30;Polizei;K12/0004-26;PHK Geheim;x@polizei.example;Bestandsdaten;§ 100j StPO;g.muster@mail.example;Brief'
} >wrong.csv
check "with wrong rows the rest comes in" 0 "$(status as iris import demands wrong.csv --map "$map")"
for line in 5 6 7 8; do
	if grep -q "^refused: wrong.csv:$line:[0-9]*: " err; then ok "row of line $line is refused by its place"
	else bad "row of line $line is refused by its place" "$(cat err)"; fi
done
if grep -qE 'Geheim|muster@|polizei' err; then bad "no row's text is repeated" "it is"; else ok "no row's text is repeated"; fi
check "the good rows wait in triage" 3 "$(as iris demand list | wc -l)"

make_instance
check "--whole with a wrong row stores nothing" 65 "$(status as iris import demands wrong.csv --map "$map" --whole)"
check "nothing waits in triage" 0 "$(as iris demand list | grep -c encrypted_mail)"
check "--whole of a good file is one step" 0 \
	"$(status as iris import demands "$root/examples/open/register.csv" --map "$map" --whole)"
check "its rows wait in triage" 3 "$(as iris demand list | wc -l)"
check "the ledger verifies then" 0 "$(status as iris log verify)"
