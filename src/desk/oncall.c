#include "desk/oncall.h"

#include "base/mem.h"
#include "kind/id.h"

enum { CALLED_MAX = 64, MINUTE = 60 };

/* ---- shifts as text ---- */

static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static bool two_digits(struct str s, int most, int *ret)
{
	if (s.n != 2 || s.p[0] < '0' || s.p[0] > '9' || s.p[1] < '0' || s.p[1] > '9')
		return false;
	*ret = (s.p[0] - '0') * 10 + s.p[1] - '0';
	return *ret <= most;
}

static bool read_point(struct str text, int *ret)
{
	struct str day, time, hour, minute;
	int d = 0, h, m;

	if (!str_cut(str_trim(text), ' ', &day, &time) || !str_cut(time, ':', &hour, &minute))
		return false;
	while (d < 7 && !str_is_nocase(day, days[d]))
		d++;
	if (d == 7 || !two_digits(hour, 23, &h) || !two_digits(minute, 59, &m))
		return false;
	*ret = (d * 24 + h) * 60 + m;
	return true;
}

int oncall_shift_parse(struct ctx *c, struct str text, struct oncall_shift ret[2], size_t *ret_n)
{
	struct str a, b;
	int from, to;

	if (!str_cut(text, '-', &a, &b) || !read_point(a, &from) || !read_point(b, &to))
		return err_set(c, ERR_INVALID, "a shift is like \"Mon 08:00-Tue 08:00\"");
	if (to > from) {
		ret[0] = (struct oncall_shift){.from = from, .to = to};
		*ret_n = 1;
		return 0;
	}
	ret[0] = (struct oncall_shift){.from = from, .to = ONCALL_WEEK};
	*ret_n = 1;
	if (to > 0)
		ret[(*ret_n)++] = (struct oncall_shift){.from = 0, .to = to};
	return 0;
}

struct str oncall_shift_str(struct ctx *c, const struct oncall_shift *s)
{
	int to = s->to == ONCALL_WEEK ? 0 : s->to;

	return str_fmt(c, "%s %02d:%02d-%s %02d:%02d", days[s->from / 1440], s->from / 60 % 24,
	    s->from % 60, days[to / 1440], to / 60 % 24, to % 60);
}

/* ---- keeping the rota ---- */

static int who_is(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    struct person *ret)
{
	int rc = right_needs(c, actor, RIGHT_ONCALL_KEEP);

	if (rc == 0)
		rc = person_find(c, in, name, ret);
	if (rc == 0 && (!ret->active || !right_has(ret, RIGHT_PAGING_ACKNOWLEDGE)))
		rc = err_set(c, ERR_DENIED, "who is on call works on cases");
	return rc;
}

static int check_rank(struct ctx *c, int rank, int least)
{
	if (rank >= least && rank <= 9)
		return 0;
	return err_set(c, ERR_INVALID, "a rank is %d to 9", least);
}

int oncall_shift_add(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, int rank, struct str when)
{
	struct oncall_shift s[2];
	struct person p;
	size_t n = 0;
	int rc = who_is(c, in, actor, name, &p);

	if (rc == 0)
		rc = check_rank(c, rank, 1);
	if (rc == 0)
		rc = oncall_shift_parse(c, when, s, &n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = db_run(c, in->store.db, SQL_SHIFT_PUT,
		    DB_ARGS(db_int(p.id), db_int(rank), db_int(s[i].from), db_int(s[i].to)), NULL);
	return rc;
}

static int drop(
    struct ctx *c, struct instance *in, const struct person *actor, enum sql stmt, int64_t id)
{
	int64_t changed = 0;
	int rc = right_needs(c, actor, RIGHT_ONCALL_KEEP);

	if (rc == 0)
		rc = db_run(c, in->store.db, stmt, DB_ARGS(db_int(id)), &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_NOTFOUND, "there is no such line in the list");
	return rc;
}

int oncall_shift_drop(struct ctx *c, struct instance *in, const struct person *actor, int64_t id)
{
	return drop(c, in, actor, SQL_SHIFT_DROP, id);
}

int oncall_change_drop(struct ctx *c, struct instance *in, const struct person *actor, int64_t id)
{
	return drop(c, in, actor, SQL_CHANGE_DROP, id);
}

int oncall_change_add(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, int rank, struct instant since, struct instant until)
{
	struct person p;
	int rc = who_is(c, in, actor, name, &p);

	if (rc == 0)
		rc = check_rank(c, rank, 0);
	if (rc == 0 && until.s <= since.s)
		rc = err_set(c, ERR_INVALID, "a change ends after it begins");
	return rc != 0 ? rc
		       : db_run(c, in->store.db, SQL_CHANGE_PUT,
			     DB_ARGS(db_int(p.id), db_int(rank), db_int(since.s), db_int(until.s)),
			     NULL);
}

static int add_shift(struct ctx *c, const struct db_val *row, void *arg)
{
	struct oncall_plan *p = arg;

	p->shifts = mem_grow(c, p->shifts, p->n_shifts, &p->cap_shifts, sizeof *p->shifts);
	p->shifts[p->n_shifts++] = (struct oncall_shift){
	    row[0].num, row[1].num, (int)row[2].num, (int)row[3].num, (int)row[4].num};
	return 0;
}

static int add_change(struct ctx *c, const struct db_val *row, void *arg)
{
	struct oncall_plan *p = arg;

	p->changes = mem_grow(c, p->changes, p->n_changes, &p->cap_changes, sizeof *p->changes);
	p->changes[p->n_changes++] = (struct oncall_change){
	    row[0].num, row[1].num, (int)row[2].num, {row[3].num}, {row[4].num}};
	return 0;
}

int oncall_plan(struct ctx *c, struct instance *in, struct instant now, struct oncall_plan *ret)
{
	int rc;

	*ret = (struct oncall_plan){0};
	rc = db_each(c, in->store.db, SQL_SHIFT_EACH, DB_NO_ARGS, add_shift, ret);
	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_CHANGE_EACH, DB_ARGS(db_int(now.s)),
			     add_change, ret);
}

/* ---- who is on call ---- */

/* In civil time: a shift is as long as its night, also when the clocks change. */
static int minute_of_week(struct instant at)
{
	struct day day = instant_day(at);
	int minute = 0;

	/* the wall clock's minute: the last one that has begun */
	for (int step = 1024; step > 0; step /= 2)
		while (minute + step < 1440 && instant_at(day, (minute + step) * MINUTE).s <= at.s)
			minute += step;
	return (day_weekday(day) - 1) * 1440 + minute;
}

static bool is_away(const struct oncall_plan *plan, int64_t person, struct instant at)
{
	for (size_t i = 0; i < plan->n_changes; i++)
		if (plan->changes[i].person == person && plan->changes[i].rank == 0 &&
		    plan->changes[i].since.s <= at.s && at.s < plan->changes[i].until.s)
			return true;
	return false;
}

static size_t add_person(int64_t *list, size_t n, size_t max, int64_t person)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == person)
			return n;
	if (n < max)
		list[n++] = person;
	return n;
}

size_t oncall_at(const struct oncall_plan *plan, struct instant at, int64_t *ret, size_t max)
{
	int minute = minute_of_week(at);
	size_t n = 0;

	for (int rank = 1; rank <= 9; rank++) {
		/* who steps in comes before who is always there */
		for (size_t i = 0; i < plan->n_changes; i++)
			if (plan->changes[i].rank == rank && plan->changes[i].since.s <= at.s &&
			    at.s < plan->changes[i].until.s)
				n = add_person(ret, n, max, plan->changes[i].person);
		for (size_t i = 0; i < plan->n_shifts; i++)
			if (plan->shifts[i].rank == rank && plan->shifts[i].from <= minute &&
			    minute < plan->shifts[i].to &&
			    !is_away(plan, plan->shifts[i].person, at))
				n = add_person(ret, n, max, plan->shifts[i].person);
	}
	return n;
}

static void end_gap(struct ctx *c, struct oncall_check *k, int64_t from, int64_t to)
{
	if (to - from > k->longest)
		k->longest = to - from;
	if (to - from <= ONCALL_GAP)
		return;
	k->gaps = mem_grow(c, k->gaps, k->n_gaps, &k->cap_gaps, sizeof *k->gaps);
	k->gaps[k->n_gaps++] = (struct oncall_gap){{from}, {to}};
}

/* Quarter of an hour by quarter of an hour: shifts may begin at any minute, and a gap is then told
 * at most a quarter too long. */
void oncall_check(
    struct ctx *c, const struct oncall_plan *plan, struct instant now, struct oncall_check *ret)
{
	int64_t people[CALLED_MAX], open = -1, end = now.s + (int64_t)ONCALL_CHECK_DAYS * 86400;
	size_t n = 0;

	*ret = (struct oncall_check){0};
	for (int64_t t = now.s; t < end; t += 15 * MINUTE) {
		int64_t one;
		bool covered = oncall_at(plan, (struct instant){t}, &one, 1) > 0;

		if (!covered && open < 0)
			open = t;
		if (covered && open >= 0) {
			end_gap(c, ret, open, t);
			open = -1;
		}
	}
	if (open >= 0)
		end_gap(c, ret, open, end);
	for (size_t i = 0; i < plan->n_shifts; i++)
		n = add_person(people, n, CALLED_MAX, plan->shifts[i].person);
	ret->people = n;
}
