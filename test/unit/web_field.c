/* Fields of forms: what their parsers take, and what they say of the rest. */
#include "web/field.h"

#include "check.h"

typedef int parse_fn(struct ctx *c, struct str text, struct route_value *ret);

static const struct {
	parse_fn *parse;
	const char *in, *out; /* out NULL: refused; "#": the number counts */
	int64_t num;
} cases[] = {
    {field_line, "  a b ", "a b", 0},
    {field_line, " ", NULL, 0},
    {field_line, "a\nb", NULL, 0},
    {field_text, "a\r\nb\rc\n\n", "a\nb\nc", 0},
    {field_text, "\r\n", NULL, 0},
    {field_word, "sort_out-1.x", "sort_out-1.x", 0},
    {field_word, "a b", NULL, 0},
    {field_word, "\xc3\xa4", NULL, 0},
    {field_words, "reviewer counsel", "reviewer counsel", 0},
    {field_words, "a;b", NULL, 0},
    {field_number, "0", "#", 0},
    {field_number, " 42 ", "#", 42},
    {field_number, "-1", NULL, 0},
    {field_number, "9007199254740993", NULL, 0},
    {field_number, "1e3", NULL, 0},
    {field_day, "2013-02-28", "2013-02-28", 15764},
    {field_day, "2013-02-29", NULL, 0},
    {field_instant, "1970-01-02T00:00", "1970-01-02T00:00", 86400},
    {field_instant, "1970-01-02 00:00", "1970-01-02 00:00", 86400},
    {field_instant, "1970-01-02T00:01:30", "1970-01-02T00:01:30", 86490},
    {field_instant, "1970-01-01T01:00:00+01:00", "1970-01-01T01:00:00+01:00", 0},
    {field_instant, "1970-01-02T24:00", NULL, 0},
    {field_instant, "1970-01-02", NULL, 0},
    {field_yes, "on", "#", 1},
    {field_yes, "no", "#", 0},
    {field_yes, "maybe", NULL, 0},
    {field_country, "DE", "DE", 0},
    {field_country, "de", NULL, 0},
    {field_country, "QQ", NULL, 0},
    {field_hash, "00", NULL, 0},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ctx *c = test_ctx();
		struct route_value v = {0};
		int rc = cases[i].parse(c, str_of(cases[i].in), &v);
		const char *out = cases[i].out;

		if (out == NULL ? rc != ERR_INVALID
				: rc != 0 || v.num != cases[i].num ||
				      (strcmp(out, "#") != 0 && !str_is(v.text, out)))
			fail_msg("%s: %d %s %.*s %lld", cases[i].in, rc, err_text(c),
			    STR_ARG(v.text), (long long)v.num);
		/* what was wrong is said, what was entered is not */
		assert_true(out != NULL || (err_text(c)[0] != '\0' &&
					       (strlen(cases[i].in) < 3 ||
						   strstr(err_text(c), cases[i].in) == NULL)));
		ctx_close(&c);
	}
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct str s = {mem_alloc(c, FIELD_TEXT_MAX + 1), FIELD_TEXT_MAX + 1};
	struct route_value v;

	(void)state;
	memset((char *)(uintptr_t)s.p, 'a', s.n);
	assert_int_equal(field_text(c, s, &v), ERR_LIMIT);
	err_clear(c);
	s.n = FIELD_TEXT_MAX;
	assert_ok(c, field_text(c, s, &v));
	assert_int_equal(field_line(c, s, &v), ERR_LIMIT);
	err_clear(c);
	s.n = FIELD_WORD_MAX + 1;
	assert_int_equal(field_word(c, s, &v), ERR_LIMIT);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases), cmocka_unit_test(test_limits)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
