#include "desk/due.h"

#include "base/mem.h"

bool due_open(const struct matter *m, const struct legal_order *o)
{
	return !m->closed && o->outcome == 0 && o->state < ORDER_REJECTED;
}

/* A provisional order may have been produced: until it is confirmed or lapses, its clock counts. */
bool due_counts(const struct legal_order *o, const struct clock *clock)
{
	bool confirm = str_is(clock->act, "confirm");

	if (clock->stopped || clock->unknown || instant_is_none(clock->latest) ||
	    str_is(clock->act, "expire") || str_is(clock->act, "release"))
		return false;
	switch (o->state) {
	case ORDER_RECEIVED:
	case ORDER_IN_REVIEW:
	case ORDER_RETURNED:
	case ORDER_APPROVED:
		return true;
	case ORDER_PRODUCED:
	case ORDER_DELIVERED:
		return confirm || (o->state == ORDER_PRODUCED && str_is(clock->act, "transmit"));
	case ORDER_REJECTED:
	case ORDER_ANNEX3:
	case ORDER_PRESERVED:
	case ORDER_WITHDRAWN:
	case ORDER_REDIRECTED:
	case ORDER_LAPSED:
	case ORDER_AMENDED:
	case ORDER_CLOSED:
	case ORDER_STATES:
		break;
	}
	return false;
}

/* ---- the dates of one order ---- */

enum { DATES_MAX = 64 };

struct date {
	struct str kind, name, act;
	int64_t at;
};

struct dates {
	struct due next;
	struct date v[DATES_MAX];
	size_t n;
};

static void add_date(struct dates *d, struct str kind, struct str name, struct str act, int64_t at)
{
	if (d->n < DATES_MAX)
		d->v[d->n++] = (struct date){kind, name, act, at};
}

static int64_t end_of(struct day day)
{
	return instant_at(day_add(day, 1), 0).s - 1;
}

static bool pause_runs(const struct gate *g)
{
	for (size_t i = 0; i < g->input.n_pauses; i++)
		if (instant_is_none(g->input.pauses[i].until))
			return true;
	return false;
}

/* Where a pause runs, an end that moves with the present is no date yet: a second look, a second
 * later, tells which do. */
static int look_again(
    struct ctx *c, struct instance *in, const struct gate *g, struct judgment *ret)
{
	struct judge_input later = g->input;

	later.now.s++;
	return judge_clocks(c, in->law, &later, ret);
}

static void take_clock(struct dates *d, const struct clock *clock, bool moves, struct instant now)
{
	int64_t rest = clock->latest.s - now.s;

	if (!moves)
		add_date(d, STR("deadline"), clock->id, clock->act, clock->latest.s);
	if (moves && instant_is_none(d->next.at) && (d->next.rest < 0 || rest < d->next.rest)) {
		d->next.rest = rest < 0 ? 0 : rest;
		d->next.act = clock->act;
		d->next.clock = clock->id;
	}
	if (!moves && (instant_is_none(d->next.at) || clock->latest.s < d->next.at.s))
		d->next = (struct due){clock->latest, clock->act, clock->id, -1};
}

static int clock_dates(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *o, struct dates *d)
{
	struct judgment later;
	struct gate g;
	bool pauses;
	int rc = gate_clocks(c, in, m, o, &g);

	if (rc != 0)
		return rc;
	pauses = pause_runs(&g);
	later = g.now;
	if (pauses)
		rc = look_again(c, in, &g, &later);
	for (size_t i = 0; rc == 0 && i < g.now.n_clocks; i++)
		if (due_counts(o, &g.now.clocks[i]))
			take_clock(d, &g.now.clocks[i],
			    g.now.clocks[i].latest.s != later.clocks[i].latest.s, g.input.now);
	return rc;
}

static bool has_clocks(const struct matter *m, const struct legal_order *o)
{
	return !m->closed && instant_is_none(m->erased) &&
	       (due_open(m, o) || o->state == ORDER_PRODUCED || o->state == ORDER_DELIVERED);
}

int due_next(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *o, struct due *ret)
{
	struct dates *d = mem_alloc(c, sizeof *d);
	int rc;

	*d = (struct dates){.next = {.at = INSTANT_NONE, .rest = -1}};
	rc = has_clocks(m, o) ? clock_dates(c, in, m, o, d) : 0;
	if (rc == 0)
		*ret = d->next;
	return rc;
}

static int add_bar(struct ctx *c, const struct db_val *row, void *arg)
{
	if (row[6].kind == DB_INT && row[7].kind == DB_NULL)
		add_date(arg, STR("bar"), str_make(c, row[4].s), str_make(c, row[3].s),
		    end_of(db_get_day(row[6])));
	return 0;
}

static int add_review(struct ctx *c, const struct db_val *row, void *arg)
{
	add_date(arg, STR("bar"), str_make(c, row[0].s), str_make(c, row[2].s),
	    end_of(db_get_day(row[1])));
	return 0;
}

static int add_preservation(struct ctx *c, const struct db_val *row, void *arg)
{
	if (row[5].kind == DB_INT && str_is(row[3].s, "running"))
		add_date(arg, STR("preservation"), str_make(c, row[7].s), STR("release"),
		    end_of(db_get_day(row[5])));
	return 0;
}

/* Dates before a court, and what is due there. One that nobody recorded as held stays. */
static int add_hearing(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	if (str_is(row[5].s, "set"))
		add_date(arg, STR("deadline"), STR("challenge"), STR("hearing"),
		    end_of(db_get_day(row[4])));
	return 0;
}

static int add_answer(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	if (row[11].kind == DB_INT && str_is(row[4].s, "filed"))
		add_date(arg, STR("deadline"), STR("challenge"), STR("respond"),
		    end_of(db_get_day(row[11])));
	return 0;
}

/* When a person looks again whether the case is still held; once, beside its first order. */
static int add_hold(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	add_date(arg, STR("deadline"), STR("hold"), STR("hold"), end_of(db_get_day(row[0])));
	return 0;
}

struct refresh {
	struct instance *in;
	struct db *db;
	const struct matter *m;
	const struct legal_order *o;
	struct dates *d;
};

/* By when a claim is made that is still open, and when one that was sent is barred by time. */
static int add_claim(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct refresh *r = arg;
	bool open = str_is(row[3].s, "open"), sent = str_is(row[3].s, "sent");
	struct db_val day = open ? row[4] : row[5];

	if (row[1].num == r->o->id && (open || sent) && day.kind == DB_INT)
		add_date(r->d, STR("deadline"), str_make(c, row[2].s),
		    open ? STR("claim") : STR("limitation"), end_of(db_get_day(day)));
	return 0;
}

/* The day on which a misdelivery was noticed: no law read at the source sets another, so it stands
 * there until counsel has decided whom to tell. */
static int add_misdelivery(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	if (str_is(row[2].s, "open"))
		add_date(arg, STR("deadline"), STR("misdelivery"), STR("tell"),
		    end_of(db_get_day(row[1])));
	return 0;
}

/* ---- writing ---- */

static int write_desk(struct ctx *c, const struct refresh *r)
{
	const struct due *n = &r->d->next;
	const struct db_val *demand;
	int rc = db_one(c, r->db, SQL_DEMAND_BY_ID,
	    DB_ARGS(db_int(r->o->demand != 0 ? r->o->demand : r->m->demand)), &demand);

	return rc != 0
		   ? rc
		   : db_run(c, r->db, SQL_DUE_PUT,
			 DB_ARGS(db_int(r->o->id), db_int(r->m->id), db_int(r->m->compartment),
			     db_text(demand[6].s), db_text(demand[7].s), db_text(r->o->instrument),
			     db_text(str_of(matter_order_word(r->o->state))),
			     db_int(r->m->assigned), db_int(due_open(r->m, r->o)),
			     db_int(r->o->received.s),
			     db_int(instant_is_none(n->at) ? DUE_NONE : n->at.s), db_text(n->act),
			     db_text(n->clock), n->rest < 0 ? db_null() : db_int(n->rest)),
			 NULL);
}

static int write_dates(struct ctx *c, const struct refresh *r)
{
	int rc = db_run(c, r->db, SQL_DUE_DATES_DROP, DB_ARGS(db_int(r->o->id)), NULL);

	for (size_t i = 0; rc == 0 && i < r->d->n; i++)
		rc = db_run(c, r->db, SQL_DUE_DATE_PUT,
		    DB_ARGS(db_int(r->o->id), db_text(r->d->v[i].kind), db_text(r->d->v[i].name),
			db_text(r->d->v[i].act), db_int(r->d->v[i].at), db_int(r->m->compartment),
			db_text(r->m->country), db_int(r->m->assigned)),
		    NULL);
	return rc;
}

static int refresh_order(struct ctx *c, struct refresh *r)
{
	int rc = 0;

	*r->d = (struct dates){
	    .next = {.at = INSTANT_NONE, .act = STR(""), .clock = STR(""), .rest = -1}};
	if (has_clocks(r->m, r->o))
		rc = clock_dates(c, r->in, r->m, r->o, r->d);
	if (rc == 0)
		rc = db_each(
		    c, r->db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(r->o->id)), add_bar, r->d);
	if (rc == 0)
		rc = db_each(
		    c, r->db, SQL_SECRECY_REVIEWS, DB_ARGS(db_int(r->o->id)), add_review, r->d);
	if (rc == 0)
		rc = db_each(c, r->db, SQL_PRESERVATION_OF_ORDER, DB_ARGS(db_int(r->o->id)),
		    add_preservation, r->d);
	if (rc == 0)
		rc = db_each(c, r->db, SQL_MISDELIVERY_OF_ORDER, DB_ARGS(db_int(r->o->id)),
		    add_misdelivery, r->d);
	if (rc == 0)
		rc =
		    db_each(c, r->db, SQL_CLAIM_OF_MATTER, DB_ARGS(db_int(r->m->id)), add_claim, r);
	if (rc == 0)
		rc = db_each(
		    c, r->db, SQL_HEARING_OF_ORDER, DB_ARGS(db_int(r->o->id)), add_hearing, r->d);
	if (rc == 0)
		rc = db_each(
		    c, r->db, SQL_CHALLENGE_OF_ORDER, DB_ARGS(db_int(r->o->id)), add_answer, r->d);
	if (rc == 0 && r->o->seq == 1)
		rc = db_each(
		    c, r->db, SQL_HOLD_REVIEWS, DB_ARGS(db_int(r->m->demand)), add_hold, r->d);
	if (rc == 0)
		rc = write_desk(c, r);
	return rc == 0 ? write_dates(c, r) : rc;
}

/* Of an erased case nothing is found any more. */
static int forget(struct ctx *c, struct db *db, const struct legal_orders *all)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < all->n; i++) {
		rc = db_run(c, db, SQL_DUE_DATES_DROP, DB_ARGS(db_int(all->v[i].id)), NULL);
		if (rc == 0)
			rc = db_run(c, db, SQL_DUE_DROP, DB_ARGS(db_int(all->v[i].id)), NULL);
	}
	return rc;
}

static int refresh_matter(struct ctx *c, struct instance *in, struct db *db, int64_t matter)
{
	struct legal_orders all;
	struct matter m;
	struct refresh r = {in, db, &m, NULL, mem_alloc(c, sizeof *r.d)};
	int rc = matter_by_id(c, in, matter, &m);

	if (rc == 0)
		rc = matter_orders(c, in, matter, &all);
	if (rc == 0 && !instant_is_none(m.erased))
		return forget(c, db, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		r.o = &all.v[i];
		rc = refresh_order(c, &r);
	}
	return rc;
}

/* What a step may touch and no list shows changes nothing here. */
int due_after(struct ctx *c, struct step *s, void *instance)
{
	static const enum step_table shown[] = {STEP_MATTER, STEP_LEGAL_ORDER, STEP_ORDER_FACT,
	    STEP_DEMAND, STEP_PAUSE, STEP_SECRECY, STEP_PRESERVATION, STEP_CLAIM,
	    STEP_SECRECY_SOURCE, STEP_CONTEST, STEP_HEARING, STEP_BAR_STEP, STEP_MISDELIVERY,
	    STEP_ERASURE_HOLD, STEP_HOLD_REVIEW};
	bool any =
	    json_find(s->detail, "round") != NULL; /* judged anew, by packs that may be others */

	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
		any = any || step_touched(s, shown[i]);
	return any ? refresh_matter(c, instance, s->store->db, s->matter) : 0;
}

/* ---- everything again ---- */

struct sweeping {
	struct instance *in;
	int64_t matter;
};

static int sweep_one(struct ctx *c, struct db *db, void *arg)
{
	struct sweeping *w = arg;
	const struct db_val *row;
	/* a step on the case waits for this, and this for it */
	int rc = db_find(c, db, SQL_MATTER_LOCK_PLAIN, DB_ARGS(db_int(w->matter)), &row);

	return rc == 0 && row != NULL ? refresh_matter(c, w->in, db, w->matter) : rc;
}

struct batch {
	int64_t matter[256];
	size_t n;
	int64_t last;
};

static int take_matter(struct ctx *c, const struct db_val *row, void *arg)
{
	struct batch *b = arg;

	(void)c;
	b->last = row[0].num;
	if (b->n == 0 || b->matter[b->n - 1] != row[1].num)
		b->matter[b->n++] = row[1].num;
	return 0;
}

static int sweep_batch(struct ctx *c, struct instance *in, const struct batch *b)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < b->n; i++) {
		struct sweeping w = {in, b->matter[i]};
		struct mem_mark mark = mem_mark(c);

		rc = db_tx(c, in->store.db, sweep_one, &w);
		mem_reset(c, mark);
	}
	return rc;
}

int due_sweep(struct ctx *c, struct instance *in, const struct person *actor,
    const struct due_sweep *how, int64_t *ret_changed)
{
	struct batch *b = mem_alloc(c, sizeof *b);
	int64_t done = 0;
	int rc = right_needs(c, actor, RIGHT_DEADLINE_SWEEP);

	b->last = 0;
	while (rc == 0) {
		b->n = 0;
		rc = db_each(c, in->store.db, how->all ? SQL_DUE_EACH : SQL_DUE_STALE,
		    DB_ARGS(db_int(b->last), db_int(256)), take_matter, b);
		if (rc != 0 || b->n == 0)
			break;
		rc = sweep_batch(c, in, b);
		done += (int64_t)b->n;
		if (how->progress != NULL)
			how->progress(how->arg, done);
	}
	if (rc == 0)
		*ret_changed = done;
	return rc;
}
