#include "desk/bar_step.h"

#include "base/mem.h"
#include "in/wording.h"

struct stepping {
	struct instance *in;
	const struct person *actor;
	const struct legal_order *order;
	const struct bar_step_new *n;
	/* found */
	int64_t secrecy;
	struct str rule, last; /* of the steps so far */
	int64_t seen, steps;
	bool lifted, court; /* court: one has it before it */
};

static int nth(struct ctx *c, const struct db_val *row, void *arg)
{
	struct stepping *a = arg;

	if (++a->seen != a->n->number)
		return 0;
	a->secrecy = row[0].num;
	a->rule = str_make(c, row[4].s);
	a->lifted = row[7].kind != DB_NULL;
	return 0;
}

static int take_step(struct ctx *c, const struct db_val *row, void *arg)
{
	struct stepping *a = arg;
	bool asks = str_has_word(STR("asked kept"), row[1].s);

	a->steps++;
	if (!asks)
		a->last = str_make(c, row[1].s);
	if (!asks)
		a->court = str_has_word(STR("applied petitioned"), row[1].s);
	return 0;
}

static int find_bar(struct ctx *c, struct stepping *a)
{
	const struct bar_rule *b;
	int rc = db_each(
	    c, a->in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(a->order->id)), nth, a);

	if (rc == 0 && a->secrecy == 0)
		rc = err_set(c, ERR_NOTFOUND, "the order has no such bar");
	if (rc == 0 && a->lifted)
		rc = err_set(c, ERR_CONFLICT, "the secrecy is lifted already");
	if (rc != 0)
		return rc;
	b = pack_bar(a->in->law, a->rule);
	if (b == NULL || b->reciprocal.n == 0)
		return err_set(c, ERR_DENIED,
		    "the law of this bar has no reciprocal notice: file a challenge (`writ "
		    "challenge file`)");
	a->last = STR("");
	return db_each(
	    c, a->in->store.db, SQL_BAR_STEPS, DB_ARGS(db_int(a->secrecy)), take_step, a);
}

/* What may follow on what; the schema says the same. */
static int follows(struct ctx *c, const struct stepping *a)
{
	static const struct {
		const char *kind, *after; /* "-": on nothing yet */
	} ways[] = {{"notified", "- ordered refused"}, {"petitioned", "- notified ordered refused"},
	    {"applied", "notified"}, {"ordered", "applied petitioned"},
	    {"refused", "applied petitioned"},
	    {"asked", "- notified applied petitioned ordered refused"},
	    {"kept", "- notified applied petitioned ordered refused"},
	    {"ended", "- notified applied petitioned ordered refused"}};
	struct str last = a->last.n > 0 ? a->last : STR("-");

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (!str_is(a->n->kind, ways[i].kind))
			continue;
		if (str_has_word(str_of(ways[i].after), last))
			return 0;
		return err_set(c, ERR_DENIED, "this does not follow on what was done so far: %s",
		    a->last.n > 0 ? err_word(c, str_z(c, a->last))
				  : err_word(c, ERR_TEXT("nothing")));
	}
	return err_set(c, ERR_INVALID,
	    "a step is: notified, applied, petitioned, ordered, refused, asked, kept, ended");
}

/* The last day that the verified clock gives which runs from the fact of the notice. */
static int last_day(struct ctx *c, const struct stepping *a, struct str fact, struct day *ret)
{
	const struct law *law = a->in->law;
	struct gate g;
	int rc = gate_load(c, a->in, a->order->id, &g);

	*ret = DAY_NONE;
	for (size_t i = 0; rc == 0 && i < g.now.n_clocks; i++) {
		const struct clock *k = &g.now.clocks[i];

		if (!k->verified || k->unknown || instant_is_none(k->latest))
			continue;
		for (size_t p = 0; p < law->n_packs; p++)
			for (size_t r = 0; r < law->packs[p]->n_clocks; r++)
				if (str_eq(law->packs[p]->clocks[r].id, k->id) &&
				    str_eq(law->packs[p]->clocks[r].from, fact))
					*ret = instant_day(k->latest);
	}
	return rc;
}

static int add(struct ctx *c, struct step *s, void *arg)
{
	struct stepping *a = arg;
	struct matter m;
	struct day by = DAY_NONE;
	int rc = step_order(c, s, a->order->id);

	if (rc == 0)
		rc = matter_enter(c, a->in, a->actor, RIGHT_SECRECY_STEP, a->order->matter, false);
	if (rc == 0)
		rc = matter_by_id(c, a->in, a->order->matter, &m);
	if (rc == 0)
		rc = find_bar(c, a);
	if (rc == 0)
		rc = follows(c, a);
	if (rc == 0 && str_is(a->n->kind, "notified"))
		rc = last_day(c, a, pack_bar(a->in->law, a->rule)->reciprocal, &by);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", a->order->seq);
	json_set_text(c, s->detail, "step", a->n->kind);
	return step_insert(c, s, STEP_BAR_STEP, SQL_BAR_STEP_PUT,
	    DB_ARGS(db_int(a->order->id), db_int(a->secrecy), db_int(a->steps + 1),
		db_text(a->n->kind), db_day(a->n->day), db_day(by), db_int(a->actor->id),
		db_int(s->now.s),
		a->n->said.n > 0
		    ? db_blob(vault_seal(c, a->in->store.vault, "bar_step.said", a->n->said))
		    : db_null()),
	    NULL);
}

/* The fact first, so that the clock runs when the step asks for its end. */
static int both(struct ctx *c, void *arg)
{
	struct stepping *a = arg;
	struct stepping look = *a;
	int rc = 0;

	if (str_is(a->n->kind, "notified")) {
		rc = find_bar(c, &look);
		if (rc == 0)
			rc = follows(c, &look);
		if (rc == 0)
			rc = order_fact(c, a->in, a->actor, a->order,
			    pack_bar(a->in->law, look.rule)->reciprocal, day_str(c, a->n->day));
	}
	return rc == 0
		   ? step_run(c, &a->in->store, "secrecy.reciprocal", a->actor->id, add, a, NULL)
		   : rc;
}

int bar_step_add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct bar_step_new *n)
{
	struct stepping a = {.in = in, .actor = actor, .order = order, .n = n};
	int rc = right_needs(c, actor, RIGHT_SECRECY_STEP);

	if (rc == 0 &&
	    (day_is_none(n->day) || day_cmp(n->day, instant_day((struct instant){ctx_now(c)})) > 0))
		rc = err_set(c, ERR_INVALID, "the day on which it happened is today or earlier");
	if (rc == 0 && n->said.n > WORDING_TEXT_MAX)
		rc = err_set(c, ERR_LIMIT, "what is said is too long");
	return rc == 0 ? step_together(c, &in->store, both, &a) : rc;
}

struct listing {
	struct instance *in;
	struct json *list;
	bool words;
};

static int list_step(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);
	struct str said;
	int rc = 0;

	json_set_text(c, j, "step", str_make(c, row[1].s));
	json_set_text(c, j, "day", day_str(c, db_get_day(row[2])));
	if (row[3].kind == DB_INT)
		json_set_text(c, j, "by", day_str(c, db_get_day(row[3])));
	if (l->words && row[4].kind == DB_BLOB) {
		rc = vault_unseal(c, l->in->store.vault, "bar_step.said", row[4].s, &said);
		if (rc == 0)
			json_set_text(c, j, "said", said);
	}
	json_add(c, l->list, j);
	return rc;
}

int bar_step_list(
    struct ctx *c, struct instance *in, int64_t secrecy, bool words, struct json **ret)
{
	struct listing l = {in, json_list(c), words};
	int rc = db_each(c, in->store.db, SQL_BAR_STEPS, DB_ARGS(db_int(secrecy)), list_step, &l);

	*ret = l.list;
	return rc;
}

int bar_step_may_lift(struct ctx *c, struct instance *in, int64_t secrecy)
{
	struct stepping a = {.in = in, .last = STR("")};
	int rc = db_each(c, in->store.db, SQL_BAR_STEPS, DB_ARGS(db_int(secrecy)), take_step, &a);

	if (rc == 0 && a.court)
		rc = err_set(c, ERR_DENIED,
		    "a court has the bar before it: it stays in effect (18 USC 3511(b)(1)(B))");
	return rc;
}

int bar_step_review(
    struct ctx *c, struct instance *in, const struct gate *g, struct str rule, struct day *ret)
{
	const struct bar_rule *b = pack_bar(in->law, rule);
	struct str text;
	struct day from;

	*ret = DAY_NONE;
	if (b == NULL || b->review.unit == SPAN_NONE)
		return 0;
	text = fact_find(&g->input.order, b->review_from);
	if (text.p == NULL || day_parse(c, text, &from) != 0) {
		err_clear(c);
		return 0;
	}
	*ret = b->review.unit == SPAN_MONTHS ? day_add_months(from, b->review.n)
					     : day_add(from, b->review.n);
	return 0;
}
