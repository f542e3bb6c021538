#include "out/dsa_out.h"

#include "base/mem.h"
#include "in/csv.h"
#include "os/file.h"
#include "out/dsa_xlsx.h"

enum { FILE_MAX = 64 << 20, SHEET_COLUMNS_MAX = 32 };

static const char book_name[] = "dsa-template.xlsx";

struct filling {
	struct dsa_out_sheet *s;
	size_t at;
};

static void begin(struct ctx *c, const struct dsa_report *r, int number, size_t rows,
    struct dsa_out_sheet *ret, struct filling *f)
{
	const struct dsa_sheet *sheet = &r->law->sheets[number];

	*ret = (struct dsa_out_sheet){sheet->name, sheet->n, rows + 1, NULL};
	ret->cells = mem_array(c, ret->n * ret->columns, sizeof *ret->cells);
	*f = (struct filling){ret, 0};
	for (size_t i = 0; i < sheet->n; i++)
		ret->cells[f->at++].text = sheet->columns[i];
}

static void put(struct filling *f, struct str text)
{
	f->s->cells[f->at++].text = text;
}

static void put_cell(struct ctx *c, struct filling *f, struct dsa_table_cell cell)
{
	f->s->cells[f->at].is_number = cell.kind != DSA_BLANK;
	put(f, dsa_table_cell_str(c, cell));
}

/* ---- the sheets ---- */

/* The value with what it names filled in; a name that is none stays as it is. */
static struct str fill_in(struct ctx *c, const struct dsa_report *r, struct str value)
{
	const struct {
		const char *name;
		struct str text;
	} words[] = {{"$provider", r->provider}, {"$service", r->service},
	    {"$period", str_fmt(c, "%.*s/%.*s", STR_ARG(day_str(c, r->edition.period.from)),
			    STR_ARG(day_str(c, r->edition.period.to)))},
	    {"$as_of", day_str(c, r->edition.as_of)},
	    {"$version", str_fmt(c, "%lld", (long long)r->edition.version)}};
	struct buf b = buf_init(c, FILE_MAX);

	while (value.n > 0) {
		size_t i = 0, n = sizeof words / sizeof words[0];

		while (i < n && !str_starts(value, words[i].name))
			i++;
		if (i < n)
			buf_put(&b, words[i].text);
		else
			buf_putc(&b, value.p[0]);
		n = i < n ? strlen(words[i].name) : 1;
		value = (struct str){value.p + n, value.n - n};
	}
	return buf_str(&b);
}

static void identification(struct ctx *c, const struct dsa_report *r, struct dsa_out_sheet *ret)
{
	struct filling f;

	begin(c, r, DSA_IDENTIFICATION, r->conf->n_lines, ret, &f);
	for (size_t i = 0; i < r->conf->n_lines; i++) {
		put(&f, STR("All"));
		put(&f, r->service);
		put(&f, r->conf->lines[i].indicator);
		put(&f, fill_in(c, r, r->conf->lines[i].value));
	}
}

/* Codes of rows that stand once: the first row of this code for the whole Union. */
static bool is_first(const struct dsa_table *t, size_t i)
{
	if (i == 0 || !str_is(t->v[i].key.scope, "TOTAL"))
		return false;
	for (size_t k = 0; k < i; k++)
		if (str_eq(dsa_table_code(&t->v[k].key), dsa_table_code(&t->v[i].key)))
			return false;
	return true;
}

/* The code stands in the column that has the name of the third sheet's column of codes. What the
 * act calls a category and how it describes it is not in law/dsa-template.yaml. */
static void names(struct ctx *c, const struct dsa_report *r, struct dsa_out_sheet *ret)
{
	const struct dsa_table *t = &r->table;
	struct filling f;
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += is_first(t, i);
	begin(c, r, DSA_NAMES, n, ret, &f);
	for (size_t i = 0; i < t->n; i++) {
		if (!is_first(t, i))
			continue;
		put(&f, STR(""));
		put(&f, STR(""));
		put(&f, dsa_table_code(&t->v[i].key));
		put(&f, STR(""));
	}
}

static void orders(struct ctx *c, const struct dsa_report *r, struct dsa_out_sheet *ret)
{
	struct str period = str_fmt(c, "%.*s/%.*s", STR_ARG(day_str(c, r->edition.period.from)),
	    STR_ARG(day_str(c, r->edition.period.to)));
	struct filling f;

	begin(c, r, DSA_ORDERS, r->table.n, ret, &f);
	for (size_t i = 0; i < r->table.n; i++) {
		const struct dsa_table_row *row = &r->table.v[i];

		put(&f, STR("All"));
		put(&f, r->service);
		put(&f, period);
		put(&f, dsa_table_code(&row->key));
		put(&f, row->key.own);
		put(&f, row->key.scope);
		for (int k = 0; k < DSA_COLUMNS; k++)
			put_cell(c, &f, row->cell[k]);
		for (int k = 0; k < DSA_COLUMNS; k++)
			put(&f, row->text[k]);
	}
}

void dsa_out_sheet(struct ctx *c, const struct dsa_report *r, int number, struct dsa_out_sheet *ret)
{
	if (number == DSA_IDENTIFICATION)
		identification(c, r, ret);
	else if (number == DSA_NAMES)
		names(c, r, ret);
	else
		orders(c, r, ret);
}

/* ---- the files ---- */

static int write_csv(struct ctx *c, const struct dsa_out_sheet *s, const char *dir)
{
	struct buf b = buf_init(c, FILE_MAX);
	struct str fields[SHEET_COLUMNS_MAX], bytes;
	int rc;

	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < s->columns && k < SHEET_COLUMNS_MAX; k++)
			fields[k] = s->cells[i * s->columns + k].text;
		csv_put_row(&b, fields, s->columns);
	}
	rc = buf_end(&b, "the template", &bytes);
	if (rc == 0)
		rc = file_write_atomic(
		    c, str_fmt(c, "%s/%.*s.csv", dir, STR_ARG(s->name)).p, 0644, bytes);
	return rc;
}

int dsa_out_write(struct ctx *c, const struct dsa_report *r, const char *dir)
{
	struct dsa_out_sheet sheets[DSA_SHEETS];
	int rc = file_mkdirs(c, dir, 0755);

	for (int i = 0; i < DSA_SHEETS && rc == 0; i++) {
		dsa_out_sheet(c, r, i, &sheets[i]);
		rc = write_csv(c, &sheets[i], dir);
	}
	return rc == 0 ? dsa_xlsx(c, sheets, DSA_SHEETS, r->edition.as_of, dir, book_name) : rc;
}
