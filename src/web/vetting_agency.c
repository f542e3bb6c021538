#include "web/vetting_agency.h"

#include "desk/agency.h"
#include "desk/standing.h"
#include "out/view_vetting.h"
#include "web/field.h"
#include "web/office.h"

const struct route_field vetting_agency_fields[5] = {{.name = "country", .parse = field_word},
    {.name = "body", .parse = field_word}, {.name = "level", .parse = field_word},
    {.name = "name", .parse = office_any}, {.name = "reason", .parse = office_any}};
const struct route_field vetting_domain_fields[1] = {{.name = "domain", .parse = office_any}};

static struct str words_of(const struct route_ask *ask, struct str fact)
{
	const struct vocab_fact *f = pack_fact(ask->in->law, fact);

	return f == NULL ? STR("") : f->values;
}

int vetting_agencies(struct route_ask *ask, struct json **ret)
{
	struct json *list;
	int rc = view_agencies(ask->c, ask->in, ask->who, &list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "agencies", list);
	if (ask->api)
		return 0;
	for (size_t i = 0; i < list->n; i++)
		json_set_text(ask->c, list->at[i], "url",
		    str_fmt(
			ask->c, "/desk/agencies/%.*s", STR_ARG(json_text(list->at[i], "agency"))));
	if (!right_has(ask->who, RIGHT_AGENCY_KEEP))
		return 0;
	json_set_bool(ask->c, *ret, "may_keep", true);
	json_set(ask->c, *ret, "countries", office_countries(ask, STR("")));
	json_set(ask->c, *ret, "bodies",
	    office_words(ask, "body", words_of(ask, STR("authority.body")), STR("")));
	json_set(ask->c, *ret, "levels",
	    office_words(ask, "level", words_of(ask, STR("authority.level")), STR("")));
	return 0;
}

int vetting_agency_add(struct route_ask *ask, struct json **ret)
{
	struct agency_new n = {.country = ask->fields[0].text,
	    .body = ask->fields[1].text,
	    .level = ask->fields[2].text,
	    .name = ask->fields[3].text,
	    .reason = ask->fields[4].text};
	struct str ref;
	int rc = office_need(ask, 3, SAY("Name"));

	if (rc == 0)
		rc = office_need(ask, 0, SAY("Country"));
	if (rc == 0)
		rc = office_need(ask, 1, SAY("Kind of authority"));
	if (rc == 0)
		rc = office_need(ask, 2, SAY("Level"));
	if (rc == 0)
		rc = office_need(ask, 4, SAY("What you checked, and where"));
	if (rc == 0)
		rc = agency_add(ask->c, ask->in, ask->who, &n, &ref);
	*ret = json_map(ask->c);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, *ret, "agency", ref);
	ask->go_on = str_fmt(ask->c, "/desk/agencies/%.*s", STR_ARG(ref));
	return 0;
}

/* ---- one agency ---- */

static struct json *acts_of(const struct route_ask *ask, struct str state)
{
	static const char *const acts[] = {"suspended", "compromised", "active"};
	struct json *list = json_list(ask->c);

	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
		if (!str_is(state, acts[i]) && (i < 2 || right_has(ask->who, RIGHT_OFFICER_TRUST)))
			office_choice(ask->c, list, str_of(acts[i]),
			    lang_word(ask->lang, "standing", str_of(acts[i])), STR(""));
	return list;
}

int vetting_agency(struct route_ask *ask, struct json **ret)
{
	const struct json *officers;
	int rc = view_agency(ask->c, ask->in, ask->who, ask->parts[0], ret);

	if (rc != 0 || ask->api)
		return rc;
	json_set_text(
	    ask->c, *ret, "path", str_fmt(ask->c, "/desk/agencies/%.*s", STR_ARG(ask->parts[0])));
	officers = json_find(*ret, "officers");
	for (size_t i = 0; i < officers->n; i++)
		json_set_text(ask->c, officers->at[i], "url",
		    str_fmt(ask->c, "/desk/officers/%.*s",
			STR_ARG(json_text(officers->at[i], "officer"))));
	json_set_bool(ask->c, *ret, "may_keep", right_has(ask->who, RIGHT_AGENCY_KEEP));
	if (right_has(ask->who, RIGHT_OFFICER_STAND))
		json_set(ask->c, *ret, "acts", acts_of(ask, json_text(*ret, "state")));
	return 0;
}

static int done(struct route_ask *ask, int rc, struct json **ret)
{
	if (rc == 0 && ask->api)
		return view_agency(ask->c, ask->in, ask->who, ask->parts[0], ret);
	*ret = json_map(ask->c);
	return rc;
}

int vetting_domain(struct route_ask *ask, struct json **ret)
{
	bool known;
	int rc = office_need(ask, 0, SAY("Domain"));

	if (rc == 0)
		rc = office_mark(ask,
		    agency_domain(
			ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text, &known),
		    "domain");
	return done(ask, rc, ret);
}

int vetting_domain_end(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Domain"));

	if (rc == 0)
		rc = agency_domain_end(
		    ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text);
	return done(ask, rc, ret);
}

int vetting_agency_stand(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Standing"));

	if (rc == 0)
		rc = office_need(ask, 1, SAY("Reason"));
	if (rc == 0)
		rc = standing_agency(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text,
		    ask->fields[1].text);
	return done(ask, rc, ret);
}
