/*
 * The messages between a client and the signer (SPEC.md 2.8). Numbers are 8 bytes, big-endian.
 *
 *   request:  'c' from size root(32) proof(32 each, at most 65)    checkpoint
 *             'p' seconds leaf-hash(32)                            promise
 *             't' hash(32)                                         ticket
 *   answer:   's' note                         signed
 *             'l' size root(32)                not from this tree: the one signed last is ...
 *             'r' text                         refused
 *             'f' text                         could not
 */
#ifndef WRIT_SIGN_P_H
#define WRIT_SIGN_P_H

#include "proof/merkle.h"

enum {
	SIGN_CHECKPOINT = 'c',
	SIGN_PROMISE = 'p',
	SIGN_TICKET = 't',
	SIGN_SIGNED = 's',
	SIGN_LAST = 'l',
	SIGN_REFUSED = 'r',
	SIGN_FAILED = 'f'
};

/* Descriptors of the role, after the connection. The last is there only where there is such a key.
 */
enum { SIGN_FD_LOG = 4, SIGN_FD_RECEIPT, SIGN_FD_STATE, SIGN_FD_TICKET };

enum {
	SIGN_KEY_MAX = 1024, /* bytes of a key file */
	SIGN_CHECKPOINT_HEAD = 1 + 8 + 8 + HASH_SIZE,
	SIGN_PROMISE_SIZE = 1 + 8 + HASH_SIZE,
	SIGN_TICKET_SIZE = 1 + HASH_SIZE
};

static inline void sign_put_number(struct buf *b, uint64_t v)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		buf_putc(b, (char)(v >> shift & 255));
}

static inline uint64_t sign_get_number(const char *p)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

#endif
