/*
 * The sentences of an audit, one at a time, in the reader's language (tell_word.h): what a person
 * reads on the terminal (tell.h) and on a page says the same in the same words.
 *
 * Words of the file are taken in the reader's language where the file has them, else in English.
 * All that comes from the file is made harmless (base/plain.h); it is not escaped for HTML.
 */
#ifndef WRIT_TELL_SAY_H
#define WRIT_TELL_SAY_H

#include "audit/audit.h"
#include "audit/tell_word.h"

enum { TELL_STEPS = 16 /* longer chains are only counted */ };

struct tell_say {
	struct ctx *c;
	const struct audit *a;
	enum tell_lang lang;
	bool page; /* numbers in groups of three, unknowns by their names; else digits and ids */
};

/* The figures of one finding, each with its number from 1 in the text. */
struct tell_figures {
	size_t *rows, n;
};

/* Why one thing cannot be, as lines. */
struct tell_chain {
	struct str head;
	struct str *lines;
	size_t n;
};

struct str tell_say_number(const struct tell_say *s, int64_t n);
/* tell_say_own(s, en, de): a text of the file, as it is. */
struct str tell_say_own(const struct tell_say *s, struct str en, struct str de);
/* tell_say_target(s, t): what a sentence calls a target: by its id; on a page, where it has its
 * heading, "the protected number". */
struct str tell_say_target(const struct tell_say *s, size_t target);
/* tell_say_count(s, row): the sum that the row is about, as the file writes it, on a page with the
 * unknowns' names; "" where it was made otherwise. */
struct str tell_say_count(const struct tell_say *s, const struct model_row *row);
/* tell_say_figure(s, row): what was said about it: "exactly 927". */
struct str tell_say_figure(const struct tell_say *s, const struct model_row *row);
/* tell_say_range(s, r): "lies in [73, 249]", "is exactly 40", "is at least 3", with the first hole.
 */
struct str tell_say_range(const struct tell_say *s, const struct infer *r);
/* tell_say_missing(s, f): "73 of 250 permitted numbers cannot be." */
struct str tell_say_missing(const struct tell_say *s, const struct audit_finding *f);
/* tell_say_safe(s, f): a whole sentence. */
struct str tell_say_safe(const struct tell_say *s, const struct audit_finding *f);
/* tell_say_way(s, f): under which reading and assumptions, a whole sentence; "" where there is only
 * one way. */
struct str tell_say_way(const struct tell_say *s, const struct audit_finding *f);
/* tell_say_assumption(s, i): as it goes on after "if". */
struct str tell_say_assumption(const struct tell_say *s, size_t i);
/* tell_say_figures(s, f): those that the finding rests on, each id once. */
struct tell_figures tell_say_figures(const struct tell_say *s, const struct audit_finding *f);
/* tell_say_chains(s, f, figures, ret): how it follows from them: at most three chains; their
 * number. */
size_t tell_say_chains(const struct tell_say *s, const struct audit_finding *f,
    const struct tell_figures *figures, struct tell_chain ret[3]);
/* tell_say_end(s): "3 protected numbers are safe, 1 is not". */
struct str tell_say_end(const struct tell_say *s);

#endif
