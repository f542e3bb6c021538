#include "law/dsa.h"

#include "base/mem.h"
#include "kind/land.h"
#include "law/pack_read_p.h"

static const char file_name[] = "dsa-template.yaml";
enum { OWN_MAX = 500 };

/* ---- reading ---- */

static int read_number(
    struct ctx *c, const struct yaml *map, const char *key, int64_t most, int64_t *ret)
{
	struct str text;
	int rc = yaml_get_text(c, map, key, &text);

	if (rc == 0 && (!str_i64(text, ret) || *ret < 1 || *ret > most))
		rc = yaml_err(c, yaml_find(map, key), "%s: want a number from 1", key);
	return rc;
}

static int read_source(struct ctx *c, const struct yaml *root, struct dsa_law *ret)
{
	const struct yaml *node = yaml_find(root, "source");
	struct day text_date = DAY_NONE;
	bool verified = false;
	int rc, mark;

	if (node == NULL)
		return yaml_err(c, root, "source: is missing");
	rc = yaml_keys_check(c, node, "cite mark verified text_date");
	if (rc == 0)
		rc = yaml_get_text(c, node, "cite", &ret->cite);
	if (rc == 0)
		rc = pack_read_word(c, node, "mark", "V D", &mark);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "verified", &verified);
	if (rc == 0)
		rc = pack_read_day(c, node, "text_date", &text_date);
	if (rc == 0 && !verified)
		rc = yaml_err(c, node, "a template is filled by the text as it was read");
	return rc;
}

static int read_category(struct ctx *c, const struct yaml *node, struct dsa_category *ret)
{
	int rc = yaml_keys_check(c, node, "number code orders keywords");

	if (rc == 0)
		rc = read_number(c, node, "number", 1000, &ret->number);
	if (rc == 0)
		rc = pack_read_id(c, node, "code", &ret->code);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "orders", &ret->orders);
	ret->keywords = yaml_text(node, "keywords");
	return rc;
}

static int read_categories(struct ctx *c, const struct yaml *root, struct dsa_law *ret)
{
	const struct yaml *list;
	int rc = pack_read_list(c, root, "categories", &list);

	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, root, "categories: at least one is needed");
	if (rc != 0)
		return rc;
	ret->categories = mem_array(c, list->n, sizeof *ret->categories);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_category(c, list->at[i], &ret->categories[i]);
		if (rc == 0 && dsa_category_find(ret, ret->categories[i].code) != NULL)
			rc = yaml_err(c, list->at[i], "the category stands twice");
		ret->n_categories = i + 1;
	}
	return rc;
}

static int read_state(struct ctx *c, const struct yaml *node, struct dsa_eurostat *ret)
{
	int rc = yaml_keys_check(c, node, "iso code mark verified"), mark;

	if (rc == 0)
		rc = pack_read_id(c, node, "iso", &ret->iso);
	if (rc == 0)
		rc = pack_read_id(c, node, "code", &ret->code);
	if (rc == 0)
		rc = pack_read_word(c, node, "mark", "V D M", &mark);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "verified", &ret->verified);
	if (rc == 0 && (!land_eu(ret->iso) || land_eu(ret->code) || ret->code.n != 2))
		rc = yaml_err(c, node, "want a Member State, and a code that is no other's");
	return rc;
}

static int read_states(struct ctx *c, const struct yaml *root, struct dsa_law *ret)
{
	const struct yaml *list;
	int rc = pack_read_list(c, root, "eurostat", &list);

	if (rc != 0 || list == NULL)
		return rc;
	ret->n_eurostat = list->n;
	ret->eurostat = mem_array(c, list->n, sizeof *ret->eurostat);
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = read_state(c, list->at[i], &ret->eurostat[i]);
	return rc;
}

static int read_sheet(struct ctx *c, const struct yaml *node, struct dsa_sheet *ret)
{
	const struct yaml *list = NULL;
	int rc = yaml_keys_check(c, node, "name columns");

	if (rc == 0)
		rc = pack_read_id(c, node, "name", &ret->name);
	if (rc == 0)
		rc = pack_read_list(c, node, "columns", &list);
	if (rc == 0 && (list == NULL || list->n == 0))
		rc = yaml_err(c, node, "columns: at least one is needed");
	if (rc != 0)
		return rc;
	ret->n = list->n;
	ret->columns = mem_array(c, list->n, sizeof *ret->columns);
	for (size_t i = 0; i < list->n; i++) {
		if (list->at[i]->kind != YAML_SCALAR || list->at[i]->text.n == 0)
			return yaml_err(c, list->at[i], "columns: want texts");
		ret->columns[i] = list->at[i]->text;
	}
	return 0;
}

/* What the program fills has its place: other sheets, or other columns, are another program's. */
static int read_sheets(struct ctx *c, const struct yaml *root, struct dsa_law *ret)
{
	static const struct {
		const char *name;
		size_t columns;
	} want[DSA_SHEETS] = {{"1_report_identification", 4}, {"2_categories_names", 4},
	    {"3_member_states_orders", 20}};
	const struct yaml *list;
	int rc = pack_read_list(c, root, "sheets", &list);

	if (rc == 0 && (list == NULL || list->n != DSA_SHEETS))
		rc = yaml_err(c, root, "sheets: want the first three");
	for (size_t i = 0; i < DSA_SHEETS && rc == 0; i++) {
		rc = read_sheet(c, list->at[i], &ret->sheets[i]);
		if (rc == 0 && (!str_is(ret->sheets[i].name, want[i].name) ||
				   ret->sheets[i].n != want[i].columns))
			rc = yaml_err(c, list->at[i], "want %s with %zu columns", want[i].name,
			    want[i].columns);
	}
	return rc;
}

static int read_term(struct ctx *c, const struct yaml *root, struct dsa_law *ret)
{
	struct str text, number, unit;
	int64_t n;
	int rc = yaml_get_text(c, root, "publish_within", &text);

	if (rc == 0 && (!str_cut(text, ' ', &number, &unit) || !str_i64(number, &n) || n < 1 ||
			   n > 24 || !str_is(unit, "months")))
		rc = yaml_err(c, root, "publish_within: want \"N months\"");
	if (rc != 0)
		return rc;
	ret->within = (int)n;
	ret->from = DAY_NONE;
	rc = pack_read_day(c, root, "from", &ret->from);
	if (rc == 0 && day_is_none(ret->from))
		rc = yaml_err(c, root, "from: is missing");
	return rc == 0 ? read_number(c, root, "first_year", 9999, &ret->first_year) : rc;
}

int dsa_load(struct ctx *c, const char *file, struct str text, struct dsa_law **ret)
{
	struct dsa_law *law = mem_alloc(c, sizeof *law);
	const struct yaml *root;
	int rc = yaml_parse(c, file, text, &root);

	*law = (struct dsa_law){0};
	if (rc == 0)
		rc = yaml_keys_check(c, root,
		    "act from first_year publish_within source categories eurostat sheets");
	if (rc == 0)
		rc = yaml_get_text(c, root, "act", &law->act);
	if (rc == 0)
		rc = read_term(c, root, law);
	if (rc == 0)
		rc = read_source(c, root, law);
	if (rc == 0)
		rc = read_categories(c, root, law);
	if (rc == 0)
		rc = read_states(c, root, law);
	if (rc == 0)
		rc = read_sheets(c, root, law);
	if (rc == 0)
		*ret = law;
	return rc;
}

int dsa_builtin(struct ctx *c, struct dsa_law **ret)
{
	struct law_file file;
	int rc = pack_builtin_file(c, file_name, &file);

	return rc == 0 ? dsa_load(c, file.name, file.text, ret) : rc;
}

/* ---- asking ---- */

const struct dsa_category *dsa_category_find(const struct dsa_law *law, struct str code)
{
	for (size_t i = 0; i < law->n_categories; i++)
		if (str_eq(law->categories[i].code, code))
			return &law->categories[i];
	return NULL;
}

static int check_own(struct ctx *c, struct str keyword, struct str own)
{
	if (own.n > 0 && !str_is(keyword, "KEYWORD_OTHER"))
		return err_set(c, ERR_INVALID, "text: only KEYWORD_OTHER has one");
	if (own.n > OWN_MAX || str_utf8_bad(own) != own.n)
		return err_set(c, ERR_INVALID, "text: want at most %d bytes of UTF-8", OWN_MAX);
	for (size_t i = 0; i < own.n; i++)
		if ((unsigned char)own.p[i] < 0x20 || own.p[i] == 0x7f)
			return err_set(c, ERR_INVALID, "text: want one line");
	return 0;
}

int dsa_category_check(
    struct ctx *c, const struct dsa_law *law, struct str code, struct str keyword, struct str own)
{
	const struct dsa_category *cat = dsa_category_find(law, code);

	if (cat == NULL)
		return err_set(c, ERR_INVALID,
		    "category: want a code of %.*s (`writ dsa categories`)", STR_ARG(law->act));
	if (!cat->orders)
		return err_set(
		    c, ERR_INVALID, "category: %.*s is not for orders", STR_ARG(cat->code));
	if (keyword.n > 0 && cat->keywords.n == 0)
		return err_set(
		    c, ERR_INVALID, "keyword: %.*s has no sub-categories", STR_ARG(cat->code));
	if (keyword.n > 0 && !str_has_word(cat->keywords, keyword))
		return err_set(c, ERR_INVALID, "keyword: want one of %.*s", STR_ARG(cat->keywords));
	return check_own(c, keyword, own);
}

struct str dsa_state(const struct dsa_law *law, struct str iso)
{
	for (size_t i = 0; i < law->n_eurostat; i++)
		if (str_eq(law->eurostat[i].iso, iso))
			return law->eurostat[i].code;
	return iso;
}

struct str dsa_state_iso(const struct dsa_law *law, struct str code)
{
	for (size_t i = 0; i < law->n_eurostat; i++)
		if (str_eq(law->eurostat[i].code, code))
			return law->eurostat[i].iso;
	return code;
}

/* ---- periods ---- */

static bool is_half(struct period p)
{
	int y, m, d, m2, d2, y2;

	day_split(p.from, &y, &m, &d);
	day_split(p.to, &y2, &m2, &d2);
	return y == y2 && d == 1 &&
	       ((m == 1 && m2 == 6 && d2 == 30) || (m == 7 && m2 == 12 && d2 == 31));
}

static bool is_year(struct period p)
{
	int y, m, d, m2, d2, y2;

	day_split(p.from, &y, &m, &d);
	day_split(p.to, &y2, &m2, &d2);
	return y == y2 && m == 1 && d == 1 && m2 == 12 && d2 == 31;
}

int dsa_period_check(struct ctx *c, const struct dsa_law *law, struct period p, bool very_large)
{
	int y, m, d;

	day_split(p.from, &y, &m, &d);
	if (day_cmp(p.from, law->from) < 0)
		return err_set(c, ERR_INVALID, "the templates are for data from %.*s on (%.*s)",
		    STR_ARG(day_str(c, law->from)), STR_ARG(law->act));
	/* before the first full year the second half stands alone */
	if (is_half(p) && (very_large || y < law->first_year))
		return 0;
	if (!very_large && is_year(p))
		return 0;
	return err_set(c, ERR_INVALID,
	    "a report is for %s (%.*s Art. 2): writ.yaml, dsa: very_large",
	    err_word(c,
		very_large ? ERR_TEXT("a half of a calendar year") : ERR_TEXT("a calendar year")),
	    STR_ARG(law->act));
}

struct day dsa_deadline(const struct dsa_law *law, struct period p)
{
	return day_add_months(p.to, law->within);
}
