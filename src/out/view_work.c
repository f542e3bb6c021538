#include "out/view_work.h"

#include "out/view_search.h"
#include "out/view_set.h"

enum { DAY = 86400 };

struct working {
	struct instance *in;
	const struct person *actor;
	struct json *list;
	int64_t limit, now, tonight; /* tonight: the end of this civil day */
	int64_t last_a, last_b;
	bool more;
	struct json *answered;         /* of a day: NULL elsewhere */
	int64_t urgent[VIEW_LIST_MAX]; /* orders that stand on top of a day */
	size_t n_urgent;
	bool on_top; /* what comes is one of them */
};

static struct working work_of(struct ctx *c, struct instance *in, const struct person *actor)
{
	int64_t now = ctx_now(c);

	return (struct working){.in = in,
	    .actor = actor,
	    .list = json_list(c),
	    .limit = VIEW_LIST_MAX,
	    .now = now,
	    .tonight = instant_at(day_add(instant_day((struct instant){now}), 1), 0).s};
}

static int set_count(struct ctx *c, const struct working *w, struct json *j, const char *key,
    enum sql stmt, const struct db_val *v, size_t n)
{
	const struct db_val *row;
	int rc = db_one(c, w->in->store.db, stmt, v, n, &row);

	if (rc == 0)
		json_set_int(c, j, key, row[0].num);
	return rc;
}

/* ---- queues ---- */

static int set_queue(struct ctx *c, const struct working *w, int64_t person, struct json *j)
{
	struct db_val who = db_int(person), within = db_int(right_within(w->actor)),
		      sealed = db_int(w->actor->sealed), most = db_int(VIEW_COUNT_MAX);
	const struct db_val *row;
	int rc = set_count(c, w, j, "orders", SQL_QUEUE_OPEN, DB_ARGS(who, sealed, within, most));

	if (rc == 0)
		rc = set_count(c, w, j, "overdue", SQL_QUEUE_DUE,
		    DB_ARGS(who, db_int(INT64_MIN), db_int(w->now), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, w, j, "due_today", SQL_QUEUE_DUE,
		    DB_ARGS(who, db_int(w->now), db_int(w->tonight), sealed, within, most));
	if (rc == 0)
		rc = db_find(
		    c, w->in->store.db, SQL_QUEUE_OLDEST, DB_ARGS(who, sealed, within), &row);
	if (rc == 0 && row != NULL) {
		view_set_instant(c, j, "oldest", (struct instant){row[0].num});
		json_set_int(c, j, "oldest_days", (w->now - row[0].num) / DAY);
	}
	return rc;
}

static int queue_of(struct ctx *c, const struct person *p, void *arg)
{
	struct working *w = arg;
	struct json *j = json_map(c);
	int rc;

	if (!p->active || !right_has(p, RIGHT_DAY_READ))
		return 0;
	json_set_text(c, j, "person", p->handle);
	rc = set_queue(c, w, p->id, j);
	json_add(c, w->list, j);
	return rc;
}

int view_queues(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct working w = work_of(c, in, actor);
	struct json *j = json_map(c), *nobody = json_map(c);
	int rc = right_needs(c, actor, RIGHT_QUEUE_READ);

	if (rc == 0)
		rc = set_queue(c, &w, 0, nobody);
	json_add(c, w.list, nobody);
	if (rc == 0)
		rc = person_each(c, in, queue_of, &w);
	view_set_instant(c, j, "now", (struct instant){w.now});
	json_set_int(c, j, "most", VIEW_COUNT_MAX);
	json_set(c, j, "queues", w.list);
	if (rc == 0)
		*ret = j;
	return rc;
}

/* ---- lists of orders ---- */

static int note_answer(struct ctx *c, struct working *w, const struct search_row *r)
{
	const struct db_val *row;
	struct json *j;
	int rc = db_find(c, w->in->store.db, SQL_MESSAGE_LAST, DB_ARGS(db_int(r->order)), &row);

	if (rc != 0 || row == NULL || !str_is(row[0].s, "answer"))
		return rc;
	j = json_map(c);
	json_set_text(c, j, "case", r->ref);
	json_set_int(c, j, "order", r->seq);
	view_set_instant(c, j, "at", (struct instant){row[1].num});
	json_add(c, w->answered, j);
	return 0;
}

/* Notes one that stands on top; true for one that stood there and comes again in its place. */
static bool stood_on_top(struct working *w, int64_t order)
{
	if (w->on_top) {
		w->urgent[w->n_urgent++] = order;
		return false;
	}
	for (size_t i = 0; i < w->n_urgent; i++)
		if (w->urgent[i] == order)
			return true;
	return false;
}

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct working *w = arg;
	struct search_row r = search_row_take(c, row);
	struct json *j;
	int rc;

	if (stood_on_top(w, r.order))
		return 0;
	if ((int64_t)w->list->n == w->limit) {
		w->more = true;
		return 0;
	}
	w->last_a = row[11].num;
	w->last_b = r.order;
	rc = view_row(c, w->in, &r, &j);
	if (rc == 0)
		json_add(c, w->list, j);
	if (rc == 0 && w->on_top) {
		json_set_bool(c, j, "emergency", true);
		json_set_int(c, j, "age_minutes", (w->now - r.received.s) / 60);
	}
	if (rc == 0 && w->answered != NULL && str_is(r.state, "in_review"))
		rc = note_answer(c, w, &r);
	return rc;
}

/* By the next deadline, along the index of one person's open orders. */
static int list_queue(struct ctx *c, struct working *w, int64_t person, struct str after)
{
	int64_t at = INT64_MIN, id = 0;
	int rc = after.n == 0 ? 0 : search_cursor_open(c, w->in, after, &at, &id);

	return rc != 0 ? rc
		       : db_each(c, w->in->store.db, SQL_QUEUE_NEXT,
			     DB_ARGS(db_int(person), db_int(w->actor->sealed),
				 db_int(right_within(w->actor)), db_int(at), db_int(id),
				 db_int(w->limit + 1)),
			     add_row, w);
}

int view_queue(struct ctx *c, struct instance *in, const struct person *actor, struct str person,
    struct str after, int64_t limit, struct json **ret)
{
	struct working w = work_of(c, in, actor);
	struct person p = {.id = 0};
	struct json *j = json_map(c);
	int rc = right_needs(c, actor, RIGHT_QUEUE_READ);

	if (limit > 0 && limit < VIEW_LIST_MAX)
		w.limit = limit;
	if (rc == 0 && !str_is(person, "nobody"))
		rc = person_find(c, in, person, &p);
	if (rc == 0)
		rc = list_queue(c, &w, p.id, after);
	if (rc != 0)
		return rc;
	json_set(c, j, "orders", w.list);
	if (w.more)
		json_set_text(c, j, "after", search_cursor(c, in, w.last_a, w.last_b));
	*ret = j;
	return 0;
}

/* ---- dates ---- */

static int add_date(struct ctx *c, const struct db_val *row, void *arg)
{
	struct working *w = arg;
	struct json *j = json_map(c);

	if ((int64_t)w->list->n == w->limit) {
		w->more = true;
		return 0;
	}
	w->last_a = row[1].num;
	w->last_b = row[0].num;
	view_set_instant(c, j, "at", (struct instant){row[1].num});
	view_set_day(c, j, "day", instant_day((struct instant){row[1].num}));
	json_set_text(c, j, "kind", str_make(c, row[2].s));
	json_set_text(c, j, "rule", str_make(c, row[3].s));
	json_set_text(c, j, "act", str_make(c, row[4].s));
	json_set_text(c, j, "case", str_make(c, row[5].s));
	json_set_int(c, j, "order", row[6].num);
	json_add(c, w->list, j);
	return view_set_person(c, w->in, j, "assigned", row[7].num);
}

static int list_dates(
    struct ctx *c, struct working *w, const struct view_span *span, int64_t since, int64_t until)
{
	struct db_val within = db_int(right_within(w->actor));
	struct db_val sealed = db_int(w->actor->sealed), kind = db_text(span->kind),
		      limit = db_int(w->limit + 1), at = db_int(since), id = db_int(INT64_MIN);
	int rc = 0;

	if (span->after.n > 0)
		rc = search_cursor_open(c, w->in, span->after, &at.num, &id.num);
	if (rc != 0)
		return rc;
	if (span->mine)
		return db_each(c, w->in->store.db, SQL_DATES_OF_PERSON,
		    DB_ARGS(
			db_int(w->actor->id), at, id, db_int(until), sealed, within, kind, limit),
		    add_date, w);
	if (span->kind.n > 0)
		return db_each(c, w->in->store.db, SQL_DATES_OF_KIND,
		    DB_ARGS(kind, at, id, db_int(until), sealed, within, limit), add_date, w);
	return db_each(c, w->in->store.db, SQL_DATES,
	    DB_ARGS(at, id, db_int(until), sealed, within, limit), add_date, w);
}

int view_calendar(struct ctx *c, struct instance *in, const struct person *actor,
    const struct view_span *span, struct json **ret)
{
	struct working w = work_of(c, in, actor);
	struct json *j = json_map(c);
	int rc = right_needs(c, actor, RIGHT_QUEUE_READ);

	if (span->limit > 0 && span->limit < VIEW_LIST_MAX)
		w.limit = span->limit;
	if (rc == 0 && span->kind.n > 0 &&
	    !str_has_word(STR("deadline bar preservation"), span->kind))
		rc = err_set(c, ERR_INVALID, "a kind is one of: deadline bar preservation");
	if (rc == 0 &&
	    (day_is_none(span->from) || day_is_none(span->to) || day_cmp(span->to, span->from) < 0))
		rc = err_set(c, ERR_INVALID, "want a first day, and a last one not before it");
	if (rc == 0)
		rc = list_dates(c, &w, span, instant_at(span->from, 0).s,
		    instant_at(day_add(span->to, 1), 0).s);
	if (rc != 0)
		return rc;
	json_set(c, j, "dates", w.list);
	if (w.more)
		json_set_text(c, j, "after", search_cursor(c, in, w.last_a, w.last_b));
	*ret = j;
	return 0;
}

/* ---- a person's day ---- */

static int add_second(struct ctx *c, const struct db_val *row, void *arg)
{
	struct working *w = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "case", str_make(c, row[0].s));
	json_set_int(c, j, "order", row[1].num);
	json_set_int(c, j, "item", row[2].num);
	view_set_instant(c, j, "decided", (struct instant){row[3].num});
	json_add(c, w->list, j);
	return view_set_person(c, w->in, j, "decider", row[4].num);
}

static int set_ending(struct ctx *c, struct working *w, struct json *to)
{
	static const char *const kinds[] = {"bar", "preservation"};
	int rc = 0;

	w->list = json_list(c);
	for (size_t i = 0; rc == 0 && i < 2; i++) {
		struct view_span span = {.kind = str_of(kinds[i]), .mine = true, .after = STR("")};

		rc = list_dates(c, w, &span, w->now, w->now + (int64_t)VIEW_SOON_DAYS * DAY);
	}
	json_set(c, to, "ending", w->list);
	return rc;
}

static int set_second(struct ctx *c, struct working *w, struct json *to)
{
	int rc = 0;

	w->list = json_list(c);
	if (right_has(w->actor, RIGHT_ITEM_SECOND))
		rc = db_each(c, w->in->store.db, SQL_SECOND_WAITING,
		    DB_ARGS(db_int(w->actor->id), db_int(w->actor->sealed),
			db_int(right_within(w->actor)), db_int(w->limit)),
		    add_second, w);
	json_set(c, to, "second", w->list);
	return rc;
}

/* Emergencies first, then by the next deadline. */
static int set_mine(struct ctx *c, struct working *w, struct json *to)
{
	int rc;

	w->on_top = true;
	rc = db_each(c, w->in->store.db, SQL_QUEUE_URGENT,
	    DB_ARGS(db_int(w->actor->id), db_int(w->actor->sealed), db_int(right_within(w->actor)),
		db_int(w->limit)),
	    add_row, w);
	w->on_top = false;
	if (rc == 0)
		rc = list_queue(c, w, w->actor->id, STR(""));
	json_set(c, to, "orders", w->list);
	return rc;
}

int view_my_day(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct working w = work_of(c, in, actor);
	struct json *j = json_map(c);
	int rc = right_needs(c, actor, RIGHT_DAY_READ);

	view_set_instant(c, j, "now", (struct instant){w.now});
	w.answered = json_list(c);
	if (rc == 0)
		rc = set_mine(c, &w, j);
	json_set(c, j, "answered", w.answered);
	w.answered = NULL;
	w.n_urgent = 0; /* one that is watched stands there too */
	if (rc == 0)
		rc = set_second(c, &w, j);
	if (rc == 0)
		rc = set_ending(c, &w, j);
	w.list = json_list(c);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_WATCHED,
		    DB_ARGS(db_int(actor->id), db_int(actor->sealed), db_int(right_within(actor)),
			db_int(w.limit)),
		    add_row, &w);
	json_set(c, j, "watched", w.list);
	if (rc == 0)
		*ret = j;
	return rc;
}

/* ---- the house ---- */

static int set_sorted(struct ctx *c, const struct working *w, struct json *to)
{
	struct str kinds = STR("take_down civil_party testimony data_subject press other"), kind;
	struct json *j = json_map(c);
	int rc = 0;

	while (rc == 0 && str_word(&kinds, &kind))
		rc = set_count(c, w, j, str_z(c, kind), SQL_SORTED_COUNT,
		    DB_ARGS(db_text(kind), db_int(w->actor->sealed), db_int(right_within(w->actor)),
			db_int(w->now - INT64_C(365) * DAY), db_int(INT64_MAX)));
	json_set(c, to, "sorted", j);
	return rc;
}

int view_overview(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct working w = work_of(c, in, actor);
	struct db_val within = db_int(right_within(actor));
	struct db_val sealed = db_int(actor->sealed), most = db_int(VIEW_COUNT_MAX);
	struct json *j = json_map(c);
	int rc = right_needs(c, actor, RIGHT_QUEUE_READ);

	view_set_instant(c, j, "now", (struct instant){w.now});
	json_set_int(c, j, "most", VIEW_COUNT_MAX);
	if (rc == 0)
		rc = set_count(c, &w, j, "triage", SQL_COUNT_TRIAGE, DB_ARGS(sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "open", SQL_COUNT_DUE,
		    DB_ARGS(db_int(INT64_MIN), db_int(INT64_MAX), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "overdue", SQL_COUNT_DUE,
		    DB_ARGS(db_int(INT64_MIN), db_int(w.now), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "due_today", SQL_COUNT_DUE,
		    DB_ARGS(db_int(w.now), db_int(w.tonight), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "returned", SQL_COUNT_STATE,
		    DB_ARGS(db_text(STR("returned")), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "second", SQL_COUNT_SECOND, DB_ARGS(sealed, within, most));
	if (rc == 0)
		rc = set_count(
		    c, &w, j, "nobody", SQL_QUEUE_OPEN, DB_ARGS(db_int(0), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "notices", SQL_NOTICE_COUNT,
		    DB_ARGS(db_text(STR("drafted")), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "objections", SQL_NOTICE_COUNT,
		    DB_ARGS(db_text(STR("objected")), sealed, within, most));
	if (rc == 0)
		rc = set_count(c, &w, j, "claims", SQL_CLAIM_COUNT,
		    DB_ARGS(db_text(STR("open")), sealed, within, most));
	if (rc == 0)
		rc = set_sorted(c, &w, j);
	if (rc == 0)
		*ret = j;
	return rc;
}
