#include "stat/table_p.h"

#include "stat/invariant.h"

/* As they are read: a share of 35 for a hundred. */
static struct str percent(struct ctx *c, struct decimal p)
{
	struct str digits;

	for (; p.scale < 2; p.scale++)
		if (__builtin_mul_overflow(p.units, 10, &p.units))
			return STR("a share");
	p.scale -= 2;
	digits = str_fmt(c, "%0*lld", p.scale + 1, (long long)p.units);
	if (p.scale == 0)
		return str_fmt(c, "%.*s %%", STR_ARG(digits));
	return str_fmt(c, "%.*s.%.*s %%", (int)digits.n - p.scale, digits.p, p.scale,
	    digits.p + digits.n - (size_t)p.scale);
}

/* num / den, rounded half up to so many decimals; at most 6. */
static struct str rounded(struct ctx *c, int64_t num, int64_t den, int decimals)
{
	struct decimal p = {0, decimals > 6 ? 6 : decimals};
	int64_t one = 1, twice;

	for (int i = 0; i < p.scale; i++)
		one *= 10;
	if (__builtin_mul_overflow(num, 2 * one, &twice) ||
	    __builtin_add_overflow(twice, den, &twice) || den > INT64_MAX / 2)
		return STR("");
	p.units = twice / (2 * den);
	return percent(c, p);
}

/* Is there a whole number of `of` that gives the share? */
static bool some_number_fits(const struct table_printed *x, int64_t of)
{
	int64_t one = 1, guess;
	bool cut;

	for (int i = 0; i < x->p.scale && i < 15; i++)
		one *= 10;
	if (__builtin_mul_overflow(x->p.units, of, &guess))
		return true; /* too large to say */
	guess /= one;
	for (int64_t n = guess > 1 ? guess - 1 : 0; n <= guess + 2 && n <= of; n++)
		if (decimal_share_fits(x->p, n, of, x->decimals, &cut))
			return true;
	return false;
}

static void without_parts(struct table_pass *k, const struct table_row *row,
    const struct table_share *s, const struct table_printed *x, const struct table_cell *of)
{
	if (of->lo == 0 && x->p.units > 0)
		table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "share", x->where, STR(""),
		    "%.*s: %.*s: %.*s of 0", STR_ARG(row->label), STR_ARG(s->name),
		    STR_ARG(percent(k->c, x->p)));
	else if (of->lo == 0 || some_number_fits(x, of->lo))
		k->ret->fine++;
	else
		table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "share", x->where, STR(""),
		    "%.*s: %.*s: no whole number of %lld is %.*s", STR_ARG(row->label),
		    STR_ARG(s->name), (long long)of->lo, STR_ARG(percent(k->c, x->p)));
}

static void with_parts(struct table_pass *k, const struct table_row *row,
    const struct table_share *s, const struct table_printed *x, int64_t num, int64_t den)
{
	struct str right = den > 0 ? rounded(k->c, num, den, x->decimals) : STR("0 %");
	bool cut = false, fits = den == 0 ? num == 0 && x->p.units == 0
					  : decimal_share_fits(x->p, num, den, x->decimals, &cut);

	if (fits && !cut)
		k->ret->fine++;
	else
		table_find(k->c, k->ret, fits ? TABLE_SUSPICIOUS : TABLE_IMPOSSIBLE, "share",
		    x->where, right, "%.*s: %.*s: %.*s printed beside %lld of %lld%s",
		    STR_ARG(row->label), STR_ARG(s->name), STR_ARG(percent(k->c, x->p)),
		    (long long)num, (long long)den, fits ? ": cut off, not rounded" : "");
}

static void share(struct table_pass *k, const struct table_row *row, size_t i)
{
	const struct table_share *s = &k->t->shares[i];
	const struct table_printed *x = &row->printed[i];
	const struct table_cell *of = &row->cells[s->of];
	struct table_range r = {0};

	if (!x->given)
		return;
	if (!x->is_share)
		table_find(k->c, k->ret, TABLE_SUSPICIOUS, "number", x->where, STR(""),
		    "%.*s: no number", STR_ARG(s->name));
	else if (x->p.units < 0 || decimal_above_one(x->p))
		table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "share", x->where, STR(""),
		    "%.*s: %.*s: %.*s is no share", STR_ARG(row->label), STR_ARG(s->name),
		    STR_ARG(percent(k->c, x->p)));
	else if (!table_counts(of) || of->lo != of->hi || of->lo < 0)
		return; /* of a number that is not printed: nothing to compare */
	else if (s->n_parts == 0)
		without_parts(k, row, s, x, of);
	else {
		for (size_t p = 0; p < s->n_parts; p++)
			table_range_add(&r, &row->cells[s->parts[p]]);
		if (r.figures && !r.any && !r.over && r.lo == r.hi && r.lo >= 0)
			with_parts(k, row, s, x, r.lo, of->lo);
	}
}

void table_share_row(struct table_pass *k, const struct table_row *row)
{
	for (size_t i = 0; i < k->t->n_shares; i++)
		share(k, row, i);
}

/* ---- bands ---- */

/* A row's band: two columns, or one text. An exact number among bands is a band of one. */
static bool band_of(
    const struct table *t, const struct table_row *row, size_t i, int64_t *ret_lo, int64_t *ret_hi)
{
	const struct table_cell *lo = &row->cells[t->bands[i].lo],
				*hi = &row->cells[t->bands[i].hi];

	if (!table_counts(lo) || !table_counts(hi) || hi->hi == TABLE_ANY)
		return false;
	*ret_lo = lo->lo;
	*ret_hi = hi->hi;
	return true;
}

/* The width, of those a law knows, that fits the most bands of the table; the first of equals. */
static int64_t width_of(const struct table *t)
{
	int64_t best = 0, best_n = -1;

	for (size_t w = 0; w < t->n_widths; w++) {
		int64_t n = 0, lo, hi;

		for (size_t r = 0; r < t->n_rows; r++)
			for (size_t i = 0; i < t->n_bands; i++)
				n += band_of(t, &t->rows[r], i, &lo, &hi) &&
				     invariant_band_edges(lo, hi, t->widths[w], false);
		if (n > best_n) {
			best_n = n;
			best = t->widths[w];
		}
	}
	return best;
}

void table_share_bands(struct table_pass *k)
{
	int64_t width = k->t->n_bands > 0 ? width_of(k->t) : 0;

	for (size_t r = 0; r < k->t->n_rows && width > 0; r++)
		for (size_t i = 0; i < k->t->n_bands; i++) {
			const struct table_row *row = &k->t->rows[r];
			struct str where = row->cells[k->t->bands[i].lo].where;
			int64_t lo, hi;

			if (!band_of(k->t, row, i, &lo, &hi))
				continue;
			if (lo > hi && k->t->bands[i].lo != k->t->bands[i].hi)
				table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "band", where, STR(""),
				    "%.*s: a band from %lld to %lld", STR_ARG(row->label),
				    (long long)lo, (long long)hi);
			else if (lo <= hi && !invariant_band_edges(lo, hi, width, false))
				table_find(k->c, k->ret, TABLE_SUSPICIOUS, "band", where,
				    str_fmt(k->c, "%lld-%lld", (long long)(lo / width * width),
					(long long)(lo / width * width + width - 1)),
				    "%.*s: %lld-%lld is no band of %lld", STR_ARG(row->label),
				    (long long)lo, (long long)hi, (long long)width);
			else
				k->ret->fine++;
		}
}
