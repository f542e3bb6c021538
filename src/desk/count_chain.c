#include "desk/count_p.h"

#include "base/mem.h"

static struct order_row order_read(const struct db_val *row)
{
	struct order_row o = {.id = row[0].num,
	    .instrument = row[1].s,
	    .class = row[2].s,
	    .basis = row[3].s,
	    .emergency = row[4].num != 0,
	    .code = row[5].s,
	    .outcome = OUTCOME_PENDING,
	    .narrowed = row[7].num != 0,
	    .because = row[8].s,
	    .country = row[9].s,
	    .channel = row[10].s,
	    .compartment = row[11].num != 0,
	    .barred = row[12].num != 0,
	    .accounts = row[13].num,
	    .disclosed = row[14].num,
	    .settled = db_get_instant(row[15]).s,
	    .received = row[16].num,
	    .told = db_get_instant(row[17]).s,
	    .bar_since = db_get_instant(row[18]).s,
	    .bar_holds = row[19].num > 0};

	if (row[6].kind == DB_TEXT && !outcome_find(row[6].s, &o.outcome))
		o.outcome = OUTCOME_PENDING;
	return o;
}

static bool is_protected(const struct counting *k, const struct order_row *o)
{
	return o->compartment || str_is(o->class, "national_security") ||
	       str_is(o->basis, "sealed") || band_protected(k->q->law, o->instrument);
}

static enum scope_place farther(enum scope_place a, enum scope_place b)
{
	return a > b ? a : b;
}

/* Of two instants of which either may be missing. */
static int64_t earlier(int64_t a, int64_t b)
{
	if (a == INSTANT_NONE.s || b == INSTANT_NONE.s)
		return a == INSTANT_NONE.s ? b : a;
	return a < b ? a : b;
}

/* `next` replaces what the chain was so far; what was disclosed stays disclosed, the highest
 * counts. */
static void chain_join(struct order_row *sum, const struct order_row *next)
{
	struct order_row was = *sum;

	*sum = *next;
	sum->refused = was.refused || was.outcome == OUTCOME_REJECTED;
	sum->secret = was.secret || next->secret;
	sum->place = farther(was.place, next->place);
	sum->id = was.id;
	sum->country = was.country;
	sum->channel = was.channel;
	sum->received = was.received;
	sum->emergency = was.emergency || next->emergency;
	sum->barred = was.barred || next->barred;
	sum->told = earlier(was.told, next->told);
	sum->bar_since = earlier(was.bar_since, next->bar_since);
	sum->bar_holds = was.bar_holds || next->bar_holds;
	sum->disclosed = was.disclosed > next->disclosed ? was.disclosed : next->disclosed;
	if (outcome_discloses(was.outcome) &&
	    (!outcome_discloses(next->outcome) || was.outcome < next->outcome))
		sum->outcome = was.outcome;
}

static int link_find_cmp(const void *key, const void *at)
{
	const int64_t *id = key;
	const struct link *l = at;

	return (*id > l->id) - (*id < l->id);
}

static int link_by_id(const void *a, const void *b)
{
	return link_find_cmp(&((const struct link *)a)->id, b);
}

static int link_by_root(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	if (x->received != y->received)
		return x->received < y->received ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int each_link(struct ctx *c, const struct db_val *row, void *arg)
{
	struct counting *k = arg;

	k->links = mem_grow(c, k->links, k->n_links, &k->cap_links, sizeof *k->links);
	k->links[k->n_links++] = (struct link){row[0].num, row[1].num, 0, row[2].num};
	return 0;
}

/* Finds the first order of each chain, then sorts the members by it. */
static void links_root(struct ctx *c, struct counting *k)
{
	if (k->n_links == 0)
		return;
	qsort(k->links, k->n_links, sizeof *k->links, link_by_id);
	k->members = mem_array(c, k->n_links, sizeof *k->members);
	for (size_t i = 0; i < k->n_links; i++) {
		int64_t at = k->links[i].parent;

		k->members[i] = k->links[i].id;
		for (size_t hops = 0; hops <= k->n_links; hops++) {
			const struct link *up =
			    bsearch(&at, k->links, k->n_links, sizeof *k->links, link_find_cmp);

			if (up == NULL)
				break;
			at = up->parent;
		}
		k->links[i].root = at;
	}
	qsort(k->links, k->n_links, sizeof *k->links, link_by_root);
}

static int id_cmp(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

bool count_chain_member(const struct counting *k, int64_t id)
{
	return k->n_links > 0 &&
	       bsearch(&id, k->members, k->n_links, sizeof *k->members, id_cmp) != NULL;
}

size_t count_chain_at(const struct counting *k, int64_t root)
{
	size_t lo = 0, hi = k->n_links;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (k->links[mid].root < root)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

int64_t count_chain_root(const struct counting *k, int64_t id)
{
	/* sorted by root: few orders have a chain, and this is asked of fewer */
	for (size_t i = 0; i < k->n_links; i++)
		if (k->links[i].id == id)
			return k->links[i].root;
	return id;
}

int count_chain_load(struct ctx *c, struct counting *k)
{
	int rc =
	    db_each(c, k->in->store.db, SQL_COUNT_LINKS, DB_ARGS(db_int(k->past)), each_link, k);

	if (rc == 0)
		links_root(c, k);
	return rc;
}

static struct order_row judged(const struct counting *k, const struct db_val *row)
{
	struct order_row o = order_read(row);

	o.secret = is_protected(k, &o);
	o.place = scope_place(&k->q->scope, o.country, o.class);
	return o;
}

int count_chain_read(
    struct ctx *c, struct counting *k, const struct db_val *row, struct order_row *ret)
{
	struct order_row o = judged(k, row);
	int rc = 0;

	for (size_t i = count_chain_at(k, o.id);
	     rc == 0 && i < k->n_links && k->links[i].root == o.id; i++) {
		const struct db_val *next;
		struct order_row n;

		rc = db_one(c, k->in->store.db, SQL_COUNT_ORDER,
		    DB_ARGS(db_int(k->past), db_int(k->q->as_of.n), db_int(k->links[i].id)), &next);
		if (rc != 0)
			break;
		n = judged(k, next);
		chain_join(&o, &n);
	}
	*ret = o;
	return rc;
}

int count_chain_find(struct ctx *c, struct counting *k, int64_t root, struct order_row *ret)
{
	const struct db_val *row;
	int rc = db_one(c, k->in->store.db, SQL_COUNT_ORDER,
	    DB_ARGS(db_int(k->past), db_int(k->q->as_of.n), db_int(root)), &row);

	return rc == 0 ? count_chain_read(c, k, row, ret) : rc;
}
