#!/bin/sh
# `writ check`: anybody's published report, by arithmetic. First reports made here, then the files as they were
# published (the folder of shared data; skipped without it): what must be found in them, and that nothing
# else in them is called impossible.
. "$(dirname "$0")/lib"

maps=$root/examples/maps

# skip NAME: a test that needs what is not here.
skip() {
	echo "ok $1 # SKIP no folder of shared data"
}

# Every line of a report that says impossible, without file: "PLACE TEXT".
impossible() {
	sed -n 's/^impossible  [^ ]*\/[^ :]*[ :]//p' out
}

# ---- reports made here ---------------------------------------------------------------------------

cat >map.yaml <<'YAML'
kind: report
source:
  publisher: Example Mail
  title: Requests for user data
  date: 2018
thousands: ","
period: 2017H2
tables:
  - name: requests
    header: 2
    country: Country
    requests: Requests
    accounts: Accounts
    outcomes:
      disclosed: Disclosed
      rejected: Rejected
    shares:
      - column: Share
        of: Requests
        parts: Disclosed
    total:
      where:
        Country: TOTAL
YAML
head='"Requests, July - December 2017",,,,,
Country,Requests,Accounts,Disclosed,Rejected,Share'
printf '%s\nTOTAL,"1,110","2,020",606,504,55%%\nGermany,10,20,6,4,60%%\nUnited States*,"1,100","2,000",600,500,55%%\n' \
	"$head" >good.csv
run 0 check good.csv --map map.yaml
has out '^good\.csv: requests, 2017H2: 3 rows; in this table the outcomes add up to requests '
lacks out '^(impossible|suspicious) '
same "last line" "$(tail -n 1 out | sed 's/[0-9]* fine/N fine/')" "0 impossible, 0 suspicious, N fine"
sed '7s/.*/period:\n  cell: A1/' map.yaml >cell.yaml
run 0 check good.csv --map cell.yaml
has out '^good\.csv: requests, 2017H2: 3 rows'
sed '7s/.*/period:\n  cell: B2/' map.yaml >cell.yaml
run 65 check good.csv --map cell.yaml
has err '^writ: cell\.yaml:8:3: good\.csv: this cell names no period$'
verdict "a report that adds up has no finding; its period may stand in a cell"

cat >bad.csv <<'CSV'
"Requests, January - June 2017",,,,,
Country,Requests,Accounts,Disclosed,Rejected,Share
TOTAL,"1,111","2,020",606,504,55%
Germany,10,9,6,4,61%
France,20.5,30,10,10,< 50
Germany,-1,0,0,0,0%
Korea,5,6,2,3,40%
Korea Republic Of,5,6,2,3,40%
Atlantis,3,4,1,1,33%
Austria,,,,,
CSV
run 1 check bad.csv --map map.yaml
while read -r line; do
	grep -qF -e "$line" out || wrong "no finding: $line"
done <<'LINES'
impossible  bad.csv:1:1  the title names 2017H1, the report is for 2017H2 (right: 2017H2)
impossible  bad.csv:3:7  TOTAL: the outcomes add up to 1110; requests: 1111; accounts: 2020 (right: 1111)
suspicious  bad.csv:4:12  Germany: fewer accounts (9) than requests (10)
impossible  bad.csv:4:18  Germany: Share: 61 % printed beside 6 of 10 (right: 60 %)
impossible  bad.csv:5:8  requests: a count with a fraction
suspicious  bad.csv:5:22  Share: no number
impossible  bad.csv:6:1  this label stands at 4:1 already
impossible  bad.csv:6:9  requests: a count below zero
suspicious  bad.csv:8:1  another spelling of this label stands at 7:1 already
suspicious  bad.csv:9:1  Atlantis: no country of ISO 3166 is known by this name
impossible  bad.csv:9:10  Atlantis: the outcomes add up to 2; requests: 3; accounts: 4 (right: 3)
suspicious  bad.csv:10:1  1 label without figures: 10:1
country: "Korea Republic Of" is read as KR
LINES
same "last line" "$(tail -n 1 out | sed 's/, [0-9]* fine//')" \
	"$(grep -c '^impossible ' out) impossible, $(grep -c '^suspicious ' out) suspicious"
has err '^writ: not possible as published: '
verdict "each kind of fault is found in its cell, with what would be right"

run 1 --json check bad.csv --map map.yaml
same "findings in JSON" "$(grep -c '"severity": "impossible"' out) $(grep -c '"severity": "suspicious"' out)" \
	"$(field impossible out) $(field suspicious out)"
has out '"cell": "6:9",?$'
has out '"right": "60 %",?$'
has out '"rule": "label_twice",?$'
has out '"schema": "writ/check/1",?$'
verdict "the same as JSON"

sed 's/^\( *requests\): Requests/\1: Demands/' map.yaml >wrong.yaml
run 65 check good.csv --map wrong.yaml
has err '^writ: good\.csv:2:1: the header lacks the column "Demands" \(the mapping file.s line 12\)$'
[ ! -s out ] || wrong "something is printed"
sed 's/^period: .*/period: soon/' map.yaml >wrong.yaml
run 65 check good.csv --map wrong.yaml
has err '^writ: wrong\.yaml:7:9: '
sed '3,$s/,55%$//' good.csv >ragged.csv
run 65 check ragged.csv --map map.yaml
has err '^writ: ragged\.csv:3:'
run 65 check good.csv --map "$root/examples/history/2013h1.map.yaml"
has err '2013h1\.map\.yaml:[0-9]+:[0-9]+: a mapping file for a report'
run 3 check none.csv --map map.yaml
run 65 check --map map.yaml
run 65 check good.csv
verdict "a wrong header, a wrong mapping and a wrong file are named with their place"

# The process can do nothing but print once it reads: what it has to ask the system for is refused.
mkdir -p i
run 0 -d i check good.csv --map map.yaml
same "files beside it" "$(find i | wc -l)" 1
verdict "no instance is needed, and none is made"

# ---- workbooks -----------------------------------------------------------------------------------

# book FILE [PART=TEXT]...: a workbook of one sheet "Requests" with the parts replaced or added.
book() {
	python3 - "$@" <<'PY'
import sys, zipfile
main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
one = '<Relationship Id="%s" Type="' + rel + '/%s" Target="%s"/>'
rows = [['Country', 'Requests', 'Rejected', 'Disclosed'], ['Germany', 10, 4, 6], ['France', 5, 4, 2]]
def cell(r, c, v):
    at = 'ABCD'[c] + str(r + 1)
    return ('<c r="%s"><v>%d</v></c>' if isinstance(v, int) else '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>') % (at, v)
sheet = ''.join('<row r="%d">%s</row>' % (r + 1, ''.join(cell(r, c, v) for c, v in enumerate(row))) for r, row in enumerate(rows))
parts = {'_rels/.rels': rels % (one % ('a', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': '<workbook %s xmlns:r="%s"><sheets><sheet name="Requests" sheetId="1" r:id="b"/></sheets></workbook>' % (main, rel),
    'xl/_rels/workbook.xml.rels': rels % (one % ('b', 'worksheet', 'worksheets/sheet1.xml')),
    'xl/worksheets/sheet1.xml': '<worksheet %s><sheetData>%s</sheetData></worksheet>' % (main, sheet)}
for arg in sys.argv[2:]:
    name, text = arg.split('=', 1)
    parts[name] = ' ' * int(text[6:]) if text.startswith('blank:') else text
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for name, text in parts.items():
        z.writestr(name, text)
PY
}

cat >book.yaml <<'YAML'
kind: report
source:
  publisher: Example Mail
  title: Requests for user data
  date: 2018
period: 2017H2
tables:
  - name: requests
    sheet: Requests
    country: Country
    requests: Requests
    outcomes:
      disclosed: Disclosed
      rejected: Rejected
YAML
book ok.xlsx
run 1 check ok.xlsx --map book.yaml
has out '^impossible  ok\.xlsx Requests!B3  France: the outcomes add up to 6; requests: 5 \(right: 5\)$'
has out '^1 impossible, 0 suspicious, '
verdict "a workbook is read by sheet and cell"

book told.xlsx 'docProps/core.xml=<p><creator>Ann Example</creator><title>Requests H1 2016</title></p>' \
	'docProps/custom.xml=<p><q>ann@mail.example</q></p>' 'xl/comments1.xml=<c/>' \
	'xl/externalLinks/_rels/externalLink1.xml.rels=<Relationships><Relationship Id="a" Type="x" TargetMode="External" Target="file:///C:\ann\x.xlsx"/></Relationships>'
run 1 check told.xlsx --map book.yaml
has out '^suspicious  told\.xlsx docProps/core\.xml  names of authors or their company: 1$'
has out '^suspicious  told\.xlsx docProps/custom\.xml  mail addresses in the properties: 1$'
has out '^suspicious  told\.xlsx xl/comments1\.xml  parts with comments: 1$'
has out '^suspicious  told\.xlsx xl/externalLinks/_rels/externalLink1\.xml\.rels  links to what lies outside of the file: 1$'
has out '^suspicious  told\.xlsx xl/externalLinks/_rels/externalLink1\.xml\.rels  paths of somebody.s computer or storage: 1$'
has out '^impossible  told\.xlsx docProps/core\.xml  the title names 2016H1, the report is for 2017H2'
lacks out '[Aa]nn'
verdict "what a workbook tells of its makers is found by place, and not repeated"

# A name and a cell that would move a terminal's cursor, or show a text in another order.
book sly.xlsx 'xl/workbook.xml=<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Requests" sheetId="1" r:id="b"/></sheets></workbook>' \
	'xl/worksheets/sheet1.xml=<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Country</t></is></c><c r="B1" t="inlineStr"><is><t>Requests</t></is></c><c r="C1" t="inlineStr"><is><t>Rejected</t></is></c><c r="D1" t="inlineStr"><is><t>Disclosed</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>At&#x202E;lan&#x9b;2Jtis</t></is></c><c r="B2"><v>5</v></c><c r="C2"><v>4</v></c><c r="D2"><v>2</v></c></row></sheetData></worksheet>'
run 1 check sly.xlsx --map book.yaml
has out '^impossible  sly\.xlsx Requests!B2  At�lan 2Jtis: the outcomes add up to 6'
run 1 --json check sly.xlsx --map book.yaml
has out 'At\\u202elan 2Jtis'
verdict "control characters and marks of direction of a foreign file do not reach the terminal"

head -c 700 ok.xlsx >cut.xlsx
run 65 check cut.xlsx --map book.yaml
has err '^writ: cut\.xlsx: this archive is damaged or cut off$'
book bomb.xlsx xl/worksheets/sheet1.xml=blank:200000000
[ "$(wc -c <bomb.xlsx)" -lt 400000 ] || wrong "the bomb is not small"
run 66 check bomb.xlsx --map book.yaml
has err '^writ: bomb\.xlsx: xl/worksheets/sheet1\.xml: the part has 200000000 bytes, at most 33554432 are read$'
book dtd.xlsx 'xl/workbook.xml=<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
run 65 check dtd.xlsx --map book.yaml
has err '^writ: dtd\.xlsx: xl/workbook\.xml:1:[0-9]+: a document type declaration is refused$'
book xml.xlsx 'xl/worksheets/sheet1.xml=<a>'
run 65 check xml.xlsx --map book.yaml
has err '^writ: xml\.xlsx: xl/worksheets/sheet1\.xml:1:[0-9]+: this is not well-formed XML$'
sed 's/sheet: Requests/sheet: Demands/' book.yaml >sheet.yaml
run 65 check ok.xlsx --map sheet.yaml
has err '^writ: sheet\.yaml:9:12: ok\.xlsx has no sheet of this name$'
sed 's/ Rejected$/ Refused/' book.yaml >column.yaml
run 65 check ok.xlsx --map column.yaml
has err '^writ: ok\.xlsx: Requests!A1: the header lacks the column "Refused"'
cp ok.xlsx text.csv
printf 'PK\003\004' | cat - good.csv >text.xlsx
run 65 check text.xlsx --map book.yaml
has err '^writ: text\.xlsx: '
[ ! -s out ] || wrong "something is printed"
verdict "truncated, inflated, with a DTD, without the sheet, with another header: each refused with its place"

# ---- what printed bands give away -------------------------------------------------------------------

# inferred COUNTS: the line that counts the bands: hold narrowed narrowed-if contradicted undecided.
inferred() {
	same "bands" "$(sed -n 's/^\([0-9]*\) holds\{0,1\}, \([0-9]*\) narrowed, \([0-9]*\) narrowed under an assumption, \([0-9]*\) contradicted, \([0-9]*\) undecided$/\1 \2 \3 \4 \5/p' out)" "$*"
}
cat >bands.yaml <<'YAML'
kind: report
source:
  publisher: Example Mail
  title: Requests for user data
  date: 2018
thousands: ","
period: 2017H2
tables:
  - name: requests
    labels: Kind
    requests: Requests
    sums:
      - whole: Requests
        parts:
          - Criminal
          - Security
    shares:
      - column: Share
        of: Requests
        parts: Criminal
    bands:
      - column: Security
    widths: 250
    total:
      where:
        Kind: TOTAL
YAML
printf '%s\n' Kind,Requests,Criminal,Security,Share 'Warrants,"1,040","1,000",0-249,' >bands.csv
run 5 check bands.csv --map bands.yaml
has out '^what can be inferred of 1 printed band:$'
has out '^inferred  bands\.csv:2:26  Warrants: Security: prints a band of 250 \(0 to 249\), but its other figures narrow it to exactly 40$'
has out '^          because of bands\.csv:2:10, Warrants: requests \(1040\) = Criminal \(1000\) \+ Security \(0 to 249\)$'
inferred 0 1 0 0 0
has out '^0 impossible, 0 suspicious, '
has err '^writ: printed bands that other figures narrow: 1$'
run 5 --json check bands.csv --map bands.yaml
has out '"least": 40,'
has out '"most": 40,'
has out '"assumption": "",'
has out '"cell": "2:26",'
same "narrowed in JSON" "$(field narrowed out)" 1
verdict "an exact whole less its exact part gives the band beside it away"

printf '%s\n' Kind,Requests,Criminal,Security,Share 'Warrants,"1,000-1,249","1,000",0-249,' 'Letters,0,0,,' >bands.csv
run 0 check bands.csv --map bands.yaml
inferred 2 0 0 0 0
lacks out '^inferred '
verdict "a whole in a band aligned to its part gives nothing away"

printf '%s\n' Kind,Requests,Criminal,Security,Share 'Letters,"810-1,059",810,0-249,81%' 'Taps,10,4,6,40%' >bands.csv
run 5 check bands.csv --map bands.yaml
has out '^inferred  bands\.csv:2:[0-9]+  Letters: Security: .* narrow it to \[184, 196\]$'
has out '^          because of bands\.csv:2:[0-9]+, Letters: 81 % is Criminal \(810\) of requests \(810 to 1059\)$'
inferred 0 2 0 0 0
sed 's/,81%/,81.2%/' bands.csv >finer.csv
run 5 check finer.csv --map bands.yaml
has out 'Letters: Security: .* narrow it to \[187, 188\]$'
# a publisher who cuts off: 2 of 3 are printed as 66 %, and none of the column is taken for rounded
printf '%s\n' 'Orders,3,2,1,66%' >>bands.csv
run 0 check bands.csv --map bands.yaml
inferred 2 0 0 0 0
has out 'cut off, not rounded'
verdict "a percentage gives the band in its whole away, unless the publisher does not round"

printf '%s\n' Kind,Requests,Criminal,Security,Share 'TOTAL,60,,,' 'Warrants,31,,,' 'Letters,<10,,,' 'Taps,25,,,' >bands.csv
run 5 check bands.csv --map bands.yaml
has out '^inferred  bands\.csv:4:9  Letters: requests: prints a band of 10 \(0 to 9\), but its other figures narrow it to exactly 4$'
has out 'TOTAL: requests \(60\) = Letters \(0 to 9\) \+ 2 other rows with 56$'
sed 's/^Taps,25/Taps,<100/' bands.csv >two.csv
run 5 check two.csv --map bands.yaml
has out 'Taps: requests: prints a band of 100 \(0 to 99\), but its other figures narrow it to \[20, 29\]$'
inferred 1 1 0 0 0
sed 's/^Taps,25/Taps,/' bands.csv >blank.csv
run 1 check blank.csv --map bands.yaml
inferred 1 0 0 0 0
sed 's/^TOTAL,60/TOTAL,35/' blank.csv >zero.csv
run 0 check zero.csv --map bands.yaml
has out 'narrow it to exactly 4, if what is left blank counts nothing$'
inferred 0 0 1 0 0
verdict "a total gives a small number away that was closed; what a blank means is an assumption"

# Apple, first half of 2013, as two tables (figures as in examples/audit/apple-2013h1.yaml).
cat >ties.yaml <<'YAML'
kind: report
source:
  publisher: Apple
  title: Account requests
  date: 2014-01-27
period: 2013H1
tables:
  - name: all
    file: november
    labels: Authority
    requests: Requests
  - name: law enforcement
    file: january
    labels: Authority
    requests: Requests
    bands:
      - column: Security
    widths: 250
ties:
  - whole:
      table: all
      column: Requests
    parts:
      - table: law enforcement
        column: Requests
      - table: law enforcement
        column: Security
    assume: both reports count the same kind of requests
YAML
printf '%s\n' Authority,Requests 'US,1000-2000' >november.csv
printf '%s\n' Authority,Requests,Security US,927,0-249 >january.csv
run 0 check november.csv january.csv --map ties.yaml
has out '^inferred  january\.csv:2:8  US: Security: prints a band of 250 \(0 to 249\), but its other figures narrow it to \[73, 249\], if both reports count the same kind of requests$'
has out '^          because of november\.csv:2:4, US, requests \(1000 to 2000\) = january\.csv:2:4, US, requests \(927\) \+ january\.csv:2:8, US, Security \(0 to 249\)$'
inferred 0 0 2 0 0
sed '/^    assume/d' ties.yaml >sure.yaml
run 5 check november.csv january.csv --map sure.yaml
inferred 0 2 0 0 0
run 0 check january.csv --map ties.yaml
inferred 1 0 0 0 0
sed 's/^      - table: law enforcement/&\n        row: FR/' ties.yaml >other.yaml
run 0 check november.csv january.csv --map other.yaml
inferred 2 0 0 0 0
for wrong in 's/table: all$/table: some/' 's/^        column: Security/        column: Letters/' \
    's/^    assume:/    assumed:/' 's/^      column: Requests/      column: Authority/'; do
	sed "$wrong" ties.yaml >wrong.yaml
	run 65 check november.csv january.csv --map wrong.yaml
	has err '^writ: wrong\.yaml:[0-9]+:[0-9]+: '
done
verdict "tables that are tied are judged together, an equal scope only as an assumption"

cat >parts.yaml <<'YAML'
kind: report
source:
  publisher: Example Mail
  title: Requests for user data
  date: 2018
period: 2017H2
tables:
  - name: requests
    labels: Kind
    requests: Requests
    outcomes:
      disclosed: Disclosed
      rejected: Rejected
YAML
printf '%s\n' Kind,Requests,Disclosed,Rejected Warrants,10,4,6 'Letters,20,0-19,5' >parts.csv
run 0 check parts.csv --map parts.yaml
has out 'Letters: disclosed: .* narrow it to exactly 15, if the outcomes add up in every row to what they add up to in others$'
inferred 0 0 1 0 0
sed 's/^    outcomes:/    outcomes_of: requests\n&/' parts.yaml >said.yaml
run 5 check parts.csv --map said.yaml
inferred 0 1 0 0 0
sed 's/^    outcomes:/    outcomes_of: none\n&/' parts.yaml >none.yaml
run 0 check parts.csv --map none.yaml
inferred 1 0 0 0 0
verdict "outcomes are a partition where the mapping says so, as an assumption where the rows do, else not"

# Each sum alone can be; all of them together cannot: x is 10 to 19 and y 0 to 9, x = y in one row's sums.
cat >knot.yaml <<'YAML'
kind: report
source:
  publisher: Example Mail
  title: Requests for user data
  date: 2018
period: 2017H2
tables:
  - name: requests
    labels: Kind
    requests: Requests
    sums:
      - whole: A
        parts:
          - X
          - Y
      - whole: B
        parts:
          - X
          - Z
      - whole: C
        parts:
          - Y
          - Z
YAML
# X + Y = 10, X + Z = 11, Y + Z = 12: twice their sum would be 33
printf '%s\n' Kind,Requests,A,B,C,X,Y,Z 'Warrants,1,10,11,12,0-19,0-19,0-19' >knot.csv
run 1 check knot.csv --map knot.yaml
has out '^impossible  knot\.csv:2:[0-9]+  Warrants: column X: no number of this band fits the other figures: '
inferred 0 0 0 3 0
has out '^1 impossible, '
printf '%s\n' Kind,Requests,A,B,C,X,Y,Z 'Warrants,1,10,12,12,0-19,0-19,0-19' >knot.csv
run 5 check knot.csv --map knot.yaml
inferred 0 3 0 0 0
verdict "figures that contradict each other only together are impossible"

# More bands in one sum than are gone through: said, and nothing of them is called safe.
{
	echo Kind,Requests,Criminal,Security,Share
	echo 'TOTAL,900,,,'
	i=0
	while [ $i -lt 100 ]; do
		i=$((i + 1))
		echo "Kind $i,<10,,,"
	done
} >many.csv
run 0 check many.csv --map bands.yaml
inferred 0 0 0 0 100
has out '^undecided  many\.csv:3:8  Kind 1: requests: prints a band of 10 \(0 to 9\); what ties it to other figures is too much to be decided$'
verdict "what is too much is undecided, and said"

# ---- as they were published ------------------------------------------------------------------------

data=$shared/data
name="Microsoft, first half of 2013: the United States and the total miss their outcomes by one"
if [ -f "$data/microsoft-2013H1.csv" ]; then
	run 1 check "$data/microsoft-2013H1.csv" --map "$maps/check-microsoft-2013h1.yaml"
	impossible >got
	cat >want <<'WANT'
2:21  le_all, TOTAL: the outcomes add up to 37195; requests: 37196; accounts: 66539 (right: 37196)
64:29  le_all, United States: the outcomes add up to 7013; requests: 7014; accounts: 18809 (right: 7014)
WANT
	cmp -s got want || wrong "impossible: $(head -n 3 got)"
	has out '^country: "Venezuala" is read as VE$'
	has out '^2 impossible, 0 suspicious, '
	verdict "$name"
else
	skip "$name"
fi

name="Microsoft, second half of 2017: civil requests, emergencies, and nothing else impossible"
if [ -f "$data/microsoft-2017H2.xlsx" ]; then
	run 1 check "$data/microsoft-2017H2.xlsx" --map "$maps/check-microsoft-2017h2.yaml"
	impossible >got
	cat >want <<'WANT'
Civil Legal Requests!A1  the title names 2017H1, the report is for 2017H2 (right: 2017H2)
Civil Legal Requests!C6  TOTAL: the outcomes add up to 192; requests: 185; accounts: 273 (right: 185)
Civil Legal Requests!C10  United States: the outcomes add up to 115; requests: 108; accounts: 168 (right: 108)
Civil Legal Requests!K10  United States: column K: 0 % printed beside 10 of 108 (right: 9 %)
WANT
	cmp -s got want || wrong "impossible: $(head -n 5 got)"
	has out '^suspicious  [^ ]* Emergencies \(2\)!A66  19 labels without figures: A66, A155, .*, A234$'
	has out '^suspicious  [^ ]* TOTAL \(2\)!D9  Australia: fewer accounts \(162\) than requests \(824\)$'
	has out ' TOTAL \(2\): criminal requests, 2017H2: 57 rows; in this table the outcomes add up to requests '
	has out '^4 impossible, 8 suspicious, '
	lacks out '@'
	verdict "$name"
else
	skip "$name"
fi

name="Microsoft 2012, Cisco, Meta, Snap and Google's bands: nothing is called impossible"
if [ -f "$data/meta-2022H2.csv" ]; then
	for pair in microsoft-2012-by-country:microsoft-2012 cisco-2022H1-demands:cisco-2022h1 \
	    snap-2022H1:snap-2022h1 google-nsl-bands:google; do
		run 0 check "$data/${pair%:*}.csv" --map "$maps/check-${pair#*:}.yaml"
		has out '^0 impossible, 0 suspicious, [1-9]'
	done
	run 0 check "$data/meta-2022H2.csv" --map "$maps/check-meta-2022h2.yaml"
	has out '^0 impossible, 13 suspicious, [1-9]'
	same "other than accounts below requests" \
		"$(grep '^suspicious' out | grep -vc 'fewer accounts')" 0
	verdict "$name"
else
	skip "$name"
fi

name="printed bands of Google, Microsoft and Snap: none is narrowed; a planted total narrows one"
if [ -f "$data/natsec-bands.csv" ]; then
	run 0 check "$data/natsec-bands.csv" --map "$maps/check-natsec-bands.yaml"
	inferred "$(($(wc -l <"$data/natsec-bands.csv") * 2 - 2)) 0 0 0 0"
	has out '^0 impossible, 0 suspicious, '
	run 0 check "$data/google-nsl-bands.csv" --map "$maps/check-google.yaml"
	inferred 54 0 0 0 0
	run 0 check "$data/snap-2022H1.csv" --map "$maps/check-snap-2022h1.yaml"
	inferred 2 0 0 0 0
	# the same table with a half-year's letters and orders added up beside their bands
	cat >sum.yaml <<'YAML'
kind: report
source:
  publisher: Google
  title: National security
  date: 2022
period: 2018H2
tables:
  - name: bands
    only:
      - provider: Google
        period: 2018H2
      - provider: TOTAL
    labels: category
    bands:
      - low: req_lo
        high: req_hi
    total:
      where:
        provider: TOTAL
YAML
	{
		cat "$data/natsec-bands.csv"
		echo 'TOTAL,2018H2,all,1700,1700,,,'
	} >sum.csv
	run 5 check sum.csv --map sum.yaml
	has out 'FISA-content: req_lo: .* narrow it to \[702, 999\]$'
	has out 'NSL: req_lo: .* narrow it to \[202, 499\]$'
	verdict "$name"
else
	skip "$name"
fi

name="Meta: one changed digit is found"
if [ -f "$data/meta-2022H2.csv" ]; then
	sed 's/^Albania,75,107,20,7,27,35%/Albania,75,107,20,7,27,38%/' "$data/meta-2022H2.csv" >meta.csv
	run 1 check meta.csv --map "$maps/check-meta-2022h2.yaml"
	has out '^impossible  meta\.csv:4:[0-9]+  Albania: Total Requests Percentage: 38 % printed beside 7 of 20 \(right: 35 %\)$'
	has out '^1 impossible, 13 suspicious, '
	verdict "$name"
else
	skip "$name"
fi

# headers FILE...: a file of nothing but its header row for each line "NAME: HEADER" of what is shared.
headers() {
	while IFS= read -r line; do
		printf '%s\n' "${line#*: }" | tr -d '\r' >"${line%%: *}.csv"
	done
}
name="Apple and Google: the mappings fit the header rows"
if [ -f "$data/apple-headers.txt" ]; then
	headers <"$data/apple-headers.txt"
	headers <"$data/google-headers.txt"
	run 0 check account_requests.csv emergency_requests.csv device_requests.csv \
		us_national_security_requests.csv account_preservation_requests.csv --map "$maps/check-apple.yaml"
	same "tables without rows" "$(grep -c 'no row of the file belongs to this table' out)" 5
	run 0 check google-*-requests.csv --map "$maps/check-google.yaml"
	same "tables without rows" "$(grep -c 'no row of the file belongs to this table' out)" 3
	verdict "$name"
else
	skip "$name"
fi
exit $bad
