/* What the staff does about the sender of a case (vetting_agency.h): alerts, call-backs, time. */
#include "desk/call_back.h"
#include "desk/extension.h"
#include "desk/outgoing.h"
#include "desk/standing.h"
#include "out/view.h"
#include "web/office.h"
#include "web/path_order.h"
#include "web/vetting_agency.h"

enum { LETTERS_MAX = 1000 };

const struct route_field vetting_confirm_fields[2] = {
    {.name = "source", .parse = office_any}, {.name = "reason", .parse = office_any}};
const struct route_field vetting_call_fields[4] = {{.name = "result", .parse = field_word},
    {.name = "source", .parse = office_any}, {.name = "said", .parse = office_any},
    {.name = "when", .parse = field_instant}};
const struct route_field vetting_time_fields[2] = {
    {.name = "until", .parse = office_any}, {.name = "reason", .parse = office_any}};
const struct route_field vetting_grant_fields[2] = {
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "answer", .needed = true, .parse = field_word}};

/* ---- alerts ---- */

int vetting_alerts(struct route_ask *ask, struct json **ret)
{
	struct json *list;
	int rc = standing_alerted(ask->c, ask->in, ask->who, &list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "alerts", list);
	json_set_bool(ask->c, *ret, "may_clear", right_has(ask->who, RIGHT_ALERT_CLEAR));
	for (size_t i = 0; !ask->api && i < list->n; i++) {
		struct str ref = json_text(list->at[i], "case");

		json_set_text(
		    ask->c, list->at[i], "url", str_fmt(ask->c, "/desk/case/%.*s", STR_ARG(ref)));
		json_set_text(ask->c, list->at[i], "confirm",
		    str_fmt(ask->c, "/desk/case/%.*s/confirm", STR_ARG(ref)));
		json_set_text(ask->c, list->at[i], "key", str_fmt(ask->c, "a%zu", i + 1));
	}
	return 0;
}

static int empty(struct route_ask *ask, int rc, struct json **ret)
{
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "case", ask->parts[0]);
	return rc;
}

int vetting_confirm(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0)
		rc = office_need(ask, 0, SAY("Where you found the number that you called"));
	if (rc == 0)
		rc = office_need(ask, 1, SAY("Who answered, and what you checked"));
	if (rc == 0)
		rc = standing_confirm(
		    ask->c, ask->in, ask->who, &m, ask->fields[0].text, ask->fields[1].text);
	return empty(ask, rc, ret);
}

/* ---- an order ---- */

int vetting_call_back(struct route_ask *ask, struct json **ret)
{
	struct call_back call = {.result = ask->fields[0].text,
	    .source = ask->fields[1].text,
	    .said = ask->fields[2].text,
	    .when = ask->fields[3].given ? (struct instant){ask->fields[3].num} : INSTANT_NONE};
	struct legal_order o;
	struct matter m;
	int rc = path_order(ask, &m, &o);

	if (rc == 0)
		rc = office_need(ask, 0, SAY("How it went"));
	if (rc == 0)
		rc = office_need(ask, 1, SAY("Where you found the number that you called"));
	if (rc == 0)
		rc = office_need(ask, 2, SAY("Who answered, and what was said"));
	if (rc == 0)
		rc = call_back_record(ask->c, ask->in, ask->who, &o, &call);
	return rc == 0 ? view_order_state(ask->c, ask->in, &m, o.seq, ret) : rc;
}

int vetting_ask_time(struct route_ask *ask, struct json **ret)
{
	struct day until = DAY_NONE;
	struct legal_order o;
	struct matter m;
	int rc = path_order(ask, &m, &o);

	if (rc == 0)
		rc = office_need(ask, 0, SAY("Until"));
	if (rc == 0)
		rc = office_need(ask, 1, SAY("Reason"));
	if (rc == 0)
		rc = office_day(ask, 0, &until);
	if (rc == 0)
		rc = extension_ask(ask->c, ask->in, ask->who, &o, until, ask->fields[1].text);
	return rc == 0 ? view_order_state(ask->c, ask->in, &m, o.seq, ret) : rc;
}

int vetting_answer_time(struct route_ask *ask, struct json **ret)
{
	struct legal_order o;
	struct matter m;
	int rc = path_order(ask, &m, &o);

	if (rc == 0)
		rc = extension_answer(ask->c, ask->in, ask->who, &o, ask->fields[0].num,
		    str_is(ask->fields[1].text, "grant"));
	return rc == 0 ? view_order_state(ask->c, ask->in, &m, o.seq, ret) : rc;
}

/* ---- letters ---- */

/* Without their text: it may hold a code or a link that is for its reader alone. */
static int add_letter(struct ctx *c, const struct outgoing *l, void *arg)
{
	struct json *list = arg, *j = json_map(c);

	json_set_text(c, j, "letter", l->ref);
	json_set_text(c, j, "kind", l->kind);
	json_set_text(c, j, "state", l->state);
	json_set_text(c, j, "due", instant_str(c, l->due));
	json_set_text(c, j, "made", instant_str(c, l->made));
	json_set_int(c, j, "tries", l->tries);
	json_add(c, list, j);
	return 0;
}

int vetting_outgoing(struct route_ask *ask, struct json **ret)
{
	struct json *list = json_list(ask->c);
	int rc = right_needs(ask->c, ask->who, RIGHT_OUTGOING_READ);

	if (rc == 0)
		rc = outgoing_each(ask->c, ask->in, LETTERS_MAX, add_letter, list);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "letters", list);
	return 0;
}
