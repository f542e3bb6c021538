/* By which channel evidence goes: what stands in the law file, as the act has it, and what is
 * refused of another one. */
#include "check.h"

#include "law/channel.h"

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

/* Implementing Regulation (EU) 2025/1550, Annex 3.2 and 3.3.3(b). */
static void test_builtin(void **state)
{
	struct instant t = {1800000000};
	const struct channel *ch;
	struct channel_law law;

	(void)state;
	assert_ok(c, channel_builtin(c, &law));
	ch = channel_of(&law, STR("EU-EPOC"));
	assert_non_null(ch);
	assert_null(channel_of(&law, STR("EU-EPOC-PR")));
	assert_null(channel_of(&law, STR("US-WARRANT")));
	assert_null(channel_of(&law, STR("")));
	assert_int_equal(ch->bytes, 25600 * 1024);
	assert_str(ch->channel, "decentralised");
	assert_true(ch->src.verified);
	assert_str(ch->src.mark, "V");
	assert_false(channel_link_ok(ch, t, (struct instant){t.s + 10 * 86400 - 1}));
	assert_true(channel_link_ok(ch, t, (struct instant){t.s + 10 * 86400}));
	assert_true(channel_link_ok(ch, t, (struct instant){t.s + 45 * 86400}));
	assert_false(channel_link_ok(ch, t, (struct instant){t.s + 45 * 86400 + 1}));
}

#define HEAD                                                                                       \
	"channels:\n  - id: X\n    en: a\n    de: b\n    cite: c\n    quote: q\n    lang: en\n"    \
	"    instruments: A B\n    channel: w\n"
#define TAIL "    mark: V\n    text_date: 2025-07-29\n    verified: yes\n"
#define LINK "    link_least: 10\n    link_most: 45\n"

static void test_refused(void **state)
{
	static const char *const texts[][2] = {
	    {"channels:\n", "a list is expected"},
	    {HEAD LINK TAIL, "bytes"},
	    {HEAD LINK "    bytes: 0\n" TAIL, "number from 1"},
	    {HEAD "    bytes: 1\n    link_least: 46\n    link_most: 45\n" TAIL, "less than"},
	    {HEAD LINK "    bytes: 1\n    mark: M\n    text_date: 2025-07-29\n    verified: yes\n",
		"read at the source"},
	    {HEAD LINK "    bytes: 1\n    mark: V\n    text_date: 2025-07-29\n    verified: no\n",
		"read at the source"},
	    {HEAD LINK "    bytes: 1\n    mark: V\n    verified: yes\n", "read at the source"},
	    {HEAD LINK "    bytes: 1\n    most: 2\n" TAIL, "most"},
	};
	struct channel_law law;

	(void)state;
	assert_ok(c, channel_load(c, "f", STR(HEAD LINK "    bytes: 1\n" TAIL), &law));
	assert_non_null(channel_of(&law, STR("B")));
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_err(
		    c, channel_load(c, "f", str_of(texts[i][0]), &law), ERR_INVALID, texts[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_builtin, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
