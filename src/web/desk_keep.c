#include "web/desk_keep.h"

#include "base/mem.h"
#include "desk/access.h"
#include "out/view_erase.h"
#include "web/field.h"

const struct route_field desk_retention_fields[1] = {{.name = "after", .parse = field_word}};
const struct route_field desk_hold_fields[3] = {{.name = "of", .needed = true, .parse = field_word},
    {.name = "reason", .needed = true, .parse = field_text},
    {.name = "review", .parse = field_day}};
const struct route_field desk_release_fields[1] = {
    {.name = "of", .needed = true, .parse = field_word}};
const struct route_field desk_propose_fields[1] = {
    {.name = "of", .needed = true, .parse = field_word, .many = true}};
const struct route_field desk_requests_fields[2] = {
    {.name = "state", .parse = field_word}, {.name = "after", .parse = field_word}};
const struct route_field desk_request_ask_fields[5] = {
    {.name = "of", .needed = true, .parse = field_word},
    {.name = "target", .needed = true, .parse = field_line},
    {.name = "identified", .needed = true, .parse = field_text},
    {.name = "to", .parse = field_text}, {.name = "language", .parse = field_word}};

static int done(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	return 0;
}

/* ---- retention ---- */

static void number_keys(struct route_ask *ask, struct json *list, const char *letter)
{
	for (size_t i = 0; i < list->n; i++)
		json_set_text(ask->c, list->at[i], "key", str_fmt(ask->c, "%s%zu", letter, i + 1));
}

int desk_retention(struct route_ask *ask, struct json **ret)
{
	static const char *const lists[] = {"due", "listed", "held"};
	static const char *const letters[] = {"d", "l", "h"};
	int rc = view_retention(ask->c, ask->in, ask->who, ask->fields[0].text, ret);

	if (rc != 0 || ask->api)
		return rc;
	for (size_t i = 0; i < 3; i++)
		if (json_find(*ret, lists[i]) != NULL)
			number_keys(ask, (struct json *)json_find(*ret, lists[i]), letters[i]);
	json_set_bool(ask->c, *ret, "may_hold", right_has(ask->who, RIGHT_ERASE_HOLD));
	json_set_bool(ask->c, *ret, "may_release", right_has(ask->who, RIGHT_ERASE_RELEASE));
	return 0;
}

int desk_hold(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	int rc = erase_hold(ask->c, ask->in, ask->who, f[0].text, f[1].text,
	    f[2].given ? (struct day){(int32_t)f[2].num} : DAY_NONE);

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_release(struct route_ask *ask, struct json **ret)
{
	int rc = erase_release(ask->c, ask->in, ask->who, ask->fields[0].text);

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_erase_propose(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = &ask->fields[0];
	struct erase_units units = {.v = mem_array(ask->c, f->n + 1, sizeof *units.v)};
	struct str list;
	int rc = 0;

	for (; units.n < f->n && rc == 0; units.n++)
		rc = erase_look(ask->c, ask->in, ask->who, f->all[units.n].text, &units.v[units.n]);
	if (rc == 0)
		rc = erase_propose(ask->c, ask->in, ask->who, &units, &list);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "list", list);
	return 0;
}

/* ---- requests of data subjects ---- */

int desk_requests(struct route_ask *ask, struct json **ret)
{
	struct json *due;
	struct str state = ask->fields[0].given ? ask->fields[0].text : STR("asked");
	int rc = access_list(ask->c, ask->in, ask->who, state, ask->fields[1].text, ret);

	if (rc == 0)
		rc = access_due(ask->c, ask->in, ask->who, &due);
	if (rc != 0)
		return rc;
	json_set(ask->c, *ret, "due", due);
	if (!ask->api)
		json_set_bool(ask->c, *ret, "may_ask", right_has(ask->who, RIGHT_ACCESS_ASK));
	return 0;
}

static int show(struct route_ask *ask, struct str ref, struct json **ret)
{
	struct access_request r;
	struct str path;
	int rc = access_get(ask->c, ask->in, ask->who, ref, &r);

	if (rc == 0)
		rc = access_json(ask->c, ask->in, &r, true, ret);
	if (rc != 0 || ask->api)
		return rc;
	path = str_fmt(ask->c, "/desk/access/%.*s", STR_ARG(r.ref));
	json_set_text(ask->c, *ret, "path", path);
	json_set_bool(ask->c, *ret, "may_draft",
	    right_has(ask->who, RIGHT_ACCESS_DRAFT) &&
		str_has_word(STR("asked drafted approved"), r.state));
	json_set_bool(ask->c, *ret, "may_approve",
	    right_has(ask->who, RIGHT_ACCESS_APPROVE) && str_is(r.state, "drafted") &&
		r.reviewer != ask->who->id);
	json_set_bool(ask->c, *ret, "may_answer",
	    right_has(ask->who, RIGHT_ACCESS_ANSWER) && str_is(r.state, "approved"));
	json_set_bool(ask->c, *ret, "may_again",
	    right_has(ask->who, RIGHT_ACCESS_ASK) && str_is(r.state, "answered") && r.has_key);
	return 0;
}

static size_t lines_of(struct str text, struct str *lines)
{
	struct str line;
	size_t n = 0;

	while (text.n > 0 && n < ACCESS_LINES_MAX + 1) {
		(void)str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n > 0)
			lines[n++] = line;
	}
	return n;
}

int desk_request_ask(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct str lines[ACCESS_LINES_MAX + 1], ref;
	struct access_ask a = {.demand = f[0].text,
	    .target = f[1].text,
	    .identified = f[2].text,
	    .to = lines,
	    .n_to = lines_of(f[3].text, lines),
	    .language = f[4].given ? f[4].text : STR("en")};
	int rc = access_ask(ask->c, ask->in, ask->who, &a, &ref);

	if (rc != 0)
		return rc;
	ask->go_on = str_fmt(ask->c, "/desk/access/%.*s?done=request_ask", STR_ARG(ref));
	return show(ask, ref, ret);
}

int desk_request(struct route_ask *ask, struct json **ret)
{
	return show(ask, ask->parts[0], ret);
}

static int act(struct route_ask *ask,
    int (*fn)(struct ctx *c, struct instance *in, const struct person *actor, struct str ref),
    struct json **ret)
{
	int rc = fn(ask->c, ask->in, ask->who, ask->parts[0]);

	return rc == 0 ? show(ask, ask->parts[0], ret) : rc;
}

int desk_request_draft(struct route_ask *ask, struct json **ret)
{
	return act(ask, access_draft, ret);
}

int desk_request_approve(struct route_ask *ask, struct json **ret)
{
	return act(ask, access_approve, ret);
}

int desk_request_answer(struct route_ask *ask, struct json **ret)
{
	return act(ask, access_answer, ret);
}

int desk_request_drop(struct route_ask *ask, struct json **ret)
{
	return act(ask, access_drop, ret);
}

int desk_request_again(struct route_ask *ask, struct json **ret)
{
	struct str made;
	int rc = access_again(ask->c, ask->in, ask->who, ask->parts[0], &made);

	if (rc != 0)
		return rc;
	ask->go_on = str_fmt(ask->c, "/desk/access/%.*s?done=request_ask", STR_ARG(made));
	return show(ask, made, ret);
}
