#include "web/path_order.h"

int path_number(struct route_ask *ask, int64_t *ret)
{
	return str_i64(ask->parts[1], ret) && *ret != 0
		   ? 0
		   : err_set(ask->c, ERR_NOTFOUND, "no order has this number");
}

int path_order(struct route_ask *ask, struct matter *ret_matter, struct legal_order *ret)
{
	int64_t n = 0;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], ret_matter);

	if (rc == 0)
		rc = path_number(ask, &n);
	return rc == 0 ? matter_order(ask->c, ask->in, ret_matter, n, ret) : rc;
}
