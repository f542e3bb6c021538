/* The C of a template's pieces: static text, values, messages. */
#include "tmpl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void put_static(struct text *code, const char *p, size_t n)
{
	if (n == 0)
		return;
	text_addz(code, "\tbuf_put(p->b, (struct str){");
	text_literal(code, p, n);
	text_fmt(code, ", %zu});\n", n);
}

void gen_flush(struct gen *g)
{
	put_static(&g->code, g->literal.p, g->literal.n);
	g->literal.n = 0;
}

void gen_line(struct gen *g, struct place at)
{
	text_fmt(&g->code, "#line %d \"%s\"\n", at.line, at.file);
}

static const char *const putters[] = {
    [SPOT_TEXT] = "page_put", [SPOT_ATTR] = "page_attr", [SPOT_URL] = "page_href"};

void gen_value(struct gen *g, const char *expr, struct place at)
{
	enum html_spot spot = html_value(&g->html, at, &g->literal);

	gen_flush(g);
	gen_line(g, at);
	text_fmt(&g->code, "\t%s(p, (%s));\n", putters[spot], expr);
}

/* ---- messages ---- */

enum { VALUES = 9 };

struct message {
	char *context, *id, *plural; /* plural NULL without */
	char *value[VALUES];
	size_t n;
};

/* White space as single blanks, none at the ends. */
static char *squeeze(const char *p, size_t n)
{
	struct text t = {0};

	for (size_t i = 0; i < n; i++) {
		if (!isspace((unsigned char)p[i]))
			text_addc(&t, p[i]);
		else if (t.n > 0 && t.p[t.n - 1] != ' ')
			text_addc(&t, ' ');
	}
	while (t.n > 0 && t.p[t.n - 1] == ' ')
		t.n--;
	return text_copy(t.p, t.n);
}

/* The first "|" alone, or n; ret_plural: the "||" before it, or n. */
static size_t bar(const char *p, size_t n, size_t *ret_plural)
{
	*ret_plural = n;
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '|')
			continue;
		if (i + 1 == n || p[i + 1] != '|')
			return i;
		*ret_plural = i;
		i++;
	}
	return n;
}

static void value_add(struct message *m, const char *p, size_t n, struct place at)
{
	if (m->n == VALUES)
		fault(at, "more than %d values in a message", VALUES);
	m->value[m->n] = squeeze(p, n);
	if (m->value[m->n][0] == '\0')
		fault(at, "an empty value");
	m->n++;
}

/* Expressions between commas that stand in no parentheses or quotes. */
static void values(struct message *m, const char *p, size_t n, struct place at)
{
	size_t from = 0;
	int depth = 0;
	char quote = '\0';

	for (size_t i = 0; i < n; i++) {
		if (quote != '\0') {
			if (p[i] == '\\')
				i++;
			else if (p[i] == quote)
				quote = '\0';
		} else if (p[i] == '"' || p[i] == '\'') {
			quote = p[i];
		} else if (p[i] == ',' && depth == 0) {
			value_add(m, p + from, i - from, at);
			from = i + 1;
		}
		depth += quote == '\0' && strchr("([{", p[i]) != NULL;
		depth -= quote == '\0' && strchr(")]}", p[i]) != NULL;
	}
	value_add(m, p + from, n - from, at);
}

/* Each {n} has its value, and each value its {n}. */
static void values_check(const struct message *m, struct place at)
{
	unsigned seen = 0;

	for (int k = 0; k < 2; k++)
		for (const char *z = k == 0 ? m->id : m->plural; z != NULL && *z != '\0'; z++) {
			if (*z != '{' && *z != '}')
				continue;
			if (*z == '}' || z[1] < '1' || z[1] > '9' || z[2] != '}')
				fault(at, "in a message a brace is that of {1} to {9}");
			if ((size_t)(z[1] - '0') > m->n)
				fault(at, "{%c} has no value: {_ text | value, ... _}", z[1]);
			seen |= 1U << (z[1] - '1');
			z += 2;
		}
	if (m->plural != NULL && m->n == 0)
		fault(at, "a message with a plural needs its number: {_ one || many | n _}");
	for (size_t i = 0; i < m->n; i++)
		if ((seen & 1U << i) == 0 && !(i == 0 && m->plural != NULL))
			fault(at, "the value %zu is not in the text", i + 1);
}

/* "@CONTEXT one || many | value, value" */
static struct message message_read(const char *p, size_t n, struct place at)
{
	struct message m = {.context = ""};
	size_t many, end;

	while (n > 0 && isspace((unsigned char)*p)) {
		p++;
		n--;
	}
	if (n > 0 && *p == '@') {
		size_t len = 1;

		while (len < n && (isalnum((unsigned char)p[len]) || p[len] == '_'))
			len++;
		m.context = text_copy(p + 1, len - 1);
		p += len;
		n -= len;
	}
	end = bar(p, n, &many);
	m.id = squeeze(p, many < end ? many : end);
	if (many < end)
		m.plural = squeeze(p + many + 2, end - many - 2);
	if (m.id[0] == '\0' || (m.plural != NULL && m.plural[0] == '\0'))
		fault(at, "an empty message");
	if (end < n)
		values(&m, p + end + 1, n - end - 1, at);
	values_check(&m, at);
	return m;
}

/* One text of a message with its values. */
static void put_text(
    struct gen *g, const char *z, const struct message *m, const char *putter, struct place at)
{
	struct text part = {0};
	bool plain = strcmp(putter, "page_plain") == 0;

	for (; *z != '\0'; z++) {
		if (*z != '{') {
			(plain ? text_add : text_html)(&part, z, 1);
			continue;
		}
		put_static(&g->code, part.p, part.n);
		part.n = 0;
		gen_line(g, at);
		text_fmt(&g->code, "\t%s(p, (%s));\n", putter, m->value[z[1] - '1']);
		z += 2;
	}
	put_static(&g->code, part.p, part.n);
	free(part.p);
}

static void put_number(struct gen *g, const char *one, const char *many, const struct message *m,
    const char *putter, struct place at)
{
	if (many == NULL) {
		put_text(g, one, m, putter, at);
		return;
	}
	gen_line(g, at);
	text_fmt(&g->code, "\tif ((int64_t)(%s) == 1) {\n", m->value[0]);
	put_text(g, one, m, putter, at);
	text_addz(&g->code, "\t} else {\n");
	put_text(g, many, m, putter, at);
	text_addz(&g->code, "\t}\n");
}

void gen_message(struct gen *g, const char *p, size_t n, struct place at, bool plain)
{
	struct message m = message_read(p, n, at);
	const char *texts[4], *putter = "page_plain";

	for (size_t i = 0; i < m.n; i++)
		say_scan(g->say, m.value[i], strlen(m.value[i]), at);
	texts[0] = texts[2] = m.id;
	texts[1] = texts[3] = m.plural;
	if (strcmp(m.id, "{1}") != 0) /* nothing to translate */
		say_use(g->say, m.context, m.id, m.plural, at, texts);
	if (!plain)
		putter = putters[html_words(&g->html, at, &g->literal)];
	if (m.n == 0 && !plain && strcmp(texts[0], texts[2]) == 0) {
		text_html(&g->literal, texts[0], strlen(texts[0]));
		return;
	}
	gen_flush(g);
	text_addz(&g->code, "\tif (p->lang == ANSWER_DE) {\n");
	put_number(g, texts[2], texts[3], &m, putter, at);
	text_addz(&g->code, "\t} else {\n");
	put_number(g, texts[0], texts[1], &m, putter, at);
	text_addz(&g->code, "\t}\n");
}
