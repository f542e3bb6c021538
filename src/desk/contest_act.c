#include "desk/contest_act.h"

#include "base/mem.h"
#include "desk/bar_step.h"
#include "desk/order.h"
#include "desk/permission.h"
#include "in/wording.h"

struct contesting {
	struct instance *in;
	const struct person *actor;
	enum right right;
	int64_t order, number, hearing;
	const struct contest_new *new;
	const struct contest_ruling *ruling;
	struct str state, text, permission;
	struct day day;
	/* loaded */
	struct legal_order o;
	struct contests all;
	struct contest *k;
};

static int run(struct ctx *c, const char *kind, struct contesting *a,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	int rc = right_needs(c, a->actor, a->right);

	return rc == 0 ? step_run(c, &a->in->store, kind, a->actor->id, fn, a, NULL) : rc;
}

static int load(struct ctx *c, struct step *s, struct contesting *a)
{
	int rc = step_order(c, s, a->order);

	if (rc == 0)
		rc = matter_order_by_id(c, a->in, a->order, &a->o);
	if (rc == 0)
		rc = matter_enter(c, a->in, a->actor, a->right, a->o.matter, false);
	if (rc == 0)
		rc = contest_of_order(c, a->in, a->order, &a->all);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", a->o.seq);
	if (a->number == 0)
		return 0;
	if (a->number < 1 || (size_t)a->number > a->all.n)
		return err_set(c, ERR_NOTFOUND, "the order has no such entry");
	a->k = &a->all.v[a->number - 1];
	json_set_int(c, s->detail, "challenge", a->number);
	return 0;
}

static int wrong(struct ctx *c, const char *option, const char *why)
{
	return err_set(c, ERR_INVALID, "%s: %s", option, err_word(c, why));
}

static struct day today(struct ctx *c)
{
	return instant_day((struct instant){ctx_now(c)});
}

/* ---- filing ---- */

struct bars {
	int64_t at, running, want, found;
};

static int find_bar(struct ctx *c, const struct db_val *row, void *arg)
{
	struct bars *b = arg;

	(void)c;
	b->at++;
	if (row[7].kind != DB_NULL || (b->want != 0 && b->want != b->at))
		return 0;
	b->running++;
	b->found = row[0].num;
	return 0;
}

/* The bar that a challenge to one is about. One that nobody put on record yet may be challenged
 * too: then nothing is there to lift. */
static int bar_of(struct ctx *c, const struct contesting *a, int64_t *ret)
{
	struct bars b = {.want = a->new->bar};
	int rc;

	*ret = 0;
	if (!str_is(a->new->against, "secrecy"))
		return b.want == 0 ? 0 : wrong(c, "--bar", ERR_TEXT("only of one against secrecy"));
	rc = db_each(
	    c, a->in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(a->order)), find_bar, &b);
	if (rc == 0 && b.running > 1)
		rc = wrong(c, "--bar", ERR_TEXT("several bars run: say which, by its number"));
	if (rc == 0 && b.want != 0 && b.running == 0)
		rc = wrong(c, "--bar", ERR_TEXT("no bar of this number runs"));
	if (rc == 0)
		*ret = b.found;
	return rc;
}

static int followed(struct ctx *c, const struct contesting *a, int64_t *ret)
{
	int64_t n = a->new->follows;

	*ret = 0;
	if (n == 0)
		return 0;
	if (n < 1 || (size_t)n > a->all.n)
		return wrong(c, "--follows", ERR_TEXT("the order has no challenge of this number"));
	if (str_is(a->all.v[n - 1].state, "filed"))
		return wrong(c, "--follows", ERR_TEXT("what is not decided is not appealed"));
	*ret = a->all.v[n - 1].challenge;
	return 0;
}

static struct db_val sealed(
    struct ctx *c, const struct contesting *a, const char *label, struct str text)
{
	return text.n == 0 ? db_null() : db_blob(vault_seal(c, a->in->store.vault, label, text));
}

static struct db_val sealed_court(
    struct ctx *c, const struct contesting *a, struct str court, struct str file, struct str basis)
{
	struct json *j = json_map(c);

	if (court.n + file.n + basis.n == 0)
		return db_null();
	json_set_text(c, j, "court", court);
	json_set_text(c, j, "file", file);
	json_set_text(c, j, "basis", basis);
	return sealed(c, a, "contest.court", json_str(c, j));
}

static int put_contest(
    struct ctx *c, struct step *s, const struct contesting *a, int64_t challenge, int64_t *ret)
{
	const struct contest_new *n = a->new;
	int64_t follows, bar;
	int rc = followed(c, a, &follows);

	if (rc == 0)
		rc = bar_of(c, a, &bar);
	return rc != 0 ? rc
		       : step_insert(c, s, STEP_CONTEST, SQL_CONTEST_PUT,
			     DB_ARGS(db_int(challenge), db_int(a->order), db_text(n->kind),
				 db_text(n->party), db_day(n->filed), db_day(n->answer_by),
				 db_ref(follows), db_ref(bar), db_int(n->in_public),
				 sealed_court(c, a, n->court, n->file, n->basis)),
			     ret);
}

static int file(struct ctx *c, struct step *s, void *arg)
{
	static const struct str held = {"challenged", 10};
	struct order_change ch = {.hold = &held};
	struct contesting *a = arg;
	int64_t challenge, id;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = step_insert(c, s, STEP_CHALLENGE, SQL_CHALLENGE_PUT,
		    DB_ARGS(db_int(a->order), db_text(a->new->against), db_int(s->now.s),
			sealed(c, a, "challenge.text", a->new->ground)),
		    &challenge);
	if (rc == 0)
		rc = put_contest(c, s, a, challenge, &id);
	json_set_text(c, s->detail, "against", a->new->against);
	json_set_text(c, s->detail, "kind", a->new->kind);
	if (rc != 0 || !str_is(a->new->against, "order"))
		return rc;
	return matter_move_order(c, s, &a->o, a->o.state, &ch);
}

static int check_due(struct ctx *c, struct day by, struct str basis, const char *option)
{
	if (!day_is_none(by) && str_trim(basis).n == 0)
		return wrong(c, option, ERR_TEXT("say on what the day rests"));
	if (!wording_line_ok(basis))
		return wrong(c, option, ERR_TEXT("one line"));
	return 0;
}

static int check_new(struct ctx *c, const struct contest_new *n)
{
	if (!str_has_word(STR("order secrecy publication"), n->against))
		return err_set(
		    c, ERR_INVALID, "a challenge is against: order, secrecy or publication");
	if (str_trim(n->ground).n == 0)
		return err_set(c, ERR_INVALID, "say on what ground");
	if (!str_has_word(STR("quash modify objection petition appeal"), n->kind))
		return wrong(
		    c, "--kind", ERR_TEXT("one of: quash modify objection petition appeal"));
	if (!str_has_word(STR("provider user authority"), n->party))
		return wrong(c, "--by", ERR_TEXT("one of: provider user authority"));
	if (str_is(n->kind, "appeal") != (n->follows != 0))
		return wrong(
		    c, "--follows", ERR_TEXT("an appeal follows a challenge, and it alone"));
	if (str_is(n->kind, "modify") && !str_is(n->against, "order"))
		return wrong(c, "--kind", ERR_TEXT("only an order is modified"));
	if (!wording_line_ok(n->court) || !wording_line_ok(n->file))
		return wrong(c, "--court", ERR_TEXT("one line"));
	if (day_cmp(n->filed, today(c)) > 0)
		return wrong(c, "--filed", ERR_TEXT("not a day to come"));
	if (!day_is_none(n->answer_by) && day_cmp(n->answer_by, n->filed) < 0)
		return wrong(c, "--answer-by", ERR_TEXT("before it was filed"));
	return check_due(c, n->answer_by, n->basis, "--basis");
}

int contest_file(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct contest_new *as_said)
{
	struct contest_new n = *as_said;
	struct contesting a = {
	    .in = in, .actor = actor, .right = RIGHT_CHALLENGE_FILE, .order = order->id, .new = &n};
	int rc = right_needs(c, actor, a.right);

	if (n.kind.n == 0)
		n.kind = str_is(n.against, "order") ? STR("quash") : STR("petition");
	if (n.party.n == 0)
		n.party = STR("provider");
	if (day_is_none(n.filed))
		n.filed = today(c);
	if (rc == 0)
		rc = check_new(c, &n);
	return rc == 0 ? run(c, "challenge.file", &a, file) : rc;
}

/* ---- dates ---- */

/* One that was filed before there was more than that gets its row when it is needed. */
static int grown(struct ctx *c, struct step *s, struct contesting *a)
{
	struct contest_new plain = {.against = a->k->against,
	    .kind = str_is(a->k->against, "order") ? STR("quash") : STR("petition"),
	    .party = STR("provider"),
	    .filed = a->k->filed,
	    .answer_by = DAY_NONE};
	struct contesting b = *a;
	int rc;

	if (a->k->id != 0)
		return 0;
	/* which bar it was about nobody wrote down */
	plain.against = str_is(plain.against, "secrecy") ? STR("publication") : plain.against;
	b.new = &plain;
	rc = put_contest(c, s, &b, a->k->challenge, &a->k->id);
	a->k->rev = 1;
	return rc;
}

static int undecided(struct ctx *c, const struct contesting *a)
{
	return str_is(a->k->state, "filed")
		   ? 0
		   : err_set(c, ERR_CONFLICT, "the challenge is decided already");
}

static int set_due(struct ctx *c, struct step *s, void *arg)
{
	struct contesting *a = arg;
	struct json *court;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = undecided(c, a);
	if (rc == 0)
		rc = grown(c, s, a);
	if (rc == 0)
		rc = contest_court(c, a->in, a->k, &court);
	return rc != 0 ? rc
		       : step_update(c, s, STEP_CONTEST, SQL_CONTEST_DUE, a->k->id, a->k->rev,
			     DB_ARGS(db_day(a->day), sealed_court(c, a, json_text(court, "court"),
							 json_text(court, "file"), a->text)));
}

int contest_due(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct day by, struct str basis)
{
	struct contesting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_CHALLENGE_DATE,
	    .order = order->id,
	    .number = number,
	    .day = by,
	    .text = basis};
	int rc = check_due(c, by, basis, "--basis");

	return rc == 0 ? run(c, "challenge.date", &a, set_due) : rc;
}

static int find_hearing(struct ctx *c, const struct contesting *a, struct hearing *ret)
{
	struct hearings all;
	int64_t last = 0;
	int rc = contest_hearings(c, a->in, a->order, &all);

	*ret = (struct hearing){0};
	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		if (all.v[i].challenge != a->k->challenge)
			continue;
		last = all.v[i].number;
		if (last == a->hearing)
			*ret = all.v[i];
	}
	if (rc == 0 && a->hearing != 0 && ret->id == 0)
		rc = err_set(c, ERR_NOTFOUND, "the challenge has no such date");
	if (a->hearing == 0)
		ret->number = last + 1;
	return rc;
}

static int put_hearing(struct ctx *c, struct step *s, const struct contesting *a, int64_t number)
{
	return step_insert(c, s, STEP_HEARING, SQL_HEARING_PUT,
	    DB_ARGS(db_int(a->order), db_int(a->k->challenge), db_int(number), db_day(a->day),
		sealed(c, a, "hearing.note", a->text)),
	    NULL);
}

static int set_hearing(struct ctx *c, struct step *s, void *arg)
{
	struct contesting *a = arg;
	struct hearing h, next;
	int rc = load(c, s, a);

	if (rc == 0 && (a->hearing == 0 || str_is(a->state, "moved")))
		rc = undecided(c, a);
	if (rc == 0)
		rc = find_hearing(c, a, &h);
	if (rc != 0)
		return rc;
	if (a->hearing == 0)
		return put_hearing(c, s, a, h.number);
	if (!str_is(h.state, "set"))
		return err_set(c, ERR_CONFLICT, "the date is over already");
	if (str_is(a->state, "held") && day_cmp(h.day, today(c)) > 0)
		return err_set(c, ERR_INVALID, "its day is still to come");
	rc = step_update(
	    c, s, STEP_HEARING, SQL_HEARING_SET, h.id, h.rev, DB_ARGS(db_text(a->state)));
	if (rc != 0 || !str_is(a->state, "moved"))
		return rc;
	a->hearing = 0;
	rc = find_hearing(c, a, &next);
	return rc == 0 ? put_hearing(c, s, a, next.number) : rc;
}

int contest_hearing(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, int64_t hearing, struct str state,
    struct day day, struct str note)
{
	struct contesting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_CHALLENGE_DATE,
	    .order = order->id,
	    .number = number,
	    .hearing = hearing,
	    .state = state,
	    .day = day,
	    .text = note};
	bool dated = hearing == 0 || str_is(state, "moved");

	if (hearing != 0 && !str_has_word(STR("moved held dropped"), state))
		return err_set(c, ERR_INVALID, "a date is moved, held or dropped");
	if (dated == day_is_none(day))
		return err_set(c, ERR_INVALID, "a new date, or one that moves, has a day");
	return run(c, "challenge.date", &a, set_hearing);
}

/* ---- what came of it ---- */

/* What holds the order once this challenge has ended: another one that is filed against it. */
static const struct str *hold_after(const struct contesting *a)
{
	static const struct str words[] = {{"", 0}, {"challenged", 10}};

	for (size_t i = 0; i < a->all.n; i++)
		if (&a->all.v[i] != a->k && str_is(a->all.v[i].against, "order") &&
		    str_is(a->all.v[i].state, "filed"))
			return &words[1];
	return &words[0];
}

static int free_order(struct ctx *c, struct step *s, struct contesting *a)
{
	struct order_change ch = {.hold = hold_after(a)};

	return matter_move_order(c, s, &a->o, a->o.state, &ch);
}

static bool disclosed(const struct legal_order *o)
{
	return o->outcome == OUTCOME_CONTENT || o->outcome == OUTCOME_NONCONTENT;
}

static int end_decisions(
    struct ctx *c, struct step *s, const struct contesting *a, struct items *items)
{
	int rc = matter_items(c, a->in, a->order, items);

	for (size_t i = 0; rc == 0 && i < items->n; i++)
		if (items->v[i].state == ITEM_PRODUCED)
			rc = matter_end_decision(c, s, items->v[i].decision);
	return rc == 0 ? matter_end_items(c, s, items, ITEM_WITHHOLD) : rc;
}

/* The order is at its end: what was disclosed stays disclosed, everything else counts as refused.
 */
static int set_aside(struct ctx *c, struct step *s, struct contesting *a)
{
	struct order_change ch = {.code = STR("other"), .hold = hold_after(a)};
	struct items items;
	int rc;

	if (a->o.state == ORDER_REJECTED || a->o.state == ORDER_WITHDRAWN ||
	    a->o.state == ORDER_LAPSED || a->o.state == ORDER_AMENDED)
		return free_order(c, s, a);
	rc = end_decisions(c, s, a, &items);
	if (rc == 0 && a->o.state != ORDER_IN_REVIEW && a->o.state != ORDER_RETURNED)
		rc = matter_move_order(c, s, &a->o, ORDER_IN_REVIEW, NULL);
	if (rc == 0)
		rc = step_insert(c, s, STEP_MESSAGE, SQL_MESSAGE_PUT,
		    DB_ARGS(db_int(a->order), db_text(STR("refusal")), db_int(s->now.s),
			db_int(a->actor->id), sealed(c, a, "message.text", a->ruling->text)),
		    NULL);
	if (!disclosed(&a->o))
		ch.outcome = OUTCOME_REJECTED;
	return rc == 0 ? matter_move_order(c, s, &a->o, ORDER_REJECTED, &ch) : rc;
}

static const struct contest_left *left_of(const struct contest_ruling *r, int64_t item)
{
	for (size_t i = 0; i < r->n_left; i++)
		if (r->left[i].item == item)
			return &r->left[i];
	return NULL;
}

static int check_left(struct ctx *c, const struct contest_ruling *r, const struct items *items)
{
	for (size_t i = 0; i < r->n_left; i++) {
		const struct contest_left *l = &r->left[i];

		if (l->item < 1 || (size_t)l->item > items->n)
			return err_set(
			    c, ERR_NOTFOUND, "the order has no item %lld", (long long)l->item);
		if (left_of(r, l->item) != l)
			return wrong(c, "--item", ERR_TEXT("an item stands there twice"));
		if (!day_is_none(l->from) && !day_is_none(l->to) && day_cmp(l->from, l->to) > 0)
			return wrong(
			    c, "--item", ERR_TEXT("its days go from the first to the last"));
	}
	return 0;
}

static bool runs(const struct legal_order *o)
{
	return o->state == ORDER_IN_REVIEW || o->state == ORDER_RETURNED ||
	       o->state == ORDER_APPROVED || o->state == ORDER_PRODUCED ||
	       o->state == ORDER_DELIVERED;
}

/* What was decided falls, and what the court left is written down for each item. */
static int narrow(struct ctx *c, struct step *s, struct contesting *a)
{
	struct order_change ch = {.narrowed = true};
	struct items items;
	int rc = matter_items(c, a->in, a->order, &items);

	if (rc == 0)
		rc = check_left(c, a->ruling, &items);
	if (rc == 0 && runs(&a->o)) {
		rc = order_look_again(c, s, a->in, a->order);
		if (rc == 0)
			rc = matter_order_by_id(c, a->in, a->order, &a->o);
	}
	for (size_t i = 0; rc == 0 && i < items.n; i++) {
		const struct contest_left *l = left_of(a->ruling, items.v[i].number);

		rc = step_insert(c, s, STEP_CONTEST_BOUND, SQL_CONTEST_BOUND_PUT,
		    DB_ARGS(db_int(a->order), db_int(a->k->challenge), db_int(items.v[i].id),
			db_int(l != NULL), l == NULL ? db_null() : db_day(l->from),
			l == NULL ? db_null() : db_day(l->to)),
		    NULL);
	}
	ch.hold = hold_after(a);
	return rc == 0 ? matter_move_order(c, s, &a->o, a->o.state, &ch) : rc;
}

static int take_bar(struct ctx *c, const struct db_val *row, void *arg)
{
	struct db_val *kept = arg;

	(void)c;
	if (row[0].num != kept[0].num)
		return 0;
	kept[1] = row[1];
	kept[2] = row[6];
	kept[3] = row[7];
	return 0;
}

/* The bar falls with the ruling; what its users are owed then comes due by the sweep of notices. */
static int lift(struct ctx *c, struct step *s, const struct contesting *a)
{
	struct db_val bar[4] = {db_int(a->k->secrecy), db_null(), db_null(), db_null()};
	int rc;

	if (a->k->secrecy == 0)
		return 0;
	rc = db_each(
	    c, a->in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(a->order)), take_bar, bar);
	if (rc != 0 || bar[1].kind == DB_NULL || bar[3].kind != DB_NULL)
		return rc; /* lifted before */
	rc = bar_step_may_lift(c, a->in, a->k->secrecy);
	if (rc != 0)
		return rc;
	json_set_bool(c, s->detail, "lifted", true);
	return step_update(c, s, STEP_SECRECY, SQL_SECRECY_SET, bar[0].num, bar[1].num,
	    DB_ARGS(bar[2], db_int(s->now.s)));
}

static int follow(struct ctx *c, struct step *s, struct contesting *a)
{
	bool upheld = str_is(a->ruling->outcome, "upheld");

	if (!str_is(a->k->against, "order"))
		return upheld && str_is(a->k->against, "secrecy") ? lift(c, s, a) : 0;
	/* an appeal of the authority that is upheld gives back nothing: see the header */
	if (upheld && !str_is(a->k->party, "authority"))
		return set_aside(c, s, a);
	return str_is(a->ruling->outcome, "narrowed") ? narrow(c, s, a) : free_order(c, s, a);
}

static struct str plain_state(struct str outcome)
{
	if (str_is(outcome, "narrowed"))
		return STR("upheld");
	return str_is(outcome, "moot") ? STR("withdrawn") : outcome;
}

static int end(struct ctx *c, struct step *s, void *arg)
{
	struct contesting *a = arg;
	const struct contest_ruling *r = a->ruling;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = undecided(c, a);
	if (rc == 0 && str_is(r->outcome, "narrowed") && !str_is(a->k->against, "order"))
		rc = err_set(c, ERR_INVALID, "only an order is narrowed");
	if (rc == 0 && day_cmp(r->decided, a->k->filed) < 0)
		rc = wrong(c, "--day", ERR_TEXT("before it was filed"));
	if (rc == 0)
		rc = grown(c, s, a);
	if (rc == 0)
		rc = follow(c, s, a);
	if (rc == 0)
		rc = step_update(c, s, STEP_CHALLENGE, SQL_CHALLENGE_SET, a->k->challenge,
		    a->k->challenge_rev, DB_ARGS(db_text(plain_state(r->outcome))));
	json_set_text(c, s->detail, "outcome", r->outcome);
	return rc == 0 ? step_update(c, s, STEP_CONTEST, SQL_CONTEST_DECIDE, a->k->id, a->k->rev,
			     DB_ARGS(db_text(r->outcome), db_day(r->decided),
				 sealed(c, a, "contest.ruling", r->text)))
		       : rc;
}

static int check_ruling(struct ctx *c, const struct contest_ruling *r)
{
	bool narrowed = str_is(r->outcome, "narrowed");

	if (!str_has_word(STR("upheld narrowed dismissed withdrawn moot"), r->outcome))
		return err_set(c, ERR_INVALID,
		    "a challenge ends upheld, narrowed, dismissed, withdrawn or moot");
	if (narrowed != (r->n_left > 0))
		return wrong(c, "--item",
		    ERR_TEXT("a narrowing names the items that are left, and it alone"));
	if (day_cmp(r->decided, today(c)) > 0)
		return wrong(c, "--day", ERR_TEXT("not a day to come"));
	if ((narrowed || str_is(r->outcome, "upheld")) && str_trim(r->text).n == 0)
		return err_set(c, ERR_INVALID, "say what the court found: --reason");
	return 0;
}

int contest_end(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, const struct contest_ruling *as_said)
{
	struct contest_ruling r = *as_said;
	struct contesting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_CHALLENGE_END,
	    .order = order->id,
	    .number = number,
	    .ruling = &r};
	int rc = right_needs(c, actor, a.right);

	if (day_is_none(r.decided))
		r.decided = today(c);
	if (rc == 0 && number < 1)
		rc = err_set(c, ERR_NOTFOUND, "the order has no such entry");
	if (rc == 0)
		rc = check_ruling(c, &r);
	return rc == 0 ? run(c, "challenge.end", &a, end) : rc;
}

static int day_or_none(struct ctx *c, struct str s, struct day *ret)
{
	*ret = DAY_NONE;
	return s.n == 0 ? 0 : day_parse(c, s, ret);
}

int contest_left_parse(struct ctx *c, struct str s, struct contest_left *ret)
{
	struct contest_left l = {.from = DAY_NONE, .to = DAY_NONE};
	struct str number, days, from, to;
	int rc = 0;

	if (!str_cut(s, ':', &number, &days)) {
		number = s;
		days = STR("");
	}
	if (!str_cut(days, ':', &from, &to)) {
		from = days;
		to = STR("");
	}
	if (!str_i64(number, &l.item) || l.item < 1)
		return err_set(
		    c, ERR_INVALID, "an item is N, or N:FIRST:LAST with days as 2027-01-31");
	rc = day_or_none(c, from, &l.from);
	if (rc == 0)
		rc = day_or_none(c, to, &l.to);
	if (rc == 0)
		*ret = l;
	return rc;
}

/* ---- what may be said of it ---- */

static int permit(struct ctx *c, struct step *s, void *arg)
{
	struct contesting *a = arg;
	struct permissions all;
	int64_t id = 0;
	int rc = load(c, s, a);

	if (rc == 0 && (!str_is(a->k->against, "publication") || !str_is(a->k->outcome, "upheld")))
		rc = err_set(c, ERR_DENIED,
		    "only an upheld challenge to a rule on publication permits something");
	if (rc == 0 && a->k->permission != 0)
		rc = err_set(c, ERR_CONFLICT, "it has its permission already");
	if (rc == 0)
		rc = permission_all(c, a->in, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (str_eq(all.v[i].ref, a->permission) && all.v[i].ender == 0)
			id = all.v[i].id;
	if (rc == 0 && id == 0)
		rc = err_set(c, ERR_NOTFOUND, "no permission in force has this reference");
	return rc == 0 ? step_update(c, s, STEP_CONTEST, SQL_CONTEST_PERMIT, a->k->id, a->k->rev,
			     DB_ARGS(db_int(id)))
		       : rc;
}

int contest_permit(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str permission)
{
	struct contesting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_CHALLENGE_PERMIT,
	    .order = order->id,
	    .number = number,
	    .permission = permission};

	return run(c, "challenge.permit", &a, permit);
}
