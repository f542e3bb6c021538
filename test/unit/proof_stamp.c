/* Time stamps: an answer that `openssl ts -reply` made for the text "the manifest", and everything
 * that must not pass for one. */
#include "proof/stamp.h"

#include "base/mem.h"
#include "check.h"

#define NONCE UINT64_C(0xE91CC6AEEEDF994D)
#define MADE 1795833107

static const char answer[] =
    "MIIDYTADAgEAMIIDWAYJKoZIhvcNAQcCoIIDSTCCA0UCAQMxDzANBglghkgBZQMEAgEFADBuBgsqhkiG9w0BCRAB"
    "BKBfBF0wWwIBAQYEKgMEATAxMA0GCWCGSAFlAwQCAQUABCC4AqufU8rWvUAE88mdmucdeo/yhoa73ASjCGLuJVN0"
    "3AIBAhgPMjAyNjExMjgwMjMxNDdaAgkA6RzGru7fmU2gggGMMIIBiDCCAS+gAwIBAgIUNhYUTKhvcg1ELzSqLBca"
    "Pj+aBdAwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDdHNhMB4XDTI2MTEyODAyMzE0N1oXDTQ2MDEyNzAyMzE0N1ow"
    "DjEMMAoGA1UEAwwDdHNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1g3Y6fuJnr5K2MNtdN1+0iWtBnnWk9xG"
    "P9Umrdp5oBE8wipf6Wq8yhFg3zCNdQenPTq8wcWd7s08zot9teLTzKNrMGkwHQYDVR0OBBYEFGXwk3WGVr25Lni2"
    "CdDSEBZFOGnNMB8GA1UdIwQYMBaAFGXwk3WGVr25Lni2CdDSEBZFOGnNMA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0l"
    "AQH/BAwwCgYIKwYBBQUHAwgwCgYIKoZIzj0EAwIDRwAwRAIgH05DQdO+UaJJg8g07ylrjkJ8vWWvDsYqrZZgAKPE"
    "QrACIGobrcEKy69OFLnjaWU2WnjRdz1BnYZN2PUydH0VVmoYMYIBLTCCASkCAQEwJjAOMQwwCgYDVQQDDAN0c2EC"
    "FDYWFEyob3INRC80qiwXGj4/mgXQMA0GCWCGSAFlAwQCAQUAoIGYMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRAB"
    "BDAcBgkqhkiG9w0BCQUxDxcNMjYxMTI4MDIzMTQ3WjArBgsqhkiG9w0BCRACDDEcMBowGDAWBBRypExNTYECnbke"
    "sqrCq6mttYewGjAvBgkqhkiG9w0BCQQxIgQgCaXGcwkHUUDi0aUgRtrmXuxc6vw7DMtjy4h3BOtTzZEwCgYIKoZI"
    "zj0EAwIERjBEAiA6GNLXQbv44wFUHR/sY1rpgiqSXdhHd5CjJG3MDRSEpQIgXglOz063yfitNSInI0y6bepvackc"
    "lnVcMHeupad2c+c=";
static const char trusted[] = "-----BEGIN CERTIFICATE-----\n"
			      "MIIBiDCCAS+gAwIBAgIUNhYUTKhvcg1ELzSqLBcaPj+aBdAwCgYIKoZIzj0EAwIw\n"
			      "DjEMMAoGA1UEAwwDdHNhMB4XDTI2MTEyODAyMzE0N1oXDTQ2MDEyNzAyMzE0N1ow\n"
			      "DjEMMAoGA1UEAwwDdHNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1g3Y6fuJ\n"
			      "nr5K2MNtdN1+0iWtBnnWk9xGP9Umrdp5oBE8wipf6Wq8yhFg3zCNdQenPTq8wcWd\n"
			      "7s08zot9teLTzKNrMGkwHQYDVR0OBBYEFGXwk3WGVr25Lni2CdDSEBZFOGnNMB8G\n"
			      "A1UdIwQYMBaAFGXwk3WGVr25Lni2CdDSEBZFOGnNMA8GA1UdEwEB/wQFMAMBAf8w\n"
			      "FgYDVR0lAQH/BAwwCgYIKwYBBQUHAwgwCgYIKoZIzj0EAwIDRwAwRAIgH05DQdO+\n"
			      "UaJJg8g07ylrjkJ8vWWvDsYqrZZgAKPEQrACIGobrcEKy69OFLnjaWU2WnjRdz1B\n"
			      "nYZN2PUydH0VVmoY\n"
			      "-----END CERTIFICATE-----\n";
/* another key, and a certificate that is for no time stamps */
static const char others[] = "-----BEGIN CERTIFICATE-----\n"
			     "MIIBdTCCARugAwIBAgIUTP5oovUui8u02r2cPI3GYKZug4MwCgYIKoZIzj0EAwIw\n"
			     "EDEOMAwGA1UEAwwFcGxhaW4wHhcNMjYxMTI4MDIzMTQ3WhcNNDYwMTI3MDIzMTQ3\n"
			     "WjAQMQ4wDAYDVQQDDAVwbGFpbjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM9h\n"
			     "VIV41U7JbolGmr73QBjsY/boHnrMYcvBtH9QVaOJeyjTNVtj9X3VkT68wPIORDRh\n"
			     "zfF5DHi5qQ1z9JjIFPyjUzBRMB0GA1UdDgQWBBQ08qxcAVSbtG6BePve3EOF7Ova\n"
			     "iTAfBgNVHSMEGDAWgBQ08qxcAVSbtG6BePve3EOF7OvaiTAPBgNVHRMBAf8EBTAD\n"
			     "AQH/MAoGCCqGSM49BAMCA0gAMEUCIQCRp4tkynoiIjkPy/+GrkFGaZ6GA1SjYLF1\n"
			     "2MMFyb3LCwIgFuYbi9hvlRK3lp/Ma084LNxaxh9KdwlcqlHxLI57aw8=\n"
			     "-----END CERTIFICATE-----\n";

static struct str reply_of(struct ctx *c)
{
	struct str s;

	assert_true(text_unbase64(c, str_of(answer), &s));
	return s;
}

static void test_good(void **state)
{
	struct ctx *c = test_ctx();
	struct hash h = hash_of(STR("the manifest"));
	struct instant at;

	(void)state;
	assert_ok(c, stamp_check(c, reply_of(c), h, NONCE, str_of(trusted), &at));
	assert_int_equal(at.s, MADE);
	assert_ok(c, stamp_check(c, reply_of(c), h, 0, str_of(trusted), &at));
	ctx_close(&c);
}

static void test_bad(void **state)
{
	struct ctx *c = test_ctx();
	struct hash h = hash_of(STR("the manifest")), other = hash_of(STR("another"));
	struct str r = reply_of(c);
	struct buf b = buf_init(c, r.n + 1);
	struct instant at;

	(void)state;
	assert_err(
	    c, stamp_check(c, r, other, NONCE, str_of(trusted), &at), ERR_DENIED, "does not hold");
	assert_err(
	    c, stamp_check(c, r, h, NONCE + 1, str_of(trusted), &at), ERR_DENIED, "does not hold");
	assert_err(
	    c, stamp_check(c, r, h, NONCE, str_of(others), &at), ERR_DENIED, "does not hold");
	assert_err(c, stamp_check(c, r, h, NONCE, STR(""), &at), ERR_DENIED, "does not hold");
	assert_err(
	    c, stamp_check(c, STR(""), h, NONCE, str_of(trusted), &at), ERR_INVALID, "no answer");
	assert_err(c, stamp_check(c, (struct str){r.p, r.n - 1}, h, NONCE, str_of(trusted), &at),
	    ERR_INVALID, "no answer");
	buf_put(&b, r);
	buf_putc(&b, 'x');
	assert_err(c, stamp_check(c, buf_str(&b), h, NONCE, str_of(trusted), &at), ERR_INVALID,
	    "no answer");
	ctx_close(&c);
}

/* One bit changed anywhere: refused, or in the words around the stamp, which nobody signed, and
 * then the stamp says the same. */
static void test_flips(void **state)
{
	struct ctx *c = test_ctx();
	struct hash h = hash_of(STR("the manifest"));
	struct str r = reply_of(c);
	char *bytes = mem_dup(c, r.p, r.n);
	size_t taken = 0;
	struct instant at;

	(void)state;
	for (size_t i = 0; i < r.n; i++) {
		bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
		if (stamp_check(c, (struct str){bytes, r.n}, h, NONCE, str_of(trusted), &at) == 0) {
			assert_int_equal(at.s, MADE);
			taken++;
		}
		err_clear(c);
		bytes[i] = r.p[i];
	}
	assert_true(taken < r.n / 10);
	ctx_close(&c);
}

/* The question is one that openssl reads back the same: version 1, SHA-256, the imprint in it. */
static void test_question(void **state)
{
	struct ctx *c = test_ctx();
	struct hash h = hash_of(STR("the manifest"));
	struct str q = stamp_question(c, h, NONCE), hex = text_hex(c, q.p, q.n);

	(void)state;
	assert_non_null(strstr(hex.p, hash_hex(c, h).p));
	assert_non_null(strstr(hex.p, str_fmt(c, "%016llx", (unsigned long long)NONCE).p));
	assert_non_null(strstr(hex.p, "0101ff")); /* the certificate is wanted */
	assert_true(stamp_question(c, h, 0).n < q.n);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_flips), cmocka_unit_test(test_question)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
