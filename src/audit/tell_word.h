/*
 * Every sentence and word in which an audit is told, in English and German: one table, so that a
 * language lacks nothing. A text has places {0} to {9} for what is put in.
 */
#ifndef WRIT_TELL_WORD_H
#define WRIT_TELL_WORD_H

#include "base/text.h"

enum tell_lang { TELL_EN, TELL_DE };

/* tell_word(lang, key): the text; ends the program for a key that is not in the table. */
const char *tell_word(enum tell_lang lang, const char *key);
/* tell_word_lang(word, ret): "en" and "de"; false for another. */
bool tell_word_lang(struct str word, enum tell_lang *ret);
/* tell_word_put(b, lang, key, args, n): the text with the arguments in its places. They may come
 * from outside: plain.h makes them harmless. */
void tell_word_put(
    struct buf *b, enum tell_lang lang, const char *key, const struct str *args, size_t n);
/* tell_word_count(b, lang, key, n): "key.one" or "key.many", with the number in {0}. */
void tell_word_count(struct buf *b, enum tell_lang lang, const char *key, struct str n);
/* tell_word_each(i, ...): texts by number, for the test that both languages are there. */
bool tell_word_each(size_t i, const char **ret_key, const char **ret_en, const char **ret_de);

#endif
