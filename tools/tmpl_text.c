/* Text that grows, faults with their place, files: what tools/tmpl is made with. */
#include "tmpl.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void fault(struct place at, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d:%d: ", at.file, at.line, at.col);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void *grow(void *p, size_t size)
{
	p = realloc(p, size);
	if (p == NULL) {
		fputs("tmpl: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

void text_add(struct text *t, const char *p, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->n + n + 1) * 2;
		t->p = grow(t->p, t->cap);
	}
	if (n > 0)
		memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void text_addz(struct text *t, const char *z)
{
	text_add(t, z, strlen(z));
}

void text_addc(struct text *t, char ch)
{
	text_add(t, &ch, 1);
}

void text_fmt(struct text *t, const char *fmt, ...)
{
	char small[4096];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof small) {
		fputs("tmpl: a line of code is too long\n", stderr);
		exit(1);
	}
	text_add(t, small, (size_t)n);
}

void text_literal(struct text *t, const char *p, size_t n)
{
	text_addc(t, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)p[i];

		if (ch == '\n')
			text_addz(t, i + 1 < n ? "\\n\"\n\t\"" : "\\n");
		else if (ch == '"' || ch == '\\')
			text_fmt(t, "\\%c", ch);
		else if (ch < 32 || ch > 126 || ch == '?')
			text_fmt(t, "\\%03o", ch);
		else
			text_addc(t, (char)ch);
	}
	text_addc(t, '"');
}

void text_html(struct text *t, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		switch (p[i]) {
		case '&':
			text_addz(t, "&amp;");
			break;
		case '<':
			text_addz(t, "&lt;");
			break;
		case '>':
			text_addz(t, "&gt;");
			break;
		case '"':
			text_addz(t, "&quot;");
			break;
		case '\'':
			text_addz(t, "&#39;");
			break;
		default:
			text_addc(t, p[i]);
		}
}

char *text_copy(const char *p, size_t n)
{
	char *copy = grow(NULL, n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

static void file_fault(const char *path)
{
	fprintf(stderr, "tmpl: %s: %s\n", path, strerror(errno));
	exit(1);
}

struct text text_file(const char *path)
{
	struct text t = {0};
	char block[65536];
	size_t n;
	FILE *f = fopen(path, "rb");

	if (f == NULL)
		file_fault(path);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		text_add(&t, block, n);
	fclose(f);
	text_add(&t, "", 0);
	return t;
}

static bool holds(const char *path, const struct text *t)
{
	FILE *f = fopen(path, "rb");
	struct text now;
	bool same;

	if (f == NULL)
		return false;
	fclose(f);
	now = text_file(path);
	same = now.n == t->n && memcmp(now.p, t->p, t->n) == 0;
	free(now.p);
	return same;
}

void text_write(const char *path, const struct text *t)
{
	FILE *f;

	if (holds(path, t))
		return;
	f = fopen(path, "wb");
	if (f == NULL || fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0)
		file_fault(path);
}
