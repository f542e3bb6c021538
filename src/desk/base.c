#include "desk/base.h"

#include "in/wording.h"

enum { USERS_MAX_MILLIARDS = 100 };

struct recording {
	const struct person *actor;
	struct period period;
	int64_t users;
	struct str source;
};

static int put(struct ctx *c, struct step *st, void *arg)
{
	const struct recording *r = arg;
	int64_t id;

	json_set_text(c, st->detail, "period", period_str(c, r->period));
	json_set_int(c, st->detail, "users", r->users);
	return step_insert(c, st, STEP_USER_BASE, SQL_BASE_PUT,
	    DB_ARGS(db_day(r->period.from), db_day(r->period.to), db_int(r->users),
		db_text(r->source), db_int(r->actor->id), db_instant(st->now)),
	    &id);
}

int base_record(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    int64_t users, struct str source)
{
	struct recording r = {actor, p, users, source};
	int rc = right_needs(c, actor, RIGHT_USERS_RECORD);

	if (rc == 0 && (users < 1 || users > USERS_MAX_MILLIARDS * INT64_C(1000000000)))
		rc = err_set(c, ERR_INVALID, "users: a number from 1");
	if (rc == 0 && (source.n == 0 || !wording_line_ok(source)))
		rc = err_set(c, ERR_INVALID, "--source: where the number comes from, in one line");
	return rc == 0 ? step_run(c, &in->store, "users.record", actor->id, put, &r, NULL) : rc;
}

int base_find(struct ctx *c, struct instance *in, struct period p, struct instant at,
    int64_t before, struct base *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_BASE_LAST,
	    DB_ARGS(db_day(p.from), db_day(p.to), db_instant(at), db_int(before)), &row);

	if (rc != 0)
		return rc;
	*ret = (struct base){0, STR(""), DAY_NONE};
	if (row != NULL)
		*ret = (struct base){
		    row[0].num, str_make(c, row[1].s), instant_day(db_get_instant(row[2]))};
	return 0;
}
