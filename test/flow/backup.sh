#!/bin/sh
# Backup and restore: an empty folder becomes the same instance, with the same ledger root and the same
# published bytes; where the signer is lost or knows more, the log goes on in an epoch of its own that
# verifies against the old one. What is damaged, cut or of another key is refused, a full disk and a kill
# leave nothing half, and the journal tells what the backup cannot know.
. "$(dirname "$0")/lib"

KILLS=${1:-2} # of a backup and of a restore

# restore STATUS DIR FILE ARGS...: into a database of its own, with the people's secrets.
restore() {
	want=$1
	to=$2
	from=$3
	shift 3
	if [ -n "${WRIT_TEST_PG:-}" ]; then
		new_database || wrong "no database"
		set -- "$@" --database "$(url_of "$NAME" app)" --database-owner "$(url_of "$NAME" owner)"
	fi
	run "$want" restore "$from" --to "$to" "$@"
	[ "$want" = 0 ] || return 0
	if [ -n "${WRIT_TEST_PG:-}" ]; then url_of "$NAME" app; else echo sqlite:data/writ.db; fi >"$to/.database"
	cp -r "$work/instance/secrets" "$to/"
}

# root_of: the newest signed tree, as the newest checkpoint has it: size and root.
root_of() {
	try 0 otto log checkpoint
	sed -n 2,3p out | tr '\n' ' '
}

# flip FILE OFFSET: changes one byte
flip() {
	b=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %o $(((b + 1) % 256)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

nothing() { [ ! -e "$1" ] || wrong "$1 is there"; }
size_of() { wc -c <"$1" | tr -d ' '; }

at 2026-08-17T08:00:00Z
make_instance
cp "$demands/04-de-bestandsdaten.json" big.json
sed -i 's/"papers": \[\]/"papers": ["big.bin"]/' big.json
dd if=/dev/urandom of=big.bin bs=1024 count=600 2>/dev/null
at 2026-09-02T09:00:00Z
receive "$demands/01-us-warrant.json"
try 0 rob order examine "$CASE" pass --reason "Judge."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 carla item second "$CASE" --item 4
files 1 2 3 4
try 0 cole produce "$CASE" $FILES --out "$O"
try 0 cole deliver "$(basename "$O"/*.tar.age .tar.age)" --channel encrypted_mail
at 2026-09-10T09:00:00Z
receive big.json
try 0 rita order reject "$CASE" --code wrong_instrument --reason "No."
at 2027-01-03T09:00:00Z
try 0 iris --json demand add "$demands/07-de-plain-mail.json"
SORTED=$(field demand out)
try 0 iris demand verify "$SORTED"
try 0 iris demand sort-out "$SORTED" --kind press
at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2
try 0 pia edition publish 2026H2 --out site
first=$(root_of)
try 0 otto log export old
verdict "an instance with cases, documents, a published edition"

try 5 otto backup denied.writ
nothing denied.writ
try 0 root backup one.writ --check
has out "every row is the same, and"
try 4 root backup one.writ
has err "exists already"
nothing one.writ.tmp
same "other files" "$(ls | grep -c 'one.writ')" 1
same "mode" "$(stat -c %a one.writ)" 600
verdict "a backup is made, and checked by restoring it"

# ---- the signer is there ----
copy_instance "$I" "$work/alive"
old=$I
restore 0 "$work/same" one.writ --keys "$work/alive/keys" --journal "$I/journal/writ.journal"
has out "The log goes on as it was"
has out "^Journal: 3 acknowledged demands are in the backup"
has out "^Nothing was acknowledged that the backup does not hold"
I=$work/same
same "the root" "$(root_of)" "$first"
entries >/dev/null
try 0 pia edition publish 2026H2 --out site.same
diff -r site site.same >diff.out 2>&1 || wrong "the edition's bytes differ: $(head -n 1 diff.out)"
try 0 otto log export new
diff -r old new >diff.out 2>&1 || wrong "the exported logs differ: $(head -n 1 diff.out)"
receive "$demands/03-us-all-users.json"
try 0 otto log checkpoint
has out "^— mail.example/writ "
entries >/dev/null
verdict "on an empty machine with its signer: same root, same log, same edition bytes; work goes on"

# ---- the signer is lost ----
restore 0 "$work/epoch" one.writ --instance-key "$old/keys/instance.key"
has out "epoch 2, with new keys"
has out "^NO JOURNAL: what was acknowledged or erased after 2027-01-04T09:00:00Z is not known"
has out "the root is $(sed -n 3p old/checkpoint | base64 -d | od -An -tx1 | tr -d ' \n'), as it was saved"
I=$work/epoch
same "what there is of keys" "$(cd "$I/keys" && ls | tr '\n' ' ')" "epoch-2 instance.key log.vkey receipt.vkey "
entries >/dev/null
try 0 otto log verify
has out "^Epochs: 2, .*at its end: 0"
try 0 otto log checkpoint
has out "^— mail.example/writ/2 "
try 0 otto log export log2
run 0 log verify log2 --key "$I/keys/epoch-2/log.vkey"
run 0 log verify old --key "$I/keys/log.vkey"
run 1 log verify log2 --key "$I/keys/log.vkey"
n=$(sed -n 2p old/checkpoint)
head -c 33 "$(find old/tile/entries -type f | sort | head -n 1)" >a
head -c 33 "$(find log2/tile/entries -type f | sort | head -n 1)" >b
cmp -s a b || wrong "the new log begins with other entries"
same "the size" "$(sed -n 2p log2/checkpoint)" $((n + 1))
try 0 pia edition publish 2026H2 --out site.epoch
diff -r site site.epoch >diff.out 2>&1 || wrong "the edition's bytes differ: $(head -n 1 diff.out)"
try 0 iris --json demand add "$demands/03-us-all-users.json"
leaf=$(field leaf out)
try 0 otto log checkpoint
try 0 otto log prove "$leaf" --out proof
run 0 log check-proof proof --key "$I/keys/epoch-2/log.vkey"
entries >/dev/null
verdict "without its signer: a new epoch over the same entries, which verifies against the old one"

# ---- the signer knows more ----
I=$old
at 2027-01-05T09:00:00Z
receive "$demands/06-de-ip-logs.json"
try 0 otto log checkpoint
copy_instance "$I" "$work/later"
restore 0 "$work/behind" one.writ --keys "$work/later/keys" --journal "$I/journal/writ.journal"
has out "epoch 2, with new keys: the signer has signed more entries"
has out "^ACKNOWLEDGED AND LOST: 1 demand is"
has out "^  2027-01-05T09:00:00Z  $(tail -n 1 "$I/journal/writ.journal" | cut -d ' ' -f 4 | cut -c 1-8)$"
nothing "$work/later/keys/log.key"
I=$work/behind
entries >/dev/null
try 0 otto --json log verify
same "entries that are lost" "$(field lost out)" 2
same "the journal's lines" "$(wc -l <"$I/journal/writ.journal" | tr -d ' ')" 4
receive "$demands/06-de-ip-logs.json"
try 0 otto log checkpoint
entries >/dev/null
try 0 root backup behind.writ --check
restore 0 "$work/third" behind.writ --instance-key "$old/keys/instance.key"
has out "as mail.example/writ/3, epoch 3"
I=$work/third
entries >/dev/null
try 0 otto log verify
has out "^Epochs: 3, .*at its end: 2"
verdict "a backup older than the signer: a new epoch says what is lost, and what was acknowledged is listed"

# ---- by hand ----
I=$work/later
mv "$I/keys/log.key.ended" "$I/keys/log.key"
mv "$I/keys/receipt.key.ended" "$I/keys/receipt.key"
rm -r "$I/keys/epoch-2"
try 0 root log epoch
has out "^Signer: fits"
same "files of keys" "$(ls "$I/keys" | grep -c epoch)" 0
rm "$I/keys/log.key"
try 3 iris demand add "$demands/07-de-plain-mail.json"
has err "recorded, its promise is not signed"
try 5 otto log epoch --open
try 0 root log epoch --open
has out "^The log goes on as mail.example/writ/2"
try 0 otto log checkpoint
has out "^— mail.example/writ/2 "
entries >/dev/null
try 0 otto log verify
has out "^Epochs: 2, .*at its end: 0"
verdict "an epoch opened by hand when a key is lost"

# ---- what is not a whole backup of this instance ----
I=$old
refused() {
	restore 1 "$work/no" "$2" --instance-key "$I/keys/instance.key"
	has err "$1"
	nothing "$work/no"
	nothing "$work/no.part"
}
n=$(size_of one.writ)
for where in 118 70000 $((n - 1)); do
	cp one.writ cut.writ
	flip cut.writ "$where"
	refused "damaged or cut" cut.writ
	head -c "$where" one.writ >cut.writ
	[ "$where" = 118 ] || refused "damaged or cut" cut.writ
done
{ cat one.writ; echo; } >cut.writ
refused "damaged or cut" cut.writ
for where in 20 90; do
	cp one.writ cut.writ
	flip cut.writ "$where"
	restore 65 "$work/no" cut.writ --instance-key "$I/keys/instance.key"
	has err "head is damaged"
done
restore 65 "$work/no" big.bin --instance-key "$I/keys/instance.key"
has err "not a backup"
dd if=/dev/urandom of=foreign.key bs=32 count=1 2>/dev/null
chmod 400 foreign.key
restore 5 "$work/no" one.writ --instance-key foreign.key
has err "another instance key"
restore 3 "$work/no" none.writ --instance-key "$I/keys/instance.key"
nothing "$work/no"
mkdir full && echo x >full/x
restore 4 "$work/full" one.writ --instance-key "$I/keys/instance.key"
has err "not empty"
same "what was there" "$(ls full)" x
mkdir empty no.part && echo x >no.part/left
restore 4 "$work/no" one.writ --instance-key "$I/keys/instance.key"
has err "no.part: not empty"
same "somebody's own folder" "$(cat no.part/left)" x
: >no.part/.restoring
echo mine >own.writ.tmp
try 4 root backup own.writ
has err "own.writ.tmp is in the way"
same "somebody's own file" "$(cat own.writ.tmp)" mine
restore 0 "$work/empty" one.writ --instance-key "$I/keys/instance.key"
restore 0 "$work/no" one.writ --instance-key "$I/keys/instance.key"
nothing "$work/no/left"
rm -r "$work/no" "$work/empty"
verdict "damaged, cut, foreign: refused with the reason, and nothing is left; a folder in use is not touched"

# ---- the journal ----
cp "$I/journal/writ.journal" torn.journal
printf 'writ/journal/1 ack 17' >>torn.journal
restore 0 "$work/no" one.writ --instance-key "$I/keys/instance.key" --journal torn.journal
has out "torn"
rm -r "$work/no"
sed '2s/1/2/' "$I/journal/writ.journal" >bad.journal
restore 1 "$work/no" one.writ --instance-key "$I/keys/instance.key" --journal bad.journal
has err "line 2 is damaged"
nothing "$work/no"
chmod 000 "$I/journal" 2>/dev/null
mv "$I/journal" "$I/away" && echo x >"$I/journal"
try 1 iris demand add "$demands/09-us-emergency-no-paper.json"
has err "recorded, its promise is not signed.*not acknowledged"
lacks out "promise"
rm "$I/journal" && mv "$I/away" "$I/journal" && chmod 700 "$I/journal"
verdict "a torn journal is said, a damaged one refused; without a journal nothing is promised"

# ---- erased since ----
at 2027-02-20T09:00:00Z
cat >>"$I/writ.yaml" <<YAML
retention:
  - from: 2026-01-01
    role: counsel
    rules:
      - id: sorted
        of: not_data
        after: 10 days
        since: settled
YAML
try 0 carla --json erase propose "$SORTED"
try 0 rob erase confirm "$(field list out)" "$(field hash out)"
try 3 iris demand show "$SORTED"
restore 0 "$work/again" one.writ --instance-key "$I/keys/instance.key" --journal "$I/journal/writ.journal"
has out "erasures done again, or in it: 1"
restore 0 "$work/back" one.writ --instance-key "$I/keys/instance.key"
I=$work/again
try 3 iris demand show "$SORTED"
has err "was erased"
entries >/dev/null
try 0 otto log verify
has out "\([1-9][0-9]* of them erased\)"
try 0 root backup again.writ --check
I=$work/back
try 0 iris demand show "$SORTED"
I=$old
restore 0 "$work/twice" again.writ --instance-key "$I/keys/instance.key" --journal "$work/again/journal/writ.journal"
I=$work/twice
entries >/dev/null
I=$old
rm -r "$work/again" "$work/back" "$work/twice"
verdict "what was erased since the backup is erased again, by the journal alone"

# ---- a full disk ----
(
	trap '' XFSZ
	ulimit -f 256
	rc=0
	"$WRIT" -d "$I" --secret "$I/secrets/root" backup small.writ >out 2>err || rc=$?
	[ "$rc" = 1 ] || echo "ended $rc" >full.why
)
[ ! -e full.why ] || wrong "a full disk: $(cat full.why)"
has err "cannot write"
nothing small.writ
nothing small.writ.tmp
try 0 root backup small.writ
verdict "a disk that fills up leaves nothing of the backup; with space it works"

# ---- others go on working ----
for i in 1 2 3 4 5 6; do
	"$WRIT" -d "$I" --secret "$I/secrets/iris" demand add "$demands/03-us-all-users.json" >>busy.out 2>&1 || echo failed >>busy.out
done &
busy=$!
for i in 1 2; do
	try 0 root backup busy.$i.writ --check
done
wait $busy
lacks busy.out "failed"
restore 0 "$work/busy" busy.2.writ --instance-key "$I/keys/instance.key" --journal "$I/journal/writ.journal"
I=$work/busy
entries >/dev/null
I=$old
entries >/dev/null
verdict "others write while a backup is made"

# ---- kills ----
MS=0
measure() { rm -f k.writ; try 0 root backup k.writ; }
least_ms() {
	began=$(date +%s%N)
	"$@"
	MS=$((($(date +%s%N) - began) / 1000000))
}
least_ms measure
whole=0
for i in $(seq "$KILLS"); do
	rm -f k.writ
	"$WRIT" -d "$I" --secret "$I/secrets/root" backup k.writ >out 2>err </dev/null &
	sleep "$(awk -v i="$i" -v n="$KILLS" -v ms="$MS" 'BEGIN { printf "%.4f", i / n * ms / 1000 }')"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	[ -e k.writ ] || continue
	whole=$((whole + 1))
	restore 0 "$work/k" k.writ --instance-key "$I/keys/instance.key"
	rm -r "$work/k"
done
rm -f k.writ
try 0 root backup k.writ
nothing k.writ.tmp
for i in $(seq "$KILLS"); do
	rm -rf "$work/k"
	set -- --instance-key "$I/keys/instance.key"
	if [ -n "${WRIT_TEST_PG:-}" ]; then
		new_database
		set -- "$@" --database "$(url_of "$NAME" app)" --database-owner "$(url_of "$NAME" owner)"
	fi
	"$WRIT" restore k.writ --to "$work/k" "$@" >out 2>err </dev/null &
	sleep "$(awk -v i="$i" -v n="$KILLS" -v ms="$MS" 'BEGIN { printf "%.4f", i / n * ms / 500 }')"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	[ -e "$work/k" ] || continue
	[ -e "$work/k/writ.yaml" ] || wrong "half an instance after a kill"
	cp -r "$I/secrets" "$work/k/"
	I=$work/k
	entries >/dev/null
	I=$old
done
rm -rf "$work/k"
restore 0 "$work/k" k.writ --instance-key "$I/keys/instance.key"
nothing "$work/k.part"
verdict "a kill in the middle of a backup or a restore leaves nothing or all of it"
exit $bad
