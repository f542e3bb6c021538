#include "desk/disclosure.h"

#include "base/mem.h"
#include "desk/disclosure_p.h"
#include "desk/known.h"
#include "desk/rests.h"

enum {
	EDITIONS_MAX = 64,
	CATEGORIES_MAX = 64,
	TOKENS_MAX = 64,
	SLICES_MAX = 2 * EDITIONS_MAX,
	TERMS_MAX = 64
};

/* An edition with its bands, or a figure known from outside: e has its period then. */
struct shown {
	struct edition e;
	struct figures f;
	const struct known *known;
	bool near;
};

/* A category of a structure that some edition shows, and which of the tokens it counts. */
struct counted {
	const struct band_structure *structure;
	const struct band_category *category;
	uint64_t tokens, secret; /* secret: without what a combined structure counts beside it */
};

struct disclosing {
	struct instance *in;
	const struct edition *e;
	struct instant at;
	struct permissions permissions;
	struct knowns knowns;
	struct band_law *law;
	struct shown *v; /* all, then those that hang together: EDITIONS_MAX at most */
	size_t n, cap;
	bool combined; /* some edition shows a country's demands in one number */
	struct counted cats[CATEGORIES_MAX];
	size_t n_cats;
	struct str
	    tokens[TOKENS_MAX]; /* an instrument, or a kind of the count-only record, by unit */
	size_t n_tokens;
	bool alone[TOKENS_MAX];     /* not secret: never one unknown with tokens that are */
	uint64_t class[TOKENS_MAX]; /* the categories that count a token: alike ones are one unknown
				     */
	struct day edges[SLICES_MAX + 1];
	size_t n_edges;
	size_t unknown[SLICES_MAX]
		      [TOKENS_MAX]; /* by slice and token: its number in the model + 1 */
	struct model *m;
};

/* ---- which editions belong together ---- */

static const struct band_category *category_of(const struct band_structure *s, struct str id)
{
	for (size_t i = 0; s != NULL && i < s->n_categories; i++)
		if (str_eq(s->categories[i].id, id))
			return &s->categories[i];
	return NULL;
}

/* One number for all of a country's demands is out, in an edition or elsewhere: then its exact ones
 * matter. */
static bool is_told_whole(const struct disclosing *d, struct str country)
{
	if (d->combined && band_combined(d->law, country) != NULL)
		return true;
	for (size_t i = 0; i < d->knowns.n && band_reaches(d->law, country); i++) {
		const struct known *k = &d->knowns.v[i];

		if (k->counts == KNOWN_ALL && known_holds(k, d->at) && str_eq(k->country, country))
			return true;
	}
	return false;
}

/* The exact number of such a country: a reader subtracts. */
static const char *exact_unit(const struct disclosing *d, const struct figure *x)
{
	if (x->status != FIGURE_EXACT || !str_is(x->section, "country") ||
	    !is_told_whole(d, x->country))
		return NULL;
	return str_is(x->metric, "requests")   ? "orders"
	       : str_is(x->metric, "accounts") ? "accounts"
					       : NULL;
}

/* A band of a category that no law knows is refused by rule `structure`. */
static bool is_lawful(const struct disclosing *d, const struct figure *x)
{
	return x->status == FIGURE_BAND &&
	       category_of(band_find(d->law, x->instrument), x->metric) != NULL;
}

static bool says_something(const struct disclosing *d, const struct figures *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (is_lawful(d, &f->v[i]) || exact_unit(d, &f->v[i]) != NULL)
			return true;
	return false;
}

static bool chose_combined(const struct disclosing *d, const struct edition *e)
{
	struct str rest = e->structure, word;
	const struct band_structure *s;

	while (str_word(&rest, &word)) {
		s = band_find(d->law, word);
		if (s != NULL && s->combined)
			return true;
	}
	return false;
}

/* What came out after an edition was published stands against itself, not against that one. */
static bool is_out(const struct disclosing *d, const struct edition *e)
{
	return e->is_published &&
	       (!d->e->is_published || e->published_at.s <= d->e->published_at.s);
}

static int look_for_combined(struct ctx *c, const struct edition *e, void *arg)
{
	struct disclosing *d = arg;

	(void)c;
	if (is_out(d, e) && chose_combined(d, e))
		d->combined = true;
	return 0;
}

static void take(struct ctx *c, struct disclosing *d, const struct shown *one)
{
	d->v = mem_grow(c, d->v, d->n, &d->cap, sizeof *d->v);
	d->v[d->n++] = *one;
}

static int take_edition(struct ctx *c, const struct edition *e, void *arg)
{
	struct disclosing *d = arg;
	struct shown one = {.e = *e};
	int rc;

	if (!is_out(d, e) || e->id == d->e->id)
		return 0;
	rc = edition_figures(c, d->in, e, &one.f);
	if (rc == 0 && says_something(d, &one.f))
		take(c, d, &one);
	return rc;
}

static void take_known(struct ctx *c, struct disclosing *d)
{
	for (size_t i = 0; i < d->knowns.n; i++) {
		const struct known *k = &d->knowns.v[i];
		struct shown one = {.known = k, .e = {.period = k->period}};

		if (known_holds(k, d->at) &&
		    (k->counts == KNOWN_CATEGORY || is_told_whole(d, k->country)))
			take(c, d, &one);
	}
}

/* Those that the new one touches, and those that these touch. The others say nothing about them. */
static void keep_near(struct disclosing *d)
{
	bool more = true;
	size_t n = 0;

	d->v[0].near = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < d->n; i++)
			for (size_t k = 0; k < d->n; k++)
				if (d->v[i].near && !d->v[k].near &&
				    !period_disjoint(d->v[i].e.period, d->v[k].e.period))
					d->v[k].near = more = true;
	}
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].near)
			d->v[n++] = d->v[i];
	d->n = n;
}

/* ---- categories and what they count ---- */

static int token(struct ctx *c, struct disclosing *d, const char *kind, struct str word,
    struct str unit, uint64_t *set)
{
	struct str name = str_fmt(c, "%s %.*s %.*s", kind, STR_ARG(unit), STR_ARG(word));
	size_t i = 0;

	while (i < d->n_tokens && !str_eq(d->tokens[i], name))
		i++;
	if (i == TOKENS_MAX)
		return err_set(c, ERR_LIMIT, "disclosure: too many instruments");
	d->tokens[i] = name;
	d->n_tokens += i == d->n_tokens;
	*set |= UINT64_C(1) << i;
	return 0;
}

static int tokens_of(struct ctx *c, struct disclosing *d, const char *kind, struct str words,
    struct str unit, uint64_t *set)
{
	struct str word;
	int rc = 0;

	while (rc == 0 && str_word(&words, &word))
		rc = token(c, d, kind, word, unit, set);
	return rc;
}

/* All demands of a country that are no secret: what its exact number counts. */
static int token_of_country(
    struct ctx *c, struct disclosing *d, struct str country, struct str unit, uint64_t *set)
{
	uint64_t one = 0;
	int rc = token(c, d, "country", country, unit, &one);

	if (rc == 0)
		d->alone[__builtin_ctzll(one)] = true;
	*set |= one;
	return rc;
}

/* A category of a structure, noted when it is new. */
static int counted(
    struct ctx *c, struct disclosing *d, struct str structure, struct str category, size_t *ret)
{
	const struct band_structure *s = band_find(d->law, structure);
	const struct band_category *cat = category_of(s, category);
	struct counted one = {s, cat, 0, 0};
	int rc;

	for (size_t i = 0; i < d->n_cats; i++)
		if (d->cats[i].category == cat && cat != NULL) {
			*ret = i;
			return 0;
		}
	if (cat == NULL)
		return err_set(c, ERR_FAIL, "disclosure: no law knows %.*s %.*s",
		    STR_ARG(structure), STR_ARG(category));
	if (d->n_cats == CATEGORIES_MAX)
		return err_set(c, ERR_LIMIT, "disclosure: too many categories");
	rc = tokens_of(c, d, "order", cat->instruments, cat->unit, &one.secret);
	if (rc == 0)
		rc = tokens_of(c, d, "sealed", cat->sealed, cat->unit, &one.secret);
	if (rc == 0 && s->combined)
		rc = token(c, d, "sealed", STR("cases"), cat->unit, &one.secret);
	one.tokens = one.secret;
	if (rc == 0 && s->combined)
		rc = token_of_country(c, d, s->jurisdiction, cat->unit, &one.tokens);
	if (rc != 0)
		return rc;
	*ret = d->n_cats;
	d->cats[d->n_cats++] = one;
	return 0;
}

/* ---- time ---- */

static int by_day(const void *a, const void *b)
{
	return day_cmp(*(const struct day *)a, *(const struct day *)b);
}

/* Slices: no edition's period begins or ends inside of one. */
static void slice(struct disclosing *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		d->edges[d->n_edges++] = d->v[i].e.period.from;
		d->edges[d->n_edges++] = (struct day){d->v[i].e.period.to.n + 1};
	}
	qsort(d->edges, d->n_edges, sizeof d->edges[0], by_day);
	for (size_t i = 0; i < d->n_edges; i++)
		if (n == 0 || d->edges[n - 1].n != d->edges[i].n)
			d->edges[n++] = d->edges[i];
	d->n_edges = n;
}

static bool inside(const struct disclosing *d, size_t slice, struct period p)
{
	return d->edges[slice].n >= p.from.n && d->edges[slice + 1].n - 1 <= p.to.n;
}

/* ---- the model ---- */

/* The unknown of a slice and of all tokens that the same categories count. */
static int unknown_of(struct ctx *c, struct disclosing *d, size_t slice, size_t tok, size_t *ret)
{
	size_t like = 0;
	int rc = 0;

	while (d->class[like] != d->class[tok] || d->alone[like] || d->alone[tok]) {
		if (like == tok)
			break;
		like++;
	}
	if (d->unknown[slice][like] == 0) {
		struct day last = {d->edges[slice + 1].n - 1};

		rc = model_unknown(c, d->m, str_fmt(c, "s%zu_t%zu", slice, like),
		    str_fmt(c, "%.*s, %.*s to %.*s", STR_ARG(d->tokens[like]),
			STR_ARG(day_str(c, d->edges[slice])), STR_ARG(day_str(c, last))),
		    0, MODEL_TOP);
		d->unknown[slice][like] = d->m->n_unknowns;
	}
	*ret = d->unknown[slice][like] - 1;
	return rc;
}

/* What the tokens count in a period, each unknown once. */
static int sum_of(
    struct ctx *c, struct disclosing *d, uint64_t tokens, struct period p, struct model_sum *ret)
{
	struct model_sum sum = {mem_array(c, TERMS_MAX, sizeof *sum.v), 0};
	int rc = 0;

	for (size_t s = 0; s + 1 < d->n_edges; s++)
		for (size_t t = 0; inside(d, s, p) && t < d->n_tokens && rc == 0; t++) {
			size_t u, i = 0;

			if ((tokens >> t & 1) == 0)
				continue;
			rc = unknown_of(c, d, s, t, &u);
			while (rc == 0 && i < sum.n && sum.v[i].unknown != u)
				i++;
			if (rc != 0 || i < sum.n)
				continue;
			if (sum.n == TERMS_MAX)
				return err_set(
				    c, ERR_LIMIT, "disclosure: too many editions hang together");
			sum.v[sum.n++] = (struct model_term){u, 1};
		}
	*ret = sum;
	return rc;
}

static struct str row_id(struct ctx *c, const struct shown *s, const struct figure *x)
{
	return str_fmt(c, "%.*s/%.*s/%.*s", STR_ARG(edition_name(c, &s->e)),
	    STR_ARG(x->instrument.n > 0 ? x->instrument : x->country), STR_ARG(x->metric));
}

/* What the law lets a reader know, and what counsel recorded beyond it, whichever version shows it;
 * letters made public are known. */
static int put_target(struct ctx *c, struct disclosing *d, const struct shown *s,
    struct model_target *t, int64_t lo, int64_t hi)
{
	struct str version, name, structure, category;
	const struct permission *p, *letters;
	int64_t permitted[2] = {lo, hi};

	(void)str_cut(t->id, '/', &version, &name);
	(void)str_cut(name, '/', &structure, &category);
	p = permission_number(
	    c, &d->permissions, PERMISSION_NARROWING, s->e.period, structure, category, d->at);
	letters = permission_number(
	    c, &d->permissions, PERMISSION_RELEASED, s->e.period, structure, category, d->at);
	if (p != NULL && p->lo <= hi && p->hi >= lo) {
		permitted[0] = p->lo > lo ? p->lo : lo;
		permitted[1] = p->hi < hi ? p->hi : hi;
	}
	return model_target(c, d->m, t, permitted,
	    letters != NULL && letters->lo <= permitted[1] ? letters->lo : 0);
}

/* In one number with all others, what is secret may be any part of it. */
static int put_hidden(
    struct ctx *c, struct disclosing *d, const struct shown *s, size_t cat, const struct figure *x)
{
	struct model_target t = {.id = str_fmt(c, "%.*s/hidden", STR_ARG(row_id(c, s, x))),
	    .en = STR("what is secret in it"),
	    .rule = STR("combined"),
	    .cite = d->cats[cat].structure->src.cite};
	int rc = sum_of(c, d, d->cats[cat].secret, s->e.period, &t.sum);

	return rc == 0 ? put_target(c, d, s, &t, 0, x->value_max) : rc;
}

static int put_band(struct ctx *c, struct disclosing *d, size_t at, const struct figure *x)
{
	const struct shown *s = &d->v[at];
	struct str id = row_id(c, s, x);
	/* only the new edition can still be changed */
	struct model_head head = {
	    .id = id, .en = figure_name(c, x), .publication = at, .cost = at == 0};
	struct model_target target = {.id = id, .en = head.en, .rule = STR("band"), .by_row = true};
	size_t cat;
	int rc = counted(c, d, x->instrument, x->metric, &cat);

	if (rc == 0)
		rc = sum_of(c, d, d->cats[cat].tokens, s->e.period, &target.sum);
	if (rc == 0)
		rc = model_band(c, d->m, &head, target.sum, x->value_min, x->value_max);
	if (rc != 0)
		return rc;
	target.cite = d->cats[cat].structure->src.cite;
	rc = put_target(c, d, s, &target, x->value_min, x->value_max);
	if (rc == 0 && d->cats[cat].structure->combined)
		rc = put_hidden(c, d, s, cat, x);
	return rc;
}

static int put_exact(struct ctx *c, struct disclosing *d, size_t at, const struct figure *x)
{
	const struct shown *s = &d->v[at];
	struct model_head head = {
	    .id = row_id(c, s, x), .en = figure_name(c, x), .publication = at};
	const char *unit = exact_unit(d, x);
	struct model_sum sum;
	uint64_t set = 0;
	int rc = token_of_country(c, d, x->country, str_of(unit), &set);

	if (rc == 0)
		rc = sum_of(c, d, set, s->e.period, &sum);
	return rc == 0 ? model_exact(c, d->m, &head, sum, x->value_min) : rc;
}

static int put_figures(struct ctx *c, struct disclosing *d, size_t at)
{
	const struct figures *f = &d->v[at].f;
	int rc = 0;

	for (size_t k = 0; k < f->n && rc == 0; k++) {
		if (is_lawful(d, &f->v[k]))
			rc = put_band(c, d, at, &f->v[k]);
		else if (exact_unit(d, &f->v[k]) != NULL)
			rc = put_exact(c, d, at, &f->v[k]);
	}
	return rc;
}

/* ---- figures known from outside ---- */

/* All demands of a country: what is no secret, what any structure of it counts, and what is secret
 * beside them. */
static int all_tokens(
    struct ctx *c, struct disclosing *d, struct str country, struct str unit, uint64_t *ret)
{
	const struct band_structure *one = band_combined(d->law, country);
	int rc = token_of_country(c, d, country, unit, ret);

	if (rc == 0)
		rc = token(c, d, "sealed", STR("cases"), unit, ret);
	for (size_t i = 0; i < d->law->n; i++) {
		const struct band_structure *s = &d->law->v[i];

		if (!str_eq(s->jurisdiction, country) || (one != NULL && s != one))
			continue;
		for (size_t k = 0; k < s->n_categories && rc == 0; k++) {
			size_t cat;

			if (!str_eq(s->categories[k].unit, unit))
				continue;
			rc = counted(c, d, s->id, s->categories[k].id, &cat);
			if (rc == 0)
				*ret |= d->cats[cat].tokens;
		}
	}
	return rc;
}

/* What it counts; 0 where nothing here hangs on it. */
static int known_tokens(struct ctx *c, struct disclosing *d, const struct known *k, uint64_t *ret)
{
	size_t cat;
	int rc = 0;

	*ret = 0;
	if (k->counts == KNOWN_CATEGORY) {
		rc = counted(c, d, k->structure, k->category, &cat);
		if (rc == 0)
			*ret = d->cats[cat].tokens;
	} else if (is_told_whole(d, k->country)) {
		rc = k->counts == KNOWN_ALL ? all_tokens(c, d, k->country, k->unit, ret)
					    : token_of_country(c, d, k->country, k->unit, ret);
	}
	return rc;
}

static int assumption(struct ctx *c, struct disclosing *d, struct str text, unsigned *ret)
{
	size_t i = 0;
	int rc = 0;

	if (text.n == 0)
		return 0;
	while (i < d->m->n_assumptions && !str_eq(d->m->assumptions[i].en, text))
		i++;
	if (i == d->m->n_assumptions)
		rc = model_assumption(c, d->m, str_fmt(c, "a%zu", i), text);
	*ret = 1u << i;
	return rc;
}

static int put_known(struct ctx *c, struct disclosing *d, size_t at)
{
	const struct known *k = d->v[at].known;
	struct model_head head = {
	    .id = str_fmt(c, "known/%.*s", STR_ARG(k->ref)), .en = k->source, .publication = at};
	struct model_sum sum;
	uint64_t tokens;
	int rc = known_tokens(c, d, k, &tokens);

	if (rc != 0 || tokens == 0)
		return rc;
	rc = assumption(c, d, k->assumes, &head.assume);
	if (rc == 0)
		rc = sum_of(c, d, tokens, k->period, &sum);
	if (rc != 0)
		return rc;
	return k->lo == k->hi ? model_exact(c, d->m, &head, sum, k->lo)
			      : model_band(c, d->m, &head, sum, k->lo, k->hi);
}

/* A later version of a period takes the place of the bands before it, for those who read it so. */
static int supersede(struct ctx *c, struct disclosing *d, const struct shown *old)
{
	for (size_t k = 0; k < d->n; k++) {
		const struct edition *by = &d->v[k].e;

		if (d->v[k].known != NULL || old->known != NULL || by->version <= old->e.version ||
		    !period_eq(by->period, old->e.period))
			continue;
		for (size_t i = 0; i < old->f.n; i++) {
			int rc;

			if (!is_lawful(d, &old->f.v[i]) && exact_unit(d, &old->f.v[i]) == NULL)
				continue;
			rc = model_supersede(c, d->m, row_id(c, old, &old->f.v[i]),
			    str_fmt(c, "by edition %.*s", STR_ARG(edition_name(c, by))));
			if (rc != 0)
				return rc;
		}
		return 0;
	}
	return 0;
}

/* Which categories count each token must be known before the first unknown is made. */
static int classes(struct ctx *c, struct disclosing *d)
{
	uint64_t tokens;
	int rc = 0;

	for (size_t i = 0; i < d->n && rc == 0; i++) {
		for (size_t k = 0; k < d->v[i].f.n && rc == 0; k++) {
			const struct figure *x = &d->v[i].f.v[k];
			size_t cat;

			if (is_lawful(d, x))
				rc = counted(c, d, x->instrument, x->metric, &cat);
		}
		if (rc == 0 && d->v[i].known != NULL)
			rc = known_tokens(c, d, d->v[i].known, &tokens);
	}
	for (size_t i = 0; i < d->n_cats; i++)
		for (size_t t = 0; t < d->n_tokens; t++)
			if ((d->cats[i].tokens >> t & 1) != 0)
				d->class[t] |= UINT64_C(1) << i;
	return rc;
}

static struct model_publication publication(struct ctx *c, struct disclosing *d, size_t at)
{
	const struct shown *s = &d->v[at];
	struct str name;

	if (s->known != NULL)
		return (struct model_publication){
		    .id = str_fmt(c, "known figure %.*s", STR_ARG(s->known->ref)),
		    .who = STR(""),
		    .source = s->known->source,
		    .date = day_str(c, s->known->published)};
	name = edition_name(c, &s->e);
	return (struct model_publication){.id = name,
	    .who = d->in->provider,
	    .source = str_fmt(c, "edition %.*s", STR_ARG(name)),
	    .date = s->e.is_published ? day_str(c, s->e.published) : STR("")};
}

static int build(struct ctx *c, struct disclosing *d)
{
	int rc = classes(c, d);

	d->m = model_make(c);
	for (size_t i = 0; i < d->n && rc == 0; i++) {
		struct model_publication p = publication(c, d, i);

		rc = model_publication(c, d->m, &p);
		if (rc == 0)
			rc = d->v[i].known != NULL ? put_known(c, d, i) : put_figures(c, d, i);
	}
	for (size_t i = 0; i < d->n && rc == 0; i++)
		rc = supersede(c, d, &d->v[i]);
	return rc;
}

/* ---- the check ---- */

static int gather(struct ctx *c, struct disclosing *d)
{
	int rc = band_builtin(c, &d->law);

	if (rc == 0)
		rc = rests_permissions(c, d->in, d->e, &d->permissions);
	if (rc == 0)
		rc = known_all(c, d->in, &d->knowns);
	if (rc == 0)
		rc = edition_each(c, d->in, look_for_combined, d);
	d->combined = d->combined || (rc == 0 && chose_combined(d, d->e));
	if (rc == 0 && says_something(d, &d->v[0].f))
		rc = edition_each(c, d->in, take_edition, d);
	if (rc != 0)
		return rc;
	take_known(c, d);
	keep_near(d);
	if (d->n > EDITIONS_MAX)
		return err_set(c, ERR_LIMIT,
		    "disclosure: more than %d editions and figures hang together", EDITIONS_MAX);
	return 0;
}

int disclosure_check(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct instant at, struct breaches *ret)
{
	struct disclosing *d = mem_alloc(c, sizeof *d);
	struct audit a;
	int rc;

	*d = (struct disclosing){.in = in, .e = e, .at = at};
	take(c, d, &(struct shown){.e = *e, .f = *f});
	rc = gather(c, d);
	if (rc != 0)
		return rc;
	slice(d);
	rc = build(c, d);
	if (rc == 0 && d->m->n_targets > 0)
		rc = audit_run(c, d->m, audit_limits(), NULL, &a);
	return rc == 0 && d->m->n_targets > 0 ? disclosure_tell(c, &a, ret) : rc;
}
