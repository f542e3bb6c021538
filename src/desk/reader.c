#include "desk/reader.h"

#include <signal.h>

#include "base/mem.h"
#include "desk/reader_p.h"
#include "in/wire.h"
#include "os/box.h"
#include "os/spawn.h"

/* Processor time by size: a hundredth of the speed it has, so that no honest file meets it. */
enum { BYTES_A_SECOND = 1 << 20, ROWS_A_LINE = 1001 };

struct reader {
	const struct reader_job *job;
	enum reader_task task;
	struct spawn_peer peer;
	struct str text; /* of the mapping file or the demand, as far as it has not gone out */
	bool in_table, fed;
	int beyond; /* pieces asked for after the last */
	char in[SPAWN_MSG_MAX], out[SPAWN_MSG_MAX];
	struct wire rows; /* what is left of the last READER_ROWS */
	int64_t bytes;    /* of the table, so far */
	bool over;        /* the end was told, or an error that ends all */
	int end_code; /* and the reader's word at the end: in r->in, which stays as it is then */
	struct str source, remark, end_text;
	int64_t line, next_line;
	int on_line; /* answers about that line */
	bool more;
	struct csv_place fault;
	const char *name;
};

/* ---- when it does not answer ----------------------------------------------------------------- */

/* A name that a terminal or a message could trip over is not repeated. */
static const char *name_of(const char *file)
{
	return draft_line_fault(str_of(file)) == NULL ? file : "(the file)";
}

static const char *reason_of(struct ctx *c, int status)
{
	if (status == 128 + SIGSYS)
		return "it did what no reader does: take the file for an attack";
	if (status == 128 + SIGKILL || status == 128 + SIGXCPU)
		return "it took too much time";
	if (status == 128 + SIGABRT)
		return "it took too much memory, or met a fault of its own";
	return str_fmt(
	    c, status > 128 ? "signal %d" : "status %d", status > 128 ? status - 128 : status)
	    .p;
}

static int ended(struct ctx *c, struct reader *r)
{
	bool slow = c->err.code == ERR_LIMIT;
	int status = spawn_peer_close(&r->peer);

	err_clear(c);
	r->over = true;
	if (slow)
		return err_set(c, ERR_FAIL, "%s: the reader ended: it said nothing for %d seconds",
		    r->name, READER_SECONDS);
	return err_set(c, ERR_FAIL, "%s: the reader ended: %s", r->name, reason_of(c, status));
}

/* Its answer is none: it is not asked again. */
static int astray(struct ctx *c, struct reader *r, const char *what)
{
	err_clear(c);
	r->over = true;
	(void)spawn_peer_close(&r->peer);
	return err_set(
	    c, ERR_FAIL, "%s: the reader ended: its answer is not one (%s)", r->name, what);
}

static int wire_check(struct ctx *c, struct reader *r, const struct wire *w)
{
	return wire_end(c, w) == 0 ? 0 : astray(c, r, w->fault == NULL ? "too long" : w->fault);
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* The next bytes into r->out, behind the message's kind. */
static int piece_make(struct ctx *c, struct reader *r, size_t *ret)
{
	size_t n = SPAWN_MSG_MAX - 1;
	int rc = 0;

	if (r->in_table) {
		rc = r->job->in.read(c, r->job->in.arg, r->out + 1, n, &n);
		r->bytes += rc == 0 ? (int64_t)n : 0;
	} else {
		n = r->text.n < n ? r->text.n : n;
		memcpy(r->out + 1, r->text.p, n);
		r->text.p += n;
		r->text.n -= n;
	}
	*ret = n;
	return rc;
}

static int feed(struct ctx *c, struct reader *r)
{
	size_t n = 0;
	int rc;

	/* one is always on its way unasked */
	if (r->fed && r->beyond++ > 0)
		return astray(c, r, "it wants more than there is");
	if (r->fed)
		return 0;
	rc = piece_make(c, r, &n);
	if (rc < 0)
		return rc;
	if (n == 0) {
		r->fed = r->in_table || r->task <= READER_LIST;
		r->in_table = true;
	}
	r->out[0] = READER_PIECE;
	/* One that has gone may have left an answer: what it says, or that it ended, is received.
	 */
	if (spawn_peer_send(c, &r->peer, (struct str){r->out, n + 1}) < 0)
		err_clear(c);
	return 0;
}

/* The next message that is not a WANT: its kind, and the rest in *ret. */
static int pull(struct ctx *c, struct reader *r, struct wire *ret)
{
	for (;;) {
		size_t n;
		int rc = spawn_peer_take(c, &r->peer, r->in, &n);

		if (rc < 0)
			return ended(c, r);
		*ret = (struct wire){.rest = {r->in + 1, n - 1}};
		if (r->in[0] != READER_WANT)
			return r->in[0] > 0 ? r->in[0] : astray(c, r, "unknown");
		rc = feed(c, r);
		if (rc < 0)
			return rc;
	}
}

static int start(struct ctx *c, struct reader *r, int64_t size)
{
	struct buf b = buf_init(c, SPAWN_MSG_MAX);
	const struct reader_job *j = r->job;
	int rc = spawn_role(c, "parse", NULL, 0, &r->peer);

	if (rc < 0)
		return err_while(c, rc, "reader");
	r->peer.seconds = READER_SECONDS;
	buf_putc(&b, READER_BEGIN);
	wire_put_int(&b, r->task);
	wire_put_text(&b, str_of(r->name));
	wire_put_text(&b, str_of(j == NULL ? "" : name_of(j->map_file)));
	wire_put_text(&b, j == NULL ? STR("") : j->zone);
	wire_put_int(&b, BOX_PARSE_SECONDS + size / BYTES_A_SECOND);
	wire_put_int(&b, j != NULL && j->totals);
	rc = spawn_peer_send(c, &r->peer, buf_str(&b));
	return rc == 0 ? feed(c, r) : ended(c, r);
}

/* ---- answers --------------------------------------------------------------------------------- */

/* Lines go up, and there are not more of them, nor of answers, than the bytes could hold. */
static int line_set(struct ctx *c, struct reader *r, int64_t line, int64_t next_line)
{
	if (line < r->line || next_line < r->next_line || line > r->bytes + 1 ||
	    next_line > r->bytes + 2)
		return astray(c, r, "a line that is none");
	r->on_line = line == r->line ? r->on_line + 1 : 1;
	if (r->on_line > ROWS_A_LINE)
		return astray(c, r, "too many answers about one line");
	r->line = line;
	r->next_line = next_line;
	return 0;
}

struct told {
	int code;
	struct csv_place at;
	int64_t next_line;
	struct str text;
};

/* READER_REFUSED and READER_FAULT. */
static int error_take(struct ctx *c, struct reader *r, struct wire *w, struct told *ret)
{
	struct told t = {.code = (int)wire_int(w, ERR_LIMIT, ERR_FAIL)};
	int rc;

	t.at.line = wire_int(w, 0, INT64_MAX);
	t.at.col = wire_int(w, 0, INT64_MAX);
	t.next_line = wire_int(w, 0, INT64_MAX);
	t.text = wire_line(w, READER_TEXT_MAX);
	rc = wire_check(c, r, w);
	if (rc == 0)
		*ret = t;
	return rc;
}

static int refused_take(struct ctx *c, struct reader *r, struct wire *w)
{
	struct told t;
	int rc = error_take(c, r, w, &t);

	if (rc == 0 && t.code != ERR_INVALID && t.code != ERR_LIMIT)
		rc = astray(c, r, "a row is refused for no reason");
	/* the fault may stand on any line of its record */
	if (rc == 0)
		rc = line_set(c, r, r->line, t.next_line);
	if (rc < 0)
		return rc;
	r->fault = t.at;
	return err_set(c, t.code, "%.*s", STR_ARG(t.text));
}

static int end_take(struct ctx *c, struct reader *r, struct wire *w)
{
	int64_t next_line = wire_int(w, 0, INT64_MAX);
	struct str note = wire_line(w, READER_NOTE_MAX);
	int rc = wire_check(c, r, w);

	if (rc == 0)
		rc = line_set(c, r, r->line, next_line);
	if (rc < 0)
		return rc;
	if (!r->fed)
		return astray(c, r, "it ends before the document does");
	r->end_text = note;
	r->over = true;
	return 0;
}

static int fault_take(struct ctx *c, struct reader *r, struct wire *w)
{
	struct told t;
	int rc = error_take(c, r, w, &t);

	if (rc < 0)
		return rc;
	r->fault = t.at;
	r->end_code = t.code;
	r->end_text = t.text;
	r->over = true;
	return 0;
}

/* What every call may get instead of what it waits for: 0 is the end. */
static int other_take(struct ctx *c, struct reader *r, int kind, struct wire *w)
{
	if (kind < 0)
		return kind;
	switch (kind) {
	case READER_REFUSED:
		return refused_take(c, r, w);
	case READER_FAULT:
		return fault_take(c, r, w);
	case READER_END:
		return end_take(c, r, w);
	default:
		return astray(c, r, "unknown");
	}
}

int reader_end(struct ctx *c, struct reader *r, struct str *ret_note)
{
	if (r->end_code != 0)
		return err_set(c, r->end_code, "%.*s", STR_ARG(r->end_text));
	*ret_note = str_make(c, r->end_text);
	return 0;
}

/* ---- one demand ------------------------------------------------------------------------------ */

static int draft_take(struct ctx *c, struct reader *r, struct str bytes, struct draft *ret)
{
	struct wire w = {.rest = bytes};
	int64_t line = wire_int(&w, 1, INT64_MAX), next_line = wire_int(&w, 1, INT64_MAX);
	struct draft d;
	int rc;

	if (r->task == READER_LIST) {
		d = (struct draft){.orders = mem_alloc(c, sizeof *d.orders), .n_orders = 1};
		wire_order(c, &w, d.orders);
	} else {
		wire_draft(c, &w, &d);
	}
	rc = wire_check(c, r, &w);
	if (rc == 0 && r->task == READER_DEMANDS)
		rc = line_set(c, r, line, next_line);
	if (rc == 0)
		*ret = d;
	return rc;
}

/* 1 a draft, 0 the end. */
static int draft_next(struct ctx *c, struct reader *r, struct draft *ret)
{
	struct buf b = buf_init(c, WIRE_DRAFT_MAX);
	struct wire w;
	int kind, rc;

	do {
		kind = pull(c, r, &w);
		if (kind != READER_PART && kind != READER_LAST)
			return other_take(c, r, kind, &w);
		buf_put(&b, w.rest);
		if (b.over)
			return astray(c, r, "a draft that is too large");
	} while (kind == READER_PART);
	rc = draft_take(c, r, buf_str(&b), ret);
	return rc == 0 ? 1 : rc;
}

static int one_draft(
    struct ctx *c, enum reader_task task, const char *file, struct str text, struct draft *ret)
{
	struct reader *r = mem_alloc(c, sizeof *r);
	struct str none;
	int rc;

	*r = (struct reader){.task = task, .text = text, .name = name_of(file)};
	rc = start(c, r, (int64_t)text.n);
	if (rc == 0)
		rc = draft_next(c, r, ret);
	if (rc == 0)
		rc = r->end_code != 0 ? reader_end(c, r, &none) : astray(c, r, "no draft");
	(void)spawn_peer_close(&r->peer);
	return rc == 1 ? 0 : rc;
}

int reader_draft(struct ctx *c, const char *file, struct str text, struct draft *ret)
{
	return one_draft(c, READER_DRAFT, file, text, ret);
}

int reader_list(struct ctx *c, const char *file, struct str text, struct target_list *ret)
{
	struct draft d;
	int rc = one_draft(c, READER_LIST, file, text, &d);

	if (rc == 0)
		*ret = (struct target_list){.v = d.orders[0].targets, .n = d.orders[0].n_targets};
	return rc;
}

/* ---- tables ---------------------------------------------------------------------------------- */

static int head_take(struct ctx *c, struct reader *r)
{
	struct str none;
	struct wire w;
	int rc, kind = pull(c, r, &w);

	if (kind != READER_HEAD) {
		rc = other_take(c, r, kind, &w);
		if (rc == 0 && r->end_code != 0)
			rc = reader_end(c, r, &none);
		return rc < 0 ? rc : astray(c, r, "no header");
	}
	r->source = str_make(c, wire_text(&w, READER_NOTE_MAX));
	r->remark = str_make(c, wire_text(&w, READER_NOTE_MAX));
	return wire_check(c, r, &w);
}

int reader_open(struct ctx *c, const struct reader_job *job, struct reader **ret)
{
	struct reader *r = mem_alloc(c, sizeof *r);
	int rc;

	*r = (struct reader){.job = job,
	    .task = job->kind == MAP_CLOSED ? READER_CLOSED : READER_DEMANDS,
	    .text = job->map,
	    .name = name_of(job->file)};
	rc = start(c, r, job->size);
	if (rc == 0)
		rc = head_take(c, r);
	if (rc < 0)
		reader_close(&r);
	else
		*ret = r;
	return rc;
}

void reader_close(struct reader **r)
{
	if (*r != NULL)
		(void)spawn_peer_close(&(*r)->peer);
	*r = NULL;
}

int reader_closed(struct ctx *c, struct reader *r, struct map_closed *ret)
{
	int64_t next_line;
	int rc;

	if (r->over)
		return 0;
	if (r->rows.rest.n == 0) {
		struct wire w;
		int kind = pull(c, r, &w);

		if (kind != READER_ROWS)
			return other_take(c, r, kind, &w);
		r->rows = w;
	}
	next_line = wire_int(&r->rows, 1, INT64_MAX);
	r->more = wire_bool(&r->rows);
	wire_closed(&r->rows, ret);
	if (r->rows.fault != NULL)
		return astray(c, r, r->rows.fault);
	rc = line_set(c, r, ret->line, next_line);
	return rc == 0 ? 1 : rc;
}

int reader_demand(struct ctx *c, struct reader *r, struct draft *ret, int64_t *ret_line)
{
	int rc = r->over ? 0 : draft_next(c, r, ret);

	if (rc == 1)
		*ret_line = r->line;
	return rc;
}

struct str reader_source(const struct reader *r)
{
	return r->source;
}

struct str reader_remark(const struct reader *r)
{
	return r->remark;
}

bool reader_more(const struct reader *r)
{
	return r->more;
}

int64_t reader_next_line(const struct reader *r)
{
	return r->next_line;
}

struct csv_place reader_fault(const struct reader *r)
{
	return r->fault;
}
