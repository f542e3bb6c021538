#include "stat/table_p.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

void table_find(struct ctx *c, struct table_findings *ret, enum table_degree degree,
    const char *rule, struct str where, struct str right, const char *fmt, ...)
{
	char text[1024];
	struct str s;
	va_list ap;

	if (degree == TABLE_IMPOSSIBLE)
		ret->impossible++;
	else
		ret->suspicious++;
	if (ret->n == TABLE_FINDINGS_MAX)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	s = str_of(text);
	while (str_utf8_bad(s) != s.n) /* cut off inside a character */
		s.n = str_utf8_bad(s);
	ret->v = mem_grow(c, ret->v, ret->n, &ret->cap, sizeof *ret->v);
	ret->v[ret->n++] = (struct table_finding){degree, rule, where, str_make(c, s), right};
}

/* ---- ranges ---- */

bool table_counts(const struct table_cell *cell)
{
	return cell->state == TABLE_KNOWN;
}

void table_range_add(struct table_range *r, const struct table_cell *cell)
{
	if (cell->state == TABLE_FRACTION) /* found by itself already */
		r->any = true;
	else if (__builtin_add_overflow(r->lo, cell->lo, &r->lo))
		r->over = true;
	if (cell->state != TABLE_KNOWN || cell->hi == TABLE_ANY)
		r->any = true;
	else if (!r->any && __builtin_add_overflow(r->hi, cell->hi, &r->hi))
		r->over = true;
	r->figures = r->figures || table_counts(cell);
}

bool table_range_meets(const struct table_range *r, const struct table_cell *cell)
{
	if (r->over || !table_counts(cell))
		return true;
	return r->lo <= cell->hi && (r->any || r->hi >= cell->lo);
}

static struct str range_text(struct ctx *c, int64_t lo, int64_t hi, bool any)
{
	if (any)
		return str_fmt(c, "at least %lld", (long long)lo);
	return lo == hi ? str_fmt(c, "%lld", (long long)lo)
			: str_fmt(c, "%lld to %lld", (long long)lo, (long long)hi);
}

struct str table_range_text(struct ctx *c, const struct table_range *r)
{
	return range_text(c, r->lo, r->hi, r->any);
}

struct str table_cell_text(struct ctx *c, const struct table_cell *cell)
{
	return range_text(c, cell->lo, cell->hi, cell->hi == TABLE_ANY);
}

/* ---- each row by itself ---- */

static void check_cells(struct table_pass *k, const struct table_row *row)
{
	for (size_t i = 0; i < k->t->n_columns; i++) {
		const struct table_cell *x = &row->cells[i];
		struct str name = k->t->columns[i].name;

		if (x->state == TABLE_FRACTION)
			table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "whole", x->where, STR(""),
			    "%.*s: a count with a fraction", STR_ARG(name));
		else if (x->state == TABLE_TEXT)
			table_find(k->c, k->ret, TABLE_SUSPICIOUS, "number", x->where, STR(""),
			    "%.*s: no number", STR_ARG(name));
		else if (x->lo < 0)
			table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "whole", x->where, STR(""),
			    "%.*s: a count below zero", STR_ARG(name));
		else if (x->lo > x->hi)
			table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "band", x->where, STR(""),
			    "%.*s: a band that ends before it begins", STR_ARG(name));
		else if (table_counts(x))
			k->ret->fine++;
	}
}

static bool has_figures(const struct table *t, const struct table_row *row)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (row->cells[i].state != TABLE_BLANK)
			return true;
	for (size_t i = 0; i < t->n_shares; i++)
		if (row->printed[i].given)
			return true;
	return false;
}

/* One finding for all of them: they come in heaps, from rows that were folded or emptied. */
static void check_empty(struct table_pass *k)
{
	enum { SHOWN = 30 };
	struct buf b = buf_init(k->c, 900);
	struct str first = STR("");
	size_t n = 0;

	for (size_t i = 0; i < k->t->n_rows; i++) {
		const struct table_row *row = &k->t->rows[i];

		if (row->label.n == 0 || has_figures(k->t, row))
			continue;
		if (n == 0)
			first = row->where;
		if (n < SHOWN)
			buf_fmt(&b, "%s%.*s", n > 0 ? ", " : "", STR_ARG(row->where));
		n++;
	}
	if (n > 0)
		table_find(k->c, k->ret, TABLE_SUSPICIOUS, "empty", first, STR(""),
		    "%zu %s without figures: %.*s%s", n, n == 1 ? "label" : "labels",
		    STR_ARG(buf_str(&b)), n > SHOWN ? ", ..." : "");
}

/* ---- labels ---- */

static int row_cmp(const void *a, const void *b)
{
	const struct table_row *x = *(const struct table_row *const *)a,
			       *y = *(const struct table_row *const *)b;
	int d = str_cmp(x->key, y->key);

	return d != 0 ? d : (x > y) - (x < y); /* the table's order among equals */
}

static void check_labels(struct table_pass *k)
{
	const struct table_row **at = mem_array(k->c, k->t->n_rows + 1, sizeof *at);
	size_t n = 0;

	if (k->t->repeats)
		return;
	for (size_t i = 0; i < k->t->n_rows; i++)
		if (k->t->rows[i].key.n > 0 && has_figures(k->t, &k->t->rows[i]))
			at[n++] = &k->t->rows[i];
	qsort(at, n, sizeof *at, row_cmp);
	for (size_t i = 1; i < n; i++) {
		bool same = str_eq(at[i]->label, at[i - 1]->label);

		if (!str_eq(at[i]->key, at[i - 1]->key))
			k->ret->fine++;
		else
			table_find(k->c, k->ret, same ? TABLE_IMPOSSIBLE : TABLE_SUSPICIOUS,
			    "label_twice", at[i]->where, STR(""), "%s %.*s already",
			    same ? "this label stands at"
				 : "another spelling of this label stands at",
			    STR_ARG(at[i - 1]->where));
	}
	k->ret->fine += n > 0;
}

void table_check(
    struct ctx *c, const struct table *t, struct table_findings *ret, struct table_fit *ret_fit)
{
	struct table_pass k = {c, t, ret, {0}};

	table_sum_unit(&k);
	check_labels(&k);
	check_empty(&k);
	for (size_t i = 0; i < t->n_rows; i++) {
		check_cells(&k, &t->rows[i]);
		table_sum_row(&k, &t->rows[i]);
		table_share_row(&k, &t->rows[i]);
	}
	table_sum_totals(&k);
	table_share_bands(&k);
	*ret_fit = k.fit;
}
