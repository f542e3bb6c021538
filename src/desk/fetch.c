#include "desk/fetch.h"

#include "base/mem.h"
#include "desk/misdelivery.h"
#include "desk/pin.h"
#include "desk/produce_p.h"
#include "desk/tries.h"

static const struct tries per_officer = {"fetch", 60, 3600};

enum { HOUR = 3600 };

/* ---- who came in vain ---- */

static int note(
    struct ctx *c, struct instance *in, int64_t production, int64_t officer, const char *what)
{
	int64_t now = ctx_now(c);

	return db_run(c, in->store.db, SQL_REFUSAL_PUT,
	    DB_ARGS(db_int(production), db_int(officer), db_text(str_of(what)),
		db_int(now - now % HOUR), db_int(now)),
	    NULL);
}

static int unknown(struct ctx *c)
{
	return err_set(c, ERR_NOTFOUND, "no production has this reference");
}

static int refused(struct ctx *c, struct instance *in, const struct fetch_seen *s, const char *what,
    const char *text)
{
	int rc = note(c, in, s->production, s->officer.id, what);

	return rc == 0 ? err_set(c, ERR_DENIED, "%s", err_word(c, text)) : rc;
}

/* ---- finding ---- */

static int note_channel(struct ctx *c, const struct db_val *row, void *arg)
{
	bool *portal = arg;

	(void)c;
	*portal = *portal || str_is(row[1].s, "portal");
	return 0;
}

/* The officer's view names it: it is of an order that a demand brought which they may see. */
static int may_see(struct ctx *c, struct instance *in, const struct person *who,
    struct str demand_ref, struct fetch_seen *s)
{
	const struct db_val *demand;
	struct legal_order o;
	struct matter m;
	struct demand d;
	int rc = matter_order_by_id(c, in, s->order, &o);

	if (rc == 0)
		rc = matter_by_id(c, in, o.matter, &m);
	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_DEMAND_BY_ID,
		    DB_ARGS(db_int(o.demand != 0 ? o.demand : m.demand)), &demand);
	if (rc == 0)
		rc = portal_seen(c, in, who, demand[2].s, &d, &s->officer);
	if (rc == 0 && demand_ref.n > 0 && !str_eq(demand_ref, d.ref))
		return unknown(c);
	if (rc != ERR_NOTFOUND)
		return rc;
	err_clear(c);
	rc = note(c, in, s->production, s->officer.id, "not_theirs");
	return rc == 0 ? unknown(c) : rc;
}

/* An officer who was sent away, or whose authority was, is known still. */
static int sent_away(
    struct ctx *c, struct instance *in, const struct person *who, int64_t production)
{
	struct officer o;
	bool found = false;
	int rc;

	err_clear(c);
	rc = who == NULL || production == 0 ? 0 : officer_find_person(c, in, who->id, &o, &found);
	if (rc == 0 && found)
		rc = note(c, in, production, o.id, "sent_away");
	return rc == 0 ? officer_acts(c, in, who, &o) : rc;
}

int fetch_find(struct ctx *c, struct instance *in, const struct person *who, struct str demand,
    struct str ref, struct fetch_seen *ret)
{
	struct fetch_seen s = {.ref = {"", 0}};
	const struct db_val *row = NULL;
	bool portal = false, astray = false, found;
	struct id id;
	int acts = officer_acts(c, in, who, &s.officer), rc = 0;

	if (acts != 0 && acts != ERR_DENIED)
		return acts;
	if (id_parse(c, ref, &id) == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	else if (acts == 0)
		err_clear(c);
	if (rc == 0 && acts != 0)
		return sent_away(c, in, who, row == NULL ? 0 : row[0].num);
	if (rc == 0 && row == NULL)
		return unknown(c);
	if (rc != 0)
		return rc;
	s.production = row[0].num;
	s.order = row[3].num;
	s.ref = str_make(c, row[2].s);
	s.state = str_make(c, row[10].s);
	rc = may_see(c, in, who, demand, &s);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_DELIVERY_OF_PRODUCTION,
		    DB_ARGS(db_int(s.production)), note_channel, &portal);
	if (rc == 0)
		rc = misdelivery_open(c, in, s.production, &astray);
	if (rc == 0 && (!portal || astray || str_is(s.state, "recalled")))
		return unknown(c);
	if (rc == 0)
		rc = laid_last(c, in, s.production, &s.laid, &found);
	if (rc == 0)
		*ret = s;
	return rc;
}

/* ---- what stands against it ---- */

/* Of what was handed over: what stops a production. That the case is closed stops nothing. */
static int check_gate(struct ctx *c, struct instance *in, const struct fetch_seen *s)
{
	struct gate g;
	int rc = gate_load(c, in, s->order, &g);

	if (rc == 0 && g.order.state == ORDER_CLOSED)
		rc = g.alerts > 0 || g.order.hold.n > 0 ? ERR_DENIED : 0;
	else if (rc == 0)
		rc = produce_leaving(c, in, &g, s->production);
	if (rc != ERR_DENIED)
		return rc;
	err_clear(c); /* the officer learns that, and not why */
	return refused(
	    c, in, s, "stopped", ERR_TEXT("this production is stopped: ask the provider"));
}

static int check_taker(struct ctx *c, struct instance *in, const struct fetch_seen *s)
{
	struct instant since;
	int64_t taker;
	int rc = laid_taker(c, in, s->production, &taker, &since);

	if (rc != 0 || taker == 0)
		return rc;
	if (taker != s->officer.id)
		return refused(c, in, s, "given_over",
		    ERR_TEXT("another officer of your authority takes this production over"));
	if (s->laid.at.s < since.s)
		return refused(c, in, s, "not_yet",
		    ERR_TEXT("it is not sealed to your key yet: the provider lays it down anew"));
	return 0;
}

static int check_open(struct ctx *c, struct instance *in, const struct fetch_seen *s)
{
	int rc;

	if (s->laid.id == 0)
		return unknown(c);
	if (str_is(s->laid.state, "revoked"))
		return refused(c, in, s, "revoked",
		    ERR_TEXT("the provider has taken it back: ask the provider"));
	if (!str_is(s->laid.state, "open") || s->laid.until.s <= ctx_now(c))
		return refused(c, in, s, "expired",
		    ERR_TEXT("its time here is over: ask the provider to lay it down anew"));
	rc = check_taker(c, in, s);
	return rc == 0 ? check_gate(c, in, s) : rc;
}

/* ---- the pledge ---- */

int fetch_pledged(struct ctx *c, struct instance *in, const struct fetch_seen *s, bool *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_PLEDGE_FIND,
	    DB_ARGS(db_int(s->laid.id), db_int(s->officer.id)), &row);

	*ret = rc == 0 && row != NULL;
	return rc;
}

struct beginning {
	struct instance *in;
	const struct person *who;
	struct str demand;
	struct fetch_seen *seen;
	struct fetch *f;
};

/* Within the step: as it stands now. */
static int look_again(struct ctx *c, struct step *s, struct beginning *b)
{
	struct fetch_seen now;
	int rc = step_order(c, s, b->seen->order);

	if (rc == 0)
		rc = fetch_find(c, b->in, b->who, b->demand, b->seen->ref, &now);
	if (rc == 0 && now.laid.id != b->seen->laid.id)
		rc = err_set(c, ERR_CONFLICT, "it was laid down anew meanwhile: look again");
	if (rc == 0)
		rc = check_open(c, b->in, &now);
	return rc;
}

static int pledge(struct ctx *c, struct step *s, void *arg)
{
	struct beginning *b = arg;
	bool there = false;
	int rc = look_again(c, s, b);

	if (rc == 0)
		rc = fetch_pledged(c, b->in, b->seen, &there);
	if (rc == 0 && there)
		rc = err_set(c, ERR_CONFLICT, "it is said already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "laid", b->seen->laid.number);
	return step_insert(c, s, STEP_PLEDGE, SQL_PLEDGE_PUT,
	    DB_ARGS(db_int(b->seen->laid.id), db_int(b->seen->officer.id),
		db_int(b->seen->officer.agency), db_int(s->now.s)),
	    NULL);
}

int fetch_pledge(
    struct ctx *c, struct instance *in, const struct person *who, struct str demand, struct str ref)
{
	struct fetch_seen seen;
	struct beginning b = {in, who, demand, &seen, NULL};
	bool there = false;
	int rc = fetch_find(c, in, who, demand, ref, &seen);

	if (rc == 0)
		rc = check_open(c, in, &seen);
	if (rc == 0)
		rc = fetch_pledged(c, in, &seen, &there);
	if (rc != 0 || there)
		return rc;
	rc = step_run(c, &in->store, "production.pledge", who->id, pledge, &b, NULL);
	if (rc != ERR_CONFLICT)
		return rc;
	/* said twice at one moment */
	return fetch_pledged(c, in, &seen, &there) == 0 && there ? (err_clear(c), 0) : rc;
}

/* ---- the PIN ---- */

static int check_pin(
    struct ctx *c, struct instance *in, const struct fetch_seen *s, struct str pin, struct fetch *f)
{
	enum pin_found found;
	int rc;

	f->pinned = !str_is(s->laid.pin, "none");
	if (!f->pinned)
		return 0;
	if (str_trim(pin).n == 0)
		return err_set(c, ERR_INVALID, "field pin: enter the PIN that you were told");
	rc = pin_try(c, in, s->laid.id, pin, &found, &f->pin);
	if (rc != 0 || found == PIN_RIGHT)
		return rc;
	switch (found) {
	case PIN_LOCKED:
		return refused(c, in, s, "locked",
		    ERR_TEXT("too many wrong PINs: ask the provider for a new one"));
	case PIN_USED:
		return refused(c, in, s, "pin_used",
		    ERR_TEXT("this PIN was used: ask the provider for a new one"));
	case PIN_NONE:
		return refused(
		    c, in, s, "no_pin", ERR_TEXT("there is no PIN yet: ask the provider for one"));
	case PIN_RIGHT:
	case PIN_WRONG:
		break;
	}
	return refused(c, in, s, "wrong_pin", ERR_TEXT("this is not the PIN"));
}

/* ---- the download ---- */

static int begin(struct ctx *c, struct step *s, void *arg)
{
	struct beginning *b = arg;
	struct db *db = b->in->store.db;
	bool there = false;
	int rc = look_again(c, s, b);

	if (rc == 0)
		rc = deposit_find(c, b->in, b->seen->production, &b->f->lies, &there);
	if (rc == 0 && !there)
		rc = unknown(c);
	if (rc == 0 && b->f->pinned)
		rc = pin_take(c, b->in, b->seen->laid.id, b->f->pin);
	if (rc == 0)
		rc = step_insert(c, s, STEP_DOWNLOAD, SQL_DOWNLOAD_PUT,
		    DB_ARGS(
			db_int(b->seen->production), db_int(b->seen->officer.id), db_int(s->now.s)),
		    &b->f->download);
	return rc == 0 ? db_run(c, db, SQL_DOWNLOAD_END_PUT,
			     DB_ARGS(db_int(b->f->download), db_int(b->seen->laid.id),
				 db_int(b->f->lies.size)),
			     NULL)
		       : rc;
}

int fetch_begin(struct ctx *c, struct instance *in, const struct person *who, struct str demand,
    struct str ref, struct str pin, struct fetch *ret)
{
	struct fetch f = {.pinned = false};
	struct fetch_seen seen;
	struct beginning b = {in, who, demand, &seen, &f};
	bool pledged = false, over = false;
	int rc = fetch_find(c, in, who, demand, ref, &seen);

	if (rc == 0)
		rc = check_open(c, in, &seen);
	if (rc == 0)
		rc = fetch_pledged(c, in, &seen, &pledged);
	if (rc == 0 && !pledged)
		rc = refused(c, in, &seen, "no_pledge",
		    ERR_TEXT("say first that you take this production for your authority"));
	if (rc == 0)
		rc = tries_count(c, in, &per_officer, seen.officer.ref, &over);
	if (rc == 0 && over)
		rc = note(c, in, seen.production, seen.officer.id, "too_often");
	if (rc == 0 && over)
		rc = err_set(c, ERR_LIMIT, "too many within a short time: try again later");
	if (rc == 0)
		rc = check_pin(c, in, &seen, pin, &f);
	f.laid = seen.laid.id;
	if (rc == 0)
		rc = step_run(c, &in->store, "production.fetch", who->id, begin, &b, NULL);
	if (rc == 0)
		*ret = f;
	explicit_bzero(f.lies.key, sizeof f.lies.key);
	return rc;
}

int fetch_runs(struct ctx *c, struct instance *in, int64_t laid, bool *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_LAID_RUNS, DB_ARGS(db_int(laid)), &row);

	*ret = rc == 0 && (str_is(row[0].s, "open") || str_is(row[0].s, "expired")) &&
	       !str_is(row[1].s, "recalled") && row[2].kind == DB_NULL && row[3].num == 0;
	return rc;
}

struct ending {
	struct instance *in;
	const struct fetch *f;
	int64_t sent;
	const char *what;
};

static int end(struct ctx *c, struct db *db, void *arg)
{
	struct ending *e = arg;
	int rc = db_run(c, db, SQL_DOWNLOAD_END_SET,
	    DB_ARGS(db_int(e->sent), db_int(ctx_now(c)), db_text(str_of(e->what)),
		db_int(e->f->download)),
	    NULL);

	if (rc == 0 && e->f->pinned)
		rc = pin_end(c, e->in, e->f->laid, e->f->pin, strcmp(e->what, "fetched") == 0);
	return rc;
}

int fetch_end(
    struct ctx *c, struct instance *in, const struct fetch *f, int64_t sent, const char *what)
{
	struct ending e = {in, f, sent, what};

	return db_tx(c, in->store.db, end, &e);
}
