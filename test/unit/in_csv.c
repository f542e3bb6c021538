/* The CSV reader: places, refusals one record at a time, limits; and the writer's quoting. */
#include "in/csv.h"

#include "check.h"

/* Bytes in pieces of a size, so that every state is cut in two somewhere. */
struct drip {
	struct str rest;
	size_t size;
};

static int drip_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct drip *d = arg;
	size_t n = d->rest.n < d->size ? d->rest.n : d->size;

	(void)c;
	if (n > cap)
		n = cap;
	if (n > 0)
		memcpy(p, d->rest.p, n);
	d->rest = (struct str){d->rest.p + n, d->rest.n - n};
	*ret_n = n;
	return 0;
}

/* "LINE:COL:text|..;" of every record, "!LINE:COL;" of every refusal. */
static struct str read_all(struct ctx *c, struct str text, size_t piece)
{
	struct drip d = {text, piece};
	struct buf b = buf_init(c, 1 << 20);
	struct csv_record r;
	struct csv *csv;
	int rc;

	assert_ok(c, csv_open(c, "f.csv", (struct csv_input){drip_read, &d}, ',', &csv));
	while ((rc = csv_next(c, csv, &r)) != 0) {
		if (rc < 0) {
			struct csv_place at = csv_fault(csv);

			assert_true(rc == ERR_INVALID || rc == ERR_LIMIT);
			assert_true(err_text(c)[0] != '\0');
			buf_fmt(&b, "!%lld:%lld;", (long long)at.line, (long long)at.col);
			err_clear(c);
			continue;
		}
		for (size_t i = 0; i < r.n; i++)
			buf_fmt(&b, "%s%lld:%lld:%.*s", i > 0 ? "|" : "",
			    (long long)r.at[i].at.line, (long long)r.at[i].at.col,
			    STR_ARG(r.at[i].text));
		buf_putc(&b, ';');
	}
	csv_close(&csv);
	return buf_str(&b);
}

static void test_records(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
	    {"", ""},
	    {"a,b\n1,2\n", "1:1:a|1:3:b;2:1:1|2:3:2;"},
	    {"a,b\r\n1,2\r\n", "1:1:a|1:3:b;2:1:1|2:3:2;"},
	    {"a,b\n1,2", "1:1:a|1:3:b;2:1:1|2:3:2;"},
	    {"\xef\xbb\xbf"
	     "a,b\n,\n",
		"1:1:a|1:3:b;2:1:|2:2:;"},
	    {"a,b\n1,\n", "1:1:a|1:3:b;2:1:1|2:3:;"},
	    {"a,b\n1,", "1:1:a|1:3:b;2:1:1|2:3:;"},
	    {"\"a\",\"b\"\n\"x\ny\",\"2\"\"3\"\n4,5\n",
		"1:1:a|1:5:b;2:1:x\ny|3:4:2\"3;4:1:4|4:3:5;"},
	    {"\"a\"", "1:1:a;"},
	    {"\"\"", "1:1:;"},
	    {"\"\"\"\"", "1:1:\";"},
	    {"\xc3\xa4,b\n1,2\n", "1:1:\xc3\xa4|1:3:b;2:1:1|2:3:2;"},
	    {"a,b\n1\n3,4\n", "1:1:a|1:3:b;!2:1;3:1:3|3:3:4;"},
	    {"a,b\n1,2,3\n3,4\n", "1:1:a|1:3:b;!2:5;3:1:3|3:3:4;"},
	    {"a,b\n\n3,4\n", "1:1:a|1:3:b;!2:1;3:1:3|3:3:4;"},
	    {"a,b\n1\"x,2\n3,4\n", "1:1:a|1:3:b;!2:2;3:1:3|3:3:4;"},
	    {"a,b\n\"1\"x,\"2\n3,4\n", "1:1:a|1:3:b;!2:4;3:1:3|3:3:4;"},
	    {"a,b\n1\rx,2\n3,4\n", "1:1:a|1:3:b;!2:3;3:1:3|3:3:4;"},
	    {"a,b\n1,2\r", "1:1:a|1:3:b;!2:5;"},
	    {"a,b\n1,\"2\n3,4\n", "1:1:a|1:3:b;!2:3;"},
	    {"a,b\n1,x\xff\n3,4\n", "1:1:a|1:3:b;!2:4;3:1:3|3:3:4;"},
	    {"a,b\n1,\"\"\"\xc3\xa4\n\xff\"\n3,4\n", "1:1:a|1:3:b;!3:1;4:1:3|4:3:4;"},
	    {"a,b\n1,\"\"\"\xc3\xa4\xff\"\n3,4\n", "1:1:a|1:3:b;!2:7;3:1:3|3:3:4;"},
	};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (size_t piece = 1; piece < 8; piece++)
			assert_str(read_all(c, str_of(cases[i].in), piece), cases[i].out);
	/* a zero byte, and what is not UTF-8 at all */
	assert_str(read_all(c, STR("a,b\n1,x\0\n3,4\n"), 64), "1:1:a|1:3:b;!2:4;3:1:3|3:3:4;");
	assert_str(read_all(c,
		       STR("\xff\xfe"
			   "a\0,\0"),
		       64),
	    "!1:1;");
	ctx_close(&c);
}

static void test_texts(void **state)
{
	static const struct {
		const char *in, *why;
	} cases[] = {
	    {"a,b\n1\n", "f.csv:2:1: 1 fields, but the header has 2"},
	    {"a,b\n1,x\xff\n", "f.csv:2:4: not UTF-8"},
	    {"a,b\n1,\"2\n", "f.csv:2:3: the quote that opens this field is never closed"},
	    {"a,b\n1,2\"\n", "f.csv:2:4: a quote inside"},
	    {"a,b\n1,\"2\"3\n", "f.csv:2:6: text after a closing quote"},
	};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str text = str_of(cases[i].in);
		struct csv_record r;
		struct csv *csv;

		assert_ok(c, csv_open(c, "f.csv", csv_input_text(&text), ',', &csv));
		assert_int_equal(csv_next(c, csv, &r), 1);
		assert_err(c, csv_next(c, csv, &r), ERR_INVALID, cases[i].why);
		csv_close(&csv);
	}
	{
		struct str text = STR("a");
		struct csv *csv;

		assert_err(c, csv_open(c, "f.csv", csv_input_text(&text), '"', &csv), ERR_INVALID,
		    "delimiter");
		assert_err(c, csv_open(c, "f.csv", csv_input_text(&text), '\0', &csv), ERR_INVALID,
		    "delimiter");
	}
	ctx_close(&c);
}

static struct str repeat(struct ctx *c, const char *head, char ch, size_t n, const char *tail)
{
	struct buf b = buf_init(c, 64 << 20);

	buf_puts(&b, head);
	for (size_t i = 0; i < n; i++)
		buf_putc(&b, ch);
	buf_puts(&b, tail);
	return buf_str(&b);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct str text = repeat(c, "a,b\n1,\"", 'x', 10 << 20, "\"\n3,4\n");
	struct csv_record r;
	struct csv *csv;

	(void)state;
	assert_ok(c, csv_open(c, "f.csv", csv_input_text(&text), ',', &csv));
	assert_int_equal(csv_next(c, csv, &r), 1);
	assert_err(c, csv_next(c, csv, &r), ERR_LIMIT, "f.csv:2:3: the field is larger than 1 MiB");
	assert_int_equal(csv_next(c, csv, &r), 1);
	assert_str(r.at[1].text, "4");
	csv_close(&csv);

	text = repeat(c, "", 'x', CSV_FIELD_MAX, "\n");
	assert_ok(c, csv_open(c, "f.csv", csv_input_text(&text), ',', &csv));
	assert_int_equal(csv_next(c, csv, &r), 1);
	assert_int_equal(r.at[0].text.n, CSV_FIELD_MAX);
	csv_close(&csv);

	text = repeat(c, "", ',', CSV_FIELDS_MAX, "\nb\n");
	assert_ok(c, csv_open(c, "f.csv", csv_input_text(&text), ',', &csv));
	assert_err(c, csv_next(c, csv, &r), ERR_LIMIT, "f.csv:1:1025: more than 1024 fields");
	assert_int_equal(csv_next(c, csv, &r), 1);
	assert_str(r.at[0].text, "b");
	csv_close(&csv);

	{
		struct buf b = buf_init(c, 64 << 20);

		for (int i = 0; i < 9; i++) {
			buf_put(&b, repeat(c, "", 'x', CSV_FIELD_MAX, i < 8 ? "," : "\nb\n"));
		}
		text = buf_str(&b);
		assert_ok(c, csv_open(c, "f.csv", csv_input_text(&text), ',', &csv));
		assert_err(c, csv_next(c, csv, &r), ERR_LIMIT,
		    "f.csv:1:1: the record is larger than 8 MiB");
		assert_int_equal(csv_next(c, csv, &r), 1);
		assert_str(r.at[0].text, "b");
		csv_close(&csv);
	}
	ctx_close(&c);
}

static int broken_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	(void)arg;
	(void)p;
	(void)cap;
	(void)ret_n;
	return err_set(c, ERR_FAIL, "the disk is gone");
}

static void test_input_fails(void **state)
{
	struct ctx *c = test_ctx();
	struct csv_record r;
	struct csv *csv;

	(void)state;
	assert_ok(c, csv_open(c, "f.csv", (struct csv_input){broken_read, NULL}, ',', &csv));
	assert_err(c, csv_next(c, csv, &r), ERR_FAIL, "the disk is gone");
	csv_close(&csv);
	csv_close(&csv);
	ctx_close(&c);
}

static const char sample[] = "\xef\xbb\xbf"
			     "a,\"b\"\r\n\"1\n\"\"2\",\xc3\xa4\n3,4\r\n\"5\",6";

static void test_any_bytes(void **state)
{
	struct ctx *c = test_ctx();
	size_t n = sizeof sample - 1;

	(void)state;
	for (size_t i = 0; i <= n; i++) {
		char text[sizeof sample];

		memcpy(text, sample, n);
		(void)read_all(c, (struct str){text, i}, 3);
		for (int byte = 0; byte < 256 && i < n; byte++) {
			struct mem_mark mark = mem_mark(c);
			struct str a, b;

			text[i] = (char)byte;
			a = read_all(c, (struct str){text, n}, 64);
			b = read_all(c, (struct str){text, n}, 1);
			assert_true(str_eq(a, b)); /* however the bytes arrive */
			mem_reset(c, mark);
		}
	}
	ctx_close(&c);
}

static void put_check(struct ctx *c, const char *in, const char *want)
{
	struct buf b = buf_init(c, 256);

	csv_put_field(&b, str_of(in));
	assert_str(buf_str(&b), want);
}

static void test_writer(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 256);

	(void)state;
	put_check(c, "", "");
	put_check(c, "abc", "abc");
	put_check(c, "a,b", "\"a,b\"");
	put_check(c, "a;b", "\"a;b\"");
	put_check(c, "a\"b", "\"a\"\"b\"");
	put_check(c, "a\nb", "\"a\nb\"");
	put_check(c, " a", "\" a\"");
	put_check(c, "=1+1", "'=1+1");
	put_check(c, "=\"x\"", "\"'=\"\"x\"\"\"");
	put_check(c, "@cmd", "'@cmd");
	put_check(c, "-x", "'-x");
	put_check(c, "+x", "'+x");
	put_check(c, "-", "'-");
	put_check(c, "\tx", "\"'\tx\"");
	put_check(c, "-12", "-12");
	put_check(c, "+12.5", "+12.5");
	put_check(c, "-1-1", "'-1-1");
	put_check(c, "-1.2.3", "'-1.2.3");
	csv_put_row(&b, (const struct str[]){STR("a"), STR("b,c"), STR("")}, 3);
	assert_str(buf_str(&b), "a,\"b,c\",\r\n");
	/* what is written is read back */
	assert_str(read_all(c, buf_str(&b), 64), "1:1:a|1:3:b,c|1:9:;");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_records),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_input_fails),
	    cmocka_unit_test(test_any_bytes),
	    cmocka_unit_test(test_writer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
