/* What a letter is set from: its words and days, the paper, and the lines for the program that sets
 * it. What the PDFs say, test/flow/letter.sh reads back. */
#include "check.h"

#include "kind/json.h"
#include "out/letter_pdf.h"
#include "out/letter_word.h"

static struct ctx *c;

static int begin(void **state)
{
	(void)state;
	ctx_open(&c);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static void test_days(void **state)
{
	struct day day;

	(void)state;
	assert_ok(c, day_parse(c, STR("2026-03-01"), &day));
	assert_str(letter_day(c, STR("de"), STR("US"), day), "1. März 2026");
	assert_str(letter_day(c, STR("en"), STR("DE"), day), "1 March 2026");
	assert_str(letter_day(c, STR("en"), STR("US"), day), "March 1, 2026");
	assert_str(letter_day(c, STR("fr"), STR("FR"), day), "1 March 2026");
	assert_str(letter_day(c, STR("en"), STR("US"), DAY_NONE), "");
}

static void test_words(void **state)
{
	(void)state;
	for (int w = 0; w < LETTER_WORDS; w++) {
		assert_true(strlen(letter_word(STR("en"), (enum letter_word)w)) > 0);
		assert_true(strlen(letter_word(STR("de"), (enum letter_word)w)) > 0);
	}
	assert_string_equal(letter_word(STR("fr"), LETTER_YOURS), "Your reference");
	assert_string_equal(letter_paper(STR("US")), "us");
	assert_string_equal(letter_paper(STR("MX")), "us");
	assert_string_equal(letter_paper(STR("DE")), "din");
	assert_string_equal(letter_paper(STR("U")), "din");
	assert_string_equal(letter_paper(STR("")), "din");
}

static void test_isolated(void **state)
{
	static const char *const left[] = {"", "Müller", "Щербаков", "ŁÓDŹ – 17", "日本", "α"};
	static const char *const right[] = {"משה", "محمد", "x قضية 17", "\xEF\xAD\x8F"};

	(void)state;
	for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
		assert_str(letter_isolated(c, str_of(left[i])), left[i]);
	for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
		struct str s = letter_isolated(c, str_of(right[i]));

		assert_true(str_starts(s, "\xE2\x81\xA8"));
		assert_true(str_ends(s, "\xE2\x81\xA9"));
		assert_int_equal(s.n, strlen(right[i]) + 6);
	}
}

static const char parts_text[] =
    "{\"kind\": \"refusal\", \"language\": \"de\", \"paper\": \"din\", \"day\": \"2026-03-01\","
    " \"from\": [\"Haus\", \"Weg 1\", \"10115 Berlin\", \"Telefon\"],"
    " \"to\": [\"Amt\\tSüd\", \"Ort\"], \"info\": [{\"label\": \"Datum\", \"text\": \"1. März\"}],"
    " \"subject\": \"Ablehnung\", \"body\": [{\"text\": \"eins\\nzwei\"},"
    " {\"cite\": \"§ 1\", \"quote\": \"Satz.\", \"quote_lang\": \"de\", \"says\": \"x\","
    " \"text_date\": \"2026-02-01\"}, {\"cite\": \"18 USC 1\", \"quote\": \"\", \"says\": "
    "\"Es.\"}],"
    " \"end\": \"Gruß\", \"enclosures\": [\"Kopie\"]}";

static void test_document(void **state)
{
	static const char want[] = "writ/letter/1\n"
				   "paper\tdin\n"
				   "lang\tde\n"
				   "title\tAblehnung\n"
				   "created\t2026-03-01\n"
				   "head\tHaus\nhead\tWeg 1\nhead\t10115 Berlin\nhead\tTelefon\n"
				   "return\tHaus · Weg 1 · 10115 Berlin\n"
				   "to\tAmt Süd\nto\tOrt\n"
				   "info\tDatum\t1. März\n"
				   "running\tHaus · 1. März\n"
				   "pages\tSeite\tvon\n"
				   "subject\tAblehnung\n"
				   "p\teins\xE2\x80\xA8zwei\n"
				   "law\t§ 1 (Fassung vom 1. Februar 2026)\t„Satz.“\n"
				   "law\t18 USC 1\tVerlangt wird: Es.\n"
				   "close\tGruß\n"
				   "list\tAnlagen\n"
				   "item\tKopie\n";
	struct buf b = buf_init(c, 1 << 16);
	struct json *parts;

	(void)state;
	assert_ok(c, json_parse(c, "parts", str_of(parts_text), &parts));
	letter_document(c, parts, &b);
	assert_str(buf_str(&b), want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_days, begin, finish),
	    cmocka_unit_test_setup_teardown(test_words, begin, finish),
	    cmocka_unit_test_setup_teardown(test_isolated, begin, finish),
	    cmocka_unit_test_setup_teardown(test_document, begin, finish)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
