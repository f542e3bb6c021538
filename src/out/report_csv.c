#include "out/report_csv.h"

int report_csv(struct ctx *c, const struct report *r, struct buf *b)
{
	figure_put_csv(b, period_str(c, r->period), r->figures);
	return b->over ? err_set(c, ERR_LIMIT, "report: the CSV is too large") : 0;
}
