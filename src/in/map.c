#include "in/map_p.h"

#include "base/mem.h"
#include "kind/land.h"

static const char *const outcomes[MAP_OUTCOMES] = {"content", "noncontent", "no_data", "rejected",
    "annex3", "withdrawn", "redirected", "not_recorded"};

enum map_kind map_kind(const struct map *map)
{
	return map->kind;
}

struct str map_source(const struct map *map)
{
	return map->source;
}

struct str map_note(const struct map *map)
{
	return map->note;
}

const char *map_outcome_id(enum map_outcome o)
{
	return outcomes[o];
}

static bool outcome_find(struct str id, enum map_outcome *ret)
{
	for (size_t i = 0; i < MAP_OUTCOMES; i++)
		if (str_is(id, outcomes[i])) {
			*ret = (enum map_outcome)i;
			return true;
		}
	return false;
}

static const char *class_fault(struct str s)
{
	return str_has_word(STR(MAP_CLASSES), s)
		   ? NULL
		   : "is no class of instruments; known: " MAP_CLASSES;
}

static const char *country_fault(struct str s)
{
	return land_known(s) ? NULL : "is not an ISO 3166-1 alpha-2 code in capital letters";
}

/* ---- what both kinds have -------------------------------------------------------------------- */

static int kind_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	struct str kind;
	int rc = yaml_get_text(c, root, "kind", &kind);

	if (rc != 0)
		return rc;
	if (!str_is(kind, "closed") && !str_is(kind, "demands"))
		return yaml_err(c, yaml_find(root, "kind"),
		    str_is(kind, "report") ? "this mapping file is for writ check"
					   : "kind is closed or demands");
	map->kind = str_is(kind, "closed") ? MAP_CLOSED : MAP_DEMANDS;
	return 0;
}

int map_source_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *node = yaml_find(root, "source");
	struct str publisher, title, date, whole;
	struct day day;
	int rc;

	if (node == NULL)
		return yaml_err(c, root, "key \"source\" is missing");
	rc = yaml_keys_check(c, node, "publisher title date");
	if (rc == 0)
		rc = yaml_get_text(c, node, "publisher", &publisher);
	if (rc == 0)
		rc = yaml_get_text(c, node, "title", &title);
	if (rc == 0)
		rc = yaml_get_text(c, node, "date", &date);
	if (rc != 0)
		return rc;
	/* a source may give no more than its year or month */
	/* a year or a month is a date when its first day is */
	whole = str_fmt(c, "%.*s%s", STR_ARG(date),
	    date.n == 4   ? "-01-01"
	    : date.n == 7 ? "-01"
			  : "");
	if (day_parse(c, whole, &day) != 0) {
		err_clear(c);
		return yaml_err(
		    c, yaml_find(node, "date"), "the date is YYYY, YYYY-MM or YYYY-MM-DD");
	}
	map->source =
	    str_fmt(c, "%.*s: %.*s (%.*s)", STR_ARG(publisher), STR_ARG(title), STR_ARG(date));
	return 0;
}

int map_form_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *delimiter = yaml_find(root, "delimiter");
	const struct yaml *thousands = yaml_find(root, "thousands");

	map->delimiter = ',';
	if (delimiter != NULL) {
		if (delimiter->kind == YAML_SCALAR && str_is(delimiter->text, "tab"))
			map->delimiter = '\t';
		else if (delimiter->kind == YAML_SCALAR && delimiter->text.n == 1 &&
			 str_has(STR(",;|"), delimiter->text.p[0]))
			map->delimiter = delimiter->text.p[0];
		else
			return yaml_err(
			    c, delimiter, "the delimiter is one of , ; | or the word tab");
	}
	if (thousands != NULL) {
		if (thousands->kind != YAML_SCALAR || thousands->text.n != 1 ||
		    !str_has(STR(",. '"), thousands->text.p[0]))
			return yaml_err(
			    c, thousands, "the sign between thousands is one of , . ' or a blank");
		map->thousands = thousands->text.p[0];
	}
	return 0;
}

static int common_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *note = yaml_find(root, "note");
	int rc = map_source_parse(c, map, root);

	if (rc == 0)
		rc = map_form_parse(c, map, root);
	if (rc == 0)
		rc = map_value_conds(c, map, root, "only", &map->only);
	if (rc == 0)
		rc = map_value_conds(c, map, root, "skip", &map->skip);
	if (rc == 0)
		rc = map_value_column(c, map, root, "unique", false, &map->unique);
	if (rc == 0 && note != NULL && note->kind != YAML_SCALAR)
		rc = yaml_err(c, note, "one text is expected");
	map->note = str_trim(yaml_text(root, "note"));
	return rc;
}

/* ---- closed ---------------------------------------------------------------------------------- */

static int months_parse(struct ctx *c, const struct yaml *node, struct map_period *p)
{
	const struct yaml *months = yaml_find(node, "months");
	int64_t n = 0;

	if (months == NULL)
		return 0;
	if (months->kind != YAML_SCALAR || !str_i64(months->text, &n) || n < 1 || n > 12)
		return yaml_err(c, months, "a number of months from 1 to 12 is expected");
	p->months = (int)n;
	return 0;
}

static int period_parse_columns(
    struct ctx *c, struct map *map, const struct yaml *node, struct map_period *p)
{
	int rc = yaml_keys_check(c, node, "column from to months format");

	if (rc == 0)
		rc = map_value_column(c, map, node, "column", false, &p->text);
	if (rc == 0)
		rc = map_value_date(c, map, node, "from", "format", &p->from);
	if (rc == 0)
		rc = map_value_date(c, map, node, "to", "format", &p->to);
	if (rc == 0)
		rc = months_parse(c, node, p);
	if (rc != 0)
		return rc;
	if (p->text != MAP_NO_COLUMN)
		return node->n == 1 ? 0 : yaml_err(c, node, "\"column\" stands alone");
	if (p->to.col == MAP_NO_COLUMN || (p->from.col == MAP_NO_COLUMN) == (p->months == 0))
		return yaml_err(c, node,
		    "a period is \"column\", or \"from\" and \"to\", or \"to\" and \"months\"");
	return 0;
}

static int period_spec(struct ctx *c, struct map *map, const struct yaml *root)
{
	struct map_period *p = &map->closed.period;
	const struct yaml *node = yaml_find(root, "period");

	*p = (struct map_period){.fixed = {DAY_NONE, DAY_NONE},
	    .text = MAP_NO_COLUMN,
	    .from.col = MAP_NO_COLUMN,
	    .to.col = MAP_NO_COLUMN};
	if (node == NULL)
		return yaml_err(c, root, "key \"period\" is missing");
	if (node->kind != YAML_SCALAR)
		return period_parse_columns(c, map, node, p);
	if (period_parse(c, node->text, &p->fixed) != 0) {
		err_clear(c);
		return yaml_err(c, node, "a period is 2013H1, 2013 or 2013-01-01/2013-06-30");
	}
	return 0;
}

static int rule_parse(struct ctx *c, struct map *map, const struct yaml *node, struct map_rule *ret)
{
	const struct yaml *where = yaml_find(node, "where");
	struct str is;
	int rc = yaml_keys_check(c, node, "is where");

	if (rc == 0)
		rc = yaml_get_text(c, node, "is", &is);
	if (rc == 0 && !outcome_find(is, &ret->is))
		rc = yaml_err(c, yaml_find(node, "is"), "no such outcome");
	if (rc == 0 && where != NULL)
		rc = map_value_cond(c, map, where, &ret->where);
	return rc;
}

static int rules_parse(
    struct ctx *c, struct map *map, const struct yaml *parent, struct map_group *g)
{
	const struct yaml *node = yaml_find(parent, "outcome");
	int rc = 0;

	if (node == NULL)
		return 0;
	if (node->kind == YAML_SCALAR) {
		g->rules = mem_array(c, 1, sizeof *g->rules);
		g->n_rules = 1;
		return outcome_find(node->text, &g->rules[0].is)
			   ? 0
			   : yaml_err(c, node, "no such outcome");
	}
	rc = map_value_list(c, parent, "outcome", true, &node);
	if (rc != 0)
		return rc;
	g->rules = mem_array(c, node->n, sizeof *g->rules);
	for (; g->n_rules < node->n && rc == 0; g->n_rules++)
		rc = rule_parse(c, map, node->at[g->n_rules], &g->rules[g->n_rules]);
	return rc;
}

static int counts_parse(
    struct ctx *c, struct map *map, const struct yaml *parent, struct map_group *g)
{
	const struct yaml *node = yaml_find(parent, "counts");

	for (size_t i = 0; i < MAP_OUTCOMES; i++)
		g->counts[i] = MAP_NO_COLUMN;
	if (node == NULL)
		return 0;
	if (node->kind != YAML_MAP || node->n == 0)
		return yaml_err(c, node, "outcomes and their columns are expected");
	for (size_t i = 0; i < node->n; i++) {
		enum map_outcome o;
		int rc;

		if (!outcome_find(node->key[i], &o)) {
			struct yaml at = *node;

			at.line = node->key_line[i];
			return yaml_err(c, &at, "no such outcome");
		}
		rc = map_value_column(c, map, node, outcomes[o], true, &g->counts[o]);
		if (rc != 0)
			return rc;
	}
	g->has_counts = true;
	return 0;
}

static int group_parse(struct ctx *c, struct map *map, const struct yaml *node, struct map_group *g)
{
	int rc = map_value_parse(c, map, node, "class", true, class_fault, &g->class);

	if (rc == 0)
		rc = map_value_column(c, map, node, "requests", false, &g->requests);
	if (rc == 0)
		rc = map_value_column(c, map, node, "accounts", false, &g->accounts);
	if (rc == 0)
		rc = rules_parse(c, map, node, g);
	if (rc == 0)
		rc = counts_parse(c, map, node, g);
	if (rc != 0)
		return rc;
	if (g->has_counts && g->n_rules > 0)
		return yaml_err(c, node, "\"counts\" and \"outcome\" exclude each other");
	if (g->has_counts && g->requests == MAP_NO_COLUMN)
		return yaml_err(c, node, "\"counts\" needs \"requests\"");
	if (g->requests == MAP_NO_COLUMN && g->n_rules == 0)
		return yaml_err(c, node, "\"outcome\" is missing: each row is one demand");
	return 0;
}

static int groups_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	struct map_closed_spec *s = &map->closed;
	const struct yaml *list;
	int rc = map_value_list(c, root, "groups", false, &list);

	if (rc != 0)
		return rc;
	s->groups = mem_array(c, list == NULL ? 1 : list->n, sizeof *s->groups);
	s->n_groups = 1;
	if (list == NULL)
		return group_parse(c, map, root, s->groups);
	for (size_t i = 0; i < root->n; i++)
		if (str_has_word(STR("class outcome counts requests accounts"), root->key[i]))
			return yaml_err(
			    c, root->at[i], "with \"groups\" this belongs into each group");
	for (s->n_groups = 0; s->n_groups < list->n && rc == 0; s->n_groups++) {
		rc = yaml_keys_check(
		    c, list->at[s->n_groups], "class outcome counts requests accounts");
		if (rc == 0)
			rc = group_parse(c, map, list->at[s->n_groups], &s->groups[s->n_groups]);
	}
	return rc;
}

static int total_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *node = yaml_find(root, "total"), *where = yaml_find(node, "where");
	struct map_closed_spec *s = &map->closed;
	struct str differs = yaml_text(node, "differs");
	int rc;

	if (node == NULL)
		return 0;
	rc = yaml_keys_check(c, node, "where differs");
	if (rc == 0 && where == NULL)
		rc = yaml_err(c, node, "key \"where\" is missing");
	if (rc == 0)
		rc = map_value_cond(c, map, where, &s->total);
	if (rc == 0 && yaml_find(node, "differs") != NULL && !str_is(differs, "note") &&
	    !str_is(differs, "refuse"))
		rc = yaml_err(c, yaml_find(node, "differs"), "differs is note or refuse");
	for (size_t i = 0; i < s->n_groups && rc == 0; i++)
		if (s->groups[i].requests == MAP_NO_COLUMN)
			rc = yaml_err(c, node, "a total needs a column with requests");
	s->has_total = true;
	s->total_note = str_is(differs, "note");
	return rc;
}

static int row_total_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *node = yaml_find(root, "row_total");
	struct map_closed_spec *s = &map->closed;
	int rc = 0;

	s->row_requests = s->row_accounts = MAP_NO_COLUMN;
	if (node == NULL)
		return 0;
	rc = yaml_keys_check(c, node, "requests accounts");
	if (rc == 0)
		rc = map_value_column(c, map, node, "requests", true, &s->row_requests);
	return rc == 0 ? map_value_column(c, map, node, "accounts", false, &s->row_accounts) : rc;
}

static int closed_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	int rc = yaml_keys_check(c, root,
	    "kind source note delimiter thousands only skip unique period country class outcome "
	    "counts "
	    "requests accounts groups total row_total printed");

	if (rc == 0)
		rc = period_spec(c, map, root);
	if (rc == 0)
		rc = map_value_parse(c, map, root, "country", true, NULL, &map->closed.country);
	if (rc == 0 && ((map->closed.country.n_cols == 0 &&
			    country_fault(map->closed.country.fixed) != NULL) ||
			   (map->closed.country.has_other &&
			       country_fault(map->closed.country.other) != NULL)))
		rc = yaml_err(c, yaml_find(root, "country"), "this %s", country_fault(STR("")));
	if (rc == 0)
		rc = groups_parse(c, map, root);
	if (rc == 0)
		rc = total_parse(c, map, root);
	if (rc == 0)
		rc = row_total_parse(c, map, root);
	return rc == 0 ? map_value_column(c, map, root, "printed", false, &map->closed.printed)
		       : rc;
}

int map_parse(struct ctx *c, const char *file, struct str text, const struct map **ret)
{
	struct map *map = mem_alloc(c, sizeof *map);
	const struct yaml *root;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0 && root->kind != YAML_MAP)
		rc = yaml_err(c, root, "keys with values are expected here");
	if (rc == 0)
		rc = kind_parse(c, map, root);
	if (rc != 0)
		return rc;
	rc = common_parse(c, map, root);
	if (rc == 0)
		rc = map->kind == MAP_CLOSED ? closed_parse(c, map, root)
					     : map_demand_parse(c, map, root);
	if (rc == 0)
		*ret = map;
	return rc;
}
