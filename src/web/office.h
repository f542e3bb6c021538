/*
 * What the pages of the officers' portal share: errors that mark their field, lists for choices,
 * addresses. Texts are those of the catalogue, in the reader's language.
 */
#ifndef WRIT_OFFICE_H
#define WRIT_OFFICE_H

#include "web/lang.h"
#include "web/route.h"

/* office_wrong(ask, field, says): what is wrong with a field: ERR_INVALID, and the field is marked.
 * office_need(ask, at, label): 0 when the field number `at` was given; else that it is needed.
 * office_mark(ask, rc, field): an error of desk that is about this field. */
int office_wrong(struct route_ask *ask, const char *field, const char *says) MUST_CHECK;
int office_need(struct route_ask *ask, size_t at, const char *label) MUST_CHECK;
int office_mark(struct route_ask *ask, int rc, const char *field) MUST_CHECK;
/* office_day(ask, at, ret): the day in the field number `at`; DAY_NONE when it was not given. */
int office_day(struct route_ask *ask, size_t at, struct day *ret) MUST_CHECK;

/* office_countries(ask, chosen), office_words(ask, kind, words, chosen): [{"value", "label",
 * "chosen"}]; the countries by their names, the words (page_word) in the order given. */
struct json *office_countries(const struct route_ask *ask, struct str chosen);
struct json *office_words(
    const struct route_ask *ask, const char *kind, struct str words, struct str chosen);
/* office_choice(c, list, value, label, chosen): one more. */
void office_choice(
    struct ctx *c, struct json *list, struct str value, struct str label, struct str chosen);
/* office_page_kept(ask): nobody keeps this page or tells its address to others. */
void office_page_kept(const struct route_ask *ask);

/* A text of one line, or of many, that may be anything: it is kept first and checked afterwards. */
int office_any(struct ctx *c, struct str text, struct route_value *ret);

#endif
