/* What a piece of the statement says in one language: YAML and plain text, and what is refused. */
#include "check.h"

#include "in/wording.h"

static struct wording good(struct ctx *c, const char *file, const char *text)
{
	struct wording w;

	assert_ok(c, wording_parse(c, file, str_of(text), &w));
	return w;
}

static void bad(struct ctx *c, const char *file, struct str text, const char *part)
{
	struct wording w = {.title = STR("as it was")};

	assert_err(c, wording_parse(c, file, text, &w), ERR_INVALID, part);
	assert_str(w.title, "as it was");
}

static void test_yaml(void **state)
{
	struct ctx *c = test_ctx();
	struct wording w = good(c, "a.yaml",
	    "title: Ümläute & <b>\ntext: |\n  One.\n\n  Two.\nauthority: A court\noutcome: "
	    "Pending\n");

	(void)state;
	assert_str(w.title, "Ümläute & <b>");
	assert_str(w.text, "One.\n\nTwo.");
	assert_str(w.authority, "A court");
	assert_str(w.outcome, "Pending");
	w = good(c, "a.yml", "title: Only this\n");
	assert_str(w.title, "Only this");
	assert_int_equal(w.text.n + w.authority.n + w.outcome.n, 0);
	ctx_close(&c);
}

static void test_yaml_refused(void **state)
{
	struct ctx *c = test_ctx();
	char *title = mem_alloc(c, 600);

	(void)state;
	bad(c, "a.yaml", STR("text: a\n"), "a.yaml:1:1: there is no title");
	bad(c, "a.yaml", STR("- a\n"), "a.yaml:1:1: keys");
	bad(c, "a.yaml", STR("title: a\ntitel: b\n"), "a.yaml:2");
	bad(c, "a.yaml", STR("title:\n  - a\n"), "title: a text stands here");
	bad(c, "a.yaml", STR("title: \" \"\n"), "title: it says nothing");
	bad(c, "a.yaml", STR("title: a\ntext: |\n\n"), "text: it says nothing");
	bad(c, "a.yaml", STR("title: |\n  a\n  b\n"), "title: one line");
	bad(c, "a.yaml", STR("title: \"a\\x07b\"\n"), "title: one line");
	bad(c, "a.yaml", STR("title: a\ntext: \"a\\x7fb\"\n"),
	    "a.yaml:2:7: text: a control character");
	bad(c, "a.yaml", STR("title: a\nauthority: \"a\\nb\"\n"), "authority: one line");
	bad(c, "a.yaml", STR("title: \"a\\u202eb\"\n"), "title: one line");
	bad(c, "a.yaml", STR("title: a\ntext: \"a\\u2028b\"\n"), "text: a control character");
	bad(c, "a.yaml", STR("title: \xff\n"), "a.yaml:1");
	memset(title, 'x', 600);
	memcpy(title, "title: ", 7);
	bad(c, "a.yaml", (struct str){title, 600}, "title: longer than 400 bytes");
	ctx_close(&c);
}

static void test_plain(void **state)
{
	struct ctx *c = test_ctx();
	struct wording w = good(c, "a.txt", "The title \n\nOne.\n\nTwo.\n");

	(void)state;
	assert_str(w.title, "The title");
	assert_str(w.text, "One.\n\nTwo.");
	w = good(c, "a.txt",
	    "\xc2\xa7 \xe2\x80\x9e"
	    "a\xe2\x80\x9c \xe2\x80\xa6 \xef\xbf\xbd \xe2\x82\xac");
	assert_int_equal(w.title.n, 22);
	w = good(c, "a", "Title");
	assert_str(w.title, "Title");
	assert_int_equal(w.text.n, 0);
	ctx_close(&c);
}

static void test_plain_refused(void **state)
{
	struct ctx *c = test_ctx();
	char *big = mem_alloc(c, WORDING_FILE_MAX + 1);
	struct wording w;

	(void)state;
	bad(c, "a.txt", STR(""), "a.txt:1:1: the title");
	bad(c, "a.txt", STR("\nText"), "a.txt:1:1: the title");
	bad(c, "a.txt", STR("Title\nText"), "a.txt:2:1: an empty line");
	bad(c, "a.txt", STR("Title\n\nok\na\x01"), "a.txt:4:2: a control character");
	bad(c, "a.txt", STR("Title\r\n\r\nText"), "a.txt:1:6: a control character");
	bad(c, "a.txt", STR("\xef\xbb\xbfTitle"), "a.txt:1:1: a control character");
	bad(c, "a.txt", STR("T\xc3\xa4\xe2\x80\xaeTitle"), "a.txt:1:3: a control character");
	bad(c, "a.txt", STR("T\xe2\x81\xa6Title"), "a.txt:1:2: a control character");
	bad(c, "a.txt", STR("T\n\n\xe2\x80\xa8"), "a.txt:3:1: a control character");
	bad(c, "a.txt", STR("T\xc2\x85"), "a.txt:1:2: a control character");
	bad(c, "a.txt", STR("T\xef\xbf\xbe"), "a.txt:1:2: a control character");
	bad(c, "a.txt", STR("Title\n\n\xc3"), "a.txt:3:1: not UTF-8");
	memset(big, 'x', WORDING_FILE_MAX + 1);
	bad(c, "a.txt", (struct str){big, 401}, "a.txt:1:1: the title is too long");
	big[1] = '\n';
	big[2] = '\n';
	bad(c, "a.txt", (struct str){big, WORDING_TEXT_MAX + 4}, "a.txt:2:1: the text is too long");
	assert_ok(c, wording_parse(c, "a.txt", (struct str){big, WORDING_TEXT_MAX + 3}, &w));
	assert_err(c, wording_parse(c, "a.txt", (struct str){big, WORDING_FILE_MAX + 1}, &w),
	    ERR_LIMIT, "a.txt: larger than 65536");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_yaml),
	    cmocka_unit_test(test_yaml_refused), cmocka_unit_test(test_plain),
	    cmocka_unit_test(test_plain_refused)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
