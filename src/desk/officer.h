/*
 * Officers: people of authorities who submit by the portal. A row of table officer points to a
 * person without any role. What is personal (name, address, telephone, rank, what authority they
 * name) is sealed in one column.
 *
 * Registration: the form is kept, and a code is sent to the address; only who enters the code
 * becomes an officer, whose standing is then `confirmed` and who waits to be vetted
 * (desk/vetting.h). To the outside every registration is answered alike: whether the address, the
 * officer or the authority is known is told by no text, code or time.
 */
#ifndef WRIT_OFFICER_H
#define WRIT_OFFICER_H

#include "desk/person.h"
#include "kind/id.h"

enum {
	OFFICER_CODE_SECONDS = 86400, /* how long a code lasts */
	OFFICER_CODE_TRIES = 5,
	OFFICER_PROVED_SECONDS = 300 /* a sign-in this fresh is a re-authentication */
};

struct officer {
	int64_t id, rev, person, agency; /* agency 0 until vetted */
	struct str ref, state, language, recipient;
	int64_t vetter, second;
	bool second_due;
	struct instant at;
	/* sealed; "" once forgotten */
	struct str name, address, phone, rank, authority, country;
};

struct officer_form {
	struct str name, address, phone, rank; /* one line each */
	struct str authority, country;         /* as the officer names it; ISO code */
	struct str language;                   /* en or de */
	struct str recipient;                  /* in/seal_key.h, or "" */
};

/* officer_register(c, in, place, form): keeps the form and sends the code. ERR_INVALID for what is
 * wrong with the form by itself; whatever is known already, the answer is 0. Above three a day for
 * one address nothing is sent, and the answer is 0 too. ERR_LIMIT above 20 an hour from one network
 * (place: an address of it, counted and not kept; "" none) and 400 in all. */
int officer_register(struct ctx *c, struct instance *in, struct str place,
    const struct officer_form *form) MUST_CHECK;
/* officer_confirm(c, in, address, code): the address is theirs. ERR_DENIED, with one text for a
 * wrong, ended or never sent code. The code ends after OFFICER_CODE_TRIES; the address may be
 * registered again at once, so that nobody locks another out. */
int officer_confirm(
    struct ctx *c, struct instance *in, struct str address, struct str code) MUST_CHECK;

/* officer_get: by reference; ERR_NOTFOUND. officer_by_id. officer_find_person: *ret_found false for
 * a person who is no officer. officer_find_address likewise. */
int officer_get(struct ctx *c, struct instance *in, struct str ref, struct officer *ret) MUST_CHECK;
int officer_by_id(struct ctx *c, struct instance *in, int64_t id, struct officer *ret) MUST_CHECK;
int officer_find_person(struct ctx *c, struct instance *in, int64_t person, struct officer *ret,
    bool *ret_found) MUST_CHECK;
int officer_find_address(struct ctx *c, struct instance *in, struct str address,
    struct officer *ret, bool *ret_found) MUST_CHECK;
/* officer_acts(c, in, who, ret): who is signed in is an active officer of an active agency, now.
 * ERR_DENIED. Every act and view of the portal asks here. */
int officer_acts(
    struct ctx *c, struct instance *in, const struct person *who, struct officer *ret) MUST_CHECK;
/* officer_each(c, in, state, fn, arg): those who stand so, in the order of their registration.
 * officer_of_agency: all of an agency. */
int officer_each(struct ctx *c, struct instance *in, struct str state,
    int (*fn)(struct ctx *c, const struct officer *o, void *arg), void *arg) MUST_CHECK;
int officer_of_agency(struct ctx *c, struct instance *in, int64_t agency,
    int (*fn)(struct ctx *c, const struct officer *o, void *arg), void *arg) MUST_CHECK;

/* officer_set_key(c, in, who, recipient, proved): productions are sealed to this key from now on.
 * proved: when the officer last proved who they are; ERR_DENIED when that is older than
 * OFFICER_PROVED_SECONDS. The active colleagues of the agency are told by mail. */
int officer_set_key(struct ctx *c, struct instance *in, const struct person *who,
    struct str recipient, struct instant proved) MUST_CHECK;
/* officer_domain(o): what follows the @ of the address, in small letters. */
struct str officer_domain(struct ctx *c, const struct officer *o);

#endif
