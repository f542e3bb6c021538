/* claim_invoice: an XRechnung in the syntax UBL 2.1 (declared in claim_paper.h). The order of
 * elements is that of the schema (OASIS UBL 2.1, UBL-Invoice-2.1.xsd); numbers behind BT and BG are
 * terms of EN 16931. */
#include "out/claim_paper.h"

struct invoice {
	struct ctx *c;
	struct instance *in;
	const struct claim *k;
	const struct fee_table *table;
	struct claim_buyer to;
	struct day issued;
	int64_t tax; /* minor units */
	struct buf b;
};

/* ---- XML ---- */

/* What XML 1.0 has no place for, control characters, becomes a blank. */
static void escaped(struct invoice *v, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if (ch == '&')
			buf_puts(&v->b, "&amp;");
		else if (ch == '<')
			buf_puts(&v->b, "&lt;");
		else if (ch == '>')
			buf_puts(&v->b, "&gt;");
		else if (ch == '"')
			buf_puts(&v->b, "&quot;");
		else
			buf_putc(&v->b, ch < ' ' || ch == 127 ? ' ' : (char)ch);
	}
}

static void open_el(struct invoice *v, const char *name)
{
	buf_fmt(&v->b, "<cac:%s>", name);
}

static void close_el(struct invoice *v, const char *name)
{
	buf_fmt(&v->b, "</cac:%s>\n", name);
}

/* A basic element with an attribute, or none (NULL). */
static void leaf_of(
    struct invoice *v, const char *name, const char *attribute, const char *is, struct str text)
{
	buf_fmt(&v->b, "<cbc:%s", name);
	if (attribute != NULL)
		buf_fmt(&v->b, " %s=\"%s\"", attribute, is);
	buf_putc(&v->b, '>');
	escaped(v, text);
	buf_fmt(&v->b, "</cbc:%s>", name);
}

static void leaf(struct invoice *v, const char *name, struct str text)
{
	leaf_of(v, name, NULL, NULL, text);
}

/* Minor units as the form has them: "95.00"; currencies of two, three or no decimals. */
static struct str decimal(const struct invoice *v, int64_t minor)
{
	struct money m = {minor, ""};
	struct str amount, currency;

	memcpy(m.currency, v->k->currency, sizeof m.currency);
	(void)str_cut(money_str(v->c, m), ' ', &amount, &currency);
	return amount;
}

static void amount(struct invoice *v, const char *name, int64_t minor)
{
	leaf_of(v, name, "currencyID", v->k->currency, decimal(v, minor));
}

/* ---- parties ---- */

static void address(
    struct invoice *v, struct str street, struct str city, struct str post_code, struct str country)
{
	open_el(v, "PostalAddress");
	leaf(v, "StreetName", street);
	leaf(v, "CityName", city);
	leaf(v, "PostalZone", post_code);
	open_el(v, "Country");
	leaf(v, "IdentificationCode", country);
	close_el(v, "Country");
	close_el(v, "PostalAddress");
}

static void tax_scheme(struct invoice *v)
{
	open_el(v, "TaxScheme");
	leaf(v, "ID", STR("VAT"));
	close_el(v, "TaxScheme");
}

static void seller(struct invoice *v)
{
	const struct claim_seller *s = &v->in->costs.seller;

	open_el(v, "AccountingSupplierParty");
	open_el(v, "Party");
	leaf_of(v, "EndpointID", "schemeID", "EM", s->mail);
	address(v, s->street, s->city, s->post_code, s->country);
	if (v->in->costs.taxed) { /* BR-O-02: outside the scope of the tax no number is named */
		open_el(v, "PartyTaxScheme");
		leaf(v, "CompanyID", s->vat_id);
		tax_scheme(v);
		close_el(v, "PartyTaxScheme");
	}
	open_el(v, "PartyLegalEntity");
	leaf(v, "RegistrationName", s->name);
	leaf(v, "CompanyID", s->registration);
	close_el(v, "PartyLegalEntity");
	open_el(v, "Contact");
	leaf(v, "Name", s->contact);
	leaf(v, "Telephone", s->phone);
	leaf(v, "ElectronicMail", s->mail);
	close_el(v, "Contact");
	close_el(v, "Party");
	close_el(v, "AccountingSupplierParty");
}

/* Digits, then parts behind hyphens: 991-12345-06. */
static bool is_leitweg(struct str s)
{
	int parts = 1;

	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9', hyphen = s.p[i] == '-';

		parts += hyphen;
		if (!digit && !hyphen && !(s.p[i] >= 'A' && s.p[i] <= 'Z' && parts == 2))
			return false;
	}
	return s.n >= 5 && s.n <= 46 && (parts == 2 || parts == 3) && s.p[0] != '-' &&
	       s.p[s.n - 1] != '-';
}

static void buyer(struct invoice *v)
{
	open_el(v, "AccountingCustomerParty");
	open_el(v, "Party");
	if (is_leitweg(v->to.reference))
		leaf_of(v, "EndpointID", "schemeID", "0204", v->to.reference);
	else
		leaf_of(v, "EndpointID", "schemeID", "EM", v->to.mail);
	address(v, v->to.street, v->to.city, v->to.post_code, v->to.country);
	open_el(v, "PartyLegalEntity");
	leaf(v, "RegistrationName", v->to.name);
	close_el(v, "PartyLegalEntity");
	close_el(v, "Party");
	close_el(v, "AccountingCustomerParty");
}

/* ---- amounts ---- */

/* BT-151 and its like: a rate only where there is a tax. whole: in the breakdown, where BR-DE-14
 * wants a rate in any case, and category O the reason. */
static void category(struct invoice *v, const char *name, bool whole)
{
	bool taxed = v->in->costs.taxed;

	open_el(v, name);
	leaf(v, "ID", taxed ? STR("S") : STR("O"));
	if (taxed || whole)
		leaf(v, "Percent", str_fmt(v->c, "%lld", (long long)v->in->costs.tax_percent));
	if (whole && !taxed)
		leaf(v, "TaxExemptionReason",
		    STR("Entschädigung aufgrund Gesetzes, nicht steuerbar"));
	tax_scheme(v);
	close_el(v, name);
}

static void totals(struct invoice *v)
{
	const struct claim *k = v->k;

	if (k->asked < k->total) {
		open_el(v, "AllowanceCharge");
		leaf(v, "ChargeIndicator", STR("false"));
		leaf(v, "AllowanceChargeReason", STR("Begrenzung auf die entstandenen Kosten"));
		amount(v, "Amount", k->total - k->asked);
		category(v, "TaxCategory", false);
		close_el(v, "AllowanceCharge");
	}
	open_el(v, "TaxTotal");
	amount(v, "TaxAmount", v->tax);
	open_el(v, "TaxSubtotal");
	amount(v, "TaxableAmount", k->asked);
	amount(v, "TaxAmount", v->tax);
	category(v, "TaxCategory", true);
	close_el(v, "TaxSubtotal");
	close_el(v, "TaxTotal");
	open_el(v, "LegalMonetaryTotal");
	amount(v, "LineExtensionAmount", k->total);
	amount(v, "TaxExclusiveAmount", k->asked);
	amount(v, "TaxInclusiveAmount", k->asked + v->tax);
	if (k->asked < k->total)
		amount(v, "AllowanceTotalAmount", k->total - k->asked);
	amount(v, "PayableAmount", k->asked + v->tax);
	close_el(v, "LegalMonetaryTotal");
}

/* Quantity times price is the line's amount, exactly; what a row's limit cut off, and a cent that
 * does not divide, make it one piece at that amount. */
static void quantity_and_price(const struct claim_line *l, int64_t *ret_halves, int64_t *ret_price)
{
	int64_t price = l->sum.unit * l->sum.percent / 100;
	bool whole = l->sum.unit * l->sum.percent % 100 == 0 &&
		     price * l->sum.blocks == l->sum.total * l->sum.parts;

	*ret_halves = whole ? l->sum.blocks * 2 / l->sum.parts : 2;
	*ret_price = whole ? price : l->sum.total;
}

static void line(struct invoice *v, const struct claim_line *l)
{
	const struct fee_table *law = fee_find(v->in->fees, v->table->under);
	const struct fee_row *row = fee_row(v->table, l->fee);
	int64_t halves, price;

	if (row == NULL && law != NULL)
		row = fee_row(law, l->fee);
	quantity_and_price(l, &halves, &price);
	open_el(v, "InvoiceLine");
	leaf(v, "ID", str_fmt(v->c, "%lld", (long long)l->number));
	leaf_of(v, "InvoicedQuantity", "unitCode", l->sum.parts == 2 ? "HUR" : "C62",
	    str_fmt(v->c, "%lld%s", (long long)(halves / 2), halves % 2 == 0 ? "" : ".5"));
	amount(v, "LineExtensionAmount", l->sum.total);
	open_el(v, "Item");
	leaf(v, "Name",
	    str_fmt(v->c, "Nr. %.*s: %.*s", STR_ARG(l->fee),
		STR_ARG(row == NULL ? v->table->de : row->de)));
	category(v, "ClassifiedTaxCategory", false);
	close_el(v, "Item");
	open_el(v, "Price");
	amount(v, "PriceAmount", price);
	close_el(v, "Price");
	close_el(v, "InvoiceLine");
}

/* ---- the whole ---- */

static void head(struct invoice *v)
{
	static const char ns[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\""
	    " xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-"
	    "2\""
	    " xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">"
	    "\n";

	buf_puts(&v->b, ns);
	leaf(v, "CustomizationID", v->in->costs.invoice);
	leaf(v, "ProfileID", STR("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"));
	leaf(v, "ID", v->k->ref);
	leaf(v, "IssueDate", day_str(v->c, v->issued));
	leaf(v, "DueDate", day_str(v->c, day_add(v->issued, (int)v->in->costs.pay_within)));
	leaf(v, "InvoiceTypeCode", STR("380"));
	leaf(v, "Note", v->table->src.cite);
	leaf(v, "DocumentCurrencyCode", str_of(v->k->currency));
	leaf(v, "BuyerReference", v->to.reference);
	buf_putc(&v->b, '\n');
}

static void delivery_and_payment(struct invoice *v)
{
	open_el(v, "Delivery");
	leaf(v, "ActualDeliveryDate", day_str(v->c, v->k->measure_end));
	close_el(v, "Delivery");
	open_el(v, "PaymentMeans");
	leaf(v, "PaymentMeansCode", STR("58")); /* SEPA credit transfer */
	leaf(v, "PaymentID", v->k->ref);
	open_el(v, "PayeeFinancialAccount");
	leaf(v, "ID", v->in->costs.seller.iban);
	leaf(v, "Name", v->in->costs.seller.name);
	close_el(v, "PayeeFinancialAccount");
	close_el(v, "PaymentMeans");
	open_el(v, "PaymentTerms");
	leaf(v, "Note",
	    str_fmt(v->c, "Zahlbar binnen %lld Tagen", (long long)v->in->costs.pay_within));
	close_el(v, "PaymentTerms");
}

static int ready(struct ctx *c, struct invoice *v, struct claim_lines *ret)
{
	int rc = claim_ready(c, v->in, v->k);

	if (rc == 0 && !v->in->costs.has_seller)
		rc = err_set(c, ERR_DENIED, "writ.yaml does not say who claims (costs: seller)");
	if (rc == 0 && v->table == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the table of the claim is not there any more");
	if (rc == 0)
		rc = claim_buyer_read(c, v->k, &v->to);
	if (rc == 0 && v->to.mail.n == 0 && !is_leitweg(v->to.reference))
		rc = err_set(c, ERR_INVALID,
		    "an invoice needs an electronic address: a mail address, or a Leitweg-ID as "
		    "number");
	return rc == 0 ? claim_lines(c, v->in, v->k, ret) : rc;
}

int claim_invoice(struct ctx *c, struct instance *in, const struct claim *k, struct str *ret)
{
	struct invoice v = {.c = c,
	    .in = in,
	    .k = k,
	    .table = fee_find(in->fees, k->fees),
	    .b = buf_init(c, CLAIM_PAPER_MAX)};
	struct claim_lines lines;
	int rc = ready(c, &v, &lines);

	if (rc != 0)
		return rc;
	v.issued = day_is_none(k->sent) ? instant_day((struct instant){ctx_now(c)}) : k->sent;
	v.tax = in->costs.taxed ? (k->asked * in->costs.tax_percent + 50) / 100 : 0;
	head(&v);
	seller(&v);
	buyer(&v);
	delivery_and_payment(&v);
	totals(&v);
	for (size_t i = 0; i < lines.n; i++)
		if (str_is(lines.v[i].state, "confirmed"))
			line(&v, &lines.v[i]);
	buf_puts(&v.b, "</Invoice>\n");
	return buf_end(&v.b, "the invoice", ret);
}
