/* What an OpenID provider says of itself, and what its token endpoint answers. */
#include "check.h"

#include "in/issuer.h"

#define ISSUER "https://login.example.net"
#define AT(what, where) "\"" what "\":\"" where "\""
#define ALL                                                                                        \
	AT("authorization_endpoint", ISSUER "/a")                                                  \
	"," AT("token_endpoint", ISSUER "/t") "," AT("jwks_uri", ISSUER "/k")

static int read_as(struct ctx *c, const char *issuer, const char *text, struct issuer *ret)
{
	return issuer_read(c, str_of(text), str_of(issuer), ret);
}

static void good_ones(void **state)
{
	struct ctx *c = *state;
	struct issuer i;

	assert_ok(c, read_as(c, ISSUER, "{" AT("issuer", ISSUER) "," ALL "}", &i));
	assert_str(i.authorize, ISSUER "/a");
	assert_str(i.token, ISSUER "/t");
	assert_str(i.keys, ISSUER "/k");
	assert_false(i.in_body || i.says_self);
	assert_ok(c,
	    read_as(c, ISSUER,
		"{" AT("issuer",
		    ISSUER) "," ALL ",\"authorization_response_iss_parameter_supported\":true,"
			    "\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"],"
			    "\"id_token_signing_alg_values_supported\":[\"HS256\",\"ES256\"],"
			    "\"response_types_supported\":[\"code\",\"id_token\"],"
			    "\"code_challenge_methods_supported\":[\"plain\",\"S256\"],\"x\":0.5}",
		&i));
	assert_true(i.in_body && i.says_self);
	/* on other hosts, as some do */
	assert_ok(c, read_as(c, ISSUER,
			 "{" AT("issuer", ISSUER) "," AT("authorization_endpoint",
			     "https://www.example.net:8443/a?tenant=1") "," AT("token_endpoint",
			     "https://api.example.net/t") "," AT("jwks_uri",
			     "https://keys.example.net/k") "}",
			 &i));
	assert_str(i.authorize, "https://www.example.net:8443/a?tenant=1");
	assert_ok(
	    c, read_as(c, "http://127.0.0.1:9000",
		   "{" AT("issuer", "http://127.0.0.1:9000") "," AT(
		       "authorization_endpoint", "http://127.0.0.1:9000/a") "," AT("token_endpoint",
		       "http://127.0.0.1:9000/t") "," AT("jwks_uri", "http://127.0.0.1:9000/k") "}",
		   &i));
}

static void others(void **state)
{
	struct ctx *c = *state;
	static const struct {
		const char *text, *part;
	} all[] = {{"{" ALL "}", "issuer: is not the one"},
	    {"{" AT("issuer", ISSUER "/") "," ALL "}", "issuer: is not the one"},
	    {"{" AT("issuer", "https://evil.example") "," ALL "}", "issuer: is not the one"},
	    {"{" AT("issuer", ISSUER) "}", "authorization_endpoint: is missing"},
	    {"{" AT("issuer", ISSUER) "," AT(
		 "authorization_endpoint", "http://login.example.net/a") "}",
		"authorization_endpoint: is not https"},
	    {"{" AT("issuer", ISSUER) "," AT("authorization_endpoint", "http://127.0.0.1/a") "}",
		"authorization_endpoint: is not https"},
	    {"{" AT("issuer", ISSUER) "," AT("authorization_endpoint", "javascript:alert(1)") "}",
		"no address"},
	    {"{" AT("issuer", ISSUER) "," AT("authorization_endpoint", ISSUER "/a#b") "}",
		"no address"},
	    {"{" AT("issuer", ISSUER) "," AT("authorization_endpoint", ISSUER "/a\\r\\nX: y") "}",
		"no address"},
	    {"{" AT("issuer", ISSUER) "," AT("authorization_endpoint", ISSUER "/a") "," AT(
		 "token_endpoint", "https://login.example.net:8443/t") "}",
		"token_endpoint: lies at another port"},
	    {"{" AT("issuer", ISSUER) "," AT("authorization_endpoint", ISSUER "/a") "," AT(
		 "token_endpoint", ISSUER "/t") "," AT("jwks_uri", "https://k.example:22/k") "}",
		"jwks_uri: lies at another port"},
	    {"{" AT("issuer", ISSUER) "," ALL ",\"response_types_supported\":[\"token\"]}",
		"lacks code"},
	    {"{" AT("issuer",
		 ISSUER) "," ALL ",\"id_token_signing_alg_values_supported\":[\"HS256\",\"none\"]}",
		"neither RS256 nor ES256"},
	    {"{" AT("issuer", ISSUER) "," ALL ",\"code_challenge_methods_supported\":[\"plain\"]}",
		"lacks S256"},
	    {"{" AT("issuer",
		 ISSUER) "," ALL
			 ",\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"]}",
		"neither client_secret_basic nor"},
	    {"[]", "issuer: is not the one"}, {"{", "expected"},
	    {"{" AT("issuer", ISSUER) "," AT("issuer", ISSUER) "}", "duplicate key"}};
	struct issuer i;
	char *large = mem_alloc(c, ISSUER_TEXT_MAX + 1);

	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
		assert_err(c, read_as(c, ISSUER, all[k].text, &i), ERR_INVALID, all[k].part);
	memset(large, ' ', ISSUER_TEXT_MAX + 1);
	assert_err(c, issuer_read(c, (struct str){large, ISSUER_TEXT_MAX + 1}, STR(ISSUER), &i),
	    ERR_LIMIT, "larger than");
}

static void answers(void **state)
{
	struct ctx *c = *state;
	struct str token;

	assert_ok(c, issuer_token(c,
			 STR("{\"access_token\":\"x\",\"token_type\":\"bearer\",\"expires_in\":1,"
			     "\"id_token\":\"a.b.c\"}"),
			 &token));
	assert_str(token, "a.b.c");
	assert_err(c, issuer_token(c, STR("{\"token_type\":\"Bearer\"}"), &token), ERR_INVALID,
	    "no id_token");
	assert_err(c, issuer_token(c, STR("{\"token_type\":\"Bearer\",\"id_token\":7}"), &token),
	    ERR_INVALID, "no id_token");
	assert_err(c, issuer_token(c, STR("{\"token_type\":\"mac\",\"id_token\":\"a\"}"), &token),
	    ERR_INVALID, "not Bearer");
	assert_err(c, issuer_token(c, STR("<html>"), &token), ERR_INVALID, "expected");
}

static int begin(void **state)
{
	*state = test_ctx();
	return 0;
}

static int end(void **state)
{
	ctx_close((struct ctx **)state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(good_ones, begin, end),
	    cmocka_unit_test_setup_teardown(others, begin, end),
	    cmocka_unit_test_setup_teardown(answers, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
