#!/bin/sh
# What `dev bench` computes from its figures, with figures whose answers are known: slope, growth, aims,
# medians, the file, and the comparison of two of them. No time is measured here.
set -u
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
bad=0

report() {
	script=$1
	shift
	awk -f "$root/tools/bench/lib.awk" -f "$root/tools/bench/$script.awk" "$@"
}
# row FILE NAME N: its line, blanks made one.
row() {
	awk -v name="$2" -v n="$3" '$1 == name && $2 == n { $1 = $1; print; exit }' "$1"
}
check() {
	if [ "$2" = "$3" ]; then
		echo "ok $1"
	else
		echo "not ok $1: \"$3\", expected \"$2\""
		bad=1
	fi
}

cat >figures <<'END'
import 10000 seconds 5 0.20 0.22 0.24 0.20 0.040 0.044 0.048 0.040 12 case 2 13000
import 100000 seconds 1 4.4 4.4 4.4 4.0 0.44 0.44 0.44 0.40 12 case 2 13000
import 1000000 seconds 1 88 88 88 80 6.8 6.8 6.8 8 12 case 2 300000
shown 10000 seconds 3 0.25 0.26 0.27 0.05 - - - - 0.1 - - 16000
shown 1000000 seconds 3 0.05 0.06 0.07 0.05 - - - - 0.1 - - 16000
flat 1000 seconds 3 2 2 2 2 1 1 1 1 - case 2 -
flat 3000 seconds 3 6 6 6 6 1 1 1 1 - case 2 -
page 10000 seconds 3 0.001 0.001 0.001 0.001 - - - - - act 1.2 16000
page 1000000 seconds 3 0.0013 0.0013 0.0013 0.001 - - - - - act 1.2 16000
decisions 8 rate 1 300 300 300 - 600 600 600 - 0.6 - - -
enough 8 rate 1 400 400 400 - 600 600 600 - 0.6 - - -
END

report table figures figures >table
check "a figure below the largest number has no aim" "import 10^4 220 ms 44 ms 5.00 5.00 - 12 MB" "$(row table import '10^4')"
check "an aim missed by time alone, and memory above the limit, are told" \
	"import 10^6 88.00 s 6.80 s 12.94 10.00 <=12 292 MB misses its aim by time, not by cpu above 256 MB" "$(row table import '10^6')"
check "a figure without a peer has its aim in seconds" "shown 10^6 60 ms - - - <=0.1s 15 MB" "$(row table shown '10^6')"
check "a rate is to be above its aim" "decisions 8 300 /s 600 /s 0.50 - >=0.6 - misses its aim" "$(row table decisions 8)"
check "a rate above its aim is well" "enough 8 400 /s 600 /s 0.67 - >=0.6 -" "$(row table enough 8)"

report growth -v svg=picture.svg figures >growth
check "cost, slope and growth of an import" "import - - 22 us 44 us 88 us 1.30 4.00 4.00 <=2 misses its aim" \
	"$(awk '$1 == "import" { $1 = $1; print; exit }' growth)"
check "what costs the same for each case has slope 1" "1.00 1.00 1.00 <=2" \
	"$(awk '$1 == "flat" { print $(NF - 3), $(NF - 2), $(NF - 1), $NF; exit }' growth)"
check "an act grows by itself, not by case; the processor's time is told apart" \
	"page - - 1.0 ms - 1.3 ms 0.06 1.30 1.00 <=1.2 misses its aim by time, not by cpu" \
	"$(awk '$1 == "page" { $1 = $1; print; exit }' growth)"
check "the picture has a mark for each size, and the aim" "4 | 6" \
	"$(sed -n 's/^page  *\([.].*\)$/\1/p' growth | tail -n 1 | tr -d '.' | tr -s ' ' | sed 's/^ //; s/ $//')"
check "one size alone has no growth" "" "$(grep '^shown' growth)"
check "the picture is well-formed and has a line for each name" 3 \
	"$(python3 -c 'import sys, xml.dom.minidom as m; print(len(m.parse("picture.svg").getElementsByTagName("polyline")))')"

# file DATE BUSY CPU <figures
file() {
	printf '{\n  "format": 2,\n  "date": "%s",\n  "commit": "c-%s",\n  "cpu": "%s",\n  "busy": %s,\n  "figures": [\n' \
		"$1" "$1" "$3" "$2"
	report json
	printf '  ]\n}\n'
}
file old false K <figures >old.json
check "the file is JSON with ratios, and null for what there is none of" "5.0 None 0.5 [0.2, 0.22, 0.24]" \
	"$(python3 -c '
import json
f = {(x["name"], x["cases"]): x for x in json.load(open("old.json"))["figures"]}
print(f["import", 10000]["ratio"] / 1.0, f["shown", 10000]["ratio"], f["decisions", 8]["ratio"], f["import", 10000]["ours"])')"

# import 10^4: +50 % beyond 18 % of noise; 10^5: +20 % of a figure that ran once; decisions: -40 %; enough: +50 %
sed -e 's/^\(import 10000 seconds 5\) 0.20 0.22 0.24/\1 0.31 0.33 0.35/' -e 's/^\(import 100000 seconds 1\) 4.4 4.4 4.4/\1 5.28 5.28 5.28/' \
	-e 's/^\(decisions 8 rate 1\) 300 300 300/\1 180 180 180/' -e 's/^\(enough 8 rate 1\) 400 400 400/\1 600 600 600/' \
	-e 's/^\(shown 1000000 seconds 3\) 0.05 0.06 0.07/\1 0.11 0.12 0.13/' figures >later
sed -i 's/^\(page 1000000 .*\) 0.001 - /\1 0.002 - /' later
echo "added 10 seconds 1 1 1 1 1 - - - - - - - -" >>later
file new false K <later >new.json
report compare old.json new.json >change
check "a ratio that grew by more than the noise is marked" "import 10^4 5.00 7.50 +50% 33% WORSE" "$(row change import '10^4')"
check "one within the noise is not" "import 10^5 10.00 12.00 +20% 25%" "$(row change import '10^5')"
check "a rate that fell is worse" "decisions 8 0.50 0.30 -40% 25% WORSE" "$(row change decisions 8)"
check "a rate that rose is better" "enough 8 0.67 1.00 +50% 25% better" "$(row change enough 8)"
check "without a peer a figure is compared by itself" "shown 10^6 60 ms 120 ms +100% 25% WORSE" "$(row change shown '10^6')"
check "a new figure is told" "added 10 new" "$(row change added 10)"
check "how many are worse" "3 of 11 figures got worse by more than the noise." "$(tail -n 1 change)"
file new false other <later >other.json
report compare old.json other.json >change
check "on another machine times are not marked" "shown 10^6 60 ms 120 ms +100% 25%" "$(row change shown '10^6')"
file new true K <later >busy.json
report compare old.json busy.json >change
check "where a machine was busy, the processor's ratio counts" "import 10^4 5.00 5.00 +0% 33%" "$(row change import '10^4')"
check "and what has no peer is not marked" "page 10^6 1.0 ms 2.0 ms +100% 25%" "$(row change page '10^6')"
sed 's/"format": 2/"format": 1/' old.json >ancient.json
report compare ancient.json new.json >change 2>err
check "a file of another format is refused" "65 bench: the older file is not of this format (\"format\": 2)" "$? $(cat err)"
exit $bad
