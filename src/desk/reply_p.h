/* The letters that come with the program. Private to reply*.c. */
#ifndef WRIT_REPLY_P_H
#define WRIT_REPLY_P_H

#include "base/text.h"

struct reply_letter {
	const char *name, *language, *text;
};
enum { REPLY_LETTERS_MAX = 32 };
/* Those on an order (reply_order.c). */
extern const struct reply_letter reply_letters[];
extern const size_t reply_n_letters;

/* reply_builtin(name, language): p NULL when there is none. */
struct str reply_builtin(struct str name, struct str language);
/* reply_builtin_at(i, ...): one after the other; false past the last. */
bool reply_builtin_at(
    size_t i, struct str *ret_name, struct str *ret_language, struct str *ret_text);

#endif
