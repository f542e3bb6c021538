/*
 * Settings, for those who keep the house: what writ.yaml says, without a secret; what stands around
 * the processes, as far as one of them may know it; the log's keys; people, their tokens, webhooks.
 * Nothing of a case. Format: SPEC.md 8.9.
 */
#ifndef WRIT_VIEW_SETTINGS_H
#define WRIT_VIEW_SETTINGS_H

#include "desk/right.h"
#include "kind/json.h"

/* view_settings(c, in, actor, ret): ERR_DENIED without SETTINGS_READ. */
int view_settings(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_settings_rows(c, in, list): adds what the rows tell about the health of the house: [{"what",
 * "well", "text"}]: the ledger's last slot, mails, webhooks; also for `writ doctor`. Texts are in
 * the language of the errors. */
int view_settings_rows(struct ctx *c, struct instance *in, struct json *list) MUST_CHECK;
/* view_settings_row(c, list, well, what, text): adds one such. */
void view_settings_row(
    struct ctx *c, struct json *list, bool well, const char *what, struct str text);
/* view_webhooks(c, in, actor, ret): [{...}], ended ones too. */
int view_webhooks(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;

#endif
