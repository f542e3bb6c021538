/*
 * Figures: the cells of the public account, in the long form in which they are stored, compared and
 * published (SPEC.md 5). A figure is named by section, country, instrument and metric; its value is
 * an exact number, a band, or a word that says why there is none.
 *
 * Invariants: exact has value_min == value_max; band has value_min < value_max; the other statuses
 * have no value. The order is by section as listed in SPEC.md 5.1, then country, instrument and
 * metric by bytes, outcomes as in outcome.h; so the same figures give the same bytes.
 */
#ifndef WRIT_FIGURE_H
#define WRIT_FIGURE_H

#include "base/text.h"

enum figure_status {
	FIGURE_EXACT,
	FIGURE_BAND,
	FIGURE_PROHIBITED,    /* the law forbids a number; shown as such, not as 0 */
	FIGURE_NOT_COUNTABLE, /* there is nothing that could be counted */
	FIGURE_UNKNOWN        /* blocks publication, but for imported reports */
};

struct figure {
	struct str section, country, instrument,
	    metric;                   /* country and instrument may be "" = all */
	int64_t value_min, value_max; /* 0 without a value */
	struct str unit;
	enum figure_status status;
};

struct figures {
	struct figure *v;
	size_t n, cap;
};

enum { FIGURES_CSV_MAX = 64 << 20 };

/* figure_status_id: "exact", "band", "prohibited", "not_countable", "unknown". */
const char *figure_status_id(enum figure_status s);
bool figure_status_find(struct str id, enum figure_status *ret);

/* figure_add(c, f, x): appends; texts are borrowed. */
void figure_add(struct ctx *c, struct figures *f, struct figure x);
/* figure_add_exact(c, f, section, country, instrument, metric, unit, n): an exact number. */
void figure_add_exact(struct ctx *c, struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric, const char *unit, int64_t n);
/* figure_add_word: a cell without a number. */
void figure_add_word(struct ctx *c, struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric, const char *unit, enum figure_status status);
/* figure_withheld(x): a word stands for what is in no sum: the law forbids the number, or there is
 * nothing to count. */
bool figure_withheld(const struct figure *x);
/* figure_sort(f): puts the figures into their order; equal names keep theirs. */
void figure_sort(struct figures *f);
/* figure_cmp(a, b): by name; 0 for the same cell. */
int figure_cmp(const struct figure *a, const struct figure *b);
/* figure_same(a, b): same name, value, unit and status. */
bool figure_same(const struct figure *a, const struct figure *b);
/* figure_find(f, section, country, instrument, metric): f must be sorted; NULL when there is none.
 */
const struct figure *figure_find(const struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric);
/* figure_number(f, ...): the exact number of the cell, 0 when there is none or it is not exact. */
int64_t figure_number(const struct figures *f, const char *section, struct str country,
    struct str instrument, const char *metric);
/* figure_has_section(f, section): at least one figure of it. */
bool figure_has_section(const struct figures *f, const char *section);
/* figure_name(c, x): "country DE content": the cell in words, for messages. */
struct str figure_name(struct ctx *c, const struct figure *x);
/* figure_put_csv(b, period, f): the long CSV (RFC 4180, but lines end with LF), header included. */
void figure_put_csv(struct buf *b, struct str period, const struct figures *f);
/* figure_put_csv_field(b, s): one field, quoted where it must be, a leading = + - @ made harmless.
 */
void figure_put_csv_field(struct buf *b, struct str s);

#endif
