#include "check.h"

#include "kind/day.h"
#include "law/cases.h"

#define F(id, type) "  - id: " id "\n    type: " type "\n    en: E\n    de: D\n"
#define VOCABULARY                                                                                 \
	"facts:\n" F("authority.country", "text") F("order.instrument", "text") F(                 \
	    "order.signed", "yesno") F("order.confirmed", "yesno") F("demand.received", "instant") \
	    F("item.field", "text") F("item.category", "text") F("item.length", "number")          \
		F("target.specific",                                                               \
		    "yesno") "fields:\n  - id: name\n    en: E\n    de: D\n    fold: noncontent\n" \
			     "  - id: body\n    en: E\n    de: D\n    fold: content\n"             \
			     "codes:\n  - id: wrong_instrument\n    en: E\n    de: D\n"
#define SRC "    cite: s 1\n    mark: V\n    verified: yes\n"
#define PACK                                                                                       \
	"pack: us\nen: E\nde: D\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"        \
	"applies:\n  - authority.country is US\n"                                                  \
	"categories:\n  - id: sub\n    en: E\n    de: D\n    fields: name\n    cite: s\n"          \
	"instruments:\n  - id: W\n    en: E\n    de: D\n    class: warrant\n    basis: order\n   " \
	" commands: yes\n    cite: s\n"                                                            \
	"rules:\n  - id: R\n    en: E\n    de: D\n    scope: item\n    require:\n      - "         \
	"item.category is sub\n"                                                                   \
	"    grants: yes\n    code: wrong_instrument\n" SRC
#define HOUSE                                                                                      \
	"pack: h\nen: E\nde: D\nlayer: house\njurisdiction: house\ntext_date: 2026-01-01\n"        \
	"rules:\n  - id: H\n    en: E\n    de: D\n    scope: order\n    require:\n      - "        \
	"order.signed is yes\n"                                                                    \
	"    code: wrong_instrument\n" SRC                                                         \
	"clocks:\n  - id: C\n    en: E\n    de: D\n    when:\n      - order.signed is yes\n    "   \
	"act: confirm\n"                                                                           \
	"    from: demand.received\n    latest: 48 hours\n    stops_at: order.confirmed\n" SRC     \
	"bars:\n  - id: B\n    en: E\n    de: D\n    when:\n      - order.signed is yes\n    "     \
	"bars: user\n" SRC
#define CASES(pack) "pack: " pack "\ncases:\n"
#define CASE(name) "  - name: " name "\n    day: 2026-01-15\n"
#define FACTS "    facts:\n      authority.country: US\n      order.instrument: W\n"

struct bench {
	struct ctx *c;
	struct cases_result result;
	struct str out;
};

static int run(struct bench *b, const char *cases)
{
	const struct law_file files[] = {{"vocabulary.yaml", STR(VOCABULARY)},
	    {"x/us.yaml", STR(PACK)}, {"x/h.yaml", STR(HOUSE)}, {"x/us.case.yaml", str_of(cases)}};
	const struct law *law;
	struct buf out;
	int rc;

	*b = (struct bench){.c = test_ctx()};
	assert_ok(b->c, pack_load(b->c, files, 4, &law));
	out = buf_init(b->c, 1 << 16);
	rc = cases_run(b->c, law, files, 4, &out, &b->result);
	b->out = buf_str(&out);
	return rc;
}

/* The cases run, `failed` of them fail, and the report says this. */
static void comes_out(const char *cases, size_t passed, size_t failed, const char *part)
{
	struct bench b;

	assert_ok(b.c, run(&b, cases));
	if (b.result.passed != passed || b.result.failed != failed || strstr(b.out.p, part) == NULL)
		fail_msg("%zu passed, %zu failed\n%s", b.result.passed, b.result.failed, b.out.p);
	assert_int_equal(b.result.cases, passed + failed);
	ctx_close(&b.c);
}

static void refused(const char *cases, const char *place)
{
	struct bench b;
	int rc = run(&b, cases);

	if (rc != ERR_INVALID || strncmp(err_text(b.c), place, strlen(place)) != 0)
		fail_msg("%d: %s, want %s", rc, err_text(b.c), place);
	ctx_close(&b.c);
}

static void verdicts_are_compared(void **state)
{
	const char *good = CASES("us") CASE("one") FACTS
	    "    items:\n      - name: n\n        field: name\n        verdict: pass\n        "
	    "category: sub\n"
	    "      - name: b\n        field: body\n        verdict: fail\n        code: "
	    "wrong_instrument\n"
	    "    expect:\n      - rule: R\n        item: n\n        verdict: pass\n"
	    "      - rule: writ.granted\n        item: b\n        verdict: fail\n"
	    "      - rule: R\n        item: b\n        verdict: n/a\n";

	(void)state;
	comes_out(good, 1, 0, "");
	comes_out(CASES("us") CASE("bad item") FACTS
	    "    items:\n      - name: n\n        field: name\n        verdict: fail\n",
	    0, 1, "x/us.case.yaml:9: case \"bad item\": item \"n\" is pass, expected fail\n");
	comes_out(CASES("us") CASE("bad code") FACTS
	    "    items:\n      - name: b\n        field: body\n        code: other\n",
	    0, 1, "code is \"wrong_instrument\", expected \"other\"");
	comes_out(CASES("us") CASE("bad category") FACTS
	    "    items:\n      - name: n\n        field: name\n        category: x\n",
	    0, 1, "category is \"sub\", expected \"x\"");
	comes_out(CASES("us") CASE("bad rule") FACTS
	    "    items:\n      - name: n\n        field: name\n    expect:\n      - rule: R\n      "
	    "  item: n\n        verdict: ask\n",
	    0, 1, "rule R is pass, expected ask");
	comes_out(CASES("us") CASE("bad absence") FACTS
	    "    items:\n      - name: n\n        field: name\n    expect:\n      - rule: R\n      "
	    "  verdict: n/a\n",
	    0, 1, "rule R is pass, expected n/a");
	comes_out(CASES("us") CASE("house is not in force") FACTS
	    "    expect:\n      - rule: H\n        verdict: ask\n",
	    0, 1, "rule H is n/a, expected ask");
	comes_out(CASES("us") CASE("bad missing") FACTS
	    "    with: h\n    expect:\n      - rule: H\n        verdict: ask\n        missing: "
	    "order.confirmed\n",
	    0, 1, "missing is \"order.signed\", expected \"order.confirmed\"");
}

static void other_packs_come_by_name(void **state)
{
	(void)state;
	comes_out(CASES("us") CASE("words") "    with: h\n" FACTS
					    "    expect:\n      - rule: H\n        verdict: ask\n  "
					    "      missing: order.signed\n",
	    1, 0, "");
	comes_out(CASES("us") CASE("list") "    with:\n      - h\n      - us\n" FACTS
					   "    expect:\n      - rule: H\n        verdict: ask\n",
	    1, 0, "");
}

static void clocks_and_bars_are_compared(void **state)
{
#define SIGNED "    facts:\n      order.signed: yes\n      demand.received: 2026-01-15T09:00:00Z\n"
	(void)state;
	comes_out(CASES("h") CASE("day") SIGNED
	    "    clocks:\n      - id: C\n        latest: 2026-01-17\n        earliest: none\n      "
	    "  stopped: no\n"
	    "    bars:\n      - id: B\n        bars: user\n        until: none\n" CASE("instant")
		SIGNED "    clocks:\n      - id: C\n        latest: 2026-01-17T10:00:00+01:00\n",
	    2, 0, "");
	comes_out(CASES("h") CASE("wrong day") SIGNED
	    "    clocks:\n      - id: C\n        latest: 2026-01-18\n",
	    0, 1, "C: latest is 2026-01-17T09:00:00Z, expected 2026-01-18");
	comes_out(CASES("h") CASE("wrong instant") SIGNED
	    "    clocks:\n      - id: C\n        latest: 2026-01-17T09:00:01Z\n",
	    0, 1, "C: latest is");
	comes_out(CASES("h") CASE("no clock") "    facts:\n      order.signed: no\n    clocks:\n   "
					      "   - id: C\n    bars:\n      - id: B\n",
	    0, 1,
	    "clock C did not start\nx/us.case.yaml:10: case \"no clock\": bar B does not hold\n");
	comes_out(CASES("h") CASE("unknown is not started") "    facts:\n      authority.country: "
							    "US\n    clocks:\n      - id: C\n",
	    0, 1, "clock C did not start");
	comes_out(CASES("h") CASE("not") "    facts:\n      order.signed: no\n    not:\n      - "
					 "id: C\n      - id: B\n",
	    1, 0, "");
	comes_out(CASES("h") CASE("not wrong") SIGNED "    not:\n      - id: B\n", 0, 1,
	    "B is there, expected not");
	comes_out(CASES("h") CASE("in time") SIGNED
	    "    now: 2026-01-17T09:00:00Z\n    not:\n      - id: writ.instrument\n" CASE("run out")
		SIGNED "    now: 2026-01-17T09:00:01Z\n    expect:\n      - rule: C\n        "
		       "verdict: fail\n        code: not_confirmed\n",
	    2, 0, "");
}

static void every_sentence_needs_both_kinds(void **state)
{
	struct bench b;

	(void)state;
	assert_ok(b.c, run(&b, CASES("us") CASE("one") FACTS
			   "    items:\n      - name: n\n        field: name\n"));
	assert_int_equal(b.result.uncovered, 4);
	assert_non_null(strstr(b.out.p, "x/us.yaml:24: rule R: no case is refused by it\n"));
	assert_non_null(strstr(b.out.p, "rule H: no case passes it; no case is refused by it\n"));
	assert_non_null(
	    strstr(b.out.p, "clock C: no case starts it; no case expects it under not:\n"));
	assert_non_null(
	    strstr(b.out.p, "bar B: no case starts it; no case expects it under not:\n"));
	ctx_close(&b.c);
	assert_ok(
	    b.c, run(&b, CASES("h") CASE("yes") SIGNED CASE(
			     "no") "    facts:\n      order.signed: no\n    not:\n      - id: C\n"
				   "      - id: B\n"));
	assert_int_equal(b.result.uncovered, 1); /* R */
	assert_null(strstr(b.out.p, " H:"));
	ctx_close(&b.c);
	/* what may start has not started */
	assert_ok(
	    b.c, run(&b, CASES("h") CASE("unknown") "    facts:\n      authority.country: US\n"));
	assert_non_null(strstr(b.out.p, "clock C: no case starts it;"));
	assert_non_null(strstr(b.out.p, "bar B: no case starts it;"));
	ctx_close(&b.c);
	/* a case of a pack that is not in force reaches nothing of it */
	assert_ok(b.c, run(&b, CASES("us") CASE("no") "    facts:\n      order.signed: no\n"));
	assert_int_equal(b.result.uncovered, 4);
	ctx_close(&b.c);
}

static void items_take_facts(void **state)
{
	(void)state;
	comes_out(CASES("us") CASE("three ways") FACTS
	    "    items:\n      - name: n\n        field: name\n        length: 3\n        "
	    "target.specific: yes\n        verdict: pass\n"
	    "      - name: m\n        facts:\n          item.field: name\n          item.length: "
	    "4\n        verdict: pass\n",
	    1, 0, "");
}

static void files_are_refused_with_their_place(void **state)
{
	(void)state;
	refused("cases:\n  - name: x\n", "x/us.case.yaml:1:1: ");
	refused(CASES("mars") CASE("x"), "x/us.case.yaml:1:7: ");
	refused("pack: us\ncase:\n  - name: x\n", "x/us.case.yaml:2:1: ");
	refused(CASES("us") "  - day: 2026-01-15\n", "x/us.case.yaml:3:5: ");
	refused(CASES("us") "  - name: x\n", "x/us.case.yaml:3:5: ");
	refused(CASES("us") "  - name: x\n    day: 2026-02-30\n", "x/us.case.yaml:4:10: ");
	refused(CASES("us") CASE("x") "    with: mars\n", "x/us.case.yaml:5:11: ");
	refused(CASES("us") CASE("x") "    now: 2026-01-15\n", "x/us.case.yaml:5:10: ");
	refused(CASES("us") CASE("x") "    facts:\n      order.nothing: yes\n",
	    "x/us.case.yaml:6:22: ");
	refused(CASES("us") CASE("x") "    facts:\n      order.signed: perhaps\n",
	    "x/us.case.yaml:6:21: ");
	refused(
	    CASES("us") CASE("x") "    facts:\n      item.field: name\n", "x/us.case.yaml:6:19: ");
	refused(CASES("us") CASE("x") "    items:\n      - name: n\n        fields: name\n",
	    "x/us.case.yaml:7:17: ");
	refused(CASES("us") CASE("x") "    items:\n      - name: n\n        order.signed: yes\n",
	    "x/us.case.yaml:7:23: ");
	refused(CASES("us") CASE("x") "    items:\n      - n\n", "x/us.case.yaml:6:9: ");
	refused(
	    CASES("us") CASE(
		"x") "    items:\n      - name: n\n        field: name\n        verdict: good\n",
	    "x/us.case.yaml:8:18: ");
	refused(CASES("us") CASE("x") "    expect:\n      - rule: NONE\n        verdict: pass\n",
	    "x/us.case.yaml:6:9: ");
	refused(CASES("us") CASE("x") "    expect:\n      - rule: R\n", "x/us.case.yaml:6:9: ");
	refused(CASES("us") CASE(
		    "x") "    expect:\n      - rule: R\n        item: n\n        verdict: pass\n",
	    "x/us.case.yaml:7:15: ");
	refused(CASES("us") CASE("x") "    clocks:\n      - id: R\n", "x/us.case.yaml:6:9: ");
	refused(CASES("us") CASE("x") "    bars:\n      - id: C\n", "x/us.case.yaml:6:9: ");
	refused(CASES("us") CASE("x") "    not:\n      - id: NONE\n", "x/us.case.yaml:6:9: ");
	refused(CASES("us") CASE("x") "    clocks:\n      - id: C\n        last: 2026-01-01\n",
	    "x/us.case.yaml:7:9: ");
	refused(CASES("us") CASE("x") "    expects:\n      - rule: R\n", "x/us.case.yaml:5:5: ");
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
	    cmocka_unit_test(verdicts_are_compared),
	    cmocka_unit_test(other_packs_come_by_name),
	    cmocka_unit_test(clocks_and_bars_are_compared),
	    cmocka_unit_test(every_sentence_needs_both_kinds),
	    cmocka_unit_test(items_take_facts),
	    cmocka_unit_test(files_are_refused_with_their_place),
	};

	return cmocka_run_group_tests(tests, zone_set, NULL);
}
