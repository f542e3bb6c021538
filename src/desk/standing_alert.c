/* Alerts of cases, how they end, and what is forgotten of an officer (standing.h). */
#include "base/mem.h"
#include "desk/standing.h"

struct clearing {
	struct instance *in;
	const struct person *actor;
	int64_t matter;
	struct str text; /* canonical JSON */
	int64_t *ids, *revs;
	size_t n, cap_ids, cap_revs;
};

static int note_open(struct ctx *c, const struct db_val *row, void *arg)
{
	struct clearing *cl = arg;

	if (row[6].kind != DB_NULL)
		return 0;
	cl->ids = mem_grow(c, cl->ids, cl->n, &cl->cap_ids, sizeof *cl->ids);
	cl->revs = mem_grow(c, cl->revs, cl->n, &cl->cap_revs, sizeof *cl->revs);
	cl->ids[cl->n] = row[0].num;
	cl->revs[cl->n++] = row[1].num;
	return 0;
}

static int clear_all(struct ctx *c, struct step *s, void *arg)
{
	struct clearing *cl = arg;
	int rc = step_matter(c, s, cl->matter);

	if (rc == 0)
		rc = matter_enter(c, cl->in, cl->actor, RIGHT_ALERT_CLEAR, cl->matter, false);
	if (rc == 0)
		rc = db_each(c, cl->in->store.db, SQL_ALERT_OF_MATTER, DB_ARGS(db_int(cl->matter)),
		    note_open, cl);
	if (rc == 0 && cl->n == 0)
		rc = err_set(c, ERR_CONFLICT, "no alert stands on this case");
	for (size_t i = 0; i < cl->n && rc == 0; i++)
		rc = step_update(c, s, STEP_ALERT, SQL_ALERT_CLEAR, cl->ids[i], cl->revs[i],
		    DB_ARGS(db_int(cl->actor->id), db_int(s->now.s),
			db_blob(vault_seal(c, cl->in->store.vault, "alert.reason", cl->text))));
	return rc;
}

int standing_confirm(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct str source, struct str reason)
{
	struct clearing cl = {.in = in, .actor = actor, .matter = m->id};
	struct json *j = json_map(c);
	int rc = right_needs(c, actor, RIGHT_ALERT_CLEAR);

	if (rc == 0 && (str_trim(source).n == 0 || str_trim(reason).n == 0))
		rc = err_set(c, ERR_INVALID,
		    "needed: by which other way the demand was confirmed, and by whom");
	if (rc != 0)
		return rc;
	json_set_text(c, j, "source", source);
	json_set_text(c, j, "reason", reason);
	cl.text = json_str(c, j);
	return step_run(c, &in->store, "alert.clear", actor->id, clear_all, &cl, NULL);
}

struct listing {
	struct instance *in;
	struct json *list;
};

static int list_alert(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);
	struct officer o;
	struct person who;
	int rc = officer_by_id(c, l->in, row[2].num, &o);

	if (rc == 0 && row[5].kind != DB_NULL)
		rc = person_get(c, l->in, row[5].num, &who);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "officer", o.ref);
	json_set_text(c, j, "cause", str_make(c, row[3].s));
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[4].num}));
	if (row[6].kind != DB_NULL) {
		json_set_text(c, j, "cleared", instant_str(c, (struct instant){row[6].num}));
		json_set_text(c, j, "by", who.handle);
	}
	json_add(c, l->list, j);
	return 0;
}

int standing_alerts(struct ctx *c, struct instance *in, int64_t matter, struct json **ret)
{
	struct listing l = {in, json_list(c)};
	int rc =
	    db_each(c, in->store.db, SQL_ALERT_OF_MATTER, DB_ARGS(db_int(matter)), list_alert, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}

static int list_case(struct ctx *c, const struct db_val *row, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "case", str_make(c, row[0].s));
	json_set_text(c, j, "cause", str_make(c, row[1].s));
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[2].num}));
	json_set_text(c, j, "officer", str_make(c, row[3].s));
	json_add(c, arg, j);
	return 0;
}

int standing_alerted(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	int rc = right_needs(c, actor, RIGHT_ALERT_READ);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_ALERT_EACH,
		    DB_ARGS(db_int(actor->sealed), db_int(right_within(actor))), list_case, list);
	if (rc == 0)
		*ret = list;
	return rc;
}

/* ---- forgetting ---- */

struct forgetting {
	struct instance *in;
	struct str ref;
	struct step *step;
};

static struct db_val gone(struct ctx *c, struct str sealed)
{
	struct hash *h = mem_alloc(c, sizeof *h);

	*h = hash_of(sealed);
	return db_blob(hash_str(h));
}

static int forget_reason(struct ctx *c, const struct db_val *row, void *arg)
{
	struct forgetting *f = arg;

	if (row[5].kind != DB_BLOB)
		return 0;
	return step_update(c, f->step, STEP_STANDING, SQL_STANDING_FORGET, row[0].num, row[1].num,
	    DB_ARGS(gone(c, row[5].s)));
}

static int forget(struct ctx *c, struct step *s, void *arg)
{
	struct forgetting *f = arg;
	const struct db_val *row, *busy;
	struct officer o;
	int rc = officer_get(c, f->in, f->ref, &o);

	if (rc == 0)
		rc = db_one(c, f->in->store.db, SQL_OFFICER_BY_ID, DB_ARGS(db_int(o.id)), &row);
	if (rc == 0)
		rc = db_one(c, f->in->store.db, SQL_OFFICER_BUSY, DB_ARGS(db_int(o.id)), &busy);
	if (rc != 0)
		return rc;
	if (!str_is(o.state, "left") && !str_is(o.state, "refused"))
		return err_set(c, ERR_DENIED,
		    "the officer is %s: only who left or was refused is "
		    "forgotten",
		    o.state.p);
	if (busy[0].num > 0)
		return err_set(c, ERR_DENIED, "a demand of the officer is open yet");
	if (row[12].kind != DB_BLOB)
		return err_set(c, ERR_CONFLICT, "the officer is forgotten already");
	f->step = s;
	rc = db_each(
	    c, f->in->store.db, SQL_STANDING_OF_OFFICER, DB_ARGS(db_int(o.id)), forget_reason, f);
	if (rc == 0)
		rc = step_update(c, s, STEP_OFFICER, SQL_OFFICER_FORGET, o.id, o.rev,
		    DB_ARGS(gone(c, row[12].s)));
	json_set_int(c, s->detail, "officer", o.id);
	return rc;
}

int standing_forget(
    struct ctx *c, struct instance *in, const struct person *actor, struct str officer)
{
	struct forgetting f = {.in = in, .ref = officer};
	int rc = right_needs(c, actor, RIGHT_OFFICER_FORGET);

	return rc == 0 ? step_run(c, &in->store, "officer.forget", actor->id, forget, &f, NULL)
		       : rc;
}
