#include "desk/service_token.h"

#include "base/mem.h"
#include "desk/data_map.h"
#include "desk/right.h"
#include "in/wording.h"

enum { RAW = 32, DAY_SECONDS = 86400 };

static const char name_label[] = "service_token.name";

struct str service_token_text(struct ctx *c, struct hash *ret_hash)
{
	unsigned char raw[RAW];
	struct str text;

	ctx_random(c, raw, sizeof raw);
	text = str_fmt(c, SERVICE_TOKEN_BEGINS "%s", text_hex(c, raw, sizeof raw).p);
	*ret_hash = hash_of(text);
	return text;
}

/* ---- making ---- */

static int check_service(struct ctx *c, struct instance *in, struct str service)
{
	const struct map_service *s;
	struct data_map map;
	int rc = data_map_load(c, in, &map);

	if (rc != 0)
		return rc;
	s = data_map_find(&map, service);
	if (s == NULL)
		return err_set(c, ERR_NOTFOUND, "the data map has no entry for this service");
	return str_is(s->connector, "push")
		   ? 0
		   : err_set(c, ERR_DENIED,
			 "only a service whose connector is push has tokens: its system hands in");
}

static int check(struct ctx *c, const struct person *by, const struct service_token_new *n)
{
	int rc = right_needs(c, by, RIGHT_SERVICE_TOKEN);

	if (rc != 0)
		return rc;
	if (n->sealed && !by->sealed)
		return err_set(c, ERR_DENIED, "only for persons named to the compartment");
	if (n->days < 1 || n->days > SERVICE_TOKEN_DAYS_MAX)
		return err_set(
		    c, ERR_INVALID, "a token is good for 1 to %d days", SERVICE_TOKEN_DAYS_MAX);
	if (n->name.n == 0 || n->name.n > SERVICE_TOKEN_NAME_MAX || !wording_line_ok(n->name))
		return err_set(c, ERR_INVALID, "a token's name is one line of at most %d bytes",
		    SERVICE_TOKEN_NAME_MAX);
	return 0;
}

struct making {
	struct instance *in;
	const struct person *by;
	const struct service_token_new *n;
	const struct hash *hash;
	int64_t number;
	struct instant until;
};

static int make(struct ctx *c, struct step *s, void *arg)
{
	struct making *m = arg;
	const struct db_val *row;
	int64_t id;
	int rc =
	    db_one(c, m->in->store.db, SQL_SERVICE_TOKEN_LAST, DB_ARGS(db_int(s->now.s)), &row);

	if (rc != 0)
		return rc;
	if (row[1].num >= SERVICE_TOKEN_MAX)
		return err_set(
		    c, ERR_LIMIT, "there are %d tokens of services already", SERVICE_TOKEN_MAX);
	m->number = row[0].num + 1;
	m->until.s = s->now.s + m->n->days * DAY_SECONDS;
	json_set_int(c, s->detail, "number", m->number);
	json_set_text(c, s->detail, "service", m->n->service);
	return step_insert(c, s, STEP_SERVICE_TOKEN, SQL_SERVICE_TOKEN_PUT,
	    DB_ARGS(db_int(m->number), db_text(m->n->service), db_blob(hash_str(m->hash)),
		db_int(m->n->sealed), db_instant(s->now), db_instant(m->until), db_int(m->by->id),
		db_blob(vault_seal(c, m->in->store.vault, name_label, m->n->name))),
	    &id);
}

int service_token_make(struct ctx *c, struct instance *in, const struct person *by,
    const struct service_token_new *n, const struct hash *hash, int64_t *ret_number,
    struct instant *ret_until)
{
	struct making m = {.in = in, .by = by, .n = n, .hash = hash};
	int rc = check(c, by, n);

	if (rc == 0)
		rc = check_service(c, in, n->service);
	if (rc == 0)
		rc = step_run(c, &in->store, "service.token", by->id, make, &m, NULL);
	if (rc != 0)
		return rc;
	*ret_number = m.number;
	*ret_until = m.until;
	return 0;
}

/* ---- all of them ---- */

struct looking {
	struct instance *in;
	const struct person *by;
	struct json *list;
	int64_t number, id, rev;
	bool ended;
};

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	struct str name = STR("");
	int rc = row[8].kind == DB_BLOB
		     ? vault_unseal(c, l->in->store.vault, name_label, row[8].s, &name)
		     : 0;

	if (row[2].num == l->number) {
		l->id = row[0].num;
		l->rev = row[1].num;
		l->ended = row[7].kind != DB_NULL;
	}
	json_set_int(c, j, "number", row[2].num);
	json_set_text(c, j, "name", name);
	json_set_text(c, j, "service", str_make(c, row[3].s));
	/* who is named is told only to those who may know it */
	if (right_has(l->by, RIGHT_PERSON_NAMED))
		json_set_bool(c, j, "sealed", row[4].num != 0);
	json_set_text(c, j, "made", instant_str(c, (struct instant){row[5].num}));
	json_set_text(c, j, "until", instant_str(c, (struct instant){row[6].num}));
	if (row[7].kind != DB_NULL)
		json_set_text(c, j, "ended", instant_str(c, (struct instant){row[7].num}));
	json_set_bool(c, j, "good", row[7].kind == DB_NULL && row[6].num > ctx_now(c));
	json_add(c, l->list, j);
	return rc;
}

static int look(struct ctx *c, struct looking *l)
{
	l->list = json_list(c);
	return db_each(c, l->in->store.db, SQL_SERVICE_TOKEN_ALL, NULL, 0, add_row, l);
}

int service_token_view(
    struct ctx *c, struct instance *in, const struct person *by, struct json **ret)
{
	struct looking l = {.in = in, .by = by};
	int rc = right_needs(c, by, RIGHT_SERVICE_TOKEN);

	if (rc == 0)
		rc = look(c, &l);
	if (rc == 0)
		*ret = l.list;
	return rc;
}

static int end(struct ctx *c, struct step *s, void *arg)
{
	struct looking *l = arg;
	int rc = look(c, l);

	if (rc == 0 && l->id == 0)
		rc = err_set(c, ERR_NOTFOUND, "there is no token of this number");
	if (rc == 0 && l->ended)
		rc = err_set(c, ERR_CONFLICT, "it has ended already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "number", l->number);
	return step_update(c, s, STEP_SERVICE_TOKEN, SQL_SERVICE_TOKEN_END, l->id, l->rev,
	    DB_ARGS(db_instant(s->now), db_int(l->by->id)));
}

int service_token_end(struct ctx *c, struct instance *in, const struct person *by, int64_t number)
{
	struct looking l = {.in = in, .by = by, .number = number};
	int rc = right_needs(c, by, RIGHT_SERVICE_TOKEN);

	return rc == 0 ? step_run(c, &in->store, "service.token_end", by->id, end, &l, NULL) : rc;
}

/* ---- signing in ---- */

static int nobody(struct ctx *c)
{
	err_clear(c);
	return err_set(c, ERR_DENIED, "this token is not good, or not any more");
}

int service_token_person(struct ctx *c, struct instance *in, struct str text, struct person *ret)
{
	struct hash h = hash_of(text);
	const struct db_val *row;
	struct person p;
	int64_t token;
	struct str service;
	bool sealed;
	int rc = db_find(
	    c, in->store.db, SQL_SERVICE_TOKEN_BY_HASH, DB_ARGS(db_blob(hash_str(&h))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || row[5].kind != DB_NULL || row[4].num <= ctx_now(c))
		return nobody(c);
	token = row[0].num;
	service = str_make(c, row[2].s);
	sealed = row[3].num != 0;
	rc = person_get(c, in, row[1].num, &p);
	if (rc != 0)
		return rc;
	if (!p.active || !right_has(&p, RIGHT_SERVICE_TOKEN))
		return nobody(c);
	p.roles = ROLE_CONNECTOR;
	p.sealed = p.sealed && sealed;
	p.token = token;
	p.service = service;
	*ret = p;
	return 0;
}
