#include "web/account.h"

#include "desk/session.h"
#include "out/view_edition.h"
#include "web/account_draw.h"
#include "web/field.h"
#include "web/work_job.h"

enum { PERIOD, AS_OF };

const struct route_field account_make_fields[6] = {
    {.name = "period", .needed = true, .parse = field_line}, {.name = "as_of", .parse = field_day},
    {.name = "title_en", .parse = field_line}, {.name = "text_en", .parse = field_text},
    {.name = "title_de", .parse = field_line}, {.name = "text_de", .parse = field_text}};
const struct route_field account_new_fields[1] = {{.name = "period", .parse = field_line}};

/* ---- what they share ---- */

int account_named(struct route_ask *ask, struct edition *ret)
{
	struct buf b = buf_init(ask->c, 128);
	struct str name = ask->parts[0];
	int rc;

	for (size_t i = 0; i < name.n; i++)
		buf_putc(&b, name.p[i] == '_' ? '/' : name.p[i]);
	rc = b.over ? ERR_NOTFOUND : edition_find_for(ask->c, ask->in, ask->who, buf_str(&b), ret);
	if (rc != ERR_INVALID && rc != ERR_NOTFOUND)
		return rc;
	err_clear(ask->c);
	return err_set(ask->c, ERR_NOTFOUND, "no edition has this name");
}

static struct str address_of(struct ctx *c, struct str name)
{
	struct buf b = buf_init(c, 128);

	buf_puts(&b, "/editions/");
	for (size_t i = 0; i < name.n; i++)
		buf_putc(&b, name.p[i] == '/' ? '_' : name.p[i]);
	return buf_str(&b);
}

int account_fresh(struct route_ask *ask)
{
	if (ask->login == 0 || ask->token.n > 0)
		return err_set(
		    ask->c, ERR_DENIED, "a person publishes, with a passkey: a token does not");
	return session_fresh(ask->c, ask->in, ask->login, SESSION_PUBLICATION);
}

int account_job(struct route_ask *ask, const char *kind, struct json *what, struct json **ret)
{
	struct str ref;
	int rc;

	if (ask->lang == ANSWER_DE)
		json_set_text(ask->c, what, "lang", STR("de"));
	rc = job_put(ask->c, ask->in, ask->who, kind, what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/editions/job/%.*s", STR_ARG(ref));
	return 0;
}

/* ---- the list ---- */

static void set_path(struct ctx *c, struct json *e)
{
	json_set_text(c, e, "path", address_of(c, json_text(e, "edition")));
}

int account_list(struct route_ask *ask, struct json **ret)
{
	struct json *all, *next;
	int rc = view_editions(ask->c, ask->in, ask->who, &all);

	if (rc == 0)
		rc = view_edition_next(ask->c, ask->in, &next);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "editions", all);
	json_set(ask->c, *ret, "next", next);
	if (ask->api)
		return 0;
	for (size_t i = 0; i < all->n; i++)
		set_path(ask->c, all->at[i]);
	json_set_bool(ask->c, *ret, "may_make", right_has(ask->who, RIGHT_EDITION_MAKE));
	return 0;
}

/* ---- counting ---- */

int account_new(struct route_ask *ask, struct json **ret)
{
	struct edition e;
	int rc = 0;

	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "period", ask->fields[0].text);
	if (ask->fields[0].given) {
		rc = edition_find(ask->c, ask->in, ask->fields[0].text, &e);
		json_set_bool(ask->c, *ret, "corrects", rc == 0 && e.version > 0);
		err_clear(ask->c); /* what is wrong with it is said when it is sent */
	}
	return 0;
}

static void set_words(struct ctx *c, struct json *to, const char *lang, const struct wording *w)
{
	struct json *j = json_map(c);

	if (w->title.n == 0)
		return;
	json_set_text(c, j, "title", w->title);
	json_set_text(c, j, "text", w->text);
	json_set(c, to, lang, j);
}

int account_make(struct route_ask *ask, struct json **ret)
{
	struct ctx *c = ask->c;
	const struct route_value *f = ask->fields;
	struct edition_new n = {
	    .as_of = f[AS_OF].given ? (struct day){(int32_t)f[AS_OF].num} : DAY_NONE};
	struct json *what = json_map(c), *cause = json_map(c);
	int rc = period_parse(c, f[PERIOD].text, &n.period);

	if (rc != 0)
		ask->wrong = STR("period");
	if (rc == 0)
		rc = account_words(ask, "en", &n.cause[WORDING_EN]);
	if (rc == 0)
		rc = account_words(ask, "de", &n.cause[WORDING_DE]);
	if (rc == 0)
		rc = edition_make_check(c, ask->in, ask->who, &n);
	if (rc != 0)
		return account_point(ask, rc);
	set_words(c, cause, "en", &n.cause[WORDING_EN]);
	set_words(c, cause, "de", &n.cause[WORDING_DE]);
	json_set_text(c, what, "period", period_str(c, n.period));
	json_set_text(c, what, "as_of", day_str(c, n.as_of));
	json_set(c, what, "cause", cause);
	return account_job(ask, "edition_make", what, ret);
}

/* ---- one ---- */

int account_edition(struct route_ask *ask, struct json **ret)
{
	struct edition e;
	int rc = account_named(ask, &e);

	if (rc == 0)
		rc = view_edition(ask->c, ask->in, ask->who, &e, ret);
	if (rc != 0 || ask->api)
		return rc;
	set_path(ask->c, *ret);
	rc = account_fresh(ask);
	json_set_bool(ask->c, *ret, "fresh", rc == 0);
	if (rc == ERR_DENIED) {
		err_clear(ask->c);
		rc = 0;
	}
	json_set_bool(ask->c, *ret, "has_site", ask->in->serve.site.n > 0);
	return rc == 0 ? account_draw(ask, &e, *ret) : rc;
}

static int of_edition(
    struct route_ask *ask, const char *kind, const struct edition *e, struct json **ret)
{
	struct json *what = json_map(ask->c);

	json_set_text(ask->c, what, "edition", edition_name(ask->c, e));
	return account_job(ask, kind, what, ret);
}

int account_check(struct route_ask *ask, struct json **ret)
{
	struct edition e;
	int rc = account_named(ask, &e);

	return rc == 0 ? of_edition(ask, "edition_check", &e, ret) : rc;
}

int account_publish(struct route_ask *ask, struct json **ret)
{
	struct edition e;
	int rc = account_named(ask, &e);

	if (rc == 0)
		rc = account_fresh(ask);
	if (rc == 0 && e.is_published)
		rc = err_set(ask->c, ERR_CONFLICT, "it is published already");
	return rc == 0 ? of_edition(ask, "edition_publish", &e, ret) : rc;
}

/* ---- its job ---- */

int account_job_page(struct route_ask *ask, struct json **ret)
{
	struct str name;
	struct job j;
	int rc = job_get(ask->c, ask->in, ask->who, ask->parts[0], &j);

	if (rc != 0)
		return rc;
	*ret = work_job_view(ask->c, &j);
	name = json_text(j.result, "edition");
	if (name.n == 0)
		name = json_text(j.what, "edition");
	if (!ask->api && name.n > 0) {
		json_set_text(ask->c, *ret, "edition", name);
		set_path(ask->c, *ret);
	}
	if (!ask->api && (str_is(j.state, "waiting") || str_is(j.state, "working")))
		answer_field(ask->a, "Refresh", STR("2"));
	return 0;
}
