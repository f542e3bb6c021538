/* The check in front: heads as libmicrohttpd hands them over, slices of what was received. */
#include "web/head.h"

#include "check.h"

enum { FIELDS = 80 };

/* Takes a text apart where it has "~", which stands for a byte that the library has overwritten:
 * "GET~/~HTTP/1.1" and then lines "Name~ value". */
static struct head head_of(struct ctx *c, const char *first, const char *const *lines, size_t n)
{
	struct buf b = buf_init(c, 1 << 20);
	struct head h = {.fields = mem_array(c, FIELDS, sizeof *h.fields)};
	struct str all, rest, line;

	buf_puts(&b, first);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "\r\n%s", lines[i]);
	buf_puts(&b, "\r\n\r\n");
	all = buf_str(&b);
	rest = (struct str){all.p, all.n - 4};
	(void)str_cut(rest, '\r', &line, &rest);
	(void)str_cut(line, '~', &h.method, &line);
	(void)str_cut(line, '~', &h.target, &h.version);
	h.target_at = h.target.p;
	h.size = all.n;
	for (; h.n < n; h.n++) {
		rest = (struct str){rest.p + 1, rest.n - 1};
		(void)str_cut(rest, '\r', &line, &rest);
		(void)str_cut(line, '~', &h.fields[h.n].name, &line);
		if (str_starts(line, " "))
			line = (struct str){line.p + 1, line.n - 1};
		h.fields[h.n].value = line;
	}
	return h;
}

static int check(const char *first, const char *a, const char *b)
{
	struct ctx *c = test_ctx();
	const char *lines[] = {a, b};
	struct head h = head_of(c, first, lines, (size_t)(a != NULL) + (b != NULL));
	int status = head_check(&h);

	ctx_close(&c);
	return status;
}

#define GET "GET~/~HTTP/1.1"
#define POST "POST~/~HTTP/1.1"
#define HOST "Host~ a.example"

static void test_forms(void **state)
{
	(void)state;
	assert_int_equal(check(GET, HOST, NULL), 0);
	assert_int_equal(check(GET, "host~a.example:8780", NULL), 0);
	assert_int_equal(check(GET, "HOST~ [::1]:80", NULL), 0);
	assert_int_equal(check("GET~/~HTTP/1.0", NULL, NULL), 0);
	assert_int_equal(check(POST, HOST, "Content-Length~ 5"), 0);
	assert_int_equal(check(GET, HOST, "Content-Length~ 0"), 0);
	assert_int_equal(check(GET, HOST, "X~ a\tb \xc3\xa4"), 0);
	assert_int_equal(check(GET, HOST, "X~ "), 0);
	assert_int_equal(check(GET, NULL, NULL), 400);
	assert_int_equal(check(GET, HOST, HOST), 400);
	assert_int_equal(check(GET, "Host~ ", NULL), 400);
	assert_int_equal(check(GET, "Host~ a/b", NULL), 400);
	assert_int_equal(check(GET, "Host~ a b", NULL), 400);
	assert_int_equal(check("GET~/~HTTP/2.0", HOST, NULL), 400);
	assert_int_equal(check("GET~/~HTTP/1.1 ", HOST, NULL), 400);
	assert_int_equal(check("~/~HTTP/1.1", HOST, NULL), 400);
	assert_int_equal(check("GE(T~/~HTTP/1.1", HOST, NULL), 400);
	assert_int_equal(check("GET~http://a/~HTTP/1.1", HOST, NULL), 400);
	assert_int_equal(check("GET~*~HTTP/1.1", HOST, NULL), 400);
	assert_int_equal(check("GET~~HTTP/1.1", HOST, NULL), 400);
	assert_int_equal(check("GET~/a#b~HTTP/1.1", HOST, NULL), 400);
	assert_int_equal(check(GET, HOST, "X ~ a"), 400);
	assert_int_equal(check(GET, HOST, "~ a"), 400);
	assert_int_equal(check(GET, HOST, "X~ a\x7f"), 400);
}

static void test_bodies(void **state)
{
	static const char *const bad[] = {"Content-Length~ +5", "Content-Length~ -5",
	    "Content-Length~ 5,5", "Content-Length~ ", "Content-Length~ 5 ", "Content-Length~ 0x5",
	    "Content-Length~ 1234567890123456", "Transfer-Encoding~ chunked",
	    "transfer-encoding~ identity"};
	struct ctx *c = test_ctx();
	const char *twice[] = {HOST, "Content-Length~ 5", "content-length~ 5"};
	struct head h = head_of(c, POST, twice, 3);

	(void)state;
	assert_int_equal(head_check(&h), 400);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (check(POST, HOST, bad[i]) != 400)
			fail_msg("%s is let through", bad[i]);
	assert_int_equal(check(GET, HOST, "Content-Length~ 5"), 400);
	h = head_of(c, POST, twice, 2);
	assert_int_equal(head_length(&h), 5);
	assert_str(head_find(&h, "CONTENT-length"), "5");
	assert_str(head_find(&h, "other"), "");
	ctx_close(&c);
}

/* Every byte that was received must have been understood. */
static void test_whole(void **state)
{
	struct ctx *c = test_ctx();
	const char *lines[] = {HOST, "X~ a", "Y~b"};
	struct head h = head_of(c, GET, lines, 3), other;

	(void)state;
	assert_true(head_whole(&h));
	other = h;
	other.size++; /* something after the last value */
	assert_false(head_whole(&other));
	other = h;
	other.version.p++;
	assert_false(head_whole(&other));
	other = h;
	other.target_at++;
	assert_false(head_whole(&other));
	h.fields[1].value.n = 0; /* cut short */
	assert_false(head_whole(&h));
	h.fields[1].value.n = 1;
	h.fields[1].name.n--; /* a byte more between name and value */
	assert_false(head_whole(&h));
	h.fields[1].name.n++;
	assert_true(head_whole(&h));
	h.fields[1].value.p = "a"; /* copied elsewhere */
	assert_false(head_whole(&h));
	h = head_of(c, GET, lines, 3);
	h.fields[0] = h.fields[1]; /* one was passed over */
	h.fields[1] = h.fields[2];
	h.n = 2;
	assert_false(head_whole(&h));
	ctx_close(&c);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	char *target = mem_alloc(c, 3000);
	const char *lines[FIELDS];
	struct head h;

	(void)state;
	memset(target, 'a', HEAD_TARGET_MAX + 1);
	target[0] = '/';
	lines[0] = HOST;
	h = head_of(c, str_fmt(c, "GET~%s~HTTP/1.1", target).p, lines, 1);
	assert_int_equal(head_check(&h), 414);
	target[HEAD_TARGET_MAX] = '\0';
	h = head_of(c, str_fmt(c, "GET~%s~HTTP/1.1", target).p, lines, 1);
	assert_int_equal(head_check(&h), 0);
	for (size_t i = 1; i < FIELDS; i++)
		lines[i] = "X~ y";
	h = head_of(c, GET, lines, HEAD_FIELDS_MAX);
	assert_int_equal(head_check(&h), 0);
	h = head_of(c, GET, lines, HEAD_FIELDS_MAX + 1);
	assert_int_equal(head_check(&h), 431);
	h.n = 1;
	h.size = HEAD_SIZE_MAX + 1;
	assert_int_equal(head_check(&h), 431);
	ctx_close(&c);
}

static void test_paths(void **state)
{
	static const char *const bad[] = {"", "a", "//", "//a", "/a//b", "/.", "/..", "/a/../b",
	    "/%2e", "/%2E%2e/x", "/.%2e/x", "/a%2fb", "/a%5cb", "/a\\b", "/%00", "/%0a", "/%7f",
	    "/%25", "/%", "/%4", "/%4g", "/%c0%ae", "/%ff", "/a b", "/a\"b", "/a<b",
	    "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"};
	static const char *const good[][3] = {{"/", "/", ""}, {"/a/b", "/a/b", ""},
	    {"/a/?q=1?2", "/a/", "q=1?2"}, {"/%41%c3%a4", "/A\xc3\xa4", ""}, {"/...", "/...", ""},
	    {"/.a", "/.a", ""}, {"/a?/../x", "/a", "/../x"}};
	struct ctx *c = test_ctx();
	struct str path, query;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (head_path(c, str_of(bad[i]), &path, &query) != ERR_INVALID)
			fail_msg("%s is let through", bad[i]);
		err_clear(c);
	}
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_ok(c, head_path(c, str_of(good[i][0]), &path, &query));
		assert_str(path, good[i][1]);
		assert_str(query, good[i][2]);
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_bodies),
	    cmocka_unit_test(test_whole),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
