#include "desk/assign.h"

struct assigning {
	struct instance *in;
	const struct person *actor;
	int64_t matter, taker;
	struct str note;
};

static int put(struct ctx *c, struct step *s, void *arg)
{
	const struct assigning *a = arg;
	struct matter m;
	int rc = step_matter(c, s, a->matter);

	if (rc == 0)
		rc = matter_by_id(c, a->in, a->matter, &m);
	if (rc == 0 && m.assigned == a->taker)
		rc = err_set(c, ERR_CONFLICT,
		    a->taker == 0 ? "the case is nobody's already" : "the case is theirs already");
	if (rc != 0)
		return rc;
	if (m.assigned != 0)
		json_set_int(c, s->detail, "from", m.assigned);
	if (a->taker != 0)
		json_set_int(c, s->detail, "to", a->taker);
	rc = step_update(c, s, STEP_MATTER, SQL_MATTER_SET, m.id, m.rev,
	    DB_ARGS(db_ref(a->taker), db_int(m.closed)));
	return rc != 0
		   ? rc
		   : step_insert(c, s, STEP_HANDOVER, SQL_HANDOVER_PUT,
			 DB_ARGS(db_int(m.id), db_int(s->actor), db_ref(a->taker), db_int(s->now.s),
			     a->note.n == 0 ? db_null()
					    : db_blob(vault_seal(c, a->in->store.vault,
						  "handover.note", a->note))),
			 NULL);
}

/* Nothing here tells that a sealed case exists: whoever assigns it is named to it. */
static int find_taker(
    struct ctx *c, struct instance *in, const struct matter *m, struct str name, int64_t *ret)
{
	struct right_place place = matter_place(m);
	struct person p;
	int rc = person_find(c, in, name, &p);

	if (rc == 0 &&
	    (!p.active || !right_has(&p, RIGHT_MATTER_ASSIGN) || !right_knows(&p, &place)))
		rc = err_set(c, ERR_DENIED, "this person does not work on such cases");
	if (rc == 0)
		*ret = p.id;
	return rc;
}

int assign_case(struct ctx *c, struct instance *in, const struct person *actor, struct matter *m,
    struct str taker, struct str note)
{
	struct assigning a = {.in = in, .actor = actor, .matter = m->id, .note = str_trim(note)};
	int rc = right_needs(c, actor, RIGHT_MATTER_ASSIGN);

	if (rc == 0 && note.n > ASSIGN_NOTE_MAX)
		rc = err_set(c, ERR_LIMIT, "a note has at most %d bytes", ASSIGN_NOTE_MAX);
	if (rc == 0 && str_utf8_bad(note) < note.n)
		rc = err_set(c, ERR_INVALID, "the note is not UTF-8");
	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_MATTER_ASSIGN, m->id, true);
	if (rc == 0 && taker.n > 0)
		rc = find_taker(c, in, m, taker, &a.taker);
	if (rc == 0)
		rc = step_run(c, &in->store, "matter.assign", actor->id, put, &a, NULL);
	return rc == 0 ? matter_by_id(c, in, m->id, m) : rc;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct assign_handover *h, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct assign_handover h = {row[0].num, row[1].num, {row[2].num}, {"", 0}};
	int rc = row[3].kind == DB_BLOB
		     ? vault_unseal(c, e->in->store.vault, "handover.note", row[3].s, &h.note)
		     : 0;

	return rc == 0 ? e->fn(c, &h, e->arg) : rc;
}

int assign_each(struct ctx *c, struct instance *in, const struct matter *m,
    int (*fn)(struct ctx *c, const struct assign_handover *h, void *arg), void *arg)
{
	struct each e = {in, fn, arg};

	return db_each(
	    c, in->store.db, SQL_HANDOVER_OF_MATTER, DB_ARGS(db_int(m->id)), each_row, &e);
}

int assign_watch(
    struct ctx *c, struct instance *in, const struct person *actor, const struct matter *m, bool on)
{
	int rc = right_needs(c, actor, RIGHT_MATTER_READ);

	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_MATTER_READ, m->id, false);
	return rc != 0 ? rc
		       : db_run(c, in->store.db, on ? SQL_WATCH_PUT : SQL_WATCH_DROP,
			     DB_ARGS(db_int(actor->id), db_int(m->id)), NULL);
}

int assign_watches(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, bool *ret)
{
	const struct db_val *row;
	int rc = db_find(
	    c, in->store.db, SQL_WATCH_FIND, DB_ARGS(db_int(actor->id), db_int(m->id)), &row);

	if (rc == 0)
		*ret = row != NULL;
	return rc;
}
