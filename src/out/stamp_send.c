#include "out/stamp_send.h"

#include "kind/host.h"
#include "out/net.h"
#include "proof/stamp.h"

enum { SECONDS = 30 };

static struct json *head_of(struct ctx *c, struct str url, struct str ca)
{
	struct json *j = json_map(c), *headers = json_list(c);

	json_add(c, headers, json_of_text(c, STR("Content-Type: application/timestamp-query")));
	json_add(c, headers, json_of_text(c, STR("User-Agent: Writ")));
	json_set_text(c, j, "kind", STR("web"));
	json_set_text(c, j, "url", url);
	json_set_text(c, j, "method", STR("POST"));
	json_set(c, j, "headers", headers);
	json_set_int(c, j, "seconds", SECONDS);
	json_set_int(c, j, "limit", STAMP_REPLY_MAX);
	if (ca.n > 0)
		json_set_text(c, j, "ca", ca);
	return j;
}

int stamp_send_next(struct ctx *c, struct instance *in, struct str ca, struct str trusted)
{
	struct net_answer a = {0};
	struct stamp_due due;
	struct instant at;
	struct host h;
	uint64_t nonce;
	int rc = stamp_take(c, in, &due);

	if (rc == 0)
		rc = host_parse(c, in->net.tsa_url, "https http", &h);
	if (rc != 0)
		return rc;
	ctx_random(c, &nonce, sizeof nonce);
	nonce = nonce >> 1 | 1;
	rc = net_ask(
	    c, h.port, head_of(c, in->net.tsa_url, ca), stamp_question(c, due.manifest, nonce), &a);
	if (rc == 0 && (a.did != NET_DONE || a.status != 200))
		rc = err_set(c, ERR_FAIL, "time stamp: %s", net_word(a.did));
	if (rc == 0)
		rc = stamp_check(c, a.body, due.manifest, nonce, trusted, &at);
	return rc == 0 ? stamp_keep(c, in, due.production, a.body, at) : rc;
}
