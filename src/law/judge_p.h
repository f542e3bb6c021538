/* The parts of judging that judge.c, judge_rule.c and judge_item.c share. */
#ifndef WRIT_JUDGE_P_H
#define WRIT_JUDGE_P_H

#include "law/cond_p.h"
#include "law/judge.h"

/* One run of judge_order. */
struct judge_run {
	const struct law *law;
	const struct judge_input *in;
	struct facts order;                  /* the input's, with order.class and order.basis */
	const struct instrument *instrument; /* of a pack that applies; NULL when there is none */
	enum tri *applies;                   /* per pack of law */
	bool statute;                        /* a statute pack applies */
	enum verdict statute_order;          /* worst statute finding on the order */
	struct finding *findings;
	size_t n_findings, cap_findings;
};

/* judge_rule_find(c, run, pack, rule, view, item, ret): one rule's finding; false for n/a and
 * outside the rule's dates. */
bool judge_rule_find(struct ctx *c, const struct judge_run *run, const struct pack *pack,
    const struct rule *rule, const struct cond_view *v, int item, struct finding *ret);
/* judge_rule_valid(src, day): the law of that day has it. */
bool judge_rule_valid(const struct source *src, struct day day);
/* judge_rule_own(id, item, verdict, code): the beginning of one of Writ's own findings, without its
 * explanation. */
struct finding judge_rule_own(const char *id, int item, enum verdict verdict, struct str code);
/* judge_rule_why(c, id, verdict, facts, children): a node of the explanation tree; facts and
 * children may be NULL. Not asked for where the input is brief. */
struct json *judge_rule_why(
    struct ctx *c, struct str id, enum verdict verdict, struct json *facts, struct json *children);
/* judge_rule_soften(c, run, statute, finding): what a house fail becomes, given the statute layer's
 * verdict (SPEC.md 1.3). */
void judge_rule_soften(
    struct ctx *c, const struct judge_run *run, enum verdict statute, struct finding *f);

/* judge_item_find(c, run, item, ret_verdict, ret_code, ret_category): adds the item's findings. */
void judge_item_find(struct ctx *c, struct judge_run *run, int item, enum verdict *ret_verdict,
    struct str *ret_code, struct str *ret_category);
/* judge_add(c, run, finding): into the list. */
void judge_add(struct ctx *c, struct judge_run *run, const struct finding *f);

#endif
