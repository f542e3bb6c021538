/*
 * A copy of the demand with the notice (SPEC.md 9.8), where the authority's paper may be shown: a
 * person decides, notice by notice, between a paper as it came and another file, a PDF in which
 * what the user may not see is blacked out. It is chosen while the notice is a draft, so that who
 * approves has it before them, never while a bar holds, and goes out with the mail or beside the
 * letter. It is recorded by its hash; a file of its own lies encrypted among the papers.
 */
#ifndef WRIT_NOTICE_COPY_H
#define WRIT_NOTICE_COPY_H

#include "desk/notice.h"

enum { NOTICE_COPY_MAX = 8 << 20 };

struct notice_copy {
	int64_t id, rev, paper, size; /* paper: the row it is of; 0: a file of its own */
	struct str kind;              /* pdf, text, png, jpeg: by its first bytes */
	struct hash sha256;
	bool dropped;
	struct str blob, key;
};

struct notice_copy_new {
	int64_t paper;   /* number of a paper of the case; 0: the file at path */
	struct str path; /* "" with neither: there is no copy after all */
};
/* notice_copy_set(c, in, actor, order, number, n): ERR_DENIED while a bar holds; ERR_CONFLICT when
 * the notice is no draft; ERR_NOTFOUND: no such paper, or erased; ERR_INVALID: a file that is no
 * PDF, a paper that no program shows; ERR_LIMIT above NOTICE_COPY_MAX. */
int notice_copy_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, const struct notice_copy_new *n) MUST_CHECK;
/* notice_copy_find(c, in, notice, ret, ret_has): the copy that goes with it, if any. */
int notice_copy_find(struct ctx *c, struct instance *in, int64_t notice, struct notice_copy *ret,
    bool *ret_has) MUST_CHECK;
/* notice_copy_read(c, in, copy, ret): its bytes. ERR_NOTFOUND once it was erased. */
int notice_copy_read(
    struct ctx *c, struct instance *in, const struct notice_copy *copy, struct str *ret) MUST_CHECK;
/* notice_copy_take(c, in, actor, order, number, path): to a new file, for who hands it over.
 * ERR_NOTFOUND: no such notice, or it has no copy. */
int notice_copy_take(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, const char *path) MUST_CHECK;
/* notice_copy_name(c, copy): "order.pdf". */
struct str notice_copy_name(struct ctx *c, const struct notice_copy *copy);
/* notice_copy_says(language): what the mail says of it. */
const char *notice_copy_says(struct str language);
/* notice_copy_mail(c, in, letter, ret_name, ret): before the mail with this reference is sent:
 * what it has attached, "" for nothing. ERR_DENIED: a bar has begun, and the mail is taken away. */
int notice_copy_mail(struct ctx *c, struct instance *in, struct str letter, struct str *ret_name,
    struct str *ret) MUST_CHECK;

#endif
