/*
 * A scratch database of SQLite, its rows to stand on, and raw SQL that must go through or be
 * refused. For tests of the schema by itself, past the program.
 */
#ifndef WRIT_TEST_SQL_GROUND_H
#define WRIT_TEST_SQL_GROUND_H

#include "check.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"

struct scratch {
	struct ctx *c;
	char dir[64];
	struct str file;
	sqlite3 *raw;
};

/* What the cases below stand on: two people, an order with an item, reviews. All rows are of the
 * step with entry 1, which comes after them, as in every step; entry 2 is a closed record. The
 * walls that ask for people, findings and states come down here, so that each key and check is
 * tried alone; they are tried in desk_walls.c. */
static const char *const ground[] = {
    "DROP TRIGGER production_gate; DROP TRIGGER delivery_gate; DROP TRIGGER decision_people;"
    "DROP TRIGGER decision_second_due; DROP TRIGGER decision_second;"
    "DROP TRIGGER production_file_scope; DROP TRIGGER erasure_open; DROP TRIGGER "
    "access_request_first;"
    "BEGIN; INSERT INTO stamp (id) VALUES (1), (2);"
    "INSERT INTO person (id, handle_key, roles, sealed, unix_uid, active, rev, entry) VALUES"
    " (1, x'01', 2, 0, 1001, 1, 1, 1), (2, x'02', 4, 0, 1002, 1, 1, 1);"
    "INSERT INTO demand (id, ref, received, recorded, channel, language, country, body, level, "
    "verified,"
    " state, compartment, content_key, rev, entry) VALUES"
    " (1, 'D', 100, 100, 'portal', 'en', 'US', 'b', 'l', 1, 'opened', 0, x'00', 1, 1);"
    "INSERT INTO paper (id, demand, blob, size, rev, entry) VALUES (1, 1, 'b', 1, 1, 1);"
    "INSERT INTO matter (id, ref, demand, compartment, closed, opened, rev, entry) VALUES"
    " (1, 'M', 1, 0, 0, 100, 1, 1);"
    "INSERT INTO legal_order (id, matter, seq, instrument, class, basis, state, received, "
    "emergency,"
    " narrowed, rev, entry) VALUES (1, 1, 1, 'US-W', 'warrant', 'order', 'approved', 100, 0, "
    "0, 1, 1),"
    " (2, 1, 2, 'US-W', 'warrant', 'order', 'approved', 100, 0, 0, 1, 1);"
    "INSERT INTO order_fact (id, legal_order, name, source, rev, entry) VALUES (1, 1, 'f', "
    "'paper', 1, 1);"
    "INSERT INTO target (id, matter, kind, value_key, specific, rev, entry) VALUES"
    " (1, 1, 'email', x'00', 1, 1, 1);"
    "INSERT INTO item (id, legal_order, target, field, service, fold, state, rev, entry) VALUES"
    " (1, 1, 1, 'body', 'mail', 'content', 'asked', 1, 1);"
    "INSERT INTO finding (id, legal_order, round, rule, pack, verdict, code, verified, why, rev, "
    "entry)"
    " VALUES (1, 1, 1, 'R', 'p', 'pass', '', 1, '{}', 1, 1);"
    "INSERT INTO review (id, legal_order, round, reviewer, passed, not_before, at, rev, entry) "
    "VALUES"
    " (1, 1, 1, 1, 1, 500, 100, 1, 1), (2, 1, 2, 1, 0, 500, 100, 1, 1), (3, 2, 1, 1, 1, 500, 100, "
    "1, 1);"
    "INSERT INTO production (id, ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, "
    "size,"
    " state, rev, entry) VALUES (1, 'P', 1, 600, 1, 'k', x'00', x'00', 1, 'sealed', 1, 1),"
    " (2, 'Q', 2, 600, 1, 'k', x'00', x'00', 1, 'sealed', 1, 1);"
    "INSERT INTO delivery (id, production, channel, at, rev, entry) VALUES (1, 1, 'portal', 600, "
    "1, 1);"
    "INSERT INTO preservation (id, legal_order, state, since, extended, rule, rev, entry) VALUES"
    " (1, 1, 'running', 1, 0, 'R', 1, 1);"
    "INSERT INTO secrecy (id, legal_order, bars, rule, since, rev, entry) VALUES (1, 1, 'user', "
    "'R', 1, 1, 1);"
    "INSERT INTO challenge (id, legal_order, against, state, at, rev, entry) VALUES"
    " (1, 1, 'order', 'filed', 1, 1, 1);"
    "INSERT INTO pause (id, legal_order, reason, since, rev, entry) VALUES (1, 1, 'c', "
    "1, 1, 1);"
    "INSERT INTO message (id, legal_order, kind, at, author, rev, entry) VALUES (1, 1, 'note', 1, "
    "1, 1, 1);"
    "INSERT INTO sealed_record (id, rev, entry) VALUES (1, 1, 1);"
    "INSERT INTO import (id, kind, file_hash, map_hash, source, state, next_line, records, "
    "accounts,"
    " refused, note, rev, entry) VALUES (1, 'closed', x'00', x'00', 's', 'done', 1, 1, 1, 0, '', "
    "1, 1);"
    "INSERT INTO closed (id, import, line, day_from, day_to, country, class, outcome, accounts) "
    "VALUES"
    " (2, 1, 2, 1, 2, 'DE', 'other', 1, 1);"
    "INSERT INTO edition (id, day_from, day_to, version, as_of, state, structure, figures_hash, "
    "maker, rev,"
    " entry) VALUES (1, 1, 2, 1, 3, 'draft', '', x'00', 1, 1, 1);"
    "INSERT INTO figure (id, edition, section, country, instrument, metric, value_min, value_max, "
    "unit,"
    " status) VALUES (1, 1, 's', '', '', 'm', 1, 1, 'demands', 'exact');",
    "INSERT INTO erasure (id, proposal, demand, matter, rule, due, state, proposer, rev, entry) "
    "VALUES (1, 'E', 1, 1, 'r', 1, 'proposed', 1, 1, 1);"
    "INSERT INTO erasure_hold (id, demand, holder, since, released, rev, entry) VALUES"
    " (1, 1, 1, 1, 2, 1, 1);"
    "INSERT INTO statement (id, ref, part, kind, state, day, title_en, law, law_id, law_verified, "
    "editions, writer, rev, entry) VALUES (1, 'S', 'update', '', 'proposed', 1, 't', '', '', 0, "
    "'', "
    "2, 1, 1);"
    "DROP TRIGGER permission_counsel; DROP TRIGGER known_figure_writer;"
    "INSERT INTO permission (id, ref, kind, subject, class, given, title_en, law, counsel, "
    "recorded, rev, entry) VALUES (1, 'P', 'structure', 's', '', 1, 't', 'l', 2, 1, 1, 1);"
    "INSERT INTO known_figure (id, ref, country, counts, structure, category, unit, day_from, "
    "day_to, lo, hi, published, source, assumes, writer, recorded, rev, entry) VALUES (1, 'K', "
    "'US', 'all', '', '', 'orders', 1, 2, 0, 1, 1, 's', '', 2, 1, 1, 1);"
    "INSERT INTO person (id, handle_key, roles, sealed, unix_uid, active, rev, entry) VALUES"
    " (3, x'03', 32, 0, 1003, 1, 1, 1);"
    "INSERT INTO order_dsa (id, legal_order, category, keyword, own, told, informed, automatic, "
    "at, author, rev, entry) VALUES (1, 1, 'C', '', '', 'entered', 100, 0, 100, 1, 1, 1);"
    "INSERT INTO dsa_given (id, day_from, day_to, scope, category, keyword, own, form, cell, "
    "value, text, source, publisher, at, rev, entry) VALUES (1, 1, 2, 'DE', 'C', '', '', "
    "'figure', 'act', 1, '', 's', 3, 100, 1, 1);"
    "INSERT INTO person_land (id, person, country, active, rev, entry) VALUES (1, 1, 'DE', 1, 1, "
    "1);"
    "INSERT INTO enrolment (id, person, recovery, state, maker, made, token_hash, until, rev, "
    "entry) VALUES (1, 3, 0, 'open', 1, 100, x'01', 200, 1, 1);"
    "INSERT INTO passkey (id, person, number, credential, alg, public_key, added, cause, rev, "
    "entry) VALUES (1, 2, 1, x'01', -8, "
    "x'0000000000000000000000000000000000000000000000000000000000000000', 100, '', 1, 1);",
    "DROP TRIGGER submission_officer; DROP TRIGGER colleague_agency;"
    "INSERT INTO person (id, handle_key, roles, sealed, unix_uid, active, rev, entry) VALUES"
    " (4, x'04', 0, 0, 1004, 1, 1, 1);"
    "INSERT INTO agency (id, ref, country, body, level, name, state, author, at, rev, entry) "
    "VALUES (1, 'A', 'US', 'police', '', 'n', 'active', 2, 1, 1, 1);"
    "INSERT INTO agency_domain (id, agency, domain, state, author, at, rev, entry) VALUES"
    " (1, 1, 'd', 'proposed', 2, 1, 1, 1);"
    "INSERT INTO officer (id, ref, person, state, language, recipient, second_due, at, rev, entry) "
    "VALUES (1, 'O', 4, 'confirmed', 'en', '', 0, 1, 1, 1);"
    "INSERT INTO standing (id, officer, act, author, at, rev, entry) VALUES"
    " (1, 1, 'vetted', 2, 1, 1, 1);"
    "INSERT INTO submission (id, demand, officer, agency, shared, at, rev, entry) VALUES"
    " (1, 1, 1, 1, 0, 1, 1, 1);"
    "INSERT INTO colleague (id, demand, officer, inviter, since, rev, entry) VALUES"
    " (1, 1, 1, 1, 1, 1, 1);"
    "INSERT INTO call_back (id, legal_order, result, recorder, at, rev, entry) VALUES"
    " (1, 2, 'confirmed', 1, 1, 1, 1);"
    "INSERT INTO extension (id, legal_order, side, state, until, asker, at, rev, entry) VALUES"
    " (1, 2, 'provider', 'asked', 9, 1, 1, 1, 1);"
    "INSERT INTO alert (id, matter, officer, cause, at, clearer, cleared, rev, entry) VALUES"
    " (1, 1, 1, 'suspended', 1, 2, 2, 1, 1);"
    "INSERT INTO production_seal (id, production, number, at, maker, kind, blob_hash, size, rev, "
    "entry) "
    "VALUES (1, 1, 1, 1, 1, 'age', zeroblob(32), 1, 1, 1);"
    "DROP TRIGGER laid_gate; DROP TRIGGER pledge_gate; DROP TRIGGER taker_gate;"
    "DROP TRIGGER download_gate;"
    "INSERT INTO laid (id, production, number, seal, at, author, until, more, pin, pins, state, "
    "rev, entry) VALUES (1, 1, 1, 1, 1, 1, 900, '', 'told', 0, 'open', 1, 1);"
    "INSERT INTO pledge (id, laid, officer, agency, at, rev, entry) VALUES (1, 1, 1, 1, 1, 1, 1);"
    "INSERT INTO taker (id, production, officer, author, at, rev, entry) VALUES (1, 1, 1, 1, 1, 1, "
    "1);"
    "INSERT INTO download (id, production, officer, at, rev, entry) VALUES (1, 1, 1, 1, 1, 1);"
    "DROP TRIGGER production_mail_gate; DROP TRIGGER production_medium_gate;"
    "DROP TRIGGER recall_gate; DROP TRIGGER redirect_gate; DROP TRIGGER misdelivery_gate;"
    "INSERT INTO production_mail (id, production, at, author, official, state, blob_hash, size, "
    "rev, "
    "entry) VALUES (1, 1, 1, 1, 1, 'stopped', zeroblob(32), 1, 1, 1);"
    "INSERT INTO production_medium (id, production, at, author, kind, blob_hash, size, rev, entry) "
    "VALUES (1, 1, 1, 1, 'usb', zeroblob(32), 1, 1, 1);"
    "INSERT INTO transfer (id, production, at, author, means, hash, rev, entry) VALUES"
    " (1, 1, 1, 1, 'letter', zeroblob(32), 1, 1);"
    "INSERT INTO misdelivery (id, production, at, author, found, state, settler, settled, rev, "
    "entry) "
    "VALUES (1, 1, 1, 1, 1, 'settled', 2, 1, 1, 1);"
    "INSERT INTO recall (id, production, at, author, cause, answer, rev, entry) VALUES"
    " (1, 1, 1, 1, 'other', '', 1, 1);"
    "INSERT INTO redirect (id, legal_order, at, author, day, despite, rev, entry) VALUES"
    " (1, 1, 1, 1, 1, 0, 1, 1);"
    "INSERT INTO demand_sorted (id, demand, kind, compartment, at, author, language, rev, entry) "
    "VALUES (1, 1, 'press', 0, 1, 1, '', 1, 1);"
    "INSERT INTO handover (id, matter, giver, taker, at, rev, entry) VALUES (1, 1, 1, 2, 1, 1, 1);"
    "INSERT INTO paging (id, ref, demand, compartment, since, rev, entry) VALUES (1, 'G', 1, 0, "
    "1, 1, 1);"
    "DROP TRIGGER quality_check_other;"
    "INSERT INTO quality_check (id, legal_order, compartment, settled, verdict, checker, at, rev, "
    "entry) VALUES (1, 1, 0, 100, 'agree', 3, 1, 1, 1);"
    "INSERT INTO api_token (id, person, number, token_hash, roles, sealed, made, until, rev, "
    "entry) "
    "VALUES (1, 3, 1, zeroblob(32), 32, 0, 100, 200, 1, 1);",
    "INSERT INTO oidc_subject (id, person, number, subject_key, issuer, way, added, cause, rev, "
    "entry) VALUES (1, 2, 1, zeroblob(32), 'i', 'own', 100, '', 1, 1);"
    "INSERT INTO secrecy_source (id, legal_order, secrecy, source, author, at, rev, entry) "
    "SELECT 1, s.legal_order, s.id, 'order', 1, 1, 1, 1 FROM secrecy s WHERE s.id = 1;"
    "INSERT INTO bar_step (id, legal_order, secrecy, number, kind, day, author, at, rev, entry) "
    "SELECT 1, s.legal_order, s.id, 1, 'notified', 1, 1, 1, 1, 1 FROM secrecy s WHERE s.id = 1;"
    "INSERT INTO notice (id, legal_order, target, state, holds, at, way, rev, entry) "
    "SELECT 1, o.id, t.id, 'drafted', 0, 1, '', 1, 1 FROM target t JOIN legal_order o ON "
    "o.matter = t.matter WHERE t.id = 1 AND o.id = 1;"
    "INSERT INTO contest (id, challenge, legal_order, kind, party, filed, in_public, rev, entry) "
    "SELECT 1, k.id, k.legal_order, 'quash', 'provider', 1, 0, 1, 1 FROM challenge k WHERE k.id = "
    "1;"
    "INSERT INTO hearing (id, legal_order, challenge, number, day, state, rev, entry) SELECT 1, "
    "k.legal_order, k.id, 1, 1, 'set', 1, 1 FROM challenge k WHERE k.id = 1;"
    "INSERT INTO contest_bound (id, legal_order, challenge, item, allowed, rev, entry) SELECT 1, "
    "i.legal_order, 1, i.id, 1, 1, 1 FROM item i WHERE i.id = 1;"
    "INSERT INTO hold_review (id, hold, demand, review, rev, entry) SELECT 1, h.id, h.demand, 1, "
    "1, 1 FROM erasure_hold h WHERE h.id = 1;"
    "INSERT INTO access_request (id, ref, demand, key, state, language, at, author, rev, entry) "
    "VALUES (1, 'Q', 1, zeroblob(32), 'asked', 'en', 1, 1, 1, 1);"
    "INSERT INTO webhook (id, ref, events, made, author, rev, entry) VALUES (1, 'W', 'paging', "
    "100, "
    "1, 1, 1);"
    "INSERT INTO service_test (id, service, map_hash, at, actor, well, why, files, rev, entry) "
    "VALUES"
    " (1, 'mail', zeroblob(32), 100, 3, 0, 'failed', 0, 1, 1);"
    "DROP TRIGGER ticket_gate;"
    "INSERT INTO decision (id, item, legal_order, review, review_passed, verdict, code, decider, "
    "second_due, counsel_due, not_before, grants, live, at, rev, entry) VALUES (5, 1, 1, 1, 1, "
    "'withhold', 'c', 1, 0, 0, 500, 0, 0, 100, 1, 1);"
    "INSERT INTO ticket (id, ref, legal_order, item, decision, purpose, service, map_hash, "
    "body_hash, note, "
    "maker, made, expires, state, why, rev, entry) VALUES (1, 'T', 1, 1, 5, 'collect', 'mail', "
    "zeroblob(32), "
    "zeroblob(32), 'n', 1, 100, 200, 'open', '', 1, 1);"
    "INSERT INTO ticket (id, ref, legal_order, item, purpose, service, map_hash, body_hash, note, "
    "maker, made, expires, state, why, rev, entry) VALUES (2, 'K', 1, 1, 'preserve', 'mail', "
    "zeroblob(32), zeroblob(32), 'n', 1, 100, 200, 'done', '', 1, 1);"
    "DROP TRIGGER service_token_maker;"
    "INSERT INTO service_token (id, number, service, token_hash, sealed, made, until, maker, rev, "
    "entry) VALUES (1, 1, 'chat', zeroblob(32), 0, 100, 200, 1, 1, 1);"
    "DROP TRIGGER snapshot_gate;"
    "INSERT INTO snapshot (id, ticket, preservation, made, files, bytes, listing, why, rev, entry) "
    "SELECT 1, 2, v.id, 100, 1, 1, zeroblob(32), '', 1, 1 FROM preservation v WHERE v.id = 1;"
    "INSERT INTO snapshot_file (snapshot, number, blob, size, key_ct, name_ct) VALUES (1, 1, 'b', "
    "1, x'00', x'00');"
    "INSERT INTO claim (id, ref, legal_order, matter, compartment, country, fees, currency, state, "
    "emergency, child_abuse, central, measure_end, capped, total, asked, paid, opened, author, "
    "late, rev, entry) VALUES (1, 'C', 1, 1, 0, 'DE', 'F', 'EUR', 'open', 0, 0, 0, 1, 0, 0, 0, 0, "
    "1, 1, 0, 1, 1);"
    "INSERT INTO claim_line (id, claim, number, fee, quantity, rate, blocks, unit, parts, percent, "
    "total, state, author, rev, entry) VALUES (1, 1, 1, '200', 1, 0, 1, 1, 1, 100, 1, 'proposed', "
    "1, 1, 1);",
    "INSERT INTO matter (id, ref, demand, compartment, closed, opened, rev, entry) VALUES"
    " (2, 'N', 1, 0, 0, 1, 1, 1);"
    "INSERT INTO claim_bar (id, matter, kind, at, author, rev, entry) VALUES (1, 2, 'emergency', "
    "1, 1, 1, 1);"
    "INSERT INTO entry (id, kind, at, actor, leaf, salt, detail) VALUES"
    " (1, 'test', 100, 0, zeroblob(33), zeroblob(16), '{}'),"
    " (2, 'test', 100, 0, zeroblob(33), zeroblob(16), '{}');"
    "INSERT INTO place_run (first_place, first_entry, n) VALUES (0, 1, 2);"
    "INSERT INTO tile (level, idx, width, data) VALUES (0, 0, 2, zeroblob(64));"
    "INSERT INTO slot (size, root, at) VALUES (9, zeroblob(32), 100);"
    "INSERT INTO checkpoint (size, note) VALUES (9, 'n');"
    "INSERT INTO promise (entry, note) VALUES (1, 'n');"
    "COMMIT;"};

static inline int scratch_begin(void **state)
{
	struct scratch *t = calloc(1, sizeof *t);
	const char *tmp = getenv("TMPDIR");
	struct str url;

	if (t == NULL)
		return -1;
	*state = t;
	t->c = test_ctx();
	(void)snprintf(t->dir, sizeof t->dir, "%s/writ-sql-XXXXXX",
	    tmp != NULL && strlen(tmp) < 40 ? tmp : "/tmp");
	if (mkdtemp(t->dir) == NULL)
		return -1;
	url = str_fmt(t->c, "sqlite:%s/writ.db", t->dir);
	t->file = str_make(t->c, (struct str){url.p + 7, url.n - 7});
	if (db_create(t->c, url) != 0 || sqlite3_open(t->file.p, &t->raw) != SQLITE_OK)
		return -1;
	return sqlite3_exec(t->raw,
		   "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
		   "PRAGMA synchronous = OFF;",
		   NULL, NULL, NULL) == SQLITE_OK
		   ? 0
		   : -1;
}

static inline int scratch_end(void **state)
{
	struct scratch *t = *state;

	sqlite3_close(t->raw);
	(void)unlink(t->file.p);
	(void)unlink(str_fmt(t->c, "%s-wal", t->file.p).p);
	(void)unlink(str_fmt(t->c, "%s-shm", t->file.p).p);
	(void)rmdir(t->dir);
	ctx_close(&t->c);
	free(t);
	return 0;
}

static inline void run(struct scratch *t, const char *sql)
{
	if (sqlite3_exec(t->raw, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s in: %.200s", sqlite3_errmsg(t->raw), sql);
}

static inline void run_ground(struct scratch *t)
{
	for (size_t i = 0; i < sizeof ground / sizeof ground[0]; i++)
		run(t, ground[i]);
}

/* One step: the change, then the entry that covers it, in one transaction. */
static inline void step(struct scratch *t, int entry, const char *sql)
{
	run(t, "BEGIN");
	run(t, str_fmt(t->c, "INSERT INTO stamp (id) VALUES (%d)", entry).p);
	run(t, sql);
	run(t, str_fmt(t->c,
		   "INSERT INTO entry (id, kind, at, actor, leaf) VALUES (%d, 'k', 1, 0, "
		   "zeroblob(33))",
		   entry)
		   .p);
	run(t, "COMMIT");
}

/* The statement must fail with a message that has `part` in it. It runs inside a transaction, so
 * that what is checked only at its end (the entry is there) cannot be what refuses. */
static inline void refuse(struct scratch *t, const char *sql, const char *part)
{
	bool own = sqlite3_get_autocommit(t->raw) != 0;

	if (own) {
		run(t, "BEGIN");
		/* steps in progress, so that a row may cite them */
		run(t, "INSERT OR IGNORE INTO stamp WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL "
		       "SELECT i + 1 "
		       "FROM n WHERE i < 200) SELECT i FROM n");
	}
	if (sqlite3_exec(t->raw, sql, NULL, NULL, NULL) == SQLITE_OK)
		fail_msg("went through: %s", sql);
	if (strstr(sqlite3_errmsg(t->raw), part) == NULL)
		fail_msg("%s: %s (expected: %s)", sql, sqlite3_errmsg(t->raw), part);
	if (own)
		run(t, "ROLLBACK");
}

/* A decision: what it says, then whom it needs. id 10, item 1, order 1, decided by person 1. */
static inline const char *decision(struct scratch *t, const char *verdict, int review, int passed,
    int due, const char *second, int grants)
{
	return str_fmt(t->c,
	    "INSERT INTO decision (id, item, legal_order, review, review_passed, verdict, code, "
	    "decider,"
	    " second_due, second, counsel_due, not_before, grants, live, at, rev, entry) VALUES"
	    " (10, 1, 1, %d, %d, '%s', 'c', 1, %d, %s, 0, 500, %d, 1, 100, 1, 20)",
	    review, passed, verdict, due, second, grants)
	    .p;
}

static inline const char *file_row(
    struct scratch *t, int production, int order, int not_before, int at)
{
	return str_fmt(t->c,
	    "INSERT INTO production_file (production, legal_order, item, decision, grants, "
	    "not_before, at,"
	    " sha256, size, rev, entry) VALUES (%d, %d, 1, 10, 1, %d, %d, zeroblob(32), 1, 1, 40)",
	    production, order, not_before, at)
	    .p;
}

#endif
