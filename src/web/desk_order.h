/*
 * What people do on an order: one handler an act, each on /desk/case/{case}/order/{n}/..., with the
 * fields below. An act's value, for the API: {case,
 * order, order_state, case_state}.
 */
#ifndef WRIT_DESK_ORDER_H
#define WRIT_DESK_ORDER_H

#include "web/route.h"

/* Facts and findings. */
int desk_fact(struct route_ask *ask, struct json **ret);
int desk_judge(struct route_ask *ask, struct json **ret);
int desk_answer(struct route_ask *ask, struct json **ret);
int desk_examine(struct route_ask *ask, struct json **ret);
/* Items: any number of one order, all or none. */
int desk_decide(struct route_ask *ask, struct json **ret);
int desk_second(struct route_ask *ask, struct json **ret);
int desk_withdraw_items(struct route_ask *ask, struct json **ret);
int desk_correct(struct route_ask *ask, struct json **ret);
/* Questions and endings. */
int desk_return(struct route_ask *ask, struct json **ret);
int desk_reply(struct route_ask *ask, struct json **ret);
int desk_reject(struct route_ask *ask, struct json **ret);
int desk_annex3(struct route_ask *ask, struct json **ret);
int desk_withdraw(struct route_ask *ask, struct json **ret);
int desk_redirect(struct route_ask *ask, struct json **ret);
int desk_lapse(struct route_ask *ask, struct json **ret);
/* What outlives the order. */
int desk_preserve(struct route_ask *ask, struct json **ret);
int desk_preserve_extend(struct route_ask *ask, struct json **ret);
int desk_preserve_release(struct route_ask *ask, struct json **ret);
int desk_secrecy_lift(struct route_ask *ask, struct json **ret);
/* Users are told (desk/notice_act.h). */
int desk_secrecy_source(struct route_ask *ask, struct json **ret);
int desk_secrecy_step(struct route_ask *ask, struct json **ret);
int desk_notice_draft(struct route_ask *ask, struct json **ret);
int desk_notice_approve(struct route_ask *ask, struct json **ret);
int desk_notice_send(struct route_ask *ask, struct json **ret);
int desk_notice_object(struct route_ask *ask, struct json **ret);
int desk_notice_settle(struct route_ask *ask, struct json **ret);
int desk_notice_end(struct route_ask *ask, struct json **ret);
int desk_notice_withdrawn(struct route_ask *ask, struct json **ret);

/* The fields of each, in the order in which its handler reads them. */
extern const struct route_field desk_fact_fields[2], desk_answer_fields[3], desk_examine_fields[2],
    desk_decide_fields[7], desk_items_fields[1], desk_correct_fields[3], desk_text_fields[1],
    desk_redirect_fields[4], desk_reject_fields[2], desk_word_fields[1], desk_until_fields[1],
    desk_by_fields[1], desk_number_fields[1], desk_source_fields[3], desk_step_fields[4],
    desk_draft_fields[1], desk_approve_fields[3], desk_send_fields[2], desk_notice_fields[2],
    desk_notice_end_fields[2];

#endif
