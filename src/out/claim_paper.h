/*
 * What leaves with a claim: a letter as PDF, and an invoice that a program reads, an XRechnung (EN
 * 16931 in the syntax UBL 2.1). Both only of a claim that may leave (claim_ready) and a house that
 * says who claims (costs: seller). Amounts are exact; nothing in them names a target.
 *
 * The invoice keeps the rules of EN 16931 and those of its German use (BR-DE) that are about what
 * a claim has; test/unit/out_claim_paper.c tries them. Compensation by law lies outside the scope
 * of value added tax (category O) unless writ.yaml says otherwise. A reduction to recorded cost is
 * an allowance on the whole.
 */
#ifndef WRIT_CLAIM_PAPER_H
#define WRIT_CLAIM_PAPER_H

#include "desk/claim.h"

enum { CLAIM_PAPER_MAX = 1 << 20 };

/* claim_letter(c, in, k, german, ret): the PDF. ERR_NOTFOUND: the helper is not installed.
 * claim_letter_document: what the helper is given (helpers/typeset.c). */
int claim_letter(struct ctx *c, struct instance *in, const struct claim *k, bool german,
    struct str *ret) MUST_CHECK;
int claim_letter_document(struct ctx *c, struct instance *in, const struct claim *k, bool german,
    struct str *ret) MUST_CHECK;
/* claim_invoice(c, in, k, ret): the XML. ERR_INVALID: the buyer has neither a mail address nor a
 * Leitweg-ID to be reached by. */
int claim_invoice(
    struct ctx *c, struct instance *in, const struct claim *k, struct str *ret) MUST_CHECK;

#endif
