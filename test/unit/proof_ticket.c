/* Tickets: the vector of SPEC.md 9.2; one that is altered anywhere, expired, of another log or of
 * another key is refused. */
#include "proof/ticket.h"

#include "check.h"

#define ORIGIN "mail.example/writ"

static const char vector[] =
    "{\"note\":\"writ/ticket/1\\nmail.example/writ\\njMFNy/2l0sbdl05VUHzEMsHqa1r1W/"
    "tnTJzdQPbzk8w=\\n\\n\xe2\x80\x94 mail.example/writ/ticket "
    "vcgRU538oMGMSRVpqftcdEBQj7c2ZKJ7ZQMbd0L58/jnXdvEDnLrT08GDuELHAp+z4Qm3/"
    "ZgWuGE0ihZkjtw68covAE=\\n\",\"ticket\":{\"begins\":\"2025-12-31T23:00:00Z\",\"ends\":\"2026-"
    "06-30T22:00:00Z\",\"expires\":\"2026-09-02T16:00:00Z\",\"fields\":[\"body\"],\"format\":"
    "\"writ-ticket/"
    "1\",\"from\":\"2026-01-01\",\"made\":\"2026-09-01T16:00:00Z\",\"nonce\":"
    "\"00112233445566778899aabbccddeeff\",\"origin\":\"mail.example/"
    "writ\",\"purpose\":\"collect\",\"service\":\"mail\",\"target\":{\"kind\":\"email\",\"value\":"
    "\"j.doe@mail.example\"},\"ticket\":\"7K3M-9QXR-4DTWA\",\"to\":\"2026-06-30\"}}\n";
static const char vkey[] =
    "mail.example/writ/ticket+bdc81153+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";

/* The seed of RFC 8032, 7.1, test 1. */
static struct note_signer signer(struct ctx *c, const char *name)
{
	static const char seed[] =
	    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
			  public[] =
			      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
	unsigned char raw[33] = {1}, pk[33] = {1};
	struct str parts[2] = {str_fmt(c, "%s\n", name), {(const char *)pk, sizeof pk}};
	struct note_signer s;
	struct hash h;

	assert_true(text_unhex(str_of(seed), raw + 1, 32));
	assert_true(text_unhex(str_of(public), pk + 1, 32));
	h = hash_parts(parts, 2);
	assert_ok(c, note_signer_parse(c,
			 str_fmt(c, "PRIVATE+KEY+%s+%s+%s", name, text_hex(c, h.b, 4).p,
			     text_base64(c, raw, 33).p),
			 &s));
	return s;
}

static struct ticket sample(struct ctx *c)
{
	struct ticket t = {.ref = STR("7K3M-9QXR-4DTWA"),
	    .origin = STR(ORIGIN),
	    .purpose = STR("collect"),
	    .service = STR("mail"),
	    .kind = STR("email"),
	    .value = STR("j.doe@mail.example"),
	    .nonce = STR("00112233445566778899aabbccddeeff"),
	    .fields = json_list(c),
	    .at = INSTANT_NONE,
	    .made = {1788278400},
	    .expires = {1788364800}};

	json_add(c, t.fields, json_of_text(c, STR("body")));
	assert_ok(c, day_parse(c, STR("2026-01-01"), &t.from));
	assert_ok(c, day_parse(c, STR("2026-06-30"), &t.to));
	assert_ok(c, instant_parse(c, STR("2025-12-31T23:00:00Z"), &t.begins));
	assert_ok(c, instant_parse(c, STR("2026-06-30T22:00:00Z"), &t.ends));
	return t;
}

/* As the signer makes it (SPEC.md 2.7). */
static struct str signed_file(struct ctx *c, const struct ticket *t, const char *name)
{
	struct note_signer s = signer(c, name);
	struct json *body = ticket_body(c, t);
	struct hash h = ticket_hash(c, body);
	struct note n;

	assert_ok(c, note_make(c,
			 str_fmt(c, "writ/ticket/1\n%.*s\n%s\n", STR_ARG(t->origin),
			     text_base64(c, h.b, HASH_SIZE).p),
			 &n));
	assert_ok(c, note_sign(c, &s, &n));
	note_signer_close(&s);
	return ticket_file(c, body, note_print(c, &n));
}

static struct note_key key(struct ctx *c)
{
	struct note_key k;

	assert_ok(c, note_key_parse(c, str_of(vkey), &k));
	return k;
}

static void test_vector(void **state)
{
	const struct instant now = {1788278400 + 60};
	struct ctx *c = test_ctx();
	struct ticket want = sample(c), t;
	struct note_key k = key(c);

	(void)state;
	assert_str(signed_file(c, &want, ORIGIN "/ticket"), vector);
	assert_ok(c, ticket_open(c, "t", str_of(vector), &k, now, &t));
	assert_str(t.ref, "7K3M-9QXR-4DTWA");
	assert_str(t.value, "j.doe@mail.example");
	assert_int_equal(t.ends.s - t.begins.s, 181 * 86400 - 3600);
	assert_str(json_str(c, ticket_body(c, &t)), json_str(c, ticket_body(c, &want)).p);
	ctx_close(&c);
}

/* What is asked for says for what: an answer, a preservation, a test, and nothing else. */
static void test_purposes(void **state)
{
	static const char *const good[] = {"collect", "preserve", "test"};
	struct ctx *c = test_ctx();
	struct instant now = {1788278400 + 60};
	struct note_key k = key(c);
	struct ticket t = sample(c), got;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		t.purpose = str_of(good[i]);
		assert_ok(
		    c, ticket_open(c, "t", signed_file(c, &t, ORIGIN "/ticket"), &k, now, &got));
		assert_str(got.purpose, good[i]);
	}
	t.purpose = STR("produce");
	assert_err(c, ticket_open(c, "t", signed_file(c, &t, ORIGIN "/ticket"), &k, now, &got),
	    ERR_INVALID, "purpose");
	ctx_close(&c);
}

/* Every byte of the vector, put up by one: never the same ticket, mostly none. */
static void test_every_byte(void **state)
{
	const struct instant now = {1788278400 + 60};
	size_t n = strlen(vector), opened = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct ctx *c = test_ctx();
		struct str text = str_make(c, str_of(vector));
		struct note_key k = key(c);
		struct ticket t;

		((char *)(uintptr_t)text.p)[i]++;
		if (ticket_open(c, "t", text, &k, now, &t) == 0) {
			opened++;
			assert_str(t.value, "j.doe@mail.example");
			assert_str(t.nonce, "00112233445566778899aabbccddeeff");
		}
		ctx_close(&c);
	}
	assert_int_equal(opened, 0);
}

/* Each field said otherwise, with the signature of the vector. */
static void test_each_field(void **state)
{
	static const char *const edits[][2] = {{"7K3M-9QXR-4DTWA", "7K3M-9QXR-4DTWB"},
	    {"\"collect\"", "\"test\""}, {"\"mail\"", "\"chat\""}, {"[\"body\"]", "[\"files\"]"},
	    {"[\"body\"]", "[\"body\",\"files\"]"}, {"\"email\"", "\"phone\""}, {"j.doe", "j.roe"},
	    {"\"2026-01-01\"", "\"2026-01-02\""}, {"\"2026-06-30\"", "\"2026-07-01\""},
	    {"2025-12-31T23", "2025-12-31T22"}, {"2026-06-30T22", "2026-06-30T23"},
	    {"2026-09-02T16", "2026-09-03T16"}, {"0011223", "1011223"}};
	const struct instant now = {1788278400 + 60};
	struct ctx *c = test_ctx();
	struct note_key k = key(c);

	(void)state;
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		const char *at = strstr(vector, edits[i][0]);
		struct ticket t;

		assert_non_null(at);
		assert_err(c,
		    ticket_open(c, "t",
			str_fmt(c, "%.*s%s%s", (int)(at - vector), vector, edits[i][1],
			    at + strlen(edits[i][0])),
			&k, now, &t),
		    ERR_DENIED, "something else than what was signed");
	}
	ctx_close(&c);
}

static void test_refused(void **state)
{
	struct ctx *c = test_ctx();
	struct ticket s = sample(c), t;
	struct note_key k = key(c);

	(void)state;
	assert_err(
	    c, ticket_open(c, "t", str_of(vector), &k, s.expires, &t), ERR_DENIED, "expired");
	assert_ok(
	    c, ticket_open(c, "t", str_of(vector), &k, (struct instant){s.expires.s - 1}, &t));
	assert_ok(c, ticket_open(c, "t", str_of(vector), &k, (struct instant){s.made.s - 300}, &t));
	assert_err(c, ticket_open(c, "t", str_of(vector), &k, (struct instant){s.made.s - 301}, &t),
	    ERR_DENIED, "later than now");
	/* the key of the log itself, of the same seed, signs no tickets */
	{
		struct note_signer log = signer(c, ORIGIN);

		assert_err(c, ticket_open(c, "t", signed_file(c, &s, ORIGIN), &log.key, s.made, &t),
		    ERR_DENIED, "another log, or not for tickets");
		note_signer_close(&log);
	}
	s.origin = STR("other.example/writ");
	assert_err(c, ticket_open(c, "t", signed_file(c, &s, ORIGIN "/ticket"), &k, s.made, &t),
	    ERR_DENIED, "another log");
	ctx_close(&c);
}

/* Signed by the right key, and still not of the form. */
static void test_form(void **state)
{
	static const char *const bad[][3] = {
	    {"\"format\":\"writ-ticket/1\"", "\"format\":\"writ-ticket/2\"", "format"},
	    {"\"from\":\"2026-01-01\",", "", "all four"},
	    {"\"begins\":\"2025-12-31T23:00:00Z\",", "", "all four"},
	    {"\"2026-01-01\"", "\"2026-07-01\"", "ends before it begins"},
	    {"2025-12-31T23:00:00Z", "2026-06-30T22:00:00Z", "ends before it begins"},
	    {"2025-12-31T23:00:00Z", "2026-01-01T00:00:00+01:00", "want the form"},
	    {"\"collect\"", "\"look\"", "purpose"}, {"[\"body\"]", "[]", "fields"},
	    {"[\"body\"]", "[1]", "fields"}, {"[\"body\"]", "\"body\"", "fields"},
	    {"\"kind\":\"email\",", "", "kind"},
	    {"\"kind\":\"email\"", "\"case\":\"x\",\"kind\":\"email\"", "target: has a member"},
	    {"\"made\"", "\"case\":\"x\",\"made\"", "ticket: has a member"},
	    {"00112233445566778899aabbccddeeff", "00112233", "nonce"},
	    {"\"expires\":\"2026-09-02T16:00:00Z\"", "\"expires\":\"2026-09-01T16:00:00Z\"",
		"not after made"},
	    {"{\"note\"", "{\"more\":1,\"note\"", "file: has a member"}};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const char *at = strstr(vector, bad[i][0]);
		struct ticket t;
		struct hash h;
		struct str note;

		assert_non_null(at);
		assert_err(c,
		    ticket_read(c, "t",
			str_fmt(c, "%.*s%s%s", (int)(at - vector), vector, bad[i][1],
			    at + strlen(bad[i][0])),
			&t, &h, &note),
		    ERR_INVALID, bad[i][2]);
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_vector),
	    cmocka_unit_test(test_purposes), cmocka_unit_test(test_every_byte),
	    cmocka_unit_test(test_each_field), cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_form)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
