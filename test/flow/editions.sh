#!/bin/sh
# A half-year of cases computes itself into an edition. National-security process stands only inside its
# band: with none, or with some, every output is byte for byte the same. Publishing is a publisher's,
# after a fresh count, and never before a delay.
. "$(dirname "$0")/lib"

# half_year: three demands of the second half of 2026: content disclosed, non-content disclosed, rejected.
half_year() {
	at 2026-08-17T08:00:00Z
	make_instance "$1"
	at 2026-09-02T09:00:00Z
	receive "$demands/01-us-warrant.json"
	try 0 rob order examine "$CASE" pass --reason "Judge."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 carla item second "$CASE" --item 4
	files 1 2 3 4
	try 0 cole produce "$CASE" $FILES --out "$O"
	at 2026-09-08T08:00:00Z
	receive "$demands/04-de-bestandsdaten.json"
	try 0 rita order examine "$CASE" pass --reason "§ 100j StPO."
	try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Bestandsdaten."
	files 1 2
	try 0 cole produce "$CASE" $FILES --out "$O"
	at 2026-09-10T18:00:00Z
	receive "$demands/03-us-all-users.json"
	try 0 rob order reject "$CASE" --code over_broad --reason "No specific account is named."
}

# letters: three national security letters, one of them answered, and counts of FISA orders.
letters() {
	at 2026-11-02T17:00:00Z
	for n in 1 2 3; do
		sed "s/t.specimen@mail.example/t$n.specimen@mail.example/; s/NSL-26-0091/NSL-26-009$n/" \
			"$demands/11-us-nsl.json" >nsl.json
		receive nsl.json nadia
	done
	try 0 noel order examine "$CASE" pass --reason "Certified."
	try 0 noel item decide "$CASE" produce --item 1 --item 2 --reason "Name, length of service."
	try 0 nora item second "$CASE" --item 1 --item 2
	files 1 2
	try 0 nadia produce "$CASE" $FILES --out "$O"
	try 0 nadia sealed add --kind fisa_content --day 2026-11-01 --selectors 731
}

# outputs DIR: everything that the commands and files tell of the edition, into a folder.
outputs() {
	mkdir -p "$1"
	try 0 pia edition publish 2026H2 --out "$1/site"
	for p in pia otto root iris; do
		for command in "edition show 2026H2" "--json edition show 2026H2" "edition show 2026H2 --country US" \
			"edition list" "--json edition list" "edition check 2026H2" "--json edition check 2026H2"; do
			try 0 $p $command
			cat out >>"$1/commands-$p"
		done
	done
	try 0 pia edition preview 2026H2 --out "$1/preview"
}

half_year "$work/without"
at 2027-01-04T09:00:00Z
echo "What came due since is shown" >"$work/cause.txt"
try 65 pia edition make 2027H1
has err "the period is not over"
try 65 pia edition make 2026H2 --as-of 2026-12-30
try 65 pia edition make 2026H2 --as-of 2027-01-05
try 65 pia edition make 2026H2 --as-of 2027-02-30
try 65 pia edition make 2026H3
try 3 pia edition show 2026H2
for p in iris rob carla cole otto root fred nora; do
	denied "needs the role .*publisher" $p edition make 2026H2
done
at 2026-12-31T12:00:00Z
try 65 pia edition make 2026H2
verdict "no edition before the period is over, by a day to come, or by anybody but a publisher"

at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2 --as-of 2027-01-03
has out '^Every rule holds\.$'
before=$(entries)
for p in iris rob carla cole otto root fred nora; do
	denied "needs the role .*publisher" $p edition publish 2026H2 --out "$work/denied"
done
try 65 pia edition publish 2026H2
try 3 pia edition publish 2026H2.2 --out "$work/denied"
try 65 pia edition publish 2026H2.x --out "$work/denied"
same "ledger" "$(entries)" "$before"
[ -z "$(find "$work/denied" -type f 2>/dev/null)" ] || wrong "a refused publication left files"
verdict "publishing is a publisher's"

outputs "$work/a"
first=$(entries)
cp -r a/site a/first
try 0 pia edition publish 2026H2 --out "$work/a/site"
same "ledger after publishing again" "$(entries)" "$first"
diff -r a/site a/first >/dev/null || wrong "publishing again changed a file"
verdict "publishing what is published changes nothing"

half_year "$work/with"
letters
at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2 --as-of 2027-01-03
outputs "$work/b"
diff -r a/site b/site >diff.out 2>&1 || wrong "the files tell of the letters: $(sed -n 2p diff.out)"
diff -r a/preview b/preview >diff.out 2>&1 || wrong "the preview tells of the letters: $(sed -n 2p diff.out)"
for p in pia otto root iris; do
	cmp -s a/commands-$p b/commands-$p || wrong "what $p reads tells of the letters: $(diff a/commands-$p b/commands-$p | sed -n 2p)"
done
verdict "with three letters or with none, every file and every command says the same"

grep -q '^2026H2,national_security,,US-1874-A2,nsl,0,499,orders,band$' b/site/figures.csv || wrong "no band for letters"
grep -q '^2026H2,national_security,,US-1874-A2,nsl_selectors,0,499,accounts,band$' b/site/figures.csv || wrong "no band for accounts"
same "figures of the band" "$(grep -c ',national_security,' b/site/figures.csv)" 2
for f in b/site/*.pdf; do pdftotext "$f" "$f.txt"; done
! grep -rIiqE 'specimen|731|NSL-26|fisa_content,.*(exact|band)' b/site b/preview b/commands-* || wrong "a text of the sealed cases is in an output"
! awk -F, '$2 != "national_security" && tolower($0) ~ /nsl|national_sec|intelligence|letter/' b/site/figures.csv | grep -q . ||
	wrong "a row outside the band speaks of letters"
verdict "letters stand in their band and nowhere else"

# ---- one set of figures in four forms -----------------------------------------------------------------
S=$work/b/site
sed 1d "$S/figures.csv" | cut -d, -f2- | sort >csv.figures
awk '
	/^  "figures": \[/ { on = 1; next }
	on && /^  \]/ { on = 0 }
	on && /^    \{/ { line = ""; split("", v) }
	on && /": / {
		key = $1; gsub(/[":]/, "", key); value = $0; sub(/^[^:]*: */, "", value); sub(/,$/, "", value)
		gsub(/"/, "", value); v[key] = value == "null" ? "" : value
	}
	on && /^    \}/ {
		print v["section"] "," v["country"] "," v["instrument"] "," v["metric"] "," v["value_min"] "," \
			v["value_max"] "," v["unit"] "," v["status"]
	}' "$S/figures.json" | sort >json.figures
cmp -s csv.figures json.figures || wrong "CSV and JSON differ: $(diff csv.figures json.figures | sed -n 2p)"
[ "$(grep -c . csv.figures)" -gt 50 ] || wrong "too few figures"
try 0 otto --json edition show 2026H2
awk '/"section": /,0' out | grep -c '"section"' >shown
same "figures shown as JSON" "$(cat shown)" "$(grep -c . csv.figures)"
/usr/bin/python3 "$root/test/oracle/workbook.py" "$S" >out 2>err || wrong "$(tail -n 1 err)"
/usr/bin/python3 "$root/test/oracle/schema.py" "$S" "$work/b/preview" >out 2>err || wrong "$(tail -n 1 err)"
verdict "CSV and JSON hold the same figures"

# number SECTION COUNTRY CLASS METRIC
number() {
	awk -F, -v s="$1" -v c="$2" -v i="$3" -v m="$4" \
		'$1 == s && $2 == c && $3 == i && $4 == m { print $5 }' csv.figures
}
# row PAGE LABEL: the numbers of the first table row with this label.
row() {
	tr -d '\n' <"$1" | sed 's/<tr/\n<tr/g' | grep -m 1 -F ">$2</th>" | sed 's/<small>[^<]*<\/small>//g; s/<th.*<\/th>//
		s/<[^>]*>/ /g; s/[,.]//g' | tr -s ' ' | sed 's/^ //; s/ $//'
}
for pair in "DE Germany Deutschland" "US United_States Vereinigte_Staaten"; do
	set -- $pair
	want="$(number country $1 '' requests) $(number country $1 '' accounts) $(number country $1 '' content)"
	want="$want $(number country $1 '' noncontent) $(number country $1 '' no_data) $(number country $1 '' rejected)"
	for page in "index.html $2" "index.de.html $3"; do
		label=$(echo "${page#* }" | tr _ ' ')
		case "$(row "$S/${page%% *}" "$label") " in
		"$want "*) ;;
		*) wrong "${page%% *}: $label is \"$(row "$S/${page%% *}" "$label")\", the figures are $want" ;;
		esac
	done
done
grep -q "<dd>$(number total '' '' requests)</dd>" "$S/index.html" || wrong "the page has another total"
same "total as sum of countries" "$(number total '' '' requests)" \
	"$(awk -F, '$1 == "country" && $4 == "requests" { n += $5 } END { print n }' csv.figures)"
same "total as sum of outcomes" "$(number total '' '' requests)" \
	"$(awk -F, '$1 == "total" && $4 ~ /^(content|noncontent|no_data|rejected|annex3|withdrawn|redirected|pending|not_recorded)$/ { n += $5 } END { print n }' csv.figures)"
same "total as sum of classes" "$(number total '' '' requests)" \
	"$(awk -F, '$1 == "class" && $4 == "requests" { n += $5 } END { print n }' csv.figures)"
same "total as sum of channels" "$(number total '' '' requests)" \
	"$(awk -F, '$1 == "channel" && $4 == "requests" { n += $5 } END { print n }' csv.figures)"
same total "$(number total '' '' requests)" 3
verdict "the pages in both languages show the figures of the files, and they add up"

# ---- nothing of the machine or the ledger -----------------------------------------------------------------
# (That no output depends on the ledger's size is shown above: the two ledgers differ, the outputs do not.)
for f in "$S"/* b/preview/* b/commands-*; do
	! grep -qF -e "$work" -e "$I" -e "$root" -e /tmp/ "$f" || wrong "$f holds a path"
	! grep -qiE '"?(leaf|tree_size|checkpoint|entry_id|ledger_size)"?' "$f" || wrong "$f speaks of the ledger's places"
	! grep -qE '[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}' "$f" || wrong "$f names a case"
	! grep -qE '@mail\.example|@fbi\.example|j\.doe|k\.muster' "$f" || wrong "$f holds personal data"
done
verdict "no path, no place in the ledger, no case and no person in any output"

# ---- a delay ------------------------------------------------------------------------------------------------
at 2027-07-01T09:00:00Z
try 0 pia edition make 2026H2 --as-of 2027-01-03 --en "$work/cause.txt"
try 0 pia edition show 2026H2.2
has out 'fisa_content_selectors +500-999'
lacks out '731'
before=$(entries)
at 2027-06-28T09:00:00Z
"$WRIT" -d "$I" --secret "$I/secrets/pia" edition publish 2026H2.2 --out "$work/early" >out 2>err && rc=0 || rc=$?
case $rc in
4 | 5) ;;
*) wrong "publishing before the delay ended $rc" ;;
esac
same "ledger" "$(entries)" "$before"
[ -z "$(find "$work/early" -type f 2>/dev/null)" ] || wrong "files came out before the delay"
at 2027-07-01T09:00:00Z
verdict "FISA figures wait for their delay, and then stand in their band"

# ---- a case that changed since ------------------------------------------------------------------------------
I=$work/without
at 2027-01-04T10:00:00Z
try 0 pia edition make 2026H2 --en "$work/cause.txt"
receive "$demands/13-us-order-withdrawn.json"
before=$(entries)
try 4 pia edition publish 2026H2 --out "$work/late"
has err "the cases changed since"
same "ledger" "$(entries)" "$before"
[ -z "$(find "$work/late" -type f 2>/dev/null)" ] || wrong "files came out of a conflict"
try 0 pia edition make 2026H2 --en "$work/cause.txt"
try 0 pia edition list
has out '^2026H2\.1 +published'
has out '^2026H2\.2 +draft'
has out '^2026H2\.3 +draft'
try 0 pia edition publish 2026H2 --out "$work/late"
has out 'Published 2026H2\.3'
try 4 pia edition publish 2026H2.2 --out "$work/late2"
grep -q 'Version 3' late/index.html || wrong "the page does not name its version"
same requests "$(awk -F, '$2 == "total" && $5 == "requests" { print $6 }' late/figures.csv)" 4
same pending "$(awk -F, '$2 == "total" && $5 == "pending" { print $6 }' late/figures.csv)" 1
try 0 otto edition show 2026H2.1
has out '^all +3 '
verdict "a changed case is a conflict; made again it is a new version, and the old one stays"

try 0 otto edition diff 2026H2.1 2026H2.3
has out 'total requests +3 -> 4'
has out 'country US requests +2 -> 3'
lacks out 'country DE'
lacks out 'nsl'
try 0 otto --json edition diff 2026H2.1 2026H2.3
has out '"a": '
try 0 otto edition diff 2026H2.1 2026H2.1
has out 'No figure differs'
try 3 otto edition diff 2026H2.1 2026H2.9
verdict "diff names the cells that changed, and only those"

# ---- another structure over the same days -------------------------------------------------------------------------
sed -i 's/^bands: .*/bands: US-1874-A1/' "$I/writ.yaml"
at 2027-01-05T09:00:00Z
try 0 pia edition make 2026H2 --en "$work/cause.txt"
has out 'disclosure: .*US-1874-A1/nsl: a reader can tell that it lies in \[0, 499\], and may know \[0, 999\], out of 2026H2\.1'
before=$(entries)
try 4 pia edition publish 2026H2 --out "$work/other"
has err "exclusivity"
same "ledger" "$(entries)" "$before"
sed -i 's/^bands: .*/bands: US-1874-Z9/' "$I/writ.yaml"
"$WRIT" -d "$I" --secret "$I/secrets/pia" edition make 2026H2 --en "$work/cause.txt" >out 2>err && rc=0 || rc=$?
[ "$rc" != 0 ] || wrong "an unknown structure was taken"
config >"$I/writ.yaml"
verdict "a second structure over the same period is refused"

# ---- imported national-security figures have no way around the band --------------------------------------------------
cat >ns.map.yaml <<'Y'
kind: closed
source:
  publisher: Example Mail
  title: Old report
  date: 2025
period: 2025H1
country:
  column: country
class: national_security
outcome: not_recorded
Y
printf 'country\nUS\nUS\nUS\n' >ns.csv
try 0 iris import closed ns.csv --map ns.map.yaml
try 0 pia edition make 2025H1
denied "imported national-security records" pia edition publish 2025H1 --out "$work/ns"
[ -z "$(find ns -type f 2>/dev/null)" ] || wrong "files came out"
verdict "imported history publishes no exact number of national-security process"
: "$(entries)"
verdict "the ledger verifies"
exit $bad
