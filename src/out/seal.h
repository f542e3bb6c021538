/*
 * Seals: a stream becomes a file that one key opens. Three kinds behind one call, each made by the
 * plain tool of Debian that also opens it, in a box (os/box.h) with nothing but its three
 * descriptors and the key: age (age-encryption.org/v1), gpg (RFC 4880: AES-256 with MDC) and
 * openssl (CMS AuthEnvelopedData, RFC 5083, AES-256-GCM). No web of trust, no key server, no agent,
 * no home folder: gpg seals to the one key that it is handed, and itself refuses one whose own
 * signatures do not hold.
 *
 * The sealed bytes go through the helper writ-seal (helpers/seal.c), which hashes them while they
 * are written. Memory does not grow with the stream.
 */
#ifndef WRIT_SEAL_H
#define WRIT_SEAL_H

#include "in/seal_key.h"
#include "kind/hash.h"

/* openssl opens CMS in memory alone: whoever gets more cannot open it. */
#define SEAL_CMS_MAX INT64_C(100000000)

enum { SEAL_DONE = 1 }; /* begins the helper's answer; no letter of a text */

struct seal_made {
	struct hash sha256; /* of the sealed file */
	int64_t size;
};

/* seal_kind_seen(head, ret): what kind of sealed file begins with these bytes (16 are enough). */
bool seal_kind_seen(struct str head, enum seal_kind *ret) MUST_CHECK;
/* seal_fits(c, key, size): ERR_LIMIT when so much plain text is not sealed with this kind. */
int seal_fits(struct ctx *c, const struct seal_key *key, int64_t size) MUST_CHECK;
/* seal_run(c, key, next, arg, fd, ret): what next gives (as in_next of struct spawn), sealed, to
 * the open file fd; on disk when it returns. ERR_NOTFOUND: the tool is not installed; ERR_INVALID:
 * it refused the key; the code of next; ERR_FAIL. What is in fd after an error must be thrown away.
 */
int seal_run(struct ctx *c, const struct seal_key *key,
    ssize_t (*next)(void *arg, void *buf, size_t n), void *arg, int fd,
    struct seal_made *ret) MUST_CHECK;

/* seal_tools: where the tools may lie, for the box of who starts them. */
enum { SEAL_TOOLS = 9 };
extern const char *const seal_tools[SEAL_TOOLS];

#endif
