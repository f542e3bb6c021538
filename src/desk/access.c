#include "desk/access.h"

#include "base/mem.h"
#include "desk/reply.h"
#include "desk/search.h"
#include "in/target.h"
#include "in/wording.h"

enum { PAGE = 100 };

/* ---- reading ---- */

static struct str text_of(struct ctx *c, struct db_val v)
{
	return v.kind == DB_TEXT || v.kind == DB_BLOB ? str_make(c, v.s) : STR("");
}

static int64_t ref_of(struct db_val v)
{
	return v.kind == DB_INT ? v.num : 0;
}

static struct access_request row_of(struct ctx *c, const struct db_val *r)
{
	struct access_request x = {.id = r[0].num,
	    .rev = r[1].num,
	    .ref = text_of(c, r[2]),
	    .demand_id = r[3].num,
	    .demand = text_of(c, r[4]),
	    .place = {(int)r[5].num, text_of(c, r[6])},
	    .has_key = r[7].s.n == HASH_SIZE,
	    .state = text_of(c, r[8]),
	    .language = text_of(c, r[9]),
	    .at = {r[10].num},
	    .author = r[11].num,
	    .reviewer = ref_of(r[12]),
	    .second = ref_of(r[13]),
	    .told = ref_of(r[14]) != 0,
	    .answered = db_get_instant(r[15]),
	    .follows = ref_of(r[16]),
	    .target_ct = text_of(c, r[17]),
	    .who_ct = text_of(c, r[18]),
	    .text_ct = text_of(c, r[19])};

	if (x.has_key)
		memcpy(x.key.b, r[7].s.p, HASH_SIZE);
	return x;
}

static int get(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    struct str ref, struct access_request *ret)
{
	struct access_request x;
	const struct db_val *row;
	struct id id;
	int rc = right_needs(c, actor, right);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_ACCESS_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc != 0)
		return rc;
	if (row != NULL)
		x = row_of(c, row);
	rc = right_case(c, actor, right, row != NULL ? &x.place : NULL, ERR_TEXT("request"));
	if (rc == 0)
		*ret = x;
	return rc;
}

int access_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct access_request *ret)
{
	return get(c, in, actor, RIGHT_ACCESS_READ, ref, ret);
}

static int open_text(
    struct ctx *c, struct instance *in, const char *label, struct str ct, struct str *ret)
{
	if (ct.n == 0)
		return err_set(c, ERR_NOTFOUND, "the request was erased");
	return vault_unseal(c, in->store.vault, label, ct, ret);
}

/* ---- as JSON ---- */

static int set_person(
    struct ctx *c, struct instance *in, struct json *j, const char *key, int64_t id)
{
	struct person p;
	int rc = id == 0 ? 0 : person_get(c, in, id, &p);

	if (rc == 0 && id != 0)
		json_set_text(c, j, key, p.handle);
	return rc;
}

static int set_texts(
    struct ctx *c, struct instance *in, const struct access_request *r, struct json *j)
{
	struct str text;
	struct json *who, *none = json_list(c);
	int rc;

	if (r->who_ct.n == 0)
		return 0;
	rc = vault_unseal(c, in->store.vault, "access.who", r->who_ct, &text);
	if (rc == 0)
		rc = json_parse(c, "stored request", text, &who);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "identified", json_text(who, "identified"));
	json_set(
	    c, j, "to", json_find(who, "to") != NULL ? (struct json *)json_find(who, "to") : none);
	rc = open_text(c, in, "access.target", r->target_ct, &text);
	if (rc == 0)
		json_set_text(c, j, "target", text);
	if (rc != 0 || r->text_ct.n == 0)
		return rc;
	rc = open_text(c, in, "access.text", r->text_ct, &text);
	if (rc == 0)
		json_set_text(c, j, "text", text);
	return rc;
}

int access_json(struct ctx *c, struct instance *in, const struct access_request *r, bool texts,
    struct json **ret)
{
	struct json *j = json_map(c);
	int rc;

	json_set_text(c, j, "request", r->ref);
	json_set_text(c, j, "demand", r->demand);
	json_set_text(c, j, "state", r->state);
	json_set_text(c, j, "language", r->language);
	json_set_text(c, j, "at", instant_str(c, r->at));
	if (!instant_is_none(r->answered))
		json_set_text(c, j, "answered", instant_str(c, r->answered));
	if (r->follows != 0)
		json_set_bool(c, j, "again", true);
	rc = set_person(c, in, j, "by", r->author);
	if (rc == 0)
		rc = set_person(c, in, j, "reviewer", r->reviewer);
	if (rc == 0)
		rc = set_person(c, in, j, "second", r->second);
	if (rc == 0 && texts)
		rc = set_texts(c, in, r, j);
	if (rc == 0)
		*ret = j;
	return rc;
}

/* ---- lists ---- */

struct listing {
	struct instance *in;
	struct json *list;
	struct access_request *v;
	size_t n, cap;
};

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;

	l->v = mem_grow(c, l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n++] = row_of(c, row);
	return 0;
}

static int add_json(struct ctx *c, struct listing *l, const struct access_request *r)
{
	struct json *j;
	int rc = access_json(c, l->in, r, false, &j);

	if (rc == 0)
		json_add(c, l->list, j);
	return rc;
}

int access_list(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    struct str after, struct json **ret)
{
	struct listing l = {.in = in, .list = json_list(c)};
	struct json *j = json_map(c);
	int64_t from = INT64_MAX, none = 0;
	int rc = right_needs(c, actor, RIGHT_ACCESS_READ);

	if (rc == 0 && !str_has_word(STR("asked drafted approved answered dropped"), state))
		rc = err_set(
		    c, ERR_INVALID, "a state is one of: asked drafted approved answered dropped");
	if (rc == 0 && after.n > 0)
		rc = search_cursor_open(c, in, after, &from, &none);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_ACCESS_EACH,
		    DB_ARGS(db_text(state), db_int(from), db_int(actor->sealed),
			db_int(right_within(actor)), db_int(PAGE + 1)),
		    add_row, &l);
	for (size_t i = 0; rc == 0 && i < l.n && i < PAGE; i++)
		rc = add_json(c, &l, &l.v[i]);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "state", state);
	json_set(c, j, "requests", l.list);
	if (l.n > PAGE)
		json_set_text(c, j, "after", search_cursor(c, in, l.v[PAGE - 1].id, 0));
	*ret = j;
	return 0;
}

int access_due(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct listing l = {.in = in, .list = json_list(c)};
	int rc = right_needs(c, actor, RIGHT_ACCESS_READ);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_ACCESS_SILENT,
		    DB_ARGS(db_int(actor->sealed), db_int(right_within(actor))), add_row, &l);
	for (size_t i = 0; rc == 0 && i < l.n; i++) {
		struct str text;
		bool told = false;

		rc = access_text(c, in, l.v[i].key, STR("-"), STR("en"), &text, &told);
		if (rc == 0 && told)
			rc = add_json(c, &l, &l.v[i]);
	}
	if (rc == 0)
		*ret = l.list;
	return rc;
}

/* ---- asking ---- */

struct asking {
	struct instance *in;
	const struct person *actor;
	enum right right;
	const struct access_ask *ask;
	struct str ref, made;
	struct access_request r;
};

static int wrong(struct ctx *c, const char *option, const char *why)
{
	return err_set(c, ERR_INVALID, "%s: %s", option, err_word(c, why));
}

static int check_ask(struct ctx *c, const struct access_ask *a)
{
	bool well = a->n_to <= ACCESS_LINES_MAX;

	if (str_trim(a->identified).n == 0 || a->identified.n > ACCESS_IDENTIFIED_MAX)
		return wrong(c, "--identified",
		    ERR_TEXT("say how it was found that the person asks for their own account"));
	for (size_t i = 0; i < a->n_to && well; i++)
		well = a->to[i].n > 0 && a->to[i].n <= 200 && wording_line_ok(a->to[i]);
	if (!well)
		return wrong(c, "--to-file", ERR_TEXT("at most 12 lines of text"));
	if (!str_is(a->language, "en") && !str_is(a->language, "de"))
		return wrong(c, "--language", ERR_TEXT("en or de"));
	return 0;
}

static struct db_val sealed_who(
    struct ctx *c, const struct instance *in, const struct access_ask *a)
{
	struct json *j = json_map(c), *to = json_list(c);

	for (size_t i = 0; i < a->n_to; i++)
		json_add(c, to, json_of_text(c, a->to[i]));
	json_set_text(c, j, "identified", a->identified);
	json_set(c, j, "to", to);
	return db_blob(vault_seal(c, in->store.vault, "access.who", json_str(c, j)));
}

static int normal_target(struct ctx *c, struct str target, struct str *ret)
{
	struct str kind, value, normal;
	int rc;

	if (!str_cut(target, ':', &kind, &value))
		return wrong(c, "KIND:VALUE", ERR_TEXT("such as email:somebody@example.net"));
	if (!target_specific(kind, value))
		return wrong(c, "KIND:VALUE", ERR_TEXT("one account"));
	rc = target_normalise(c, kind, value, &normal);
	if (rc == 0)
		*ret = str_fmt(c, "%.*s:%.*s", STR_ARG(kind), STR_ARG(normal));
	return rc;
}

static int put(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	struct vault *v = a->in->store.vault;
	struct reply_sorted sorted;
	struct demand d;
	struct str target;
	struct hash key;
	struct id id = id_make(c);
	bool has = false;
	int rc = demand_get(c, a->in, a->actor, a->ask->demand, &d);

	if (rc == 0)
		rc = reply_sorted(c, a->in, &d, &sorted, &has);
	if (rc == 0 && (!has || !str_is(sorted.kind, "data_subject")))
		rc = err_set(c, ERR_DENIED,
		    "it was not sorted out as a data subject's (`writ demand sort-out`)");
	if (rc == 0)
		rc = normal_target(c, a->ask->target, &target);
	if (rc != 0)
		return rc;
	key = vault_key(v, "target.value", target);
	a->made = str_make(c, id_str(&id));
	json_set_text(c, s->detail, "request", a->made);
	return step_insert(c, s, STEP_ACCESS_REQUEST, SQL_ACCESS_PUT,
	    DB_ARGS(db_text(a->made), db_int(d.id), db_blob(hash_str(&key)),
		db_text(a->ask->language), db_int(s->now.s), db_int(a->actor->id), db_null(),
		db_blob(vault_seal(c, v, "access.target", target)), sealed_who(c, a->in, a->ask)),
	    NULL);
}

int access_ask(struct ctx *c, struct instance *in, const struct person *actor,
    const struct access_ask *ask, struct str *ret)
{
	struct asking a = {.in = in, .actor = actor, .ask = ask};
	int rc = right_needs(c, actor, RIGHT_ACCESS_ASK);

	if (rc == 0)
		rc = check_ask(c, ask);
	if (rc == 0)
		rc = step_run(c, &in->store, "access.ask", actor->id, put, &a, NULL);
	if (rc == 0)
		*ret = a.made;
	return rc;
}

/* Sealed texts are bound to what they are, not to their row: the new one holds the same. */
static int put_again(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	struct id id = id_make(c);
	int rc = get(c, a->in, a->actor, RIGHT_ACCESS_ASK, a->ref, &a->r);

	if (rc == 0 && (!str_is(a->r.state, "answered") || !a->r.has_key))
		rc = err_set(c, ERR_CONFLICT, "only what was answered is taken up again");
	if (rc != 0)
		return rc;
	a->made = str_make(c, id_str(&id));
	json_set_text(c, s->detail, "request", a->made);
	return step_insert(c, s, STEP_ACCESS_REQUEST, SQL_ACCESS_PUT,
	    DB_ARGS(db_text(a->made), db_int(a->r.demand_id), db_blob(hash_str(&a->r.key)),
		db_text(a->r.language), db_int(s->now.s), db_int(a->actor->id), db_int(a->r.id),
		db_blob(a->r.target_ct), db_blob(a->r.who_ct)),
	    NULL);
}

int access_again(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str *ret)
{
	struct asking a = {.in = in, .actor = actor, .ref = ref};
	int rc = right_needs(c, actor, RIGHT_ACCESS_ASK);

	if (rc == 0)
		rc = step_run(c, &in->store, "access.ask", actor->id, put_again, &a, NULL);
	if (rc == 0)
		*ret = a.made;
	return rc;
}

/* ---- drafted, approved, answered ---- */

static int set(struct ctx *c, struct step *s, const struct access_request *r)
{
	bool answered = !instant_is_none(r->answered);

	json_set_text(c, s->detail, "request", r->ref);
	return step_update(c, s, STEP_ACCESS_REQUEST, SQL_ACCESS_SET, r->id, r->rev,
	    DB_ARGS(db_text(r->state), db_ref(r->reviewer), db_ref(r->second),
		answered ? db_int(r->told) : db_null(), db_instant(r->answered),
		r->text_ct.n > 0 ? db_blob(r->text_ct) : db_null()));
}

static int text_now(struct ctx *c, struct asking *a, struct str *ret, bool *ret_told)
{
	struct str target;
	int rc = a->r.has_key ? open_text(c, a->in, "access.target", a->r.target_ct, &target)
			      : err_set(c, ERR_NOTFOUND, "the request was erased");

	return rc == 0 ? access_text(c, a->in, a->r.key, target, a->r.language, ret, ret_told) : rc;
}

/* What was drafted is still all that may be told. */
static int still(struct ctx *c, struct asking *a, bool *ret_told)
{
	struct str was, now;
	int rc = open_text(c, a->in, "access.text", a->r.text_ct, &was);

	if (rc == 0)
		rc = text_now(c, a, &now, ret_told);
	if (rc == 0 && !str_eq(was, now))
		rc = err_set(c, ERR_CONFLICT,
		    "what may be told has changed since the draft: draft it again");
	return rc;
}

static int is_in(struct ctx *c, const struct asking *a, struct str states)
{
	return str_has_word(states, a->r.state) ? 0
						: err_set(c, ERR_CONFLICT, "the request is %s",
						      err_word(c, str_z(c, a->r.state)));
}

static int draft(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	struct str text;
	bool told;
	int rc = get(c, a->in, a->actor, a->right, a->ref, &a->r);

	if (rc == 0)
		rc = is_in(c, a, STR("asked drafted approved"));
	if (rc == 0)
		rc = text_now(c, a, &text, &told);
	if (rc != 0)
		return rc;
	a->r.text_ct = vault_seal(c, a->in->store.vault, "access.text", text);
	a->r.state = STR("drafted");
	a->r.reviewer = a->actor->id;
	a->r.second = 0;
	return set(c, s, &a->r);
}

static int approve(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	bool told;
	int rc = get(c, a->in, a->actor, a->right, a->ref, &a->r);

	if (rc == 0)
		rc = is_in(c, a, STR("drafted"));
	if (rc == 0 && a->r.reviewer == a->actor->id)
		rc = err_set(c, ERR_DENIED, "another person approves than who drafted it");
	if (rc == 0)
		rc = still(c, a, &told);
	if (rc != 0)
		return rc;
	a->r.state = STR("approved");
	a->r.second = a->actor->id;
	return set(c, s, &a->r);
}

static int answer(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	int rc = get(c, a->in, a->actor, a->right, a->ref, &a->r);

	if (rc == 0)
		rc = is_in(c, a, STR("approved"));
	if (rc == 0)
		rc = still(c, a, &a->r.told);
	if (rc != 0)
		return rc;
	a->r.state = STR("answered");
	a->r.answered = s->now;
	return set(c, s, &a->r);
}

static int drop(struct ctx *c, struct step *s, void *arg)
{
	struct asking *a = arg;
	int rc = get(c, a->in, a->actor, a->right, a->ref, &a->r);

	if (rc == 0)
		rc = is_in(c, a, STR("asked drafted approved"));
	a->r.state = STR("dropped");
	return rc == 0 ? set(c, s, &a->r) : rc;
}

static int run(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    const char *kind, struct str ref, int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	struct asking a = {.in = in, .actor = actor, .right = right, .ref = ref};
	int rc = right_needs(c, actor, right);

	return rc == 0 ? step_run(c, &in->store, kind, actor->id, fn, &a, NULL) : rc;
}

int access_draft(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	return run(c, in, actor, RIGHT_ACCESS_DRAFT, "access.draft", ref, draft);
}

int access_approve(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	return run(c, in, actor, RIGHT_ACCESS_APPROVE, "access.approve", ref, approve);
}

int access_answer(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	return run(c, in, actor, RIGHT_ACCESS_ANSWER, "access.answer", ref, answer);
}

int access_drop(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	return run(c, in, actor, RIGHT_ACCESS_DRAFT, "access.drop", ref, drop);
}
