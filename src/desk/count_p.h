/*
 * Private to counting (count.h): the orders as rows, and chains of them. A chain is a refused order
 * and those that cure it, an order and those that amend it; it counts once.
 */
#ifndef WRIT_COUNT_P_H
#define WRIT_COUNT_P_H

#include "desk/count.h"

struct link {
	int64_t id, parent, root, received;
};

/* What is only ever banded. */
struct secret_count {
	struct str word; /* an instrument, or a kind of the count-only record */
	int64_t orders, accounts;
	/* of the count-only record: the service that was new; of an order that no category counts
	 * by its instrument: the country with one number for all; "" */
	struct str of;
};

/* When the first order on a new platform, product or service came. */
struct first_order {
	struct str service;
	struct day day;
};

struct counting {
	struct instance *in;
	const struct count_question *q;
	struct count *ret;
	struct tally tally;
	struct link *links; /* by root, day of receipt, id */
	int64_t *members;   /* their ids, sorted */
	size_t n_links, cap_links;
	struct secret_count *secrets, *sealed;
	size_t n_secrets, cap_secrets, n_sealed, cap_sealed;
	struct first_order *firsts;
	size_t n_firsts, cap_firsts;
	struct secret_count *combined; /* by country: all that is no secret itself */
	size_t n_combined, cap_combined;
	bool combined_accounts_unknown;
	int64_t past; /* first instant after the as-of day */
	bool straddles, secret_history;
};

/* A row of count_orders, or a chain of them. */
struct order_row {
	int64_t id;
	struct str instrument, class, basis, code, because, country, channel;
	enum outcome outcome;
	bool emergency, narrowed, compartment, barred;
	int64_t accounts, disclosed;
	int64_t settled, received; /* settled: of the outcome; INT64_MIN without one */
	/* Instants before the end of the as-of day, INT64_MIN without: the first user was told; the
	 * first bar against telling users began. bar_holds: one does on the as-of day. */
	int64_t told, bar_since;
	bool bar_holds;
	/* of a chain */
	bool secret, refused; /* a member is never counted exactly; one was refused */
	enum scope_place place;
};

/* count_chain_load(c, k): all chains, before anything else. */
int count_chain_load(struct ctx *c, struct counting *k) MUST_CHECK;
/* count_chain_member(k, id): counted with the first of its chain, and not by itself. */
bool count_chain_member(const struct counting *k, int64_t id);
/* count_chain_root(k, id): the first of its chain; itself. */
int64_t count_chain_root(const struct counting *k, int64_t id);
/* count_chain_at(k, root): the index of its first link, up to k->n_links. */
size_t count_chain_at(const struct counting *k, int64_t root);
/* count_chain_read(c, k, row, ret): the order of a row with those that follow it. */
int count_chain_read(
    struct ctx *c, struct counting *k, const struct db_val *row, struct order_row *ret) MUST_CHECK;
/* count_chain_find(c, k, root, ret): the same by number. */
int count_chain_find(
    struct ctx *c, struct counting *k, int64_t root, struct order_row *ret) MUST_CHECK;

/* count_beside(c, k, f): appends the sections freed and costs (SPEC.md 5.2). */
int count_beside(struct ctx *c, struct counting *k, struct figures *f) MUST_CHECK;

#endif
