#include "cli/cmd.h"
#include "cli/lock.h"

#include "os/file.h"
#include "store/epoch.h"
#include "store/export.h"
#include "store/prove.h"
#include "store/slot.h"
#include "store/verify.h"

enum { KEY_MAX = 4096 };

/* The log's size is a count of everything, the sealed compartment too: for auditors, admins and
 * those who are named to it. Everybody else learns whether it verifies. */
static bool may_count(const struct cli *cli)
{
	return right_has(&cli->actor, RIGHT_LOG_COUNT);
}

static const char *keys_dir(struct cli *cli)
{
	return instance_keys(cli->c, cli->in);
}

/* ---- checkpoint ---- */

static int checkpoint(struct cli *cli)
{
	struct ctx *c = cli->c;
	struct slot slot;
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = right_needs(c, &cli->actor, RIGHT_LOG_CHECKPOINT);
	if (rc == 0)
		rc = slot_close(c, &cli->in->store, keys_dir(cli), &slot);
	if (rc == 0 && slot.tree.size == 0)
		rc = err_set(c, ERR_NOTFOUND, "the ledger is empty: there is nothing to sign");
	if (rc != 0)
		return rc;
	if (!may_count(cli)) {
		(void)printf("The slot is closed and its tree is signed.\n");
		return 0;
	}
	if (!cli->json) {
		(void)printf("%.*s", STR_ARG(slot.note));
		return 0;
	}
	j = json_map(c);
	json_set_int(c, j, "size", slot.tree.size);
	json_set_text(c, j, "root", hash_hex(c, slot.tree.root));
	json_set_text(c, j, "note", slot.note);
	cli_put(cli, j);
	return 0;
}

/* ---- prove, check-proof ---- */

static int prove(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}};
	struct ctx *c = cli->c;
	struct str pos[1], text;
	struct hash leaf;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "log prove LEAF-HASH [--out FILE]");
	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_LOG_COUNT);
	if (rc == 0 && !hash_parse(pos[0], &leaf))
		rc = err_set(c, ERR_INVALID, "a leaf hash has 64 hex digits");
	if (rc == 0)
		rc = prove_leaf(c, &cli->in->store, leaf, &text);
	if (rc == 0 && o[0].given)
		return file_write_atomic(c, str_z(c, o[0].value), 0600, text);
	if (rc == 0)
		(void)printf("%.*s", STR_ARG(text));
	return rc;
}

/* A verifier key is a file, or the text itself: no path of a file looks like one. */
static int read_key(struct cli *cli, struct str arg, struct str *ret)
{
	if (!str_has(arg, '+') || file_exists(str_z(cli->c, arg)))
		return file_read(cli->c, str_z(cli->c, arg), KEY_MAX, ret);
	*ret = arg;
	return 0;
}

static int check_proof(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--key"}};
	static const char usage[] = "log check-proof FILE --key VKEY";
	struct ctx *c = cli->c;
	struct str pos[1], text, key;
	struct prove p;
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[0].given ? n : 0, 1, usage);
	if (rc == 0)
		rc = read_key(cli, o[0].value, &key);
	if (rc == 0)
		rc = file_read(c, str_z(c, pos[0]), PROVE_MAX, &text);
	if (rc == 0)
		rc = prove_check(c, text, key, &p);
	if (rc != 0)
		return rc;
	j = json_map(c);
	json_set_text(c, j, "leaf", hash_hex(c, p.leaf));
	json_set_int(c, j, "index", (int64_t)p.index);
	json_set_text(c, j, "origin", p.tree.origin);
	json_set_int(c, j, "size", (int64_t)p.tree.size);
	if (cli->json)
		cli_put(cli, j);
	else
		(void)printf("Proved: the entry with leaf hash %s\nis in the log %.*s, as number "
			     "%llu of its "
			     "first %llu.\n",
		    hash_hex(c, p.leaf).p, STR_ARG(p.tree.origin), (unsigned long long)p.index + 1,
		    (unsigned long long)p.tree.size);
	return 0;
}

/* ---- verify ---- */

static void show_json(struct cli *cli, const struct verify *v)
{
	const struct {
		const char *key;
		int64_t n;
	} numbers[] = {{"placed", v->placed}, {"pending", v->pending},
	    {"signed_size", v->signed_size}, {"checkpoints", v->checkpoints}, {"epochs", v->epochs},
	    {"lost", v->lost}, {"entries", v->entries}, {"erased", v->erased},
	    {"closed", v->closed}, {"rows", v->rows}, {"rows_erased", v->rows_erased},
	    {"promises", v->promises}, {"findings_more", (int64_t)v->more}};
	struct json *j = json_map(cli->c), *list = json_list(cli->c);
	bool counts = cli->in == NULL || may_count(cli);

	for (size_t i = 0; counts && i < sizeof numbers / sizeof numbers[0]; i++)
		json_set_int(cli->c, j, numbers[i].key, numbers[i].n);
	for (size_t i = 0; i < v->n; i++)
		json_add(cli->c, list, json_of_text(cli->c, str_of(v->text[i])));
	json_set(cli->c, j, "findings", list);
	cli_put(cli, j);
}

static void show_counts(struct ctx *c, const struct verify *v, bool rows)
{
	struct str placed = cli_count(c, v->placed, "entry", "entries");
	struct str signed_ones = cli_count(c, v->checkpoints, "checkpoint", "checkpoints");
	struct str lost = cli_count(c, v->lost, "entry", "entries");
	struct str entries = cli_count(c, v->entries, "entry", "entries");
	struct str closed = cli_count(c, v->closed, "closed record", "closed records");
	struct str all = cli_count(c, v->rows, "row", "rows");
	struct str promises = cli_count(c, v->promises, "promise", "promises");

	(void)printf("Log: %.*s in the tree, %lld waiting for their place.\n", STR_ARG(placed),
	    (long long)v->pending);
	(void)printf("Signed: %.*s, the newest of size %lld.\n", STR_ARG(signed_ones),
	    (long long)v->signed_size);
	if (v->epochs > 1)
		(void)printf(
		    "Epochs: %lld, each with its own key; what an ended one had signed and was "
		    "not there any more at its end: %.*s.\n",
		    (long long)v->epochs, STR_ARG(lost));
	if (rows)
		(void)printf("Rows: %.*s (%lld of them erased), %.*s, %.*s, %.*s.\n",
		    STR_ARG(entries), (long long)v->erased, STR_ARG(closed), STR_ARG(all),
		    STR_ARG(promises));
}

static void show_text(struct cli *cli, const struct verify *v, bool rows)
{
	if (cli->in == NULL || may_count(cli))
		show_counts(cli->c, v, rows);
	for (size_t i = 0; i < v->n; i++)
		(void)printf("FOUND %s\n", v->text[i]);
	if (v->more > 0)
		(void)printf("FOUND %zu more\n", v->more);
	if (v->state_unread)
		(void)printf(
		    "signer.state is not for you to read: that this database is the newest was "
		    "not looked at.\n");
	if (v->n == 0)
		(void)printf("All of it verifies.\n");
}

static int verify(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--quick", .flag = true}, {.name = "--key"}};
	struct verify *v = verify_make(cli->c);
	struct str pos[1], key, found;
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0 && (n == 1) != o[1].given)
		rc = err_set(cli->c, ERR_INVALID,
		    "usage: writ log verify [--quick] | writ log verify DIR --key VKEY");
	if (rc == 0 && n == 1) {
		rc = lock_in(cli);
		if (rc == 0)
			rc = read_key(cli, o[1].value, &key);
		if (rc == 0)
			rc = verify_foreign(cli->c, str_z(cli->c, pos[0]), key, v);
	} else if (rc == 0) {
		rc = cli_open(cli, CLI_INSTANCE | CLI_ACTOR);
		if (rc == 0)
			rc = right_needs(cli->c, &cli->actor, RIGHT_LOG_VERIFY);
		if (rc == 0)
			rc = verify_own(cli->c, &cli->in->store, keys_dir(cli), o[0].given, v);
	}
	if (rc != 0)
		return rc;
	found = cli_count(cli->c, (int64_t)(v->n + v->more), "finding", "findings");
	if (cli->json)
		show_json(cli, v);
	else
		show_text(cli, v, n == 0 && !o[0].given);
	if (v->n > 0)
		return err_set(cli->c, ERR_FAIL, "the log does not verify: %.*s", STR_ARG(found));
	return 0;
}

/* ---- export ---- */

static int export(struct cli *cli)
{
	struct ctx *c = cli->c;
	struct str pos[1];
	struct json *j;
	struct str entries;
	int64_t size;
	int rc = cli_one(cli, "log export DIR", pos);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_LOG_COUNT);
	if (rc == 0)
		rc = export_log(c, &cli->in->store, str_z(c, pos[0]), &size);
	if (rc != 0)
		return rc;
	j = json_map(c);
	json_set_int(c, j, "size", size);
	entries = cli_count(c, size, "entry", "entries");
	if (cli->json)
		cli_put(cli, j);
	else
		(void)printf(
		    "Exported %.*s to %.*s, for auditors: the number of entries is in it.\n"
		    "Verify with: writ log verify %.*s --key %s/log.vkey\n",
		    STR_ARG(entries), STR_ARG(pos[0]), STR_ARG(pos[0]), keys_dir(cli));
	return 0;
}

/* ---- epoch ---- */

static void show_look(const struct epoch_look *look)
{
	static const char *const stands[] = {"fits", "knows more", "is lost"};

	(void)printf("Signer: %s: %s.\n", stands[look->stand], look->why);
	if (look->last.size > 0)
		(void)printf("Signed last, as far as is known here: %llu entries.\n",
		    (unsigned long long)look->last.size);
}

/* What it would do is said first; it is done only when asked for. */
static int epoch(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--open", .flag = true}};
	struct ctx *c = cli->c;
	const char *root = instance_path(c, cli->in, cli->in->keys).p;
	struct epoch_look look;
	struct epoch e;
	struct slot slot;
	size_t n;
	int rc = cli_parse(cli, o, 1, NULL, 0, &n);

	if (rc == 0)
		rc = right_needs(c, &cli->actor, RIGHT_LOG_EPOCH);
	if (rc == 0)
		rc = epoch_look(c, cli->in->store.db, root, &look);
	if (rc != 0)
		return rc;
	show_look(&look);
	if (!o[0].given) {
		(void)printf(
		    "A new epoch would end this log for good: the log goes on as %.*s/%lld, with "
		    "new keys, over\nthe same entries; its first entry says what was signed last. "
		    "The old keys sign no more;\nwhat they signed stays provable with the old "
		    "verifier key. %s\n",
		    STR_ARG(cli->in->origin), (long long)look.next,
		    look.stand == EPOCH_GOES_ON ? "There is no need for it now, unless a key\nwas "
						  "seen by somebody else. Do it "
						  "with: writ log epoch --open"
						: "Do it with: writ log epoch --open");
		return 0;
	}
	rc = epoch_open(c, &cli->in->store, root, cli->in->origin, &look,
	    look.stand == EPOCH_GOES_ON, cli->actor.id, &e);
	if (rc != 0)
		return rc;
	cli->in->epoch = e.number;
	rc = slot_close(c, &cli->in->store, keys_dir(cli), &slot);
	(void)printf("The log goes on as %.*s. Give its verifier key to whom checks it:\n%.*s\n",
	    STR_ARG(e.origin), STR_ARG(e.log_key));
	return rc == 0 ? 0 : err_while(c, rc, "the epoch is opened; its first tree waits");
}

const struct cli_command cmd_log_table[] = {
    {"log", "checkpoint", "", "close the ledger's slot and sign it", CLI_INSTANCE | CLI_ACTOR,
	checkpoint},
    {"log", "prove", "LEAF-HASH [--out FILE]", "prove that an entry is in the log",
	CLI_INSTANCE | CLI_ACTOR, prove},
    {"log", "check-proof", "FILE --key VKEY", "check such a proof, anywhere", CLI_NOTHING,
	check_proof},
    {"log", "verify", "[--quick] | DIR --key VKEY", "verify this ledger, or any exported log",
	CLI_LATER, verify},
    {"log", "export", "DIR", "write the log as files, for auditors", CLI_INSTANCE | CLI_ACTOR,
	export},
    {"log", "epoch", "[--open]", "go on under new keys when the signer is lost",
	CLI_INSTANCE | CLI_ACTOR, epoch},
    {0}};
