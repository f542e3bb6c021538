/* What the rules say of a case now: its term, and what holds it (declared in erase_p.h). */
#include "desk/erase_p.h"

#include "base/mem.h"

struct looking {
	struct instance *in;
	struct erase_unit *u;
	const struct retention *list;
	struct day today, closed;
	bool ruled; /* every order so far has a rule */
};

/* The same word about the same thing stands once. */
static void hold(struct ctx *c, struct erase_unit *u, struct erase_reason why, struct str text)
{
	for (size_t i = 0; i < u->n_why; i++)
		if (strcmp(u->why[i].word, why.word) == 0 && str_eq(u->why[i].of, why.of))
			return;
	if (u->n_why < ERASE_REASONS_MAX)
		u->why[u->n_why++] = why;
	u->held = u->held.n == 0 ? str_make(c, text)
				 : str_fmt(c, "%.*s; %.*s", STR_ARG(u->held), STR_ARG(text));
}

static struct erase_reason because(const char *word, struct str of)
{
	return (struct erase_reason){word, of, DAY_NONE};
}

/* ---- the term ---- */

/* What a rule can be of. An order that another one amended has no outcome of its own: empty. */
static struct str word_of(const struct legal_order *o)
{
	if (o->outcome != 0)
		return str_of(outcome_id((enum outcome)o->outcome));
	return o->state == ORDER_PRESERVED ? STR("preserved") : (struct str){"", 0};
}

static int begins(struct ctx *c, const struct looking *l, const struct retention_rule *rule,
    const struct legal_order *o, struct day *ret)
{
	const struct db_val *row;
	int rc;

	*ret = instant_is_none(o->settled) ? l->closed : instant_day(o->settled);
	if (rule->since == RETENTION_CLOSED)
		*ret = l->closed;
	if (rule->since != RETENTION_DELIVERED)
		return 0;
	rc = db_one(c, l->in->store.db, SQL_ERASE_DELIVERED, DB_ARGS(db_int(o->id)), &row);
	if (rc == 0 && row[0].kind == DB_INT)
		*ret = instant_day((struct instant){row[0].num});
	return rc;
}

/* The case's term is over when that of each of its orders is: the latest counts. */
static int add_term(struct ctx *c, struct looking *l, const struct legal_order *o)
{
	const struct retention_rule *rule = retention_for(l->list, word_of(o));
	struct day from, due;
	int rc;

	if (word_of(o).n == 0)
		return 0;
	if (rule == NULL) {
		l->ruled = false;
		return 0;
	}
	rc = begins(c, l, rule, o, &from);
	if (rc != 0)
		return rc;
	due = retention_end(rule, from);
	if (day_is_none(due)) {
		l->ruled = false;
	} else if (day_is_none(l->u->due) || day_cmp(l->u->due, due) < 0) {
		l->u->due = due;
		l->u->rule = rule->id;
		l->u->cite = rule->cite;
	}
	return 0;
}

static void end_term(struct looking *l)
{
	if (!l->ruled)
		l->u->due = DAY_NONE;
	if (day_is_none(l->u->due))
		l->u->rule = l->u->cite = (struct str){"", 0};
	l->u->over = !day_is_none(l->u->due) && day_cmp(l->today, l->u->due) > 0;
}

/* ---- what holds it ---- */

static int see_challenge(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;

	if (str_is(row[4].s, "filed"))
		hold(c, l->u, because("challenge", STR("")), STR("a challenge is open"));
	return 0;
}

static int see_secrecy(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	bool runs = row[7].kind == DB_NULL && (row[6].kind == DB_NULL || row[6].num >= l->today.n);

	if (runs)
		hold(c, l->u,
		    (struct erase_reason){"secrecy", str_make(c, row[4].s), db_get_day(row[6])},
		    str_fmt(c, "secrecy runs (%.*s)", STR_ARG(row[4].s)));
	return 0;
}

static int see_preservation(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;

	if (str_is(row[3].s, "running"))
		hold(c, l->u, (struct erase_reason){"preservation", STR(""), db_get_day(row[5])},
		    STR("a preservation runs"));
	return 0;
}

/* A partner of the other compartment is no partner (open.c), so its reference tells nothing new. */
static int see_partner(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;

	hold(c, l->u, because("partner", str_make(c, row[0].s)),
	    str_fmt(c, "its partner in a cured chain is open, case %.*s", STR_ARG(row[0].s)));
	return 0;
}

static int see_hold(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	int64_t id = row[0].num, holder = row[2].num;
	const struct db_val *review;
	struct day day = DAY_NONE;
	struct person p;
	int rc = person_get(c, l->in, holder, &p);

	if (rc == 0)
		rc = db_find(c, l->in->store.db, SQL_HOLD_REVIEW_OF, DB_ARGS(db_int(id)), &review);
	if (rc != 0)
		return rc;
	if (review != NULL)
		day = db_get_day(review[0]);
	hold(c, l->u, (struct erase_reason){"person", p.handle, day},
	    day_is_none(day) ? STR("somebody holds it (writ erase release)")
			     : str_fmt(c,
				   "somebody holds it, to be looked at again on %s "
				   "(writ erase release)",
				   day_str(c, day).p));
	return 0;
}

struct count {
	enum sql stmt;
	const char *word, *text;
};

/* A number that is more than none holds it. */
static int see_count(struct ctx *c, struct looking *l, const struct count *k, struct db_val of)
{
	const struct db_val *row;
	int rc = db_one(c, l->in->store.db, k->stmt, DB_ARGS(of), &row);

	if (rc == 0 && row[0].num > 0)
		hold(c, l->u, because(k->word, STR("")), str_of(k->text));
	return rc;
}

static void see_state(struct ctx *c, struct looking *l, const struct legal_order *o)
{
	struct str seq = str_fmt(c, "%lld", (long long)o->seq);

	if (o->state < ORDER_REJECTED ||
	    (o->outcome == 0 && o->state != ORDER_AMENDED && o->state != ORDER_PRESERVED))
		hold(c, l->u, because("order_open", seq),
		    str_fmt(c, "order %s is %s", seq.p, matter_order_word(o->state)));
	if (o->hold.n > 0)
		hold(c, l->u, because("on_hold", seq), str_fmt(c, "order %s is on hold", seq.p));
}

static int see_order(struct ctx *c, struct looking *l, const struct legal_order *o)
{
	static const struct {
		enum sql stmt;
		int (*fn)(struct ctx *c, const struct db_val *row, void *arg);
	} lists[] = {{SQL_CHALLENGE_OF_ORDER, see_challenge}, {SQL_SECRECY_OF_ORDER, see_secrecy},
	    {SQL_PRESERVATION_OF_ORDER, see_preservation}};
	static const struct count counts[] = {
	    {SQL_ERASE_UNDELIVERED, "production", "a production was not handed over"},
	    {SQL_ERASE_ASTRAY, "misdelivery", "a misdelivery is open"},
	    {SQL_ERASE_UNANSWERED, "recall", "a recall has no answer yet"},
	    {SQL_ERASE_NOTICES_OPEN, "notice", "a notice to the user is still due"}};
	static const struct count drafts = {
	    SQL_ERASE_DRAFTS, "edition", "an edition that counts it is not published yet"};
	int rc = 0;

	see_state(c, l, o);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0] && rc == 0; i++)
		rc = db_each(
		    c, l->in->store.db, lists[i].stmt, DB_ARGS(db_int(o->id)), lists[i].fn, l);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0] && rc == 0; i++)
		rc = see_count(c, l, &counts[i], db_int(o->id));
	return rc == 0 ? see_count(c, l, &drafts, db_day(instant_day(o->received))) : rc;
}

/* ---- the list it stands on ---- */

static int find_list(struct ctx *c, struct instance *in, struct erase_unit *u)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_ERASURE_LIVE, DB_ARGS(db_int(u->demand)), &row);

	if (rc != 0 || row == NULL)
		return rc;
	u->id = row[0].num;
	u->rev = row[1].num;
	u->list = str_make(c, row[2].s);
	u->proposer = row[8].num;
	u->erased = !str_is(row[7].s, "proposed");
	return 0;
}

static int see_holds(struct ctx *c, struct looking *l)
{
	struct db *db = l->in->store.db;
	static const struct count claims = {SQL_ERASE_OPEN_CLAIMS, "claim", "a claim is open"};
	int rc = l->u->matter != 0 ? see_count(c, l, &claims, db_int(l->u->matter)) : 0;

	if (rc == 0 && l->u->matter != 0) {
		rc =
		    db_each(c, db, SQL_ERASE_CURING, DB_ARGS(db_int(l->u->matter)), see_partner, l);
		if (rc == 0)
			rc = db_each(
			    c, db, SQL_ERASE_CURED, DB_ARGS(db_int(l->u->matter)), see_partner, l);
	}
	if (rc == 0)
		rc = db_each(c, db, SQL_HOLD_RUNNING, DB_ARGS(db_int(l->u->demand)), see_hold, l);
	return rc == 0 ? find_list(c, l->in, l->u) : rc;
}

static struct looking look(struct ctx *c, struct instance *in, struct erase_unit *u)
{
	struct day today = instant_day((struct instant){ctx_now(c)});

	return (struct looking){.in = in,
	    .u = u,
	    .list = retention_on(&in->retention, today),
	    .today = today,
	    .closed = DAY_NONE,
	    .ruled = true};
}

static int look_at_matter(
    struct ctx *c, struct instance *in, const struct db_val *m, struct erase_unit *ret)
{
	struct erase_unit u = {.matter = m[0].num,
	    .ref = str_make(c, m[1].s),
	    .demand = m[2].num,
	    .place = {(int)m[3].num, str_make(c, m[6].s)},
	    .due = DAY_NONE};
	struct looking l = look(c, in, &u);
	const struct db_val *row;
	struct legal_orders orders;
	int rc = db_one(c, in->store.db, SQL_ERASE_CLOSED_AT, DB_ARGS(db_int(u.matter)), &row);

	if (rc != 0)
		return rc;
	if (m[4].num == 0)
		hold(c, &u, because("case_open", STR("")), STR("the case is open"));
	else if (row[0].kind == DB_INT)
		l.closed = instant_day((struct instant){row[0].num});
	rc = db_one(c, in->store.db, SQL_ERASE_NEWEST, DB_ARGS(db_int(u.matter)), &row);
	if (rc == 0)
		u.newest = row[0].num;
	if (rc == 0)
		rc = matter_orders(c, in, u.matter, &orders);
	for (size_t i = 0; rc == 0 && i < orders.n; i++) {
		rc = add_term(c, &l, &orders.v[i]);
		if (rc == 0)
			rc = see_order(c, &l, &orders.v[i]);
	}
	end_term(&l);
	if (rc == 0)
		rc = see_holds(c, &l);
	u.erased = u.erased || m[5].kind != DB_NULL;
	if (rc == 0)
		*ret = u;
	return rc;
}

int erase_unit_matter(struct ctx *c, struct instance *in, int64_t matter, struct erase_unit *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_ERASE_MATTER_ID, DB_ARGS(db_int(matter)), &row);

	return rc == 0 ? look_at_matter(c, in, row, ret) : rc;
}

int erase_unit_demand(struct ctx *c, struct instance *in, struct str ref, struct erase_unit *ret)
{
	struct erase_unit u = {.due = DAY_NONE};
	struct looking l = look(c, in, &u);
	const struct retention_rule *rule = retention_for(l.list, STR("not_data"));
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_ERASE_DEMAND, DB_ARGS(db_text(ref)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no case and no demand has this reference");
	if (rc != 0)
		return rc;
	u.demand = row[0].num;
	u.ref = str_make(c, row[1].s);
	u.place = (struct right_place){(int)row[2].num, str_make(c, row[5].s)};
	if (!str_is(row[3].s, "not_data")) {
		hold(c, &u, because("no_case", STR("")),
		    STR("the demand is no case of its own: its case is erased"));
		l.ruled = false;
	} else if (rule != NULL) {
		u.due = retention_end(rule, instant_day((struct instant){row[4].num}));
		u.rule = rule->id;
		u.cite = rule->cite;
	}
	end_term(&l);
	rc = see_holds(c, &l);
	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_ERASE_SPAN, DB_ARGS(db_int(u.demand)), &row);
	if (rc == 0) {
		u.newest = row[2].num;
		*ret = u;
	}
	return rc;
}

int erase_unit_again(struct ctx *c, struct instance *in, struct erase_unit *u)
{
	return u->matter != 0 ? erase_unit_matter(c, in, u->matter, u)
			      : erase_unit_demand(c, in, u->ref, u);
}

/* ---- all of them ---- */

int erase_needs(struct ctx *c, const struct instance *in, const struct person *p, enum right right)
{
	const struct retention *list =
	    retention_on(&in->retention, instant_day((struct instant){ctx_now(c)}));
	unsigned role;
	int rc;

	if (list == NULL)
		return err_set(c, ERR_NOTFOUND,
		    "no retention rule is in force (retention in writ.yaml): nothing is erased");
	rc = person_roles(c, list->role, &role);
	return rc == 0 ? right_needs_ruled(c, p, right, role) : rc;
}

struct gathering {
	struct instance *in;
	struct erase_units *units;
	bool demands;
	int64_t last, n;
	struct json *list;
};

static int add_unit(struct ctx *c, const struct db_val *row, void *arg)
{
	struct gathering *g = arg;
	struct erase_unit u;
	int rc;

	g->last = row[0].num;
	g->n++;
	rc = g->demands ? erase_unit_demand(c, g->in, str_make(c, row[1].s), &u)
			: look_at_matter(c, g->in, row, &u);

	if (rc != 0 || !u.over || u.erased)
		return rc;
	g->units->v = mem_grow(c, g->units->v, g->units->n, &g->units->cap, sizeof *g->units->v);
	g->units->v[g->units->n++] = u;
	return 0;
}

int erase_due_page(struct ctx *c, struct instance *in, const struct person *actor,
    struct erase_page *page, struct erase_units *ret)
{
	struct gathering g = {.in = in, .units = ret},
			 d = {.in = in, .units = ret, .demands = true};
	bool first = page->after == 0;
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_READ);

	*ret = (struct erase_units){0};
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_ERASE_MATTERS,
		    DB_ARGS(db_int(actor->sealed), db_int(right_within(actor)), db_int(page->after),
			db_int(page->limit)),
		    add_unit, &g);
	if (rc == 0 && first)
		rc = db_each(c, in->store.db, SQL_ERASE_DEMANDS,
		    DB_ARGS(db_int(actor->sealed), db_int(right_within(actor)), db_int(0),
			db_int(page->limit)),
		    add_unit, &d);
	page->after = g.n == page->limit ? g.last : 0;
	return rc;
}

int erase_due(
    struct ctx *c, struct instance *in, const struct person *actor, struct erase_units *ret)
{
	struct erase_page all = {0, INT64_MAX};

	return erase_due_page(c, in, actor, &all, ret);
}

static int add_done(struct ctx *c, const struct db_val *row, void *arg)
{
	struct gathering *g = arg;
	struct json *j = json_map(c);
	int64_t who[2] = {
	    row[5].kind == DB_INT ? row[5].num : 0, row[6].kind == DB_INT ? row[6].num : 0};
	int rc = 0;

	json_set_text(c, j, row[1].kind == DB_INT ? "case" : "demand", str_make(c, row[0].s));
	json_set_text(c, j, "rule", str_make(c, row[2].s));
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[4].num}));
	for (int i = 0; i < 2 && rc == 0; i++) {
		struct person p;

		rc = who[i] == 0 ? 0 : person_get(c, g->in, who[i], &p);
		if (rc == 0 && who[i] != 0)
			json_set_text(c, j, i == 0 ? "proposer" : "confirmer", p.handle);
	}
	json_add(c, g->list, j);
	return rc;
}

int erase_done(struct ctx *c, struct instance *in, const struct person *actor, int64_t limit,
    struct json **ret)
{
	struct gathering g = {.in = in, .list = json_list(c)};
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_READ);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_ERASE_DONE,
		    DB_ARGS(db_int(actor->sealed), db_int(right_within(actor)), db_int(limit)),
		    add_done, &g);
	if (rc == 0)
		*ret = g.list;
	return rc;
}

int erase_find(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct erase_unit *ret)
{
	const struct db_val *row;
	struct erase_unit u;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc =
		    db_find(c, in->store.db, SQL_ERASE_MATTER, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0)
		rc = row != NULL ? look_at_matter(c, in, row, &u)
				 : erase_unit_demand(c, in, id_str(&id), &u);
	if (rc != 0)
		return rc;
	rc = right_found(c, actor, &u.place, ERR_TEXT("case and no demand"));
	if (rc == 0)
		*ret = u;
	return rc;
}

int erase_look(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct erase_unit *ret)
{
	int rc = erase_needs(c, in, actor, RIGHT_ERASE_READ);

	return rc == 0 ? erase_find(c, in, actor, ref, ret) : rc;
}
