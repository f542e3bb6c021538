#include "web/face.h"

#include <assert.h>

#include "base/mem.h"
#include "web/face_p.h"
#include "web/lang.h"
#include "web/repeat.h"

enum { JSON_ANSWER_MAX = 8 << 20, LINK_MAX = 2048, ACT_TRIES = 5 };

/* ---- errors ---- */

static const struct {
	int code;
	const char *word;
} codes[] = {{ERR_NOTFOUND, "not_found"}, {ERR_CONFLICT, "conflict"}, {ERR_DENIED, "denied"},
    {ERR_INVALID, "invalid"}, {ERR_LIMIT, "limit"}, {ERR_FAIL, "failed"}};
enum { CODES = sizeof codes / sizeof codes[0] };

static size_t code_at(int code)
{
	size_t i = 0;

	while (i + 1 < CODES && codes[i].code != code)
		i++;
	return i;
}

static void json_answer(struct answer *a, const struct json *j)
{
	struct buf b = buf_init(a->c, JSON_ANSWER_MAX);

	json_put(&b, j);
	buf_putc(&b, '\n');
	a->body = b;
	a->type = "application/json";
}

static void api_error(struct answer *a, int status, const char *word, struct str says)
{
	struct ctx *c = a->c;
	struct json *j = json_map(c);

	*a = answer_init(c, a->lang);
	a->status = status;
	json_set_text(c, j, "error", str_of(word));
	json_set_text(c, j, "says", says);
	json_answer(a, j);
}

/* Of what failed on our side nobody outside is told more than that. */
static struct str says(const struct route_ask *ask, int code)
{
	return code == ERR_FAIL ? STR("") : str_make(ask->c, str_of(err_text(ask->c)));
}

static void answer_failed(struct route_ask *ask, int code, struct answer *a)
{
	size_t i = code_at(code);

	if (ask->api)
		api_error(a, answer_status(code), codes[i].word, says(ask, codes[i].code));
	else
		answer_code(a, code);
}

void face_refuse(struct route_ask *ask, struct answer *a, int status)
{
	const char *word = status == 401 ? "sign_in" : "invalid";

	for (size_t i = 0; i < CODES; i++)
		if (answer_status(codes[i].code) == status)
			word = codes[i].word;
	if (ask->api)
		api_error(a, status, word, STR(""));
	else
		answer_error(a, status);
}

/* ---- where a browser goes next ---- */

static void go_to(struct route_ask *ask, struct answer *a, struct str where)
{
	a->status = 303;
	a->body = buf_init(ask->c, 16);
	answer_field(a, "Location", where);
}

static struct str link_to(struct route_ask *ask, const char *name, const char *done)
{
	const struct route *r = route_named(ask->table, name);
	struct buf b = buf_init(ask->c, LINK_MAX);

	assert(r != NULL);
	route_link(&b, r, ask->parts, route_parts(r));
	if (done != NULL)
		buf_fmt(&b, "?done=%s", done);
	return buf_str(&b);
}

static void sign_in_first(struct route_ask *ask, struct answer *a)
{
	if (ask->api || ask->route->method == ROUTE_POST ||
	    route_named(ask->table, "sign_in") == NULL)
		face_refuse(ask, a, 401);
	else
		go_to(ask, a, STR("/sign-in"));
}

/* ---- reading ---- */

struct reading {
	struct route_ask *ask;
	struct json **ret;
};

static int read_view(struct ctx *c, void *arg)
{
	struct reading *r = arg;

	(void)c;
	return r->ask->route->view(r->ask, r->ret);
}

/* A page of one moment, and nothing is written by whoever only reads. */
static int view_read(struct route_ask *ask, struct json **ret)
{
	struct reading r = {ask, ret};

	if (ask->in == NULL || ask->route->notes)
		return ask->route->view(ask, ret);
	return db_look(ask->c, ask->in->store.db, read_view, &r);
}

/* ---- forms ---- */

/* A form of a person who has signed in carries what only our own pages know. */
static bool is_own(const struct route_ask *ask, const struct form *form)
{
	size_t n;
	const struct form_field *f;

	if (ask->api || ask->route->method == ROUTE_GET)
		return true;
	if (!ask->own_page)
		return false;
	if (ask->who == NULL)
		return true;
	f = form_find(form, "proof", &n);
	return n == 1 && str_eq_secret(f->value, ask->proof);
}

/* The page of the form again, with what was wrong on top and what was entered in its place. */
static void form_again(struct route_ask *ask, const struct form *form, int code, struct answer *a)
{
	const struct route *post = ask->route;
	const char *name = post->form != NULL ? post->form : post->next;
	size_t i = code_at(code);
	struct str error = says(ask, codes[i].code);
	struct json *view;
	int rc = ERR_NOTFOUND;

	err_clear(ask->c);
	ask->route = name == NULL ? NULL : route_named(ask->table, name);
	if (ask->route != NULL && ask->route->page != NULL && error.n > 0) {
		memset(ask->fields, 0, sizeof ask->fields);
		rc = ask->table->may(ask, ask->route);
		if (rc == 0)
			rc = view_read(ask, &view);
		if (rc == 0)
			rc = face_page(ask, form, view, error, a);
	}
	ask->route = post;
	if (rc != 0)
		answer_failed(ask, code, a);
	else
		a->status = answer_status(code);
}

/* ---- the view ---- */

static void show(
    struct route_ask *ask, const struct form *form, struct json *view, struct answer *a)
{
	const struct route *r = ask->route;
	int rc = 0;

	if (ask->api)
		json_answer(a, view);
	else if (ask->go_on.n > 0)
		go_to(ask, a, ask->go_on);
	else if (r->method == ROUTE_GET || (r->page != NULL && r->next == NULL))
		rc = face_page(ask, form, view, STR(""), a);
	else
		go_to(ask, a, link_to(ask, r->next, r->done == NULL ? NULL : r->name));
	if (rc != 0)
		answer_failed(ask, rc, a);
}

static int view_act(struct route_ask *ask, const struct form *form, struct json **ret)
{
	if (ask->api && ask->repeat.n > 0 && ask->who != NULL && !ask->route->secret)
		return repeat_run(ask, form, ret);
	return ask->route->view(ask, ret);
}

/* Where two transactions waited for each other the database has ended ours, and nothing of it
 * stands: nobody is asked to press again, the act begins anew. Not when a part of it is recorded.
 */
static int act(struct route_ask *ask, const struct form *form, struct json **ret)
{
	int64_t before;
	int rc;

	if (ask->in == NULL)
		return view_act(ask, form, ret);
	before = ask->in->store.recorded;
	(void)db_met(ask->in->store.db);
	for (int tries = 1;; tries++) {
		rc = view_act(ask, form, ret);
		if (rc != ERR_CONFLICT || !db_met(ask->in->store.db) ||
		    before != ask->in->store.recorded || tries == ACT_TRIES)
			return rc;
		err_clear(ask->c);
		ask->go_on = ask->wrong = STR("");
		*ret = json_map(ask->c);
	}
}

static void view_run(struct route_ask *ask, const struct form *form, struct answer *a)
{
	struct json *view = json_map(ask->c);
	int rc;

	ask->a = a;
	rc = route_fields(ask, form);
	if (rc == 0)
		rc =
		    ask->route->method == ROUTE_GET ? view_read(ask, &view) : act(ask, form, &view);
	if (rc == 0)
		show(ask, form, view, a);
	else if (ask->api || ask->route->method == ROUTE_GET)
		answer_failed(ask, rc, a);
	else
		form_again(ask, form, rc, a);
}

static void self_run(struct route_ask *ask, const struct form *form, struct answer *a)
{
	int rc = ask->api ? ERR_NOTFOUND : route_fields(ask, form);

	if (rc == 0)
		rc = ask->route->run(ask, a);
	if (rc != 0 && !ask->api && ask->route->form != NULL)
		form_again(ask, form, rc, a);
	else if (rc != 0)
		answer_failed(ask, rc, a);
}

/* A language that is chosen on a page stays chosen. */
static void lang_take(struct route_ask *ask, const struct form *form, struct answer *a)
{
	size_t n;
	const struct form_field *f = form_find(form, "lang", &n);
	bool de = f != NULL && str_is(f->value, "de");

	if (ask->api || f == NULL || (!de && !str_is(f->value, "en")))
		return;
	ask->lang = a->lang = de ? ANSWER_DE : ANSWER_EN;
	answer_field(a, "Set-Cookie",
	    str_fmt(ask->c, "writ-lang=%s; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
		de ? "de" : "en"));
}

void face_answer(
    const struct route_table *t, struct route_ask *ask, const struct form *form, struct answer *a)
{
	int rc = t->sign_in == NULL ? 0 : t->sign_in(ask);

	lang_take(ask, form, a);
	ask->c->say = ask->lang == ANSWER_DE ? lang_error_de : NULL;
	if (rc == 0 && ask->api && ask->who == NULL)
		rc = ERR_DENIED; /* programs come with a token, also where browsers need nothing */
	if (rc == 0)
		rc = t->may(ask, ask->route);
	if (rc == ERR_DENIED && ask->who == NULL)
		sign_in_first(ask, a);
	else if (rc != 0)
		answer_failed(ask, rc, a);
	else if (!is_own(ask, form))
		face_refuse(ask, a, 403);
	else if (ask->route->run != NULL)
		self_run(ask, form, a);
	else
		view_run(ask, form, a);
	if (a->body.over)
		answer_failed(ask, ERR_FAIL, a);
}
