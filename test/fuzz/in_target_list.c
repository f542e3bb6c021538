/* Lists of identifiers: what was taken is written and read as the same; the delimiter of a list
 * written so does not matter; a refusal names a place that the list has and repeats nothing. */
#include "fuzz.h"

#include "in/target_list.h"

static void put_quoted(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s.p[i]);
	}
	buf_putc(b, '"');
}

static void written_again(struct ctx *c, const struct target_list *l, char delimiter)
{
	struct buf b = buf_init(c, 1 << 24);
	struct target_list again;

	for (size_t i = 0; i < l->n; i++) {
		buf_put(&b, l->v[i].kind);
		buf_putc(&b, delimiter);
		put_quoted(&b, l->v[i].printed);
		if (!instant_is_none(l->v[i].at)) {
			buf_putc(&b, delimiter);
			buf_put(&b, instant_str(c, l->v[i].at));
		}
		buf_putc(&b, '\n');
	}
	if (b.n > TARGET_LIST_MAX)
		return;
	fuzz_must(target_list_read(c, buf_str(&b), NULL, &again) == 0 && again.n == l->n,
	    "what was taken is taken again");
	for (size_t i = 0; i < l->n; i++)
		fuzz_must(str_eq(l->v[i].kind, again.v[i].kind) &&
			      str_eq(l->v[i].value, again.v[i].value) &&
			      l->v[i].at.s == again.v[i].at.s &&
			      l->v[i].specific == again.v[i].specific,
		    "and is the same");
}

static int64_t number_at(const char **p)
{
	int64_t n = 0;

	for (; **p >= '0' && **p <= '9' && n < INT32_MAX; ++*p)
		n = n * 10 + (**p - '0');
	return n;
}

/* The first place of a refusal that has places. */
static void has_place(struct ctx *c, struct str in)
{
	static const char mark[] = "(line:column): ";
	const char *p = strstr(err_text(c), mark);
	int64_t line, lines = 1;

	if (p == NULL)
		return;
	p += sizeof mark - 1;
	line = number_at(&p);
	for (size_t i = 0; i < in.n; i++)
		lines += in.p[i] == '\n';
	fuzz_must(line >= 1 && line <= lines && *p == ':', "a line of the list");
	p++;
	fuzz_must(number_at(&p) >= 1 && *p == ':', "a column, and a reason");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct target_list l;
	struct str odd;
	int rc = target_list_read(c, in, NULL, &l);

	if (rc != 0) {
		fuzz_refused(c, rc);
		has_place(c, in);
		err_clear(c);
	} else {
		fuzz_must(l.n <= DRAFT_TARGETS_MAX, "not more than one order names");
		written_again(c, &l, ',');
		written_again(c, &l, ';');
		written_again(c, &l, '\t');
	}
	odd = fuzz_canary(c, in);
	rc = target_list_read(c, odd, NULL, &l);
	fuzz_no_canary(c);
	err_clear(c);
	(void)rc;
}
