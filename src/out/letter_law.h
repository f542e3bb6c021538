/* Why an order was refused: codes, and the verified law behind them. */
#ifndef WRIT_LETTER_LAW_H
#define WRIT_LETTER_LAW_H

#include "desk/gate.h"

enum { LETTER_CODES_MAX = 16 };

struct letter_codes {
	struct str v[LETTER_CODES_MAX];
	size_t n;
};
/* letter_codes(c, in, g, ret): the order's code and those of the items that were withheld, each
 * once. */
int letter_codes(
    struct ctx *c, struct instance *in, const struct gate *g, struct letter_codes *ret) MUST_CHECK;
/* letter_law_fallen(c, in, g, language): likewise of the findings that fail now, as the facts
 * stand: why what left is called back. */
struct json *letter_law_fallen(
    struct ctx *c, const struct instance *in, const struct gate *g, struct str language);
/* letter_reason(c, in, codes, language): their sentences, a paragraph each. */
struct str letter_reason(struct ctx *c, const struct instance *in, const struct letter_codes *codes,
    struct str language);
/* letter_law(c, in, g, codes, language): list of {rule, cite, quote, quote_lang, says, mark,
 * text_date} of the last findings with one of these codes, each rule once. House rules, what
 * nobody verified, and findings that people decided in the order's favour are left out. */
struct json *letter_law(struct ctx *c, const struct instance *in, const struct gate *g,
    const struct letter_codes *codes, struct str language);

#endif
