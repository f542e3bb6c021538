/* What `writ doctor` reads in the rows. */
#ifndef WRIT_DOCTOR_ROWS_H
#define WRIT_DOCTOR_ROWS_H

#include "cli/cli.h"

typedef void doctor_rows_say(void *arg, bool well, const char *what, struct str text);

/* What the page of settings shows too (view_settings_rows): the ledger's last slot, mails,
 * webhooks. */
int doctor_rows_house(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;
/* The OpenID provider, where writ.yaml names one: not well when its document was not read lately,
 * or what it needs is missing. Nothing is asked: the process of `writ serve` does that. */
int doctor_rows_oidc(struct cli *cli, doctor_rows_say *say, void *arg) MUST_CHECK;

#endif
