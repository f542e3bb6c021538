#!/bin/sh
# The program that sets pages: a tagged PDF that says what the figures say, the same bytes each time, and a
# document that is none refused by its line.
. "$(dirname "$0")/lib"
typeset=$(dirname "$WRIT")/writ-typeset

at 2027-01-04T09:00:00Z
make_instance
try 0 iris import closed "$root/examples/history/2013h1.csv" --map "$root/examples/history/2013h1.map.yaml"
try 0 pia edition make 2013H1
try 0 pia edition publish 2013H1 --out "$work/site"
for lang in "" .de; do
	pdf=site/report$lang.pdf
	pdfinfo "$pdf" >info 2>err || wrong "$pdf: $(head -n 1 err)"
	has info '^Tagged: *yes'
	has info '^CreationDate: .*2027'
	lacks info '^(Author|Creator|Subject|Keywords):'
	pdfinfo -struct "$pdf" >structure 2>/dev/null
	for tag in Document H1 H2 Table TH TD Figure; do
		has structure "^ *$tag"
	done
	pdftotext -layout "$pdf" - >text
	! grep -q "$work" "$pdf" || wrong "$pdf: a path of this machine"
done
has text '^ *Deutschland +5\.185 +9\.670 +0 +4\.318 +826 +41'
has text '^ *Insgesamt +37\.196 +66\.539'
pdftotext -layout site/report.pdf - >text
has text '^ *Not recorded +1 +< ?0\.1%' # a share that rounds to nothing is not nothing
awk -F, '$2 == "country" && $5 == "requests" { print $6 }' site/figures.csv | sort -n >want
awk '/Demands by public class/ { exit }
	{ n = 0; for (i = NF; i > 1 && $i ~ /^[0-9,]+$/; i--) n++ }
	n == 7 && $1 != "Total" { gsub(",", "", $(NF - 6)); print $(NF - 6) }' text | sort -n >got
cmp -s want got || wrong "the countries of the PDF: $(diff want got | sed -n 2p)"
# the language of each, and the words that stand for its pictures
for pdf in "report en" "report.de de"; do
	qpdf --qdf --object-streams=disable "site/${pdf% *}.pdf" pdf.qdf || wrong "${pdf% *}.pdf: not a PDF"
	grep -a -q "^  /Lang (${pdf#* })$" pdf.qdf || wrong "${pdf% *}.pdf does not name its language"
	same "pictures of ${pdf% *}.pdf without words" "$(grep -a -c '/S /Figure' pdf.qdf)" "$(grep -a -c '^  /Alt ' pdf.qdf)"
done
grep -a -q '/Alt (.*Only non-content' pdf.qdf && wrong "the German one speaks English"
verdict "a tagged PDF says what the figures say, in both languages"

# without the program nothing is published, and doctor says so
mkdir alone
cp "$WRIT" alone/writ
whole=$WRIT
WRIT=$work/alone/writ
at 2027-01-05T09:00:00Z
echo "Set once more" >cause.txt
try 0 pia edition make 2013H1 --en cause.txt
before=$(entries)
try 3 pia edition publish 2013H1 --out "$work/other"
has err "writ-typeset: this part of Writ is not installed"
same "ledger" "$(entries)" "$before"
try 1 root doctor
has out 'LOOK +helper +writ-typeset is not installed: no edition can be published'
WRIT=$whole
try 1 root doctor # of the clock
has out 'ok +helper +writ-typeset is there'
verdict "a part of Writ that is missing is told before the step that needs it"

refused() { # LINE DOCUMENT
	rc=0
	printf "$2" | "$typeset" >out 2>err || rc=$?
	same "status of $2" "$rc" 65
	has err "^writ-typeset: line $1: "
}
refused 0 ''
refused 1 'something\n'
refused 1 'writ/doc/1\n'
refused 2 'writ/doc/1\nh9\tx\n'
refused 2 'writ/doc/1\nh1\n'
refused 2 'writ/doc/1\nrow\ta\tb\n'
refused 3 'writ/doc/1\ntable\tx\t1\t-1\nrow\ta\n'
refused 2 'writ/doc/1\ntable\tx\t0\n'
refused 3 'writ/doc/1\nbars\tx\nbar\ta\t1\n'
refused 2 'writ/doc/1\ncreated\tyesterday\n'
verdict "what is no document is refused by its line"
exit $bad
