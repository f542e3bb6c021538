/*
 * The statements by themselves: each has somebody who may run it, and none reads a whole table
 * unless it says so. What the schema refuses is tried in store_schema.c.
 */
#include "sql_ground.h"

/* A plan line that walks a whole table or a whole index. SCAN of constant rows, of a query's own
 * parts (CTE, subquery) costs what those cost, and these have lines of their own. */
static bool is_scan(struct scratch *t, struct str line)
{
	struct str word;
	bool found = false;
	sqlite3_stmt *s;

	if (!str_word(&line, &word) || !str_is(word, "SCAN") || !str_word(&line, &word))
		return false;
	if (str_is(word, "CONSTANT") || str_is(word, "TABLE"))
		(void)str_word(&line, &word);
	/* An alias hides the table's name, so only names known to be no table are let through. */
	if (word.n > 0 && word.p[0] == '(')
		return false;
	if (sqlite3_prepare_v2(t->raw,
		"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND (name = ?1 OR length(?1) <= "
		"2)",
		-1, &s, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(t->raw));
	sqlite3_bind_text(s, 1, word.p, (int)word.n, SQLITE_STATIC);
	found = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	return found;
}

static bool has_scan(struct scratch *t, struct str plan)
{
	struct str line;
	bool more = true, found = false;

	while (more && !found) {
		more = str_cut(plan, '\n', &line, &plan);
		found = is_scan(t, line);
	}
	return found;
}

/* The newest of a table is read from its end: the walk stops at the first row. */
static bool is_last_row(const char *sql)
{
	return strstr(sql, "WHERE") == NULL && strstr(sql, "LIMIT 1;") != NULL;
}

/* What a statement that writes will do, from its program: the plan text does not tell the
 * statement's own work from the checks of foreign keys, and most of those never run. A check of an
 * immediate key is jumped over unless the statement itself broke one; a check of a deferred key
 * runs whenever an earlier statement of the transaction has left one open, which every step does
 * until its entry is written. */
struct program {
	bool real[256];        /* cursors on tables and indexes, not on scratch space */
	int never_from, never; /* an immediate key's check: never_from < addr < never */
	int64_t fault;         /* address of a walk over a whole table, -1 when there is none */
};

static void program_step(struct program *p, int addr, const char *op, int p1, int p2)
{
	if (addr == 0)
		*p = (struct program){.fault = p->fault}; /* a trigger's program begins */
	if (p1 >= 0 && p1 < 256 && (strcmp(op, "OpenRead") == 0 || strcmp(op, "OpenWrite") == 0))
		p->real[p1] = true;
	if (p1 >= 0 && p1 < 256 && strcmp(op, "OpenEphemeral") == 0)
		p->real[p1] = false;
	if (strcmp(op, "FkIfZero") == 0 && p1 == 0) {
		p->never_from = addr;
		p->never = p2;
	}
	if ((strcmp(op, "Rewind") == 0 || strcmp(op, "Last") == 0) && p1 >= 0 && p1 < 256 &&
	    p->real[p1] && !(addr > p->never_from && addr < p->never))
		p->fault = addr;
}

static bool write_scans(struct scratch *t, const char *sql)
{
	struct program p = {.fault = -1};
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(t->raw, str_fmt(t->c, "EXPLAIN %s", sql).p, -1, &s, NULL) !=
	    SQLITE_OK)
		fail_msg("%s in: %.200s", sqlite3_errmsg(t->raw), sql);
	while (sqlite3_step(s) == SQLITE_ROW)
		program_step(&p, sqlite3_column_int(s, 0), (const char *)sqlite3_column_text(s, 1),
		    sqlite3_column_int(s, 2), sqlite3_column_int(s, 3));
	sqlite3_finalize(s);
	return p.fault >= 0;
}

static void test_plans(void **state)
{
	struct scratch *t = *state;
	struct db *db;
	int bad = 0;

	assert_ok(t->c, db_open(t->c, str_fmt(t->c, "sqlite:%s", t->file.p), SQL_ROLE_ALL, &db));
	for (int i = 0; i < SQL_COUNT; i++) {
		const struct sql_stmt *s = &sql_stmts[i];
		bool reads =
		    strstr(s->text, "SELECT") == s->text || strstr(s->text, "WITH") == s->text;
		struct str plan;

		assert_ok(t->c, db_explain(t->c, db, (enum sql)i, &plan));
		if (s->scan_ok || is_last_row(s->text))
			continue;
		if (reads ? has_scan(t, plan) : write_scans(t, s->text)) {
			print_error("%s reads a whole table:\n%.*s", s->name, STR_ARG(plan));
			bad++;
		}
	}
	db_close(&db);
	assert_int_equal(bad, 0);
}

/* The judge of plans must know a scan when it sees one. */
static void test_plan_judge(void **state)
{
	struct scratch *t = *state;

	assert_true(has_scan(t, STR("SCAN person\n")));
	assert_true(has_scan(t, STR("SEARCH m USING INTEGER PRIMARY KEY (rowid=?)\nSCAN t\n")));
	assert_true(has_scan(t, STR("SCAN demand USING COVERING INDEX demand_by_state\n")));
	assert_false(has_scan(t, STR("SEARCH person USING INTEGER PRIMARY KEY (rowid=?)\n")));
	assert_false(has_scan(t, STR("SCAN CONSTANT ROW\n")));
	assert_false(has_scan(t, STR("SCAN (subquery-1)\n")));
	assert_false(has_scan(t, STR("")));

	assert_true(write_scans(t, "UPDATE matter SET rev = 2 WHERE rev = 1"));
	assert_true(write_scans(t, "DELETE FROM lease WHERE holder = 'x'"));
	assert_false(write_scans(t, "UPDATE matter SET rev = 2 WHERE id = 1"));
	assert_false(write_scans(t, "DELETE FROM lease WHERE name = 'x'"));
	/* an immediate key without an index costs nothing on insert; a deferred one walks its table
	 */
	run(t, "CREATE TABLE up (id INTEGER PRIMARY KEY) STRICT;"
	       "CREATE TABLE low (id INTEGER PRIMARY KEY, up INTEGER REFERENCES up (id)) STRICT");
	assert_false(write_scans(t, "INSERT INTO up (id) VALUES (1) RETURNING id"));
	run(t, "CREATE TABLE late (id INTEGER PRIMARY KEY,"
	       " up INTEGER REFERENCES up (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
	assert_true(write_scans(t, "INSERT INTO up (id) VALUES (1) RETURNING id"));
	run(t, "CREATE INDEX late_by_up ON late (up)");
	assert_false(write_scans(t, "INSERT INTO up (id) VALUES (1) RETURNING id"));
}

/* The table that "UPDATE table SET ..." changes has a column rev. */
static bool has_rev(const char *update)
{
	struct str rest = str_of(update), table;

	if (!str_word(&rest, &table) || !str_word(&rest, &table))
		return true;
	for (size_t i = 0; i < sql_tables_n; i++)
		if (str_is(table, sql_tables[i].name))
			return strstr(sql_tables[i].columns, ", rev,") != NULL;
	fail_msg("%s: no such table", update);
	return true;
}

/* Every statement has somebody who may run it, and an UPDATE of a row with rev carries it on. */
static void test_statements(void **state)
{
	(void)state;
	for (int i = 0; i < SQL_COUNT; i++) {
		const struct sql_stmt *s = &sql_stmts[i];

		if (s->roles == 0 || (s->roles & ~(unsigned)(SQL_ROLE_ALL | SQL_ROLE_COPY)) != 0)
			fail_msg("%s: roles %u", s->name, s->roles);
		if (strstr(s->text, "UPDATE ") == s->text &&
		    strstr(s->text, "rev = rev + 1") == NULL && has_rev(s->text))
			fail_msg("%s: changes a row without a new rev", s->name);
	}
}

#define sql_test(f) cmocka_unit_test_setup_teardown(f, scratch_begin, scratch_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    sql_test(test_plans),
	    sql_test(test_plan_judge),
	    sql_test(test_statements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
