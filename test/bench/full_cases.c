/*
 * Writes N full cases into an instance, for tools/bench.sh: full_cases DIR N [BEFORE [open]], where
 * BEFORE cases are there already, so that an instance grows in parts to what it were in one. Each
 * has what the desk writes from receipt to outcome: demand, case, order, two facts, a target, two
 * items, findings, an examination, a decision for each item, and the settled outcome, with every
 * sealed column, every index and every trigger. One ledger entry for a case, BATCH cases a
 * transaction. With "open" none is settled: every fourth is a demand in triage, of the others the
 * order waits to be judged.
 *
 * The values are made up and spread by a counter; the first person of the instance who may decide
 * is the actor of all of it.
 */
#include "desk/demand.h"

#include <stdio.h>

#include "base/mem.h"
#include "desk/person.h"
#include "kind/id.h"

enum { BATCH = 10000, DECIDER = 2 };

struct work {
	struct instance *in;
	int64_t at, past; /* cases of this batch */
	int64_t n;        /* the one being written */
	bool open;
};

struct made {
	int64_t demand, matter, order, target, item[2], review, decision[2];
};

static struct db_val sealed(
    struct ctx *c, const struct work *w, const char *label, struct str plain)
{
	return db_blob(vault_seal(c, w->in->store.vault, label, plain));
}

static struct str country(int64_t n)
{
	static const char codes[] = "USDEGBFRITESNLBEPLSENODKFIATCHIEPTCZHU";
	size_t i = (size_t)n * 7 % (sizeof codes / 2);

	return (struct str){codes + 2 * i, 2};
}

/* Ten seconds apart, so that a million of them came in one half-year, the first of 2013. */
static struct instant received(const struct work *w)
{
	return (struct instant){1359712800 + w->n % 1000000 * 10};
}

static struct str draft_text(struct ctx *c, const struct work *w)
{
	return str_fmt(c,
	    "{\"authority\":{\"body\":\"police\",\"country\":\"%.*s\",\"name\":\"Bench "
	    "Office\",\"number\":"
	    "\"AZ "
	    "%lld/13\"},\"channel\":\"encrypted_mail\",\"language\":\"en\",\"orders\":[{\"asks\":[{"
	    "\"fields\":[\"name\",\"address\"],\"service\":\"mail\",\"targets\":[0]}],\"facts\":{"
	    "\"order.issuer\":\"judge\",\"order.signed\":true},\"instrument\":\"US-WARRANT\","
	    "\"targets\":[{"
	    "\"kind\":\"email\",\"value\":\"user%lld@mail.example\"}]}],\"received\":\"%.*s\"}",
	    STR_ARG(country(w->n)), (long long)w->n, (long long)w->n,
	    STR_ARG(instant_str(c, received(w))));
}

static int put_demand(struct ctx *c, struct step *s, struct work *w, struct made *m)
{
	const struct vault *v = w->in->store.vault;
	struct str draft = draft_text(c, w);
	struct hash content = vault_key(v, "demand.content", draft);
	struct hash number =
	    vault_key(v, "demand.number", str_fmt(c, "AZ %lld/13", (long long)w->n));
	struct id ref = id_make(c);

	return step_insert(c, s, STEP_DEMAND, SQL_DEMAND_PUT,
	    DB_ARGS(db_text(id_str(&ref)), db_int(received(w).s), db_int(s->now.s),
		db_text(STR("encrypted_mail")), db_text(STR("en")), db_text(country(w->n)),
		db_text(STR("police")), db_text(STR("state")), db_int(1), db_int(0),
		db_blob(hash_str(&content)), db_blob(hash_str(&number)),
		sealed(c, w, demand_label(c, id_str(&ref)), draft)),
	    &m->demand);
}

static int put_matter(struct ctx *c, struct step *s, struct made *m)
{
	struct id ref = id_make(c);
	int rc = step_insert(c, s, STEP_MATTER, SQL_MATTER_PUT,
	    DB_ARGS(db_text(id_str(&ref)), db_int(m->demand), db_int(0), db_int(s->now.s)),
	    &m->matter);

	s->matter = m->matter;
	if (rc == 0)
		rc = step_update(c, s, STEP_DEMAND, SQL_DEMAND_SET_STATE, m->demand, 1,
		    DB_ARGS(db_text(STR("opened")), db_null(), db_int(1)));
	return rc;
}

static int put_order(struct ctx *c, struct step *s, struct work *w, struct made *m)
{
	int rc = step_insert(c, s, STEP_LEGAL_ORDER, SQL_ORDER_PUT,
	    DB_ARGS(db_int(m->matter), db_int(1), db_text(STR("US-WARRANT")),
		db_text(STR("warrant")), db_text(STR("order")), db_int(received(w).s), db_int(0),
		db_null(), db_null(), db_null()),
	    &m->order);

	if (rc == 0)
		rc = step_insert(c, s, STEP_ORDER_FACT, SQL_FACT_PUT,
		    DB_ARGS(db_int(m->order), db_text(STR("order.issuer")),
			sealed(c, w, "order_fact.value", STR("judge")), db_text(STR("paper"))),
		    NULL);
	if (rc == 0)
		rc = step_insert(c, s, STEP_ORDER_FACT, SQL_FACT_PUT,
		    DB_ARGS(db_int(m->order), db_text(STR("order.signed")),
			sealed(c, w, "order_fact.value", STR("yes")), db_text(STR("paper"))),
		    NULL);
	return rc;
}

static int put_target(struct ctx *c, struct step *s, struct work *w, struct made *m)
{
	static const char *const fields[] = {"name", "address"};
	struct str value = str_fmt(c, "user%lld@mail.example", (long long)w->n);
	struct hash key =
	    vault_key(w->in->store.vault, "target.value", str_fmt(c, "email:%.*s", STR_ARG(value)));
	int rc = step_insert(c, s, STEP_TARGET, SQL_TARGET_PUT,
	    DB_ARGS(db_int(m->matter), db_text(STR("email")), db_blob(hash_str(&key)), db_null(),
		db_int(1), db_null(), sealed(c, w, "target.value", value),
		sealed(c, w, "target.printed", value)),
	    &m->target);

	for (int i = 0; i < 2 && rc == 0; i++)
		rc = step_insert(c, s, STEP_ITEM, SQL_ITEM_PUT,
		    DB_ARGS(db_int(m->order), db_int(m->target), db_text(str_of(fields[i])),
			db_text(STR("mail")), db_null(), db_null(), db_text(STR("noncontent"))),
		    &m->item[i]);
	return rc;
}

static int put_finding(struct ctx *c, struct step *s, const struct made *m, int64_t item)
{
	return step_insert(c, s, STEP_FINDING, SQL_FINDING_PUT,
	    DB_ARGS(db_int(m->order), db_int(1), db_ref(item), db_text(STR("US-2703-WARRANT")),
		db_text(STR("us-sca")), db_text(STR("pass")), db_text(STR("")), db_int(1),
		db_text(STR(
		    "{\"all\":[{\"holds\":\"yes\",\"line\":\"order.issuer is judge\"},{\"holds\":"
		    "\"yes\",\"line\":\"order.signed is yes\"}]}"))),
	    NULL);
}

static int put_decisions(struct ctx *c, struct step *s, struct work *w, struct made *m)
{
	struct db_val reason =
	    sealed(c, w, "review.reason", STR("Examined: judge, signature, one account."));
	int rc = put_finding(c, s, m, 0);

	for (int i = 0; i < 2 && rc == 0; i++)
		rc = put_finding(c, s, m, m->item[i]);
	if (rc == 0)
		rc = step_insert(c, s, STEP_REVIEW, SQL_REVIEW_PUT,
		    DB_ARGS(db_int(m->order), db_int(1), db_int(DECIDER), db_int(1), db_int(0),
			db_int(s->now.s), reason),
		    &m->review);
	for (int i = 0; i < 2 && rc == 0; i++) {
		rc = step_insert(c, s, STEP_DECISION, SQL_DECISION_PUT,
		    DB_ARGS(db_int(m->item[i]), db_int(m->order), db_int(m->review), db_int(1),
			db_text(STR("produce")), db_null(), db_null(), db_null(), db_int(DECIDER),
			db_int(0), db_int(0), db_null(), db_int(0), db_int(1), db_int(s->now.s),
			sealed(c, w, "decision.reason", STR("Within the warrant."))),
		    &m->decision[i]);
		if (rc == 0)
			rc = step_update(c, s, STEP_ITEM, SQL_ITEM_SET, m->item[i], 1,
			    DB_ARGS(db_text(STR("no_data")), db_int(m->decision[i])));
	}
	return rc;
}

static int settle(struct ctx *c, struct step *s, struct made *m)
{
	int rc = step_update(c, s, STEP_LEGAL_ORDER, SQL_ORDER_SET, m->order, 1,
	    DB_ARGS(db_text(STR("closed")), db_null(), db_null(), db_text(STR("no_data")),
		db_int(s->now.s), db_int(0), db_null()));

	if (rc == 0)
		rc = step_insert(c, s, STEP_ORDER_OUTCOME, SQL_OUTCOME_PUT,
		    DB_ARGS(db_int(m->order), db_text(STR("no_data")), db_null(), db_int(s->now.s)),
		    NULL);
	return rc == 0 ? step_update(c, s, STEP_MATTER, SQL_MATTER_SET, m->matter, 1,
			     DB_ARGS(db_int(DECIDER), db_int(1)))
		       : rc;
}

static int one_case(struct ctx *c, struct step *s, void *arg)
{
	struct work *w = arg;
	struct made m = {0};
	int rc = put_demand(c, s, w, &m);

	if (rc != 0 || (w->open && w->n % 4 == 0))
		return rc;
	rc = put_matter(c, s, &m);
	if (rc == 0)
		rc = put_order(c, s, w, &m);
	if (rc == 0)
		rc = put_target(c, s, w, &m);
	if (rc != 0 || w->open)
		return rc;
	rc = put_decisions(c, s, w, &m);
	return rc == 0 ? settle(c, s, &m) : rc;
}

static int batch(struct ctx *c, struct db *db, void *arg)
{
	struct work *w = arg;
	int rc = 0;

	(void)db;
	for (w->n = w->at; w->n < w->past && rc == 0; w->n++) {
		struct mem_mark mark = mem_mark(c);

		rc = step_part(c, &w->in->store, "bench.case", DECIDER, one_case, w, NULL);
		mem_reset(c, mark);
	}
	return rc;
}

static int run(struct ctx *c, struct str dir, int64_t n, int64_t before, bool open)
{
	struct work w = {.past = before, .open = open};
	int rc = instance_open(c, dir, SQL_ROLE_CLI | SQL_ROLE_SEQ, &w.in);

	n += before;
	while (rc == 0 && w.past < n) {
		w.at = w.past;
		w.past = n - w.at > BATCH ? w.at + BATCH : n;
		rc = db_tx(c, w.in->store.db, batch, &w);
	}
	instance_close(&w.in);
	return rc;
}

int main(int argc, char **argv)
{
	struct ctx *c;
	int64_t n, before = 0;
	int rc;

	if (argc < 3 || argc > 5 || !str_i64(str_of(argv[2]), &n) || n < 1 ||
	    (argc > 3 && (!str_i64(str_of(argv[3]), &before) || before < 0)) ||
	    (argc == 5 && strcmp(argv[4], "open") != 0)) {
		(void)fprintf(stderr, "usage: full_cases DIR N [BEFORE [open]]\n");
		return 64;
	}
	ctx_open(&c);
	rc = run(c, str_of(argv[1]), n, before, argc == 5);
	if (rc != 0)
		(void)fprintf(stderr, "full_cases: %s\n", err_text(c));
	ctx_close(&c);
	return err_exit_code(rc);
}
