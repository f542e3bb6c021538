/* How a language writes numbers and times: a table made from ICU at build time (tools/icu_table.c).
 * Patterns are those of Unicode TR 35, of which the letters y M d E H m O are used. */
#ifndef WRIT_LANG_NUM_P_H
#define WRIT_LANG_NUM_P_H

enum { SPAN_MINUTE, SPAN_HOUR, SPAN_DAY, SPANS };

struct lang_num_form {
	const char *group, *decimal, *minus;
	const char *months[12], *short_months[12], *short_weekdays[7]; /* from Sunday */
	const char *day, *long_day, *weekday, *instant, *zoned;        /* patterns */
	const char *now;
	const char *spans[SPANS][4]; /* {0} the number: one past, many past, one to come, many */
};

extern const struct lang_num_form lang_num_forms[]; /* by enum answer_lang */

#endif
