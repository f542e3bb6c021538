/* What may be told of an account now (declared in access.h). */
#include "desk/access.h"

#include "base/mem.h"
#include "desk/reply.h"
#include "kind/land.h"

/* So many orders are looked at at least, whatever there is: how long it takes tells nothing. */
enum { LOOKED_AT = 4, TEXT_MAX = REPLY_TEXT_MAX };

struct looked {
	int64_t order, target;
};

struct telling {
	struct instance *in;
	struct looked *v;
	size_t n, cap, own; /* own: the first of them name the account */
	bool german, told;
	struct buf lines;
};

static int take(struct ctx *c, const struct db_val *row, void *arg)
{
	struct telling *t = arg;

	t->v = mem_grow(c, t->v, t->n, &t->cap, sizeof *t->v);
	t->v[t->n++] = (struct looked){row[0].num, row[1].kind == DB_INT ? row[1].num : 0};
	return 0;
}

/* The user was told, by mail that left or by hand. */
static int was_told(
    struct ctx *c, struct telling *t, const struct looked *l, bool *ret_told, bool *ret_waits)
{
	const struct db_val *row;
	int rc = db_find(c, t->in->store.db, SQL_ACCESS_NOTICE,
	    DB_ARGS(db_int(l->order), db_int(l->target)), &row);

	*ret_told = *ret_waits = false;
	if (rc != 0 || row == NULL)
		return rc;
	*ret_told = row[1].kind == DB_INT && str_has_word(STR("sent objected withdrawn"), row[0].s);
	*ret_waits = !*ret_told && str_has_word(STR("due drafted approved sent"), row[0].s);
	return 0;
}

static const char *outcome_of(const struct legal_order *o, bool german)
{
	switch (o->outcome) {
	case OUTCOME_CONTENT:
		return german ? "Inhalte wurden herausgegeben." : "Content was given out.";
	case OUTCOME_NONCONTENT:
		return german ? "Andere Daten als Inhalte wurden herausgegeben."
			      : "Data other than content were given out.";
	case OUTCOME_NO_DATA:
		return german ? "Es gab keine Daten." : "There were no data.";
	case OUTCOME_REJECTED:
	case OUTCOME_ANNEX3:
		return german ? "Wir haben ihm nicht entsprochen." : "We did not comply with it.";
	case OUTCOME_WITHDRAWN:
		return german ? "Die Behörde hat es zurückgenommen."
			      : "The authority took it back.";
	case OUTCOME_REDIRECTED:
		return german ? "Wir haben die Behörde an unseren Kunden verwiesen."
			      : "We sent the authority on to our customer.";
	default:
		return german ? "Es wird noch geprüft." : "It is still being examined.";
	}
}

static void put_line(struct ctx *c, struct telling *t, const struct gate *g)
{
	const struct instrument *i = pack_instrument(t->in->law, g->order.instrument);
	struct str title = i == NULL ? g->order.instrument : t->german ? i->de : i->en;
	struct str land = land_name(g->matter.country, t->german ? "de" : "en");
	const char *outcome = outcome_of(&g->order, t->german);
	struct str day = day_str(c, instant_day(g->order.received));

	if (t->german)
		buf_fmt(&t->lines, "%.*s: Ersuchen einer Behörde, %.*s (%.*s). %s\n", STR_ARG(day),
		    STR_ARG(land), STR_ARG(title), outcome);
	else
		buf_fmt(&t->lines, "%.*s: demand by an authority, %.*s (%.*s). %s\n", STR_ARG(day),
		    STR_ARG(land), STR_ARG(title), outcome);
}

/* The same is done for an order that names the account and for one that does not. */
static int look(struct ctx *c, struct telling *t, size_t i)
{
	bool told, waits, free;
	struct gate g;
	int rc = gate_load(c, t->in, t->v[i].order, &g);

	if (rc == 0)
		rc = was_told(c, t, &t->v[i], &told, &waits);
	if (rc != 0)
		return rc;
	rc = notice_may_go(c, t->in, &g, t->v[i].target);
	free = rc == 0;
	if (rc == ERR_DENIED) {
		err_clear(c);
		rc = 0;
	}
	if (rc != 0 || i >= t->own)
		return rc;
	if (told || (free && !waits && g.order.outcome != 0)) {
		t->told = true;
		put_line(c, t, &g);
	}
	return 0;
}

static int fill(
    struct ctx *c, struct telling *t, struct str target, struct str language, struct str *ret)
{
	struct str kind, value, text, got;
	struct reply_values values = {.provider = t->in->provider, .reason = STR("")};
	int rc;

	values.question = str_cut(target, ':', &kind, &value) ? value : target;
	rc = buf_end(&t->lines, "the answer", &values.reason);

	values.reason = str_trim(values.reason);
	if (rc == 0)
		rc = reply_get(c, t->in, t->told ? STR("access_told") : STR("access_nothing"),
		    language, &text, &got);
	return rc == 0 ? reply_fill(c, text, &values, ret) : rc;
}

int access_text(struct ctx *c, struct instance *in, struct hash key, struct str target,
    struct str language, struct str *ret, bool *ret_told)
{
	struct telling t = {
	    .in = in, .german = str_is(language, "de"), .lines = buf_init(c, TEXT_MAX)};
	size_t all;
	int rc =
	    db_each(c, in->store.db, SQL_ACCESS_ORDERS, DB_ARGS(db_blob(hash_str(&key))), take, &t);

	t.own = t.n;
	if (rc == 0)
		rc = db_each(
		    c, in->store.db, SQL_ACCESS_OTHERS, DB_ARGS(db_int(LOOKED_AT)), take, &t);
	all = t.own > LOOKED_AT ? t.own : LOOKED_AT;
	for (size_t i = 0; rc == 0 && i < all && i < t.n; i++)
		rc = look(c, &t, i);
	if (rc == 0)
		rc = fill(c, &t, target, language, ret);
	if (rc == 0)
		*ret_told = t.told;
	return rc;
}
