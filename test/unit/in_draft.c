/* A demand as JSON: what is read, what is refused and by which field's name, and the way back. */
#include "in/draft.h"

#include "check.h"

static const char sample[] =
    "{\"received\": \"2026-01-12T09:30:00+01:00\", \"channel\": \"encrypted_mail\", \"language\": "
    "\"de\",\n"
    " \"verified\": true,\n"
    " \"authority\": {\"country\": \"DE\", \"body\": \"police\", \"level\": \"state\",\n"
    "   \"name\": \"Polizei Musterstadt\", \"number\": \"AZ 12/26\", \"officer\": \"KHK Muster\",\n"
    "   \"mail\": \"k@polizei.example\", \"key\": \"age1qqqqqqqqqqqqqqqqqqqq\"},\n"
    " \"subject\": \"Auskunft\", \"message\": \"Zeile 1\\nZeile 2\", \"papers\": [\"order.pdf\"],\n"
    " \"orders\": [{\"instrument\": \"DE-BDA\",\n"
    "   \"facts\": {\"order.issuer\": \"police\", \"order.signed\": true, "
    "\"order.offence_max_years\": 5,\n"
    "     \"order.kinds\": [\"a\", \"b\"]},\n"
    "   \"targets\": [{\"kind\": \"email\", \"value\": \"Anna@Example.NET\"},\n"
    "     {\"kind\": \"ipv4\", \"value\": \"192.0.2.1\", \"at\": \"2025-12-01T10:00:00Z\"},\n"
    "     {\"kind\": \"email\", \"value\": \"*@example.net\"}],\n"
    "   \"asks\": [{\"fields\": [\"name\", \"address\"], \"service\": \"mail\", \"targets\": "
    "[0]},\n"
    "     {\"fields\": [\"session_ip\"], \"from\": \"2025-01-01\", \"to\": \"2025-12-31\"}]}]}";

static void check_sample(const struct draft *d)
{
	const struct draft_order *o = &d->orders[0];

	assert_int_equal(d->received.s, 1768206600);
	assert_str(d->country, "DE");
	assert_str(d->number, "AZ 12/26");
	assert_true(d->verified);
	assert_true(d->specific);
	assert_int_equal(d->n_papers, 1);
	assert_int_equal(d->n_orders, 1);
	assert_int_equal(o->n_facts, 4);
	assert_str(o->facts[1].value, "yes");
	assert_str(o->facts[2].value, "5");
	assert_str(o->facts[3].value, "a b");
	assert_int_equal(o->n_targets, 3);
	assert_str(o->targets[0].printed, "Anna@Example.NET");
	assert_str(o->targets[0].value, "Anna@example.net");
	assert_true(o->targets[0].specific);
	assert_true(instant_is_none(o->targets[0].at));
	assert_int_equal(o->targets[1].at.s, 1764583200);
	assert_false(o->targets[2].specific);
	assert_int_equal(o->n_asks, 2);
	assert_str(o->asks[0].fields, "name address");
	assert_int_equal(o->asks[0].n_targets, 1);
	assert_true(day_is_none(o->asks[0].from));
	assert_int_equal(o->asks[1].n_targets, 0);
	assert_false(day_is_none(o->asks[1].to));
}

static void test_sample(void **state)
{
	struct ctx *c = test_ctx();
	struct draft d, again;
	struct str once, twice;

	(void)state;
	assert_ok(c, draft_json_parse(c, "d.json", str_of(sample), &d));
	check_sample(&d);
	once = json_str(c, draft_json(c, &d));
	assert_ok(c, draft_json_parse(c, "d.json", once, &again));
	twice = json_str(c, draft_json(c, &again));
	assert_true(str_eq(once, twice));
	assert_true(again.orders[0].n_targets == 3 && !again.orders[0].targets[2].specific);
	assert_str(again.orders[0].facts[0].name, "order.issuer");
	ctx_close(&c);
}

/* The sample with its first `from` replaced. */
static struct str changed(struct ctx *c, const char *from, const char *to)
{
	const char *at = strstr(sample, from);
	struct buf b = buf_init(c, 1 << 20);

	assert_non_null(at);
	buf_put(&b, (struct str){sample, (size_t)(at - sample)});
	buf_puts(&b, to);
	buf_puts(&b, at + strlen(from));
	return buf_str(&b);
}

static const struct {
	const char *from, *to, *why;
} refused[] = {
    {"\"channel\"", "\"chanel\"", "d.json: field (an unknown name): number 2"},
    {"\"channel\": \"encrypted_mail\", ", "", "field channel: missing"},
    {"2026-01-12T09:30:00+01:00", "2026-01-12", "field received: "},
    {"2026-01-12T09", "2026-02-30T09", "field received: "},
    {"\"language\": \"de\"", "\"language\": \"deu\"", "field language: is not an ISO"},
    {"\"verified\": true", "\"verified\": \"yes\"", "field verified: true or false"},
    {"\"country\": \"DE\"", "\"country\": \"ZQ\"", "field authority.country: not an ISO"},
    {"\"country\": \"DE\"", "\"country\": \"de\"", "field authority.country: not an ISO"},
    {"\"body\": \"police\"", "\"body\": \"the police\"", "field authority.body: is not one word"},
    {"age1qqqq", "AGE1QQQQ", "field authority.key: is no age recipient"},
    {"Polizei Musterstadt", "Polizei\\nMusterstadt", "field authority.name: has a control"},
    {"order.pdf", "../order.pdf", "field papers[0]: the name of a file"},
    {"order.pdf", "..", "field papers[0]: the name of a file"},
    {"\"DE-BDA\"", "7", "field orders[0].instrument: a text is expected"},
    {"\"order.issuer\"", "\"issuer\"", "field orders[0].facts[0]: the name of a fact"},
    {"\"order.issuer\": \"police\"", "\"order.issuer\": \" \"",
	"field orders[0].facts.order.issuer: empty"},
    {"\"order.issuer\": \"police\"", "\"order.issuer\": null",
	"facts.order.issuer: a text, a number"},
    {"\"kind\": \"ipv4\"", "\"kind\": \"ip\"",
	"field orders[0].targets[1].value: the kind is none of"},
    {"192.0.2.1", "192.0.2.1.7", "field orders[0].targets[1].value: an IPv4 address"},
    {"2025-12-01T10:00:00Z", "2025-12-01T10:00:00", "field orders[0].targets[1].at: "},
    {"\"targets\": [0]", "\"targets\": [3]", "field orders[0].asks[0].targets[0]: no target"},
    {"\"targets\": [0]", "\"targets\": [-1]", "field orders[0].asks[0].targets[0]: no target"},
    {"\"targets\": [0]", "\"targets\": [1,1]", "field orders[0].asks[0].targets[1]: named twice"},
    {"[\"name\", \"address\"]", "[]", "field orders[0].asks[0].fields: names no field"},
    {"[\"name\", \"address\"]", "[\"name\", \"name\"]", "asks[0].fields[1]: named twice"},
    {"2025-12-31", "2024-12-31", "field orders[0].asks[1].to: the period ends before"},
    {"2025-12-31", "2025-12-32", "field orders[0].asks[1].to: "},
    {"\"orders\": [{", "\"orders\": [7, {", "field orders[0]: an object is expected"},
    {"\"orders\"", "\"papers\": [], \"order\"", "d.json:"}, /* a key twice */
    {"[\"order.pdf\"]", "\"order.pdf\"", "field papers: a list is expected"},
    {"{\"order.issuer\"", "[], \"facts2\": {\"order.issuer\"", "field orders[0]."},
    {"\"authority\"", "\"specific\": true, \"x\"", "field (an unknown name): number 6"},
    {"\"body\": \"police\"", "\"body\": \"\"", "field authority.body: empty"},
    {"Anna@Example.NET", "  ", "field orders[0].targets[0].value: empty"},
    {"Anna@Example.NET", "a\\u0001@e.net", "targets[0].value: has a control character"},
    {"\"service\": \"mail\"", "\"service\": \"my mail\"", "asks[0].service: is not one"},
    {"\"received\"", "received", "d.json:1:"},
    {"Auskunft", "\xff", "d.json:"},
};

static void test_refused(void **state)
{
	struct ctx *c = test_ctx();
	struct draft d;

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		int rc =
		    draft_json_parse(c, "d.json", changed(c, refused[i].from, refused[i].to), &d);

		if (rc != ERR_INVALID || strstr(err_text(c), refused[i].why) == NULL)
			fail_msg("case %zu (%s): %d %s", i, refused[i].to, rc, err_text(c));
		/* the refused text itself is never repeated */
		assert_null(strstr(err_text(c), "192.0.2"));
		err_clear(c);
	}
	assert_err(
	    c, draft_json_parse(c, "d.json", STR("[]"), &d), ERR_INVALID, "an object is expected");
	ctx_close(&c);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 4 << 20);
	struct draft d;
	char *big = mem_alloc(c, 70000);

	(void)state;
	memset(big, 'x', 69999);
	assert_err(c, draft_json_parse(c, "d.json", changed(c, "Auskunft", big), &d), ERR_LIMIT,
	    "field subject");
	big[1025] = '\0';
	assert_err(c, draft_json_parse(c, "d.json", changed(c, "Polizei", big), &d), ERR_LIMIT,
	    "authority.name");
	big[1025] = 'x';
	assert_err(c,
	    draft_json_parse(c, "d.json",
		changed(
		    c, "\"order.issuer\": \"police", str_fmt(c, "\"order.issuer\": \"%s", big).p),
		&d),
	    ERR_LIMIT, "facts.order.issuer: larger than 64 KiB");
	for (int i = 0; i < 1001; i++)
		buf_fmt(&b, "\"order.f%d\": 1,", i);
	assert_err(c,
	    draft_json_parse(c, "d.json",
		changed(c, "\"facts\": {", str_fmt(c, "\"facts\": {%s", buf_str(&b).p).p), &d),
	    ERR_LIMIT, "field orders[0].facts: more than 1000 members");
	b = buf_init(c, 4 << 20);
	for (int i = 0; i < 65; i++)
		buf_puts(&b, "{\"instrument\": \"x\"},");
	assert_err(c,
	    draft_json_parse(c, "d.json",
		changed(c, "\"orders\": [", str_fmt(c, "\"orders\": [%s", buf_str(&b).p).p), &d),
	    ERR_LIMIT, "field orders: more than 64");
	ctx_close(&c);
}

/* What the whole demand needs, and the parts that must be objects. */
static void test_parts(void **state)
{
#define FRONT "{\"received\": \"2026-01-12T09:30:00Z\", \"channel\": \"fax\", \"language\": \"de\""
#define WHO ", \"authority\": {\"country\": \"DE\", \"body\": \"police\", \"name\": \"P\"}"
	struct ctx *c = test_ctx();
	struct draft d;

	(void)state;
	assert_err(c, draft_json_parse(c, "d.json", STR(FRONT "}"), &d), ERR_INVALID,
	    "d.json: field authority: missing");
	assert_err(c, draft_json_parse(c, "d.json", STR(FRONT ", \"authority\": 3}"), &d),
	    ERR_INVALID, "d.json: field authority: an object is expected");
	assert_err(c, draft_json_parse(c, "d.json", STR(FRONT WHO "}"), &d), ERR_INVALID,
	    "d.json: field orders: missing");
	assert_err(c,
	    draft_json_parse(c, "d.json",
		STR(FRONT WHO ", \"orders\": [{\"instrument\": \"X\", \"facts\": []}]}"), &d),
	    ERR_INVALID, "d.json: field orders[0].facts: an object is expected");
	assert_ok(c, draft_json_parse(c, "d.json", STR(FRONT WHO ", \"orders\": []}"), &d));
	assert_int_equal(d.n_orders, 0); /* a paper that is no order yet */
	/* an order without facts is one, and stays so on the way back */
	assert_ok(c, draft_json_parse(c, "d.json",
			 STR(FRONT WHO ", \"orders\": [{\"instrument\": \"X\"}]}"), &d));
	assert_int_equal(d.orders[0].n_facts, 0);
	assert_ok(c, draft_json_parse(c, "d.json", json_str(c, draft_json(c, &d)), &d));
	assert_int_equal(d.orders[0].n_facts, 0);
	ctx_close(&c);
}

/* The shapes that other readers of demands ask for. */
static void test_shapes(void **state)
{
	struct ctx *c = test_ctx();
	char *big = mem_alloc(c, 2000);
	struct draft_target t;

	(void)state;
	memset(big, 'x', 1025);
	assert_string_equal(draft_line_fault((struct str){big, 1025}), "is longer than 1024 bytes");
	assert_null(draft_line_fault((struct str){big, 1024}));
	assert_string_equal(draft_line_fault(STR("a\xff")), "is not UTF-8");
	assert_string_equal(draft_line_fault(STR("a\x7f")), "has a control character");
	assert_string_equal(draft_word_fault((struct str){big, 1025}), "is too long");
	assert_err(c, draft_target_make(c, STR("email"), STR("  "), INSTANT_NONE, &t), ERR_INVALID,
	    "the identifier is empty");
	assert_err(c,
	    draft_target_make(c, STR("account"), (struct str){big, 1025}, INSTANT_NONE, &t),
	    ERR_INVALID, "the identifier is longer than 1024 bytes");
	/* a kind that there is not is refused also where the identifier is a wildcard */
	assert_err(c, draft_target_make(c, STR("mail"), STR("*@e.net"), INSTANT_NONE, &t),
	    ERR_INVALID, "the kind is none of");
	ctx_close(&c);
}

static void test_any_bytes(void **state)
{
	static const unsigned char bytes[] = {
	    0, 1, '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'a', 0xc3, 0xff};
	struct ctx *c = test_ctx();
	size_t n = sizeof sample - 1;
	struct draft d;

	(void)state;
	for (size_t i = 0; i <= n; i++) {
		char text[sizeof sample];

		memcpy(text, sample, n);
		if (i < n)
			assert_int_not_equal(
			    draft_json_parse(c, "d", (struct str){text, i}, &d), 0);
		err_clear(c);
		for (size_t k = 0; k < sizeof bytes && i < n; k++) {
			struct mem_mark mark = mem_mark(c);

			text[i] = (char)bytes[k];
			if (draft_json_parse(c, "d", (struct str){text, n}, &d) == 0)
				(void)json_str(c, draft_json(c, &d));
			err_clear(c);
			mem_reset(c, mark);
		}
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sample),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_parts),
	    cmocka_unit_test(test_shapes),
	    cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
