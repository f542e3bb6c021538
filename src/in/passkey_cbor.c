/* What an authenticator writes, by the item-wise decoder of libcbor: it makes no room for anything,
 * however much a length claims. Only what CTAP2's canonical form has is read: no tags, no floats,
 * no lengths left open. */
#include "in/passkey_p.h"

#include <cbor.h>

#include "base/mem.h"

enum item_kind {
	ITEM_NONE,
	ITEM_UINT,
	ITEM_NEGINT,
	ITEM_BYTES,
	ITEM_TEXT,
	ITEM_LIST,
	ITEM_MAP,
	ITEM_BOOL
};

enum { DEPTH_MAX = 4, MEMBERS_MAX = 64 };

struct item {
	enum item_kind kind;
	uint64_t num; /* a number; -1-num for ITEM_NEGINT; members */
	struct str s;
};

/* ---- one item ---- */

static void on_number(void *item, enum item_kind kind, uint64_t v)
{
	*(struct item *)item = (struct item){.kind = kind, .num = v};
}
static void on_u8(void *item, uint8_t v)
{
	on_number(item, ITEM_UINT, v);
}
static void on_u16(void *item, uint16_t v)
{
	on_number(item, ITEM_UINT, v);
}
static void on_u32(void *item, uint32_t v)
{
	on_number(item, ITEM_UINT, v);
}
static void on_u64(void *item, uint64_t v)
{
	on_number(item, ITEM_UINT, v);
}
static void on_n8(void *item, uint8_t v)
{
	on_number(item, ITEM_NEGINT, v);
}
static void on_n16(void *item, uint16_t v)
{
	on_number(item, ITEM_NEGINT, v);
}
static void on_n32(void *item, uint32_t v)
{
	on_number(item, ITEM_NEGINT, v);
}
static void on_n64(void *item, uint64_t v)
{
	on_number(item, ITEM_NEGINT, v);
}
static void on_bytes(void *item, cbor_data p, size_t n)
{
	*(struct item *)item = (struct item){.kind = ITEM_BYTES, .s = {(const char *)p, n}};
}
static void on_text(void *item, cbor_data p, size_t n)
{
	*(struct item *)item = (struct item){.kind = ITEM_TEXT, .s = {(const char *)p, n}};
}
static void on_list(void *item, size_t n)
{
	on_number(item, ITEM_LIST, n);
}
static void on_map(void *item, size_t n)
{
	on_number(item, ITEM_MAP, n);
}
static void on_bool(void *item, bool v)
{
	on_number(item, ITEM_BOOL, v);
}

/* The next item off *in. What has no callback here leaves it ITEM_NONE. */
static bool next(struct str *in, struct item *ret)
{
	struct cbor_callbacks on = cbor_empty_callbacks;
	struct cbor_decoder_result r;
	struct item item = {0};

	on.uint8 = on_u8;
	on.uint16 = on_u16;
	on.uint32 = on_u32;
	on.uint64 = on_u64;
	on.negint8 = on_n8;
	on.negint16 = on_n16;
	on.negint32 = on_n32;
	on.negint64 = on_n64;
	on.byte_string = on_bytes;
	on.string = on_text;
	on.array_start = on_list;
	on.map_start = on_map;
	on.boolean = on_bool;
	if (in->n == 0)
		return false;
	r = cbor_stream_decode((cbor_data)in->p, in->n, &on, &item);
	if (r.status != CBOR_DECODER_FINISHED || item.kind == ITEM_NONE || r.read > in->n)
		return false;
	in->p += r.read;
	in->n -= r.read;
	*ret = item;
	return true;
}

/* The next item and all that is in it. */
static bool skip(struct str *in, int depth)
{
	struct item it;
	uint64_t members;

	if (depth > DEPTH_MAX || !next(in, &it))
		return false;
	if (it.kind != ITEM_LIST && it.kind != ITEM_MAP)
		return true;
	members = it.kind == ITEM_MAP ? 2 * it.num : it.num;
	if (it.num > MEMBERS_MAX)
		return false;
	for (uint64_t i = 0; i < members; i++)
		if (!skip(in, depth + 1))
			return false;
	return true;
}

/* The next item as the bytes that it has, if it is a map. */
static bool take_map(struct str *in, struct str *ret)
{
	struct str all = *in, peek = *in;
	struct item it;

	if (!next(&peek, &it) || it.kind != ITEM_MAP || !skip(in, 0))
		return false;
	*ret = (struct str){all.p, all.n - in->n};
	return true;
}

/* ---- attestationObject (6.5.4) ---- */

static bool take_member(
    struct str *in, struct str name, struct passkey_statement *st, struct str *fmt)
{
	struct item it;

	if (str_is(name, "attStmt"))
		return st->statement.n == 0 && take_map(in, &st->statement);
	if (!next(in, &it))
		return false;
	if (str_is(name, "fmt") && it.kind == ITEM_TEXT && fmt->n == 0) {
		*fmt = it.s;
		return true;
	}
	if (str_is(name, "authData") && it.kind == ITEM_BYTES && st->data.n == 0) {
		st->data = it.s;
		return true;
	}
	return false;
}

enum passkey_fault passkey_statement_read(struct str in, struct passkey_statement *ret)
{
	struct passkey_statement st = {0};
	struct str fmt = {0};
	struct item it;

	if (!next(&in, &it) || it.kind != ITEM_MAP || it.num != 3)
		return PASSKEY_ATTESTATION;
	for (int i = 0; i < 3; i++)
		if (!next(&in, &it) || it.kind != ITEM_TEXT || !take_member(&in, it.s, &st, &fmt))
			return PASSKEY_ATTESTATION;
	st.packed = str_is(fmt, "packed");
	if (in.n > 0 || st.data.n == 0 || (!st.packed && !str_is(fmt, "none")))
		return PASSKEY_ATTESTATION;
	if (!st.packed && st.statement.n != 1) /* an empty map is one byte */
		return PASSKEY_ATTESTATION;
	*ret = st;
	return PASSKEY_NO_FAULT;
}

/* ---- authenticatorData (6.1) ---- */

static bool take(struct str *in, size_t n, struct str *ret)
{
	if (in->n < n)
		return false;
	*ret = (struct str){in->p, n};
	in->p += n;
	in->n -= n;
	return true;
}

static uint32_t big_endian(struct str s)
{
	uint32_t v = 0;

	for (size_t i = 0; i < s.n; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return v;
}

static bool take_key(struct str *in, struct passkey_data *d)
{
	struct str model, length;

	return take(in, 16, &model) && take(in, 2, &length) &&
	       take(in, big_endian(length), &d->id) && take_map(in, &d->cose);
}

enum passkey_fault passkey_data_read(struct str in, bool with_key, struct passkey_data *ret)
{
	struct passkey_data d = {0};
	struct str flags, count, extensions;

	if (!take(&in, 32, &d.rp_hash) || !take(&in, 1, &flags) || !take(&in, 4, &count))
		return PASSKEY_DATA;
	d.flags = (unsigned char)flags.p[0];
	d.count = big_endian(count);
	if (((d.flags & PASSKEY_FLAG_KEY) != 0) != with_key)
		return PASSKEY_DATA;
	if (with_key && !take_key(&in, &d))
		return PASSKEY_DATA;
	if ((d.flags & PASSKEY_FLAG_EXTENSIONS) != 0 && !take_map(&in, &extensions))
		return PASSKEY_DATA;
	if (in.n > 0)
		return PASSKEY_DATA;
	*ret = d;
	return PASSKEY_NO_FAULT;
}

/* ---- COSE_Key ---- */

enum { COSE_KTY = 1, COSE_ALG = 3, COSE_CRV = -1, COSE_X = -2, COSE_Y = -3 };

struct cose {
	int64_t kty, alg, crv;
	struct str x, y;
	unsigned seen;
};

static bool small(const struct item *it, int64_t *ret)
{
	if (it->num > 1000 || (it->kind != ITEM_UINT && it->kind != ITEM_NEGINT))
		return false;
	*ret = it->kind == ITEM_UINT ? (int64_t)it->num : -1 - (int64_t)it->num;
	return true;
}

static bool cose_member(struct cose *k, int64_t label, const struct item *it)
{
	unsigned bit;

	if (label < COSE_Y || label > COSE_ALG)
		return false;
	bit = 1U << (label - COSE_Y);
	if ((k->seen & bit) != 0)
		return false;
	k->seen |= bit;
	if (label == COSE_KTY || label == COSE_ALG || label == COSE_CRV)
		return small(it, label == COSE_KTY   ? &k->kty
				 : label == COSE_ALG ? &k->alg
						     : &k->crv);
	if ((label != COSE_X && label != COSE_Y) || it->kind != ITEM_BYTES || it->s.n != 32)
		return false;
	*(label == COSE_X ? &k->x : &k->y) = it->s;
	return true;
}

enum passkey_fault passkey_cose_read(struct ctx *c, struct str in, struct passkey_key *ret)
{
	struct cose k = {0};
	struct item it;
	uint64_t n;
	int64_t label;
	bool fits = next(&in, &it) && it.kind == ITEM_MAP && it.num <= 5;

	n = fits ? it.num : 0;
	for (uint64_t i = 0; i < n && fits; i++)
		fits = next(&in, &it) && small(&it, &label) && next(&in, &it) &&
		       cose_member(&k, label, &it);
	if (k.alg != 0 && k.alg != PASSKEY_ES256 && k.alg != PASSKEY_EDDSA)
		return PASSKEY_ALG;
	if (!fits || in.n > 0)
		return PASSKEY_KEY;
	if (k.alg == PASSKEY_ES256 && n == 5 && k.kty == 2 && k.crv == 1) {
		char *xy = mem_alloc(c, PASSKEY_KEY_MAX);

		memcpy(xy, k.x.p, 32);
		memcpy(xy + 32, k.y.p, 32);
		*ret = (struct passkey_key){.alg = PASSKEY_ES256, .key = {xy, 64}};
		return PASSKEY_NO_FAULT;
	}
	if (k.alg == PASSKEY_EDDSA && n == 4 && k.kty == 1 && k.crv == 6 && k.x.n == 32) {
		*ret = (struct passkey_key){.alg = PASSKEY_EDDSA, .key = str_make(c, k.x)};
		return PASSKEY_NO_FAULT;
	}
	return PASSKEY_KEY;
}
