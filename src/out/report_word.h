/* The names that a report gives to outcomes, instruments, channels, reasons and states of a figure,
 * in the reader's language: the same in every format. */
#ifndef WRIT_REPORT_WORD_H
#define WRIT_REPORT_WORD_H

#include "out/report.h"
#include "out/report_text.h"
#include "stat/outcome.h"

/* report_word(lang, prefix, word): the text of "prefix.word"; a word that has none stands for
 * itself. */
struct str report_word(enum report_lang lang, const char *prefix, struct str word);
struct str report_word_outcome(enum report_lang lang, enum outcome o);
/* report_word_instrument(r, lang, section, id): the instrument column of that section; refusal
 * codes get the sentence of the law's vocabulary where the report has one. */
struct str report_word_instrument(
    const struct report *r, enum report_lang lang, const char *section, struct str id);
/* report_word_shows(r, o): whether tables have a column for this outcome: the usual ones always,
 * the others where any demand had it. */
bool report_word_shows(const struct report *r, enum outcome o);

/* What stands beside the outcomes: its text's key, and the figure. */
struct report_beside {
	const char *key, *section, *metric;
};
/* report_word_beside(i): by number; NULL after the last. */
const struct report_beside *report_word_beside(size_t i);

/* A category of the chosen band structures: its figure, or, where x is NULL, the day before which
 * none may be shown; DAY_NONE: its structure does not report periods of this length. */
struct report_natsec {
	const struct band_structure *structure;
	const struct band_category *category;
	const struct figure *x;
	struct day not_before;
};
/* report_word_title(c, r, lang): what a file of the report calls itself: the title and the period.
 */
struct str report_word_title(struct ctx *c, const struct report *r, enum report_lang lang);
/* report_word_value(c, lang, x): a number, a band "0-499" with an en dash, or the word for its
 * state; "" for NULL. */
struct str report_word_value(struct ctx *c, enum report_lang lang, const struct figure *x);
/* report_word_absent(c, lang, one): why a category without a figure has none. */
struct str report_word_absent(
    struct ctx *c, enum report_lang lang, const struct report_natsec *one);
/* report_word_rule(c, lang, i): how is counted, by number from 1; NULL after the last. */
const char *report_word_rule(struct ctx *c, enum report_lang lang, size_t i);
/* report_word_natsec(c, r, fn, arg): fn for each, in the order of the law's table. Nothing of it is
 * a number that the figures do not hold. */
void report_word_natsec(struct ctx *c, const struct report *r,
    void (*fn)(const struct report_natsec *one, void *arg), void *arg);

#endif
