#include "out/report_more.h"

#include "base/mem.h"
#include "out/report_land.h"
#include "stat/timing.h"

enum { ROWS_MAX = 64 };

static void begin(struct ctx *c, struct report_more *t, size_t rows)
{
	t->rows = mem_array(c, rows, sizeof *t->rows);
	t->n_rows = 0;
}

static struct report_more_cell *row(struct report_more *t, struct str first)
{
	t->rows[t->n_rows][0] = (struct report_more_cell){first, NULL};
	return t->rows[t->n_rows++];
}

/* ---- how long it took ---- */

static const struct figure *time_of(
    const struct report *r, const char *instrument, const char *metric)
{
	return figure_find(r->figures, "response", STR(""), str_of(instrument), metric);
}

static void put_time(
    struct report_more *t, const struct report *r, enum report_lang lang, const char *metric)
{
	const struct figure *all = time_of(r, "", metric);
	const struct figure *emergency = time_of(r, "emergency", metric);
	struct report_more_cell *cells;

	if (all == NULL && emergency == NULL)
		return;
	cells = row(t, report_word(lang, "response", str_of(metric)));
	cells[1].x = all;
	cells[2].x = emergency;
}

static bool response(
    struct ctx *c, const struct report *r, enum report_lang lang, struct report_more *t)
{
	*t = (struct report_more){.key = "response",
	    .caption = "response.caption",
	    .sheet = "sheet.response",
	    .heads = {"col.time", "col.requests", "col.emergencies"},
	    .n_cols = figure_has_section(r->figures, "emergency") &&
			      time_of(r, "emergency", "open") != NULL
			  ? 3
			  : 2,
	    .chart = TIMING_STEPS,
	    .chart_desc = "response.desc"};
	if (!figure_has_section(r->figures, "response"))
		return false;
	begin(c, t, TIMING_STEPS + 3);
	for (size_t i = 0; i < TIMING_STEPS; i++)
		put_time(t, r, lang, timing_metric(i));
	put_time(t, r, lang, "open");
	put_time(t, r, lang, "not_recorded");
	put_time(t, r, lang, "median_hours");
	return true;
}

/* ---- the share of users ---- */

static bool users(
    struct ctx *c, const struct report *r, enum report_lang lang, struct report_more *t)
{
	const struct figure *share =
	    figure_find(r->figures, "users", STR(""), STR(""), "per_million");

	*t = (struct report_more){.key = "users",
	    .caption = "users.caption",
	    .sheet = "sheet.users",
	    .heads = {"col.kind", "col.number", "col.source"},
	    .n_cols = 3};
	if (share == NULL)
		return false;
	begin(c, t, 3);
	row(t, str_of(report_text(lang, "users.active")))[1].x =
	    figure_find(r->figures, "users", STR(""), STR(""), "active");
	t->rows[0][2].text = r->base.source;
	row(t, str_of(report_text(lang, "users.accounts")))[1].x =
	    figure_find(r->figures, "total", STR(""), STR(""), "accounts");
	row(t, str_of(report_text(lang, "users.share")))[1].x = share;
	return true;
}

/* ---- what it rests on ---- */

static struct str said(
    const struct wording words[WORDING_LANGS], enum report_lang lang, bool authority)
{
	const struct wording *own = &words[lang == REPORT_DE ? WORDING_DE : WORDING_EN];
	const struct wording *other = &words[lang == REPORT_DE ? WORDING_EN : WORDING_DE];

	if (authority)
		return own->authority.n > 0 ? own->authority : other->authority;
	return own->title.n > 0 ? own->title : other->title;
}

static bool rests(
    struct ctx *c, const struct report *r, enum report_lang lang, struct report_more *t)
{
	*t = (struct report_more){.key = "rests",
	    .caption = "rests.caption",
	    .sheet = "sheet.rests",
	    .intro = "rests.why",
	    .heads = {"col.permission", "col.by", "col.given", "col.law"},
	    .n_cols = 4};
	if (r->rests.n == 0)
		return false;
	begin(c, t, r->rests.n);
	for (size_t i = 0; i < r->rests.n; i++) {
		const struct permission *p = &r->rests.v[i];
		struct report_more_cell *cells = row(t, said(p->words, lang, false));
		struct buf b = buf_init(c, 128);

		report_text_day(&b, lang, p->given);
		cells[1].text = said(p->words, lang, true);
		cells[2].text = buf_str(&b);
		cells[3].text = p->law;
	}
	return true;
}

bool report_more(
    struct ctx *c, const struct report *r, enum report_lang lang, size_t i, struct report_more *ret)
{
	bool (*const all[])(struct ctx * c, const struct report *r, enum report_lang lang,
	    struct report_more *t) = {response, users, rests};
	size_t n = 0;

	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
		if (all[k](c, r, lang, ret) && n++ == i)
			return true;
	return false;
}

const struct wording *report_more_cause(
    const struct report *r, enum report_lang lang, enum report_lang *ret_in)
{
	enum report_lang other = lang == REPORT_DE ? REPORT_EN : REPORT_DE;
	const struct wording *own = &r->cause[lang == REPORT_DE ? WORDING_DE : WORDING_EN];
	const struct wording *that = &r->cause[lang == REPORT_DE ? WORDING_EN : WORDING_DE];

	*ret_in = own->title.n > 0 ? lang : other;
	return own->title.n > 0 ? own : that->title.n > 0 ? that : NULL;
}

struct str report_more_withheld(struct ctx *c, const struct report *r, enum report_lang lang)
{
	struct buf b = buf_init(c, 16384);
	struct report_land *rows;
	size_t n;

	rows = report_land_rows(c, r->figures, lang, &n);
	for (size_t i = 0; i < n; i++) {
		const struct figure *x =
		    figure_find(r->figures, "country", rows[i].code, STR(""), "requests");

		if (!figure_withheld(x))
			continue;
		buf_fmt(&b, "%s%.*s", buf_str(&b).n > 0 ? ", " : "", STR_ARG(rows[i].name));
	}
	return buf_str(&b);
}

bool report_more_combined(const struct report *r)
{
	for (size_t i = 0; i < r->figures->n; i++) {
		const struct figure *x = &r->figures->v[i];
		const struct band_structure *s = band_find(r->bands, x->instrument);

		if (x->status == FIGURE_BAND && s != NULL && s->combined)
			return true;
	}
	return false;
}
