#include "desk/claim_bar.h"

struct str claim_bar_says(const struct gate *g)
{
	const struct facts *f = &g->input.order;

	if (str_is(fact_find(f, STR("order.child_abuse")), "yes") ||
	    str_is(fact_find(f, STR("order.eu_offence_list")), "child_abuse") ||
	    str_is(g->order.instrument, "US-NCMEC"))
		return STR("child_abuse");
	if (gate_emergency(g) || str_is(g->order.instrument, "US-PRTT-EMERG"))
		return STR("emergency");
	return STR("");
}

static int note(struct ctx *c, struct step *s, int64_t matter, int64_t author, struct str kind)
{
	const struct db_val *row;
	int rc = db_find(
	    c, s->store->db, SQL_CLAIM_BAR_FIND, DB_ARGS(db_int(matter), db_text(kind)), &row);

	if (rc != 0 || row != NULL)
		return rc;
	return step_insert(c, s, STEP_CLAIM_BAR, SQL_CLAIM_BAR_PUT,
	    DB_ARGS(db_int(matter), db_text(kind), db_int(s->now.s), db_int(author)), NULL);
}

int claim_bar_look(struct ctx *c, struct step *s, const struct gate *g)
{
	struct str kind = claim_bar_says(g);

	return kind.n == 0 ? 0 : note(c, s, g->matter.id, s->actor, kind);
}

int claim_bar_find(struct ctx *c, struct instance *in, int64_t matter, struct str *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_CLAIM_BARRED, DB_ARGS(db_int(matter)), &row);

	if (rc == 0)
		*ret = row[0].kind != DB_NULL ? row[0].s
		       : row[1].num > 0       ? STR("emergency")
		       : row[2].num > 0       ? STR("child_abuse")
					      : STR("");
	return rc;
}

struct barring {
	struct instance *in;
	const struct person *actor;
	int64_t matter;
	struct str kind;
};

static int bar(struct ctx *c, struct step *s, void *arg)
{
	const struct barring *b = arg;
	const struct db_val *row;
	int rc = step_matter(c, s, b->matter);

	if (rc == 0)
		rc = matter_enter(c, b->in, b->actor, RIGHT_CLAIM_BAR, b->matter, false);
	if (rc == 0)
		rc = db_find(c, b->in->store.db, SQL_CLAIM_BAR_FIND,
		    DB_ARGS(db_int(b->matter), db_text(b->kind)), &row);
	if (rc == 0 && row != NULL)
		rc = err_set(c, ERR_CONFLICT, "it is on record already");
	json_set_text(c, s->detail, "bar", b->kind);
	return rc == 0 ? note(c, s, b->matter, b->actor->id, b->kind) : rc;
}

int claim_bar_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct str kind)
{
	struct barring b = {in, actor, m->id, kind};
	int rc = right_needs(c, actor, RIGHT_CLAIM_BAR);

	if (rc == 0 && !str_has_word(STR("emergency child_abuse"), kind))
		rc = err_set(c, ERR_INVALID, "a bar is emergency or child_abuse");
	return rc == 0 ? step_run(c, &in->store, "claim.bar", actor->id, bar, &b, NULL) : rc;
}
