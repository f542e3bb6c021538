/*
 * The statement: who writes, clears and publishes; what is refused; what belongs on the page of a
 * day; and that sealed matters change no answer.
 */
#include "desk_story.h"

#include "desk/edition.h"
#include "desk/statement.h"

static struct story *st;
static struct ctx *c;
static struct person second; /* another publisher */

static int open_story(void **state)
{
	(void)state;
	st = story_open();
	c = st->c;
	second = story_person(st, "second", ROLE_PUBLISHER, false, 1010);
	return 0;
}

static int close_story(void **state)
{
	(void)state;
	story_close(st);
	return 0;
}

static struct day day(const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(z), &d));
	return d;
}

static void on(const char *z)
{
	c->fixed_now = instant_at(day(z), 12 * 3600).s;
}

/* A piece that lacks nothing. */
static struct statement_new piece(enum statement_part part)
{
	struct statement_new n = {.part = part, .day = DAY_NONE, .until = DAY_NONE};

	n.words[WORDING_EN] = (struct wording){.title = STR("A title"), .text = STR("A text.")};
	if (part == STATEMENT_PROCEEDING)
		n.kind = STR("suit");
	if (part == STATEMENT_RESTRAINT)
		n.citation = STR("a law");
	return n;
}

static struct statement propose(const struct person *by, const struct statement_new *n)
{
	struct statement s;

	assert_ok(c, statement_propose(c, st->in, by, n, &s));
	assert_int_equal(s.state, STATEMENT_PROPOSED);
	return s;
}

static struct statement published(const struct statement_new *n)
{
	struct statement s = propose(&st->publisher, n), out;

	if (n->part == STATEMENT_NEVER || n->part == STATEMENT_RESTRAINT)
		assert_ok(c, statement_clear(c, st->in, &st->named, s.ref, &out));
	assert_ok(c, statement_publish(c, st->in, &second, s.ref, &out));
	return out;
}

static void refuse(const struct statement_new *n, int code, const char *part)
{
	struct story_mark before = story_mark(st);
	struct statement s;

	assert_err(c, statement_propose(c, st->in, &st->publisher, n, &s), code, part);
	assert_int_equal(story_mark(st).version, before.version);
}

static bool stands(struct str ref)
{
	struct statements all;

	assert_ok(c, statement_all(c, st->in, &all));
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].ref, ref))
			return statement_stands(
			    &all, &all.v[i], instant_day((struct instant){ctx_now(c)}));
	fail_msg("%s is not there", ref.p);
	return false;
}

static const char *word(struct str ref)
{
	struct statements all;

	assert_ok(c, statement_all(c, st->in, &all));
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].ref, ref))
			return statement_word(
			    &all, &all.v[i], instant_day((struct instant){ctx_now(c)}));
	return "";
}

static void test_two_persons(void **state)
{
	struct statement_new n = piece(STATEMENT_UPDATE);
	const struct person *none[] = {
	    &st->admin, &st->intake, &st->ann, &st->collector, &st->auditor};
	const struct person *no_publisher[] = {
	    &st->counsel, &st->named, &st->named_second, &st->ann};
	struct statement s, out;
	struct story_mark before;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_err(
		    c, statement_propose(c, st->in, none[i], &n, &s), ERR_DENIED, "publisher");
	s = propose(&st->publisher, &n);
	assert_err(c, statement_publish(c, st->in, &st->publisher, s.ref, &out), ERR_DENIED,
	    "another person");
	for (size_t i = 0; i < sizeof no_publisher / sizeof no_publisher[0]; i++)
		assert_err(c, statement_publish(c, st->in, no_publisher[i], s.ref, &out),
		    ERR_DENIED, "publisher");
	before = story_mark(st);
	assert_ok(c, statement_publish(c, st->in, &second, s.ref, &out));
	assert_int_equal(out.number, 1);
	assert_int_equal(story_mark(st).entries, before.entries + 1);
	before = story_mark(st);
	assert_ok(c, statement_publish(c, st->in, &second, s.ref, &out));
	assert_int_equal(story_mark(st).version, before.version);
	assert_int_equal(published(&n).number, 2);
	/* what counsel writes, a publisher publishes */
	s = propose(&st->counsel, &n);
	assert_ok(c, statement_publish(c, st->in, &st->publisher, s.ref, &out));
	assert_int_equal(out.number, 3);
	assert_ok(c, statement_find(c, st->in, &st->auditor, STR("3"), &out));
	assert_str(out.ref, s.ref.p);
	assert_err(c, statement_find(c, st->in, &st->ann, STR("3"), &out), ERR_DENIED, "publisher");
	assert_err(c, statement_find(c, st->in, &second, STR("4"), &out), ERR_NOTFOUND, "");
	assert_err(c, statement_find(c, st->in, &second, STR("-1"), &out), ERR_NOTFOUND, "");
	assert_err(c, statement_find(c, st->in, &second, STR("x"), &out), ERR_INVALID, "");
}

static void test_cleared(void **state)
{
	enum statement_part parts[] = {STATEMENT_NEVER, STATEMENT_RESTRAINT};
	const struct person *no_counsel[] = {
	    &st->publisher, &second, &st->counsel, &st->ann, &st->admin};
	struct statement s, out;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct statement_new n = piece(parts[i]);

		s = propose(&st->publisher, &n);
		assert_err(c, statement_publish(c, st->in, &second, s.ref, &out), ERR_DENIED,
		    statement_waits(STATEMENT_NEVER));
		for (size_t k = 0; k < sizeof no_counsel / sizeof no_counsel[0]; k++)
			assert_err(c, statement_clear(c, st->in, no_counsel[k], s.ref, &out),
			    ERR_DENIED, "clearing a sentence");
		/* counsel who refuses does nothing, and cannot do more */
		assert_err(c, statement_withdraw(c, st->in, &st->named_second, s.ref, &out),
		    ERR_DENIED, "would tell");
		assert_ok(c, statement_clear(c, st->in, &st->named_second, s.ref, &out));
		assert_err(c, statement_clear(c, st->in, &st->named_second, s.ref, &out),
		    ERR_CONFLICT, "not waiting");
		assert_ok(c, statement_publish(c, st->in, &second, s.ref, &out));
		assert_true(stands(s.ref));
	}
	s = propose(&st->publisher, &(struct statement_new){.part = STATEMENT_UPDATE,
					.day = DAY_NONE,
					.until = DAY_NONE,
					.words = {{.title = STR("a"), .text = STR("b")}}});
	assert_err(
	    c, statement_clear(c, st->in, &st->named, s.ref, &out), ERR_CONFLICT, "only never");
}

static void test_term(void **state)
{
	struct statement_new n = piece(STATEMENT_NEVER);
	struct statement a, b, out;

	(void)state;
	n.until = day("2027-09-16");
	refuse(&n, ERR_INVALID, "a year at most");
	n.until = day("2026-09-15");
	refuse(&n, ERR_INVALID, "a year at most");
	n.day = day("2026-09-16");
	refuse(&n, ERR_INVALID, "a day to come");
	n = piece(STATEMENT_NEVER);
	a = published(&n);
	assert_str(day_str(c, a.until), "2027-09-15");
	b = propose(&st->publisher, &n);
	on("2027-09-15");
	assert_true(stands(a.ref));
	assert_str(str_of(word(a.ref)), "published");
	assert_str(str_of(word(b.ref)), "waiting");
	on("2027-09-16");
	assert_false(stands(a.ref));
	assert_str(str_of(word(a.ref)), "no longer stated");
	assert_str(str_of(word(b.ref)), "no longer stated");
	/* as if it had been withdrawn */
	assert_err(
	    c, statement_publish(c, st->in, &second, a.ref, &out), ERR_CONFLICT, "not waiting");
	assert_err(
	    c, statement_withdraw(c, st->in, &second, a.ref, &out), ERR_CONFLICT, "not waiting");
	assert_err(
	    c, statement_clear(c, st->in, &st->named, b.ref, &out), ERR_CONFLICT, "not waiting");
	/* that its time is over is told of nothing that waits */
	assert_err(c, statement_publish(c, st->in, &second, b.ref, &out), ERR_DENIED, "it waits");
	/* cleared, and out of time before it was published */
	n = piece(STATEMENT_NEVER);
	n.until = day("2027-09-17");
	b = propose(&st->publisher, &n);
	assert_ok(c, statement_clear(c, st->in, &st->named, b.ref, &out));
	on("2027-09-18");
	assert_err(
	    c, statement_publish(c, st->in, &second, b.ref, &out), ERR_CONFLICT, "not waiting");
}

static void test_ends_alike(void **state)
{
	struct statement_new n = piece(STATEMENT_NEVER), again = n;
	struct statement a = published(&n), b = published(&n), d, out;

	(void)state;
	assert_ok(c, statement_withdraw(c, st->in, &st->counsel, a.ref, &out));
	again.replaces = b.ref;
	d = published(&again);
	assert_str(str_of(word(a.ref)), "no longer stated");
	assert_str(str_of(word(b.ref)), "no longer stated");
	assert_true(stands(d.ref));
	assert_ok(c, statement_withdraw(c, st->in, &second, d.ref, &out));
	assert_false(stands(b.ref));
	assert_false(stands(d.ref));
	assert_err(
	    c, statement_withdraw(c, st->in, &second, d.ref, &out), ERR_CONFLICT, "not waiting");
	assert_err(
	    c, statement_publish(c, st->in, &second, d.ref, &out), ERR_CONFLICT, "not waiting");
}

static void test_stands_for_ever(void **state)
{
	struct statement_new n = piece(STATEMENT_UPDATE), p = piece(STATEMENT_PROCEEDING);
	struct statement u = published(&n), v = published(&p), w, out;

	(void)state;
	assert_err(c, statement_withdraw(c, st->in, &second, u.ref, &out), ERR_CONFLICT, "stands");
	assert_err(c, statement_withdraw(c, st->in, &second, v.ref, &out), ERR_CONFLICT, "stands");
	n.replaces = STR("1");
	w = published(&n);
	assert_int_equal(w.replaces, u.id);
	assert_true(stands(u.ref));
	p.follows = v.ref;
	assert_int_equal(published(&p).follows, v.id);
	story_refused(st, "UPDATE statement SET text_en = 'x', rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st,
	    "UPDATE statement SET state = 'withdrawn', rev = rev + 1, entry = " STORY_ENTRY
	    " WHERE number = 1",
	    "stands");
	/* one that is not out yet is nothing to stand on */
	n.replaces = propose(&st->publisher, &n).ref;
	w = propose(&st->publisher, &n);
	assert_err(c, statement_publish(c, st->in, &second, w.ref, &out), ERR_CONFLICT,
	    "is not published yet");
	assert_ok(c, statement_withdraw(c, st->in, &st->publisher, w.ref, &out));
	assert_str(str_of(word(w.ref)), "withdrawn");
}

static void test_sorts(void **state)
{
	struct statement_new n = piece(STATEMENT_UPDATE);

	(void)state;
	n.kind = STR("suit");
	refuse(&n, ERR_INVALID, "--kind: only");
	n = piece(STATEMENT_UPDATE);
	n.words[WORDING_EN].text = STR("");
	refuse(&n, ERR_INVALID, "--en: an update has a text");
	n.words[WORDING_EN].title = STR("");
	refuse(&n, ERR_INVALID, "one language at least");
	n = piece(STATEMENT_UPDATE);
	n.words[WORDING_DE] =
	    (struct wording){.title = STR("a"), .text = STR("b"), .outcome = STR("c")};
	refuse(&n, ERR_INVALID, "--de: only a proceeding");
	n = piece(STATEMENT_UPDATE);
	n.until = day("2026-12-31");
	refuse(&n, ERR_INVALID, "--until: only");
	n = piece(STATEMENT_PROCEEDING);
	n.kind = STR("suit talks");
	refuse(&n, ERR_INVALID, "--kind");
	n.kind = STR("");
	refuse(&n, ERR_INVALID, "--kind");
	n = piece(STATEMENT_RESTRAINT);
	n.rule = STR("US-1874-A2");
	refuse(&n, ERR_INVALID, "--rule: a restraint names");
	n.citation = STR("");
	n.until = day("2026-09-14");
	refuse(&n, ERR_INVALID, "--until: before");
	n.until = DAY_NONE;
	n.editions = (const struct str[]){STR("2026H1")};
	n.n_editions = 1;
	refuse(&n, ERR_INVALID, "--edition: only");
	n = piece(STATEMENT_UPDATE);
	n.editions = (const struct str[]){STR("2026H1")};
	n.n_editions = 1;
	refuse(&n, ERR_NOTFOUND, "no edition 2026H1");
	n = piece(STATEMENT_UPDATE);
	n.replaces = published(&(struct statement_new){.part = STATEMENT_PROCEEDING,
				   .kind = STR("talks"),
				   .day = DAY_NONE,
				   .until = DAY_NONE,
				   .words = {{.title = STR("a")}}})
			 .ref;
	refuse(&n, ERR_INVALID, "--replaces: it names a piece of another sort");
	n.replaces = STR("9");
	refuse(&n, ERR_NOTFOUND, "--replaces: nothing");
}

/* The citation of a rule, of a bar and of a band structure; and one as it was entered. */
static void test_law(void **state)
{
	struct statement_new n = piece(STATEMENT_RESTRAINT);
	struct statement s = propose(&st->publisher, &n);

	(void)state;
	assert_str(s.law, "a law");
	assert_int_equal(s.law_id.n, 0);
	assert_false(s.law_verified);
	n.citation = STR("");
	n.rule = STR("US-1874-A2");
	s = propose(&st->publisher, &n);
	assert_non_null(strstr(str_z(c, s.law), "50 USC 1874"));
	assert_true(s.law_verified);
	n.rule = STR("US-COMB-2013");
	assert_false(propose(&st->publisher, &n).law_verified);
	n.rule = STR("G-NSL");
	assert_str(propose(&st->publisher, &n).law, "18 USC 2709(c)(1)(A)");
	n.rule = STR("US-2703-C2-SUBPOENA");
	assert_true(propose(&st->publisher, &n).law.n > 0);
	n.rule = STR("NO-SUCH");
	refuse(&n, ERR_NOTFOUND, "--rule");
}

static void test_edition(void **state)
{
	struct statement_new n = piece(STATEMENT_UPDATE);
	struct breaches b = {0};
	struct period p;
	struct edition e;
	struct statement s, out;

	(void)state;
	assert_ok(c, period_parse(c, STR("2026H1"), &p));
	assert_ok(c, edition_make(c, st->in, &st->publisher,
			 &(struct edition_new){.period = p, .as_of = DAY_NONE}, &e, &b));
	n.editions = (const struct str[]){STR("2026H1")};
	n.n_editions = 1;
	s = propose(&st->publisher, &n);
	assert_str(s.editions, "2026H1.1");
	assert_err(c, statement_publish(c, st->in, &second, s.ref, &out), ERR_CONFLICT,
	    "edition 2026H1.1 is not published yet");
	assert_ok(c, edition_publish(c, st->in, &st->publisher, e.id, &e));
	assert_ok(c, statement_publish(c, st->in, &second, s.ref, &out));
	assert_int_equal(out.number, 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, open_story, close_story)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_two_persons), T(test_cleared), T(test_term),
	    T(test_ends_alike), T(test_stands_for_ever), T(test_sorts), T(test_law),
	    T(test_edition)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
