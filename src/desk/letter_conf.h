/*
 * What writ.yaml says of letters (out/letter.h).
 *
 *   letterhead:                        optional: lines below the provider's name; the first ones
 * are
 *     - Musterstraße 12                the address and stand above the recipient's too
 *     - 10115 Berlin
 *     - authorities@mail.example
 *   letter_paper: din                  optional: din or us for every letter; without it the
 *                                      recipient's country says
 */
#ifndef WRIT_LETTER_CONF_H
#define WRIT_LETTER_CONF_H

#include "kind/yaml.h"

enum { LETTER_HEAD_MAX = 6, LETTER_HEAD_BYTES = 200, LETTER_HEAD_ADDRESS = 2 };

struct letter_conf {
	struct str head[LETTER_HEAD_MAX];
	size_t n_head;
	struct str paper; /* "" when not given */
};

/* letter_conf_read(c, root, ret): ERR_INVALID "FILE:LINE:COL: ...". */
int letter_conf_read(struct ctx *c, const struct yaml *root, struct letter_conf *ret) MUST_CHECK;

#endif
