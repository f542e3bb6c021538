/*
 * The outcomes of a counted demand: a partition; each demand is in exactly one (product.md 3). The
 * numbers are stored in closed records and never change.
 */
#ifndef WRIT_OUTCOME_H
#define WRIT_OUTCOME_H

#include "base/text.h"

enum outcome {
	OUTCOME_CONTENT = 1,
	OUTCOME_NONCONTENT = 2,
	OUTCOME_NO_DATA = 3,
	OUTCOME_REJECTED = 4,
	OUTCOME_ANNEX3 = 5,
	OUTCOME_WITHDRAWN = 6,
	OUTCOME_REDIRECTED = 7,
	OUTCOME_PENDING = 8,
	OUTCOME_NOT_RECORDED = 9, /* imported history only */
	OUTCOME_END = 10
};

/* outcome_id(o): "content", "noncontent", "no_data", "rejected", "annex3", "withdrawn",
 * "redirected", "pending", "not_recorded": the words of tables, files and the column
 * legal_order.outcome. */
const char *outcome_id(enum outcome o);
/* outcome_find(id, ret): false when there is none. */
bool outcome_find(struct str id, enum outcome *ret);
/* outcome_discloses(o): data went out. */
bool outcome_discloses(enum outcome o);

#endif
