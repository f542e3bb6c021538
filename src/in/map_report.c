#include "in/map_report_p.h"

#include "base/mem.h"
#include "in/book_p.h"

/* ---- pieces ---- */

static int col_find(struct ctx *c, struct map_table *t, const struct yaml *parent, const char *key,
    bool needed, size_t *ret)
{
	return map_value_column(c, &t->layout->map, parent, key, needed, ret);
}

/* One column, or a list of them. */
static int cols_parse(struct ctx *c, struct map_table *t, const struct yaml *parent,
    const char *key, size_t **ret, size_t *ret_n)
{
	const struct yaml *node = yaml_find(parent, key);
	size_t n = node == NULL ? 0 : node->kind == YAML_LIST ? node->n : 1;
	size_t *cols = mem_array(c, n + 1, sizeof *cols);
	int rc = 0;

	if (node != NULL && (n == 0 || n > MAP_COLUMNS_MAX))
		return yaml_err(c, node, "a list of columns is expected");
	for (size_t i = 0; i < n && rc == 0; i++) {
		/* a list's member as if it stood alone under the key */
		const struct yaml *one = node->kind == YAML_LIST ? node->at[i] : node;
		struct str name = STR("column");
		struct yaml alone = *parent;

		alone.kind = YAML_MAP;
		alone.n = 1;
		alone.at = &one;
		alone.key = &name;
		rc = col_find(c, t, &alone, "column", true, &cols[i]);
	}
	*ret = cols;
	*ret_n = n;
	return rc;
}

static int number_parse(struct ctx *c, const struct yaml *parent, const char *key, int64_t least,
    int64_t most, int64_t *ret)
{
	const struct yaml *node = yaml_find(parent, key);

	if (node == NULL)
		return 0;
	if (node->kind != YAML_SCALAR || !str_i64(node->text, ret) || *ret < least || *ret > most)
		return yaml_err(c, node, "a number from %lld to %lld is expected", (long long)least,
		    (long long)most);
	return 0;
}

static int yes_parse(struct ctx *c, const struct yaml *parent, const char *key, bool *ret)
{
	const struct yaml *node = yaml_find(parent, key);

	if (node == NULL)
		return 0;
	if (node->kind != YAML_SCALAR || (!str_is(node->text, "yes") && !str_is(node->text, "no")))
		return yaml_err(c, node, "yes or no is expected");
	*ret = str_is(node->text, "yes");
	return 0;
}

static int fixed_period(struct ctx *c, const struct yaml *node, struct period *ret)
{
	if (node->kind != YAML_SCALAR || period_parse(c, node->text, ret) != 0) {
		err_clear(c);
		return yaml_err(c, node, "a period is 2013H1, 2013 or 2013-01-01/2013-06-30");
	}
	return 0;
}

static int report_period(struct ctx *c, const struct yaml *root, struct map_report *r)
{
	const struct yaml *node = yaml_find(root, "period");
	struct str cell;
	int rc;

	r->period = (struct period){DAY_NONE, DAY_NONE};
	r->period_at = node;
	if (node == NULL)
		return yaml_err(c, root, "key \"period\" is missing");
	if (node->kind == YAML_SCALAR)
		return str_is(node->text, "many") ? 0 : fixed_period(c, node, &r->period);
	rc = yaml_keys_check(c, node, "sheet cell");
	if (rc == 0)
		rc = yaml_get_text(c, node, "cell", &cell);
	if (rc == 0 && (!book_address(cell, &r->period_row, &r->period_col) || r->period_row == 0))
		rc = yaml_err(c, yaml_find(node, "cell"), "a cell such as A2 is expected");
	r->period_sheet = str_trim(yaml_text(node, "sheet"));
	return rc;
}

/* ---- a table: what its columns are ---- */

static int outcomes_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	static const char *const words[] = {"data", "requests", "accounts", "none"};
	const struct yaml *list = yaml_find(node, "outcomes"), *of = yaml_find(node, "outcomes_of");
	int rc = 0;

	if (of != NULL) {
		size_t i = 0;

		while (i < 4 && (of->kind != YAML_SCALAR || !str_is(of->text, words[i])))
			i++;
		if (i == 4 || list == NULL)
			return yaml_err(c, of,
			    "outcomes_of is data, requests, accounts or none, beside outcomes");
		t->unit = (enum map_unit)i;
	}
	if (list == NULL)
		return 0;
	if (list->kind != YAML_MAP || list->n == 0 || list->n > MAP_COLUMNS_MAX)
		return yaml_err(c, list, "outcomes and their columns are expected");
	t->outcomes = mem_array(c, list->n, sizeof *t->outcomes);
	for (; t->n_outcomes < list->n && rc == 0; t->n_outcomes++) {
		struct map_named *o = &t->outcomes[t->n_outcomes];

		o->name = list->key[t->n_outcomes];
		rc = col_find(c, t, list, str_z(c, o->name), true, &o->col);
	}
	return rc;
}

static int share_parse(
    struct ctx *c, struct map_table *t, const struct yaml *node, struct map_share *s)
{
	const struct yaml *scale = yaml_find(node, "scale");
	int64_t decimals = 0;
	int rc = yaml_keys_check(c, node, "column of parts scale decimals");

	if (rc == 0)
		rc = col_find(c, t, node, "column", true, &s->col);
	if (rc == 0)
		rc = col_find(c, t, node, "of", true, &s->of);
	if (rc == 0)
		rc = cols_parse(c, t, node, "parts", &s->parts, &s->n_parts);
	if (rc == 0 && scale != NULL &&
	    (scale->kind != YAML_SCALAR ||
		(!str_is(scale->text, "percent") && !str_is(scale->text, "fraction"))))
		rc = yaml_err(c, scale, "scale is percent or fraction");
	if (rc == 0)
		rc = number_parse(c, node, "decimals", 0, 6, &decimals);
	s->percent = scale != NULL && str_is(scale->text, "percent");
	s->decimals = (int)decimals;
	return rc;
}

static int sum_parse(
    struct ctx *c, struct map_table *t, const struct yaml *node, struct map_adds *s)
{
	int rc = yaml_keys_check(c, node, "whole parts");

	if (rc == 0)
		rc = col_find(c, t, node, "whole", true, &s->whole);
	if (rc == 0)
		rc = cols_parse(c, t, node, "parts", &s->parts, &s->n_parts);
	return rc == 0 && s->n_parts == 0 ? yaml_err(c, node, "key \"parts\" is missing") : rc;
}

static int band_parse(
    struct ctx *c, struct map_table *t, const struct yaml *node, struct map_span *b)
{
	int rc = yaml_keys_check(c, node, "column low high");
	size_t one = MAP_ABSENT;

	if (rc == 0)
		rc = col_find(c, t, node, "column", false, &one);
	if (rc == 0)
		rc = col_find(c, t, node, "low", one == MAP_ABSENT, &b->lo);
	if (rc == 0)
		rc = col_find(c, t, node, "high", one == MAP_ABSENT, &b->hi);
	if (rc == 0 && one != MAP_ABSENT && node->n > 1)
		rc = yaml_err(c, node, "\"column\" stands alone");
	if (one != MAP_ABSENT)
		b->lo = b->hi = one;
	return rc;
}

/* The widths that laws know: 50 USC 1874(a)(1)-(4) in bands of 1000, 500, 250, 100. */
static int widths_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	const struct yaml *at = yaml_find(node, "widths");
	struct str rest = at == NULL ? STR("1000 500 250 100") : at->text, one;

	if (at != NULL && at->kind != YAML_SCALAR)
		return yaml_err(c, at, "widths of bands are expected");
	while (str_word(&rest, &one)) {
		int64_t w;

		if (t->n_widths == sizeof t->widths / sizeof t->widths[0] || !str_i64(one, &w) ||
		    w < 1 || w > 1000000)
			return yaml_err(c, at, "up to 8 widths of bands are expected");
		t->widths[t->n_widths++] = w;
	}
	return t->n_widths > 0 ? 0 : yaml_err(c, at, "widths of bands are expected");
}

static int lists_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	const struct yaml *shares, *sums, *bands;
	int rc = map_value_list(c, node, "shares", false, &shares);

	if (rc == 0)
		rc = map_value_list(c, node, "sums", false, &sums);
	if (rc == 0)
		rc = map_value_list(c, node, "bands", false, &bands);
	if (rc != 0)
		return rc;
	if (shares != NULL)
		t->shares = mem_array(c, shares->n, sizeof *t->shares);
	for (; rc == 0 && shares != NULL && t->n_shares < shares->n; t->n_shares++)
		rc = share_parse(c, t, shares->at[t->n_shares], &t->shares[t->n_shares]);
	if (sums != NULL)
		t->sums = mem_array(c, sums->n, sizeof *t->sums);
	for (; rc == 0 && sums != NULL && t->n_sums < sums->n; t->n_sums++)
		rc = sum_parse(c, t, sums->at[t->n_sums], &t->sums[t->n_sums]);
	if (bands != NULL)
		t->bands = mem_array(c, bands->n, sizeof *t->bands);
	for (; rc == 0 && bands != NULL && t->n_bands < bands->n; t->n_bands++)
		rc = band_parse(c, t, bands->at[t->n_bands], &t->bands[t->n_bands]);
	return rc == 0 ? widths_parse(c, t, node) : rc;
}

/* Each row one demand: then nothing is counted, and outcomes are flags. */
static int each_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	const struct yaml *each = yaml_find(node, "each");

	if (each == NULL)
		return yaml_find(node, "yes") == NULL && yaml_find(node, "no") == NULL
			   ? 0
			   : yaml_err(c, node, "\"yes\" and \"no\" stand beside \"each\"");
	if (each->kind != YAML_SCALAR || !str_is(each->text, "demand"))
		return yaml_err(c, each, "each is demand");
	if (t->n_outcomes == 0 || t->requests != MAP_ABSENT)
		return yaml_err(
		    c, each, "where each row is a demand there are outcomes, and no requests");
	t->each_demand = true;
	t->yes = str_trim(yaml_text(node, "yes"));
	t->no = str_trim(yaml_text(node, "no"));
	return t->yes.n > 0 ? 0 : yaml_err(c, node, "key \"yes\" is missing");
}

static int columns_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	size_t n;
	int rc = cols_parse(c, t, node, "labels", &t->labels, &n);

	t->n_labels = n;
	if (rc == 0)
		rc = col_find(c, t, node, "country", false, &t->country);
	if (rc == 0)
		rc = col_find(c, t, node, "requests", false, &t->requests);
	if (rc == 0)
		rc = col_find(c, t, node, "accounts", false, &t->accounts);
	if (rc == 0)
		rc = outcomes_parse(c, t, node);
	if (rc == 0)
		rc = lists_parse(c, t, node);
	if (rc == 0)
		rc = each_parse(c, t, node);
	if (rc != 0)
		return rc;
	if (t->n_labels == 0 && t->country != MAP_ABSENT)
		t->labels[t->n_labels++] = t->country; /* cols_parse left room for one */
	if (t->n_labels == 0)
		return yaml_err(c, node, "key \"labels\" is missing");
	return 0;
}

/* ---- a table: where it lies ---- */

static int expect_parse(struct ctx *c, struct map_layout *l, const struct yaml *node)
{
	const struct yaml *at = yaml_find(node, "expect");

	if (at == NULL)
		return l->letters
			   ? yaml_err(c, node,
				 "columns by letters need \"expect\": what stands in the header")
			   : 0;
	if (at->kind != YAML_MAP || at->n == 0 || at->n > MAP_COLUMNS_MAX)
		return yaml_err(c, at, "cells and their texts are expected");
	l->expect = mem_array(c, at->n, sizeof *l->expect);
	for (; l->n_expect < at->n; l->n_expect++) {
		struct map_expect *e = &l->expect[l->n_expect];
		const struct yaml *text = at->at[l->n_expect];

		if (!book_address(at->key[l->n_expect], &e->row, &e->col) || e->row == 0 ||
		    text->kind != YAML_SCALAR)
			return yaml_err(c, text, "a cell such as C5 and its text are expected");
		e->cell = at->key[l->n_expect];
		e->text = book_cells_clean(c, text->text);
		e->line = at->key_line[l->n_expect];
	}
	return 0;
}

static int rows_parse(struct ctx *c, struct map_layout *l, const struct yaml *node)
{
	int64_t header = l->letters ? 0 : 1, first = 0, last = 0;
	int rc = number_parse(c, node, "header", 1, BOOK_ROW_MAX, &header);

	if (rc == 0)
		rc = number_parse(c, node, "first", 1, BOOK_ROW_MAX, &first);
	if (rc == 0)
		rc = number_parse(c, node, "last", 1, BOOK_ROW_MAX, &last);
	if (rc != 0)
		return rc;
	if (l->letters && (first == 0 || yaml_find(node, "header") != NULL))
		return yaml_err(
		    c, node, "columns by letters need \"first\", and have no \"header\"");
	first = first == 0 ? header + 1 : first;
	if (first <= header || (last != 0 && last < first))
		return yaml_err(
		    c, node, "the rows begin behind the header and end behind their first");
	l->header = (int32_t)header;
	l->first = (int32_t)first;
	l->last = (int32_t)last;
	return 0;
}

static int long_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	const struct yaml *at = yaml_find(node, "long");
	struct map_layout *l = t->layout;
	int rc;

	l->metric = l->value = MAP_NO_COLUMN;
	if (at == NULL)
		return 0;
	rc = yaml_keys_check(c, at, "metric value");
	if (rc == 0)
		rc = col_find(c, t, at, "metric", true, &l->metric);
	if (rc == 0)
		rc = col_find(c, t, at, "value", true, &l->value);
	return rc;
}

static int total_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	const struct yaml *at = yaml_find(node, "total"), *where = yaml_find(at, "where");
	int rc;

	if (at == NULL)
		return 0;
	rc = yaml_keys_check(c, at, "where by");
	if (rc == 0)
		rc = cols_parse(c, t, at, "by", &t->by, &t->n_by);
	if (rc == 0 && where == NULL)
		rc = yaml_err(c, at, "key \"where\" is missing");
	t->layout->has_total = true;
	return rc == 0 ? map_value_cond(c, &t->layout->map, where, &t->layout->total) : rc;
}

/* With letters every column is one; in a long table what is not a column of the file is a metric.
 */
static int kinds_check(struct ctx *c, struct map_table *t, size_t n_file)
{
	struct map_layout *l = t->layout;
	int32_t row, col;

	l->is_metric = mem_array(c, l->map.n_columns + 1, sizeof *l->is_metric);
	t->columns = mem_array(c, l->map.n_columns + 1, sizeof *t->columns);
	t->n_columns = l->map.n_columns;
	if (t->n_columns > MAP_COLUMNS_MAX)
		return yaml_err(c, t->at, "more than %d columns", MAP_COLUMNS_MAX);
	for (size_t i = 0; i < t->n_columns; i++) {
		t->columns[i] = book_cells_clean(c, l->map.columns[i].name);
		l->is_metric[i] = l->metric != MAP_NO_COLUMN && i >= n_file;
		if (l->letters && (!book_address(t->columns[i], &row, &col) || row != 0))
			return yaml_err(
			    c, l->map.columns[i].at, "the letters of a column are expected");
	}
	return 0;
}

/* Texts are compared as those of a book: runs of blanks are one. */
static void conds_clean(struct ctx *c, const struct map_conds *conds)
{
	for (size_t i = 0; i < conds->n; i++)
		for (size_t k = 0; k < conds->at[i].n; k++) {
			struct map_test *t = &conds->at[i].tests[k];

			t->text = book_cells_clean(c, t->text);
		}
}

static int layout_parse(struct ctx *c, struct map_table *t, const struct yaml *node)
{
	struct map_layout *l = t->layout;
	size_t *labels, n;
	int rc = yes_parse(c, node, "letters", &l->letters);

	if (rc == 0)
		rc = rows_parse(c, l, node);
	if (rc == 0)
		rc = expect_parse(c, l, node);
	/* first what is a column of the file whatever its form */
	if (rc == 0)
		rc = long_parse(c, t, node);
	if (rc == 0)
		rc = cols_parse(c, t, node, "labels", &labels, &n);
	if (rc == 0)
		rc = col_find(c, t, node, "country", false, &n);
	if (rc == 0)
		rc = map_value_conds(c, &l->map, node, "only", &l->only);
	if (rc == 0)
		rc = map_value_conds(c, &l->map, node, "skip", &l->skip);
	if (rc == 0)
		rc = total_parse(c, t, node);
	n = l->map.n_columns;
	if (rc == 0)
		rc = columns_parse(c, t, node);
	if (rc != 0)
		return rc;
	conds_clean(c, &l->only);
	conds_clean(c, &l->skip);
	conds_clean(c, &(struct map_conds){&l->total, l->has_total});
	return kinds_check(c, t, n);
}

static int table_parse(struct ctx *c, const struct yaml *node, struct map_table *t)
{
	int rc = yaml_keys_check(c, node,
	    "name file sheet period letters header first last expect long only skip labels country "
	    "requests accounts outcomes outcomes_of each yes no shares sums bands widths total");

	t->at = node;
	t->has_period = yaml_find(node, "period") != NULL;
	t->layout = mem_alloc(c, sizeof *t->layout);
	if (rc == 0)
		rc = yaml_get_text(c, node, "name", &t->name);
	if (rc == 0 && t->has_period)
		rc = fixed_period(c, yaml_find(node, "period"), &t->period);
	t->name = str_trim(t->name);
	t->file = str_trim(yaml_text(node, "file"));
	t->sheet = str_trim(yaml_text(node, "sheet"));
	return rc == 0 ? layout_parse(c, t, node) : rc;
}

static int none_parse(struct ctx *c, struct map_report *r, const struct yaml *root)
{
	static const char *const usual[] = {"n/a", "na", "-", "\xe2\x80\x93", "\xe2\x80\x94"};
	const struct yaml *list;
	int rc = map_value_list(c, root, "none", false, &list);
	size_t n = sizeof usual / sizeof usual[0];

	if (rc != 0)
		return rc;
	r->n_none = list == NULL ? n : list->n;
	r->none = mem_array(c, r->n_none, sizeof *r->none);
	for (size_t i = 0; i < r->n_none; i++) {
		if (list != NULL && list->at[i]->kind != YAML_SCALAR)
			return yaml_err(c, list->at[i], "one text is expected");
		r->none[i] =
		    str_make(c, list == NULL ? str_of(usual[i]) : str_trim(list->at[i]->text));
	}
	return 0;
}

static int head_parse(struct ctx *c, struct map_report *r, const struct yaml *root)
{
	struct map *form = mem_alloc(c, sizeof *form);
	int rc = yaml_keys_check(
	    c, root, "kind source note delimiter thousands none period tables ties");

	if (rc == 0)
		rc = map_source_parse(c, form, root);
	if (rc == 0)
		rc = map_form_parse(c, form, root);
	if (rc == 0)
		rc = none_parse(c, r, root);
	if (rc == 0)
		rc = report_period(c, root, r);
	r->publisher = str_trim(yaml_text(yaml_find(root, "source"), "publisher"));
	r->source = form->source;
	r->note = str_trim(yaml_text(root, "note"));
	r->delimiter = form->delimiter;
	r->thousands = form->thousands;
	return rc;
}

int map_report_parse(
    struct ctx *c, const char *file, struct str text, const struct map_report **ret)
{
	struct map_report *r = mem_alloc(c, sizeof *r);
	const struct yaml *root, *list;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0 && (root->kind != YAML_MAP || !str_is(yaml_text(root, "kind"), "report")))
		rc = yaml_err(c, root, "a mapping file for a report has \"kind: report\"");
	if (rc == 0)
		rc = head_parse(c, r, root);
	if (rc == 0)
		rc = map_value_list(c, root, "tables", true, &list);
	if (rc != 0)
		return rc;
	if (list->n > MAP_TABLES_MAX)
		return yaml_err(c, list, "more than %d tables", MAP_TABLES_MAX);
	r->tables = mem_array(c, list->n, sizeof *r->tables);
	for (; r->n_tables < list->n && rc == 0; r->n_tables++)
		rc = table_parse(c, list->at[r->n_tables], &r->tables[r->n_tables]);
	if (rc == 0)
		rc = map_tie_parse(c, root, r);
	if (rc == 0)
		*ret = r;
	return rc;
}
