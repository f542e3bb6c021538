/*
 * An authenticator and a browser of software: what they answer at a registration and a sign-in,
 * each part of which a test can make wrong. Keys are made by OpenSSL, signatures too, so that
 * nothing here shares code with what is tried.
 */
#ifndef WRIT_TEST_PASSKEY_KIT_H
#define WRIT_TEST_PASSKEY_KIT_H

#include "check.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include "in/passkey.h"
#include "kind/hash.h"

struct device {
	struct ctx *c;
	EVP_PKEY *key;
	enum passkey_alg alg;
	struct str id; /* of its one credential */
	uint32_t count;
	/* what it and the browser say; a test changes them */
	const char *type_new, *type_get, *origin, *rp_id,
	    *more; /* more: members of clientDataJSON */
	const char *fmt;
	unsigned flags;
	int cose_alg; /* 0: the true one */
	struct str user, extensions;
	bool key_flag; /* data of a sign-in claims to have a key */
};

static inline struct device device_make(struct ctx *c, enum passkey_alg alg)
{
	struct device d = {.c = c,
	    .alg = alg,
	    .type_new = "webauthn.create",
	    .type_get = "webauthn.get",
	    .origin = "https://desk.example.net",
	    .rp_id = "desk.example.net",
	    .more = ",\"crossOrigin\":false",
	    .fmt = "none",
	    .flags = 5};
	char *id = mem_alloc(c, 32);

	ctx_random(c, id, 32);
	d.id = (struct str){id, 32};
	d.key =
	    alg == PASSKEY_ES256 ? EVP_EC_gen("P-256") : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	assert_non_null(d.key);
	return d;
}

static inline void device_end(struct device *d)
{
	EVP_PKEY_free(d->key);
	d->key = NULL;
}

/* ---- CBOR ---- */

static inline void cbor_head(struct buf *b, int major, size_t n)
{
	if (n < 24) {
		buf_putc(b, (char)(major << 5 | (int)n));
	} else if (n < 256) {
		buf_putc(b, (char)(major << 5 | 24));
		buf_putc(b, (char)n);
	} else {
		buf_putc(b, (char)(major << 5 | 25));
		buf_putc(b, (char)(n >> 8));
		buf_putc(b, (char)(n & 255));
	}
}

static inline void cbor_int(struct buf *b, int v)
{
	cbor_head(b, v < 0, (size_t)(v < 0 ? -1 - v : v));
}

static inline void cbor_bytes(struct buf *b, struct str s)
{
	cbor_head(b, 2, s.n);
	buf_put(b, s);
}

static inline void cbor_text(struct buf *b, const char *z)
{
	cbor_head(b, 3, strlen(z));
	buf_puts(b, z);
}

/* ---- what it signs ---- */

static inline struct str device_point(const struct device *d)
{
	unsigned char raw[128];
	size_t n = sizeof raw;

	if (d->alg == PASSKEY_EDDSA) {
		assert_int_equal(EVP_PKEY_get_raw_public_key(d->key, raw, &n), 1);
		return str_make(d->c, (struct str){(char *)raw, n});
	}
	assert_int_equal(EVP_PKEY_get_octet_string_param(
			     d->key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, raw, sizeof raw, &n),
	    1);
	assert_int_equal(n, 65);
	return str_make(d->c, (struct str){(char *)raw + 1, 64});
}

static inline void device_cose(const struct device *d, struct buf *b)
{
	struct str p = device_point(d);
	bool es = d->alg == PASSKEY_ES256;

	cbor_head(b, 5, es ? 5 : 4);
	cbor_int(b, 1);
	cbor_int(b, es ? 2 : 1);
	cbor_int(b, 3);
	cbor_int(b, d->cose_alg != 0 ? d->cose_alg : (int)d->alg);
	cbor_int(b, -1);
	cbor_int(b, es ? 1 : 6);
	cbor_int(b, -2);
	cbor_bytes(b, (struct str){p.p, 32});
	if (es) {
		cbor_int(b, -3);
		cbor_bytes(b, (struct str){p.p + 32, 32});
	}
}

static inline struct str device_data(const struct device *d, bool with_key)
{
	struct buf b = buf_init(d->c, 8192);
	struct hash rp = hash_of(str_of(d->rp_id));
	unsigned flags =
	    d->flags | (with_key || d->key_flag ? 64U : 0U) | (d->extensions.n > 0 ? 128U : 0U);

	buf_put(&b, hash_str(&rp));
	buf_putc(&b, (char)flags);
	for (int i = 24; i >= 0; i -= 8)
		buf_putc(&b, (char)(d->count >> i & 255));
	if (with_key) {
		buf_put(&b, (struct str){"0123456789abcdef", 16});
		buf_putc(&b, (char)(d->id.n >> 8));
		buf_putc(&b, (char)(d->id.n & 255));
		buf_put(&b, d->id);
		device_cose(d, &b);
	}
	buf_put(&b, d->extensions);
	return buf_str(&b);
}

static inline struct str device_sign(const struct device *d, struct str data, struct str client)
{
	struct hash h = hash_of(client);
	struct str both = str_fmt(d->c, "%*s", (int)(data.n + HASH_SIZE), "");
	unsigned char *sig = mem_alloc(d->c, 256);
	size_t n = 256;
	EVP_MD_CTX *md = EVP_MD_CTX_new();

	memcpy((char *)(uintptr_t)both.p, data.p, data.n);
	memcpy((char *)(uintptr_t)both.p + data.n, h.b, HASH_SIZE);
	assert_int_equal(EVP_DigestSignInit(
			     md, NULL, d->alg == PASSKEY_ES256 ? EVP_sha256() : NULL, NULL, d->key),
	    1);
	assert_int_equal(EVP_DigestSign(md, sig, &n, (const unsigned char *)both.p, both.n), 1);
	EVP_MD_CTX_free(md);
	return (struct str){(char *)sig, n};
}

static inline struct str device_b64(const struct device *d, struct str s)
{
	return text_base64url(d->c, s.p, s.n);
}

static inline struct str device_client(
    const struct device *d, const char *type, struct str challenge)
{
	return str_fmt(d->c, "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\"%s}", type,
	    device_b64(d, challenge).p, d->origin, d->more);
}

static inline struct str device_statement(
    const struct device *d, struct str data, struct str client)
{
	struct buf b = buf_init(d->c, 8192);

	cbor_head(&b, 5, 3);
	cbor_text(&b, "fmt");
	cbor_text(&b, d->fmt);
	cbor_text(&b, "attStmt");
	if (strcmp(d->fmt, "packed") == 0) {
		cbor_head(&b, 5, 2);
		cbor_text(&b, "alg");
		cbor_int(&b, d->alg);
		cbor_text(&b, "sig");
		cbor_bytes(&b, device_sign(d, data, client));
	} else {
		cbor_head(&b, 5, 0);
	}
	cbor_text(&b, "authData");
	cbor_bytes(&b, data);
	return buf_str(&b);
}

/* What a registration answers to the challenge (bytes). */
static inline struct passkey_fields device_register(struct device *d, struct str challenge)
{
	struct str client = device_client(d, d->type_new, challenge);
	struct str data = device_data(d, true);

	return (struct passkey_fields){.id = device_b64(d, d->id),
	    .client = device_b64(d, client),
	    .attestation = device_b64(d, device_statement(d, data, client))};
}

/* What a sign-in answers; its counter goes up, unless it does not count. */
static inline struct passkey_fields device_sign_in(struct device *d, struct str challenge)
{
	struct str client = device_client(d, d->type_get, challenge), data;

	if (d->count > 0)
		d->count++;
	data = device_data(d, false);
	return (struct passkey_fields){.id = device_b64(d, d->id),
	    .client = device_b64(d, client),
	    .data = device_b64(d, data),
	    .signature = device_b64(d, device_sign(d, data, client)),
	    .user = device_b64(d, d->user)};
}

#endif
