#include "desk/permission.h"

#include "base/mem.h"
#include "desk/silence.h"
#include "kind/id.h"
#include "kind/land.h"

static const char *const kind_ids[PERMISSION_KINDS] = {
    "structure", "narrowing", "released", "prohibited", "not_countable"};

enum permission_kind permission_kind_find(struct str word)
{
	enum permission_kind k = 0;

	while (k < PERMISSION_KINDS && !str_is(word, kind_ids[k]))
		k++;
	return k;
}

const char *permission_kind_id(enum permission_kind kind)
{
	return kind_ids[kind];
}

static bool is_bar(enum permission_kind kind)
{
	return kind == PERMISSION_PROHIBITED || kind == PERMISSION_NOT_COUNTABLE;
}

bool permission_bars(const struct permission *p, enum figure_status *ret)
{
	if (!is_bar(p->kind))
		return false;
	*ret = p->kind == PERMISSION_PROHIBITED ? FIGURE_PROHIBITED : FIGURE_NOT_COUNTABLE;
	return true;
}

bool permission_holds(const struct permission *p, struct instant at)
{
	struct day day = instant_day(at);

	return p->recorded.s <= at.s && (instant_is_none(p->ended) || at.s < p->ended.s) &&
	       day_cmp(p->given, day) <= 0 &&
	       (day_is_none(p->until) || day_cmp(day, p->until) <= 0);
}

const struct permission *permission_find(
    const struct permissions *all, enum permission_kind kind, struct str subject, struct instant at)
{
	for (size_t i = all->n; i > 0; i--) {
		const struct permission *p = &all->v[i - 1];

		if (p->kind == kind && str_eq(p->subject, subject) && permission_holds(p, at))
			return p;
	}
	return NULL;
}

const struct permission *permission_number(struct ctx *c, const struct permissions *all,
    enum permission_kind kind, struct period p, struct str structure, struct str category,
    struct instant at)
{
	return permission_find(all, kind,
	    str_fmt(c, "%.*s/%.*s/%.*s", STR_ARG(period_str(c, p)), STR_ARG(structure),
		STR_ARG(category)),
	    at);
}

static bool is_number(enum permission_kind kind)
{
	return kind == PERMISSION_NARROWING || kind == PERMISSION_RELEASED;
}

/* ---- reading ---- */

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct permissions *all = arg;
	struct permission p = {.id = row[0].num,
	    .rev = row[1].num,
	    .ref = str_make(c, row[2].s),
	    .kind = permission_kind_find(row[3].s),
	    .subject = str_make(c, row[4].s),
	    .class = str_make(c, row[5].s),
	    .lo = row[6].num,
	    .hi = row[7].num,
	    .given = db_get_day(row[8]),
	    .until = db_get_day(row[9]),
	    .law = str_make(c, row[16].s),
	    .counsel = row[17].num,
	    .recorded = db_get_instant(row[18]),
	    .ended = db_get_instant(row[19]),
	    .ender = row[20].num,
	    .entry = row[21].num};

	for (int i = 0; i < WORDING_LANGS; i++)
		p.words[i] = (struct wording){str_make(c, row[10 + i].s),
		    str_make(c, row[12 + i].s), str_make(c, row[14 + i].s), STR("")};
	if (p.kind == PERMISSION_KINDS)
		return err_set(c, ERR_FAIL, "permission: a kind that is none");
	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n++] = p;
	return 0;
}

int permission_all(struct ctx *c, struct instance *in, struct permissions *ret)
{
	struct permissions all = {0};
	int rc = db_each(c, in->store.db, SQL_PERMISSION_EACH, DB_NO_ARGS, add_row, &all);

	if (rc == 0)
		*ret = all;
	return rc;
}

int permission_list(
    struct ctx *c, struct instance *in, const struct person *actor, struct permissions *ret)
{
	int rc = right_needs(c, actor, RIGHT_PERMISSION_READ);

	return rc == 0 ? permission_all(c, in, ret) : rc;
}

/* ---- recording ---- */

static int wrong(struct ctx *c, const char *option, const char *why)
{
	return err_set(c, ERR_INVALID, "%s: %s", option, err_word(c, why));
}

/* What an edition under the structure does not say stands in its permission neither. */
static int check_silence(
    struct ctx *c, const struct permission_new *n, const struct band_structure *s)
{
	static const char *const options[WORDING_LANGS] = {"--en", "--de"};

	for (int i = 0; i < WORDING_LANGS; i++) {
		const struct wording *w = &n->words[i];

		if (silence_says(w->title, s->says_never) || silence_says(w->text, s->says_never) ||
		    silence_says(w->authority, s->says_never))
			return wrong(
			    c, options[i], ERR_TEXT("a word that the arrangement forbids"));
	}
	return silence_says(n->law, s->says_never)
		   ? wrong(c, "--law", ERR_TEXT("a word that the arrangement forbids"))
		   : 0;
}

static int check_structure(struct ctx *c, const struct permission_new *n)
{
	const struct band_structure *s;
	struct band_law *law;
	int rc = band_builtin(c, &law);

	if (rc != 0)
		return rc;
	s = band_find(law, n->subject);
	if (s == NULL)
		return err_set(c, ERR_NOTFOUND, "no structure has this id");
	if (!band_needs_permission(s))
		return err_set(
		    c, ERR_INVALID, "%.*s needs no permission: its law was read", STR_ARG(s->id));
	return s->width == 0
		   ? err_set(c, ERR_INVALID, "%.*s: the law gives no width", STR_ARG(s->id))
		   : check_silence(c, n, s);
}

/* "PERIOD/STRUCTURE/CATEGORY", or the same with "/hidden" behind it. */
static int check_band(struct ctx *c, struct str name)
{
	struct str period, structure, category, rest, hidden;
	const struct band_structure *s;
	struct band_law *law;
	struct period p;
	int rc = band_builtin(c, &law);

	(void)str_cut(name, '/', &period, &rest);
	(void)str_cut(rest, '/', &structure, &rest);
	(void)str_cut(rest, '/', &category, &hidden);
	if (rc == 0)
		rc = period_parse(c, period, &p);
	if (rc != 0)
		return rc;
	s = band_find(law, structure);
	for (size_t i = 0; s != NULL && i < s->n_categories; i++)
		if (str_eq(s->categories[i].id, category) &&
		    (hidden.n == 0 || (s->combined && str_is(hidden, "hidden"))))
			return 0;
	return err_set(c, ERR_INVALID,
	    "a band is named PERIOD/STRUCTURE/CATEGORY, as rule disclosure names it");
}

/* A permission is about a number, whichever version of its edition shows it. */
static struct str without_version(struct ctx *c, struct str name)
{
	struct str edition, rest, period, version;

	if (!str_cut(name, '/', &edition, &rest) || !str_cut(edition, '.', &period, &version))
		return name;
	return str_fmt(c, "%.*s/%.*s", STR_ARG(period), STR_ARG(rest));
}

static int check_subject(struct ctx *c, const struct permission_new *n)
{
	if (n->kind == PERMISSION_STRUCTURE)
		return check_structure(c, n);
	if (is_bar(n->kind) && !land_known(n->subject))
		return err_set(c, ERR_INVALID, "a country is named by its two letters (ISO 3166)");
	if (!is_number(n->kind))
		return 0;
	if (n->kind == PERMISSION_RELEASED && (n->lo < 1 || n->hi != 0))
		return wrong(
		    c, "--lo", ERR_TEXT("how many letters were made public: --lo N, N from 1"));
	if (n->kind == PERMISSION_NARROWING && (n->lo < 0 || n->hi <= n->lo))
		return wrong(c, "--lo",
		    ERR_TEXT("a narrowing says what may be known: --lo N --hi N, N from 0"));
	return check_band(c, n->subject);
}

static bool class_known(const struct law *law, struct str class)
{
	const struct vocab_fact *fact = pack_fact(law, STR("order.class"));

	return fact != NULL && str_has_word(fact->values, class);
}

static int check_new(struct ctx *c, const struct law *law, const struct permission_new *n)
{
	struct day today = instant_day((struct instant){ctx_now(c)});

	if (n->words[WORDING_EN].title.n + n->words[WORDING_DE].title.n == 0)
		return wrong(
		    c, "--en", ERR_TEXT("say it in one language at least: --en FILE, --de FILE"));
	if (n->words[WORDING_EN].outcome.n + n->words[WORDING_DE].outcome.n > 0)
		return wrong(c, "--en", ERR_TEXT("only a proceeding has an outcome"));
	if (n->law.n == 0 || !wording_line_ok(n->law))
		return wrong(
		    c, "--law", ERR_TEXT("the law, letter or agreement it rests on, in one line"));
	if (day_is_none(n->given) || day_cmp(n->given, today) > 0)
		return wrong(c, "--given", ERR_TEXT("the day it was given, not one to come"));
	if (!day_is_none(n->until) && day_cmp(n->until, n->given) < 0)
		return wrong(c, "--until", ERR_TEXT("before it began"));
	if (n->class.n > 0 && !is_bar(n->kind))
		return wrong(
		    c, "--class", ERR_TEXT("only what bars a country is about a class of demands"));
	if (n->class.n > 0 && !class_known(law, n->class))
		return wrong(c, "--class", ERR_TEXT("not a class of demands"));
	if (!is_number(n->kind) && n->lo + n->hi != 0)
		return wrong(
		    c, "--lo", ERR_TEXT("only a narrowing and letters released have numbers"));
	return check_subject(c, n);
}

struct recording {
	struct instance *in;
	const struct person *actor;
	struct permission p;
};

static void detail(struct ctx *c, struct step *st, const struct permission *p)
{
	json_set_text(c, st->detail, "permission", p->ref);
	json_set_text(c, st->detail, "kind", str_of(kind_ids[p->kind]));
	json_set_text(c, st->detail, "subject", p->subject);
}

static int put(struct ctx *c, struct step *st, void *arg)
{
	struct recording *r = arg;
	struct permission *p = &r->p;
	const struct wording *en = &p->words[WORDING_EN], *de = &p->words[WORDING_DE];
	bool narrows = p->kind == PERMISSION_NARROWING;

	p->recorded = st->now;
	detail(c, st, p);
	return step_insert(c, st, STEP_PERMISSION, SQL_PERMISSION_PUT,
	    DB_ARGS(db_text(p->ref), db_text(str_of(kind_ids[p->kind])), db_text(p->subject),
		db_text(p->class), is_number(p->kind) ? db_int(p->lo) : db_null(),
		narrows ? db_int(p->hi) : db_null(), db_day(p->given), db_day(p->until),
		db_text_or_null(en->title), db_text_or_null(de->title), db_text_or_null(en->text),
		db_text_or_null(de->text), db_text_or_null(en->authority),
		db_text_or_null(de->authority), db_text(p->law), db_int(p->counsel),
		db_instant(p->recorded)),
	    &p->id);
}

static bool same(const struct permission *p, const struct permission_new *n)
{
	return p->kind == n->kind && str_eq(p->subject, n->subject) && str_eq(p->class, n->class);
}

int permission_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct permission_new *as_said, struct permission *ret)
{
	struct permission_new said = *as_said;
	const struct permission_new *n = &said;
	struct recording r = {.in = in, .actor = actor};
	struct instant now = {ctx_now(c)};
	struct permissions all;
	struct id id;
	int rc = right_needs(c, actor, RIGHT_PERMISSION_RECORD);

	if (is_number(said.kind))
		said.subject = without_version(c, said.subject);
	if (rc == 0)
		rc = check_new(c, in->law, n);
	if (rc == 0)
		rc = permission_all(c, in, &all);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		if (same(&all.v[i], n) && permission_holds(&all.v[i], now))
			return err_set(c, ERR_CONFLICT, "%.*s says so already, and holds",
			    STR_ARG(all.v[i].ref));
	id = id_make(c);
	r.p = (struct permission){.rev = 1,
	    .ref = str_make(c, id_str(&id)),
	    .kind = n->kind,
	    .subject = n->subject,
	    .class = n->class.n > 0 ? n->class : STR(""),
	    .lo = n->lo,
	    .hi = n->hi,
	    .given = n->given,
	    .until = n->until,
	    .law = n->law,
	    .counsel = actor->id,
	    .ended = INSTANT_NONE};
	memcpy(r.p.words, n->words, sizeof r.p.words);
	rc = step_run(c, &in->store, "permission.record", actor->id, put, &r, NULL);
	if (rc == 0)
		*ret = r.p;
	return rc;
}

/* ---- ending ---- */

static int find_ref(struct ctx *c, struct instance *in, struct str ref, struct permission *ret)
{
	struct permissions all;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = permission_all(c, in, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (str_eq(all.v[i].ref, id_str(&id))) {
			*ret = all.v[i];
			return 0;
		}
	return rc == 0 ? err_set(c, ERR_NOTFOUND, "no permission has this reference") : rc;
}

static int end(struct ctx *c, struct step *st, void *arg)
{
	struct recording *r = arg;
	struct permission *p = &r->p;
	int rc = find_ref(c, r->in, p->ref, p);

	if (rc == 0 && p->ender != 0)
		rc = err_set(c, ERR_CONFLICT, "it ended already");
	if (rc != 0)
		return rc;
	p->ender = r->actor->id;
	p->ended = st->now;
	detail(c, st, p);
	return step_update(c, st, STEP_PERMISSION, SQL_PERMISSION_END, p->id, p->rev,
	    DB_ARGS(db_instant(p->ended), db_int(p->ender)));
}

int permission_end(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct permission *ret)
{
	struct recording r = {.in = in, .actor = actor, .p = {.ref = ref}};
	int rc = right_needs(c, actor, RIGHT_PERMISSION_END);

	if (rc == 0)
		rc = step_run(c, &in->store, "permission.end", actor->id, end, &r, NULL);
	if (rc == 0)
		*ret = r.p;
	return rc;
}
