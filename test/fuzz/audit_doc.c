/* Files of published figures: refused at their place, or a model whose every answer passes the
 * checker: a safe target has as many solutions as permitted numbers, an inferred edge lies within
 * the declared bounds, more assumptions never make a range wider, and the report is text. */
#include "fuzz.h"

#include "audit/doc.h"
#include "audit/plan.h"
#include "audit/tell.h"

enum { UNKNOWNS = 8, ROWS = 12, WIDTH = 600 };

/* Small enough to be decided while the fuzzer waits. */
static bool small(const struct model *m)
{
	if (m->n_unknowns > UNKNOWNS || m->n_rows > ROWS || m->n_targets > 3)
		return false;
	for (size_t i = 0; i < m->n_targets; i++)
		if (m->targets[i].hi - m->targets[i].lo > WIDTH)
			return false;
	return true;
}

static void check_finding(const struct audit *a, const struct audit_finding *f)
{
	const struct infer *r = &f->r;
	const struct model_target *t;

	if (f->target == PART_NO_TARGET)
		return;
	t = &a->m->targets[f->target];
	fuzz_must(r->verdict == INFER_CONTRADICTION || r->lo <= r->hi, "an edge below the other");
	fuzz_must(t->has_permitted || r->verdict == INFER_TOLD || r->verdict == INFER_CONTRADICTION,
	    "nothing is judged that nothing protects");
	if (r->verdict == INFER_SAFE)
		fuzz_must(r->missing == 0 && r->checked >= t->hi - t->lo + 1 && r->lo <= t->lo &&
			      r->hi >= t->hi,
		    "safe: a solution for each number");
	if (r->verdict == INFER_UNSAFE)
		fuzz_must(r->missing > 0, "unsafe: some number cannot be");
	if (r->has_hole)
		fuzz_must(r->hole > r->lo && r->hole < r->hi, "a hole lies between the edges");
}

/* What is inferred from more is not wider, where both are sure. */
static void check_order(const struct audit_finding *less, const struct audit_finding *more)
{
	if (less->target != more->target || less->view.intersected != more->view.intersected ||
	    (less->view.assume & ~more->view.assume) != 0 || !less->r.lo_sure || !more->r.lo_sure ||
	    !less->r.hi_sure || !more->r.hi_sure)
		return;
	fuzz_must(more->r.lo >= less->r.lo && more->r.hi <= less->r.hi,
	    "an assumption makes no range wider");
}

static void check_audit(struct ctx *c, const struct model *m)
{
	const struct seek_limits limits = {300, 5000, 3000, 0, 0};
	struct buf b = buf_init(c, 4 << 20);
	struct audit a;
	struct str text;
	int rc = audit_run(c, m, limits, NULL, &a);

	if (rc != 0)
		(void)fprintf(stderr, "%s\n", err_text(c));
	fuzz_must(rc == 0, "every proof and every solution passes the checker");
	for (size_t i = 0; i < a.n_findings; i++) {
		check_finding(&a, &a.findings[i]);
		for (size_t k = 0; k < a.n_findings; k++)
			check_order(&a.findings[i], &a.findings[k]);
	}
	tell_text(&b, &a, TELL_EN);
	rc = buf_end(&b, "report", &text);
	fuzz_must(rc == 0 && str_utf8_bad(text) == text.n, "the report is text");
	text = json_str(c, tell_json(c, &a));
	fuzz_must(text.n > 0, "and JSON");
}

/* What may be changed: each change holds the figure, and a model without all of them has no row
 * more. */
static void check_plan(struct ctx *c, const struct model *m)
{
	struct plan p;
	size_t *chosen;
	int rc = plan_options(c, m, &p);

	fuzz_must(rc == 0, "the options of a small model");
	chosen = mem_array(c, p.n_figures, sizeof *chosen);
	for (size_t i = 0; i < p.n_acts; i++) {
		const struct plan_act *act = &p.acts[i];
		const struct model_row *row = &m->rows[p.figures[act->figure].row];

		fuzz_must(act->cost > 0, "a change has a cost");
		fuzz_must(act->kind == PLAN_OUT || act->kind == PLAN_MERGED ||
			      (act->lo <= row->lo && act->hi >= row->hi),
		    "a range holds the figure");
		memset(chosen, 0, p.n_figures * sizeof *chosen);
		chosen[act->figure] = i + 1;
		if (act->kind == PLAN_MERGED)
			chosen[act->other] = i + 1;
		fuzz_must(plan_cost(&p, chosen) == act->cost, "and counts once");
		fuzz_must(plan_apply(c, &p, chosen)->n_rows <= m->n_rows, "no row is added");
	}
}

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct model *m = NULL;
	int rc = doc_parse(c, "doc", in, &m);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "doc");
		fuzz_must(m == NULL, "nothing is returned with a refusal");
		err_clear(c);
	} else if (small(m)) {
		check_audit(c, m);
		check_plan(c, m);
	}
	if (memmem(in.p, in.n, FUZZ_CANARY, sizeof FUZZ_CANARY - 1) != NULL)
		return;
	m = NULL;
	if (doc_parse(c, "doc", fuzz_canary(c, in), &m) != 0)
		fuzz_no_canary(c);
	err_clear(c);
}
