/* The statement's page and its part of the feed, from pieces made by hand: what is shown, what is
 * not, and how texts from outside stand there. */
#include "check.h"

#include "out/report_page.h"
#include "out/site_feed.h"
#include "out/site_statement.h"

static struct ctx *c;
static struct statement v[6];
static struct site s;

static struct day day(const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(z), &d));
	return d;
}

static struct statement piece(int64_t id, enum statement_part part, const char *title)
{
	struct statement x = {.id = id,
	    .ref = str_fmt(c, "AAAA-BBBB-CCC%lld", (long long)id),
	    .part = part,
	    .state = STATEMENT_PUBLISHED,
	    .kind = STR(""),
	    .day = day("2026-03-01"),
	    .until = DAY_NONE,
	    .law = STR(""),
	    .law_id = STR(""),
	    .editions = STR(""),
	    .published = {1772400000}};

	x.words[WORDING_EN] = (struct wording){.title = str_of(title)};
	return x;
}

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	assert_ok(c, day_zone(c, "Europe/Berlin"));
	s = (struct site){.provider = STR("A & B"),
	    .base = STR("https://a.example/"),
	    .today = day("2026-06-01")};
	s.statements = (struct statements){v, 0, 0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static const char *page(enum report_lang lang)
{
	struct buf b = buf_init(c, 1 << 20);
	struct str text;

	site_statement_page(c, &s, lang, &b);
	assert_ok(c, buf_end(&b, "page", &text));
	return text.p;
}

static void has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in: %s", part, text);
}

static void lacks(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in: %s", part, text);
}

static void test_escaped(void **state)
{
	const char *text;

	(void)state;
	v[0] = piece(1, STATEMENT_UPDATE, "<script>alert(1)</script>");
	v[0].number = 1;
	v[0].words[WORDING_EN].text = STR("  One & two,\nstill one.\n \t\n\n<b>Three.</b>\n");
	v[1] = piece(2, STATEMENT_RESTRAINT, "r");
	v[1].law = STR("\"><i>");
	s.statements.n = 2;
	text = page(REPORT_EN);
	lacks(text, "<script");
	lacks(text, "<b>");
	lacks(text, "<i>");
	has(text, "<p>One &amp; two,\nstill one.</p>\n<p>&lt;b&gt;Three.&lt;/b&gt;</p>");
	has(text, "(as entered)");
	v[1].law_id = STR("X");
	has(page(REPORT_EN), "(not verified against the source)");
	v[1].law_verified = true;
	lacks(page(REPORT_EN), "(not verified");
}

static void test_language(void **state)
{
	const char *text;

	(void)state;
	v[0] = piece(1, STATEMENT_UPDATE, "English");
	v[0].number = 1;
	v[1] = piece(2, STATEMENT_PROCEEDING, "Court");
	v[1].kind = STR("suit");
	v[1].words[WORDING_DE] = (struct wording){.title = STR("Gericht"), .outcome = STR("Offen")};
	v[1].words[WORDING_EN].authority = STR("The Court");
	s.statements.n = 2;
	text = page(REPORT_DE);
	has(text, "<h3 lang=\"en\">English</h3>");
	has(text, "hier steht der englische Text");
	has(text, "<h3>Gericht</h3>");
	has(text, "Klage");
	has(text, "Offen");
	/* a language is taken as a whole: no authority in the other one beside it */
	lacks(text, "The Court");
	lacks(page(REPORT_EN), "Not translated");
	has(page(REPORT_EN), "Suit \302\267 <span>The Court</span>");
}

/* Ran out, withdrawn, replaced, renewed and ended again: one page for all. */
static void test_never(void **state)
{
	const char *gone;
	struct statement x;

	(void)state;
	x = piece(1, STATEMENT_NEVER, "Never that.");
	x.until = day("2026-05-31");
	v[0] = piece(2, STATEMENT_NEVER, "Never this.");
	v[0].until = day("2027-02-28");
	v[1] = x;
	s.statements.n = 2;
	gone = page(REPORT_EN);
	has(gone, "Never this.");
	lacks(gone, "Never that.");
	lacks(gone, "2027");
	lacks(gone, "2026-05-31");
	lacks(gone, "AAAA");
	v[1].until = day("2026-12-31");
	has(page(REPORT_EN), "Never that.");
	v[1].state = STATEMENT_WITHDRAWN;
	assert_string_equal(page(REPORT_EN), gone);
	v[1] = x;
	v[1].until = day("2026-12-31");
	v[2] = piece(3, STATEMENT_NEVER, "Never that, renewed.");
	v[2].replaces = 1;
	v[2].until = day("2026-12-31");
	v[2].state = STATEMENT_WITHDRAWN;
	s.statements.n = 3;
	assert_string_equal(page(REPORT_EN), gone);
	/* proposed only: nothing yet */
	v[2].state = STATEMENT_PROPOSED;
	v[2].published = INSTANT_NONE;
	v[1].state = STATEMENT_WITHDRAWN;
	assert_string_equal(page(REPORT_EN), gone);
	v[0].state = STATEMENT_WITHDRAWN;
	has(page(REPORT_EN), "No sentence is stated here at present.");
	has(page(REPORT_EN), "no longer stated");
	assert_true(site_statement_any(&s));
}

static void test_nothing(void **state)
{
	struct buf b = buf_init(c, 1 << 16);
	struct report_page p = {c, NULL, REPORT_EN, &b};

	(void)state;
	v[0] = piece(1, STATEMENT_RESTRAINT, "waiting");
	v[0].state = STATEMENT_CLEARED;
	v[0].published = INSTANT_NONE;
	s.statements.n = 1;
	assert_false(site_statement_any(&s));
	assert_false(site_feed_any(&s));
	site_statement_link(&p, &s);
	assert_int_equal(b.n, 0);
	lacks(page(REPORT_EN), "waiting");
	lacks(page(REPORT_EN), "<section");
}

static void test_feed(void **state)
{
	struct buf b = buf_init(c, 1 << 16);
	const char *text;

	(void)state;
	v[0] = piece(1, STATEMENT_UPDATE, "First <one>");
	v[0].number = 1;
	v[1] = piece(2, STATEMENT_UPDATE, "");
	v[1].number = 2;
	v[1].words[WORDING_DE] = (struct wording){.title = STR("Zweite"), .text = STR("T")};
	v[2] = piece(3, STATEMENT_NEVER, "Never");
	v[2].until = day("2026-12-31");
	v[3] = piece(4, STATEMENT_PROCEEDING, "Suit");
	v[3].kind = STR("suit");
	s.statements.n = 4;
	assert_true(site_feed_any(&s));
	site_feed(c, &s, &b);
	text = buf_str(&b).p;
	has(text, "<title>Update 1: First &lt;one&gt;</title>");
	has(text, "<entry xml:lang=\"de\">\n<title>Mitteilung 2: Zweite</title>");
	has(text, "href=\"https://a.example/statement.de.html#update-2\"");
	assert_true(strstr(text, "Zweite") < strstr(text, "First"));
	lacks(text, "Never");
	lacks(text, "Suit");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    T(test_escaped), T(test_language), T(test_never), T(test_nothing), T(test_feed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
