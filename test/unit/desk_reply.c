/* Letters: what a template may hold, who writes one, in which language, and that it is written
 * once. */
#include "desk_story.h"

#include "desk/reply.h"

static void blanks_are_checked(void **state)
{
	static const struct {
		const char *text, *part;
	} bad[] = {{"", "empty"}, {" \n ", "empty"}, {"Hello {name}", "line 1, column 7"},
	    {"one\ntwo }", "line 2, column 5"}, {"{reference", "line 1, column 1"},
	    {"{number} {\n}", "line 1, column 10"}, {"a\xff", "UTF-8"}, {"a\x07", "nobody sees"},
	    {"a\xe2\x80\x8bz", "nobody sees"}};
	struct story *st = *state;
	struct reply_values v = {.reference = STR("R"),
	    .number = STR("N {today}"),
	    .authority = STR(""),
	    .today = STR("T")};
	struct str text;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(
		    st->c, reply_check(st->c, str_of(bad[i].text)), ERR_INVALID, bad[i].part);
	assert_ok(st->c, reply_check(st->c, STR("{reference} {number} {case}\n{today}")));
	/* what is put in is not read again */
	assert_ok(st->c, reply_fill(st->c, STR("{reference}:{number}:{authority}."), &v, &text));
	assert_str(text, "R:N {today}:.");
	assert_err(st->c, reply_fill(st->c, STR("{case}"), &v, &text), ERR_INVALID, "{case}");
}

/* Each kind of what is no data demand, and each kind of letter on an order, has one in both
 * languages, and every one is well made.
 */
static int check_one(struct ctx *c, const struct reply_template *t, void *arg)
{
	int *n = arg;

	assert_ok(c, reply_check(c, t->text));
	assert_false(t->own);
	++*n;
	return 0;
}

static void built_in_letters(void **state)
{
	struct story *st = *state;
	struct str kinds = STR("take_down civil_party testimony data_subject press other "
			       "acknowledgement question refusal cover certification notice "
			       "withdrawal claim recall misdelivery redirect protocol transfer "
			       "sealed_mail access_nothing access_told"),
		   kind;
	struct str text, language;
	int n = 0;

	assert_ok(st->c, reply_each(st->c, st->in, &st->intake, check_one, &n));
	assert_int_equal(n, 44);
	while (str_word(&kinds, &kind)) {
		assert_ok(st->c, reply_get(st->c, st->in, kind, STR("de"), &text, &language));
		assert_str(language, "de");
		assert_ok(st->c, reply_get(st->c, st->in, kind, STR("fr"), &text, &language));
		assert_str(language, "en");
	}
	assert_err(st->c, reply_get(st->c, st->in, STR("nothing"), STR("en"), &text, &language),
	    ERR_NOTFOUND, "template");
}

static void who_keeps_templates(void **state)
{
	struct story *st = *state;
	struct str text, language;

	assert_err(st->c, reply_set(st->c, st->in, &st->intake, STR("press"), STR("en"), STR("x")),
	    ERR_DENIED, "templates");
	assert_err(st->c, reply_set(st->c, st->in, &st->ann, STR("Press"), STR("en"), STR("x")),
	    ERR_INVALID, "name");
	assert_err(st->c,
	    reply_set(st->c, st->in, &st->ann, STR("press"), STR("english"), STR("x")), ERR_INVALID,
	    "language");
	assert_ok(st->c, reply_set(st->c, st->in, &st->ann, STR("press"), STR("en"), STR("ours")));
	assert_ok(st->c, reply_get(st->c, st->in, STR("press"), STR("en"), &text, &language));
	assert_str(text, "ours");
	assert_ok(st->c, reply_set(st->c, st->in, &st->counsel, STR("press"), STR("en"), STR("")));
	assert_ok(st->c, reply_get(st->c, st->in, STR("press"), STR("en"), &text, &language));
	assert_true(text.n > 10);
}

static struct str sorted_out(struct story *st, const char *kind)
{
	struct str ref = story_receive_by(st, &st->intake,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"});

	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, str_of(kind)));
	return ref;
}

static void a_letter_is_written_once(void **state)
{
	struct story *st = *state;
	struct str ref = sorted_out(st, "press"), text;
	struct reply_sorted s;
	struct story_mark m;
	struct demand d;
	bool has;

	assert_ok(st->c, demand_get(st->c, st->in, &st->intake, ref, &d));
	assert_ok(st->c, reply_sorted(st->c, st->in, &d, &s, &has));
	assert_true(has);
	assert_str(s.kind, "press");
	assert_int_equal(s.letter.n, 0);
	m = story_mark(st);
	assert_err(st->c, reply_letter(st->c, st->in, &st->ann, ref, STR(""), &text), ERR_DENIED,
	    "letter");
	assert_err(st->c, reply_letter(st->c, st->in, &st->intake, ref, STR("nope"), &text),
	    ERR_NOTFOUND, "template");
	story_untouched(st, m);
	assert_ok(st->c, reply_letter(st->c, st->in, &st->intake, ref, STR(""), &text));
	story_wrote(st, m, "demand.letter");
	assert_true(strstr(text.p, "An authority") != NULL);
	assert_true(strstr(text.p, ref.p) != NULL);
	assert_ok(st->c, reply_sorted(st->c, st->in, &d, &s, &has));
	assert_true(str_eq(s.letter, text));
	assert_err(st->c, reply_letter(st->c, st->in, &st->intake, ref, STR(""), &text),
	    ERR_CONFLICT, "already");
	story_refused(st,
	    "UPDATE demand_sorted SET language = 'de', rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st,
	    "UPDATE demand_sorted SET kind = 'other', rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
}

static void only_what_is_no_demand(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"},
	    &o);
	struct str text, ref = story_text(st, "SELECT ref FROM demand");

	assert_err(st->c, reply_letter(st->c, st->in, &st->intake, ref, STR(""), &text), ERR_DENIED,
	    "no data demand");
	assert_ok(st->c, reply_set(st->c, st->in, &st->ann, STR("ask"), STR("en"),
			     STR("{case}: {instrument}, {authority}, {provider}")));
	assert_ok(st->c, reply_text(st->c, st->in, &st->ann, &o, STR("ask"), &text));
	assert_true(str_starts(text, m.ref.p));
	assert_true(strstr(text.p, "An authority, Example Mail") != NULL);
}

static int begin(void **state)
{
	*state = story_open();
	return 0;
}

static int end(void **state)
{
	story_close(*state);
	return 0;
}

#define reply_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    reply_test(blanks_are_checked),
	    reply_test(built_in_letters),
	    reply_test(who_keeps_templates),
	    reply_test(a_letter_is_written_once),
	    reply_test(only_what_is_no_demand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
