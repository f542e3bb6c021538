/* What every page of the site has around it (site.h). Pure. */
#ifndef WRIT_SITE_FRAME_H
#define WRIT_SITE_FRAME_H

#include "out/report_page.h"
#include "out/site.h"

/* site_frame_open(p, s, title, up, name): up to the first heading, which is the title. up is the
 * way to the site's folder, "" or "../" ...; name is the page's own, without language and ending.
 */
void site_frame_open(const struct report_page *p, const struct site *s, struct str title,
    const char *up, const char *name);
void site_frame_close(const struct report_page *p);

#endif
