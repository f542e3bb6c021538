/* What `writ doctor` reads in the rows: the ledger's last slot, and what waits to be sent. */
#ifndef WRIT_DOCTOR_ROWS_H
#define WRIT_DOCTOR_ROWS_H

#include "cli/cli.h"

typedef void doctor_rows_say(void *arg, bool well, const char *what, struct str text);

int doctor_rows_ledger(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;
/* Mails and webhooks: not well when something was given up, or waits for a server that writ.yaml
 * does not name. */
int doctor_rows_post(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;

/* The OpenID provider, where writ.yaml names one: not well when its document was not read lately,
 * or what it needs is missing. Nothing is asked: the process of `writ serve` does that. */
int doctor_rows_oidc(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;

#endif
