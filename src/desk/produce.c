#include "desk/produce.h"

#include "base/mem.h"
#include "desk/hook.h"
#include "desk/demand.h"
#include "desk/notice.h"
#include "desk/look_over.h"
#include "proof/merkle.h"

struct granted {
	int64_t decision, not_before, entry;
	struct day from, to; /* the period the decision grants */
	bool mask;           /* without other people's identifiers */
};

/* Neither the instant that the examination found nor the one of this moment's judgment lies ahead.
 */
static int not_before(
    struct ctx *c, const struct gate *g, struct instant examined, const char *what)
{
	struct instant first = examined;

	if (!instant_is_none(g->now.earliest) && g->now.earliest.s > first.s)
		first = g->now.earliest;
	if (g->input.now.s < first.s)
		return err_set(
		    c, ERR_DENIED, "no %s before %s", err_word(c, what), instant_str(c, first).p);
	return 0;
}

/* The live decision behind an item that may go out now; ERR_DENIED otherwise. */
static int granting(struct ctx *c, struct instance *in, const struct gate *g,
    const struct item *item, struct granted *ret)
{
	const struct db_val *d, *image;
	int64_t counsel = 0;
	int rc = gate_check_item(c, g, item, &counsel);

	if (rc != 0)
		return rc;
	if (item->decision == 0 || (item->state != ITEM_PRODUCE && item->state != ITEM_NARROW &&
				       item->state != ITEM_PRODUCED))
		return err_set(c, ERR_DENIED, "item %d is not approved: it is %s", item->number,
		    err_word(c, matter_item_word(item->state)));
	rc = db_one(c, in->store.db, SQL_DECISION_BY_ID, DB_ARGS(db_int(item->decision)), &d);
	if (rc == 0)
		rc = db_one(
		    c, in->store.db, SQL_IMAGE_DECISION, DB_ARGS(db_int(item->decision)), &image);
	if (rc != 0)
		return rc;
	if (d[15].num != 1 || d[16].num != 1 ||
	    (gate_second_due(g, in, item) && d[11].kind == DB_NULL))
		return err_set(c, ERR_DENIED,
		    "item %d waits for its second person, or its decision ended", item->number);
	rc = gate_check_call(c, g, d[11].num);
	if (rc == 0)
		rc = notice_check(c, in, g, item);
	if (rc == 0)
		rc = not_before(c, g, (struct instant){d[14].num}, ERR_TEXT("production"));
	if (rc != 0)
		return rc;
	*ret = (struct granted){item->decision, d[14].num,
	    image[step_image_entry_col(STEP_DECISION)].num, db_get_day(d[7]), db_get_day(d[8]),
	    false};
	rc = db_find(c, in->store.db, SQL_DECISION_MASK_OF, DB_ARGS(db_int(item->decision)), &d);
	ret->mask = rc == 0 && d != NULL;
	return rc;
}

static int check_order(struct ctx *c, const struct gate *g)
{
	if (g->order.hold.n > 0)
		return err_set(
		    c, ERR_DENIED, "the order is %s", err_word(c, str_z(c, g->order.hold)));
	if (g->order.state != ORDER_APPROVED && g->order.state != ORDER_PRODUCED &&
	    g->order.state != ORDER_DELIVERED)
		return err_set(c, ERR_DENIED, "the order is %s: only an approved one is produced",
		    err_word(c, matter_order_word(g->order.state)));
	return gate_check_sender(c, g);
}

static int item_of(
    struct ctx *c, const struct gate *g, const struct produce_file *f, struct item **ret)
{
	if (f->item < 1 || (size_t)f->item > g->items.n)
		return err_set(c, ERR_NOTFOUND, "the order has no item %lld", (long long)f->item);
	*ret = &g->items.v[f->item - 1];
	return 0;
}

/* ---- the scope ---- */

/* From the first second of the first day to the last of the last one, in the house's zone. */
static struct yield_ask scope_of(
    const struct gate *g, const struct item *item, const struct granted *gr)
{
	const struct target *t = matter_target(&g->targets, item->target);
	struct day from = day_is_none(gr->from) ? item->from : gr->from;
	struct day to = day_is_none(gr->to) ? item->to : gr->to;

	return (struct yield_ask){.kind = t->kind,
	    .target = t->value,
	    .fields = item->field,
	    .mask = gr->mask,
	    .from = day_is_none(from) ? INSTANT_NONE : instant_at(from, 0),
	    .until = day_is_none(to) ? INSTANT_NONE : instant_at(day_add(to, 1), 0)};
}

/* A file that no machine can check needs another person's yes; of all others something has to be
 * left. *ret_yes: the row of the yes, 0 where none is needed. */
static int check_scope(struct ctx *c, struct instance *in, const struct person *actor,
    const struct produce_file *f, const struct item *item, int64_t decision, int64_t *ret_yes)
{
	int rc;

	*ret_yes = 0;
	if (f->yield == NULL)
		return err_set(c, ERR_DENIED, "the file of item %d was not held against its scope",
		    item->number);
	if (f->yield->format != YIELD_UNKNOWN) {
		if (f->yield->released > 0)
			return 0;
		return err_set(c, ERR_DENIED,
		    "nothing of the file of item %d lies within what was granted", item->number);
	}
	rc = look_over_find(c, in, actor->id, item->id, decision, f->sha256, ret_yes);
	if (rc == 0 && *ret_yes == 0)
		return err_set(c, ERR_DENIED,
		    "no machine can check the file of item %d: another person has to look it over "
		    "first",
		    item->number);
	return rc;
}

/* ---- the manifest ---- */

static int leaf_of(struct ctx *c, struct instance *in, int64_t entry, struct str *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(entry)), &row);

	if (rc == 0)
		*ret = hash_hex(c, merkle_leaf(row[5].s));
	return rc;
}

static int manifest_file(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, const struct produce_file *f, struct json *list)
{
	struct json *one = json_map(c);
	const struct target *t;
	struct granted gr;
	struct item *item = NULL;
	struct str leaf;
	int64_t yes;
	int rc = item_of(c, g, f, &item);

	if (rc == 0)
		rc = granting(c, in, g, item, &gr);
	if (rc == 0 && !f->no_data)
		rc = check_scope(c, in, actor, f, item, gr.decision, &yes);
	if (rc == 0)
		rc = leaf_of(c, in, gr.entry, &leaf);
	if (rc != 0)
		return rc;
	t = matter_target(&g->targets, item->target);
	json_set_int(c, one, "item", f->item);
	json_set_text(c, one, "target", t->value);
	json_set_text(c, one, "target_kind", t->kind);
	json_set_text(c, one, "field", item->field);
	json_set_text(c, one, "service", item->service);
	json_set_text(c, one, "from", day_str(c, day_is_none(gr.from) ? item->from : gr.from));
	json_set_text(c, one, "to", day_str(c, day_is_none(gr.to) ? item->to : gr.to));
	json_set_text(c, one, "ledger", leaf);
	if (f->no_data) {
		json_set_bool(c, one, "no_data", true);
	} else {
		json_set_text(c, one, "file", f->name);
		json_set_text(c, one, "sha256", hash_hex(c, f->sha256));
		json_set_int(c, one, "size", f->size);
		json_set(c, one, "scope", yield_said(c, f->yield));
	}
	json_add(c, list, one);
	return 0;
}

/* An officer of the portal keeps the key there; all others gave it with the demand. */
static int recipient_now(
    struct ctx *c, struct instance *in, int64_t demand, struct str given, struct str *ret)
{
	const struct db_val *sub, *officer;
	int rc = db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(demand)), &sub);

	*ret = given;
	if (rc != 0 || sub == NULL)
		return rc;
	rc = db_one(c, in->store.db, SQL_OFFICER_BY_ID, DB_ARGS(sub[3]), &officer);
	if (rc == 0)
		*ret = str_make(c, officer[7].s);
	return rc;
}

static int recipient_of(struct ctx *c, struct instance *in, const struct gate *g, struct str *ret)
{
	const struct db_val *row;
	struct draft draft;
	struct str text, key;
	int64_t demand = g->order.demand != 0 ? g->order.demand : g->matter.demand;
	int rc = db_one(c, in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(demand)), &row);

	if (rc == 0 && row[13].kind != DB_BLOB)
		rc = err_set(
		    c, ERR_NOTFOUND, "the demand's text was erased: there is no key to seal to");
	if (rc == 0)
		rc = vault_unseal(c, in->store.vault, demand_label(c, row[2].s), row[13].s, &text);
	if (rc == 0)
		rc = draft_json_parse(c, "stored demand", text, &draft);
	if (rc == 0)
		rc = recipient_now(c, in, demand, draft.officer_key, &key);
	if (rc != 0)
		return rc;
	if (key.n == 0)
		return err_set(c, ERR_NOTFOUND,
		    "the demand gives no key to seal to: ask the officer for an age recipient, "
		    "add the demand again with authority.key, and open that with --amends");
	*ret = key;
	return 0;
}

static int load(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t order, struct gate *g)
{
	int rc = right_needs(c, actor, RIGHT_PRODUCTION_MAKE);

	if (rc == 0)
		rc = gate_load(c, in, order, g);
	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_PRODUCTION_MAKE, g->matter.id, true);
	return rc == 0 ? check_order(c, g) : rc;
}

int produce_scopes(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct produce_file *files, size_t n,
    struct yield_ask *ret)
{
	struct granted gr;
	struct item *item = NULL;
	struct gate g;
	int rc = load(c, in, actor, order->id, &g);

	for (size_t i = 0; i < n && rc == 0; i++) {
		rc = item_of(c, &g, &files[i], &item);
		if (rc == 0)
			rc = granting(c, in, &g, item, &gr);
		if (rc == 0)
			ret[i] = scope_of(&g, item, &gr);
	}
	return rc;
}

int produce_prepare(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct produce_file *files, size_t n,
    struct produce_plan *ret)
{
	struct id ref = id_make(c);
	struct produce_plan p = {.ref = str_make(c, id_str(&ref)), .manifest = json_map(c)};
	struct json *list = json_list(c);
	struct gate g;
	int rc = load(c, in, actor, order->id, &g);

	if (rc == 0 && n == 0)
		rc = err_set(c, ERR_INVALID, "a production names at least one item");
	for (size_t i = 0; i < n && rc == 0; i++) {
		rc = manifest_file(c, in, actor, &g, &files[i], list);
		p.has_files = p.has_files || !files[i].no_data;
	}
	if (rc == 0 && p.has_files)
		rc = recipient_of(c, in, &g, &p.recipient);
	if (rc != 0)
		return rc;
	p.rev = g.order.rev;
	json_set_text(c, p.manifest, "format", STR("writ-manifest/1"));
	json_set_text(c, p.manifest, "provider", in->provider);
	json_set_text(c, p.manifest, "production", p.ref);
	json_set_text(c, p.manifest, "case", g.matter.ref);
	json_set_text(c, p.manifest, "made", instant_str(c, g.input.now));
	json_set_text(c, p.manifest, "instrument", g.order.instrument);
	json_set(c, p.manifest, "files", list);
	*ret = p;
	return 0;
}

/* ---- the record ---- */

struct recording {
	struct instance *in;
	const struct person *actor;
	int64_t order;
	const struct produce_file *files;
	size_t n;
	const struct produce_plan *plan;
	struct hash sealed;
	int64_t size;
};

static int put_production(struct ctx *c, struct step *s, struct recording *r, int64_t *ret)
{
	struct hash manifest = hash_of(json_str(c, r->plan->manifest));

	return step_insert(c, s, STEP_PRODUCTION, SQL_PRODUCTION_PUT,
	    DB_ARGS(db_text(r->plan->ref), db_int(r->order), db_int(s->now.s), db_int(r->actor->id),
		db_text(r->plan->recipient), db_blob(hash_str(&manifest)),
		db_blob(hash_str(&r->sealed)), db_int(r->size)),
	    ret);
}

/* Before the file's own row, which cannot be without it. */
static int put_check(struct ctx *c, struct step *s, struct recording *r,
    const struct produce_file *f, const struct item *item, int64_t decision, int64_t production)
{
	const struct yield_report *y = f->yield;
	const struct hash *came;
	const struct json *held;
	int64_t yes;
	int rc = check_scope(c, r->in, r->actor, f, item, decision, &yes);

	if (rc != 0)
		return rc;
	came = y->format == YIELD_UNKNOWN ? &f->sha256 : &f->came;
	held = json_find(yield_json(c, y, false), "held");
	return step_insert(c, s, STEP_FILE_CHECK, SQL_FILE_CHECK_PUT,
	    DB_ARGS(db_int(r->order), db_int(production), db_int(item->id),
		db_text(STR(YIELD_CHECKER)), db_text(str_of(yield_format_word(y->format))),
		y->shape.n > 0 ? db_text(y->shape) : db_null(), db_blob(hash_str(came)),
		db_blob(hash_str(&f->sha256)), db_int(y->records), db_int(y->released),
		db_text(json_str(c, held)), db_int(y->cut), db_int(y->masked),
		yes != 0 ? db_int(yes) : db_null()),
	    NULL);
}

static int put_file(struct ctx *c, struct step *s, struct recording *r, const struct gate *g,
    const struct produce_file *f, int64_t production)
{
	struct granted gr;
	struct item *item = NULL;
	int rc = item_of(c, g, f, &item);

	if (rc == 0)
		rc = granting(c, r->in, g, item, &gr);
	if (rc == 0 && !f->no_data)
		rc = put_check(c, s, r, f, item, gr.decision, production);
	if (rc == 0 && !f->no_data)
		rc = step_insert(c, s, STEP_PRODUCTION_FILE, SQL_PRODUCTION_FILE_PUT,
		    DB_ARGS(db_int(production), db_int(r->order), db_int(item->id),
			db_int(gr.decision), db_int(1), db_int(gr.not_before), db_int(s->now.s),
			db_blob(hash_str(&f->sha256)), db_int(f->size)),
		    NULL);
	if (rc != 0)
		return rc;
	if (item->state == ITEM_PRODUCED && f->no_data)
		return err_set(
		    c, ERR_DENIED, "item %d has data: a file of it was produced", item->number);
	if (item->state == ITEM_PRODUCED)
		return 0; /* a further file for the same item */
	return matter_move_item(
	    c, s, item, f->no_data ? ITEM_NO_DATA : ITEM_PRODUCED, item->decision);
}

/* The order's outcome is the highest disclosure so far (product.md 3); no data only when nothing
 * else. */
static int outcome_of(const struct gate *g)
{
	int outcome = g->order.outcome == OUTCOME_CONTENT      ? OUTCOME_CONTENT
		      : g->order.outcome == OUTCOME_NONCONTENT ? OUTCOME_NONCONTENT
							       : OUTCOME_NO_DATA;

	for (size_t i = 0; i < g->items.n; i++) {
		if (g->items.v[i].state != ITEM_PRODUCED)
			continue;
		if (str_is(g->items.v[i].fold, "content"))
			return OUTCOME_CONTENT;
		outcome = OUTCOME_NONCONTENT;
	}
	return outcome;
}

static bool all_done(const struct gate *g)
{
	for (size_t i = 0; i < g->items.n; i++)
		if (g->items.v[i].state == ITEM_PRODUCE || g->items.v[i].state == ITEM_NARROW)
			return false;
	return true;
}

/* The sealed file holds what was approved when it was sealed. Whoever approved something else since
 * (another identifier, a shorter period) has not approved that file. */
static int check_plan(struct ctx *c, struct recording *r, const struct gate *g)
{
	const struct json *planned = json_find(r->plan->manifest, "files");
	struct json *list = json_list(c);
	struct str recipient;
	int rc = 0;

	for (size_t i = 0; i < r->n && rc == 0; i++)
		rc = manifest_file(c, r->in, r->actor, g, &r->files[i], list);
	if (rc == 0 && r->plan->has_files)
		rc = recipient_of(c, r->in, g, &recipient);
	if (rc != 0)
		return rc;
	if (planned == NULL || !str_eq(json_str(c, planned), json_str(c, list)) ||
	    (r->plan->has_files && !str_eq(recipient, r->plan->recipient)))
		return err_set(c, ERR_DENIED,
		    "what is approved changed while the file was sealed: produce it again");
	return 0;
}

static int record(struct ctx *c, struct step *s, void *arg)
{
	struct recording *r = arg;
	struct order_change ch = {0};
	struct gate g;
	int64_t production = 0;
	int rc = step_order(c, s, r->order);

	if (rc == 0)
		rc = load(c, r->in, r->actor, r->order, &g);
	if (rc == 0 && g.order.rev != r->plan->rev)
		rc = err_set(c, ERR_CONFLICT,
		    "somebody changed the order meanwhile: look, and produce it anew");
	if (rc == 0)
		rc = check_plan(c, r, &g);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", g.order.seq);
	if (r->plan->has_files)
		rc = put_production(c, s, r, &production);
	for (size_t i = 0; i < r->n && rc == 0; i++)
		rc = put_file(c, s, r, &g, &r->files[i], production);
	if (rc != 0)
		return rc;
	ch.outcome = outcome_of(&g);
	if (ch.outcome == OUTCOME_NO_DATA && !all_done(&g))
		return 0; /* nothing disclosed yet, and items are still open: pending */
	return matter_move_order(c, s, &g.order, ORDER_PRODUCED, &ch);
}

int produce_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct produce_file *files, size_t n,
    const struct produce_plan *plan, struct hash sealed, int64_t size)
{
	struct recording r = {in, actor, order->id, files, n, plan, sealed, size};

	return step_run(c, &in->store, "production.make", actor->id, record, &r, NULL);
}

/* ---- handing over ---- */

struct handing {
	struct instance *in;
	struct str ref;
	int64_t production, rev, order;
	struct str channel;
	bool acknowledged;
};

struct leaving {
	struct instance *in;
	const struct gate *g;
};

/* A file of the production: its item as the law and the people see it now. The decision may have
 * ended since, by an examination that passed; who stood behind it still counts. */
static int check_leaving(struct ctx *c, const struct db_val *row, void *arg)
{
	struct leaving *l = arg;
	int64_t counsel = 0;
	int rc = 0;

	for (size_t i = 0; i < l->g->items.n && rc == 0; i++) {
		const struct item *item = &l->g->items.v[i];

		if (item->id != row[0].num)
			continue;
		rc = gate_check_item(c, l->g, item, &counsel);
		if (rc == 0 && gate_second_due(l->g, l->in, item) && row[1].kind == DB_NULL)
			rc = err_set(c, ERR_DENIED,
			    "item %d left without the second person that is due now", item->number);
		if (rc == 0)
			rc = gate_check_call(c, l->g, row[1].num);
	}
	return rc;
}

/* Sealed is not gone: what stops a production stops what still lies here. */
static int check_hand_over(struct ctx *c, const struct handing *h, const struct gate *g)
{
	struct leaving l = {h->in, g};
	int rc = check_order(c, g);

	if (rc == 0)
		rc = gate_check_order(c, g);
	if (rc == 0)
		rc = db_each(c, h->in->store.db, SQL_PRODUCTION_ITEMS,
		    DB_ARGS(db_int(h->production)), check_leaving, &l);
	return rc == 0 ? not_before(c, g, (struct instant){0}, ERR_TEXT("delivery")) : rc;
}

/* Somebody may have handed it over while this waited for the case. */
static int still_there(struct ctx *c, const struct handing *h)
{
	const struct db_val *row;
	int rc = db_one(c, h->in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(h->ref)), &row);

	if (rc == 0 && row[1].num != h->rev)
		return err_set(
		    c, ERR_CONFLICT, "the production is %s", err_word(c, str_z(c, row[10].s)));
	return rc;
}

static int hand_over(struct ctx *c, struct step *s, void *arg)
{
	struct handing *h = arg;
	struct gate g;
	int rc = step_order(c, s, h->order);

	if (rc == 0)
		rc = still_there(c, h);
	if (rc == 0)
		rc = gate_load(c, h->in, h->order, &g);
	if (rc != 0)
		return rc;
	if (!h->acknowledged) {
		rc = check_hand_over(c, h, &g);
		if (rc != 0)
			return rc;
		rc = step_insert(c, s, STEP_DELIVERY, SQL_DELIVERY_PUT,
		    DB_ARGS(
			db_int(h->production), db_text(h->channel), db_int(s->now.s), db_null()),
		    NULL);
		if (rc == 0)
			rc = hook_event(
			    c, s->store->db, "production.delivered", s->matter, 0, s->now);
	}
	if (rc == 0)
		rc = step_update(c, s, STEP_PRODUCTION, SQL_PRODUCTION_SET, h->production, h->rev,
		    DB_ARGS(db_text(h->acknowledged ? STR("acknowledged") : STR("delivered"))));
	/* that it arrived is no move of the order: it may be under review again by then */
	if (rc != 0 || h->acknowledged || g.order.state == ORDER_DELIVERED)
		return rc;
	return matter_move_order(c, s, &g.order, ORDER_DELIVERED, NULL);
}

int produce_recorded(
    struct ctx *c, struct instance *in, struct str ref, struct hash sealed, bool *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(ref)), &row);

	*ret = rc == 0 && row != NULL && str_eq(row[8].s, hash_str(&sealed));
	return rc;
}

static int place_of(struct ctx *c, struct instance *in, int64_t order, struct right_place *ret)
{
	struct legal_order o;
	struct matter m;
	int rc = matter_order_by_id(c, in, order, &o);

	if (rc == 0)
		rc = matter_by_id(c, in, o.matter, &m);
	if (rc == 0)
		*ret = matter_place(&m);
	return rc;
}

static int run_handing(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct str channel, bool acknowledged, bool sent)
{
	struct handing h = {.in = in, .channel = channel, .acknowledged = acknowledged};
	enum right right = acknowledged ? RIGHT_PRODUCTION_ACKNOWLEDGE : RIGHT_PRODUCTION_DELIVER;
	struct right_place place;
	const struct db_val *row;
	struct id id;
	int rc = sent ? 0 : right_needs(c, actor, right);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL)
		rc = place_of(c, in, row[3].num, &place);
	if (rc == 0 && !sent)
		rc = right_case(
		    c, actor, right, row == NULL ? NULL : &place, ERR_TEXT("production"));
	if (rc != 0)
		return rc;
	if (!str_is(row[10].s, acknowledged ? "delivered" : "sealed"))
		return err_set(
		    c, ERR_CONFLICT, "the production is %s", err_word(c, str_z(c, row[10].s)));
	h.ref = id_str(&id);
	h.production = row[0].num;
	h.rev = row[1].num;
	h.order = row[3].num;
	return step_run(c, &in->store,
	    acknowledged ? "production.acknowledge" : "production.deliver", actor->id, hand_over,
	    &h, NULL);
}

int produce_deliver(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str channel)
{
	if (!str_has_word(STR("portal encrypted_mail letter medium in_person"), channel))
		return err_set(c, ERR_INVALID,
		    "channel is portal, encrypted_mail, letter, medium or in_person");
	return run_handing(c, in, actor, ref, channel, false, false);
}

int produce_acknowledge(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	return run_handing(c, in, actor, ref, (struct str){"", 0}, true, false);
}

int produce_sent_acknowledge(
    struct ctx *c, struct instance *in, const struct person *officer, struct str ref)
{
	return run_handing(c, in, officer, ref, (struct str){"", 0}, true, true);
}

int produce_of(struct ctx *c, struct instance *in, const struct matter *m, struct str ref)
{
	const struct db_val *row = NULL;
	struct legal_order o;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL)
		rc = matter_order_by_id(c, in, row[3].num, &o);
	if (rc == 0 && (row == NULL || o.matter != m->id))
		rc = err_set(c, ERR_NOTFOUND, "the case has no such production");
	return rc;
}
