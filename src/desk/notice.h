/*
 * What the user of an account is told of an order (SPEC.md 9.8). One notice an account and order;
 * it is drafted from a template, approved by a person, and sent by mail or handed over.
 *
 * Nobody is told while a bar holds: one of any order of the same case, or of any other case that
 * names the same account (notice_may_go; the schema's trigger says the same). Where nothing bars it
 * and the house has a waiting time (notice_wait in writ.yaml), the notice goes first, and nothing
 * is produced before the time is over (notice_check); never so in an emergency.
 */
#ifndef WRIT_NOTICE_H
#define WRIT_NOTICE_H

#include "desk/gate.h"

struct notice {
	int64_t id, rev, target, number; /* number: 1, 2, ... within its order */
	struct str state;                /* as the table has them */
	bool holds;                      /* no production before it was sent and waited for */
	int64_t author, approver, sender;
	struct instant at, sent, posted, not_before; /* posted: the mail server had it */
	struct day sent_day;
	struct str way, letter, text_ct, said_ct; /* sealed as "notice.text" and "notice.said" */
};

struct notices {
	struct notice *v;
	size_t n, cap;
};

/* notice_of_order(c, in, order, ret): in the order of their numbers. */
int notice_of_order(
    struct ctx *c, struct instance *in, int64_t order, struct notices *ret) MUST_CHECK;
/* What it says, opened: subject "" on none. notice_words(c, in, n, ret): ERR_NOTFOUND when it has
 * no text yet, or was erased. */
struct notice_words {
	struct str to, subject, text, language;
};
int notice_words(struct ctx *c, struct instance *in, const struct notice *n,
    struct notice_words *ret) MUST_CHECK;
/* notice_barred(c, in, target, ret): a bar on record holds today. */
int notice_barred(struct ctx *c, struct instance *in, int64_t target, bool *ret) MUST_CHECK;
/* notice_may_go(c, in, g, target): ERR_DENIED while a bar holds, or the law may bar it and a fact
 * is missing. The text is the same whether the bar is of this case or of another. */
int notice_may_go(
    struct ctx *c, struct instance *in, const struct gate *g, int64_t target) MUST_CHECK;
/* notice_check(c, in, g, item): ERR_DENIED while the item may not be produced because its user is
 * told first. 0 where a bar holds, in an emergency, and for a house without a waiting time that has
 * drafted no notice. */
int notice_check(
    struct ctx *c, struct instance *in, const struct gate *g, const struct item *item) MUST_CHECK;
/* notice_wait_end(in, holds, posted): the first instant of a production: the day it was posted and
 * notice_wait whole days after it are over; `posted` itself where nothing waits. */
struct instant notice_wait_end(const struct instance *in, bool holds, struct instant posted);
/* notice_waits(c, n): one of notice_list was sent and holds the production still. */
bool notice_waits(struct ctx *c, const struct json *n);
/* notice_list(c, in, order, texts, ret): [{"number", "target", "state", "holds", "sent", "posted",
 * "not_before", "way", "copy" {"kind", "size", "sha256", "as_received"}, and with `texts` "to",
 * "subject", "text", "said"}]. */
int notice_list(
    struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret) MUST_CHECK;

#endif
