/* The template's third sheet as numbers: medians, blank and zero, rows, what adds up. */
#include "check.h"

#include "stat/dsa_table.h"

enum { H = 3600 };

static struct ctx *c;
static const struct str codes[] = {{"A", 1}, {"B", 1}, {"C", 1}};
static struct dsa_table_order orders[16];
static struct dsa_table_given given[16];
static struct dsa_table_input in;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	in = (struct dsa_table_input){.categories = codes,
	    .n_categories = 3,
	    .orders = orders,
	    .given = given,
	    .act_applies = true,
	    .epoc_counts = true};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static struct dsa_table_key key(
    const char *scope, const char *category, const char *keyword, const char *own)
{
	return (struct dsa_table_key){
	    str_of(scope), str_of(category), str_of(keyword), str_of(own)};
}

static struct dsa_table_order *put(
    const char *scope, const char *category, int64_t receipt, int64_t effect)
{
	struct dsa_table_order *o = &orders[in.n_orders++];

	*o = (struct dsa_table_order){
	    .key = key(scope, category, "", ""), .receipt = receipt, .effect = effect};
	return o;
}

static struct dsa_table_given *enter(
    const char *scope, const char *category, enum dsa_table_column column, int64_t value)
{
	struct dsa_table_given *g = &given[in.n_given++];

	*g = (struct dsa_table_given){.key = key(scope, category, "", ""),
	    .column = column,
	    .value = value,
	    .source = STR("a list"),
	    .day = {20000}};
	return g;
}

static struct dsa_table make(void)
{
	struct dsa_table t;

	assert_ok(c, dsa_table_make(c, &in, &t));
	return t;
}

static const struct dsa_table_row *row(
    const struct dsa_table *t, const char *scope, const char *category)
{
	const struct dsa_table_row *r = dsa_table_find(t, scope, category);

	if (r == NULL)
		fail_msg("no row %s %s", scope, category);
	return r;
}

static void cells(const struct dsa_table_row *r, const char *want)
{
	struct buf b = buf_init(c, 1000);

	for (int k = 0; k < DSA_COLUMNS; k++) {
		buf_puts(&b, k > 0 ? "," : "");
		buf_put(&b, dsa_table_cell_str(c, r->cell[k]));
	}
	assert_string_equal(buf_str(&b).p, want);
}

static void test_median(void **state)
{
	static const struct {
		int64_t v[4];
		size_t n;
		int64_t want;
	} cases[] = {{{0}, 1, 0}, {{H}, 1, 100}, {{3 * H, H, 2 * H}, 3, 200},
	    {{4 * H, H, 3 * H, 2 * H}, 4, 250}, {{0, 1}, 2, 0},
	    {{18}, 1, 1},     /* 0.005 hours: half up */
	    {{17}, 1, 0},     /* just below */
	    {{17, 18}, 2, 0}, /* 17.5 s */
	    {{18, 19}, 2, 1}, /* 18.5 s */
	    {{35, 37}, 2, 1}, /* 36 s are 0.01 h */
	    {{5400}, 1, 150}, {{10 * H, 10 * H}, 2, 1000}, {{31622400, 31622400, 1}, 3, 878400}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t v[4];

		memcpy(v, cases[i].v, sizeof v);
		if (dsa_table_median(v, cases[i].n) != cases[i].want)
			fail_msg("case %zu: not %lld", i, (long long)cases[i].want);
	}
}

/* Nothing at all: TOTAL and each category, with zeros; a state without orders has no row. */
static void test_none(void **state)
{
	struct dsa_table t = make();

	(void)state;
	assert_int_equal(t.n, 4);
	cells(&t.v[0], "0,0,0.00,0.00,0,0.00,0.00");
	cells(row(&t, "TOTAL", "B"), "0,0,0.00,0.00,0,0.00,0.00");
	assert_null(dsa_table_find(&t, "DE", "TOTAL"));
	in.act_applies = false;
	t = make();
	cells(&t.v[0], ",,,,0,0.00,0.00");
	assert_int_equal(t.v[0].text[DSA_ACT].n, 0);
}

static void test_rows(void **state)
{
	struct dsa_table t;

	(void)state;
	put("FR", "B", 2 * H, DSA_UNKNOWN);
	put("DE", "B", 4 * H, 10 * H);
	put("DE", "C", DSA_UNKNOWN, DSA_UNKNOWN);
	t = make();
	assert_int_equal(t.n, 4 + 2 + 2 + 1);
	assert_str(t.v[1].key.scope, "DE");
	assert_str(t.v[2].key.scope, "FR");
	assert_str(t.v[3].key.category, "A");
	cells(row(&t, "TOTAL", "TOTAL"), "0,0,0.00,0.00,3,3.00,10.00");
	cells(row(&t, "DE", "TOTAL"), "0,0,0.00,0.00,2,4.00,10.00");
	cells(row(&t, "TOTAL", "B"), "0,0,0.00,0.00,2,3.00,10.00");
	cells(row(&t, "FR", "B"), "0,0,0.00,0.00,1,2.00,0.00");
	/* told to nobody is not known, and no zero */
	cells(row(&t, "DE", "C"), "0,0,0.00,0.00,1,,0.00");
	assert_str(row(&t, "TOTAL", "TOTAL")->text[DSA_INFO_RECEIPT], "Known for 2 of 3 orders.");
	assert_str(
	    row(&t, "TOTAL", "TOTAL")->text[DSA_INFO_EFFECT], "Effect was given to 1 of 3 orders.");
	assert_str(row(&t, "DE", "C")->text[DSA_INFO_RECEIPT], "Known for 0 of 1 orders.");
	assert_int_equal(row(&t, "FR", "B")->text[DSA_INFO_RECEIPT].n, 0);
	assert_null(dsa_table_find(&t, "FR", "C"));
}

static void test_automatic(void **state)
{
	struct dsa_table t;

	(void)state;
	put("DE", "A", H, DSA_UNKNOWN)->automatic = true;
	t = make();
	cells(row(&t, "DE", "A"), "0,0,0.00,0.00,1,1.00,0.00");
	in.automatic_zero = true;
	t = make();
	cells(row(&t, "DE", "A"), "0,0,0.00,0.00,1,0.00,0.00");
	assert_str(row(&t, "DE", "A")->text[DSA_INFO_RECEIPT],
	    "Automated confirmations within one hour count as zero.");
	orders[0].receipt = H + 1; /* an hour and more is as it is */
	t = make();
	cells(row(&t, "DE", "A"), "0,0,0.00,0.00,1,1.00,0.00");
	orders[0].receipt = H;
	orders[0].automatic = false; /* so is what a person wrote */
	t = make();
	cells(row(&t, "DE", "A"), "0,0,0.00,0.00,1,1.00,0.00");
}

static void test_epoc(void **state)
{
	struct dsa_table t;

	(void)state;
	put("DE", "A", DSA_UNKNOWN, DSA_UNKNOWN);
	put("FR", "A", DSA_UNKNOWN, 2 * H)->epoc = true;
	t = make();
	cells(&t.v[0], "0,0,0.00,0.00,2,,2.00");
	assert_non_null(strstr(t.v[0].text[DSA_INFO].p, "among them: 1."));
	assert_int_equal(row(&t, "DE", "A")->text[DSA_INFO].n, 0);
	in.epoc_counts = false;
	t = make();
	cells(&t.v[0], "0,0,0.00,0.00,1,,0.00");
	assert_non_null(strstr(t.v[0].text[DSA_INFO].p, "left out: 1."));
	assert_null(dsa_table_find(&t, "FR", "TOTAL"));
}

static void test_given(void **state)
{
	struct dsa_table t;

	(void)state;
	put("DE", "A", H, DSA_UNKNOWN);
	enter("DE", "A", DSA_ACT, 2);
	enter("DE", "A", DSA_ITEMS, 11);
	enter("IT", "B", DSA_ACT, 3);
	enter("TOTAL", "TOTAL", DSA_ACT_EFFECT, 1234);
	enter("IT", "C", DSA_ACT, 0); /* nothing is no row */
	enter("IT", "B", DSA_ACT, 0)->source = STR("another");
	t = make();
	cells(&t.v[0], "5,11,,12.34,1,1.00,0.00");
	cells(row(&t, "DE", "TOTAL"), "2,11,,,1,1.00,0.00");
	cells(row(&t, "IT", "B"), "3,0,,,0,0.00,0.00");
	cells(row(&t, "TOTAL", "C"), "0,0,0.00,0.00,0,0.00,0.00");
	assert_null(dsa_table_find(&t, "IT", "C"));
	assert_str(t.v[0].text[DSA_ACT], "Figures on orders to act against illegal content were "
					 "entered by hand, last on 2024-10-04. Source: a list; "
					 "another.");
	assert_str(t.v[0].text[DSA_ACT_RECEIPT], "No median was entered.");
	assert_int_equal(t.v[0].text[DSA_ACT_EFFECT].n, 0);
	assert_int_equal(row(&t, "DE", "A")->text[DSA_ACT].n, 0);
}

static void test_text(void **state)
{
	struct dsa_table t;

	(void)state;
	put("DE", "A", DSA_UNKNOWN, DSA_UNKNOWN);
	*enter("DE", "A", DSA_INFO_RECEIPT, 0) =
	    (struct dsa_table_given){.key = key("DE", "A", "", ""),
		.column = DSA_INFO_RECEIPT,
		.is_text = true,
		.text = STR("We moved house.")};
	in.act_applies = false; /* a text has its place all the same */
	t = make();
	assert_str(
	    row(&t, "DE", "A")->text[DSA_INFO_RECEIPT], "We moved house. Known for 0 of 1 orders.");
	assert_str(row(&t, "DE", "TOTAL")->text[DSA_INFO_RECEIPT], "Known for 0 of 1 orders.");
}

static void test_keywords(void **state)
{
	struct dsa_table t;

	(void)state;
	put("DE", "A", H, DSA_UNKNOWN)->key.keyword = STR("K1");
	put("DE", "A", 3 * H, DSA_UNKNOWN)->key = key("DE", "A", "KEYWORD_OTHER", "ours");
	put("FR", "A", 5 * H, DSA_UNKNOWN)->key = key("FR", "A", "KEYWORD_OTHER", "theirs");
	put("FR", "B", H, DSA_UNKNOWN);
	t = make();
	/* TOTAL 3; A 3, K1 2, ours 2, theirs 2; B 2; C 1 */
	assert_int_equal(t.n, 15);
	assert_str(dsa_table_code(&t.v[6].key), "K1");
	assert_str(dsa_table_code(&t.v[8].key), "KEYWORD_OTHER");
	assert_str(t.v[8].key.own, "ours");
	assert_str(t.v[11].key.scope, "FR");
	cells(&t.v[10], "0,0,0.00,0.00,1,5.00,0.00");
	cells(row(&t, "TOTAL", "A"), "0,0,0.00,0.00,3,3.00,0.00");
	orders[3].key.category = STR("A"); /* one without, beside those with */
	assert_err(
	    c, dsa_table_make(c, &in, &t), ERR_INVALID, "A: some orders have a sub-category");
	in.n_orders = 3;
	enter("FR", "A", DSA_ACT, 1);
	assert_err(c, dsa_table_make(c, &in, &t), ERR_INVALID, "would not add up");
	in.act_applies = false;
	assert_ok(c, dsa_table_make(c, &in, &t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_median, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_none, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_automatic, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_epoc, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_given, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_text, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_keywords, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
