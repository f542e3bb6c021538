/* What templates write with: each kind of value in each place, and that no text becomes markup. */
#include "web/page_short.h"

#include "tmpl_gen.h"

#include "check.h"

static struct page page_of(struct ctx *c, struct buf *b, enum answer_lang lang)
{
	struct page p;

	*b = buf_init(c, 1 << 20);
	p = page_init(c, b, lang);
	p.provider = STR("A & B <script>");
	p.path = STR("/desk?x=1");
	return p;
}

static void test_frame(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b;
	struct page p = page_of(c, &b, ANSWER_DE);
	struct json *v = json_map(c);

	(void)state;
	json_set_text(c, v, "title", STR("Hier ist <nichts>"));
	tmpl_problem(&p, v);
	assert_non_null(strstr(b.p, "<html lang=\"de\">"));
	assert_non_null(
	    strstr(b.p, "<title>Hier ist &lt;nichts&gt; · A &amp; B &lt;script&gt;</title>"));
	assert_non_null(strstr(b.p, "<h1>Hier ist &lt;nichts&gt;</h1>"));
	assert_non_null(strstr(b.p, "href=\"/desk?x=1&amp;lang=en\""));
	assert_non_null(strstr(b.p, "Zum Inhalt"));
	assert_null(strstr(b.p, "<script"));
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_frame)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
