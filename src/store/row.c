#include "store/row.h"

/* A tag and a number, big-endian, as one piece: rows are made of these. */
static void put_head(struct buf *b, char tag, uint64_t v, size_t bytes)
{
	char head[9];

	head[0] = tag;
	for (size_t i = bytes; i > 0; i--, v >>= 8)
		head[i] = (char)(v & 255);
	buf_put(b, (struct str){head, bytes + 1});
}

void row_put(struct buf *b, struct db_val v)
{
	switch (v.kind) {
	case DB_NULL:
		buf_putc(b, 'n');
		break;
	case DB_INT:
		put_head(b, 'i', (uint64_t)v.num, 8);
		break;
	case DB_TEXT:
	case DB_BLOB:
		put_head(b, v.kind == DB_TEXT ? 't' : 'b', v.s.n, 4);
		buf_put(b, v.s);
		break;
	}
}

static uint64_t number(const char *p, size_t bytes)
{
	uint64_t v = 0;

	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

bool row_get(struct str *rest, struct db_val *ret)
{
	const char *p = rest->p;
	size_t n;

	if (rest->n == 0)
		return false;
	if (p[0] == 'n') {
		*ret = db_null();
		n = 1;
	} else if (p[0] == 'i' && rest->n >= 9) {
		*ret = db_int((int64_t)number(p + 1, 8));
		n = 9;
	} else if ((p[0] == 't' || p[0] == 'b') && rest->n >= 5 &&
		   number(p + 1, 4) <= rest->n - 5) {
		struct str s = {p + 5, (size_t)number(p + 1, 4)};

		*ret = p[0] == 't' ? db_text(s) : db_blob(s);
		n = 5 + s.n;
	} else {
		return false;
	}
	*rest = (struct str){p + n, rest->n - n};
	return true;
}
