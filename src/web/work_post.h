/* The tasks of the processes that speak to other machines (work_role_post, and work_role_issuer for
 * the last ones): each does a few of what
 * is due, so that one who is slow to answer does not hold up the rest for long. */
#ifndef WRIT_WORK_POST_H
#define WRIT_WORK_POST_H

#include "desk/instance.h"

/* work_post_pages(c, in): calls who is on call: a mail to whoever has an address, and the event
 * paging (desk/oncall.h). */
int work_post_pages(struct ctx *c, struct instance *in) MUST_CHECK;
/* work_post_clocks(c, in): the event clock.soon. */
int work_post_clocks(struct ctx *c, struct instance *in) MUST_CHECK;
int work_post_hooks(struct ctx *c, struct instance *in) MUST_CHECK;
int work_post_mails(struct ctx *c, struct instance *in) MUST_CHECK;
/* What became of mails with a sealed file, where it was not recorded at once. */
int work_post_settle(struct ctx *c, struct instance *in) MUST_CHECK;
int work_post_stamps(struct ctx *c, struct instance *in) MUST_CHECK; /* out/stamp_send.h */
int work_post_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

/* work_post_issuer(c, in): the OpenID provider's document and keys, when their time has come.
 * work_post_rounds(c, in): the sign-ins that wait for it, one after the other. */
int work_post_issuer(struct ctx *c, struct instance *in) MUST_CHECK;
int work_post_rounds(struct ctx *c, struct instance *in) MUST_CHECK;
int work_post_rounds_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
