/*
 * An officer's demands: the list, one of them with all that may be done about it, and the officer's
 * own account. What is shown is view_officer_*, which tells of no account before an order is
 * answered; a demand of others is answered as one that does not exist.
 */
#ifndef WRIT_OFFICE_CASE_H
#define WRIT_OFFICE_CASE_H

#include "web/route.h"

extern const struct route_field office_text_fields[1], office_correct_fields[3],
    office_item_fields[1], office_because_fields[1], office_time_fields[2], office_grant_fields[2],
    office_share_fields[1], office_invite_fields[1], office_key_fields[1];

int office_cases(struct route_ask *ask, struct json **ret);
int office_case(struct route_ask *ask, struct json **ret); /* part 0 of these: the demand */
/* part 1: the order's number */
int office_answer(struct route_ask *ask, struct json **ret);
int office_correct(struct route_ask *ask, struct json **ret);
int office_withdraw_item(struct route_ask *ask, struct json **ret);
int office_withdraw_order(struct route_ask *ask, struct json **ret);
int office_ask_time(struct route_ask *ask, struct json **ret);
int office_answer_time(struct route_ask *ask, struct json **ret);
int office_withdraw(struct route_ask *ask, struct json **ret);
int office_share(struct route_ask *ask, struct json **ret);
int office_invite(struct route_ask *ask, struct json **ret);
int office_uninvite(struct route_ask *ask, struct json **ret); /* part 1: the colleague */
/* part 1: the production */
int office_acknowledge(struct route_ask *ask, struct json **ret);

int office_self(struct route_ask *ask, struct json **ret);
int office_self_key(struct route_ask *ask, struct json **ret);

#endif
