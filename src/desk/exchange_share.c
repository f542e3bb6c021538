/* Which colleagues see a demand (exchange.h). */
#include "desk/exchange.h"
#include "desk/outgoing.h"

struct sharing {
	struct instance *in;
	const struct person *who;
	struct str ref;
	bool shared, ends;
	struct officer colleague;
	struct officer own;
	struct demand demand;
	const struct db_val *sub;
};

/* Only who submitted it says who else sees it. */
static int load(struct ctx *c, struct sharing *h)
{
	int rc = portal_seen(c, h->in, h->who, h->ref, &h->demand, &h->own);

	if (rc == 0)
		rc = db_one(c, h->in->store.db, SQL_SUBMISSION_OF_DEMAND,
		    DB_ARGS(db_int(h->demand.id)), &h->sub);
	if (rc == 0 && h->sub[3].num != h->own.id)
		rc = err_set(c, ERR_DENIED, "who submitted it says who else sees it");
	return rc;
}

static int share(struct ctx *c, struct step *s, void *arg)
{
	struct sharing *h = arg;
	int rc = load(c, h);

	json_set_bool(c, s->detail, "shared", h->shared);
	return rc == 0 ? step_update(c, s, STEP_SUBMISSION, SQL_SUBMISSION_SET, h->sub[0].num,
			     h->sub[1].num, DB_ARGS(db_int(h->shared), h->sub[6]))
		       : rc;
}

int exchange_share(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref, bool shared)
{
	struct sharing h = {.in = in, .who = who, .ref = ref, .shared = shared};
	int rc = load(c, &h);

	return rc == 0 ? step_run(c, &in->store, "demand.share", who->id, share, &h, NULL) : rc;
}

static int tell(struct ctx *c, const struct sharing *h)
{
	bool de = str_is(h->colleague.language, "de");

	return outgoing_put(c, h->in,
	    &(struct outgoing){.kind = STR("officer.invited"),
		.to = h->colleague.address,
		.subject =
		    de ? STR("Ein Ersuchen Ihrer Behörde") : STR("A demand of your authority"),
		.text = str_fmt(c,
		    de ? "Eine Kollegin oder ein Kollege hat Ihnen im Portal ein Ersuchen "
			 "freigegeben: %s"
		       : "A colleague has shared a demand with you in the portal: %s",
		    h->demand.ref.p)});
}

static int invite(struct ctx *c, struct step *s, void *arg)
{
	struct sharing *h = arg;
	const struct db_val *row;
	int rc = load(c, h);

	if (rc == 0)
		rc = db_find(c, h->in->store.db, SQL_COLLEAGUE_FIND,
		    DB_ARGS(db_int(h->demand.id), db_int(h->colleague.id)), &row);
	if (rc != 0)
		return rc;
	if (h->ends && row == NULL)
		return err_set(c, ERR_NOTFOUND, "no such colleague is invited");
	json_set_int(c, s->detail, "officer", h->colleague.id);
	if (row != NULL)
		return step_update(c, s, STEP_COLLEAGUE, SQL_COLLEAGUE_SET, row[0].num, row[1].num,
		    DB_ARGS(h->ends ? db_int(s->now.s) : db_null()));
	rc = step_insert(c, s, STEP_COLLEAGUE, SQL_COLLEAGUE_PUT,
	    DB_ARGS(
		db_int(h->demand.id), db_int(h->colleague.id), db_int(h->own.id), db_int(s->now.s)),
	    NULL);
	return rc == 0 ? tell(c, h) : rc;
}

int exchange_invite(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct str address)
{
	struct sharing h = {.in = in, .who = who, .ref = ref};
	bool found;
	int rc = load(c, &h);

	if (rc == 0)
		rc = officer_find_address(c, in, address, &h.colleague, &found);
	if (rc != 0)
		return rc;
	if (!found || h.colleague.agency != h.own.agency || h.colleague.id == h.own.id ||
	    !str_is(h.colleague.state, "active"))
		return 0;
	return step_run(c, &in->store, "demand.invite", who->id, invite, &h, NULL);
}

int exchange_uninvite(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct str colleague)
{
	struct sharing h = {.in = in, .who = who, .ref = ref, .ends = true};
	int rc = load(c, &h);

	if (rc == 0 && officer_get(c, in, colleague, &h.colleague) != 0) {
		err_clear(c);
		return err_set(c, ERR_NOTFOUND, "no such colleague is invited");
	}
	return rc == 0 ? step_run(c, &in->store, "demand.invite", who->id, invite, &h, NULL) : rc;
}
