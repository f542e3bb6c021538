#include "check.h"

#include "stat/figure.h"
#include "stat/tally.h"

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

static void test_order_and_find(void **state)
{
	struct figures f = {0};

	(void)state;
	figure_add_exact(c, &f, "national_security", STR(""), STR("A"), "nsl", "orders", 1);
	figure_add_exact(c, &f, "country", STR("US"), STR(""), "rejected", "requests", 2);
	figure_add_exact(c, &f, "country", STR("US"), STR(""), "requests", "requests", 3);
	figure_add_exact(c, &f, "zz", STR(""), STR(""), "requests", "requests", 4);
	figure_add_exact(c, &f, "country", STR("DE"), STR(""), "content", "requests", 5);
	figure_add_exact(c, &f, "total", STR(""), STR(""), "share_content", "basis_points", 6);
	figure_add_exact(c, &f, "total", STR(""), STR(""), "accounts", "accounts", 7);
	figure_sort(&f);
	assert_str(figure_name(c, &f.v[0]), "total accounts");
	assert_str(figure_name(c, &f.v[1]), "total share_content");
	assert_str(figure_name(c, &f.v[2]), "country DE content");
	assert_str(figure_name(c, &f.v[3]), "country US requests");
	assert_str(figure_name(c, &f.v[4]), "country US rejected");
	assert_str(figure_name(c, &f.v[5]), "national_security A nsl");
	assert_str(figure_name(c, &f.v[6]), "zz requests");
	for (size_t i = 0; i < f.n; i++)
		assert_ptr_equal(figure_find(&f, f.v[i].section.p, f.v[i].country,
				     f.v[i].instrument, f.v[i].metric.p),
		    &f.v[i]);
	assert_null(figure_find(&f, "country", STR("FR"), STR(""), "requests"));
	assert_int_equal(figure_number(&f, "country", STR("US"), STR(""), "requests"), 3);
	assert_int_equal(figure_number(&f, "country", STR("FR"), STR(""), "requests"), 0);
	assert_true(figure_has_section(&f, "zz"));
	assert_false(figure_has_section(&f, "z"));
}

static void test_csv(void **state)
{
	struct figures f = {0};
	struct buf b = buf_init(c, 4096);

	(void)state;
	figure_add_exact(c, &f, "total", STR(""), STR(""), "requests", "requests", 37196);
	figure_add(c, &f,
	    (struct figure){STR("national_security"), STR(""), STR("US-1874-A2"), STR("nsl"), 0,
		499, STR("orders"), FIGURE_BAND});
	figure_add_word(c, &f, "national_security", STR(""), STR("UK-NOTICE"), "notices", "orders",
	    FIGURE_PROHIBITED);
	figure_add_exact(c, &f, "refusal", STR(""), STR("=1+1"), "requests", "requests", 1);
	figure_add_exact(c, &f, "refusal", STR(""), STR("a,\"b\"\n"), "requests", "requests", 1);
	figure_put_csv(&b, STR("2013H1"), &f);
	assert_str(buf_str(&b),
	    "period,section,country,instrument,metric,value_min,value_max,unit,status\n"
	    "2013H1,total,,,requests,37196,37196,requests,exact\n"
	    "2013H1,national_security,,US-1874-A2,nsl,0,499,orders,band\n"
	    "2013H1,national_security,,UK-NOTICE,notices,,,orders,prohibited\n"
	    "2013H1,refusal,,\"'=1+1\",requests,1,1,requests,exact\n"
	    "2013H1,refusal,,\"a,\"\"b\"\"\n\",requests,1,1,requests,exact\n");
}

static void test_status_words(void **state)
{
	enum figure_status s;

	(void)state;
	for (int i = 0; i <= FIGURE_UNKNOWN; i++) {
		assert_true(
		    figure_status_find(str_of(figure_status_id((enum figure_status)i)), &s));
		assert_int_equal(s, i);
	}
	assert_false(figure_status_find(STR("Exact"), &s));
}

/* The same to a reader: name, value, unit and status; nothing else counts. */
static void test_same(void **state)
{
	const struct figure a = {STR("country"), STR("DE"), STR(""), STR("requests"), 3, 3,
	    STR("requests"), FIGURE_EXACT};
	struct figure b = a;

	(void)state;
	assert_true(figure_same(&a, &b));
	b.value_max = 4;
	assert_false(figure_same(&a, &b));
	b = a;
	b.unit = STR("accounts");
	assert_false(figure_same(&a, &b));
	b = a;
	b.status = FIGURE_BAND;
	assert_false(figure_same(&a, &b));
	b = a;
	b.country = STR("US");
	assert_false(figure_same(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_order_and_find, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_csv, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_status_words, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_same, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
