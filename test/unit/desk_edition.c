/* The life of an edition: made, looked at, counted again, published once everything holds. */
#include "count_world.h"

#include "desk/known.h"
#include "desk/verdict.h"

#include "store/sign.h"
#include "store/verify.h"

static struct edition make(const char *p, const char *as_of)
{
	struct edition_new n = new_edition(p, as_of);
	struct breaches b = {0};
	struct edition e;

	assert_ok(c, edition_make(c, w.in, &w.publisher, &n, &e, &b));
	return e;
}

static struct edition publish(const char *p)
{
	struct edition e = make(p, NULL), out;

	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
	return out;
}

static void test_make_and_publish(void **state)
{
	struct edition e, again, out;
	struct figures f;
	struct breaches b = {0};

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01"),
	    .outcome = "noncontent",
	    .settled = at("2025-03-04"),
	    .targets = 2});
	e = make("2025H1", NULL);
	assert_str(edition_name(c, &e), "2025H1.1");
	assert_str(day_str(c, e.as_of), "2026-01-15");
	assert_ok(c, edition_find(c, w.in, STR("2025H1"), &again));
	assert_int_equal(again.id, e.id);
	assert_false(again.is_published);
	assert_true(day_is_none(again.published));
	assert_ok(c, edition_figures(c, w.in, &again, &f));
	assert_int_equal(figure_number(&f, "total", STR(""), STR(""), "accounts"), 2);
	assert_ok(c, edition_check(c, w.in, &again, &b));
	assert_int_equal(b.n, 0);
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
	assert_true(out.is_published);
	assert_str(day_str(c, out.published), "2026-01-15");
	assert_int_equal(out.rev, 2);
	/* once more changes nothing */
	today("2026-02-01");
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
	assert_str(day_str(c, out.published), "2026-01-15");
	assert_int_equal(out.rev, 2);
	e = make("2025H1", NULL);
	assert_str(edition_name(c, &e), "2025H1.2");
	assert_ok(c, edition_find(c, w.in, STR("2025H1.1"), &again));
	assert_true(again.is_published);
}

static void test_ledger_has_each_step(void **state)
{
	const struct db_val *row;

	(void)state;
	publish("2025H1");
	assert_ok(c, db_one(c, w.in->store.db, SQL_ENTRY_COUNT_KIND,
			 DB_ARGS(db_text(STR("edition.make"))), &row));
	assert_int_equal(row[0].num, 1);
	assert_ok(c, db_one(c, w.in->store.db, SQL_ENTRY_COUNT_KIND,
			 DB_ARGS(db_text(STR("edition.publish"))), &row));
	assert_int_equal(row[0].num, 1);
}

static void test_who_and_when(void **state)
{
	struct person other = {
	    .id = 1, .roles = ROLE_ADMIN | ROLE_REVIEWER | ROLE_COUNSEL, .active = true};
	struct breaches b = {0};
	struct edition e;

	(void)state;
	assert_err(c,
	    edition_make(c, w.in, &other,
		&(struct edition_new){.period = period("2025H1"), .as_of = DAY_NONE}, &e, &b),
	    ERR_DENIED, "publisher");
	assert_err(c,
	    edition_make(c, w.in, &w.publisher,
		&(struct edition_new){.period = period("2026H1"), .as_of = DAY_NONE}, &e, &b),
	    ERR_INVALID, "not over");
	assert_err(c,
	    edition_make(c, w.in, &w.publisher,
		&(struct edition_new){.period = period("2025H1"), .as_of = day("2025-06-29")}, &e,
		&b),
	    ERR_INVALID, "before the end");
	assert_err(c,
	    edition_make(c, w.in, &w.publisher,
		&(struct edition_new){.period = period("2025H1"), .as_of = day("2026-01-16")}, &e,
		&b),
	    ERR_INVALID, "to come");
	e = make("2025H1", NULL);
	assert_err(c, edition_publish(c, w.in, &other, e.id, &e), ERR_DENIED, "publisher");
	assert_err(c, edition_publish(c, w.in, &w.publisher, 99, &e), ERR_NOTFOUND, "edition");
	assert_err(c, edition_find(c, w.in, STR("2024H1"), &e), ERR_NOTFOUND, "2024H1");
	assert_err(c, edition_find(c, w.in, STR("2025H1.2"), &e), ERR_NOTFOUND, "2025H1.2");
	assert_err(c, edition_find(c, w.in, STR("2025H1.x"), &e), ERR_INVALID, "PERIOD.VERSION");
	assert_err(c, edition_find(c, w.in, STR("2025H3"), &e), ERR_INVALID, "");
}

static void test_changed_cases(void **state)
{
	struct edition e = make("2025H1", NULL), out;

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01")});
	assert_err(
	    c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_CONFLICT, "make it again");
	assert_ok(c, edition_find(c, w.in, STR("2025H1.1"), &out));
	assert_false(out.is_published);
	e = make("2025H1", NULL);
	/* what is settled after the as-of day is an update, not a change */
	sql("DROP TRIGGER legal_order_step");
	sql("UPDATE legal_order SET outcome = 'no_data', settled = %lld, rev = 2, entry = 2",
	    at("2026-01-16"));
	sql("INSERT INTO order_outcome (legal_order, outcome, at, rev, entry)"
	    " SELECT id, 'no_data', %lld, 1, 1 FROM legal_order",
	    at("2026-01-16"));
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
}

/* How many findings of a verification of the whole log say this. */
static size_t found(const char *part)
{
	struct verify *v = verify_make(c);
	size_t n = 0;

	assert_ok(c, verify_own(c, &w.in->store, str_fmt(c, "%s/i/keys", w.dir).p, false, v));
	for (size_t i = 0; i < v->n; i++)
		n += strstr(v->text[i], part) != NULL;
	return n;
}

/* Figures that somebody wrote into the table past every gate are found out. */
static void test_forged_figures(void **state)
{
	struct edition e = make("2025H1", NULL), out;
	struct figures f;

	(void)state;
	assert_ok(c, sign_create(c, str_fmt(c, "%s/i/keys", w.dir).p, STR("test/log")));
	assert_int_equal(found("figures"), 0);
	sql("DROP TRIGGER figure_no_update");
	sql("UPDATE figure SET value_min = 7, value_max = 7 WHERE section = 'total' AND metric = "
	    "'content'");
	assert_err(c, edition_figures(c, w.in, &e, &f), ERR_FAIL, "not those that were counted");
	assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_FAIL, "not those");
	assert_int_equal(found("edition 1 (2025H1, version 1): its figures are not those"), 1);
	sql("DROP TRIGGER figure_no_delete; DELETE FROM figure");
	assert_int_equal(found("edition 1 (2025H1, version 1): its figures are not those"), 1);
}

static void test_breach_blocks(void **state)
{
	struct breaches b = {0};
	struct edition e, out;

	(void)state;
	put_import(1, "running", 1, 1);
	put_closed(1, "2013H1", "DE", "other", 1, 1);
	assert_ok(
	    c, edition_make(c, w.in, &w.publisher,
		   &(struct edition_new){.period = period("2013H1"), .as_of = DAY_NONE}, &e, &b));
	assert_true(b.n > 0); /* a draft says so, and is made */
	assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_DENIED, "import");
	/* a record without an outcome that no import brought */
	sql("DROP TRIGGER import_step");
	sql("UPDATE import SET state = 'done'");
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
}

static const struct figure *fisa(const struct edition *e, struct figures *f)
{
	assert_ok(c, edition_figures(c, w.in, e, f));
	return figure_find(f, "national_security", STR(""), STR("US-1874-A2"), "fisa_content");
}

/* Letters at once, FISA 180 days after the period: a version for each, in the same bands. */
static void test_two_versions_for_the_delay(void **state)
{
	struct edition first, second, out;
	struct edition_absences absent = {0};
	struct edition_changes changes = {0};
	struct figures f, g;
	struct band_law *law;

	(void)state;
	today("2025-07-10");
	first = publish("2025H1");
	assert_null(fisa(&first, &f));
	assert_ok(c, band_builtin(c, &law));
	assert_ok(c, edition_absent(c, law, &first, &f, &absent));
	assert_int_equal(absent.n, 4);
	assert_str(day_str(c, absent.v[0].not_before), "2025-12-27");
	today("2025-12-26");
	second = make("2025H1", "2025-07-10");
	assert_null(fisa(&second, &f));
	/* made the day before, published the day after: it shows what it showed when it was made */
	today("2025-12-28");
	assert_ok(c, edition_publish(c, w.in, &w.publisher, second.id, &out));
	second = make("2025H1", "2025-07-10");
	assert_non_null(fisa(&second, &g));
	assert_ok(c, edition_publish(c, w.in, &w.publisher, second.id, &out));
	edition_diff(c, &f, &g, &changes);
	assert_int_equal(changes.n, 4);
	assert_null(changes.v[0].a);
	assert_str(figure_name(c, changes.v[0].b), "national_security US-1874-A2 fisa_content");
	/* should the clock be put back, what is not due does not go out */
	second = make("2025H1", "2025-07-10");
	today("2025-12-26");
	assert_err(c, edition_publish(c, w.in, &w.publisher, second.id, &out), ERR_DENIED,
	    "not before 2025-12-27");
}

static void test_exclusive_structures(void **state)
{
	struct edition e, out;

	(void)state;
	publish("2024H2");
	publish("2025H1");
	w.in->bands = STR("US-1874-A3"); /* narrower bands for a published time */
	e = make("2025H1", NULL);
	assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_CONFLICT,
	    "another structure");
	w.in->bands = STR("US-1874-A4"); /* a year over published halves */
	e = make("2024", NULL);
	assert_err(
	    c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_CONFLICT, "exclusivity");
	w.in->bands = STR("US-1874-A2"); /* a rolling window */
	w.publisher.sealed = true;
	e = make("2024-12-01/2025-05-29", NULL);
	w.publisher.sealed = false;
	assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_CONFLICT, "overlap");
	e = make("2025", NULL); /* a year shows no half-year bands, so nothing stands against it */
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
	w.in->bands =
	    STR("US-COMB-2013"); /* its law was not read: counsel's permission is needed */
	e = make("2025H2", NULL);
	assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_DENIED, "permission");
}

/* A draft is read too: by days that move, a publisher finds the day of an order. */
static void test_no_moving_drafts(void **state)
{
	struct edition_new n;
	struct breaches b = {0};
	struct edition e;

	(void)state;
	make("2025-01-01/2025-06-29", NULL);
	make("2025-01-01/2025-06-29", NULL); /* the same window again */
	make("2025-06-30/2025-12-26", NULL);
	make("2025", NULL); /* shows no band */
	n = new_edition("2025-01-02/2025-06-30", NULL);
	assert_err(c, edition_make(c, w.in, &w.publisher, &n, &e, &b), ERR_DENIED,
	    "2025-06-30/2025-12-26.1 shows bands for a time that overlaps");
	w.in->bands = STR("none");
	make("2025-01-02/2025-06-30", NULL);
	w.in->bands = STR("US-1874-A2");
	w.publisher.sealed = true;
	assert_ok(c, edition_make(c, w.in, &w.publisher, &n, &e, &b));
	w.publisher.sealed = false;
	assert_ok(c, edition_make(c, w.in, &w.publisher, &n, &e, &b));
}

/* What is known of other times, or says nothing here, takes no place among what hangs together. */
static void test_many_known_figures(void **state)
{
	struct known far = {.country = STR("US"),
	    .counts = KNOWN_ALL,
	    .unit = STR("orders"),
	    .period = period("2015H1"),
	    .hi = 5000,
	    .published = day("2016-01-01"),
	    .source = STR("An old report")};
	struct known silent = far, out;
	struct edition_new n;
	struct breaches b = {0};
	struct edition e, published;

	(void)state;
	silent.country = STR("GB");
	silent.counts = KNOWN_OTHERS;
	silent.period = period("2025H1");
	for (int i = 0; i < 70; i++) {
		assert_ok(c, known_record(c, w.in, &w.publisher, &far, &out));
		assert_ok(c, known_record(c, w.in, &w.publisher, &silent, &out));
	}
	e = make("2025H1", NULL);
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &published));
	far.period = period("2025H1");
	for (int i = 0; i < 70; i++)
		assert_ok(c, known_record(c, w.in, &w.publisher, &far, &out));
	n = new_edition("2025H1", NULL);
	assert_err(c, edition_make(c, w.in, &w.publisher, &n, &e, &b), ERR_LIMIT, "hang together");
}

/* SI 2018/349 reg 9: no second disclosure; the same words in a corrected version are none. */
static void test_never_again(void **state)
{
	struct edition e, out;

	(void)state;
	w.in->bands = STR("UK-349-500");
	/* whether 18 months are over since the first assistance, only counsel may know */
	e = make("2025H1", NULL);
	assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_DENIED, "reg 8");
	put_permission("UK-349-500");
	publish("2025H1");
	put_order((struct an_order){.received = at("2025-03-01")});
	publish("2025H1"); /* corrected elsewhere, the band as it was */
	put_order((struct an_order){
	    .received = at("2025-03-01"), .country = "GB", .instrument = "UK-INT", .targets = 500});
	e = make("2025H1", NULL);
	assert_err(
	    c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_CONFLICT, "only once");
}

static void test_older_version(void **state)
{
	struct edition first = make("2025H1", NULL), out;

	(void)state;
	publish("2025H1");
	assert_err(c, edition_publish(c, w.in, &w.publisher, first.id, &out), ERR_CONFLICT,
	    "later version");
}

static int count_one(struct ctx *cc, const struct edition *e, void *arg)
{
	struct buf *b = arg;

	buf_put(b, edition_name(cc, e));
	buf_putc(b, e->is_published ? '!' : ' ');
	return 0;
}

static void test_list_and_diff(void **state)
{
	struct buf b = buf_init(c, 1024);
	struct edition_changes changes = {0};
	struct edition a, z;
	struct figures f, g;

	(void)state;
	a = publish("2025H1");
	put_order((struct an_order){.received = at("2025-03-01"), .country = "FR"});
	z = make("2025H1", NULL);
	make("2024H2", NULL);
	assert_ok(c, edition_each(c, w.in, count_one, &b));
	assert_str(buf_str(&b), "2024H2.1 2025H1.1!2025H1.2 ");
	assert_ok(c, edition_figures(c, w.in, &a, &f));
	assert_ok(c, edition_figures(c, w.in, &z, &g));
	edition_diff(c, &f, &f, &changes);
	assert_int_equal(changes.n, 0);
	edition_diff(c, &f, &g, &changes);
	assert_true(changes.n > 10);
	assert_str(figure_name(c, changes.v[0].b), "total requests");
	assert_int_equal(changes.v[0].a->value_min, 0);
	assert_int_equal(changes.v[0].b->value_min, 1);
}

static bool names(const struct breaches *b, const char *rule)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->v[i].rule, rule) == 0)
			return true;
	return false;
}

/* What publishing would refuse is said without publishing: also what no stored figure shows. */
static void test_rehearsal(void **state)
{
	struct edition e = make("2025H1", NULL), out;
	struct breaches b = {0};

	(void)state;
	assert_ok(c, edition_rehearse(c, w.in, &e, &b));
	assert_int_equal(breaches_stand(&b), 0);
	put_order((struct an_order){.received = at("2025-03-01")});
	sql("INSERT INTO demand (id, ref, received, recorded, channel, language, country, body, "
	    "level, "
	    "verified, state, merged_into, compartment, content_key, rev, entry) VALUES (904, 'T', "
	    "%lld, "
	    "1, 'portal', 'en', 'DE', 'police', 'local', 1, 'received', NULL, 0, x'00', 1, 1)",
	    at("2025-02-02"));
	assert_ok(c, edition_rehearse(c, w.in, &e, &b));
	assert_int_equal(breaches_stand(&b), 2);
	assert_true(names(&b, "changed") && names(&b, "channels"));
	assert_ok(c, edition_find(c, w.in, STR("2025H1.1"), &out));
	assert_false(out.is_published);
}

static void verdict(const struct edition *e, bool found, bool current)
{
	struct verdict_kept v;

	assert_ok(c, verdict_get(c, w.in, e, &v));
	assert_int_equal(v.found, found);
	assert_int_equal(v.current, current);
}

/* A verdict is old once something that it was judged by has changed. */
static void test_verdict_grows_old(void **state)
{
	struct edition first = make("2024H2", NULL), e = make("2025H1", NULL);
	struct known k = {.country = STR("DE"),
	    .counts = KNOWN_OTHERS,
	    .unit = STR("orders"),
	    .period = period("2025"),
	    .published = day("2026-01-02"),
	    .source = STR("a report"),
	    .lo = 1,
	    .hi = 1};

	(void)state;
	verdict(&e, false, false);
	assert_ok(c, verdict_put(c, w.in, &e, json_list(c)));
	verdict(&e, true, true);
	assert_ok(c, edition_publish(c, w.in, &w.publisher, first.id, &first));
	verdict(&e, true, false);
	assert_ok(c, verdict_put(c, w.in, &e, json_list(c)));
	verdict(&e, true, true);
	assert_ok(c, known_record(c, w.in, &w.publisher, &k, &k));
	verdict(&e, true, false);
	/* of one that is out: of its publication or later */
	assert_ok(c, verdict_put(c, w.in, &first, json_list(c)));
	verdict(&first, true, true);
	make("2023H2", NULL);
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &e));
	verdict(&first, true, true);
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_make_and_publish), T(test_ledger_has_each_step),
	    T(test_who_and_when), T(test_changed_cases), T(test_forged_figures),
	    T(test_breach_blocks), T(test_two_versions_for_the_delay), T(test_exclusive_structures),
	    T(test_no_moving_drafts), T(test_many_known_figures), T(test_never_again),
	    T(test_older_version), T(test_list_and_diff), T(test_rehearsal),
	    T(test_verdict_grows_old)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
