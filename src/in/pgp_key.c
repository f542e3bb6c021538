#include "in/pgp_key.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { PRINT = 20, KEY_ID = 8 };
enum { TAG_SIG = 2, TAG_SECRET = 5, TAG_KEY = 6, TAG_SECRET_SUB = 7, TAG_SUB = 14 };
enum { ALGO_RSA = 1, ALGO_RSA_ENCRYPT = 2, ALGO_ELGAMAL = 16, ALGO_ECDH = 18 };
enum {
	SIG_CERT = 0x10, /* to 0x13 */
	SIG_BIND = 0x18,
	SIG_DIRECT = 0x1f,
	SIG_REVOKE = 0x20,
	SIG_REVOKE_SUB = 0x28
};
enum { SUB_MADE = 2, SUB_LIFE = 9, SUB_ISSUER = 16, SUB_USE = 27, SUB_PRINT = 33 };
enum { USE_ENCRYPT = 4 | 8 };

/* One key of the block, as its latest signature describes it. */
struct part {
	bool here, revoked, told; /* told: a signature of its owner says what it is for */
	unsigned algo, bits, use;
	int64_t made, life, said; /* seconds; life 0: no end; said: when the signature was made */
};

struct reading {
	struct ctx *c;
	int64_t now;
	struct part key, sub;
	unsigned char print[PRINT];
	const char *fault; /* why the last part for encryption cannot be used */
	bool found;
};

static int bad(struct reading *r, const char *what)
{
	return err_set(r->c, ERR_INVALID, "the OpenPGP key %s", err_word(r->c, what));
}

static bool take(struct str *s, size_t n, struct str *ret)
{
	if (s->n < n)
		return false;
	*ret = (struct str){s->p, n};
	s->p += n;
	s->n -= n;
	return true;
}

static bool number(struct str *s, size_t n, uint64_t *ret)
{
	struct str b;

	if (!take(s, n, &b))
		return false;
	*ret = 0;
	for (size_t i = 0; i < n; i++)
		*ret = *ret << 8 | (unsigned char)b.p[i];
	return true;
}

/* Length of one, two or five bytes (RFC 4880, 4.2.2; 5.2.3.1 for subpackets). */
static bool length(struct str *s, unsigned two_most, uint64_t *ret)
{
	uint64_t a, b;

	if (!number(s, 1, &a))
		return false;
	if (a < 192)
		*ret = a;
	else if (a < two_most && number(s, 1, &b))
		*ret = ((a - 192) << 8) + b + 192;
	else if (a != 255 || !number(s, 4, ret))
		return false;
	return true;
}

static bool packet(struct str *s, unsigned *tag, struct str *body)
{
	uint64_t head, n;

	if (!number(s, 1, &head) || (head & 0x80) == 0)
		return false;
	if ((head & 0x40) != 0) {
		*tag = head & 0x3f;
		if (!length(s, 224, &n))
			return false;
	} else {
		*tag = (head >> 2) & 0xf;
		if ((head & 3) == 3 || !number(s, (size_t)1 << (head & 3), &n))
			return false;
	}
	return n <= s->n && take(s, (size_t)n, body);
}

/* ---- keys ---- */

static int read_key(struct reading *r, struct str body, struct part *ret)
{
	uint64_t version, made, algo, bits = 0;

	if (!number(&body, 1, &version) || version != 4)
		return bad(r, ERR_TEXT("is of another version than 4"));
	if (!number(&body, 4, &made) || !number(&body, 1, &algo))
		return bad(r, ERR_TEXT("is broken"));
	if ((algo == ALGO_RSA || algo == ALGO_RSA_ENCRYPT || algo == ALGO_ELGAMAL) &&
	    !number(&body, 2, &bits))
		return bad(r, ERR_TEXT("is broken"));
	*ret = (struct part){
	    .here = true, .algo = (unsigned)algo, .bits = (unsigned)bits, .made = (int64_t)made};
	return 0;
}

static void fingerprint(struct str body, unsigned char print[static PRINT])
{
	EVP_MD_CTX *x = EVP_MD_CTX_new();
	unsigned char head[] = {0x99, (unsigned char)(body.n >> 8), (unsigned char)body.n};

	if (x == NULL || EVP_DigestInit_ex(x, EVP_sha1(), NULL) != 1 ||
	    EVP_DigestUpdate(x, head, sizeof head) != 1 ||
	    EVP_DigestUpdate(x, body.p, body.n) != 1 || EVP_DigestFinal_ex(x, print, NULL) != 1)
		abort(); /* no memory, or a build of OpenSSL without SHA-1 */
	EVP_MD_CTX_free(x);
}

/* ---- what the owner signed about them ---- */

struct sig {
	unsigned type;
	int64_t made, life;
	unsigned use;
	bool has_use, own;
};

static bool read_subs(struct reading *r, struct str area, bool hashed, struct sig *g)
{
	while (area.n > 0) {
		struct str sub, id = {(const char *)r->print + PRINT - KEY_ID, KEY_ID};
		uint64_t n, type, v;

		if (!length(&area, 255, &n) || n == 0 || n > area.n ||
		    !take(&area, (size_t)n, &sub) || !number(&sub, 1, &type))
			return false;
		type &= 0x7f;
		if (type == SUB_ISSUER)
			g->own = g->own || str_eq(sub, id);
		else if (type == SUB_PRINT && sub.n == PRINT + 1)
			g->own = g->own || memcmp(sub.p + 1, r->print, PRINT) == 0;
		else if (hashed && type == SUB_MADE && number(&sub, 4, &v))
			g->made = (int64_t)v;
		else if (hashed && type == SUB_LIFE && number(&sub, 4, &v))
			g->life = (int64_t)v;
		else if (hashed && type == SUB_USE && number(&sub, 1, &v)) {
			g->use = (unsigned)v;
			g->has_use = true;
		}
	}
	return true;
}

/* false: broken. What is not of version 4 is passed over: nobody signs a key so today. */
static bool read_sig(struct reading *r, struct str body, struct sig *ret)
{
	struct str area;
	uint64_t version, type, algos, n;
	struct sig g = {0};

	*ret = g;
	if (!number(&body, 1, &version))
		return false;
	if (version != 4)
		return true;
	if (!number(&body, 1, &type) || !number(&body, 2, &algos) || !number(&body, 2, &n) ||
	    !take(&body, (size_t)n, &area) || !read_subs(r, area, true, &g) ||
	    !number(&body, 2, &n) || !take(&body, (size_t)n, &area) ||
	    !read_subs(r, area, false, &g))
		return false;
	g.type = (unsigned)type;
	*ret = g;
	return true;
}

static void describe(struct part *p, const struct sig *g)
{
	if (p->told && g->made < p->said)
		return;
	p->told = true;
	p->said = g->made;
	p->life = g->life;
	p->use = g->has_use ? g->use : USE_ENCRYPT;
}

static int apply_sig(struct reading *r, struct str body)
{
	struct sig g;

	if (!read_sig(r, body, &g))
		return bad(r, ERR_TEXT("is broken"));
	if (!g.own)
		return 0; /* of others: no web of trust */
	if (g.type == SIG_REVOKE)
		r->key.revoked = true;
	else if (g.type == SIG_REVOKE_SUB)
		r->sub.revoked = true;
	else if (g.type == SIG_BIND && r->sub.here)
		describe(&r->sub, &g);
	else if (((g.type >= SIG_CERT && g.type <= SIG_CERT + 3) || g.type == SIG_DIRECT) &&
		 !r->sub.here)
		describe(&r->key, &g);
	return 0;
}

/* ---- whether it can be sealed to ---- */

static bool ended(const struct reading *r, const struct part *p)
{
	return p->life > 0 && p->made + p->life <= r->now;
}

/* One that encrypts and cannot be used leaves its reason, for the case that there is no other. */
static void weigh(struct reading *r, const struct part *p)
{
	bool encrypts = p->algo == ALGO_RSA || p->algo == ALGO_RSA_ENCRYPT ||
			p->algo == ALGO_ELGAMAL || p->algo == ALGO_ECDH;

	if (!p->here || !encrypts || !p->told || (p->use & USE_ENCRYPT) == 0)
		return;
	if (p->revoked)
		r->fault = ERR_TEXT("is revoked: its part for encryption");
	else if (ended(r, p))
		r->fault = ERR_TEXT("is expired: its part for encryption");
	else if (p->algo != ALGO_ECDH && p->bits < PGP_BITS_LEAST)
		r->fault = ERR_TEXT("is weak: less than 2048 bits");
	else
		r->found = true;
}

static int judge(struct reading *r)
{
	weigh(r, &r->sub);
	if (!r->key.here)
		return bad(r, ERR_TEXT("is none: the block holds something else"));
	if (r->key.revoked)
		return bad(r, ERR_TEXT("is revoked"));
	if (ended(r, &r->key))
		return bad(r, ERR_TEXT("is expired"));
	/* a weak one could be forged, and with it the part for encryption */
	if (r->key.bits > 0 && r->key.bits < PGP_BITS_LEAST)
		return bad(r, ERR_TEXT("is weak: less than 2048 bits"));
	if (!r->found)
		weigh(r, &r->key);
	if (!r->found)
		return bad(r, r->fault != NULL
				  ? r->fault
				  : ERR_TEXT("has no part for encryption: nothing can be sealed to "
					     "it"));
	return 0;
}

static int read_packet(struct reading *r, unsigned tag, struct str body)
{
	if (tag == TAG_SECRET || tag == TAG_SECRET_SUB)
		return bad(r, ERR_TEXT("is the secret one: keep it, and give the public one"));
	if (tag == TAG_KEY) {
		if (r->key.here)
			return bad(r, ERR_TEXT("is not alone: give one key"));
		fingerprint(body, r->print);
		return read_key(r, body, &r->key);
	}
	if (!r->key.here)
		return bad(r, ERR_TEXT("is none: the block holds something else"));
	if (tag == TAG_SUB) {
		weigh(r, &r->sub);
		return read_key(r, body, &r->sub);
	}
	return tag == TAG_SIG ? apply_sig(r, body) : 0;
}

/* ---- the armour ---- */

static int unarmour(struct reading *r, struct str text, struct str *ret)
{
	struct buf b = buf_init(r->c, text.n);
	struct str line;
	bool in_head = true, ended_well = false;

	if (!str_cut(text, '\n', &line, &text) ||
	    !str_is(str_trim(line), "-----BEGIN PGP PUBLIC KEY BLOCK-----"))
		return bad(r, ERR_TEXT("is not one armoured block"));
	while (!ended_well && (text.n > 0)) {
		(void)str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (in_head && line.n > 0 && str_has(line, ':'))
			continue;
		in_head = false;
		ended_well = str_is(line, "-----END PGP PUBLIC KEY BLOCK-----");
		if (!ended_well && !(str_starts(line, "=") && line.n == 5)) /* a checksum */
			buf_put(&b, line);
	}
	if (!ended_well || str_trim(text).n > 0)
		return bad(r, ERR_TEXT("is not one armoured block"));
	if (!text_unbase64(r->c, buf_str(&b), ret))
		return bad(r, ERR_TEXT("is broken"));
	return 0;
}

static int read_block(struct reading *r, struct str text)
{
	struct str bytes, body;
	unsigned tag;
	int rc = unarmour(r, text, &bytes);

	while (rc == 0 && bytes.n > 0) {
		if (!packet(&bytes, &tag, &body))
			return bad(r, ERR_TEXT("is broken"));
		rc = read_packet(r, tag, body);
	}
	return rc;
}

static struct str print_of(const struct reading *r)
{
	struct buf b = buf_init(r->c, 2 * PRINT);

	for (size_t i = 0; i < PRINT; i++)
		buf_fmt(&b, "%02X", r->print[i]);
	return buf_str(&b);
}

int pgp_key_read(struct ctx *c, struct str text, struct instant now, struct str *ret_print)
{
	struct reading r = {.c = c, .now = now.s};
	int rc = read_block(&r, text);

	if (rc == 0)
		rc = judge(&r);
	if (rc == 0)
		*ret_print = print_of(&r);
	return rc;
}

int pgp_key_print(struct ctx *c, struct str text, struct str *ret)
{
	struct reading r = {.c = c};
	int rc = read_block(&r, text);

	if (rc == 0 && !r.key.here)
		rc = bad(&r, ERR_TEXT("is none: the block holds something else"));
	if (rc == 0)
		*ret = print_of(&r);
	return rc;
}
