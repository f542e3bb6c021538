/* Settings in the browser, for those who keep the house: looked at here, changed in writ.yaml and
 * by commands; tokens and webhooks end here, with the passkey once more. No case is seen. */
#ifndef WRIT_SETTINGS_H
#define WRIT_SETTINGS_H

#include "web/route.h"

extern const struct route_field settings_token_fields[1];

int settings_page(struct route_ask *ask, struct json **ret);
int settings_token_end(struct route_ask *ask, struct json **ret);
int settings_service_token_end(struct route_ask *ask, struct json **ret);
int settings_hook_end(struct route_ask *ask, struct json **ret);

#endif
