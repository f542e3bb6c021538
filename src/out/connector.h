/*
 * Connectors that are programs (SPEC.md 9.2): run in a box, the ticket on standard input, plain
 * files in a folder of its own, which is its working folder and stands in WRIT_OUT. It reaches what
 * any program needs, what the data map says that it reads and runs, and that folder; no network. It
 * makes no socket of any kind: where the map names one, it is handed a connection to it, as the
 * descriptor that WRIT_SOCKET says.
 * Standard output and error are thrown away: they could quote a target.
 */
#ifndef WRIT_CONNECTOR_H
#define WRIT_CONNECTOR_H

#include "desk/data_map.h"
#include "desk/service.h"

enum {
	CONNECTOR_REFUSED = 65, /* its exit status when it does not take the ticket */
	CONNECTOR_LATER = 75,   /* when its source does not answer now */
	CONNECTOR_FILES_MAX = 10000
};

/* connector_run(c, s, ticket, dir, ret): makes dir, runs the program of s, looks through what came
 * (names of letters, digits, dots, hyphens and underscores; plain files with one name). When
 * ret->why is not "" the folder is gone again; else every file in it is counted and in the listing.
 * ERR_CONFLICT when dir exists; ERR_FAIL when it cannot be made or read. */
int connector_run(struct ctx *c, const struct map_service *s, struct str ticket, const char *dir,
    struct service_result *ret) MUST_CHECK;

/* connector_came(c, dir, ret): looks through a folder that is there: names, kinds, count; the
 * folder stays. connector_files: its files one by one. */
struct connector_file {
	struct str name;
	int64_t size;
	struct hash hash;
};
int connector_came(struct ctx *c, const char *dir, struct service_result *ret) MUST_CHECK;
int connector_files(
    struct ctx *c, const char *dir, struct connector_file **ret, size_t *ret_n) MUST_CHECK;

#endif
