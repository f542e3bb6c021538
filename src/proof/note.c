#include "proof/note.h"

#include <sodium.h>

enum { TYPE_ED25519 = 1, SEED = crypto_sign_SEEDBYTES };

/* The sizes in note.h are those of Ed25519 (RFC 8032). */
_Static_assert(crypto_sign_PUBLICKEYBYTES == 32, "public key");
_Static_assert(crypto_sign_SECRETKEYBYTES == 64, "seed || public key");
_Static_assert(crypto_sign_BYTES == 64, "signature");

static const char dash[] = "\xe2\x80\x94 "; /* em dash, space */
static const char private_mark[] = "PRIVATE+KEY+";

static int start(struct ctx *c)
{
	if (sodium_init() < 0)
		return err_set(c, ERR_FAIL, "libsodium does not start");
	return 0;
}

static struct str after(struct str s, size_t n)
{
	return (struct str){s.p + n, s.n - n};
}

/* A Unicode white space character (White_Space of Unicode 15, beyond the ASCII controls) starts
 * here. */
static bool space_at(const unsigned char *p, size_t n)
{
	static const char *const spaces[] = {" ", "\xc2\x85", "\xc2\xa0", "\xe1\x9a\x80",
	    "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

	for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
		size_t k = strlen(spaces[i]);

		if (n >= k && memcmp(p, spaces[i], k) == 0)
			return true;
	}
	/* U+2000 to U+200A */
	return n >= 3 && p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0x80 && p[2] <= 0x8a;
}

static bool name_ok(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n == 0 || str_utf8_bad(s) != s.n || str_has(s, '+'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (p[i] < 0x20 || space_at(p + i, s.n - i))
			return false;
	return true;
}

/* UTF-8 without control characters other than newline. */
static bool text_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n')
			return false;
	return str_utf8_bad(s) == s.n;
}

/* ---- keys ---- */

static uint32_t key_id(const struct note_key *k)
{
	const struct str parts[3] = {k->name, {"\n\1", 2}, {(const char *)k->pk, sizeof k->pk}};
	struct hash h = hash_parts(parts, 3);

	return (uint32_t)h.b[0] << 24 | (uint32_t)h.b[1] << 16 | (uint32_t)h.b[2] << 8 | h.b[3];
}

/* Makes the pair from the seed in the first half of s->sk. */
static void signer_fill(struct note_signer *s)
{
	unsigned char seed[SEED];

	memcpy(seed, s->sk.p, SEED);
	(void)crypto_sign_seed_keypair(s->key.pk, s->sk.p, seed); /* cannot fail */
	sodium_memzero(seed, sizeof seed);
	s->key.id = key_id(&s->key);
}

int note_signer_make(struct ctx *c, struct str name, struct note_signer *ret)
{
	struct note_signer s = {0};
	int rc = start(c);

	if (rc < 0)
		return rc;
	if (name.n > NOTE_NAME_MAX || !name_ok(name))
		return err_set(c, ERR_INVALID, "key name is empty, too long or has a space or +");
	s.key.name = str_make(c, name);
	s.sk = mem_secret_open(crypto_sign_SECRETKEYBYTES);
	ctx_random(c, s.sk.p, SEED);
	signer_fill(&s);
	*ret = s;
	return 0;
}

/* Splits NAME+ID+BASE64; the last part may have plus signs of its own. */
static int key_split(
    struct ctx *c, struct str text, struct str *name, uint32_t *id, struct str *body)
{
	unsigned char raw[4];
	struct str hex;

	if (!str_cut(text, '+', name, &hex) || !str_cut(hex, '+', &hex, body))
		return err_set(c, ERR_INVALID, "key is not NAME+ID+KEY");
	if (name->n > NOTE_NAME_MAX || !name_ok(*name))
		return err_set(c, ERR_INVALID, "key name is empty, too long or has a space");
	if (!text_unhex(hex, raw, sizeof raw))
		return err_set(c, ERR_INVALID, "key id is not 8 hex digits");
	*id = (uint32_t)raw[0] << 24 | (uint32_t)raw[1] << 16 | (uint32_t)raw[2] << 8 | raw[3];
	return 0;
}

/* The 32 bytes behind the type byte. libsodium's decoder, as it takes no secret-dependent time and
 * leaves no copy in the arena. */
static int key_body(struct ctx *c, struct str body, unsigned char out[static 32])
{
	unsigned char raw[33], high = 0;
	size_t n = 0;
	int rc = 0;

	/* it takes some bytes outside of ASCII for digits (1.0.18) */
	for (size_t i = 0; i < body.n; i++)
		high |= (unsigned char)body.p[i] & 0x80;
	if (high != 0 ||
	    sodium_base642bin(raw, sizeof raw, body.p, body.n, NULL, &n, NULL,
		sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    n != sizeof raw)
		rc = err_set(c, ERR_INVALID, "key is not base64 of 33 bytes");
	else if (raw[0] != TYPE_ED25519)
		rc = err_set(c, ERR_INVALID, "key is not of type Ed25519");
	else
		memcpy(out, raw + 1, 32);
	sodium_memzero(raw, sizeof raw);
	return rc;
}

int note_signer_parse(struct ctx *c, struct str text, struct note_signer *ret)
{
	struct note_signer s = {0};
	struct str name, body;
	uint32_t id;
	int rc = start(c);

	if (rc < 0)
		return rc;
	if (!str_starts(text, private_mark))
		return err_set(c, ERR_INVALID, "not a signer key");
	rc = key_split(c, after(text, sizeof private_mark - 1), &name, &id, &body);
	if (rc < 0)
		return rc;
	s.sk = mem_secret_open(crypto_sign_SECRETKEYBYTES);
	rc = key_body(c, body, s.sk.p);
	if (rc < 0)
		goto out;
	s.key.name = str_make(c, name);
	signer_fill(&s);
	if (s.key.id != id) {
		rc = err_set(c, ERR_INVALID, "key id does not belong to this name and key");
		goto out;
	}
	*ret = s;
	return 0;
out:
	note_signer_close(&s);
	return rc;
}

struct secret note_signer_print(const struct note_signer *s)
{
	unsigned char raw[1 + SEED];
	char b64[sodium_base64_ENCODED_LEN(sizeof raw, sodium_base64_VARIANT_ORIGINAL)], hex[12];
	size_t mark = sizeof private_mark - 1, name = s->key.name.n;
	struct secret text = mem_secret_open(mark + name + 10 + sizeof b64 - 1);

	raw[0] = TYPE_ED25519;
	memcpy(raw + 1, s->sk.p, SEED);
	(void)sodium_bin2base64(b64, sizeof b64, raw, sizeof raw, sodium_base64_VARIANT_ORIGINAL);
	(void)snprintf(hex, sizeof hex, "+%08x+", s->key.id);
	memcpy(text.p, private_mark, mark);
	memcpy(text.p + mark, s->key.name.p, name);
	memcpy(text.p + mark + name, hex, 10);
	memcpy(text.p + mark + name + 10, b64, sizeof b64 - 1);
	sodium_memzero(raw, sizeof raw);
	sodium_memzero(b64, sizeof b64);
	return text;
}

void note_signer_close(struct note_signer *s)
{
	mem_secret_close(&s->sk);
}

int note_key_parse(struct ctx *c, struct str text, struct note_key *ret)
{
	struct note_key k = {0};
	struct str name, body;
	uint32_t id;
	int rc = start(c);

	if (rc < 0)
		return rc;
	if (str_starts(text, private_mark))
		return err_set(c, ERR_INVALID, "this is a signer key; a verifier key is needed");
	rc = key_split(c, text, &name, &id, &body);
	if (rc < 0)
		return rc;
	rc = key_body(c, body, k.pk);
	if (rc < 0)
		return rc;
	k.name = name;
	k.id = key_id(&k);
	if (k.id != id)
		return err_set(c, ERR_INVALID, "key id does not belong to this name and key");
	k.name = str_make(c, name);
	*ret = k;
	return 0;
}

struct str note_key_print(struct ctx *c, const struct note_key *k)
{
	unsigned char raw[1 + sizeof k->pk];

	raw[0] = TYPE_ED25519;
	memcpy(raw + 1, k->pk, sizeof k->pk);
	return str_fmt(
	    c, "%.*s+%08x+%s", STR_ARG(k->name), k->id, text_base64(c, raw, sizeof raw).p);
}

/* ---- notes ---- */

int note_make(struct ctx *c, struct str text, struct note *ret)
{
	if (text.n > NOTE_MAX)
		return err_set(c, ERR_LIMIT, "note is larger than %d bytes", NOTE_MAX);
	if (text.n == 0 || text.p[text.n - 1] != '\n')
		return err_set(c, ERR_INVALID, "note text does not end in a newline");
	if (!text_ok(text))
		return err_set(c, ERR_INVALID, "note text is not UTF-8 or has control characters");
	*ret = (struct note){.text = text};
	return 0;
}

/* One signature line taken apart. */
struct line {
	struct str name;
	uint32_t id;
	struct str sig; /* without the key id */
};

/* Takes the next line off *rest; ERR_INVALID when it has not the form. */
static int line_next(struct ctx *c, struct str *rest, unsigned no, struct line *ret)
{
	const unsigned char *p;
	struct str line, b64, raw;

	if (!str_cut(*rest, '\n', &line, rest) || !str_starts(line, dash))
		return err_set(c, ERR_INVALID, "note: signature line %u is malformed", no);
	line = after(line, sizeof dash - 1);
	if (!str_cut(line, ' ', &ret->name, &b64) || !name_ok(ret->name))
		return err_set(c, ERR_INVALID, "note: signature line %u: bad key name", no);
	if (!text_unbase64(c, b64, &raw) || raw.n < 5) /* the id and at least something */
		return err_set(c, ERR_INVALID, "note: signature line %u: bad signature", no);
	p = (const unsigned char *)raw.p;
	ret->id = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	ret->sig = after(raw, 4);
	return 0;
}

static bool line_is_of(const struct line *l, const struct note_key *k)
{
	return l->id == k->id && str_eq(l->name, k->name);
}

int note_sign(struct ctx *c, const struct note_signer *s, struct note *n)
{
	unsigned char raw[4 + crypto_sign_BYTES];
	struct str rest = n->lines;
	struct line l;
	struct buf b;
	int rc = start(c);

	for (unsigned no = 1; rc == 0 && rest.n > 0; no++) {
		rc = line_next(c, &rest, no, &l);
		if (rc == 0 && line_is_of(&l, &s->key))
			rc = err_set(c, ERR_CONFLICT, "note is signed by this key already");
	}
	if (rc < 0)
		return rc;
	raw[0] = (unsigned char)(s->key.id >> 24);
	raw[1] = (unsigned char)(s->key.id >> 16 & 255);
	raw[2] = (unsigned char)(s->key.id >> 8 & 255);
	raw[3] = (unsigned char)(s->key.id & 255);
	if (crypto_sign_detached(
		raw + 4, NULL, (const unsigned char *)n->text.p, n->text.n, s->sk.p) != 0)
		return err_set(c, ERR_FAIL, "signing failed");
	b = buf_init(c, NOTE_MAX);
	buf_put(&b, n->lines);
	buf_fmt(&b, "%s%.*s %s\n", dash, STR_ARG(s->key.name), text_base64(c, raw, sizeof raw).p);
	return buf_end(&b, "note", &n->lines);
}

struct str note_print(struct ctx *c, const struct note *n)
{
	struct buf b = buf_init(c, n->text.n + 1 + n->lines.n);

	buf_put(&b, n->text);
	buf_putc(&b, '\n');
	buf_put(&b, n->lines);
	return buf_str(&b);
}

/* The last empty line divides text and signatures: a text may have empty lines itself. */
static int note_split(struct ctx *c, struct str bytes, struct note *ret)
{
	size_t at = bytes.n;

	if (bytes.n > NOTE_MAX)
		return err_set(c, ERR_LIMIT, "note is larger than %d bytes", NOTE_MAX);
	if (!text_ok(bytes))
		return err_set(c, ERR_INVALID, "note is not UTF-8 or has control characters");
	while (at >= 2 && memcmp(bytes.p + at - 2, "\n\n", 2) != 0)
		at--;
	if (at < 2)
		return err_set(c, ERR_INVALID, "note has no blank line before its signatures");
	*ret = (struct note){.text = {bytes.p, at - 1}, .lines = after(bytes, at)};
	if (ret->lines.n == 0)
		return err_set(c, ERR_INVALID, "note has no signature");
	return 0;
}

static int line_check(struct ctx *c, const struct line *l, unsigned no, const struct note_key *key,
    uint64_t bit, struct note *note)
{
	if (!line_is_of(l, key))
		return 0;
	if ((note->signed_by & bit) != 0)
		return err_set(c, ERR_INVALID, "note: line %u: a known key signs twice", no);
	if (l->sig.n != crypto_sign_BYTES ||
	    crypto_sign_verify_detached((const unsigned char *)l->sig.p,
		(const unsigned char *)note->text.p, note->text.n, key->pk) != 0)
		return err_set(
		    c, ERR_INVALID, "note: line %u: the signature of a known key is wrong", no);
	note->signed_by |= bit;
	return 0;
}

int note_open(
    struct ctx *c, struct str bytes, const struct note_key *keys, size_t n, struct note *ret)
{
	struct note note = {0};
	struct line l;
	struct str rest;
	int rc = start(c);

	if (rc == 0 && n > NOTE_KEYS_MAX)
		rc = err_set(c, ERR_LIMIT, "more than %d known keys", NOTE_KEYS_MAX);
	if (rc == 0)
		rc = note_split(c, bytes, &note);
	rest = note.lines;
	for (unsigned no = 1; rc == 0 && rest.n > 0; no++) {
		if (no > NOTE_SIGNATURES_MAX)
			return err_set(
			    c, ERR_LIMIT, "note has more than %d signatures", NOTE_SIGNATURES_MAX);
		rc = line_next(c, &rest, no, &l);
		for (size_t i = 0; rc == 0 && i < n; i++)
			rc = line_check(c, &l, no, &keys[i], UINT64_C(1) << i, &note);
	}
	if (rc < 0)
		return rc;
	if (note.signed_by == 0)
		return err_set(c, ERR_DENIED, "note is not signed by a known key");
	*ret = note;
	return 0;
}

/* ---- checkpoints ---- */

/* Extension lines: none empty, each with its newline. */
static bool extra_ok(struct str s)
{
	struct str line;

	if (!text_ok(s))
		return false;
	while (s.n > 0)
		if (!str_cut(s, '\n', &line, &s) || line.n == 0)
			return false;
	return true;
}

int note_checkpoint_print(struct ctx *c, const struct note_checkpoint *cp, struct str *ret)
{
	struct buf b = buf_init(c, NOTE_MAX);

	if (cp->origin.n == 0 || str_has(cp->origin, '\n') || !text_ok(cp->origin))
		return err_set(c, ERR_INVALID, "checkpoint: origin is empty or not one line");
	if (cp->size > INT64_MAX)
		return err_set(c, ERR_INVALID, "checkpoint: size is out of range");
	if (!extra_ok(cp->extra))
		return err_set(c, ERR_INVALID, "checkpoint: an extension line is empty");
	buf_put(&b, cp->origin);
	buf_fmt(&b, "\n%lld\n%s\n", (long long)cp->size, text_base64(c, cp->root.b, HASH_SIZE).p);
	buf_put(&b, cp->extra);
	return buf_end(&b, "checkpoint", ret);
}

int note_checkpoint_parse(struct ctx *c, struct str text, struct note_checkpoint *ret)
{
	struct note_checkpoint cp = {0};
	struct str size, root, raw;
	int64_t n;

	if (!text_ok(text))
		return err_set(c, ERR_INVALID, "checkpoint is not UTF-8 or has control characters");
	if (!str_cut(text, '\n', &cp.origin, &text) || cp.origin.n == 0)
		return err_set(c, ERR_INVALID, "checkpoint line 1: no origin");
	if (!str_cut(text, '\n', &size, &text) || !str_i64(size, &n) || size.p[0] == '-' ||
	    (size.p[0] == '0' && size.n > 1))
		return err_set(c, ERR_INVALID, "checkpoint line 2: not a tree size");
	if (!str_cut(text, '\n', &root, &text) || !text_unbase64(c, root, &raw) ||
	    raw.n != HASH_SIZE)
		return err_set(c, ERR_INVALID, "checkpoint line 3: not a root hash");
	if (!extra_ok(text))
		return err_set(c, ERR_INVALID, "checkpoint: an extension line is empty");
	cp.size = (uint64_t)n;
	memcpy(cp.root.b, raw.p, HASH_SIZE);
	cp.extra = text;
	*ret = cp;
	return 0;
}

int note_checkpoint_open(struct ctx *c, struct str bytes, const struct note_key *keys, size_t n,
    struct str origin, struct note_checkpoint *ret)
{
	struct note_checkpoint cp;
	struct note note;
	int rc = note_open(c, bytes, keys, n, &note);

	if (rc < 0)
		return rc;
	rc = note_checkpoint_parse(c, note.text, &cp);
	if (rc < 0)
		return rc;
	if (origin.n > 0 && !str_eq(origin, cp.origin))
		return err_set(c, ERR_DENIED, "checkpoint is of another origin");
	*ret = cp;
	return 0;
}
