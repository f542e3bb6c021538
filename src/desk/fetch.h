/*
 * An officer gets a sealed production out of the portal (SPEC.md 8.10), in this order: it lies open
 * (desk/laid.h); the officer has said which one they take and for whom (fetch_pledge, evidence);
 * the PIN is right (desk/pin.h); nothing has stopped it since. That a download begins is evidence
 * before its first byte leaves; how it went is written beside it.
 *
 * Who comes in vain is counted: an hour, an officer and a cause are one row, so that guessing fills
 * nothing; no row where nobody is known. To whoever may not see the demand there is no such
 * production, with the text of an unknown reference.
 */
#ifndef WRIT_FETCH_H
#define WRIT_FETCH_H

#include "desk/deposit.h"
#include "desk/laid.h"
#include "desk/portal.h"

struct fetch_seen {
	int64_t production, order;
	struct str ref, state; /* of the production */
	struct officer officer;
	struct laid laid; /* the last; id 0: none was laid down */
};

/* fetch_find(c, in, who, demand, ref, ret): the officer's view names it: handed over by the portal,
 * of this demand (by reference; "": whichever). ERR_NOTFOUND, and noted, otherwise. */
int fetch_find(struct ctx *c, struct instance *in, const struct person *who, struct str demand,
    struct str ref, struct fetch_seen *ret) MUST_CHECK;
/* fetch_pledge(c, in, who, demand, ref): "I act for this authority, and take this production." Said
 * twice it stands once. fetch_pledged: whether this officer has, of what lies there now. */
int fetch_pledge(struct ctx *c, struct instance *in, const struct person *who, struct str demand,
    struct str ref) MUST_CHECK;
int fetch_pledged(
    struct ctx *c, struct instance *in, const struct fetch_seen *seen, bool *ret) MUST_CHECK;

/* A download that has begun. */
struct fetch {
	int64_t download, laid;
	struct deposit_lies lies; /* the key to be wiped by who has it */
	bool pinned;
	struct hash pin;
};
/* fetch_begin(c, in, who, demand, ref, pin, ret): ERR_NOTFOUND; ERR_DENIED with what stands
 * against it: ended, taken back, stopped, nothing pledged, a PIN that is wrong, used or locked;
 * ERR_LIMIT above 60 tries an hour of one officer; ERR_CONFLICT while another download with the PIN
 * runs. */
int fetch_begin(struct ctx *c, struct instance *in, const struct person *who, struct str demand,
    struct str ref, struct str pin, struct fetch *ret) MUST_CHECK;
/* fetch_runs(c, in, laid, ret): false once it was taken back or stopped: no byte more leaves. */
int fetch_runs(struct ctx *c, struct instance *in, int64_t laid, bool *ret) MUST_CHECK;
/* fetch_end(c, in, f, sent, what): "fetched" (the last byte has left), "cut_off" or "stopped". */
int fetch_end(struct ctx *c, struct instance *in, const struct fetch *f, int64_t sent,
    const char *what) MUST_CHECK;

#endif
