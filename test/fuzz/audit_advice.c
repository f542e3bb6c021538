/* A solver that says anything at all: whatever it answers, the audit ends without a proof or a
 * solution that does not hold, and what is decided with its help is what is decided without. Input:
 * the file of an audit, a line "%%", and the numbers of the answers, again and again. */
#include "fuzz.h"

#include "audit/audit.h"
#include "audit/doc.h"

enum { UNKNOWNS = 6, ROWS = 8, WIDTH = 60 };

struct liar {
	struct str bytes;
	size_t at;
};

static int64_t number(struct liar *l)
{
	uint64_t v = 0;

	/* small numbers are the likely ones: one byte, or after 127 eight */
	for (unsigned n = 1; n > 0 && l->bytes.n > 0; n--) {
		unsigned char b = (unsigned char)l->bytes.p[l->at++ % l->bytes.n];

		if (v == 0 && n == 1 && b == 127)
			n = 9;
		else
			v = v << 8 | b;
	}
	return v < 127 ? (int64_t)v - 60 : (int64_t)v;
}

static int ask(struct ctx *c, void *arg, struct str question, struct str *ret)
{
	struct liar *l = arg;
	struct buf b = buf_init(c, 1 << 16);
	uint64_t n = 0;

	fuzz_must(question.n >= 32 && str_starts(question, "WSOLVE1\n"), "a question has its mark");
	n = (uint64_t)(unsigned char)question.p[8] + (uint64_t)(unsigned char)question.p[16];
	if (l->bytes.n == 0)
		return err_set(c, ERR_FAIL, "no answer");
	buf_puts(&b, "WANSWR1\n");
	for (uint64_t i = 0; i <= n; i++) {
		int64_t v = i == 0 ? (number(l) & 1) : number(l);

		for (unsigned k = 0; k < 8; k++)
			buf_putc(&b, (char)(unsigned char)((uint64_t)v >> 8 * k & 255));
	}
	*ret = buf_str(&b);
	return 0;
}

static bool small(const struct model *m)
{
	for (size_t i = 0; i < m->n_targets; i++)
		if (m->targets[i].hi - m->targets[i].lo > WIDTH)
			return false;
	return m->n_unknowns <= UNKNOWNS && m->n_rows <= ROWS && m->n_targets <= 2;
}

/* The same question: the same answer, where both have one. */
static void compare(const struct audit_finding *a, const struct audit_finding *b)
{
	if (a->target != b->target || a->target == PART_NO_TARGET ||
	    a->view.assume != b->view.assume || a->view.intersected != b->view.intersected ||
	    a->r.verdict == INFER_UNDECIDED || b->r.verdict == INFER_UNDECIDED)
		return;
	/* where nothing can be, fewer cases may show so of the permitted numbers only */
	if (a->r.verdict == INFER_CONTRADICTION && b->r.verdict == INFER_UNSAFE)
		return;
	/* and of a number that nothing protects, edges are told that no solution is known for */
	if (a->r.verdict == INFER_CONTRADICTION && b->r.verdict == INFER_TOLD && !b->r.lo_sure &&
	    !b->r.hi_sure)
		return;
	fuzz_must(a->r.verdict == b->r.verdict, "advice changes no verdict");
	fuzz_must(!a->r.lo_sure || !b->r.lo_sure || a->r.lo == b->r.lo, "and no edge");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct seek_limits alone = {2000, 20000, 20000, 0, 0}, few = {3, 20000, 20000, 0, 0};
	struct liar liar = {{0}, 0};
	const struct advice_source source = {ask, &liar};
	const struct model *m = NULL;
	struct audit a, b;
	int rc = doc_parse(c, "doc", fuzz_part(&in), &m);

	if (rc != 0 || !small(m))
		return;
	liar.bytes = in;
	rc = audit_run(c, m, alone, NULL, &a);
	fuzz_must(rc == 0, "the audit alone");
	rc = audit_run(c, m, few, &source, &b);
	fuzz_must(rc == 0, "no answer brings a proof or a solution that does not hold");
	for (size_t i = 0; i < a.n_findings; i++)
		for (size_t k = 0; k < b.n_findings; k++)
			compare(&a.findings[i], &b.findings[k]);
}
