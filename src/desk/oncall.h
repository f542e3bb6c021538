/*
 * People on call. A week with shifts, in the civil time of the house's zone, and changes to it;
 * emergencies page who is on call, and the next one when nobody has acknowledged in time. Two
 * people are enough: what is checked is that nobody has to wait longer than ONCALL_GAP for one of
 * them (eight hours: Reg. (EU) 2023/1543 Art. 10(4)), and that there is a second one to go on to.
 *
 * The row of table paging is made with the demand, in its step, and who acknowledged it stands in
 * the ledger; shifts, changes and who was called in which turn are the house's own business.
 * Sending is not done here: a worker asks oncall_due, notes each call by oncall_called, which gives
 * it to one worker only, and then sends.
 */
#ifndef WRIT_ONCALL_H
#define WRIT_ONCALL_H

#include "desk/right.h"

enum {
	ONCALL_GAP = 8 * 3600,
	ONCALL_ESCALATE = 15 * 60, /* seconds until the next is called */
	ONCALL_WEEK = 7 * 24 * 60, /* minutes */
	ONCALL_CHECK_DAYS = 28
};

struct oncall_shift {
	int64_t id, person;
	int rank;     /* 1 is called first */
	int from, to; /* minutes since Monday 00:00 */
};

struct oncall_change {
	int64_t id, person;
	int rank; /* 0: away */
	struct instant since, until;
};

/* oncall_shift_parse(c, text, ret): "Mon 08:00-Tue 08:00", "Sat 00:00-Mon 00:00"; one that goes
 * over the week's end is two shifts: ret has room for two, *ret_n says how many. ERR_INVALID. */
int oncall_shift_parse(
    struct ctx *c, struct str text, struct oncall_shift ret[2], size_t *ret_n) MUST_CHECK;
struct str oncall_shift_str(struct ctx *c, const struct oncall_shift *s);

/* Rota and changes are kept by counsel, a reviewer or an admin; who is called works on cases.
 * oncall_drop: ERR_NOTFOUND. */
int oncall_shift_add(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, int rank, struct str when) MUST_CHECK;
int oncall_shift_drop(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t id) MUST_CHECK;
int oncall_change_add(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, int rank, struct instant since, struct instant until) MUST_CHECK;
int oncall_change_drop(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t id) MUST_CHECK;

struct oncall_plan {
	struct oncall_shift *shifts;
	struct oncall_change *changes; /* those that are not over */
	size_t n_shifts, cap_shifts, n_changes, cap_changes;
};
/* oncall_plan(c, in, now, ret): all of it. */
int oncall_plan(
    struct ctx *c, struct instance *in, struct instant now, struct oncall_plan *ret) MUST_CHECK;
/* oncall_at(c, plan, at, ret, max): who is on call then, in the order in which they are called; how
 * many. Pure. */
size_t oncall_at(const struct oncall_plan *plan, struct instant at, int64_t *ret, size_t max);

struct oncall_gap {
	struct instant from, to; /* nobody is on call */
};
struct oncall_check {
	struct oncall_gap *gaps; /* longer than ONCALL_GAP */
	size_t n_gaps, cap_gaps;
	size_t people;   /* different ones in the plan; two are wanted */
	int64_t longest; /* seconds nobody is on call at a stretch */
};
/* oncall_check(c, plan, now, ret): over the next ONCALL_CHECK_DAYS days. Pure. */
void oncall_check(
    struct ctx *c, const struct oncall_plan *plan, struct instant now, struct oncall_check *ret);

/* oncall_page(c, s, demand, compartment): inside the step that records an emergency. */
int oncall_page(struct ctx *c, struct step *s, int64_t demand, int compartment) MUST_CHECK;

/* Whom to call now. */
struct oncall_call {
	int64_t paging, turn, person;
	struct str page, demand, handle; /* references; the person's name */
	struct instant since;
};
/* oncall_due(c, in, now, fn, arg): each page that nobody acknowledged and whose next call is due:
 * the first at once, the next one ONCALL_ESCALATE after the last, round and round. Where nobody is
 * on call, all people of the rota are called, and without a rota all who work on cases. Only people
 * for whom the demand exists (right.h). Reads only: asked twice, it says the same. */
int oncall_due(struct ctx *c, struct instance *in, struct instant now,
    int (*fn)(struct ctx *c, const struct oncall_call *call, void *arg), void *arg) MUST_CHECK;
/* oncall_called(c, in, call, now, ret_mine): notes the call; *ret_mine is false when somebody else
 * has noted this turn already, and then nothing is to be sent. */
int oncall_called(struct ctx *c, struct instance *in, const struct oncall_call *call,
    struct instant now, bool *ret_mine) MUST_CHECK;
/* oncall_ack(c, in, actor, page): "I have it". ERR_NOTFOUND also for one the actor may not know of;
 * ERR_CONFLICT when somebody has it already. By who works on cases. */
int oncall_ack(
    struct ctx *c, struct instance *in, const struct person *actor, struct str page) MUST_CHECK;

struct oncall_page {
	struct str ref, demand;
	struct instant since, acknowledged;
	int64_t taker, turns;
};
/* oncall_pages(c, in, actor, all, fn, arg): those nobody has acknowledged; with `all` the newest
 * 100, whatever became of them. */
int oncall_pages(struct ctx *c, struct instance *in, const struct person *actor, bool all,
    int (*fn)(struct ctx *c, const struct oncall_page *p, void *arg), void *arg) MUST_CHECK;

#endif
