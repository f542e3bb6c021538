#include "out/hook_send.h"

#include <assert.h>

#include "kind/host.h"
#include "out/net.h"

enum { SECONDS = 30, SIGNED_MAX = HOOK_BODY_MAX + 64 };

struct str hook_send_body(struct ctx *c, const struct hook_due *due)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "event", due->event);
	json_set_text(c, j, "id", due->ref);
	json_set_text(c, j, "at", instant_str(c, due->at));
	if (due->matter.n > 0)
		json_set_text(c, j, "case", due->matter);
	else
		json_set_text(c, j, "demand", due->demand);
	return json_str(c, j);
}

static struct hash hmac(struct ctx *c, struct str secret, struct str t, struct str body)
{
	struct buf b = buf_init(c, SIGNED_MAX);

	assert(secret.n == HOOK_SECRET);
	buf_fmt(&b, "%.*s.", STR_ARG(t));
	buf_put(&b, body);
	return hash_keyed((const unsigned char *)secret.p, buf_str(&b));
}

struct str hook_send_sign(struct ctx *c, struct str secret, struct instant t, struct str body)
{
	struct str unix_time = str_fmt(c, "%lld", (long long)t.s);

	return str_fmt(
	    c, "t=%s,v1=%s", unix_time.p, hash_hex(c, hmac(c, secret, unix_time, body)).p);
}

int hook_send_check(
    struct ctx *c, struct str secret, struct str body, struct str signature, struct instant now)
{
	struct str t, v1;
	struct hash got, want;
	int64_t at;

	if (secret.n != HOOK_SECRET || body.n > HOOK_BODY_MAX)
		return err_set(c, ERR_INVALID, "a secret has %d characters, a message at most %d",
		    HOOK_SECRET, HOOK_BODY_MAX);
	if (!str_cut(signature, ',', &t, &v1) || !str_starts(t, "t=") || !str_starts(v1, "v1="))
		return err_set(c, ERR_INVALID, "a signature is t=UNIX,v1=HEX");
	t = (struct str){t.p + 2, t.n - 2};
	v1 = (struct str){v1.p + 3, v1.n - 3};
	if (!str_i64(t, &at) || t.n > 20 || !hash_parse(v1, &got))
		return err_set(c, ERR_INVALID, "a signature is t=UNIX,v1=HEX");
	want = hmac(c, secret, t, body);
	if (!hash_eq(got, want))
		return err_set(c, ERR_DENIED, "the signature is not of this message and secret");
	if (at < now.s - HOOK_AGE_MAX || at > now.s + HOOK_AGE_MAX)
		return err_set(c, ERR_DENIED,
		    "the signature is good, but more than %d seconds from now: a repetition?",
		    HOOK_AGE_MAX);
	return 0;
}

static struct json *head_of(
    struct ctx *c, const struct hook_due *due, struct str body, struct str ca)
{
	struct json *j = json_map(c), *headers = json_list(c);
	struct str sign = hook_send_sign(c, due->secret, (struct instant){ctx_now(c)}, body);

	json_add(c, headers, json_of_text(c, STR("Content-Type: application/json")));
	json_add(c, headers, json_of_text(c, STR("User-Agent: Writ")));
	json_add(c, headers, json_of_text(c, str_fmt(c, "Writ-Signature: %s", sign.p)));
	json_set_text(c, j, "kind", STR("web"));
	json_set_text(c, j, "url", due->url);
	json_set_text(c, j, "method", STR("POST"));
	json_set(c, j, "headers", headers);
	json_set_int(c, j, "seconds", SECONDS);
	if (ca.n > 0)
		json_set_text(c, j, "ca", ca);
	return j;
}

int hook_send_next(struct ctx *c, struct instance *in, struct str ca)
{
	struct net_answer a = {0};
	struct hook_due due;
	struct host h;
	struct str body;
	int rc = hook_take(c, in, &due);

	if (rc != 0)
		return rc;
	body = hook_send_body(c, &due);
	rc = host_parse(c, due.url, "https http", &h);
	if (rc == 0)
		rc = net_ask(c, h.port, head_of(c, &due, body, ca), body, &a);
	if (rc != 0)
		return rc; /* ours: it is due again after the wait */
	return hook_done(c, in, &due, a.did == NET_DONE && a.status >= 200 && a.status <= 299);
}
