/* Conditions: any lines give a condition or a refusal at its place; over any facts it has one of
 * three values, an unknown one names the facts that are missing, and learning more facts never
 * turns a yes into a no. Input: the list of conditions, a line "%%", facts one a line as
 * name=value. */
#include "fuzz.h"

#include "law/cond_p.h"
#include "law/vocab_p.h"

#define F(id, type) "  - id: " id "\n    type: " type "\n    en: E\n    de: D\n"
static const char vocabulary[] = "facts:\n" F("order.signed", "yesno") F("order.sealed", "yesno")
    F("order.years", "number") F("order.places", "set") F("order.issued", "day") F("order.expires",
	"day") F("order.confirmed_at", "instant") F("order.issuer", "one\n    values: judge police")
	F("order.note", "text") F("order.instrument", "text") F("demand.received", "instant")
	    F("item.field", "text") F("item.category", "text") F("target.specific", "yesno");

static void read_facts(
    struct ctx *c, const struct law *law, struct str text, struct facts *order, struct facts *item)
{
	struct str line, name, value;

	for (bool more = text.n > 0; more;) {
		more = str_cut(text, '\n', &line, &text);
		if (!str_cut(line, '=', &name, &value))
			continue;
		if (pack_fact_check(c, law, name, value) == 0)
			fact_set(c, cond_item_fact(name) ? item : order, name, value);
		err_clear(c);
	}
}

/* "given" and "missing" ask whether a fact is known: they alone may change their mind. */
static bool asks_whether_known(const struct cond *cond)
{
	bool asks = cond->fact != NULL && (cond->verb == COND_GIVEN || cond->verb == COND_MISSING);

	for (size_t i = 0; i < cond->n; i++)
		asks = asks || asks_whether_known(cond->at[i]);
	return asks;
}

static enum tri value(struct ctx *c, const struct cond *cond, const struct cond_view *v)
{
	enum tri t = cond_eval(c, cond, v);
	struct str missing = {"", 0};
	struct json *facts = json_map(c), *why = cond_eval_why(c, cond, v);
	struct buf b = buf_init(c, 1 << 22);

	fuzz_must(t == TRI_NO || t == TRI_UNKNOWN || t == TRI_YES, "one of three values");
	cond_eval_missing(c, cond, v, &missing);
	fuzz_must((t == TRI_UNKNOWN) == (missing.n > 0), "unknown means that facts are missing");
	cond_eval_facts(c, cond, v, facts);
	json_put(&b, facts);
	json_put(&b, why);
	fuzz_must(json_find(why, "value") != NULL, "an explanation has the value");
	return t;
}

static void judge(struct ctx *c, const struct law *law, const struct cond *cond, struct str text)
{
	struct facts order = {0}, item = {0}, none = {0};
	struct cond_view all = {&order, &item}, half = {&order, &none}, nothing = {&none, &none};
	bool known = asks_whether_known(cond);
	enum tri a, b, most;

	read_facts(c, law, text, &order, &item);
	fuzz_must(cond_text(c, cond).n > 0, "a condition has a text");
	a = value(c, cond, &nothing);
	b = value(c, cond, &half);
	most = value(c, cond, &all);
	if (known)
		return;
	fuzz_must(a == TRI_UNKNOWN || (a == b && a == most), "what is decided stays");
	fuzz_must(b == TRI_UNKNOWN || b == most, "with each fact more");
}

/* Read once: it is the same for all inputs. */
static struct law *vocabulary_law(void)
{
	static struct law *law;
	static struct ctx *c;
	const struct yaml *root;

	if (law != NULL)
		return law;
	ctx_open(&c);
	law = mem_alloc(c, sizeof *law);
	fuzz_must(yaml_parse(c, "vocabulary", str_of(vocabulary), &root) == 0 &&
		      vocab_read(c, law, root) == 0,
	    "the vocabulary is read");
	return law;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in);
	struct law *law = vocabulary_law();
	struct cond_scope scope = {law, mem_alloc(c, sizeof(struct pack)), true};
	const struct yaml *root;
	const struct cond *cond = NULL;
	int rc;

	if (yaml_parse(c, "fuzz", text, &root) != 0)
		return;
	rc = cond_parse(c, &scope, root, &cond);
	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(cond == NULL, "nothing is returned with a refusal");
		return;
	}
	if (cond != NULL)
		judge(c, law, cond, in);
}
