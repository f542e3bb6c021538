/*
 * Conditions (SPEC.md 1.3): one line "FACT VERB ARGUMENTS", or a block any:, all:, none: of further
 * conditions. Compiled once against the vocabulary, evaluated in three values.
 */
#ifndef WRIT_COND_P_H
#define WRIT_COND_P_H

#include "kind/json.h"
#include "law/fact.h"
#include "law/pack.h"

enum tri { TRI_NO, TRI_UNKNOWN, TRI_YES };

enum cond_verb {
	COND_ALL,
	COND_ANY,
	COND_NONE,
	COND_IS,
	COND_IS_NOT,
	COND_HAS,
	COND_ONLY,
	COND_GIVEN,
	COND_MISSING,
	COND_AT_LEAST,
	COND_AT_MOST,
	COND_BEFORE,
	COND_NOT_BEFORE,
	COND_AFTER,
	COND_NOT_AFTER
};

struct cond {
	enum cond_verb verb;
	const struct vocab_fact *fact; /* NULL for a block */
	struct str args;               /* words as written */
	int64_t number;
	const struct vocab_fact *other; /* before/after another fact; NULL: `day` */
	struct day day;
	const struct cond **at; /* members of a block */
	size_t n;
	const struct yaml *node; /* for errors found after all packs are loaded */
};

/* What a condition may name: the vocabulary, the pack's own categories, and whether item.* and
 * target.* facts exist where it stands. */
struct cond_scope {
	const struct law *law;
	const struct pack *pack;
	bool item;
};

/* What it is judged over. item is NULL for order-scope conditions. */
struct cond_view {
	const struct facts *order, *item;
};

/* cond_parse(c, scope, list, ret): a list of conditions that must all hold. ERR_INVALID with place.
 */
int cond_parse(struct ctx *c, const struct cond_scope *scope, const struct yaml *list,
    const struct cond **ret) MUST_CHECK;
/* cond_check_instruments(c, law, cond): every word compared with order.instrument is an instrument
 * of some loaded pack. Called when all are loaded. cond may be NULL. */
int cond_check_instruments(
    struct ctx *c, const struct law *law, const struct cond *cond) MUST_CHECK;

/* cond_eval(c, cond, view): NULL holds. The facts have passed pack_fact_check. */
enum tri cond_eval(struct ctx *c, const struct cond *cond, const struct cond_view *v);
/* cond_eval_missing(c, cond, view, ret): adds to *ret, blank-separated and each once, the facts
 * that leave cond unknown. */
void cond_eval_missing(
    struct ctx *c, const struct cond *cond, const struct cond_view *v, struct str *ret);
/* cond_eval_why(c, cond, view): {"cond", "value", "facts", "children"}. */
struct json *cond_eval_why(struct ctx *c, const struct cond *cond, const struct cond_view *v);
/* cond_eval_facts(c, cond, view, map): sets every fact that cond names in map: its value, null when
 * not known, or "given" for a text that may hold personal data. */
void cond_eval_facts(
    struct ctx *c, const struct cond *cond, const struct cond_view *v, struct json *map);
/* cond_eval_find(view, name): as fact_find, over the list the name belongs to. */
struct str cond_eval_find(const struct cond_view *v, struct str name);
/* cond_text(c, cond): one line. */
struct str cond_text(struct ctx *c, const struct cond *cond);
/* cond_item_fact(name): the fact belongs to an item: item.* or target.*. */
bool cond_item_fact(struct str name);

#endif
