#include "out/view_vetting.h"

#include "desk/agency.h"
#include "desk/right.h"
#include "desk/standing.h"
#include "out/view_set.h"

struct listing {
	struct instance *in;
	struct json *list;
	bool names;
};

/* ---- agencies ---- */

static int agency_json(
    struct ctx *c, struct instance *in, const struct agency *a, struct json **ret)
{
	struct json *j = json_map(c), *domains;
	int rc = agency_domains(c, in, a->id, &domains);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "agency", a->ref);
	json_set_text(c, j, "country", a->country);
	json_set_text(c, j, "body", a->body);
	json_set_text(c, j, "level", a->level);
	json_set_text(c, j, "name", a->name);
	json_set_text(c, j, "state", a->state);
	json_set(c, j, "domains", domains);
	*ret = j;
	return 0;
}

static int add_agency(struct ctx *c, const struct agency *a, void *arg)
{
	struct listing *l = arg;
	struct json *j;
	int rc = agency_json(c, l->in, a, &j);

	if (rc == 0)
		json_add(c, l->list, j);
	return rc;
}

int view_agencies(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct listing l = {.in = in, .list = json_list(c)};
	int rc = agency_each(c, in, actor, add_agency, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}

/* ---- officers ---- */

static int officer_json(
    struct ctx *c, struct instance *in, const struct officer *o, bool names, struct json **ret)
{
	struct json *j = json_map(c);
	struct agency a;
	int rc = o->agency == 0 ? 0 : agency_by_id(c, in, o->agency, &a);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "officer", o->ref);
	json_set_text(c, j, "state", o->state);
	json_set_text(c, j, "language", o->language);
	json_set_text(c, j, "registered", instant_str(c, o->at));
	if (o->agency != 0) {
		json_set_text(c, j, "agency", a.ref);
		json_set_text(c, j, "agency_name", a.name);
	}
	if (o->vetter != 0 && str_is(o->state, "confirmed"))
		json_set_bool(c, j, "waits_for_second", true);
	if (names && o->name.n > 0) {
		json_set_text(c, j, "name", o->name);
		json_set_text(c, j, "address", o->address);
		json_set_text(c, j, "phone", o->phone);
		view_set_seal(c, j, o->recipient);
		json_set_text(c, j, "rank", o->rank);
	}
	if (o->authority.n > 0) {
		json_set_text(c, j, "domain", officer_domain(c, o));
		json_set_text(c, j, "says_authority", o->authority);
		json_set_text(c, j, "says_country", o->country);
	}
	*ret = j;
	return 0;
}

static int add_officer(struct ctx *c, const struct officer *o, void *arg)
{
	struct listing *l = arg;
	struct json *j;
	int rc = officer_json(c, l->in, o, l->names, &j);

	if (rc == 0)
		json_add(c, l->list, j);
	return rc;
}

int view_officers(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    struct json **ret)
{
	struct listing l = {in, json_list(c), right_has(actor, RIGHT_OFFICER_NAMES)};
	int rc = right_needs(c, actor, RIGHT_OFFICER_READ);

	if (rc == 0 &&
	    !str_has_word(STR("confirmed active suspended compromised refused left"), state))
		rc = err_set(c, ERR_INVALID,
		    "an officer is confirmed, active, suspended, compromised, refused or left");
	if (rc == 0)
		rc = officer_each(c, in, state, add_officer, &l);
	if (rc == 0)
		*ret = l.list;
	return rc;
}

int view_officer_staff(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct json **ret)
{
	struct json *j, *history;
	struct officer o;
	int rc = right_needs(c, actor, RIGHT_OFFICER_READ);

	if (rc == 0)
		rc = officer_get(c, in, ref, &o);
	if (rc == 0)
		rc = officer_json(c, in, &o, right_has(actor, RIGHT_OFFICER_NAMES), &j);
	if (rc == 0)
		rc = standing_list(c, in, o.id, 0, &history);
	if (rc != 0)
		return rc;
	json_set(c, j, "history", history);
	*ret = j;
	return 0;
}

int view_agency(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret)
{
	struct listing l = {in, json_list(c), right_has(actor, RIGHT_OFFICER_NAMES)};
	struct json *j, *history;
	struct agency a;
	int rc = right_needs(c, actor, RIGHT_OFFICER_READ);

	if (rc == 0)
		rc = agency_get(c, in, ref, &a);
	if (rc == 0)
		rc = agency_json(c, in, &a, &j);
	if (rc == 0)
		rc = officer_of_agency(c, in, a.id, add_officer, &l);
	if (rc == 0)
		rc = standing_list(c, in, 0, a.id, &history);
	if (rc != 0)
		return rc;
	json_set(c, j, "officers", l.list);
	json_set(c, j, "history", history);
	*ret = j;
	return 0;
}
