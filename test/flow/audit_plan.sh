#!/bin/sh
# `writ audit FILE --plan`: what to change so that nothing is given away, for the examples whose figures may
# be changed; that the changed file is safe when it is audited by itself; what is said where nothing helps;
# and what is refused in a file.
. "$(dirname "$0")/lib"
examples=$root/examples/audit

# costing EXAMPLE SED...: the example, all of whose figures may be changed, as plan.yaml.
costing() {
	example=$1
	shift
	sed -e 's/^\(    source: .*\)$/\1\n    cost: 1/' "$@" "$examples/$example" >plan.yaml
}
# planned STATUS: the answer as text in out, as JSON in json.
planned() {
	run "$1" --json audit plan.yaml --plan
	mv out json
	run "$1" audit plan.yaml --plan
}

costing apple-2013h1.yaml
planned 0
has out '^  1\) tell january_law_enforcement as 751 to 2000, which is known without it \(it was: .*exactly 927\)$'
has out '^Cost 6: the least of all combinations of changes\.$'
has out '^The changed figures were audited in full: '
has out 'No hidden number was looked at'
has json '"plan": "found"'
has json '"act": "known"'
has json '"least": true'
sed -i 's/exact: 927/band: 751-2000/' plan.yaml
run 0 audit plan.yaml
# as it was published: the first report is out, the second may be changed, and only left out
costing apple-2013h1.yaml -e 's/exact: 927/at_least: 927/'
planned 0
verdict "Apple 2013 H1: the exact series told as what is known without it"

costing exact-total.yaml
planned 0
has out '^  1\) tell total as 1000 to 1249 '
has out '^Cost 1: the least'
sed -i 's/exact: 1040/band: 1000-1249/' plan.yaml
run 0 audit plan.yaml
run 0 audit plan.yaml --plan
has out 'nothing has to be changed'
# the total stays: one of the parts has to go, the cheaper one
sed -e '/cost: 1/d' -e '/id: warrants_exact/a\        cost: 5' -e '/id: subpoenas_exact/a\        cost: 2' "$examples/exact-total.yaml" >plan.yaml
planned 0
has out '^  1\) tell subpoenas_exact as 0 to 999 '
lacks out 'total as'
verdict "an exact total: a band aligned to the parts, or the cheaper part"

costing percentage.yaml
planned 0
has out '^  1\) leave share out '
has out '^Cost 8: the least'
sed -i '/id: share/,/of:/d' plan.yaml
run 0 audit plan.yaml
verdict "a percentage is left out"

sed '/band: 400-499/a\        wider: 0-499 0-999\n        cost: 1' "$examples/half-years-and-year.yaml" >plan.yaml
planned 0
has out '^  1\) tell year_band as 0 to 499 '
has json '"act": "wider"'
verdict "a wider band that the law permits as well"

sed '/cost: 1/d' "$examples/exact-total.yaml" >plan.yaml
planned 5
has out 'no figure may be changed: none has a cost'
has json '"plan": "none"'
sed -e '/cost: 1/d' -e '/id: band/a\        cost: 1' "$examples/exact-total.yaml" >plan.yaml
planned 5
has out 'Nothing helps: with every figure left out that may be changed \(1\)'
has out '^  unsafe: orders$'
verdict "where nothing helps it is said"

# refused SED PATTERN
refused() {
	sed -e '/cost: 1/d' -e "$1" "$examples/exact-total.yaml" >plan.yaml
	run 65 audit plan.yaml
	has err "plan.yaml:[0-9]+:[0-9]+: .*$2"
}
refused '/id: band/a\        cost: -1' 'a cost lies between'
refused '/id: band/a\        cost: 1000001' 'a cost lies between'
refused '/id: band/a\        cost: much' 'whole number'
refused '/id: total/a\        wider: 0-499' 'wider belongs to a band'
refused '/id: band/a\        wider: 0-200' 'each wider than'
refused '/id: band/a\        wider: 0-999 0-499' 'each wider than'
refused '/id: band/a\        wider: wide' 'each wider than'
verdict "costs and wider bands that cannot be are refused by their place"
exit $bad
