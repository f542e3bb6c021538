/* The page of an audit: what it says, in both languages; that it stands alone, is accessible in its
 * form, and that no text of the file can become markup. */
#include "check.h"

#include "audit/doc.h"
#include "out/audit_page.h"

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

#define HEAD                                                                                       \
	"title: \"Total <b> & parts\"\ntitle_de: Summe\nsynthetic: yes\nunknowns:\n"               \
	"  - id: le\n    en: criminal demands\n    de: Strafverfolgung\n"                          \
	"  - id: ns\n    en: hidden orders\n    most: 5000\n  - id: z\n    en: Z\n    most: "      \
	"1000\n"                                                                                   \
	"assumptions:\n  - id: p\n    en: both count alike\n    de: beide gleich zählen\n"        \
	"publications:\n  - id: one\n    who: \"Mail \\u202E<i>\"\n    date: 2026-01-31\n"         \
	"    source: \"a \\\"book\\\"\"\n    rows:\n"
#define ROW(id, count, rest)                                                                       \
	"      - id: " id "\n        en: \"figure " id "\"\n        count: " count                 \
	"\n        " rest "\n"
#define TARGET                                                                                     \
	"targets:\n  - id: t\n    en: hidden orders\n    de: verdeckte\n    count: ns\n"           \
	"    permitted: 0-1999\n    rule: R\n    cite: C\n"

static const char *page_of(const char *doc, enum report_lang lang, struct seek_limits limits)
{
	const struct model *m = NULL;
	struct audit a = {0};
	struct buf b = buf_init(c, 1 << 20);

	assert_ok(c, doc_parse(c, "f", str_of(doc), &m));
	assert_ok(c, audit_run(c, m, limits, NULL, &a));
	assert_ok(c, audit_page(c, &a, lang, &b));
	return buf_str(&b).p;
}

static const char *page_in(const char *doc, enum report_lang lang)
{
	return page_of(doc, lang, audit_limits());
}

static size_t times(const char *text, const char *part)
{
	size_t n = 0;

	for (const char *p = text; (p = strstr(p, part)) != NULL; p++)
		n++;
	return n;
}

static void has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("not on the page: %s\n%s", part, text);
}

static const char leak[] = HEAD ROW("r1", "le + ns", "exact: 3040\n        assume: p")
    ROW("r2", "le", "exact: 1000") TARGET;

static void test_finding(void **state)
{
	const char *page = page_in(leak, REPORT_EN);

	(void)state;
	has(page,
	    "A reader can tell that the protected number is exactly 2,040, where 0 to 1,999 is "
	    "permitted, because of these 2 figures:");
	has(page,
	    "<desc id=\"range-1-d\">Permitted: 0 to 1,999. A reader can tell: exactly 2,040.");
	has(page, "This holds if both count alike.");
	has(page, "<li>Together: the protected number: at least 2,040</li>");
	has(page, "possible, not what is probable");
	has(page, "<li>both count alike</li>");
	has(page, "<p>None.</p>");
	page = page_in(leak, REPORT_DE);
	has(page, "<html lang=\"de\">");
	has(page,
	    "Die gesch\303\274tzte Zahl ist genau 2.040, wo 0 bis 1.999 erlaubt ist, wegen dieser "
	    "2 Angaben:");
	has(page, "Das gilt, wenn beide gleich z\303\244hlen.");
	/* what the file has in English alone says so */
	has(page, "<td><span lang=\"en\">figure r1</span>");
	has(page, "<span lang=\"en\">C</span>");
	assert_int_equal(times(page, "<h3>verdeckte</h3>"), 1);
}

/* Nothing is wrong, or nothing is protected: it is said, and no table stands empty. */
static void test_empty(void **state)
{
	const char *page = page_in(HEAD ROW("r1", "ns", "band: 0-1999") TARGET, REPORT_EN);

	(void)state;
	has(page, "<p>Nothing: no protected number is narrowed");
	has(page,
	    "<tr><th scope=\"row\">hidden orders</th><td class=\"num\">0\342\200\2231,999</td>");
	assert_null(strstr(page, "<svg"));
	page = page_in(HEAD ROW("r1", "ns", "band: 0-1999") "targets:\n  - id: t\n    en: T\n"
							    "    count: ns\n",
	    REPORT_EN);
	has(page, "No number of this file is protected");
	has(page,
	    "A reader can tell that the number asked about lies in [0, 1,999], because of this "
	    "figure:");
	assert_null(strstr(page, "Permitted</th>"));
}

/* What the search gave up is said, and why; what contradicts itself far from any target, too. */
static void test_undecided(void **state)
{
	const struct seek_limits few = {1, 2000, 20, 0, 0};
	static const char hard[] = HEAD ROW("r1", "31 le + 37 ns + 41 z", "exact: 200011") TARGET;
	const char *page = page_of(hard, REPORT_DE, few);

	(void)state;
	has(page, "<h2 id=\"undecided\">Unentschieden</h2>");
	has(page, "<p class=\"badge undecided\">unentschieden</p>");
	has(page, "weder eine L\303\266sung");
	has(page, "Nicht jede gesch\303\274tzte Zahl ist sicher");
	page = page_in(HEAD "      - id: r1\n        en: E\n        count: 2 le\n        exact: 7\n"
			    "        assume: p\n" TARGET,
	    REPORT_EN);
	has(page, "<h2 id=\"elsewhere\">Contradictions that touch no protected number</h2>");
	has(page, "The figures contradict each other: no numbers fit them all.</p>");
	has(page, "<dt>contradiction</dt><dd>1</dd>");
}

static void test_form(void **state)
{
	for (int lang = REPORT_EN; lang <= REPORT_DE; lang++) {
		const char *page = page_in(leak, (enum report_lang)lang);

		assert_int_equal(times(page, "<h1>"), 1);
		assert_int_equal(
		    times(page, "<th"), times(page, "<th scope=") + times(page, "<thead"));
		assert_int_equal(times(page, "<svg"), 1);
		assert_int_equal(
		    times(page, " role=\"img\" aria-labelledby=\"range-1-t range-1-d\""), 1);
		assert_int_equal(times(page, "id=\"range-1-t\""), 1);
		assert_int_equal(times(page, "<table"), times(page, "<caption"));
		/* it stands alone */
		assert_null(strstr(page, "<script"));
		assert_null(strstr(page, "<link"));
		assert_null(strstr(page, "style=\""));
		assert_null(strstr(page, "url("));
		has(page, "content=\"default-src 'none'; style-src 'sha256-");
		/* and no text of the file is markup */
		assert_null(strstr(page, "<b>"));
		assert_null(strstr(page, "<i>"));
		assert_null(strstr(page, "\342\200\256"));
		has(page, "Mail \357\277\275&lt;i&gt;");
		has(page, "a &quot;book&quot;");
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_finding, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_undecided, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_form, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
