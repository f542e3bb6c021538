#include "desk/published_p.h"

#include "base/mem.h"
#include "kind/land.h"

enum { SEEN = 256 };

/* One table: which of the mapping's columns are counted, and where they then stand. */
struct make {
	struct ctx *c;
	const struct map_report *map;
	const struct map_table *t;
	struct published *p;
	struct table_findings *found;
	struct table *out;
	size_t *place; /* of a column of the mapping among the table's */
	/* Looking a country up is slow, and the same few come again and again. */
	struct {
		struct str text, code; /* code "": none */
	} seen[SEEN];
};

static size_t use(struct make *m, size_t col, enum table_role role, struct str name)
{
	struct table *out = m->out;

	if (m->place[col] == MAP_ABSENT) {
		m->place[col] = out->n_columns;
		out->columns[out->n_columns++] = (struct table_column){name, role};
	}
	return m->place[col];
}

/* As messages call it: a letter says nothing. */
static struct str name_of(const struct make *m, size_t col)
{
	struct str name = m->t->columns[col];

	return name.n <= 3 ? str_fmt(m->c, "column %.*s", STR_ARG(name)) : name;
}

static size_t other(struct make *m, size_t col)
{
	return use(m, col, TABLE_OTHER, name_of(m, col));
}

static size_t *others(struct make *m, const size_t *cols, size_t n)
{
	size_t *ret = mem_array(m->c, n + 1, sizeof *ret);

	for (size_t i = 0; i < n; i++)
		ret[i] = other(m, cols[i]);
	return ret;
}

static void columns_make(struct make *m)
{
	const struct map_table *t = m->t;
	struct table *out = m->out;

	out->columns = mem_array(m->c, t->n_columns + 1, sizeof *out->columns);
	m->place = mem_array(m->c, t->n_columns + 1, sizeof *m->place);
	for (size_t i = 0; i < t->n_columns; i++)
		m->place[i] = MAP_ABSENT;
	if (t->each_demand) /* the one column that the file does not have */
		out->columns[out->n_columns++] =
		    (struct table_column){STR("demand"), TABLE_REQUESTS};
	if (t->requests != MAP_ABSENT)
		(void)use(m, t->requests, TABLE_REQUESTS, STR("requests"));
	if (t->accounts != MAP_ABSENT)
		(void)use(m, t->accounts, TABLE_ACCOUNTS, STR("accounts"));
	for (size_t i = 0; i < t->n_outcomes; i++)
		(void)use(m, t->outcomes[i].col, TABLE_OUTCOME, t->outcomes[i].name);
}

static void rules_make(struct make *m)
{
	const struct map_table *t = m->t;
	struct table *out = m->out;

	out->shares = mem_array(m->c, t->n_shares + 1, sizeof *out->shares);
	for (; out->n_shares < t->n_shares; out->n_shares++) {
		const struct map_share *s = &t->shares[out->n_shares];

		out->shares[out->n_shares] = (struct table_share){.name = name_of(m, s->col),
		    .parts = others(m, s->parts, s->n_parts),
		    .n_parts = s->n_parts,
		    .of = other(m, s->of)};
	}
	out->sums = mem_array(m->c, t->n_sums + 1, sizeof *out->sums);
	for (; out->n_sums < t->n_sums; out->n_sums++) {
		const struct map_adds *s = &t->sums[out->n_sums];

		out->sums[out->n_sums] = (struct table_sum){
		    other(m, s->whole), others(m, s->parts, s->n_parts), s->n_parts};
	}
	out->bands = mem_array(m->c, t->n_bands + 1, sizeof *out->bands);
	for (; out->n_bands < t->n_bands; out->n_bands++)
		out->bands[out->n_bands] = (struct table_band){
		    other(m, t->bands[out->n_bands].lo), other(m, t->bands[out->n_bands].hi)};
	memcpy(out->widths, t->widths, sizeof out->widths);
	out->n_widths = t->n_widths;
}

/* ---- fields ---- */

static struct decimal_printed printed(const struct make *m, const struct map_text *f)
{
	struct decimal_printed p;

	decimal_printed(
	    f->text, f->number ? 0 : m->map->thousands, m->map->none, m->map->n_none, &p);
	return p;
}

static struct table_cell count(const struct make *m, const struct map_text *f)
{
	struct decimal_printed p = printed(m, f);
	struct table_cell x = {TABLE_KNOWN, 0, TABLE_ANY, f->where};

	if (f->text.n == 0)
		x.state = TABLE_BLANK;
	else if (p.form == DECIMAL_OTHER || (p.form == DECIMAL_NUMBER && p.percent))
		x.state = TABLE_TEXT;
	else if (p.form == DECIMAL_NUMBER && p.number.scale > 0)
		x.state = TABLE_FRACTION;
	else if (p.form == DECIMAL_NUMBER)
		x.lo = x.hi = p.number.units;
	else if (p.form == DECIMAL_BAND) {
		x.lo = p.lo;
		x.hi = p.hi;
	}
	return x;
}

static struct table_cell flag(const struct make *m, const struct map_text *f)
{
	struct table_cell x = {TABLE_KNOWN, 0, 0, f->where};

	if (str_eq(f->text, m->t->yes))
		x.lo = x.hi = 1;
	else if (!str_eq(f->text, m->t->no) && f->text.n > 0)
		x = (struct table_cell){TABLE_TEXT, 0, TABLE_ANY, f->where};
	return x;
}

static struct table_printed share(
    const struct make *m, const struct map_share *s, const struct map_text *f)
{
	struct decimal_printed p = printed(m, f);
	struct table_printed x = {.where = f->where, .p = p.number, .decimals = 2 + s->decimals};

	x.given = p.form != DECIMAL_NONE;
	x.is_share = p.form == DECIMAL_NUMBER;
	if (x.is_share && (p.percent || s->percent) && x.p.units != 0)
		x.p.scale += 2;
	if (x.p.scale > x.decimals)
		x.decimals = x.p.scale;
	return x;
}

/* ---- labels ---- */

static void alias_note(struct make *m, struct str printed, struct str code)
{
	struct published *p = m->p;

	if (str_eq(printed, code) || str_eq(printed, land_name(code, "en")) ||
	    str_eq(printed, land_name(code, "de")))
		return;
	for (size_t i = 0; i < p->n_aliases; i++)
		if (str_eq(p->aliases[i].printed, printed))
			return;
	p->aliases = mem_grow(m->c, p->aliases, p->n_aliases, &p->cap_aliases, sizeof *p->aliases);
	p->aliases[p->n_aliases++] = (struct published_alias){printed, code};
}

static bool country_find(struct make *m, struct str text, struct str *ret)
{
	unsigned at = 0;

	for (size_t i = 0; i < text.n; i++)
		at = at * 31 + (unsigned char)text.p[i];
	at %= SEEN;
	if (m->seen[at].text.n == 0 || !str_eq(m->seen[at].text, text)) {
		struct str code = STR("");

		(void)land_find(text, &code);
		m->seen[at].text = text;
		m->seen[at].code = code;
	}
	*ret = m->seen[at].code;
	return ret->n > 0;
}

/* What a label is known by: a country by its code. */
static struct str key_of(struct make *m, size_t col, const struct map_text *f, bool total)
{
	struct str text = decimal_unmarked(f->text), code;

	if (col != m->t->country || total || text.n == 0)
		return str_lower(m->c, text);
	if (!country_find(m, text, &code)) {
		table_find(m->c, m->found, TABLE_SUSPICIOUS, "country", f->where, STR(""),
		    "%.*s: no country of ISO 3166 is known by this name", STR_ARG(text));
		return str_lower(m->c, text);
	}
	m->found->fine++;
	alias_note(m, text, code);
	return code;
}

static struct str group_of(struct make *m, const struct map_line *line)
{
	struct buf b = buf_init(m->c, 1 << 20);

	if (m->t->n_by == 0)
		return STR("");
	for (size_t i = 0; i < m->t->n_by; i++) {
		struct str text = line->fields[m->t->by[i]].text;

		buf_fmt(&b, "%zu:%.*s", text.n, STR_ARG(text));
	}
	return buf_str(&b);
}

static void label_make(struct make *m, const struct map_line *line, struct table_row *row)
{
	struct buf label = buf_init(m->c, 400), key = buf_init(m->c, 1 << 20);

	for (size_t i = 0; i < m->t->n_labels; i++) {
		const struct map_text *f = &line->fields[m->t->labels[i]];
		struct str text = decimal_unmarked(f->text);
		struct str one = key_of(m, m->t->labels[i], f, line->total);

		if (text.n > 0)
			buf_fmt(&label, "%s%.*s", label.n > 0 ? ", " : "", STR_ARG(text));
		buf_fmt(&key, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(one));
	}
	row->label = buf_str(&label);
	row->key = row->label.n == 0 ? STR("") : buf_str(&key);
	row->where = line->where;
	row->total = line->total;
	row->group = group_of(m, line);
	while (str_utf8_bad(row->label) != row->label.n) /* cut off inside a character */
		row->label.n = str_utf8_bad(row->label);
}

static void row_make(struct make *m, const struct map_line *line, struct table_row *row)
{
	const struct map_table *t = m->t;
	struct table *out = m->out;

	row->cells = mem_array(m->c, out->n_columns + 1, sizeof *row->cells);
	row->printed = mem_array(m->c, out->n_shares + 1, sizeof *row->printed);
	label_make(m, line, row);
	if (t->each_demand)
		row->cells[0] = (struct table_cell){TABLE_KNOWN, 1, 1, line->where};
	for (size_t i = 0; i < t->n_columns; i++)
		if (m->place[i] != MAP_ABSENT)
			row->cells[m->place[i]] =
			    t->each_demand && out->columns[m->place[i]].role == TABLE_OUTCOME
				? flag(m, &line->fields[i])
				: count(m, &line->fields[i]);
	for (size_t i = 0; i < t->n_shares; i++)
		row->printed[i] = share(m, &t->shares[i], &line->fields[t->shares[i].col]);
}

void published_table_make(struct ctx *c, const struct map_report *map, const struct map_table *t,
    const struct map_grid *grid, struct published *p, struct table_findings *found,
    struct table *ret, size_t **ret_place)
{
	static const enum table_unit units[] = {
	    TABLE_BY_DATA, TABLE_BY_REQUESTS, TABLE_BY_ACCOUNTS, TABLE_NO_UNIT};
	struct make m = {.c = c, .map = map, .t = t, .p = p, .found = found, .out = ret};

	*ret = (struct table){.name = t->name,
	    .unit = t->each_demand ? TABLE_BY_REQUESTS : units[t->unit],
	    .repeats = t->each_demand};
	columns_make(&m);
	rules_make(&m);
	*ret_place = m.place;
	ret->rows = mem_array(c, grid->n + 1, sizeof *ret->rows);
	for (; ret->n_rows < grid->n; ret->n_rows++)
		row_make(&m, &grid->lines[ret->n_rows], &ret->rows[ret->n_rows]);
}
