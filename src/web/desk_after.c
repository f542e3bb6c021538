#include "web/desk_after.h"

#include "desk/mailing.h"
#include "desk/medium.h"
#include "desk/misdelivery.h"
#include "desk/produce.h"
#include "desk/recall.h"
#include "web/desk_produce.h"
#include "web/field.h"

const struct route_field desk_mail_fields[2] = {
    {.name = "to", .parse = field_line}, {.name = "reason", .parse = field_text}};
const struct route_field desk_medium_back_fields[2] = {
    {.name = "by", .needed = true, .parse = field_line}, {.name = "received", .parse = field_day}};
const struct route_field desk_misdelivered_fields[3] = {
    {.name = "to_whom", .needed = true, .parse = field_line},
    {.name = "how", .needed = true, .parse = field_text}, {.name = "found", .parse = field_day}};
const struct route_field desk_settle_fields[1] = {
    {.name = "reason", .needed = true, .parse = field_text}};
const struct route_field desk_recall_fields[2] = {
    {.name = "cause", .needed = true, .parse = field_word},
    {.name = "reason", .needed = true, .parse = field_text}};
const struct route_field desk_recall_answer_fields[3] = {
    {.name = "answer", .needed = true, .parse = field_word}, {.name = "day", .parse = field_day},
    {.name = "reason", .parse = field_text}};

/* The production of this case, which the person may know of. */
static int begin(struct route_ask *ask)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	return rc == 0 ? produce_of(ask->c, ask->in, &m, ask->parts[1]) : rc;
}

static int done(struct route_ask *ask, int rc, struct json **ret)
{
	struct json *j = json_map(ask->c);

	json_set_text(ask->c, j, "case", ask->parts[0]);
	json_set_text(ask->c, j, "production", ask->parts[1]);
	if (rc == 0)
		*ret = j;
	return rc;
}

static struct day day_or_today(const struct route_ask *ask, size_t field)
{
	return ask->fields[field].given ? (struct day){(int32_t)ask->fields[field].num}
					: instant_day((struct instant){ctx_now(ask->c)});
}

int desk_mail(struct route_ask *ask, struct json **ret)
{
	struct str state = STR("");
	int rc = begin(ask);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0)
		rc = mailing_put(ask->c, ask->in, ask->who, ask->parts[1], STR(""),
		    str_trim(ask->fields[0].text), ask->fields[1].text, &state);
	rc = done(ask, rc, ret);
	if (rc == 0)
		json_set_text(ask->c, *ret, "mail", state);
	return rc;
}

int desk_mail_confirm(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = mailing_confirm(ask->c, ask->in, ask->who, ask->parts[1]);
	return done(ask, rc, ret);
}

int desk_mail_stop(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = mailing_stop(ask->c, ask->in, ask->who, ask->parts[1]);
	return done(ask, rc, ret);
}

int desk_medium_back(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = medium_back(ask->c, ask->in, ask->who, ask->parts[1], day_or_today(ask, 1),
		    ask->fields[0].text);
	return done(ask, rc, ret);
}

int desk_misdelivered(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = misdelivery_put(ask->c, ask->in, ask->who, ask->parts[1], ask->fields[0].text,
		    ask->fields[1].text, day_or_today(ask, 2));
	return done(ask, rc, ret);
}

int desk_misdelivered_settle(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = misdelivery_settle(
		    ask->c, ask->in, ask->who, ask->parts[1], ask->fields[0].text);
	return done(ask, rc, ret);
}

int desk_recall(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = recall_put(ask->c, ask->in, ask->who, ask->parts[1], ask->fields[0].text,
		    ask->fields[1].text);
	return done(ask, rc, ret);
}

int desk_recall_answer(struct route_ask *ask, struct json **ret)
{
	int rc = begin(ask);

	if (rc == 0)
		rc = recall_answer(ask->c, ask->in, ask->who, ask->parts[1], ask->fields[0].text,
		    day_or_today(ask, 1), ask->fields[2].text);
	return done(ask, rc, ret);
}
