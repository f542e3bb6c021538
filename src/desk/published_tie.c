#include "desk/published_tie_p.h"

#include "base/mem.h"

enum { TERMS = 60, SHOWN = 8, TEXT = 1 << 14, DIGITS = 2, TIED_ROWS = 5000 };

/* One sum in the making. */
struct making {
	struct tie *t;
	struct tie_term terms[TERMS];
	size_t n, shown;
	int64_t known; /* of the exact ones */
	bool over;     /* too large: it ties nothing */
	bool band;     /* has at least one unknown */
	unsigned assume;
	struct buf text;
};

static struct making begin(struct tie *t)
{
	return (struct making){.t = t, .text = buf_init(t->c, TEXT)};
}

static const struct table *table_of(const struct tie *t, const struct tie_node *x)
{
	return &t->v[x->read].table;
}

struct str tie_place(const struct tie *t, const struct tie_node *x)
{
	const struct published_read *r = &t->v[x->read];
	struct str where = r->table.rows[x->row].cells[x->col].where;

	return r->sheet.n > 0 ? str_fmt(t->c, "%.*s %.*s!%.*s", STR_ARG(r->file), STR_ARG(r->sheet),
				    STR_ARG(where))
			      : str_fmt(t->c, "%.*s:%.*s", STR_ARG(r->file), STR_ARG(where));
}

/* ---- what ties together ---- */

size_t tie_root(struct tie *t, size_t node)
{
	while (t->nodes[node].up != node) {
		t->nodes[node].up = t->nodes[t->nodes[node].up].up;
		node = t->nodes[node].up;
	}
	return node;
}

static void join(struct tie *t, size_t a, size_t b)
{
	t->nodes[tie_root(t, a)].up = tie_root(t, b);
}

/* "criminal (1000)", "orders (0 to 249)", "orders (blank)" */
static void put_value(struct buf *b, const struct tie_node *x)
{
	if (x->kind == TIE_EXACT)
		buf_fmt(b, " (%lld)", (long long)x->lo);
	else if (x->kind == TIE_BAND)
		buf_fmt(b, " (%lld to %lld)", (long long)x->lo, (long long)x->hi);
	else
		buf_puts(b, x->kind == TIE_EMPTY ? " (blank)" : " (not told)");
}

static void put_name(
    struct making *m, const char *before, struct str name, const struct tie_node *x)
{
	if (m->shown == SHOWN)
		buf_puts(&m->text, " + ...");
	if (m->shown++ >= SHOWN)
		return;
	buf_fmt(&m->text, "%s%.*s", before, STR_ARG(name));
	if (x != NULL)
		put_value(&m->text, x);
}

static void add_known(struct making *m, int64_t v, int64_t times)
{
	int64_t part;

	m->over = m->over || __builtin_mul_overflow(v, times, &part) ||
		  __builtin_add_overflow(m->known, part, &m->known);
}

/* The number of a cell, times so much. */
static void add(struct making *m, size_t node, int64_t times)
{
	const struct tie_node *x = &m->t->nodes[node];
	size_t i = 0;

	if (x->kind == TIE_EXACT) {
		add_known(m, x->lo, times);
		return;
	}
	while (i < m->n && m->terms[i].node != node)
		i++;
	if (i == TERMS) {
		m->over = m->t->nodes[node].crowded = true;
		return;
	}
	if (i == m->n)
		m->terms[m->n++] = (struct tie_term){node, 0};
	m->terms[i].times += times;
}

/* least <= sum <= most, the exact ones moved over to the edges. */
static void end(struct making *m, int64_t least, int64_t most)
{
	struct tie *t = m->t;
	struct tie_relation r = {
	    .text = buf_str(&m->text), .lo = least, .hi = most, .assume = m->assume};

	if (least != INT64_MIN)
		m->over = m->over || __builtin_sub_overflow(least, m->known, &r.lo);
	if (most != INT64_MAX)
		m->over = m->over || __builtin_sub_overflow(most, m->known, &r.hi);
	for (size_t i = 0; i < m->n; i++) {
		t->nodes[m->terms[i].node].crowded |= m->over;
		if (m->terms[i].times != 0)
			m->terms[r.n++] = m->terms[i];
	}
	if (m->over || r.n == 0)
		return;
	r.terms = mem_array(t->c, r.n, sizeof *r.terms);
	memcpy(r.terms, m->terms, r.n * sizeof *r.terms);
	for (size_t i = 1; i < r.n; i++)
		join(t, r.terms[0].node, r.terms[i].node);
	t->relations =
	    mem_grow(t->c, t->relations, t->n_relations, &t->cap_relations, sizeof *t->relations);
	t->relations[t->n_relations++] = r;
}

/* ---- cells ---- */

static bool is_figure(const struct table *t, size_t col)
{
	for (size_t i = 0; i < t->n_bands; i++)
		if (t->bands[i].hi == col && t->bands[i].lo != col)
			return false;
	return true;
}

/* A band in two columns is one number, at the lower edge's place. */
static struct tie_node node_make(const struct table *t, size_t row, size_t col)
{
	struct table_cell lo = t->rows[row].cells[col], hi = lo;
	struct tie_node x = {.kind = TIE_OPEN, .row = row, .col = col};

	for (size_t i = 0; i < t->n_bands; i++)
		if (t->bands[i].lo == col)
			hi = t->rows[row].cells[t->bands[i].hi];
	if (!is_figure(t, col))
		x.kind = TIE_NO_FIGURE;
	else if (lo.state == TABLE_BLANK)
		x.kind = TIE_EMPTY;
	else if (lo.state == TABLE_KNOWN && hi.state == TABLE_KNOWN && hi.hi != TABLE_ANY &&
		 lo.lo >= 0 && lo.lo <= hi.hi)
		x.kind = lo.lo == hi.hi ? TIE_EXACT : TIE_BAND;
	x.lo = lo.lo;
	x.hi = hi.hi;
	return x;
}

static bool has_band(const struct table *t)
{
	for (size_t r = 0; r < t->n_rows; r++)
		for (size_t i = 0; i < t->n_columns; i++)
			if (node_make(t, r, i).kind == TIE_BAND)
				return true;
	return false;
}

static bool is_tied(const struct map_report *map, const struct map_table *t)
{
	for (size_t i = 0; i < map->n_ties; i++) {
		const struct map_tie *x = &map->ties[i];

		for (size_t k = 0; k < x->n_parts; k++)
			if (&map->tables[x->parts[k].table] == t)
				return true;
		if (&map->tables[x->whole.table] == t)
			return true;
	}
	return false;
}

static int nodes_make(struct tie *t)
{
	t->base = mem_array(t->c, t->n + 1, sizeof *t->base);
	for (size_t i = 0; i < t->n; i++) {
		const struct table *table = &t->v[i].table;

		t->base[i] = TIE_NONE;
		/* where each row is a demand, nothing is counted that could be hidden */
		if (t->v[i].map->each_demand || (!has_band(table) && !is_tied(t->map, t->v[i].map)))
			continue;
		if (table->n_rows * table->n_columns > TIE_CELLS_MAX - t->n_nodes)
			return err_set(t->c, ERR_LIMIT,
			    "%.*s: more than %d cells in tables with bands", STR_ARG(t->v[i].file),
			    TIE_CELLS_MAX);
		t->base[i] = t->n_nodes;
		for (size_t k = 0; k < table->n_rows * table->n_columns; k++) {
			struct tie_node x =
			    node_make(table, k / table->n_columns, k % table->n_columns);

			x.read = i;
			x.up = t->n_nodes;
			x.first = TIE_NONE;
			t->nodes =
			    mem_grow(t->c, t->nodes, t->n_nodes, &t->cap_nodes, sizeof *t->nodes);
			t->nodes[t->n_nodes++] = x;
		}
	}
	return 0;
}

static size_t node_at(const struct tie *t, size_t read, size_t row, size_t col)
{
	return t->base[read] + row * t->v[read].table.n_columns + col;
}

/* ---- the sums of one table ---- */

static size_t column(const struct table *t, enum table_role role)
{
	size_t i = 0;

	while (i < t->n_columns && t->columns[i].role != role)
		i++;
	return i;
}

static void put_row(struct making *m, size_t read, size_t row)
{
	const struct table_row *x = &m->t->v[read].table.rows[row];
	const struct tie_node at = {.read = read, .row = row};

	buf_fmt(&m->text, "%.*s, ", STR_ARG(tie_place(m->t, &at)));
	if (x->label.n > 0)
		buf_fmt(&m->text, "%.*s: ", STR_ARG(x->label));
}

/* whole = parts, all in one row. */
static void row_sum(
    struct making *m, size_t read, size_t row, size_t whole, const size_t *parts, size_t n)
{
	struct tie *t = m->t;
	const struct table *table = &t->v[read].table;
	size_t node = node_at(t, read, row, whole), i = 0;

	/* as in stat/table_sum: what prints no part, or no whole, says nothing about them */
	while (i < n && table->rows[row].cells[parts[i]].state != TABLE_KNOWN)
		i++;
	if (i == n || table->rows[row].cells[whole].state != TABLE_KNOWN)
		return;
	put_row(m, read, row);
	put_name(m, "", table->columns[whole].name, &t->nodes[node]);
	add(m, node, 1);
	for (i = 0; i < n; i++) {
		node = node_at(t, read, row, parts[i]);
		put_name(m, i == 0 ? " = " : " + ", table->columns[parts[i]].name, &t->nodes[node]);
		add(m, node, -1);
	}
	end(m, 0, 0);
}

static void outcomes(struct tie *t, size_t read, size_t row)
{
	const struct published_read *r = &t->v[read];
	const struct table *table = &r->table;
	size_t whole =
	    column(table, r->fit.unit == TABLE_BY_ACCOUNTS ? TABLE_ACCOUNTS : TABLE_REQUESTS);
	size_t *parts = mem_array(t->c, table->n_columns + 1, sizeof *parts), n = 0;
	struct making m = begin(t);

	if ((r->fit.unit != TABLE_BY_ACCOUNTS && r->fit.unit != TABLE_BY_REQUESTS) ||
	    whole == table->n_columns)
		return;
	for (size_t i = 0; i < table->n_columns; i++)
		if (table->columns[i].role == TABLE_OUTCOME)
			parts[n++] = i;
	/* the mapping did not say it, the other rows do */
	if (r->map->unit == MAP_UNIT_DATA)
		m.assume = 1u << TIE_UNIT;
	row_sum(&m, read, row, whole, parts, n);
}

/* The printed total of a column: the exact rows in one number, the others one by one. */
static void total(struct tie *t, size_t read, size_t of, size_t col)
{
	const struct table *table = &t->v[read].table;
	struct making m = begin(t);
	size_t node = node_at(t, read, of, col), n = 0;
	int64_t before;

	if (t->nodes[node].kind == TIE_NO_FIGURE || t->nodes[node].kind == TIE_EMPTY)
		return;
	put_row(&m, read, of);
	put_name(&m, "", table->columns[col].name, &t->nodes[node]);
	add(&m, node, 1);
	before = m.known;
	for (size_t r = 0; r < table->n_rows; r++) {
		const struct table_row *row = &table->rows[r];

		if (row->total || !str_eq(row->group, table->rows[of].group))
			continue;
		node = node_at(t, read, r, col);
		if (t->nodes[node].kind == TIE_EMPTY) {
			m.assume |= row->label.n > 0 ? 1u << TIE_BLANK : 0;
			continue;
		}
		add(&m, node, -1);
		if (t->nodes[node].kind == TIE_EXACT)
			n++;
		else
			put_name(&m, m.shown == 1 ? " = " : " + ", row->label, &t->nodes[node]);
	}
	if (n > 0)
		buf_fmt(&m.text, "%s%zu other row%s with %lld", m.shown == 1 ? " = " : " + ", n,
		    n == 1 ? "" : "s", (long long)(before - m.known));
	end(&m, 0, 0);
}

/* ---- percentages ---- */

/* A column in which an exact one is not rounded to the nearest is made otherwise: not used. */
static bool is_rounded(const struct table *t, size_t share)
{
	const struct table_share *s = &t->shares[share];

	for (size_t r = 0; r < t->n_rows; r++) {
		const struct table_printed *x = &t->rows[r].printed[share];
		const struct table_cell *of = &t->rows[r].cells[s->of];
		int64_t parts = 0;
		bool cut, exact = x->is_share && of->state == TABLE_KNOWN && of->lo == of->hi;

		for (size_t i = 0; i < s->n_parts; i++) {
			const struct table_cell *part = &t->rows[r].cells[s->parts[i]];

			exact = exact && part->state == TABLE_KNOWN && part->lo == part->hi &&
				!__builtin_add_overflow(parts, part->lo, &parts);
		}
		if (exact && s->n_parts > 0 && of->lo > 0 && parts >= 0 &&
		    (!decimal_share_fits(x->p, parts, of->lo, x->decimals, &cut) || cut))
			return false;
	}
	return true;
}

/* A side of (2p - 1) whole <= 200 * 10^digits * parts <= (2p + 1) whole. */
static void percent_side(struct tie *t, size_t read, size_t row, size_t share, int64_t p, int side)
{
	const struct table *table = &t->v[read].table;
	const struct table_share *s = &table->shares[share];
	const struct table_printed *x = &table->rows[row].printed[share];
	struct making m = begin(t);
	struct tie_node at = {.read = read, .row = row};
	int64_t unit = x->decimals == 2 ? 1 : x->decimals == 3 ? 10 : 100;

	buf_fmt(&m.text, "%.*s, %.*s: %lld", STR_ARG(tie_place(t, &at)),
	    STR_ARG(table->rows[row].label), (long long)(p / unit));
	if (unit > 1)
		buf_fmt(&m.text, ".%0*lld", x->decimals - 2, (long long)(p % unit));
	buf_puts(&m.text, " % is");
	for (size_t i = 0; i < s->n_parts; i++) {
		size_t node = node_at(t, read, row, s->parts[i]);

		put_name(
		    &m, i == 0 ? " " : " + ", table->columns[s->parts[i]].name, &t->nodes[node]);
		add(&m, node, 200 * unit);
	}
	put_name(&m, " of ", table->columns[s->of].name, &t->nodes[node_at(t, read, row, s->of)]);
	add(&m, node_at(t, read, row, s->of), -(2 * p + side));
	end(&m, side < 0 ? 0 : INT64_MIN, side < 0 ? INT64_MAX : 0);
}

static void percent(struct tie *t, size_t read, size_t row, size_t share)
{
	const struct table *table = &t->v[read].table;
	const struct table_printed *x = &table->rows[row].printed[share];
	int64_t p = x->p.units;

	if (!x->is_share || table->shares[share].n_parts == 0 || p < 0 || x->decimals < 2 ||
	    x->decimals > 2 + DIGITS || x->p.scale > x->decimals)
		return;
	for (int i = x->p.scale; i < x->decimals; i++)
		if (__builtin_mul_overflow(p, 10, &p))
			return;
	if (p > 10000)
		return;
	percent_side(t, read, row, share, p, -1);
	percent_side(t, read, row, share, p, 1);
}

static void table_ties(struct tie *t, size_t read)
{
	const struct table *table = &t->v[read].table;

	for (size_t r = 0; r < table->n_rows; r++) {
		outcomes(t, read, r);
		for (size_t i = 0; i < table->n_sums; i++) {
			struct making m = begin(t);

			row_sum(&m, read, r, table->sums[i].whole, table->sums[i].parts,
			    table->sums[i].n_parts);
		}
		for (size_t i = 0; table->rows[r].total && i < table->n_columns; i++)
			total(t, read, r, i);
	}
	for (size_t i = 0; i < table->n_shares; i++)
		for (size_t r = 0; is_rounded(table, i) && r < table->n_rows; r++)
			percent(t, read, r, i);
}

/* ---- across tables ---- */

/* The row of a member that has this label, in any of the files the table was found in. */
static size_t member_node(const struct tie *t, const struct map_cell *member, struct str key)
{
	const struct map_table *of = &t->map->tables[member->table];
	struct str want = member->row.n > 0 ? str_lower(t->c, member->row) : key;

	for (size_t i = 0; i < t->n; i++) {
		const struct table *table = &t->v[i].table;

		if (t->v[i].map != of || t->base[i] == TIE_NONE ||
		    t->v[i].place[member->col] == MAP_ABSENT)
			continue;
		for (size_t r = 0; r < table->n_rows; r++)
			if (str_eq(table->rows[r].key, want) ||
			    (member->row.n > 0 &&
				str_eq(str_lower(t->c, table->rows[r].label), want)))
				return node_at(t, i, r, t->v[i].place[member->col]);
	}
	return TIE_NONE;
}

static void put_member(struct making *m, const char *before, size_t node)
{
	const struct tie_node *x = &m->t->nodes[node];
	const struct table *table = table_of(m->t, x);

	put_name(m, before,
	    str_fmt(m->t->c, "%.*s, %.*s, %.*s", STR_ARG(tie_place(m->t, x)),
		STR_ARG(table->rows[x->row].label), STR_ARG(table->columns[x->col].name)),
	    x);
}

/* One tie for one label; nothing where a member does not have it. */
static void tie_key(struct tie *t, const struct map_tie *tie, struct str key, unsigned assume)
{
	struct making m = begin(t);
	size_t node = member_node(t, &tie->whole, key);

	m.assume = assume;
	if (node == TIE_NONE)
		return;
	put_member(&m, "", node);
	add(&m, node, 1);
	for (size_t i = 0; i < tie->n_parts; i++) {
		node = member_node(t, &tie->parts[i], key);
		if (node == TIE_NONE)
			return;
		put_member(&m, i == 0 ? " = " : " + ", node);
		add(&m, node, -1);
	}
	end(&m, 0, 0);
}

static bool is_fixed(const struct map_tie *tie)
{
	bool fixed = tie->whole.row.n > 0;

	for (size_t i = 0; i < tie->n_parts; i++)
		fixed = fixed && tie->parts[i].row.n > 0;
	return fixed;
}

static int member_check(const struct tie *t, const struct map_cell *member)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].map == &t->map->tables[member->table] &&
		    t->v[i].place[member->col] == MAP_ABSENT)
			return yaml_err(t->c, member->at, "this column has no figures");
		else if (t->v[i].map == &t->map->tables[member->table] &&
			 t->v[i].table.n_rows > TIED_ROWS)
			return err_set(t->c, ERR_LIMIT, "%.*s: more than %d rows in a tied table",
			    STR_ARG(t->v[i].file), TIED_ROWS);
	return 0;
}

/* The first member without a row of its own says which labels there are. */
static const struct map_cell *leader(const struct map_tie *tie)
{
	const struct map_cell *ret = &tie->whole;

	for (size_t i = 0; ret->row.n > 0 && i < tie->n_parts; i++)
		ret = &tie->parts[i];
	return ret;
}

static int tie_across(struct tie *t, const struct map_tie *tie, unsigned assume)
{
	const struct map_table *of = &t->map->tables[leader(tie)->table];
	int rc = member_check(t, &tie->whole);

	for (size_t i = 0; rc == 0 && i < tie->n_parts; i++)
		rc = member_check(t, &tie->parts[i]);
	if (rc == 0 && is_fixed(tie))
		tie_key(t, tie, STR(""), assume);
	if (rc != 0 || is_fixed(tie))
		return rc;
	for (size_t i = 0; i < t->n; i++)
		for (size_t r = 0; t->v[i].map == of && r < t->v[i].table.n_rows; r++)
			if (t->v[i].table.rows[r].key.n > 0)
				tie_key(t, tie, t->v[i].table.rows[r].key, assume);
	return 0;
}

/* ---- all of it ---- */

int tie_make(struct ctx *c, const struct map_report *map, const struct published_read *v, size_t n,
    struct tie *ret)
{
	struct tie t = {.c = c, .map = map, .v = v, .n = n};
	size_t own = TIE_OWN;
	int rc = nodes_make(&t);

	t.assume[TIE_BLANK] = STR("what is left blank counts nothing");
	t.assume[TIE_UNIT] =
	    STR("the outcomes add up in every row to what they add up to in others");
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (t.base[i] != TIE_NONE)
			table_ties(&t, i);
	for (size_t i = 0; rc == 0 && i < map->n_ties; i++) {
		const struct map_tie *tie = &map->ties[i];

		if (tie->assume.n > 0)
			t.assume[own] = tie->assume;
		rc = tie_across(&t, tie, tie->assume.n > 0 ? 1u << own : 0);
		own += tie->assume.n > 0;
	}
	for (size_t i = t.n_relations; i-- > 0;) {
		struct tie_node *root = &t.nodes[tie_root(&t, t.relations[i].terms[0].node)];

		t.relations[i].next = root->first;
		root->first = i;
	}
	if (rc == 0)
		*ret = t;
	return rc;
}
