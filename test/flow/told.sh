#!/bin/sh
# What people who may not know a number could learn or change alone: figures known from elsewhere, drafts of other
# windows of time, bars on what is counted in one number, records that one person makes and publishes on.
. "$(dirname "$0")/lib"

at 2026-06-08T09:00:00Z
make_instance
try 0 root user add paul --roles "publisher counsel" --sealed --secret-out "$I/secrets/paul"
cat >bar.yaml <<'END'
title: No number may be published of demands of this country
END
cat >cause.yaml <<'END'
title: A demand was counted twice
END

# ---- figures known from elsewhere ----
cp "$demands/warrant-26-mj-4471.txt" .
sed 's/"received": "[^"]*"/"received": "2026-06-08T06:15:00Z"/' "$demands/01-us-warrant.json" >warrant.json
receive warrant.json
copy_instance "$I" "$work/known"
I=$work/known
sed -i 's/^bands: .*/bands: US-1874-A3/' "$I/writ.yaml"
at 2026-08-01T09:00:00Z
try 0 nadia sealed add --kind fisa_content --day 2026-02-01 --selectors 40
try 0 pia edition make 2026H1
has out "^Every rule holds"
try 0 pia known add --country FR --period 2026H1 --unit orders --counts all --value 1 --published 2026-07-20 --source "Elsewhere"
try 0 pia known add --country US --period 2026H1 --unit orders --counts others --value 1 --published 2026-07-20 --source "Elsewhere"
try 0 pia edition make 2026H1
has out "^Every rule holds"
try 0 pia known add --country US --period 2026H1 --unit orders --counts all --value 100 --published 2026-07-20 --source "Elsewhere"
all=$(cut -d ' ' -f 1 out)
# one of the 100 is in the exact figures
try 0 pia edition make 2026H1
has out 'disclosure: .*US-1874-A3/all: a reader can tell that it lies in \[0, 99\], and may know \[0, 249\], out of .*known figure '"$all"
denied "disclosure" pia edition publish 2026H1 --out "$work/never"
try 0 carla known end "$all"
try 0 pia known add --country US --period 2026H1 --unit orders --counts all --value 0-1000 --published 2026-07-20 --source "Elsewhere"
try 0 pia edition make 2026H1
has out "^Every rule holds"
verdict "the number of all of a country's demands, known from elsewhere, is set against its exact ones and its bands"

# ---- windows that move ----
I=$work/instance
copy_instance "$I" "$work/window"
I=$work/window
at 2026-08-01T09:00:00Z
try 0 nadia sealed add --kind fisa_content --day 2025-03-17 --selectors 6400
sed -i 's/^bands: .*/bands: US-1874-A1/' "$I/writ.yaml"
try 0 pia edition make 2024-09-18/2025-03-16
denied "a time that overlaps" pia edition make 2024-09-19/2025-03-17
lacks err "6400|6000"
try 3 pia edition show 2024-09-19/2025-03-17
try 0 pia edition make 2024-09-18/2025-03-16
try 0 pia edition make 2025-03-17/2025-09-12
try 0 paul edition make 2024-09-19/2025-03-17
try 0 otto log verify
verdict "who may not know a number does not find the day of an order by moving a window"

# ---- words, and a draft that comes too late ----
# half PERIOD: demands of two countries, brought along.
half() {
	printf 'country,requests,accounts,noncontent\nDE,700,1200,700\nUS,6421,12282,6421\n' >"$1.csv"
	register_map "$1" noncontent >"$1.map.yaml"
	try 0 iris import closed "$1.csv" --map "$1.map.yaml"
}
at 2013-06-14T09:00:00Z
make_instance "$work/whole"
try 0 root user add paul --roles "publisher counsel" --sealed --secret-out "$I/secrets/paul"
half 2012H1
half 2012H2
sed -i 's/^bands: .*/bands: none/' "$I/writ.yaml"
try 0 pia edition make 2012H1
try 0 pia edition make 2012H1
try 0 pia edition publish 2012H1.1 --out "$work/first"
try 4 pia edition publish 2012H1.2 --out "$work/second"
has err "published since 2012H1.2 was made: make it again and say why"
verdict "a draft made before another of its period came out is made again, with a reason"

sed -i 's/^bands: .*/bands: US-COMB-2013/' "$I/writ.yaml"
cat >leave.yaml <<'END'
title: One number for all demands of all United States authorities
END
cat >loud.yaml <<'END'
title: Both numbers may stand, those of FISA too
END
try 0 nora permission record structure US-COMB-2013 --given 2013-06-14 --law "Letter" --en leave.yaml
try 0 nora permission record narrowing 2012H2/US-COMB-2013/accounts/hidden --lo 1 --hi 13000 --given 2013-06-14 --law "Letter" --en loud.yaml
loud=$(cut -d ' ' -f 1 out)
try 0 pia edition make 2012H2
has out "words: US-COMB-2013: .*says a word that it forbids"
lacks out "FISA"
before=$(entries)
denied "words: US-COMB-2013" pia edition publish 2012H2 --out "$work/never"
same "ledger" "$(entries)" "$before"
denied "edition 2012H2.1: words" pia edition preview 2012H2 --out "$work/preview"
at 2013-06-14T10:00:00Z
try 0 nora permission end "$loud"
try 0 pia edition make 2012H2
has out "^Every rule holds"
verdict "an edition that could not be written is not published"

# ---- what came out later ----
copy_instance "$work/whole" "$work/later"
I=$work/later
for day in 03 17 29; do
	try 0 nadia sealed add --kind fisa_content --day "2012-09-$day" --selectors 6400
done
try 0 pia edition users 2012H2 1000000 --source "Own count"
try 0 pia edition make 2012H2
try 0 pia edition publish 2012H2 --out "$work/half"
grep -q 'US-COMB-2013,accounts,31000,32000,' half/figures.csv || wrong "not 31,000 to 32,000"
try 0 pia --json edition list
half=$(sed -n 's/.*"edition": "\(2012H2\.[0-9]*\)".*/\1/p' out | tail -n 1)
# in the second of the publication, and after it
try 0 pia edition users 2012H2 2000000 --source "Entered after the publication"
try 0 nora permission record narrowing 2012H2/US-COMB-2013/requests --lo 6000 --hi 6999 --given 2013-06-14 \
	--until 2013-06-14 --law "Letter" --en leave.yaml
try 0 nora permission list
try 0 nora permission end "$(sed -n 's/^\([^ ]*\) *structure *holds.*/\1/p' out)"
try 0 pia site build "$work/later-site"
cmp -s half/figures.json "later-site/edition/$half/figures.json" || wrong "what came in the same second changed the edition"
try 0 pia edition check "$half"
has out "^Every rule holds"
verdict "what is recorded or ended in the second of a publication does not change it"

at 2013-06-18T09:00:00Z
for what in "requests --lo 6421 --hi 7000" "requests/hidden --lo 0 --hi 579" "accounts/hidden --lo 18718 --hi 19718"; do
	# shellcheck disable=SC2086
	try 0 nora permission record narrowing 2012H2/US-COMB-2013/$what --given 2013-06-18 --law "Letter" --en leave.yaml
done
sed -i 's/^bands: .*/bands: none/' "$I/writ.yaml"
try 0 pia edition make 2012
has out "^Every rule holds"
try 0 pia edition publish 2012 --out "$work/year"
at 2013-06-19T09:00:00Z
try 0 pia edition check 2012
try 0 pia edition check "$half"
has out "^Every rule holds"
verdict "an edition is checked against what was out when it was published"

# ---- bars ----
I=$work/whole
at 2013-06-15T09:00:00Z
for what in "not_countable US" "prohibited US --class other"; do
	# shellcheck disable=SC2086
	try 0 nora permission record $what --given 2013-06-14 --law "An act" --en bar.yaml
	bar=$(cut -d ' ' -f 1 out)
	try 0 pia edition make 2012H2
	has out "permission: US-COMB-2013: it counts all demands of US, and $bar bars some of them"
	denied "permission" pia edition publish 2012H2 --out "$work/never"
	try 0 nora permission end "$bar"
done
try 0 pia edition make 2012H2
has out "^Every rule holds"
verdict "a number for all of a country's demands does not stand beside a bar on them"

sed -i 's/^bands: .*/bands: none/' "$I/writ.yaml"
at 2013-06-16T09:00:00Z
try 0 paul permission record prohibited DE --given 2013-06-14 --law "An act" --en bar.yaml
mine=$(cut -d ' ' -f 1 out)
try 0 paul edition make 2012H2
denied "$mine, which you recorded" paul edition publish 2012H2 --out "$work/never"
try 0 nora permission end "$mine"
try 0 nora permission record prohibited DE --given 2013-06-14 --law "An act" --en bar.yaml
hers=$(cut -d ' ' -f 1 out)
at 2013-06-16T10:00:00Z
try 0 paul permission end "$hers"
try 0 paul edition make 2012H2
denied "you ended the bar $hers" paul edition publish 2012H2 --out "$work/never"
try 0 nora permission record prohibited DE --given 2013-06-14 --law "An act" --en bar.yaml
again=$(cut -d ' ' -f 1 out)
try 0 paul edition make 2012H2
try 0 paul edition publish 2012H2 --out "$work/barred"
grep -q '^2012H2,country,DE,,requests,,,requests,prohibited$' barred/figures.csv || wrong "the country has no word"
at 2013-06-16T11:00:00Z
try 0 nora permission end "$again"
echo "The bar is gone" >gone.txt
try 0 pia edition make 2012H2 --en gone.txt
try 0 pia edition publish 2012H2 --out "$work/open"
try 0 otto log verify
verdict "nobody bars a country, or lifts its bar, and publishes it alone"

exit "$bad"
