/* ID tokens: genuine ones of a provider of software, each claim and each part broken once, and the
 * examples of RFC 7515. */
#include "token_kit.h"

#define GOOD                                                                                       \
	"\"iss\":\"https://login.example.net\",\"aud\":\"writ\",\"sub\":\"248289761001\","         \
	"\"nonce\":\"n-0S6_WzA2Mj\""
#define TIMES "\"exp\":1768478700,\"iat\":1768478400"

struct world {
	struct ctx *c;
	struct signer ec, rsa;
	struct json *keys; /* of both */
};

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->c = test_ctx();
	w->ec = signer_ec(w->c, "ec");
	w->rsa = signer_rsa(w->c, "rsa", 2048);
	w->keys = kit_keys((struct signer[]){w->ec, w->rsa}, 2);
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	signer_end(&w->ec);
	signer_end(&w->rsa);
	ctx_close(&w->c);
	free(w);
	return 0;
}

static struct id_token_want want_of(const struct world *w)
{
	return (struct id_token_want){.issuer = STR("https://login.example.net"),
	    .client = STR("writ"),
	    .nonce = STR("n-0S6_WzA2Mj"),
	    .now = {w->c->fixed_now},
	    .since = INSTANT_NONE};
}

static void refuses(struct world *w, const struct id_token_want *want, struct str token,
    const struct json *keys, enum id_token_fault fault)
{
	enum id_token_fault why = ID_TOKEN_NO_FAULT;
	struct str sub = STR("untouched");

	assert_err(w->c, id_token_check(w->c, token, keys, want, &sub, &why), ERR_DENIED,
	    "the ID token was not accepted");
	assert_string_equal(id_token_fault_word(why), id_token_fault_word(fault));
	assert_str(sub, "untouched");
}

/* Claims that are well signed, and wrong. */
static void spoiled(struct world *w, const char *claims, enum id_token_fault fault)
{
	struct id_token_want want = want_of(w);

	refuses(w, &want, kit_token(&w->ec, kit_head(&w->ec), claims), w->keys, fault);
	refuses(w, &want, kit_token(&w->rsa, kit_head(&w->rsa), claims), w->keys, fault);
}

static void takes(struct world *w, const struct signer *s, const char *claims)
{
	struct id_token_want want = want_of(w);
	enum id_token_fault why = ID_TOKEN_FORM;
	struct str sub;

	assert_ok(w->c,
	    id_token_check(w->c, kit_token(s, kit_head(s), claims), w->keys, &want, &sub, &why));
	assert_str(sub, "248289761001");
	assert_int_equal(why, ID_TOKEN_NO_FAULT);
}

static void good_ones(void **state)
{
	struct world *w = *state;

	takes(w, &w->ec, "{" GOOD "," TIMES "}");
	takes(w, &w->rsa, "{" GOOD "," TIMES "}");
	takes(w, &w->ec, "{" GOOD "," TIMES ",\"azp\":\"writ\",\"nbf\":1768478400}");
	/* claims that nobody asked for, of any form */
	takes(w, &w->ec,
	    "{" GOOD "," TIMES ",\"acr\":0.5,\"amr\":[\"mfa\"],\"email\":\"a@b.example\"}");
	takes(w, &w->ec,
	    "{\"iss\":\"https://login.example.net\",\"aud\":[\"writ\"],\"sub\":\"248289761001\","
	    "\"nonce\":\"n-0S6_WzA2Mj\"," TIMES "}");
	/* clocks that differ by a minute */
	takes(w, &w->ec, "{" GOOD ",\"exp\":1768478341,\"iat\":1768478000}");
	takes(w, &w->ec, "{" GOOD ",\"exp\":1768479000,\"iat\":1768478460}");
}

static void whose(void **state)
{
	struct world *w = *state;

#define REST "\"sub\":\"1\",\"nonce\":\"n-0S6_WzA2Mj\"," TIMES "}"
	spoiled(w, "{\"aud\":\"writ\"," REST, ID_TOKEN_ISSUER);
	spoiled(
	    w, "{\"iss\":\"https://login.example.net/\",\"aud\":\"writ\"," REST, ID_TOKEN_ISSUER);
	spoiled(
	    w, "{\"iss\":\"https://Login.example.net\",\"aud\":\"writ\"," REST, ID_TOKEN_ISSUER);
	spoiled(
	    w, "{\"iss\":[\"https://login.example.net\"],\"aud\":\"writ\"," REST, ID_TOKEN_ISSUER);
#undef REST
#define REST                                                                                       \
	"\"iss\":\"https://login.example.net\",\"sub\":\"1\",\"nonce\":\"n-0S6_WzA2Mj\"," TIMES "}"
	spoiled(w, "{" REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":\"\"," REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":\"other\"," REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":\"writ \"," REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":[]," REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":[\"writ\",\"other\"]," REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":[[\"writ\"]]," REST, ID_TOKEN_AUDIENCE);
	spoiled(w, "{\"aud\":\"writ\",\"azp\":\"other\"," REST, ID_TOKEN_PARTY);
	spoiled(w, "{\"aud\":\"writ\",\"azp\":1," REST, ID_TOKEN_PARTY);
#undef REST
}

static void when(void **state)
{
	struct world *w = *state;

	spoiled(w, "{" GOOD ",\"iat\":1768478400}", ID_TOKEN_EXPIRED);
	spoiled(w, "{" GOOD ",\"exp\":1768478340,\"iat\":1768478300}", ID_TOKEN_EXPIRED);
	spoiled(w, "{" GOOD ",\"exp\":\"1768478700\",\"iat\":1768478400}", ID_TOKEN_EXPIRED);
	spoiled(w, "{" GOOD ",\"exp\":1.7684787e9,\"iat\":1768478400}", ID_TOKEN_EXPIRED);
	spoiled(w, "{" GOOD ",\"exp\":-1,\"iat\":1768478400}", ID_TOKEN_EXPIRED);
	spoiled(w, "{" GOOD ",\"exp\":9223372036854775807,\"iat\":1768478400}", ID_TOKEN_EXPIRED);
	spoiled(w, "{" GOOD ",\"exp\":1768478700}", ID_TOKEN_TIME);
	spoiled(w, "{" GOOD ",\"exp\":1768478700,\"iat\":1768477799}", ID_TOKEN_TIME);
	spoiled(w, "{" GOOD ",\"exp\":1768479700,\"iat\":1768478461}", ID_TOKEN_TIME);
	spoiled(w, "{" GOOD "," TIMES ",\"nbf\":1768478461}", ID_TOKEN_TIME);
	spoiled(w, "{" GOOD "," TIMES ",\"nbf\":\"now\"}", ID_TOKEN_TIME);
}

static void which_round_and_who(void **state)
{
	struct world *w = *state;
	char claims[1024];

#define REST "\"iss\":\"https://login.example.net\",\"aud\":\"writ\"," TIMES
	spoiled(w, "{" REST ",\"sub\":\"1\"}", ID_TOKEN_NONCE);
	spoiled(w, "{" REST ",\"sub\":\"1\",\"nonce\":\"\"}", ID_TOKEN_NONCE);
	spoiled(w, "{" REST ",\"sub\":\"1\",\"nonce\":\"n-0S6_WzA2Mk\"}", ID_TOKEN_NONCE);
#undef REST
#define REST                                                                                       \
	"{\"iss\":\"https://login.example.net\",\"aud\":\"writ\"," TIMES                           \
	",\"nonce\":\"n-0S6_WzA2Mj\""
	spoiled(w, REST "}", ID_TOKEN_SUBJECT);
	spoiled(w, REST ",\"sub\":\"\"}", ID_TOKEN_SUBJECT);
	spoiled(w, REST ",\"sub\":7}", ID_TOKEN_SUBJECT);
	spoiled(w, REST ",\"sub\":\"a b\"}", ID_TOKEN_SUBJECT);
	spoiled(w, REST ",\"sub\":\"a\\u0009\"}", ID_TOKEN_SUBJECT);
	spoiled(w, REST ",\"sub\":\"\\u00e9\"}", ID_TOKEN_SUBJECT);
	(void)snprintf(claims, sizeof claims, REST ",\"sub\":\"%0256d\"}", 0);
	spoiled(w, claims, ID_TOKEN_SUBJECT);
#undef REST
}

/* What counts where the person must have signed in there just now. */
static void freshly(void **state)
{
	struct world *w = *state;
	struct id_token_want want = want_of(w);
	enum id_token_fault why;
	struct str sub;
	static const struct {
		const char *more;
		bool good;
	} all[] = {{"", false}, {",\"auth_time\":1768478239", false},
	    {",\"auth_time\":1768478240", true}, {",\"auth_time\":1768478399", true},
	    {",\"auth_time\":1768478461", false}, {",\"auth_time\":\"1768478399\"", false}};

	want.since = (struct instant){w->c->fixed_now - 100};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const char *claims = str_fmt(w->c, "{" GOOD "," TIMES "%s}", all[i].more).p;
		struct str token = kit_token(&w->ec, kit_head(&w->ec), claims);

		if (all[i].good)
			assert_ok(w->c, id_token_check(w->c, token, w->keys, &want, &sub, &why));
		else
			refuses(w, &want, token, w->keys, ID_TOKEN_AUTH);
	}
}

/* ---- how it is signed ---- */

static void algorithms(void **state)
{
	struct world *w = *state;
	struct id_token_want want = want_of(w);
	static const char claims[] = "{" GOOD "," TIMES "}";
	struct str front, pem, none;
	unsigned char mac[32];
	unsigned n = 0;

	/* none, with and without a signature */
	none = kit_front(w->c, "{\"alg\":\"none\"}", claims);
	refuses(w, &want, str_fmt(w->c, "%s.", none.p), w->keys, ID_TOKEN_FORM);
	refuses(w, &want, str_fmt(w->c, "%s.AAAA", none.p), w->keys, ID_TOKEN_ALG);
	refuses(w, &want, kit_token(&w->ec, "{\"alg\":\"None\",\"kid\":\"ec\"}", claims), w->keys,
	    ID_TOKEN_ALG);
	/* the public key, which everybody has, as the secret of an HMAC */
	front = kit_front(w->c, "{\"alg\":\"HS256\",\"kid\":\"rsa\"}", claims);
	pem = kit_number(w->c, w->rsa.key, OSSL_PKEY_PARAM_RSA_N, 0);
	assert_non_null(HMAC(
	    EVP_sha256(), pem.p, (int)pem.n, (const unsigned char *)front.p, front.n, mac, &n));
	refuses(w, &want, str_fmt(w->c, "%s.%s", front.p, text_base64url(w->c, mac, n).p), w->keys,
	    ID_TOKEN_ALG);
	/* other signatures with a good key */
	refuses(w, &want, kit_token(&w->rsa, "{\"alg\":\"PS256\",\"kid\":\"rsa\"}", claims),
	    w->keys, ID_TOKEN_ALG);
	refuses(w, &want, kit_token(&w->rsa, "{\"alg\":\"RS512\",\"kid\":\"rsa\"}", claims),
	    w->keys, ID_TOKEN_ALG);
	refuses(w, &want, kit_token(&w->rsa, "{\"kid\":\"rsa\"}", claims), w->keys, ID_TOKEN_ALG);
	/* one key's name, the other's algorithm */
	refuses(w, &want, kit_token(&w->rsa, "{\"alg\":\"ES256\",\"kid\":\"rsa\"}", claims),
	    w->keys, ID_TOKEN_KEY);
	refuses(w, &want, kit_token(&w->ec, "{\"alg\":\"RS256\",\"kid\":\"ec\"}", claims), w->keys,
	    ID_TOKEN_KEY);
}

static void keys(void **state)
{
	struct world *w = *state;
	struct id_token_want want = want_of(w);
	static const char claims[] = "{" GOOD "," TIMES "}";
	struct signer other = signer_ec(w->c, "ec"), next = signer_rsa(w->c, "next", 2048);
	struct signer small = signer_rsa(w->c, "rsa", 1024);
	struct str token = kit_token(&w->ec, kit_head(&w->ec), claims);
	enum id_token_fault why;
	struct json *set;
	struct str sub;

	/* unknown, without a name, and one that comes with the token */
	refuses(w, &want, kit_token(&next, kit_head(&next), claims), w->keys, ID_TOKEN_KEY);
	refuses(w, &want, kit_token(&w->ec, "{\"alg\":\"ES256\"}", claims), w->keys, ID_TOKEN_KEY);
	refuses(w, &want,
	    kit_token(&next,
		str_fmt(w->c, "{\"alg\":\"RS256\",\"kid\":\"next\",\"jwk\":%s}}", next.jwk.p).p,
		claims),
	    w->keys, ID_TOKEN_KEY);
	/* forged: another key under a known name */
	refuses(w, &want, kit_token(&other, kit_head(&other), claims), w->keys, ID_TOKEN_SIGNATURE);
	/* rotated: the new set has it, and the old one's tokens are over */
	set = kit_keys(&next, 1);
	assert_ok(w->c, id_token_check(w->c, kit_token(&next, kit_head(&next), claims), set, &want,
			    &sub, &why));
	refuses(w, &want, token, set, ID_TOKEN_KEY);
	/* two of a name */
	set = kit_keys((struct signer[]){w->ec, other}, 2);
	refuses(w, &want, token, set, ID_TOKEN_KEY);
	/* for something else */
	assert_ok(w->c, jwk_set_read(w->c, kit_set(&w->ec, 1, ",\"use\":\"enc\""), &set));
	refuses(w, &want, token, set, ID_TOKEN_KEY);
	assert_ok(w->c, jwk_set_read(w->c, kit_set(&w->ec, 1, ",\"alg\":\"ES384\""), &set));
	refuses(w, &want, token, set, ID_TOKEN_KEY);
	/* too small to be trusted */
	refuses(w, &want, kit_token(&small, kit_head(&small), claims), kit_keys(&small, 1),
	    ID_TOKEN_SIGNATURE);
	signer_end(&other);
	signer_end(&next);
	signer_end(&small);
}

/* Every byte of a good token counts. */
static void every_byte(void **state)
{
	struct world *w = *state;
	struct id_token_want want = want_of(w);
	struct signer all[] = {w->ec, w->rsa};
	enum id_token_fault why;

	for (size_t k = 0; k < 2; k++) {
		struct str good = kit_token(&all[k], kit_head(&all[k]), "{" GOOD "," TIMES "}");
		char *bad = mem_dup(w->c, good.p, good.n);

		for (size_t i = 0; i < good.n; i++) {
			struct str sub = STR("untouched");

			/* a bit that base64url does not pass over at the end of a part */
			bad[i] = good.p[i] == 'A' ? 'Q' : 'A';
			assert_err(w->c,
			    id_token_check(
				w->c, (struct str){bad, good.n}, w->keys, &want, &sub, &why),
			    ERR_DENIED, "not accepted");
			assert_str(sub, "untouched");
			bad[i] = good.p[i];
		}
		for (size_t n = 0; n < good.n; n += 7)
			assert_int_not_equal(id_token_check(w->c, (struct str){good.p, n}, w->keys,
						 &want, &(struct str){0}, &why),
			    0);
		err_clear(w->c);
	}
}

static void forms(void **state)
{
	struct world *w = *state;
	struct id_token_want want = want_of(w);
	static const char claims[] = "{" GOOD "," TIMES "}";
	struct str good = kit_token(&w->ec, kit_head(&w->ec), claims);
	char *large = mem_alloc(w->c, ID_TOKEN_MAX + 1);

	memset(large, 'A', ID_TOKEN_MAX + 1);
	refuses(w, &want, STR(""), w->keys, ID_TOKEN_FORM);
	refuses(w, &want, STR("a.b"), w->keys, ID_TOKEN_FORM);
	refuses(w, &want, str_fmt(w->c, "%s.AAAA", good.p), w->keys, ID_TOKEN_FORM);
	refuses(w, &want, str_fmt(w->c, "%s=", good.p), w->keys, ID_TOKEN_FORM);
	refuses(w, &want, str_fmt(w->c, "%s\n", good.p), w->keys, ID_TOKEN_FORM);
	refuses(w, &want, (struct str){large, ID_TOKEN_MAX + 1}, w->keys, ID_TOKEN_FORM);
	refuses(w, &want, kit_token(&w->ec, "[]", claims), w->keys, ID_TOKEN_HEAD);
	refuses(w, &want, kit_token(&w->ec, "{", claims), w->keys, ID_TOKEN_HEAD);
	refuses(w, &want,
	    kit_token(&w->ec, "{\"alg\":\"ES256\",\"alg\":\"none\",\"kid\":\"ec\"}", claims),
	    w->keys, ID_TOKEN_HEAD);
	refuses(w, &want,
	    kit_token(&w->ec, "{\"alg\":\"ES256\",\"kid\":\"ec\",\"crit\":[\"b64\"],\"b64\":true}",
		claims),
	    w->keys, ID_TOKEN_HEAD);
	refuses(w, &want,
	    kit_token(&w->ec, "{\"alg\":\"ES256\",\"kid\":\"ec\",\"typ\":\"at+jwt\"}", claims),
	    w->keys, ID_TOKEN_HEAD);
	refuses(w, &want, kit_token(&w->ec, kit_head(&w->ec), "[1]"), w->keys, ID_TOKEN_CLAIMS);
	refuses(w, &want, kit_token(&w->ec, kit_head(&w->ec), "{" GOOD "," GOOD "," TIMES "}"),
	    w->keys, ID_TOKEN_CLAIMS);
}

/* RFC 7515, appendices A.2 and A.3: the same payload, signed by others. */
static void examples(void **state)
{
	struct world *w = *state;
	static const char payload[] =
	    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
	    "Ijp0cnVlfQ";
	static const char set[] =
	    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a3\","
	    "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
	    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"},"
	    "{\"kty\":\"RSA\",\"kid\":\"a2\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbj"
	    "i9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
	    "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTB"
	    "EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"
	    "h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}]}";
	static const struct {
		const char *kid, *head, *signature;
		enum jwk_alg alg;
	} all[] = {
	    {"a3", "eyJhbGciOiJFUzI1NiJ9",
		"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP"
		"3-Kg6NU1Q",
		JWK_ES256},
	    {"a2", "eyJhbGciOiJSUzI1NiJ9",
		"cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_"
		"lF5YKt"
		"_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_"
		"nZLgrnbyTyWzO75vRK5h6xBArL"
		"IARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-"
		"eOkHWEsqtFZESc6BfI7no"
		"OPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
		"IoypGlUPQ"
		"Ge77Rw",
		JWK_RS256}};
	struct json *keys_read;

	assert_ok(w->c, jwk_set_read(w->c, str_of(set), &keys_read));
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const struct json *key = jwk_find(keys_read, all[i].alg, str_of(all[i].kid));
		struct str text = str_fmt(w->c, "%s.%s", all[i].head, payload), sig;

		assert_non_null(key);
		assert_true(text_unbase64url(w->c, str_of(all[i].signature), &sig));
		assert_true(jwk_verify(w->c, key, all[i].alg, text, sig));
		assert_false(jwk_verify(w->c, key, all[i].alg, str_fmt(w->c, "%sA", text.p), sig));
	}
}

/* Keys that are none: each has signed nothing, and no set of them brings the reader down. */
static void odd_keys(void **state)
{
	struct world *w = *state;
	static const char *const all[] = {
	    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"AA\",\"y\":\"AA\"}",
	    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\"}",
	    /* not on the curve */
	    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\","
	    "\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\","
	    "\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}",
	    "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
	    "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"\",\"e\":\"\"}",
	    "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"!\",\"e\":\"AQAB\"}"};
	char sig[256] = {1};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		enum jwk_alg alg = strstr(all[i], "RSA") != NULL ? JWK_RS256 : JWK_ES256;
		const struct json *key;
		struct json *set;

		assert_ok(w->c, jwk_set_read(w->c, str_fmt(w->c, "{\"keys\":[%s]}", all[i]), &set));
		key = jwk_find(set, alg, STR("k"));
		assert_non_null(key);
		assert_false(jwk_verify(w->c, key, alg, STR("text"), (struct str){sig, 64}));
		assert_false(jwk_verify(w->c, key, alg, STR("text"), (struct str){sig, 256}));
	}
}

static void sets(void **state)
{
	struct world *w = *state;
	struct buf b = buf_init(w->c, JWK_SET_MAX * 2);
	struct json *set;

	assert_err(w->c, jwk_set_read(w->c, STR("{}"), &set), ERR_INVALID, "no list of keys");
	assert_err(
	    w->c, jwk_set_read(w->c, STR("{\"keys\":{}}"), &set), ERR_INVALID, "no list of keys");
	assert_err(
	    w->c, jwk_set_read(w->c, STR("{\"keys\":"), &set), ERR_INVALID, "a value is expected");
	buf_puts(&b, "{\"keys\":[{}");
	for (int i = 0; i < JWK_KEYS_MAX; i++)
		buf_puts(&b, ",{}");
	buf_puts(&b, "]}");
	assert_err(w->c, jwk_set_read(w->c, buf_str(&b), &set), ERR_LIMIT, "more than 64");
	while (b.n <= JWK_SET_MAX)
		buf_putc(&b, ' ');
	assert_err(w->c, jwk_set_read(w->c, buf_str(&b), &set), ERR_LIMIT, "larger than");
	/* what is no key is passed over */
	assert_ok(w->c, jwk_set_read(w->c, STR("{\"keys\":[1,\"a\",null,[]]}"), &set));
	assert_null(jwk_find(set, JWK_ES256, STR("k")));
	assert_null(jwk_find(set, JWK_ES256, STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(good_ones, begin, end),
	    cmocka_unit_test_setup_teardown(whose, begin, end),
	    cmocka_unit_test_setup_teardown(when, begin, end),
	    cmocka_unit_test_setup_teardown(which_round_and_who, begin, end),
	    cmocka_unit_test_setup_teardown(freshly, begin, end),
	    cmocka_unit_test_setup_teardown(algorithms, begin, end),
	    cmocka_unit_test_setup_teardown(keys, begin, end),
	    cmocka_unit_test_setup_teardown(every_byte, begin, end),
	    cmocka_unit_test_setup_teardown(forms, begin, end),
	    cmocka_unit_test_setup_teardown(examples, begin, end),
	    cmocka_unit_test_setup_teardown(odd_keys, begin, end),
	    cmocka_unit_test_setup_teardown(sets, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
