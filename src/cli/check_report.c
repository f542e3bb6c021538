#include "cli/check_report.h"

#include "base/mem.h"
#include "base/plain.h"
#include "desk/published.h"
#include "in/book.h"
#include "kind/yaml.h"
#include "os/box.h"
#include "os/file.h"

static const char *unit_word(const struct table_fit *fit)
{
	return fit->unit == TABLE_BY_REQUESTS   ? "requests"
	       : fit->unit == TABLE_BY_ACCOUNTS ? "accounts"
						: "none";
}

static const char *degree_word(enum table_degree degree)
{
	return degree == TABLE_IMPOSSIBLE ? "impossible" : "suspicious";
}

/* "FILE Sheet!C10", "FILE:64:31", "FILE docProps/core.xml". */
static struct str place(
    struct ctx *c, struct str file, struct str sheet, struct str table, struct str where)
{
	if (sheet.n > 0)
		return str_fmt(c, "%.*s %.*s%s%.*s", STR_ARG(file), STR_ARG(sheet),
		    where.n > 0 ? "!" : "", STR_ARG(where));
	return str_fmt(c, "%.*s%s%.*s", STR_ARG(file),
	    where.n == 0  ? ""
	    : table.n > 0 ? ":"
			  : " ",
	    STR_ARG(where));
}

/* ---- for a person ---- */

/* One line; names and cells of foreign files are in it. */
static void put_line(struct cli *cli, struct str text)
{
	(void)printf("%.*s\n", STR_ARG(plain_text(cli->c, text)));
}

static void show_table(struct cli *cli, const struct published_table *t)
{
	struct str period = period_str(cli->c, t->period);
	struct buf b = buf_init(cli->c, 1 << 20);

	if (!t->checked) {
		put_line(cli, str_fmt(cli->c, "%.*s: in none of the files", STR_ARG(t->name)));
		return;
	}
	buf_fmt(&b, "%.*s%s%.*s: %.*s, %.*s: %zu row%s", STR_ARG(t->file),
	    t->sheet.n > 0 ? " " : "", STR_ARG(t->sheet), STR_ARG(t->name),
	    STR_ARG(period.n > 0 ? period : STR("all periods")), t->rows, t->rows == 1 ? "" : "s");
	if (t->fit.unit == TABLE_BY_REQUESTS || t->fit.unit == TABLE_BY_ACCOUNTS)
		buf_fmt(&b,
		    "; in this table the outcomes add up to %s (rows that fit requests "
		    "alone: %lld, accounts alone: %lld, both: %lld, neither: %lld)",
		    unit_word(&t->fit), (long long)t->fit.requests, (long long)t->fit.accounts,
		    (long long)t->fit.both, (long long)t->fit.neither);
	put_line(cli, buf_str(&b));
}

static void show_finding(struct cli *cli, const struct published_finding *f)
{
	struct str at = place(cli->c, f->file, f->sheet, f->table, f->what.where);

	put_line(
	    cli, str_fmt(cli->c, "%s  %.*s  %.*s%s%.*s%s", degree_word(f->what.degree), STR_ARG(at),
		     STR_ARG(f->what.text), f->what.right.n > 0 ? " (right: " : "",
		     STR_ARG(f->what.right), f->what.right.n > 0 ? ")" : ""));
}

/* "a band of 500 (0 to 499)" */
static struct str band_text(struct ctx *c, const struct published_band *b)
{
	return str_fmt(c, "a band of %lld (%lld to %lld)", (long long)(b->hi - b->lo + 1),
	    (long long)b->lo, (long long)b->hi);
}

static struct str way_text(struct ctx *c, const struct published_way *w)
{
	struct str range = w->lo == w->hi
			       ? str_fmt(c, "to exactly %lld", (long long)w->lo)
			       : str_fmt(c, "to [%lld, %lld]", (long long)w->lo, (long long)w->hi);

	if (w->contradiction)
		return STR("no number fits its other figures");
	return w->has_hole ? str_fmt(c, "its other figures narrow it %.*s without %lld",
				 STR_ARG(range), (long long)w->hole)
			   : str_fmt(c, "its other figures narrow it %.*s", STR_ARG(range));
}

static void show_way(struct cli *cli, const struct published_band *b, const struct published_way *w)
{
	struct str at = place(cli->c, b->file, b->sheet, b->table, b->where);
	struct str band = band_text(cli->c, b), way = way_text(cli->c, w);

	put_line(cli,
	    str_fmt(cli->c, "inferred  %.*s  %.*s%s%.*s: prints %.*s, but %.*s%s%.*s", STR_ARG(at),
		STR_ARG(b->label), b->label.n > 0 ? ": " : "", STR_ARG(b->column), STR_ARG(band),
		STR_ARG(way), w->assume.n > 0 ? ", if " : "", STR_ARG(w->assume)));
	for (size_t i = 0; i < w->n_because; i++)
		put_line(cli, str_fmt(cli->c, "          because of %.*s", STR_ARG(w->because[i])));
}

static const char *s_of(int64_t n)
{
	return n == 1 ? "" : "s";
}

/* What the printed bands give away; nothing where there are none. */
static void show_bands(struct cli *cli, const struct published_bands *bands)
{
	int64_t all = bands->hold + bands->narrowed + bands->narrowed_if + bands->contradicted +
		      bands->undecided;

	if (all == 0)
		return;
	(void)printf("what can be inferred of %lld printed band%s:\n", (long long)all, s_of(all));
	for (size_t i = 0; i < bands->n; i++) {
		const struct published_band *b = &bands->v[i];
		struct str at = place(cli->c, b->file, b->sheet, b->table, b->where);
		struct str band = band_text(cli->c, b);

		for (size_t w = 0; w < b->n_ways; w++)
			show_way(cli, b, &b->ways[w]);
		if (b->undecided)
			put_line(cli,
			    str_fmt(cli->c,
				"undecided  %.*s  %.*s%s%.*s: prints %.*s; what ties it to other "
				"figures is too much to be decided",
				STR_ARG(at), STR_ARG(b->label), b->label.n > 0 ? ": " : "",
				STR_ARG(b->column), STR_ARG(band)));
	}
	(void)printf("%lld hold%s, %lld narrowed, %lld narrowed under an assumption, "
		     "%lld contradicted, %lld undecided\n",
	    (long long)bands->hold, bands->hold == 1 ? "s" : "", (long long)bands->narrowed,
	    (long long)bands->narrowed_if, (long long)bands->contradicted,
	    (long long)bands->undecided);
}

static void show(struct cli *cli, const struct published *p)
{
	put_line(cli, p->source);
	for (size_t i = 0; i < p->n_tables; i++)
		show_table(cli, &p->tables[i]);
	for (size_t i = 0; i < p->n_findings; i++)
		show_finding(cli, &p->findings[i]);
	for (size_t i = 0; i < p->n_aliases; i++)
		put_line(cli, str_fmt(cli->c, "country: \"%.*s\" is read as %.*s",
				  STR_ARG(p->aliases[i].printed), STR_ARG(p->aliases[i].code)));
	show_bands(cli, &p->bands);
	(void)printf("%lld impossible, %lld suspicious, %lld fine\n", (long long)p->impossible,
	    (long long)p->suspicious, (long long)p->fine);
}

/* ---- JSON ---- */

static struct json *table_json(struct ctx *c, const struct published_table *t)
{
	struct json *j = json_map(c), *fit = json_map(c);

	json_set_text(c, j, "file", t->file);
	json_set_text(c, j, "sheet", t->sheet);
	json_set_text(c, j, "table", t->name);
	json_set_text(c, j, "period", period_str(c, t->period));
	json_set_bool(c, j, "checked", t->checked);
	json_set_int(c, j, "rows", (int64_t)t->rows);
	json_set_text(c, j, "outcomes_add_up_to", str_of(unit_word(&t->fit)));
	json_set_int(c, fit, "requests", t->fit.requests);
	json_set_int(c, fit, "accounts", t->fit.accounts);
	json_set_int(c, fit, "both", t->fit.both);
	json_set_int(c, fit, "neither", t->fit.neither);
	json_set(c, j, "rows_that_fit", fit);
	return j;
}

static struct json *finding_json(struct ctx *c, const struct published_finding *f)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "severity", str_of(degree_word(f->what.degree)));
	json_set_text(c, j, "rule", str_of(f->what.rule));
	json_set_text(c, j, "file", f->file);
	json_set_text(c, j, "sheet", f->sheet);
	json_set_text(c, j, "table", f->table);
	json_set_text(c, j, "cell", f->what.where);
	json_set_text(c, j, "finding", f->what.text);
	json_set_text(c, j, "right", f->what.right);
	return j;
}

static struct json *way_json(struct ctx *c, const struct published_way *w)
{
	struct json *j = json_map(c), *because = json_list(c);

	json_set_bool(c, j, "contradiction", w->contradiction);
	if (!w->contradiction) {
		json_set_int(c, j, "least", w->lo);
		json_set_int(c, j, "most", w->hi);
	}
	if (w->has_hole)
		json_set_int(c, j, "hole", w->hole);
	json_set_text(c, j, "assumption", w->assume);
	for (size_t i = 0; i < w->n_because; i++)
		json_add(c, because, json_of_text(c, w->because[i]));
	json_set(c, j, "because", because);
	return j;
}

static struct json *band_json(struct ctx *c, const struct published_band *b)
{
	struct json *j = json_map(c), *ways = json_list(c);

	json_set_text(c, j, "file", b->file);
	json_set_text(c, j, "sheet", b->sheet);
	json_set_text(c, j, "table", b->table);
	json_set_text(c, j, "cell", b->where);
	json_set_text(c, j, "label", b->label);
	json_set_text(c, j, "column", b->column);
	json_set_int(c, j, "printed_least", b->lo);
	json_set_int(c, j, "printed_most", b->hi);
	json_set_bool(c, j, "undecided", b->undecided);
	for (size_t i = 0; i < b->n_ways; i++)
		json_add(c, ways, way_json(c, &b->ways[i]));
	json_set(c, j, "ways", ways);
	return j;
}

static struct json *bands_json(struct ctx *c, const struct published_bands *bands)
{
	struct json *j = json_map(c), *list = json_list(c);

	for (size_t i = 0; i < bands->n; i++)
		json_add(c, list, band_json(c, &bands->v[i]));
	json_set(c, j, "inferred", list);
	json_set_int(c, j, "hold", bands->hold);
	json_set_int(c, j, "narrowed", bands->narrowed);
	json_set_int(c, j, "narrowed_if", bands->narrowed_if);
	json_set_int(c, j, "contradicted", bands->contradicted);
	json_set_int(c, j, "undecided", bands->undecided);
	return j;
}

static void put(struct cli *cli, const struct published *p)
{
	struct ctx *c = cli->c;
	struct json *j = json_map(c), *tables = json_list(c), *findings = json_list(c),
		    *aliases = json_list(c);

	json_set_text(c, j, "schema", STR("writ/check/1"));
	json_set_text(c, j, "publisher", p->publisher);
	json_set_text(c, j, "source", p->source);
	json_set_text(c, j, "note", p->note);
	json_set_text(c, j, "period", period_str(c, p->period));
	for (size_t i = 0; i < p->n_tables; i++)
		json_add(c, tables, table_json(c, &p->tables[i]));
	json_set(c, j, "tables", tables);
	for (size_t i = 0; i < p->n_findings; i++)
		json_add(c, findings, finding_json(c, &p->findings[i]));
	json_set(c, j, "findings", findings);
	for (size_t i = 0; i < p->n_aliases; i++) {
		struct json *a = json_map(c);

		json_set_text(c, a, "printed", p->aliases[i].printed);
		json_set_text(c, a, "country", p->aliases[i].code);
		json_add(c, aliases, a);
	}
	json_set(c, j, "countries", aliases);
	json_set(c, j, "bands", bands_json(c, &p->bands));
	json_set_int(c, j, "impossible", p->impossible);
	json_set_int(c, j, "suspicious", p->suspicious);
	json_set_int(c, j, "fine", p->fine);
	cli_put(cli, j);
}

/* ---- the command ---- */

/* All bytes are in memory before the first of them is looked at. Then nothing is left to this
 * process but to compute and to print: no files, no network, no other process. */
static int read_and_close(struct cli *cli, struct str map_path, struct str *ret_map,
    struct published_file *files, size_t n)
{
	struct box_leave leave = {.seconds = 60};
	int rc = file_read(cli->c, map_path.p, YAML_MAX + 1, ret_map);

	for (size_t i = 0; i < n && rc == 0; i++)
		rc = file_read(cli->c, files[i].name.p, BOOK_FILE_MAX, &files[i].bytes);
	return rc == 0 ? box_confine(cli->c, BOX_PARSE, &leave) : rc;
}

int check_report(struct cli *cli)
{
	static const char usage[] = "check FILE... --map MAP";
	struct cli_opt o[] = {{.name = "--map"}};
	struct str *pos = mem_array(cli->c, (size_t)cli->argc + 1, sizeof *pos), map;
	struct published_file *files;
	struct published p;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, (size_t)cli->argc, &n);

	if (rc == 0 && (n == 0 || !o[0].given))
		rc = cli_need(cli, 0, 1, usage);
	if (rc != 0)
		return rc;
	files = mem_array(cli->c, n, sizeof *files);
	for (size_t i = 0; i < n; i++)
		files[i].name = pos[i];
	rc = read_and_close(cli, o[0].value, &map, files, n);
	if (rc == 0)
		rc = published_check(cli->c, o[0].value.p, map, files, n, &p);
	if (rc != 0)
		return rc;
	if (cli->json)
		put(cli, &p);
	else
		show(cli, &p);
	if (p.impossible > 0)
		return err_set(
		    cli->c, ERR_FAIL, "not possible as published: %lld", (long long)p.impossible);
	return p.bands.narrowed == 0
		   ? 0
		   : err_set(cli->c, ERR_DENIED, "printed bands that other figures narrow: %lld",
			 (long long)p.bands.narrowed);
}
