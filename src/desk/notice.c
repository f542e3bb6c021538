#include "desk/notice.h"

#include "base/mem.h"

static struct str text_of(struct ctx *c, const struct db_val *v)
{
	return v->kind == DB_TEXT || v->kind == DB_BLOB ? str_make(c, v->s) : STR("");
}

static int64_t ref_of(const struct db_val *v)
{
	return v->kind == DB_NULL ? 0 : v->num;
}

static int take(struct ctx *c, const struct db_val *r, void *arg)
{
	struct notices *all = arg;

	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n] = (struct notice){.id = r[0].num,
	    .rev = r[1].num,
	    .target = r[2].num,
	    .number = (int64_t)all->n + 1,
	    .state = str_make(c, r[3].s),
	    .holds = r[4].num != 0,
	    .at = {r[5].num},
	    .author = ref_of(&r[6]),
	    .approver = ref_of(&r[7]),
	    .sender = ref_of(&r[8]),
	    .sent = db_get_instant(r[9]),
	    .sent_day = db_get_day(r[10]),
	    .way = text_of(c, &r[11]),
	    .letter = text_of(c, &r[12]),
	    .posted = db_get_instant(r[13]),
	    .not_before = db_get_instant(r[14]),
	    .text_ct = text_of(c, &r[15]),
	    .said_ct = text_of(c, &r[16])};
	all->n++;
	return 0;
}

int notice_of_order(struct ctx *c, struct instance *in, int64_t order, struct notices *ret)
{
	*ret = (struct notices){0};
	return db_each(c, in->store.db, SQL_NOTICE_OF_ORDER, DB_ARGS(db_int(order)), take, ret);
}

int notice_words(
    struct ctx *c, struct instance *in, const struct notice *n, struct notice_words *ret)
{
	struct str text;
	struct json *j;
	int rc = n->text_ct.n == 0
		     ? err_set(c, ERR_NOTFOUND, "the notice has no text yet, or it was erased")
		     : vault_unseal(c, in->store.vault, "notice.text", n->text_ct, &text);

	if (rc == 0)
		rc = json_parse(c, "stored notice", text, &j);
	if (rc == 0)
		*ret = (struct notice_words){json_text(j, "to"), json_text(j, "subject"),
		    json_text(j, "text"), json_text(j, "language")};
	return rc;
}

/* ---- bars ---- */

static struct day today(struct ctx *c)
{
	return instant_day((struct instant){ctx_now(c)});
}

int notice_barred(struct ctx *c, struct instance *in, int64_t target, bool *ret)
{
	const struct db_val *row;
	int rc = db_one(
	    c, in->store.db, SQL_NOTICE_BARS, DB_ARGS(db_int(target), db_int(today(c).n)), &row);

	if (rc == 0)
		*ret = row[0].num > 0;
	return rc;
}

struct on_record {
	const struct bar *bar;
	bool has;
};

static int same_rule(struct ctx *c, const struct db_val *row, void *arg)
{
	struct on_record *r = arg;

	(void)c;
	r->has = r->has || str_eq(row[4].s, r->bar->id);
	return 0;
}

/* What the law says of this moment: a bar that is not known to apply is a question, and one that
 * the last judgment had not seen is put on record first. */
static int judged(struct ctx *c, struct instance *in, const struct gate *g)
{
	int rc = 0;

	for (size_t i = 0; i < g->now.n_bars && rc == 0; i++) {
		const struct bar *b = &g->now.bars[i];
		struct on_record r = {b, false};

		if (str_is(b->bars, "public"))
			continue;
		if (b->unknown)
			return err_set(c, ERR_DENIED,
			    "whether %.*s bars telling the user is not known: %.*s", STR_ARG(b->id),
			    STR_ARG(b->missing));
		rc = db_each(c, in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(g->order.id)),
		    same_rule, &r);
		if (rc == 0 && !r.has)
			rc = err_set(c, ERR_DENIED,
			    "the law bars more than is on record: judge the order again first");
	}
	return rc;
}

int notice_may_go(struct ctx *c, struct instance *in, const struct gate *g, int64_t target)
{
	bool barred = false;
	int rc = notice_barred(c, in, target, &barred);

	if (rc == 0 && barred)
		rc = err_set(c, ERR_DENIED, "no notice goes to this account now: a bar holds");
	return rc == 0 ? judged(c, in, g) : rc;
}

/* ---- the gate before a production ---- */

static const struct notice *find(const struct notices *all, int64_t target)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].target == target)
			return &all->v[i];
	return NULL;
}

/* A notice that goes first and is not over yet. */
static int not_over(struct ctx *c, const struct notice *n)
{
	if (str_is(n->state, "objected"))
		return err_set(c, ERR_DENIED,
		    "the user has objected: counsel settles it first (`writ notice settle`)");
	if (!str_is(n->state, "sent"))
		return err_set(c, ERR_DENIED,
		    "the notice to the user is %s: it goes before the production",
		    err_word(c, str_z(c, n->state)));
	if (instant_is_none(n->posted))
		return err_set(c, ERR_DENIED, "the notice to the user has not left yet");
	if (ctx_now(c) < n->not_before.s)
		return err_set(c, ERR_DENIED, "the user was told: no production before %s",
		    instant_str(c, n->not_before).p);
	return 0;
}

int notice_check(struct ctx *c, struct instance *in, const struct gate *g, const struct item *item)
{
	struct notices all;
	const struct notice *n;
	bool barred;
	int rc = notice_of_order(c, in, g->order.id, &all);

	if (rc != 0)
		return rc;
	n = find(&all, item->target);
	if (n != NULL && !n->holds)
		return 0;
	if (n != NULL && !str_is(n->state, "barred") && !str_is(n->state, "not_needed") &&
	    !str_is(n->state, "withdrawn"))
		return not_over(c, n);
	if (gate_emergency(g) || in->notice_wait < 0 || (n != NULL && !str_is(n->state, "barred")))
		return 0;
	rc = notice_barred(c, in, item->target, &barred);
	if (rc != 0 || barred)
		return rc;
	rc = judged(c, in, g);
	return rc != 0 ? rc
		       : err_set(c, ERR_DENIED,
			     "item %d: nothing bars telling the user, and the user is told first "
			     "(`writ notice draft`)",
			     item->number);
}

struct instant notice_wait_end(const struct instance *in, bool holds, struct instant posted)
{
	struct day first = day_add(instant_day(posted), in->notice_wait + 1);

	return !holds || in->notice_wait <= 0 ? posted : instant_at(first, 0);
}

/* ---- the list ---- */

static int put_texts(struct ctx *c, struct instance *in, const struct notice *n, struct json *to)
{
	struct notice_words w;
	struct str said;
	int rc = 0;

	if (n->text_ct.n > 0) {
		rc = notice_words(c, in, n, &w);
		if (rc != 0)
			return rc;
		json_set_text(c, to, "to", w.to);
		json_set_text(c, to, "subject", w.subject);
		json_set_text(c, to, "text", w.text);
	}
	if (n->said_ct.n > 0) {
		rc = vault_unseal(c, in->store.vault, "notice.said", n->said_ct, &said);
		if (rc == 0)
			json_set_text(c, to, "said", said);
	}
	return rc;
}

static void put_when(struct ctx *c, const struct notice *n, struct json *to)
{
	const struct {
		const char *name;
		struct instant at;
	} when[] = {{"sent", n->sent}, {"posted", n->posted}, {"not_before", n->not_before}};

	for (size_t i = 0; i < sizeof when / sizeof when[0]; i++)
		if (!instant_is_none(when[i].at))
			json_set_text(c, to, when[i].name, instant_str(c, when[i].at));
}

/* What goes with it, by its hash alone (notice_copy.h). */
static int put_copy(struct ctx *c, struct instance *in, const struct notice *n, struct json *to)
{
	const struct db_val *row;
	struct json *j = json_map(c);
	int rc = db_find(c, in->store.db, SQL_NOTICE_COPY_OF, DB_ARGS(db_int(n->id)), &row);

	if (rc != 0 || row == NULL || row[7].num != 0)
		return rc;
	json_set_text(c, j, "kind", str_make(c, row[4].s));
	json_set_int(c, j, "size", row[6].num);
	json_set_text(c, j, "sha256", text_hex(c, (const unsigned char *)row[5].s.p, row[5].s.n));
	json_set_bool(c, j, "as_received", row[2].kind != DB_NULL);
	json_set(c, to, "copy", j);
	return 0;
}

int notice_list(struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret)
{
	struct json *list = json_list(c);
	struct notices all;
	int rc = notice_of_order(c, in, order, &all);

	for (size_t i = 0; i < all.n && rc == 0; i++) {
		struct json *j = json_map(c);

		json_set_int(c, j, "number", all.v[i].number);
		json_set_text(c, j, "state", all.v[i].state);
		json_set_bool(c, j, "holds", all.v[i].holds);
		if (all.v[i].way.n > 0)
			json_set_text(c, j, "way", all.v[i].way);
		if (all.v[i].letter.n > 0)
			json_set_text(c, j, "letter", all.v[i].letter);
		put_when(c, &all.v[i], j);
		rc = put_copy(c, in, &all.v[i], j);
		if (rc == 0 && texts)
			rc = put_texts(c, in, &all.v[i], j);
		json_add(c, list, j);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}

bool notice_waits(struct ctx *c, const struct json *n)
{
	struct str first = json_text(n, "not_before");
	struct instant at;

	if (!str_is(json_text(n, "state"), "sent") || !json_find(n, "holds")->yes)
		return false;
	return first.n == 0 || (instant_parse(c, first, &at) == 0 && ctx_now(c) < at.s);
}
