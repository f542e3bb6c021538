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

int report_json(struct ctx *c, const struct report *r, struct buf *b)
{
	struct json *j = json_map(c), *figures = json_list(c);

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
	for (size_t i = 0; i < r->figures->n; i++)
		json_add(c, figures, report_json_figure(c, &r->figures->v[i]));
	json_set(c, j, "figures", figures);
	json_put_pretty(b, j);
	buf_putc(b, '\n');
	return b->over ? err_set(c, ERR_LIMIT, "report: the JSON is too large") : 0;
}
