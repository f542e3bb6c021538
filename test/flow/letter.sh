#!/bin/sh
# Letters on an order: tagged PDFs in English and German, on both papers, with the law that a refusal rests on; names
# in any script; what cannot be said is not set.
. "$(dirname "$0")/lib"
typeset=$(dirname "$WRIT")/writ-typeset

at 2026-09-14T08:00:00Z
make_instance
cat >>"$I/writ.yaml" <<'YAML'
letterhead:
  - Musterstraße 12
  - 10115 Berlin
  - Telefon 030 123456 · authorities@mail.example
YAML

# letter WHO CASE KIND FILE MORE...: makes it, and reads it back to text, structure and info.
letter() {
	who=$1 case=$2 kind=$3 pdf=$4
	shift 4
	try 0 "$who" order letter "$case" --kind "$kind" --out "$pdf" "$@"
	qpdf --check "$pdf" >check 2>&1 || wrong "$pdf: $(tail -n 1 check)"
	pdftotext -layout "$pdf" text
	pdfinfo "$pdf" >info
	pdfinfo -struct-text "$pdf" >structure 2>/dev/null
	pdffonts "$pdf" | sed 1,2d >fonts
	awk '{ if ($(NF - 4) != "yes") bad = 1 } END { exit bad }' fonts || wrong "$pdf: a font is not embedded"
	! grep -a -q "$work" "$pdf" || wrong "$pdf: a path of this machine"
	has info '^Tagged: *yes'
	has info '^Pages: *1$'
	lacks info '^(Author|Creator|Subject|Keywords):'
	for tag in Document H1 P L LI Lbl LBody; do
		has structure "^ *$tag"
	done
}
language() { # PDF LANGUAGE
	qpdf --qdf --object-streams=disable "$1" pdf.qdf || wrong "$1: not a PDF"
	grep -a -q "^  /Lang ($2)$" pdf.qdf || wrong "$1 is not in $2"
}

at 2026-10-20T08:00:00Z
receive "$demands/05-de-no-basis.json"
R=$CASE
try 5 rob order letter "$R" --kind refusal
has err 'nothing of this order was refused'
try 0 rob order fact "$R" order.de_basis_kind=general # fails a rule that nobody verified
try 0 rob matter why "$R"
has out '^(ask|counsel|fail) +DE-F1-KIND'
try 0 rob order reject "$R" --code no_basis --reason "No act is named."
letter rob "$R" refusal de.pdf --enclosure "Kopie Ihres Ersuchens"
language de.pdf de
has info '^Title: *Ablehnung Ihres Ersuchens'
has info '^Page size: *595.* x 841.* pts \(A4\)'
has text 'Musterstraße 12'
has text '^ *Sehr geehrte Damen und Herren,'
has text 'Keine Rechtsgrundlage genannt'
has text '174\(2\) TKG'
has text 'Fassung vom 19. August'
lacks text 'Generalklausel' # a rule that nobody verified
has text 'Mit freundlichen Grüßen'
has text 'Anlagen'
has text '20. Oktober 2026'
has structure 'BlockQuote'
letter rob "$R" refusal en.pdf --language en
language en.pdf en
has text 'Dear Sir or Madam'
has text '20 October 2026'
has text 'No legal basis named'
verdict "a refusal quotes the verified law it rests on, in both languages"

# ---- the other paper, the other kinds -------------------------------------------------------------------------------
receive "$demands/01-us-warrant.json"
U=$CASE
letter rob "$U" acknowledgement us.pdf
language us.pdf en
has info '^Page size: *612 x 792 pts \(letter\)'
has text 'October 20, 2026'
has text 'Receipt of your order'
letter rob "$U" acknowledgement us-de.pdf --language de
language us-de.pdf de
has info '\(letter\)'
try 5 rob order letter "$U" --kind question
try 5 rob order letter "$U" --kind cover
try 5 rob order letter "$U" --kind certification
try 5 rob order letter "$U" --kind withdrawal
try 65 rob order letter "$U" --kind farewell
try 3 rob order letter "$U" --kind claim --language ../x
try 0 rob order return "$U" --reason "Which account is meant?
The second one does not exist in this form."
letter rob "$U" question question.pdf
has text '^ *Which account is meant\?$'
letter carla "$U" claim claim.pdf --enclosure "Statement of costs" --enclosure "Copy of the order"
has text '^ *Statement of costs$'
try 0 iris order withdraw "$U" --because authority
letter rob "$U" withdrawal withdrawal.pdf
has text 'You withdrew your order'
try 0 rob --json order letter "$U" --kind acknowledgement
same paper "$(field paper out)" us
has out '"label": "Our reference"'
printf 'letter_paper: din\n' >>"$I/writ.yaml"
letter rob "$U" acknowledgement din.pdf
has info '\(A4\)'
try 5 otto order letter "$U" --kind acknowledgement
try 5 root order letter "$U" --kind acknowledgement
verdict "every kind on either paper, where the case has what it says"

# ---- the user is told of nothing that a bar may stand against -------------------------------------------------------
receive "$demands/04-de-bestandsdaten.json"
B=$CASE
try 3 rob order letter "$B" --kind notice
has err 'draft and approve it first'
denied 'bar holds|is not known' rob notice draft "$B"
receive "$demands/05b-de-cured.json"
file=$demands/05b-de-cured.json
try 0 rita order examine "$CASE" pass --reason "Names its provision."
try 0 rita item decide "$CASE" produce --item 1 --item 2 --reason "Subscriber data."
try 5 rob order letter "$CASE" --kind cover
files 1
# shellcheck disable=SC2086
try 0 cole produce "$CASE" $FILES --no-data 2 --out "$O"
letter rob "$CASE" cover cover.pdf --enclosure "Verzeichnis"
has text 'Die Dateien sind für Sie verschlüsselt'
letter rob "$CASE" certification certification.pdf --language en
has text '^ *_{20,}$'
has text 'Signed for Example Mail'
verdict "what goes with data, and no notice against a bar"

# a notice on paper is the one that was approved, in its words, and asks the same gate as the mail
sed -e 's/j.doe@mail.example/n.doe@mail.example/; s/"warrant-26-mj-4471.txt"//' \
	-e 's/"order.capability": "no",/"order.capability": "no", "order.us_user_foreign": "no", "order.us_2705b": "no",/' \
	"$demands/01-us-warrant.json" >told.json
receive told.json
N=$CASE
try 0 rob order judge "$N"
try 0 rob notice draft "$N" --language en
try 5 rob order letter "$N" --kind notice
has err 'a person approves it first'
printf 'Dear Jane,\n\nWords that carla chose {number}.\n\nYours,\nExample Mail\n' >words.txt
try 0 carla notice approve "$N" 1 --reason-file words.txt
printf 'Jane Döe\n1 Main Street\nSpringfield\n' >jane.txt
letter rob "$N" notice notice.pdf --to-file jane.txt --enclosure "Copy of the order"
has text 'Words that carla chose \{number\}'
has text 'Jane Döe'
has info '^Title: *An authority asked for data of your account'
has text '20 October 2026' # the house has its first seat in Germany, wherever the order comes from
try 3 rob order letter "$N" --kind notice --notice 2
sed -e 's/n.doe/nn.doe/; s/"order.us_2705b": "no"/"order.us_2705b": "yes"/; s/nn.doe/n.doe/' told.json >bar.json
receive bar.json
try 0 rob order judge "$CASE"
denied 'a bar holds' rob order letter "$N" --kind notice
verdict "a notice on paper is the approved one, and a bar of another case about the account keeps it back"

# ---- names ----------------------------------------------------------------------------------------------------------
sed -e 's/Landeskriminalamt Musterland, Dezernat 53/Прокуратура города Щёлково – ŁÓDŹ/' \
	-e 's/KHK Sabine Vogt/משה כהן/' -e 's/"number": "[^"]*"/"number": "قضية 17"/' "$demands/05-de-no-basis.json" >names.json
receive names.json
printf 'Прокуратура города Щёлково\nŁukasz Größe-Jürgens\nמשה כהן\nمحمد بن عبد الله\nул. Центральная 7\n' >to.txt
letter rob "$CASE" acknowledgement names.pdf --to-file to.txt
has text 'Прокуратура города Щёлково'
has text 'Łukasz Größe-Jürgens'
pdftotext names.pdf - | sed 's/\xe2\x80[\xaa-\xae]//g' | tr -d ' ' >near # a reader may see a gap between glyphs
has near '^משהכהן$'
has near '^محمدبنعبدالله$'
has near 'IhresErsuchens17قضية|IhresErsuchensقضية17'
grep -q DejaVu fonts || wrong "no font for Arabic"
try 65 rob order letter "$CASE" --kind acknowledgement --to-file /dev/null
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo "Line $i"; done >many.txt
try 65 rob order letter "$CASE" --kind acknowledgement --to-file many.txt
verdict "names in any script stand in their order"

# ---- a text of the house, several pages, words that fit nowhere -----------------------------------------------------
{
	printf 'Zu {number}\n\nSehr geehrte Damen und Herren,\n\n'
	i=0
	while [ $i -lt 60 ]; do
		i=$((i + 1))
		printf 'Absatz %d: %s%s.\n\n' $i "Auch dieser Absatz ist so lang, dass er über mehrere Zeilen geht, " \
			"und am Ende einer Seite bleiben stets zwei seiner Zeilen beisammen, gleich wie lang er nun ist"
	done
	printf 'A%0200d\n\n' 7
	printf 'Mit freundlichen Grüßen\n{provider}\n'
} >long.txt
try 0 rita template set acknowledgement --language de --file long.txt
try 0 rob order letter "$CASE" --kind acknowledgement --out long.pdf
qpdf --check long.pdf >check 2>&1 || wrong "long.pdf: $(tail -n 1 check)"
pdfinfo long.pdf >info
pages=$(sed -n 's/^Pages: *//p' info)
[ "$pages" -ge 3 ] || wrong "it has $pages pages"
pdftotext -layout long.pdf text
has text "Seite $pages von $pages"
same "running heads" "$(grep -c 'Example Mail · ' text)" "$pages"
for i in 1 30 60; do has text "Absatz $i:"; done
pdftotext long.pdf - | tr -d ' \n' | grep -q '0000000000000000000000000000007' || wrong "the long word is cut"
pdftoppm -r 40 -png long.pdf page
try 0 rita template drop acknowledgement --language de
letter rob "$CASE" acknowledgement again.pdf
letter rob "$CASE" acknowledgement again2.pdf
cmp -s again.pdf again2.pdf || wrong "the same letter has other bytes"
printf 'One paragraph alone.\n' >short.txt
try 0 rita template set claim --language de --file short.txt
try 65 rob order letter "$CASE" --kind claim
has err 'no subject and text'
verdict "a house's own text over several pages; a template that is no letter is refused"

# ---- the program that sets it ---------------------------------------------------------------------------------------
refused() { # LINE DOCUMENT
	rc=0
	printf "$2" | "$typeset" >out 2>err || rc=$?
	same "status of $2" "$rc" 65
	has err "^writ-typeset: line $1: "
}
refused 1 'writ/letter/1\n'
refused 2 'writ/letter/1\nh1\tx\n'
refused 2 'writ/letter/1\npaper\tA3\n'
refused 2 'writ/letter/1\ninfo\tx\n'
refused 3 'writ/letter/1\npaper\tus\nto\tx\ty\n'
refused 2 'writ/letter/1\nsubject\tx\n'
verdict "what is no letter is refused by its line"
[ -z "${KEEP:-}" ] || cp ./*.pdf "$KEEP/"
exit $bad
