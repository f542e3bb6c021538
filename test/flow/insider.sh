#!/bin/sh
# What a colleague with one role, or with a clock of their own, must not be able to do or to learn.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
demands=$root/examples/demands
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
. "$root/test/engine"

ok() { printf 'ok %s\n' "$1"; }
bad() { printf 'not ok %s: %s\n' "$1" "$2"; }
check() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1" "wanted \"$2\", got \"$3\" ($(cat out err 2>/dev/null))"; fi; }
as() { who=$1; shift; "$WRIT" -d i --secret "$who" "$@"; }
status() { rc=0; "$@" >out 2>err || rc=$?; echo $rc; }
field() { sed -n 's/^ *"'"$1"'": "\(.*\)",\{0,1\}$/\1/p' | head -n 1; }
add() { as iris --json demand add "$1" | field demand; }
opened() { ref=$1; shift; as iris --json demand open "$ref" "$@" | field case; }

# ---- the clock is nobody's to set ---------------------------------------------------------------
unset WRIT_NOW
init real --provider P --origin p.example/w >/dev/null
"$WRIT" -d real user add root --roles admin --secret-out realroot >/dev/null
check "an instance in use has the system's clock" 0 "$(status "$WRIT" -d real --secret realroot user list)"
check "and refuses one set by hand" 5 "$(WRIT_NOW=2030-01-01T00:00:00Z status "$WRIT" -d real --secret realroot user list)"
[ -n "${WRIT_TEST_PG:-}" ] ||
	check "the database is nobody else's to read" 600 "$(stat -c %a real/data/writ.db)"

# ---- a house --------------------------------------------------------------------------------------
WRIT_NOW=2026-10-05T09:00:00Z
export WRIT_NOW
init i --provider "Example Mail" --origin mail.example/writ --zone Europe/Berlin >/dev/null
sed -i 's/establishments: DE/establishments: DE US/' i/writ.yaml
"$WRIT" -d i user add root --roles admin --secret-out root >/dev/null
for p in iris:intake rob:reviewer rita:reviewer cole:collector otto:auditor; do
	as root user add "${p%%:*}" --roles "${p#*:}" --secret-out "${p%%:*}" >/dev/null
done
check "a secret can come over a pipe" 0 "$(status sh -c "'$WRIT' -d i --secret - demand list <iris")"
check "a person has at least one role" 65 "$(status as root user add eve --roles '' --secret-out eve)"

# ---- reading ----------------------------------------------------------------------------------------
us=$(add "$demands/02-us-subpoena-with-content.json")
case=$(opened "$us")
check "an auditor sees that there is a demand" 0 "$(status as otto demand show "$us")"
if grep -qE 'r\.roe|Reyes|GJ-26' out; then bad "but not whom it concerns" "$(cat out)"; else ok "but not whom it concerns"; fi
check "a collector reads no findings" 5 "$(status as cole matter why "$case")"
as cole matter show "$case" >out
if grep -q 'r\.roe' out; then bad "and sees nothing that is not approved" "$(cat out)"; else ok "and sees nothing that is not approved"; fi

# ---- the sender --------------------------------------------------------------------------------------
sed 's/"verified": true/"verified": false/; s/GJ-26-118/GJ-26-119/' "$demands/02-us-subpoena-with-content.json" >unknown.json
us=$(add unknown.json)
case=$(opened "$us")
as rob matter show "$case" >out
if grep -q HOUSE-P1-AUTHORITY out; then ok "an unverified sender stands in the findings"; else bad "an unverified sender stands in the findings" "$(cat out)"; fi
as iris demand verify "$us" >/dev/null
as rob matter show "$case" >out
if grep -q HOUSE-P1-AUTHORITY out; then bad "until somebody has verified it" "$(cat out)"; else ok "until somebody has verified it"; fi

# ---- one person alone ------------------------------------------------------------------------------
de=$(add "$demands/04-de-bestandsdaten.json")
case=$(opened "$de")
as iris item correct "$case" --item 1 --kind email --value ex.wife@mail.example >/dev/null
as rob order examine "$case" pass --reason "§ 100j StPO." >/dev/null
as rob item decide "$case" produce --item 1 --item 2 --reason "Bestandsdaten." >/dev/null
sh "$root/test/collected" data ex.wife@mail.example >1.txt
check "an identifier put in place of the paper's needs a second person" 5 \
	"$(status as cole produce "$case" --file 1=1.txt --out .)"
check "who decided is not the second" 5 "$(status as rob item second "$case" --item 1)"
check "another one is" 0 "$(status as rita item second "$case" --item 1)"
check "then it goes out" 0 "$(status as cole produce "$case" --file 1=1.txt --out .)"
as rob order judge "$case" >/dev/null
as rita order examine "$case" fail --reason "The paper names another account." >/dev/null
check "after a failed examination nothing more does" 5 "$(status as cole produce "$case" --file 2=1.txt --out .)"

# ---- the account --------------------------------------------------------------------------------------
bad_one=$(opened "$(add "$demands/05-de-no-basis.json")")
as rob order reject "$bad_one" --code no_basis --reason "No statute is named." >/dev/null
other=$(add "$demands/01-us-warrant.json")
check "another authority does not cure a refusal" 5 "$(status as iris demand open "$other" --cures "$bad_one")"
cured=$(add "$demands/05b-de-cured.json")
check "the same one does" 0 "$(status as iris demand open "$cured" --cures "$bad_one")"
again=$(sed 's/ergänzt/nochmals/' "$demands/05b-de-cured.json" >again.json && add again.json)
check "and only once" 4 "$(status as iris demand open "$again" --cures "$bad_one")"
press=$(add "$demands/07-de-plain-mail.json")
as iris demand sort-out "$press" --kind press >/dev/null
check "no demand vanishes into one that is not counted" 65 "$(status as iris demand merge "$again" "$press")"
check "nor into one of another country" 65 "$(status as iris demand merge "$again" "$other")"
as otto log checkpoint >/dev/null
check "the ledger verifies" 0 "$(status as otto log verify)"
