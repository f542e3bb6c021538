/*
 * Words that an edition does not say (band_structure.says_never), in what people wrote into it: the
 * provider's name, why it corrects, the source of its users, what it rests on, where its imports
 * come from. The words of the program are held to it by a test.
 */
#ifndef WRIT_SILENCE_H
#define WRIT_SILENCE_H

#include "desk/rests.h"

/* silence_says(text, words): one of them stands in it, in small letters or large. */
bool silence_says(struct str text, struct str words);
/* silence_check(c, in, e, f, ret): appends a breach "words" for each chosen structure that forbids
 * a word which a text of e says. The breach does not repeat it. */
int silence_check(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct breaches *ret) MUST_CHECK;

#endif
