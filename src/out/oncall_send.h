/*
 * Calling who is on call (desk/oncall.h): a mail to the person, where one has an address
 * (person_mail), and the event paging for webhooks. Each turn is noted in the same transaction as
 * the messages, so that it goes out once. What is said is the reference, nothing of the demand.
 */
#ifndef WRIT_ONCALL_SEND_H
#define WRIT_ONCALL_SEND_H

#include "desk/oncall.h"

/* oncall_send(c, in): all calls that are due now, into the queues of mails and webhooks. */
int oncall_send(struct ctx *c, struct instance *in) MUST_CHECK;

/* oncall_send_address(c, in, actor, name, address): where a person is called; "" for none. An
 * admin's. ERR_INVALID for an address that is none. */
int oncall_send_address(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, struct str address) MUST_CHECK;

#endif
