/*
 * Whether and how the house claims what answers cost (`costs:` in writ.yaml). Without the block
 * nothing is claimed of anybody.
 *
 *   costs:
 *     charge: DE US               countries whose authorities are charged
 *     never_above_cost: yes       yes (usual): no claim is above the cost that was recorded for it
 *     prices: prices.yaml         optional: tables of the house's own prices, in the form of
 *                                 law/fees.yaml, each under a table of law
 *     pay_within: 30              days named in letter and invoice; 30 without it
 *     seller:                     who claims, for letter and invoice; each of these is needed but
 *       name: Example Mail GmbH   vat_id
 *       street: Musterweg 1
 *       post_code: 10115
 *       city: Berlin
 *       country: DE
 *       contact: Accounts
 *       phone: +49 30 1234567
 *       mail: accounts@example.net
 *       registration: HRB 12345     number in a register
 *       iban: DE02120300000000202051
 *     tax: O                      O: outside the scope of VAT (compensation by law); or S and its
 *                                 rate in percent, "S 19", with seller.vat_id
 *     invoice: ID                 optional: the specification that an XRechnung names
 */
#ifndef WRIT_CLAIM_CONF_H
#define WRIT_CLAIM_CONF_H

#include "kind/yaml.h"

struct claim_seller {
	struct str name, street, post_code, city, country, contact, phone, mail, registration, iban,
	    vat_id;
};

struct claim_conf {
	struct str charge, prices, invoice;
	bool never_above_cost;
	bool taxed; /* S: amounts are without the tax, which comes on top */
	int64_t tax_percent, pay_within;
	bool has_seller;
	struct claim_seller seller;
};

/* claim_conf_read(c, root, ret): reads `costs` of writ.yaml's root; none at all is fine.
 * ERR_INVALID "FILE:LINE:COL: ...". */
int claim_conf_read(struct ctx *c, const struct yaml *root, struct claim_conf *ret) MUST_CHECK;
/* claim_iban_ok(s): an IBAN whose check digits fit (ISO 13616), without blanks. */
bool claim_iban_ok(struct str s);

#endif
