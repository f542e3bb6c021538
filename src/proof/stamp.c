#include "proof/stamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <string.h>

#include "base/mem.h"

static void must(bool ok)
{
	if (!ok)
		abort(); /* no memory */
}

static TS_MSG_IMPRINT *imprint_make(struct hash imprint)
{
	TS_MSG_IMPRINT *m = TS_MSG_IMPRINT_new();
	X509_ALGOR *algo = X509_ALGOR_new();

	must(m != NULL && algo != NULL);
	must(X509_ALGOR_set0(algo, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
	     TS_MSG_IMPRINT_set_algo(m, algo) == 1 &&
	     TS_MSG_IMPRINT_set_msg(m, imprint.b, HASH_SIZE) == 1);
	X509_ALGOR_free(algo);
	return m;
}

static TS_REQ *question_make(struct hash imprint, uint64_t nonce)
{
	TS_REQ *q = TS_REQ_new();
	TS_MSG_IMPRINT *m = imprint_make(imprint);
	ASN1_INTEGER *number = ASN1_INTEGER_new();

	must(q != NULL && number != NULL);
	must(TS_REQ_set_version(q, 1) == 1 && TS_REQ_set_msg_imprint(q, m) == 1 &&
	     TS_REQ_set_cert_req(q, 1) == 1 && ASN1_INTEGER_set_uint64(number, nonce) == 1 &&
	     (nonce == 0 || TS_REQ_set_nonce(q, number) == 1));
	ASN1_INTEGER_free(number);
	TS_MSG_IMPRINT_free(m);
	return q;
}

struct str stamp_question(struct ctx *c, struct hash imprint, uint64_t nonce)
{
	TS_REQ *q = question_make(imprint, nonce);
	unsigned char *der = NULL;
	int n = i2d_TS_REQ(q, &der);
	struct str s;

	must(n > 0);
	s = (struct str){mem_dup(c, der, (size_t)n), (size_t)n};
	OPENSSL_free(der);
	TS_REQ_free(q);
	return s;
}

/* ---- the answer ---- */

static X509_STORE *trust(struct str pem)
{
	X509_STORE *store = X509_STORE_new();
	BIO *in = BIO_new_mem_buf(pem.p, (int)pem.n);
	X509 *x;

	must(store != NULL && in != NULL);
	while ((x = PEM_read_bio_X509(in, NULL, NULL, NULL)) != NULL) {
		must(X509_STORE_add_cert(store, x) == 1);
		X509_free(x);
	}
	BIO_free(in);
	return store;
}

static bool time_of(TS_RESP *reply, struct instant *ret)
{
	TS_TST_INFO *info = TS_RESP_get_tst_info(reply);
	const ASN1_GENERALIZEDTIME *at = info == NULL ? NULL : TS_TST_INFO_get_time(info);
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int days, seconds;
	bool ok;

	must(epoch != NULL);
	ok = at != NULL && ASN1_TIME_diff(&days, &seconds, epoch, at) == 1;
	ASN1_TIME_free(epoch);
	if (ok)
		*ret = (struct instant){(int64_t)days * 86400 + seconds};
	return ok;
}

static bool holds(
    TS_RESP *reply, struct hash imprint, uint64_t nonce, struct str trusted, struct instant at)
{
	TS_REQ *q = question_make(imprint, nonce);
	TS_VERIFY_CTX *v = TS_REQ_to_TS_VERIFY_CTX(q, NULL);
	X509_STORE *store = trust(trusted);
	bool ok;

	must(v != NULL);
	X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)at.s);
	(void)TS_VERIFY_CTX_set_store(v, store); /* v's from here on */
	(void)TS_VERIFY_CTX_add_flags(v, TS_VFY_SIGNATURE);
	ok = TS_RESP_verify_response(v, reply) == 1;
	TS_VERIFY_CTX_free(v);
	TS_REQ_free(q);
	return ok;
}

int stamp_check(struct ctx *c, struct str reply, struct hash imprint, uint64_t nonce,
    struct str trusted, struct instant *ret)
{
	const unsigned char *at = (const unsigned char *)reply.p;
	TS_RESP *r = reply.n > STAMP_REPLY_MAX ? NULL : d2i_TS_RESP(NULL, &at, (long)reply.n);
	struct instant when = INSTANT_NONE;
	int rc = 0;

	if (r == NULL || at != (const unsigned char *)reply.p + reply.n)
		rc = err_set(
		    c, ERR_INVALID, "this is no answer of a time stamp authority (RFC 3161)");
	else if (!time_of(r, &when))
		rc = err_set(c, ERR_DENIED, "the time stamp authority did not grant a stamp");
	else if (!holds(r, imprint, nonce, trusted, when))
		rc = err_set(c, ERR_DENIED,
		    "the time stamp does not hold: another hash, another question, or an authority "
		    "that is not trusted");
	TS_RESP_free(r);
	ERR_clear_error();
	if (rc == 0)
		*ret = when;
	return rc;
}
