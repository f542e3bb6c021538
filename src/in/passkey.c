#include "in/passkey.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>

#include "base/mem.h"
#include "in/passkey_p.h"
#include "kind/hash.h"
#include "kind/json.h"

static const char *const words[PASSKEY_FAULTS] = {"", "form", "client", "type", "challenge",
    "origin", "cross", "attestation", "data", "rp", "present", "verified", "backup", "id", "alg",
    "key", "signature", "unknown", "person", "count", "replay", "taken"};

const char *passkey_fault_word(enum passkey_fault f)
{
	return words[f];
}

int passkey_refused(struct ctx *c, enum passkey_fault *why, enum passkey_fault f)
{
	*why = f;
	err_clear(c); /* what a reader said of the place is not for outside */
	return err_set(c, ERR_DENIED, "the passkey's answer was not accepted");
}

bool passkey_went_back(uint32_t before, uint32_t now)
{
	return (before != 0 || now != 0) && now <= before;
}

/* ---- the fields ---- */

static bool field_read(struct ctx *c, struct str text, struct str *ret)
{
	return text.n <= PASSKEY_FIELD_MAX && text_unbase64url(c, text, ret);
}

int passkey_read(struct ctx *c, const struct passkey_fields *f, struct passkey_answer *ret,
    enum passkey_fault *why)
{
	struct passkey_answer a;
	struct json *client;

	if (!field_read(c, f->id, &a.id) || !field_read(c, f->client, &a.client) ||
	    !field_read(c, f->attestation, &a.attestation) || !field_read(c, f->data, &a.data) ||
	    !field_read(c, f->signature, &a.signature) || !field_read(c, f->user, &a.user) ||
	    a.id.n == 0)
		return passkey_refused(c, why, PASSKEY_FORM);
	if (json_parse(c, "client", a.client, &client) != 0)
		return passkey_refused(c, why, PASSKEY_CLIENT);
	if (!text_unbase64url(c, json_text(client, "challenge"), &a.challenge))
		return passkey_refused(c, why, PASSKEY_CHALLENGE);
	*ret = a;
	return 0;
}

/* ---- what both ceremonies check ---- */

/* Browsers put keys of their own into this text, so that nobody compares it with a pattern. */
static enum passkey_fault client_fault(struct ctx *c, const struct passkey_house *house,
    const struct passkey_answer *a, const char *type)
{
	const struct json *cross;
	struct json *client;

	if (json_parse(c, "client", a->client, &client) != 0)
		return PASSKEY_CLIENT;
	if (!str_is(json_text(client, "type"), type))
		return PASSKEY_TYPE;
	if (!str_eq(json_text(client, "origin"), house->origin))
		return PASSKEY_ORIGIN;
	cross = json_find(client, "crossOrigin");
	if ((cross != NULL && (cross->kind != JSON_BOOL || cross->yes)) ||
	    json_find(client, "topOrigin") != NULL)
		return PASSKEY_CROSS;
	return PASSKEY_NO_FAULT;
}

static enum passkey_fault data_fault(
    const struct passkey_house *house, const struct passkey_data *d)
{
	struct hash rp = hash_of(house->rp_id);

	if (!str_eq(d->rp_hash, hash_str(&rp)))
		return PASSKEY_RP;
	if ((d->flags & PASSKEY_FLAG_PRESENT) == 0)
		return PASSKEY_PRESENT;
	if ((d->flags & PASSKEY_FLAG_VERIFIED) == 0)
		return PASSKEY_VERIFIED;
	if ((d->flags & PASSKEY_FLAG_BACKED_UP) != 0 && (d->flags & PASSKEY_FLAG_MAY_BACK_UP) == 0)
		return PASSKEY_BACKUP;
	return PASSKEY_NO_FAULT;
}

static const unsigned char *bytes(struct str s)
{
	return (const unsigned char *)s.p;
}

/* ---- registration ---- */

/* A point that is not on the curve is no key. */
static bool key_sound(const struct passkey_key *k)
{
	es256_pk_t *es = k->alg == PASSKEY_ES256 ? es256_pk_new() : NULL;
	EVP_PKEY *p = NULL;

	if (k->alg == PASSKEY_EDDSA)
		return k->key.n == 32;
	if (es != NULL && k->key.n == 64 && es256_pk_from_ptr(es, k->key.p, k->key.n) == FIDO_OK)
		p = es256_pk_to_EVP_PKEY(es);
	es256_pk_free(&es);
	EVP_PKEY_free(p);
	return p != NULL;
}

/* The signature of a "packed" attestation: by the new key itself, or by a maker's certificate,
 * which proves nothing to us but must not be wrong either. */
static bool packed_sound(const struct passkey_house *house, const struct passkey_answer *a,
    const struct passkey_statement *st, const struct passkey_key *k, struct ctx *c)
{
	struct hash client = hash_of(a->client);
	fido_cred_t *cred = fido_cred_new();
	bool sound = false;
	int rc;

	if (cred == NULL)
		abort();
	if (fido_cred_set_type(cred, k->alg) == FIDO_OK &&
	    fido_cred_set_clientdata_hash(cred, client.b, HASH_SIZE) == FIDO_OK &&
	    fido_cred_set_rp(cred, str_z(c, house->rp_id), NULL) == FIDO_OK &&
	    fido_cred_set_uv(cred, FIDO_OPT_TRUE) == FIDO_OK &&
	    fido_cred_set_fmt(cred, "packed") == FIDO_OK &&
	    fido_cred_set_authdata_raw(cred, bytes(st->data), st->data.n) == FIDO_OK &&
	    fido_cred_set_attstmt(cred, bytes(st->statement), st->statement.n) == FIDO_OK) {
		rc = fido_cred_x5c_len(cred) > 0 ? fido_cred_verify(cred)
						 : fido_cred_verify_self(cred);
		sound = rc == FIDO_OK;
	}
	fido_cred_free(&cred);
	return sound;
}

int passkey_new(struct ctx *c, const struct passkey_house *house, const struct passkey_answer *a,
    struct passkey_key *ret, enum passkey_fault *why)
{
	struct passkey_statement st = {0};
	struct passkey_data d = {0};
	struct passkey_key k = {0};
	enum passkey_fault f = client_fault(c, house, a, "webauthn.create");

	if (f == PASSKEY_NO_FAULT)
		f = passkey_statement_read(a->attestation, &st);
	if (f == PASSKEY_NO_FAULT)
		f = passkey_data_read(st.data, true, &d);
	if (f == PASSKEY_NO_FAULT)
		f = data_fault(house, &d);
	if (f == PASSKEY_NO_FAULT)
		f = passkey_cose_read(c, d.cose, &k);
	if (f != PASSKEY_NO_FAULT)
		return passkey_refused(c, why, f);
	if (!str_eq(d.id, a->id) || d.id.n < PASSKEY_ID_MIN || d.id.n > PASSKEY_ID_MAX)
		return passkey_refused(c, why, PASSKEY_ID);
	if (!key_sound(&k))
		return passkey_refused(c, why, PASSKEY_KEY);
	/* libfido2 wants to have asked for each extension; an answer with one that came unasked is
	 * taken as one without attestation */
	if (st.packed && (d.flags & PASSKEY_FLAG_EXTENSIONS) == 0 &&
	    !packed_sound(house, a, &st, &k, c))
		return passkey_refused(c, why, PASSKEY_SIGNATURE);
	k.id = str_make(c, d.id);
	k.count = d.count;
	k.backed_up = (d.flags & PASSKEY_FLAG_BACKED_UP) != 0;
	*ret = k;
	return 0;
}

/* ---- sign-in ---- */

static bool verify(fido_assert_t *as, const struct passkey_key *key)
{
	es256_pk_t *es = es256_pk_new();
	eddsa_pk_t *ed = eddsa_pk_new();
	bool good = false;

	if (es == NULL || ed == NULL)
		abort();
	if (key->alg == PASSKEY_ES256 && key->key.n == 64 &&
	    es256_pk_from_ptr(es, key->key.p, key->key.n) == FIDO_OK)
		good = fido_assert_verify(as, 0, PASSKEY_ES256, es) == FIDO_OK;
	else if (key->alg == PASSKEY_EDDSA && key->key.n == 32 &&
		 eddsa_pk_from_ptr(ed, key->key.p, key->key.n) == FIDO_OK)
		good = fido_assert_verify(as, 0, PASSKEY_EDDSA, ed) == FIDO_OK;
	es256_pk_free(&es);
	eddsa_pk_free(&ed);
	return good;
}

static bool signature_good(struct ctx *c, const struct passkey_house *house,
    const struct passkey_answer *a, const struct passkey_key *key)
{
	struct hash client = hash_of(a->client);
	fido_assert_t *as = fido_assert_new();
	bool good = false;

	if (as == NULL)
		abort();
	if (fido_assert_set_count(as, 1) == FIDO_OK &&
	    fido_assert_set_clientdata_hash(as, client.b, HASH_SIZE) == FIDO_OK &&
	    fido_assert_set_rp(as, str_z(c, house->rp_id)) == FIDO_OK &&
	    fido_assert_set_up(as, FIDO_OPT_TRUE) == FIDO_OK &&
	    fido_assert_set_uv(as, FIDO_OPT_TRUE) == FIDO_OK &&
	    fido_assert_set_authdata_raw(as, 0, bytes(a->data), a->data.n) == FIDO_OK &&
	    fido_assert_set_sig(as, 0, bytes(a->signature), a->signature.n) == FIDO_OK)
		good = verify(as, key);
	fido_assert_free(&as);
	return good;
}

int passkey_check(struct ctx *c, const struct passkey_house *house, const struct passkey_answer *a,
    const struct passkey_key *key, uint32_t *ret_count, enum passkey_fault *why)
{
	struct passkey_data d = {0};
	enum passkey_fault f = client_fault(c, house, a, "webauthn.get");

	if (f == PASSKEY_NO_FAULT)
		f = passkey_data_read(a->data, false, &d);
	if (f == PASSKEY_NO_FAULT)
		f = data_fault(house, &d);
	if (f == PASSKEY_NO_FAULT && !str_eq(a->id, key->id))
		f = PASSKEY_ID;
	if (f == PASSKEY_NO_FAULT && !signature_good(c, house, a, key))
		f = PASSKEY_SIGNATURE;
	if (f != PASSKEY_NO_FAULT)
		return passkey_refused(c, why, f);
	*ret_count = d.count;
	return 0;
}
