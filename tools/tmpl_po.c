/*
 * Message files of gettext (.po), the part that Writ uses: entries in the order of context and id,
 * one plural form beside the singular, "#, fuzzy" and comments. What is read is what msgfmt takes.
 */
#include "tmpl.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct po *po;
	struct place at;
	struct po_entry now;
	char **field; /* what a line of only a string continues */
	bool begun;
};

static int entry_cmp(
    const char *context, const char *id, const char *other_context, const char *other_id)
{
	int d = strcmp(context, other_context);

	return d != 0 ? d : strcmp(id, other_id);
}

struct po_entry *po_find(const struct po *po, const char *context, const char *id)
{
	size_t from = 0, to = po->n;

	while (from < to) {
		size_t mid = (from + to) / 2;
		int d = entry_cmp(context, id, po->v[mid].context, po->v[mid].id);

		if (d == 0)
			return &po->v[mid];
		if (d < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return NULL;
}

void po_add(struct po *po, const struct po_entry *e)
{
	size_t i = 0;

	while (i < po->n && entry_cmp(po->v[i].context, po->v[i].id, e->context, e->id) < 0)
		i++;
	po->v = grow(po->v, (po->n + 1) * sizeof *po->v);
	memmove(po->v + i + 1, po->v + i, (po->n - i) * sizeof *po->v);
	po->v[i] = *e;
	po->n++;
}

/* ---- reading ---- */

static void entry_end(struct reader *r)
{
	struct po_entry *e = &r->now, *last = r->po->n > 0 ? &r->po->v[r->po->n - 1] : NULL;

	if (e->id == NULL && r->begun)
		fault(r->at, "an entry without msgid");
	if (e->id != NULL) {
		e->context = e->context == NULL ? text_copy("", 0) : e->context;
		e->note = e->note == NULL ? text_copy("", 0) : e->note;
		for (int i = 0; i < 2; i++)
			if (e->text[i] == NULL)
				e->text[i] = text_copy("", 0);
		if (last != NULL && entry_cmp(last->context, last->id, e->context, e->id) >= 0)
			fault(e->at, "\"%s\" stands twice or not in order (sh tools/po.sh sorts)",
			    e->id);
		r->po->v = grow(r->po->v, (r->po->n + 1) * sizeof *r->po->v);
		r->po->v[r->po->n++] = *e;
	}
	*e = (struct po_entry){0};
	r->field = NULL;
	r->begun = false;
}

static void string_add(struct reader *r, const char *p, const char *end)
{
	struct text t = {0};

	while (end > p && (end[-1] == ' ' || end[-1] == '\r'))
		end--;
	if (end - p < 2 || *p != '"' || end[-1] != '"')
		fault(r->at, "want a string in quotes");
	text_addz(&t, *r->field == NULL ? "" : *r->field);
	for (p++; p < end - 1; p++) {
		if (*p == '"')
			fault(r->at, "a quote within a string");
		if (*p != '\\') {
			text_addc(&t, *p);
			continue;
		}
		p++;
		if (p == end - 1 || strchr("n\"\\", *p) == NULL)
			fault(r->at, "only \\n, \\\" and \\\\ are known");
		text_addc(&t, *p == 'n' ? '\n' : *p);
	}
	*r->field = t.p;
}

static void comment(struct reader *r, const char *p, const char *end)
{
	struct text t = {0};

	if (end - p > 2 && p[1] == '~')
		fault(r->at, "an obsolete entry");
	if (end - p > 2 && p[1] == ',') {
		if (memmem(p, (size_t)(end - p), "fuzzy", 5) != NULL)
			r->now.fuzzy = true;
		return; /* flags are written anew from the text */
	}
	text_addz(&t, r->now.note == NULL ? "" : r->now.note);
	text_add(&t, p, (size_t)(end - p));
	text_addc(&t, '\n');
	r->now.note = t.p;
}

static void line(struct reader *r, const char *p, const char *end)
{
	static const char *const words[] = {
	    "msgctxt ", "msgid ", "msgid_plural ", "msgstr ", "msgstr[0] ", "msgstr[1] "};
	char **fields[] = {&r->now.context, &r->now.id, &r->now.plural, &r->now.text[0],
	    &r->now.text[0], &r->now.text[1]};

	if (p == end) {
		entry_end(r);
		return;
	}
	if (*p == '#') {
		comment(r, p, end);
		return;
	}
	r->begun = true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if ((size_t)(end - p) > strlen(words[i]) &&
		    strncmp(p, words[i], strlen(words[i])) == 0) {
			if (*fields[i] != NULL)
				fault(r->at, "%sstands twice in an entry", words[i]);
			if (fields[i] == &r->now.id)
				r->now.at = r->at;
			r->field = fields[i];
			p += strlen(words[i]);
			break;
		}
	if (r->field == NULL)
		fault(r->at, "not a line of a message file");
	string_add(r, p, end);
}

struct po po_read(const char *path)
{
	struct text t = text_file(path);
	struct po po = {.file = path};
	struct reader r = {.po = &po, .at = {path, 0, 1}};
	const char *p = t.p, *end;

	for (; *p != '\0'; p = *end == '\0' ? end : end + 1) {
		end = strchrnul(p, '\n');
		r.at.line++;
		line(&r, p, end);
	}
	entry_end(&r);
	free(t.p);
	return po;
}

/* ---- writing ---- */

/* A string; one that holds line ends in a line each. */
static void string_put(struct text *out, const char *word, const char *z)
{
	text_fmt(out, "%s ", word);
	if (strchr(z, '\n') != NULL && strcmp(word, "msgstr") == 0)
		text_addz(out, "\"\"\n");
	text_addc(out, '"');
	for (; *z != '\0'; z++)
		if (*z == '\n')
			text_addz(out, z[1] == '\0' ? "\\n" : "\\n\"\n\"");
		else if (*z == '"' || *z == '\\')
			text_fmt(out, "\\%c", *z);
		else
			text_addc(out, *z);
	text_addz(out, "\"\n");
}

/* The flag lets msgfmt compare what stands in braces. */
static bool has_values(const struct po_entry *e)
{
	return strstr(e->id, "{1}") != NULL ||
	       (e->plural != NULL && strstr(e->plural, "{1}") != NULL);
}

void po_put(struct text *out, const struct po_entry *e)
{
	text_addz(out, e->note);
	if (strcmp(e->context, error_context) == 0)
		text_fmt(out, "#,%s c-format\n", e->fuzzy ? " fuzzy," : "");
	else if (e->fuzzy || has_values(e))
		text_fmt(out, "#,%s%s\n", e->fuzzy ? " fuzzy" : "",
		    !has_values(e) ? ""
		    : e->fuzzy     ? ", python-brace-format"
				   : " python-brace-format");
	if (e->context[0] != '\0')
		string_put(out, "msgctxt", e->context);
	string_put(out, "msgid", e->id);
	if (e->plural == NULL) {
		string_put(out, "msgstr", e->text[0]);
		return;
	}
	string_put(out, "msgid_plural", e->plural);
	string_put(out, "msgstr[0]", e->text[0]);
	string_put(out, "msgstr[1]", e->text[1]);
}

void po_write(const struct po *po, const char *path)
{
	struct text out = {0};

	for (size_t i = 0; i < po->n; i++) {
		if (!po->v[i].used)
			continue;
		if (out.n > 0)
			text_addc(&out, '\n');
		po_put(&out, &po->v[i]);
	}
	text_write(path, &out);
}
