#!/bin/sh
# The statement: one person writes, another publishes, cleared counsel stands between where the sentence touches
# what is sealed; what was published stands; and a provider's statement of 2013 is rebuilt from its pieces.
. "$(dirname "$0")/lib"
pieces=$root/examples/statement

# propose PERSON PART NAME OPTIONS...: REF. The texts are those of the example.
propose() {
	who=$1
	part=$2
	name=$3
	shift 3
	set -- --en "$pieces/$name.en.yaml" "$@"
	[ ! -f "$pieces/$name.de.yaml" ] || set -- --de "$pieces/$name.de.yaml" "$@"
	try 0 "$who" --json statement propose "$part" "$@"
	REF=$(field statement out)
	[ -n "$REF" ] || wrong "$name has no reference"
}

# house DIR: an instance with a second publisher, and with one who is publisher and counsel.
house() {
	make_instance "$1"
	try 0 root user add paul --roles publisher --secret-out "$I/secrets/paul"
	try 0 root user add bea --roles "publisher counsel" --secret-out "$I/secrets/bea"
}

# all_pieces: the example, as its list says; the reference of each is in the file ref.NAME.
all_pieces() {
	while read -r name part day rest; do
		case $name in
		'' | '#'*) continue ;;
		esac
		options=
		for word in $rest; do
			case $word in
			@*) word=$(cat "ref.${word#@}") ;;
			esac
			options="$options $word"
		done
		# shellcheck disable=SC2086
		propose pia "$part" "$name" --day "$day" $options
		echo "$REF" >"ref.$name"
		case $part in
		never | restraint) try 0 nora statement clear "$REF" ;;
		esac
		try 0 paul statement publish "$REF"
	done <"$pieces/pieces.txt"
}

# ---- who may do what ----------------------------------------------------------------------------
at 2013-09-02T10:00:00Z
house "$work/instance"
for p in iris rob cole otto fred root noel nadia; do
	denied "needs the role publisher|needs the role counsel" $p statement propose update --en "$pieces/limit.en.yaml"
done
propose pia update limit
UPDATE=$REF
denied "who wrote it does not publish it" pia statement publish "$UPDATE"
for p in carla nora otto rob root; do
	denied "needs the role publisher" $p statement publish "$UPDATE"
done
for p in iris rob cole fred root noel nadia; do
	denied "needs the role" $p statement list
	denied "needs the role" $p statement show "$UPDATE"
done
for p in pia paul carla nora otto; do
	try 0 $p statement show "$UPDATE"
	has out waiting
done
try 3 pia statement show 1
before=$(sql "$I" "SELECT count(*) FROM entry WHERE kind LIKE 'statement.%'")
same "entries of a proposal" "$before" 1
try 0 paul statement publish "$UPDATE"
has out "update 1, published"
same "entries after publishing" "$(sql "$I" "SELECT count(*) FROM entry WHERE kind LIKE 'statement.%'")" 2
try 0 paul statement publish "$UPDATE"
same "publishing again" "$(sql "$I" "SELECT count(*) FROM entry WHERE kind LIKE 'statement.%'")" 2
verdict "one writes, another publishes, each step one entry"

# ---- never-statements wait, all alike -----------------------------------------------------------
for p in pia bea nora carla; do
	try 0 $p statement propose never --en "$pieces/access.en.yaml"
	sed 's/^[^:]*: //' out >waits.$p
	cmp -s waits.pia waits.$p || wrong "$p is told something else: $(cat waits.$p)"
done
has waits.pia "^it waits for cleared counsel, as every one does"
propose pia never access --day 2013-07-16 --until 2014-01-31
NEVER=$REF
for p in paul bea; do
	denied "it waits for cleared counsel" $p statement publish "$NEVER"
	cp err err.$p
done
cmp -s err.paul err.bea || wrong "two publishers are told different things"
for p in pia paul carla bea otto rob noel nadia root; do
	denied "clearing a sentence of the statement needs" $p statement clear "$NEVER"
done
denied "would tell why" carla statement withdraw "$NEVER"
denied "would tell why" nora statement withdraw "$NEVER"
try 0 nora statement clear "$NEVER"
try 4 nora statement clear "$NEVER"
denied "who wrote it" pia statement publish "$NEVER"
try 0 paul statement publish "$NEVER"
try 4 nora statement clear "$UPDATE"
has err "only never-statements and restraints"
verdict "a never-statement waits for counsel of the compartment, whoever wrote it"

# ---- expiry, withdrawal and a missed renewal look alike -----------------------------------------
at 2013-09-03T10:00:00Z
house "$work/alike"
propose pia never access --day 2013-09-02 --until 2013-12-31
A=$REF
propose pia never keys --day 2013-09-02
B=$REF
for r in $A $B; do
	try 0 nora statement clear "$r"
	try 0 paul statement publish "$r"
done
try 0 pia site build "$work/both"
has both/statement.html "We give no government direct access"
has both/statement.html "We give no government the keys"
lacks both/statement.html '2013-12-31|31 December 2013|2014'
copy_instance "$I" "$work/taken"
at 2014-01-01T10:00:00Z
try 0 pia site build "$work/ran_out"
try 0 pia statement list
grep -E "^$A" out | sed 's/  */ /g' >ended.expired
I=$work/taken
at 2013-10-01T10:00:00Z
try 0 nora statement withdraw "$A"
try 0 pia site build "$work/withdrawn"
try 0 pia statement list
grep -E "^$A" out | sed 's/  */ /g' >ended.withdrawn
for p in paul carla otto; do
	try 0 $p --json statement show "$A"
	lacks out until
done
cmp -s ended.expired ended.withdrawn || wrong "the lists differ: $(cat ended.withdrawn)"
has ended.expired "no longer stated"
for f in statement.html statement.de.html index.html index.de.html; do
	cmp -s ran_out/$f withdrawn/$f || wrong "$f tells an expiry from a withdrawal"
done
lacks ran_out/statement.html "direct access"
has ran_out/statement.html "We give no government the keys"
try 4 paul statement publish "$A"
try 0 bea statement withdraw "$B"
try 0 pia site build "$work/withdrawn"
has withdrawn/statement.html "No sentence is stated here at present"
has withdrawn/statement.de.html "Zurzeit wird hier kein Satz"
lacks withdrawn/statement.html "untrue[^,]|false"
verdict "how a never-statement ended, no reader can tell"

# a renewal takes the place of the older one, and does not bring it back
at 2013-10-02T10:00:00Z
propose pia never access
OLD=$REF
try 0 nora statement clear "$OLD"
try 0 paul statement publish "$OLD"
at 2013-11-02T10:00:00Z
propose pia never access --replaces "$OLD"
try 0 nora statement clear "$REF"
try 0 paul statement publish "$REF"
try 0 pia site build "$work/renewed"
same "sentences" "$(grep -c 'direct access' renewed/statement.html)" 1
has renewed/statement.html 'datetime="2013-11-02"'
lacks renewed/statement.html 'datetime="2013-10-02"'
try 0 pia statement withdraw "$REF"
try 0 pia site build "$work/renewed"
lacks renewed/statement.html "direct access"
verdict "a renewed sentence stands once"

# ---- what was published stands ------------------------------------------------------------------
I=$work/instance
at 2013-09-02T11:00:00Z
for p in pia paul bea carla nora; do
	try 4 $p statement withdraw "$UPDATE"
	has err "what was published stands"
done
for change in "title_en = 'x'" "number = 9" "state = 'proposed'" "published = 5" "day = 5" "writer = 2"; do
	! sql "$I" "UPDATE statement SET $change, rev = rev + 1, entry = (SELECT max(id) + 1 FROM entry) WHERE ref = '$UPDATE'" \
		>sql.out 2>&1 || wrong "the database took: $change"
done
! sql "$I" "DELETE FROM statement WHERE ref = '$UPDATE'" >sql.out 2>&1 || wrong "a published update was deleted"
propose pia update totals --replaces 1
try 0 paul statement publish "$REF"
try 0 paul site build "$work/replaced"
has replaced/statement.html 'replaced by <a href="#update-2">Update 2</a>'
has replaced/statement.html 'replaces <a href="#update-1">Update 1</a>'
same "updates on the page" "$(grep -c '<article' replaced/statement.html)" 2
propose pia update court
LATE=$REF
try 0 paul statement withdraw "$LATE"
try 4 paul statement publish "$LATE"
verdict "what was published stands, and a later update may replace it"

# ---- what is refused ----------------------------------------------------------------------------
count=$(sql "$I" "SELECT count(*) FROM statement")
refused() {
	part=$1
	shift
	try 65 pia statement propose "$part" "$@"
	has err "$WANT"
}
EN="--en $pieces/limit.en.yaml"
WANT="PART is one of" refused news $EN
WANT="--en: say it in one language" refused update
WANT="--en: an update has a text" refused update --en "$pieces/access.en.yaml"
WANT="only a proceeding has an authority" refused update --en "$pieces/granted.en.yaml"
WANT="--day: .*" refused update $EN --day 2013-02-30
WANT="--day: a day to come" refused update $EN --day 2013-09-03
WANT="--until: only a never" refused update $EN --until 2013-12-31
WANT="--until: a never-statement is stated for a year" refused never $EN --until 2014-09-03
WANT="--until: a never-statement is stated for a year" refused never $EN --until 2013-09-02
WANT="--until: a day that is over" refused never $EN --day 2013-01-01 --until 2013-08-01
WANT="--kind: a proceeding is one of" refused proceeding $EN
WANT="--kind: a proceeding is one of" refused proceeding $EN --kind war
WANT="--rule: a restraint names its law" refused restraint $EN
WANT="--rule: a restraint names its law" refused restraint $EN --rule G-FISA-I --citation x
for unseen in '\033[2J' '\342\200\256' '\342\200\213' '\302\255' '\363\240\200\201'; do
	WANT="--citation: .*nobody sees" refused restraint $EN --citation "Order of a $(printf "$unseen")court"
done
WANT="--rule: only a restraint" refused update $EN --rule G-FISA-I
WANT="--follows: only a proceeding" refused update $EN --follows "$UPDATE"
WANT="--replaces: it names a piece of another sort" refused update $EN --replaces "$NEVER"
try 3 pia statement propose restraint $EN --rule NO-SUCH
try 3 pia statement propose update $EN --edition 2012H2
try 3 pia statement propose update $EN --replaces 77
try 65 pia statement show 7K3M
printf 'title: a\ntitel: b\n' >wrong.yaml
WANT="wrong.yaml:2:" refused update --en wrong.yaml
printf 'Title\nno gap\n' >wrong.txt
WANT="wrong.txt:2:1: an empty line" refused update --en wrong.txt
printf 'Title\n\n\377\n' >wrong.txt
WANT="wrong.txt:3:1: not UTF-8" refused update --de wrong.txt
try 3 pia statement propose update --en "$work/none.yaml"
same "pieces after all that" "$(sql "$I" "SELECT count(*) FROM statement")" "$count"
verdict "what does not fit is refused at its place, and leaves nothing"

# ---- the statement of 2013 ----------------------------------------------------------------------
at 2013-09-02T09:00:00Z
house "$work/story"
all_pieces
try 0 pia site build "$work/site" --base https://reports.example/
cp -r site again
try 0 pia site build "$work/again" --base https://reports.example/
diff -r site again >diff.out || wrong "built again it differs: $(head -n 1 diff.out)"
for n in 1 2 3 4 5; do
	has site/statement.html "<article id=\"update-$n\">"
	has site/statement.de.html "<article id=\"update-$n\">"
done
same "newest first" "$(sed -n 's/.*<article id="update-\([0-9]\)">.*/\1/p' site/statement.html | tr -d '\n')" 54321
tr '\n' ' ' <site/statement.html >en.text
tr '\n' ' ' <site/statement.de.html >de.text
for fact in "On 14 June 2013 the government" "between 6,000 and 7,000" "between 31,000 and 32,000 accounts" \
	"asked the Attorney General of the United States" "ended without a result" \
	"Permission granted" "Request to an authority" "Talks" "Suit" "Foreign Intelligence Surveillance Court" \
	"In emergencies and in investigations of child abuse we claim nothing" "50 USC 1805" \
	"Accurate as of <time datetime=\"2013-07-16\">16 July 2013" "Outcome:"; do
	has en.text "$fact"
done
for fact in "Am 14. Juni 2013 hat uns die Regierung" "zwischen 6.000 und 7.000" "zwischen 31.000 und 32.000 Konten" \
	"den Justizminister der Vereinigten Staaten gebeten" "endeten ohne Ergebnis" "Erlaubnis erteilt" "Bitte an eine Behörde" \
	"Gespräche" "Klage" "In Notfällen und bei Ermittlungen wegen Kindesmissbrauchs" "Stand <time datetime=\"2013-07-16\">16. Juli 2013"; do
	has de.text "$fact"
done
has site/statement.de.html 'Nicht übersetzt; hier steht der englische Text'
has site/statement.de.html '<h3 lang="en">We give no government the keys'
lacks site/statement.html "Not translated"
has site/index.html 'href="statement.html"'
has site/index.de.html 'href="statement.de.html#update-5"'
/usr/bin/python3 "$root/test/oracle/site.py" site https://reports.example/ >out 2>err || wrong "$(tail -n 1 err)"
same "entries of the feed" "$(grep -c '<entry' site/feed.atom)" 5
try 0 otto log verify
verdict "a statement of 2013, rebuilt from its pieces in two languages"

# ---- sealed cases leave no trace ----------------------------------------------------------------
for p in pia carla otto; do
	try 0 $p statement list
	cp out list.$p
	try 0 $p --json statement list
	cp out json.$p
done
for n in 1 2 3; do
	sed "s/t.specimen@mail.example/t$n.specimen@mail.example/; s/NSL-26-0091/NSL-26-009$n/; s/2026-/2013-/g; s/2013-1[0-2]-/2013-08-/g" \
		"$demands/11-us-nsl.json" >nsl.json
	receive nsl.json nadia
done
try 0 nadia sealed add --kind fisa_content --day 2013-08-01 --selectors 731
try 0 pia site build "$work/again" --base https://reports.example/
diff -r site again >diff.out || wrong "sealed cases change the site: $(head -n 1 diff.out)"
for p in pia carla otto; do
	try 0 $p statement list
	cmp -s out list.$p || wrong "sealed cases change what $p reads"
	try 0 $p --json statement list
	cmp -s out json.$p || wrong "sealed cases change what $p reads as JSON"
done
try 0 paul statement propose never --en "$pieces/access.en.yaml"
sed 's/^[^:]*: //' out | cmp -s - waits.pia || wrong "with sealed cases the message is another"
verdict "with sealed cases everything says the same"

# ---- past the program ---------------------------------------------------------------------------
copy_instance "$I" "$work/forged"
kept=$I
I=$work/forged
on=
[ -z "${WRIT_TEST_PG:-}" ] || on=" ON statement"
sql "$I" "DROP TRIGGER statement_fixed$on" >sql.out 2>&1
sql "$I" "DROP TRIGGER statement_step$on" >sql.out 2>&1
sql "$I" "UPDATE statement SET text_de = 'Etwas anderes.' WHERE number = 2" >sql.out 2>&1
rc=0
"$WRIT" -d "$I" --secret "$I/secrets/otto" log verify >out 2>err || rc=$?
[ "$rc" != 0 ] || wrong "an update that was rewritten verifies"
grep -q "statement" out err || wrong "the verification does not name the statement"
I=$kept
verdict "an update rewritten in the database is found out"

# ---- editions, both kinds of citation -----------------------------------------------------------
at 2014-01-10T09:00:00Z
try 0 pia edition make 2013H2
propose pia update specific --edition 2013H2
R=$REF
try 4 paul statement publish "$R"
has err "edition 2013H2.1 is not published yet"
try 0 pia edition publish 2013H2 --out "$work/edition"
try 0 paul statement publish "$R"
propose pia restraint fisa --citation "Order of a <court>" --until 2014-06-30
try 0 nora statement clear "$REF"
try 0 paul statement publish "$REF"
try 0 pia site build "$work/site" --base https://reports.example/
has site/statement.html 'href="edition/2013H2.1/index.html">July to December 2013, version 1</a>'
has site/statement.de.html 'href="edition/2013H2.1/index.de.html"'
has site/statement.html 'Order of a &lt;court&gt;</cite> \(as entered\)'
has site/statement.html 'until <time datetime="2014-06-30">'
/usr/bin/python3 "$root/test/oracle/site.py" site https://reports.example/ >out 2>err || wrong "$(tail -n 1 err)"
verdict "an update leads to its edition, a restraint to its law"

at 2014-01-10T10:00:00Z
printf 'Nur auf Deutsch\n\nEin Absatz.\n\nNoch <einer>.\n' >german.txt
try 0 pia --json statement propose update --de german.txt
try 0 paul --json statement publish "$(field statement out)"
same "the number of the seventh" "$(field number out)" 7
try 0 pia site build "$work/site" --base https://reports.example/
has site/statement.html "Not translated; here is the German text"
has site/statement.html '<p lang="de">Noch &lt;einer&gt;.</p>'
has site/feed.atom '<entry xml:lang="de">'
/usr/bin/python3 "$root/test/oracle/site.py" site https://reports.example/ >out 2>err || wrong "$(tail -n 1 err)"
try 0 otto log verify
verdict "what is not translated says so"
# ---- several at once ----------------------------------------------------------------------------
for n in 1 2 3 4; do
	propose pia update limit
	echo "$REF" >at_once.$n
done
for n in 1 2 3 4; do
	(
		rc=0
		"$WRIT" -d "$I" --secret "$I/secrets/paul" statement publish "$(cat at_once.$n)" >once.out.$n 2>once.err.$n || rc=$?
		echo $rc >once.rc.$n
	) &
done
wait
for n in 1 2 3 4; do
	case $(cat once.rc.$n) in
	0) ;;
	4) has once.err.$n "try again" ;;
	*) wrong "publishing at once ended $(cat once.rc.$n): $(head -n 1 once.err.$n)" ;;
	esac
	try 0 paul statement publish "$(cat at_once.$n)"
done
same "numbers" "$(sql "$I" "SELECT count(number) FROM statement")" "$(sql "$I" "SELECT max(number) FROM statement")"
try 0 otto log verify
verdict "published at the same moment, each has a number of its own"
[ -z "${KEEP:-}" ] || cp -r site "$KEEP"
exit $bad
