/* Forms in parts: what is taken, what is refused, and that where the pieces are cut changes
 * nothing. */
#include "web/multipart.h"

#include "check.h"

#define TYPE "multipart/form-data; boundary=XyZ"

struct taken {
	struct ctx *c;
	struct buf b;
	int at_end; /* what end returns */
};

static int on_begin(void *arg, const struct part_head *h)
{
	struct taken *t = arg;

	buf_fmt(&t->b, "%.*s", STR_ARG(h->name));
	if (h->file)
		buf_fmt(&t->b, "(%.*s %.*s)", STR_ARG(h->file_name), STR_ARG(h->type));
	buf_putc(&t->b, '=');
	return 0;
}

static int on_bytes(void *arg, struct str bytes)
{
	buf_put(&((struct taken *)arg)->b, bytes);
	return 0;
}

static int on_end(void *arg)
{
	struct taken *t = arg;

	buf_putc(&t->b, ';');
	return t->at_end;
}

/* In pieces of so many bytes; the code, and what came out. */
static int take(struct ctx *c, const char *type, struct str body, size_t step, struct taken *t)
{
	const struct multipart_sink sink = {on_begin, on_bytes, on_end, t};
	struct multipart *m;
	int rc;

	t->b = buf_init(c, 1 << 20);
	rc = multipart_open(c, str_of(type), &sink, &m);
	while (rc == 0 && body.n > 0) {
		size_t n = body.n < step ? body.n : step;

		rc = multipart_put(m, (struct str){body.p, n});
		body = (struct str){body.p + n, body.n - n};
	}
	return rc == 0 ? multipart_end(m) : rc;
}

static void want_type(struct ctx *c, const char *type, struct str body, int code, const char *out)
{
	for (size_t step = 1; step <= body.n + 1; step += step < 12 ? 1 : 37) {
		struct taken t = {.c = c};
		int rc = take(c, type, body, step, &t);

		if (rc != code || (code == 0 && !str_is(buf_str(&t.b), out)))
			fail_msg("%.*s in pieces of %zu: %d %.*s %s", STR_ARG(body), step, rc,
			    STR_ARG(t.b), err_text(c));
		if (code != 0)
			assert_true(strlen(err_text(c)) > 0);
		err_clear(c);
	}
}

static void want(struct ctx *c, const char *body, int code, const char *out)
{
	want_type(c, TYPE, str_of(body), code, out);
}

#define LONG                                                                                       \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" /* 71 with XyZ */

#define PART(head, bytes) "--XyZ\r\nContent-Disposition: form-data; " head "\r\n\r\n" bytes "\r\n"
#define END "--XyZ--\r\n"

static void test_forms(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	want(c, END, 0, "");
	want(c, "--XyZ--", 0, "");
	want(c, PART("name=a", "1") PART("name=\"b c\"", "") END, 0, "a=1;b c=;");
	want(c, PART("name=a", "x\r\ny\r\n") END, 0, "a=x\r\ny\r\n;");
	want(c, PART("name=a", "\r\n--XyY\r\r\n--Xy\r\n-") END, 0, "a=\r\n--XyY\r\r\n--Xy\r\n-;");
	want(
	    c, PART("name=a", "--XyZ--") END, 0, "a=--XyZ--;"); /* not at the beginning of a line */
	want(c, PART("name=f; filename=\"a.pdf\"\r\nContent-Type: application/pdf", "%PDF") END, 0,
	    "f(a.pdf application/pdf)=%PDF;");
	want(c,
	    "--XyZ\r\nCONTENT-TYPE: text/plain; charset=UTF-8\r\nX-Other: y\r\n"
	    "content-disposition:form-data;name=a\r\n\r\n1\r\n" END,
	    0, "a=1;");
	want_type(c, "Multipart/Form-Data; charset=utf-8; boundary=\"X'()+_,-./:=?\"",
	    STR("--X'()+_,-./:=?--\r\n"), 0, "");
	ctx_close(&c);
}

static void test_refused(void **state)
{
	static const char *const bodies[] = {"", "--", "--XyZ", "--XyZ-", "--XyZ\r\n", "XyZ--\r\n",
	    "\r\n--XyZ--\r\n", "preamble\r\n--XyZ--\r\n", "--XyZ--\r\nepilogue", "--XyZ--\n",
	    "--XyZ --\r\n", "--XyZ--\r\n\r\n",
	    "--XyZ \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" END,
	    "--XyZ\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" END, PART("name=a", "1"),
	    PART("name=a", "1") "--XyZ", PART("name=a", "1\r\n--XyZa") END,
	    PART("name=a", "1\r\n--XyZ\n") END, PART("name=a", "1\r\n--XyZ --") END,
	    "--XyZ\r\n\r\n1\r\n" END, "--XyZ\r\nContent-Type: text/plain\r\n\r\n1\r\n" END,
	    PART("", "1") END, PART("name=", "1") END, PART("name=\"\"", "1") END,
	    PART("name=a;", "1") END, PART("name=a; name=a", "1") END,
	    PART("name=a; NAME=b", "1") END, PART("name=a; filename=b; filename=c", "1") END,
	    PART("name=\"a", "1") END, PART("name=a b", "1") END, PART("name=\"a%0Ab\"", "1") END,
	    PART("name=\xff", "1") END, PART("name=a; filename*=b", "1") END,
	    PART("name=a; filename*=utf-16''b", "1") END,
	    PART("name=a; filename*=utf-8''%zz", "1") END,
	    PART("name=a\r\nContent-Disposition: form-data; name=b", "1") END,
	    PART("name=a\r\nContent-Type: text/plain; charset=utf-16", "1") END,
	    PART("name=a\r\nContent-Transfer-Encoding: base64", "1") END,
	    PART("name=a\r\n folded: x", "1") END, PART("name=a\r\nX", "1") END,
	    PART("name=a\r\nX : y", "1") END, PART("name=a\r\nX: a\rb", "1") END,
	    PART("name=a\r\nX: a\nb", "1") END, PART("name=a\r\nX: \001", "1") END,
	    "--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" END};
	static const char *const types[] = {"multipart/form-data",
	    "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b\"",
	    "multipart/form-data; boundary=\"a\\\\b\"",
	    "multipart/form-data; boundary=a; boundary=a", "multipart/mixed; boundary=XyZ",
	    "multipart/form-data boundary=XyZ", "multipart/form-data; xboundary=XyZ", TYPE LONG};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		want(c, bodies[i], ERR_INVALID, "");
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		want_type(c, types[i], STR("--XyZ--\r\n"), ERR_INVALID, "");
	ctx_close(&c);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 1 << 20);
	char *large = mem_alloc(c, MULTIPART_HEAD_MAX + 1);

	(void)state;
	for (int i = 0; i < MULTIPART_PARTS_MAX; i++)
		buf_puts(&b, PART("name=a", "1"));
	want_type(c, TYPE, str_fmt(c, "%s" PART("name=a", "1") END, buf_str(&b).p), ERR_LIMIT, "");
	memset(large, 'x', MULTIPART_HEAD_MAX);
	want(c, str_fmt(c, "--XyZ\r\nX: %s\r\n\r\n", large).p, ERR_LIMIT, "");
	ctx_close(&c);
}

static void test_names(void **state)
{
	static const struct {
		const char *params, *name;
	} all[] = {{"filename=\"\"", ""}, {"filename=a", "a"}, {"filename=\"a;b\"", "a;b"},
	    {"filename=\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d"},
	    {"filename=\"a%22b%0d%0Ac%41\"", "a\"b\r\nc%41"}, {"filename=\"\xc3\xa4\"", "\xc3\xa4"},
	    {"filename*=UTF-8''%c3%A4.pdf", "\xc3\xa4.pdf"},
	    {"filename*=iso-8859-1'de'%e4", "\xc3\xa4"}, {"filename=a; filename*=utf-8''b", "b"},
	    {"filename*=utf-8''b; filename=a", "b"}, {"filename*0=a; filename*1=\"b c\"", "ab c"},
	    {"filename*1=b; filename*0*=utf-8''%61; filename*2*=%63", "abc"},
	    {"filename*1=b; filename=a", "a"}, {"FileName=a", "a"}};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct part_head h;
		int rc = part_head_parse(c,
		    str_fmt(c, "Content-Disposition: form-data; name=n; %s\r\n\r\n", all[i].params),
		    &h);

		if (rc != 0 || !h.file || !str_is(h.file_name, all[i].name))
			fail_msg(
			    "%s: %d %.*s %s", all[i].params, rc, STR_ARG(h.file_name), err_text(c));
	}
	ctx_close(&c);
}

/* What the sink says ends it. */
static void test_sink(void **state)
{
	struct ctx *c = test_ctx();
	struct taken t = {.c = c, .at_end = ERR_CONFLICT};

	(void)state;
	assert_int_equal(take(c, TYPE, STR(PART("name=a", "1") END), 1000, &t), ERR_CONFLICT);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_sink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
