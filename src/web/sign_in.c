#include "web/sign_in.h"

#include "base/mem.h"

/* A token of the API is a person's secret. */
static int by_token(struct route_ask *ask)
{
	struct person *p = mem_alloc(ask->c, sizeof *p);
	int rc = person_by_secret(ask->c, ask->in, ask->token, p);

	if (rc == 0)
		ask->who = p;
	return rc;
}

int sign_in_find(struct route_ask *ask)
{
	if (ask->api && ask->token.n > 0)
		return by_token(ask);
	return 0;
}
