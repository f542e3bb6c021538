#include "check.h"

#include "stat/outcome.h"

static void test_words(void **state)
{
	static const char *const want[] = {"content", "noncontent", "no_data", "rejected", "annex3",
	    "withdrawn", "redirected", "pending", "not_recorded"};

	(void)state;
	for (int i = 1; i < OUTCOME_END; i++) {
		enum outcome o = OUTCOME_END;

		assert_string_equal(outcome_id((enum outcome)i), want[i - 1]);
		assert_true(outcome_find(str_of(want[i - 1]), &o));
		assert_int_equal(o, i);
	}
}

static void test_no_word(void **state)
{
	static const char *const bad[] = {"", "Content", "content ", "no data", "contents", "0"};
	enum outcome o = OUTCOME_ANNEX3;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(outcome_find(str_of(bad[i]), &o));
	assert_int_equal(o, OUTCOME_ANNEX3); /* untouched */
	assert_string_equal(outcome_id((enum outcome)0), "");
	assert_string_equal(outcome_id(OUTCOME_END), "");
	assert_string_equal(outcome_id((enum outcome) - 1), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words), cmocka_unit_test(test_no_word)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
