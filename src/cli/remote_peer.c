#include "cli/remote_peer.h"

#include <stdlib.h>
#include <string.h>

#include "os/file.h"
#include "out/net.h"

enum { SECONDS = 60, SECONDS_MAX = 600, SECRET_MAX = 4096, PEM_MAX = 1 << 20, TRIES = 2 };

/* ---- what the general options name ---- */

/* Of those who run on behalf of others a file is more than they want to leave behind. */
static int read_token(struct cli *cli, struct str *ret)
{
	const char *given = getenv("WRIT_TOKEN");
	struct str text = STR("");
	int rc = 0;

	if (cli->secret.n > 0)
		rc = file_read(cli->c, str_is(cli->secret, "-") ? "/proc/self/fd/0" : cli->secret.p,
		    SECRET_MAX, &text);
	else if (given != NULL)
		text = str_make(cli->c, str_of(given));
	(void)unsetenv("WRIT_TOKEN"); /* nothing that is started from here has a use for it */
	*ret = str_trim(text);
	if (rc == 0 && ret->n == 0)
		rc = err_set(cli->c, ERR_INVALID, "--server needs --secret FILE, or WRIT_TOKEN");
	return rc;
}

static int read_pem(struct cli *cli, const char *option, struct str path, struct str *ret)
{
	int rc = path.n == 0 ? 0 : file_read(cli->c, path.p, PEM_MAX, ret);

	if (rc == 0 && path.n > 0 && strstr(ret->p, "-----BEGIN ") == NULL)
		rc = err_set(cli->c, ERR_INVALID, "no PEM");
	return rc == 0 ? 0 : err_while(cli->c, rc, "%s", option);
}

static int read_certificates(struct cli *cli, struct remote_peer *p)
{
	const char *usual = getenv("WRIT_CA");
	struct str ca = cli->ca;
	int rc;

	if (ca.n == 0 && usual != NULL)
		ca = str_of(usual);
	rc = read_pem(cli, "--ca", ca, &p->ca);
	if (rc == 0 && (cli->cert.n > 0) != (cli->key.n > 0))
		rc = err_set(cli->c, ERR_INVALID, "--cert and --key belong together");
	if (rc == 0)
		rc = read_pem(cli, "--cert", cli->cert, &p->certificate);
	return rc == 0 ? read_pem(cli, "--key", cli->key, &p->key) : rc;
}

int remote_peer_open(struct cli *cli, struct remote_peer *ret)
{
	struct ctx *c = cli->c;
	struct remote_peer p = {.c = c, .once = cli->idempotency, .seconds = SECONDS};
	unsigned char raw[16];
	int rc = host_parse(c, cli->server, "https http", &p.host);

	if (rc == 0 && !p.host.here && !str_is(p.host.scheme, "https"))
		rc = err_set(c, ERR_INVALID, "--server: http:// is for this machine alone");
	if (rc == 0 && cli->timeout.n > 0 &&
	    (!str_i64(cli->timeout, &p.seconds) || p.seconds < 1 || p.seconds > SECONDS_MAX))
		rc = err_set(c, ERR_INVALID, "--timeout: seconds from 1 to %d", SECONDS_MAX);
	if (rc == 0)
		rc = read_token(cli, &p.token);
	if (rc == 0)
		rc = read_certificates(cli, &p);
	if (rc != 0)
		return rc;
	p.base = (struct str){cli->server.p, cli->server.n - p.host.path.n};
	cli->server_port = p.host.port;
	if (p.once.n == 0) {
		ctx_random(c, raw, sizeof raw);
		p.once = text_hex(c, raw, sizeof raw);
	}
	*ret = p;
	return 0;
}

/* ---- asking ---- */

static struct json *head_of(const struct remote_peer *p, const struct remote_asked *ask)
{
	struct ctx *c = p->c;
	struct json *j = json_map(c), *headers = json_list(c);

	json_add(c, headers,
	    json_of_text(c, str_fmt(c, "Authorization: Bearer %.*s", STR_ARG(p->token))));
	if (ask->post && ask->once)
		json_add(c, headers,
		    json_of_text(c, str_fmt(c, "Idempotency-Key: %.*s", STR_ARG(p->once))));
	json_set_text(c, j, "kind", STR("web"));
	json_set_text(c, j, "url", str_fmt(c, "%.*s%.*s", STR_ARG(p->base), STR_ARG(ask->path)));
	json_set_text(c, j, "method", ask->post ? STR("POST") : STR("GET"));
	json_set(c, j, "headers", headers);
	json_set_int(c, j, "seconds", p->seconds);
	json_set_int(c, j, "limit", NET_ANSWER_MAX);
	if (p->ca.n > 0)
		json_set_text(c, j, "ca", p->ca);
	if (p->certificate.n > 0) {
		json_set_text(c, j, "certificate", p->certificate);
		json_set_text(c, j, "key", p->key);
	}
	return j;
}

/* It did not answer: where that was after it had been asked, an act may have happened. */
static int unanswered(
    struct remote_peer *p, const struct remote_asked *ask, const struct net_answer *a)
{
	if (ask->post && ask->once && (a->did == NET_BROKEN || a->did == NET_TIME))
		return err_set(p->c, ERR_FAIL,
		    "the server: %s. Whether it happened is not known: the same command with "
		    "--idempotency %.*s does it once",
		    net_word(a->did), STR_ARG(p->once));
	return err_set(p->c, ERR_FAIL, "the server: %s", net_word(a->did));
}

/* ---- what it answers in place of a value ---- */

static int by_word(struct str word)
{
	static const struct {
		const char *word;
		int code;
	} words[] = {{"not_found", ERR_NOTFOUND}, {"conflict", ERR_CONFLICT},
	    {"denied", ERR_DENIED}, {"invalid", ERR_INVALID}, {"limit", ERR_LIMIT}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(word, words[i].word))
			return words[i].code;
	return 0;
}

/* Of a page: by a server in front, or refused before anything was looked at. */
static int by_status(int status)
{
	switch (status) {
	case 400:
		return ERR_INVALID;
	case 403:
		return ERR_DENIED;
	case 404:
		return ERR_NOTFOUND;
	case 409:
		return ERR_CONFLICT;
	case 413:
		return ERR_LIMIT;
	default:
		return ERR_FAIL;
	}
}

static int wait_first(struct remote_peer *p, const struct net_answer *a, int code, const char *why)
{
	if (a->wait > 0)
		return err_set(p->c, code, "the server: %s: try again in %d seconds", why, a->wait);
	return err_set(p->c, code, "the server: %s: try again later", why);
}

static int refused(struct remote_peer *p, const struct net_answer *a, const struct json *j)
{
	struct str word = json_text(j, "error"), says = json_text(j, "says");
	int code = by_word(word);

	if (a->status == 401)
		return err_set(p->c, ERR_DENIED,
		    "the server does not know this token, or its time is over (writ user token)");
	if (a->status == 429)
		return wait_first(p, a, ERR_LIMIT, "too much was asked");
	if (a->status == 503)
		return wait_first(p, a, ERR_FAIL, "it is not ready");
	if (code == 0)
		return err_set(
		    p->c, by_status(a->status), "the server answered with status %d", a->status);
	if (says.n == 0)
		says = word;
	return err_set(p->c, code, "%.*s", STR_ARG(says));
}

int remote_peer_ask(struct remote_peer *p, const struct remote_asked *ask, struct json **ret)
{
	struct ctx *c = p->c;
	struct net_answer a = {.did = NET_BROKEN};
	struct json *j = NULL;
	int rc = 0;

	for (int i = 0; i < TRIES && rc == 0 && a.did == NET_BROKEN; i++)
		rc = net_ask(c, p->host.port, head_of(p, ask), ask->form, &a);
	if (rc != 0)
		return rc;
	if (a.did != NET_DONE)
		return unanswered(p, ask, &a);
	if (json_parse(c, "the server's answer", a.body, &j) != 0) {
		err_clear(c);
		j = NULL;
	}
	if (a.status != 200 || j == NULL)
		return refused(p, &a, j);
	*ret = j;
	return 0;
}
