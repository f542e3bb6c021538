/* Printed numbers: what is one, how exact it is, and shares to the printed decimals. */
#include "kind/decimal.h"

#include "check.h"

static void test_numbers(void **state)
{
	static const struct {
		const char *in;
		char thousands;
		int64_t units;
		int scale;
	} good[] = {{"0", 0, 0, 0}, {"7014", 0, 7014, 0}, {"-5", 0, -5, 0},
	    {"39,083.42", ',', 3908342, 2}, {"1,000,000", ',', 1000000, 0},
	    {"39.083,42", '.', 3908342, 2}, {"5.0000000000000001E-3", 0, 5, 3},
	    {"0.10000000000000001", 0, 1, 1}, {"3.0000000000000004", 0, 3, 0},
	    {"0.61349666506822242", 0, 613496665068222, 15}, {"1E3", 0, 1000, 0},
	    {"1.5e+2", 0, 150, 0}, {"0.60", 0, 6, 1}, {"007", 0, 7, 0},
	    {"9.99999999999999999", 0, 10, 0}, {"1e-40", 0, 0, 0}, {"0e99", 0, 0, 0},
	    {"123456789012345678", 0, 123456789012346000, 0}};
	static const struct {
		const char *in;
		char thousands;
	} bad[] = {{"", 0}, {"-", 0}, {"1,000", 0}, {"10,00", ','}, {"1,0000", ','}, {",100", ','},
	    {"1,000,", ','}, {"1000,000", ','}, {"1.", 0}, {".5", 0}, {"1.2.3", 0}, {"1 000", 0},
	    {"12a", 0}, {"1e", 0}, {"1e999", 0}, {"9e30", 0}, {"0x10", 0}, {"--1", 0}, {"+1", 0}};
	struct decimal d;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		if (!decimal_parse(str_of(good[i].in), good[i].thousands, &d))
			fail_msg("refused: %s", good[i].in);
		if (d.units != good[i].units || d.scale != good[i].scale)
			fail_msg("%s is %lld by %d", good[i].in, (long long)d.units, d.scale);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (decimal_parse(str_of(bad[i].in), bad[i].thousands, &d))
			fail_msg("taken: %s", bad[i].in);
}

static void test_printed(void **state)
{
	static const struct {
		const char *in;
		enum decimal_form form;
		int64_t lo, hi; /* of a number its units, and 1 with a percent sign */
	} of[] = {{"35%", DECIMAL_NUMBER, 35, 1}, {"35 %", DECIMAL_NUMBER, 35, 1},
	    {"35*", DECIMAL_NUMBER, 35, 0}, {"35 [2]", DECIMAL_NUMBER, 35, 0},
	    {"35 (1)", DECIMAL_NUMBER, 35, 0}, {"35\xe2\x80\xa0", DECIMAL_NUMBER, 35, 0},
	    {"< 10", DECIMAL_BAND, 0, 9}, {"<10", DECIMAL_BAND, 0, 9},
	    {"fewer than 10", DECIMAL_BAND, 0, 9}, {"\xe2\x89\xa4 9", DECIMAL_BAND, 0, 9},
	    {"0-249", DECIMAL_BAND, 0, 249}, {"1,000 \xe2\x80\x93 1,499", DECIMAL_BAND, 1000, 1499},
	    {"2000 to 2250", DECIMAL_BAND, 2000, 2250}, {"9-1", DECIMAL_BAND, 9, 1},
	    {"", DECIMAL_NONE, 0, 0}, {"N/A", DECIMAL_NONE, 0, 0}, {"-", DECIMAL_NONE, 0, 0},
	    {"*", DECIMAL_NONE, 0, 0}, {"many", DECIMAL_OTHER, 0, 0},
	    {"< ten", DECIMAL_OTHER, 0, 0}, {"<0", DECIMAL_OTHER, 0, 0},
	    {"1-2-3", DECIMAL_OTHER, 0, 0}, {"(1)", DECIMAL_OTHER, 0, 0},
	    {"-3 - 5", DECIMAL_OTHER, 0, 0}};
	static const struct str none[] = {{"n/a", 3}, {"-", 1}};
	struct decimal_printed p;

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
		decimal_printed(str_of(of[i].in), ',', none, 2, &p);
		if (p.form != of[i].form)
			fail_msg("%s has form %d", of[i].in, (int)p.form);
		if (p.form == DECIMAL_NUMBER &&
		    (p.number.units != of[i].lo || p.percent != (of[i].hi == 1)))
			fail_msg("%s is %lld", of[i].in, (long long)p.number.units);
		if (p.form == DECIMAL_BAND && (p.lo != of[i].lo || p.hi != of[i].hi))
			fail_msg("%s is %lld to %lld", of[i].in, (long long)p.lo, (long long)p.hi);
	}
}

/* The verdict: 0 no, 1 cut off, 2 right. */
static int fits(int64_t units, int scale, int64_t num, int64_t den, int decimals)
{
	bool cut = false;

	if (!decimal_share_fits((struct decimal){units, scale}, num, den, decimals, &cut))
		return 0;
	return cut ? 1 : 2;
}

static void test_shares(void **state)
{
	(void)state;
	assert_int_equal(fits(35, 2, 7, 20, 2), 2);
	assert_int_equal(fits(6, 1, 112, 185, 2), 1); /* 60.5 %: 61 rounded, 60 cut off */
	assert_int_equal(fits(61, 2, 112, 185, 2), 2);
	assert_int_equal(fits(62, 2, 112, 185, 2), 0);
	assert_int_equal(fits(59, 2, 112, 185, 2), 0);
	assert_int_equal(fits(0, 0, 10, 108, 2), 0); /* 9.3 % */
	assert_int_equal(fits(0, 0, 1, 1000, 2), 2);
	assert_int_equal(fits(1, 2, 1, 200, 2), 2);       /* a half, rounded up */
	assert_int_equal(fits(0, 0, 1, 200, 2), 2);       /* or down */
	assert_int_equal(fits(89, 2, 8682, 10117, 2), 0); /* 85.8 % */
	assert_int_equal(fits(86, 2, 8682, 10117, 2), 2);
	assert_int_equal(fits(613496665068222, 15, 14073, 22939, 15), 2);
	assert_int_equal(fits(613506665068222, 15, 14073, 22939, 15), 0);
	assert_int_equal(fits(1, 0, 3, 2, 2), 0);
	assert_int_equal(fits(1, 0, 1, 0, 2), 0);
	assert_int_equal(fits(-1, 0, 1, 1, 2), 0);
	assert_int_equal(fits(1, 0, INT64_MAX, INT64_MAX, 2), 0); /* too large to say */
	assert_false(decimal_above_one((struct decimal){1, 0}));
	assert_false(decimal_above_one((struct decimal){999999, 6}));
	assert_true(decimal_above_one((struct decimal){1000001, 6}));
	assert_false(decimal_above_one((struct decimal){-5, 0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_printed), cmocka_unit_test(test_shares)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
