/*
 * Services and their tests (P10). A service is green while the newest test of its entry in the data
 * map went well, the entry is the one that was tested, and the test is not older than the entry's
 * limit. Everything else is red, and says why.
 */
#ifndef WRIT_SERVICE_H
#define WRIT_SERVICE_H

#include "desk/data_map.h"
#include "desk/right.h"

/* What a connector's run came to. why: "" when it went well, else
 *   missing   the program is not there, or not to be run
 *   refused   it refused the ticket (exit status 65)
 *   later     the source does not answer now (75)
 *   failed    any other status, or a signal
 *   time      longer than its seconds
 *   size      more than its megabytes
 *   files     not plain files with plain names, or more than a production has
 *   differs   a test brought back something else than the map expects */
struct service_result {
	const char *why;
	int64_t files;
	struct hash listing; /* SHA-256 of what `sha256sum *` prints in the folder */
	struct str said;     /* how a person collected it; "" without */
};

enum service_state {
	SERVICE_GOOD,
	SERVICE_NO_ENTRY, /* the data map says nothing of it */
	SERVICE_NEVER,    /* not tested yet */
	SERVICE_CHANGED,  /* its entry changed since the test */
	SERVICE_FAILED,   /* the newest test did not go well */
	SERVICE_OLD,      /* the test is older than the limit */
	SERVICE_STATES
};

struct service_stand {
	enum service_state state;
	struct instant tested; /* the newest test; none before the first */
	struct instant until;  /* so long it stands; none when it does not */
	struct str why;        /* of the newest test */
	int64_t files;
	struct str listing; /* in hexadecimal; "" without */
};

const char *service_state_word(enum service_state s);
/* service_stand(c, in, map, service, ret): whether it is green. */
int service_stand(struct ctx *c, struct instance *in, const struct data_map *map,
    struct str service, struct service_stand *ret) MUST_CHECK;
/* service_tested(c, in, actor, s, result): records a test. Needs SERVICE_TEST. */
int service_tested(struct ctx *c, struct instance *in, const struct person *actor,
    const struct map_service *s, const struct service_result *result) MUST_CHECK;

#endif
