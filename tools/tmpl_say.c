/*
 * The catalogue in use: what templates and C code say, against lang/de.po and lang/en.po. A text
 * without its German fails the build, and so does an entry that nobody says. Words of the database
 * (context "word KIND") stand in both files, as their msgid is an identifier and no English.
 */
#include "tmpl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char word[] = "word ";

static bool is_word(const struct po_entry *e)
{
	return strncmp(e->context, word, sizeof word - 1) == 0;
}

/* The set of {1} ... {9} in a text, as bits. */
static unsigned values_of(const char *z)
{
	unsigned set = 0;

	for (; z != NULL && (z = strchr(z, '{')) != NULL; z++)
		if (z[1] >= '1' && z[1] <= '9' && z[2] == '}')
			set |= 1U << (z[1] - '0');
	return set;
}

static void miss(struct say *s, const char *context, const char *id, const char *plural)
{
	struct po_entry e = {.note = "", .used = true};

	for (size_t i = 0; i < s->n_missing; i++)
		if (strcmp(s->missing[i].context, context) == 0 &&
		    strcmp(s->missing[i].id, id) == 0)
			return;
	e.context = text_copy(context, strlen(context));
	e.id = text_copy(id, strlen(id));
	e.plural = plural == NULL ? NULL : text_copy(plural, strlen(plural));
	e.text[0] = e.text[1] = "";
	s->missing = grow(s->missing, (s->n_missing + 1) * sizeof *s->missing);
	s->missing[s->n_missing++] = e;
}

/* What is wrong with a translation, NULL if nothing. */
static const char *bad(const struct po_entry *e)
{
	unsigned all = values_of(e->id) | values_of(e->plural);
	bool error = strcmp(e->context, error_context) == 0;

	if (e->fuzzy)
		return "is fuzzy";
	if (e->text[0][0] == '\0' || (e->plural != NULL && e->text[1][0] == '\0'))
		return "is empty";
	if (error && e->id[0] != '\0')
		return error_bad(e->id, e->text[0]);
	if (values_of(e->text[0]) & ~all || values_of(e->text[1]) & ~all)
		return "has a {value} that the English has not";
	if (e->plural == NULL && values_of(e->text[0]) != all)
		return "lacks a {value} that the English has";
	if (e->plural != NULL && values_of(e->text[1]) != values_of(e->plural))
		return "has other {values} in the plural than the English";
	return NULL;
}

void say_use(struct say *s, const char *context, const char *id, const char *plural,
    struct place at, const char *ret[4])
{
	bool error = strcmp(context, error_context) == 0;
	const struct po *po = error ? &s->errors : &s->de;
	struct po_entry *de = po_find(po, context, id), *en = po_find(&s->en, context, id);

	ret[0] = ret[2] = id;
	ret[1] = ret[3] = plural;
	if (en != NULL) {
		en->used = true;
		ret[0] = en->text[0];
		ret[1] = plural == NULL ? NULL : en->text[1];
	}
	if (de != NULL)
		de->used = true;
	if (de != NULL && (de->plural == NULL) != (plural == NULL))
		fault(at, "\"%s\" is said with and without a plural", id);
	if (de != NULL && plural != NULL && strcmp(de->plural, plural) != 0)
		fault(at, "\"%s\" has another plural in %s", id, po->file);
	if (de != NULL && bad(de) == NULL) {
		ret[2] = de->text[0];
		ret[3] = plural == NULL ? NULL : de->text[1];
	} else if (s->lenient) {
		miss(s, context, id, plural);
	} else if (de != NULL) {
		fault(de->at, "the German of \"%s\" %s", id, bad(de));
	} else {
		fault(at, "\"%s\" has no German in %s (sh tools/po.sh)", id, po->file);
	}
}

/* ---- what C code says ---- */

struct scan {
	struct say *say;
	const char *p, *end, *line_from;
	struct place at;
};

static struct place scan_place(const struct scan *x, const char *p)
{
	struct place at = x->at;

	for (const char *q = x->line_from; q < p; q++) {
		at.col++;
		if (*q == '\n') {
			at.line++;
			at.col = 1;
		}
	}
	return at;
}

/* Past white space, comments and a string or character at p; p itself where none stands there. */
const char *scan_skip(const char *p, const char *end)
{
	char quote = *p;

	if (end - p > 1 && p[0] == '/' && p[1] == '*') {
		const char *close = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);

		return close == NULL ? end : close + 2;
	}
	if (end - p > 1 && p[0] == '/' && p[1] == '/') {
		const char *close = memchr(p, '\n', (size_t)(end - p));

		return close == NULL ? end : close;
	}
	if (quote != '"' && quote != '\'')
		return isspace((unsigned char)*p) ? p + 1 : p;
	for (p++; p < end && *p != quote; p++)
		if (*p == '\\' && p + 1 < end)
			p++;
	return p < end ? p + 1 : end;
}

char *scan_literal(const char **from, const char *end, struct place at)
{
	const char *p = *from, *next;
	struct text t = {0};
	bool any = false;

	for (;;) {
		while (p < end && *p != '"' && (next = scan_skip(p, end)) != p)
			p = next;
		if (p >= end || *p != '"')
			break;
		next = scan_skip(p, end);
		any = true;
		for (p++; p < next - 1; p++) {
			if (*p == '\\' && strchr("\"\\n", p[1]) == NULL)
				fault(at, "write UTF-8, no escapes, in what is said");
			if (*p == '\\')
				p++;
			text_addc(&t, *p == 'n' && p[-1] == '\\' ? '\n' : *p);
		}
		p = next;
	}
	*from = p;
	text_add(&t, "", 0);
	return any ? t.p : NULL;
}

const char *scan_second(const char *p, const char *end)
{
	int depth = 0;

	while (p < end) {
		const char *next = scan_skip(p, end);

		if (next != p) {
			p = next;
			continue;
		}
		if (*p == ',' && depth == 0)
			return p + 1;
		depth += *p == '(' || *p == '[';
		depth -= *p == ')' || *p == ']';
		if (depth < 0)
			return NULL;
		p++;
	}
	return NULL;
}

/* A call at p, which is past the parenthesis. Short names are those of templates. */
static void call(struct scan *x, const char *name, size_t n, const char *p)
{
	static const struct {
		const char *name;
		bool second, brief;
	} calls[] = {{"SAY", false, false}, {"lang_say", true, false}, {"page_say", true, false},
	    {"say", true, true}};
	size_t file = strlen(x->at.file);
	bool in_c = file > 2 && strcmp(x->at.file + file - 2, ".c") == 0;
	const char *unused[4];
	struct place at = scan_place(x, p);

	if (error_call(x->say, name, n, p, x->end, at))
		return;
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		char *z;

		if (strlen(calls[i].name) != n || strncmp(calls[i].name, name, n) != 0 ||
		    (calls[i].brief && in_c))
			continue;
		p = calls[i].second ? scan_second(p, x->end) : p;
		z = p == NULL ? NULL : scan_literal(&p, x->end, at);
		if (z != NULL)
			say_use(x->say, "", z, NULL, at, unused);
		free(z);
		return;
	}
}

void say_scan(struct say *s, const char *p, size_t n, struct place at)
{
	struct scan x = {s, p, p + n, p, at};

	while (p < x.end) {
		const char *next = scan_skip(p, x.end), *from = p;

		if (next != p) {
			p = next;
			continue;
		}
		while (p < x.end && (isalnum((unsigned char)*p) || *p == '_'))
			p++;
		if (p == from)
			p++;
		else if (p < x.end && *p == '(')
			call(&x, from, (size_t)(p - from), p + 1);
	}
}

/* ---- the whole ---- */

/* The header, and the words, which are looked up as the program runs. */
static void mark(struct say *s, struct po *po, const struct po *other)
{
	for (size_t i = 0; i < po->n; i++) {
		struct po_entry *e = &po->v[i];

		if (e->id[0] == '\0' && e->context[0] == '\0')
			e->used = true;
		if (!is_word(e))
			continue;
		e->used = true;
		if (po_find(other, e->context, e->id) == NULL && !s->lenient)
			fault(e->at, "the word %s has nothing in %s", e->id, other->file);
		if (bad(e) != NULL && !s->lenient)
			fault(e->at, "the word %s %s", e->id, bad(e));
	}
}

void say_check(struct say *s)
{
	struct po *all[] = {&s->de, &s->en, &s->errors};

	for (int i = 0; i < 3; i++) {
		mark(s, all[i], i == 0 ? &s->en : &s->de);
		for (size_t k = 0; k < all[i]->n && !s->lenient; k++)
			if (!all[i]->v[k].used)
				fault(all[i]->v[k].at,
				    "no template and no C file says \"%s\" (sh tools/po.sh drop)",
				    all[i]->v[k].id);
	}
}

void say_table(struct say *s, struct text *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->errors.n; i++)
		if (s->errors.v[i].id[0] != '\0')
			po_add(&s->de, &s->errors.v[i]);
	text_addz(out,
	    "/* Made by tools/tmpl from lang/. Do not edit. */\n#include \"web/lang.h\"\n"
	    "const struct lang_entry lang_table[] = {\n");
	for (size_t i = 0; i < s->de.n; i++) {
		const struct po_entry *de = &s->de.v[i], *en = po_find(&s->en, de->context, de->id);

		if (de->id[0] == '\0' || de->plural != NULL)
			continue;
		text_addz(out, "\t{");
		text_literal(out, de->context, strlen(de->context));
		text_addz(out, ", ");
		text_literal(out, de->id, strlen(de->id));
		text_addz(out, ", {");
		text_literal(out, en == NULL ? de->id : en->text[0],
		    strlen(en == NULL ? de->id : en->text[0]));
		text_addz(out, ",\n\t");
		text_literal(out, de->text[0], strlen(de->text[0]));
		text_addz(out, "}},\n");
		n++;
	}
	text_fmt(out, "\t{NULL, NULL, {NULL, NULL}},\n};\nconst size_t lang_table_n = %zu;\n", n);
}
