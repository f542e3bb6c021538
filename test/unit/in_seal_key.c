/* Keys of officers: the three kinds are told apart, their fingerprints are those that gpg and
 * openssl print, and what cannot be sealed to says why, without a word of the key. */
#include "in/seal_key.h"

#include "check.h"
#include "seal_keys.h"

static const char *with_crlf(struct ctx *c, const char *z)
{
	struct buf b = buf_init(c, 2 * strlen(z));

	for (; *z != '\0'; z++)
		buf_puts(&b, *z == '\n' ? "\r\n" : (const char[]){*z, '\0'});
	return buf_str(&b).p;
}

static void good(struct ctx *c, const char *text, enum seal_kind kind, const char *print)
{
	struct seal_key k;

	assert_null(seal_key_shape(str_of(text)));
	assert_ok(c, seal_key_read(c, str_of(text), KEYS_NOW, &k));
	assert_int_equal(k.kind, kind);
	assert_str(k.print, print);
}

static void bad(struct ctx *c, const char *text, int64_t at, const char *why)
{
	struct seal_key k;

	assert_err(c, seal_key_read(c, str_of(text), (struct instant){at}, &k), ERR_INVALID, why);
}

static void test_good(void **state)
{
	struct ctx *c = test_ctx();
	struct seal_key k, again;

	(void)state;
	good(c, key_age, SEAL_AGE, key_age);
	good(c, key_pgp, SEAL_OPENPGP, KEY_PGP_PRINT);
	good(c, key_cert, SEAL_CMS, KEY_CERT_PRINT);
	assert_ok(c, seal_key_read(c, str_of(key_pgp_rsa), KEYS_NOW, &k));
	/* lines as a browser sends them, and blanks around */
	assert_ok(
	    c, seal_key_read(c, str_fmt(c, "  %s\r\n", with_crlf(c, key_pgp)), KEYS_NOW, &again));
	assert_str(again.text, key_pgp);
	assert_str(again.print, KEY_PGP_PRINT);
	assert_str(seal_key_groups(c, STR("ABCDEFGHIJ")), "ABCD EFGH IJ");
	ctx_close(&c);
}

static void test_bad(void **state)
{
	struct ctx *c = test_ctx();
	const int64_t now = KEYS_NOW.s;

	(void)state;
	bad(c, "", now, "is empty");
	bad(c, "ssh-ed25519 AAAA", now, "no age recipient");
	bad(c, "AGE-SECRET-KEY-1QQQQ", now, "secret key");
	bad(c, key_pgp_secret, now, "secret key");
	bad(c, key_pgp_expired, now, "the OpenPGP key is expired");
	bad(c, key_pgp_part_expired, now, "is expired: its part for encryption");
	bad(c, key_pgp_sign, now, "has no part for encryption");
	bad(c, key_pgp_weak, now, "is weak");
	bad(c, key_pgp_revoked, now, "is revoked");
	bad(c, key_cert_weak, now, "the certificate is weak");
	bad(c, key_cert_sign, now, "not made for encryption");
	bad(c, key_cert_ed, now, "nothing can be sealed to");
	bad(c, key_cert, 2500000000, "is expired");
	bad(c, key_cert, 1500000000, "is not valid yet");
	bad(c, str_fmt(c, "%s%s", key_cert, key_cert).p, now, "is not one certificate");
	bad(c, str_fmt(c, "%s%s", key_pgp, key_pgp).p, now, "is not one armoured block");
	bad(c, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", now, "not one");
	ctx_close(&c);
}

/* Every letter of a recipient changed once: none passes. */
static void test_mistakes(void **state)
{
	struct ctx *c = test_ctx();
	char typed[sizeof key_age];
	struct seal_key k;

	(void)state;
	for (size_t i = 4; i + 1 < sizeof key_age; i++) {
		memcpy(typed, key_age, sizeof typed);
		typed[i] = typed[i] == 'q' ? 'p' : 'q';
		bad(c, typed, KEYS_NOW.s, "checksum");
	}
	/* a name is there for one that may not be used any more, and for none that is none */
	assert_true(seal_key_name(c, str_of(key_pgp_expired), &k));
	assert_int_equal(k.print.n, 40);
	assert_false(seal_key_name(c, STR("-----BEGIN CERTIFICATE-----\n"), &k));
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_mistakes)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
