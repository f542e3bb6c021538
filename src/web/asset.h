/* Files of our own that pages need: the style sheet. Compiled in, under a name that changes with
 * their bytes. */
#ifndef WRIT_ASSET_H
#define WRIT_ASSET_H

#include "web/page.h"
#include "web/route.h"

/* asset_style(): the address of the style sheet, /static/desk.css?v=TAG. */
struct url asset_style(void);
/* asset_script(): that of what a keyboard does on the desk (static/desk.js). */
struct url asset_script(void);
/* asset_file(ask, a): a handler for /static/{path:file} with a field "v": the file of that name.
 * Kept by the browser for a year where v is the tag of what we have, else asked for again each
 * time (ETag). ERR_NOTFOUND. */
int asset_file(struct route_ask *ask, struct answer *a) MUST_CHECK;

#endif
