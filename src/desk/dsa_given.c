#include "desk/dsa_given.h"

#include "base/mem.h"
#include "kind/decimal.h"
#include "kind/land.h"

enum { TEXT_MAX = 4000, SOURCE_MAX = 500, HOURS_MAX = 1000000 };

static const char *const columns[DSA_COLUMNS] = {
    "act", "items", "act_receipt", "act_effect", "info", "info_receipt", "info_effect"};

bool dsa_given_column(struct str word, enum dsa_table_column *ret)
{
	for (int i = 0; i < DSA_COLUMNS; i++)
		if (str_is(word, columns[i])) {
			*ret = (enum dsa_table_column)i;
			return true;
		}
	return false;
}

const char *dsa_given_word(enum dsa_table_column column)
{
	return columns[column];
}

static bool is_count(enum dsa_table_column column)
{
	return column == DSA_ACT || column == DSA_ITEMS || column == DSA_INFO;
}

int dsa_given_value(struct ctx *c, enum dsa_table_column column, struct str text, int64_t *ret)
{
	struct decimal d;

	if (is_count(column)) {
		if (str_i64(text, ret) && *ret >= 0 && *ret <= INT32_MAX)
			return 0;
		return err_set(c, ERR_INVALID, "value: want a whole number from 0");
	}
	if (!decimal_parse(text, 0, &d) || d.units < 0 || d.scale > 2 || d.units / 100 > HOURS_MAX)
		return err_set(
		    c, ERR_INVALID, "value: want hours with at most two decimals, such as 1.5");
	*ret = d.units * (d.scale == 0 ? 100 : d.scale == 1 ? 10 : 1);
	return 0;
}

/* ---- entering ---- */

struct entering {
	struct instance *in;
	const struct person *actor;
	const struct dsa_given_new *g;
	struct str scope;
};

static bool is_total(struct str s)
{
	return str_is_nocase(s, "TOTAL");
}

static int check_text(struct ctx *c, const char *field, struct str s, size_t most)
{
	if (s.n > most || str_utf8_bad(s) != s.n)
		return err_set(c, ERR_INVALID, "%s: want at most %zu bytes of UTF-8", field, most);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return err_set(c, ERR_INVALID, "%s: want one line", field);
	return 0;
}

static int check_figure(struct ctx *c, const struct dsa_given_new *g)
{
	if (g->column >= DSA_INFO)
		return err_set(c, ERR_INVALID,
		    "cell: %s is counted from the cases; only its text is entered",
		    columns[g->column]);
	if (is_count(g->column) && (is_total(g->key.scope) || is_total(g->key.category)))
		return err_set(c, ERR_INVALID,
		    "%s: a number is entered for one state and one category; sums are computed",
		    is_total(g->key.scope) ? "country" : "category");
	if (str_trim(g->source).n == 0)
		return err_set(c, ERR_INVALID, "source: say where the figure was taken from");
	return check_text(c, "source", g->source, SOURCE_MAX);
}

static int check(struct ctx *c, const struct dsa_law *law, struct entering *e)
{
	const struct dsa_given_new *g = e->g;
	int rc = 0;

	e->scope = is_total(g->key.scope) ? STR("TOTAL") : dsa_state_iso(law, g->key.scope);
	if (!is_total(g->key.scope) && !land_eu(e->scope))
		return err_set(c, ERR_INVALID, "country: want the code of a Member State");
	if (is_total(g->key.category) && g->key.keyword.n > 0)
		return err_set(c, ERR_INVALID, "keyword: belongs to a category");
	if (!is_total(g->key.category))
		rc = dsa_category_check(c, law, g->key.category, g->key.keyword, g->key.own);
	if (rc == 0 && day_cmp(g->period.from, law->from) < 0)
		rc = err_set(c, ERR_INVALID, "period: the templates are for data from %.*s on",
		    STR_ARG(day_str(c, law->from)));
	if (rc != 0)
		return rc;
	return g->is_text ? check_text(c, "text", g->text, TEXT_MAX) : check_figure(c, g);
}

static int enter(struct ctx *c, struct step *s, void *arg)
{
	struct entering *e = arg;
	const struct dsa_given_new *g = e->g;
	bool figure = !g->is_text;
	struct str category = is_total(g->key.category) ? STR("TOTAL") : g->key.category;

	json_set_text(c, s->detail, "period", period_str(c, g->period));
	json_set_text(c, s->detail, "cell", str_of(columns[g->column]));
	return step_insert(c, s, STEP_DSA_GIVEN, SQL_DSA_GIVEN_PUT,
	    DB_ARGS(db_day(g->period.from), db_day(g->period.to), db_text(e->scope),
		db_text(category), db_text(g->key.keyword), db_text(g->key.own),
		db_text(figure ? STR("figure") : STR("text")), db_text(str_of(columns[g->column])),
		figure && !g->none ? db_int(g->value) : db_null(),
		db_text(figure || g->none ? STR("") : g->text),
		db_text(figure ? g->source : STR("")), db_int(e->actor->id), db_int(s->now.s)),
	    NULL);
}

int dsa_given_enter(
    struct ctx *c, struct instance *in, const struct person *actor, const struct dsa_given_new *g)
{
	struct entering e = {in, actor, g, {"", 0}};
	struct dsa_law *law;
	int rc = right_needs(c, actor, RIGHT_DSA_ENTER);

	if (rc == 0)
		rc = dsa_builtin(c, &law);
	if (rc == 0)
		rc = check(c, law, &e);
	return rc == 0 ? step_run(c, &in->store, "dsa.enter", actor->id, enter, &e, NULL) : rc;
}

/* ---- what counts ---- */

struct loading {
	const struct dsa_law *law;
	struct instant past;
	struct dsa_given *ret;
	bool *gone; /* beside ret->v: taken back */
	size_t cap_gone;
};

static struct dsa_table_given read_row(
    struct ctx *c, const struct dsa_law *law, const struct db_val *row)
{
	struct dsa_table_given g = {
	    .key = {dsa_state(law, str_make(c, row[0].s)), str_make(c, row[1].s),
		str_make(c, row[2].s), str_make(c, row[3].s)},
	    .is_text = str_is(row[4].s, "text"),
	    .value = row[6].num,
	    .text = str_make(c, row[7].s),
	    .source = str_make(c, row[8].s),
	    .day = instant_day(db_get_instant(row[9]))};

	(void)dsa_given_column(row[5].s, &g.column);
	return g;
}

static bool same_place(const struct dsa_table_given *a, const struct dsa_table_given *b)
{
	return a->column == b->column && a->is_text == b->is_text &&
	       str_eq(a->key.scope, b->key.scope) && str_eq(a->key.category, b->key.category) &&
	       str_eq(a->key.keyword, b->key.keyword) && str_eq(a->key.own, b->key.own);
}

static int each(struct ctx *c, const struct db_val *row, void *arg)
{
	struct loading *l = arg;
	struct dsa_table_given g;
	size_t at = 0;

	if (row[9].num >= l->past.s) {
		l->ret->late++;
		return 0;
	}
	g = read_row(c, l->law, row);
	while (at < l->ret->n && !same_place(&l->ret->v[at], &g))
		at++;
	if (at == l->ret->n) {
		l->gone = mem_grow(c, l->gone, at, &l->cap_gone, sizeof *l->gone);
		l->ret->v = mem_grow(c, l->ret->v, at, &l->ret->cap, sizeof *l->ret->v);
		l->ret->n++;
	}
	l->ret->v[at] = g;
	l->gone[at] = g.is_text ? g.text.n == 0 : row[6].kind == DB_NULL;
	return 0;
}

int dsa_given_load(struct ctx *c, struct instance *in, const struct dsa_law *law,
    struct period period, struct instant past, struct dsa_given *ret)
{
	struct loading l = {.law = law, .past = past, .ret = ret};
	size_t n = 0;
	int rc;

	*ret = (struct dsa_given){0};
	rc = db_each(c, in->store.db, SQL_DSA_GIVEN_EACH,
	    DB_ARGS(db_day(period.from), db_day(period.to)), each, &l);
	for (size_t i = 0; i < ret->n; i++)
		if (!l.gone[i])
			ret->v[n++] = ret->v[i];
	ret->n = n;
	return rc;
}
