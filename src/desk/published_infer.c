#include "audit/audit.h"
#include "base/mem.h"
#include "desk/published_tie_p.h"

/* A thousandth of a second for most parts: a report may have thousands, and a minute for all. */
static const struct seek_limits limits = {.cases = 2000, .steps = 8000, .total = 20000};

enum { HARD_MAX = 40, UNKNOWNS = 400 };

/* One part that is tied together, as a model: a target for each printed band in it. */
struct look {
	struct ctx *c;    /* what is found lives here */
	struct ctx *work; /* and this goes with each part */
	struct tie *t;
	struct published *p;
	size_t *member, n; /* nodes of the part, in the order of its unknowns */
	size_t *place;     /* by node: 1 + its place in member; 0: not yet */
	struct model *m;
	size_t hard; /* bands whose search met its limit */
};

/* ---- the model of a part ---- */

static struct str name_of(const struct look *k, size_t node)
{
	const struct tie_node *x = &k->t->nodes[node];
	const struct table *t = &k->t->v[x->read].table;
	struct str label = t->rows[x->row].label;

	return str_fmt(k->work, "%.*s, %.*s%s%.*s", STR_ARG(tie_place(k->t, x)), STR_ARG(label),
	    label.n > 0 ? ": " : "", STR_ARG(t->columns[x->col].name));
}

static struct model_head head_of(
    const struct look *k, char kind, size_t i, struct str text, unsigned assume)
{
	return (struct model_head){
	    .id = str_fmt(k->work, "%c%zu", kind, i), .en = text, .assume = assume};
}

/* A figure that is not exact: its own band, or what a blank may be taken for. */
static int put_cell(struct look *k, size_t i)
{
	const struct tie_node *x = &k->t->nodes[k->member[i]];
	struct model_term one = {i, 1};
	const struct model_sum sum = {&one, 1};
	const int64_t printed[] = {x->lo, x->hi};
	struct str name = name_of(k, k->member[i]);
	struct model_head head = head_of(
	    k, 'f', i, str_fmt(k->work, "%.*s is left blank", STR_ARG(name)), 1u << TIE_BLANK);
	struct model_target target = {.id = str_fmt(k->work, "t%zu", i), .en = name, .sum = sum};
	int rc;

	if (x->kind == TIE_EMPTY)
		return model_exact(k->work, k->m, &head, sum, 0);
	if (x->kind != TIE_BAND)
		return 0;
	head.assume = 0;
	head.en = str_fmt(
	    k->work, "%.*s is %lld to %lld", STR_ARG(name), (long long)x->lo, (long long)x->hi);
	rc = model_band(k->work, k->m, &head, sum, x->lo, x->hi);
	return rc == 0 ? model_target(k->work, k->m, &target, printed, 0) : rc;
}

static int put_relation(struct look *k, size_t i)
{
	const struct tie_relation *r = &k->t->relations[i];
	struct model_sum sum = {mem_array(k->work, r->n, sizeof *sum.v), r->n};
	struct model_head head = head_of(k, 'r', i, r->text, r->assume);

	for (size_t n = 0; n < r->n; n++)
		sum.v[n] = (struct model_term){k->place[r->terms[n].node] - 1, r->terms[n].times};
	if (r->lo == INT64_MIN)
		return model_most(k->work, k->m, &head, sum, r->hi);
	return r->hi == INT64_MAX ? model_least(k->work, k->m, &head, sum, r->lo)
				  : model_band(k->work, k->m, &head, sum, r->lo, r->hi);
}

/* The nodes of the part; false where there are more than a model takes. */
static bool members(struct look *k, size_t root)
{
	k->n = 0;
	for (size_t i = k->t->nodes[root].first; i != TIE_NONE; i = k->t->relations[i].next)
		for (size_t n = 0; n < k->t->relations[i].n; n++) {
			size_t node = k->t->relations[i].terms[n].node;

			if (k->place[node] != 0)
				continue;
			if (k->n == UNKNOWNS)
				return false;
			k->member[k->n++] = node;
			k->place[node] = k->n;
		}
	return true;
}

/* ERR_LIMIT, ERR_INVALID: too large for a model. */
static int model_of(struct look *k, size_t root)
{
	const struct model_publication report = {.id = STR("report"), .who = k->p->publisher};
	int rc = 0;

	k->m = model_make(k->work);
	for (int i = 0; rc == 0 && i < TIE_ASSUMPTIONS; i++)
		rc = model_assumption(k->work, k->m, str_fmt(k->work, "a%d", i), k->t->assume[i]);
	if (rc == 0)
		rc = model_publication(k->work, k->m, &report);
	for (size_t i = 0; rc == 0 && i < k->n; i++)
		rc = model_unknown(
		    k->work, k->m, str_fmt(k->work, "n%zu", i), STR(""), 0, MODEL_TOP);
	for (size_t i = 0; rc == 0 && i < k->n; i++)
		rc = put_cell(k, i);
	for (size_t i = k->t->nodes[root].first; rc == 0 && i != TIE_NONE;
	     i = k->t->relations[i].next)
		rc = put_relation(k, i);
	return rc;
}

/* ---- what was found ---- */

static struct str assumed(const struct look *k, unsigned assume)
{
	struct buf b = buf_init(k->c, 8192);

	for (int i = 0; i < TIE_ASSUMPTIONS; i++)
		if ((assume & 1u << i) != 0)
			buf_fmt(&b, "%s%.*s", b.n > 0 ? ", and if " : "", STR_ARG(k->t->assume[i]));
	return buf_str(&b);
}

/* The figures of a reason, each text once: a percentage is two rows. */
static void because(const struct look *k, const struct infer_why *why, struct published_way *way)
{
	for (size_t i = 0; i < why->n_rows; i++) {
		struct str text = k->m->rows[why->rows[i]].head.en;
		size_t n = 0;

		while (n < way->n_because && !str_eq(way->because[n], text))
			n++;
		if (n == way->n_because)
			way->because[way->n_because++] = str_make(k->c, text);
	}
}

static struct published_way way_of(
    const struct look *k, const struct audit_finding *f, const struct model_target *t)
{
	const struct infer *r = &f->r;
	struct published_way way = {.contradiction = r->verdict == INFER_CONTRADICTION,
	    .lo = r->lo,
	    .hi = r->hi,
	    .has_hole = r->has_hole,
	    .hole = r->hole,
	    .assume = assumed(k, f->view.assume),
	    .because = mem_array(
		k->c, r->below.n_rows + r->above.n_rows + r->none.n_rows + 1, sizeof *way.because)};

	if (!way.contradiction && r->lo > t->lo)
		because(k, &r->below, &way);
	if (!way.contradiction && r->hi < t->hi)
		because(k, &r->above, &way);
	because(k, &r->none, &way);
	return way;
}

/* NULL where enough are listed. */
static struct published_band *band_add(struct look *k, size_t node)
{
	struct published_bands *b = &k->p->bands;
	const struct tie_node *x = &k->t->nodes[node];
	const struct published_read *r = &k->t->v[x->read];

	if (b->n == PUBLISHED_BANDS_MAX)
		return NULL;
	b->v = mem_grow(k->c, b->v, b->n, &b->cap, sizeof *b->v);
	b->v[b->n] = (struct published_band){.file = r->file,
	    .sheet = r->sheet,
	    .table = r->map->name,
	    .where = r->table.rows[x->row].cells[x->col].where,
	    .label = r->table.rows[x->row].label,
	    .column = r->table.columns[x->col].name,
	    .lo = x->lo,
	    .hi = x->hi};
	return &b->v[b->n++];
}

static void undecided(struct look *k, size_t node)
{
	struct published_band *b = band_add(k, node);

	if (b != NULL)
		b->undecided = true;
	k->p->bands.undecided++;
}

/* Impossible, as arithmetic over all that is tied together says it. */
static void contradicted(struct look *k, size_t node, const struct published_way *way)
{
	const struct tie_node *x = &k->t->nodes[node];
	const struct published_read *r = &k->t->v[x->read];
	struct table_findings found = {0};
	struct buf b = buf_init(k->c, 800);

	for (size_t i = 0; i < way->n_because; i++)
		buf_fmt(&b, "%s%.*s", i > 0 ? "; " : "", STR_ARG(way->because[i]));
	table_find(k->c, &found, TABLE_IMPOSSIBLE, "contradiction",
	    r->table.rows[x->row].cells[x->col].where, STR(""),
	    "%.*s: %.*s: no number of this band fits the other figures: %.*s",
	    STR_ARG(r->table.rows[x->row].label), STR_ARG(r->table.columns[x->col].name),
	    STR_ARG(buf_str(&b)));
	published_take(k->c, k->p, r, &found);
}

static bool is_contradiction(const struct audit_finding *f)
{
	return f->r.verdict == INFER_CONTRADICTION;
}

/* What is told of a finding. That a guess of ours (what a blank means, what outcomes add up to)
 * cannot be tells nothing; that what the mapping takes for granted cannot be is worth to know. */
static bool is_told(const struct audit_finding *f, size_t target)
{
	const unsigned guesses = 1u << TIE_BLANK | 1u << TIE_UNIT;

	return f->target == target && f->news &&
	       (f->r.verdict == INFER_UNSAFE ||
		   (is_contradiction(f) && (f->view.assume & guesses) == 0));
}

/* The band of one target: what each way of reading it says that is news. */
static void put_band(
    struct look *k, const struct audit *a, size_t target, size_t node, bool crowded)
{
	struct published_way *ways = mem_array(k->work, a->n_findings, sizeof *ways);
	struct published_band *b;
	size_t n = 0;
	bool sure = false, open = crowded;

	for (size_t i = 0; i < a->n_findings; i++) {
		const struct audit_finding *f = &a->findings[i];

		open = open || (f->target == target && f->r.verdict == INFER_UNDECIDED);
		if (!is_told(f, target))
			continue;
		ways[n++] = way_of(k, f, &a->m->targets[target]);
		sure = sure || f->view.assume == 0;
	}
	if (n == 0 && open)
		undecided(k, node);
	else if (n == 0)
		k->p->bands.hold++;
	if (n == 0)
		return;
	k->p->bands.narrowed += sure;
	k->p->bands.narrowed_if += !sure;
	b = band_add(k, node);
	if (b == NULL)
		return;
	b->ways = mem_array(k->c, n, sizeof *ways);
	memcpy(b->ways, ways, n * sizeof *ways);
	b->n_ways = n;
}

/* The finding that says that a part cannot be, with no assumption. */
static const struct audit_finding *impossible(const struct audit *a)
{
	for (size_t i = 0; i < a->n_findings; i++)
		if (is_contradiction(&a->findings[i]) && a->findings[i].view.assume == 0 &&
		    a->findings[i].target != PART_NO_TARGET)
			return &a->findings[i];
	return NULL;
}

/* crowded: what was left out could narrow it, so nothing holds for sure. */
static void put_bands(struct look *k, const struct audit *a, bool crowded)
{
	const struct audit_finding *none = impossible(a);

	for (size_t i = 0, target = 0; i < k->n; i++) {
		size_t node = k->member[i];

		if (k->t->nodes[node].kind != TIE_BAND)
			continue;
		if (none != NULL) {
			struct published_way way;

			k->p->bands.contradicted++;
			if (none->target != target++)
				continue;
			way = way_of(k, none, &a->m->targets[none->target]);
			contradicted(k, node, &way);
			continue;
		}
		put_band(k, a, target++, node, crowded);
	}
}

/* Each band of the part, also of one that is too large for a model. */
static void all_undecided(struct look *k, size_t root)
{
	for (size_t i = k->t->nodes[root].first; i != TIE_NONE; i = k->t->relations[i].next)
		for (size_t n = 0; n < k->t->relations[i].n; n++) {
			size_t node = k->t->relations[i].terms[n].node;

			if (k->t->nodes[node].kind == TIE_BAND && !k->t->nodes[node].told)
				undecided(k, node);
			k->t->nodes[node].told = true;
		}
}

static bool is_crowded(const struct look *k)
{
	bool ret = false;

	for (size_t i = 0; i < k->n; i++)
		ret = ret || k->t->nodes[k->member[i]].crowded;
	return ret;
}

static int judge(struct look *k, size_t root)
{
	struct audit a = {0};
	bool fits = members(k, root) && k->hard < HARD_MAX;
	int rc = fits ? model_of(k, root) : 0;

	if (rc == ERR_LIMIT || rc == ERR_INVALID) {
		err_clear(k->work);
		fits = false;
		rc = 0;
	}
	if (rc == 0 && fits && k->m->n_targets > 0)
		rc = audit_run(k->work, k->m, limits, NULL, &a);
	if (rc != 0)
		return err_set(k->c, rc, "%s", err_text(k->work));
	for (size_t i = 0; fits && i < k->m->n_targets; i++)
		k->hard += a.verdicts[i] == INFER_UNDECIDED;
	if (!fits)
		all_undecided(k, root);
	else if (a.n_not > 0 || is_crowded(k))
		put_bands(k, &a, is_crowded(k));
	else
		k->p->bands.hold += (int64_t)a.n_safe;
	return 0;
}

/* One part, with memory of its own: there may be thousands. */
static int part(struct look *k, size_t root)
{
	int rc;

	ctx_open(&k->work);
	rc = judge(k, root);
	ctx_close(&k->work);
	return rc;
}

int published_infer(struct ctx *c, const struct map_report *map, const struct published_read *v,
    size_t n, struct published *p)
{
	struct tie t;
	struct look k = {.c = c, .t = &t, .p = p};
	int rc = tie_make(c, map, v, n, &t);

	if (rc != 0)
		return rc;
	k.member = mem_array(c, UNKNOWNS, sizeof *k.member);
	k.place = mem_array(c, t.n_nodes + 1, sizeof *k.place);
	for (size_t i = 0; rc == 0 && i < t.n_nodes; i++) {
		if (t.nodes[i].first != TIE_NONE)
			rc = part(&k, i);
		else if (t.nodes[i].kind != TIE_BAND || tie_root(&t, i) != i ||
			 t.nodes[tie_root(&t, i)].first != TIE_NONE)
			continue;
		else if (t.nodes[i].crowded)
			undecided(&k, i);
		else /* a band that nothing ties says what it says */
			p->bands.hold++;
	}
	return rc;
}
