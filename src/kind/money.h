/* Money in minor units of an ISO 4217 currency. Never floating point. */
#ifndef WRIT_MONEY_H
#define WRIT_MONEY_H

#include "base/text.h"

struct money {
	int64_t minor;    /* cents */
	char currency[4]; /* "EUR", NUL-terminated */
};

/* money_parse(c, s, ret): "25.00 EUR" or "25 EUR". ERR_INVALID for an unknown currency or too many
 * decimals. */
int money_parse(struct ctx *c, struct str s, struct money *ret) MUST_CHECK;
/* money_str(c, m): "25.00 EUR". */
struct str money_str(struct ctx *c, struct money m);
/* money_add(c, a, b, ret): ERR_INVALID if the currencies differ, ERR_LIMIT on overflow. */
int money_add(struct ctx *c, struct money a, struct money b, struct money *ret) MUST_CHECK;
/* money_times(c, m, n, ret): ERR_LIMIT on overflow. */
int money_times(struct ctx *c, struct money m, int64_t n, struct money *ret) MUST_CHECK;

#endif
