#include "store/slot.h"

#include <unistd.h>

#include "base/mem.h"
#include "store/sign.h"

enum { SIGN_TRIES = 3, OVERTAKEN_TRIES = 100 };

int slot_note(struct ctx *c, struct db *db, int64_t size, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(c, db, SQL_CHECKPOINT_GET, DB_ARGS(db_int(size)), &row);

	if (rc == 0)
		*ret = row == NULL ? (struct str){"", 0} : row[0].s;
	return rc;
}

/* What is stored may have been stored by another process meanwhile: it is the same note then. */
static int store_note(struct ctx *c, struct db *db, void *arg)
{
	const struct slot *s = arg;

	return db_run(
	    c, db, SQL_CHECKPOINT_PUT, DB_ARGS(db_int(s->tree.size), db_text(s->note)), NULL);
}

static int ask_signer(struct ctx *c, struct db *db, const char *keys_dir, uint64_t from,
    struct slot *s, struct sign_tree *ret_last)
{
	struct ledger_nodes nodes = {db, s->tree.size};
	struct sign_tree to = {(uint64_t)s->tree.size, s->tree.root};
	struct merkle_proof proof = {0};
	int rc = 0;

	if (from > 0)
		rc = merkle_consistency(c, from, to.size, ledger_node, &nodes, &proof);
	return rc == 0 ? sign_checkpoint(c, keys_dir, from, &to, &proof, ret_last, &s->note) : rc;
}

/* The size that the newest stored checkpoint is for; 0 when there is none. */
static int last_signed(struct ctx *c, struct db *db, uint64_t *ret)
{
	const struct db_val *row;
	int rc = db_find(c, db, SQL_CHECKPOINT_LAST, DB_NO_ARGS, &row);

	if (rc == 0)
		*ret = row == NULL ? 0 : (uint64_t)row[0].num;
	return rc;
}

static int lacks(
    struct ctx *c, struct db *db, const char *keys_dir, const struct ledger_tree *tree, bool *ret)
{
	struct ledger_nodes nodes = {db, tree->size};
	struct sign_tree last;
	struct hash root;
	int rc = sign_last(c, keys_dir, &last);

	if (rc != 0)
		return rc;
	if (last.size == 0 || last.size > (uint64_t)tree->size) {
		*ret = last.size > 0;
		return 0;
	}
	rc = merkle_root_at(c, last.size, ledger_node, &nodes, &root);
	if (rc == 0)
		*ret = !hash_eq(root, last.root);
	return rc;
}

static const char advice[] =
    "the database lacks what was signed already: an older backup, or a standby that lagged "
    "behind, has taken its place. Go back to the newest database; if that is lost, see writ(1), "
    "The database";

/* The signer refused, and has said why. Whether it is the database, is asked here. */
static int not_signed(
    struct ctx *c, struct db *db, const char *keys_dir, const struct ledger_tree *tree)
{
	bool yes = false;

	if (lacks(c, db, keys_dir, tree, &yes) != 0 || !yes)
		return ERR_DENIED;
	return err_while(c, ERR_DENIED, "%s", advice);
}

/* A tree that has its checkpoint needs no signer; but one that is not the newest is not handed out.
 * Where signer.state cannot be read that is left to the next signature. */
static int still_newest(
    struct ctx *c, struct db *db, const char *keys_dir, const struct ledger_tree *tree)
{
	bool yes = false;

	if (lacks(c, db, keys_dir, tree, &yes) != 0)
		err_clear(c);
	return yes ? err_set(c, ERR_DENIED, "%s", advice) : 0;
}

/* The table says where the signer stands, and it corrects that when it is further: after a crash
 * between its answer and the table. It may never be behind. */
static int sign_tree(struct ctx *c, struct db *db, const char *keys_dir, struct slot *s)
{
	struct sign_tree last;
	uint64_t from, stored;
	int rc = last_signed(c, db, &stored);

	if (rc == 0 && stored > (uint64_t)s->tree.size)
		return err_set(c, ERR_DENIED,
		    "the ledger has %lld entries, but a checkpoint of %llu is stored",
		    (long long)s->tree.size, (unsigned long long)stored);
	from = stored;
	for (int i = 0; i < SIGN_TRIES && rc == 0; i++) {
		rc = ask_signer(c, db, keys_dir, from, s, &last);
		if (rc != ERR_CONFLICT)
			break;
		err_clear(c);
		if (last.size < stored)
			return err_set(c, ERR_FAIL,
			    "signer.state was rolled back: it says %llu entries were signed last, "
			    "the "
			    "newest checkpoint is of %llu",
			    (unsigned long long)last.size, (unsigned long long)stored);
		from = last.size;
		rc = i + 1 < SIGN_TRIES ? 0 : err_set(c, ERR_CONFLICT, "the signer is busy");
	}
	if (rc == ERR_DENIED)
		return not_signed(c, db, keys_dir, &s->tree);
	return rc == 0 ? db_tx(c, db, store_note, s) : rc;
}

static int close_once(
    struct ctx *c, struct store *store, const char *keys_dir, struct str host, struct slot *ret)
{
	struct slot s = {.note = {"", 0}};
	int64_t size;
	int rc;

	ret->tree.size = -1; /* until a tree was looked at */
	rc = ledger_close_slot(c, store->db, host, &size);
	if (rc == 0)
		rc = ledger_tree(c, store->db, &s.tree);
	if (rc == 0)
		*ret = s;
	if (rc == 0 && s.tree.size > 0)
		rc = slot_note(c, store->db, s.tree.size, &s.note);
	if (rc == 0 && s.tree.size > 0 && s.note.n == 0)
		rc = sign_tree(c, store->db, keys_dir, &s);
	else if (rc == 0 && s.tree.size > 0)
		rc = still_newest(c, store->db, keys_dir, &s.tree);
	if (rc == 0)
		*ret = s;
	return rc;
}

/* Between the look at the tree and the signer's answer another process may have closed the next
 * slot and had it signed: this one's tree is an old one then, and nothing is lacking. A tree is in
 * the database before it is signed, so that one look back tells. */
static bool overtaken(struct ctx *c, struct db *db, const struct slot *s)
{
	struct ledger_tree now;

	return s->tree.size >= 0 && ledger_tree(c, db, &now) == 0 && now.size > s->tree.size;
}

int slot_close(struct ctx *c, struct store *store, const char *keys_dir, struct slot *ret)
{
	char host[256] = "";
	struct slot s = {0};
	int rc;

	/* Within one machine the transactions of the sequencer exclude each other, and a lease that
	 * a killed process left behind must not stop the next; the lease is between machines. */
	if (gethostname(host, sizeof host - 1) != 0)
		return err_set(c, ERR_FAIL, "this machine has no name");
	rc = close_once(c, store, keys_dir, str_of(host), &s);
	for (int i = 0; i < OVERTAKEN_TRIES && rc == ERR_DENIED && overtaken(c, store->db, &s);
	     i++) {
		err_clear(c);
		rc = close_once(c, store, keys_dir, str_of(host), &s);
	}
	if (rc == 0)
		*ret = s;
	return rc;
}

int slot_close_due(struct ctx *c, struct store *store, const char *keys_dir)
{
	struct ledger_tree tree;
	struct slot s;
	uint64_t stored;
	const struct db_val *row;
	int rc = db_find(c, store->db, SQL_PENDING_OLDEST, DB_NO_ARGS, &row);

	if (rc == 0)
		rc = ledger_tree(c, store->db, &tree);
	if (rc == 0)
		rc = last_signed(c, store->db, &stored);
	if (rc < 0)
		return rc;
	/* an entry of an instant to come: the clock was set back, and must not make it wait for it
	 */
	if ((row == NULL || (row[0].num > ctx_now(c) - SLOT_SECONDS && row[0].num <= ctx_now(c))) &&
	    stored == (uint64_t)tree.size)
		return 0;
	return slot_close(c, store, keys_dir, &s);
}
