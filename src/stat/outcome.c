#include "stat/outcome.h"

static const char *const ids[OUTCOME_END] = {"", "content", "noncontent", "no_data", "rejected",
    "annex3", "withdrawn", "redirected", "pending", "not_recorded"};

const char *outcome_id(enum outcome o)
{
	return (int)o >= OUTCOME_CONTENT && (int)o < OUTCOME_END ? ids[o] : "";
}

bool outcome_find(struct str id, enum outcome *ret)
{
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		if (str_is(id, ids[o])) {
			*ret = (enum outcome)o;
			return true;
		}
	}
	return false;
}

bool outcome_discloses(enum outcome o)
{
	return o == OUTCOME_CONTENT || o == OUTCOME_NONCONTENT;
}
