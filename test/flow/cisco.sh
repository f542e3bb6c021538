#!/bin/sh
# Foreign reports come in by a mapping file alone. Cisco, first half of 2022: a row a demand; its one row
# for content was rejected, so content disclosed is 0. Meta, second half of 2022; Microsoft, 2012.
. "$(dirname "$0")/lib"

if [ ! -f "$shared/data/cisco-2022H1-demands.csv" ]; then
	echo "ok foreign reports: skipped, no folder of shared data"
	exit 0
fi
maps=$root/examples/maps
at 2027-01-04T09:00:00Z
make_instance

# figure SECTION COUNTRY CLASS METRIC: its value in the edition last published.
figure() {
	awk -F, -v s="$1" -v c="$2" -v i="$3" -v m="$4" \
		'$2 == s && $3 == c && $4 == i && $5 == m { print ($9 == "exact" && $6 == $7 ? $6 : $9) }' site/figures.csv
}

file=$shared/data/cisco-2022H1-demands.csv
try 0 iris import closed "$file" --map "$maps/cisco-2022h1.map.yaml"
has out '^71 demands, 0 accounts imported\.$|^71 demands'
has out '^Source: Cisco: '
has out '^Note: .*\(1 of 2\) and \(2 of 2\)'
try 0 pia edition make 2022H1
try 0 pia edition publish 2022H1 --out "$work/site"
same requests "$(figure total '' '' requests)" 71
same "content disclosed" "$(figure total '' '' content)" 0
same "only non-content" "$(figure total '' '' noncontent)" 45
same rejected "$(figure total '' '' rejected)" 13
same "no data" "$(figure total '' '' no_data)" 13
same "not recorded" "$(figure total '' '' not_recorded)" 0
for pair in DE=42 US=22 IN=3 GB=2 NL=1 PL=1; do
	same "${pair%=*}" "$(figure country ${pair%=*} '' requests)" ${pair#*=}
done
same countries "$(awk -F, '$2 == "country" && $5 == "requests"' site/figures.csv | wc -l)" 6
# The rows as printed, counted in the file itself.
same subpoenas "$(figure class '' subpoena requests)" "$(grep -c 'Subpoena' "$file")"
same others "$(figure class '' other requests)" "$(grep -c 'Law Enforcement Request' "$file")"
verdict "Cisco: 71 rows are 45 non-content, 13 rejected, 13 without data, none content"

pairs=$(grep -cE '\((1|2) of 2\)' "$file")
[ "$pairs" -gt 0 ] || wrong "the file has no pairs"
grep -q '(1 of 2) and (2 of 2)' site/index.html || wrong "the page has no note on the pairs"
grep -q '(1 of 2) and (2 of 2)' site/figures.json || wrong "figures.json has no note on the pairs"
same "pairs kept as printed" \
	"$(sql "$I" "SELECT count(*) FROM closed WHERE printed LIKE '%(_ of 2)%'")" "$pairs"
verdict "Cisco: the pairs stay as printed, with a note"

# A mapping that says less refuses the rows it does not know, each with its place.
sed '/(1 of 2)/d' "$maps/cisco-2022h1.map.yaml" | sed 's/^  date: 2022/  date: 2023/' >less.map.yaml
before=$(entries)
try 65 iris import closed "$file" --map less.map.yaml --whole
has err 'cisco-2022H1-demands\.csv:[0-9]+:[0-9]+: '
lacks err '\(1 of 2\)'
same "ledger" "$(entries)" "$before"
try 4 iris import closed "$file" --map "$maps/cisco-2022h1.map.yaml"
same "ledger" "$(entries)" "$before"
verdict "Cisco: a value the mapping does not know is refused by line and column; twice is refused"

if [ -f "$shared/data/microsoft-2012-by-country.csv" ]; then
	try 0 iris import closed "$shared/data/microsoft-2012-by-country.csv" --map "$maps/microsoft-2012.map.yaml"
	has out '^70665 demands, 122015 accounts imported'
	try 0 pia edition make 2012
	try 0 pia edition publish 2012 --out "$work/site"
	same requests "$(figure total '' '' requests)" 70665
	same accounts "$(figure total '' '' accounts)" 122015
	same "not recorded" "$(figure total '' '' not_recorded)" 70665
	same Korea "$(figure country KP '' requests)" ""
	[ -n "$(figure country KR '' requests)" ] || wrong "the Republic of Korea has no row"
	verdict "Microsoft 2012: 70,665 demands, 122,015 accounts, outcomes not recorded"
fi

if [ -f "$shared/data/meta-2022H2.csv" ]; then
	# Its sums by awk, which knows quoted numbers with commas; a name with a comma has none after it.
	awk 'NR > 1 {
		line = $0; gsub(/\r/, "", line); n = 0
		while (line != "") {
			if (line ~ /^"/) { match(line, /^"[^"]*"/); f = substr(line, 2, RLENGTH - 2); line = substr(line, RLENGTH + 2) }
			else { match(line, /^[^,]*/); f = substr(line, 1, RLENGTH); line = substr(line, RLENGTH + 2) }
			if (++n == 4) requests = f; if (n == 6) accounts = f
		}
		gsub(/,/, "", requests); gsub(/,/, "", accounts); r += requests; a += accounts
	} END { printf "%d demands, %d accounts imported.\n", r, a }' "$shared/data/meta-2022H2.csv" >want
	try 0 iris import closed "$shared/data/meta-2022H2.csv" --map "$maps/meta-2022h2.map.yaml"
	same "Meta's sums" "$(head -n 1 out)" "$(cat want)"
	verdict "Meta: the wide table adds up, row by row"
fi
: "$(entries)"
verdict "the ledger verifies"
exit $bad
