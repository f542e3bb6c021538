#include "desk/reader_role.h"

#include <unistd.h>

#include "base/mem.h"
#include "desk/reader_p.h"
#include "in/map_demand.h"
#include "in/target_list.h"
#include "in/wire.h"
#include "os/box.h"
#include "os/spawn.h"

enum { MAP_TEXT_MAX = 1 << 20, ROW_MAX = 4096, SECONDS_MAX = 1 << 20 };

struct role {
	struct ctx *c;
	struct spawn_peer peer;
	enum reader_task task;
	struct str name, map_name, zone;
	int seconds;
	bool totals;
	char *message;     /* as received */
	struct str piece;  /* what is left of the document's last piece */
	int documents;     /* whose end has not come */
	struct buf answer; /* room for a whole message, so that it never grows */
};

/* ---- sending --------------------------------------------------------------------------------- */

/* Nobody is there to be told: the process that asked has gone, or has never asked. */
static _Noreturn void give_up(void)
{
	_exit(1);
}

static void begin(struct role *r, enum reader_message kind)
{
	r->answer.n = 0;
	buf_putc(&r->answer, (char)kind);
}

static void send_answer(struct role *r)
{
	if (r->answer.over || spawn_peer_send(r->c, &r->peer, buf_str(&r->answer)) < 0)
		give_up();
	r->answer.n = 0;
}

/* Rows are gathered until a message is full, a piece is wanted, or something else is to be said. */
static void send_rows(struct role *r)
{
	if (r->answer.n > 0)
		send_answer(r);
}

/* An error may have been cut in the middle of a character, and names columns as the file does. */
static struct str error_line(struct role *r)
{
	struct str s = str_of(err_text(r->c));
	char *p;

	s.n = str_utf8_bad(s);
	p = mem_dup(r->c, s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)p[i] < 32 || p[i] == 127)
			p[i] = '?';
	return (struct str){p, s.n};
}

static void send_error(
    struct role *r, enum reader_message kind, int code, struct csv_place at, int64_t next_line)
{
	struct str line = error_line(r);

	send_rows(r);
	begin(r, kind);
	wire_put_int(&r->answer, code);
	wire_put_int(&r->answer, at.line);
	wire_put_int(&r->answer, at.col);
	wire_put_int(&r->answer, next_line);
	wire_put_text(&r->answer, line);
	send_answer(r);
}

static int send_fault(struct role *r, int code, struct csv_place at)
{
	send_error(r, READER_FAULT, code, at, 0);
	return 0;
}

/* ---- receiving ------------------------------------------------------------------------------- */

/* As a csv_input: the next bytes of the document, 0 at its end. */
static int piece_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct role *r = arg;
	size_t n = 0;

	if (r->piece.n == 0 && r->documents > 0) {
		send_rows(r);
		begin(r, READER_WANT);
		send_answer(r);
		if (spawn_peer_take(c, &r->peer, r->message, &n) < 0 ||
		    r->message[0] != READER_PIECE)
			give_up();
		r->piece = (struct str){r->message + 1, n - 1};
		r->documents -= r->piece.n == 0;
	}
	n = r->piece.n < cap ? r->piece.n : cap;
	memcpy(p, r->piece.p, n);
	r->piece.p += n;
	r->piece.n -= n;
	*ret_n = n;
	return 0;
}

static int document_read(struct role *r, size_t max, const char *name, struct str *ret)
{
	struct buf b = buf_init(r->c, max);
	char *p = mem_alloc(r->c, SPAWN_MSG_MAX);
	size_t n = 0;

	do {
		int rc = piece_read(r->c, r, p, SPAWN_MSG_MAX, &n);

		if (rc < 0)
			return rc;
		buf_put(&b, (struct str){p, n});
	} while (n > 0 && !b.over);
	return buf_end(&b, name, ret);
}

/* From the process that asked, before there is anything hostile. */
static bool begin_read(struct role *r)
{
	struct wire w;
	size_t n;

	if (spawn_peer_take(r->c, &r->peer, r->message, &n) < 0 || r->message[0] != READER_BEGIN)
		return false;
	w = (struct wire){.rest = {r->message + 1, n - 1}};
	r->task = (enum reader_task)wire_int(&w, READER_DRAFT, READER_DEMANDS);
	r->name = str_make(r->c, wire_line(&w, READER_NAME_MAX));
	r->map_name = str_make(r->c, wire_line(&w, READER_NAME_MAX));
	r->zone = str_make(r->c, wire_line(&w, READER_NAME_MAX));
	r->documents = r->task <= READER_LIST ? 1 : 2;
	r->seconds = (int)wire_int(&w, 1, SECONDS_MAX);
	r->totals = wire_bool(&w);
	return wire_end(r->c, &w) == 0;
}

/* ---- one demand ------------------------------------------------------------------------------ */

static void send_draft(struct role *r, struct str bytes)
{
	do {
		size_t n = bytes.n < SPAWN_MSG_MAX - 1 ? bytes.n : SPAWN_MSG_MAX - 1;

		begin(r, n == bytes.n ? READER_LAST : READER_PART);
		buf_put(&r->answer, (struct str){bytes.p, n});
		send_answer(r);
		bytes.p += n;
		bytes.n -= n;
	} while (bytes.n > 0);
}

static int draft_bytes(
    struct role *r, const struct draft *d, int64_t line, int64_t next_line, struct str *ret)
{
	struct buf b = buf_init(r->c, WIRE_DRAFT_MAX);

	wire_put_int(&b, line);
	wire_put_int(&b, next_line);
	if (r->task == READER_LIST)
		wire_put_order(&b, &d->orders[0]);
	else
		wire_put_draft(&b, d);
	return buf_end(&b, r->name.p, ret);
}

/* As a draft, whose one order names what is on the list. */
static int list_parse(struct role *r, struct str text, struct draft *ret)
{
	struct draft_order *o = mem_alloc(r->c, sizeof *o);
	struct target_list list;
	int rc = target_list_read(r->c, text, NULL, &list);

	if (rc != 0)
		return err_while(r->c, rc, "%s", r->name.p);
	*o = (struct draft_order){.targets = list.v, .n_targets = list.n};
	*ret = (struct draft){.orders = o, .n_orders = 1};
	return 0;
}

static int read_draft(struct role *r)
{
	struct str text, bytes;
	struct draft d;
	int rc = document_read(r, JSON_MAX, r->name.p, &text);

	if (rc == 0)
		rc = r->task == READER_LIST ? list_parse(r, text, &d)
					    : draft_json_parse(r->c, r->name.p, text, &d);
	if (rc == 0)
		rc = draft_bytes(r, &d, 1, 1, &bytes);
	if (rc < 0)
		return send_fault(r, rc, (struct csv_place){1, 1});
	send_draft(r, bytes);
	return 0;
}

/* ---- tables ---------------------------------------------------------------------------------- */

static int map_read(struct role *r, const struct map **ret)
{
	enum map_kind want = r->task == READER_CLOSED ? MAP_CLOSED : MAP_DEMANDS;
	const struct map *map;
	struct str text;
	int rc = document_read(r, MAP_TEXT_MAX, r->map_name.p, &text);

	if (rc == 0)
		rc = map_parse(r->c, r->map_name.p, text, &map);
	if (rc < 0)
		return rc;
	if (map_kind(map) != want)
		return err_set(r->c, ERR_INVALID, "%s: this mapping file is for %s", r->map_name.p,
		    want == MAP_CLOSED ? "open demands" : "history");
	if (map_source(map).n > READER_NOTE_MAX || map_note(map).n > READER_NOTE_MAX)
		return err_set(r->c, ERR_LIMIT, "%s: source and note have at most %d bytes each",
		    r->map_name.p, READER_NOTE_MAX);
	*ret = map;
	return 0;
}

static int one_closed(struct role *r, struct map_rows *rows)
{
	struct map_closed row;
	int rc = map_rows_closed(r->c, rows, &row);

	if (rc != 1)
		return rc;
	if (r->answer.n + ROW_MAX > SPAWN_MSG_MAX)
		send_answer(r);
	if (r->answer.n == 0)
		begin(r, READER_ROWS);
	wire_put_int(&r->answer, map_rows_next_line(rows));
	wire_put_int(&r->answer, map_rows_more(rows));
	wire_put_closed(&r->answer, &row);
	return 1;
}

static int one_demand(struct role *r, struct map_rows *rows)
{
	struct str bytes;
	struct draft d;
	int64_t line;
	int rc = map_demand_next(r->c, rows, &d, &line);

	if (rc != 1)
		return rc;
	rc = draft_bytes(r, &d, line, map_rows_next_line(rows), &bytes);
	if (rc < 0)
		return rc;
	send_draft(r, bytes);
	return 1;
}

/* 0 the end; what refuses a row is told, and the next is read. */
static int all_rows(struct role *r, struct map_rows *rows)
{
	int rc;

	do {
		struct mem_mark mark = mem_mark(r->c);

		rc = r->task == READER_CLOSED ? one_closed(r, rows) : one_demand(r, rows);
		if (rc == ERR_INVALID || rc == ERR_LIMIT) {
			send_error(
			    r, READER_REFUSED, rc, map_rows_fault(rows), map_rows_next_line(rows));
			err_clear(r->c);
			rc = 1;
		}
		mem_reset(r->c, mark);
	} while (rc == 1);
	return rc;
}

static int read_rows(struct role *r, const struct map *map, struct map_rows *rows)
{
	struct str note = {"", 0};
	int rc;

	begin(r, READER_HEAD);
	wire_put_text(&r->answer, map_source(map));
	wire_put_text(&r->answer, map_note(map));
	send_answer(r);
	rc = all_rows(r, rows);
	if (rc == 0 && r->totals)
		rc = map_rows_end(r->c, rows, &note);
	if (rc < 0)
		return send_fault(r, rc, map_rows_fault(rows));
	send_rows(r);
	begin(r, READER_END);
	wire_put_int(&r->answer, map_rows_next_line(rows));
	wire_put_text(&r->answer, note);
	send_answer(r);
	return 0;
}

static int read_table(struct role *r)
{
	const struct map *map;
	struct map_rows *rows;
	int rc = map_read(r, &map);

	if (rc == 0)
		rc = map_rows_open(r->c, map, r->name.p, (struct csv_input){piece_read, r}, &rows);
	if (rc < 0)
		return send_fault(r, rc, (struct csv_place){1, 1});
	rc = read_rows(r, map, rows);
	map_rows_close(&rows);
	return rc;
}

int reader_role_run(void)
{
	struct role r = {.peer = spawn_peer_parent()};
	struct box_leave leave = {0};
	int rc = 0;

	ctx_open(&r.c);
	r.message = mem_alloc(r.c, SPAWN_MSG_MAX);
	r.answer = buf_init(r.c, SPAWN_MSG_MAX + 1);
	for (int i = 0; i < SPAWN_MSG_MAX; i++)
		buf_putc(&r.answer, ' ');
	r.answer.n = 0;
	if (!begin_read(&r))
		return 1;
	leave.seconds = r.seconds;
	if (r.zone.n > 0)
		rc = day_zone(r.c, r.zone.p);
	if (rc == 0)
		rc = box_confine(r.c, BOX_PARSE, &leave);
	if (rc < 0)
		return send_fault(&r, rc, (struct csv_place){1, 1});
	return r.task <= READER_LIST ? read_draft(&r) : read_table(&r);
}
