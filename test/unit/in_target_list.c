/* Lists of identifiers: what is taken, and every line that is not, by its place and without its
 * text. */
#include "in/target_list.h"

#include "check.h"

static struct target_list good(struct ctx *c, const char *text)
{
	struct target_list list;

	assert_ok(c, target_list_read(c, str_of(text), NULL, &list));
	return list;
}

static void bad(struct ctx *c, const char *text, const char *why)
{
	struct target_list list;

	assert_err(c, target_list_read(c, str_of(text), NULL, &list), ERR_INVALID, why);
}

static void is(const struct target_list *l, size_t i, const char *kind, const char *value)
{
	assert_true(i < l->n);
	assert_str(l->v[i].kind, kind);
	assert_str(l->v[i].value, value);
}

static void test_taken(void **state)
{
	struct ctx *c = test_ctx();
	struct target_list l;

	(void)state;
	l = good(c, "kind,identifier,time\r\nemail,A@Example.NET\r\n\r\n"
		    "ipv4,192.0.2.1,2026-03-01T14:30:00Z\r\nphone,+49 30 12345678,,\r\n");
	assert_int_equal(l.n, 3);
	is(&l, 0, "email", "A@example.net");
	assert_true(instant_is_none(l.v[0].at));
	is(&l, 1, "ipv4", "192.0.2.1");
	assert_int_equal(l.v[1].at.s, 1772375400);
	is(&l, 2, "phone", "+493012345678");
	l = good(c, "\xef\xbb\xbf"
		    "Art;Kennung\nurl;https://a.example/x,y\naccount; anna 7 ");
	assert_int_equal(l.n, 2);
	is(&l, 0, "url", "https://a.example/x,y");
	is(&l, 1, "account", "anna 7");
	l = good(c, "\"email\",\"\"\"a,b\"\"@example.net\" , \"\"\n");
	is(&l, 0, "email", "\"a,b\"@example.net");
	l = good(c, "domain\ta.example\n");
	is(&l, 0, "domain", "a.example");
	l = good(c, "email,*@example.net\n");
	assert_false(l.v[0].specific);
	assert_int_equal(good(c, "").n, 0);
	assert_int_equal(good(c, "kind,identifier\n").n, 0);
	ctx_close(&c);
}

static void test_not_taken(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	bad(c, "email\n", "1:6: the identifier is empty");
	bad(c, "email,a@example.net\nemail,nothing\n", "2:7: an e-mail address has an @");
	bad(c, "email,a@example.net\n\nmail,b@example.net\n",
	    "3:1: the kind is none of email phone ipv4");
	bad(c, "email,a@example.net\nkind,identifier\n", "2:1: the kind is none of");
	bad(c, "ipv4,192.0.2.1,yesterday\n", "1:16: ");
	bad(c, "ipv4,192.0.2.1,2026-03-01T14:30:00Z,more\n", "1:37: more than kind");
	bad(c, "email,\"a@example.net\n", "1:7: a quote is never closed");
	bad(c, "email,a\"b@example.net\n", "1:8: a quote within a field");
	bad(c, "email,\"a@example.net\"x\n", "1:22: text after a closing quote");
	bad(c, "account,\xc3\xa4\xc3\xb6,x\n", "1:12: ");
	bad(c, "email,\xff\n", "no text in UTF-8");
	bad(c, "account,a\rb\n", "1:9: the identifier");
	bad(c, "email;a@example.net\nemail,b@example.net\n", "2:1: the kind");
	ctx_close(&c);
}

/* All of them are told, with their reasons as far as there is room, then by their numbers. */
static void test_all_are_told(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 1 << 20);
	struct target_list list;

	(void)state;
	bad(c, "mail,a\nemail,a@example.net\nemail,b\n",
	    "not taken (line:column): 1:1: the kind is none of email phone ipv4 ipv6 account "
	    "domain url device; 3:7: an e-mail address has an @");
	for (int i = 1; i <= 100; i++)
		buf_puts(&b, i == 97 ? "email,a@example.net\n" : "email,secret\n");
	assert_int_equal(target_list_read(c, buf_str(&b), NULL, &list), ERR_INVALID);
	assert_non_null(strstr(err_text(c), ": 1:7: an e-mail"));
	assert_non_null(strstr(err_text(c), "-96; 98-100"));
	assert_null(strstr(err_text(c), "secret"));
	err_clear(c);
	ctx_close(&c);
}

static int some_time(struct ctx *c, struct str text, struct instant *ret)
{
	*ret = (struct instant){42};
	return str_is(text, "then") ? 0 : err_set(c, ERR_INVALID, "no time");
}

static void test_times_are_read_as_asked(void **state)
{
	struct ctx *c = test_ctx();
	struct target_list list;

	(void)state;
	assert_ok(c, target_list_read(c, STR("ipv4,192.0.2.1,then"), some_time, &list));
	assert_int_equal(list.v[0].at.s, 42);
	assert_err(c,
	    target_list_read(c, STR("ipv4,192.0.2.1,2026-03-01T14:30:00Z"), some_time, &list),
	    ERR_INVALID, "1:16: no time");
	ctx_close(&c);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 2 << 20);
	struct draft_order o = {0};
	struct target_list list, one;

	(void)state;
	for (int i = 0; i < DRAFT_TARGETS_MAX; i++)
		buf_fmt(&b, "account,a%d\n", i);
	list = good(c, buf_str(&b).p);
	assert_int_equal(list.n, DRAFT_TARGETS_MAX);
	one = good(c, "account,x\n");
	assert_ok(c, target_list_add(c, &one, &o));
	assert_int_equal(o.n_targets, 1);
	assert_err(c, target_list_add(c, &list, &o), ERR_LIMIT, "more than 10000");
	list.n--;
	assert_ok(c, target_list_add(c, &list, &o));
	assert_int_equal(o.n_targets, DRAFT_TARGETS_MAX);
	assert_str(o.targets[0].value, "x");
	assert_str(o.targets[1].value, "a0");
	buf_puts(&b, "account,one more\n");
	assert_err(c, target_list_read(c, buf_str(&b), NULL, &list), ERR_LIMIT, "more than 10000");
	while (b.n <= TARGET_LIST_MAX)
		buf_puts(&b, "\n\n\n\n\n\n\n\n");
	assert_err(c, target_list_read(c, buf_str(&b), NULL, &list), ERR_LIMIT, "bytes");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_taken),
	    cmocka_unit_test(test_not_taken),
	    cmocka_unit_test(test_all_are_told),
	    cmocka_unit_test(test_times_are_read_as_asked),
	    cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
