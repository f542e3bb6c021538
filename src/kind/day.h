/*
 * Instants and civil days (proleptic Gregorian), periods, and arithmetic that law texts need.
 * An instant is UTC seconds; a day has no zone. Zone rules come from libc and tzdata for the one
 * zone day_zone() has set at start; nothing else depends on the process's zone.
 */
#ifndef WRIT_DAY_H
#define WRIT_DAY_H

#include "base/text.h"

struct day {
	int32_t n; /* days since 1970-01-01; DAY_NONE.n when there is none */
};
#define DAY_NONE ((struct day){INT32_MIN})

struct instant {
	int64_t s; /* seconds since 1970-01-01T00:00:00Z; INT64_MIN when there is none */
};
#define INSTANT_NONE ((struct instant){INT64_MIN})

/* day_make(y, m, d, ret): false if there is no such day or the year is not 1..9999. */
bool day_make(int y, int m, int d, struct day *ret) MUST_CHECK;
/* day_split(day, ...): year, month, day; all 0 for DAY_NONE. */
void day_split(struct day day, int *ret_y, int *ret_m, int *ret_d);
/* day_parse(c, s, ret): "YYYY-MM-DD" exactly; ERR_INVALID names the fault (form, or no such day).
 */
int day_parse(struct ctx *c, struct str s, struct day *ret) MUST_CHECK;
/* day_str(c, day): "YYYY-MM-DD", "" for DAY_NONE. */
struct str day_str(struct ctx *c, struct day day);
bool day_is_none(struct day day);
/* day_cmp(a, b): <0 0 >0. */
int day_cmp(struct day a, struct day b);
/* day_weekday(day): 1 Monday .. 7 Sunday (ISO 8601); 0 for DAY_NONE. */
int day_weekday(struct day day);
/* day_add(day, days): DAY_NONE if day is none or the result is not in the years 1..9999. */
struct day day_add(struct day day, int days);
/* day_add_months(day, n): same day of the month, or the month's last day where there is none.
 * DAY_NONE as for day_add. */
struct day day_add_months(struct day day, int months);
/* day_easter(year): Easter Sunday, Gregorian computus; DAY_NONE if the year is not 1..9999. */
struct day day_easter(int year);

/* instant_parse(c, s, ret): RFC 3339 with seconds and a zone: "2013-01-31T09:00:00+01:00" or
 * "...Z"; the lower bound of a bare day is refused: an instant needs its zone. A fraction of a
 * second is cut off; second 60 is taken only where a leap second can be. ERR_INVALID names the
 * fault. */
int instant_parse(struct ctx *c, struct str s, struct instant *ret) MUST_CHECK;
/* instant_str(c, t): "YYYY-MM-DDTHH:MM:SSZ"; "" for none or outside the years 1..9999. */
struct str instant_str(struct ctx *c, struct instant t);
bool instant_is_none(struct instant t);
/* day_zone(c, name): sets the zone for instant_day and instant_at ("Europe/Berlin"). ERR_INVALID if
 * tzdata has no such zone. Called once at start. */
int day_zone(struct ctx *c, const char *name) MUST_CHECK;
/* instant_day(t): the civil day at t in the zone set. */
struct day instant_day(struct instant t);
/* instant_east(t): how many seconds the zone set is east of UTC at t; 0 for none. */
int64_t instant_east(struct instant t);
/* instant_at(day, seconds): the instant that many wall-clock seconds into the day in the zone. A
 * time that comes twice (clock put back) is the earlier one; a time that never comes (clock put
 * forward) is taken as if the clock had not been touched: 02:30 becomes 03:30. */
struct instant instant_at(struct day day, int seconds);

/* A reporting period, both ends inclusive: "2013H1", "2013H2", "2013" or "2013-01-01/2013-06-30".
 */
struct period {
	struct day from, to;
};
/* period_parse(c, s, ret): ERR_INVALID names the fault, also for an end before the beginning. */
int period_parse(struct ctx *c, struct str s, struct period *ret) MUST_CHECK;
/* period_str(c, p): the shortest of the forms above; "" if an end is DAY_NONE. */
struct str period_str(struct ctx *c, struct period p);
/* period_eq(a, b): the same days. period_disjoint(a, b): they have no day in common. */
bool period_eq(struct period a, struct period b);
bool period_disjoint(struct period a, struct period b);

#endif
