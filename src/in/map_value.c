#include "in/map_p.h"

#include "base/mem.h"

static int column_add(
    struct ctx *c, struct map *map, const struct yaml *at, struct str name, size_t *ret)
{
	for (size_t i = 0; i < map->n_columns; i++)
		if (str_eq(map->columns[i].name, name)) {
			*ret = i;
			return 0;
		}
	if (str_trim(name).n == 0)
		return yaml_err(c, at, "the name of a column is expected");
	map->columns =
	    mem_grow(c, map->columns, map->n_columns, &map->cap_columns, sizeof *map->columns);
	map->columns[map->n_columns] = (struct map_column){str_trim(name), at};
	*ret = map->n_columns++;
	return 0;
}

static int column_node(struct ctx *c, struct map *map, const struct yaml *node, size_t *ret)
{
	if (node->kind != YAML_SCALAR)
		return yaml_err(c, node, "the name of a column is expected");
	return column_add(c, map, node, node->text, ret);
}

int map_value_column(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    bool needed, size_t *ret)
{
	const struct yaml *node = yaml_find(parent, key);

	*ret = MAP_NO_COLUMN;
	if (node == NULL)
		return needed ? yaml_err(c, parent, "key \"%s\" is missing", key) : 0;
	return column_node(c, map, node, ret);
}

int map_value_list(
    struct ctx *c, const struct yaml *parent, const char *key, bool needed, const struct yaml **ret)
{
	const struct yaml *node = yaml_find(parent, key);

	*ret = node;
	if (node == NULL)
		return needed ? yaml_err(c, parent, "key \"%s\" is missing", key) : 0;
	if (node->kind != YAML_LIST || node->n == 0)
		return yaml_err(c, node, "a list is expected");
	if (node->n > MAP_LIST_MAX)
		return yaml_err(c, node, "more than %d members", MAP_LIST_MAX);
	return 0;
}

/* ---- values ---------------------------------------------------------------------------------- */

static int result_check(struct ctx *c, const struct yaml *node, const struct map_value *v)
{
	const char *what;

	if (node->kind != YAML_SCALAR)
		return yaml_err(c, node, "one text is expected");
	what = v->fault == NULL ? NULL : v->fault(node->text);
	return what == NULL ? 0 : yaml_err(c, node, "this %s", what);
}

static int pairs_parse(struct ctx *c, const struct yaml *node, struct map_value *v)
{
	if (node->kind != YAML_MAP || node->n == 0)
		return yaml_err(c, node, "a table of texts and what they stand for is expected");
	v->pairs = mem_array(c, node->n, sizeof *v->pairs);
	v->n_pairs = node->n;
	for (size_t i = 0; i < node->n; i++) {
		int rc = result_check(c, node->at[i], v);

		if (rc != 0)
			return rc;
		v->pairs[i] = (struct map_pair){node->key[i], node->at[i]->text};
	}
	return 0;
}

static int columns_parse(
    struct ctx *c, struct map *map, const struct yaml *node, struct map_value *v)
{
	const struct yaml *one = yaml_find(node, "column"), *many = yaml_find(node, "columns");

	if ((one == NULL) == (many == NULL))
		return yaml_err(c, node, "either \"column\" or \"columns\" is expected");
	if (one != NULL) {
		v->n_cols = 1;
		return column_node(c, map, one, &v->cols[0]);
	}
	if (many->kind != YAML_LIST || many->n == 0 || many->n > MAP_ALTERNATIVES)
		return yaml_err(c, many, "a list of 1 to %d columns is expected", MAP_ALTERNATIVES);
	for (; v->n_cols < many->n; v->n_cols++) {
		int rc = column_node(c, map, many->at[v->n_cols], &v->cols[v->n_cols]);

		if (rc != 0)
			return rc;
	}
	return 0;
}

int map_value_parse(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    bool needed, const char *(*fault)(struct str s), struct map_value *ret)
{
	const struct yaml *node = yaml_find(parent, key), *values, *other;
	struct map_value v = {.given = true, .fault = fault};
	int rc;

	if (node == NULL)
		return needed ? yaml_err(c, parent, "key \"%s\" is missing", key) : 0;
	if (node->kind != YAML_MAP) {
		v.fixed = node->text;
		rc = result_check(c, node, &v);
		if (rc == 0 && needed && str_trim(v.fixed).n == 0)
			rc = yaml_err(c, node, "empty");
		if (rc == 0)
			*ret = v;
		return rc;
	}
	rc = yaml_keys_check(c, node, "column columns values other");
	if (rc == 0)
		rc = columns_parse(c, map, node, &v);
	values = yaml_find(node, "values");
	other = yaml_find(node, "other");
	if (rc == 0 && values != NULL)
		rc = pairs_parse(c, values, &v);
	if (rc == 0 && other != NULL && values == NULL)
		rc = yaml_err(c, other, "\"other\" has a meaning only beside \"values\"");
	if (rc == 0 && other != NULL)
		rc = result_check(c, other, &v);
	if (rc != 0)
		return rc;
	v.has_other = other != NULL;
	v.other = yaml_text(node, "other");
	*ret = v;
	return 0;
}

/* ---- conditions ------------------------------------------------------------------------------ */

int map_value_cond(struct ctx *c, struct map *map, const struct yaml *node, struct map_cond *ret)
{
	struct map_cond cond = {0};

	if (node->kind != YAML_MAP || node->n == 0)
		return yaml_err(c, node, "columns and their texts are expected");
	cond.tests = mem_array(c, node->n, sizeof *cond.tests);
	for (; cond.n < node->n; cond.n++) {
		struct yaml at = *node->at[cond.n];
		struct yaml *keep;
		int rc;

		if (at.kind != YAML_SCALAR)
			return yaml_err(c, &at, "one text is expected");
		at.line = node->key_line[cond.n];
		at.col = node->col;
		keep = mem_alloc(c, sizeof *keep);
		*keep = at;
		rc = column_add(c, map, keep, node->key[cond.n], &cond.tests[cond.n].col);
		if (rc != 0)
			return rc;
		cond.tests[cond.n].text = str_trim(at.text);
	}
	*ret = cond;
	return 0;
}

int map_value_conds(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    struct map_conds *ret)
{
	const struct yaml *list;
	struct map_conds conds = {0};
	int rc = map_value_list(c, parent, key, false, &list);

	if (rc != 0 || list == NULL)
		return rc;
	conds.at = mem_array(c, list->n, sizeof *conds.at);
	for (; conds.n < list->n && rc == 0; conds.n++)
		rc = map_value_cond(c, map, list->at[conds.n], &conds.at[conds.n]);
	if (rc == 0)
		*ret = conds;
	return rc;
}

/* ---- dates ----------------------------------------------------------------------------------- */

/* How often ch stands at the head of s, and how wide the number it asks for may be. */
static size_t letters(struct str s, char ch)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == ch)
		n++;
	return n;
}

const char *map_value_format(struct str s)
{
	unsigned days = 0, months = 0, years = 0;

	for (size_t i = 0; i < s.n;) {
		struct str rest = {s.p + i, s.n - i};
		size_t d = letters(rest, 'D'), m = letters(rest, 'M'), y = letters(rest, 'Y');

		if (d > 2 || m > 2 || (y != 0 && y != 4))
			return "is not a date format such as DD.MM.YYYY";
		days += d > 0;
		months += m > 0;
		years += y > 0;
		i += d + m + y > 0 ? d + m + y : 1;
	}
	if (days != 1 || months != 1 || years != 1)
		return "is not a date format such as DD.MM.YYYY";
	return NULL;
}

/* A number of exactly `wide` digits, or for D and M of one or two. */
static size_t number_take(struct str s, size_t wide, int *ret)
{
	size_t n = 0, max = wide == 1 ? 2 : wide;

	*ret = 0;
	while (n < s.n && n < max && s.p[n] >= '0' && s.p[n] <= '9')
		*ret = *ret * 10 + (s.p[n++] - '0');
	return n < wide ? 0 : n;
}

bool map_value_day(struct str format, struct str s, struct day *ret)
{
	int d = 0, m = 0, y = 0;

	while (format.n > 0) {
		char ch = format.p[0];
		size_t wide = ch == 'D' || ch == 'M' || ch == 'Y' ? letters(format, ch) : 0, took;

		if (wide == 0) {
			took = s.n > 0 && s.p[0] == ch;
			wide = 1;
		} else {
			took = number_take(s, wide, ch == 'D' ? &d : ch == 'M' ? &m : &y);
		}
		if (took == 0)
			return false;
		s = (struct str){s.p + took, s.n - took};
		format = (struct str){format.p + wide, format.n - wide};
	}
	return s.n == 0 && day_make(y, m, d, ret);
}

/* KEY: COLUMN, and beside it the format that all dates of the block have. */
int map_value_date(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    const char *format, struct map_date *ret)
{
	const struct yaml *node = yaml_find(parent, key), *form = yaml_find(parent, format);
	struct map_date date = {.col = MAP_NO_COLUMN};
	int rc;

	*ret = date;
	if (node == NULL)
		return 0;
	rc = column_node(c, map, node, &date.col);
	if (rc != 0)
		return rc;
	date.format = form == NULL ? STR("YYYY-MM-DD") : form->text;
	if (form != NULL && (form->kind != YAML_SCALAR || map_value_format(form->text) != NULL))
		return yaml_err(c, form, "this is not a date format such as DD.MM.YYYY");
	*ret = date;
	return 0;
}
