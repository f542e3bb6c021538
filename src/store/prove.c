#include "store/prove.h"

#include "base/mem.h"
#include "proof/tile.h"
#include "store/ledger.h"

static const char first_line[] = "c2sp.org/tlog-proof@v1";

/* ---- making ---- */

static int last_checkpoint(struct ctx *c, struct db *db, int64_t *ret_size, struct str *ret_note)
{
	const struct db_val *row;
	int rc = db_find(c, db, SQL_CHECKPOINT_LAST, DB_NO_ARGS, &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no checkpoint was signed yet");
	if (rc < 0)
		return rc;
	*ret_size = row[0].num;
	*ret_note = row[1].s;
	return 0;
}

static int prove_place(struct ctx *c, struct db *db, int64_t entry, int64_t place, struct str *ret)
{
	struct ledger_nodes nodes = {.db = db};
	struct buf b = buf_init(c, PROVE_MAX);
	struct merkle_proof proof;
	const struct db_val *row;
	struct str note;
	int64_t size;
	int rc = last_checkpoint(c, db, &size, &note);

	if (rc == 0 && (place < 0 || place >= size))
		rc = err_set(c, ERR_NOTFOUND, "the entry waits for its place in a signed tree");
	if (rc == 0)
		rc = db_one(c, db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(entry)), &row);
	nodes.size = size;
	if (rc == 0)
		rc = merkle_inclusion(
		    c, (uint64_t)size, (uint64_t)place, ledger_node, &nodes, &proof);
	if (rc < 0)
		return rc;
	/* id, kind, at, actor, matter, leaf, salt, detail */
	buf_fmt(&b, "%s\nextra %s\nindex %lld\n", first_line,
	    text_base64(c, row[5].s.p, row[5].s.n).p, (long long)place);
	for (size_t i = 0; i < proof.n; i++)
		buf_fmt(&b, "%s\n", text_base64(c, proof.at[i].b, HASH_SIZE).p);
	buf_putc(&b, '\n');
	buf_put(&b, note);
	return buf_end(&b, "proof", ret);
}

int prove_entry(struct ctx *c, struct store *store, int64_t entry, struct str *ret)
{
	int64_t place;
	int rc = ledger_place(c, store->db, entry, &place);

	return rc == 0 ? prove_place(c, store->db, entry, place, ret) : rc;
}

struct search {
	struct hash leaf;
	int64_t place;
};

/* The tiles of level 0 hold all leaf hashes: no index is kept for so rare a question. */
static int look(struct ctx *c, const struct db_val *row, void *arg)
{
	struct search *s = arg;

	(void)c;
	for (size_t i = 0; s->place < 0 && (i + 1) * HASH_SIZE <= row[2].s.n; i++)
		if (memcmp(row[2].s.p + i * HASH_SIZE, s->leaf.b, HASH_SIZE) == 0)
			s->place = row[0].num * TILE_WIDTH + (int64_t)i;
	return 0;
}

int prove_leaf(struct ctx *c, struct store *store, struct hash leaf, struct str *ret)
{
	struct search s = {leaf, -1};
	int64_t entry;
	int rc = db_each(c, store->db, SQL_TILE_EACH, DB_ARGS(db_int(0)), look, &s);

	if (rc == 0 && s.place < 0)
		rc = err_set(c, ERR_NOTFOUND, "no entry with a place has this leaf hash");
	if (rc == 0)
		rc = ledger_entry_at(c, store->db, s.place, &entry);
	return rc == 0 ? prove_place(c, store->db, entry, s.place, ret) : rc;
}

/* ---- checking ---- */

struct reader {
	struct str rest;
	int line;
};

static int line_err(struct ctx *c, const struct reader *r, const char *want)
{
	return err_set(c, ERR_INVALID, "proof:%d: want %s", r->line, want);
}

static bool next_line(struct reader *r, struct str *ret)
{
	r->line++;
	return str_cut(r->rest, '\n', ret, &r->rest);
}

/* Decimal, without sign and needless zeros. */
static bool read_index(struct str s, uint64_t *ret)
{
	int64_t v;

	if (!str_i64(s, &v) || v < 0 || s.p[0] == '-' || (s.n > 1 && s.p[0] == '0'))
		return false;
	*ret = (uint64_t)v;
	return true;
}

static int read_head(struct ctx *c, struct reader *r, struct prove *p, struct merkle_proof *proof)
{
	struct str line, raw;

	if (!next_line(r, &line) || !str_is(line, first_line))
		return line_err(c, r, "c2sp.org/tlog-proof@v1");
	if (!next_line(r, &line) || !str_starts(line, "extra ") ||
	    !text_unbase64(c, (struct str){line.p + 6, line.n - 6}, &raw) || raw.n != LEDGER_LEAF)
		return line_err(c, r, "extra and the entry's 33 leaf bytes in base64");
	p->leaf = merkle_leaf(raw);
	if (!next_line(r, &line) || !str_starts(line, "index ") ||
	    !read_index((struct str){line.p + 6, line.n - 6}, &p->index))
		return line_err(c, r, "index and a number");
	for (proof->n = 0; next_line(r, &line) && line.n > 0; proof->n++) {
		if (proof->n == MERKLE_PROOF_MAX)
			return line_err(c, r, "at most 65 hashes");
		if (!text_unbase64(c, line, &raw) || raw.n != HASH_SIZE)
			return line_err(c, r, "a hash of 32 bytes in base64");
		memcpy(proof->at[proof->n].b, raw.p, HASH_SIZE);
	}
	return r->rest.n > 0 ? 0 : line_err(c, r, "a checkpoint");
}

int prove_check(struct ctx *c, struct str text, struct str vkey, struct prove *ret)
{
	struct reader r = {text, 0};
	struct merkle_proof proof;
	struct note_key key;
	struct prove p;
	int rc = note_key_parse(c, str_trim(vkey), &key);

	if (rc < 0)
		return err_while(c, rc, "verifier key");
	if (text.n > PROVE_MAX)
		return err_set(c, ERR_LIMIT, "proof: more than %d bytes", (int)PROVE_MAX);
	rc = read_head(c, &r, &p, &proof);
	if (rc == 0)
		rc = note_checkpoint_open(c, r.rest, &key, 1, (struct str){"", 0}, &p.tree);
	if (rc == 0)
		rc = merkle_check_inclusion(
		    c, p.index, p.tree.size, p.leaf, proof.at, proof.n, p.tree.root);
	if (rc == 0)
		*ret = p;
	return rc;
}
