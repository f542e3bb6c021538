/*
 * Erasure below the command line: what a chain, a merged demand and a shared entry do to it, what
 * is done again after a restore, and what a crash between the commit and its journal leaves.
 */
#include "desk_story.h"

#include "desk/arrival.h"
#include "desk/erase.h"
#include "desk/job.h"
#include "desk/reader_role.h"
#include "store/journal.h"
#include "store/sign.h"
#include "store/verify.h"

#define REJECTED "rejected withdrawn"

static void rules(struct story *st, const char *of, int days)
{
	struct retention_rule *r = mem_alloc(st->c, sizeof *r);
	struct retention *list = mem_alloc(st->c, sizeof *list);

	*r = (struct retention_rule){.id = STR("r"), .of = str_of(of), .days = days};
	*list = (struct retention){.from = instant_day((struct instant){0}),
	    .role = STR("counsel"),
	    .rules = r,
	    .n_rules = 1};
	st->in->retention = (struct retentions){list, 1};
}

static void days_later(struct story *st, int days)
{
	st->c->fixed_now += (int64_t)days * STORY_DAY;
}

/* A subpoena that was refused, and closed. */
static struct matter refused(struct story *st, const char *target, struct legal_order *ret)
{
	struct matter m = story_case(st,
	    (struct story_ask){.instrument = "US-SUBP-GJ",
		.facts = STORY_SUBPOENA,
		.fields = "'name'",
		.targets = target},
	    ret);

	assert_ok(st->c,
	    review_reject(st->c, st->in, &st->ann, ret, STR("wrong_instrument"), STR("a reason")));
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
	return m;
}

static struct erase_unit look(struct story *st, struct str ref)
{
	struct erase_unit u;

	assert_ok(st->c, erase_look(st->c, st->in, &st->counsel, ref, &u));
	return u;
}

static int propose(struct story *st, struct str ref, struct str *ret)
{
	struct erase_unit u = look(st, ref);
	struct erase_units one = {&u, 1, 1};

	return erase_propose(st->c, st->in, &st->counsel, &one, ret);
}

static void erase(struct story *st, struct str ref)
{
	struct erase_list list;
	struct str name;
	int64_t n;

	assert_ok(st->c, propose(st, ref, &name));
	assert_ok(st->c, erase_list_get(st->c, st->in, &st->bob, name, &list));
	assert_ok(st->c, erase_confirm(st->c, st->in, &st->bob, name, list.hash, NULL, &n));
	assert_int_equal(n, 1);
	assert_true(look(st, ref).erased);
}

/* The rows alone: the story's instance has no keys that sign. */
static struct verify *verified(struct story *st)
{
	struct verify *v = verify_make(st->c);
	struct str keys = instance_path(st->c, st->in, st->in->keys);

	if (!file_exists(str_fmt(st->c, "%s/log.vkey", keys.p).p))
		assert_ok(st->c, sign_create(st->c, keys.p, st->in->origin));
	assert_ok(st->c, verify_own(st->c, &st->in->store, keys.p, false, v));
	for (size_t i = 0; i < v->n; i++)
		print_error("%s\n", v->text[i]);
	assert_int_equal(v->n, 0);
	assert_int_equal(v->rows_erased, 0);
	return v;
}

static void test_erased(void **state)
{
	static const char two[] = "{'kind':'email','value':'a@example.net'},"
				  "{'kind':'email','value':'b@example.net'},"
				  "{'kind':'email','value':'A@EXAMPLE.net'}";
	struct story *st = *state;
	struct legal_order o;
	struct matter m = refused(st, two, &o);
	int64_t keys;

	rules(st, REJECTED, 10);
	keys = story_num(st, "SELECT count(DISTINCT value_key) FROM target");
	assert_err(st->c, propose(st, m.ref, &(struct str){"", 0}), ERR_DENIED, "its term runs");
	days_later(st, 10);
	assert_err(st->c, propose(st, m.ref, &(struct str){"", 0}), ERR_DENIED, "its term runs");
	days_later(st, 1);
	erase(st, m.ref);
	assert_int_equal(story_num(st, "SELECT count(DISTINCT value_key) FROM target"), keys);
	assert_int_equal(story_num(st, "SELECT count(*) FROM target WHERE value_ct IS NOT NULL OR "
				       "printed_ct IS NOT NULL OR value_gone IS NULL"),
	    0);
	assert_int_equal(
	    story_num(
		st, "SELECT count(*) FROM finding WHERE reason_ct IS NOT NULL OR why <> '{}'"),
	    0);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM order_fact WHERE value_ct IS NOT NULL"), 0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM entry WHERE (matter IS NOT NULL OR "
				       "kind = 'demand.receive') AND kind NOT LIKE 'erase.%' AND "
				       "(salt IS NOT NULL OR detail IS NOT NULL)"),
	    0);
	assert_int_equal(verified(st)->erased, story_num(st, "SELECT count(*) FROM erased_entry"));
	assert_err(st->c, order_judge(st->c, st->in, &st->ann, &o), ERR_DENIED, "was erased");
}

static void test_two_persons(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = refused(st, NULL, &o);
	struct person both = st->counsel;
	struct erase_list list;
	struct str name;
	int64_t n;

	rules(st, REJECTED, 10);
	days_later(st, 11);
	assert_ok(st->c, propose(st, m.ref, &name));
	assert_ok(st->c, erase_list_get(st->c, st->in, &st->bob, name, &list));
	/* the person counts, not the role */
	both.roles |= ROLE_REVIEWER;
	assert_err(st->c, erase_confirm(st->c, st->in, &both, name, list.hash, NULL, &n),
	    ERR_DENIED, "another person");
	assert_err(st->c, erase_confirm(st->c, st->in, &st->admin, name, list.hash, NULL, &n),
	    ERR_DENIED, "needs the role");
	list.hash.b[0] ^= 1;
	assert_err(st->c, erase_confirm(st->c, st->in, &st->bob, name, list.hash, NULL, &n),
	    ERR_CONFLICT, "not the one of this hash");
	list.hash.b[0] ^= 1;
	story_refused(st,
	    "UPDATE erasure SET state = 'done', confirmer = proposer, list_hash = x'00', at = 1, "
	    "rev = rev + 1, entry = " STORY_ENTRY,
	    "CHECK");
	assert_ok(st->c, erase_hold(st->c, st->in, &st->intake, m.ref, STR("a suit"), DAY_NONE));
	assert_err(st->c, erase_confirm(st->c, st->in, &st->bob, name, list.hash, NULL, &n),
	    ERR_CONFLICT, "not the one of this hash");
	story_refused(st,
	    "UPDATE erasure SET state = 'done', confirmer = 3, list_hash = x'00', at = 1, rev = "
	    "rev "
	    "+ 1, entry = " STORY_ENTRY,
	    "what is held is not erased");
	assert_int_equal(story_num(st, "SELECT count(*) FROM erased_entry"), 0);
	(void)verified(st);
}

/* A refusal and the demand that cures it: each keeps the other until both are closed. */
static void test_chain(void **state)
{
	struct story *st = *state;
	struct legal_order o, cure;
	struct matter m = refused(st, NULL, &o), c;
	struct demand_opening how = {.cures = &o};
	struct str ref = story_receive_by(st, &st->intake,
	    (struct story_ask){
		.instrument = "US-SUBP-GJ", .facts = STORY_SUBPOENA, .fields = "'name'"});

	rules(st, REJECTED, 10);
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &c));
	days_later(st, 11);
	assert_true(look(st, m.ref).over);
	assert_err(
	    st->c, propose(st, m.ref, &ref), ERR_DENIED, "its partner in a cured chain is open");
	assert_ok(st->c, matter_order(st->c, st->in, &c, 1, &cure));
	assert_ok(st->c,
	    review_reject(st->c, st->in, &st->ann, &cure, STR("wrong_instrument"), STR("again")));
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &c, true));
	erase(st, m.ref);
	days_later(st, 11);
	erase(st, c.ref);
	(void)verified(st);
}

static void test_merged(void **state)
{
	struct story *st = *state;
	struct story_ask ask = {
	    .instrument = "US-SUBP-GJ", .facts = STORY_SUBPOENA, .fields = "'name'", .number = "N"};
	struct str first = story_receive_by(st, &st->intake, ask);
	struct str second = story_receive_by(st, &st->intake, ask), third;
	struct demand_opening how = {0};
	struct legal_order o;
	struct matter m;

	rules(st, REJECTED, 10);
	days_later(st, 1);
	assert_ok(st->c, demand_merge(st->c, st->in, &st->intake, second, first));
	assert_ok(st->c, demand_verify(st->c, st->in, &st->intake, first));
	days_later(st, 1);
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, first, &how, &m));
	assert_ok(st->c, matter_order(st->c, st->in, &m, 1, &o));
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("wrong_instrument"), STR("why")));
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
	days_later(st, 11);
	erase(st, m.ref);
	assert_int_equal(story_num(st, "SELECT count(*) FROM demand WHERE draft_ct IS NOT NULL OR "
				       "number_key IS NOT NULL OR length(content_key) > 0"),
	    0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM entry WHERE kind LIKE 'demand.%' AND "
				       "detail IS NOT NULL"),
	    0);
	third = story_receive_by(st, &st->intake, ask);
	assert_err(st->c, demand_merge(st->c, st->in, &st->intake, third, first), ERR_DENIED,
	    "was erased");
	(void)verified(st);
}

/* One entry for a whole file of demands: it keeps its detail until the last of them is erased. */
static void test_shared_entry(void **state)
{
	static const char map[] =
	    "kind: demands\nsource:\n  publisher: P\n  title: T\n  date: 2026\n"
	    "received:\n  instant: at\nchannel: portal\nlanguage: en\n"
	    "authority:\n  country: US\n  body: police\n  name: An authority\n"
	    "order:\n  instrument: US-SUBP-GJ\n  targets:\n    - kind: email\n"
	    "      column: mail\n  asks:\n    - fields: name\n      service: mail\n";
	static const char csv[] = "at,mail\n2026-09-15T08:00:00Z,a@example.net\n"
				  "2026-09-15T08:00:00Z,b@example.net\n";
	static const char shared[] =
	    "SELECT count(*) FROM entry WHERE kind = 'import.whole' AND detail IS NOT NULL";
	struct story *st = *state;
	struct arrival_job job = {.path = str_fmt(st->c, "%s/d.csv", st->dir).p,
	    .map_path = str_fmt(st->c, "%s/d.yaml", st->dir).p,
	    .whole = true};
	struct arrival_result r;
	struct str ref[2];

	rules(st, "not_data", 10);
	assert_ok(st->c, file_write_atomic(st->c, job.path, 0600, str_of(csv)));
	assert_ok(st->c, file_write_atomic(st->c, job.map_path, 0600, str_of(map)));
	assert_ok(st->c, arrival_import(st->c, st->in, &st->intake, &job, &r));
	assert_int_equal(r.demands, 2);
	for (int i = 0; i < 2; i++) {
		ref[i] = story_text(st,
		    str_fmt(st->c, "SELECT ref FROM demand ORDER BY id LIMIT 1 OFFSET %d", i).p);
		assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, ref[i], STR("press")));
	}
	days_later(st, 11);
	erase(st, ref[0]);
	assert_int_equal(story_num(st, shared), 1);
	assert_int_equal(
	    story_num(st, "SELECT json_extract(detail, '$.kept') FROM entry WHERE kind "
			  "= 'erase.confirm'"),
	    1);
	(void)verified(st);
	erase(st, ref[1]);
	assert_int_equal(story_num(st, shared), 0);
	(void)verified(st);
}

/* The journal of what was erased after the backup: it is done again, whatever the backup holds. */
static void test_again(void **state)
{
	struct story *st = *state;
	struct instant at = {STORY_NOW + 100};
	struct legal_order o;
	struct matter m = refused(st, NULL, &o);
	struct story_mark mark;
	struct str list;

	rules(st, REJECTED, 10);
	days_later(st, 11);
	assert_ok(st->c, propose(st, m.ref, &list));
	assert_ok(st->c,
	    erase_hold(st->c, st->in, &st->intake, m.ref, STR("older than the word"), DAY_NONE));
	mark = story_mark(st);
	assert_ok(st->c, erase_apply(st->c, st->in, m.ref, at));
	story_wrote(st, mark, "erase.again");
	assert_int_equal(story_num(st, "SELECT erased FROM matter"), at.s);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM erasure WHERE state = 'withdrawn'"), 1);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM erase_todo WHERE what = 'journal'"), 0);
	mark = story_mark(st);
	assert_ok(st->c, erase_apply(st->c, st->in, m.ref, at));
	story_untouched(st, mark);
	assert_err(st->c, erase_apply(st->c, st->in, STR("0000-0000-00000"), at), ERR_NOTFOUND,
	    "no case and no demand");
	(void)verified(st);
}

static int count_line(
    struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg)
{
	int *n = arg;

	(void)c;
	(void)at;
	(void)key;
	*n += kind == JOURNAL_ERASED;
	return 0;
}

/* The program ends after the commit: the next call does what is left, once. */
static void test_crash(void **state)
{
	struct story *st = *state;
	struct str path = instance_path(st->c, st->in, st->in->journal);
	struct legal_order o;
	struct matter m = refused(st, NULL, &o);
	struct erase_left left;
	int64_t todo;
	int lines = 0;

	rules(st, REJECTED, 10);
	days_later(st, 11);
	erase(st, m.ref);
	assert_false(file_exists(path.p));
	assert_ok(st->c, erase_unfinished(st->c, st->in, &todo));
	assert_int_equal(todo, 3);
	assert_ok(st->c, erase_finish(st->c, st->in, (struct str){"", 0}, &left));
	assert_true(left.scrubbed && left.journal == 1);
	assert_ok(st->c, erase_finish(st->c, st->in, (struct str){"", 0}, &left));
	assert_int_equal(left.journal, 0);
	assert_ok(st->c, erase_unfinished(st->c, st->in, &todo));
	assert_int_equal(todo, 0);
	assert_ok(st->c, journal_each(st->c, path, count_line, &lines));
	assert_int_equal(lines, 1);
	(void)verified(st);
}

/* What stands open keeps a case in the schema too, past the program; and all of it is told. */
static void what_stands_open(void **state)
{
	static const char done[] = "UPDATE erasure SET state = 'done', confirmer = 1, list_hash = "
				   "zeroblob(32), at = 9999999999, "
				   "rev = rev + 1, entry = (SELECT max(id) FROM stamp)";
	struct story *st = *state;
	struct legal_order o;
	struct matter m;
	struct erase_unit u;
	struct str list;

	rules(st, REJECTED, 5);
	m = refused(st, STORY_MAIL_TARGET, &o);
	days_later(st, 6);
	assert_ok(st->c, propose(st, m.ref, &list));
	assert_ok(st->c, erase_hold(st->c, st->in, &st->intake, m.ref, STR("a suit"),
			     day_add(instant_day((struct instant){st->c->fixed_now}), 30)));
	assert_err(st->c,
	    erase_hold(st->c, st->in, &st->intake, m.ref, STR("a suit"),
		instant_day((struct instant){st->c->fixed_now})),
	    ERR_INVALID, "to come");
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'hold'"), 1);
	assert_ok(
	    st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("ground")));
	u = look(st, m.ref);
	assert_int_equal(u.n_why, 3);
	assert_string_equal(u.why[2].word, "person");
	assert_false(day_is_none(u.why[2].until));
	assert_ok(st->c, erase_release(st->c, st->in, &st->counsel, m.ref));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'hold'"), 0);
	story_refused(st, done, "stands open");
	assert_ok(
	    st->c, hold_challenge_end(st->c, st->in, &st->counsel, &o, 1, STR("moot"), STR("")));
	assert_int_equal(look(st, m.ref).n_why, 0);
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st, done); /* nothing is open: the wall lets it through */
	story_sql(st, "ROLLBACK");
}

/* What a page asked for about the case goes with it, and nobody else's. */
static void jobs_go_too(void **state)
{
	struct story *st = *state;
	struct legal_order o, kept;
	struct matter m, other;
	struct json *what = json_map(st->c);
	struct str ref, still;
	struct erase_left left;
	struct job j;

	rules(st, REJECTED, 5);
	m = refused(st, STORY_MAIL_TARGET, &o);
	other = refused(st, STORY_MAIL_TARGET, &kept);
	json_set_text(st->c, what, "case", m.ref);
	assert_ok(st->c, job_put(st->c, st->in, &st->ann, "letter", what, &ref));
	json_set_text(st->c, what, "case", other.ref);
	assert_ok(st->c, job_put(st->c, st->in, &st->ann, "letter", what, &still));
	days_later(st, 6);
	erase(st, m.ref);
	assert_ok(st->c, job_get(st->c, st->in, &st->ann, ref, &j));
	assert_ok(st->c, erase_finish(st->c, st->in, (struct str){"", 0}, &left));
	assert_err(st->c, job_get(st->c, st->in, &st->ann, ref, &j), ERR_NOTFOUND, "no such job");
	assert_ok(st->c, job_get(st->c, st->in, &st->ann, still, &j));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(test_erased),
	    STORY_TEST(test_two_persons),
	    STORY_TEST(test_chain),
	    STORY_TEST(test_merged),
	    STORY_TEST(test_shared_entry),
	    STORY_TEST(test_again),
	    STORY_TEST(test_crash),
	    STORY_TEST(what_stands_open),
	    STORY_TEST(jobs_go_too),
	};

	if (argc == 2 && strcmp(argv[1], "--role=parse") == 0)
		_exit(reader_role_run());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
