#include "desk/known.h"

#include "audit/model.h"
#include "base/mem.h"
#include "in/wording.h"
#include "kind/id.h"
#include "kind/land.h"

static const char *const counts_ids[KNOWN_COUNTS] = {"others", "all", "category"};

enum known_counts known_counts_find(struct str word)
{
	enum known_counts k = 0;

	while (k < KNOWN_COUNTS && !str_is(word, counts_ids[k]))
		k++;
	return k;
}

const char *known_counts_id(enum known_counts counts)
{
	return counts_ids[counts];
}

bool known_holds(const struct known *k, struct instant at)
{
	return k->recorded.s <= at.s && (instant_is_none(k->ended) || at.s < k->ended.s);
}

/* ---- reading ---- */

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct knowns *all = arg;
	struct known k = {.id = row[0].num,
	    .rev = row[1].num,
	    .ref = str_make(c, row[2].s),
	    .country = str_make(c, row[3].s),
	    .counts = known_counts_find(row[4].s),
	    .structure = str_make(c, row[5].s),
	    .category = str_make(c, row[6].s),
	    .unit = str_make(c, row[7].s),
	    .period = {db_get_day(row[8]), db_get_day(row[9])},
	    .lo = row[10].num,
	    .hi = row[11].num,
	    .published = db_get_day(row[12]),
	    .source = str_make(c, row[13].s),
	    .assumes = str_make(c, row[14].s),
	    .writer = row[15].num,
	    .recorded = db_get_instant(row[16]),
	    .ended = db_get_instant(row[17]),
	    .ender = row[18].num};

	if (k.counts == KNOWN_COUNTS)
		return err_set(c, ERR_FAIL, "known figure: it counts what is none");
	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n++] = k;
	return 0;
}

int known_all(struct ctx *c, struct instance *in, struct knowns *ret)
{
	struct knowns all = {0};
	int rc = db_each(c, in->store.db, SQL_KNOWN_EACH, DB_NO_ARGS, add_row, &all);

	if (rc == 0)
		*ret = all;
	return rc;
}

int known_list(struct ctx *c, struct instance *in, const struct person *actor, struct knowns *ret)
{
	int rc = right_needs(c, actor, RIGHT_KNOWN_READ);

	return rc == 0 ? known_all(c, in, ret) : rc;
}

/* ---- recording ---- */

static int wrong(struct ctx *c, const char *option, const char *why)
{
	return err_set(c, ERR_INVALID, "%s: %s", option, err_word(c, why));
}

static int check_category(struct ctx *c, const struct known *n)
{
	const struct band_structure *s;
	struct band_law *law;
	int rc = band_builtin(c, &law);

	if (rc != 0)
		return rc;
	s = band_find(law, n->structure);
	for (size_t i = 0; s != NULL && i < s->n_categories; i++)
		if (str_eq(s->categories[i].id, n->category))
			return str_eq(s->categories[i].unit, n->unit) &&
				       str_eq(s->jurisdiction, n->country)
				   ? 0
				   : wrong(c, "--counts",
					 ERR_TEXT("the category counts another unit, or another "
						  "country's"));
	return err_set(c, ERR_NOTFOUND, "no structure has this category (STRUCTURE/CATEGORY)");
}

static int check_new(struct ctx *c, const struct known *n)
{
	struct day today = instant_day((struct instant){ctx_now(c)});

	if (!land_known(n->country))
		return wrong(c, "--country", ERR_TEXT("two letters (ISO 3166)"));
	if (!str_has_word(STR("orders accounts"), n->unit))
		return wrong(c, "--unit", ERR_TEXT("orders or accounts"));
	if (n->lo < 0 || n->hi < n->lo || n->hi > MODEL_TOP)
		return wrong(c, "--value", ERR_TEXT("N or LO-HI, from 0"));
	if (day_is_none(n->published) || day_cmp(n->published, today) > 0)
		return wrong(c, "--published", ERR_TEXT("the day it came out, not one to come"));
	if (n->source.n == 0 || !wording_line_ok(n->source))
		return wrong(c, "--source", ERR_TEXT("where it can be read, in one line"));
	if (!wording_line_ok(n->assumes))
		return wrong(c, "--assumes", ERR_TEXT("one line"));
	return n->counts == KNOWN_CATEGORY ? check_category(c, n) : 0;
}

int known_value(struct ctx *c, struct str s, struct known *k)
{
	struct str lo, hi;
	bool range = str_cut(s, '-', &lo, &hi);

	if (!str_i64(lo, &k->lo) || (range && !str_i64(hi, &k->hi)))
		return wrong(c, "--value", ERR_TEXT("want N or LO-HI"));
	if (!range)
		k->hi = k->lo;
	return 0;
}

int known_what(struct ctx *c, struct str s, struct known *k)
{
	if (str_cut(s, '/', &k->structure, &k->category)) {
		k->counts = KNOWN_CATEGORY;
		return 0;
	}
	k->structure = k->category = STR("");
	k->counts = known_counts_find(s);
	return k->counts < KNOWN_CATEGORY
		   ? 0
		   : wrong(c, "--counts",
			 ERR_TEXT("want others, all or STRUCTURE/CATEGORY of law/bands.yaml"));
}

struct recording {
	struct instance *in;
	const struct person *actor;
	struct known k;
};

static int put(struct ctx *c, struct step *st, void *arg)
{
	struct recording *r = arg;
	struct known *k = &r->k;

	k->recorded = st->now;
	json_set_text(c, st->detail, "known_figure", k->ref);
	return step_insert(c, st, STEP_KNOWN_FIGURE, SQL_KNOWN_PUT,
	    DB_ARGS(db_text(k->ref), db_text(k->country), db_text(str_of(counts_ids[k->counts])),
		db_text(k->structure), db_text(k->category), db_text(k->unit),
		db_day(k->period.from), db_day(k->period.to), db_int(k->lo), db_int(k->hi),
		db_day(k->published), db_text(k->source), db_text(k->assumes), db_int(k->writer),
		db_instant(k->recorded)),
	    &k->id);
}

static struct str or_empty(struct str s)
{
	return s.n > 0 ? s : STR("");
}

int known_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct known *n, struct known *ret)
{
	struct recording r = {.in = in, .actor = actor, .k = *n};
	struct id id = id_make(c);
	int rc = right_needs(c, actor, RIGHT_KNOWN_RECORD);

	if (rc == 0)
		rc = check_new(c, n);
	if (rc != 0)
		return rc;
	r.k.rev = 1;
	r.k.ref = str_make(c, id_str(&id));
	r.k.writer = actor->id;
	r.k.structure = or_empty(n->structure);
	r.k.category = or_empty(n->category);
	r.k.assumes = or_empty(n->assumes);
	r.k.ended = INSTANT_NONE;
	r.k.ender = 0;
	rc = step_run(c, &in->store, "known.record", actor->id, put, &r, NULL);
	if (rc == 0)
		*ret = r.k;
	return rc;
}

static int find_ref(struct ctx *c, struct instance *in, struct str ref, struct known *ret)
{
	struct knowns all;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = known_all(c, in, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (str_eq(all.v[i].ref, id_str(&id))) {
			*ret = all.v[i];
			return 0;
		}
	return rc == 0 ? err_set(c, ERR_NOTFOUND, "no known figure has this reference") : rc;
}

static int end(struct ctx *c, struct step *st, void *arg)
{
	struct recording *r = arg;
	struct known *k = &r->k;
	int rc = find_ref(c, r->in, k->ref, k);

	if (rc == 0 && k->ender != 0)
		rc = err_set(c, ERR_CONFLICT, "it ended already");
	if (rc == 0 && k->writer == r->actor->id)
		rc = err_set(
		    c, ERR_DENIED, "who entered it does not take it back: another person does");
	if (rc != 0)
		return rc;
	k->ender = r->actor->id;
	k->ended = st->now;
	json_set_text(c, st->detail, "known_figure", k->ref);
	return step_update(c, st, STEP_KNOWN_FIGURE, SQL_KNOWN_END, k->id, k->rev,
	    DB_ARGS(db_instant(k->ended), db_int(k->ender)));
}

int known_end(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct known *ret)
{
	struct recording r = {.in = in, .actor = actor, .k = {.ref = ref}};
	int rc = right_needs(c, actor, RIGHT_KNOWN_END);

	if (rc == 0)
		rc = step_run(c, &in->store, "known.end", actor->id, end, &r, NULL);
	if (rc == 0)
		*ret = r.k;
	return rc;
}
