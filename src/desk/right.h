/*
 * Rights: who may do what, decided in one table (right_list.h): role x act, and for an act on a
 * case also its compartment and its jurisdiction. Nothing else looks at a person's roles.
 *
 * What lies in a compartment that a person is not named to, or in a country that is not among the
 * person's, does not exist for the person: right_case answers as for a reference that nobody has,
 * and lists leave it out in SQL (right_within). The role is asked first, so that whoever may not
 * act learns nothing of what there is. An admin has no right about a case.
 *
 * A new right is a line in right_list.h. Format of `writ user rights`: SPEC.md 8.1.
 */
#ifndef WRIT_RIGHT_H
#define WRIT_RIGHT_H

#include "desk/person.h"

/* Roles that often go together. */
enum {
	RIGHT_DECIDE = ROLE_REVIEWER | ROLE_COUNSEL,
	RIGHT_WORK = ROLE_INTAKE | RIGHT_DECIDE,
	RIGHT_ACCOUNT = ROLE_PUBLISHER | ROLE_COUNSEL | ROLE_AUDITOR,
	RIGHT_LOG = RIGHT_WORK | ROLE_PUBLISHER | ROLE_AUDITOR | ROLE_ADMIN,
	RIGHT_ALL = 255
};

#define RIGHT(id, name, on, also, roles, en, de) RIGHT_##id,
enum right {
#include "desk/right_list.h"
	RIGHTS
};
#undef RIGHT

enum right_on {
	RIGHT_ON_HOUSE, /* no case */
	RIGHT_ON_CASE   /* a case or a demand: its compartment and country count */
};

/* What a role needs beside it, or what takes its place. */
enum right_also {
	RIGHT_ALSO_ALONE,    /* nothing: the role */
	RIGHT_ALSO_NAMED,    /* the role, and to be named to the compartment */
	RIGHT_ALSO_HIDDEN,   /* likewise; the refusal does not say what is missing */
	RIGHT_ALSO_OR_NAMED, /* the role, or to be named */
	RIGHT_ALSO_OR_RULED  /* the role, or the one that the rules of retention name */
};

struct right_rule {
	const char *name; /* "item.decide" */
	enum right_on on;
	enum right_also also;
	unsigned roles;
	const char *en, *de;
};

/* right_rule(right): its line. right_of_name(name): RIGHTS when there is none. */
const struct right_rule *right_rule(enum right right);
enum right right_of_name(struct str name);
/* right_each(fn, arg): every line in the table's order, until fn returns other than 0, which is
 * returned. */
int right_each(int (*fn)(enum right right, const struct right_rule *rule, void *arg), void *arg);

/* right_has(actor, right): whether the roles give it; of an act on a case the first half. ruled:
 * the role that the rules of retention name, for a right that asks for it; 0. */
bool right_has(const struct person *actor, enum right right);
bool right_has_ruled(const struct person *actor, enum right right, unsigned ruled);
/* right_needs(c, actor, right): ERR_DENIED "ACT needs the role ROLES". Of an act on a case it is
 * the first half, asked before anything is read. */
int right_needs(struct ctx *c, const struct person *actor, enum right right) MUST_CHECK;
int right_needs_ruled(
    struct ctx *c, const struct person *actor, enum right right, unsigned ruled) MUST_CHECK;

/* Where a case or a demand lies. */
struct right_place {
	int compartment;    /* 0: none */
	struct str country; /* of the authority; for a case, that of its demand */
};

/* right_knows(actor, place): whether what lies there exists for the person. */
bool right_knows(const struct person *actor, const struct right_place *place);
/* right_case(c, actor, right, place, what): the whole decision about a case. ERR_DENIED for the
 * role; ERR_NOTFOUND "no WHAT has this reference" for what lies elsewhere, and with place NULL for
 * what is not there at all. right_found: its second half, after right_needs_ruled. */
int right_case(struct ctx *c, const struct person *actor, enum right right,
    const struct right_place *place, const char *what) MUST_CHECK;
int right_found(struct ctx *c, const struct person *actor, const struct right_place *place,
    const char *what) MUST_CHECK;
/* right_begin(c, actor, place): whether the person may bring in what will lie there; ERR_DENIED
 * says why, for there is nothing yet to be told of. */
int right_begin(
    struct ctx *c, const struct person *actor, const struct right_place *place) MUST_CHECK;
/* right_within(actor): what the statements of lists take as :within: the person whose countries
 * (person_land) bound the list, 0 for all countries. */
int64_t right_within(const struct person *actor);

#endif
