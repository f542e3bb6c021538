/* The reader of hostile bytes: what it answers is what the parsers say, whatever comes in how many
 * pieces; and one that crashes, attacks, lies, hangs or asks without end is an error that says so.
 */
#include "desk/reader.h"

#include "check.h"
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/reader_p.h"
#include "desk/reader_role.h"
#include "in/map_demand.h"
#include "in/wire.h"
#include "os/box.h"
#include "os/spawn.h"

static const char sample[] =
    "{\"received\": \"2026-01-12T09:30:00+01:00\", \"channel\": \"encrypted_mail\", \"language\": "
    "\"de\",\n"
    " \"authority\": {\"country\": \"DE\", \"body\": \"police\", \"name\": \"Polizei\"},\n"
    " \"subject\": \"Auskunft\", \"message\": \"%s\",\n"
    " \"orders\": [{\"instrument\": \"DE-BDA\",\n"
    "   \"targets\": [{\"kind\": \"email\", \"value\": \"Anna@Example.NET\"}],\n"
    "   \"asks\": [{\"fields\": [\"name\"]}]}]}";

static const char closed_map[] = "kind: closed\n"
				 "source:\n  publisher: P\n  title: T\n  date: 2013\n"
				 "note: As it was.\n"
				 "period: 2013H1\n"
				 "country:\n  column: country\n"
				 "class: other\n"
				 "requests: n\n"
				 "accounts: a\n"
				 "total:\n  where:\n    country: ALL\n";

static const char demand_map[] = "kind: demands\n"
				 "source:\n  publisher: P\n  title: T\n  date: 2013\n"
				 "received:\n  day: day\n  time: time\n  format: DD.MM.YYYY\n"
				 "channel: encrypted_mail\n"
				 "language: de\n"
				 "authority:\n  country: DE\n  body: police\n"
				 "  name:\n    column: who\n"
				 "order:\n  instrument: DE-BDA\n"
				 "  targets:\n    - kind: email\n      column: mail\n"
				 "  asks:\n    - fields: name\n";

/* ---- readers that are none: what the test's own role does, by the name of the document ----------
 */

static void say(struct ctx *c, struct str bytes)
{
	struct spawn_peer peer = spawn_peer_parent();

	if (spawn_peer_send(c, &peer, bytes) < 0)
		_exit(1);
}

static void want_without_end(struct ctx *c)
{
	struct spawn_peer peer = spawn_peer_parent();
	struct str s;

	for (;;) {
		say(c, STR("w"));
		if (spawn_peer_recv(c, &peer, &s) < 0)
			_exit(1);
	}
}

/* Rows for the same line, over and over. */
static void rows_without_end(struct ctx *c)
{
	const struct map_closed row = {
	    .line = 1, .country = {"DE", 2}, .class = {"other", 5}, .requests = 1, .counts = {1}};
	struct buf b = buf_init(c, SPAWN_MSG_MAX);

	buf_putc(&b, READER_HEAD);
	wire_put_text(&b, STR("source"));
	wire_put_text(&b, STR(""));
	say(c, buf_str(&b));
	b.n = 0;
	buf_putc(&b, READER_ROWS);
	wire_put_int(&b, 1);
	wire_put_int(&b, 1);
	wire_put_closed(&b, &row);
	for (;;)
		say(c, buf_str(&b));
}

static void attack(struct ctx *c)
{
	if (box_confine(c, BOX_PARSE, NULL) < 0)
		_exit(1);
	(void)socket(AF_INET, SOCK_STREAM, 0);
	_exit(2);
}

static void bad_role(struct ctx *c, struct str message)
{
	static const struct {
		const char *name;
		void (*act)(struct ctx *c);
		struct str bytes;
	} bad[] = {{"bad-wants", want_without_end, {NULL, 0}},
	    {"bad-rows", rows_without_end, {NULL, 0}}, {"bad-attack", attack, {NULL, 0}},
	    {"bad-kind", NULL, {"?", 1}}, {"bad-draft", NULL, {"D\0\0", 3}},
	    {"bad-error", NULL, {"f\0\0\0\0\0\0\0\0", 9}}, {"bad-silence", NULL, {NULL, 0}}};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (memmem(message.p, message.n, bad[i].name, strlen(bad[i].name)) == NULL)
			continue;
		if (bad[i].act != NULL)
			bad[i].act(c);
		if (bad[i].bytes.n > 0)
			say(c, bad[i].bytes);
		_exit(0);
	}
	if (memmem(message.p, message.n, "bad-crash", 9) != NULL)
		(void)raise(SIGSEGV);
	if (memmem(message.p, message.n, "bad-killed", 10) != NULL)
		(void)raise(SIGKILL);
}

static int role(void)
{
	struct ctx *c = test_ctx();
	char bytes[4096];
	ssize_t n = recv(3, bytes, sizeof bytes, MSG_PEEK);

	if (n > 0)
		bad_role(c, (struct str){bytes, (size_t)n});
	return reader_role_run();
}

/* ---- tests --------------------------------------------------------------------------------------
 */

static void test_draft(void **state)
{
	struct ctx *c = test_ctx();
	struct str text = str_fmt(c, sample, "Zeile 1\\nZeile 2");
	struct draft d, want;

	(void)state;
	assert_ok(c, reader_draft(c, "d.json", text, &d));
	assert_ok(c, draft_json_parse(c, "d.json", text, &want));
	assert_true(str_eq(json_str(c, draft_json(c, &d)), json_str(c, draft_json(c, &want))));
	assert_err(c, reader_draft(c, "d.json", STR("{\"a\": 1}"), &d), ERR_INVALID,
	    "d.json: field (an unknown name)");
	assert_err(
	    c, reader_draft(c, "d.json", STR("{\n \"a\": x}"), &d), ERR_INVALID, "d.json:2:");
	assert_err(c, reader_draft(c, "d.json", STR(""), &d), ERR_INVALID, "d.json");
	/* a name that could play tricks is not given on, and is no reason to fail */
	assert_err(c, reader_draft(c, "a\033[2J.json", STR("{"), &d), ERR_INVALID, "(the file)");
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	ctx_close(&c);
}

/* Answer and document of many pieces each. */
static void test_large_draft(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, JSON_MAX);
	struct str text = str_fmt(c, sample, "x"), tail;
	const char *cut = strstr(text.p, "{\"kind\"");
	struct draft d;

	(void)state;
	assert_non_null(cut);
	buf_put(&b, (struct str){text.p, (size_t)(cut - text.p)});
	for (int i = 0; i < DRAFT_TARGETS_MAX - 1; i++)
		buf_fmt(&b, "{\"kind\": \"email\", \"value\": \"user%05d@example.net\"},", i);
	tail = str_of(cut);
	buf_put(&b, tail);
	assert_ok(c, reader_draft(c, "d.json", buf_str(&b), &d));
	assert_int_equal(d.orders[0].n_targets, DRAFT_TARGETS_MAX);
	assert_str(d.orders[0].targets[9998].value, "user09998@example.net");
	assert_str(d.orders[0].targets[9999].value, "Anna@example.net");
	ctx_close(&c);
}

/* A list of identifiers: what target_list_read says, whatever comes in how many pieces. */
static void test_list(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, TARGET_LIST_MAX);
	struct target_list list;

	(void)state;
	buf_puts(&b, "kind;identifier\nipv4;192.0.2.1;2026-03-01T14:30:00Z\nemail;*@example.net\n");
	for (int i = 0; i < 9998; i++)
		buf_fmt(&b, "email;user%05d@Example.net\n", i);
	assert_ok(c, reader_list(c, "list.csv", buf_str(&b), &list));
	assert_int_equal(list.n, DRAFT_TARGETS_MAX);
	assert_str(list.v[0].value, "192.0.2.1");
	assert_int_equal(list.v[0].at.s, 1772375400);
	assert_false(list.v[1].specific);
	assert_str(list.v[9999].value, "user09997@example.net");
	assert_str(list.v[9999].printed, "user09997@Example.net");
	assert_ok(c, reader_list(c, "list.csv", STR(""), &list));
	assert_int_equal(list.n, 0);
	assert_err(c, reader_list(c, "list.csv", STR("email,no\nmail,no\n"), &list), ERR_INVALID,
	    "list.csv: not taken (line:column): 1:7: an e-mail address has an @; 2:1: ");
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	ctx_close(&c);
}

static void test_not_a_reader(void **state)
{
	static const struct {
		const char *file, *why;
	} cases[] = {{"bad-crash", "the reader ended: "},
	    {"bad-killed", "the reader ended: it took too much time"},
	    {"bad-attack", "the reader ended: it did what no reader does"},
	    {"bad-wants", "it wants more than there is"}, {"bad-kind", "not one (unknown)"},
	    {"bad-draft", "not one (ends too early)"}, {"bad-error", "not one ("},
	    {"bad-silence", "the reader ended: status 0"}, {"bad-rows", "not one (unknown)"}};
	struct ctx *c = test_ctx();
	struct draft d;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_err(c, reader_draft(c, cases[i].file, str_fmt(c, sample, "x"), &d), ERR_FAIL,
		    cases[i].why);
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	}
	ctx_close(&c);
}

static struct reader_job job_of(
    const char *map, enum map_kind kind, const char *file, struct str *table)
{
	return (struct reader_job){.kind = kind,
	    .map_file = "m.yaml",
	    .file = file,
	    .map = str_of(map),
	    .zone = STR("Europe/Berlin"),
	    .in = csv_input_text(table),
	    .size = (int64_t)table->n,
	    .totals = true};
}

/* As the parsers say it themselves, over many messages, with refused rows between. */
static void test_closed(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 8 << 20);
	struct str table, again, note, want_note;
	const struct map *map;
	struct map_rows *rows;
	struct reader_job job;
	struct reader *r;
	struct map_closed got, want;
	int rc, n = 0, refused = 0;

	(void)state;
	buf_puts(&b, "country,n,a\n");
	for (int i = 0; i < 30000; i++)
		buf_fmt(&b, i % 1000 == 999 ? "%s,x,\"1\n2\"\n" : "%s,%d,%d\n", i % 2 ? "DE" : "US",
		    1 + i % 3, i % 7);
	table = again = buf_str(&b);
	assert_ok(c, map_parse(c, "m.yaml", str_of(closed_map), &map));
	assert_ok(c, map_rows_open(c, map, "f.csv", csv_input_text(&again), &rows));
	job = job_of(closed_map, MAP_CLOSED, "f.csv", &table);
	job.totals = false;
	assert_ok(c, reader_open(c, &job, &r));
	assert_str(reader_source(r), "P: T (2013)");
	assert_str(reader_remark(r), "As it was.");
	do {
		char why[1024];

		rc = map_rows_closed(c, rows, &want);
		(void)snprintf(why, sizeof why, "%s", err_text(c));
		err_clear(c);
		assert_int_equal(reader_closed(c, r, &got), rc);
		assert_string_equal(err_text(c), why);
		err_clear(c);
		assert_int_equal(reader_next_line(r), map_rows_next_line(rows));
		if (rc == 1) {
			assert_int_equal(got.line, want.line);
			assert_int_equal(got.requests, want.requests);
			assert_int_equal(got.accounts, want.accounts);
			assert_true(str_eq(got.country, want.country));
			assert_int_equal(reader_more(r), map_rows_more(rows));
			n++;
		} else if (rc < 0) {
			assert_int_equal(reader_fault(r).line, map_rows_fault(rows).line);
			assert_int_equal(reader_fault(r).col, map_rows_fault(rows).col);
			refused++;
		}
	} while (rc != 0);
	assert_int_equal(n, 29970);
	assert_int_equal(refused, 30);
	assert_int_equal(reader_closed(c, r, &got), 0);
	assert_ok(c, reader_end(c, r, &note));
	assert_str(note, "");
	assert_ok(c, map_rows_end(c, rows, &want_note));
	reader_close(&r);
	map_rows_close(&rows);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	ctx_close(&c);
}

static int closed_all(struct ctx *c, const char *file, const char *text, struct str *ret_note)
{
	struct str table = str_of(text);
	struct reader_job job = job_of(closed_map, MAP_CLOSED, file, &table);
	struct map_closed row;
	struct reader *r;
	int rc = reader_open(c, &job, &r);

	if (rc < 0)
		return rc;
	do
		rc = reader_closed(c, r, &row);
	while (rc == 1);
	if (rc == 0)
		rc = reader_end(c, r, ret_note);
	reader_close(&r);
	return rc;
}

static void test_closed_faults(void **state)
{
	struct ctx *c = test_ctx();
	struct str note;

	(void)state;
	assert_ok(c, closed_all(c, "f.csv", "country,n,a\nDE,2,5\nALL,2,5\n", &note));
	assert_non_null(strstr(note.p, "spread over single records"));
	assert_err(c, closed_all(c, "f.csv", "country,n,a\nDE,2,5\nALL,3,5\n", &note), ERR_INVALID,
	    "f.csv:3:5: requests: the rows add up to 2");
	assert_err(c, closed_all(c, "f.csv", "country,n\nDE,2\n", &note), ERR_INVALID,
	    "column \"a\" is missing");
	assert_err(c, closed_all(c, "f.csv", "", &note), ERR_INVALID, "the file is empty");
	assert_err(c, closed_all(c, "bad-rows", "country,n,a\n", &note), ERR_FAIL,
	    "too many answers about one line");
	ctx_close(&c);
}

static void test_map_faults(void **state)
{
	struct ctx *c = test_ctx();
	struct str table = STR("a\n1\n");
	struct reader_job job = job_of("kind: closed\nsauce: x\n", MAP_CLOSED, "f.csv", &table);
	struct reader *r;

	(void)state;
	assert_err(c, reader_open(c, &job, &r), ERR_INVALID, "m.yaml:1:1: key");
	job.map = str_of(demand_map);
	assert_err(
	    c, reader_open(c, &job, &r), ERR_INVALID, "this mapping file is for open demands");
	job.map = str_of(closed_map);
	job.kind = MAP_DEMANDS;
	assert_err(c, reader_open(c, &job, &r), ERR_INVALID, "this mapping file is for history");
	ctx_close(&c);
}

static void test_demands(void **state)
{
	struct ctx *c = test_ctx();
	struct str table = STR("day,time,who,mail\n"
			       "12.01.2026,09:30,Polizei,anna@example.net\n"
			       "12.13.2026,09:30,Polizei,anna@example.net\n"
			       "13.07.2026,10:00,Kripo,ben@example.net\n"),
		   note;
	struct reader_job job = job_of(demand_map, MAP_DEMANDS, "f.csv", &table);
	struct reader *r;
	struct draft d;
	int64_t line;

	(void)state;
	assert_ok(c, reader_open(c, &job, &r));
	assert_int_equal(reader_demand(c, r, &d, &line), 1);
	assert_int_equal(line, 2);
	assert_int_equal(d.received.s, 1768206600); /* in the zone, which the box cannot read */
	assert_str(d.orders[0].targets[0].value, "anna@example.net");
	assert_err(c, reader_demand(c, r, &d, &line), ERR_INVALID, "f.csv:3:1: column \"day\"");
	assert_int_equal(reader_fault(r).line, 3);
	assert_int_equal(reader_demand(c, r, &d, &line), 1);
	assert_int_equal(line, 4);
	assert_int_equal(d.received.s, 1783929600); /* summer time */
	assert_str(d.authority, "Kripo");
	assert_int_equal(reader_demand(c, r, &d, &line), 0);
	assert_ok(c, reader_end(c, r, &note));
	reader_close(&r);
	ctx_close(&c);
}

/* What the input says ends the reading, and the reader with it. */
static int no_input(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	(void)arg;
	(void)p;
	(void)cap;
	(void)ret_n;
	return err_set(c, ERR_CONFLICT, "the disk has gone");
}

static void test_input_fails(void **state)
{
	struct ctx *c = test_ctx();
	struct str table = STR("");
	struct reader_job job = job_of(closed_map, MAP_CLOSED, "f.csv", &table);
	struct reader *r;

	(void)state;
	job.in = (struct csv_input){no_input, NULL};
	assert_err(c, reader_open(c, &job, &r), ERR_CONFLICT, "the disk has gone");
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	ctx_close(&c);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_draft),
	    cmocka_unit_test(test_large_draft),
	    cmocka_unit_test(test_list),
	    cmocka_unit_test(test_not_a_reader),
	    cmocka_unit_test(test_closed),
	    cmocka_unit_test(test_closed_faults),
	    cmocka_unit_test(test_map_faults),
	    cmocka_unit_test(test_demands),
	    cmocka_unit_test(test_input_fails),
	};

	if (argc == 2 && strcmp(argv[1], "--role=parse") == 0)
		_exit(role());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
