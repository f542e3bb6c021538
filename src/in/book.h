/*
 * Published tables as they stand: an XLSX workbook (ECMA-376, transitional and strict) or a CSV
 * file, read into sheets of cells that know their address. Numbers are kept as the text that is
 * written there: nothing is rounded, dates stay numbers. What else a workbook tells about the house
 * that made it (formulas, links to other files, authors, hidden sheets, comments) is noted by place
 * and count; the names, addresses and paths themselves are not kept.
 *
 * The container is read by libzip and the XML by libxml2's SAX interface. Refused, each by the name
 * of the part (and line and column in it): an archive that is damaged, encrypted or names a part
 * twice; a part above BOOK_PART_MAX bytes or all that are read above BOOK_TOTAL_MAX, counted as
 * they are inflated and not as the archive claims; any document type declaration, so that there are
 * no entities to expand or fetch; XML that is not well-formed; cells out of their order. No other
 * file is opened and no link followed. No error text quotes the document, but for the name of a
 * part.
 *
 * Pure: bytes in, the arena out. Callers run it where foreign bytes may be read (os/box.h
 * BOX_PARSE).
 */
#ifndef WRIT_BOOK_H
#define WRIT_BOOK_H

#include "base/text.h"

enum {
	BOOK_FILE_MAX = 64 << 20,  /* bytes of a file */
	BOOK_PARTS_MAX = 4096,     /* files in the archive */
	BOOK_PART_MAX = 32 << 20,  /* bytes of one of them, inflated */
	BOOK_TOTAL_MAX = 96 << 20, /* bytes of all that are read */
	BOOK_CELLS_MAX = 1 << 19,  /* cells with something in them, and shared texts */
	BOOK_TEXT_MAX = 128 << 10, /* bytes of one text */
	BOOK_SHEETS_MAX = 256,
	BOOK_ROW_MAX = 1048576,
	BOOK_COL_MAX = 16384
};

enum book_kind { BOOK_TEXT, BOOK_NUMBER, BOOK_ERROR /* "#REF!" */ };

struct book_cell {
	int32_t row, col; /* 1-based; of a CSV its record and field */
	int32_t line, at; /* CSV: line and column in the file; else 0 */
	enum book_kind kind;
	bool formula;
	struct str text; /* trimmed; never empty */
};

struct book_sheet {
	struct str name; /* "" for a CSV */
	bool hidden;
	struct book_cell *cells; /* by row, then column */
	size_t n, cap;
};

/* What a workbook tells beside its figures. */
enum book_trace {
	BOOK_FORMULAS,  /* cells with formulas */
	BOOK_OUTSIDE,   /* formulas that refer to another workbook */
	BOOK_LINKS,     /* relations to what lies outside the file */
	BOOK_PATHS,     /* paths of somebody's computer or storage */
	BOOK_AUTHORS,   /* names of authors, managers, companies */
	BOOK_ADDRESSES, /* mail addresses in the properties */
	BOOK_COMMENTS,  /* parts with comments */
	BOOK_HIDDEN,    /* hidden sheets */
	BOOK_TRACES
};

struct book_note {
	enum book_trace trace;
	struct str where; /* "Sheet!F8", "docProps/core.xml" */
	int64_t n;
};

struct book {
	bool csv;
	struct book_sheet *sheets;
	size_t n_sheets, cap_sheets;
	struct str title; /* docProps: the workbook's own title, "" without one */
	struct book_note *notes;
	size_t n_notes, cap_notes;
};

/* book_parse(c, file, text, ret): a workbook. file is the name that errors carry: "FILE:
 * PART:LINE:COL:
 * ..." or "FILE: ...". ERR_INVALID, ERR_LIMIT. */
int book_parse(
    struct ctx *c, const char *file, struct str text, const struct book **ret) MUST_CHECK;
/* book_is_zip(text): begins as an archive does. */
bool book_is_zip(struct str text);
/* book_sheet_find(book, name): NULL when there is none. */
const struct book_sheet *book_sheet_find(const struct book *book, struct str name);
/* book_cell_find(sheet, row, col): NULL when nothing stands there. */
const struct book_cell *book_cell_find(const struct book_sheet *sheet, int32_t row, int32_t col);
/* book_where(c, sheet, row, col): "F10"; "LINE:COL" in a CSV, where an empty field has the place of
 * its record. */
struct str book_where(struct ctx *c, const struct book_sheet *sheet, int32_t row, int32_t col);
/* book_address(text, ret_row, ret_col): "F10"; a row of 0 for a column alone ("F"). */
bool book_address(struct str text, int32_t *ret_row, int32_t *ret_col) MUST_CHECK;

#endif
