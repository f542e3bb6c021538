/* Conditions: every verb, in three values, judged as what a rule requires. */
#include "check.h"

#include "law/judge.h"

#define F(id, type) "  - id: " id "\n    type: " type "\n    en: E\n    de: D\n"
#define VOCABULARY                                                                                 \
	"facts:\n" F("order.signed", "yesno") F("order.sealed", "yesno")                           \
	    F("order.years", "number") F("order.places", "set") F("order.issued", "day")           \
		F("order.expires", "day") F("order.confirmed_at", "instant")                       \
		    F("order.issuer", "one\n    values: judge police") F("order.note", "text")     \
			F("demand.received",                                                       \
			    "instant") "codes:\n  - id: over_broad\n    en: E\n    de: D\n"
#define PACK                                                                                       \
	"pack: h\nen: E\nde: D\nlayer: house\njurisdiction: house\ntext_date: "                    \
	"2026-01-01\nrules:\n"
#define RULE "  - id: R\n    en: E\n    de: D\n    scope: order\n    require:\n"
#define SRC "    code: over_broad\n    cite: s 1\n    mark: V\n    verified: yes\n"

/* The verdict of an order rule that requires the lines, over facts "name=value" separated by ";".
 */
static void requires(const char *lines, const char *facts, const char *want, const char *missing)
{
	struct ctx *c = test_ctx();
	struct law_file files[] = {{"vocabulary.yaml", STR(VOCABULARY)},
	    {"h.yaml", str_fmt(c, PACK RULE "%s" SRC, lines)}};
	struct str rest = str_of(facts), pair, name, value;
	struct judge_input in = {.now = {0}};
	const struct finding *f = NULL;
	const struct law *law;
	struct judgment j;

	assert_ok(c, pack_load(c, files, 2, &law));
	assert_ok(c, day_parse(c, STR("2026-01-15"), &in.received));
	for (bool more = rest.n > 0; more;) {
		more = str_cut(rest, ';', &pair, &rest);
		(void)str_cut(pair, '=', &name, &value);
		fact_set(c, &in.order, name, value);
	}
	assert_ok(c, judge_order(c, law, &in, &j));
	for (size_t i = 0; i < j.n_findings; i++)
		if (str_is(j.findings[i].rule, "R"))
			f = &j.findings[i];
	assert_non_null(f);
	if (strcmp(judge_verdict_name(f->verdict), want) != 0 || !str_is(f->missing, missing))
		fail_msg("%s%s: %s, missing \"%.*s\"", lines, facts, judge_verdict_name(f->verdict),
		    STR_ARG(f->missing));
	ctx_close(&c);
}

static void every_verb(void **state)
{
	static const struct {
		const char *line, *yes, *no, *asks;
	} rows[] = {
	    {"order.issuer is judge", "order.issuer=judge", "order.issuer=police", "order.issuer"},
	    {"order.issuer is not judge", "order.issuer=police", "order.issuer=judge",
		"order.issuer"},
	    {"order.signed is yes", "order.signed=yes", "order.signed=no", "order.signed"},
	    {"order.note is a b", "order.note=b", "order.note=a b", "order.note"},
	    {"order.years is 3 5", "order.years=5", "order.years=4", "order.years"},
	    {"order.years is not 3 5", "order.years=4", "order.years=3", "order.years"},
	    {"order.years at least 3", "order.years=3", "order.years=2", "order.years"},
	    {"order.years at most 3", "order.years=3", "order.years=4", "order.years"},
	    {"order.places has b c", "order.places=a b", "order.places=a d", "order.places"},
	    {"order.places only a b", "order.places=b a", "order.places=a c", "order.places"},
	    {"order.places only a b", "order.places=a", "order.places=c", "order.places"},
	    {"order.issued before 2026-01-10", "order.issued=2026-01-09", "order.issued=2026-01-10",
		"order.issued"},
	    {"order.issued not before 2026-01-10", "order.issued=2026-01-10",
		"order.issued=2026-01-09", "order.issued"},
	    {"order.issued after 2026-01-10", "order.issued=2026-01-11", "order.issued=2026-01-10",
		"order.issued"},
	    {"order.issued not after 2026-01-10", "order.issued=2026-01-10",
		"order.issued=2026-01-11", "order.issued"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char line[200];

		snprintf(line, sizeof line, "      - %s\n", rows[i].line);
		requires(line, rows[i].yes, "pass", "");
		requires(line, rows[i].no, "fail", "");
		requires(line, "", "ask", rows[i].asks);
	}
	requires("      - order.signed given\n", "order.signed=no", "pass", "");
	requires("      - order.signed given\n", "", "fail", "");
	requires("      - order.signed missing\n", "", "pass", "");
	requires("      - order.signed missing\n", "order.signed=yes", "fail", "");
}

static void facts_against_facts(void **state)
{
	const char *line = "      - demand.received not after order.expires\n";

	(void)state;
	requires(line, "demand.received=2026-01-10T22:59:59Z;order.expires=2026-01-10", "pass", "");
	/* midnight in Berlin is an hour earlier than midnight in UTC */
	requires(line, "demand.received=2026-01-10T23:00:00Z;order.expires=2026-01-10", "fail", "");
	requires(line, "demand.received=2026-01-10T23:00:00Z", "ask", "order.expires");
	requires(line, "", "ask", "demand.received order.expires");
	requires("      - order.confirmed_at after demand.received\n",
	    "order.confirmed_at=2026-01-10T10:00:01Z;demand.received=2026-01-10T11:00:00+01:00",
	    "pass", "");
	requires("      - order.confirmed_at after demand.received\n",
	    "order.confirmed_at=2026-01-10T10:00:00Z;demand.received=2026-01-10T11:00:00+01:00",
	    "fail", "");
}

static void three_values(void **state)
{
	static const char *const facts[] = {"no", "", "yes"}; /* no, unknown, yes */
	static const char *const verdicts[] = {"fail", "ask", "pass"};
	static const struct {
		const char *block;
		int table[3][3];
	} rows[] = {
	    {"all", {{0, 0, 0}, {0, 1, 1}, {0, 1, 2}}},
	    {"any", {{0, 1, 2}, {1, 1, 2}, {2, 2, 2}}},
	    {"none", {{2, 1, 0}, {1, 1, 0}, {0, 0, 0}}},
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (int a = 0; a < 3; a++) {
			for (int b = 0; b < 3; b++) {
				char lines[200], given[200];
				int want = rows[i].table[a][b];

				snprintf(lines, sizeof lines,
				    "      - %s:\n          - order.signed is yes\n          - "
				    "order.sealed is yes\n",
				    rows[i].block);
				snprintf(given, sizeof given, "order.signed=%s;order.sealed=%s",
				    facts[a], facts[b]);
				requires(lines, given, verdicts[want],
				    want != 1 ? ""
				    : a != 1  ? "order.sealed"
				    : b != 1  ? "order.signed"
					      : "order.signed order.sealed");
			}
		}
	}
	requires("      - any:\n          - order.signed is yes\n          - all:\n"
		 "              - order.sealed is yes\n              - order.years at least 3\n",
	    "order.signed=no;order.sealed=no", "fail", "");
	requires("      - any:\n          - order.signed is yes\n          - all:\n"
		 "              - order.sealed is yes\n              - order.years at least 3\n",
	    "order.signed=no;order.sealed=yes", "ask", "order.years");
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
	    cmocka_unit_test(every_verb),
	    cmocka_unit_test(facts_against_facts),
	    cmocka_unit_test(three_values),
	};

	return cmocka_run_group_tests(tests, zone_set, NULL);
}
