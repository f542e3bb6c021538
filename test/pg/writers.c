/*
 * Many writers and one sequencer on one database, the sequencer killed over and over:
 *
 *   writers DIR WRITERS SECONDS KILL_MS [FILE]
 *
 * Each writer decides an item of its own case again and again, and every 64th time one of a case
 * that all share; each decision is a step with its ledger entry. What a writer was told is recorded
 * goes to a file. At the end the places are checked against those files: every acknowledged entry
 * has one place, no place is given twice or left out, and within a case the places follow the order
 * of the steps. Prints ok and not ok lines and, for the bench, "decisions N seconds S". With FILE
 * the server goes away meanwhile: a writer whose step failed goes on with the next, and all ends
 * when there is such a file.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/demand.h"
#include "desk/matter.h"
#include "kind/id.h"
#include "store/ledger.h"

enum { DECIDER = 3 /* a reviewer: rob of test/flow/lib */, WRITERS_MAX = 64, SHARED_EVERY = 64 };

struct made {
	int64_t matter, order, item, review;
};

struct told {
	int64_t entry, matter;
};

static int bad;

static void verdict(bool good, const char *name)
{
	(void)printf("%s %s\n", good ? "ok" : "not ok", name);
	bad += !good;
}

static double seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- a case to decide in ---- */

static struct db_val sealed(struct ctx *c, struct step *s, const char *label, const char *plain)
{
	return db_blob(vault_seal(c, s->store->vault, label, str_of(plain)));
}

static int put_case(struct ctx *c, struct step *s, struct made *m)
{
	struct id ref = id_make(c), case_ref = id_make(c);
	struct hash key = vault_key(s->store->vault, "demand.content", id_str(&ref));
	int64_t demand;
	int rc = step_insert(c, s, STEP_DEMAND, SQL_DEMAND_PUT,
	    DB_ARGS(db_text(id_str(&ref)), db_int(s->now.s), db_int(s->now.s),
		db_text(STR("portal")), db_text(STR("en")), db_text(STR("US")),
		db_text(STR("police")), db_text(STR("state")), db_int(1), db_int(0),
		db_blob(hash_str(&key)), db_null(),
		sealed(c, s, demand_label(c, id_str(&ref)), "{}")),
	    &demand);

	if (rc == 0)
		rc = step_insert(c, s, STEP_MATTER, SQL_MATTER_PUT,
		    DB_ARGS(
			db_text(id_str(&case_ref)), db_int(demand), db_int(0), db_int(s->now.s)),
		    &m->matter);
	if (rc == 0)
		rc = step_matter(c, s, m->matter);
	if (rc == 0)
		rc = step_insert(c, s, STEP_LEGAL_ORDER, SQL_ORDER_PUT,
		    DB_ARGS(db_int(m->matter), db_int(1), db_text(STR("US-WARRANT")),
			db_text(STR("warrant")), db_text(STR("order")), db_int(s->now.s), db_int(0),
			db_null(), db_null(), db_null()),
		    &m->order);
	return rc;
}

static int put_item(struct ctx *c, struct step *s, struct made *m)
{
	struct hash key = vault_key(s->store->vault, "target.value", STR("email:a@b.example"));
	int64_t target;
	int rc = step_insert(c, s, STEP_TARGET, SQL_TARGET_PUT,
	    DB_ARGS(db_int(m->matter), db_text(STR("email")), db_blob(hash_str(&key)), db_null(),
		db_int(1), db_null(), sealed(c, s, "target.value", "a@b.example"),
		sealed(c, s, "target.printed", "a@b.example")),
	    &target);

	if (rc == 0)
		rc = step_insert(c, s, STEP_ITEM, SQL_ITEM_PUT,
		    DB_ARGS(db_int(m->order), db_int(target), db_text(STR("name")),
			db_text(STR("mail")), db_null(), db_null(), db_text(STR("noncontent"))),
		    &m->item);
	if (rc == 0)
		rc = step_insert(c, s, STEP_REVIEW, SQL_REVIEW_PUT,
		    DB_ARGS(db_int(m->order), db_int(1), db_int(DECIDER), db_int(1), db_int(0),
			db_int(s->now.s), sealed(c, s, "review.reason", "Examined.")),
		    &m->review);
	return rc;
}

static int make_case(struct ctx *c, struct step *s, void *arg)
{
	int rc = put_case(c, s, arg);

	return rc == 0 ? put_item(c, s, arg) : rc;
}

/* ---- a decision ---- */

struct deciding {
	struct instance *in;
	const struct made *m;
};

static int decide(struct ctx *c, struct step *s, void *arg)
{
	const struct deciding *d = arg;
	const struct made *m = d->m;
	struct items items;
	int64_t decision = 0;
	int rc = step_matter(c, s, m->matter);

	if (rc == 0)
		rc = matter_items(c, d->in, m->order, &items);
	if (rc == 0)
		rc = step_insert(c, s, STEP_DECISION, SQL_DECISION_PUT,
		    DB_ARGS(db_int(m->item), db_int(m->order), db_int(m->review), db_int(1),
			db_text(STR("produce")), db_null(), db_null(), db_null(), db_int(DECIDER),
			db_int(0), db_int(0), db_null(), db_int(0), db_int(1), db_int(s->now.s),
			sealed(c, s, "decision.reason", "Within the warrant.")),
		    &decision);
	if (rc == 0)
		rc = step_update(c, s, STEP_ITEM, SQL_ITEM_SET, m->item, items.v[0].rev,
		    DB_ARGS(db_text(STR("produce")), db_int(decision)));
	json_set_int(c, s->detail, "item", m->item);
	return rc;
}

static volatile sig_atomic_t stop;

static void on_term(int sig)
{
	(void)sig;
	stop = 1;
}

static int write_on(
    const char *dir, int out, const struct made *own, const struct made *shared, bool hard)
{
	struct instance *in;
	struct ctx *c;
	int64_t lost = 0, failed = 0;
	int rc;

	(void)signal(SIGTERM, on_term);
	ctx_open(&c);
	rc = instance_open(c, str_of(dir), SQL_ROLE_CLI, &in);
	for (int64_t n = 1; rc == 0 && !stop; n++) {
		struct mem_mark mark = mem_mark(c);
		struct deciding d = {in, n % SHARED_EVERY == 0 ? shared : own};
		struct step s;
		struct told t;

		rc = step_run(c, &in->store, "bench.decide", DECIDER, decide, &d, &s);
		if (rc == ERR_CONFLICT) { /* of the shared case: somebody was faster */
			err_clear(c);
			lost++;
			rc = 0;
		} else if (rc == ERR_FAIL && hard) {
			err_clear(c);
			failed++;
			rc = 0;
		} else if (rc == 0) {
			t = (struct told){s.entry, s.matter};
			if (write(out, &t, sizeof t) != sizeof t)
				rc = -1;
		}
		mem_reset(c, mark);
	}
	if (rc != 0)
		(void)fprintf(stderr, "writer: %s\n", err_text(c));
	if (lost > 0)
		(void)fprintf(stderr, "writer: %lld conflicts\n", (long long)lost);
	if (failed > 0)
		(void)fprintf(stderr, "writer: %lld steps failed\n", (long long)failed);
	instance_close(&in);
	ctx_close(&c);
	return rc != 0;
}

static int sequence(const char *dir)
{
	const struct timespec nap = {0, 50000000};
	struct instance *in;
	struct ctx *c;
	int rc;

	ctx_open(&c);
	rc = instance_open(c, str_of(dir), SQL_ROLE_SEQ, &in);
	while (rc == 0) {
		struct mem_mark mark = mem_mark(c);
		int64_t size;

		rc = ledger_close_slot(c, in->store.db, STR("writers"), &size);
		mem_reset(c, mark);
		(void)nanosleep(&nap, NULL);
	}
	(void)fprintf(stderr, "sequencer: %s\n", err_text(c));
	return 1;
}

static pid_t start_sequencer(const char *dir)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(sequence(dir));
	return pid;
}

/* ---- the run ---- */

struct run {
	const char *dir;
	int writers, kill_ms, kills;
	double length, took;
	const char *until; /* NULL: the server stays */
	pid_t pid[WRITERS_MAX];
	int out[WRITERS_MAX];
	struct made own[WRITERS_MAX], shared;
	int64_t told, failed;
};

static int prepare(struct ctx *c, struct run *r, struct instance *in)
{
	int rc = step_run(c, &in->store, "bench.case", DECIDER, make_case, &r->shared, NULL);

	for (int i = 0; i < r->writers && rc == 0; i++)
		rc = step_run(c, &in->store, "bench.case", DECIDER, make_case, &r->own[i], NULL);
	return rc;
}

static void go(struct run *r)
{
	double began;
	pid_t seq;
	int status;

	for (int i = 0; i < r->writers; i++) {
		char path[] = "/tmp/writ-writers-XXXXXX";

		r->out[i] = mkostemp(path, O_APPEND);
		(void)unlink(path);
		r->pid[i] = fork();
		if (r->pid[i] == 0)
			_exit(
			    write_on(r->dir, r->out[i], &r->own[i], &r->shared, r->until != NULL));
	}
	began = seconds();
	seq = start_sequencer(r->dir);
	while (seconds() - began < r->length && (r->until == NULL || access(r->until, F_OK) != 0)) {
		(void)usleep((useconds_t)r->kill_ms * 1000);
		(void)kill(seq, SIGKILL);
		(void)waitpid(seq, &status, 0);
		r->kills++;
		seq = start_sequencer(r->dir);
	}
	for (int i = 0; i < r->writers; i++)
		(void)kill(r->pid[i], SIGTERM);
	for (int i = 0; i < r->writers; i++)
		if (waitpid(r->pid[i], &status, 0) != r->pid[i] || status != 0)
			r->failed++;
	r->took = seconds() - began;
	(void)kill(seq, SIGKILL);
	(void)waitpid(seq, &status, 0);
}

/* ---- what must be true ---- */

struct places {
	int64_t *entry; /* by place */
	int64_t n, gaps, cap;
};

static int take_run(struct ctx *c, const struct db_val *row, void *arg)
{
	struct places *p = arg;

	(void)c;
	p->gaps += row[0].num != p->n;
	while (p->n + row[2].num > p->cap) {
		p->cap = p->cap * 2 + 4096;
		p->entry = realloc(p->entry, (size_t)p->cap * sizeof *p->entry);
	}
	for (int64_t i = 0; i < row[2].num; i++)
		p->entry[p->n++] = row[1].num + i;
	return 0;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Each writer's own order must be the order of the places, and each entry must have one. */
static int check_told(
    struct ctx *c, struct run *r, struct db *db, int64_t *ret_lost, int64_t *ret_bent)
{
	struct told t;
	int rc = 0;

	*ret_lost = *ret_bent = 0;
	for (int i = 0; i < r->writers && rc == 0; i++) {
		int64_t last = -1;

		(void)lseek(r->out[i], 0, SEEK_SET);
		while (rc == 0 && read(r->out[i], &t, sizeof t) == sizeof t) {
			struct mem_mark mark = mem_mark(c);
			int64_t place;

			rc = ledger_place(c, db, t.entry, &place);
			*ret_lost += place < 0;
			*ret_bent += place <= last && t.matter == r->own[i].matter;
			if (t.matter == r->own[i].matter)
				last = place;
			r->told++;
			mem_reset(c, mark);
		}
	}
	return rc;
}

struct order {
	int64_t last, bent;
	struct db *db;
};

static int take_entry(struct ctx *c, const struct db_val *row, void *arg)
{
	struct order *o = arg;
	struct mem_mark mark = mem_mark(c);
	int64_t place;
	int rc = ledger_place(c, o->db, row[0].num, &place);

	o->bent += place <= o->last;
	o->last = place;
	mem_reset(c, mark);
	return rc;
}

static int check(struct ctx *c, struct run *r, struct instance *in)
{
	struct places p = {0};
	struct order shared = {.last = -1, .db = in->store.db};
	int64_t size, lost, bent, twice = 0;
	int rc = ledger_close_slot(c, in->store.db, STR("writers"), &size);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_RUN_EACH, DB_NO_ARGS, take_run, &p);
	if (rc == 0)
		rc = check_told(c, r, in->store.db, &lost, &bent);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_ENTRY_OF_MATTER,
		    DB_ARGS(db_int(r->shared.matter)), take_entry, &shared);
	if (rc != 0)
		return rc;
	qsort(p.entry, (size_t)p.n, sizeof *p.entry, compare);
	for (int64_t i = 1; i < p.n; i++)
		twice += p.entry[i] == p.entry[i - 1];
	verdict(r->failed == 0, "every writer wrote to the end");
	verdict(r->told > 0 && lost == 0, "every acknowledged entry has its place");
	verdict(twice == 0, "no entry has two");
	verdict(p.gaps == 0 && p.n == size, "places are given without a gap, each once");
	verdict(bent == 0 && shared.bent == 0, "within a case places follow the steps");
	free(p.entry);
	return 0;
}

int main(int argc, char **argv)
{
	struct run r = {0};
	struct instance *in;
	struct ctx *c;
	int64_t n[3];
	int rc;

	if (argc != 5 && argc != 6)
		return 64;
	for (int i = 0; i < 3; i++)
		if (!str_i64(str_of(argv[i + 2]), &n[i]) || n[i] < 1)
			return 64;
	r.dir = argv[1];
	r.writers = n[0] > WRITERS_MAX ? WRITERS_MAX : (int)n[0];
	r.length = (double)n[1];
	r.kill_ms = (int)n[2];
	r.until = argc == 6 ? argv[5] : NULL;
	ctx_open(&c);
	rc = instance_open(c, str_of(r.dir), SQL_ROLE_CLI | SQL_ROLE_SEQ, &in);
	if (rc == 0)
		rc = prepare(c, &r, in);
	if (rc == 0)
		instance_close(&in); /* no connection lives through a fork */
	if (rc == 0)
		go(&r);
	if (rc == 0)
		rc = instance_open(c, str_of(r.dir), SQL_ROLE_CLI | SQL_ROLE_SEQ, &in);
	if (rc == 0)
		rc = check(c, &r, in);
	if (rc != 0)
		(void)printf("not ok writers: %s\n", err_text(c));
	(void)fprintf(
	    stderr, "decisions %lld seconds %.1f kills %d\n", (long long)r.told, r.took, r.kills);
	instance_close(&in);
	ctx_close(&c);
	return rc != 0 || bad > 0;
}
