#include "out/view_erase.h"

#include "desk/search.h"

enum { PAGE = 200, DONE = 50 };

static struct json *reasons(struct ctx *c, const struct erase_unit *u)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < u->n_why; i++) {
		const struct erase_reason *w = &u->why[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "word", str_of(w->word));
		if (w->of.n > 0)
			json_set_text(c, j, "of", w->of);
		if (!day_is_none(w->until))
			json_set_text(c, j, "until", day_str(c, w->until));
		json_add(c, list, j);
	}
	return list;
}

struct json *view_erase_unit(struct ctx *c, const struct erase_unit *u)
{
	struct json *j = json_map(c);

	json_set_text(c, j, u->matter != 0 ? "case" : "demand", u->ref);
	json_set_text(c, j, "rule", u->rule);
	if (u->cite.n > 0)
		json_set_text(c, j, "cite", u->cite);
	json_set_text(c, j, "until", day_str(c, u->due));
	if (u->held.n > 0)
		json_set_text(c, j, "held", u->held);
	if (u->n_why > 0)
		json_set(c, j, "why", reasons(c, u));
	if (u->list.n > 0)
		json_set_text(c, j, "list", u->list);
	return j;
}

int view_retention(struct ctx *c, struct instance *in, const struct person *actor, struct str after,
    struct json **ret)
{
	struct json *j = json_map(c), *due = json_list(c), *listed = json_list(c),
		    *held = json_list(c), *done;
	struct erase_page page = {0, PAGE};
	struct erase_units units;
	int64_t none = 0;
	int rc = 0;

	if (after.n > 0)
		rc = search_cursor_open(c, in, after, &page.after, &none);
	if (rc == 0)
		rc = erase_due_page(c, in, actor, &page, &units);
	if (rc == ERR_NOTFOUND && after.n == 0) {
		err_clear(c);
		json_set_bool(c, j, "none", true);
		*ret = j;
		return 0;
	}
	if (rc == 0)
		rc = erase_done(c, in, actor, DONE, &done);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < units.n; i++) {
		const struct erase_unit *u = &units.v[i];

		json_add(c,
		    u->held.n > 0   ? held
		    : u->list.n > 0 ? listed
				    : due,
		    view_erase_unit(c, u));
	}
	json_set(c, j, "due", due);
	json_set(c, j, "listed", listed);
	json_set(c, j, "held", held);
	json_set(c, j, "done", done);
	if (page.after != 0)
		json_set_text(c, j, "after", search_cursor(c, in, page.after, 0));
	*ret = j;
	return 0;
}
