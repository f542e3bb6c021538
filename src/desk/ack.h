/*
 * Acknowledgements: that a sender's demand is recorded, in the side journal (store/journal.h), on
 * disk before anybody tells the sender. Whoever answers a sender calls ack_add first.
 */
#ifndef WRIT_ACK_H
#define WRIT_ACK_H

#include "desk/instance.h"
#include "store/journal.h"

/* ack_add(c, in, refs, n): these demands, committed already, are acknowledged from now on. */
int ack_add(struct ctx *c, struct instance *in, const struct str *refs, size_t n) MUST_CHECK;
/* ack_rest(c, in): the same for every demand that the journal does not name: after an intake that
 * was cut off between recording and acknowledging. */
int ack_rest(struct ctx *c, struct instance *in) MUST_CHECK;

/* What a journal says and the database, restored from a backup, does not know. */
struct ack_lack {
	struct instant at;
	struct hash key; /* journal_key of the demand's reference */
};
struct ack_report {
	struct ack_lack *lack; /* acknowledged, and not in the database */
	size_t n, cap;
	int64_t known; /* acknowledged, and there */
};
/* ack_compare(c, in, path, ret): adds what the journal at path says to ret. Memory: 32 bytes for
 * each demand. */
int ack_compare(
    struct ctx *c, struct instance *in, struct str path, struct ack_report *ret) MUST_CHECK;

#endif
