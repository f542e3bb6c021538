/* Fields of forms as desk takes them, and its errors as forms show them. */
#include "web/account.h"

static const struct route_value none = {.text = {"", 0}};

const struct route_value *account_field(const struct route_ask *ask, const char *name)
{
	for (size_t i = 0; i < ask->route->n_fields; i++)
		if (strcmp(ask->route->fields[i].name, name) == 0)
			return &ask->fields[i];
	return &none;
}

struct day account_day(const struct route_ask *ask, const char *name)
{
	const struct route_value *v = account_field(ask, name);

	return v->given ? (struct day){(int32_t)v->num} : DAY_NONE;
}

static struct str said(struct route_ask *ask, const char *part, const char *lang)
{
	return str_trim(account_field(ask, str_fmt(ask->c, "%s_%s", part, lang).p)->text);
}

/* "title: ..." of in/wording.h: of the field title_LANG. */
static int point_words(struct route_ask *ask, int code, const char *lang)
{
	struct str text = str_make(ask->c, str_of(err_text(ask->c))), part, why;

	if (code != ERR_INVALID || !str_cut(text, ':', &part, &why))
		return code;
	ask->wrong = str_fmt(ask->c, "%.*s_%s", STR_ARG(part), lang);
	err_clear(ask->c);
	why = str_trim(why);
	return err_set(ask->c, code, "%.*s", STR_ARG(why));
}

int account_words(struct route_ask *ask, const char *lang, struct wording *ret)
{
	struct wording w = {said(ask, "title", lang), said(ask, "text", lang),
	    said(ask, "authority", lang), said(ask, "outcome", lang)};
	int rc = wording_check(ask->c, &w);

	if (rc == 0)
		*ret = w;
	return rc == 0 ? 0 : point_words(ask, rc, lang);
}

/* "given" of "--given"; a file of words is its title here. */
static struct str field_of(struct ctx *c, struct str option)
{
	if (str_is(option, "en") || str_is(option, "de"))
		return str_fmt(c, "title_%.*s", STR_ARG(option));
	return option;
}

int account_point(struct route_ask *ask, int code)
{
	struct str text = str_make(ask->c, str_of(err_text(ask->c))), option, why;

	if (code == 0 || !str_starts(text, "--") || !str_cut(text, ':', &option, &why))
		return code;
	ask->wrong = field_of(ask->c, (struct str){option.p + 2, option.n - 2});
	err_clear(ask->c);
	why = str_trim(why);
	return err_set(ask->c, code, "%.*s", STR_ARG(why));
}
