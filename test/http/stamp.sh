#!/bin/sh
# Time stamps over manifests (RFC 3161): asked for by the post process, checked, kept beside the production; and what
# happens when the authority is down, another one, or answers something else.
. "$(dirname "$0")/lib"

cat >tsa.cnf <<CNF
[tsa]
serial = $work/tsa.serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
CNF
echo 01 >tsa.serial
for name in tsa other; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
		-addext "extendedKeyUsage=critical,timeStamping" -keyout $name.key -out $name.pem -days 3650 2>err ||
		wrong "no certificate: $(tail -n 1 err)"
done
PORT=$(PYTHONPATH=$here python3 -c 'from wire import free_port; print(free_port())')

at 2026-08-17T08:00:00Z
make_instance
serve_config
try 0 otto log verify
echo "tsa_url: ftp://127.0.0.1/" >"$work/add"
cp "$I/writ.yaml" "$work/plain.yaml"
for bad_line in "tsa_url: http://tsa.example/" "tsa_url: https://tsa.example/" "time_stamp: required" \
	"time_stamp: perhaps"; do
	{
		cat "$work/plain.yaml"
		echo "$bad_line"
	} >"$I/writ.yaml"
	try 65 rob matter list
done
cp "$work/plain.yaml" "$I/writ.yaml"
cp tsa.pem "$I/tsa.pem"
printf 'tsa_url: http://127.0.0.1:%s/\ntsa_ca: tsa.pem\ntime_stamp: required\n' "$PORT" >>"$I/writ.yaml"
verdict "an authority for time stamps is named with its certificate, and reached encrypted"

at 2026-09-01T16:00:00Z
receive "$demands/01-us-warrant.json"
files 1 2 3 4
try 0 rob order examine "$CASE" pass --reason "Judge, one account, six months."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 carla item second "$CASE" --item 4
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
same "said beside it" "$(field time_stamp "$O/$P.json")" "required before delivery"
denied "waits for its time stamp" cole deliver "$P" --channel letter
try 3 cole production stamp "$P"
verdict "where a stamp is required, nothing is handed over without it"

# round MODE INSTANT: the post process asks once, for the clock of the test stands.
round() {
	own "$I"
	at "$2"
	python3 "$here/stamp.py" "$1" "$I" "$PORT" "$work" || bad=1
	[ "$(id -u)" != 0 ] || chown -R root "$I"
}
round down 2026-09-01T16:10:00Z
try 3 cole production stamp "$P"
round other 2026-09-01T16:20:00Z
try 3 cole production stamp "$P"
cp answer.tsr replay.tsr
denied "waits for its time stamp" cole deliver "$P" --channel letter
verdict "a stamp of another authority is not taken, one that is down is asked again"
round good 2026-09-01T16:40:00Z
try 0 cole production stamp "$P" --out "$work/manifest.tsr"
has out "^Stamped 20"
try 0 rob --json production access "$P"
has out '"time_stamp": *"20'
mkdir open
age -d -i "$root/examples/officer.key" "$O/$P.tar.age" 2>age.err | tar -xf - -C open
openssl ts -verify -data open/manifest.json -in manifest.tsr -CAfile tsa.pem -partial_chain >ts.out 2>&1 ||
	wrong "openssl does not verify it: $(tail -n 1 ts.out)"
try 0 cole deliver "$P" --channel letter
# kept is what was checked; a stamp of another trust does not pass when it is looked at again
cp other.pem "$I/tsa.pem"
try 5 cole production stamp "$P"
has err "does not hold"
cp tsa.pem "$I/tsa.pem"
verdict "the stamp is checked by openssl against the manifest, and the production may leave"

# an answer to an older question, and a house where a stamp may be missing
sed 's/time_stamp: required/time_stamp: optional/' "$I/writ.yaml" >yaml && cp yaml "$I/writ.yaml"
at 2026-09-01T17:00:00Z
cp manifest.tsr replay.tsr

try 0 cole --json produce "$CASE" --file 1="$work/collected-1.txt" --out "$O"
P2=$(field production out)
same "said beside it" "$(field time_stamp "$O/$P2.json")" "asked for; may be missing"
round replay 2026-09-01T17:10:00Z
try 3 cole production stamp "$P2"
try 0 cole deliver "$P2" --channel letter
entries >/dev/null
verdict "a stamp for something else is not taken; where none is required it goes without"
exit $bad
