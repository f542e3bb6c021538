#include "law/cond_p.h"

#include "base/mem.h"

struct str cond_eval_find(const struct cond_view *v, struct str name)
{
	if (!cond_item_fact(name))
		return fact_find(v->order, name);
	return v->item == NULL ? (struct str){NULL, 0} : fact_find(v->item, name);
}

static enum tri tri_of(bool yes)
{
	return yes ? TRI_YES : TRI_NO;
}

static bool set_holds(enum cond_verb verb, struct str have, struct str want)
{
	struct str word;

	while (str_word(&have, &word)) {
		bool in = str_has_word(want, word);

		if (in != (verb == COND_ONLY))
			return in; /* has: one is enough; only: one stranger is enough */
	}
	return verb == COND_ONLY;
}

static bool number_holds(const struct cond *cond, int64_t have)
{
	struct str rest = cond->args, word;
	int64_t number;

	if (cond->verb == COND_AT_LEAST)
		return have >= cond->number;
	if (cond->verb == COND_AT_MOST)
		return have <= cond->number;
	while (str_word(&rest, &word))
		if (str_i64(word, &number) && number == have)
			return cond->verb == COND_IS;
	return cond->verb == COND_IS_NOT;
}

/* A day, or an instant with the civil day it falls on. */
struct point {
	struct day day;
	struct instant at; /* INSTANT_NONE for a day */
};

static bool point_read(
    struct ctx *c, const struct vocab_fact *fact, const struct cond_view *v, struct point *ret)
{
	struct str text = cond_eval_find(v, fact->id);
	struct point p = {DAY_NONE, INSTANT_NONE};

	if (text.p == NULL)
		return false;
	if (fact->type == FACT_DAY) {
		if (day_parse(c, text, &p.day) != 0)
			goto bad;
	} else {
		if (instant_parse(c, text, &p.at) != 0)
			goto bad;
		p.day = instant_day(p.at);
	}
	*ret = p;
	return true;
bad:
	err_clear(c); /* a value that no check let pass is not known */
	return false;
}

static enum tri point_eval(struct ctx *c, const struct cond *cond, const struct cond_view *v)
{
	struct point a, b = {cond->day, INSTANT_NONE};
	int cmp;

	if (!point_read(c, cond->fact, v, &a))
		return TRI_UNKNOWN;
	if (cond->other != NULL && !point_read(c, cond->other, v, &b))
		return TRI_UNKNOWN;
	if (instant_is_none(a.at) || instant_is_none(b.at))
		cmp = day_cmp(a.day, b.day);
	else
		cmp = (a.at.s > b.at.s) - (a.at.s < b.at.s);
	if (cond->verb == COND_BEFORE || cond->verb == COND_NOT_BEFORE)
		return tri_of((cmp < 0) == (cond->verb == COND_BEFORE));
	return tri_of((cmp > 0) == (cond->verb == COND_AFTER));
}

static enum tri leaf_eval(struct ctx *c, const struct cond *cond, const struct cond_view *v)
{
	struct str have = cond_eval_find(v, cond->fact->id);
	int64_t number;

	if (cond->verb == COND_GIVEN || cond->verb == COND_MISSING)
		return tri_of((have.p != NULL) == (cond->verb == COND_GIVEN));
	if (have.p == NULL)
		return TRI_UNKNOWN;
	switch (cond->fact->type) {
	case FACT_SET:
		return tri_of(set_holds(cond->verb, have, cond->args));
	case FACT_NUMBER:
		return str_i64(have, &number) ? tri_of(number_holds(cond, number)) : TRI_UNKNOWN;
	case FACT_DAY:
	case FACT_INSTANT:
		return point_eval(c, cond, v);
	case FACT_YESNO:
	case FACT_ONE:
	case FACT_TEXT:
		break;
	}
	return tri_of(str_has_word(cond->args, have) == (cond->verb == COND_IS));
}

/* none: is the contrary of any: */
static enum tri block_eval(struct ctx *c, const struct cond *cond, const struct cond_view *v)
{
	enum tri decides = cond->verb == COND_ALL ? TRI_NO : TRI_YES;
	enum tri result = cond->verb == COND_ALL ? TRI_YES : TRI_NO;

	for (size_t i = 0; i < cond->n; i++) {
		enum tri one = cond_eval(c, cond->at[i], v);

		if (one == decides) {
			result = decides;
			break;
		}
		if (one == TRI_UNKNOWN)
			result = TRI_UNKNOWN;
	}
	if (cond->verb == COND_NONE && result != TRI_UNKNOWN)
		return result == TRI_YES ? TRI_NO : TRI_YES;
	return result;
}

enum tri cond_eval(struct ctx *c, const struct cond *cond, const struct cond_view *v)
{
	if (cond == NULL)
		return TRI_YES;
	return cond->fact == NULL ? block_eval(c, cond, v) : leaf_eval(c, cond, v);
}

static void missing_add(
    struct ctx *c, const struct cond_view *v, const struct vocab_fact *fact, struct str *ret)
{
	if (fact == NULL || cond_eval_find(v, fact->id).p != NULL || str_has_word(*ret, fact->id))
		return;
	*ret = ret->n == 0 ? fact->id : str_fmt(c, "%.*s %.*s", STR_ARG(*ret), STR_ARG(fact->id));
}

void cond_eval_missing(
    struct ctx *c, const struct cond *cond, const struct cond_view *v, struct str *ret)
{
	if (cond_eval(c, cond, v) != TRI_UNKNOWN)
		return;
	missing_add(c, v, cond->fact, ret);
	missing_add(c, v, cond->other, ret);
	for (size_t i = 0; i < cond->n; i++)
		cond_eval_missing(c, cond->at[i], v, ret);
}

static void fact_show(
    struct ctx *c, const struct vocab_fact *fact, const struct cond_view *v, struct json *map)
{
	struct str value;
	struct json *j;

	if (fact == NULL)
		return;
	value = cond_eval_find(v, fact->id);
	if (value.p == NULL)
		j = mem_alloc(c, sizeof *j); /* zeroed: JSON_NULL */
	else if (fact->type == FACT_TEXT && !fact->plain)
		j = json_of_text(c, STR("given"));
	else
		j = json_of_text(c, value);
	json_set(c, map, str_z(c, fact->id), j);
}

void cond_eval_facts(
    struct ctx *c, const struct cond *cond, const struct cond_view *v, struct json *map)
{
	if (cond == NULL)
		return;
	fact_show(c, cond->fact, v, map);
	fact_show(c, cond->other, v, map);
	for (size_t i = 0; i < cond->n; i++)
		cond_eval_facts(c, cond->at[i], v, map);
}

struct json *cond_eval_why(struct ctx *c, const struct cond *cond, const struct cond_view *v)
{
	static const char *const values[] = {"no", "unknown", "yes"};
	static const char *const blocks[] = {"all", "any", "none"};
	struct json *j = json_map(c), *facts = json_map(c), *children = json_list(c);

	json_set_text(
	    c, j, "cond", cond->fact == NULL ? str_of(blocks[cond->verb]) : cond_text(c, cond));
	json_set_text(c, j, "value", str_of(values[cond_eval(c, cond, v)]));
	fact_show(c, cond->fact, v, facts);
	fact_show(c, cond->other, v, facts);
	for (size_t i = 0; i < cond->n; i++)
		json_add(c, children, cond_eval_why(c, cond->at[i], v));
	json_set(c, j, "facts", facts);
	json_set(c, j, "children", children);
	return j;
}
