#!/bin/sh
# The ledger at the command line: checkpoints, proofs, an exported log that anybody verifies without an
# instance; and what is found when bytes are flipped, entries cut, or a checkpoint of a fork is put there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
. "$root/test/engine"
WRIT_NOW=2026-12-05T09:00:00Z
export WRIT_NOW

ok() { printf 'ok %s\n' "$1"; }
bad() { printf 'not ok %s: %s\n' "$1" "$2"; }
check() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1" "wanted \"$2\", got \"$3\""; fi; }
has() { if grep -q -- "$2" out err; then ok "$1"; else bad "$1" "no \"$2\" in: $(cat out err)"; fi; }
as() { who=$1; shift; "$WRIT" -d i --secret "$who" "$@"; }
status() { rc=0; "$@" >out 2>err || rc=$?; echo $rc; }
# flip FILE OFFSET: changes one byte
flip() {
	b=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %o $(((b + 1) % 256)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
verify() { status "$WRIT" log verify x --key i/keys/log.vkey; }
fresh() { rm -rf x; cp -r log x; }

init i --provider "Example Mail" --origin mail.example/writ --zone Europe/Berlin >/dev/null
"$WRIT" -d i user add root --roles admin --secret-out root >/dev/null
as root user add iris --roles intake --secret-out iris >/dev/null
as root user add otto --roles auditor --secret-out otto >/dev/null
as otto log checkpoint >first
awk 'NR <= 21' "$root/examples/history/2013h1.csv" >some.csv
sed '/^total:/,/^[a-z]/{/^total:/d;/^ /d}' "$root/examples/history/2013h1.map.yaml" >some.map.yaml
as iris import closed some.csv --map some.map.yaml >/dev/null
check "who may not count learns no size" "The slot is closed and its tree is signed." "$(as iris log checkpoint)"
check "nor from the verification" "All of it verifies." "$(as iris log verify)"
check "nor from an export or a proof" 5 "$(status as iris log export nothing)"
check "a checkpoint is made" 0 "$(status as otto log checkpoint)"
has "it is a signed note of the origin" "^— mail.example/writ "
check "the own log verifies" 0 "$(status as iris log verify)"
check "the log is exported" 0 "$(status as otto log export log)"
check "without an instance the export verifies" 0 "$(cd / && status_file= && rc=0 && "$WRIT" log verify "$work/log" --key "$work/i/keys/log.vkey" >"$work/out" 2>"$work/err" || rc=$?; echo $rc)"
check "with the text of the key as well" 0 "$(status "$WRIT" log verify log --key "$(cat i/keys/log.vkey)")"
check "not with another log's key" 1 "$(rc=0; "$WRIT" log verify log --key i/keys/receipt.vkey >out 2>err || rc=1; echo $rc)"

leaf=$(as iris --json demand add "$root/examples/demands/04-de-bestandsdaten.json" | sed -n 's/^ *"leaf": "\(.*\)",\{0,1\}$/\1/p')
check "before its slot closes an entry has no proof" 3 "$(status as otto log prove "$leaf")"
as iris log checkpoint >/dev/null
check "then it has one" 0 "$(status as otto log prove "$leaf" --out proof)"
check "anybody checks it" 0 "$(status "$WRIT" log check-proof proof --key i/keys/log.vkey)"
n=$(($(wc -c <proof) / 2))
flip proof $n
check "a changed proof is refused" 1 "$(rc=0; "$WRIT" log check-proof proof --key i/keys/log.vkey >out 2>err || rc=1; echo $rc)"

entries=$(find log/tile/entries -type f | sort | head -n 1)
entries=${entries#log/}
fresh
flip "x/$entries" 1000
check "a flipped byte of an entry is found" 1 "$(verify)"
has "and the entry is named" "entry"
fresh
tile=$(find x/tile/0 -type f | sort | head -n 1)
flip "$tile" 40
check "a flipped byte of a tile is found" 1 "$(verify)"
has "and the tile is named" "tile"
fresh
rm "x/$entries"
check "entries that are gone are found" 1 "$(verify)"
fresh
flip x/checkpoint 30
if [ "$(verify)" != 0 ]; then ok "a changed checkpoint is refused"; else bad "a changed checkpoint is refused" "it verifies"; fi
fresh
cp first x/checkpoint
if [ "$(verify)" != 0 ]; then bad "an older checkpoint of the same log is a smaller log" "$(cat out err)"; else ok "an older checkpoint of the same log is a smaller log"; fi

# A database put back to an older day is a smaller tree than the signer has signed.
copy_instance i older
as iris demand add "$root/examples/demands/05-de-no-basis.json" >/dev/null
as iris log checkpoint >/dev/null
# the keys know more than the database: the older one comes under the newer keys
rm -rf older/keys && cp -r i/keys older && drop_instance i && mv older i
if [ "$(status as otto log verify)" = 0 ]; then bad "a database of an older day is found" "it verifies"; else ok "a database of an older day is found"; fi
as iris demand add "$root/examples/demands/07-de-plain-mail.json" >/dev/null
if [ "$(status as otto log checkpoint)" = 0 ]; then bad "and no other history is signed after it" "it is"; else ok "and no other history is signed after it"; fi
