/* What a reader answers: what goes in comes out, and what a reader that was taken over could make
 * of it is refused, whatever it is. */
#include "in/wire.h"

#include "check.h"

static const char sample[] =
    "{\"received\": \"2026-01-12T09:30:00+01:00\", \"channel\": \"encrypted_mail\", \"language\": "
    "\"de\", \"verified\": true,\n"
    " \"authority\": {\"country\": \"DE\", \"body\": \"police\", \"level\": \"state\",\n"
    "   \"name\": \"Polizei Musterstadt\", \"number\": \"AZ 12/26\", \"officer\": \"KHK Muster\",\n"
    "   \"mail\": \"k@polizei.example\", \"key\": \"age1qqqqqqqqqqqqqqqqqqqq\"},\n"
    " \"subject\": \"Auskunft\", \"message\": \"Zeile 1\\nZeile 2\", \"papers\": [\"order.pdf\"],\n"
    " \"orders\": [{\"instrument\": \"DE-BDA\", \"facts\": {\"order.issuer\": \"police\"},\n"
    "   \"targets\": [{\"kind\": \"email\", \"value\": \"Anna@Example.NET\"},\n"
    "     {\"kind\": \"ipv4\", \"value\": \"192.0.2.1\", \"at\": \"2025-12-01T10:00:00Z\"},\n"
    "     {\"kind\": \"email\", \"value\": \"*@example.net\"}],\n"
    "   \"asks\": [{\"fields\": [\"name\", \"address\"], \"service\": \"mail\", \"targets\": [1, "
    "0]},\n"
    "     {\"fields\": [\"session_ip\"], \"from\": \"2025-01-01\", \"to\": \"2025-12-31\"}]}]}";

static struct draft sample_draft(struct ctx *c)
{
	struct draft d;

	assert_ok(c, draft_json_parse(c, "d", str_of(sample), &d));
	return d;
}

static struct str draft_bytes(struct ctx *c, const struct draft *d)
{
	struct buf b = buf_init(c, WIRE_DRAFT_MAX);
	struct str s;

	wire_put_draft(&b, d);
	assert_ok(c, buf_end(&b, "draft", &s));
	return s;
}

static int draft_read(struct ctx *c, struct str bytes, struct draft *ret)
{
	struct wire w = {.rest = bytes};

	wire_draft(c, &w, ret);
	return wire_end(c, &w);
}

static void test_draft_comes_back(void **state)
{
	struct ctx *c = test_ctx();
	struct draft d = sample_draft(c), back;

	(void)state;
	assert_ok(c, draft_read(c, draft_bytes(c, &d), &back));
	assert_true(str_eq(json_str(c, draft_json(c, &d)), json_str(c, draft_json(c, &back))));
	assert_str(back.orders[0].targets[0].value, "Anna@example.net");
	assert_int_equal(back.orders[0].asks[0].targets[0], 1);
	assert_false(back.orders[0].targets[2].specific);
	ctx_close(&c);
}

/* Cut anywhere, or with anything behind it, it is none. */
static void test_cut(void **state)
{
	struct ctx *c = test_ctx();
	struct draft d = sample_draft(c), back;
	struct str s = draft_bytes(c, &d);

	(void)state;
	for (size_t n = 0; n < s.n; n++) {
		struct str cut = {mem_dup(c, s.p, n), n};

		assert_int_equal(draft_read(c, cut, &back), ERR_INVALID);
		err_clear(c);
	}
	assert_err(c, draft_read(c, (struct str){mem_dup(c, s.p, s.n), s.n + 1}, &back),
	    ERR_INVALID, "goes on");
	ctx_close(&c);
}

/* Every byte in turn is each of some values: it is taken or refused, and what is taken keeps what
 * the header promises. */
static void check_promise(const struct draft *d)
{
	assert_int_equal(str_utf8_bad(d->message), d->message.n);
	assert_null(draft_word_fault(d->channel));
	assert_null(draft_key_fault(d->officer_key));
	assert_null(draft_line_fault(d->authority));
	for (size_t i = 0; i < d->n_papers; i++)
		assert_false(str_has(d->papers[i], '/'));
	for (size_t o = 0; o < d->n_orders; o++)
		for (size_t a = 0; a < d->orders[o].n_asks; a++)
			for (size_t t = 0; t < d->orders[o].asks[a].n_targets; t++)
				assert_true(
				    d->orders[o].asks[a].targets[t] < d->orders[o].n_targets);
}

static void test_bent(void **state)
{
	static const unsigned char values[] = {0, 1, 2, '/', '*', 0x7f, 0x80, 0xff};
	struct ctx *c = test_ctx();
	struct draft d = sample_draft(c), back;
	struct str s = draft_bytes(c, &d);
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < s.n; i++) {
		for (size_t v = 0; v < sizeof values; v++) {
			struct mem_mark mark = mem_mark(c);
			char *p = mem_dup(c, s.p, s.n);

			p[i] = (char)values[v];
			if (draft_read(c, (struct str){p, s.n}, &back) == 0)
				check_promise(&back);
			else
				refused++;
			err_clear(c);
			mem_reset(c, mark);
		}
	}
	assert_true(refused > s.n); /* most of it is lengths and counts */
	ctx_close(&c);
}

struct lie {
	const char *fault;
	void (*tell)(struct draft *d);
};

static void lie_paper(struct draft *d)
{
	d->papers[0] = STR("../keys/log.key");
}
static void lie_paper_up(struct draft *d)
{
	d->papers[0] = STR("..");
}
static void lie_wildcard(struct draft *d)
{
	d->orders[0].targets[2].specific = true;
}
static void lie_key(struct draft *d)
{
	d->officer_key = STR("--output=/tmp/x");
}
static void lie_country(struct draft *d)
{
	d->country = STR("XX");
}
static void lie_zero(struct draft *d)
{
	d->message = (struct str){"a\0b", 3};
}
static void lie_utf8(struct draft *d)
{
	d->subject = STR("\xff");
}
static void lie_escape(struct draft *d)
{
	d->authority = STR("\033[2J");
}
static void lie_target(struct draft *d)
{
	d->orders[0].asks[0].targets[0] = 3;
}
static void lie_target_twice(struct draft *d)
{
	d->orders[0].asks[0].targets[0] = 0;
}
static void lie_fact(struct draft *d)
{
	d->orders[0].facts[0].name = STR("review.passed");
}
static void lie_kind(struct draft *d)
{
	d->orders[0].targets[0].kind = STR("everybody");
}
static void lie_day(struct draft *d)
{
	d->orders[0].asks[1].from.n = 2932897;
}
static void lie_period(struct draft *d)
{
	d->orders[0].asks[1].to.n = d->orders[0].asks[1].from.n - 1;
}
static void lie_instant(struct draft *d)
{
	d->received = INSTANT_NONE;
}
static void test_lies(void **state)
{
	static const struct lie lies[] = {{"name of a paper", lie_paper},
	    {"name of a paper", lie_paper_up}, {"wildcard", lie_wildcard}, {"wrong shape", lie_key},
	    {"country", lie_country}, {"text", lie_zero}, {"text", lie_utf8},
	    {"control", lie_escape}, {"bounds", lie_target}, {"twice", lie_target_twice},
	    {"fact", lie_fact}, {"kind of target", lie_kind}, {"bounds", lie_day},
	    {"period", lie_period}, {"instant", lie_instant}};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
		struct draft d = sample_draft(c), back;

		lies[i].tell(&d);
		assert_err(c, draft_read(c, draft_bytes(c, &d), &back), ERR_INVALID, lies[i].fault);
	}
	ctx_close(&c);
}

static const struct map_closed row = {.line = 7,
    .from = {15706},
    .to = {15886},
    .country = {"DE", 2},
    .class = {"warrant", 7},
    .printed = {"a note", 6},
    .has_printed = true,
    .requests = 5,
    .accounts = 9,
    .counts = {2, 0, 1, 0, 0, 0, 0, 2}};

static int closed_read(struct ctx *c, const struct map_closed *in, struct map_closed *ret)
{
	struct buf b = buf_init(c, 4096);
	struct wire w;

	wire_put_closed(&b, in);
	w = (struct wire){.rest = buf_str(&b)};
	wire_closed(&w, ret);
	return wire_end(c, &w);
}

static void test_closed(void **state)
{
	struct ctx *c = test_ctx();
	struct map_closed back, bad;

	(void)state;
	assert_ok(c, closed_read(c, &row, &back));
	assert_int_equal(back.line, 7);
	assert_int_equal(back.to.n, 15886);
	assert_str(back.class, "warrant");
	assert_str(back.printed, "a note");
	assert_int_equal(back.counts[MAP_NOT_RECORDED], 2);
	bad = row;
	bad.requests = 6;
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "outcomes");
	bad = row;
	bad.class = STR("everything");
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "class");
	bad = row;
	bad.country = STR("QQ");
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "country");
	bad = row;
	bad.to.n = row.from.n - 1;
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "bounds");
	bad = row;
	bad.accounts = -1;
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "bounds");
	bad = row;
	bad.requests = MAP_REQUESTS_MAX + 1;
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "bounds");
	bad = row;
	bad.printed = STR("\a");
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "control");
	bad = row;
	bad.line = 0;
	assert_err(c, closed_read(c, &bad, &back), ERR_INVALID, "bounds");
	ctx_close(&c);
}

static void test_numbers(void **state)
{
	static const int64_t values[] = {0, 1, -1, 255, 256, INT64_MAX, INT64_MIN};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct buf b = buf_init(c, 8);
		struct wire w;

		wire_put_int(&b, values[i]);
		w = (struct wire){.rest = buf_str(&b)};
		assert_int_equal(w.rest.n, 8);
		assert_int_equal(wire_int(&w, INT64_MIN, INT64_MAX), values[i]);
		assert_ok(c, wire_end(c, &w));
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_draft_comes_back),
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_bent),
	    cmocka_unit_test(test_lies),
	    cmocka_unit_test(test_closed),
	    cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
