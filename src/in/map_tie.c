#include "in/map_report_p.h"

#include "base/mem.h"
#include "in/book_p.h"

/* A table by its name; the first where several have it. */
static int table_find(
    struct ctx *c, const struct map_report *r, const struct yaml *node, size_t *ret)
{
	struct str name;
	int rc = yaml_get_text(c, node, "table", &name);

	for (size_t i = 0; rc == 0 && i < r->n_tables; i++)
		if (str_eq(r->tables[i].name, name)) {
			*ret = i;
			return 0;
		}
	return rc != 0 ? rc : yaml_err(c, yaml_find(node, "table"), "no table has this name");
}

/* A column that the table counts already: a tie names nothing new. */
static int column_find(
    struct ctx *c, const struct map_table *t, const struct yaml *node, size_t *ret)
{
	struct str name;
	int rc = yaml_get_text(c, node, "column", &name);

	name = book_cells_clean(c, name);
	for (size_t i = 0; rc == 0 && i < t->n_columns; i++)
		if (str_eq(t->columns[i], name)) {
			*ret = i;
			return 0;
		}
	return rc != 0 ? rc
		       : yaml_err(c, yaml_find(node, "column"),
			     "the table has no such column among those that its other keys name");
}

static int member_parse(
    struct ctx *c, const struct map_report *r, const struct yaml *node, struct map_cell *ret)
{
	int rc = yaml_keys_check(c, node, "table column row");

	if (rc == 0)
		rc = table_find(c, r, node, &ret->table);
	if (rc == 0)
		rc = column_find(c, &r->tables[ret->table], node, &ret->col);
	ret->row = book_cells_clean(c, yaml_text(node, "row"));
	ret->at = node;
	return rc;
}

static int tie_parse(
    struct ctx *c, const struct map_report *r, const struct yaml *node, struct map_tie *tie)
{
	const struct yaml *parts, *whole = yaml_find(node, "whole");
	int rc = yaml_keys_check(c, node, "whole parts assume");

	if (rc == 0 && whole == NULL)
		rc = yaml_err(c, node, "key \"whole\" is missing");
	if (rc == 0)
		rc = map_value_list(c, node, "parts", true, &parts);
	if (rc == 0)
		rc = member_parse(c, r, whole, &tie->whole);
	if (rc != 0)
		return rc;
	tie->assume = str_trim(yaml_text(node, "assume"));
	tie->parts = mem_array(c, parts->n, sizeof *tie->parts);
	for (; rc == 0 && tie->n_parts < parts->n; tie->n_parts++)
		rc = member_parse(c, r, parts->at[tie->n_parts], &tie->parts[tie->n_parts]);
	return rc;
}

int map_tie_parse(struct ctx *c, const struct yaml *root, struct map_report *r)
{
	const struct yaml *list;
	size_t assumed = 0;
	int rc = map_value_list(c, root, "ties", false, &list);

	if (rc != 0 || list == NULL)
		return rc;
	r->ties = mem_array(c, list->n, sizeof *r->ties);
	for (; rc == 0 && r->n_ties < list->n; r->n_ties++) {
		rc = tie_parse(c, r, list->at[r->n_ties], &r->ties[r->n_ties]);
		assumed += r->ties[r->n_ties].assume.n > 0;
	}
	if (rc == 0 && assumed > MAP_ASSUMPTIONS_MAX)
		rc = yaml_err(c, list, "more than %d assumptions", MAP_ASSUMPTIONS_MAX);
	return rc;
}
