#include "in/yield_mail.h"

#include <stdlib.h>

/*
 * A tar archive (POSIX ustar and pax, GNU's long names), each file of which is one message, as in a
 * Maildir. Folders go: their names may be other people's. What is neither file nor folder is held
 * back. Nothing is read behind a header that is broken.
 */

enum { BLOCK = 512, NAMED_MAX = 64 << 10 };

struct entry {
	struct yield_bytes before; /* headers that belong to the next file: long names */
	size_t name_at, name_n;    /* in before; 0 bytes when the header's own name counts */
	char head[BLOCK];
	int64_t size, left;
	bool sized; /* one of them gives another size */
};

static bool octal(const char *p, size_t n, int64_t *ret)
{
	int64_t v = 0;
	size_t i = 0;

	while (i < n && p[i] == ' ')
		i++;
	for (; i < n && p[i] >= '0' && p[i] <= '7'; i++)
		v = v * 8 + (p[i] - '0');
	*ret = v;
	return i == n || p[i] == ' ' || p[i] == '\0';
}

static void put_octal(char *to, size_t width, uint64_t v)
{
	to[width - 1] = '\0';
	for (size_t i = width - 1; i-- > 0; v >>= 3)
		to[i] = (char)('0' + (v & 7));
}

static int64_t sum_of(const char head[static BLOCK])
{
	int64_t sum = 0;

	for (size_t i = 0; i < BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)head[i];
	return sum;
}

static bool sound(const char head[static BLOCK], int64_t *ret_size)
{
	int64_t sum;

	return memcmp(head + 257, "ustar", 5) == 0 && octal(head + 148, 8, &sum) &&
	       sum == sum_of(head) && octal(head + 124, 12, ret_size);
}

static int64_t padding(int64_t size)
{
	return (BLOCK - size % BLOCK) % BLOCK;
}

/* n bytes that nobody wants. */
static int skip(struct ctx *c, struct yield_run *y, int64_t n)
{
	while (n > 0) {
		int rc = yield_fill(c, &y->src, 1);
		struct str s = yield_ready(&y->src);
		size_t take = (uint64_t)n < s.n ? (size_t)n : s.n;

		if (rc != 0)
			return rc;
		if (take == 0)
			return 0; /* cut off: the next header will not be there */
		yield_skip(y, take);
		n -= (int64_t)take;
	}
	return 0;
}

static int drain(struct ctx *c, struct yield_run *y)
{
	return skip(c, y, INT64_MAX);
}

/* ---- long names ---- */

static void set_name(struct entry *e, struct str name)
{
	e->name_at = (size_t)(name.p - e->before.p);
	e->name_n = name.n;
}

/* A record of a pax header: "LENGTH KEY=VALUE\n". */
static bool pax(struct str s, struct entry *e)
{
	while (s.n > 0) {
		struct str number, rest, key, value;
		int64_t n;

		if (!str_cut(s, ' ', &number, &rest) || !str_i64(number, &n) ||
		    n <= (int64_t)number.n + 1 || (uint64_t)n > s.n || s.p[n - 1] != '\n')
			return false;
		rest.n = (size_t)n - number.n - 2;
		if (!str_cut(rest, '=', &key, &value))
			return false;
		if (str_is(key, "path"))
			set_name(e, value);
		e->sized = e->sized || str_is(key, "size") || str_starts(key, "GNU.sparse");
		s = (struct str){s.p + n, s.n - (size_t)n};
	}
	return true;
}

/* Such a header is held until its file is judged. */
static int keep(struct ctx *c, struct yield_run *y, struct entry *e, char type, bool *ret_ok)
{
	int64_t all = BLOCK + e->size + padding(e->size);
	struct str text;
	size_t at = e->before.n;

	*ret_ok = false;
	if (e->size > NAMED_MAX || e->before.n > NAMED_MAX)
		return skip(c, y, e->size + padding(e->size));
	yield_bytes_put(&e->before, (struct str){e->head, BLOCK});
	for (int64_t left = all - BLOCK; left > 0;) {
		int rc = yield_fill(c, &y->src, 1);
		struct str s = yield_ready(&y->src);

		if (rc != 0)
			return rc;
		s.n = (uint64_t)left < s.n ? (size_t)left : s.n;
		if (s.n == 0)
			return 0;
		yield_bytes_put(&e->before, s);
		yield_skip(y, s.n);
		left -= (int64_t)s.n;
	}
	text = (struct str){e->before.p + at + BLOCK, (size_t)e->size};
	*ret_ok = type != 'x' || pax(text, e);
	if (type == 'L') {
		while (text.n > 0 && text.p[text.n - 1] == '\0')
			text.n--;
		set_name(e, text);
	}
	return 0;
}

static void forget(struct entry *e)
{
	e->before.n = 0;
	e->name_n = 0;
	e->sized = false;
}

/* The second of delivery begins a file's name in the folders cur and new (maildir(5)). */
static struct instant delivered(const struct entry *e)
{
	struct str name = {e->name_n == 0 ? "" : e->before.p + e->name_at, e->name_n}, head, tail;
	int64_t v;
	size_t n;

	if (name.n == 0)
		name = (struct str){e->head, strnlen(e->head, 100)};
	n = name.n;
	while (n > 0 && name.p[n - 1] != '/')
		n--;
	if (!str_ends((struct str){name.p, n}, "cur/") &&
	    !str_ends((struct str){name.p, n}, "new/"))
		return INSTANT_NONE;
	if (!str_cut((struct str){name.p + n, name.n - n}, '.', &head, &tail) || head.n > 12 ||
	    !str_i64(head, &v) || v < 0)
		return INSTANT_NONE;
	return (struct instant){v};
}

/* ---- a message ---- */

/* The head was judged: the file's header goes out with the size it will have. */
static int put_entry(
    struct ctx *c, struct yield_run *y, struct entry *e, const struct yield_mail *m)
{
	int64_t size = (int64_t)m->out.n + (m->state == YIELD_MAIL_PASS ? e->left : 0);
	int rc;

	if (!m->released)
		return 0;
	if (size != e->size) {
		put_octal(e->head + 124, 12, (uint64_t)size);
		put_octal(e->head + 148, 7, (uint64_t)sum_of(e->head));
		e->head[155] = ' ';
		e->size = size;
	}
	rc = yield_put(c, y, (struct str){e->before.p, e->before.n});
	if (rc == 0)
		rc = yield_put(c, y, (struct str){e->head, BLOCK});
	return rc == 0 ? yield_put(c, y, (struct str){m->out.p, m->out.n}) : rc;
}

static int pieces(struct ctx *c, struct yield_run *y, struct entry *e, struct yield_mail *m)
{
	bool begins = true, whole = true, judged = false;
	int rc = 0;

	while (e->left > 0) {
		struct str s;

		rc = yield_piece(c, y, &s, &whole);
		if (rc != 0)
			return rc;
		if (s.n == 0)
			return err_set(c, ERR_INVALID,
			    "the archive is cut off within a message: collect it anew");
		if ((int64_t)s.n > e->left) {
			s.n = (size_t)e->left;
			whole = false;
		}
		e->left -= (int64_t)s.n;
		rc = yield_mail_piece(c, y, m, s, begins);
		if (rc == 0 && !judged && m->state != YIELD_MAIL_HEAD) {
			judged = true;
			rc = put_entry(c, y, e, m);
		}
		if (rc != 0)
			return rc;
		yield_skip(y, s.n);
		begins = whole;
	}
	if (judged)
		return 0;
	rc = yield_mail_end(c, y, m);
	return rc == 0 ? put_entry(c, y, e, m) : rc;
}

static int message(struct ctx *c, struct yield_run *y, struct entry *e, struct yield_mail *m)
{
	static const char zeros[BLOCK];
	int64_t pad = padding(e->size);
	int rc;

	yield_mail_begin(m, y);
	m->line = 0;
	m->store = delivered(e);
	m->released = false;
	e->left = e->size;
	rc = pieces(c, y, e, m);
	if (rc == 0)
		rc = skip(c, y, pad);
	if (rc == 0 && m->released)
		rc = yield_put(c, y, (struct str){zeros, (size_t)padding(e->size)});
	return rc;
}

/* ---- the archive ---- */

static bool all_zero(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\0')
			return false;
	return true;
}

/* One header and what belongs to it. *ret_more false at the end. */
static int next(
    struct ctx *c, struct yield_run *y, struct entry *e, struct yield_mail *m, bool *ret_more)
{
	int64_t byte = y->src.offset;
	bool ok = true;
	char type;
	struct str s;
	int rc = yield_fill(c, &y->src, BLOCK);

	s = yield_ready(&y->src);
	*ret_more = false;
	if (rc != 0)
		return rc;
	if (s.n == 0 || (s.n >= BLOCK && all_zero((struct str){s.p, BLOCK})))
		return drain(c, y);
	if (s.n < BLOCK || !sound(s.p, &e->size)) {
		yield_note(y, 0, byte, YIELD_UNREAD);
		return drain(c, y);
	}
	memcpy(e->head, s.p, BLOCK);
	yield_skip(y, BLOCK);
	type = e->head[156];
	*ret_more = true;
	if (type == 'x' || type == 'L' || type == 'K') {
		rc = keep(c, y, e, type, &ok);
		if (rc != 0 || ok)
			return rc;
		yield_note(y, 0, byte, YIELD_UNREAD); /* whose file would follow is not known */
		*ret_more = false;
		return drain(c, y);
	}
	if ((type == '0' || type == '\0') && !e->sized) {
		rc = message(c, y, e, m);
	} else if (e->sized) {
		yield_note(y, 0, byte, YIELD_UNREAD);
		*ret_more = false;
		return drain(c, y);
	} else {
		if (type != '5' && type != 'g')
			yield_note(y, 0, byte, YIELD_UNREAD);
		rc = type == '5' ? 0 : skip(c, y, e->size + padding(e->size));
	}
	forget(e);
	return rc;
}

int yield_tar(struct ctx *c, struct yield_run *y)
{
	static const char zeros[2 * BLOCK];
	struct yield_mail m = {.shape = yield_mail_shape(y)};
	struct entry e = {0};
	bool more = true;
	int rc = 0;

	while (rc == 0 && more)
		rc = next(c, y, &e, &m, &more);
	if (rc == 0)
		rc = yield_put(c, y, (struct str){zeros, sizeof zeros});
	yield_mail_close(&m);
	free(e.before.p);
	return rc;
}
