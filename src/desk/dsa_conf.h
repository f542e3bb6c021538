/*
 * What the EU's template for transparency reports needs to know of the provider (`dsa:` in
 * writ.yaml; Regulation (EU) 2022/2065 Art. 15, Implementing Regulation (EU) 2024/2835):
 *
 *   dsa:
 *     service: Example Mail        optional: as the report names it; the provider's name without
 *     very_large: no               a very large platform or search engine reports half-years
 *     small: no                    a micro or small enterprise need not report, unless very large
 *     orders_to_act: by_hand       by_hand: figures are entered, 0 where none is; not_applicable:
 *                                  the cells stay blank
 *     automatic_receipt: as_timed  as_timed | zero: an automated confirmation within an hour
 *     epoc: count                  count | leave_out: European Production Orders
 *     identification:              optional: rows of the first sheet, as the act names them
 *       - indicator: ...
 *         value: ...               $provider $service $period $as_of $version are filled in
 */
#ifndef WRIT_DSA_CONF_H
#define WRIT_DSA_CONF_H

#include "kind/yaml.h"

struct dsa_conf_line {
	struct str indicator, value;
};

struct dsa_conf {
	bool given; /* there is such a block */
	bool very_large, small, by_hand, automatic_zero, epoc_counts;
	struct str service; /* "": the provider's name */
	struct dsa_conf_line *lines;
	size_t n_lines;
};

/* dsa_conf_read(c, root, ret): reads `dsa` of writ.yaml's root; none at all is fine. ERR_INVALID
 * "FILE:LINE:COL: ...". */
int dsa_conf_read(struct ctx *c, const struct yaml *root, struct dsa_conf *ret) MUST_CHECK;

#endif
