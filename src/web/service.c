#include "web/service.h"

#include "out/view_service.h"

int service_page(struct route_ask *ask, struct json **ret)
{
	struct json *tickets;
	int rc = view_services(ask->c, ask->in, ask->who, ret);

	if (rc != 0 || !right_has(ask->who, RIGHT_TICKET_READ))
		return rc;
	rc = view_tickets(ask->c, ask->in, ask->who, &tickets);
	if (rc == 0)
		json_set(ask->c, *ret, "tickets", tickets);
	return rc;
}
