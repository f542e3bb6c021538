/* What mailing.c and mailing_send.c share. */
#ifndef WRIT_MAILING_P_H
#define WRIT_MAILING_P_H

#include "desk/mailing.h"

#define MAILING_KEY "production_mail_file.key"
#define MAILING_MANIFEST "production_mail_file.manifest"

/* mailing_last(c, in, production, ret): the last one, with its words. ERR_NOTFOUND. */
int mailing_last(
    struct ctx *c, struct instance *in, int64_t production, struct mailing *ret) MUST_CHECK;
/* mailing_set(c, s, m): its row, as m has it now. */
int mailing_set(struct ctx *c, struct step *s, const struct mailing *m) MUST_CHECK;
/* mailing_remove(c, in, blob): an attachment that is not wanted any more. */
void mailing_remove(struct ctx *c, const struct instance *in, struct str blob);
/* mailing_may_leave(c, in, l): what stops a delivery, asked of this moment. ERR_DENIED;
 * ERR_CONFLICT for what was handed over or recalled. */
int mailing_may_leave(struct ctx *c, struct instance *in, const struct left *l) MUST_CHECK;

#endif
