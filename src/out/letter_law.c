#include "out/letter_law.h"

#include "base/mem.h"

static bool has_code(const struct letter_codes *codes, struct str code)
{
	for (size_t i = 0; i < codes->n; i++)
		if (str_eq(codes->v[i], code))
			return true;
	return false;
}

static void add_code(struct letter_codes *codes, struct str code)
{
	if (code.n > 0 && codes->n < LETTER_CODES_MAX && !has_code(codes, code))
		codes->v[codes->n++] = code;
}

int letter_codes(struct ctx *c, struct instance *in, const struct gate *g, struct letter_codes *ret)
{
	int rc = 0;

	*ret = (struct letter_codes){.n = 0};
	add_code(ret, g->order.code);
	for (size_t i = 0; i < g->items.n && rc == 0; i++) {
		const struct item *it = &g->items.v[i];
		const struct db_val *row;

		if (it->state != ITEM_WITHHOLD || it->decision == 0)
			continue;
		rc = db_one(
		    c, in->store.db, SQL_DECISION_BY_ID, DB_ARGS(db_int(it->decision)), &row);
		if (rc == 0 && row[6].kind == DB_TEXT)
			add_code(ret, str_make(c, row[6].s));
	}
	return rc;
}

struct str letter_reason(
    struct ctx *c, const struct instance *in, const struct letter_codes *codes, struct str language)
{
	struct buf b = buf_init(c, 16 << 10);

	for (size_t i = 0; i < codes->n; i++) {
		const struct vocab_code *code = pack_code(in->law, codes->v[i]);

		if (i > 0)
			buf_puts(&b, "\n\n");
		if (code == NULL)
			buf_put(&b, codes->v[i]);
		else
			buf_put(&b, str_is(language, "de") ? code->de : code->en);
		buf_putc(&b, '.');
	}
	return buf_str(&b);
}

static bool stands(const struct json *list, struct str rule)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(json_text(list->at[i], "rule"), rule))
			return true;
	return false;
}

/* codes NULL: every finding that fails. */
static struct json *law_of(struct ctx *c, const struct instance *in, const struct gate *g,
    const struct letter_codes *codes, struct str language)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < g->n_stored; i++) {
		const struct gate_finding *f = &g->stored[i];
		const struct pack *pack;
		const struct rule *rule = pack_rule(in->law, f->rule, &pack);
		struct day text;
		struct json *j;

		if (rule == NULL || pack->house || !f->verified || !rule->src.verified ||
		    f->verdict == VERDICT_PASS || f->verdict == VERDICT_NA ||
		    str_is(f->answer, "allow") || str_is(f->answer, "accept") ||
		    (codes != NULL ? !has_code(codes, f->code) : f->verdict != VERDICT_FAIL) ||
		    stands(list, rule->id))
			continue;
		text = day_is_none(rule->src.text_date) ? pack->text_date : rule->src.text_date;
		j = json_map(c);
		json_set_text(c, j, "rule", rule->id);
		json_set_text(c, j, "cite", rule->src.cite);
		json_set_text(c, j, "quote", rule->src.quote);
		json_set_text(c, j, "quote_lang", rule->src.lang);
		json_set_text(c, j, "says", str_is(language, "de") ? rule->de : rule->en);
		json_set_text(c, j, "mark", rule->src.mark);
		if (!day_is_none(text))
			json_set_text(c, j, "text_date", day_str(c, text));
		json_add(c, list, j);
	}
	return list;
}

struct json *letter_law(struct ctx *c, const struct instance *in, const struct gate *g,
    const struct letter_codes *codes, struct str language)
{
	return law_of(c, in, g, codes, language);
}

struct json *letter_law_fallen(
    struct ctx *c, const struct instance *in, const struct gate *g, struct str language)
{
	return law_of(c, in, g, NULL, language);
}
