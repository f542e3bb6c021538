/* Numbers, days, instants and spans of time as English and German readers write them. */
#ifndef WRIT_LANG_NUM_H
#define WRIT_LANG_NUM_H

#include "kind/day.h"
#include "web/answer.h"

/* lang_num(b, lang, n): 37,196 or 37.196. */
void lang_num(struct buf *b, enum answer_lang lang, int64_t n);
/* lang_num_day(b, lang, day): 31 January 2013, 31. Januar 2013; nothing for DAY_NONE. */
void lang_num_day(struct buf *b, enum answer_lang lang, struct day day);
/* lang_num_instant(b, lang, t): day and minute in the zone set (day_zone), with the zone's distance
 * from UTC; nothing for none. */
void lang_num_instant(struct buf *b, enum answer_lang lang, struct instant t);
/* lang_num_from(b, lang, seconds): how far from now, in the largest unit that it fills: "in 3
 * hours", "2 days ago", "now" below a minute. Negative is past. */
void lang_num_from(struct buf *b, enum answer_lang lang, int64_t seconds);

#endif
