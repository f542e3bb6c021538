#include "desk/dsa_conf.h"

#include "base/mem.h"

/* One of two words, the first unless something else is said; *ret: it is the second. */
static int read_either(struct ctx *c, const struct yaml *map, const char *key, const char *first,
    const char *second, bool *ret)
{
	const struct yaml *node = yaml_find(map, key);
	struct str v = yaml_text(map, key);

	if (node != NULL && !str_is(v, first) && !str_is(v, second))
		return yaml_err(c, node, "%s: want %s or %s", key, first, second);
	*ret = str_is(v, second);
	return 0;
}

static int read_line(struct ctx *c, const struct yaml *node, struct dsa_conf_line *ret)
{
	int rc = yaml_keys_check(c, node, "indicator value");

	if (rc == 0)
		rc = yaml_get_text(c, node, "indicator", &ret->indicator);
	if (rc == 0)
		rc = yaml_get_text(c, node, "value", &ret->value);
	if (rc == 0 && ret->indicator.n == 0)
		rc = yaml_err(c, node, "indicator: is empty");
	return rc;
}

static int read_lines(struct ctx *c, const struct yaml *map, struct dsa_conf *ret)
{
	const struct yaml *list = yaml_find(map, "identification");
	int rc = 0;

	if (list == NULL)
		return 0;
	if (list->kind != YAML_LIST)
		return yaml_err(c, list, "identification: want a list");
	ret->n_lines = list->n;
	ret->lines = mem_array(c, list->n, sizeof *ret->lines);
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = read_line(c, list->at[i], &ret->lines[i]);
	return rc;
}

int dsa_conf_read(struct ctx *c, const struct yaml *root, struct dsa_conf *ret)
{
	const struct yaml *map = yaml_find(root, "dsa"), *service;
	bool not_applicable = false, leave_out = false;
	int rc;

	*ret = (struct dsa_conf){0};
	if (map == NULL)
		return 0;
	if (map->kind != YAML_MAP)
		return yaml_err(c, map, "dsa: want keys with values");
	rc = yaml_keys_check(
	    c, map, "service very_large small orders_to_act automatic_receipt epoc identification");
	service = yaml_find(map, "service");
	if (rc == 0 && service != NULL && service->kind != YAML_SCALAR)
		rc = yaml_err(c, service, "service: a text is expected");
	if (rc == 0 && yaml_find(map, "orders_to_act") == NULL)
		rc = yaml_err(c, map, "orders_to_act: want by_hand or not_applicable");
	if (rc == 0)
		rc = read_either(c, map, "very_large", "no", "yes", &ret->very_large);
	if (rc == 0)
		rc = read_either(c, map, "small", "no", "yes", &ret->small);
	if (rc == 0)
		rc = read_either(
		    c, map, "orders_to_act", "by_hand", "not_applicable", &not_applicable);
	if (rc == 0)
		rc = read_either(
		    c, map, "automatic_receipt", "as_timed", "zero", &ret->automatic_zero);
	if (rc == 0)
		rc = read_either(c, map, "epoc", "count", "leave_out", &leave_out);
	if (rc == 0)
		rc = read_lines(c, map, ret);
	ret->service = yaml_text(map, "service");
	ret->by_hand = !not_applicable;
	ret->epoc_counts = !leave_out;
	ret->given = true;
	return rc;
}
