#include "web/office_case.h"

#include "desk/exchange.h"
#include "desk/intake.h"
#include "desk/session.h"
#include "out/view_officer.h"
#include "web/field.h"
#include "web/office.h"

enum { LIST_MAX = 500 };

const struct route_field office_text_fields[1] = {{.name = "text", .parse = office_any}};
const struct route_field office_correct_fields[3] = {{.name = "item", .parse = field_number},
    {.name = "kind", .parse = field_word}, {.name = "value", .parse = office_any}};
const struct route_field office_item_fields[1] = {
    {.name = "item", .parse = field_number, .many = true}};
const struct route_field office_because_fields[1] = {{.name = "because", .parse = field_word}};
const struct route_field office_time_fields[2] = {
    {.name = "until", .parse = office_any}, {.name = "text", .parse = office_any}};
const struct route_field office_grant_fields[2] = {
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "answer", .needed = true, .parse = field_word}};
const struct route_field office_share_fields[1] = {{.name = "shared", .parse = field_yes}};
const struct route_field office_invite_fields[1] = {{.name = "address", .parse = office_any}};
const struct route_field office_key_fields[1] = {{.name = "recipient", .parse = office_any}};

/* ---- what is shown ---- */

static void dress_orders(const struct route_ask *ask, struct json *v)
{
	const struct json *orders = json_find(v, "orders");

	for (size_t i = 0; i < orders->n; i++) {
		struct json *o = orders->at[i];

		json_set_text(ask->c, o, "path",
		    str_fmt(ask->c, "/portal/case/%.*s/order/%zu", STR_ARG(ask->parts[0]), i + 1));
		json_set_text(ask->c, o, "key", str_fmt(ask->c, "o%zu", i + 1));
	}
}

int office_cases(struct route_ask *ask, struct json **ret)
{
	struct json *list;
	int rc = view_officer_list(ask->c, ask->in, ask->who, LIST_MAX, &list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "demands", list);
	for (size_t i = 0; !ask->api && i < list->n; i++)
		json_set_text(ask->c, list->at[i], "url",
		    str_fmt(
			ask->c, "/portal/case/%.*s", STR_ARG(json_text(list->at[i], "demand"))));
	return 0;
}

int office_case(struct route_ask *ask, struct json **ret)
{
	struct officer o;
	struct demand d;
	struct str note;
	int rc = portal_seen(ask->c, ask->in, ask->who, ask->parts[0], &d, &o);

	if (rc == 0)
		rc = view_officer_case(ask->c, ask->in, ask->who, ask->parts[0], ret);
	if (rc == 0)
		rc = intake_receipt(ask->c, ask->in, &d, &note);
	if (rc != 0)
		return rc;
	json_set_bool(ask->c, *ret, "receipt", note.n > 0);
	if (ask->api)
		return 0;
	json_set_text(
	    ask->c, *ret, "path", str_fmt(ask->c, "/portal/case/%.*s", STR_ARG(ask->parts[0])));
	json_set(ask->c, *ret, "kinds",
	    office_words(
		ask, "target", STR("email phone account ipv4 ipv6 domain url device"), STR("")));
	dress_orders(ask, *ret);
	return 0;
}

/* ---- what is done about it ---- */

static int64_t order_of(const struct route_ask *ask)
{
	int64_t n = 0;

	return str_i64(ask->parts[1], &n) ? n : 0;
}

/* Every act is answered by how the demand stands now. */
static int done(struct route_ask *ask, int rc, struct json **ret)
{
	if (rc != 0)
		return rc;
	if (ask->api)
		return view_officer_case(ask->c, ask->in, ask->who, ask->parts[0], ret);
	*ret = json_map(ask->c);
	return 0;
}

int office_answer(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Answer"));

	if (rc == 0)
		rc = exchange_answer(
		    ask->c, ask->in, ask->who, ask->parts[0], order_of(ask), ask->fields[0].text);
	return done(ask, rc, ret);
}

int office_correct(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Identifier"));

	if (rc == 0)
		rc = office_need(ask, 2, SAY("Corrected identifier"));
	if (rc == 0)
		rc = office_mark(ask,
		    exchange_correct(ask->c, ask->in, ask->who, ask->parts[0], order_of(ask),
			ask->fields[0].num, ask->fields[1].text, ask->fields[2].text),
		    "value");
	return done(ask, rc, ret);
}

static int withdraw_items(struct ctx *c, void *arg)
{
	struct route_ask *ask = arg;
	int rc = 0;

	for (size_t i = 0; i < ask->fields[0].n && rc == 0; i++)
		rc = exchange_withdraw_item(
		    c, ask->in, ask->who, ask->parts[0], order_of(ask), ask->fields[0].all[i].num);
	return rc;
}

int office_withdraw_item(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Items"));

	if (rc == 0)
		rc = step_together(ask->c, &ask->in->store, withdraw_items, ask);
	return done(ask, rc, ret);
}

static struct str because(const struct route_ask *ask)
{
	return ask->fields[0].given ? ask->fields[0].text : STR("authority");
}

int office_withdraw_order(struct route_ask *ask, struct json **ret)
{
	return done(ask,
	    exchange_withdraw(
		ask->c, ask->in, ask->who, ask->parts[0], order_of(ask), because(ask)),
	    ret);
}

int office_withdraw(struct route_ask *ask, struct json **ret)
{
	return done(
	    ask, exchange_withdraw(ask->c, ask->in, ask->who, ask->parts[0], 0, because(ask)), ret);
}

int office_ask_time(struct route_ask *ask, struct json **ret)
{
	struct day until = DAY_NONE;
	int rc = office_need(ask, 0, SAY("Until"));

	if (rc == 0)
		rc = office_need(ask, 1, SAY("Reason"));
	if (rc == 0)
		rc = office_day(ask, 0, &until);
	if (rc == 0)
		rc = office_mark(ask,
		    exchange_ask_time(ask->c, ask->in, ask->who, ask->parts[0], order_of(ask),
			until, ask->fields[1].text),
		    "until");
	return done(ask, rc, ret);
}

int office_answer_time(struct route_ask *ask, struct json **ret)
{
	return done(ask,
	    exchange_answer_time(ask->c, ask->in, ask->who, ask->parts[0], order_of(ask),
		ask->fields[0].num, str_is(ask->fields[1].text, "grant")),
	    ret);
}

int office_share(struct route_ask *ask, struct json **ret)
{
	bool on = ask->fields[0].given && ask->fields[0].num == 1;

	return done(ask, exchange_share(ask->c, ask->in, ask->who, ask->parts[0], on), ret);
}

int office_invite(struct route_ask *ask, struct json **ret)
{
	int rc = office_need(ask, 0, SAY("Address of the colleague"));

	if (rc == 0)
		rc = office_mark(ask,
		    exchange_invite(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text),
		    "address");
	return done(ask, rc, ret);
}

int office_uninvite(struct route_ask *ask, struct json **ret)
{
	return done(
	    ask, exchange_uninvite(ask->c, ask->in, ask->who, ask->parts[0], ask->parts[1]), ret);
}

/* ---- what was produced ---- */

int office_acknowledge(struct route_ask *ask, struct json **ret)
{
	return done(ask, exchange_acknowledge(ask->c, ask->in, ask->who, ask->parts[1]), ret);
}

/* ---- the officer's own account ---- */

static int add_colleague(struct ctx *c, const struct officer *o, void *arg)
{
	struct json *list = arg, *j = json_map(c);

	if (!str_is(o->state, "active"))
		return 0;
	json_set_text(c, j, "name", o->name);
	json_set_text(c, j, "rank", o->rank);
	json_add(c, list, j);
	return 0;
}

int office_self(struct route_ask *ask, struct json **ret)
{
	struct json *colleagues = json_list(ask->c);
	struct officer o;
	int rc = officer_acts(ask->c, ask->in, ask->who, &o);

	if (rc == 0)
		rc = view_officer_self(ask->c, ask->in, ask->who, ret);
	if (rc == 0)
		rc = officer_of_agency(ask->c, ask->in, o.agency, add_colleague, colleagues);
	if (rc != 0)
		return rc;
	json_set(ask->c, *ret, "colleagues", colleagues);
	json_set_bool(
	    ask->c, *ret, "fresh", session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS) == 0);
	err_clear(ask->c);
	return 0;
}

int office_self_key(struct route_ask *ask, struct json **ret)
{
	int rc = session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS);

	if (rc == 0)
		rc = office_need(ask, 0, SAY("Key"));
	if (rc == 0)
		rc = office_mark(ask,
		    officer_set_key(ask->c, ask->in, ask->who, ask->fields[0].text,
			(struct instant){ctx_now(ask->c)}),
		    "recipient");
	*ret = json_map(ask->c);
	return rc;
}
