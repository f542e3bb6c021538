#include "out/site.h"

#include "base/mem.h"
#include "kind/land.h"
#include "os/file.h"
#include "out/report_style.h"
#include "out/report_write.h"
#include "out/site_feed.h"
#include "out/site_page.h"

/* ---- loading ---- */

struct loading {
	struct instance *in;
	struct site *s;
	size_t cap;
};

static int take_edition(struct ctx *c, const struct edition *e, void *arg)
{
	struct loading *l = arg;
	struct site *s = l->s;
	struct site_edition x = {.e = *e, .name = edition_name(c, e), .newest = true};

	if (!e->is_published)
		return 0;
	s->v = mem_grow(c, s->v, s->n, &l->cap, sizeof *s->v);
	s->v[s->n++] = x;
	return 0;
}

static int load_figures(struct ctx *c, struct instance *in, struct site *s)
{
	int rc = 0;

	for (size_t i = 0; i < s->n && rc == 0; i++) {
		struct site_edition *x = &s->v[i];

		rc = report_load(c, in, &x->e, &x->r);
		x->r.site = "../../";
		if (i > 0 && period_eq(s->v[i - 1].e.period, x->e.period)) {
			s->v[i - 1].newest = false;
			x->before = &s->v[i - 1];
		}
	}
	return rc;
}

static int by_code(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

/* The countries of the newest versions, each once. */
static void find_lands(struct ctx *c, struct site *s)
{
	size_t cap = 0, n = 0;

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; s->v[i].newest && k < s->v[i].r.figures->n; k++) {
			const struct figure *x = &s->v[i].r.figures->v[k];

			if (!str_is(x->section, "country") || !str_is(x->metric, "requests"))
				continue;
			s->land = mem_grow(c, s->land, s->n_land, &cap, sizeof *s->land);
			s->land[s->n_land++] = x->country;
		}
	if (s->n_land > 0)
		qsort(s->land, s->n_land, sizeof *s->land, by_code);
	for (size_t i = 0; i < s->n_land; i++)
		if (n == 0 || !str_eq(s->land[n - 1], s->land[i]))
			s->land[n++] = s->land[i];
	s->n_land = n;
}

int site_load(struct ctx *c, struct instance *in, struct str base, struct site *ret)
{
	struct site s = {.provider = in->provider,
	    .base = base,
	    .today = instant_day((struct instant){ctx_now(c)})};
	struct loading l = {in, &s, 0};
	int rc = edition_each(c, in, take_edition, &l);

	if (rc == 0)
		rc = load_figures(c, in, &s);
	if (rc == 0)
		rc = statement_all(c, in, &s.statements);
	if (rc != 0)
		return rc;
	find_lands(c, &s);
	*ret = s;
	return 0;
}

/* ---- writing ---- */

static int put_file(struct ctx *c, const char *path, struct buf *b)
{
	if (b->over)
		return err_set(c, ERR_LIMIT, "site: %s is too large", path);
	return file_write_atomic(c, path, 0644, buf_str(b));
}

static const char *page_name(
    struct ctx *c, const char *dir, const char *name, enum report_lang lang)
{
	return str_fmt(c, "%s/%s%s.html", dir, name, report_text_suffix(lang)).p;
}

static int write_changes(
    struct ctx *c, const struct site *s, const struct site_edition *x, const char *dir)
{
	struct buf b = buf_init(c, REPORT_MAX);
	int rc;

	site_change_json(c, x, &b);
	rc = put_file(c, str_fmt(c, "%s/changes.json", dir).p, &b);
	for (int lang = REPORT_EN; lang <= REPORT_DE && rc == 0; lang++) {
		b = buf_init(c, REPORT_MAX);
		site_change_page(c, s, x, (enum report_lang)lang, &b);
		rc = put_file(c, page_name(c, dir, "changes", (enum report_lang)lang), &b);
	}
	return rc;
}

static int write_edition(
    struct ctx *c, const struct site *s, const struct site_edition *x, const char *dir)
{
	struct mem_mark mark = mem_mark(c);
	const char *to = str_fmt(c, "%s/edition/%.*s", dir, STR_ARG(x->name)).p;
	int rc = report_write(c, &x->r, to);

	if (rc == 0 && x->before != NULL)
		rc = write_changes(c, s, x, to);
	mem_reset(c, mark);
	return rc;
}

static int write_land(struct ctx *c, const struct site *s, struct str land, const char *dir)
{
	struct mem_mark mark = mem_mark(c);
	int rc = 0;

	for (int lang = REPORT_EN; lang <= REPORT_DE && rc == 0; lang++) {
		struct buf b = buf_init(c, REPORT_MAX);

		site_page_land(c, s, land, (enum report_lang)lang, &b);
		rc = put_file(c, page_name(c, dir, str_z(c, land), (enum report_lang)lang), &b);
	}
	mem_reset(c, mark);
	return rc;
}

static int write_statement(struct ctx *c, const struct site *s, const char *dir)
{
	int rc = 0;

	if (!site_statement_any(s))
		return 0;
	for (int lang = REPORT_EN; lang <= REPORT_DE && rc == 0; lang++) {
		struct buf b = buf_init(c, REPORT_MAX);

		site_statement_page(c, s, (enum report_lang)lang, &b);
		rc = put_file(c, page_name(c, dir, "statement", (enum report_lang)lang), &b);
	}
	return rc;
}

static int write_top(struct ctx *c, const struct site *s, const char *dir)
{
	struct buf b = buf_init(c, REPORT_MAX);
	int rc;

	report_style(&b);
	rc = put_file(c, str_fmt(c, "%s/style.css", dir).p, &b);
	if (rc == 0)
		rc = write_statement(c, s, dir);
	b = buf_init(c, REPORT_MAX);
	if (rc == 0 && site_feed_any(s)) {
		site_feed(c, s, &b);
		rc = put_file(c, str_fmt(c, "%s/feed.atom", dir).p, &b);
	}
	for (int lang = REPORT_DE; lang >= REPORT_EN && rc == 0; lang--) {
		b = buf_init(c, REPORT_MAX);
		site_page_index(c, s, (enum report_lang)lang, &b);
		rc = put_file(c, page_name(c, dir, "index", (enum report_lang)lang), &b);
	}
	return rc;
}

struct pages {
	const struct site *s;
	const char *dir;
};

static bool has_land(const struct site *s, struct str code)
{
	for (size_t i = 0; i < s->n_land; i++)
		if (str_eq(s->land[i], code))
			return true;
	return false;
}

/* A country's page of an earlier build, of a country that no edition names any more. What others
 * put beside it stays. */
static int remove_old_land(struct ctx *c, const char *name, void *arg)
{
	const struct pages *p = arg;
	struct str code, rest;

	(void)str_cut(str_of(name), '.', &code, &rest);
	if ((!str_is(rest, "html") && !str_is(rest, "de.html")) || !land_known(code) ||
	    has_land(p->s, code))
		return 0;
	return file_remove_tree(c, str_fmt(c, "%s/%s", p->dir, name).p);
}

int site_write(struct ctx *c, const struct site *s, const char *dir)
{
	const char *lands = str_fmt(c, "%s/country", dir).p;
	int rc = file_mkdirs(c, dir, 0755);

	for (size_t i = 0; i < s->n && rc == 0; i++)
		rc = write_edition(c, s, &s->v[i], dir);
	if (rc == 0 && s->n_land > 0)
		rc = file_mkdirs(c, lands, 0755);
	for (size_t i = 0; i < s->n_land && rc == 0; i++)
		rc = write_land(c, s, s->land[i], lands);
	if (rc == 0 && file_exists(lands))
		rc = file_each(c, lands, remove_old_land, &(struct pages){s, lands});
	return rc == 0 ? write_top(c, s, dir) : rc;
}
