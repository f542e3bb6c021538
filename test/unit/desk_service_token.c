/* Tokens of services: for one service that hands in by itself, of an admin, and for nothing else;
 * and the names of files that are handed in. */
#include "desk_story.h"

#include "desk/hand_in.h"
#include "desk/right.h"
#include "desk/service_token.h"

static const char map_text[] =
    "services:\n  - service: mail\n    holds:\n      - fields: body\n        where: rack 4\n"
    "        retention: 30 days\n        encryption: none\n        keys: none\n"
    "    connector: %s\n    limit_days: 90\n    canary: canary@x.example\n"
    "    canary_kind: email\n    expect_files: 1\n";

static void map_is(struct story *st, const char *connector)
{
	st->in->map = STR("services.yaml");
	assert_ok(st->c, file_write_atomic(st->c, instance_path(st->c, st->in, st->in->map).p, 0600,
			     str_fmt(st->c, map_text, connector)));
}

static int make_as(
    struct story *st, const struct person *who, struct service_token_new n, struct str *ret)
{
	struct instant until;
	struct hash hash;
	int64_t number;

	if (n.name.p == NULL)
		n.name = STR("mail store");
	if (n.service.p == NULL)
		n.service = STR("mail");
	if (n.days == 0)
		n.days = 30;
	*ret = service_token_text(st->c, &hash);
	assert_true(str_starts(*ret, SERVICE_TOKEN_BEGINS));
	return service_token_make(st->c, st->in, who, &n, &hash, &number, &until);
}

static void nobody_by(struct story *st, struct str token)
{
	struct person p = {0};

	assert_err(st->c, service_token_person(st->c, st->in, token, &p), ERR_DENIED,
	    "this token is not good, or not any more");
	assert_int_equal(p.id, 0);
}

static void it_opens_its_service_alone(void **state)
{
	struct story *st = *state;
	struct story_mark m;
	struct str token;
	struct person p = {0};
	size_t rights = 0;

	map_is(st, "push");
	m = story_mark(st);
	assert_ok(st->c, make_as(st, &st->admin, (struct service_token_new){0}, &token));
	story_wrote(st, m, "service.token");
	assert_ok(st->c, service_token_person(st->c, st->in, token, &p));
	assert_int_equal(p.id, st->admin.id);
	assert_str(p.service, "mail");
	assert_true(p.token > 0 && !p.sealed);
	/* the admin's own rights are not among them */
	for (int r = 0; r < RIGHTS; r++)
		rights += right_has(&p, (enum right)r);
	assert_int_equal(rights, 1);
	assert_true(right_has(&p, RIGHT_TICKET_HAND_IN));
	nobody_by(st, STR(""));
	nobody_by(st, STR("writ-service-"));
}

static void who_may_make_one(void **state)
{
	struct story *st = *state;
	struct str t;

	map_is(st, "push");
	assert_err(st->c, make_as(st, &st->collector, (struct service_token_new){0}, &t),
	    ERR_DENIED, "needs the role");
	assert_err(st->c, make_as(st, &st->admin, (struct service_token_new){.sealed = true}, &t),
	    ERR_DENIED, "named to the compartment");
	assert_err(st->c,
	    make_as(st, &st->admin, (struct service_token_new){.service = STR("chat")}, &t),
	    ERR_NOTFOUND, "no entry");
	assert_err(st->c, make_as(st, &st->admin, (struct service_token_new){.days = 367}, &t),
	    ERR_INVALID, "1 to 366 days");
	assert_err(st->c,
	    make_as(st, &st->admin, (struct service_token_new){.name = STR("a\nb")}, &t),
	    ERR_INVALID, "one line");
	map_is(st, "person");
	assert_err(st->c, make_as(st, &st->admin, (struct service_token_new){0}, &t), ERR_DENIED,
	    "connector is push");
}

static void it_ends(void **state)
{
	struct story *st = *state;
	struct str by_hand, by_time, by_office;
	struct json *list;
	struct person second;
	int64_t now = ctx_now(st->c);

	map_is(st, "push");
	second = story_person(st, "second", ROLE_ADMIN, false, 1900);
	assert_ok(st->c, make_as(st, &st->admin, (struct service_token_new){0}, &by_hand));
	assert_ok(st->c, make_as(st, &st->admin, (struct service_token_new){.days = 1}, &by_time));
	assert_ok(st->c, make_as(st, &second, (struct service_token_new){0}, &by_office));
	assert_err(st->c, service_token_end(st->c, st->in, &st->ann, 1), ERR_DENIED, "");
	assert_err(st->c, service_token_end(st->c, st->in, &st->admin, 9), ERR_NOTFOUND, "");
	assert_ok(st->c, service_token_end(st->c, st->in, &st->admin, 1));
	assert_err(st->c, service_token_end(st->c, st->in, &st->admin, 1), ERR_CONFLICT, "already");
	nobody_by(st, by_hand);
	assert_ok(st->c, service_token_person(st->c, st->in, by_time, &second));
	st->c->fixed_now = now + 86400;
	nobody_by(st, by_time);
	st->c->fixed_now = now;
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("second"), ROLE_AUDITOR, false, true));
	nobody_by(st, by_office);
	assert_ok(st->c, service_token_view(st->c, st->in, &st->admin, &list));
	assert_int_equal(list->n, 3);
	assert_str(json_text(list->at[0], "name"), "mail store");
	assert_false(json_find(list->at[0], "good")->yes);
	assert_err(st->c, service_token_view(st->c, st->in, &st->collector, &list), ERR_DENIED, "");
}

static void names_of_files(void **state)
{
	static const char *const good[] = {"a", "message-0001.eml", "A_b.csv", "0"};
	static const char *const odd[] = {
	    "", ".", "..", ".a", "-a", "a b", "a/b", "a\\b", "\xc3\xa4.csv", "a\n"};
	char longest[HAND_IN_NAME_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(hand_in_name_ok(str_of(good[i])));
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
		assert_false(hand_in_name_ok(str_of(odd[i])));
	memset(longest, 'a', sizeof longest);
	assert_true(hand_in_name_ok((struct str){longest, HAND_IN_NAME_MAX}));
	assert_false(hand_in_name_ok((struct str){longest, HAND_IN_NAME_MAX + 1}));
	assert_false(hand_in_name_ok((struct str){"a\0b", 3}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(it_opens_its_service_alone),
	    STORY_TEST(who_may_make_one),
	    STORY_TEST(it_ends),
	    cmocka_unit_test(names_of_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
