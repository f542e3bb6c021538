/* Names of files that people send, and tricks with them. */
#include "web/file_name.h"

#include "check.h"

static void test_names(void **state)
{
	static const struct {
		const char *raw, *name;
	} all[] = {{"order.pdf", "order.pdf"}, {"../../etc/passwd", "passwd"},
	    {"C:\\Users\\a\\order.pdf", "order.pdf"}, {"/", ""}, {"..", ""}, {".", ""}, {"", ""},
	    {".htaccess", "htaccess"}, {"a. .", "a"}, {" a b ", "a b"},
	    {"a\r\nSet-Cookie: x", "aSet-Cookie: x"}, {"a\177\001.pdf", "a.pdf"},
	    {"\xc3\x84nderung.pdf", "\xc3\x84nderung.pdf"},
	    {"order\342\200\256fdp.exe", "orderfdp.exe"}, /* right to left override */
	    {"\xe2\x81\xa6"
	     "a\xe2\x81\xa9\xe2\x80\x8b\xef\xbb\xbf.pdf",
		"a.pdf"},                                         /* isolates, no width */
	    {"a\330\234\xe2\x80\x8f.pdf", "a.pdf"},               /* marks of direction */
	    {"a\302\205\xe2\x80\xa8.pdf", "a.pdf"},               /* line ends */
	    {"a\363\xa0\x81\x81.pdf", "a.pdf"},                   /* tags */
	    {"a\377\376\303.pdf", "a.pdf"}, {"\xed\xa0\x80", ""}, /* no UTF-8 */
	    {"\xd7\x90\xd7\x91.pdf", "\xd7\x90\xd7\x91.pdf"},     /* Hebrew stays */
	    {"<script>.pdf", "<script>.pdf"},                     /* text: the page escapes it */
	    {"a/..", ""}, {"a\\", ""}};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct str got = file_name(c, str_of(all[i].raw));

		if (!str_is(got, all[i].name))
			fail_msg("%zu: %.*s", i, STR_ARG(got));
	}
	assert_int_equal(file_name(c, STR("a\0b.pdf")).n, 6);
	ctx_close(&c);
}

static void test_long(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 4096);
	struct str got;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_puts(&b, "\xc3\xa4");
	got = file_name(c, buf_str(&b));
	assert_true(got.n <= FILE_NAME_MAX && got.n > FILE_NAME_MAX - 4);
	assert_int_equal(str_utf8_bad(got), got.n);
	buf_puts(&b, ".pdf");
	got = file_name(c, buf_str(&b));
	assert_true(got.n <= FILE_NAME_MAX && str_ends(got, "\xc3\xa4.pdf"));
	assert_int_equal(str_utf8_bad(got), got.n);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names), cmocka_unit_test(test_long)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
