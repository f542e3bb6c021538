#include "in/id_token.h"

static const char *const words[ID_TOKEN_FAULTS] = {
    [ID_TOKEN_NO_FAULT] = "",
    [ID_TOKEN_FORM] = "token_form",
    [ID_TOKEN_HEAD] = "token_head",
    [ID_TOKEN_ALG] = "token_alg",
    [ID_TOKEN_KEY] = "token_key",
    [ID_TOKEN_SIGNATURE] = "token_signature",
    [ID_TOKEN_CLAIMS] = "token_claims",
    [ID_TOKEN_ISSUER] = "token_issuer",
    [ID_TOKEN_AUDIENCE] = "token_audience",
    [ID_TOKEN_PARTY] = "token_party",
    [ID_TOKEN_EXPIRED] = "token_expired",
    [ID_TOKEN_TIME] = "token_time",
    [ID_TOKEN_NONCE] = "token_nonce",
    [ID_TOKEN_SUBJECT] = "token_subject",
    [ID_TOKEN_AUTH] = "token_auth",
};

const char *id_token_fault_word(enum id_token_fault f)
{
	return words[f];
}

static int refused(struct ctx *c, enum id_token_fault *why, enum id_token_fault f)
{
	*why = f;
	err_clear(c);
	return err_set(c, ERR_DENIED, "the ID token was not accepted");
}

/* ---- the three parts ---- */

struct parts {
	struct str signed_text; /* head and claims as they stand, with their dot */
	struct json *head, *claims;
	struct str signature;
};

static bool part_json(struct ctx *c, const char *name, struct str part, struct json **ret)
{
	struct str text;

	return text_unbase64url(c, part, &text) && json_parse_loose(c, name, text, ret) == 0 &&
	       (*ret)->kind == JSON_MAP;
}

static int parts_read(struct ctx *c, struct str token, struct parts *ret, enum id_token_fault *why)
{
	struct str head, claims, sig, rest;

	if (token.n > ID_TOKEN_MAX || !str_cut(token, '.', &head, &rest) ||
	    !str_cut(rest, '.', &claims, &sig) || sig.n == 0 ||
	    !text_unbase64url(c, sig, &ret->signature))
		return refused(c, why, ID_TOKEN_FORM);
	ret->signed_text = (struct str){token.p, head.n + 1 + claims.n};
	if (!part_json(c, "head", head, &ret->head))
		return refused(c, why, ID_TOKEN_HEAD);
	if (!part_json(c, "claims", claims, &ret->claims))
		return refused(c, why, ID_TOKEN_CLAIMS);
	return 0;
}

/* "crit" names what must be understood, and we understand none of it (RFC 7515, 4.1.11). */
static bool head_ok(const struct json *head)
{
	return json_find(head, "crit") == NULL &&
	       (json_find(head, "typ") == NULL || str_is_nocase(json_text(head, "typ"), "JWT"));
}

static int signature_check(
    struct ctx *c, const struct parts *p, const struct json *keys, enum id_token_fault *why)
{
	enum jwk_alg alg = jwk_alg_find(json_text(p->head, "alg"));
	const struct json *key;

	if (!head_ok(p->head))
		return refused(c, why, ID_TOKEN_HEAD);
	if (alg == JWK_NONE)
		return refused(c, why, ID_TOKEN_ALG);
	key = jwk_find(keys, alg, json_text(p->head, "kid"));
	if (key == NULL)
		return refused(c, why, ID_TOKEN_KEY);
	if (!jwk_verify(c, key, alg, p->signed_text, p->signature))
		return refused(c, why, ID_TOKEN_SIGNATURE);
	return 0;
}

/* ---- the claims ---- */

/* Seconds since 1970; false when it is missing or no such number. */
static bool time_of(const struct json *claims, const char *name, int64_t *ret)
{
	const struct json *j = json_find(claims, name);

	if (j == NULL || j->kind != JSON_INT || j->num < 0 || j->num > INT64_C(253402300799))
		return false;
	*ret = j->num;
	return true;
}

static bool audience_ok(const struct json *claims, struct str client)
{
	const struct json *aud = json_find(claims, "aud");

	if (aud != NULL && aud->kind == JSON_LIST && aud->n == 1)
		aud = aud->at[0];
	return aud != NULL && aud->kind == JSON_TEXT && str_eq(aud->text, client);
}

static bool party_ok(const struct json *claims, struct str client)
{
	return json_find(claims, "azp") == NULL || str_eq(json_text(claims, "azp"), client);
}

static bool expiry_ok(const struct json *claims, int64_t now)
{
	int64_t exp;

	return time_of(claims, "exp", &exp) && now < exp + ID_TOKEN_SKEW;
}

static bool times_ok(const struct json *claims, int64_t now)
{
	int64_t iat, nbf;

	if (!time_of(claims, "iat", &iat) || iat > now + ID_TOKEN_SKEW || iat < now - ID_TOKEN_AGE)
		return false;
	return json_find(claims, "nbf") == NULL ||
	       (time_of(claims, "nbf", &nbf) && nbf <= now + ID_TOKEN_SKEW);
}

static bool auth_ok(const struct json *claims, const struct id_token_want *want)
{
	int64_t at;

	if (instant_is_none(want->since))
		return true;
	return time_of(claims, "auth_time", &at) && at >= want->since.s - ID_TOKEN_SKEW &&
	       at <= want->now.s + ID_TOKEN_SKEW;
}

bool id_token_subject_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return s.n > 0 && s.n <= ID_TOKEN_SUBJECT_MAX;
}

static enum id_token_fault claims_fault(const struct json *claims, const struct id_token_want *want)
{
	if (!str_eq_secret(want->issuer, json_text(claims, "iss")))
		return ID_TOKEN_ISSUER;
	if (want->client.n == 0 || !audience_ok(claims, want->client))
		return ID_TOKEN_AUDIENCE;
	if (!party_ok(claims, want->client))
		return ID_TOKEN_PARTY;
	if (!expiry_ok(claims, want->now.s))
		return ID_TOKEN_EXPIRED;
	if (!times_ok(claims, want->now.s))
		return ID_TOKEN_TIME;
	if (!str_eq_secret(want->nonce, json_text(claims, "nonce")))
		return ID_TOKEN_NONCE;
	if (!id_token_subject_ok(json_text(claims, "sub")))
		return ID_TOKEN_SUBJECT;
	return auth_ok(claims, want) ? ID_TOKEN_NO_FAULT : ID_TOKEN_AUTH;
}

int id_token_check(struct ctx *c, struct str token, const struct json *keys,
    const struct id_token_want *want, struct str *ret_subject, enum id_token_fault *why)
{
	enum id_token_fault fault;
	struct parts p;
	int rc = parts_read(c, token, &p, why);

	if (rc == 0)
		rc = signature_check(c, &p, keys, why);
	if (rc != 0)
		return rc;
	fault = claims_fault(p.claims, want);
	if (fault != ID_TOKEN_NO_FAULT)
		return refused(c, why, fault);
	*why = ID_TOKEN_NO_FAULT;
	*ret_subject = json_text(p.claims, "sub");
	return 0;
}
