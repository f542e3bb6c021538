#include "base/plain.h"

#include <string.h>

#include "check.h"

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

#define SEEN "\357\277\275"

/* Every kind of harmful character, one at a time: it is gone, what stands around it is not. */
static void test_harmful(void **state)
{
	static const char *const bad[] = {"\x01", "\x1b", "\x7f", "\b", "\r", "\302\200",
	    "\302\233", "\302\237", "\330\234", "\342\200\216", "\342\200\217", "\342\200\250",
	    "\342\200\251", "\342\200\252", "\342\200\256", "\342\201\246", "\342\201\251", "\377",
	    "\300", "\355"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct str s = str_fmt(c, "a%sb", bad[i]);

		assert_str(plain_text(c, s), "a" SEEN "b");
		assert_str(plain_lines(c, s), "a" SEEN "b");
	}
	assert_str(plain_text(c, (struct str){"a\0b", 3}), "a" SEEN "b");
	/* cut off inside of a character */
	assert_str(plain_text(c, STR("a\342\200")), "a" SEEN SEEN);
}

static void test_harmless(void **state)
{
	static const char good[] = "Az ~ \302\240\303\244\303\237 \342\200\223 \342\200\235 "
				   "\342\200\247 \342\200\257 \327\251 \360\237\224\222";

	(void)state;
	assert_str(plain_text(c, str_of(good)), good);
	assert_str(plain_lines(c, str_of(good)), good);
	assert_str(plain_text(c, STR("")), "");
}

static void test_lines(void **state)
{
	(void)state;
	assert_str(plain_text(c, STR("a\n\tb")), "a" SEEN SEEN "b");
	assert_str(plain_lines(c, STR("a\n\tb\x1b[2J")), "a\n\tb" SEEN "[2J");
}

/* In JSON the value stays: the same characters, escaped. */
static void test_json(void **state)
{
	struct buf out = buf_init(c, 1000);

	(void)state;
	plain_json(&out, STR("{\n\t\"a\": \"b\302\233\342\200\256c\303\244\\u001b\"\n}"));
	assert_str(buf_str(&out), "{\n\t\"a\": \"b\\u009b\\u202ec\303\244\\u001b\"\n}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_harmful, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_harmless, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_json, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
