#!/bin/sh
# What the web server answers a second, beside nginx serving a file of the same size and Fossil's ticket page, all
# in one run on one machine. Called by `./dev bench web` with WRIT set to the release program.
#
# usage: bench_web.sh [--quick] [--growth] [N]        N cases, default 100000; the aims are for 1000000
#
# Beside the N cases that are over the instance has 2000 demands and cases that are not. With --growth only our own
# pages are measured, at N/100, N/10 and N cases: what a list or a page costs must not grow with them.
#
# Environment: WEB_SECONDS, of one measurement (8); WEB_ROUNDS (3; the median counts); WEB_CONNECTIONS (64);
# WEB_REQUESTS, after how many the memory is looked at again (1000000); WEB_SLOW, slow connections (10000);
# WEB_INSTANCE, an instance that is there already, made by this script before (kept there if the folder is missing).
#
# wrk and the servers share the processors, so the ratios are what to read. A missed aim is marked and is no failure.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
unset WRIT_DIR WRIT_NOW
root=$PWD
seconds=${WEB_SECONDS:-8} rounds=${WEB_ROUNDS:-3} connections=${WEB_CONNECTIONS:-64}
requests=${WEB_REQUESTS:-1000000} slow=${WEB_SLOW:-10000}
if [ "${1:-}" = --quick ]; then
	seconds=2 rounds=1 requests=20000 slow=1000
	shift
	set -- "${1:-1000}"
fi
growth=
if [ "${1:-}" = --growth ]; then
	growth=yes
	shift
fi
n=${1:-100000}
case $n in '' | *[!0-9]* | 0*)
	sed -n '/^# usage: /,/^#$/s/^# \{0,1\}//p' tools/bench_web.sh >&2
	exit 64
	;;
esac
WRIT=${WRIT:-$root/build/rel/writ}
nginx=$(command -v nginx || echo /usr/sbin/nginx)
for tool in wrk fossil sqlite3 curl python3 "$nginx"; do
	command -v "$tool" >/dev/null || {
		echo "bench: $tool is missing (Debian: wrk fossil sqlite3 curl python3 nginx-light)" >&2
		exit 1
	}
done
make -s MODE=rel B=build/rel build/rel/bench/full_cases build/rel/bench/sign_in >&2

mkdir -p build/bench
work=$(mktemp -d "$root/build/bench/web.XXXXXX")
pids=
finish() {
	for p in $pids; do kill "$p" 2>/dev/null || :; done
	# shellcheck disable=SC2086
	[ -z "$pids" ] || wait $pids 2>/dev/null || :
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
# whoever is not root has to come to it
chmod o+x "$root/build" "$root/build/bench" "$work" 2>/dev/null || :
cd "$work"
say() { printf '%s\n' "$*" >&2; }
fail() {
	say "bench: failed: $*"
	exit 1
}
began=$(date +%s)

# ---- what is served ------------------------------------------------------------------------------
# instance DIR N: made unless it is there. Its secrets lie beside it, and "$1.signed" has the reviewer's cookie.
open=2000
instance() {
	I=$1
	[ ! -d "$I" ] || return 0
	say "an instance with $2 cases"
	"$WRIT" -d "$I" init --provider Bench --origin bench.example/writ >/dev/null
	mkdir "$I.s"
	"$WRIT" -d "$I" user add root --roles admin --secret-out "$I.s/root" >/dev/null
	"$WRIT" -d "$I" --secret "$I.s/root" user add bench --roles "intake reviewer publisher auditor" --secret-out "$I.s/bench" >/dev/null
	mkdir "$I/public"
	echo "site: public" >>"$I/writ.yaml"
	[ "$(id -u)" != 0 ] || echo "user: nobody" >>"$I/writ.yaml"
	"$WRIT" -d "$I" --secret "$I.s/bench" site build "$I/public" --base https://bench.example/ >/dev/null
	"$root/build/rel/bench/full_cases" "$I" "$2" 0 || fail full_cases
	"$root/build/rel/bench/full_cases" "$I" "$open" "$2" open || fail full_cases
	"$root/build/rel/bench/sign_in" "$I" reviewer "intake reviewer" 1 >"$I.signed" || fail sign_in
	[ "$(id -u)" != 0 ] || chown -R nobody "$I"
}
# cases_of N: the references of cases that are asked for at random, and who asks.
cases_of() {
	there=$(sqlite3 "$I/data/writ.db" "SELECT count(*) FROM matter")
	[ "$there" -ge "$1" ] || fail "the instance has only $there cases"
	sqlite3 "$I/data/writ.db" "SELECT ref FROM matter ORDER BY random() LIMIT 20000" >cases
	one=$(head -n 1 cases)
	signed=$(cut -d ' ' -f 1 "$I.signed")
}

# ports: three that are free.
python3 - >ports <<'END'
import socket
all = [socket.socket() for _ in range(3)]
for s in all:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in all))
END
read -r ours static theirs <ports

# up PORT PATH: until it answers.
up() {
	for _ in $(seq 200); do
		[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$1$2")" != 200 ] || return 0
		sleep 0.05
	done
	fail "nobody answers at $1$2: $(tail -n 3 writ.log nginx.err fossil.log 2>/dev/null)"
}
writ_start() {
	"$WRIT" -d "$I" serve --listen "127.0.0.1:$ours" --processes 4 2>writ.log &
	writ=$!
	pids="$pids $writ"
	up "$ours" /ready
}
writ_stop() {
	kill "$writ"
	wait "$writ" || fail "the server ended with an error"
}

# Both others, unless only our own pages are looked at.
if [ -z "$growth" ]; then
	mkdir files
	cat >nginx.conf <<END
daemon off;
worker_processes 4;
pid $work/nginx.pid;
error_log $work/nginx.err;
events { worker_connections 2048; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	open_file_cache max=100;
	keepalive_requests 1000000;
	client_body_temp_path $work/body;
	proxy_temp_path $work/proxy;
	fastcgi_temp_path $work/fastcgi;
	uwsgi_temp_path $work/uwsgi;
	scgi_temp_path $work/scgi;
	default_type text/html;
	server { listen 127.0.0.1:$static; root $work/files; }
}
END
	echo up >files/up
	chmod -R o+rX files
	[ "$(id -u)" != 0 ] || sed -i '1i user nobody nogroup;' nginx.conf
	"$nginx" -p "$work" -e "$work/nginx.err" -c "$work/nginx.conf" 2>>nginx.err &
	pids="$pids $!"
	up "$static" /up

	# As many tickets as cases. Each would be an artifact of its own, made by a program that starts anew; the rows
	# that its page reads are put into its database in one go instead, which is not less for it to read.
	say "$n tickets for Fossil"
	HOME=$work USER=bench
	export HOME USER
	fossil new bench.fossil >/dev/null 2>&1 || fail "fossil new"
	sqlite3 bench.fossil <<END || fail "tickets"
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $n)
INSERT INTO ticket(tkt_uuid, tkt_mtime, tkt_ctime, type, status, subsystem, priority, severity, title, comment)
SELECT lower(hex(randomblob(20))), 2460000 + i / 1000.0, 2460000, 'Incident', 'Open', 'mail', 'Immediate', 'Critical',
	'Production order ' || i, 'The authority asks for subscriber data of account ' || i || '. ' || hex(randomblob(200)) FROM n;
UPDATE user SET cap = cap || 'r' WHERE login IN ('anonymous', 'nobody') AND cap NOT LIKE '%r%';
END
	sqlite3 bench.fossil "SELECT tkt_uuid FROM ticket ORDER BY random() LIMIT 20000" >tickets
	fossil server --localhost --port "$theirs" bench.fossil >fossil.log 2>&1 &
	pids="$pids $!"
	ticket=$(head -n 1 tickets)
	up "$theirs" "/tktview/$ticket"
	curl -s "http://127.0.0.1:$theirs/tktview/$ticket" | grep -q "Production order" || fail "Fossil shows no ticket"

fi

# ---- measuring -----------------------------------------------------------------------------------
# ask PORT PATH CASES COOKIE SECONDS [FORM]: RATE (a second), P50 and P99 (milliseconds), DONE (requests that were
# answered well), WRONG (those that were not).
round=0
ask() {
	round=$((round + 1))
	BENCH_BODY=${6:-} BENCH_MOST=$n BENCH_PATH=$2 BENCH_CASES=$3 BENCH_COOKIE=$4 BENCH_SEED=$round wrk -t 2 -c "$connections" -d "$5s" --latency \
		-s "$root/tools/bench/web.lua" "http://127.0.0.1:$1/" >wrk.out 2>&1 || fail "wrk: $(tail -n 2 wrk.out)"
	# shellcheck disable=SC2046
	set -- "$2" $(sed -n 's/^FIGURES //p' wrk.out)
	[ $# = 6 ] || fail "wrk: $(tail -n 2 wrk.out)"
	WRONG=$3
	DONE=$(($2 - WRONG))
	RATE=$(awk -v n="$DONE" -v us="$4" 'BEGIN { printf "%.0f", n * 1e6 / us }')
	P50=$(awk -v us="$5" 'BEGIN { printf "%.2f", us / 1000 }')
	P99=$(awk -v us="$6" 'BEGIN { printf "%.2f", us / 1000 }')
}
# middle FILE: RATE, P50, P99 of the round whose rate is the median.
middle() {
	# shellcheck disable=SC2046
	set -- $(sort -n "$1" | awk '{ l[NR] = $0 } END { print l[int((NR + 1) / 2)] }')
	RATE=$1 P50=$2 P99=$3
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf (b > 0 ? "%.2f" : "-"), (b > 0 ? a / b : 0) }'; }
# aim RATIO LEAST: a mark where it is missed.
aim() { [ "$2" = - ] || awk -v r="$1" -v a="$2" 'BEGIN { if (r + 0 < a + 0) printf " MISSED (aim %s)", a; else printf " (aim %s)", a }'; }
members() { ps -o pid=,args= --ppid "$writ" | awk '/--role=web/ { print $1 }'; }
memory() {
	for p in $(members); do awk '/^VmRSS:/ { printf "%.1f ", $2 / 1024 }' "/proc/$p/status"; done
}
# The database out of the kernel's memory, and a server that has none of it in its own.
cold() {
	writ_stop
	sync
	for f in "$I"/data/writ.db*; do dd if="$f" iflag=nocache count=0 2>/dev/null; done
	writ_start
}

# warm PATH COOKIE FORM: what the last page's cold start threw out of memory is there again, here and in the servers.
warm() {
	cat "$I"/data/writ.db* >/dev/null
	ask "$ours" "$1" cases "$2" 3 "$3"
}

# used: hundredths of a second that the web processes have had of the processors.
used() {
	for p in $(members); do cat "/proc/$p/stat"; done | awk '{ sum += $14 + $15 } END { printf "%d", sum }'
}
# ours PATH COOKIE SECONDS FORM: ask, and COST, microseconds of processor a request, which the load of the machine
# changes less than the rate.
ours() {
	spent=$(used)
	ask "$ours" "$1" cases "$2" "$3" "$4"
	COST=$((($(used) - spent) * 10000 / (DONE + WRONG + 1)))
}
# fetch NAME PATH COOKIE FORM: the page once, into the file `page`.
fetch() {
	link=$(echo "$2" | sed "s|{case}|$one|")
	set -- "$1" "$link" "$3" "$(echo "$4" | sed 's/{n}/7/')"
	curl -s -H "Cookie: $3" ${4:+--data "$4"} -o page -w '%{http_code}\n' "http://127.0.0.1:$ours$2" >status
	[ "$(cat status)" = 200 ] || fail "$1: $2 is answered with $(cat status)"
}

# page NAME PATH COOKIE FOSSIL-AIM NGINX-AIM [FORM]: a page of ours, beside both others, in turn in each round.
page() {
	name=$1 path=$2 cookie=$3 fossil_aim=$4 nginx_aim=$5 form=${6:-}
	fetch "$name" "$path" "$cookie" "$form"
	cp page files/page
	chmod o+r files/page
	: >r.ours
	: >r.static
	: >r.fossil
	warm "$path" "$cookie" "$form"
	for _ in $(seq "$rounds"); do
		ask "$theirs" "/tktview/{case}" tickets "" "$seconds"
		echo "$RATE $P50 $P99" >>r.fossil
		ask "$static" /page "" "" "$seconds"
		echo "$RATE $P50 $P99" >>r.static
		ours "$path" "$cookie" "$seconds" "$form"
		[ "$WRONG" = 0 ] || fail "$name: $WRONG requests went wrong"
		echo "$RATE $P50 $P99" >>r.ours
	done
	cold
	ask "$ours" "$path" cases "$cookie" 2 "$form"
	cold_is="$RATE a second, p99 $P99 ms"
	middle r.fossil
	fossil_rate=$RATE fossil_99=$P99
	middle r.static
	static_rate=$RATE static_99=$P99
	middle r.ours
	printf '%-10s %8s bytes  %8s/s  p50 %7s ms  p99 %7s ms  %5s us of processor   cold: %s\n' "$name" "$(wc -c <files/page)" "$RATE" "$P50" "$P99" "$COST" "$cold_is"
	printf '  Fossil ticket page  %8s/s  p99 %7s ms   ratio %s%s\n' "$fossil_rate" "$fossil_99" "$(ratio "$RATE" "$fossil_rate")" \
		"$(aim "$(ratio "$RATE" "$fossil_rate")" "$fossil_aim")"
	printf '  nginx static file   %8s/s  p99 %7s ms   ratio %s%s\n' "$static_rate" "$static_99" "$(ratio "$RATE" "$static_rate")" \
		"$(aim "$(ratio "$RATE" "$static_rate")" "$nginx_aim")"
}

# pages: the pages of the desk, by what is called for each: NAME PATH COOKIE FOSSIL-AIM NGINX-AIM [FORM].
pages() {
	proof=$(curl -s -H "Cookie: $signed" "http://127.0.0.1:$ours/desk/search" |
		sed -n 's/.*name="proof" value="\([0-9a-f]*\)".*/\1/p' | head -n 1)
	[ -n "$proof" ] || fail "the cookie is of nobody"
	"$1" case "/desk/case/{case}" "$signed" 10 0.10
	"$1" inbox /desk "$signed" - -
	"$1" find /desk/search "$signed" - - "proof=$proof&run=yes&any=user{n}@mail.example"
	"$1" state "/desk/search?run=yes&state=closed" "$signed" - -
	"$1" open "/desk/search?run=yes&open=open" "$signed" - -
	"$1" today /desk/today "$signed" - -
	"$1" queues /desk/queues "$signed" - -
	"$1" calendar /desk/calendar "$signed" - -
}

# ---- growth --------------------------------------------------------------------------------------
# alone NAME PATH COOKIE - - [FORM]: without the others.
alone() {
	fetch "$1" "$2" "$3" "${6:-}"
	ours "$2" "$3" "$seconds" "${6:-}"
	[ "$WRONG" = 0 ] || fail "$1: $WRONG requests went wrong"
	printf '%-10s %8s cases  %8s bytes  %8s/s  p50 %7s ms  p99 %7s ms  %5s us of processor\n' "$1" "$there" \
		"$(wc -c <page)" "$RATE" "$P50" "$P99" "$COST" | tee -a growth.out
}
if [ -n "$growth" ]; then
	connections=8
	most=$n
	for n in $((most / 100)) $((most / 10)) "$most"; do
		instance "${WEB_INSTANCE:-$work/i}.$n" "$n"
		cases_of "$n"
		writ_start
		pages alone
		writ_stop
	done
	sort -s -k 1,1 growth.out >sorted
	echo
	cat sorted
	exit 0
fi

instance "${WEB_INSTANCE:-$work/i}" "$n"
cases_of "$n"
writ_start
before=$(memory)
echo "$there cases, 4 processes, $connections connections, $rounds rounds of $seconds s; $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
echo
# ---- the pages, one line each ----
page site / "" - -
pages page

# ---- memory --------------------------------------------------------------------------------------
say "$requests requests of cases, and $slow slow connections"
sum=0
while [ "$sum" -lt "$requests" ]; do
	ask "$ours" "/desk/case/{case}" cases "$signed" "$seconds"
	[ "$WRONG" = 0 ] || fail "$WRONG requests went wrong"
	sum=$((sum + DONE))
	say "$sum: $(memory)MB"
done
echo
echo "memory of a web process, MB: $before at the start; $(memory)after $sum requests (aim 64)"
writ_stop
MANY_CASES=cases MANY_COOKIE=$signed WRIT=$WRIT python3 "$root/test/http/many.py" "$I" "$slow" 4 >many.out 2>many.err ||
	say "slow connections: $(grep '^not ok' many.out)"
awk -v n="$slow" '/ MB$/ && /^turn/ { gsub(/[][,]/, ""); for (i = 8; i < NF; i++) if ($i > most) most = $i }
	/^turn.*worst/ { if ($(NF - 1) > worst) worst = $(NF - 1) }
	END { printf "with %d slow connections: %.1f MB at most (aim 128); others waited %d ms at most\n", n, most, worst }' many.err
echo "$(($(date +%s) - began)) s"
