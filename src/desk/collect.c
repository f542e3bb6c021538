#include "desk/collect.h"

#include "base/mem.h"
#include "desk/produce.h"
#include "store/sign.h"

static const char body_label[] = "ticket.body", said_label[] = "ticket.said";

struct str collect_folder(struct ctx *c, const struct instance *in, struct str ref)
{
	return instance_path(c, in, str_fmt(c, "collect/%.*s", STR_ARG(ref)));
}

struct str collect_nonce(struct ctx *c)
{
	unsigned char raw[TICKET_NONCE / 2];

	ctx_random(c, raw, sizeof raw);
	return text_hex(c, raw, sizeof raw);
}

void collect_period(struct ticket *t)
{
	t->begins = t->ends = INSTANT_NONE;
	if (day_is_none(t->from))
		return;
	t->begins = instant_at(t->from, 0);
	t->ends = instant_at(day_add(t->to, 1), 0);
}

int collect_sign(struct ctx *c, struct instance *in, const struct ticket *t, struct json **ret_body,
    struct str *ret_note)
{
	struct json *body = ticket_body(c, t);
	struct note_key key;
	int rc = sign_key(c, instance_keys(c, in), "ticket", &key);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		return err_set(
		    c, ERR_DENIED, "there is no key for tickets yet: writ ticket key makes it");
	}
	if (rc == 0)
		rc = sign_ticket(c, instance_keys(c, in), ticket_hash(c, body), ret_note);
	if (rc == 0)
		*ret_body = body;
	return rc;
}

/* ---- making ---- */

struct making {
	struct instance *in;
	const struct person *actor;
	int64_t order, number, decision, item;
	bool preserve;
	struct ticket t;
	struct json *body;
	struct str note;
	struct hash map_hash;
};

static int find_preservation(struct ctx *c, const struct db_val *row, void *arg)
{
	bool *running = arg;

	if (str_is(row[3].s, "running") &&
	    (row[5].kind == DB_NULL || row[5].num >= instant_day((struct instant){ctx_now(c)}).n))
		*running = true;
	return 0;
}

/* Nothing is granted yet: what an order asked to be kept is kept, as it asked. */
static int preserved(struct ctx *c, struct instance *in, const struct gate *g, int64_t number,
    struct produce_grant *ret)
{
	bool running = false;
	struct item *item;
	int rc = db_each(c, in->store.db, SQL_PRESERVATION_OF_ORDER, DB_ARGS(db_int(g->order.id)),
	    find_preservation, &running);

	if (rc == 0 && !running)
		rc = err_set(c, ERR_DENIED, "no preservation is running");
	if (rc == 0 && (number < 1 || (size_t)number > g->items.n))
		rc = err_set(c, ERR_NOTFOUND, "the order has no item %lld", (long long)number);
	if (rc == 0)
		rc = gate_check_sender(c, g);
	if (rc != 0)
		return rc;
	item = &g->items.v[number - 1];
	*ret = (struct produce_grant){item, 0, item->from, item->to};
	return 0;
}

/* What the ticket says, from the case as it stands now; what was drawn for it stays. */
static int fill(struct ctx *c, struct making *m, const struct gate *g)
{
	struct produce_grant gr;
	const struct target *target;
	int rc = m->preserve ? preserved(c, m->in, g, m->number, &gr)
			     : produce_granted(c, m->in, g, m->number, &gr);

	if (rc != 0)
		return rc;
	target = matter_target(&g->targets, gr.item->target);
	m->decision = gr.decision;
	m->item = gr.item->id;
	m->t.service = gr.item->service;
	m->t.kind = target->kind;
	m->t.value = target->value;
	m->t.at = target->at;
	m->t.fields = json_list(c);
	json_add(c, m->t.fields, json_of_text(c, gr.item->field));
	m->t.from = day_is_none(gr.from) || day_is_none(gr.to) ? DAY_NONE : gr.from;
	m->t.to = day_is_none(m->t.from) ? DAY_NONE : gr.to;
	collect_period(&m->t);
	return 0;
}

static int enter(struct ctx *c, struct making *m, struct gate *g)
{
	int rc = gate_load(c, m->in, m->order, g);

	if (rc == 0)
		rc = matter_enter(c, m->in, m->actor, RIGHT_TICKET_MAKE, g->matter.id, true);
	return rc == 0 ? fill(c, m, g) : rc;
}

/* The service is in the data map, and says that it holds the field. */
static int check_map(struct ctx *c, struct making *m)
{
	const struct map_service *s;
	struct data_map map;
	int rc = data_map_load(c, m->in, &map);

	if (rc != 0)
		return rc;
	s = data_map_find(&map, m->t.service);
	if (s == NULL)
		return err_set(c, ERR_NOTFOUND, "the data map has no entry for this service");
	if (map_holds(s, m->t.fields->at[0]->text) == NULL)
		return err_set(c, ERR_NOTFOUND,
		    "by the data map the service does not hold this field: there is no data");
	m->map_hash = map_hash(c, s);
	return 0;
}

static int put(struct ctx *c, struct step *s, void *arg)
{
	struct making *m = arg;
	struct hash signed_hash = ticket_hash(c, m->body);
	struct gate g;
	int64_t id;
	int rc = step_order(c, s, m->order);

	if (rc == 0)
		rc = enter(c, m, &g);
	if (rc != 0)
		return rc;
	if (!hash_eq(signed_hash, ticket_hash(c, ticket_body(c, &m->t))))
		return err_set(c, ERR_CONFLICT,
		    "what is approved changed while the ticket was signed: make it again");
	json_set_int(c, s->detail, "order", g.order.seq);
	json_set_int(c, s->detail, "item", m->number);
	return step_insert(c, s, STEP_TICKET, SQL_TICKET_PUT,
	    DB_ARGS(db_text(m->t.ref), db_int(m->order), db_int(m->item), db_ref(m->decision),
		db_text(m->t.purpose), db_text(m->t.service), db_blob(hash_str(&m->map_hash)),
		db_blob(hash_str(&signed_hash)), db_text(m->note), db_int(m->actor->id),
		db_int(m->t.made.s), db_int(m->t.expires.s),
		db_blob(vault_seal(c, m->in->store.vault, body_label, json_str(c, m->body)))),
	    &id);
}

static int make(struct ctx *c, struct instance *in, const struct person *actor, struct making m,
    int64_t hours, struct str *ret_ref)
{
	struct id ref = id_make(c);
	struct note_key key;
	struct gate g;
	int rc = right_needs(c, actor, RIGHT_TICKET_MAKE);

	if (rc == 0 && (hours < 1 || hours > COLLECT_HOURS_MAX))
		rc = err_set(
		    c, ERR_INVALID, "a ticket is good for 1 to %d hours", COLLECT_HOURS_MAX);
	if (rc == 0)
		rc = enter(c, &m, &g);
	if (rc == 0)
		rc = check_map(c, &m);
	if (rc == 0)
		rc = sign_key(c, instance_keys(c, in), "log", &key);
	if (rc != 0)
		return rc;
	m.t.ref = str_make(c, id_str(&ref));
	m.t.origin = key.name;
	m.t.purpose = m.preserve ? STR("preserve") : STR("collect");
	m.t.made = (struct instant){ctx_now(c)};
	m.t.expires = (struct instant){m.t.made.s + hours * 3600};
	m.t.nonce = collect_nonce(c);
	rc = collect_sign(c, in, &m.t, &m.body, &m.note);
	if (rc == 0)
		rc = step_run(c, &in->store, "ticket.make", actor->id, put, &m, NULL);
	if (rc == 0)
		*ret_ref = m.t.ref;
	return rc;
}

int collect_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, int64_t hours, struct str *ret_ref)
{
	struct making m = {.in = in, .actor = actor, .order = order->id, .number = number};

	return make(c, in, actor, m, hours, ret_ref);
}

int collect_make_preserve(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, int64_t hours, struct str *ret_ref)
{
	struct making m = {
	    .in = in, .actor = actor, .order = order->id, .number = number, .preserve = true};

	return make(c, in, actor, m, hours, ret_ref);
}

/* ---- reading ---- */

static int from_row(
    struct ctx *c, struct instance *in, const struct db_val *row, struct collect *ret)
{
	struct collect t = {.id = row[0].num,
	    .rev = row[1].num,
	    .ref = str_make(c, row[2].s),
	    .order = row[3].num,
	    .item = row[4].num,
	    .decision = row[5].kind == DB_NULL ? 0 : row[5].num,
	    .service = str_make(c, row[6].s),
	    .note = str_make(c, row[9].s),
	    .made = {row[10].num},
	    .expires = {row[11].num},
	    .state = str_make(c, row[12].s),
	    .why = str_make(c, row[13].s),
	    .files = row[14].kind == DB_NULL ? 0 : row[14].num,
	    .purpose = str_make(c, row[19].s),
	    .token = row[21].kind == DB_NULL ? 0 : row[21].num,
	    .said = STR(""),
	    .ended = db_get_instant(row[23])};
	struct str text;
	int rc = 0;

	if (row[15].kind == DB_BLOB && row[15].s.n == HASH_SIZE)
		memcpy(t.listing.b, row[15].s.p, HASH_SIZE);
	if (row[22].kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, said_label, row[22].s, &t.said);

	if (row[8].s.n == HASH_SIZE)
		memcpy(t.body_hash.b, row[8].s.p, HASH_SIZE);
	if (rc == 0 && row[16].kind == DB_BLOB) {
		rc = vault_unseal(c, in->store.vault, body_label, row[16].s, &text);
		if (rc == 0)
			rc = json_parse(c, "stored ticket", text, &t.body);
	}
	if (rc == 0)
		*ret = t;
	return rc;
}

int collect_get(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    struct str ref, struct collect *ret)
{
	const struct db_val *row = NULL;
	struct right_place place;
	struct id id;
	int rc = right_needs(c, actor, right);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_TICKET_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc != 0)
		return rc;
	/* one of another service is for a service's system as one that nobody has */
	if (row != NULL && actor->token != 0 && !str_eq(row[6].s, actor->service))
		row = NULL;
	if (row != NULL)
		place = (struct right_place){(int)row[17].num, str_make(c, row[18].s)};
	rc = right_case(c, actor, right, row == NULL ? NULL : &place, ERR_TEXT("ticket"));
	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

int collect_find(struct ctx *c, struct instance *in, struct str ref, struct collect *ret)
{
	const struct db_val *row = NULL;
	int rc = db_find(c, in->store.db, SQL_TICKET_BY_REF, DB_ARGS(db_text(ref)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no such ticket");
	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

struct walk {
	struct instance *in;
	struct str service; /* of a system; "": all */
	int (*fn)(struct ctx *c, const struct collect *t, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct walk *w = arg;
	struct collect t;
	int rc;

	if (w->service.n > 0 && !str_eq(row[6].s, w->service))
		return 0;
	rc = from_row(c, w->in, row, &t);
	return rc == 0 ? w->fn(c, &t, w->arg) : rc;
}

int collect_waiting(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct collect *t, void *arg), void *arg)
{
	struct walk w = {in, actor->token != 0 ? actor->service : STR(""), fn, arg};
	int rc =
	    right_needs(c, actor, actor->token != 0 ? RIGHT_TICKET_HAND_IN : RIGHT_TICKET_READ);

	return rc == 0
		   ? db_each(c, in->store.db, SQL_TICKET_WAITING,
			 DB_ARGS(db_int(actor->sealed), db_int(right_within(actor))), each_row, &w)
		   : rc;
}

int collect_of_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, int64_t order,
    int (*fn)(struct ctx *c, const struct collect *t, void *arg), void *arg)
{
	struct walk w = {in, STR(""), fn, arg};
	struct right_place place = matter_place(m);
	int rc = right_case(c, actor, RIGHT_TICKET_READ, &place, ERR_TEXT("case"));

	return rc == 0 ? db_each(c, in->store.db, SQL_TICKET_OF_ORDER, DB_ARGS(db_int(order)),
			     each_row, &w)
		       : rc;
}

/* ---- using ---- */

struct using
{
	struct instance *in;
	const struct person *actor;
	struct collect *t;
	int64_t snapshot;
	const struct service_result *result;
};

/* A system of the provider hands in; a person may also run. */
static enum right right_of(const struct person *actor)
{
	return actor->token != 0 ? RIGHT_TICKET_HAND_IN : RIGHT_TICKET_RUN;
}

/* What lies in the database is believed as far as the signature goes. */
static int check_signature(struct ctx *c, struct instance *in, const struct collect *t)
{
	struct note_key key;
	struct ticket opened;
	int rc = sign_key(c, instance_keys(c, in), "ticket", &key);

	if (rc == 0 && t->body == NULL)
		rc = err_set(c, ERR_NOTFOUND, "what the ticket says was erased");
	if (rc == 0)
		rc = ticket_open(c, "ticket", ticket_file(c, t->body, t->note), &key,
		    (struct instant){ctx_now(c)}, &opened);
	if (rc == 0 && !str_eq(opened.ref, t->ref))
		rc = err_set(c, ERR_DENIED, "the signature is of another ticket");
	return rc;
}

static int begin(struct ctx *c, struct step *s, void *arg)
{
	const struct using *u = arg;
	struct produce_grant gr;
	struct gate g;
	int64_t number = 0;
	int rc = step_order(c, s, u->t->order);

	if (rc == 0)
		rc = gate_load(c, u->in, u->t->order, &g);
	if (rc == 0)
		rc = matter_enter(c, u->in, u->actor, right_of(u->actor), g.matter.id, true);
	for (size_t i = 0; rc == 0 && i < g.items.n; i++)
		if (g.items.v[i].id == u->t->item)
			number = g.items.v[i].number;
	if (rc == 0)
		rc = str_is(u->t->purpose, "preserve") ? preserved(c, u->in, &g, number, &gr)
						       : produce_granted(c, u->in, &g, number, &gr);
	if (rc == 0 && u->actor->token != 0)
		json_set_int(c, s->detail, "token", u->actor->token);
	if (rc == 0 && gr.decision != u->t->decision)
		rc = err_set(c, ERR_DENIED,
		    "it was decided anew since the ticket was made: make another ticket");
	return rc == 0 ? step_update(c, s, STEP_TICKET, SQL_TICKET_RUN, u->t->id, u->t->rev,
			     DB_ARGS(db_int(u->actor->id), db_int(s->now.s),
				 db_ref(u->actor->token), db_ref(u->snapshot)))
		       : rc;
}

int collect_begin(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t)
{
	return collect_begin_from(c, in, actor, t, 0);
}

int collect_begin_from(struct ctx *c, struct instance *in, const struct person *actor,
    struct collect *t, int64_t snapshot)
{
	struct using u = {.in = in, .actor = actor, .t = t, .snapshot = snapshot};
	int rc = right_needs(c, actor, right_of(actor));

	if (rc == 0 && !str_is(t->state, "open"))
		rc = err_set(c, ERR_CONFLICT, "the ticket was used: it is %s",
		    err_word(c, str_z(c, t->state)));
	if (rc == 0)
		rc = check_signature(c, in, t);
	if (rc == 0)
		rc = step_run(c, &in->store, "ticket.run", actor->id, begin, &u, NULL);
	if (rc == 0) {
		t->rev++;
		t->state = STR("running");
		t->token = actor->token;
	}
	return rc;
}

static int end(struct ctx *c, struct step *s, void *arg)
{
	const struct using *u = arg;
	const struct service_result *r = u->result;
	bool well = r->why[0] == '\0';
	int rc = step_order(c, s, u->t->order);

	json_set_bool(c, s->detail, "well", well);
	return rc == 0
		   ? step_update(c, s, STEP_TICKET, SQL_TICKET_END, u->t->id, u->t->rev,
			 DB_ARGS(db_text(well ? STR("done") : STR("failed")), db_int(s->now.s),
			     db_text(str_of(r->why)), db_int(r->files),
			     r->files > 0 ? db_blob(hash_str(&r->listing)) : db_null(),
			     r->said.n > 0
				 ? db_blob(vault_seal(c, u->in->store.vault, said_label, r->said))
				 : db_null()))
		   : rc;
}

int collect_end(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t,
    const struct service_result *result)
{
	struct using u = {.in = in, .actor = actor, .t = t, .result = result};
	int rc = right_needs(c, actor, right_of(actor));

	if (rc == 0)
		rc = step_run(c, &in->store, "ticket.hand_in", actor->id, end, &u, NULL);
	if (rc == 0)
		t->rev++;
	return rc;
}
