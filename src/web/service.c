#include "web/service.h"

#include "desk/job.h"
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

int service_one(struct route_ask *ask, struct json **ret)
{
	const struct json *entry;
	int rc = view_service(ask->c, ask->in, ask->who, ask->parts[0], ret);

	if (rc == 0)
		rc = view_service_tests(ask->c, ask->in, ask->parts[0], *ret);
	if (rc != 0 || ask->api)
		return rc;
	entry = json_find(*ret, "entry");
	json_set_text(ask->c, *ret, "path",
	    str_fmt(ask->c, "/services/%.*s", STR_ARG(json_text(*ret, "service"))));
	json_set_bool(ask->c, *ret, "may_test",
	    right_has(ask->who, RIGHT_SERVICE_TEST) && entry != NULL &&
		str_is(json_text(entry, "connector"), "program"));
	return 0;
}

int service_run_test(struct route_ask *ask, struct json **ret)
{
	struct json *what = json_map(ask->c), *one;
	struct str ref;
	int rc = view_service(ask->c, ask->in, ask->who, ask->parts[0], &one);

	if (rc != 0)
		return rc;
	json_set_text(ask->c, what, "service", ask->parts[0]);
	json_set_text(
	    ask->c, what, "back", str_fmt(ask->c, "/services/%.*s", STR_ARG(ask->parts[0])));
	json_set_text(ask->c, what, "lang", ask->lang == ANSWER_DE ? STR("de") : STR("en"));
	rc = job_put(ask->c, ask->in, ask->who, "service_test", what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}
