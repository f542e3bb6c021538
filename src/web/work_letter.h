/* Setting a letter, as a job: the web processes start no program. */
#ifndef WRIT_WORK_LETTER_H
#define WRIT_WORK_LETTER_H

#include "out/letter.h"
#include "web/work_job.h"

/* work_letter: {case, order, kind, language, to: [], enclosures: []}; its result has the PDF's name
 * and the PDF itself, sealed with the job and gone with it. */
int work_letter(struct ctx *c, struct work_for *w);
/* work_claim: {claim, paper: letter | invoice, language}, the same of a claim. */
int work_claim(struct ctx *c, struct work_for *w);
/* work_letter_what(c, case, order, ask): what the job is given. */
struct json *work_letter_what(
    struct ctx *c, struct str matter, int64_t order, const struct letter_ask *ask);
/* work_letter_result(c, job): the result of a letter or of a claim's paper without
 * the file: {name}, empty until it is done. */
struct json *work_letter_result(struct ctx *c, const struct job *j);
/* work_letter_pdf(c, job, ret): the file. ERR_NOTFOUND: the job makes none, or is not done. */
int work_letter_pdf(struct ctx *c, const struct job *j, struct str *ret) MUST_CHECK;

#endif
