/*
 * Numbers, days, instants and spans of time as English and German readers write them: as ICU does
 * for en_GB and de. Zones are those of kind/day.h (day_zone).
 */
#ifndef WRIT_LANG_NUM_H
#define WRIT_LANG_NUM_H

#include "kind/day.h"
#include "web/answer.h"

/* lang_num(b, lang, n): 37,196 or 37.196. */
void lang_num(struct buf *b, enum answer_lang lang, int64_t n);
/* lang_num_tenths(b, lang, n): n tenths as a number with one decimal: 3.5 or 3,5. */
void lang_num_tenths(struct buf *b, enum answer_lang lang, int64_t n);

enum lang_num_day {
	LANG_DAY,    /* 31 Jan 2013; 31. Jan. 2013 */
	LANG_LONG,   /* 31 January 2013; 31. Januar 2013 */
	LANG_WEEKDAY /* Thu, 31 Jan 2013; Do., 31. Jan. 2013 */
};
/* lang_num_day(b, lang, form, day): nothing for DAY_NONE. */
void lang_num_day(struct buf *b, enum answer_lang lang, enum lang_num_day form, struct day day);
/* lang_num_instant(b, lang, t, zoned): day and minute in the zone set; zoned: with its distance
 * from UTC, "GMT+1". Nothing for none. */
void lang_num_instant(struct buf *b, enum answer_lang lang, struct instant t, bool zoned);
/* lang_num_from(b, lang, seconds): how far from now, in whole units and the largest that is filled
 * twice: "in 3 hours", "90 minutes ago", "in 47 hours", "2 days ago"; "now" below a minute.
 * Negative is past. A time left is never told longer than it is, and one that is past never
 * shorter. */
void lang_num_from(struct buf *b, enum answer_lang lang, int64_t seconds);

#endif
