#include "in/yield_mail.h"

#include <stdlib.h>

#include "base/mem.h"

/*
 * A message goes by in three states: its head is gathered; then it is judged; then its body passes
 * or does not. Only the head is ever held.
 */

bool yield_mail_granted(const struct yield_ask *ask, bool *ret_whole)
{
	bool content = str_has_word(ask->fields, STR("body")) ||
		       str_has_word(ask->fields, STR("realtime_content"));

	*ret_whole = content && !ask->mask;
	return content || str_has_word(ask->fields, STR("headers")) ||
	       str_has_word(ask->fields, STR("realtime_signalling"));
}

const struct yield_shape *yield_mail_shape(struct yield_run *y)
{
	const struct yield_shapes *all = &y->ask->shapes;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == YIELD_SHAPE_MAIL) {
			y->r->shape = all->v[i]->name;
			return all->v[i];
		}
	return yield_shape_built_in(YIELD_SHAPE_MAIL);
}

static bool is_blank(struct str line)
{
	return str_is(line, "\n") || str_is(line, "\r\n");
}

void yield_mail_begin(struct yield_mail *m, struct yield_run *y)
{
	m->state = YIELD_MAIL_HEAD;
	m->head.n = 0;
	m->from_n = 0;
	m->line = y->line;
	m->byte = y->src.offset;
	m->too_large = false;
	m->store = INSTANT_NONE;
}

int yield_mail_head_end(struct ctx *c, struct yield_run *y, struct yield_mail *m, struct str blank)
{
	struct mem_mark mark = mem_mark(c);
	struct str all = {m->head.p, m->head.n};
	struct yield_head h = {.from_line = {all.p, m->from_n}, .blank = blank, .store = m->store};
	bool whole, granted = yield_mail_granted(y->ask, &whole);
	enum yield_reason why = YIELD_UNREAD;

	if (!m->too_large && m->head.n > m->from_n &&
	    yield_head_parse(c, (struct str){all.p + m->from_n, all.n - m->from_n}, &h))
		why = yield_head_judge(c, y, m->shape, &h);
	if (why == YIELD_IN && !granted)
		why = YIELD_FIELD;
	yield_note(y, m->line, m->byte, why);
	m->state = why == YIELD_IN && whole ? YIELD_MAIL_PASS : YIELD_MAIL_DROP;
	m->cut_body = why == YIELD_IN && !whole;
	if (why == YIELD_IN)
		yield_head_put(c, y, &h, whole, &m->out);
	m->released = why == YIELD_IN;
	mem_reset(c, mark); /* before the output, which may grow in the arena */
	return m->released && m->put_head ? yield_put(c, y, (struct str){m->out.p, m->out.n}) : 0;
}

/* One piece of the message, a line or a part of one. */
int yield_mail_piece(
    struct ctx *c, struct yield_run *y, struct yield_mail *m, struct str s, bool begins)
{
	switch (m->state) {
	case YIELD_MAIL_HEAD:
		if (begins && is_blank(s))
			return yield_mail_head_end(c, y, m, s);
		if (m->head.n + s.n > YIELD_HEAD_MAX)
			m->too_large = true;
		else
			yield_bytes_put(&m->head, s);
		return 0;
	case YIELD_MAIL_PASS:
		return yield_put(c, y, s);
	case YIELD_MAIL_DROP:
		y->r->cut += m->cut_body;
		m->cut_body = false;
		return 0;
	case YIELD_MAIL_NONE:
		break;
	}
	return 0;
}

int yield_mail_end(struct ctx *c, struct yield_run *y, struct yield_mail *m)
{
	int rc = 0;

	if (m->state == YIELD_MAIL_HEAD)
		rc = yield_mail_head_end(c, y, m, STR(""));
	m->state = YIELD_MAIL_NONE;
	return rc;
}

void yield_mail_close(struct yield_mail *m)
{
	free(m->head.p);
	free(m->out.p);
}

/* ---- mbox ---- */

/* What follows a separator is a header field: a line "From ..." of a text that somebody forgot to
 * quote seldom is. */
static int separates(struct ctx *c, struct yield_run *y, struct str line, bool *ret)
{
	struct str s;
	size_t n = line.n;
	int rc;

	*ret = false;
	if (!yield_head_separates(line))
		return 0;
	rc = yield_fill(c, &y->src, line.n + 1024);
	if (rc != 0)
		return rc;
	s = yield_ready(&y->src);
	while (n < s.n && s.p[n] > ' ' && s.p[n] < 127 && s.p[n] != ':')
		n++;
	*ret = n > line.n && n < s.n && s.p[n] == ':';
	return 0;
}

/* The separator begins the message and leaves with it. */
static void begin_with(struct yield_mail *m, struct yield_run *y, struct str line)
{
	yield_mail_begin(m, y);
	yield_bytes_put(&m->head, line);
	m->from_n = line.n;
}

static int mbox_piece(struct ctx *c, struct yield_run *y, struct yield_mail *m, struct str s,
    bool begins, bool after_blank)
{
	bool separator = false;
	int rc = 0;

	if (begins && after_blank && str_starts(s, "From ")) {
		rc = separates(c, y, s, &separator);
		s.p = yield_ready(&y->src).p; /* it may have moved */
	}
	if (rc == 0 && separator) {
		if (m->state != YIELD_MAIL_HEAD || m->head.n > 0) /* not before the first */
			rc = yield_mail_end(c, y, m);
		begin_with(m, y, s);
		return rc;
	}
	return rc == 0 ? yield_mail_piece(c, y, m, s, begins) : rc;
}

int yield_mail(struct ctx *c, struct yield_run *y, bool mbox)
{
	struct yield_mail m = {.shape = yield_mail_shape(y), .put_head = true};
	bool begins = true, whole = true, after_blank = true;
	struct str s;
	int rc;

	yield_mail_begin(&m, y);
	while ((rc = yield_piece(c, y, &s, &whole)) == 0 && s.n > 0) {
		bool blank = begins && is_blank(s);

		rc = mbox ? mbox_piece(c, y, &m, s, begins, after_blank)
			  : yield_mail_piece(c, y, &m, s, begins);
		if (rc != 0)
			break;
		yield_skip(y, s.n);
		after_blank = blank;
		begins = whole;
	}
	if (rc == 0)
		rc = yield_mail_end(c, y, &m);
	yield_mail_close(&m);
	return rc;
}
