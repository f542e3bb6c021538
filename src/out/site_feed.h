/* The news of a site as an Atom feed (RFC 4287): one entry an edition; a later version of a period
 * is told as a correction. Pure. */
#ifndef WRIT_SITE_FEED_H
#define WRIT_SITE_FEED_H

#include "out/site.h"

/* site_feed(c, s, b): entries newest first. Ids are UUIDs (RFC 9562, version 8) made from the
 * provider's name and the hash of the figures, so that a new build or another address changes none.
 */
void site_feed(struct ctx *c, const struct site *s, struct buf *b);
/* site_feed_any(s): there is news: an edition, or an update of the statement. */
bool site_feed_any(const struct site *s);

#endif
