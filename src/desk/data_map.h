/*
 * The data map (P10): for each service of the provider's profile what it holds, where, for how
 * long, under whose keys, and how it is collected. A file of strict YAML that writ.yaml names by
 * `map:` (SPEC.md 9.1):
 *
 *   services:
 *     - service: mail                    an id of a profile in writ.yaml
 *       holds:
 *         - fields: name login_ips       ids of the law's vocabulary
 *           where: Falkenstein, rack 4
 *           retention: as long as the account, and 30 days
 *           encryption: LUKS             how; none
 *           keys: provider               who holds them: provider, customer, user; none
 *       connector: program               program, push or person
 *       program: /usr/libexec/...        a path; and what it gets, below
 *       arguments: /var/vmail            optional, words
 *       reads: /var/vmail                optional, paths it may read
 *       runs: /bin/sh                    optional, programs it may start
 *       socket: /run/postgresql/.s.PGSQL.5432   optional: it is handed one connection to it
 *       seconds: 600                     optional: longest run, and of its processor's time
 *       megabytes: 1024                  optional: all that it hands over
 *       limit_days: 90                   so long a test stands
 *       canary: canary@mail.example      an account of the house for tests, of this kind:
 *       canary_kind: email
 *       canary_from: 2026-01-01          optional, both: the period asked for
 *       canary_to: 2026-01-31
 *       expect_files: 2                  what a test must bring back
 *       expect_sha256: HEX               optional; of what `sha256sum *` prints there
 *
 * It is read when it is asked for: a fault in it stops collection and is red, never the desk.
 */
#ifndef WRIT_DATA_MAP_H
#define WRIT_DATA_MAP_H

#include "desk/instance.h"
#include "kind/json.h"

enum {
	MAP_BYTES_MAX = 1 << 20,
	MAP_SECONDS_MAX = 86400,
	MAP_MEGABYTES_MAX = 8000, /* a file of a production is below 8 GiB */
	MAP_LIMIT_MAX = 366,
	MAP_SOCKET_MAX = 107 /* bytes of the address of a local socket (unix(7)) */
};

struct map_hold {
	struct str fields, where, retention, encryption, keys;
};

struct map_service {
	struct str service, connector, program, arguments, reads, runs, socket;
	struct str canary, canary_kind, expect_sha256;
	struct day canary_from, canary_to; /* none without */
	int64_t seconds, megabytes, limit_days, expect_files;
	struct map_hold *holds;
	size_t n_holds;
};

struct data_map {
	struct map_service *v; /* in the file's order */
	size_t n;
};

/* data_map_parse(c, file, text, in, ret): reads and checks it against the profiles of in and, where
 * it is loaded, the vocabulary of in->law. ERR_INVALID "FILE:LINE:COL: ...". */
int data_map_parse(struct ctx *c, const char *file, struct str text, const struct instance *in,
    struct data_map *ret) MUST_CHECK;
/* data_map_load(c, in, ret): the file that writ.yaml names; without `map:` no service at all.
 * ERR_NOTFOUND when the file is not there. */
int data_map_load(struct ctx *c, const struct instance *in, struct data_map *ret) MUST_CHECK;
/* data_map_find(map, service): NULL without an entry. */
const struct map_service *data_map_find(const struct data_map *map, struct str service);
/* map_holds(s, field): what says where the field is held, NULL when it is not. */
const struct map_hold *map_holds(const struct map_service *s, struct str field);
/* map_json(c, s): the entry; its canonical text is what map_hash is of. */
struct json *map_json(struct ctx *c, const struct map_service *s);
struct hash map_hash(struct ctx *c, const struct map_service *s);
/* map_fields(c, s): all fields held, in the file's order. */
struct json *map_fields(struct ctx *c, const struct map_service *s);

#endif
