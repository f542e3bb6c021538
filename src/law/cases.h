/*
 * The case runner: `*.case.yaml` beside each pack says which facts give which verdicts
 * (SPEC.md 1.6).
 */
#ifndef WRIT_CASES_H
#define WRIT_CASES_H

#include "law/pack.h"

struct cases_result {
	size_t cases, passed, failed;
	size_t uncovered; /* rules, clocks, bars without both kinds of case */
};

/* cases_run(c, law, files, n, out, ret): runs every .case.yaml of files against law; writes one
 * line for each failure and for each rule without a passing or a refusing case to out. ERR_INVALID
 * for a case file that cannot be read; failing cases are counted, not errors. */
int cases_run(struct ctx *c, const struct law *law, const struct law_file *files, size_t n,
    struct buf *out, struct cases_result *ret) MUST_CHECK;

#endif
