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
static struct str place(struct ctx *c, const struct published_finding *f)
{
	if (f->sheet.n > 0)
		return str_fmt(c, "%.*s %.*s%s%.*s", STR_ARG(f->file), STR_ARG(f->sheet),
		    f->what.where.n > 0 ? "!" : "", STR_ARG(f->what.where));
	return str_fmt(c, "%.*s%s%.*s", STR_ARG(f->file),
	    f->what.where.n == 0 ? ""
	    : f->table.n > 0     ? ":"
				 : " ",
	    STR_ARG(f->what.where));
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
	struct str at = place(cli->c, f);

	put_line(
	    cli, str_fmt(cli->c, "%s  %.*s  %.*s%s%.*s%s", degree_word(f->what.degree), STR_ARG(at),
		     STR_ARG(f->what.text), f->what.right.n > 0 ? " (right: " : "",
		     STR_ARG(f->what.right), f->what.right.n > 0 ? ")" : ""));
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
	return p.impossible == 0 ? 0
				 : err_set(cli->c, ERR_FAIL, "not possible as published: %lld",
				       (long long)p.impossible);
}
