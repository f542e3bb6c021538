#include "check.h"

#include "law/pack.h"

#define VOCABULARY                                                                                 \
	"facts:\n"                                                                                 \
	"  - id: order.instrument\n    type: text\n    plain: yes\n    en: I\n    de: I\n"         \
	"  - id: order.issuer\n    type: one\n    values: judge police\n    en: I\n    de: I\n"    \
	"  - id: order.signed\n    type: yesno\n    en: S\n    de: S\n"                            \
	"  - id: order.years\n    type: number\n    en: Y\n    de: J\n"                            \
	"  - id: order.issued\n    type: day\n    en: D\n    de: T\n"                              \
	"  - id: order.places\n    type: set\n    values: north south\n    en: P\n    de: O\n"     \
	"  - id: demand.received\n    type: instant\n    en: R\n    de: E\n"                       \
	"  - id: item.field\n    type: text\n    plain: yes\n    en: F\n    de: F\n"               \
	"  - id: item.category\n    type: text\n    plain: yes\n    en: C\n    de: K\n"            \
	"  - id: target.specific\n    type: yesno\n    en: T\n    de: Z\n"                         \
	"fields:\n"                                                                                \
	"  - id: name\n    en: N\n    de: N\n    fold: noncontent\n"                               \
	"  - id: body\n    en: B\n    de: I\n    fold: content\n"                                  \
	"codes:\n"                                                                                 \
	"  - id: wrong_instrument\n    en: W\n    de: F\n"

#define HEAD                                                                                       \
	"pack: p\nen: P\nde: P\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"         \
	"applies:\n  - order.signed is yes\n"                                                      \
	"categories:\n"                                                                            \
	"  - id: sub\n    en: S\n    de: S\n    fields: name\n    cite: s 1\n"                     \
	"instruments:\n"                                                                           \
	"  - id: WARRANT\n    en: W\n    de: D\n    class: warrant\n    basis: order\n"            \
	"    commands: yes\n    cite: s 2\n"
#define HOUSE "pack: h\nen: P\nde: P\nlayer: house\njurisdiction: house\ntext_date: 2026-01-01\n"
#define SRC "    cite: s 3\n    mark: V\n    verified: yes\n"
#define RULE(id, scope) "  - id: " id "\n    en: R\n    de: R\n    scope: " scope "\n"

static int load(struct ctx *c, const char *vocabulary, const char *pack, const struct law **ret)
{
	const struct law_file files[] = {
	    {"x/p.yaml", str_of(pack)},
	    {"vocabulary.yaml", str_of(vocabulary)},
	    {"x/p.case.yaml", STR("this: [is not read")},
	    {"bands.yaml", STR("nor: [this")},
	};

	return pack_load(c, files, 4, ret);
}

/* The pack is refused at this place, with this in the text; nothing is returned. */
static void refused(struct ctx *c, const char *pack, const char *place, const char *part)
{
	const struct law *law = NULL;
	int rc = load(c, VOCABULARY, pack, &law);

	if (rc != ERR_INVALID || strstr(err_text(c), part) == NULL ||
	    strncmp(err_text(c), place, strlen(place)) != 0)
		fail_msg("want %s ... %s\ngot %d: %s\n%s", place, part, rc, err_text(c), pack);
	assert_null(law);
	err_clear(c);
}

/* A rule of item scope with one condition under require: the condition stands in line 24. */
static void line_refused(struct ctx *c, const char *cond, const char *part)
{
	struct str pack = str_fmt(c,
	    HEAD "rules:\n" RULE(
		"R1", "item") "    require:\n      - %s\n    code: wrong_instrument\n" SRC,
	    cond);

	refused(c, pack.p, "x/p.yaml:29:9: ", part);
}

static void a_good_pack_loads(void **state)
{
	struct ctx *c = test_ctx();
	const struct law *law;
	const struct pack *pack;
	const struct rule *rule;

	(void)state;
	assert_ok(
	    c, load(c, VOCABULARY,
		   HEAD "rules:\n" RULE("R1",
		       "item") "    when:\n      - order.instrument is WARRANT\n      - any:\n"
			       "          - order.years at least 3\n          - order.issued not "
			       "before 2020-01-01\n"
			       "    require:\n      - item.category is sub\n    grants: yes\n    "
			       "on_fail: counsel\n"
			       "    code: wrong_instrument\n    valid_from: 1986-10-21\n    "
			       "valid_until: 2030-01-01\n" SRC "clocks:\n"
			       "  - id: C1\n    en: C\n    de: C\n    act: transmit\n    from: "
			       "demand.received\n"
			       "    latest: 10 days\n    earliest: 5 hours\n    lifts: "
			       "order.signed\n    pauses: a b\n" SRC "bars:\n"
			       "  - id: B1\n    en: B\n    de: B\n    bars: both\n    until: "
			       "order.issued\n"
			       "    cite: s 4\n    quote: Nobody\n    lang: en\n    mark: D\n    "
			       "verified: yes\n",
		   &law));
	assert_int_equal(law->n_packs, 1);
	assert_int_equal(law->n_facts, 10);
	rule = pack_rule(law, STR("R1"), &pack);
	assert_non_null(rule);
	assert_ptr_equal(pack, law->packs[0]);
	assert_true(rule->item_scope && rule->grants && !rule->never);
	assert_int_equal(rule->on_fail, ON_FAIL_COUNSEL);
	assert_str(pack_cond_text(c, rule->when),
	    "all(order.instrument is WARRANT; any(order.years at least 3; "
	    "order.issued not before 2020-01-01))");
	assert_str(day_str(c, rule->src.text_date), "2026-01-01");
	assert_str(rule->src.cite, "s 3");
	assert_string_equal(rule->src.file, "x/p.yaml");
	assert_int_equal(rule->src.line, 24);
	assert_str(pack_instrument(law, STR("WARRANT"))->class, "warrant");
	assert_ptr_equal(pack_instrument(law, STR("WARRANT"))->pack, pack);
	assert_null(pack_instrument(law, STR("NONE")));
	assert_int_equal(pack_field(law, STR("body"))->fold, FOLD_CONTENT);
	assert_true(pack_fact(law, STR("item.field"))->plain);
	assert_null(pack_code(law, STR("nothing")));
	assert_int_equal(pack->clocks[0].latest.unit, SPAN_DAYS);
	assert_int_equal(pack->clocks[0].earliest.n, 5);
	assert_true(pack->bars[0].src.verified);
	ctx_close(&c);
}

static void conditions_are_refused_with_their_place(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	line_refused(c, "order.isuer is judge", "under order: instrument issuer signed");
	line_refused(c, "nothing is judge", "no fact \"nothing\"");
	line_refused(c, "order.issuer", "no such verb");
	line_refused(c, "order.issuer equals judge", "takes: is not, is, given, missing");
	line_refused(c, "order.issuer has judge", "does not fit the fact");
	line_refused(c, "order.issuer at least 3", "does not fit the fact");
	line_refused(c, "order.issuer is", "a word is missing");
	line_refused(c, "order.issuer is not", "a word is missing");
	line_refused(c, "order.issuer is judge bishop", "\"bishop\": order.issuer takes only");
	line_refused(c, "order.signed is maybe", "takes yes or no");
	line_refused(c, "order.places is north", "takes: has, only, given, missing");
	line_refused(c, "order.places has west", "takes only the words");
	line_refused(c, "order.years is many", "takes whole numbers");
	line_refused(c, "order.years at least three", "one whole number");
	line_refused(c, "order.years at least 3 4", "one whole number");
	line_refused(c, "order.years at least", "one whole number");
	line_refused(c, "order.issued is 2020-01-01", "takes: given, missing, not before");
	line_refused(c, "order.issued before 2020-02-30", "is not a day");
	line_refused(c, "order.issued before", "one day YYYY-MM-DD or one fact");
	line_refused(c, "order.issued before 2020-01-01 2020-01-02", "one day YYYY-MM-DD");
	line_refused(c, "order.issued before order.years", "neither a day nor an instant");
	line_refused(c, "order.issued before order.nothing", "no fact \"order.nothing\"");
	line_refused(c, "order.signed given yes", "nothing may follow");
	line_refused(c, "item.field is soul", "takes a field");
	line_refused(c, "item.category is bsi", "takes a category of this pack");
	line_refused(c, "order.instrument is SCROLL", "instrument of no pack");
	line_refused(
	    c, "order.instrument is WARRANT SCROLL", "\"SCROLL\" is an instrument of no pack");
	line_refused(c, "\"\"", "empty condition");
	ctx_close(&c);
}

static void blocks_are_refused(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	line_refused(c, "either:\n          - order.signed is yes", "any:, all: or none:");
	line_refused(c,
	    "any:\n          - order.signed is yes\n        all:\n          - order.signed is no",
	    "one block");
	refused(c, HEAD "rules:\n" RULE("R1", "order") "    when: order.signed is yes\n" SRC,
	    "x/p.yaml:28:11: ", "a list of conditions");
	refused(c, HEAD "rules:\n" RULE("R1", "order") "    when:\n      - any: nothing\n" SRC,
	    "x/p.yaml:29:14: ", "a list of conditions");
	refused(c,
	    HEAD "rules:\n" RULE(
		"R1", "order") "    when:\n      - none:\n          - order.no given\n" SRC,
	    "x/p.yaml:30:13: ", "no fact");
	ctx_close(&c);
}

static void item_facts_stay_with_items(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	refused(c,
	    HEAD "rules:\n" RULE("R1", "order") "    when:\n      - item.field is body\n" SRC,
	    "x/p.yaml:29:9: ", "fact of an item");
	refused(c,
	    HEAD "rules:\n" RULE("R1", "order") "    when:\n      - target.specific given\n" SRC,
	    "x/p.yaml:29:9: ", "fact of an item");
	refused(c,
	    HEAD "bars:\n  - id: B\n    en: B\n    de: B\n    when:\n      - item.field given\n    "
		 "bars: user\n" SRC,
	    "x/p.yaml:28:9: ", "fact of an item");
	refused(c,
	    "pack: p\nen: P\nde: P\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"
	    "applies:\n  - target.specific is yes\n",
	    "x/p.yaml:8:5: ", "fact of an item");
	ctx_close(&c);
}

static void rules_are_refused(void **state)
{
	struct ctx *c = test_ctx();
	const char *when = "    when:\n      - order.signed is yes\n";
	static const struct {
		const char *more, *place, *part;
	} rows[] = {
	    {"    granst: yes\n" SRC, "x/p.yaml:30:5: ", "did you mean \"grants\"?"},
	    {"    cite: s\n    mark: V\n", "x/p.yaml:24:5: ", "verified: yes or no is missing"},
	    {"    mark: V\n    verified: yes\n", "x/p.yaml:24:5: ", "cite"},
	    {"    cite: s\n    verified: no\n", "x/p.yaml:24:5: ", "mark"},
	    {"    cite: \"\"\n    mark: V\n    verified: no\n",
		"x/p.yaml:30:11: ", "cite is empty"},
	    {"    cite: s\n    mark: M\n    verified: yes\n", "x/p.yaml:32:15: ", "needs mark V"},
	    {"    cite: s\n    mark: S\n    verified: yes\n", "x/p.yaml:32:15: ", "needs mark V"},
	    {"    cite: s\n    mark: V-R\n    verified: yes\n", "x/p.yaml:32:15: ", "needs mark V"},
	    {"    cite: s\n    mark: D\n    verified: yes\n", "x/p.yaml:32:15: ", "with a quote"},
	    {"    cite: s\n    mark: V-DE\n    verified: no\n", "x/p.yaml:31:11: ", "V V-R S D M"},
	    {"    cite: s\n    mark: V\n    verified: maybe\n",
		"x/p.yaml:32:15: ", "verified is one of"},
	    {"    quote: So\n" SRC, "x/p.yaml:24:5: ", "language"},
	    {"    valid_from: 2020-02-30\n" SRC, "x/p.yaml:30:17: ", "valid_from: a day"},
	    {"    valid_from: 2020-02-02\n    valid_until: 2020-02-01\n" SRC,
		"x/p.yaml:31:18: ", "before valid_from"},
	    {"    on_fail: shrug\n" SRC, "x/p.yaml:30:14: ", "fail counsel ask"},
	    {"    code: nothing\n" SRC, "x/p.yaml:30:11: ", "no such code"},
	    {"    grants: yes\n" SRC, "x/p.yaml:30:13: ", "scope item can grant"},
	    {"    never: yes\n" SRC, "x/p.yaml:30:12: ", "never is for house"},
	    {"    quote:\n      - a\n" SRC, "x/p.yaml:31:7: ", "quote: a text"},
	    {"    require:\n      - order.signed is yes\n" SRC,
		"x/p.yaml:24:5: ", "code is missing"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str pack =
		    str_fmt(c, HEAD "rules:\n" RULE("R1", "order") "%s%s", when, rows[i].more);

		refused(c, pack.p, rows[i].place, rows[i].part);
	}
	refused(c, HEAD "rules:\n" RULE("R1", "order") SRC, "x/p.yaml:24:5: ", "when: or require:");
	refused(c, HEAD "rules:\n" RULE("R1", "both") SRC, "x/p.yaml:27:12: ", "order item");
	refused(c, HEAD "rules:\n" RULE("a b", "order") SRC, "x/p.yaml:24:9: ", "letters, digits");
	refused(c, HEAD "rules:\n" RULE("writ.own", "order") SRC, "x/p.yaml:24:9: ", "may give");
	refused(c, HEAD "rules:\n  - just text\n", "x/p.yaml:24:5: ", "keys");
	refused(c, HEAD "rules: text\n", "x/p.yaml:23:8: ", "a list");
	ctx_close(&c);
}

static void clocks_are_refused(void **state)
{
	struct ctx *c = test_ctx();
	static const struct {
		const char *body, *place, *part;
	} rows[] = {
	    {"    act: transmit\n    latest: 3 days\n", "x/p.yaml:24:5: ", "from is missing"},
	    {"    act: transmit\n    from: order.nothing\n    latest: 3 days\n",
		"x/p.yaml:28:11: ", "no such fact"},
	    {"    act: transmit\n    from: order.signed\n    latest: 3 days\n",
		"x/p.yaml:28:11: ", "another type"},
	    {"    act: transmit\n    from: target.specific\n    latest: 3 days\n",
		"x/p.yaml:28:11: ", "of an item"},
	    {"    act: dance\n    from: order.issued\n",
		"x/p.yaml:27:10: ", "acknowledge preserve"},
	    {"    act: transmit\n    from: order.issued\n",
		"x/p.yaml:24:5: ", "latest, earliest or counts_up"},
	    {"    act: transmit\n    from: order.issued\n    latest: 3 weeks\n",
		"x/p.yaml:29:13: ", "N hours"},
	    {"    act: transmit\n    from: order.issued\n    latest: 0 days\n",
		"x/p.yaml:29:13: ", "N hours"},
	    {"    act: transmit\n    from: order.issued\n    latest: 10001 days\n",
		"x/p.yaml:29:13: ", "N hours"},
	    {"    act: transmit\n    from: order.issued\n    latest: 3 days late\n",
		"x/p.yaml:29:13: ", "N hours"},
	    {"    act: transmit\n    from: order.issued\n    latest: 3 hours\n",
		"x/p.yaml:28:11: ", "need an instant"},
	    {"    act: transmit\n    from: order.issued\n    latest: 3 business-days\n",
		"x/p.yaml:24:5: ", "need a calendar"},
	    {"    act: transmit\n    from: order.issued\n    latest: 3 days\n    calendar: mars\n",
		"x/p.yaml:30:15: ", "no such calendar"},
	    {"    act: transmit\n    from: order.issued\n    latest: 3 days\n    lifts: "
	     "order.issued\n",
		"x/p.yaml:30:12: ", "another type"},
	    {"    act: confirm\n    from: order.issued\n    latest: 3 days\n",
		"x/p.yaml:24:5: ", "latest and stops_at"},
	    {"    act: confirm\n    from: order.issued\n    counts_up: yes\n    stops_at: "
	     "order.signed\n",
		"x/p.yaml:24:5: ", "latest and stops_at"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str pack = str_fmt(
		    c, HEAD "clocks:\n  - id: C1\n    en: C\n    de: C\n%s" SRC, rows[i].body);

		refused(c, pack.p, rows[i].place, rows[i].part);
	}
	refused(c, HEAD "bars:\n  - id: B\n    en: B\n    de: B\n    bars: all\n" SRC,
	    "x/p.yaml:27:11: ", "user public both");
	refused(c,
	    HEAD
	    "bars:\n  - id: B\n    en: B\n    de: B\n    bars: user\n    until: order.signed\n" SRC,
	    "x/p.yaml:28:12: ", "another type");
	refused(c,
	    HEAD
	    "bars:\n  - id: B\n    en: B\n    de: B\n    bars: user\n    cite: s\n    mark: V\n",
	    "x/p.yaml:24:5: ", "verified");
	ctx_close(&c);
}

static void heads_are_refused(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	refused(c, "en: P\n", "x/p.yaml:1:1: ", "pack");
	refused(c, "pack: p\nen: P\nde: P\nlayer: gods\n", "x/p.yaml:4:8: ", "statute house");
	refused(c, "pack: p\nen: P\nde: P\nlayer: statute\njurisdiction: US\n",
	    "x/p.yaml:1:1: ", "text_date");
	refused(c,
	    "pack: p\nen: P\nde: P\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n",
	    "x/p.yaml:1:1: ", "applies is missing");
	refused(c, "pack: p\nen: P\nde: P\nlayer: house\njurisdiction: US\ntext_date: 2026-01-01\n",
	    "x/p.yaml:5:15: ", "house");
	refused(c, HEAD "ruels:\n  - a\n", "x/p.yaml:23:1: ", "did you mean \"rules\"?");
	refused(c, HOUSE "instruments:\n  - id: X\n", "x/p.yaml:8:3: ", "neither instruments");
	refused(c,
	    HOUSE "rules:\n" RULE(
		"R1", "item") "    when:\n      - item.field is body\n    grants: yes\n" SRC,
	    "x/p.yaml:14:13: ", "grants nothing");
	refused(c,
	    HOUSE "rules:\n" RULE("R1",
		"order") "    require:\n      - order.signed is yes\n"
			 "    on_fail: counsel\n    never: yes\n    code: wrong_instrument\n" SRC,
	    "x/p.yaml:15:12: ", "never is for house rules that fail");
	refused(c,
	    "pack: p\nen: P\nde: P\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"
	    "applies:\n  - order.signed is yes\nrules:\n" RULE(
		"R1", "item") "    when:\n      - item.field is body\n    grants: yes\n" SRC,
	    "x/p.yaml:16:13: ", "needs categories");
	ctx_close(&c);
}

static void categories_and_instruments_are_refused(void **state)
{
	struct ctx *c = test_ctx();
	const char *head =
	    "pack: p\nen: P\nde: P\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"
	    "applies:\n  - order.signed is yes\n";
	static const struct {
		const char *more, *place, *part;
	} rows[] = {
	    {"categories:\n  - id: a\n    en: A\n    de: A\n    fields: name soul\n    cite: s\n",
		"x/p.yaml:13:13: ", "no field \"soul\""},
	    {"categories:\n  - id: a\n    en: A\n    de: A\n    cite: s\n",
		"x/p.yaml:10:5: ", "fields is missing"},
	    {"categories:\n  - id: a\n    en: A\n    de: A\n    fields: name\n    cite: s\n"
	     "  - id: b\n    en: A\n    de: A\n    fields: body name\n    cite: s\n",
		"x/p.yaml:18:13: ", "in category \"a\" already"},
	    {"categories:\n  - id: a\n    en: A\n    de: A\n    fields: name\n    cite: s\n"
	     "  - id: a\n    en: A\n    de: A\n    fields: body\n    cite: s\n",
		"x/p.yaml:15:5: ", "declared twice"},
	    {"categories:\n  - id: a\n    en: A\n    fields: name\n    cite: s\n",
		"x/p.yaml:10:5: ", "de"},
	    {"categories:\n  - id: a\n    en: A\n    de: A\n    fields: name\n",
		"x/p.yaml:10:5: ", "cite"},
	    {"instruments:\n  - id: W\n    en: A\n    de: A\n    class: wand\n    basis: order\n   "
	     " commands: yes\n    cite: s\n",
		"x/p.yaml:13:12: ", "class is one of: subpoena"},
	    {"instruments:\n  - id: W\n    en: A\n    de: A\n    class: warrant\n    basis: none\n "
	     "   commands: yes\n    cite: s\n",
		"x/p.yaml:14:12: ", "basis is one of: order permitted"},
	    {"instruments:\n  - id: W\n    en: A\n    de: A\n    class: warrant\n    basis: "
	     "order\n    cite: s\n",
		"x/p.yaml:10:5: ", "commands"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		refused(c, str_fmt(c, "%s%s", head, rows[i].more).p, rows[i].place, rows[i].part);
	ctx_close(&c);
}

static void ids_are_unique_over_all_packs(void **state)
{
	struct ctx *c = test_ctx();
	const struct law *law = NULL;
	const char *first =
	    HEAD "rules:\n" RULE("R1", "order") "    when:\n      - order.signed is yes\n" SRC;
	const char *rule =
	    HOUSE "rules:\n" RULE("R1", "order") "    when:\n      - order.signed is yes\n" SRC;
	const char *bar = HOUSE "bars:\n  - id: R1\n    en: B\n    de: B\n    bars: user\n" SRC;
	const char *clock = HOUSE "clocks:\n  - id: R1\n    en: B\n    de: B\n    act: notify\n"
				  "    from: order.issued\n    latest: 1 days\n" SRC;
	const char *others[] = {rule, bar, clock};
	struct law_file files[] = {{"vocabulary.yaml", STR(VOCABULARY)},
	    {"x/p.yaml", str_of(first)}, {"x/q.yaml", {NULL, 0}}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		files[2].text = str_of(others[i]);
		assert_err(c, pack_load(c, files, 3, &law), ERR_INVALID,
		    "id \"R1\" is taken already at x/p.yaml:24");
	}
	files[2].text = str_fmt(c, "%s",
	    "pack: q\nen: P\nde: P\nlayer: statute\njurisdiction: US\ntext_date: 2026-01-01\n"
	    "applies:\n  - order.signed is yes\ninstruments:\n"
	    "  - id: WARRANT\n    en: W\n    de: D\n    class: warrant\n    basis: order\n    "
	    "commands: yes\n    cite: s\n");
	assert_err(
	    c, pack_load(c, files, 3, &law), ERR_INVALID, "x/q.yaml:10:1: id \"WARRANT\" is taken");
	files[2].text = str_of(first);
	assert_err(c, pack_load(c, files, 3, &law), ERR_INVALID, "pack \"p\" is also in x/p.yaml");
	refused(c,
	    HEAD "rules:\n" RULE("R1", "order") "    when:\n      - order.signed is yes\n" SRC RULE(
		"R1", "order") "    when:\n      - order.signed is no\n" SRC,
	    "x/p.yaml:33:1: ", "taken already at x/p.yaml:24");
	ctx_close(&c);
}

static void an_instrument_of_another_pack_may_be_named(void **state)
{
	struct ctx *c = test_ctx();
	const struct law *law;
	const struct law_file files[] = {
	    {"h.yaml", STR(HOUSE "rules:\n" RULE(
			   "H1", "order") "    when:\n      - order.instrument is WARRANT\n" SRC)},
	    {"vocabulary.yaml", STR(VOCABULARY)},
	    {"x/p.yaml", STR(HEAD)},
	};

	(void)state;
	assert_ok(c, pack_load(c, files, 3, &law));
	assert_int_equal(law->n_packs, 2);
	ctx_close(&c);
}

static void vocabularies_are_refused(void **state)
{
	struct ctx *c = test_ctx();
	const struct law *law = NULL;
	static const struct {
		const char *text, *part;
	} rows[] = {
	    {"facts:\n  - id: a\n    type: colour\n    en: A\n    de: A\n",
		"vocabulary.yaml:3:11: type is one of"},
	    {"facts:\n  - id: a\n    type: day\n    values: x\n    en: A\n    de: A\n",
		"only facts of type one and set"},
	    {"facts:\n  - id: a\n    type: day\n    plain: yes\n    en: A\n    de: A\n",
		"only facts of type text"},
	    {"facts:\n  - id: a\n    type: day\n    en: A\n", "vocabulary.yaml:2:5: "},
	    {"facts:\n  - id: a\n    type: day\n    en: A\n    de: A\n  - id: a\n    type: day\n   "
	     " en: A\n    de: A\n",
		"vocabulary.yaml:6:5: \"a\" is declared twice"},
	    {"fields:\n  - id: a\n    en: A\n    de: A\n    fold: thin\n",
		"noncontent content key"},
	    {"codes:\n  - id: a\n    en: A\n    de: A\n    fold: content\n",
		"vocabulary.yaml:5:5: "},
	    {"fcats:\n  - id: a\n", "did you mean \"facts\"?"},
	    {"facts: none\n", "a list is expected"},
	};
	const struct law_file twice[] = {{"vocabulary.yaml", STR(VOCABULARY)},
	    {"x/vocabulary.yaml", STR("codes:\n  - id: wrong_instrument\n    en: A\n    de: A\n")}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_err(c, load(c, rows[i].text, HEAD, &law), ERR_INVALID, rows[i].part);
	assert_err(c, pack_load(c, twice, 2, &law), ERR_INVALID, "x/vocabulary.yaml:2:5: ");
	assert_null(law);
	ctx_close(&c);
}

static void values_are_checked_and_never_quoted(void **state)
{
	struct ctx *c = test_ctx();
	const struct law *law;
	static const struct {
		const char *name, *good, *bad;
	} rows[] = {
	    {"order.signed", "yes", "secretvalue"},
	    {"order.issuer", "judge", "secretvalue"},
	    {"order.issuer", "police", "judge police"},
	    {"order.places", "south north", "south secretvalue"},
	    {"order.years", "12", "secretvalue"},
	    {"order.years", "-1", "1.5"},
	    {"order.issued", "2024-02-29", "2023-02-29"},
	    {"demand.received", "2024-02-29T10:00:00Z", "2024-02-29"},
	    {"demand.received", "2024-02-29T10:00:00+01:00", "2024-02-29T10:00:00"},
	    {"item.field", "body", "secretvalue"},
	    {"order.instrument", "anything at all", ""},
	    {"order.instrument", "x", "\xff"},
	    {"order.signed", "no", ""},
	    {"order.places", "north", ""},
	};

	(void)state;
	assert_ok(c, load(c, VOCABULARY, HEAD, &law));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str name = str_of(rows[i].name);

		assert_ok(c, pack_fact_check(c, law, name, str_of(rows[i].good)));
		assert_int_equal(pack_fact_check(c, law, name, str_of(rows[i].bad)), ERR_INVALID);
		assert_non_null(strstr(err_text(c), rows[i].name));
		assert_null(strstr(err_text(c), "secretvalue"));
		err_clear(c);
	}
	assert_err(c, pack_fact_check(c, law, STR("order.nothing"), STR("x")), ERR_INVALID,
	    "order.nothing");
	ctx_close(&c);
}

static void calendars_load_and_join(void **state)
{
	struct ctx *c = test_ctx();
	const struct law *law = NULL;
	const char *clock = HEAD
	    "clocks:\n  - id: C1\n    en: C\n    de: C\n    act: transmit\n    from: order.issued\n"
	    "    latest: 3 business-days\n    calendar: two\n" SRC;
	const char *two = "name: two\nbase: one\ncitation: s\nverified: yes\nrules:\n  - name: B\n "
			  "   name_de: B\n    fixed: 01-02\n";
	const char *one = "name: one\ncitation: s\nverified: yes\nrules:\n  - name: A\n    "
			  "name_de: A\n    fixed: 01-01\n";
	struct law_file files[] = {{"x/p.yaml", str_of(clock)}, {"calendar/two.yaml", str_of(two)},
	    {"calendar/one.yaml", str_of(one)}, {"vocabulary.yaml", STR(VOCABULARY)}};

	(void)state;
	assert_ok(c, pack_load(c, files, 4, &law));
	assert_int_equal(law->n_calendars, 2);
	files[2].text = STR("name: one\nbase: two\ncitation: s\nverified: yes\nrules:\n  - name: "
			    "A\n    name_de: A\n    fixed: 01-01\n");
	assert_err(c, pack_load(c, files, 4, &law), ERR_INVALID, "circle");
	files[2].text = str_of(two);
	assert_err(c, pack_load(c, files, 4, &law), ERR_INVALID, "calendar two");
	ctx_close(&c);
}

static void builtin_files_come_without_their_folder(void **state)
{
	struct ctx *c = test_ctx();
	const struct law_file *files;
	size_t n;
	bool vocabulary = false;

	(void)state;
	pack_builtin(c, &files, &n);
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++) {
		assert_false(str_starts(str_of(files[i].name), "law/"));
		vocabulary = vocabulary || strcmp(files[i].name, "vocabulary.yaml") == 0;
		assert_int_equal(strlen(files[i].text.p), files[i].text.n);
	}
	assert_true(vocabulary);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_good_pack_loads),
	    cmocka_unit_test(conditions_are_refused_with_their_place),
	    cmocka_unit_test(blocks_are_refused),
	    cmocka_unit_test(item_facts_stay_with_items),
	    cmocka_unit_test(rules_are_refused),
	    cmocka_unit_test(clocks_are_refused),
	    cmocka_unit_test(heads_are_refused),
	    cmocka_unit_test(categories_and_instruments_are_refused),
	    cmocka_unit_test(ids_are_unique_over_all_packs),
	    cmocka_unit_test(an_instrument_of_another_pack_may_be_named),
	    cmocka_unit_test(vocabularies_are_refused),
	    cmocka_unit_test(values_are_checked_and_never_quoted),
	    cmocka_unit_test(calendars_load_and_join),
	    cmocka_unit_test(builtin_files_come_without_their_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
