/*
 * How long personal detail is kept (`retention:` in writ.yaml): dated lists of rules. The newest
 * list that is not after a day is in force on that day; it is judged by the day of the erasure, for
 * what a house may keep is a matter of today's law. No list, or no rule for an outcome: nothing of
 * it is erased.
 *
 *   retention:
 *     - from: 2027-01-01
 *       role: counsel            who proposes; counsel when it is not given
 *       rules:
 *         - id: disclosed
 *           of: content noncontent
 *           after: 24 months       N days | N months | N years
 *           since: delivered       settled | delivered | closed
 *           cite: House rule 7     free text: whose term this is
 *
 * Writ brings no term of its own: DESIGN.md says why.
 */
#ifndef WRIT_RETENTION_H
#define WRIT_RETENTION_H

#include "kind/day.h"
#include "kind/yaml.h"

enum retention_since {
	RETENTION_SETTLED,   /* the order's outcome */
	RETENTION_DELIVERED, /* its last delivery; its outcome where nothing was delivered */
	RETENTION_CLOSED     /* the last closing of the case */
};

struct retention_rule {
	struct str id, of, cite;
	enum retention_since since;
	int days, months; /* one of them is 0 */
};

struct retention {
	struct day from;
	struct str role; /* intake, reviewer or counsel */
	struct retention_rule *rules;
	size_t n_rules;
};

struct retentions {
	struct retention *v; /* oldest first */
	size_t n;
};

/* retention_read(c, root, ret): reads `retention` of writ.yaml's root; none at all is fine.
 * ERR_INVALID "FILE:LINE:COL: ...": also for two rules of one list for the same outcome. */
int retention_read(struct ctx *c, const struct yaml *root, struct retentions *ret) MUST_CHECK;
/* retention_on(all, day): the list in force that day, NULL when there is none. */
const struct retention *retention_on(const struct retentions *all, struct day day);
/* retention_for(list, word): the rule for an outcome, NULL when there is none; list may be NULL. */
const struct retention_rule *retention_for(const struct retention *list, struct str word);
/* retention_end(rule, from): the last day of the term that begins on this day. */
struct day retention_end(const struct retention_rule *rule, struct day from);

#endif
