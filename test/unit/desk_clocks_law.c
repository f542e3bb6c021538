/*
 * Each clock of the law that is built in, on a case of its kind somewhere in three years (September
 * 2026 to 2029), and the day on which the law says that it ends. The expected instants are counted
 * by hand from the text that is cited; what decides them in the program (packs, calendars, clocks)
 * is asked and not copied. A clock without a line here fails.
 */
#include "desk_story.h"

struct run {
	/* ends: NULL for one that counts up without an end; not_before: no production before it */
	const char *instrument, *country, *facts, *received, *clock, *ends, *cite, *not_before;
	const char *channel, *body;
	bool sealed;
};

#define NATIONAL .body = "intelligence", .sealed = true
#define DE_URGENT "'order.issuer':'prosecutor','order.provisional':true"

static const struct run runs[] = {
    /* 90 days after Tuesday 15 September: 15 left in September, 31, 30, and 14 */
    {"US-PRESERVE", "US", "'order.capability':false,'order.us_renewed':false",
	"2026-09-15T08:00:00Z", "D-PRES-EXP", "2026-12-14T22:59:59Z", .cite = "18 USC 2703(f)(2)"},
    /* and 90 more: a Sunday, which no text moves */
    {"US-PRESERVE", "US", "'order.capability':false,'order.us_renewed':true",
	"2026-09-15T08:00:00Z", "D-PRES-EXP-RENEWED", "2027-03-14T22:59:59Z",
	.cite = "18 USC 2703(f)(2)"},
    /* 60 days: 15 in September, 31, 14: a Saturday. The regulation has no rule that moves it */
    {"EU-EPOC-PR", "FR", "'order.eu_extended':false", "2026-09-15T08:00:00Z", "EE-11-1-60",
	"2026-11-14T22:59:59Z", .cite = "Art. 11(1) Reg. (EU) 2023/1543"},
    /* 60 + 30 */
    {"EU-EPOC-PR", "FR", "'order.eu_extended':true", "2026-09-15T08:00:00Z", "EE-11-1-90",
	"2026-12-14T22:59:59Z", .cite = "Art. 11(1) Reg. (EU) 2023/1543"},
    /* over a leap day: 16 in January, 29 in February, 15 */
    {"EU-EPOC-PR", "FR", "'order.eu_extended':false", "2028-01-15T08:00:00Z", "EE-11-1-60",
	"2028-03-15T22:59:59Z", .cite = "Art. 11(1) Reg. (EU) 2023/1543"},
    /* ten days, over Christmas, and no holiday moves the end */
    {"EU-EPOC", "FR", STORY_EPOC, "2027-12-20T08:00:00Z", "EE-10-2", "2027-12-30T22:59:59Z",
	.cite = "Art. 10(2) Reg. (EU) 2023/1543", .not_before = "2027-12-30T22:59:59Z"},
    /* two business days from Wednesday: Thanksgiving is no such day, nor is the weekend */
    {"US-BACKUP", "US", "'order.capability':false", "2026-11-25T15:00:00Z", "D-BACKUP-CREATE",
	"2026-11-30T22:59:59Z", .cite = "18 USC 2704(a)(1); 5 USC 6103(a)"},
    /* New Year's Day of 2028 is a Saturday, kept on the Friday before it: Monday, Tuesday */
    {"US-BACKUP", "US", "'order.capability':false", "2027-12-30T15:00:00Z", "D-BACKUP-CREATE",
	"2028-01-04T22:59:59Z", .cite = "18 USC 2704(a)(1); 5 USC 6103(b)"},
    /* the Fourth of July of 2027 is a Sunday, kept on Monday the 5th: Tuesday, Wednesday */
    {"US-BACKUP", "US", "'order.capability':false", "2027-07-02T15:00:00Z", "D-BACKUP-CREATE",
	"2027-07-07T21:59:59Z", .cite = "18 USC 2704(a)(1); EO 11582"},
    /* one year from a leap day ends on the last of February */
    {"US-NCMEC", "US", "'order.us_2258a_report':true,'order.us_report_submitted':'2028-02-29'",
	"2028-02-29T08:00:00Z", "D-2258A-PRES", "2029-02-28T22:59:59Z",
	.cite = "18 USC 2258A(h)(1)"},
    /* 30 days from the reciprocal notice: 16 in March, 14 */
    {"US-NSL", "US", STORY_NSL ",'order.us_reciprocal_notice':'2027-03-15'", "2027-03-15T08:00:00Z",
	"D-NSL-GOVT-APPLY", "2027-04-14T21:59:59Z", .cite = "18 USC 3511(b)(1)(B)", NATIONAL},
    /* 14 days from service, over the change to winter time */
    {"US-WARRANT", "US",
	"'order.us_user_foreign':true,'order.us_foreign_conflict':true,'order.us_2705b':false",
	"2028-10-20T08:00:00Z", "D-COMITY-MOTION", "2028-11-03T22:59:59Z",
	.cite = "18 USC 2703(h)(2)(A)"},
    /* ---- Germany ---- */
    /* no number of days is in the text: it counts up */
    {"DE-BDA", "DE", "'order.form':'oral'", "2026-10-01T08:00:00Z", "DE-F3-CONFIRM", NULL,
	.cite = "§ 22(2) TDDDG; § 174(2) TKG"},
    {"DE-BDA", "DE", "'order.form':'electronic'", "2026-10-01T08:00:00Z", "DE-F7-ANSWER", NULL,
	.cite = "§ 22(5) TDDDG; § 174(6) TKG"},
    {"DE-100j-1", "DE", "'order.form':'electronic'", "2026-10-01T08:00:00Z", "DE-UNVERZUEGLICH",
	NULL, .cite = "§ 100j(5) StPO"},
    {"DE-100j-3", "DE", DE_URGENT ",'order.issued':'2026-10-01'", "2026-10-01T08:00:00Z",
	"DE-100j-3-CONFIRM", NULL, .cite = "§ 100j(3) StPO"},
    /* issued on Wednesday: Thursday, Monday after both days of Christmas and a Sunday, Tuesday */
    {"DE-100k-1", "DE", DE_URGENT ",'order.issued':'2026-12-23'", "2026-12-23T10:00:00Z",
	"DE-100k-CONFIRM", "2026-12-29T22:59:59Z", .cite = "§§ 100k, 101a(1a), 100e(1) S. 3 StPO"},
    /* issued on Maundy Thursday: Good Friday and Easter Monday do not count, the clock was put
     * forward on Sunday: Tuesday, Wednesday, Thursday */
    {"DE-100g-1", "DE", DE_URGENT ",'order.issued':'2027-03-25'", "2027-03-25T10:00:00Z",
	"DE-100g-CONFIRM", "2027-04-01T21:59:59Z", .cite = "§§ 100g, 101a(1), 100e(1) S. 3 StPO"},
    /* issued on Friday; Tuesday is the Day of German Unity: Monday, Wednesday, Thursday */
    {"DE-100a", "DE", DE_URGENT ",'order.issued':'2028-09-29'", "2028-09-29T10:00:00Z",
	"DE-100a-CONFIRM", "2028-10-05T21:59:59Z", .cite = "§ 100e(1) S. 3 StPO"},
    /* three months from the last of November: February has no 30th */
    {"DE-100a", "DE", "'order.issuer':'court','order.issued':'2026-11-30'", "2026-12-01T10:00:00Z",
	"DE-100a-TERM", "2027-02-28T22:59:59Z", .cite = "§ 100e(1) S. 4 StPO; § 188(3) BGB"},
    /* six months from the last of August, in a leap year */
    {"DE-95a", "DE", "'order.issuer':'court','order.issued':'2027-08-31'", "2027-09-01T10:00:00Z",
	"DE-95a-TERM", "2028-02-29T22:59:59Z", .cite = "§ 95a StPO; § 188(3) BGB"},
    {"DE-100a", "DE", "'order.issuer':'court','order.issued':'2026-12-21'", "2026-12-21T10:00:00Z",
	"DE-TKUEV-12-FAX", "2026-12-28T22:59:59Z", .cite = "§ 12(2) TKÜV", .channel = "fax"},
    /* ---- European Union ---- */
    {"EU-DSA-10", "FR", "", "2027-01-04T10:00:00Z", "DSA-10-1-RECEIPT", NULL,
	.cite = "Art. 10(1) Reg. (EU) 2022/2065"},
    {"EU-DSA-10", "FR", "", "2027-01-04T10:00:00Z", "DSA-10-1-EFFECT", NULL,
	.cite = "Art. 10(1) Reg. (EU) 2022/2065"},
    {"EU-DSA-10", "FR", "'order.secrecy':false", "2027-01-04T10:00:00Z", "DSA-10-5", NULL,
	.cite = "Art. 10(5) Reg. (EU) 2022/2065"},
    {"EU-EPOC", "FR", STORY_EPOC, "2027-12-20T08:00:00Z", "EE-10-1", NULL,
	.cite = "Art. 10(1) Reg. (EU) 2023/1543"},
    /* not notified: ten days, to a Saturday, which no text moves */
    {"EU-EPOC", "FR", "'order.eu_notified':false,'order.emergency':false", "2027-05-05T08:00:00Z",
	"EE-10-3", "2027-05-15T21:59:59Z", .cite = "Art. 10(3) Reg. (EU) 2023/1543"},
    /* eight hours are eight hours, in the night in which the clock is put back too */
    {"EU-EPOC", "FR", "'order.emergency':true", "2027-10-30T20:00:00Z", "EE-10-4",
	"2027-10-31T04:00:00Z", .cite = "Art. 10(4) Reg. (EU) 2023/1543"},
    /* ten days after the day of receipt, over a leap day: 9 are left in February */
    {"EU-EPOC", "FR", "'order.eu_conflict':true", "2028-02-20T08:00:00Z", "EE-17-2",
	"2028-03-01T22:59:59Z", .cite = "Art. 17(2) Reg. (EU) 2023/1543"},
    {"EU-EPOC-PR", "FR", "'order.eu_extended':false", "2026-09-15T08:00:00Z", "EE-11-1-PRESERVE",
	NULL, .cite = "Art. 11(1) Reg. (EU) 2023/1543"},
    {"EU-EPOC-PR", "FR", "'order.eu_clarification_asked':'2026-12-24T09:00:00Z'",
	"2026-12-23T08:00:00Z", "EE-11-5-SILENCE", "2026-12-29T22:59:59Z",
	.cite = "Art. 11(5) Reg. (EU) 2023/1543"},
    /* ---- United Kingdom ---- */
    /* seven days beginning with the day of service: the seventh is the 7th */
    {"UK-COPO", "GB", "'order.issued':'2027-03-30'", "2027-04-01T08:00:00Z", "UK-COPO-7-DAYS",
	"2027-04-07T21:59:59Z", .cite = "Crime (Overseas Production Orders) Act 2019, s.5(5)"},
    /* what follows to UK-116 is not verified, and shows the day after the one that the law counts:
     * the sentence beside the clock says so */
    {"UK-COPO", "GB", "'order.issued':'2026-10-05'", "2026-10-06T08:00:00Z", "UK-COPO-3-MONTHS",
	"2027-01-05T22:59:59Z", .cite = "Crime (Overseas Production Orders) Act 2019, s.9(1)"},
    {"UK-DRN", "GB", "'order.issued':'2026-09-10'", "2026-09-15T08:00:00Z", "UK-87-TWO-YEARS",
	"2028-09-10T21:59:59Z", .cite = "Investigatory Powers Act 2016, s.87(6A)", NATIONAL},
    {"UK-TCN", "GB", "'order.issued':'2026-09-10'", "2026-09-15T08:00:00Z", "UK-255-TWO-YEARS",
	"2028-09-10T21:59:59Z", .cite = "Investigatory Powers Act 2016, s.255(5A)", NATIONAL},
    {"UK-CD-60A", "GB", "'order.issued':'2027-01-31'", "2027-02-01T08:00:00Z", "UK-65-MONTH",
	"2027-02-28T22:59:59Z", .cite = "Investigatory Powers Act 2016, s.65(1)"},
    {"UK-INT", "GB", "'order.issued':'2026-10-15','order.emergency':false", "2026-10-16T08:00:00Z",
	"UK-32-MONTHS", "2027-04-15T21:59:59Z", .cite = "Investigatory Powers Act 2016, s.32(2)(b)",
	NATIONAL},
    {"UK-TEI", "GB", "'order.issued':'2026-10-15','order.emergency':false", "2026-10-16T08:00:00Z",
	"UK-116-MONTHS", "2027-04-15T21:59:59Z", .cite = "Investigatory Powers Act 2016, s.116",
	NATIONAL},
    /* three days beginning with the day of the grant, and New Year's Day moves nothing */
    {"UK-CD-61A", "GB", "'order.issued':'2027-12-30'", "2027-12-30T08:00:00Z", "UK-65-3-DAYS",
	"2028-01-01T22:59:59Z", .cite = "Investigatory Powers Act 2016, s.65(3A)"},
    /* ---- United States, in real time ---- */
    /* 27 days are left of January, 28 of February, 5 of March */
    {"US-PRTT", "US", "'order.issued':'2027-01-04'", "2027-01-05T15:00:00Z", "D-PRTT-END",
	"2027-03-05T22:59:59Z", .cite = "18 USC 3123(c)(1)"},
    {"US-PRTT-EMERG", "US", "'order.us_began':'2027-03-13T15:00:00Z'", "2027-03-13T14:00:00Z",
	"D-PRTT-48H", "2027-03-15T15:00:00Z", .cite = "18 USC 3125(a)"},
    /* thirty days from the first interception, and forty from the order: not verified both */
    {"US-T3", "US", "'order.issued':'2027-06-01','order.us_began':'2027-06-03T15:00:00Z'",
	"2027-06-02T15:00:00Z", "D-T3-END", "2027-07-03T21:59:59Z", .cite = "18 USC 2518(5)"},
    {"US-T3", "US", "'order.issued':'2027-06-01','order.emergency':false", "2027-06-02T15:00:00Z",
	"D-T3-END-ENTERED", "2027-07-11T21:59:59Z", .cite = "18 USC 2518(5)"},
    {"US-T3", "US", "'order.us_began':'2027-06-03T15:00:00Z','order.emergency':true",
	"2027-06-03T14:00:00Z", "D-T3-48H", "2027-06-05T15:00:00Z", .cite = "18 USC 2518(7)"},
    /* fourteen days after the customer was told; nothing leaves before */
    {"US-BACKUP", "US", "'order.us_customer_notice':'2026-12-18'", "2026-12-01T15:00:00Z",
	"D-BACKUP-RELEASE", NULL, .cite = "18 USC 2704(a)(4)",
	.not_before = "2027-01-01T22:59:59Z"}};

/* § 12(1) TKÜV binds who has more than 100,000 customers: the house of the other cases has not. */
static const struct run at_a_large_one = {"DE-100a", "DE",
    "'order.issuer':'court','order.de_announced':'2027-03-27T21:30:00Z'", "2027-03-27T21:00:00Z",
    "DE-TKUEV-12-RECEIVE", "2027-03-28T03:30:00Z", .cite = "§ 12(1) TKÜV"};

static struct str shown(struct ctx *c, struct instant t)
{
	return instant_is_none(t) ? STR("no end") : instant_str(c, t);
}

static void same(
    struct story *st, const struct run *r, const char *what, struct instant got, const char *want)
{
	struct str s = shown(st->c, got);

	if (!str_is(s, want == NULL ? "no end" : want))
		fail_msg("%s of %s from %s: %s, want %s (%s)", what, r->clock, r->received, s.p,
		    want == NULL ? "no end" : want, r->cite);
}

static void on_a_case(struct story *st, const struct run *r)
{
	const struct person *who = r->sealed ? &st->named : &st->intake;
	const struct clock *clock = NULL;
	struct legal_order o;
	struct instant t;
	struct gate g;

	assert_ok(st->c, instant_parse(st->c, str_of(r->received), &t));
	st->c->fixed_now = t.s;
	struct matter m = story_case_by(st, who,
	    (struct story_ask){.instrument = r->instrument,
		.country = r->country,
		.body = r->body,
		.channel = r->channel,
		.facts = r->facts,
		.fields = "'name'",
		.received = r->received},
	    &o);
	assert_ok(st->c, gate_clocks(st->c, st->in, &m, &o, &g));
	for (size_t k = 0; k < g.now.n_clocks; k++)
		if (str_is(g.now.clocks[k].id, r->clock))
			clock = &g.now.clocks[k];
	if (clock == NULL || clock->unknown)
		fail_msg("%s: the case has no such clock", r->clock);
	same(st, r, "the end", clock->latest, r->ends);
	same(st, r, "the earliest instant", clock->earliest, r->not_before);
	if (r->ends == NULL && r->not_before == NULL)
		assert_true(clock->counts_up);
}

static void one_of_each(void **state)
{
	struct story *st = *state;

	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
		on_a_case(st, &runs[i]);
}

static void at_a_large_provider(void **state)
{
	struct story *st = *state;
	struct str dir = str_fmt(st->c, "%s/i", st->dir), yaml = str_of(story_yaml), large;
	const char *class = strstr(story_yaml, "tk_small");

	assert_non_null(class);
	large = str_fmt(
	    st->c, "%.*stk_large%s", (int)(class - yaml.p), yaml.p, class + sizeof "tk_small" - 1);
	instance_close(&st->in);
	assert_ok(
	    st->c, file_write_atomic(st->c, str_fmt(st->c, "%s/writ.yaml", dir.p).p, 0600, large));
	assert_ok(st->c, instance_open(st->c, dir, SQL_ROLE_ALL, &st->in));
	on_a_case(st, &at_a_large_one);
}

static bool has_line(struct str clock)
{
	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
		if (str_is(clock, runs[i].clock))
			return true;
	return str_is(clock, at_a_large_one.clock);
}

static void each_clock_has_its_day(void **state)
{
	struct story *st = *state;
	const struct law *law = st->in->law;

	for (size_t p = 0; p < law->n_packs; p++)
		for (size_t k = 0; k < law->packs[p]->n_clocks; k++)
			if (!has_line(law->packs[p]->clocks[k].id))
				fail_msg("%s has no day here", law->packs[p]->clocks[k].id.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {STORY_TEST(one_of_each), STORY_TEST(at_a_large_provider),
	    STORY_TEST(each_clock_has_its_day)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
