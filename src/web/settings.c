#include "web/settings.h"

#include "desk/hook.h"
#include "desk/service_token.h"
#include "desk/session.h"
#include "desk/token.h"
#include "out/view_settings.h"
#include "web/field.h"

const struct route_field settings_token_fields[1] = {
    {.name = "person", .needed = true, .parse = field_line}};

static int fresh(struct route_ask *ask)
{
	return session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS);
}

int settings_page(struct route_ask *ask, struct json **ret)
{
	int rc = view_settings(ask->c, ask->in, ask->who, ret);

	if (rc != 0 || ask->api)
		return rc;
	rc = fresh(ask);
	json_set_bool(ask->c, *ret, "fresh", rc == 0);
	if (rc != ERR_DENIED)
		return rc;
	err_clear(ask->c);
	return 0;
}

int settings_token_end(struct route_ask *ask, struct json **ret)
{
	struct person of;
	int64_t n = 0;
	int rc = fresh(ask);

	if (rc == 0)
		rc = person_find(ask->c, ask->in, ask->fields[0].text, &of);
	if (rc == 0 && (!str_i64(ask->parts[0], &n) || n == 0))
		rc = err_set(ask->c, ERR_NOTFOUND, "no token has this number");
	if (rc == 0)
		rc = token_end(ask->c, ask->in, ask->who, of.id, n);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}

int settings_service_token_end(struct route_ask *ask, struct json **ret)
{
	int64_t n = 0;
	int rc = fresh(ask);

	if (rc == 0 && (!str_i64(ask->parts[0], &n) || n == 0))
		rc = err_set(ask->c, ERR_NOTFOUND, "no token has this number");
	if (rc == 0)
		rc = service_token_end(ask->c, ask->in, ask->who, n);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}

int settings_hook_end(struct route_ask *ask, struct json **ret)
{
	int rc = fresh(ask);

	if (rc == 0)
		rc = hook_end(ask->c, ask->in, ask->who, ask->parts[0]);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}
