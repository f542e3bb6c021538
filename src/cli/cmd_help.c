#include "cli/cmd.h"

#include <sys/stat.h>

#include "desk/erase.h"
#include "os/box.h"
#include "os/file.h"
#include "os/listen.h"
#include "os/spawn.h"
#include "out/view_settings.h"
#include "store/epoch.h"

/* ---- help ---- */

static int table_line(const struct cli_command *cmd, void *arg)
{
	(void)arg;
	(void)printf("%s%s%s\t%s\t%s\n", cmd->family, cmd->name[0] == '\0' ? "" : " ", cmd->name,
	    cmd->args, cmd->help);
	return 0;
}

static int help_line(const struct cli_command *cmd, void *arg)
{
	(void)arg;
	(void)printf("  %s%s%s %s\n      %s\n", cmd->family, cmd->name[0] == '\0' ? "" : " ",
	    cmd->name, cmd->args, cmd->help);
	return 0;
}

static int help(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--table", .flag = true}, {.name = "--help", .flag = true}};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc != 0)
		return rc;
	if (o[0].given)
		return cli_each(table_line, NULL);
	(void)printf("Writ: receives, reviews, decides, fulfils and publicly accounts for "
		     "governments' demands for user data.\n\n"
		     "usage: writ [-d DIR] [--json] [--as NAME] [--secret FILE] COMMAND ...\n"
		     "       writ --server URL --secret FILE [--ca FILE] COMMAND ...\n\n");
	return cli_each(help_line, NULL);
}

/* ---- doctor ---- */

struct doctor {
	struct cli *cli;
	struct json *list;
	bool all_well;
};

static void report(struct doctor *d, bool well, const char *what, struct str text)
{
	struct json *j = json_map(d->cli->c);

	d->all_well = d->all_well && well;
	json_set_text(d->cli->c, j, "what", str_of(what));
	json_set_bool(d->cli->c, j, "well", well);
	json_set_text(d->cli->c, j, "text", text);
	json_add(d->cli->c, d->list, j);
	if (!d->cli->json)
		(void)printf("%s %-10s %.*s\n", well ? "ok  " : "LOOK", what, STR_ARG(text));
}

static void check_key(struct doctor *d, const char *dir, const char *name)
{
	struct ctx *c = d->cli->c;
	struct str path = str_fmt(c, "%s/%s", dir, name);
	struct stat st;
	bool well = stat(path.p, &st) == 0 && (st.st_mode & 077) == 0;

	report(d, well, "keys",
	    str_fmt(c, "%s %s", name,
		well ? "is there and nobody else may read it"
		     : "is missing, or others than its owner may read it"));
}

/* What the house's client shows to its OpenID provider. */
static void check_secret(struct doctor *d)
{
	const struct instance *in = d->cli->in;
	struct stat st;

	if (in->oidc.issuer.n == 0)
		return;
	if (stat(instance_path(d->cli->c, in, in->oidc.secret).p, &st) != 0)
		report(
		    d, false, "openid", STR("the client's secret cannot be found (oidc_secret)"));
	else if ((st.st_mode & 077) != 0)
		report(
		    d, false, "openid", STR("others may read the client's secret (oidc_secret)"));
}

/* Signer and database, and whether the journal would be lost with the rows. */
static int check_keeping(struct doctor *d)
{
	struct ctx *c = d->cli->c;
	struct instance *in = d->cli->in;
	struct str journal = instance_path(c, in, in->journal);
	struct epoch_look look;
	struct stat here, there;
	int rc = epoch_look(c, in->store.db, instance_path(c, in, in->keys).p, &look);

	if (rc == ERR_DENIED) {
		report(d, true, "signer", STR("not for this process to read"));
		err_clear(c);
	} else if (rc != 0) {
		return rc;
	} else {
		report(d, look.stand == EPOCH_GOES_ON, "signer", str_of(look.why));
	}
	if (stat(journal.p, &there) == 0 && stat(in->dir.p, &here) == 0)
		report(d, true, "journal",
		    here.st_dev == there.st_dev
			? STR("is on the same disk as the instance: put it on another one "
			      "(writ.yaml)")
			: STR("is on a disk of its own"));
	return 0;
}

/* No number: what waits may be sealed. */
static int check_erasures(struct doctor *d)
{
	int64_t n;
	int rc = erase_unfinished(d->cli->c, d->cli->in, &n);

	if (rc == 0 && n > 0)
		report(d, false, "erasure",
		    STR("what was erased still lies in files: writ erase finish"));
	return rc;
}

static void say_database(void *arg, bool well, struct str line)
{
	report(arg, well, "database", line);
}

/* The ledger's last slot, and what waits to be sent. */
static int check_rows(struct doctor *d)
{
	struct ctx *c = d->cli->c;
	struct json *rows = json_list(c);
	int rc = view_settings_rows(c, d->cli->in, rows);

	for (size_t i = 0; rc == 0 && i < rows->n; i++)
		report(d, json_find(rows->at[i], "well")->yes,
		    str_z(c, json_text(rows->at[i], "what")), json_text(rows->at[i], "text"));
	return rc;
}

/* ---- walls ---- */

/* The roles that this program has, and what each of them does. */
static const struct {
	enum box_role role;
	const char *job;
} roles[] = {{BOX_CLI, "commands: what you type"}, {BOX_PARSE, "reads what strangers sent"},
    {BOX_SIGNER, "holds the log's keys"}, {BOX_TOOL, "outside programs: age, the helpers"},
    {BOX_SERVE, "writ serve: starts the web processes"}, {BOX_WEB, "answers the network"},
    {BOX_WORK, "beside the web: jobs, mails, webhooks"},
    {BOX_NET, "speaks to other machines: writ-net"}};
enum { N_ROLES = sizeof roles / sizeof roles[0] };

/* What somebody who keeps the machine can do about it. */
static const char *advice(const struct box_trial *t, int abi)
{
	if (!t->starts && abi < 1)
		return "it does not start: this kernel has no Landlock (Linux 5.13, and "
		       "\"landlock\" "
		       "in the boot "
		       "parameter lsm=)";
	if (!t->starts)
		return "it does not start: seccomp is missing or forbidden here (a container's "
		       "policy?)";
	if (abi < 1)
		return "this kernel has no Landlock: boot one from 5.13 with \"landlock\" in lsm=";
	if (!t->holds[BOX_WALL_OTHERS])
		return "signals go out: closed from Linux 6.12 on (Landlock ABI 6); run nothing "
		       "else as this user";
	return "a wall does not hold on this machine";
}

static struct str trial_line(
    struct ctx *c, enum box_role role, const char *job, const struct box_trial *t, bool *ret_well)
{
	struct buf b = buf_init(c, 1024);

	*ret_well = t->starts;
	buf_fmt(&b, "%-10s", box_role_name(role));
	for (unsigned w = 0; w < BOX_WALLS; w++) {
		buf_fmt(&b, " %-9s", t->starts && t->holds[w] ? "holds" : "OPEN");
		*ret_well = *ret_well && t->holds[w];
	}
	buf_fmt(&b, "  %s", *ret_well ? job : advice(t, box_landlock()));
	return buf_str(&b);
}

static void report_trial(struct doctor *d, size_t i)
{
	struct ctx *c = d->cli->c;
	struct box_trial t = box_try(c, roles[i].role);
	struct json *walls = json_map(c), *j;
	bool well;
	struct str line = trial_line(c, roles[i].role, roles[i].job, &t, &well);

	report(d, well, "wall", line);
	j = d->list->at[d->list->n - 1];
	for (unsigned w = 0; w < BOX_WALLS; w++)
		json_set_bool(c, walls, box_wall_name((enum box_wall)w), t.starts && t.holds[w]);
	json_set_text(
	    c, j, "text", well ? str_of(roles[i].job) : str_of(advice(&t, box_landlock())));
	json_set_text(c, j, "role", str_of(box_role_name(roles[i].role)));
	json_set_bool(c, j, "starts", t.starts);
	json_set(c, j, "walls", walls);
}

static void check_walls(struct doctor *d)
{
	struct ctx *c = d->cli->c;
	struct buf head = buf_init(c, 256);
	int abi = box_landlock();

	report(d, abi >= 1, "landlock",
	    abi < 1 ? STR("none on this kernel: it needs Linux 5.13 and \"landlock\" in the boot "
			  "parameter lsm=")
		    : str_fmt(c, "ABI %d%s", abi,
			  abi >= 6   ? ": paths, TCP ports, signals"
			  : abi >= 4 ? ": paths, TCP ports (signals from ABI 6, Linux 6.12)"
				     : ": paths (TCP ports from ABI 4, Linux 6.7; signals from "
				       "ABI 6, "
				       "Linux 6.12; seccomp stands in where it can)"));
	buf_fmt(&head, "%-10s", "role");
	for (unsigned w = 0; w < BOX_WALLS; w++)
		buf_fmt(&head, " %-9s", box_wall_name((enum box_wall)w));
	if (!d->cli->json)
		(void)printf("     wall       %.*s  a trial for each: locked in, it tried to get "
			     "through\n",
		    STR_ARG(buf_str(&head)));
	for (size_t i = 0; i < N_ROLES; i++)
		report_trial(d, i);
}

/* Programs of Writ's own that are started beside it. */
static void check_helpers(struct doctor *d)
{
	static const struct {
		const char *name, *without;
	} helpers[] = {{"writ-typeset", "no edition can be published (PDF)"},
	    {"writ-check", "`writ check` does not work"},
	    {"writ-solve", "large disclosure audits may stay undecided"},
	    {"writ-net", "no mail, no webhook, no work on another server"},
	    {"writ-seal", "nothing can be sealed"}};

	for (size_t i = 0; i < sizeof helpers / sizeof helpers[0]; i++) {
		struct ctx *c = d->cli->c;
		struct str path;
		bool there = spawn_helper(c, helpers[i].name, &path) == 0;

		err_clear(c);
		report(d, there, "helper",
		    there ? str_fmt(c, "%s is there", helpers[i].name)
			  : str_fmt(
				c, "%s is not installed: %s", helpers[i].name, helpers[i].without));
	}
}

/* ---- the server ---- */

static void check_mode(struct doctor *d, struct str rel, mode_t barred, const char *what)
{
	struct ctx *c = d->cli->c;
	struct str path = instance_path(c, d->cli->in, rel);
	struct stat st;

	if (stat(path.p, &st) != 0)
		report(d, false, "server",
		    str_fmt(c, "%s %.*s cannot be reached", what, STR_ARG(path)));
	else if ((st.st_mode & barred) != 0)
		report(d, false, "server",
		    str_fmt(c, "%s %.*s may be read by others", what, STR_ARG(path)));
}

/* How the network would come to it, and what holds there. */
static void check_server(struct doctor *d)
{
	struct ctx *c = d->cli->c;
	const struct instance_serve *s = &d->cli->in->serve;
	struct str at = s->listen.n > 0 ? s->listen : STR("127.0.0.1:8780"), way, share;
	bool tls = s->tls_key.n > 0, own = listen_is_own(c, at);
	bool well = tls || own || s->proxy.n > 0;

	way = tls              ? STR("TLS")
	      : s->proxy.n > 0 ? str_fmt(c, "plain HTTP, %.*s in front", STR_ARG(s->proxy))
	      : own            ? STR("plain HTTP for this machine alone")
			       : STR("plain HTTP for others, which serve refuses: see "
						"tls_certificate and proxy");
	share = str_fmt(c, "at most %lld requests a second and %lld connections of one address%s",
	    (long long)s->limit_requests, (long long)s->limit_connections,
	    s->limits_given ? "" : ", this machine's own not counted");
	report(d, well, "server",
	    str_fmt(c, "%.*s: %.*s; %.*s", STR_ARG(at), STR_ARG(way), STR_ARG(share)));
	if (tls) {
		check_mode(d, s->tls_certificate, 0, "the certificate");
		check_mode(d, s->tls_key, S_IRWXO, "the key");
	}
	if (s->tls_clients.n > 0)
		check_mode(d, s->tls_clients, 0, "the clients' CA");
	if (file_exists(instance_path(c, d->cli->in, s->spool).p))
		check_mode(d, s->spool, S_IRWXG | S_IRWXO, "the spool");
}

static int doctor(struct cli *cli)
{
	struct doctor d = {cli, json_list(cli->c), true};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	if (rc != 0)
		return rc;
	check_walls(&d);
	check_helpers(&d);
	rc = cli_open(cli, CLI_INSTANCE);
	if (rc != 0)
		return rc;
	if (cli->in->demo)
		report(&d, false, "clock",
		    STR("a demo instance: it takes the day from WRIT_NOW. Never use it for real "
			"demands"));
	check_key(&d, instance_path(cli->c, cli->in, cli->in->keys).p, "instance.key");
	check_key(&d, instance_keys(cli->c, cli->in), "log.key");
	check_key(&d, instance_keys(cli->c, cli->in), "receipt.key");
	check_secret(&d);
	check_server(&d);
	rc = db_integrity(cli->c, cli->in->store.db);
	if (rc == 0)
		rc = db_report(cli->c, cli->in->store.db, say_database, &d);
	if (rc == 0)
		rc = check_keeping(&d);
	if (rc == 0)
		rc = check_erasures(&d);
	if (rc == 0)
		rc = check_rows(&d);
	if (rc == 0 && cli->json)
		cli_put(cli, d.list);
	if (rc == 0 && !d.all_well)
		rc = err_set(cli->c, ERR_FAIL, "something needs a look");
	return rc;
}

const struct cli_command cmd_help_table[] = {
    {"doctor", "", "",
	"which walls stand on this machine, and whether keys, database and ledger are well",
	CLI_OUTSIDE, doctor},
    {"help", "", "[--table]", "every command in one line", CLI_NOTHING, help}, {0}};
