/* What countries were said to let a provider publish: read, refused, and asked about. */
#include "check.h"

#include "law/limit.h"

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

static size_t asked(const struct limit_law *law, const char *country, const char *class, int64_t n)
{
	size_t found = 0;

	for (size_t i = 0; i < law->n; i++)
		found += limit_asks(&law->v[i], str_of(country), str_of(class), n);
	return found;
}

static void test_builtin(void **state)
{
	struct limit_law law;

	(void)state;
	assert_ok(c, limit_builtin(c, &law));
	for (size_t i = 0; i < law.n; i++)
		assert_false(law.v[i].src.verified);
	assert_int_equal(asked(&law, "AL", "realtime", 3), 2);
	assert_int_equal(asked(&law, "AL", "realtime", 0), 0);
	assert_int_equal(asked(&law, "AL", "warrant", 3), 0);
	assert_int_equal(asked(&law, "IN", "", 3), 1);
	assert_int_equal(asked(&law, "DE", "realtime", 3), 0);
	/* B.5 of the facts: a hundred is still in the band, 101 is exact */
	assert_int_equal(asked(&law, "CA", "", 0), 1);
	assert_int_equal(asked(&law, "CA", "", 100), 1);
	assert_int_equal(asked(&law, "CA", "", 101), 0);
}

#define HEAD "limits:\n  - id: X\n    en: a\n    de: b\n    cite: c\n"

static void test_refused(void **state)
{
	static const char *const texts[][2] = {
	    {HEAD "    mark: S\n    verified: no\n    flag: prohibited\n", "countries"},
	    {HEAD
		"    mark: S\n    verified: no\n    flag: prohibited\n    countries: DE Germany\n",
		"two letters"},
	    {HEAD "    mark: V\n    verified: yes\n    flag: prohibited\n    countries: DE\n",
		"only asks"},
	    {HEAD "    mark: Z\n    verified: no\n    flag: prohibited\n    countries: DE\n",
		"mark"},
	    {HEAD "    mark: S\n    verified: no\n    flag: band\n    countries: DE\n", "up_to"},
	    {HEAD "    mark: S\n    verified: no\n    flag: maybe\n    countries: DE\n", "flag"},
	    {"limits:\n", "a list"}};
	struct limit_law law;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_err(c, limit_load(c, "x.yaml", str_of(texts[i][0]), &law), ERR_INVALID,
		    texts[i][1]);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_builtin), T(test_refused)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
