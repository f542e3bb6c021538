/* Claims: proposed from what was produced, confirmed by a person, never above recorded cost; their
 * last days; and the two bars, attacked from every side. */
#include "desk_story.h"

#include "desk/claim.h"
#include "desk/claim_bar.h"

#define STORY_DE_TRAFFIC                                                                           \
	"'order.issuer':'court','order.competent':true,'order.signed':true,'order.form':"          \
	"'written','order.capability':false"

static struct person finance;

static int begin(void **state)
{
	struct story *st = story_open();

	finance = story_person(st, "finance", ROLE_FINANCE, false, 1020);
	st->in->costs = (struct claim_conf){.charge = STR("US DE"),
	    .never_above_cost = true,
	    .pay_within = 30,
	    .invoice = STR("X")};
	*state = st;
	return 0;
}

static int finish(void **state)
{
	story_close(*state);
	return 0;
}

/* An order with all its items out, whatever the law says of them: the gate has tests of its own.
 * The productions are put below it, as rows that the schema takes. */
static void produced(struct story *st, const struct legal_order *o, int64_t at)
{
	story_sql(st, "PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS production_gate");
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st, str_fmt(st->c,
			  "UPDATE item SET state = 'produced', rev = rev + 1, entry = " STORY_ENTRY
			  " WHERE legal_order = %lld",
			  (long long)o->id)
			  .p);
	story_sql(
	    st, str_fmt(st->c,
		    "UPDATE legal_order SET state = 'delivered', outcome = 'noncontent', settled = "
		    "%lld, rev = rev + 1, entry = " STORY_ENTRY " WHERE id = %lld",
		    (long long)at, (long long)o->id)
		    .p);
	story_sql(st,
	    str_fmt(st->c,
		"INSERT OR IGNORE INTO production (ref, legal_order, at, maker, recipient, "
		"manifest_hash, "
		"blob_hash, size, state, rev, entry) VALUES ('P-%lld', %lld, %lld, 1, 'k', x'00', "
		"x'00', 1, 'delivered', 1, " STORY_ENTRY ")",
		(long long)o->id, (long long)o->id, (long long)at)
		.p);
	story_sql(st, "INSERT INTO entry (id, kind, at, actor, leaf) VALUES ((SELECT max(id) FROM "
		      "stamp), 'test', 1, 0, zeroblob(33)); COMMIT");
	story_sql(st, "PRAGMA foreign_keys = ON");
}

struct asked {
	const char *facts, *fields, *targets, *service, *instrument, *country, *received;
};

static struct matter answered(struct story *st, struct asked a, struct legal_order *ret)
{
	struct matter m = story_case(st,
	    (struct story_ask){.instrument = story_or(a.instrument, "DE-100g-1"),
		.facts = str_fmt(st->c, STORY_DE_TRAFFIC "%s", story_or(a.facts, "")).p,
		.fields = story_or(a.fields, "'name','session_ip','session_times'"),
		.country = story_or(a.country, "DE"),
		.body = "court",
		.targets = a.targets,
		.service = a.service,
		.received = a.received},
	    ret);

	produced(st, ret, STORY_NOW);
	return m;
}

static void says_no(struct story *st, const struct legal_order *o)
{
	assert_ok(
	    st->c, order_fact(st->c, st->in, &st->ann, o, STR("order.child_abuse"), STR("no")));
	produced(st, &(struct legal_order){.id = o->id}, STORY_NOW);
}

#define NO ",'order.child_abuse':false"

static int make(struct story *st, const struct matter *m, struct claim *ret)
{
	struct claim_start start = {.end = DAY_NONE, .fees = STR(""), .reason = STR("")};

	return claim_make(st->c, st->in, &finance, m->ref, 0, &start, ret);
}

static struct claim again(struct story *st, const struct claim *k)
{
	struct claim now;

	assert_ok(st->c, claim_get(st->c, st->in, &finance, k->ref, &now));
	return now;
}

static struct claim_lines lines(struct story *st, const struct claim *k)
{
	struct claim_lines l;

	assert_ok(st->c, claim_lines(st->c, st->in, k, &l));
	return l;
}

static int change(struct story *st, const struct claim *k, int64_t number, int64_t quantity,
    int64_t rate, const char *reason)
{
	struct claim_change ch = {
	    .number = number, .quantity = quantity, .rate = rate, .reason = str_of(reason)};

	return claim_line_set(st->c, st->in, &finance, k, &ch);
}

static void to(struct story *st, const struct claim *k)
{
	struct claim_buyer b = {STR("Staatsanwaltschaft Musterstadt"), STR("Am Gericht 1"),
	    STR("12345"), STR("Musterstadt"), STR("DE"), STR("100 Js 1/26"), STR("")};

	assert_ok(st->c, claim_buyer_set(st->c, st->in, &finance, k, &b));
}

/* ---- from the case to the payment ---- */

static void test_proposed(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st,
	    (struct asked){.facts = NO,
		.targets = "{'kind':'email','value':'a@example.net'},"
			   "{'kind':'email','value':'b@example.net'}"},
	    &o);
	struct claim_lines l;
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_str(k.fees, "DE-JVEG-A3-2025");
	assert_str(k.state, "open");
	l = lines(st, &k);
	/* two records of 200, two identifiers of 300: several fields of one target count once */
	assert_int_equal(l.n, 2);
	assert_str(l.v[0].fee, "200");
	assert_int_equal(l.v[0].quantity, 2);
	assert_int_equal(l.v[0].sum.total, 5000);
	assert_str(l.v[1].fee, "300");
	assert_int_equal(l.v[1].sum.total, 5000);
	/* nothing is claimed before a person has looked */
	assert_int_equal(k.total, 0);
	/* 2026-09-15 and three months; three years from the end of 2026 */
	assert_str(day_str(st->c, k.claim_by), "2026-12-15");
	assert_str(day_str(st->c, k.limit), "2029-12-31");
	assert_err(st->c, make(st, &m, &k), ERR_CONFLICT, "has a claim");
}

static void test_whole_way(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO}, &o);
	struct story_mark mark;
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_err(st->c, claim_send(st->c, st->in, &finance, &k, STR("")), ERR_DENIED, "proposed");
	assert_ok(st->c, change(st, &k, 1, -1, -1, ""));
	assert_err(st->c, change(st, &k, 2, 3, -1, ""), ERR_INVALID, "needs a reason");
	mark = story_mark(st);
	assert_ok(st->c, change(st, &k, 2, 3, -1, "three lines were asked"));
	story_wrote(st, mark, "claim.line");
	assert_int_equal(again(st, &k).total, 2500 + 7500);
	/* never above recorded cost */
	assert_err(st->c, claim_send(st->c, st->in, &finance, &k, STR("")), ERR_DENIED, "cost");
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, 8000));
	assert_int_equal(again(st, &k).asked, 8000);
	assert_int_equal(again(st, &k).total, 10000);
	assert_err(
	    st->c, claim_send(st->c, st->in, &finance, &k, STR("")), ERR_NOTFOUND, "to whom");
	to(st, &k);
	assert_ok(st->c, claim_send(st->c, st->in, &finance, &k, STR("")));
	assert_str(again(st, &k).state, "sent");
	assert_err(st->c, change(st, &k, 2, 1, -1, "less"), ERR_CONFLICT, "sent");
	assert_err(st->c, claim_cost(st->c, st->in, &finance, &k, 1), ERR_CONFLICT, "sent");
	assert_err(
	    st->c, claim_pay(st->c, st->in, &finance, &k, 8001), ERR_INVALID, "no more is taken");
	assert_ok(st->c, claim_pay(st->c, st->in, &finance, &k, 8000));
	assert_str(again(st, &k).state, "paid");
	assert_int_equal(again(st, &k).paid, 8000);
	/* what was sent is not rewritten, below the program either */
	story_refused(st,
	    "UPDATE claim SET asked = 9000, cost = 9000, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "UPDATE claim_line SET total = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
}

static void test_digital(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO, .service = "files"}, &o);
	struct claim_change ch = {
	    .fee = STR("20"), .quantity = 120, .rate = -1, .reason = STR("time")};
	struct claim_lines l;
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_str(k.fees, "DE-JVEG-23-2");
	l = lines(st, &k);
	assert_int_equal(l.n, 2);
	assert_str(l.v[0].fee, "22");
	assert_err(st->c, change(st, &k, 1, -1, -1, "as it is"), ERR_INVALID, "nothing");
	assert_err(st->c, change(st, &k, 1, 90, 3100, "slow"), ERR_INVALID, "25.00 EUR");
	assert_ok(st->c, change(st, &k, 1, 91, 2400, "Ms Muster, 2026-09-14"));
	assert_int_equal(again(st, &k).total, 2 * 2400);
	/* § 20: no time where pay is claimed */
	assert_err(st->c, claim_line_set(st->c, st->in, &finance, &k, &ch), ERR_DENIED, "not both");
	assert_int_equal(l.v[1].proposed, 0); /* the production of this story has no file */
	assert_ok(st->c, change(st, &k, 2, 4, -1, "four files in one go"));
	assert_int_equal(again(st, &k).total, 4800 + 500);
}

static void test_us(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st,
	    (struct asked){
		.facts = NO, .instrument = "US-2703D", .country = "US", .fields = "'name'"},
	    &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_str(k.fees, "US-2706");
	assert_ok(st->c, change(st, &k, 1, 1, 4300, "forty minutes of search"));
	assert_int_equal(again(st, &k).total, 4300);
	assert_true(day_is_none(k.claim_by));
	/* toll records of a carrier cost nothing: nothing is proposed */
	m = answered(st,
	    (struct asked){
		.facts = NO, .instrument = "US-2703D", .country = "US", .fields = "'toll_records'"},
	    &o);
	assert_ok(st->c, make(st, &m, &k));
	assert_int_equal(lines(st, &k).n, 0);
}

/* On a day between the two texts a person chooses the table, with a reason. */
static void test_between(void **state)
{
	struct story *st = *state;
	struct claim_start start = {.end = DAY_NONE, .fees = STR(""), .reason = STR("")};
	struct legal_order o;
	struct matter m =
	    answered(st, (struct asked){.facts = NO, .received = "2025-05-20T08:00:00Z"}, &o);
	struct claim k;

	assert_err(st->c, claim_make(st->c, st->in, &finance, m.ref, 0, &start, &k), ERR_DENIED,
	    "choose one");
	start.fees = STR("DE-JVEG-A3-2025");
	assert_err(st->c, claim_make(st->c, st->in, &finance, m.ref, 0, &start, &k), ERR_DENIED,
	    "why it does");
	start.fees = STR("DE-JVEG-23-2");
	assert_err(st->c, claim_make(st->c, st->in, &finance, m.ref, 0, &start, &k), ERR_DENIED,
	    "does not hold");
	start.fees = STR("DE-JVEG-A3-2021");
	start.reason = STR("the call came before June");
	assert_ok(st->c, claim_make(st->c, st->in, &finance, m.ref, 0, &start, &k));
	assert_int_equal(lines(st, &k).v[1].sum.total, 3000);
}

static void test_not_charged(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO}, &o);
	struct claim k;

	st->in->costs.charge = STR("US");
	assert_err(st->c, make(st, &m, &k), ERR_DENIED, "charges nobody");
}

/* ---- last days ---- */

static void test_last_day(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO}, &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_ok(st->c, change(st, &k, 1, -1, -1, ""));
	assert_ok(st->c, change(st, &k, 2, -1, -1, ""));
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, 100000));
	to(st, &k);
	/* the date stands in the desk's calendar, at the end of its day */
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'claim'"), 1);
	assert_err(st->c, claim_end(st->c, st->in, &finance, &k, STR("lapsed"), STR("too late")),
	    ERR_DENIED, "has not lapsed");
	st->c->fixed_now = instant_at(day_add(k.claim_by, 1), 3600).s;
	assert_err(
	    st->c, claim_send(st->c, st->in, &finance, &k, STR("")), ERR_DENIED, "2026-12-15");
	story_refused(st,
	    str_fmt(st->c,
		"UPDATE claim SET state = 'sent', sent_day = %d, sender = 1, rev = rev + 1, entry "
		"= " STORY_ENTRY,
		day_add(k.claim_by, 1).n)
		.p,
	    "CHECK");
	assert_ok(st->c,
	    claim_send(st->c, st->in, &finance, &k, STR("the body did not tell us of the period")));
	assert_true(again(st, &k).late);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM order_date WHERE act = 'limitation'"), 1);
	st->c->fixed_now = instant_at(day_add(k.limit, 1), 3600).s;
	assert_ok(
	    st->c, claim_end(st->c, st->in, &finance, &k, STR("lapsed"), STR("never answered")));
	assert_str(again(st, &k).state, "lapsed");
	assert_err(st->c, claim_pay(st->c, st->in, &finance, &k, 100), ERR_CONFLICT, "lapsed");
}

static void test_on_the_last_day(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO, .fields = "'name'"}, &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_ok(st->c, change(st, &k, 1, -1, -1, ""));
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, 100000));
	to(st, &k);
	st->c->fixed_now = instant_at(k.claim_by, 86399).s;
	assert_ok(st->c, claim_send(st->c, st->in, &finance, &k, STR("")));
	assert_false(again(st, &k).late);
}

/* ---- the bars ---- */

#define CLAIM_INSERT                                                                               \
	"INSERT INTO claim (ref, legal_order, matter, compartment, country, fees, currency, "      \
	"state, "                                                                                  \
	"emergency, child_abuse, central, measure_end, capped, total, asked, paid, opened, "       \
	"author, "                                                                                 \
	"late, rev, entry) SELECT 'forged', o.id, o.matter, 0, 'DE', 'X', 'EUR', 'open', %d, %d, " \
	"0, "                                                                                      \
	"1, 0, 0, 0, 0, 1, 1, 0, 1, " STORY_ENTRY " FROM legal_order o WHERE o.id = %lld"

static void forge(struct story *st, const struct legal_order *o, const char *part)
{
	story_refused(st, str_fmt(st->c, CLAIM_INSERT, 0, 0, (long long)o->id).p, part);
}

static void test_emergency(void **state)
{
	struct story *st = *state;
	struct legal_order o, other;
	struct matter m = answered(st, (struct asked){.facts = NO ",'order.emergency':true"}, &o);
	struct story_mark mark = story_mark(st);
	struct claim k;

	assert_err(st->c, make(st, &m, &k), ERR_DENIED, "emergency");
	story_untouched(st, mark);
	forge(st, &o, "nothing is claimed");
	/* nor for another order of the case, by its own row */
	(void)answered(st, (struct asked){.facts = NO}, &other);
	story_refused(st, str_fmt(st->c, CLAIM_INSERT, 1, 0, (long long)other.id).p, "CHECK");
	story_refused(st, str_fmt(st->c, CLAIM_INSERT, 0, 1, (long long)other.id).p, "CHECK");
	/* nor with another case's number in the row */
	story_refused(st,
	    str_fmt(st->c,
		"INSERT INTO claim (ref, legal_order, matter, compartment, country, fees, "
		"currency, "
		"state, emergency, child_abuse, central, measure_end, capped, total, asked, paid, "
		"opened, author, late, rev, entry) SELECT 'forged', %lld, o.matter, 0, 'DE', 'X', "
		"'EUR', 'open', 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, " STORY_ENTRY
		" FROM legal_order o WHERE o.id = %lld",
		(long long)o.id, (long long)other.id)
		.p,
	    "of an order");
	assert_int_equal(story_num(st, "SELECT count(*) FROM claim"), 0);
}

static void test_child_abuse(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = ",'order.child_abuse':true"}, &o);
	struct claim k;

	assert_err(st->c, make(st, &m, &k), ERR_DENIED, "child abuse");
	forge(st, &o, "nothing is claimed");
	assert_str(story_text(st, "SELECT kind FROM claim_bar"), "child_abuse");
	/* the bar stays, whatever is entered afterwards and by whatever hand */
	assert_ok(
	    st->c, order_fact(st->c, st->in, &st->ann, &o, STR("order.child_abuse"), STR("no")));
	produced(st, &o, STORY_NOW);
	assert_err(st->c, make(st, &m, &k), ERR_DENIED, "child abuse");
	story_refused(st, "DELETE FROM claim_bar", "never deleted");
	story_refused(
	    st, "UPDATE claim_bar SET matter = 99, rev = rev + 1, entry = " STORY_ENTRY, "stays");
	story_refused(st, "UPDATE claim_bar SET rev = rev + 1, entry = " STORY_ENTRY, "stays");
	/* nobody has said it: finance does not guess */
	m = answered(st, (struct asked){0}, &o);
	assert_err(st->c, make(st, &m, &k), ERR_DENIED, "order.child_abuse");
	says_no(st, &o);
	assert_ok(st->c, make(st, &m, &k));
}

/* What is entered after the claim was opened, or sent. */
static void test_bar_later(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO, .fields = "'name'"}, &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_ok(st->c, change(st, &k, 1, -1, -1, ""));
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, 100000));
	to(st, &k);
	assert_ok(
	    st->c, order_fact(st->c, st->in, &st->ann, &o, STR("order.emergency"), STR("yes")));
	assert_str(again(st, &k).barred, "emergency");
	assert_err(st->c, claim_send(st->c, st->in, &finance, &k, STR("")), ERR_DENIED, "waive");
	assert_err(st->c, change(st, &k, 1, 1, -1, "x"), ERR_DENIED, "waive");
	assert_err(st->c, claim_cost(st->c, st->in, &finance, &k, 1), ERR_DENIED, "waive");
	story_refused(st,
	    "UPDATE claim SET state = 'sent', sent_day = 20700, sender = 1, rev = rev + 1, entry "
	    "= " STORY_ENTRY,
	    "waive it");
	story_refused(
	    st, "UPDATE claim SET paid = 1, rev = rev + 1, entry = " STORY_ENTRY, "waive it");
	story_refused(st,
	    "INSERT INTO claim_line (claim, number, fee, quantity, rate, blocks, unit, parts, "
	    "percent, total, state, author, rev, entry) SELECT id, 9, '200', 1, 0, 1, 1, 1, 100, "
	    "1, "
	    "'confirmed', 1, 1, " STORY_ENTRY " FROM claim",
	    "nothing is claimed");
	story_refused(st, "UPDATE claim_line SET total = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "nothing is claimed");
	assert_ok(
	    st->c, claim_end(st->c, st->in, &finance, &k, STR("waived"), STR("an emergency")));
	assert_str(again(st, &k).state, "waived");
	story_refused(
	    st, "UPDATE claim SET state = 'paid', rev = rev + 1, entry = " STORY_ENTRY, "claim");
}

/* Paid already: it is waived, and what came is to be paid back. */
static void test_bar_after_payment(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO, .fields = "'name'"}, &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_ok(st->c, change(st, &k, 1, -1, -1, ""));
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, 100000));
	to(st, &k);
	assert_ok(st->c, claim_send(st->c, st->in, &finance, &k, STR("")));
	assert_ok(st->c, claim_pay(st->c, st->in, &finance, &k, 2500));
	assert_ok(st->c, claim_bar_set(st->c, st->in, &st->ann, &m, STR("child_abuse")));
	assert_err(st->c, claim_bar_set(st->c, st->in, &st->ann, &m, STR("child_abuse")),
	    ERR_CONFLICT, "already");
	assert_ok(st->c, claim_end(st->c, st->in, &finance, &k, STR("waived"), STR("child abuse")));
	assert_int_equal(again(st, &k).paid, 2500);
}

/* A claim, paid or not, stands in nobody's way: an emergency comes into the case and is put in
 * force as ever. */
static void test_never_in_the_way(void **state)
{
	struct story *st = *state;
	struct legal_order o, e;
	struct matter m = answered(st, (struct asked){.facts = NO, .fields = "'name'"}, &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	(void)story_case(st,
	    (struct story_ask){.instrument = "US-EMERG",
		.facts = "'order.emergency':true,'order.emergency_shown':true",
		.fields = "'name'"},
	    &e);
	assert_string_equal(story_state(st, &e), "in_review");
	/* one that joins the very case is taken in too; the claim is what ends */
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st,
	    str_fmt(st->c,
		"INSERT INTO legal_order (matter, seq, instrument, class, basis, state, received, "
		"emergency, narrowed, rev, entry) VALUES (%lld, 2, 'DE-100g-1', 'court_order', "
		"'order', 'received', 1, 1, 0, 1, " STORY_ENTRY ")",
		(long long)m.id)
		.p);
	story_sql(st, "INSERT INTO entry (id, kind, at, actor, leaf) VALUES ((SELECT max(id) FROM "
		      "stamp), 'test', 1, 0, zeroblob(33)); COMMIT");
	assert_str(again(st, &k).barred, "emergency");
	assert_err(st->c, change(st, &k, 1, -1, -1, ""), ERR_DENIED, "waive");
}

/* ---- what is published of it ---- */

static int take_sum(struct ctx *c, const struct claim_sum *s, void *arg)
{
	(void)c;
	*(struct claim_sum *)arg = *s;
	return 0;
}

static struct claim_sum sums(struct story *st, struct period p, struct day as_of)
{
	struct claim_sum s = {.country = STR("")};

	assert_ok(st->c, claim_sums(st->c, st->in, &st->publisher, p, as_of, take_sum, &s));
	return s;
}

/* By the day it was sent; the same again for an earlier day, whatever has come since. */
static void test_sums(void **state)
{
	struct story *st = *state;
	struct day today = instant_day((struct instant){STORY_NOW});
	struct period p = {day_add(today, -10), day_add(today, 10)},
		      other = {day_add(today, 1), day_add(today, 9)};
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO, .fields = "'name'"}, &o);
	struct claim k;

	assert_ok(st->c, make(st, &m, &k));
	assert_ok(st->c, change(st, &k, 1, -1, -1, ""));
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, 100000));
	to(st, &k);
	assert_int_equal(sums(st, p, today).claims, 0);
	assert_ok(st->c, claim_send(st->c, st->in, &finance, &k, STR("")));
	assert_int_equal(sums(st, p, today).claimed.minor, 2500);
	assert_int_equal(sums(st, p, today).paid.minor, 0);
	assert_int_equal(sums(st, p, day_add(today, -1)).claims, 0);
	assert_int_equal(sums(st, other, today).claims, 0);
	st->c->fixed_now += 2 * STORY_DAY;
	assert_ok(st->c, claim_pay(st->c, st->in, &finance, &k, 2000));
	assert_int_equal(sums(st, p, day_add(today, 2)).paid.minor, 2000);
	assert_int_equal(sums(st, p, today).paid.minor, 0);
	st->c->fixed_now += STORY_DAY;
	assert_ok(st->c, claim_end(st->c, st->in, &finance, &k, STR("waived"), STR("in error")));
	assert_int_equal(sums(st, p, day_add(today, 3)).claims, 0);
	assert_int_equal(sums(st, p, today).claimed.minor, 2500);
	assert_err(st->c,
	    claim_sums(st->c, st->in, &st->ann, p, today, take_sum, &(struct claim_sum){0}),
	    ERR_DENIED, "claimed");
}

/* ---- who ---- */

static void test_who(void **state)
{
	struct story *st = *state;
	struct person de = finance;
	struct legal_order o;
	struct matter m = answered(st, (struct asked){.facts = NO}, &o);
	struct claim_start start = {.end = DAY_NONE, .fees = STR(""), .reason = STR("")};
	struct matter seen;
	struct claim k;

	assert_err(st->c, claim_make(st->c, st->in, &st->ann, m.ref, 0, &start, &k), ERR_DENIED,
	    "finance");
	assert_err(st->c, claim_make(st->c, st->in, &st->admin, m.ref, 0, &start, &k), ERR_DENIED,
	    "finance");
	assert_ok(st->c, make(st, &m, &k));
	/* finance sees the claim, not the case */
	assert_err(
	    st->c, matter_get(st->c, st->in, &finance, m.ref, &seen), ERR_DENIED, "reading cases");
	assert_err(st->c, claim_get(st->c, st->in, &st->admin, k.ref, &k), ERR_DENIED, "claims");
	assert_err(
	    st->c, claim_get(st->c, st->in, &st->collector, k.ref, &k), ERR_DENIED, "claims");
	assert_ok(st->c, claim_get(st->c, st->in, &st->auditor, k.ref, &k));
	assert_err(st->c, claim_bar_set(st->c, st->in, &finance, &m, STR("emergency")), ERR_DENIED,
	    "barring");
	de.lands = STR("US");
	assert_err(st->c, claim_get(st->c, st->in, &de, k.ref, &k), ERR_NOTFOUND, "no claim");
	assert_err(
	    st->c, claim_make(st->c, st->in, &de, m.ref, 0, &start, &k), ERR_NOTFOUND, "no case");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_proposed, begin, finish),
	    cmocka_unit_test_setup_teardown(test_whole_way, begin, finish),
	    cmocka_unit_test_setup_teardown(test_digital, begin, finish),
	    cmocka_unit_test_setup_teardown(test_us, begin, finish),
	    cmocka_unit_test_setup_teardown(test_between, begin, finish),
	    cmocka_unit_test_setup_teardown(test_not_charged, begin, finish),
	    cmocka_unit_test_setup_teardown(test_last_day, begin, finish),
	    cmocka_unit_test_setup_teardown(test_on_the_last_day, begin, finish),
	    cmocka_unit_test_setup_teardown(test_emergency, begin, finish),
	    cmocka_unit_test_setup_teardown(test_child_abuse, begin, finish),
	    cmocka_unit_test_setup_teardown(test_bar_later, begin, finish),
	    cmocka_unit_test_setup_teardown(test_bar_after_payment, begin, finish),
	    cmocka_unit_test_setup_teardown(test_never_in_the_way, begin, finish),
	    cmocka_unit_test_setup_teardown(test_sums, begin, finish),
	    cmocka_unit_test_setup_teardown(test_who, begin, finish)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
