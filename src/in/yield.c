#include "in/yield_p.h"

#include <stdlib.h>

#include "base/mem.h"
#include "in/target.h"

/* ---- words ---- */

static const char *const formats[] = {"unknown", "csv", "jsonl", "mbox", "eml", "tar"};
static const char *const reasons[YIELD_REASONS] = {"in_scope", "other_target", "no_target",
    "before", "after", "across", "zone", "no_instant", "field", "unreadable"};

const char *yield_format_word(enum yield_format f)
{
	return formats[f];
}

const char *yield_reason_word(enum yield_reason r)
{
	return reasons[r];
}

int64_t yield_held(const struct yield_report *r)
{
	return r->records - r->released;
}

struct json *yield_json(struct ctx *c, const struct yield_report *r, bool places)
{
	struct json *j = json_map(c), *held = json_map(c), *list = json_list(c);

	json_set_text(c, j, "checker", STR(YIELD_CHECKER));
	json_set_text(c, j, "format", str_of(yield_format_word(r->format)));
	if (r->shape.n > 0)
		json_set_text(c, j, "shape", r->shape);
	json_set_int(c, j, "records", r->records);
	json_set_int(c, j, "released", r->released);
	for (size_t i = YIELD_IN + 1; i < YIELD_REASONS; i++)
		if (r->held[i] > 0)
			json_set_int(c, held, reasons[i], r->held[i]);
	json_set(c, j, "held", held);
	json_set_int(c, j, "cut", r->cut);
	json_set_int(c, j, "masked", r->masked);
	for (size_t i = 0; i < r->n_at && places; i++) {
		struct json *one = json_map(c);

		json_set_int(c, one, "record", r->at[i].record);
		if (r->at[i].line > 0)
			json_set_int(c, one, "line", r->at[i].line);
		json_set_int(c, one, "byte", r->at[i].byte);
		json_set_text(c, one, "why", str_of(reasons[r->at[i].why]));
		json_add(c, list, one);
	}
	if (places)
		json_set(c, j, "places", list);
	return j;
}

struct json *yield_said(struct ctx *c, const struct yield_report *r)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "checker", STR(YIELD_CHECKER));
	json_set_text(c, j, "format", str_of(yield_format_word(r->format)));
	if (r->shape.n > 0)
		json_set_text(c, j, "shape", r->shape);
	json_set_int(c, j, "records", r->released);
	json_set_int(c, j, "masked", r->masked);
	return j;
}

/* ---- bytes ---- */

int yield_fill(struct ctx *c, struct yield_src *src, size_t want)
{
	while (src->end - src->at < want && !src->eof) {
		size_t got = 0;
		int rc;

		if (src->at > 0) {
			memmove(src->buf, src->buf + src->at, src->end - src->at);
			src->end -= src->at;
			src->at = 0;
		}
		rc = src->in.read(
		    c, src->in.arg, src->buf + src->end, YIELD_BUFFER - src->end, &got);
		if (rc != 0)
			return rc;
		src->end += got;
		src->eof = got == 0;
	}
	return 0;
}

struct str yield_ready(const struct yield_src *src)
{
	return (struct str){src->buf + src->at, src->end - src->at};
}

void yield_skip(struct yield_run *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		y->line += y->src.buf[y->src.at + i] == '\n';
	y->src.at += n;
	y->src.offset += (int64_t)n;
}

int yield_piece(struct ctx *c, struct yield_run *y, struct str *ret, bool *ret_whole)
{
	static const size_t half = YIELD_BUFFER / 2;
	size_t seen = 0;

	for (;;) {
		struct str s = yield_ready(&y->src);
		size_t n = s.n < half ? s.n : half;
		const char *end = n > seen ? memchr(s.p + seen, '\n', n - seen) : NULL;
		int rc;

		if (end != NULL || n == half || y->src.eof) {
			*ret_whole = end != NULL;
			*ret = (struct str){s.p, end != NULL ? (size_t)(end - s.p) + 1 : n};
			return 0;
		}
		seen = n;
		rc = yield_fill(c, &y->src, s.n + 1);
		if (rc != 0)
			return rc;
	}
}

int yield_put(struct ctx *c, struct yield_run *y, struct str s)
{
	return s.n == 0 ? 0 : y->out.write(c, y->out.arg, s);
}

void yield_bytes_put(struct yield_bytes *b, struct str s)
{
	if (b->cap - b->n < s.n) {
		size_t cap = b->cap == 0 ? 4096 : b->cap;

		while (cap - b->n < s.n)
			cap *= 2;
		b->p = realloc(b->p, cap);
		if (b->p == NULL)
			abort(); /* out of memory ends the process: see mem.h */
		b->cap = cap;
	}
	if (s.n > 0)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

/* ---- judging ---- */

void yield_note(struct yield_run *y, int64_t line, int64_t byte, enum yield_reason why)
{
	struct yield_report *r = y->r;

	r->records++;
	if (why == YIELD_IN) {
		r->released++;
		return;
	}
	r->held[why]++;
	if (r->n_at < YIELD_PLACES)
		r->at[r->n_at++] = (struct yield_place){r->records, line, byte, why};
}

bool yield_same(struct ctx *c, const struct yield_run *y, struct str printed)
{
	struct mem_mark m = mem_mark(c);
	struct str value;
	bool same = false;

	if (printed.n > 0 && target_normalise(c, y->ask->kind, printed, &value) == 0)
		same = str_eq(value, y->target);
	else
		err_clear(c);
	mem_reset(c, m);
	return same;
}

enum yield_reason yield_within(const struct yield_run *y, struct yield_time t)
{
	const struct instant from = y->ask->from, until = y->ask->until;

	if (!instant_is_none(from) && t.last < from.s)
		return YIELD_BEFORE;
	if (!instant_is_none(until) && t.first >= until.s)
		return YIELD_AFTER;
	if ((!instant_is_none(from) && t.first < from.s) ||
	    (!instant_is_none(until) && t.last >= until.s))
		return YIELD_ZONE;
	return YIELD_IN;
}

/* Of two instants both have to lie within. */
static enum yield_reason both(enum yield_reason a, enum yield_reason b)
{
	if (a == b)
		return a;
	if (a == YIELD_ZONE || b == YIELD_ZONE)
		return YIELD_ZONE;
	return YIELD_ACROSS;
}

enum yield_reason yield_between(
    const struct yield_run *y, const struct yield_shape *s, struct str instant, struct str until)
{
	bool bounded = !instant_is_none(y->ask->from) || !instant_is_none(y->ask->until);
	struct yield_time t;
	enum yield_reason first;

	if (!bounded)
		return YIELD_IN;
	if (instant.p == NULL || instant.n == 0)
		return until.n == 0 && !yield_shape_events(y->ask->fields) ? YIELD_IN
									   : YIELD_NO_INSTANT;
	if (!yield_time_read(s->form, s->zone, instant, &t))
		return YIELD_NO_INSTANT;
	first = yield_within(y, t);
	if (until.p == NULL || until.n == 0)
		return first;
	if (!yield_time_read(s->form, s->zone, until, &t))
		return YIELD_NO_INSTANT;
	return both(first, yield_within(y, t));
}

/* ---- what it is ---- */

/* "Name: ..." at the start of a line. */
static bool head_like(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] > ' ' && s.p[n] < 127 && s.p[n] != ':')
		n++;
	return n > 0 && n < s.n && s.p[n] == ':';
}

/* Two lines at least that a message would begin with: one alone may be the head of a table. */
static bool message_like(struct str s)
{
	const char *end = s.n == 0 ? NULL : memchr(s.p, '\n', s.n);
	struct str next;

	if (end == NULL || !head_like(s))
		return false;
	next = (struct str){end + 1, s.n - (size_t)(end + 1 - s.p)};
	return next.n > 0 && (head_like(next) || next.p[0] == ' ' || next.p[0] == '\t' ||
				 next.p[0] == '\r' || next.p[0] == '\n');
}

static enum yield_format format_of(struct str s)
{
	if (s.n >= 512 && memcmp(s.p + 257, "ustar", 5) == 0)
		return YIELD_TAR;
	if (str_starts(s, "From "))
		return YIELD_MBOX;
	if (str_starts(s, "\xef\xbb\xbf"))
		s = (struct str){s.p + 3, s.n - 3};
	if (str_starts(str_trim(s), "{"))
		return YIELD_JSONL;
	return message_like(s) ? YIELD_EML : YIELD_CSV;
}

static int read_all(struct ctx *c, struct yield_run *y)
{
	int rc = yield_fill(c, &y->src, YIELD_BUFFER / 2);
	enum yield_format f = format_of(yield_ready(&y->src));

	if (rc != 0)
		return rc;
	switch (f) {
	case YIELD_CSV:
		return yield_csv(c, y);
	case YIELD_JSONL:
		return yield_jsonl(c, y);
	case YIELD_MBOX:
	case YIELD_EML:
		y->r->format = f;
		return yield_mail(c, y, f == YIELD_MBOX);
	case YIELD_TAR:
		y->r->format = f;
		return yield_tar(c, y);
	case YIELD_UNKNOWN:
		break;
	}
	return 0;
}

int yield_check(struct ctx *c, const struct yield_ask *ask, struct csv_input in,
    struct yield_sink out, struct yield_report *ret)
{
	struct yield_report r = {.shape = STR("")};
	struct yield_run y = {.ask = ask, .src = {.in = in}, .out = out, .r = &r, .line = 1};
	int rc = target_normalise(c, ask->kind, ask->target, &y.target);

	if (rc != 0)
		return err_while(c, rc, "the target of the item");
	y.src.buf = malloc(YIELD_BUFFER);
	if (y.src.buf == NULL)
		abort(); /* out of memory ends the process: see mem.h */
	rc = read_all(c, &y);
	free(y.src.buf);
	if (rc == 0)
		*ret = r;
	return rc;
}
