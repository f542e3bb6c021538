#include "web/desk_deliver.h"

#include "desk/laid.h"
#include "desk/session.h"
#include "out/view_deliver.h"
#include "out/view_set.h"
#include "web/desk_produce.h"
#include "web/field.h"
#include "web/work_job.h"

const struct route_field desk_deliver_fields[5] = {
    {.name = "channel", .needed = true, .parse = field_word}, {.name = "more", .parse = field_word},
    {.name = "days", .parse = field_number}, {.name = "remarks", .parse = field_text},
    {.name = "explain", .parse = field_text}};
const struct route_field desk_lay_fields[2] = {
    {.name = "more", .parse = field_word}, {.name = "days", .parse = field_number}};
const struct route_field desk_extend_fields[1] = {
    {.name = "until", .needed = true, .parse = field_day}};
const struct route_field desk_revoke_fields[1] = {{.name = "reason", .parse = field_text}};
const struct route_field desk_name_fields[2] = {
    {.name = "officer", .needed = true, .parse = field_word},
    {.name = "reason", .parse = field_text}};
const struct route_field desk_reseal_fields[1] = {{.name = "reason", .parse = field_text}};

/* The production of this case, which the person may know of. */
static int production_of(struct route_ask *ask, struct matter *m)
{
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], m);

	return rc == 0 ? produce_of(ask->c, ask->in, m, ask->parts[1]) : rc;
}

static struct str path_of(const struct route_ask *ask)
{
	return str_fmt(ask->c, "/desk/case/%.*s/production/%.*s", STR_ARG(ask->parts[0]),
	    STR_ARG(ask->parts[1]));
}

static struct json *named(struct route_ask *ask)
{
	struct json *j = json_map(ask->c);

	json_set_text(ask->c, j, "case", ask->parts[0]);
	json_set_text(ask->c, j, "production", ask->parts[1]);
	json_set_text(ask->c, j, "path", path_of(ask));
	return j;
}

static struct str text_of(const struct route_value *f)
{
	return f->given ? f->text : STR("");
}

/* ---- the page ---- */

static int set_may(struct route_ask *ask, const struct matter *m, struct json *v)
{
	struct legal_order order;
	struct json *names, *may = json_map(ask->c);
	int rc = matter_order(ask->c, ask->in, m, json_find(v, "order")->num, &order);

	if (rc == 0)
		rc = view_deliver_names(ask->c, ask->in, ask->who, &order, &names);
	if (rc != 0)
		return rc;
	json_set(ask->c, v, "officers", names);
	json_set_bool(ask->c, may, "lay", right_has(ask->who, RIGHT_PRODUCTION_LAY));
	json_set_bool(ask->c, may, "revoke", right_has(ask->who, RIGHT_PRODUCTION_REVOKE));
	json_set_bool(ask->c, may, "name", right_has(ask->who, RIGHT_PRODUCTION_NAME));
	json_set_bool(ask->c, may, "reseal", right_has(ask->who, RIGHT_PRODUCTION_MAKE));
	json_set(ask->c, v, "may", may);
	return 0;
}

int desk_production(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = production_of(ask, &m);

	if (rc == 0)
		rc = view_deliver_desk(ask->c, ask->in, ask->who, ask->parts[1], ret);
	if (rc != 0 || ask->api)
		return rc;
	json_set_text(ask->c, *ret, "path", path_of(ask));
	rc = set_may(ask, &m, *ret);
	return rc == 0 ? desk_release_fresh(ask, *ret) : rc;
}

/* ---- what shows a PIN ---- */

static void put_made(struct route_ask *ask, const struct laid_made *made, struct json *j)
{
	view_set_instant(ask->c, j, "until", made->until);
	json_set_text(ask->c, j, "told", made->mail);
	if (made->pin.n > 0)
		json_set_text(ask->c, j, "pin", made->pin);
}

int desk_deliver(struct route_ask *ask, struct json **ret)
{
	struct laid_how how = {.days = ask->fields[2].given ? ask->fields[2].num : 0,
	    .more = text_of(&ask->fields[1]),
	    .remarks = text_of(&ask->fields[3])};
	struct produce_way way = {.channel = ask->fields[0].text,
	    .remarks = how.remarks,
	    .explain = text_of(&ask->fields[4]),
	    .until = INSTANT_NONE};
	struct laid_made made;
	struct matter m;
	bool laid = false;
	int rc = production_of(ask, &m);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0 && str_is(ask->fields[0].text, "portal"))
		rc = laid_deliver(ask->c, ask->in, ask->who, ask->parts[1], &how, &made, &laid);
	else if (rc == 0)
		rc = produce_hand_over(ask->c, ask->in, ask->who, ask->parts[1], &way);
	if (rc != 0)
		return rc;
	*ret = named(ask);
	if (laid)
		put_made(ask, &made, *ret);
	else
		ask->go_on = str_fmt(
		    ask->c, "/desk/case/%.*s?done=production_deliver", STR_ARG(ask->parts[0]));
	return 0;
}

int desk_pin(struct route_ask *ask, struct json **ret)
{
	struct laid_made made;
	struct matter m;
	int rc = production_of(ask, &m);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0)
		rc = laid_pin(ask->c, ask->in, ask->who, ask->parts[1], &made);
	if (rc != 0)
		return rc;
	*ret = named(ask);
	put_made(ask, &made, *ret);
	return 0;
}

/* ---- what does not ---- */

int desk_extend(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = production_of(ask, &m);

	*ret = named(ask);
	return rc == 0 ? laid_extend(ask->c, ask->in, ask->who, ask->parts[1],
			     (struct day){(int32_t)ask->fields[0].num})
		       : rc;
}

int desk_revoke(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = production_of(ask, &m);

	*ret = named(ask);
	return rc == 0
		   ? laid_revoke(ask->c, ask->in, ask->who, ask->parts[1], text_of(&ask->fields[0]))
		   : rc;
}

int desk_name(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = production_of(ask, &m);

	*ret = named(ask);
	if (rc == 0)
		rc = desk_release_may(ask);
	return rc == 0 ? laid_name(ask->c, ask->in, ask->who, ask->parts[1], ask->fields[0].text,
			     text_of(&ask->fields[1]))
		       : rc;
}

/* ---- jobs ---- */

static int put_job(struct route_ask *ask, const char *kind, struct json *what, struct json **ret)
{
	struct str ref;
	int rc;

	json_set_text(ask->c, what, "case", ask->parts[0]);
	json_set_text(ask->c, what, "production", ask->parts[1]);
	rc = job_put(ask->c, ask->in, ask->who, kind, what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}

int desk_lay(struct route_ask *ask, struct json **ret)
{
	struct json *what = json_map(ask->c);
	struct matter m;
	int rc = production_of(ask, &m);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, what, "more", text_of(&ask->fields[0]));
	json_set_int(ask->c, what, "days", ask->fields[1].given ? ask->fields[1].num : 0);
	return put_job(ask, "lay", what, ret);
}

int desk_reseal_page(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	struct json *files;
	int rc = production_of(ask, &m);

	if (rc == 0)
		rc = view_deliver_files(ask->c, ask->in, ask->parts[1], &files);
	if (rc != 0)
		return rc;
	*ret = named(ask);
	json_set(ask->c, *ret, "files", files);
	return desk_release_fresh(ask, *ret);
}

int desk_reseal(struct route_ask *ask, struct json **ret)
{
	struct json *what = json_map(ask->c), *files = json_list(ask->c);
	struct matter m;
	int rc = production_of(ask, &m);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0 && text_of(&ask->fields[0]).n == 0)
		rc = err_set(ask->c, ERR_INVALID, "say why it is sealed anew");
	if (rc == 0 && ask->n_files == 0)
		rc = err_set(ask->c, ERR_INVALID, "give the files of the production again");
	if (rc == 0)
		rc = desk_produce_keep(ask, files);
	json_set(ask->c, what, "files", files);
	json_set_text(ask->c, what, "reason", text_of(&ask->fields[0]));
	if (rc == 0)
		rc = put_job(ask, "reseal", what, ret);
	if (rc != 0)
		desk_produce_forget(ask->c, files);
	return rc;
}
