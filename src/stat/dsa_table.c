#include "stat/dsa_table.h"

#include <stdlib.h>

#include "base/mem.h"

enum { HOUR = 3600 };

static const char total[] = "TOTAL";

struct making {
	struct ctx *c;
	const struct dsa_table_input *in;
	struct dsa_table *ret;
	int64_t *times; /* room for a median */
	bool *counts;   /* for each order */
};

/* ---- which rows there are ---- */

static bool counts_for(const struct dsa_table_key *x, const struct dsa_table_key *row)
{
	return (str_is(row->scope, total) || str_eq(row->scope, x->scope)) &&
	       (str_is(row->category, total) || str_eq(row->category, x->category)) &&
	       (row->keyword.n == 0 ||
		   (str_eq(row->keyword, x->keyword) && str_eq(row->own, x->own)));
}

static bool same_key(const struct dsa_table_key *a, const struct dsa_table_key *b)
{
	return str_eq(a->scope, b->scope) && str_eq(a->category, b->category) &&
	       str_eq(a->keyword, b->keyword) && str_eq(a->own, b->own);
}

static int rank(const struct making *m, struct str category)
{
	int i = 0;

	while ((size_t)i < m->in->n_categories && !str_eq(m->in->categories[i], category))
		i++;
	return str_is(category, total) ? -1 : i;
}

static int str_order(struct str a, struct str b, const char *first)
{
	if (str_is(a, first) != str_is(b, first))
		return str_is(a, first) ? -1 : 1;
	return str_cmp(a, b);
}

static int key_cmp(
    const struct making *m, const struct dsa_table_key *a, const struct dsa_table_key *b)
{
	int d = rank(m, a->category) - rank(m, b->category);

	if (d == 0)
		d = str_order(a->keyword, b->keyword, "");
	if (d == 0)
		d = str_order(a->own, b->own, "");
	return d != 0 ? d : str_order(a->scope, b->scope, total);
}

/* Rows are few (categories times states): each is put in its place. */
static void add_row(struct making *m, struct dsa_table_key key)
{
	struct dsa_table *t = m->ret;
	size_t at = 0;

	while (at < t->n && key_cmp(m, &t->v[at].key, &key) < 0)
		at++;
	if (at < t->n && same_key(&t->v[at].key, &key))
		return;
	t->v = mem_grow(m->c, t->v, t->n, &t->cap, sizeof *t->v);
	memmove(t->v + at + 1, t->v + at, (t->n - at) * sizeof *t->v);
	t->v[at] = (struct dsa_table_row){.key = key};
	t->n++;
}

static bool has_row(const struct making *m, const struct dsa_table_key *k)
{
	for (size_t i = 0; i < m->ret->n; i++)
		if (same_key(&m->ret->v[i].key, k))
			return true;
	return false;
}

/* One order, or number of orders, has a row of its own and a part in those above it. Orders are
 * many: where the own row is there, so are the others. */
static void add_rows(struct making *m, struct dsa_table_key k)
{
	struct str all = STR("TOTAL"), none = STR("");
	struct str scopes[] = {all, k.scope};

	if (has_row(m, &k))
		return;
	for (size_t i = 0; i < 2; i++) {
		add_row(m, (struct dsa_table_key){scopes[i], all, none, none});
		add_row(m, (struct dsa_table_key){scopes[i], k.category, none, none});
		if (k.keyword.n > 0)
			add_row(m, (struct dsa_table_key){scopes[i], k.category, k.keyword, k.own});
	}
}

/* A number of orders that were entered for one state and category, not a sum that is computed. */
static bool is_part(const struct dsa_table_given *g)
{
	return !g->is_text && (g->column == DSA_ACT || g->column == DSA_ITEMS) && g->value > 0;
}

static void find_rows(struct making *m)
{
	struct str all = STR("TOTAL"), none = STR("");

	add_row(m, (struct dsa_table_key){all, all, none, none});
	for (size_t i = 0; i < m->in->n_categories; i++)
		add_row(m, (struct dsa_table_key){all, m->in->categories[i], none, none});
	for (size_t i = 0; i < m->in->n_orders; i++)
		if (m->counts[i])
			add_rows(m, m->in->orders[i].key);
	for (size_t i = 0; i < m->in->n_given && m->in->act_applies; i++)
		if (is_part(&m->in->given[i]))
			add_rows(m, m->in->given[i].key);
}

/* ---- sub-categories add up to their category ---- */

struct mixing {
	bool with, without;
};

static void mix(struct mixing *x, struct str keyword)
{
	if (keyword.n > 0)
		x->with = true;
	else
		x->without = true;
}

static int check_parts(struct making *m, struct str category)
{
	struct mixing x = {false, false};

	for (size_t i = 0; i < m->in->n_orders; i++)
		if (m->counts[i] && str_eq(m->in->orders[i].key.category, category))
			mix(&x, m->in->orders[i].key.keyword);
	for (size_t i = 0; i < m->in->n_given && m->in->act_applies; i++)
		if (is_part(&m->in->given[i]) && str_eq(m->in->given[i].key.category, category))
			mix(&x, m->in->given[i].key.keyword);
	if (!x.with || !x.without)
		return 0;
	return err_set(m->c, ERR_INVALID,
	    "%.*s: some orders have a sub-category and some have none: they would not add up",
	    STR_ARG(category));
}

/* ---- medians ---- */

static int by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t dsa_table_median(int64_t *v, size_t n)
{
	int64_t twice;

	qsort(v, n, sizeof *v, by_size);
	twice = v[(n - 1) / 2] + v[n / 2];
	return (twice * 100 + HOUR) / (2 * HOUR);
}

static int64_t receipt_of(const struct dsa_table_input *in, const struct dsa_table_order *o)
{
	return in->automatic_zero && o->automatic && o->receipt >= 0 && o->receipt <= HOUR
		   ? 0
		   : o->receipt;
}

/* How many of the row's orders have a time; their median in the cell. */
static size_t put_median(struct making *m, struct dsa_table_row *row, enum dsa_table_column column)
{
	size_t n = 0;

	for (size_t i = 0; i < m->in->n_orders; i++) {
		const struct dsa_table_order *o = &m->in->orders[i];
		int64_t t = column == DSA_INFO_RECEIPT ? receipt_of(m->in, o) : o->effect;

		if (m->counts[i] && t != DSA_UNKNOWN && counts_for(&o->key, &row->key))
			m->times[n++] = t;
	}
	if (n > 0)
		row->cell[column] =
		    (struct dsa_table_cell){DSA_HOURS, dsa_table_median(m->times, n)};
	return n;
}

/* ---- orders to provide information ---- */

static void say(struct making *m, struct str *text, struct str more)
{
	*text = text->n == 0 ? more : str_fmt(m->c, "%.*s %.*s", STR_ARG(*text), STR_ARG(more));
}

static void put_epocs(struct making *m, struct dsa_table_row *row)
{
	long long n = 0;

	for (size_t i = 0; i < m->in->n_orders; i++)
		n += m->in->orders[i].epoc && counts_for(&m->in->orders[i].key, &row->key);
	if (n > 0)
		say(m, &row->text[DSA_INFO],
		    str_fmt(m->c,
			"European Production Orders (Regulation (EU) 2023/1543) %s: %lld. Whether "
			"they belong in this number is not settled.",
			m->in->epoc_counts ? "among them" : "left out", n));
}

static void put_info(struct making *m, struct dsa_table_row *row)
{
	struct dsa_table_cell none = {DSA_HOURS, 0};
	size_t n = 0, told, done;

	for (size_t i = 0; i < m->in->n_orders; i++)
		n += m->counts[i] && counts_for(&m->in->orders[i].key, &row->key);
	row->cell[DSA_INFO] = (struct dsa_table_cell){DSA_COUNT, (int64_t)n};
	put_epocs(m, row);
	told = put_median(m, row, DSA_INFO_RECEIPT);
	done = put_median(m, row, DSA_INFO_EFFECT);
	if (n == 0) {
		row->cell[DSA_INFO_RECEIPT] = row->cell[DSA_INFO_EFFECT] = none;
		return;
	}
	if (told < n)
		say(m, &row->text[DSA_INFO_RECEIPT],
		    str_fmt(m->c, "Known for %zu of %zu orders.", told, n));
	if (told > 0 && m->in->automatic_zero)
		say(m, &row->text[DSA_INFO_RECEIPT],
		    STR("Automated confirmations within one hour count as zero."));
	if (done == 0)
		row->cell[DSA_INFO_EFFECT] = none;
	if (done < n)
		say(m, &row->text[DSA_INFO_EFFECT],
		    str_fmt(m->c, "Effect was given to %zu of %zu orders.", done, n));
}

/* ---- orders to act against illegal content ---- */

static const struct dsa_table_given *given_for(const struct making *m,
    const struct dsa_table_key *key, enum dsa_table_column column, bool is_text)
{
	for (size_t i = 0; i < m->in->n_given; i++) {
		const struct dsa_table_given *g = &m->in->given[i];

		if (g->is_text == is_text && g->column == column && same_key(&g->key, key))
			return g;
	}
	return NULL;
}

static int64_t sum_of(
    const struct making *m, const struct dsa_table_key *key, enum dsa_table_column column)
{
	int64_t n = 0;

	for (size_t i = 0; i < m->in->n_given; i++) {
		const struct dsa_table_given *g = &m->in->given[i];

		if (!g->is_text && g->column == column && counts_for(&g->key, key))
			n += g->value;
	}
	return n;
}

static void put_act(struct making *m, struct dsa_table_row *row)
{
	int64_t n = sum_of(m, &row->key, DSA_ACT);

	row->cell[DSA_ACT] = (struct dsa_table_cell){DSA_COUNT, n};
	row->cell[DSA_ITEMS] = (struct dsa_table_cell){DSA_COUNT, sum_of(m, &row->key, DSA_ITEMS)};
	for (int k = DSA_ACT_RECEIPT; k <= DSA_ACT_EFFECT; k++) {
		const struct dsa_table_given *g =
		    given_for(m, &row->key, (enum dsa_table_column)k, false);

		if (g != NULL)
			row->cell[k] = (struct dsa_table_cell){DSA_HOURS, g->value};
		else if (n == 0)
			row->cell[k] = (struct dsa_table_cell){DSA_HOURS, 0};
		else
			say(m, &row->text[k], STR("No median was entered."));
	}
}

static bool source_told(const struct making *m, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!m->in->given[k].is_text &&
		    str_eq(m->in->given[k].source, m->in->given[i].source))
			return true;
	return false;
}

/* In the first row: the figures of four columns come from people, and from where. */
static void put_by_hand(struct making *m, struct dsa_table_row *row)
{
	struct buf b = buf_init(m->c, 64 << 10);
	struct day last = DAY_NONE;

	for (size_t i = 0; i < m->in->n_given; i++) {
		const struct dsa_table_given *g = &m->in->given[i];

		if (g->is_text)
			continue;
		if (day_is_none(last) || day_cmp(g->day, last) > 0)
			last = g->day;
		if (!source_told(m, i))
			buf_fmt(&b, "%s%.*s", b.n > 0 ? "; " : "", STR_ARG(g->source));
	}
	if (!day_is_none(last))
		say(m, &row->text[DSA_ACT],
		    str_fmt(m->c,
			"Figures on orders to act against illegal content were entered by hand, "
			"last on %.*s. Source: %s.",
			STR_ARG(day_str(m->c, last)), buf_str(&b).p));
	else
		say(m, &row->text[DSA_ACT],
		    STR("No figure on orders to act against illegal content was entered."));
}

/* ---- the table ---- */

static void put_texts(struct making *m, struct dsa_table_row *row)
{
	for (int k = 0; k < DSA_COLUMNS; k++) {
		const struct dsa_table_given *g =
		    given_for(m, &row->key, (enum dsa_table_column)k, true);

		if (g != NULL)
			row->text[k] = g->text;
	}
}

int dsa_table_make(struct ctx *c, const struct dsa_table_input *in, struct dsa_table *ret)
{
	struct making m = {.c = c, .in = in, .ret = ret};
	int rc = 0;

	*ret = (struct dsa_table){0};
	m.times = mem_array(c, in->n_orders, sizeof *m.times);
	m.counts = mem_array(c, in->n_orders, sizeof *m.counts);
	for (size_t i = 0; i < in->n_orders; i++)
		m.counts[i] = in->epoc_counts || !in->orders[i].epoc;
	for (size_t i = 0; i < in->n_categories && rc == 0; i++)
		rc = check_parts(&m, in->categories[i]);
	if (rc != 0)
		return rc;
	find_rows(&m);
	for (size_t i = 0; i < ret->n; i++) {
		put_texts(&m, &ret->v[i]);
		if (in->act_applies) {
			put_act(&m, &ret->v[i]);
			if (i == 0)
				put_by_hand(&m, &ret->v[i]);
		}
		put_info(&m, &ret->v[i]);
	}
	return 0;
}

const struct dsa_table_row *dsa_table_find(
    const struct dsa_table *t, const char *scope, const char *category)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_is(t->v[i].key.scope, scope) && str_is(t->v[i].key.category, category) &&
		    t->v[i].key.keyword.n == 0)
			return &t->v[i];
	return NULL;
}

struct str dsa_table_code(const struct dsa_table_key *key)
{
	return key->keyword.n > 0 ? key->keyword : key->category;
}

struct str dsa_table_cell_str(struct ctx *c, struct dsa_table_cell cell)
{
	if (cell.kind == DSA_BLANK)
		return STR("");
	if (cell.kind == DSA_COUNT)
		return str_fmt(c, "%lld", (long long)cell.n);
	return str_fmt(c, "%lld.%02lld", (long long)(cell.n / 100), (long long)(cell.n % 100));
}
