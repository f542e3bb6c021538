#include "desk/misdelivery.h"

#include "base/mem.h"
#include "desk/laid.h"

static const char words_label[] = "misdelivery.words", said_label[] = "misdelivery.said";

struct acting {
	struct instance *in;
	const struct person *actor;
	struct left left;
	struct str to_whom, how, said;
	struct day found;
};

struct each {
	struct instance *in;
	bool words;
	int (*fn)(struct ctx *c, const struct misdelivery *m, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct misdelivery m = {.id = row[0].num,
	    .rev = row[1].num,
	    .at = {row[3].num},
	    .author = row[4].num,
	    .found = db_get_day(row[5]),
	    .state = str_make(c, row[6].s),
	    .settler = row[7].kind == DB_NULL ? 0 : row[7].num,
	    .settled = db_get_instant(row[8])};
	struct db_val words = row[9], said = row[10];
	struct json *j = NULL;
	int rc = 0;

	if (e->words)
		rc = left_unwords(c, e->in, words_label, words, &j);
	if (rc == 0 && e->words && said.kind == DB_BLOB)
		rc = vault_unseal(c, e->in->store.vault, said_label, str_make(c, said.s), &m.said);
	m.words = j;
	return rc == 0 ? e->fn(c, &m, e->arg) : rc;
}

int misdelivery_of(struct ctx *c, struct instance *in, int64_t production, bool words,
    int (*fn)(struct ctx *c, const struct misdelivery *m, void *arg), void *arg)
{
	struct each e = {in, words, fn, arg};

	return db_each(
	    c, in->store.db, SQL_MISDELIVERY_OF, DB_ARGS(db_int(production)), each_row, &e);
}

static int keep_open(struct ctx *c, const struct misdelivery *m, void *arg)
{
	(void)c;
	if (str_is(m->state, "open"))
		*(struct misdelivery *)arg = *m;
	return 0;
}

int misdelivery_open(struct ctx *c, struct instance *in, int64_t production, bool *ret)
{
	struct misdelivery m = {.id = 0};
	int rc = misdelivery_of(c, in, production, false, keep_open, &m);

	*ret = rc == 0 && m.id != 0;
	return rc;
}

/* ---- acts ---- */

static int load(struct ctx *c, struct step *s, struct acting *a, struct misdelivery *ret)
{
	int rc = step_order(c, s, a->left.order);

	*ret = (struct misdelivery){.id = 0};
	if (rc == 0)
		rc = misdelivery_of(c, a->in, a->left.id, false, keep_open, ret);
	json_set_int(c, s->detail, "order", a->left.legal_order.seq);
	return rc;
}

/* Delivered, or taken by a mail server though something stopped it. */
static int has_left(struct ctx *c, const struct acting *a)
{
	const struct db_val *row;
	int rc = db_one(c, a->in->store.db, SQL_PRODUCTION_HAS_LEFT,
	    DB_ARGS(db_int(a->left.id), db_int(a->left.id)), &row);

	if (rc == 0 && row[0].num == 0)
		rc = err_set(c, ERR_DENIED, "the production has not left");
	return rc;
}

static int put(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct json *j = json_map(c);
	struct misdelivery m;
	int rc = load(c, s, a, &m);

	if (rc == 0 && m.id != 0)
		rc = err_set(c, ERR_CONFLICT, "a misdelivery of it is open already");
	if (rc == 0)
		rc = has_left(c, a);
	if (rc == 0 && day_cmp(a->found, instant_day(s->now)) > 0)
		rc = err_set(c, ERR_INVALID, "the day lies in the future");
	if (rc != 0)
		return rc;
	json_set_text(c, j, "to_whom", a->to_whom);
	json_set_text(c, j, "how", a->how);
	rc = step_insert(c, s, STEP_MISDELIVERY, SQL_MISDELIVERY_PUT,
	    DB_ARGS(db_int(a->left.id), db_int(s->now.s), db_int(a->actor->id), db_day(a->found),
		db_blob(left_words(c, a->in, words_label, j))),
	    NULL);
	return rc == 0 ? laid_take_back(c, s, a->in, a->actor, a->left.id, STR("misdelivered"))
		       : rc;
}

int misdelivery_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str to_whom, struct str how, struct day found)
{
	struct acting a = {
	    .in = in, .actor = actor, .to_whom = to_whom, .how = str_trim(how), .found = found};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_MISDELIVERED, ref, &a.left);

	if (rc == 0)
		rc = left_line_ok(c, to_whom, ERR_TEXT("to whom it went"));
	if (rc == 0 && a.how.n == 0)
		rc = err_set(c, ERR_INVALID, "say how it was found");
	return rc == 0
		   ? step_run(c, &in->store, "production.misdelivered", actor->id, put, &a, NULL)
		   : rc;
}

static int settle(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct misdelivery m;
	int rc = load(c, s, a, &m);

	if (rc == 0 && m.id == 0)
		rc = err_set(c, ERR_NOTFOUND, "no misdelivery of it is open");
	return rc != 0 ? rc
		       : step_update(c, s, STEP_MISDELIVERY, SQL_MISDELIVERY_SETTLE, m.id, m.rev,
			     DB_ARGS(db_int(a->actor->id), db_int(s->now.s),
				 db_blob(vault_seal(c, a->in->store.vault, said_label, a->said))));
}

int misdelivery_settle(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str said)
{
	struct acting a = {.in = in, .actor = actor, .said = str_trim(said)};
	int rc = left_find(c, in, actor, RIGHT_MISDELIVERY_SETTLE, ref, &a.left);

	if (rc == 0 && a.said.n == 0)
		rc = err_set(c, ERR_INVALID, "say whom you decided to tell, and why");
	return rc == 0 ? step_run(c, &in->store, "production.misdelivered_settle", actor->id,
			     settle, &a, NULL)
		       : rc;
}
