/*
 * Calendars. With arguments `--dump NAME FROM TO` (years) it prints the holidays of one of the
 * project's own calendars, a day a line, for test/oracle/holidays.py.
 */
#include "kind/cal.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

static const char *const lands[] = {"de-BW", "de-BY", "de-BE", "de-BB", "de-HB", "de-HH", "de-HE",
    "de-MV", "de-NI", "de-NW", "de-RP", "de-SL", "de-SN", "de-ST", "de-SH", "de-TH"};
enum { LANDS = sizeof(lands) / sizeof(lands[0]) };

static int load_one(struct ctx *c, const char *name, struct cal **ret)
{
	char *text = mem_alloc(c, 1 << 16);
	const char *path = str_fmt(c, "law/calendar/%s.yaml", name).p;
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL)
		return err_set(c, ERR_NOTFOUND, "%s is missing", path);
	n = fread(text, 1, 1 << 16, f);
	(void)fclose(f);
	return cal_parse(c, path, (struct str){text, n}, ret);
}

static int load(struct ctx *c, const char *name, struct cal **ret)
{
	struct cal *base, *own;
	int rc = load_one(c, name, &own);

	if (rc != 0)
		return rc;
	*ret = own;
	if (cal_base(own).n == 0)
		return 0;
	rc = load_one(c, str_z(c, cal_base(own)), &base);
	return rc != 0 ? rc : cal_join(c, base, own, ret);
}

static struct day on(struct ctx *c, const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(z), &d));
	return d;
}

/* A calendar of one rule, given as lines with their keys. */
static struct cal *one(struct ctx *c, const char *rule)
{
	struct cal *cal = NULL;

	assert_ok(c,
	    cal_parse(c, "t.yaml",
		str_fmt(c, "name: t\ncitation: none\nverified: no\nrules:\n  - name: A\n    %s\n",
		    rule),
		&cal));
	return cal;
}

/* The one rule's days in the years given, in order. */
static void days_are(const char *rule, int from, int to, const char *want)
{
	struct ctx *c = test_ctx();
	struct cal *cal = one(c, rule);
	struct buf b = buf_init(c, 4096);
	struct day d = DAY_NONE, end = DAY_NONE;

	assert_true(day_make(from, 1, 1, &d) && day_make(to, 12, 31, &end));
	for (; d.n <= end.n; d.n++)
		if (cal_holiday(cal, d)) {
			buf_puts(&b, b.n == 0 ? "" : " ");
			buf_put(&b, day_str(c, d));
		}
	assert_str(buf_str(&b), want);
	ctx_close(&c);
}

static void test_rules(void **state)
{
	(void)state;
	days_are("fixed: 12-25", 2013, 2014, "2013-12-25 2014-12-25");
	days_are("fixed: 02-29", 2011, 2013, "2012-02-29");
	days_are("easter: +0", 2013, 2013, "2013-03-31");
	days_are("easter: -2", 2013, 2014, "2013-03-29 2014-04-18");
	days_are("easter: +39", 2013, 2014, "2013-05-09 2014-05-29");
	days_are("nth: 3 monday january", 2013, 2014, "2013-01-21 2014-01-20");
	days_are("nth: 1 tuesday october", 2013, 2013, "2013-10-01");
	days_are("nth: 4 thursday november", 2012, 2013, "2012-11-22 2013-11-28");
	days_are("nth: last monday may", 2010, 2013, "2010-05-31 2011-05-30 2012-05-28 2013-05-27");
	days_are("nth: last friday december", 2010, 2010, "2010-12-31");
	days_are("nth: last wednesday february", 2012, 2012, "2012-02-29");
	/* A Wednesday 11-23 is not before itself: 2011, 2016. */
	days_are("before: wednesday 11-23", 2011, 2017,
	    "2011-11-16 2012-11-21 2013-11-20 2014-11-19 2015-11-18 2016-11-16 2017-11-22");
	days_are("before: monday 01-01", 2013, 2013, "2013-12-30");
	days_are(
	    "fixed: 10-31\n    from: 2017\n    until: 2018", 2015, 2020, "2017-10-31 2018-10-31");
	days_are("fixed: 10-31\n    from: 2017\n    until: 2017", 2015, 2020, "2017-10-31");
}

/* Observed days: also across the turn of the year, and with the years of the day itself. */
static void test_observed(void **state)
{
	static const char text[] = "name: t\ncitation: none\nverified: no\n"
				   "observed: saturday-friday sunday-monday\nrules:\n"
				   "  - name: New Year\n    fixed: 01-01\n    from: 2011\n"
				   "  - name: Last day\n    fixed: 12-31\n    until: 2023\n";
	static const char *const yes[] = {
	    "2010-12-31", /* Friday: both the last day and 2011's New Year's Day, a Saturday */
	    "2011-01-01", "2012-01-01", "2012-01-02", /* Sunday to Monday */
	    "2011-12-31", "2011-12-30",               /* Saturday to Friday */
	    "2023-12-31", "2024-01-01"};
	static const char *const no[] = {"2011-01-03", "2012-01-03", "2011-12-29", "2013-01-02",
	    "2004-12-30", "2010-01-01", "2024-12-31"};
	struct ctx *c = test_ctx();
	struct cal *cal;

	(void)state;
	assert_ok(c, cal_parse(c, "t.yaml", str_of(text), &cal));
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!cal_holiday(cal, on(c, yes[i])))
			fail_msg("%s is no holiday", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (cal_holiday(cal, on(c, no[i])))
			fail_msg("%s is a holiday", no[i]);
	/* 2028-01-01 is a Saturday, its Friday 2027-12-31; 2000-01-01 comes before `from`. */
	assert_true(cal_holiday(cal, on(c, "2027-12-31")));
	assert_false(cal_holiday(cal, on(c, "1999-12-30")));
	assert_str(cal_reason(cal, on(c, "2012-01-02"), "en"), "New Year");
	ctx_close(&c);
}

static void test_faults(void **state)
{
	static const struct {
		const char *rule, *part;
	} v[] = {
	    {"fixed: 02-30", "t.yaml:6:12: fixed must be"},
	    {"fixed: 13-01", "fixed must be"},
	    {"fixed: 1-1", "fixed must be"},
	    {"fixed: 12-25-", "fixed must be"},
	    {"fixed: 12/25", "fixed must be"},
	    {"fixed: 2013-12-25", "fixed must be"},
	    {"fixed:\n      - 12-25", "fixed must be one text"},
	    {"easter: 39", "easter must be"},
	    {"easter: +", "easter must be"},
	    {"easter: +-3", "easter must be"},
	    {"easter: +101", "easter must be"},
	    {"easter: +99999999999", "easter must be"},
	    {"easter: -2 days", "easter must be"},
	    {"nth: 5 monday may", "nth must begin"},
	    {"nth: 0 monday may", "nth must begin"},
	    {"nth: -1 monday may", "nth must begin"},
	    {"nth: third monday may", "nth must begin"},
	    {"nth: 3 Monday may", "weekday in English"},
	    {"nth: 3 montag may", "weekday in English"},
	    {"nth: 3 monday mai", "month in English"},
	    {"nth: 3 monday", "nth must be like"},
	    {"nth: 3 monday may 2013", "nth must be like"},
	    {"before: wednesday", "before must be like"},
	    {"before: wednesday 11-31", "before must be like"},
	    {"before: mittwoch 11-23", "weekday in English"},
	    {"fixed: 12-25\n    easter: +1", "t.yaml:7:13: a rule has one of"},
	    {"note: nothing else", "t.yaml:5:5: a rule needs one of"},
	    {"fixed: 12-25\n    from: 17", "from must be a year"},
	    {"fixed: 12-25\n    until: 0000", "until must be a year"},
	    {"fixed: 12-25\n    from: 20l7", "from must be a year"},
	    {"fixed: 12-25\n    from: 2018\n    until: 2017", "ends (until) before"},
	    {"fixed: 12-25\n    fixed: 12-26", "t.yaml:7:"},
	    {"fixd: 12-25", "did you mean"},
	};
	struct ctx *c = test_ctx();
	struct cal *cal = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_err(c,
		    cal_parse(c, "t.yaml",
			str_fmt(c,
			    "name: t\ncitation: none\nverified: no\nrules:\n  - name: A\n    %s\n",
			    v[i].rule),
			&cal),
		    ERR_INVALID, v[i].part);
	assert_null(cal);
	ctx_close(&c);
}

static void test_head_faults(void **state)
{
	static const struct {
		const char *text, *part;
	} v[] = {
	    {"", "\"name\" is missing"},
	    {"name: t\n", "\"citation\" is missing"},
	    {"name: t\ncitation: x\n", "\"verified\" is missing"},
	    {"name: t\ncitation: x\nverified: maybe\n", "t.yaml:3:11: verified must be"},
	    {"name: ../t\ncitation: x\nverified: no\n", "t.yaml:1:7: not the name"},
	    {"name: t\nbase: t\ncitation: x\nverified: no\n", "name of another"},
	    {"name: t\nbase: a b\ncitation: x\nverified: no\n", "name of another"},
	    {"name: t\nbase:\n  - de\ncitation: x\nverified: no\n", "name of another"},
	    {"name: t\ncitation: \"\"\nverified: no\n", "citation"},
	    {"name: t\ncitation: x\nverified: no\n", "rules must be"},
	    {"name: t\ncitation: x\nverified: no\nrules: none\n", "t.yaml:4:8: rules must be"},
	    {"name: t\ncitation: x\nverified: no\nrules:\n  - A\n", "t.yaml:5:5"},
	    {"name: t\ncitation: x\nverified: no\nobserved: sunday\n", "observed must be"},
	    {"name: t\ncitation: x\nverified: no\nobserved:\n  - sunday-monday\n",
		"t.yaml:5:3: observed must be"},
	    {"name: t\ncitation: x\nverified: no\nrules:\n  - name: \"\"\n    fixed: 12-25\n",
		"t.yaml:5:5: a rule needs a name"},
	    {"name: t\ncitation: x\nverified: no\nholidays: 3\n", "unknown key"},
	    {"name: t\ncitation: x\nverified: no\nrules:\n  - fixed: 12-25\n",
		"\"name\" is missing"},
	    {"name: t\ncitation: x\nverified: no\nrules: [a]\n", "t.yaml:4:8"},
	    {"- name: t\n", "t.yaml:1:1"},
	};
	struct ctx *c = test_ctx();
	struct cal *cal = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_err(
		    c, cal_parse(c, "t.yaml", str_of(v[i].text), &cal), ERR_INVALID, v[i].part);
	assert_null(cal);
	ctx_close(&c);
}

static void test_join(void **state)
{
	struct ctx *c = test_ctx();
	struct cal *de, *by, *us, *both, *again = NULL;

	(void)state;
	assert_ok(c, load_one(c, "de", &de));
	assert_ok(c, load_one(c, "de-BY", &by));
	assert_ok(c, load_one(c, "us-federal", &us));
	assert_str(cal_base(by), "de");
	assert_err(c, cal_join(c, us, by, &again), ERR_INVALID, "not \"us-federal\"");
	assert_err(c, cal_join(c, de, us, &again), ERR_INVALID, "not \"de\"");
	assert_err(c, cal_join(c, by, de, &again), ERR_INVALID, "not \"de-BY\"");
	assert_ok(c, cal_join(c, de, by, &both));
	assert_str(cal_name(both), "de-BY");
	assert_str(cal_base(both), "");
	assert_err(c, cal_join(c, de, both, &again), ERR_INVALID, "not \"de\"");
	assert_null(again);
	assert_true(cal_holiday(both, on(c, "2013-10-03")));
	assert_true(cal_holiday(both, on(c, "2013-01-06")));
	assert_false(cal_holiday(de, on(c, "2013-01-06")));
	assert_false(cal_holiday(by, on(c, "2013-10-03")));
	assert_str(cal_reason(both, on(c, "2013-01-06"), "de"), "Heilige Drei Könige");
	assert_str(cal_reason(both, on(c, "2013-01-06"), "en"), "Epiphany");
	assert_str(cal_reason(both, on(c, "2013-01-07"), "en"), "");
	ctx_close(&c);
}

/* A base that lacks its own base must not slip in. */
static void test_join_half(void **state)
{
	struct ctx *c = test_ctx();
	struct cal *half, *own, *ret = NULL;

	(void)state;
	assert_ok(c, cal_parse(c, "h",
			 STR("name: h\nbase: de\ncitation: x\nverified: no\nrules:\n"
			     "  - name: A\n    fixed: 01-01\n"),
			 &half));
	assert_ok(c, cal_parse(c, "o",
			 STR("name: o\nbase: h\ncitation: x\nverified: no\nrules:\n"
			     "  - name: B\n    fixed: 01-02\n"),
			 &own));
	assert_err(c, cal_join(c, half, own, &ret), ERR_INVALID, "joined with \"de\" first");
	ctx_close(&c);
}

static void test_business(void **state)
{
	struct ctx *c = test_ctx();
	struct cal *us, *he;

	(void)state;
	assert_ok(c, load(c, "us-federal", &us));
	assert_ok(c, load(c, "de-HE", &he));
	assert_true(cal_business(NULL, on(c, "2013-01-01")));
	assert_false(cal_business(NULL, on(c, "2013-01-05")));
	assert_false(cal_business(NULL, on(c, "2013-01-06")));
	assert_false(cal_business(NULL, DAY_NONE));
	assert_false(cal_business(us, on(c, "2013-01-21")));
	assert_true(cal_business(us, on(c, "2013-01-22")));
	/* Weekends as such are no holidays. */
	assert_false(cal_holiday(us, on(c, "2013-01-05")));
	assert_false(cal_holiday(us, DAY_NONE));

	assert_str(day_str(c, cal_add(NULL, on(c, "2013-01-04"), 1)), "2013-01-07");
	assert_str(day_str(c, cal_add(NULL, on(c, "2013-01-05"), 1)), "2013-01-07");
	assert_str(day_str(c, cal_add(NULL, on(c, "2013-01-07"), 5)), "2013-01-14");
	/* 18 USC 2704(a)(1): two business days over the King holiday. */
	assert_str(day_str(c, cal_add(us, on(c, "2013-01-18"), 2)), "2013-01-23");
	/* Hessen, Easter 2013: Thursday + 1 is Tuesday. */
	assert_str(day_str(c, cal_add(he, on(c, "2013-03-28"), 1)), "2013-04-02");
	assert_str(day_str(c, cal_add(he, on(c, "2013-12-24"), 3)), "2013-12-31");
	assert_true(day_is_none(cal_add(us, on(c, "2013-01-18"), 0)));
	assert_true(day_is_none(cal_add(us, on(c, "2013-01-18"), -1)));
	assert_true(day_is_none(cal_add(us, DAY_NONE, 1)));
	assert_true(day_is_none(cal_add(us, on(c, "9999-12-20"), 30)));
	ctx_close(&c);
}

/* Every file reads, and its name is the file's. */
static void test_files(void **state)
{
	struct ctx *c = test_ctx();
	struct cal *cal;

	(void)state;
	for (size_t i = 0; i < LANDS; i++) {
		assert_ok(c, load(c, lands[i], &cal));
		assert_str(cal_name(cal), lands[i]);
		assert_str(cal_base(cal), "");
		assert_true(cal_holiday(cal, on(c, "2017-10-31")));
		assert_true(cal_holiday(cal, on(c, "2024-05-09"))); /* Ascension Day */
	}
	assert_ok(c, load(c, "us-federal", &cal));
	assert_str(cal_name(cal), "us-federal");
	assert_ok(c, load(c, "de", &cal));
	assert_str(cal_name(cal), "de");
	ctx_close(&c);
}

/* What the oracle's old version cannot know, and what is only in some Laender. */
static void test_known(void **state)
{
	static const struct {
		const char *cal, *day;
		bool yes;
	} v[] = {
	    {"us-federal", "2020-06-19", false},
	    {"us-federal", "2021-06-18", true},
	    {"us-federal", "2022-06-20", true},
	    {"us-federal", "2021-12-31", true},
	    {"us-federal", "2021-07-05", true},
	    {"us-federal", "1985-01-21", false},
	    {"us-federal", "1986-01-20", true},
	    {"de-BE", "2018-03-08", false},
	    {"de-BE", "2019-03-08", true},
	    {"de-BE", "2019-05-08", false},
	    {"de-BE", "2020-05-08", true},
	    {"de-BE", "2025-05-08", true},
	    {"de-BE", "2026-05-08", false},
	    {"de-BE", "2028-06-17", true},
	    {"de-BB", "2025-05-08", false},
	    {"de-MV", "2022-03-08", false},
	    {"de-MV", "2023-03-08", true},
	    {"de-NI", "2016-10-31", false},
	    {"de-NI", "2017-10-31", true},
	    {"de-NI", "2018-10-31", true},
	    {"de-BE", "2018-10-31", false},
	    {"de-TH", "2018-09-20", false},
	    {"de-TH", "2019-09-20", true},
	    {"de-SN", "2022-11-16", true},
	    {"de-BY", "2022-11-16", false},
	    {"de-SL", "2022-08-15", true},
	    {"de-BY", "2022-08-15", false},
	};
	struct ctx *c = test_ctx();
	struct cal *cal;

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_ok(c, load(c, v[i].cal, &cal));
		if (cal_holiday(cal, on(c, v[i].day)) != v[i].yes)
			fail_msg("%s %s", v[i].cal, v[i].day);
	}
	ctx_close(&c);
}

/* The Commission's list for 2014 (decision 2013/C 39/03): 18 working days, and 2 January 2015. */
static void test_eu_2014(void **state)
{
	static const char *const v[] = {"2014-01-01", "2014-01-02", "2014-04-17", "2014-04-18",
	    "2014-04-21", "2014-05-01", "2014-05-09", "2014-05-29", "2014-05-30", "2014-06-09",
	    "2014-07-21", "2014-08-15", "2014-12-24", "2014-12-25", "2014-12-26", "2014-12-29",
	    "2014-12-30", "2014-12-31", "2015-01-01", "2015-01-02"};
	struct ctx *c = test_ctx();
	struct cal *cal;
	size_t n = 0;

	(void)state;
	assert_ok(c, load(c, "eu-institutions", &cal));
	for (struct day d = on(c, "2014-01-01"); d.n <= on(c, "2015-01-05").n; d.n++) {
		if (day_weekday(d) > 5 || !cal_holiday(cal, d))
			continue;
		assert_true(n < sizeof(v) / sizeof(v[0]));
		assert_str(day_str(c, d), v[n++]);
	}
	assert_int_equal(n, sizeof(v) / sizeof(v[0]));
	assert_str(day_str(c, cal_add(cal, on(c, "2014-12-23"), 1)), "2015-01-05");
	ctx_close(&c);
}

static int dump(const char *name, const char *from, const char *to)
{
	struct ctx *c;
	struct cal *cal;
	struct period p, q;
	int rc;

	ctx_open(&c);
	rc = load(c, name, &cal);
	if (rc == 0)
		rc = period_parse(c, str_of(from), &p);
	if (rc == 0)
		rc = period_parse(c, str_of(to), &q);
	if (rc != 0)
		(void)fprintf(stderr, "%s\n", err_text(c));
	for (; rc == 0 && p.from.n <= q.to.n; p.from.n++)
		if (cal_holiday(cal, p.from))
			(void)printf("%s\n", day_str(c, p.from).p);
	ctx_close(&c);
	return rc == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_observed),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_head_faults),
	    cmocka_unit_test(test_join),
	    cmocka_unit_test(test_join_half),
	    cmocka_unit_test(test_business),
	    cmocka_unit_test(test_files),
	    cmocka_unit_test(test_known),
	    cmocka_unit_test(test_eu_2014),
	};

	if (argc == 5 && strcmp(argv[1], "--dump") == 0)
		return dump(argv[2], argv[3], argv[4]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
