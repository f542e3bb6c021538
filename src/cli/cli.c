#include "cli/cli.h"

#include <unistd.h>

#include "base/mem.h"
#include "base/plain.h"
#include "cli/cmd.h"
#include "cli/lock.h"
#include "os/box.h"
#include "os/file.h"
#include "store/slot.h"

enum { MAX_VALUES = 10000, SECRET_MAX = 4096 };

static const struct cli_command *const tables[] = {cmd_init_table, cmd_user_table,
    cmd_user_key_table, cmd_user_token_table, cmd_agency_table, cmd_officer_table, cmd_demand_table,
    cmd_inbox_table, cmd_letter_table, cmd_search_table, cmd_matter_table, cmd_desk_table,
    cmd_oncall_table, cmd_quality_table, cmd_order_table, cmd_hold_table, cmd_challenge_table,
    cmd_access_table, cmd_notice_table, cmd_service_table, cmd_ticket_table, cmd_hand_in_table,
    cmd_produce_table, cmd_deliver_table, cmd_after_table, cmd_scope_table, cmd_open_table,
    cmd_erase_table, cmd_claim_table, cmd_import_table, cmd_edition_table, cmd_dsa_table,
    cmd_site_table, cmd_statement_table, cmd_permission_table, cmd_check_table, cmd_audit_table,
    cmd_law_table, cmd_log_table, cmd_db_table, cmd_backup_table, cmd_serve_table,
    cmd_webhook_table, cmd_settings_table, cmd_help_table};
enum { N_TABLES = sizeof tables / sizeof tables[0] };

int cli_each(int (*fn)(const struct cli_command *cmd, void *arg), void *arg)
{
	int rc = 0;

	for (size_t t = 0; t < N_TABLES && rc == 0; t++)
		for (const struct cli_command *cmd = tables[t]; cmd->family != NULL && rc == 0;
		     cmd++)
			rc = fn(cmd, arg);
	return rc;
}

struct wanted {
	const char *family, *name;
	const struct cli_command *found;
	bool family_known;
};

static int match(const struct cli_command *cmd, void *arg)
{
	struct wanted *w = arg;

	if (strcmp(cmd->family, w->family) != 0)
		return 0;
	w->family_known = true;
	if (cmd->name[0] == '\0' || (w->name != NULL && strcmp(cmd->name, w->name) == 0))
		w->found = cmd;
	return w->found != NULL;
}

/* ---- opening ---- */

static int sign_in(struct cli *cli)
{
	struct ctx *c = cli->c;
	struct str secret;
	int rc;

	if (cli->secret.n == 0)
		rc = person_by_uid(c, cli->in, (int64_t)getuid(), &cli->actor);
	else {
		/* "-": whoever runs this for somebody else hands the secret over an open pipe */
		rc = file_read(c, str_is(cli->secret, "-") ? "/proc/self/fd/0" : cli->secret.p,
		    SECRET_MAX, &secret);
		if (rc == 0)
			rc = person_by_secret(c, cli->in, str_trim(secret), &cli->actor);
	}
	if (rc == 0 && cli->as.n > 0 && !str_eq(cli->as, cli->actor.handle))
		rc = err_set(c, ERR_DENIED, "the sign-in is another person's than --as says");
	return rc;
}

int cli_open(struct cli *cli, unsigned needs)
{
	int rc = 0;

	if ((needs & (CLI_INSTANCE | CLI_ACTOR)) != 0 && cli->in == NULL)
		rc = instance_open(cli->c, cli->dir, SQL_ROLE_CLI | SQL_ROLE_SEQ, &cli->in);
	if (rc == 0 && (needs & CLI_ACTOR) != 0 && cli->actor.id == 0)
		rc = sign_in(cli);
	/* where the person is known as well, or the command is to find out who asks */
	if (rc == 0 && cli->in != NULL && (cli->command->needs & CLI_LATER) != 0)
		rc = lock_in(cli);
	return rc;
}

/* The ledger's slot closes after a writing command when its time is over. The step itself is
 * durable and acknowledged: a slot that cannot close now is closed later, so this only warns. */
static void close_due_slot(struct cli *cli)
{
	if (slot_close_due(cli->c, &cli->in->store, instance_keys(cli->c, cli->in)) != 0) {
		(void)fprintf(stderr, "writ: the step is recorded; its ledger slot waits: %s\n",
		    cli_error(cli->c));
		err_clear(cli->c);
	}
}

/* ---- arguments ---- */

static struct cli_opt *find_opt(struct cli_opt *opts, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(opts[i].name, name) == 0)
			return &opts[i];
	return NULL;
}

static int take_opt(struct cli *cli, struct cli_opt *o, int *i)
{
	if (o->given && !o->many)
		return err_set(cli->c, ERR_INVALID, "%s is given twice", o->name);
	o->given = true;
	if (o->flag)
		return 0;
	if (*i + 1 >= cli->argc)
		return err_set(cli->c, ERR_INVALID, "%s needs a value", o->name);
	o->value = str_of(cli->argv[++*i]);
	if (!o->many)
		return 0;
	if (o->values == NULL)
		o->values = mem_array(cli->c, (size_t)cli->argc, sizeof *o->values);
	o->values[o->n++] = o->value;
	return 0;
}

int cli_parse(
    struct cli *cli, struct cli_opt *opts, size_t n, struct str *pos, size_t max, size_t *ret_pos)
{
	size_t n_pos = 0;
	bool ended = false;

	for (int i = 0; i < cli->argc; i++) {
		const char *a = cli->argv[i];
		struct cli_opt *o = ended ? NULL : find_opt(opts, n, a);
		int rc;

		if (!ended && strcmp(a, "--") == 0) {
			ended = true;
			continue;
		}
		if (!ended && strcmp(a, "--json") == 0) {
			cli->json = true;
			continue;
		}
		if (o == NULL && !ended && a[0] == '-' && a[1] == '-')
			return err_set(cli->c, ERR_INVALID, "unknown option (see `writ help`)");
		if (o != NULL) {
			rc = take_opt(cli, o, &i);
			if (rc != 0)
				return rc;
			continue;
		}
		if (n_pos == max)
			return err_set(cli->c, ERR_INVALID, "too many arguments");
		pos[n_pos++] = str_of(a);
	}
	*ret_pos = n_pos;
	lock_note(cli, opts, n, pos, n_pos);
	return (cli->command->needs & CLI_LATER) != 0 ? 0 : lock_in(cli);
}

int cli_need(struct cli *cli, size_t n_pos, size_t want, const char *usage)
{
	return n_pos == want ? 0 : err_set(cli->c, ERR_INVALID, "usage: writ %s", usage);
}

int cli_one(struct cli *cli, const char *usage, struct str *ret)
{
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, ret, 1, &n);

	return rc == 0 ? cli_need(cli, n, 1, usage) : rc;
}

void cli_plain(struct ctx *c, struct json *j)
{
	if (j->kind == JSON_TEXT)
		j->text = plain_lines(c, j->text);
	for (size_t i = 0; (j->kind == JSON_LIST || j->kind == JSON_MAP) && i < j->n; i++)
		cli_plain(c, j->at[i]);
}

struct str cli_count(struct ctx *c, int64_t n, const char *one, const char *many)
{
	return str_fmt(c, "%lld %s", (long long)n, n == 1 ? one : many);
}

const char *cli_error(struct ctx *c)
{
	return plain_lines(c, str_of(err_text(c))).p;
}

void cli_put(struct cli *cli, const struct json *j)
{
	struct buf b = buf_init(cli->c, 256 << 20), plain = buf_init(cli->c, 512 << 20);

	json_put_pretty(&b, j);
	plain_json(&plain, buf_str(&b));
	(void)printf("%.*s\n", STR_ARG(buf_str(&plain)));
}

void cli_progress(struct cli *cli, const char *what, int64_t done, int64_t total)
{
	int64_t percent = total > 0 ? done * 100 / total : 0;

	if (!isatty(STDERR_FILENO) || (done != total && done % 4096 != 0))
		return;
	(void)fprintf(stderr, "\r%s [%-30.*s] %3lld %%%s", what, (int)(percent * 30 / 100),
	    "##############################", (long long)percent, done == total ? "\n" : "");
	(void)cli;
}

/* ---- the program ---- */

/* Where the value of a general option goes; NULL: there is none of this name. */
static struct str *global_option(struct cli *cli, const char *name)
{
	struct {
		const char *name;
		struct str *to;
	} all[] = {{"-d", &cli->dir}, {"--as", &cli->as}, {"--secret", &cli->secret},
	    {"--server", &cli->server}, {"--idempotency", &cli->idempotency}, {"--ca", &cli->ca},
	    {"--cert", &cli->cert}, {"--key", &cli->key}, {"--timeout", &cli->timeout}};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (strcmp(all[i].name, name) == 0)
			return all[i].to;
	return NULL;
}

static int global_options(struct cli *cli, int argc, char **argv, int *ret_next)
{
	const char *dir = getenv("WRIT_DIR");
	int i = 1;

	cli->dir = str_of(dir == NULL || dir[0] == '\0' ? "." : dir);
	for (; i < argc && argv[i][0] == '-'; i++) {
		struct str *to = global_option(cli, argv[i]);

		if (strcmp(argv[i], "--json") == 0) {
			cli->json = true;
			continue;
		}
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			break;
		if (to == NULL)
			return err_set(cli->c, ERR_INVALID, "unknown option (see `writ help`)");
		if (i + 1 >= argc)
			return err_set(cli->c, ERR_INVALID, "%s needs a value", argv[i]);
		*to = str_of(argv[++i]);
	}
	*ret_next = i;
	if (cli->server.n == 0 &&
	    (cli->idempotency.n + cli->ca.n + cli->cert.n + cli->key.n + cli->timeout.n) > 0)
		return err_set(cli->c, ERR_INVALID,
		    "--ca, --cert, --key, --timeout and --idempotency go with --server");
	return 0;
}

/* WRIT_NOW fixes the clock for demos and tests: an RFC 3339 instant. */
static int fixed_clock(struct ctx *c)
{
	const char *now = getenv("WRIT_NOW");
	struct instant t;
	int rc;

	if (now == NULL || now[0] == '\0')
		return 0;
	rc = instant_parse(c, str_of(now), &t);
	if (rc != 0)
		return err_while(c, rc, "WRIT_NOW");
	c->fixed_now = t.s;
	return 0;
}

static int run(struct cli *cli, int argc, char **argv)
{
	struct wanted w = {0};
	int next = argc, rc = global_options(cli, argc, argv, &next);

	if (rc == 0)
		rc = fixed_clock(cli->c);
	if (rc != 0)
		return rc;
	w.family = next < argc && argv[next][0] != '-' ? argv[next] : "help";
	w.name = next + 1 < argc ? argv[next + 1] : NULL;
	(void)cli_each(match, &w);
	if (w.found == NULL)
		return err_set(cli->c, ERR_INVALID,
		    w.family_known ? "unknown command of this family (see `writ help`)"
				   : "unknown command (see `writ help`)");
	next += w.found->name[0] == '\0' ? 1 : 2;
	cli->command = w.found;
	cli->argc = next < argc ? argc - next : 0;
	cli->argv = argv + (next < argc ? next : argc);
	if (cli->server.n > 0)
		return remote_run(cli);
	rc = cli_open(cli, w.found->needs);
	if (rc == 0)
		rc = w.found->run(cli);
	if (rc == 0 && (w.found->needs & CLI_SLOT) != 0 && cli->in != NULL)
		close_due_slot(cli);
	return rc;
}

/* Nobody shall take a failure after the step for one before it, and enter the same again. */
static void tell(const struct cli *cli)
{
	(void)fprintf(stderr, "writ: %s\n", cli_error(cli->c));
	if (cli->in != NULL && cli->in->store.recorded > 0)
		(void)fprintf(stderr,
		    "writ: before this failed, the ledger had recorded %lld of its steps: look "
		    "before you repeat it\n",
		    (long long)cli->in->store.recorded);
}

int cli_main(int argc, char **argv)
{
	struct cli cli = {0};
	int rc;

	ctx_open(&cli.c);
	/* before a key or a case is in this memory */
	rc = box_hide(cli.c);
	if (rc == 0)
		rc = run(&cli, argc, argv);
	if (rc == 0 && (fflush(stdout) != 0 || ferror(stdout)))
		rc = err_set(cli.c, ERR_FAIL, "cannot write the output");
	if (rc != 0)
		tell(&cli);
	instance_close(&cli.in);
	ctx_close(&cli.c);
	if (cli.locked) { /* the sanitizers' work at exit is not possible inside */
		(void)fflush(NULL);
		_exit(err_exit_code(rc));
	}
	return err_exit_code(rc);
}
