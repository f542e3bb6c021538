/* People: who signs in, with which roles; the first admin; and what an admin is not. */
#include "desk_story.h"

static void role_words(void **state)
{
	struct story *st = *state;
	unsigned roles;

	assert_ok(st->c, person_roles(st->c, STR(" reviewer  counsel "), &roles));
	assert_int_equal(roles, ROLE_REVIEWER | ROLE_COUNSEL);
	assert_str(person_roles_str(st->c, roles), "reviewer counsel");
	assert_ok(st->c, person_roles(st->c, STR(""), &roles));
	assert_int_equal(roles, 0);
	assert_str(person_roles_str(st->c, 0), "");
	assert_err(st->c, person_roles(st->c, STR("reviewer king"), &roles), ERR_INVALID, "king");
	assert_err(st->c, person_roles(st->c, STR("Reviewer"), &roles), ERR_INVALID, "Reviewer");
	assert_ok(st->c, person_roles(st->c, person_roles_str(st->c, 255), &roles));
	assert_int_equal(roles, 255);
}

static void the_first_is_an_admin(void **state)
{
	struct story st = {.c = test_ctx()};
	struct story_mark m;
	struct str dir;
	int64_t id;

	(void)state;
	memcpy(st.dir, "/tmp/writ-story-XXXXXX", sizeof "/tmp/writ-story-XXXXXX");
	assert_non_null(mkdtemp(st.dir));
	dir = str_fmt(st.c, "%s/i", st.dir);
	assert_ok(st.c,
	    instance_create(st.c, dir,
		&(struct instance_new){
		    .provider = STR("P"), .origin = STR("p/w"), .zone = STR("Europe/Berlin")}));
	assert_ok(st.c, instance_open(st.c, dir, SQL_ROLE_ALL, &st.in));
	assert_int_equal(
	    sqlite3_open(str_fmt(st.c, "%s/data/writ.db", dir.p).p, &st.raw), SQLITE_OK);
	m = story_mark(&st);
	assert_err(st.c,
	    person_add(st.c, st.in, NULL, STR("eve"), ROLE_REVIEWER, false, 1, NULL, &id),
	    ERR_DENIED, "first person is an admin");
	assert_err(st.c,
	    person_add(
		st.c, st.in, NULL, STR("eve"), ROLE_ADMIN | ROLE_REVIEWER, false, 1, NULL, &id),
	    ERR_INVALID, "no other role");
	story_untouched(&st, m);
	assert_ok(
	    st.c, person_add(st.c, st.in, NULL, STR("root"), ROLE_ADMIN, false, 1, NULL, &id));
	story_wrote(&st, m, "person.add");
	assert_err(st.c, person_add(st.c, st.in, NULL, STR("eve"), ROLE_ADMIN, false, 2, NULL, &id),
	    ERR_DENIED, "first person");
	(void)sqlite3_close(st.raw);
	instance_close(&st.in);
	(void)nftw(st.dir, story_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&st.c);
}

static void only_admins_admit(void **state)
{
	struct story *st = *state;
	const struct person *others[] = {&st->intake, &st->ann, &st->counsel, &st->collector,
	    &st->publisher, &st->auditor, &st->named};
	struct story_mark m = story_mark(st);
	int64_t id;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		assert_err(st->c,
		    person_add(
			st->c, st->in, others[i], STR("eve"), ROLE_REVIEWER, false, 77, NULL, &id),
		    ERR_DENIED, "admin");
	for (unsigned r = 1; r < ROLE_ADMIN; r <<= 1)
		assert_err(st->c,
		    person_add(st->c, st->in, &st->admin, STR("eve"), ROLE_ADMIN | r, false, 77,
			NULL, &id),
		    ERR_INVALID, "no other role");
	story_untouched(st, m);
}

static void names_and_bindings(void **state)
{
	static const char *const bad[] = {"", "Eve", "eve smith", "eve\n", "e'v", "\xc3\xa9ve",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	struct story *st = *state;
	struct hash secret = hash_of(STR("s3cret")), other = hash_of(STR("other"));
	struct story_mark m = story_mark(st);
	int64_t id;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(st->c,
		    person_add(st->c, st->in, &st->admin, str_of(bad[i]), ROLE_REVIEWER, false, 77,
			NULL, &id),
		    ERR_INVALID, "a name has");
	assert_err(st->c,
	    person_add(st->c, st->in, &st->admin, STR("eve"), ROLE_REVIEWER, false, -1, NULL, &id),
	    ERR_INVALID, "bound");
	assert_err(st->c,
	    person_add(st->c, st->in, &st->admin, STR("ann"), ROLE_REVIEWER, false, 77, NULL, &id),
	    ERR_CONFLICT, "taken");
	assert_err(st->c,
	    person_add(
		st->c, st->in, &st->admin, STR("eve"), ROLE_REVIEWER, false, 1002, NULL, &id),
	    ERR_CONFLICT, "taken");
	story_untouched(st, m);
	assert_ok(st->c, person_add(st->c, st->in, &st->admin, STR("eve"), ROLE_REVIEWER, false, -1,
			     &secret, &id));
	assert_err(st->c,
	    person_add(
		st->c, st->in, &st->admin, STR("mal"), ROLE_REVIEWER, false, -1, &secret, &id),
	    ERR_CONFLICT, "taken");
	assert_ok(st->c, person_add(st->c, st->in, &st->admin, STR("mal"), ROLE_REVIEWER, false, -1,
			     &other, &id));
}

static void signing_in(void **state)
{
	struct story *st = *state;
	struct hash secret = hash_of(STR("s3cret"));
	struct person p;
	int64_t id;

	assert_ok(st->c, person_add(st->c, st->in, &st->admin, STR("eve"), ROLE_REVIEWER, false, -1,
			     &secret, &id));
	assert_ok(st->c, person_by_uid(st->c, st->in, 1002, &p));
	assert_int_equal(p.id, st->ann.id);
	assert_str(p.handle, "ann");
	assert_err(st->c, person_by_uid(st->c, st->in, 4242, &p), ERR_DENIED, "nobody is known");
	assert_err(st->c, person_by_uid(st->c, st->in, -1, &p), ERR_DENIED, "nobody is known");
	assert_ok(st->c, person_by_secret(st->c, st->in, STR("s3cret"), &p));
	assert_int_equal(p.id, id);
	assert_err(st->c, person_by_secret(st->c, st->in, STR("S3cret"), &p), ERR_DENIED,
	    "nobody is known");
	assert_err(
	    st->c, person_by_secret(st->c, st->in, STR(""), &p), ERR_DENIED, "nobody is known");
	assert_ok(st->c, person_find(st->c, st->in, STR("eve"), &p));
	assert_int_equal(p.id, id);
	assert_err(
	    st->c, person_find(st->c, st->in, STR("nobody"), &p), ERR_NOTFOUND, "nobody has");
	assert_int_equal(person_get(st->c, st->in, 999, &p), ERR_NOTFOUND);
	err_clear(st->c);
	/* who is not active any more does not sign in */
	story_sql(st, "BEGIN; " STORY_STAMP
		      "; UPDATE person SET active = 0, rev = rev + 1, entry = " STORY_ENTRY
		      " WHERE unix_uid = 1002;"
		      "INSERT INTO entry (id, kind, at, actor, leaf) SELECT max(id) + 1, 'test', "
		      "0, 0, zeroblob(33) FROM entry;"
		      "COMMIT");
	assert_err(st->c, person_by_uid(st->c, st->in, 1002, &p), ERR_DENIED, "nobody is known");
}

static int count_people(struct ctx *c, const struct person *p, void *arg)
{
	int *n = arg;

	(void)c;
	assert_true(p->handle.n > 0);
	(*n)++;
	return 0;
}

static void listed_and_sealed(void **state)
{
	struct story *st = *state;
	int n = 0;

	assert_ok(st->c, person_each(st->c, st->in, count_people, &n));
	assert_int_equal(n, 10);
	/* the name stands in no row in the clear */
	assert_int_equal(
	    story_num(st,
		"SELECT count(*) FROM person WHERE instr(handle_ct, CAST('counsel' AS BLOB)) > 0"
		" OR instr(handle_key, CAST('counsel' AS BLOB)) > 0"),
	    0);
}

static void changed_and_sent_away(void **state)
{
	struct story *st = *state;
	struct person p;
	struct story_mark m = story_mark(st);

	assert_err(st->c, person_set(st->c, st->in, &st->ann, STR("ann"), ROLE_COUNSEL, true, true),
	    ERR_DENIED, "needs the role admin");
	assert_err(st->c,
	    person_set(st->c, st->in, &st->admin, STR("nobody"), ROLE_COUNSEL, false, true),
	    ERR_NOTFOUND, "nobody has this name");
	assert_err(st->c, person_set(st->c, st->in, &st->admin, STR("ann"), ROLE_ADMIN, true, true),
	    ERR_INVALID, "admins cannot read cases");
	assert_err(st->c, person_set(st->c, st->in, &st->admin, st->admin.handle, 0, false, false),
	    ERR_DENIED, "the last admin");
	story_untouched(st, m);
	assert_ok(st->c, person_set(st->c, st->in, &st->admin, st->ann.handle, 0, false, false));
	story_wrote(st, m, "person.set");
	assert_ok(st->c, person_find(st->c, st->in, st->ann.handle, &p));
	assert_false(p.active);
	assert_int_equal(p.id, st->ann.id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(role_words),
	    cmocka_unit_test(the_first_is_an_admin),
	    STORY_TEST(only_admins_admit),
	    STORY_TEST(names_and_bindings),
	    STORY_TEST(signing_in),
	    STORY_TEST(listed_and_sealed),
	    STORY_TEST(changed_and_sent_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
