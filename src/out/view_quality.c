#include "out/view_quality.h"

#include "out/view_search.h"
#include "out/view_set.h"

static int add_one(
    struct ctx *c, struct instance *in, const struct quality_one *o, struct json *list)
{
	struct json *j;
	int rc = view_row(c, in, &o->order, &j);

	if (rc != 0)
		return rc;
	view_set_instant(c, j, "settled", o->settled);
	if (o->verdict.n > 0)
		json_set_text(c, j, "verdict", o->verdict);
	if (o->mine)
		json_set_bool(c, j, "mine", true);
	json_add(c, list, j);
	return view_set_person(c, in, j, "checker", o->checker);
}

int view_quality(struct ctx *c, struct instance *in, const struct person *actor,
    const struct quality_ask *ask, struct json **ret)
{
	struct json *j = json_map(c), *list = json_list(c);
	struct quality_page page;
	int64_t agree = 0, disagree = 0;
	int rc = quality_sample(c, in, actor, ask, &page);

	if (rc == 0)
		rc = quality_counts(c, in, actor, ask->period, &agree, &disagree);
	for (size_t i = 0; rc == 0 && i < page.n; i++)
		rc = add_one(c, in, &page.v[i], list);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "period", period_str(c, ask->period));
	json_set_int(c, j, "percent", ask->percent);
	json_set_int(c, j, "agree", agree);
	json_set_int(c, j, "disagree", disagree);
	if (agree + disagree > 0)
		json_set_int(c, j, "agree_permille", agree * 1000 / (agree + disagree));
	json_set(c, j, "orders", list);
	if (page.after.n > 0)
		json_set_text(c, j, "after", page.after);
	*ret = j;
	return 0;
}
