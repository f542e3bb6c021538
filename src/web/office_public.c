#include "web/office_public.h"

#include "desk/officer.h"
#include "in/seal_key.h"
#include "in/target.h"
#include "kind/land.h"
#include "web/field.h"
#include "web/office.h"

enum { NAME, ADDRESS, PHONE, RANK, AUTHORITY, COUNTRY, LANGUAGE, RECIPIENT };

const struct route_field office_register_fields[8] = {{.name = "name", .parse = field_line},
    {.name = "address", .parse = field_line}, {.name = "phone", .parse = field_line},
    {.name = "rank", .parse = field_line}, {.name = "authority", .parse = field_line},
    {.name = "country", .parse = field_word}, {.name = "language", .parse = field_word},
    {.name = "recipient", .parse = office_any}};
const struct route_field office_confirm_fields[2] = {
    {.name = "address", .parse = field_line}, {.name = "code", .parse = field_line}};

int office_portal(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "provider", ask->in->provider);
	json_set_bool(ask->c, *ret, "officer", ask->officer);
	json_set_bool(ask->c, *ret, "in", ask->who != NULL);
	return 0;
}

int office_register_page(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "countries", office_countries(ask, STR("")));
	json_set_text(ask->c, *ret, "language", str_of(lang_code(ask->lang)));
	return 0;
}

/* What is wrong with the form by itself, in the order of the page. */
static int check(struct route_ask *ask)
{
	static const struct {
		size_t at;
		const char *label;
	} needed[] = {{ADDRESS, SAY("Official e-mail address")}, {NAME, SAY("Your name")},
	    {PHONE, SAY("Telephone at your authority")}, {AUTHORITY, SAY("Authority")},
	    {COUNTRY, SAY("Country")}};
	struct str normal;
	int rc = 0;

	for (size_t i = 0; i < sizeof needed / sizeof needed[0] && rc == 0; i++)
		rc = office_need(ask, needed[i].at, needed[i].label);
	if (rc != 0)
		return rc;
	rc = office_mark(ask,
	    target_normalise(ask->c, STR("email"), ask->fields[ADDRESS].text, &normal), "address");
	if (rc == 0 && !land_known(ask->fields[COUNTRY].text))
		rc = office_wrong(ask, "country", SAY("Please choose a country."));
	return rc;
}

int office_register(struct route_ask *ask, struct json **ret)
{
	const struct route_value *v = ask->fields;
	struct officer_form f = {.name = v[NAME].text,
	    .address = v[ADDRESS].text,
	    .phone = v[PHONE].text,
	    .rank = v[RANK].text,
	    .authority = v[AUTHORITY].text,
	    .country = v[COUNTRY].text,
	    .language = str_is(v[LANGUAGE].text, "de") || str_is(v[LANGUAGE].text, "en")
			    ? v[LANGUAGE].text
			    : str_of(lang_code(ask->lang)),
	    .recipient = v[RECIPIENT].text};
	struct seal_key key;
	int rc = check(ask);

	if (rc == 0 && f.recipient.n > 0)
		rc = office_mark(ask,
		    seal_key_read(ask->c, f.recipient, (struct instant){ctx_now(ask->c)}, &key),
		    "recipient");
	if (rc == 0)
		rc = officer_register(ask->c, ask->in, ask->from, &f);
	*ret = json_map(ask->c);
	return rc;
}

int office_confirm_page(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	return 0;
}

int office_confirm(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Official e-mail address"));

	if (rc == 0)
		rc = office_need(ask, 1, SAY("Code"));
	if (rc == 0)
		rc = office_mark(ask,
		    officer_confirm(
			ask->c, ask->in, ask->fields[0].text, str_trim(ask->fields[1].text)),
		    "code");
	*ret = json_map(ask->c);
	return rc;
}
