/*
 * Three simulated years: one case of each kind, and the days on which the law says that something
 * ends. The expected days are counted by hand from the text that is cited beside them; what decides
 * them in the program (packs, calendars, clocks, dates of the desk) is asked and not copied.
 */
#include "desk_story.h"

#include "desk/notice_act.h"

/* ---- what runs from an instant ---- */

struct run {
	const char *instrument, *country, *facts, *received, *clock, *ends, *cite;
	bool sealed;
};

static const struct run runs[] = {
    /* 90 days after Tuesday 15 September: 15 left in September, 31, 30, and 14 */
    {"US-PRESERVE", "US", "'order.capability':false,'order.us_renewed':false",
	"2026-09-15T08:00:00Z", "D-PRES-EXP", "2026-12-14T22:59:59Z", "18 USC 2703(f)(2)", false},
    /* and 90 more: a Sunday, which no text moves */
    {"US-PRESERVE", "US", "'order.capability':false,'order.us_renewed':true",
	"2026-09-15T08:00:00Z", "D-PRES-EXP-RENEWED", "2027-03-14T22:59:59Z", "18 USC 2703(f)(2)",
	false},
    /* 60 days: 15 in September, 31, 14: a Saturday. The regulation has no rule that moves it */
    {"EU-EPOC-PR", "FR", "'order.eu_extended':false", "2026-09-15T08:00:00Z", "EE-11-1-60",
	"2026-11-14T22:59:59Z", "Art. 11(1) Reg. (EU) 2023/1543", false},
    /* 60 + 30 */
    {"EU-EPOC-PR", "FR", "'order.eu_extended':true", "2026-09-15T08:00:00Z", "EE-11-1-90",
	"2026-12-14T22:59:59Z", "Art. 11(1) Reg. (EU) 2023/1543", false},
    /* over a leap day: 16 in January, 29 in February, 15 */
    {"EU-EPOC-PR", "FR", "'order.eu_extended':false", "2028-01-15T08:00:00Z", "EE-11-1-60",
	"2028-03-15T22:59:59Z", "Art. 11(1) Reg. (EU) 2023/1543", false},
    /* ten days, over Christmas, and no holiday moves the end */
    {"EU-EPOC", "FR", STORY_EPOC, "2027-12-20T08:00:00Z", "EE-10-2", "2027-12-30T22:59:59Z",
	"Art. 10(2) Reg. (EU) 2023/1543", false},
    /* two business days from Wednesday: Thanksgiving is no such day, nor is the weekend */
    {"US-BACKUP", "US", "'order.capability':false", "2026-11-25T15:00:00Z", "D-BACKUP-CREATE",
	"2026-11-30T22:59:59Z", "18 USC 2704(a)(1); 5 USC 6103(a)", false},
    /* New Year's Day of 2028 is a Saturday, kept on the Friday before it: Monday, Tuesday */
    {"US-BACKUP", "US", "'order.capability':false", "2027-12-30T15:00:00Z", "D-BACKUP-CREATE",
	"2028-01-04T22:59:59Z", "18 USC 2704(a)(1); 5 USC 6103(b)", false},
    /* the Fourth of July of 2027 is a Sunday, kept on Monday the 5th: Tuesday, Wednesday */
    {"US-BACKUP", "US", "'order.capability':false", "2027-07-02T15:00:00Z", "D-BACKUP-CREATE",
	"2027-07-07T21:59:59Z", "18 USC 2704(a)(1); EO 11582", false},
    /* one year from a leap day ends on the last of February */
    {"US-NCMEC", "US", "'order.us_2258a_report':true,'order.us_report_submitted':'2028-02-29'",
	"2028-02-29T08:00:00Z", "D-2258A-PRES", "2029-02-28T22:59:59Z", "18 USC 2258A(h)(1)",
	false},
    /* 30 days from the reciprocal notice: 16 in March, 14 */
    {"US-NSL", "US", STORY_NSL ",'order.us_reciprocal_notice':'2027-03-15'", "2027-03-15T08:00:00Z",
	"D-NSL-GOVT-APPLY", "2027-04-14T21:59:59Z", "18 USC 3511(b)(1)(B)", true},
    /* 14 days from service, over the change to winter time */
    {"US-WARRANT", "US",
	"'order.us_user_foreign':true,'order.us_foreign_conflict':true,'order.us_2705b':false",
	"2028-10-20T08:00:00Z", "D-COMITY-MOTION", "2028-11-03T22:59:59Z", "18 USC 2703(h)(2)(A)",
	false}};

static void at(struct story *st, const char *instant)
{
	struct instant t;

	assert_ok(st->c, instant_parse(st->c, str_of(instant), &t));
	st->c->fixed_now = t.s;
}

static void one_of_each(void **state)
{
	struct story *st = *state;

	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
		const struct run *r = &runs[i];
		const struct person *who = r->sealed ? &st->named : &st->intake;
		struct legal_order o;
		struct matter m;
		struct gate g;
		bool seen = false;

		at(st, r->received);
		m = story_case_by(st, who,
		    (struct story_ask){.instrument = r->instrument,
			.country = r->country,
			.body = r->sealed ? "intelligence" : NULL,
			.facts = r->facts,
			.fields = "'name'",
			.received = r->received},
		    &o);
		assert_ok(st->c, gate_clocks(st->c, st->in, &m, &o, &g));
		for (size_t k = 0; k < g.now.n_clocks; k++) {
			if (!str_is(g.now.clocks[k].id, r->clock))
				continue;
			seen = true;
			if (!str_is(instant_str(st->c, g.now.clocks[k].latest), r->ends))
				fail_msg("%s from %s: %s, want %s (%s)", r->clock, r->received,
				    instant_str(st->c, g.now.clocks[k].latest).p, r->ends, r->cite);
		}
		if (!seen)
			fail_msg("%s: the case has no such clock", r->clock);
	}
}

/* ---- preservations on record ---- */

static void kept_and_kept_longer(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-PRESERVE",
		.facts = "'order.capability':false,'order.us_renewed':false",
		.fields = "'name'"},
	    &o);
	assert_ok(st->c, hold_preserve(st->c, st->in, &st->ann, &o));
#define LAST "SELECT date(until * 86400, 'unixepoch') FROM preservation"
	assert_str(story_text(st, LAST), "2026-12-14");
	/* nobody has renewed it */
	assert_err(st->c, hold_extend_by_law(st->c, st->in, &st->ann, &o), ERR_INVALID, "later");
	at(st, "2026-12-01T09:00:00Z");
	assert_ok(st->c, story_fact(st, &o, "order.us_renewed", "yes"));
	assert_ok(st->c, hold_extend_by_law(st->c, st->in, &st->ann, &o));
	assert_str(story_text(st, LAST), "2027-03-14");
	/* the text has one renewal */
	assert_err(st->c, hold_extend_by_law(st->c, st->in, &st->ann, &o), ERR_INVALID, "later");
	assert_str(story_text(st, "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') FROM "
				  "order_date WHERE kind = 'preservation'"),
	    "2027-03-14T22:59:59Z");
}

/* ---- day by day ---- */

#define GAGGED(until)                                                                              \
	"'order.issuer':'judge','order.competent':true,'order.signed':true,"                       \
	"'order.us_user_foreign':false,'order.us_2705b':true,'order.capability':false,"            \
	"'order.emergency':false,'order.secrecy_until':'" until "'"

struct ending {
	const char *target, *facts, *instrument, *country, *drafted, *cite;
};

/* The day after the last day of the bar; NULL: none in three years. */
static const struct ending endings[] = {
    /* Thursday, a holiday: the period is the court's, and nothing moves it */
    {"{'kind':'email','value':'a@example.net'}", GAGGED("2026-12-31"), "US-WARRANT", "US",
	"2027-01-01", "18 USC 2705(b)"},
    /* Sunday */
    {"{'kind':'email','value':'b@example.net'}", GAGGED("2027-09-12"), "US-WARRANT", "US",
	"2027-09-13", "18 USC 2705(b)"},
    {"{'kind':'email','value':'c@example.net'}", GAGGED("2028-02-29"), "US-WARRANT", "US",
	"2028-03-01", "18 USC 2705(b)"},
    /* by statute, without an end */
    {"{'kind':'email','value':'d@example.net'}", STORY_EPOC, "EU-EPOC", "FR", NULL,
	"Annex I Section H Reg. (EU) 2023/1543"}};

enum { ENDINGS = sizeof endings / sizeof endings[0] };

static void look(
    struct story *st, struct day today, const struct legal_order *o, struct day *drafted)
{
	for (size_t i = 0; i < ENDINGS; i++)
		if (day_is_none(drafted[i]) &&
		    str_is(story_text(st,
			       str_fmt(st->c, "SELECT state FROM notice WHERE legal_order = %lld",
				   (long long)o[i].id)
				   .p),
			"drafted"))
			drafted[i] = today;
}

static void bars_end(void **state)
{
	struct story *st = *state;
	struct legal_order o[ENDINGS];
	struct day drafted[ENDINGS];
	struct notice_swept s;

	for (size_t i = 0; i < ENDINGS; i++) {
		drafted[i] = DAY_NONE;
		(void)story_case(st,
		    (struct story_ask){.instrument = endings[i].instrument,
			.country = endings[i].country,
			.facts = endings[i].facts,
			.targets = endings[i].target,
			.fields = "'name'"},
		    &o[i]);
	}
	for (int days = 0; days < 3 * 365 + 1; days++) {
		struct mem_mark mark = mem_mark(st->c);

		st->c->fixed_now = STORY_NOW + (int64_t)days * STORY_DAY;
		assert_ok(st->c, notice_act_sweep(st->c, st->in, NULL, &s));
		look(st, instant_day((struct instant){st->c->fixed_now}), o, drafted);
		mem_reset(st->c, mark);
	}
	for (size_t i = 0; i < ENDINGS; i++)
		if (!str_is(day_str(st->c, drafted[i]), story_or(endings[i].drafted, "")))
			fail_msg("bar %zu: a draft on %s, want %s (%s)", i,
			    day_str(st->c, drafted[i]).p, story_or(endings[i].drafted, "no day"),
			    endings[i].cite);
	/* what nothing was to be recorded of left no entry: four are barred, three were freed */
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM entry WHERE kind = 'notice.sweep'"), 7);
}

/* A renewed bar, and the day on which a person looks at it again. */
static void a_bar_is_renewed(void **state)
{
	struct story *st = *state;
	struct notice_swept s;
	struct legal_order o;
	struct day review;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = GAGGED("2027-03-15"), .fields = "'name'"},
	    &o);
	assert_ok(st->c, day_parse(st->c, STR("2027-02-13"), &review));
	assert_ok(st->c, notice_act_source(st->c, st->in, &st->ann, &o, 1, STR("order"), review));
	assert_str(story_text(st, "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') FROM "
				  "order_date WHERE act = 'review'"),
	    "2027-02-13T22:59:59Z");
	at(st, "2027-03-01T09:00:00Z");
	assert_ok(st->c, story_fact(st, &o, "order.secrecy_until", "2027-09-15"));
	at(st, "2027-03-16T09:00:00Z");
	assert_ok(st->c, notice_act_sweep(st->c, st->in, NULL, &s));
	assert_str(story_text(st, "SELECT state FROM notice"), "barred");
	at(st, "2027-09-16T09:00:00Z");
	assert_ok(st->c, notice_act_sweep(st->c, st->in, NULL, &s));
	assert_str(story_text(st, "SELECT state FROM notice"), "drafted");
}

int main(void)
{
	const struct CMUnitTest tests[] = {STORY_TEST(one_of_each),
	    STORY_TEST(kept_and_kept_longer), STORY_TEST(bars_end), STORY_TEST(a_bar_is_renewed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
