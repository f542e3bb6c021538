/*
 * The role "signer": the only process that reads the log's keys, and that can do nothing but answer
 * three kinds of messages (sign_p.h). Started by sign.c with the descriptors named there; it locks
 * itself in before the first message is read.
 *
 * It signs a checkpoint only for a tree that a consistency proof shows to extend the one it signed
 * last, and keeps that one in signer.state, on disk before the answer. The same tree again gives
 * the same note again (Ed25519 is deterministic). The state file is locked while it runs: a second
 * signer waits, then gives up.
 */
#ifndef WRIT_SIGN_ROLE_H
#define WRIT_SIGN_ROLE_H

/* sign_role_run(): serves until the other side closes. Returns the exit status; the process must
 * then end by _exit, for it is inside its box. */
int sign_role_run(void);

#endif
