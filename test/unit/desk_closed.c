/* History into the store: the published half-year cell by cell, refused rows, resumption after a
 * kill. */
#include "desk/closed.h"
#include "desk/reader_role.h"

#include <ftw.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "in/map.h"
#include "os/file.h"
#include "stat/outcome.h"
#include "store/closed_row.h"
#include "store/ledger.h"

struct world {
	struct ctx *c;
	struct instance *in;
	struct person intake;
	char dir[64];
};

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static struct world open_world(void)
{
	struct world w = {.c = test_ctx(), .dir = "/tmp/writ-closed-XXXXXX"};

	w.c->fixed_seed = 0;
	w.intake = (struct person){.id = 1, .roles = ROLE_INTAKE, .active = true};
	assert_non_null(mkdtemp(w.dir));
	assert_ok(w.c, instance_create(w.c, str_fmt(w.c, "%s/i", w.dir),
			   &(struct instance_new){.provider = STR("Test"),
			       .origin = STR("test/log"),
			       .zone = STR("Europe/Berlin")}));
	assert_ok(w.c, instance_open(w.c, str_fmt(w.c, "%s/i", w.dir), SQL_ROLE_ALL, &w.in));
	return w;
}

static void close_world(struct world *w)
{
	instance_close(&w->in);
	(void)nftw(w->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&w->c);
}

static const char *put_file(struct world *w, const char *name, struct str text)
{
	const char *path = str_fmt(w->c, "%s/%s", w->dir, name).p;

	assert_ok(w->c, file_write_atomic(w->c, path, 0600, text));
	return path;
}

/* ---- what stands in the store ---- */

struct seen {
	struct world *w;
	struct buf b;
	const char *country;
	int64_t records, accounts, outcomes[OUTCOME_END], printed, wrong;
};

static int see(struct ctx *c, const struct db_val *row, void *arg)
{
	struct seen *s = arg;
	struct mem_mark mark = mem_mark(c);
	bool fits;

	assert_ok(c, closed_row_check(c, s->w->in->store.db, row, &s->b, &fits));
	s->wrong += !fits;
	mem_reset(c, mark);
	if (s->country != NULL && !str_is(row[CLOSED_ROW_COUNTRY].s, s->country))
		return 0;
	s->records++;
	s->accounts += row[CLOSED_ROW_ACCOUNTS].num;
	s->outcomes[row[CLOSED_ROW_OUTCOME].num]++;
	s->printed += row[CLOSED_ROW_PRINTED].kind == DB_TEXT;
	return 0;
}

/* Every row fits its entry, and the ledger has all of them. */
static struct seen look(struct world *w, const char *country)
{
	struct seen s = {.w = w, .country = country};

	s.b = buf_init(w->c, 8192);
	for (int i = 0; i < 4096; i++)
		buf_putc(&s.b, ' ');
	assert_ok(w->c, db_each(w->c, w->in->store.db, SQL_CLOSED_EACH,
			    DB_ARGS(db_int(0), db_int(INT64_MAX)), see, &s));
	assert_int_equal(s.wrong, 0);
	return s;
}

static int64_t entries(struct world *w)
{
	int64_t next;

	assert_ok(w->c, ledger_ids(w->c, w->in->store.db, 1, &next));
	return next - 1;
}

static int last_import(struct ctx *c, const struct closed_source *s, void *arg)
{
	struct closed_source *to = arg;

	*to = *s;
	to->source = str_make(c, s->source);
	to->note = str_make(c, s->note);
	return 0;
}

static struct closed_source import_row(struct world *w)
{
	struct closed_source s = {0};

	assert_ok(w->c, closed_each(w->c, w->in, last_import, &s));
	return s;
}

/* ---- the published half-year ---- */

static void test_half_year(void **state)
{
	struct world w = open_world();
	struct closed_job job = {
	    .path = "examples/history/2013h1.csv", .map_path = "examples/history/2013h1.map.yaml"};
	struct closed_result r;
	struct closed_source s;
	struct seen seen;
	int64_t size;

	(void)state;
	assert_ok(w.c, closed_import(w.c, w.in, &w.intake, &job, &r));
	assert_int_equal(r.records, 37196);
	assert_int_equal(r.accounts, 66539);
	assert_int_equal(r.refused, 0);
	assert_false(r.resumed);
	seen = look(&w, NULL);
	assert_int_equal(seen.records, 37196);
	assert_int_equal(seen.accounts, 66539);
	assert_int_equal(seen.outcomes[OUTCOME_CONTENT], 817);
	assert_int_equal(seen.outcomes[OUTCOME_NONCONTENT], 28698);
	assert_int_equal(seen.outcomes[OUTCOME_NO_DATA], 6769);
	assert_int_equal(seen.outcomes[OUTCOME_REJECTED], 911);
	assert_int_equal(seen.outcomes[OUTCOME_NOT_RECORDED], 1);
	seen = look(&w, "DE");
	assert_int_equal(seen.records, 5185);
	assert_int_equal(seen.accounts, 9670);
	assert_int_equal(seen.outcomes[OUTCOME_NONCONTENT], 4318);
	seen = look(&w, "US");
	assert_int_equal(seen.outcomes[OUTCOME_NOT_RECORDED], 1);
	assert_int_equal(look(&w, "KR").records, 126);
	s = import_row(&w);
	assert_true(s.done);
	assert_non_null(strstr(s.note.p, "not_recorded: 1"));
	assert_non_null(strstr(s.source.p, "Microsoft"));
	assert_err(
	    w.c, closed_import(w.c, w.in, &w.intake, &job, &r), ERR_CONFLICT, "imported already");
	assert_ok(w.c, ledger_close_slot(w.c, w.in->store.db, STR("test"), &size));
	assert_int_equal(size, entries(&w));
	close_world(&w);
}

/* The same records, whichever way they are cut into transactions. */
static void test_whole_is_same(void **state)
{
	struct world w = open_world();
	struct closed_job job = {.path = "examples/history/2013h1.csv",
	    .map_path = "examples/history/2013h1.map.yaml",
	    .whole = true};
	struct closed_result r;

	(void)state;
	assert_ok(w.c, closed_import(w.c, w.in, &w.intake, &job, &r));
	assert_int_equal(r.records, 37196);
	assert_int_equal(look(&w, "DE").accounts, 9670);
	assert_true(import_row(&w).done);
	assert_err(
	    w.c, closed_import(w.c, w.in, &w.intake, &job, &r), ERR_CONFLICT, "imported already");
	close_world(&w);
}

static void test_cisco(void **state)
{
	const char *shared = getenv("WRIT_SHARED");
	struct closed_job job = {.map_path = "examples/maps/cisco-2022h1.map.yaml"};
	struct closed_result r;
	struct world w;
	struct seen seen;

	(void)state;
	if (!file_exists(shared == NULL ? "../shared" : shared)) {
		puts("skipped: no folder with the published files");
		return;
	}
	w = open_world();
	job.path =
	    str_fmt(w.c, "%s/data/cisco-2022H1-demands.csv", shared == NULL ? "../shared" : shared)
		.p;
	assert_ok(w.c, closed_import(w.c, w.in, &w.intake, &job, &r));
	seen = look(&w, NULL);
	assert_int_equal(seen.records, 71);
	assert_int_equal(seen.printed, 71);
	assert_int_equal(seen.outcomes[OUTCOME_NONCONTENT], 45);
	assert_int_equal(seen.outcomes[OUTCOME_REJECTED], 13);
	assert_int_equal(seen.outcomes[OUTCOME_NO_DATA], 13);
	assert_int_equal(seen.outcomes[OUTCOME_CONTENT], 0);
	assert_int_equal(look(&w, "DE").records, 42);
	assert_int_equal(look(&w, "US").records, 22);
	assert_int_equal(look(&w, "IN").records, 3);
	assert_int_equal(look(&w, "GB").records, 2);
	close_world(&w);
}

/* ---- wrong input ---- */

static const char map_text[] = "kind: closed\n"
			       "source:\n"
			       "  publisher: P\n"
			       "  title: T\n"
			       "  date: 2020\n"
			       "period: 2020H1\n"
			       "country:\n"
			       "  column: country\n"
			       "class: warrant\n"
			       "requests: n\n"
			       "accounts: a\n"
			       "total:\n"
			       "  where:\n"
			       "    country: ALL\n";

struct refusals {
	int64_t line[8], col[8];
	size_t n;
};

static void note_refusal(void *arg, const struct closed_refused *r)
{
	struct refusals *to = arg;

	assert_true(to->n < 8);
	assert_true(r->why.n > 0);
	to->line[to->n] = r->line;
	to->col[to->n++] = r->col;
}

static void test_refused(void **state)
{
	struct world w = open_world();
	struct refusals refusals = {.n = 0};
	struct closed_job job = {.refused = note_refusal, .arg = &refusals};
	struct closed_result r;

	(void)state;
	job.map_path = put_file(&w, "m.yaml", str_of(map_text));
	job.path = put_file(&w, "f.csv",
	    STR("country,n,a\nDE,2,5\nAtlantis,1,1\nFR,-1,0\nFR,1.5,0\nFR,1\nGB\xff,1,1\nUS,3,"
		"3\nALL,9,9\n"));
	job.whole = true;
	assert_err(w.c, closed_import(w.c, w.in, &w.intake, &job, &r), ERR_INVALID, "refused: 5");
	assert_int_equal(entries(&w), 0);
	job.whole = false;
	refusals.n = 0;
	assert_ok(w.c, closed_import(w.c, w.in, &w.intake, &job, &r));
	assert_int_equal(r.records, 5);
	assert_int_equal(r.accounts, 8);
	assert_int_equal(r.refused, 5);
	assert_int_equal(refusals.n, 5);
	assert_int_equal(refusals.line[0], 3);
	assert_int_equal(refusals.col[0], 1);
	assert_int_equal(refusals.line[1], 4);
	assert_int_equal(refusals.col[1], 4);
	assert_int_equal(refusals.line[3], 6);
	assert_int_equal(refusals.line[4], 7);
	assert_int_equal(refusals.col[4], 3);
	assert_int_equal(look(&w, NULL).records, 5);
	assert_int_equal(import_row(&w).refused, 5);
	assert_non_null(strstr(r.note.p, "not compared"));
	close_world(&w);
}

static void test_nothing_stored(void **state)
{
	static const struct {
		const char *csv, *why;
		int code;
	} cases[] = {
	    {"country,n,a\nDE,2,5\nALL,3,5\n", "f.csv:3:5: requests: the rows add up to 2",
		ERR_INVALID},
	    {"country,n,a\nDE,2,5\nALL,2,6\n", "f.csv:3:7: accounts: the rows add up to 5",
		ERR_INVALID},
	    {"country,n,a\nDE,2,5\n", "no row has the source's total", ERR_INVALID},
	    {"country,n\nDE,2\n", "column \"a\" is missing", ERR_INVALID},
	    {"country,n,a,n\nDE,2,1,1\n", "column \"n\" is there twice", ERR_INVALID},
	    {"country,n,a\nALL,0,0\n", "no record to import", ERR_INVALID},
	    {"", "the file is empty", ERR_INVALID},
	};
	struct world w = open_world();
	struct closed_job job = {0};
	struct closed_result r;

	(void)state;
	job.map_path = put_file(&w, "m.yaml", str_of(map_text));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		job.path = put_file(&w, "f.csv", str_of(cases[i].csv));
		for (int whole = 0; whole < 2; whole++) {
			job.whole = whole == 1;
			assert_err(w.c, closed_import(w.c, w.in, &w.intake, &job, &r),
			    cases[i].code, cases[i].why);
		}
	}
	job.path = "/nonexistent.csv";
	assert_err(w.c, closed_import(w.c, w.in, &w.intake, &job, &r), ERR_NOTFOUND, "nonexistent");
	job.path = w.dir;
	assert_err(w.c, closed_import(w.c, w.in, &w.intake, &job, &r), ERR_INVALID, "not a file");
	assert_int_equal(entries(&w), 0);
	close_world(&w);
}

static void test_role(void **state)
{
	struct world w = open_world();
	struct closed_job job = {
	    .path = "examples/history/2013h1.csv", .map_path = "examples/history/2013h1.map.yaml"};
	struct closed_result r;
	struct person p = w.intake;

	(void)state;
	p.roles = ROLE_REVIEWER | ROLE_PUBLISHER | ROLE_COUNSEL;
	assert_err(w.c, closed_import(w.c, w.in, &p, &job, &r), ERR_DENIED, "intake");
	assert_int_equal(entries(&w), 0);
	close_world(&w);
}

static void test_classes_are_the_laws(void **state)
{
	struct world w = open_world();
	const struct vocab_fact *f = pack_fact(w.in->law, STR("order.class"));
	struct str rest, word;

	(void)state;
	assert_non_null(f);
	for (rest = f->values; str_word(&rest, &word);)
		assert_true(str_has_word(STR(MAP_CLASSES), word));
	for (rest = STR(MAP_CLASSES); str_word(&rest, &word);)
		assert_true(str_has_word(f->values, word));
	close_world(&w);
}

/* ---- kill -9 ---- */

enum { ROWS = 20000 };

static const char *big_file(struct world *w)
{
	static const char *const lands[] = {"DE", "FR", "US", "GB", "BR", "IN"};
	struct buf b = buf_init(w->c, 8 << 20);

	/* the last column makes several pieces of it: the reader gets two of them ahead */
	buf_puts(&b, "country,n,a,unused\n");
	for (int i = 0; i < ROWS; i++)
		buf_fmt(&b, "%s,%d,%d,0123456789ab\n", lands[i % 6], i % 7 == 0 ? 3 : 1, i % 5);
	buf_fmt(&b, "ALL,%d,%d,\n", ROWS + 2 * ((ROWS + 6) / 7), ROWS / 5 * 10);
	return put_file(w, "big.csv", buf_str(&b));
}

/* Dies at the given number of bytes read, from inside. */
static void die_at(void *arg, int64_t done, int64_t total)
{
	(void)total;
	if (done >= *(int64_t *)arg)
		(void)raise(SIGKILL);
}

static void import_in_child(
    struct world *w, struct closed_job *job, int64_t die, useconds_t wait_us)
{
	pid_t child;
	int status;

	instance_close(&w->in);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct closed_result r;
		struct instance *in;

		job->progress = die_at;
		job->arg = &die;
		if (instance_open(w->c, str_fmt(w->c, "%s/i", w->dir), SQL_ROLE_ALL, &in) != 0)
			_exit(2);
		_exit(closed_import(w->c, in, &w->intake, job, &r) == 0 ? 0 : 1);
	}
	if (wait_us > 0) {
		(void)usleep(wait_us);
		(void)kill(child, SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 1);
	assert_ok(w->c, instance_open(w->c, str_fmt(w->c, "%s/i", w->dir), SQL_ROLE_ALL, &w->in));
}

/* What stands there is what import says stands there, and every entry has its row. */
static int64_t consistent(struct world *w)
{
	struct seen seen = look(w, NULL);
	struct closed_source s = import_row(w);
	const struct db_val *row;

	assert_int_equal(seen.records, s.records);
	assert_int_equal(seen.accounts, s.accounts);
	assert_ok(w->c, db_one(w->c, w->in->store.db, SQL_ENTRY_COUNT_KIND,
			    DB_ARGS(db_text(STR("closed"))), &row));
	assert_int_equal(row[0].num, seen.records);
	return seen.records;
}

static void finish_and_compare(struct world *w, struct closed_job *job)
{
	struct closed_result r;
	int64_t size;
	int rc;

	job->progress = NULL;
	rc = closed_import(w->c, w->in, &w->intake, job, &r);
	if (rc == ERR_CONFLICT) /* the killed run had just come to its end */
		err_clear(w->c);
	else
		assert_int_equal(rc, 0);
	assert_true(import_row(w).done);
	assert_int_equal(consistent(w), ROWS + 2 * ((ROWS + 6) / 7));
	assert_ok(w->c, ledger_close_slot(w->c, w->in->store.db, STR("test"), &size));
	assert_int_equal(size, entries(w));
}

static void test_killed_inside(void **state)
{
	struct world w = open_world();
	struct closed_job job = {.batch = 700};
	struct closed_result r;
	int64_t records, bytes;
	struct str text;

	(void)state;
	job.path = big_file(&w);
	job.map_path = put_file(&w, "m.yaml", str_of(map_text));
	assert_ok(w.c, file_read(w.c, job.path, 8 << 20, &text));
	bytes = (int64_t)text.n;
	import_in_child(&w, &job, bytes / 2, 0); /* in the first reading */
	assert_int_equal(entries(&w), 0);
	import_in_child(&w, &job, bytes + bytes / 2, 0);
	records = consistent(&w);
	assert_true(records > 0 && records < ROWS);
	assert_false(import_row(&w).done);
	job.whole = true;
	job.progress = NULL;
	assert_err(
	    w.c, closed_import(w.c, w.in, &w.intake, &job, &r), ERR_CONFLICT, "begun in parts");
	job.whole = false;
	import_in_child(&w, &job, 2 * bytes - 1000, 0);
	assert_true(consistent(&w) > records);
	assert_ok(
	    w.c, closed_import(w.c, w.in, &w.intake,
		     &(struct closed_job){.path = job.path, .map_path = job.map_path, .batch = 700},
		     &r));
	assert_true(r.resumed);
	finish_and_compare(&w, &job);
	close_world(&w);
}

static void test_killed_whole(void **state)
{
	struct world w = open_world();
	struct closed_job job = {.whole = true};
	struct str text;

	(void)state;
	job.path = big_file(&w);
	job.map_path = put_file(&w, "m.yaml", str_of(map_text));
	assert_ok(w.c, file_read(w.c, job.path, 8 << 20, &text));
	import_in_child(&w, &job, (int64_t)text.n * 2 - 1000, 0);
	assert_int_equal(entries(&w), 0);
	finish_and_compare(&w, &job);
	close_world(&w);
}

static void test_killed_anywhere(void **state)
{
	struct world w = open_world();
	struct closed_job job = {.batch = 250};

	(void)state;
	job.path = big_file(&w);
	job.map_path = put_file(&w, "m.yaml", str_of(map_text));
	for (unsigned i = 0; i < 5; i++) {
		unsigned char r;

		ctx_random(w.c, &r, sizeof r);
		import_in_child(&w, &job, INT64_MAX, 20000 + 1000 * (useconds_t)r);
		(void)consistent(&w);
	}
	finish_and_compare(&w, &job);
	close_world(&w);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_half_year),
	    cmocka_unit_test(test_whole_is_same),
	    cmocka_unit_test(test_cisco),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_nothing_stored),
	    cmocka_unit_test(test_role),
	    cmocka_unit_test(test_classes_are_the_laws),
	    cmocka_unit_test(test_killed_inside),
	    cmocka_unit_test(test_killed_whole),
	    cmocka_unit_test(test_killed_anywhere),
	};

	if (argc == 2 && strcmp(argv[1], "--role=parse") == 0)
		_exit(reader_role_run());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
