#include "check.h"

#include "law/band.h"

static struct ctx *c;
static struct band_law *law;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	return band_builtin(c, &law);
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static struct day day(const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(z), &d));
	return d;
}

static struct period period(const char *z)
{
	struct period p;

	assert_ok(c, period_parse(c, str_of(z), &p));
	return p;
}

static const struct band_structure *get(const char *id)
{
	const struct band_structure *s = band_find(law, str_of(id));

	if (s == NULL)
		fail_msg("no structure %s", id);
	return s;
}

static const struct band_category *category(const struct band_structure *s, const char *id)
{
	for (size_t i = 0; i < s->n_categories; i++)
		if (str_is(s->categories[i].id, id))
			return &s->categories[i];
	fail_msg("no category %s", id);
	return NULL;
}

/* The table of vectors: for each number the lower edge in each structure; the upper is lo + w - 1.
 */
static void test_vectors(void **state)
{
	static const struct {
		int64_t n, lo[5];
	} v[] = {{0, {0, 0, 0, 0, 0}}, {99, {0, 0, 0, 0, 0}}, {100, {0, 0, 0, 100, 0}},
	    {249, {0, 0, 0, 200, 0}}, {250, {0, 0, 250, 200, 0}}, {499, {0, 0, 250, 400, 0}},
	    {500, {0, 500, 500, 500, 500}}, {999, {0, 500, 750, 900, 500}},
	    {1000, {1000, 1000, 1000, 1000, 1000}}, {16400, {16000, 16000, 16250, 16400, 16000}}};
	static const char *const ids[] = {
	    "US-1874-A1", "US-1874-A2", "US-1874-A3", "US-1874-A4", "UK-349-500"};
	static const int64_t widths[] = {1000, 500, 250, 100, 500};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		for (size_t k = 0; k < 5; k++) {
			struct band b;

			assert_ok(c, band_of(c, get(ids[k]), v[i].n, 0, &b));
			assert_int_equal(b.lo, v[i].lo[k]);
			assert_int_equal(b.hi, v[i].lo[k] + widths[k] - 1);
		}
	}
}

static void test_released_raises_the_lower_edge(void **state)
{
	const struct band_structure *s = get("US-1874-A2");
	struct band b;

	(void)state;
	assert_ok(c, band_of(c, s, 30, 22, &b)); /* as printed for 2018H2: 22-499 */
	assert_int_equal(b.lo, 22);
	assert_int_equal(b.hi, 499);
	assert_ok(c, band_of(c, s, 600, 22, &b)); /* below the band: no effect */
	assert_int_equal(b.lo, 500);
	/* as printed on 14 June 2013: each band ends with the number that the next begins with */
	assert_ok(c, band_of(c, get("US-COMB-2013"), 6500, 0, &b));
	assert_int_equal(b.lo, 6000);
	assert_int_equal(b.hi, 7000);
	assert_ok(c, band_of(c, get("US-COMB-2013"), 31999, 0, &b));
	assert_int_equal(b.lo, 31000);
	assert_int_equal(b.hi, 32000);
	assert_ok(c, band_of(c, s, 499, 499, &b)); /* never one number */
	assert_int_equal(b.lo, 498);
	assert_int_equal(b.hi, 499);
	assert_err(c, band_of(c, s, 3, 4, &b), ERR_INVALID, "US-1874-A2");
	assert_err(c, band_of(c, s, -1, 0, &b), ERR_INVALID, "US-1874-A2");
	assert_err(c, band_of(c, s, INT64_MAX, 0, &b), ERR_INVALID, "US-1874-A2");
	assert_err(c, band_of(c, get("UK-NOTICE"), 0, 0, &b), ERR_INVALID, "no number");
}

static void test_earliest(void **state)
{
	static const struct {
		const char *structure, *category, *end, *want;
	} v[] = {{"US-1874-A1", "fisa_content", "2025-06-30", "2025-12-27"},
	    {"US-1874-A2", "fisa_noncontent_selectors", "2025-06-30", "2025-12-27"},
	    {"US-1874-A2", "nsl", "2025-06-30", "2025-07-01"},
	    {"US-1874-A3", "all", "2025-06-30", "2025-07-01"},
	    {"US-1874-A4", "all", "2024-12-31", "2025-12-31"},
	    {"UK-349-500", "warrants", "2025-06-30", "2025-12-30"},
	    {"UK-349-1000", "factors", "2025-06-30", "2025-12-30"}};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		const struct band_structure *s = get(v[i].structure);

		assert_str(day_str(c, band_earliest(s, category(s, v[i].category), day(v[i].end))),
		    v[i].want);
	}
}

static void test_new_service(void **state)
{
	const struct band_structure *a1 = get("US-1874-A1"), *a3 = get("US-1874-A3"),
				    *uk = get("UK-349-1000");

	(void)state;
	assert_str(
	    day_str(c, band_new_service(a1, category(a1, "fisa_content"), day("2024-01-10"))),
	    "2025-07-03");
	assert_str(day_str(c, band_new_service(uk, category(uk, "warrants"), day("2024-02-01"))),
	    "2025-08-01");
	assert_true(day_is_none(band_new_service(a1, category(a1, "nsl"), day("2024-01-10"))));
	assert_true(day_is_none(band_new_service(a3, category(a3, "all"), day("2024-01-10"))));
}

static void test_fits(void **state)
{
	(void)state;
	assert_true(band_fits(get("US-1874-A2"), period("2025H1")));
	assert_true(band_fits(get("US-1874-A2"), period("2025H2")));
	assert_true(band_fits(get("US-1874-A2"), period("2025-02-03/2025-08-01"))); /* 180 days */
	assert_false(band_fits(get("US-1874-A2"), period("2025-02-03/2025-08-02")));
	assert_false(band_fits(get("US-1874-A2"), period("2025")));
	assert_true(band_fits(get("US-1874-A4"), period("2025")));
	assert_false(band_fits(get("US-1874-A4"), period("2025H1")));
	assert_true(band_fits(get("UK-349-500"), period("2025-03-01/2025-08-31")));
	assert_false(band_fits(get("UK-349-500"), period("2025-02-03/2025-08-01")));
	assert_false(band_fits(get("UK-NOTICE"), period("2025H1")));
}

static void test_conflict(void **state)
{
	const struct band_structure *a1 = get("US-1874-A1"), *a2 = get("US-1874-A2"),
				    *a4 = get("US-1874-A4"), *uk = get("UK-349-500"),
				    *uk2 = get("UK-349-1000");
	struct period h1 = period("2025H1"), h2 = period("2025H2"), y = period("2025"),
		      window = period("2025-02-03/2025-08-01");

	(void)state;
	assert_null(band_conflict(a2, h1, a2, h2));
	assert_null(band_conflict(a2, h1, a2, h1));     /* a second version in the same bands */
	assert_null(band_conflict(a1, h1, uk, h1));     /* two jurisdictions */
	assert_non_null(band_conflict(a1, h1, a2, h1)); /* narrower bands for the same time */
	assert_non_null(band_conflict(a2, h1, a1, h1));
	assert_non_null(band_conflict(a2, h1, a4, y));
	assert_non_null(band_conflict(a2, h1, a2, window)); /* rolling windows */
	assert_non_null(band_conflict(uk, h1, uk, h1));     /* reg 9: never again */
	assert_non_null(band_conflict(uk, h1, uk2, h1));
	assert_null(band_conflict(uk, h1, uk, h2));
}

static void test_choose(void **state)
{
	const struct band_structure **v;
	size_t n;

	(void)state;
	assert_ok(c, band_choose(c, law, STR("US-1874-A2"), &v, &n));
	assert_int_equal(n, 1);
	assert_ok(c, band_choose(c, law, STR("US-1874-A3 UK-349-500"), &v, &n));
	assert_int_equal(n, 2);
	assert_ok(c, band_choose(c, law, STR("none"), &v, &n));
	assert_int_equal(n, 0);
	assert_ok(c, band_choose(c, law, STR(""), &v, &n));
	assert_int_equal(n, 0);
	assert_err(c, band_choose(c, law, STR("US-1874-A2 US-1874-A3"), &v, &n), ERR_INVALID,
	    "one structure for each jurisdiction");
	assert_err(c, band_choose(c, law, STR("US-1874-A9"), &v, &n), ERR_INVALID, "no structure");
	/* what nobody read at the source is chosen with a permission, and published with it alone
	 */
	assert_ok(c, band_choose(c, law, STR("US-COMB-2013"), &v, &n));
	assert_true(band_needs_permission(v[0]));
	assert_ok(c, band_choose(c, law, STR("US-COLE-1"), &v, &n));
	assert_true(band_needs_permission(v[0]));
	assert_false(band_needs_permission(get("US-1874-A2")));
	assert_true(band_needs_permission(get("UK-349-500"))); /* reg 8: counsel sees to it */
	assert_err(c, band_choose(c, law, STR("UK-NOTICE"), &v, &n), ERR_INVALID, "no width");
	assert_err(c, band_choose(c, law, STR("US-1874-C"), &v, &n), ERR_INVALID, "no width");
}

static void test_protected(void **state)
{
	(void)state;
	assert_true(band_protected(law, STR("US-NSL")));
	assert_true(band_protected(law, STR("US-FISA-215")));
	assert_true(band_protected(law, STR("UK-INT")));
	assert_true(band_protected(law, STR("UK-TCN")));
	assert_false(band_protected(law, STR("US-WARRANT")));
	assert_false(band_protected(law, STR("")));
}

#define HEAD                                                                                       \
	"structures:\n  - id: X\n    en: a\n    de: b\n    jurisdiction: US\n    cite: c\n"        \
	"    mark: V\n    verified: yes\n"
#define TAIL                                                                                       \
	"    categories:\n      - id: nsl\n        en: a\n        de: b\n        unit: orders\n"   \
	"        instruments: US-NSL\n"

static void test_bad_files(void **state)
{
	static const struct {
		const char *text, *part;
	} v[] = {{"", "structures: at least one"}, {"structures: 3\n", "a list is expected"},
	    {HEAD "    period: half-year\n    repeat: structure\n" TAIL, "width"},
	    {HEAD "    width: 1\n    period: half-year\n    repeat: structure\n" TAIL, "x.yaml:9:"},
	    {HEAD "    width: 500\n    period: half-yaer\n    repeat: structure\n" TAIL,
		"x.yaml:10:"},
	    {HEAD "    width: 500\n    period: half-year\n    repeat: no\n" TAIL, "x.yaml:11:"},
	    {HEAD "    width: 500\n    period: half-year\n    repeat: structure\n", "categories"},
	    {HEAD "    width: 500\n    period: half-year\n    repeat: structure\n" TAIL
		  "        delay: 180 weeks\n",
		"delay"},
	    {HEAD "    width: 500\n    period: half-year\n    repeat: structure\n" TAIL
		  "        dealy: 180 days\n",
		"x.yaml:18:"},
	    {HEAD "    width: 500\n    period: half-year\n    repeat: structure\n" TAIL
		  "      - id: nsl\n        en: a\n        de: b\n        unit: orders\n"
		  "        instruments: US-NSL\n",
		"x.yaml:18:9: the category stands twice"},
	    {HEAD
		"    width: 500\n    period: half-year\n    repeat: structure\n" TAIL
		"  - id: X\n    en: a\n    de: b\n    jurisdiction: US\n    cite: c\n    mark: V\n"
		"    verified: yes\n    width: 500\n    period: half-year\n    repeat: "
		"structure\n" TAIL,
		"x.yaml:18:5: the structure stands twice"},
	    {"structures:\n  - id: X\n    en: a\n    de: b\n    jurisdiction: US\n    cite: c\n"
	     "    mark: W\n    verified: yes\n    width: 500\n    period: half-year\n"
	     "    repeat: structure\n" TAIL,
		"x.yaml:2:5: mark is one of: V V-R S D M"},
	    {"structures:\n  - id: X\n    en: a\n    de: b\n    jurisdiction: US\n    cite: c\n"
	     "    mark: M\n    verified: yes\n    width: 500\n    period: half-year\n"
	     "    repeat: structure\n" TAIL,
		"verified: yes needs mark V"}};
	struct band_law *got;

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		assert_err(
		    c, band_load(c, "x.yaml", str_of(v[i].text), &got), ERR_INVALID, v[i].part);
	assert_ok(
	    c, band_load(c, "x.yaml",
		   STR(HEAD "    width: 500\n    period: half-year\n    repeat: structure\n" TAIL),
		   &got));
	assert_true(got->v[0].src.verified);
	assert_int_equal(got->v[0].width, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_vectors, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_released_raises_the_lower_edge, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_earliest, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_new_service, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_fits, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_conflict, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_choose, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_protected, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_bad_files, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
