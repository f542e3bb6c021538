#include "kind/id.h"

#include <string.h>

#include "check.h"

static const char all[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void test_make(void **state)
{
	struct ctx *c = test_ctx();
	struct id a, back;
	unsigned seen = 0;
	struct id list[500];

	(void)state;
	for (int i = 0; i < 500; i++) {
		a = id_make(c);
		assert_int_equal(strlen(a.z), 15);
		assert_true(a.z[4] == '-' && a.z[9] == '-');
		for (size_t k = 0; k < 15; k++) {
			if (k == 4 || k == 9)
				continue;
			assert_non_null(strchr(all, a.z[k]));
			seen |= 1U << (strchr(all, a.z[k]) - all);
		}
		assert_ok(c, id_parse(c, id_str(&a), &back));
		assert_string_equal(a.z, back.z);
		list[i] = a;
		for (int j = 0; j < i; j++)
			assert_string_not_equal(list[j].z, a.z);
	}
	assert_true(seen == 0xffffffffU); /* every digit occurs */
	ctx_close(&c);
}

/* The same seed gives the same references: the demo and golden files rely on it. */
static void test_reproducible(void **state)
{
	struct ctx *c = test_ctx(), *d = test_ctx();
	struct id a = id_make(c), b = id_make(d), e = id_make(d);

	(void)state;
	assert_string_equal(a.z, b.z);
	assert_string_not_equal(a.z, e.z);
	ctx_close(&c);
	ctx_close(&d);
}

static void test_forms(void **state)
{
	struct ctx *c = test_ctx();
	struct id got;

	(void)state;
	/* 000000000001: value 1, check character 1. 00000000000Z: 31, check Z. 10 in base 32: 32
	 * mod 37 would need a sign. */
	assert_ok(c, id_parse(c, STR("0000-0000-00011"), &got));
	assert_string_equal(got.z, "0000-0000-00011");
	assert_ok(c, id_parse(c, STR("oooo-OOOO-oo0il"), &got));
	assert_string_equal(got.z, "0000-0000-00011");
	assert_ok(c, id_parse(c, STR("000000000001L"), &got));
	assert_string_equal(got.z, "0000-0000-00011");
	assert_ok(c, id_parse(c, STR("00000000-00011"), &got));
	assert_string_equal(got.z, "0000-0000-00011");
	assert_ok(c, id_parse(c, STR("0000-0000-000zz"), &got));
	assert_string_equal(got.z, "0000-0000-000ZZ");
	/* 0000-0000-0015: 32 + 5 = 37, check 0. */
	assert_ok(c, id_parse(c, STR("0000-0000-00150"), &got));
	ctx_close(&c);
}

static void test_faults(void **state)
{
	static const struct {
		const char *text, *part;
	} v[] = {
	    {"", "0 characters"},
	    {"0000-0000-0001", "12 characters"},
	    {"0000-0000-000111", "more than 13"},
	    {"0000--0000-00011", "character 6"},
	    {"-0000-0000-00011", "character 1"},
	    {"0000-0000-00011-", "character 16"},
	    {"00000-000-00011", "character 6"},
	    {"0000-0000-0001-1", "character 15"},
	    {" 0000-0000-00011", "character 1"},
	    {"0000-0000-00011 ", "character 16"},
	    {"0000 0000 00011", "character 5"},
	    {"U000-0000-00011", "character 1"},
	    {"0000-0000-0010U", "character 15"},
	    {"0000-0000-0010*", "character 15"},
	    {"0000-0000-00012", "does not fit"},
	    {"0000-0000-0000\xc3\x96", "character 15"},
	};
	struct ctx *c = test_ctx();
	struct id got = {"untouched"};

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_err(c, id_parse(c, str_of(v[i].text), &got), ERR_INVALID, v[i].part);
	assert_err(c, id_parse(c, (struct str){"0000-0000-0\0001", 15}, &got), ERR_INVALID,
	    "character 12");
	assert_string_equal(got.z, "untouched");
	ctx_close(&c);
}

/* What the header promises: every single wrong character and every swap of neighbours is found. */
static void test_detects(void **state)
{
	struct ctx *c = test_ctx();
	struct id got;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct id a = id_make(c);

		for (size_t k = 0; k < 15; k++) {
			struct id b = a;
			size_t next = k + 1 == 4 || k + 1 == 9 ? k + 2 : k + 1;

			if (a.z[k] == '-')
				continue;
			for (const char *d = all; *d != '\0'; d++) {
				b.z[k] = *d;
				if (*d != a.z[k])
					assert_err(c, id_parse(c, id_str(&b), &got), ERR_INVALID,
					    "does not fit");
			}
			b = a;
			if (next > 14 || a.z[k] == a.z[next])
				continue;
			b.z[k] = a.z[next];
			b.z[next] = a.z[k];
			assert_err(c, id_parse(c, id_str(&b), &got), ERR_INVALID, "does not fit");
		}
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_make),
	    cmocka_unit_test(test_reproducible),
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_detects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
