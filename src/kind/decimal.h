/*
 * Numbers as reports print them: "39,083.42", "5.0000000000000001E-3", "35%", "< 10", "0-249",
 * "n/a". No floating point: a number is whole units of 10^-scale. More than DECIMAL_DIGITS
 * significant digits are rounded to so many, because spreadsheets store what no binary fraction can
 * hold ("0.1" as 0.10000000000000001) and themselves show no more.
 */
#ifndef WRIT_DECIMAL_H
#define WRIT_DECIMAL_H

#include "base/text.h"

enum { DECIMAL_DIGITS = 15, DECIMAL_SCALE_MAX = 30 };

struct decimal {
	int64_t units; /* without trailing zeros behind the point */
	int scale;     /* 0..DECIMAL_SCALE_MAX: digits behind the point */
};

/* decimal_parse(s, thousands, ret): [-]digits[.digits][E[+-]n], with `thousands` (0: none) between
 * groups of three before the point; where that is a point, a comma parts the fraction. Nothing
 * else; false otherwise, or when the number is too large for 64 bits. */
bool decimal_parse(struct str s, char thousands, struct decimal *ret) MUST_CHECK;

/* decimal_unmarked(s): without the footnote marks behind it: "35*", "35 [2]", "Turkey (1)",
 * daggers. */
struct str decimal_unmarked(struct str s);

enum decimal_form {
	DECIMAL_NONE,   /* nothing, or a word for no number */
	DECIMAL_NUMBER, /* one number */
	DECIMAL_BAND,   /* lo..hi, both whole numbers and included: "0-249", "< 10" is 0..9 */
	DECIMAL_OTHER   /* text that is no number */
};

struct decimal_printed {
	enum decimal_form form;
	bool percent; /* DECIMAL_NUMBER: a "%" behind it */
	struct decimal number;
	int64_t lo, hi;
};

/* decimal_printed(s, thousands, none, n, ret): what a cell says. none: n words that stand for no
 * number, compared without case. Footnote marks behind a number ("35*", "35 [2]") are passed over.
 */
void decimal_printed(
    struct str s, char thousands, const struct str *none, size_t n, struct decimal_printed *ret);

/* decimal_share_fits(p, num, den, decimals, ret_cut): p (a fraction: 0.35) is num/den to so many
 * decimals: *ret_cut false when it is at most half a unit of the last off; true when only less than
 * a whole one: cut off, not rounded. False beyond that. den > 0, num >= 0. More than 6 decimals are
 * compared by 6. */
bool decimal_share_fits(
    struct decimal p, int64_t num, int64_t den, int decimals, bool *ret_cut) MUST_CHECK;
/* decimal_above_one(d): more than 1. */
bool decimal_above_one(struct decimal d);

#endif
