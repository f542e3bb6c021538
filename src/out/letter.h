/*
 * A letter on an order: who writes to whom, the references, the subject, what it says, the law it
 * rests on, the end, and what is enclosed. It is one value, shown as JSON and set as a PDF
 * (letter_pdf.h); nothing is recorded by making it. What it says is a template (desk/reply.h) with
 * the letter's kind as its name: the first paragraph is the subject, the last one the end, and
 * where {law} stands alone the law is quoted. A single line break stays one.
 *
 * Law is quoted from the findings of the order, and only what is verified (product.md 5): what
 * nobody read at the source is no reason to give an authority.
 */
#ifndef WRIT_LETTER_H
#define WRIT_LETTER_H

#include "desk/matter.h"

enum { LETTER_LINES_MAX = 12, LETTER_LINE_BYTES = 200 };

/* Kinds, by their words: acknowledgement, question, refusal, cover, certification, notice,
 * withdrawal, claim, recall, misdelivery, redirect, protocol, transfer. */
struct letter_ask {
	struct str production;     /* reference; "": the last one of the order that left */
	struct str kind, language; /* language "": the demand's, where there is such a template */
	const struct str *to;      /* address lines in place of the authority's name and officer */
	size_t n_to;
	const struct str *enclosures;
	size_t n_enclosures;
	int64_t notice; /* of kind notice: which one of the order; 0: its only one */
};

/* letter_kind(i): by number; NULL past the last. */
const char *letter_kind(size_t i);
/* letter_parts(c, in, actor, order, ask, ret): {kind, language, paper, day, title, from[], to[],
 * info[]{label, text}, subject, body[]{text} or {cite, quote, says}, end, enclosures[], ...}.
 * ERR_INVALID: no such kind, a line that is none, too many; ERR_DENIED: the order is not so that
 * this letter can be written (nothing was refused, nothing left, the notice was not approved or
 * may not go, a bar on claims, nothing was recalled, misdelivered, redirected, written to a medium
 * or given with a manifest); ERR_NOTFOUND: erased. Rights as reply_text.
 */
int letter_parts(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct letter_ask *ask, struct json **ret) MUST_CHECK;

#endif
