/* Rule packs: any bytes give a law or a refusal at its place; over the facts of a case the judgment
 * is whole: no item passes that no verified rule grants, what asks names its facts, clocks end
 * after they begin. Input: a pack, a line "%%", cases, a line "%%", a vocabulary (else a small
 * one). */
#include "fuzz.h"

#include "law/cases.h"
#include "law/judge.h"

#define F(id, type) "  - id: " id "\n    type: " type "\n    en: E\n    de: D\n"
#define C(id) "  - id: " id "\n    en: E\n    de: D\n"
static const char vocabulary[] = "facts:\n" F("authority.country", "text")
    F("order.instrument", "text\n    plain: yes") F("order.class", "text") F("order.basis", "text")
	F("order.signed", "yesno") F("order.years", "number") F("order.places", "set")
	    F("order.issued", "day") F("order.expires", "day") F("order.confirmed", "instant")
		F("demand.received", "instant") F("item.field", "text") F("item.fold", "text") F(
		    "item.category", "text") F("item.from", "day")
		    F("target.specific", "yesno") "fields:\n" C("name") "    fold: noncontent\n" C(
			"body") "    fold: content\n" C("key") "    fold: key\n"
							       "codes:"
							       "\n" C("over_broad")
								   C("wrong_instrument");

static bool granted(const struct judgment *j, int item)
{
	for (size_t i = 0; i < j->n_findings; i++)
		if (j->findings[i].item == item && j->findings[i].grants &&
		    j->findings[i].verified && j->findings[i].verdict == VERDICT_PASS)
			return true;
	return false;
}

static void check(const struct judge_input *in, const struct judgment *j)
{
	for (size_t i = 0; i < j->n_findings; i++) {
		const struct finding *f = &j->findings[i];

		fuzz_must(f->item >= JUDGE_ORDER && f->item < (int)in->n_items, "of an item");
		fuzz_must(f->verdict != VERDICT_NA, "what does not apply is no finding");
		fuzz_must(f->rule.n > 0 && f->why != NULL, "a finding names its rule and reasons");
		fuzz_must(
		    i == 0 || f->item == JUDGE_ORDER || f[-1].item <= f->item, "in their order");
	}
	for (size_t i = 0; i < in->n_items; i++)
		fuzz_must(j->items[i] != VERDICT_PASS || granted(j, (int)i),
		    "no item passes that no rule grants");
	for (size_t i = 0; i < j->n_clocks; i++) {
		const struct clock *k = &j->clocks[i];

		fuzz_must(instant_is_none(k->latest) || instant_is_none(k->from) ||
			      k->latest.s >= k->from.s,
		    "a clock ends after it begins");
		fuzz_must(k->unknown == (k->missing.n > 0), "an unknown clock names its facts");
	}
	for (size_t i = 0; i < j->n_bars; i++)
		fuzz_must(j->bars[i].unknown == (j->bars[i].missing.n > 0),
		    "an unknown bar names its facts");
}

static void judge(struct ctx *c, const struct law *law)
{
	static const char *const order[] = {"order.signed", "yes", "order.instrument", "W",
	    "authority.country", "US", "demand.received", "2026-01-14T09:00:00Z", "order.issued",
	    "2026-01-10", "order.years", "3"};
	static const char *const fields[] = {"name", "body", "key"};
	struct facts items[3] = {0};
	struct judge_input in = {
	    .items = items, .n_items = 3, .now = {1768478400}, .received = {20467}};
	struct judgment j;

	for (size_t n = 0;; n += 2) {
		if (judge_order(c, law, &in, &j) == 0)
			check(&in, &j);
		else
			fuzz_refused(c, ERR_INVALID);
		err_clear(c);
		if (n == sizeof order / sizeof order[0])
			break;
		fact_set(c, &in.order, str_of(order[n]), str_of(order[n + 1]));
		for (size_t i = 0; i < 3; i++)
			fact_set(c, &items[i], STR("item.field"), str_of(fields[i]));
	}
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str pack = fuzz_part(&in), cases = fuzz_part(&in);
	struct law_file files[] = {{"vocabulary.yaml", in.n > 0 ? in : str_of(vocabulary)},
	    {"p.yaml", pack}, {"p.case.yaml", cases}};
	const struct law *law = NULL;
	struct cases_result r;
	struct buf out = buf_init(c, 1 << 22);
	int rc = day_zone(c, "Europe/Berlin");

	fuzz_must(rc == 0, "Berlin has a zone");
	rc = pack_load(c, files, 3, &law);
	if (rc != 0) {
		fuzz_refused_at(
		    c, rc, str_starts(str_of(err_text(c)), "p") ? "p.yaml" : "vocabulary.yaml");
		fuzz_must(law == NULL, "nothing is returned with a refusal");
		return;
	}
	judge(c, law);
	rc = cases_run(c, law, files, 3, &out, &r);
	if (rc != 0) {
		fuzz_refused_at(c, rc, "p.case.yaml");
		return;
	}
	fuzz_must(r.cases == r.passed + r.failed, "every case passed or failed");
	fuzz_must(
	    r.failed + r.uncovered == 0 || buf_str(&out).n > 0, "what failed is told in a line");
}
