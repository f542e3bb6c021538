/*
 * A sealed file as an attachment of a mail to the authority (SPEC.md 9.10). It goes to the address
 * that the officer proved at the portal, or that the demand gives; any other one needs a reason and
 * a second person. The mail names a reference and nothing else. What stops a delivery is asked when
 * it is written, when a second person has looked, and when it is sent; it counts as delivered once
 * the server had taken it, and not before.
 */
#ifndef WRIT_MAILING_H
#define WRIT_MAILING_H

#include "desk/left.h"
#include "desk/outgoing.h"

struct mailing {
	int64_t id, rev, author, second; /* second: 0 */
	bool official;
	struct str state; /* waiting, queued, taken, failed, stopped */
	struct instant at, taken;
	struct str letter, message;
	struct hash sealed;
	int64_t size;
	struct str to, reason; /* "" once erased, and unless asked for */
};

/* mailing_put(c, in, actor, ref, path, to, reason, ret_state): writes it. path: the sealed file;
 * "": what lies in the portal. to: "" for the authority's own address. ERR_NOTFOUND where there is
 * none, or no file; ERR_INVALID for another file, an address that is none, or one of one's own
 * without a reason; ERR_LIMIT above mail_file_most; ERR_CONFLICT while another mail waits;
 * ERR_DENIED as a delivery. ret_state: queued, or waiting for a second person. */
int mailing_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str path, struct str to, struct str reason, struct str *ret_state) MUST_CHECK;
/* mailing_confirm(c, in, actor, ref): a second person has looked at the address. */
int mailing_confirm(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;
/* mailing_stop(c, in, actor, ref): it is not sent; too late once it was taken. */
int mailing_stop(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;
/* mailing_of(c, in, production, words, fn, arg): as they were written; `words`: with address and
 * reason. */
int mailing_of(struct ctx *c, struct instance *in, int64_t production, bool words,
    int (*fn)(struct ctx *c, const struct mailing *m, void *arg), void *arg) MUST_CHECK;

/* ---- for whoever sends ---- */

struct mailing_file {
	struct str name, manifest; /* manifest: "" where no law asks for one */
	struct str bytes;
};
/* mailing_open(c, in, letter, ret): before the mail with this reference is sent: asks what stops a
 * delivery, and reads the attachment. ERR_DENIED: it is not sent, and is recorded as stopped;
 * ERR_NOTFOUND: the letter is none with an attachment. */
int mailing_open(
    struct ctx *c, struct instance *in, struct str letter, struct mailing_file *ret) MUST_CHECK;
/* mailing_tried(c, in, letter): what mailing_open let go was answered, whatever the answer was.
 */
int mailing_tried(struct ctx *c, struct instance *in, struct str letter) MUST_CHECK;
/* mailing_settle(c, in): what became of mails that were queued: taken, then the production is
 * delivered; failed; stopped. One that was taken and may not be delivered any more (something
 * stopped it in that very moment) stays as taken, and is seen as a recall that is due. */
int mailing_settle(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
