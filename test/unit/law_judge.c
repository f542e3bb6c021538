#include "check.h"

#include "law/judge.h"

#define F(id, type) "  - id: " id "\n    type: " type "\n    en: E\n    de: D\n"
#define FIELD(id, fold) "  - id: " id "\n    en: E\n    de: D\n    fold: " fold "\n"
#define CODE(id) "  - id: " id "\n    en: E\n    de: D\n"
#define VOCABULARY                                                                                 \
	"facts:\n" F("authority.country", "text\n    plain: yes")                                  \
	    F("order.instrument", "text\n    plain: yes") F("order.class", "one") F(               \
		"order.basis", "one") F("order.signed", "yesno") F("order.sealed", "yesno")        \
		F("order.offence", "text") F("order.years", "number") F("order.places", "set") F(  \
		    "order.issued", "day") F("order.expires", "day") F("order.confirmed", "yesno") \
		    F("order.confirmed_at", "instant") F("order.cleared", "yesno") F(              \
			"order.issuer", "one\n    values: judge police")                           \
			F("demand.received", "instant") F("item.field", "text\n    plain: yes") F( \
			    "item.category", "text\n    plain: yes") F("item.fold", "one")         \
			    F("target.specific", "yesno") "fields:\n" FIELD("name", "noncontent")  \
				FIELD("body", "content")                                           \
				    FIELD("key", "key") "codes:\n" CODE("wrong_instrument")        \
					CODE("over_broad") CODE("not_authentic") CODE("needs_mla") \
					    CODE("not_confirmed") CODE("never_produced")

#define SRC "    cite: s 1\n    mark: V\n    verified: yes\n"
#define UNVERIFIED "    cite: s 1\n    mark: M\n    verified: no\n"
#define RULE(id, scope) "  - id: " id "\n    en: E\n    de: D\n    scope: " scope "\n"
#define CATEGORY(id, fields)                                                                       \
	"  - id: " id "\n    en: E\n    de: D\n    fields: " fields "\n    cite: s\n"
#define INSTRUMENT(id, class, basis, commands)                                                     \
	"  - id: " id "\n    en: E\n    de: D\n    class: " class "\n    basis: " basis            \
								  "\n    commands: " commands      \
								  "\n    cite: s\n"
#define HEAD(id, country)                                                                          \
	"pack: " id "\nen: E\nde: D\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"    \
	"applies:\n  - authority.country is " country "\n"
/* Up to its rules: */
#define PACK                                                                                       \
	HEAD("us", "US")                                                                           \
	"categories:\n" CATEGORY("sub", "name") CATEGORY(                                          \
	    "content", "body") "instruments:\n" INSTRUMENT("WARRANT", "warrant", "order", "yes")   \
	    INSTRUMENT("SUBPOENA", "subpoena", "order", "yes")                                     \
		INSTRUMENT("FAVOUR", "emergency", "permitted", "no")                               \
		    INSTRUMENT("FREEZE", "preservation", "preservation", "yes")                    \
			INSTRUMENT("OLD", "other", "order",                                        \
			    "yes") "    valid_until: 2020-03-15\n" INSTRUMENT("BUILD",             \
			    "capability", "capability", "yes")                                     \
			    INSTRUMENT("SECRET", "national_security", "sealed", "yes") "rules:\n"
#define GRANT                                                                                      \
	RULE("G-WARRANT", "item")                                                                  \
	"    when:\n      - order.instrument is WARRANT FAVOUR FREEZE OLD BUILD SECRET\n"          \
	"    require:\n      - item.category is sub content\n    grants: yes\n    code: "          \
	"wrong_instrument\n" SRC RULE(                                                             \
	    "G-SUBPOENA", "item") "    when:\n      - order.instrument is SUBPOENA\n"              \
				  "    require:\n      - item.category is sub\n    grants: yes\n " \
				  "   code: wrong_instrument\n" SRC
#define HOUSE                                                                                      \
	"pack: h\nen: E\nde: D\nlayer: house\njurisdiction: house\ntext_date: "                    \
	"2026-01-01\nrules:\n"

struct bench {
	struct ctx *c;
	const struct law *law;
	struct facts items[4];
	struct judge_input in;
	struct judgment j;
};

static void bench_open(struct bench *b, const char *pack, const char *other)
{
	struct law_file files[] = {{"vocabulary.yaml", STR(VOCABULARY)}, {"us.yaml", str_of(pack)},
	    {"other.yaml", str_of(other)},
	    {"calendar/c.yaml", STR("name: c\ncitation: s\nverified: yes\nrules:\n"
				    "  - name: N\n    name_de: N\n    fixed: 01-01\n")}};

	*b = (struct bench){.c = test_ctx()};
	if (other == NULL)
		files[2].name = "none.case.yaml";
	assert_ok(b->c, pack_load(b->c, files, 4, &b->law));
	b->in.items = b->items;
	assert_ok(b->c, day_parse(b->c, STR("2026-01-15"), &b->in.received));
	b->in.now = instant_at(b->in.received, 0);
}

static void order(struct bench *b, const char *name, const char *value)
{
	fact_set(b->c, &b->in.order, str_of(name), str_of(value));
}

static void item(struct bench *b, const char *field)
{
	fact_set(b->c, &b->items[b->in.n_items++], STR("item.field"), str_of(field));
}

static void same_finding(const struct finding *a, const struct finding *b)
{
	assert_int_equal(a->item, b->item);
	assert_true(str_eq(a->rule, b->rule) && str_eq(a->pack, b->pack));
	assert_true(str_eq(a->code, b->code) && str_eq(a->missing, b->missing));
	assert_int_equal(a->verdict, b->verdict);
	assert_true(a->grants == b->grants && a->house == b->house && a->verified == b->verified);
	assert_non_null(a->why);
	assert_null(b->why);
}

/* Without explanations the same is found. */
static void judge_brief(struct bench *b)
{
	struct judge_input in = b->in;
	struct judgment j;

	in.brief = true;
	assert_ok(b->c, judge_order(b->c, b->law, &in, &j));
	assert_int_equal(j.n_findings, b->j.n_findings);
	for (size_t i = 0; i < j.n_findings; i++)
		same_finding(&b->j.findings[i], &j.findings[i]);
	for (size_t i = 0; i < in.n_items; i++) {
		assert_int_equal(j.items[i], b->j.items[i]);
		assert_true(str_eq(j.item_codes[i], b->j.item_codes[i]));
		assert_true(str_eq(j.item_category[i], b->j.item_category[i]));
	}
	assert_int_equal(j.n_clocks, b->j.n_clocks);
	assert_int_equal(j.n_bars, b->j.n_bars);
	assert_int_equal(j.earliest.s, b->j.earliest.s);
}

static void judge(struct bench *b)
{
	assert_ok(b->c, judge_order(b->c, b->law, &b->in, &b->j));
	judge_brief(b);
}

static const struct finding *finding(const struct bench *b, const char *rule, int at)
{
	for (size_t i = 0; i < b->j.n_findings; i++)
		if (str_is(b->j.findings[i].rule, rule) && b->j.findings[i].item == at)
			return &b->j.findings[i];
	return NULL;
}

/* "n/a" when there is no such finding. */
static const char *verdict(const struct bench *b, const char *rule, int at)
{
	const struct finding *f = finding(b, rule, at);

	return f == NULL ? "n/a" : judge_verdict_name(f->verdict);
}

static void item_is(const struct bench *b, int at, const char *want, const char *code)
{
	assert_string_equal(judge_verdict_name(b->j.items[at]), want);
	assert_str(b->j.item_codes[at], code);
}

/* ---- rules ----------------------------------------------------------------------------------- */

static void when_decides_first(void **state)
{
	const char *pack = PACK RULE("R", "order") "    when:\n      - order.signed is yes\n"
						   "    require:\n      - order.sealed is yes\n    "
						   "on_fail: counsel\n    code: over_broad\n" SRC;
	static const struct {
		const char *is_signed, *is_sealed, *want, *missing;
	} rows[] = {
	    {"no", "", "n/a", ""},
	    {"no", "no", "n/a", ""},
	    {"", "no", "ask", "order.signed"},
	    {"", "yes", "ask", "order.signed"},
	    {"yes", "", "ask", "order.sealed"},
	    {"yes", "yes", "pass", ""},
	    {"yes", "no", "counsel", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct bench b;

		bench_open(&b, pack, NULL);
		order(&b, "authority.country", "US");
		order(&b, "order.signed", rows[i].is_signed);
		order(&b, "order.sealed", rows[i].is_sealed);
		judge(&b);
		assert_string_equal(verdict(&b, "R", JUDGE_ORDER), rows[i].want);
		if (finding(&b, "R", JUDGE_ORDER) != NULL)
			assert_str(finding(&b, "R", JUDGE_ORDER)->missing, rows[i].missing);
		ctx_close(&b.c);
	}
}

static void an_unverified_rule_can_only_ask(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    PACK RULE("R", "order") "    require:\n      - order.signed is yes\n    code: "
				    "over_broad\n" UNVERIFIED RULE(
					"G", "item") "    when:\n      - order.instrument is "
						     "WARRANT\n    grants: yes\n" UNVERIFIED,
	    NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "WARRANT");
	order(&b, "order.signed", "no");
	item(&b, "name");
	judge(&b);
	assert_string_equal(verdict(&b, "R", JUDGE_ORDER), "ask");
	assert_false(finding(&b, "R", JUDGE_ORDER)->verified);
	assert_string_equal(verdict(&b, "G", 0), "pass");
	assert_false(finding(&b, "G", 0)->grants);
	assert_string_equal(verdict(&b, "writ.granted", 0), "fail");
	item_is(&b, 0, "fail", "wrong_instrument");
	ctx_close(&b.c);
}

static void what_no_rule_grants_is_refused(void **state)
{
	struct bench b;
	const struct json *could;

	(void)state;
	bench_open(&b, PACK GRANT, NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "SUBPOENA");
	item(&b, "name");
	item(&b, "body");
	item(&b, "key"); /* in no category of the pack */
	judge(&b);
	item_is(&b, 0, "pass", "");
	assert_null(finding(&b, "writ.granted", 0));
	assert_true(finding(&b, "G-SUBPOENA", 0)->grants);
	item_is(&b, 1, "fail", "wrong_instrument");
	assert_string_equal(verdict(&b, "G-SUBPOENA", 1), "fail");
	could = json_find(finding(&b, "writ.granted", 1)->why, "children");
	assert_int_equal(
	    could->n, 1); /* a subpoena never reaches a body, whatever the order says */
	assert_str(json_text(could->at[0], "rule"), "G-WARRANT");
	assert_str(json_text(could->at[0], "verdict"), "n/a");
	item_is(&b, 2, "counsel", "never_produced"); /* keys: counsel's, and granted by nobody */
	assert_string_equal(verdict(&b, "G-SUBPOENA", 2), "n/a");
	assert_int_equal(json_find(finding(&b, "writ.granted", 2)->why, "children")->n, 0);
	assert_str(b.j.item_category[0], "sub");
	assert_str(b.j.item_category[1], "content");
	assert_str(b.j.item_category[2], "");
	ctx_close(&b.c);
}

static void a_pack_grants_no_field_it_does_not_know(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    PACK RULE("G",
		"item") "    when:\n      - order.instrument is WARRANT\n    grants: yes\n" SRC,
	    NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "WARRANT");
	item(&b, "key");
	fact_set(b.c, &b.items[0], STR("item.category"),
	    STR("sub")); /* what the input claims counts nothing */
	judge(&b);
	assert_string_equal(verdict(&b, "G", 0), "pass");
	assert_false(finding(&b, "G", 0)->grants);
	item_is(&b, 0, "counsel", "never_produced");
	ctx_close(&b.c);
}

static void only_orders_and_permitted_bases_grant(void **state)
{
	static const struct {
		const char *instrument, *want;
	} rows[] = {{"WARRANT", "pass"}, {"FAVOUR", "pass"}, {"FREEZE", "fail"}, {"BUILD", "fail"},
	    {"SECRET", "fail"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct bench b;

		bench_open(&b, PACK GRANT, NULL);
		order(&b, "authority.country", "US");
		order(&b, "order.instrument", rows[i].instrument);
		item(&b, "name");
		judge(&b);
		item_is(&b, 0, rows[i].want,
		    strcmp(rows[i].want, "pass") == 0 ? "" : "wrong_instrument");
		ctx_close(&b.c);
	}
}

static void the_worst_finding_decides(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    PACK GRANT RULE("ORDER",
		"order") "    require:\n      - order.signed is yes\n    code: not_authentic\n" SRC
		RULE("ITEM", "item") "    require:\n      - target.specific is yes\n    on_fail: "
				     "counsel\n    code: over_broad\n" SRC,
	    NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "WARRANT");
	item(&b, "name");
	item(&b, "body");
	fact_set(b.c, &b.items[0], STR("target.specific"), STR("no"));
	fact_set(b.c, &b.items[1], STR("target.specific"), STR("yes"));
	judge(&b); /* order.signed is not known */
	item_is(&b, 0, "counsel", "over_broad");
	item_is(&b, 1, "ask", "not_authentic");
	order(&b, "order.signed", "no");
	judge(&b);
	item_is(&b, 0, "fail", "not_authentic");
	item_is(&b, 1, "fail", "not_authentic");
	order(&b, "order.signed", "yes");
	judge(&b);
	item_is(&b, 0, "counsel", "over_broad");
	item_is(&b, 1, "pass", "");
	ctx_close(&b.c);
}

static void rules_have_their_days(void **state)
{
	static const struct {
		const char *day, *want, *grant;
	} rows[] = {
	    {"2019-12-31", "n/a", "fail"},
	    {"2020-01-01", "pass", "pass"},
	    {"2020-03-15", "pass", "pass"},
	    {"2020-03-16", "pass", "fail"}, /* the instrument is gone */
	    {"2020-06-30", "pass", "fail"},
	    {"2020-07-01", "n/a", "fail"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct bench b;

		bench_open(&b,
		    PACK RULE("R",
			"item") "    require:\n      - item.category is sub\n    grants: yes\n    "
				"code: over_broad\n"
				"    valid_from: 2020-01-01\n    valid_until: 2020-06-30\n" SRC,
		    NULL);
		order(&b, "authority.country", "US");
		order(&b, "order.instrument", "OLD");
		item(&b, "name");
		assert_ok(b.c, day_parse(b.c, str_of(rows[i].day), &b.in.received));
		judge(&b);
		assert_string_equal(verdict(&b, "R", 0), rows[i].want);
		assert_string_equal(judge_verdict_name(b.j.items[0]), rows[i].grant);
		ctx_close(&b.c);
	}
}

/* ---- Writ's own findings ---- */

static void no_law_no_answer(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, PACK GRANT, NULL);
	order(&b, "authority.country", "FR");
	order(&b, "order.instrument", "WARRANT");
	item(&b, "name");
	judge(&b);
	assert_string_equal(verdict(&b, "writ.jurisdiction", JUDGE_ORDER), "ask");
	assert_str(finding(&b, "writ.jurisdiction", JUDGE_ORDER)->code, "needs_mla");
	assert_string_equal(verdict(&b, "writ.instrument", JUDGE_ORDER), "n/a");
	assert_string_equal(verdict(&b, "G-WARRANT", 0), "n/a");
	item_is(&b, 0, "fail", "needs_mla");
	order(&b, "authority.country", "");
	judge(&b);
	assert_str(finding(&b, "writ.jurisdiction", JUDGE_ORDER)->missing, "authority.country");
	item_is(&b, 0, "fail", "needs_mla");
	order(&b, "authority.country", "US");
	judge(&b);
	assert_string_equal(verdict(&b, "writ.jurisdiction", JUDGE_ORDER), "n/a");
	item_is(&b, 0, "pass", "");
	ctx_close(&b.c);
}

static void an_undecided_pack_is_a_question(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, PACK GRANT,
	    "pack: more\nen: E\nde: D\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"
	    "applies:\n  - order.signed is yes\n");
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "WARRANT");
	item(&b, "name");
	judge(&b);
	assert_str(finding(&b, "writ.jurisdiction", JUDGE_ORDER)->missing, "order.signed");
	item_is(&b, 0, "ask", "");
	order(&b, "order.signed", "no");
	judge(&b);
	item_is(&b, 0, "pass", "");
	ctx_close(&b.c);
}

static void the_instrument_must_be_of_that_law(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, PACK GRANT,
	    HEAD("de", "DE") "instruments:\n" INSTRUMENT(
		"BESCHLUSS", "court_order", "order", "yes"));
	order(&b, "authority.country", "US");
	item(&b, "name");
	judge(&b);
	assert_string_equal(verdict(&b, "writ.instrument", JUDGE_ORDER), "ask");
	assert_str(finding(&b, "writ.instrument", JUDGE_ORDER)->missing, "order.instrument");
	order(&b, "order.instrument", "BESCHLUSS");
	judge(&b);
	assert_string_equal(verdict(&b, "writ.instrument", JUDGE_ORDER), "fail");
	item_is(&b, 0, "fail", "wrong_instrument");
	order(&b, "order.instrument", "SCROLL");
	judge(&b);
	assert_string_equal(verdict(&b, "writ.instrument", JUDGE_ORDER), "fail");
	order(&b, "order.instrument", "OLD"); /* abolished before the day of receipt */
	judge(&b);
	assert_string_equal(verdict(&b, "writ.instrument", JUDGE_ORDER), "fail");
	ctx_close(&b.c);
}

static void class_and_basis_are_the_instruments(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    PACK RULE("CLASS", "order") "    require:\n      - order.class is warrant\n      - "
					"order.basis is order\n"
					"    code: over_broad\n" SRC RULE("FOLD",
					    "item") "    require:\n      - item.fold is content\n"
						    "    code: over_broad\n" SRC,
	    NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "FAVOUR");
	order(&b, "order.class", "warrant"); /* claimed, but the instrument says otherwise */
	order(&b, "order.basis", "order");
	item(&b, "body");
	item(&b, "name");
	fact_set(b.c, &b.items[1], STR("item.fold"), STR("content"));
	judge(&b);
	assert_string_equal(verdict(&b, "CLASS", JUDGE_ORDER), "fail");
	assert_string_equal(verdict(&b, "FOLD", 0), "pass");
	assert_string_equal(verdict(&b, "FOLD", 1), "fail");
	order(&b, "order.instrument", "WARRANT");
	judge(&b);
	assert_string_equal(verdict(&b, "CLASS", JUDGE_ORDER), "pass");
	order(&b, "order.instrument", "SCROLL");
	judge(&b);
	assert_string_equal(verdict(&b, "CLASS", JUDGE_ORDER), "ask");
	ctx_close(&b.c);
}

/* ---- the house layer ---- */

static void the_house_is_only_stricter(void **state)
{
	static const struct {
		const char *instrument, *is_signed, *order_rule, *item_rule, *never;
	} rows[] = {
	    {"WARRANT", "yes", "counsel", "counsel", "fail"}, /* the law commands */
	    {"FAVOUR", "yes", "fail", "fail", "fail"},        /* the law only permits */
	    {"SUBPOENA", "yes", "counsel", "fail",
		"fail"},                               /* commands, but does not reach the item */
	    {"WARRANT", "no", "fail", "fail", "fail"}, /* the statute layer fails */
	    {"WARRANT", "", "fail", "fail", "fail"},   /* the statute layer asks */
	    {"FREEZE", "yes", "counsel", "fail", "fail"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct bench b;

		bench_open(&b,
		    PACK GRANT RULE("S", "order") "    require:\n      - order.signed is yes\n    "
						  "code: not_authentic\n" SRC,
		    HOUSE RULE("H-ORDER",
			"order") "    require:\n      - order.issuer is judge\n    code: "
				 "over_broad\n" SRC RULE("H-ITEM",
				     "item") "    require:\n      - item.fold is noncontent\n    "
					     "code: never_produced\n" SRC RULE("H-NEVER",
						 "item") "    require:\n      - target.specific is "
							 "yes\n    never: yes\n    code: "
							 "over_broad\n" SRC);
		order(&b, "authority.country", "US");
		order(&b, "order.instrument", rows[i].instrument);
		order(&b, "order.signed", rows[i].is_signed);
		order(&b, "order.issuer", "police");
		item(&b, "body");
		fact_set(b.c, &b.items[0], STR("target.specific"), STR("no"));
		judge(&b);
		assert_string_equal(verdict(&b, "H-ORDER", JUDGE_ORDER), rows[i].order_rule);
		assert_string_equal(verdict(&b, "H-ITEM", 0), rows[i].item_rule);
		assert_string_equal(verdict(&b, "H-NEVER", 0), rows[i].never);
		assert_true(finding(&b, "H-ITEM", 0)->house);
		assert_str(json_text(finding(&b, "H-ITEM", 0)->why, "verdict"), rows[i].item_rule);
		assert_string_equal(judge_verdict_name(b.j.items[0]), "fail");
		fact_set(b.c, &b.items[0], STR("target.specific"), STR("yes"));
		judge(&b);
		if (i == 0)
			item_is(&b, 0, "counsel", "over_broad");
		ctx_close(&b.c);
	}
}

static void the_house_grants_nothing_by_passing(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, PACK GRANT,
	    HOUSE RULE("H",
		"item") "    require:\n      - item.fold is content\n    code: over_broad\n" SRC);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "SUBPOENA");
	item(&b, "body");
	judge(&b);
	assert_string_equal(verdict(&b, "H", 0), "pass");
	item_is(&b, 0, "fail", "wrong_instrument");
	ctx_close(&b.c);
}

/* ---- explanations ---- */

static void the_why_is_a_tree_without_personal_data(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b,
	    PACK RULE("R",
		"order") "    when:\n      - authority.country is US\n    require:\n      - any:\n"
			 "          - order.offence is theft\n          - order.years at least 3\n"
			 "          - order.signed is yes\n    code: over_broad\n" SRC,
	    NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.offence", "murder of Erika Mustermann");
	order(&b, "order.years", "2");
	judge(&b);
	assert_str(json_str(b.c, finding(&b, "R", JUDGE_ORDER)->why),
	    "{\"children\":[{\"children\":[{\"children\":[],\"cond\":\"authority.country is US\","
	    "\"facts\":{\"authority.country\":\"US\"},\"value\":\"yes\"}],\"cond\":\"when\","
	    "\"facts\":{},"
	    "\"value\":\"yes\"},{\"children\":[{\"children\":["
	    "{\"children\":[],\"cond\":\"order.offence is "
	    "theft\",\"facts\":{\"order.offence\":\"given\"},\"value\":\"no\"},"
	    "{\"children\":[],\"cond\":\"order.years at least "
	    "3\",\"facts\":{\"order.years\":\"2\"},\"value\":\"no\"},"
	    "{\"children\":[],\"cond\":\"order.signed is "
	    "yes\",\"facts\":{\"order.signed\":null},\"value\":\"unknown\"}],"
	    "\"cond\":\"any\",\"facts\":{},\"value\":\"unknown\"}],\"cond\":\"require\",\"facts\":{"
	    "},\"value\":\"unknown\"}],"
	    "\"facts\":{\"authority.country\":\"US\",\"order.offence\":\"given\",\"order.signed\":"
	    "null,\"order.years\":\"2\"},"
	    "\"rule\":\"R\",\"verdict\":\"ask\"}");
	ctx_close(&b.c);
}

static void bad_input_is_refused_without_quoting_it(void **state)
{
	struct bench b;
	struct judgment j;

	(void)state;
	bench_open(&b, PACK GRANT, NULL);
	order(&b, "order.signed", "perhaps");
	assert_err(b.c, judge_order(b.c, b.law, &b.in, &j), ERR_INVALID,
	    "fact order.signed takes yes or no");
	order(&b, "order.signed", "");
	order(&b, "order.unheard", "x");
	assert_err(b.c, judge_order(b.c, b.law, &b.in, &j), ERR_INVALID,
	    "order.unheard is not in the vocabulary");
	order(&b, "order.unheard", "");
	order(&b, "item.field", "name");
	assert_err(b.c, judge_order(b.c, b.law, &b.in, &j), ERR_INVALID, "belongs to an item");
	order(&b, "item.field", "");
	item(&b, "name");
	item(&b, "soul");
	assert_err(b.c, judge_order(b.c, b.law, &b.in, &j), ERR_INVALID,
	    "item 2: fact item.field takes a field");
	fact_set(b.c, &b.items[1], STR("item.field"), STR(""));
	fact_set(b.c, &b.items[1], STR("order.signed"), STR("yes"));
	assert_err(b.c, judge_order(b.c, b.law, &b.in, &j), ERR_INVALID,
	    "item 2: fact order.signed belongs to the order");
	b.in.n_items = 1;
	b.in.now = INSTANT_NONE;
	assert_err(b.c, judge_order(b.c, b.law, &b.in, &j), ERR_INVALID, "present instant");
	ctx_close(&b.c);
}

static void an_item_without_a_field_is_never_granted(void **state)
{
	struct bench b;

	(void)state;
	bench_open(&b, PACK GRANT, NULL);
	order(&b, "authority.country", "US");
	order(&b, "order.instrument", "WARRANT");
	b.in.n_items = 1;
	judge(&b);
	item_is(&b, 0, "fail", "wrong_instrument");
	ctx_close(&b.c);
}

static void the_same_facts_give_the_same_bytes(void **state)
{
	struct buf out[2];
	struct bench b[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		bench_open(&b[i], PACK GRANT,
		    HOUSE RULE("H", "order") "    require:\n      - order.signed is yes\n    code: "
					     "over_broad\n" SRC);
		order(&b[i], i == 0 ? "authority.country" : "order.instrument",
		    i == 0 ? "US" : "SUBPOENA");
		order(&b[i], i == 1 ? "authority.country" : "order.instrument",
		    i == 1 ? "US" : "SUBPOENA");
		item(&b[i], "body");
		judge(&b[i]);
		out[i] = buf_init(b[i].c, 1 << 20);
		for (size_t k = 0; k < b[i].j.n_findings; k++)
			json_put(&out[i], b[i].j.findings[k].why);
	}
	assert_true(buf_str(&out[0]).n > 100);
	assert_true(str_eq(buf_str(&out[0]), buf_str(&out[1])));
	ctx_close(&b[0].c);
	ctx_close(&b[1].c);
}

static int zone_set(void **state)
{
	struct ctx *c = test_ctx();
	int rc = day_zone(c, "Europe/Berlin");

	(void)state;
	ctx_close(&c);
	return rc;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(when_decides_first),
	    cmocka_unit_test(an_unverified_rule_can_only_ask),
	    cmocka_unit_test(what_no_rule_grants_is_refused),
	    cmocka_unit_test(a_pack_grants_no_field_it_does_not_know),
	    cmocka_unit_test(only_orders_and_permitted_bases_grant),
	    cmocka_unit_test(the_worst_finding_decides),
	    cmocka_unit_test(rules_have_their_days),
	    cmocka_unit_test(no_law_no_answer),
	    cmocka_unit_test(an_undecided_pack_is_a_question),
	    cmocka_unit_test(the_instrument_must_be_of_that_law),
	    cmocka_unit_test(class_and_basis_are_the_instruments),
	    cmocka_unit_test(the_house_is_only_stricter),
	    cmocka_unit_test(the_house_grants_nothing_by_passing),
	    cmocka_unit_test(the_why_is_a_tree_without_personal_data),
	    cmocka_unit_test(bad_input_is_refused_without_quoting_it),
	    cmocka_unit_test(an_item_without_a_field_is_never_granted),
	    cmocka_unit_test(the_same_facts_give_the_same_bytes),
	};

	return cmocka_run_group_tests(tests, zone_set, NULL);
}
