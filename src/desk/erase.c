#include "desk/erase_p.h"

#include "base/mem.h"

enum { LIST_MAX = 16 << 20 };

/* ---- proposing ---- */

struct proposing {
	struct instance *in;
	const struct person *actor;
	struct erase_unit u;
	struct str list;
};

/* Erased only when its term is over and nothing holds it, as it is now. */
static int must_go(struct ctx *c, const struct erase_unit *u)
{
	if (u->erased)
		return err_set(c, ERR_CONFLICT, "%s: is erased already", u->ref.p);
	if (u->held.n > 0)
		return err_set(c, ERR_DENIED, "%s: %s", u->ref.p, u->held.p);
	if (day_is_none(u->due))
		return err_set(c, ERR_DENIED, "%s: no retention rule is for it", u->ref.p);
	if (!u->over)
		return err_set(c, ERR_DENIED, "%s: its term runs until %s (rule %.*s)", u->ref.p,
		    day_str(c, u->due).p, STR_ARG(u->rule));
	return 0;
}

static int lock(struct ctx *c, struct step *s, const struct erase_unit *u)
{
	return u->matter != 0 ? step_matter(c, s, u->matter) : 0;
}

static int propose_one(struct ctx *c, struct step *s, void *arg)
{
	struct proposing *p = arg;
	struct erase_unit *u = &p->u;
	int rc = lock(c, s, u);

	if (rc == 0)
		rc = erase_unit_again(c, p->in, u);
	if (rc == 0)
		rc = must_go(c, u);
	if (rc == 0 && u->list.n > 0)
		rc = err_set(
		    c, ERR_CONFLICT, "%s: stands on the list %s already", u->ref.p, u->list.p);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "rule", u->rule);
	return step_insert(c, s, STEP_ERASURE, SQL_ERASURE_PUT,
	    DB_ARGS(db_text(p->list), db_int(u->demand), db_ref(u->matter), db_text(u->rule),
		db_day(u->due), db_text(STR("proposed")), db_int(p->actor->id), db_null()),
	    NULL);
}

static int check_mixed(struct ctx *c, const struct person *actor, const struct erase_units *units)
{
	for (size_t i = 0; i < units->n; i++) {
		int rc = right_found(c, actor, &units->v[i].place, ERR_TEXT("case and no demand"));

		if (rc != 0)
			return rc;
		if (units->v[i].place.compartment != units->v[0].place.compartment)
			return err_set(c, ERR_INVALID,
			    "what is sealed stands on a list of its own: propose it apart");
	}
	return 0;
}

int erase_propose(struct ctx *c, struct instance *in, const struct person *actor,
    const struct erase_units *units, struct str *ret)
{
	struct id ref = id_make(c);
	struct proposing p = {.in = in, .actor = actor, .list = str_make(c, id_str(&ref))};
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_PROPOSE);

	if (rc == 0 && units->n == 0)
		rc = err_set(c, ERR_INVALID, "a list names at least one case");
	if (rc == 0)
		rc = check_mixed(c, actor, units);
	for (size_t i = 0; i < units->n && rc == 0; i++)
		rc = must_go(c, &units->v[i]);
	for (size_t i = 0; i < units->n && rc == 0; i++) {
		p.u = units->v[i];
		rc = step_run(c, &in->store, "erase.propose", actor->id, propose_one, &p, NULL);
	}
	if (rc == 0)
		*ret = p.list;
	return rc;
}

/* ---- a list as it stands ---- */

struct reading {
	struct instance *in;
	struct erase_list *list;
	int64_t all;
};

static int unit_of(struct ctx *c, struct instance *in, int64_t demand, struct db_val matter,
    struct erase_unit *ret)
{
	const struct db_val *row;
	int rc;

	if (matter.kind == DB_INT)
		return erase_unit_matter(c, in, matter.num, ret);
	rc = db_one(c, in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(demand)), &row);
	return rc == 0 ? erase_unit_demand(c, in, row[2].s, ret) : rc;
}

static int add_listed(struct ctx *c, const struct db_val *row, void *arg)
{
	struct reading *r = arg;
	struct erase_units *units = &r->list->units;
	struct erase_unit u;
	int rc;

	r->all++;
	if (!str_is(row[7].s, "proposed"))
		return 0;
	rc = unit_of(c, r->in, row[3].num, row[4], &u);
	if (rc != 0)
		return rc;
	u.id = row[0].num;
	u.rev = row[1].num;
	u.proposer = row[8].num;
	units->v = mem_grow(c, units->v, units->n, &units->cap, sizeof *units->v);
	units->v[units->n++] = u;
	return 0;
}

static bool goes(const struct erase_unit *u)
{
	return u->over && u->held.n == 0 && !u->erased;
}

/* SPEC.md 2.11: what a person confirms. The newest entry of each case is part of it, so that what
 * happened to a case after it was looked at changes the hash. */
static int hash_list(struct ctx *c, struct erase_list *list)
{
	struct buf b = buf_init(c, LIST_MAX);
	struct str text;
	int rc;

	buf_fmt(&b, "writ/erase/1\n%s\n", list->ref.p);
	for (size_t i = 0; i < list->units.n; i++) {
		const struct erase_unit *u = &list->units.v[i];

		buf_fmt(&b, "%s %s %s %lld %.*s\n", u->ref.p, goes(u) ? "goes" : "stays",
		    day_str(c, u->due).p, (long long)u->newest, STR_ARG(u->rule));
	}
	rc = buf_end(&b, "list of an erasure", &text);
	if (rc == 0)
		list->hash = hash_of(text);
	return rc;
}

int erase_list_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct erase_list *ret)
{
	struct erase_list list = {0};
	struct reading r = {in, &list, 0};
	bool known = true;
	struct id id;
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_READ);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0) {
		list.ref = str_make(c, id_str(&id));
		rc = db_each(c, in->store.db, SQL_ERASURE_OF_PROPOSAL, DB_ARGS(db_text(list.ref)),
		    add_listed, &r);
	}
	for (size_t i = 0; i < list.units.n; i++)
		known = known && right_knows(actor, &list.units.v[i].place);
	if (rc == 0 && (r.all == 0 || !known))
		rc = err_set(c, ERR_NOTFOUND, "no list of an erasure has this reference");
	if (rc == 0 && list.units.n == 0)
		rc = err_set(c, ERR_CONFLICT, "the list is done with: nothing on it waits");
	if (rc == 0)
		rc = hash_list(c, &list);
	if (rc == 0)
		*ret = list;
	return rc;
}

/* ---- confirming ---- */

struct confirming {
	struct instance *in;
	const struct person *actor; /* NULL: done again */
	struct erase_unit u;
	struct hash hash;
	struct instant at;
};

/* What is left to do outside of the transaction stands in it: a crash forgets nothing. */
static int put_todo(struct ctx *c, struct step *s, int64_t erasure, bool journal)
{
	static const char *const what[] = {"papers", "scrub", "journal"};
	int rc = 0;

	for (size_t i = 0; i < (journal ? 3 : 2) && rc == 0; i++)
		rc = db_run(c, s->store->db, SQL_TODO_PUT,
		    DB_ARGS(db_int(erasure), db_text(str_of(what[i]))), NULL);
	return rc;
}

static int confirm_one(struct ctx *c, struct step *s, void *arg)
{
	struct confirming *k = arg;
	struct erase_unit was = k->u, *u = &k->u;
	int rc = lock(c, s, u);

	if (rc == 0)
		rc = erase_unit_again(c, k->in, u);
	if (rc == 0)
		rc = must_go(c, u);
	if (rc == 0 && (u->newest != was.newest || u->id != was.id || u->rev != was.rev))
		rc = err_set(c, ERR_CONFLICT, "%s: something happened to it: look again", u->ref.p);
	if (rc == 0)
		rc = step_update(c, s, STEP_ERASURE, SQL_ERASURE_SET, u->id, u->rev,
		    DB_ARGS(db_text(STR("done")), db_int(k->actor->id), db_blob(hash_str(&k->hash)),
			db_int(s->now.s)));
	if (rc == 0)
		rc = erase_rows(c, s, u, u->id, s->now);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "rule", u->rule);
	return put_todo(c, s, u->id, true);
}

static int64_t going(const struct erase_list *list)
{
	int64_t n = 0;

	for (size_t i = 0; i < list->units.n; i++)
		n += goes(&list->units.v[i]);
	return n;
}

static int check_confirmer(
    struct ctx *c, const struct person *actor, const struct erase_list *list, struct hash hash)
{
	for (size_t i = 0; i < list->units.n; i++)
		if (list->units.v[i].proposer == actor->id)
			return err_set(c, ERR_DENIED,
			    "an erasure is confirmed by another person than proposed it");
	if (!hash_eq(list->hash, hash))
		return err_set(c, ERR_CONFLICT,
		    "the list is not the one of this hash any more: look at it again");
	return going(list) > 0
		   ? 0
		   : err_set(c, ERR_DENIED, "everything on the list is held: nothing goes");
}

int erase_confirm(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct hash hash, const struct erase_progress *progress, int64_t *ret_n)
{
	struct confirming k = {.in = in, .actor = actor, .hash = hash};
	struct erase_list list;
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_CONFIRM);

	*ret_n = 0;
	if (rc == 0)
		rc = erase_list_get(c, in, actor, ref, &list);
	if (rc == 0)
		rc = check_confirmer(c, actor, &list, hash);
	for (size_t i = 0; rc == 0 && i < list.units.n; i++) {
		struct mem_mark mark = mem_mark(c);

		if (!goes(&list.units.v[i]))
			continue;
		k.u = list.units.v[i];
		rc = step_run(c, &in->store, "erase.confirm", actor->id, confirm_one, &k, NULL);
		mem_reset(c, mark);
		*ret_n += rc == 0;
		if (rc == 0 && progress != NULL)
			progress->tell(progress->arg, *ret_n, going(&list));
	}
	return rc;
}

/* ---- withdrawing ---- */

static int withdraw_one(struct ctx *c, struct step *s, void *arg)
{
	struct confirming *k = arg;
	int rc = lock(c, s, &k->u);

	return rc == 0 ? step_update(c, s, STEP_ERASURE, SQL_ERASURE_SET, k->u.id, k->u.rev,
			     DB_ARGS(db_text(STR("withdrawn")), db_null(), db_null(), db_null()))
		       : rc;
}

int erase_withdraw(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	struct confirming k = {.in = in, .actor = actor};
	struct erase_list list;
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_WITHDRAW);

	if (rc == 0)
		rc = erase_list_get(c, in, actor, ref, &list);
	for (size_t i = 0; rc == 0 && i < list.units.n; i++) {
		k.u = list.units.v[i];
		rc = step_run(c, &in->store, "erase.withdraw", actor->id, withdraw_one, &k, NULL);
	}
	return rc;
}

/* ---- holds ---- */

struct holding {
	struct instance *in;
	const struct person *actor;
	struct erase_unit u;
	struct str reason;
	struct day review;
	struct step *s;
	int64_t n;
};

static int hold_one(struct ctx *c, struct step *s, void *arg)
{
	struct holding *h = arg;
	int64_t id;
	int rc = lock(c, s, &h->u);

	if (rc == 0)
		rc = erase_unit_again(c, h->in, &h->u);
	if (rc == 0 && h->u.erased)
		rc = err_set(c, ERR_CONFLICT, "%s: is erased already", h->u.ref.p);
	if (rc == 0)
		rc = step_insert(c, s, STEP_ERASURE_HOLD, SQL_HOLD_PUT,
		    DB_ARGS(db_int(h->u.demand), db_int(h->actor->id), db_int(s->now.s),
			db_blob(
			    vault_seal(c, h->in->store.vault, "erasure_hold.reason", h->reason))),
		    &id);
	if (rc != 0 || day_is_none(h->review))
		return rc;
	return step_insert(c, s, STEP_HOLD_REVIEW, SQL_HOLD_REVIEW_PUT,
	    DB_ARGS(db_int(id), db_int(h->u.demand), db_day(h->review)), NULL);
}

static int release_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct holding *h = arg;

	h->n++;
	return step_update(c, h->s, STEP_ERASURE_HOLD, SQL_HOLD_RELEASE, row[0].num, row[1].num,
	    DB_ARGS(db_int(h->s->now.s)));
}

static int release_all(struct ctx *c, struct step *s, void *arg)
{
	struct holding *h = arg;
	int rc = lock(c, s, &h->u);

	h->s = s;
	if (rc == 0)
		rc = db_each(c, h->in->store.db, SQL_HOLD_RUNNING, DB_ARGS(db_int(h->u.demand)),
		    release_row, h);
	if (rc == 0 && h->n == 0)
		rc = err_set(c, ERR_NOTFOUND, "nobody holds it");
	return rc;
}

int erase_hold(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str reason, struct day review)
{
	struct holding h = {.in = in, .actor = actor, .reason = reason, .review = review};
	int rc = right_needs(c, actor, RIGHT_ERASE_HOLD);

	if (rc == 0 && !day_is_none(review) &&
	    day_cmp(review, instant_day((struct instant){ctx_now(c)})) <= 0)
		rc = err_set(c, ERR_INVALID, "--review: a day to come");
	if (rc == 0 && str_trim(reason).n == 0)
		rc = err_set(c, ERR_INVALID, "say why: --reason");
	if (rc == 0)
		rc = erase_find(c, in, actor, ref, &h.u);
	return rc == 0 ? step_run(c, &in->store, "erase.hold", actor->id, hold_one, &h, NULL) : rc;
}

int erase_release(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	struct holding h = {.in = in, .actor = actor};
	int rc = right_needs(c, actor, RIGHT_ERASE_RELEASE);

	if (rc == 0)
		rc = erase_find(c, in, actor, ref, &h.u);
	return rc == 0 ? step_run(c, &in->store, "erase.release", actor->id, release_all, &h, NULL)
		       : rc;
}

/* ---- again, after a restore ---- */

static int apply_one(struct ctx *c, struct step *s, void *arg)
{
	struct confirming *k = arg;
	struct erase_unit *u = &k->u;
	int64_t id;
	int rc = lock(c, s, u);

	/* a list that the backup still holds */
	if (rc == 0 && u->list.n > 0)
		rc = step_update(c, s, STEP_ERASURE, SQL_ERASURE_SET, u->id, u->rev,
		    DB_ARGS(db_text(STR("withdrawn")), db_null(), db_null(), db_null()));
	if (rc == 0)
		rc = step_insert(c, s, STEP_ERASURE, SQL_ERASURE_PUT,
		    DB_ARGS(db_text(STR("")), db_int(u->demand), db_ref(u->matter),
			db_text(STR("")), db_day(instant_day(k->at)), db_text(STR("again")),
			db_null(), db_int(k->at.s)),
		    &id);
	if (rc == 0)
		rc = erase_rows(c, s, u, id, k->at);
	return rc == 0 ? put_todo(c, s, id, false) : rc;
}

int erase_apply(struct ctx *c, struct instance *in, struct str ref, struct instant at)
{
	struct person all = {.sealed = true};
	struct confirming k = {.in = in, .at = at};
	int rc = erase_find(c, in, &all, ref, &k.u);

	if (rc != 0 || k.u.erased)
		return rc;
	return step_run(c, &in->store, "erase.again", 0, apply_one, &k, NULL);
}
