#include "out/view_right.h"

/* By enum right_also. Hidden is a matter of what the refusal says. */
static const struct {
	const char *word, *en;
} alsos[] = {{"", ""}, {"named", ", named to the sealed compartment"},
    {"named", ", named to the sealed compartment"},
    {"or_named", ", or named to the sealed compartment"},
    {"or_ruled", ", or the role that the rules of retention name"}};
enum { N_ALSOS = sizeof alsos / sizeof alsos[0] };

const char *view_rights_also(struct str word)
{
	for (size_t i = 0; i < N_ALSOS; i++)
		if (str_is(word, alsos[i].word))
			return alsos[i].en;
	return "";
}

struct listing {
	struct ctx *c;
	const struct person *who; /* NULL: all */
	bool tell;                /* whether who is named may be told */
	unsigned ruled;
	struct json *list;
};

/* Untold naming: the condition stands in the list, met or not. */
static bool has(const struct listing *l, enum right right, const struct right_rule *rule)
{
	struct person p;

	if (l->who == NULL)
		return true;
	p = *l->who;
	if (!l->tell)
		p.sealed = rule->also == RIGHT_ALSO_NAMED || rule->also == RIGHT_ALSO_HIDDEN;
	return right_has_ruled(&p, right, l->ruled);
}

static int add(enum right right, const struct right_rule *rule, void *arg)
{
	struct listing *l = arg;
	struct json *j;

	if (!has(l, right, rule))
		return 0;
	j = json_map(l->c);
	json_set_text(l->c, j, "right", str_of(rule->name));
	json_set_text(l->c, j, "title", str_of(rule->en));
	json_set_text(l->c, j, "title_de", str_of(rule->de));
	json_set_bool(l->c, j, "case", rule->on == RIGHT_ON_CASE);
	json_set_text(l->c, j, "roles", person_roles_str(l->c, rule->roles));
	json_set_text(l->c, j, "also", str_of(alsos[rule->also].word));
	json_add(l->c, l->list, j);
	return 0;
}

static int ruled_role(struct ctx *c, const struct instance *in, unsigned *ret)
{
	const struct retention *list =
	    retention_on(&in->retention, instant_day((struct instant){ctx_now(c)}));

	return list == NULL ? 0 : person_roles(c, list->role, ret);
}

int view_rights(struct ctx *c, struct instance *in, const struct person *asks,
    const struct person *who, struct json **ret)
{
	struct listing l = {.c = c, .who = who, .list = json_list(c)};
	struct json *j = json_map(c);
	int rc = ruled_role(c, in, &l.ruled);

	if (rc != 0)
		return rc;
	if (who != NULL) {
		l.tell = asks->id == who->id || right_has(asks, RIGHT_PERSON_NAMED);
		json_set_text(c, j, "person", who->handle);
		json_set_text(c, j, "roles", person_roles_str(c, who->roles));
		json_set_text(c, j, "countries", who->lands);
		if (l.tell)
			json_set_bool(c, j, "sealed", who->sealed);
		json_set_bool(c, j, "active", who->active);
	}
	(void)!right_each(add, &l);
	json_set(c, j, "rights", l.list);
	*ret = j;
	return 0;
}
