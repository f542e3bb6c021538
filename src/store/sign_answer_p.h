/*
 * What the signer answers to one message (sign_p.h, SPEC.md 2.8): the whole of its work, without
 * the connection and the box around it (sign_role.c), so that it can be tried with any bytes.
 */
#ifndef WRIT_SIGN_ANSWER_P_H
#define WRIT_SIGN_ANSWER_P_H

#include "proof/note.h"
#include "store/sign_state.h"

struct sign_answer {
	struct note_signer log, receipt, ticket;
	bool has_ticket;
	int state_fd; /* signer.state, to be written before the answer */
	struct sign_state last;
};

/* sign_answer_put(c, r, msg, answer): appends the answer to a message, 's' or 'l'. ERR_INVALID for
 * one that is not of the three, ERR_DENIED for a tree that does not extend the one signed last;
 * then answer is to be thrown away, and r and the state file are as before. ERR_FAIL. */
int sign_answer_put(
    struct ctx *c, struct sign_answer *r, struct str msg, struct buf *answer) MUST_CHECK;

#endif
