/*
 * Business days over holiday calendars that are data (the files in law/calendar): rules by fixed
 * date, offset from Easter, or n-th weekday of a month, each with from and until years, an optional
 * observed rule (US federal: Saturday -> Friday, Sunday -> Monday), and a citation.
 * A calendar is a name such as "us-federal", "eu-institutions", "de" (federal), "de-BY".
 *
 * A file is strict YAML (yaml.h): name, base (the calendar whose rules count too), citation,
 * verified (yes or no), note, observed (words of "saturday-friday sunday-monday") and rules: a list
 * of name, name_de, from, until (years, inclusive), note, citation, and one of
 *     fixed: 12-25                    month-day; 02-29 in leap years only
 *     easter: +39                     days from Easter Sunday
 *     nth: 3 monday january           or "last monday may"
 *     before: wednesday 11-23         the last such weekday before that date
 * A calendar with a base is half of one until cal_join has put the base's rules in. Whoever loads
 * the files parses all of them, then joins those with a base.
 */
#ifndef WRIT_CAL_H
#define WRIT_CAL_H

#include "kind/day.h"

struct cal;

/* cal_parse(c, name_of_file, text, ret): reads one calendar file. ERR_INVALID with line and column.
 */
int cal_parse(struct ctx *c, const char *file, struct str text, struct cal **ret) MUST_CHECK;
/* cal_join(c, base, own, ret): a calendar with the name of own and the rules of both. ERR_INVALID
 * if base is not the one that own names, or has a base that is still missing itself. */
int cal_join(
    struct ctx *c, const struct cal *base, const struct cal *own, struct cal **ret) MUST_CHECK;
struct str cal_name(const struct cal *cal);
/* cal_base(cal): the name of the base still to be joined, "" when there is none. */
struct str cal_base(const struct cal *cal);
/* cal_holiday(cal, day): the day is a holiday. Weekends are not holidays. A holiday that is
 * observed on another day counts on both. */
bool cal_holiday(const struct cal *cal, struct day day);
/* cal_reason(cal, day, lang): the holiday's name for an explanation, lang "en" or "de"; "" when the
 * day is none. */
struct str cal_reason(const struct cal *cal, struct day day, const char *lang);
/* cal_business(cal, day): neither Saturday, Sunday nor holiday. cal NULL: weekends only. */
bool cal_business(const struct cal *cal, struct day day);
/* cal_add(cal, day, n): the n-th business day after `day` (n >= 1), the day itself not counted.
 * DAY_NONE if day is none, n < 1, or the years end before. cal NULL as for cal_business. */
struct day cal_add(const struct cal *cal, struct day day, int n);

#endif
