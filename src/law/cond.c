#include "law/cond_p.h"

#include "base/mem.h"

enum args { ARGS_NONE, ARGS_WORDS, ARGS_NUMBER, ARGS_POINT };

enum {
	ON_ANY = 0x7f,
	ON_WORD = 1 << FACT_YESNO | 1 << FACT_ONE | 1 << FACT_TEXT | 1 << FACT_NUMBER,
	ON_SET = 1 << FACT_SET,
	ON_NUMBER = 1 << FACT_NUMBER,
	ON_POINT = 1 << FACT_DAY | 1 << FACT_INSTANT
};

/* Longer texts stand before their beginnings: "is not" before "is". */
static const struct verb_row {
	const char *text;
	enum cond_verb verb;
	unsigned types;
	enum args args;
} verbs[] = {
    {"is not", COND_IS_NOT, ON_WORD, ARGS_WORDS},
    {"is", COND_IS, ON_WORD, ARGS_WORDS},
    {"has", COND_HAS, ON_SET, ARGS_WORDS},
    {"only", COND_ONLY, ON_SET, ARGS_WORDS},
    {"given", COND_GIVEN, ON_ANY, ARGS_NONE},
    {"missing", COND_MISSING, ON_ANY, ARGS_NONE},
    {"at least", COND_AT_LEAST, ON_NUMBER, ARGS_NUMBER},
    {"at most", COND_AT_MOST, ON_NUMBER, ARGS_NUMBER},
    {"not before", COND_NOT_BEFORE, ON_POINT, ARGS_POINT},
    {"before", COND_BEFORE, ON_POINT, ARGS_POINT},
    {"not after", COND_NOT_AFTER, ON_POINT, ARGS_POINT},
    {"after", COND_AFTER, ON_POINT, ARGS_POINT},
};

static const char *const block_names[] = {
    "all", "any", "none"}; /* in the order of enum cond_verb */

bool cond_item_fact(struct str name)
{
	return str_starts(name, "item.") || str_starts(name, "target.");
}

/* Takes the words of `text` off *rest; false, leaving *rest, if it does not begin with them. */
static bool verb_take(struct str *rest, const char *text)
{
	struct str left = *rest, want = str_of(text), have, word;

	while (str_word(&want, &word))
		if (!str_word(&left, &have) || !str_eq(have, word))
			return false;
	*rest = left;
	return true;
}

static const struct verb_row *verb_find(struct str *rest)
{
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (verb_take(rest, verbs[i].text))
			return &verbs[i];
	return NULL;
}

static const struct verb_row *verb_row(enum cond_verb verb)
{
	size_t i = 0;

	while (verbs[i].verb != verb)
		i++;
	return &verbs[i];
}

static struct str verbs_for(struct ctx *c, enum fact_type type)
{
	struct buf b = buf_init(c, 200);

	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if ((verbs[i].types & 1u << type) != 0)
			buf_fmt(&b, "%s%s", b.n == 0 ? "" : ", ", verbs[i].text);
	return buf_str(&b);
}

static int fact_unknown(
    struct ctx *c, const struct cond_scope *s, const struct yaml *node, struct str name)
{
	struct buf b = buf_init(c, 700);
	struct str group, rest, g, r;

	(void)str_cut(name, '.', &group, &rest);
	for (size_t i = 0; i < s->law->n_facts; i++)
		if (str_cut(s->law->facts[i].id, '.', &g, &r) && str_eq(g, group))
			buf_fmt(&b, " %.*s", STR_ARG(r));
	if (b.n == 0)
		return yaml_err(c, node, "no fact \"%.*s\" in the vocabulary", STR_ARG(name));
	return yaml_err(c, node, "no fact \"%.*s\" in the vocabulary; under %.*s:%.*s",
	    STR_ARG(name), STR_ARG(group), STR_ARG(buf_str(&b)));
}

static int fact_get(struct ctx *c, const struct cond_scope *s, const struct yaml *node,
    struct str name, const struct vocab_fact **ret)
{
	const struct vocab_fact *fact = pack_fact(s->law, name);

	if (fact == NULL)
		return fact_unknown(c, s, node, name);
	if (!s->item && cond_item_fact(name))
		return yaml_err(c, node,
		    "\"%.*s\" is a fact of an item: only rules of scope item have it",
		    STR_ARG(name));
	*ret = fact;
	return 0;
}

static bool pack_has_category(const struct pack *pack, struct str id)
{
	for (size_t i = 0; i < pack->n_categories; i++)
		if (str_eq(pack->categories[i].id, id))
			return true;
	return false;
}

/* NULL when the fact can have the word, else what it takes. */
static const char *word_fault(
    const struct cond_scope *s, const struct vocab_fact *fact, struct str word)
{
	int64_t number;

	if (fact->type == FACT_YESNO)
		return str_is(word, "yes") || str_is(word, "no") ? NULL : "takes yes or no";
	if (fact->type == FACT_NUMBER)
		return str_i64(word, &number) ? NULL : "takes whole numbers";
	if (str_is(fact->id, "item.field"))
		return pack_field(s->law, word) != NULL ? NULL : "takes a field of the vocabulary";
	if (str_is(fact->id, "item.category"))
		return pack_has_category(s->pack, word) ? NULL : "takes a category of this pack";
	if (fact->values.n > 0 && !str_has_word(fact->values, word))
		return "takes only the words of the vocabulary";
	return NULL;
}

static int words_check(struct ctx *c, const struct cond_scope *s, const struct cond *cond)
{
	struct str rest = cond->args, word;
	size_t n = 0;

	for (; str_word(&rest, &word); n++) {
		const char *fault = word_fault(s, cond->fact, word);

		if (fault != NULL)
			return yaml_err(c, cond->node, "\"%.*s\": %.*s %s", STR_ARG(word),
			    STR_ARG(cond->fact->id), fault);
	}
	if (n == 0)
		return yaml_err(c, cond->node, "a word is missing after the verb");
	return 0;
}

static int point_read(struct ctx *c, const struct cond_scope *s, struct cond *cond)
{
	struct str rest = cond->args, word;
	int rc;

	if (!str_word(&rest, &word) || str_trim(rest).n > 0)
		return yaml_err(c, cond->node, "one day YYYY-MM-DD or one fact is expected");
	if (word.p[0] >= '0' && word.p[0] <= '9') {
		if (day_parse(c, word, &cond->day) == 0)
			return 0;
		err_clear(c);
		return yaml_err(c, cond->node, "\"%.*s\" is not a day YYYY-MM-DD", STR_ARG(word));
	}
	rc = fact_get(c, s, cond->node, word, &cond->other);
	if (rc != 0)
		return rc;
	if ((1u << cond->other->type & ON_POINT) == 0)
		return yaml_err(
		    c, cond->node, "\"%.*s\" is neither a day nor an instant", STR_ARG(word));
	return 0;
}

static int args_read(struct ctx *c, const struct cond_scope *s, enum args args, struct cond *cond)
{
	switch (args) {
	case ARGS_NONE:
		if (cond->args.n > 0)
			return yaml_err(c, cond->node, "nothing may follow this verb");
		return 0;
	case ARGS_WORDS:
		return words_check(c, s, cond);
	case ARGS_NUMBER:
		if (!str_i64(cond->args, &cond->number))
			return yaml_err(c, cond->node, "one whole number is expected");
		return 0;
	case ARGS_POINT:
		return point_read(c, s, cond);
	}
	return 0;
}

static int line_parse(
    struct ctx *c, const struct cond_scope *s, const struct yaml *node, struct cond *cond)
{
	struct str rest = node->text, name;
	const struct verb_row *verb;
	int rc;

	if (!str_word(&rest, &name))
		return yaml_err(c, node, "an empty condition");
	rc = fact_get(c, s, node, name, &cond->fact);
	if (rc != 0)
		return rc;
	verb = verb_find(&rest);
	if (verb == NULL || (verb->types & 1u << cond->fact->type) == 0)
		return yaml_err(c, node, "%s; %.*s takes: %.*s",
		    verb == NULL ? "no such verb" : "this verb does not fit the fact",
		    STR_ARG(name), STR_ARG(verbs_for(c, cond->fact->type)));
	cond->verb = verb->verb;
	cond->args = str_trim(rest);
	return args_read(c, s, verb->args, cond);
}

static int members_parse(
    struct ctx *c, const struct cond_scope *s, const struct yaml *list, struct cond *cond);

static int block_parse(
    struct ctx *c, const struct cond_scope *s, const struct yaml *node, struct cond *cond)
{
	if (node->kind != YAML_MAP || node->n != 1)
		return yaml_err(
		    c, node, "a condition is one line, or one block any:, all: or none:");
	for (size_t i = 0; i < 3; i++) {
		if (!str_is(node->key[0], block_names[i]))
			continue;
		cond->verb = (enum cond_verb)i;
		return members_parse(c, s, node->at[0], cond);
	}
	return yaml_err(c, node, "a block of conditions is any:, all: or none:");
}

static int members_parse(
    struct ctx *c, const struct cond_scope *s, const struct yaml *list, struct cond *cond)
{
	if (list->kind != YAML_LIST || list->n == 0)
		return yaml_err(c, list, "a list of conditions is expected");
	cond->at = mem_array(c, list->n, sizeof(struct cond *));
	cond->n = list->n;
	for (size_t i = 0; i < list->n; i++) { /* depth is bounded by YAML_DEPTH */
		const struct yaml *node = list->at[i];
		struct cond *member = mem_alloc(c, sizeof *member);
		int rc;

		member->node = node;
		rc = node->kind == YAML_SCALAR ? line_parse(c, s, node, member)
					       : block_parse(c, s, node, member);
		if (rc != 0)
			return rc;
		cond->at[i] = member;
	}
	return 0;
}

int cond_parse(
    struct ctx *c, const struct cond_scope *scope, const struct yaml *list, const struct cond **ret)
{
	struct cond *cond = mem_alloc(c, sizeof *cond);
	int rc;

	cond->verb = COND_ALL;
	cond->node = list;
	rc = members_parse(c, scope, list, cond);
	if (rc == 0)
		*ret = cond;
	return rc;
}

int cond_check_instruments(struct ctx *c, const struct law *law, const struct cond *cond)
{
	struct str rest, word;

	if (cond == NULL)
		return 0;
	for (size_t i = 0; i < cond->n; i++) {
		int rc = cond_check_instruments(c, law, cond->at[i]);

		if (rc != 0)
			return rc;
	}
	if (cond->fact == NULL || !str_is(cond->fact->id, "order.instrument"))
		return 0;
	rest = cond->args;
	while (str_word(&rest, &word))
		if (pack_instrument(law, word) == NULL)
			return yaml_err(
			    c, cond->node, "\"%.*s\" is an instrument of no pack", STR_ARG(word));
	return 0;
}

static void text_put(struct buf *b, const struct cond *cond)
{
	if (cond->fact == NULL) {
		buf_fmt(b, "%s(", block_names[cond->verb]);
		for (size_t i = 0; i < cond->n; i++) {
			if (i > 0)
				buf_puts(b, "; ");
			text_put(b, cond->at[i]);
		}
		buf_putc(b, ')');
		return;
	}
	buf_fmt(b, "%.*s %s", STR_ARG(cond->fact->id), verb_row(cond->verb)->text);
	if (cond->args.n > 0)
		buf_fmt(b, " %.*s", STR_ARG(cond->args));
}

struct str cond_text(struct ctx *c, const struct cond *cond)
{
	struct buf b = buf_init(c, 1 << 16); /* a pack's line; what is longer is cut */

	if (cond != NULL)
		text_put(&b, cond);
	return buf_str(&b);
}
