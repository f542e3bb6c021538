#!/bin/sh
# `writ audit` on tables whose answer is known (test/bench/audit_table.py): what is planted is found, all
# else is safe; a small one with and without a third direction, and the large one: 150 countries, 8 kinds,
# 20 half-years. How long that takes is measured by `./dev bench`.
. "$(dirname "$0")/lib"

# table FILE ARGS...: makes it; its numbers of unpublished and protected figures are in err.
table() {
	file=$1
	shift
	python3 "$root/test/bench/audit_table.py" "$@" >"$file" 2>err || wrong "no table is made"
}
# judged STATUS FILE SAFE NOT: so many are safe, the others are found exactly, and none is undecided.
judged() {
	run "$1" audit "$2"
	has out "^$3 protected numbers are safe, $4 are not\$"
	same "numbers found exactly" "$(grep -c '^  A reader can tell that t\..* is exactly [0-9]*, where \[0, 249\]' out)" "$4"
	lacks out '^UNDECIDED'
}

table small.yaml 12 4 4
judged 0 small.yaml 8 0
table small.yaml 12 4 4 --leak 3
has err '8 protected'
judged 5 small.yaml 5 3
# the country's total and what is published of it: of four kinds three, and the total
has out '^  because of these 4 figures:$'
has out 'demands \[c0.k0.h0 \+ c0.k1.h0 \+ c0.k2.h0 \+ c0.k3.h0\]: exactly'
table small.yaml 12 4 4 --leak 2 --three
judged 5 small.yaml 6 2
verdict "planted in a small table: found, and all else safe"

table large.yaml 150 8 20 --leak 3
has err '^24000 figures, 1194 not published, 120 protected$'
judged 5 large.yaml 117 3
has out '^  because of these 8 figures:$'
verdict "planted among 24,000 figures: found, and the other 117 safe"

awk 'BEGIN {
	print "title: one total\nsynthetic: yes\nunknowns:"
	for (i = 1; i <= 600; i++) {
		print "  - id: x" i "\n    en: a count"
		sum = sum (i > 1 ? " + " : "") "x" i
	}
	print "publications:\n  - id: one\n    who: Example Mail\n    date: 2026-01-31\n    source: made up\n    rows:"
	print "      - id: total\n        en: all\n        count: " sum "\n        exact: 100"
	print "targets:\n  - id: t\n    en: one of them\n    count: x1\n    permitted: 0-249\n    rule: A\n    cite: none"
}' >long.yaml
run 5 audit long.yaml
has out '^    1\) Example Mail, 2026-01-31: all \[x1 \+ x2 \+ .* \.\.\.\]: exactly 100$'
same "lines that nobody reads" "$(awk 'length($0) > 2200' out | wc -l)" 0
verdict "a total of very many is told by its first ones"
exit $bad
