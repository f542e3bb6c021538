#include "web/sign_in.h"

#include "base/mem.h"
#include "desk/service_token.h"
#include "desk/session.h"
#include "desk/token.h"

/* Who has a token of the API is its person, with the roles of the token; a system of a service has
 * the one role that no person has. */
static int by_token(struct route_ask *ask)
{
	struct person *p = mem_alloc(ask->c, sizeof *p);
	int rc = str_starts(ask->token, SERVICE_TOKEN_BEGINS)
		     ? service_token_person(ask->c, ask->in, ask->token, p)
		     : token_person(ask->c, ask->in, ask->token, p);

	if (rc == 0)
		ask->who = p;
	return rc;
}

/* Who comes with a session that has ended has come without one. */
static int by_session(struct route_ask *ask)
{
	struct person *p = mem_alloc(ask->c, sizeof *p);
	struct session s;
	int rc = session_find(ask->c, ask->in, ask->session, &s, p);

	if (rc == ERR_DENIED) {
		err_clear(ask->c);
		return 0;
	}
	if (rc == 0) {
		ask->who = p;
		ask->proof = s.proof;
		ask->login = s.id;
		ask->officer = p->roles == 0;
	}
	return rc;
}

int sign_in_find(struct route_ask *ask)
{
	if (ask->api)
		return ask->token.n > 0 ? by_token(ask) : 0;
	return ask->session.n > 0 ? by_session(ask) : 0;
}
