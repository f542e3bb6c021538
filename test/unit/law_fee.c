/* Fee tables: every row of the two tables of JVEG Anlage 3 computed and compared with the law file
 * (and with a copy of its amounts where that is not there), the days on which a table holds, units,
 * and by when. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "law/fee.h"

static struct ctx *c;
static struct fee_law law;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	return fee_builtin(c, &law);
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static const struct fee_table *table(const char *id)
{
	const struct fee_table *t = fee_find(&law, str_of(id));

	if (t == NULL)
		fail_msg("no table %s", id);
	return t;
}

static struct fee_sum compute(const struct fee_table *t, const char *nr, struct fee_line line)
{
	const struct fee_row *row = fee_row(t, str_of(nr));
	struct fee_sum s = {0};

	if (row == NULL)
		fail_msg("no row %s", nr);
	assert_ok(c, fee_compute(c, t, row, &line, &s));
	return s;
}

static int64_t total(const struct fee_table *t, const char *nr, int64_t quantity, bool central)
{
	return compute(t, nr, (struct fee_line){.quantity = quantity, .central = central}).total;
}

static struct day day(const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(z), &d));
	return d;
}

/* ---- the two tables ---- */

struct known {
	const char *nr;
	int64_t cents;
	int central;
};

/* JVEG Anlage 3 in the text of 2026-08-19: number, amount, whether a central contact point pays
 * 20 % less. */
static const struct known known_2025[] = {
    {"100", 9500, 1},
    {"101", 4500, 1},
    {"102", 2500, 0},
    {"103", 4300, 0},
    {"104", 7700, 0},
    {"105", 7800, 0},
    {"106", 13300, 0},
    {"107", 24100, 0},
    {"200", 2500, 1},
    {"201", 4500, 1},
    {"202", 1500, 1},
    {"300", 2500, 1},
    {"301", 1000, 1},
    {"302", 4000, 1},
    {"303", 500, 1},
    {"304", 7500, 1},
    {"305", 19000, 1},
    {"306", 6500, 1},
    {"307", 9500, 1},
    {"308", 4500, 1},
    {"309", 900, 0},
    {"310", 1800, 0},
    {"311", 3600, 0},
    {"400", 8500, 1},
    {"401", 18500, 1},
    {"402", 1500, 1},
};
/* The text before BGBl. 2025 I Nr. 109, as of 2022-03-26. */
static const struct known known_2021[] = {
    {"100", 10000, 0},
    {"101", 3500, 0},
    {"102", 2400, 0},
    {"103", 4200, 0},
    {"104", 7500, 0},
    {"200", 1800, 0},
    {"201", 3500, 0},
    {"202", 4000, 0},
    {"300", 3000, 0},
    {"301", 3500, 0},
    {"302", 1000, 0},
    {"303", 9000, 0},
    {"306", 3000, 0},
    {"308", 400, 0},
    {"310", 6000, 0},
    {"312", 19000, 0},
    {"318", 11000, 0},
    {"320", 10000, 0},
    {"321", 3500, 0},
    {"322", 800, 0},
    {"323", 1400, 0},
    {"324", 2500, 0},
    {"325", 1000, 0},
    {"400", 9000, 0},
    {"402", 3500, 0},
};

/* The smallest quantity that is paid for: one, or one more than what is free. */
static int64_t one(const struct fee_row *row)
{
	return row->after + 1;
}

static void compare(const struct fee_table *t, const char *nr, int64_t cents)
{
	const struct fee_row *row = fee_row(t, str_of(nr));

	if (row == NULL)
		fail_msg("%s has no row %s", t->id.p, nr);
	assert_int_equal(row->amount, cents);
	assert_int_equal(total(t, nr, one(row), false), cents);
	assert_int_equal(total(t, nr, 0, false), 0);
	/* what begins a block is paid like the block, and the next one begins behind it */
	assert_int_equal(total(t, nr, row->after + row->per, false), cents);
	assert_int_equal(total(t, nr, row->after + row->per + 1, false), 2 * cents);
	assert_int_equal(total(t, nr, row->after + 7 * row->per, false), 7 * cents);
}

static void test_every_row(void **state)
{
	const struct fee_table *now = table("DE-JVEG-A3-2025"), *old = table("DE-JVEG-A3-2021");
	size_t n_now = sizeof known_2025 / sizeof known_2025[0];
	size_t n_old = sizeof known_2021 / sizeof known_2021[0];

	(void)state;
	assert_int_equal(now->n_rows, n_now);
	assert_int_equal(old->n_rows, n_old);
	for (size_t i = 0; i < n_now; i++) {
		const struct known *k = &known_2025[i];

		compare(now, k->nr, k->cents);
		assert_int_equal(total(now, k->nr, one(fee_row(now, str_of(k->nr))), true),
		    k->central ? k->cents / 5 * 4 : k->cents);
	}
	for (size_t i = 0; i < n_old; i++)
		compare(old, known_2021[i].nr, known_2021[i].cents);
}

/* "12.50" as hundredths. */
static int64_t cents_of(struct str s)
{
	struct money m = {0, ""};

	assert_ok(c, money_parse(c, str_fmt(c, "%.*s EUR", STR_ARG(s)), &m));
	return m.minor;
}

/* The law file's text, "" where there is none. */
static struct str law_file(const char *name)
{
	const char *shared = getenv("WRIT_SHARED");
	static char text[65536];
	size_t n = 0;
	FILE *f = shared == NULL ? NULL : fopen(str_fmt(c, "%s/law/%s", shared, name).p, "r");

	if (f != NULL) {
		n = fread(text, 1, sizeof text, f);
		(void)fclose(f);
	}
	return (struct str){text, n};
}

/* Columns of the law file by their heads; every row of it is a row of the table. */
static size_t compare_file(const char *name, const struct fee_table *t)
{
	struct str text = law_file(name), line, head = STR(""), cell, rest;
	size_t rows = 0;

	if (text.n == 0)
		return t->n_rows;
	while (str_cut(text, '\n', &line, &text) || line.n > 0) {
		struct str nr = STR(""), eur = STR(""), less = STR(""), names = head, key;

		if (head.n == 0) {
			head = line;
			continue;
		}
		for (rest = line; names.n > 0;) {
			(void)str_cut(names, '\t', &key, &names);
			(void)str_cut(rest, '\t', &cell, &rest);
			if (str_is(key, "nr"))
				nr = cell;
			else if (str_is(key, "eur"))
				eur = cell;
			else if (str_is(key, "central_contact_minus20"))
				less = cell;
		}
		compare(t, str_z(c, nr), cents_of(eur));
		if (less.n > 0)
			assert_int_equal(fee_row(t, nr)->central, str_is(str_trim(less), "1"));
		rows++;
		if (text.n == 0)
			break;
	}
	return rows;
}

static void test_law_file(void **state)
{
	const struct fee_table *now = table("DE-JVEG-A3-2025"), *old = table("DE-JVEG-A3-2021");

	(void)state;
	assert_int_equal(compare_file("jveg-anlage3-2025.tsv", now), now->n_rows);
	assert_int_equal(compare_file("jveg-anlage3-pre2025.tsv", old), old->n_rows);
}

/* ---- units ---- */

/* Blocks begun, by another way of counting: one by one. */
static void test_blocks(void **state)
{
	const struct fee_table *t = table("DE-JVEG-A3-2025");

	(void)state;
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct fee_row *row = &t->rows[r];
		int64_t want = 0, open = 0;

		for (int64_t q = 0; q <= 61; q++) {
			if (q > row->after && open == 0) {
				want += row->amount;
				open = row->per;
			}
			open -= q > row->after;
			assert_int_equal(total(t, row->nr.p, q, false), want);
		}
	}
	assert_int_equal(total(t, "201", 10, false), 4500);
	assert_int_equal(total(t, "201", 11, false), 9000);
	assert_int_equal(total(t, "306", 21, false), 3 * 6500);
	assert_int_equal(total(t, "301", 1, false), 0);
	assert_int_equal(total(t, "301", 3, false), 2000);
	/* four fifths, exactly, of any number of blocks */
	assert_int_equal(total(t, "303", 7, true), 2800);
}

/* § 19(2): ten hours a day at most; the last hour full above thirty minutes, half else. */
static void test_hours(void **state)
{
	static const struct {
		int64_t minutes, halves;
	} v[] = {{0, 0}, {1, 1}, {30, 1}, {31, 2}, {60, 2}, {61, 3}, {90, 3}, {91, 4}, {599, 20},
	    {600, 20}, {601, 20}, {1440, 20}};
	const struct fee_table *t = table("DE-JVEG-23-2");

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct fee_line l = {.quantity = v[i].minutes, .rate = 2500};

		assert_int_equal(compute(t, "22", l).total, v[i].halves * 1250);
		assert_int_equal(total(t, "20", v[i].minutes, false), v[i].halves * 200);
	}
	/* a cent that does not divide is not claimed */
	assert_int_equal(
	    compute(t, "22", (struct fee_line){.quantity = 30, .rate = 1999}).total, 999);
	/* § 7(3): 1.50 a file, five euros at most in one go */
	assert_int_equal(total(t, "7-3", 3, false), 450);
	assert_int_equal(total(t, "7-3", 4, false), 500);
	assert_int_equal(total(t, "7-3", 4000, false), 500);
}

static void refuse(const char *id, const char *nr, struct fee_line l, int code, const char *part)
{
	const struct fee_table *t = table(id);
	struct fee_sum s = {.total = -1};

	assert_err(c, fee_compute(c, t, fee_row(t, str_of(nr)), &l, &s), code, part);
	assert_int_equal(s.total, -1);
}

static void test_refused_lines(void **state)
{
	(void)state;
	refuse("DE-JVEG-23-2", "22", (struct fee_line){.quantity = 60, .rate = 2501}, ERR_INVALID,
	    "more than 25.00 EUR");
	refuse("DE-JVEG-23-2", "22", (struct fee_line){.quantity = 60}, ERR_INVALID, "recorded");
	refuse("DE-JVEG-23-2", "22", (struct fee_line){.quantity = 1441, .rate = 1}, ERR_INVALID,
	    "one day");
	refuse("DE-JVEG-A3-2025", "200", (struct fee_line){.quantity = 1, .rate = 9900},
	    ERR_INVALID, "has the amount");
	refuse("DE-JVEG-A3-2025", "200", (struct fee_line){.quantity = -1}, ERR_INVALID, "below");
	refuse(
	    "DE-JVEG-A3-2025", "200", (struct fee_line){.quantity = 1000001}, ERR_LIMIT, "large");
	refuse(
	    "DE-JVEG-A3-2025", "200", (struct fee_line){.quantity = 1000000}, ERR_LIMIT, "large");
	refuse("US-2706", "2706-a", (struct fee_line){.quantity = 2, .rate = 100}, ERR_INVALID,
	    "one amount");
	refuse("US-2706", "2706-a", (struct fee_line){.quantity = 1}, ERR_INVALID, "recorded");
}

/* ---- which table ---- */

static enum fee_fit fit(const char *id, const char *called, const char *class)
{
	struct fee_case k = {STR("DE"), STR("DE-100g-1"), str_of(class), STR(""), day(called)};

	return fee_fits(table(id), &k);
}

/* On a day between the two texts that were read a person chooses; on every other exactly one
 * table holds, whatever the number means in the other. */
static void test_days(void **state)
{
	const char *now = "DE-JVEG-A3-2025", *old = "DE-JVEG-A3-2021";

	(void)state;
	assert_int_equal(fit(old, "2022-03-25", "tk_small"), FEE_NOT);
	assert_int_equal(fit(old, "2022-03-26", "tk_small"), FEE_SURE);
	assert_int_equal(fit(old, "2025-04-01", "tk_small"), FEE_SURE);
	assert_int_equal(fit(now, "2025-04-01", "tk_small"), FEE_NOT);
	assert_int_equal(fit(old, "2025-04-02", "tk_small"), FEE_MAYBE);
	assert_int_equal(fit(now, "2025-04-02", "tk_small"), FEE_MAYBE);
	assert_int_equal(fit(old, "2025-06-17", "tk_large"), FEE_MAYBE);
	assert_int_equal(fit(now, "2025-06-17", "tk_large"), FEE_MAYBE);
	assert_int_equal(fit(old, "2025-06-18", "tk_large"), FEE_NOT);
	assert_int_equal(fit(now, "2025-06-18", "tk_large"), FEE_SURE);
	assert_int_equal(fit(now, "2026-11-28", "digital"), FEE_NOT);
	assert_int_equal(fit("DE-JVEG-23-2", "2026-11-28", "digital"), FEE_SURE);
	assert_int_equal(fit("DE-JVEG-23-2", "2026-11-28", "tk_small"), FEE_NOT);
	for (struct day d = day("2022-03-26"); d.n <= day("2027-01-01").n; d.n++) {
		struct fee_case k = {STR("DE"), STR("DE-100g-1"), STR("tk_small"), STR(""), d};
		int sure = 0, maybe = 0;

		for (size_t i = 0; i < law.n; i++) {
			sure += fee_fits(&law.v[i], &k) == FEE_SURE;
			maybe += fee_fits(&law.v[i], &k) == FEE_MAYBE;
		}
		assert_true((sure == 1 && maybe == 0) || (sure == 0 && maybe == 2));
	}
}

static enum fee_fit of(
    const char *id, const char *country, const char *instrument, const char *purpose)
{
	struct fee_case k = {str_of(country), str_of(instrument), STR("tk_small"), str_of(purpose),
	    day("2026-11-28")};

	return fee_fits(table(id), &k);
}

static void test_scope(void **state)
{
	const char *de = "DE-JVEG-A3-2025";

	(void)state;
	/* criminal prosecution only; where nobody said what for, a person does */
	assert_int_equal(of(de, "DE", "DE-BDA", "offence"), FEE_SURE);
	assert_int_equal(of(de, "DE", "DE-BDA", ""), FEE_MAYBE);
	assert_int_equal(of(de, "DE", "DE-BDA", "danger"), FEE_NOT);
	assert_int_equal(of(de, "DE", "DE-BDA", "intelligence"), FEE_NOT);
	assert_int_equal(of(de, "FR", "DE-BDA", ""), FEE_NOT);
	/* Art. 14: domestic law of the issuing State; nobody read that of all States */
	assert_int_equal(of(de, "DE", "EU-EPOC", ""), FEE_SURE);
	assert_int_equal(of("EU-2023-1543-14", "FR", "EU-EPOC", ""), FEE_MAYBE);
	assert_int_equal(of("EU-2023-1543-14", "FR", "DE-BDA", ""), FEE_NOT);
	/* 2706 is about 2702 to 2704: no preservation, no national security letter */
	assert_int_equal(of("US-2706", "US", "US-WARRANT", ""), FEE_SURE);
	assert_int_equal(of("US-2706", "US", "US-PRESERVE", ""), FEE_NOT);
	assert_int_equal(of("US-2706", "US", "US-NSL", ""), FEE_NOT);
	assert_true(fee_free(table("US-2706"), STR("tk_large"), STR("toll_records")));
	assert_false(fee_free(table("US-2706"), STR("digital"), STR("toll_records")));
	assert_false(fee_free(table("US-2706"), STR("tk_large"), STR("name")));
}

static const char *proposed(const char *field, const char *target)
{
	const struct fee_propose *p =
	    fee_proposal(table("DE-JVEG-A3-2025"), str_of(field), str_of(target));

	return p == NULL ? "" : p->nr.p;
}

static void test_proposals(void **state)
{
	(void)state;
	assert_int_equal(strncmp(proposed("name", "ipv4"), "201", 3), 0);
	assert_int_equal(strncmp(proposed("name", "email"), "200", 3), 0);
	assert_int_equal(strncmp(proposed("session_ip", "email"), "300", 3), 0);
	assert_int_equal(strncmp(proposed("access_code", "phone"), "402", 3), 0);
	assert_string_equal(proposed("body", "email"), "");
}

/* ---- by when ---- */

static void test_claim_by(void **state)
{
	/* § 2(1): three months; a month that is too short ends it on its last day */
	static const char *const v[][3] = {{"2026-01-31", "2026-04-30", "2029-12-31"},
	    {"2026-11-30", "2027-02-28", "2029-12-31"}, {"2027-11-30", "2028-02-29", "2030-12-31"},
	    {"2027-11-29", "2028-02-29", "2030-12-31"}, {"2026-12-31", "2027-03-31", "2029-12-31"},
	    {"2027-01-01", "2027-04-01", "2030-12-31"}, {"2026-02-28", "2026-05-28", "2029-12-31"},
	    {"2024-02-29", "2024-05-29", "2027-12-31"}};
	const struct fee_table *t = table("DE-JVEG-A3-2025");

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		assert_string_equal(day_str(c, fee_claim_by(t, day(v[i][0]))).p, v[i][1]);
		assert_string_equal(day_str(c, fee_limit(t, day(v[i][0]))).p, v[i][2]);
	}
	assert_true(day_is_none(fee_claim_by(table("US-2706"), day("2026-01-31"))));
	assert_true(day_is_none(fee_limit(table("US-2706"), day("2026-01-31"))));
}

/* ---- the file ---- */

#define HEAD                                                                                       \
	"tables:\n  - id: X\n    en: a\n    de: b\n    jurisdiction: DE\n    currency: EUR\n"      \
	"    sure_from: 2026-01-01\n    cite: c\n"
#define MARK "    mark: S\n    verified: no\n"
#define ROW "    rows:\n      - nr: 1\n        en: a\n        de: b\n        unit: "

static void test_refused(void **state)
{
	static const char *const texts[][2] = {{HEAD MARK, "rows"},
	    {HEAD "    mark: S\n    verified: yes\n" ROW "line\n        amount: 1.00\n", "mark V"},
	    {HEAD MARK ROW "line\n", "every row has one"},
	    {HEAD MARK ROW "cost\n        amount: 1.00\n", "every row has one"},
	    {HEAD MARK ROW "line\n        amount: 1.005\n", "currency"},
	    {HEAD MARK ROW "line\n        amount: -1.00\n", "currency"},
	    {HEAD MARK ROW "line\n        amount: 1.00\n        central: yes\n", "central_percent"},
	    {HEAD MARK ROW "minute\n        amount: 1.00\n", "most_hours"},
	    {HEAD MARK ROW "line\n        amount: 1.00\n        not_beside: 9\n", "not_beside"},
	    {HEAD MARK ROW "ell\n        amount: 1.00\n", "unit"},
	    {HEAD MARK "    maybe_until: 2027-01-01\n" ROW "line\n        amount: 1.00\n",
		"maybe_until"},
	    {HEAD MARK "    maybe_from: 2027-01-01\n" ROW "line\n        amount: 1.00\n",
		"maybe_from"},
	    {HEAD MARK ROW
		"line\n        amount: 1.00\n    proposes:\n      - nr: 2\n        count: "
		"ask\n",
		"no such row"},
	    {"tables:\n", "a list"}, {"", "at least one"}};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct fee_law l = {0};

		assert_err(c, fee_load(c, "t", str_of(texts[i][0]), &l), ERR_INVALID, texts[i][1]);
		assert_null(l.v);
		err_clear(c);
	}
	/* only what was read at the source is verified */
	for (size_t i = 0; i < law.n; i++)
		assert_true(!law.v[i].src.verified || str_is(law.v[i].src.mark, "V"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_row),
	    cmocka_unit_test(test_law_file), cmocka_unit_test(test_blocks),
	    cmocka_unit_test(test_hours), cmocka_unit_test(test_refused_lines),
	    cmocka_unit_test(test_days), cmocka_unit_test(test_scope),
	    cmocka_unit_test(test_proposals), cmocka_unit_test(test_claim_by),
	    cmocka_unit_test(test_refused)};

	return cmocka_run_group_tests(tests, setup, teardown);
}
