/* The data map: what it says, and each fault at its line. */
#include "check.h"

#include "desk/data_map.h"

#define HOLD                                                                                       \
	"      - fields: body\n        where: rack 4\n        retention: 30 days\n"                \
	"        encryption: LUKS\n        keys: provider\n"
#define REST                                                                                       \
	"    connector: program\n    program: /bin/c\n    limit_days: 90\n"                        \
	"    canary: canary@x.example\n    canary_kind: email\n    expect_files: 2\n"
#define WHOLE "services:\n  - service: mail\n    holds:\n" HOLD REST

static struct instance house(struct ctx *c)
{
	struct instance in = {.n_profiles = 1};
	struct vocab_field *fields = mem_array(c, 2, sizeof *fields);
	struct law *law = mem_alloc(c, sizeof *law);

	in.profiles = mem_array(c, 1, sizeof *in.profiles);
	in.profiles->n_services = 2;
	in.profiles->services = mem_array(c, 2, sizeof *in.profiles->services);
	in.profiles->services[0].id = STR("mail");
	in.profiles->services[1].id = STR("chat");
	fields[0].id = STR("body");
	fields[1].id = STR("name");
	*law = (struct law){.fields = fields, .n_fields = 2};
	in.law = law;
	return in;
}

static int parse(struct ctx *c, const char *text, struct data_map *ret)
{
	struct instance in = house(c);

	*ret = (struct data_map){0};
	return data_map_parse(c, "services.yaml", str_of(text), &in, ret);
}

static void test_read(void **state)
{
	struct ctx *c = test_ctx();
	const struct map_service *s;
	struct data_map m;

	(void)state;
	assert_ok(c, parse(c,
			 WHOLE "    canary_from: 2026-01-01\n    canary_to: 2026-01-31\n"
			       "    arguments: a b\n    reads: /var/a /var/b\n    seconds: 7\n"
			       "    socket: /run/postgresql/.s.PGSQL.5432\n",
			 &m));
	assert_int_equal(m.n, 1);
	s = data_map_find(&m, STR("mail"));
	assert_non_null(s);
	assert_null(data_map_find(&m, STR("chat")));
	assert_str(map_holds(s, STR("body"))->keys, "provider");
	assert_null(map_holds(s, STR("name")));
	assert_int_equal(s->seconds, 7);
	assert_str(s->socket, "/run/postgresql/.s.PGSQL.5432");
	assert_int_equal(s->megabytes, 1024);
	assert_int_equal(s->limit_days, 90);
	assert_str(day_str(c, s->canary_to), "2026-01-31");
	assert_str(json_str(c, map_fields(c, s)), "[\"body\"]");
	ctx_close(&c);
}

static void test_faults(void **state)
{
	/* what is put in the place of what, and where the error is */
	static const char *const bad[][3] = {
	    {"service: mail", "service: post", "services.yaml:2:14: service"},
	    {"fields: body", "fields: bodies", "services.yaml:4:17: fields"},
	    {"fields: body", "fields: body body", "services.yaml:4:17: fields"},
	    {"keys: provider", "keys: us", "services.yaml:8:15: keys"},
	    {"keys: provider", "keys: none", "services.yaml:8:15: encryption and keys"},
	    {"encryption: LUKS", "encryption: none", "services.yaml:8:15: encryption and keys"},
	    {"where: rack 4", "where: \"\"", "services.yaml:5:16: where"},
	    {"        where: rack 4\n", "", "services.yaml:4:9"},
	    {"connector: program", "connector: robot", "services.yaml:9:16: connector"},
	    {"connector: program", "connector: person", "services.yaml:2:5: program"},
	    {"program: /bin/c", "program: bin/c", "services.yaml:10:14: program"},
	    {"program: /bin/c", "program: /bin/c -x", "services.yaml:10:14: program"},
	    {"limit_days: 90", "limit_days: 0", "services.yaml:11:17: limit_days"},
	    {"limit_days: 90", "limit_days: 367", "services.yaml:11:17: limit_days"},
	    {"    limit_days: 90\n", "", "services.yaml:2:5: limit_days"},
	    {"canary: canary@x.example", "canary: \"\"", "services.yaml:12:13: canary"},
	    {"canary_kind", "canary_kin", "services.yaml:13"},
	    {"expect_files: 2", "expect_files: 0", "services.yaml:14:19: expect_files"},
	    {"expect_files: 2", "expect_files: 2\n    expect_sha256: abc",
		"services.yaml:15:20: expect_sha256"},
	    {"expect_files: 2", "expect_files: 2\n    canary_from: 2026-01-01",
		"services.yaml:2:5: canary_from"},
	    {"expect_files: 2",
		"expect_files: 2\n    canary_from: 2026-02-30\n    canary_to: 2026-03-01",
		"services.yaml:15:18: canary_from"},
	    {"expect_files: 2", "expect_files: 2\n    reads: var", "services.yaml:15:12: reads"},
	    {"expect_files: 2", "expect_files: 2\n    socket: run/s",
		"services.yaml:15:13: socket"},
	    {"expect_files: 2", "expect_files: 2\n    socket: /a /b",
		"services.yaml:15:13: socket"},
	    {"expect_files: 2\n", "expect_files: 2\n  - service: mail\n    holds:\n" HOLD REST,
		"services.yaml:15:5: service: stands twice"},
	    {"    holds:\n" HOLD, "", "services.yaml:2:5: holds"}};
	struct ctx *c = test_ctx();
	struct data_map m;

	(void)state;
	assert_ok(c, parse(c, WHOLE, &m));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const char *at = strstr(WHOLE, bad[i][0]);

		assert_non_null(at);
		assert_err(c,
		    parse(c,
			str_fmt(c, "%.*s%s%s", (int)(at - WHOLE), WHOLE, bad[i][1],
			    at + strlen(bad[i][0]))
			    .p,
			&m),
		    ERR_INVALID, bad[i][2]);
		assert_int_equal(m.n, 0);
	}
	assert_err(c, parse(c, "", &m), ERR_INVALID, "services: at least one");
	ctx_close(&c);
}

/* Whatever the entry says is in its hash. */
static void test_hash(void **state)
{
	static const char *const edits[][2] = {{"rack 4", "rack 5"}, {"30 days", "31 days"},
	    {"LUKS", "ZFS"}, {"keys: provider", "keys: user"}, {"/bin/c", "/bin/d"},
	    {"limit_days: 90", "limit_days: 89"}, {"canary@", "bird@"},
	    {"canary_kind: email", "canary_kind: account"}, {"expect_files: 2", "expect_files: 3"},
	    {"fields: body", "fields: name"},
	    {"expect_files: 2", "expect_files: 2\n    seconds: 9"},
	    {"expect_files: 2", "expect_files: 2\n    megabytes: 9"},
	    {"expect_files: 2", "expect_files: 2\n    reads: /x"},
	    {"expect_files: 2", "expect_files: 2\n    runs: /x"},
	    {"expect_files: 2", "expect_files: 2\n    socket: /x"},
	    {"expect_files: 2", "expect_files: 2\n    arguments: x"},
	    {"expect_files: 2",
		"expect_files: 2\n    canary_from: 2026-01-01\n    canary_to: 2026-01-02"}};
	struct ctx *c = test_ctx();
	struct data_map m;
	struct hash h;

	(void)state;
	assert_ok(c, parse(c, WHOLE, &m));
	h = map_hash(c, &m.v[0]);
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		const char *at = strstr(WHOLE, edits[i][0]);

		assert_non_null(at);
		assert_ok(c, parse(c,
				 str_fmt(c, "%.*s%s%s", (int)(at - WHOLE), WHOLE, edits[i][1],
				     at + strlen(edits[i][0]))
				     .p,
				 &m));
		assert_false(hash_eq(h, map_hash(c, &m.v[0])));
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_read),
	    cmocka_unit_test(test_faults), cmocka_unit_test(test_hash)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
