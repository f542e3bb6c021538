#include "desk/extension.h"

#include "base/mem.h"

struct asking {
	struct instance *in;
	const struct person *actor;
	int64_t order, number;
	const char *side;
	struct day until;
	struct str reason;
	bool grant, sent; /* sent: by the officer, in the portal */
	enum right right;
	/* found */
	int64_t seen, id, rev, asker;
	bool open_of_side, answered;
	struct str of;
};

static int look(struct ctx *c, const struct db_val *row, void *arg)
{
	struct asking *a = arg;
	bool open = str_is(row[3].s, "asked");

	a->open_of_side = a->open_of_side || (open && str_is(row[2].s, a->side));
	if (++a->seen != a->number)
		return 0;
	a->id = row[0].num;
	a->rev = row[1].num;
	a->of = str_make(c, row[2].s);
	a->asker = row[5].num;
	a->answered = !open;
	return 0;
}

static int load(struct ctx *c, struct step *s, struct asking *a)
{
	struct legal_order order;
	int rc = step_order(c, s, a->order);

	if (rc == 0)
		rc = matter_order_by_id(c, a->in, a->order, &order);
	if (rc == 0)
		rc = a->sent ? matter_sent(c, a->in, order.matter)
			     : matter_enter(c, a->in, a->actor, a->right, order.matter, true);
	if (rc == 0)
		json_set_int(c, s->detail, "order", order.seq);
	return rc == 0 ? db_each(c, a->in->store.db, SQL_EXTENSION_OF_ORDER,
			     DB_ARGS(db_int(a->order)), look, a)
		       : rc;
}

static int ask(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	int rc = load(c, s, a);

	if (rc == 0 && a->open_of_side)
		rc = err_set(c, ERR_CONFLICT, "more time is asked for already");
	json_set_text(c, s->detail, "side", str_of(a->side));
	return rc != 0 ? rc
		       : step_insert(c, s, STEP_EXTENSION, SQL_EXTENSION_PUT,
			     DB_ARGS(db_int(a->order), db_text(str_of(a->side)), db_day(a->until),
				 db_int(a->actor->id), db_int(s->now.s),
				 db_blob(vault_seal(
				     c, a->in->store.vault, "extension.reason", a->reason))),
			     NULL);
}

static int run_ask(struct ctx *c, struct asking *a)
{
	if (day_is_none(a->until) || a->until.n < instant_day((struct instant){ctx_now(c)}).n)
		return err_set(c, ERR_INVALID, "more time is asked for until a day to come");
	if (str_trim(a->reason).n == 0)
		return err_set(c, ERR_INVALID, "a reason is needed");
	return step_run(c, &a->in->store, "extension.ask", a->actor->id, ask, a, NULL);
}

static int answer(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	int rc = load(c, s, a);

	if (rc == 0 && a->id == 0)
		rc = err_set(c, ERR_NOTFOUND, "nobody asked for this");
	if (rc == 0 && a->answered)
		rc = err_set(c, ERR_CONFLICT, "it is answered already");
	if (rc == 0 && (a->asker == a->actor->id || (a->sent && str_is(a->of, a->side))))
		rc = err_set(c, ERR_DENIED, "the other side answers");
	json_set_bool(c, s->detail, "granted", a->grant);
	return rc != 0 ? rc
		       : step_update(c, s, STEP_EXTENSION, SQL_EXTENSION_ANSWER, a->id, a->rev,
			     DB_ARGS(db_text(a->grant ? STR("granted") : STR("refused")),
				 db_int(a->actor->id), db_int(s->now.s)));
}

int extension_ask(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct day until, struct str reason)
{
	struct asking a = {.in = in,
	    .actor = actor,
	    .order = order->id,
	    .side = "provider",
	    .right = RIGHT_EXTENSION_ASK,
	    .until = until,
	    .reason = reason};
	int rc = right_needs(c, actor, a.right);

	return rc == 0 ? run_ask(c, &a) : rc;
}

int extension_sent_ask(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, struct day until, struct str reason)
{
	struct asking a = {.in = in,
	    .actor = officer,
	    .order = order->id,
	    .side = "officer",
	    .sent = true,
	    .until = until,
	    .reason = reason};

	return run_ask(c, &a);
}

int extension_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, bool grant)
{
	struct asking a = {.in = in,
	    .actor = actor,
	    .order = order->id,
	    .side = "provider",
	    .number = number,
	    .grant = grant,
	    .right = RIGHT_EXTENSION_ANSWER};
	int rc = right_needs(c, actor, a.right);

	return rc == 0 ? step_run(c, &in->store, "extension.answer", actor->id, answer, &a, NULL)
		       : rc;
}

int extension_sent_answer(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, int64_t number, bool grant)
{
	struct asking a = {.in = in,
	    .actor = officer,
	    .order = order->id,
	    .side = "officer",
	    .sent = true,
	    .number = number,
	    .grant = grant};

	return step_run(c, &in->store, "extension.answer", officer->id, answer, &a, NULL);
}

struct listing {
	struct instance *in;
	bool texts;
	struct json *list;
};

static int list_one(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);
	struct str reason;
	int rc = 0;

	json_set_int(c, j, "number", (int64_t)l->list->n + 1);
	json_set_text(c, j, "side", str_make(c, row[2].s));
	json_set_text(c, j, "state", str_make(c, row[3].s));
	json_set_text(c, j, "until", day_str(c, db_get_day(row[4])));
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[6].num}));
	if (row[8].kind != DB_NULL)
		json_set_text(c, j, "answered", instant_str(c, (struct instant){row[8].num}));
	if (l->texts && row[9].kind == DB_BLOB) {
		rc = vault_unseal(c, l->in->store.vault, "extension.reason", row[9].s, &reason);
		if (rc == 0)
			json_set_text(c, j, "reason", reason);
	}
	json_add(c, l->list, j);
	return rc;
}

int extension_list(struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret)
{
	struct listing l = {in, texts, json_list(c)};
	int rc =
	    db_each(c, in->store.db, SQL_EXTENSION_OF_ORDER, DB_ARGS(db_int(order)), list_one, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}
