/*
 * The schema by itself: what the program's gates promise it refuses too, even to raw SQL.
 */
#include "sql_ground.h"

static void test_ledger(void **state)
{
	struct scratch *t = *state;
	static const char *const append_only[] = {
	    "place_run", "slot", "checkpoint", "promise", "closed", "figure"};

	run_ground(t);
	for (size_t i = 0; i < sizeof append_only / sizeof append_only[0]; i++) {
		const char *table = append_only[i];
		const char *part = str_fmt(t->c, "%s is append-only", table).p;

		refuse(t, str_fmt(t->c, "UPDATE %s SET rowid = rowid", table).p, part);
		refuse(t, str_fmt(t->c, "DELETE FROM %s", table).p, part);
	}
	refuse(t, "DELETE FROM entry", "entry is append-only");
	refuse(t, "DELETE FROM tile", "tile is append-only");
	refuse(t, "DELETE FROM edition", "edition is append-only");
	refuse(t, "INSERT OR REPLACE INTO slot (size, root, at) VALUES (9, zeroblob(32), 1)",
	    "slot is append-only");
	refuse(t, "UPDATE closed SET accounts = 2", "closed is append-only");
}

static void test_entry(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	refuse(t, "UPDATE entry SET kind = 'other' WHERE id = 2", "entry is append-only");
	refuse(t, "UPDATE entry SET at = at + 1 WHERE id = 2", "entry is append-only");
	refuse(t, "UPDATE entry SET leaf = randomblob(33) WHERE id = 2", "entry is append-only");
	refuse(t, "UPDATE entry SET detail = '{\"a\":1}' WHERE id = 2", "entry is append-only");
	refuse(t, "UPDATE entry SET detail = NULL WHERE id = 2", "entry is append-only");
	refuse(t, "UPDATE entry SET actor = 7, salt = NULL, detail = NULL WHERE id = 2",
	    "entry is append-only");
	refuse(t,
	    "INSERT INTO entry (id, kind, at, actor, leaf) VALUES (20, 'k', 1, 0, zeroblob(32))",
	    "length(leaf) = 33");
	refuse(t, "UPDATE entry SET salt = NULL, detail = NULL WHERE id = 2",
	    "only an erasure takes its detail");
}

static void test_tile(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	refuse(t, "UPDATE tile SET data = randomblob(64)", "a tile only grows");
	refuse(t, "UPDATE tile SET width = 1, data = zeroblob(32)", "a tile only grows");
	refuse(t, "UPDATE tile SET width = 3, data = randomblob(96)", "a tile only grows");
	refuse(t, "UPDATE tile SET level = 1, width = 3, data = zeroblob(96)", "a tile only grows");
	refuse(t, "UPDATE tile SET width = 3, data = zeroblob(64)", "CHECK");
	run(t, "UPDATE tile SET width = 3, data = zeroblob(96)");
}

/* Each table of the desk: no DELETE; no UPDATE but with the entry of the step in progress and the
 * next rev. Entry 1 exists already, so it covers no new change; nor does one that is older than the
 * row's. */
static void test_rows(void **state)
{
	struct scratch *t = *state;
	static const char *const tables[] = {"person", "demand", "paper", "matter", "legal_order",
	    "order_fact", "target", "item", "finding", "review", "production", "delivery",
	    "preservation", "secrecy", "challenge", "pause", "message", "sealed_record", "import",
	    "erasure", "erasure_hold", "statement", "permission", "known_figure", "passkey",
	    "enrolment", "edition", "agency", "agency_domain", "officer", "standing", "submission",
	    "colleague", "call_back", "extension", "alert", "demand_sorted", "paging", "claim",
	    "claim_line", "secrecy_source", "notice", "contest", "hearing", "access_request",
	    "laid"};
	static const char *const sets[] = {"rev = rev + 1", "entry = 5", "rev = rev + 2, entry = 5",
	    "rev = rev - 1, entry = 5", "rev = rev + 1, entry = 1", "rev = rev + 1, entry = 2",
	    "rev = rev + 1, entry = 0", "id = 90, rev = rev + 1, entry = 5"};

	run_ground(t);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		const char *part = str_fmt(t->c, "%s changes only", tables[i]).p;
		int entry = 100 + (int)i;

		for (size_t k = 0; k < sizeof sets / sizeof sets[0]; k++)
			refuse(t,
			    str_fmt(t->c, "UPDATE %s SET %s WHERE id = 1", tables[i], sets[k]).p,
			    part);
		refuse(t, str_fmt(t->c, "DELETE FROM %s", tables[i]).p,
		    strcmp(tables[i], "edition") == 0 ? "append-only" : "is never deleted");
		step(t, entry,
		    str_fmt(
			t->c, "UPDATE %s SET rev = 2, entry = %d WHERE id = 1", tables[i], entry)
			.p);
		refuse(t,
		    str_fmt(
			t->c, "UPDATE %s SET rev = 3, entry = %d WHERE id = 1", tables[i], entry)
			.p,
		    part);
	}
}

/* A row begins with rev 1 and an entry that is still to come. */
static void test_begin(void **state)
{
	struct scratch *t = *state;
	static const char *const tables[] = {"person", "demand", "paper", "matter", "legal_order",
	    "order_fact", "target", "item", "finding", "review", "production", "delivery",
	    "preservation", "secrecy", "challenge", "pause", "message", "sealed_record", "import",
	    "erasure", "erasure_hold", "statement", "permission", "known_figure", "order_dsa",
	    "dsa_given", "passkey", "enrolment", "person_land", "edition", "agency",
	    "agency_domain", "officer", "standing", "submission", "colleague", "call_back",
	    "extension", "alert", "download", "demand_sorted", "handover", "paging",
	    "quality_check", "webhook", "oidc_subject", "claim_line", "claim_bar",
	    "production_seal", "service_test", "ticket", "secrecy_source", "notice", "contest",
	    "hearing", "contest_bound", "hold_review", "access_request", "service_token",
	    "snapshot", "laid", "pledge", "taker", "production_mail", "production_medium",
	    "transfer", "misdelivery", "recall", "redirect"};

	run_ground(t);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		const char *part = str_fmt(t->c, "%s begins only", tables[i]).p;

		run(t, str_fmt(t->c,
			   "CREATE TEMP TABLE copy AS SELECT * FROM %s WHERE id = 1; UPDATE copy "
			   "SET id = 91",
			   tables[i])
			   .p);
		refuse(t, str_fmt(t->c, "INSERT INTO %s SELECT * FROM copy", tables[i]).p, part);
		run(t, "UPDATE copy SET rev = 2, entry = 5");
		refuse(t, str_fmt(t->c, "INSERT INTO %s SELECT * FROM copy", tables[i]).p, part);
		run(t, "DROP TABLE copy");
	}
}

/* A ticket is used once, in its time, of what still holds; a test of a service stays as it was. */
static void test_ticket(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	refuse(
	    t, "UPDATE ticket SET state = 'done', rev = 2, entry = 21 WHERE id = 1", "used once");
	refuse(t, "UPDATE ticket SET expires = 900, rev = 2, entry = 21 WHERE id = 1",
	    "never rewritten");
	refuse(t, "UPDATE ticket SET body_hash = x'00', rev = 2, entry = 21 WHERE id = 1",
	    "never rewritten");
	refuse(t,
	    "UPDATE ticket SET state = 'running', runner = 1, ran = 150, rev = 2, entry = 21 WHERE "
	    "id = 1",
	    "no longer granted"); /* its decision withholds */
	refuse(t, "DELETE FROM ticket", "never deleted");
	refuse(t, "UPDATE service_test SET well = 1, why = '', rev = 2, entry = 21",
	    "changes only with");
	run(t, "DROP TRIGGER ticket_run_gate");
	step(t, 21,
	    "UPDATE ticket SET state = 'running', runner = 1, ran = 150, rev = 2, entry = 21 WHERE "
	    "id = 1");
	refuse(
	    t, "UPDATE ticket SET state = 'open', rev = 3, entry = 22 WHERE id = 1", "used once");
	step(t, 22,
	    "UPDATE ticket SET state = 'done', ended = 160, rev = 3, entry = 22 WHERE id = 1");
	refuse(t, "UPDATE ticket SET state = 'running', rev = 4, entry = 23 WHERE id = 1",
	    "used once");
}

/* A token takes tickets of its own service; files come while one is being collected; a preservation
 * that is released leaves nothing that could be read. */
static void test_collection(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	run(t, "DROP TRIGGER ticket_run_gate");
	refuse(t,
	    "UPDATE ticket SET state = 'running', runner = 1, ran = 150, token = 1, rev = 2, entry "
	    "= 21 WHERE id = 1",
	    "of its own service");
	refuse(t,
	    "INSERT INTO ticket_file (ticket, name, size, sha256, at) VALUES (1, 'a', 1, "
	    "zeroblob(32), 1)",
	    "being collected");
	step(t, 21,
	    "UPDATE ticket SET state = 'running', runner = 1, ran = 150, rev = 2, entry = 21 WHERE "
	    "id = 1");
	run(t, "INSERT INTO ticket_file (ticket, name, size, sha256, at) VALUES (1, 'a', 1, "
	       "zeroblob(32), 1)");
	refuse(t, "UPDATE ticket_file SET size = 2", "not rewritten");
	run(t, "UPDATE ticket_file SET check_ct = x'00'");
	refuse(
	    t, "UPDATE ticket SET token = 1, rev = 3, entry = 22 WHERE id = 1", "never rewritten");
	refuse(t, "UPDATE service_token SET service = 'mail', rev = 2, entry = 22", "it ends");
	refuse(t, "DELETE FROM service_token", "never deleted");
	refuse(t, "UPDATE preservation SET state = 'released', rev = 2, entry = 22 WHERE id = 1",
	    "keeps no snapshot");
	refuse(t, "UPDATE snapshot SET ended = 150, why = 'released', rev = 2, entry = 22",
	    "has no keys");
	refuse(t, "UPDATE snapshot SET files = 2, rev = 2, entry = 22", "not rewritten");
	run(t, "UPDATE snapshot_file SET key_ct = NULL");
	step(t, 22, "UPDATE snapshot SET ended = 150, why = 'released', rev = 2, entry = 22");
	refuse(t, "UPDATE snapshot SET why = 'expired', rev = 3, entry = 23", "not rewritten");
	refuse(t, "DELETE FROM snapshot", "never deleted");
}

/* An entry that no transaction writes cannot be named; checked when the transaction ends. */
static void test_entry_exists(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	refuse(t,
	    "INSERT INTO matter (id, ref, demand, compartment, closed, opened, rev, entry) "
	    "VALUES (9, 'M9', 1, 0, 0, 1, 1, 999)",
	    "FOREIGN KEY");
	run(t, "BEGIN; INSERT INTO stamp (id) VALUES (77); "
	       "UPDATE matter SET rev = 2, entry = 77 WHERE id = 1");
	refuse(t, "COMMIT", "FOREIGN KEY");
	run(t,
	    "INSERT INTO entry (id, kind, at, actor, leaf) VALUES (77, 'k', 1, 0, zeroblob(33))");
	run(t, "COMMIT");
}

static void test_decision(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	/* one person twice is not two */
	refuse(t, decision(t, "produce", 1, 1, 1, "1", 1), "second <> decider");
	refuse(t, decision(t, "withhold", 1, 1, 0, "1", 0), "second <> decider");
	/* grants is computed, not claimed */
	refuse(t, decision(t, "produce", 1, 1, 1, "NULL", 1), "grants");
	refuse(t, decision(t, "withhold", 1, 1, 0, "NULL", 1), "grants");
	refuse(t, decision(t, "produce", 2, 0, 0, "NULL", 1), "grants");
	refuse(t, decision(t, "produce", 1, 1, 0, "NULL", 0), "grants");
	/* a failed review does not become a passed one, nor another order's review this one's */
	refuse(t, decision(t, "produce", 2, 1, 0, "NULL", 1), "FOREIGN KEY");
	refuse(t, decision(t, "produce", 3, 1, 0, "NULL", 1), "FOREIGN KEY");
	refuse(t, decision(t, "allow", 1, 1, 0, "NULL", 0), "verdict");

	step(t, 20, decision(t, "produce", 1, 1, 1, "NULL", 0));
	refuse(t, "UPDATE decision SET rev = 2, entry = 21, grants = 1 WHERE id = 10", "grants");
	refuse(t, "UPDATE decision SET rev = 2, entry = 21, second = 1, grants = 1 WHERE id = 10",
	    "second <> decider");
	refuse(t,
	    "UPDATE decision SET rev = 2, entry = 21, second_due = 0, grants = 1 WHERE id = 10",
	    "rewritten");
	refuse(t,
	    "UPDATE decision SET rev = 2, entry = 21, decider = 2, second = 1, grants = 1 WHERE id "
	    "= 10",
	    "rewritten");
	refuse(t, "UPDATE decision SET rev = 2, entry = 21, not_before = 0 WHERE id = 10",
	    "rewritten");
	refuse(t, "UPDATE decision SET rev = 2, entry = 21, second = 2 WHERE id = 10", "grants");
	refuse(t, "UPDATE decision SET rev = 1, entry = 21, second = 2, grants = 1 WHERE id = 10",
	    "decision changes only");
	refuse(t, "DELETE FROM decision", "decision is never deleted");
	step(
	    t, 21, "UPDATE decision SET rev = 2, entry = 21, second = 2, grants = 1 WHERE id = 10");
	refuse(t,
	    "UPDATE decision SET rev = 3, entry = 22, second = NULL, grants = 0 WHERE id = 10",
	    "rewritten");
	step(t, 22, "UPDATE decision SET rev = 3, entry = 22, live = 0 WHERE id = 10");
	refuse(t, "UPDATE decision SET rev = 4, entry = 23, live = 1 WHERE id = 10", "rewritten");
}

static void test_counsel(void **state)
{
	struct scratch *t = *state;
	static const char head[] =
	    "INSERT INTO decision (id, item, legal_order, review, review_passed, verdict, decider,"
	    " second_due, counsel_due, counsel, not_before, grants, live, at, rev, entry) VALUES"
	    " (10, 1, 1, 1, 1, 'produce', 1, 0, 1,";

	run_ground(t);
	refuse(t, str_fmt(t->c, "%s NULL, 500, 1, 1, 100, 1, 20)", head).p, "grants");
	refuse(t, str_fmt(t->c, "%s 99, 500, 1, 1, 100, 1, 20)", head).p, "FOREIGN KEY");
	step(t, 20, str_fmt(t->c, "%s 2, 500, 1, 1, 100, 1, 20)", head).p);
}

/* An erasure has two persons, and takes entries and fixed rows along only while its step is in
 * progress. */
static const char erase_done[] = "UPDATE erasure SET state = 'done', confirmer = 2, list_hash = "
				 "x'00', at = 9, rev = 2, entry = 60 WHERE id = 1";
static const char erase_take[] = "INSERT INTO erased_entry (entry, erasure) VALUES (2, 1)";
static const char erase_mark[] = "UPDATE matter SET erased = 9, rev = 2, entry = 60 WHERE id = 1";

static void test_erasure(void **state)
{
	struct scratch *t = *state;
	static const char *const wrongs[] = {
	    "UPDATE erasure SET state = 'done', confirmer = 1, list_hash = x'00', at = 9, rev = 2, "
	    "entry = 60",
	    "UPDATE erasure SET state = 'done', list_hash = x'00', at = 9, rev = 2, entry = 60",
	    "UPDATE erasure SET state = 'done', confirmer = 2, at = 9, rev = 2, entry = 60",
	    "UPDATE erasure SET state = 'done', confirmer = 2, list_hash = x'00', rev = 2, entry = "
	    "60"};

	run_ground(t);
	for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++)
		refuse(t, wrongs[i], "CHECK");
	refuse(t,
	    "UPDATE erasure SET state = 'again', proposer = NULL, at = 9, rev = 2, entry = 60",
	    "an erasure is not rewritten");
	refuse(t, "UPDATE erasure SET proposer = 2, rev = 2, entry = 60", "not rewritten");
	refuse(t,
	    "INSERT INTO erasure (proposal, demand, rule, due, state, proposer, confirmer, "
	    "list_hash, at, rev, entry) VALUES ('F', 1, 'r', 1, 'done', 1, 2, x'00', 9, 1, 60)",
	    "proposed by one person and confirmed by another");
	refuse(t,
	    "INSERT INTO erasure (proposal, demand, rule, due, state, proposer, rev, entry) VALUES "
	    "('F', 1, 'r', 1, 'proposed', 1, 1, 60)",
	    "UNIQUE");
	refuse(t, erase_take, "only by the erasure in progress");
	refuse(t, erase_mark, "a case is erased only by an erasure");
}

static void test_erasure_done(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	step(t, 20, decision(t, "produce", 1, 1, 1, "2", 1));
	step(t, 21, "UPDATE item SET decision = 10, state = 'produce', rev = 2, entry = 21");
	step(t, 40, file_row(t, 1, 1, 500, 600));
	refuse(t, "UPDATE production_file SET sha256 = zeroblob(32), rev = 2, entry = 41",
	    "not rewritten");
	step(t, 42,
	    "INSERT INTO erasure_hold (demand, holder, since, rev, entry) VALUES (1, 1, 5, 1, 42)");
	refuse(t, erase_done, "what is held is not erased");
	step(t, 43, "UPDATE erasure_hold SET released = 6, rev = 2, entry = 43 WHERE id = 2");
	refuse(t, "UPDATE erasure_hold SET released = NULL, rev = 3, entry = 44 WHERE id = 2",
	    "a hold is not rewritten");

	run(t, "BEGIN; INSERT INTO stamp (id) VALUES (60)");
	run(t, erase_done);
	run(t, erase_take);
	run(t, "UPDATE entry SET salt = NULL, detail = NULL WHERE id = 2");
	run(t, erase_mark);
	run(t, "UPDATE production_file SET sha256 = zeroblob(32), rev = 2, entry = 60");
	refuse(t, "UPDATE production_file SET size = 2, rev = 3, entry = 60", "not rewritten");
	refuse(t, "UPDATE entry SET salt = NULL, detail = NULL WHERE id = 1",
	    "only an erasure takes its detail");
	run(t, "INSERT INTO entry (id, kind, at, actor, leaf) VALUES (60, 'k', 1, 0, "
	       "zeroblob(33)); COMMIT");
	refuse(t, "UPDATE entry SET detail = '{}' WHERE id = 2", "entry is append-only");
	refuse(t, "INSERT INTO erased_entry (entry, erasure) VALUES (1, 1)",
	    "only by the erasure in progress");
	refuse(t, "DELETE FROM erased_entry", "append-only");
	refuse(t,
	    "UPDATE erasure SET state = 'withdrawn', confirmer = NULL, list_hash = NULL, at = "
	    "NULL, rev = 3, entry = 61",
	    "not rewritten");
	refuse(t, "UPDATE matter SET closed = 1, rev = 3, entry = 61 WHERE id = 1",
	    "never changes after it");
	refuse(t, "UPDATE legal_order SET state = 'closed', rev = 2, entry = 61 WHERE id = 1",
	    "an erased case never changes");
}

static void test_production(void **state)
{
	struct scratch *t = *state;
	static const char no[] = "no production without a live approved decision";

	run_ground(t);
	refuse(t, file_row(t, 1, 1, 500, 600), no); /* nobody decided */
	step(t, 20, decision(t, "produce", 1, 1, 1, "NULL", 0));
	refuse(t, file_row(t, 1, 1, 500, 600), no); /* the item does not stand on it */
	step(t, 21, "UPDATE item SET decision = 10, state = 'produce', rev = 2, entry = 21");
	refuse(t, file_row(t, 1, 1, 500, 600), "FOREIGN KEY"); /* the second person is missing */
	step(
	    t, 22, "UPDATE decision SET second = 2, grants = 1, rev = 2, entry = 22 WHERE id = 10");
	refuse(t, file_row(t, 1, 1, 500, 499), "at >= not_before"); /* too early */
	refuse(t, file_row(t, 1, 1, 0, 499), "FOREIGN KEY");   /* and no other earliest instant */
	refuse(t, file_row(t, 2, 2, 500, 600), "FOREIGN KEY"); /* another order's production */
	refuse(t, file_row(t, 2, 1, 500, 600), "FOREIGN KEY");
	refuse(t,
	    "INSERT INTO production_file (production, legal_order, item, decision, grants, "
	    "not_before, at,"
	    " sha256, size, rev, entry) VALUES (1, 1, 1, 10, 0, 500, 600, zeroblob(32), 1, 1, 40)",
	    "grants = 1");

	step(t, 40, file_row(t, 1, 1, 500, 500));
	refuse(t, "UPDATE production_file SET size = 2, rev = 2, entry = 41", "not rewritten");
	refuse(t, "DELETE FROM production_file", "production_file is never deleted");
}

/* The sound production of above, with one thing wrong each. */
static void test_production_state(void **state)
{
	struct scratch *t = *state;
	static const char no[] = "no production without a live approved decision";
	static const char *const wrongs[] = {
	    "UPDATE legal_order SET state = 'in_review', rev = 2, entry = 50 WHERE id = 1",
	    "UPDATE legal_order SET state = 'withdrawn', rev = 2, entry = 50 WHERE id = 1",
	    "UPDATE legal_order SET hold = 'challenged', rev = 2, entry = 50 WHERE id = 1",
	    "UPDATE item SET state = 'withhold', rev = 3, entry = 50",
	    "UPDATE item SET state = 'asked', rev = 3, entry = 50",
	    "UPDATE item SET decision = NULL, rev = 3, entry = 50",
	    "UPDATE decision SET live = 0, rev = 2, entry = 50 WHERE id = 10"};

	run_ground(t);
	step(t, 20, decision(t, "produce", 1, 1, 1, "2", 1));
	step(t, 21, "UPDATE item SET decision = 10, state = 'produce', rev = 2, entry = 21");
	for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
		run(t, "SAVEPOINT one; INSERT OR IGNORE INTO stamp (id) VALUES (50)");
		run(t, wrongs[i]);
		refuse(t, file_row(t, 1, 1, 500, 600), no);
		run(t, "ROLLBACK TO one; RELEASE one");
	}
	step(t, 40, file_row(t, 1, 1, 500, 600));
}

/* A review that was written stands; so do the rules on findings. */
static void test_review_and_finding(void **state)
{
	struct scratch *t = *state;

	run_ground(t);
	refuse(t, "UPDATE review SET passed = 1, rev = 2, entry = 30 WHERE id = 2",
	    "a review is not rewritten");
	refuse(t, "UPDATE review SET not_before = 0, rev = 2, entry = 30 WHERE id = 1",
	    "not rewritten");
	refuse(t, "UPDATE review SET legal_order = 2, rev = 2, entry = 30 WHERE id = 1",
	    "not rewritten");
	step(t, 20,
	    "INSERT INTO finding (id, legal_order, round, rule, pack, verdict, code, verified, "
	    "why, rev,"
	    " entry) VALUES (2, 1, 1, 'F', 'p', 'fail', 'c', 1, '{}', 1, 20),"
	    " (3, 1, 1, 'A', 'p', 'ask', '', 1, '{}', 1, 20), (4, 1, 1, 'U', 'p', 'ask', '', 0, "
	    "'{}', 1, 20),"
	    " (5, 1, 1, 'C', 'h', 'counsel', 'c', 1, '{}', 1, 20)");
	refuse(t,
	    "UPDATE finding SET answer = 'allow', answered_by = 2, rev = 2, entry = 30 WHERE id = "
	    "2",
	    "CHECK");
	refuse(t,
	    "UPDATE finding SET answer = 'accept', answered_by = 2, rev = 2, entry = 30 WHERE id = "
	    "3",
	    "CHECK");
	refuse(t,
	    "UPDATE finding SET answer = 'allow', answered_by = 2, rev = 2, entry = 30 WHERE id = "
	    "4",
	    "CHECK");
	refuse(t, "UPDATE finding SET answer = 'allow', rev = 2, entry = 30 WHERE id = 5", "CHECK");
	step(t, 21,
	    "UPDATE finding SET answer = 'accept', answered_by = 2, rev = 2, entry = 21 WHERE id = "
	    "4");
	step(t, 22,
	    "UPDATE finding SET answer = 'allow', answered_by = 2, rev = 2, entry = 22 WHERE id = "
	    "5");
}

/* A piece of the statement: written first, published by another, never rewritten. */
struct attempt {
	const char *sql, *part;
};

/* head, then the attempt, then tail. */
static void refuse_all(
    struct scratch *t, const char *head, const char *tail, const struct attempt *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		refuse(t, str_fmt(t->c, "%s %s%s", head, v[i].sql, tail).p, v[i].part);
}

static const char statement_put[] =
    "INSERT INTO statement (id, ref, part, kind, state, day, until, title_en, law, law_id, "
    "law_verified, editions, writer, rev, entry) VALUES";

static void statement_people(struct scratch *t)
{
	run_ground(t);
	run(t, "BEGIN; INSERT INTO stamp (id) VALUES (60), (61), (62), (63), (64)");
	run(t, "INSERT INTO person (id, handle_key, roles, sealed, unix_uid, active, rev, entry) "
	       "VALUES"
	       " (7, x'07', 32, 0, 1007, 1, 1, 60), (8, x'08', 36, 0, 1008, 1, 1, 60),"
	       " (9, x'09', 4, 1, 1009, 1, 1, 60)");
}

static void test_statement(void **state)
{
	struct scratch *t = *state;
	static const struct attempt puts[] = {
	    {"(2, 'A', 'update', '', 'published', 1, NULL, 't', '', '', 0, '', 7, 1, 60)",
		"proposed first"},
	    {"(2, 'A', 'update', '', 'proposed', 1, NULL, 't', '', '', 0, '', 1, 1, 60)",
		"proposed first"},
	    {"(2, 'A', 'never', '', 'proposed', 1, NULL, 't', '', '', 0, '', 7, 1, 60)", "CHECK"},
	    {"(2, 'A', 'never', '', 'proposed', 1, 368, 't', '', '', 0, '', 7, 1, 60)", "CHECK"},
	    {"(2, 'A', 'update', '', 'proposed', 1, NULL, NULL, '', '', 0, '', 7, 1, 60)", "CHECK"},
	    {"(2, 'A', 'restraint', '', 'proposed', 1, NULL, 't', '', '', 0, '', 7, 1, 60)",
		"CHECK"}};
	static const struct attempt sets[] = {
	    {"state = 'published', number = 1, publisher = 8, published = 5",
		"publisher <> writer"},
	    {"state = 'published', number = 1, publisher = 9, published = 5",
		"a publisher publishes"},
	    {"state = 'published', number = 2, publisher = 7, published = 5", "without a gap"},
	    {"state = 'published', publisher = 7, published = 5", "CHECK"},
	    {"title_en = 'u'", "not rewritten"}, {"clearer = 9", "counsel of the compartment"}};
	static const struct attempt after[] = {{"state = 'withdrawn'", "stands"},
	    {"number = 2", "not rewritten"}, {"published = 6", "not rewritten"},
	    {"text_de = 'x'", "not rewritten"}};

	statement_people(t);
	refuse_all(t, statement_put, "", puts, sizeof puts / sizeof puts[0]);
	run(t, str_fmt(t->c,
		   "%s (2, 'A', 'update', '', 'proposed', 1, NULL, 't', '', '', 0, '', 8, 1, 60)",
		   statement_put)
		   .p);
	refuse_all(t, "UPDATE statement SET rev = 2, entry = 61,", " WHERE id = 2", sets,
	    sizeof sets / sizeof sets[0]);
	run(t, "UPDATE statement SET rev = 2, entry = 61, state = 'published', number = 1, "
	       "publisher = 7, published = 5 WHERE id = 2");
	refuse_all(t, "UPDATE statement SET rev = 3, entry = 62,", " WHERE id = 2", after,
	    sizeof after / sizeof after[0]);
	run(t, "ROLLBACK");
}

static void test_never_statement(void **state)
{
	struct scratch *t = *state;
	static const struct attempt sets[] = {
	    {"state = 'published', publisher = 7, published = 5", "nothing skips"},
	    {"state = 'cleared', clearer = 8", "counsel of the compartment"},
	    {"state = 'cleared', clearer = 2", "counsel of the compartment"},
	    {"state = 'withdrawn', clearer = 9", "counsel of the compartment"}};

	statement_people(t);
	run(t, str_fmt(t->c,
		   "%s (2, 'B', 'never', '', 'proposed', 1, 366, 't', '', '', 0, '', 8, 1, 60)",
		   statement_put)
		   .p);
	refuse_all(t, "UPDATE statement SET rev = 2, entry = 61,", " WHERE id = 2", sets,
	    sizeof sets / sizeof sets[0]);
	run(t, "UPDATE statement SET state = 'cleared', clearer = 9, rev = 2, entry = 61 WHERE id "
	       "= 2");
	run(t, "UPDATE statement SET state = 'published', publisher = 7, published = 5, rev = 3, "
	       "entry = 62 WHERE id = 2");
	run(t, "UPDATE statement SET state = 'withdrawn', rev = 4, entry = 63 WHERE id = 2");
	refuse(t, "UPDATE statement SET state = 'published', rev = 5, entry = 64 WHERE id = 2",
	    "nothing skips");
	run(t, "ROLLBACK");
}

#define schema_test(f) cmocka_unit_test_setup_teardown(f, scratch_begin, scratch_end)

/* What counsel recorded, what is known from outside, the number of users and the cause of a
 * correction. */
static void test_permission(void **state)
{
	struct scratch *t = *state;

	statement_people(t);
	refuse(t, "UPDATE permission SET lo = 1, rev = 2, entry = 60 WHERE id = 1",
	    "a permission is not rewritten");
	refuse(t, "UPDATE permission SET ended = 9, ender = 1, rev = 2, entry = 60 WHERE id = 1",
	    "a permission is not rewritten"); /* a reviewer */
	run(t, "UPDATE person SET sealed = 1, rev = 2, entry = 60 WHERE id = 2");
	refuse(t,
	    "UPDATE permission SET ended = 9, ender = 2, law = 'x', rev = 2, entry = 60 WHERE id = "
	    "1",
	    "a permission is not rewritten");
	run(t, "UPDATE permission SET ended = 9, ender = 2, rev = 2, entry = 60 WHERE id = 1");
	refuse(t, "UPDATE permission SET ended = 10, ender = 2, rev = 3, entry = 61 WHERE id = 1",
	    "a permission is not rewritten");
	refuse(t,
	    "INSERT INTO permission (id, ref, kind, subject, class, given, title_en, law, counsel, "
	    "recorded, rev, entry) VALUES (2, 'Q', 'narrowing', 's', '', 1, 't', 'l', 2, 1, 1, 61)",
	    "CHECK");
	refuse(t, "UPDATE known_figure SET ended = 9, ender = 2, rev = 2, entry = 61 WHERE id = 1",
	    "CHECK"); /* who entered it */
	refuse(t, "UPDATE known_figure SET hi = 7, rev = 2, entry = 61 WHERE id = 1",
	    "a known figure is not rewritten");
	refuse(t,
	    "INSERT INTO user_base (id, day_from, day_to, users, source, writer, recorded, rev, "
	    "entry) VALUES (1, 1, 2, 5, 's', 2, 1, 1, 61)",
	    "user_base begins only");
	run(t, "INSERT INTO edition_cause (id, edition, title_en, rev, entry) VALUES (1, 1, 't', "
	       "1, 61)");
	refuse(t, "UPDATE edition_cause SET title_en = 'x'", "append-only");
	refuse(t, "DELETE FROM edition_cause", "append-only");
	/* a second edition of the period without a cause */
	run(t, "UPDATE edition SET state = 'published', publisher = 2, published = 5, rev = 2, "
	       "entry = 62 WHERE id = 1");
	run(t, "INSERT INTO edition (id, day_from, day_to, version, as_of, state, structure, "
	       "figures_hash, maker, rev, entry) SELECT 2, day_from, day_to, 2, as_of, 'draft', "
	       "structure, figures_hash, maker, 1, 62 FROM edition WHERE id = 1");
	refuse(t,
	    "UPDATE edition SET state = 'published', publisher = 2, published = 6, rev = 2, entry "
	    "= 63 WHERE id = 2",
	    "a correction says why");
}

/* A category and a figure by hand are added, by whom they are entered, and never rewritten.
 */
static void test_dsa(void **state)
{
	struct scratch *t = *state;
	static const char *const orders[] = {"3, 'C', '', '', 'unknown', NULL, 0, 100, 1",
	    "no category for an order that is sealed", "2, '', '', '', 'unknown', NULL, 0, 100, 1",
	    "CHECK", "2, 'C', 'K', 'own', 'unknown', NULL, 0, 100, 1", "CHECK",
	    "2, 'C', '', '', 'entered', NULL, 0, 100, 1", "CHECK",
	    "2, 'C', '', '', 'receipt', 100, 0, 100, 1", "CHECK",
	    "2, 'C', '', '', 'unknown', NULL, 1, 100, 1", "CHECK",
	    "2, 'C', '', '', 'mail', NULL, 0, 100, 1", "CHECK",
	    "2, 'C', '', '', 'entered', 99, 0, 100, 1", "before it arrived",
	    "2, 'C', '', '', 'entered', 101, 0, 100, 1", "before it arrived",
	    "2, 'C', '', '', 'unknown', NULL, 0, 100, 3", "intake, a reviewer or counsel"};
	static const char *const given[] = {
	    "2, 1, 'DE', 'C', '', '', 'figure', 'act', 1, '', 's', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'figure', 'act', -1, '', 's', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'figure', 'act', 1, '', '', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'figure', 'info', 1, '', 's', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'figure', 'other', 1, '', 's', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'figure', 'act', 1, 't', 's', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'text', 'act', 1, 't', '', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'text', 'act', NULL, 't', 's', 3", "CHECK",
	    "1, 2, 'DE', 'TOTAL', 'K', '', 'figure', 'act', 1, '', 's', 3", "CHECK",
	    "1, 2, 'DE', 'C', '', '', 'figure', 'act', 1, '', 's', 1", "a publisher enters"};

	run_ground(t);
	step(t, 50,
	    "INSERT INTO legal_order (id, matter, seq, instrument, class, basis, state, "
	    "received, "
	    "emergency, narrowed, rev, entry) VALUES (3, 1, 3, 'N', 'national_security', "
	    "'order', "
	    "'received', 100, 0, 0, 1, 50)");
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i += 2)
		refuse(t,
		    str_fmt(t->c,
			"INSERT INTO order_dsa (legal_order, category, keyword, own, told, "
			"informed, automatic, at, author, rev, entry) VALUES (%s, 1, 60)",
			orders[i])
			.p,
		    orders[i + 1]);
	for (size_t i = 0; i < sizeof given / sizeof given[0]; i += 2)
		refuse(t,
		    str_fmt(t->c,
			"INSERT INTO dsa_given (day_from, day_to, scope, category, "
			"keyword, own, "
			"form, cell, value, text, source, publisher, at, rev, entry) "
			"VALUES (%s, "
			"5, 1, 60)",
			given[i])
			.p,
		    given[i + 1]);
	refuse(t, "UPDATE order_dsa SET rev = 2", "order_dsa changes only");
	refuse(t, "UPDATE order_dsa SET rev = 2, entry = 60", "a category is not rewritten");
	refuse(t, "DELETE FROM order_dsa", "order_dsa is never deleted");
	refuse(t, "UPDATE dsa_given SET rev = 2, entry = 60", "dsa_given is append-only");
	refuse(t, "DELETE FROM dsa_given", "dsa_given is never deleted");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    schema_test(test_ledger),
	    schema_test(test_entry),
	    schema_test(test_tile),
	    schema_test(test_rows),
	    schema_test(test_begin),
	    schema_test(test_entry_exists),
	    schema_test(test_ticket),
	    schema_test(test_collection),
	    schema_test(test_decision),
	    schema_test(test_counsel),
	    schema_test(test_production),
	    schema_test(test_production_state),
	    schema_test(test_review_and_finding),
	    schema_test(test_erasure),
	    schema_test(test_erasure_done),
	    schema_test(test_statement),
	    schema_test(test_never_statement),
	    schema_test(test_permission),
	    schema_test(test_dsa),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
