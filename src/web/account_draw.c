#include "web/account_draw.h"

#include "base/mem.h"
#include "out/report_chart.h"
#include "out/report_land.h"
#include "out/report_word.h"

enum { CHART_ROWS = 12, DRAW_MAX = 1 << 20 };

struct drawing {
	struct ctx *c;
	const struct report *r;
	enum report_lang lang;
	struct json *v;
};

static enum report_lang lang_of(enum answer_lang lang)
{
	return lang == ANSWER_DE ? REPORT_DE : REPORT_EN;
}

static const struct figure *find(
    const struct drawing *d, const char *section, struct str country, const char *metric)
{
	return figure_find(d->r->figures, section, country, STR(""), metric);
}

/* ---- by outcome ---- */

static int64_t total(const struct drawing *d, const char *metric)
{
	return figure_number(d->r->figures, "total", STR(""), STR(""), metric);
}

static void set_share(const struct drawing *d, struct json *j, int64_t n)
{
	struct buf b = buf_init(d->c, 64);

	report_text_part(&b, d->lang, n, total(d, "requests"));
	json_set_text(d->c, j, "share", buf_str(&b));
}

static void set_outcomes(const struct drawing *d)
{
	struct json *list = json_list(d->c);

	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		const char *id = outcome_id((enum outcome)o);
		struct json *j = json_map(d->c);

		json_set_text(d->c, j, "label", report_word_outcome(d->lang, (enum outcome)o));
		json_set_text(d->c, j, "class", str_fmt(d->c, "o-%s", id));
		json_set_int(d->c, j, "n", total(d, id));
		set_share(d, j, total(d, id));
		json_add(d->c, list, j);
	}
	json_set(d->c, d->v, "outcomes", list);
	json_set_int(d->c, d->v, "total", total(d, "requests"));
}

/* ---- by country ---- */

static void add_bar(const struct drawing *d, struct json *list, struct str label, int64_t n)
{
	struct json *j = json_map(d->c);

	json_set_text(d->c, j, "label", label);
	json_set_int(d->c, j, "n", n);
	json_add(d->c, list, j);
}

static void set_bars(const struct drawing *d, const struct report_land *rows, size_t n)
{
	const struct report_land *sorted = report_land_by_requests(d->c, rows, &n);
	struct json *list = json_list(d->c);
	int64_t rest = 0;

	for (size_t i = 0; i < n; i++) {
		if (i < CHART_ROWS)
			add_bar(d, list, sorted[i].name, sorted[i].requests);
		else
			rest += sorted[i].requests;
	}
	if (rest > 0)
		add_bar(d, list, str_of(report_text(d->lang, "countries.rest")), rest);
	json_set(d->c, d->v, "bars", list);
}

static void add_cell(const struct drawing *d, struct json *cells, const struct figure *x)
{
	struct json *j = json_map(d->c);

	json_set_text(d->c, j, "text", report_word_value(d->c, d->lang, x));
	json_set_bool(
	    d->c, j, "word", x != NULL && x->status != FIGURE_EXACT && x->status != FIGURE_BAND);
	json_add(d->c, cells, j);
}

static void add_row(const struct drawing *d, struct json *list, struct str label,
    const char *section, struct str country)
{
	struct json *j = json_map(d->c), *cells = json_list(d->c);

	json_set_text(d->c, j, "label", label);
	json_set_bool(d->c, j, "sum", country.n == 0);
	add_cell(d, cells, find(d, section, country, "requests"));
	add_cell(d, cells, find(d, section, country, "accounts"));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(d->r, (enum outcome)o))
			add_cell(d, cells, find(d, section, country, outcome_id((enum outcome)o)));
	json_set(d->c, j, "cells", cells);
	json_add(d->c, list, j);
}

static void set_columns(const struct drawing *d)
{
	struct json *list = json_list(d->c);

	json_add(d->c, list, json_of_text(d->c, str_of(report_text(d->lang, "col.requests"))));
	json_add(d->c, list, json_of_text(d->c, str_of(report_text(d->lang, "col.accounts"))));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(d->r, (enum outcome)o))
			json_add(d->c, list,
			    json_of_text(d->c, report_word_outcome(d->lang, (enum outcome)o)));
	json_set(d->c, d->v, "columns", list);
}

static void set_countries(const struct drawing *d)
{
	struct json *list = json_list(d->c);
	size_t n;
	struct report_land *rows = report_land_rows(d->c, d->r->figures, d->lang, &n);

	set_columns(d);
	for (size_t i = 0; i < n; i++)
		add_row(d, list, rows[i].name, "country", rows[i].code);
	add_row(d, list, str_of(report_text(d->lang, "total")), "total", STR(""));
	json_set(d->c, d->v, "rows", list);
	set_bars(d, rows, n);
}

/* ---- bands ---- */

static void add_band(const struct report_natsec *one, void *arg)
{
	const struct drawing *d = arg;
	struct json *j = json_map(d->c);
	bool de = d->lang == REPORT_DE;

	json_set_text(d->c, j, "label", de ? one->category->de : one->category->en);
	json_set_text(d->c, j, "structure", de ? one->structure->de : one->structure->en);
	json_set_text(d->c, j, "value",
	    one->x != NULL ? report_word_value(d->c, d->lang, one->x)
			   : report_word_absent(d->c, d->lang, one));
	json_set_bool(d->c, j, "word", one->x == NULL || one->x->status != FIGURE_BAND);
	json_set_text(d->c, j, "cite", one->structure->src.cite);
	json_add(d->c, (struct json *)json_find(d->v, "bands"), j);
}

int account_draw(struct route_ask *ask, const struct edition *e, struct json *v)
{
	struct report r;
	struct drawing d = {ask->c, &r, lang_of(ask->lang), v};
	int rc = report_look(ask->c, ask->in, e, &r);

	if (rc != 0)
		return rc;
	set_outcomes(&d);
	set_countries(&d);
	json_set(ask->c, v, "bands", json_list(ask->c));
	report_word_natsec(ask->c, &r, add_band, &d);
	return 0;
}

/* ---- charts ---- */

static struct report_bar *bars_of(struct ctx *c, const struct json *list)
{
	struct report_bar *bars = mem_array(c, list->n + 1, sizeof *bars);

	for (size_t i = 0; i < list->n; i++) {
		struct str class = json_text(list->at[i], "class");

		bars[i] = (struct report_bar){json_text(list->at[i], "label"),
		    class.n > 0 ? class : STR("bar"), json_find(list->at[i], "n")->num};
	}
	return bars;
}

static struct html drawn(struct page *p, const struct json *list, const char *key,
    void (*draw)(struct buf *b, enum report_lang lang, const char *id, const char *title,
	const char *desc, const struct report_bar *bars, size_t n))
{
	struct buf b = buf_init(p->c, DRAW_MAX);
	enum report_lang lang = lang_of(p->lang);
	int64_t sum = 0;

	for (size_t i = 0; list != NULL && i < list->n; i++)
		sum += json_find(list->at[i], "n")->num;
	if (sum > 0)
		draw(&b, lang, str_fmt(p->c, "chart-%s", key).p, report_text(lang, key),
		    report_text(lang, str_fmt(p->c, "%s.desc", key).p), bars_of(p->c, list),
		    list->n);
	return (struct html){b.over ? STR("") : buf_str(&b)};
}

struct html account_draw_stack(struct page *p, const struct json *bars)
{
	return drawn(p, bars, "outcomes", report_chart_stack);
}

struct html account_draw_bars(struct page *p, const struct json *bars)
{
	return drawn(p, bars, "countries", report_chart_bars);
}
