/* What browsers answer for a passkey: genuine answers of a software authenticator, and each check
 * broken once. */
#include "passkey_kit.h"

static const struct passkey_house house = {
    {"https://desk.example.net", 24}, {"desk.example.net", 16}};

static struct str challenge(void)
{
	return STR("0123456789abcdef0123456789abcdef01234567");
}

/* The whole way of a registration, as the desk goes it. */
static int registered(struct device *d, struct passkey_key *ret, enum passkey_fault *why)
{
	struct passkey_fields f = device_register(d, challenge());
	struct passkey_answer a;
	int rc = passkey_read(d->c, &f, &a, why);

	if (rc != 0)
		return rc;
	assert_true(str_eq(a.challenge, challenge()));
	return passkey_new(d->c, &house, &a, ret, why);
}

static int signed_in(
    struct device *d, const struct passkey_key *k, uint32_t *ret, enum passkey_fault *why)
{
	struct passkey_fields f = device_sign_in(d, challenge());
	struct passkey_answer a;
	int rc = passkey_read(d->c, &f, &a, why);

	return rc == 0 ? passkey_check(d->c, &house, &a, k, ret, why) : rc;
}

static void fails_new(struct device *d, enum passkey_fault want)
{
	enum passkey_fault why = PASSKEY_NO_FAULT;
	struct passkey_key k;

	assert_err(d->c, registered(d, &k, &why), ERR_DENIED, "was not accepted");
	assert_string_equal(passkey_fault_word(why), passkey_fault_word(want));
}

static void fails_get(struct device *d, const struct passkey_key *k, enum passkey_fault want)
{
	enum passkey_fault why = PASSKEY_NO_FAULT;
	uint32_t count;

	assert_err(d->c, signed_in(d, k, &count, &why), ERR_DENIED, "was not accepted");
	assert_string_equal(passkey_fault_word(why), passkey_fault_word(want));
}

static struct passkey_key fresh(struct ctx *c, enum passkey_alg alg, struct device *ret)
{
	enum passkey_fault why;
	struct passkey_key k;

	*ret = device_make(c, alg);
	assert_ok(c, registered(ret, &k, &why));
	return k;
}

static const enum passkey_alg algs[] = {PASSKEY_ES256, PASSKEY_EDDSA};

static void genuine(void **state)
{
	static const char *const formats[] = {"none", "packed"};
	struct ctx *c = test_ctx();

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct device d = device_make(c, algs[i % 2]);
		enum passkey_fault why = PASSKEY_NO_FAULT;
		struct passkey_key k;
		uint32_t count;

		d.fmt = formats[i / 2];
		d.count = 7;
		assert_ok(c, registered(&d, &k, &why));
		assert_int_equal(k.alg, algs[i % 2]);
		assert_int_equal(k.key.n, k.alg == PASSKEY_ES256 ? 64 : 32);
		assert_true(str_eq(k.key, device_point(&d)));
		assert_true(str_eq(k.id, d.id));
		assert_int_equal(k.count, 7);
		assert_false(k.backed_up);
		assert_ok(c, signed_in(&d, &k, &count, &why));
		assert_int_equal(count, 8);
		assert_int_equal(why, PASSKEY_NO_FAULT);
		/* Chromium adds a member on purpose; other browsers say nothing of frames */
		d.more = ",\"other_keys_can_be_added_here\":\"do not compare\"";
		assert_ok(c, signed_in(&d, &k, &count, &why));
		/* an extension of the authenticator's: {"credProtect": 2} */
		d.extensions = STR("\xa1\x6b"
				   "credProtect\x02");
		assert_ok(c, registered(&d, &k, &why));
		/* a passkey kept by a service in several devices */
		d.extensions = STR("");
		d.flags = 5 | 8 | 16;
		assert_ok(c, registered(&d, &k, &why));
		assert_true(k.backed_up);
		assert_ok(c, signed_in(&d, &k, &count, &why));
		device_end(&d);
	}
	ctx_close(&c);
}

static void wrong_registrations(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct device d = device_make(c, algs[i]), good = d;

#define BREAK(change, want)                                                                        \
	do {                                                                                       \
		d = good;                                                                          \
		change;                                                                            \
		fails_new(&d, want);                                                               \
	} while (0)
		BREAK(d.type_new = "webauthn.get", PASSKEY_TYPE);
		BREAK(d.type_new = "payment.create", PASSKEY_TYPE);
		BREAK(d.origin = "https://desk.example.org", PASSKEY_ORIGIN);
		BREAK(d.origin = "http://desk.example.net", PASSKEY_ORIGIN);
		BREAK(d.origin = "https://desk.example.net:444", PASSKEY_ORIGIN);
		BREAK(d.origin = "https://desk.example.net.", PASSKEY_ORIGIN);
		BREAK(d.origin = "https://evil.desk.example.net", PASSKEY_ORIGIN);
		BREAK(d.more = ",\"crossOrigin\":true", PASSKEY_CROSS);
		BREAK(d.more = ",\"crossOrigin\":\"false\"", PASSKEY_CROSS);
		BREAK(d.more = ",\"topOrigin\":\"https://evil.example\"", PASSKEY_CROSS);
		BREAK(d.more = ",\"type\":\"webauthn.create\"", PASSKEY_CLIENT); /* twice */
		BREAK(d.more = ",", PASSKEY_CLIENT);
		BREAK(d.rp_id = "example.net", PASSKEY_RP);
		BREAK(d.flags = 4, PASSKEY_PRESENT);
		BREAK(d.flags = 1, PASSKEY_VERIFIED);
		BREAK(d.flags = 5 | 16, PASSKEY_BACKUP);
		BREAK(d.fmt = "fido-u2f", PASSKEY_ATTESTATION);
		BREAK(d.fmt = "", PASSKEY_ATTESTATION);
		BREAK(d.cose_alg = -257, PASSKEY_ALG); /* RS256 */
		BREAK(d.cose_alg = -37, PASSKEY_ALG);
		BREAK(d.cose_alg = i == 0 ? PASSKEY_EDDSA : PASSKEY_ES256, PASSKEY_KEY);
		BREAK(d.id.n = 15, PASSKEY_ID);
		BREAK(d.extensions = STR("\x01"), PASSKEY_DATA);
		BREAK(d.extensions = STR("\xa0\xa0"), PASSKEY_DATA);
#undef BREAK
		device_end(&good);
	}
	ctx_close(&c);
}

static void wrong_sign_ins(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct device good, d, other = device_make(c, algs[i]);
		struct passkey_key k = fresh(c, algs[i], &good), wrong = k;
		enum passkey_fault why;
		uint32_t count;

#define BREAK(change, want)                                                                        \
	do {                                                                                       \
		d = good;                                                                          \
		change;                                                                            \
		fails_get(&d, &k, want);                                                           \
	} while (0)
		BREAK(d.type_get = "webauthn.create", PASSKEY_TYPE);
		BREAK(d.origin = "https://desk.example.net:8443", PASSKEY_ORIGIN);
		BREAK(d.origin = "https://desk.example.netx", PASSKEY_ORIGIN);
		BREAK(d.more = ",\"crossOrigin\":true", PASSKEY_CROSS);
		BREAK(d.rp_id = "desk.example.org", PASSKEY_RP);
		BREAK(d.flags = 4, PASSKEY_PRESENT);
		BREAK(d.flags = 1, PASSKEY_VERIFIED);
		BREAK(d.flags = 0, PASSKEY_PRESENT);
		BREAK(d.flags = 5 | 16, PASSKEY_BACKUP);
		BREAK(d.key_flag = true, PASSKEY_DATA);
		BREAK(d.id = other.id, PASSKEY_ID);
		BREAK(d.key = other.key, PASSKEY_SIGNATURE); /* forged: another's key */
#undef BREAK
		wrong.alg = algs[1 - i];
		fails_get(&good, &wrong, PASSKEY_SIGNATURE);
		wrong = k;
		wrong.key.n--;
		fails_get(&good, &wrong, PASSKEY_SIGNATURE);
		assert_ok(c, signed_in(&good, &k, &count, &why));
		device_end(&good);
		device_end(&other);
	}
	ctx_close(&c);
}

/* Every single byte of what is signed, and of the signature, counts. */
static void tampered(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct device d;
		struct passkey_key k = fresh(c, algs[i], &d);
		struct passkey_fields f = device_sign_in(&d, challenge());
		struct passkey_answer a;
		enum passkey_fault why;
		uint32_t count;
		struct str *parts[] = {&a.client, &a.data, &a.signature};

		for (size_t p = 0; p < 3; p++) {
			assert_ok(c, passkey_read(c, &f, &a, &why));
			for (size_t at = 0; at < parts[p]->n; at++) {
				char *z = mem_dup(c, parts[p]->p, parts[p]->n);
				struct str was = *parts[p];

				z[at] ^= 1;
				*parts[p] = (struct str){z, was.n};
				assert_err(c, passkey_check(c, &house, &a, &k, &count, &why),
				    ERR_DENIED, "was not accepted");
				*parts[p] = was;
			}
			parts[p]->n--;
			assert_err(c, passkey_check(c, &house, &a, &k, &count, &why), ERR_DENIED,
			    "was not accepted");
			parts[p]->n++;
			assert_ok(c, passkey_check(c, &house, &a, &k, &count, &why));
		}
		device_end(&d);
	}
	ctx_close(&c);
}

/* An attestation that is given must fit, though nobody relies on it. */
static void packed_must_fit(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct device d = device_make(c, algs[i]);
		struct passkey_fields f;
		struct passkey_answer a;
		struct passkey_key k;
		enum passkey_fault why;
		char *z;

		d.fmt = "packed";
		f = device_register(&d, challenge());
		assert_ok(c, passkey_read(c, &f, &a, &why));
		assert_ok(c, passkey_new(c, &house, &a, &k, &why));
		/* the same answer to another challenge */
		a.client = device_client(&d, d.type_new, STR("another challenge"));
		assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
		assert_int_equal(why, PASSKEY_SIGNATURE);
		/* the model, which the signature covers */
		assert_ok(c, passkey_read(c, &f, &a, &why));
		z = mem_dup(c, a.attestation.p, a.attestation.n);
		*(char *)memmem(z, a.attestation.n, "0123456789abcdef", 16) = 'x';
		a.attestation.p = z;
		assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
		assert_int_equal(why, PASSKEY_SIGNATURE);
		device_end(&d);
	}
	ctx_close(&c);
}

/* A key that is no point of the curve; ids that differ; bytes behind the end; each cut of it. */
static void broken_bytes(void **state)
{
	struct ctx *c = test_ctx();
	struct device d = device_make(c, PASSKEY_ES256);
	struct passkey_fields f = device_register(&d, challenge());
	struct passkey_answer a, good;
	struct passkey_key k;
	enum passkey_fault why;
	char *z;

	(void)state;
	assert_ok(c, passkey_read(c, &f, &good, &why));
	a = good;
	z = mem_dup(c, a.attestation.p, a.attestation.n);
	z[a.attestation.n - 1] ^= 1; /* the last byte of y */
	a.attestation.p = z;
	assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
	assert_int_equal(why, PASSKEY_KEY);
	a = good;
	a.id = STR("0123456789abcdef0123456789abcdef");
	assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
	assert_int_equal(why, PASSKEY_ID);
	a = good;
	a.attestation = str_fmt(c, "%*s", (int)good.attestation.n + 1, "");
	memcpy((char *)(uintptr_t)a.attestation.p, good.attestation.p, good.attestation.n);
	assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
	assert_int_equal(why, PASSKEY_ATTESTATION);
	for (size_t n = 0; n < good.attestation.n; n++) {
		a = good;
		a.attestation = str_make(c, (struct str){good.attestation.p, n});
		assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
	}
	device_end(&d);
	ctx_close(&c);
}

/* Lengths that claim more than there is, and depths: nothing is made for them. */
static void greedy(void **state)
{
	static const char *const claims[] = {"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
	    "\xa3\x63"
	    "fmt\x9b\x10\x00\x00\x00\x00\x00\x00\x00",
	    "\xa3\x67"
	    "attStmt\xba\xff\xff\xff\xff",
	    "\xa3\x67"
	    "attStmt\xa1\x01\x81\x81\x81\x81\x81\x81\x01",
	    "\xa3\x68"
	    "authData\x5a\xff\xff\xff\xff",
	    "\xbf\x63"
	    "fmt",
	    "\xa3\x67"
	    "attStmt\xbf\xff",
	    "\xa3\x67"
	    "attStmt\xa1\x01\xc1\x01",
	    "\xa3\x67"
	    "attStmt\xa1\x01\xfb\x01\x01\x01\x01\x01\x01\x01\x01",
	    "\x01", ""};
	struct ctx *c = test_ctx();
	struct device d = device_make(c, PASSKEY_ES256);
	struct passkey_fields f = device_register(&d, challenge());
	struct passkey_answer a;
	struct passkey_key k;
	enum passkey_fault why;

	(void)state;
	assert_ok(c, passkey_read(c, &f, &a, &why));
	for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
		size_t n = i == 1 ? 14 : i == 0 ? 9 : strlen(claims[i]);

		a.attestation = (struct str){claims[i], n};
		assert_err(c, passkey_new(c, &house, &a, &k, &why), ERR_DENIED, "not accepted");
		assert_int_equal(why, PASSKEY_ATTESTATION);
	}
	device_end(&d);
	ctx_close(&c);
}

static void fields(void **state)
{
	struct ctx *c = test_ctx();
	struct device d = device_make(c, PASSKEY_ES256);
	struct passkey_fields good = device_sign_in(&d, challenge()), f;
	struct passkey_answer a;
	enum passkey_fault why;
	char *z = mem_alloc(c, PASSKEY_FIELD_MAX + 5);

	(void)state;
	memset(z, 'A', PASSKEY_FIELD_MAX + 4);
#define WRONG(change, want)                                                                        \
	do {                                                                                       \
		f = good;                                                                          \
		change;                                                                            \
		assert_err(c, passkey_read(c, &f, &a, &why), ERR_DENIED, "not accepted");          \
		assert_int_equal(why, want);                                                       \
	} while (0)
	WRONG(f.id = STR(""), PASSKEY_FORM);
	WRONG(f.id = STR("a"), PASSKEY_FORM);
	WRONG(f.id = STR("ab=="), PASSKEY_FORM);
	WRONG(f.id = STR("a+/b"), PASSKEY_FORM);
	WRONG(f.id = STR("ab"), PASSKEY_FORM); /* bits that no encoder writes */
	WRONG(f.data = STR("a b"), PASSKEY_FORM);
	WRONG(f.signature = ((struct str){z, PASSKEY_FIELD_MAX + 4}), PASSKEY_FORM);
	WRONG(f.client = STR(""), PASSKEY_CLIENT);
	WRONG(f.client = device_b64(&d, STR("{\"challenge\":\"a\"}")), PASSKEY_CHALLENGE);
#undef WRONG
	device_end(&d);
	ctx_close(&c);
}

static void counters(void **state)
{
	(void)state;
	assert_false(passkey_went_back(0, 0)); /* does not count */
	assert_false(passkey_went_back(0, 1));
	assert_false(passkey_went_back(5, 6));
	assert_true(passkey_went_back(5, 5));
	assert_true(passkey_went_back(5, 4));
	assert_true(passkey_went_back(5, 0));
	assert_true(passkey_went_back(UINT32_MAX, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(genuine),
	    cmocka_unit_test(wrong_registrations),
	    cmocka_unit_test(wrong_sign_ins),
	    cmocka_unit_test(tampered),
	    cmocka_unit_test(packed_must_fit),
	    cmocka_unit_test(broken_bytes),
	    cmocka_unit_test(greedy),
	    cmocka_unit_test(fields),
	    cmocka_unit_test(counters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
