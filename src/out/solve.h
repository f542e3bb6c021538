/*
 * The solver program writ-solve (helpers/), which the audit asks for advice: started for each
 * question, in a box, with limited time. It stands beside the program itself, or in /usr/local/bin,
 * /usr/bin, /bin; where there is none, the audit goes on alone. What it says is checked by the
 * audit.
 */
#ifndef WRIT_SOLVE_H
#define WRIT_SOLVE_H

#include "audit/advice.h"

/* solve_program(c): the path of the program, or its name where it does not stand beside this one.
 */
struct str solve_program(struct ctx *c);
/* solve_ask(c, arg, question, ret): an advice_source's function; arg is the program, a string.
 * ERR_NOTFOUND: there is none; ERR_LIMIT: it took too long or said too much; ERR_FAIL: it died. */
int solve_ask(struct ctx *c, void *arg, struct str question, struct str *ret) MUST_CHECK;

#endif
