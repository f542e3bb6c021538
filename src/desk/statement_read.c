#include "base/mem.h"
#include "desk/statement_p.h"
#include "kind/id.h"

static enum statement_state state_of(struct str word)
{
	if (str_is(word, "proposed"))
		return STATEMENT_PROPOSED;
	if (str_is(word, "cleared"))
		return STATEMENT_CLEARED;
	return str_is(word, "published") ? STATEMENT_PUBLISHED : STATEMENT_WITHDRAWN;
}

static struct statement from_row(struct ctx *c, const struct db_val *row)
{
	struct statement s = {.id = row[0].num,
	    .rev = row[1].num,
	    .ref = str_make(c, row[2].s),
	    .part = statement_part_find(row[3].s),
	    .kind = str_make(c, row[4].s),
	    .state = state_of(row[5].s),
	    .number = row[6].num,
	    .day = db_get_day(row[7]),
	    .until = db_get_day(row[8]),
	    .law = str_make(c, row[17].s),
	    .law_id = str_make(c, row[18].s),
	    .law_verified = row[19].num != 0,
	    .editions = str_make(c, row[20].s),
	    .replaces = row[21].num,
	    .follows = row[22].num,
	    .writer = row[23].num,
	    .clearer = row[24].num,
	    .publisher = row[25].num,
	    .published = db_get_instant(row[26])};

	for (int i = 0; i < WORDING_LANGS; i++)
		s.words[i] = (struct wording){str_make(c, row[9 + i].s), str_make(c, row[11 + i].s),
		    str_make(c, row[13 + i].s), str_make(c, row[15 + i].s)};
	return s;
}

static int one(
    struct ctx *c, struct instance *in, enum sql stmt, struct db_val key, struct statement *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, stmt, DB_ARGS(key), &row);

	if (rc == 0 && row == NULL)
		return err_set(c, ERR_NOTFOUND, "nothing of the statement has this name");
	if (rc == 0)
		*ret = from_row(c, row);
	return rc;
}

int statement_row_by_id(struct ctx *c, struct instance *in, int64_t id, struct statement *ret)
{
	return one(c, in, SQL_STATEMENT_BY_ID, db_int(id), ret);
}

int statement_row_get(struct ctx *c, struct instance *in, struct str name, struct statement *ret)
{
	int64_t number;
	struct id id;
	int rc;

	/* a reference has more characters than any number of updates */
	if (name.n < 10 && str_i64(name, &number))
		return one(c, in, SQL_STATEMENT_BY_NUMBER, db_int(number), ret);
	rc = id_parse(c, name, &id);
	return rc == 0 ? one(c, in, SQL_STATEMENT_FIND, db_text(id_str(&id)), ret) : rc;
}

static int may_read(struct ctx *c, const struct person *actor)
{
	return right_needs(c, actor, RIGHT_STATEMENT_READ);
}

int statement_find(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    struct statement *ret)
{
	int rc = may_read(c, actor);

	return rc == 0 ? statement_row_get(c, in, name, ret) : rc;
}

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct statements *all = arg;

	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n++] = from_row(c, row);
	return 0;
}

int statement_all(struct ctx *c, struct instance *in, struct statements *ret)
{
	struct statements all = {0};
	int rc = db_each(c, in->store.db, SQL_STATEMENT_EACH, DB_NO_ARGS, add_row, &all);

	if (rc == 0)
		*ret = all;
	return rc;
}

int statement_list(
    struct ctx *c, struct instance *in, const struct person *actor, struct statements *ret)
{
	int rc = may_read(c, actor);

	return rc == 0 ? statement_all(c, in, ret) : rc;
}

const struct statement *statement_by_id(const struct statements *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

const struct statement *statement_replaced(const struct statements *all, const struct statement *s)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].replaces == s->id && !instant_is_none(all->v[i].published))
			return &all->v[i];
	return NULL;
}

/* What replaced a never-statement and ended itself does not bring it back. */
bool statement_stands(const struct statements *all, const struct statement *s, struct day today)
{
	if (s->state != STATEMENT_PUBLISHED)
		return false;
	if (s->part != STATEMENT_NEVER && s->part != STATEMENT_RESTRAINT)
		return true;
	return statement_replaced(all, s) == NULL &&
	       (day_is_none(s->until) || day_cmp(today, s->until) <= 0);
}

const char *statement_word(
    const struct statements *all, const struct statement *s, struct day today)
{
	bool over = !day_is_none(s->until) && day_cmp(s->until, today) < 0;

	if (s->part == STATEMENT_NEVER &&
	    (over || s->state == STATEMENT_WITHDRAWN ||
		(s->state == STATEMENT_PUBLISHED && !statement_stands(all, s, today))))
		return "no longer stated";
	if (s->state == STATEMENT_WITHDRAWN)
		return "withdrawn";
	if (s->state == STATEMENT_PUBLISHED)
		return statement_stands(all, s, today) ? "published" : "ended";
	return s->state == STATEMENT_CLEARED ? "cleared" : "waiting";
}
