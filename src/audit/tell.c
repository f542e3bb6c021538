#include "audit/tell.h"

#include "base/plain.h"

enum { BAR = 40 };

const char *tell_verdict(enum infer_verdict v)
{
	static const char *const words[] = {"safe", "unsafe", "undecided", "contradiction", "told"};

	return words[v];
}

static void put_head(struct buf *b, enum tell_lang lang, enum infer_verdict v)
{
	static const char *const keys[] = {
	    "head.safe", "head.unsafe", "head.undecided", "head.contradiction", "head.told"};

	buf_puts(b, tell_word(lang, keys[v]));
}

static void put_line(struct buf *b, const char *indent, struct str text)
{
	buf_puts(b, indent);
	plain_put(b, text);
	buf_putc(b, '\n');
}

/* ---- a picture of permitted and inferred ---- */

static void put_bar(
    struct buf *b, const char *name, int64_t lo, int64_t hi, int64_t from, int64_t to, bool open)
{
	int64_t width = to - from + 1;

	buf_fmt(b, "    %s %14lld |", name, (long long)lo);
	for (int64_t i = 0; i < BAR; i++) {
		/* the cell stands for the numbers from .. to it has a share of */
		int64_t first = from + i * width / BAR, last = from + (i + 1) * width / BAR - 1;

		if (last < first)
			last = first;
		buf_putc(b, last >= lo && first <= hi ? '#' : ' ');
	}
	if (open)
		buf_puts(b, "| ...\n");
	else
		buf_fmt(b, "| %lld\n", (long long)hi);
}

static void put_picture(
    struct buf *b, enum tell_lang lang, const struct model_target *t, const struct infer *r)
{
	int64_t hi = r->hi_open ? (r->lo > t->hi ? r->lo : t->hi) : r->hi;
	int64_t from = t->lo < r->lo ? t->lo : r->lo, to = t->hi > hi ? t->hi : hi;

	put_bar(b, tell_word(lang, "bar.permitted"), t->lo, t->hi, from, to, false);
	put_bar(b, tell_word(lang, "bar.inferred"), r->lo, hi, from, to, r->hi_open);
}

/* ---- reasons ---- */

static void put_figure(struct buf *b, const struct tell_say *s, size_t n, size_t row)
{
	const struct model_row *r = &s->a->m->rows[row];
	const struct model_publication *p = &s->a->m->publications[r->head.publication];
	struct str by = tell_say_own(s, r->by, r->by_de), count = tell_say_count(s, r);

	buf_fmt(b, "    %zu) ", n);
	plain_put(b, p->who);
	buf_fmt(b, ", %.*s: ", STR_ARG(p->date));
	plain_put(b, tell_say_own(s, r->head.en, r->head.de));
	if (count.n > 0)
		buf_fmt(b, " [%.*s]", STR_ARG(plain_text(s->c, count)));
	buf_fmt(b, ": %.*s", STR_ARG(tell_say_figure(s, r)));
	if (r->superseded) {
		buf_puts(b, " (");
		tell_word_put(b, s->lang, "corrected", &by, 1);
		buf_putc(b, ')');
	}
	buf_putc(b, '\n');
}

static void put_reasons(struct buf *b, const struct tell_say *s, const struct audit_finding *f)
{
	struct tell_figures l = tell_say_figures(s, f);
	struct tell_chain chains[3];
	size_t n;

	if (l.n == 0)
		return;
	buf_puts(b, "  ");
	tell_word_count(b, s->lang, "because", str_fmt(s->c, "%zu", l.n));
	buf_putc(b, '\n');
	for (size_t i = 0; i < l.n; i++)
		put_figure(b, s, i + 1, l.rows[i]);
	n = tell_say_chains(s, f, &l, chains);
	for (size_t i = 0; i < n; i++) {
		put_line(b, "    ", chains[i].head);
		for (size_t k = 0; k < chains[i].n; k++)
			put_line(b, "      ", chains[i].lines[k]);
	}
}

/* ---- one finding ---- */

static void put_unsafe(struct buf *b, const struct tell_say *s, const struct audit_finding *f)
{
	const struct model_target *t = &s->a->m->targets[f->target];
	struct str args[] = {tell_say_target(s, f->target), tell_say_range(s, &f->r),
	    tell_say_number(s, t->lo), tell_say_number(s, t->hi)};

	buf_puts(b, "  ");
	tell_word_put(b, s->lang, "unsafe", args, 4);
	buf_putc(b, '\n');
	put_line(b, "  ", tell_say_missing(s, f));
	put_picture(b, s->lang, t, &f->r);
	put_reasons(b, s, f);
}

static void put_told(struct buf *b, const struct tell_say *s, const struct audit_finding *f)
{
	struct str args[] = {tell_say_target(s, f->target), tell_say_range(s, &f->r)};

	buf_puts(b, "  ");
	tell_word_put(b, s->lang, "told", args, 2);
	buf_putc(b, '\n');
	put_reasons(b, s, f);
}

static void put_finding(struct buf *b, const struct tell_say *s, const struct audit_finding *f)
{
	struct str way = tell_say_way(s, f);

	switch (f->r.verdict) {
	case INFER_SAFE:
		put_line(b, "  ", tell_say_safe(s, f));
		break;
	case INFER_UNSAFE:
		put_unsafe(b, s, f);
		break;
	case INFER_UNDECIDED:
		put_line(b, "  ", str_of(tell_word(s->lang, "undecided")));
		break;
	case INFER_CONTRADICTION:
		put_line(b, "  ", str_of(tell_word(s->lang, "contradiction")));
		put_reasons(b, s, f);
		break;
	case INFER_TOLD:
		put_told(b, s, f);
		break;
	}
	if (way.n > 0)
		put_line(b, "  ", way);
}

static void put_target(struct buf *b, const struct tell_say *s, size_t target)
{
	const struct audit *a = s->a;
	const struct model_target *t = &a->m->targets[target];

	buf_putc(b, '\n');
	put_head(b, s->lang, a->verdicts[target]);
	buf_fmt(b, " %.*s: ", STR_ARG(t->id));
	put_line(b, "", tell_say_own(s, t->en, t->de));
	if (t->has_permitted) {
		struct str args[] = {tell_say_number(s, t->lo), tell_say_number(s, t->hi), t->rule,
		    tell_say_own(s, t->cite, t->cite_de)};

		buf_puts(b, "  ");
		tell_word_put(b, s->lang, "permitted", args, 4);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < a->n_findings; i++)
		if (a->findings[i].target == target && a->findings[i].news)
			put_finding(b, s, &a->findings[i]);
}

void tell_text(struct buf *b, const struct audit *a, enum tell_lang lang)
{
	const struct model *m = a->m;
	const struct tell_say say = {b->c, a, lang, false};
	struct str note = tell_say_own(&say, m->note, m->note_de);

	plain_put(b, tell_say_own(&say, m->title, m->title_de));
	if (m->synthetic)
		buf_fmt(b, " (%s)", tell_word(lang, "made_up"));
	buf_putc(b, '\n');
	if (note.n > 0)
		put_line(b, "", note);
	for (size_t t = 0; t < m->n_targets; t++)
		put_target(b, &say, t);
	for (size_t i = 0; i < a->n_findings; i++)
		if (a->findings[i].target == PART_NO_TARGET) {
			buf_putc(b, '\n');
			put_head(b, lang, a->findings[i].r.verdict);
			buf_fmt(b, ", %s\n", tell_word(lang, "contradiction.far"));
			put_finding(b, &say, &a->findings[i]);
		}
	buf_putc(b, '\n');
	put_line(b, "", tell_say_end(&say));
}

/* ---- JSON ---- */

static struct json *rows_json(struct ctx *c, const struct model *m, const struct infer_why *why)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < why->n_rows; i++) {
		struct str id = m->rows[why->rows[i]].head.id;
		size_t k = 0;

		/* a percentage is two rows of one id */
		while (!str_eq(m->rows[why->rows[k]].head.id, id))
			k++;
		if (k == i)
			json_add(c, list, json_of_text(c, id));
	}
	return list;
}

static struct json *finding_json(
    struct ctx *c, const struct audit *a, const struct audit_finding *f)
{
	const struct infer *r = &f->r;
	struct json *j = json_map(c), *assume = json_list(c);
	bool none = r->verdict == INFER_CONTRADICTION || f->target == PART_NO_TARGET;

	json_set_text(c, j, "verdict", str_of(tell_verdict(r->verdict)));
	json_set_text(c, j, "reading",
	    f->both               ? STR("both")
	    : f->view.intersected ? STR("intersected")
				  : STR("superseded"));
	for (size_t i = 0; i < a->m->n_assumptions; i++)
		if ((f->view.assume & 1u << i) != 0)
			json_add(c, assume, json_of_text(c, a->m->assumptions[i].id));
	json_set(c, j, "assumptions", assume);
	if (!none) {
		json_set_int(c, j, "least", r->lo);
		json_set_bool(c, j, "least_attained", r->lo_sure);
		if (!r->hi_open)
			json_set_int(c, j, "most", r->hi);
		json_set_bool(c, j, "most_attained", r->hi_sure);
		json_set_int(c, j, "impossible", r->missing);
		if (r->has_hole)
			json_set_int(c, j, "hole", r->hole);
		json_set(c, j, "not_less", rows_json(c, a->m, &r->below));
		json_set(c, j, "not_more", rows_json(c, a->m, &r->above));
	}
	json_set(c, j, none ? "rows" : "not_hole", rows_json(c, a->m, &r->none));
	return j;
}

static struct json *findings_json(struct ctx *c, const struct audit *a, size_t target)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < a->n_findings; i++)
		if (a->findings[i].target == target && a->findings[i].news)
			json_add(c, list, finding_json(c, a, &a->findings[i]));
	return list;
}

struct json *tell_json(struct ctx *c, const struct audit *a)
{
	const struct model *m = a->m;
	struct json *j = json_map(c), *list = json_list(c);

	json_set_text(c, j, "title", m->title);
	json_set_bool(c, j, "synthetic", m->synthetic);
	json_set_bool(c, j, "safe", audit_safe(a));
	for (size_t t = 0; t < m->n_targets; t++) {
		const struct model_target *to = &m->targets[t];
		struct json *one = json_map(c);

		json_set_text(c, one, "target", to->id);
		json_set_text(c, one, "en", to->en);
		json_set_text(c, one, "verdict", str_of(tell_verdict(a->verdicts[t])));
		if (to->has_permitted) {
			json_set_int(c, one, "permitted_least", to->lo);
			json_set_int(c, one, "permitted_most", to->hi);
			json_set_text(c, one, "rule", to->rule);
			json_set_text(c, one, "cite", to->cite);
		}
		json_set(c, one, "findings", findings_json(c, a, t));
		json_add(c, list, one);
	}
	json_set(c, j, "targets", list);
	json_set(c, j, "contradictions", findings_json(c, a, PART_NO_TARGET));
	return j;
}
