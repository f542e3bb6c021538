/*
 * Tickets: the only way data is asked for. Signed, for one target and one service, good until it
 * expires, and once. What a connector needs to trust one is here: no database, no case.
 *
 *   {"note":"writ/ticket/1\nORIGIN\nBASE64(hash)\n\n— ORIGIN/ticket ...\n","ticket":{...}}
 *
 * The hash is SHA-256 of the canonical text (kind/json.h) of the member "ticket"; the note is
 * signed by the ticket key of the log (SPEC.md 2.7, 9.2). Keys of "ticket": format
 * ("writ-ticket/1"), ticket (its reference), origin, purpose (collect | preserve | test), service,
 * fields (list), target {kind, value, at where it has one}, made, expires (RFC 3339, UTC), nonce
 * (32 hex digits); and where a period was granted all four of from, to (days of the provider's
 * zone, both inclusive) and begins, ends (the same as instants, the end exclusive).
 */
#ifndef WRIT_TICKET_H
#define WRIT_TICKET_H

#include "kind/day.h"
#include "kind/json.h"
#include "proof/note.h"

enum { TICKET_MAX = 64 << 10, TICKET_FIELDS_MAX = 200, TICKET_NONCE = 32 };

struct ticket {
	struct str ref, origin, purpose, service, kind, value, nonce;
	struct json *fields;         /* a list of texts */
	struct instant at;           /* of the target; none without */
	struct day from, to;         /* none without a period */
	struct instant begins, ends; /* likewise */
	struct instant made, expires;
};

/* ticket_body(c, t): the member "ticket"; its canonical text is what is signed. */
struct json *ticket_body(struct ctx *c, const struct ticket *t);
/* ticket_hash(c, body): what the signer is given. */
struct hash ticket_hash(struct ctx *c, const struct json *body);
/* ticket_file(c, body, note): the whole, canonical, with a newline. */
struct str ticket_file(struct ctx *c, const struct json *body, struct str note);

/* ticket_read(c, file, text, ret, ret_hash, ret_note): takes one apart; nothing is verified.
 * ERR_INVALID "FILE: ..." for what is not of this form, an unknown member, or a period whose ends
 * are out of order; ERR_LIMIT above TICKET_MAX. No error text repeats the input. */
int ticket_read(struct ctx *c, const char *file, struct str text, struct ticket *ret,
    struct hash *ret_hash, struct str *ret_note) MUST_CHECK;
/* ticket_open(c, file, text, key, now, ret): reads and verifies. ERR_DENIED for one that the key
 * did not sign, that says something else than what was signed, is of another log, was made more
 * than five minutes after `now`, or expired. That it comes for the first time is the caller's to
 * know: ret->nonce. */
int ticket_open(struct ctx *c, const char *file, struct str text, const struct note_key *key,
    struct instant now, struct ticket *ret) MUST_CHECK;

#endif
