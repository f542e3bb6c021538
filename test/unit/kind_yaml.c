#include "kind/yaml.h"

#include "check.h"

struct refusal {
	const char *text;
	const char *want; /* the error text begins so */
};

static const struct yaml *must(struct ctx *c, const char *text)
{
	const struct yaml *root = NULL;

	assert_ok(c, yaml_parse(c, "f", str_of(text), &root));
	return root;
}

static void test_reads_every_form(void **state)
{
	struct ctx *c = test_ctx();
	const struct yaml *r = must(c, "# a pack\n"
				       "country: NO\n"
				       "day: 2013-01-31\n"
				       "num: 0x10\n"
				       "nil: ~\n"
				       "empty:\n"
				       "single: 'it''s'\n"
				       "double: \"a\\tb\\u00e4\"\n"
				       "lit: |\n  one\n  two\n"
				       "fold: >-\n  one\n  two\n"
				       "long: one\n  two\n"
				       "list:\n- a\n- b: 1\n  c: 2\n- - d\n"
				       "\"quoted key\": v\n");
	const struct yaml *list;

	(void)state;
	assert_int_equal(r->kind, YAML_MAP);
	assert_str(yaml_text(r, "country"), "NO");
	assert_str(yaml_text(r, "day"), "2013-01-31");
	assert_str(yaml_text(r, "num"), "0x10");
	assert_str(yaml_text(r, "nil"), "~");
	assert_str(yaml_text(r, "empty"), "");
	assert_str(yaml_text(r, "single"), "it's");
	assert_str(yaml_text(r, "double"), "a\tb\xc3\xa4");
	assert_str(yaml_text(r, "lit"), "one\ntwo\n");
	assert_str(yaml_text(r, "fold"), "one two");
	assert_str(yaml_text(r, "long"), "one two");
	assert_str(yaml_text(r, "quoted key"), "v");
	list = yaml_find(r, "list");
	assert_int_equal(list->kind, YAML_LIST);
	assert_int_equal(list->n, 3);
	assert_str(list->at[0]->text, "a");
	assert_str(yaml_text(list->at[1], "c"), "2");
	assert_str(list->at[2]->at[0]->text, "d");
	assert_str(r->key[0], "country");
	ctx_close(&c);
}

static void test_places(void **state)
{
	struct ctx *c = test_ctx();
	const struct yaml *r =
	    must(c, "\xef\xbb\xbf# \xc3\xa4\r\n\r\na: \xc3\xa4\r\n\xc3\xa4\xc3\xa4: x\r\n"
		    "l:\r\n  - one\r\n  - k: v\r\n");
	const struct yaml *l = yaml_find(r, "l");

	(void)state;
	assert_int_equal(r->line, 3);
	assert_int_equal(r->col, 1);
	assert_int_equal(r->key_line[0], 3);
	assert_int_equal(r->key_line[1], 4);
	assert_int_equal(yaml_find(r, "a")->line, 3);
	assert_int_equal(yaml_find(r, "a")->col, 4);
	assert_int_equal(r->at[1]->line, 4);
	assert_int_equal(r->at[1]->col, 5); /* characters, not bytes */
	assert_int_equal(l->at[0]->line, 6);
	assert_int_equal(l->at[0]->col, 5);
	assert_int_equal(l->at[1]->line, 7);
	assert_int_equal(l->at[1]->at[0]->col, 8);
	assert_string_equal(r->file, "f");
	ctx_close(&c);
}

static void test_empty(void **state)
{
	static const char *const all[] = {
	    "", "\n\n", "# nothing\n", "---\n", "---\n...\n", "\xef\xbb\xbf"};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const struct yaml *r = must(c, all[i]);

		assert_int_equal(r->kind, YAML_MAP);
		assert_int_equal(r->n, 0);
		assert_true(r->line >= 1 && r->col >= 1);
	}
	assert_int_equal(must(c, "''")->kind, YAML_SCALAR);
	assert_str(must(c, "--- |\n x\n...\n")->text, "x\n");
	assert_str(must(c, "a \xf0\x9f\x98\x80")->text, "a \xf0\x9f\x98\x80");
	ctx_close(&c);
}

static const struct refusal refusals[] = {
    {"a: [1, 2]\n", "f:1:4: flow style"},
    {"a: []\n", "f:1:4: flow style"},
    {"{a: 1}\n", "f:1:1: flow style"},
    {"- x\n- {}\n", "f:2:3: flow style"},
    {"{a: 1}: x\n", "f:1:1: flow style"},
    {"a: &x 1\n", "f:1:4: an anchor"},
    {"a: &x\n  b: 1\n", "f:1:4: an anchor"},
    {"- &x\n  - 1\n", "f:1:3: an anchor"},
    {"&x a: 1\n", "f:1:1: an anchor"},
    {"a: 1\nb: *a\n", "f:2:4: an alias"},
    {"*a : 1\n", "f:1:1: an alias"},
    {"a: !!int 1\n", "f:1:4: a tag"},
    {"a: !x 1\n", "f:1:4: a tag"},
    {"a: ! 1\n", "f:1:4: a tag"},
    {"\xc3\xa4\xc3\xa4: ok\na: ! \"1\"\n", "f:2:4: a tag"},
    {"!!str a: 1\n", "f:1:1: a tag"},
    {"a: !!map\n  b: 1\n", "f:1:4: a tag"},
    {"a: !\n  b: 1\n", "f:1:4: a tag"},
    {"a: !<tag:x> 1\n", "f:1:4: a tag"},
    {"--- !\n", "f:1:5: a tag"},
    {"<<: x\n", "f:1:1: a merge key"},
    {"a:\n  '<<': x\n", "f:2:3: a merge key"},
    {"a: 1\n---\nb: 1\n", "f:2:1: a second document"},
    {"---\n---\n", "f:2:1: a second document"},
    {"a: 1\n...\n---\nb: 1\n", "f:3:1: a second document"},
    {"%YAML 1.1\n---\na: 1\n", "f:1:1: a directive"},
    {"%TAG ! tag:x,2000:\n---\na: 1\n", "f:1:1: a directive"},
    {"Erika: 1\nb: 2\nErika: 3\n", "f:3:1: duplicate key; the first is on line 1"},
    {"m:\n  a: 1\n  \"a\": 1\n", "f:3:3: duplicate key; the first is on line 2"},
    {"- b: 1\n  a: 1\n  b: 1\n  a: 2\n  b: 3\n", "f:3:3: duplicate key; the first is on line 1"},
    {"? - a\n: b\n", "f:1:3: a key must be"},
    {"? a: b\n: b\n", "f:1:3: a key must be"},
    {"a:\tb\n", "f:1:3: a tab"},
    {"a: b\n\tc: d\n", "f:2:1: a tab"},
    {"a: \"x\ty\"\n", "f:1:6: a tab"},
    {"a: x # \t\n", "f:1:8: a tab"},
    {"a: x\rb: y\n", "f:1:5: a carriage return"},
    {"a: x\r", "f:1:5: a carriage return"},
    {"a: \x01\n", "f:1:4: a control"},
    {"a: \x1b[0m\n", "f:1:4: a control"},
    {"a: \x7f\n", "f:1:4: a control"},
    {"a: \xc2\x85\n", "f:1:4: a control"},
    {"a: \xe2\x80\xa8\n", "f:1:4: a Unicode line"},
    {"a: x\xef\xbb\xbfy\n", "f:1:5: a byte order mark"},
    {"a: \xef\xbf\xbe\n", "f:1:4: not a Unicode"},
    {"a: \xff\n", "f:1:4: not valid UTF-8"},
    {"\xc3\xa4: \xc3\n", "f:1:4: not valid UTF-8"},
    {"a: b\nb: \xe2\x82", "f:2:4: not valid UTF-8"},
    {"a: \xf0\x9f\x98", "f:1:4: not valid UTF-8"},
    {"a: \xc0\xaf\n", "f:1:4: not valid UTF-8"},
    {"a: \xed\xa0\x80\n", "f:1:4: not valid UTF-8"},
    {"a: \xf4\x90\x80\x80\n", "f:1:4: not valid UTF-8"},
    {"\xff\xfe"
     "a",
	"f:1:1: not valid UTF-8"},
    {"a: \"x\\0y\"\n", "f:1:4: a zero byte"},
    {"\"x\\0y\": 1\n", "f:1:1: a zero byte"},
    {"a: 1\n b: 2\n", "f:2:3: mapping values are not allowed"},
    {"a: Erika: b\n", "f:1:9: mapping values are not allowed"},
    {"a: 'Erika\n", "f:2:1: found unexpected end of stream"},
    {"a: \"\\q\"\n", "f:1:5: found unknown escape"},
    {"a: b\nErika\n", "f:3:1: could not find expected ':'"},
    {"a:\n  - b\n c: d\n", "f:3:2: did not find expected key"},
    {"- a\nb: c\n", "f:2:1: did not find expected '-' indicator"},
    {"a: @x\n", "f:1:4: found character that cannot start any token"},
    {"a: `x\n", "f:1:4: found character that cannot start any token"},
    {"a: %x\n", "f:1:4: found character that cannot start any token"},
    {"a: |9x\n", "f:1:6: did not find expected comment or line break"},
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		struct ctx *c = test_ctx();
		const struct yaml *root = NULL;
		int rc = yaml_parse(c, "f", str_of(refusals[i].text), &root);

		if (rc != ERR_INVALID || !str_starts(str_of(err_text(c)), refusals[i].want))
			fail_msg("%s = %d: %s", refusals[i].text, rc, err_text(c));
		assert_null(strstr(err_text(c), "Erika"));
		assert_null(root);
		ctx_close(&c);
	}
}

static void test_zero_byte(void **state)
{
	struct ctx *c = test_ctx();
	const struct yaml *root = NULL;

	(void)state;
	assert_err(c, yaml_parse(c, "f", STR("a: b\0c\n"), &root), ERR_INVALID, "f:1:5: a control");
	assert_err(c, yaml_parse(c, "f", STR("a: b\n\0"), &root), ERR_INVALID, "f:2:1: a control");
	assert_null(root);
	ctx_close(&c);
}

static struct str nested(struct ctx *c, int depth, bool map)
{
	struct buf b = buf_init(c, YAML_MAX);

	for (int i = 0; i < depth; i++) {
		for (int k = 0; map && k < i; k++)
			buf_putc(&b, ' ');
		buf_puts(&b, map ? "k:\n" : "- ");
	}
	return buf_str(&b);
}

static struct str repeated(struct ctx *c, const char *z, size_t n)
{
	struct buf b = buf_init(c, YAML_MAX);

	for (size_t i = 0; i < n; i++)
		buf_puts(&b, z);
	return buf_str(&b);
}

static void test_depth(void **state)
{
	struct ctx *c = test_ctx();
	const struct yaml *root;

	(void)state;
	assert_ok(c, yaml_parse(c, "f", nested(c, YAML_DEPTH - 1, false), &root));
	assert_ok(c, yaml_parse(c, "f", nested(c, YAML_DEPTH - 1, true), &root));
	assert_err(c, yaml_parse(c, "f", nested(c, YAML_DEPTH, true), &root), ERR_LIMIT,
	    "f:32:34: nested too deeply");
	assert_err(c, yaml_parse(c, "f", nested(c, 2000, true), &root), ERR_LIMIT,
	    "f:33:33: nested too deeply");
	assert_err(c, yaml_parse(c, "f", nested(c, 1000000, false), &root), ERR_LIMIT,
	    "f:1:65: nested too deeply");
	assert_err(
	    c, yaml_parse(c, "f", repeated(c, "[", 1000000), &root), ERR_INVALID, "f:1:1: flow");
	assert_err(
	    c, yaml_parse(c, "f", repeated(c, "{", 1000000), &root), ERR_INVALID, "f:1:1: flow");
	assert_int_equal(yaml_parse(c, "f", repeated(c, "? ", 1000000), &root), ERR_INVALID);
	ctx_close(&c);
}

static void test_size(void **state)
{
	struct ctx *c = test_ctx();
	size_t n = 10 << 20;
	char *p = mem_alloc(c, n);
	const struct yaml *root = NULL;

	(void)state;
	memset(p, '\n', n);
	assert_err(
	    c, yaml_parse(c, "f", (struct str){p, n}, &root), ERR_LIMIT, "f:1:1: larger than");
	assert_err(
	    c, yaml_parse(c, "f", (struct str){p, YAML_MAX + 1}, &root), ERR_LIMIT, "larger");
	assert_null(root);
	assert_ok(c, yaml_parse(c, "f", (struct str){p, YAML_MAX}, &root));
	ctx_close(&c);
}

/* Many keys in one map must not cost their square; the last one is a duplicate. */
static void test_many_keys(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, YAML_MAX);
	const struct yaml *root;

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_fmt(&b, "k%d: v\n", i);
	assert_ok(c, yaml_parse(c, "f", buf_str(&b), &root));
	assert_int_equal(root->n, 200000);
	buf_puts(&b, "k17: v\n");
	assert_err(c, yaml_parse(c, "f", buf_str(&b), &root), ERR_INVALID,
	    "f:200001:1: duplicate key; the first is on line 18");
	ctx_close(&c);
}

/* No cut of a good text crashes or reads past its end (ASan watches the copy). */
static void test_every_cut(void **state)
{
	static const char text[] =
	    "---\n# \xc3\xa4\na: 'x''y'\nb:\n  - \"\\u00e4\"\n  - |-\n    t\n"
	    "  - c: >\n     f\n    d: \xf0\x9f\x98\x80\n...\n";

	(void)state;
	for (size_t n = 0; n < sizeof text; n++) {
		struct ctx *c = test_ctx();
		char *copy = malloc(n == 0 ? 1 : n);
		const struct yaml *root = NULL;
		int rc;

		assert_non_null(copy);
		memcpy(copy, text, n);
		rc = yaml_parse(c, "f", (struct str){copy, n < sizeof text - 1 ? n : n - 1}, &root);
		assert_true((rc == 0) == (root != NULL));
		assert_true(
		    rc == 0 || (rc == ERR_INVALID && str_starts(str_of(err_text(c)), "f:")));
		if (n == sizeof text)
			assert_int_equal(rc, 0);
		free(copy);
		ctx_close(&c);
	}
}

static void test_find_and_get(void **state)
{
	struct ctx *c = test_ctx();
	const struct yaml *r = must(c, "a: x\nm:\n  k: v\n");
	struct str s = STR("untouched");

	(void)state;
	assert_null(yaml_find(NULL, "a"));
	assert_null(yaml_find(r, "b"));
	assert_null(yaml_find(yaml_find(r, "a"), "a"));
	assert_str(yaml_text(r, "m"), "");
	assert_str(yaml_text(NULL, "a"), "");
	assert_err(c, yaml_get_text(c, yaml_find(r, "m"), "a", &s), ERR_INVALID,
	    "f:3:3: key \"a\" is missing");
	assert_err(c, yaml_get_text(c, r, "m", &s), ERR_INVALID, "f:3:3: key \"m\" must");
	assert_err(c, yaml_get_text(c, NULL, "a", &s), ERR_INVALID, "key \"a\" is missing");
	assert_str(s, "untouched");
	assert_ok(c, yaml_get_text(c, r, "a", &s));
	assert_str(s, "x");
	assert_err(c, yaml_err(c, yaml_find(r, "m"), "no %s here", "cat"), ERR_INVALID,
	    "f:3:3: no cat here");
	ctx_close(&c);
}

static void test_keys_check(void **state)
{
	struct ctx *c = test_ctx();
	const struct yaml *r = must(c, "id: x\nm:\n  id: 1\n  dedline: v\n");
	const struct yaml *m = yaml_find(r, "m");
	const struct yaml *far = must(c, "Erika_Mustermann: 1\n");

	(void)state;
	assert_ok(c, yaml_keys_check(c, r, "m id other"));
	assert_ok(c, yaml_keys_check(c, NULL, "id"));
	assert_err(c, yaml_keys_check(c, m, "id deadline line"), ERR_INVALID,
	    "f:4:3: unknown key; did you mean \"deadline\"?");
	assert_int_equal(yaml_keys_check(c, far, "id deadline"), ERR_INVALID);
	assert_string_equal(err_text(c), "f:1:1: unknown key; known here: id deadline");
	err_clear(c);
	assert_err(
	    c, yaml_keys_check(c, yaml_find(r, "id"), "id"), ERR_INVALID, "f:1:5: keys with");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads_every_form),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_zero_byte),
	    cmocka_unit_test(test_depth),
	    cmocka_unit_test(test_size),
	    cmocka_unit_test(test_many_keys),
	    cmocka_unit_test(test_every_cut),
	    cmocka_unit_test(test_find_and_get),
	    cmocka_unit_test(test_keys_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
