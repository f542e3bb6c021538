#include "in/map_demand.h"

#include "base/mem.h"
#include "in/map_p.h"
#include "kind/land.h"

/* ---- the mapping file ------------------------------------------------------------------------ */

static const char *yesno_fault(struct str s)
{
	return str_is(s, "yes") || str_is(s, "no") ? NULL : "is neither yes nor no";
}

static const char *text_fault(struct str s)
{
	return s.n > DRAFT_TEXT_MAX ? "is larger than 64 KiB" : NULL;
}

static const char *fields_fault(struct str s)
{
	struct str word;

	while (str_word(&s, &word))
		if (draft_word_fault(word) != NULL)
			return "is not a list of the ids of fields";
	return NULL;
}

struct slot_key {
	const char *key;
	enum map_slot slot;
	bool needed;
	const char *(*fault)(struct str s);
};

static const struct slot_key top_keys[] = {
    {"channel", MAP_CHANNEL, true, draft_word_fault},
    {"language", MAP_LANGUAGE, true, draft_language_fault},
    {"verified", MAP_VERIFIED, false, yesno_fault},
    {"specific", MAP_SPECIFIC, false, yesno_fault},
    {"subject", MAP_SUBJECT, false, text_fault},
    {"message", MAP_MESSAGE, false, text_fault},
    {NULL, MAP_SLOTS, false, NULL},
};

static const struct slot_key authority_keys[] = {
    {"country", MAP_A_COUNTRY, true, NULL},
    {"body", MAP_A_BODY, true, draft_word_fault},
    {"level", MAP_A_LEVEL, false, draft_word_fault},
    {"name", MAP_A_NAME, true, draft_line_fault},
    {"number", MAP_A_NUMBER, false, draft_line_fault},
    {"officer", MAP_A_OFFICER, false, draft_line_fault},
    {"mail", MAP_A_MAIL, false, draft_line_fault},
    {"key", MAP_A_KEY, false, draft_key_fault},
    {NULL, MAP_SLOTS, false, NULL},
};

static const struct slot_key order_keys[] = {
    {"instrument", MAP_O_INSTRUMENT, true, draft_word_fault},
    {"cures", MAP_O_CURES, false, draft_word_fault},
    {NULL, MAP_SLOTS, false, NULL},
};

static int slots_parse(
    struct ctx *c, struct map *map, const struct yaml *node, const struct slot_key *keys)
{
	int rc = 0;

	for (; keys->key != NULL && rc == 0; keys++)
		rc = map_value_parse(c, map, node, keys->key, keys->needed, keys->fault,
		    &map->demand.slot[keys->slot]);
	return rc;
}

static int received_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *node = yaml_find(root, "received");
	struct map_demand_spec *d = &map->demand;
	int rc;

	if (node == NULL)
		return yaml_err(c, root, "key \"received\" is missing");
	rc = yaml_keys_check(c, node, "instant day time format");
	if (rc == 0)
		rc = map_value_column(c, map, node, "instant", false, &d->instant);
	if (rc == 0)
		rc = map_value_column(c, map, node, "time", false, &d->time);
	if (rc == 0)
		rc = map_value_date(c, map, node, "day", "format", &d->received);
	if (rc == 0 && (d->instant == MAP_NO_COLUMN) == (d->received.col == MAP_NO_COLUMN))
		rc = yaml_err(c, node, "either \"instant\" or \"day\" is expected");
	return rc;
}

static int facts_parse(struct ctx *c, struct map *map, const struct yaml *order)
{
	const struct yaml *node = yaml_find(order, "facts");
	struct map_demand_spec *d = &map->demand;
	int rc = 0;

	if (node == NULL)
		return 0;
	if (node->kind != YAML_MAP || node->n > MAP_LIST_MAX)
		return yaml_err(c, node, "facts and their values are expected");
	d->facts = mem_array(c, node->n, sizeof *d->facts);
	for (; d->n_facts < node->n && rc == 0; d->n_facts++) {
		struct str name = node->key[d->n_facts];

		if (!str_starts(name, "order.") || draft_word_fault(name) != NULL)
			return yaml_err(
			    c, node->at[d->n_facts], "the name of a fact begins with order.");
		d->facts[d->n_facts].name = name;
		rc = map_value_parse(
		    c, map, node, str_z(c, name), true, text_fault, &d->facts[d->n_facts].value);
	}
	return rc;
}

static int targets_parse(struct ctx *c, struct map *map, const struct yaml *order)
{
	struct map_demand_spec *d = &map->demand;
	const struct yaml *list;
	int rc = map_value_list(c, order, "targets", false, &list);

	if (rc != 0 || list == NULL)
		return rc;
	d->targets = mem_array(c, list->n, sizeof *d->targets);
	for (; d->n_targets < list->n && rc == 0; d->n_targets++) {
		const struct yaml *node = list->at[d->n_targets];
		struct map_target *t = &d->targets[d->n_targets];

		rc = yaml_keys_check(c, node, "kind column separator at");
		if (rc == 0)
			rc =
			    map_value_parse(c, map, node, "kind", true, draft_word_fault, &t->kind);
		if (rc == 0)
			rc = map_value_column(c, map, node, "column", true, &t->col);
		if (rc == 0)
			rc = map_value_column(c, map, node, "at", false, &t->at);
		t->separator = yaml_text(node, "separator");
		if (rc == 0 && yaml_find(node, "separator") != NULL && t->separator.n != 1)
			rc = yaml_err(c, node, "the separator is one ASCII character");
	}
	return rc;
}

static int asks_parse(struct ctx *c, struct map *map, const struct yaml *order)
{
	struct map_demand_spec *d = &map->demand;
	const struct yaml *list;
	int rc = map_value_list(c, order, "asks", false, &list);

	if (rc != 0 || list == NULL)
		return rc;
	d->asks = mem_array(c, list->n, sizeof *d->asks);
	for (; d->n_asks < list->n && rc == 0; d->n_asks++) {
		const struct yaml *node = list->at[d->n_asks];
		struct map_ask *a = &d->asks[d->n_asks];

		rc = yaml_keys_check(c, node, "fields service from to format");
		if (rc == 0)
			rc =
			    map_value_parse(c, map, node, "fields", true, fields_fault, &a->fields);
		if (rc == 0)
			rc = map_value_parse(
			    c, map, node, "service", false, draft_word_fault, &a->service);
		if (rc == 0)
			rc = map_value_date(c, map, node, "from", "format", &a->from);
		if (rc == 0)
			rc = map_value_date(c, map, node, "to", "format", &a->to);
	}
	return rc;
}

int map_demand_parse(struct ctx *c, struct map *map, const struct yaml *root)
{
	const struct yaml *authority = yaml_find(root, "authority"),
			  *order = yaml_find(root, "order");
	const struct map_value *country = &map->demand.slot[MAP_A_COUNTRY];
	int rc = yaml_keys_check(c, root,
	    "kind source note delimiter thousands only skip unique received channel language "
	    "verified "
	    "specific subject message authority order");

	if (rc == 0 && (authority == NULL || order == NULL))
		rc = yaml_err(
		    c, root, "key \"%s\" is missing", authority == NULL ? "authority" : "order");
	if (rc == 0)
		rc = yaml_keys_check(
		    c, authority, "country body level name number officer mail key");
	if (rc == 0)
		rc = yaml_keys_check(c, order, "instrument cures facts targets asks");
	if (rc == 0)
		rc = received_parse(c, map, root);
	if (rc == 0)
		rc = slots_parse(c, map, root, top_keys);
	if (rc == 0)
		rc = slots_parse(c, map, authority, authority_keys);
	if (rc == 0 && ((country->n_cols == 0 && !land_known(country->fixed)) ||
			   (country->has_other && !land_known(country->other))))
		rc = yaml_err(c, yaml_find(authority, "country"),
		    "this is not an ISO 3166-1 alpha-2 code in capital letters");
	if (rc == 0)
		rc = slots_parse(c, map, order, order_keys);
	if (rc == 0)
		rc = facts_parse(c, map, order);
	if (rc == 0)
		rc = targets_parse(c, map, order);
	return rc == 0 ? asks_parse(c, map, order) : rc;
}

/* ---- one row --------------------------------------------------------------------------------- */

/* HH:MM or HH:MM:SS as seconds into the day. */
static bool time_parse(struct str s, int *ret)
{
	static const int limit[3] = {24, 60, 60};
	int parts[3] = {0, 0, 0};
	struct str part;
	size_t n = 0;
	bool more;

	do {
		more = str_cut(s, ':', &part, &s);
		if (n == 3 || part.n == 0 || part.n > 2)
			return false;
		for (size_t i = 0; i < part.n; i++) {
			if (part.p[i] < '0' || part.p[i] > '9')
				return false;
			parts[n] = parts[n] * 10 + (part.p[i] - '0');
		}
		if (parts[n] >= limit[n])
			return false;
		n++;
	} while (more);
	*ret = parts[0] * 3600 + parts[1] * 60 + parts[2];
	return n >= 2;
}

static int instant_get(struct ctx *c, struct map_rows *rows, size_t col, struct instant *ret)
{
	if (instant_parse(c, map_rows_text(rows, col), ret) == 0)
		return 0;
	err_clear(c);
	return map_rows_err(c, rows, col, ERR_INVALID,
	    "not an instant with its zone such as 2013-01-31T09:00:00+01:00");
}

static int received_get(struct ctx *c, struct map_rows *rows, struct instant *ret)
{
	const struct map_demand_spec *d = &rows->map->demand;
	struct day day;
	int seconds = 0, rc;

	if (d->instant != MAP_NO_COLUMN)
		return instant_get(c, rows, d->instant, ret);
	rc = map_rows_day(c, rows, &d->received, &day);
	if (rc != 0)
		return rc;
	if (d->time != MAP_NO_COLUMN && !time_parse(map_rows_text(rows, d->time), &seconds))
		return map_rows_err(
		    c, rows, d->time, ERR_INVALID, "not a time of the form HH:MM or HH:MM:SS");
	*ret = instant_at(day, seconds);
	return 0;
}

/* The value of a slot, copied; "" when the mapping file does not give it. */
static int slot_get(
    struct ctx *c, struct map_rows *rows, const struct map_value *v, bool needed, struct str *ret)
{
	struct str s = STR("");
	int rc = v->given ? map_rows_value(c, rows, v, &s) : 0;

	if (rc == 0 && needed && s.n == 0)
		return map_rows_err(c, rows, v->cols[0], ERR_INVALID, "empty");
	if (rc == 0)
		*ret = str_make(c, s);
	return rc;
}

static int yesno_get(
    struct ctx *c, struct map_rows *rows, const struct map_value *v, bool otherwise, bool *ret)
{
	struct str s;
	int rc = slot_get(c, rows, v, false, &s);

	if (rc == 0)
		*ret = s.n == 0 ? otherwise : str_is(s, "yes");
	return rc;
}

static int target_add(struct ctx *c, struct map_rows *rows, const struct map_target *t,
    struct str printed, struct draft_order *o, size_t *cap)
{
	struct instant at = INSTANT_NONE;
	struct draft_target target;
	struct csv_place place = rows->row.at[rows->index[t->col]].at;
	struct str kind;
	int rc = slot_get(c, rows, &t->kind, true, &kind);

	if (rc == 0 && t->at != MAP_NO_COLUMN && map_rows_text(rows, t->at).n > 0)
		rc = instant_get(c, rows, t->at, &at);
	if (rc != 0)
		return rc;
	if (o->n_targets == DRAFT_TARGETS_MAX)
		return map_rows_err(c, rows, t->col, ERR_LIMIT, "more than 10,000 identifiers");
	rc = draft_target_make(c, kind, str_make(c, printed), at, &target);
	if (rc != 0) {
		struct str why = str_make(c, str_of(err_text(c)));

		err_clear(c);
		return csv_err(c, rows->csv, place, rc, "column \"%.*s\": %s",
		    STR_ARG(rows->map->columns[t->col].name), why.p);
	}
	o->targets = mem_grow(c, o->targets, o->n_targets, cap, sizeof *o->targets);
	o->targets[o->n_targets++] = target;
	return 0;
}

static int targets_get(struct ctx *c, struct map_rows *rows, struct draft_order *o)
{
	const struct map_demand_spec *d = &rows->map->demand;
	size_t cap = 0;
	int rc = 0;

	for (size_t i = 0; i < d->n_targets && rc == 0; i++) {
		const struct map_target *t = &d->targets[i];
		struct str rest = map_rows_text(rows, t->col), one;
		bool more = true;

		while (more && rc == 0) {
			one = rest;
			more = t->separator.n == 1 && str_cut(rest, t->separator.p[0], &one, &rest);
			one = str_trim(one);
			if (one.n > 0)
				rc = target_add(c, rows, t, one, o, &cap);
		}
	}
	return rc;
}

static int ask_get(
    struct ctx *c, struct map_rows *rows, const struct map_ask *a, struct draft_ask *ret)
{
	int rc = slot_get(c, rows, &a->fields, true, &ret->fields);

	ret->from = ret->to = DAY_NONE;
	if (rc == 0)
		rc = slot_get(c, rows, &a->service, false, &ret->service);
	if (rc == 0 && a->from.col != MAP_NO_COLUMN && map_rows_text(rows, a->from.col).n > 0)
		rc = map_rows_day(c, rows, &a->from, &ret->from);
	if (rc == 0 && a->to.col != MAP_NO_COLUMN && map_rows_text(rows, a->to.col).n > 0)
		rc = map_rows_day(c, rows, &a->to, &ret->to);
	if (rc == 0 && !day_is_none(ret->from) && !day_is_none(ret->to) &&
	    day_cmp(ret->from, ret->to) > 0)
		rc = map_rows_err(
		    c, rows, a->to.col, ERR_INVALID, "the period ends before it begins");
	return rc;
}

static int order_get(struct ctx *c, struct map_rows *rows, struct draft_order *o)
{
	const struct map_demand_spec *d = &rows->map->demand;
	int rc = slot_get(c, rows, &d->slot[MAP_O_INSTRUMENT], true, &o->instrument);

	if (rc == 0)
		rc = slot_get(c, rows, &d->slot[MAP_O_CURES], false, &o->cures);
	o->facts = mem_array(c, d->n_facts, sizeof *o->facts);
	for (size_t i = 0; i < d->n_facts && rc == 0; i++) {
		struct draft_fact *f = &o->facts[o->n_facts];

		rc = slot_get(c, rows, &d->facts[i].value, false, &f->value);
		f->name = d->facts[i].name;
		o->n_facts += rc == 0 && f->value.n > 0; /* an empty field states nothing */
	}
	if (rc == 0)
		rc = targets_get(c, rows, o);
	o->asks = mem_array(c, d->n_asks, sizeof *o->asks);
	for (; o->n_asks < d->n_asks && rc == 0; o->n_asks++)
		rc = ask_get(c, rows, &d->asks[o->n_asks], &o->asks[o->n_asks]);
	return rc;
}

static int head_get(struct ctx *c, struct map_rows *rows, struct draft *d)
{
	const struct map_value *slot = rows->map->demand.slot;
	const struct {
		enum map_slot slot;
		bool needed;
		struct str *ret;
	} texts[] = {{MAP_CHANNEL, true, &d->channel}, {MAP_LANGUAGE, true, &d->language},
	    {MAP_SUBJECT, false, &d->subject}, {MAP_MESSAGE, false, &d->message},
	    {MAP_A_BODY, true, &d->body}, {MAP_A_LEVEL, false, &d->level},
	    {MAP_A_NAME, true, &d->authority}, {MAP_A_NUMBER, false, &d->number},
	    {MAP_A_OFFICER, false, &d->officer}, {MAP_A_MAIL, false, &d->officer_mail},
	    {MAP_A_KEY, false, &d->officer_key}};
	int rc = received_get(c, rows, &d->received);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && rc == 0; i++)
		rc = slot_get(c, rows, &slot[texts[i].slot], texts[i].needed, texts[i].ret);
	if (rc == 0)
		rc = map_rows_country(c, rows, &slot[MAP_A_COUNTRY], &d->country);
	if (rc == 0)
		rc = yesno_get(c, rows, &slot[MAP_VERIFIED], false, &d->verified);
	return rc == 0 ? yesno_get(c, rows, &slot[MAP_SPECIFIC], true, &d->specific) : rc;
}

int map_demand_next(struct ctx *c, struct map_rows *rows, struct draft *ret, int64_t *ret_line)
{
	struct draft d = {.received = INSTANT_NONE};
	int rc = map_rows_read(c, rows);

	if (rc <= 0)
		return rc;
	d.orders = mem_array(c, 1, sizeof *d.orders);
	d.n_orders = 1;
	rc = map_rows_unique(c, rows);
	if (rc == 0)
		rc = head_get(c, rows, &d);
	if (rc == 0)
		rc = order_get(c, rows, d.orders);
	if (rc != 0) {
		rows->refused++;
		return rc;
	}
	*ret = d;
	*ret_line = rows->row.line;
	return 1;
}
