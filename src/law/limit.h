/*
 * What countries were said to let a provider publish about their demands (law/limits.yaml). None of
 * it was read at the source, so it only asks: counsel decides and records it. Pure.
 *
 * File: `limits:`, a list of
 *   id, en, de, cite, mark, verified   as in a pack (SPEC.md 1.3)
 *   countries                          ISO 3166-1 alpha-2, with blanks between
 *   class                              optional: the class of demands it is about
 *   flag                               prohibited | not_countable | band
 *   up_to                              of a band: it is about figures from 0 to this one
 */
#ifndef WRIT_LIMIT_H
#define WRIT_LIMIT_H

#include "law/pack.h"

enum limit_flag { LIMIT_PROHIBITED, LIMIT_NOT_COUNTABLE, LIMIT_BAND };

struct limit {
	struct str id, en, de, countries, class;
	enum limit_flag flag;
	int64_t up_to;
	struct source src;
};

struct limit_law {
	struct limit *v;
	size_t n;
};

/* limit_load(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." for anything else. */
int limit_load(struct ctx *c, const char *file, struct str text, struct limit_law *ret) MUST_CHECK;
/* limit_builtin(c, ret): law/limits.yaml as compiled in. */
int limit_builtin(struct ctx *c, struct limit_law *ret) MUST_CHECK;
/* limit_asks(l, country, class, n): a printed number n of this country's demands, of this class
 * ("": of all), is one that the limit is about. */
bool limit_asks(const struct limit *l, struct str country, struct str class, int64_t n);

#endif
