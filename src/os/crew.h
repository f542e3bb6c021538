/*
 * Several processes behind one listening socket, of one role or of a few: those that answer, and
 * one beside them that does what takes longer. The process that starts them opens no connection and
 * parses nothing: it keeps their number, and passes signals on.
 *
 *   a member ends     another takes its place; one that ended soon after its start makes the next
 *                     wait, 0.1 seconds first, twice as long each time, at most 30;
 *                     those of another role do not wait for it
 *   SIGHUP            new members start; once all of them are ready, the old ones drain
 *   SIGTERM, SIGINT   all stop, and then this process; who is not done in CREW_STOP_SECONDS is
 *                     killed
 *
 * A member that never gets ready at the first start ends the whole: its configuration is wrong, and
 * it has said so. At a reload it only ends the reload, and the old members go on.
 *
 * Members share a page of numbers (struct crew_share), which outlives each of them.
 * Called by: cli (serve); the member's side by web.
 */
#ifndef WRIT_CREW_H
#define WRIT_CREW_H

#include "base/text.h"
#include "os/spawn.h"

enum {
	CREW_PARTS_MAX = 4,
	CREW_MAX = 35,             /* members */
	CREW_SLOTS = 2 * CREW_MAX, /* also while new ones stand beside the old */
	CREW_GAUGES = 4,
	CREW_COUNTS = 8192,
	CREW_BUCKETS = 65536,
	CREW_HELD = 8192,
	CREW_STOP_SECONDS = 30,
	CREW_CONFIG_MAX = 32 << 10
};

struct crew_share {
	_Atomic int64_t
	    gauge[CREW_SLOTS][CREW_GAUGES];    /* of the member in the slot; 0 when it ended */
	_Atomic uint64_t count[CREW_COUNTS];   /* of all, since the start */
	unsigned char key[32];                 /* random, the same for all; drawn at the start */
	_Atomic uint64_t bucket[CREW_BUCKETS]; /* of all */
	_Atomic uint16_t held[CREW_SLOTS][CREW_HELD]; /* of the member in the slot, as gauge */
};

struct crew_part {
	const char *role; /* os/spawn.h */
	size_t n;         /* members of it */
};

struct crew {
	struct crew_part parts[CREW_PARTS_MAX];
	size_t n_parts; /* 1 to CREW_PARTS_MAX; of all parts together 1 to CREW_MAX members */
	int listen_fd;
	struct str config; /* handed to each; at most CREW_CONFIG_MAX bytes */
};

/* crew_run(c, how): until it is told to stop. Signals are blocked from here on. ERR_FAIL when the
 * members do not start. */
int crew_run(struct ctx *c, const struct crew *how) MUST_CHECK;

/* What a member has. */
struct crew_member {
	struct spawn_peer parent;
	int listen_fd, signal_fd; /* signal_fd: readable once SIGTERM or SIGINT came */
	size_t slot;
	struct crew_share *share;
	struct str config;
};

enum crew_order {
	CREW_NONE,
	CREW_DRAIN, /* accept nothing more; connections live on to their end */
	CREW_STOP   /* the same, and those without a request end now */
};

/* crew_join(c, ret): in the member, before it locks itself in. */
int crew_join(struct ctx *c, struct crew_member *ret) MUST_CHECK;
/* crew_ready(c, m): the member works from now on. */
int crew_ready(struct ctx *c, const struct crew_member *m) MUST_CHECK;
/* crew_order(c, m): what it was told, without waiting. A parent that is gone means stop. */
enum crew_order crew_order(struct ctx *c, const struct crew_member *m);

#endif
