#include "audit/tell.h"

#include "audit/num_p.h"
#include "base/mem.h"

enum { BAR = 40, STEPS_MAX = 16 };

const char *tell_verdict(enum infer_verdict v)
{
	static const char *const words[] = {"safe", "unsafe", "undecided", "contradiction", "told"};

	return words[v];
}

static const struct model_target *target_of(const struct audit *a, const struct audit_finding *f)
{
	return &a->m->targets[f->target];
}

/* ---- the way to read it ---- */

static void put_way(struct buf *b, const struct audit *a, const struct audit_finding *f)
{
	const struct model *m = a->m;
	const char *sep = " if ";

	if (f->two)
		buf_puts(b, f->both               ? " under both readings of the correction,"
			    : f->view.intersected ? " if what was corrected is held to as well,"
						  : " if what was corrected is taken back,");
	if (m->n_assumptions == 0)
		return;
	if (f->view.assume == 0)
		buf_puts(b, " with no assumption");
	for (size_t i = 0; i < m->n_assumptions; i++)
		if ((f->view.assume & 1u << i) != 0) {
			buf_fmt(b, "%s%.*s", sep, STR_ARG(m->assumptions[i].en));
			sep = ", and ";
		}
}

/* "Way: " and the way, or nothing where there is only one. */
static void put_way_line(struct buf *b, const struct audit *a, const struct audit_finding *f)
{
	struct buf way = buf_init(b->c, b->limit);
	struct str text;

	put_way(&way, a, f);
	text = str_trim(buf_str(&way));
	if (text.n > 0 && text.p[text.n - 1] == ',')
		text.n--;
	if (text.n > 0)
		buf_fmt(b, "  This holds %.*s.\n", STR_ARG(text));
}

/* ---- a picture of permitted and inferred ---- */

static void put_bar(
    struct buf *b, const char *name, int64_t lo, int64_t hi, int64_t from, int64_t to, bool open)
{
	int64_t width = to - from + 1;

	buf_fmt(b, "    %-9s %14lld |", name, (long long)lo);
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

static void put_picture(struct buf *b, const struct model_target *t, const struct infer *r)
{
	int64_t hi = r->hi_open ? (r->lo > t->hi ? r->lo : t->hi) : r->hi;
	int64_t from = t->lo < r->lo ? t->lo : r->lo, to = t->hi > hi ? t->hi : hi;

	put_bar(b, "permitted", t->lo, t->hi, from, to, false);
	put_bar(b, "inferred", r->lo, hi, from, to, r->hi_open);
}

/* ---- reasons ---- */

/* The figures of a finding, each with its number in the text. */
struct list {
	size_t *rows, n;
};

static size_t place(const struct list *l, const struct model *m, size_t row)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(m->rows[l->rows[i]].head.id, m->rows[row].head.id))
			return i + 1;
	return 0;
}

static void collect(struct list *l, const struct model *m, const struct infer_why *why)
{
	for (size_t i = 0; i < why->n_rows; i++)
		if (place(l, m, why->rows[i]) == 0)
			l->rows[l->n++] = why->rows[i];
}

static void put_figure(struct buf *b, const struct model *m, size_t n, size_t row)
{
	const struct model_row *r = &m->rows[row];
	const struct model_publication *p = &m->publications[r->head.publication];

	buf_fmt(b, "    %zu) %.*s, %.*s: %.*s", n, STR_ARG(p->who), STR_ARG(p->date),
	    STR_ARG(r->head.en));
	if (r->count.n > 0)
		buf_fmt(b, " [%.*s]", STR_ARG(r->count));
	buf_fmt(b, ": %.*s", STR_ARG(r->said));
	if (r->superseded)
		buf_fmt(b, " (corrected: %.*s)", STR_ARG(r->by));
	buf_putc(b, '\n');
}

static void put_step(struct buf *b, const struct audit *a, const struct audit_finding *f,
    const struct list *l, const struct spread_step *s)
{
	const struct model *m = a->m;

	if (s->kind == SPREAD_ADD && s->row == m->n_rows)
		buf_fmt(b, "      add %lld times what the number asked about is made of\n",
		    (long long)s->bound);
	else if (s->kind == SPREAD_ADD)
		buf_fmt(
		    b, "      add %zu), %lld times\n", place(l, m, s->row), (long long)s->bound);
	else if (s->kind == SPREAD_SUM)
		buf_puts(b, "      this sum cannot be\n");
	if (s->kind == SPREAD_ADD || s->kind == SPREAD_SUM)
		return;
	if (s->row == m->n_rows)
		buf_puts(b, s->unknown == m->n_unknowns ? "      together: " : "      from that: ");
	else
		buf_fmt(b, "      by %zu): ", place(l, m, s->row));
	if (s->kind == SPREAD_FALSE) {
		buf_puts(b, "this cannot be\n");
		return;
	}
	if (s->unknown == m->n_unknowns)
		buf_put(b, target_of(a, f)->id);
	else
		buf_put(b, m->unknowns[s->unknown].id);
	buf_fmt(b, s->kind == SPREAD_LEAST ? " is at least %lld\n" : " is at most %lld\n",
	    (long long)s->bound);
}

/* One claim and how it follows. */
static void put_why(struct buf *b, const struct audit *a, const struct audit_finding *f,
    const struct list *l, const char *claim, const struct infer_why *why)
{
	bool straight;
	const struct spread_step *last;

	if (why->n_rows == 0 && why->n_steps == 0)
		return;
	buf_fmt(b, "    %s:", claim);
	if (why->n_steps == 0 || why->n_steps > STEPS_MAX) {
		buf_fmt(b, " found by %s (%zu)\n",
		    why->n_steps == 0 ? "going through all cases"
		    : why->steps[why->n_steps - 1].kind == SPREAD_SUM
			? "adding figures up, after narrowing down, in steps"
			: "narrowing down in steps",
		    why->n_steps == 0 ? why->cases : why->n_steps);
		return;
	}
	last = &why->steps[why->n_steps - 1];
	straight = f->target == PART_NO_TARGET ||
		   (last->unknown == a->m->n_unknowns && last->kind != SPREAD_FALSE &&
		       last->kind != SPREAD_SUM);
	buf_puts(b, straight ? "\n" : " for otherwise\n");
	for (size_t i = 0; i < why->n_steps; i++)
		put_step(b, a, f, l, &why->steps[i]);
	if (!straight && last->kind != SPREAD_FALSE && last->kind != SPREAD_SUM)
		buf_puts(b, "      and this cannot be\n");
}

static void put_reasons(
    struct buf *b, const struct audit *a, const struct audit_finding *f, bool below, bool above)
{
	const struct model *m = a->m;
	const struct infer *r = &f->r;
	struct list l = {mem_array(b->c, m->n_rows + 1, sizeof(size_t)), 0};

	if (below)
		collect(&l, m, &r->below);
	if (above)
		collect(&l, m, &r->above);
	collect(&l, m, &r->none);
	if (l.n == 0)
		return;
	buf_fmt(
	    b, l.n == 1 ? "  because of this figure:\n" : "  because of these %zu figures:\n", l.n);
	for (size_t i = 0; i < l.n; i++)
		put_figure(b, m, i + 1, l.rows[i]);
	if (below)
		put_why(b, a, f, &l, "not less", &r->below);
	if (above)
		put_why(b, a, f, &l, "not more", &r->above);
	put_why(b, a, f, &l,
	    r->has_hole ? str_fmt(b->c, "not %lld", (long long)r->hole).p
			: "all of it cannot be true",
	    &r->none);
}

/* ---- one finding ---- */

static void put_range(struct buf *b, const struct infer *r)
{
	if (r->hi_open)
		buf_fmt(b, "is at least %lld", (long long)r->lo);
	else if (r->lo == r->hi)
		buf_fmt(b, "is exactly %lld", (long long)r->lo);
	else
		buf_fmt(b, "lies in [%lld, %lld]", (long long)r->lo, (long long)r->hi);
}

static void put_unsafe(struct buf *b, const struct audit *a, const struct audit_finding *f)
{
	const struct model_target *t = target_of(a, f);
	const struct infer *r = &f->r;

	buf_fmt(b, "  A reader can tell that %.*s ", STR_ARG(t->id));
	put_range(b, r);
	if (r->has_hole)
		buf_fmt(b, " and is not %lld", (long long)r->hole);
	buf_fmt(b,
	    ", where [%lld, %lld] is permitted:\n  %s%lld of %lld permitted numbers cannot be.\n",
	    (long long)t->lo, (long long)t->hi, r->missing_sure ? "" : "at least ",
	    (long long)r->missing, (long long)(t->hi - t->lo + 1));
	put_picture(b, t, r);
	put_reasons(b, a, f, r->lo > t->lo, r->hi < t->hi);
}

static void put_finding(struct buf *b, const struct audit *a, const struct audit_finding *f)
{
	const struct infer *r = &f->r;

	switch (r->verdict) {
	case INFER_SAFE:
		buf_fmt(b,
		    "  Safe: every number in [%lld, %lld] can be; a solution for each of the %lld "
		    "was checked.\n",
		    (long long)target_of(a, f)->lo, (long long)target_of(a, f)->hi,
		    (long long)(target_of(a, f)->hi - target_of(a, f)->lo + 1));
		break;
	case INFER_UNSAFE:
		put_unsafe(b, a, f);
		break;
	case INFER_UNDECIDED:
		buf_puts(b, "  Undecided: the search met its limit. That counts as unsafe.\n");
		break;
	case INFER_CONTRADICTION:
		buf_puts(b, "  The figures contradict each other: no numbers fit them all\n");
		put_reasons(b, a, f, false, false);
		break;
	case INFER_TOLD:
		buf_fmt(b, "  A reader can tell that %.*s ", STR_ARG(target_of(a, f)->id));
		put_range(b, r);
		buf_puts(b, ".\n");
		put_reasons(b, a, f, true, true);
		break;
	}
	put_way_line(b, a, f);
}

void tell_text(struct buf *b, const struct audit *a)
{
	const struct model *m = a->m;

	buf_fmt(b, "%.*s%s\n", STR_ARG(m->title), m->synthetic ? " (made up)" : "");
	if (m->note.n > 0)
		buf_fmt(b, "%.*s\n", STR_ARG(m->note));
	for (size_t t = 0; t < m->n_targets; t++) {
		const struct model_target *to = &m->targets[t];
		struct str word = str_of(tell_verdict(a->verdicts[t]));

		buf_putc(b, '\n');
		for (size_t i = 0; i < word.n; i++)
			buf_putc(b, (char)(word.p[i] - 'a' + 'A'));
		buf_fmt(b, " %.*s: %.*s\n", STR_ARG(to->id), STR_ARG(to->en));
		if (to->has_permitted)
			buf_fmt(b, "  Permitted: %lld to %lld, %.*s (%.*s)\n", (long long)to->lo,
			    (long long)to->hi, STR_ARG(to->rule), STR_ARG(to->cite));
		for (size_t i = 0; i < a->n_findings; i++)
			if (a->findings[i].target == t && a->findings[i].news)
				put_finding(b, a, &a->findings[i]);
	}
	for (size_t i = 0; i < a->n_findings; i++)
		if (a->findings[i].target == PART_NO_TARGET) {
			buf_puts(b, "\nCONTRADICTION, no protected number is near\n");
			put_finding(b, a, &a->findings[i]);
		}
	buf_fmt(b, "\n%zu protected numbers are safe, %zu are not", a->n_safe, a->n_not);
	if (a->n_contradictions > 0)
		buf_fmt(b, "; %zu contradictions elsewhere", a->n_contradictions);
	buf_puts(b, "\n");
}

/* ---- JSON ---- */

static struct json *rows_json(struct ctx *c, const struct model *m, const struct infer_why *why)
{
	struct json *list = json_list(c);
	struct list l = {mem_array(c, why->n_rows, sizeof(size_t)), 0};

	collect(&l, m, why);
	for (size_t i = 0; i < l.n; i++)
		json_add(c, list, json_of_text(c, m->rows[l.rows[i]].head.id));
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
