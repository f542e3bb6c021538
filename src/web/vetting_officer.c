#include "web/vetting_officer.h"

#include "desk/agency.h"
#include "desk/standing.h"
#include "desk/vetting.h"
#include "out/view_vetting.h"
#include "web/field.h"
#include "web/office.h"

const struct route_field vetting_list_fields[1] = {{.name = "state", .parse = field_word}};
const struct route_field vetting_vet_fields[3] = {{.name = "agency", .parse = field_word},
    {.name = "source", .parse = office_any}, {.name = "reason", .parse = office_any}};
const struct route_field vetting_stand_fields[2] = {
    {.name = "act", .parse = field_word}, {.name = "reason", .parse = office_any}};
const struct route_field vetting_reason_fields[1] = {{.name = "reason", .parse = office_any}};

static const char states[] = "confirmed active suspended compromised refused left";

/* ---- lists ---- */

static void link_officers(const struct route_ask *ask, struct json *list)
{
	for (size_t i = 0; i < list->n; i++)
		json_set_text(ask->c, list->at[i], "url",
		    str_fmt(
			ask->c, "/desk/officers/%.*s", STR_ARG(json_text(list->at[i], "officer"))));
}

int vetting_officers(struct route_ask *ask, struct json **ret)
{
	struct str state = ask->fields[0].given ? ask->fields[0].text : STR("confirmed"), rest,
		   word;
	struct json *list, *tabs = json_list(ask->c);
	int rc = view_officers(ask->c, ask->in, ask->who, state, &list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "state", state);
	json_set(ask->c, *ret, "officers", list);
	if (ask->api)
		return 0;
	link_officers(ask, list);
	for (rest = str_of(states); str_word(&rest, &word);) {
		struct json *j = json_map(ask->c);

		json_set_text(ask->c, j, "state", str_make(ask->c, word));
		json_set_bool(ask->c, j, "current", str_eq(word, state));
		json_add(ask->c, tabs, j);
	}
	json_set(ask->c, *ret, "tabs", tabs);
	return 0;
}

/* ---- one ---- */

/* The agencies of the country that the officer names, those that know the domain first. */
static int put_agencies(struct route_ask *ask, struct json *v)
{
	struct str domain = json_text(v, "domain"), chosen = json_text(v, "agency");
	struct json *all, *known = json_list(ask->c), *others = json_list(ask->c);
	int rc = view_agencies(ask->c, ask->in, ask->who, &all);

	for (size_t i = 0; i < (rc == 0 ? all->n : 0) && rc == 0; i++) {
		struct agency a;
		bool knows = false;
		struct str label;

		rc = agency_get(ask->c, ask->in, json_text(all->at[i], "agency"), &a);
		if (rc == 0)
			rc = agency_knows(ask->c, ask->in, a.id, domain, &knows);
		label = rc == 0
			    ? str_fmt(ask->c, "%.*s (%.*s)", STR_ARG(a.name), STR_ARG(a.country))
			    : STR("");
		if (rc == 0)
			office_choice(ask->c, knows ? known : others, a.ref, label, chosen);
	}
	json_set(ask->c, v, "known", known);
	json_set(ask->c, v, "others", others);
	return rc;
}

/* What may be done with somebody who stands so. */
static struct json *acts_of(const struct route_ask *ask, struct str state)
{
	static const char *const from[][2] = {{"active", "suspended compromised left"},
	    {"suspended", "compromised left"}, {"compromised", "left"}};
	struct str rest = STR(""), word;
	struct json *list = json_list(ask->c);

	for (size_t i = 0; i < sizeof from / sizeof from[0]; i++)
		if (str_is(state, from[i][0]))
			rest = str_of(from[i][1]);
	while (str_word(&rest, &word)) {
		word = str_make(ask->c, word);
		office_choice(ask->c, list, word, lang_word(ask->lang, "standing", word), STR(""));
	}
	if ((str_is(state, "suspended") || str_is(state, "compromised")) &&
	    right_has(ask->who, RIGHT_OFFICER_TRUST))
		office_choice(
		    ask->c, list, STR("active"), lang_say(ask->lang, SAY("active again")), STR(""));
	return list;
}

int vetting_officer(struct route_ask *ask, struct json **ret)
{
	struct str state;
	int rc = view_officer_staff(ask->c, ask->in, ask->who, ask->parts[0], ret);

	if (rc != 0 || ask->api)
		return rc;
	state = json_text(*ret, "state");
	json_set_text(
	    ask->c, *ret, "path", str_fmt(ask->c, "/desk/officers/%.*s", STR_ARG(ask->parts[0])));
	json_set_bool(ask->c, *ret, "may_vet",
	    str_is(state, "confirmed") && right_has(ask->who, RIGHT_OFFICER_VET));
	json_set_bool(ask->c, *ret, "may_forget",
	    (str_is(state, "left") || str_is(state, "refused")) &&
		right_has(ask->who, RIGHT_OFFICER_FORGET));
	if (right_has(ask->who, RIGHT_OFFICER_STAND))
		json_set(ask->c, *ret, "acts", acts_of(ask, state));
	return put_agencies(ask, *ret);
}

/* ---- acts ---- */

static int done(struct route_ask *ask, int rc, struct json **ret)
{
	if (rc == 0 && ask->api)
		return view_officer_staff(ask->c, ask->in, ask->who, ask->parts[0], ret);
	*ret = json_map(ask->c);
	return rc;
}

int vetting_vet(struct route_ask *ask, struct json **ret)
{
	struct vetting v = {.agency = ask->fields[0].text,
	    .source = ask->fields[1].text,
	    .reason = ask->fields[2].text};
	struct officer o;
	bool active;
	int rc = officer_get(ask->c, ask->in, ask->parts[0], &o);

	if (rc == 0 && o.agency == 0)
		rc = office_need(ask, 0, SAY("Authority"));
	if (rc == 0)
		rc = office_need(ask, 1, SAY("Where you found the number that you called"));
	if (rc == 0)
		rc = office_need(ask, 2, SAY("Who answered, and what you checked"));
	if (rc == 0)
		rc = vetting_approve(ask->c, ask->in, ask->who, ask->parts[0], &v, &active);
	return done(ask, rc, ret);
}

int vetting_refused(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Reason"));

	if (rc == 0)
		rc = vetting_refuse(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text);
	return done(ask, rc, ret);
}

int vetting_stand(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Standing"));

	if (rc == 0)
		rc = office_need(ask, 1, SAY("Reason"));
	if (rc == 0)
		rc = standing_officer(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text,
		    ask->fields[1].text);
	return done(ask, rc, ret);
}

int vetting_forget(struct route_ask *ask, struct json **ret)
{
	return done(ask, standing_forget(ask->c, ask->in, ask->who, ask->parts[0]), ret);
}
