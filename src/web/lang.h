/*
 * The catalogue: every text that people see, in English and German. The texts of templates are
 * compiled into them; what C code says is looked up here by its English text. Written in
 * lang/de.po (and lang/en.po: words of the database) and made into a table by tools/tmpl, which
 * ends the build where a text has no German.
 */
#ifndef WRIT_LANG_H
#define WRIT_LANG_H

#include "web/answer.h"

/* SAY("text"): a text of the catalogue that is looked up later, in a table for example. */
#define SAY(lit) (lit)

struct lang_entry {
	const char *context, *id;
	const char *text[2]; /* by enum answer_lang */
};
extern const struct lang_entry lang_table[]; /* by context and id */
extern const size_t lang_table_n;

/* lang_code(lang): "en", "de". */
const char *lang_code(enum answer_lang lang);
/* lang_say(lang, id): the text; id itself where the catalogue has none. */
struct str lang_say(enum answer_lang lang, const char *id);
/* lang_find(lang, context, id, ret): the same, false where there is none. */
bool lang_find(enum answer_lang lang, const char *context, struct str id, struct str *ret);
/* lang_error_de(text): the German of a text of err_set and err_while, of the title of a right, or
 * of a word that errors name (states, roles); the text itself where there is none. For struct ctx.
 */
const char *lang_error_de(const char *text) __attribute__((format_arg(1)));
/* lang_word(lang, kind, word): a word of the database ("in_review" of kind "order"), as written in
 * lang/ under the context "word KIND"; one that has none stands for itself. */
struct str lang_word(enum answer_lang lang, const char *kind, struct str word);
/* lang_fill(c, text, values, n): {1} to {n} replaced by the values; other braces stay. */
struct str lang_fill(struct ctx *c, struct str text, const struct str *values, size_t n);

#endif
