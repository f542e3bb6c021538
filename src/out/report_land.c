#include "out/report_land.h"

#include "base/mem.h"
#include "kind/land.h"

static int by_requests(const void *a, const void *b)
{
	const struct report_land *x = a, *y = b;

	if (x->requests != y->requests)
		return x->requests > y->requests ? -1 : 1;
	return str_cmp(x->code, y->code);
}

/* "Å" sorts under its first letter for readers of these two languages: fold the common accents of
 * country names, so that Österreich stands with O. */
static struct str sort_key(struct ctx *c, struct str s)
{
	static const struct {
		const char *from;
		char to;
	} fold[] = {{"\303\205", 'a'}, {"\303\204", 'a'}, {"\303\226", 'o'}, {"\303\234", 'u'},
	    {"\303\244", 'a'}, {"\303\266", 'o'}, {"\303\274", 'u'}, {"\303\251", 'e'},
	    {"\303\264", 'o'}, {"\303\247", 'c'}};
	struct buf b = buf_init(c, 1024);
	size_t i = 0;

	while (i < s.n) {
		size_t k = 0, n = sizeof fold / sizeof fold[0];

		while (k < n && (i + 1 >= s.n || memcmp(s.p + i, fold[k].from, 2) != 0))
			k++;
		buf_putc(&b, k < n ? fold[k].to : s.p[i]);
		i += k < n ? 2 : 1;
	}
	return str_lower(c, buf_str(&b));
}

struct named_land {
	struct str key;
	struct report_land row;
};

static int by_key(const void *a, const void *b)
{
	const struct named_land *x = a, *y = b;
	int d = str_cmp(x->key, y->key);

	return d != 0 ? d : str_cmp(x->row.code, y->row.code);
}

void report_land_name(struct ctx *c, struct report_land *rows, size_t n, enum report_lang lang)
{
	struct named_land *v = mem_array(c, n, sizeof *v);

	for (size_t i = 0; i < n; i++) {
		struct str name = land_name(rows[i].code, report_text_lang(lang));

		rows[i].name = name.n > 0 ? name : rows[i].code;
		v[i] = (struct named_land){sort_key(c, rows[i].name), rows[i]};
	}
	if (n > 0)
		qsort(v, n, sizeof *v, by_key);
	for (size_t i = 0; i < n; i++)
		rows[i] = v[i].row;
}

struct report_land *report_land_rows(
    struct ctx *c, const struct figures *f, enum report_lang lang, size_t *ret_n)
{
	struct report_land *rows = mem_array(c, f->n, sizeof *rows);
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, "country") && str_is(f->v[i].metric, "requests"))
			rows[n++] = (struct report_land){f->v[i].country, f->v[i].country,
			    f->v[i].value_min, f->v[i].status == FIGURE_EXACT};
	report_land_name(c, rows, n, lang);
	*ret_n = n;
	return rows;
}

const struct report_land *report_land_by_requests(
    struct ctx *c, const struct report_land *rows, size_t *n)
{
	struct report_land *sorted = mem_array(c, *n, sizeof *sorted);
	size_t counted = 0;

	for (size_t i = 0; i < *n; i++)
		if (rows[i].counted)
			sorted[counted++] = rows[i];
	if (counted > 0)
		qsort(sorted, counted, sizeof *sorted, by_requests);
	*n = counted;
	return sorted;
}
