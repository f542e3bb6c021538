#!/bin/sh
# What Writ costs, measured against what could not be faster: sqlite3 and psql reading the same file into one
# flat table without ledger, checks or indexes, openssl computing as many hashes, pgbench inserting as many
# bytes, and for the files of an edition openpyxl and LibreOffice. Ours and its peer run right after each other, what is short several times. Called by `./dev bench`
# with WRIT set to the release program.
#
# usage: bench.sh [--quick] [--compare OLD.json] [N...]      numbers of cases, default 10000 100000 1000000
#        bench.sh --diff OLD.json NEW.json                   measures nothing, compares two runs
#
# Prints a table, how costs grow with the number of cases (with a picture, also as build/bench/DATE.svg), and
# the change against OLD.json, by default the last run. The figures go to build/bench/DATE.json. Progress goes
# to standard error. A missed aim is marked, and is no failure: machines differ.
#
# Environment: FULL_MAX, the most full cases (1000000 take six minutes and 6 GB of disk); GROW_SECONDS, how
# long the largest instance may take to grow, by what the smaller ones took (480; on a busy or slow machine it
# is left out, and said so); PG_SECONDS, how long eight writers decide on PostgreSQL (20; 0: nothing of
# PostgreSQL is measured). --quick is for trying the script itself: 1000 and 10000 cases.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
unset WRIT_DIR WRIT_NOW
FULL_MAX=${FULL_MAX:-1000000}
GROW_SECONDS=${GROW_SECONDS:-480}
PG_SECONDS=${PG_SECONDS:-20}
DESK_ROUNDS=${DESK_ROUNDS:-150}
root=$PWD

usage() {
	sed -n '/^# usage: /,/^#$/s/^# \{0,1\}//p' tools/bench.sh >&2
	exit 64
}

report() {
	script=$1
	shift
	awk -f "$root/tools/bench/lib.awk" -f "$root/tools/bench/$script.awk" "$@"
}

# readable FILE: an older run.
readable() {
	[ -f "$1" ] || { echo "bench: no file $1" >&2; exit 66; }
	grep -q '^  "format": 2,$' "$1" || { echo "bench: $1 is no file of this bench (\"format\": 2)" >&2; exit 65; }
}

old=
while [ $# -gt 0 ]; do
	case $1 in
	--compare)
		[ $# -ge 2 ] || usage
		old=$2
		shift 2
		;;
	--diff)
		[ $# -eq 3 ] || usage
		readable "$2"
		readable "$3"
		report compare "$2" "$3"
		exit
		;;
	--quick)
		FULL_MAX=10000 PG_SECONDS=4 DESK_ROUNDS=50
		shift
		set -- 1000 10000 "$@"
		;;
	-*) usage ;;
	*) break ;;
	esac
done
[ $# -gt 0 ] || set -- 10000 100000 1000000
for n; do
	case $n in '' | *[!0-9]* | 0*) usage ;; esac
done
sizes=$(printf '%s\n' "$@" | sort -nu)
# the last run that went as far
[ -n "$old" ] || old=$(grep -l "^    {\"name\": \"import\", \"cases\": $(echo "$sizes" | tail -n 1), \"kind\"" build/bench/*.json 2>/dev/null |
	tail -n 1) || :
[ -z "$old" ] || readable "$old"

WRIT=${WRIT:-build/rel/writ}
case $WRIT in /*) ;; *) WRIT=$root/$WRIT ;; esac
for tool in sqlite3 openssl awk python3 soffice; do
	command -v "$tool" >/dev/null || {
		echo "bench: $tool is missing (Debian: sqlite3 openssl mawk python3 libreoffice-writer)" >&2
		exit 1
	}
done
[ -x "$WRIT" ] || { echo "bench: no program at $WRIT (./dev build)" >&2; exit 1; }
make -s MODE=rel B=build/rel build/rel/bench/timed build/rel/bench/full_cases build/rel/bench/desk_times \
	build/rel/bench/format_times build/rel/pg/writers >&2
programs=$root/build/rel/bench

mkdir -p build/bench
date=$(date -u +%Y-%m-%dT%H%M%SZ)
json=$root/build/bench/$date.json
svg=$root/build/bench/$date.svg
began=$(date +%s)
work=$(mktemp -d "$root/build/bench/work.XXXXXX")
server=
finish() {
	[ -z "$server" ] || sh "$root/test/pg/cluster" stop "$server"
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
cd "$work"
: >figures

say() { printf '%s\n' "$*" >&2; }
fail() {
	say "bench: failed: $*"
	exit 1
}

# ---- measuring -----------------------------------------------------------------------------------
# timed COMMAND...: runs it; WALL and CPU (seconds) and KB (peak memory) are what it took. Its output is in out.
timed() {
	if ! "$programs/timed" took "$@" >out 2>err; then
		cat err >&2
		fail "$*"
	fi
	read -r WALL CPU KB <took
}

# median FILE COLUMN: "MIN MEDIAN MAX", or "- - -" where there is none.
median() {
	sort -n -k "$2,$2" "$1" | awk -v k="$2" '
		{ v[NR] = $k }
		END { print v[1], (v[1] == "-" ? "-" : NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2), v[NR] }'
}

# measure NAME N AIM GROWTH GROWTH-AIM TIMES OURS PEER: runs the functions OURS and PEER ("-": there is none),
# which set WALL, CPU, KB, in turn: TIMES times at most, and no more once ours has taken three seconds. A line
# of the file figures is what tools/bench/lib.awk describes.
measure() {
	name=$1 of=$2 limits="$3 $4 $5" most=$6 ours=$7 peer=$8
	: >runs
	spent=0
	for run in $(seq "$most"); do
		WALL=- CPU=-
		[ "$peer" = - ] || $peer
		theirs="$WALL $CPU"
		$ours
		echo "$WALL $CPU $theirs $KB" >>runs
		spent=$(awk -v a="$spent" -v b="$WALL" 'BEGIN { printf "%.3f", a + b }')
		[ "${spent%.*}" -lt 3 ] || break
	done
	memory=$(median runs 5)
	enter "$name" "$of" seconds "$run" "$(median runs 1)" "$(median runs 2)" "$(median runs 3)" "$(median runs 4)" \
		"$limits" "${memory##* }"
}

# enter NAME N KIND REPEATS OURS OURS-CPU PEER PEER-CPU LIMITS KB: each measured as "MIN MEDIAN MAX".
enter() {
	cpu=${6#* } peer_cpu=${8#* }
	echo "$1 $2 $3 $4 $5 ${cpu% *} $7 ${peer_cpu% *} $9 ${10}" >>figures
	ours=${5#* } peer=${7#* }
	say "  $1: ${ours% *} (peer: ${peer% *})"
}

# Seconds that openssl needs for two hashes for each of $n entries, its leaf and one inner node. It measures
# by the processor's time.
peer_hash() {
	WALL=$(openssl speed -mr -bytes 64 -seconds 1 sha256 2>/dev/null |
		awk -F: -v n="$n" '/^\+F:/ { printf "%.6f", 2 * n * 64 / $4; found = 1 } END { exit !found }') || fail openssl speed
	CPU=$WALL
}

# processors: ticks that all of them were busy, and ticks in all, since the machine started.
processors() {
	awk '/^cpu / { for (i = 2; i <= 9; i++) all += $i; print all - $5 - $6, all }' /proc/stat
}
# own: OWN is the ticks of this shell and its children. Not to be asked in $(): another shell, other children.
own() {
	times >times.out
	OWN=$(awk -v tick="$(getconf CLK_TCK)" '
		{ for (i = 1; i <= 2; i++) { split($i, t, /[ms]/); sum += t[1] * 60 + t[2] } }
		END { printf "%.0f", sum * tick }' times.out)
}

# ---- what is measured ----------------------------------------------------------------------------
# Deterministic: a generator of its own, for awk's differs from one awk to the next. The products stay
# below 2^53, so that any awk computes them exactly.
generate() {
	awk -v n="$1" 'BEGIN {
		nc = split("US DE GB FR IT ES NL BE PL SE NO DK FI AT CH IE PT CZ HU RO BG GR HR SI SK LT LV EE LU" \
			" MT CY IS CA AU NZ JP KR TW SG IN BR AR CL CO MX PE ZA IL TR UA MD GE AM RS BA MK AL ME LI MC", country, " ")
		nk = split("subpoena court_order warrant subscriber_request emergency production_order preservation other", class, " ")
		no = split("content noncontent no_data rejected annex3 withdrawn redirected not_recorded", outcome, " ")
		print "reference,period,country,class,outcome,accounts"
		for (x = 20130101; i < n; ) {
			x = (x * 1103515 + 12345) % 2147483647
			y = int(x / 7)
			printf "R%07d,2013H1,%s,%s,%s,%d\n", ++i, country[1 + y % nc], class[1 + int(y / 64) % nk], \
				outcome[1 + int(y / 512) % no], int(y / 4096) % 5
		}
	}'
}

cat >closed.map.yaml <<'END'
kind: closed
source:
  publisher: Bench
  title: Generated demands
  date: 2013
period:
  column: period
country:
  column: country
class:
  column: class
outcome:
END
for o in content noncontent no_data rejected annex3 withdrawn redirected not_recorded; do
	printf '  - is: %s\n    where:\n      outcome: %s\n' $o $o
done >>closed.map.yaml
echo 'accounts: accounts' >>closed.map.yaml

# The six countings of an edition, over the flat table.
cat >six.sql <<'END'
SELECT count(*), sum(accounts) FROM d;
SELECT country, count(*), sum(accounts) FROM d GROUP BY 1;
SELECT class, count(*), sum(accounts) FROM d GROUP BY 1;
SELECT outcome, count(*), sum(accounts) FROM d GROUP BY 1;
SELECT country, outcome, count(*), sum(accounts) FROM d GROUP BY 1, 2;
SELECT country, class, outcome, count(*), sum(accounts) FROM d GROUP BY 1, 2, 3;
END

# people DIR: the second person may do what is measured. Secrets are in DIR.s.
people() {
	rm -rf "$1.s"
	mkdir "$1.s"
	"$WRIT" -d "$1" user add root --roles admin --secret-out "$1.s/root" >/dev/null
	"$WRIT" -d "$1" --secret "$1.s/root" user add bench --roles "intake reviewer publisher auditor" \
		--secret-out "$1.s/bench" >/dev/null
	sed -i 's/establishments: DE$/establishments: DE US/' "$1/writ.yaml"
}
"$WRIT" -d fresh init --provider Bench --origin bench.example/writ >/dev/null
people fresh

# writ ARGS...: timed, in the instance $I, as the person who may.
writ() {
	timed "$WRIT" -d "$I" --secret fresh.s/bench "$@"
}

peer_import() {
	rm -f flat.db
	timed sqlite3 flat.db ".mode csv" ".import closed.csv d" \
		"SELECT country, class, outcome, count(*), sum(accounts) FROM d GROUP BY 1, 2, 3;"
}
our_import() {
	rm -rf "$I"
	cp -r fresh "$I"
	writ import closed closed.csv --map closed.map.yaml
	grep -q "^$n demands" out || fail "the import did not take every demand"
}
peer_edition() { timed sqlite3 flat.db ".read six.sql"; }
our_edition() { writ edition make 2013H1; }
our_shown() { writ edition show 2013H1; }
our_placing() { writ log checkpoint; }
our_verify_log() { writ log verify --quick; }
our_verify_all() { writ log verify; }

closed() {
	n=$1 I=closed
	say "$n closed demands"
	generate "$n" >closed.csv
	measure import "$n" 12 case 2 5 our_import peer_import
	measure edition "$n" 0.6 case - 5 our_edition peer_edition
	measure shown "$n" 0.1 - - 5 our_shown -
	measure placing "$n" - case - 1 our_placing peer_hash
	measure verify-log "$n" 1.8 case - 5 our_verify_log peer_hash
	measure verify-all "$n" 4 case - 5 our_verify_all peer_hash
	[ "$n" != "$(echo "$sizes" | tail -n 1)" ] || formats
	rm -rf closed
}

# ---- what is published ---------------------------------------------------------------------------
# Of the largest instance of closed demands; its draft is made. Counting again and the nine files, in both
# languages, against what would make them otherwise: the countings of the flat table, openpyxl for the workbooks,
# LibreOffice for the PDFs (of the same HTML, two at one start).
copied() {
	rm -rf published pub
	cp -r "$I" published
}
our_published() {
	copied
	timed "$WRIT" -d published --secret fresh.s/bench edition publish 2013H1 --out pub
}
# times_of PROGRAM ARGS...: one that prints "WALL CPU" itself.
times_of() {
	timed "$@"
	read -r WALL CPU <out
}
our_xlsx() { times_of "$programs/format_times" published 2013H1 xlsx 5 made; }
peer_xlsx() { times_of /usr/bin/python3 "$root/tools/bench/openpyxl_times.py" "pub/${1:-report}.xlsx" "${2:-3}" theirs.xlsx; }
our_pdf() { times_of "$programs/format_times" published 2013H1 pdf 10 made; }
# The profile is there after the first start, which is not measured.
office() { timed soffice "-env:UserInstallation=file://$work/office" --headless --convert-to pdf --outdir theirs "$@"; }
peer_pdf() { office pub/index.html; }
peer_published() {
	sum="0 0"
	for part in peer_edition peer_xlsx "peer_xlsx report.de" "office pub/index.html pub/index.de.html"; do
		$part
		sum=$(echo "$sum $WALL $CPU" | awk '{ print $1 + $3, $2 + $4 }')
	done
	WALL=${sum% *} CPU=${sum#* }
}
# Twenty half-years of the demands that one small provider had, each published.
twenty() {
	cp -r fresh twenty
	for year in 2003 2004 2005 2006 2007 2008 2009 2010 2011 2012; do
		for half in H1 H2; do
			generate 500 | sed "s/2013H1/$year$half/" >some.csv
			"$WRIT" -d twenty --secret fresh.s/bench import closed some.csv --map closed.map.yaml >/dev/null || return
			"$WRIT" -d twenty --secret fresh.s/bench edition make $year$half >/dev/null || return
			"$WRIT" -d twenty --secret fresh.s/bench edition publish $year$half --out pub.20 >/dev/null || return
		done
	done
	"$WRIT" -d twenty --secret fresh.s/bench site build site.20 --base https://bench.example/ >/dev/null
}
our_site() {
	rm -rf site.new
	timed "$WRIT" -d twenty --secret fresh.s/bench site build site.new --base https://bench.example/
}
# The workbooks and PDFs of those editions alone, without a page.
peer_site() {
	rm -rf html.20
	mkdir html.20
	for page in site.20/edition/*/index*.html; do
		cp "$page" "html.20/$(echo "$page" | tr / -)"
	done
	cp site.20/style.css html.20
	office html.20/*.html
	sum="$WALL $CPU"
	for book in site.20/edition/*/*.xlsx; do
		peer_xlsx "../${book%.xlsx}" 1
		sum=$(echo "$sum $WALL $CPU" | awk '{ print $1 + $3, $2 + $4 }')
	done
	WALL=${sum% *} CPU=${sum#* }
}
formats() {
	say "what is published"
	mkdir -p made theirs
	our_published
	peer_pdf
	measure published "$n" - - - 3 our_published peer_published
	measure xlsx "$n" 0.25 - - 5 our_xlsx peer_xlsx
	measure pdf "$n" 0.0667 - - 5 our_pdf peer_pdf
	twenty || fail "twenty editions"
	measure site-editions 20 - - - 5 our_site peer_site
	rm -rf published pub pub.20 twenty site.20 site.new html.20 made theirs office
}

# The instance `grown` grows from one size to the next; what a size cost is the sum of its parts. A copy of
# each size is kept, for the desk is measured on all of them in turn.
grown=0 grown_wall=0 grown_cpu=0
peer_full() {
	rm -f flat.db
	timed sqlite3 flat.db ".mode csv" ".import closed.csv d"
}
# The same rows, sealed columns in hexadecimal, into as many flat tables. rows_files makes the files.
row_tables="demand matter legal_order order_fact target item finding review decision order_outcome stamp entry pending"
rows_files() {
	for t in $row_tables; do
		columns=$(sqlite3 grown/data/writ.db \
			"SELECT group_concat(CASE type WHEN 'BLOB' THEN 'hex(' || name || ')' ELSE name END) FROM pragma_table_info('$t')")
		sqlite3 -header -csv grown/data/writ.db "SELECT $columns FROM $t" >"rows.$t.csv"
	done
}
peer_rows() {
	rm -f flat.db
	set -- sqlite3 flat.db ".mode csv"
	for t in $row_tables; do
		set -- "$@" ".import rows.$t.csv $t"
	done
	timed "$@"
}
our_rows() { WALL=$grown_wall CPU=$grown_cpu KB=-; }
our_full() {
	timed "$programs/full_cases" grown $((n - grown)) "$grown"
	grown=$n
	WALL=$(awk -v a="$WALL" -v b="$grown_wall" 'BEGIN { print a + b }')
	CPU=$(awk -v a="$CPU" -v b="$grown_cpu" 'BEGIN { print a + b }')
	grown_wall=$WALL grown_cpu=$CPU
}
full() {
	n=$1 I=grown
	say "$n full cases: targets, items, decisions, every index"
	[ "$grown" != 0 ] || cp -r fresh grown
	measure full-cases "$n" 25 case 2 1 our_full peer_full
	if [ "$n" -le 100000 ]; then
		rows_files
		measure full-rows "$n" - - - 1 our_rows peer_rows
		rm -f flat.db rows.*.csv
	fi
	measure placing-cases "$n" - case - 1 our_placing -
	measure edition-cases "$n" - case 2 1 our_edition -
	# a verification of more takes minutes
	[ "$n" -gt 100000 ] || measure verify-cases "$n" - case - 1 our_verify_all -
	if [ "$n" = "$largest" ]; then mv grown "at.$n"; else cp -r grown "at.$n"; fi
}

# ---- pages and decisions -------------------------------------------------------------------------
# Inside a process: its start has nothing to do with how many cases there are. All sizes in turn, so that
# the machine's moods meet each of them.
desk() {
	[ "$grown" != 0 ] || return 0
	say "pages and decisions"
	for n in $sizes; do
		[ ! -d "at.$n" ] || "$programs/desk_times" "at.$n" prepare >&2 || fail desk_times
	done
	: >desk
	for run in 1 2 3; do
		for n in $sizes; do
			[ -d "at.$n" ] || continue
			cat "at.$n/data/writ.db" >/dev/null # else the small one alone is in memory
			timed "$programs/desk_times" "at.$n" "$n" "$DESK_ROUNDS"
			awk -v n="$n" -v kb="$KB" '{ print $1, n, $2, $3, $4, kb }' out >>desk
		done
	done
	for name in matter-show matter-list demand-list closed-list item-decide; do
		for n in $sizes; do
			[ -d "at.$n" ] || continue
			awk -v name="$name" -v n="$n" '$1 == name && $2 == n { print $3, $5, $4, $6 }' desk >acts
			memory=$(median acts 4)
			enter "$name" "$n" seconds 3 "$(median acts 1)" "$(median acts 2)" "- - -" "- - -" "- act 1.2" "${memory##* }"
			[ "$name" != item-decide ] ||
				enter "$name-p95" "$n" seconds 3 "$(median acts 3)" "- - -" "- - -" "- - -" "- act -" "${memory##* }"
		done
	done
}

# ---- the disclosure audit ------------------------------------------------------------------------
# 24,000 figures, 1,194 of them not published, 120 protected: all of these are safe.
our_audit() { timed "$WRIT" audit table.yaml; }
audit() {
	say "a disclosure audit of 24000 figures"
	python3 "$root/test/bench/audit_table.py" 150 8 20 >table.yaml 2>err || fail audit_table.py
	measure audit 24000 30 - - 3 our_audit -
	grep -q '^120 protected numbers are safe, 0 are not$' out || fail "the audit found another answer"
}

# ---- PostgreSQL ----------------------------------------------------------------------------------
# With every commit on disk. The server's work is not ours to see as a child's: its times and memory are
# told by nothing here, so these figures are by the clock alone.
address() {
	echo "postgresql:///$1?host=$server&user=$2"
}
PGOPTIONS="-c client_min_messages=warning"
export PGOPTIONS
query() {
	psql -q -X -A -t -v ON_ERROR_STOP=1 -h "$server" -U postgres "$@" >&2 || fail "psql $*"
}
peer_pg_import() {
	query -d postgres -c "DROP DATABASE IF EXISTS flat" -c "CREATE DATABASE flat OWNER owner"
	query -d flat -c "CREATE TABLE d (reference text, period text, country text, class text, outcome text, accounts int)"
	timed psql -q -X -v ON_ERROR_STOP=1 -h "$server" -U postgres -d flat \
		-c "\\copy d FROM closed.csv WITH (FORMAT csv, HEADER)" \
		-c "SELECT country, class, outcome, count(*), sum(accounts) FROM d GROUP BY 1, 2, 3"
	CPU=-
}
our_pg_import() {
	query -d postgres -c "DROP DATABASE IF EXISTS ours" -c "CREATE DATABASE ours OWNER owner"
	rm -rf "$I" "$I.s"
	"$WRIT" -d "$I" init --provider Bench --origin bench.example/writ --database "$(address ours app)" \
		--database-owner "$(address ours owner)" >/dev/null || fail "init on PostgreSQL"
	people "$I"
	timed "$WRIT" -d "$I" --secret "$I.s/bench" import closed closed.csv --map closed.map.yaml
	grep -q "^$n demands" out || fail "the import did not take every demand"
	CPU=-
}
postgres() {
	n=100000 I=pg
	case " $(echo $sizes) " in *" $n "*) ;; *) n=$(echo $sizes | sed 's/.* //') ;; esac
	[ "$n" -le 100000 ] || n=100000
	say "PostgreSQL: $n closed demands"
	server=$(sh "$root/test/pg/cluster" start fsync=on) || fail "no PostgreSQL server starts"
	generate "$n" >closed.csv
	measure pg-import "$n" - - - 3 our_pg_import peer_pg_import
	sh "$root/test/pg/cluster" stop "$server"
	server=
	say "PostgreSQL: 8 writers, the sequencer killed every 5 seconds"
	PGBENCH=1 sh "$root/test/pg/writers.sh" 8 "$PG_SECONDS" 5000 >out 2>err || {
		cat out err >&2
		fail "test/pg/writers.sh"
	}
	# "N bytes: D decisions/s; pgbench S single inserts/s, ratio R; F/s of the same five statements, ratio R"
	set -- $(awk '/ decisions\/s; pgbench / { print $3, $6, $11 }' err)
	[ $# -eq 3 ] || fail "test/pg/writers.sh told no figures"
	enter pg-decisions 8 rate 1 "$1 $1 $1" "- - -" "$2 $2 $2" "- - -" "0.6 - -" -
	enter pg-five-of-it 8 rate 1 "$1 $1 $1" "- - -" "${3%/s} ${3%/s} ${3%/s}" "- - -" "- - -" -
}

load_before=$(cut -d ' ' -f 1-3 /proc/loadavg)
set -- $(processors)
busy_before=$1 all_before=$2
own
own_before=$OWN
free=$(df -Pk . | awk 'END { print $4 }')
# expected N: seconds that growing to N will take; half as much again as at the size before, for its caches
# hold less of it.
expected() {
	awk -v have="$grown" -v took="$grown_wall" -v n="$1" 'BEGIN { printf "%.0f", (have > 0 ? 1.5 * took / have * (n - have) : 0) }'
}
largest=$(for n in $sizes; do [ "$n" -gt "$FULL_MAX" ] || echo "$n"; done | tail -n 1)
for n in $sizes; do
	closed "$n"
	if [ "$n" -gt "$FULL_MAX" ]; then
		say "no full cases for $n: above FULL_MAX"
	elif [ $((n * 6)) -gt "$free" ]; then
		say "no full cases for $n: they need $((n * 6 / 1024)) MB of disk"
	elif [ "$(expected "$n")" -gt "$GROW_SECONDS" ]; then
		say "no full cases for $n: they would take $(expected "$n") s, above GROW_SECONDS"
	else
		full "$n"
	fi
done
desk
audit
# What others did meanwhile; a server that we start would count as one of them.
own
set -- $(processors)
others=$(awk -v busy=$(($1 - busy_before)) -v all=$(($2 - all_before)) -v own=$((OWN - own_before)) \
	'BEGIN { v = 100 * (busy - own) / all; printf "%.0f", v < 0 ? 0 : v }')
load_after=$(cut -d ' ' -f 1-3 /proc/loadavg)
busy=false
[ "$others" -lt 10 ] || busy=true
[ "$PG_SECONDS" = 0 ] || postgres
took=$(($(date +%s) - began))

# ---- what came out -------------------------------------------------------------------------------
report table figures figures
echo
report growth -v svg="$svg" figures
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1 | tr -d '"\\')
commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || commit=unknown
[ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || commit=$commit+changes
{
	cat <<END
{
  "format": 2,
  "date": "$date",
  "commit": "$commit",
  "cpu": "$cpu",
  "processors": $(nproc),
  "kernel": "$(uname -sr)",
  "memory_kb": $(awk '/^MemTotal:/ { print $2 }' /proc/meminfo),
  "sqlite": "$(sqlite3 --version | cut -d ' ' -f 1)",
  "load_before": "$load_before",
  "load_after": "$load_after",
  "others_percent": $others,
  "busy": $busy,
  "took_seconds": $took,
  "figures": [
END
	report json figures
	printf '  ]\n}\n'
} >"$json.tmp"
mv "$json.tmp" "$json"
echo
echo "$(nproc) x $cpu; load before $load_before, after $load_after; others used $others % of the processors; $took s"
[ $busy = false ] ||
	echo "The machine was busy: times are noise, ratios doubtful; by cpu is what to read."
if [ -n "$old" ]; then
	echo
	case $old in /*) ;; *) old=$root/$old ;; esac
	report compare "$old" "$json"
fi
echo
echo "Kept in build/bench/$date.json, the picture in build/bench/$date.svg"
