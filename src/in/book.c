#include "in/book_p.h"

#include "base/mem.h"

struct relation {
	struct str id, type, target;
};

struct relations {
	struct relation *v;
	size_t n, cap;
};

/* What workbook.xml says of a sheet. */
struct entry {
	struct str name, id;
	bool hidden;
};

struct opening {
	const char *file;
	struct book_zip *zip;
	struct book *book;
	struct relations relations;
	struct entry *entries;
	size_t n, cap;
};

bool book_is_zip(struct str text)
{
	return str_starts(text, "PK\003\004") || str_starts(text, "PK\005\006");
}

/* ---- relations ---- */

static int relation_open(struct ctx *c, void *arg, struct str space, struct str name,
    const struct book_attr *attrs, size_t n)
{
	struct relations *r = arg;

	(void)space;
	if (!str_is(name, "Relationship") ||
	    str_is(book_attr_find(attrs, n, "TargetMode"), "External"))
		return 0;
	if (r->n == BOOK_PARTS_MAX)
		return err_set(c, ERR_LIMIT, "more relations than a workbook has");
	r->v = mem_grow(c, r->v, r->n, &r->cap, sizeof *r->v);
	r->v[r->n++] = (struct relation){str_make(c, book_attr_find(attrs, n, "Id")),
	    str_make(c, book_attr_find(attrs, n, "Type")),
	    str_make(c, book_attr_find(attrs, n, "Target"))};
	return 0;
}

static int relations_read(struct ctx *c, struct opening *o, struct str part, struct relations *ret)
{
	struct book_xml xml = {o->file, part, relation_open, NULL, NULL, ret};
	struct str bytes;
	int rc = book_zip_read(c, o->zip, part, &bytes);

	return rc == 0 ? book_xml_read(c, &xml, bytes) : rc;
}

static const struct relation *by_type(const struct relations *r, const char *end)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_ends(r->v[i].type, end))
			return &r->v[i];
	return NULL;
}

static const struct relation *by_id(const struct relations *r, struct str id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->v[i].id, id))
			return &r->v[i];
	return NULL;
}

/* The part that a relation of a part in `folder` leads to. Paths with ".." are not made by those
 * who make workbooks, and not followed. */
static int part_of(
    struct ctx *c, const struct opening *o, struct str folder, struct str target, struct str *ret)
{
	for (size_t i = 0; i < target.n; i++)
		if (target.p[i] <= ' ' || target.p[i] > '~')
			return err_set(c, ERR_INVALID, "%s: a relation leads to no part", o->file);
	if (str_starts(target, "/"))
		*ret = (struct str){target.p + 1, target.n - 1};
	else
		*ret = str_fmt(c, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
	return ret->n == 0 || memmem(ret->p, ret->n, "..", 2) != NULL
		   ? err_set(c, ERR_INVALID, "%s: a relation leads to no part", o->file)
		   : 0;
}

/* ---- the workbook ---- */

static int sheet_entry(struct ctx *c, struct opening *o, const struct book_attr *attrs, size_t n)
{
	struct entry e = {.name = str_trim(book_attr_find(attrs, n, "name"))};
	struct str state = book_attr_find(attrs, n, "state");

	if (o->n == BOOK_SHEETS_MAX)
		return err_set(c, ERR_LIMIT, "more than %d sheets", BOOK_SHEETS_MAX);
	for (size_t i = 0; i < n; i++)
		if (str_is(attrs[i].name, "id") && str_ends(attrs[i].space, "/relationships"))
			e.id = attrs[i].value;
	for (size_t i = 0; i < e.name.n; i++)
		if ((unsigned char)e.name.p[i] < ' ' || e.name.p[i] == 127 ||
		    (e.name.p[i] == '\xc2' && (unsigned char)e.name.p[i + 1] < 0xa0))
			return err_set(c, ERR_INVALID, "a sheet without a readable name");
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->entries[i].name, e.name))
			return err_set(c, ERR_INVALID, "a sheet is there twice");
	if (e.name.n == 0 || e.name.n > 256 || e.id.n == 0)
		return err_set(c, ERR_INVALID, "a sheet without a readable name");
	e.name = str_make(c, e.name);
	e.id = str_make(c, e.id);
	e.hidden = state.n > 0 && !str_is(state, "visible");
	o->entries = mem_grow(c, o->entries, o->n, &o->cap, sizeof *o->entries);
	o->entries[o->n++] = e;
	return 0;
}

static int workbook_open(struct ctx *c, void *arg, struct str space, struct str name,
    const struct book_attr *attrs, size_t n)
{
	struct opening *o = arg;

	if (str_is(name, "absPath") && book_attr_find(attrs, n, "url").n > 0)
		book_trace_add(c, o->book, BOOK_PATHS, STR("xl/workbook.xml"), 1);
	return book_cells_space(space) && str_is(name, "sheet") ? sheet_entry(c, o, attrs, n) : 0;
}

static int sheet_read(struct ctx *c, struct opening *o, struct str folder, const struct entry *e,
    const struct book_texts *texts)
{
	const struct relation *r = by_id(&o->relations, e->id);
	struct book *book = o->book;
	struct book_sheet *sheet;
	struct str part, bytes;
	int rc;

	if (r == NULL)
		return err_set(c, ERR_INVALID, "%s: a sheet has no part", o->file);
	if (!str_ends(r->type, "/worksheet")) /* a chart of its own */
		return 0;
	rc = part_of(c, o, folder, r->target, &part);
	if (rc == 0)
		rc = book_zip_read(c, o->zip, part, &bytes);
	if (rc != 0)
		return rc;
	sheet = &book->sheets[book->n_sheets++];
	*sheet = (struct book_sheet){.name = e->name, .hidden = e->hidden};
	if (e->hidden)
		book_trace_add(c, book, BOOK_HIDDEN, e->name, 1);
	return book_cells_read(c, o->file, part, bytes, texts, book, sheet);
}

static int sheets_read(struct ctx *c, struct opening *o, struct str folder)
{
	const struct relation *shared = by_type(&o->relations, "/sharedStrings");
	struct book_texts texts = {0};
	struct str part, bytes;
	int rc = 0;

	if (shared != NULL) {
		rc = part_of(c, o, folder, shared->target, &part);
		if (rc == 0)
			rc = book_zip_read(c, o->zip, part, &bytes);
		if (rc == 0)
			rc = book_cells_texts(c, o->file, part, bytes, &texts);
	}
	o->book->sheets = mem_array(c, o->n + 1, sizeof *o->book->sheets);
	for (size_t i = 0; i < o->n && rc == 0; i++)
		rc = sheet_read(c, o, folder, &o->entries[i], &texts);
	return rc;
}

/* "xl/workbook.xml" → "xl/" and "xl/_rels/workbook.xml.rels". */
static struct str folder_of(struct str part)
{
	while (part.n > 0 && part.p[part.n - 1] != '/')
		part.n--;
	return part;
}

static int workbook_read(struct ctx *c, struct opening *o)
{
	struct relations top = {0};
	struct str part = STR("xl/workbook.xml"), bytes, folder;
	struct book_xml xml = {o->file, part, workbook_open, NULL, NULL, o};
	const struct relation *r;
	int rc = relations_read(c, o, STR("_rels/.rels"), &top);

	if (rc != 0)
		return rc;
	r = by_type(&top, "/officeDocument");
	if (r == NULL)
		return err_set(c, ERR_INVALID, "%s: this archive is no workbook", o->file);
	rc = part_of(c, o, STR(""), r->target, &part);
	if (rc == 0)
		rc = book_zip_read(c, o->zip, part, &bytes);
	xml.part = part;
	if (rc == 0)
		rc = book_xml_read(c, &xml, bytes);
	folder = folder_of(part);
	if (rc == 0)
		rc = relations_read(c, o,
		    str_fmt(c, "%.*s_rels/%.*s.rels", STR_ARG(folder), (int)(part.n - folder.n),
			part.p + folder.n),
		    &o->relations);
	return rc == 0 ? sheets_read(c, o, folder) : rc;
}

int book_parse(struct ctx *c, const char *file, struct str text, const struct book **ret)
{
	struct opening o = {.file = file, .book = mem_alloc(c, sizeof *o.book)};
	int rc;

	if (text.n > BOOK_FILE_MAX)
		return err_set(c, ERR_LIMIT, "%s: above %d bytes", file, BOOK_FILE_MAX);
	rc = book_zip_open(c, file, text, &o.zip);
	if (rc == 0)
		rc = workbook_read(c, &o);
	if (rc == 0)
		rc = book_trace_read(c, file, o.zip, o.book);
	book_zip_close(&o.zip);
	if (rc == 0)
		*ret = o.book;
	return rc;
}

/* ---- looking things up ---- */

bool book_address(struct str text, int32_t *ret_row, int32_t *ret_col)
{
	int64_t row = 0, col = 0;
	size_t i = 0;

	for (; i < text.n && text.p[i] >= 'A' && text.p[i] <= 'Z' && i < 3; i++)
		col = col * 26 + (text.p[i] - 'A' + 1);
	if (i == 0 || col > BOOK_COL_MAX)
		return false;
	if (i < text.n &&
	    (text.p[i] < '1' || text.p[i] > '9' ||
		!str_i64((struct str){text.p + i, text.n - i}, &row) || row > BOOK_ROW_MAX))
		return false;
	*ret_row = (int32_t)row;
	*ret_col = (int32_t)col;
	return true;
}

const struct book_sheet *book_sheet_find(const struct book *book, struct str name)
{
	for (size_t i = 0; i < book->n_sheets; i++)
		if (str_eq(book->sheets[i].name, name))
			return &book->sheets[i];
	return NULL;
}

/* The first cell that is not before row and column; n when there is none. */
static size_t lower(const struct book_sheet *s, int32_t row, int32_t col)
{
	size_t from = 0, to = s->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct book_cell *x = &s->cells[mid];

		if (x->row < row || (x->row == row && x->col < col))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

const struct book_cell *book_cell_find(const struct book_sheet *sheet, int32_t row, int32_t col)
{
	size_t i = lower(sheet, row, col);

	return i < sheet->n && sheet->cells[i].row == row && sheet->cells[i].col == col
		   ? &sheet->cells[i]
		   : NULL;
}

struct str book_where(struct ctx *c, const struct book_sheet *sheet, int32_t row, int32_t col)
{
	const struct book_cell *x = book_cell_find(sheet, row, col);
	char letters[4] = "";
	size_t n = 0;

	if (x == NULL && sheet->name.n == 0) { /* CSV: the record's first field */
		size_t i = lower(sheet, row, 1);

		if (i < sheet->n && sheet->cells[i].row == row)
			x = &sheet->cells[i];
	}
	if (x != NULL && x->line > 0)
		return str_fmt(c, "%d:%d", x->line, x->at);
	for (; col > 0 && n < 3; col = (col - 1) / 26)
		letters[n++] = (char)('A' + (col - 1) % 26);
	for (size_t i = 0; i < n / 2; i++) {
		char ch = letters[i];

		letters[i] = letters[n - 1 - i];
		letters[n - 1 - i] = ch;
	}
	return str_fmt(c, "%s%d", letters, row);
}
