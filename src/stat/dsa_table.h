/*
 * The third sheet of the template of Implementing Regulation (EU) 2024/2835 as numbers: orders from
 * Member States' authorities, by kind of illegal content and by state (SPEC.md 5.9). Pure: what is
 * counted comes as one dsa_table_order each, what was entered by hand as one dsa_table_given.
 *
 * Rows: for each category TOTAL and the states that sent such an order, then the same for its
 * sub-categories. A requirement that is not the provider's leaves its cells blank; one that is, and
 * was met by nothing, has 0 (Annex II Part I.1). Times are medians in hundredths of an hour.
 */
#ifndef WRIT_DSA_TABLE_H
#define WRIT_DSA_TABLE_H

#include "kind/day.h"

enum dsa_table_column {
	DSA_ACT,         /* G: orders to act against illegal content */
	DSA_ITEMS,       /* H: specific items of information in them */
	DSA_ACT_RECEIPT, /* I, J: medians */
	DSA_ACT_EFFECT,
	DSA_INFO, /* K: orders to provide information */
	DSA_INFO_RECEIPT,
	DSA_INFO_EFFECT, /* L, M */
	DSA_COLUMNS
};

/* What a row is about: scope and category are "TOTAL", or a code; keyword and own may be "". */
struct dsa_table_key {
	struct str scope, category, keyword, own;
};

#define DSA_UNKNOWN INT64_MIN

/* An order to provide information. Times in seconds from its delivery, or DSA_UNKNOWN. */
struct dsa_table_order {
	struct dsa_table_key key;
	int64_t receipt, effect;
	bool automatic; /* the receipt was confirmed by a machine */
	bool epoc;      /* a European Production Order */
};

/* A cell or a text of context that a publisher entered; the newest for its place. */
struct dsa_table_given {
	struct dsa_table_key key;
	enum dsa_table_column column;
	bool is_text;
	int64_t value; /* a number, or hundredths of an hour */
	struct str text, source;
	struct day day;
};

struct dsa_table_input {
	const struct str *categories; /* codes, in the order of the act */
	size_t n_categories;
	const struct dsa_table_order *orders;
	size_t n_orders;
	const struct dsa_table_given *given;
	size_t n_given;
	bool act_applies;    /* the provider has to count orders to act against illegal content */
	bool automatic_zero; /* a machine's confirmation within an hour counts as zero */
	bool epoc_counts;
};

enum dsa_table_kind { DSA_BLANK, DSA_COUNT, DSA_HOURS };

struct dsa_table_cell {
	enum dsa_table_kind kind;
	int64_t n; /* DSA_HOURS: hundredths of an hour */
};

struct dsa_table_row {
	struct dsa_table_key key;
	struct dsa_table_cell cell[DSA_COLUMNS];
	struct str text[DSA_COLUMNS]; /* of context, in English as the template is */
};

struct dsa_table {
	struct dsa_table_row *v;
	size_t n, cap;
};

/* dsa_table_make(c, in, ret): the rows, TOTAL first. ERR_INVALID when a category has orders with a
 * sub-category and such without: its sub-categories would not add up to it. */
int dsa_table_make(
    struct ctx *c, const struct dsa_table_input *in, struct dsa_table *ret) MUST_CHECK;
/* dsa_table_median(c, v, n): of n > 0 numbers of seconds, which are sorted; hundredths of an hour,
 * rounded half up. Of an even count the mean of the two in the middle. */
int64_t dsa_table_median(int64_t *v, size_t n);
/* dsa_table_find(t, scope, category): the category's own row, NULL if there is none. */
const struct dsa_table_row *dsa_table_find(
    const struct dsa_table *t, const char *scope, const char *category);
/* dsa_table_code(key): what column D says: the sub-category, or the category. */
struct str dsa_table_code(const struct dsa_table_key *key);
/* dsa_table_cell_str(c, cell): "" for a blank one, "12", "1.50". */
struct str dsa_table_cell_str(struct ctx *c, struct dsa_table_cell cell);

#endif
