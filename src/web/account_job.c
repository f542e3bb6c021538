#include "web/account_job.h"

#include "out/report_print.h"
#include "out/site.h"
#include "out/view_edition.h"
#include "web/lang.h"

/* ---- looking at an edition ---- */

/* The rules in the other language too: whoever opens the page may read either. */
static int look_in(
    struct ctx *c, struct instance *in, const struct edition *e, bool german, struct breaches *ret)
{
	const char *(*was)(const char *) = c->say;
	int rc;

	c->say = german ? lang_error_de : NULL;
	rc = edition_rehearse(c, in, e, ret);
	c->say = was;
	return rc;
}

/* Judges it anew, keeps the verdict, and tells it. */
static int look(struct ctx *c, struct work_for *w, const struct edition *e)
{
	struct breaches en = {0}, de = {0};
	struct json *list;
	int rc = look_in(c, w->in, e, false, &en);

	if (rc == 0)
		rc = look_in(c, w->in, e, true, &de);
	if (rc != 0)
		return rc;
	list = view_breaches(c, &en, &de);
	json_set_text(c, w->result, "edition", edition_name(c, e));
	json_set(c, w->result, "breaches", list);
	return verdict_put(c, w->in, e, list);
}

/* ---- making ---- */

static void words_of(const struct json *cause, const char *lang, struct wording *ret)
{
	const struct json *j = json_find(cause, lang);

	ret->title = json_text(j, "title");
	ret->text = json_text(j, "text");
}

int account_job_make(struct ctx *c, struct work_for *w)
{
	const struct json *cause = json_find(w->what, "cause");
	struct str as_of = json_text(w->what, "as_of");
	struct edition_new n = {.as_of = DAY_NONE};
	struct breaches none = {0};
	struct edition e;
	int rc = period_parse(c, json_text(w->what, "period"), &n.period);

	words_of(cause, "en", &n.cause[WORDING_EN]);
	words_of(cause, "de", &n.cause[WORDING_DE]);
	if (rc == 0 && as_of.n > 0)
		rc = day_parse(c, as_of, &n.as_of);
	if (rc == 0)
		rc = edition_make(c, w->in, w->actor, &n, &e, &none);
	return rc == 0 ? look(c, w, &e) : rc;
}

/* ---- judging, publishing ---- */

static int found(struct ctx *c, struct work_for *w, struct edition *ret)
{
	return edition_find_for(c, w->in, w->actor, json_text(w->what, "edition"), ret);
}

int account_job_check(struct ctx *c, struct work_for *w)
{
	struct edition e;
	int rc = right_needs(c, w->actor, RIGHT_EDITION_READ);

	if (rc == 0)
		rc = found(c, w, &e);
	return rc == 0 ? look(c, w, &e) : rc;
}

static int write_site(struct ctx *c, struct work_for *w)
{
	const struct instance_serve *how = &w->in->serve;
	struct str base = how->url.n == 0 ? STR("") : str_fmt(c, "%.*s/", STR_ARG(how->url));
	struct site s;
	int rc = right_needs(c, w->actor, RIGHT_SITE_BUILD);

	if (rc != 0 || how->site.n == 0)
		return rc;
	rc = site_load(c, w->in, base, &s);
	if (rc == 0)
		rc = site_write(c, &s, instance_path(c, w->in, how->site).p);
	json_set_bool(c, w->result, "site", rc == 0);
	return rc;
}

/* What refuses it is told in full: the error has room for the first rule alone. */
static void tell_refusal(struct ctx *c, struct work_for *w, const struct edition *e)
{
	struct err was = c->err;

	err_clear(c);
	(void)!look(c, w, e);
	c->err = was;
}

int account_job_publish(struct ctx *c, struct work_for *w)
{
	struct edition e;
	int rc = found(c, w, &e);

	/* a program that is missing is found before the step that cannot be taken back */
	if (rc == 0 && w->in->serve.site.n > 0)
		rc = report_print_ready(c);
	if (rc == 0)
		rc = edition_publish(c, w->in, w->actor, e.id, &e);
	if (rc == ERR_DENIED || rc == ERR_CONFLICT)
		tell_refusal(c, w, &e);
	if (rc == 0)
		rc = look(c, w, &e);
	if (rc != 0)
		return rc;
	rc = write_site(c, w);
	return rc == 0 ? 0 : err_while(c, rc, "the edition is published, the site not written");
}

int account_job_site(struct ctx *c, struct work_for *w)
{
	return write_site(c, w);
}
