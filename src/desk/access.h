/*
 * What a person asks to know of an account that is theirs (SPEC.md 9.13): whether authorities
 * demanded data of it. The request came in as a demand and was sorted out as a data subject's; here
 * stand which account, how the person was identified, and the answer: drafted by one person,
 * approved by another, and given as it is.
 *
 * An answer tells of a demand whose user was told, or may be told now: nothing bars it, it is
 * settled, and no notice of its own is on the way. Everything else - a bar, a doubt about one, a
 * sealed case, no demand at all - is the same: the same words, the same work, the same end of the
 * command. Who answers does not learn here what there is; nor does the row say so.
 *
 * What may be told is found anew at each step: a draft that is not right any more is not approved,
 * and what was approved is not given.
 */
#ifndef WRIT_ACCESS_H
#define WRIT_ACCESS_H

#include "desk/notice.h"

struct access_request {
	int64_t id, rev, demand_id, author, reviewer, second, follows;
	struct str ref, demand; /* references */
	struct right_place place;
	struct hash key; /* keyed hash of the account; has_key false once erased */
	bool has_key, told;
	struct str state, language;
	struct instant at, answered;
	struct str target_ct, who_ct, text_ct;
};

struct access_ask {
	struct str demand; /* what came in, sorted out as data_subject */
	struct str target; /* KIND:VALUE */
	struct str identified;
	const struct str *to; /* address lines of the answer; none: the answer is fetched */
	size_t n_to;
	struct str language; /* en, de */
};

enum { ACCESS_LINES_MAX = 12, ACCESS_IDENTIFIED_MAX = 4000 };

/* access_ask(c, in, actor, ask, ret): records it; *ret its reference. ERR_INVALID names the option
 * that does not fit; ERR_DENIED for a demand that was not sorted out as a data subject's. */
int access_ask(struct ctx *c, struct instance *in, const struct person *actor,
    const struct access_ask *ask, struct str *ret) MUST_CHECK;
/* access_again(c, in, actor, ref, ret): a new request for the one that was answered before, to be
 * answered by what may be told now. */
int access_again(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str *ret) MUST_CHECK;
/* access_draft(c, in, actor, ref): the reviewer's draft, as of now; again and again until it is
 * approved. access_approve: by another person. access_answer: given as approved; when something
 * else may be told by then ERR_CONFLICT, and it is drafted anew. access_drop: it is not answered.
 */
int access_draft(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;
int access_approve(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;
int access_answer(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;
int access_drop(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

/* access_get(c, in, actor, ref, ret): ERR_NOTFOUND also for one of a demand that the person may not
 * know of. */
int access_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct access_request *ret) MUST_CHECK;
/* access_list(c, in, actor, state, after, ret): {"state", "requests": [access_json without texts],
 * "after"?}: the newest first. */
int access_list(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    struct str after, struct json **ret) MUST_CHECK;
/* access_due(c, in, actor, ret): [access_json without texts] of those that were answered with
 * nothing to tell, and of which something may be told now. */
int access_due(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* access_json(c, in, r, texts, ret): {"request", "demand", "state", "language", "at", "by",
 * "reviewer"?, "second"?, "answered"?, "again"? (it takes up another), and with `texts` "target",
 * "identified", "to": [...], "text"?}. */
int access_json(struct ctx *c, struct instance *in, const struct access_request *r, bool texts,
    struct json **ret) MUST_CHECK;

/* access_text(c, in, key, target, language, ret, ret_told): the answer's words as of now, in
 * paragraphs; the first is its subject, the last its end. */
int access_text(struct ctx *c, struct instance *in, struct hash key, struct str target,
    struct str language, struct str *ret, bool *ret_told) MUST_CHECK;

#endif
