#include "desk/session.h"

#include "base/mem.h"
#include "desk/right.h"
#include "kind/id.h"

enum { TOKEN = 32, KEPT_SECONDS = 8 * 86400 };

static const char *const act_words[SESSION_ACTS] = {"release", "publication", "keys"};

const char *session_act_word(enum session_act act)
{
	return act_words[act];
}

enum session_act session_act_find(struct str word)
{
	enum session_act act = 0;

	while (act < SESSION_ACTS && !str_is(word, act_words[act]))
		act++;
	return act;
}

/* ---- opening ---- */

static int sweep(struct ctx *c, struct instance *in)
{
	struct db_val before = db_int(ctx_now(c) - KEPT_SECONDS);
	int rc = db_run(c, in->store.db, SQL_SESSION_CHECK_SWEEP, &before, 1, NULL);

	return rc == 0 ? db_run(c, in->store.db, SQL_SESSION_SWEEP, &before, 1, NULL) : rc;
}

int session_open(
    struct ctx *c, struct instance *in, const struct session_by *by, struct str *ret_token)
{
	struct db_val now = db_int(ctx_now(c));
	unsigned char raw[TOKEN];
	struct id ref = id_make(c);
	const struct db_val *row;
	struct str token;
	struct hash h;
	int rc = sweep(c, in);

	ctx_random(c, raw, sizeof raw);
	token = text_hex(c, raw, sizeof raw);
	h = hash_of(token);
	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_SESSION_PUT,
		    DB_ARGS(db_text(id_str(&ref)), db_blob(hash_str(&h)), db_int(by->person),
			db_ref(by->passkey), db_ref(by->subject), now, now),
		    &row);
	if (rc == 0)
		*ret_token = token;
	return rc;
}

/* ---- finding ---- */

static bool goes_on(const struct ctx *c, const struct instance *in, struct instant started,
    struct instant seen, struct db_val ended)
{
	int64_t now = ctx_now(c);

	return ended.kind == DB_NULL && now < started.s + in->serve.session_end &&
	       now < seen.s + in->serve.session_idle;
}

static int nobody(struct ctx *c)
{
	return err_set(c, ERR_DENIED, "this session does not go on: sign in again");
}

int session_find(struct ctx *c, struct instance *in, struct str token, struct session *ret,
    struct person *ret_person)
{
	struct hash h = hash_of(token), proof;
	const struct db_val *row;
	struct person p;
	struct session s;
	int rc =
	    db_find(c, in->store.db, SQL_SESSION_BY_TOKEN, DB_ARGS(db_blob(hash_str(&h))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || !goes_on(c, in, db_get_instant(row[4]), db_get_instant(row[5]), row[6]))
		return nobody(c);
	proof = vault_token(in->store.vault, "proof", token);
	s = (struct session){.id = row[0].num,
	    .ref = row[1].s,
	    .proof = hash_hex(c, proof),
	    .started = db_get_instant(row[4]),
	    .seen = db_get_instant(row[5])};
	rc = person_get(c, in, row[2].num, &p);
	if (rc == 0 && !p.active)
		return nobody(c);
	if (rc == 0 && ctx_now(c) >= s.seen.s + SESSION_SEEN_SECONDS)
		rc = db_run(c, in->store.db, SQL_SESSION_SEEN,
		    DB_ARGS(db_int(ctx_now(c)), db_int(s.id)), NULL);
	if (rc != 0)
		return rc;
	*ret = s;
	*ret_person = p;
	return 0;
}

/* ---- ending ---- */

int session_end(struct ctx *c, struct instance *in, int64_t id)
{
	return db_run(
	    c, in->store.db, SQL_SESSION_END, DB_ARGS(db_int(ctx_now(c)), db_int(id)), NULL);
}

int session_end_ref(struct ctx *c, struct instance *in, const struct person *who, struct str ref)
{
	int64_t changed;
	int rc = db_run(c, in->store.db, SQL_SESSION_END_REF,
	    DB_ARGS(db_int(ctx_now(c)), db_text(ref), db_int(who->id)), &changed);

	if (rc == 0 && changed == 0)
		rc =
		    err_set(c, ERR_NOTFOUND, "none of your sessions that go on has this reference");
	return rc;
}

static int end_all(struct ctx *c, struct step *s, void *arg)
{
	const int64_t *person = arg;

	json_set_int(c, s->detail, "person", *person);
	return db_run(c, s->store->db, SQL_SESSION_END_PERSON,
	    DB_ARGS(db_int(s->now.s), db_int(*person)), NULL);
}

int session_end_all(struct ctx *c, struct instance *in, const struct person *by, int64_t person)
{
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_SESSIONS_END);

	return rc == 0
		   ? step_run(c, &in->store, "person.sessions_end", by->id, end_all, &person, NULL)
		   : rc;
}

int session_end_every(struct ctx *c, struct instance *in)
{
	return db_run(c, in->store.db, SQL_SESSION_END_EVERY, DB_ARGS(db_int(ctx_now(c))), NULL);
}

/* ---- the passkey once more ---- */

int session_verify(struct ctx *c, struct instance *in, int64_t id, enum session_act act)
{
	return db_run(c, in->store.db, SQL_SESSION_CHECK_PUT,
	    DB_ARGS(db_int(id), db_text(str_of(act_words[act])), db_int(ctx_now(c))), NULL);
}

int session_fresh(struct ctx *c, struct instance *in, int64_t id, enum session_act act)
{
	const struct db_val *row;
	int rc;

	if (id == 0)
		return 0;
	rc = db_find(c, in->store.db, SQL_SESSION_CHECK_FIND,
	    DB_ARGS(db_int(id), db_text(str_of(act_words[act]))), &row);
	if (rc != 0)
		return rc;
	if (row == NULL || row[0].num + SESSION_CHECK_SECONDS < ctx_now(c))
		return err_set(c, ERR_DENIED, "this needs your passkey once more");
	return 0;
}

/* ---- showing ---- */

struct showing {
	const struct instance *in;
	struct json *list;
	int64_t mine;
};

static int show_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct showing *x = arg;
	struct json *one = json_map(c);

	if (!goes_on(c, x->in, db_get_instant(row[4]), db_get_instant(row[5]), row[6]))
		return 0;
	json_set_text(c, one, "ref", str_make(c, row[1].s));
	json_set_int(c, one, row[7].kind == DB_NULL ? "subject" : "passkey",
	    row[7].kind == DB_NULL ? row[8].num : row[7].num);
	json_set_text(c, one, "started", instant_str(c, db_get_instant(row[4])));
	json_set_text(c, one, "seen", instant_str(c, db_get_instant(row[5])));
	if (row[0].num == x->mine)
		json_set_bool(c, one, "this", true);
	json_add(c, x->list, one);
	return 0;
}

int session_view(
    struct ctx *c, struct instance *in, const struct person *who, int64_t mine, struct json **ret)
{
	struct showing x = {in, json_list(c), mine};
	int rc =
	    db_each(c, in->store.db, SQL_SESSION_OF_PERSON, DB_ARGS(db_int(who->id)), show_row, &x);

	if (rc == 0) {
		*ret = json_map(c);
		json_set(c, *ret, "sessions", x.list);
	}
	return rc;
}
