#!/bin/sh
# Prints the table of countries (src/kind/land_p.h) as C source: code, English and German name, from
# Debian's iso-codes (packages: iso-codes, gettext). ISO's `common_name` goes first as the English
# name where there is one; the formal name follows, so that land_find knows both.
set -eu
LC_ALL=C
export LC_ALL

json=/usr/share/iso-codes/json/iso_3166-1.json
locale=/usr/share/locale/de/LC_MESSAGES
least=249 # countries in ISO 3166-1 since South Sudan (2011)

die() {
	echo "countries.sh: $1" >&2
	exit 1
}

[ -r "$json" ] || die "$json is missing (package iso-codes)"
command -v msgunfmt >/dev/null || die "msgunfmt is missing (package gettext)"
for mo in "$locale/iso_3166-1.mo" "$locale/iso_3166.mo" ""; do
	[ -n "$mo" ] || die "no German names in $locale (package iso-codes, installed without locales?)"
	[ -r "$mo" ] && break
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
msgunfmt --no-wrap --output-file="$work/de.po" "$mo"

# First file: msgid and msgstr, one line each. Second: one "key": "value" a line. Values stay escaped;
# the escapes of both (\" and \\) are C's too.
awk -v least="$least" '
function value(line) {
	sub(/^[^"]*"/, "", line)
	sub(/",?[ \t]*$/, "", line)
	return line
}
function german(name) {
	return name in de ? de[name] : ""
}
function row() {
	if (code == "")
		return
	if (code !~ /^[A-Z][A-Z]$/ || name == "") {
		print "countries.sh: bad entry near " code > "/dev/stderr"
		bad = 1
		exit 1
	}
	if (common == "")
		common = name
	if (german(common) == "") {
		print "countries.sh: no German name for " common > "/dev/stderr"
		bad = 1
		exit 1
	}
	line[code] = sprintf("\t{\"%s\", \"%s\", \"%s\", \"%s\", \"%s\"},", code, common,
	    german(common), name, german(name))
	list[++n] = code
	code = name = common = ""
}
FNR == NR && /^msgid "/ { id = value($0); next }
FNR == NR && /^msgstr "/ { if (id != "") de[id] = value($0); next }
FNR == NR { next }
/^[ \t]*"alpha_2":/ { key = $0; sub(/^[^:]*:/, "", key); row(); code = value(key) }
/^[ \t]*"name":/ { key = $0; sub(/^[^:]*:/, "", key); name = value(key) }
/^[ \t]*"common_name":/ { key = $0; sub(/^[^:]*:/, "", key); common = value(key) }
END {
	if (bad)
		exit 1
	row()
	if (n < least) {
		print "countries.sh: only " n " countries" > "/dev/stderr"
		exit 1
	}
	print "/* Made by tools/countries.sh from ISO 3166-1 (iso-codes); sorted by code. */"
	print "#include \"kind/land_p.h\"\n"
	print "const struct land_row land_rows[] = {"
	# Insertion by rank: n is small and POSIX awk has no sort.
	for (i = 1; i <= n; i++) {
		rank = 1
		for (j = 1; j <= n; j++)
			if (list[j] < list[i])
				rank++
		sorted[rank] = list[i]
	}
	for (i = 1; i <= n; i++)
		print line[sorted[i]]
	print "};\nconst size_t land_count = sizeof(land_rows) / sizeof(land_rows[0]);"
}' "$work/de.po" "$json"
