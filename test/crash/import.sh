#!/bin/sh
# An import of history and the closing of a slot, killed (kill -9) at moments spread over their whole
# duration. After each kill: the ledger verifies, what is stored is a whole number of batches and known to
# the row of the import, and the same command goes on and ends with the exact totals.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../flow/lib"
. "$here/lib"

ROWS=25000
BATCH=20000 # records a transaction (desk/closed.h)
MOMENTS=${MOMENTS:-38}
SLOT_MOMENTS=${SLOT_MOMENTS:-12}

awk -v n=$ROWS 'BEGIN {
	split("US DE GB FR IT", country, " ")
	split("content noncontent no_data rejected", outcome, " ")
	print "country,class,outcome,accounts"
	for (i = 0; i < n; i++)
		printf "%s,%s,%s,%d\n", country[1 + i % 5], i % 3 ? "warrant" : "subpoena", outcome[1 + i % 4], i % 7 % 5
}' >closed.csv
ACCOUNTS=$(awk -F, 'NR > 1 { sum += $4 } END { print sum }' closed.csv)
cat >closed.yaml <<'YAML'
kind: closed
source:
  publisher: Crash
  title: Generated demands
  date: 2013
period: 2013H1
country:
  column: country
class:
  column: class
outcome:
  - is: content
    where:
      outcome: content
  - is: noncontent
    where:
      outcome: noncontent
  - is: no_data
    where:
      outcome: no_data
  - is: rejected
accounts: accounts
YAML

fresh() {
	drop_instance "$I"
	copy_instance "$1" "$I"
}

# ledger: a checkpoint is made and everything verifies; in verify.json.
ledger() {
	try 0 otto log checkpoint
	try 0 otto --json log verify
	mv out verify.json
}

# stored: what the import is known to have; "" before it began.
stored() {
	try 0 iris --json import list
	field records out
}

make_instance "$work/base"
I=$work/instance
MS=0
for i in 1 2 3; do
	fresh "$work/base"
	least_ms "$WRIT" -d "$I" --secret "$I/secrets/iris" import closed closed.csv --map closed.yaml
done
IMPORT_MS=$MS
copy_instance "$I" "$work/waiting"
MS=0
for i in 1 2 3; do
	fresh "$work/waiting"
	least_ms "$WRIT" -d "$I" --secret "$I/secrets/otto" log checkpoint
done
SLOT_MS=$MS
verdict "measured: import and slot"

moments $MOMENTS "$IMPORT_MS" >delays
none=0
part=0
whole=0
while read -r delay; do
	fresh "$work/base"
	killed "$delay" iris import closed closed.csv --map closed.yaml
	ledger
	records=$(stored)
	same "closed records after $delay s" "$(field closed verify.json)" "${records:-0}"
	case ${records:-0} in
	0) none=$((none + 1)) ;;
	"$BATCH") part=$((part + 1)) ;;
	"$ROWS") whole=$((whole + 1)) ;;
	*) wrong "killed after $delay s: $records records are stored, which is no whole number of batches" ;;
	esac
	try 0 iris --json import list
	if [ "$(field done out)" = true ]; then
		try 4 iris import closed closed.csv --map closed.yaml
		has err "imported already"
	else
		try 0 iris import closed closed.csv --map closed.yaml
		ledger
	fi
	same "closed records at the end" "$(field closed verify.json)" "$ROWS"
	try 0 iris --json import list
	same records "$(field records out)" "$ROWS"
	same accounts "$(field accounts out)" "$ACCOUNTS"
	same "done" "$(field done out)" true
done <delays
verdict "import killed at $MOMENTS moments: whole batches, the ledger verifies, the rest comes after"
# Where the moments all fall before the first or after the last commit, nothing was shown.
[ $((none + part)) -ge 5 ] || wrong "before the end: $((none + part)) of $MOMENTS"
verdict "enough of the kills hit the work ($none before a batch, $part between two, $whole after the last)"

moments $SLOT_MOMENTS "$SLOT_MS" >delays
while read -r delay; do
	fresh "$work/waiting"
	killed "$delay" otto log checkpoint
	try 0 otto --json log verify # as it was left
	# the tree is placed whole or not at all, and signed at most once
	placed=$(field placed out)
	case $placed in
	0) ;;
	*) same "waiting beside $placed placed" "$(field pending out)" 0 ;;
	esac
	ledger
	same "placed after the next checkpoint" "$(field pending verify.json)" 0
	same "signed" "$(field signed_size verify.json)" "$(field placed verify.json)"
done <delays
verdict "slot closing killed at $SLOT_MOMENTS moments: placed whole or not at all, the next call signs it"
exit $bad
