#include "out/oidc_ask.h"

#include "in/id_token.h"
#include "kind/host.h"
#include "out/net.h"

enum { SECONDS = 10, FORM_SIZE_MAX = 8192 };

static const char *const net_faults[] = {[NET_DONE] = "",
    [NET_REFUSED] = "net_refused",
    [NET_SIGN_IN] = "net_sign_in",
    [NET_NAME] = "net_name",
    [NET_CONNECT] = "net_connect",
    [NET_TLS] = "net_tls",
    [NET_TIME] = "net_time",
    [NET_LIMIT] = "net_limit",
    [NET_BROKEN] = "net_broken"};

/* ---- one request ---- */

struct request {
	const char *method;
	struct str url, basic, body; /* basic: of the header, "" without */
	int limit;
};

/* *ret_fault: "" when it was answered with 200. */
static int ask(struct ctx *c, const struct request *r, const struct oidc_ask *with,
    struct str *ret_body, const char **ret_fault)
{
	struct json *j = json_map(c), *headers = json_list(c);
	struct net_answer a = {0};
	struct host h;
	int rc = host_parse(c, r->url, "https http", &h);

	json_add(c, headers, json_of_text(c, STR("Accept: application/json")));
	json_add(c, headers, json_of_text(c, STR("User-Agent: Writ")));
	if (r->body.n > 0)
		json_add(c, headers,
		    json_of_text(c, STR("Content-Type: application/x-www-form-urlencoded")));
	if (r->basic.n > 0)
		json_add(
		    c, headers, json_of_text(c, str_fmt(c, "Authorization: Basic %s", r->basic.p)));
	json_set_text(c, j, "kind", STR("web"));
	json_set_text(c, j, "url", r->url);
	json_set_text(c, j, "method", str_of(r->method));
	json_set(c, j, "headers", headers);
	json_set_int(c, j, "seconds", SECONDS);
	json_set_int(c, j, "limit", r->limit);
	if (with->ca.n > 0)
		json_set_text(c, j, "ca", with->ca);
	if (rc == 0)
		rc = net_ask(c, h.port, j, r->body, &a);
	if (rc != 0)
		return rc;
	*ret_body = a.body;
	*ret_fault = a.did != NET_DONE ? net_faults[a.did] : a.status != 200 ? "net_status" : "";
	return 0;
}

/* ---- the document and the keys ---- */

static int get(struct ctx *c, struct str url, int limit, const struct oidc_ask *with,
    struct str *ret, const char **ret_fault)
{
	struct request r = {
	    .method = "GET", .url = url, .basic = STR(""), .body = STR(""), .limit = limit};

	return ask(c, &r, with, ret, ret_fault);
}

static struct str document_url(struct ctx *c, struct str issuer)
{
	if (str_ends(issuer, "/"))
		issuer.n--;
	return str_fmt(c, "%.*s/.well-known/openid-configuration", STR_ARG(issuer));
}

/* What cannot be read is the issuer's fault and no error of ours. */
static bool is_bad(struct ctx *c, int rc)
{
	bool bad = rc == ERR_INVALID || rc == ERR_LIMIT;

	if (bad)
		err_clear(c);
	return bad;
}

static int read_all(struct ctx *c, struct instance *in, const struct oidc_ask *with,
    struct str *ret_document, struct str *ret_keys, const char **fault)
{
	struct issuer at = {0};
	struct json *set;
	int rc =
	    get(c, document_url(c, in->oidc.issuer), ISSUER_TEXT_MAX, with, ret_document, fault);

	if (rc != 0 || **fault != '\0')
		return rc;
	rc = issuer_read(c, *ret_document, in->oidc.issuer, &at);
	if (is_bad(c, rc)) {
		*fault = "document";
		return 0;
	}
	if (rc == 0)
		rc = get(c, at.keys, JWK_SET_MAX, with, ret_keys, fault);
	if (rc != 0 || **fault != '\0')
		return rc;
	rc = jwk_set_read(c, *ret_keys, &set);
	if (!is_bad(c, rc))
		return rc;
	*fault = "keys";
	return 0;
}

static int refresh(struct ctx *c, struct instance *in, const struct oidc_ask *with)
{
	struct str document, keys;
	const char *fault = "";
	int rc = read_all(c, in, with, &document, &keys, &fault);

	if (rc != 0)
		return rc;
	return *fault != '\0' ? oidc_issuer_fault(c, in, fault)
			      : oidc_issuer_put(c, in, document, keys);
}

/* With a clock that stands still, as in demos, a try is due once. */
static bool is_due(const struct ctx *c, const struct oidc_issuer *o)
{
	int64_t now = ctx_now(c);

	if (instant_is_none(o->tried))
		return true;
	if (o->fault.n > 0)
		return now >= o->tried.s + OIDC_RETRY_SECONDS;
	return now >= o->read.s + OIDC_READ_SECONDS;
}

int oidc_ask_document(struct ctx *c, struct instance *in, const struct oidc_ask *with)
{
	struct oidc_issuer o;
	int rc = oidc_issuer_get(c, in, &o);

	return rc == 0 && is_due(c, &o) ? refresh(c, in, with) : rc;
}

/* ---- a code ---- */

static void put(struct buf *b, const char *name, struct str value)
{
	buf_fmt(b, "%s%s=", b->n > 0 ? "&" : "", name);
	host_escape(b, value);
}

/* client_secret_basic: both encoded as in a form, then as Basic has them (RFC 6749, 2.3.1). */
static struct str basic_of(struct ctx *c, struct str client, struct str secret)
{
	struct buf b = buf_init(c, FORM_SIZE_MAX);
	struct str both;

	host_escape(&b, client);
	buf_putc(&b, ':');
	host_escape(&b, secret);
	both = buf_str(&b);
	return text_base64(c, both.p, both.n);
}

static int exchange(struct ctx *c, struct instance *in, const struct oidc_ask *with,
    const struct issuer *at, const struct oidc_round *round, struct str *ret, const char **fault)
{
	struct request r = {.method = "POST",
	    .url = at->token,
	    .basic = at->in_body ? STR("") : basic_of(c, in->oidc.client, with->secret),
	    .limit = ISSUER_ANSWER_MAX};
	struct buf b = buf_init(c, FORM_SIZE_MAX);
	struct str body;
	int rc;

	put(&b, "grant_type", STR("authorization_code"));
	put(&b, "code", round->code);
	put(&b, "redirect_uri", oidc_redirect(c, in));
	put(&b, "code_verifier", round->verifier);
	if (at->in_body) {
		put(&b, "client_id", in->oidc.client);
		put(&b, "client_secret", with->secret);
	}
	rc = buf_end(&b, "a request to the issuer", &r.body);
	if (rc == 0)
		rc = ask(c, &r, with, &body, fault);
	if (rc != 0 || **fault != '\0')
		return rc;
	rc = issuer_token(c, body, ret);
	if (!is_bad(c, rc))
		return rc;
	*fault = "answer";
	return 0;
}

static int check(struct ctx *c, struct instance *in, const struct oidc_issuer *o,
    const struct oidc_round *round, struct str token, struct str *ret_sub, enum id_token_fault *why)
{
	struct id_token_want want = {.issuer = in->oidc.issuer,
	    .client = in->oidc.client,
	    .nonce = round->nonce,
	    .now = {ctx_now(c)},
	    .since = round->fresh ? round->began : INSTANT_NONE};
	struct json *keys;
	int rc = jwk_set_read(c, o->keys, &keys);

	if (rc == 0)
		rc = id_token_check(c, token, keys, &want, ret_sub, why);
	if (rc == ERR_DENIED)
		err_clear(c);
	return rc == ERR_DENIED ? 0 : rc;
}

/* A key that is not known may be new: the issuer is asked for its keys, not too often. */
static int check_twice(struct ctx *c, struct instance *in, const struct oidc_ask *with,
    struct oidc_issuer *o, const struct oidc_round *round, struct str token, struct str *ret_sub,
    const char **fault)
{
	enum id_token_fault why = ID_TOKEN_NO_FAULT;
	int rc = check(c, in, o, round, token, ret_sub, &why);

	if (rc == 0 && why == ID_TOKEN_KEY && ctx_now(c) >= o->tried.s + OIDC_RETRY_SECONDS) {
		rc = refresh(c, in, with);
		if (rc == 0)
			rc = oidc_issuer_get(c, in, o);
		if (rc == 0)
			rc = check(c, in, o, round, token, ret_sub, &why);
	}
	*fault = id_token_fault_word(why);
	return rc;
}

static int round_run(struct ctx *c, struct instance *in, const struct oidc_ask *with,
    const struct oidc_round *round, struct str *ret_sub, const char **fault)
{
	struct oidc_issuer o;
	struct str token;
	int rc = oidc_issuer_get(c, in, &o);

	if (rc == 0 && !o.known) {
		*fault = "issuer_unknown";
		return 0;
	}
	if (rc == 0)
		rc = exchange(c, in, with, &o.at, round, &token, fault);
	if (rc != 0 || **fault != '\0')
		return rc;
	return check_twice(c, in, with, &o, round, token, ret_sub, fault);
}

/* A round that failed on our side is over too: its code was used. */
int oidc_ask_next(struct ctx *c, struct instance *in, const struct oidc_ask *with)
{
	struct oidc_round round;
	struct str sub = STR("");
	const char *fault = "";
	int rc = oidc_next(c, in, &round), ended;

	if (rc != 0)
		return rc;
	rc = round_run(c, in, with, &round, &sub, &fault);
	if (rc != 0 || *fault != '\0')
		sub = STR("");
	ended = oidc_end(c, in, round.id, sub, rc != 0 ? "failed" : fault);
	return rc != 0 ? rc : ended;
}
