#include "desk/search.h"

#include "base/mem.h"
#include "in/target.h"

struct searching {
	struct instance *in;
	const struct person *actor;
	const struct search *q;
	struct search_result *ret;
	int64_t assigned;     /* -1: not asked */
	int64_t since, until; /* received: since <= r < until */
	int64_t limit, looked, last_at, last_id;
	bool full;
	int64_t found[SEARCH_FOUND_MAX]; /* cases */
	size_t n_found;
};

/* ---- cursors ---- */

struct str search_cursor(struct ctx *c, const struct instance *in, int64_t a, int64_t b)
{
	struct str sealed = vault_seal(
	    c, in->store.vault, "cursor", str_fmt(c, "%lld %lld", (long long)a, (long long)b));

	return text_hex(c, sealed.p, sealed.n);
}

int search_cursor_open(
    struct ctx *c, const struct instance *in, struct str cursor, int64_t *ret_a, int64_t *ret_b)
{
	char bytes[256];
	struct str text, a, b;
	size_t n = cursor.n / 2;

	if (n > sizeof bytes || !text_unhex(cursor, bytes, n) ||
	    vault_unseal(c, in->store.vault, "cursor", (struct str){bytes, n}, &text) != 0) {
		err_clear(c);
		return err_set(c, ERR_INVALID, "this is no place in the list");
	}
	if (!str_cut(text, ' ', &a, &b) || !str_i64(a, ret_a) || !str_i64(b, ret_b))
		return err_set(c, ERR_INVALID, "this is no place in the list");
	return 0;
}

/* ---- what is asked ---- */

static int resolve_period(struct ctx *c, struct searching *s)
{
	const struct search *q = s->q;

	s->since = day_is_none(q->from) ? INT64_MIN : instant_at(q->from, 0).s;
	s->until = day_is_none(q->to) ? INT64_MAX : instant_at(day_add(q->to, 1), 0).s;
	if (s->since >= s->until)
		return err_set(c, ERR_INVALID, "the period ends before it begins");
	return 0;
}

static int resolve(struct ctx *c, struct searching *s)
{
	const struct search *q = s->q;
	struct person p;
	int rc = right_needs(c, s->actor, RIGHT_SEARCH);

	if (rc == 0 && q->target.n > 0)
		rc = right_needs(c, s->actor, RIGHT_SEARCH_TARGET);
	s->limit = q->limit <= 0 || q->limit > SEARCH_PAGE_MAX ? SEARCH_PAGE_MAX : q->limit;
	s->assigned = -1;
	if (rc == 0 && str_is(q->assigned, "nobody"))
		s->assigned = 0;
	else if (rc == 0 && q->assigned.n > 0) {
		rc = person_find(c, s->in, q->assigned, &p);
		s->assigned = rc == 0 ? p.id : 0;
	}
	return rc == 0 ? resolve_period(c, s) : rc;
}

static bool given_not(struct str asked, struct str has)
{
	return asked.n > 0 && !str_eq(asked, has);
}

static bool matches(const struct searching *s, const struct search_row *r)
{
	struct right_place place = {r->sealed, r->country};
	const struct search *q = s->q;

	return !given_not(q->country, r->country) && !given_not(q->body, r->body) &&
	       !given_not(q->instrument, r->instrument) && !given_not(q->state, r->state) &&
	       (s->assigned < 0 || s->assigned == r->assigned) &&
	       (q->open == SEARCH_ANY || r->open == (q->open == SEARCH_OPEN)) &&
	       r->received.s >= s->since && r->received.s < s->until &&
	       right_knows(s->actor, &place);
}

/* ---- by columns ---- */

struct search_row search_row_take(struct ctx *c, const struct db_val *row)
{
	return (struct search_row){.order = row[0].num,
	    .matter = row[1].num,
	    .ref = str_make(c, row[2].s),
	    .seq = row[3].num,
	    .country = str_make(c, row[4].s),
	    .body = str_make(c, row[5].s),
	    .instrument = str_make(c, row[6].s),
	    .state = str_make(c, row[7].s),
	    .assigned = row[8].num,
	    .open = row[9].num != 0,
	    .received = {row[10].num},
	    .due = row[11].num == DUE_NONE ? INSTANT_NONE : (struct instant){row[11].num},
	    .act = str_make(c, row[12].s),
	    .clock = str_make(c, row[13].s),
	    .rest = row[14].kind == DB_NULL ? -1 : row[14].num,
	    .sealed = row[15].num != 0};
}

static void add_row(struct ctx *c, struct search_rows *l, const struct search_row *r)
{
	l->v = mem_grow(c, l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n++] = *r;
}

static int look(struct ctx *c, const struct db_val *row, void *arg)
{
	struct searching *s = arg;
	struct search_row r;

	if ((int64_t)s->ret->orders.n == s->limit) {
		s->full = true;
		return 0;
	}
	r = search_row_take(c, row);
	s->looked++;
	s->last_at = r.received.s;
	s->last_id = r.order;
	if (matches(s, &r))
		add_row(c, &s->ret->orders, &r);
	return 0;
}

/* The index that a search goes along: what is likely to leave least. */
static int walk(struct ctx *c, struct searching *s)
{
	const struct search *q = s->q;
	struct db_val within = db_int(right_within(s->actor));
	struct db_val sealed = db_int(s->actor->sealed), since = db_int(s->since);
	struct db_val at = db_int(s->until), id = db_int(INT64_MIN), limit = db_int(SEARCH_LOOK);
	struct db *db = s->in->store.db;
	int rc = 0;

	if (q->after.n > 0) {
		rc = search_cursor_open(c, s->in, q->after, &at.num, &id.num);
		if (rc != 0)
			return rc;
	}
	if (s->assigned >= 0)
		return db_each(c, db, SQL_SEARCH_PERSON,
		    DB_ARGS(db_int(s->assigned), db_int(q->open != SEARCH_DONE), sealed, within,
			since, at, id, limit),
		    look, s);
	if (q->instrument.n > 0)
		return db_each(c, db, SQL_SEARCH_INSTRUMENT,
		    DB_ARGS(db_text(q->instrument), sealed, within, since, at, id, limit), look, s);
	if (q->state.n > 0)
		return db_each(c, db, SQL_SEARCH_STATE,
		    DB_ARGS(db_text(q->state), sealed, within, since, at, id, limit), look, s);
	if (q->body.n > 0)
		return db_each(c, db, SQL_SEARCH_BODY,
		    DB_ARGS(db_text(q->body), sealed, within, since, at, id, limit), look, s);
	if (q->country.n > 0)
		return db_each(c, db, SQL_SEARCH_COUNTRY,
		    DB_ARGS(db_text(q->country), sealed, within, since, at, id, limit), look, s);
	return db_each(
	    c, db, SQL_SEARCH_ALL, DB_ARGS(sealed, within, since, at, id, limit), look, s);
}

/* ---- by keyed hash and reference ---- */

static int found_matter(struct ctx *c, const struct db_val *row, void *arg)
{
	struct searching *s = arg;

	(void)c;
	for (size_t i = 0; i < s->n_found; i++)
		if (s->found[i] == row[0].num)
			return 0;
	if (s->n_found < SEARCH_FOUND_MAX)
		s->found[s->n_found++] = row[0].num;
	return 0;
}

static int found_demand(struct ctx *c, const struct db_val *row, void *arg)
{
	struct search_result *r = ((struct searching *)arg)->ret;

	r->demands = mem_grow(c, r->demands, r->n_demands, &r->cap_demands, sizeof *r->demands);
	r->demands[r->n_demands++] =
	    (struct search_demand){str_make(c, row[0].s), str_make(c, row[1].s), {row[2].num}};
	return 0;
}

static int find_number(struct ctx *c, struct searching *s, struct str number)
{
	struct hash key = vault_key(s->in->store.vault, "demand.number", number);
	const struct db_val args[] = {db_blob(hash_str(&key)), db_int(s->actor->sealed),
	    db_int(right_within(s->actor)), db_int(SEARCH_FOUND_MAX)};
	struct db *db = s->in->store.db;
	int rc = db_each(c, db, SQL_SEARCH_NUMBER, args, 4, found_matter, s);

	if (rc == 0)
		rc = db_each(c, db, SQL_SEARCH_NUMBER_BROUGHT, args, 4, found_matter, s);
	return rc == 0 ? db_each(c, db, SQL_SEARCH_NUMBER_DEMANDS, args, 4, found_demand, s) : rc;
}

static const char *const kinds[] = {
    "email", "phone", "ipv4", "ipv6", "account", "domain", "url", "device"};

static int find_as(struct ctx *c, struct searching *s, struct str kind, struct str value)
{
	struct hash key = vault_key(s->in->store.vault, "target.value",
	    str_fmt(c, "%.*s:%.*s", STR_ARG(kind), STR_ARG(value)));

	return db_each(c, s->in->store.db, SQL_SEARCH_TARGET,
	    DB_ARGS(db_blob(hash_str(&key)), db_int(s->actor->sealed),
		db_int(right_within(s->actor)), db_int(SEARCH_FOUND_MAX)),
	    found_matter, s);
}

static int find_target(struct ctx *c, struct searching *s, struct str printed)
{
	bool any = false;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof kinds / sizeof kinds[0]; i++) {
		struct str value;

		if (s->q->kind.n > 0 && !str_is(s->q->kind, kinds[i]))
			continue;
		rc = target_normalise(c, str_of(kinds[i]), printed, &value);
		if (rc == 0) {
			any = true;
			rc = find_as(c, s, str_of(kinds[i]), value);
		} else if (rc == ERR_INVALID && s->q->kind.n == 0) {
			err_clear(c);
			rc = 0;
		}
	}
	if (rc == 0 && !any)
		rc = err_set(c, ERR_INVALID, "this is an identifier of no kind that is known");
	return rc;
}

static int find_ref(struct ctx *c, struct searching *s, struct str ref)
{
	struct db_val sealed = db_int(s->actor->sealed), within = db_int(right_within(s->actor));
	struct db *db = s->in->store.db;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_each(c, db, SQL_SEARCH_REF, DB_ARGS(db_text(id_str(&id)), sealed, within),
		    found_matter, s);
	return rc != 0 ? rc
		       : db_each(c, db, SQL_SEARCH_REF_DEMAND,
			     DB_ARGS(db_text(id_str(&id)), sealed, within), found_demand, s);
}

static int match_found(struct ctx *c, const struct db_val *row, void *arg)
{
	struct searching *s = arg;
	struct search_row r = search_row_take(c, row);

	if (matches(s, &r))
		add_row(c, &s->ret->orders, &r);
	return 0;
}

/* Of two things asked, what both find. */
static void keep_common(struct searching *s, const int64_t *before, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n_found; i++)
		for (size_t k = 0; k < n; k++)
			if (s->found[i] == before[k])
				s->found[kept++] = before[k];
	s->n_found = kept;
}

/* One box for everything: what the text cannot be is passed over. */
static int find_any(struct ctx *c, struct searching *s, struct str text)
{
	int rc = find_ref(c, s, text);

	if (rc == ERR_INVALID) {
		err_clear(c);
		rc = 0;
	}
	if (rc == 0)
		rc = find_number(c, s, text);
	if (rc == 0 && right_has(s->actor, RIGHT_SEARCH_TARGET))
		rc = find_target(c, s, text);
	if (rc == ERR_INVALID) {
		err_clear(c);
		rc = 0;
	}
	return rc;
}

static int find_keyed(struct ctx *c, struct searching *s)
{
	const struct search *q = s->q;
	const struct {
		struct str asked;
		int (*find)(struct ctx *c, struct searching *s, struct str text);
	} ways[] = {{q->any, find_any}, {q->ref, find_ref}, {q->number, find_number},
	    {q->target, find_target}};
	int64_t *before = mem_array(c, SEARCH_FOUND_MAX, sizeof *before);
	bool first = true;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof ways / sizeof ways[0]; i++) {
		size_t n = s->n_found;

		if (ways[i].asked.n == 0)
			continue;
		memcpy(before, s->found, n * sizeof *before);
		s->n_found = 0;
		rc = ways[i].find(c, s, ways[i].asked);
		if (!first)
			keep_common(s, before, n);
		first = false;
	}
	for (size_t i = 0; rc == 0 && i < s->n_found; i++)
		rc = db_each(c, s->in->store.db, SQL_SEARCH_MATTER, DB_ARGS(db_int(s->found[i])),
		    match_found, s);
	return rc;
}

int search_run(struct ctx *c, struct instance *in, const struct person *actor,
    const struct search *q, struct search_result *ret)
{
	struct searching *s = mem_alloc(c, sizeof *s);
	int rc;

	*ret = (struct search_result){.after = STR("")};
	*s = (struct searching){.in = in, .actor = actor, .q = q, .ret = ret};
	rc = resolve(c, s);
	if (rc == 0 && q->any.n + q->ref.n + q->number.n + q->target.n > 0)
		return find_keyed(c, s);
	if (rc == 0)
		rc = walk(c, s);
	if (rc == 0 && (s->full || s->looked == SEARCH_LOOK))
		ret->after = search_cursor(c, in, s->last_at, s->last_id);
	return rc;
}
