#include "cli/cmd.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/lock.h"
#include "os/crew.h"
#include "os/listen.h"

static const char everyday[] = "127.0.0.1:8780";

enum { PROCESSES = 2, PROCESSES_MAX = CREW_MAX - 3 };

static int processes(struct ctx *c, const struct cli_opt *o, size_t *ret)
{
	int64_t n = PROCESSES;

	if (o->given && (!str_i64(o->value, &n) || n < 1 || n > PROCESSES_MAX))
		return err_set(
		    c, ERR_INVALID, "--processes: want a number from 1 to %d", PROCESSES_MAX);
	*ret = (size_t)n;
	return 0;
}

/* After the address was understood. */
static int plain_check(struct ctx *c, const struct instance_serve *s, struct str address)
{
	if (s->tls_key.n > 0 || s->proxy.n > 0 || listen_is_own(c, address))
		return 0;
	return err_set(c, ERR_DENIED,
	    "%.*s: other machines come here, and what is sent without TLS can be read on its way: "
	    "writ.yaml has to name a certificate (tls_certificate, tls_key), or the server in "
	    "front (proxy)",
	    STR_ARG(address));
}

/* What needs root's rights, if anything does, and then without them. */
static int listen_as_user(struct ctx *c, const struct instance *in, struct str address, int *ret)
{
	bool root = listen_is_root();
	int rc = 0;

	if (root && in->serve.user.n == 0)
		return err_set(c, ERR_DENIED,
		    "writ does not serve as root: writ.yaml names no user to become (user)");
	rc = listen_open(c, address, ret);
	if (rc == 0)
		rc = plain_check(c, &in->serve, address);
	return rc == 0 && root ? listen_drop(c, in->serve.user) : rc;
}

/* The web processes work elsewhere, so that the folder is named in full. */
static int config_make(struct ctx *c, struct str dir, struct str *ret)
{
	char *full = realpath(str_z(c, dir), NULL);
	struct json *j = json_map(c);

	if (full == NULL)
		return err_set(c, ERR_NOTFOUND, "the instance's folder cannot be reached");
	json_set_text(c, j, "dir", str_make(c, str_of(full)));
	json_set_int(c, j, "now", c->fixed_now);
	*ret = json_str(c, j);
	free(full);
	return 0;
}

static int serve(struct cli *cli)
{
	struct ctx *c = cli->c;
	struct cli_opt o[] = {{.name = "--listen"}, {.name = "--processes"}};
	struct crew crew = {.parts = {{"web", 0}, {"work", 1}}, .n_parts = 2, .listen_fd = -1};
	struct str pos[1], address;
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 0, &n);

	if (rc == 0)
		rc = processes(c, &o[1], &crew.parts[0].n);
	if (rc == 0)
		rc = instance_read(c, cli->dir, &cli->in);
	if (rc != 0)
		return rc;
	address = o[0].given                    ? o[0].value
		  : cli->in->serve.listen.n > 0 ? cli->in->serve.listen
						: str_of(everyday);
	rc = listen_as_user(c, cli->in, address, &crew.listen_fd);
	if (rc == 0)
		rc = config_make(c, cli->dir, &crew.config);
	if (cli->in->net.n_ports > 0)
		crew.parts[crew.n_parts++] = (struct crew_part){"post", 1};
	if (cli->in->oidc.issuer.n > 0)
		crew.parts[crew.n_parts++] = (struct crew_part){"issuer", 1};
	if (rc == 0)
		rc = lock_in(cli);
	if (rc == 0) {
		(void)fprintf(stderr, "writ: listening on %.*s\n", STR_ARG(address));
		rc = crew_run(c, &crew);
	}
	if (crew.listen_fd >= 0)
		(void)close(crew.listen_fd);
	return rc;
}

const struct cli_command cmd_serve_table[] = {
    {"serve", "", "[--listen ADDR:PORT] [--processes N]",
	"answer the network: the public site, and whether the service is well",
	CLI_LATER | CLI_SERVES, serve},
    {0}};
