#include "desk/oidc_login.h"

struct landing {
	struct instance *in;
	const struct oidc_result *round;
	struct session_by by;
	int64_t session, person;
	enum session_act act;
	struct str link, token;
	const char *way;
};

static int refused(struct ctx *c, const char **why, const char *word)
{
	*why = word;
	return err_set(c, ERR_DENIED, "this sign-in was not accepted: begin anew");
}

/* Whose subject it is, and whether that person may come in. only: that person alone. */
static int find(struct ctx *c, struct landing *l, const struct person *only, const char **why)
{
	struct subject o;
	struct person p;
	int rc = subject_find(c, l->in, l->round->sub, &o);

	if (rc == 0 && o.id == 0)
		return refused(c, why, "subject_unknown");
	if (rc == 0)
		rc = person_get(c, l->in, o.person, &p);
	if (rc == 0 && (!p.active || p.roles == 0 || (only != NULL && only->id != p.id)))
		return refused(c, why, "subject_person");
	l->by = (struct session_by){.person = o.person, .subject = o.id};
	return rc;
}

/* ---- a session ---- */

static int open(struct ctx *c, struct db *db, void *arg)
{
	struct landing *l = arg;
	int rc = oidc_over(c, l->in, l->round->id);

	(void)db;
	return rc == 0 ? session_open(c, l->in, &l->by, &l->token) : rc;
}

int oidc_login(struct ctx *c, struct instance *in, const struct oidc_result *r,
    struct str *ret_token, const char **ret_why)
{
	struct landing l = {.in = in, .round = r};
	int rc = find(c, &l, NULL, ret_why);

	if (rc == 0)
		rc = db_tx(c, in->store.db, open, &l);
	if (rc == 0)
		*ret_token = l.token;
	return rc;
}

/* ---- once more ---- */

int oidc_login_may(struct ctx *c, struct instance *in, const struct person *who, bool *ret)
{
	struct subjects others;
	struct keyring keys;
	int rc = keyring_of(c, in, who->id, &keys);

	if (rc == 0)
		rc = subject_of(c, in, who->id, &others);
	if (rc == 0)
		*ret = in->oidc.issuer.n > 0 && keys.live == 0 && others.here > 0;
	return rc;
}

static int verify(struct ctx *c, struct db *db, void *arg)
{
	struct landing *l = arg;
	int rc = oidc_over(c, l->in, l->round->id);

	(void)db;
	return rc == 0 ? session_verify(c, l->in, l->session, l->act) : rc;
}

int oidc_login_again(struct ctx *c, struct instance *in, const struct oidc_result *r,
    const struct oidc_trip *trip, int64_t session, const struct person *who, const char **ret_why)
{
	struct landing l = {
	    .in = in, .round = r, .session = session, .act = session_act_find(trip->what)};
	bool may = false;
	int rc;

	if (trip->aim != OIDC_AGAIN || session == 0 || trip->session != session ||
	    l.act == SESSION_ACTS)
		return refused(c, ret_why, "round_session");
	rc = oidc_login_may(c, in, who, &may);
	if (rc == 0 && !may)
		return refused(c, ret_why, "round_passkey");
	if (rc == 0)
		rc = find(c, &l, who, ret_why);
	return rc == 0 ? db_tx(c, in->store.db, verify, &l) : rc;
}

/* ---- binding ---- */

static int bind(struct ctx *c, struct step *s, void *arg)
{
	struct landing *l = arg;
	struct enrol e = {0};
	int64_t id;
	int rc = oidc_over(c, l->in, l->round->id);

	if (rc == 0 && l->link.n > 0)
		rc = enrol_find(c, l->in, l->link, &e);
	if (rc == 0)
		rc = subject_put(c, l->in, s, l->person, l->round->sub, l->way, &id);
	if (rc == 0 && l->link.n > 0)
		rc = step_update(c, s, STEP_ENROLMENT, SQL_ENROLMENT_USE_SUBJECT, e.id, e.rev,
		    DB_ARGS(db_int(id)));
	return rc;
}

int oidc_login_link(
    struct ctx *c, struct instance *in, const struct oidc_result *r, const struct oidc_trip *trip)
{
	struct landing l = {.in = in, .round = r, .link = trip->what, .way = "link"};
	struct enrol e;
	int rc = enrol_find(c, in, trip->what, &e);

	if (rc != 0)
		return rc;
	l.person = e.person.id;
	return step_run(c, &in->store, "person.subject", l.person, bind, &l, NULL);
}

int oidc_login_own(struct ctx *c, struct instance *in, const struct oidc_result *r,
    const struct oidc_trip *trip, int64_t session, const struct person *who, const char **ret_why)
{
	struct landing l = {.in = in, .round = r, .person = who->id, .link = STR(""), .way = "own"};

	if (trip->aim != OIDC_OWN || session == 0 || trip->session != session)
		return refused(c, ret_why, "round_session");
	return step_run(c, &in->store, "person.subject", who->id, bind, &l, NULL);
}
