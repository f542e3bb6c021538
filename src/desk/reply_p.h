/* The letters that come with the program. Private to reply*.c. */
#ifndef WRIT_REPLY_P_H
#define WRIT_REPLY_P_H

#include "base/text.h"

/* reply_builtin(name, language): p NULL when there is none. */
struct str reply_builtin(struct str name, struct str language);
/* reply_builtin_at(i, ...): one after the other; false past the last. */
bool reply_builtin_at(
    size_t i, struct str *ret_name, struct str *ret_language, struct str *ret_text);

#endif
