#include "desk/demand.h"

#include "base/mem.h"
#include "desk/hook.h"
#include "desk/order.h"
#include "desk/gate.h"
#include "desk/oncall.h"
#include "in/seal_key.h"

static const struct instrument *instrument_of(const struct instance *in, struct str id)
{
	return pack_instrument(in->law, id);
}

static bool is_natsec(const struct instrument *i)
{
	return str_is(i->class, "national_security") || i->basis == BASIS_SEALED;
}

/* ---- checking a draft against law and profile ---- */

static int check_ask(struct ctx *c, const struct instance *in, const struct draft *d,
    const struct draft_ask *a, size_t o, size_t k)
{
	const struct profile *p = instance_profile(in, instant_day(d->received));
	struct str rest = a->fields, f;

	while (str_word(&rest, &f))
		if (pack_field(in->law, f) == NULL)
			return err_set(c, ERR_INVALID,
			    "field orders[%zu].asks[%zu].fields: no such field in the vocabulary",
			    o, k);
	if (instance_service(p, a->service) == NULL)
		return err_set(c, ERR_INVALID,
		    "field orders[%zu].asks[%zu].service: needed, and an id of the services in "
		    "writ.yaml as they were on the day of receipt",
		    o, k);
	return 0;
}

static int check_order(struct ctx *c, const struct instance *in, const struct draft *d,
    const struct draft_order *o, size_t n)
{
	const struct instrument *i = instrument_of(in, o->instrument);
	int rc = 0;

	if (i == NULL)
		return err_set(c, ERR_INVALID,
		    "field orders[%zu].instrument: no rule pack has this instrument "
		    "(`writ law list --instruments`)",
		    n);
	if (i->basis == BASIS_SEALED)
		return err_set(c, ERR_INVALID,
		    "field orders[%zu].instrument: kept as a count-only sealed record "
		    "(`writ sealed add`)",
		    n);
	for (size_t k = 0; k < o->n_facts && rc == 0; k++) {
		rc = pack_fact_check(c, in->law, o->facts[k].name, o->facts[k].value);
		if (rc != 0)
			return err_while(c, rc, "field orders[%zu].facts", n);
	}
	for (size_t k = 0; k < o->n_asks && rc == 0; k++)
		rc = check_ask(c, in, d, &o->asks[k], n, k);
	return rc;
}

/* One that cannot be sealed to is said now, not on the day of the answer. It is asked for as of the
 * receipt: an old demand that is entered for the figures has an old key. */
static int check_key(struct ctx *c, const struct draft *d)
{
	struct seal_key key;
	int rc = d->officer_key.n == 0 ? 0 : seal_key_read(c, d->officer_key, d->received, &key);

	return rc == 0 ? 0 : err_while(c, rc, "field authority.key");
}

/* A word that no pack knows would let the demand in and never let it be judged. */
static int check_head(struct ctx *c, const struct instance *in, const struct draft *d)
{
	const struct {
		const char *fact;
		struct str value;
	} words[] = {{"demand.channel", d->channel}, {"authority.body", d->body},
	    {"authority.level", d->level}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		int rc = words[i].value.n == 0
			     ? 0
			     : pack_fact_check(c, in->law, str_of(words[i].fact), words[i].value);

		if (rc != 0)
			return rc;
	}
	return check_key(c, d);
}

/* ---- receiving ---- */

struct receiving {
	struct instance *in;
	const struct draft *draft;
	const struct demand_paper *papers;
	size_t n_papers;
	bool sealed;
	struct id ref;
	struct str text; /* canonical JSON */
	struct hash content, number;
	int64_t id;
};

/* What makes two demands the same: authority, number, orders - not when and by which channel they
 * came. */
static struct hash content_key(struct ctx *c, const struct vault *v, const struct draft *d)
{
	struct draft same = *d;

	same.received = INSTANT_NONE;
	same.channel = same.message = same.subject = same.officer = same.officer_mail =
	    (struct str){"", 0};
	same.verified = false;
	same.n_papers = 0;
	return vault_key(v, "demand.content", json_str(c, draft_json(c, &same)));
}

static int receive_papers(struct ctx *c, struct step *s, struct receiving *r)
{
	const struct vault *v = r->in->store.vault;
	int rc = 0;

	for (size_t i = 0; i < r->n_papers && rc == 0; i++) {
		const struct demand_paper *p = &r->papers[i];

		rc = step_insert(c, s, STEP_PAPER, SQL_PAPER_PUT,
		    DB_ARGS(db_int(r->id), db_text(p->blob), db_int(p->size),
			db_blob(vault_seal(c, v, "paper.name", p->name)),
			db_blob(vault_seal(c, v, "paper.key", p->key))),
		    NULL);
	}
	return rc;
}

/* Eight hours run from the receipt, whatever the time of day: somebody is called. */
static bool is_emergency(const struct receiving *r)
{
	for (size_t i = 0; i < r->draft->n_orders; i++) {
		const struct draft_order *o = &r->draft->orders[i];
		const struct instrument *n = instrument_of(r->in, o->instrument);

		if (n != NULL && str_is(n->class, "emergency"))
			return true;
		for (size_t k = 0; k < o->n_facts; k++)
			if (str_is(o->facts[k].name, "order.emergency") &&
			    str_is(o->facts[k].value, "yes"))
				return true;
	}
	return false;
}

static int receive(struct ctx *c, struct step *s, void *arg)
{
	struct receiving *r = arg;
	const struct draft *d = r->draft;
	const struct vault *v = r->in->store.vault;
	int rc = step_insert(c, s, STEP_DEMAND, SQL_DEMAND_PUT,
	    DB_ARGS(db_text(id_str(&r->ref)), db_int(d->received.s), db_int(s->now.s),
		db_text(d->channel), db_text(d->language), db_text(d->country), db_text(d->body),
		db_text(d->level), db_int(d->verified), db_int(r->sealed),
		db_blob(hash_str(&r->content)),
		d->number.n == 0 ? db_null() : db_blob(hash_str(&r->number)),
		db_blob(vault_seal(c, v, demand_label(c, id_str(&r->ref)), r->text))),
	    &r->id);

	if (rc == 0)
		rc = receive_papers(c, s, r);
	if (rc == 0)
		rc = hook_event(c, s->store->db, "demand.receive", 0, r->id, s->now);
	return rc == 0 && is_emergency(r) ? oncall_page(c, s, r->id, r->sealed) : rc;
}

struct duplicates {
	struct json *list;
	const char *by;
};

static int add_duplicate(struct ctx *c, const struct db_val *row, void *arg)
{
	struct duplicates *d = arg;
	struct json *one = json_map(c);

	json_set_text(c, one, "ref", str_make(c, row[0].s));
	json_set_text(c, one, "state", str_make(c, row[1].s));
	json_set_text(c, one, "by", str_of(d->by));
	json_add(c, d->list, one);
	return 0;
}

static int find_duplicates(
    struct ctx *c, struct receiving *r, const struct person *actor, struct json *list)
{
	struct duplicates d = {list, "content"};
	struct db *db = r->in->store.db;
	struct db_val level = db_int(actor->sealed), within = db_int(right_within(actor));
	int rc = db_each(c, db, SQL_DEMAND_LIKE,
	    DB_ARGS(db_blob(hash_str(&r->content)), db_int(r->id), level, within), add_duplicate,
	    &d);

	d.by = "number";
	if (rc == 0 && list->n == 0 && r->draft->number.n > 0)
		rc = db_each(c, db, SQL_DEMAND_SAME_NUMBER,
		    DB_ARGS(db_blob(hash_str(&r->number)), db_int(r->id), level, within),
		    add_duplicate, &d);
	return rc;
}

int demand_check(
    struct ctx *c, const struct instance *in, const struct person *actor, const struct draft *draft)
{
	struct right_place place;
	bool sealed = false;
	int rc = check_head(c, in, draft);

	for (size_t i = 0; i < draft->n_orders && rc == 0; i++) {
		rc = check_order(c, in, draft, &draft->orders[i], i);
		if (rc == 0)
			sealed =
			    sealed || is_natsec(instrument_of(in, draft->orders[i].instrument));
	}
	if (rc == 0 && draft->received.s > ctx_now(c))
		rc = err_set(c, ERR_INVALID, "field received: lies in the future");
	place = (struct right_place){sealed, draft->country};
	return rc == 0 ? right_begin(c, actor, &place) : rc;
}

static void prepare(struct ctx *c, struct receiving *r)
{
	const struct vault *v = r->in->store.vault;

	for (size_t i = 0; i < r->draft->n_orders; i++)
		r->sealed =
		    r->sealed || is_natsec(instrument_of(r->in, r->draft->orders[i].instrument));
	r->ref = id_make(c);
	r->text = json_str(c, draft_json(c, r->draft));
	r->content = content_key(c, v, r->draft);
	r->number = vault_key(v, "demand.number", r->draft->number);
}

int demand_put(struct ctx *c, struct step *s, struct instance *in, const struct draft *draft,
    const struct demand_paper *papers, size_t n, struct str *ret_ref)
{
	struct receiving r = {.in = in, .draft = draft, .papers = papers, .n_papers = n};
	int rc;

	prepare(c, &r);
	rc = receive(c, s, &r);
	if (rc == 0 && ret_ref != NULL)
		*ret_ref = str_make(c, id_str(&r.ref));
	return rc;
}

int demand_receive(struct ctx *c, struct instance *in, const struct person *actor,
    const struct draft *draft, const struct demand_paper *papers, size_t n,
    struct demand_receipt *ret)
{
	struct receiving r = {.in = in, .draft = draft, .papers = papers, .n_papers = n};
	struct step done;
	int rc = right_needs(c, actor, RIGHT_DEMAND_RECEIVE);

	if (rc == 0)
		rc = demand_check(c, in, actor, draft);
	if (rc != 0)
		return rc;
	prepare(c, &r);
	rc = step_run(c, &in->store, "demand.receive", actor->id, receive, &r, &done);
	if (rc != 0)
		return rc;
	ret->ref = str_make(c, id_str(&r.ref));
	ret->entry = done.entry;
	ret->leaf = done.leaf;
	ret->duplicates = json_list(c);
	return find_duplicates(c, &r, actor, ret->duplicates);
}

/* ---- reading ---- */

static int demand_row(
    struct ctx *c, struct instance *in, const struct db_val *r, struct demand *ret)
{
	struct demand d = {.id = r[0].num,
	    .rev = r[1].num,
	    .ref = str_make(c, r[2].s),
	    .received = {r[3].num},
	    .channel = str_make(c, r[4].s),
	    .language = str_make(c, r[5].s),
	    .country = str_make(c, r[6].s),
	    .body = str_make(c, r[7].s),
	    .level = str_make(c, r[8].s),
	    .verified = r[9].num != 0,
	    .state = str_make(c, r[10].s),
	    .merged_into = r[11].num,
	    .compartment = (int)r[12].num,
	    .entry = r[14].num};
	struct str text;
	int rc = 0;

	if (r[13].kind == DB_BLOB) {
		rc = vault_unseal(c, in->store.vault, demand_label(c, d.ref), r[13].s, &text);
		if (rc == 0)
			rc = json_parse(c, "stored demand", text, &d.draft);
	}
	if (rc == 0)
		*ret = d;
	return rc;
}

const char *demand_label(struct ctx *c, struct str ref)
{
	return str_fmt(c, "demand.draft:%.*s", STR_ARG(ref)).p;
}

static void keep(struct ctx *c, struct json *to, const struct json *from, const char *key)
{
	if (json_text(from, key).n > 0)
		json_set_text(c, to, key, json_text(from, key));
}

/* A draft without whom it concerns and who wrote it: what an auditor sees. */
static struct json *outline(struct ctx *c, const struct json *draft)
{
	struct json *j = json_map(c), *authority = json_map(c), *orders = json_list(c);
	const struct json *list = json_find(draft, "orders");

	if (draft == NULL)
		return NULL;
	keep(c, j, draft, "received");
	keep(c, j, draft, "channel");
	keep(c, j, draft, "language");
	keep(c, authority, json_find(draft, "authority"), "country");
	keep(c, authority, json_find(draft, "authority"), "body");
	keep(c, authority, json_find(draft, "authority"), "level");
	json_set(c, j, "authority", authority);
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		struct json *order = json_map(c);
		const struct json *targets = json_find(list->at[i], "targets");

		keep(c, order, list->at[i], "instrument");
		json_set_int(c, order, "targets", targets == NULL ? 0 : (int64_t)targets->n);
		json_add(c, orders, order);
	}
	json_set(c, j, "orders", orders);
	return j;
}

/* One row, or NULL where none was found, for somebody who may know of it. */
static int demand_shown(struct ctx *c, struct instance *in, const struct person *actor,
    const struct db_val *row, struct demand *ret)
{
	struct right_place place;
	int rc;

	if (row != NULL)
		place = (struct right_place){(int)row[12].num, row[6].s};
	rc = right_case(
	    c, actor, RIGHT_DEMAND_READ, row == NULL ? NULL : &place, ERR_TEXT("demand"));
	if (rc == 0)
		rc = demand_row(c, in, row, ret);
	if (rc == 0 && !right_has(actor, RIGHT_DEMAND_DETAIL))
		ret->draft = outline(c, ret->draft);
	return rc;
}

int demand_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct demand *ret)
{
	const struct db_val *row;
	struct id id;
	int rc = right_needs(c, actor, RIGHT_DEMAND_READ);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_DEMAND_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	return rc == 0 ? demand_shown(c, in, actor, row, ret) : rc;
}

int demand_by_id(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t id, struct demand *ret)
{
	const struct db_val *row;
	int rc = right_needs(c, actor, RIGHT_DEMAND_READ);

	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(id)), &row);
	return rc == 0 ? demand_shown(c, in, actor, row, ret) : rc;
}

int demand_as_sent(struct ctx *c, struct instance *in, struct str ref, const struct json **ret)
{
	const struct db_val *row;
	struct demand d;
	int rc = db_find(c, in->store.db, SQL_DEMAND_BY_REF, DB_ARGS(db_text(ref)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no demand has this reference");
	if (rc == 0)
		rc = demand_row(c, in, row, &d);
	if (rc == 0)
		*ret = d.draft;
	return rc;
}

struct each {
	struct instance *in;
	const struct person *actor;
	int (*fn)(struct ctx *c, const struct demand *d, void *arg);
	void *arg;
};

static int each_demand(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct demand d;
	int rc = demand_row(c, e->in, row, &d);

	if (rc == 0 && !right_has(e->actor, RIGHT_DEMAND_DETAIL))
		d.draft = outline(c, d.draft);

	return rc == 0 ? e->fn(c, &d, e->arg) : rc;
}

int demand_page(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    const struct matter_page *page, int (*fn)(struct ctx *c, const struct demand *d, void *arg),
    void *arg)
{
	struct each e = {in, actor, fn, arg};
	struct demand after = {.received.s = INT64_MIN};
	int rc = right_needs(c, actor, RIGHT_DEMAND_READ);

	if (rc == 0 && page->after.n > 0)
		rc = demand_get(c, in, actor, page->after, &after);
	return rc != 0
		   ? rc
		   : db_each(c, in->store.db, SQL_DEMAND_EACH_STATE,
			 DB_ARGS(db_text(state), db_int(actor->sealed), db_int(right_within(actor)),
			     db_int(after.received.s), db_int(after.id), db_int(page->limit)),
			 each_demand, &e);
}

int demand_urgent(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct demand *d, void *arg), void *arg)
{
	struct each e = {in, actor, fn, arg};
	int rc = right_needs(c, actor, RIGHT_DEMAND_READ);

	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_DEMAND_URGENT,
			     DB_ARGS(db_int(actor->sealed), db_int(right_within(actor))),
			     each_demand, &e);
}

int demand_each(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    int (*fn)(struct ctx *c, const struct demand *d, void *arg), void *arg)
{
	struct matter_page all = {.limit = INT64_MAX};

	return demand_page(c, in, actor, state, &all, fn, arg);
}

/* ---- triage ---- */

struct triage {
	struct demand *d;
	const char *state;
	int64_t into;
	bool verified;
	struct str kind;
	bool joins; /* the case of the demand it is merged into, where there is one */
};

static int set_state(struct ctx *c, struct step *s, void *arg)
{
	struct triage *t = arg;
	const struct db_val *matter = NULL;
	int rc = t->joins ? db_find(c, s->store->db, SQL_MATTER_BY_DEMAND, DB_ARGS(db_int(t->into)),
				&matter)
			  : 0;

	/* an erased case takes nothing in, and one that is being erased leaves nothing out */
	if (rc == 0 && matter != NULL)
		rc = step_matter(c, s, matter[0].num);
	if (rc != 0)
		return rc;
	if (t->kind.n > 0) {
		json_set_text(c, s->detail, "as", t->kind);
		rc = step_insert(c, s, STEP_DEMAND_SORTED, SQL_SORTED_PUT,
		    DB_ARGS(db_int(t->d->id), db_text(t->kind), db_int(t->d->compartment),
			db_int(s->now.s), db_int(s->actor)),
		    NULL);
	}
	return rc != 0
		   ? rc
		   : step_update(c, s, STEP_DEMAND, SQL_DEMAND_SET_STATE, t->d->id, t->d->rev,
			 DB_ARGS(db_text(str_of(t->state)), db_ref(t->into), db_int(t->verified)));
}

static int in_triage(struct ctx *c, struct instance *in, const struct person *actor,
    enum right right, struct str ref, struct demand *ret)
{
	int rc = right_needs(c, actor, right);

	if (rc == 0)
		rc = demand_get(c, in, actor, ref, ret);
	if (rc == 0 && !str_is(ret->state, "received"))
		rc = err_set(c, ERR_CONFLICT, "the demand has left triage: it is %s",
		    err_word(c, ret->state.p));
	return rc;
}

int demand_merge(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str into)
{
	struct demand d, other;
	struct triage t = {&d, "merged", 0, false, {"", 0}, true};
	int rc = in_triage(c, in, actor, RIGHT_DEMAND_MERGE, ref, &d);

	if (rc == 0)
		rc = demand_get(c, in, actor, into, &other);
	if (rc != 0)
		return rc;
	/* merging takes a demand out of the account: into one that is counted, of the same
	 * authority */
	if (other.id == d.id || str_is(other.state, "merged") || str_is(other.state, "not_data"))
		return err_set(c, ERR_INVALID, "a demand is merged into another one that stands");
	if (!str_eq(other.country, d.country))
		return err_set(
		    c, ERR_INVALID, "two demands of different countries are not the same one");
	if (other.compartment != d.compartment)
		return err_set(c, ERR_DENIED, "one of the two belongs to a sealed compartment");
	t.into = other.id;
	t.verified = d.verified;
	return step_run(c, &in->store, "demand.merge", actor->id, set_state, &t, NULL);
}

int demand_sort_out(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str kind)
{
	struct demand d;
	struct triage t = {&d, "not_data", 0, false, kind, false};
	int rc = in_triage(c, in, actor, RIGHT_DEMAND_SORT_OUT, ref, &d);

	if (rc != 0)
		return rc;
	if (!str_has_word(STR("take_down civil_party testimony data_subject press other"), kind))
		return err_set(c, ERR_INVALID,
		    "want one of: take_down civil_party testimony data_subject press other");
	t.verified = d.verified;
	return step_run(c, &in->store, "demand.sort_out", actor->id, set_state, &t, NULL);
}

struct verifying {
	struct instance *in;
	struct triage t;
};

/* The cases made from it rest on this too: what stands in review is judged again. */
static int verify(struct ctx *c, struct step *s, void *arg)
{
	struct verifying *v = arg;
	const struct db_val *matter = NULL;
	int rc = set_state(c, s, &v->t);

	if (rc == 0)
		rc = db_find(
		    c, s->store->db, SQL_MATTER_BY_DEMAND, DB_ARGS(db_int(v->t.d->id)), &matter);
	return rc == 0 && matter != NULL ? order_judge_matter(c, s, v->in, matter[0].num) : rc;
}

int demand_verify(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	struct demand d;
	struct verifying v = {in, {&d, "", 0, true, {"", 0}, false}};
	int rc = right_needs(c, actor, RIGHT_DEMAND_VERIFY);

	if (rc == 0)
		rc = demand_get(c, in, actor, ref, &d);
	if (rc != 0)
		return rc;
	v.t.state = d.state.p;
	v.t.into = d.merged_into;
	return step_run(c, &in->store, "demand.verify", actor->id, verify, &v, NULL);
}
