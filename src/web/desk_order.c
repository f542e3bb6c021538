#include "web/desk_order.h"

#include "desk/bar_step.h"
#include "desk/hold.h"
#include "desk/notice_act.h"
#include "desk/redirect.h"
#include "desk/review.h"
#include "out/view.h"
#include "web/path_order.h"

#define TEXT                                                                                       \
	{                                                                                          \
		.name = "reason", .needed = true, .parse = field_text                              \
	}
#define ITEMS                                                                                      \
	{                                                                                          \
		.name = "item", .needed = true, .parse = field_number, .many = true                \
	}

const struct route_field desk_fact_fields[2] = {
    {.name = "name", .needed = true, .parse = field_word}, {.name = "value", .parse = field_line}};
const struct route_field desk_answer_fields[3] = {
    {.name = "finding", .needed = true, .parse = field_number},
    {.name = "answer", .needed = true, .parse = field_word}, TEXT};
const struct route_field desk_examine_fields[2] = {
    {.name = "verdict", .needed = true, .parse = field_word}, TEXT};
const struct route_field desk_decide_fields[7] = {ITEMS,
    {.name = "verdict", .needed = true, .parse = field_word}, TEXT,
    {.name = "code", .parse = field_word}, {.name = "from", .parse = field_day},
    {.name = "to", .parse = field_day}, {.name = "mask", .parse = field_yes}};
const struct route_field desk_items_fields[1] = {ITEMS};
const struct route_field desk_correct_fields[3] = {
    {.name = "item", .needed = true, .parse = field_number},
    {.name = "kind", .needed = true, .parse = field_word},
    {.name = "value", .needed = true, .parse = field_line}};
const struct route_field desk_text_fields[1] = {TEXT};
const struct route_field desk_redirect_fields[4] = {TEXT,
    {.name = "name", .needed = true, .parse = field_line},
    {.name = "address", .needed = true, .parse = field_text},
    {.name = "despite_bar", .parse = field_yes}};
const struct route_field desk_reject_fields[2] = {
    {.name = "code", .needed = true, .parse = field_word}, TEXT};
const struct route_field desk_word_fields[1] = {
    {.name = "because", .needed = true, .parse = field_word}};
const struct route_field desk_until_fields[1] = {{.name = "until", .parse = field_day}};
const struct route_field desk_by_fields[1] = {{.name = "produced_by", .parse = field_word}};
const struct route_field desk_number_fields[1] = {
    {.name = "number", .needed = true, .parse = field_number}};
const struct route_field desk_source_fields[3] = {
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "source", .needed = true, .parse = field_word},
    {.name = "review", .parse = field_day}};
const struct route_field desk_draft_fields[1] = {{.name = "language", .parse = field_word}};
const struct route_field desk_step_fields[4] = {
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "step", .needed = true, .parse = field_word}, {.name = "day", .parse = field_day},
    {.name = "said", .parse = field_text}};
const struct route_field desk_approve_fields[3] = {
    {.name = "number", .needed = true, .parse = field_number}, {.name = "to", .parse = field_line},
    {.name = "text", .parse = field_text}};
const struct route_field desk_send_fields[2] = {
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "way", .needed = true, .parse = field_word}};
const struct route_field desk_notice_fields[2] = {
    {.name = "number", .needed = true, .parse = field_number}, TEXT};
const struct route_field desk_notice_end_fields[2] = {
    {.name = "number", .parse = field_number}, TEXT};

/* ---- the order, before and after ---- */

struct act {
	struct ctx *c;
	struct instance *in;
	const struct person *who;
	const struct route_value *f; /* the fields */
	struct matter matter;
	struct legal_order order;
};

static int act_begin(struct route_ask *ask, struct act *ret)
{
	*ret = (struct act){.c = ask->c, .in = ask->in, .who = ask->who, .f = ask->fields};
	return path_order(ask, &ret->matter, &ret->order);
}

static int act_end(const struct act *a, struct json **ret)
{
	return view_order_state(a->c, a->in, &a->matter, a->order.seq, ret);
}

static int act_run(struct route_ask *ask, int (*fn)(struct act *a), struct json **ret)
{
	struct act a;
	int rc = act_begin(ask, &a);

	if (rc == 0)
		rc = fn(&a);
	return rc == 0 ? act_end(&a, ret) : rc;
}

/* ---- facts and findings ---- */

static int fact(struct act *a)
{
	return order_fact(a->c, a->in, a->who, &a->order, a->f[0].text, a->f[1].text);
}

int desk_fact(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, fact, ret);
}

static int judge(struct act *a)
{
	return order_judge(a->c, a->in, a->who, &a->order);
}

int desk_judge(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, judge, ret);
}

static int answer(struct act *a)
{
	return review_answer(
	    a->c, a->in, a->who, &a->order, a->f[0].num, a->f[1].text, a->f[2].text);
}

int desk_answer(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, answer, ret);
}

static int examine(struct act *a)
{
	bool pass = str_is(a->f[0].text, "pass");

	if (!pass && !str_is(a->f[0].text, "fail"))
		return err_set(a->c, ERR_INVALID, "an examination is pass or fail");
	return review_basis(a->c, a->in, a->who, &a->order, pass, a->f[1].text);
}

int desk_examine(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, examine, ret);
}

/* ---- items ---- */

struct for_items {
	struct act *a;
	int (*fn)(struct act *a, int64_t item, void *arg);
	void *arg;
};

static int each(struct ctx *c, void *arg)
{
	const struct for_items *f = arg;
	const struct route_value *items = &f->a->f[0];
	int rc = 0;

	for (size_t i = 0; i < items->n && rc == 0; i++) {
		rc = f->fn(f->a, items->all[i].num, f->arg);
		if (rc != 0)
			rc = err_while(c, rc, "item %lld", (long long)items->all[i].num);
	}
	return rc;
}

static int each_item(struct route_ask *ask, int (*fn)(struct act *a, int64_t item, void *arg),
    void *arg, struct json **ret)
{
	struct act a;
	struct for_items f = {&a, fn, arg};
	int rc = act_begin(ask, &a);

	if (rc == 0)
		rc = step_together(ask->c, &ask->in->store, each, &f);
	return rc == 0 ? act_end(&a, ret) : rc;
}

/* The words of the form come after the case: of one that is not there no other word is said. */
/* The word is looked at once the case is found. */
static int decide_one(struct act *a, int64_t item, void *arg)
{
	struct review_verdict *v = arg;
	int rc = review_word(a->c, a->f[1].text, &v->to);

	return rc == 0 ? review_decide(a->c, a->in, a->who, &a->order, item, v) : rc;
}

int desk_decide(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct review_verdict v = {.from = f[4].given ? (struct day){(int32_t)f[4].num} : DAY_NONE,
	    .to_day = f[5].given ? (struct day){(int32_t)f[5].num} : DAY_NONE,
	    .code = f[3].text,
	    .reason = f[2].text,
	    .mask = f[6].given};

	return each_item(ask, decide_one, &v, ret);
}

static int second_one(struct act *a, int64_t item, void *arg)
{
	(void)arg;
	return review_second(a->c, a->in, a->who, &a->order, item);
}

int desk_second(struct route_ask *ask, struct json **ret)
{
	return each_item(ask, second_one, NULL, ret);
}

static int withdraw_one(struct act *a, int64_t item, void *arg)
{
	(void)arg;
	return order_withdraw_item(a->c, a->in, a->who, &a->order, item);
}

int desk_withdraw_items(struct route_ask *ask, struct json **ret)
{
	return each_item(ask, withdraw_one, NULL, ret);
}

static int correct(struct act *a)
{
	return order_correct(
	    a->c, a->in, a->who, &a->order, a->f[0].num, a->f[1].text, a->f[2].text);
}

int desk_correct(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, correct, ret);
}

/* ---- questions and endings ---- */

static int returned(struct act *a)
{
	return order_return(a->c, a->in, a->who, &a->order, a->f[0].text);
}

int desk_return(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, returned, ret);
}

static int replied(struct act *a)
{
	return order_answer(a->c, a->in, a->who, &a->order, a->f[0].text);
}

int desk_reply(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, replied, ret);
}

static int reject(struct act *a)
{
	return review_reject(a->c, a->in, a->who, &a->order, a->f[0].text, a->f[1].text);
}

int desk_reject(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, reject, ret);
}

static int annex3(struct act *a)
{
	return review_annex3(a->c, a->in, a->who, &a->order, a->f[0].text, a->f[1].text);
}

int desk_annex3(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, annex3, ret);
}

static int withdraw(struct act *a)
{
	return order_withdraw(a->c, a->in, a->who, &a->order, a->f[0].text);
}

int desk_withdraw(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, withdraw, ret);
}

static int redirect(struct act *a)
{
	struct redirect_contact k = {a->f[1].text, a->f[2].text};

	return redirect_order(a->c, a->in, a->who, &a->order, &k, a->f[3].num != 0, a->f[0].text);
}

int desk_redirect(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, redirect, ret);
}

static int lapse(struct act *a)
{
	return order_lapse(a->c, a->in, a->who, &a->order, a->f[0].text);
}

int desk_lapse(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, lapse, ret);
}

/* ---- what outlives the order ---- */

static int preserve(struct act *a)
{
	return hold_preserve(a->c, a->in, a->who, &a->order);
}

int desk_preserve(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, preserve, ret);
}

static int preserve_extend(struct act *a)
{
	if (!a->f[0].given)
		return hold_extend_by_law(a->c, a->in, a->who, &a->order);
	return hold_extend(a->c, a->in, a->who, &a->order, (struct day){(int32_t)a->f[0].num});
}

int desk_preserve_extend(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, preserve_extend, ret);
}

/* The case under which the data were produced, if there was one. */
static int preserve_release(struct act *a)
{
	struct legal_order by = {0};
	struct matter m;
	int rc = 0;

	if (a->f[0].given) {
		rc = matter_get(a->c, a->in, a->who, a->f[0].text, &m);
		if (rc == 0)
			rc = matter_order(a->c, a->in, &m, 0, &by);
	}
	return rc == 0 ? hold_release(a->c, a->in, a->who, &a->order, by.id) : rc;
}

int desk_preserve_release(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, preserve_release, ret);
}

static int secrecy_lift(struct act *a)
{
	return hold_lift_secrecy(a->c, a->in, a->who, &a->order, a->f[0].num);
}

int desk_secrecy_lift(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, secrecy_lift, ret);
}

/* ---- users are told ---- */

#define ON_ORDER a->c, a->in, a->who, &a->order

static int secrecy_source(struct act *a)
{
	struct day review = a->f[2].given ? (struct day){(int32_t)a->f[2].num} : DAY_NONE;

	return notice_act_source(ON_ORDER, a->f[0].num, a->f[1].text, review);
}

int desk_secrecy_source(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, secrecy_source, ret);
}

static int secrecy_step(struct act *a)
{
	struct bar_step_new n = {.number = a->f[0].num,
	    .kind = a->f[1].text,
	    .day = a->f[2].given ? (struct day){(int32_t)a->f[2].num}
				 : instant_day((struct instant){ctx_now(a->c)}),
	    .said = a->f[3].text};

	return bar_step_add(ON_ORDER, &n);
}

int desk_secrecy_step(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, secrecy_step, ret);
}

static int notice_draft(struct act *a)
{
	int64_t n;

	return notice_act_draft(ON_ORDER, a->f[0].text, &n);
}

int desk_notice_draft(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_draft, ret);
}

static int notice_approve(struct act *a)
{
	return notice_act_approve(ON_ORDER, a->f[0].num, a->f[1].text, a->f[2].text);
}

int desk_notice_approve(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_approve, ret);
}

static int notice_send(struct act *a)
{
	if (!str_has_word(STR("mail hand"), a->f[1].text))
		return err_set(a->c, ERR_INVALID, "a notice goes by: mail, hand");
	return notice_act_send(ON_ORDER, a->f[0].num, str_is(a->f[1].text, "hand"));
}

int desk_notice_send(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_send, ret);
}

static int notice_object(struct act *a)
{
	return notice_act_object(ON_ORDER, a->f[0].num, a->f[1].text);
}

int desk_notice_object(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_object, ret);
}

static int notice_settle(struct act *a)
{
	return notice_act_settle(ON_ORDER, a->f[0].num, a->f[1].text);
}

int desk_notice_settle(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_settle, ret);
}

static int notice_end(struct act *a)
{
	return notice_act_not_needed(ON_ORDER, a->f[0].given ? a->f[0].num : 0, a->f[1].text);
}

int desk_notice_end(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_end, ret);
}

static int notice_withdrawn(struct act *a)
{
	return notice_act_withdrawn(ON_ORDER);
}

int desk_notice_withdrawn(struct route_ask *ask, struct json **ret)
{
	return act_run(ask, notice_withdrawn, ret);
}
