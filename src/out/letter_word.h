/* The words of a letter that are in no template, in the letter's language, and its paper. Pure. */
#ifndef WRIT_LETTER_WORD_H
#define WRIT_LETTER_WORD_H

#include "kind/day.h"

enum letter_word {
	LETTER_YOURS,
	LETTER_OURS,
	LETTER_DATE,
	LETTER_PAGE,
	LETTER_OF,
	LETTER_ENCLOSURES,
	LETTER_TEXT_OF,  /* of a law: "text of DAY" */
	LETTER_REQUIRED, /* before what a law asks, in our words */
	LETTER_WORDS
};

/* letter_word(language, w): in German for "de", in English for all others. */
const char *letter_word(struct str language, enum letter_word w);
/* letter_day(c, language, country, day): 1. Juli 2026, 1 July 2026; July 1, 2026 to the United
 * States. "" for DAY_NONE. */
struct str letter_day(struct ctx *c, struct str language, struct str country, struct day day);
/* letter_paper(country): "us" where US Letter is usual (CLDR 42, paperSize), else "din". */
const char *letter_paper(struct str country);
/* letter_isolated(c, s): a text that has letters written from right to left, so that these do not
 * turn round what stands beside it (UAX #9, FSI and PDI); any other as it is. */
struct str letter_isolated(struct ctx *c, struct str s);

#endif
