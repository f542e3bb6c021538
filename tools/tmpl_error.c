/*
 * The texts of errors (context "error", lang/errors.de.po): what err_set, err_while, invariant_add
 * and ERR_TEXT of src/base/ctx.h say. The program prints a translation with the arguments of the
 * English, so the build must know that they fit: what the compiler checks of the English is checked
 * here of the German.
 */
#include "tmpl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char error_context[] = "error";

enum { ARGS_MAX = 24 };

/* What a text takes: by position a letter and its length modifier, "*" for a width. */
struct takes {
	char type[ARGS_MAX][4];
	size_t n;
	const char *bad;
};

static void takes_put(struct takes *t, size_t at, const char *type, size_t n)
{
	if (at >= ARGS_MAX || n > 3) {
		t->bad = "has a conversion that is none";
		return;
	}
	if (t->type[at][0] != '\0' &&
	    (strlen(t->type[at]) != n || strncmp(t->type[at], type, n) != 0))
		t->bad = "prints one argument as two types";
	memcpy(t->type[at], type, n);
	t->type[at][n] = '\0';
	if (at >= t->n)
		t->n = at + 1;
}

/* "2$" at *z: its number, and *z behind it; 0: none stands there. */
static size_t number(const char **z)
{
	const char *p = *z;
	size_t n = 0;

	while (isdigit((unsigned char)*p) && n < ARGS_MAX)
		n = n * 10 + (size_t)(*p++ - '0');
	if (n == 0 || *p != '$')
		return 0;
	*z = p + 1;
	return n;
}

/* A width or precision of "*". */
static void star(struct takes *t, const char **z, size_t *next, bool numbered)
{
	size_t n;

	if (**z != '*') {
		*z += strspn(*z, "0123456789");
		return;
	}
	++*z;
	n = number(z);
	if ((n > 0) != numbered)
		t->bad = "numbers some conversions and others not";
	takes_put(t, n > 0 ? n - 1 : (*next)++, "*", 1);
}

static struct takes takes_of(const char *z)
{
	struct takes t = {.n = 0};
	size_t next = 0, n;
	unsigned ways = 0; /* 1: by number, 2: in order */

	while (t.bad == NULL && (z = strchr(z, '%')) != NULL) {
		const char *type;

		if (*++z == '%') {
			z++;
			continue;
		}
		n = number(&z);
		ways |= n > 0 ? 1 : 2;
		if (ways == 3) {
			t.bad = "numbers some conversions and others not";
			break;
		}
		z += strspn(z, "-+ #0");
		star(&t, &z, &next, n > 0);
		if (*z == '.') {
			z++;
			star(&t, &z, &next, n > 0);
		}
		type = z;
		z += strspn(z, "hlzjt");
		if (*z == '\0' || strchr("diouxXcs", *z) == NULL)
			t.bad = "has a conversion that is none";
		else
			takes_put(&t, n > 0 ? n - 1 : next++, type, (size_t)(++z - type));
	}
	return t;
}

const char *error_bad(const char *id, const char *text)
{
	struct takes en = takes_of(id), de = takes_of(text);

	if (de.bad != NULL)
		return de.bad;
	if (en.bad != NULL || en.n != de.n)
		return "has other conversions than the English";
	for (size_t i = 0; i < en.n; i++)
		if (strcmp(en.type[i], de.type[i]) != 0)
			return "has other conversions than the English";
	return NULL;
}

/* Whether there is a word in it beside the conversions. */
static bool has_words(const char *z)
{
	for (; *z != '\0'; z++) {
		if (*z == '%') {
			z++;
			z += strspn(z, "-+ #0123456789.*hlzjt");
			if (*z == '\0')
				return false;
		} else if (isalpha((unsigned char)*z)) {
			return true;
		}
	}
	return false;
}

/* The argument from p to its comma is just this word. */
static bool is_just(const char *p, const char *next, const char *word)
{
	size_t n = strlen(word);

	while (isspace((unsigned char)*p))
		p++;
	return (size_t)(next - p) == n + 1 && strncmp(p, word, n) == 0;
}

/* A text, or two with a condition before them: each literal of the argument at p. */
static bool texts(struct say *s, const char *p, const char *end, struct place at)
{
	const char *unused[4];
	int depth = 0;
	bool any = false;

	while (p < end && !(depth == 0 && (*p == ',' || *p == ')'))) {
		char *z;

		if (depth > 0 || *p != '"') {
			depth += *p == '(' || *p == '[';
			depth -= *p == ')' || *p == ']';
			p = *p == '"' || *p == '\'' ? scan_skip(p, end) : p + 1;
			continue;
		}
		z = scan_literal(&p, end, at);
		if (has_words(z))
			say_use(s, error_context, z, NULL, at, unused);
		free(z);
		any = true;
	}
	return any;
}

bool error_call(
    struct say *s, const char *name, size_t n, const char *p, const char *end, struct place at)
{
	/* which argument the text is, from 0 */
	static const struct {
		const char *name;
		int text;
	} calls[] = {{"err_set", 2}, {"err_while", 2}, {"ERR_TEXT", 0}, {"invariant_add", 5},
	    {"invariant_ask", 5}};
	const size_t n_calls = sizeof calls / sizeof calls[0];
	const char *code = p;
	size_t i = 0;

	while (i < n_calls && (strlen(calls[i].name) != n || strncmp(calls[i].name, name, n) != 0))
		i++;
	if (i == n_calls)
		return false;
	if (s->errors.file == NULL)
		return true;
	for (int k = 0; k < calls[i].text && p != NULL; k++) {
		code = p;
		p = scan_second(p, end);
	}
	if (p == NULL || (calls[i].text == 2 && is_just(code, p, "ERR_FAIL")))
		return true;
	while (p < end && isspace((unsigned char)*p))
		p++;
	if (end - p > 6 && strncmp(p, "const ", 6) == 0)
		return true; /* where the function is written, not where it is called */
	if (!texts(s, p, end, at))
		fault(
		    at, "the text of an error is a literal: \"%%s\", and ERR_TEXT where it stands");
	return true;
}
