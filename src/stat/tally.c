#include "stat/tally.h"

#include "base/mem.h"

enum { SLOTS_FIRST = 256 };

void tally_init(struct ctx *c, struct tally *t)
{
	*t = (struct tally){0};
	t->n_slots = SLOTS_FIRST;
	t->slots = mem_array(c, t->n_slots, sizeof *t->slots);
}

int64_t tally_share(int64_t n, int64_t of)
{
	return (n * 20000 + of) / (of * 2);
}

static struct str country_str(const struct tally_cell *cell)
{
	return (struct str){cell->key.country, 2};
}

/* FNV-1a: the words are the provider's own and few, so nobody gains from colliding them. */
static uint64_t key_hash(const char *country, struct str class, enum outcome o, int64_t source)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < 2; i++)
		h = (h ^ (unsigned char)country[i]) * 1099511628211u;
	for (size_t i = 0; i < class.n; i++)
		h = (h ^ (unsigned char)class.p[i]) * 1099511628211u;
	h = (h ^ (uint64_t)o) * 1099511628211u;
	return (h ^ (uint64_t)source) * 1099511628211u;
}

static bool key_is(const struct tally_key *k, const char *country, struct str class, enum outcome o,
    int64_t source)
{
	return k->country[0] == country[0] && k->country[1] == country[1] && k->outcome == o &&
	       k->source == source && str_eq(k->class, class);
}

static void slot_put(struct tally *t, size_t cell)
{
	const struct tally_key *k = &t->cells[cell].key;
	size_t i = key_hash(k->country, k->class, k->outcome, k->source) % t->n_slots;

	while (t->slots[i] != 0)
		i = (i + 1) % t->n_slots;
	t->slots[i] = (uint32_t)(cell + 1);
}

static struct tally_cell *cell_make(struct ctx *c, struct tally *t, const char *country,
    struct str class, enum outcome o, int64_t source)
{
	struct tally_cell cell = {
	    .key = {{country[0], country[1], '\0'}, str_make(c, class), o, source}};

	t->cells = mem_grow(c, t->cells, t->n, &t->cap, sizeof *t->cells);
	t->cells[t->n++] = cell;
	if (t->n * 2 > t->n_slots) {
		t->n_slots *= 4;
		t->slots = mem_array(c, t->n_slots, sizeof *t->slots);
		for (size_t i = 0; i < t->n; i++)
			slot_put(t, i);
	} else {
		slot_put(t, t->n - 1);
	}
	t->last = t->n - 1;
	return &t->cells[t->n - 1];
}

/* The two letters of a country; what has none of its own counts under "??". */
static void country_key(struct str country, char ret[static 2])
{
	ret[0] = country.n > 0 ? country.p[0] : '?';
	ret[1] = country.n > 1 ? country.p[1] : '?';
}

static struct tally_cell *cell_get(struct ctx *c, struct tally *t, struct str country,
    struct str class, enum outcome o, int64_t source)
{
	char cc[2];
	size_t i;

	country_key(country, cc);
	if (t->n > 0 && key_is(&t->cells[t->last].key, cc, class, o, source))
		return &t->cells[t->last];
	i = key_hash(cc, class, o, source) % t->n_slots;
	for (; t->slots[i] != 0; i = (i + 1) % t->n_slots) {
		if (key_is(&t->cells[t->slots[i] - 1].key, cc, class, o, source)) {
			t->last = t->slots[i] - 1;
			return &t->cells[t->last];
		}
	}
	return cell_make(c, t, cc, class, o, source);
}

static void word_add(struct ctx *c, struct tally_words *w, struct str word, int64_t n)
{
	for (size_t i = 0; i < w->n; i++) {
		if (str_eq(w->v[i].word, word)) {
			w->v[i].n += n;
			return;
		}
	}
	w->v = mem_grow(c, w->v, w->n, &w->cap, sizeof *w->v);
	w->v[w->n++] = (struct tally_word){str_make(c, word), n};
}

static void preserved_add(struct ctx *c, struct tally *t, const struct tally_demand *d)
{
	struct tally_cell cell = {.requests = 1, .accounts = d->accounts};

	country_key(d->country, cell.key.country);
	for (size_t i = 0; i < t->n_preserved; i++) {
		if (str_eq(country_str(&t->preserved[i]), country_str(&cell))) {
			t->preserved[i].requests++;
			t->preserved[i].accounts += d->accounts;
			return;
		}
	}
	t->preserved =
	    mem_grow(c, t->preserved, t->n_preserved, &t->cap_preserved, sizeof *t->preserved);
	t->preserved[t->n_preserved++] = cell;
}

void tally_demand_add(struct ctx *c, struct tally *t, const struct tally_demand *d)
{
	struct tally_cell *cell;

	if (d->preservation) {
		preserved_add(c, t, d);
		return;
	}
	cell = cell_get(c, t, d->country, d->class, d->outcome, 0);
	cell->requests++;
	cell->accounts += d->accounts;
	cell->disclosed += d->disclosed;
	word_add(c, &t->channels, d->channel, 1);
	if (d->outcome == OUTCOME_REJECTED)
		word_add(c, &t->codes, d->code.n > 0 ? d->code : STR("other"), 1);
	if (d->emergency) {
		t->emergency[d->outcome].requests++;
		t->emergency[d->outcome].accounts += d->accounts;
		timing_add(c, &t->timing_emergency, d->seconds);
	}
	timing_add(c, &t->timing, d->seconds);
	t->narrowed += d->narrowed;
	t->refused_first += d->refused_first;
	t->withdrawn_notice += d->withdrawn_notice;
	t->barred += d->barred;
	t->not_barred += !d->barred;
	t->notice[d->notice]++;
	t->told_late += d->told_late;
}

void tally_closed_add(struct ctx *c, struct tally *t, int64_t source, struct str country,
    struct str class, enum outcome outcome, int64_t accounts)
{
	struct tally_cell *cell = cell_get(c, t, country, class, outcome, source);

	cell->requests++;
	cell->accounts += accounts;
}

int64_t tally_live(const struct tally *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->cells[i].key.source == 0)
			n += t->cells[i].requests;
	return n;
}

/* ---- from cells to figures ---- */

/* The sum of some cells. */
struct sum {
	int64_t requests, accounts, disclosed, imported;
	int64_t outcome[OUTCOME_END];
	bool accounts_unknown;
};

static bool accounts_given(const struct tally_source *sources, size_t n, int64_t number)
{
	for (size_t i = 0; i < n; i++)
		if (sources[i].number == number)
			return sources[i].accounts_given;
	return true;
}

static void sum_add(struct sum *s, const struct tally_cell *cell, bool given)
{
	s->requests += cell->requests;
	s->accounts += cell->accounts;
	s->disclosed += cell->disclosed;
	s->outcome[cell->key.outcome] += cell->requests;
	if (cell->key.source != 0)
		s->imported += cell->requests;
	s->accounts_unknown = s->accounts_unknown || !given;
}

static void put_number(struct ctx *c, struct figures *f, const char *section, struct str country,
    struct str class, const char *metric, int64_t n, bool unknown)
{
	if (unknown)
		figure_add_word(c, f, section, country, class, metric, "accounts", FIGURE_UNKNOWN);
	else
		figure_add_exact(c, f, section, country, class, metric, "accounts", n);
}

static void put_sum(struct ctx *c, struct figures *f, const char *section, struct str country,
    struct str class, const struct sum *s)
{
	figure_add_exact(c, f, section, country, class, "requests", "requests", s->requests);
	put_number(c, f, section, country, class, "accounts", s->accounts, s->accounts_unknown);
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		figure_add_exact(c, f, section, country, class, outcome_id((enum outcome)o),
		    "requests", s->outcome[o]);
}

/* One table: the cells grouped by country, by class, by both or not at all. */
struct group {
	struct str country, class;
	struct sum sum;
};
struct groups {
	struct group *v;
	size_t n, cap;
};

static struct sum *group_of(struct ctx *c, struct groups *g, struct str country, struct str class)
{
	struct group fresh = {country, class, {0}};

	for (size_t i = 0; i < g->n; i++)
		if (str_eq(g->v[i].country, country) && str_eq(g->v[i].class, class))
			return &g->v[i].sum;
	g->v = mem_grow(c, g->v, g->n, &g->cap, sizeof *g->v);
	g->v[g->n] = fresh;
	return &g->v[g->n++].sum;
}

static void put_table(struct ctx *c, const struct tally *t, const struct tally_source *sources,
    size_t n, struct figures *f, const char *section, bool by_country, bool by_class)
{
	struct groups g = {0};

	for (size_t i = 0; i < t->n; i++) {
		const struct tally_cell *cell = &t->cells[i];
		struct str country = by_country ? country_str(cell) : STR("");
		struct str class = by_class ? cell->key.class : STR("");

		sum_add(group_of(c, &g, country, class), cell,
		    cell->key.source == 0 || accounts_given(sources, n, cell->key.source));
	}
	for (size_t i = 0; i < g.n; i++)
		put_sum(c, f, section, g.v[i].country, g.v[i].class, &g.v[i].sum);
}

static void put_total(struct ctx *c, const struct sum *s, struct figures *f)
{
	put_sum(c, f, "total", STR(""), STR(""), s);
	put_number(
	    c, f, "total", STR(""), STR(""), "accounts_disclosed", s->disclosed, s->imported > 0);
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END && s->requests > 0; o++) {
		struct str metric = str_fmt(c, "share_%s", outcome_id((enum outcome)o));

		figure_add_exact(c, f, "total", STR(""), STR(""), metric.p, "basis_points",
		    tally_share(s->outcome[o], s->requests));
	}
}

static void put_words(struct ctx *c, const struct tally_words *w, int64_t not_recorded,
    struct figures *f, const char *section)
{
	for (size_t i = 0; i < w->n; i++)
		figure_add_exact(
		    c, f, section, STR(""), w->v[i].word, "requests", "requests", w->v[i].n);
	if (not_recorded > 0)
		figure_add_exact(c, f, section, STR(""), STR("not_recorded"), "requests",
		    "requests", not_recorded);
}

/* Imported records say nothing of these. Where nothing else was counted they are not 0 but unknown.
 */
static void put_unknown(struct ctx *c, struct figures *f)
{
	static const char *const sections[] = {"emergency", "narrowed", "refused_first",
	    "withdrawn_notice", "preservation", "told_late"};

	for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
		figure_add_word(
		    c, f, sections[i], STR(""), STR(""), "requests", "requests", FIGURE_UNKNOWN);
}

static void put_emergency(struct ctx *c, const struct tally *t, struct figures *f)
{
	struct sum s = {0};

	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		s.requests += t->emergency[o].requests;
		s.accounts += t->emergency[o].accounts;
		s.outcome[o] = t->emergency[o].requests;
	}
	put_sum(c, f, "emergency", STR(""), STR(""), &s);
}

const char *tally_notice_id(enum tally_notice n)
{
	static const char *const ids[TALLY_NOTICES] = {"neither", "told", "barred"};

	return ids[n];
}

static void put_beside(struct ctx *c, const struct tally *t, struct figures *f)
{
	const struct {
		const char *section;
		int64_t n;
	} one[] = {{"narrowed", t->narrowed}, {"refused_first", t->refused_first},
	    {"withdrawn_notice", t->withdrawn_notice}, {"told_late", t->told_late}};

	put_emergency(c, t, f);
	for (size_t i = 0; i < sizeof one / sizeof one[0]; i++)
		figure_add_exact(
		    c, f, one[i].section, STR(""), STR(""), "requests", "requests", one[i].n);
	figure_add_exact(c, f, "secrecy", STR(""), STR(""), "barred", "requests", t->barred);
	figure_add_exact(
	    c, f, "secrecy", STR(""), STR(""), "not_barred", "requests", t->not_barred);
	for (int i = 0; i < TALLY_NOTICES; i++)
		figure_add_exact(c, f, "notice", STR(""), STR(""),
		    tally_notice_id((enum tally_notice)i), "requests", t->notice[i]);
}

static void put_preserved(struct ctx *c, const struct tally *t, struct figures *f)
{
	int64_t requests = 0, accounts = 0;

	for (size_t i = 0; i < t->n_preserved; i++) {
		const struct tally_cell *p = &t->preserved[i];

		requests += p->requests;
		accounts += p->accounts;
		figure_add_exact(c, f, "preservation", country_str(p), STR(""), "requests",
		    "requests", p->requests);
		figure_add_exact(c, f, "preservation", country_str(p), STR(""), "accounts",
		    "accounts", p->accounts);
	}
	figure_add_exact(c, f, "preservation", STR(""), STR(""), "requests", "requests", requests);
	figure_add_exact(c, f, "preservation", STR(""), STR(""), "accounts", "accounts", accounts);
}

static void put_imported(
    struct ctx *c, const struct tally *t, const struct tally_source *src, struct figures *f)
{
	struct groups g = {0};
	struct sum all = {0};

	for (size_t i = 0; i < t->n; i++) {
		const struct tally_cell *cell = &t->cells[i];

		if (cell->key.source != src->number)
			continue;
		sum_add(group_of(c, &g, country_str(cell), STR("")), cell, src->accounts_given);
		sum_add(&all, cell, src->accounts_given);
	}
	if (all.requests == 0)
		return;
	figure_add_exact(c, f, "imported", STR(""), src->key, "requests", "requests", all.requests);
	put_number(
	    c, f, "imported", STR(""), src->key, "accounts", all.accounts, all.accounts_unknown);
	for (size_t i = 0; i < g.n; i++) {
		figure_add_exact(c, f, "imported", g.v[i].country, src->key, "requests", "requests",
		    g.v[i].sum.requests);
		put_number(c, f, "imported", g.v[i].country, src->key, "accounts",
		    g.v[i].sum.accounts, g.v[i].sum.accounts_unknown);
	}
}

/* Times are known of what was decided here. */
static void put_times(struct ctx *c, const struct tally *t, int64_t imported, struct figures *f)
{
	struct timing all = t->timing, emergency = t->timing_emergency;

	timing_figures(c, &all, STR(""), imported, f);
	if (emergency.n + (size_t)emergency.open > 0)
		timing_figures(c, &emergency, STR("emergency"), 0, f);
}

int64_t tally_per_million(int64_t n, int64_t of)
{
	return n > (INT64_MAX - of) / 2000000 ? -1 : (2000000 * n + of) / (2 * of);
}

void tally_users(struct ctx *c, struct figures *f, int64_t users)
{
	const struct figure *x = figure_find(f, "total", STR(""), STR(""), "accounts");

	if (users <= 0 || x == NULL || x->status != FIGURE_EXACT ||
	    tally_per_million(x->value_min, users) < 0)
		return;
	figure_add_exact(c, f, "users", STR(""), STR(""), "per_million", "per_million",
	    tally_per_million(x->value_min, users));
	figure_add_exact(c, f, "users", STR(""), STR(""), "active", "users", users);
}

void tally_figures(struct ctx *c, const struct tally *t, const struct tally_source *sources,
    size_t n, struct figures *f)
{
	struct sum all = {0};
	int64_t codes = 0;

	for (size_t i = 0; i < t->n; i++)
		sum_add(&all, &t->cells[i],
		    t->cells[i].key.source == 0 ||
			accounts_given(sources, n, t->cells[i].key.source));
	put_total(c, &all, f);
	put_table(c, t, sources, n, f, "country", true, false);
	put_table(c, t, sources, n, f, "class", false, true);
	put_table(c, t, sources, n, f, "country_class", true, true);
	for (size_t i = 0; i < t->codes.n; i++)
		codes += t->codes.v[i].n;
	put_words(c, &t->codes, all.outcome[OUTCOME_REJECTED] - codes, f, "refusal");
	put_words(c, &t->channels, all.imported, f, "channel");
	for (size_t i = 0; all.imported > 0 && i < 2; i++)
		figure_add_exact(c, f, i == 0 ? "secrecy" : "notice", STR(""), STR(""),
		    "not_recorded", "requests", all.imported);
	if (all.imported > 0 && all.imported == all.requests && t->n_preserved == 0) {
		put_unknown(c, f);
	} else {
		put_beside(c, t, f);
		put_preserved(c, t, f);
		put_times(c, t, all.imported, f);
	}
	for (size_t i = 0; i < n; i++)
		put_imported(c, t, &sources[i], f);
}
