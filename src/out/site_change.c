#include "out/site_change.h"

#include "kind/json.h"
#include "out/report_json.h"

void site_change_json(struct ctx *c, const struct site_edition *e, struct buf *b)
{
	struct json *j = json_map(c), *list = json_list(c);
	struct edition_changes changes = {0};

	edition_diff(c, e->before->r.figures, e->r.figures, &changes);
	json_set_text(c, j, "schema", STR("writ/changes/1"));
	json_set_text(c, j, "provider", e->r.provider);
	json_set_text(c, j, "period", period_str(c, e->e.period));
	json_set_int(c, j, "version", e->e.version);
	json_set_int(c, j, "before", e->before->e.version);
	json_set_text(c, j, "published", day_str(c, e->e.published));
	if (report_json_cause(c, &e->r) != NULL)
		json_set(c, j, "cause", report_json_cause(c, &e->r));
	for (size_t i = 0; i < changes.n; i++) {
		struct json *one = json_map(c);

		if (changes.v[i].a != NULL)
			json_set(c, one, "old", report_json_figure(c, changes.v[i].a));
		if (changes.v[i].b != NULL)
			json_set(c, one, "new", report_json_figure(c, changes.v[i].b));
		json_add(c, list, one);
	}
	json_set(c, j, "changes", list);
	json_put_pretty(b, j);
	buf_putc(b, '\n');
}
