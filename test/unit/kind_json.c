#include "kind/json.h"

#include "check.h"

struct refusal {
	const char *text;
	const char *want; /* the whole error text */
};

static void test_reads_every_kind(void **state)
{
	struct ctx *c = test_ctx();
	struct str text =
	    STR("{\"z\":[null,true,false,-0,7,-9223372036854775808,9223372036854775807],\n"
		" \"a\":{\"\":\"x\\u00e4\\ud83d\\ude00\\n\"},\"e\":[],\"o\":{}}");
	const struct json *z;
	struct json *j;

	(void)state;
	assert_ok(c, json_parse(c, "f", text, &j));
	assert_int_equal(j->kind, JSON_MAP);
	assert_int_equal(j->n, 4);
	assert_str(j->key[0], "z"); /* the order of the file is kept */
	z = json_find(j, "z");
	assert_int_equal(z->kind, JSON_LIST);
	assert_int_equal(z->n, 7);
	assert_int_equal(z->at[0]->kind, JSON_NULL);
	assert_true(z->at[1]->kind == JSON_BOOL && z->at[1]->yes);
	assert_true(z->at[2]->kind == JSON_BOOL && !z->at[2]->yes);
	assert_int_equal(z->at[3]->num, 0);
	assert_int_equal(z->at[4]->num, 7);
	assert_true(z->at[5]->num == INT64_MIN);
	assert_true(z->at[6]->num == INT64_MAX);
	assert_str(json_text(json_find(j, "a"), ""), "x\xc3\xa4\xf0\x9f\x98\x80\n");
	assert_int_equal(json_find(j, "e")->n, 0);
	assert_int_equal(json_find(j, "o")->kind, JSON_MAP);
	ctx_close(&c);
}

static void test_find_is_calm(void **state)
{
	struct ctx *c = test_ctx();
	struct json *j;

	(void)state;
	assert_ok(c, json_parse(c, "f", STR("{\"n\":1,\"t\":\"x\"}"), &j));
	assert_null(json_find(NULL, "n"));
	assert_null(json_find(j, "absent"));
	assert_null(json_find(json_find(j, "n"), "n"));
	assert_str(json_text(NULL, "n"), "");
	assert_str(json_text(j, "n"), "");
	assert_str(json_text(j, "absent"), "");
	assert_str(json_text(j, "t"), "x");
	ctx_close(&c);
}

static void test_refusals(void **state)
{
	static const struct refusal all[] = {
	    {"", "f:1:1: an object or a list is expected"},
	    {"5", "f:1:1: an object or a list is expected"},
	    {"\"Erika\"", "f:1:7: an object or a list is expected"},
	    {"\xef\xbb\xbf[]", "f:1:1: an object or a list is expected"},
	    {"[", "f:1:1: ',' or ']' is expected"},
	    {"{\"a\":1", "f:1:6: ',' or '}' is expected"},
	    {"[1 2]", "f:1:4: ',' or ']' is expected"},
	    {"[1,]", "f:1:4: a value is expected"},
	    {"{\"a\" 1}", "f:1:6: ':' is expected"},
	    {"{1:2}", "f:1:2: a quoted key or '}' is expected"},
	    {"{\"a\":1,}", "f:1:8: a quoted key or '}' is expected"},
	    {"{\"Erika\":1,\n \"Erika\":2}", "f:2:8: duplicate key"},
	    {"{\"a\":{\"b\":1,\"b\":1}}", "f:1:15: duplicate key"},
	    {"[1]x", "f:1:4: text after the end"},
	    {"[1][2]", "f:1:4: text after the end"},
	    {"[Erika]", "f:1:6: not valid JSON"},
	    {"[NaN]", "f:1:4: not valid JSON"},
	    {"[-Infinity]", "f:1:2: not valid JSON"},
	    {"[01]", "f:1:2: not valid JSON"},
	    {"[+1]", "f:1:2: not valid JSON"},
	    {"['a']", "f:1:2: not valid JSON"},
	    {"[/*c*/1]", "f:1:2: not valid JSON"},
	    {"[99999999999999999999]", "f:1:21: a number outside the range of 64 bits"},
	    {"[-99999999999999999999]", "f:1:22: a number outside the range of 64 bits"},
	    {"[\n 1.5]", "f:2:3: a number with a fraction"},
	    {"[1e3]", "f:1:3: a number with a fraction"},
	    {"[-0E0]", "f:1:4: a number with a fraction"},
	    {"[1e999]", "f:1:3: a number with a fraction"},
	    {"[\"Erika\nM\"]", "f:1:8: a line break inside quotes"},
	    {"[\"Erika\tM\"]", "f:1:8: a control character inside quotes"},
	    {"[\"\\x\"]", "f:1:4: an unknown escape"},
	    {"[\"\\u12\"]", "f:1:7: an unknown escape"},
	    {"[\"\\ud800\"]", "f:1:9: an escape that is no Unicode character"},
	    {"[\"\\ud800\\u0020\"]", "f:1:15: an escape that is no Unicode character"},
	    {"[\"\\udc00\"]", "f:1:9: an escape that is no Unicode character"},
	    {"[\"\\u0000\"]", "f:1:9: a zero byte in an escape"},
	    {"{\"\\u0000\":1}", "f:1:9: a zero byte in an escape"},
	    {"[\"Erika", "f:1:7: the text ends too early"},
	    {"[\"\xc3\xa4\",\"\xff\"]", "f:1:7: not valid UTF-8"},
	    {"[\"\xc0\xaf\"]", "f:1:3: not valid UTF-8"},
	    {"[\"\xed\xa0\x80\"]", "f:1:3: not valid UTF-8"},
	    {"[\n\"\xe2\x82", "f:2:2: not valid UTF-8"},
	    {"[\"\xf0\x9f\x98\"]", "f:1:3: not valid UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct ctx *c = test_ctx();
		struct json *j = NULL;
		int rc = json_parse(c, "f", str_of(all[i].text), &j);

		if (rc != ERR_INVALID || !str_starts(str_of(err_text(c)), all[i].want))
			fail_msg("%s = %d: %s", all[i].text, rc, err_text(c));
		assert_null(strstr(err_text(c), "Erika"));
		assert_null(j);
		ctx_close(&c);
	}
}

static void test_zero_byte(void **state)
{
	struct ctx *c = test_ctx();
	struct json *j = NULL;

	(void)state;
	assert_err(c, json_parse(c, "f", STR("[1,\n\0]"), &j), ERR_INVALID, "f:2:1: a zero byte");
	assert_err(c, json_parse(c, "f", STR("[\"a\0b\"]"), &j), ERR_INVALID, "f:1:4: a zero byte");
	assert_err(c, json_parse(c, "f", STR("[]\0"), &j), ERR_INVALID, "f:1:3: a zero byte");
	assert_null(j);
	ctx_close(&c);
}

/* Brackets, points and exponents inside quotes are text; "e" in true and false is no exponent. */
static void test_scan_knows_text(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 4096);
	struct json *j;

	(void)state;
	buf_puts(&b, "{\"1.5\\\"1e5\\\\\":\"");
	for (int i = 0; i < 200; i++)
		buf_puts(&b, "[{1.5");
	buf_puts(&b, "\\\\\",\"x\":[true,false,null,12]}");
	assert_ok(c, json_parse(c, "f", buf_str(&b), &j));
	assert_int_equal(j->n, 2);
	ctx_close(&c);
}

static struct str nested(struct ctx *c, int depth, char open, char close)
{
	struct buf b = buf_init(c, 8 << 20);

	for (int i = 0; i < depth; i++)
		buf_putc(&b, open);
	for (int i = 0; i < depth && close != '\0'; i++)
		buf_putc(&b, close);
	return buf_str(&b);
}

static void test_depth(void **state)
{
	struct ctx *c = test_ctx();
	struct json *j;

	(void)state;
	assert_ok(c, json_parse(c, "f", nested(c, JSON_DEPTH, '[', ']'), &j));
	assert_err(c, json_parse(c, "f", nested(c, JSON_DEPTH + 1, '[', ']'), &j), ERR_LIMIT,
	    "f:1:65: nested too deeply");
	assert_err(c, json_parse(c, "f", nested(c, 1000000, '[', '\0'), &j), ERR_LIMIT, "f:1:65:");
	assert_err(c, json_parse(c, "f", nested(c, 1000000, '{', '\0'), &j), ERR_LIMIT, "f:1:65:");
	assert_err(c, json_parse(c, "f", nested(c, 3000000, '[', ']'), &j), ERR_LIMIT, "f:1:65:");
	ctx_close(&c);
}

static void test_size(void **state)
{
	struct ctx *c = test_ctx();
	size_t n = 10 << 20;
	char *p = mem_alloc(c, n);
	struct json *j = NULL;

	(void)state;
	memset(p, ' ', n);
	p[0] = '[';
	p[JSON_MAX - 1] = ']';
	assert_err(c, json_parse(c, "f", (struct str){p, n}, &j), ERR_LIMIT, "f:1:1: larger than");
	assert_err(c, json_parse(c, "f", (struct str){p, JSON_MAX + 1}, &j), ERR_LIMIT, "larger");
	assert_null(j);
	assert_ok(c, json_parse(c, "f", (struct str){p, JSON_MAX}, &j));
	ctx_close(&c);
}

/* Every cut of a good text is refused, none reads past its end (ASan watches the copy). */
static void test_every_cut(void **state)
{
	static const char text[] =
	    "{\"a\":[1,-2,{\"b\":\"\\u00e4\xc3\xa4\\n\"}],\"t\":true,\"n\":null}";

	(void)state;
	for (size_t n = 0; n < sizeof text - 1; n++) {
		struct ctx *c = test_ctx();
		char *copy = malloc(n == 0 ? 1 : n);
		struct json *j = NULL;

		assert_non_null(copy);
		memcpy(copy, text, n);
		assert_int_equal(json_parse(c, "f", (struct str){copy, n}, &j), ERR_INVALID);
		free(copy);
		ctx_close(&c);
	}
}

static void test_canonical(void **state)
{
	struct ctx *c = test_ctx();
	struct json *j = json_map(c), *list = json_list(c);
	struct buf small = buf_init(c, 10);
	struct str over;

	(void)state;
	json_set_text(c, j, "b", str_of("1"));
	json_set_int(c, j, "\xc3\xa4", -5);
	json_set_bool(c, j, "B", true);
	json_set_text(c, j, "a", str_of("q\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa4"));
	json_set_int(c, j, "aa", INT64_MIN);
	json_set_text(c, j, "b", str_of("2")); /* replaces */
	json_add(c, list, json_map(c));
	json_add(c, list, json_list(c));
	json_add(c, list, json_of_int(c, 3));
	json_add(c, list, json_of_text(c, STR("a\0b")));
	json_set(c, j, "l", list);
	assert_str(json_str(c, j), "{\"B\":true,"
				   "\"a\":\"q\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa4\","
				   "\"aa\":-9223372036854775808,\"b\":\"2\","
				   "\"l\":[{},[],3,\"a\\u0000b\"],\"\xc3\xa4\":-5}");
	json_put(&small, j);
	assert_err(c, buf_end(&small, "answer", &over), ERR_LIMIT, "answer");
	ctx_close(&c);
}

static void test_pretty(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 4096);
	struct json *j;

	(void)state;
	assert_ok(
	    c, json_parse(c, "f", STR("{\"z\":1,\"a\":[1,{\"x\":null}],\"e\":{},\"l\":[]}"), &j));
	json_put_pretty(&b, j);
	assert_str(buf_str(&b),
	    "{\n  \"z\": 1,\n  \"a\": [\n    1,\n    {\n      \"x\": null\n    }\n"
	    "  ],\n  \"e\": {},\n  \"l\": []\n}");
	ctx_close(&c);
}

/* Canonical text reads back to the same canonical text. */
static void test_round_trip(void **state)
{
	struct ctx *c = test_ctx();
	struct str text =
	    STR("{\"z\" : [ 1 , {\"b\":\"\\u00e4\\/\",\"a\":[]} ], \"a\":\"\\u001f\"}");
	struct json *j, *again;
	struct str once;

	(void)state;
	assert_ok(c, json_parse(c, "f", text, &j));
	once = json_str(c, j);
	assert_str(once, "{\"a\":\"\\u001f\",\"z\":[1,{\"a\":[],\"b\":\"\xc3\xa4/\"}]}");
	assert_ok(c, json_parse(c, "g", once, &again));
	assert_true(str_eq(json_str(c, again), once));
	ctx_close(&c);
}

/* What was read can be built on. */
static void test_parsed_map_grows(void **state)
{
	struct ctx *c = test_ctx();
	struct json *j;

	(void)state;
	assert_ok(c, json_parse(c, "f", STR("{\"a\":1}"), &j));
	for (int i = 0; i < 100; i++)
		json_set_int(c, j, str_z(c, str_fmt(c, "k%d", i)), i);
	assert_int_equal(j->n, 101);
	assert_int_equal(json_find(j, "k99")->num, 99);
	assert_int_equal(json_find(j, "a")->num, 1);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads_every_kind),
	    cmocka_unit_test(test_find_is_calm),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_zero_byte),
	    cmocka_unit_test(test_scan_knows_text),
	    cmocka_unit_test(test_depth),
	    cmocka_unit_test(test_size),
	    cmocka_unit_test(test_every_cut),
	    cmocka_unit_test(test_canonical),
	    cmocka_unit_test(test_pretty),
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_parsed_map_grows),
	};

	json_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
