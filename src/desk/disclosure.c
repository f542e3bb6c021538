#include "desk/disclosure.h"

#include "audit/audit.h"
#include "base/mem.h"

enum { EDITIONS_MAX = 64, CATEGORIES_MAX = 64, TOKENS_MAX = 64, SLICES_MAX = 128 };

/* An edition with its bands. */
struct shown {
	struct edition e;
	struct figures f;
	bool near;
};

/* A category of a structure that some edition shows, and which of the tokens it counts. */
struct counted {
	const struct band_structure *structure;
	const struct band_category *category;
	uint64_t tokens;
};

struct disclosing {
	struct instance *in;
	const struct edition *e;
	struct band_law *law;
	struct shown v[EDITIONS_MAX];
	size_t n;
	bool full;
	struct counted cats[CATEGORIES_MAX];
	size_t n_cats;
	struct str
	    tokens[TOKENS_MAX]; /* an instrument, or a kind of the count-only record, by unit */
	size_t n_tokens;
	uint64_t class[TOKENS_MAX]; /* the categories that count a token: alike ones are one unknown
				     */
	struct day edges[SLICES_MAX + 1];
	size_t n_edges;
	size_t unknown[SLICES_MAX]
		      [TOKENS_MAX]; /* by slice and token: its number in the model + 1 */
	struct model *m;
};

/* ---- which editions belong together ---- */

static bool has_band(const struct figures *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].status == FIGURE_BAND)
			return true;
	return false;
}

static int take_edition(struct ctx *c, const struct edition *e, void *arg)
{
	struct disclosing *d = arg;
	struct shown one = {.e = *e};
	int rc;

	if (!e->is_published || e->id == d->e->id)
		return 0;
	rc = edition_figures(c, d->in, e, &one.f);
	if (rc != 0 || !has_band(&one.f))
		return rc;
	if (d->n == EDITIONS_MAX)
		d->full = true;
	else
		d->v[d->n++] = one;
	return 0;
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

static const struct band_category *category_of(const struct band_structure *s, struct str id)
{
	for (size_t i = 0; s != NULL && i < s->n_categories; i++)
		if (str_eq(s->categories[i].id, id))
			return &s->categories[i];
	return NULL;
}

/* The category of a figure, noted when it is new. */
static int counted(struct ctx *c, struct disclosing *d, const struct figure *x, size_t *ret)
{
	const struct band_structure *s = band_find(d->law, x->instrument);
	const struct band_category *cat = category_of(s, x->metric);
	struct counted one = {s, cat, 0};
	int rc;

	for (size_t i = 0; i < d->n_cats; i++)
		if (d->cats[i].category == cat && cat != NULL) {
			*ret = i;
			return 0;
		}
	if (cat == NULL)
		return err_set(c, ERR_FAIL, "disclosure: no law knows %.*s %.*s",
		    STR_ARG(x->instrument), STR_ARG(x->metric));
	if (d->n_cats == CATEGORIES_MAX)
		return err_set(c, ERR_LIMIT, "disclosure: too many categories");
	rc = tokens_of(c, d, "order", cat->instruments, cat->unit, &one.tokens);
	if (rc == 0)
		rc = tokens_of(c, d, "sealed", cat->sealed, cat->unit, &one.tokens);
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

	while (d->class[like] != d->class[tok])
		like++;
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

/* What a category counts in a period, each unknown once. */
static int sum_of(
    struct ctx *c, struct disclosing *d, size_t cat, struct period p, struct model_sum *ret)
{
	struct model_sum sum = {mem_array(c, MODEL_TERMS, sizeof *sum.v), 0};
	int rc = 0;

	for (size_t s = 0; s + 1 < d->n_edges; s++)
		for (size_t t = 0; inside(d, s, p) && t < d->n_tokens && rc == 0; t++) {
			size_t u, i = 0;

			if ((d->cats[cat].tokens >> t & 1) == 0)
				continue;
			rc = unknown_of(c, d, s, t, &u);
			while (rc == 0 && i < sum.n && sum.v[i].unknown != u)
				i++;
			if (rc != 0 || i < sum.n)
				continue;
			if (sum.n == MODEL_TERMS)
				return err_set(
				    c, ERR_LIMIT, "disclosure: too many editions hang together");
			sum.v[sum.n++] = (struct model_term){u, 1};
		}
	*ret = sum;
	return rc;
}

static struct str row_id(struct ctx *c, const struct shown *s, const struct figure *x)
{
	return str_fmt(c, "%.*s/%.*s/%.*s", STR_ARG(edition_name(c, &s->e)), STR_ARG(x->instrument),
	    STR_ARG(x->metric));
}

static int put_band(struct ctx *c, struct disclosing *d, size_t at, const struct figure *x)
{
	const struct shown *s = &d->v[at];
	struct str id = row_id(c, s, x);
	struct model_head head = {.id = id, .en = figure_name(c, x), .publication = at};
	struct model_target target = {.id = id, .en = head.en, .rule = STR("band")};
	const int64_t permitted[2] = {x->value_min, x->value_max};
	size_t cat;
	int rc = counted(c, d, x, &cat);

	if (rc == 0)
		rc = sum_of(c, d, cat, s->e.period, &target.sum);
	if (rc == 0)
		rc = model_band(c, d->m, &head, target.sum, x->value_min, x->value_max);
	if (rc != 0)
		return rc;
	target.cite = d->cats[cat].structure->src.cite;
	return model_target(c, d->m, &target, permitted, 0);
}

/* A later version of a period takes the place of the bands before it, for those who read it so. */
static int supersede(struct ctx *c, struct disclosing *d, const struct shown *old)
{
	for (size_t k = 0; k < d->n; k++) {
		const struct edition *by = &d->v[k].e;

		if (by->version <= old->e.version || !period_eq(by->period, old->e.period))
			continue;
		for (size_t i = 0; i < old->f.n; i++) {
			int rc;

			if (old->f.v[i].status != FIGURE_BAND)
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
	int rc = 0;

	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->v[i].f.n && rc == 0; k++) {
			size_t cat;

			if (d->v[i].f.v[k].status == FIGURE_BAND)
				rc = counted(c, d, &d->v[i].f.v[k], &cat);
		}
	for (size_t i = 0; i < d->n_cats; i++)
		for (size_t t = 0; t < d->n_tokens; t++)
			if ((d->cats[i].tokens >> t & 1) != 0)
				d->class[t] |= UINT64_C(1) << i;
	return rc;
}

static int build(struct ctx *c, struct disclosing *d)
{
	int rc = classes(c, d);

	d->m = model_make(c);
	for (size_t i = 0; i < d->n && rc == 0; i++) {
		struct shown *s = &d->v[i];
		struct model_publication p = {.id = edition_name(c, &s->e),
		    .who = d->in->provider,
		    .source = str_fmt(c, "edition %.*s", STR_ARG(edition_name(c, &s->e))),
		    .date = s->e.is_published ? day_str(c, s->e.published) : STR("")};

		rc = model_publication(c, d->m, &p);
		for (size_t k = 0; k < s->f.n && rc == 0; k++)
			if (s->f.v[k].status == FIGURE_BAND)
				rc = put_band(c, d, i, &s->f.v[k]);
	}
	for (size_t i = 0; i < d->n && rc == 0; i++)
		rc = supersede(c, d, &d->v[i]);
	return rc;
}

/* ---- what it finds ---- */

static void put_editions(
    struct buf *b, const struct model *m, const struct infer_why *why, uint64_t *told)
{
	for (size_t i = 0; i < why->n_rows; i++) {
		size_t at = m->rows[why->rows[i]].head.publication;

		if ((*told >> at & 1) == 0)
			buf_fmt(b, "%s%.*s", *told == 0 ? ", out of " : ", ",
			    STR_ARG(m->publications[at].id));
		*told |= UINT64_C(1) << at;
	}
}

/* That the publisher cannot be held to a band and to its correction at once gives nothing away. */
static bool harmless(const struct audit_finding *x)
{
	return x->r.verdict == INFER_SAFE || x->r.verdict == INFER_TOLD ||
	       (x->r.verdict == INFER_CONTRADICTION && x->view.intersected);
}

static struct str text_of(struct ctx *c, const struct model *m, const struct audit_finding *x)
{
	const struct model_target *t = &m->targets[x->target];
	const struct infer *r = &x->r;
	struct buf b = buf_init(c, 1024);
	uint64_t told = 0;

	if (r->verdict == INFER_UNDECIDED)
		buf_puts(&b, "it could not be shown that nothing more can be told");
	else if (r->verdict == INFER_CONTRADICTION)
		buf_puts(&b, "the editions cannot all be right");
	else if (r->has_hole)
		buf_fmt(&b, "a reader can tell that it is not %lld", (long long)r->hole);
	else
		buf_fmt(&b,
		    "a reader can tell that it lies in [%lld, %lld], and may know [%lld, %lld]",
		    (long long)r->lo, (long long)r->hi, (long long)t->lo, (long long)t->hi);
	put_editions(&b, m, &r->below, &told);
	put_editions(&b, m, &r->above, &told);
	put_editions(&b, m, &r->none, &told);
	return buf_str(&b);
}

static void put_breaches(struct ctx *c, const struct audit *a, struct breaches *ret)
{
	for (size_t i = 0; i < a->n_findings; i++) {
		const struct audit_finding *x = &a->findings[i];
		struct str text;

		if (!x->news || harmless(x) || x->target >= a->m->n_targets)
			continue;
		text = text_of(c, a->m, x);
		invariant_add(c, ret, a->m->targets[x->target].id, "disclosure",
		    a->m->targets[x->target].cite, "%.*s", STR_ARG(text));
	}
}

int disclosure_check(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct breaches *ret)
{
	struct disclosing *d = mem_alloc(c, sizeof *d);
	struct audit a;
	int rc;

	if (!has_band(f))
		return 0;
	*d = (struct disclosing){.in = in, .e = e};
	d->v[d->n++] = (struct shown){.e = *e, .f = *f};
	rc = band_builtin(c, &d->law);
	if (rc == 0)
		rc = edition_each(c, in, take_edition, d);
	if (rc != 0)
		return rc;
	keep_near(d);
	/* what was not taken could be near: nothing is said about it, so nothing is published */
	if (d->full || d->n * 2 > SLICES_MAX)
		return err_set(
		    c, ERR_LIMIT, "disclosure: more than %d editions show bands", EDITIONS_MAX);
	slice(d);
	rc = build(c, d);
	if (rc == 0)
		rc = audit_run(c, d->m, audit_limits(), NULL, &a);
	if (rc == 0)
		put_breaches(c, &a, ret);
	return rc;
}
