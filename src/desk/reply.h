/*
 * Letters from templates. A template is a text of the house in one language, of nobody: it has
 * blanks {like_this}, which are checked when it is kept, not when somebody is in a hurry.
 *
 *   {reference} of the demand      {number} of the authority      {authority} its name
 *   {officer} who wrote            {received} day of receipt      {today}
 *   {provider} the house           {case} its reference           {instrument} its title
 *   {reason} of a refusal          {question} that was asked      {law} where law is quoted
 *   {facts} where the letter's own facts are listed
 *
 * The last two lines are of letters that are set as such (out/letter.h) alone.
 *
 * For what is no data demand there are built-in ones, named after the kind (SPEC.md 8.2), and for
 * letters on an order (out/letter.h), in English and German; one of the house's own with that name
 * takes its place.
 */
#ifndef WRIT_REPLY_H
#define WRIT_REPLY_H

#include "desk/demand.h"

enum { REPLY_TEXT_MAX = 32 << 10 };

/* What the blanks stand for; p NULL: this letter has no such thing. */
struct reply_values {
	struct str reference, number, authority, officer, received, today, provider, matter,
	    instrument, reason, question, law, facts;
};

/* reply_check(c, text): ERR_INVALID "line L, column C: ..." for a brace that is no blank,
 * characters nobody sees, an empty text; ERR_LIMIT above REPLY_TEXT_MAX bytes. */
int reply_check(struct ctx *c, struct str text) MUST_CHECK;
/* reply_fill(c, text, values, ret): ERR_INVALID names a blank that this letter does not have.
 */
int reply_fill(
    struct ctx *c, struct str text, const struct reply_values *values, struct str *ret) MUST_CHECK;

/* reply_set(c, in, actor, name, language, text): keeps a template, in the place of one with the
 * same name and language; text "" takes it away. Counsel or a reviewer. name: a word of letters,
 * digits and "_"; language: ISO 639-1. */
int reply_set(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    struct str language, struct str text) MUST_CHECK;
/* reply_get(c, in, name, language, ret, ret_language): the house's, else the built-in one; where
 * there is none in the language, the English one. ERR_NOTFOUND. */
int reply_get(struct ctx *c, struct instance *in, struct str name, struct str language,
    struct str *ret, struct str *ret_language) MUST_CHECK;
/* reply_each(c, in, actor, fn, arg): the house's and the built-in ones that none of these replaces.
 */
struct reply_template {
	struct str name, language, text;
	bool own;
	int64_t author;
	struct instant at; /* of the house's own */
};
int reply_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct reply_template *t, void *arg), void *arg) MUST_CHECK;

/* What a demand was sorted out as, and the letter that was written to it. */
struct reply_sorted {
	int64_t id, rev, author;
	struct str kind, language, letter; /* letter: "" while none was written, or erased */
	struct instant at, letter_at;
};
/* reply_sorted(c, in, demand, ret, ret_has). */
int reply_sorted(struct ctx *c, struct instance *in, const struct demand *d,
    struct reply_sorted *ret, bool *ret_has) MUST_CHECK;
/* reply_preview(c, in, actor, ref, name, ret): the letter as it would be written, before or after
 * the demand is sorted out; nothing is recorded. ROLE_INTAKE. ERR_NOTFOUND also without a text. */
int reply_preview(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str name, struct str *ret) MUST_CHECK;
/* reply_letter(c, in, actor, ref, name, ret): writes the letter to the sender of what is no data
 * demand, in the demand's language: template `name`, or "" for the kind's own. Once. ROLE_INTAKE.
 */
int reply_letter(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str name, struct str *ret) MUST_CHECK;
/* reply_text(c, in, actor, order, name, ret): a text to the authority of an order, filled in and
 * not recorded: a person reads it and sends it as a question or a refusal. */
int reply_text(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str name, struct str *ret) MUST_CHECK;
/* reply_paragraph(rest, ret): the next paragraph, up to an empty line; false: there is none. */
bool reply_paragraph(struct str *rest, struct str *ret);

/* What the user of an account is told: the same template "notice" for a mail and for a letter. */
struct reply_user {
	struct str subject, text, language;
};
/* reply_for_user(c, in, m, order, language, ret): filled in; language "": the first of the house's
 * profile. The caller has found that the user may be told. Without the officer's name. ERR_NOTFOUND
 * when the demand was erased. */
int reply_for_user(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *order, struct str language, struct reply_user *ret) MUST_CHECK;

/* What a letter on an order is made of: its template, not filled in yet, and what the blanks stand
 * for; those of the letter alone are its own to give. */
struct reply_order {
	struct demand demand;
	struct matter matter;
	struct reply_values values;
	struct str text, language;
};
/* reply_order(c, in, actor, order, name, language, ret): language "" for the demand's.
 * ERR_NOTFOUND: there is no such template. Rights as reply_text. */
int reply_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str name, struct str language,
    struct reply_order *ret) MUST_CHECK;

#endif
