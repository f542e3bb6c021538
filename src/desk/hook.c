#include "desk/hook.h"

#include "base/mem.h"
#include "desk/retry.h"
#include "desk/right.h"
#include "kind/host.h"
#include "kind/id.h"

const char hook_events[] = "demand.receive order.state production.delivered clock.soon paging";

static const char url_label[] = "webhook.url", secret_label[] = "webhook.secret";

/* ---- kept in the ledger ---- */

struct adding {
	struct instance *in;
	struct str ref, url, events, secret;
	int64_t actor;
};

static int add(struct ctx *c, struct step *s, void *arg)
{
	const struct adding *a = arg;
	const struct vault *v = a->in->store.vault;
	int64_t id;

	return step_insert(c, s, STEP_WEBHOOK, SQL_WEBHOOK_PUT,
	    DB_ARGS(db_text(a->ref), db_text(a->events), db_int(s->now.s), db_int(a->actor),
		db_blob(vault_seal(c, v, url_label, a->url)),
		db_blob(vault_seal(c, v, secret_label, a->secret))),
	    &id);
}

static int events_check(struct ctx *c, struct str events)
{
	struct str w;
	size_t n = 0;

	while (str_word(&events, &w)) {
		n++;
		if (!str_has_word(str_of(hook_events), w))
			return err_set(c, ERR_INVALID, "events are: %s", hook_events);
	}
	return n > 0 ? 0 : err_set(c, ERR_INVALID, "name at least one event of: %s", hook_events);
}

static int url_check(struct ctx *c, const struct instance *in, struct str url)
{
	struct host h;
	int rc = host_parse(c, url, "https http", &h);

	if (rc == 0 && !h.here && !str_is(h.scheme, "https"))
		rc = err_set(c, ERR_INVALID, "http:// is for 127.0.0.1 and [::1] alone");
	if (rc == 0 && !net_conf_hook_port(&in->net, h.port))
		rc = err_set(c, ERR_DENIED,
		    "writ.yaml does not let webhooks lie at port %d (webhook_ports)", h.port);
	return rc;
}

static int count(struct ctx *c, struct instance *in)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_WEBHOOK_COUNT, DB_NO_ARGS, &row);

	if (rc == 0 && row[0].num >= HOOK_MAX)
		rc = err_set(c, ERR_LIMIT, "%d webhooks at most", HOOK_MAX);
	return rc;
}

int hook_add(struct ctx *c, struct instance *in, const struct person *actor, struct str url,
    struct str events, struct str secret, struct str *ret_ref)
{
	struct id ref = id_make(c);
	struct adding a = {in, str_make(c, id_str(&ref)), url, events, secret, actor->id};
	int rc = right_needs(c, actor, RIGHT_WEBHOOK);

	if (rc == 0)
		rc = url_check(c, in, url);
	if (rc == 0)
		rc = events_check(c, events);
	if (rc == 0 && secret.n != HOOK_SECRET)
		rc = err_set(c, ERR_INVALID, "a webhook's secret has %d characters", HOOK_SECRET);
	if (rc == 0)
		rc = count(c, in);
	if (rc == 0)
		rc = step_run(c, &in->store, "webhook.add", actor->id, add, &a, NULL);
	if (rc == 0)
		*ret_ref = a.ref;
	return rc;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct hook *h, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *r, void *arg)
{
	const struct each *e = arg;
	struct hook h = {.id = r[0].num,
	    .rev = r[1].num,
	    .ref = str_make(c, r[2].s),
	    .events = str_make(c, r[3].s),
	    .made = {r[4].num},
	    .ended = db_get_instant(r[5]),
	    .url = STR("(erased)"),
	    .waiting = r[7].num,
	    .dead = r[8].num};
	int rc = 0;

	if (r[6].kind == DB_BLOB)
		rc = vault_unseal(c, e->in->store.vault, url_label, r[6].s, &h.url);
	return rc == 0 ? e->fn(c, &h, e->arg) : rc;
}

int hook_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct hook *h, void *arg), void *arg)
{
	struct each e = {in, fn, arg};
	int rc = right_needs(c, actor, RIGHT_WEBHOOK);

	return rc == 0 ? db_each(c, in->store.db, SQL_WEBHOOK_EACH, DB_NO_ARGS, each_row, &e) : rc;
}

struct ending {
	int64_t id, rev;
};

static int end(struct ctx *c, struct step *s, void *arg)
{
	const struct ending *e = arg;

	return step_update(
	    c, s, STEP_WEBHOOK, SQL_WEBHOOK_END, e->id, e->rev, DB_ARGS(db_int(s->now.s)));
}

int hook_end(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	const struct db_val *row;
	struct ending e;
	struct id id;
	int rc = right_needs(c, actor, RIGHT_WEBHOOK);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_WEBHOOK_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no webhook has this reference");
	if (rc == 0 && row[2].kind != DB_NULL)
		rc = err_set(c, ERR_CONFLICT, "the webhook has ended already");
	if (rc != 0)
		return rc;
	e = (struct ending){row[0].num, row[1].num};
	return step_run(c, &in->store, "webhook.end", actor->id, end, &e, NULL);
}

/* ---- the queue ---- */

int hook_event_once(struct ctx *c, struct db *db, const char *event, int64_t matter, int64_t demand,
    struct str mark, struct instant now)
{
	struct str wants = str_fmt(c, "%% %s %%", event);

	return db_run(c, db, matter != 0 ? SQL_WEBHOOK_TELL_MATTER : SQL_WEBHOOK_TELL_DEMAND,
	    DB_ARGS(db_text(mark), db_text(str_of(event)), db_int(now.s),
		db_int(matter != 0 ? matter : demand), db_text(wants)),
	    NULL);
}

int hook_event(struct ctx *c, struct db *db, const char *event, int64_t matter, int64_t demand,
    struct instant now)
{
	struct id ref = id_make(c);

	return hook_event_once(c, db, event, matter, demand, id_str(&ref), now);
}

struct clock_soon {
	int64_t order, matter, due;
};
struct clocks {
	struct clock_soon *at;
	size_t n, cap;
};

static int clock_add(struct ctx *c, const struct db_val *r, void *arg)
{
	struct clocks *l = arg;

	l->at = mem_grow(c, l->at, l->n, &l->cap, sizeof *l->at);
	l->at[l->n++] = (struct clock_soon){r[0].num, r[1].num, r[2].num};
	return 0;
}

/* The same for the same deadline, and nobody can read a row's number from it. */
static struct str clock_mark(struct ctx *c, const struct instance *in, const struct clock_soon *k)
{
	struct str plain = str_fmt(c, "%lld %lld", (long long)k->order, (long long)k->due);
	struct hash h = vault_key(in->store.vault, "webhook.clock", plain);

	return text_hex(c, h.b, 16);
}

int hook_clocks(struct ctx *c, struct instance *in)
{
	struct instant now = {ctx_now(c)};
	struct clocks l = {0};
	int rc = db_each(c, in->store.db, SQL_WEBHOOK_CLOCKS,
	    DB_ARGS(db_int(now.s), db_int(now.s + HOOK_SOON_SECONDS)), clock_add, &l);

	for (size_t i = 0; i < l.n && rc == 0; i++)
		rc = hook_event_once(c, in->store.db, "clock.soon", l.at[i].matter, 0,
		    clock_mark(c, in, &l.at[i]), now);
	return rc;
}

static int due_read(
    struct ctx *c, struct instance *in, const struct db_val *r, struct hook_due *ret)
{
	const struct vault *v = in->store.vault;
	struct hook_due d = {.id = r[0].num,
	    .tries = r[1].num + 1,
	    .ref = str_make(c, r[2].s),
	    .event = str_make(c, r[3].s),
	    .at = {r[4].num}};
	int rc;

	if (r[5].kind == DB_TEXT)
		d.matter = str_make(c, r[5].s);
	if (r[6].kind == DB_TEXT)
		d.demand = str_make(c, r[6].s);
	rc = vault_unseal(c, v, url_label, r[7].s, &d.url);
	if (rc == 0)
		rc = vault_unseal(c, v, secret_label, r[8].s, &d.secret);
	if (rc == 0)
		*ret = d;
	return rc;
}

/* Whoever dies with it leaves it to be tried again when the wait after this try is over. */
int hook_take(struct ctx *c, struct instance *in, struct hook_due *ret)
{
	const struct db_val *row;
	int64_t now = ctx_now(c), wait, changed = 0;
	struct hook_due d;
	int rc = db_find(c, in->store.db, SQL_WEBHOOK_NEXT, DB_ARGS(db_int(now)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no message waits");
	if (rc == 0)
		rc = due_read(c, in, row, &d);
	if (rc != 0)
		return rc;
	wait = retry_hook(d.tries, d.at, (struct instant){now});
	rc = db_run(c, in->store.db, SQL_WEBHOOK_TAKE,
	    DB_ARGS(db_int(now + (wait < 0 ? HOOK_TAKE_SECONDS : wait)), db_int(d.id),
		db_int(d.tries - 1)),
	    &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_NOTFOUND, "another took it");
	if (rc == 0)
		*ret = d;
	return rc;
}

int hook_done(struct ctx *c, struct instance *in, const struct hook_due *due, bool taken)
{
	bool over = retry_hook(due->tries, due->at, (struct instant){ctx_now(c)}) < 0;

	if (!taken && !over)
		return 0; /* it is due again already */
	return db_run(c, in->store.db, SQL_WEBHOOK_DONE,
	    DB_ARGS(db_text(taken ? STR("sent") : STR("failed")), db_int(due->id)), NULL);
}

int hook_dead(struct ctx *c, struct instance *in, int64_t *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_WEBHOOK_DEAD, DB_NO_ARGS, &row);

	if (rc == 0)
		*ret = row[0].num;
	return rc;
}

int hook_sweep(struct ctx *c, struct instance *in)
{
	int64_t kept = (int64_t)HOOK_KEPT_DAYS * 86400, now = ctx_now(c);

	return db_run(c, in->store.db, SQL_WEBHOOK_SWEEP,
	    DB_ARGS(db_int(now - kept), db_int(now - 10 * kept)), NULL);
}
