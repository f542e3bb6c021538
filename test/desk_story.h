/*
 * A scratch provider for tests of the desk: a US and a German establishment, two services, one
 * person of each role and one named to the sealed compartment, and a clock that stands at
 * 2026-09-15T12:00:00Z. Demands come in as JSON text; `raw` is a second connection that knows of no
 * gate, for attacks below it.
 */
#ifndef WRIT_TEST_DESK_STORY_H
#define WRIT_TEST_DESK_STORY_H

#include "check.h"

#include <ftw.h>
#include <sqlite3.h>
#include <unistd.h>

#include "desk/call_back.h"
#include "desk/demand.h"
#include "desk/hold.h"
#include "desk/order.h"
#include "desk/produce.h"
#include "desk/review.h"
#include "os/file.h"

enum { STORY_NOW = 1789473600, STORY_DAY = 86400 }; /* 2026-09-15T12:00:00Z */

struct story {
	struct ctx *c;
	struct instance *in;
	sqlite3 *raw;
	struct person admin, intake, ann, bob, counsel, collector, publisher, auditor;
	struct person named; /* intake, reviewer, counsel and collector, named to the compartment */
	struct person named_second;
	int serial;
	char dir[64];
};

/* ---- opening and closing ---- */

static const char story_yaml[] = "provider: Example Mail\n"
				 "zone: Europe/Berlin\n"
				 "origin: example.net/writ\n"
				 "database: sqlite:data/writ.db\n"
				 "blobs: blob\n"
				 "keys: keys\n"
				 "bands: US-1874-A2\n"
				 "second_person_targets: 2\n"
				 "profile:\n"
				 "  - from: 2000-01-01\n"
				 "    establishments: US DE\n"
				 "    eu_designated: yes\n"
				 "    eu_seat: DE\n"
				 "    languages: de en\n"
				 "    services:\n"
				 "      - id: mail\n"
				 "        class: tk_small\n"
				 "        en: Mail\n"
				 "        de: Mail\n"
				 "      - id: files\n"
				 "        class: digital\n"
				 "        en: Files\n"
				 "        de: Dateien\n";

static inline int story_remove(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline struct person story_person(
    struct story *st, const char *handle, unsigned roles, bool sealed, int64_t uid)
{
	const struct person *by = st->admin.id == 0 ? NULL : &st->admin;
	struct person p;
	int64_t id;

	assert_ok(
	    st->c, person_add(st->c, st->in, by, str_of(handle), roles, sealed, uid, NULL, &id));
	assert_ok(st->c, person_get(st->c, st->in, id, &p));
	return p;
}

static inline void story_people(struct story *st)
{
	unsigned all = ROLE_INTAKE | ROLE_REVIEWER | ROLE_COUNSEL | ROLE_COLLECTOR;

	st->admin = story_person(st, "admin", ROLE_ADMIN, false, 1000);
	st->intake = story_person(st, "intake", ROLE_INTAKE, false, 1001);
	st->ann = story_person(st, "ann", ROLE_REVIEWER, false, 1002);
	st->bob = story_person(st, "bob", ROLE_REVIEWER, false, 1003);
	st->counsel = story_person(st, "counsel", ROLE_COUNSEL, false, 1004);
	st->collector = story_person(st, "collector", ROLE_COLLECTOR, false, 1005);
	st->publisher = story_person(st, "publisher", ROLE_PUBLISHER, false, 1006);
	st->auditor = story_person(st, "auditor", ROLE_AUDITOR, false, 1007);
	st->named = story_person(st, "named", all, true, 1008);
	st->named_second = story_person(st, "named2", ROLE_COUNSEL, true, 1009);
}

static inline struct story *story_open(void)
{
	struct story *st = calloc(1, sizeof *st);
	struct str dir, db;

	assert_non_null(st);
	st->c = test_ctx();
	st->c->fixed_now = STORY_NOW;
	memcpy(st->dir, "/tmp/writ-story-XXXXXX", sizeof "/tmp/writ-story-XXXXXX");
	assert_non_null(mkdtemp(st->dir));
	dir = str_fmt(st->c, "%s/i", st->dir);
	assert_ok(st->c, instance_create(st->c, dir,
			     &(struct instance_new){.provider = STR("Example Mail"),
				 .origin = STR("example.net/writ"),
				 .zone = STR("Europe/Berlin")}));
	assert_ok(st->c, file_write_atomic(st->c, str_fmt(st->c, "%s/writ.yaml", dir.p).p, 0600,
			     str_of(story_yaml)));
	assert_ok(st->c, instance_open(st->c, dir, SQL_ROLE_ALL, &st->in));
	story_people(st);
	db = str_fmt(st->c, "%s/data/writ.db", dir.p);
	assert_int_equal(sqlite3_open(db.p, &st->raw), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(st->raw, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
	return st;
}

static inline void story_close(struct story *st)
{
	(void)sqlite3_close(st->raw);
	instance_close(&st->in);
	(void)nftw(st->dir, story_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&st->c);
	free(st);
}

/* ---- below the gate ---- */

/* One number by plain SQL; -1 without a row or when NULL. */
static inline int64_t story_num(struct story *st, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t v = -1;

	if (sqlite3_prepare_v2(st->raw, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(st->raw));
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		v = sqlite3_column_int64(s, 0);
	(void)sqlite3_finalize(s);
	return v;
}

static inline struct str story_text(struct story *st, const char *sql)
{
	sqlite3_stmt *s = NULL;
	struct str v = {"", 0};

	if (sqlite3_prepare_v2(st->raw, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(st->raw));
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		v = str_make(st->c, str_of((const char *)sqlite3_column_text(s, 0)));
	(void)sqlite3_finalize(s);
	return v;
}

/* The id the next ledger entry will have: rows begin and change only with it. */
#define STORY_ENTRY "(SELECT max(id) + 1 FROM entry)"

/* ... which a step announces first; an attack may do that too. */
#define STORY_STAMP "INSERT OR IGNORE INTO stamp (id) SELECT max(id) + 1 FROM entry"

static inline void story_sql(struct story *st, const char *sql)
{
	if (sqlite3_exec(st->raw, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(st->raw));
}

/* The statement must be refused by itself, not only at the commit, by a constraint or trigger whose
 * text has `part` in it. */
static inline void story_refused(struct story *st, const char *sql, const char *part)
{
	char *why = NULL;
	int rc;

	story_sql(st, "SAVEPOINT attack; " STORY_STAMP);
	rc = sqlite3_exec(st->raw, sql, NULL, NULL, &why);
	if (rc != SQLITE_CONSTRAINT || why == NULL || strstr(why, part) == NULL)
		fail_msg("%s = %d: %s, want %s", sql, rc, why == NULL ? "" : why, part);
	sqlite3_free(why);
	story_sql(st, "ROLLBACK TO attack; RELEASE attack");
}

/* A step of the desk writes exactly one entry, of this kind; a refused one changes no byte of the
 * database (data_version of another connection). */
struct story_mark {
	int64_t entries, version;
};

static inline struct story_mark story_mark(struct story *st)
{
	return (struct story_mark){
	    story_num(st, "SELECT count(*) FROM entry"), story_num(st, "PRAGMA data_version")};
}

static inline void story_wrote(struct story *st, struct story_mark before, const char *kind)
{
	struct story_mark now = story_mark(st);

	assert_int_equal(now.entries, before.entries + 1);
	assert_str(story_text(st, "SELECT kind FROM entry ORDER BY id DESC LIMIT 1"), kind);
	assert_int_equal(story_num(st, "SELECT count(*) FROM pending WHERE first_entry + n > "
				       "(SELECT max(id) FROM entry)"),
	    1);
	assert_true(story_num(st, "SELECT json_array_length(detail, '$.rows') FROM entry"
				  " ORDER BY id DESC LIMIT 1") > 0);
}

static inline void story_untouched(struct story *st, struct story_mark before)
{
	struct story_mark now = story_mark(st);

	assert_int_equal(now.entries, before.entries);
	assert_int_equal(now.version, before.version);
}

/* ---- demands ---- */

#define STORY_WARRANT                                                                              \
	"'order.issuer':'judge','order.competent':true,'order.signed':true,"                       \
	"'order.us_user_foreign':false,'order.us_2705b':false,'order.capability':false,"           \
	"'order.emergency':false"
#define STORY_SUBPOENA                                                                             \
	"'order.issuer':'court','order.signed':true,'order.us_user_foreign':false,"                \
	"'order.us_2705b':false,'order.us_prior_notice':false,'order.us_old_or_rcs':false,"        \
	"'order.capability':false"
#define STORY_NSL                                                                                  \
	"'order.us_certification':true,'order.us_nsl_rank':true,'order.us_review_notice':true,"    \
	"'order.us_nondisclosure_cert':true,'order.capability':false"
#define STORY_EPOC                                                                                 \
	"'order.eu_addressee':'representative','order.eu_language_accepted':true,"                 \
	"'order.signed':true,'order.eu_qualified':true,'order.eu_authority_named':true,"           \
	"'order.eu_category_ticked':true,'order.offence':'fraud','order.legal_basis':'313-1',"     \
	"'order.eu_purpose':'offence','order.eu_public_body':false,'order.issuer':'judge',"        \
	"'order.validator':'none','order.eu_deadline':'notified','order.eu_notified':true,"        \
	"'order.emergency':false,'order.eu_role':'controller','order.offence_max_years':5,"        \
	"'order.eu_privileged':false,'order.capability':false"
#define STORY_MAIL_TARGET "{'kind':'email','value':'someone@example.net'}"

struct story_ask {
	const char *instrument, *facts, *fields; /* fields: "'name','body'" */
	/* NULL: the usual */
	const char *country, *body, *channel, *service, *targets, *received, *key, *number;
	bool unverified, broad;
};

static inline const char *story_or(const char *given, const char *usual)
{
	return given == NULL ? usual : given;
}

/* JSON with ' for ". */
static inline struct draft story_draft(struct story *st, struct story_ask a)
{
	const char *number = a.number == NULL ? str_fmt(st->c, "N-%d", ++st->serial).p : a.number;
	struct str t = str_fmt(st->c,
	    "{'received':'%s','channel':'%s','language':'en','verified':%s,'specific':%s,"
	    "'authority':{'country':'%s','body':'%s','name':'An "
	    "authority','number':'%s','key':'%s'},"
	    "'orders':[{'instrument':'%s','facts':{%s},'targets':[%s],"
	    "'asks':[{'fields':[%s],'service':'%s','from':'2026-06-01','to':'2026-08-31'}]}]}",
	    story_or(a.received, "2026-09-15T08:00:00Z"), story_or(a.channel, "portal"),
	    a.unverified ? "false" : "true", a.broad ? "false" : "true", story_or(a.country, "US"),
	    story_or(a.body, "police"), number,
	    story_or(a.key, "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"), a.instrument, a.facts,
	    story_or(a.targets, STORY_MAIL_TARGET), a.fields, story_or(a.service, "mail"));
	char *p = mem_dup(st->c, t.p, t.n);
	struct draft d;

	for (size_t i = 0; i < t.n; i++)
		if (p[i] == '\'')
			p[i] = '"';
	assert_ok(st->c, draft_json_parse(st->c, "story", str_of(p), &d));
	return d;
}

static inline struct str story_receive_by(
    struct story *st, const struct person *who, struct story_ask a)
{
	struct draft d = story_draft(st, a);
	struct demand_receipt r;

	assert_ok(st->c, demand_receive(st->c, st->in, who, &d, NULL, 0, &r));
	return r.ref;
}

/* A case with its orders in review; ret is the first order. */
static inline struct matter story_case_by(
    struct story *st, const struct person *who, struct story_ask a, struct legal_order *ret)
{
	struct str ref = story_receive_by(st, who, a);
	struct demand_opening how = {0};
	struct matter m;

	assert_ok(st->c, demand_open(st->c, st->in, who, ref, &how, &m));
	assert_ok(st->c, matter_order(st->c, st->in, &m, 1, ret));
	return m;
}

static inline struct matter story_case(
    struct story *st, struct story_ask a, struct legal_order *ret)
{
	return story_case_by(st, &st->intake, a, ret);
}

/* ---- steps ---- */

static inline struct legal_order story_order(struct story *st, int64_t id)
{
	struct legal_order o;

	assert_ok(st->c, matter_order_by_id(st->c, st->in, id, &o));
	return o;
}

static inline const char *story_state(struct story *st, const struct legal_order *o)
{
	return matter_order_word(story_order(st, o->id).state);
}

static inline const char *story_item(struct story *st, const struct legal_order *o, size_t n)
{
	struct items items;

	assert_ok(st->c, matter_items(st->c, st->in, o->id, &items));
	assert_true(n >= 1 && n <= items.n);
	return matter_item_word(items.v[n - 1].state);
}

static inline int story_examine(
    struct story *st, const struct person *p, const struct legal_order *o)
{
	return review_basis(st->c, st->in, p, o, true, STR("read the paper"));
}

static inline int story_decide(struct story *st, const struct person *p,
    const struct legal_order *o, int64_t item, enum item_state to)
{
	struct review_verdict v = {
	    .to = to, .from = DAY_NONE, .to_day = DAY_NONE, .reason = STR("a reason")};

	if (to != ITEM_PRODUCE)
		v.code = STR("wrong_instrument");
	return review_decide(st->c, st->in, p, o, item, &v);
}

static inline int story_second(
    struct story *st, const struct person *p, const struct legal_order *o, int64_t item)
{
	return review_second(st->c, st->in, p, o, item);
}

/* As the check leaves it: one record, and it lies in scope. */
static inline struct produce_file story_file(struct story *st, int64_t item)
{
	static const struct yield_report all = {
	    .format = YIELD_CSV, .shape = {"", 0}, .records = 1, .released = 1};

	return (struct produce_file){.item = item,
	    .yield = &all,
	    .path = STR("/nowhere"),
	    .name = STR("mail.mbox"),
	    .sha256 = hash_of(str_fmt(st->c, "collected %lld", (long long)item)),
	    .size = 1234};
}

static inline int story_call(
    struct story *st, const struct person *p, const struct legal_order *o, const char *result)
{
	struct call_back call = {.result = str_of(result),
	    .source = STR("the authority's own page"),
	    .said = STR("the desk sergeant"),
	    .when = INSTANT_NONE};

	return call_back_record(st->c, st->in, p, o, &call);
}

/* Prepares and records; the sealed file itself is made up. */
static inline int story_produce_as(struct story *st, const struct person *p,
    const struct legal_order *o, const struct produce_file *files, size_t n, struct str *ret_ref)
{
	struct produce_plan plan;
	int rc = produce_prepare(st->c, st->in, p, o, files, n, &plan);

	if (rc != 0)
		return rc;
	if (ret_ref != NULL)
		*ret_ref = plan.ref;
	return produce_record(st->c, st->in, p, o, files, n, &plan, hash_of(STR("sealed")), 4096);
}

static inline int story_produce(struct story *st, const struct legal_order *o, int64_t item)
{
	struct produce_file f = story_file(st, item);

	return story_produce_as(st, &st->collector, o, &f, 1, NULL);
}

/* The revision that the order has by now. */
static inline int64_t story_rev(struct story *st, const struct legal_order *o)
{
	return story_num(
	    st, str_fmt(st->c, "SELECT rev FROM legal_order WHERE id = %lld", (long long)o->id).p);
}

/* The item may neither be prepared nor recorded, not even with a plan for another demand in hand.
 */
static inline void story_no_way(
    struct story *st, const struct legal_order *o, int64_t item, int code, const char *part)
{
	struct produce_file f = story_file(st, item);
	struct produce_plan plan = {.ref = STR("made-up"),
	    .recipient = STR("age1x"),
	    .manifest = json_map(st->c),
	    .has_files = true,
	    .rev = story_rev(st, o)};
	struct story_mark m = story_mark(st);

	assert_err(st->c, story_produce(st, o, item), code, part);
	assert_err(st->c,
	    produce_record(st->c, st->in, &st->collector, o, &f, 1, &plan, hash_of(STR("x")), 1),
	    code, part);
	story_untouched(st, m);
}

/* Examined, every item decided for production and seconded. */
static inline void story_approve(struct story *st, const struct legal_order *o)
{
	struct items items;

	assert_ok(st->c, matter_items(st->c, st->in, o->id, &items));
	assert_ok(st->c, story_examine(st, &st->ann, o));
	for (size_t i = 0; i < items.n; i++) {
		int64_t n = items.v[i].number;

		assert_ok(st->c, story_decide(st, &st->ann, o, n, ITEM_PRODUCE));
		if (strcmp(story_state(st, o), "approved") == 0)
			continue;
		if (story_num(st, str_fmt(st->c,
				      "SELECT second_due FROM decision WHERE item = %lld"
				      " AND live = 1",
				      (long long)items.v[i].id)
				      .p) == 1)
			assert_ok(st->c, story_second(st, &st->bob, o, n));
	}
	assert_string_equal(story_state(st, o), "approved");
}

/* The number in the current round of the finding of this rule, 0 when there is none. */
static inline int64_t story_finding(struct story *st, const struct legal_order *o, const char *rule)
{
	struct gate g;

	assert_ok(st->c, gate_load(st->c, st->in, o->id, &g));
	for (size_t i = 0; i < g.n_stored; i++)
		if (str_is(g.stored[i].rule, rule))
			return (int64_t)i + 1;
	return 0;
}

static inline int story_fact(
    struct story *st, const struct legal_order *o, const char *name, const char *value)
{
	return order_fact(st->c, st->in, &st->ann, o, str_of(name), str_of(value));
}

/* Group set-up for cmocka: one story for each test. */
static inline int story_setup(void **state)
{
	*state = story_open();
	return 0;
}
static inline int story_teardown(void **state)
{
	story_close(*state);
	return 0;
}
#define STORY_TEST(fn) cmocka_unit_test_setup_teardown(fn, story_setup, story_teardown)

#endif
