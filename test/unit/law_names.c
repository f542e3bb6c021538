/* Finding by name: what was put in is found, the first of two, and nothing else. */
#include "law/names.h"

#include "check.h"

static void test_all(void **state)
{
	struct ctx *c = test_ctx();
	enum { N = 1000 };
	int what[N];
	struct law_names t = names_make(c, N);

	(void)state;
	assert_null(names_find(&t, STR("")));
	for (int i = 0; i < N - 1; i++)
		names_add(&t, str_fmt(c, "name-%d", i), &what[i], NULL);
	names_add(&t, STR("name-7"), &what[N - 1], NULL);
	for (int i = 0; i < N - 1; i++) {
		const struct law_names_entry *e = names_find(&t, str_fmt(c, "name-%d", i));

		assert_ptr_equal(e->what, &what[i]);
	}
	assert_null(names_find(&t, STR("name-")));
	assert_null(names_find(&t, STR("name-1000")));
	assert_null(names_find(&t, STR("")));
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_all)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
