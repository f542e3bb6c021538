/*
 * What the signer signed last (file signer.state in the folder of the keys). The signer answers
 * only after this file holds the new tree and is on disk, so that it cannot be made to sign two
 * histories, whatever happens in between.
 *
 * The file has two places of one record each, at offsets 0 and 4096; a record is written to the
 * place that does not hold the newest, so that a torn write leaves the one before. A record is one
 * line of SIGN_STATE_LINE bytes:
 *
 *   "writ/signer/1 " NUMBER " " SIZE " " ROOT " " CHECK "\n"
 *
 * NUMBER counts records and SIZE the tree's entries (20 digits each); ROOT is 64 hex digits; CHECK
 * the SHA-256 in hex of what stands before it. The whole record with the highest NUMBER counts.
 */
#ifndef WRIT_SIGN_STATE_H
#define WRIT_SIGN_STATE_H

#include "kind/hash.h"

enum { SIGN_STATE_LINE = 186, SIGN_STATE_PLACE = 4096 };

struct sign_state {
	int64_t number;
	int64_t size; /* 0: nothing was signed yet */
	struct hash root;
};

/* sign_state_print(c, s): the record's line. */
struct str sign_state_print(struct ctx *c, const struct sign_state *s);
/* sign_state_read(c, fd, ret): the newest whole record; ERR_FAIL when there is none. */
int sign_state_read(struct ctx *c, int fd, struct sign_state *ret) MUST_CHECK;
/* sign_state_write(c, fd, s): the record is in its place and on disk. ERR_FAIL. */
int sign_state_write(struct ctx *c, int fd, const struct sign_state *s) MUST_CHECK;

#endif
