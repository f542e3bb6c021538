/*
 * Time stamps (proof/stamp.h) that productions wait for: one over the hash of each manifest, where
 * writ.yaml names an authority. A plain table: a stamp proves itself. The post process asks
 * (out/stamp_send.h); where the house says `time_stamp: required` nothing is handed over before the
 * stamp is there, else what is without one goes without it.
 */
#ifndef WRIT_STAMP_DUE_H
#define WRIT_STAMP_DUE_H

#include "desk/instance.h"
#include "kind/hash.h"

struct stamp_due {
	int64_t production, tries;
	struct instant made;
	struct hash manifest;
};

/* stamp_want(c, in, production): within the step that makes it; nothing without an authority. */
int stamp_want(struct ctx *c, struct instance *in, int64_t production) MUST_CHECK;
/* stamp_take(c, in, ret): the next that is due, which no other process takes meanwhile.
 * ERR_NOTFOUND: none. */
int stamp_take(struct ctx *c, struct instance *in, struct stamp_due *ret) MUST_CHECK;
/* stamp_keep(c, in, production, token, at): it came, and was checked. */
int stamp_keep(struct ctx *c, struct instance *in, int64_t production, struct str token,
    struct instant at) MUST_CHECK;
/* stamp_leaving(c, in, production): ERR_DENIED when it has to wait for its stamp. */
int stamp_leaving(struct ctx *c, struct instance *in, int64_t production) MUST_CHECK;
/* stamp_of(c, in, production, ret_token, ret_at): ERR_NOTFOUND when it has none (yet). */
int stamp_of(struct ctx *c, struct instance *in, int64_t production, struct str *ret_token,
    struct instant *ret_at) MUST_CHECK;

#endif
