/*
 * Judging one order: facts in, findings out (SPEC.md 1.3-1.5). Pure and bounded. The same tree
 * {rule, verdict, facts used, children} answers the page's "why?" and goes into the ledger.
 */
#ifndef WRIT_JUDGE_H
#define WRIT_JUDGE_H

#include "kind/json.h"
#include "law/fact.h"
#include "law/pack.h"

enum verdict { VERDICT_NA, VERDICT_PASS, VERDICT_ASK, VERDICT_COUNSEL, VERDICT_FAIL };

enum { JUDGE_ORDER = -1 }; /* finding.item of a finding about the whole order */

struct finding {
	int item; /* index into judge_input.items, or JUDGE_ORDER */
	struct str rule, pack, code;
	enum verdict verdict;
	bool grants, house, verified;
	struct str en, de;  /* the rule's sentence */
	struct str missing; /* blank-separated facts to be asked for, when verdict is ask */
	const struct source
	    *src;               /* NULL for Writ's own findings (writ.jurisdiction, writ.granted) */
	const struct json *why; /* explanation tree; NULL where the input is brief */
};

struct clock {
	struct str id, act, en, de;
	struct instant from, latest, earliest; /* INSTANT_NONE when not set, or (earliest) lifted */
	bool counts_up, stopped, verified;
	bool unknown; /* the law may start it: facts in `missing` decide; no instants are set */
	struct str missing; /* blank-separated */
	const struct source *src;
};

struct bar {
	struct str id, bars, en, de;
	struct day until; /* DAY_NONE: no end of its own */
	bool verified;
	bool unknown;       /* the law may bar: facts in `missing` decide */
	struct str missing; /* blank-separated */
	const struct source *src;
};

/* A stretch of time that does not count, for clocks that name the reason. */
struct pause {
	struct str reason;
	struct instant from, until; /* until INSTANT_NONE: still running */
};

struct judge_input {
	struct facts order;        /* authority.*, provider.*, demand.*, order.*; order.class and
				    * order.basis come from order.instrument where that is given */
	const struct facts *items; /* item.field, item.service, item.from, item.to, target.*;
				    * item.fold and item.category are set from item.field */
	size_t n_items;
	const struct pause *pauses;
	size_t n_pauses;
	struct instant now;
	struct day received; /* the law of this day judges */
	bool brief;          /* without explanations, which cost more than the judging */
};

struct judgment {
	struct finding *findings;
	struct clock *clocks;
	struct bar *bars;
	size_t n_findings, n_clocks, n_bars;
	enum verdict *items;    /* verdict per item */
	struct str *item_codes; /* refusal code of the worst finding, "" on pass */
	struct str
	    *item_category; /* the category of the first statute pack that has one for the field */
	struct instant earliest; /* no production before; INSTANT_NONE when free */
};

/* judge_order(c, law, in, ret): every finding of every pack that applies, except the rules that do
 * not apply (n/a). Order findings come first, then each item's; statute before house. Writ's own
 * findings: writ.jurisdiction  ask: no statute pack applies (code needs_mla), or it is not known
 * whether one does writ.instrument    ask without order.instrument; fail when no applying statute
 * pack has it that day writ.granted       fail: no verified rule of an applying statute pack grants
 * the item and, under its own id, a confirm clock that ran out (fail, not_confirmed), and a
 * verified confirm clock or earliest instant whose facts are missing (ask). ERR_INVALID when a fact
 * is not in the vocabulary, has a wrong value or stands in the wrong list; the text never quotes a
 * value. */
int judge_order(struct ctx *c, const struct law *law, const struct judge_input *in,
    struct judgment *ret) MUST_CHECK;
/* judge_clocks(c, law, in, ret): the clocks of judge_order and nothing else, for lists of many
 * orders: ret->clocks and n_clocks. The items of `in` are not looked at. Errors of judge_order. */
int judge_clocks(struct ctx *c, const struct law *law, const struct judge_input *in,
    struct judgment *ret) MUST_CHECK;
/* judge_verdict_name(v): "pass", "ask", "counsel", "fail", "n/a". */
const char *judge_verdict_name(enum verdict v);

#endif
