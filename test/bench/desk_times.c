/*
 * How long a person waits, for tools/bench.sh: pages and decisions inside one process, on an
 * instance of any size.
 *
 *   desk_times DIR prepare        WAITING demands into triage, OPEN cases examined and ready to be
 *                                 decided, all by the desk's own functions
 *   desk_times DIR CASES ROUNDS [ACT]
 *                                 ROUNDS of each act, or of one, in turn; cases of ids 1..CASES are
 *                                 looked at
 *
 * Prints for each act "NAME P50 P95 CPU50": seconds, and the median's seconds of processor. A page
 * is what the command of that name reads and says, without its start; a decision ends when it is
 * durable. The second person of the instance does all of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "desk/demand.h"
#include "desk/review.h"
#include "out/view.h"

enum { ACTOR = 2, WAITING = 50, OPEN = 50, LISTED = 50, ROUNDS_MAX = 10000, ACTS = 5 };

struct clocks {
	double wall, cpu;
};

struct desk {
	struct instance *in;
	struct person actor;
	struct legal_order order[OPEN]; /* those that are ready to be decided */
	size_t n_open;
	int64_t cases, round;
	uint64_t random;
};

static double seconds(clockid_t id)
{
	struct timespec t;

	if (clock_gettime(id, &t) != 0)
		abort();
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct clocks clocks_now(void)
{
	return (struct clocks){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

/* ---- the cases that are worked on ---- */

static struct str draft_text(struct ctx *c, int64_t n)
{
	struct instant day = {ctx_now(c) - 86400};
	struct str received = instant_str(c, day);

	return str_fmt(c,
	    "{\"received\":\"%.*s\",\"channel\":\"portal\",\"language\":\"en\",\"verified\":true,"
	    "\"specific\":true,\"authority\":{\"country\":\"US\",\"body\":\"police\",\"level\":"
	    "\"federal\",\"name\":\"Bench Office\",\"number\":\"BENCH-%lld\"},\"orders\":[{"
	    "\"instrument\":\"US-WARRANT\",\"facts\":{\"order.issuer\":\"judge\","
	    "\"order.competent\":\"yes\",\"order.signed\":\"yes\",\"order.form\":\"electronic\","
	    "\"order.issued\":\"%.*s\",\"order.capability\":\"no\"},\"targets\":[{\"kind\":"
	    "\"email\",\"value\":\"bench%lld@mail.example\"}],\"asks\":[{\"fields\":[\"name\","
	    "\"session_times\"],\"service\":\"mail\",\"from\":\"2026-01-01\",\"to\":"
	    "\"2026-01-31\"}]}],\"papers\":[]}",
	    STR_ARG(received), (long long)n, STR_ARG(day_str(c, instant_day(day))), (long long)n);
}

static int receive(struct ctx *c, struct desk *d, int64_t n, struct str *ret_ref)
{
	struct demand_receipt receipt;
	struct draft draft;
	int rc = draft_json_parse(c, "bench", draft_text(c, n), &draft);

	if (rc == 0)
		rc = demand_receive(c, d->in, &d->actor, &draft, NULL, 0, &receipt);
	if (rc == 0)
		*ret_ref = receipt.ref;
	return rc;
}

static int make_open(struct ctx *c, struct desk *d, int64_t n)
{
	struct demand_opening how = {0};
	struct legal_order order;
	struct matter m;
	struct str ref;
	int rc = receive(c, d, n, &ref);

	if (rc == 0)
		rc = demand_open(c, d->in, &d->actor, ref, &how, &m);
	if (rc == 0)
		rc = matter_order(c, d->in, &m, 1, &order);
	return rc == 0 ? review_basis(c, d->in, &d->actor, &order, true, STR("Examined.")) : rc;
}

static int prepare(struct ctx *c, struct desk *d)
{
	struct str ref;
	int rc = 0;

	for (int64_t n = 0; n < WAITING && rc == 0; n++)
		rc = receive(c, d, n, &ref);
	for (int64_t n = WAITING; n < WAITING + OPEN && rc == 0; n++)
		rc = make_open(c, d, n);
	return rc;
}

/* ---- the acts ---- */

static uint64_t any(struct desk *d)
{
	d->random = d->random * 6364136223846793005 + 1442695040888963407;
	return d->random >> 33;
}

/* A page that came out empty measured nothing. */
static int said(struct ctx *c, size_t rows, struct json *page)
{
	if (rows == 0 || json_str(c, page).n == 0)
		return err_set(c, ERR_FAIL, "a page is empty");
	return 0;
}

static int matter_show(struct ctx *c, struct desk *d)
{
	struct matter m;
	struct json *page;
	int64_t id = 1 + (int64_t)(any(d) % (uint64_t)d->cases);
	int rc = matter_by_id(c, d->in, id, &m);

	if (rc == 0)
		rc = matter_get(c, d->in, &d->actor, m.ref, &m);
	if (rc == 0)
		rc = view_matter(c, d->in, &d->actor, &m, &page);
	return rc == 0 ? said(c, 1, page) : rc;
}

struct listing {
	struct desk *d;
	struct json *all;
};

static int list_matter(struct ctx *c, const struct matter *m, void *arg)
{
	struct listing *l = arg;
	struct legal_orders orders;
	struct json *j = json_map(c);
	int rc = matter_orders(c, l->d->in, m->id, &orders);

	json_set_text(c, j, "case", m->ref);
	if (rc == 0)
		json_set_text(c, j, "state", str_of(matter_state(m, &orders)));
	json_set_text(c, j, "opened", instant_str(c, m->opened));
	json_add(c, l->all, j);
	return rc;
}

static int matter_list(struct ctx *c, struct desk *d)
{
	struct listing l = {d, json_list(c)};
	int rc = matter_each(c, d->in, &d->actor, false, list_matter, &l);

	return rc == 0 ? said(c, l.all->n, l.all) : rc;
}

/* Some page of a list that has nearly all cases. */
static int closed_list(struct ctx *c, struct desk *d)
{
	struct listing l = {d, json_list(c)};
	struct matter_page page = {.limit = LISTED};
	struct matter m;
	int64_t most = d->cases > 2 * LISTED ? d->cases - 2 * LISTED : 1;
	int rc = matter_by_id(c, d->in, 1 + (int64_t)(any(d) % (uint64_t)most), &m);

	page.after = m.ref;
	if (rc == 0)
		rc = matter_page(c, d->in, &d->actor, true, &page, list_matter, &l);
	return rc == 0 ? said(c, l.all->n, l.all) : rc;
}

static int list_demand(struct ctx *c, const struct demand *dm, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "demand", dm->ref);
	json_set_text(c, j, "country", dm->country);
	json_set_text(c, j, "received", instant_str(c, dm->received));
	json_add(c, l->all, j);
	return 0;
}

static int demand_list(struct ctx *c, struct desk *d)
{
	struct listing l = {d, json_list(c)};
	int rc = demand_each(c, d->in, &d->actor, STR("received"), list_demand, &l);

	return rc == 0 ? said(c, l.all->n, l.all) : rc;
}

/* The first item only: the second keeps the order in review, so that the first may be decided
 * again. */
static int item_decide(struct ctx *c, struct desk *d)
{
	struct review_verdict v = {.to = ITEM_PRODUCE, .reason = STR("Within the warrant.")};

	return review_decide(c, d->in, &d->actor, &d->order[d->round % (int64_t)d->n_open], 1, &v);
}

/* ---- measuring ---- */

struct act {
	const char *name;
	int (*fn)(struct ctx *c, struct desk *d);
	double wall[ROUNDS_MAX], cpu[ROUNDS_MAX];
};

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int once(struct ctx *c, struct desk *d, struct act *a)
{
	struct mem_mark mark = mem_mark(c);
	struct clocks before = clocks_now(), after;
	int rc = a->fn(c, d);

	after = clocks_now();
	mem_reset(c, mark);
	a->wall[d->round] = after.wall - before.wall;
	a->cpu[d->round] = after.cpu - before.cpu;
	return rc == 0 ? 0 : err_while(c, rc, "%s", a->name);
}

static int find_open(struct ctx *c, const struct matter *m, void *arg)
{
	struct desk *d = arg;

	if (d->n_open == OPEN)
		return 0;
	return matter_order(c, d->in, m, 1, &d->order[d->n_open++]);
}

static int measure(struct ctx *c, struct desk *d, struct act *acts, size_t n, int64_t rounds)
{
	int rc = matter_each(c, d->in, &d->actor, false, find_open, d);

	if (rc == 0 && d->n_open == 0)
		rc = err_set(c, ERR_FAIL, "no case is open: desk_times DIR prepare");
	/* one round that is not counted: what is prepared on first use is no part of the curve */
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = once(c, d, &acts[i]);
	for (d->round = 0; d->round < rounds && rc == 0; d->round++)
		for (size_t i = 0; i < n && rc == 0; i++)
			rc = once(c, d, &acts[i]);
	for (size_t i = 0; i < n && rc == 0; i++) {
		struct act *a = &acts[i];

		qsort(a->wall, (size_t)rounds, sizeof *a->wall, ascending);
		qsort(a->cpu, (size_t)rounds, sizeof *a->cpu, ascending);
		(void)printf("%s %.6f %.6f %.6f\n", a->name, a->wall[rounds / 2],
		    a->wall[rounds * 95 / 100], a->cpu[rounds / 2]);
	}
	return rc;
}

/* only: NULL, or the name of one. */
static size_t make_acts(struct act *acts, const char *only)
{
	const struct {
		const char *name;
		int (*fn)(struct ctx *c, struct desk *d);
	} all[] = {{"matter-show", matter_show}, {"matter-list", matter_list},
	    {"demand-list", demand_list}, {"closed-list", closed_list},
	    {"item-decide", item_decide}};
	size_t n = 0;

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (only == NULL || strcmp(only, all[i].name) == 0) {
			acts[n].name = all[i].name;
			acts[n++].fn = all[i].fn;
		}
	return n;
}

static int work(struct ctx *c, char **argv, int64_t cases, int64_t rounds)
{
	struct desk *d = mem_alloc(c, sizeof *d);
	struct act *acts = mem_array(c, ACTS, sizeof *acts);
	size_t n = make_acts(acts, rounds > 0 ? argv[4] : NULL);
	int rc = instance_open(c, str_of(argv[1]), SQL_ROLE_CLI, &d->in);

	if (rc == 0)
		rc = person_get(c, d->in, ACTOR, &d->actor);
	d->cases = cases;
	d->random = 20130101;
	if (rc == 0)
		rc = rounds == 0 ? prepare(c, d) : measure(c, d, acts, n, rounds);
	instance_close(&d->in);
	return rc;
}

int main(int argc, char **argv)
{
	struct ctx *c;
	int64_t cases = 1, rounds = 0;
	bool good = argc == 3 && strcmp(argv[2], "prepare") == 0;
	int rc;

	if (argc == 4 || argc == 5)
		good = str_i64(str_of(argv[2]), &cases) && str_i64(str_of(argv[3]), &rounds) &&
		       cases > 0 && rounds > 0 && rounds <= ROUNDS_MAX;
	if (!good) {
		(void)fprintf(
		    stderr, "usage: desk_times DIR prepare | desk_times DIR CASES ROUNDS [ACT]\n");
		return 64;
	}
	ctx_open(&c);
	rc = work(c, argv, cases, rounds);
	if (rc != 0)
		(void)fprintf(stderr, "desk_times: %s\n", err_text(c));
	ctx_close(&c);
	return err_exit_code(rc);
}
