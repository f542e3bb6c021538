/* SHA-256 against FIPS 180-4 / NIST CAVS examples, HMAC against RFC 4231 and an independent HMAC.
 */
#include "kind/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "check.h"

static void check_hex(struct ctx *c, struct hash h, const char *want)
{
	assert_str(hash_hex(c, h), want);
}

static void test_vectors(void **state)
{
	static const struct {
		const char *text, *hash;
	} v[] = {
	    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmn"
	     "opqrlmnopqrsmnopqrstnopqrstu",
		"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
	};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		check_hex(c, hash_of(str_of(v[i].text)), v[i].hash);
	/* One byte and four bytes of the NIST byte-oriented set. */
	check_hex(c, hash_of((struct str){"\xd3", 1}),
	    "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
	check_hex(c, hash_of((struct str){"\x74\xba\x25\x21", 4}),
	    "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e");
	ctx_close(&c);
}

static void test_million(void **state)
{
	static const char want[] =
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
	struct ctx *c = test_ctx();
	struct hash_run r;
	char a[1000];

	(void)state;
	memset(a, 'a', sizeof(a));
	hash_begin(&r);
	for (int i = 0; i < 1000; i++)
		hash_add(&r, (struct str){a, sizeof(a)});
	check_hex(c, hash_end(&r), want);
	ctx_close(&c);
}

/* However the bytes are cut, the hash is the same: all cuts of all lengths around the block size.
 */
static void test_cuts(void **state)
{
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 7 + 1);
	for (size_t n = 0; n <= 150; n++) {
		struct hash whole = hash_of((struct str){text, n});

		for (size_t cut = 0; cut <= n; cut++) {
			struct str part[3] = {{text, cut}, {NULL, 0}, {text + cut, n - cut}};
			struct hash_run r;

			assert_true(hash_eq(whole, hash_parts(part, 3)));
			hash_begin(&r);
			for (int i = 0; i < 3; i++)
				hash_add(&r, part[i]);
			assert_true(hash_eq(whole, hash_end(&r)));
		}
	}
	assert_true(hash_eq(hash_parts(NULL, 0), hash_of(STR(""))));
}

/* RFC 4231 with keys of at most 32 bytes: a shorter key is the same key padded with zeros. */
static void test_hmac_rfc4231(void **state)
{
	struct ctx *c = test_ctx();
	unsigned char key[32] = {0};
	char data[50];

	(void)state;
	memset(key, 0x0b, 20); /* case 1 */
	check_hex(c, hash_keyed(key, STR("Hi There")),
	    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	memset(key, 0, sizeof(key)); /* case 2 */
	memcpy(key, "Jefe", 4);
	check_hex(c, hash_keyed(key, STR("what do ya want for nothing?")),
	    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0, sizeof(key)); /* case 3 */
	memset(key, 0xaa, 20);
	memset(data, 0xdd, sizeof(data));
	check_hex(c, hash_keyed(key, (struct str){data, sizeof(data)}),
	    "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
	memset(key, 0, sizeof(key)); /* case 4 */
	for (int i = 0; i < 25; i++)
		key[i] = (unsigned char)(i + 1);
	memset(data, 0xcd, sizeof(data));
	check_hex(c, hash_keyed(key, (struct str){data, sizeof(data)}),
	    "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
	ctx_close(&c);
}

/* Full 32-byte keys against libcrypto's own HMAC. */
static void test_hmac_other(void **state)
{
	struct ctx *c = test_ctx();
	unsigned char key[32], want[EVP_MAX_MD_SIZE];
	char text[300];
	unsigned n;

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		struct hash got;

		ctx_random(c, key, sizeof(key));
		ctx_random(c, text, sizeof(text));
		got = hash_keyed(key, (struct str){text, len});
		assert_non_null(
		    HMAC(EVP_sha256(), key, sizeof(key), (unsigned char *)text, len, want, &n));
		assert_int_equal(n, HASH_SIZE);
		assert_memory_equal(got.b, want, HASH_SIZE);
		key[31] ^= 1;
		assert_false(hash_eq(got, hash_keyed(key, (struct str){text, len})));
	}
	ctx_close(&c);
}

static void test_text(void **state)
{
	static const char hex[] =
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct ctx *c = test_ctx();
	struct hash h, abc = hash_of(STR("abc")), same = abc;

	(void)state;
	assert_true(hash_parse(str_of(hex), &h));
	assert_true(hash_eq(h, abc));
	assert_memory_equal(hash_str(&h).p, abc.b, HASH_SIZE);
	assert_int_equal(hash_str(&h).n, HASH_SIZE);
	for (int bit = 0; bit < 256; bit++) {
		h = abc;
		h.b[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(hash_eq(h, abc));
	}
	/* Refused, and the result is left alone. */
	h = abc;
	assert_false(hash_parse((struct str){hex, 63}, &h));
	assert_false(hash_parse((struct str){hex, 62}, &h));
	assert_false(hash_parse(str_fmt(c, "%s0", hex), &h));
	assert_false(hash_parse(str_fmt(c, "%.63sg", hex), &h));
	assert_false(hash_parse(str_fmt(c, " %.63s", hex), &h));
	assert_false(hash_parse(STR(""), &h));
	assert_true(hash_eq(h, same));
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_vectors),
	    cmocka_unit_test(test_million),
	    cmocka_unit_test(test_cuts),
	    cmocka_unit_test(test_hmac_rfc4231),
	    cmocka_unit_test(test_hmac_other),
	    cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
