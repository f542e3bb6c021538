#include "out/view_oncall.h"

#include "out/view_set.h"

static int set_lines(
    struct ctx *c, struct instance *in, const struct oncall_plan *plan, struct json *to)
{
	struct json *shifts = json_list(c), *changes = json_list(c);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < plan->n_shifts; i++) {
		struct json *j = json_map(c);

		json_set_int(c, j, "number", plan->shifts[i].id);
		rc = view_set_person(c, in, j, "person", plan->shifts[i].person);
		json_set_int(c, j, "rank", plan->shifts[i].rank);
		json_set_text(c, j, "when", oncall_shift_str(c, &plan->shifts[i]));
		json_add(c, shifts, j);
	}
	for (size_t i = 0; rc == 0 && i < plan->n_changes; i++) {
		struct json *j = json_map(c);

		json_set_int(c, j, "number", plan->changes[i].id);
		rc = view_set_person(c, in, j, "person", plan->changes[i].person);
		if (plan->changes[i].rank > 0)
			json_set_int(c, j, "rank", plan->changes[i].rank);
		view_set_instant(c, j, "since", plan->changes[i].since);
		view_set_instant(c, j, "until", plan->changes[i].until);
		json_add(c, changes, j);
	}
	json_set(c, to, "shifts", shifts);
	json_set(c, to, "changes", changes);
	return rc;
}

static void set_check(
    struct ctx *c, const struct oncall_plan *plan, struct instant now, struct json *to)
{
	struct json *gaps = json_list(c);
	struct oncall_check k;

	oncall_check(c, plan, now, &k);
	for (size_t i = 0; i < k.n_gaps; i++) {
		struct json *j = json_map(c);

		view_set_instant(c, j, "from", k.gaps[i].from);
		view_set_instant(c, j, "to", k.gaps[i].to);
		json_add(c, gaps, j);
	}
	json_set_int(c, to, "people", (int64_t)k.people);
	json_set_int(c, to, "longest_minutes", k.longest / 60);
	json_set(c, to, "gaps", gaps);
	json_set_bool(c, to, "covered", k.n_gaps == 0 && k.people >= 2);
}

enum { SHOWN_MAX = 64, NEXT_MINUTES = 7 * 24 * 60 };

static int set_people(
    struct ctx *c, struct instance *in, const int64_t *who, size_t n, struct json *to)
{
	struct json *list = json_list(c);
	struct person p;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		rc = person_get(c, in, who[i], &p);
		if (rc == 0)
			json_add(c, list, json_of_text(c, p.handle));
	}
	json_set(c, to, "oncall", list);
	return rc;
}

/* The first minute of the coming week at which others are on call, or in another order. */
static int set_next(struct ctx *c, struct instance *in, const struct oncall_plan *plan,
    struct instant now, const int64_t *who, size_t n, struct json *to)
{
	struct instant t = {now.s - now.s % 60};
	struct json *j = json_map(c);
	int64_t then[SHOWN_MAX];
	int rc;

	for (int i = 0; i < NEXT_MINUTES; i++) {
		size_t k;

		t.s += 60;
		k = oncall_at(plan, t, then, SHOWN_MAX);
		if (k == n && memcmp(who, then, n * sizeof *who) == 0)
			continue;
		view_set_instant(c, j, "at", t);
		rc = set_people(c, in, then, k, j);
		json_set(c, to, "next", j);
		return rc;
	}
	return 0;
}

int view_oncall(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct instant now = {ctx_now(c)};
	struct json *j = json_map(c);
	struct oncall_plan plan;
	int64_t who[SHOWN_MAX];
	size_t n = 0;
	int rc = right_needs(c, actor, RIGHT_ONCALL_READ);

	if (rc == 0)
		rc = oncall_plan(c, in, now, &plan);
	if (rc == 0)
		n = oncall_at(&plan, now, who, SHOWN_MAX);
	view_set_instant(c, j, "now", now);
	if (rc == 0)
		rc = set_people(c, in, who, n, j);
	if (rc == 0)
		rc = set_next(c, in, &plan, now, who, n, j);
	if (rc == 0)
		rc = set_lines(c, in, &plan, j);
	if (rc != 0)
		return rc;
	set_check(c, &plan, now, j);
	*ret = j;
	return 0;
}

struct listing {
	struct instance *in;
	struct json *list;
};

static int add_page(struct ctx *c, const struct oncall_page *p, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "page", p->ref);
	json_set_text(c, j, "demand", p->demand);
	view_set_instant(c, j, "since", p->since);
	json_set_int(c, j, "minutes",
	    ((instant_is_none(p->acknowledged) ? ctx_now(c) : p->acknowledged.s) - p->since.s) /
		60);
	json_set_int(c, j, "turns", p->turns);
	view_set_instant(c, j, "acknowledged", p->acknowledged);
	json_add(c, l->list, j);
	return view_set_person(c, l->in, j, "by", p->taker);
}

int view_pages(
    struct ctx *c, struct instance *in, const struct person *actor, bool all, struct json **ret)
{
	struct listing l = {in, json_list(c)};
	int rc = oncall_pages(c, in, actor, all, add_page, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}
