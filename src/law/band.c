#include "law/band.h"

#include "base/mem.h"
#include "law/pack_read_p.h"

static const char structure_keys[] =
    "id en de jurisdiction cite quote lang mark text_date "
    "verified width period repeat published_from "
    "published_until new_service prohibited protects edges combined "
    "says_never counsel categories";
static const char category_keys[] = "id en de unit instruments sealed delay new_service";

/* ---- reading ---- */

static int read_span(struct ctx *c, const struct yaml *map, const char *key, struct span *ret)
{
	const struct yaml *node = yaml_find(map, key);
	struct str number, unit;
	int64_t n;

	if (node == NULL || str_is(node->text, "none"))
		return 0;
	if (node->kind != YAML_SCALAR || !str_cut(node->text, ' ', &number, &unit) ||
	    !str_i64(number, &n) || n < 1 || n > 10000 || !str_has_word(STR("days months"), unit))
		return yaml_err(c, node, "%s: want \"N days\", \"N months\" or none", key);
	*ret = (struct span){(int)n, str_is(unit, "days") ? SPAN_DAYS : SPAN_MONTHS};
	return 0;
}

static int read_width(struct ctx *c, const struct yaml *map, int64_t *ret)
{
	struct str text;
	int rc = yaml_get_text(c, map, "width", &text);

	if (rc != 0 || str_is(text, "none"))
		return rc;
	if (!str_i64(text, ret) || *ret < 2 || *ret > 1000000)
		return yaml_err(c, yaml_find(map, "width"), "width: want a number from 2, or none");
	return 0;
}

static int read_category(struct ctx *c, const struct yaml *node, struct band_category *ret)
{
	int rc = yaml_keys_check(c, node, category_keys), unit;

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = pack_read_word(c, node, "unit", "orders accounts", &unit);
	if (rc == 0)
		rc = yaml_get_text(c, node, "instruments", &ret->instruments);
	if (rc == 0)
		rc = read_span(c, node, "delay", &ret->delay);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "new_service", &ret->new_service);
	if (rc != 0)
		return rc;
	ret->unit = yaml_text(node, "unit");
	ret->sealed = yaml_text(node, "sealed");
	return 0;
}

static int read_categories(struct ctx *c, const struct yaml *node, struct band_structure *ret)
{
	const struct yaml *list;
	int rc = pack_read_list(c, node, "categories", &list);

	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, node, "categories: at least one is needed");
	if (rc != 0)
		return rc;
	ret->n_categories = list->n;
	ret->categories = mem_array(c, list->n, sizeof *ret->categories);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_category(c, list->at[i], &ret->categories[i]);
		for (size_t k = 0; k < i && rc == 0; k++)
			if (str_eq(ret->categories[k].id, ret->categories[i].id))
				rc = yaml_err(c, list->at[i], "the category stands twice");
	}
	return rc;
}

static int read_source(struct ctx *c, const struct yaml *node, struct source *ret)
{
	int rc = yaml_get_text(c, node, "cite", &ret->cite);

	ret->quote = yaml_text(node, "quote");
	ret->lang = yaml_text(node, "lang");
	ret->mark = yaml_text(node, "mark");
	ret->text_date = ret->valid_from = ret->valid_until = DAY_NONE;
	ret->file = node->file;
	ret->line = node->line;
	if (rc == 0)
		rc = pack_read_day(c, node, "text_date", &ret->text_date);
	if (rc == 0)
		rc = pack_read_day(c, node, "published_from", &ret->valid_from);
	if (rc == 0)
		rc = pack_read_day(c, node, "published_until", &ret->valid_until);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "verified", &ret->verified);
	if (rc != 0)
		return rc;
	if (!str_has_word(STR("V V-R S D M"), ret->mark))
		return yaml_err(c, node, "mark is one of: V V-R S D M");
	if (ret->verified && !str_is(ret->mark, "V") &&
	    !(str_is(ret->mark, "D") && ret->quote.n > 0))
		return yaml_err(c, yaml_find(node, "verified"),
		    "verified: yes needs mark V, or D with a quote of V text");
	return 0;
}

static int read_structure(struct ctx *c, const struct yaml *node, struct band_structure *ret)
{
	int rc = yaml_keys_check(c, node, structure_keys), period = 0, repeat = 0, edges = 0;

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = yaml_get_text(c, node, "jurisdiction", &ret->jurisdiction);
	if (rc == 0)
		rc = read_source(c, node, &ret->src);
	if (rc == 0)
		rc = read_width(c, node, &ret->width);
	if (rc == 0)
		rc = pack_read_word(
		    c, node, "period", "none half-year six-months one-year", &period);
	if (rc == 0)
		rc = pack_read_word(c, node, "repeat", "structure never", &repeat);
	if (rc == 0)
		rc = read_span(c, node, "new_service", &ret->new_service);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "prohibited", &ret->prohibited);
	if (rc == 0 && yaml_find(node, "edges") != NULL)
		rc = pack_read_word(c, node, "edges", "own shared", &edges);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "combined", &ret->combined);
	if (rc == 0)
		rc = read_categories(c, node, ret);
	if (rc != 0)
		return rc;
	ret->shared_edges = edges == 1;
	ret->says_never = yaml_text(node, "says_never");
	ret->counsel = yaml_text(node, "counsel");
	ret->protects = yaml_text(node, "protects");
	ret->period = (enum band_period)period;
	ret->never_again = repeat == 1;
	return 0;
}

int band_load(struct ctx *c, const char *file, struct str text, struct band_law **ret)
{
	const struct yaml *root, *list = NULL;
	struct band_law *law = mem_alloc(c, sizeof *law);
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = yaml_keys_check(c, root, "structures");
	if (rc == 0)
		rc = pack_read_list(c, root, "structures", &list);
	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, root, "structures: at least one is needed");
	if (rc != 0)
		return rc;
	law->n = list->n;
	law->v = mem_array(c, list->n, sizeof *law->v);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_structure(c, list->at[i], &law->v[i]);
		for (size_t k = 0; k < i && rc == 0; k++)
			if (str_eq(law->v[k].id, law->v[i].id))
				rc = yaml_err(c, list->at[i], "the structure stands twice");
	}
	if (rc == 0)
		*ret = law;
	return rc;
}

int band_builtin(struct ctx *c, struct band_law **ret)
{
	struct law_file file;
	int rc = pack_builtin_file(c, "bands.yaml", &file);

	return rc == 0 ? band_load(c, file.name, file.text, ret) : rc;
}

/* ---- asking ---- */

const struct band_structure *band_find(const struct band_law *law, struct str id)
{
	for (size_t i = 0; i < law->n; i++)
		if (str_eq(law->v[i].id, id))
			return &law->v[i];
	return NULL;
}

const struct band_structure *band_combined(const struct band_law *law, struct str country)
{
	for (size_t i = 0; i < law->n; i++)
		if (law->v[i].combined && str_eq(law->v[i].jurisdiction, country))
			return &law->v[i];
	return NULL;
}

bool band_reaches(const struct band_law *law, struct str country)
{
	for (size_t i = 0; i < law->n; i++)
		if (str_eq(law->v[i].jurisdiction, country))
			return true;
	return false;
}

int band_choose(struct ctx *c, const struct band_law *law, struct str words,
    const struct band_structure ***ret, size_t *ret_n)
{
	const struct band_structure **v = mem_array(c, law->n, sizeof(struct band_structure *));
	struct str word;
	size_t n = 0;

	if (str_is(str_trim(words), "none"))
		words = STR("");
	while (str_word(&words, &word)) {
		const struct band_structure *s = band_find(law, word);

		if (s == NULL)
			return err_set(c, ERR_INVALID, "bands: no structure %.*s", STR_ARG(word));
		if (s->width == 0)
			return err_set(c, ERR_INVALID,
			    "bands: %.*s cannot be chosen: the law gives no width", STR_ARG(word));
		for (size_t i = 0; i < n; i++)
			if (str_eq(v[i]->jurisdiction, s->jurisdiction))
				return err_set(c, ERR_INVALID,
				    "bands: %.*s and %.*s: one structure for each jurisdiction",
				    STR_ARG(v[i]->id), STR_ARG(word));
		v[n++] = s;
	}
	*ret = v;
	*ret_n = n;
	return 0;
}

bool band_needs_permission(const struct band_structure *s)
{
	return !s->src.verified || s->counsel.n > 0;
}

bool band_protected(const struct band_law *law, struct str instrument)
{
	for (size_t i = 0; i < law->n; i++) {
		const struct band_structure *s = &law->v[i];

		if (str_has_word(s->protects, instrument))
			return true;
		for (size_t k = 0; k < s->n_categories; k++)
			if (str_has_word(s->categories[k].instruments, instrument))
				return true;
	}
	return false;
}

int band_of(
    struct ctx *c, const struct band_structure *s, int64_t n, int64_t released, struct band *ret)
{
	int64_t lo;

	if (s->width < 1)
		return err_set(c, ERR_INVALID, "%.*s: the law permits no number", STR_ARG(s->id));
	if (n < 0 || released < 0 || released > n || n > INT64_MAX - s->width)
		return err_set(
		    c, ERR_INVALID, "%.*s: not a number that can be banded", STR_ARG(s->id));
	lo = n / s->width * s->width;
	ret->hi = lo + s->width - (s->shared_edges ? 0 : 1);
	ret->lo = lo > released ? lo : released;
	/* a band is never one number: that would be the exact count */
	if (ret->lo == ret->hi)
		ret->lo = ret->hi - 1;
	return 0;
}

bool band_fits(const struct band_structure *s, struct period p)
{
	int y, m, d, days = p.to.n - p.from.n + 1;

	if (day_is_none(p.from) || day_is_none(p.to))
		return false;
	day_split(p.from, &y, &m, &d);
	switch (s->period) {
	case BAND_PERIOD_HALF_YEAR:
		return days == 180 ||
		       (d == 1 && (m == 1 || m == 7) && day_add_months(p.from, 6).n == p.to.n + 1);
	case BAND_PERIOD_6_MONTHS:
		return day_add_months(p.from, 6).n == p.to.n + 1;
	case BAND_PERIOD_1_YEAR:
		return day_add_months(p.from, 12).n == p.to.n + 1;
	case BAND_PERIOD_NONE:
		break;
	}
	return false;
}

static struct day span_after(struct day day, struct span span)
{
	return span.unit == SPAN_MONTHS ? day_add_months(day, span.n) : day_add(day, span.n);
}

struct day band_earliest(
    const struct band_structure *s, const struct band_category *category, struct day end)
{
	struct day next = day_add(end, 1), later = next;

	(void)s;
	if (category->delay.unit != SPAN_NONE)
		later = span_after(end, category->delay);
	return day_cmp(later, next) > 0 ? later : next;
}

struct day band_new_service(
    const struct band_structure *s, const struct band_category *category, struct day first)
{
	if (!category->new_service || s->new_service.unit == SPAN_NONE)
		return DAY_NONE;
	return span_after(first, s->new_service);
}

const char *band_conflict(const struct band_structure *a, struct period p,
    const struct band_structure *b, struct period q)
{
	bool same = day_cmp(p.from, q.from) == 0 && day_cmp(p.to, q.to) == 0;

	if (!str_eq(a->jurisdiction, b->jurisdiction) || day_cmp(p.to, q.from) < 0 ||
	    day_cmp(q.to, p.from) < 0)
		return NULL;
	if (!str_eq(a->id, b->id))
		return "another structure was published for this time";
	if (!same)
		return "the periods overlap without being the same";
	return b->never_again ? "the period was reported already, and may be only once" : NULL;
}
