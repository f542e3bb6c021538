/* The pages of a site that are about several editions (site.h); what changed and
 * the statement are there, too. Pure.
 */
#ifndef WRIT_SITE_PAGE_H
#define WRIT_SITE_PAGE_H

#include "out/site_change.h"
#include "out/site_statement.h"

/* site_page_index(c, s, lang, b): all editions, the trend, the countries. */
void site_page_index(struct ctx *c, const struct site *s, enum report_lang lang, struct buf *b);
/* site_page_land(c, s, land, lang, b): one country over the periods; for the folder `country`. */
void site_page_land(
    struct ctx *c, const struct site *s, struct str land, enum report_lang lang, struct buf *b);

#endif
