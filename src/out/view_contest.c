#include "out/view_contest.h"

#include "desk/search.h"

enum { PAGE = 100 };

struct listing {
	struct instance *in;
	struct json *list;
	int64_t limit, last;
	bool more;
};

static void next_day(struct ctx *c, struct json *j)
{
	const struct json *hearings = json_find(j, "hearings");
	struct str best = json_text(j, "outcome").n > 0 ? STR("") : json_text(j, "answer_by");
	const char *what = "respond";

	for (size_t i = 0; i < hearings->n; i++) {
		struct str day = json_text(hearings->at[i], "day");

		if (!str_is(json_text(hearings->at[i], "state"), "set") ||
		    (best.n > 0 && str_cmp(best, day) < 0))
			continue;
		best = day;
		what = "hearing";
	}
	if (best.n == 0)
		return;
	json_set_text(c, j, "next", best);
	json_set_text(c, j, "next_is", str_of(what));
}

/* The one row among those of its order. */
static int find_number(struct ctx *c, struct instance *in, int64_t order, int64_t id, size_t *ret)
{
	struct contests all;
	int rc = contest_of_order(c, in, order, &all);

	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (all.v[i].challenge == id)
			*ret = i;
	return rc;
}

static int add(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	int64_t id = row[0].num, seq = row[2].num, order = row[3].num;
	struct str ref = str_make(c, row[1].s);
	struct json *all;
	size_t at = 0;
	int rc;

	if ((int64_t)l->list->n == l->limit) {
		l->more = true;
		return 0;
	}
	l->last = id;
	rc = contest_list(c, l->in, order, false, &all);
	if (rc == 0)
		rc = find_number(c, l->in, order, id, &at);
	if (rc != 0)
		return rc;
	json_set_text(c, all->at[at], "case", ref);
	json_set_int(c, all->at[at], "order", seq);
	next_day(c, all->at[at]);
	json_add(c, l->list, all->at[at]);
	return 0;
}

int view_contests(struct ctx *c, struct instance *in, const struct person *actor,
    const struct view_contests *ask, struct json **ret)
{
	struct listing l = {in, json_list(c), ask->limit, 0, false};
	struct json *j = json_map(c);
	int64_t after = INT64_MAX, none = 0;
	int rc = right_needs(c, actor, RIGHT_CHALLENGE_READ);

	if (l.limit < 1 || l.limit > PAGE)
		l.limit = PAGE;
	if (rc == 0 && ask->after.n > 0)
		rc = search_cursor_open(c, in, ask->after, &after, &none);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_CONTEST_EACH,
		    DB_ARGS(db_int(!ask->decided), db_int(after), db_int(actor->sealed),
			db_int(right_within(actor)), db_int(l.limit + 1)),
		    add, &l);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "state", ask->decided ? STR("decided") : STR("open"));
	json_set(c, j, "challenges", l.list);
	if (l.more)
		json_set_text(c, j, "after", search_cursor(c, in, l.last, 0));
	*ret = j;
	return 0;
}
