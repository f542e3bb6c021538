/* Which sentences of the law the cases reach (SPEC.md 1.6, last paragraph). */
#ifndef WRIT_CASES_P_H
#define WRIT_CASES_P_H

#include "law/cases.h"
#include "law/judge.h"

struct cases_cover;

/* cases_cover_make(c, law): nothing reached yet. */
struct cases_cover *cases_cover_make(struct ctx *c, const struct law *law);
/* cases_cover_add(c, cover, law, in, judgment): one case, judged with the packs of `law` in force.
 */
void cases_cover_add(struct ctx *c, struct cases_cover *cover, const struct law *law,
    const struct judge_input *in, const struct judgment *j);
/* cases_cover_absent(cover, id): a case expects that the clock or bar does not start, and it did
 * not. */
void cases_cover_absent(struct cases_cover *cover, struct str id);
/* cases_cover_put(cover, out): one line for each sentence not reached both ways; returns how many.
 */
size_t cases_cover_put(const struct cases_cover *cover, struct buf *out);

#endif
