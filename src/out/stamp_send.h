/* Asks the time stamp authority of writ.yaml for what productions wait for (desk/stamp_due.h). */
#ifndef WRIT_STAMP_SEND_H
#define WRIT_STAMP_SEND_H

#include "desk/stamp_due.h"

/* stamp_send_next(c, in, ca, trusted): asks for one and keeps the answer if it holds; else it is
 * due again later. ca: as of out/net.h; trusted: the authority's certificates, PEM. ERR_NOTFOUND:
 * none is due. */
int stamp_send_next(
    struct ctx *c, struct instance *in, struct str ca, struct str trusted) MUST_CHECK;

#endif
