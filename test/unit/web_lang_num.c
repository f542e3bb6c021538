/* Numbers, days, instants and spans of time: what is made of the built-in table is what ICU writes.
 */
#include "web/lang_num.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#include "check.h"

enum { ROUNDS = 20000, MOST = 256 };

static const char *const locales[] = {"en_GB", "de"};
static const UChar zone[] = u"Europe/Berlin";

static int64_t random_between(struct ctx *c, int64_t from, int64_t to)
{
	uint64_t r;

	ctx_random(c, &r, sizeof r);
	return from + (int64_t)(r % (uint64_t)(to - from + 1));
}

static struct str utf8(struct ctx *c, const UChar *u, int32_t n)
{
	char z[MOST * 3];
	int32_t size;
	UErrorCode e = U_ZERO_ERROR;

	(void)u_strToUTF8(z, sizeof z, &size, u, n, &e);
	assert_true(U_SUCCESS(e));
	return str_make(c, (struct str){z, (size_t)size});
}

static void same(struct buf *ours, struct str icu, int64_t of)
{
	if (!str_eq(buf_str(ours), icu))
		fail_msg("%lld: \"%.*s\", ICU: \"%.*s\"", (long long)of, STR_ARG(buf_str(ours)),
		    STR_ARG(icu));
}

static void test_numbers(void **state)
{
	(void)state;
	for (int l = ANSWER_EN; l <= ANSWER_DE; l++) {
		struct ctx *c = test_ctx();
		UErrorCode e = U_ZERO_ERROR;
		UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, locales[l], NULL, &e);

		for (int i = 0; i < ROUNDS; i++) {
			int64_t n = i == 0   ? 0
				    : i == 1 ? INT64_MIN
				    : i == 2 ? INT64_MAX
					     : random_between(c, INT64_MIN / 4, INT64_MAX / 4) >>
						   random_between(c, 0, 60);
			struct buf b = buf_init(c, MOST);
			UChar u[MOST];
			int32_t len = unum_formatInt64(f, n, u, MOST, NULL, &e);

			lang_num(&b, (enum answer_lang)l, n);
			same(&b, utf8(c, u, len), n);
		}
		assert_true(U_SUCCESS(e));
		unum_close(f);
		ctx_close(&c);
	}
}

static void test_tenths(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, MOST);

	(void)state;
	lang_num_tenths(&b, ANSWER_DE, -12345);
	lang_num_tenths(&b, ANSWER_EN, 9);
	assert_str(buf_str(&b), "-1.234,50.9");
	ctx_close(&c);
}

/* ICU's writer for what a skeleton asks; days in UTC, instants in the zone. */
static UDateFormat *writer(int l, const char *skeleton, const UChar *in)
{
	UErrorCode e = U_ZERO_ERROR;
	UDateTimePatternGenerator *g = udatpg_open(locales[l], &e);
	UChar s[MOST], pattern[MOST];
	int32_t n;
	UDateFormat *f;

	u_uastrcpy(s, skeleton);
	n = udatpg_getBestPattern(g, s, -1, pattern, MOST, &e);
	f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locales[l], in, -1, pattern, n, &e);
	assert_true(U_SUCCESS(e));
	udatpg_close(g);
	return f;
}

static struct str written(struct ctx *c, UDateFormat *f, int64_t seconds)
{
	UChar u[MOST];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = udat_format(f, (double)seconds * 1000, u, MOST, NULL, &e);

	assert_true(U_SUCCESS(e));
	return utf8(c, u, n);
}

static void test_days(void **state)
{
	static const char *const skeletons[] = {"yMMMd", "yMMMMd", "yMMMEd"};

	(void)state;
	for (int k = 0; k < 6; k++) {
		struct ctx *c = test_ctx();
		UDateFormat *f = writer(k % 2, skeletons[k / 2], u"UTC");

		for (int i = 0; i < ROUNDS; i++) {
			struct day day = {(int32_t)random_between(c, -30000, 60000)};
			struct buf b = buf_init(c, MOST);

			lang_num_day(
			    &b, (enum answer_lang)(k % 2), (enum lang_num_day)(k / 2), day);
			same(&b, written(c, f, (int64_t)day.n * 86400), day.n);
		}
		udat_close(f);
		ctx_close(&c);
	}
}

/* From 1980 to 2037, where both databases of zones know the rule. */
static void test_instants(void **state)
{
	(void)state;
	for (int k = 0; k < 4; k++) {
		struct ctx *c = test_ctx();
		UDateFormat *f = writer(k % 2, k < 2 ? "yMMMdHm" : "yMMMdHmO", zone);

		assert_ok(c, day_zone(c, "Europe/Berlin"));
		for (int i = 0; i < ROUNDS; i++) {
			struct instant t = {random_between(c, 315532800, 2145916800)};
			struct buf b = buf_init(c, MOST);

			lang_num_instant(&b, (enum answer_lang)(k % 2), t, k >= 2);
			same(&b, written(c, f, t.s), t.s);
		}
		udat_close(f);
		ctx_close(&c);
	}
}

/* Half hours, west of Greenwich, none at all, before 1970. */
static void test_zones(void **state)
{
	static const UChar *const zones[] = {
	    u"Asia/Kolkata", u"America/St_Johns", u"UTC", u"Pacific/Chatham", u"America/New_York"};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t k = 0; k < sizeof zones / sizeof zones[0]; k++) {
		UDateFormat *f = writer(ANSWER_DE, "yMMMdHmO", zones[k]);

		assert_ok(c, day_zone(c, utf8(c, zones[k], -1).p));
		for (int i = 0; i < 500; i++) {
			struct instant t = {random_between(c, -100000000, 2145916800)};
			struct buf b = buf_init(c, MOST);

			if (t.s < 0 && k == 1) /* war time and its half hours differ by database */
				continue;
			lang_num_instant(&b, ANSWER_DE, t, true);
			same(&b, written(c, f, t.s), t.s);
		}
		udat_close(f);
	}
	ctx_close(&c);
}

/* The unit is ours to choose; how it is said is ICU's. */
static void test_spans(void **state)
{
	(void)state;
	for (int l = ANSWER_EN; l <= ANSWER_DE; l++) {
		struct ctx *c = test_ctx();
		UErrorCode e = U_ZERO_ERROR;
		URelativeDateTimeFormatter *r = ureldatefmt_open(
		    locales[l], NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &e);

		for (int i = 0; i < ROUNDS; i++) {
			int64_t s = random_between(c, -400000000, 400000000) >>
				    random_between(c, 0, 22),
				size = s < 0 ? -s : s,
				unit = size >= 2 * 86400  ? 86400
				       : size >= 2 * 3600 ? 3600
							  : 60;
			struct buf b = buf_init(c, MOST);
			UChar u[MOST];
			int32_t n;

			if (size < 60)
				continue;
			n = ureldatefmt_formatNumeric(r, (double)(s / unit),
			    unit == 86400  ? UDAT_REL_UNIT_DAY
			    : unit == 3600 ? UDAT_REL_UNIT_HOUR
					   : UDAT_REL_UNIT_MINUTE,
			    u, MOST, &e);
			lang_num_from(&b, (enum answer_lang)l, s);
			same(&b, utf8(c, u, n), s);
		}
		assert_true(U_SUCCESS(e));
		ureldatefmt_close(r);
		ctx_close(&c);
	}
}

static void test_edges(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} spans[] = {{0, "now"}, {59, "now"}, {-59, "now"}, {60, "in 1 minute"},
	    {-119, "1 minute ago"}, {7199, "in 119 minutes"}, {7200, "in 2 hours"},
	    {172799, "in 47 hours"}, {-172800, "2 days ago"}};
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, MOST);

	(void)state;
	lang_num_day(&b, ANSWER_EN, LANG_DAY, DAY_NONE);
	lang_num_instant(&b, ANSWER_EN, INSTANT_NONE, true);
	assert_int_equal(b.n, 0);
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
		b = buf_init(c, MOST);
		lang_num_from(&b, ANSWER_EN, spans[i].seconds);
		assert_str(buf_str(&b), spans[i].text);
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_tenths),
	    cmocka_unit_test(test_days),
	    cmocka_unit_test(test_instants),
	    cmocka_unit_test(test_zones),
	    cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
