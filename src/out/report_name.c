#include "out/report_name.h"

#include <string.h>

#include "kind/land.h"
#include "out/report_word.h"

static struct str land_of(struct str code, enum report_lang lang)
{
	struct str name = land_name(code, report_text_lang(lang));

	return name.n > 0 ? name : code;
}

static struct str category_of(const struct report *r, enum report_lang lang, const struct figure *x)
{
	const struct band_structure *s = band_find(r->bands, x->instrument);

	for (size_t i = 0; s != NULL && i < s->n_categories; i++)
		if (str_eq(s->categories[i].id, x->metric))
			return lang == REPORT_DE ? s->categories[i].de : s->categories[i].en;
	return x->metric;
}

static struct str instrument_of(
    const struct report *r, enum report_lang lang, const struct figure *x)
{
	if (str_is(x->section, "country_class"))
		return report_word(lang, "class", x->instrument);
	for (size_t i = 0; str_is(x->section, "imported") && i < r->n_imports; i++)
		if (str_eq(r->imports[i].key, x->instrument))
			return r->imports[i].source;
	if (str_is(x->section, "refusal"))
		return report_word_instrument(r, lang, "refusal", x->instrument);
	return report_word(
	    lang, str_is(x->section, "channel") ? "channel" : "class", x->instrument);
}

static void put_metric(
    const struct report *r, enum report_lang lang, const struct figure *x, struct buf *b)
{
	static const char share[] = "share_";
	size_t skip = sizeof share - 1;

	if (str_is(x->section, "response") || str_is(x->section, "notice"))
		buf_put(b, report_word(lang, str_is(x->section, "notice") ? "notice" : "response",
			       x->metric));
	else if (str_is(x->section, "national_security"))
		buf_put(b, category_of(r, lang, x));
	else if (str_has_word(STR("requests accounts claimed paid"), x->metric))
		buf_put(b, report_word(lang, "col", x->metric));
	else if (x->metric.n > skip && memcmp(x->metric.p, share, skip) == 0)
		buf_fmt(b, "%s, %.*s", report_text(lang, "col.share"),
		    STR_ARG(report_word(
			lang, "outcome", (struct str){x->metric.p + skip, x->metric.n - skip})));
	else
		buf_put(b, report_word(lang, "outcome", x->metric));
}

/* Figures that no table has a row or a column for but one of its own. */
static const char *own_key(const struct figure *x)
{
	const struct report_beside *row;

	for (size_t i = 0; (row = report_word_beside(i)) != NULL; i++)
		if (str_is(x->section, row->section) && str_is(x->metric, row->metric))
			return row->key;
	if (str_is(x->section, "told_late") || str_is(x->section, "freed"))
		return str_is(x->section, "freed") ? "notice.freed" : "notice.told_late";
	if (str_is(x->section, "users"))
		return str_is(x->metric, "active") ? "users.active" : "users.share";
	return NULL;
}

static const char *section_key(const struct figure *x)
{
	return str_is(x->section, "imported")              ? "imported"
	       : str_is(x->section, "response")            ? "response"
	       : str_is(x->section, "national_security")   ? "natsec"
	       : str_is(x->section, "notice")              ? "notice"
	       : str_is(x->section, "costs")               ? "costs"
	       : x->country.n == 0 && x->instrument.n == 0 ? "total"
							   : NULL;
}

struct str report_name(
    struct ctx *c, const struct report *r, enum report_lang lang, const struct figure *x)
{
	struct buf b = buf_init(c, 4096);
	const char *own = own_key(x), *section = section_key(x), *sep = "";

	if (own != NULL)
		return str_of(report_text(lang, own));
	if (section != NULL) {
		buf_puts(&b, report_text(lang, section));
		sep = ", ";
	}
	if (x->country.n > 0) {
		buf_fmt(&b, "%s%.*s", sep, STR_ARG(land_of(x->country, lang)));
		sep = ", ";
	}
	if (x->instrument.n > 0 && str_is(x->section, "response"))
		buf_fmt(&b, "%s%s", sep, report_text(lang, "beside.emergency"));
	else if (x->instrument.n > 0 && !str_is(x->section, "national_security"))
		buf_fmt(&b, "%s%.*s", sep, STR_ARG(instrument_of(r, lang, x)));
	buf_puts(&b, ": ");
	put_metric(r, lang, x, &b);
	return buf_str(&b);
}
