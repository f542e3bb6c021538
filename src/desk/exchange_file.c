/* Fetching and acknowledging what was produced (exchange.h). */
#include "desk/deposit.h"
#include "desk/exchange.h"
#include "desk/gate.h"
#include "desk/misdelivery.h"
#include "desk/produce.h"

struct fetching {
	struct instance *in;
	const struct person *who;
	struct str ref;
	struct officer officer;
	int64_t production, order;
	struct str state;
	bool by_portal;
};

static int unknown(struct ctx *c)
{
	return err_set(c, ERR_NOTFOUND, "no production has this reference");
}

static int note_channel(struct ctx *c, const struct db_val *row, void *arg)
{
	struct fetching *f = arg;

	(void)c;
	f->by_portal = f->by_portal || str_is(row[1].s, "portal");
	return 0;
}

/* The officer's view names it: it is of an order that a demand brought which they may see. */
static int may_see(struct ctx *c, struct fetching *f)
{
	const struct db_val *demand;
	struct legal_order o;
	struct matter m;
	struct demand d;
	int rc = matter_order_by_id(c, f->in, f->order, &o);

	if (rc == 0)
		rc = matter_by_id(c, f->in, o.matter, &m);
	if (rc == 0)
		rc = db_one(c, f->in->store.db, SQL_DEMAND_BY_ID,
		    DB_ARGS(db_int(o.demand != 0 ? o.demand : m.demand)), &demand);
	if (rc == 0)
		rc = portal_seen(c, f->in, f->who, demand[2].s, &d, &f->officer);
	if (rc != ERR_NOTFOUND)
		return rc;
	err_clear(c);
	return unknown(c);
}

static int find(struct ctx *c, struct fetching *f)
{
	const struct db_val *row;
	struct id id;
	bool astray = false;
	int rc = officer_acts(c, f->in, f->who, &f->officer);

	if (rc != 0)
		return rc;
	if (id_parse(c, f->ref, &id) != 0) {
		err_clear(c);
		return unknown(c);
	}
	rc =
	    db_find(c, f->in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row == NULL)
		return unknown(c);
	if (rc != 0)
		return rc;
	f->production = row[0].num;
	f->order = row[3].num;
	f->state = str_make(c, row[10].s);
	rc = may_see(c, f);
	if (rc == 0)
		rc = db_each(c, f->in->store.db, SQL_DELIVERY_OF_PRODUCTION,
		    DB_ARGS(db_int(f->production)), note_channel, f);
	if (rc == 0)
		rc = misdelivery_open(c, f->in, f->production, &astray);
	if (rc == 0 && (!f->by_portal || astray || str_is(f->state, "recalled")))
		rc = unknown(c);
	return rc;
}

static int note(struct ctx *c, struct step *s, void *arg)
{
	struct fetching *f = arg;
	struct gate g;
	int rc = step_order(c, s, f->order);

	if (rc == 0)
		rc = find(c, f);
	if (rc == 0)
		rc = gate_load(c, f->in, f->order, &g);
	if (rc == 0 && g.alerts > 0)
		rc = err_set(c, ERR_DENIED, "this production is stopped: ask the provider");
	return rc != 0
		   ? rc
		   : step_insert(c, s, STEP_DOWNLOAD, SQL_DOWNLOAD_PUT,
			 DB_ARGS(db_int(f->production), db_int(f->officer.id), db_int(s->now.s)),
			 NULL);
}

int exchange_fetch(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref, int fd)
{
	struct fetching f = {.in = in, .who = who, .ref = ref};
	bool there = false;
	int rc = find(c, &f);

	if (rc == 0)
		rc = deposit_has(c, in, f.production, &there);
	if (rc == 0 && !there)
		rc = unknown(c);
	if (rc == 0)
		rc = step_run(c, &in->store, "production.fetch", who->id, note, &f, NULL);
	return rc == 0 ? deposit_read(c, in, f.production, fd) : rc;
}

static int count_fetch(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	(void)row;
	*(int64_t *)arg += 1;
	return 0;
}

int exchange_acknowledge(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref)
{
	struct fetching f = {.in = in, .who = who, .ref = ref};
	int64_t fetched = 0;
	int rc = find(c, &f);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_DOWNLOAD_OF_PRODUCTION,
		    DB_ARGS(db_int(f.production)), count_fetch, &fetched);
	if (rc == 0 && fetched == 0)
		rc = err_set(c, ERR_CONFLICT, "fetch it first: nobody has yet");
	return rc == 0 ? produce_sent_acknowledge(c, in, who, ref) : rc;
}
