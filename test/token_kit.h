/*
 * An OpenID provider of software: keys, the set in which it publishes them, and ID tokens, each
 * part of which a test can make wrong. Keys and signatures are OpenSSL's, so that nothing here
 * shares code with what is tried.
 */
#ifndef WRIT_TEST_TOKEN_KIT_H
#define WRIT_TEST_TOKEN_KIT_H

#include "check.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include "in/id_token.h"

struct signer {
	struct ctx *c;
	EVP_PKEY *key;
	bool rsa;
	const char *kid;
	struct str jwk; /* as JSON, without its last brace */
};

static inline struct str kit_number(struct ctx *c, EVP_PKEY *key, const char *name, int size)
{
	unsigned char raw[1024];
	BIGNUM *n = NULL;
	int len;

	assert_int_equal(EVP_PKEY_get_bn_param(key, name, &n), 1);
	len = size > 0 ? BN_bn2binpad(n, raw, size) : BN_bn2bin(n, raw);
	BN_free(n);
	return text_base64url(c, raw, (size_t)len);
}

static inline struct signer signer_rsa(struct ctx *c, const char *kid, size_t bits)
{
	struct signer s = {.c = c, .key = EVP_RSA_gen(bits), .rsa = true, .kid = kid};

	assert_non_null(s.key);
	s.jwk = str_fmt(c, "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"", kid,
	    kit_number(c, s.key, OSSL_PKEY_PARAM_RSA_N, 0).p,
	    kit_number(c, s.key, OSSL_PKEY_PARAM_RSA_E, 0).p);
	return s;
}

static inline struct signer signer_ec(struct ctx *c, const char *kid)
{
	struct signer s = {.c = c, .key = EVP_EC_gen("P-256"), .kid = kid};

	assert_non_null(s.key);
	s.jwk =
	    str_fmt(c, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"",
		kid, kit_number(c, s.key, OSSL_PKEY_PARAM_EC_PUB_X, 32).p,
		kit_number(c, s.key, OSSL_PKEY_PARAM_EC_PUB_Y, 32).p);
	return s;
}

static inline void signer_end(struct signer *s)
{
	EVP_PKEY_free(s->key);
	s->key = NULL;
}

/* The set of these keys; more: further members of the first one, ",\"use\":\"sig\"". */
static inline struct str kit_set(const struct signer *s, size_t n, const char *more)
{
	struct buf b = buf_init(s->c, 1 << 16);

	buf_puts(&b, "{\"keys\":[");
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s%s}", i > 0 ? "," : "", s[i].jwk.p, i == 0 ? more : "");
	buf_puts(&b, "]}");
	return buf_str(&b);
}

static inline struct json *kit_keys(const struct signer *s, size_t n)
{
	struct json *ret;

	assert_ok(s->c, jwk_set_read(s->c, kit_set(s, n, ""), &ret));
	return ret;
}

static inline struct str kit_sign(const struct signer *s, struct str text)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	unsigned char sig[1024], pair[64];
	const unsigned char *p = sig;
	size_t n = sizeof sig;
	ECDSA_SIG *ec;

	assert_int_equal(EVP_DigestSignInit(md, NULL, EVP_sha256(), NULL, s->key), 1);
	assert_int_equal(EVP_DigestSign(md, sig, &n, (const unsigned char *)text.p, text.n), 1);
	EVP_MD_CTX_free(md);
	if (s->rsa)
		return text_base64url(s->c, sig, n);
	ec = d2i_ECDSA_SIG(NULL, &p, (long)n);
	assert_non_null(ec);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(ec), pair, 32), 32);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(ec), pair + 32, 32), 32);
	ECDSA_SIG_free(ec);
	return text_base64url(s->c, pair, sizeof pair);
}

/* head and claims as JSON texts. */
static inline struct str kit_front(struct ctx *c, const char *head, const char *claims)
{
	return str_fmt(c, "%s.%s", text_base64url(c, head, strlen(head)).p,
	    text_base64url(c, claims, strlen(claims)).p);
}

static inline struct str kit_token(const struct signer *s, const char *head, const char *claims)
{
	struct str front = kit_front(s->c, head, claims);

	return str_fmt(s->c, "%s.%s", front.p, kit_sign(s, front).p);
}

static inline const char *kit_head(const struct signer *s)
{
	return str_fmt(s->c, "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"JWT\"}",
	    s->rsa ? "RS256" : "ES256", s->kid)
	    .p;
}

#endif
