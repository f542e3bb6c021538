#include "desk/retention.h"

#include "base/mem.h"

/* What a rule can be of: the outcomes, a preservation that was put in force, and a demand that was
 * sorted out in triage. */
static const char words[] =
    "content noncontent no_data rejected annex3 withdrawn redirected preserved not_data";

static int read_after(struct ctx *c, const struct yaml *node, struct retention_rule *ret)
{
	struct str rest, number, unit, more;
	int64_t n;
	int rc = yaml_get_text(c, node, "after", &rest);

	if (rc != 0)
		return rc;
	if (!str_word(&rest, &number) || !str_word(&rest, &unit) || str_word(&rest, &more) ||
	    !str_i64(number, &n) || n < 1 || n > 36500)
		return yaml_err(
		    c, node, "after: want N days, N months or N years, N from 1 to 36500");
	if (str_is(unit, "days"))
		ret->days = (int)n;
	else if (str_is(unit, "months") && n <= 1200)
		ret->months = (int)n;
	else if (str_is(unit, "years") && n <= 100)
		ret->months = (int)n * 12;
	else
		return yaml_err(
		    c, node, "after: want N days, N months or N years, at most a hundred years");
	return 0;
}

static int read_of(struct ctx *c, const struct yaml *node, struct retention_rule *ret)
{
	struct str rest, w;
	int rc = yaml_get_text(c, node, "of", &ret->of);

	rest = ret->of;
	while (rc == 0 && str_word(&rest, &w))
		if (!str_has_word(str_of(words), w))
			rc = yaml_err(c, node, "of: want outcomes, with blanks between: %s", words);
	if (rc == 0 && str_trim(ret->of).n == 0)
		rc = yaml_err(c, node, "of: want outcomes, with blanks between: %s", words);
	return rc;
}

static int read_rule(struct ctx *c, const struct yaml *node, struct retention_rule *ret)
{
	static const char *const since[] = {"settled", "delivered", "closed"};
	struct str word;
	size_t i = 0;
	int rc = yaml_keys_check(c, node, "id of after since cite");

	if (rc == 0)
		rc = yaml_get_text(c, node, "id", &ret->id);
	if (rc == 0)
		rc = read_of(c, node, ret);
	if (rc == 0)
		rc = read_after(c, node, ret);
	if (rc == 0)
		rc = yaml_get_text(c, node, "since", &word);
	if (rc != 0)
		return rc;
	while (i < 3 && !str_is(word, since[i]))
		i++;
	if (i == 3)
		return yaml_err(c, node, "since: want settled, delivered or closed");
	ret->since = (enum retention_since)i;
	ret->cite = yaml_text(node, "cite");
	return 0;
}

static int check_one_each(struct ctx *c, const struct yaml *list, const struct retention *r)
{
	for (size_t i = 0; i < r->n_rules; i++)
		for (size_t k = 0; k < i; k++) {
			struct str rest = r->rules[i].of, w;

			if (str_eq(r->rules[i].id, r->rules[k].id))
				return yaml_err(c, list->at[i], "id: two rules have the same");
			while (str_word(&rest, &w))
				if (str_has_word(r->rules[k].of, w))
					return yaml_err(c, list->at[i],
					    "of: %.*s has a rule already, %.*s", STR_ARG(w),
					    STR_ARG(r->rules[k].id));
		}
	return 0;
}

static int read_list(struct ctx *c, const struct yaml *node, struct retention *ret)
{
	const struct yaml *rules = yaml_find(node, "rules");
	struct str from;
	int rc = yaml_keys_check(c, node, "from role rules");

	if (rc == 0)
		rc = yaml_get_text(c, node, "from", &from);
	if (rc == 0 && day_parse(c, from, &ret->from) != 0)
		return err_while(c, ERR_INVALID, "%s:%d: from", node->file, node->line);
	if (rc != 0)
		return rc;
	ret->role = yaml_text(node, "role");
	if (ret->role.n == 0)
		ret->role = STR("counsel");
	if (!str_has_word(STR("intake reviewer counsel"), ret->role))
		return yaml_err(c, node, "role: want intake, reviewer or counsel");
	if (rules == NULL || rules->kind != YAML_LIST)
		return yaml_err(c, node, "rules: want a list");
	ret->n_rules = rules->n;
	ret->rules = mem_array(c, rules->n, sizeof *ret->rules);
	for (size_t i = 0; i < rules->n && rc == 0; i++)
		rc = read_rule(c, rules->at[i], &ret->rules[i]);
	return rc == 0 ? check_one_each(c, rules, ret) : rc;
}

int retention_read(struct ctx *c, const struct yaml *root, struct retentions *ret)
{
	const struct yaml *list = yaml_find(root, "retention");
	int rc = 0;

	*ret = (struct retentions){0};
	if (list == NULL)
		return 0;
	if (list->kind != YAML_LIST)
		return yaml_err(c, list, "retention: want a list of dated entries");
	ret->n = list->n;
	ret->v = mem_array(c, list->n, sizeof *ret->v);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_list(c, list->at[i], &ret->v[i]);
		if (rc == 0 && i > 0 && day_cmp(ret->v[i - 1].from, ret->v[i].from) >= 0)
			rc = yaml_err(c, list->at[i], "retention: entries go from old to new");
	}
	return rc;
}

const struct retention *retention_on(const struct retentions *all, struct day day)
{
	const struct retention *found = NULL;

	for (size_t i = 0; i < all->n; i++)
		if (day_cmp(all->v[i].from, day) <= 0)
			found = &all->v[i];
	return found;
}

const struct retention_rule *retention_for(const struct retention *list, struct str word)
{
	for (size_t i = 0; list != NULL && i < list->n_rules; i++)
		if (str_has_word(list->rules[i].of, word))
			return &list->rules[i];
	return NULL;
}

struct day retention_end(const struct retention_rule *rule, struct day from)
{
	return rule->months > 0 ? day_add_months(from, rule->months) : day_add(from, rule->days);
}
