/*
 * Counting, judging and publishing an edition, and writing the public site: what takes longer than
 * a page may, done by the process of role work (web/work_job.h) with the rights of who asked.
 */
#ifndef WRIT_ACCOUNT_JOB_H
#define WRIT_ACCOUNT_JOB_H

#include "web/work_job.h"

/* account_job_make: {period, as_of?, cause?: {en: {title, text}, de}}; its result has "edition" and
 * "breaches" (out/view_edition.h). */
int account_job_make(struct ctx *c, struct work_for *w);
/* account_job_check: {edition}: looks at it anew; the result likewise. */
int account_job_check(struct ctx *c, struct work_for *w);
/* account_job_publish: {edition}: publishes it, and writes the site where writ.yaml names one: then
 * the result has "site". Of one that is refused by a rule the result has all breaches. Begun again
 * it changes nothing but the files. */
int account_job_publish(struct ctx *c, struct work_for *w);
/* account_job_site: {}: the site alone. */
int account_job_site(struct ctx *c, struct work_for *w);

#endif
