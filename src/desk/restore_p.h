/* What the side journal tells a restored instance. Private to restore.c, split off for size only.
 */
#ifndef WRIT_RESTORE_P_H
#define WRIT_RESTORE_P_H

#include "desk/restore.h"

/* restore_journal(c, in, path, r): erases again what the journal at path says was erased, notes
 * what it acknowledged and the database lacks, and takes its lines over into the instance's own. */
int restore_journal(
    struct ctx *c, struct instance *in, struct str path, struct restored *r) MUST_CHECK;

#endif
