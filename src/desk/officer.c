#include "desk/officer.h"

#include "base/mem.h"
#include "desk/agency.h"
#include "desk/outgoing.h"
#include "in/seal_key.h"
#include "in/target.h"

/* ---- rows ---- */

static int unseal_profile(
    struct ctx *c, struct instance *in, struct str sealed, struct officer *ret)
{
	struct str text;
	struct json *j;
	int rc = vault_unseal(c, in->store.vault, "officer.profile", sealed, &text);

	if (rc == 0)
		rc = json_parse(c, "stored officer", text, &j);
	if (rc != 0)
		return rc;
	ret->name = json_text(j, "name");
	ret->address = json_text(j, "address");
	ret->phone = json_text(j, "phone");
	ret->rank = json_text(j, "rank");
	ret->authority = json_text(j, "authority");
	ret->country = json_text(j, "country");
	return 0;
}

static int from_row(struct ctx *c, struct instance *in, const struct db_val *r, struct officer *ret)
{
	struct officer o = {.id = r[0].num,
	    .rev = r[1].num,
	    .ref = str_make(c, r[2].s),
	    .person = r[3].num,
	    .agency = r[4].num,
	    .state = str_make(c, r[5].s),
	    .language = str_make(c, r[6].s),
	    .recipient = str_make(c, r[7].s),
	    .vetter = r[8].num,
	    .second_due = r[9].num != 0,
	    .second = r[10].num,
	    .at = {r[11].num}};
	int rc = r[12].kind == DB_BLOB ? unseal_profile(c, in, r[12].s, &o) : 0;

	if (rc == 0)
		*ret = o;
	return rc;
}

int officer_get(struct ctx *c, struct instance *in, struct str ref, struct officer *ret)
{
	const struct db_val *row;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_OFFICER_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no officer has this reference");
	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

int officer_by_id(struct ctx *c, struct instance *in, int64_t id, struct officer *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_OFFICER_BY_ID, DB_ARGS(db_int(id)), &row);

	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

static int find(struct ctx *c, struct instance *in, enum sql stmt, struct db_val by,
    struct officer *ret, bool *ret_found)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, stmt, DB_ARGS(by), &row);

	*ret_found = rc == 0 && row != NULL;
	return *ret_found ? from_row(c, in, row, ret) : rc;
}

int officer_find_person(
    struct ctx *c, struct instance *in, int64_t person, struct officer *ret, bool *ret_found)
{
	return find(c, in, SQL_OFFICER_BY_PERSON, db_int(person), ret, ret_found);
}

static struct hash address_key(const struct instance *in, struct str normal)
{
	return vault_key(in->store.vault, "officer.address", normal);
}

int officer_find_address(
    struct ctx *c, struct instance *in, struct str address, struct officer *ret, bool *ret_found)
{
	struct str normal;
	struct hash key;
	int rc = target_normalise(c, STR("email"), address, &normal);

	*ret_found = false;
	if (rc != 0)
		return rc;
	key = address_key(in, normal);
	return find(c, in, SQL_OFFICER_BY_ADDRESS, db_blob(hash_str(&key)), ret, ret_found);
}

int officer_acts(struct ctx *c, struct instance *in, const struct person *who, struct officer *ret)
{
	struct agency a;
	struct person now;
	bool found = false;
	int rc = who == NULL ? 0 : officer_find_person(c, in, who->id, ret, &found);

	if (rc == 0 && found)
		rc = person_get(c, in, who->id, &now);
	if (rc == 0 && found && ret->agency != 0)
		rc = agency_by_id(c, in, ret->agency, &a);
	if (rc != 0)
		return rc;
	if (!found || !now.active || ret->agency == 0 || !str_is(ret->state, "active") ||
	    !str_is(a.state, "active"))
		return err_set(c, ERR_DENIED, "the portal is open to vetted officers");
	return 0;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct officer *o, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct officer o;
	int rc = from_row(c, e->in, row, &o);

	return rc == 0 ? e->fn(c, &o, e->arg) : rc;
}

int officer_each(struct ctx *c, struct instance *in, struct str state,
    int (*fn)(struct ctx *c, const struct officer *o, void *arg), void *arg)
{
	struct each e = {in, fn, arg};

	return db_each(
	    c, in->store.db, SQL_OFFICER_EACH_STATE, DB_ARGS(db_text(state)), each_row, &e);
}

int officer_of_agency(struct ctx *c, struct instance *in, int64_t agency,
    int (*fn)(struct ctx *c, const struct officer *o, void *arg), void *arg)
{
	struct each e = {in, fn, arg};

	return db_each(
	    c, in->store.db, SQL_OFFICER_OF_AGENCY, DB_ARGS(db_int(agency)), each_row, &e);
}

struct str officer_domain(struct ctx *c, const struct officer *o)
{
	struct str name, domain;

	if (!str_cut(o->address, '@', &name, &domain))
		return (struct str){"", 0};
	return str_lower(c, domain);
}

/* ---- the officer's key ---- */

struct keying {
	struct instance *in;
	struct officer officer;
	struct str recipient;
};

static int tell_colleague(struct ctx *c, const struct officer *o, void *arg)
{
	const struct keying *k = arg;
	bool de = str_is(o->language, "de");

	if (!str_is(o->state, "active") || o->address.n == 0)
		return 0;
	return outgoing_put(c, k->in,
	    &(struct outgoing){.kind = STR("officer.key"),
		.to = o->address,
		.subject = de ? STR("Ein Schlüssel Ihrer Behörde wurde geändert")
			      : STR("A key of your authority was changed"),
		.text =
		    de ? STR("Jemand aus Ihrer Behörde hat im Portal den Schlüssel geändert, für "
			     "den Auskünfte versiegelt werden. Wenn das nicht abgesprochen war, "
			     "melden Sie es uns bitte sofort.")
		       : STR("Somebody of your authority has changed, in the portal, the key that "
			     "productions are sealed to. If this was not agreed, please tell us "
			     "at once.")});
}

static int set_key(struct ctx *c, struct step *s, void *arg)
{
	struct keying *k = arg;
	struct hash h = hash_of(k->recipient);
	int rc = step_update(c, s, STEP_OFFICER, SQL_OFFICER_SET_KEY, k->officer.id, k->officer.rev,
	    DB_ARGS(db_text(k->recipient)));

	json_set_text(c, s->detail, "key", hash_hex(c, h));
	return rc == 0 ? officer_of_agency(c, k->in, k->officer.agency, tell_colleague, k) : rc;
}

int officer_set_key(struct ctx *c, struct instance *in, const struct person *who,
    struct str recipient, struct instant proved)
{
	struct keying k = {.in = in, .recipient = recipient};
	int rc = officer_acts(c, in, who, &k.officer);
	struct seal_key key;

	if (rc == 0 && (instant_is_none(proved) || proved.s > ctx_now(c) ||
			   ctx_now(c) - proved.s > OFFICER_PROVED_SECONDS))
		rc = err_set(c, ERR_DENIED, "sign in again before you change the key");
	if (rc == 0)
		rc = seal_key_read(c, recipient, (struct instant){ctx_now(c)}, &key);
	if (rc == 0)
		k.recipient = key.text;
	return rc == 0 ? step_run(c, &in->store, "officer.key", who->id, set_key, &k, NULL) : rc;
}
