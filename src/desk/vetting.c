#include "desk/vetting.h"

#include "base/mem.h"
#include "desk/agency.h"
#include "desk/enrol.h"
#include "desk/outgoing.h"
#include "desk/standing.h"

struct approving {
	struct instance *in;
	const struct person *actor;
	struct str ref;
	const struct vetting *v;
	struct officer officer;
	struct agency agency;
	bool active;
};

static int find_agency(struct ctx *c, struct approving *a)
{
	int rc = a->officer.agency != 0 && a->v->agency.n == 0
		     ? agency_by_id(c, a->in, a->officer.agency, &a->agency)
		     : agency_get(c, a->in, a->v->agency, &a->agency);

	if (rc == 0 && a->officer.agency != 0 && a->agency.id != a->officer.agency)
		rc = err_set(c, ERR_INVALID, "the first person named another agency");
	if (rc == 0 && !str_is(a->agency.state, "active"))
		rc = err_set(c, ERR_DENIED, "the agency is %s", a->agency.state.p);
	return rc;
}

static int second_due(struct ctx *c, const struct approving *a, bool *ret)
{
	const struct db_val *others;
	bool known = false;
	int rc = db_one(c, a->in->store.db, SQL_OFFICER_OTHERS,
	    DB_ARGS(db_int(a->agency.id), db_int(a->officer.id)), &others);

	if (rc == 0)
		rc = agency_knows(c, a->in, a->agency.id, officer_domain(c, &a->officer), &known);
	if (rc == 0)
		*ret = others[0].num == 0 || !known;
	return rc;
}

/* With the one-time link by which they set up a passkey, where the house says in writ.yaml under
 * which address it is found. */
static int welcome(struct ctx *c, const struct approving *a)
{
	bool de = str_is(a->officer.language, "de");
	struct enrol_link link = {0};
	struct person p;
	int rc = person_get(c, a->in, a->officer.person, &p);

	if (rc == 0)
		rc = enrol_link(c, a->in, a->actor, &p, &link);
	if (rc == ERR_INVALID) {
		err_clear(c);
		rc = 0;
	}
	if (rc != 0 || a->officer.address.n == 0)
		return rc;
	return outgoing_put(c, a->in,
	    &(struct outgoing){.kind = STR("officer.welcome"),
		.to = a->officer.address,
		.subject = de ? STR("Ihr Zugang zum Portal für Behörden")
			      : STR("Your access to the portal"),
		.text = str_fmt(c,
		    de ? "Ihre Anmeldung wurde geprüft. Richten Sie jetzt einen Passkey ein; "
			 "danach "
			 "können Sie Ersuchen einreichen.\n%.*s"
		       : "Your registration was vetted. Set up a passkey now; then you can submit "
			 "demands.\n%.*s",
		    STR_ARG(link.url))});
}

static int set_officer(
    struct ctx *c, struct step *s, const struct approving *a, bool first, bool due)
{
	const struct officer *o = &a->officer;

	return step_update(c, s, STEP_OFFICER, SQL_OFFICER_SET, o->id, o->rev,
	    DB_ARGS(db_text(a->active ? STR("active") : STR("confirmed")), db_int(a->agency.id),
		db_int(first ? a->actor->id : o->vetter), db_int(due),
		first ? db_null() : db_int(a->actor->id)));
}

static int approve(struct ctx *c, struct step *s, void *arg)
{
	struct approving *a = arg;
	struct officer *o = &a->officer;
	bool first, due = false;
	int rc = officer_get(c, a->in, a->ref, o);

	if (rc != 0)
		return rc;
	if (!str_is(o->state, "confirmed"))
		return err_set(c, ERR_CONFLICT, "the officer is %s", o->state.p);
	first = o->vetter == 0;
	if (!first && o->vetter == a->actor->id)
		return err_set(c, ERR_DENIED, "the second person is another than the first");
	rc = find_agency(c, a);
	if (rc == 0)
		rc = second_due(c, a, &due);
	if (rc != 0)
		return rc;
	a->active = !first || !due;
	rc = set_officer(c, s, a, first, first ? due : o->second_due);
	if (rc == 0)
		rc = standing_note(c, s, a->in, o->id, 0, first ? "vetted" : "seconded",
		    a->v->source, a->v->reason);
	json_set_int(c, s->detail, "officer", o->id);
	return rc;
}

static int approve_all(struct ctx *c, void *arg)
{
	struct approving *a = arg;
	int rc = step_run(c, &a->in->store, "officer.vet", a->actor->id, approve, a, NULL);

	return rc == 0 && a->active ? welcome(c, a) : rc;
}

int vetting_approve(struct ctx *c, struct instance *in, const struct person *actor,
    struct str officer, const struct vetting *v, bool *ret_active)
{
	struct approving a = {.in = in, .actor = actor, .ref = officer, .v = v};
	int rc = right_needs(c, actor, RIGHT_OFFICER_VET);

	if (rc == 0 && (str_trim(v->source).n == 0 || str_trim(v->reason).n == 0))
		rc = err_set(c, ERR_INVALID,
		    "needed: where the number was found, independently, and what was checked");
	if (rc == 0)
		rc = step_together(c, &in->store, approve_all, &a);
	if (rc == 0)
		*ret_active = a.active;
	return rc;
}

int vetting_refuse(struct ctx *c, struct instance *in, const struct person *actor,
    struct str officer, struct str reason)
{
	struct officer o;
	int rc = right_needs(c, actor, RIGHT_OFFICER_VET);

	if (rc == 0)
		rc = officer_get(c, in, officer, &o);
	if (rc == 0 && !str_is(o.state, "confirmed"))
		rc = err_set(c, ERR_CONFLICT, "the officer is %s", o.state.p);
	return rc == 0 ? standing_officer(c, in, actor, officer, STR("refused"), reason) : rc;
}
