/* What writ.yaml says about costs: nothing, all of it, and what it refuses by its place. */
#include "check.h"

#include "desk/claim_conf.h"

static struct ctx *c;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static int read(const char *text, struct claim_conf *ret)
{
	const struct yaml *root;

	assert_ok(c, yaml_parse(c, "writ.yaml", str_of(text), &root));
	return claim_conf_read(c, root, ret);
}

#define SELLER                                                                                     \
	"  seller:\n    name: n\n    street: s\n    post_code: 1\n    city: c\n    country: DE\n"  \
	"    contact: k\n    phone: 123\n    mail: a@example.net\n    registration: r\n"
#define IBAN "    iban: DE02120300000000202051\n"

static void test_read(void **state)
{
	struct claim_conf k;

	(void)state;
	assert_ok(c, read("provider: x\n", &k));
	assert_int_equal(k.charge.n, 0); /* nobody is charged */
	assert_true(k.never_above_cost);
	assert_ok(c, read("costs:\n  charge: DE US\n", &k));
	assert_true(k.never_above_cost);
	assert_false(k.has_seller);
	assert_int_equal(k.pay_within, 30);
	assert_true(str_ends(k.invoice, "xrechnung_3.0"));
	assert_ok(
	    c, read("costs:\n  charge: DE\n  never_above_cost: no\n  pay_within: 14\n" SELLER IBAN
		    "    vat_id: DE1\n  tax: S 19\n  invoice: other\n",
		   &k));
	assert_false(k.never_above_cost);
	assert_true(k.has_seller && k.taxed);
	assert_int_equal(k.tax_percent, 19);
	assert_int_equal(k.pay_within, 14);
}

static void test_refused(void **state)
{
	static const char *const texts[][2] = {{"costs: yes\n", "want keys"},
	    {"costs:\n  never_above_cost: yes\n", "charge"},
	    {"costs:\n  charge: DE Germany\n", "ISO 3166"},
	    {"costs:\n  charge: DE\n  never_above_cost: perhaps\n", "yes or no"},
	    {"costs:\n  charge: DE\n  pay_within: 0\n", "pay_within"},
	    {"costs:\n  charge: DE\n  colour: red\n", "unknown key"},
	    {"costs:\n  charge: DE\n" SELLER, "iban"},
	    {"costs:\n  charge: DE\n" SELLER "    iban: DE03120300000000202051\n", "check digits"},
	    {"costs:\n  charge: DE\n" SELLER IBAN "  tax: S 19\n", "vat_id"},
	    {"costs:\n  charge: DE\n" SELLER IBAN "  tax: X\n", "tax"}};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct claim_conf k;

		assert_err(c, read(texts[i][0], &k), ERR_INVALID, texts[i][1]);
		assert_int_equal(k.charge.n, 0); /* nothing of it counts */
		err_clear(c);
	}
}

static void test_iban(void **state)
{
	static const char *const good[] = {
	    "DE02120300000000202051", "GB82WEST12345698765432", "NL91ABNA0417164300"};
	static const char *const bad[] = {"", "DE", "DE02120300000000202052",
	    "DE02 1203 0000 0000 2020 51", "de02120300000000202051", "GB82WEST1234569876543",
	    "DE0212030000000020205112030000000020205"};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(claim_iban_ok(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(claim_iban_ok(str_of(bad[i])));
	/* any one digit that is another is found */
	for (size_t i = 2; i < 22; i++) {
		char s[] = "DE02120300000000202051";

		s[i] = s[i] == '9' ? '0' : (char)(s[i] + 1);
		assert_false(claim_iban_ok(str_of(s)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_read),
	    cmocka_unit_test(test_refused), cmocka_unit_test(test_iban)};

	return cmocka_run_group_tests(tests, setup, teardown);
}
