/* What `writ doctor` reads in the rows: the ledger's last slot, and what waits to be sent. */
#ifndef WRIT_DOCTOR_ROWS_H
#define WRIT_DOCTOR_ROWS_H

#include "cli/cli.h"

typedef void doctor_rows_say(void *arg, bool well, const char *what, struct str text);

int doctor_rows_ledger(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;
/* Mails and webhooks: not well when something was given up, or waits for a server that writ.yaml
 * does not name. */
int doctor_rows_post(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;

#endif
