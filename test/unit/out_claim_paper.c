/* Letter and invoice of a claim: what the invoice says, read again by libxml2 and held against the
 * rules of EN 16931 and of its German use (XRechnung 3.0) that are about it. The schema and the
 * Schematron rules themselves are in no package of Debian's; the rules below are written from what
 * their keepers publish, each under its number. */
#include "desk_story.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "out/claim_paper.h"

#define LIT(z)                                                                                     \
	{                                                                                          \
		z, sizeof z - 1                                                                    \
	}

static struct person finance;
static const struct claim_seller seller = {LIT("Muster & Söhne <Mail>"), LIT("Weg 1"), LIT("10115"),
    LIT("Berlin"), LIT("DE"), LIT("Buchhaltung"), LIT("+49 30 1234567"),
    LIT("rechnung@example.net"), LIT("HRB 1"), LIT("DE02120300000000202051"), LIT("DE123456789")};

static int begin(void **state)
{
	struct story *st = story_open();

	finance = story_person(st, "finance", ROLE_FINANCE, false, 1020);
	st->in->costs = (struct claim_conf){.charge = STR("US DE"),
	    .never_above_cost = true,
	    .pay_within = 30,
	    .invoice = STR("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"),
	    .has_seller = true,
	    .seller = seller};
	*state = st;
	return 0;
}

static int finish(void **state)
{
	story_close(*state);
	return 0;
}

/* A claim of two lines that may leave, of the service asked. */
static struct claim claim_of(
    struct story *st, const char *service, int64_t cost, const char *number)
{
	struct claim_start start = {.end = DAY_NONE, .fees = STR(""), .reason = STR("")};
	struct claim_buyer b = {STR("Staatsanwaltschaft \"Nord\" & Süd"), STR("Am Gericht 1"),
	    STR("12345"), STR("Musterstadt"), STR("DE"), str_of(number),
	    STR("poststelle@example.de")};
	struct legal_order o;
	struct matter m = story_case(st,
	    (struct story_ask){.instrument = "DE-100g-1",
		.facts = "'order.issuer':'court','order.child_abuse':false",
		.fields = "'name','session_ip'",
		.country = "DE",
		.body = "court",
		.service = service},
	    &o);
	struct claim_lines lines;
	struct claim k;

	story_sql(st, "DROP TRIGGER IF EXISTS production_gate; BEGIN; " STORY_STAMP);
	story_sql(st,
	    str_fmt(st->c,
		"UPDATE item SET state = 'produced', rev = rev + 1, entry = " STORY_ENTRY
		" WHERE legal_order = %lld; UPDATE legal_order SET state = 'delivered', outcome = "
		"'noncontent', settled = %d, rev = rev + 1, entry = " STORY_ENTRY
		" WHERE id = %lld; INSERT INTO production (ref, legal_order, at, maker, recipient, "
		"manifest_hash, blob_hash, size, state, rev, entry) VALUES ('P-%lld', %lld, %d, 1, "
		"'k', "
		"x'00', x'00', 1, 'delivered', 1, " STORY_ENTRY ")",
		(long long)o.id, STORY_NOW, (long long)o.id, (long long)o.id, (long long)o.id,
		STORY_NOW)
		.p);
	story_sql(st, "INSERT INTO entry (id, kind, at, actor, leaf) VALUES ((SELECT max(id) FROM "
		      "stamp), 'test', 1, 0, zeroblob(33)); COMMIT");
	assert_ok(st->c, claim_make(st->c, st->in, &finance, m.ref, 0, &start, &k));
	assert_ok(st->c, claim_lines(st->c, st->in, &k, &lines));
	for (size_t i = 0; i < lines.n; i++) {
		struct claim_change ch = {
		    .number = (int64_t)i + 1, .quantity = -1, .rate = -1, .reason = STR("")};

		if (str_is(lines.v[i].fee, "22"))
			ch = (struct claim_change){.number = (int64_t)i + 1,
			    .quantity = 85,
			    .rate = 2399,
			    .reason = STR("time")};
		if (str_is(lines.v[i].fee, "7-3"))
			ch = (struct claim_change){.number = (int64_t)i + 1,
			    .quantity = 9,
			    .rate = -1,
			    .reason = STR("files")};
		assert_ok(st->c, claim_line_set(st->c, st->in, &finance, &k, &ch));
	}
	assert_ok(st->c, claim_cost(st->c, st->in, &finance, &k, cost));
	assert_ok(st->c, claim_buyer_set(st->c, st->in, &finance, &k, &b));
	assert_ok(st->c, claim_get(st->c, st->in, &finance, k.ref, &k));
	return k;
}

/* ---- reading it again ---- */

static xmlXPathContextPtr ask;

static bool holds(const char *test)
{
	xmlXPathObjectPtr r = xmlXPathEvalExpression((const xmlChar *)test, ask);
	bool yes;

	if (r == NULL)
		fail_msg("no expression: %s", test);
	yes = xmlXPathCastToBoolean(r) != 0;
	xmlXPathFreeObject(r);
	return yes;
}

static double number(const char *path)
{
	xmlXPathObjectPtr r = xmlXPathEvalExpression((const xmlChar *)path, ask);
	double n = r == NULL ? -1 : xmlXPathCastToNumber(r);

	xmlXPathFreeObject(r);
	return n;
}

static struct str string(struct story *st, const char *path)
{
	xmlXPathObjectPtr r = xmlXPathEvalExpression((const xmlChar *)path, ask);
	xmlChar *text = xmlXPathCastToString(r);
	struct str s = str_make(st->c, str_of((const char *)text));

	xmlFree(text);
	xmlXPathFreeObject(r);
	return s;
}

/* number, and the rule in XPath 1.0. */
static const char *const rules[][2] = {
    {"BR-01, BR-DE-21", "starts-with(/i:Invoice/b:CustomizationID, 'urn:cen.eu:en16931:2017')"},
    {"BR-02", "/i:Invoice/b:ID != ''"}, {"BR-03", "/i:Invoice/b:IssueDate != ''"},
    {"BR-04, BR-DE-17", "/i:Invoice/b:InvoiceTypeCode = '380'"},
    {"BR-05", "/i:Invoice/b:DocumentCurrencyCode = 'EUR'"},
    {"BR-06", "//a:AccountingSupplierParty//a:PartyLegalEntity/b:RegistrationName != ''"},
    {"BR-07", "//a:AccountingCustomerParty//a:PartyLegalEntity/b:RegistrationName != ''"},
    {"BR-09, BR-11", "count(//a:PostalAddress/a:Country/b:IdentificationCode) = 2"},
    {"BR-16", "count(/i:Invoice/a:InvoiceLine) >= 1"},
    {"BR-21 to BR-26",
	"count(//a:InvoiceLine[b:ID != '' and b:InvoicedQuantity/@unitCode and "
	"b:LineExtensionAmount and a:Item/b:Name != '' and a:Price/b:PriceAmount >= 0]) = "
	"count(//a:InvoiceLine)"},
    {"BR-CO-10", "sum(//a:InvoiceLine/b:LineExtensionAmount) = "
		 "//a:LegalMonetaryTotal/b:LineExtensionAmount"},
    {"BR-CO-26", "//a:AccountingSupplierParty//a:PartyLegalEntity/b:CompanyID != ''"},
    {"BR-DE-1, 23-a",
	"/i:Invoice/a:PaymentMeans[b:PaymentMeansCode = '58']/a:PayeeFinancialAccount/b:ID != ''"},
    {"BR-DE-2, 5, 6, 7",
	"//a:AccountingSupplierParty/a:Party/a:Contact[b:Name != '' and b:Telephone != '' and "
	"contains(b:ElectronicMail, '@')]"},
    {"BR-DE-3, 4",
	"//a:AccountingSupplierParty/a:Party/a:PostalAddress[b:CityName != '' and b:PostalZone != "
	"'']"},
    {"BR-DE-8, 9",
	"//a:AccountingCustomerParty/a:Party/a:PostalAddress[b:CityName != '' and b:PostalZone != "
	"'']"},
    {"BR-DE-14", "//a:TaxTotal/a:TaxSubtotal/a:TaxCategory/b:Percent != ''"},
    {"BR-DE-15", "normalize-space(/i:Invoice/b:BuyerReference) != ''"},
    {"PEPPOL R001", "/i:Invoice/b:ProfileID = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'"},
    {"PEPPOL R010, R020", "count(//a:Party/b:EndpointID[. != '' and @schemeID]) = 2"},
    {"one currency", "count(//@currencyID) = count(//@currencyID[. = 'EUR'])"},
    {"BR-DEC", "count(//b:*[@currencyID][string-length(substring-after(., '.')) > 2]) = 0"}};

static const char *const rules_o[][2] = {{"BR-O-01", "//a:TaxSubtotal/a:TaxCategory/b:ID = 'O'"},
    {"BR-O-02", "count(//a:PartyTaxScheme) = 0"},
    {"BR-O-05", "count(//a:ClassifiedTaxCategory/b:Percent) = 0"},
    {"BR-O-06", "count(//a:AllowanceCharge/a:TaxCategory/b:Percent) = 0"},
    {"BR-O-09", "//a:TaxSubtotal/b:TaxAmount = 0"},
    {"BR-O-10", "//a:TaxSubtotal/a:TaxCategory/b:TaxExemptionReason != ''"}};

/* The children of Invoice in the order of the schema's sequence. */
static void check_order(xmlDocPtr doc)
{
	static const char order[] =
	    " CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note "
	    "DocumentCurrencyCode BuyerReference AccountingSupplierParty AccountingCustomerParty "
	    "Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal "
	    "InvoiceLine ";
	const char *at = order;

	for (xmlNodePtr n = xmlDocGetRootElement(doc)->children; n != NULL; n = n->next) {
		char name[64];
		const char *found;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		(void)snprintf(name, sizeof name, " %s ", (const char *)n->name);
		found = strstr(at, name);
		if (found == NULL)
			fail_msg("%s is out of order", name);
		at = found;
	}
}

static void check_rules(const char *const (*r)[2], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!holds(r[i][1]))
			fail_msg("%s does not hold: %s", r[i][0], r[i][1]);
}

static double cents(const char *path)
{
	double n = number(path) * 100;

	return (double)(int64_t)(n + 0.5);
}

/* BR-CO-13 to 16, and each line's quantity times price (PEPPOL R120). */
static void check_sums(void)
{
	double lines = cents("//a:LegalMonetaryTotal/b:LineExtensionAmount");
	double less = holds("//b:AllowanceTotalAmount")
			  ? cents("//a:LegalMonetaryTotal/b:AllowanceTotalAmount")
			  : 0;
	double net = cents("//a:LegalMonetaryTotal/b:TaxExclusiveAmount");
	double tax = cents("/i:Invoice/a:TaxTotal/b:TaxAmount");
	int n = (int)number("count(//a:InvoiceLine)");

	assert_true(net == lines - less);
	assert_true(cents("//a:LegalMonetaryTotal/b:TaxInclusiveAmount") == net + tax);
	assert_true(cents("//a:LegalMonetaryTotal/b:PayableAmount") == net + tax);
	assert_true(cents("//a:TaxSubtotal/b:TaxableAmount") == net);
	assert_true(cents("sum(//a:AllowanceCharge/b:Amount)") == less);
	for (int i = 1; i <= n; i++) {
		char path[160];
		double line, product;

		(void)snprintf(path, sizeof path, "//a:InvoiceLine[%d]/b:LineExtensionAmount", i);
		line = cents(path);
		(void)snprintf(path, sizeof path,
		    "//a:InvoiceLine[%d]/b:InvoicedQuantity * //a:InvoiceLine[%d]/a:Price/"
		    "b:PriceAmount",
		    i, i);
		product = cents(path);
		assert_true(line == product);
	}
}

static xmlDocPtr read_again(struct story *st, const struct claim *k)
{
	struct str xml;
	xmlDocPtr doc;

	assert_ok(st->c, claim_invoice(st->c, st->in, k, &xml));
	doc = xmlReadMemory(xml.p, (int)xml.n, "invoice.xml", NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	ask = xmlXPathNewContext(doc);
	assert_int_equal(
	    xmlXPathRegisterNs(ask, (const xmlChar *)"i",
		(const xmlChar *)"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"),
	    0);
	assert_int_equal(xmlXPathRegisterNs(ask, (const xmlChar *)"a",
			     (const xmlChar *)"urn:oasis:names:specification:ubl:schema:xsd:"
					      "CommonAggregateComponents-2"),
	    0);
	assert_int_equal(xmlXPathRegisterNs(ask, (const xmlChar *)"b",
			     (const xmlChar *)"urn:oasis:names:specification:ubl:schema:xsd:"
					      "CommonBasicComponents-2"),
	    0);
	check_order(doc);
	check_rules(rules, sizeof rules / sizeof rules[0]);
	check_sums();
	return doc;
}

static void done(xmlDocPtr doc)
{
	xmlXPathFreeContext(ask);
	xmlFreeDoc(doc);
}

static void test_invoice(void **state)
{
	struct story *st = *state;
	struct claim k = claim_of(st, "mail", 100000, "100 Js 1/26");
	xmlDocPtr doc = read_again(st, &k);

	check_rules(rules_o, sizeof rules_o / sizeof rules_o[0]);
	assert_str(
	    string(st, "//a:AccountingSupplierParty//b:RegistrationName"), "Muster & Söhne <Mail>");
	assert_str(string(st, "//a:AccountingCustomerParty//b:RegistrationName"),
	    "Staatsanwaltschaft \"Nord\" & Süd");
	assert_str(string(st, "//a:LegalMonetaryTotal/b:PayableAmount"), "50.00");
	assert_str(string(st, "/i:Invoice/b:DueDate"), "2026-10-15");
	assert_true(holds("//a:AccountingCustomerParty//b:EndpointID/@schemeID = 'EM'"));
	/* no target stands in it */
	assert_false(holds("contains(/, 'someone@example.net')"));
	done(doc);
}

/* Half hours, a limit, a cent that does not divide, a reduction, a Leitweg-ID. */
static void test_invoice_digital(void **state)
{
	struct story *st = *state;
	struct claim k = claim_of(st, "files", 3000, "991-12345-06");
	xmlDocPtr doc = read_again(st, &k);

	/* 85 minutes are one hour and a half, at 23.99 rounded down; nine files are 5 euros */
	assert_int_equal(k.total, 3598 + 500);
	assert_str(string(st, "//a:LegalMonetaryTotal/b:PayableAmount"), "30.00");
	assert_true(holds("//a:AllowanceCharge/b:ChargeIndicator = 'false'"));
	assert_true(holds("//a:AccountingCustomerParty//b:EndpointID[@schemeID = '0204'] = "
			  "'991-12345-06'"));
	check_rules(rules_o, sizeof rules_o / sizeof rules_o[0]);
	done(doc);
}

static void test_invoice_taxed(void **state)
{
	struct story *st = *state;
	struct claim k = claim_of(st, "mail", 4001, "100 Js 1/26");
	xmlDocPtr doc;

	st->in->costs.taxed = true;
	st->in->costs.tax_percent = 19;
	doc = read_again(st, &k);
	assert_true(holds("//a:TaxSubtotal/a:TaxCategory[b:ID = 'S' and b:Percent = 19]"));
	assert_true(holds("//a:PartyTaxScheme/b:CompanyID = 'DE123456789'"));
	/* 19 % of 40.01 is 7.6019 */
	assert_str(string(st, "/i:Invoice/a:TaxTotal/b:TaxAmount"), "7.60");
	assert_str(string(st, "//a:LegalMonetaryTotal/b:PayableAmount"), "47.61");
	done(doc);
}

static void test_letter(void **state)
{
	struct story *st = *state;
	struct claim k = claim_of(st, "mail", 4000, "100 Js 1/26");
	struct str doc;

	assert_ok(st->c, claim_letter_document(st->c, st->in, &k, true, &doc));
	assert_true(str_starts(doc, "writ/doc/1\nlang\tde\n"));
	assert_non_null(strstr(doc.p, "Antrag auf Entschädigung"));
	assert_non_null(strstr(doc.p, "row\t300\tGespeicherte Verkehrsdaten"));
	assert_non_null(strstr(doc.p, "40,00 EUR"));
	assert_null(strstr(doc.p, "someone@example.net"));
	assert_ok(st->c, claim_letter_document(st->c, st->in, &k, false, &doc));
	assert_non_null(strstr(doc.p, "50.00 EUR"));
}

/* Nothing leaves of a claim that may not: no letter, no invoice. */
static void test_barred(void **state)
{
	struct story *st = *state;
	struct claim k = claim_of(st, "mail", 4000, "100 Js 1/26");
	struct str doc;

	k.barred = STR("emergency");
	assert_err(st->c, claim_letter_document(st->c, st->in, &k, true, &doc), ERR_DENIED, "bar");
	assert_err(st->c, claim_invoice(st->c, st->in, &k, &doc), ERR_DENIED, "bar");
	k.barred = STR("");
	k.state = STR("waived");
	assert_err(st->c, claim_invoice(st->c, st->in, &k, &doc), ERR_CONFLICT, "waived");
	k.state = STR("open");
	st->in->costs.has_seller = false;
	assert_err(st->c, claim_invoice(st->c, st->in, &k, &doc), ERR_DENIED, "who claims");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_invoice, begin, finish),
	    cmocka_unit_test_setup_teardown(test_invoice_digital, begin, finish),
	    cmocka_unit_test_setup_teardown(test_invoice_taxed, begin, finish),
	    cmocka_unit_test_setup_teardown(test_letter, begin, finish),
	    cmocka_unit_test_setup_teardown(test_barred, begin, finish)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
