#include "audit/plan_tell.h"

#include "base/mem.h"

static const char *const kinds[] = {"band", "wider", "merged", "known", "out"};

static const struct model_row *row_of(const struct plan *p, size_t figure)
{
	return &p->m->rows[p->figures[figure].row];
}

/* The act of a figure; NULL where it stays, and at the second of two that are merged. */
static const struct plan_act *act_of(const struct plan *p, size_t figure)
{
	const struct plan_act *act =
	    p->chosen[figure] == 0 ? NULL : &p->acts[p->chosen[figure] - 1];

	return act == NULL || act->figure != figure ? NULL : act;
}

/* ---- text ---- */

static void put(
    struct buf *b, const struct tell_say *s, const char *key, const struct str *args, size_t n)
{
	tell_word_put(b, s->lang, key, args, n);
}

static void put_act(
    struct buf *b, const struct tell_say *s, const struct plan *p, const struct plan_act *act)
{
	static const char *const keys[] = {
	    "plan.range", "plan.range", "plan.merged", "plan.known", "plan.out"};
	const struct model_row *row = row_of(p, act->figure);
	const struct str args[] = {row->head.id,
	    act->kind == PLAN_MERGED ? row_of(p, act->other)->head.id : tell_say_number(s, act->lo),
	    tell_say_number(s, act->hi)};
	const struct str was[] = {
	    tell_say_own(s, row->head.en, row->head.de), tell_say_figure(s, row)};

	put(b, s, keys[act->kind], args, 3);
	buf_putc(b, ' ');
	put(b, s, "plan.was", was, 2);
	buf_putc(b, '\n');
}

static void put_not_safe(struct buf *b, const struct tell_say *s, const struct audit *a)
{
	for (size_t t = 0; t < a->m->n_targets; t++) {
		enum infer_verdict v = a->verdicts[t];
		const struct str args[] = {
		    str_of(tell_word(s->lang, str_fmt(s->c, "verdict.%s", tell_verdict(v)).p)),
		    a->m->targets[t].id};

		if (v == INFER_SAFE || v == INFER_TOLD)
			continue;
		put(b, s, "plan.remains", args, 2);
		buf_putc(b, '\n');
	}
	if (a->n_contradictions > 0) {
		buf_puts(b, "  ");
		put(b, s, "contradiction", NULL, 0);
		buf_putc(b, '\n');
	}
}

static void put_found(struct buf *b, const struct tell_say *s, const struct plan *p)
{
	struct tell_say after = {s->c, &p->after, s->lang, false};
	const struct str cost = tell_say_number(s, p->cost), end = tell_say_end(&after);
	size_t n = 0;

	put(b, s, "plan.found", NULL, 0);
	buf_putc(b, '\n');
	for (size_t f = 0; f < p->n_figures; f++)
		if (act_of(p, f) != NULL) {
			buf_fmt(b, "  %zu) ", ++n);
			put_act(b, s, p, act_of(p, f));
		}
	put(b, s, p->least ? "plan.least" : "plan.spared", &cost, 1);
	buf_putc(b, '\n');
	put(b, s, "plan.after", &end, 1);
	buf_putc(b, '\n');
	put(b, s, "plan.hidden", NULL, 0);
	buf_putc(b, '\n');
}

void plan_text(struct buf *b, const struct plan *p, enum tell_lang lang)
{
	const struct tell_say s = {b->c, &p->before, lang, false};
	const struct str title = tell_say_own(&s, p->m->title, p->m->title_de);
	const struct str n = tell_say_number(&s, (int64_t)p->n_figures);

	put(b, &s, "plan.title", &title, 1);
	if (p->m->synthetic)
		buf_fmt(b, " (%s)", tell_word(lang, "made_up"));
	buf_puts(b, "\n\n");
	if (p->found) {
		put_found(b, &s, p);
		return;
	}
	put(b, &s,
	    !p->needed         ? "plan.not_needed"
	    : p->n_figures > 0 ? "plan.none"
			       : "plan.no_cost",
	    &n, 1);
	buf_putc(b, '\n');
	if (p->needed)
		put_not_safe(b, &s, p->n_figures > 0 ? &p->after : &p->before);
}

/* ---- JSON ---- */

static struct json *act_json(struct ctx *c, const struct plan *p, const struct plan_act *act)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "figure", row_of(p, act->figure)->head.id);
	json_set_text(c, j, "act", str_of(kinds[act->kind]));
	if (act->kind == PLAN_MERGED)
		json_set_text(c, j, "with", row_of(p, act->other)->head.id);
	if (act->kind == PLAN_BAND || act->kind == PLAN_WIDER || act->kind == PLAN_KNOWN) {
		json_set_int(c, j, "least", act->lo);
		json_set_int(c, j, "most", act->hi);
	}
	json_set_int(c, j, "cost", act->cost);
	return j;
}

struct json *plan_json(struct ctx *c, const struct plan *p)
{
	struct json *j = json_map(c), *acts = json_list(c);

	json_set_text(c, j, "title", p->m->title);
	json_set_bool(c, j, "synthetic", p->m->synthetic);
	json_set_text(c, j, "plan",
	    !p->needed ? STR("not_needed")
	    : p->found ? STR("found")
		       : STR("none"));
	for (size_t f = 0; p->found && f < p->n_figures; f++)
		if (act_of(p, f) != NULL)
			json_add(c, acts, act_json(c, p, act_of(p, f)));
	json_set(c, j, "changes", acts);
	if (p->found) {
		json_set_int(c, j, "cost", p->cost);
		json_set_bool(c, j, "least", p->least);
	}
	json_set_int(c, j, "audits", (int64_t)p->audits);
	if (p->needed)
		json_set(c, j, "after", tell_json(c, &p->after));
	return j;
}
