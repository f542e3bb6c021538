#include "law/cases_p.h"

#include "base/mem.h"
#include "law/cond_p.h"
#include "law/judge_p.h"

enum { REACHED = 1, REFUSED = 2 };
enum row_kind { ROW_RULE, ROW_CLOCK, ROW_BAR };

struct row {
	enum row_kind kind;
	struct str id;
	const struct source *src;
	const struct rule *rule; /* ROW_RULE */
	unsigned reached;
};

struct cases_cover {
	struct row *rows;
	size_t n;
};

static size_t rows_fill(const struct pack *p, struct row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_rules; i++)
		rows[n++] =
		    (struct row){ROW_RULE, p->rules[i].id, &p->rules[i].src, &p->rules[i], 0};
	for (size_t i = 0; i < p->n_clocks; i++)
		rows[n++] = (struct row){ROW_CLOCK, p->clocks[i].id, &p->clocks[i].src, NULL,
		    p->clocks[i].when == NULL ? REFUSED : 0};
	for (size_t i = 0; i < p->n_bars; i++)
		rows[n++] = (struct row){ROW_BAR, p->bars[i].id, &p->bars[i].src, NULL,
		    p->bars[i].when == NULL ? REFUSED : 0};
	return n;
}

struct cases_cover *cases_cover_make(struct ctx *c, const struct law *law)
{
	struct cases_cover *cover = mem_alloc(c, sizeof *cover);
	size_t total = 0;

	for (size_t i = 0; i < law->n_packs; i++)
		total += law->packs[i]->n_rules + law->packs[i]->n_clocks + law->packs[i]->n_bars;
	cover->rows = mem_array(c, total, sizeof *cover->rows);
	for (size_t i = 0; i < law->n_packs; i++)
		cover->n += rows_fill(law->packs[i], cover->rows + cover->n);
	return cover;
}

static void row_reach(struct cases_cover *cover, enum row_kind kind, struct str id, unsigned how)
{
	for (size_t i = 0; i < cover->n; i++)
		if (cover->rows[i].kind == kind && str_eq(cover->rows[i].id, id))
			cover->rows[i].reached |= how;
}

/* A rule without require: never fails. What it does not reach stands for its refusal. */
static void silent_reach(struct cases_cover *cover, const struct rule *rule,
    const struct judge_input *in, const struct judgment *j)
{
	size_t want = rule->item_scope ? in->n_items : 1, have = 0;

	if (rule->require != NULL || !judge_rule_valid(&rule->src, in->received))
		return;
	for (size_t i = 0; i < j->n_findings; i++)
		have += str_eq(j->findings[i].rule, rule->id);
	if (have < want)
		row_reach(cover, ROW_RULE, rule->id, REFUSED);
}

void cases_cover_add(struct ctx *c, struct cases_cover *cover, const struct law *law,
    const struct judge_input *in, const struct judgment *j)
{
	struct cond_view v = {&in->order, NULL};

	for (size_t i = 0; i < j->n_findings; i++)
		row_reach(cover, ROW_RULE, j->findings[i].rule,
		    j->findings[i].verdict == VERDICT_PASS ? REACHED : REFUSED);
	for (size_t i = 0; i < j->n_clocks; i++)
		row_reach(cover, ROW_CLOCK, j->clocks[i].id, j->clocks[i].unknown ? 0 : REACHED);
	for (size_t i = 0; i < j->n_bars; i++)
		row_reach(cover, ROW_BAR, j->bars[i].id, j->bars[i].unknown ? 0 : REACHED);
	for (size_t i = 0; i < law->n_packs; i++) {
		const struct pack *pack = law->packs[i];

		if (cond_eval(c, pack->applies, &v) != TRI_YES)
			continue;
		for (size_t k = 0; k < pack->n_rules; k++)
			silent_reach(cover, &pack->rules[k], in, j);
	}
}

void cases_cover_absent(struct cases_cover *cover, struct str id)
{
	row_reach(cover, ROW_CLOCK, id, REFUSED);
	row_reach(cover, ROW_BAR, id, REFUSED);
}

size_t cases_cover_put(const struct cases_cover *cover, struct buf *out)
{
	static const char *const kinds[] = {"rule", "clock", "bar"};
	size_t n = 0;

	for (size_t i = 0; i < cover->n; i++) {
		const struct row *row = &cover->rows[i];
		bool rule = row->kind == ROW_RULE;

		if (row->reached == (REACHED | REFUSED))
			continue;
		n++;
		buf_fmt(out, "%s:%d: %s %.*s: ", row->src->file, row->src->line, kinds[row->kind],
		    STR_ARG(row->id));
		if ((row->reached & REACHED) == 0)
			buf_puts(out, rule ? "no case passes it" : "no case starts it");
		if (row->reached == 0)
			buf_puts(out, "; ");
		if ((row->reached & REFUSED) == 0)
			buf_puts(
			    out, rule ? (row->rule->require == NULL ? "no case leaves it out"
								    : "no case is refused by it")
				      : "no case expects it under not:");
		buf_putc(out, '\n');
	}
	return n;
}
