/*
 * Rule packs: law as data with a citation (SPEC.md 1). Pure: text in, structures out. A loaded
 * `struct law` is the vocabulary and any number of packs, immutable after loading, in the arena of
 * the context it was loaded with.
 */
#ifndef WRIT_PACK_H
#define WRIT_PACK_H

#include "kind/day.h"
#include "kind/yaml.h"
#include "law/names.h"

struct cond; /* a parsed condition; private to the folder */

enum fact_type { FACT_YESNO, FACT_ONE, FACT_SET, FACT_NUMBER, FACT_DAY, FACT_INSTANT, FACT_TEXT };

struct vocab_fact {
	struct str id, values, en,
	    de; /* values: words allowed for FACT_ONE and FACT_SET, may be empty */
	enum fact_type type;
	bool plain; /* FACT_TEXT that is a code, never personal data: explanations may show it */
};

enum fold { FOLD_NONCONTENT, FOLD_CONTENT, FOLD_KEY };

struct vocab_field {
	struct str id, en, de;
	enum fold fold;
};

struct vocab_code {
	struct str id, en, de;
};

/* Where a sentence stands and how far it may be trusted (product.md 5). */
struct source {
	struct str cite, quote, lang, mark;
	struct day text_date, valid_from, valid_until; /* DAY_NONE when not given */
	bool verified;
	const char *file;
	int line;
};

struct category {
	struct str id, en, de, fields;
	struct source src;
};

enum basis { BASIS_ORDER, BASIS_PERMITTED, BASIS_PRESERVATION, BASIS_SEALED, BASIS_CAPABILITY };

struct instrument {
	struct str id, en, de, class;
	enum basis basis;
	bool commands;
	struct source src;
	const struct pack *pack;
};

enum on_fail { ON_FAIL_FAIL, ON_FAIL_COUNSEL, ON_FAIL_ASK };

struct rule {
	struct str id, en, de, code;
	bool item_scope, grants;
	bool never; /* house only: a fail stays a fail even where the law commands (SPEC.md 1.3) */
	enum on_fail on_fail;
	const struct cond *when, *require;
	struct source src;
};

enum span_unit { SPAN_NONE, SPAN_HOURS, SPAN_DAYS, SPAN_BUSINESS_DAYS, SPAN_MONTHS };

struct span {
	int n;
	enum span_unit unit;
};

struct clock_rule {
	struct str id, en, de, act, from, calendar, stops_at, lifts, pauses;
	struct span latest, earliest;
	bool counts_up;
	const struct cond *when;
	struct source src;
};

struct bar_rule {
	struct str id, en, de, bars, until;
	/* facts with a day: on which a reciprocal notice was received, and from which a review is
	 * asked for; review_cite says on what that rests. "" without. */
	struct str reciprocal, review_from, review_cite;
	struct span review; /* days or months */
	const struct cond *when;
	struct source src;
};

struct pack {
	struct str id, en, de, jurisdiction;
	bool house;
	struct day text_date;
	const char *file;
	const struct cond *applies;
	struct category *categories;
	struct instrument *instruments;
	struct rule *rules;
	struct clock_rule *clocks;
	struct bar_rule *bars;
	size_t n_categories, n_instruments, n_rules, n_clocks, n_bars;
};

struct law {
	struct vocab_fact *facts;
	struct vocab_field *fields;
	struct vocab_code *codes;
	struct pack **packs;
	struct cal **calendars;
	size_t n_facts, n_fields, n_codes, n_packs, n_calendars;
	struct law_names rules, facts_by_id; /* once all is loaded */
};

/* One file of law, by its path below law/ ("us/sca.yaml", "vocabulary.yaml", "calendar/de.yaml").
 */
struct law_file {
	const char *name;
	struct str text;
};

/* pack_builtin_file(c, name, ret): one of them; ERR_NOTFOUND. */
int pack_builtin_file(struct ctx *c, const char *name, struct law_file *ret) MUST_CHECK;
/* pack_builtin(c, ret, ret_n): the files compiled in (law_gen), cases included. */
void pack_builtin(struct ctx *c, const struct law_file **ret, size_t *ret_n);
/* pack_load(c, files, n, ret): reads the vocabulary, calendars and every pack; files ending
 * .case.yaml, bands.yaml (law/band.h), limits.yaml (law/limit.h), fees.yaml (law/fee.h),
 * channels.yaml (law/channel.h) and dsa-template.yaml (law/dsa.h) are skipped. ERR_INVALID
 * "FILE:LINE:COL: ..." for anything outside SPEC.md 1, an unknown fact, field, code, calendar or
 * category, a duplicate id, and for `verified: yes` on a mark that does not carry it. */
int pack_load(
    struct ctx *c, const struct law_file *files, size_t n, const struct law **ret) MUST_CHECK;
/* pack_cond_text(c, cond): the condition as a line of text, for explanations. */
struct str pack_cond_text(struct ctx *c, const struct cond *cond);

/* Look-ups; NULL when there is none. */
const struct instrument *pack_instrument(const struct law *law, struct str id);
const struct bar_rule *pack_bar(const struct law *law, struct str id);
const struct rule *pack_rule(const struct law *law, struct str id, const struct pack **ret_pack);
const struct vocab_fact *pack_fact(const struct law *law, struct str id);
const struct vocab_field *pack_field(const struct law *law, struct str id);
const struct vocab_code *pack_code(const struct law *law, struct str id);
/* pack_fact_check(c, law, name, value): the fact exists and the value is of its type and words;
 * ERR_INVALID names the fact and what it takes. */
int pack_fact_check(
    struct ctx *c, const struct law *law, struct str name, struct str value) MUST_CHECK;

#endif
