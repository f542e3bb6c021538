/* The built-in law over any facts that its vocabulary takes: what Writ promises holds whatever a
 * paper states. Nobody gets keys, no class of users is produced, no item passes without a verified
 * rule that grants it; what asks or starts a clock names its facts. Input: day and hour of receipt,
 * then pairs of bytes, a fact and its value; a fact of items goes to three items in turn. */
#include "fuzz.h"

#include "law/judge.h"

enum { ITEMS = 3, FACTS_MOST = 120 };

/* Read once: it is the same for all inputs. */
static const struct law *built_in(void)
{
	static const struct law *law;
	static struct ctx *c;
	const struct law_file *files;
	size_t n;

	if (law != NULL)
		return law;
	ctx_open(&c);
	pack_builtin(c, &files, &n);
	fuzz_must(pack_load(c, files, n, &law) == 0, "the built-in law is read");
	return law;
}

static struct str word_at(struct str words, unsigned i)
{
	struct str rest = words, word = {"", 0};
	unsigned n = 0;

	while (str_word(&rest, &word))
		n++;
	for (rest = words, i %= n > 0 ? n : 1; str_word(&rest, &word) && i > 0; i--)
		continue;
	return word;
}

static struct str instrument_at(const struct law *law, unsigned i)
{
	for (unsigned round = 0; round < 2; round++)
		for (size_t k = 0; k < law->n_packs; k++)
			for (size_t m = 0; m < law->packs[k]->n_instruments; m++)
				if (i-- == 0)
					return law->packs[k]->instruments[m].id;
	return law->packs[0]->id;
}

static struct str value_of(
    struct ctx *c, const struct law *law, const struct vocab_fact *fact, unsigned v)
{
	static const char *const texts[] = {"DE", "US", "GB", "FR", "IE", "x"};

	switch (fact->type) {
	case FACT_YESNO:
		return v % 2 == 0 ? STR("yes") : STR("no");
	case FACT_ONE:
		return word_at(fact->values, v);
	case FACT_SET:
		return str_fmt(c, "%.*s %.*s", STR_ARG(word_at(fact->values, v % 16)),
		    STR_ARG(word_at(fact->values, v / 16)));
	case FACT_NUMBER:
		return str_fmt(c, "%u", v < 200 ? v % 20 : v * 10);
	case FACT_DAY:
		return day_str(c, day_add((struct day){20440}, (int)v));
	case FACT_INSTANT:
		return instant_str(c, (struct instant){1767000000 + (int64_t)v * 20000});
	case FACT_TEXT:
		break;
	}
	if (str_is(fact->id, "order.instrument"))
		return instrument_at(law, v);
	if (str_is(fact->id, "item.field"))
		return law->fields[v % law->n_fields].id;
	return str_of(texts[v % 6]);
}

static bool granted(const struct judgment *j, int item)
{
	for (size_t i = 0; i < j->n_findings; i++)
		if (j->findings[i].item == item && j->findings[i].grants &&
		    j->findings[i].verified && !j->findings[i].house &&
		    j->findings[i].verdict == VERDICT_PASS)
			return true;
	return false;
}

static void check_item(
    const struct law *law, const struct judge_input *in, const struct judgment *j, int i)
{
	struct str field = fact_find(&in->items[i], STR("item.field"));
	struct str specific = fact_find(&in->items[i], STR("target.specific"));
	const struct vocab_field *f = field.p == NULL ? NULL : pack_field(law, field);

	if (j->items[i] != VERDICT_PASS)
		return;
	fuzz_must(granted(j, i), "no item passes that no verified rule grants");
	fuzz_must(f != NULL && f->fold != FOLD_KEY, "nobody gets keys");
	fuzz_must(specific.p == NULL || str_is(specific, "yes"), "no class of users is produced");
}

static void check(
    struct ctx *c, const struct law *law, const struct judge_input *in, const struct judgment *j)
{
	struct buf b = buf_init(c, 1 << 24);

	for (size_t i = 0; i < j->n_findings; i++) {
		fuzz_must(j->findings[i].verdict != VERDICT_NA && j->findings[i].why != NULL,
		    "a finding has a verdict and its reasons");
		json_put(&b, j->findings[i].why);
		fuzz_must(buf_str(&b).n > 2 && !b.over, "which can be written");
		b.n = 0;
	}
	for (int i = 0; i < ITEMS; i++)
		check_item(law, in, j, i);
	for (size_t i = 0; i < j->n_clocks; i++)
		fuzz_must(j->clocks[i].unknown == (j->clocks[i].missing.n > 0),
		    "an unknown clock names its facts");
	for (size_t i = 0; i < j->n_bars; i++)
		fuzz_must(j->bars[i].unknown == (j->bars[i].missing.n > 0),
		    "an unknown bar names its facts");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct law *law = built_in();
	struct facts items[ITEMS] = {0};
	struct judge_input input = {.items = items, .n_items = ITEMS, .now = {1768478400}};
	struct judgment j;
	int rc = day_zone(c, "Europe/Berlin");

	fuzz_must(rc == 0, "Berlin has a zone");
	input.received = day_add((struct day){20440}, (int)fuzz_byte(&in));
	input.now.s += (int64_t)fuzz_byte(&in) * 40000;
	for (unsigned i = 0; i < FACTS_MOST && in.n > 1; i++) {
		const struct vocab_fact *fact = &law->facts[fuzz_byte(&in) % law->n_facts];
		struct str value = value_of(c, law, fact, fuzz_byte(&in));
		bool item = str_starts(fact->id, "item.") || str_starts(fact->id, "target.");

		if (pack_fact_check(c, law, fact->id, value) == 0)
			fact_set(c, item ? &items[i % ITEMS] : &input.order, fact->id, value);
		err_clear(c);
	}
	rc = judge_order(c, law, &input, &j);
	if (rc == 0)
		check(c, law, &input, &j);
	else
		fuzz_refused(c, rc);
	fuzz_must(rc == 0, "facts of the vocabulary are judged");
}
