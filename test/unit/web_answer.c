#include "web/answer.h"

#include "check.h"

static void test_languages(void **state)
{
	static const struct {
		const char *accept;
		enum answer_lang lang;
	} cases[] = {{"", ANSWER_EN}, {"de", ANSWER_DE}, {"DE-at", ANSWER_DE}, {"en", ANSWER_EN},
	    {"fr, de;q=0.5", ANSWER_DE}, {"de;q=0.5, en;q=0.4", ANSWER_DE},
	    {"de;q=0.4, en;q=0.5", ANSWER_EN}, {"de, en", ANSWER_EN}, {"de;q=0", ANSWER_EN},
	    {"*", ANSWER_EN}, {"en;q=0.2, *", ANSWER_DE}, {"de;q=1.5", ANSWER_EN},
	    {"de;q=", ANSWER_EN}, {"de;q=0.9999", ANSWER_EN}, {"de; q=0.001", ANSWER_DE},
	    {",,;q=1,;", ANSWER_EN}, {"deu", ANSWER_EN}, {"en;q=0.30,de;q=0.299", ANSWER_EN},
	    {"de;level=1;q=0.9,en;q=0.8", ANSWER_DE}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (answer_lang(str_of(cases[i].accept)) != cases[i].lang)
			fail_msg("%s", cases[i].accept);
}

static void put(const char *name, const char *value, void *b)
{
	buf_fmt(b, "%s: %s\n", name, value);
}

static const char *fields_of(const struct answer *a)
{
	struct buf b = buf_init(a->c, 10000);

	answer_each(a, put, &b);
	return buf_str(&b).p;
}

static void test_fields(void **state)
{
	struct ctx *c = test_ctx();
	struct answer a = answer_init(c, ANSWER_EN);

	(void)state;
	answer_field(&a, "ETag", STR("\"x\""));
	assert_non_null(strstr(fields_of(&a), "Cache-Control: no-store\n"));
	assert_non_null(strstr(fields_of(&a), "Content-Security-Policy: default-src 'self';"));
	assert_non_null(strstr(fields_of(&a), "X-Content-Type-Options: nosniff\n"));
	assert_non_null(strstr(fields_of(&a), "Referrer-Policy: same-origin\n"));
	assert_non_null(strstr(fields_of(&a), "ETag: \"x\"\n"));
	a.status = 304;
	assert_null(strstr(fields_of(&a), "Content-Type:"));
	ctx_close(&c);
}

/* An error forgets what was to be said. */
static void test_errors(void **state)
{
	static const int codes[][2] = {{ERR_FAIL, 500}, {ERR_NOTFOUND, 404}, {ERR_CONFLICT, 409},
	    {ERR_DENIED, 403}, {ERR_INVALID, 400}, {ERR_LIMIT, 413}, {-99, 500}};

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		struct ctx *c = test_ctx();
		struct answer a = answer_init(c, ANSWER_DE);

		buf_puts(&a.body, "secret");
		answer_field(&a, "X-Secret", STR("secret"));
		a.cache = "public";
		answer_code(&a, codes[i][0]);
		assert_int_equal(a.status, codes[i][1]);
		assert_null(strstr(buf_str(&a.body).p, "secret"));
		assert_null(strstr(fields_of(&a), "ecret"));
		assert_non_null(strstr(buf_str(&a.body).p, "<html lang=\"de\">"));
		assert_non_null(strstr(fields_of(&a), "Cache-Control: no-store\n"));
		ctx_close(&c);
	}
}

static void test_field_twice(void **state)
{
	struct ctx *c = test_ctx();
	struct answer a = answer_init(c, ANSWER_EN);

	(void)state;
	answer_field(&a, "Referrer-Policy", STR("no-referrer"));
	answer_field(&a, "Link", STR("<a>"));
	answer_field(&a, "Link", STR("<b>"));
	answer_field(&a, "Referrer-Policy", STR("no-referrer"));
	assert_int_equal(a.n_fields, 3);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_languages),
	    cmocka_unit_test(test_field_twice),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
