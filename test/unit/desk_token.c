/* Tokens of the HTTP API: never more than their person, never longer than said, and only by the own
 * hand. */
#include "desk_story.h"

#include "desk/right.h"
#include "desk/token.h"

static int make_as(struct story *st, const struct person *who, struct token_new n, struct str *ret)
{
	struct token_made made;
	struct hash hash;

	if (n.name.p == NULL)
		n.name = STR("a program");
	if (n.days == 0)
		n.days = 30;
	*ret = token_text(st->c, &hash);
	assert_int_equal(ret->n, TOKEN_TEXT);
	return token_make(st->c, st->in, who, &n, &hash, &made);
}

static void nobody_by(struct story *st, struct str token)
{
	struct person p = {0};

	assert_err(st->c, token_person(st->c, st->in, token, &p), ERR_DENIED,
	    "this token is not good, or not any more");
	assert_int_equal(p.id, 0);
}

static void a_token_is_its_person_with_some_roles(void **state)
{
	struct story *st = *state;
	struct story_mark m = story_mark(st);
	struct str token;
	struct person p;

	assert_ok(
	    st->c, make_as(st, &st->named, (struct token_new){.roles = ROLE_REVIEWER}, &token));
	story_wrote(st, m, "person.token");
	assert_ok(st->c, token_person(st->c, st->in, token, &p));
	assert_int_equal(p.id, st->named.id);
	assert_int_equal(p.roles, ROLE_REVIEWER);
	assert_false(p.sealed);
	assert_true(right_has(&p, RIGHT_ITEM_DECIDE) && !right_has(&p, RIGHT_SECRECY_LIFT));
	/* named to the compartment only where that was asked for */
	assert_ok(st->c, make_as(st, &st->named,
			     (struct token_new){.roles = ROLE_COUNSEL, .sealed = true}, &token));
	assert_ok(st->c, token_person(st->c, st->in, token, &p));
	assert_true(p.sealed && p.roles == ROLE_COUNSEL);
	/* the bound of countries stays */
	assert_ok(st->c, person_limit(st->c, st->in, &st->admin, STR("named"), STR("DE")));
	assert_ok(st->c, token_person(st->c, st->in, token, &p));
	assert_str(p.lands, "DE");
	nobody_by(st, STR(""));
	nobody_by(st, STR("writ-token-"));
}

static void nobody_gets_more_than_the_own(void **state)
{
	struct story *st = *state;
	struct story_mark m = story_mark(st);
	struct person officer = st->ann;
	struct str t;

	officer.roles = 0;
	assert_err(st->c, make_as(st, &st->ann, (struct token_new){.roles = ROLE_COUNSEL}, &t),
	    ERR_DENIED, "only roles of its person");
	assert_err(st->c,
	    make_as(st, &st->ann, (struct token_new){.roles = ROLE_REVIEWER | ROLE_ADMIN}, &t),
	    ERR_DENIED, "only roles of its person");
	assert_err(st->c, make_as(st, &officer, (struct token_new){.roles = ROLE_INTAKE}, &t),
	    ERR_DENIED, "only roles of its person");
	assert_err(st->c, make_as(st, &officer, (struct token_new){.roles = 0}, &t), ERR_INVALID,
	    "at least one role");
	assert_err(st->c,
	    make_as(st, &st->ann, (struct token_new){.roles = ROLE_REVIEWER, .sealed = true}, &t),
	    ERR_DENIED, "named to the compartment");
	for (int i = 0; i < 3; i++) {
		static const int64_t days[] = {-1, TOKEN_DAYS_MAX + 1, INT64_MAX};

		assert_err(st->c,
		    make_as(st, &st->ann,
			(struct token_new){.roles = ROLE_REVIEWER, .days = days[i]}, &t),
		    ERR_INVALID, "1 to 366 days");
	}
	assert_err(st->c,
	    make_as(st, &st->ann,
		(struct token_new){.roles = ROLE_REVIEWER, .name = STR("two\nlines")}, &t),
	    ERR_INVALID, "one line");
	story_untouched(st, m);
}

static void it_ends(void **state)
{
	struct story *st = *state;
	struct story_mark m;
	struct str one, two, three;
	struct person p;

	assert_ok(st->c, make_as(st, &st->ann, (struct token_new){.roles = ROLE_REVIEWER}, &one));
	assert_ok(st->c,
	    make_as(st, &st->ann, (struct token_new){.roles = ROLE_REVIEWER, .days = 1}, &two));
	assert_ok(st->c, make_as(st, &st->bob, (struct token_new){.roles = ROLE_REVIEWER}, &three));
	/* by the own hand or an admin's, and once */
	m = story_mark(st);
	assert_err(st->c, token_end(st->c, st->in, &st->bob, st->ann.id, 1), ERR_DENIED,
	    "ending another person's token needs the role admin");
	assert_err(st->c, token_end(st->c, st->in, &st->ann, st->ann.id, 3), ERR_NOTFOUND, "");
	story_untouched(st, m);
	assert_ok(st->c, token_end(st->c, st->in, &st->ann, st->ann.id, 1));
	story_wrote(st, m, "person.token_end");
	nobody_by(st, one);
	assert_err(st->c, token_end(st->c, st->in, &st->admin, st->ann.id, 1), ERR_CONFLICT, "");
	/* by time */
	st->c->fixed_now += STORY_DAY - 1;
	assert_ok(st->c, token_person(st->c, st->in, two, &p));
	st->c->fixed_now += 1;
	nobody_by(st, two);
	/* with its roles, and with its person */
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("bob"), ROLE_INTAKE, false, true));
	nobody_by(st, three);
	assert_ok(st->c, person_set(st->c, st->in, &st->admin, STR("bob"),
			     ROLE_INTAKE | ROLE_REVIEWER, false, true));
	assert_ok(st->c, token_person(st->c, st->in, three, &p));
	assert_int_equal(p.roles, ROLE_REVIEWER);
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("bob"), ROLE_REVIEWER, false, false));
	nobody_by(st, three);
	/* a person's own secret is no token */
	nobody_by(st, STR("writ-secret-00"));
}

static void what_is_shown_and_stored(void **state)
{
	struct story *st = *state;
	struct str token;
	struct json *j;

	assert_ok(st->c,
	    make_as(st, &st->named,
		(struct token_new){.roles = ROLE_COUNSEL, .sealed = true, .name = STR("canary")},
		&token));
	assert_ok(st->c, token_view(st->c, st->in, &st->named, st->named.id, &j));
	assert_non_null(strstr(json_str(st->c, j).p, "\"name\":\"canary\""));
	assert_non_null(strstr(json_str(st->c, j).p, "\"sealed\":true"));
	assert_null(strstr(json_str(st->c, j).p, "writ-token"));
	assert_err(st->c, token_view(st->c, st->in, &st->ann, st->named.id, &j), ERR_DENIED,
	    "needs the role admin");
	assert_ok(st->c, token_view(st->c, st->in, &st->admin, st->named.id, &j));
	assert_int_equal(story_num(st, "SELECT count(*) FROM api_token WHERE "
				       "instr(name_ct, CAST('canary' AS BLOB))"),
	    0);
	assert_int_equal(
	    story_num(st, "SELECT length(token_hash) FROM api_token WHERE id = 1"), 32);
	assert_int_equal(story_num(st, "SELECT count(*) FROM entry WHERE instr(detail, 'canary') "
				       "OR instr(detail, 'counsel')"),
	    0);
	for (int i = 1; i < TOKEN_MAX; i++)
		assert_ok(st->c,
		    make_as(st, &st->named, (struct token_new){.roles = ROLE_COUNSEL}, &token));
	assert_err(st->c,
	    make_as(st, &st->named, (struct token_new){.roles = ROLE_COUNSEL}, &token), ERR_LIMIT,
	    "more than 20 tokens");
}

#define TOKEN_INTO                                                                                 \
	"INSERT INTO api_token (person, number, token_hash, roles, sealed, made, until, rev, "     \
	"entry) VALUES "

static void below_the_desk(void **state)
{
	struct story *st = *state;
	struct str token;

	assert_ok(st->c, make_as(st, &st->ann, (struct token_new){.roles = ROLE_REVIEWER}, &token));
	story_refused(st, TOKEN_INTO "(3, 9, zeroblob(32), 6, 0, 1, 2, 1, " STORY_ENTRY ")",
	    "roles of its person");
	story_refused(st, TOKEN_INTO "(3, 9, zeroblob(32), 2, 1, 1, 2, 1, " STORY_ENTRY ")",
	    "roles of its person");
	story_refused(st,
	    "UPDATE api_token SET until = until + 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "UPDATE api_token SET roles = 6, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "DELETE FROM api_token", "never deleted");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(a_token_is_its_person_with_some_roles),
	    STORY_TEST(nobody_gets_more_than_the_own),
	    STORY_TEST(it_ends),
	    STORY_TEST(what_is_shown_and_stored),
	    STORY_TEST(below_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
