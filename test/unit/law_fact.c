#include "check.h"

#include "law/fact.h"

static void set_finds_replaces_and_removes(void **state)
{
	struct ctx *c = test_ctx();
	struct facts f = {0};

	(void)state;
	assert_null(fact_find(&f, STR("order.form")).p);
	fact_set(c, &f, STR("order.form"), STR("written"));
	fact_set(c, &f, STR("order.signed"), STR("yes"));
	fact_set(c, &f, STR("item.field"), STR("body"));
	assert_str(fact_find(&f, STR("order.form")), "written");
	fact_set(c, &f, STR("order.form"), STR("oral"));
	assert_str(fact_find(&f, STR("order.form")), "oral");
	assert_int_equal(f.n, 3);
	fact_set(c, &f, STR("order.form"), STR(""));
	assert_null(fact_find(&f, STR("order.form")).p);
	assert_str(fact_find(&f, STR("order.signed")), "yes");
	assert_str(fact_find(&f, STR("item.field")), "body");
	assert_int_equal(f.n, 2);
	ctx_close(&c);
}

static void blanks_say_nothing(void **state)
{
	struct ctx *c = test_ctx();
	struct facts f = {0};

	(void)state;
	fact_set(c, &f, STR("order.form"), STR(" \t\n"));
	assert_int_equal(f.n, 0);
	fact_set(c, &f, STR("order.form"), STR(" oral "));
	assert_str(fact_find(&f, STR("order.form")), "oral");
	fact_set(c, &f, STR("order.form"), STR("  "));
	assert_int_equal(f.n, 0);
	fact_set(c, &f, STR("never.set"), STR("")); /* removing what is not there */
	assert_int_equal(f.n, 0);
	ctx_close(&c);
}

static void names_match_whole(void **state)
{
	struct ctx *c = test_ctx();
	struct facts f = {0};

	(void)state;
	fact_set(c, &f, STR("order.form"), STR("oral"));
	assert_null(fact_find(&f, STR("order.for")).p);
	assert_null(fact_find(&f, STR("order.forms")).p);
	assert_null(fact_find(&f, STR("Order.form")).p);
	ctx_close(&c);
}

static void many_facts_grow(void **state)
{
	struct ctx *c = test_ctx();
	struct facts f = {0};

	(void)state;
	for (int i = 0; i < 200; i++)
		fact_set(c, &f, str_fmt(c, "order.f%d", i), str_fmt(c, "%d", i));
	assert_int_equal(f.n, 200);
	assert_str(fact_find(&f, STR("order.f0")), "0");
	assert_str(fact_find(&f, STR("order.f199")), "199");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(set_finds_replaces_and_removes),
	    cmocka_unit_test(blanks_say_nothing),
	    cmocka_unit_test(names_match_whole),
	    cmocka_unit_test(many_facts_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
