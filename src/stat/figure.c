#include "stat/figure.h"

#include "base/mem.h"
#include "stat/outcome.h"

static const char *const statuses[] = {"exact", "band", "prohibited", "not_countable", "unknown"};

/* The order of a reader's interest: what is asked first stands first. */
static const char *const sections[] = {"total", "country", "class", "country_class", "refusal",
    "channel", "emergency", "narrowed", "refused_first", "withdrawn_notice", "preservation",
    "secrecy", "notice", "told_late", "freed", "response", "costs", "users", "national_security",
    "imported"};

const char *figure_status_id(enum figure_status s)
{
	return statuses[s];
}

bool figure_status_find(struct str id, enum figure_status *ret)
{
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		if (str_is(id, statuses[i])) {
			*ret = (enum figure_status)i;
			return true;
		}
	}
	return false;
}

void figure_add(struct ctx *c, struct figures *f, struct figure x)
{
	f->v = mem_grow(c, f->v, f->n, &f->cap, sizeof *f->v);
	f->v[f->n++] = x;
}

void figure_add_exact(struct ctx *c, struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric, const char *unit, int64_t n)
{
	figure_add(c, f,
	    (struct figure){str_of(section), country, instrument, str_of(metric), n, n,
		str_of(unit), FIGURE_EXACT});
}

void figure_add_word(struct ctx *c, struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric, const char *unit, enum figure_status status)
{
	figure_add(c, f,
	    (struct figure){
		str_of(section), country, instrument, str_of(metric), 0, 0, str_of(unit), status});
}

bool figure_withheld(const struct figure *x)
{
	return x->status == FIGURE_PROHIBITED || x->status == FIGURE_NOT_COUNTABLE;
}

static int section_rank(struct str s)
{
	const int n = (int)(sizeof sections / sizeof sections[0]);

	for (int i = 0; i < n; i++)
		if (str_is(s, sections[i]))
			return i;
	return n;
}

/* Requests and accounts first, then the outcomes in their own order, then the rest by bytes. */
static int metric_rank(struct str m)
{
	enum outcome o;

	if (str_is(m, "requests"))
		return 0;
	if (str_is(m, "accounts"))
		return 1;
	if (str_is(m, "accounts_disclosed"))
		return 2;
	return outcome_find(m, &o) ? 10 + (int)o : 100;
}

static int cmp_int(int a, int b)
{
	return (a > b) - (a < b);
}

int figure_cmp(const struct figure *a, const struct figure *b)
{
	int d = cmp_int(section_rank(a->section), section_rank(b->section));

	if (d == 0)
		d = str_cmp(a->section, b->section);
	if (d == 0)
		d = str_cmp(a->country, b->country);
	if (d == 0)
		d = str_cmp(a->instrument, b->instrument);
	if (d == 0)
		d = cmp_int(metric_rank(a->metric), metric_rank(b->metric));
	return d != 0 ? d : str_cmp(a->metric, b->metric);
}

bool figure_same(const struct figure *a, const struct figure *b)
{
	return figure_cmp(a, b) == 0 && a->value_min == b->value_min &&
	       a->value_max == b->value_max && str_eq(a->unit, b->unit) && a->status == b->status;
}

static int cmp_any(const void *a, const void *b)
{
	const struct figure *x = a, *y = b;
	int d = figure_cmp(x, y);

	/* qsort is not stable: a cell that stands twice still needs one order */
	if (d == 0)
		d = (x->value_min > y->value_min) - (x->value_min < y->value_min);
	return d;
}

void figure_sort(struct figures *f)
{
	if (f->n > 0)
		qsort(f->v, f->n, sizeof *f->v, cmp_any);
}

const struct figure *figure_find(const struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric)
{
	struct figure key = {
	    str_of(section), country, instrument, str_of(metric), 0, 0, {"", 0}, 0};
	size_t lo = 0, hi = f->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = figure_cmp(&f->v[mid], &key);

		if (d == 0)
			return &f->v[mid];
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

int64_t figure_number(const struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric)
{
	const struct figure *x = figure_find(f, section, country, instrument, metric);

	return x != NULL && x->status == FIGURE_EXACT ? x->value_min : 0;
}

bool figure_has_section(const struct figures *f, const char *section)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, section))
			return true;
	return false;
}

struct str figure_name(struct ctx *c, const struct figure *x)
{
	struct buf b = buf_init(c, 4096);
	const struct str parts[] = {x->country, x->instrument, x->metric};

	buf_put(&b, x->section);
	for (size_t i = 0; i < 3; i++) {
		if (parts[i].n == 0)
			continue;
		buf_putc(&b, ' ');
		buf_put(&b, parts[i]);
	}
	return buf_str(&b);
}

void figure_put_csv_field(struct buf *b, struct str s)
{
	bool quote = false;

	/* A spreadsheet would run a field that begins so (CWE-1236); numbers never pass here. */
	if (s.n > 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL) {
		quote = true;
	}
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
	if (!quote) {
		buf_put(b, s);
		return;
	}
	buf_putc(b, '"');
	if (s.n > 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL)
		buf_putc(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s.p[i]);
	}
	buf_putc(b, '"');
}

static void put_value(struct buf *b, const struct figure *x, int64_t v)
{
	if (x->status == FIGURE_EXACT || x->status == FIGURE_BAND)
		buf_i64(b, v);
}

void figure_put_csv(struct buf *b, struct str period, const struct figures *f)
{
	buf_puts(b, "period,section,country,instrument,metric,value_min,value_max,unit,status\n");
	for (size_t i = 0; i < f->n; i++) {
		const struct figure *x = &f->v[i];
		const struct str texts[] = {
		    period, x->section, x->country, x->instrument, x->metric};

		for (size_t k = 0; k < 5; k++) {
			figure_put_csv_field(b, texts[k]);
			buf_putc(b, ',');
		}
		put_value(b, x, x->value_min);
		buf_putc(b, ',');
		put_value(b, x, x->value_max);
		buf_putc(b, ',');
		figure_put_csv_field(b, x->unit);
		buf_putc(b, ',');
		buf_puts(b, figure_status_id(x->status));
		buf_putc(b, '\n');
	}
}
