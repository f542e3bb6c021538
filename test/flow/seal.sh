#!/bin/sh
# Productions sealed to each kind of key, opened with the plain tools of Debian by another user of the
# machine; keys that cannot be sealed to; what was changed on the way.
. "$(dirname "$0")/lib"

other=$(TMPDIR=/tmp mktemp -d) # where another user comes to
trap 'rm -rf "$work" "$other"' EXIT
if [ "$(id -u)" = 0 ]; then
	chown nobody "$other"
	as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
else
	as=
fi

# officer COMMAND...: as the officer, who has another account, no access to ours, and their own keys.
officer() {
	(cd "$other" && $as env -i PATH=/usr/bin:/bin HOME="$other" GNUPGHOME="$other/gnupg" LC_ALL=C "$@")
}

# ---- the officers' keys -------------------------------------------------------------------------
# pgp NAME SIGN ENCRYPT: an OpenPGP key without end, made long ago.
pgp() {
	officer gpg --batch --quiet --passphrase '' --faked-system-time 20200101T000000 \
		--quick-gen-key "$1 <$1@police.example>" "$2" cert never 2>>"$work/gpg.err"
	print=$(officer gpg --batch --with-colons --list-keys "$1@police.example" 2>>"$work/gpg.err" |
		awk -F: '$1 == "fpr" { print $10; exit }')
	officer gpg --batch --quiet --passphrase '' --faked-system-time 20200101T000100 \
		--quick-add-key "$print" "$3" encr "${4:-never}" 2>>"$work/gpg.err"
	officer gpg --batch --armor --export "$print" >"$work/$1.key" 2>>"$work/gpg.err"
	echo "$print" >"$work/$1.print"
}

# cert NAME OPTIONS...: a certificate from 2020 to 2049, by itself.
cert() {
	name=$1
	shift
	officer openssl req -new -nodes -subj "/CN=$name" -keyout "$name.secret" -out "$name.csr" "$@" 2>>"$work/openssl.err"
	officer sh -c ': >index.txt && echo 01 >serial &&
		printf "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n" >ca.cnf &&
		openssl ca -batch -notext -selfsign -config ca.cnf -keyfile "$1.secret" -in "$1.csr" -out "$1.pem" \
			-startdate 20200101000000Z -enddate 20491231000000Z' sh "$name" 2>>"$work/openssl.err"
	officer cat "$name.pem" >"$work/$name.key"
}

officer mkdir -m 700 gnupg
pgp curve ed25519 cv25519
pgp rsa rsa2048 rsa2048
cert ec -newkey ec -pkeyopt ec_paramgen_curve:P-256
cert certrsa -newkey rsa:2048
cp "$root/examples/officer.key" "$work/age.secret"
cat "$work/age.secret" | officer sh -c 'umask 077; cat >age.secret'
age-keygen -y "$work/age.secret" >"$work/age.key"
for k in curve rsa ec certrsa age; do
	[ -s "$work/$k.key" ] || wrong "no key $k ($(tail -n 1 gpg.err openssl.err))"
done
verdict "keys of five officers"

# ---- productions --------------------------------------------------------------------------------
at 2026-08-17T08:00:00Z
make_instance
at 2026-09-01T16:00:00Z
number=0
cp "$demands"/*.txt "$work/"

# demand KEY FILE: the warrant of the demo with another number, and this key.
demand() {
	number=$((number + 1))
	awk -v key="$(awk '{ printf "%s\\\\n", $0 }' "$work/$1.key" | sed 's/\\\\n$//')" -v n=$number '
		/"number":/ { sub(/SW-26-4471/, "SW-26-90" n) }
		/"key":/ { print "    \"key\": \"" key "\""; next }
		{ print }' "$demands/01-us-warrant.json" >"$2"
}

# approved KEY: a case with four approved items for this officer.
approved() {
	demand "$1" "$work/demand.json"
	receive "$work/demand.json"
	files 1 2 3 4
	try 0 rob order examine "$CASE" pass --reason "Judge, one account, six months."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 carla item second "$CASE" --item 4
}

# opens KEY FILE: the officer's command for this kind of key; the archive goes to $other/open.tar.
opens() {
	case $1 in
	age) officer sh -c 'age -d -i age.secret "$1" >open.tar 2>open.err' sh "$2" ;;
	curve | rsa) officer sh -c 'gpg --batch --quiet --decrypt "$1" >open.tar 2>open.err' sh "$2" ;;
	*) officer sh -c 'openssl cms -decrypt -inform DER -inkey "$2.secret" -in "$1" -out open.tar 2>open.err' sh "$2" "$1" ;;
	esac
}

suffix() {
	case $1 in
	age) echo age ;;
	curve | rsa) echo gpg ;;
	*) echo p7m ;;
	esac
}

for k in age curve rsa ec certrsa; do
	approved $k
	try 0 cole --json produce "$CASE" $FILES --out "$O"
	P=$(field production out)
	echo "$P" >"$work/$k.ref"
	F=$O/$P.tar.$(suffix $k)
	[ -f "$F" ] || wrong "no file $F"
	officer sh -c "cat >sealed" <"$F"
	! grep -q 'collected for item' "$F" || wrong "$F is not sealed"
	same "its SHA-256 beside it" "$(field sha256 "$O/$P.json")" "$(sha256sum <"$F" | cut -c -64)"
	! grep -q "$CASE\|m.reyes\|@" "$O/$P.json" || wrong "what lies beside it says too much"
	opens $k sealed || wrong "$k: $(officer head -n 1 open.err)"
	rm -rf "$work/open"
	mkdir "$work/open"
	officer cat open.tar | tar -xf - -C "$work/open" 2>tar.err || wrong "tar: $(head -n 1 tar.err)"
	manifest "$work/open"
	same "the manifest, beside it" "$(field manifest "$O/$P.json")" "$(sha256sum <"$work/open/manifest.json" | cut -c -64)"
	grep -q "collected for item 1 of a case" "$work"/open/files/item-001-* || wrong "the file for item 1 is another"
	verdict "sealed for $k, opened by another user with the plain tool"
done

# ---- what was changed on its way ----------------------------------------------------------------
# changes KEY KIND: of the production for this key, by a user of ours who has the officer's secret.
changes() {
	F=$O/$(cat "$work/$1.ref").tar.$(suffix $1)
	officer sh -c "cat >sealed" <"$F"
	opens $1 sealed || wrong "$1: $(officer head -n 1 open.err)"
	officer cat open.tar >"$work/plain.tar"
	secret=none
	if [ $2 = openpgp ]; then
		officer tar -cf - gnupg | tar -xf - -C "$work" --no-same-owner 2>tar.err
	elif [ $1 = age ]; then
		secret=$work/age.secret
	else
		officer cat "$1.secret" >"$work/$1.secret"
		secret=$work/$1.secret
	fi
	GNUPGHOME=$work/gnupg python3 "$root/test/flow/seal_flip.py" $2 "$F" "$work/plain.tar" "$WRIT" "$secret" "$3" \
		>flips 2>&1 || wrong "$1: $(tail -n 1 flips)"
	# ours: opened and checked in one step, where the tool needs no home of its own
	rm -rf "$work/opened"
	if [ $2 = openpgp ]; then
		run 65 open "$F" --out "$work/opened2" --key "$work/age.secret"
		has err "gpg opens this"
		run 0 open "$work/plain.tar" --out "$work/opened"
	else
		run 0 open "$F" --key "$secret" --out "$work/opened" --sha256 "$(sha256sum <"$F" | cut -c -64)"
	fi
	has out "All of it is as the manifest says"
	grep -q "collected for item 2 of a case" "$work"/opened/files/item-002-* || wrong "the file for item 2 is another"
	verdict "$1: $(head -n 1 flips); writ open gives out what was sealed"
}
changes age age 0
changes curve openpgp 4
changes ec cms 12

# what was made anew with other contents is no production either
run 0 open "$work/plain.tar"
mkdir "$work/forged"
tar -xf "$work/plain.tar" -C "$work/forged"
forge() {
	(cd "$work/forged" && tar -b 1 --format=ustar --owner=0 --group=0 -cf "$work/forged.tar" files/item-* manifest.json seal.json)
	run 5 open "$work/forged.tar" --out "$work/forged.out"
	has err "$1"
	[ ! -e "$work/forged.out/files" ] || wrong "something was given out: $1"
}
echo more >>"$(ls "$work"/forged/files/item-001-*)"
forge "is not the file of the manifest"
tar -xf "$work/plain.tar" -C "$work/forged"
cp "$work"/forged/files/item-001-* "$work/forged/files/item-009-001.txt"
forge "is in the archive and not in the manifest"
rm "$work/forged/files/item-009-001.txt" "$work"/forged/files/item-002-*
forge "is in the manifest and not in the archive"
tar -xf "$work/plain.tar" -C "$work/forged"
sed 's/SW-26/SW-27/; s/2026-09/2026-08/' "$work/forged/manifest.json" >manifest.new
mv manifest.new "$work/forged/manifest.json"
forge "is not the one that was sealed"
cat "$work/plain.tar" "$work/plain.tar" >"$work/twice.tar"
run 5 open "$work/twice.tar"
has err "behind the end"
head -c 5000 "$work/plain.tar" >"$work/cut.tar"
run 65 open "$work/cut.tar"
verdict "an archive made otherwise is refused, and nothing of it is given out"

# ---- keys that cannot be sealed to --------------------------------------------------------------
# refused KEY PATTERN: at the desk, when the demand is entered.
refused() {
	demand "$1" "$work/demand.json"
	try 65 iris demand add "$work/demand.json"
	has err "authority.key.*$2|$2"
}
pgp old ed25519 cv25519 seconds=60
refused old "expired"
pgp weak ed25519 rsa1024
refused weak "weak"
cert weakcert -newkey rsa:1024
refused weakcert "weak"
cert sign -newkey ed25519
refused sign "nothing can be sealed to"
officer gpg --batch --armor --export-secret-keys "$(cat curve.print)" 2>>gpg.err >"$work/secret.key" || :
refused secret "secret"
sed 's/q/p/' "$work/age.key" >"$work/typed.key"
cmp -s "$work/age.key" "$work/typed.key" || refused typed "checksum"
same "nothing of it in the errors" "$(grep -c "$(sed -n 4p "$work/weak.key")" err)" 0
verdict "expired, weak, unfit and secret keys are refused when they are entered"

# the wrong key: the officer's colleague
officer sh -c 'cat >sealed' <"$O/$(cat age.ref).tar.age"
officer sh -c 'age-keygen -o other.secret 2>/dev/null && ! age -d -i other.secret sealed >open.tar 2>open.err' ||
	wrong "age opens with another key"
officer sh -c 'cat >sealed' <"$O/$(cat ec.ref).tar.p7m"
officer sh -c '! openssl cms -decrypt -inform DER -inkey certrsa.secret -in sealed -out open.tar 2>open.err' ||
	wrong "openssl opens with another key"
officer cat other.secret >"$work/other.secret"
run 5 open "$O/$(cat age.ref).tar.age" --key "$work/other.secret" --out "$work/none"
verdict "another key opens nothing"

# ---- another key for the same production --------------------------------------------------------
# An officer lost the key: the demand comes again with a new one, and its case takes it as an amendment.
approved age
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
[ -n "$P" ] || wrong "no production"
opens_age() { age -d -i "$work/age.secret" "$1" 2>age.err | tar -xf - -C "$2"; }
mkdir "$work/first" "$work/second"
opens_age "$O/$P.tar.age" "$work/first"
again() {
	want=$1
	shift
	try "$want" cole --json production reseal "$P" "$@" --out "$O" --reason "The officer lost the key."
}
try 0 cole deliver "$P" --channel letter
again 0 $FILES
[ "$(field file out)" = "$O/$P.2.tar.age" ] || wrong "it lies at $(field file out)"
opens_age "$O/$P.2.tar.age" "$work/second"
cmp -s "$work/first/manifest.json" "$work/second/manifest.json" || wrong "the manifest is another one"
has "$work/second/seal.json" '"number":2'
manifest "$work/second"
echo other >"$work/collected-1.txt"
again 4 $FILES
has err "not as long as|is not the one that was produced"
printf 'collected for item 1 of a casE\n' >"$work/collected-1.txt"
again 4 $FILES
has err "is not the one that was produced"
[ "$(find "$O" -name "$P.3*" | wc -l)" = 0 ] || wrong "a part was left"
files 1 2 3
again 65 $FILES
has err "a file of item 4 is missing"
files 1 2 3 4
try 65 cole production reseal "$P" $FILES --out "$O"
has err "say why"
verdict "sealed anew: the same manifest, the same files, and nothing else"

# a certificate is sealed to up to 100 MB, for openssl opens it in memory
approved certrsa
head -n 1 "$work/collected-1.txt" >large
yes "$(sed -n 2p "$work/collected-1.txt")" | head -n 1600000 >>large # what leaves of it is above 100 MB
try 66 cole produce "$CASE" --file 1=large --out "$O"
has err "above 100 MB"
[ "$(find "$O" -name '*.part' | wc -l)" = 0 ] || wrong "a part was left"
verdict "above 100 MB nothing is sealed to a certificate"
exit $bad
