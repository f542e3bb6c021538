/*
 * What lies in the portal (desk/laid.h, pin.h, fetch.h): who gets it, when, with what PIN; how it
 * ends; what the schema refuses whatever the program says.
 */
#include "check.h"

#include "desk/hold.h"
#include "desk/reseal.h"
#include "desk/transfer.h"
#include "officer_story.h"
#include "os/file.h"
#include "out/view_deliver.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};

static void ready(struct story *st, const struct legal_order *o)
{
	assert_ok(st->c, story_fact(st, o, "order.competent", "yes"));
	assert_ok(st->c, story_fact(st, o, "order.capability", "no"));
	assert_ok(st->c, story_fact(st, o, "order.us_user_foreign", "no"));
	story_approve(st, o);
}

struct scene {
	struct person pat, kim, out; /* two of one agency, one of another */
	struct str ref, prod, pin;
	const char *sealed;
	struct legal_order o;
	FILE *to;
};

static struct scene scene_of(struct story *st)
{
	struct scene s = {.sealed = str_fmt(st->c, "%s/sealed", st->dir).p, .to = tmpfile()};
	struct str a = officer_agency(st, "Police of A", "a.example"),
		   b = officer_agency(st, "Police of B", "b.example");
	struct produce_file f = story_file(st, 1);

	assert_non_null(s.to);
	s.pat = officer_active(st, "pat@a.example", a);
	s.kim = officer_active(st, "kim@a.example", a);
	s.out = officer_active(st, "out@b.example", b);
	s.ref = officer_submits(st, &s.pat, warrant, false);
	(void)officer_opened(st, s.ref, &s.o);
	ready(st, &s.o);
	assert_ok(st->c, file_write_atomic(st->c, s.sealed, 0600, STR("sealed")));
	assert_ok(st->c, story_produce_as(st, &st->collector, &s.o, &f, 1, &s.prod));
	s.pin = officer_laid(st, s.prod, str_of(s.sealed));
	return s;
}

static int fetches(struct story *st, const struct scene *s, const struct person *p, struct str pin)
{
	return officer_fetches(st, p, s->prod, pin, s->to, "fetched");
}

static void pledged(struct story *st, const struct scene *s, const struct person *p)
{
	assert_ok(st->c, fetch_pledge(st->c, st->in, p, s->ref, s->prod));
}

static struct json *seen(struct story *st, const struct scene *s)
{
	struct json *j;

	assert_ok(st->c, view_deliver_desk(st->c, st->in, &st->ann, s->prod, &j));
	return j;
}

/* How often the log has this. */
static int64_t logged(struct story *st, const struct scene *s, const char *what)
{
	const struct json *list = json_find(seen(st, s), "access");
	int64_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		if (str_is(json_text(list->at[i], "what"), what)) {
			const struct json *k = json_find(list->at[i], "n");

			n += k == NULL ? 1 : k->num;
		}
	return n;
}

/* ---- the way in ---- */

static void said_first_then_the_pin(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);

	assert_int_equal(s.pin.n, 11); /* two halves of five */
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "say first");
	assert_int_equal(story_num(st, "SELECT count(*) FROM download"), 0);
	pledged(st, &s, &s.pat);
	pledged(st, &s, &s.pat);
	assert_int_equal(story_num(st, "SELECT count(*) FROM pledge"), 1);
	assert_str(
	    story_text(st, "SELECT kind FROM entry ORDER BY id DESC LIMIT 1"), "production.pledge");
	assert_int_equal(
	    story_num(st, "SELECT actor FROM entry ORDER BY id DESC LIMIT 1"), s.pat.id);
	assert_err(st->c, fetches(st, &s, &s.pat, STR(" ")), ERR_INVALID, "pin");
	assert_int_equal(story_num(st, "SELECT tries FROM deposit_pin"), 0);
	assert_err(st->c, fetches(st, &s, &s.pat, STR("ABCDE-FGHJK")), ERR_DENIED, "not the PIN");
	assert_int_equal(story_num(st, "SELECT tries FROM deposit_pin"), 1);
	assert_ok(st->c, fetches(st, &s, &s.pat, s.pin));
	assert_int_equal(story_num(st, "SELECT tries FROM deposit_pin"), 0);
	assert_str(json_text(seen(st, &s), "in_portal"), "fetched");
	/* good for one whole download */
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "was used");
	assert_int_equal(story_num(st, "SELECT count(*) FROM download"), 1);
	assert_int_equal(logged(st, &s, "no_pledge"), 1);
	assert_int_equal(logged(st, &s, "wrong_pin"), 1);
	assert_int_equal(logged(st, &s, "pin_used"), 1);
	assert_int_equal(logged(st, &s, "fetched"), 1);
	assert_int_equal(logged(st, &s, "pledged"), 1);
}

/* As people write it: small letters, blanks, O for 0. */
static void pin_as_it_is_written(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct buf b = buf_init(st->c, 100);

	pledged(st, &s, &s.pat);
	for (size_t i = 0; i < s.pin.n; i++) {
		char ch = s.pin.p[i];

		if (ch == '-' || i == 2)
			buf_puts(&b, " ");
		if (ch != '-')
			buf_putc(&b, ch == '0'                ? 'o'
				     : ch == '1'              ? 'l'
				     : ch >= 'A' && ch <= 'Z' ? (char)(ch + 32)
							      : ch);
	}
	assert_ok(st->c, fetches(st, &s, &s.pat, buf_str(&b)));
}

static void locked_after_the_last(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct laid_made made;

	pledged(st, &s, &s.pat);
	for (int i = 0; i < 5; i++)
		assert_err(st->c, fetches(st, &s, &s.pat, str_fmt(st->c, "WRONG%05d", i)),
		    ERR_DENIED, "not the PIN");
	/* the right one too, and no more is counted */
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "too many wrong");
	assert_int_equal(story_num(st, "SELECT tries FROM deposit_pin"), 5);
	assert_str(json_text(seen(st, &s), "pin_state"), "locked");
	assert_err(
	    st->c, laid_pin(st->c, st->in, &st->publisher, s.prod, &made), ERR_DENIED, "role");
	assert_ok(st->c, laid_pin(st->c, st->in, &st->ann, s.prod, &made));
	assert_str(json_text(seen(st, &s), "pin_state"), "ready");
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "not the PIN");
	assert_ok(st->c, fetches(st, &s, &s.pat, made.pin));
	assert_int_equal(story_num(st, "SELECT pins FROM laid"), 2);
	/* an hour, an officer and a cause are one row */
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM portal_refusal WHERE what = 'wrong_pin'"), 1);
	assert_int_equal(story_num(st, "SELECT n FROM portal_refusal WHERE what = 'wrong_pin'"), 6);
}

/* Cut off: the same PIN again. While it runs nobody else has it. */
static void cut_off_and_again(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct fetch f;

	pledged(st, &s, &s.pat);
	assert_ok(st->c, fetch_begin(st->c, st->in, &s.pat, s.ref, s.prod, s.pin, &f));
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_CONFLICT, "runs already");
	assert_str(json_text(seen(st, &s), "pin_state"), "running");
	assert_ok(st->c, fetch_end(st->c, st->in, &f, 3, "cut_off"));
	assert_int_equal(logged(st, &s, "cut_off"), 1);
	assert_str(json_text(seen(st, &s), "in_portal"), "waiting");
	/* one whose process died is free after an hour */
	assert_ok(st->c, fetch_begin(st->c, st->in, &s.pat, s.ref, s.prod, s.pin, &f));
	st->c->fixed_now += 3601;
	assert_ok(st->c, fetches(st, &s, &s.pat, s.pin));
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "was used");
}

/* ---- whose it is ---- */

static void shared_links(void **state)
{
	static const char no[] = "no production has this reference";
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct json *j;

	assert_err(st->c, fetch_pledge(st->c, st->in, &s.out, s.ref, s.prod), ERR_NOTFOUND, no);
	assert_err(st->c, view_deliver_officer(st->c, st->in, &s.out, s.ref, s.prod, &j),
	    ERR_NOTFOUND, no);
	assert_err(st->c, fetches(st, &s, &s.kim, s.pin), ERR_NOTFOUND, no);
	assert_int_equal(logged(st, &s, "not_theirs"), 3);
	/* of another demand's address, or none: unknown, and nothing to note */
	assert_err(st->c, fetch_pledge(st->c, st->in, &s.pat, STR("2M4K-0P7Q-8XW3C"), s.prod),
	    ERR_NOTFOUND, no);
	assert_err(st->c, fetch_pledge(st->c, st->in, &s.pat, s.ref, STR("x")), ERR_NOTFOUND, no);
	assert_int_equal(logged(st, &s, "not_theirs"), 3);
	/* one who was sent away is known still */
	assert_ok(st->c, standing_officer(st->c, st->in, &st->intake, officer_of(st, &s.kim).ref,
			     STR("suspended"), STR("a call")));
	assert_err(st->c, fetches(st, &s, &s.kim, s.pin), ERR_DENIED, "vetted");
	assert_int_equal(logged(st, &s, "sent_away"), 1);
	/* who reads no case sees nobody */
	assert_err(st->c, view_deliver_desk(st->c, st->in, &st->publisher, s.prod, &j), ERR_DENIED,
	    "role");
}

static void not_while_it_is_stopped(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct fetch f;
	bool runs;

	pledged(st, &s, &s.pat);
	assert_ok(st->c, fetch_begin(st->c, st->in, &s.pat, s.ref, s.prod, s.pin, &f));
	assert_ok(st->c, fetch_runs(st->c, st->in, f.laid, &runs));
	assert_true(runs);
	assert_ok(
	    st->c, hold_challenge(st->c, st->in, &st->counsel, &s.o, STR("order"), STR("ground")));
	assert_ok(st->c, fetch_runs(st->c, st->in, f.laid, &runs));
	assert_false(runs);
	assert_ok(st->c, fetch_end(st->c, st->in, &f, 0, "stopped"));
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "is stopped");
	assert_int_equal(logged(st, &s, "stopped"), 2);
	assert_int_equal(story_num(st, "SELECT tries FROM deposit_pin"), 0);
}

/* ---- its end ---- */

static void ends_with_its_day(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	int64_t until = story_num(st, "SELECT until FROM laid"), n = -1;
	struct str blob = story_text(st, "SELECT blob FROM deposit");
	struct day today = instant_day((struct instant){st->c->fixed_now});

	blob = str_fmt(
	    st->c, "%s/%.2s/%s", instance_path(st->c, st->in, st->in->blobs).p, blob.p, blob.p);
	assert_int_equal(until, instant_at(day_add(today, 31), 0).s);
	pledged(st, &s, &s.pat);
	assert_err(st->c, laid_extend(st->c, st->in, &st->ann, s.prod, day_add(today, 46)),
	    ERR_INVALID, "next 45");
	assert_err(st->c, laid_extend(st->c, st->in, &st->ann, s.prod, day_add(today, 30)),
	    ERR_INVALID, "as it is");
	assert_ok(st->c, laid_extend(st->c, st->in, &st->ann, s.prod, day_add(today, 31)));
	until = story_num(st, "SELECT until FROM laid");
	st->c->fixed_now = until - 1;
	assert_ok(st->c, laid_sweep(st->c, st->in, &n));
	assert_int_equal(n, 0);
	st->c->fixed_now = until;
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "time here is over");
	assert_err(st->c, fetch_pledge(st->c, st->in, &s.pat, s.ref, s.prod), ERR_DENIED, "over");
	assert_err(st->c, laid_extend(st->c, st->in, &st->ann, s.prod, day_add(today, 40)),
	    ERR_CONFLICT, "over");
	assert_true(file_exists(blob.p));
	assert_ok(st->c, laid_sweep(st->c, st->in, &n));
	assert_int_equal(n, 1);
	assert_false(file_exists(blob.p));
	assert_str(story_text(st, "SELECT state FROM laid"), "expired");
	assert_int_equal(story_num(st, "SELECT count(*) FROM deposit WHERE key_ct IS NULL"), 1);
	assert_int_equal(story_num(st, "SELECT count(*) FROM deposit_gone"), 0);
	assert_ok(st->c, laid_sweep(st->c, st->in, &n));
	assert_int_equal(n, 0);
	assert_int_equal(logged(st, &s, "expired"), 2);
}

static void taken_back_and_laid_anew(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct laid_how how = {.path = str_of(s.sealed), .more = STR("last"), .days = 5};
	struct laid_made made;
	struct fetch f;
	bool runs;

	pledged(st, &s, &s.pat);
	assert_ok(st->c, fetch_begin(st->c, st->in, &s.pat, s.ref, s.prod, s.pin, &f));
	assert_err(
	    st->c, laid_revoke(st->c, st->in, &st->ann, s.prod, STR(" ")), ERR_INVALID, "why");
	assert_ok(st->c, laid_revoke(st->c, st->in, &st->ann, s.prod, STR("wrong unit")));
	assert_ok(st->c, fetch_runs(st->c, st->in, f.laid, &runs));
	assert_false(runs);
	assert_ok(st->c, fetch_end(st->c, st->in, &f, 1, "stopped"));
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "taken it back");
	assert_err(st->c, laid_pin(st->c, st->in, &st->ann, s.prod, &made), ERR_CONFLICT, "lay it");
	assert_int_equal(story_num(st, "SELECT count(*) FROM deposit WHERE key_ct IS NULL"), 1);
	/* the reason is for the house, and sealed */
	assert_int_equal(story_num(st, "SELECT count(*) FROM laid WHERE reason_ct IS NOT NULL"), 1);
	assert_str(json_text(json_find(seen(st, &s), "laid")->at[0], "reason"), "wrong unit");
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made));
	assert_str(json_text(seen(st, &s), "more"), "last");
	/* what was said of the old one does not count for the new one; nor its PIN */
	assert_err(st->c, fetches(st, &s, &s.pat, made.pin), ERR_DENIED, "say first");
	pledged(st, &s, &s.pat);
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "not the PIN");
	assert_ok(st->c, fetches(st, &s, &s.pat, made.pin));
	/* once more, while it lies there: the old one is replaced */
	how.path = STR("");
	how.more = STR("");
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made));
	assert_str(story_text(st, "SELECT state FROM laid WHERE number = 2"), "replaced");
	pledged(st, &s, &s.pat);
	assert_ok(st->c, fetches(st, &s, &s.pat, made.pin));
}

/* ---- another officer ---- */

static void handed_to_a_colleague(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct laid_how how = {.path = str_of(s.sealed), .more = STR("")};
	struct str kim = officer_of(st, &s.kim).ref,
		   key = STR("age1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
	struct produce_file f = story_file(st, 1);
	const char *anew = str_fmt(st->c, "%s/anew", st->dir).p;
	struct laid_made made;
	struct reseal r;
	struct json *j;

	pledged(st, &s, &s.pat);
	assert_err(st->c, laid_name(st->c, st->in, &st->collector, s.prod, kim, STR("x")),
	    ERR_DENIED, "role");
	assert_err(
	    st->c, laid_name(st->c, st->in, &st->ann, s.prod, kim, STR("")), ERR_INVALID, "why");
	assert_err(st->c,
	    laid_name(st->c, st->in, &st->ann, s.prod, officer_of(st, &s.out).ref, STR("x")),
	    ERR_DENIED, "authority that sent");
	assert_ok(st->c, officer_set_key(st->c, st->in, &s.kim, key, (struct instant){STORY_NOW}));
	st->c->fixed_now += 10;
	assert_ok(st->c, laid_name(st->c, st->in, &st->ann, s.prod, kim, STR("pat is on leave")));
	/* the old one gets nothing more, the new one not yet */
	assert_err(st->c, fetches(st, &s, &s.pat, s.pin), ERR_DENIED, "another officer");
	assert_err(
	    st->c, fetch_pledge(st->c, st->in, &s.kim, s.ref, s.prod), ERR_DENIED, "not sealed");
	assert_err(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made), ERR_CONFLICT,
	    "seal it anew");
	st->c->fixed_now += 10;
	f.name = STR("");
	assert_ok(st->c, reseal_prepare(st->c, st->in, &st->collector, s.prod, &f, 1, &r));
	assert_str(r.plan.recipient, key.p);
	assert_ok(st->c, reseal_record(st->c, st->in, &st->collector, &r, hash_of(STR("anew")), 4,
			     STR("another officer")));
	/* the file of the old seal is not taken any more */
	assert_err(
	    st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made), ERR_INVALID, "newest");
	assert_ok(st->c, file_write_atomic(st->c, anew, 0600, STR("anew")));
	how.path = str_of(anew);
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made));
	assert_ok(st->c, fetch_pledge(st->c, st->in, &s.kim, s.ref, s.prod));
	assert_ok(st->c, view_deliver_officer(st->c, st->in, &s.kim, s.ref, s.prod, &j));
	assert_int_equal(json_find(j, "size")->num, 4);
	assert_ok(st->c, fetches(st, &s, &s.kim, made.pin));
	assert_int_equal(logged(st, &s, "given_over"), 1);
	assert_int_equal(logged(st, &s, "not_yet"), 1);
	assert_int_equal(logged(st, &s, "fetched"), 1);
}

/* ---- the PIN's way ---- */

static void mailed_or_none(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct laid_how how = {.path = STR(""), .more = STR("")};
	struct laid_made made;
	struct officer_letter l;
	struct str head, pin;

	st->in->delivery.pin = STR("mail");
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made));
	assert_int_equal(made.pin.n, 0);
	l = officer_letters(st, "pat@a.example");
	assert_str(l.last.kind, "production.pin");
	assert_true(str_cut(l.last.text, '\n', &head, &pin));
	assert_true(str_cut(pin, ':', &head, &pin));
	assert_true(str_cut(pin, '\n', &pin, &head));
	pledged(st, &s, &s.pat);
	assert_ok(st->c, fetches(st, &s, &s.pat, str_trim(pin)));
	st->in->delivery.pin = STR("none");
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made));
	assert_err(
	    st->c, laid_pin(st->c, st->in, &st->ann, s.prod, &made), ERR_CONFLICT, "without");
	pledged(st, &s, &s.pat);
	assert_ok(st->c, fetches(st, &s, &s.pat, STR("")));
	assert_ok(st->c, fetches(st, &s, &s.pat, STR("")));
	/* one that a person tells is not made where nobody sees it */
	st->in->delivery.pin = STR("told");
	how.silent = true;
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod, &how, &made));
	assert_int_equal(made.pin.n, 0);
	pledged(st, &s, &s.pat);
	assert_err(st->c, fetches(st, &s, &s.pat, STR("00000-00000")), ERR_DENIED, "no PIN yet");
	assert_ok(st->c, laid_pin(st->c, st->in, &st->ann, s.prod, &made));
	assert_ok(st->c, fetches(st, &s, &s.pat, made.pin));
}

static bool within(struct str s, struct str part)
{
	return memmem(s.p, s.n, part.p, part.n) != NULL;
}

/* Nowhere but in the answer: not in a row, not in what is read later. */
static void the_pin_is_kept_nowhere(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct str bare = str_fmt(st->c, "%.5s%.5s", s.pin.p, s.pin.p + 6), all;

	assert_false(within(json_str(st->c, seen(st, &s)), s.pin));
	assert_false(within(json_str(st->c, seen(st, &s)), bare));
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM outgoing WHERE kind = 'production.pin'"), 0);
	assert_int_equal(story_num(st, "SELECT length(pin_hash) FROM deposit_pin"), 32);
	assert_ok(st->c,
	    file_read(st->c, str_fmt(st->c, "%s/data/writ.db", st->in->dir.p).p, 64 << 20, &all));
	assert_false(within(all, s.pin));
	assert_false(within(all, bare));
}

static void too_often(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);

	st->in->delivery.pin = STR("none");
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, s.prod,
			     &(struct laid_how){.path = STR(""), .more = STR("")},
			     &(struct laid_made){.pin = STR("")}));
	pledged(st, &s, &s.pat);
	for (int i = 0; i < 60; i++)
		assert_ok(st->c, fetches(st, &s, &s.pat, STR("")));
	assert_err(st->c, fetches(st, &s, &s.pat, STR("")), ERR_LIMIT, "too many");
	assert_int_equal(logged(st, &s, "too_often"), 1);
	st->c->fixed_now += 3601;
	assert_ok(st->c, fetches(st, &s, &s.pat, STR("")));
}

/* ---- what an EPOC asks ---- */

static const struct story_ask epoc = {.instrument = "EU-EPOC",
    .facts = STORY_EPOC,
    .fields = "'body'",
    .country = "FR",
    .channel = "decentralised_it"};

/* Laid down with these days, of the house or of a person; how long that is, in seconds. */
static int64_t lies_for(struct story *st, struct str prod, int64_t house, int64_t days)
{
	struct laid_how how = {.path = STR(""), .more = STR(""), .days = days};
	struct laid_made made;

	st->in->delivery.days = house;
	assert_ok(st->c, laid_again(st->c, st->in, &st->ann, prod, &how, &made));
	return made.until.s - st->c->fixed_now;
}

static void manifest_until(struct story *st, struct str prod, struct instant until)
{
	struct str text,
	    want = str_fmt(st->c, "\"available_until\":\"%s\"", instant_str(st->c, until).p);

	assert_ok(st->c, transfer_get(st->c, st->in, &st->ann, prod, &text));
	assert_non_null(strstr(text.p, want.p));
}

static void days_of_an_epoc(void **state)
{
	static const char lay[] =
	    "INSERT INTO laid (production, number, seal, at, author, until, more, pin, pins, "
	    "state, rev, entry) SELECT production, 99, seal, at, author, at + %d, '', 'told', 0, "
	    "'open', 1, " STORY_ENTRY " FROM laid WHERE state = 'open'";
	struct story *st = *state;
	const char *sealed = str_fmt(st->c, "%s/sealed", st->dir).p;
	struct produce_file f = story_file(st, 1);
	struct laid_how how = {.path = STR(""), .more = STR("")};
	struct laid_made made;
	struct legal_order o;
	struct str prod;
	struct day today;

	(void)story_case(st, epoc, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_fact(st, &o, "order.eu_enforcing_cleared", "yes"));
	story_approve(st, &o);
	assert_ok(st->c, file_write_atomic(st->c, sealed, 0600, STR("sealed")));
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &prod));
	st->in->delivery.days = 2;
	(void)officer_laid(st, prod, str_of(sealed));
	/* ten whole days at least, 45 times 24 hours at most, whatever the house says */
	assert_int_equal(lies_for(st, prod, 2, 0), 10 * STORY_DAY + 10 * 3600);
	assert_int_equal(lies_for(st, prod, 90, 0), 45 * STORY_DAY);
	assert_int_equal(lies_for(st, prod, 30, 0), 30 * STORY_DAY + 10 * 3600);
	assert_int_equal(lies_for(st, prod, 30, 10), 10 * STORY_DAY + 10 * 3600);
	assert_int_equal(lies_for(st, prod, 30, 45), 45 * STORY_DAY);
	/* and the manifest says so each time; on request it lies there longer */
	manifest_until(st, prod, (struct instant){st->c->fixed_now + 45 * STORY_DAY});
	assert_int_equal(lies_for(st, prod, 30, 10), 10 * STORY_DAY + 10 * 3600);
	today = instant_day((struct instant){st->c->fixed_now});
	assert_ok(st->c, laid_extend(st->c, st->in, &st->ann, prod, day_add(today, 44)));
	manifest_until(st, prod, instant_at(day_add(today, 45), 0));
	how.days = 9;
	assert_err(st->c, laid_again(st->c, st->in, &st->ann, prod, &how, &made), ERR_INVALID,
	    "10 to 45 days");
	how.days = 46;
	assert_err(st->c, laid_again(st->c, st->in, &st->ann, prod, &how, &made), ERR_INVALID,
	    "10 to 45 days");
	story_refused(st, str_fmt(st->c, lay, 10 * 86400 - 1).p, "10 to 45 days");
	story_refused(st, str_fmt(st->c, lay, 45 * 86400 + 1).p, "10 to 45 days");
}

/* ---- walls ---- */

static const char again[] =
    "INSERT INTO laid (production, number, seal, at, author, until, more, pin, pins, state, rev, "
    "entry) SELECT production, 2, seal, at, author, until, '', 'told', 0, 'open', 1, " STORY_ENTRY
    " FROM laid";

static void walls(void **state)
{
	static const char load[] =
	    "INSERT INTO download (production, officer, at, rev, entry) SELECT "
	    "l.production, s.officer, %lld, 1, " STORY_ENTRY " FROM laid l, submission s";
	struct story *st = *state;
	struct scene s = scene_of(st);
	int64_t now = st->c->fixed_now, until = story_num(st, "SELECT until FROM laid");

	/* nobody downloads what they have not said they take; nor after its end */
	story_refused(st, str_fmt(st->c, load, (long long)now).p, "said what they take");
	story_refused(st,
	    str_fmt(st->c,
		"INSERT INTO pledge (laid, officer, agency, at, rev, entry) SELECT l.id, "
		"s.officer, s.agency, %lld, 1, " STORY_ENTRY " FROM laid l, submission s",
		(long long)until)
		.p,
	    "lies here still");
	pledged(st, &s, &s.pat);
	story_refused(st, str_fmt(st->c, load, (long long)until).p, "said what they take");
	story_refused(st, "UPDATE pledge SET at = at + 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	/* one lies open; it is not prolonged backwards, brought back, or moved */
	story_refused(st, again, "UNIQUE");
	story_refused(st, "UPDATE laid SET until = until - 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "never rewritten");
	story_refused(st,
	    "UPDATE laid SET state = 'expired', ended = until - 1, rev = rev + 1, entry "
	    "= " STORY_ENTRY,
	    "never rewritten");
	story_refused(st,
	    "UPDATE laid SET state = 'revoked', ended = at, rev = rev + 1, entry = " STORY_ENTRY,
	    "never rewritten");
	story_refused(
	    st, "UPDATE laid SET ended = at, rev = rev + 1, entry = " STORY_ENTRY, "CHECK");
	assert_ok(st->c, laid_revoke(st->c, st->in, &st->ann, s.prod, STR("x")));
	story_refused(st,
	    "UPDATE laid SET state = 'open', ended = NULL, rev = rev + 1, entry = " STORY_ENTRY,
	    "never rewritten");
	story_refused(st, "UPDATE laid SET until = until + 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "never rewritten");
	story_refused(st, str_fmt(st->c, load, (long long)now).p, "said what they take");
}

static void walls_of_what_is_stopped(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st);

	assert_ok(st->c, laid_revoke(st->c, st->in, &st->ann, s.prod, STR("x")));
	assert_ok(
	    st->c, hold_challenge(st->c, st->in, &st->counsel, &s.o, STR("order"), STR("ground")));
	story_refused(st, again, "that is stopped");
	story_refused(st,
	    "INSERT INTO taker (production, officer, author, at, rev, entry) SELECT p.id, o.id, "
	    "p.maker, 1, 1, " STORY_ENTRY
	    " FROM production p, officer o, agency a WHERE o.agency = "
	    "a.id AND a.name = 'Police of B'",
	    "of the agency that asked");
	/* a PIN's count has an end */
	story_refused(st,
	    "INSERT INTO deposit_pin (laid, pin_hash, made, most, tries) SELECT id, zeroblob(32), "
	    "1, 5, 6 FROM laid",
	    "CHECK");
}

/* For who is bound to other countries there is no such production, as for a reference that nobody
 * has. */
static void elsewhere(void **state)
{
	static const char no[] = "no production has this reference";
	struct story *st = *state;
	struct scene s = scene_of(st);
	struct laid_how how = {.path = STR(""), .more = STR("")};
	struct person far = st->ann;
	struct laid_made made;
	struct json *j;
	struct id nobody = id_make(st->c);
	bool there;

	for (int i = 0; i < 2; i++) {
		struct str ref = i == 0 ? s.prod : id_str(&nobody);

		far.lands = i == 0 ? STR("DE") : STR("");
		assert_err(
		    st->c, view_deliver_desk(st->c, st->in, &far, ref, &j), ERR_NOTFOUND, no);
		assert_err(st->c, laid_pin(st->c, st->in, &far, ref, &made), ERR_NOTFOUND, no);
		assert_err(
		    st->c, laid_revoke(st->c, st->in, &far, ref, STR("x")), ERR_NOTFOUND, no);
		assert_err(st->c, laid_extend(st->c, st->in, &far, ref, (struct day){1}),
		    ERR_NOTFOUND, no);
		assert_err(
		    st->c, laid_again(st->c, st->in, &far, ref, &how, &made), ERR_NOTFOUND, no);
		assert_err(st->c, laid_name(st->c, st->in, &far, ref, STR("x"), STR("x")),
		    ERR_NOTFOUND, no);
		assert_err(st->c, laid_deliver(st->c, st->in, &far, ref, &how, &made, &there),
		    ERR_NOTFOUND, no);
	}
	/* an auditor reads who came, and does nothing */
	assert_ok(st->c, view_deliver_desk(st->c, st->in, &st->auditor, s.prod, &j));
	assert_err(
	    st->c, laid_revoke(st->c, st->in, &st->auditor, s.prod, STR("x")), ERR_DENIED, "role");
	assert_err(
	    st->c, view_deliver_desk(st->c, st->in, &st->admin, s.prod, &j), ERR_DENIED, "role");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(said_first_then_the_pin),
	    STORY_TEST(pin_as_it_is_written),
	    STORY_TEST(locked_after_the_last),
	    STORY_TEST(cut_off_and_again),
	    STORY_TEST(shared_links),
	    STORY_TEST(not_while_it_is_stopped),
	    STORY_TEST(ends_with_its_day),
	    STORY_TEST(taken_back_and_laid_anew),
	    STORY_TEST(handed_to_a_colleague),
	    STORY_TEST(mailed_or_none),
	    STORY_TEST(the_pin_is_kept_nowhere),
	    STORY_TEST(too_often),
	    STORY_TEST(days_of_an_epoc),
	    STORY_TEST(walls),
	    STORY_TEST(walls_of_what_is_stopped),
	    STORY_TEST(elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
