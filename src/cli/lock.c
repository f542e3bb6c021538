#include "cli/lock.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/data_map.h"
#include "os/box.h"
#include "os/file.h"
#include "os/spawn.h"
#include "out/seal.h"
#include "store/db.h"

enum {
	FOLDER = 8, /* also what lies beside it */
	URL = 16    /* no path: the address of a database */
};

static const struct {
	const char *option;
	unsigned may;
} options[] = {{"--map", BOX_READ}, {"--en", BOX_READ}, {"--de", BOX_READ}, {"--file", BOX_READ},
    {"--target-file", BOX_READ}, {"--to-file", BOX_READ}, {"--targets", BOX_READ},
    {"--reason-file", BOX_READ}, {"--address-file", BOX_READ}, {"--to-whom-file", BOX_READ},
    {"--dir", BOX_READ}, {"--key", BOX_READ}, {"--shape", BOX_READ}, {"--secret", BOX_READ},
    {"--deposit", BOX_READ}, {"--came", BOX_READ}, {"--out", BOX_WRITE | BOX_READ},
    {"--html", BOX_WRITE | BOX_READ}, {"--receipt", BOX_WRITE | BOX_READ},
    {"--secret-out", BOX_WRITE | BOX_READ}, {"--seen", BOX_WRITE | BOX_READ},
    {"--database-owner", URL}};

static const struct {
	const char *family, *name;
	unsigned may;
	size_t from; /* what stands before is no path */
} commands[] = {{"demand", "add", BOX_READ | FOLDER, 0}, {"import", "closed", BOX_READ, 0},
    {"import", "demands", BOX_READ, 0}, {"log", "check-proof", BOX_READ, 0},
    {"log", "verify", BOX_READ, 0}, {"log", "export", BOX_WRITE | BOX_READ, 0},
    {"backup", "", BOX_WRITE | BOX_READ, 0}, {"site", "build", BOX_WRITE | BOX_READ, 0},
    {"db", "copy", URL, 0}, {"law", "check", BOX_READ | FOLDER, 0}, {"law", "explain", BOX_READ, 0},
    {"check", "", BOX_READ, 0}, {"webhook", "verify", BOX_READ, 0}, {"scope", "check", BOX_READ, 0},
    {"ticket", "verify", BOX_READ, 0}, {"ticket", "upload", BOX_READ, 0},
    {"audit", "", BOX_READ, 0}, {"open", "", BOX_READ, 0}, {"production", "mail", BOX_READ, 1},
    {"production", "medium", BOX_WRITE | BOX_READ | FOLDER, 1}};

static void add(struct cli *cli, struct str path, unsigned may)
{
	cli->paths =
	    mem_grow(cli->c, cli->paths, cli->n_paths, &cli->cap_paths, sizeof *cli->paths);
	cli->paths[cli->n_paths++] = (struct box_path){str_z(cli->c, path), may};
}

static struct str folder_of(struct ctx *c, struct str path)
{
	size_t n = path.n;

	while (n > 1 && path.p[n - 1] == '/')
		n--;
	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return n == 0 ? STR(".") : str_make(c, (struct str){path.p, n});
}

/* What is to be written is made in its folder, under another name first; where there is no such
 * folder either, it is made in the next above. */
static void add_argument(struct cli *cli, struct str path, unsigned may)
{
	if (may == URL) {
		cli->urls =
		    mem_grow(cli->c, cli->urls, cli->n_urls, &cli->cap_urls, sizeof *cli->urls);
		cli->urls[cli->n_urls++] = path;
		return;
	}
	add(cli, path, may & ~(unsigned)FOLDER);
	if ((may & (BOX_WRITE | FOLDER)) == 0)
		return;
	do {
		path = folder_of(cli->c, path);
	} while (!file_exists(path.p) && !str_is(path, ".") && !str_is(path, "/"));
	add(cli, path, may & ~(unsigned)FOLDER);
}

static unsigned option_may(const char *name)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (strcmp(options[i].option, name) == 0)
			return options[i].may;
	return 0;
}

/* "ITEM=PATH" where the command has it so. */
static void add_value(struct cli *cli, const char *option, struct str value)
{
	struct str item, path;

	if (strcmp(option, "--file") == 0 && str_cut(value, '=', &item, &path))
		value = path;
	add_argument(cli, value, option_may(option));
}

void lock_note(
    struct cli *cli, const struct cli_opt *opts, size_t n, const struct str *pos, size_t n_pos)
{
	for (size_t i = 0; i < n; i++) {
		if (option_may(opts[i].name) == 0 || !opts[i].given)
			continue;
		if (!opts[i].many)
			add_value(cli, opts[i].name, opts[i].value);
		for (size_t v = 0; opts[i].many && v < opts[i].n; v++)
			add_value(cli, opts[i].name, opts[i].values[v]);
	}
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].family, cli->command->family) == 0 &&
		    strcmp(commands[i].name, cli->command->name) == 0)
			for (size_t p = commands[i].from; p < n_pos; p++)
				add_argument(cli, pos[p], commands[i].may);
}

/* The folder in which a file lies that others replace, and where it leads to: a new file is not
 * reached by what was left for the old one. */
static void add_replaced(struct cli *cli, struct str path)
{
	char *real;

	if (path.n == 0)
		return;
	path = instance_path(cli->c, cli->in, path);
	add(cli, folder_of(cli->c, path), BOX_READ);
	real = realpath(path.p, NULL);
	if (real != NULL)
		add(cli, folder_of(cli->c, str_of(real)), BOX_READ);
	free(real);
}

/* The instance's folders, wherever writ.yaml puts them. */
static void add_instance(struct cli *cli)
{
	struct ctx *c = cli->c;
	const struct instance *in = cli->in;

	add(cli, cli->dir, BOX_READ | BOX_WRITE);
	if (in == NULL)
		return;
	add(cli, instance_path(c, in, in->blobs), BOX_READ | BOX_WRITE);
	add(cli, instance_path(c, in, in->keys), BOX_READ | BOX_WRITE);
	add_argument(cli, instance_path(c, in, in->journal), BOX_READ | BOX_WRITE);
	if (in->net.tsa_ca.n > 0)
		add(cli, instance_path(c, in, in->net.tsa_ca), BOX_READ);
	if (in->own_law.n > 0)
		add(cli, instance_path(c, in, in->own_law), BOX_READ);
	add_argument(cli, in->database, URL);
	if ((cli->command->needs & CLI_SERVES) == 0)
		return;
	add_argument(cli, instance_path(c, in, in->serve.spool), BOX_READ | BOX_WRITE);
	if (in->serve.site.n > 0)
		add(cli, instance_path(c, in, in->serve.site), BOX_READ);
	if (in->serve.metrics_token.n > 0)
		add(cli, instance_path(c, in, in->serve.metrics_token), BOX_READ);
	add_replaced(cli, in->serve.tls_certificate);
	add_replaced(cli, in->serve.tls_key);
	add_replaced(cli, in->serve.tls_clients);
	if (in->net.smtp_password.n > 0)
		add(cli, instance_path(c, in, in->net.smtp_password), BOX_READ);
	if (in->net.ca.n > 0)
		add(cli, instance_path(c, in, in->net.ca), BOX_READ);
	if (in->oidc.secret.n > 0)
		add(cli, instance_path(c, in, in->oidc.secret), BOX_READ);
}

/* The databases: the instance's, and those that the arguments name. */
static int add_databases(struct cli *cli, struct box_leave *leave)
{
	int *ports =
	    mem_array(cli->c, cli->n_urls * DB_PORTS_MAX + NET_PORTS_MAX + 6, sizeof *ports);
	bool serves = (cli->command->needs & CLI_SERVES) != 0 && cli->in != NULL;

	if (cli->server_port > 0) {
		ports[leave->n_ports++] = cli->server_port;
		ports[leave->n_ports++] = NET_DNS_PORT;
	}
	/* for the processes that speak to other machines, which it starts */
	for (size_t i = 0; serves && i < cli->in->net.n_ports; i++)
		ports[leave->n_ports++] = cli->in->net.ports[i];
	if (serves && cli->in->oidc.issuer.n > 0) {
		ports[leave->n_ports++] = cli->in->oidc.port;
		ports[leave->n_ports++] = NET_DNS_PORT;
	}
	for (size_t i = 0; i < cli->n_urls; i++) {
		struct str url =
		    cli->in != NULL ? instance_url(cli->c, cli->in, cli->urls[i]) : cli->urls[i];
		struct db_reach reach;
		int rc = db_reach(cli->c, url, &reach);

		if (rc != 0)
			return rc;
		if (str_starts(url, "sqlite:"))
			add(cli, folder_of(cli->c, (struct str){url.p + 7, url.n - 7}),
			    BOX_READ | BOX_WRITE);
		for (size_t k = 0; k < reach.n_files; k++)
			add(cli, reach.files[k], BOX_READ);
		leave->local = leave->local || reach.local;
		for (size_t k = 0; k < reach.n_ports; k++)
			ports[leave->n_ports++] = reach.ports[k];
	}
	leave->ports = ports;
	return 0;
}

static void add_words(struct cli *cli, struct str words, unsigned may)
{
	struct str word;

	while (str_word(&words, &word))
		add(cli, word, may);
}

/* The connectors, where one may be run, here or by a process that is started: what each may reach
 * is less than this process may. A socket of one is connected to out here. */
static void add_connectors(struct cli *cli, struct box_leave *leave)
{
	struct data_map map;

	if (cli->in == NULL || cli->in->map.n == 0 ||
	    (strcmp(cli->command->family, "service") != 0 &&
		strcmp(cli->command->family, "ticket") != 0 &&
		(cli->command->needs & CLI_SERVES) == 0))
		return;
	add_replaced(cli, cli->in->map);
	if (data_map_load(cli->c, cli->in, &map) != 0) {
		err_clear(cli->c); /* it is told when it is read */
		return;
	}
	for (size_t i = 0; i < map.n; i++) {
		if (map.v[i].program.n > 0)
			add(cli, map.v[i].program, BOX_EXEC);
		add_words(cli, map.v[i].reads, BOX_READ);
		add_words(cli, map.v[i].runs, BOX_EXEC);
		leave->local = leave->local || map.v[i].socket.n > 0;
	}
}

/* Itself, for the roles; what seals; and the helpers that are there. */
static void add_programs(struct cli *cli)
{
	static const char *const helpers[] = {
	    "writ-typeset", "writ-solve", "writ-net", "writ-seal"};

	add(cli, STR("/proc/self/exe"), BOX_EXEC);
	for (size_t i = 0; i < SEAL_TOOLS; i++)
		add(cli, str_of(seal_tools[i]), BOX_EXEC);
	for (size_t i = 0; i < sizeof helpers / sizeof helpers[0]; i++) {
		struct str path;

		if (spawn_helper(cli->c, helpers[i], &path) == 0)
			add(cli, path, BOX_EXEC);
		else
			err_clear(cli->c); /* it is missed when it is wanted */
	}
}

int lock_in(struct cli *cli)
{
	struct box_leave leave = {0};
	int rc;

	if (cli->locked || (cli->command->needs & CLI_OUTSIDE) != 0)
		return 0;
	cli->locked = true;
	add_instance(cli);
	add_programs(cli);
	add_connectors(cli, &leave);
	if (getenv("TZDIR") != NULL)
		add(cli, str_of(getenv("TZDIR")), BOX_READ);
	if (cli->secret.n > 0) /* whose it is may be asked for later */
		add(cli, str_is(cli->secret, "-") ? STR("/proc/self/fd/0") : cli->secret, BOX_READ);
	rc = add_databases(cli, &leave);
	if (rc != 0)
		return rc;
	leave.paths = box_programs(cli->c, cli->paths, cli->n_paths, &leave.n_paths);
	/* who is who on this machine may be a question to a service */
	leave.local = leave.local || strcmp(cli->command->family, "user") == 0;
	return box_confine(
	    cli->c, (cli->command->needs & CLI_SERVES) != 0 ? BOX_SERVE : BOX_CLI, &leave);
}
