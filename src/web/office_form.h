/*
 * The guided form of a demand, in steps that work without a script: who asks (in the public form),
 * which data and whom they concern, which instrument, what it says, and a look at all before it is
 * sent. Each step keeps what was entered before it says what is wrong (desk/sketch.h). The same
 * steps serve officers (/portal/new/...) and authorities without an account (/portal/form/...).
 */
#ifndef WRIT_OFFICE_FORM_H
#define WRIT_OFFICE_FORM_H

#include "desk/advice.h"
#include "desk/sketch.h"
#include "web/route.h"

enum { OFFICE_ASKED_MAX = 22 }; /* facts of an order that one form asks for */

extern const struct route_field office_begin_fields[1], office_who_fields[8], office_what_fields[9],
    office_instrument_fields[2], office_details_fields[9 + OFFICE_ASKED_MAX];
extern const struct route_files office_list_files;

int office_begin_page(struct route_ask *ask, struct json **ret); /* and what is half done */
int office_begin(struct route_ask *ask, struct json **ret);
int office_drop(struct route_ask *ask, struct json **ret);

/* Part 0 of these is the sketch's word. */
int office_who_page(struct route_ask *ask, struct json **ret);
int office_who(struct route_ask *ask, struct json **ret);
int office_what_page(struct route_ask *ask, struct json **ret);
int office_what(struct route_ask *ask, struct json **ret);
int office_instrument_page(struct route_ask *ask, struct json **ret);
int office_instrument(struct route_ask *ask, struct json **ret);
int office_details_page(struct route_ask *ask, struct json **ret);
int office_details(struct route_ask *ask, struct json **ret);

/* ---- for the other files of the form ---- */

/* office_sketch(ask, ret): the one that the path names; ERR_NOTFOUND, also once it was sent.
 * ERR_DENIED for who is no active officer. office_sketch_any: the same, sent or not.
 * office_sketch_save(ask, s): keeps it. */
int office_sketch(struct route_ask *ask, struct sketch *ret) MUST_CHECK;
int office_sketch_any(struct route_ask *ask, struct sketch *ret) MUST_CHECK;
int office_sketch_save(struct route_ask *ask, const struct sketch *s) MUST_CHECK;
/* office_open(ask): in the public form. */
bool office_open(const struct route_ask *ask);
/* office_step(ask, s, step, ret): what every step's page has: base, step, steps, form. */
int office_step(
    struct route_ask *ask, const struct sketch *s, const char *step, struct json **ret) MUST_CHECK;
/* office_step_path(ask, word, step): its address. */
struct str office_step_path(const struct route_ask *ask, struct str word, const char *step);
/* office_lacks(ask, s): the first step that is not done yet, NULL when all are. */
const char *office_lacks(const struct route_ask *ask, const struct sketch *s);
/* office_advice(ask, s, ret_country, ret): what advice_make says of it, and for whose country. */
int office_advice(struct route_ask *ask, const struct sketch *s, struct str *ret_country,
    struct json **ret) MUST_CHECK;
/* office_fields(c, form): the chosen fields, blanks between. */
struct str office_fields(struct ctx *c, const struct json *form);

#endif
