#include "desk/agency.h"

#include "base/mem.h"
#include "desk/right.h"
#include "desk/standing.h"
#include "in/target.h"
#include "kind/land.h"

enum { NAME_MAX_BYTES = 200 };

static bool one_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return false;
	return s.n > 0 && s.n <= NAME_MAX_BYTES && str_utf8_bad(s) == s.n;
}

/* ---- adding ---- */

struct adding {
	struct instance *in;
	const struct person *actor;
	const struct agency_new *n;
	struct id ref;
};

static int add(struct ctx *c, struct step *s, void *arg)
{
	struct adding *a = arg;
	const struct agency_new *n = a->n;
	int64_t id;
	int rc = step_insert(c, s, STEP_AGENCY, SQL_AGENCY_PUT,
	    DB_ARGS(db_text(id_str(&a->ref)), db_text(n->country), db_text(n->body),
		db_text(n->level), db_text(n->name), db_int(a->actor->id), db_int(s->now.s)),
	    &id);

	if (rc == 0)
		rc = standing_note(c, s, a->in, 0, id, "vetted", (struct str){"", 0}, n->reason);
	return rc;
}

int agency_add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct agency_new *n, struct str *ret_ref)
{
	struct adding a = {in, actor, n, id_make(c)};
	int rc = right_needs(c, actor, RIGHT_AGENCY_KEEP);

	if (rc == 0 && !land_known(n->country))
		rc = err_set(c, ERR_INVALID, "the country is an ISO 3166-1 code of two letters");
	if (rc == 0)
		rc = pack_fact_check(c, in->law, STR("authority.body"), n->body);
	if (rc == 0 && n->level.n > 0)
		rc = pack_fact_check(c, in->law, STR("authority.level"), n->level);
	if (rc == 0 && !one_line(n->name))
		rc = err_set(c, ERR_INVALID, "an agency's name is one line");
	if (rc == 0 && str_trim(n->reason).n == 0)
		rc = err_set(c, ERR_INVALID, "needed: what was checked, and where");
	if (rc == 0)
		rc = step_run(c, &in->store, "agency.add", actor->id, add, &a, NULL);
	if (rc == 0)
		*ret_ref = str_make(c, id_str(&a.ref));
	return rc;
}

/* ---- reading ---- */

static void from_row(struct ctx *c, const struct db_val *r, struct agency *ret)
{
	*ret = (struct agency){.id = r[0].num,
	    .rev = r[1].num,
	    .ref = str_make(c, r[2].s),
	    .country = str_make(c, r[3].s),
	    .body = str_make(c, r[4].s),
	    .level = str_make(c, r[5].s),
	    .name = str_make(c, r[6].s),
	    .state = str_make(c, r[7].s),
	    .at = {r[9].num}};
}

int agency_get(struct ctx *c, struct instance *in, struct str ref, struct agency *ret)
{
	const struct db_val *row;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_AGENCY_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no agency has this reference");
	if (rc == 0)
		from_row(c, row, ret);
	return rc;
}

int agency_by_id(struct ctx *c, struct instance *in, int64_t id, struct agency *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_AGENCY_BY_ID, DB_ARGS(db_int(id)), &row);

	if (rc == 0)
		from_row(c, row, ret);
	return rc;
}

struct each {
	int (*fn)(struct ctx *c, const struct agency *a, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct agency a;

	from_row(c, row, &a);
	return e->fn(c, &a, e->arg);
}

int agency_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct agency *a, void *arg), void *arg)
{
	struct each e = {fn, arg};
	int rc = right_needs(c, actor, RIGHT_AGENCY_READ);

	return rc == 0 ? db_each(c, in->store.db, SQL_AGENCY_EACH, DB_NO_ARGS, each_row, &e) : rc;
}

/* ---- domains ---- */

struct domain {
	struct str domain;
	bool known;
	int64_t id, rev, author, second;
	struct str state;
	struct json *list;
};

static int find_domain(struct ctx *c, const struct db_val *row, void *arg)
{
	struct domain *d = arg;

	if (!str_eq(row[3].s, d->domain) || str_is(row[4].s, "ended"))
		return 0;
	d->id = row[0].num;
	d->rev = row[1].num;
	d->author = row[5].num;
	d->second = row[6].num;
	d->state = str_make(c, row[4].s);
	return 0;
}

static int list_domain(struct ctx *c, const struct db_val *row, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "domain", str_make(c, row[3].s));
	json_set_text(c, j, "state", str_make(c, row[4].s));
	json_add(c, arg, j);
	return 0;
}

int agency_domains(struct ctx *c, struct instance *in, int64_t agency, struct json **ret)
{
	struct json *list = json_list(c);
	int rc = db_each(
	    c, in->store.db, SQL_DOMAIN_OF_AGENCY, DB_ARGS(db_int(agency)), list_domain, list);

	if (rc == 0)
		*ret = list;
	return rc;
}

int agency_knows(struct ctx *c, struct instance *in, int64_t agency, struct str domain, bool *ret)
{
	const struct db_val *row;
	struct str host;
	int rc = 0;

	*ret = false;
	/* mail.police.example is police.example's: who holds a name holds what is below it */
	while (rc == 0 && !*ret && domain.n > 0) {
		rc = db_one(c, in->store.db, SQL_DOMAIN_KNOWN,
		    DB_ARGS(db_int(agency), db_text(domain)), &row);
		*ret = rc == 0 && row[0].num > 0;
		if (!str_cut(domain, '.', &host, &domain))
			break;
	}
	return rc;
}

struct naming {
	struct instance *in;
	const struct person *actor;
	struct agency agency;
	struct domain d;
	bool end;
};

static int name_domain(struct ctx *c, struct step *s, void *arg)
{
	struct naming *n = arg;
	struct domain *d = &n->d;
	int rc = db_each(c, n->in->store.db, SQL_DOMAIN_OF_AGENCY, DB_ARGS(db_int(n->agency.id)),
	    find_domain, d);

	if (rc != 0)
		return rc;
	if (n->end && d->id == 0)
		return err_set(c, ERR_NOTFOUND, "the agency has no such domain");
	if (n->end)
		return step_update(c, s, STEP_AGENCY_DOMAIN, SQL_DOMAIN_SET, d->id, d->rev,
		    DB_ARGS(db_text(STR("ended")), db_ref(d->second)));
	if (d->id == 0)
		return step_insert(c, s, STEP_AGENCY_DOMAIN, SQL_DOMAIN_PUT,
		    DB_ARGS(db_int(n->agency.id), db_text(d->domain), db_int(n->actor->id),
			db_int(s->now.s)),
		    NULL);
	if (str_is(d->state, "known"))
		return err_set(c, ERR_CONFLICT, "the domain is known already");
	if (d->author == n->actor->id)
		return err_set(c, ERR_DENIED, "a second person confirms the domain");
	d->known = true;
	return step_update(c, s, STEP_AGENCY_DOMAIN, SQL_DOMAIN_SET, d->id, d->rev,
	    DB_ARGS(db_text(STR("known")), db_int(n->actor->id)));
}

static int run_naming(struct ctx *c, struct naming *n, struct str ref, struct str domain)
{
	int rc = right_needs(c, n->actor, RIGHT_AGENCY_KEEP);

	if (rc == 0)
		rc = target_normalise(c, STR("domain"), domain, &n->d.domain);
	if (rc == 0)
		rc = agency_get(c, n->in, ref, &n->agency);
	return rc == 0 ? step_run(c, &n->in->store, n->end ? "agency.domain_end" : "agency.domain",
			     n->actor->id, name_domain, n, NULL)
		       : rc;
}

int agency_domain(struct ctx *c, struct instance *in, const struct person *actor, struct str agency,
    struct str domain, bool *ret_known)
{
	struct naming n = {.in = in, .actor = actor};
	int rc = run_naming(c, &n, agency, domain);

	if (rc == 0)
		*ret_known = n.d.known;
	return rc;
}

int agency_domain_end(struct ctx *c, struct instance *in, const struct person *actor,
    struct str agency, struct str domain)
{
	struct naming n = {.in = in, .actor = actor, .end = true};

	return run_naming(c, &n, agency, domain);
}
