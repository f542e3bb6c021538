#include "out/report_more.h"

#include <string.h>

#include "base/mem.h"
#include "kind/land.h"
#include "kind/money.h"
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

/* ---- what users know of it ---- */

static const struct figure *notice_of(
    const struct report *r, const char *section, const char *metric)
{
	return figure_find(r->figures, section, STR(""), STR(""), metric);
}

static bool notice(
    struct ctx *c, const struct report *r, enum report_lang lang, struct report_more *t)
{
	static const struct {
		const char *key, *section, *metric;
	} all[] = {{"notice.told", "notice", "told"}, {"notice.barred", "notice", "barred"},
	    {"notice.neither", "notice", "neither"},
	    {"notice.not_recorded", "notice", "not_recorded"},
	    {"notice.told_late", "told_late", "requests"}, {"notice.freed", "freed", "requests"}};
	const size_t n = sizeof all / sizeof all[0];

	*t = (struct report_more){.key = "notice",
	    .caption = "notice.caption",
	    .sheet = "sheet.notice",
	    .heads = {"col.kind", "col.requests"},
	    .n_cols = 2,
	    .chart = 3,
	    .chart_desc = "notice.desc"};
	if (notice_of(r, "notice", "told") == NULL)
		return false;
	begin(c, t, n);
	for (size_t i = 0; i < n; i++) {
		const struct figure *x = notice_of(r, all[i].section, all[i].metric);

		if (x != NULL)
			row(t, str_of(report_text(lang, all[i].key)))[1].x = x;
	}
	return true;
}

/* ---- what was claimed ---- */

static struct str amount(struct ctx *c, const struct report *r, enum report_lang lang,
    const struct figure *of, const char *metric)
{
	const struct figure *x =
	    figure_find(r->figures, "costs", of->country, of->instrument, metric);
	struct money m = {x == NULL ? 0 : x->value_min, ""};
	struct buf b = buf_init(c, 128);
	struct str number, currency, whole, part;
	int64_t units = 0;

	if (x == NULL || of->instrument.n != 3)
		return STR("");
	memcpy(m.currency, of->instrument.p, 3);
	(void)str_cut(money_str(c, m), ' ', &number, &currency);
	if (!str_cut(number, '.', &whole, &part)) {
		whole = number;
		part = STR("");
	}
	if (!str_i64(whole, &units))
		return STR("");
	report_text_number(&b, lang, units);
	if (part.n > 0)
		buf_fmt(&b, "%s%.*s", lang == REPORT_DE ? "," : ".", STR_ARG(part));
	buf_fmt(&b, "\302\240%.*s", STR_ARG(of->instrument));
	return buf_str(&b);
}

static void put_cost(struct ctx *c, struct report_more *t, const struct report *r,
    enum report_lang lang, const struct figure *x)
{
	struct str name = x->country.n == 0 ? str_of(report_text(lang, "total"))
					    : land_name(x->country, report_text_lang(lang));
	struct report_more_cell *cells = row(t, name.n > 0 ? name : x->country);

	cells[1].x = x;
	cells[2].text = amount(c, r, lang, x, "claimed");
	cells[3].text = amount(c, r, lang, x, "paid");
}

/* By currency: its countries, then their sum. */
static bool costs(
    struct ctx *c, const struct report *r, enum report_lang lang, struct report_more *t)
{
	const struct figures *f = r->figures;
	const struct figure *all = figure_find(f, "costs", STR(""), STR(""), "requests");

	*t = (struct report_more){.key = "costs",
	    .caption = "costs.caption",
	    .sheet = "sheet.costs",
	    .heads = {"col.country", "col.requests", "col.claimed", "col.paid"},
	    .n_cols = 4};
	if (all == NULL)
		return false;
	begin(c, t, f->n);
	for (size_t i = 0; i < f->n; i++) {
		const struct figure *sum = &f->v[i];

		if (!str_is(sum->section, "costs") || sum->country.n > 0 ||
		    sum->instrument.n == 0 || !str_is(sum->metric, "requests"))
			continue;
		for (size_t k = 0; k < f->n; k++)
			if (str_is(f->v[k].section, "costs") && f->v[k].country.n > 0 &&
			    str_eq(f->v[k].instrument, sum->instrument) &&
			    str_is(f->v[k].metric, "requests"))
				put_cost(c, t, r, lang, &f->v[k]);
		put_cost(c, t, r, lang, sum);
	}
	if (t->n_rows == 0)
		row(t, str_of(report_text(lang, "total")))[1].x = all;
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
	    struct report_more *t) = {response, notice, costs, users, rests};
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
