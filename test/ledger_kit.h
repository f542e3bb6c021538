/*
 * A ledger to attack: a scratch folder with database, instance key and the log's keys; steps that
 * write rows of table person, closed records, slots; and raw SQL behind the program's back.
 * The test's main handles --role=signer first: ledger_kit_role().
 */
#ifndef WRIT_TEST_LEDGER_KIT_H
#define WRIT_TEST_LEDGER_KIT_H

#include <ftw.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "store/closed_row.h"
#include "store/ledger.h"
#include "store/sign.h"
#include "store/sign_role.h"
#include "store/slot.h"

struct ledger_kit {
	struct ctx *c;
	struct str dir, keys, db_path;
	struct store store;
	int64_t people;
};

#define KIT_ORIGIN "example.test/log"

static inline void ledger_kit_role(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--role=signer") == 0)
		_exit(sign_role_run());
}

static inline void ledger_kit_reopen(struct ledger_kit *k)
{
	db_close(&k->store.db);
	assert_ok(k->c, db_open(k->c, str_fmt(k->c, "sqlite:%s", k->db_path.p),
			    SQL_ROLE_CLI | SQL_ROLE_SEQ, &k->store.db));
}

static inline struct ledger_kit ledger_kit_open(void)
{
	const char *tmp = getenv("TMPDIR");
	struct ledger_kit k = {.c = test_ctx()};

	k.dir = str_fmt(k.c, "%s/writ-ledger-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	assert_non_null(mkdtemp((char *)(uintptr_t)k.dir.p));
	k.keys = str_fmt(k.c, "%s/keys", k.dir.p);
	k.db_path = str_fmt(k.c, "%s/writ.db", k.dir.p);
	assert_int_equal(mkdir(k.keys.p, 0700), 0);
	assert_ok(k.c, sign_create(k.c, k.keys.p, STR(KIT_ORIGIN)));
	assert_ok(k.c, vault_create(k.c, str_fmt(k.c, "%s/instance.key", k.keys.p).p));
	assert_ok(
	    k.c, vault_open(k.c, str_fmt(k.c, "%s/instance.key", k.keys.p).p, &k.store.vault));
	assert_ok(k.c, db_create(k.c, str_fmt(k.c, "sqlite:%s", k.db_path.p)));
	ledger_kit_reopen(&k);
	return k;
}

static inline int ledger_kit_remove(
    const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void ledger_kit_close(struct ledger_kit *k)
{
	db_close(&k->store.db);
	vault_close(&k->store.vault);
	(void)nftw(k->dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&k->c);
}

/* ---- rows ---- */

static inline int ledger_kit_add(struct ctx *c, struct step *s, void *arg)
{
	int64_t *number = arg, id;
	struct str name = str_fmt(c, "person %lld", (long long)*number);
	struct hash key = vault_key(s->store->vault, "person.handle", name);

	(*number)++;
	return step_insert(c, s, STEP_PERSON, SQL_PERSON_PUT,
	    DB_ARGS(db_blob(hash_str(&key)),
		db_blob(vault_seal(c, s->store->vault, "person.handle", name)), db_int(1),
		db_int(0), db_int(*number), db_null(), db_int(1)),
	    &id);
}

/* n steps, each a new person; their ids count from 1. Returns the last step. */
static inline struct step ledger_kit_people(struct ledger_kit *k, int64_t n)
{
	struct step s = {0};

	for (int64_t i = 0; i < n; i++)
		assert_ok(k->c,
		    step_run(k->c, &k->store, "person.add", 0, ledger_kit_add, &k->people, &s));
	return s;
}

struct ledger_kit_set {
	int64_t id, rev;
};

static inline int ledger_kit_change(struct ctx *c, struct step *s, void *arg)
{
	const struct ledger_kit_set *x = arg;

	return step_update(c, s, STEP_PERSON, SQL_PERSON_SET, x->id, x->rev,
	    DB_ARGS(db_int(2), db_int(0), db_int(1)));
}

static inline void ledger_kit_update(struct ledger_kit *k, int64_t id, int64_t rev)
{
	struct ledger_kit_set x = {id, rev};

	assert_ok(k->c, step_run(k->c, &k->store, "person.set", 1, ledger_kit_change, &x, NULL));
}

static inline int ledger_kit_import(struct ctx *c, struct step *s, void *arg)
{
	struct hash h = hash_of(STR("file"));

	return step_insert(c, s, STEP_IMPORT, SQL_IMPORT_PUT,
	    DB_ARGS(db_text(STR("closed")), db_blob(hash_str(&h)), db_blob(hash_str(&h)),
		db_text(STR("test")), db_text(STR("done")), db_int(1), db_int(1), db_int(1),
		db_int(0), db_text(STR(""))),
	    arg);
}

struct ledger_kit_closed {
	int64_t import, n, first;
};

static inline int ledger_kit_put_closed(struct ctx *c, struct db *db, void *arg)
{
	struct ledger_kit_closed *x = arg;
	struct buf b = buf_init(c, 4096);
	int rc = ledger_ids(c, db, 1, &x->first);

	for (int64_t i = 0; i < x->n && rc == 0; i++) {
		const struct db_val row[CLOSED_ROW_COLUMNS] = {db_int(x->first + i),
		    db_int(x->import), db_int(i + 2), db_int(15706), db_int(15886),
		    db_text(STR("DE")), db_text(STR("other")), db_int(2), db_int(1), db_null()};

		rc = closed_row_put(c, db, row, (struct instant){5}, 1, &b);
	}
	return rc == 0 ? ledger_pend(c, db, x->first, x->n) : rc;
}

/* One step for the import, then n closed records; the id of the first. */
static inline int64_t ledger_kit_records(struct ledger_kit *k, int64_t n)
{
	struct ledger_kit_closed x = {.n = n};

	assert_ok(
	    k->c, step_run(k->c, &k->store, "import.begin", 1, ledger_kit_import, &x.import, NULL));
	assert_ok(k->c, db_tx(k->c, k->store.db, ledger_kit_put_closed, &x));
	return x.first;
}

static inline struct slot ledger_kit_slot(struct ledger_kit *k)
{
	struct slot s;

	assert_ok(k->c, slot_close(k->c, &k->store, k->keys.p, &s));
	return s;
}

/* ---- behind its back ---- */

/* Runs SQL on the file with every guard off. The program's handle is opened anew. */
static inline void ledger_kit_sql(struct ledger_kit *k, const char *sql)
{
	static const char guards[] =
	    "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'";
	sqlite3 *raw;
	sqlite3_stmt *s;
	struct str drop = STR("");
	char *why = NULL;

	db_close(&k->store.db);
	assert_int_equal(sqlite3_open(k->db_path.p, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw, guards, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		drop = str_fmt(
		    k->c, "%.*s%s;", STR_ARG(drop), (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	assert_int_equal(sqlite3_exec(raw, str_z(k->c, drop), NULL, NULL, NULL), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	ledger_kit_reopen(k);
}

#endif
