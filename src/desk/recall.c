#include "desk/recall.h"

#include "desk/laid.h"
#include "law/fact.h"

static const char reason_label[] = "recall.reason", said_label[] = "recall.said";
static const char causes[] = "validation confirmation objection challenge misdelivery other";

struct acting {
	struct instance *in;
	const struct person *actor;
	struct left left;
	struct str cause, reason, answer;
	struct day day;
};

/* ---- whether it is due ---- */

static bool says(const struct gate *g, const char *fact, const char *value)
{
	return str_is(fact_find(&g->input.order, str_of(fact)), value);
}

static bool unconfirmed(const struct gate *g)
{
	if (says(g, "order.provisional", "yes") && says(g, "order.confirmed", "no"))
		return true; /* the court refused */
	if (g->order.state == ORDER_LAPSED)
		return str_is(g->order.code, "not_confirmed");
	for (size_t i = 0; i < g->now.n_clocks; i++) {
		const struct clock *k = &g->now.clocks[i];

		if (str_is(k->act, "confirm") && k->verified && !k->stopped && !k->unknown &&
		    !instant_is_none(k->latest) && k->latest.s < g->input.now.s)
			return true;
	}
	return false;
}

static int upheld(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	if (str_is(row[3].s, "order") && str_is(row[4].s, "upheld"))
		*(bool *)arg = true;
	return 0;
}

int recall_due(struct ctx *c, struct instance *in, const struct gate *g, struct str *ret)
{
	bool lost = false;
	int rc = db_each(
	    c, in->store.db, SQL_CHALLENGE_OF_ORDER, DB_ARGS(db_int(g->order.id)), upheld, &lost);

	if (rc != 0)
		return rc;
	*ret = lost                                       ? STR("challenge")
	       : says(g, "order.eu_ground_raised", "yes") ? STR("objection")
	       : g->order.state == ORDER_WITHDRAWN && says(g, "order.eu_unvalidated", "yes")
		   ? STR("validation")
	       : unconfirmed(g) ? STR("confirmation")
				: STR("");
	return 0;
}

int recall_due_of(
    struct ctx *c, struct instance *in, const struct gate *g, int64_t production, struct str *ret)
{
	const struct db_val *row;
	struct str due = STR("");
	int64_t slipped = 0;
	int rc = db_one(c, in->store.db, SQL_PRODUCTION_SLIPPED, DB_ARGS(db_int(production)), &row);

	if (rc == 0) {
		slipped = row[0].num;
		rc = db_one(c, in->store.db, SQL_PRODUCTION_HAS_LEFT,
		    DB_ARGS(db_int(production), db_int(production)), &row);
	}
	if (rc == 0 && row[0].num > 0)
		rc = recall_due(c, in, g, &due);
	if (rc == 0)
		*ret = due.n == 0 && slipped > 0 ? STR("other") : due;
	return rc;
}

/* ---- the record ---- */

int recall_of(struct ctx *c, struct instance *in, int64_t production, bool words,
    struct recall *ret, bool *ret_found)
{
	const struct db_val *row;
	struct db_val reason, said;
	struct recall r;
	int rc = db_find(c, in->store.db, SQL_RECALL_OF, DB_ARGS(db_int(production)), &row);

	*ret_found = rc == 0 && row != NULL;
	if (rc != 0 || row == NULL)
		return rc;
	r = (struct recall){.id = row[0].num,
	    .rev = row[1].num,
	    .at = {row[3].num},
	    .author = row[4].num,
	    .cause = str_make(c, row[5].s),
	    .answer = str_make(c, row[6].s),
	    .answered = db_get_day(row[7]),
	    .answerer = row[8].kind == DB_NULL ? 0 : row[8].num};
	reason = row[9];
	said = row[10];
	if (reason.kind == DB_BLOB)
		reason.s = str_make(c, reason.s);
	if (said.kind == DB_BLOB)
		said.s = str_make(c, said.s);
	if (words && reason.kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, reason_label, reason.s, &r.reason);
	if (rc == 0 && words && said.kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, said_label, said.s, &r.said);
	if (rc == 0)
		*ret = r;
	return rc;
}

static int put(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct recall old;
	bool found;
	const struct db_val *row;
	int rc = step_order(c, s, a->left.order);

	if (rc == 0)
		rc = left_again(c, a->in, &a->left);
	if (rc == 0)
		rc = recall_of(c, a->in, a->left.id, false, &old, &found);
	if (rc == 0 && found)
		rc = err_set(c, ERR_CONFLICT, "the production is %s", err_word(c, "recalled"));
	if (rc == 0)
		rc = db_one(c, a->in->store.db, SQL_PRODUCTION_HAS_LEFT,
		    DB_ARGS(db_int(a->left.id), db_int(a->left.id)), &row);
	if (rc == 0 && row[0].num == 0)
		rc = err_set(c, ERR_DENIED, "the production has not left");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", a->left.legal_order.seq);
	json_set_text(c, s->detail, "cause", a->cause);
	rc = step_insert(c, s, STEP_RECALL, SQL_RECALL_PUT,
	    DB_ARGS(db_int(a->left.id), db_int(s->now.s), db_int(a->actor->id), db_text(a->cause),
		db_blob(vault_seal(c, a->in->store.vault, reason_label, a->reason))),
	    NULL);
	if (rc == 0)
		rc = laid_take_back(c, s, a->in, a->actor, a->left.id, STR("recalled"));
	return rc == 0 ? step_update(c, s, STEP_PRODUCTION, SQL_PRODUCTION_SET, a->left.id,
			     a->left.rev, DB_ARGS(db_text(STR("recalled"))))
		       : rc;
}

int recall_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str cause, struct str reason)
{
	struct acting a = {.in = in, .actor = actor, .cause = cause, .reason = str_trim(reason)};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_RECALL, ref, &a.left);

	if (rc == 0 && !str_has_word(str_of(causes), cause))
		rc = err_set(c, ERR_INVALID, "cause is one of: %s", causes);
	if (rc == 0 && a.reason.n == 0)
		rc = err_set(c, ERR_INVALID, "a reason is needed");
	return rc == 0 ? step_run(c, &in->store, "production.recall", actor->id, put, &a, NULL)
		       : rc;
}

static int answer(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct recall r;
	bool found;
	int rc = step_order(c, s, a->left.order);

	if (rc == 0)
		rc = recall_of(c, a->in, a->left.id, false, &r, &found);
	if (rc == 0 && !found)
		rc = err_set(c, ERR_NOTFOUND, "the production was not recalled");
	if (rc == 0 && r.answer.n > 0 && !str_is(r.answer, "none"))
		rc = err_set(c, ERR_CONFLICT, "the authority's answer is recorded already");
	if (rc == 0 &&
	    (day_cmp(a->day, instant_day(r.at)) < 0 || day_cmp(a->day, instant_day(s->now)) > 0))
		rc = err_set(c, ERR_INVALID, "the day lies before the recall, or in the future");
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "answer", a->answer);
	return step_update(c, s, STEP_RECALL, SQL_RECALL_ANSWER, r.id, r.rev,
	    DB_ARGS(db_text(a->answer), db_day(a->day), db_int(a->actor->id),
		a->reason.n > 0 ? db_blob(vault_seal(c, a->in->store.vault, said_label, a->reason))
				: db_null()));
}

int recall_answer(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str word, struct day day, struct str said)
{
	struct acting a = {
	    .in = in, .actor = actor, .answer = word, .day = day, .reason = str_trim(said)};
	int rc = left_find(c, in, actor, RIGHT_RECALL_ANSWER, ref, &a.left);

	if (rc == 0 && !str_has_word(STR("deleted refused none"), word))
		rc = err_set(c, ERR_INVALID, "the answer is deleted, refused or none");
	return rc == 0 ? step_run(
			     c, &in->store, "production.recall_answer", actor->id, answer, &a, NULL)
		       : rc;
}
