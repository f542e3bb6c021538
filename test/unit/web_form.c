#include "web/form.h"

#include "check.h"

static void test_reads(void **state)
{
	struct ctx *c = test_ctx();
	struct form f;
	size_t n;

	(void)state;
	assert_ok(c, form_parse(c, STR(""), &f));
	assert_int_equal(f.n, 0);
	assert_ok(c, form_parse(c, STR("a=1&b=%C3%a4+x%0D%0A&c&a=2&d=x=y"), &f));
	assert_int_equal(f.n, 5);
	assert_str(form_find(&f, "a", &n)->value, "1");
	assert_int_equal(n, 2);
	assert_str(form_find(&f, "b", &n)->value, "\xc3\xa4 x\r\n");
	assert_str(form_find(&f, "c", &n)->value, "");
	assert_str(form_find(&f, "d", &n)->value, "x=y");
	assert_null(form_find(&f, "e", &n));
	assert_int_equal(n, 0);
	ctx_close(&c);
}

static void test_refuses(void **state)
{
	static const char *const bad[] = {"a=%", "a=%4", "a=%4g", "a=%00", "a=%01", "a=%7f",
	    "a=%ff", "a=%c0%ae", "=1", "&", "a=1&", "a=1&&b=2", "a=b c", "a=\n", "%ff=1"};
	struct ctx *c = test_ctx();
	struct form f;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (form_parse(c, str_of(bad[i]), &f) != ERR_INVALID)
			fail_msg("%s is read", bad[i]);
		err_clear(c);
	}
	ctx_close(&c);
}

static struct str repeated(struct ctx *c, const char *what, size_t times)
{
	struct buf b = buf_init(c, 1 << 20);

	while (times-- > 0)
		buf_puts(&b, what);
	return buf_str(&b);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct str name = repeated(c, "n", FORM_NAME_MAX), value = repeated(c, "v", FORM_VALUE_MAX);
	struct form f;

	(void)state;
	assert_ok(c, form_parse(c, str_fmt(c, "%s=%s", name.p, value.p), &f));
	assert_err(c, form_parse(c, str_fmt(c, "a=1&%sn=", name.p), &f), ERR_LIMIT, "field 2");
	assert_err(c, form_parse(c, str_fmt(c, "a=%sv", value.p), &f), ERR_LIMIT, "field 1");
	assert_err(c, form_parse(c, repeated(c, "a&", FORM_FIELDS_MAX), &f), ERR_LIMIT, "fields");
	assert_err(
	    c, form_parse(c, repeated(c, "a=aaaaa&", FORM_MAX / 8 + 1), &f), ERR_LIMIT, "bytes");
	ctx_close(&c);
}

static void test_writes(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 1000);

	(void)state;
	form_put(&b, (struct str){"aZ9-._~ /%&=+\xc3\xa4\0", 16});
	assert_str(buf_str(&b), "aZ9-._~%20%2F%25%26%3D%2B%C3%A4%00");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads),
	    cmocka_unit_test(test_refuses),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
