/*
 * The solver program writ-solve (helpers/), which the audit asks for advice: started for each
 * question, in a box, with limited time. Where it is not installed the audit
 * goes on alone. What it says is checked by the audit.
 */
#ifndef WRIT_SOLVE_H
#define WRIT_SOLVE_H

#include "audit/advice.h"

/* solve_ask(c, arg, question, ret): an advice_source's function; arg is NULL.
 * ERR_NOTFOUND: there is none; ERR_LIMIT: it took too long or said too much; ERR_FAIL: it died. */
int solve_ask(struct ctx *c, void *arg, struct str question, struct str *ret) MUST_CHECK;

#endif
