#include "audit/doc.h"

#include "base/mem.h"
#include "kind/yaml.h"

enum { ID_MAX = 64, TEXT_MAX_BYTES = 1000, SUM_MAX_BYTES = 1 << 18 };

static const char row_kinds[] =
    "exact band at_least at_most released ledger rounded percent part_of";
static const char row_keys[] =
    "id en de count assume cost wider base way of "
    "exact band at_least at_most released ledger rounded percent part_of";

/* ---- values ---- */

/* What model.c refuses gets the place. */
static int at(struct ctx *c, const struct yaml *node, int rc)
{
	return rc == 0 ? 0 : err_while(c, rc, "%s:%d:%d", node->file, node->line, node->col);
}

static int line_of(
    struct ctx *c, const struct yaml *map, const char *key, bool must, size_t max, struct str *ret)
{
	const struct yaml *node = yaml_find(map, key);

	*ret = STR("");
	if (node == NULL && !must)
		return 0;
	if (node != NULL && (node->kind != YAML_SCALAR || node->text.n > max))
		return yaml_err(
		    c, node, "key \"%s\" must have one text of at most %zu bytes", key, max);
	for (size_t i = 0; node != NULL && i < node->text.n; i++)
		if ((unsigned char)node->text.p[i] < 32 || node->text.p[i] == 127)
			return yaml_err(c, node, "key \"%s\" must have a text of one line", key);
	return yaml_get_text(c, map, key, ret);
}

static int text_of(
    struct ctx *c, const struct yaml *map, const char *key, bool must, struct str *ret)
{
	return line_of(c, map, key, must, TEXT_MAX_BYTES, ret);
}

/* English, and German where the file has it. */
static int words_of(struct ctx *c, const struct yaml *map, struct str *ret_en, struct str *ret_de)
{
	int rc = text_of(c, map, "en", true, ret_en);

	return rc == 0 ? text_of(c, map, "de", false, ret_de) : rc;
}

static bool is_id(struct str s)
{
	if (s.n == 0 || s.n > ID_MAX || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    s.p[i] != '_' && s.p[i] != '.')
			return false;
	return true;
}

static int id_of(struct ctx *c, const struct yaml *map, struct str *ret)
{
	int rc = text_of(c, map, "id", true, ret);

	if (rc != 0 || is_id(*ret))
		return rc;
	return yaml_err(c, yaml_find(map, "id"),
	    "an id has at most %d of a-z 0-9 _ . and begins with a letter", ID_MAX);
}

/* *ret stays as it was when the key is absent. */
static int number_of(struct ctx *c, const struct yaml *map, const char *key, int64_t *ret)
{
	const struct yaml *node = yaml_find(map, key);

	if (node == NULL || (node->kind == YAML_SCALAR && str_i64(node->text, ret) &&
				*ret >= -MODEL_TOP && *ret <= MODEL_TOP))
		return 0;
	return yaml_err(
	    c, node, "key \"%s\" must have a whole number up to %lld", key, (long long)MODEL_TOP);
}

/* "1000-1999" */
static int range_of(struct ctx *c, const struct yaml *map, const char *key, int64_t ret[2])
{
	const struct yaml *node = yaml_find(map, key);
	struct str lo, hi;

	if (node->kind != YAML_SCALAR || !str_cut(node->text, '-', &lo, &hi) ||
	    !str_i64(lo, &ret[0]) || !str_i64(hi, &ret[1]) || ret[0] < 0 || ret[1] < ret[0] ||
	    ret[1] > MODEL_TOP)
		return yaml_err(c, node, "key \"%s\" must have a range such as 1000-1999", key);
	return 0;
}

static int list_of(
    struct ctx *c, const struct yaml *map, const char *key, bool must, const struct yaml **ret)
{
	static const struct yaml none = {.kind = YAML_LIST};
	const struct yaml *node = yaml_find(map, key);

	*ret = node == NULL ? &none : node;
	if (node == NULL && must)
		return yaml_err(c, map, "key \"%s\" is missing", key);
	if ((*ret)->kind != YAML_LIST || (must && (*ret)->n == 0))
		return yaml_err(c, node, "key \"%s\" must have a list", key);
	return 0;
}

/* The next term of "a + 2 b - c": a sign (not before the first), a factor, a name. */
static const char *term(const struct model *m, struct str *rest, bool first, struct model_term *ret)
{
	struct str word;
	int64_t times = 1, sign = 1;

	if (!str_word(rest, &word))
		return "a sum is missing";
	if (str_is(word, "+") || str_is(word, "-")) {
		sign = str_is(word, "-") ? -1 : 1;
		if (!str_word(rest, &word))
			return "a sum ends with a sign";
	} else if (!first) {
		return "two terms of a sum need + or - between them, with blanks around it";
	}
	if (str_i64(word, &times)) {
		if (times < 1 || times > MODEL_FACTOR)
			return "a factor lies between 1 and 100000";
		if (!str_word(rest, &word))
			return "a factor stands before the name of an unknown";
	}
	ret->times = sign * times;
	return model_find_unknown(m, word, &ret->unknown) ? NULL : "a sum names what is no unknown";
}

static int sum_of(struct ctx *c, const struct model *m, const struct yaml *map, const char *key,
    struct model_sum *ret)
{
	struct model_sum sum = {NULL, 0};
	struct str rest;
	size_t room = 1;
	int rc = line_of(c, map, key, true, SUM_MAX_BYTES, &rest);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < rest.n; i++) /* no more terms than words */
		room += rest.p[i] == ' ';
	sum.v = mem_array(c, room, sizeof *sum.v);
	do {
		const char *fault = sum.n == MODEL_TERMS
					? "a sum has too many terms"
					: term(m, &rest, sum.n == 0, &sum.v[sum.n]);

		if (fault != NULL)
			return yaml_err(c, yaml_find(map, key), "%s", fault);
		sum.n++;
		rest = str_trim(rest);
	} while (rest.n > 0);
	*ret = sum;
	return 0;
}

/* ---- unknowns, assumptions ---- */

static int read_unknowns(struct ctx *c, const struct yaml *root, struct model *m)
{
	const struct yaml *list;
	int rc = list_of(c, root, "unknowns", true, &list);

	for (size_t i = 0; rc == 0 && i < list->n; i++) {
		const struct yaml *node = list->at[i];
		int64_t least = 0, most = MODEL_TOP;
		struct str id = {0}, en = {0}, de = {0};

		rc = yaml_keys_check(c, node, "id en de least most");
		if (rc == 0)
			rc = id_of(c, node, &id);
		if (rc == 0)
			rc = words_of(c, node, &en, &de);
		if (rc == 0)
			rc = number_of(c, node, "least", &least);
		if (rc == 0)
			rc = number_of(c, node, "most", &most);
		if (rc == 0)
			rc = at(c, node, model_unknown(c, m, id, en, least, most));
		if (rc == 0)
			m->unknowns[m->n_unknowns - 1].de = de;
	}
	return rc;
}

static int read_assumptions(struct ctx *c, const struct yaml *root, struct model *m)
{
	const struct yaml *list;
	int rc = list_of(c, root, "assumptions", false, &list);

	for (size_t i = 0; rc == 0 && i < list->n; i++) {
		const struct yaml *node = list->at[i];
		struct str id = {0}, en = {0}, de = {0};

		rc = yaml_keys_check(c, node, "id en de");
		if (rc == 0)
			rc = id_of(c, node, &id);
		if (rc == 0)
			rc = words_of(c, node, &en, &de);
		if (rc == 0)
			rc = at(c, node, model_assumption(c, m, id, en));
		if (rc == 0)
			m->assumptions[m->n_assumptions - 1].de = de;
	}
	return rc;
}

/* ---- rows ---- */

static int read_assume(struct ctx *c, const struct model *m, const struct yaml *node, unsigned *ret)
{
	struct str rest, word;
	int rc = text_of(c, node, "assume", false, &rest);

	while (rc == 0 && str_word(&rest, &word)) {
		size_t i;

		if (!model_find_assumption(m, word, &i))
			return yaml_err(c, yaml_find(node, "assume"),
			    "names what is no assumption of this file");
		*ret |= 1u << i;
	}
	return rc;
}

/* Which kind of figure it is: exactly one. */
static int kind_of(struct ctx *c, const struct yaml *node, const char **ret)
{
	struct str rest = str_of(row_kinds), word;

	*ret = NULL;
	while (str_word(&rest, &word)) {
		const char *key = str_z(c, word);

		if (yaml_find(node, key) == NULL)
			continue;
		if (*ret != NULL)
			return yaml_err(c, node, "one row has one figure: %s or %s", *ret, key);
		*ret = key;
	}
	if (*ret == NULL)
		return yaml_err(c, node, "the figure is missing: one of %s", row_kinds);
	if ((yaml_find(node, "base") != NULL || yaml_find(node, "way") != NULL) &&
	    strcmp(*ret, "rounded") != 0)
		return yaml_err(c, node, "base and way belong to a rounded figure");
	if ((yaml_find(node, "of") != NULL) != (strcmp(*ret, "percent") == 0))
		return yaml_err(c, node, "a percentage says of what, and nothing else does");
	return 0;
}

static int put_rounded(struct ctx *c, struct model *m, const struct yaml *node,
    const struct model_head *head, struct model_sum sum)
{
	static const char *const words[] = {"nearest", "down", "up", "either"};
	int64_t v = 0, base = 0;
	struct str word = {0};
	int way = -1, rc = number_of(c, node, "rounded", &v);

	if (rc == 0)
		rc = number_of(c, node, "base", &base);
	if (rc == 0)
		rc = text_of(c, node, "way", false, &word);
	if (rc != 0)
		return rc;
	for (int i = 0; i < 4; i++)
		if (str_is(word, words[i]) || (word.n == 0 && i == MODEL_NEAREST))
			way = i;
	if (way < 0)
		return yaml_err(c, yaml_find(node, "way"), "way is nearest, down, up or either");
	return at(c, node, model_round(c, m, head, sum, v, base, (enum model_way)way));
}

/* "81", "81.3" */
static int put_percent(struct ctx *c, struct model *m, const struct yaml *node,
    const struct model_head *head, struct model_sum part)
{
	struct str text = {0}, before, after;
	struct model_sum whole;
	int64_t p = 0, fraction = 0;
	int digits = 0, rc = text_of(c, node, "percent", true, &text);

	if (rc == 0)
		rc = sum_of(c, m, node, "of", &whole);
	if (rc != 0)
		return rc;
	if (str_cut(text, '.', &before, &after)) {
		digits = (int)(after.n < 9 ? after.n : 9);
		if (digits < 1 || digits > 2 || !str_i64(after, &fraction) || fraction < 0)
			digits = 9;
	}
	if (digits > 2 || !str_i64(before, &p) || p < 0 || p > 1000)
		return yaml_err(c, yaml_find(node, "percent"),
		    "a percentage is such as 81 or 81.3, with at most two decimal places");
	for (int i = 0; i < digits; i++)
		p *= 10;
	return at(c, node, model_percent(c, m, head, part, whole, p + fraction, digits));
}

static int put_figure(struct ctx *c, struct model *m, const struct yaml *node, const char *kind,
    const struct model_head *head, struct model_sum sum)
{
	struct model_sum whole;
	int64_t v = 0, range[2] = {0, 0};
	int rc = 0;

	if (strcmp(kind, "rounded") == 0)
		return put_rounded(c, m, node, head, sum);
	if (strcmp(kind, "percent") == 0)
		return put_percent(c, m, node, head, sum);
	if (strcmp(kind, "part_of") == 0) {
		rc = sum_of(c, m, node, kind, &whole);
		return rc != 0 ? rc : at(c, node, model_part(c, m, head, sum, whole));
	}
	if (strcmp(kind, "band") == 0) {
		rc = range_of(c, node, kind, range);
		return rc != 0 ? rc : at(c, node, model_band(c, m, head, sum, range[0], range[1]));
	}
	rc = number_of(c, node, kind, &v);
	if (rc != 0)
		return rc;
	if (strcmp(kind, "exact") == 0)
		return at(c, node, model_exact(c, m, head, sum, v));
	if (strcmp(kind, "at_most") == 0 || strcmp(kind, "ledger") == 0)
		return at(c, node, model_most(c, m, head, sum, v));
	return at(c, node, model_least(c, m, head, sum, v));
}

/* "0-499 0-999": each holds the band and is wider than the one before. */
static int read_wider(struct ctx *c, const struct yaml *node, struct model_row *row)
{
	struct model_range *list;
	struct str rest, word, from, to;
	int64_t lo = row->lo, hi = row->hi;
	size_t room = 1;
	int rc = text_of(c, node, "wider", false, &rest);

	for (size_t i = 0; rc == 0 && i < rest.n; i++)
		room += rest.p[i] == ' ';
	list = mem_array(c, room, sizeof *list);
	row->wider = list;
	while (rc == 0 && str_word(&rest, &word)) {
		struct model_range *r = &list[row->n_wider++];

		if (!str_cut(word, '-', &from, &to) || !str_i64(from, &r->lo) ||
		    !str_i64(to, &r->hi) || r->lo < 0 || r->hi > MODEL_TOP || r->lo > lo ||
		    r->hi < hi || (r->lo == lo && r->hi == hi))
			return yaml_err(c, yaml_find(node, "wider"),
			    "wider has ranges such as 0-499 0-999, each wider than the one before");
		lo = r->lo;
		hi = r->hi;
	}
	return rc;
}

/* What it costs to leave a figure out, by itself or by its publication. */
static int read_cost(struct ctx *c, const struct yaml *node, int64_t *ret)
{
	int rc = number_of(c, node, "cost", ret);

	if (rc == 0 && (*ret < 0 || *ret > MODEL_COST))
		return yaml_err(
		    c, yaml_find(node, "cost"), "a cost lies between 0 and %d", MODEL_COST);
	return rc;
}

static int read_row(
    struct ctx *c, const struct yaml *node, struct model *m, size_t publication, int64_t cost)
{
	struct model_head head = {.publication = publication, .line = node->line, .cost = cost};
	struct model_sum sum = {0};
	const char *kind = NULL;
	size_t before;
	int rc = yaml_keys_check(c, node, row_keys);

	if (rc == 0)
		rc = id_of(c, node, &head.id);
	if (rc == 0)
		rc = words_of(c, node, &head.en, &head.de);
	if (rc == 0 && model_find_row(m, head.id, &before))
		return yaml_err(c, node, "a row needs an id of its own");
	before = m->n_rows;
	if (rc == 0)
		rc = read_assume(c, m, node, &head.assume);
	if (rc == 0)
		rc = read_cost(c, node, &head.cost);
	if (rc == 0)
		rc = kind_of(c, node, &kind);
	if (rc == 0 && yaml_find(node, "wider") != NULL && strcmp(kind, "band") != 0)
		return yaml_err(c, node, "wider belongs to a band");
	if (rc == 0)
		rc = sum_of(c, m, node, "count", &sum);
	if (rc == 0)
		rc = put_figure(c, m, node, kind, &head, sum);
	for (size_t i = before; rc == 0 && i < m->n_rows; i++) {
		if (strcmp(kind, "released") == 0)
			m->rows[i].said.kind = MODEL_RELEASED;
		if (strcmp(kind, "ledger") == 0)
			m->rows[i].said.kind = MODEL_LEDGER;
		if (strcmp(kind, "part_of") == 0)
			m->rows[i].said.of = yaml_text(node, kind);
		if (strcmp(kind, "percent") == 0)
			m->rows[i].said.of = yaml_text(node, "of");
		m->rows[i].count = yaml_text(node, "count");
		rc = read_wider(c, node, &m->rows[i]);
	}
	return rc;
}

/* A day, or no more of it than is known. */
static bool is_date(struct ctx *c, struct str s)
{
	const char *rest = s.n == strlen("YYYY") ? "-01-01" : s.n == strlen("YYYY-MM") ? "-01" : "";
	struct day day;
	bool good = day_parse(c, str_fmt(c, "%.*s%s", STR_ARG(s), rest), &day) == 0;

	err_clear(c);
	return good;
}

static int read_publication(struct ctx *c, const struct yaml *node, struct model *m)
{
	struct model_publication p = {0};
	const struct yaml *rows;
	int64_t cost = 0;
	int rc = yaml_keys_check(c, node, "id who date source cost rows");

	if (rc == 0)
		rc = id_of(c, node, &p.id);
	if (rc == 0)
		rc = text_of(c, node, "who", true, &p.who);
	if (rc == 0)
		rc = text_of(c, node, "date", true, &p.date);
	if (rc == 0)
		rc = text_of(c, node, "source", true, &p.source);
	if (rc == 0)
		rc = read_cost(c, node, &cost);
	if (rc == 0)
		rc = list_of(c, node, "rows", true, &rows);
	if (rc == 0 && !is_date(c, p.date))
		return yaml_err(
		    c, yaml_find(node, "date"), "the date is YYYY, YYYY-MM or YYYY-MM-DD");
	if (rc == 0)
		rc = at(c, node, model_publication(c, m, &p));
	for (size_t i = 0; rc == 0 && i < rows->n; i++)
		rc = read_row(c, rows->at[i], m, m->n_publications - 1, cost);
	return rc;
}

static int read_publications(struct ctx *c, const struct yaml *root, struct model *m)
{
	const struct yaml *list;
	int rc = list_of(c, root, "publications", true, &list);

	for (size_t i = 0; rc == 0 && i < list->n; i++)
		rc = read_publication(c, list->at[i], m);
	return rc;
}

static int read_corrections(struct ctx *c, const struct yaml *root, struct model *m)
{
	const struct yaml *list;
	int rc = list_of(c, root, "corrections", false, &list);

	for (size_t i = 0; rc == 0 && i < list->n; i++) {
		const struct yaml *node = list->at[i];
		struct str id = {0}, by = {0}, by_de = {0};

		rc = yaml_keys_check(c, node, "row by by_de");
		if (rc == 0)
			rc = text_of(c, node, "row", true, &id);
		if (rc == 0)
			rc = text_of(c, node, "by", true, &by);
		if (rc == 0)
			rc = text_of(c, node, "by_de", false, &by_de);
		if (rc == 0)
			rc = at(c, yaml_find(node, "row"), model_supersede(c, m, id, by));
		for (size_t r = 0; rc == 0 && r < m->n_rows; r++)
			if (str_eq(m->rows[r].head.id, id))
				m->rows[r].by_de = by_de;
	}
	return rc;
}

/* ---- targets ---- */

static int read_target(struct ctx *c, const struct yaml *node, struct model *m)
{
	struct model_target t = {0};
	int64_t permitted[2] = {0, 0}, released = 0;
	bool has = yaml_find(node, "permitted") != NULL;
	int rc = yaml_keys_check(c, node, "id en de count permitted released rule cite cite_de");

	if (rc == 0)
		rc = id_of(c, node, &t.id);
	if (rc == 0)
		rc = words_of(c, node, &t.en, &t.de);
	if (rc == 0)
		rc = sum_of(c, m, node, "count", &t.sum);
	if (rc == 0 && has)
		rc = range_of(c, node, "permitted", permitted);
	if (rc == 0)
		rc = number_of(c, node, "released", &released);
	if (rc == 0)
		rc = text_of(c, node, "rule", has, &t.rule);
	if (rc == 0)
		rc = text_of(c, node, "cite", has, &t.cite);
	if (rc == 0)
		rc = text_of(c, node, "cite_de", false, &t.cite_de);
	if (rc == 0 && !has &&
	    (yaml_find(node, "released") != NULL || yaml_find(node, "rule") != NULL ||
		yaml_find(node, "cite") != NULL))
		return yaml_err(c, node, "released, rule and cite belong to a permitted range");
	return rc != 0 ? rc : at(c, node, model_target(c, m, &t, has ? permitted : NULL, released));
}

static int read_targets(struct ctx *c, const struct yaml *root, struct model *m)
{
	const struct yaml *list;
	int rc = list_of(c, root, "targets", true, &list);

	for (size_t i = 0; rc == 0 && i < list->n; i++)
		rc = read_target(c, list->at[i], m);
	return rc;
}

static int read_heading(struct ctx *c, const struct yaml *root, struct model *m)
{
	struct str word = {0};
	int rc = yaml_keys_check(c, root,
	    "title title_de note note_de synthetic unknowns assumptions publications corrections "
	    "targets");

	if (rc == 0)
		rc = text_of(c, root, "title", true, &m->title);
	if (rc == 0)
		rc = text_of(c, root, "note", false, &m->note);
	if (rc == 0)
		rc = text_of(c, root, "title_de", false, &m->title_de);
	if (rc == 0)
		rc = text_of(c, root, "note_de", false, &m->note_de);
	if (rc == 0)
		rc = text_of(c, root, "synthetic", true, &word);
	if (rc == 0 && !str_is(word, "yes") && !str_is(word, "no"))
		return yaml_err(c, yaml_find(root, "synthetic"), "synthetic is yes or no");
	m->synthetic = str_is(word, "yes");
	return rc;
}

int doc_parse(struct ctx *c, const char *file, struct str text, const struct model **ret)
{
	const struct yaml *root;
	struct model *m = model_make(c);
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = read_heading(c, root, m);
	if (rc == 0)
		rc = read_unknowns(c, root, m);
	if (rc == 0)
		rc = read_assumptions(c, root, m);
	if (rc == 0)
		rc = read_publications(c, root, m);
	if (rc == 0)
		rc = read_corrections(c, root, m);
	if (rc == 0)
		rc = read_targets(c, root, m);
	if (rc == 0)
		*ret = m;
	return rc;
}
