/*
 * An instance's database as a whole: moved to another engine, brought up to date. What the person
 * then works with is their decision: writ.yaml is not touched.
 */
#ifndef WRIT_MOVE_H
#define WRIT_MOVE_H

#include "desk/right.h"
#include "store/copy.h"

struct move {
	struct str from, to; /* as in writ.yaml */
	struct str owner; /* who makes and owns the tables of to, if it is not the program; or "" */
	struct copy_job job;
};

/* move_database(c, in, actor, m, ret): everything of m->from into m->to, which must be empty; read
 * back, compared, and its ledger verified with the instance's keys, before it becomes a database
 * that the program opens. After a failure it is none. ERR_DENIED without the role admin;
 * ERR_CONFLICT when m->to is not empty, or m->from was written to meanwhile. */
int move_database(struct ctx *c, struct instance *in, const struct person *actor,
    const struct move *m, struct copy_sums *ret) MUST_CHECK;
/* move_upgrade(c, in, owner): brings the schema up to date, as the owner of the tables (or "": as
 * the program), and gives the program's user its rights. in is from instance_read. */
int move_upgrade(struct ctx *c, const struct instance *in, struct str owner) MUST_CHECK;

#endif
