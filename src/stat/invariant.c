#include "stat/invariant.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"
#include "stat/outcome.h"
#include "stat/tally.h"

#define SPEC_CITE STR("SPEC.md 5.3")

struct check {
	struct ctx *c;
	const struct figures *f;
	struct breaches *ret;
};

static void add(struct ctx *c, struct breaches *ret, struct breach b, const char *text)
{
	b.text = str_make(c, str_of(text));
	ret->v = mem_grow(c, ret->v, ret->n, &ret->cap, sizeof *ret->v);
	ret->v[ret->n++] = b;
}

void invariant_add(struct ctx *c, struct breaches *ret, struct str figure, const char *rule,
    struct str cite, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, c->say == NULL ? fmt : c->say(fmt), ap);
	va_end(ap);
	add(c, ret, (struct breach){.figure = figure, .rule = rule, .cite = cite}, text);
}

void invariant_ask(struct ctx *c, struct breaches *ret, struct str figure, const char *rule,
    struct str cite, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, c->say == NULL ? fmt : c->say(fmt), ap);
	va_end(ap);
	add(c, ret, (struct breach){.figure = figure, .rule = rule, .cite = cite, .asks = true},
	    text);
}

const struct breach *breaches_first(const struct breaches *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (!b->v[i].asks)
			return &b->v[i];
	return NULL;
}

size_t breaches_stand(const struct breaches *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += !b->v[i].asks;
	return n;
}

static void breach(
    const struct check *k, const struct figure *x, const char *rule, const char *text)
{
	invariant_add(
	    k->c, k->ret, figure_name(k->c, x), rule, SPEC_CITE, "%s", err_word(k->c, text));
}

/* ---- each figure by itself ---- */

static bool has_value(const struct figure *x)
{
	return x->status == FIGURE_EXACT || x->status == FIGURE_BAND;
}

/* Figures to which an imported public report contributes. */
static bool imported(const struct figures *f, struct str country)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, "imported") && str_eq(f->v[i].country, country) &&
		    f->v[i].value_min > 0)
			return true;
	return false;
}

static void check_value(const struct check *k, const struct figure *x)
{
	enum outcome o;

	if (has_value(x) && (x->value_min < 0 || x->value_max < 0))
		breach(k, x, "whole", ERR_TEXT("a number below zero"));
	if (x->status == FIGURE_EXACT && x->value_min != x->value_max)
		breach(k, x, "whole", ERR_TEXT("an exact figure with two values"));
	if (x->status == FIGURE_BAND && x->value_min >= x->value_max)
		breach(k, x, "band", ERR_TEXT("a band that is not one"));
	if (!has_value(x) && (x->value_min != 0 || x->value_max != 0))
		breach(k, x, "status", ERR_TEXT("a cell without a number carries one"));
	if (x->status == FIGURE_UNKNOWN && !imported(k->f, x->country))
		breach(k, x, "unknown", ERR_TEXT("unknown, and not from an imported report"));
	if (outcome_find(x->metric, &o) && o == OUTCOME_NOT_RECORDED && x->value_max > 0 &&
	    !str_is(x->section, "secrecy") && !str_is(x->section, "notice") &&
	    !imported(k->f, x->country))
		breach(k, x, "not_recorded",
		    ERR_TEXT("an outcome that is not recorded, and not imported"));
}

static void check_twins(const struct check *k)
{
	for (size_t i = 1; i < k->f->n; i++) {
		int d = figure_cmp(&k->f->v[i - 1], &k->f->v[i]);

		if (d == 0)
			breach(
			    k, &k->f->v[i], "label_twice", ERR_TEXT("the same cell stands twice"));
		else if (d > 0)
			breach(k, &k->f->v[i], "order",
			    ERR_TEXT("the figures are not in their order"));
	}
}

/* What a metric of a section must be counted in. */
static const char *unit_of(const struct figure *x)
{
	if (str_is(x->section, "national_security"))
		return NULL; /* the structure says it */
	if (str_starts(x->metric, "share_"))
		return "basis_points";
	if (str_is(x->metric, "median_hours"))
		return "hours";
	if (str_is(x->section, "costs") && !str_is(x->metric, "requests"))
		return "minor_units";
	if (str_is(x->section, "users"))
		return str_is(x->metric, "active") ? "users" : "per_million";
	return str_starts(x->metric, "accounts") ? "accounts" : "requests";
}

static void check_unit(const struct check *k, const struct figure *x)
{
	const char *want = unit_of(x);

	if (want != NULL && !str_is(x->unit, want))
		breach(k, x, "one_unit", ERR_TEXT("not in the one unit of its column"));
}

/* ---- sums ---- */

static const char *const summed_sections[] = {
    "total", "country", "class", "country_class", "emergency"};

static bool is_summed(struct str section)
{
	for (size_t i = 0; i < sizeof summed_sections / sizeof summed_sections[0]; i++)
		if (str_is(section, summed_sections[i]))
			return true;
	return false;
}

/* The outcomes are a partition: they add up to the requests of their row. */
static void check_partition(const struct check *k, const struct figure *x)
{
	int64_t sum = 0;

	/* whether it may be unknown, or without a number, is asked of each figure by itself */
	if (!is_summed(x->section) || !str_is(x->metric, "requests") ||
	    x->status == FIGURE_UNKNOWN || figure_withheld(x))
		return;
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		sum += figure_number(k->f, str_z(k->c, x->section), x->country, x->instrument,
		    outcome_id((enum outcome)o));
	if (x->status != FIGURE_EXACT || sum != x->value_min)
		invariant_add(k->c, k->ret, figure_name(k->c, x), "partition", SPEC_CITE,
		    "the outcomes add up to %lld, the requests are %lld", (long long)sum,
		    (long long)x->value_min);
}

/* The rows of `part` with this metric, added up over what `whole` does not tell apart. */
static bool sum_of(const struct figures *f, const char *part, const struct figure *whole,
    bool by_country, bool by_class, int64_t *ret)
{
	int64_t sum = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct figure *x = &f->v[i];

		if (!str_is(x->section, part) || !str_eq(x->metric, whole->metric) ||
		    (by_country && !str_eq(x->country, whole->country)) ||
		    (by_class && !str_eq(x->instrument, whole->instrument)))
			continue;
		if (figure_withheld(x))
			continue;
		if (x->status != FIGURE_EXACT)
			return false;
		sum += x->value_min;
	}
	*ret = sum;
	return true;
}

static void check_sum(const struct check *k, const struct figure *whole, const char *part,
    const char *rule, bool by_country, bool by_class)
{
	int64_t sum;

	/* a part without a number leaves the whole without one: check_value asks whether it may be
	 */
	if (!sum_of(k->f, part, whole, by_country, by_class, &sum)) {
		if (whole->status == FIGURE_EXACT)
			breach(
			    k, whole, rule, ERR_TEXT("an exact sum of parts of which one is not"));
		return;
	}
	if (whole->status != FIGURE_EXACT || sum != whole->value_min)
		invariant_add(k->c, k->ret, figure_name(k->c, whole), rule, SPEC_CITE,
		    "the rows of %s add up to %lld, the figure is %lld", part, (long long)sum,
		    (long long)whole->value_min);
}

static bool is_additive(struct str metric)
{
	enum outcome o;

	return str_is(metric, "requests") || str_is(metric, "accounts") || outcome_find(metric, &o);
}

static void check_sums(const struct check *k, const struct figure *x)
{
	if (!is_additive(x->metric) || figure_withheld(x))
		return;
	if (str_is(x->section, "total")) {
		check_sum(k, x, "country", "countries", false, false);
		check_sum(k, x, "class", "classes", false, false);
		if (str_is(x->metric, "requests"))
			check_sum(k, x, "channel", "channels", false, false);
	} else if (str_is(x->section, "country")) {
		check_sum(k, x, "country_class", "classes", true, false);
	} else if (str_is(x->section, "class")) {
		check_sum(k, x, "country_class", "classes", false, true);
	}
}

/* Those settled within each time, those open and those that an import does not time are all. */
static void check_response(const struct check *k, const struct figure *whole, const char *which)
{
	int64_t sum = 0;

	for (size_t i = 0; i < k->f->n; i++) {
		const struct figure *x = &k->f->v[i];

		if (str_is(x->section, "response") && str_is(x->instrument, which) &&
		    str_is(x->unit, "requests"))
			sum += x->value_min;
	}
	if (sum != whole->value_min)
		breach(k, whole, "response", ERR_TEXT("the times do not add up to the requests"));
}

static int64_t section_sum(const struct check *k, const char *section)
{
	int64_t sum = 0;

	for (size_t i = 0; i < k->f->n; i++)
		if (str_is(k->f->v[i].section, section))
			sum += k->f->v[i].value_min;
	return sum;
}

/* Told, barred and neither are all; who was told late was told. */
static void check_notice(const struct check *k, const struct figure *total)
{
	if (!figure_has_section(k->f, "notice"))
		return;
	if (section_sum(k, "notice") != total->value_min)
		breach(k, total, "notice",
		    ERR_TEXT("told, barred and neither do not add up to the requests"));
	if (figure_number(k->f, "told_late", STR(""), STR(""), "requests") >
	    figure_number(k->f, "notice", STR(""), STR(""), "told"))
		breach(k, total, "notice", ERR_TEXT("more were told late than were told"));
}

/* Of each currency the countries add up; no more is paid than was claimed. */
static void check_costs(const struct check *k)
{
	for (size_t i = 0; i < k->f->n; i++) {
		const struct figure *x = &k->f->v[i];
		int64_t sum = 0;

		if (!str_is(x->section, "costs") || x->instrument.n == 0)
			continue;
		if (str_is(x->metric, "paid") &&
		    x->value_min >
			figure_number(k->f, "costs", x->country, x->instrument, "claimed"))
			breach(k, x, "costs", ERR_TEXT("more is paid than was claimed"));
		for (size_t j = 0; j < k->f->n; j++)
			if (str_is(k->f->v[j].section, "costs") && k->f->v[j].country.n > 0 &&
			    str_eq(k->f->v[j].instrument, x->instrument) &&
			    str_eq(k->f->v[j].metric, x->metric))
				sum += k->f->v[j].value_min;
		if (x->country.n == 0 && sum != x->value_min)
			breach(k, x, "costs", ERR_TEXT("the countries do not add up to the sum"));
	}
}

/* Parts without a whole: a row of a country or class that no sum covers cannot be missed by
 * check_sums, because every sum runs over all rows; what remains are sections that must not stand
 * without a total. */
static void check_beside(const struct check *k)
{
	const struct figure *total = figure_find(k->f, "total", STR(""), STR(""), "requests");
	const struct figure *rejected = figure_find(k->f, "total", STR(""), STR(""), "rejected");
	struct figure requests = {
	    .metric = STR("requests"), .country = STR(""), .instrument = STR("")};
	int64_t n;

	if (total == NULL || rejected == NULL) {
		invariant_add(
		    k->c, k->ret, STR("total requests"), "total", SPEC_CITE, "there is no total");
		return;
	}
	if (!sum_of(k->f, "refusal", &requests, false, false, &n) || n != rejected->value_min)
		breach(k, rejected, "refusals",
		    ERR_TEXT("the refusal codes do not add up to the rejected"));
	if (figure_has_section(k->f, "secrecy") && section_sum(k, "secrecy") != total->value_min)
		breach(k, total, "secrecy",
		    ERR_TEXT("barred and not barred do not add up to the requests"));
	check_notice(k, total);
	if (figure_has_section(k->f, "response"))
		check_response(k, total, "");
	total = figure_find(k->f, "emergency", STR(""), STR(""), "requests");
	if (total != NULL && total->status == FIGURE_EXACT && figure_has_section(k->f, "response"))
		check_response(k, total, "emergency");
}

/* The share of users is that of the accounts printed beside it. */
static void check_users(const struct check *k)
{
	const struct figure *x = figure_find(k->f, "users", STR(""), STR(""), "per_million");
	int64_t users = figure_number(k->f, "users", STR(""), STR(""), "active");
	int64_t accounts = figure_number(k->f, "total", STR(""), STR(""), "accounts");

	if (x != NULL && (x->status != FIGURE_EXACT || users <= 0 ||
			     x->value_min != tally_per_million(accounts, users)))
		breach(k, x, "share", ERR_TEXT("not the accounts in a million active users"));
}

static void check_share(const struct check *k, const struct figure *x)
{
	int64_t of, n, want;

	if (!str_starts(x->metric, "share_"))
		return;
	of = figure_number(k->f, str_z(k->c, x->section), x->country, x->instrument, "requests");
	n = figure_number(k->f, str_z(k->c, x->section), x->country, x->instrument,
	    str_z(k->c, (struct str){x->metric.p + 6, x->metric.n - 6}));
	want = of > 0 ? tally_share(n, of) : -1;
	if (x->status != FIGURE_EXACT || x->value_min != want)
		invariant_add(k->c, k->ret, figure_name(k->c, x), "share", SPEC_CITE,
		    "the share is %lld basis points, the counts give %lld", (long long)x->value_min,
		    (long long)want);
}

/* ---- national security ---- */

static const struct invariant_band *band_find(
    const struct invariant_band *bands, size_t n, const struct figure *x)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(bands[i].structure, x->instrument) &&
		    str_eq(bands[i].category, x->metric))
			return &bands[i];
	return NULL;
}

bool invariant_band_edges(int64_t lo, int64_t hi, int64_t width, bool shared)
{
	int64_t end;

	return lo >= 0 && lo <= hi && !__builtin_add_overflow(hi, shared ? 0 : 1, &end) &&
	       end % width == 0 && lo >= end - width;
}

static void check_band(
    const struct check *k, const struct figure *x, const struct invariant_band *b, struct day today)
{
	struct str name = figure_name(k->c, x);

	if (figure_withheld(x))
		return;
	if (x->status != FIGURE_BAND || b->width == 0) {
		invariant_add(k->c, k->ret, name, "band", b->cite, "only %s may be shown",
		    err_word(k->c,
			b->width == 0 ? ERR_TEXT("that the law forbids it") : ERR_TEXT("a band")));
		return;
	}
	if (!invariant_band_edges(x->value_min, x->value_max, b->width, b->shared_edges))
		invariant_add(
		    k->c, k->ret, name, "band", b->cite, "not a band of %lld", (long long)b->width);
	if (!str_eq(x->unit, b->unit))
		invariant_add(k->c, k->ret, name, "one_unit", b->cite, "the structure counts %.*s",
		    STR_ARG(b->unit));
	if (!b->due || day_is_none(b->earliest))
		invariant_add(k->c, k->ret, name, "period", b->cite,
		    "this structure reports no period of this length or date");
	else if (day_cmp(today, b->earliest) < 0)
		invariant_add(k->c, k->ret, name, "delay", b->cite, "not before %.*s",
		    STR_ARG(day_str(k->c, b->earliest)));
}

/* What a word stands for is nowhere told apart: no number of the same country, or of the same class
 * of its demands. */
static void check_split(const struct check *k, const struct figure *x)
{
	bool country = str_is(x->section, "country");

	if (!figure_withheld(x) || (!country && !str_is(x->section, "country_class")))
		return;
	for (size_t i = 0; i < k->f->n; i++) {
		const struct figure *y = &k->f->v[i];

		if (str_eq(y->country, x->country) && has_value(y) &&
		    (country || str_eq(y->instrument, x->instrument)))
			breach(k, y, "split",
			    ERR_TEXT("a number of what the edition does not tell apart"));
	}
}

/* A number that holds all of a country's demands stands for the country. */
static void check_combined(const struct check *k, const struct invariant_band *b)
{
	const struct figure *x;

	if (b->country.n == 0)
		return;
	x = figure_find(k->f, "country", b->country, STR(""), "requests");
	if (x == NULL || !figure_withheld(x))
		invariant_add(k->c, k->ret, b->country, "split", b->cite,
		    "its demands stand in one number, and nowhere else");
}

static void check_secret(const struct check *k, const struct figure *x,
    const struct invariant_band *bands, size_t n, struct day today)
{
	const struct invariant_band *b;

	if (!str_is(x->section, "national_security")) {
		if (str_is(x->instrument, "national_security"))
			breach(k, x, "secret",
			    ERR_TEXT("national-security process outside its bands"));
		else if (x->status == FIGURE_BAND)
			breach(k, x, "band", ERR_TEXT("a band outside the section of bands"));
		return;
	}
	b = band_find(bands, n, x);
	if (b != NULL)
		check_band(k, x, b, today);
	else if (x->status != FIGURE_PROHIBITED)
		breach(k, x, "structure", ERR_TEXT("not a category of the chosen structure"));
}

/* Nothing due is left out: silence about one category would say something about it. */
static void check_complete(
    const struct check *k, const struct invariant_band *bands, size_t n, struct day today)
{
	for (size_t i = 0; i < n; i++) {
		const struct invariant_band *b = &bands[i];

		if (!b->due || day_is_none(b->earliest) || day_cmp(today, b->earliest) < 0)
			continue;
		if (figure_find(k->f, "national_security", STR(""), b->structure,
			str_z(k->c, b->category)) == NULL)
			invariant_add(k->c, k->ret, b->category, "structure", b->cite,
			    "the category is due and missing");
	}
}

void invariant_check(struct ctx *c, const struct figures *f, const struct invariant_band *bands,
    size_t n, struct day today, struct breaches *ret)
{
	struct check k = {c, f, ret};

	check_twins(&k);
	for (size_t i = 0; i < f->n; i++) {
		check_value(&k, &f->v[i]);
		check_unit(&k, &f->v[i]);
		check_partition(&k, &f->v[i]);
		check_sums(&k, &f->v[i]);
		check_share(&k, &f->v[i]);
		check_split(&k, &f->v[i]);
		check_secret(&k, &f->v[i], bands, n, today);
	}
	for (size_t i = 0; i < n; i++)
		check_combined(&k, &bands[i]);
	check_beside(&k);
	check_users(&k);
	check_costs(&k);
	check_complete(&k, bands, n, today);
}
