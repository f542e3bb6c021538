#include "out/view_act.h"

#include "desk/notice.h"

struct asking {
	struct ctx *c;
	const struct instance *in;
	const struct person *actor;
	const struct gate *g;
	const struct json *order;
};

static const char free_to[] = "", not_here[] = "-";

/* ---- what the order has ---- */

static bool is_state(const struct asking *a, enum order_state s)
{
	return a->g->order.state == s;
}

/* An item in this state; its decision waits for a second person where `second` is not NULL. */
static const struct json *item_in(const struct asking *a, enum item_state s, const char *second)
{
	const struct json *items = json_find(a->order, "items");

	for (size_t i = 0; items != NULL && i < items->n; i++)
		if (str_is(json_text(items->at[i], "state"), matter_item_word(s)) &&
		    (second == NULL || str_is(json_text(items->at[i], "second_person"), second)))
			return items->at[i];
	return NULL;
}

static bool waits_for_second(const struct asking *a)
{
	return item_in(a, ITEM_PRODUCE, "due") != NULL || item_in(a, ITEM_NARROW, "due") != NULL;
}

/* Something waits for a second person that this person did not decide. */
static bool may_be_second(const struct asking *a)
{
	const struct json *items = json_find(a->order, "items");

	for (size_t i = 0; items != NULL && i < items->n; i++)
		if (str_is(json_text(items->at[i], "second_person"), "due") &&
		    !str_eq(json_text(json_find(items->at[i], "decision"), "by"), a->actor->handle))
			return true;
	return false;
}

/* An answer is due: of the order or an item. */
static const struct gate_finding *unanswered(const struct asking *a, enum verdict v, bool whole)
{
	for (size_t i = 0; i < a->g->n_stored; i++) {
		const struct gate_finding *f = &a->g->stored[i];

		if (f->verdict == v && f->answer.n == 0 && (!whole || f->item == 0))
			return f;
	}
	return NULL;
}

static bool order_fails(const struct asking *a)
{
	for (size_t i = 0; i < a->g->n_stored; i++)
		if (a->g->stored[i].item == 0 && a->g->stored[i].verdict == VERDICT_FAIL)
			return true;
	return false;
}

static bool order_passes(const struct asking *a)
{
	int rc = gate_check_order(a->c, a->g);

	err_clear(a->c);
	return rc == 0;
}

static const struct json *examined(const struct asking *a)
{
	return json_find(a->order, "examined");
}

static bool examined_now(const struct asking *a)
{
	const struct json *stale = json_find(examined(a), "stale");

	return examined(a) != NULL && (stale == NULL || !stale->yes);
}

static bool examined_well(const struct asking *a)
{
	return examined_now(a) && json_find(examined(a), "passed")->yes;
}

/* One of a list in this state. */
static bool has_in(const struct asking *a, const char *list, const char *key, const char *word)
{
	const struct json *all = json_find(a->order, list);

	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (str_is(json_text(all->at[i], key), word))
			return true;
	return false;
}

static bool too_early(const struct asking *a)
{
	return !instant_is_none(a->g->now.earliest) && a->g->now.earliest.s > a->g->input.now.s;
}

static bool is_epoc(const struct asking *a)
{
	const struct instrument *i = pack_instrument(a->in->law, a->g->order.instrument);

	return i != NULL && str_is(i->pack->id, "eu-eevidence");
}

static bool preserves(const struct asking *a)
{
	return str_is(a->g->order.basis, "preservation");
}

/* ---- what stands in the way, act by act ---- */

static const char *move_to(const struct asking *a, enum order_state to)
{
	return matter_can_become(a->g->order.state, to) ? free_to : not_here;
}

static const char *for_facts(const struct asking *a)
{
	(void)a;
	return free_to;
}

static const char *for_answer(const struct asking *a)
{
	return is_state(a, ORDER_IN_REVIEW) ? free_to : not_here;
}

static const char *for_examine(const struct asking *a)
{
	return is_state(a, ORDER_IN_REVIEW) && !preserves(a) ? free_to : not_here;
}

static const char *for_passing(const struct asking *a)
{
	if (for_examine(a) == not_here)
		return not_here;
	return order_passes(a) ? free_to : "findings_open";
}

/* Withholding needs an examination too, and nothing else. */
static const char *for_decide(const struct asking *a)
{
	if (preserves(a))
		return not_here;
	if (!is_state(a, ORDER_IN_REVIEW) && item_in(a, ITEM_PRODUCED, NULL) == NULL)
		return not_here;
	return examined_now(a) ? free_to : "examine_first";
}

static const char *for_second(const struct asking *a)
{
	if (!waits_for_second(a))
		return not_here;
	return may_be_second(a) ? free_to : "own_decision";
}

static const char *for_items(const struct asking *a)
{
	return item_in(a, ITEM_ASKED, NULL) != NULL || item_in(a, ITEM_PRODUCE, NULL) != NULL ||
		       item_in(a, ITEM_NARROW, NULL) != NULL ||
		       item_in(a, ITEM_WITHHOLD, NULL) != NULL
		   ? free_to
		   : not_here;
}

static const char *for_return(const struct asking *a)
{
	return move_to(a, ORDER_RETURNED);
}

static const char *for_reply(const struct asking *a)
{
	return is_state(a, ORDER_RETURNED) ? free_to : not_here;
}

static const char *for_reject(const struct asking *a)
{
	return is_epoc(a) ? not_here : move_to(a, ORDER_REJECTED);
}

static const char *for_annex3(const struct asking *a)
{
	return is_epoc(a) ? move_to(a, ORDER_ANNEX3) : not_here;
}

static const char *for_withdraw(const struct asking *a)
{
	return move_to(a, ORDER_WITHDRAWN);
}

static const char *for_redirect(const struct asking *a)
{
	return move_to(a, ORDER_REDIRECTED);
}

static const char *for_lapse(const struct asking *a)
{
	return move_to(a, ORDER_LAPSED);
}

static const char *for_preserve(const struct asking *a)
{
	if (!preserves(a) || !is_state(a, ORDER_IN_REVIEW))
		return not_here;
	return order_passes(a) ? free_to : "findings_open";
}

static const char *for_preserved(const struct asking *a)
{
	return has_in(a, "preservation", "state", "running") ? free_to : not_here;
}

static const char *for_secrecy(const struct asking *a)
{
	const struct json *all = json_find(a->order, "secrecy");

	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (json_find(all->at[i], "lifted") == NULL)
			return free_to;
	return not_here;
}

/* A bar of which the law knows a way to have it reviewed. */
static const char *for_step(const struct asking *a)
{
	const struct json *all = json_find(a->order, "secrecy");

	for (size_t i = 0; all != NULL && i < all->n; i++) {
		const struct bar_rule *b = pack_bar(a->in->law, json_text(all->at[i], "rule"));

		if (json_find(all->at[i], "lifted") == NULL && b != NULL && b->reciprocal.n > 0)
			return free_to;
	}
	return not_here;
}

/* Users of what is produced may be told; what the case's own bars say is shown beforehand. */
static const char *for_draft(const struct asking *a)
{
	if (json_find(a->order, "notices") != NULL && !has_in(a, "notices", "state", "barred") &&
	    !has_in(a, "notices", "state", "not_needed"))
		return not_here;
	if (a->g->order.state > ORDER_DELIVERED || preserves(a) || is_state(a, ORDER_RECEIVED))
		return not_here;
	return for_secrecy(a) == free_to && has_in(a, "notices", "state", "barred") ? "barred"
										    : free_to;
}

static const char *for_approval(const struct asking *a)
{
	return has_in(a, "notices", "state", "drafted") ? free_to : not_here;
}

static const char *for_sending(const struct asking *a)
{
	return has_in(a, "notices", "state", "approved") ? free_to : not_here;
}

static const char *for_objection(const struct asking *a)
{
	return has_in(a, "notices", "state", "sent") ? free_to : not_here;
}

static const char *for_settling(const struct asking *a)
{
	return has_in(a, "notices", "state", "objected") ? free_to : not_here;
}

static const char *for_no_notice(const struct asking *a)
{
	return for_draft(a) == free_to || for_approval(a) == free_to || for_sending(a) == free_to
		   ? free_to
		   : not_here;
}

static const char *for_withdrawn(const struct asking *a)
{
	if (is_state(a, ORDER_WITHDRAWN))
		return not_here;
	return for_sending(a) == free_to || for_objection(a) == free_to ||
		       for_settling(a) == free_to
		   ? free_to
		   : not_here;
}

static const char *for_challenge(const struct asking *a)
{
	return is_state(a, ORDER_WITHDRAWN) || is_state(a, ORDER_AMENDED) ? not_here : free_to;
}

static const char *for_challenge_end(const struct asking *a)
{
	return has_in(a, "challenges", "state", "filed") ? free_to : not_here;
}

static const char *for_challenge_draft(const struct asking *a)
{
	return json_find(a->order, "challenges") != NULL && json_find(a->order, "challenges")->n > 0
		   ? free_to
		   : not_here;
}

static const char *for_produce(const struct asking *a)
{
	if (!is_state(a, ORDER_APPROVED) && !is_state(a, ORDER_PRODUCED) &&
	    !is_state(a, ORDER_DELIVERED))
		return not_here;
	if (item_in(a, ITEM_PRODUCE, NULL) == NULL && item_in(a, ITEM_NARROW, NULL) == NULL)
		return not_here;
	if (a->g->order.hold.n > 0)
		return "on_hold";
	return too_early(a) ? "too_early" : free_to;
}

static const char *for_deliver(const struct asking *a)
{
	if (!has_in(a, "productions", "state", "sealed"))
		return not_here;
	return a->g->order.hold.n > 0 ? "on_hold" : free_to;
}

/* ---- what comes after a delivery ---- */

/* The state of the production's last mail; "" without one. */
static struct str mail_of(const struct json *p)
{
	const struct json *all = json_find(p, "mails");

	return all == NULL || all->n == 0 ? STR("") : json_text(all->at[all->n - 1], "state");
}

static bool mail_waits(const struct json *p)
{
	return str_has_word(STR("waiting queued"), mail_of(p));
}

static bool to_confirm(const struct json *p)
{
	return str_is(mail_of(p), "waiting");
}

static bool to_mail(const struct json *p)
{
	return str_is(json_text(p, "state"), "sealed") && !mail_waits(p);
}

static bool no_receipt(const struct json *p)
{
	const struct json *m = json_find(p, "medium");

	return m != NULL && json_find(m, "received") == NULL;
}

static bool misdelivered(const struct json *p)
{
	const struct json *all = json_find(p, "misdeliveries");

	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (str_is(json_text(all->at[i], "state"), "open"))
			return true;
	return false;
}

static bool has_left(const struct json *p)
{
	return !str_is(json_text(p, "state"), "sealed") || str_is(mail_of(p), "taken");
}

static bool may_be_astray(const struct json *p)
{
	return has_left(p) && !misdelivered(p);
}

static bool to_recall(const struct json *p)
{
	return has_left(p) && json_find(p, "recall") == NULL;
}

static bool no_answer(const struct json *p)
{
	const struct json *r = json_find(p, "recall");

	return r != NULL && !str_has_word(STR("deleted refused"), json_text(r, "answer"));
}

static const char *for_any(const struct asking *a, bool (*is)(const struct json *p))
{
	const struct json *all = json_find(a->order, "productions");

	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (is(all->at[i]))
			return free_to;
	return not_here;
}

static const char *for_mail(const struct asking *a)
{
	if (a->in->net.smtp.n == 0 || for_any(a, to_mail) != free_to)
		return not_here;
	return a->g->order.hold.n > 0 ? "on_hold" : free_to;
}

static const char *for_mail_confirm(const struct asking *a)
{
	return for_any(a, to_confirm);
}

static const char *for_mail_stop(const struct asking *a)
{
	return for_any(a, mail_waits);
}

static const char *for_medium_back(const struct asking *a)
{
	return for_any(a, no_receipt);
}

static const char *for_misdelivered(const struct asking *a)
{
	return for_any(a, may_be_astray);
}

static const char *for_misdelivery(const struct asking *a)
{
	return for_any(a, misdelivered);
}

static const char *for_recall(const struct asking *a)
{
	return for_any(a, to_recall);
}

static const char *for_recall_answer(const struct asking *a)
{
	return for_any(a, no_answer);
}

static const char *for_acknowledge(const struct asking *a)
{
	return has_in(a, "productions", "state", "delivered") ? free_to : not_here;
}

/* Before the order is over; what leaves in an emergency waits for it. */
static const char *for_call_back(const struct asking *a)
{
	return is_state(a, ORDER_IN_REVIEW) || is_state(a, ORDER_RETURNED) ||
		       is_state(a, ORDER_APPROVED)
		   ? free_to
		   : not_here;
}

static const char *for_time_answer(const struct asking *a)
{
	return has_in(a, "time", "state", "asked") ? free_to : not_here;
}

static const struct act {
	const char *name;
	enum right right;
	const char *(*bars)(const struct asking *a);
	bool closed; /* also of a closed case */
} acts[] = {
    {"fact", RIGHT_ORDER_FACT, for_facts, false},
    {"judge", RIGHT_ORDER_JUDGE, for_facts, false},
    {"answer", RIGHT_FINDING_ANSWER, for_answer, false},
    {"counsel", RIGHT_FINDING_COUNSEL, for_answer, false},
    {"examine", RIGHT_ORDER_EXAMINE, for_examine, false},
    {"examine_pass", RIGHT_ORDER_EXAMINE, for_passing, false},
    {"decide", RIGHT_ITEM_DECIDE, for_decide, false},
    {"second", RIGHT_ITEM_SECOND, for_second, false},
    {"withdraw_items", RIGHT_ITEM_WITHDRAW, for_items, false},
    {"correct", RIGHT_ITEM_CORRECT, for_items, false},
    {"return", RIGHT_ORDER_RETURN, for_return, false},
    {"reply", RIGHT_ORDER_ANSWER, for_reply, false},
    {"call_back", RIGHT_ORDER_CALL_BACK, for_call_back, false},
    {"time", RIGHT_EXTENSION_ASK, for_call_back, false},
    {"time_answer", RIGHT_EXTENSION_ANSWER, for_time_answer, false},
    {"reject", RIGHT_ORDER_REJECT, for_reject, false},
    {"annex3", RIGHT_ORDER_ANNEX3, for_annex3, false},
    {"withdraw", RIGHT_ORDER_WITHDRAW, for_withdraw, false},
    {"redirect", RIGHT_ORDER_REDIRECT, for_redirect, false},
    {"lapse", RIGHT_ORDER_LAPSE, for_lapse, false},
    {"preserve", RIGHT_PRESERVATION_START, for_preserve, false},
    {"preserve_extend", RIGHT_PRESERVATION_EXTEND, for_preserved, true},
    {"preserve_release", RIGHT_PRESERVATION_RELEASE, for_preserved, true},
    {"secrecy_lift", RIGHT_SECRECY_LIFT, for_secrecy, true},
    {"secrecy_source", RIGHT_SECRECY_SOURCE, for_secrecy, true},
    {"secrecy_step", RIGHT_SECRECY_STEP, for_step, true},
    {"notice_draft", RIGHT_NOTICE_DRAFT, for_draft, true},
    {"notice_copy", RIGHT_NOTICE_COPY, for_approval, true},
    {"notice_approve", RIGHT_NOTICE_APPROVE, for_approval, true},
    {"notice_send", RIGHT_NOTICE_SEND, for_sending, true},
    {"notice_object", RIGHT_NOTICE_OBJECT, for_objection, true},
    {"notice_settle", RIGHT_NOTICE_SETTLE, for_settling, true},
    {"notice_end", RIGHT_NOTICE_END, for_no_notice, true},
    {"notice_withdrawn", RIGHT_NOTICE_END, for_withdrawn, false},
    {"challenge", RIGHT_CHALLENGE_FILE, for_challenge, true},
    {"challenge_end", RIGHT_CHALLENGE_END, for_challenge_end, true},
    {"challenge_date", RIGHT_CHALLENGE_DATE, for_challenge_end, true},
    {"challenge_draft", RIGHT_CHALLENGE_DRAFT, for_challenge_draft, true},
    {"produce", RIGHT_PRODUCTION_MAKE, for_produce, false},
    {"deliver", RIGHT_PRODUCTION_DELIVER, for_deliver, true},
    {"acknowledge", RIGHT_PRODUCTION_ACKNOWLEDGE, for_acknowledge, true},
    {"mail", RIGHT_PRODUCTION_MAIL, for_mail, true},
    {"mail_confirm", RIGHT_PRODUCTION_MAIL_CONFIRM, for_mail_confirm, true},
    {"mail_stop", RIGHT_PRODUCTION_MAIL, for_mail_stop, true},
    {"medium_back", RIGHT_PRODUCTION_MEDIUM, for_medium_back, true},
    {"misdelivered", RIGHT_PRODUCTION_MISDELIVERED, for_misdelivered, true},
    {"misdelivered_settle", RIGHT_MISDELIVERY_SETTLE, for_misdelivery, true},
    {"recall", RIGHT_PRODUCTION_RECALL, for_recall, true},
    {"recall_answer", RIGHT_RECALL_ANSWER, for_recall_answer, true},
};

/* ---- what happens next ---- */

static const char *next_of_basis(const struct asking *a)
{
	if (unanswered(a, VERDICT_COUNSEL, true) != NULL)
		return "counsel";
	if (order_fails(a))
		return "fails";
	if (unanswered(a, VERDICT_ASK, true) != NULL)
		return "answer";
	if (preserves(a))
		return "preserve";
	if (!examined_now(a))
		return "examine";
	return examined_well(a) ? NULL : "refuse";
}

static const char *next_in_review(const struct asking *a)
{
	const char *basis = next_of_basis(a);

	if (basis != NULL)
		return basis;
	if (item_in(a, ITEM_ASKED, NULL) != NULL) {
		if (unanswered(a, VERDICT_COUNSEL, false) != NULL)
			return "counsel";
		return unanswered(a, VERDICT_ASK, false) != NULL ? "answer" : "decide";
	}
	return waits_for_second(a) ? "second" : "refuse_all";
}

static const char *next_of_production(const struct asking *a)
{
	if (has_in(a, "productions", "state", "sealed"))
		return "deliver";
	return has_in(a, "productions", "state", "delivered") ? "acknowledge" : "done";
}

/* What goes before the production: the user is told, and the house waits. */
static const char *next_approved(const struct asking *a)
{
	const struct json *all = json_find(a->order, "notices");

	if (for_approval(a) == free_to || for_sending(a) == free_to || for_settling(a) == free_to)
		return "notice";
	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (notice_waits(a->c, all->at[i]))
			return "notice_wait";
	if (a->in->notice_wait >= 0 && all == NULL && !gate_emergency(a->g) &&
	    for_secrecy(a) != free_to)
		return "notice";
	return too_early(a) ? "too_early" : "produce";
}

static const char *next(const struct asking *a)
{
	if (a->g->matter.closed)
		return "closed";
	if (a->g->order.hold.n > 0)
		return "on_hold";
	switch (a->g->order.state) {
	case ORDER_RECEIVED:
	case ORDER_IN_REVIEW:
		return next_in_review(a);
	case ORDER_RETURNED:
		return "wait_answer";
	case ORDER_APPROVED:
		return next_approved(a);
	case ORDER_PRODUCED:
	case ORDER_DELIVERED:
		return next_of_production(a);
	case ORDER_REJECTED:
		return "rejected";
	case ORDER_ANNEX3:
	case ORDER_PRESERVED:
		return "preserved";
	case ORDER_AMENDED:
		return "amended";
	case ORDER_WITHDRAWN:
	case ORDER_REDIRECTED:
	case ORDER_LAPSED:
	case ORDER_CLOSED:
	case ORDER_STATES:
		break;
	}
	return "done";
}

void view_acts(struct ctx *c, const struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j)
{
	struct asking a = {c, in, actor, g, j};
	struct json *may = json_map(c), *blocked = json_map(c);

	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		const char *bar;

		if (!right_has(actor, acts[i].right) || (g->matter.closed && !acts[i].closed))
			continue;
		bar = acts[i].bars(&a);
		if (bar == free_to)
			json_set_bool(c, may, acts[i].name, true);
		else if (bar != not_here)
			json_set_text(c, blocked, acts[i].name, str_of(bar));
	}
	json_set(c, j, "may", may);
	json_set(c, j, "blocked", blocked);
	json_set_text(c, j, "next", str_of(next(&a)));
}
