#!/bin/sh
# What sealing a production costs beside the tool that seals alone, all in one run on one machine. Called by
# `./dev bench seal` with WRIT set to the release program.
#
# usage: bench/seal.sh [--quick] [MEGABYTES]      default 5000
#
# For each round: `age` alone to /dev/null, our stream to /dev/null (archive, plain text and sealed bytes hashed on the
# way), both to a file that is synced, then `writ produce` (the same stream, gate, manifest, recorded; before that each
# file is read once more and held against its scope, which is no part of sealing and has no aim here). The median of the rounds counts. Memory is that of
# the program and all its children at one moment. For OpenPGP, and for CMS up to its 100 MB, the same is printed
# without an aim. A missed aim is marked and is no failure.
#
# Environment: SEAL_ROUNDS (3); SEAL_DIR, a folder with room for twice the size (a new one in /tmp);
# SEAL_OUT, where the sealed files go (SEAL_DIR): on another disk, or in memory.
. "$(dirname "$0")/../../test/flow/lib"
cd "$work" || exit 1
rounds=${SEAL_ROUNDS:-3}
if [ "${1:-}" = --quick ]; then
	rounds=1
	shift
	set -- "${1:-200}"
fi
mb=${1:-5000}
stream=$root/build/rel/bench/seal_times
(cd "$root" && make -s MODE=rel B=build/rel build/rel/bench/seal_times) || exit 1
case $mb in '' | *[!0-9]* | 0*)
	sed -n '/^# usage: /,/^#$/s/^# \{0,1\}//p' "$root/tools/bench/seal.sh" >&2
	exit 64
	;;
esac
D=${SEAL_DIR:-$work}
O=${SEAL_OUT:-$D}/sealed
mkdir -p "$O"
trap 'rm -rf "$work" "$O" "$D/plain"' EXIT

# bytes like those of /dev/urandom, made faster
openssl enc -aes-256-ctr -pass pass:1 -nosalt -pbkdf2 </dev/zero 2>/dev/null | head -c $((mb * 1000000)) >"$D/plain"
cp "$root"/examples/demands/*.txt "$work/"
at 2026-08-17T08:00:00Z
make_instance
at 2026-09-01T16:00:00Z

# approved KEYFILE N: a case with four approved items, sealed to this key.
approved() {
	awk -v key="$(awk '{ printf "%s\\\\n", $0 }' "$1" | sed 's/\\\\n$//')" -v n="$2" '
		/"number":/ { sub(/SW-26-4471/, "SW-26-90" n) }
		/"key":/ { print "    \"key\": \"" key "\""; next }
		{ print }' "$demands/01-us-warrant.json" >demand.json
	receive "$work/demand.json"
	try 0 rob order examine "$CASE" pass --reason "Judge, one account, six months."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 carla item second "$CASE" --item 4
	[ -z "$why" ] || {
		echo "bench: $why" >&2
		exit 1
	}
}

now() {
	date +%s.%N
}
median() {
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# looked FILE ITEM: no machine can check such bytes; another person says that they may leave. Not measured.
looked() {
	try 0 rita scope confirm "$CASE" --item "$2" --file "$1"
	[ -z "$why" ] || {
		echo "bench: $why" >&2
		exit 1
	}
}

# produced FILE1 FILE2 NAME: one line of time and memory at the end of the file NAME.
produced() {
	looked "$1" 1
	looked "$2" 2
	python3 "$root/tools/bench/tree_memory.py" "$WRIT" -d "$I" --secret "$I/secrets/cole" produce "$CASE" \
		--file 1="$1" --file 2="$2" --out "$O" >>"$3" 2>produce.err || {
		cat produce.err >&2
		exit 1
	}
	rm -f "$O"/*.tar.*
}

echo small >small # of the second item
age-keygen -y "$root/examples/officer.key" >age.key
R=$(cat age.key)
cat "$D/plain" >/dev/null
for r in $(seq "$rounds"); do
	approved age.key "1$r"
	t=$(now)
	age -r "$R" <"$D/plain" >/dev/null
	echo "$(now) $t" | awk '{ print $1 - $2 }' >>alone.null
	"$stream" age.key "$D/plain" >>stream.null
	t=$(now)
	age -r "$R" <"$D/plain" >"$O/alone"
	sync "$O/alone"
	echo "$(now) $t" | awk '{ print $1 - $2 }' >>alone.sync
	rm "$O/alone"
	"$stream" age.key "$D/plain" "$O/alone" >>stream.sync
	rm "$O/alone"
	produced "$D/plain" small writ.age
done

awk -v mb="$mb" -v null="$(median alone.null)" -v synced="$(median alone.sync)" -v writ="$(median writ.age)" \
	-v stream="$(median stream.null)" -v kept="$(median stream.sync)" '
	function line(what, value, unit, aim, met) {
		printf "%-58s %8.2f %-6s%s\n", what, value, unit, aim == "" ? "" : "  aim " aim (met ? "" : "  MISSED")
	}
	{ rss = $2 > rss ? $2 : rss; pss = $3 > pss ? $3 : pss }
	END {
		line("age alone to /dev/null", mb / null, "MB/s", "")
		line("age alone to a synced file", mb / synced, "MB/s", "")
		line("writ produce, " mb " MB, to a synced file", mb / writ, "MB/s", "")
		line("our stream to /dev/null", mb / stream, "MB/s", "")
		line("our stream / age alone, both to /dev/null", null / stream, "x", ">= 0.5", null / stream >= 0.5)
		line("writ produce / age alone to /dev/null", null / writ, "x", "")
		line("our stream / age alone, both to a synced file", synced / kept, "x", ">= 0.8", synced / kept >= 0.8)
		line("writ produce / age alone to a synced file", synced / writ, "x", "")
		line("most memory, children included, shared pages once each", rss / 1024, "MiB", "<= 32", rss <= 32 * 1024)
		line("the same with shared pages divided", pss / 1024, "MiB", "")
	}' writ.age

export GNUPGHOME="$work/gnupg"
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --faked-system-time 20200101T000000 \
	--quick-gen-key "bench <bench@police.example>" rsa3072 encr never 2>gpg.err || exit 1
gpg --batch --armor --export >pgp.key 2>gpg.err
head -c $((mb < 500 ? mb * 1000000 : 500000000)) "$D/plain" >part-1
head -c $((mb < 90 ? mb * 1000000 : 90000000)) "$D/plain" >part-2
approved pgp.key 31
produced part-1 small writ.pgp
awk -v mb="$(wc -c <part-1 | awk '{ print $1 / 1e6 }')" '
	{ printf "OpenPGP, %d MB: %.0f MB/s, %.1f MiB\n", mb, mb / $1, $2 / 1024 }' writ.pgp
# a certificate that holds on the day of the demand: this machine may know only younger ones
: >index.txt
echo 01 >serial
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' >ca.cnf
openssl req -new -newkey rsa:2048 -nodes -keyout cms.secret -out cms.csr -subj /CN=bench 2>openssl.err
openssl ca -batch -notext -selfsign -config ca.cnf -keyfile cms.secret -in cms.csr -out cms.key \
	-startdate 20200101000000Z -enddate 20491231000000Z 2>openssl.err

approved cms.key 32
produced part-2 small writ.cms
awk -v mb="$(wc -c <part-2 | awk '{ print $1 / 1e6 }')" '
	{ printf "CMS, %d MB: %.0f MB/s, %.1f MiB\n", mb, mb / $1, $2 / 1024 }' writ.cms
