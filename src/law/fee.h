/*
 * What a provider may claim for an answer (law/fees.yaml): tables of fees by jurisdiction and by
 * the day on which the provider was called on (JVEG § 24: that day decides). Pure. Numbers were
 * re-used with other meanings, so a row is its table and its number.
 *
 * File: `tables:`, a list of
 *   id, en, de, jurisdiction, cite, quote, lang, mark, text_date, verified   as in a pack
 *   services        classes of the service (tk_small ...); absent: any
 *   instruments     absent: any of the jurisdiction
 *   currency        ISO 4217
 *   sure_from, sure_until     days for which the text was read; the last may be absent
 *   maybe_from, maybe_until   wider: days on which it may hold. On these, and on any day with
 *                   `asks: yes` or for an instrument of `asks_for`, a person chooses the table
 *   purpose_fact, purposes    optional: a fact of the order which, where given, is one of these
 *   free_fields, free_services  optional: such fields of such services cost nothing
 *   claim_months    optional: the claim lapses so many months after the end of the measure
 *   limitation_years  optional: it is barred so many years after the end of that year
 *   central_percent optional: what a central contact point pays less, for rows with `central: yes`
 *   under           a table of the house's own prices: the table of law it is claimed under
 *   rows: nr, en, de, unit, and
 *     amount        of a block, in the currency; not for unit cost
 *     per           units in a block, a block begun counts; absent: 1
 *     after         so many units cost nothing
 *     most          the most that a line comes to
 *     up_to         yes: the amount is the most for an hour; what the hour costs is recorded
 *     most_hours    of unit minute: hours of a day that count
 *     not_beside    a row that the claim does not have then
 *   proposes: nr, fields, targets (kinds), count (targets | items | files | ask): what a produced
 *     item is claimed by; the first that fits
 *
 * Units: line order record identifier answer cell query km month datum medium minute file cost. A
 * line in minutes is one person on one day: its last hour counts full when more than 30 minutes of
 * it were used, and half else (JVEG § 19(2); where the sentence can be read to give more, less is
 * claimed). A line of unit cost is what was spent.
 */
#ifndef WRIT_FEE_H
#define WRIT_FEE_H

#include "kind/money.h"
#include "law/pack.h"

enum { FEE_QUANTITY_MAX = 1000000, FEE_AMOUNT_MAX = 100000000 };

struct fee_row {
	struct str nr, en, de, unit, not_beside;
	int64_t amount, most; /* minor units; most 0: no limit */
	int64_t per, after, most_hours;
	bool central, up_to;
};

enum fee_count { FEE_TARGETS, FEE_ITEMS, FEE_FILES, FEE_ASK };

struct fee_propose {
	struct str nr, fields, targets;
	enum fee_count count;
};

struct fee_table {
	struct str id, en, de, jurisdiction, services, instruments, asks_for, under;
	struct str purpose_fact, purposes, free_fields, free_services;
	char currency[4];
	struct day sure_from, sure_until, maybe_from, maybe_until;
	bool asks;
	int64_t claim_months, limitation_years, central_percent; /* 0: none */
	struct fee_row *rows;
	struct fee_propose *proposes;
	size_t n_rows, n_proposes;
	struct source src;
};

struct fee_law {
	struct fee_table *v;
	size_t n;
};

/* fee_load(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." for anything else. */
int fee_load(struct ctx *c, const char *file, struct str text, struct fee_law *ret) MUST_CHECK;
/* fee_builtin(c, ret): law/fees.yaml as compiled in. */
int fee_builtin(struct ctx *c, struct fee_law *ret) MUST_CHECK;
/* fee_find(law, id), fee_row(table, nr): NULL when there is none. */
const struct fee_table *fee_find(const struct fee_law *law, struct str id);
const struct fee_row *fee_row(const struct fee_table *table, struct str nr);

/* What is claimed for. */
struct fee_case {
	struct str country, instrument, class; /* class of the service */
	struct str purpose;                    /* of the purpose_fact; "" when it is not known */
	struct day called;                     /* the day of receipt */
};
enum fee_fit { FEE_NOT, FEE_MAYBE, FEE_SURE };
/* fee_fits(table, k): whether it holds for the case; FEE_MAYBE: a person chooses it. A table of the
 * jurisdiction EU holds for an instrument of the Union whatever the country. */
enum fee_fit fee_fits(const struct fee_table *table, const struct fee_case *k);
/* fee_free(table, class, field): nothing is claimed for it (18 USC 2706(c)). */
bool fee_free(const struct fee_table *table, struct str class, struct str field);
/* fee_proposal(table, field, target_kind): the row that a produced item is claimed by, NULL. */
const struct fee_propose *fee_proposal(
    const struct fee_table *table, struct str field, struct str target_kind);

struct fee_line {
	int64_t quantity; /* in the row's unit; 1 for a cost */
	int64_t rate;     /* minor units: what the hour or the whole cost, where that is asked */
	bool central;
};
/* total = blocks * unit * percent / (100 * parts), rounded down, and at most the row's `most`. */
struct fee_sum {
	int64_t blocks, unit, parts, percent, total;
};
/* fee_compute(c, table, row, line, ret): ERR_INVALID for a quantity or rate that the row does not
 * take (names it), ERR_LIMIT above FEE_QUANTITY_MAX or FEE_AMOUNT_MAX. */
int fee_compute(struct ctx *c, const struct fee_table *table, const struct fee_row *row,
    const struct fee_line *line, struct fee_sum *ret) MUST_CHECK;

/* fee_claim_by(table, end): last day on which the claim is made, for a measure that ended on that
 * day; DAY_NONE without a period. The day of the same number, or the month's last; a weekend or a
 * holiday does not move it, which is never later than the law. fee_limit(table, end): the last day
 * before limitation. */
struct day fee_claim_by(const struct fee_table *table, struct day end);
struct day fee_limit(const struct fee_table *table, struct day end);

#endif
