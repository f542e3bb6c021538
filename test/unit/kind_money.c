#include "kind/money.h"

#include <string.h>

#include "check.h"

static void test_round(void **state)
{
	static const struct {
		const char *text;
		int64_t minor;
		const char *want;
	} v[] = {
	    {"25.00 EUR", 2500, "25.00 EUR"},
	    {"25 EUR", 2500, "25.00 EUR"},
	    {"25.5 EUR", 2550, "25.50 EUR"},
	    {"25.05 EUR", 2505, "25.05 EUR"},
	    {"0 USD", 0, "0.00 USD"},
	    {"0.01 USD", 1, "0.01 USD"},
	    {"-0.01 USD", -1, "-0.01 USD"},
	    {"-12.34 GBP", -1234, "-12.34 GBP"},
	    {"007.10 CHF", 710, "7.10 CHF"},
	    {"500 JPY", 500, "500 JPY"},
	    {"-500 JPY", -500, "-500 JPY"},
	    {"1.234 KWD", 1234, "1.234 KWD"},
	    {"1.2 KWD", 1200, "1.200 KWD"},
	    {"3 BHD", 3000, "3.000 BHD"},
	    {"92233720368547758.07 EUR", INT64_MAX, "92233720368547758.07 EUR"},
	    {"-92233720368547758.08 EUR", INT64_MIN, "-92233720368547758.08 EUR"},
	    {"9223372036854775807 JPY", INT64_MAX, "9223372036854775807 JPY"},
	    {"000000000000000000000000000001 JPY", 1, "1 JPY"},
	};
	struct ctx *c = test_ctx();
	struct money m, again;

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_ok(c, money_parse(c, str_of(v[i].text), &m));
		assert_true(m.minor == v[i].minor);
		assert_str(money_str(c, m), v[i].want);
		assert_ok(c, money_parse(c, money_str(c, m), &again));
		assert_true(again.minor == m.minor);
		assert_string_equal(again.currency, m.currency);
	}
	ctx_close(&c);
}

static void test_faults(void **state)
{
	static const struct {
		const char *text, *part;
	} v[] = {
	    {"", "one blank"},
	    {"25.00", "one blank"},
	    {"EUR", "one blank"},
	    {"25.00EUR", "one blank"},
	    {"25.00  EUR", "unknown currency"},
	    {"25.00 EUR ", "unknown currency"},
	    {"25.00 eur", "unknown currency"},
	    {"25.00 EURO", "unknown currency"},
	    {"25.00 EU", "unknown currency"},
	    {"25.00 ", "unknown currency"},
	    {"25.00 XXX", "unknown currency"},
	    {"25.00 XAU", "unknown currency"},
	    {"25.00 ABC", "unknown currency"},
	    {"EUR 25.00", "unknown currency"},
	    {" EUR", "not digits"},
	    {" 25 EUR", "unknown currency"},
	    {"25,00 EUR", "not digits"},
	    {"1.000,00 EUR", "not digits"},
	    {"1,000.00 EUR", "not digits"},
	    {".50 EUR", "not digits"},
	    {"25. EUR", "not digits"},
	    {"2.5.0 EUR", "not digits"},
	    {"+25 EUR", "not digits"},
	    {"--25 EUR", "not digits"},
	    {"- EUR", "not digits"},
	    {"1e3 EUR", "not digits"},
	    {"0x10 EUR", "not digits"},
	    {"25.001 EUR", "2 decimals"},
	    {"25.000 EUR", "2 decimals"},
	    {"25.0 JPY", "0 decimals"},
	    {"1.2345 KWD", "3 decimals"},
	    {"92233720368547758.08 EUR", "too large"},
	    {"-92233720368547758.09 EUR", "too large"},
	    {"99999999999999999999999999 EUR", "too large"},
	    {"9223372036854775808 JPY", "too large"},
	};
	struct ctx *c = test_ctx();
	struct money m = {7, "SEK"};

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_err(c, money_parse(c, str_of(v[i].text), &m), ERR_INVALID, v[i].part);
	assert_err(c, money_parse(c, (struct str){"25\0 EUR", 7}, &m), ERR_INVALID, "not digits");
	assert_true(m.minor == 7);
	assert_string_equal(m.currency, "SEK");
	ctx_close(&c);
}

static void test_sums(void **state)
{
	struct ctx *c = test_ctx();
	struct money a = {2500, "EUR"}, b = {1, "EUR"}, usd = {1, "USD"}, r = {9, "SEK"};
	struct money max = {INT64_MAX, "EUR"}, min = {INT64_MIN, "EUR"};

	(void)state;
	assert_err(c, money_add(c, a, usd, &r), ERR_INVALID, "EUR and USD");
	assert_err(c, money_add(c, max, b, &r), ERR_LIMIT, "too large");
	assert_err(c, money_add(c, min, (struct money){-1, "EUR"}, &r), ERR_LIMIT, "too large");
	assert_err(c, money_times(c, max, 2, &r), ERR_LIMIT, "too large");
	assert_err(c, money_times(c, min, -1, &r), ERR_LIMIT, "too large");
	assert_true(r.minor == 9);
	assert_ok(c, money_add(c, a, b, &r));
	assert_str(money_str(c, r), "25.01 EUR");
	assert_ok(c, money_add(c, max, min, &r));
	assert_str(money_str(c, r), "-0.01 EUR");
	assert_ok(c, money_times(c, a, 3, &r));
	assert_str(money_str(c, r), "75.00 EUR");
	assert_ok(c, money_times(c, a, 0, &r));
	assert_str(money_str(c, r), "0.00 EUR");
	assert_ok(c, money_times(c, a, -2, &r));
	assert_str(money_str(c, r), "-50.00 EUR");
	assert_ok(c, money_add(c, r, r, &r)); /* the result may be an operand */
	assert_str(money_str(c, r), "-100.00 EUR");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_round),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
