/*
 * The fold from counted demands to figures. Each counted demand is one tally_demand, or one of many
 * equal closed records in one tally_closed; tally_figures makes the sections that are plain sums.
 * Pure: numbers and public words only, no names, nothing of national security.
 */
#ifndef WRIT_TALLY_H
#define WRIT_TALLY_H

#include "stat/figure.h"
#include "stat/outcome.h"
#include "stat/timing.h"

struct tally_key {
	char country[3];
	struct str class;
	enum outcome outcome;
	int64_t source; /* 0: a demand this provider decided here; else the number of an import */
};

/* What the users of a demand's accounts know of it: at least one was told; else a bar holds; else
 * neither. */
enum tally_notice { TALLY_NEITHER, TALLY_TOLD, TALLY_BARRED, TALLY_NOTICES };

struct tally_cell {
	struct tally_key key;
	int64_t requests, accounts, disclosed;
};

/* A list of words with a count each: refusal codes, channels. */
struct tally_word {
	struct str word;
	int64_t n;
};
struct tally_words {
	struct tally_word *v;
	size_t n, cap;
};

struct tally {
	struct tally_cell *cells;
	size_t n, cap;
	uint32_t *slots; /* index + 1 into cells; 0 free */
	size_t n_slots;
	size_t last; /* the cell hit last: imports come in runs */
	struct tally_words codes, channels;
	struct tally_cell emergency[OUTCOME_END]; /* by outcome */
	int64_t narrowed, refused_first, withdrawn_notice, barred, not_barred, told_late;
	int64_t notice[TALLY_NOTICES];
	struct tally_cell *preserved; /* by country */
	size_t n_preserved, cap_preserved;
	struct timing timing, timing_emergency;
};

/* One demand that was decided, or waits, here. */
struct tally_demand {
	struct str country, class, channel, code; /* code: refusal, when rejected */
	enum outcome outcome;
	int64_t accounts, disclosed;
	int64_t seconds; /* from receipt to the outcome; below 0: none yet */
	enum tally_notice notice;
	bool emergency, narrowed, refused_first, withdrawn_notice, barred, preservation;
	bool told_late; /* told after a bar had ended */
};

/* An import as the figures name it. accounts_given false: its source does not say how many
 * accounts. */
struct tally_source {
	int64_t number;
	struct str key; /* public name in the section "imported" */
	bool accounts_given;
};

/* tally_notice_id: "neither", "told", "barred". */
const char *tally_notice_id(enum tally_notice n);

void tally_init(struct ctx *c, struct tally *t);
/* tally_demand_add(c, t, d): texts are copied when kept. A preservation counts in its own section
 * only. */
void tally_demand_add(struct ctx *c, struct tally *t, const struct tally_demand *d);
/* tally_closed_add(c, t, source, country, class, outcome, accounts): one closed record. Fast:
 * called for each of millions of rows. */
void tally_closed_add(struct ctx *c, struct tally *t, int64_t source, struct str country,
    struct str class, enum outcome outcome, int64_t accounts);
/* tally_users(c, f, users): the share of active users whose accounts demands named, per million,
 * where the accounts are exact; an account named twice counts twice. f must be sorted. */
void tally_users(struct ctx *c, struct figures *f, int64_t users);
/* tally_per_million(n, of): rounded half up; of > 0; -1 for numbers too large
 * to divide (10^12). */
int64_t tally_per_million(int64_t n, int64_t of);
/* tally_live(t): how many demands are counted that were not imported. */
int64_t tally_live(const struct tally *t);
/* tally_figures(c, t, sources, n, f): appends the sections total, country, class, country_class,
 * refusal, channel, emergency, narrowed, refused_first, withdrawn_notice, preservation, secrecy,
 * notice, told_late, response and imported. Accounts to which a source contributes that does not
 * give them are unknown; so is what stands beside the outcomes when everything was imported. */
void tally_figures(struct ctx *c, const struct tally *t, const struct tally_source *sources,
    size_t n, struct figures *f);
/* tally_share(n, of): n of `of` in basis points (hundredths of a per cent), rounded half up; of >
 * 0. */
int64_t tally_share(int64_t n, int64_t of);

#endif
