#include "law/clock_p.h"

#include "kind/cal.h"
#include "base/mem.h"

enum { HOUR = 3600 };

/* A day or instant fact: the instant it stands for (a day begins at midnight) and its civil day. */
static bool fact_point(struct ctx *c, const struct law *law, const struct cond_view *v,
    struct str name, struct instant *ret_at, struct day *ret_day)
{
	const struct vocab_fact *fact = pack_fact(law, name);
	struct str text = cond_eval_find(v, name);
	struct instant at;
	struct day day;
	int rc;

	if (fact == NULL || text.p == NULL)
		return false;
	if (fact->type == FACT_DAY) {
		rc = day_parse(c, text, &day);
		if (rc == 0)
			at = instant_at(day, 0);
	} else {
		rc = instant_parse(c, text, &at);
		if (rc == 0)
			day = instant_day(at);
	}
	if (rc != 0) {
		err_clear(c);
		return false;
	}
	*ret_at = at;
	*ret_day = day;
	return true;
}

/* By the next midnight, so that a day the clocks change on is as long as it is. */
static struct instant last_second(struct day day)
{
	struct day next = day_is_none(day) ? day : day_add(day, 1);

	if (day_is_none(next))
		return INSTANT_NONE;
	return (struct instant){instant_at(next, 0).s - 1};
}

static const struct cal *calendar(const struct law *law, struct str name)
{
	for (size_t i = 0; i < law->n_calendars; i++)
		if (str_eq(cal_name(law->calendars[i]), name))
			return law->calendars[i];
	return NULL;
}

static struct instant span_end(const struct law *law, const struct clock_rule *rule,
    struct span span, struct instant from, struct day day)
{
	switch (span.unit) {
	case SPAN_NONE:
		return INSTANT_NONE;
	case SPAN_HOURS:
		return (struct instant){from.s + (int64_t)span.n * HOUR};
	case SPAN_DAYS:
		return last_second(day_add(day, span.n));
	case SPAN_BUSINESS_DAYS:
		return last_second(cal_add(calendar(law, rule->calendar), day, span.n));
	case SPAN_MONTHS:
		return last_second(day_add_months(day, span.n));
	}
	return INSTANT_NONE;
}

static int pause_cmp(const void *a, const void *b)
{
	const struct pause *x = a, *y = b;

	return (x->from.s > y->from.s) - (x->from.s < y->from.s);
}

static const struct pause *pauses_sorted(struct ctx *c, const struct judge_input *in)
{
	struct pause *sorted = mem_array(c, in->n_pauses, sizeof *sorted);

	if (in->n_pauses > 0) {
		memcpy(sorted, in->pauses, in->n_pauses * sizeof *sorted);
		qsort(sorted, in->n_pauses, sizeof *sorted, pause_cmp);
	}
	return sorted;
}

/* The end with the pauses added: each second once, however many pauses name it, and none for a
 * pause that began when the time had run out already. */
static struct instant paused_end(const struct judge_input *in, const struct pause *sorted,
    struct str reasons, struct instant from, struct instant end)
{
	int64_t seen = from.s;

	if (instant_is_none(end))
		return end;
	for (size_t i = 0; i < in->n_pauses; i++) {
		const struct pause *p = &sorted[i];
		int64_t a = p->from.s > seen ? p->from.s : seen;
		int64_t b = instant_is_none(p->until) ? in->now.s : p->until.s;

		if (!str_has_word(reasons, p->reason) || b <= a || a > end.s)
			continue;
		end.s += b - a;
		seen = b;
	}
	return end;
}

/* Given is enough for a day or a text; a question answered "no" has not ended anything. A
 * confirmation with a date counts only if it came in time. */
static bool is_stopped(struct ctx *c, const struct law *law, const struct cond_view *v,
    const struct clock_rule *rule, struct instant latest)
{
	const struct vocab_fact *fact = pack_fact(law, rule->stops_at);
	struct str value = cond_eval_find(v, rule->stops_at);
	struct instant at;
	struct day day;

	if (fact == NULL || value.p == NULL)
		return false;
	if (fact->type == FACT_YESNO)
		return str_is(value, "yes");
	if (!str_is(rule->act, "confirm") || (fact->type != FACT_DAY && fact->type != FACT_INSTANT))
		return true;
	return fact_point(c, law, v, rule->stops_at, &at, &day) &&
	       (instant_is_none(latest) || at.s <= latest.s);
}

bool clock_start(struct ctx *c, const struct law *law, const struct judge_input *in,
    const struct cond_view *v, const struct clock_rule *rule, struct clock *ret)
{
	struct clock clock = {.id = rule->id,
	    .act = rule->act,
	    .en = rule->en,
	    .de = rule->de,
	    .from = INSTANT_NONE,
	    .latest = INSTANT_NONE,
	    .earliest = INSTANT_NONE,
	    .counts_up = rule->counts_up,
	    .verified = rule->src.verified,
	    .missing = STR(""),
	    .src = &rule->src};
	enum tri when = cond_eval(c, rule->when, v);
	const struct pause *sorted;
	struct day day;

	if (when == TRI_NO)
		return false;
	*ret = clock;
	if (when == TRI_UNKNOWN) {
		ret->unknown = true;
		cond_eval_missing(c, rule->when, v, &ret->missing);
		return true;
	}
	if (!fact_point(c, law, v, rule->from, &ret->from, &day)) {
		ret->unknown = true;
		ret->missing = rule->from;
		return true;
	}
	sorted = pauses_sorted(c, in);
	ret->latest = paused_end(
	    in, sorted, rule->pauses, ret->from, span_end(law, rule, rule->latest, ret->from, day));
	if (!str_is(cond_eval_find(v, rule->lifts), "yes"))
		ret->earliest = paused_end(in, sorted, rule->pauses, ret->from,
		    span_end(law, rule, rule->earliest, ret->from, day));
	ret->stopped = is_stopped(c, law, v, rule, ret->latest);
	return true;
}

bool clock_unconfirmed(const struct clock *clock, struct instant now)
{
	return str_is(clock->act, "confirm") && clock->verified && !clock->unknown &&
	       !clock->stopped && !instant_is_none(clock->latest) && clock->latest.s < now.s;
}

bool clock_gates(const struct clock_rule *rule)
{
	return rule->src.verified &&
	       (str_is(rule->act, "confirm") || rule->earliest.unit != SPAN_NONE);
}
