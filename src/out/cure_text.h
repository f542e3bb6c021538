/*
 * What an authority can do about a refusal, by its code: one sentence in each language, for the
 * officer's view and for letters.
 */
#ifndef WRIT_CURE_TEXT_H
#define WRIT_CURE_TEXT_H

#include "base/text.h"

/* cure_text(code, de): "" for a code that nothing cures or that is not known. */
struct str cure_text(struct str code, bool de);

#endif
