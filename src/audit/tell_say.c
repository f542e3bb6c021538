#include "audit/tell_say.h"

#include "base/mem.h"
#include "base/plain.h"

enum { SENTENCE = 1 << 20, SUM_SHOWN = 2000 /* bytes */ };

static struct str word(const struct tell_say *s, const char *key, const struct str *args, size_t n)
{
	struct buf b = buf_init(s->c, SENTENCE);

	tell_word_put(&b, s->lang, key, args, n);
	return buf_str(&b);
}

struct str tell_say_number(const struct tell_say *s, int64_t n)
{
	struct buf b = buf_init(s->c, 64);
	struct str digits = str_fmt(s->c, "%lld", (long long)n);

	for (size_t i = 0; i < digits.n; i++) {
		if (s->page && i > 0 && digits.p[i - 1] != '-' && (digits.n - i) % 3 == 0)
			buf_putc(&b, s->lang == TELL_DE ? '.' : ',');
		buf_putc(&b, digits.p[i]);
	}
	return buf_str(&b);
}

struct str tell_say_own(const struct tell_say *s, struct str en, struct str de)
{
	return s->lang == TELL_DE && de.n > 0 ? de : en;
}

struct str tell_say_target(const struct tell_say *s, size_t target)
{
	const struct model_target *t = &s->a->m->targets[target];

	if (!s->page)
		return t->id;
	return str_of(tell_word(s->lang, t->has_permitted ? "subject" : "subject.told"));
}

static struct str unknown(const struct tell_say *s, size_t i)
{
	const struct model_unknown *u = &s->a->m->unknowns[i];

	return s->page ? tell_say_own(s, u->en, u->de) : u->id;
}

/* "a + 2 b" of the file; of a total of very many the first ones, and "...". */
static struct str sum(const struct tell_say *s, struct str text)
{
	struct buf b = buf_init(s->c, SENTENCE);
	struct str rest = text, one;
	size_t i;

	while (str_word(&rest, &one)) {
		struct str name =
		    s->page && model_find_unknown(s->a->m, one, &i) ? unknown(s, i) : one;

		if (b.n + name.n > SUM_SHOWN) {
			buf_puts(&b, " ...");
			break;
		}
		buf_puts(&b, b.n > 0 ? " " : "");
		buf_put(&b, name);
	}
	return buf_str(&b);
}

struct str tell_say_count(const struct tell_say *s, const struct model_row *row)
{
	return sum(s, row->count);
}

/* ---- a figure ---- */

static struct str percent(const struct tell_say *s, const struct model_said *said)
{
	int64_t unit = said->w == 0 ? 1 : said->w == 1 ? 10 : 100;
	struct str args[] = {tell_say_number(s, said->v / unit), sum(s, said->of)};

	if (said->w > 0)
		args[0] = str_fmt(s->c, "%.*s%c%0*lld", STR_ARG(args[0]),
		    s->lang == TELL_DE ? ',' : '.', (int)said->w, (long long)(said->v % unit));
	return word(s, said->of.n > 0 ? "said.percent.of" : "said.percent", args, 2);
}

struct str tell_say_figure(const struct tell_say *s, const struct model_row *row)
{
	static const char *const keys[] = {[MODEL_EXACT] = "said.exact",
	    [MODEL_BAND] = "said.band",
	    [MODEL_LEAST] = "said.least",
	    [MODEL_RELEASED] = "said.released",
	    [MODEL_MOST] = "said.most",
	    [MODEL_LEDGER] = "said.ledger"};
	static const char *const ways[] = {[MODEL_NEAREST] = "said.nearest",
	    [MODEL_DOWN] = "said.down",
	    [MODEL_UP] = "said.up",
	    [MODEL_EITHER] = "said.either"};
	const struct model_said *said = &row->said;
	struct str of = sum(s, said->of);

	if (said->kind == MODEL_PERCENT)
		return percent(s, said);
	if (said->kind == MODEL_PART)
		return word(s, said->of.n > 0 ? "said.part.of" : "said.part", &of, 1);
	return word(s, said->kind == MODEL_ROUNDED ? ways[said->way] : keys[said->kind],
	    (struct str[]){tell_say_number(s, said->v), tell_say_number(s, said->w)}, 2);
}

/* ---- a finding ---- */

struct str tell_say_range(const struct tell_say *s, const struct infer *r)
{
	struct str edges[] = {tell_say_number(s, r->lo), tell_say_number(s, r->hi)};
	struct str range = word(s,
	    r->hi_open       ? "range.least"
	    : r->lo == r->hi ? "range.is"
			     : "range.in",
	    edges, 2);

	return r->has_hole
		   ? word(s, "range.hole", (struct str[]){range, tell_say_number(s, r->hole)}, 2)
		   : range;
}

static int64_t width(const struct model_target *t)
{
	return t->hi - t->lo + 1;
}

struct str tell_say_missing(const struct tell_say *s, const struct audit_finding *f)
{
	const struct model_target *t = &s->a->m->targets[f->target];

	return word(s, f->r.missing_sure ? "missing" : "missing.least",
	    (struct str[]){tell_say_number(s, f->r.missing), tell_say_number(s, width(t))}, 2);
}

struct str tell_say_safe(const struct tell_say *s, const struct audit_finding *f)
{
	const struct model_target *t = &s->a->m->targets[f->target];

	return word(s, width(t) == 1 ? "safe.one" : "safe",
	    (struct str[]){
		tell_say_number(s, t->lo), tell_say_number(s, t->hi), tell_say_number(s, width(t))},
	    3);
}

struct str tell_say_assumption(const struct tell_say *s, size_t i)
{
	const struct model_named *x = &s->a->m->assumptions[i];
	struct str text = tell_say_own(s, x->en, x->de);

	/* words of another language do not go on after "wenn" */
	return s->lang == TELL_DE && x->de.n == 0 ? word(s, "foreign", &text, 1) : text;
}

struct str tell_say_way(const struct tell_say *s, const struct audit_finding *f)
{
	const struct model *m = s->a->m;
	struct buf b = buf_init(s->c, SENTENCE);
	bool first = true;
	struct str way;

	if (f->two)
		buf_puts(&b, tell_word(s->lang, f->both               ? "way.both"
						: f->view.intersected ? "way.intersected"
								      : "way.superseded"));
	if (m->n_assumptions > 0 && f->view.assume == 0)
		buf_puts(&b, tell_word(s->lang, f->two ? "way.none.after" : "way.none"));
	for (size_t i = 0; i < m->n_assumptions; i++) {
		struct str text;

		if ((f->view.assume & 1u << i) == 0)
			continue;
		text = tell_say_assumption(s, i);
		tell_word_put(&b, s->lang,
		    !first   ? "way.and"
		    : f->two ? "way.if.after"
			     : "way.if",
		    &text, 1);
		first = false;
	}
	way = buf_str(&b);
	return way.n > 0 ? word(s, "way", &way, 1) : way;
}

/* ---- reasons ---- */

static size_t place(const struct tell_figures *l, const struct model *m, size_t row)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(m->rows[l->rows[i]].head.id, m->rows[row].head.id))
			return i + 1;
	return 0;
}

static void collect(struct tell_figures *l, const struct model *m, const struct infer_why *why)
{
	for (size_t i = 0; i < why->n_rows; i++)
		if (place(l, m, why->rows[i]) == 0)
			l->rows[l->n++] = why->rows[i];
}

/* Whether the lower and the upper edge are news: not where they are those that are permitted. */
static void edges(const struct tell_say *s, const struct audit_finding *f, bool *below, bool *above)
{
	bool known = f->r.verdict == INFER_UNSAFE;

	*below = known ? f->r.lo > s->a->m->targets[f->target].lo : f->r.verdict == INFER_TOLD;
	*above = known ? f->r.hi < s->a->m->targets[f->target].hi : f->r.verdict == INFER_TOLD;
}

struct tell_figures tell_say_figures(const struct tell_say *s, const struct audit_finding *f)
{
	const struct model *m = s->a->m;
	struct tell_figures l = {mem_array(s->c, m->n_rows + 1, sizeof(size_t)), 0};
	bool below, above;

	edges(s, f, &below, &above);
	if (below)
		collect(&l, m, &f->r.below);
	if (above)
		collect(&l, m, &f->r.above);
	collect(&l, m, &f->r.none);
	return l;
}

/* A page has sentences of its own for the steps: names in place of ids, and room. */
static struct str say(const struct tell_say *s, const char *key, const struct str *args, size_t n)
{
	return word(s, s->page ? str_fmt(s->c, "%s.page", key).p : key, args, n);
}

/* "law_enforcement is at most 927" */
static struct str bound(
    const struct tell_say *s, const struct audit_finding *f, const struct spread_step *st)
{
	const struct model *m = s->a->m;
	struct str args[] = {
	    st->unknown == m->n_unknowns ? tell_say_target(s, f->target) : unknown(s, st->unknown),
	    tell_say_number(s, st->bound)};

	return say(s, st->kind == SPREAD_LEAST ? "step.least" : "step.most", args, 2);
}

static struct str step(const struct tell_say *s, const struct audit_finding *f,
    const struct tell_figures *l, const struct spread_step *st)
{
	const struct model *m = s->a->m;
	bool own = st->kind != SPREAD_SUM && st->row == m->n_rows;
	struct str args[2], number = STR("");

	if (st->kind == SPREAD_SUM)
		return word(s, "step.sum", NULL, 0);
	if (!own)
		number = str_fmt(s->c, "%zu", place(l, m, st->row));
	if (st->kind == SPREAD_ADD) {
		args[0] = own ? tell_say_number(s, st->bound) : number;
		args[1] = tell_say_number(s, st->bound);
		return own ? word(s, "step.add.target", args, 1) : say(s, "step.add", args, 2);
	}
	args[1] = st->kind == SPREAD_FALSE ? word(s, "step.false", NULL, 0) : bound(s, f, st);
	args[0] = own ? args[1] : number;
	return say(s,
	    !own                           ? "step.by"
	    : st->unknown == m->n_unknowns ? "step.together"
					   : "step.from",
	    args, 2);
}

static struct str counted(const struct tell_say *s, struct str claim, const struct infer_why *why)
{
	bool cases = why->n_steps == 0;
	struct str args[] = {
	    tell_say_number(s, (int64_t)(cases ? why->cases : why->n_steps)), claim};

	return word(s,
	    cases && why->cases == 1                          ? "why.cases.one"
	    : cases                                           ? "why.cases.many"
	    : why->steps[why->n_steps - 1].kind == SPREAD_SUM ? "why.adding"
							      : "why.steps",
	    args, 2);
}

/* One claim and how it follows; false where there is nothing to tell. */
static bool chain(const struct tell_say *s, const struct audit_finding *f,
    const struct tell_figures *l, struct str claim, const struct infer_why *why,
    struct tell_chain *ret)
{
	const struct spread_step *last;
	bool closed, straight;

	*ret = (struct tell_chain){0};
	if (why->n_rows == 0 && why->n_steps == 0)
		return false;
	if (why->n_steps == 0 || why->n_steps > TELL_STEPS) {
		ret->head = counted(s, claim, why);
		return true;
	}
	last = &why->steps[why->n_steps - 1];
	closed = last->kind == SPREAD_FALSE || last->kind == SPREAD_SUM;
	straight = f->target == PART_NO_TARGET || (last->unknown == s->a->m->n_unknowns && !closed);
	ret->head = word(s, straight ? "why.straight" : "why.otherwise", &claim, 1);
	ret->lines = mem_array(s->c, TELL_STEPS + 1, sizeof *ret->lines);
	for (size_t i = 0; i < why->n_steps; i++)
		ret->lines[ret->n++] = step(s, f, l, &why->steps[i]);
	if (!straight && !closed)
		ret->lines[ret->n++] = word(s, "why.closed", NULL, 0);
	return true;
}

size_t tell_say_chains(const struct tell_say *s, const struct audit_finding *f,
    const struct tell_figures *figures, struct tell_chain ret[3])
{
	struct str hole = tell_say_number(s, f->r.hole);
	bool below, above;
	size_t n = 0;

	edges(s, f, &below, &above);
	if (below)
		n += chain(s, f, figures, word(s, "why.less", NULL, 0), &f->r.below, &ret[n]);
	if (above)
		n += chain(s, f, figures, word(s, "why.more", NULL, 0), &f->r.above, &ret[n]);
	n += chain(s, f, figures, word(s, f->r.has_hole ? "why.hole" : "why.all", &hole, 1),
	    &f->r.none, &ret[n]);
	return n;
}

struct str tell_say_end(const struct tell_say *s)
{
	const struct audit *a = s->a;
	struct buf b = buf_init(s->c, SENTENCE);

	tell_word_count(&b, s->lang, "safe_count", tell_say_number(s, (int64_t)a->n_safe));
	tell_word_count(&b, s->lang, "not_count", tell_say_number(s, (int64_t)a->n_not));
	if (a->n_contradictions > 0)
		tell_word_count(
		    &b, s->lang, "elsewhere", tell_say_number(s, (int64_t)a->n_contradictions));
	return buf_str(&b);
}
