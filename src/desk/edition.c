#include "desk/edition.h"

#include "base/mem.h"
#include "desk/asks.h"
#include "desk/base.h"
#include "desk/disclosure.h"
#include "desk/exclusive.h"
#include "desk/silence.h"

static struct hash figures_hash(struct ctx *c, struct period period, const struct figures *f)
{
	struct mem_mark mark = mem_mark(c);
	struct buf b = buf_init(c, FIGURES_CSV_MAX);
	struct hash h;

	figure_put_csv(&b, period_str(c, period), f);
	h = hash_of(buf_str(&b));
	mem_reset(c, mark);
	return h;
}

struct str edition_name(struct ctx *c, const struct edition *e)
{
	return str_fmt(c, "%.*s.%lld", STR_ARG(period_str(c, e->period)), (long long)e->version);
}

/* ---- reading ---- */

static struct edition edition_read(struct ctx *c, const struct db_val *row)
{
	struct edition e = {.id = row[0].num,
	    .rev = row[1].num,
	    .period = {db_get_day(row[2]), db_get_day(row[3])},
	    .version = row[4].num,
	    .as_of = db_get_day(row[5]),
	    .is_published = str_is(row[6].s, "published"),
	    .structure = str_make(c, row[7].s),
	    .published = DAY_NONE,
	    .published_at = db_get_instant(row[11]),
	    .made = instant_day(db_get_instant(row[12])),
	    .entry = row[13].num};

	if (row[8].s.n == HASH_SIZE)
		memcpy(e.figures_hash.b, row[8].s.p, HASH_SIZE);
	if (e.is_published)
		e.published = instant_day(e.published_at);
	return e;
}

static int by_id(struct ctx *c, struct instance *in, int64_t id, struct edition *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_EDITION_BY_ID, DB_ARGS(db_int(id)), &row);

	if (rc == 0 && row == NULL)
		return err_set(c, ERR_NOTFOUND, "no such edition");
	if (rc == 0)
		*ret = edition_read(c, row);
	return rc;
}

static int last_version(struct ctx *c, struct instance *in, struct period p, int64_t *ret)
{
	const struct db_val *row;
	int rc =
	    db_one(c, in->store.db, SQL_EDITION_LAST, DB_ARGS(db_day(p.from), db_day(p.to)), &row);

	if (rc == 0)
		*ret = row[0].num;
	return rc;
}

int edition_find(struct ctx *c, struct instance *in, struct str name, struct edition *ret)
{
	struct str head, tail;
	struct period period;
	const struct db_val *row;
	int64_t version = 0;
	bool dotted = str_cut(name, '.', &head, &tail);
	int rc;

	if (dotted && (!str_i64(tail, &version) || version < 1))
		return err_set(c, ERR_INVALID, "an edition is named PERIOD or PERIOD.VERSION");
	rc = period_parse(c, head, &period);
	if (rc == 0 && !dotted)
		rc = last_version(c, in, period, &version);
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_EDITION_FIND,
		    DB_ARGS(db_day(period.from), db_day(period.to), db_int(version)), &row);
	if (rc == 0 && row == NULL)
		return err_set(c, ERR_NOTFOUND, "there is no edition %.*s", STR_ARG(name));
	if (rc == 0)
		*ret = edition_read(c, row);
	return rc;
}

int edition_find_for(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, struct edition *ret)
{
	struct edition e;
	int rc = edition_find(c, in, name, &e);

	if (rc == 0 && !e.is_published)
		rc = right_needs(c, actor, RIGHT_EDITION_READ);
	if (rc == 0)
		*ret = e;
	return rc;
}

struct edition_visit {
	int (*fn)(struct ctx *c, const struct edition *e, void *arg);
	void *arg;
};

static int each_edition(struct ctx *c, const struct db_val *row, void *arg)
{
	struct edition_visit *v = arg;
	struct edition e = edition_read(c, row);

	return v->fn(c, &e, v->arg);
}

int edition_each(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct edition *e, void *arg), void *arg)
{
	struct edition_visit v = {fn, arg};

	return db_each(c, in->store.db, SQL_EDITION_EACH, DB_NO_ARGS, each_edition, &v);
}

static int each_figure(struct ctx *c, const struct db_val *row, void *arg)
{
	struct figures *f = arg;
	struct figure x = {str_make(c, row[0].s), str_make(c, row[1].s), str_make(c, row[2].s),
	    str_make(c, row[3].s), row[4].num, row[5].num, str_make(c, row[6].s), FIGURE_UNKNOWN};

	if (!figure_status_find(row[7].s, &x.status))
		return err_set(c, ERR_FAIL, "figure: a status that is none");
	figure_add(c, f, x);
	return 0;
}

int edition_figures(
    struct ctx *c, struct instance *in, const struct edition *e, struct figures *ret)
{
	struct figures f = {0};
	int rc = db_each(c, in->store.db, SQL_FIGURE_EACH, DB_ARGS(db_int(e->id)), each_figure, &f);

	if (rc != 0)
		return rc;
	figure_sort(&f);
	if (!hash_eq(figures_hash(c, e->period, &f), e->figures_hash))
		return err_set(c, ERR_FAIL,
		    "edition %.*s: its figures are not those that were counted",
		    STR_ARG(edition_name(c, e)));
	*ret = f;
	return 0;
}

/* ---- counting ---- */

static struct instant now_of(const struct ctx *c)
{
	return (struct instant){ctx_now(c)};
}

/* today: the day by which delays are judged; at: the instant of the permissions. */
static int ask(struct ctx *c, struct instance *in, const struct edition *e, struct day today,
    struct instant at, struct count_question *ret)
{
	struct permissions *all = mem_alloc(c, sizeof *all);
	struct band_law *law;
	struct base base;
	int rc = band_builtin(c, &law);

	if (rc == 0)
		rc = rests_permissions(c, in, e, all);
	if (rc == 0)
		rc = base_find(c, in, e->period, at, e->is_published ? e->entry : INT64_MAX, &base);
	if (rc != 0)
		return rc;
	*ret = (struct count_question){.period = e->period,
	    .as_of = e->as_of,
	    .today = today,
	    .law = law,
	    .said = all,
	    .at = at,
	    .users = base.users};
	rc = band_choose(c, law, e->structure, &ret->structures, &ret->n_structures);
	if (rc == 0)
		ret->scope = scope_make(c, ret->structures, ret->n_structures, all, at);
	return rc;
}

static int recount(struct ctx *c, struct instance *in, const struct edition *e, struct day today,
    struct count *ret)
{
	struct count_question q;
	int rc = ask(c, in, e, today, now_of(c), &q);

	return rc == 0 ? count_period(c, in, &q, ret) : rc;
}

/* A bar takes demands out of every number: then none of them is "all". */
static void whole_check(struct ctx *c, const struct permissions *all,
    const struct band_structure *s, struct instant at, struct breaches *ret)
{
	enum figure_status word;

	for (size_t i = 0; i < all->n; i++) {
		const struct permission *p = &all->v[i];

		if (permission_bars(p, &word) && str_eq(p->subject, s->jurisdiction) &&
		    permission_holds(p, at))
			invariant_add(c, ret, s->id, "permission", s->src.cite,
			    "it counts all demands of %.*s, and %.*s bars some of them",
			    STR_ARG(s->jurisdiction), STR_ARG(p->ref));
	}
}

/* A structure whose law nobody read at the source is shown where counsel recorded a permission. */
static int permission_check(struct ctx *c, struct instance *in, const struct edition *e,
    struct instant at, struct breaches *ret)
{
	struct permissions all;
	struct band_law *law;
	struct str rest = e->structure, word;
	int rc = rests_permissions(c, in, e, &all);

	if (rc == 0)
		rc = band_builtin(c, &law);
	while (rc == 0 && str_word(&rest, &word)) {
		const struct band_structure *s = band_find(law, word);

		if (s != NULL && band_needs_permission(s) &&
		    permission_find(&all, PERMISSION_STRUCTURE, word, at) == NULL)
			invariant_add(c, ret, word, "permission", s->src.cite,
			    "%.*s, and counsel recorded no permission",
			    STR_ARG(
				s->counsel.n > 0
				    ? s->counsel
				    : str_of(err_word(c, ERR_TEXT("not verified at the source")))));
		if (s != NULL && s->combined)
			whole_check(c, &all, s, at, ret);
	}
	return rc;
}

static int judge(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct instant at, struct breaches *ret)
{
	int rc = permission_check(c, in, e, at, ret);

	if (rc == 0)
		rc = silence_check(c, in, e, f, ret);
	if (rc == 0)
		rc = disclosure_check(c, in, e, f, at, ret);
	return rc == 0 ? asks_check(c, in, e, f, ret) : rc;
}

int edition_check(struct ctx *c, struct instance *in, const struct edition *e, struct breaches *ret)
{
	struct day day = e->is_published ? e->published : e->made;
	struct instant at = e->is_published ? e->published_at : now_of(c);
	struct count_question q;
	struct invariant_band *bands;
	struct figures f;
	size_t n;
	int rc = edition_figures(c, in, e, &f);

	if (rc == 0)
		rc = ask(c, in, e, day, at, &q);
	if (rc != 0)
		return rc;
	count_bands(c, &q, &bands, &n);
	invariant_check(c, &f, bands, n, day, ret);
	return judge(c, in, e, &f, at, ret);
}

/* ---- causes ---- */

int edition_cause(
    struct ctx *c, struct instance *in, const struct edition *e, struct wording ret[WORDING_LANGS])
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_CAUSE_FIND, DB_ARGS(db_int(e->id)), &row);

	for (int i = 0; i < WORDING_LANGS && rc == 0; i++) {
		ret[i] = (struct wording){STR(""), STR(""), STR(""), STR("")};
		if (row != NULL) {
			ret[i].title = str_make(c, row[i].s);
			ret[i].text = str_make(c, row[2 + i].s);
		}
	}
	return rc;
}

static int put_cause(
    struct ctx *c, struct step *s, int64_t edition, const struct wording cause[WORDING_LANGS])
{
	const struct wording *en = &cause[WORDING_EN], *de = &cause[WORDING_DE];
	int64_t id;

	if (en->title.n + de->title.n == 0)
		return 0;
	return step_insert(c, s, STEP_EDITION_CAUSE, SQL_CAUSE_PUT,
	    DB_ARGS(db_int(edition), db_text_or_null(en->title), db_text_or_null(de->title),
		db_text_or_null(en->text), db_text_or_null(de->text)),
	    &id);
}

static int cause_check(struct ctx *c, struct instance *in, const struct edition_new *n)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_EDITION_OUT,
	    DB_ARGS(db_day(n->period.from), db_day(n->period.to)), &row);
	bool said = n->cause[WORDING_EN].title.n + n->cause[WORDING_DE].title.n > 0;

	if (rc == 0 && row[0].num > 0 && !said)
		return err_set(c, ERR_INVALID,
		    "an edition of this period is published: say why this one corrects it (--en "
		    "FILE, --de FILE)");
	if (rc == 0 && row[0].num == 0 && said)
		return err_set(c, ERR_INVALID,
		    "no edition of this period is published: there is nothing to correct");
	return rc;
}

static bool is_band(const struct figure *x)
{
	return str_is(x->section, "national_security");
}

static bool same_exact(const struct figures *a, const struct figures *b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a->n && is_band(&a->v[i]))
			i++;
		while (k < b->n && is_band(&b->v[k]))
			k++;
		if (i == a->n || k == b->n)
			return i == a->n && k == b->n;
		if (figure_cmp(&a->v[i], &b->v[k]) != 0 || !figure_same(&a->v[i], &b->v[k]))
			return false;
		i++;
		k++;
	}
}

int edition_retell(
    struct ctx *c, struct instance *in, const struct edition *e, const struct count_tell *tell)
{
	struct count_question q;
	struct figures f;
	struct count again;
	int rc = edition_figures(c, in, e, &f);

	if (rc == 0)
		rc = ask(c, in, e, e->made, e->is_published ? e->published_at : now_of(c), &q);
	if (rc != 0)
		return rc;
	q.tell = tell;
	rc = count_period(c, in, &q, &again);
	if (rc == 0 && !same_exact(&again.figures, &f))
		rc =
		    err_set(c, ERR_CONFLICT, "edition %.*s: the cases changed since; make it again",
			STR_ARG(edition_name(c, e)));
	return rc;
}

/* ---- making ---- */

struct making {
	struct instance *in;
	const struct person *actor;
	const struct edition_new *n;
	struct edition e;
	struct count count;
};

static int put_figures(struct ctx *c, struct making *m)
{
	int rc = 0;

	for (size_t i = 0; i < m->count.figures.n && rc == 0; i++) {
		const struct figure *x = &m->count.figures.v[i];
		bool has = x->status == FIGURE_EXACT || x->status == FIGURE_BAND;

		rc = db_run(c, m->in->store.db, SQL_FIGURE_PUT,
		    DB_ARGS(db_int(m->e.id), db_text(x->section), db_text(x->country),
			db_text(x->instrument), db_text(x->metric),
			has ? db_int(x->value_min) : db_null(),
			has ? db_int(x->value_max) : db_null(), db_text(x->unit),
			db_text(str_of(figure_status_id(x->status)))),
		    NULL);
	}
	return rc;
}

static void edition_detail(struct ctx *c, struct step *s, const struct edition *e)
{
	json_set_text(c, s->detail, "edition", edition_name(c, e));
	json_set_text(c, s->detail, "figures", hash_hex(c, e->figures_hash));
}

static int make(struct ctx *c, struct step *s, void *arg)
{
	struct making *m = arg;
	struct edition *e = &m->e;
	int64_t last;
	int rc = recount(c, m->in, e, e->made, &m->count);

	if (rc == 0)
		rc = exclusive_draft(c, m->in, m->actor, e, &m->count.figures);
	if (rc == 0)
		rc = last_version(c, m->in, e->period, &last);
	if (rc != 0)
		return rc;
	e->version = last + 1;
	e->figures_hash = figures_hash(c, e->period, &m->count.figures);
	rc = step_insert(c, s, STEP_EDITION, SQL_EDITION_PUT,
	    DB_ARGS(db_day(e->period.from), db_day(e->period.to), db_int(e->version),
		db_day(e->as_of), db_text(e->structure), db_blob(hash_str(&e->figures_hash)),
		db_int(m->actor->id)),
	    &e->id);
	edition_detail(c, s, e);
	if (rc == 0)
		rc = put_cause(c, s, e->id, m->n->cause);
	return rc == 0 ? put_figures(c, m) : rc;
}

static int days_check(struct ctx *c, struct period period, struct day as_of, struct day today)
{
	if (day_cmp(period.to, today) >= 0)
		return err_set(c, ERR_INVALID, "the period is not over");
	if (day_cmp(as_of, period.to) < 0)
		return err_set(c, ERR_INVALID, "accurate as of %.*s: before the end of the period",
		    STR_ARG(day_str(c, as_of)));
	if (day_cmp(as_of, today) > 0)
		return err_set(c, ERR_INVALID, "accurate as of %.*s: a day to come",
		    STR_ARG(day_str(c, as_of)));
	return 0;
}

static struct day as_of(struct ctx *c, const struct edition_new *n)
{
	return day_is_none(n->as_of) ? instant_day(now_of(c)) : n->as_of;
}

int edition_make_check(
    struct ctx *c, struct instance *in, const struct person *actor, const struct edition_new *n)
{
	int rc = right_needs(c, actor, RIGHT_EDITION_MAKE);

	if (rc == 0)
		rc = days_check(c, n->period, as_of(c, n), instant_day(now_of(c)));
	return rc == 0 ? cause_check(c, in, n) : rc;
}

int edition_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition_new *n, struct edition *ret, struct breaches *ret_breaches)
{
	struct day today = instant_day(now_of(c));
	struct making m = {.in = in, .actor = actor, .n = n};
	int rc = edition_make_check(c, in, actor, n);

	m.e = (struct edition){.rev = 1,
	    .period = n->period,
	    .as_of = as_of(c, n),
	    .published = DAY_NONE,
	    .published_at = INSTANT_NONE,
	    .made = today,
	    .structure = in->bands.n == 0 ? STR("none") : in->bands};
	if (rc == 0)
		rc = step_run_still(c, &in->store, "edition.make", actor->id, make, &m, NULL);
	if (rc != 0)
		return rc;
	*ret_breaches = m.count.breaches;
	invariant_check(c, &m.count.figures, m.count.bands, m.count.n_bands, today, ret_breaches);
	rc = judge(c, in, &m.e, &m.count.figures, now_of(c), ret_breaches);
	if (rc == 0)
		*ret = m.e;
	return rc;
}

/* ---- publishing ---- */

struct publishing {
	struct instance *in;
	const struct person *actor;
	struct edition e;
	struct count count;
	struct day today;
};

/* A bar that this person lifted, and that nobody put in its place again. */
static bool lifted(
    const struct permissions *all, const struct permission *p, int64_t who, struct instant at)
{
	struct permission was = *p;
	enum figure_status word;

	was.ended = INSTANT_NONE;
	if (p->ender != who || !permission_bars(p, &word) || !permission_holds(&was, at))
		return false;
	for (size_t i = 0; i < all->n; i++) {
		const struct permission *x = &all->v[i];

		if (permission_bars(x, &word) && permission_holds(x, at) &&
		    str_eq(x->subject, p->subject) && str_eq(x->class, p->class))
			return false;
	}
	return true;
}

/* Who permitted it does not publish it: two persons, not two roles. Nor does who lifted a bar that
 * would hold today. */
static int another_person(struct ctx *c, const struct publishing *p)
{
	struct permissions rests, all;
	int rc = rests_load(c, p->in, &p->e, &p->count.figures, &rests);

	if (rc == 0)
		rc = permission_all(c, p->in, &all);
	for (size_t i = 0; rc == 0 && i < rests.n; i++)
		if (rests.v[i].counsel == p->actor->id)
			rc = err_set(c, ERR_DENIED,
			    "it rests on %.*s, which you recorded: another person publishes it",
			    STR_ARG(rests.v[i].ref));
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (lifted(&all, &all.v[i], p->actor->id, now_of(c)))
			rc = err_set(c, ERR_DENIED,
			    "you ended the bar %.*s: another person publishes what it held back",
			    STR_ARG(all.v[i].ref));
	return rc;
}

static int holds(struct ctx *c, struct publishing *p)
{
	struct breaches all = p->count.breaches;
	struct day day = day_cmp(p->today, p->e.made) < 0 ? p->today : p->e.made;
	const struct breach *b;
	int rc;

	invariant_check(c, &p->count.figures, p->count.bands, p->count.n_bands, day, &all);
	rc = judge(c, p->in, &p->e, &p->count.figures, now_of(c), &all);
	if (rc != 0)
		return rc;
	b = breaches_first(&all);
	if (b == NULL)
		return another_person(c, p);
	return err_set(c, ERR_DENIED, "%s: %.*s: %.*s (%.*s)%s", b->rule, STR_ARG(b->figure),
	    STR_ARG(b->text), STR_ARG(b->cite),
	    breaches_stand(&all) > 1 ? ", and more: `writ edition check` lists them" : "");
}

/* What a refusal by an error says, as a breach. */
static int refused(
    struct ctx *c, int rc, const char *rule, const struct edition *e, struct breaches *ret)
{
	if (rc != ERR_CONFLICT && rc != ERR_DENIED)
		return rc;
	invariant_add(c, ret, edition_name(c, e), rule, STR("SPEC.md 5.3"), "%s", err_text(c));
	err_clear(c);
	return 0;
}

int edition_rehearse(
    struct ctx *c, struct instance *in, const struct edition *e, struct breaches *ret)
{
	struct count count = {0};
	int rc;

	if (e->is_published)
		return edition_check(c, in, e, ret);
	rc = recount(c, in, e, e->made, &count);
	if (rc != 0)
		return rc;
	if (!hash_eq(figures_hash(c, e->period, &count.figures), e->figures_hash))
		invariant_add(c, ret, edition_name(c, e), "changed", STR("SPEC.md 5.3"),
		    "the cases changed since; make it again");
	for (size_t i = 0; i < count.breaches.n; i++) {
		ret->v = mem_grow(c, ret->v, ret->n, &ret->cap, sizeof *ret->v);
		ret->v[ret->n++] = count.breaches.v[i];
	}
	rc = refused(c, exclusive_check(c, in, e, &count.figures), "exclusivity", e, ret);
	return rc == 0 ? edition_check(c, in, e, ret) : rc;
}

/* The ledger's entry of the publication names what it rests on. */
static int rests_detail(struct ctx *c, struct step *s, const struct publishing *p)
{
	struct json *list = json_list(c);
	struct permissions rests;
	int rc = rests_load(c, p->in, &p->e, &p->count.figures, &rests);

	for (size_t i = 0; rc == 0 && i < rests.n; i++)
		json_add(c, list, json_of_text(c, rests.v[i].ref));
	if (rc == 0 && rests.n > 0)
		json_set(c, s->detail, "permissions", list);
	return rc;
}

/* A draft that was to be the first of its period, and is not any more. */
static int cause_due(struct ctx *c, const struct publishing *p)
{
	const struct edition *e = &p->e;
	struct wording cause[WORDING_LANGS];
	const struct db_val *row;
	int rc = db_one(c, p->in->store.db, SQL_EDITION_OUT,
	    DB_ARGS(db_day(e->period.from), db_day(e->period.to)), &row);
	bool out = rc == 0 && row[0].num > 0;

	if (rc == 0)
		rc = edition_cause(c, p->in, e, cause);
	if (rc == 0 && out && cause[WORDING_EN].title.n + cause[WORDING_DE].title.n == 0)
		rc = err_set(c, ERR_CONFLICT,
		    "an edition of the period was published since %.*s was made: make it again and "
		    "say why it corrects that one",
		    STR_ARG(edition_name(c, e)));
	return rc;
}

/* A draft shows what was due on the day it was made; a category that came due since waits for the
 * next version. Both completeness and delays are judged by the day of making, or by today should
 * the clock have been put back since. */
static int publish(struct ctx *c, struct step *s, void *arg)
{
	struct publishing *p = arg;
	struct edition *e = &p->e;
	/* what this one is held against must not change until it is there itself */
	int rc = db_run(c, p->in->store.db, SQL_EDITION_TURN, DB_NO_ARGS, NULL);

	if (rc == 0)
		rc = recount(c, p->in, e, e->made, &p->count);
	if (rc != 0)
		return rc;
	if (!hash_eq(figures_hash(c, e->period, &p->count.figures), e->figures_hash))
		return err_set(c, ERR_CONFLICT,
		    "edition %.*s: the cases changed since; make it again",
		    STR_ARG(edition_name(c, e)));
	rc = exclusive_check(c, p->in, e, &p->count.figures);
	if (rc == 0)
		rc = cause_due(c, p);
	if (rc == 0)
		rc = holds(c, p);
	edition_detail(c, s, e);
	if (rc == 0)
		rc = rests_detail(c, s, p);
	return rc == 0 ? step_update(c, s, STEP_EDITION, SQL_EDITION_PUBLISH, e->id, e->rev,
			     DB_ARGS(db_int(p->actor->id), db_instant(s->now)))
		       : rc;
}

int edition_publish(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t id, struct edition *ret)
{
	struct publishing p = {.in = in, .actor = actor};
	struct figures f;
	int rc = right_needs(c, actor, RIGHT_EDITION_PUBLISH);

	p.today = instant_day(now_of(c));
	if (rc == 0)
		rc = by_id(c, in, id, &p.e);
	if (rc == 0 && !p.e.is_published) {
		/* the stored rows are what gets published: they must be the ones that were made */
		rc = edition_figures(c, in, &p.e, &f);
		if (rc == 0)
			rc = step_run(
			    c, &in->store, "edition.publish", actor->id, publish, &p, NULL);
		if (rc == 0)
			rc = by_id(c, in, id, &p.e);
	}
	if (rc == 0)
		*ret = p.e;
	return rc;
}
