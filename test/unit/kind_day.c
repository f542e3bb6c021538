#include "kind/day.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"

static struct day make(int y, int m, int d)
{
	struct day day = DAY_NONE;

	if (!day_make(y, m, d, &day))
		fail_msg("no day %d-%d-%d", y, m, d);
	return day;
}

/* Counted up by hand, one day at a time, from 0001-01-01 (a Monday) to 9999-12-31 (a Friday). */
static void test_every_day(void **state)
{
	static const int len[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int32_t n = -719162;
	int weekday = 1, gy, gm, gd;

	(void)state;
	for (int y = 1; y <= 9999; y++) {
		bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);

		for (int m = 1; m <= 12; m++) {
			int last = len[m - 1] + (m == 2 && leap ? 1 : 0);
			struct day day = {77};

			for (int d = 1; d <= last; d++, n++, weekday = weekday % 7 + 1) {
				if (!day_make(y, m, d, &day) || day.n != n)
					fail_msg("day_make(%d, %d, %d) = %d", y, m, d, day.n);
				day_split(day, &gy, &gm, &gd);
				if (gy != y || gm != m || gd != d)
					fail_msg("day_split(%d) = %d-%d-%d", n, gy, gm, gd);
				if (day_weekday(day) != weekday)
					fail_msg("day_weekday(%d-%d-%d)", y, m, d);
			}
			assert_false(day_make(y, m, last + 1, &day));
			assert_false(day_make(y, m, 0, &day));
			assert_int_equal(day.n, n - 1);
		}
	}
	assert_int_equal(n - 1, 2932896);
	assert_int_equal(make(1970, 1, 1).n, 0);
	assert_int_equal(day_weekday(make(1970, 1, 1)), 4);
	assert_int_equal(day_weekday(make(2026, 1, 15)), 4);
}

static void test_none(void **state)
{
	struct ctx *c = test_ctx();
	struct day d;
	int y = 9, m = 9, dd = 9;

	(void)state;
	assert_false(day_make(0, 1, 1, &d));
	assert_false(day_make(10000, 1, 1, &d));
	assert_false(day_make(2000, 0, 1, &d));
	assert_false(day_make(2000, 13, 1, &d));
	assert_false(day_make(-4, 1, 1, &d));
	assert_true(day_is_none(DAY_NONE));
	assert_false(day_is_none((struct day){0}));
	assert_str(day_str(c, DAY_NONE), "");
	assert_int_equal(day_weekday(DAY_NONE), 0);
	day_split(DAY_NONE, &y, &m, &dd);
	assert_true(y == 0 && m == 0 && dd == 0);
	assert_true(day_is_none(day_add(DAY_NONE, 5)));
	assert_true(day_is_none(day_add(make(9999, 12, 31), 1)));
	assert_true(day_is_none(day_add(make(1, 1, 1), -1)));
	assert_true(day_is_none(day_add(make(9999, 12, 31), INT32_MAX)));
	assert_true(day_is_none(day_add(make(1, 1, 1), INT32_MIN)));
	assert_true(day_is_none(day_add_months(DAY_NONE, 1)));
	assert_true(day_is_none(day_add_months(make(9999, 12, 1), 1)));
	assert_true(day_is_none(day_add_months(make(1, 1, 31), -1)));
	assert_true(day_is_none(day_add_months(make(1, 1, 31), INT32_MIN)));
	assert_true(day_is_none(day_add_months(make(9999, 1, 31), INT32_MAX)));
	assert_true(day_is_none(day_easter(0)));
	assert_true(day_is_none(day_easter(10000)));
	ctx_close(&c);
}

static void test_parse(void **state)
{
	static const char *const form[] = {"", "2013", "2013-1-31", "2013-01-3", "2013-01-311",
	    "2013/01/31", "31.01.2013", "2013-01-31 ", " 2013-01-31", "2013-01-31T00:00:00Z",
	    "+013-01-31", "-013-01-31", "2013-0a-31", "2013--1-31", "20130131", "2013-01-\xd9\xa3"};
	static const char *const none[] = {"2013-02-29", "1900-02-29", "2013-00-10", "2013-13-10",
	    "2013-04-31", "2013-01-00", "0000-01-01"};
	struct ctx *c = test_ctx();
	struct day d = {5};

	(void)state;
	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++)
		assert_err(c, day_parse(c, str_of(form[i]), &d), ERR_INVALID, "not YYYY-MM-DD");
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_err(c, day_parse(c, str_of(none[i]), &d), ERR_INVALID, "no such day");
	assert_int_equal(d.n, 5);
	assert_ok(c, day_parse(c, STR("2000-02-29"), &d));
	assert_str(day_str(c, d), "2000-02-29");
	assert_ok(c, day_parse(c, STR("0001-01-01"), &d));
	assert_str(day_str(c, d), "0001-01-01");
	assert_ok(c, day_parse(c, STR("9999-12-31"), &d));
	assert_str(day_str(c, d), "9999-12-31");
	ctx_close(&c);
}

static void test_arithmetic(void **state)
{
	static const struct {
		int y, m, d, months;
		const char *want;
	} v[] = {
	    {2013, 1, 31, 1, "2013-02-28"},
	    {2012, 1, 31, 1, "2012-02-29"},
	    {2012, 2, 29, 12, "2013-02-28"},
	    {2012, 2, 29, 48, "2016-02-29"},
	    {2013, 8, 31, 1, "2013-09-30"},
	    {2013, 12, 31, 2, "2014-02-28"},
	    {2013, 3, 31, -1, "2013-02-28"},
	    {2013, 1, 15, -1, "2012-12-15"},
	    {2013, 1, 15, -13, "2011-12-15"},
	    {2013, 1, 15, 0, "2013-01-15"},
	    {2013, 10, 15, 3, "2014-01-15"},
	    {2000, 2, 29, 1200, "2100-02-28"},
	};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_str(day_str(c, day_add_months(make(v[i].y, v[i].m, v[i].d), v[i].months)),
		    v[i].want);
	assert_str(day_str(c, day_add(make(2013, 12, 31), 1)), "2014-01-01");
	assert_str(day_str(c, day_add(make(2012, 2, 28), 1)), "2012-02-29");
	assert_str(day_str(c, day_add(make(2013, 1, 1), 90)), "2013-04-01");
	assert_str(day_str(c, day_add(make(2013, 1, 1), -1)), "2012-12-31");
	assert_true(day_cmp(make(2013, 1, 1), make(2013, 1, 2)) < 0);
	assert_true(day_cmp(make(2013, 1, 2), make(2013, 1, 1)) > 0);
	assert_int_equal(day_cmp(make(2013, 1, 2), make(2013, 1, 2)), 0);
	assert_true(day_cmp(DAY_NONE, make(1, 1, 1)) < 0);
	ctx_close(&c);
}

/* Published dates, with the earliest and the latest possible and the two exceptions of the
 * computus. */
static void test_easter(void **state)
{
	static const char *const v[] = {"1818-03-22", "1943-04-25", "1954-04-18", "1961-04-02",
	    "1981-04-19", "2000-04-23", "2008-03-23", "2013-03-31", "2014-04-20", "2019-04-21",
	    "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18", "2285-03-22"};
	struct ctx *c = test_ctx();
	struct day d;
	int y, m, dd;

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_ok(c, day_parse(c, str_of(v[i]), &d));
		day_split(d, &y, &m, &dd);
		assert_str(day_str(c, day_easter(y)), v[i]);
	}
	for (y = 1583; y <= 9999; y++) {
		d = day_easter(y);
		assert_int_equal(day_weekday(d), 7);
		assert_true(d.n >= make(y, 3, 22).n && d.n <= make(y, 4, 25).n);
	}
	ctx_close(&c);
}

static void test_instant(void **state)
{
	static const struct {
		const char *text, *want;
	} v[] = {
	    {"2013-01-31T09:00:00+01:00", "2013-01-31T08:00:00Z"},
	    {"2013-01-31T09:00:00Z", "2013-01-31T09:00:00Z"},
	    {"2013-01-31t09:00:00z", "2013-01-31T09:00:00Z"},
	    {"2013-01-31T23:30:00-05:30", "2013-02-01T05:00:00Z"},
	    {"2013-01-01T00:00:00+14:00", "2012-12-31T10:00:00Z"},
	    {"2013-01-31T09:00:00-00:00", "2013-01-31T09:00:00Z"},
	    {"2013-01-31T09:00:00.999999999Z", "2013-01-31T09:00:00Z"},
	    {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
	    {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
	    {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
	    {"1998-12-31T23:59:60Z", "1999-01-01T00:00:00Z"},
	    {"1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00Z"},
	    {"2012-02-29T12:34:56Z", "2012-02-29T12:34:56Z"},
	};
	struct ctx *c = test_ctx();
	struct instant t;

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_ok(c, instant_parse(c, str_of(v[i].text), &t));
		assert_str(instant_str(c, t), v[i].want);
	}
	assert_ok(c, instant_parse(c, STR("1970-01-01T00:00:00Z"), &t));
	assert_true(t.s == 0);
	assert_ok(c, instant_parse(c, STR("2026-01-15T12:00:00Z"), &t));
	assert_true(t.s == 1768478400);
	assert_true(instant_is_none(INSTANT_NONE));
	assert_false(instant_is_none(t));
	assert_str(instant_str(c, INSTANT_NONE), "");
	assert_str(instant_str(c, (struct instant){INT64_MAX}), "");
	ctx_close(&c);
}

static void test_instant_faults(void **state)
{
	static const struct {
		const char *text, *part;
	} v[] = {
	    {"", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31", "a day only"},
	    {"2013-01-31T09:00", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31T09:00Z", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31T09:00+01:00", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31 09:00:00Z", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31T9:00:00Z", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31T09-00-00Z", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31T09:00:-1Z", "is not YYYY-MM-DDTHH"},
	    {"20130131T090000Z", "is not YYYY-MM-DDTHH"},
	    {"2013-01-31T09:00:00", "no zone"},
	    {"2013-01-31T09:00:00.", "point without"},
	    {"2013-01-31T09:00:00.Z", "point without"},
	    {"2013-01-31T09:00:00.5", "no zone"},
	    {"2013-01-31T09:00:00,5Z", "end with a zone"},
	    {"2013-01-31T09:00:00+0100", "end with a zone"},
	    {"2013-01-31T09:00:00+01", "end with a zone"},
	    {"2013-01-31T09:00:00+1:00", "end with a zone"},
	    {"2013-01-31T09:00:00 +01:00", "end with a zone"},
	    {"2013-01-31T09:00:00 Z", "end with a zone"},
	    {"2013-01-31T09:00:00ZZ", "end with a zone"},
	    {"2013-01-31T09:00:00CET", "end with a zone"},
	    {"2013-01-31T09:00:00+24:00", "cannot be"},
	    {"2013-01-31T09:00:00+01:60", "cannot be"},
	    {"2013-02-29T09:00:00Z", "no such day"},
	    {"2013-01-31T24:00:00Z", "no such time"},
	    {"2013-01-31T09:60:00Z", "no such time"},
	    {"2013-01-31T09:00:61Z", "no such time"},
	    {"2013-01-31T23:59:60Z", "no such time"},
	    {"2013-06-30T23:59:60+01:00", "no such time"},
	    {"0001-01-01T00:00:00+00:01", "outside the years"},
	    {"9999-12-31T23:59:59-00:01", "outside the years"},
	};
	struct ctx *c = test_ctx();
	struct instant t = {42};

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_err(c, instant_parse(c, str_of(v[i].text), &t), ERR_INVALID, v[i].part);
	/* Cut anywhere, a good text is never read past its end nor accepted. */
	for (size_t n = 0; n < 25; n++) {
		char *cut = malloc(n + 1);

		assert_non_null(cut);
		memcpy(cut, "2013-01-31T09:00:00+01:00", n);
		assert_err(c, instant_parse(c, (struct str){cut, n}, &t), ERR_INVALID, "instant");
		free(cut);
	}
	assert_true(t.s == 42);
	ctx_close(&c);
}

static int64_t at(struct ctx *c, const char *day, int seconds)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(day), &d));
	return instant_at(d, seconds).s;
}

static int64_t utc(struct ctx *c, const char *text)
{
	struct instant t = INSTANT_NONE;

	assert_ok(c, instant_parse(c, str_of(text), &t));
	return t.s;
}

static void test_zone(void **state)
{
	static const char *const bad[] = {"", "Europe/Nowhere", "/etc/passwd", "../../etc/passwd",
	    "Europe", "Europe/Berlin ", "UTC\n", "tzdata.zi",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
	struct ctx *c = test_ctx();

	(void)state;
	assert_ok(c, day_zone(c, "Europe/Berlin"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(c, day_zone(c, bad[i]), ERR_INVALID, "unknown time zone");
	assert_string_equal(getenv("TZ"), "Europe/Berlin");

	/* Winter +1, summer +2. */
	assert_int_equal(at(c, "2013-01-31", 9 * 3600), utc(c, "2013-01-31T09:00:00+01:00"));
	assert_int_equal(at(c, "2013-07-31", 9 * 3600), utc(c, "2013-07-31T09:00:00+02:00"));
	/* The gap of 2013-03-31: 01:59:59 +1, then 03:00:00 +2; 02:30 is 03:30. */
	assert_int_equal(at(c, "2013-03-31", 7199), utc(c, "2013-03-31T01:59:59+01:00"));
	assert_int_equal(at(c, "2013-03-31", 9000), utc(c, "2013-03-31T03:30:00+02:00"));
	assert_int_equal(at(c, "2013-03-31", 10800), utc(c, "2013-03-31T03:00:00+02:00"));
	assert_int_equal(at(c, "2013-03-31", 0), utc(c, "2013-03-30T23:00:00Z"));
	assert_int_equal(at(c, "2013-03-31", 86400) - at(c, "2013-03-31", 0), 23 * 3600);
	/* The fold of 2013-10-27: 02:00 to 03:00 comes twice; the earlier one counts. */
	assert_int_equal(at(c, "2013-10-27", 7199), utc(c, "2013-10-27T01:59:59+02:00"));
	assert_int_equal(at(c, "2013-10-27", 9000), utc(c, "2013-10-27T02:30:00+02:00"));
	assert_int_equal(at(c, "2013-10-27", 10800), utc(c, "2013-10-27T03:00:00+01:00"));
	assert_int_equal(at(c, "2013-10-27", 86400) - at(c, "2013-10-27", 0), 25 * 3600);
	assert_true(instant_is_none(instant_at(DAY_NONE, 5)));
	ctx_close(&c);
}

static void test_zone_days(void **state)
{
	struct ctx *c = test_ctx();
	struct instant t = {utc(c, "2013-01-31T23:30:00Z")};

	(void)state;
	assert_ok(c, day_zone(c, "Europe/Berlin"));
	assert_str(day_str(c, instant_day(t)), "2013-02-01");
	assert_ok(c, day_zone(c, "America/New_York"));
	assert_str(day_str(c, instant_day(t)), "2013-01-31");
	assert_ok(c, day_zone(c, "Pacific/Auckland"));
	assert_str(day_str(c, instant_day(t)), "2013-02-01");
	assert_ok(c, day_zone(c, "UTC"));
	assert_str(day_str(c, instant_day(t)), "2013-01-31");
	assert_str(day_str(c, instant_day((struct instant){-1})), "1969-12-31");
	assert_true(day_is_none(instant_day(INSTANT_NONE)));
	/* Every hour of the years of several zones: the day begins at its own midnight or, where
	 * midnight is skipped or comes twice, within the hour; and days never go back. */
	static const char *const zone[] = {"Europe/Berlin", "America/New_York", "Asia/Kolkata",
	    "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut"};
	for (size_t z = 0; z < sizeof(zone) / sizeof(zone[0]); z++) {
		assert_ok(c, day_zone(c, zone[z]));
		for (struct day d = make(2012, 1, 1); d.n < make(2015, 1, 1).n; d.n++) {
			for (int s = 0; s < 86400; s += 1800) {
				struct instant i = instant_at(d, s);

				assert_int_equal(instant_day(i).n, d.n);
			}
			assert_true(instant_day((struct instant){instant_at(d, 0).s - 1}).n < d.n);
		}
	}
	ctx_close(&c);
}

static void test_period(void **state)
{
	static const struct {
		const char *text, *from, *to, *str;
	} v[] = {
	    {"2013H1", "2013-01-01", "2013-06-30", "2013H1"},
	    {"2013H2", "2013-07-01", "2013-12-31", "2013H2"},
	    {"2013", "2013-01-01", "2013-12-31", "2013"},
	    {"2013-01-01/2013-06-30", "2013-01-01", "2013-06-30", "2013H1"},
	    {"2013-01-01/2013-12-31", "2013-01-01", "2013-12-31", "2013"},
	    {"2013-01-01/2014-12-31", "2013-01-01", "2014-12-31", "2013-01-01/2014-12-31"},
	    {"2013-07-01/2014-06-30", "2013-07-01", "2014-06-30", "2013-07-01/2014-06-30"},
	    {"2013-01-01/2014-06-30", "2013-01-01", "2014-06-30", "2013-01-01/2014-06-30"},
	    {"2013-07-01/2014-12-31", "2013-07-01", "2014-12-31", "2013-07-01/2014-12-31"},
	    {"2013-05-05/2013-05-05", "2013-05-05", "2013-05-05", "2013-05-05/2013-05-05"},
	};
	static const char *const bad[] = {"", "13", "2013h1", "2013H3", "2013H0", "2013H",
	    "2013-H1", "2013H11", "0000", "0000H1", "2013-01", "2013-01-01", "2013-01-01/",
	    "/2013-01-01", "2013-01-01 / 2013-06-30", "2013-02-29/2013-06-30",
	    "2013-01-01/2013-06-31", "2013-06-30/2013-01-01", "2013-01-01/2013-06-30/2013-07-01",
	    "2013/2014", " 2013"};
	struct ctx *c = test_ctx();
	struct period p = {{1}, {2}};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(c, period_parse(c, str_of(bad[i]), &p), ERR_INVALID, "period");
	assert_true(p.from.n == 1 && p.to.n == 2);
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_ok(c, period_parse(c, str_of(v[i].text), &p));
		assert_str(day_str(c, p.from), v[i].from);
		assert_str(day_str(c, p.to), v[i].to);
		assert_str(period_str(c, p), v[i].str);
	}
	assert_str(period_str(c, (struct period){DAY_NONE, make(2013, 1, 1)}), "");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_day),
	    cmocka_unit_test(test_none),
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_arithmetic),
	    cmocka_unit_test(test_easter),
	    cmocka_unit_test(test_instant),
	    cmocka_unit_test(test_instant_faults),
	    cmocka_unit_test(test_zone),
	    cmocka_unit_test(test_zone_days),
	    cmocka_unit_test(test_period),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
