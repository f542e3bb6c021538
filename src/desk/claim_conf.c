#include "desk/claim_conf.h"

#include "kind/land.h"

/* The specification of the XRechnung that German authorities take, by the rules that its keepers
 * publish (xrechnung-schematron: XR-CIUS-ID of 3.0). */
static const char xrechnung[] =
    "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";

/* The remainder by 97 of the digits, letters as 10 to 35, the first four at the end. */
bool claim_iban_ok(struct str s)
{
	int rest = 0;

	if (s.n < 15 || s.n > 34)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[(i + 4) % s.n];
		bool digit = ch >= '0' && ch <= '9';

		if (!digit && !(ch >= 'A' && ch <= 'Z'))
			return false;
		rest = digit ? (rest * 10 + (ch - '0')) % 97 : (rest * 100 + (ch - 'A' + 10)) % 97;
	}
	return rest == 1;
}

static int read_charge(struct ctx *c, const struct yaml *map, struct str *ret)
{
	struct str rest, word;
	int rc = yaml_get_text(c, map, "charge", &rest);

	if (rc != 0)
		return rc;
	*ret = rest;
	while (str_word(&rest, &word))
		if (!land_known(word))
			return yaml_err(c, yaml_find(map, "charge"),
			    "charge: want codes of countries (ISO 3166-1), such as DE US");
	return 0;
}

static int read_seller(struct ctx *c, const struct yaml *map, struct claim_conf *ret)
{
	const struct yaml *node = yaml_find(map, "seller");
	struct claim_seller *s = &ret->seller;
	struct {
		const char *key;
		struct str *to;
	} texts[] = {{"name", &s->name}, {"street", &s->street}, {"post_code", &s->post_code},
	    {"city", &s->city}, {"country", &s->country}, {"contact", &s->contact},
	    {"phone", &s->phone}, {"mail", &s->mail}, {"registration", &s->registration},
	    {"iban", &s->iban}};
	int rc = 0;

	if (node == NULL)
		return 0;
	if (node->kind != YAML_MAP)
		return yaml_err(c, node, "seller: want keys with values");
	rc = yaml_keys_check(c, node,
	    "name street post_code city country contact phone mail registration iban vat_id");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && rc == 0; i++) {
		rc = yaml_get_text(c, node, texts[i].key, texts[i].to);
		if (rc == 0 && str_trim(*texts[i].to).n == 0)
			rc = yaml_err(c, node, "%s: is empty", texts[i].key);
	}
	if (rc != 0)
		return rc;
	s->vat_id = yaml_text(node, "vat_id");
	if (!land_known(s->country))
		return yaml_err(c, node, "country: want the code of a country (ISO 3166-1)");
	if (!claim_iban_ok(s->iban))
		return yaml_err(c, node, "iban: its check digits do not fit");
	if (!str_has(s->mail, '@'))
		return yaml_err(c, node, "mail: want an address");
	ret->has_seller = true;
	return 0;
}

static int read_tax(struct ctx *c, const struct yaml *map, struct claim_conf *ret)
{
	struct str text = yaml_text(map, "tax"), kind, percent;

	if (text.n == 0 || str_is(text, "O"))
		return 0;
	if (!str_cut(text, ' ', &kind, &percent) || !str_is(kind, "S") ||
	    !str_i64(percent, &ret->tax_percent) || ret->tax_percent < 1 || ret->tax_percent > 99)
		return yaml_err(c, yaml_find(map, "tax"), "tax: want O, or S and a percentage");
	if (ret->seller.vat_id.n == 0)
		return yaml_err(c, yaml_find(map, "tax"), "tax: who charges tax has a vat_id");
	ret->taxed = true;
	return 0;
}

int claim_conf_read(struct ctx *c, const struct yaml *root, struct claim_conf *ret)
{
	const struct yaml *map = yaml_find(root, "costs");
	struct claim_conf k = {.never_above_cost = true, .pay_within = 30};
	struct str yes, days;
	int rc;

	*ret = k;
	if (map == NULL)
		return 0;
	if (map->kind != YAML_MAP)
		return yaml_err(c, map, "costs: want keys with values");
	rc =
	    yaml_keys_check(c, map, "charge never_above_cost prices pay_within seller tax invoice");
	if (rc == 0)
		rc = read_charge(c, map, &k.charge);
	if (rc != 0)
		return rc;
	yes = yaml_text(map, "never_above_cost");
	days = yaml_text(map, "pay_within");
	if (yes.n > 0 && !str_is(yes, "yes") && !str_is(yes, "no"))
		return yaml_err(c, map, "never_above_cost: want yes or no");
	if (days.n > 0 && (!str_i64(days, &k.pay_within) || k.pay_within < 1 || k.pay_within > 365))
		return yaml_err(c, map, "pay_within: want a number of days from 1 to 365");
	k.never_above_cost = !str_is(yes, "no");
	k.prices = yaml_text(map, "prices");
	k.invoice = yaml_text(map, "invoice");
	if (k.invoice.n == 0)
		k.invoice = str_of(xrechnung);
	rc = read_seller(c, map, &k);
	if (rc == 0)
		rc = read_tax(c, map, &k);
	if (rc == 0)
		*ret = k;
	return rc;
}
