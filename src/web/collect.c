#include "web/collect.h"

#include "desk/hand_in.h"
#include "desk/job.h"
#include "out/view_service.h"
#include "web/field.h"

const struct route_files collect_files = {.fields = "file",
    .most = HAND_IN_AT_ONCE,
    .each = INT64_C(8000) << 20,
    .all = INT64_C(8100) << 20};
const struct route_field collect_name_fields[1] = {
    {.name = "name", .needed = true, .parse = field_line}};
const struct route_field collect_done_fields[3] = {{.name = "listing", .parse = field_hash},
    {.name = "none", .parse = field_yes}, {.name = "how", .parse = field_text}};
const struct route_field collect_failed_fields[2] = {
    {.name = "why", .needed = true, .parse = field_word}, {.name = "how", .parse = field_text}};
const struct route_field collect_run_fields[1] = {{.name = "snapshot", .parse = field_word}};

/* ---- looking ---- */

int collect_queue(struct route_ask *ask, struct json **ret)
{
	struct json *list;
	int rc = view_tickets(ask->c, ask->in, ask->who, &list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "tickets", list);
	return 0;
}

/* While a file was not looked at yet the page comes again by itself. */
static bool is_looking(const struct json *v)
{
	const struct json *files = json_find(v, "files");

	if (str_is(json_text(v, "purpose"), "preserve"))
		return false;
	for (size_t i = 0; files != NULL && i < files->n; i++)
		if (json_find(files->at[i], "check") == NULL)
			return true;
	return false;
}

static int view(struct route_ask *ask, struct json **ret)
{
	return view_collect(ask->c, ask->in, ask->who, ask->parts[0], ret);
}

int collect_ticket(struct route_ask *ask, struct json **ret)
{
	int rc = view(ask, ret);

	if (rc != 0 || ask->api)
		return rc;
	json_set_text(ask->c, *ret, "path",
	    str_fmt(ask->c, "/collect/ticket/%.*s", STR_ARG(json_text(*ret, "ticket"))));
	json_set_bool(ask->c, *ret, "runs", right_has(ask->who, RIGHT_TICKET_RUN));
	if (is_looking(*ret)) {
		json_set_bool(ask->c, *ret, "looking", true);
		answer_field(ask->a, "Refresh", STR("2"));
	}
	return 0;
}

/* ---- acting ---- */

static int find(struct route_ask *ask, struct collect *t)
{
	return hand_in_get(ask->c, ask->in, ask->who, ask->parts[0], t);
}

/* What came is looked at, or kept, by the process that does jobs. */
static int settle(struct route_ask *ask, struct str ref)
{
	struct json *what = json_map(ask->c);
	struct str job;

	json_set_text(ask->c, what, "ticket", ref);
	return job_put(ask->c, ask->in, ask->who, "ticket_settle", what, &job);
}

int collect_take(struct route_ask *ask, struct json **ret)
{
	struct collect t;
	int rc = find(ask, &t);

	if (rc == 0)
		rc = hand_in_take(ask->c, ask->in, ask->who, &t);
	return rc == 0 ? view(ask, ret) : rc;
}

int collect_file(struct route_ask *ask, struct json **ret)
{
	struct collect t;
	int rc = find(ask, &t);

	if (rc == 0 && ask->n_files == 0)
		rc = err_set(ask->c, ERR_INVALID, "no file was given");
	for (size_t i = 0; i < ask->n_files && rc == 0; i++) {
		const struct route_file *f = &ask->files[i];

		rc = hand_in_file(
		    ask->c, ask->in, ask->who, &t, f->name, f->path, f->size, &f->hash);
	}
	if (rc == 0)
		rc = settle(ask, t.ref);
	return rc == 0 ? view(ask, ret) : rc;
}

int collect_drop(struct route_ask *ask, struct json **ret)
{
	struct collect t;
	int rc = find(ask, &t);

	if (rc == 0)
		rc = hand_in_drop(ask->c, ask->in, ask->who, &t, ask->fields[0].text);
	return rc == 0 ? view(ask, ret) : rc;
}

static struct str said_of(const struct route_value *v)
{
	return v->given ? v->text : STR("");
}

/* A system says what it sent; a person sees it. */
int collect_done(struct route_ask *ask, struct json **ret)
{
	bool none = ask->fields[1].given && ask->fields[1].num != 0;
	struct hash listing;
	struct collect t;
	int rc = find(ask, &t);

	if (rc == 0 && ask->who->token != 0 && !none && !ask->fields[0].given)
		rc = err_set(ask->c, ERR_INVALID, "listing: is missing");
	if (rc == 0 && ask->fields[0].given && !hash_parse(ask->fields[0].text, &listing))
		rc = err_set(ask->c, ERR_INVALID, "want 64 hex digits");
	if (rc == 0)
		rc = hand_in_done(ask->c, ask->in, ask->who, &t,
		    ask->fields[0].given ? &listing : NULL, none, said_of(&ask->fields[2]));
	if (rc == 0)
		rc = settle(ask, t.ref);
	return rc == 0 ? view(ask, ret) : rc;
}

int collect_failed(struct route_ask *ask, struct json **ret)
{
	struct collect t;
	int rc = find(ask, &t);

	if (rc == 0)
		rc = hand_in_failed(
		    ask->c, ask->in, ask->who, &t, ask->fields[0].text, said_of(&ask->fields[1]));
	return rc == 0 ? view(ask, ret) : rc;
}

int collect_run(struct route_ask *ask, struct json **ret)
{
	struct json *what = json_map(ask->c);
	struct collect t;
	struct str ref;
	int rc = collect_get(ask->c, ask->in, ask->who, RIGHT_TICKET_RUN, ask->parts[0], &t);

	if (rc == 0 && !str_is(t.state, "open"))
		rc = err_set(ask->c, ERR_CONFLICT, "the ticket was used: it is %s",
		    err_word(ask->c, str_z(ask->c, t.state)));
	if (rc != 0)
		return rc;
	json_set_text(ask->c, what, "ticket", t.ref);
	if (ask->fields[0].given)
		json_set_text(ask->c, what, "snapshot", ask->fields[0].text);
	json_set_text(
	    ask->c, what, "back", str_fmt(ask->c, "/collect/ticket/%.*s", STR_ARG(t.ref)));
	json_set_text(ask->c, what, "lang", ask->lang == ANSWER_DE ? STR("de") : STR("en"));
	rc = job_put(ask->c, ask->in, ask->who, "ticket_run", what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}
