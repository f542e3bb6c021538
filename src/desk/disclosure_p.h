/* What the disclosure check found, said as breaches; for desk/disclosure*.c alone. */
#ifndef WRIT_DISCLOSURE_P_H
#define WRIT_DISCLOSURE_P_H

#include "audit/audit.h"
#include "desk/disclosure.h"

/* disclosure_tell(c, a, ret): a breach "disclosure" for each protected number that is not safe,
 * with the editions that give it away and the fewest bands of the new one without which it would
 * stand.
 */
int disclosure_tell(struct ctx *c, const struct audit *a, struct breaches *ret) MUST_CHECK;

#endif
