/* The whole audit and what is told of it: readings and assumptions, what is news, limits, parts
 * without a target, chains of reasons. */
#include "check.h"

#include "audit/doc.h"
#include "audit/tell.h"

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
	"title: t\nsynthetic: yes\nunknowns:\n  - id: le\n    en: LE\n  - id: ns\n    en: NS\n"    \
	"  - id: z\n    en: Z\n    most: 1000\n"                                                   \
	"assumptions:\n  - id: p\n    en: P holds\n  - id: q\n    en: Q holds\n"                   \
	"publications:\n  - id: one\n    who: W\n    date: 2026-01-31\n    source: S\n    rows:\n"
#define ROW(id, count, rest)                                                                       \
	"      - id: " id "\n        en: E\n        count: " count "\n        " rest "\n"
#define TARGET                                                                                     \
	"targets:\n  - id: t\n    en: T\n    count: ns\n    permitted: 0-249\n    rule: R\n"       \
	"    cite: C\n"

static struct audit audited(const char *doc)
{
	const struct model *m = NULL;
	struct audit a = {0};

	assert_ok(c, doc_parse(c, "f", str_of(doc), &m));
	assert_ok(c, audit_run(c, m, audit_limits(), NULL, &a));
	return a;
}

static const struct audit_finding *find(const struct audit *a, bool intersected, unsigned set)
{
	for (size_t i = 0; i < a->n_findings; i++) {
		const struct audit_finding *f = &a->findings[i];

		if (f->view.intersected == intersected && f->view.assume == set)
			return f;
	}
	fail_msg("no finding for the set %u", set);
	return NULL;
}

static const char *text_of(const struct audit *a)
{
	struct buf b = buf_init(c, 1 << 20);

	tell_text(&b, a, TELL_EN);
	return buf_str(&b).p;
}

static void has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("not in the text: %s\n%s", part, text);
}

/* p and q are both needed for the one edge, and p alone gives the other. */
static void test_assumptions(void **state)
{
	struct audit a = audited(HEAD ROW("r1", "le", "exact: 927")
		ROW("r2", "le + ns", "at_least: 1000\n        assume: p q")
		    ROW("r3", "le + ns", "at_most: 1127\n        assume: p") TARGET);
	const struct audit_finding *f = find(&a, false, 0);
	const char *text = text_of(&a);

	(void)state;
	assert_int_equal(a.n_findings, 4);
	assert_true(f->news && f->r.verdict == INFER_SAFE && f->both && !f->two);
	assert_true(f->r.hi_open && !f->r.lo_sure == false && f->r.moved >= 248);
	f = find(&a, false, 1);
	assert_true(f->news && f->r.verdict == INFER_UNSAFE);
	assert_int_equal(f->r.hi, 200);
	f = find(&a, false, 2);
	assert_true(!f->news && f->r.verdict == INFER_SAFE);
	f = find(&a, false, 3);
	assert_true(f->news);
	assert_int_equal(f->r.lo, 73);
	assert_int_equal(f->r.hi, 200);
	assert_int_equal(f->r.missing, 73 + 49);
	assert_int_equal(f->r.below.n_rows, 2);
	assert_int_equal(f->r.below.n_steps, 3);
	assert_int_equal(a.verdicts[0], INFER_UNSAFE);
	assert_false(audit_safe(&a));
	has(text, "UNSAFE t: T\n");
	has(text, "lies in [73, 200], where [0, 249] is permitted");
	has(text, "This holds with no assumption.");
	has(text, "This holds if P holds.");
	has(text, "This holds if P holds, and Q holds.");
	assert_null(strstr(text, "holds if Q holds."));
}

static void test_readings(void **state)
{
	static const char doc[] = HEAD ROW("r1", "ns", "band: 1000-1499")
	    ROW("r2", "ns", "band: 0-499") "corrections:\n  - row: r1\n    by: error\n" TARGET;
	struct audit a = audited(doc);
	const char *text = text_of(&a);

	(void)state;
	assert_int_equal(find(&a, false, 0)->r.verdict, INFER_SAFE);
	assert_int_equal(find(&a, true, 0)->r.verdict, INFER_CONTRADICTION);
	assert_int_equal(find(&a, true, 0)->r.none.n_rows, 2);
	assert_int_equal(a.verdicts[0], INFER_CONTRADICTION);
	has(text, "This holds if what was corrected is taken back, with no assumption.");
	has(text, "(corrected: error)");
	has(json_str(c, tell_json(c, &a)).p, "\"rows\":[\"r1\",\"r2\"]");
}

/* Figures that have nothing to do with the target may contradict each other too. */
static void test_elsewhere(void **state)
{
	struct audit a = audited(HEAD ROW("r1", "2 z", "exact: 7\n        assume: q")
		ROW("r2", "ns", "band: 0-249") TARGET);
	const char *text = text_of(&a);

	(void)state;
	assert_int_equal(a.verdicts[0], INFER_SAFE);
	assert_int_equal(a.n_contradictions, 1);
	assert_int_equal(find(&a, false, 2)->target, PART_NO_TARGET);
	assert_false(audit_safe(&a));
	has(text, "CONTRADICTION, no protected number is near");
	has(text, "1 protected number is safe, 0 are not; 1 contradiction elsewhere");
	has(json_str(c, tell_json(c, &a)).p, "\"contradictions\":[{");
}

/* What the search cannot decide within its limits is never safe; what follows without it is unsafe
 * all the same. */
static void test_limits(void **state)
{
	static const char hard[] = HEAD ROW("r1", "31 le + 37 ns + 41 z", "exact: 20011") TARGET;
	static const char narrow[] = HEAD ROW("r1", "31 le + 37 ns + 41 z", "exact: 2011") TARGET;
	const struct seek_limits few = {1, 2000, 20, 0, 0}, more = {300, 3000, 900, 0, 0};
	const struct model *m;
	struct audit a;

	(void)state;
	assert_ok(c, doc_parse(c, "f", str_of(hard), &m));
	assert_ok(c, audit_run(c, m, few, NULL, &a));
	assert_int_equal(a.verdicts[0], INFER_UNDECIDED);
	assert_false(audit_safe(&a));
	has(text_of(&a), "Undecided: the search met its limit. That counts as unsafe.");
	assert_ok(c, audit_run(c, m, more, NULL, &a));
	assert_true(a.verdicts[0] == INFER_UNDECIDED || a.verdicts[0] == INFER_SAFE);
	assert_ok(c, audit_run(c, m, audit_limits(), NULL, &a));
	assert_int_equal(a.verdicts[0], INFER_SAFE);
	assert_ok(c, doc_parse(c, "f", str_of(narrow), &m));
	assert_ok(c, audit_run(c, m, few, NULL, &a));
	assert_int_equal(a.verdicts[0], INFER_UNSAFE);
	assert_int_equal(a.findings[0].r.hi, 54);
	assert_false(a.findings[0].r.lo_sure);
	has(text_of(&a), "at least 195 of 250 permitted numbers cannot be");
}

/* Twice ns lies between 15 and 19, which no single row says: bounds crawl, or cases are tried. */
static void test_cases(void **state)
{
	struct audit a = audited(HEAD ROW("r1", "le + ns + z", "exact: 20")
		ROW("r2", "le - ns + z", "band: 1-5") ROW("r3", "le", "at_most: 19") TARGET);
	const struct infer *r = &find(&a, false, 0)->r;

	(void)state;
	assert_int_equal(a.verdicts[0], INFER_UNSAFE);
	assert_int_equal(r->lo, 8);
	assert_int_equal(r->hi, 9);
	assert_int_equal(r->missing, 248);
	assert_int_equal(r->below.n_rows, 2);
	has(text_of(&a), "because of these 2 figures:");
	has(text_of(&a), "not less: found by narrowing down in steps (");
	a = audited(HEAD ROW("r1", "le + ns + z", "exact: 20000")
		ROW("r2", "le - ns + z", "band: 1000-5000") TARGET);
	r = &find(&a, false, 0)->r;
	assert_int_equal(r->lo, 7500);
	assert_int_equal(r->hi, 9500);
	assert_int_equal(r->missing, 250);
	assert_true(r->below.cases > 1 && r->below.n_steps == 0);
	has(text_of(&a), "not less: found by going through all cases (");
}

/* How many times the place {i} occurs. */
static size_t places(const char *text, char i)
{
	size_t n = 0;

	for (const char *p = text; (p = strchr(p, '{')) != NULL; p++)
		n += p[1] == i && p[2] == '}';
	return n;
}

/* Both languages have every text, each with the same places; no text stands for two. */
static void test_words(void **state)
{
	const char *key, *en, *de, *other;

	(void)state;
	for (size_t i = 0; tell_word_each(i, &key, &en, &de); i++) {
		if (en[0] == '\0' || de[0] == '\0')
			fail_msg("%s: a language is missing", key);
		for (char k = '0'; k <= '9'; k++)
			if (places(en, k) != places(de, k))
				fail_msg("%s: {%c} is in one language only", key, k);
		for (size_t m = 0; m < i; m++) {
			assert_true(tell_word_each(m, &other, &en, &de));
			assert_string_not_equal(key, other);
		}
	}
}

/* The German text has the German words of the file, and says what is English. */
static void test_german(void **state)
{
	static const char doc[] =
	    "title: t\ntitle_de: Titel\nsynthetic: yes\nunknowns:\n  - id: le\n    en: LE\n"
	    "  - id: ns\n    en: NS\nassumptions:\n  - id: p\n    en: P holds\n    de: P gilt\n"
	    "  - id: q\n    en: Q holds\npublications:\n  - id: one\n    who: W\n"
	    "    date: 2026-01-31\n    source: S\n    rows:\n"
	    "      - id: r1\n        en: E\n        de: Zahl\n        count: le\n"
	    "        percent: 81.5\n        of: 2 le + ns\n        assume: p q\n"
	    "      - id: r2\n        en: F\n        count: le\n        exact: 2000\n"
	    "corrections:\n  - row: r2\n    by: late\n    by_de: nachgereicht\n"
	    "targets:\n  - id: t\n    en: T\n    de: Ziel\n    count: ns\n    permitted: 0-249\n"
	    "    rule: R\n    cite: C\n    cite_de: Beleg\n";
	struct audit a = audited(doc);
	struct buf b = buf_init(c, 1 << 20);
	const char *text;

	(void)state;
	tell_text(&b, &a, TELL_DE);
	text = buf_str(&b).p;
	has(text, "Titel (erfunden)\n");
	has(text, " t: Ziel\n  Erlaubt: 0 bis 249, R (Beleg)\n");
	has(text, "1) W, 2026-01-31: Zahl [le]: 81,5 % von 2 le + ns\n");
	has(text, "F [le]: genau 2000 (berichtigt: nachgereicht)\n");
	has(text, ", und wenn P gilt, und gilt: \342\200\236Q holds\342\200\234.");
	has(text, "0 gesch\303\274tzte Zahlen sind sicher, 1 ist es nicht\n");
	assert_null(strstr(text, "holds,"));
}

/* A name from outside cannot move the cursor or turn what is read. */
static void test_harmless(void **state)
{
	struct audit a =
	    audited("title: \"a\342\200\217b\"\nsynthetic: yes\nunknowns:\n  - id: ns\n    en: NS\n"
		    "publications:\n  - id: one\n    who: \"W\342\200\256\"\n    date: 2026\n"
		    "    source: S\n    rows:\n" ROW("r1", "ns", "exact: 7") TARGET);

	(void)state;
	has(text_of(&a), "a\357\277\275b (made up)\n");
	has(text_of(&a), "1) W\357\277\275, 2026: E");
	assert_null(strstr(text_of(&a), "\342\200\217"));
	assert_null(strstr(text_of(&a), "\342\200\256"));
}

static void test_verdicts(void **state)
{
	(void)state;
	assert_string_equal(tell_verdict(INFER_SAFE), "safe");
	assert_string_equal(tell_verdict(INFER_CONTRADICTION), "contradiction");
	assert_string_equal(tell_verdict(INFER_TOLD), "told");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_assumptions, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_readings, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_elsewhere, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_cases, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_words, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_german, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_harmless, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_verdicts, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
