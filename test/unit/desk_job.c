/* Jobs: one takes it, who died leaves it to the next, nobody sees another's. */
#include "desk/job.h"

#include "desk_story.h"

static struct json *what(struct ctx *c)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "case", STR("canary"));
	return j;
}

static void test_way(void **state)
{
	struct story *st = story_open();
	struct ctx *c = st->c;
	struct json *result = json_map(c);
	struct str ref;
	struct job j;

	(void)state;
	assert_int_equal(job_take(c, st->in, &j), ERR_NOTFOUND);
	err_clear(c);
	assert_ok(c, job_put(c, st->in, &st->ann, "produce", what(c), &ref));
	assert_ok(c, job_get(c, st->in, &st->ann, ref, &j));
	assert_str(j.state, "waiting");
	assert_ok(c, job_take(c, st->in, &j));
	assert_str(j.ref, ref.p);
	assert_str(json_text(j.what, "case"), "canary");
	assert_int_equal(j.person, st->ann.id);
	json_set_int(c, result, "n", 7);
	assert_ok(c, job_end(c, st->in, &j, 0, STR(""), result));
	assert_ok(c, job_get(c, st->in, &st->ann, ref, &j));
	assert_str(j.state, "done");
	assert_int_equal(json_find(j.result, "n")->num, 7);
	assert_int_equal(job_take(c, st->in, &j), ERR_NOTFOUND);
	err_clear(c);
	/* another's is none */
	assert_int_equal(job_get(c, st->in, &st->bob, ref, &j), ERR_NOTFOUND);
	story_close(st);
}

/* In the order in which they were asked for; a failed one says why, to who asked. */
static void test_order(void **state)
{
	struct story *st = story_open();
	struct ctx *c = st->c;
	struct str first, second;
	struct job j;

	(void)state;
	assert_ok(c, job_put(c, st->in, &st->ann, "produce", what(c), &first));
	assert_ok(c, job_put(c, st->in, &st->bob, "produce", what(c), &second));
	assert_ok(c, job_take(c, st->in, &j));
	assert_str(j.ref, first.p);
	assert_ok(c, job_end(c, st->in, &j, ERR_DENIED, STR("the gate"), NULL));
	assert_ok(c, job_take(c, st->in, &j));
	assert_str(j.ref, second.p);
	assert_ok(c, job_get(c, st->in, &st->ann, first, &j));
	assert_str(j.state, "failed");
	assert_str(j.said, "the gate");
	assert_int_equal(j.code, ERR_DENIED);
	story_close(st);
}

/* Who took it is gone: it is the next one's when its time is over, and counted. */
static void test_dead(void **state)
{
	struct story *st = story_open();
	struct ctx *c = st->c;
	struct str ref;
	struct job j;

	(void)state;
	assert_ok(c, job_put(c, st->in, &st->ann, "produce", what(c), &ref));
	for (int i = 1; i <= 4; i++) {
		assert_ok(c, job_take(c, st->in, &j));
		assert_int_equal(j.tries, i);
		assert_int_equal(job_take(c, st->in, &j), ERR_NOTFOUND);
		err_clear(c);
		c->fixed_now += JOB_SECONDS;
	}
	assert_ok(c, job_end(c, st->in, &j, 0, STR(""), NULL));
	c->fixed_now += (int64_t)JOB_KEPT_DAYS * STORY_DAY + 1;
	assert_ok(c, job_sweep(c, st->in));
	assert_int_equal(job_get(c, st->in, &st->ann, ref, &j), ERR_NOTFOUND);
	story_close(st);
}

/* What is asked for and what came of it is not readable in the database. */
static void test_sealed(void **state)
{
	struct story *st = story_open();
	struct str ref;
	sqlite3_stmt *s;

	(void)state;
	assert_ok(st->c, job_put(st->c, st->in, &st->ann, "produce", what(st->c), &ref));
	assert_int_equal(
	    sqlite3_prepare_v2(st->raw,
		"SELECT count(*) FROM job WHERE instr(what_ct, 'canary') > 0", -1, &s, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(s, 0), 0);
	(void)sqlite3_finalize(s);
	story_close(st);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_way), cmocka_unit_test(test_order),
	    cmocka_unit_test(test_dead), cmocka_unit_test(test_sealed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
