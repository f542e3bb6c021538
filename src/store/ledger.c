#include "store/ledger.h"

#include "base/mem.h"
#include "proof/merkle.h"
#include "store/db.h"

enum { TILE = 256, TILE_BITS = 8, LEASE_SECONDS = 60, IDS_TRIES = 1000 };

/* Where many write at once another may draw ids between ours: drawn again, the first are lost. */
int ledger_ids(struct ctx *c, struct db *db, int64_t n, int64_t *ret)
{
	for (int i = 0; i < IDS_TRIES; i++) {
		const struct db_val *row;
		int rc = db_one(c, db, SQL_ENTRY_IDS, DB_ARGS(db_int(n)), &row);

		if (rc != 0)
			return rc;
		if (row[1].num - row[0].num == n - 1) {
			*ret = row[0].num;
			return 0;
		}
	}
	return err_set(c, ERR_CONFLICT, "too many write to the ledger at once; try again");
}

struct hash ledger_commit(const unsigned char salt[static LEDGER_SALT], struct str detail)
{
	struct str parts[3] = {{"writ/commit/1", 14}, {(const char *)salt, LEDGER_SALT},
	    detail}; /* 14: with its NUL */

	return hash_parts(parts, 3);
}

void ledger_leaf(struct hash commitment, unsigned char leaf[static LEDGER_LEAF])
{
	leaf[0] = 1;
	memcpy(leaf + 1, commitment.b, HASH_SIZE);
}

int ledger_put(struct ctx *c, struct db *db, int64_t id, const char *kind, struct instant at,
    int64_t actor, int64_t matter, struct str detail, bool keep, struct hash *ret)
{
	unsigned char salt[LEDGER_SALT], leaf[LEDGER_LEAF];
	struct str leaf_str = {(char *)leaf, sizeof leaf};

	ctx_random(c, salt, sizeof salt);
	ledger_leaf(ledger_commit(salt, detail), leaf);
	if (ret != NULL)
		*ret = merkle_leaf(leaf_str);
	db_witness(db, id, leaf_str);
	return db_run(c, db, SQL_ENTRY_PUT,
	    DB_ARGS(db_int(id), db_text(str_of(kind)), db_int(at.s), db_int(actor), db_ref(matter),
		db_blob(leaf_str), db_blob((struct str){(char *)salt, sizeof salt}),
		keep ? db_text(detail) : db_null()),
	    NULL);
}

int ledger_pend(struct ctx *c, struct db *db, int64_t first, int64_t n)
{
	if (n == 0)
		return 0;
	return db_run(c, db, SQL_PENDING_PUT, DB_ARGS(db_int(first), db_int(n)), NULL);
}

int ledger_tree(struct ctx *c, struct db *db, struct ledger_tree *ret)
{
	struct ledger_tree t = {.root = merkle_empty(), .at = INSTANT_NONE};
	const struct db_val *row;
	int rc = db_find(c, db, SQL_SLOT_LAST, DB_NO_ARGS, &row);

	if (rc != 0)
		return rc;
	if (row != NULL) {
		t.size = row[0].num;
		t.at.s = row[2].num;
		memcpy(t.root.b, row[1].s.p, HASH_SIZE);
	}
	*ret = t;
	return 0;
}

/* ---- reading nodes back out of tiles --------------------------------------------------------- */

/* The hash of (level, index) lies in the tile of the level's tile row, at height level % 8 over it.
 */
int ledger_node(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret)
{
	struct ledger_nodes *nodes = arg;
	unsigned rest = level % TILE_BITS;
	uint64_t first = index << rest;
	const struct db_val *row;
	struct merkle m = {0};
	int rc = db_one(c, nodes->db, SQL_TILE_GET,
	    DB_ARGS(db_int((int64_t)(level / TILE_BITS)), db_int((int64_t)(first / TILE))), &row);

	if (rc != 0)
		return err_while(c, rc, "ledger tile");
	if ((first % TILE) + (1u << rest) > (uint64_t)row[0].num)
		return err_set(c, ERR_FAIL, "ledger tile: narrower than the tree");
	for (uint64_t i = 0; i < 1u << rest; i++) {
		struct hash h;

		memcpy(h.b, row[1].s.p + (first % TILE + i) * HASH_SIZE, HASH_SIZE);
		merkle_add(&m, h);
	}
	*ret = merkle_root(&m);
	return 0;
}

/* ---- the sequencer ---- */

enum { LEVELS = 7 }; /* 256^7 leaves are more than there will be */

struct open_tile {
	unsigned char hashes[TILE * HASH_SIZE];
	unsigned width, stored; /* stored: as many are in the database already */
	int64_t idx;
};

struct sequencer {
	struct db *db;
	struct str holder;
	struct open_tile level[LEVELS];
	struct merkle tree;
	int64_t size, first_pending;
	int64_t *first, *n; /* the waiting ranges */
	size_t ranges, cap_first, cap_n;
};

static int tile_store(struct ctx *c, struct sequencer *s, unsigned level)
{
	struct open_tile *t = &s->level[level];

	if (t->width == t->stored)
		return 0;
	t->stored = t->width;
	return db_run(c, s->db, SQL_TILE_PUT,
	    DB_ARGS(db_int((int64_t)level), db_int(t->idx), db_int((int64_t)t->width),
		db_blob((struct str){(char *)t->hashes, (size_t)t->width * HASH_SIZE})),
	    NULL);
}

static int level_add(struct ctx *c, struct sequencer *s, unsigned level, struct hash h);

/* A full tile is stored, and its root is one hash of the level above. */
static int tile_close(struct ctx *c, struct sequencer *s, unsigned level)
{
	struct open_tile *t = &s->level[level];
	struct merkle m = {0};
	int rc = tile_store(c, s, level);

	if (rc != 0)
		return rc;
	for (unsigned i = 0; i < TILE; i++) {
		struct hash h;

		memcpy(h.b, t->hashes + i * HASH_SIZE, HASH_SIZE);
		merkle_add(&m, h);
	}
	t->idx++;
	t->width = t->stored = 0;
	return level_add(c, s, level + 1, merkle_root(&m));
}

static int level_add(struct ctx *c, struct sequencer *s, unsigned level, struct hash h)
{
	struct open_tile *t = &s->level[level];

	memcpy(t->hashes + t->width * HASH_SIZE, h.b, HASH_SIZE);
	t->width++;
	return t->width == TILE ? tile_close(c, s, level) : 0;
}

static int load_open_tiles(struct ctx *c, struct sequencer *s)
{
	int64_t width = s->size;

	for (unsigned level = 0; level < LEVELS; level++, width /= TILE) {
		struct open_tile *t = &s->level[level];
		const struct db_val *row;
		int rc;

		t->idx = width / TILE;
		t->width = t->stored = (unsigned)(width % TILE);
		if (t->width == 0)
			continue;
		rc = db_one(c, s->db, SQL_TILE_GET, DB_ARGS(db_int(level), db_int(t->idx)), &row);
		if (rc != 0 || row[0].num != t->width)
			return err_set(c, ERR_FAIL, "the ledger's tiles do not fit its size");
		memcpy(t->hashes, row[1].s.p, (size_t)t->width * HASH_SIZE);
	}
	return 0;
}

static int note_range(struct ctx *c, const struct db_val *row, void *arg)
{
	struct sequencer *s = arg;

	/* one after the other: one run */
	if (s->ranges > 0 && s->first[s->ranges - 1] + s->n[s->ranges - 1] == row[0].num) {
		s->n[s->ranges - 1] += row[1].num;
		return 0;
	}
	s->first = mem_grow(c, s->first, s->ranges, &s->cap_first, sizeof *s->first);
	s->n = mem_grow(c, s->n, s->ranges, &s->cap_n, sizeof *s->n);
	s->first[s->ranges] = row[0].num;
	s->n[s->ranges++] = row[1].num;
	return 0;
}

static int add_entry(struct ctx *c, const struct db_val *row, void *arg)
{
	struct sequencer *s = arg;

	s->size++;
	return level_add(c, s, 0, merkle_leaf(row[1].s));
}

static int place_range(struct ctx *c, struct sequencer *s, int64_t first, int64_t n)
{
	int64_t before = s->size;
	int rc =
	    db_run(c, s->db, SQL_RUN_PUT, DB_ARGS(db_int(before), db_int(first), db_int(n)), NULL);

	if (rc == 0)
		rc = db_each(c, s->db, SQL_ENTRY_EACH, DB_ARGS(db_int(first), db_int(first + n)),
		    add_entry, s);
	if (rc == 0 && s->size != before + n)
		return err_set(c, ERR_FAIL, "the ledger waits for entries that are not there");
	if (rc == 0)
		rc = db_run(
		    c, s->db, SQL_PENDING_DROP, DB_ARGS(db_int(first), db_int(first + n)), NULL);
	return rc;
}

static int place_all(struct ctx *c, struct sequencer *s)
{
	struct ledger_nodes nodes = {s->db, 0};
	struct hash root;
	int rc = load_open_tiles(c, s);

	for (size_t i = 0; i < s->ranges && rc == 0; i++)
		rc = place_range(c, s, s->first[i], s->n[i]);
	for (unsigned level = 0; level < LEVELS && rc == 0; level++)
		rc = tile_store(c, s, level);
	if (rc != 0)
		return rc;
	nodes.size = s->size;
	rc = merkle_root_at(c, (uint64_t)s->size, ledger_node, &nodes, &root);
	if (rc != 0)
		return rc;
	return db_run(c, s->db, SQL_SLOT_PUT,
	    DB_ARGS(db_int(s->size), db_blob(hash_str(&root)), db_int(ctx_now(c))), NULL);
}

/* The lease comes first: whoever else is at it holds its row until its transaction ends, and all
 * that is read after it is what that one left. */
static int close_slot(struct ctx *c, struct db *db, void *arg)
{
	struct sequencer *s = arg;
	struct ledger_tree tree;
	int64_t now = ctx_now(c), changed = 0;
	int rc = db_run(c, db, SQL_LEASE_TAKE,
	    DB_ARGS(db_text(STR("sequencer")), db_text(s->holder), db_int(now + LEASE_SECONDS),
		db_int(now)),
	    &changed);

	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_CONFLICT, "another sequencer holds the lease");
	if (rc == 0)
		rc = ledger_tree(c, db, &tree);
	if (rc != 0)
		return rc;
	s->db = db;
	s->size = tree.size;
	rc = db_each(c, db, SQL_PENDING_EACH, DB_NO_ARGS, note_range, s);
	if (rc == 0 && s->ranges > 0)
		rc = place_all(c, s);
	return rc == 0 ? db_run(c, db, SQL_LEASE_DROP,
			     DB_ARGS(db_text(STR("sequencer")), db_text(s->holder)), NULL)
		       : rc;
}

int ledger_close_slot(struct ctx *c, struct db *db, struct str holder, int64_t *ret_size)
{
	struct sequencer *s = mem_alloc(c, sizeof *s);
	int rc;

	s->holder = holder;
	rc = db_tx(c, db, close_slot, s);
	if (rc == 0)
		*ret_size = s->size;
	return rc;
}

/* ---- places ---- */

int ledger_place(struct ctx *c, struct db *db, int64_t entry, int64_t *ret)
{
	const struct db_val *row;
	int rc = db_find(c, db, SQL_RUN_OF_ENTRY, DB_ARGS(db_int(entry)), &row);

	if (rc != 0)
		return rc;
	*ret =
	    row != NULL && entry < row[1].num + row[2].num ? row[0].num + entry - row[1].num : -1;
	return 0;
}

int ledger_entry_at(struct ctx *c, struct db *db, int64_t place, int64_t *ret)
{
	const struct db_val *row;
	int rc = db_find(c, db, SQL_RUN_OF_PLACE, DB_ARGS(db_int(place)), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || place < 0 || place >= row[0].num + row[2].num)
		return err_set(c, ERR_NOTFOUND, "no entry has this place");
	*ret = row[1].num + place - row[0].num;
	return 0;
}
