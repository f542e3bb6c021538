/*
 * The public statement in the browser: its pieces and what each waits for, writing one, renewing a
 * never-statement, clearing, publishing, withdrawing. Nothing here says more of what waits for
 * counsel than that it waits (desk/statement.h).
 */
#ifndef WRIT_ACCOUNT_STATEMENT_H
#define WRIT_ACCOUNT_STATEMENT_H

#include "web/route.h"

extern const struct route_field account_part_fields[1];
extern const struct route_field account_propose_fields[17];
extern const struct route_field account_renew_fields[2];

int account_statement(struct route_ask *ask, struct json **ret);
int account_piece(struct route_ask *ask, struct json **ret);
int account_piece_new(struct route_ask *ask, struct json **ret);
int account_propose(struct route_ask *ask, struct json **ret);
int account_renew(struct route_ask *ask, struct json **ret);
int account_clear(struct route_ask *ask, struct json **ret);
int account_piece_publish(struct route_ask *ask, struct json **ret);
int account_withdraw(struct route_ask *ask, struct json **ret);

#endif
