#include "web/work_collect.h"

#include "desk/matter.h"
#include "out/gather.h"

int work_collect_make(struct ctx *c, struct work_for *w)
{
	const struct json *items = json_find(w->what, "items"),
			  *keep = json_find(w->what, "preserve");
	struct json *made = json_list(c);
	struct legal_order order;
	struct matter m;
	int rc = matter_get(c, w->in, w->actor, json_text(w->what, "case"), &m);

	if (rc == 0)
		rc = matter_order(c, w->in, &m, json_find(w->what, "order")->num, &order);
	for (size_t i = 0; rc == 0 && i < items->n; i++) {
		struct str ref;

		rc = (keep != NULL && keep->yes ? collect_make_preserve : collect_make)(
		    c, w->in, w->actor, &order, items->at[i]->num, COLLECT_HOURS, &ref);
		if (rc == 0)
			json_add(c, made, json_of_text(c, ref));
	}
	json_set(c, w->result, "tickets", made);
	return rc;
}

static int told(struct ctx *c, struct work_for *w, const struct service_result *r)
{
	json_set_int(c, w->result, "files", r->files);
	json_set_text(c, w->result, "why", str_of(r->why));
	return 0;
}

int work_collect_run(struct ctx *c, struct work_for *w)
{
	struct str ref = json_text(w->what, "ticket"), from = json_text(w->what, "snapshot");
	struct service_result r;
	int rc = from.n > 0 ? gather_from(c, w->in, w->actor, ref, from, &r)
			    : gather_run(c, w->in, w->actor, ref, &r);

	return rc == 0 ? told(c, w, &r) : rc;
}

int work_collect_settle(struct ctx *c, struct work_for *w)
{
	return gather_settle(c, w->in, json_text(w->what, "ticket"));
}

int work_collect_test(struct ctx *c, struct work_for *w)
{
	struct service_result r;
	int rc = gather_test(c, w->in, w->actor, json_text(w->what, "service"), STR(""), &r);

	return rc == 0 ? told(c, w, &r) : rc;
}
