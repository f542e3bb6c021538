#include "out/net.h"

#include "desk/net_conf.h"
#include "os/spawn.h"

enum { GRACE = 10, BODY_MAX = 32 << 20 };

static const struct {
	const char *word, *says;
} words[] = {[NET_DONE] = {"done", "answered"},
    [NET_REFUSED] = {"refused", "the server did not take it"},
    [NET_SIGN_IN] = {"sign_in", "the server did not let us in"},
    [NET_NAME] = {"name", "there is no such host"},
    [NET_CONNECT] = {"connect", "no connection"},
    [NET_TLS] = {"tls", "not encrypted, or its certificate does not hold"},
    [NET_TIME] = {"time", "no answer in time"},
    [NET_LIMIT] = {"limit", "a longer answer than is taken"},
    [NET_BROKEN] = {"broken", "the connection broke off"}};
enum { WORDS = sizeof words / sizeof words[0] };

const char *net_word(enum net_did did)
{
	return words[did].says;
}

static int answer_read(struct ctx *c, struct str text, struct net_answer *ret)
{
	struct str head, body, did;
	const struct json *status, *wait;
	struct json *j;
	int rc;

	if (!str_cut(text, '\n', &head, &body))
		return err_set(c, ERR_FAIL, "writ-net: no answer");
	rc = json_parse(c, "writ-net", head, &j);
	if (rc != 0)
		return rc;
	did = json_text(j, "did");
	status = json_find(j, "status");
	wait = json_find(j, "wait");
	for (size_t i = 0; i < WORDS; i++)
		if (str_is(did, words[i].word) && status != NULL && status->kind == JSON_INT) {
			*ret = (struct net_answer){(enum net_did)i, (int)status->num,
			    wait != NULL ? (int)wait->num : 0, body};
			return 0;
		}
	return err_set(c, ERR_FAIL, "writ-net: an answer of another form");
}

int net_ask(
    struct ctx *c, int port, const struct json *head, struct str body, struct net_answer *ret)
{
	const char *argv[] = {NULL, NULL};
	const int ports[] = {port, NET_DNS_PORT};
	struct buf b = buf_init(c, BODY_MAX);
	struct spawn how = {.argv = argv,
	    .in = SPAWN_IN_TEXT,
	    .out = SPAWN_OUT_TEXT,
	    .out_limit = NET_ANSWER_MAX + 4096,
	    .seconds = (int)json_find(head, "seconds")->num + GRACE,
	    .boxed = true,
	    .ports = ports,
	    .n_ports = 2};
	struct spawn_result result;
	struct str program;
	int rc = spawn_helper(c, "writ-net", &program);

	if (rc != 0)
		return rc;
	argv[0] = program.p;
	json_put(&b, head);
	buf_putc(&b, '\n');
	buf_put(&b, body);
	rc = buf_end(&b, "a request to another machine", &how.in_text);
	if (rc == 0)
		rc = spawn_run(c, &how, &result);
	if (rc == 0 && result.status != 0)
		rc = err_set(c, ERR_FAIL, "writ-net ended with status %d", result.status);
	return rc == 0 ? answer_read(c, result.out, ret) : rc;
}
