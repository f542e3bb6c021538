/*
 * The template for transparency reports of Implementing Regulation (EU) 2024/2835 as data
 * (law/dsa-template.yaml): the categories of illegal content with their sub-categories, the columns
 * of the sheets, and Eurostat's codes of the Member States. Pure.
 *
 * File: `act`; `from`: first day for whose data the templates are; `first_year`: the first full
 * one; `publish_within` ("2 months"); `source` (cite, mark, verified, text_date);
 * `categories`: number, code, orders (whether the sheet of orders takes it), keywords (optional);
 * `eurostat`: iso, code, mark, verified, for the states whose code is not ISO's;
 * `sheets`: name, columns, each exactly as the act writes it.
 */
#ifndef WRIT_LAW_DSA_H
#define WRIT_LAW_DSA_H

#include "law/pack.h"

struct dsa_category {
	int64_t number;
	struct str code, keywords; /* keywords: words, "" without any */
	bool orders;
};

struct dsa_sheet {
	struct str name;
	struct str *columns;
	size_t n;
};

struct dsa_eurostat {
	struct str iso, code;
	bool verified;
};

enum { DSA_IDENTIFICATION, DSA_NAMES, DSA_ORDERS, DSA_SHEETS };

struct dsa_law {
	struct str act, cite;
	struct day from; /* first day whose data the templates are for */
	int64_t first_year;
	int within; /* months after the period */
	struct dsa_category *categories;
	size_t n_categories;
	struct dsa_eurostat *eurostat;
	size_t n_eurostat;
	struct dsa_sheet sheets[DSA_SHEETS];
};

/* dsa_load(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." for anything else than the above.
 */
int dsa_load(struct ctx *c, const char *file, struct str text, struct dsa_law **ret) MUST_CHECK;
/* dsa_builtin(c, ret): law/dsa-template.yaml as compiled in. */
int dsa_builtin(struct ctx *c, struct dsa_law **ret) MUST_CHECK;
/* dsa_category_find(law, code): NULL if there is none. */
const struct dsa_category *dsa_category_find(const struct dsa_law *law, struct str code);
/* dsa_category_check(c, law, code, keyword, own): whether an order can stand under it: ERR_INVALID
 * naming the field (category, keyword, text) and what it may be. keyword and own may be "". */
int dsa_category_check(struct ctx *c, const struct dsa_law *law, struct str code,
    struct str keyword, struct str own) MUST_CHECK;
/* dsa_state(law, iso): a Member State's code as Eurostat writes it; dsa_state_iso: the reverse. */
struct str dsa_state(const struct dsa_law *law, struct str iso);
struct str dsa_state_iso(const struct dsa_law *law, struct str code);

/* Which period a report is for: the calendar year, or for very large platforms and search engines
 * the half-year (Art. 2). dsa_period_check: ERR_INVALID saying which it would have to be. */
int dsa_period_check(
    struct ctx *c, const struct dsa_law *law, struct period p, bool very_large) MUST_CHECK;
/* dsa_deadline(law, p): the last day for publishing it. */
struct day dsa_deadline(const struct dsa_law *law, struct period p);

#endif
