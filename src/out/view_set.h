/* What the views share: members that are absent rather than empty. For view*.c. */
#ifndef WRIT_VIEW_SET_H
#define WRIT_VIEW_SET_H

#include "desk/person.h"
#include "kind/json.h"

void view_set_day(struct ctx *c, struct json *j, const char *key, struct day d);
void view_set_instant(struct ctx *c, struct json *j, const char *key, struct instant t);
/* view_set_person(c, in, j, key, id): the person's name; nothing for id 0. */
int view_set_person(
    struct ctx *c, struct instance *in, struct json *j, const char *key, int64_t id) MUST_CHECK;
/* view_set_instrument(c, in, j, id): "instrument", and where a pack has it "title", "title_de". */
void view_set_instrument(struct ctx *c, const struct instance *in, struct json *j, struct str id);

/* view_set_seal(c, j, recipient): what a key is for people: "seal" (age openpgp cms) and
 * "seal_key", its fingerprint in groups; nothing when there is none. */
void view_set_seal(struct ctx *c, struct json *j, struct str recipient);

#endif
