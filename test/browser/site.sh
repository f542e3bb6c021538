#!/bin/sh
# Every kind of page, and every format: site.sh DIR. In DIR/site a provider's statement with never-statements; a
# history of more countries; a half-year by counsel's permission, with a withheld country and the share of active
# users, and its correction; a half-year computed from cases, with response times. In DIR/empty a site without
# editions, in DIR/audit pages of disclosure audits, in DIR/dsa the workbook of the EU's template. The numbers are
# made up. Called by run.sh.
[ $# = 1 ] || { echo "usage: site.sh DIR" >&2; exit 64; }
mkdir -p "$1"
to=$(cd "$1" && pwd)
. "$(dirname "$0")/../flow/lib"
bring=$root/examples

# half PERIOD US-REQUESTS US-ACCOUNTS: a half-year with three countries, and those of $more: CODE REQUESTS ...
more=
half() {
	cat >"$1.csv" <<END
country,requests,accounts,content,noncontent,no_data,rejected
DE,700,1200,0,600,90,10
GB,900,1100,10,800,80,10
US,$2,$3,700,$(($2 - 1000)),200,100
END
	echo "$more" | awk '{ for (i = 1; i < NF; i += 2) print $i "," $(i + 1) "," $(i + 1) + 9 ",0," $(i + 1) ",0,0" }' >>"$1.csv"
	register_map "$1" content noncontent no_data rejected >"$1.map.yaml"
	try 0 iris import closed "$1.csv" --map "$1.map.yaml"
}

# say NAME PART DAY OPTIONS...: one piece of the statement, published.
say() {
	name=$1 part=$2 day=$3
	shift 3
	set -- --en "$bring/statement/$name.en.yaml" "$@"
	[ ! -f "$bring/statement/$name.de.yaml" ] || set -- --de "$bring/statement/$name.de.yaml" "$@"
	try 0 pia --json statement propose "$part" --day "$day" "$@"
	REF=$(field statement out)
	case $part in
	never | restraint) try 0 nora statement clear "$REF" ;;
	esac
	try 0 paul statement publish "$REF"
}

# bands STRUCTURE
bands() {
	sed -i "s/^bands: .*/bands: $1/" "$I/writ.yaml"
}

at 2013-01-10T09:00:00Z
make_instance
printf 'dsa:\n  orders_to_act: not_applicable\n' >>"$I/writ.yaml"
try 0 root user add paul --roles publisher --secret-out "$I/secrets/paul"
try 0 pia site build "$to/empty"
half 2012H1 4652 12283
half 2012H2 6421 12282
for day in 03 17 29; do
	try 0 nadia sealed add --kind fisa_content --day "2012-09-$day" --selectors 6400
done

# ---- a half-year by permission, its correction, a withheld country, active users ----
bands US-COMB-2013
at 2013-06-14T09:00:00Z
cat >leave.en.yaml <<'END'
title: One number for all demands of all United States authorities
authority: Government of the United States
END
cat >leave.de.yaml <<'END'
title: Eine Zahl für alle Ersuchen aller Behörden der Vereinigten Staaten
authority: Regierung der Vereinigten Staaten
END
try 0 nora permission record structure US-COMB-2013 --given 2013-06-14 --law "Letter of 2013-06-14" --en leave.en.yaml --de leave.de.yaml
try 0 pia edition make 2012H2
try 0 pia edition publish 2012H2 --out "$work/2012H2.1"
at 2013-07-01T09:00:00Z
echo "title: No number may be published of demands of this country" >bar.en.yaml
echo "title: Zu Ersuchen dieses Staates darf keine Zahl veröffentlicht werden" >bar.de.yaml
try 0 nora permission record prohibited GB --given 2013-01-01 --law "An act" --en bar.en.yaml --de bar.de.yaml
try 0 nora permission record not_countable DE --class warrant --given 2013-01-01 --law "Another act" --en bar.en.yaml
warrants=$(cut -d ' ' -f 1 out)
bands none
try 0 pia edition make 2012H1
try 0 pia edition publish 2012H1 --out "$work/2012H1.1"
try 0 pia edition users 2012H1 400000000 --source "Own count, 30 June 2012"
cat >cause.en.yaml <<'END'
title: The share of active users was added
text: The count of June 2012 was not at hand when the first version was published.
END
echo "title: Der Anteil der aktiven Nutzer wurde ergänzt" >cause.de.yaml
try 0 pia edition make 2012H1 --en cause.en.yaml --de cause.de.yaml
try 0 pia edition publish 2012H1 --out "$work/2012H1.2"

# ---- the statement, and a history of more countries ----
at 2013-09-02T09:00:00Z
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
	say "$name" "$part" "$day" $options
	echo "$REF" >"ref.$name"
done <"$bring/statement/pieces.txt"
at 2014-01-10T09:00:00Z
more="FR 8603 IT 1931 ES 1981 AU 1219 BR 1099 TR 6226 TW 2205 HK 481 MX 442 NL 420 PT 332 CH 205 NO 117 VG 2"
half 2013H1 7014 18809
try 0 pia edition make 2013H1
try 0 pia edition publish 2013H1 --out "$work/2013H1.1"

# ---- a half-year from cases: refused, answered, late, pending; and its correction ----
bands US-1874-A2
at 2026-09-01T16:00:00Z
receive "$demands/01-us-warrant.json"
files 1 2 3 4
at 2026-09-03T09:00:00Z
try 0 rob order examine "$CASE" pass --reason "Judge, one account, six months."
try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
try 0 carla item second "$CASE" --item 4
# shellcheck disable=SC2086
try 0 cole produce "$CASE" $FILES --out "$O"
at 2026-09-08T08:00:00Z
receive "$demands/04-de-bestandsdaten.json"
OPEN=$CASE
member=$CASE
reject() { # FILE DAY CODE us|eu
	at "$2T22:50:00Z"
	receive "$demands/$1"
	try 0 rita order reject "$CASE" --code "$3" --reason "See the order."
	[ "$4" = us ] || member="$member $CASE"
}
reject 03-us-all-users.json 2026-09-15 over_broad us
reject 05-de-no-basis.json 2026-09-20 no_basis eu
reject 06-de-ip-logs.json 2026-10-01 wrong_instrument eu
reject 07-de-plain-mail.json 2026-10-02 channel eu
at 2026-10-08T09:00:00Z
receive "$demands/08-eu-epoc-prosecutor.json"
at 2026-10-12T09:00:00Z
try 0 carla order annex3 "$CASE" --code not_competent --reason "Content data need a judge."
member="$member $CASE"
at 2026-11-13T09:00:00Z
receive "$demands/13-us-order-withdrawn.json"
try 0 iris order withdraw "$CASE" --because authority
at 2027-01-04T09:00:00Z
try 0 pia edition make 2026H2
try 0 pia edition publish 2026H2 --out "$work/2026H2.1"
at 2027-02-10T09:00:00Z
try 0 rita order reject "$OPEN" --code no_basis --reason "No legal basis is named."
cat >wrong.en.yaml <<'END'
title: One demand had been counted under the wrong country
text: It came through a second authority.
END
try 0 pia edition make 2026H2 --en wrong.en.yaml
try 0 pia edition publish 2026H2 --out "$work/2026H2.2"
try 0 pia edition users 2026H2 1250000 --source "Own count, 31 December 2026"
try 0 pia edition make 2026H2 --en cause.en.yaml --de cause.de.yaml
try 0 pia edition publish 2026H2 --out "$work/2026H2.3"
say access never 2027-02-10 --until 2027-07-31
say keys never 2027-02-10
say specific update 2027-02-10 --edition 2026H2.3
at 2027-01-02T10:00:00Z
for case in $member; do
	try 0 iris dsa order "$case" STATEMENT_CATEGORY_SCAMS_AND_FRAUD --informed receipt
done
at 2027-02-10T09:00:00Z
try 0 nora permission end "$warrants" # the template cannot leave a class out
try 0 pia edition make 2026 --as-of 2027-02-09
try 0 pia dsa write 2026 --out "$to/dsa"
try 0 pia site build "$to/site" --base https://reports.example/
verdict "a site with every kind of page"

# ---- audits ----
mkdir -p "$to/audit"
for file in "$bring"/audit/*.yaml; do
	name=$(basename "$file" .yaml)
	for lang in en de; do
		page=$to/audit/$name.html
		[ $lang = en ] || page=$to/audit/$name.de.html
		rc=0
		"$WRIT" audit "$file" --language $lang --html "$page" >out 2>err </dev/null || rc=$?
		[ -s "$page" ] || wrong "audit of $name ended $rc without a page: $(head -n 1 err)"
	done
done
verdict "a page of each example of an audit"
exit $bad
