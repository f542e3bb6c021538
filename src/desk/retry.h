/* When something that another machine did not take is sent again. */
#ifndef WRIT_RETRY_H
#define WRIT_RETRY_H

#include "kind/day.h"

enum { RETRY_MAIL_TRIES = 6, RETRY_HOOK_SECONDS = 3 * 86400 };

/* retry_mail(tries): seconds to wait after that many tries (1, 5, 30 minutes, 2, 8 hours); -1: it
 * is given up. */
int64_t retry_mail(int64_t tries);
/* retry_hook(tries, made, now): likewise for a message to a webhook: 1, 5, 30 minutes, 2 hours,
 * then every 8 hours, for three days after it was made. */
int64_t retry_hook(int64_t tries, struct instant made, struct instant now);

#endif
