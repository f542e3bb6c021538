/*
 * Mails that Writ sends: their text as RFC 5322 has it, and sending those of desk/outgoing.h that
 * are due. Plain text in UTF-8, one recipient, nothing that tells whether it was read, and
 * Auto-Submitted (RFC 3834), so that no machine answers. The Message-ID is made of the letter's
 * reference: a mail that was sent twice, because the program died in between, is seen to be one.
 */
#ifndef WRIT_MAIL_H
#define WRIT_MAIL_H

#include "desk/outgoing.h"

enum { MAIL_MAX = 256 << 10, MAIL_SUBJECT_MAX = 500, MAIL_NAME_MAX = 100 };

struct mail {
	struct str from, from_name, to, subject, text, ref;
	struct instant at;
	struct str file_name, file; /* one attachment, and what is beside it; "" without */
	struct str beside_name, beside;
};

/* mail_compose(c, m, ret): with an attachment it is multipart/mixed (RFC 2046), files in base64,
 * their names of letters, digits and . - _ alone. Lines end with CR LF, none is longer than 78
 * bytes but for an address. ERR_INVALID for an address that is none (net_conf_address), a subject
 * that is not one line of UTF-8, a text that is not UTF-8 or has a control character but LF and
 * TAB. */
int mail_compose(struct ctx *c, const struct mail *m, struct str *ret) MUST_CHECK;

/* mail_send_next(c, in, ca, password): sends the next that is due by the server of writ.yaml. 0
 * whether it was taken or not; ERR_NOTFOUND: none is due. */
int mail_send_next(
    struct ctx *c, struct instance *in, struct str ca, struct str password) MUST_CHECK;

#endif
