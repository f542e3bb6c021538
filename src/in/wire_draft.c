#include "in/wire.h"

#include "base/mem.h"
#include "in/target.h"
#include "kind/land.h"

/* The years 1 to 9999, as day_parse and instant_parse take them. */
enum { DAY_FIRST = -719162, DAY_LAST = 2932896 };
#define INSTANT_FIRST INT64_C(-62135596800)
#define INSTANT_LAST INT64_C(253402300799)

enum { PAPER_NAME_MAX = 255, COUNTRY_MAX = 2 };

/* ---- putting --------------------------------------------------------------------------------- */

void wire_put_order(struct buf *b, const struct draft_order *o)
{
	wire_put_text(b, o->instrument);
	wire_put_text(b, o->cures);
	wire_put_int(b, (int64_t)o->n_facts);
	for (size_t i = 0; i < o->n_facts; i++) {
		wire_put_text(b, o->facts[i].name);
		wire_put_text(b, o->facts[i].value);
	}
	wire_put_int(b, (int64_t)o->n_targets);
	for (size_t i = 0; i < o->n_targets; i++) {
		const struct draft_target *t = &o->targets[i];

		wire_put_text(b, t->kind);
		wire_put_text(b, t->printed);
		wire_put_text(b, t->value);
		wire_put_int(b, t->at.s);
		wire_put_int(b, t->specific);
	}
	wire_put_int(b, (int64_t)o->n_asks);
	for (size_t i = 0; i < o->n_asks; i++) {
		const struct draft_ask *a = &o->asks[i];

		wire_put_text(b, a->fields);
		wire_put_text(b, a->service);
		wire_put_int(b, a->from.n);
		wire_put_int(b, a->to.n);
		wire_put_int(b, (int64_t)a->n_targets);
		for (size_t k = 0; k < a->n_targets; k++)
			wire_put_int(b, (int64_t)a->targets[k]);
	}
}

void wire_put_draft(struct buf *b, const struct draft *d)
{
	const struct str texts[] = {d->channel, d->language, d->country, d->body, d->level,
	    d->authority, d->number, d->officer, d->officer_mail, d->officer_key, d->subject,
	    d->message};

	wire_put_int(b, d->received.s);
	wire_put_int(b, d->verified);
	wire_put_int(b, d->specific);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		wire_put_text(b, texts[i]);
	wire_put_int(b, (int64_t)d->n_papers);
	for (size_t i = 0; i < d->n_papers; i++)
		wire_put_text(b, d->papers[i]);
	wire_put_int(b, (int64_t)d->n_orders);
	for (size_t i = 0; i < d->n_orders; i++)
		wire_put_order(b, &d->orders[i]);
}

/* ---- taking ---------------------------------------------------------------------------------- */

static void refuse(struct wire *w, const char *what)
{
	if (w->fault == NULL)
		w->fault = what;
	w->rest = STR("");
}

static struct str text_take(struct ctx *c, struct wire *w)
{
	return str_make(c, wire_text(w, DRAFT_TEXT_MAX));
}

static struct str line_take(struct ctx *c, struct wire *w)
{
	return str_make(c, wire_line(w, DRAFT_VALUE_MAX));
}

static struct str shape_take(struct ctx *c, struct wire *w, const char *(*bad)(struct str s))
{
	struct str s = wire_text(w, DRAFT_TEXT_MAX);

	if (bad(s) != NULL)
		refuse(w, "a field of a wrong shape");
	return str_make(c, w->fault == NULL ? s : STR(""));
}

/* How many members follow. Each has eight bytes at least, so that a small answer cannot ask for
 * much memory. */
static size_t count_take(struct wire *w, size_t max)
{
	size_t n = (size_t)wire_int(w, 0, (int64_t)max);

	if (n > w->rest.n / 8) {
		refuse(w, "ends too early");
		return 0;
	}
	return n;
}

static struct instant instant_take(struct wire *w, bool needed)
{
	int64_t s = wire_int(w, INT64_MIN, INSTANT_LAST);

	if (s < INSTANT_FIRST && (needed || s != INSTANT_NONE.s))
		refuse(w, "an instant that is none");
	return (struct instant){s};
}

static struct day day_take(struct wire *w)
{
	int64_t n = wire_int(w, DAY_NONE.n, DAY_LAST);

	if (n < DAY_FIRST && n != DAY_NONE.n)
		refuse(w, "a day that is none");
	return (struct day){(int32_t)n};
}

static const char *fields_fault(struct str s)
{
	struct str word;

	while (str_word(&s, &word))
		if (draft_word_fault(word) != NULL)
			return "is not a list of the ids of fields";
	return NULL;
}

static void facts_take(struct ctx *c, struct wire *w, struct draft_order *o)
{
	o->n_facts = count_take(w, DRAFT_ASKS_MAX);
	o->facts = mem_array(c, o->n_facts, sizeof *o->facts);
	for (size_t i = 0; i < o->n_facts && w->fault == NULL; i++) {
		o->facts[i].name = shape_take(c, w, draft_word_fault);
		if (!str_starts(o->facts[i].name, "order."))
			refuse(w, "a fact that is none of an order's");
		o->facts[i].value = text_take(c, w);
	}
}

static void targets_take(struct ctx *c, struct wire *w, struct draft_order *o)
{
	o->n_targets = count_take(w, DRAFT_TARGETS_MAX);
	o->targets = mem_array(c, o->n_targets, sizeof *o->targets);
	for (size_t i = 0; i < o->n_targets && w->fault == NULL; i++) {
		struct draft_target *t = &o->targets[i];

		t->kind = shape_take(c, w, draft_word_fault);
		t->printed = line_take(c, w);
		t->value = line_take(c, w);
		t->at = instant_take(w, false);
		t->specific = wire_bool(w);
		if (!draft_kind_known(t->kind))
			refuse(w, "a kind of target that is none");
		/* that a wildcard names nobody is a promise, and a look costs nothing */
		if (t->specific && !target_specific(t->kind, t->printed))
			refuse(w, "a wildcard that claims to name one account");
	}
}

static void ask_take(struct ctx *c, struct wire *w, size_t n_targets, struct draft_ask *a)
{
	bool *seen = mem_array(c, n_targets, sizeof *seen);

	a->fields = shape_take(c, w, fields_fault);
	a->service = shape_take(c, w, draft_word_fault);
	a->from = day_take(w);
	a->to = day_take(w);
	if (!day_is_none(a->from) && !day_is_none(a->to) && day_cmp(a->from, a->to) > 0)
		refuse(w, "a period that ends before it begins");
	a->n_targets = count_take(w, n_targets);
	a->targets = mem_array(c, a->n_targets, sizeof *a->targets);
	for (size_t i = 0; i < a->n_targets && w->fault == NULL; i++) {
		size_t at = (size_t)wire_int(w, 0, (int64_t)n_targets - 1);

		if (w->fault == NULL && seen[at])
			refuse(w, "a target named twice");
		if (w->fault == NULL)
			seen[at] = true;
		a->targets[i] = at;
	}
}

void wire_order(struct ctx *c, struct wire *w, struct draft_order *o)
{
	o->instrument = shape_take(c, w, draft_word_fault);
	o->cures = shape_take(c, w, draft_word_fault);
	facts_take(c, w, o);
	targets_take(c, w, o);
	o->n_asks = count_take(w, DRAFT_ASKS_MAX);
	o->asks = mem_array(c, o->n_asks, sizeof *o->asks);
	for (size_t i = 0; i < o->n_asks && w->fault == NULL; i++)
		ask_take(c, w, o->n_targets, &o->asks[i]);
}

/* A paper is looked for beside the demand's own file, and nowhere else. */
static void papers_take(struct ctx *c, struct wire *w, struct draft *d)
{
	d->n_papers = count_take(w, DRAFT_ASKS_MAX);
	d->papers = mem_array(c, d->n_papers, sizeof *d->papers);
	for (size_t i = 0; i < d->n_papers && w->fault == NULL; i++) {
		struct str s = wire_line(w, PAPER_NAME_MAX);

		if (s.n == 0 || str_has(s, '/') || str_is(s, ".") || str_is(s, ".."))
			refuse(w, "the name of a paper that is none");
		d->papers[i] = str_make(c, s);
	}
}

static void head_take(struct ctx *c, struct wire *w, struct draft *d)
{
	d->received = instant_take(w, true);
	d->verified = wire_bool(w);
	d->specific = wire_bool(w);
	d->channel = shape_take(c, w, draft_word_fault);
	d->language = shape_take(c, w, draft_language_fault);
	d->country = str_make(c, wire_line(w, COUNTRY_MAX));
	if (w->fault == NULL && !land_known(d->country))
		refuse(w, "a country that is none");
	d->body = shape_take(c, w, draft_word_fault);
	d->level = shape_take(c, w, draft_word_fault);
	d->authority = line_take(c, w);
	d->number = line_take(c, w);
	d->officer = line_take(c, w);
	d->officer_mail = line_take(c, w);
	d->officer_key = shape_take(c, w, draft_key_fault);
	d->subject = text_take(c, w);
	d->message = text_take(c, w);
}

void wire_draft(struct ctx *c, struct wire *w, struct draft *ret)
{
	struct draft d = {0};

	head_take(c, w, &d);
	papers_take(c, w, &d);
	d.n_orders = count_take(w, DRAFT_ORDERS_MAX);
	d.orders = mem_array(c, d.n_orders, sizeof *d.orders);
	for (size_t i = 0; i < d.n_orders && w->fault == NULL; i++)
		wire_order(c, w, &d.orders[i]);
	*ret = d;
}
