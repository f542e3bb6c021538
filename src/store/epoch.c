#include "store/epoch.h"

#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "store/ledger.h"

enum { NUMBER_MAX = 9999 };

int epoch_last(struct ctx *c, struct db *db, struct epoch *ret)
{
	struct epoch e = {.number = 1, .origin = {"", 0}, .log_key = {"", 0}};
	const struct db_val *row;
	int rc = db_find(c, db, SQL_EPOCH_LAST, DB_NO_ARGS, &row);

	if (rc == 0 && row != NULL)
		e = (struct epoch){row[0].num, row[1].s, row[2].s, row[3].s, row[4].num};
	if (rc == 0)
		*ret = e;
	return rc;
}

const char *epoch_keys(struct ctx *c, const char *root, int64_t number)
{
	return number == 1 ? root : str_fmt(c, "%s/epoch-%lld", root, (long long)number).p;
}

/* ---- looking ---- */

/* A signer later than the database's epoch, which has signed: the database is older than it. */
static int find_later(
    struct ctx *c, const char *root, int64_t from, int64_t *ret_number, struct sign_tree *ret)
{
	int rc = 0;

	for (int64_t n = from + 1; n <= NUMBER_MAX && rc == 0; n++) {
		const char *dir = epoch_keys(c, root, n);
		struct sign_tree last = {0};
		bool used;

		if (!file_exists(dir))
			break;
		rc = sign_used(c, dir, &used);
		if (rc == 0 && used)
			rc = sign_last(c, dir, &last);
		if (rc == 0 && used) {
			*ret = last;
			*ret_number = n;
		}
		if (rc == ERR_NOTFOUND || rc == ERR_FAIL) {
			/* a folder without a state that can be read: its number is not used again
			 */
			err_clear(c);
			*ret_number = n;
			rc = 0;
		}
	}
	return rc;
}

/* What the newest checkpoint in the database says, whoever signed it. */
static int last_checkpoint(struct ctx *c, struct db *db, struct epoch_look *ret)
{
	const struct db_val *row, *slot;
	int rc = db_find(c, db, SQL_CHECKPOINT_LAST, DB_NO_ARGS, &row);

	if (rc != 0 || row == NULL)
		return rc;
	rc = db_find(c, db, SQL_SLOT_BY_SIZE, DB_ARGS(row[0]), &slot);
	if (rc == 0 && (slot == NULL || slot[0].s.n != HASH_SIZE))
		rc = err_set(c, ERR_FAIL, "a checkpoint has no tree: verify the log");
	if (rc != 0)
		return rc;
	ret->last.size = (uint64_t)row[0].num;
	memcpy(ret->last.root.b, slot[0].s.p, HASH_SIZE);
	ret->note = row[1].s;
	return 0;
}

static bool keys_there(struct ctx *c, const char *dir)
{
	return file_exists(str_fmt(c, "%s/log.key", dir).p) &&
	       file_exists(str_fmt(c, "%s/receipt.key", dir).p);
}

static void say(struct epoch_look *look, enum epoch_stand stand, const char *why)
{
	look->stand = stand;
	look->why = why;
}

/* The signer's last tree against the database's. */
static int compare(
    struct ctx *c, struct db *db, const struct sign_tree *state, struct epoch_look *look)
{
	struct ledger_nodes nodes = {.db = db};
	struct ledger_tree tree;
	struct hash root = merkle_empty();
	int rc = ledger_tree(c, db, &tree);

	if (rc != 0)
		return rc;
	nodes.size = tree.size;
	if (state->size < look->last.size) {
		say(look, EPOCH_LOST, "the signer's state is older than the log's checkpoints");
		return 0;
	}
	if (state->size > (uint64_t)tree.size) {
		say(look, EPOCH_BEHIND,
		    "the signer has signed more entries than the database holds");
	} else {
		if (state->size > 0)
			rc = merkle_root_at(c, state->size, ledger_node, &nodes, &root);
		if (rc != 0)
			return rc;
		if (hash_eq(root, state->root))
			return 0;
		say(look, EPOCH_BEHIND,
		    "the signer has signed another history than the database's");
	}
	look->note = (struct str){"", 0};
	look->last = *state;
	return 0;
}

static int look_at_keys(struct ctx *c, struct db *db, const char *dir, struct epoch_look *look)
{
	struct sign_tree state;
	int rc;

	if (!keys_there(c, dir)) {
		say(look, EPOCH_LOST, "the keys that sign are not there");
		return 0;
	}
	rc = sign_last(c, dir, &state);
	if (rc == ERR_NOTFOUND || rc == ERR_FAIL) {
		say(look, EPOCH_LOST,
		    rc == ERR_NOTFOUND
			? "what was signed last is not known: signer.state is gone"
			: "what was signed last is not known: signer.state is damaged");
		err_clear(c);
		return 0;
	}
	return rc == 0 ? compare(c, db, &state, look) : rc;
}

int epoch_look(struct ctx *c, struct db *db, const char *root, struct epoch_look *ret)
{
	struct epoch_look look = {.why = "signer and database fit", .note = {"", 0}};
	struct sign_tree later = {0};
	struct epoch now;
	int rc = epoch_last(c, db, &now);

	if (rc != 0)
		return rc;
	look.last.root = merkle_empty();
	look.number = look.next = now.number;
	rc = last_checkpoint(c, db, &look);
	if (rc == 0)
		rc = find_later(c, root, now.number, &look.number, &later);
	if (rc == 0 && look.number > now.number && later.size > 0) {
		say(&look, EPOCH_BEHIND, "a later epoch of the log has signed than the database's");
		look.last = later;
		look.note = (struct str){"", 0};
	} else if (rc == 0) {
		rc = look_at_keys(c, db, epoch_keys(c, root, now.number), &look);
	}
	look.next = look.number + 1;
	if (rc == 0)
		*ret = look;
	return rc;
}

/* ---- opening ---- */

struct opening {
	const struct epoch_look *look;
	struct epoch *e;
	struct str old_log, old_receipt;
	const char *why;
};

static int put_epoch(struct ctx *c, struct step *s, void *arg)
{
	struct opening *o = arg;
	const struct epoch_look *look = o->look;
	struct json *old = json_map(c);
	struct epoch now;
	int rc = epoch_last(c, s->store->db, &now);

	if (rc == 0 && now.number >= o->e->number)
		rc = err_set(c, ERR_CONFLICT, "somebody has opened an epoch meanwhile");
	if (rc != 0)
		return rc;
	json_set_int(c, old, "size", (int64_t)look->last.size);
	json_set_text(c, old, "root", hash_hex(c, look->last.root));
	json_set_text(c, old, "key", o->old_log);
	if (look->note.n > 0)
		json_set_text(c, old, "checkpoint", look->note);
	json_set(c, s->detail, "old", old);
	json_set_text(c, s->detail, "origin", o->e->origin);
	json_set_int(c, s->detail, "number", o->e->number);
	json_set_int(c, s->detail, "began", o->e->began);
	return step_insert(c, s, STEP_EPOCH, SQL_EPOCH_PUT,
	    DB_ARGS(db_int(o->e->number), db_text(o->e->origin), db_text(o->e->log_key),
		db_text(o->e->receipt_key), db_int(o->e->began), db_text(o->old_log),
		db_text(o->old_receipt), db_int((int64_t)look->last.size),
		db_blob(hash_str(&look->last.root)),
		look->note.n > 0 ? db_text(look->note) : db_null(), db_text(str_of(o->why)),
		db_int(s->now.s)),
	    NULL);
}

static int key_text(struct ctx *c, const char *dir, const char *name, struct str *ret)
{
	struct note_key key;
	int rc = sign_key(c, dir, name, &key);

	if (rc == 0)
		*ret = note_key_print(c, &key);
	return rc;
}

/* A folder of that number that never signed was left by a crash: its keys are worth nothing. */
static int make_keys(struct ctx *c, const char *dir, struct str origin,
    const struct sign_tree *from, struct epoch *e)
{
	int rc = file_remove_tree(c, dir);

	if (rc == 0)
		rc = file_mkdirs(c, dir, 0700);
	if (rc == 0)
		rc = sign_create_after(c, dir, origin, from);
	if (rc == 0)
		rc = key_text(c, dir, "log", &e->log_key);
	return rc == 0 ? key_text(c, dir, "receipt", &e->receipt_key) : rc;
}

/* The old key signs no more: a process that still works with it fails. What a restore finds of it
 * later is kept, for there is nothing to hide. */
static void put_away(struct ctx *c, const char *dir)
{
	static const char *const names[] = {"log.key", "receipt.key"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		(void)rename(str_fmt(c, "%s/%s", dir, names[i]).p,
		    str_fmt(c, "%s/%s.ended", dir, names[i]).p);
}

int epoch_open(struct ctx *c, struct store *store, const char *root, struct str origin,
    const struct epoch_look *look, bool by_hand, int64_t actor, struct epoch *ret)
{
	static const char *const whys[] = {"hand", "behind", "lost"};
	struct epoch now, e = {.number = look->next};
	struct opening o = {look, &e, {"", 0}, {"", 0}, by_hand ? "hand" : whys[look->stand]};
	struct ledger_tree tree;
	struct sign_tree from;
	const char *dir = epoch_keys(c, root, e.number), *old;
	int64_t size;
	int rc = epoch_last(c, store->db, &now);

	if (rc != 0)
		return rc;
	old = epoch_keys(c, root, now.number);
	e.origin = str_fmt(c, "%.*s/%lld", STR_ARG(origin), (long long)e.number);
	rc = key_text(c, old, "log", &o.old_log);
	if (rc == 0)
		rc = key_text(c, old, "receipt", &o.old_receipt);
	/* what is there already comes before the epoch's first entry */
	if (rc == 0)
		rc = ledger_close_slot(c, store->db, STR("epoch"), &size);
	if (rc == 0)
		rc = ledger_tree(c, store->db, &tree);
	if (rc != 0)
		return rc;
	e.began = tree.size;
	from = (struct sign_tree){(uint64_t)tree.size, tree.root};
	rc = make_keys(c, dir, e.origin, &from, &e);
	if (rc == 0)
		rc = step_run(c, store, "log.epoch", actor, put_epoch, &o, NULL);
	if (rc != 0)
		return rc;
	put_away(c, old);
	*ret = e;
	return 0;
}
