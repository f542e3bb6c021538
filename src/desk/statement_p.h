/* The rows of the statement, for desk/statement*.c alone. */
#ifndef WRIT_STATEMENT_P_H
#define WRIT_STATEMENT_P_H

#include "desk/statement.h"

/* statement_row_get(c, in, name, ret): by reference or number. statement_row_by_id: ERR_NOTFOUND.
 */
int statement_row_get(
    struct ctx *c, struct instance *in, struct str name, struct statement *ret) MUST_CHECK;
int statement_row_by_id(
    struct ctx *c, struct instance *in, int64_t id, struct statement *ret) MUST_CHECK;

#endif
