#include "cli/cmd.h"

#include "desk/backup.h"
#include "desk/restore.h"

enum { KEY_SHOWN = 8 };

/* How many rows there will be is not known beforehand. */
static void progress(void *arg, const char *what, int64_t done, int64_t total)
{
	(void)total;
	cli_progress(arg, what, done, done + 4096);
}

/* ---- backup ---- */

static void show_made(struct cli *cli, const struct backup_job *job, const struct backup_made *m)
{
	struct ctx *c = cli->c;
	struct json *j = json_map(c);
	struct str rows, documents;

	if (cli->json) {
		json_set_text(c, j, "file", str_of(job->path));
		json_set_int(c, j, "bytes", m->size);
		json_set_int(c, j, "rows", m->rows);
		json_set_int(c, j, "documents", m->documents);
		json_set_int(c, j, "damaged_documents", m->damaged);
		json_set_int(c, j, "size", m->sums.size);
		json_set_text(c, j, "root", hash_hex(c, m->sums.root));
		json_set_bool(c, j, "checked", job->check);
		cli_put(cli, j);
		return;
	}
	rows = cli_count(cli->c, m->rows, "row", "rows");
	documents = cli_count(cli->c, m->documents, "document", "documents");
	(void)printf(
	    "Saved %.*s and %.*s in %s (%lld bytes).\n"
	    "Ledger: root %s%s\n"
	    "It opens only with this instance's keys/instance.key, which is not in it. Keep "
	    "that key apart\n"
	    "from the backups, and the journal on another disk than both.\n",
	    STR_ARG(rows), STR_ARG(documents), job->path, (long long)m->size,
	    hash_hex(c, m->sums.root).p,
	    job->check
		? "\nRestored into a scratch folder and compared: every row is the same, and "
		  "the ledger verifies."
		: "");
}

static int backup(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--check", .flag = true}};
	struct backup_job job = {.progress = {progress, cli}};
	struct backup_made made;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "backup FILE [--check]");
	if (rc != 0)
		return rc;
	job.path = str_z(cli->c, pos[0]);
	job.check = o[0].given;
	rc = backup_make(cli->c, cli->in, &cli->actor, &job, &made);
	if (rc != 0)
		return rc;
	show_made(cli, &job, &made);
	if (made.damaged > 0)
		return err_set(cli->c, ERR_FAIL,
		    "the backup is written, but documents are damaged on this disk already: %lld, "
		    "the first %s",
		    (long long)made.damaged, made.first_damaged);
	return 0;
}

/* ---- restore ---- */

static void show_acks(struct cli *cli, const struct restored *r)
{
	struct ctx *c = cli->c;
	bool one = r->acks.n == 1;
	struct str known =
	    cli_count(c, r->acks.known, "acknowledged demand is", "acknowledged demands are");

	(void)printf("Journal: %.*s in the backup; erasures done again, or in it: "
		     "%lld.\n",
	    STR_ARG(known), (long long)r->erased);
	if (r->torn > 0)
		(void)printf(
		    "The last line of a journal was torn, before anybody was answered: left "
		    "out.\n");
	if (r->acks.n == 0) {
		(void)printf("Nothing was acknowledged that the backup does not hold.\n");
		return;
	}
	(void)printf(
	    "ACKNOWLEDGED AND LOST: %zu %s newer than the backup. %s a promise;\nask for %s "
	    "again (instant, key in the journal):\n",
	    r->acks.n, one ? "demand is" : "demands are",
	    one ? "Its sender holds" : "Their senders hold", one ? "it" : "them");
	for (size_t i = 0; i < r->acks.n; i++)
		(void)printf("  %s  %.*s\n", instant_str(c, r->acks.lack[i].at).p, KEY_SHOWN,
		    hash_hex(c, r->acks.lack[i].key).p);
}

static void show_epoch(struct cli *cli, const struct restored *r)
{
	struct ctx *c = cli->c;

	if (!r->new_epoch) {
		(void)printf("The log goes on as it was: its signer fits.\n");
		return;
	}
	(void)printf("The log goes on as %.*s, epoch %lld, with new keys: %s.\n",
	    STR_ARG(r->epoch.origin), (long long)r->epoch.number, r->look.why);
	if (r->look.last.size > 0)
		(void)printf("Signed last before it, as far as is known here: %llu entries, root "
			     "%s.\n",
		    (unsigned long long)r->look.last.size, hash_hex(c, r->look.last.root).p);
	(void)printf(
	    "Give the new verifier key to whom checks this log: %.*s\n", STR_ARG(r->epoch.log_key));
}

static struct json *acks_json(struct ctx *c, const struct restored *r)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < r->acks.n; i++) {
		struct json *one = json_map(c);

		json_set_text(c, one, "at", instant_str(c, r->acks.lack[i].at));
		json_set_text(c, one, "key", hash_hex(c, r->acks.lack[i].key));
		json_add(c, list, one);
	}
	return list;
}

static void show_json(struct cli *cli, const struct restored *r, bool journal)
{
	struct ctx *c = cli->c;
	struct json *j = json_map(c);

	json_set_text(c, j, "saved", instant_str(c, r->at));
	json_set_int(c, j, "rows", r->rows);
	json_set_int(c, j, "documents", r->documents);
	json_set_int(c, j, "damaged_documents", r->damaged);
	json_set_int(c, j, "size", r->size);
	json_set_text(c, j, "root", hash_hex(c, r->root));
	json_set_int(c, j, "epoch", r->epoch.number);
	json_set_bool(c, j, "new_epoch", r->new_epoch);
	json_set_text(c, j, "signer", str_of(r->look.why));
	json_set_text(c, j, "changed", r->changed);
	json_set_bool(c, j, "journal", journal);
	if (journal) {
		json_set_int(c, j, "acknowledged", r->acks.known);
		json_set_int(c, j, "erased_again", r->erased);
		json_set(c, j, "acknowledged_and_lost", acks_json(c, r));
	}
	cli_put(cli, j);
}

static void show_restored(struct cli *cli, const struct restore_job *job, const struct restored *r)
{
	struct ctx *c = cli->c;
	struct str rows = cli_count(c, r->rows, "row", "rows");
	struct str documents = cli_count(c, r->documents, "document", "documents");

	(void)printf("Restored %.*s and %.*s as of %s into %.*s.\n"
		     "Ledger: the root is %s, as it was saved; all of it verifies.\n",
	    STR_ARG(rows), STR_ARG(documents), instant_str(c, r->at).p, STR_ARG(job->dir),
	    hash_hex(c, r->root).p);
	show_epoch(cli, r);
	if (job->n_journals > 0)
		show_acks(cli, r);
	else
		(void)printf("NO JOURNAL: what was acknowledged or erased after %s is not known. "
			     "Demands may have been\npromised to senders and be lost; personal "
			     "details that were erased since are back.\n",
		    instant_str(c, r->at).p);
	if (r->changed.n > 0)
		(void)printf("Set anew in writ.yaml, look at it: %.*s\n", STR_ARG(r->changed));
}

static int fill_job(struct cli *cli, struct cli_opt *o, struct str path, struct restore_job *job)
{
	struct ctx *c = cli->c;

	if (!o[0].given || o[1].given + o[2].given == 0)
		return err_set(c, ERR_INVALID,
		    "usage: writ restore FILE --to DIR --instance-key KEYFILE | --keys DIR "
		    "[--journal JOURNAL]... [--database URL [--database-owner URL]]");
	if (o[5].given && !str_starts(o[4].value, "postgresql:"))
		return err_set(
		    c, ERR_INVALID, "only a database of PostgreSQL has an owner of its own");
	job->path = str_z(c, path);
	job->dir = o[0].value;
	job->key = o[1].value;
	job->keys = o[2].value;
	job->journals = o[3].values;
	job->n_journals = o[3].n;
	job->database = o[4].value;
	job->owner = o[5].value;
	return 0;
}

static int restore(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--to"}, {.name = "--instance-key"}, {.name = "--keys"},
	    {.name = "--journal", .many = true}, {.name = "--database"},
	    {.name = "--database-owner"}};
	struct restore_job job = {.progress = {progress, cli}};
	struct restored r;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 6, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(
		    cli, n, 1, "restore FILE --to DIR --instance-key KEYFILE | --keys DIR");
	if (rc == 0)
		rc = fill_job(cli, o, pos[0], &job);
	if (rc == 0)
		rc = restore_backup(cli->c, &job, &r);
	if (rc != 0)
		return rc;
	if (cli->json)
		show_json(cli, &r, job.n_journals > 0);
	else
		show_restored(cli, &job, &r);
	if (r.damaged > 0)
		return err_set(cli->c, ERR_FAIL,
		    "the instance is restored; documents that were damaged before the backup: %lld",
		    (long long)r.damaged);
	return 0;
}

const struct cli_command cmd_backup_table[] = {
    {"backup", "", "FILE [--check]", "save everything into one encrypted file, while others work",
	CLI_INSTANCE | CLI_ACTOR, backup},
    {"restore", "",
	"FILE --to DIR --instance-key KEYFILE | --keys DIR [--journal JOURNAL]... "
	"[--database URL [--database-owner URL]]",
	"make an instance out of a backup, in an empty folder", CLI_OUTSIDE, restore},
    {0}};
