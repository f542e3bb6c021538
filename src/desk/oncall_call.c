/* Pages: made with an emergency, called in turn, acknowledged once (declared in oncall.h). */
#include "desk/oncall.h"

#include "base/mem.h"
#include "kind/id.h"

enum { CALLED_MAX = 64 };

int oncall_page(struct ctx *c, struct step *s, int64_t demand, int compartment)
{
	struct id ref = id_make(c);

	return step_insert(c, s, STEP_PAGING, SQL_PAGING_PUT,
	    DB_ARGS(db_text(id_str(&ref)), db_int(demand), db_int(compartment), db_int(s->now.s)),
	    NULL);
}

/* ---- whom to call ---- */

struct calling {
	struct instance *in;
	struct instant now;
	int64_t person[CALLED_MAX]; /* in their order */
	struct person who[CALLED_MAX];
	size_t n;
	int (*fn)(struct ctx *c, const struct oncall_call *call, void *arg);
	void *arg;
};

static int add_any(struct ctx *c, const struct person *p, void *arg)
{
	struct calling *k = arg;

	(void)c;
	if (p->active && right_has(p, RIGHT_PAGING_ACKNOWLEDGE) && k->n < CALLED_MAX)
		k->person[k->n++] = p->id;
	return 0;
}

/* Nobody on call is no reason to call nobody. */
static int list_people(struct ctx *c, struct calling *k)
{
	struct oncall_plan plan;
	int rc = oncall_plan(c, k->in, k->now, &plan);

	if (rc != 0)
		return rc;
	k->n = oncall_at(&plan, k->now, k->person, CALLED_MAX);
	for (size_t i = 0; k->n == 0 && i < plan.n_shifts; i++) {
		size_t n = 0;

		for (size_t s = 0; s < plan.n_shifts && n < CALLED_MAX; s++) {
			bool known = false;

			for (size_t p = 0; p < n; p++)
				known = known || k->person[p] == plan.shifts[s].person;
			if (!known)
				k->person[n++] = plan.shifts[s].person;
		}
		k->n = n;
	}
	if (k->n == 0)
		rc = person_each(c, k->in, add_any, k);
	for (size_t i = 0; rc == 0 && i < k->n; i++)
		rc = person_get(c, k->in, k->person[i], &k->who[i]);
	return rc;
}

static bool may_call(const struct person *p, const struct right_place *place)
{
	return p->active && right_has(p, RIGHT_PAGING_ACKNOWLEDGE) && right_knows(p, place);
}

/* The one after who was called last, in today's order; from the first again after the last. */
static const struct person *next_person(
    const struct calling *k, int64_t last, const struct right_place *place)
{
	size_t from = 0;

	for (size_t i = 0; i < k->n; i++)
		if (k->person[i] == last)
			from = i + 1;
	for (size_t i = 0; i < k->n; i++) {
		const struct person *p = &k->who[(from + i) % k->n];

		if (may_call(p, place))
			return p;
	}
	return NULL;
}

struct named {
	const struct right_place *place;
	int64_t last;
	const struct person *found;
	struct person first, next;
	bool has_first, past;
};

/* When nobody who would be called may know of the demand: everybody who may, in turn. */
static int find_named(struct ctx *c, const struct person *p, void *arg)
{
	struct named *n = arg;

	(void)c;
	if (!may_call(p, n->place))
		return 0;
	if (!n->has_first) {
		n->first = *p;
		n->has_first = true;
	}
	if (n->past && n->found == NULL) {
		n->next = *p;
		n->found = &n->next;
	}
	n->past = n->past || p->id == n->last;
	return 0;
}

static int call_one(struct ctx *c, const struct db_val *row, void *arg)
{
	struct calling *k = arg;
	int64_t last = row[5].kind == DB_NULL ? 0 : row[5].num;
	struct right_place place = {(int)row[3].num, str_make(c, row[8].s)};
	const struct person *p = next_person(k, last, &place);
	struct named named = {.place = &place, .last = last};
	struct oncall_call call = {.paging = row[0].num,
	    .turn = row[4].num + 1,
	    .page = str_make(c, row[1].s),
	    .demand = str_make(c, row[2].s),
	    .since = {row[7].num}};
	int rc = 0;

	if (row[6].kind == DB_INT && row[6].num + ONCALL_ESCALATE > k->now.s)
		return 0;
	if (p == NULL) {
		rc = person_each(c, k->in, find_named, &named);
		p = named.found != NULL ? named.found : named.has_first ? &named.first : NULL;
	}
	if (rc != 0 || p == NULL)
		return rc;
	call.person = p->id;
	call.handle = p->handle;
	return k->fn(c, &call, k->arg);
}

int oncall_due(struct ctx *c, struct instance *in, struct instant now,
    int (*fn)(struct ctx *c, const struct oncall_call *call, void *arg), void *arg)
{
	struct calling *k = mem_alloc(c, sizeof *k);
	int rc;

	*k = (struct calling){.in = in, .now = now, .fn = fn, .arg = arg};
	rc = list_people(c, k);
	return rc == 0 ? db_each(c, in->store.db, SQL_PAGING_OPEN, DB_NO_ARGS, call_one, k) : rc;
}

int oncall_called(struct ctx *c, struct instance *in, const struct oncall_call *call,
    struct instant now, bool *ret_mine)
{
	int64_t changed = 0;
	int rc = db_run(c, in->store.db, SQL_CALL_PUT,
	    DB_ARGS(db_int(call->paging), db_int(call->turn), db_int(call->person), db_int(now.s)),
	    &changed);

	if (rc == 0)
		*ret_mine = changed == 1;
	return rc;
}

/* ---- "I have it" ---- */

struct taking {
	int64_t id, rev;
};

static int take(struct ctx *c, struct step *s, void *arg)
{
	const struct taking *t = arg;

	return step_update(c, s, STEP_PAGING, SQL_PAGING_ACK, t->id, t->rev,
	    DB_ARGS(db_int(s->now.s), db_int(s->actor)));
}

int oncall_ack(struct ctx *c, struct instance *in, const struct person *actor, struct str page)
{
	const struct db_val *row = NULL;
	struct right_place place = {0};
	struct taking t;
	struct id id;
	int rc = right_needs(c, actor, RIGHT_PAGING_ACKNOWLEDGE);

	if (rc == 0)
		rc = id_parse(c, page, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PAGING_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL)
		place = (struct right_place){(int)row[2].num, row[4].s};
	if (rc == 0)
		rc = right_case(
		    c, actor, RIGHT_PAGING_ACKNOWLEDGE, row == NULL ? NULL : &place, "page");
	if (rc == 0 && row[3].kind != DB_NULL)
		rc = err_set(c, ERR_CONFLICT, "somebody has it already");
	if (rc != 0)
		return rc;
	t = (struct taking){row[0].num, row[1].num};
	return step_run(c, &in->store, "paging.acknowledge", actor->id, take, &t, NULL);
}

struct each {
	int (*fn)(struct ctx *c, const struct oncall_page *p, void *arg);
	void *arg;
};

static int each_page(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct oncall_page p = {str_make(c, row[0].s), str_make(c, row[1].s), {row[2].num},
	    db_get_instant(row[3]), row[4].kind == DB_NULL ? 0 : row[4].num, row[5].num};

	return e->fn(c, &p, e->arg);
}

int oncall_pages(struct ctx *c, struct instance *in, const struct person *actor, bool all,
    int (*fn)(struct ctx *c, const struct oncall_page *p, void *arg), void *arg)
{
	struct each e = {fn, arg};
	int rc = right_needs(c, actor, RIGHT_PAGING_READ);

	return rc != 0 ? rc
		       : db_each(c, in->store.db, all ? SQL_PAGING_NEWEST : SQL_PAGING_WAITING,
			     DB_ARGS(db_int(actor->sealed), db_int(right_within(actor))), each_page,
			     &e);
}
