#!/bin/sh
# The commands `writ law`: what they list and show, and what they refuse, with its place.
# Prints "ok NAME" or "not ok NAME: why"; the binary is $WRIT.
set -u
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/../.." && pwd)
WRIT=${WRIT:-$root/build/rel/writ}
case $WRIT in
/*) ;;
*) WRIT=$PWD/$WRIT ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1 # no instance here: none of these commands may ask for one
bad=0

# try STATUS ARGS...: runs writ; its output is in out and err, what is wrong in why ("" when nothing is).
try() {
	want=$1
	shift
	why=
	rc=0
	"$WRIT" "$@" >out 2>err </dev/null || rc=$?
	[ "$rc" = "$want" ] || why="exit status $rc, expected $want ($(head -n 1 err))"
}
# has FILE PATTERN: a line of the file matches the extended regular expression.
has() {
	grep -qE -e "$2" "$1" || why="${why:-no line of $1 matches: $2}"
}
# lacks FILE PATTERN
lacks() {
	! grep -qE -e "$2" "$1" || why="${why:-a line of $1 matches: $2}"
}
# verdict NAME
verdict() {
	if [ -z "$why" ]; then
		echo "ok $1"
	else
		echo "not ok $1: $why"
		bad=1
	fi
}
# place FILE PATTERN: "LINE:COL" of the first match, the column counted from 1.
place() {
	awk -v pattern="$2" 'match($0, pattern) { print NR ":" RSTART; exit }' "$1"
}

# ---- list and show --------------------------------------------------------------------------------
try 0 law list
has out '^us-sca  +US +statute +[0-9]{4}-[0-9]{2}-[0-9]{2} +[0-9]+/[0-9]+ rules verified  United States'
has out '^de-stpo '
has out '^house +house +house '
verdict "packs are listed"

# Counted in the packs themselves, not by the program.
entries=$(grep -cE '^      ?scope: |^    scope: ' "$root/law/us/sca.yaml")
try 0 law list --pack us-sca
has out '^US-2703-C2-SUBPOENA +rule +verified +'
has out ' rule +asks only '
[ "$(grep -c ' rule  ' out)" = "$entries" ] || why="${why:-$(grep -c ' rule  ' out) rules, the file has $entries}"
verdict "the rules of a pack are listed"

try 3 law list --pack us-nothing
verdict "an unknown pack is not found"

try 0 law list --instruments
has out '^US-WARRANT +warrant +order +commands +Search warrant \(18 USC 2703'
has out ' permits '
verdict "instruments are listed"

try 0 law show US-2703-C2-SUBPOENA
has out '^kind +rule$'
has out '^when +all\(order\.instrument is US-SUBP-ADM '
has out '^require +all\(item\.category is bsi\)$'
has out '^cite +18 USC 2703\(c\)\(2\)$'
has out '^quote +.'
has out '^mark +V$'
has out '^verified +yes$'
has out '^file +us/sca\.yaml$'
line=$(sed -n 's/^line *//p' out)
[ "$(sed -n "${line}p" "$root/law/us/sca.yaml")" = "  - id: US-2703-C2-SUBPOENA" ] ||
	why="${why:-line $line of the file is another}"
verdict "a rule is shown in full, with its place"

try 0 law show EE-10-3
has out '^kind +clock$'
has out '^latest +10 days$'
try_why=$why
try 0 law show DE-TDDDG-22-5
has out '^kind +bar$'
why=${try_why:-$why}
try_why=$why
try 0 law show US-WARRANT
has out '^kind +instrument$'
lacks out '^verified'
why=${try_why:-$why}
verdict "a clock, a bar and an instrument are shown"

try 3 law show US-NOTHING
verdict "an unknown rule is not found"

try 0 law codes
has out '^wrong_instrument +Wrong or insufficient instrument \| Falsche'
verdict "codes are listed"
try 0 law facts
has out '^order\.issuer +one +.*\[.*judge.*\]$'
verdict "facts are listed with their words"
try 0 law fields
has out '^body +content +'
verdict "fields are listed with what they fold into"

for what in list "list --pack house" "list --instruments" "show US-WARRANT" codes facts fields check; do
	# shellcheck disable=SC2086 # words of one command
	try 0 law $what --json
	python3 -c 'import json, sys; v = json.load(open("out")); sys.exit(not v)' 2>/dev/null ||
		why="${why:-no JSON}"
	verdict "JSON of law $what"
done

# ---- check ----------------------------------------------------------------------------------------
try 0 law check
has out '^[1-9][0-9]* rules, [1-9][0-9]* cases passed, 0 failed, 0 uncovered$'
verdict "the built-in law is all right"
count=$(sed -n 's/ rules,.*//p' out)

# law/ itself given again replaces every file and changes nothing.
before=$(tail -n 1 out)
try 0 law check --dir "$root/law"
[ "$(tail -n 1 out)" = "$before" ] || why="${why:-$(tail -n 1 out), before $before}"
verdict "the same law from a folder is the same"

try 0 law check "$root/law/us/sca.yaml" "$root/law/us/sca.case.yaml"
[ "$(tail -n 1 out)" = "$before" ] || why="${why:-$(tail -n 1 out), before $before}"
verdict "files named take the place of the built-in ones"

mkdir empty
try 3 law check --dir empty
verdict "a folder without packs is no folder of packs"
try 3 law check missing.yaml
verdict "a missing file is not found"

# One letter of a fact name.
mkdir typo
sed 's/order\.issuer is judge/order.isuer is judge/' "$root/law/us/sca.yaml" >typo/sca.yaml
at=$(place typo/sca.yaml 'order\.isuer')
[ -n "$at" ] || echo "not ok the test itself: the pack has no such condition"
for command in check list facts; do
	try 65 law $command --dir typo
	has err "typo/sca\\.yaml:$at: no fact \"order\\.isuer\" in the vocabulary"
	verdict "a mistyped fact is refused with its place by $command"
done
try 65 law check typo/sca.yaml
has err "^writ: typo/sca\\.yaml:$at: "
verdict "a mistyped fact in a file named is refused with its place"

# A fact from memory (M) that claims to be verified.
mkdir claim
awk '!done && /^    mark: V$/ { $0 = "    mark: M"; done = 1 } { print }' "$root/law/us/sca.yaml" >claim/sca.yaml
at=$(awk '/^    mark: M$/ { seen = 1 } seen && /^    verified: yes$/ { print NR; exit }' claim/sca.yaml)
try 65 law check --dir claim
has err "claim/sca\\.yaml:$at:15: verified: yes needs mark V"
verdict "what is known from memory cannot be verified"

# Not UTF-8.
mkdir broken
awk 'NR == 3 { printf "# \303(\n" } { print }' "$root/law/us/sca.yaml" >broken/sca.yaml
try 65 law check --dir broken
has err 'broken/sca\.yaml:3:3: '
verdict "a pack that is not UTF-8 is refused with its place"

# A rule that no case reaches.
mkdir bare
cat >bare/extra.yaml <<'PACK'
pack: x-extra
en: Extra
de: Zusatz
layer: statute
jurisdiction: XK
text_date: 2026-01-01
applies:
  - authority.country is XK
rules:
  - id: X-ISSUER
    en: A judge issues.
    de: Ein Richter ordnet an.
    scope: order
    require:
      - order.issuer is judge
    code: not_competent
    cite: an example
    mark: M
    verified: no
PACK
try 65 law check --dir bare
has out '^bare/extra\.yaml:10: rule X-ISSUER: no case passes it; no case is refused by it$'
has out "^$((count + 1)) rules, [0-9]+ cases passed, 0 failed, 1 uncovered\$"
verdict "a rule without cases is named"

cat >bare/extra.case.yaml <<'CASES'
pack: x-extra
cases:
  - name: a judge
    day: 2026-01-10
    facts:
      authority.country: XK
      order.issuer: judge
    expect:
      - rule: X-ISSUER
        verdict: pass
  - name: a prosecutor, whom an unverified rule only questions
    day: 2026-01-10
    facts:
      authority.country: XK
      order.issuer: prosecutor
    expect:
      - rule: X-ISSUER
        verdict: ask
CASES
try 0 law check --dir bare
verdict "with cases both ways it is all right"
try 0 law list --dir bare
has out '^x-extra +XK +statute +2026-01-01 +0/1 rules verified  Extra$'
verdict "a folder adds a pack"

sed 's/verdict: ask/verdict: fail/' bare/extra.case.yaml >bare/extra.tmp && mv bare/extra.tmp bare/extra.case.yaml
try 65 law check --dir bare
has out '^bare/extra\.case\.yaml:17: case "a prosecutor.*": rule X-ISSUER is ask, expected fail$'
has out ' 1 failed, 0 uncovered$'
verdict "a failing case is named with its place"

# ---- explain --------------------------------------------------------------------------------------
cat >facts.yaml <<'FACTS'
day: 2026-10-15
facts:
  authority.country: US
  provider.establishments: US DE
  demand.received: 2026-10-15T09:00:00Z
  order.instrument: US-SUBP-GJ
  order.issuer: prosecutor
  order.competent: yes
items:
  - name: words
    field: body
  - name: owner
    field: name
FACTS
try 0 law explain facts.yaml
has out '^Item words: fail, '
has out '^Item owner: ask, '
has out '^  pass     US-2703-C2-SUBPOENA \(us-sca, grants\)$'
has out '^ +18 USC 2703\(c\)\(2\): "'
has out '^Clocks:'
verdict "facts are judged, with citation and quote"

try 0 law explain facts.yaml --json
python3 - >py 2>&1 <<'PY' || why="${why:-$(tail -n 1 py)}"
import json
v = json.load(open("out"))
assert [(i["name"], i["verdict"]) for i in v["items"]] == [("words", "fail"), ("owner", "ask")], v["items"]
assert all(f["why"]["rule"] == f["rule"] for f in v["findings"])
assert any(f["why"]["children"] for f in v["findings"])
assert v["zone"] == "UTC" and v["now"] == "2026-10-15T00:00:00Z"
PY
verdict "the same as JSON, with explanation trees"

cat >epoc.yaml <<'FACTS'
day: 2026-10-15
facts:
  authority.country: FR
  provider.establishments: DE
  provider.eu_designated: yes
  demand.received: 2026-10-15T09:00:00Z
  order.instrument: EU-EPOC
FACTS
try 0 law explain epoc.yaml
has out 'EE-10-3, from 2026-10-15T09:00:00Z, until 2026-10-25T23:59:59Z'
try_why=$why
try 0 law explain epoc.yaml --zone Europe/Berlin
has out 'EE-10-3, from 2026-10-15T09:00:00Z, until 2026-10-25T22:59:59Z' # 25 October 2026: winter time again
why=${try_why:-$why}
verdict "a clock ends with the day of the zone"

sed 's/order\.issuer/order.isuer/' facts.yaml >facts2.yaml
try 65 law explain facts2.yaml
has err '^writ: facts2\.yaml:7:16: no fact "order\.isuer"'
verdict "an unknown fact is refused with its place"
sed 's/prosecutor/somebody-secret/' facts.yaml >facts2.yaml
try 65 law explain facts2.yaml
has err '^writ: facts2\.yaml:7:17: fact order\.issuer '
lacks err 'somebody-secret'
verdict "a wrong value is refused and not repeated"
sed 's/    field: name/    verdict: pass/' facts.yaml >facts2.yaml
try 65 law explain facts2.yaml
has err '^writ: facts2\.yaml:13:14: '
verdict "an expected verdict is no fact"
try 65 law explain facts.yaml --zone No/Where
verdict "an unknown zone is refused"
try 65 law explain
verdict "explain without a file says how"
exit $bad
