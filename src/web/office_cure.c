#include "web/office_cure.h"

#include "desk/advice.h"

static void take(
    struct ctx *c, struct json *to, const char *key, const struct json *from, const char *name)
{
	if (json_text(from, name).n > 0)
		json_set_text(c, to, key, json_text(from, name));
}

static void take_targets(struct ctx *c, struct json *to, const struct json *list)
{
	struct json *targets = json_list(c);

	for (size_t i = 0; list != NULL && list->kind == JSON_LIST && i < list->n; i++) {
		const struct json *specific = json_find(list->at[i], "specific");
		struct json *j = json_map(c);

		take(c, j, "kind", list->at[i], "kind");
		take(c, j, "value", list->at[i], "value");
		take(c, j, "at", list->at[i], "at");
		if (specific != NULL && !specific->yes)
			json_set_bool(c, j, "broad", true);
		json_add(c, targets, j);
	}
	json_set(c, to, "targets", targets);
}

static void take_ask(struct ctx *c, struct json *to, const struct json *asks)
{
	const struct json *one = asks == NULL || asks->n == 0 ? NULL : asks->at[0],
			  *fields = json_find(one, "fields");
	struct json *list = json_list(c);

	for (size_t i = 0; fields != NULL && i < fields->n; i++)
		json_add(c, list, json_of_text(c, fields->at[i]->text));
	json_set(c, to, "fields", list);
	take(c, to, "service", one, "service");
	take(c, to, "from", one, "from");
	take(c, to, "to", one, "to");
}

/* The emergency and the secrecy have places of their own in the form. */
static void take_facts(struct ctx *c, struct json *to, const struct json *facts)
{
	struct json *kept = json_map(c);

	for (size_t i = 0; facts != NULL && i < facts->n; i++)
		if (!str_starts(facts->key[i], "order.emergency") &&
		    !str_starts(facts->key[i], "order.secrecy") && !advice_ours(facts->key[i]))
			take(c, kept, facts->key[i].p, facts, facts->key[i].p);
	json_set(c, to, "facts", kept);
	if (str_is(json_text(facts, "order.emergency"), "yes"))
		json_set_text(c, to, "emergency", STR("yes"));
	take(c, to, "statement", facts, "order.emergency_statement");
	if (str_is(json_text(facts, "order.secrecy"), "yes"))
		json_set_text(c, to, "secrecy", STR("yes"));
	take(c, to, "secrecy_until", facts, "order.secrecy_until");
}

int office_cure(struct route_ask *ask, struct str ref, struct json *form)
{
	struct ctx *c = ask->c;
	const struct json *orders, *order;
	struct cure of;
	int rc = cure_of(c, ask->in, ask->who, ref, &of);

	if (rc != 0)
		return rc;
	json_set_text(c, form, "cures", of.demand.ref);
	orders = json_find(of.draft, "orders");
	if (orders == NULL || orders->n == 0)
		return 0;
	order = orders->at[0];
	take(c, form, "language", of.draft, "language");
	take(c, form, "number", json_find(of.draft, "authority"), "number");
	take(c, form, "subject", of.draft, "subject");
	take(c, form, "message", of.draft, "message");
	if (of.shared)
		json_set_text(c, form, "shared", STR("yes"));
	take(c, form, "instrument", order, "instrument");
	take_targets(c, form, json_find(order, "targets"));
	take_ask(c, form, json_find(order, "asks"));
	take_facts(c, form, json_find(order, "facts"));
	for (size_t i = 0; i < of.papers->n; i++)
		json_set_bool(c, of.papers->at[i], "keep", true);
	json_set(c, form, "old_papers", of.papers);
	return 0;
}

/* ---- papers ---- */

static int64_t number_of(const struct json *paper)
{
	return json_find(paper, "number")->num;
}

void office_cure_keep(struct route_ask *ask, struct json *form, const struct route_value *numbers)
{
	const struct json *papers = json_find(form, "old_papers");

	for (size_t i = 0; papers != NULL && i < papers->n; i++) {
		bool keep = false;

		for (size_t k = 0; k < numbers->n; k++)
			keep = keep || numbers->all[k].num == number_of(papers->at[i]);
		json_set_bool(ask->c, papers->at[i], "keep", keep);
	}
}

static bool is_kept(const struct json *paper)
{
	const struct json *keep = json_find(paper, "keep");

	return keep != NULL && keep->yes;
}

size_t office_cure_count(const struct json *form)
{
	const struct json *papers = json_find(form, "old_papers");
	size_t n = 0;

	for (size_t i = 0; papers != NULL && i < papers->n; i++)
		n += is_kept(papers->at[i]);
	return n;
}

int office_cure_papers(struct route_ask *ask, const struct json *form, struct demand_paper *ret)
{
	const struct json *papers = json_find(form, "old_papers");
	const char *spool = instance_path(ask->c, ask->in, ask->in->serve.spool).p;
	struct cure of;
	size_t n = 0;
	int rc = office_cure_count(form) == 0
		     ? 0
		     : cure_of(ask->c, ask->in, ask->who, json_text(form, "cures"), &of);

	for (size_t i = 0; rc == 0 && papers != NULL && i < papers->n; i++)
		if (is_kept(papers->at[i]))
			rc = cure_paper(
			    ask->c, ask->in, &of, number_of(papers->at[i]), spool, &ret[n++]);
	return rc;
}
