/* Searches that people keep (declared in search.h). */
#include "desk/search.h"

static const char *const opens[] = {"any", "open", "done"};

static struct json *query_json(struct ctx *c, const struct search *q)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "any", q->any);
	json_set_text(c, j, "ref", q->ref);
	json_set_text(c, j, "number", q->number);
	json_set_text(c, j, "target", q->target);
	json_set_text(c, j, "kind", q->kind);
	json_set_text(c, j, "instrument", q->instrument);
	json_set_text(c, j, "state", q->state);
	json_set_text(c, j, "country", q->country);
	json_set_text(c, j, "body", q->body);
	json_set_text(c, j, "assigned", q->assigned);
	json_set_text(c, j, "open", str_of(opens[q->open]));
	json_set_text(c, j, "from", day_str(c, q->from));
	json_set_text(c, j, "to", day_str(c, q->to));
	return j;
}

static int day_of(struct ctx *c, struct str text, struct day *ret)
{
	*ret = DAY_NONE;
	return text.n == 0 ? 0 : day_parse(c, text, ret);
}

static int query_read(struct ctx *c, const struct json *j, struct search *ret)
{
	struct search q = {.any = json_text(j, "any"),
	    .ref = json_text(j, "ref"),
	    .number = json_text(j, "number"),
	    .target = json_text(j, "target"),
	    .kind = json_text(j, "kind"),
	    .instrument = json_text(j, "instrument"),
	    .state = json_text(j, "state"),
	    .country = json_text(j, "country"),
	    .body = json_text(j, "body"),
	    .assigned = json_text(j, "assigned"),
	    .after = STR("")};
	int rc = day_of(c, json_text(j, "from"), &q.from);

	if (rc == 0)
		rc = day_of(c, json_text(j, "to"), &q.to);
	while (q.open < SEARCH_DONE && !str_is(json_text(j, "open"), opens[q.open]))
		q.open++;
	if (rc == 0)
		*ret = q;
	return rc;
}

int search_save(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    const struct search *q, struct str *ret_ref)
{
	const struct vault *v = in->store.vault;
	const struct db_val *row;
	struct id ref = id_make(c);
	int rc = right_needs(c, actor, RIGHT_SEARCH);

	if (rc == 0 && (str_trim(name).n == 0 || name.n > 200 || draft_line_fault(name) != NULL))
		rc = err_set(c, ERR_INVALID, "a search has a name of one line, up to 200 bytes");
	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_SAVED_COUNT, DB_ARGS(db_int(actor->id)), &row);
	if (rc == 0 && row[0].num >= SEARCH_SAVED_MAX)
		rc = err_set(c, ERR_LIMIT, "a person keeps at most %d searches", SEARCH_SAVED_MAX);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_SAVED_PUT,
		    DB_ARGS(db_text(id_str(&ref)), db_int(actor->id),
			db_blob(vault_seal(c, v, "saved_search.name", name)),
			db_blob(
			    vault_seal(c, v, "saved_search.query", json_str(c, query_json(c, q))))),
		    NULL);
	if (rc == 0)
		*ret_ref = str_make(c, id_str(&ref));
	return rc;
}

static int saved_row(
    struct ctx *c, struct instance *in, const struct db_val *row, struct search_saved *ret)
{
	struct search_saved s = {.ref = str_make(c, row[0].s)};
	struct json *j;
	struct str text;
	int rc = vault_unseal(c, in->store.vault, "saved_search.name", row[1].s, &s.name);

	if (rc == 0)
		rc = vault_unseal(c, in->store.vault, "saved_search.query", row[2].s, &text);
	if (rc == 0)
		rc = json_parse(c, "saved search", text, &j);
	if (rc == 0)
		rc = query_read(c, j, &s.query);
	if (rc == 0)
		*ret = s;
	return rc;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct search_saved *s, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct search_saved s;
	int rc = saved_row(c, e->in, row, &s);

	return rc == 0 ? e->fn(c, &s, e->arg) : rc;
}

int search_saved_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct search_saved *s, void *arg), void *arg)
{
	struct each e = {in, fn, arg};

	return db_each(c, in->store.db, SQL_SAVED_EACH, DB_ARGS(db_int(actor->id)), each_row, &e);
}

static int find(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct db_val **ret)
{
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_SAVED_BY_REF, DB_ARGS(db_text(id_str(&id))), ret);
	if (rc == 0 && (*ret == NULL || (*ret)[3].num != actor->id))
		rc = err_set(c, ERR_NOTFOUND, "you keep no search of this reference");
	return rc;
}

int search_saved_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct search_saved *ret)
{
	const struct db_val *row;
	int rc = find(c, in, actor, ref, &row);

	return rc == 0 ? saved_row(c, in, row, ret) : rc;
}

int search_saved_drop(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	const struct db_val *row;
	int rc = find(c, in, actor, ref, &row);

	return rc == 0 ? db_run(c, in->store.db, SQL_SAVED_DROP, DB_ARGS(db_text(row[0].s)), NULL)
		       : rc;
}
