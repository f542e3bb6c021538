#include "desk/published_p.h"

#include "base/mem.h"
#include "in/book_csv.h"
#include "kind/mention.h"

struct check {
	struct ctx *c;
	const struct map_report *map;
	const struct published_file *file;
	const char *name; /* of the file */
	const struct book *book;
	struct published *p;
	struct published_read *read;
	size_t n_read, cap_read;
};

/* ---- what was found, with its file ---- */

void published_take(struct ctx *c, struct published *p, const struct published_read *at,
    struct table_findings *found)
{
	struct str table = at->map != NULL ? at->map->name : STR("");

	p->impossible += found->impossible;
	p->suspicious += found->suspicious;
	p->fine += found->fine;
	for (size_t i = 0; i < found->n; i++) {
		p->findings =
		    mem_grow(c, p->findings, p->n_findings, &p->cap_findings, sizeof *p->findings);
		p->findings[p->n_findings++] =
		    (struct published_finding){at->file, at->sheet, table, found->v[i]};
	}
	*found = (struct table_findings){0};
}

/* What is wrong with the file itself. */
static void take(struct check *k, struct table_findings *found)
{
	const struct published_read at = {.file = k->file->name};

	published_take(k->c, k->p, &at, found);
}

/* ---- what a workbook tells beside its figures ---- */

static const char *const traces[BOOK_TRACES] = {[BOOK_FORMULAS] = "cells with formulas",
    [BOOK_OUTSIDE] = "formulas that refer to another workbook",
    [BOOK_LINKS] = "links to what lies outside of the file",
    [BOOK_PATHS] = "paths of somebody's computer or storage",
    [BOOK_AUTHORS] = "names of authors or their company",
    [BOOK_ADDRESSES] = "mail addresses in the properties",
    [BOOK_COMMENTS] = "parts with comments",
    [BOOK_HIDDEN] = "hidden sheets"};

static void check_traces(struct check *k)
{
	struct table_findings found = {0};

	/* one finding a kind: some workbooks have hundreds of links, each in a part of its own */
	for (int t = 0; t < BOOK_TRACES; t++) {
		const struct book_note *first = NULL;
		int64_t n = 0;

		for (size_t i = 0; i < k->book->n_notes; i++) {
			if ((int)k->book->notes[i].trace != t)
				continue;
			first = first == NULL ? &k->book->notes[i] : first;
			n += k->book->notes[i].n;
		}
		if (first != NULL)
			table_find(k->c, &found, TABLE_SUSPICIOUS, "metadata", first->where,
			    STR(""), "%s: %lld", traces[t], (long long)n);
	}
	take(k, &found);
}

/* ---- titles ---- */

/* The report's period, where a cell names it. */
static int period_find(struct check *k)
{
	const struct map_report *map = k->map;
	struct period *now = &k->p->period, found;
	const struct book_sheet *sheet = map->period_sheet.n == 0 && k->book->n_sheets > 0
					     ? k->book->sheets
					     : book_sheet_find(k->book, map->period_sheet);
	const struct book_cell *cell;

	if (map->period_row == 0 || sheet == NULL)
		return 0;
	cell = book_cell_find(sheet, map->period_row, map->period_col);
	if (cell == NULL || !mention_find(cell->text, &found))
		return yaml_err(k->c, map->period_at, "%s: this cell names no period", k->name);
	if (!day_is_none(now->from) &&
	    (day_cmp(now->from, found.from) != 0 || day_cmp(now->to, found.to) != 0))
		return yaml_err(k->c, map->period_at,
		    "%s: this cell names another period than an earlier file's", k->name);
	*now = found;
	return 0;
}

/* A year or a month alone can be the day of publication. */
static bool is_span(struct period p)
{
	int from_y, from_m, to_y, to_m, d;

	day_split(p.from, &from_y, &from_m, &d);
	day_split(p.to, &to_y, &to_m, &d);
	return from_y != to_y || (from_m != to_m && (from_m != 1 || to_m != 12));
}

static void check_title(struct check *k, struct period want, struct str text, struct str where,
    struct table_findings *found)
{
	struct period names;

	if (day_is_none(want.from) || !mention_find(text, &names))
		return;
	if (!period_disjoint(names, want))
		found->fine++;
	else
		table_find(k->c, found, is_span(names) ? TABLE_IMPOSSIBLE : TABLE_SUSPICIOUS,
		    "title", where, period_str(k->c, want),
		    "the title names %.*s, the report is for %.*s",
		    STR_ARG(period_str(k->c, names)), STR_ARG(period_str(k->c, want)));
}

/* ---- a table ---- */

static int check_table(struct check *k, const struct map_table *t, struct published_table *seen)
{
	struct table_findings found = {0};
	struct map_grid grid;
	struct published_read *read;
	struct period period = t->has_period ? t->period : k->p->period;
	int rc = map_grid_read(k->c, t, k->name, k->book, &grid);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < grid.n_titles; i++)
		check_title(k, period, grid.titles[i].text, grid.titles[i].where, &found);
	k->read = mem_grow(k->c, k->read, k->n_read, &k->cap_read, sizeof *k->read);
	read = &k->read[k->n_read++];
	*read = (struct published_read){.map = t, .file = k->file->name, .sheet = grid.sheet->name};
	published_table_make(k->c, k->map, t, &grid, k->p, &found, &read->table, &read->place);
	table_check(k->c, &read->table, &found, &read->fit);
	seen->fit = read->fit;
	seen->file = k->file->name;
	seen->period = period;
	seen->sheet = grid.sheet->name;
	seen->rows = read->table.n_rows;
	seen->checked = true;
	if (read->table.n_rows == 0)
		table_find(k->c, &found, TABLE_SUSPICIOUS, "empty", STR(""), STR(""),
		    "no row of the file belongs to this table");
	published_take(k->c, k->p, read, &found);
	return 0;
}

static struct str base_name(struct str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return (struct str){path.p + i, path.n - i};
	return path;
}

static struct published_table *table_add(struct check *k, const struct map_table *t)
{
	struct published *p = k->p;

	p->tables = mem_grow(k->c, p->tables, p->n_tables, &p->cap_tables, sizeof *p->tables);
	p->tables[p->n_tables] = (struct published_table){
	    .sheet = t->sheet, .name = t->name, .period = t->has_period ? t->period : p->period};
	return &p->tables[p->n_tables++];
}

static int check_file(struct check *k, bool *seen)
{
	bool any = false;
	int rc = book_is_zip(k->file->bytes)
		     ? book_parse(k->c, k->name, k->file->bytes, &k->book)
		     : book_csv_parse(k->c, k->name, k->file->bytes, k->map->delimiter, &k->book);

	if (rc == 0)
		rc = period_find(k);
	for (size_t i = 0; i < k->map->n_tables && rc == 0; i++) {
		const struct map_table *t = &k->map->tables[i];

		if (!map_grid_wants(t, base_name(k->file->name)))
			continue;
		any = seen[i] = true;
		rc = check_table(k, t, table_add(k, t));
	}
	if (rc == 0 && !any)
		return err_set(k->c, ERR_INVALID,
		    "%s: the mapping file has no table for a file of this name", k->name);
	if (rc == 0) {
		struct table_findings found = {0};

		check_title(k, k->p->period, k->book->title, STR("docProps/core.xml"), &found);
		take(k, &found);
		check_traces(k);
	}
	return rc;
}

int published_check(struct ctx *c, const char *map_name, struct str map_text,
    const struct published_file *files, size_t n, struct published *ret)
{
	struct published p = {0};
	struct check k = {.c = c, .p = &p};
	bool *seen;
	int rc = map_report_parse(c, map_name, map_text, &k.map);

	if (rc != 0)
		return rc;
	seen = mem_array(c, k.map->n_tables, sizeof *seen);
	p.publisher = k.map->publisher;
	p.source = k.map->source;
	p.note = k.map->note;
	p.period = k.map->period;
	for (size_t i = 0; i < n && rc == 0; i++) {
		k.file = &files[i];
		k.name = str_z(c, files[i].name);
		rc = check_file(&k, seen);
	}
	for (size_t i = 0; i < k.map->n_tables && rc == 0; i++)
		if (!seen[i])
			(void)table_add(&k, &k.map->tables[i]);
	if (rc == 0)
		rc = published_infer(c, k.map, k.read, k.n_read, &p);
	if (rc == 0)
		*ret = p;
	return rc;
}
