#include "audit/plan.h"
#include "desk/disclosure_p.h"

static void put_editions(struct ctx *c, struct buf *b, const struct model *m,
    const struct infer_why *why, uint64_t *told)
{
	for (size_t i = 0; i < why->n_rows; i++) {
		size_t at = m->rows[why->rows[i]].head.publication;

		if ((*told >> at & 1) == 0)
			buf_fmt(b, "%s%.*s", *told == 0 ? err_word(c, ERR_TEXT(", out of ")) : ", ",
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

/* The fewest bands of the new edition without which nothing is given away; nothing where leaving
 * some out does not help. The choice sees what is or would be public, as the audit does. */
static int advice_of(struct ctx *c, const struct model *m, struct str *ret)
{
	struct buf b = buf_init(c, 4096);
	const char *sep = err_word(c, ERR_TEXT("; not so without "));
	struct plan p;
	int rc = plan_make(c, m, NULL, &p);

	for (size_t f = 0; rc == 0 && p.found && f < p.n_figures; f++)
		if (p.chosen[f] != 0) {
			buf_fmt(&b, "%s%.*s", sep, STR_ARG(m->rows[p.figures[f].row].head.id));
			sep = ", ";
		}
	*ret = buf_str(&b);
	return rc;
}

static struct str text_of(struct ctx *c, const struct model *m, const struct audit_finding *x)
{
	const struct model_target *t = &m->targets[x->target];
	const struct infer *r = &x->r;
	struct buf b = buf_init(c, 1024);
	uint64_t told = 0;

	if (r->verdict == INFER_UNDECIDED)
		buf_puts(&b,
		    err_word(c, ERR_TEXT("it could not be shown that nothing more can be told")));
	else if (r->verdict == INFER_CONTRADICTION)
		buf_puts(&b, err_word(c, ERR_TEXT("the editions cannot all be right")));
	else if (r->has_hole)
		buf_fmt(&b, err_word(c, ERR_TEXT("a reader can tell that it is not %lld")),
		    (long long)r->hole);
	else
		buf_fmt(&b,
		    err_word(
			c, ERR_TEXT("a reader can tell that it lies in [%lld, %lld], and may know "
				    "[%lld, %lld]")),
		    (long long)r->lo, (long long)r->hi, (long long)t->lo, (long long)t->hi);
	put_editions(c, &b, m, &r->below, &told);
	put_editions(c, &b, m, &r->above, &told);
	put_editions(c, &b, m, &r->none, &told);
	return buf_str(&b);
}

int disclosure_tell(struct ctx *c, const struct audit *a, struct breaches *ret)
{
	struct str advice = {0};
	bool asked = false;
	int rc;

	for (size_t i = 0; i < a->n_findings; i++) {
		const struct audit_finding *x = &a->findings[i];
		struct str text;

		if (!x->news || harmless(x) || x->target >= a->m->n_targets)
			continue;
		rc = asked ? 0 : advice_of(c, a->m, &advice);
		if (rc != 0)
			return rc;
		asked = true;
		text = text_of(c, a->m, x);
		invariant_add(c, ret, a->m->targets[x->target].id, "disclosure",
		    a->m->targets[x->target].cite, "%.*s%.*s", STR_ARG(text), STR_ARG(advice));
	}
	return 0;
}
