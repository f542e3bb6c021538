/* writ.yaml: what it says of signing in. */
#include "check.h"

#include "desk/instance_conf.h"

static int parse(struct ctx *c, const char *lines, struct instance *ret)
{
	struct str text = str_fmt(c,
	    "provider: P\nzone: Europe/Berlin\norigin: p/w\ndatabase: sqlite:x\nblobs: b\nkeys: k\n"
	    "bands: B\n%sprofile:\n  - from: 2000-01-01\n    establishments: DE\n    services:\n"
	    "      - id: mail\n        class: digital\n",
	    lines);

	*ret = (struct instance){0};
	return instance_conf_parse(c, "writ.yaml", text, ret);
}

static void urls(void **state)
{
	static const char *const good[][3] = {
	    {"https://desk.example.net", "https://desk.example.net", "desk.example.net"},
	    {"https://desk.example.net/", "https://desk.example.net", "desk.example.net"},
	    {"https://desk.example.net:443", "https://desk.example.net", "desk.example.net"},
	    {"https://desk.example.net:8443/", "https://desk.example.net:8443", "desk.example.net"},
	    {"https://xn--bcher-kva.example", "https://xn--bcher-kva.example",
		"xn--bcher-kva.example"},
	    {"http://localhost:8780", "http://localhost:8780", "localhost"},
	    {"http://localhost:80", "http://localhost", "localhost"},
	    {"https://localhost", "https://localhost", "localhost"}};
	static const char *const bad[] = {"desk.example.net", "http://desk.example.net", "https://",
	    "https:///", "https://desk.example.net/path", "https://desk.example.net?x",
	    "https://user@desk.example.net", "https://Desk.example.net", "https://192.0.2.7",
	    "https://[2001:db8::1]", "https://desk.example.net:0", "https://desk.example.net:65536",
	    "https://desk.example.net:0443", "https://desk.example.net:", "https://desk..net",
	    "https://.example.net", "https://example.net.", "https://-example.net",
	    "https://desk.example.net:443:1", "ftp://desk.example.net",
	    "https://b\xc3\xbc.example"};
	struct ctx *c = test_ctx();
	struct instance in;

	(void)state;
	assert_ok(c, parse(c, "", &in));
	assert_int_equal(in.serve.url.n, 0);
	assert_int_equal(in.serve.session_idle, 1800);
	assert_int_equal(in.serve.session_end, 36000);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_ok(c, parse(c, str_fmt(c, "url: %s\n", good[i][0]).p, &in));
		assert_str(in.serve.url, good[i][1]);
		assert_str(in.serve.host, good[i][2]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(
		    c, parse(c, str_fmt(c, "url: \"%s\"\n", bad[i]).p, &in), ERR_INVALID, "url: ");
	ctx_close(&c);
}

static void letters(void **state)
{
	static const char *const bad[][2] = {{"letterhead: one\n", "letterhead: want a list"},
	    {"letterhead:\n  - \"\"\n", "letterhead: want a line"},
	    {"letterhead:\n  - \"a\\u200Bb\"\n", "letterhead: want a line"},
	    {"letterhead:\n  - 1\n  - 2\n  - 3\n  - 4\n  - 5\n  - 6\n  - 7\n", "at most 6 lines"},
	    {"letter_paper: A4\n", "letter_paper: want din or us"}};
	struct ctx *c = test_ctx();
	struct instance in;

	(void)state;
	assert_ok(c, parse(c, "", &in));
	assert_int_equal(in.letter.n_head, 0);
	assert_int_equal(in.letter.paper.n, 0);
	assert_ok(c, parse(c, "letterhead:\n  - Weg 1\n  - 10115 Berlin\nletter_paper: us\n", &in));
	assert_int_equal(in.letter.n_head, 2);
	assert_str(in.letter.head[1], "10115 Berlin");
	assert_str(in.letter.paper, "us");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(c, parse(c, bad[i][0], &in), ERR_INVALID, bad[i][1]);
	ctx_close(&c);
}

static void spans(void **state)
{
	static const char *const bad[] = {"session_idle: 0", "session_idle: 241", "session_idle: x",
	    "session_idle: -1", "session_end: 0", "session_end: 25", "session_end: 1h"};
	struct ctx *c = test_ctx();
	struct instance in;

	(void)state;
	assert_ok(c, parse(c, "session_idle: 1\nsession_end: 24\n", &in));
	assert_int_equal(in.serve.session_idle, 60);
	assert_int_equal(in.serve.session_end, 86400);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(
		    c, parse(c, str_fmt(c, "%s\n", bad[i]).p, &in), ERR_INVALID, "want a number");
	ctx_close(&c);
}

static void deliveries(void **state)
{
	static const char *const bad[][2] = {{"delivery:\n  pin: sms\n", "pin: want told"},
	    {"delivery:\n  days: 0\n", "days: want a number from 1 to 90"},
	    {"delivery:\n  days: 91\n", "days: want a number"},
	    {"delivery:\n  tries: 11\n", "tries: want a number from 1 to 10"},
	    {"delivery:\n  hours: 1\n", "unknown key"},
	    {"delivery:\n  - pin\n", "keys with values"}};
	struct ctx *c = test_ctx();
	struct instance in;

	(void)state;
	assert_ok(c, parse(c, "", &in));
	assert_str(in.delivery.pin, "told");
	assert_int_equal(in.delivery.days, 30);
	assert_int_equal(in.delivery.tries, 5);
	assert_ok(c, parse(c, "delivery:\n  pin: mail\n  days: 14\n  tries: 3\n", &in));
	assert_str(in.delivery.pin, "mail");
	assert_int_equal(in.delivery.days, 14);
	assert_int_equal(in.delivery.tries, 3);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(c, parse(c, bad[i][0], &in), ERR_INVALID, bad[i][1]);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(urls), cmocka_unit_test(letters),
	    cmocka_unit_test(spans), cmocka_unit_test(deliveries)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
