#include "web/answer.h"

#include <assert.h>
#include <string.h>

struct answer answer_init(struct ctx *c, enum answer_lang lang)
{
	return (struct answer){.c = c,
	    .lang = lang,
	    .status = 200,
	    .type = "text/html; charset=utf-8",
	    .body = buf_init(c, ANSWER_BODY_MAX),
	    .file = -1,
	    .cache = "no-store"};
}

void answer_field(struct answer *a, const char *name, struct str value)
{
	assert(a->n_fields < ANSWER_FIELDS_MAX);
	for (size_t i = 0; i < value.n; i++)
		assert((unsigned char)value.p[i] >= 0x20 && value.p[i] != 0x7f);
	for (size_t i = 0; i < a->n_fields; i++)
		if (strcmp(a->fields[i].name, name) == 0 && str_eq(a->fields[i].value, value))
			return;
	a->fields[a->n_fields++] = (struct answer_field){name, str_make(a->c, value)};
}

/* ---- errors ---- */

static const struct {
	int status;
	const char *text[2];
} errors[] = {
    {400, {"This request cannot be understood.", "Diese Anfrage ist nicht zu verstehen."}},
    {401, {"Please sign in first.", "Bitte melden Sie sich zuerst an."}},
    {403, {"You may not do this.", "Das dürfen Sie nicht."}},
    {404, {"There is nothing here.", "Hier ist nichts."}},
    {405, {"This cannot be done here.", "Das geht hier nicht."}},
    {409, {"Somebody else has changed this meanwhile.",
	      "Jemand anderes hat das inzwischen geändert."}},
    {413, {"This is too large.", "Das ist zu groß."}},
    {414, {"This address is too long.", "Diese Adresse ist zu lang."}},
    {415, {"This is not a form.", "Das ist kein Formular."}},
    {429, {"Too many requests. Please wait a moment.",
	      "Zu viele Anfragen. Bitte warten Sie einen Augenblick."}},
    {431, {"The head of this request is too large.", "Der Kopf dieser Anfrage ist zu groß."}},
    {429, {"Too many requests. Please try again in a moment.",
	      "Zu viele Anfragen. Bitte versuchen Sie es gleich noch einmal."}},
    {500, {"Something went wrong on our side.", "Bei uns ist etwas schiefgegangen."}},
    {507, {"There is no room for this at the moment.", "Dafür ist zurzeit kein Platz."}},
    {503, {"Not available at the moment.", "Zurzeit nicht erreichbar."}},
    {507,
	{"No room is left. Nothing was taken in.", "Kein Platz mehr. Es wurde nichts angenommen."}},
};
enum { ERRORS = sizeof errors / sizeof errors[0] };

void answer_error(struct answer *a, int status)
{
	static const char *const codes[] = {"en", "de"};
	size_t e = 0;
	const char *text;

	while (e < ERRORS && errors[e].status != status)
		e++;
	assert(e < ERRORS && a->file < 0);
	text = errors[e].text[a->lang];
	*a = answer_init(a->c, a->lang);
	a->status = status;
	buf_fmt(&a->body,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
	    "<link rel=\"stylesheet\" href=\"/static/style.css\">\n</head>\n<body>\n<main>\n"
	    "<h1>%s</h1>\n</main>\n</body>\n</html>\n",
	    codes[a->lang], text, text);
}

int answer_status(int code)
{
	static const struct {
		int code, status;
	} all[] = {{ERR_NOTFOUND, 404}, {ERR_CONFLICT, 409}, {ERR_DENIED, 403}, {ERR_INVALID, 400},
	    {ERR_LIMIT, 413}};
	int status = 500;

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i].code == code)
			status = all[i].status;
	return status;
}

void answer_code(struct answer *a, int code)
{
	answer_error(a, answer_status(code));
}

/* An answer that says it itself says it in place of what all say. */
static bool is_said(const struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->n_fields; i++)
		if (strcmp(a->fields[i].name, name) == 0)
			return true;
	return false;
}

/* A browser's own reader of PDF does not start in a sandbox; it gives the document no rights of our
 * pages either. */
#define FOREIGN                                                                                    \
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "     \
	"frame-ancestors 'self'"

static const char *policy_of(const struct answer *a)
{
	if (!a->foreign)
		return "default-src 'self'; object-src 'none'; base-uri 'none'; form-action "
		       "'self'; "
		       "frame-ancestors 'none'";
	return strcmp(a->type, "application/pdf") == 0 ? FOREIGN : "sandbox; " FOREIGN;
}

void answer_each(
    const struct answer *a, void (*fn)(const char *name, const char *value, void *arg), void *arg)
{
	static const struct {
		const char *name, *value;
	} always[] = {
	    {"X-Content-Type-Options", "nosniff"},
	    {"Referrer-Policy", "same-origin"},
	    {"Cross-Origin-Opener-Policy", "same-origin"},
	    {"Cross-Origin-Resource-Policy", "same-origin"},
	};

	if (a->status != 304)
		fn("Content-Type", a->type, arg);
	fn("Cache-Control", a->cache, arg);
	fn("Content-Security-Policy", policy_of(a), arg);
	fn("X-Frame-Options", a->foreign ? "SAMEORIGIN" : "DENY", arg);
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		if (!is_said(a, always[i].name))
			fn(always[i].name, always[i].value, arg);
	for (size_t i = 0; i < a->n_fields; i++)
		fn(a->fields[i].name, a->fields[i].value.p, arg);
	if (a->status >= 400 || strncmp(a->type, "text/html", 9) == 0)
		fn("Vary", "Accept-Language", arg);
}

/* ---- languages ---- */

/* "0.5" in thousandths; -1: not of the form. */
static int weight(struct str s)
{
	struct str whole, part;
	int64_t w, p = 0;

	(void)str_cut(s, '.', &whole, &part);
	if (whole.n != 1 || !str_i64(whole, &w) || w < 0 || w > 1 || part.n > 3 ||
	    (part.n > 0 && (!str_i64(part, &p) || p < 0)))
		return -1;
	for (size_t n = part.n; n < 3; n++)
		p *= 10;
	w = w * 1000 + p;
	return w > 1000 ? -1 : (int)w;
}

static int weight_of(struct str params)
{
	struct str one;
	bool more = params.n > 0;

	while (more) {
		more = str_cut(params, ';', &one, &params);
		one = str_trim(one);
		if (str_starts(one, "q="))
			return weight((struct str){one.p + 2, one.n - 2});
	}
	return 1000;
}

enum answer_lang answer_lang(struct str accept)
{
	int best[] = {-1, -1}, any = -1;
	struct str one, tag, params;
	bool more = accept.n > 0;

	while (more) {
		more = str_cut(accept, ',', &one, &accept);
		(void)str_cut(one, ';', &tag, &params);
		(void)str_cut(str_trim(tag), '-', &tag, &one);
		for (int l = ANSWER_EN; l <= ANSWER_DE; l++)
			if (str_is_nocase(tag, l == ANSWER_DE ? "de" : "en") &&
			    weight_of(params) > best[l])
				best[l] = weight_of(params);
		if (str_is(tag, "*"))
			any = weight_of(params);
	}
	for (int l = ANSWER_EN; l <= ANSWER_DE; l++)
		if (best[l] < 0)
			best[l] = any;
	return best[ANSWER_DE] > best[ANSWER_EN] && best[ANSWER_DE] > 0 ? ANSWER_DE : ANSWER_EN;
}
