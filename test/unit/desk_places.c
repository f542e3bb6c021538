/*
 * Rights about a case, each by a real function of the desk: for every role, on a case of one's own,
 * of another country, in the sealed compartment, and (where the function takes a reference) that
 * there is not. What is expected comes from the table of rights alone: the role is asked first and
 * alike for all places; what lies elsewhere is answered as what there is not. A right about a case
 * that stands in neither list below fails.
 */
#include "desk_story.h"

#include "desk/redirect.h"
#include "desk/assign.h"
#include "desk/bar_step.h"
#include "desk/call_back.h"
#include "desk/collect.h"
#include "desk/contest_act.h"
#include "desk/dsa_order.h"
#include "desk/erase.h"
#include "desk/extension.h"
#include "desk/look_over.h"
#include "desk/notice_act.h"
#include "desk/notice_copy.h"
#include "desk/claim.h"
#include "desk/claim_bar.h"
#include "desk/quality.h"
#include "desk/reply.h"

enum place { OWN, ELSEWHERE, SEALED, UNKNOWN, PLACES };

struct thing {
	struct str ref, demand; /* demand: another one, that waits in triage */
	struct matter matter;
	struct legal_order order;
};

struct world {
	struct story *st;
	struct thing thing[PLACES];
	struct person people[16];
	size_t n;
};

/* One try: who, on what. */
struct
try {
	struct ctx *c;
	struct instance *in;
	const struct person *who;
	struct thing *t;
	struct str own; /* a demand of one's own */
	int (*fn)(struct try * a);
	int rc;
};

	/* ---- one function a right ---- */

#define REASON STR("a reason")
#define BY(name, call)                                                                             \
	static int name(struct try *a)                                                             \
	{                                                                                          \
		return call;                                                                       \
	}
#define ON a->c, a->in, a->who, &a->t->order

static int get_demand(struct try *a)
{
	struct demand d;

	return demand_get(a->c, a->in, a->who, a->t->demand, &d);
}

static int open_demand(struct try *a)
{
	struct demand_opening how = {0};
	struct matter m;

	return demand_open(a->c, a->in, a->who, a->t->demand, &how, &m);
}

static int get_matter(struct try *a)
{
	struct matter m;

	return matter_get(a->c, a->in, a->who, a->t->ref, &m);
}

static int decide(struct try *a)
{
	struct review_verdict v = {
	    .to = ITEM_PRODUCE, .from = DAY_NONE, .to_day = DAY_NONE, .reason = REASON};

	return review_decide(ON, 1, &v);
}

static int call_back(struct try *a)
{
	struct call_back b = {STR("unreached"), STR("a directory"), STR("nobody"), INSTANT_NONE};

	return call_back_record(ON, &b);
}

static int produce(struct try *a)
{
	struct produce_file f = {.item = 1,
	    .path = STR("/nowhere"),
	    .name = STR("x"),
	    .sha256 = hash_of(STR("x")),
	    .size = 1};
	struct produce_plan plan;

	return produce_prepare(ON, &f, 1, &plan);
}

static int enter_dsa(struct try *a)
{
	struct dsa_order d = {
	    .category = STR("STATEMENT_CATEGORY_ANIMAL_WELFARE"), .informed = INSTANT_NONE};

	return dsa_order_enter(ON, &d);
}

static int claim(struct try *a)
{
	struct claim_start start = {.end = DAY_NONE, .fees = STR(""), .reason = STR("")};
	struct claim k;

	return claim_make(a->c, a->in, a->who, a->t->ref, 1, &start, &k);
}

static int letter(struct try *a)
{
	struct str text;

	return reply_letter(a->c, a->in, a->who, a->t->demand, STR(""), &text);
}

static int notice_draft(struct try *a)
{
	int64_t n;

	return notice_act_draft(ON, STR(""), &n);
}

static int challenge_draft(struct try *a)
{
	struct json *j;

	return contest_draft(ON, 1, &j);
}

static int ticket(struct try *a)
{
	struct str ref;

	return collect_make(ON, 1, 24, &ref);
}

BY(look_over, look_over_record(ON, 1, hash_of(STR("x"))))
BY(merge, demand_merge(a->c, a->in, a->who, a->t->demand, a->own))
BY(merge_into, demand_merge(a->c, a->in, a->who, a->own, a->t->demand))
BY(sort_out, demand_sort_out(a->c, a->in, a->who, a->t->demand, STR("press")))
BY(verify, demand_verify(a->c, a->in, a->who, a->t->demand))
BY(close_case, matter_close(a->c, a->in, a->who, &a->t->matter, true))
BY(assign, assign_case(a->c, a->in, a->who, &a->t->matter, STR("ann"), STR("")))
BY(hold, erase_hold(a->c, a->in, a->who, a->t->ref, REASON, DAY_NONE))
BY(release, erase_release(a->c, a->in, a->who, a->t->ref))
BY(fact, order_fact(ON, STR("order.signed"), STR("yes")))
BY(judge, order_judge(ON))
BY(ask_authority, order_return(ON, REASON))
BY(answer, order_answer(ON, REASON))
BY(note, order_note(ON, REASON))
BY(withdraw, order_withdraw(ON, STR("authority")))
BY(lapse, order_lapse(ON, STR("expired")))
BY(redirect, redirect_order(ON, &(struct redirect_contact){REASON, REASON}, false, REASON))
BY(withdraw_item, order_withdraw_item(ON, 1))
BY(correct, order_correct(ON, 1, STR("email"), STR("other@example.net")))
BY(finding, review_answer(ON, 1, STR("accept"), REASON))
BY(examine, review_basis(ON, true, REASON))
BY(second, review_second(ON, 1))
BY(reject, review_reject(ON, STR("wrong_instrument"), REASON))
BY(annex3, review_annex3(ON, STR("wrong_instrument"), REASON))
BY(ask_time, extension_ask(ON, (struct day){(int32_t)(a->c->fixed_now / STORY_DAY + 9)}, REASON))
BY(answer_time, extension_answer(ON, 1, true))
BY(look_again, quality_check(ON, true, REASON))
BY(bar_claims, claim_bar_set(a->c, a->in, a->who, &a->t->matter, STR("child_abuse")))
BY(preserve, hold_preserve(ON))
BY(extend, hold_extend(ON, (struct day){(int32_t)(a->c->fixed_now / STORY_DAY + 90)}))
BY(end_preservation, hold_release(ON, 0))
BY(lift, hold_lift_secrecy(ON, 1))
BY(bar_source, notice_act_source(ON, 1, STR("order"), DAY_NONE))
BY(bar_step, bar_step_add(ON, &(struct bar_step_new){1, STR("asked"),
				  instant_day((struct instant){ctx_now(a->c)}), STR("")}))
BY(notice_copy, notice_copy_set(ON, 1, &(struct notice_copy_new){0, STR("")}))
BY(notice_approve, notice_act_approve(ON, 1, STR(""), STR("")))
BY(notice_send, notice_act_send(ON, 1, true))
BY(notice_object, notice_act_object(ON, 1, REASON))
BY(notice_settle, notice_act_settle(ON, 1, REASON))
BY(notice_end, notice_act_not_needed(ON, 1, REASON))
BY(challenge, hold_challenge(ON, STR("order"), REASON))
BY(challenge_date,
    contest_due(ON, 1, (struct day){(int32_t)(a->c->fixed_now / STORY_DAY + 9)}, REASON))
BY(challenge_hearing, contest_hearing(ON, 1, 0, STR(""),
			  (struct day){(int32_t)(a->c->fixed_now / STORY_DAY + 9)}, STR("")))
BY(challenge_permit, contest_permit(ON, 1, STR("ABCDEFGHJKMNP")))
BY(challenge_end, hold_challenge_end(ON, 1, STR("upheld"), STR("found")))

static const struct tried {
	enum right right;
	int (*fn)(struct try *a);
} tried[] = {{RIGHT_DEMAND_READ, get_demand}, {RIGHT_DEMAND_OPEN, open_demand},
    {RIGHT_DEMAND_MERGE, merge}, {RIGHT_DEMAND_MERGE, merge_into},
    {RIGHT_DEMAND_SORT_OUT, sort_out}, {RIGHT_DEMAND_VERIFY, verify}, {RIGHT_DEMAND_LETTER, letter},
    {RIGHT_MATTER_READ, get_matter}, {RIGHT_MATTER_CLOSE, close_case},
    {RIGHT_MATTER_ASSIGN, assign}, {RIGHT_ERASE_HOLD, hold}, {RIGHT_ERASE_RELEASE, release},
    {RIGHT_ORDER_FACT, fact}, {RIGHT_ORDER_JUDGE, judge}, {RIGHT_ORDER_RETURN, ask_authority},
    {RIGHT_ORDER_ANSWER, answer}, {RIGHT_ORDER_NOTE, note}, {RIGHT_ORDER_WITHDRAW, withdraw},
    {RIGHT_ORDER_LAPSE, lapse}, {RIGHT_ORDER_REDIRECT, redirect}, {RIGHT_ORDER_DSA, enter_dsa},
    {RIGHT_ITEM_WITHDRAW, withdraw_item}, {RIGHT_ITEM_CORRECT, correct},
    {RIGHT_FINDING_ANSWER, finding}, {RIGHT_ORDER_EXAMINE, examine}, {RIGHT_ITEM_DECIDE, decide},
    {RIGHT_ITEM_SECOND, second}, {RIGHT_ORDER_REJECT, reject}, {RIGHT_ORDER_ANNEX3, annex3},
    {RIGHT_ORDER_CALL_BACK, call_back}, {RIGHT_EXTENSION_ASK, ask_time},
    {RIGHT_EXTENSION_ANSWER, answer_time}, {RIGHT_QUALITY_CHECK, look_again},
    {RIGHT_CLAIM_MAKE, claim}, {RIGHT_CLAIM_BAR, bar_claims}, {RIGHT_PRESERVATION_START, preserve},
    {RIGHT_PRESERVATION_EXTEND, extend}, {RIGHT_PRESERVATION_RELEASE, end_preservation},
    {RIGHT_SECRECY_LIFT, lift}, {RIGHT_CHALLENGE_FILE, challenge},
    {RIGHT_CHALLENGE_DATE, challenge_date}, {RIGHT_CHALLENGE_DATE, challenge_hearing},
    {RIGHT_CHALLENGE_DRAFT, challenge_draft}, {RIGHT_CHALLENGE_PERMIT, challenge_permit},
    {RIGHT_CHALLENGE_END, challenge_end}, {RIGHT_SECRECY_SOURCE, bar_source},
    {RIGHT_SECRECY_STEP, bar_step}, {RIGHT_NOTICE_COPY, notice_copy},
    {RIGHT_NOTICE_DRAFT, notice_draft}, {RIGHT_NOTICE_APPROVE, notice_approve},
    {RIGHT_NOTICE_SEND, notice_send}, {RIGHT_NOTICE_OBJECT, notice_object},
    {RIGHT_NOTICE_SETTLE, notice_settle}, {RIGHT_NOTICE_END, notice_end},
    {RIGHT_PRODUCTION_MAKE, produce}, {RIGHT_LOOK_OVER, look_over}, {RIGHT_TICKET_MAKE, ticket}};

/* Where the others are tried, or what they are. */
static const enum right elsewhere[] = {RIGHT_DEMAND_RECEIVE,
    RIGHT_DEMAND_IMPORT, /* nothing is there yet: desk_right */
    RIGHT_DEMAND_DETAIL, RIGHT_MATTER_TARGETS, RIGHT_MATTER_FILE, RIGHT_FINDING_COUNSEL,
    RIGHT_ORDER_CALLS, RIGHT_ORDER_TEXT, /* what is told of a case that one reads already */
    RIGHT_ALERT_READ, RIGHT_ALERT_CLEAR, RIGHT_SEARCH, RIGHT_SEARCH_TARGET, RIGHT_QUEUE_READ,
    RIGHT_DAY_READ, RIGHT_PAGING_READ, RIGHT_PAGING_ACKNOWLEDGE, RIGHT_CLAIM_READ, RIGHT_CLAIM_LINE,
    RIGHT_CLAIM_SEND,   /* desk_claim */
    RIGHT_QUALITY_READ, /* tests of their own; lists are bound in SQL */
    RIGHT_PRODUCTION_DELIVER, RIGHT_PRODUCTION_ACKNOWLEDGE, /* desk_produce */
    RIGHT_PRODUCTION_LAY, RIGHT_PRODUCTION_REVOKE, RIGHT_PRODUCTION_NAME,
    RIGHT_PRODUCTION_ACCESS, /* out_deliver */
    RIGHT_PRODUCTION_MAIL, RIGHT_PRODUCTION_MAIL_CONFIRM, RIGHT_PRODUCTION_MEDIUM,
    RIGHT_PRODUCTION_MISDELIVERED, RIGHT_MISDELIVERY_SETTLE, RIGHT_PRODUCTION_RECALL,
    RIGHT_RECALL_ANSWER, /* desk_after */
    RIGHT_ERASE_READ, RIGHT_ERASE_PROPOSE, RIGHT_ERASE_CONFIRM,
    RIGHT_ERASE_WITHDRAW,                                      /* desk_erase */
    RIGHT_TICKET_READ, RIGHT_TICKET_RUN, RIGHT_TICKET_HAND_IN, /* test/flow/ticket.sh, collect.sh */
    RIGHT_CHALLENGE_READ, RIGHT_ACCESS_ASK, RIGHT_ACCESS_READ, RIGHT_ACCESS_DRAFT,
    RIGHT_ACCESS_APPROVE, RIGHT_ACCESS_ANSWER, /* desk_access, test/flow/challenge.sh */
    RIGHT_DSA_MISSING};

static int placed(enum right right, const struct right_rule *rule, void *arg)
{
	bool there = false;

	(void)arg;
	for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++)
		there |= tried[i].right == right;
	for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
		there |= elsewhere[i] == right;
	if (rule->on == RIGHT_ON_CASE && !there)
		fail_msg("%s is about a case and is tried nowhere", rule->name);
	return 0;
}

static void every_right_is_tried(void **state)
{
	(void)state;
	assert_int_equal(right_each(placed, NULL), 0);
}

/* ---- trying ---- */

static int run(struct ctx *c, void *arg)
{
	struct try *a = arg;

	(void)c;
	a->rc = a->fn(a);
	return a->rc == 0 ? ERR_FAIL : a->rc; /* nothing of it stays */
}

static const char *once(
    struct world *w, const struct person *who, const struct tried *what, enum place place, int *ret)
{
	struct ctx *c = w->st->c;
	struct thing t = w->thing[place];
	struct try a = {c, w->st->in, who, &t, w->thing[OWN].demand, what->fn, 0};
	const char *said;

	(void)!step_together(c, &w->st->in->store, run, &a);
	said = a.rc == 0 ? "" : str_make(c, str_of(err_text(c))).p;
	err_clear(c);
	*ret = a.rc;
	return said;
}

static bool is_absent(const char *said)
{
	return strcmp(said, "no case has this reference") == 0 ||
	       strcmp(said, "no demand has this reference") == 0 ||
	       strcmp(said, "no case and no demand has this reference") == 0;
}

static void check(struct world *w, const struct person *who, const struct tried *what)
{
	const struct right_rule *rule = right_rule(what->right);
	const char *refused = NULL;

	for (int p = OWN; p <= SEALED; p++) {
		int rc;
		const char *said = once(w, who, what, (enum place)p, &rc);
		bool knows = p == OWN || (p == SEALED && who->sealed);
		const char *at = str_fmt(w->st->c, "%s by %.*s at %d: %d %s", rule->name,
		    STR_ARG(who->handle), p, rc, said)
				     .p;

		if (!right_has(who, what->right)) {
			if (rc != ERR_DENIED || strstr(said, "needs the role") == NULL ||
			    (refused != NULL && strcmp(refused, said) != 0))
				fail_msg("%s, want one refusal for the role", at);
			refused = said;
		} else if (!knows && (rc != ERR_NOTFOUND || !is_absent(said))) {
			fail_msg("%s, want it absent", at);
		} else if (knows && (is_absent(said) || strstr(said, "needs the role") != NULL)) {
			fail_msg("%s, want it there", at);
		}
	}
}

static void every_right_for_every_role_and_place(void **state)
{
	struct world *w = *state;
	struct story_mark before = story_mark(w->st);

	for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++)
		for (size_t k = 0; k < w->n; k++)
			check(w, &w->people[k], &tried[i]);
	story_untouched(w->st, before);
}

/* By a reference: what lies elsewhere and what there is not are one answer. */
static void absent_is_as_unknown(void **state)
{
	static const struct tried by_ref[] = {{RIGHT_DEMAND_READ, get_demand},
	    {RIGHT_DEMAND_OPEN, open_demand}, {RIGHT_DEMAND_MERGE, merge},
	    {RIGHT_DEMAND_MERGE, merge_into}, {RIGHT_DEMAND_SORT_OUT, sort_out},
	    {RIGHT_DEMAND_VERIFY, verify}, {RIGHT_MATTER_READ, get_matter},
	    {RIGHT_ERASE_HOLD, hold}, {RIGHT_ERASE_RELEASE, release}};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof by_ref / sizeof by_ref[0]; i++)
		for (size_t k = 0; k < w->n; k++) {
			int unknown, rc;
			const char *want = once(w, &w->people[k], &by_ref[i], UNKNOWN, &unknown);

			for (int p = ELSEWHERE; p <= SEALED; p++) {
				const char *said =
				    once(w, &w->people[k], &by_ref[i], (enum place)p, &rc);

				if (p == SEALED && w->people[k].sealed)
					continue;
				assert_int_equal(rc, unknown);
				assert_string_equal(said, want);
			}
		}
}

/* ---- the world ---- */

static void thing_put(
    struct world *w, enum place place, const struct person *by, struct story_ask ask)
{
	struct thing *t = &w->thing[place];

	t->matter = story_case_by(w->st, by, ask, &t->order);
	t->ref = t->matter.ref;
	t->demand = story_receive_by(w->st, by, ask);
}

static void people_put(struct world *w)
{
	static const char *const roles[] = {"intake", "reviewer", "counsel", "collector", "finance",
	    "publisher", "auditor", "admin"};
	struct story *st = w->st;

	for (size_t i = 0; i < 2 * (sizeof roles / sizeof roles[0]) - 1; i++) {
		const char *name =
		    str_fmt(st->c, "%s.%s", roles[i / 2], i % 2 == 0 ? "x" : "named").p;
		struct person *p = &w->people[w->n++];
		unsigned bits;

		assert_ok(st->c, person_roles(st->c, str_of(roles[i / 2]), &bits));
		*p = story_person(st, name, bits, i % 2 == 1, 3000 + (int64_t)i);
		if (bits == ROLE_ADMIN)
			continue;
		assert_ok(
		    st->c, person_limit(st->c, st->in, &st->admin, str_of(name), STR("US DE")));
		assert_ok(st->c, person_get(st->c, st->in, p->id, p));
	}
}

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct story_ask ask = {
	    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
	struct id id;

	assert_non_null(w);
	w->st = story_open();
	people_put(w);
	thing_put(w, OWN, &w->st->intake, ask);
	ask.country = "GB";
	thing_put(w, ELSEWHERE, &w->st->intake, ask);
	thing_put(w, SEALED, &w->st->named,
	    (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"});
	w->thing[UNKNOWN] = w->thing[OWN];
	id = id_make(w->st->c);
	w->thing[UNKNOWN].ref = w->thing[UNKNOWN].demand = str_make(w->st->c, id_str(&id));
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	story_close(w->st);
	free(w);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_right_is_tried),
	    cmocka_unit_test(every_right_for_every_role_and_place),
	    cmocka_unit_test(absent_is_as_unknown),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
