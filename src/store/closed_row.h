/*
 * A record of imported history as the ledger commits to it (table closed). Its entry keeps no
 * detail: the row is the detail, so the committed bytes are made from the row alone, and never
 * change.
 *
 *   "closed" NUL, the entry's at and actor, then the columns id, import, line, day_from, day_to,
 * country, class, outcome, accounts, printed, each with its tag as in a row's image (SPEC.md 2):
 * 'n'; 'i' and 8 bytes big-endian; 't' and a 4-byte big-endian length and the text
 */
#ifndef WRIT_CLOSED_ROW_H
#define WRIT_CLOSED_ROW_H

#include "store/db.h"

enum closed_row_column {
	CLOSED_ROW_ID, /* also the id of its entry */
	CLOSED_ROW_IMPORT,
	CLOSED_ROW_LINE,
	CLOSED_ROW_FROM,
	CLOSED_ROW_TO,
	CLOSED_ROW_COUNTRY,
	CLOSED_ROW_CLASS,
	CLOSED_ROW_OUTCOME, /* number of enum outcome */
	CLOSED_ROW_ACCOUNTS,
	CLOSED_ROW_PRINTED, /* NULL when the source prints no remark */
	CLOSED_ROW_COLUMNS
};

/* closed_row_image(b, at, actor, row): appends the committed bytes of one row; at (seconds) and
 * actor are the entry's; row has CLOSED_ROW_COLUMNS values, as the statements closed_by_id and
 * closed_each return them. */
void closed_row_image(struct buf *b, int64_t at, int64_t actor, const struct db_val *row);
/* closed_row_put(c, db, row, at, actor, b): writes row and entry inside the caller's transaction; b
 * is room that is used again for every row. The caller announces the entries with ledger_pend. */
int closed_row_put(struct ctx *c, struct db *db, const struct db_val *row, struct instant at,
    int64_t actor, struct buf *b) MUST_CHECK;
/* closed_row_check(c, db, row, b, ret): whether the row is what its entry commits to. ERR_NOTFOUND
 * when the entry is not there. */
int closed_row_check(
    struct ctx *c, struct db *db, const struct db_val *row, struct buf *b, bool *ret) MUST_CHECK;

#endif
