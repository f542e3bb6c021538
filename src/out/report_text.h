/*
 * Every sentence and word of the published page, in English and German, and how numbers, shares and
 * days are written in each. One table, so that a language is missing nothing.
 */
#ifndef WRIT_REPORT_TEXT_H
#define WRIT_REPORT_TEXT_H

#include "kind/day.h"

enum report_lang { REPORT_EN, REPORT_DE };

/* report_text_lang: "en", "de". */
const char *report_text_lang(enum report_lang lang);
/* report_text_suffix: of the names of its files, before their ending: "", ".de". */
const char *report_text_suffix(enum report_lang lang);
/* report_text(lang, key): the sentence; ends the program for a key that is not in the table. */
const char *report_text(enum report_lang lang, const char *key);
/* report_text_find(lang, prefix, word): the text of "prefix.word"; NULL when there is none. */
const char *report_text_find(enum report_lang lang, const char *prefix, struct str word);
/* report_text_each(i, ret_key): texts by number, for the test that both languages are there. */
bool report_text_each(size_t i, const char **ret_key, const char **ret_en, const char **ret_de);

/* report_text_number(b, lang, n): 37,196 or 37.196. */
void report_text_number(struct buf *b, enum report_lang lang, int64_t n);
/* report_text_share(b, lang, bp): basis points as a percentage with one decimal: 2.2% or 2,2 %. */
void report_text_share(struct buf *b, enum report_lang lang, int64_t bp);
/* report_text_part(b, lang, n, of): n of `of` as such a percentage; what rounds to nothing and is
 * not nothing is "< 0.1%". Nothing where of is 0. */
void report_text_part(struct buf *b, enum report_lang lang, int64_t n, int64_t of);
/* report_text_day(b, lang, day): 1 July 2013, 1. Juli 2013. */
void report_text_day(struct buf *b, enum report_lang lang, struct day day);
/* report_text_period(b, lang, p): January to June 2013; the year 2013; or both days. */
void report_text_period(struct buf *b, enum report_lang lang, struct period p);

#endif
