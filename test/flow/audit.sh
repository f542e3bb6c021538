#!/bin/sh
# `writ audit`: what the published figures in examples/audit give away, and that their neighbours give
# nothing away; what is refused, and where. With the shared data: every half-year of Google's letters.
. "$(dirname "$0")/lib"
examples=$root/examples/audit

# audited STATUS FILE: the answer as text in out, as JSON in json.
audited() {
	run "$1" --json audit "$2"
	mv out json
	run "$1" audit "$2"
}
# finds TARGET LEAST MOST: a finding of the JSON has these edges; and the text tells them.
finds() {
	awk -v target="$1" -v least="$2" -v most="$3" '
		$1 == "\"target\":" { mine = $2 == "\"" target "\"," }
		mine && $1 == "\"least\":" { from = $2 + 0 }
		mine && $1 == "\"most\":" && from == least && $2 + 0 == most { found = 1 }
		END { exit !found }' json || wrong "no finding says that $1 is in [$2, $3]"
	has out "A reader can tell that $1 (lies in \[$2, $3\]|is exactly $2)"
}
# changed FILE SED...: a neighbour of an example.
changed() {
	file=$1
	shift
	sed "$@" "$examples/$file" >neighbour.yaml
	! cmp -s neighbour.yaml "$examples/$file" || wrong "nothing was changed in $file"
}

# ---- published figures -----------------------------------------------------------------------------
audited 5 "$examples/apple-2013h1.yaml"
finds orders 73 249
has out '^UNSAFE orders: '
has out '^  73 of 250 permitted numbers cannot be\.$'
has out '^    1\) Apple, 2013-11-05: account requests, national security included .*: 1000 to 2000'
has out '^    2\) Apple, 2014-01-27: .*: exactly 927$'
has out '^      by 2\): law_enforcement is at most 927$'
has out '^      by 1\): national_security is at least 73$'
has out '^  Safe: .*the 250 was checked'
has out 'This holds under both readings of the correction, with no assumption\.$'
has out 'This holds if what was corrected is held to as well, if both reports count the same'
verdict "Apple 2013 H1: [73, 249], if the corrected sum is held to and the scope is equal"

changed apple-2013h1.yaml 's/band: 1000-2000/band: 900-1999/'
audited 0 neighbour.yaml
has out '^SAFE orders: '
changed apple-2013h1.yaml 's/exact: 927/band: 0-2000/'
audited 0 neighbour.yaml
verdict "a band that holds what is known already, or no exact series, gives nothing away"

audited 5 "$examples/microsoft-2012h2.yaml"
finds accounts 6435 32000
has out '^  Safe: every number in \[0, 31000\] can be; a solution for each of the 31001 was checked'
has out 'This holds with no assumption\.$'
has out 'This holds if the sum of June 2013 leaves Skype out'
lacks out 'both readings'
verdict "Microsoft 2012 H2, June 2013: at least 6,435 without Skype; with it nothing"

audited 0 "$examples/microsoft-2012h2-bands.yaml"
finds criminal 12003 16000
has out '^SAFE national_security: '
has out '\[16000, 18997\] can be'
has out '^3 protected numbers are safe, 0 are not$'
verdict "Microsoft 2012 H2, February 2014: the bands hold, the criminal accounts are told"

audited 5 "$examples/microsoft-2016h1.yaml"
has out '^CONTRADICTION orders'
has out 'This holds if what was corrected is taken back\.$'
has out 'no numbers fit them all'
has json '"reading": "superseded"'
has json '"reading": "intersected"'
changed microsoft-2016h1.yaml -e '/^corrections:/,/by_de:/d' -e 's/band: 1000-1499/band: 0-999/'
audited 0 neighbour.yaml
verdict "Microsoft 2016 H1: safe when the first band is taken back, no number when both are held to"

audited 0 "$examples/google-2018h2.yaml"
changed google-2018h2.yaml '/^    released: 22/d'
audited 5 neighbour.yaml
finds nsl 22 499
changed google-2018h2.yaml 's/band: 22-499/band: 31-499/'
audited 5 neighbour.yaml
finds nsl 31 499
verdict "Google 2018 H2: the edge may rise to the letters made public, and no higher"

# ---- in German ---------------------------------------------------------------------------------------
run 5 audit "$examples/apple-2013h1.yaml" --language de
has out '^UNSICHER orders: eingegangene Anordnungen der nationalen Sicherheit$'
has out '^  Wer das liest, kann schließen: orders liegt in \[73, 249\], wo \[0, 249\] erlaubt ist:$'
has out '^    erlaubt   +0 \|#+\| 249$'
has out '^    2\) Apple, 2014-01-27: Kontoanfragen der Strafverfolgung .*: genau 927$'
has out '^  Das gilt, wenn auch das Berichtigte gelten soll, und wenn beide Berichte dieselbe Art von Anfragen zählen\.$'
has out '^0 geschützte Zahlen sind sicher, 1 ist es nicht$'
has err '^writ: nicht jede geschützte Zahl ist sicher'
for file in "$examples"/*.yaml; do
	"$WRIT" audit "$file" --language de >out 2>/dev/null </dev/null || :
	lacks out ' (the|of|is|and|at least|permitted|orders of|demands) '
	"$WRIT" --json audit "$file" --language de >json 2>/dev/null </dev/null || :
	"$WRIT" --json audit "$file" 2>/dev/null </dev/null | cmp -s - json || wrong "$file: the JSON depends on the language"
done
run 65 audit "$examples/apple-2013h1.yaml" --language fr
has err '^writ: --language is en or de$'
changed apple-2013h1.yaml 's/^title: .*/title: "Apple\\u202Eelppa"/; s/who: Apple/who: "\\u200FApple"/'
run 5 audit neighbour.yaml
has out '^Apple�elppa$'
has out '1\) �Apple, 2013'
verdict "in German the same, no English left; JSON is the same; marks of direction do not reach the terminal"

# ---- as a page ---------------------------------------------------------------------------------------
mkdir pages
for file in "$examples"/*.yaml; do
	for lang in en de; do
		page=pages/$(basename "$file" .yaml).$lang.html
		"$WRIT" audit "$file" --language $lang --html "$page" >out 2>/dev/null </dev/null || :
		has "$page" "^<html lang=\"$lang\">$"
		same "headings of $page" "$(grep -c '<h1>' "$page")" 1
		lacks "$page" '<script|<link| style="|https?://[^w]'
		# each number that is not safe has its article, each that is has its row
		same "articles of $page" "$(grep -c '<article' "$page")" \
			"$(grep -cE '^(UNSAFE|UNDECIDED|CONTRADICTION|TOLD|UNSICHER|UNENTSCHIEDEN|WIDERSPRUCH|MITGETEILT) ' out)"
	done
done
has pages/apple-2013h1.en.html 'A reader can tell that the protected number lies in \[73, 249\], where 0 to 249 is permitted, because of these 2 figures:'
has pages/apple-2013h1.de.html 'Die geschützte Zahl liegt in \[73, 249\], wo 0 bis 249 erlaubt ist, wegen dieser 2 Angaben:'
has pages/microsoft-2012h2.en.html 'lies in \[6,435, 32,000\]'
has pages/google-2018h2.en.html 'Nothing: no protected number is narrowed'
echo old >pages/kept.html
run 65 audit nowhere.csv --html
run 3 audit nowhere.yaml --html pages/kept.html
same "a page that is not rewritten" "$(cat pages/kept.html)" old
run 3 audit "$examples/average.yaml" --html nowhere/page.html
[ ! -s out ] || wrong "something is printed though the page cannot be written"
verdict "a page for each example in each language, with every number on it"

# ---- made up ---------------------------------------------------------------------------------------
audited 5 "$examples/rolling-windows.yaml"
finds july 1 499
has out '\(made up\)$'
changed rolling-windows.yaml 's/count: february_to_june + july/count: july/; s/band: 250-499/band: 0-499/'
audited 0 neighbour.yaml
verdict "overlapping windows give away, separate ones do not"

audited 5 "$examples/half-years-and-year.yaml"
finds first 151 249
finds second 151 249
changed half-years-and-year.yaml 's/band: 400-499/band: 0-499/'
audited 0 neighbour.yaml
verdict "a year in a narrow band gives both halves away, in a wide one none"

audited 5 "$examples/exact-total.yaml"
finds orders 40 40
changed exact-total.yaml 's/exact: 1040/band: 1000-1249/'
audited 0 neighbour.yaml
changed exact-total.yaml 's/exact: 690/band: 500-749/'
audited 5 neighbour.yaml
finds orders 0 230
verdict "an exact total less exact parts; in a band aligned to them it gives nothing away"

audited 5 "$examples/percentage.yaml"
finds orders 184 196
changed percentage.yaml 's/percent: 81/percent: 81.0/'
audited 5 neighbour.yaml
finds orders 190 190
changed percentage.yaml 's/of: criminal + hidden/of: 2 criminal/; s/percent: 81/percent: 50/'
audited 0 neighbour.yaml
verdict "a percentage of a whole with the hidden number in it"

audited 5 "$examples/ledger-size.yaml"
finds orders 0 40
changed ledger-size.yaml 's/ledger: 1040/ledger: 1249/'
audited 0 neighbour.yaml
verdict "the ledger's size is an upper limit"

audited 5 "$examples/average.yaml"
has out 'lies in \[0, 248\] and is not 1, where \[0, 249\]'
has out '^  125 of 250 permitted numbers cannot be'
has json '"hole": 1,'
changed average.yaml 's/2 orders - accounts/orders - accounts/'
audited 0 neighbour.yaml
verdict "an average without a remainder leaves even numbers only"

audited 5 "$examples/rounded.yaml"
finds orders 50 149
changed rounded.yaml 's/base: 100/base: 1100/'
audited 0 neighbour.yaml
verdict "a total rounded to less than the band"

# ---- what is refused -------------------------------------------------------------------------------
# refused LINE SED PATTERN: an example changed so that its line LINE is wrong.
refused() {
	changed apple-2013h1.yaml "$2"
	run 65 audit neighbour.yaml
	has err "neighbour.yaml:$1:[0-9]+: .*$3"
}
line() {
	grep -nE -m 1 -e "$1" "$examples/apple-2013h1.yaml" | cut -d : -f 1
}
refused "$(line 'exact: 927')" 's/exact: 927/exakt: 927/' 'exact'
refused "$(line 'exact: 927')" 's/exact: 927/exact: 9x7/' 'whole number'
refused "$(line 'band: 1000')" 's/1000-2000/2000-1000/' 'range'
refused "$(line 'assume:')" 's/assume: equal_scope/assume: equal/' 'no assumption'
refused "$(line 'count: law_enforcement . n')" 's/law_enforcement + national/law_enforcement + unknown/' 'no unknown'
refused "$(line 'count: law_enforcement . n')" 's/law_enforcement + national/law_enforcement national/' 'between them'
refused "$(line 'row: november_total')" 's/row: november_total/row: november/' 'no such row'
refused "$(line 'id: january_law')" 's/id: january_law.*/id: november_total/' 'of its own'
refused "$(line 'permitted:')" 's/permitted: 0-249/permitted: 249-0/' 'range'
changed apple-2013h1.yaml 's/permitted: 0-249/permitted: 0-900000/'
run 66 audit neighbour.yaml
run 3 audit nowhere.yaml
run 65 audit
run 66 audit /dev/zero
verdict "what is wrong is named by file, line and column"

# ---- the solver ------------------------------------------------------------------------------------
# A table of 18 x 18 counts with all its margins, a quarter of its cells open. The search alone gives up;
# a point from the solver, put into every row, decides. One that dies or says nonsense decides nothing.
cat >table.awk <<'AWK'
function dice(max) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % max }
BEGIN {
	for (i = 0; i < n; i++) for (k = 0; k < n; k++) { x[i, k] = dice(301); row[i] += x[i, k]; col[k] += x[i, k] }
	u = r = ""
	for (i = 0; i < n; i++) {
		a = b = ""
		for (k = 0; k < n; k++) {
			u = u "  - id: x" i "_" k "\n    en: cell\n"
			a = a (k ? " + " : "") "x" i "_" k; b = b (k ? " + " : "") "x" k "_" i
			if ((i || k) && dice(100) >= open) r = r fig("c" i "_" k, "x" i "_" k, "exact: " x[i, k])
		}
		r = r fig("row" i, a, "exact: " row[i]) fig("col" i, b, "exact: " col[i])
	}
	lo = int(x[0, 0] / 250) * 250
	r = r fig("band", "x0_0", "band: " lo "-" lo + 249)
	printf "title: table\nsynthetic: yes\nunknowns:\n%spublications:\n  - id: one\n    who: Example Mail\n", u
	printf "    date: 2026-01-31\n    source: made up\n    rows:\n%stargets:\n  - id: cell\n    en: cell\n    count: x0_0\n", r
	printf "    permitted: %d-%d\n    rule: US-1874-A3\n    cite: bands of 250\n", lo, lo + 249
}
function fig(id, count, what) { return "      - id: " id "\n        en: figure\n        count: " count "\n        " what "\n" }
AWK
awk -v n=18 -v seed=1 -v open=25 -f table.awk >table.yaml
run 5 audit table.yaml --alone
has out '^UNDECIDED cell'
has out 'the search met its limit. That counts as unsafe'
run 0 audit table.yaml
has out '^SAFE cell'
mkdir bin
cp "$WRIT" bin/writ
for solver in /bin/false /bin/echo /bin/cat; do
	cp "$solver" bin/writ-solve
	rc=0
	bin/writ audit table.yaml >out 2>err </dev/null || rc=$?
	same "status with $solver as the solver" "$rc" 5
	has out '^UNDECIDED cell'
done
verdict "what the search gives up the solver helps to decide; a dead one or a wrong one does not"

# ---- Google's letters ------------------------------------------------------------------------------
# Every half-year in the company's table, with the letters that its own list has by then: the printed edge
# is as high as is permitted, no higher. Lists and tables: fields with commas have none here.
if [ -r "$shared/data/google-nsl-bands.csv" ]; then
	awk -F , '
		FILENAME ~ /letters/ && FNR > 1 {
			split($2, d, "-")
			released[d[1] "h" (d[2] < 7 ? 1 : 2)]++
		}
		FILENAME ~ /bands/ && FNR > 1 {
			split($1, d, "-")
			h = d[1] "h" (d[2] < 7 ? 1 : 2)
			n = released[h] + 0
			floor = $2 >= 500 ? 500 : 0
			units = units "  - id: n" h "\n    en: letters of " h "\n"
			rows = rows "      - id: band" h "\n        en: letters of " h "\n        count: n" h \
				"\n        band: " $2 "-" $3 "\n"
			if (n)
				rows = rows "      - id: list" h "\n        en: letters in the list\n        count: n" h \
					"\n        released: " n "\n"
			targets = targets "  - id: t" h "\n    en: letters of " h "\n    count: n" h "\n    permitted: " \
				floor "-" floor + 499 "\n    released: " n "\n    rule: US-1874-A2\n    cite: bands of 500\n"
			if (floor == 0) {
				low++
				agree += n == $2
			}
		}
		END {
			printf "title: letters\nsynthetic: no\nunknowns:\n%spublications:\n  - id: table\n    who: Google\n", units
			printf "    date: 2023-01-31\n    source: table and list\n    rows:\n%stargets:\n%s", rows, targets
			print agree " of " low >"agree"
		}' "$shared/data/google-nsl-released-letters.csv" "$shared/data/google-nsl-bands.csv" >google.yaml
	same "half-years at 0-499 whose edge is the number of letters" "$(cat agree)" "19 of 19"
	audited 0 google.yaml
	has out '^27 protected numbers are safe, 0 are not$'
	# one letter fewer in the list, and the printed edge is above what is permitted
	sed '/id: t2018h2/,/cite/s/released: 22/released: 21/' google.yaml >fewer.yaml
	audited 5 fewer.yaml
	finds t2018h2 22 499
	has out '^26 protected numbers are safe, 1 is not$'
	verdict "Google's table agrees with its list in 19 of 19 half-years"
else
	echo "ok Google's table agrees with its list # SKIP no shared data"
fi

# What the examples say about Microsoft stands in the shared tables.
if [ -r "$shared/data/natsec-bands.csv" ]; then
	same "criminal accounts of 2012" "$(tr -d '\r' <"$shared/data/microsoft-2012-by-country.csv" |
		awk -F , '$1 == "United States" { print $5 }')" 24565
	same "bands of 2012 H2" "$(awk -F , '$1 == "Microsoft" && $2 == "2012H2" { printf "%s-%s ", $6, $7 }' \
		"$shared/data/natsec-bands.csv")" "16000-16999 0-999 0-999 "
	same "the corrected band" "$(awk -F , '$1 == "Microsoft" && $2 == "2016H1" && $3 == "FISA-content" {
		print $4 "-" $5 }' "$shared/data/natsec-bands.csv")" 0-499
	verdict "the examples' figures are those of the shared tables"
else
	echo "ok the examples' figures # SKIP no shared data"
fi
exit $bad
