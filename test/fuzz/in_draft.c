/* Demands as JSON: what was read and written again is read as the same demand; targets carry their
 * normal form; a refusal names the field or the place and repeats no value. */
#include "fuzz.h"

#include "in/draft.h"
#include "in/target.h"
#include "kind/land.h"

static void check_order(struct ctx *c, const struct draft_order *o)
{
	struct str value;

	fuzz_must(o->instrument.n > 0, "an order has an instrument");
	for (size_t i = 0; i < o->n_targets; i++) {
		const struct draft_target *t = &o->targets[i];

		fuzz_must(t->value.n > 0 && t->value.n <= DRAFT_VALUE_MAX, "a target has a value");
		if (t->specific)
			fuzz_must(target_normalise(c, t->kind, t->printed, &value) == 0 &&
				      str_eq(value, t->value),
			    "a specific target has its normal form");
	}
	for (size_t i = 0; i < o->n_asks; i++) {
		fuzz_must(o->asks[i].fields.n > 0, "what is asked for has fields");
		for (size_t k = 0; k < o->asks[i].n_targets; k++)
			fuzz_must(o->asks[i].targets[k] < o->n_targets, "and targets of its order");
	}
}

static void same_asks(const struct draft_order *a, const struct draft_order *b)
{
	fuzz_must(a->n_asks == b->n_asks, "as much is asked for");
	for (size_t i = 0; i < a->n_asks; i++) {
		const struct draft_ask *x = &a->asks[i], *y = &b->asks[i];

		fuzz_must(str_eq(x->fields, y->fields) && str_eq(x->service, y->service) &&
			      day_cmp(x->from, y->from) == 0 && day_cmp(x->to, y->to) == 0,
		    "the same is asked for");
		fuzz_must(
		    x->n_targets == y->n_targets &&
			memcmp(x->targets, y->targets, x->n_targets * sizeof *x->targets) == 0,
		    "of the same targets");
	}
}

static void same_order(const struct draft_order *a, const struct draft_order *b)
{
	fuzz_must(str_eq(a->instrument, b->instrument) && str_eq(a->cures, b->cures) &&
		      a->n_facts == b->n_facts && a->n_targets == b->n_targets,
	    "the same order");
	for (size_t i = 0, found = 0; i < a->n_facts; i++, found = 0) { /* in any order */
		for (size_t k = 0; k < b->n_facts; k++)
			found += str_eq(a->facts[i].name, b->facts[k].name) &&
				 str_eq(a->facts[i].value, b->facts[k].value);
		fuzz_must(found == 1, "with the same facts");
	}
	for (size_t i = 0; i < a->n_targets; i++) {
		const struct draft_target *x = &a->targets[i], *y = &b->targets[i];

		fuzz_must(str_eq(x->kind, y->kind) && str_eq(x->printed, y->printed) &&
			      str_eq(x->value, y->value) && x->at.s == y->at.s &&
			      x->specific == y->specific,
		    "the same target");
	}
	same_asks(a, b);
}

/* The short texts of a demand's head. */
static struct str head(struct ctx *c, const struct draft *d)
{
	const struct str texts[] = {d->channel, d->language, d->country, d->body, d->level,
	    d->authority, d->number, d->officer, d->officer_mail, d->officer_key};
	struct buf b = buf_init(c, 1 << 20);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		buf_put(&b, texts[i]);
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

static void same(struct ctx *c, const struct draft *a, const struct draft *b)
{
	fuzz_must(str_eq(head(c, a), head(c, b)), "the same head");
	fuzz_must(a->received.s == b->received.s && a->verified == b->verified &&
		      a->specific == b->specific && str_eq(a->subject, b->subject) &&
		      str_eq(a->message, b->message) && a->n_papers == b->n_papers &&
		      a->n_orders == b->n_orders,
	    "the same demand");
	for (size_t i = 0; i < a->n_papers; i++)
		fuzz_must(str_eq(a->papers[i], b->papers[i]), "with the same papers");
	for (size_t i = 0; i < a->n_orders; i++)
		same_order(&a->orders[i], &b->orders[i]);
}

static void check(struct ctx *c, const struct draft *d)
{
	struct str text = json_str(c, draft_json(c, d));
	struct draft again;

	fuzz_must(land_known(d->country), "the authority's country is one");
	fuzz_must(d->n_orders <= DRAFT_ORDERS_MAX, "no more orders than the limit");
	for (size_t i = 0; i < d->n_orders; i++)
		check_order(c, &d->orders[i]);
	fuzz_must(draft_json_parse(c, "again", text, &again) == 0, "what was written is read");
	same(c, d, &again);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct draft d;
	int rc = draft_json_parse(c, "fuzz", in, &d);

	if (rc == 0) {
		check(c, &d);
	} else {
		fuzz_refused(c, rc);
		if (!str_starts(str_of(err_text(c)), "fuzz: "))
			fuzz_refused_at(c, rc, "fuzz");
		err_clear(c);
	}
	rc = draft_json_parse(c, "fuzz", fuzz_canary(c, in), &d);
	if (strstr(err_text(c), ".facts.order.") == NULL) /* a fact's name is part of the place */
		fuzz_no_canary(c);
}
