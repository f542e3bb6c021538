/* The catalogue: every word that the schema or the law's vocabulary lets into the database has its
 * English and German, and no other has; texts are found, and filled with their values. */
#include "web/lang.h"

#include "desk/right.h"
#include "law/pack.h"
#include "store/db.h"
#include "web/page.h"

#include "check.h"

enum { WORDS = 64 };

/* Where the words of a kind come from: a column with its CHECK, or a fact with its values. */
static const struct kind {
	const char *kind, *table, *column;
} kinds[] = {{"against", "challenge", "against"}, {"answer", "finding", "answer"},
    {"bars", "secrecy", "bars"}, {"basis", "legal_order", "basis"},
    {"body", NULL, "authority.body"}, {"challenge", "challenge", "state"},
    {"sorted", "demand_sorted", "kind"}, {"date", "order_date", "kind"},
    {"notice", "notice", "state"}, {"rests", "secrecy_source", "source"},
    {"bar_step", "bar_step", "kind"}, {"decision", "decision", "verdict"},
    {"demand", "demand", "state"}, {"edition", "edition", "state"}, {"erasure", "erasure", "state"},
    {"fold", "item", "fold"}, {"form", NULL, "order.form"}, {"hold", "legal_order", "hold"},
    {"issuer", NULL, "order.issuer"}, {"item", "item", "state"}, {"level", NULL, "authority.level"},
    {"message", "message", "kind"}, {"order", "legal_order", "state"},
    {"part", "statement", "part"}, {"passkey_end", "passkey", "cause"},
    {"permission", "permission", "kind"}, {"preservation", "preservation", "state"},
    {"production", "production", "state"}, {"purpose", "ticket", "purpose"},
    {"service_class", NULL, "item.service_class"}, {"source", "order_fact", "source"},
    {"statement", "statement", "state"}, {"target", NULL, "target.kind"},
    {"mailed", "production_mail", "state"}, {"medium", "production_medium", "kind"},
    {"misdelivery", "misdelivery", "state"}, {"recall", "recall", "cause"},
    {"recall_answer", "recall", "answer"}, {"validator", NULL, "order.validator"},
    {"verdict", "finding", "verdict"}};
/* Words that C code makes: desk/matter.c, desk/person.c, stat/invariant.h, out/view_*.c. */
static const char *const by_hand[] = {"word matter", "word role", "word next", "word blocked",
    "word sent", "word sent_item", "word standing", "word domain", "word extension",
    "word call_back", "word yesno", "word letter", "word doctor", "word half_year", "word kept",
    "word known_counts", "word log_key", "word parts", "word parts_none", "word parts_what",
    "word piece", "word proceeding", "word rule", "word rule_do", "word scope", "word standing_of",
    "word unit", "word waits", "word connector", "word connector_why", "word key_holder",
    "word seal", "word way", "word open", "word snapshot", "word step", "word service_state",
    "word ticket", "word written", "word access", "word in_portal", "word pin_state",
    "word pin_way"};
static const char roles[] = "intake reviewer counsel collector finance publisher auditor admin";

struct words {
	struct str v[WORDS];
	size_t n;
};

static void add(struct words *w, const char *p, size_t n)
{
	struct str one = {p, n};

	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->v[i], one))
			return;
	assert_in_range(w->n, 0, WORDS - 1);
	w->v[w->n++] = one;
}

/* The definition of a table in the schemas. */
static struct str table_text(struct ctx *c, const char *table)
{
	const char *head = str_fmt(c, "CREATE TABLE %s (", table).p;

	for (size_t i = 0; i < sql_schemas_n; i++) {
		const char *at = strstr(sql_schemas[i].lite, head);

		if (at != NULL)
			return (struct str){at, (size_t)(strstr(at, "\n)") - at)};
	}
	fail_msg("no table %s", table);
	return STR("");
}

/* Every word within quotes after "COLUMN = " and "COLUMN IN (". */
static struct words words_of_column(struct ctx *c, const char *table, const char *column)
{
	struct str text = str_make(c, table_text(c, table));
	const char *starts[] = {str_fmt(c, "%s = '", column).p, str_fmt(c, "%s IN ('", column).p};
	struct words w = {.n = 0};

	for (int k = 0; k < 2; k++)
		for (const char *p = text.p; (p = strstr(p, starts[k])) != NULL;) {
			bool whole = p == text.p || strchr(" (", p[-1]) != NULL;

			p += strlen(starts[k]);
			for (;;) {
				size_t n = strcspn(p, "'");

				if (whole && n > 0) /* '' is said by saying nothing */
					add(&w, p, n);
				p += n + 1;
				if (k == 0 || strncmp(p, ", '", 3) != 0)
					break;
				p += 3;
			}
		}
	return w;
}

static struct words words_of_fact(const struct law *law, const char *id)
{
	const struct vocab_fact *fact = pack_fact(law, str_of(id));
	struct words w = {.n = 0};
	struct str rest, one;

	assert_non_null(fact);
	rest = fact->values;
	while (str_word(&rest, &one))
		add(&w, one.p, one.n);
	return w;
}

static size_t in_catalogue(const char *context)
{
	size_t n = 0;

	for (size_t i = 0; i < lang_table_n; i++)
		n += strcmp(lang_table[i].context, context) == 0;
	return n;
}

static void test_words(void **state)
{
	struct ctx *c = test_ctx();
	const struct law_file *files;
	const struct law *law;
	size_t n, all = 0;

	(void)state;
	pack_builtin(c, &files, &n);
	assert_ok(c, pack_load(c, files, n, &law));
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		const char *context = str_fmt(c, "word %s", kinds[i].kind).p;
		struct words w = kinds[i].table != NULL
				     ? words_of_column(c, kinds[i].table, kinds[i].column)
				     : words_of_fact(law, kinds[i].column);
		struct str text;

		assert_true(w.n > 1);
		for (size_t k = 0; k < w.n; k++)
			if (!lang_find(ANSWER_DE, context, w.v[k], &text))
				fail_msg("%s: %.*s is not in lang/", context, STR_ARG(w.v[k]));
		if (in_catalogue(context) != w.n)
			fail_msg("%s: lang/ has words that nothing stores", context);
		all += w.n;
	}
	for (size_t i = 0; i < sizeof by_hand / sizeof by_hand[0]; i++)
		all += in_catalogue(by_hand[i]);
	for (size_t i = 0; i < lang_table_n; i++)
		if (strncmp(lang_table[i].context, "word ", 5) != 0)
			all++;
	if (all != lang_table_n)
		fail_msg("lang/ has kinds of words that this test does not know");
	ctx_close(&c);
}

static void test_by_hand(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 100);
	struct page p = page_init(c, &b, ANSWER_DE);
	struct str rest = str_of(roles), one, text;

	(void)state;
	while (str_word(&rest, &one))
		assert_true(lang_find(ANSWER_DE, "word role", one, &text));
	assert_int_equal(in_catalogue("word role"), 8);
	assert_str(page_word(&p, "matter", STR("on hold")), "ausgesetzt");
	assert_str(page_word(&p, "matter", STR("in_review")), "in Prüfung");
	assert_str(page_word(&p, "outcome", STR("no_data")), "Keine Daten gefunden");
	assert_str(page_word(&p, "country", STR("FR")), "Frankreich");
	assert_str(page_word(&p, "order", STR("unheard of")), "unheard of");
	assert_str(page_word(&p, "field", STR("name")), "name"); /* without a law */
	ctx_close(&c);
}

/* In order, so that a search finds each. */
static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < lang_table_n; i++) {
		const struct lang_entry *e = &lang_table[i];
		struct str text;

		assert_true(lang_find(ANSWER_DE, e->context, str_of(e->id), &text));
		assert_str(text, e->text[ANSWER_DE]);
		assert_true(e->text[ANSWER_EN][0] != '\0' && e->text[ANSWER_DE][0] != '\0');
	}
	assert_str(lang_say(ANSWER_DE, "Nobody says this."), "Nobody says this.");
	assert_string_equal(lang_code(ANSWER_DE), "de");
}

static void test_fill(void **state)
{
	struct ctx *c = test_ctx();
	const struct str values[] = {STR("one"), STR("{1}")};

	(void)state;
	assert_str(lang_fill(c, STR("{2} of {1}, {1}{3}{"), values, 2), "{1} of one, one{3}{");
	assert_str(lang_fill(c, STR(""), values, 2), "");
	assert_str(lang_fill(c, STR("{1}"), values, 0), "{1}");
	ctx_close(&c);
}

static int title_is_german(enum right right, const struct right_rule *rule, void *arg)
{
	const struct person nobody = {.id = 1};
	struct ctx *c = arg;

	assert_string_equal(lang_error_de(rule->en), rule->de);
	err_clear(c);
	assert_int_equal(right_needs(c, &nobody, right), ERR_DENIED);
	if (rule->also != RIGHT_ALSO_HIDDEN)
		assert_non_null(strstr(err_text(c), rule->de));
	assert_null(strstr(err_text(c), "needs the role"));
	return 0;
}

/* What errors say, their arguments, words and titles, in German and only where it was asked for. */
static void test_errors(void **state)
{
	struct ctx *c = test_ctx();
	const struct person ann = {.id = 1, .roles = ROLE_REVIEWER};

	(void)state;
	assert_int_equal(right_needs(c, &ann, RIGHT_SECRECY_LIFT), ERR_DENIED);
	assert_string_equal(err_text(c), "lifting a bar of secrecy needs the role counsel");
	c->say = lang_error_de;
	err_clear(c);
	assert_int_equal(right_needs(c, &ann, RIGHT_SECRECY_LIFT), ERR_DENIED);
	assert_string_equal(
	    err_text(c), "„Verschwiegenheit aufheben“ verlangt die Rolle Rechtsabteilung");
	err_clear(c);
	assert_int_equal(right_needs(c, &ann, RIGHT_STATEMENT_CLEAR), ERR_DENIED);
	assert_non_null(strstr(err_text(c), "Rechtsabteilung und die Benennung zum versiegelten"));
	err_clear(c);
	assert_int_equal(right_found(c, &ann, NULL, "case"), ERR_NOTFOUND);
	assert_string_equal(err_text(c), "unbekanntes Aktenzeichen: Fall");
	err_clear(c);
	assert_int_equal(
	    err_set(c, ERR_LIMIT, "%s is larger than %zu bytes", "x", (size_t)5), ERR_LIMIT);
	assert_int_equal(err_while(c, ERR_LIMIT, "item %lld", 7LL), ERR_LIMIT);
	assert_string_equal(err_text(c), "Position 7: x ist größer als 5 Byte");
	assert_string_equal(err_word(c, "in_review"), "in Prüfung");
	assert_string_equal(err_word(c, "Nobody says this."), "Nobody says this.");
	(void)right_each(title_is_german, c);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_by_hand),
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_fill),
	    cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
