#include "in/jwk.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

enum { RSA_MIN = 2048, RSA_MAX = 8192, EXPONENT_MAX = 4, P256 = 32 };

enum jwk_alg jwk_alg_find(struct str word)
{
	return str_is(word, "RS256") ? JWK_RS256 : str_is(word, "ES256") ? JWK_ES256 : JWK_NONE;
}

int jwk_set_read(struct ctx *c, struct str text, struct json **ret)
{
	const struct json *list;
	struct json *set;
	int rc;

	if (text.n > JWK_SET_MAX)
		return err_set(
		    c, ERR_LIMIT, "the issuer's keys: larger than %d bytes", JWK_SET_MAX);
	rc = json_parse_loose(c, "the issuer's keys", text, &set);
	if (rc != 0)
		return rc;
	list = json_find(set, "keys");
	if (list == NULL || list->kind != JSON_LIST)
		return err_set(c, ERR_INVALID, "the issuer's keys: there is no list of keys");
	if (list->n > JWK_KEYS_MAX)
		return err_set(
		    c, ERR_LIMIT, "the issuer's keys: more than %d of them", JWK_KEYS_MAX);
	*ret = set;
	return 0;
}

/* ---- which key ---- */

/* What a key says of its use, where it says anything. */
static bool may_sign(const struct json *key, const char *alg)
{
	const struct json *use = json_find(key, "use"), *of = json_find(key, "alg");

	return (use == NULL || str_is(json_text(key, "use"), "sig")) &&
	       (of == NULL || str_is(json_text(key, "alg"), alg));
}

static bool fits(const struct json *key, enum jwk_alg alg)
{
	if (alg == JWK_RS256)
		return str_is(json_text(key, "kty"), "RSA") && may_sign(key, "RS256");
	return alg == JWK_ES256 && str_is(json_text(key, "kty"), "EC") &&
	       str_is(json_text(key, "crv"), "P-256") && may_sign(key, "ES256");
}

const struct json *jwk_find(const struct json *set, enum jwk_alg alg, struct str kid)
{
	const struct json *list = json_find(set, "keys"), *found = NULL;

	if (list == NULL || list->kind != JSON_LIST || kid.n == 0 || kid.n > JWK_KID_MAX)
		return NULL;
	for (size_t i = 0; i < list->n; i++) {
		const struct json *key = list->at[i];

		if (!str_eq(json_text(key, "kid"), kid) || !fits(key, alg))
			continue;
		if (found != NULL)
			return NULL;
		found = key;
	}
	return found;
}

/* ---- what it signed ---- */

static bool number_of(struct ctx *c, const struct json *key, const char *name, struct str *ret)
{
	return text_unbase64url(c, json_text(key, name), ret) && ret->n > 0 && ret->p[0] != '\0';
}

static EVP_PKEY *key_make(const char *kind, OSSL_PARAM *params)
{
	EVP_PKEY_CTX *make = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
	EVP_PKEY *key = NULL;

	if (make != NULL && params != NULL && EVP_PKEY_fromdata_init(make) == 1 &&
	    EVP_PKEY_fromdata(make, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(make);
	OSSL_PARAM_free(params);
	return key;
}

static EVP_PKEY *rsa_make(struct ctx *c, const struct json *j)
{
	OSSL_PARAM_BLD *b;
	OSSL_PARAM *params = NULL;
	BIGNUM *n, *e;
	struct str bytes_n, bytes_e;

	if (!number_of(c, j, "n", &bytes_n) || !number_of(c, j, "e", &bytes_e) ||
	    bytes_n.n > RSA_MAX / 8 || bytes_e.n > EXPONENT_MAX)
		return NULL;
	b = OSSL_PARAM_BLD_new();
	n = BN_bin2bn((const unsigned char *)bytes_n.p, (int)bytes_n.n, NULL);
	e = BN_bin2bn((const unsigned char *)bytes_e.p, (int)bytes_e.n, NULL);
	if (b != NULL && n != NULL && e != NULL && BN_num_bits(n) >= RSA_MIN && BN_is_odd(n) &&
	    BN_is_odd(e) && !BN_is_one(e) &&
	    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
	    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e) == 1)
		params = OSSL_PARAM_BLD_to_param(b);
	OSSL_PARAM_BLD_free(b);
	BN_free(n);
	BN_free(e);
	return params == NULL ? NULL : key_make("RSA", params);
}

static EVP_PKEY *ec_make(struct ctx *c, const struct json *j)
{
	unsigned char point[1 + 2 * P256] = {POINT_CONVERSION_UNCOMPRESSED};
	struct str x, y;
	OSSL_PARAM_BLD *b;
	OSSL_PARAM *params = NULL;

	if (!text_unbase64url(c, json_text(j, "x"), &x) ||
	    !text_unbase64url(c, json_text(j, "y"), &y) || x.n != P256 || y.n != P256)
		return NULL;
	memcpy(point + 1, x.p, P256);
	memcpy(point + 1 + P256, y.p, P256);
	b = OSSL_PARAM_BLD_new();
	if (b != NULL &&
	    OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point) == 1)
		params = OSSL_PARAM_BLD_to_param(b);
	OSSL_PARAM_BLD_free(b);
	return params == NULL ? NULL : key_make("EC", params);
}

static bool verify(EVP_PKEY *key, struct str text, const unsigned char *sig, size_t n)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	bool good = md != NULL && EVP_DigestVerifyInit(md, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestVerify(md, sig, n, (const unsigned char *)text.p, text.n) == 1;

	EVP_MD_CTX_free(md);
	return good;
}

/* JWS has r and s one after the other (RFC 7518, 3.4), OpenSSL takes them in DER. */
static bool verify_ec(EVP_PKEY *key, struct str text, struct str sig)
{
	const unsigned char *p = (const unsigned char *)sig.p;
	unsigned char *der = NULL;
	ECDSA_SIG *pair;
	BIGNUM *r, *s;
	bool good = false;
	int n;

	if (sig.n != 2 * P256)
		return false;
	pair = ECDSA_SIG_new();
	r = BN_bin2bn(p, P256, NULL);
	s = BN_bin2bn(p + P256, P256, NULL);
	if (pair != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(pair, r, s) == 1) {
		r = s = NULL;
		n = i2d_ECDSA_SIG(pair, &der);
		good = n > 0 && verify(key, text, der, (size_t)n);
	}
	BN_free(r);
	BN_free(s);
	OPENSSL_free(der);
	ECDSA_SIG_free(pair);
	return good;
}

bool jwk_verify(
    struct ctx *c, const struct json *key, enum jwk_alg alg, struct str text, struct str signature)
{
	EVP_PKEY *made = alg == JWK_RS256   ? rsa_make(c, key)
			 : alg == JWK_ES256 ? ec_make(c, key)
					    : NULL;
	bool good = false;

	if (made != NULL && alg == JWK_RS256)
		good = verify(made, text, (const unsigned char *)signature.p, signature.n);
	else if (made != NULL)
		good = verify_ec(made, text, signature);
	EVP_PKEY_free(made);
	ERR_clear_error();
	return good;
}
