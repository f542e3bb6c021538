#!/bin/sh
# The compiler of templates (tools/tmpl) against templates that it must refuse, each with its place, and some
# that it must take. What pages come of the latter: test/unit/web_places.c. One line "ok NAME" each.
#   tools/tmpl_test.sh [TOOL]     default: build/san/tool/tmpl
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C.UTF-8
export LC_ALL
tool=$(realpath "${1:-build/san/tool/tmpl}")
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"
bad=0
no() {
	echo "not ok $1: $2"
	bad=1
}

header() {
	printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
}
header >en.po
{
	header
	printf '\nmsgid "Hello"\nmsgstr "Hallo"\n'
} >de.po

# run: what the compiler says of t.tmpl, de.po and en.po; its status as that of the function.
run() {
	"$tool" build out.h out.c lang.c de.po en.po t.tmpl ${1:-} >said 2>&1
}

# refuses NAME PLACE-AND-TEXT TEMPLATE: with just this beginning of what it says.
refuses() {
	printf '%s' "$3" >t.tmpl
	if run; then
		no "refuses: $1" "taken"
	elif [ "$(wc -l <said)" != 1 ]; then
		no "refuses: $1" "$(tr '\n' ' ' <said)"
	elif ! grep -qF "$2" said || [ "$(head -c ${#2} said)" != "$2" ]; then
		no "refuses: $1" "$(cat said), want $2"
	else
		echo "ok refuses: $1"
	fi
}
# in_page NAME PLACE-AND-TEXT BODY: the same for what stands in a page, from line 2 on.
in_page() {
	refuses "$1" "$2" "{% frame frame %}{_ Hello _}{% body %}{% end %}{% page x : {1} | \"x\" %}
$3
{% end %}
"
}
# takes NAME BODY
takes() {
	printf '%s' "{% frame frame %}{_ Hello _}{% body %}{% end %}{% page x : {1} | \"x\" %}
$2
{% end %}
" >t.tmpl
	if run; then
		echo "ok takes: $1"
	else
		no "takes: $1" "$(cat said)"
	fi
}

# ---- where no value may stand ----
in_page "value in an attribute without quotes" "t.tmpl:2:7: a value in an attribute without quotes" '<p id={{ x }}></p>'
in_page "attribute without quotes at all" "t.tmpl:2:7: the value of id stands in quotes" '<p id=x></p>'
in_page "value as the name of an element" 't.tmpl:2:2: a value in the name of an element' '<{{ x }}></p>'
in_page "value within the name of an element" 't.tmpl:2:3: a value in the name of an element' '<h{{ x }}></h1>'
in_page "value in an end tag" 't.tmpl:2:7: a value in the name of an element' '<p></p{{ x }}>'
in_page "value as an attribute" 't.tmpl:2:4: a value in the name of an attribute' '<p {{ x }}></p>'
in_page "value within the name of an attribute" 't.tmpl:2:9: a value in the name of an attribute' '<p data-{{ x }}="y"></p>'
in_page "value after a value" 't.tmpl:2:10: a value in the name of an attribute' '<p id="x"{{ x }}></p>'
in_page "on..." 't.tmpl:2:11: no script in attributes: onclick' '<p onclick="{{ x }}"></p>'
in_page "on... in capitals, literal" 't.tmpl:2:11: no script in attributes: OnClick' '<p OnClick="x()"></p>'
in_page "on... without a value" 't.tmpl:2:11: no script in attributes: onclick' '<p onclick></p>'
in_page "on... before a branch" 't.tmpl:2:11: no script in attributes: onclick' '<p onclick{% if x %} id="y"{% end %}></p>'
in_page "style attribute" 't.tmpl:2:9: no style in attributes' '<p style="color: {{ x }}"></p>'
in_page "style element" 't.tmpl:2:1: <style> is not for pages of ours' '<style>{{ x }}</style>'
in_page "script" 't.tmpl:2:1: a script of its own file, with src' '<script>{{ x }}</script>'
in_page "value in a script with src" 't.tmpl:2:25: a value in a script' '<script src="/static/x">{{ x }}</script>'
in_page "code in a script with src" 't.tmpl:2:25: no script in pages' '<script src="/static/x">x()</script>'
in_page "script in svg" 't.tmpl:2:6: <script> within <svg>' '<svg><sCript href="/x" src="/x"></sCript></svg>'
in_page "script in capitals" 't.tmpl:2:2: "<" that begins no tag' '<SCRIPT>x</SCRIPT>'
in_page "script with capitals" 't.tmpl:2:3: names of elements are in lower case' '<sCRIPT>x</sCRIPT>'
in_page "value in a comment" 't.tmpl:2:6: a value in a comment' '<!-- {{ x }} -->'
in_page "message in a comment" 't.tmpl:2:6: a message in a comment' '<!-- {_ Hello _} -->'
in_page "value in the doctype" 't.tmpl:2:11: a value in a comment' '<!DOCTYPE {{ x }}>'
in_page "message as an attribute" 't.tmpl:2:4: a message in the name of an attribute' '<p {_ Hello _}></p>'
for name in srcdoc srcset ping http-equiv manifest background imagesrcset; do
	in_page "attribute $name" "t.tmpl:2:$((4 + ${#name})): the attribute $name is not for pages of ours" "<p $name=\"x\"></p>"
done
for name in base object embed; do
	in_page "element $name" "t.tmpl:2:1: <$name> is not for pages of ours" "<$name>"
done

# ---- addresses ----
in_page "literal script address" 't.tmpl:2:29: href is a path' '<a href="javascript:alert(1)">x</a>'
in_page "literal script address with #" 't.tmpl:2:23: href is a path' '<a href="javascript:1#">x</a>'
in_page "script address with a value behind #" 't.tmpl:2:31: href is a path' '<a href="javascript:1#{{ x }}z">x</a>'
in_page "blank before a literal address" 't.tmpl:2:16: href is a path' '<a href=" /desk">x</a>'
in_page "http" 't.tmpl:2:24: href is a path' '<a href="http://x.test/">x</a>'
in_page "address of another host without a scheme" 't.tmpl:2:16: src is a path' '<img src="//x/y" alt="">'
in_page "address with a backslash" 't.tmpl:2:13: href is a path' '<a href="/\x">y</a>'
in_page "data:" 't.tmpl:2:18: src is a path' '<img src="data:,x" alt="">'
in_page "empty address" 't.tmpl:2:10: href is a path' '<a href="">x</a>'
in_page "address without a value" 't.tmpl:2:8: href without a value' '<a href>x</a>'
in_page "value after a literal in href" 't.tmpl:2:16: in href a struct url stands first' '<a href="/case/{{ x }}">y</a>'
in_page "literal after a value in href" 't.tmpl:2:17: only # may follow a struct url' '<a href="{{ x }}/y">z</a>'
in_page "two values in action" 't.tmpl:2:22: in action a struct url stands first' '<form action="{{ x }}{{ y }}"></form>'
in_page "branch in formaction" 't.tmpl:2:21: a branch in formaction' '<button formaction="{% if x %}/a{% end %}">z</button>'
in_page "message in href" 't.tmpl:2:10: a message in href' '<a href="{_ Hello _}">x</a>'
in_page "xlink:href" 't.tmpl:2:33: xlink:href is a path' '<svg><a xlink:href="javascript:x">y</a></svg>'
in_page "capitals in the name of an address" 't.tmpl:2:22: HREF is a path' '<a HREF="javascript:x">y</a>'
in_page "form of an unknown method" 't.tmpl:2:20: method is "post" or "get"' '<form method="POST "></form>'
in_page "method of a value" 't.tmpl:2:22: method is "post" or "get"' '<form method="{{ x }}"></form>'
in_page "formmethod" 't.tmpl:2:25: formmethod would pass by' '<button formmethod="post">x</button>'

# ---- elements ----
in_page "crossed" 't.tmpl:2:10: </b> closes <i> of line 2' '<b><i></b></i>'
in_page "not closed" 't.tmpl:2:1: <div> is not closed' '<div>'
in_page "closes nothing" 't.tmpl:2:6: </div> closes nothing' '</div>'
in_page "ends within a tag" 't.tmpl:3:1: ends within a tag' '<div id="x"'
in_page "ends within a value" 't.tmpl:3:1: ends within a tag' '<div id="x'
in_page "ends within a comment" 't.tmpl:3:1: ends within a tag' '<!-- x'
in_page "self-closing" 't.tmpl:2:6: "/>" closes nothing here' '<div/></div>'
in_page "block in p" 't.tmpl:2:4: <ul> within <p>, which it would close' '<p><ul></ul></p>'
in_page "link in a link" 't.tmpl:2:17: <a> within <a>' '<a href="/x"><b><a href="/y">z</a></b></a>'
in_page "form in a form" 't.tmpl:2:7: <form> within <form>' '<form><form></form></form>'
in_page "button in a link" 't.tmpl:2:14: <button> within something' '<a href="/x"><button>y</button></a>'
in_page "element in textarea" 't.tmpl:2:11: <b> within <textarea>' '<textarea><b></b></textarea>'
in_page "element in title" 't.tmpl:2:8: <b> within <title>' '<title><b></b></title>'
in_page "a lone <" 't.tmpl:2:4: "<" that begins no tag' '1 < 2'
in_page "a lone >" 't.tmpl:2:3: ">" outside of a tag' '2 > 1'
in_page "a forgotten quote" 't.tmpl:2:10: "<" in a value' '<p id="x><b></b></p>'
in_page "attributes without a blank" 't.tmpl:2:10: white space is missing' '<p id="x"class="y"></p>'
in_page "attribute after a branch without a blank" 't.tmpl:2:24: white space is missing' '<p{% if x %} a{% end %}b></p>'

# ---- branches ----
in_page "opens in one branch" 't.tmpl:2:16: one way to this place leaves <div> open' '{% if x %}<div>{% end %}</div>'
in_page "closes in one branch" 't.tmpl:2:14: </b> closes nothing' '{% if x %}</b>{% end %}'
in_page "other elements in each branch" 't.tmpl:2:27: <b> is open here on one way and <i>' '{% if x %}<b>{% else %}<i>{% end %}</i>'
in_page "a branch that ends in a value" 't.tmpl:2:18: the ways to this place end within different' '<p{% if x %} id="{% end %}"></p>'
in_page "a loop that opens" 't.tmpl:2:31: one way to this place leaves <p> open' '{% for x in list(v, "x") %}<p>{% end %}</p>'
in_page "else twice" 't.tmpl:2:21: {% else %} after {% else %}' '{% if x %}{% else %}{% else %}{% end %}'
in_page "elif after else" 't.tmpl:2:21: {% elif %} after {% else %}' '{% if x %}{% else %}{% elif y %}{% end %}'
in_page "else of a loop" 't.tmpl:2:21: {% else %} belongs to no {% if %}' '{% for x in list %}a{% else %}b{% end %}'
in_page "if without an expression" 't.tmpl:2:1: {% if %} without an expression' '{% if %}x{% end %}'
in_page "for without in" 't.tmpl:2:1: {% for NAME in LIST %}' '{% for x of y %}x{% end %}'
in_page "an unknown directive" 't.tmpl:2:1: {% while %} is not known here' '{% while x %}{% end %}'
in_page "no such part" 't.tmpl:2:1: no part y' '{% use y(v) %}'
in_page "a part within a tag" 't.tmpl:2:4: a part stands where elements may stand' '<p {% use y(v) %}></p>'
in_page "body of no frame" 't.tmpl:2:1: {% body %} outside of a frame' '{% body %}'
in_page "method in one branch" 't.tmpl:2:' '<form{% if x %} method="post"{% end %}></form>'
refuses "no end" 't.tmpl:1:' '{% page x : Hello %}'
refuses "no frame's body" 't.tmpl:1:1: a frame has a {% body %}' '{% frame frame %}{% end %}'
refuses "text outside" 't.tmpl:2:1: outside of pages and parts' '{# x #}
text'
refuses "no title" 't.tmpl:1:1: a page has a title' '{% page x %}{% end %}'
refuses "a part twice" 't.tmpl:2:1: the part x stands in t.tmpl, line 1' '{% part x %}{% end %}
{% part x %}{% end %}'
refuses "a header of another folder" 't.tmpl:1:1: a template includes headers of web' '{% include "desk/x.h" %}'
refuses "not closed {{" 't.tmpl:1:14: no "}}"' '{% part x %} {{ "}}" {% end %}'
refuses "nothing in {{ }}" 't.tmpl:1:13: nothing stands here' '{% part x %}{{ }}{% end %}'

# ---- messages ----
in_page "no German" 't.tmpl:2:1: "Good day" has no German in de.po' '{_ Good day _}'
in_page "no German in an expression" 't.tmpl:2:' '{{ say(p, "Good day") }}'
in_page "no value for {1}" 't.tmpl:2:1: {1} has no value' '{_ Hello {1} _}'
in_page "a value that is not in the text" 't.tmpl:2:1: the value 1 is not in the text' '{_ Hello | x _}'
in_page "a brace" 't.tmpl:2:1: in a message a brace is that of {1} to {9}' '{_ Hello {x} | y _}'
in_page "a plural without a number" 't.tmpl:2:1: a message with a plural needs its number' '{_ one || many _}'
in_page "an empty message" 't.tmpl:2:1: an empty message' '{_ | x _}'

cp de.po kept
printf '\nmsgid "Unsaid"\nmsgstr "Ungesagt"\n' >>de.po
in_page "nobody says it" 'de.po:9:1: no template and no C file says "Unsaid"' ''
cp kept de.po
printf '\nmsgid "Good"\nmsgstr "Gut"\n' >>de.po
in_page "not in order" 'de.po:9:1: "Good" stands twice or not in order' '{_ Good _}'
cp kept de.po
printf '\nmsgid "Hello"\nmsgstr "Hallo"\n' >>de.po
in_page "twice" 'de.po:9:1: "Hello" stands twice or not in order' ''
cp kept de.po
for lack in '#, fuzzy|is fuzzy|Hallo {1}' '#|is empty|' '#|lacks a {value}|Hallo' '#|has a {value} that|Hallo {1} {2}'; do
	printf '\n%s\nmsgid "Hello {1}"\nmsgstr "%s"\n' "${lack%%|*}" "${lack##*|}" >>de.po
	want=${lack#*|}
	in_page "German that ${want%|*}" "de.po:10:1: the German of \"Hello {1}\" ${want%|*}" '{_ Hello {1} | x _}'
	cp kept de.po
done
printf '\nmsgctxt "word state"\nmsgid "open"\nmsgstr "offen"\n' >>de.po
in_page "a word without its English" 'de.po:10:1: the word open has nothing in en.po' '{{ word(p, "state", x) }}'
cp kept de.po
printf '\nmsgid Hello\n' >>de.po
in_page "a string without quotes" 'de.po:9:1: want a string in quotes' ''
cp kept de.po

# ---- C files ----
printf '/* page_say(p, "not this") */\nconst char *x = "page_say(p, \\"nor this\\")";\nint f(void) { return page_say(g(p, 1), "Good " /* and */\n    "day"); }\n' >t.c
printf '%s' '{% frame frame %}{_ Hello _}{% body %}{% end %}' >t.tmpl
if run t.c; then
	no "C: a text without its German" "taken"
elif [ "$(cat said)" = 't.c:3:31: "Good day" has no German in de.po (sh tools/po.sh)' ]; then
	echo "ok C: a text without its German"
else
	no "C: a text without its German" "$(cat said)"
fi
if "$tool" missing de.po en.po t.tmpl t.c >said || ! grep -qx 'msgid "Good day"' said; then
	no "missing: prints the entry" "$(cat said)"
else
	echo "ok missing: prints the entry"
fi
printf '\nmsgid "Unsaid"\nmsgstr "Ungesagt"\n' >>de.po
if "$tool" add de.po en.po t.tmpl t.c && "$tool" drop de.po en.po t.tmpl t.c && [ "$(grep -c msgid de.po)" = 3 ] &&
	! grep -q Unsaid de.po && sed -i 's/^msgstr ""$/&/; /Good day/{n;s/""/"Guten Tag"/}' de.po && run t.c; then
	echo "ok add and drop: a catalogue in order"
else
	no "add and drop: a catalogue in order" "$(cat de.po said)"
fi

# ---- errors: the German takes what the English takes ----
cp kept de.po
printf '%s' '{% frame frame %}{_ Hello _}{% body %}{% end %}' >t.tmpl
cat >e.c <<'END'
int f(struct ctx *c) { return err_set(c, ERR_INVALID, "item %lld of \"%.*s\" is " /* or */ "%s", 1, STR_ARG(x), y); }
int g(struct ctx *c, int rc) { return err_while(c, rc == 0 ? h(1, 2) : rc, "%s: %d", "x", 1); }
int k(struct ctx *c) { return err_set(c, ERR_FAIL, "nobody is told of this"); }
END
# german TEXT: the catalogue of errors with this for the text of e.c
german() {
	{
		header
		printf '\n#, c-format\nmsgctxt "error"\nmsgid "item %%lld of \\"%%.*s\\" is %%s"\nmsgstr "%s"\n' "$1"
	} >errors.po
}
# error NAME WANT GERMAN: what the compiler says, "" for nothing.
error() {
	german "$3"
	"$tool" build out.h out.c lang.c de.po en.po errors.po t.tmpl e.c >said 2>&1 || :
	if [ "$(cat said)" = "$2" ]; then
		echo "ok errors: $1"
	else
		no "errors: $1" "$(cat said), want $2"
	fi
}
bad_german='errors.po:8:1: the German of "item %lld of "%.*s" is %s"'
error "the same order" '' 'Position %lld von %.*s ist %s'
error "by number" '' '%4$s: Position %1$lld von %3$.*2$s'
error "another order" "$bad_german has other conversions than the English" '%s: Position %lld von %.*s'
error "another type" "$bad_german has other conversions than the English" 'Position %d von %.*s ist %s'
error "one less" "$bad_german has other conversions than the English" 'Position %lld von %.*s'
error "one less, by number" "$bad_german has other conversions than the English" '%4$s: Position %1$lld'
error "one more" "$bad_german has other conversions than the English" 'Position %lld von %.*s ist %s %s'
error "numbers mixed" "$bad_german numbers some conversions and others not" 'Position %1$lld von %.*s ist %s'
error "one argument as two types" "$bad_german prints one argument as two types" '%4$s: %1$lld von %3$.*2$s, %1$s'
error "a conversion that writes" "$bad_german has a conversion that is none" 'Position %lld von %.*s ist %n'
error "empty" "$bad_german is empty" ''
header >errors.po
if "$tool" build out.h out.c lang.c de.po en.po errors.po t.tmpl e.c >said 2>&1 ||
	! grep -q '^e.c:1:39: .* has no German in errors.po' said; then
	no "errors: none at all" "$(cat said)"
else
	echo "ok errors: none at all"
fi
german 'Position %lld von %.*s ist %s'
printf '\n#, c-format\nmsgctxt "error"\nmsgid "nobody is told of this"\nmsgstr "x"\n' >>errors.po
if "$tool" build out.h out.c lang.c de.po en.po errors.po t.tmpl e.c >said 2>&1 || ! grep -q 'says "nobody' said; then
	no "errors: of ERR_FAIL none is wanted" "$(cat said)"
else
	echo "ok errors: of ERR_FAIL none is wanted"
fi
printf 'int f(struct ctx *c) { return err_set(c, ERR_LIMIT, x(",") ? "one" : "two", 1); }\n' >e.c
header >errors.po
if "$tool" missing de.po en.po errors.po t.tmpl e.c >said 2>&1 || [ "$(grep -c '^msgid "\(one\|two\)"$' said)" != 2 ]; then
	no "errors: either of two texts" "$(cat said)"
else
	echo "ok errors: either of two texts"
fi
printf 'int f(struct ctx *c) { return err_set(c, ERR_LIMIT, x ? one : f("two")); }\n' >e.c
german 'x'
if "$tool" build out.h out.c lang.c de.po en.po errors.po t.tmpl e.c >said 2>&1 || ! grep -q 'is a literal' said; then
	no "errors: a text that is none" "$(cat said)"
else
	echo "ok errors: a text that is none"
fi

# ---- what is taken ----
cp kept de.po
takes "branches within a tag" '<option{% if x %} selected{% end %} value="{{ y }}">{{ z }}</option>'
takes "branches within a value" '<p class="a{% if x %} b{% elif y %} c{% else %}{% end %}">x</p>'
takes "loops within a tag" '<p {% for x in y %} data-x="{{ x }}"{% end %}>x</p>'
takes "addresses" '<a href="/x">a</a><a href="#x">b</a><a href="?x=1">c</a><a href="https://x.test/">d</a>
<a href="{{ u }}">e</a><a href="{{ u }}#x{{ y }}">f</a><a href="#{{ y }}">g</a>'
takes "svg" '<svg viewBox="0 0 1 1"><path d="M0 0"/><linearGradient></linearGradient></svg>'
takes "a script of its own file" '<script src="/static/x.js" defer></script>'

# ---- the project's own catalogue, as translators' tools see it ----
for lang in en de errors.de; do
	if msgfmt --check-format --check-domain -o "$work/mo" "$root/lang/$lang.po" 2>said; then
		echo "ok msgfmt: $lang.po"
	else
		no "msgfmt: $lang.po" "$(tr '\n' ' ' <said)"
	fi
done
exit $bad
