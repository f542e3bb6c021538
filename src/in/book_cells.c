#include "in/book_p.h"

#include "base/mem.h"

bool book_cells_space(struct str space)
{
	return str_is(space, "http://schemas.openxmlformats.org/spreadsheetml/2006/main") ||
	       str_is(space, "http://purl.oclc.org/ooxml/spreadsheetml/main");
}

/* ---- texts, as they may be shown ---- */

/* The bytes of a control character at p: C0, DEL, or C1 (two bytes); 0 when it is none. */
static size_t control(const char *p, size_t n)
{
	unsigned char a = (unsigned char)p[0];

	if (a < ' ' || a == 127)
		return 1;
	return a == 0xc2 && n > 1 && (unsigned char)p[1] < 0xa0 ? 2 : 0;
}

/* As many bytes as are shown as a blank; 0 for all else. */
static size_t blank_at(const char *p, size_t n)
{
	if (p[0] == ' ')
		return 1;
	return n > 1 && p[0] == '\xc2' && p[1] == '\xa0' ? 2 : control(p, n);
}

static bool is_clean(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (blank_at(s.p + i, s.n - i) > 0 && (s.p[i] != ' ' || s.p[i + 1] == ' '))
			return false;
	return true;
}

struct str book_cells_clean(struct ctx *c, struct str s)
{
	struct buf b = buf_init(c, s.n + 1);
	bool blank = true;

	s = str_trim(s);
	if (is_clean(s))
		return str_make(c, s);
	for (size_t i = 0; i < s.n;) {
		size_t skip = blank_at(s.p + i, s.n - i);
		if (skip == 0)
			buf_putc(&b, s.p[i]);
		else if (!blank)
			buf_putc(&b, ' ');
		blank = skip > 0;
		i += skip > 0 ? skip : 1;
	}
	return str_trim(buf_str(&b));
}

/* A growing text with a limit. */
static int text_add(struct ctx *c, struct buf *b, struct str more)
{
	buf_put(b, more);
	return b->over ? err_set(c, ERR_LIMIT, "a text is longer than %d bytes", BOOK_TEXT_MAX) : 0;
}

/* ---- shared texts ---- */

struct shared {
	struct book_texts *texts;
	struct buf text;
	bool in_text, in_phonetic;
};

static int shared_open(struct ctx *c, void *arg, struct str space, struct str name,
    const struct book_attr *attrs, size_t n)
{
	struct shared *s = arg;

	(void)attrs;
	(void)n;
	if (!book_cells_space(space))
		return 0;
	if (str_is(name, "si"))
		s->text = buf_init(c, BOOK_TEXT_MAX);
	s->in_phonetic = s->in_phonetic || str_is(name, "rPh");
	s->in_text = str_is(name, "t") && !s->in_phonetic;
	return 0;
}

static int shared_close(struct ctx *c, void *arg, struct str space, struct str name)
{
	struct shared *s = arg;

	if (!book_cells_space(space))
		return 0;
	if (str_is(name, "t"))
		s->in_text = false;
	if (str_is(name, "rPh"))
		s->in_phonetic = false;
	if (!str_is(name, "si"))
		return 0;
	if (s->texts->n == BOOK_CELLS_MAX)
		return err_set(c, ERR_LIMIT, "more than %d texts", BOOK_CELLS_MAX);
	s->texts->v = mem_grow(c, s->texts->v, s->texts->n, &s->texts->cap, sizeof *s->texts->v);
	s->texts->v[s->texts->n++] = book_cells_clean(c, buf_str(&s->text));
	return 0;
}

static int shared_text(struct ctx *c, void *arg, struct str text)
{
	struct shared *s = arg;

	return s->in_text && s->text.c != NULL ? text_add(c, &s->text, text) : 0;
}

int book_cells_texts(
    struct ctx *c, const char *file, struct str part, struct str bytes, struct book_texts *ret)
{
	struct shared s = {.texts = ret};
	struct book_xml xml = {file, part, shared_open, shared_close, shared_text, &s};

	return book_xml_read(c, &xml, bytes);
}

/* ---- one sheet ---- */

struct grid {
	const struct book_texts *texts;
	struct book *book;
	struct book_sheet *sheet;
	int32_t row, col; /* of the cell that is read, or was read last */
	struct str type;  /* of the cell: one of the words below */
	struct buf value, formula;
	bool in_cell, in_value, in_formula, has_formula;
	int64_t formulas, outside;
	struct str first_formula, first_outside;
};

static int at_row(struct ctx *c, struct grid *g, struct str r)
{
	int64_t row = g->row + 1;

	if (r.n > 0 && !str_i64(r, &row))
		return err_set(c, ERR_INVALID, "this is no number of a row");
	if (row <= g->row || row > BOOK_ROW_MAX)
		return err_set(c, ERR_INVALID, "a row out of its order");
	g->row = (int32_t)row;
	g->col = 0;
	return 0;
}

/* The words of ECMA-376 18.18.11, kept as literals: the attribute goes with the callback. */
static const char *const types[] = {"b", "d", "e", "inlineStr", "n", "s", "str"};

static int at_cell(struct ctx *c, struct grid *g, const struct book_attr *attrs, size_t n)
{
	struct str r = book_attr_find(attrs, n, "r"), t = book_attr_find(attrs, n, "t");
	int32_t row = g->row, col = g->col + 1;

	if (r.n > 0 && (!book_address(r, &row, &col) || row != g->row))
		return err_set(c, ERR_INVALID, "this is no address of a cell in this row");
	if (col <= g->col || col > BOOK_COL_MAX || g->row == 0)
		return err_set(c, ERR_INVALID, "a cell out of its order");
	g->col = col;
	g->type = STR("");
	if (t.n == 0)
		g->type = STR("n");
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_is(t, types[i]))
			g->type = str_of(types[i]);
	if (g->type.n == 0)
		return err_set(c, ERR_INVALID, "a cell of a kind that workbooks do not have");
	g->in_cell = true;
	g->has_formula = false;
	g->value.n = g->formula.n = 0;
	return 0;
}

static int grid_open(struct ctx *c, void *arg, struct str space, struct str name,
    const struct book_attr *attrs, size_t n)
{
	struct grid *g = arg;
	int rc = 0;

	if (!book_cells_space(space))
		return 0;
	if (str_is(name, "row"))
		rc = at_row(c, g, book_attr_find(attrs, n, "r"));
	else if (str_is(name, "c"))
		rc = at_cell(c, g, attrs, n);
	else if (g->in_cell && (str_is(name, "v") || str_is(name, "t")))
		g->in_value = true;
	else if (g->in_cell && str_is(name, "f"))
		g->in_formula = g->has_formula = true;
	return rc;
}

static struct str where(struct ctx *c, const struct grid *g)
{
	return str_fmt(c, "%.*s!%.*s", STR_ARG(g->sheet->name),
	    STR_ARG(book_where(c, g->sheet, g->row, g->col)));
}

/* "[1]MSFT!I31": the number of a workbook that the file itself does not hold. */
static void formula_note(struct ctx *c, struct grid *g)
{
	struct str f = buf_str(&g->formula);
	bool outside = false;

	for (size_t i = 0; i + 1 < f.n; i++)
		outside = outside || (f.p[i] == '[' && f.p[i + 1] >= '0' && f.p[i + 1] <= '9');
	if (g->formulas++ == 0)
		g->first_formula = where(c, g);
	if (outside && g->outside++ == 0)
		g->first_outside = where(c, g);
}

static int value_of(struct ctx *c, struct grid *g, struct book_cell *cell)
{
	struct str value = str_trim(buf_str(&g->value));
	int64_t i;

	if (!str_is(g->type, "s")) {
		cell->kind = str_is(g->type, "n")   ? BOOK_NUMBER
			     : str_is(g->type, "e") ? BOOK_ERROR
						    : BOOK_TEXT;
		cell->text = book_cells_clean(c, value);
		return 0;
	}
	if (value.n == 0)
		return 0;
	if (!str_i64(value, &i) || i < 0 || (uint64_t)i >= g->texts->n)
		return err_set(c, ERR_INVALID, "a text that the workbook does not have");
	cell->text = g->texts->v[i];
	return 0;
}

static int cell_add(struct ctx *c, struct grid *g)
{
	struct book_cell cell = {.row = g->row, .col = g->col, .formula = g->has_formula};
	struct book_sheet *s = g->sheet;
	int rc = value_of(c, g, &cell);

	if (g->has_formula)
		formula_note(c, g);
	if (rc != 0 || cell.text.n == 0)
		return rc;
	if (s->n == BOOK_CELLS_MAX)
		return err_set(c, ERR_LIMIT, "more than %d cells", BOOK_CELLS_MAX);
	s->cells = mem_grow(c, s->cells, s->n, &s->cap, sizeof *s->cells);
	s->cells[s->n++] = cell;
	return 0;
}

static int grid_close(struct ctx *c, void *arg, struct str space, struct str name)
{
	struct grid *g = arg;

	if (!book_cells_space(space) || !g->in_cell)
		return 0;
	if (str_is(name, "v") || str_is(name, "t"))
		g->in_value = false;
	else if (str_is(name, "f"))
		g->in_formula = false;
	else if (str_is(name, "c")) {
		g->in_cell = false;
		return cell_add(c, g);
	}
	return 0;
}

static int grid_text(struct ctx *c, void *arg, struct str text)
{
	struct grid *g = arg;

	if (g->in_value)
		return text_add(c, &g->value, text);
	return g->in_formula ? text_add(c, &g->formula, text) : 0;
}

int book_cells_read(struct ctx *c, const char *file, struct str part, struct str bytes,
    const struct book_texts *texts, struct book *book, struct book_sheet *sheet)
{
	struct grid g = {.texts = texts,
	    .book = book,
	    .sheet = sheet,
	    .value = buf_init(c, BOOK_TEXT_MAX),
	    .formula = buf_init(c, BOOK_TEXT_MAX)};
	struct book_xml xml = {file, part, grid_open, grid_close, grid_text, &g};
	int rc = book_xml_read(c, &xml, bytes);

	if (rc == 0 && g.formulas > 0)
		book_trace_add(c, book, BOOK_FORMULAS, g.first_formula, g.formulas);
	if (rc == 0 && g.outside > 0)
		book_trace_add(c, book, BOOK_OUTSIDE, g.first_outside, g.outside);
	return rc;
}
