/* The route table: what fits, what is read, and that nothing reaches a handler past a right or a
 * field's parser. */
#include "web/face.h"

#include "check.h"

static int number(struct ctx *c, struct str text, struct route_value *ret)
{
	if (!str_i64(text, &ret->num))
		return err_set(c, ERR_INVALID, "want a number");
	return 0;
}

static int words(struct ctx *c, struct str text, struct route_value *ret)
{
	(void)c;
	ret->text = text;
	return 0;
}

static int run_edit(struct route_ask *ask, struct answer *a)
{
	buf_fmt(&a->body, "%.*s:%lld:%.*s:%d", STR_ARG(ask->parts[0]),
	    (long long)ask->fields[0].num, STR_ARG(ask->fields[1].text), ask->fields[1].given);
	return 0;
}

static int run_fail(struct route_ask *ask, struct answer *a)
{
	buf_puts(&a->body, "half of a page");
	return err_set(ask->c, ERR_CONFLICT, "canary");
}

static int run_large(struct route_ask *ask, struct answer *a)
{
	struct str one = {mem_alloc(ask->c, 1 << 20), 1 << 20};

	for (int i = 0; i < 17; i++)
		buf_put(&a->body, one);
	return 0;
}

static const struct route_field fields[] = {
    {.name = "n", .needed = true, .parse = number}, {.name = "reason", .parse = words}};

static const struct route routes[] = {
    {"top", ROUTE_GET, "/", GATE_PUBLIC, .run = run_fail},
    {"item", ROUTE_GET, "/case/{case:word}/item/{n:number}", GATE_PUBLIC, .run = run_fail},
    {"edit", ROUTE_POST, "/case/{case:word}/edit", GATE_PUBLIC, .run = run_edit, .fields = fields,
	.n_fields = 2},
    {"secret", ROUTE_GET, "/secret", GATE_METERS, .run = run_edit, .fields = fields, .n_fields = 2},
    {"large", ROUTE_GET, "/large", GATE_PUBLIC, .run = run_large},
    {"case", ROUTE_GET, "/case/{case:word}", GATE_PUBLIC, .run = run_fail},
    {"file", ROUTE_GET, "/{path:file}", GATE_PUBLIC, .run = run_fail},
};

static int may(const struct route_ask *ask, const struct route *r)
{
	return r->gate == GATE_PUBLIC || ask->local ? 0 : ERR_DENIED;
}

static const struct route_table table = {
    .routes = routes, .n = sizeof routes / sizeof routes[0], .may = may};

static const char *found(const char *method, const char *path, struct str *parts)
{
	const struct route *r = NULL;
	int rc = route_find(&table, str_of(method), str_of(path), parts, &r);

	return rc == 0 ? r->name : rc == ERR_DENIED ? "denied" : "none";
}

static void test_find(void **state)
{
	static const char *const want[][3] = {{"GET", "/", "top"}, {"HEAD", "/", "top"},
	    {"POST", "/", "denied"}, {"get", "/", "denied"}, {"GET", "/case/AB-1", "case"},
	    {"GET", "/case/AB-1/item/12", "item"}, {"POST", "/case/AB-1/edit", "edit"},
	    {"GET", "/case/AB-1/item/-1", "file"}, {"GET", "/case/AB-1/item/012", "file"},
	    {"GET", "/case/AB-1/item/", "none"}, {"GET", "/case/", "none"},
	    {"GET", "/index.html", "file"}, {"GET", "/a/b.c/d_e", "file"}, {"GET", "/.a", "none"},
	    {"GET", "/a/.b", "none"}, {"GET", "/a/", "none"}, {"GET", "/a b", "none"},
	    {"GET", "/\xc3\xa4", "none"}, {"PUT", "/nothing!", "none"},
	    {"GET", "/case/AB-1/edit", "file"}, {"GET", "/large/", "none"}};
	struct str parts[ROUTE_PARTS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		if (strcmp(found(want[i][0], want[i][1], parts), want[i][2]) != 0)
			fail_msg("%s %s: %s", want[i][0], want[i][1],
			    found(want[i][0], want[i][1], parts));
	assert_string_equal(found("GET", "/case/AB/item/7", parts), "item");
	assert_str(parts[0], "AB");
	assert_str(parts[1], "7");
	assert_str(parts[2], "");
}

/* A link leads to the route it was made from. */
static void test_link(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 1000);
	const struct str parts[] = {STR("AB-1"), STR("12")}, file = STR("a/b.c");
	struct str got[ROUTE_PARTS_MAX];

	(void)state;
	route_link(&b, &routes[1], parts, 2);
	assert_str(buf_str(&b), "/case/AB-1/item/12");
	assert_string_equal(found("GET", buf_str(&b).p, got), "item");
	b = buf_init(c, 1000);
	route_link(&b, &routes[6], &file, 1);
	assert_str(buf_str(&b), "/a/b.c");
	b = buf_init(c, 1000);
	route_link(&b, &routes[0], NULL, 0);
	assert_str(buf_str(&b), "/");
	ctx_close(&c);
}

static struct answer answered(struct ctx *c, size_t route, bool local, const char *text)
{
	struct route_ask ask = {.c = c,
	    .route = &routes[route],
	    .local = local,
	    .own_page = true,
	    .table = &table,
	    .parts = {STR("AB")}};
	struct answer a = answer_init(c, ANSWER_EN);
	struct form form;

	assert_ok(c, form_parse(c, str_of(text), &form));
	face_answer(&table, &ask, &form, &a);
	return a;
}

static void test_fields(void **state)
{
	static const struct {
		const char *text, *body, *error;
		int status;
	} cases[] = {{"n=7", "AB:7::0", "", 200}, {"n=7&reason=x", "AB:7:x:1", "", 200},
	    {"n=7&other=x", "AB:7::0", "", 200}, {"reason=&n=0", "AB:0::0", "", 200},
	    {"", NULL, "n is missing", 400}, {"reason=x", NULL, "n is missing", 400},
	    {"n=7&n=7", NULL, "n stands twice", 400}, {"n=x", NULL, "n: want a number", 400}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ctx *c = test_ctx();
		struct answer a = answered(c, 2, false, cases[i].text);

		if (a.status != cases[i].status ||
		    (cases[i].body != NULL && !str_is(buf_str(&a.body), cases[i].body)))
			fail_msg("%s: %d %s", cases[i].text, a.status, buf_str(&a.body).p);
		assert_string_equal(err_text(c), cases[i].error);
		ctx_close(&c);
	}
}

static void test_rights_and_errors(void **state)
{
	struct ctx *c = test_ctx();
	struct answer a = answered(c, 3, false, "n=1");

	(void)state;
	assert_int_equal(a.status, 401);
	a = answered(c, 3, true, "n=1");
	assert_int_equal(a.status, 200);
	a = answered(c, 0, false, "");
	assert_int_equal(a.status, 409);
	assert_null(strstr(buf_str(&a.body).p, "half of a page"));
	assert_null(strstr(buf_str(&a.body).p, "canary"));
	a = answered(c, 4, false, "");
	assert_int_equal(a.status, 500);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_link),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_rights_and_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
