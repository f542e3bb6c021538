/* Other ways of delivery, and what comes after one, on the page of the case (SPEC.md 9.10). A
 * medium is written by `writ production medium`, where it is plugged in. */
#ifndef WRIT_DESK_AFTER_H
#define WRIT_DESK_AFTER_H

#include "web/route.h"

extern const struct route_field desk_mail_fields[2], desk_medium_back_fields[2],
    desk_misdelivered_fields[3], desk_settle_fields[1], desk_recall_fields[2],
    desk_recall_answer_fields[3];

int desk_mail(struct route_ask *ask, struct json **ret);
int desk_mail_confirm(struct route_ask *ask, struct json **ret);
int desk_mail_stop(struct route_ask *ask, struct json **ret);
int desk_medium_back(struct route_ask *ask, struct json **ret);
int desk_misdelivered(struct route_ask *ask, struct json **ret);
int desk_misdelivered_settle(struct route_ask *ask, struct json **ret);
int desk_recall(struct route_ask *ask, struct json **ret);
int desk_recall_answer(struct route_ask *ask, struct json **ret);

#endif
