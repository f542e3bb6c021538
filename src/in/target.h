/*
 * Identifiers, normalised per kind, so that equal accounts are found equal and an impossible one is
 * refused with its reason.
 *
 *   email    local part kept, domain lower case ASCII (RFC 5321; no folding of dots or plus tags)
 *   phone    E.164: '+' and 7 to 15 digits; blanks, hyphens, dots, parentheses dropped; national
 * forms without country code are refused ipv4     four decimal numbers, no leading zeros ipv6 RFC
 * 5952 account  outer blanks dropped domain   lower case, no trailing dot url      scheme and host
 * lower case device   IMEI (15 digits, check digit), MAC (six bytes), or another id, upper case
 * without separators
 */
#ifndef WRIT_TARGET_H
#define WRIT_TARGET_H

#include "base/text.h"

/* target_normalise(c, kind, printed, ret): ERR_INVALID says what is wrong, never the value. */
int target_normalise(
    struct ctx *c, struct str kind, struct str printed, struct str *ret) MUST_CHECK;
/* target_specific(kind, printed): false for wildcards (*, %, ?), ranges (CIDR prefixes, "a-b"),
 * lists, and words such as "all users". */
bool target_specific(struct str kind, struct str printed);

#endif
