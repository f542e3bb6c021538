/* Workbooks and CSV as sheets of cells; what else they tell; and everything that is refused. */
#include "in/book.h"

#include "check.h"
#include "in/book_csv.h"
#include "workbook.h"

#define ROWS                                                                                       \
	"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t> a\n "    \
	"b</t></is></c></row>"                                                                     \
	"<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c "                                         \
	"r=\"B3\"><v>5.0000000000000001E-3</v></c>"                                                \
	"<c r=\"C3\"><f>[1]X!A1+2</f><v>7</v></c><c r=\"AB3\" t=\"e\"><v>#REF!</v></c>"            \
	"<c t=\"str\"><f>B3&amp;\"x\"</f><v>x</v></c><c><v></v></c></row>"

static const struct wb_part none = {NULL, NULL};

static struct str dump(struct ctx *c, const struct book *book)
{
	struct buf b = buf_init(c, 1 << 20);

	for (size_t s = 0; s < book->n_sheets; s++) {
		const struct book_sheet *sheet = &book->sheets[s];

		buf_fmt(&b, "[%.*s]", STR_ARG(sheet->name));
		for (size_t i = 0; i < sheet->n; i++) {
			const struct book_cell *x = &sheet->cells[i];

			buf_fmt(&b, " %.*s%s%c%.*s", STR_ARG(book_where(c, sheet, x->row, x->col)),
			    x->formula ? "~" : "", "=#!"[x->kind], STR_ARG(x->text));
		}
	}
	for (size_t i = 0; i < book->n_notes; i++)
		buf_fmt(&b, " {%d %.*s %lld}", (int)book->notes[i].trace,
		    STR_ARG(book->notes[i].where), (long long)book->notes[i].n);
	return buf_str(&b);
}

static void test_cells(void **state)
{
	struct ctx *c = test_ctx();
	const struct book *book;

	(void)state;
	assert_ok(c, book_parse(c, "f", wb_sheet(c, ROWS, none), &book));
	assert_str(dump(c, book),
	    "[A & B] A1=Country B1=a b A3=United States B3#5.0000000000000001E-3 C3~#7 AB3!#REF! "
	    "AC3~=x {0 A & B!C3 2} {1 A & B!C3 1}");
	assert_ptr_equal(book_sheet_find(book, STR("A & B")), book->sheets);
	assert_null(book_sheet_find(book, STR("B")));
	assert_null(book_cell_find(book->sheets, 2, 1));
	assert_str(book_where(c, book->sheets, 2, 703), "AAA2");
	ctx_close(&c);
}

static void test_traces(void **state)
{
	static const struct {
		struct wb_part part;
		const char *want;
	} of[] = {
	    {{"docProps/core.xml",
		 "<p xmlns:d=\"u\"><d:creator>Ann Example</d:creator><d:title>T</d:title></p>"},
		" {4 docProps/core.xml 1}"},
	    {{"docProps/app.xml", "<p><Company>Example</Company><Manager> </Manager></p>"},
		" {4 docProps/app.xml 1}"},
	    {{"docProps/custom.xml", "<p><q>ann@example.org</q><q>a @ b.c</q></p>"},
		" {5 docProps/custom.xml 1}"},
	    {{"xl/externalLinks/_rels/externalLink1.xml.rels",
		 WB_RELS "<Relationship Id=\"a\" Type=\"x\" TargetMode=\"External\" "
			 "Target=\"file:///C:\\Users\\ann\\x.xlsx\"/></Relationships>"},
		" {3 xl/externalLinks/_rels/externalLink1.xml.rels 1}"
		" {2 xl/externalLinks/_rels/externalLink1.xml.rels 1}"},
	    {{"xl/comments1.xml", "<c/>"}, " {6 xl/comments1.xml 1}"},
	    {{"xl/theme/theme1.xml", "not even XML"}, ""}};
	struct ctx *c = test_ctx();
	const struct book *book;

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
		struct str got;

		assert_ok(c, book_parse(c, "f", wb_sheet(c, "", of[i].part), &book));
		got = dump(c, book);
		assert_true(str_starts(got, "[A & B]"));
		assert_str(((struct str){got.p + 7, got.n - 7}), of[i].want);
		assert_null(memmem(got.p, got.n, "ann", 3));
		if (i == 0)
			assert_str(book->title, "T");
	}
	ctx_close(&c);
}

/* One sheet of these rows is refused with these words. */
static void refused(struct ctx *c, const char *rows, const char *words)
{
	const struct book *book = NULL;

	assert_err(c, book_parse(c, "f", wb_sheet(c, rows, none), &book), ERR_INVALID, words);
	assert_null(book);
}

static void test_sheets_refused(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	refused(c, "<row r=\"2\"/><row r=\"2\"/>", "f: xl/worksheets/sheet1.xml:1:");
	refused(c, "<row r=\"2\"/><row r=\"1\"/>", "a row out of its order");
	refused(c, "<row r=\"x\"/>", "no number of a row");
	refused(c, "<row r=\"1048577\"/>", "out of its order");
	refused(c, "<row><c r=\"B1\"/><c r=\"A1\"/></row>", "a cell out of its order");
	refused(c, "<row><c r=\"A2\"/></row>", "no address");
	refused(c, "<row><c r=\"XFE1\"/></row>", "no address");
	refused(c, "<row><c t=\"q\"/></row>", "of a kind");
	refused(c, "<row><c t=\"s\"><v>2</v></c></row>", "does not have");
	refused(c, "<row><c t=\"s\"><v>-1</v></c></row>", "does not have");
	refused(c, "<c r=\"A1\"/>", "no address");
	refused(c, "<row>", "not well-formed");
	refused(c, "&x;", "not well-formed");
	ctx_close(&c);
}

static void test_parts_refused(void **state)
{
	struct ctx *c = test_ctx();
	const struct book *book;
	struct wb_part parts[] = {{"_rels/.rels", WB_TOP}, {"xl/workbook.xml", WB_BOOK},
	    {"xl/_rels/workbook.xml.rels", WB_BOOK_RELS}, {"xl/sharedStrings.xml", WB_SHARED},
	    {"xl/worksheets/sheet1.xml", WB_SHEET(ROWS)}};
	static const struct {
		size_t part;
		const char *text, *words;
	} of[] = {{1, "<!DOCTYPE w [<!ENTITY a \"b\">]><w>&a;</w>",
		      "xl/workbook.xml:1:13: a document type"},
	    {1, "<!DOCTYPE w SYSTEM \"http://example.org/x\"><w/>", "a document type"},
	    {3, "<!DOCTYPE w><w/>", "f: xl/sharedStrings.xml:"},
	    {0, WB_RELS "</Relationships>", "no workbook"},
	    {2, WB_RELS "</Relationships>", "a sheet has no part"},
	    {1,
		"<workbook " WB_MAIN " xmlns:r=\"" WB_REL
		"\"><sheet name=\"A\" r:id=\"r1\"/><sheet name=\"A\" r:id=\"r1\"/></workbook>",
		"a sheet is there twice"},
	    {1, "<workbook " WB_MAIN "><sheet name=\"A\"/></workbook>", "without a readable name"},
	    {2,
		WB_RELS "<Relationship Id=\"r1\" Type=\"/worksheet\" "
			"Target=\"../../etc/passwd\"/></Relationships>",
		"leads to no part"},
	    {2,
		WB_RELS
		"<Relationship Id=\"r1\" Type=\"/worksheet\" Target=\"none.xml\"/></Relationships>",
		"f: xl/none.xml: the part is missing"}};

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
		const char *was = parts[of[i].part].text;

		parts[of[i].part].text = of[i].text;
		assert_err(
		    c, book_parse(c, "f", wb_make(c, parts, 5), &book), ERR_INVALID, of[i].words);
		parts[of[i].part].text = was;
	}
	parts[4].name = "XL/sharedstrings.xml";
	assert_err(c, book_parse(c, "f", wb_make(c, parts, 5), &book), ERR_INVALID, "there twice");
	ctx_close(&c);
}

static void test_archives_refused(void **state)
{
	struct ctx *c = test_ctx();
	struct str whole = wb_sheet(c, ROWS, none), other;
	const struct book *book = NULL;
	char *p;

	(void)state;
	for (size_t n = 0; n < whole.n; n += 7) { /* cut off anywhere */
		int rc = book_parse(c, "f", (struct str){whole.p, n}, &book);

		if (rc != ERR_INVALID || book != NULL)
			fail_msg("cut off at %zu: %d", n, rc);
		err_clear(c);
	}
	/* a bomb: 40 MB of blanks in some 40 KB */
	p = mem_alloc(c, 40000001);
	memset(p, ' ', 40000000);
	other = wb_sheet(c, "", (struct wb_part){"docProps/app.xml", p});
	assert_true(other.n < 100000);
	assert_err(c, book_parse(c, "f", other, &book), ERR_LIMIT,
	    "f: docProps/app.xml: the part has 40000000 bytes");
	/* and one that says it is small: the size in the central directory and in the local header
	 */
	p = mem_dup(c, other.p, other.n);
	for (size_t i = 0; i + 4 <= other.n; i++)
		if (memcmp(p + i, "\x00\x5a\x62\x02", 4) == 0)
			memcpy(p + i, "\x64\x00\x00\x00", 4);
	assert_err(c, book_parse(c, "f", (struct str){p, other.n}, &book), ERR_INVALID, "f: ");
	assert_false(book_is_zip(STR("a,b\n")));
	assert_true(book_is_zip(whole));
	assert_null(book);
	ctx_close(&c);
}

/* text n times, between what stands before and behind. */
static const char *times(
    struct ctx *c, const char *before, const char *text, size_t n, const char *behind)
{
	struct buf b = buf_init(c, 64 << 20);

	buf_puts(&b, before);
	for (size_t i = 0; i < n; i++)
		buf_puts(&b, text);
	buf_puts(&b, behind);
	return buf_str(&b).p;
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	const struct book *book = NULL;

	(void)state;
	/* more than one piece of the XML reader, and texts cut in two by its edges */
	assert_ok(
	    c, book_parse(c, "f",
		   wb_sheet(c,
		       times(c, "", "<row><c t=\"str\"><v>twelve bytes</v></c></row>", 5000, ""),
		       none),
		   &book));
	assert_int_equal(book->sheets->n, 5000);
	for (size_t i = 0; i < 5000; i++)
		assert_str(book->sheets->cells[i].text, "twelve bytes");
	book = NULL;
	assert_err(c,
	    book_parse(c, "f", wb_sheet(c, times(c, "<row>", "<x>", 70, ""), none), &book),
	    ERR_LIMIT, "more levels or attributes");
	assert_err(c,
	    book_parse(c, "f",
		wb_sheet(c,
		    times(c, "<row><c t=\"str\"><v>", "0123456789abcdef", BOOK_TEXT_MAX / 16 + 1,
			"</v></c></row>"),
		    none),
		&book),
	    ERR_LIMIT, "a text is longer than");
	assert_err(c,
	    book_parse(c, "f",
		wb_sheet(c, times(c, "<row>", "<c><v>1</v></c>", BOOK_COL_MAX + 1, "</row>"), none),
		&book),
	    ERR_INVALID, "out of its order");
	assert_err(c,
	    book_csv_parse(c, "f",
		str_of(times(c, "a\n\"", "0123456789abcdef", BOOK_TEXT_MAX / 16 + 1, "\"\n")), ',',
		&book),
	    ERR_LIMIT, "f:2:1: a text is longer than");
	assert_err(c,
	    book_csv_parse(c, "f",
		str_of(times(c, "", "a,b,c,d,e,f,g,h\n", BOOK_CELLS_MAX / 8 + 1, "")), ',', &book),
	    ERR_LIMIT, "f:65537:1: more than");
	assert_null(book);
	ctx_close(&c);
}

static void test_hidden(void **state)
{
	struct ctx *c = test_ctx();
	const struct book *book;
	struct wb_part parts[] = {{"_rels/.rels", WB_TOP},
	    {"xl/workbook.xml",
		"<workbook " WB_MAIN " xmlns:r=\"" WB_REL "\" xmlns:x=\"y\">"
		"<x:absPath url=\"C:\\a\"/><sheet name=\"A\" state=\"hidden\" r:id=\"r1\"/>"
		"<sheet name=\"B\" r:id=\"r3\"/></workbook>"},
	    {"xl/_rels/workbook.xml.rels", WB_RELS
		"<Relationship Id=\"r1\" Type=\"/worksheet\" Target=\"/s.xml\"/>"
		"<Relationship Id=\"r3\" Type=\"/chartsheet\" Target=\"c.xml\"/></Relationships>"},
	    {"s.xml", WB_SHEET("<row><c><v>1</v></c></row>")}};

	(void)state;
	assert_ok(c, book_parse(c, "f", wb_make(c, parts, 4), &book));
	assert_str(dump(c, book), "[A] A1#1 {3 xl/workbook.xml 1} {7 A 1}");
	assert_true(book->sheets->hidden);
	ctx_close(&c);
}

static void test_csv(void **state)
{
	struct ctx *c = test_ctx();
	const struct book *book;

	(void)state;
	assert_ok(c, book_csv_parse(c, "f", STR("a,\" b\tc\"\n,\nd,e\n"), ',', &book));
	assert_str(dump(c, book), "[] 1:1=a 1:3=b c 3:1=d 3:3=e");
	assert_str(book_where(c, book->sheets, 3, 9), "3:1");
	assert_err(c, book_csv_parse(c, "f", STR("a,b\nc\n"), ',', &book), ERR_INVALID, "f:2:");
	assert_err(c, book_csv_parse(c, "f", STR("a,b\n\"c,\n"), ',', &book), ERR_INVALID, "f:2:1");
	assert_ok(c, book_csv_parse(c, "f", STR(""), ',', &book));
	assert_int_equal(book->n_sheets, 1);
	ctx_close(&c);
}

static void test_address(void **state)
{
	int32_t row, col;

	(void)state;
	assert_true(book_address(STR("C10"), &row, &col) && row == 10 && col == 3);
	assert_true(book_address(STR("XFD"), &row, &col) && row == 0 && col == 16384);
	assert_false(book_address(STR("XFE1"), &row, &col));
	assert_false(book_address(STR("A0"), &row, &col));
	assert_false(book_address(STR("1"), &row, &col));
	assert_false(book_address(STR("AAAA1"), &row, &col));
	assert_false(book_address(STR("A1B"), &row, &col));
	assert_false(book_address(STR(""), &row, &col));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_traces), cmocka_unit_test(test_sheets_refused),
	    cmocka_unit_test(test_parts_refused), cmocka_unit_test(test_archives_refused),
	    cmocka_unit_test(test_limits), cmocka_unit_test(test_hidden),
	    cmocka_unit_test(test_csv), cmocka_unit_test(test_address)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
