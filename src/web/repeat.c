#include "web/repeat.h"

#include "base/mem.h"

static const char key_label[] = "repeat.key", asked_label[] = "repeat.asked",
		  answer_label[] = "repeat.answer";

struct once {
	struct route_ask *ask;
	struct hash key, asked;
	struct json *view;
};

/* Each piece with its length before it, so that no two lists of pieces are the same bytes. */
static void piece(struct buf *b, struct str s)
{
	buf_fmt(b, "%zu:", s.n);
	buf_put(b, s);
}

static struct hash key_of(const struct route_ask *ask)
{
	struct buf b = buf_init(ask->c, 4096);

	buf_fmt(&b, "%lld ", (long long)ask->who->id);
	piece(&b, str_of(ask->route->name));
	piece(&b, ask->repeat);
	return vault_key(ask->in->store.vault, key_label, buf_str(&b));
}

static struct hash asked_of(const struct route_ask *ask, const struct form *form)
{
	struct buf b = buf_init(ask->c, 4 * FORM_MAX);

	for (size_t i = 0; i < ROUTE_PARTS_MAX; i++)
		piece(&b, ask->parts[i]);
	for (size_t i = 0; i < form->n; i++) {
		piece(&b, form->fields[i].name);
		piece(&b, form->fields[i].value);
	}
	return vault_key(ask->in->store.vault, asked_label, buf_str(&b));
}

static int keep(struct ctx *c, const struct once *o)
{
	struct instance *in = o->ask->in;

	return db_run(c, in->store.db, SQL_REPEAT_PUT,
	    DB_ARGS(db_blob(hash_str(&o->key)), db_int(ctx_now(c)), db_blob(hash_str(&o->asked)),
		db_blob(vault_seal(c, in->store.vault, answer_label, json_str(c, o->view)))),
	    NULL);
}

static int run(struct ctx *c, void *arg)
{
	struct once *o = arg;
	int rc = o->ask->route->view(o->ask, &o->view);

	return rc == 0 ? keep(c, o) : rc;
}

/* ERR_NOTFOUND: it is the first. */
static int answered(struct once *o)
{
	struct ctx *c = o->ask->c;
	struct instance *in = o->ask->in;
	const struct db_val *row;
	struct str text;
	int rc =
	    db_find(c, in->store.db, SQL_REPEAT_GET, DB_ARGS(db_blob(hash_str(&o->key))), &row);

	if (rc != 0 || row == NULL)
		return rc != 0 ? rc : ERR_NOTFOUND;
	if (!str_eq(row[0].s, hash_str(&o->asked)))
		return err_set(c, ERR_CONFLICT, "this Idempotency-Key came with another request");
	rc = vault_unseal(c, in->store.vault, answer_label, row[1].s, &text);
	return rc == 0 ? json_parse(c, "answer", text, &o->view) : rc;
}

/* The first one was still under way when this began; the error stays when there was none. */
static int meanwhile(struct once *o, int rc)
{
	struct once again = *o;

	if (answered(&again) != 0)
		return rc;
	err_clear(o->ask->c);
	o->view = again.view;
	return 0;
}

int repeat_run(struct route_ask *ask, const struct form *form, struct json **ret)
{
	struct once o = {
	    .ask = ask, .key = key_of(ask), .asked = asked_of(ask, form), .view = *ret};
	int rc = answered(&o);

	if (rc == ERR_NOTFOUND && ask->route->alone) {
		/* what must be on disk before it is told does that itself */
		rc = ask->route->view(ask, &o.view);
		if (rc == 0)
			rc = keep(ask->c, &o);
	} else if (rc == ERR_NOTFOUND) {
		rc = step_together(ask->c, &ask->in->store, run, &o);
		if (rc == ERR_CONFLICT)
			rc = meanwhile(&o, rc);
	}
	if (rc == 0)
		*ret = o.view;
	return rc;
}

int repeat_sweep(struct ctx *c, struct instance *in)
{
	return db_run(
	    c, in->store.db, SQL_REPEAT_SWEEP, DB_ARGS(db_int(ctx_now(c) - REPEAT_SECONDS)), NULL);
}
