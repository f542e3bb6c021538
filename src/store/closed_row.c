#include "store/closed_row.h"

#include "base/mem.h"
#include "store/ledger.h"

/* The image is gathered in pieces of this size: a history has millions of rows, and a call of the
 * buffer for each byte or number of them would be the larger part of the work. */
struct piece {
	struct buf *to;
	size_t n;
	char p[256];
};

enum { HEAD = 9 }; /* a tag and a number of 8 bytes */

static void flush(struct piece *x)
{
	buf_put(x->to, (struct str){x->p, x->n});
	x->n = 0;
}

/* A tag and a number, big-endian. */
static void put_head(struct piece *x, char tag, uint64_t v, size_t bytes)
{
	if (x->n + HEAD > sizeof x->p)
		flush(x);
	x->p[x->n] = tag;
	for (size_t i = bytes; i > 0; i--, v >>= 8)
		x->p[x->n + i] = (char)(v & 255);
	x->n += bytes + 1;
}

static void put_text(struct piece *x, struct str s)
{
	if (s.n > sizeof x->p - x->n)
		flush(x);
	if (s.n > sizeof x->p) {
		buf_put(x->to, s);
		return;
	}
	if (s.n > 0)
		memcpy(x->p + x->n, s.p, s.n);
	x->n += s.n;
}

void closed_row_image(struct buf *b, int64_t at, int64_t actor, const struct db_val *row)
{
	struct piece x;

	x.to = b;
	x.n = 0;
	put_text(&x, STR("closed\0"));
	put_head(&x, 'i', (uint64_t)at, 8);
	put_head(&x, 'i', (uint64_t)actor, 8);
	for (size_t i = 0; i < CLOSED_ROW_COLUMNS; i++) {
		switch (row[i].kind) {
		case DB_NULL:
			put_head(&x, 'n', 0, 0);
			break;
		case DB_INT:
			put_head(&x, 'i', (uint64_t)row[i].num, 8);
			break;
		case DB_TEXT:
		case DB_BLOB:
			put_head(&x, row[i].kind == DB_TEXT ? 't' : 'b', row[i].s.n, 4);
			put_text(&x, row[i].s);
			break;
		}
	}
	flush(&x);
}

int closed_row_put(struct ctx *c, struct db *db, const struct db_val *row, struct instant at,
    int64_t actor, struct buf *b)
{
	int rc;

	b->n = 0;
	closed_row_image(b, at.s, actor, row);
	if (b->over)
		return err_set(c, ERR_LIMIT, "a record of history is larger than its room");
	/* the entry first: its row then finds it without waiting for the end of the transaction */
	rc = ledger_put(c, db, row[CLOSED_ROW_ID].num, "closed", at, actor, 0,
	    (struct str){b->p, b->n}, false, NULL);
	return rc == 0 ? db_run(c, db, SQL_CLOSED_PUT, row, CLOSED_ROW_COLUMNS, NULL) : rc;
}

int closed_row_check(
    struct ctx *c, struct db *db, const struct db_val *row, struct buf *b, bool *ret)
{
	unsigned char leaf[LEDGER_LEAF];
	const struct db_val *entry;
	int rc = db_one(c, db, SQL_ENTRY_BY_ID, DB_ARGS(row[CLOSED_ROW_ID]), &entry);

	if (rc != 0)
		return rc;
	/* id, kind, at, actor, matter, leaf, salt, detail */
	b->n = 0;
	closed_row_image(b, entry[2].num, entry[3].num, row);
	*ret = false;
	if (b->over || !str_is(entry[1].s, "closed") || entry[6].kind != DB_BLOB ||
	    entry[6].s.n != LEDGER_SALT)
		return 0;
	ledger_leaf(
	    ledger_commit((const unsigned char *)entry[6].s.p, (struct str){b->p, b->n}), leaf);
	*ret = str_eq(entry[5].s, (struct str){(char *)leaf, sizeof leaf});
	return 0;
}
