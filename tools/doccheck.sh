#!/bin/sh
# The manual against the program: man/writ.1 must have an entry for each command, with the same
# arguments, and for nothing else. The program's side is `writ help --table`, one line a command:
#   FAMILY NAME<TAB>ARGS<TAB>HELP        (a family that is one command has no NAME)
# The manual's side are lines of this form, followed by at least one line of text:
#   .It Ic FAMILY NAME Ar ARGS           (without Ar when there are none)
#
#   tools/doccheck.sh             prints "ok NAME" or "not ok NAME: why"; the binary is $WRIT
#   tools/doccheck.sh skeleton    prints entries for all commands, to be filled in
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
writ=${WRIT:-build/rel/writ}
page=man/writ.1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

if ! "$writ" help --table >"$work/table"; then
	echo "not ok doccheck: writ help --table fails"
	exit 1
fi

if [ "${1:-}" = skeleton ]; then
	awk -F '\t' '{ print ".It Ic " $1 ($2 == "" ? "" : " Ar " $2); print $3 }' "$work/table"
	exit 0
fi

# Both sides as "FAMILY NAME<TAB>ARGS", with single blanks.
awk -F '\t' '
function trim(s) { gsub(/[ ]+/, " ", s); sub(/^ /, "", s); sub(/ $/, "", s); return s }
{ print trim($1) "\t" trim($2) }' "$work/table" | sort >"$work/program"
awk -v page="$page" '
function trim(s) { gsub(/[ ]+/, " ", s); sub(/^ /, "", s); sub(/ $/, "", s); return s }
function close_entry() {
	if (entry != "" && !told)
		print page ":" line ": nothing is said about " entry > "/dev/stderr"
	entry = ""
}
/^\.It Ic / {
	close_entry()
	text = $0
	sub(/^\.It Ic /, "", text)
	gsub(/\\-/, "-", text)
	gsub(/\\&/, "", text)
	args = ""
	at = index(text " ", " Ar ")
	if (at) {
		args = substr(text, at + 4)
		text = substr(text, 1, at - 1)
	}
	entry = trim(text)
	line = NR
	told = 0
	print entry "\t" trim(args)
	next
}
/^\.(It|El|Sh|Ss)/ { close_entry() }
/^[^.]/ { told = 1 }
END { close_entry() }' "$page" 2>"$work/untold" | sort >"$work/manual"

bad=0
# verdict NAME: every line of $work/found is a fault.
verdict() {
	if [ -s "$work/found" ]; then
		cat "$work/found"
		echo "not ok $1: $(wc -l <"$work/found") lines above"
		bad=1
	else
		echo "ok $1"
	fi
}

[ -s "$work/program" ] || echo "the table of commands is empty" >"$work/found"
comm -23 "$work/program" "$work/manual" | sed "s|^|$page lacks: |" >>"$work/found"
verdict "every command is in the manual"
comm -13 "$work/program" "$work/manual" | sed "s|^|$page has, the program has not: |" >"$work/found"
uniq -d "$work/manual" | sed "s|^|$page has twice: |" >>"$work/found"
verdict "the manual has nothing else"
cp "$work/untold" "$work/found"
verdict "every command is explained"

# What other texts tell people to type must exist too: `writ FAMILY NAME` in backquotes or after "$ ".
cut -f 1 "$work/program" | sort -u >"$work/names"
find . -maxdepth 1 -name '*.md' | sort | xargs grep -HnoE '(`|\$ )writ( -d [^ `]+| --json)* [a-z]+( [a-z-]+)?' |
	awk -v names="$work/names" '
	BEGIN {
		while ((getline name <names) > 0) {
			known[name] = 1
			split(name, part, " ")
			family[part[1]] = family[part[1]] + (part[2] != "")
		}
	}
	{
		place = $0
		sub(/:[^:]*$/, "", place)
		text = $0
		sub(/.*writ /, "", text)
		sub(/^-d [^ ]+ /, "", text)
		sub(/^--json /, "", text)
		split(text, part, " ")
		if (!(part[1] in family))
			print place ": no such command: writ " text
		else if (family[part[1]] && part[2] != "" && !(text in known))
			print place ": no such command: writ " text
	}' >"$work/found" || :
verdict "commands named in the other texts exist"
exit $bad
