#include "out/mail.h"

#include "check.h"
#include "desk/retry.h"
#include "kind/host.h"
#include "out/hook_send.h"

static struct mail usual(void)
{
	return (struct mail){.from = STR("desk@house.example"),
	    .from_name = STR("Example Mail"),
	    .to = STR("officer@police.example"),
	    .subject = STR("A code"),
	    .text = STR("Your code is 1234.\n"),
	    .ref = STR("7K3M-9QXR-4DTWA"),
	    .at = {1768478400}};
}

static void test_plain(void **state)
{
	struct ctx *c = test_ctx();
	struct mail m = usual();
	struct str s;

	(void)state;
	assert_ok(c, mail_compose(c, &m, &s));
	assert_str(s, "Date: Thu, 15 Jan 2026 12:00:00 +0000\r\n"
		      "From: Example Mail\r\n <desk@house.example>\r\n"
		      "To: <officer@police.example>\r\n"
		      "Subject: A code\r\n"
		      "Message-ID: <7K3M-9QXR-4DTWA@house.example>\r\n"
		      "Auto-Submitted: auto-generated\r\n"
		      "MIME-Version: 1.0\r\n"
		      "Content-Type: text/plain; charset=utf-8\r\n"
		      "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		      "Your code is 1234.\r\n");
	ctx_close(&c);
}

/* What would begin another header, recipient or command is no mail. */
static void test_hostile(void **state)
{
	static const char *const addresses[] = {"", "a", "@b.example", "a@",
	    "a@b\r\nBcc: c@d.example", "a@b.example>\nX: y", "a@b.example, c@d.example",
	    "a b@c.example", "<a@b.example>", "\"a\"@b.example", "a@b@c.example", "a@-b.example",
	    "a@.example", "\303\274@b.example", "a@[127.0.0.1]", "a%b@c.example"};
	static const char *const lines[] = {
	    "x\r\nBcc: c@d.example", "x\n", "x\ry", "x\ty", "\x7f", "\377", "x\vy"};
	struct ctx *c = test_ctx();
	struct str s;

	(void)state;
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		struct mail m = usual();

		m.to = str_of(addresses[i]);
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "address");
		m = usual();
		m.from = str_of(addresses[i]);
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "address");
	}
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct mail m = usual();

		m.subject = str_of(lines[i]);
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "subject");
		m = usual();
		m.from_name = str_of(lines[i]);
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "subject");
		m = usual();
		m.ref = str_of(lines[i]);
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "subject");
	}
	for (size_t i = 0; i < 3; i++) {
		struct mail m = usual();

		m.text = i == 0 ? STR("a\rb") : i == 1 ? STR("a\0b") : STR("\377");
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "text");
	}
	ctx_close(&c);
}

static size_t longest(struct str s)
{
	size_t most = 0, n = 0;

	for (size_t i = 0; i < s.n; i++) {
		n = s.p[i] == '\n' ? 0 : n + 1;
		most = n > most ? n : most;
		if (s.p[i] == '\n')
			assert_true(i > 0 && s.p[i - 1] == '\r');
	}
	return most;
}

/* Umlauts, long subjects, lines that begin with a dot or end with a blank. */
static void test_encoded(void **state)
{
	struct ctx *c = test_ctx();
	struct mail m = usual();
	struct buf b = buf_init(c, 4096);
	struct str s;

	(void)state;
	m.subject = STR("Pr\303\274fung =?UTF-8?B?eA==?=");
	m.text = STR(".dot\nend \nGr\303\274\303\237e = 1\n\n");
	assert_ok(c, mail_compose(c, &m, &s));
	assert_non_null(
	    strstr(str_z(c, s), "Subject: =?UTF-8?B?UHLDvGZ1bmcgPT9VVEYtOD9CP2VBPT0/PQ==?=\r\n"));
	assert_non_null(
	    strstr(str_z(c, s), "\r\n\r\n=2Edot\r\nend=20\r\nGr=C3=BC=C3=9Fe =3D 1\r\n\r\n"));
	m.subject = STR("=?UTF-8?B?eA==?=");
	assert_ok(c, mail_compose(c, &m, &s));
	assert_null(strstr(str_z(c, s), "Subject: =?UTF-8?B?eA==?=\r\n"));
	for (size_t i = 0; i < 200; i++)
		buf_puts(&b, i % 7 == 0 ? "\342\202\254" : "x");
	m.subject = buf_str(&b);
	m.text = buf_str(&b);
	assert_ok(c, mail_compose(c, &m, &s));
	assert_true(longest(s) <= 78);
	ctx_close(&c);
}

/* The example of SPEC.md 8.6, computed by Python's hmac. */
/* The parts of a mail with a file, from its text alone: what stands between two boundaries. */
static struct str part_of(struct str mail, struct str boundary, int n)
{
	struct str rest = mail, line, part = {NULL, 0};

	while (rest.n > 0) {
		const char *at = rest.p;

		(void)str_cut(rest, '\n', &line, &rest);
		if (!str_starts(line, "--") ||
		    !str_starts((struct str){line.p + 2, line.n - 2}, boundary.p))
			continue;
		if (n-- == 0)
			part.p = rest.p;
		else if (part.p != NULL)
			return (struct str){part.p, (size_t)(at - part.p)};
	}
	return (struct str){"", 0};
}

static void test_attached(void **state)
{
	static const char *const names[] = {"", "a b.age", "../x", "a\r\nB: c", "a\"b", "\303\274"};
	enum { SIZE = 20000000 };
	struct ctx *c = test_ctx();
	struct mail m = usual();
	struct str s, part, text, head, lines, line;
	struct buf b = buf_init(c, SIZE * 2);
	char *bytes = malloc(SIZE);

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 7919 >> 3);
	m.file = (struct str){bytes, SIZE};
	m.file_name = STR("7K3M-9QXR-4DTWA.tar.age");
	m.beside_name = STR("transfer.json");
	m.beside = STR("{}");
	assert_ok(c, mail_compose(c, &m, &s));
	part = part_of(s, STR("=_7K3M-9QXR-4DTWA"), 1);
	lines = (struct str){strstr(part.p, "\r\n\r\n") + 4, 0};
	lines.n = (size_t)(part.p + part.n - lines.p);
	head = (struct str){part.p, (size_t)(lines.p - part.p)};
	assert_non_null(strstr(str_z(c, head), "filename=\"7K3M-9QXR-4DTWA.tar.age\""));
	while (lines.n > 0) {
		(void)str_cut(lines, '\n', &line, &lines);
		assert_in_range(line.n, 0, 77);
		buf_put(&b, str_trim(line));
	}
	assert_true(text_unbase64(c, buf_str(&b), &text));
	assert_int_equal(text.n, SIZE);
	assert_memory_equal(text.p, bytes, SIZE);
	/* a name that could say more than a name */
	m.file = STR("x");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		m.file_name = str_of(names[i]);
		assert_err(c, mail_compose(c, &m, &s), ERR_INVALID, "name of an attachment");
	}
	/* no line of the text ends a part */
	m.file_name = STR("a.age");
	m.text = STR("--=_7K3M-9QXR-4DTWA--\nmore\n");
	assert_ok(c, mail_compose(c, &m, &s));
	assert_non_null(strstr(s.p, "--=3D_7K3M-9QXR-4DTWA--\r\nmore\r\n"));
	free(bytes);
	ctx_close(&c);
}

static void test_signature(void **state)
{
	static const char good[] =
	    "t=1768478400,v1=d11d188d6b26867fbc460ca487bf64e08a6a6be89b025d9a5089b5ce8fd16c40";
	struct str secret = STR("0123456789abcdef0123456789abcdef"), body = STR("{\"a\":1}");
	struct instant now = {1768478400}, late = {1768478400 + HOOK_AGE_MAX + 1};
	struct ctx *c = test_ctx();

	(void)state;
	assert_str(hook_send_sign(c, secret, now, body), good);
	assert_ok(c, hook_send_check(c, secret, body, str_of(good), now));
	assert_err(c, hook_send_check(c, secret, STR("{\"a\":2}"), str_of(good), now), ERR_DENIED,
	    "not of this message");
	assert_err(c,
	    hook_send_check(c, STR("0123456789abcdef0123456789abcdee"), body, str_of(good), now),
	    ERR_DENIED, "not of this message");
	assert_err(
	    c, hook_send_check(c, secret, body, str_of(good), late), ERR_DENIED, "repetition");
	assert_err(c, hook_send_check(c, secret, body, STR("t=1,v1=00"), now), ERR_INVALID, "t=");
	assert_err(c, hook_send_check(c, secret, body, STR("v1=00"), now), ERR_INVALID, "t=");
	assert_err(
	    c, hook_send_check(c, STR("short"), body, str_of(good), now), ERR_INVALID, "secret");
	ctx_close(&c);
}

static void test_waits(void **state)
{
	static const int64_t mail[] = {60, 300, 1800, 7200, 28800, -1, -1};
	struct instant made = {0};
	int64_t now = 0, tries = 0, wait;

	(void)state;
	for (size_t i = 0; i < sizeof mail / sizeof mail[0]; i++)
		assert_int_equal(retry_mail((int64_t)i + 1), mail[i]);
	while ((wait = retry_hook(++tries, made, (struct instant){now})) > 0)
		now += wait;
	assert_int_equal(wait, -1);
	assert_true(now <= RETRY_HOOK_SECONDS && now > RETRY_HOOK_SECONDS - 28800);
	assert_int_equal(tries, 13);
}

static void test_servers(void **state)
{
	static const char *const bad[] = {"", "https:", "https://", "ftp://a.example",
	    "https://a b", "https://u@a.example/", "https://a.example:0/",
	    "https://a.example:65536/", "https://a.example:/", "https://-a/",
	    "https://a.example/\r\nX: y", "https://a.example/#x", "https://[::2]/", "//a.example"};
	struct ctx *c = test_ctx();
	struct host h;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (host_parse(c, str_of(bad[i]), "https http", &h) != ERR_INVALID)
			fail_msg("\"%s\" went through", bad[i]);
	err_clear(c);
	assert_ok(c, host_parse(c, STR("https://a.example/x?y=1"), "https http", &h));
	assert_int_equal(h.port, 443);
	assert_false(h.here);
	assert_str(h.path, "/x?y=1");
	assert_ok(c, host_parse(c, STR("http://[::1]:8080"), "https http", &h));
	assert_true(h.here);
	assert_int_equal(h.port, 8080);
	assert_str(h.name, "[::1]");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_plain),
	    cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_encoded),
	    cmocka_unit_test(test_attached),
	    cmocka_unit_test(test_signature),
	    cmocka_unit_test(test_waits),
	    cmocka_unit_test(test_servers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
