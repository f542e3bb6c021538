#include "out/report_word.h"

struct str report_word(enum report_lang lang, const char *prefix, struct str word)
{
	const char *z = report_text_find(lang, prefix, word);

	return z != NULL ? str_of(z) : word;
}

struct str report_word_outcome(enum report_lang lang, enum outcome o)
{
	return report_word(lang, "outcome", str_of(outcome_id(o)));
}

static struct str code_text(const struct report *r, enum report_lang lang, struct str id)
{
	const struct vocab_code *code = r->law != NULL ? pack_code(r->law, id) : NULL;

	if (code == NULL)
		return report_word(lang, "refusal", id);
	return lang == REPORT_DE ? code->de : code->en;
}

struct str report_word_instrument(
    const struct report *r, enum report_lang lang, const char *section, struct str id)
{
	return strcmp(section, "refusal") == 0 ? code_text(r, lang, id)
					       : report_word(lang, section, id);
}

bool report_word_shows(const struct report *r, enum outcome o)
{
	return o <= OUTCOME_REJECTED ||
	       figure_number(r->figures, "total", STR(""), STR(""), outcome_id(o)) > 0;
}

static const struct report_beside beside[] = {{"beside.emergency", "emergency", "requests"},
    {"beside.narrowed", "narrowed", "requests"},
    {"beside.refused_first", "refused_first", "requests"},
    {"beside.withdrawn_notice", "withdrawn_notice", "requests"},
    {"beside.accounts_disclosed", "total", "accounts_disclosed"},
    {"beside.barred", "secrecy", "barred"}, {"beside.not_barred", "secrecy", "not_barred"},
    {"beside.not_recorded", "secrecy", "not_recorded"},
    {"beside.preservation", "preservation", "requests"},
    {"beside.preservation_accounts", "preservation", "accounts"}};

const struct report_beside *report_word_beside(size_t i)
{
	return i < sizeof beside / sizeof beside[0] ? &beside[i] : NULL;
}

struct str report_word_title(struct ctx *c, const struct report *r, enum report_lang lang)
{
	struct buf b = buf_init(c, 512);

	buf_fmt(&b, "%s, ", report_text(lang, "title"));
	report_text_period(&b, lang, r->period);
	return buf_str(&b);
}

struct str report_word_value(struct ctx *c, enum report_lang lang, const struct figure *x)
{
	struct buf b = buf_init(c, 128);

	if (x == NULL)
		return STR("");
	if (x->status != FIGURE_EXACT && x->status != FIGURE_BAND)
		return report_word(lang, "status", str_of(figure_status_id(x->status)));
	report_text_number(&b, lang, x->value_min);
	if (x->status == FIGURE_BAND) {
		buf_puts(&b, "\342\200\223"); /* en dash */
		report_text_number(&b, lang, x->value_max);
	}
	return buf_str(&b);
}

struct str report_word_absent(struct ctx *c, enum report_lang lang, const struct report_natsec *one)
{
	struct buf b = buf_init(c, 128);

	if (day_is_none(one->not_before))
		return str_of(report_text(lang, "natsec.other_period"));
	buf_fmt(&b, "%s ", report_text(lang, "natsec.not_before"));
	report_text_day(&b, lang, one->not_before);
	return buf_str(&b);
}

const char *report_word_rule(struct ctx *c, enum report_lang lang, size_t i)
{
	return report_text_find(lang, "rule", str_fmt(c, "%zu", i));
}

static const struct edition_absence *absence(
    const struct report *r, const struct band_structure *s, const struct band_category *cat)
{
	for (size_t i = 0; i < r->n_absent; i++)
		if (str_eq(r->absent[i].structure->id, s->id) &&
		    str_eq(r->absent[i].category->id, cat->id))
			return &r->absent[i];
	return NULL;
}

void report_word_natsec(struct ctx *c, const struct report *r,
    void (*fn)(const struct report_natsec *one, void *arg), void *arg)
{
	for (size_t i = 0; i < r->bands->n; i++)
		for (size_t k = 0; k < r->bands->v[i].n_categories; k++) {
			const struct band_structure *s = &r->bands->v[i];
			const struct band_category *cat = &s->categories[k];
			const struct edition_absence *absent = absence(r, s, cat);
			struct report_natsec one = {s, cat,
			    figure_find(
				r->figures, "national_security", STR(""), s->id, str_z(c, cat->id)),
			    absent != NULL ? absent->not_before : DAY_NONE};

			if (one.x != NULL || absent != NULL)
				fn(&one, arg);
		}
}
