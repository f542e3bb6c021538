#include "stat/table_p.h"

/* The column with a role; n_columns when there is none. */
static size_t column(const struct table *t, enum table_role role)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].role == role)
			return i;
	return t->n_columns;
}

static const struct table_cell *cell(
    const struct table *t, const struct table_row *row, enum table_role role)
{
	size_t i = column(t, role);

	return i < t->n_columns && table_counts(&row->cells[i]) ? &row->cells[i] : NULL;
}

static struct table_range outcomes(const struct table *t, const struct table_row *row)
{
	struct table_range r = {0};

	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].role == TABLE_OUTCOME)
			table_range_add(&r, &row->cells[i]);
	return r;
}

static bool exact(const struct table_cell *x)
{
	return x != NULL && x->lo == x->hi;
}

/* ---- what the outcomes add up to ---- */

/* A row votes when its outcomes, requests and accounts are all exact. */
static void vote(struct table_pass *k, const struct table_row *row)
{
	const struct table_cell *requests = cell(k->t, row, TABLE_REQUESTS);
	const struct table_cell *accounts = cell(k->t, row, TABLE_ACCOUNTS);
	struct table_range r = outcomes(k->t, row);
	bool by_requests, by_accounts;

	if (row->total || !r.figures || r.any || r.over || r.lo != r.hi ||
	    (!exact(requests) && !exact(accounts)))
		return;
	by_requests = exact(requests) && r.lo == requests->lo;
	by_accounts = exact(accounts) && r.lo == accounts->lo;
	if (by_requests && by_accounts)
		k->fit.both++;
	else if (by_requests)
		k->fit.requests++;
	else if (by_accounts)
		k->fit.accounts++;
	else
		k->fit.neither++;
}

/* Nothing adds up anywhere: then the columns are no partition, and the mapping said they were. */
static void none_fits(struct table_pass *k)
{
	table_find(k->c, k->ret, TABLE_SUSPICIOUS, "one_unit", STR(""), STR(""),
	    "the outcomes add up to neither requests nor accounts in any of %lld rows",
	    (long long)k->fit.neither);
	k->fit.unit = TABLE_NO_UNIT;
}

void table_sum_unit(struct table_pass *k)
{
	k->fit.unit = k->t->unit;
	if (column(k->t, TABLE_OUTCOME) == k->t->n_columns)
		k->fit.unit = TABLE_NO_UNIT;
	if (k->fit.unit == TABLE_NO_UNIT)
		return;
	for (size_t i = 0; i < k->t->n_rows; i++)
		vote(k, &k->t->rows[i]);
	if (k->fit.unit != TABLE_BY_DATA)
		return;
	if (k->fit.requests + k->fit.accounts + k->fit.both > 0)
		k->fit.unit =
		    k->fit.accounts > k->fit.requests ? TABLE_BY_ACCOUNTS : TABLE_BY_REQUESTS;
	else if (k->fit.neither > 2)
		none_fits(k);
	else
		k->fit.unit = TABLE_BY_REQUESTS;
}

static const char *word(enum table_unit unit)
{
	return unit == TABLE_BY_ACCOUNTS ? "accounts" : "requests";
}

static struct str beside(struct ctx *c, const char *name, const struct table_cell *x)
{
	return x == NULL ? STR("") : str_fmt(c, "; %s: %.*s", name, STR_ARG(table_cell_text(c, x)));
}

/* The outcomes are a partition of the table's unit. */
static void partition(struct table_pass *k, const struct table_row *row)
{
	bool by_accounts = k->fit.unit == TABLE_BY_ACCOUNTS;
	const struct table_cell *base =
	    cell(k->t, row, by_accounts ? TABLE_ACCOUNTS : TABLE_REQUESTS);
	const struct table_cell *other =
	    cell(k->t, row, by_accounts ? TABLE_REQUESTS : TABLE_ACCOUNTS);
	struct table_range r = outcomes(k->t, row);

	if (base == NULL || !r.figures)
		return;
	if (table_range_meets(&r, base)) {
		k->ret->fine++;
		return;
	}
	if (exact(other) && !r.any && r.lo == r.hi && r.lo == other->lo) {
		table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "one_unit", base->where,
		    table_cell_text(k->c, base),
		    "%.*s: the outcomes add up to the %s here (%lld), in this table to the %s "
		    "(%.*s)",
		    STR_ARG(row->label), word(by_accounts ? TABLE_BY_REQUESTS : TABLE_BY_ACCOUNTS),
		    (long long)r.lo, word(k->fit.unit), STR_ARG(table_cell_text(k->c, base)));
		return;
	}
	table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "partition", base->where,
	    table_cell_text(k->c, base), "%.*s: the outcomes add up to %.*s; %s: %.*s%.*s",
	    STR_ARG(row->label), STR_ARG(table_range_text(k->c, &r)), word(k->fit.unit),
	    STR_ARG(table_cell_text(k->c, base)),
	    STR_ARG(
		beside(k->c, word(by_accounts ? TABLE_BY_REQUESTS : TABLE_BY_ACCOUNTS), other)));
}

/* Where they are none, one alone still is not more than all. */
static void parts(struct table_pass *k, const struct table_row *row)
{
	const struct table_cell *requests = cell(k->t, row, TABLE_REQUESTS);
	const struct table_cell *accounts = cell(k->t, row, TABLE_ACCOUNTS);

	for (size_t i = 0; i < k->t->n_columns; i++) {
		const struct table_cell *x = &row->cells[i];

		if (k->t->columns[i].role != TABLE_OUTCOME || !table_counts(x) || requests == NULL)
			continue;
		if (x->lo <= requests->hi || (accounts != NULL && x->lo <= accounts->hi))
			k->ret->fine++;
		else
			table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "part", x->where, STR(""),
			    "%.*s: %.*s (%.*s) is more than all requests (%.*s)",
			    STR_ARG(row->label), STR_ARG(k->t->columns[i].name),
			    STR_ARG(table_cell_text(k->c, x)),
			    STR_ARG(table_cell_text(k->c, requests)));
	}
}

/* A request without an account is thinkable (an identifier nobody has), so this only asks. */
static void fewer_accounts(struct table_pass *k, const struct table_row *row)
{
	const struct table_cell *requests = cell(k->t, row, TABLE_REQUESTS);
	const struct table_cell *accounts = cell(k->t, row, TABLE_ACCOUNTS);

	if (requests == NULL || accounts == NULL)
		return;
	if (accounts->hi >= requests->lo)
		k->ret->fine++;
	else
		table_find(k->c, k->ret, TABLE_SUSPICIOUS, "accounts", accounts->where, STR(""),
		    "%.*s: fewer accounts (%.*s) than requests (%.*s)", STR_ARG(row->label),
		    STR_ARG(table_cell_text(k->c, accounts)),
		    STR_ARG(table_cell_text(k->c, requests)));
}

static void row_sums(struct table_pass *k, const struct table_row *row)
{
	for (size_t i = 0; i < k->t->n_sums; i++) {
		const struct table_sum *s = &k->t->sums[i];
		const struct table_cell *whole = &row->cells[s->whole];
		struct table_range r = {0};

		for (size_t p = 0; p < s->n_parts; p++)
			table_range_add(&r, &row->cells[s->parts[p]]);
		if (!r.figures || !table_counts(whole))
			continue;
		if (table_range_meets(&r, whole))
			k->ret->fine++;
		else
			table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "sum", whole->where,
			    table_range_text(k->c, &r),
			    "%.*s: %.*s is %.*s, its parts add up to %.*s", STR_ARG(row->label),
			    STR_ARG(k->t->columns[s->whole].name),
			    STR_ARG(table_cell_text(k->c, whole)),
			    STR_ARG(table_range_text(k->c, &r)));
	}
}

void table_sum_row(struct table_pass *k, const struct table_row *row)
{
	if (k->fit.unit == TABLE_NO_UNIT)
		parts(k, row);
	else
		partition(k, row);
	fewer_accounts(k, row);
	row_sums(k, row);
}

/* ---- the printed total ---- */

/* A band in two columns is one number: its edges do not add up each by itself. */
static struct table_cell number_at(const struct table *t, const struct table_row *row, size_t col)
{
	struct table_cell x = row->cells[col];

	for (size_t i = 0; i < t->n_bands; i++)
		if (t->bands[i].lo == col && t->bands[i].hi != col && table_counts(&x)) {
			const struct table_cell *hi = &row->cells[t->bands[i].hi];

			x.hi = table_counts(hi) && hi->hi >= x.lo ? hi->hi : TABLE_ANY;
		}
	return x;
}

static bool is_upper(const struct table *t, size_t col)
{
	for (size_t i = 0; i < t->n_bands; i++)
		if (t->bands[i].hi == col && t->bands[i].lo != col)
			return true;
	return false;
}

static void total(struct table_pass *k, const struct table_row *of, size_t col)
{
	const struct table_cell whole = number_at(k->t, of, col), *x = &whole;
	struct str name = k->t->columns[col].name;
	struct table_range r = {0};

	if (!table_counts(x) || is_upper(k->t, col))
		return;
	for (size_t i = 0; i < k->t->n_rows; i++) {
		const struct table_row *row = &k->t->rows[i];

		/* a blank in a table with a total is taken for nothing */
		if (!row->total && str_eq(row->group, of->group) &&
		    row->cells[col].state != TABLE_BLANK) {
			const struct table_cell part = number_at(k->t, row, col);

			table_range_add(&r, &part);
		}
	}
	if (!r.figures && x->lo > 0)
		table_find(k->c, k->ret, TABLE_SUSPICIOUS, "total", x->where, STR(""),
		    "%.*s: a total of %.*s that no row gives", STR_ARG(name),
		    STR_ARG(table_cell_text(k->c, x)));
	else if (table_range_meets(&r, x))
		k->ret->fine++;
	else
		table_find(k->c, k->ret, TABLE_IMPOSSIBLE, "countries", x->where,
		    table_range_text(k->c, &r), "%.*s: the total is %.*s, the rows add up to %.*s",
		    STR_ARG(name), STR_ARG(table_cell_text(k->c, x)),
		    STR_ARG(table_range_text(k->c, &r)));
}

void table_sum_totals(struct table_pass *k)
{
	for (size_t i = 0; i < k->t->n_rows; i++)
		for (size_t col = 0; k->t->rows[i].total && col < k->t->n_columns; col++)
			total(k, &k->t->rows[i], col);
}
