/* On call: who is, whether every hour is covered, who is called when, and who takes it. */
#include "desk_story.h"

#include "desk/oncall.h"

static const struct story_ask emergency = {.instrument = "US-WARRANT",
    .facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
	     "'order.us_user_foreign':false,'order.us_2705b':false,'order.capability':false,"
	     "'order.emergency':true",
    .fields = "'name'"};

static void shifts_as_text(void **state)
{
	static const char *const bad[] = {"", "Mon", "Mon 08:00", "Mon 8:00-Tue 08:00",
	    "Mon 08:00-Tue 24:00", "Mon 08:60-Tue 08:00", "Day 08:00-Tue 08:00",
	    "Mon 08:00 Tue 08:00"};
	struct story *st = *state;
	struct oncall_shift s[2];
	size_t n;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(
		    st->c, oncall_shift_parse(st->c, str_of(bad[i]), s, &n), ERR_INVALID, "shift");
	assert_ok(st->c, oncall_shift_parse(st->c, STR("mon 08:00-Tue 09:30"), s, &n));
	assert_int_equal(n, 1);
	assert_int_equal(s[0].from, 480);
	assert_int_equal(s[0].to, 1440 + 570);
	assert_str(oncall_shift_str(st->c, &s[0]), "Mon 08:00-Tue 09:30");
	assert_ok(st->c, oncall_shift_parse(st->c, STR("Sun 20:00-Mon 08:00"), s, &n));
	assert_int_equal(n, 2);
	assert_int_equal(s[0].to, ONCALL_WEEK);
	assert_int_equal(s[1].from, 0);
	assert_int_equal(s[1].to, 480);
	assert_ok(st->c, oncall_shift_parse(st->c, STR("Sat 00:00-Mon 00:00"), s, &n));
	assert_int_equal(n, 1);
	assert_str(oncall_shift_str(st->c, &s[0]), "Sat 00:00-Mon 00:00");
}

static void shift(struct story *st, const char *name, int rank, const char *when)
{
	assert_ok(
	    st->c, oncall_shift_add(st->c, st->in, &st->counsel, str_of(name), rank, str_of(when)));
}

static struct instant berlin(int day, int hour, int minute)
{
	struct day d;

	if (!day_make(2026, 9, day, &d))
		fail_msg("no such day");
	return instant_at(d, (hour * 60 + minute) * 60);
}

static struct oncall_plan plan_of(struct story *st)
{
	struct oncall_plan p;

	assert_ok(st->c, oncall_plan(st->c, st->in, (struct instant){STORY_NOW}, &p));
	return p;
}

/* 2026-09-15 is a Tuesday. */
static void who_is_on_call(void **state)
{
	struct story *st = *state;
	struct oncall_plan p;
	int64_t who[4];

	shift(st, "ann", 1, "Mon 08:00-Fri 18:00");
	shift(st, "bob", 2, "Mon 00:00-Mon 00:00");
	p = plan_of(st);
	assert_int_equal(oncall_at(&p, berlin(15, 12, 0), who, 4), 2);
	assert_int_equal(who[0], st->ann.id);
	assert_int_equal(who[1], st->bob.id);
	assert_int_equal(oncall_at(&p, berlin(18, 17, 59), who, 4), 2);
	assert_int_equal(oncall_at(&p, berlin(18, 18, 0), who, 4), 1);
	assert_int_equal(who[0], st->bob.id);
	assert_ok(st->c, oncall_change_add(st->c, st->in, &st->counsel, STR("ann"), 0,
			     berlin(16, 0, 0), berlin(17, 0, 0)));
	assert_ok(st->c, oncall_change_add(st->c, st->in, &st->counsel, STR("intake"), 1,
			     berlin(16, 0, 0), berlin(17, 0, 0)));
	p = plan_of(st);
	assert_int_equal(oncall_at(&p, berlin(16, 12, 0), who, 4), 2);
	assert_int_equal(who[0], st->intake.id);
	assert_int_equal(oncall_at(&p, berlin(17, 0, 0), who, 4), 2);
	assert_int_equal(who[0], st->ann.id);
	assert_ok(st->c, oncall_change_drop(st->c, st->in, &st->admin, p.changes[0].id));
	assert_err(st->c, oncall_change_drop(st->c, st->in, &st->admin, 999), ERR_NOTFOUND, "line");
	assert_err(st->c,
	    oncall_shift_add(
		st->c, st->in, &st->ann, STR("publisher"), 1, STR("Mon 08:00-Tue 08:00")),
	    ERR_DENIED, "works on cases");
	assert_err(st->c,
	    oncall_shift_add(st->c, st->in, &st->intake, STR("ann"), 1, STR("Mon 08:00-Tue 08:00")),
	    ERR_DENIED, "list of people");
	assert_err(st->c,
	    oncall_shift_add(st->c, st->in, &st->ann, STR("ann"), 0, STR("Mon 08:00-Tue 08:00")),
	    ERR_INVALID, "rank");
}

/* Two people, eight hours: nights of eight hours may be free, nine may not. */
static void two_people_eight_hours(void **state)
{
	struct story *st = *state;
	struct oncall_check k;
	struct oncall_plan p = plan_of(st);
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

	oncall_check(st->c, &p, (struct instant){STORY_NOW}, &k);
	assert_int_equal(k.n_gaps, 1);
	assert_int_equal(k.people, 0);
	for (int d = 0; d < 7; d++)
		shift(st, d % 2 == 0 ? "ann" : "bob", 1,
		    str_fmt(st->c, "%s 06:00-%s 22:00", days[d], days[d]).p);
	p = plan_of(st);
	oncall_check(st->c, &p, (struct instant){STORY_NOW}, &k);
	assert_int_equal(k.n_gaps, 0);
	assert_int_equal(k.people, 2);
	assert_int_equal(k.longest, ONCALL_GAP);
	/* one day's leave */
	assert_ok(st->c, oncall_change_add(st->c, st->in, &st->counsel, STR("bob"), 0,
			     berlin(17, 0, 0), berlin(18, 0, 0)));
	p = plan_of(st);
	oncall_check(st->c, &p, (struct instant){STORY_NOW}, &k);
	assert_int_equal(k.n_gaps, 1);
	assert_int_equal(k.gaps[0].from.s, berlin(16, 22, 0).s);
	assert_int_equal(k.gaps[0].to.s, berlin(18, 6, 0).s);
}

/* Each night when the clocks change is covered to its last minute. */
static void the_clocks_change(void **state)
{
	struct story *st = *state;
	struct oncall_plan p;
	struct day d;
	int64_t who[2];

	shift(st, "ann", 1, "Mon 00:00-Mon 00:00");
	p = plan_of(st);
	assert_true(day_make(2026, 10, 25, &d));
	for (int64_t t = instant_at(d, 0).s; t < instant_at(day_add(d, 1), 0).s; t += 60)
		assert_int_equal(oncall_at(&p, (struct instant){t}, who, 2), 1);
}

struct calls {
	struct oncall_call v[8];
	size_t n;
};

static int note_call(struct ctx *c, const struct oncall_call *call, void *arg)
{
	struct calls *l = arg;

	(void)c;
	if (l->n < 8)
		l->v[l->n++] = *call;
	return 0;
}

static struct calls due(struct story *st)
{
	struct calls l = {.n = 0};

	assert_ok(
	    st->c, oncall_due(st->c, st->in, (struct instant){st->c->fixed_now}, note_call, &l));
	return l;
}

static void called(struct story *st, const struct oncall_call *call, bool mine)
{
	bool got;

	assert_ok(
	    st->c, oncall_called(st->c, st->in, call, (struct instant){st->c->fixed_now}, &got));
	assert_int_equal(got, mine);
}

static void one_after_the_other(void **state)
{
	struct story *st = *state;
	struct story_mark m;
	struct id other = id_make(st->c);
	struct calls l;
	struct str page;

	shift(st, "ann", 1, "Mon 00:00-Mon 00:00");
	shift(st, "bob", 2, "Mon 00:00-Mon 00:00");
	(void)story_receive_by(st, &st->intake,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"});
	assert_int_equal(due(st).n, 0);
	(void)story_receive_by(st, &st->intake, emergency);
	l = due(st);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.v[0].turn, 1);
	assert_int_equal(l.v[0].person, st->ann.id);
	/* asked again, the same; noted by one worker only */
	assert_int_equal(due(st).v[0].turn, 1);
	called(st, &l.v[0], true);
	called(st, &l.v[0], false);
	assert_int_equal(due(st).n, 0);
	st->c->fixed_now += ONCALL_ESCALATE - 1;
	assert_int_equal(due(st).n, 0);
	st->c->fixed_now += 1;
	l = due(st);
	assert_int_equal(l.v[0].turn, 2);
	assert_int_equal(l.v[0].person, st->bob.id);
	called(st, &l.v[0], true);
	st->c->fixed_now += ONCALL_ESCALATE;
	l = due(st);
	assert_int_equal(l.v[0].turn, 3);
	assert_int_equal(l.v[0].person, st->ann.id);
	page = l.v[0].page;
	m = story_mark(st);
	assert_err(st->c, oncall_ack(st->c, st->in, &st->auditor, page), ERR_DENIED, "page");
	assert_err(
	    st->c, oncall_ack(st->c, st->in, &st->bob, id_str(&other)), ERR_NOTFOUND, "reference");
	story_untouched(st, m);
	assert_ok(st->c, oncall_ack(st->c, st->in, &st->bob, page));
	story_wrote(st, m, "paging.acknowledge");
	assert_int_equal(due(st).n, 0);
	assert_err(st->c, oncall_ack(st->c, st->in, &st->ann, page), ERR_CONFLICT, "already");
	story_refused(
	    st, "UPDATE paging SET taker = 1, rev = rev + 1, entry = " STORY_ENTRY, "once");
}

/* Nobody on call is no reason to call nobody; a sealed one calls only who may know of it. */
static void somebody_is_called(void **state)
{
	struct story *st = *state;
	struct story_ask sealed = {.instrument = "US-NSL",
	    .facts = STORY_NSL ",'order.emergency':true",
	    .fields = "'name'"};
	struct calls l;

	(void)story_receive_by(st, &st->intake, emergency);
	l = due(st);
	assert_int_equal(l.n, 1);
	assert_true(l.v[0].person == st->intake.id);
	shift(st, "bob", 1, "Sat 00:00-Sun 00:00");
	l = due(st);
	assert_int_equal(l.v[0].person, st->bob.id);
	(void)story_receive_by(st, &st->named, sealed);
	l = due(st);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.v[1].person, st->named.id);
	called(st, &l.v[1], true);
	st->c->fixed_now += ONCALL_ESCALATE;
	l = due(st);
	assert_int_equal(l.v[1].person, st->named_second.id);
	assert_err(st->c, oncall_ack(st->c, st->in, &st->bob, l.v[1].page), ERR_NOTFOUND, "page");
	assert_ok(st->c, oncall_ack(st->c, st->in, &st->named_second, l.v[1].page));
}

static int begin(void **state)
{
	*state = story_open();
	return 0;
}

static int end(void **state)
{
	story_close(*state);
	return 0;
}

#define call_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    call_test(shifts_as_text),
	    call_test(who_is_on_call),
	    call_test(two_people_eight_hours),
	    call_test(the_clocks_change),
	    call_test(one_after_the_other),
	    call_test(somebody_is_called),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
