#include "web/desk_contest.h"

#include "base/mem.h"
#include "desk/contest_act.h"
#include "out/view.h"
#include "out/view_contest.h"
#include "web/path_order.h"

enum { LEFT_MAX = 500 };

#define NUMBER                                                                                     \
	{                                                                                          \
		.name = "number", .needed = true, .parse = field_number                            \
	}

const struct route_field desk_challenge_fields[12] = {
    {.name = "against", .needed = true, .parse = field_word},
    {.name = "reason", .needed = true, .parse = field_text}, {.name = "kind", .parse = field_word},
    {.name = "by", .parse = field_word}, {.name = "court", .parse = field_line},
    {.name = "file", .parse = field_line}, {.name = "filed", .parse = field_day},
    {.name = "answer_by", .parse = field_day}, {.name = "basis", .parse = field_line},
    {.name = "follows", .parse = field_number}, {.name = "bar", .parse = field_number},
    {.name = "public", .parse = field_yes}};
const struct route_field desk_challenge_end_fields[5] = {NUMBER,
    {.name = "end", .needed = true, .parse = field_word}, {.name = "reason", .parse = field_text},
    {.name = "day", .parse = field_day}, {.name = "item", .parse = field_line, .many = true}};
const struct route_field desk_challenge_due_fields[3] = {NUMBER,
    {.name = "day", .needed = true, .parse = field_day},
    {.name = "basis", .needed = true, .parse = field_line}};
const struct route_field desk_challenge_hearing_fields[5] = {NUMBER,
    {.name = "hearing", .parse = field_number}, {.name = "state", .parse = field_word},
    {.name = "day", .parse = field_day}, {.name = "note", .parse = field_text}};
const struct route_field desk_challenge_permit_fields[2] = {
    NUMBER, {.name = "permission", .needed = true, .parse = field_word}};
const struct route_field desk_challenge_draft_fields[1] = {NUMBER};
const struct route_field desk_challenges_fields[3] = {{.name = "state", .parse = field_word},
    {.name = "limit", .parse = field_number}, {.name = "after", .parse = field_word}};

struct act {
	struct ctx *c;
	struct instance *in;
	const struct person *who;
	const struct route_value *f;
	struct matter matter;
	struct legal_order order;
};

static int run(struct route_ask *ask, int (*fn)(struct act *a), struct json **ret)
{
	struct act a = {.c = ask->c, .in = ask->in, .who = ask->who, .f = ask->fields};
	int rc = path_order(ask, &a.matter, &a.order);

	if (rc == 0)
		rc = fn(&a);
	return rc == 0 ? view_order_state(a.c, a.in, &a.matter, a.order.seq, ret) : rc;
}

static struct day day_of(const struct route_value *v)
{
	return v->given ? (struct day){(int32_t)v->num} : DAY_NONE;
}

static int file(struct act *a)
{
	const struct route_value *f = a->f;
	struct contest_new n = {.against = f[0].text,
	    .ground = f[1].text,
	    .kind = f[2].text,
	    .party = f[3].text,
	    .court = f[4].text,
	    .file = f[5].text,
	    .filed = day_of(&f[6]),
	    .answer_by = day_of(&f[7]),
	    .basis = f[8].text,
	    .follows = f[9].num,
	    .bar = f[10].num,
	    .in_public = f[11].num != 0};

	return contest_file(a->c, a->in, a->who, &a->order, &n);
}

int desk_challenge(struct route_ask *ask, struct json **ret)
{
	return run(ask, file, ret);
}

/* "3 4:2027-01-01:2027-01-31", in one field or in several. */
static int read_left(struct act *a, const struct route_value *v, struct contest_ruling *r)
{
	struct contest_left *left = mem_array(a->c, LEFT_MAX, sizeof *left);
	int rc = 0;

	for (size_t i = 0; i < v->n && rc == 0; i++) {
		struct str rest = v->all[i].text, one;

		while (rc == 0 && str_word(&rest, &one)) {
			if (r->n_left == LEFT_MAX)
				return err_set(a->c, ERR_LIMIT, "at most %d items", LEFT_MAX);
			rc = contest_left_parse(a->c, one, &left[r->n_left++]);
		}
	}
	r->left = left;
	return rc;
}

static int end(struct act *a)
{
	const struct route_value *f = a->f;
	struct contest_ruling r = {
	    .outcome = f[1].text, .text = f[2].text, .decided = day_of(&f[3])};
	int rc = read_left(a, &f[4], &r);

	return rc == 0 ? contest_end(a->c, a->in, a->who, &a->order, f[0].num, &r) : rc;
}

int desk_challenge_end(struct route_ask *ask, struct json **ret)
{
	return run(ask, end, ret);
}

static int due(struct act *a)
{
	return contest_due(
	    a->c, a->in, a->who, &a->order, a->f[0].num, day_of(&a->f[1]), a->f[2].text);
}

int desk_challenge_due(struct route_ask *ask, struct json **ret)
{
	return run(ask, due, ret);
}

static int hearing(struct act *a)
{
	return contest_hearing(a->c, a->in, a->who, &a->order, a->f[0].num, a->f[1].num,
	    a->f[2].text, day_of(&a->f[3]), a->f[4].text);
}

int desk_challenge_hearing(struct route_ask *ask, struct json **ret)
{
	return run(ask, hearing, ret);
}

static int permit(struct act *a)
{
	return contest_permit(a->c, a->in, a->who, &a->order, a->f[0].num, a->f[1].text);
}

int desk_challenge_permit(struct route_ask *ask, struct json **ret)
{
	return run(ask, permit, ret);
}

int desk_challenge_draft(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = contest_draft(ask->c, ask->in, ask->who, &order, ask->fields[0].num, ret);
	if (rc == 0)
		json_set_text(ask->c, *ret, "case", m.ref);
	return rc;
}

int desk_challenges(struct route_ask *ask, struct json **ret)
{
	struct view_contests list = {.decided = str_is(ask->fields[0].text, "decided"),
	    .limit = ask->fields[1].num,
	    .after = ask->fields[2].text};

	return view_contests(ask->c, ask->in, ask->who, &list, ret);
}
