#!/bin/sh
# Checks the include arrows of a tree against its file `layers`, lowest layer first.
#   tools/layers.sh [ROOT]      ROOT: the tree with layers and src/; by default this project
#
# A file includes only its own folder and folders on earlier lines. A header ending _p.h is for its own
# folder. A .c includes its own header first, if it has one (foo.h or foo_p.h), and at most 8 project
# headers. The generated sql_gen.h counts as store, tmpl_gen.h as web. Prints FILE:LINE: text for each violation.
set -eu
cd "${1:-$(dirname "$0")/..}"
LC_ALL=C
export LC_ALL

[ -r layers ] || { echo "layers.sh: no file 'layers' here" >&2; exit 2; }
# shellcheck disable=SC2046
exec awk '
function fault(text) {
	print file ":" FNR ": " text
	faults++
}
# Which file of the tree an include means: "store/db.h" from src, "x.h" also from the own folder.
function folder_of(path) {
	if (path == "sql_gen.h")
		return "store"
	if (path == "tmpl_gen.h")
		return "web"
	if (path ~ /\//)
		return substr(path, 1, index(path, "/") - 1)
	return ""
}
function begin_file(    parts, n) {
	file = FILENAME
	n = split(file, parts, "/")
	own = n > 2 ? parts[2] : ""
	base = parts[n]
	is_source = base ~ /\.c$/
	stem = substr(base, 1, length(base) - 2)
	header = private = ""
	if (is_source && ((own "/" stem "_p.h") in there))
		header = private = own "/" stem "_p.h"
	if (is_source && ((own "/" stem ".h") in there))
		header = own "/" stem ".h"
	first = 1
	headers = 0
	commented = 0
	files++
	if (!(own in level))
		fault(own == "" ? "stands in no folder" : "folder " own " is not in the file layers")
}
FILENAME == "layers" {
	sub(/#.*/, "")
	if (NF)
		depth++
	for (i = 1; i <= NF; i++) {
		if ($i in level)
			fault("folder " $i " stands twice in layers")
		level[$i] = depth
	}
	next
}
BEGIN {
	file = "layers"
	for (i = 2; i < ARGC; i++)
		there[substr(ARGV[i], 5)] = 1
}
FNR == 1 { begin_file() }
# Block comments may quote an include; a directive stands outside of them.
commented { if (/\*\//) commented = 0; next }
/^[ \t]*\/\*/ && !/\*\// { commented = 1; next }
/^[ \t]*#[ \t]*include/ {
	line = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
	quoted = substr(line, 1, 1) == "\""
	path = substr(line, 2)
	sub(/[">].*/, "", path)
	if (!quoted) {
		if (path in there)
			fault("project header in angle brackets: " path)
		if (first && header != "")
			fault("includes its own header " header " only later")
		first = 0
		next
	}
	includes++
	headers++
	if (first && header != "" && path != header && path != private)
		fault("includes " path " before its own header " header)
	first = 0
	if (headers == 9 && is_source)
		fault("includes more than 8 project headers")
	if (path !~ /^(sql|tmpl)_gen.h$/ && !(path in there)) {
		fault("no such header below src: " path)
		next
	}
	to = folder_of(path)
	if (!(own in level))
		next
	if (!(to in level))
		fault("includes " path ": folder " to " is not in layers")
	else if (to != own && level[to] == level[own])
		fault("includes " path ": " own " and " to " stand on one line of layers")
	else if (to != own && level[to] > level[own])
		fault("includes " path ": " to " lies above " own)
	if (path ~ /_p\.h$/ && to != own)
		fault("includes " path ": private to " to)
}
END {
	if (faults)
		exit 1
	print "layers: " files + 0 " files, " includes + 0 " includes, arrows run one way"
}' layers $(find src -name '*.[ch]' | sort)
