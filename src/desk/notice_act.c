#include "desk/notice_act.h"

#include "base/mem.h"
#include "desk/bar_step.h"
#include "desk/notice_copy.h"
#include "desk/outgoing.h"
#include "desk/reply.h"
#include "in/wording.h"
#include "kind/id.h"

struct acting {
	struct instance *in;
	const struct person *actor;
	enum right right;
	int64_t order, number, made;
	struct str language, to, text, said;
	bool by_hand, nothing;
	struct day review;
	/* loaded */
	struct gate g;
	struct notices all;
	struct notice *n;
	struct notice_swept *swept;
};

static int run(struct ctx *c, const char *kind, struct acting *a,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	int rc = right_needs(c, a->actor, a->right);

	return rc == 0 ? step_run(c, &a->in->store, kind, a->actor->id, fn, a, NULL) : rc;
}

/* The order, judged now, with its notices; number 0: none of them. */
static int load(struct ctx *c, struct step *s, struct acting *a)
{
	int rc = step_order(c, s, a->order);

	if (rc == 0)
		rc = gate_load(c, a->in, a->order, &a->g);
	if (rc == 0 && a->actor != NULL)
		rc = matter_enter(c, a->in, a->actor, a->right, a->g.matter.id, false);
	if (rc == 0)
		rc = notice_of_order(c, a->in, a->order, &a->all);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", a->g.order.seq);
	if (a->number == 0)
		return 0;
	if (a->number < 1 || (size_t)a->number > a->all.n)
		return err_set(c, ERR_NOTFOUND, "the order has no such notice");
	a->n = &a->all.v[a->number - 1];
	json_set_int(c, s->detail, "notice", a->number);
	return 0;
}

static int put(struct ctx *c, struct step *s, struct notice *n)
{
	return step_update(c, s, STEP_NOTICE, SQL_NOTICE_SET, n->id, n->rev,
	    DB_ARGS(db_text(n->state), db_int(n->holds), db_ref(n->author), db_ref(n->approver),
		db_ref(n->sender), db_instant(n->sent), db_day(n->sent_day), db_text(n->way),
		db_text_or_null(n->letter), db_instant(n->posted), db_instant(n->not_before),
		n->text_ct.n > 0 ? db_blob(n->text_ct) : db_null(),
		n->said_ct.n > 0 ? db_blob(n->said_ct) : db_null()));
}

static int is_in(struct ctx *c, const struct notice *n, struct str states)
{
	if (str_has_word(states, n->state))
		return 0;
	return err_set(c, ERR_CONFLICT, "the notice is %s", err_word(c, str_z(c, n->state)));
}

static struct str say(struct ctx *c, const struct acting *a)
{
	return vault_seal(c, a->in->store.vault, "notice.said", a->said);
}

/* ---- drafts ---- */

static struct str own_address(const struct gate *g, int64_t target)
{
	const struct target *t = matter_target(&g->targets, target);

	return t != NULL && str_is(t->kind, "email") ? t->value : STR("");
}

static struct str seal_text(struct ctx *c, const struct acting *a, const struct notice_words *w)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "to", w->to);
	json_set_text(c, j, "subject", w->subject);
	json_set_text(c, j, "text", w->text);
	json_set_text(c, j, "language", w->language);
	return vault_seal(c, a->in->store.vault, "notice.text", json_str(c, j));
}

static int write_text(struct ctx *c, const struct acting *a, int64_t target, struct str *ret)
{
	struct reply_user user;
	int rc = reply_for_user(c, a->in, &a->g.matter, &a->g.order, a->language, &user);

	if (rc == 0)
		*ret = seal_text(c, a,
		    &(struct notice_words){
			own_address(&a->g, target), user.subject, user.text, user.language});
	return rc;
}

static bool goes_first(const struct acting *a)
{
	return !gate_emergency(&a->g) && a->g.order.state < ORDER_PRODUCED &&
	       a->g.order.outcome == 0;
}

static struct notice *notice_for(struct acting *a, int64_t target)
{
	for (size_t i = 0; i < a->all.n; i++)
		if (a->all.v[i].target == target)
			return &a->all.v[i];
	return NULL;
}

/* A new row, known to the rest of the step. */
static int add(struct ctx *c, struct step *s, struct acting *a, int64_t target, const char *state)
{
	struct str text = STR("");
	bool drafted = strcmp(state, "drafted") == 0;
	int64_t author = a->actor == NULL ? 0 : a->actor->id;
	int rc = drafted ? write_text(c, a, target, &text) : 0;

	if (rc == 0)
		rc = step_insert(c, s, STEP_NOTICE, SQL_NOTICE_PUT,
		    DB_ARGS(db_int(a->order), db_int(target), db_text(str_of(state)),
			db_int(goes_first(a)), db_int(s->now.s), db_ref(author),
			text.n > 0 ? db_blob(text) : db_null(),
			a->said.n > 0 ? db_blob(say(c, a)) : db_null()),
		    NULL);
	if (rc == 0)
		rc = notice_of_order(c, a->in, a->order, &a->all);
	a->made++;
	return rc;
}

static int draft_again(struct ctx *c, struct step *s, struct acting *a, struct notice *n)
{
	int rc = write_text(c, a, n->target, &n->text_ct);

	n->state = STR("drafted");
	n->holds = goes_first(a);
	n->author = a->actor == NULL ? 0 : a->actor->id;
	a->made++;
	return rc == 0 ? put(c, s, n) : rc;
}

static int draft_target(struct ctx *c, struct step *s, struct acting *a, int64_t target)
{
	struct notice *n = notice_for(a, target);
	int rc;

	if (n != NULL && !str_has_word(STR("due barred not_needed"), n->state))
		return 0;
	rc = notice_may_go(c, a->in, &a->g, target);
	if (rc != 0)
		return rc;
	return n != NULL ? draft_again(c, s, a, n) : add(c, s, a, target, "drafted");
}

static int draft(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a);

	if (rc == 0 && !str_is(a->g.order.basis, "order") && !str_is(a->g.order.basis, "permitted"))
		rc = err_set(c, ERR_DENIED,
		    "nothing is produced on this order: there is nothing "
		    "to tell its users");
	for (size_t i = 0; i < a->g.items.n && rc == 0; i++)
		rc = draft_target(c, s, a, a->g.items.v[i].target);
	if (rc == 0 && a->made == 0)
		rc = err_set(c, ERR_CONFLICT, "every account of the order has its notice");
	json_set_int(c, s->detail, "drafted", a->made);
	return rc;
}

int notice_act_draft(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str language, int64_t *ret_n)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_NOTICE_DRAFT,
	    .order = order->id,
	    .language = language};
	int rc = run(c, "notice.draft", &a, draft);

	if (rc == 0)
		*ret_n = a.made;
	return rc;
}

/* ---- approved, sent ---- */

static int approve(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct notice_words w;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = is_in(c, a->n, STR("drafted"));
	if (rc == 0)
		rc = notice_may_go(c, a->in, &a->g, a->n->target);
	if (rc == 0)
		rc = notice_words(c, a->in, a->n, &w);
	if (rc != 0)
		return rc;
	w.to = a->to.n > 0 ? a->to : w.to;
	w.text = a->text.n > 0 ? a->text : w.text;
	a->n->text_ct = seal_text(c, a, &w);
	a->n->state = STR("approved");
	a->n->approver = a->actor->id;
	return put(c, s, a->n);
}

int notice_act_approve(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str to, struct str text)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_NOTICE_APPROVE,
	    .order = order->id,
	    .number = number,
	    .to = to,
	    .text = text};

	if (!wording_line_ok(to))
		return err_set(c, ERR_INVALID, "an address is one line");
	if (text.n > OUTGOING_TEXT_MAX)
		return err_set(c, ERR_LIMIT, "a notice has at most 64 KiB");
	return run(c, "notice.approve", &a, approve);
}

static int send(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct notice_words w;
	struct notice_copy copy;
	bool has = false;
	struct id ref = id_make(c);
	int rc = load(c, s, a);

	if (rc == 0)
		rc = is_in(c, a->n, STR("approved"));
	if (rc == 0)
		rc = notice_may_go(c, a->in, &a->g, a->n->target);
	if (rc == 0)
		rc = notice_words(c, a->in, a->n, &w);
	if (rc == 0 && !a->by_hand && w.to.n == 0)
		rc = err_set(c, ERR_INVALID, "there is no address to send the notice to");
	if (rc == 0)
		rc = notice_copy_find(c, a->in, a->n->id, &copy, &has);
	if (rc != 0)
		return rc;
	if (has)
		w.text = str_fmt(c, "%.*s\n%s\n", STR_ARG(w.text), notice_copy_says(w.language));
	a->n->state = STR("sent");
	a->n->holds = a->n->holds && goes_first(a);
	a->n->sender = a->actor->id;
	a->n->sent = s->now;
	a->n->sent_day = instant_day(s->now);
	a->n->way = a->by_hand ? STR("hand") : STR("mail");
	a->n->letter = a->by_hand ? STR("") : str_make(c, id_str(&ref));
	if (a->by_hand) {
		a->n->posted = s->now;
		a->n->not_before = notice_wait_end(a->in, a->n->holds, s->now);
	}
	json_set_text(c, s->detail, "way", a->n->way);
	rc = put(c, s, a->n);
	return rc == 0 && !a->by_hand ? outgoing_put(c, a->in,
					    &(struct outgoing){.ref = a->n->letter,
						.kind = STR("user.notice"),
						.to = w.to,
						.subject = w.subject,
						.text = w.text})
				      : rc;
}

int notice_act_send(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, bool by_hand)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_NOTICE_SEND,
	    .order = order->id,
	    .number = number,
	    .by_hand = by_hand};

	return run(c, "notice.send", &a, send);
}

/* ---- objections, and what is not sent ---- */

static int object(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = is_in(c, a->n, STR("sent"));
	if (rc != 0)
		return rc;
	a->n->state = STR("objected");
	a->n->said_ct = say(c, a);
	return put(c, s, a->n);
}

static int settle(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = is_in(c, a->n, gate_emergency(&a->g) ? STR("sent objected") : STR("objected"));
	if (rc != 0)
		return rc;
	a->n->state = STR("sent");
	a->n->holds = a->n->holds && !gate_emergency(&a->g);
	a->n->said_ct = say(c, a);
	return put(c, s, a->n);
}

/* An act with words, which it needs. */
static int run_said(struct ctx *c, const char *kind, struct acting *a,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	int rc = right_needs(c, a->actor, a->right);

	if (rc == 0 && str_trim(a->said).n == 0)
		rc = err_set(c, ERR_INVALID, "a reason is needed");
	return rc == 0 ? run(c, kind, a, fn) : rc;
}

int notice_act_object(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str said)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_NOTICE_OBJECT,
	    .order = order->id,
	    .number = number,
	    .said = said};

	return run_said(c, "notice.object", &a, object);
}

int notice_act_settle(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str said)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_NOTICE_SETTLE,
	    .order = order->id,
	    .number = number,
	    .said = said};

	return run_said(c, "notice.settle", &a, settle);
}

static int end_one(struct ctx *c, struct step *s, struct acting *a, struct notice *n)
{
	int rc = is_in(c, n, STR("due drafted approved barred"));

	n->state = STR("not_needed");
	n->said_ct = say(c, a);
	return rc == 0 ? put(c, s, n) : rc;
}

static int not_needed(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a);

	if (rc == 0 && a->n != NULL)
		return end_one(c, s, a, a->n);
	if (rc == 0 && a->all.n > 0)
		return err_set(c, ERR_CONFLICT, "the order has notices: say which one");
	for (size_t i = 0; i < a->g.items.n && rc == 0; i++)
		if (notice_for(a, a->g.items.v[i].target) == NULL)
			rc = add(c, s, a, a->g.items.v[i].target, "not_needed");
	return rc;
}

int notice_act_not_needed(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str reason)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_NOTICE_END,
	    .order = order->id,
	    .number = number,
	    .said = reason};

	return run_said(c, "notice.end", &a, not_needed);
}

static int withdraw(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	bool told = false;
	int rc = load(c, s, a);

	for (size_t i = 0; i < a->all.n && rc == 0; i++) {
		struct notice *n = &a->all.v[i];

		if (str_has_word(STR("not_needed withdrawn"), n->state))
			continue;
		told = told || str_has_word(STR("sent objected approved"), n->state);
		n->state = STR("withdrawn");
		rc = put(c, s, n);
	}
	if (rc == 0 && !told)
		rc = err_set(c, ERR_DENIED, "no notice of this order was sent or announced");
	return rc;
}

struct withdrawing {
	struct acting a;
	const struct legal_order *order;
};

static int withdraw_both(struct ctx *c, void *arg)
{
	struct withdrawing *w = arg;
	int rc = run(c, "notice.withdraw", &w->a, withdraw);

	return rc == 0 ? order_withdraw(c, w->a.in, w->a.actor, w->order, STR("notice")) : rc;
}

int notice_act_withdrawn(
    struct ctx *c, struct instance *in, const struct person *actor, const struct legal_order *order)
{
	struct withdrawing w = {
	    {.in = in, .actor = actor, .right = RIGHT_NOTICE_END, .order = order->id}, order};

	return step_together(c, &in->store, withdraw_both, &w);
}

/* ---- on what a bar rests ---- */

struct row_at {
	int64_t number, id, seen;
	struct str rule;
};

static int nth(struct ctx *c, const struct db_val *row, void *arg)
{
	struct row_at *r = arg;

	if (++r->seen != r->number)
		return 0;
	r->id = row[0].num;
	r->rule = str_make(c, row[4].s);
	return 0;
}

static int source(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct row_at at = {.number = a->number};
	const struct db_val *row;
	int rc;

	a->number = 0;
	rc = load(c, s, a);
	if (rc == 0)
		rc = db_each(
		    c, a->in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(a->order)), nth, &at);
	if (rc == 0 && at.id == 0)
		rc = err_set(c, ERR_NOTFOUND, "the order has no such entry");
	if (rc == 0)
		rc = db_find(
		    c, a->in->store.db, SQL_SECRECY_SOURCE_OF, DB_ARGS(db_int(at.id)), &row);
	if (rc != 0)
		return rc;
	if (day_is_none(a->review))
		rc = bar_step_review(c, a->in, &a->g, at.rule, &a->review);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "source", a->text);
	if (row != NULL)
		return step_update(c, s, STEP_SECRECY_SOURCE, SQL_SECRECY_SOURCE_SET, row[0].num,
		    row[1].num,
		    DB_ARGS(db_text(a->text), db_day(a->review), db_int(a->actor->id),
			db_int(s->now.s)));
	return step_insert(c, s, STEP_SECRECY_SOURCE, SQL_SECRECY_SOURCE_PUT,
	    DB_ARGS(db_int(a->order), db_int(at.id), db_text(a->text), db_day(a->review),
		db_int(a->actor->id), db_int(s->now.s)),
	    NULL);
}

int notice_act_source(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str source_word, struct day review)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_SECRECY_SOURCE,
	    .order = order->id,
	    .number = number,
	    .text = source_word,
	    .review = review};
	int rc = right_needs(c, actor, a.right);

	if (rc == 0 && !str_has_word(STR("statute order request"), source_word))
		rc = err_set(c, ERR_INVALID, "a bar rests on a statute, an order or a request");
	return rc == 0 ? run(c, "secrecy.source", &a, source) : rc;
}

/* ---- what time brings ---- */

/* The mail's fate: the letter is deleted when a bar began before it left, or long after it was
 * sent, when this has been recorded for days. */
static int look_at_mail(struct ctx *c, struct step *s, struct acting *a, struct notice *n)
{
	const struct db_val *row;
	int rc =
	    db_find(c, a->in->store.db, SQL_NOTICE_LETTER_STATE, DB_ARGS(db_text(n->letter)), &row);

	if (rc != 0 || (row != NULL && str_is(row[0].s, "due")))
		return rc;
	if (row != NULL && str_is(row[0].s, "sent")) {
		n->posted = s->now;
		n->not_before = notice_wait_end(a->in, n->holds, s->now);
		a->swept->posted++;
		return put(c, s, n);
	}
	n->state = row == NULL ? STR("barred") : STR("approved");
	n->sender = 0;
	n->sent = INSTANT_NONE;
	n->sent_day = DAY_NONE;
	n->way = STR("");
	n->letter = STR("");
	a->swept->returned++;
	return put(c, s, n);
}

/* A draft that cannot be written, of a demand without a text, waits as due. */
static int free_one(struct ctx *c, struct step *s, struct acting *a, struct notice *n)
{
	int rc = write_text(c, a, n->target, &n->text_ct);

	if (rc != 0 && rc != ERR_NOTFOUND)
		return rc;
	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		if (str_is(n->state, "due"))
			return 0;
	}
	n->state = rc == 0 ? STR("drafted") : STR("due");
	n->holds = goes_first(a);
	a->swept->drafted += rc == 0;
	return put(c, s, n);
}

static int sweep_one(struct ctx *c, struct step *s, struct acting *a, struct notice *n)
{
	bool barred;
	int rc;

	if (str_is(n->state, "sent") && instant_is_none(n->posted))
		return look_at_mail(c, s, a, n);
	if (!str_has_word(STR("barred due"), n->state))
		return 0;
	rc = notice_may_go(c, a->in, &a->g, n->target);
	barred = rc == ERR_DENIED;
	if (barred)
		err_clear(c);
	return barred ? 0 : rc != 0 ? rc : free_one(c, s, a, n);
}

/* What is barred has its notice on record: it waits for the last bar to end. */
static int record_bars(struct ctx *c, struct step *s, struct acting *a)
{
	int rc = 0;

	if (!str_is(a->g.order.basis, "order") && !str_is(a->g.order.basis, "permitted"))
		return 0;
	for (size_t i = 0; i < a->g.items.n && rc == 0; i++) {
		if (notice_for(a, a->g.items.v[i].target) != NULL)
			continue;
		rc = add(c, s, a, a->g.items.v[i].target, "barred");
		a->swept->barred++;
	}
	return rc;
}

/* A case of which there is nothing to record writes nothing. */
static int sweep_order(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a);

	if (rc == 0 && a->all.n == 0)
		rc = record_bars(c, s, a);
	for (size_t i = 0; i < a->all.n && rc == 0; i++)
		rc = sweep_one(c, s, a, &a->all.v[i]);
	a->nothing = rc == 0 && s->n_touched == 0;
	return a->nothing ? err_set(c, ERR_FAIL, "nothing to record") : rc;
}

enum { SWEEP_BATCH = 64 };

struct batch {
	int64_t order[SWEEP_BATCH];
	size_t n;
};

static int take_order(struct ctx *c, const struct db_val *row, void *arg)
{
	struct batch *b = arg;

	(void)c;
	b->order[b->n++] = row[0].num;
	return 0;
}

static int sweep_batch(
    struct ctx *c, struct instance *in, const struct batch *b, struct notice_swept *ret)
{
	int rc = 0;

	for (size_t i = 0; i < b->n && rc == 0; i++) {
		struct mem_mark mark = mem_mark(c);
		struct acting a = {.in = in, .order = b->order[i], .swept = ret};

		rc = step_run(c, &in->store, "notice.sweep", 0, sweep_order, &a, NULL);
		if (a.nothing) {
			err_clear(c);
			rc = 0;
		}
		ret->orders++;
		mem_reset(c, mark);
	}
	return rc;
}

int notice_act_sweep(
    struct ctx *c, struct instance *in, const struct person *actor, struct notice_swept *ret)
{
	struct batch b;
	int64_t after = 0;
	int rc = actor == NULL ? 0 : right_needs(c, actor, RIGHT_NOTICE_SWEEP);

	*ret = (struct notice_swept){0};
	do {
		b.n = 0;
		if (rc == 0)
			rc = db_each(c, in->store.db, SQL_NOTICE_SWEEP,
			    DB_ARGS(db_int(after), db_int(SWEEP_BATCH)), take_order, &b);
		if (rc == 0)
			rc = sweep_batch(c, in, &b, ret);
		after = b.n > 0 ? b.order[b.n - 1] : after;
	} while (rc == 0 && b.n == SWEEP_BATCH);
	return rc;
}
