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
cp de.pdf en.pdf "${KEEP:-.}/" 2>/dev/null
exit $bad
