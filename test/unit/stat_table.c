/* What cannot be right in a published table. Rows are written as texts; numbers with facts behind
 * them are Microsoft's of 2013 and 2017 and Meta's of 2021. */
#include "stat/table.h"

#include "check.h"

enum { COLUMNS = 6 }; /* requests, accounts, outcomes a b c, one beside */

struct world {
	struct ctx *c;
	struct table t;
	struct table_findings found;
	struct table_fit fit;
};

static struct world world_make(void)
{
	static const struct table_column columns[COLUMNS] = {{{"requests", 8}, TABLE_REQUESTS},
	    {{"accounts", 8}, TABLE_ACCOUNTS}, {{"a", 1}, TABLE_OUTCOME}, {{"b", 1}, TABLE_OUTCOME},
	    {{"c", 1}, TABLE_OUTCOME}, {{"beside", 6}, TABLE_OTHER}};
	struct world w = {.c = test_ctx()};

	w.t.columns = mem_array(w.c, COLUMNS, sizeof *w.t.columns);
	memcpy(w.t.columns, columns, sizeof columns);
	w.t.n_columns = COLUMNS;
	return w;
}

/* "7" known, "3-9" a band, "3+" and more, "." blank, "1.5" a fraction, "?" text. */
static struct table_cell cell_of(struct ctx *c, struct str s, struct str where)
{
	struct table_cell x = {TABLE_KNOWN, 0, TABLE_ANY, str_make(c, where)};
	struct str lo, hi;

	if (str_is(s, "."))
		x.state = TABLE_BLANK;
	else if (str_is(s, "?"))
		x.state = TABLE_TEXT;
	else if (str_has(s, '.'))
		x.state = TABLE_FRACTION;
	else if (str_ends(s, "+"))
		assert_true(str_i64((struct str){s.p, s.n - 1}, &x.lo));
	else if (s.p[0] != '-' && str_cut(s, '-', &lo, &hi))
		assert_true(str_i64(lo, &x.lo) && str_i64(hi, &x.hi));
	else {
		assert_true(str_i64(s, &x.lo));
		x.hi = x.lo;
	}
	return x;
}

/* "LABEL 1 2 3 4 5 6"; the label TOTAL is the total. */
static void row(struct world *w, const char *text)
{
	struct str rest = str_of(text), label, one;
	struct table_row r = {.cells = mem_array(w->c, COLUMNS, sizeof *r.cells),
	    .printed = mem_array(w->c, 4, sizeof *r.printed)};

	assert_true(str_word(&rest, &label));
	r.label = r.key = str_make(w->c, label);
	r.where = str_fmt(w->c, "%zu:0", w->t.n_rows + 1);
	r.total = str_is(label, "TOTAL");
	for (size_t i = 0; i < COLUMNS; i++)
		r.cells[i] = cell_of(w->c, str_word(&rest, &one) ? one : STR("."),
		    str_fmt(w->c, "%zu:%zu", w->t.n_rows + 1, i + 1));
	w->t.rows = mem_grow(w->c, w->t.rows, w->t.n_rows, &w->t.cap_rows, sizeof *w->t.rows);
	w->t.rows[w->t.n_rows++] = r;
}

static void share(struct world *w, size_t i, int64_t units, int scale)
{
	w->t.rows[w->t.n_rows - 1].printed[i] = (struct table_printed){true, true, {units, scale},
	    scale > 2 ? scale : 2, str_fmt(w->c, "%zu:%zu%%", w->t.n_rows, i)};
}

/* "!RULE@WHERE ?RULE@WHERE": impossible and suspicious, in order. */
static void finds(struct world *w, const char *want)
{
	struct buf b = buf_init(w->c, 1 << 16);

	table_check(w->c, &w->t, &w->found, &w->fit);
	for (size_t i = 0; i < w->found.n; i++)
		buf_fmt(&b, "%s%c%s@%.*s", i > 0 ? " " : "", "!?"[w->found.v[i].degree],
		    w -> found.v[i].rule, STR_ARG(w->found.v[i].where));
	assert_str(buf_str(&b), want);
	assert_true(w->found.fine >= 0);
}

static void done(struct world *w)
{
	ctx_close(&w->c);
}

static void test_partition(void **state)
{
	struct world w = world_make();

	(void)state;
	row(&w, "TOTAL 7469 19484 749 4940 1778");
	row(&w, "Argentina 455 675 0 371 84");
	row(&w, "US 7014 18809 749 4569 1695"); /* 7,013 */
	finds(&w, "!partition@1:1 !partition@3:1 !countries@1:5");
	assert_str(
	    w.found.v[1].text, "US: the outcomes add up to 7013; requests: 7014; accounts: 18809");
	assert_str(w.found.v[1].right, "7014");
	assert_str(w.found.v[2].text, "c: the total is 1778, the rows add up to 1779");
	assert_int_equal(w.fit.unit, TABLE_BY_REQUESTS);
	assert_int_equal(w.fit.requests, 1);
	assert_int_equal(w.fit.neither, 1);
	done(&w);
}

/* Civil requests, second half of 2017: neither unit fits the United States. */
static void test_civil(void **state)
{
	struct world w = world_make();
	size_t b[] = {2}, c[] = {4};

	(void)state;
	w.t.shares = (struct table_share[]){{STR("%a"), b, 1, 0}, {STR("%c"), c, 1, 0}};
	w.t.n_shares = 2;
	row(&w, "TOTAL 185 273 1 69 122");
	share(&w, 0, 5, 3);
	row(&w, "BR 74 102 0 45 29");
	row(&w, "CA 1 1 0 1 0");
	row(&w, "US 108 168 1 23 91");
	share(&w, 0, 1, 2);
	share(&w, 1, 0, 0); /* 0 % beside 91 of 108 */
	row(&w, "JP 2 2 0 0 2");
	finds(&w, "!partition@1:1 !partition@4:1 !share@4:1%");
	assert_str(w.found.v[2].text, "US: %c: 0 % printed beside 91 of 108");
	assert_str(w.found.v[2].right, "84 %");
	assert_int_equal(w.fit.both, 2);
	done(&w);
}

static void test_unit(void **state)
{
	struct world w = world_make();

	(void)state;
	row(&w, "A 10 30 10 20 0");
	row(&w, "B 5 9 3 3 3");
	row(&w, "C 4 6 4 0 0"); /* requests, among accounts */
	row(&w, "D 1 1 1 0 0");
	finds(&w, "!one_unit@3:2");
	assert_int_equal(w.fit.unit, TABLE_BY_ACCOUNTS);
	assert_int_equal(w.fit.accounts, 2);
	assert_int_equal(w.fit.requests, 1);
	done(&w);

	w = world_make(); /* said beforehand */
	w.t.unit = TABLE_BY_REQUESTS;
	row(&w, "A 10 30 10 20 0");
	finds(&w, "!one_unit@1:1");
	done(&w);

	w = world_make(); /* nothing fits: they are no partition */
	row(&w, "A 10 20 1 0 0");
	row(&w, "B 10 20 2 0 0");
	row(&w, "C 10 20 3 0 0");
	finds(&w, "?one_unit@");
	assert_int_equal(w.fit.unit, TABLE_NO_UNIT);
	done(&w);

	w = world_make(); /* and then one alone is still not more than all */
	w.t.unit = TABLE_NO_UNIT;
	row(&w, "A 10 20 11 20 21");
	finds(&w, "!part@1:5");
	done(&w);
}

/* What a hidden number can still repair is no finding. */
static void test_ranges(void **state)
{
	struct world w = world_make();

	(void)state;
	row(&w, "TOTAL 20 60 .");
	row(&w, "A 10 30 5 . 0");  /* b may be 5 */
	row(&w, "B 0-9 30 3 3 3"); /* nine requests */
	row(&w, "C 1+ 0 7 0 0");
	row(&w, "D 10 30 0-4 3 3"); /* can be 10 */
	row(&w, "E 11 30 0-4 3 3"); /* cannot */
	row(&w, "F 3 30 5 . 0");    /* five are more than three */
	finds(&w, "?accounts@4:2 !partition@6:1 !partition@7:1 !countries@1:1 !countries@1:2");
	done(&w);
}

static void test_cells(void **state)
{
	struct world w = world_make();

	(void)state;
	row(&w, "A 20.14 1 . . .");
	row(&w, "B -1 1 . . .");
	row(&w, "C ? 1 . . .");
	row(&w, "D 9-1 . . . .");
	finds(&w, "!whole@1:1 !whole@2:1 ?number@3:1 !band@4:1");
	done(&w);
}

static void test_labels(void **state)
{
	struct world w = world_make();

	(void)state;
	row(&w, "KR 1 1 1 0 0");
	row(&w, "DE 1 1 1 0 0");
	row(&w, "KR 2 2 2 0 0");
	row(&w, "FR . . . . .");
	row(&w, "Korea 2 2 2 0 0");
	row(&w, "FR . . . . .");
	w.t.rows[4].key = STR("KR");
	finds(&w, "!label_twice@3:0 ?label_twice@5:0 ?empty@4:0");
	assert_str(w.found.v[2].text, "2 labels without figures: 4:0, 6:0");
	done(&w);

	w = world_make();
	w.t.repeats = true;
	row(&w, "KR 1 . 1 0 0");
	row(&w, "KR 1 . 0 1 0");
	row(&w, "KR 1 . 1 1 0"); /* two outcomes of one demand */
	finds(&w, "!partition@3:1");
	done(&w);
}

static void test_accounts_and_totals(void **state)
{
	struct world w = world_make();
	size_t parts[] = {2, 3};

	(void)state;
	w.t.sums = (struct table_sum[]){{5, parts, 2}};
	w.t.n_sums = 1;
	row(&w, "TOTAL 15 10 10 5 0 4");
	row(&w, "A 10 5 5 5 0 11"); /* fewer accounts; 11 for 10 */
	row(&w, "B 5 5 5 0 0 .");
	finds(&w, "?accounts@1:2 !sum@1:6 ?accounts@2:2 !sum@2:6 !countries@1:6");
	done(&w);

	w = world_make(); /* a blank counts for nothing beside a printed total */
	row(&w, "TOTAL 9 20 9 0 0");
	row(&w, "A 5 10 5 0 0");
	row(&w, "B . . . . .");
	row(&w, "C 3 0-9 3 0 0"); /* accounts that can be enough */
	finds(&w, "?empty@3:0 !countries@1:1 !countries@1:2 !countries@1:3");
	done(&w);

	w = world_make(); /* each group has its total */
	row(&w, "TOTAL 5 5 5 0 0");
	row(&w, "A 5 5 5 0 0");
	row(&w, "TOTAL 4 4 4 0 0");
	row(&w, "B 3 3 3 0 0");
	w.t.rows[2].group = w.t.rows[3].group = STR("second");
	w.t.rows[2].key = STR("");
	finds(&w, "!countries@3:1 !countries@3:2 !countries@3:3");
	done(&w);

	w = world_make(); /* a total that no row gives */
	row(&w, "TOTAL 2 2 2 0 0 4");
	row(&w, "A 2 2 2 0 0 .");
	finds(&w, "?total@1:6");
	done(&w);
}

static void test_shares(void **state)
{
	struct world w = world_make();
	size_t a[] = {2}, ab[] = {2, 3};

	(void)state;
	w.t.shares = (struct table_share[]){
	    {STR("%a"), a, 1, 0}, {STR("%ab"), ab, 2, 0}, {STR("%?"), NULL, 0, 0}};
	w.t.n_shares = 3;
	w.t.unit = TABLE_NO_UNIT;
	row(&w, "GB 10117 . 8682 0 .");
	share(&w, 0, 89, 2); /* Meta, second half of 2021 */
	share(&w, 1, 86, 2);
	share(&w, 2, 85, 2); /* some number of so many */
	row(&w, "A 3 . 1 1 .");
	share(&w, 0, 101, 2);
	share(&w, 1, 66, 2);
	share(&w, 2, 1, 1); /* none of 3 is 10 % */
	row(&w, "B 0 . 0 0 .");
	share(&w, 0, 0, 0);
	share(&w, 1, 5, 1);
	share(&w, 2, 5, 1);
	row(&w, "C 0-9 . 0 0 .");
	share(&w, 0, 5, 1); /* of a number that is hidden */
	w.t.rows[3].printed[1] = (struct table_printed){.given = true, .where = STR("4:x")};
	finds(&w, "!share@1:0% !share@2:0% ?share@2:1% !share@2:2% !share@3:1% !share@3:2% "
		  "?number@4:x");
	assert_str(w.found.v[0].text, "GB: %a: 89 % printed beside 8682 of 10117");
	assert_str(w.found.v[0].right, "86 %");
	assert_str(w.found.v[2].text, "A: %ab: 66 % printed beside 2 of 3: cut off, not rounded");
	done(&w);
}

static void test_bands(void **state)
{
	struct world w = world_make();

	(void)state;
	w.t.bands = (struct table_band[]){{0, 1}, {5, 5}};
	w.t.n_bands = 2;
	w.t.widths[0] = 500;
	w.t.widths[1] = 250;
	w.t.n_widths = 2;
	w.t.columns[0].role = w.t.columns[1].role = TABLE_OTHER;
	row(&w, "a 0 249 . . . 0-249");
	row(&w, "b 250 499 . . . 500-749");
	row(&w, "c 3 249 . . . 2000-2250"); /* released letters; an edge too far */
	row(&w, "d 0 250 . . . .");
	row(&w, "e 499 250 . . . .");
	row(&w, "f 0 499 . . . .");
	finds(&w, "?band@3:6 ?band@4:1 !band@5:1 ?band@6:1");
	assert_str(w.found.v[0].right, "2000-2249");
	done(&w);
}

/* A band in two columns adds up as one number: not its lower edges, nor its upper ones. */
static void test_band_totals(void **state)
{
	static const struct {
		const char *total, *want;
	} totals[] = {{"TOTAL 300 300", ""}, {"TOTAL 0 499", ""}, {"TOTAL 498 498", ""},
	    {"TOTAL 499 499", "!countries@3:1"}, {"TOTAL 500 999", "!countries@3:1"}};

	(void)state;
	for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
		struct world w = world_make();

		w.t.bands = (struct table_band[]){{0, 1}};
		w.t.n_bands = 1;
		w.t.columns[0].role = w.t.columns[1].role = TABLE_OTHER;
		row(&w, "a 0 249");
		row(&w, "b 0 249");
		row(&w, totals[i].total);
		finds(&w, totals[i].want);
		done(&w);
	}
}

/* Sums that do not fit 64 bits are told as nothing, and nothing wraps around. */
static void test_large(void **state)
{
	struct world w = world_make();

	(void)state;
	row(&w, "TOTAL 5 . .");
	row(&w, "A 9223372036854775806 . .");
	row(&w, "B 9223372036854775806 9223372036854775806 9223372036854775806 "
		"9223372036854775806 9");
	finds(&w, "");
	done(&w);
}

static void test_limit(void **state)
{
	struct world w = world_make();

	(void)state;
	for (int i = 0; i < TABLE_FINDINGS_MAX + 5; i++)
		row(&w, "A 2 2 1 0 0");
	w.t.repeats = true;
	w.t.unit = TABLE_BY_REQUESTS;
	table_check(w.c, &w.t, &w.found, &w.fit);
	assert_int_equal(w.found.n, TABLE_FINDINGS_MAX);
	assert_int_equal(w.found.impossible, TABLE_FINDINGS_MAX + 5);
	done(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_partition),
	    cmocka_unit_test(test_civil), cmocka_unit_test(test_unit),
	    cmocka_unit_test(test_ranges), cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_labels), cmocka_unit_test(test_accounts_and_totals),
	    cmocka_unit_test(test_shares), cmocka_unit_test(test_bands),
	    cmocka_unit_test(test_band_totals), cmocka_unit_test(test_large),
	    cmocka_unit_test(test_limit)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
