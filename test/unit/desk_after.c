/* What comes after a delivery: who may record it, what it stops for good, and the walls of the
 * schema behind the program: mails, media, misdeliveries, recalls, redirects. */
#include "desk_story.h"

#include "base/mem.h"
#include "desk/deposit.h"
#include "desk/erase.h"
#include "desk/mailing.h"
#include "desk/medium.h"
#include "desk/misdelivery.h"
#include "desk/recall.h"
#include "desk/redirect.h"
#include "desk/reseal.h"
#include "desk/transfer.h"
#include "kind/id.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};

static struct day today(struct story *st)
{
	return instant_day((struct instant){st->c->fixed_now});
}

/* A sealed production of an approved order; its reference. */
static struct str sealed(struct story *st, struct legal_order *o)
{
	struct produce_file f = story_file(st, 1);
	struct str ref;

	(void)story_case(st, warrant, o);
	story_approve(st, o);
	assert_ok(st->c, story_produce_as(st, &st->collector, o, &f, 1, &ref));
	return ref;
}

static struct str delivered(struct story *st, struct legal_order *o)
{
	struct str ref = sealed(st, o);

	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")));
	return ref;
}

static int misdeliver(struct story *st, const struct person *who, struct str ref)
{
	return misdelivery_put(
	    st->c, st->in, who, ref, STR("Somebody"), STR("They called."), today(st));
}

static int recall(struct story *st, const struct person *who, struct str ref)
{
	return recall_put(st->c, st->in, who, ref, STR("other"), STR("a reason"));
}

static void who_may(void **state)
{
	struct story *st = *state;
	const struct person *not_counsel[] = {&st->intake, &st->ann, &st->collector, &st->auditor,
	    &st->publisher, &st->admin, &st->named};
	struct id other = id_make(st->c);
	struct legal_order o;
	struct str ref = delivered(st, &o), s;

	for (size_t i = 0; i < sizeof not_counsel / sizeof not_counsel[0]; i++) {
		const struct person *p = not_counsel[i];

		if ((p->roles & ROLE_COUNSEL) != 0)
			continue;
		assert_err(st->c, recall(st, p, ref), ERR_DENIED, "role");
		assert_err(
		    st->c, misdelivery_settle(st->c, st->in, p, ref, STR("x")), ERR_DENIED, "role");
	}
	assert_err(st->c, misdeliver(st, &st->publisher, ref), ERR_DENIED, "role");
	assert_err(st->c,
	    mailing_put(st->c, st->in, &st->auditor, ref, STR("/nowhere"), STR(""), STR(""), &s),
	    ERR_DENIED, "role");
	assert_err(st->c, mailing_confirm(st->c, st->in, &st->collector, ref), ERR_DENIED, "role");
	assert_err(st->c,
	    recall_answer(st->c, st->in, &st->collector, ref, STR("deleted"), today(st), STR("")),
	    ERR_DENIED, "role");
	assert_err(st->c, recall(st, &st->counsel, id_str(&other)), ERR_NOTFOUND, "no production");
}

static void what_never_left(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref = sealed(st, &o);
	struct story_mark m = story_mark(st);

	assert_err(st->c, misdeliver(st, &st->ann, ref), ERR_DENIED, "has not left");
	assert_err(st->c, recall(st, &st->counsel, ref), ERR_DENIED, "has not left");
	story_untouched(st, m);
	story_refused(st,
	    "INSERT INTO misdelivery (production, at, author, found, state, rev, entry) SELECT id, "
	    "1, 1, 1, 'open', 1, " STORY_ENTRY " FROM production",
	    "of what left");
	story_refused(st,
	    "INSERT INTO recall (production, at, author, cause, answer, rev, entry) SELECT p.id, "
	    "1, "
	    "q.id, 'other', '', 1, " STORY_ENTRY " FROM production p, person q WHERE (q.roles & 4) "
	    "<> 0 LIMIT 1",
	    "counsel recalls what left");
	story_refused(st,
	    "UPDATE production SET state = 'recalled', rev = rev + 1, entry = " STORY_ENTRY,
	    "by its record");
}

static void recalled_for_good(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct reseal r;
	struct legal_order o;
	struct str ref = delivered(st, &o), s;
	struct story_mark m = story_mark(st);
	bool found;
	struct recall k;

	assert_err(st->c, recall_put(st->c, st->in, &st->counsel, ref, STR("whim"), STR("x")),
	    ERR_INVALID, "cause is one of");
	assert_err(st->c, recall_put(st->c, st->in, &st->counsel, ref, STR("other"), STR(" ")),
	    ERR_INVALID, "reason");
	story_untouched(st, m);
	assert_ok(st->c, recall(st, &st->counsel, ref));
	story_wrote(st, m, "production.recall");
	assert_str(story_text(st, "SELECT state FROM production"), "recalled");
	m = story_mark(st);
	assert_err(st->c, recall(st, &st->counsel, ref), ERR_CONFLICT, "recalled");
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("letter")),
	    ERR_CONFLICT, "recalled");
	assert_err(
	    st->c, produce_acknowledge(st->c, st->in, &st->collector, ref), ERR_CONFLICT, "");
	f.name = STR("");
	assert_err(st->c, reseal_prepare(st->c, st->in, &st->collector, ref, &f, 1, &r),
	    ERR_CONFLICT, "recalled");
	st->in->net.smtp = STR("smtp://127.0.0.1:1");
	assert_err(st->c,
	    mailing_put(st->c, st->in, &st->collector, ref, STR("/nowhere"), STR(""), STR(""), &s),
	    ERR_CONFLICT, "recalled");
	story_untouched(st, m);
	assert_err(st->c,
	    recall_answer(
		st->c, st->in, &st->ann, ref, STR("deleted"), day_add(today(st), 1), STR("")),
	    ERR_INVALID, "future");
	assert_ok(
	    st->c, recall_answer(st->c, st->in, &st->ann, ref, STR("none"), today(st), STR("")));
	assert_ok(st->c, recall_answer(st->c, st->in, &st->ann, ref, STR("refused"), today(st),
			     STR("Their words")));
	assert_err(st->c,
	    recall_answer(st->c, st->in, &st->ann, ref, STR("deleted"), today(st), STR("")),
	    ERR_CONFLICT, "already");
	assert_ok(st->c, recall_of(st->c, st->in, 1, true, &k, &found));
	assert_true(found);
	assert_str(k.said, "Their words");
	assert_str(k.answer, "refused");
}

/* The same below the program. */
static void walls_of_a_recall(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref = delivered(st, &o);

	assert_ok(st->c, recall(st, &st->counsel, ref));
	story_refused(st,
	    "UPDATE production SET state = 'delivered', rev = rev + 1, entry = " STORY_ENTRY,
	    "for good");
	story_refused(st,
	    "INSERT INTO delivery (production, channel, at, rev, entry) SELECT id, 'letter', 1, "
	    "1, " STORY_ENTRY " FROM production",
	    "no delivery");
	story_refused(st,
	    "INSERT INTO production_seal (production, number, at, maker, kind, blob_hash, size, "
	    "rev, entry) SELECT production, 9, at, maker, kind, blob_hash, size, 1, " STORY_ENTRY
	    " FROM production_seal",
	    "no seal");
	story_refused(st,
	    "INSERT INTO production_mail (production, at, author, official, state, blob_hash, "
	    "size, "
	    "rev, entry) SELECT production, 1, 1, 1, 'queued', blob_hash, 1, 1, " STORY_ENTRY
	    " FROM production_seal",
	    "no mail");
	story_refused(st,
	    "INSERT INTO production_medium (production, at, author, kind, blob_hash, size, rev, "
	    "entry) SELECT production, 1, 1, 'usb', blob_hash, 1, 1, " STORY_ENTRY
	    " FROM production_seal",
	    "no medium");
	story_refused(st,
	    "INSERT INTO deposit (production, blob, size) SELECT id, 'b', 1 FROM production",
	    "not put up");
	story_refused(st,
	    "INSERT INTO download (production, officer, at, rev, entry) SELECT id, 1, 1, "
	    "1, " STORY_ENTRY " FROM production",
	    "not fetched");
	story_refused(st,
	    "UPDATE recall SET cause = 'challenge', rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "DELETE FROM recall", "never deleted");
	story_refused(st,
	    "UPDATE recall SET answer = 'deleted', rev = rev + 1, entry = " STORY_ENTRY, "CHECK");
}

static void misdelivered(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref = delivered(st, &o);
	bool open;

	assert_err(st->c,
	    misdelivery_put(st->c, st->in, &st->ann, ref, STR("a\nb"), STR("x"), today(st)),
	    ERR_INVALID, "one line");
	assert_err(st->c,
	    misdelivery_put(
		st->c, st->in, &st->ann, ref, STR("A"), STR("x"), day_add(today(st), 1)),
	    ERR_INVALID, "future");
	assert_ok(st->c, misdeliver(st, &st->ann, ref));
	assert_err(st->c, misdeliver(st, &st->bob, ref), ERR_CONFLICT, "open already");
	assert_ok(st->c, misdelivery_open(st->c, st->in, 1, &open));
	assert_true(open);
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'tell'"), 1);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM misdelivery WHERE words_ct LIKE '%Somebody%'"), 0);
	story_refused(st,
	    "INSERT INTO download (production, officer, at, rev, entry) SELECT id, 1, 1, "
	    "1, " STORY_ENTRY " FROM production",
	    "not fetched");
	story_refused(st,
	    "UPDATE misdelivery SET state = 'settled', settler = (SELECT id FROM person WHERE "
	    "roles "
	    "= 2 LIMIT 1), settled = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "counsel settles");
	assert_ok(st->c, misdelivery_settle(st->c, st->in, &st->counsel, ref, STR("Nobody.")));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'tell'"), 0);
	assert_err(st->c, misdelivery_settle(st->c, st->in, &st->counsel, ref, STR("x")),
	    ERR_NOTFOUND, "open");
	story_refused(st, "UPDATE misdelivery SET found = 7, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "DELETE FROM misdelivery", "never deleted");
}

#define MAIL_INTO(values)                                                                          \
	"INSERT INTO production_mail (production, at, author, second, official, state, "           \
	"blob_hash, "                                                                              \
	"size, rev, entry) SELECT production, 1, 1, " values ", blob_hash, 1, 1, " STORY_ENTRY     \
	" FROM production_seal"

static void walls_of_a_mail(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)sealed(st, &o);
	story_refused(st, MAIL_INTO("NULL, 0, 'queued'"), "no mail");
	story_refused(st, MAIL_INTO("1, 1, 'queued'"), "no mail");
	story_refused(st, MAIL_INTO("2, 0, 'queued'"), "no mail");
	story_refused(st, MAIL_INTO("NULL, 1, 'taken'"), "no mail");
	story_refused(st,
	    "INSERT INTO production_mail (production, at, author, official, state, blob_hash, "
	    "size, "
	    "rev, entry) SELECT production, 1, 1, 1, 'queued', zeroblob(32), 1, 1, " STORY_ENTRY
	    " FROM production_seal",
	    "no mail");
	story_sql(st, "BEGIN; " STORY_STAMP "; " MAIL_INTO("NULL, 1, 'queued'"));
	story_refused(st, MAIL_INTO("NULL, 1, 'queued'"), "UNIQUE");
	story_refused(st,
	    "INSERT INTO delivery (production, channel, at, rev, entry) SELECT id, "
	    "'encrypted_mail', "
	    "1, 1, " STORY_ENTRY " FROM production",
	    "on its way");
	story_sql(st, "ROLLBACK");
	story_sql(st, "BEGIN; " STORY_STAMP "; " MAIL_INTO("NULL, 0, 'waiting'"));
	story_refused(st,
	    "UPDATE production_mail SET state = 'queued', rev = rev + 1, entry = " STORY_ENTRY,
	    "second person");
	story_refused(st,
	    "UPDATE production_mail SET state = 'queued', second = author, rev = rev + 1, entry "
	    "= " STORY_ENTRY,
	    "second person");
	story_refused(st,
	    "UPDATE production_mail SET official = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_sql(st, "ROLLBACK");
	/* what stops a production stops it */
	assert_ok(st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("x")));
	story_refused(st, MAIL_INTO("NULL, 1, 'queued'"), "no mail");
}

static void to_whom_and_of_what(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref = sealed(st, &o), s;

	assert_err(st->c,
	    mailing_put(st->c, st->in, &st->collector, ref, STR("/nowhere"), STR(""), STR(""), &s),
	    ERR_DENIED, "no server for mails");
	st->in->net.smtp = STR("smtp://127.0.0.1:1");
	assert_err(st->c,
	    mailing_put(st->c, st->in, &st->collector, ref, STR(""), STR(""), STR(""), &s),
	    ERR_NOTFOUND, "does not lie here");
	assert_err(
	    st->c, mailing_stop(st->c, st->in, &st->collector, ref), ERR_NOTFOUND, "no mail");
	assert_err(st->c, mailing_confirm(st->c, st->in, &st->bob, ref), ERR_NOTFOUND, "no mail");
}

/* ---- on its way ---- */

/* A mail of what lies in the portal, to an address that bob has looked at; its letter. */
static struct str mailed(struct story *st, struct legal_order *o, struct str *ret_ref)
{
	struct str ref = sealed(st, o), path = str_fmt(st->c, "%s/sealed", st->dir), state;

	st->in->net.smtp = STR("smtp://127.0.0.1:1");
	st->in->net.mail_from = STR("desk@house.example");
	st->in->net.mail_file_most = 100;
	assert_ok(st->c, file_write_atomic(st->c, path.p, 0600, STR("sealed")));
	assert_ok(st->c, deposit_put(st->c, st->in, &st->collector, ref, path));
	assert_err(st->c,
	    mailing_put(st->c, st->in, &st->collector, ref, STR(""), STR(""), STR(""), &state),
	    ERR_NOTFOUND, "gives an address");
	assert_err(st->c,
	    mailing_put(
		st->c, st->in, &st->collector, ref, STR(""), STR("a@b.example"), STR(""), &state),
	    ERR_INVALID, "say why");
	st->in->net.mail_file_most = 5;
	assert_err(st->c,
	    mailing_put(
		st->c, st->in, &st->collector, ref, STR(""), STR("a@b.example"), STR("x"), &state),
	    ERR_LIMIT, "at most 5 bytes");
	st->in->net.mail_file_most = 100;
	assert_ok(st->c, mailing_put(st->c, st->in, &st->ann, ref, STR(""), STR("a@b.example"),
			     STR("x"), &state));
	assert_str(state, "waiting");
	assert_err(st->c, mailing_confirm(st->c, st->in, &st->ann, ref), ERR_DENIED, "another");
	assert_ok(st->c, mailing_confirm(st->c, st->in, &st->bob, ref));
	*ret_ref = ref;
	return story_text(st, "SELECT letter FROM production_mail ORDER BY id DESC LIMIT 1");
}

static struct str mail_state(struct story *st)
{
	return story_text(st, "SELECT state FROM production_mail ORDER BY id DESC LIMIT 1");
}

static void delivered_once_it_was_taken(void **state)
{
	struct story *st = *state;
	struct mailing_file f;
	struct legal_order o;
	struct str ref, letter = mailed(st, &o, &ref);

	assert_ok(st->c, mailing_settle(st->c, st->in)); /* still on its way */
	assert_str(mail_state(st), "queued");
	assert_ok(st->c, mailing_open(st->c, st->in, letter, &f));
	assert_str(f.bytes, "sealed");
	assert_str(f.name, str_fmt(st->c, "%s.tar.age", ref.p).p);
	assert_int_equal(f.manifest.n, 0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM delivery"), 0);
	assert_ok(st->c, outgoing_sent(st->c, st->in, letter));
	assert_ok(st->c, mailing_settle(st->c, st->in));
	assert_str(mail_state(st), "taken");
	assert_str(story_text(st, "SELECT channel FROM delivery"), "encrypted_mail");
	assert_string_equal(story_state(st, &o), "delivered");
	assert_int_equal(story_num(st, "SELECT count(*) FROM production_mail_file"), 0);
	assert_str(story_text(st, "SELECT message FROM production_mail"),
	    str_fmt(st->c, "<%.*s@house.example>", STR_ARG(letter)).p);
	assert_ok(st->c, mailing_settle(st->c, st->in));
	assert_int_equal(story_num(st, "SELECT count(*) FROM delivery"), 1);
	story_refused(st,
	    "UPDATE production_mail SET state = 'failed', taken = NULL, message = NULL, rev = rev "
	    "+ "
	    "1, entry = " STORY_ENTRY,
	    "not rewritten");
}

static void what_failed_is_no_delivery(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref, letter = mailed(st, &o, &ref);

	story_sql(st, "UPDATE outgoing SET state = 'failed'");
	assert_ok(st->c, mailing_settle(st->c, st->in));
	assert_str(mail_state(st), "failed");
	assert_int_equal(story_num(st, "SELECT count(*) FROM delivery"), 0);
	assert_string_equal(story_state(st, &o), "produced");
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("letter")));
	(void)letter;
}

/* Something stops it between the gate's yes and the server's: it left, and that is said. */
static void taken_although_it_was_stopped(void **state)
{
	struct story *st = *state;
	struct mailing_file f;
	struct legal_order o;
	struct gate g;
	struct str ref, letter = mailed(st, &o, &ref), due;

	assert_ok(st->c, mailing_open(st->c, st->in, letter, &f));
	assert_ok(st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("x")));
	assert_ok(st->c, outgoing_sent(st->c, st->in, letter));
	assert_ok(st->c, mailing_settle(st->c, st->in));
	assert_str(mail_state(st), "taken");
	assert_str(story_text(st, "SELECT state FROM production"), "sealed");
	assert_ok(st->c, gate_load(st->c, st->in, o.id, &g));
	assert_ok(st->c, recall_due_of(st->c, st->in, &g, 1, &due));
	assert_str(due, "other");
	assert_ok(st->c, recall(st, &st->counsel, ref));
	assert_str(story_text(st, "SELECT state FROM production"), "recalled");
}

/* The program died in a try: nobody knows whether it left. The next try is refused. */
static void a_try_without_an_end(void **state)
{
	struct story *st = *state;
	struct mailing_file f;
	struct legal_order o;
	struct str ref, letter = mailed(st, &o, &ref);

	assert_ok(st->c, mailing_open(st->c, st->in, letter, &f));
	assert_ok(st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("x")));
	assert_err(st->c, mailing_open(st->c, st->in, letter, &f), ERR_DENIED, "not sent");
	assert_str(mail_state(st), "taken");
	assert_int_equal(story_num(st, "SELECT count(*) FROM outgoing WHERE state = 'due'"), 0);
}

/* And where the last answer is known, it is stopped. */
static void stopped_before_it_left(void **state)
{
	struct story *st = *state;
	struct mailing_file f;
	struct legal_order o;
	struct str ref, letter = mailed(st, &o, &ref);

	assert_ok(st->c, mailing_open(st->c, st->in, letter, &f));
	assert_ok(st->c, mailing_tried(st->c, st->in, letter));
	assert_ok(st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("x")));
	assert_err(st->c, mailing_open(st->c, st->in, letter, &f), ERR_DENIED, "not sent");
	assert_str(mail_state(st), "stopped");
	assert_err(st->c, mailing_stop(st->c, st->in, &st->ann, ref), ERR_CONFLICT, "stopped");
}

/* ---- erasure ---- */

static void rule(struct story *st, const char *of)
{
	struct retention_rule *r = mem_alloc(st->c, sizeof *r);
	struct retention *list = mem_alloc(st->c, sizeof *list);

	*r = (struct retention_rule){.id = STR("r"), .of = str_of(of), .days = 10};
	*list = (struct retention){.from = instant_day((struct instant){0}),
	    .role = STR("counsel"),
	    .rules = r,
	    .n_rules = 1};
	st->in->retention = (struct retentions){list, 1};
}

static bool held(struct story *st, const struct matter *m, const char *word)
{
	struct erase_unit u;

	rule(st, "noncontent");
	assert_ok(st->c, erase_look(st->c, st->in, &st->counsel, m->ref, &u));
	return strstr(str_z(st->c, u.held), word) != NULL;
}

static void erase(struct story *st, const struct matter *m, const char *of)
{
	struct erase_unit u;
	struct erase_units one = {&u, 1, 1};
	struct erase_list all;
	struct str name;
	int64_t n;

	rule(st, of);
	st->c->fixed_now += 400 * (int64_t)STORY_DAY;
	assert_ok(st->c, erase_look(st->c, st->in, &st->counsel, m->ref, &u));
	assert_ok(st->c, erase_propose(st->c, st->in, &st->counsel, &one, &name));
	assert_ok(st->c, erase_list_get(st->c, st->in, &st->bob, name, &all));
	assert_ok(st->c, erase_confirm(st->c, st->in, &st->bob, name, all.hash, NULL, &n));
	assert_int_equal(n, 1);
}

/* What was said of a production goes with its case; that it was said stays. */
static void erased(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m;
	struct str ref, letter = mailed(st, &o, &ref);

	assert_ok(st->c, matter_by_id(st->c, st->in, o.matter, &m));
	story_sql(st, "UPDATE outgoing SET state = 'failed'");
	assert_ok(st->c, mailing_settle(st->c, st->in));
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("letter")));
	assert_ok(st->c, misdeliver(st, &st->ann, ref));
	assert_true(held(st, &m, "misdelivery"));
	assert_ok(st->c, misdelivery_settle(st->c, st->in, &st->counsel, ref, STR("Nobody.")));
	assert_ok(st->c, recall(st, &st->counsel, ref));
	assert_true(held(st, &m, "recall"));
	assert_ok(st->c,
	    recall_answer(st->c, st->in, &st->ann, ref, STR("deleted"), today(st), STR("Done.")));
	assert_false(held(st, &m, "recall"));
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
	erase(st, &m, "noncontent");
	assert_int_equal(story_num(st, "SELECT count(*) FROM production_mail WHERE to_ct IS NOT "
				       "NULL OR reason_ct IS NOT NULL OR to_gone IS NULL"),
	    0);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM misdelivery WHERE words_ct IS NOT NULL "
			  "OR said_ct IS NOT NULL OR words_gone IS NULL"),
	    0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM recall WHERE reason_ct IS NOT NULL OR "
				       "said_ct IS NOT NULL OR reason_gone IS NULL"),
	    0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM recall WHERE answer = 'deleted'"), 1);
	assert_int_equal(
	    story_num(
		st, str_fmt(st->c, "SELECT count(*) FROM outgoing WHERE ref = '%s'", letter.p).p),
	    0);
}

static void erased_redirect(void **state)
{
	struct story *st = *state;
	const struct redirect_contact k = {STR("Example Company"), STR("1 Main Street")};
	struct redirect_contact got;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	bool found;

	assert_ok(st->c, redirect_order(st->c, st->in, &st->ann, &o, &k, false, STR("theirs")));
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
	erase(st, &m, "redirected");
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM redirect WHERE contact_ct IS NOT NULL"), 0);
	assert_ok(st->c, redirect_of(st->c, st->in, o.id, &got, &found));
	assert_true(found);
	assert_int_equal(got.name.n, 0);
}

/* ---- channels ---- */

static int hand(struct story *st, struct str ref, struct produce_way way)
{
	return produce_hand_over(st->c, st->in, &st->collector, ref, &way);
}

static void only_where_a_law_says(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref = sealed(st, &o), text;

	assert_err(st->c,
	    hand(st, ref,
		(struct produce_way){.channel = STR("decentralised"), .until = INSTANT_NONE}),
	    ERR_INVALID, "none for an order of this kind");
	assert_err(st->c,
	    hand(st, ref,
		(struct produce_way){
		    .channel = STR("letter"), .until = INSTANT_NONE, .remarks = STR("x")}),
	    ERR_INVALID, "no law asks");
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("letter")));
	assert_err(
	    st->c, transfer_get(st->c, st->in, &st->ann, ref, &text), ERR_NOTFOUND, "no manifest");
}

/* The redirect's wall: only counsel, where a bar stands. */
static void redirected(void **state)
{
	struct story *st = *state;
	const struct redirect_contact k = {
	    STR("Example Company"), STR("1 Main Street\nSpringfield")};
	const struct redirect_contact bad[] = {{STR(""), STR("x")}, {STR("A"), STR(" ")},
	    {STR("A\nB"), STR("x")}, {STR("A"), STR("a\x01")}};
	struct redirect_contact got;
	struct legal_order o;
	bool found;

	(void)story_case(st, warrant, &o);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(st->c,
		    redirect_order(st->c, st->in, &st->ann, &o, &bad[i], false, STR("x")),
		    ERR_INVALID, "one line");
	assert_ok(st->c, redirect_order(st->c, st->in, &st->ann, &o, &k, false, STR("theirs")));
	assert_ok(st->c, redirect_of(st->c, st->in, o.id, &got, &found));
	assert_true(found);
	assert_str(got.address, "1 Main Street\nSpringfield");
	story_refused(st, "UPDATE redirect SET day = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "DELETE FROM redirect", "never deleted");
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st,
	    "INSERT INTO secrecy (legal_order, bars, rule, since, rev, entry) SELECT legal_order, "
	    "'user', 'R', 1, 1, " STORY_ENTRY " FROM redirect");
	story_refused(st,
	    "INSERT INTO redirect (legal_order, at, author, day, despite, rev, entry) SELECT "
	    "legal_order, at, author, day, 0, 1, " STORY_ENTRY " FROM redirect",
	    "counsel's");
	story_refused(st,
	    "INSERT INTO redirect (legal_order, at, author, day, despite, rev, entry) SELECT "
	    "legal_order, at, author, day, 1, 1, " STORY_ENTRY " FROM redirect",
	    "counsel's");
	story_sql(st, "ROLLBACK");
}

static void only_by_counsel(void **state)
{
	static const struct story_ask ask = {.instrument = "EU-EPOC",
	    .facts = STORY_EPOC,
	    .fields = "'name'",
	    .country = "FR",
	    .channel = "decentralised_it"};
	struct story *st = *state;
	const struct redirect_contact k = {STR("Example Company"), STR("1 Main Street")};
	struct legal_order o;

	(void)story_case(st, ask, &o);
	assert_err(st->c, redirect_order(st->c, st->in, &st->ann, &o, &k, true, STR("x")),
	    ERR_DENIED, "a bar stands");
	assert_err(st->c, redirect_order(st->c, st->in, &st->counsel, &o, &k, false, STR("x")),
	    ERR_DENIED, "a bar stands");
	assert_ok(st->c, redirect_order(st->c, st->in, &st->counsel, &o, &k, true, STR("x")));
	assert_int_equal(story_num(st, "SELECT despite FROM redirect"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(who_may),
	    STORY_TEST(what_never_left),
	    STORY_TEST(recalled_for_good),
	    STORY_TEST(walls_of_a_recall),
	    STORY_TEST(misdelivered),
	    STORY_TEST(walls_of_a_mail),
	    STORY_TEST(to_whom_and_of_what),
	    STORY_TEST(delivered_once_it_was_taken),
	    STORY_TEST(what_failed_is_no_delivery),
	    STORY_TEST(taken_although_it_was_stopped),
	    STORY_TEST(a_try_without_an_end),
	    STORY_TEST(stopped_before_it_left),
	    STORY_TEST(erased),
	    STORY_TEST(erased_redirect),
	    STORY_TEST(only_where_a_law_says),
	    STORY_TEST(redirected),
	    STORY_TEST(only_by_counsel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
