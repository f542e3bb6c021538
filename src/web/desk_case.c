#include "web/desk_case.h"

#include "out/view.h"

int desk_case(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	return rc == 0 ? view_matter(ask->c, ask->in, ask->who, &m, ret) : rc;
}
