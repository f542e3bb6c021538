#include "in/map_grid.h"

#include "base/mem.h"
#include "in/map_report_p.h"
#include "kind/hash.h"

enum { LINES_MAX = 100000 };

/* One reading. */
struct search {
	const struct map_table *t;
	const struct map_layout *l;
	const char *file;
	const struct book_sheet *sheet;
	int32_t *cols; /* of the sheet; 0 for a metric of a long table */
	struct map_grid *grid;
	struct str *keys; /* long: one a line */
	size_t cap_keys;
	size_t *slots; /* long: lines by their key's hash, 0 empty, else line + 1 */
	size_t n_slots;
};

static int fault(struct ctx *c, const struct search *s, int32_t row, int32_t col, int line,
    const char *what, struct str name)
{
	struct str sheet = s->sheet->name;

	return err_set(c, ERR_INVALID, "%s:%s%.*s%s%.*s: %s%s%.*s%s (the mapping file's line %d)",
	    s->file, sheet.n > 0 ? " " : "", STR_ARG(sheet), sheet.n > 0 ? "!" : "",
	    STR_ARG(book_where(c, s->sheet, row, col)), what, name.n > 0 ? " \"" : "",
	    STR_ARG(name), name.n > 0 ? "\"" : "", line);
}

static int32_t last_row(const struct search *s)
{
	int32_t end = s->sheet->n == 0 ? 0 : s->sheet->cells[s->sheet->n - 1].row;

	return s->l->last != 0 && s->l->last < end ? s->l->last : end;
}

/* ---- the header ---- */

static int column_find(struct ctx *c, struct search *s, size_t i)
{
	struct str name = s->t->columns[i];
	int line = s->l->map.columns[i].at->line;
	int32_t row;

	s->cols[i] = 0;
	if (s->l->is_metric[i])
		return 0;
	if (s->l->letters) {
		if (!book_address(name, &row, &s->cols[i]))
			return fault(c, s, s->l->first, 1, line, "no letters of a column", name);
		return 0;
	}
	for (size_t k = 0; k < s->sheet->n && s->sheet->cells[k].row <= s->l->header; k++) {
		const struct book_cell *x = &s->sheet->cells[k];

		if (x->row != s->l->header || !str_eq(x->text, name))
			continue;
		if (s->cols[i] != 0)
			return fault(c, s, x->row, x->col, line, "a column is there twice:", name);
		s->cols[i] = x->col;
	}
	return s->cols[i] != 0
		   ? 0
		   : fault(c, s, s->l->header, 1, line, "the header lacks the column", name);
}

static int header_check(struct ctx *c, struct search *s)
{
	int rc = 0;

	for (size_t i = 0; i < s->l->n_expect; i++) {
		const struct map_expect *e = &s->l->expect[i];
		const struct book_cell *x = book_cell_find(s->sheet, e->row, e->col);

		if (x == NULL || !str_eq(x->text, e->text))
			return fault(c, s, e->row, e->col, e->line, "the header is not", e->text);
	}
	for (size_t i = 0; i < s->t->n_columns && rc == 0; i++)
		rc = column_find(c, s, i);
	return rc;
}

/* ---- rows ---- */

static struct map_text field(struct ctx *c, const struct search *s, int32_t row, int32_t col)
{
	const struct book_cell *x = col == 0 ? NULL : book_cell_find(s->sheet, row, col);
	struct map_text t = {STR(""), STR(""), false};

	if (x != NULL) {
		t.text = x->text;
		t.number = x->kind == BOOK_NUMBER;
	}
	t.where = col == 0 ? STR("") : book_where(c, s->sheet, row, col);
	return t;
}

static bool holds(const struct map_cond *cond, const struct map_text *fields)
{
	for (size_t i = 0; i < cond->n; i++)
		if (!str_eq(fields[cond->tests[i].col].text, cond->tests[i].text))
			return false;
	return true;
}

static bool any_holds(const struct map_conds *conds, const struct map_text *fields)
{
	for (size_t i = 0; i < conds->n; i++)
		if (holds(&conds->at[i], fields))
			return true;
	return false;
}

static bool wanted(const struct search *s, const struct map_text *fields)
{
	bool any = false;

	for (size_t i = 0; i < s->t->n_columns; i++)
		any = any || fields[i].text.n > 0;
	return any && (s->l->only.n == 0 || any_holds(&s->l->only, fields)) &&
	       !any_holds(&s->l->skip, fields);
}

static int line_add(struct ctx *c, struct search *s, struct map_text *fields, struct map_line **ret)
{
	struct map_grid *g = s->grid;

	if (g->n == LINES_MAX)
		return err_set(
		    c, ERR_LIMIT, "%s: a table of more than %d rows", s->file, LINES_MAX);
	g->lines = mem_grow(c, g->lines, g->n, &g->cap, sizeof *g->lines);
	g->lines[g->n] = (struct map_line){.fields = fields,
	    .where = fields[s->t->labels[0]].where,
	    .total = s->l->has_total && holds(&s->l->total, fields)};
	*ret = &g->lines[g->n++];
	return 0;
}

/* ---- a long table ---- */

/* What tells one line from another: all columns of the file but the metric and its value. */
static struct str key_of(struct ctx *c, const struct search *s, const struct map_text *fields)
{
	struct buf b = buf_init(c, 1 << 20);

	for (size_t i = 0; i < s->t->n_columns; i++)
		if (!s->l->is_metric[i] && i != s->l->metric && i != s->l->value)
			buf_fmt(&b, "%zu:%.*s|", fields[i].text.n, STR_ARG(fields[i].text));
	return buf_str(&b);
}

static size_t slot_of(const struct search *s, struct str key)
{
	struct hash h = hash_of(key);
	uint64_t at = 0;

	for (size_t i = 0; i < 8; i++)
		at = at << 8 | h.b[i];
	at %= s->n_slots;
	while (s->slots[at] != 0 && !str_eq(s->keys[s->slots[at] - 1], key))
		at = (at + 1) % s->n_slots;
	return (size_t)at;
}

static int long_add(struct ctx *c, struct search *s, struct map_text *fields)
{
	struct str key = key_of(c, s, fields), metric = fields[s->l->metric].text;
	struct map_text value = fields[s->l->value];
	size_t at = slot_of(s, key);
	struct map_line *line;
	int rc = 0;

	if (s->slots[at] == 0) {
		s->keys = mem_grow(c, s->keys, s->grid->n, &s->cap_keys, sizeof *s->keys);
		s->keys[s->grid->n] = key;
		rc = line_add(c, s, fields, &line);
		s->slots[at] = s->grid->n;
	}
	if (rc != 0)
		return rc;
	line = &s->grid->lines[s->slots[at] - 1];
	for (size_t i = 0; i < s->t->n_columns; i++) {
		if (!s->l->is_metric[i] || !str_eq(s->t->columns[i], metric))
			continue;
		if (line->fields[i].where.n > 0)
			return err_set(c, ERR_INVALID,
			    "%s: %.*s: this metric stands at %.*s already", s->file,
			    STR_ARG(value.where), STR_ARG(line->fields[i].where));
		line->fields[i] = value;
	}
	return 0;
}

static int rows_read(struct ctx *c, struct search *s)
{
	int rc = 0;

	for (int32_t row = s->l->first; row <= last_row(s) && rc == 0; row++) {
		struct mem_mark mark = mem_mark(c);
		struct map_text *fields = mem_array(c, s->t->n_columns, sizeof *fields);
		struct map_line *line;

		for (size_t i = 0; i < s->t->n_columns; i++)
			fields[i] = field(c, s, row, s->cols[i]);
		if (!wanted(s, fields))
			mem_reset(c, mark);
		else if (s->l->metric != MAP_NO_COLUMN)
			rc = long_add(c, s, fields);
		else
			rc = line_add(c, s, fields, &line);
	}
	return rc;
}

/* ---- the table ---- */

static void titles_read(struct ctx *c, struct search *s)
{
	struct map_grid *g = s->grid;
	/* what stands in the header is a column's name and not the table's */
	int32_t end = s->l->header > 0 ? s->l->header : s->l->first;

	for (size_t i = 0; i < s->sheet->n && s->sheet->cells[i].row < end; i++) {
		const struct book_cell *x = &s->sheet->cells[i];

		if (x->kind != BOOK_TEXT)
			continue;
		g->titles = mem_grow(c, g->titles, g->n_titles, &g->cap_titles, sizeof *g->titles);
		g->titles[g->n_titles++] =
		    (struct map_text){x->text, book_where(c, s->sheet, x->row, x->col), false};
	}
}

static int sheet_find(struct ctx *c, const struct map_table *t, const char *file,
    const struct book *book, const struct book_sheet **ret)
{
	if (book->csv || (t->sheet.n == 0 && book->n_sheets == 1)) {
		*ret = book->sheets;
		return book->csv && t->sheet.n > 0 ? yaml_err(c, yaml_find(t->at, "sheet"),
							 "%s is a CSV file and has no sheets", file)
						   : 0;
	}
	*ret = t->sheet.n > 0 ? book_sheet_find(book, t->sheet) : NULL;
	if (*ret != NULL)
		return 0;
	return t->sheet.n > 0
		   ? yaml_err(c, yaml_find(t->at, "sheet"), "%s has no sheet of this name", file)
		   : yaml_err(
			 c, t->at, "%s has %zu sheets: \"sheet\" is missing", file, book->n_sheets);
}

bool map_grid_wants(const struct map_table *t, struct str file)
{
	return t->file.n == 0 ||
	       (file.n > 0 && memmem(file.p, file.n, t->file.p, t->file.n) != NULL);
}

int map_grid_read(struct ctx *c, const struct map_table *t, const char *file,
    const struct book *book, struct map_grid *ret)
{
	struct map_grid grid = {0};
	struct search s = {.t = t, .l = t->layout, .file = file, .grid = &grid};
	int rc = sheet_find(c, t, file, book, &s.sheet);

	if (rc != 0)
		return rc;
	grid.sheet = s.sheet;
	s.cols = mem_array(c, t->n_columns, sizeof *s.cols);
	s.n_slots = 2 * (size_t)(last_row(&s) < LINES_MAX ? last_row(&s) : LINES_MAX) + 3;
	s.slots = mem_array(c, t->layout->metric == MAP_NO_COLUMN ? 1 : s.n_slots, sizeof *s.slots);
	rc = header_check(c, &s);
	if (rc == 0)
		rc = rows_read(c, &s);
	if (rc != 0)
		return rc;
	titles_read(c, &s);
	*ret = grid;
	return 0;
}
