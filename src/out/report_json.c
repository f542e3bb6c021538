#include "out/report_json.h"

struct json *report_json_figure(struct ctx *c, const struct figure *x)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "section", x->section);
	json_set_text(c, j, "country", x->country);
	json_set_text(c, j, "instrument", x->instrument);
	json_set_text(c, j, "metric", x->metric);
	if (x->status == FIGURE_EXACT || x->status == FIGURE_BAND) {
		json_set_int(c, j, "value_min", x->value_min);
		json_set_int(c, j, "value_max", x->value_max);
	}
	json_set_text(c, j, "unit", x->unit);
	json_set_text(c, j, "status", str_of(figure_status_id(x->status)));
	return j;
}

static struct json *period_json(struct ctx *c, struct period p)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "name", period_str(c, p));
	json_set_text(c, j, "from", day_str(c, p.from));
	json_set_text(c, j, "to", day_str(c, p.to));
	return j;
}

static struct json *imports_json(struct ctx *c, const struct report *r)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < r->n_imports; i++) {
		struct json *j = json_map(c);

		json_set_text(c, j, "key", r->imports[i].key);
		json_set_text(c, j, "source", r->imports[i].source);
		json_set_text(c, j, "note", r->imports[i].note);
		json_add(c, list, j);
	}
	return list;
}

static struct json *absent_json(struct ctx *c, const struct report *r)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < r->n_absent; i++) {
		const struct edition_absence *a = &r->absent[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "structure", a->structure->id);
		json_set_text(c, j, "category", a->category->id);
		json_set_text(c, j, "cite", a->structure->src.cite);
		if (!day_is_none(a->not_before))
			json_set_text(c, j, "not_before", day_str(c, a->not_before));
		json_add(c, list, j);
	}
	return list;
}

static void set_words(struct ctx *c, struct json *j, const struct wording words[WORDING_LANGS])
{
	static const char *const langs[WORDING_LANGS] = {"en", "de"};

	for (int i = 0; i < WORDING_LANGS; i++) {
		struct json *one = json_map(c);

		if (words[i].title.n == 0)
			continue;
		json_set_text(c, one, "title", words[i].title);
		if (words[i].text.n > 0)
			json_set_text(c, one, "text", words[i].text);
		if (words[i].authority.n > 0)
			json_set_text(c, one, "authority", words[i].authority);
		json_set(c, j, langs[i], one);
	}
}

struct json *report_json_cause(struct ctx *c, const struct report *r)
{
	struct json *j = json_map(c);

	if (r->cause[WORDING_EN].title.n + r->cause[WORDING_DE].title.n == 0)
		return NULL;
	set_words(c, j, r->cause);
	return j;
}

static struct json *rests_json(struct ctx *c, const struct report *r)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < r->rests.n; i++) {
		const struct permission *p = &r->rests.v[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "kind", str_of(permission_kind_id(p->kind)));
		json_set_text(c, j, "subject", p->subject);
		if (p->class.n > 0)
			json_set_text(c, j, "class", p->class);
		/* how far a reader may see is for the check alone: printed, it would be a number */
		if (p->kind == PERMISSION_RELEASED)
			json_set_int(c, j, "value_min", p->lo);
		json_set_text(c, j, "given", day_str(c, p->given));
		if (!day_is_none(p->until))
			json_set_text(c, j, "until", day_str(c, p->until));
		json_set_text(c, j, "law", p->law);
		set_words(c, j, p->words);
		json_add(c, list, j);
	}
	return list;
}

int report_json(struct ctx *c, const struct report *r, struct buf *b)
{
	struct json *j = json_map(c), *figures = json_list(c), *cause = report_json_cause(c, r);

	json_set_text(c, j, "schema", STR("writ/report/1"));
	json_set_text(c, j, "provider", r->provider);
	json_set(c, j, "period", period_json(c, r->period));
	json_set_int(c, j, "version", r->version);
	json_set_text(c, j, "state", day_is_none(r->published) ? STR("draft") : STR("published"));
	if (!day_is_none(r->published))
		json_set_text(c, j, "published", day_str(c, r->published));
	json_set_text(c, j, "as_of", day_str(c, r->as_of));
	json_set_text(c, j, "structure", r->structure);
	json_set(c, j, "imports", imports_json(c, r));
	json_set(c, j, "not_shown", absent_json(c, r));
	json_set(c, j, "rests_on", rests_json(c, r));
	if (cause != NULL)
		json_set(c, j, "cause", cause);
	if (r->base.users > 0)
		json_set_text(c, j, "users_source", r->base.source);
	for (size_t i = 0; i < r->figures->n; i++)
		json_add(c, figures, report_json_figure(c, &r->figures->v[i]));
	json_set(c, j, "figures", figures);
	json_put_pretty(b, j);
	buf_putc(b, '\n');
	return b->over ? err_set(c, ERR_LIMIT, "report: the JSON is too large") : 0;
}
