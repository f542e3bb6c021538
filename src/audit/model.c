#include "audit/model.h"

#include "audit/num_p.h"
#include "base/mem.h"

struct model *model_make(struct ctx *c)
{
	struct model *m = mem_alloc(c, sizeof *m);

	m->assumptions = mem_array(c, MODEL_ASSUMPTIONS, sizeof *m->assumptions);
	return m;
}

/* ---- named things ---- */

static int room(struct ctx *c, size_t n, size_t max, const char *what)
{
	return n < max ? 0 : err_set(c, ERR_LIMIT, "more than %zu %s", max, what);
}

bool model_find_unknown(const struct model *m, struct str id, size_t *ret)
{
	return ids_find(&m->of_unknowns, id, ret);
}

bool model_find_row(const struct model *m, struct str id, size_t *ret)
{
	return ids_find(&m->of_rows, id, ret) && *ret < m->n_rows;
}

bool model_find_assumption(const struct model *m, struct str id, size_t *ret)
{
	for (size_t i = 0; i < m->n_assumptions; i++)
		if (str_eq(m->assumptions[i].id, id)) {
			*ret = i;
			return true;
		}
	return false;
}

int model_unknown(
    struct ctx *c, struct model *m, struct str id, struct str en, int64_t least, int64_t most)
{
	size_t i;
	int rc = room(c, m->n_unknowns, MODEL_UNKNOWNS, "unknowns");

	if (rc != 0)
		return rc;
	if (id.n == 0 || model_find_unknown(m, id, &i))
		return err_set(c, ERR_INVALID, "an unknown needs an id of its own");
	if (least < 0 || most < least || most > MODEL_TOP)
		return err_set(c, ERR_INVALID, "a count lies between 0 and %lld, least before most",
		    (long long)MODEL_TOP);
	m->unknowns =
	    mem_grow(c, m->unknowns, m->n_unknowns, &m->room_unknowns, sizeof *m->unknowns);
	ids_put(c, &m->of_unknowns, id, m->n_unknowns);
	m->unknowns[m->n_unknowns++] = (struct model_unknown){id, en, least, most, STR("")};
	return 0;
}

int model_assumption(struct ctx *c, struct model *m, struct str id, struct str en)
{
	size_t i;
	int rc = room(c, m->n_assumptions, MODEL_ASSUMPTIONS, "assumptions");

	if (rc != 0)
		return rc;
	if (id.n == 0 || model_find_assumption(m, id, &i))
		return err_set(c, ERR_INVALID, "an assumption needs an id of its own");
	m->assumptions[m->n_assumptions++] = (struct model_named){id, en, STR("")};
	return 0;
}

int model_publication(struct ctx *c, struct model *m, const struct model_publication *p)
{
	size_t i;
	int rc = room(c, m->n_publications, MODEL_PUBLICATIONS, "publications");

	if (rc != 0)
		return rc;
	if (ids_find(&m->of_publications, p->id, &i))
		return err_set(c, ERR_INVALID, "a publication needs an id of its own");
	ids_put(c, &m->of_publications, p->id, m->n_publications);
	m->publications = mem_grow(
	    c, m->publications, m->n_publications, &m->room_publications, sizeof *m->publications);
	m->publications[m->n_publications++] = *p;
	return 0;
}

/* ---- sums ---- */

/* Adds times * sum to ret, each unknown once; ret has room for all of its terms. */
static int mix(struct ctx *c, struct model_sum *ret, struct model_sum sum, int64_t times)
{
	for (size_t i = 0; i < sum.n; i++) {
		int64_t factor = sum.v[i].times;
		size_t k = 0;

		if (factor > MODEL_FACTOR || factor < -MODEL_FACTOR)
			return err_set(c, ERR_INVALID, "a factor larger than %d", MODEL_FACTOR);
		factor = num_mul(factor, times);
		while (k < ret->n && ret->v[k].unknown != sum.v[i].unknown)
			k++;
		if (k == ret->n && ret->n == MODEL_TERMS)
			return err_set(c, ERR_LIMIT, "more than %d terms in a sum", MODEL_TERMS);
		if (k == ret->n)
			ret->v[ret->n++] = (struct model_term){sum.v[i].unknown, 0};
		ret->v[k].times = num_add(ret->v[k].times, factor);
		if (ret->v[k].times > MODEL_FACTOR || ret->v[k].times < -MODEL_FACTOR)
			return err_set(c, ERR_INVALID,
			    "a factor larger than %d after all has been put together",
			    MODEL_FACTOR);
	}
	return 0;
}

/* times * sum + times2 * sum2, without terms that fell away. */
static int mixed(struct ctx *c, struct model_sum sum, int64_t times, struct model_sum sum2,
    int64_t times2, struct model_sum *ret)
{
	struct model_sum s = {mem_array(c, sum.n + sum2.n, sizeof *s.v), 0};
	int64_t weight = 0;
	size_t n = 0;
	int rc = mix(c, &s, sum, times);

	if (rc == 0)
		rc = mix(c, &s, sum2, times2);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < s.n; i++) {
		weight += num_abs(s.v[i].times); /* at most 4096 times 100000 */
		if (s.v[i].times != 0)
			s.v[n++] = s.v[i];
	}
	s.n = n;
	if (weight > MODEL_WEIGHT)
		return err_set(
		    c, ERR_LIMIT, "the factors of a sum are more than %d together", MODEL_WEIGHT);
	*ret = s;
	return n > 0 ? 0 : err_set(c, ERR_INVALID, "nothing is left of the sum");
}

int model_target(struct ctx *c, struct model *m, const struct model_target *t,
    const int64_t permitted[2], int64_t released)
{
	struct model_target *to;
	size_t i;
	int rc = room(c, m->n_targets, MODEL_TARGETS, "targets");

	if (rc == 0 && ids_find(&m->of_targets, t->id, &i) && i < m->n_targets)
		rc = err_set(c, ERR_INVALID, "a target needs an id of its own");
	if (rc != 0)
		return rc;
	m->targets = mem_grow(c, m->targets, m->n_targets, &m->room_targets, sizeof *m->targets);
	to = &m->targets[m->n_targets];
	*to = *t;
	to->has_permitted = permitted != NULL;
	to->lo = to->hi = 0;
	if (permitted != NULL) {
		to->lo = released > 0 && released > permitted[0] ? released : permitted[0];
		to->hi = permitted[1];
		if (permitted[0] < -MODEL_TOP || to->hi > MODEL_TOP || to->lo > to->hi ||
		    released < 0)
			return err_set(c, ERR_INVALID, "no number lies in the permitted range");
		if (to->hi - to->lo >= MODEL_WIDTH)
			return err_set(
			    c, ERR_LIMIT, "a permitted range of more than %d values", MODEL_WIDTH);
	}
	rc = mixed(c, t->sum, 1, (struct model_sum){NULL, 0}, 1, &to->sum);
	if (rc == 0)
		ids_put(c, &m->of_targets, t->id, m->n_targets++);
	return rc;
}

/* ---- rows ---- */

static int put(struct ctx *c, struct model *m, const struct model_head *head,
    struct model_said said, struct model_sum sum, const int64_t edges[2])
{
	int rc = room(c, m->n_rows, MODEL_ROWS, "rows");

	if (rc != 0)
		return rc;
	m->rows = mem_grow(c, m->rows, m->n_rows, &m->room_rows, sizeof *m->rows);
	ids_put(c, &m->of_rows, head->id, m->n_rows);
	m->rows[m->n_rows++] = (struct model_row){
	    .head = *head, .said = said, .sum = sum, .lo = edges[0], .hi = edges[1]};
	return 0;
}

/* The figures as published: counts, so that sums stay far from overflow. */
static int row(struct ctx *c, struct model *m, const struct model_head *head,
    struct model_said said, struct model_sum sum, const int64_t edges[2])
{
	struct model_sum own;
	int rc;

	if ((edges[0] != -MODEL_OPEN && (edges[0] < -MODEL_TOP || edges[0] > MODEL_TOP)) ||
	    (edges[1] != MODEL_OPEN && (edges[1] < -MODEL_TOP || edges[1] > MODEL_TOP)))
		return err_set(c, ERR_INVALID, "a figure larger than %lld", (long long)MODEL_TOP);
	if (edges[0] > edges[1])
		return err_set(c, ERR_INVALID, "the lower edge lies above the upper one");
	rc = mixed(c, sum, 1, (struct model_sum){NULL, 0}, 1, &own);
	return rc != 0 ? rc : put(c, m, head, said, own, edges);
}

int model_exact(
    struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum, int64_t v)
{
	return row(
	    c, m, head, (struct model_said){.kind = MODEL_EXACT, .v = v}, sum, (int64_t[]){v, v});
}

int model_band(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t lo, int64_t hi)
{
	return row(c, m, head, (struct model_said){.kind = MODEL_BAND, .v = lo, .w = hi}, sum,
	    (int64_t[]){lo, hi});
}

int model_least(
    struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum, int64_t k)
{
	return row(c, m, head, (struct model_said){.kind = MODEL_LEAST, .v = k}, sum,
	    (int64_t[]){k, MODEL_OPEN});
}

int model_most(
    struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum, int64_t n)
{
	return row(c, m, head, (struct model_said){.kind = MODEL_MOST, .v = n}, sum,
	    (int64_t[]){-MODEL_OPEN, n});
}

int model_part(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum part,
    struct model_sum whole)
{
	struct model_sum own;
	int rc = mixed(c, whole, 1, part, -1, &own);

	return rc != 0 ? rc
		       : put(c, m, head, (struct model_said){.kind = MODEL_PART}, own,
			     (int64_t[]){0, MODEL_OPEN});
}

int model_round(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t v, int64_t base, enum model_way way)
{
	int64_t below, above;

	if (base < 2 || base > MODEL_TOP || v % base != 0 || v > MODEL_TOP || v < -MODEL_TOP)
		return err_set(c, ERR_INVALID,
		    "a rounded figure is a multiple of its base, and that is at least 2");
	below = way == MODEL_DOWN ? 0 : way == MODEL_NEAREST ? base / 2 : base - 1;
	above = way == MODEL_UP ? 0 : way == MODEL_NEAREST ? base - base / 2 - 1 : base - 1;
	return row(c, m, head,
	    (struct model_said){.kind = MODEL_ROUNDED, .v = v, .w = base, .way = way}, sum,
	    (int64_t[]){num_sub(v, below), num_add(v, above)});
}

int model_percent(struct ctx *c, struct model *m, const struct model_head *head,
    struct model_sum part, struct model_sum whole, int64_t p, int digits)
{
	struct model_sum low, high;
	int64_t unit = digits == 0 ? 1 : digits == 1 ? 10 : 100;
	struct model_said said = {.kind = MODEL_PERCENT, .v = p, .w = digits};
	int rc;

	if (p < 0 || digits < 0 || digits > 2 || p > 1000 * unit)
		return err_set(c, ERR_INVALID,
		    "a percentage lies between 0 and 1000 and has at most two decimal places");
	rc = mixed(c, part, 200 * unit, whole, -(2 * p - 1), &low);
	if (rc == 0)
		rc = mixed(c, part, 200 * unit, whole, -(2 * p + 1), &high);
	if (rc == 0)
		rc = put(c, m, head, said, low, (int64_t[]){0, MODEL_OPEN});
	if (rc == 0)
		rc = put(c, m, head, said, high, (int64_t[]){-MODEL_OPEN, 0});
	return rc;
}

/* ---- corrections, views ---- */

int model_supersede(struct ctx *c, struct model *m, struct str id, struct str by)
{
	size_t found = 0;

	for (size_t i = 0; i < m->n_rows; i++)
		if (str_eq(m->rows[i].head.id, id)) {
			m->rows[i].superseded = true;
			m->rows[i].by = by;
			found++;
		}
	return found > 0 ? 0 : err_set(c, ERR_INVALID, "there is no such row");
}

bool model_in_view(const struct model_row *row, struct model_view view)
{
	return (view.intersected || !row->superseded) && (row->head.assume & ~view.assume) == 0;
}
