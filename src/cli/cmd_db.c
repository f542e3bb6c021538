#include "cli/cmd.h"

#include "cli/lock.h"
#include "desk/move.h"

/* ---- copy ---- */

static void progress(void *arg, const char *what, int64_t done, int64_t total)
{
	cli_progress(arg, what, done, total);
}

static void show(struct cli *cli, const struct move *m, const struct copy_sums *sums)
{
	struct json *j = json_map(cli->c), *tables = json_map(cli->c);
	struct str entries;
	int64_t rows = 0;

	for (size_t i = 0; i < sums->n; i++) {
		rows += sums->table[i].rows;
		json_set_int(cli->c, tables, sql_tables[i].name, sums->table[i].rows);
	}
	if (cli->json) {
		json_set_int(cli->c, j, "rows", rows);
		json_set_int(cli->c, j, "size", sums->size);
		json_set_text(cli->c, j, "root", hash_hex(cli->c, sums->root));
		json_set(cli->c, j, "tables", tables);
		cli_put(cli, j);
		return;
	}
	entries = cli_count(cli->c, sums->size, "entry", "entries");
	(void)printf("Copied %lld rows of %zu tables, and compared them: they are the same.\n"
		     "Ledger: %.*s, root %s on both sides; the copy verifies.\n"
		     "To work with the copy, change one line of %.*s/writ.yaml to\n"
		     "  database: %.*s\n"
		     "and let nothing write to the old database any more.\n",
	    (long long)rows, sums->n, STR_ARG(entries), hash_hex(cli->c, sums->root).p,
	    STR_ARG(cli->dir), STR_ARG(m->to));
}

static int copy(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--database-owner"}};
	struct move m = {.job = {progress, cli}};
	struct ctx *c = cli->c;
	struct copy_sums sums;
	struct str pos[2];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "db copy FROM TO [--database-owner URL]");
	if (rc != 0)
		return rc;
	m.from = pos[0];
	m.to = pos[1];
	m.owner = o[0].value;
	if (m.owner.n > 0 && !str_starts(m.to, "postgresql:"))
		return err_set(
		    c, ERR_INVALID, "only a database of PostgreSQL has an owner of its own");
	rc = move_database(c, cli->in, &cli->actor, &m, &sums);
	if (rc == 0)
		show(cli, &m, &sums);
	return rc;
}

/* ---- upgrade ---- */

static int upgrade(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--database-owner"}};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 0, &n);

	if (rc == 0)
		rc = instance_read(cli->c, cli->dir, &cli->in);
	if (rc == 0)
		rc = lock_in(cli);
	if (rc == 0)
		rc = move_upgrade(cli->c, cli->in, o[0].value);
	if (rc == 0)
		(void)printf("The database has the schema of this program (%zu).\n", sql_schemas_n);
	return rc;
}

const struct cli_command cmd_db_table[] = {
    {"db", "copy", "FROM TO [--database-owner URL]",
	"copy the instance's rows into an empty database of either engine, and compare",
	CLI_INSTANCE | CLI_ACTOR, copy},
    {"db", "upgrade", "[--database-owner URL]",
	"bring the database's schema up to date after an update of the program", CLI_LATER,
	upgrade},
    {0}};
