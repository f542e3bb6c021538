/* Mapping files for published reports, and the tables they find: every key, every refusal with its
 * place. */
#include "in/map_report.h"

#include "check.h"
#include "in/book_csv.h"
#include "in/map_grid.h"
#include "workbook.h"

#define HEAD "kind: report\nsource:\n  publisher: P\n  title: T\n  date: 2018\nperiod: 2017H2\n"
#define TABLE HEAD "tables:\n  - name: t\n    labels: L\n"

static const struct map_report *parse(struct ctx *c, const char *text)
{
	const struct map_report *r = NULL;

	assert_ok(c, map_report_parse(c, "m", str_of(text), &r));
	return r;
}

static void test_keys(void **state)
{
	struct ctx *c = test_ctx();
	const struct map_report *r = parse(c, HEAD
	    "note: N\ndelimiter: ;\nthousands: \",\"\nnone:\n  - x\n  - y\ntables:\n"
	    "  - name: one\n    file: a\n    period: 2017\n    labels:\n      - L\n      - C\n    "
	    "country: C\n"
	    "    requests: R\n    accounts: A\n    outcomes:\n      yes: Y\n      no: N\n    "
	    "outcomes_of: accounts\n"
	    "    shares:\n      - column: S\n        of: R\n        parts:\n          - Y\n        "
	    "  - N\n"
	    "        scale: percent\n        decimals: 1\n    sums:\n      - whole: A\n        "
	    "parts: Y\n"
	    "    bands:\n      - low: R\n        high: A\n      - column: Y\n    widths: 500 250\n"
	    "    total:\n      where:\n        L: all\n      by: C\n"
	    "  - name: two\n    country: C\n    each: demand\n    yes: Y\n    outcomes:\n      o: "
	    "O\n");
	const struct map_table *t = &r->tables[0];

	(void)state;
	assert_str(r->publisher, "P");
	assert_str(r->source, "P: T (2018)");
	assert_str(r->note, "N");
	assert_int_equal(r->delimiter, ';');
	assert_int_equal(r->thousands, ',');
	assert_int_equal(r->n_none, 2);
	assert_str(period_str(c, r->period), "2017H2");
	assert_int_equal(r->n_tables, 2);
	assert_true(t->has_period && t->unit == MAP_UNIT_ACCOUNTS);
	assert_int_equal(t->n_labels, 2);
	assert_str(t->columns[t->labels[1]], "C");
	assert_int_equal(t->labels[1], t->country);
	assert_int_equal(t->n_outcomes, 2);
	assert_str(t->outcomes[1].name, "no");
	assert_int_equal(t->n_shares, 1);
	assert_true(t->shares[0].percent && t->shares[0].decimals == 1);
	assert_int_equal(t->shares[0].n_parts, 2);
	assert_int_equal(t->shares[0].of, t->requests);
	assert_int_equal(t->n_sums, 1);
	assert_int_equal(t->n_by, 1);
	assert_int_equal(t->by[0], t->country);
	assert_int_equal(t->n_bands, 2);
	assert_int_equal(t->bands[1].lo, t->bands[1].hi);
	assert_int_equal(t->n_widths, 2);
	t = &r->tables[1];
	assert_true(t->each_demand && !t->has_period);
	assert_int_equal(t->n_labels, 1);
	assert_int_equal(t->requests, MAP_ABSENT);
	assert_int_equal(t->n_widths, 4);
	assert_true(map_grid_wants(t, STR("x.csv")));
	assert_true(map_grid_wants(&r->tables[0], STR("xa.csv")));
	assert_false(map_grid_wants(&r->tables[0], STR("x.csv")));
	ctx_close(&c);
}

#define TIED                                                                                       \
	HEAD "tables:\n  - name: one\n    labels: L\n    requests: R\n  - name: two\n    labels: " \
	     "L\n"                                                                                 \
	     "    accounts: A\n    requests: R\nties:\n"

static void test_ties(void **state)
{
	static const struct {
		const char *text, *refused;
	} bad[] = {{"  - parts:\n      - table: one\n        column: R\n", "whole"},
	    {"  - whole:\n      table: one\n      column: R\n", "parts"},
	    {"  - whole:\n      table: three\n      column: R\n    parts:\n      - table: one\n"
	     "        column: R\n",
		"no table has this name"},
	    {"  - whole:\n      table: one\n      column: A\n    parts:\n      - table: one\n"
	     "        column: R\n",
		"no such column"},
	    {"  - whole:\n      table: one\n      column: R\n      cell: 1\n    parts:\n"
	     "      - table: one\n        column: R\n",
		"unknown key"}};
	struct ctx *c = test_ctx();
	const struct map_report *r = parse(c,
	    TIED "  - whole:\n      table: two\n      column: A\n    parts:\n      - table: one\n"
		 "        column: R\n        row: \"All  of it\"\n      - table: two\n        "
		 "column: R\n"
		 "    assume: both are one\n");
	struct buf many = buf_init(c, 10000);

	(void)state;
	assert_int_equal(r->n_ties, 1);
	assert_int_equal(r->ties[0].whole.table, 1);
	assert_int_equal(r->ties[0].whole.col, r->tables[1].accounts);
	assert_str(r->ties[0].whole.row, "");
	assert_int_equal(r->ties[0].n_parts, 2);
	assert_int_equal(r->ties[0].parts[0].table, 0);
	assert_str(r->ties[0].parts[0].row, "All of it");
	assert_str(r->ties[0].assume, "both are one");
	assert_int_equal(parse(c, TABLE)->n_ties, 0);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(c, map_report_parse(c, "m", str_fmt(c, TIED "%s", bad[i].text), &r),
		    ERR_INVALID, bad[i].refused);
	for (int i = 0; i <= MAP_ASSUMPTIONS_MAX; i++)
		buf_puts(&many, "  - whole:\n      table: one\n      column: R\n    parts:\n"
				"      - table: two\n        column: R\n    assume: x\n");
	assert_err(c, map_report_parse(c, "m", str_fmt(c, TIED "%s", buf_str(&many).p), &r),
	    ERR_INVALID, "more than 4 assumptions");
	ctx_close(&c);
}

static void test_periods(void **state)
{
	struct ctx *c = test_ctx();
	const struct map_report *r;

	(void)state;
	r = parse(c,
	    "kind: report\nsource:\n  publisher: P\n  title: T\n  date: 2018\nperiod: many\n"
	    "tables:\n  - name: t\n    labels: L\n");
	assert_true(day_is_none(r->period.from) && r->period_row == 0);
	r = parse(c, "kind: report\nsource:\n  publisher: P\n  title: T\n  date: 2018\nperiod:\n"
		     "  sheet: S\n  cell: B7\ntables:\n  - name: t\n    labels: L\n");
	assert_true(r->period_row == 7 && r->period_col == 2);
	assert_str(r->period_sheet, "S");
	ctx_close(&c);
}

static const struct {
	const char *text, *words;
} wrong[] = {{"kind: closed\n", "m:1:1: a mapping file for a report"}, {"- a\n", "m:1:1: "},
    {HEAD, "\"tables\" is missing"}, {HEAD "tables: x\n", "m:7:9: a list"},
    {HEAD "wrong: x\ntables:\n  - name: t\n", "m:7:"},
    {"kind: report\nsource:\n  publisher: P\n  title: T\n  date: 2018\ntables:\n  - name: "
     "t\n",
	"\"period\" is missing"},
    {"kind: report\nsource:\n  publisher: P\n  title: T\n  date: 2018\nperiod: "
     "2017H3\ntables:\n  - name: t\n",
	"m:6:9: a period is"},
    {"kind: report\nsource:\n  publisher: P\n  title: T\n  date: 2018\nperiod:\n  cell: "
     "7\ntables:\n  - name: t\n",
	"m:7:9: a cell such as"},
    {HEAD "tables:\n  - name: t\n", "m:8:5: key \"labels\" is missing"},
    {HEAD "tables:\n  - labels: L\n", "\"name\" is missing"}, {TABLE "    request: R\n", "m:10:"},
    {TABLE "    period: x\n", "a period is"},
    {TABLE "    outcomes_of: data\n", "m:10:18: outcomes_of"},
    {TABLE "    outcomes:\n      a: A\n    outcomes_of: all\n", "m:12:18: outcomes_of"},
    {TABLE "    outcomes: A\n", "m:10:15: outcomes and their columns"},
    {TABLE "    outcomes:\n      a:\n        - b\n", "the name of a column"},
    {TABLE "    shares: A\n", "a list"},
    {TABLE "    shares:\n      - column: A\n", "\"of\" is missing"},
    {TABLE "    shares:\n      - column: A\n        of: B\n        scale: x\n", "m:13:16: scale"},
    {TABLE "    shares:\n      - column: A\n        of: B\n        decimals: 7\n",
	"m:13:19: a number from 0 to 6"},
    {TABLE "    sums:\n      - whole: A\n", "\"parts\" is missing"},
    {TABLE "    bands:\n      - low: A\n", "\"high\" is missing"},
    {TABLE "    bands:\n      - column: A\n        low: B\n", "stands alone"},
    {TABLE "    widths: 0\n", "m:10:13: up to 8 widths"},
    {TABLE "    widths: \"\"\n", "widths of bands"},
    {TABLE "    each: row\n", "m:10:11: each is demand"},
    {TABLE "    each: demand\n", "there are outcomes"},
    {TABLE "    each: demand\n    outcomes:\n      a: A\n", "\"yes\" is missing"},
    {TABLE "    yes: Y\n", "beside \"each\""}, {TABLE "    total: x\n", "m:10:12: "},
    {TABLE "    total:\n      differs: note\n", "m:11:"},
    {TABLE "    header: 0\n", "m:10:13: a number from 1"},
    {TABLE "    first: 1\n", "the rows begin behind the header"},
    {TABLE "    first: 5\n    last: 4\n", "the rows begin behind the header"},
    {TABLE "    letters: perhaps\n", "yes or no"}, {TABLE "    letters: yes\n", "need \"first\""},
    {TABLE "    letters: yes\n    first: 2\n", "need \"expect\""},
    {TABLE "    letters: yes\n    first: 2\n    expect:\n      A1: x\n    requests: Re\n",
	"m:14:15: the letters of a column"},
    {TABLE "    expect:\n      A: x\n", "m:11:10: a cell such as C5"},
    {TABLE "    long:\n      metric: m\n", "\"value\" is missing"}};

static void test_refused(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		const struct map_report *r = NULL;
		int rc = map_report_parse(c, "m", str_of(wrong[i].text), &r);

		if (rc != ERR_INVALID || r != NULL || strstr(err_text(c), wrong[i].words) == NULL)
			fail_msg("%zu: %d \"%s\", want \"%s\"", i, rc, err_text(c), wrong[i].words);
		err_clear(c);
	}
	ctx_close(&c);
}

/* ---- what a mapping finds ---- */

static struct str dump(struct ctx *c, const struct map_table *t, const struct map_grid *g)
{
	struct buf b = buf_init(c, 1 << 16);

	for (size_t i = 0; i < g->n; i++) {
		buf_fmt(&b, "%.*s%s", STR_ARG(g->lines[i].where), g->lines[i].total ? "T" : "");
		for (size_t k = 0; k < t->n_columns; k++) {
			const struct map_text *f = &g->lines[i].fields[k];

			buf_fmt(&b, " %.*s%s%.*s", STR_ARG(t->columns[k]), f->number ? "#" : "=",
			    STR_ARG(f->text));
		}
		buf_puts(&b, "; ");
	}
	for (size_t i = 0; i < g->n_titles; i++)
		buf_fmt(&b, "%.*s:%.*s; ", STR_ARG(g->titles[i].where), STR_ARG(g->titles[i].text));
	return buf_str(&b);
}

static int grid(struct ctx *c, const char *map, const char *csv, struct str *ret)
{
	const struct map_report *r = parse(c, map);
	const struct book *book;
	struct map_grid g;
	int rc;

	assert_ok(c, book_csv_parse(c, "f", str_of(csv), r->delimiter, &book));
	rc = map_grid_read(c, r->tables, "f", book, &g);
	if (rc == 0)
		*ret = dump(c, r->tables, &g);
	return rc;
}

static void test_csv(void **state)
{
	struct ctx *c = test_ctx();
	struct str got;

	(void)state;
	assert_ok(c, grid(c,
			 TABLE "    requests: R\n    total:\n      where:\n        L: all\n"
			       "    skip:\n      - L: no\n    header: 2\n",
			 "T,,\nL,x,R\na,1,2\n,,\nno,1,2\nall,,3\n", &got));
	assert_str(got, "3:1 L=a R=2; 6:1T L=all R=3; 1:1:T; ");
	assert_err(c, grid(c, TABLE "    requests: R\n", "L,x\na,1\n", &got), ERR_INVALID,
	    "f:1:1: the header lacks the column \"R\" (the mapping file's line 10)");
	assert_err(c, grid(c, TABLE, "L,L\na,1\n", &got), ERR_INVALID,
	    "f:1:3: a column is there twice: \"L\"");
	assert_err(c, grid(c, TABLE, "", &got), ERR_INVALID, "lacks");
	assert_err(c, grid(c, TABLE "    sheet: S\n", "L\n", &got), ERR_INVALID,
	    "m:10:12: f is a CSV file");
	ctx_close(&c);
}

static void test_long(void **state)
{
	static const char map[] =
	    TABLE "    long:\n      metric: M\n      value: V\n    requests: r\n"
		  "    accounts: a\n    only:\n      - S: x\n";
	struct ctx *c = test_ctx();
	struct str got;

	(void)state;
	assert_ok(c,
	    grid(c, map, "L,S,M,V\nDE,x,r,1\nDE,x,a,2\nFR,x,a,3\nDE,y,r,9\nFR,x,other,4\n", &got));
	assert_str(got, "2:1 M=r V=1 L=DE S=x r=1 a=2; 4:1 M=a V=3 L=FR S=x r= a=3; ");
	assert_err(c, grid(c, map, "L,S,M,V\nDE,x,r,1\nDE,x,r,2\n", &got), ERR_INVALID,
	    "f: 3:8: this metric stands at 2:8 already");
	ctx_close(&c);
}

static void test_sheet(void **state)
{
	static const char map[] =
	    HEAD "tables:\n  - name: t\n    sheet: A & B\n    letters: yes\n    first: 3\n    "
		 "last: 3\n    expect:\n"
		 "      B2: two words\n    labels: A\n    requests: B\n    accounts: C\n";
	static const char rows[] =
	    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>"
	    "<row r=\"2\"><c r=\"B2\" t=\"str\"><v>two  words</v></c></row>"
	    "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\"><v>7</v></c></row>"
	    "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>0</v></c></row>";
	struct ctx *c = test_ctx();
	const struct map_report *r = parse(c, map);
	const struct book *book;
	struct map_grid g;
	struct buf b = buf_init(c, 4096);

	(void)state;
	assert_ok(c, book_parse(c, "f", wb_sheet(c, rows, (struct wb_part){NULL, NULL}), &book));
	assert_ok(c, map_grid_read(c, r->tables, "f", book, &g));
	assert_str(dump(c, r->tables, &g), "A3 A=Country B#7 C=; A1:United States; B2:two words; ");
	buf_puts(&b, map);
	r = parse(c, str_z(c, buf_str(&b)));
	r->tables[0].sheet = STR("B");
	assert_err(c, map_grid_read(c, r->tables, "f", book, &g), ERR_INVALID,
	    "m:9:12: f has no sheet of this name");
	assert_ok(c, book_parse(c, "f",
			 wb_sheet(c, "<row r=\"2\"><c r=\"B2\" t=\"str\"><v>two</v></c></row>",
			     (struct wb_part){NULL, NULL}),
			 &book));
	r->tables[0].sheet = STR("A & B");
	assert_err(c, map_grid_read(c, r->tables, "f", book, &g), ERR_INVALID,
	    "f: A & B!B2: the header is not \"two words\"");
	assert_ok(c, book_parse(c, "f", wb_sheet(c, "", (struct wb_part){NULL, NULL}), &book));
	r->tables[0].sheet = STR("A & B");
	assert_err(c, map_grid_read(c, r->tables, "f", book, &g), ERR_INVALID,
	    "f: A & B!B2: the header is not \"two words\" (the mapping file's line 14)");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys), cmocka_unit_test(test_ties),
	    cmocka_unit_test(test_periods), cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_csv), cmocka_unit_test(test_long), cmocka_unit_test(test_sheet)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
