#include "desk/produce.h"

#include "base/mem.h"
#include "desk/demand.h"
#include "desk/notice.h"
#include "desk/look_over.h"
#include "desk/produce_p.h"
#include "desk/stamp_due.h"
#include "proof/merkle.h"

struct granted {
	int64_t decision, not_before, entry;
	struct day from, to; /* the period the decision grants */
	bool mask;           /* without other people's identifiers */
};

int produce_not_before(
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
		rc = produce_not_before(c, g, (struct instant){d[14].num}, ERR_TEXT("production"));
	if (rc != 0)
		return rc;
	*ret = (struct granted){item->decision, d[14].num,
	    image[step_image_entry_col(STEP_DECISION)].num, db_get_day(d[7]), db_get_day(d[8]),
	    false};
	rc = db_find(c, in->store.db, SQL_DECISION_MASK_OF, DB_ARGS(db_int(item->decision)), &d);
	ret->mask = rc == 0 && d != NULL;
	return rc;
}

int produce_check_order(struct ctx *c, const struct gate *g)
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

int produce_granted(struct ctx *c, struct instance *in, const struct gate *g, int64_t number,
    struct produce_grant *ret)
{
	struct produce_file f = {.item = number};
	struct granted gr;
	struct item *item;
	int rc = produce_check_order(c, g);

	if (rc == 0)
		rc = gate_check_order(c, g);
	if (rc == 0)
		rc = item_of(c, g, &f, &item);
	if (rc == 0)
		rc = granting(c, in, g, item, &gr);
	if (rc != 0)
		return rc;
	*ret = (struct produce_grant){item, gr.decision,
	    day_is_none(gr.from) ? item->from : gr.from, day_is_none(gr.to) ? item->to : gr.to};
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
		    "the demand gives no key to seal to: ask the officer for one, "
		    "add the demand again with authority.key, and open that with --amends");
	*ret = key;
	return 0;
}

int produce_recipient(
    struct ctx *c, struct instance *in, const struct gate *g, struct produce_plan *ret)
{
	int rc = recipient_of(c, in, g, &ret->recipient);

	if (rc != 0)
		return rc;
	rc = seal_key_read(c, ret->recipient, g->input.now, &ret->key);
	return rc == 0
		   ? 0
		   : err_while(c, rc, "the officer's key cannot be sealed to: ask for another one");
}

static int load(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t order, struct gate *g)
{
	int rc = right_needs(c, actor, RIGHT_PRODUCTION_MAKE);

	if (rc == 0)
		rc = gate_load(c, in, order, g);
	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_PRODUCTION_MAKE, g->matter.id, true);
	return rc == 0 ? produce_check_order(c, g) : rc;
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
		rc = produce_recipient(c, in, &g, &p);
	if (rc != 0)
		return rc;
	p.rev = g.order.rev;
	json_set_text(c, p.manifest, "format", STR("writ-manifest/2"));
	json_set_text(c, p.manifest, "provider", in->provider);
	json_set_text(c, p.manifest, "production", p.ref);
	json_set_text(c, p.manifest, "case", g.matter.ref);
	json_set_text(c, p.manifest, "made", instant_str(c, g.input.now));
	json_set_text(c, p.manifest, "instrument", g.order.instrument);
	json_set(c, p.manifest, "files", list);
	*ret = p;
	return 0;
}

void produce_hashed(
    struct ctx *c, struct produce_plan *plan, const struct produce_file *files, size_t n)
{
	const struct json *list = json_find(plan->manifest, "files");

	for (size_t i = 0; i < n; i++)
		if (!files[i].no_data)
			json_set_text(c, list->at[i], "sha256", hash_hex(c, files[i].sha256));
}

struct json *produce_seal_text(
    struct ctx *c, const struct produce_plan *plan, int64_t number, struct str manifest)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "format", STR("writ-seal/1"));
	json_set_text(c, j, "production", plan->ref);
	json_set_int(c, j, "number", number);
	json_set_text(c, j, "manifest", hash_hex(c, hash_of(manifest)));
	json_set_text(c, j, "kind", str_of(seal_kind_word(plan->key.kind)));
	json_set_text(c, j, "key", plan->key.print);
	json_set_text(c, j, "made", instant_str(c, (struct instant){ctx_now(c)}));
	return j;
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
	if (rc == 0 && r->plan->has_files)
		rc = reseal_put(c, s, r->in,
		    &(struct reseal_row){.production = production,
			.number = 1,
			.maker = r->actor->id,
			.key = &r->plan->key,
			.sealed = r->sealed,
			.size = r->size,
			.manifest = json_str(c, r->plan->manifest)});
	if (rc == 0 && r->plan->has_files)
		rc = stamp_want(c, r->in, production);
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
