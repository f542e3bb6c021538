/* Workbooks for tests, made by libzip: parts by name, and the smallest ones a sheet needs. */
#ifndef WRIT_TEST_WORKBOOK_H
#define WRIT_TEST_WORKBOOK_H

#include <zip.h>

#include "base/mem.h"
#include "base/text.h"

#define WB_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define WB_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WB_RELS                                                                                    \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define WB_TOP                                                                                     \
	WB_RELS "<Relationship Id=\"a\" Type=\"" WB_REL                                            \
		"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
#define WB_BOOK                                                                                    \
	"<workbook " WB_MAIN " xmlns:r=\"" WB_REL                                                  \
	"\"><sheets><sheet name=\"A &amp; B\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
#define WB_BOOK_RELS                                                                               \
	WB_RELS "<Relationship Id=\"r1\" Type=\"" WB_REL                                           \
		"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"                                  \
		"<Relationship Id=\"r2\" Type=\"" WB_REL                                           \
		"/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
#define WB_SHARED                                                                                  \
	"<sst " WB_MAIN "><si><t>Country</t></si><si><r><t>Uni</t></r><r><t>ted </t></r>"          \
	"<r><t>States</t></r><rPh><t>no</t></rPh></si></sst>"
#define WB_SHEET(rows) "<worksheet " WB_MAIN "><sheetData>" rows "</sheetData></worksheet>"

struct wb_part {
	const char *name, *text;
};

/* The archive's bytes. */
static inline struct str wb_make(struct ctx *c, const struct wb_part *parts, size_t n)
{
	zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *z = s == NULL ? NULL : zip_open_from_source(s, ZIP_TRUNCATE, NULL);
	zip_stat_t st;
	char *p;

	if (z == NULL)
		abort();
	zip_source_keep(s);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *one = zip_source_buffer(z, parts[i].text, strlen(parts[i].text), 0);

		if (one == NULL || zip_file_add(z, parts[i].name, one, ZIP_FL_ENC_UTF_8) < 0)
			abort();
	}
	if (zip_close(z) != 0 || zip_source_stat(s, &st) != 0 || zip_source_open(s) != 0)
		abort();
	p = mem_alloc(c, st.size + 1);
	if (zip_source_read(s, p, st.size) != (zip_int64_t)st.size)
		abort();
	(void)zip_source_close(s);
	zip_source_free(s);
	return (struct str){p, st.size};
}

/* One sheet with these rows, and perhaps one part more. */
static inline struct str wb_sheet(struct ctx *c, const char *rows, struct wb_part more)
{
	struct str sheet =
	    str_fmt(c, "<worksheet " WB_MAIN "><sheetData>%s</sheetData></worksheet>", rows);
	struct wb_part parts[] = {{"_rels/.rels", WB_TOP}, {"xl/workbook.xml", WB_BOOK},
	    {"xl/_rels/workbook.xml.rels", WB_BOOK_RELS}, {"xl/sharedStrings.xml", WB_SHARED},
	    {"xl/worksheets/sheet1.xml", sheet.p}, more};

	return wb_make(c, parts, more.name == NULL ? 5 : 6);
}

#endif
