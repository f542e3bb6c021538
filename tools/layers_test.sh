#!/bin/sh
# Tries tools/layers.sh on small trees, one violation each: every one must be found, with file and line.
set -eu
checker=$(cd "$(dirname "$0")" && pwd)/layers.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
bad=0

# A sound tree: a below b and c (one line), d on top.
sound() {
	rm -rf "$work/t"
	mkdir -p "$work/t/src/a" "$work/t/src/b" "$work/t/src/c" "$work/t/src/d"
	cd "$work/t"
	printf '# lowest first\na\nb c\nd\n' >layers
	echo '/* one */' >src/a/one.h
	echo '/* hidden */' >src/a/hidden_p.h
	echo '/* three */' >src/c/three.h
	printf '#include "a/one.h"\n' >src/b/two.h
	printf '#include "a/one.h"\n\n#include <stdio.h>\n#include "a/hidden_p.h"\n' >src/a/one.c
	printf '#include "b/two.h"\n#include "a/one.h"\n' >src/b/two.c
	printf '/*\n#include "d/none.h"\n*/\n#include "b/two.h"\n#include "c/three.h"\n' >src/d/four.c
}

# expect NAME PATTERN: the checker must fail and print a line that matches.
expect() {
	if out=$(sh "$checker" "$work/t" 2>&1); then
		echo "not ok $1: nothing found"
		bad=1
	elif printf '%s\n' "$out" | grep -q "$2"; then
		echo "ok $1"
	else
		echo "not ok $1: $out"
		bad=1
	fi
}

sound
if out=$(sh "$checker" "$work/t" 2>&1) &&
	[ "$out" = "layers: 7 files, 7 includes, arrows run one way" ]; then
	echo "ok a sound tree passes"
else
	echo "not ok a sound tree passes: $out"
	bad=1
fi

sound
printf '#include "a/one.h"\n#include "b/two.h"\n' >src/a/one.c
expect "an include of a higher folder" '^src/a/one.c:2: .*b lies above a'
sound
printf '#include "c/three.h"\n' >>src/b/two.c
expect "an include of a folder on the same line" '^src/b/two.c:3: .*one line'
sound
printf '#include "b/two.h"\n#include "a/hidden_p.h"\n' >src/b/two.c
expect "another folder's private header" '^src/b/two.c:2: .*private to a'
sound
printf '#include "a/one.h"\n#include "b/two.h"\n' >src/b/two.c
expect "the own header not first" '^src/b/two.c:1: .*before its own header b/two.h'
sound
printf '#include <stdio.h>\n#include "b/two.h"\n' >src/b/two.c
expect "a system header before the own one" '^src/b/two.c:1: .*own header b/two.h only later'
sound
: >src/b/lone_p.h
printf '#include "b/two.h"\n#include "b/lone_p.h"\n' >src/b/lone.c
expect "a private own header not first" '^src/b/lone.c:1: .*before its own header b/lone_p.h'
sound
for i in 1 2 3 4 5 6 7 8 9; do
	: >"src/d/h$i.h"
	printf '#include "d/h%s.h"\n' "$i"
done >src/d/many.c
expect "nine project headers" '^src/d/many.c:9: .*more than 8'
sound
printf '#include "sql_gen.h"\n' >src/c/data.c
expect "the generated statements below store" '^src/c/data.c:1: .*folder store is not in layers'
sound
printf '# lowest first\na\nb c\nd\nstore\n' >layers
printf '#include "sql_gen.h"\n' >src/c/data.c
expect "the generated statements from below store" '^src/c/data.c:1: .*store lies above c'
sound
printf '#include "a/lost.h"\n' >src/d/five.c
expect "a header that is not there" '^src/d/five.c:1: no such header'
sound
printf '#include <a/one.h>\n' >src/d/five.c
expect "a project header in angle brackets" '^src/d/five.c:1: .*angle brackets'
sound
mkdir src/e
printf 'int e;\n' >src/e/e.c
expect "a folder that is not in layers" '^src/e/e.c:1: folder e'
sound
printf 'a\nb c\nd\na\n' >layers
expect "a folder named twice" '^layers:4: folder a'
cd /
exit $bad
