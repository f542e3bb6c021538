#!/bin/sh
# A real half-year as history: January to June 2013 comes in one closed demand a request, is counted and
# published, and every cell of the published original stands in the edition. What the original does not
# say is not recorded, not invented.
. "$(dirname "$0")/lib"

original=$root/examples/history/2013h1.csv
map=$root/examples/history/2013h1.map.yaml
at 2027-01-04T09:00:00Z
make_instance

before=$(entries)
try 0 iris import closed "$original" --map "$map"
has out '^37196 demands, 66539 accounts imported\.$'
has out 'outcome the source does not give, not_recorded: 1\.'
same "closed demands before" "${before##* }" 0
after=$(entries)
same "closed demands after" "${after##* }" 37196
try 0 iris --json import list
same "demands in the list" "$(field records out)" 37196
same "accounts in the list" "$(field accounts out)" 66539
has out '"done": true'
verdict "37,196 demands and 66,539 accounts come in"

try 4 iris import closed "$original" --map "$map"
same "ledger" "$(entries)" "$after"
for p in rob carla cole otto root pia fred; do
	denied "needs the role" $p import closed "$original" --map "$map"
done
same "ledger" "$(entries)" "$after"
verdict "the same import again is refused, and so is anybody but intake"

try 0 pia edition make 2013H1
has out '^Every rule holds\.$'
has out "^  ask: limit: country IN requests: Publishing totals was said to be unlawful; counsel decides"
denied "needs the role" otto edition publish 2013H1 --out "$work/site"
try 0 pia edition publish 2013H1 --out "$work/site"
for f in index.html figures.csv figures.json; do
	[ -s "site/$f" ] || wrong "no $f was written"
done
try 0 otto edition show 2013H1 --country DE
has out '^DE +5185 +9670 +0 +4318 +826 +41 +0 +0 +0 +0 +0$'
try 0 otto edition show 2013H1 --country US
has out '^US +7014 +18809 +.* 1$'
verdict "the edition is made and published; Germany has 5,185 demands and 9,670 accounts"

# cells FILE: lines "CODE requests accounts content noncontent no_data rejected" of the edition's country
# table, the total as TOTAL, sorted.
cells() {
	awk -F, '
		$2 == "country" || ($2 == "total" && $3 == "") {
			place = $2 == "total" ? "TOTAL" : $3
			if ($9 != "exact" || $6 != $7) $6 = "(" $9 ")"
			cell[place, $5] = $6
			seen[place] = 1
		}
		END {
			for (place in seen)
				print place, cell[place, "requests"], cell[place, "accounts"], cell[place, "content"],
				    cell[place, "noncontent"], cell[place, "no_data"], cell[place, "rejected"]
		}' "$1" | sort
}
cells site/figures.csv >got.cells
tr -d '\r' <"$original" | tr ',' ' ' | sed 1d | sort >want.cells
cmp -s got.cells want.cells || wrong "a cell differs: $(diff got.cells want.cells | sed -n 2p)"
same "countries" "$(grep -vc '^TOTAL' got.cells)" 64
verdict "the country x outcome table is that of our example file, cell by cell"

# All other outcomes of a country, and those of the one demand that the original does not settle.
awk -F, '$2 == "country" && $5 ~ /^(annex3|withdrawn|redirected|pending|not_recorded)$/ && $6 != 0 { print $3, $5, $6 }' \
	site/figures.csv >others
same "demands with another outcome" "$(cat others)" "US not_recorded 1"
awk -F, '$2 == "total" && $5 == "not_recorded" { print $6 }' site/figures.csv >others
same "not recorded in all" "$(cat others)" 1
verdict "the one outcome the original does not give is not recorded"

if [ -f "$shared/data/microsoft-2013H1.csv" ]; then
	# The original's names, each with its code. Its "Korea" is the Republic.
	tr '|' '\n' >names <<-'E'
		Argentina=AR|Australia=AU|Austria=AT|Belarus=BY|Belgium=BE|Brazil=BR|British Virgin Islands=VG|Bulgaria=BG
		Canada=CA|Chile=CL|China=CN|Colombia=CO|Costa Rica=CR|Czech Republic=CZ|Denmark=DK|Dominican Republic=DO
		Ecuador=EC|El Salvador=SV|Estonia=EE|Finland=FI|France=FR|French Polynesia=PF|French Southern Territories=TF
		Germany=DE|Greece=GR|Hong Kong=HK|Hungary=HU|Iceland=IS|India=IN|Ireland=IE|Israel=IL|Italy=IT|Japan=JP
		Korea=KR|Latvia=LV|Lithuania=LT|Luxembourg=LU|Malta=MT|Mexico=MX|Moldova=MD|Monaco=MC|Netherlands=NL
		New Zealand=NZ|Norway=NO|Panama=PA|Peru=PE|Poland=PL|Portugal=PT|Qatar=QA|Russian Federation=RU|Singapore=SG
		Slovakia=SK|Spain=ES|Sweden=SE|Switzerland=CH|Taiwan=TW|Thailand=TH|Trinidad and Tobago=TT|Turkey=TR
		Ukraine=UA|United Kingdom=GB|United States=US|Uruguay=UY|Venezuala=VE|TOTAL=TOTAL
	E
	tr -d '\r' <"$shared/data/microsoft-2013H1.csv" | awk -F, '
		NR == FNR { split($0, part, "="); code[part[1]] = part[2]; next }
		$1 == "2013H1" && $2 == "le_all" {
			print ($3 in code ? code[$3] : "?" $3), $4, $5, $6, $7, $8, $9
		}' names - | sort >want.cells
	cmp -s got.cells want.cells || wrong "a cell differs: $(diff got.cells want.cells | sed -n 2p)"
	same "cells of the original" "$(grep -c . want.cells)" 65
	verdict "the country x outcome table is the published original, cell by cell"

	# The original itself, read by a mapping file alone, gives the same figures.
	make_instance "$work/other"
	try 0 iris import closed "$shared/data/microsoft-2013H1.csv" --map "$root/examples/maps/microsoft-lerr.map.yaml"
	has out '^37196 demands, 66539 accounts imported\.$'
	try 0 pia edition make 2013H1
	try 0 pia edition publish 2013H1 --out "$work/othersite"
	cells othersite/figures.csv >got.cells
	cmp -s got.cells want.cells || wrong "a cell differs: $(diff got.cells want.cells | sed -n 2p)"
	I=$work/instance
	verdict "the original read by a mapping file gives the same table"
else
	echo "ok the published original: skipped, no folder of shared data"
fi

# Imported figures are marked wherever they are shown.
/usr/bin/python3 "$root/test/oracle/workbook.py" site >out 2>err || wrong "$(tail -n 1 err)"
grep -q '^2013H1,imported,,[^,]*,requests,37196,37196,requests,exact' site/figures.csv || wrong "figures.csv does not mark the import"
grep -q '^2013H1,imported,DE,[^,]*,requests,5185,5185,requests,exact' site/figures.csv || wrong "figures.csv does not mark Germany"
grep -qi 'imported from a report published earlier' site/index.html || wrong "the page does not say it was imported"
grep -q 'Microsoft: Law Enforcement Requests Report, January-June 2013' site/index.html || wrong "the page names no source"
grep -q '"imports": \[$' site/figures.json || wrong "figures.json names no import"
verdict "every file of the edition marks what was imported, with its source"

# ---- no half imports -----------------------------------------------------------------------------------
before=$(entries)
awk -F, -v OFS=, 'NR == 30 { $2 = "many" } /^TOTAL/ { next } { print }' "$original" >bad.csv
sed 's/^period: 2013H1/period: 2012H2/; /^total:/,$d' "$map" >loose.map.yaml
try 65 iris import closed bad.csv --map loose.map.yaml --whole
has err 'bad\.csv:30:'
same "ledger after a refused file" "$(entries)" "$before"
awk -F, -v OFS=, 'NR == 2 { $2 = $2 + 1 } { print }' "$original" >sum.csv
try 65 iris import closed sum.csv --map "$map" --whole
same "ledger after a wrong total" "$(entries)" "$before"
try 65 iris import closed sum.csv --map "$map"
same "ledger after a wrong total" "$(entries)" "$before"
verdict "--whole with a bad line, or a wrong total, stores nothing"

try 0 iris --json import closed bad.csv --map loose.map.yaml
same "refused rows" "$(field refused out)" 1
has out '"line": 30'
has err 'refused: .*bad\.csv:30:[0-9]+: '
lacks err 'many'
lost=$(sed -n 30p "$original" | cut -d, -f2)
same "imported" "$(field records out)" $((37196 - lost))
verdict "without --whole the bad line alone is refused, with its place and without its text"
exit $bad
