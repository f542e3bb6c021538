#include "desk/hold.h"

#include "base/mem.h"
#include "desk/bar_step.h"
#include "desk/contest_act.h"
#include "desk/snapshot.h"
#include "in/wording.h"

struct holding {
	struct instance *in;
	const struct person *actor;
	enum right right;
	int64_t order, number, produced_by;
	struct day until;
};

static int run(struct ctx *c, const char *kind, struct holding *h,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	return step_run(c, &h->in->store, kind, h->actor->id, fn, h, NULL);
}

static int load(struct ctx *c, struct step *s, const struct holding *h, struct legal_order *ret)
{
	int rc = step_order(c, s, h->order);

	if (rc == 0)
		rc = matter_order_by_id(c, h->in, h->order, ret);
	if (rc == 0)
		rc = matter_enter(c, h->in, h->actor, h->right, ret->matter, false);
	if (rc == 0)
		json_set_int(c, s->detail, "order", ret->seq);
	return rc;
}

/* ---- preservation ---- */

/* The verified clock that ends a preservation, or NULL: then it runs until somebody ends it. */
static const struct clock *preserve_clock(const struct gate *g)
{
	for (size_t i = 0; i < g->now.n_clocks; i++)
		if (str_is(g->now.clocks[i].act, "expire") && g->now.clocks[i].verified &&
		    !instant_is_none(g->now.clocks[i].latest))
			return &g->now.clocks[i];
	return NULL;
}

static int preserve(struct ctx *c, struct step *s, void *arg)
{
	struct holding *h = arg;
	const struct clock *clock;
	struct gate g;
	int rc = step_order(c, s, h->order);

	if (rc == 0)
		rc = gate_load(c, h->in, h->order, &g);
	if (rc == 0)
		rc = matter_enter(c, h->in, h->actor, h->right, g.matter.id, true);
	if (rc != 0)
		return rc;
	if (!str_is(g.order.basis, "preservation"))
		return err_set(c, ERR_DENIED, "the order is no preservation request");
	rc = gate_check_order(c, &g);
	clock = preserve_clock(&g);
	if (rc == 0)
		rc = step_insert(c, s, STEP_PRESERVATION, SQL_PRESERVATION_PUT,
		    DB_ARGS(db_int(h->order), db_int(s->now.s),
			clock == NULL ? db_null() : db_day(instant_day(clock->latest)),
			db_text(clock == NULL ? STR("none") : clock->id)),
		    NULL);
	return rc == 0 ? matter_move_order(c, s, &g.order, ORDER_PRESERVED, NULL) : rc;
}

int hold_preserve(
    struct ctx *c, struct instance *in, const struct person *actor, const struct legal_order *order)
{
	struct holding h = {
	    .in = in, .actor = actor, .right = RIGHT_PRESERVATION_START, .order = order->id};
	int rc = right_needs(c, actor, h.right);

	return rc == 0 ? run(c, "preservation.start", &h, preserve) : rc;
}

struct row_find {
	int64_t number, at;
	size_t columns;
	const struct db_val *row;
};

/* Keeps the number-th row. */
static int keep_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct row_find *f = arg;
	struct db_val *copy;

	f->at++;
	if (f->number != f->at)
		return 0;
	copy = mem_array(c, f->columns, sizeof *copy);
	for (size_t i = 0; i < f->columns; i++) {
		copy[i] = row[i];
		if (row[i].kind == DB_TEXT || row[i].kind == DB_BLOB)
			copy[i].s = str_make(c, row[i].s);
	}
	f->row = copy;
	return 0;
}

struct running {
	int64_t id, rev, extended;
	struct db_val until;
};

static int find_running(struct ctx *c, const struct db_val *row, void *arg)
{
	struct running *r = arg;

	(void)c;
	if (str_is(row[3].s, "running"))
		*r = (struct running){row[0].num, row[1].num, row[6].num, row[5]};
	return 0;
}

static int set_preservation(struct ctx *c, struct step *s, void *arg)
{
	struct holding *h = arg;
	bool release = day_is_none(h->until);
	struct running r = {0};
	struct legal_order order;
	int rc = load(c, s, h, &order);

	if (rc == 0)
		rc = db_each(c, h->in->store.db, SQL_PRESERVATION_OF_ORDER,
		    DB_ARGS(db_int(h->order)), find_running, &r);
	if (rc == 0 && r.id == 0)
		rc = err_set(c, ERR_NOTFOUND, "no preservation is running");
	if (rc == 0 && !release && r.until.kind != DB_NULL && h->until.n <= r.until.num)
		rc = err_set(c, ERR_INVALID, "an extension ends later than before");
	if (rc != 0)
		return rc;
	if (release) /* nothing that was kept may be read once it is over */
		rc = snapshot_end(c, s, h->in, h->order, STR("released"));
	if (rc != 0)
		return rc;
	return step_update(c, s, STEP_PRESERVATION, SQL_PRESERVATION_SET, r.id, r.rev,
	    DB_ARGS(db_text(release ? STR("released") : STR("running")),
		release ? r.until : db_day(h->until), db_int(r.extended + !release),
		db_ref(h->produced_by)));
}

int hold_extend(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct day until)
{
	struct holding h = {.in = in,
	    .actor = actor,
	    .right = RIGHT_PRESERVATION_EXTEND,
	    .order = order->id,
	    .until = until};
	int rc = right_needs(c, actor, h.right);

	if (rc == 0 && day_is_none(until))
		rc = err_set(c, ERR_INVALID, "an extension names its last day");
	return rc == 0 ? run(c, "preservation.extend", &h, set_preservation) : rc;
}

static int extend_by_law(struct ctx *c, struct step *s, void *arg)
{
	struct holding *h = arg;
	const struct clock *clock;
	struct gate g;
	int rc = step_order(c, s, h->order);

	if (rc == 0)
		rc = gate_load(c, h->in, h->order, &g);
	if (rc != 0)
		return rc;
	clock = preserve_clock(&g);
	if (clock == NULL)
		return err_set(
		    c, ERR_DENIED, "the law gives this preservation no end: say the day");
	h->until = instant_day(clock->latest);
	return set_preservation(c, s, arg);
}

int hold_extend_by_law(
    struct ctx *c, struct instance *in, const struct person *actor, const struct legal_order *order)
{
	struct holding h = {
	    .in = in, .actor = actor, .right = RIGHT_PRESERVATION_EXTEND, .order = order->id};
	int rc = right_needs(c, actor, h.right);

	return rc == 0 ? run(c, "preservation.extend", &h, extend_by_law) : rc;
}

int hold_release(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t produced_by)
{
	struct holding h = {.in = in,
	    .actor = actor,
	    .right = RIGHT_PRESERVATION_RELEASE,
	    .order = order->id,
	    .until = DAY_NONE,
	    .produced_by = produced_by};
	int rc = right_needs(c, actor, h.right);

	return rc == 0 ? run(c, "preservation.release", &h, set_preservation) : rc;
}

/* ---- secrecy ---- */

static int find_row(struct ctx *c, const struct holding *h, enum sql list, size_t columns,
    const struct db_val **ret)
{
	struct row_find f = {.number = h->number, .columns = columns};
	int rc = db_each(c, h->in->store.db, list, DB_ARGS(db_int(h->order)), keep_row, &f);

	if (rc == 0 && f.row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the order has no such entry");
	if (rc == 0)
		*ret = f.row;
	return rc;
}

static int lift(struct ctx *c, struct step *s, void *arg)
{
	struct holding *h = arg;
	const struct db_val *row;
	struct legal_order order;
	int rc = load(c, s, h, &order);

	if (rc == 0)
		rc = find_row(c, h, SQL_SECRECY_OF_ORDER, 8, &row);
	if (rc == 0 && row[7].kind != DB_NULL)
		rc = err_set(c, ERR_CONFLICT, "the secrecy is lifted already");
	if (rc == 0)
		rc = bar_step_may_lift(c, h->in, row[0].num);
	if (rc == 0)
		rc = find_row(c, h, SQL_SECRECY_OF_ORDER, 8, &row);
	if (rc == 0)
		rc = step_update(c, s, STEP_SECRECY, SQL_SECRECY_SET, row[0].num, row[1].num,
		    DB_ARGS(row[6], db_int(s->now.s)));
	return rc;
}

int hold_lift_secrecy(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number)
{
	struct holding h = {.in = in,
	    .actor = actor,
	    .right = RIGHT_SECRECY_LIFT,
	    .order = order->id,
	    .number = number};
	int rc = right_needs(c, actor, h.right);

	return rc == 0 ? run(c, "secrecy.lift", &h, lift) : rc;
}

/* ---- challenges, in short ---- */

int hold_challenge(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str against, struct str text)
{
	struct contest_new n = {
	    .against = against, .ground = text, .filed = DAY_NONE, .answer_by = DAY_NONE};

	return contest_file(c, in, actor, order, &n);
}

int hold_challenge_end(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str state, struct str found)
{
	struct contest_ruling r = {.outcome = state, .decided = DAY_NONE, .text = found};

	return contest_end(c, in, actor, order, number, &r);
}

/* ---- the count-only record ---- */

struct sealing {
	struct instance *in;
	const struct sealed_record *record;
};

static int seal_record(struct ctx *c, struct step *s, void *arg)
{
	struct sealing *sl = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "kind", sl->record->kind);
	json_set_text(c, j, "day", day_str(c, sl->record->day));
	json_set_int(c, j, "selectors", sl->record->selectors);
	json_set_text(c, j, "state", sl->record->state);
	if (sl->record->new_service.n > 0)
		json_set_text(c, j, "new_service", sl->record->new_service);
	return step_insert(c, s, STEP_SEALED_RECORD, SQL_SEALED_PUT,
	    DB_ARGS(db_blob(
		vault_seal(c, sl->in->store.vault, "sealed_record.record", json_str(c, j)))),
	    NULL);
}

int hold_sealed_add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct sealed_record *record)
{
	struct sealing sl = {in, record};
	int rc = right_needs(c, actor, RIGHT_SEALED_ADD);

	if (rc == 0 && !str_has_word(STR("fisa_content fisa_noncontent directive"), record->kind))
		rc = err_set(c, ERR_INVALID, "kind is fisa_content, fisa_noncontent or directive");
	if (rc == 0 && (record->selectors < 0 || day_is_none(record->day)))
		rc = err_set(c, ERR_INVALID, "a day and a number of selectors are needed");
	if (rc == 0 && !wording_line_ok(record->new_service))
		rc = err_set(c, ERR_INVALID, "--new-service: a name in one line");
	return rc == 0 ? step_run(c, &in->store, "sealed.count", actor->id, seal_record, &sl, NULL)
		       : rc;
}

struct sealed_each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct sealed_record *r, void *arg);
	void *arg;
};

static int each_sealed(struct ctx *c, const struct db_val *row, void *arg)
{
	struct sealed_each *e = arg;
	struct sealed_record r = {0};
	struct str text;
	struct json *j;
	int rc;

	if (row[1].kind != DB_BLOB)
		return 0;
	rc = vault_unseal(c, e->in->store.vault, "sealed_record.record", row[1].s, &text);
	if (rc == 0)
		rc = json_parse(c, "sealed record", text, &j);
	if (rc == 0)
		rc = day_parse(c, json_text(j, "day"), &r.day);
	if (rc != 0)
		return rc;
	r.kind = json_text(j, "kind");
	r.state = json_text(j, "state");
	r.new_service = json_text(j, "new_service");
	r.selectors = json_find(j, "selectors") == NULL ? 0 : json_find(j, "selectors")->num;
	return e->fn(c, &r, e->arg);
}

int hold_sealed_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct sealed_record *r, void *arg), void *arg)
{
	struct sealed_each e = {in, fn, arg};
	int rc = right_needs(c, actor, RIGHT_SEALED_READ);

	return rc == 0 ? db_each(c, in->store.db, SQL_SEALED_EACH, DB_NO_ARGS, each_sealed, &e)
		       : rc;
}
