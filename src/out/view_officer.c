#include "out/view_officer.h"

#include "desk/agency.h"
#include "out/seal.h"
#include "out/view_officer_p.h"
#include "out/view_set.h"

/* What asks most of the officer comes first. */
static const char *const by_weight[] = {"question", "ready", "refused", "in_review", "annex3",
    "preserved", "answered", "redirected", "replaced", "withdrawn"};

static struct str heaviest(const struct json *orders)
{
	for (size_t w = 0; w < sizeof by_weight / sizeof by_weight[0]; w++)
		for (size_t i = 0; i < orders->n; i++)
			if (str_is(json_text(orders->at[i], "state"), by_weight[w]))
				return str_of(by_weight[w]);
	return STR("in_review");
}

/* One that was joined with another and may not be followed there is being looked at, like others.
 */
static struct str state_of(const struct demand *d, const struct json *orders, bool withdrawn)
{
	if (str_is(d->state, "received"))
		return withdrawn ? STR("withdrawn") : STR("received");
	if (str_is(d->state, "not_data"))
		return STR("closed");
	return heaviest(orders);
}

static int add_colleague(struct ctx *c, const struct db_val *row, void *arg)
{
	struct json *list = arg, *j = json_map(c);

	json_set_text(c, j, "officer", str_make(c, row[1].s));
	json_add(c, list, j);
	return 0;
}

static int name_colleagues(struct ctx *c, struct instance *in, struct json *list)
{
	int rc = 0;

	for (size_t i = 0; i < list->n && rc == 0; i++) {
		struct officer o;

		rc = officer_get(c, in, json_text(list->at[i], "officer"), &o);
		if (rc == 0)
			json_set_text(c, list->at[i], "name", o.name);
	}
	return rc;
}

static int put_orders(struct ctx *c, struct instance *in, const struct demand *d, struct json **ret)
{
	struct json *list = json_list(c), *one;
	struct legal_orders all;
	int rc = portal_orders(c, in, d, &all);

	for (size_t i = 0; i < all.n && rc == 0; i++) {
		rc = view_officer_order(c, in, &all.v[i], (int64_t)i + 1, &one);
		if (rc == 0)
			json_add(c, list, one);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}

/* Erased: states and numbers stay, no target and no text. */
int view_officer_case(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref, struct json **ret)
{
	struct json *j = json_map(c), *orders = NULL, *colleagues = json_list(c);
	const struct db_val *sub = NULL;
	struct officer own;
	struct demand d;
	int rc = portal_seen(c, in, who, ref, &d, &own);

	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(d.id)), &sub);
	if (rc == 0)
		rc = put_orders(c, in, &d, &orders);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_COLLEAGUE_OF_DEMAND, DB_ARGS(db_int(d.id)),
		    add_colleague, colleagues);
	if (rc == 0)
		rc = name_colleagues(c, in, colleagues);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "demand", d.ref);
	json_set_text(c, j, "received", instant_str(c, d.received));
	json_set_text(c, j, "state", state_of(&d, orders, sub[6].kind != DB_NULL));
	json_set_bool(c, j, "own", sub[3].num == own.id);
	json_set_bool(c, j, "shared", sub[5].num != 0);
	json_set(c, j, "colleagues", colleagues);
	json_set(c, j, "orders", orders);
	*ret = j;
	return 0;
}

struct listing {
	struct instance *in;
	const struct person *who;
	struct json *list;
};

static int list_one(struct ctx *c, struct str ref, void *arg)
{
	static const char *const keys[] = {"demand", "received", "state"};
	struct listing *l = arg;
	struct json *j = json_map(c), *whole;
	int rc = view_officer_case(c, l->in, l->who, ref, &whole);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		json_set_text(c, j, keys[i], json_text(whole, keys[i]));
	json_set_bool(c, j, "own", json_find(whole, "own")->yes);
	json_add(c, l->list, j);
	return 0;
}

int view_officer_list(
    struct ctx *c, struct instance *in, const struct person *who, int64_t limit, struct json **ret)
{
	struct listing l = {in, who, json_list(c)};
	int rc = portal_each(c, in, who, limit, list_one, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}

int view_officer_self(
    struct ctx *c, struct instance *in, const struct person *who, struct json **ret)
{
	struct json *j = json_map(c);
	struct officer o;
	struct agency a;
	int rc = officer_acts(c, in, who, &o);

	if (rc == 0)
		rc = agency_by_id(c, in, o.agency, &a);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "officer", o.ref);
	json_set_text(c, j, "name", o.name);
	json_set_text(c, j, "address", o.address);
	json_set_text(c, j, "phone", o.phone);
	json_set_text(c, j, "rank", o.rank);
	json_set_text(c, j, "language", o.language);
	json_set_text(c, j, "recipient", o.recipient);
	view_set_seal(c, j, o.recipient);
	json_set_text(c, j, "agency", a.name);
	json_set_text(c, j, "country", a.country);
	*ret = j;
	return 0;
}

struct str view_officer_file(struct ctx *c, struct str ref, struct str head)
{
	enum seal_kind kind;

	return str_fmt(c, "%.*s.tar%s", STR_ARG(ref),
	    seal_kind_seen(head, &kind) ? seal_kind_suffix(kind) : "");
}
