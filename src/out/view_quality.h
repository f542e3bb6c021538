/* The quality sample as one value for every face. */
#ifndef WRIT_VIEW_QUALITY_H
#define WRIT_VIEW_QUALITY_H

#include "desk/quality.h"

/* view_quality(c, in, actor, ask, ret): {"period", "percent", "agree", "disagree", "agree_permille"
 * (of those looked at; absent without any), "orders": [view_row and "settled", "checker",
 * "verdict", "mine"], "after"}. Errors of quality_sample. */
int view_quality(struct ctx *c, struct instance *in, const struct person *actor,
    const struct quality_ask *ask, struct json **ret) MUST_CHECK;

#endif
