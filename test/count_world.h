/*
 * A scratch instance whose rows are written by plain SQL, past every gate: for tests of what is
 * counted and published from rows as they stand. Civil days are those of Europe/Berlin.
 */
#ifndef WRIT_TEST_COUNT_WORLD_H
#define WRIT_TEST_COUNT_WORLD_H

#include "check.h"

#include <ftw.h>
#include <sqlite3.h>
#include <unistd.h>

#include "desk/edition.h"

struct world {
	struct ctx *c;
	struct instance *in;
	sqlite3 *raw;
	struct person publisher;
	int64_t ids;
	char dir[64];
};

static struct world w;
static struct ctx *c;

static int world_remove(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void sql(const char *fmt, ...) PRINTF_LIKE(1, 2);
static inline void sql(const char *fmt, ...)
{
	char text[2048];
	char *why = NULL;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (sqlite3_exec(w.raw, text, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", why, text);
}

static inline struct day day(const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(c, day_parse(c, str_of(z), &d));
	return d;
}

static inline struct period period(const char *z)
{
	struct period p;

	assert_ok(c, period_parse(c, str_of(z), &p));
	return p;
}

/* noon of the day, unless told otherwise */
static inline long long at(const char *z)
{
	return (long long)instant_at(day(z), 12 * 3600).s;
}

/* The clock stands at noon of this day. */
static inline void today(const char *z)
{
	c->fixed_now = at(z);
}

/* Rows of cases come without their steps here; editions keep every guard. */
static inline void drop_case_triggers(void)
{
	sqlite3_stmt *s;

	assert_int_equal(
	    sqlite3_prepare_v2(w.raw,
		"SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema"
		" WHERE type = 'trigger' AND name LIKE '%_begin' AND name <> 'edition_begin'",
		-1, &s, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	if (sqlite3_column_type(s, 0) == SQLITE_TEXT) {
		struct str drops = str_make(c, str_of((const char *)sqlite3_column_text(s, 0)));

		sqlite3_finalize(s);
		assert_int_equal(sqlite3_exec(w.raw, drops.p, NULL, NULL, NULL), SQLITE_OK);
	} else {
		sqlite3_finalize(s);
	}
}

static inline int world_open(void **state)
{
	(void)state;
	w = (struct world){.c = test_ctx(), .dir = "/tmp/writ-count-XXXXXX"};
	c = w.c;
	assert_non_null(mkdtemp(w.dir));
	assert_ok(c, instance_create(c, str_fmt(c, "%s/i", w.dir),
			 &(struct instance_new){.provider = STR("Test <Mail> & \"Co\""),
			     .origin = STR("test/log"),
			     .zone = STR("Europe/Berlin")}));
	assert_ok(c, instance_open(c, str_fmt(c, "%s/i", w.dir), SQL_ROLE_ALL, &w.in));
	assert_int_equal(sqlite3_open(str_fmt(c, "%s/i/data/writ.db", w.dir).p, &w.raw), SQLITE_OK);
	drop_case_triggers();
	w.publisher = (struct person){.id = 1, .roles = ROLE_PUBLISHER, .active = true};
	sql("INSERT INTO entry (id, kind, at, actor, leaf, salt, detail) VALUES"
	    " (1, 'test', 100, 0, zeroblob(33), zeroblob(16), '{}')");
	sql("INSERT INTO person (id, handle_key, roles, sealed, unix_uid, active, rev, entry) "
	    "VALUES"
	    " (1, x'01', 32, 0, 1001, 1, 1, 1)");
	today("2026-01-15");
	return 0;
}

static inline int world_close(void **state)
{
	(void)state;
	sqlite3_close(w.raw);
	instance_close(&w.in);
	(void)nftw(w.dir, world_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&w.c);
	return 0;
}

struct an_order {
	const char *country, *channel, *instrument, *class, *basis;
	long long received, settled;
	const char *outcome, *code, *because;
	long long cures, amends, matter; /* 0: none; a matter of its own */
	int emergency, narrowed, compartment, targets;
};

/* The order came to this on that day; "" opens it again. */
static inline void put_outcome(
    long long order, const char *outcome, const char *code, long long at_instant)
{
	sql("INSERT INTO order_outcome (legal_order, outcome, code, at, rev, entry) VALUES"
	    " (%lld, nullif('%s', ''), nullif('%s', ''), %lld, 1, 1)",
	    order, outcome, code, at_instant);
}

/* Writes demand, matter, order, targets and items; what is not said is ordinary. Returns the order.
 */
static inline long long put_order(struct an_order o)
{
	long long id = ++w.ids, matter = o.matter != 0 ? o.matter : id;
	const char *outcome = o.outcome;

	if (o.matter == 0) {
		sql("INSERT INTO demand (id, ref, received, recorded, channel, language, country, "
		    "body,"
		    " level, verified, state, compartment, content_key, rev, entry) VALUES"
		    " (%lld, 'D%lld', %lld, 1, '%s', 'en', '%s', 'police', 'local', 1, 'opened', "
		    "%d,"
		    " x'00', 1, 1)",
		    id, id, o.received, o.channel != NULL ? o.channel : "portal",
		    o.country != NULL ? o.country : "DE", o.compartment);
		sql("INSERT INTO matter (id, ref, demand, compartment, closed, opened, rev, entry) "
		    "VALUES"
		    " (%lld, 'M%lld', %lld, %d, 0, 1, 1, 1)",
		    id, id, id, o.compartment);
	}
	sql("INSERT INTO legal_order (id, matter, seq, instrument, class, basis, state, received,"
	    " emergency, code, outcome, settled, narrowed, withdrawn_because, cures, amends, rev, "
	    "entry)"
	    " VALUES (%lld, %lld, %lld, '%s', '%s', '%s', 'in_review', %lld, %d, %s%s%s, %s%s%s, "
	    "nullif(%lld, 0),"
	    " %d, %s%s%s, nullif(%lld, 0), nullif(%lld, 0), 1, 1)",
	    id, matter, id, o.instrument != NULL ? o.instrument : "US-WARRANT",
	    o.class != NULL ? o.class : "warrant", o.basis != NULL ? o.basis : "order", o.received,
	    o.emergency, o.code != NULL ? "'" : "", o.code != NULL ? o.code : "NULL",
	    o.code != NULL ? "'" : "", outcome != NULL ? "'" : "",
	    outcome != NULL ? outcome : "NULL", outcome != NULL ? "'" : "", o.settled, o.narrowed,
	    o.because != NULL ? "'" : "", o.because != NULL ? o.because : "NULL",
	    o.because != NULL ? "'" : "", o.cures, o.amends);
	if (outcome != NULL)
		put_outcome(id, outcome, o.code != NULL ? o.code : "", o.settled);
	for (int i = 0; i < o.targets; i++) {
		long long t = id * 1000 + i;

		sql("INSERT INTO target (id, matter, kind, value_key, specific, rev, entry) VALUES"
		    " (%lld, %lld, 'email', x'%08x', 1, 1, 1)",
		    t, matter, (unsigned)i);
		/* two fields of each: an account counts once */
		for (int k = 0; k < 2; k++)
			sql("INSERT INTO item (id, legal_order, target, field, service, fold, "
			    "state, rev,"
			    " entry) VALUES (%lld, %lld, %lld, 'f%d', 'mail', 'content', 'asked', "
			    "1, 1)",
			    t * 2 + k, id, t, k);
	}
	return id;
}

static inline void put_import(int id, const char *state, int records, int accounts)
{
	sql("INSERT INTO import (id, kind, file_hash, map_hash, source, state, next_line, records,"
	    " accounts, refused, note, rev, entry) VALUES (%d, 'closed', x'%064x', x'00', 'A "
	    "report, 2013',"
	    " '%s', 1, %d, %d, 0, 'spread by a rule', 1, 1)",
	    id, (unsigned)id, state, records, accounts);
}

static inline void put_closed(
    int import, const char *p, const char *country, const char *class, int outcome, int accounts)
{
	struct period span = period(p);

	sql("INSERT INTO closed (id, import, line, day_from, day_to, country, class, outcome, "
	    "accounts)"
	    " VALUES (%lld, %d, 1, %d, %d, '%s', '%s', %d, %d)",
	    (long long)++w.ids + 1000000, import, span.from.n, span.to.n, country, class, outcome,
	    accounts);
}

static inline struct count count_as_of(const char *p, const char *as_of)
{
	struct count_question q = {.period = period(p),
	    .as_of = day(as_of),
	    .today = instant_day((struct instant){ctx_now(c)})};
	struct band_law *law;
	struct count k;

	assert_ok(c, band_builtin(c, &law));
	q.law = law;
	assert_ok(c, band_choose(c, law, w.in->bands, &q.structures, &q.n_structures));
	assert_ok(c, count_period(c, w.in, &q, &k));
	return k;
}

static inline int64_t number(const struct count *k, const char *section, const char *country,
    const char *instrument, const char *metric)
{
	return figure_number(&k->figures, section, str_of(country), str_of(instrument), metric);
}

static inline const char *csv(const struct figures *f)
{
	struct buf b = buf_init(c, 1 << 20);

	figure_put_csv(&b, STR("P"), f);
	return buf_str(&b).p;
}

/* Counsel of the compartment permits the structure. */
static inline void put_permission(const char *structure)
{
	sql("INSERT OR IGNORE INTO person (id, handle_key, roles, sealed, unix_uid, active, rev, "
	    "entry) VALUES (2, x'02', 4, 1, 1002, 1, 1, 1)");
	sql("INSERT INTO permission (ref, kind, subject, class, given, title_en, law, counsel, "
	    "recorded, rev, entry) VALUES ('P-%s', 'structure', '%s', '', 1, 't', 'l', 2, 1, 1, 1)",
	    structure, structure);
}

struct out_before {
	struct period period;
	bool found;
};

static inline int look_if_out(struct ctx *ctx, const struct edition *e, void *arg)
{
	struct out_before *o = arg;

	(void)ctx;
	o->found = o->found || (e->is_published && period_eq(e->period, o->period));
	return 0;
}

/* What edition_make takes; one that follows a published one says why. */
static inline struct edition_new new_edition(const char *p, const char *as_of)
{
	struct out_before before = {period(p), false};
	struct edition_new n = {
	    .period = before.period, .as_of = as_of == NULL ? DAY_NONE : day(as_of)};

	assert_ok(c, edition_each(c, w.in, look_if_out, &before));
	if (before.found)
		n.cause[WORDING_EN].title = STR("counted again");
	return n;
}

/* ---- what the rules say ---- */

static inline struct breaches breaches_of(struct count *k)
{
	struct breaches all = k->breaches;

	invariant_check(
	    c, &k->figures, k->bands, k->n_bands, instant_day((struct instant){ctx_now(c)}), &all);
	return all;
}

static inline void assert_holds(struct count *k)
{
	struct breaches b = breaches_of(k);

	for (size_t i = 0; i < b.n; i++)
		print_message("  %s: %.*s: %.*s\n", b.v[i].rule, STR_ARG(b.v[i].figure),
		    STR_ARG(b.v[i].text));
	assert_int_equal(b.n, 0);
}

#endif
