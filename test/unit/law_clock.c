/* Clocks and bars, judged through judge_order. */
#include "check.h"

#include "law/judge.h"

#define F(id, type) "  - id: " id "\n    type: " type "\n    en: E\n    de: D\n"
#define VOCABULARY                                                                                 \
	"facts:\n" F("authority.country", "text") F("order.provisional", "yesno")                  \
	    F("order.confirmed", "yesno") F("order.confirmed_on", "day")                           \
		F("order.confirmed_at", "instant") F("order.cleared", "yesno")                     \
		    F("order.issued", "day") F("order.until", "day") F("demand.received",          \
			"instant") "codes:\n  - id: not_confirmed\n    en: E\n    de: D\n"
#define HEAD                                                                                       \
	"pack: us\nen: E\nde: D\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"        \
	"applies:\n  - authority.country is US\n"
#define SRC "    cite: s 1\n    mark: V\n    verified: yes\n"
#define UNVERIFIED "    cite: s 1\n    mark: M\n    verified: no\n"
#define CLOCK(id, act, from)                                                                       \
	"  - id: " id "\n    en: E\n    de: D\n    act: " act "\n    from: " from "\n"

struct bench {
	struct ctx *c;
	const struct law *law;
	struct pause pauses[4];
	struct judge_input in;
	struct judgment j;
};

static void now_is(struct bench *b, const char *z)
{
	assert_ok(b->c, instant_parse(b->c, str_of(z), &b->in.now));
}

static void order(struct bench *b, const char *name, const char *value)
{
	fact_set(b->c, &b->in.order, str_of(name), str_of(value));
}

static void bench_open(struct bench *b, const char *more)
{
	struct ctx *c = test_ctx();
	struct str pack = str_fmt(c, "%s%s", HEAD, more);
	const struct law_file files[] = {{"vocabulary.yaml", STR(VOCABULARY)}, {"us.yaml", pack},
	    {"calendar/c.yaml", STR("name: c\ncitation: s\nverified: yes\nrules:\n"
				    "  - name: N\n    name_de: N\n    fixed: 01-01\n")}};

	*b = (struct bench){.c = c};
	assert_ok(c, pack_load(c, files, 3, &b->law));
	assert_ok(c, day_parse(c, STR("2026-01-15"), &b->in.received));
	b->in.pauses = b->pauses;
	now_is(b, "2026-01-15T12:00:00Z");
	order(b, "authority.country", "US");
}

static void judge(struct bench *b)
{
	assert_ok(b->c, judge_order(b->c, b->law, &b->in, &b->j));
}

static void pause(struct bench *b, const char *reason, const char *from, const char *until)
{
	struct pause *p = &b->pauses[b->in.n_pauses++];

	*p = (struct pause){str_of(reason), INSTANT_NONE, INSTANT_NONE};
	assert_ok(b->c, instant_parse(b->c, str_of(from), &p->from));
	if (until != NULL)
		assert_ok(b->c, instant_parse(b->c, str_of(until), &p->until));
}

static const struct clock *clock_at(const struct bench *b, const char *id)
{
	for (size_t i = 0; i < b->j.n_clocks; i++)
		if (str_is(b->j.clocks[i].id, id))
			return &b->j.clocks[i];
	return NULL;
}

static const struct finding *finding(const struct bench *b, const char *rule)
{
	for (size_t i = 0; i < b->j.n_findings; i++)
		if (str_is(b->j.findings[i].rule, rule))
			return &b->j.findings[i];
	return NULL;
}

/* The latest instant of a clock with this span from this start. */
static void latest(const char *from_fact, const char *from, const char *span, const char *want)
{
	struct ctx *c = test_ctx();
	struct str text = str_fmt(c,
	    "clocks:\n  - id: C\n    en: E\n    de: D\n    act: transmit\n    from: %s\n    "
	    "latest: %s\n    calendar: c\n" SRC,
	    from_fact, span);
	struct bench b;

	bench_open(&b, text.p);
	order(&b, from_fact, from);
	judge(&b);
	assert_non_null(clock_at(&b, "C"));
	if (!str_is(instant_str(b.c, clock_at(&b, "C")->latest), want))
		fail_msg("%s from %s: %s, want %s", span, from,
		    instant_str(b.c, clock_at(&b, "C")->latest).p, want);
	ctx_close(&b.c);
	ctx_close(&c);
}

static void spans(void **state)
{
	const char *at = "demand.received", *day = "order.issued";

	(void)state;
	latest(at, "2026-01-15T09:30:00Z", "8 hours", "2026-01-15T17:30:00Z");
	latest(at, "2026-01-15T09:30:00Z", "10 days", "2026-01-25T22:59:59Z");
	/* 23:30 UTC is the next civil day in Berlin */
	latest(at, "2026-01-15T23:30:00Z", "10 days", "2026-01-26T22:59:59Z");
	/* summer time begins 2026-03-29: hours are wall-clock from the instant, the day ends as it
	 * ends */
	latest(at, "2026-03-28T12:00:00Z", "48 hours", "2026-03-30T12:00:00Z");
	latest(at, "2026-03-28T12:00:00Z", "1 days", "2026-03-29T21:59:59Z");
	latest(at, "2026-10-24T12:00:00Z", "1 days", "2026-10-25T22:59:59Z");
	latest(at, "2026-10-23T12:00:00Z", "1 days", "2026-10-24T21:59:59Z");
	latest(day, "2026-01-31", "1 months", "2026-02-28T22:59:59Z");
	latest(day, "2028-01-31", "1 months", "2028-02-29T22:59:59Z");
	latest(day, "2026-03-31", "3 months", "2026-06-30T21:59:59Z");
	latest(day, "2026-01-30", "13 months", "2027-02-28T22:59:59Z");
	latest(day, "2026-01-15", "3 days", "2026-01-18T22:59:59Z");
	/* Friday before New Year's Day on a Thursday: 2025-12-30 is a Tuesday */
	latest(day, "2025-12-30", "1 business-days", "2025-12-31T22:59:59Z");
	latest(day, "2025-12-31", "1 business-days", "2026-01-02T22:59:59Z");
	latest(day, "2025-12-31", "3 business-days", "2026-01-06T22:59:59Z");
	latest(day, "2026-01-02", "1 business-days", "2026-01-05T22:59:59Z");
}

static void a_clock_starts_when_its_conditions_hold(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, "clocks:\n" CLOCK("C", "transmit",
			   "demand.received") "    when:\n      - order.provisional is yes\n    "
					      "latest: 3 days\n" SRC);
	order(&b, "demand.received", "2026-01-15T09:00:00Z");
	judge(&b);
	assert_true(clock_at(&b, "C")->unknown);
	assert_str(clock_at(&b, "C")->missing, "order.provisional");
	assert_true(instant_is_none(clock_at(&b, "C")->latest));
	assert_null(finding(&b, "C")); /* it gates nothing */
	order(&b, "order.provisional", "no");
	judge(&b);
	assert_null(clock_at(&b, "C"));
	order(&b, "order.provisional", "yes");
	judge(&b);
	assert_false(clock_at(&b, "C")->unknown);
	assert_false(instant_is_none(clock_at(&b, "C")->latest));
	order(&b, "demand.received", "");
	judge(&b);
	assert_true(clock_at(&b, "C")->unknown);
	assert_str(clock_at(&b, "C")->missing, "demand.received");
	order(&b, "demand.received", "2026-01-15T09:00:00Z");
	order(&b, "authority.country", "FR");
	judge(&b);
	assert_null(clock_at(&b, "C"));
	ctx_close(&b.c);
}

static void counting_up_has_no_end(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, "clocks:\n" CLOCK("C", "transmit",
			   "demand.received") "    counts_up: yes\n    latest: none\n" SRC);
	order(&b, "demand.received", "2026-01-15T09:00:00Z");
	judge(&b);
	assert_true(clock_at(&b, "C")->counts_up);
	assert_true(instant_is_none(clock_at(&b, "C")->latest));
	assert_str(instant_str(b.c, clock_at(&b, "C")->from), "2026-01-15T09:00:00Z");
	assert_true(instant_is_none(b.j.earliest));
	ctx_close(&b.c);
}

static void the_latest_earliest_gates(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    "clocks:\n" CLOCK("A", "transmit",
		"demand.received") "    earliest: 10 days\n    lifts: order.cleared\n" SRC
		CLOCK("B", "release", "demand.received") "    earliest: 48 hours\n" SRC CLOCK(
		    "M", "release", "demand.received") "    earliest: 14 days\n" UNVERIFIED);
	order(&b, "demand.received", "2026-01-15T09:00:00Z");
	judge(&b);
	assert_str(instant_str(b.c, b.j.earliest), "2026-01-25T22:59:59Z");
	assert_str(instant_str(b.c, clock_at(&b, "M")->earliest), "2026-01-29T22:59:59Z");
	assert_false(clock_at(&b, "M")->verified);
	order(&b, "order.cleared", "no");
	judge(&b);
	assert_str(instant_str(b.c, b.j.earliest), "2026-01-25T22:59:59Z");
	order(&b, "order.cleared", "yes");
	judge(&b);
	assert_true(instant_is_none(clock_at(&b, "A")->earliest));
	assert_str(instant_str(b.c, b.j.earliest), "2026-01-17T09:00:00Z");
	order(&b, "demand.received", ""); /* nobody knows when it began: ask before producing */
	judge(&b);
	assert_int_equal(finding(&b, "B")->verdict, VERDICT_ASK);
	assert_str(finding(&b, "B")->missing, "demand.received");
	assert_null(finding(&b, "M"));
	ctx_close(&b.c);
}

static void pauses_add_their_time(void **state)
{
	const char *text = "clocks:\n" CLOCK("C", "transmit",
	    "demand.received") "    latest: 10 days\n"
			       "    earliest: 24 hours\n    pauses: clarification court\n" SRC;
	struct bench b;

	(void)state;
	bench_open(&b, text);
	order(&b, "demand.received", "2026-01-05T09:00:00Z"); /* ends 2026-01-15T22:59:59Z */
	pause(&b, "clarification", "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z");
	judge(&b);
	assert_str(instant_str(b.c, clock_at(&b, "C")->latest), "2026-01-16T22:59:59Z");
	assert_str(instant_str(b.c, clock_at(&b, "C")->earliest), "2026-01-07T09:00:00Z");
	pause(&b, "holiday", "2026-01-08T00:00:00Z",
	    "2026-01-09T00:00:00Z"); /* not this clock's reason */
	judge(&b);
	assert_str(instant_str(b.c, clock_at(&b, "C")->latest), "2026-01-16T22:59:59Z");
	pause(&b, "court", "2026-01-06T12:00:00Z",
	    "2026-01-07T12:00:00Z"); /* half of it is counted already */
	judge(&b);
	assert_str(instant_str(b.c, clock_at(&b, "C")->latest), "2026-01-17T10:59:59Z");
	pause(&b, "court", "2026-01-15T10:00:00Z", NULL); /* still running: up to now */
	judge(&b);
	assert_str(instant_str(b.c, clock_at(&b, "C")->latest), "2026-01-17T12:59:59Z");
	ctx_close(&b.c);
	bench_open(&b, text);
	order(&b, "demand.received", "2026-01-05T09:00:00Z");
	pause(&b, "court", "2026-01-01T09:00:00Z",
	    "2026-01-05T10:00:00Z"); /* counts from the start only */
	pause(
	    &b, "court", "2026-01-20T09:00:00Z", "2026-01-25T10:00:00Z"); /* after it had run out */
	judge(&b);
	assert_str(instant_str(b.c, clock_at(&b, "C")->latest), "2026-01-15T23:59:59Z");
	ctx_close(&b.c);
}

static void unconfirmed_means_stop(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, "clocks:\n" CLOCK("C", "confirm",
			   "order.issued") "    when:\n      - order.provisional is yes\n"
					   "    latest: 3 business-days\n    calendar: c\n    "
					   "stops_at: order.confirmed\n" SRC CLOCK("M", "confirm",
					       "order.issued") "    latest: 1 days\n    stops_at: "
							       "order.confirmed\n" UNVERIFIED);
	order(&b, "order.issued", "2026-01-12"); /* ends Thursday 2026-01-15T22:59:59Z */
	judge(&b);
	assert_int_equal(finding(&b, "C")->verdict, VERDICT_ASK); /* is it provisional? */
	assert_str(finding(&b, "C")->missing, "order.provisional");
	order(&b, "order.provisional", "yes");
	now_is(&b, "2026-01-15T22:59:59Z");
	judge(&b);
	assert_null(finding(&b, "C"));
	now_is(&b, "2026-01-15T23:00:00Z");
	judge(&b);
	assert_int_equal(finding(&b, "C")->verdict, VERDICT_FAIL);
	assert_int_equal(finding(&b, "C")->item, JUDGE_ORDER);
	assert_str(finding(&b, "C")->code, "not_confirmed");
	assert_null(finding(&b, "M")); /* unverified: reported, gates nothing */
	order(&b, "order.confirmed", "no");
	judge(&b);
	assert_non_null(finding(&b, "C"));
	assert_false(clock_at(&b, "C")->stopped);
	order(&b, "order.confirmed", "yes");
	judge(&b);
	assert_null(finding(&b, "C"));
	assert_true(clock_at(&b, "C")->stopped);
	order(&b, "order.confirmed", "");
	order(&b, "order.provisional", "no");
	judge(&b);
	assert_null(finding(&b, "C"));
	ctx_close(&b.c);
}

static void a_confirmation_must_come_in_time(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    "clocks:\n" CLOCK("AT", "confirm",
		"demand.received") "    latest: 48 hours\n    stops_at: order.confirmed_at\n" SRC
		CLOCK("ON", "confirm", "demand.received") "    latest: 2 days\n    stops_at: "
							  "order.confirmed_on\n" SRC);
	order(&b, "demand.received", "2026-01-10T09:00:00Z");
	order(&b, "order.confirmed_at", "2026-01-12T09:00:00Z");
	order(&b, "order.confirmed_on", "2026-01-12");
	judge(&b);
	assert_null(finding(&b, "AT"));
	assert_null(finding(&b, "ON"));
	order(&b, "order.confirmed_at", "2026-01-12T09:00:01Z");
	order(&b, "order.confirmed_on", "2026-01-13");
	judge(&b);
	assert_int_equal(finding(&b, "AT")->verdict, VERDICT_FAIL);
	assert_int_equal(finding(&b, "ON")->verdict, VERDICT_FAIL);
	ctx_close(&b.c);
}

static void bars_hold(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    "bars:\n  - id: A\n    en: E\n    de: D\n    bars: user\n    until: order.until\n" SRC
	    "  - id: B\n    en: E\n    de: D\n    when:\n      - order.provisional is yes\n    "
	    "bars: both\n" UNVERIFIED "  - id: OLD\n    en: E\n    de: D\n    bars: public\n    "
	    "valid_until: 2025-12-31\n" SRC);
	order(&b, "order.until", "2026-06-30");
	order(&b, "order.provisional", "yes");
	judge(&b);
	assert_int_equal(b.j.n_bars, 2);
	assert_str(b.j.bars[0].id, "A");
	assert_str(day_str(b.c, b.j.bars[0].until), "2026-06-30");
	assert_true(b.j.bars[0].verified && !b.j.bars[0].unknown);
	assert_str(b.j.bars[1].bars, "both");
	assert_false(b.j.bars[1].verified); /* it bars all the same: telling cannot be undone */
	assert_true(day_is_none(b.j.bars[1].until));
	order(&b, "order.provisional", "");
	order(&b, "order.until", "");
	judge(&b);
	assert_true(b.j.bars[1].unknown);
	assert_str(b.j.bars[1].missing, "order.provisional");
	assert_true(day_is_none(b.j.bars[0].until));
	order(&b, "order.provisional", "no");
	judge(&b);
	assert_int_equal(b.j.n_bars, 1);
	ctx_close(&b.c);
}

static void clocks_have_their_days(void **state)
{
	struct bench b;

	(void)state;
	bench_open(
	    &b, "clocks:\n" CLOCK("C", "transmit",
		    "demand.received") "    latest: 3 days\n    valid_from: 2026-01-16\n" SRC);
	order(&b, "demand.received", "2026-01-15T09:00:00Z");
	judge(&b);
	assert_null(clock_at(&b, "C"));
	b.in.received = day_add(b.in.received, 1);
	judge(&b);
	assert_non_null(clock_at(&b, "C"));
	ctx_close(&b.c);
}

static int zone_set(void **state)
{
	struct ctx *c = test_ctx();
	int rc = day_zone(c, "Europe/Berlin");

	(void)state;
	ctx_close(&c);
	return rc;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(spans),
	    cmocka_unit_test(a_clock_starts_when_its_conditions_hold),
	    cmocka_unit_test(counting_up_has_no_end),
	    cmocka_unit_test(the_latest_earliest_gates),
	    cmocka_unit_test(pauses_add_their_time),
	    cmocka_unit_test(unconfirmed_means_stop),
	    cmocka_unit_test(a_confirmation_must_come_in_time),
	    cmocka_unit_test(bars_hold),
	    cmocka_unit_test(clocks_have_their_days),
	};

	return cmocka_run_group_tests(tests, zone_set, NULL);
}
