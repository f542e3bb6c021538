/* What people, and time, do with what lies in the portal (laid.h). */
#include "base/mem.h"
#include "desk/deposit.h"
#include "desk/laid.h"
#include "desk/officer.h"
#include "desk/outgoing.h"
#include "desk/pin.h"
#include "desk/produce_p.h"
#include "desk/transfer.h"

static const char reason_label[] = "laid.reason", taker_label[] = "taker.reason";

struct acting {
	struct instance *in;
	const struct person *actor;
	enum right right;
	struct str ref;
	const struct laid_how *how;
	bool again;
	struct day until;
	struct str reason, officer_ref;
	const struct deposit_file *file; /* to be put; NULL: what lies there */
	/* found */
	int64_t production, order, officer;
	struct str first; /* hash of the file, of a production without rows of seals */
	struct gate g;
	struct laid last;
	bool found;
	struct laid_made made;
};

/* ---- asking ---- */

/* What lies elsewhere does not exist for the person. */
static int find(struct ctx *c, struct acting *a)
{
	struct right_place place;
	const struct db_val *row = NULL;
	struct id id;
	int rc = right_needs(c, a->actor, a->right);

	if (rc == 0)
		rc = id_parse(c, a->ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, a->in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL)
		rc = produce_place(c, a->in, row[3].num, &place);
	if (rc == 0)
		rc = right_case(
		    c, a->actor, a->right, row == NULL ? NULL : &place, ERR_TEXT("production"));
	if (rc != 0)
		return rc;
	a->ref = str_make(c, id_str(&id));
	a->production = row[0].num;
	a->order = row[3].num;
	a->first = str_make(c, row[8].s);
	return 0;
}

/* Within the step: the case, and what was laid down last. */
static int load(struct ctx *c, struct step *s, struct acting *a)
{
	int rc = step_order(c, s, a->order);

	if (rc == 0)
		rc = gate_load(c, a->in, a->order, &a->g);
	if (rc == 0)
		rc = laid_last(c, a->in, a->production, &a->last, &a->found);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", a->g.order.seq);
	return 0;
}

static int open_one(struct ctx *c, struct step *s, struct acting *a)
{
	int rc = load(c, s, a);

	if (rc == 0 && (!a->found || !str_is(a->last.state, "open")))
		rc = err_set(
		    c, ERR_CONFLICT, "nothing of this production lies in the portal: lay it down");
	if (rc == 0)
		json_set_int(c, s->detail, "laid", a->last.number);
	return rc;
}

/* ---- the PIN ---- */

/* Whose it is: the one who was named, else who sent the demand. */
static int officer_for(struct ctx *c, const struct acting *a, struct officer *ret)
{
	int64_t demand = a->g.order.demand != 0 ? a->g.order.demand : a->g.matter.demand;
	const struct db_val *row;
	struct instant since;
	int64_t taker;
	int rc = laid_taker(c, a->in, a->production, &taker, &since);

	if (rc == 0 && taker != 0)
		return officer_by_id(c, a->in, taker, ret);
	if (rc == 0)
		rc = db_find(
		    c, a->in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(demand)), &row);
	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the demand came from no officer of the portal");
	return rc == 0 ? officer_by_id(c, a->in, row[3].num, ret) : rc;
}

static int mail_pin(struct ctx *c, const struct acting *a, struct str pin)
{
	struct officer o;
	struct outgoing letter = {.kind = STR("production.pin")};
	bool de;
	int rc = officer_for(c, a, &o);

	if (rc == 0 && o.address.n == 0)
		rc = err_set(c, ERR_NOTFOUND, "there is no address to mail the PIN to");
	if (rc != 0)
		return rc;
	de = str_is(o.language, "de");
	letter.to = o.address;
	letter.subject = de ? STR("PIN für eine Auskunft") : STR("PIN for an answer");
	letter.text = str_fmt(c,
	    de ? "Im Portal liegt eine Auskunft für Sie: %.*s.\nIhre PIN: %.*s\nSie gilt für einen "
		 "vollständigen Abruf.\n"
	       : "An answer for you lies in the portal: %.*s.\nYour PIN: %.*s\nIt is good for one "
		 "whole download.\n",
	    STR_ARG(a->ref), STR_ARG(pin_shown(c, pin)));
	return outgoing_put(c, a->in, &letter);
}

static int give_pin(struct ctx *c, struct acting *a, int64_t laid, struct str way)
{
	struct str pin;
	int rc = pin_make(c, a->in, laid, &pin);

	a->made.mail = way;
	if (rc == 0 && str_is(way, "mail"))
		return mail_pin(c, a, pin);
	if (rc == 0)
		a->made.pin = pin_shown(c, pin);
	return rc;
}

static int count_pin(struct ctx *c, struct step *s, int64_t laid, int64_t rev)
{
	return step_update(c, s, STEP_LAID, SQL_LAID_PINS, laid, rev, DB_NO_ARGS);
}

static int new_pin(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = open_one(c, s, a);

	if (rc == 0)
		rc = produce_leaving(c, a->in, &a->g, a->production);
	if (rc == 0 && a->last.until.s <= s->now.s)
		rc = err_set(c, ERR_CONFLICT, "its time in the portal is over: lay it down anew");
	if (rc == 0 && str_is(a->last.pin, "none"))
		rc = err_set(c, ERR_CONFLICT, "this one was laid down without a PIN");
	if (rc == 0)
		rc = count_pin(c, s, a->last.id, a->last.rev);
	a->made.until = a->last.until;
	return rc == 0 ? give_pin(c, a, a->last.id, a->last.pin) : rc;
}

int laid_pin(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct laid_made *ret)
{
	struct acting a = {.in = in, .actor = actor, .right = RIGHT_PRODUCTION_LAY, .ref = ref};
	int rc = find(c, &a);

	if (rc == 0)
		rc = step_run(c, &in->store, "production.pin", actor->id, new_pin, &a, NULL);
	if (rc == 0)
		*ret = a.made;
	return rc;
}

/* ---- laying down ---- */

/* To the end of the last day. Whether the day itself counts or not, an EPOC's bounds are kept: ten
 * whole days are over, and 45 times 24 hours are not. */
/* Where a law says how long such a link lives, no less and no more (law/channels.yaml). */
static int until_of(struct ctx *c, const struct acting *a, struct str instrument,
    struct instant now, struct instant *ret)
{
	const struct channel *ch = channel_of(a->in->channels, instrument);
	int64_t days = a->how->days != 0 ? a->how->days : a->in->delivery.days;

	if (a->how->days < 0 || a->how->days > DELIVERY_DAYS_MAX)
		return err_set(
		    c, ERR_INVALID, "days: want a number from 1 to %d", (int)DELIVERY_DAYS_MAX);
	if (ch != NULL && a->how->days != 0 && (days < ch->link_least || days > ch->link_most))
		return err_set(c, ERR_INVALID, "it is there for %lld to %lld days (%.*s)",
		    (long long)ch->link_least, (long long)ch->link_most, STR_ARG(ch->src.cite));
	if (ch != NULL && days < ch->link_least)
		days = ch->link_least;
	*ret = instant_at(day_add(instant_day(now), (int)days + 1), 0);
	if (ch != NULL && ret->s > now.s + INT64_C(86400) * ch->link_most)
		ret->s = now.s + INT64_C(86400) * ch->link_most;
	return 0;
}

/* How long it is there is what its manifest says, where a law asks for one. */
static int manifest_anew(
    struct ctx *c, struct step *s, const struct acting *a, struct instant until)
{
	struct produce_way way = {
	    .channel = STR("portal"), .remarks = STR(""), .until = until, .extended = true};

	return transfer_note(c, s, a->in, &a->g, a->production, a->actor, &way);
}

/* What was sealed for an officer who has handed over since is nobody's. */
static int check_taker(struct ctx *c, const struct acting *a, int64_t seal)
{
	const struct db_val *last;
	struct instant since;
	int64_t taker;
	int rc = laid_taker(c, a->in, a->production, &taker, &since);

	if (rc == 0)
		rc = db_find(c, a->in->store.db, SQL_PRODUCTION_SEAL_LAST,
		    DB_ARGS(db_int(a->production)), &last);
	if (rc != 0)
		return rc;
	if (last != NULL && seal != last[0].num)
		return err_set(
		    c, ERR_CONFLICT, "it was sealed anew since: lay down the newest file");
	if (taker != 0 && (last == NULL || last[6].num < since.s))
		return err_set(c, ERR_CONFLICT,
		    "another officer was named since it was sealed: seal it anew first");
	return 0;
}

static int end_last(struct ctx *c, struct step *s, struct acting *a, const char *state)
{
	return step_update(c, s, STEP_LAID, SQL_LAID_END, a->last.id, a->last.rev,
	    DB_ARGS(db_text(str_of(state)), db_int(s->now.s),
		a->actor == NULL ? db_null() : db_int(a->actor->id),
		a->reason.n == 0
		    ? db_null()
		    : db_blob(vault_seal(c, a->in->store.vault, reason_label, a->reason))));
}

static int lay(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct deposit_lies lies;
	bool there = false;
	int64_t id = 0;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = produce_leaving(c, a->in, &a->g, a->production);
	if (rc == 0)
		rc = until_of(c, a, a->g.order.instrument, s->now, &a->made.until);
	if (rc == 0 && a->file != NULL)
		rc = deposit_write(c, a->in, a->file);
	if (rc == 0)
		rc = deposit_find(c, a->in, a->production, &lies, &there);
	if (rc == 0 && !there)
		rc = err_set(c, ERR_NOTFOUND, "the sealed file does not lie here");
	if (rc == 0)
		rc = check_taker(c, a, lies.seal);
	if (rc == 0 && a->found && str_is(a->last.state, "open"))
		rc = end_last(c, s, a, a->last.until.s <= s->now.s ? "expired" : "replaced");
	if (rc == 0 && a->found)
		rc = db_run(c, a->in->store.db, SQL_PIN_DROP, DB_ARGS(db_int(a->last.id)), NULL);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "laid", a->found ? a->last.number + 1 : 1);
	rc = step_insert(c, s, STEP_LAID, SQL_LAID_PUT,
	    DB_ARGS(db_int(a->production), db_int(a->found ? a->last.number + 1 : 1),
		db_ref(lies.seal), db_int(s->now.s), db_int(a->actor->id), db_int(a->made.until.s),
		db_text(a->how->more), db_text(a->in->delivery.pin)),
	    &id);
	explicit_bzero(lies.key, sizeof lies.key);
	if (rc == 0 && a->again)
		rc = manifest_anew(c, s, a, a->made.until);
	a->made.mail = a->in->delivery.pin;
	if (rc != 0 || str_is(a->made.mail, "none") ||
	    (a->how->silent && str_is(a->made.mail, "told")))
		return rc;
	rc = count_pin(c, s, id, 1);
	return rc == 0 ? give_pin(c, a, id, a->in->delivery.pin) : rc;
}

static int check_how(struct ctx *c, const struct laid_how *how)
{
	if (how->more.n > 0 && !str_has_word(STR("more last"), how->more))
		return err_set(c, ERR_INVALID, "more or last: whether another production follows");
	return 0;
}

static int lay_run(struct ctx *c, struct acting *a)
{
	return step_run(c, &a->in->store, "production.lay", a->actor->id, lay, a, NULL);
}

static int deliver_all(struct ctx *c, void *arg)
{
	struct acting *a = arg;
	struct produce_way way = {.channel = STR("portal"), .remarks = a->how->remarks};
	struct legal_order o;
	int rc = matter_order_by_id(c, a->in, a->order, &o);

	if (rc == 0)
		rc = until_of(c, a, o.instrument, (struct instant){ctx_now(c)}, &way.until);
	if (rc == 0)
		rc = produce_hand_over(c, a->in, a->actor, a->ref, &way);
	return rc == 0 ? lay_run(c, a) : rc;
}

int laid_deliver(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct laid_how *how, struct laid_made *ret, bool *ret_there)
{
	struct acting a = {
	    .in = in, .actor = actor, .right = RIGHT_PRODUCTION_DELIVER, .ref = ref, .how = how};
	struct produce_way bare = {
	    .channel = STR("portal"), .remarks = how->remarks, .until = INSTANT_NONE};
	int rc = check_how(c, how);

	*ret_there = false;
	if (rc == 0)
		rc = find(c, &a);
	if (rc == 0)
		rc = deposit_has(c, in, a.production, ret_there);
	if (rc == 0 && !*ret_there)
		return produce_hand_over(c, in, actor, ref, &bare);
	if (rc == 0)
		rc = step_together(c, &in->store, deliver_all, &a);
	if (rc == 0)
		*ret = a.made;
	return rc;
}

/* Where the newest seal was written by a job (web/work_produce.h). */
static int sealed_path(struct ctx *c, struct acting *a, struct str *ret)
{
	const struct db_val *last;
	enum seal_kind kind = SEAL_AGE;
	int rc = db_find(
	    c, a->in->store.db, SQL_PRODUCTION_SEAL_LAST, DB_ARGS(db_int(a->production)), &last);

	if (rc != 0)
		return rc;
	while (last != NULL && kind != SEAL_CMS && !str_is(last[2].s, seal_kind_word(kind)))
		kind++;
	*ret = last == NULL || last[1].num == 1
		   ? str_fmt(c, "sealed/%.*s.tar%s", STR_ARG(a->ref), seal_kind_suffix(kind))
		   : str_fmt(c, "sealed/%.*s.%lld.tar%s", STR_ARG(a->ref), (long long)last[1].num,
			 seal_kind_suffix(kind));
	*ret = instance_path(c, a->in, *ret);
	return 0;
}

/* What lies there is the newest seal: it can stay. */
static int stays(struct ctx *c, struct acting *a, bool *ret)
{
	struct deposit_lies lies;
	const struct db_val *last;
	int rc = deposit_find(c, a->in, a->production, &lies, ret);

	if (rc == 0)
		rc = db_find(c, a->in->store.db, SQL_PRODUCTION_SEAL_LAST,
		    DB_ARGS(db_int(a->production)), &last);
	if (rc == 0 && *ret)
		*ret = last == NULL || last[0].num == lies.seal;
	explicit_bzero(lies.key, sizeof lies.key);
	return rc;
}

int laid_again(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct laid_how *how, struct laid_made *ret)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_PRODUCTION_LAY,
	    .ref = ref,
	    .how = how,
	    .again = true};
	struct deposit_file file;
	struct str path = how->path;
	bool keep = false;
	int rc = check_how(c, how);

	if (rc == 0)
		rc = find(c, &a);
	if (rc == 0 && path.n == 0)
		rc = stays(c, &a, &keep);
	if (rc == 0 && path.n == 0 && !keep)
		rc = sealed_path(c, &a, &path);
	if (rc == 0 && !keep) {
		rc = deposit_take(c, in, a.production, a.first, path, &file);
		a.file = &file;
		if (rc == ERR_NOTFOUND && how->path.n == 0) {
			err_clear(c);
			rc = err_set(c, ERR_NOTFOUND, "the sealed file is not here: give it again");
		}
	}
	if (rc == 0)
		rc = lay_run(c, &a);
	if (rc == 0)
		*ret = a.made;
	return rc;
}

/* ---- until when ---- */

static int extend(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct day today = instant_day(s->now);
	struct instant until = instant_at(day_add(a->until, 1), 0);
	int rc = open_one(c, s, a);

	if (rc != 0)
		return rc;
	if (a->last.until.s <= s->now.s)
		return err_set(c, ERR_CONFLICT, "its time in the portal is over: lay it down anew");
	if (day_cmp(a->until, day_add(today, LAID_EXTEND_MOST)) > 0)
		return err_set(c, ERR_INVALID, "want a day of the next %d", (int)LAID_EXTEND_MOST);
	if (until.s <= a->last.until.s)
		return err_set(c, ERR_INVALID, "it lies there until then as it is");
	rc = step_update(
	    c, s, STEP_LAID, SQL_LAID_EXTEND, a->last.id, a->last.rev, DB_ARGS(db_int(until.s)));
	return rc == 0 ? manifest_anew(c, s, a, until) : rc;
}

int laid_extend(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct day until)
{
	struct acting a = {
	    .in = in, .actor = actor, .right = RIGHT_PRODUCTION_LAY, .ref = ref, .until = until};
	int rc = find(c, &a);

	return rc == 0 ? step_run(c, &in->store, "production.extend", actor->id, extend, &a, NULL)
		       : rc;
}

/* ---- taking back ---- */

static int close_last(struct ctx *c, struct step *s, struct acting *a)
{
	int rc = end_last(c, s, a, "revoked");

	if (rc == 0)
		rc = db_run(c, a->in->store.db, SQL_PIN_DROP, DB_ARGS(db_int(a->last.id)), NULL);
	return rc == 0 ? deposit_close(c, a->in, a->production) : rc;
}

static int revoke(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = open_one(c, s, a);

	return rc == 0 ? close_last(c, s, a) : rc;
}

int laid_take_back(struct ctx *c, struct step *s, struct instance *in, const struct person *actor,
    int64_t production, struct str reason)
{
	struct acting a = {.in = in, .actor = actor, .production = production, .reason = reason};
	int rc = laid_last(c, in, production, &a.last, &a.found);

	return rc == 0 && a.found && str_is(a.last.state, "open") ? close_last(c, s, &a) : rc;
}

int laid_revoke(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str reason)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_PRODUCTION_REVOKE,
	    .ref = ref,
	    .reason = str_trim(reason)};
	int rc = find(c, &a);

	if (rc == 0 && a.reason.n == 0)
		rc = err_set(c, ERR_INVALID, "say why it is taken back");
	return rc == 0 ? step_run(c, &in->store, "production.revoke", actor->id, revoke, &a, NULL)
		       : rc;
}

/* ---- another officer ---- */

static int name(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int64_t demand;
	const struct db_val *sub;
	struct officer o;
	int rc = load(c, s, a);

	if (rc == 0)
		rc = officer_get(c, a->in, a->officer_ref, &o);
	if (rc != 0)
		return rc;
	demand = a->g.order.demand != 0 ? a->g.order.demand : a->g.matter.demand;
	rc = db_find(c, a->in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(demand)), &sub);
	if (rc == 0 && (sub == NULL || sub[4].num != o.agency || !str_is(o.state, "active")))
		rc = err_set(
		    c, ERR_DENIED, "want an active officer of the authority that sent the demand");
	return rc == 0
		   ? step_insert(c, s, STEP_TAKER, SQL_TAKER_PUT,
			 DB_ARGS(db_int(a->production), db_int(o.id), db_int(a->actor->id),
			     db_int(s->now.s),
			     db_blob(vault_seal(c, a->in->store.vault, taker_label, a->reason))),
			 NULL)
		   : rc;
}

int laid_name(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str officer, struct str reason)
{
	struct acting a = {.in = in,
	    .actor = actor,
	    .right = RIGHT_PRODUCTION_NAME,
	    .ref = ref,
	    .officer_ref = officer,
	    .reason = str_trim(reason)};
	int rc = find(c, &a);

	if (rc == 0 && a.reason.n == 0)
		rc = err_set(c, ERR_INVALID, "say why another officer gets it");
	return rc == 0 ? step_run(c, &in->store, "production.name", actor->id, name, &a, NULL) : rc;
}

/* ---- what time brings ---- */

static int expire(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = open_one(c, s, a);

	/* somebody may have extended it meanwhile */
	if (rc == 0 && a->last.until.s > s->now.s)
		rc = err_set(c, ERR_CONFLICT, "it was extended");
	if (rc == 0)
		rc = end_last(c, s, a, "expired");
	if (rc == 0)
		rc = db_run(c, a->in->store.db, SQL_PIN_DROP, DB_ARGS(db_int(a->last.id)), NULL);
	return rc == 0 ? deposit_close(c, a->in, a->production) : rc;
}

struct over {
	struct acting *v;
	size_t n, cap;
	struct instance *in;
};

static int take_over(struct ctx *c, const struct db_val *row, void *arg)
{
	struct over *o = arg;

	o->v = mem_grow(c, o->v, o->n, &o->cap, sizeof *o->v);
	o->v[o->n++] = (struct acting){.in = o->in, .production = row[1].num, .order = row[2].num};
	return 0;
}

int laid_sweep(struct ctx *c, struct instance *in, int64_t *ret)
{
	struct over o = {.in = in};
	int64_t n = 0;
	int rc =
	    db_each(c, in->store.db, SQL_LAID_OVER, DB_ARGS(db_int(ctx_now(c))), take_over, &o);

	for (size_t i = 0; i < o.n && rc == 0; i++) {
		rc = step_run(c, &in->store, "production.expire", 0, expire, &o.v[i], NULL);
		n += rc == 0;
		if (rc == ERR_CONFLICT) {
			err_clear(c);
			rc = 0;
		}
	}
	if (ret != NULL)
		*ret = n;
	return rc == 0 ? deposit_sweep(c, in) : rc;
}
