/*
 * Three simulated years, day by day: preservations, bars and what comes due when they end. The
 * expected days are counted by hand from the text that is cited beside them. (The clocks of the
 * law, one by one: desk_clocks_law.c.)
 */
#include "desk_story.h"

#include "desk/notice_act.h"

static void at(struct story *st, const char *instant)
{
	struct instant t;

	assert_ok(st->c, instant_parse(st->c, str_of(instant), &t));
	st->c->fixed_now = t.s;
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
	const struct CMUnitTest tests[] = {
	    STORY_TEST(kept_and_kept_longer), STORY_TEST(bars_end), STORY_TEST(a_bar_is_renewed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
