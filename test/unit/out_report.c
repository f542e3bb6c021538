/*
 * The published files: read back, they say what was counted; hostile names stay text; the same
 * report gives the same bytes; and the half-year of 2013 comes out as it was published.
 */
#include "count_world.h"

#include "kind/json.h"
#include "kind/land.h"
#include "os/file.h"
#include "out/report_chart.h"
#include "out/report_csv.h"
#include "out/report_html.h"
#include "out/report_json.h"
#include "out/report_write.h"

static struct report load(const struct edition *e)
{
	struct report r;

	assert_ok(c, report_load(c, w.in, e, &r));
	return r;
}

static struct edition make(const char *p)
{
	struct edition_new n = new_edition(p, NULL);
	struct breaches b = {0};
	struct edition e;

	assert_ok(c, edition_make(c, w.in, &w.publisher, &n, &e, &b));
	for (size_t i = 0; i < b.n; i++)
		print_message("  %s: %.*s: %.*s\n", b.v[i].rule, STR_ARG(b.v[i].figure),
		    STR_ARG(b.v[i].text));
	assert_int_equal(breaches_stand(&b), 0);
	return e;
}

static struct edition publish(const char *p)
{
	struct edition e = make(p);

	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &e));
	return e;
}

static struct str text_of(
    int (*fn)(struct ctx *c, const struct report *r, struct buf *b), const struct report *r)
{
	struct buf b = buf_init(c, REPORT_MAX);

	assert_ok(c, fn(c, r, &b));
	return buf_str(&b);
}

static struct str page(const struct report *r, enum report_lang lang)
{
	struct buf b = buf_init(c, REPORT_MAX);

	assert_ok(c, report_html_in(c, r, lang, &b));
	return buf_str(&b);
}

static void some_cases(void)
{
	put_order((struct an_order){.received = at("2025-03-01"),
	    .country = "US",
	    .outcome = "content",
	    .settled = at("2025-03-09"),
	    .targets = 3});
	put_order((struct an_order){.received = at("2025-03-02"),
	    .class = "subscriber_request",
	    .channel = "plain_mail",
	    .outcome = "rejected",
	    .code = "no_basis",
	    .settled = at("2025-03-09"),
	    .targets = 1});
	put_order((struct an_order){.received = at("2025-03-02"),
	    .country = "US",
	    .instrument = "US-NSL",
	    .class = "national_security",
	    .compartment = 1,
	    .targets = 7});
}

static void test_csv_back(void **state)
{
	struct edition e;
	struct report r;
	struct str rest, line;
	size_t n = 0;

	(void)state;
	some_cases();
	e = publish("2025H1");
	r = load(&e);
	rest = text_of(report_csv, &r);
	assert_true(str_cut(rest, '\n', &line, &rest));
	assert_str(
	    line, "period,section,country,instrument,metric,value_min,value_max,unit,status");
	for (; str_cut(rest, '\n', &line, &rest); n++) {
		struct str f[9];

		for (size_t i = 0; i < 8; i++)
			assert_true(str_cut(line, ',', &f[i], &line));
		f[8] = line;
		assert_false(str_has(f[8], ','));
		assert_str(f[0], "2025H1");
		assert_true(str_eq(f[1], r.figures->v[n].section));
		assert_true(str_eq(f[4], r.figures->v[n].metric));
		assert_str(f[5], str_fmt(c, "%lld", (long long)r.figures->v[n].value_min).p);
		assert_str(f[8], figure_status_id(r.figures->v[n].status));
	}
	assert_int_equal(n, r.figures->n);
}

static void test_json_back(void **state)
{
	struct edition e;
	struct report r;
	struct json *j;
	const struct json *list;

	(void)state;
	some_cases();
	e = publish("2025H1");
	r = load(&e);
	assert_ok(c, json_parse(c, "figures.json", text_of(report_json, &r), &j));
	assert_str(json_text(j, "schema"), "writ/report/1");
	assert_str(json_text(j, "provider"), "Test <Mail> & \"Co\"");
	assert_str(json_text(j, "published"), "2026-01-15");
	assert_str(json_text(json_find(j, "period"), "to"), "2025-06-30");
	list = json_find(j, "figures");
	assert_int_equal(list->n, r.figures->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct figure *x = &r.figures->v[i];

		assert_true(str_eq(json_text(list->at[i], "section"), x->section));
		assert_true(str_eq(json_text(list->at[i], "metric"), x->metric));
		assert_int_equal(json_find(list->at[i], "value_max")->num, x->value_max);
	}
}

/* No element or attribute can begin in a name that somebody chose. */
static void test_hostile_names(void **state)
{
	struct edition e;
	struct report r;
	struct str html;

	(void)state;
	put_import(1, "done", 1, 1);
	sql("DROP TRIGGER import_step");
	sql("UPDATE import SET source = '</td><script>alert(1)</script>', note = '\" onload=\"x'");
	put_closed(1, "2013H1", "ZZ", "<img src=x>", OUTCOME_CONTENT, 1);
	e = publish("2013H1");
	r = load(&e);
	r.provider = STR("<b>\"A\" & 'B'</b>\001");
	for (int lang = REPORT_EN; lang <= REPORT_DE; lang++) {
		html = page(&r, (enum report_lang)lang);
		assert_null(strstr(html.p, "<script"));
		assert_null(strstr(html.p, "<img"));
		assert_null(strstr(html.p, "<b>"));
		assert_null(strstr(html.p, "\" onload"));
		assert_null(strstr(html.p, "style=\""));
		assert_null(strchr(html.p, '\001'));
		assert_non_null(strstr(
		    html.p, "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;\357\277\275"));
		assert_non_null(strstr(html.p, "&lt;script&gt;"));
	}
}

/* Every element that is opened is closed, in order: the page is well-formed but for void elements.
 */
static void assert_balanced(struct str html)
{
	struct str stack[64];
	size_t depth = 0;

	for (size_t i = 0; i < html.n; i++) {
		size_t k = i + 1, end;
		struct str name;
		bool close;

		if (html.p[i] != '<' || html.p[k] == '!')
			continue;
		close = html.p[k] == '/';
		k += close;
		for (end = k; html.p[end] != '>' && html.p[end] != ' '; end++)
			;
		name = (struct str){html.p + k, end - k};
		while (html.p[end] != '>')
			end++;
		if (html.p[end - 1] == '/' || str_has_word(STR("meta link br"), name))
			continue;
		if (!close) {
			assert_true(depth < 64);
			stack[depth++] = name;
			continue;
		}
		assert_true(depth > 0);
		depth--;
		if (!str_eq(stack[depth], name))
			fail_msg("</%.*s> closes <%.*s>", STR_ARG(name), STR_ARG(stack[depth]));
	}
	assert_int_equal(depth, 0);
}

static void test_page(void **state)
{
	struct edition e;
	struct report r;
	struct str en, de;

	(void)state;
	some_cases();
	today("2025-07-10");
	e = make("2025H1");
	r = load(&e);
	en = page(&r, REPORT_EN);
	assert_non_null(strstr(en.p, "Draft. Not published"));
	assert_non_null(strstr(en.p, "not before 27 December 2025"));
	assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &e));
	r = load(&e);
	en = page(&r, REPORT_EN);
	de = page(&r, REPORT_DE);
	assert_balanced(en);
	assert_balanced(de);
	assert_null(strstr(en.p, "Draft"));
	assert_non_null(strstr(en.p, "<html lang=\"en\">"));
	assert_non_null(strstr(de.p, "<html lang=\"de\">"));
	assert_non_null(strstr(en.p, "January to June 2025"));
	assert_non_null(strstr(de.p, "Januar bis Juni 2025"));
	assert_non_null(strstr(en.p, "No legal basis named"));
	assert_non_null(strstr(de.p, "Keine Rechtsgrundlage genannt"));
	assert_non_null(strstr(en.p, "50 USC 1874(a)(2)"));
	assert_non_null(strstr(en.p, "0\342\200\223499"));
	assert_null(strstr(en.p, "http://www.w3.org/1999")); /* nothing from elsewhere */
	assert_true(str_eq(en, page(&r, REPORT_EN)));
}

/* One letter or thirty: the files are the same to the byte. */
static void test_letters_leave_no_trace(void **state)
{
	struct edition e;
	struct report r;
	struct str html, json;

	(void)state;
	some_cases();
	e = publish("2025H1");
	r = load(&e);
	html = page(&r, REPORT_EN);
	json = text_of(report_json, &r);
	for (int i = 0; i < 29; i++)
		put_order((struct an_order){.received = at("2025-03-02"),
		    .country = "US",
		    .instrument = "US-NSL",
		    .class = "national_security",
		    .compartment = 1});
	e = publish("2025H1");
	e.version = 1;
	r = load(&e);
	r.cause[WORDING_EN] = (struct wording){STR(""), STR(""), STR(""), STR("")};
	assert_true(str_eq(html, page(&r, REPORT_EN)));
	assert_true(str_eq(json, text_of(report_json, &r)));
}

static void test_empty_period(void **state)
{
	struct edition e = publish("2024H2");
	struct report r = load(&e);

	(void)state;
	assert_balanced(page(&r, REPORT_EN));
	assert_balanced(page(&r, REPORT_DE));
}

static void test_write(void **state)
{
	static const char *const names[] = {"index.html", "index.de.html", "style.css",
	    "figures.csv", "figures.json", "report.xlsx", "report.de.xlsx", "report.pdf",
	    "report.de.pdf"};
	struct str first[9];
	struct edition e;
	struct report r;
	const char *dir;
	struct str text;
	struct hash h;

	(void)state;
	some_cases();
	e = publish("2025H1");
	r = load(&e);
	dir = str_fmt(c, "%s/out/new", w.dir).p;
	assert_ok(c, report_write(c, &r, dir));
	for (size_t i = 0; i < 9; i++)
		assert_ok(
		    c, file_read(c, str_fmt(c, "%s/%s", dir, names[i]).p, REPORT_MAX, &first[i]));
	assert_ok(c, report_write(c, &r, dir)); /* replaces */
	for (size_t i = 0; i < 9; i++) {
		assert_ok(c, file_read(c, str_fmt(c, "%s/%s", dir, names[i]).p, REPORT_MAX, &text));
		assert_true(str_eq(text, first[i])); /* the same report, the same bytes */
		assert_true(text.n > 200);
		assert_null(strstr(text.p, w.dir)); /* no path of this machine */
	}
	/* the ledger's hash names the very bytes of the CSV */
	assert_ok(c, file_read(c, str_fmt(c, "%s/figures.csv", dir).p, REPORT_MAX, &text));
	h = hash_of(text);
	assert_true(hash_eq(h, e.figures_hash));
}

static void test_texts(void **state)
{
	const char *key, *en, *de, *key2, *en2, *de2;

	(void)state;
	for (size_t i = 0; report_text_each(i, &key, &en, &de); i++) {
		assert_true(strlen(en) > 0 && strlen(de) > 0);
		assert_int_equal(str_utf8_bad(str_of(de)), strlen(de));
		for (size_t k = 0; k < i; k++) {
			assert_true(report_text_each(k, &key2, &en2, &de2));
			assert_string_not_equal(key, key2);
		}
	}
	for (int o = 1; o < OUTCOME_END; o++)
		assert_non_null(
		    report_text_find(REPORT_DE, "outcome", str_of(outcome_id((enum outcome)o))));
	assert_null(report_text_find(REPORT_EN, "outcome", STR("nothing")));
}

static void test_numbers(void **state)
{
	static const struct {
		int64_t n;
		const char *en, *de;
	} v[] = {{0, "0", "0"}, {999, "999", "999"}, {1000, "1,000", "1.000"},
	    {37196, "37,196", "37.196"}, {1234567, "1,234,567", "1.234.567"},
	    {-1000, "-1,000", "-1.000"}, {-100, "-100", "-100"}};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct buf en = buf_init(c, 64), de = buf_init(c, 64);

		report_text_number(&en, REPORT_EN, v[i].n);
		report_text_number(&de, REPORT_DE, v[i].n);
		assert_str(buf_str(&en), v[i].en);
		assert_str(buf_str(&de), v[i].de);
	}
	for (int lang = 0; lang < 2; lang++) {
		struct buf b = buf_init(c, 64);

		report_text_share(&b, (enum report_lang)lang, 7715);
		assert_str(buf_str(&b), lang == 0 ? "77.2%" : "77,2\302\240%");
	}
}

static void test_periods(void **state)
{
	static const char *const v[][3] = {
	    {"2013H1", "January to June 2013", "Januar bis Juni 2013"}, {"2013", "2013", "2013"},
	    {"2012-12-01/2013-05-31", "December 2012 to May 2013", "Dezember 2012 bis Mai 2013"},
	    {"2013-01-02/2013-03-31", "2 January 2013 to 31 March 2013",
		"2. Januar 2013 bis 31. März 2013"}};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct buf en = buf_init(c, 64), de = buf_init(c, 64);

		report_text_period(&en, REPORT_EN, period(v[i][0]));
		report_text_period(&de, REPORT_DE, period(v[i][0]));
		assert_str(buf_str(&en), v[i][1]);
		assert_str(buf_str(&de), v[i][2]);
	}
}

/* ---- the half-year of 2013 ---- */

struct published {
	char country[3];
	int64_t v[6]; /* requests, accounts, content, noncontent, no data, rejected */
};

static size_t read_published(struct published *ret, size_t max)
{
	const char *shared = getenv("WRIT_SHARED");
	struct str text, line, path;
	size_t n = 0;

	path = str_fmt(c, "%s/data/microsoft-2013H1.csv", shared != NULL ? shared : "../shared");
	if (!file_exists(path.p))
		return 0;
	assert_ok(c, file_read(c, path.p, 1 << 20, &text));
	while (str_cut(text, '\n', &line, &text)) {
		struct str f[9], code = STR("");

		for (size_t i = 0; i < 8; i++)
			assert_true(str_cut(line, ',', &f[i], &line));
		f[8] = str_trim(line);
		if (!str_is(f[1], "le_all"))
			continue;
		assert_true(n < max);
		assert_true(str_is(f[2], "TOTAL") || land_find(f[2], &code));
		(void)snprintf(ret[n].country, 3, "%.*s", STR_ARG(code));
		for (size_t i = 0; i < 6; i++)
			assert_true(str_i64(f[i + 3], &ret[n].v[i]));
		n++;
	}
	return n;
}

static void import_published(const struct published *p, size_t n)
{
	static const enum outcome outcomes[] = {OUTCOME_CONTENT, OUTCOME_NONCONTENT,
	    OUTCOME_NO_DATA, OUTCOME_REJECTED, OUTCOME_NOT_RECORDED};
	struct period half = period("2013H1");

	put_import(1, "done", 37196, 66539);
	sql("BEGIN");
	for (size_t i = 0; i < n; i++) {
		int64_t left = p[i].v[0], accounts = p[i].v[1];

		for (size_t o = 0; o < 5 && p[i].country[0] != '\0'; o++) {
			int64_t rows = o < 4 ? p[i].v[o + 2] : left;

			left -= rows;
			for (; rows > 0; rows--) {
				int64_t a = accounts > 0 && rows == 1 && left == 0 ? accounts
										   : accounts > 0;

				accounts -= a;
				sql("INSERT INTO closed (id, import, line, day_from, day_to, "
				    "country, class,"
				    " outcome, accounts) VALUES (%lld, 1, 1, %d, %d, '%s', "
				    "'other', %d, %lld)",
				    (long long)++w.ids + 1000000, half.from.n, half.to.n,
				    p[i].country, (int)outcomes[o], (long long)a);
			}
		}
	}
	sql("COMMIT");
}

static void test_half_year_2013(void **state)
{
	static const char *const metrics[] = {
	    "requests", "accounts", "content", "noncontent", "no_data", "rejected"};
	struct published p[80];
	size_t n = read_published(p, 80), countries = 0;
	struct edition e;
	struct report r;

	(void)state;
	if (n == 0) {
		print_message("no data/microsoft-2013H1.csv under WRIT_SHARED: skipped\n");
		return;
	}
	import_published(p, n);
	e = publish("2013H1");
	r = load(&e);
	for (size_t i = 0; i < n; i++) {
		bool all = p[i].country[0] == '\0';

		countries += !all;
		for (size_t m = 0; m < 6; m++)
			assert_int_equal(figure_number(r.figures, all ? "total" : "country",
					     str_of(p[i].country), STR(""), metrics[m]),
			    p[i].v[m]);
	}
	assert_int_equal(countries, 64);
	assert_int_equal(figure_number(r.figures, "total", STR(""), STR(""), "requests"), 37196);
	assert_int_equal(figure_number(r.figures, "country", STR("DE"), STR(""), "accounts"), 9670);
	assert_int_equal(
	    figure_number(r.figures, "country", STR("US"), STR(""), "not_recorded"), 1);
	assert_int_equal(figure_number(r.figures, "total", STR(""), STR(""), "not_recorded"), 1);
	assert_non_null(strstr(page(&r, REPORT_DE).p, "37.196"));
	assert_balanced(page(&r, REPORT_EN));
	if (getenv("WRIT_REPORT_DIR") != NULL) /* to look at */
		assert_ok(c, report_write(c, &r, getenv("WRIT_REPORT_DIR")));
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_csv_back), T(test_json_back),
	    T(test_hostile_names), T(test_page), T(test_letters_leave_no_trace),
	    T(test_empty_period), T(test_write), T(test_texts), T(test_numbers), T(test_periods),
	    T(test_half_year_2013)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
