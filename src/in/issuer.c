#include "in/issuer.h"

#include "kind/host.h"

static int wrong(struct ctx *c, const char *member, const char *what)
{
	return err_set(c, ERR_INVALID, "the issuer's document: %s: %s", member, what);
}

/* 1: the word is in the list; 0: it is not; -1: there is no list. */
static int list_has(const struct json *doc, const char *member, const char *word)
{
	const struct json *list = json_find(doc, member);

	if (list == NULL || list->kind != JSON_LIST)
		return -1;
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i]->kind == JSON_TEXT && str_is(list->at[i]->text, word))
			return 1;
	return 0;
}

/* An address that the issuer names; ours: one that we ask, hence at the issuer's port. */
static int address_read(struct ctx *c, const struct json *doc, const char *member,
    const struct host *self, bool ours, struct str *ret)
{
	struct str text = json_text(doc, member);
	struct host h;

	if (host_parse(c, text, "https http", &h) != 0) {
		err_clear(c);
		return wrong(c, member, "is missing, or no address");
	}
	if (str_is(h.scheme, "http") && (!h.here || !self->here || !str_is(self->scheme, "http")))
		return wrong(c, member, "is not https");
	if (ours && h.port != self->port)
		return wrong(c, member, "lies at another port than the issuer");
	*ret = text;
	return 0;
}

static int methods_read(struct ctx *c, const struct json *doc, struct issuer *i)
{
	static const char member[] = "token_endpoint_auth_methods_supported";
	const struct json *says = json_find(doc, "authorization_response_iss_parameter_supported");

	if (list_has(doc, "response_types_supported", "code") == 0)
		return wrong(c, "response_types_supported", "lacks code");
	if (list_has(doc, "id_token_signing_alg_values_supported", "RS256") == 0 &&
	    list_has(doc, "id_token_signing_alg_values_supported", "ES256") == 0)
		return wrong(
		    c, "id_token_signing_alg_values_supported", "has neither RS256 nor ES256");
	if (list_has(doc, "code_challenge_methods_supported", "S256") == 0)
		return wrong(c, "code_challenge_methods_supported", "lacks S256");
	i->in_body = list_has(doc, member, "client_secret_basic") == 0;
	if (i->in_body && list_has(doc, member, "client_secret_post") == 0)
		return wrong(c, member, "has neither client_secret_basic nor client_secret_post");
	i->says_self = says != NULL && says->kind == JSON_BOOL && says->yes;
	return 0;
}

int issuer_read(struct ctx *c, struct str text, struct str issuer, struct issuer *ret)
{
	struct issuer i = {0};
	struct json *doc;
	struct host self;
	int rc;

	if (text.n > ISSUER_TEXT_MAX)
		return err_set(
		    c, ERR_LIMIT, "the issuer's document: larger than %d bytes", ISSUER_TEXT_MAX);
	rc = json_parse_loose(c, "the issuer's document", text, &doc);
	if (rc == 0)
		rc = host_parse(c, issuer, "https http", &self);
	if (rc != 0)
		return rc;
	if (!str_eq_secret(issuer, json_text(doc, "issuer")))
		return wrong(c, "issuer", "is not the one of writ.yaml (oidc_issuer)");
	rc = address_read(c, doc, "authorization_endpoint", &self, false, &i.authorize);
	if (rc == 0)
		rc = address_read(c, doc, "token_endpoint", &self, true, &i.token);
	if (rc == 0)
		rc = address_read(c, doc, "jwks_uri", &self, true, &i.keys);
	if (rc == 0)
		rc = methods_read(c, doc, &i);
	if (rc == 0)
		*ret = i;
	return rc;
}

int issuer_token(struct ctx *c, struct str text, struct str *ret)
{
	struct json *j;
	int rc;

	if (text.n > ISSUER_ANSWER_MAX)
		return err_set(
		    c, ERR_LIMIT, "the issuer's answer: larger than %d bytes", ISSUER_ANSWER_MAX);
	rc = json_parse_loose(c, "the issuer's answer", text, &j);
	if (rc == 0 && json_text(j, "id_token").n == 0)
		rc = err_set(c, ERR_INVALID, "the issuer's answer: there is no id_token");
	if (rc == 0 && !str_is_nocase(json_text(j, "token_type"), "Bearer"))
		rc = err_set(c, ERR_INVALID, "the issuer's answer: token_type is not Bearer");
	if (rc == 0)
		*ret = json_text(j, "id_token");
	return rc;
}
