/*
 * Pages and acts of the desk, asked for as a browser does: through the route table, with the rights
 * and the fields of its lines, by a person who has signed in. The story's instance answers.
 */
#ifndef WRIT_TEST_DESK_PAGES_H
#define WRIT_TEST_DESK_PAGES_H

#include "desk_story.h"

#include "web/face.h"
#include "store/blob.h"
#include "web/table.h"

struct asked {
	int status;
	struct str body, type, location;
	int file;
};

static inline struct asked ask_with(struct story *st, const struct person *who, const char *method,
    struct str path, struct str fields, enum answer_lang lang, const struct route_file *files,
    size_t n_files)
{
	struct route_table *table = table_make(st->c);
	struct answer a = answer_init(st->c, lang);
	struct route_ask ask = {.c = st->c,
	    .in = st->in,
	    .table = table,
	    .lang = lang,
	    .own_page = true,
	    .who = who,
	    .officer = who != NULL && who->roles == 0,
	    .from = STR("192.0.2.7"),
	    .files = files,
	    .n_files = n_files,
	    .proof = STR("proof-of-the-session")};
	struct asked r;
	struct form form;

	table->sign_in = NULL; /* who it is stands in the ask */
	assert_ok(st->c, form_parse(st->c, fields, &form));
	if (route_find(table, str_of(method), path, ask.parts, &ask.route) != 0)
		fail_msg("no route for %s", path.p);
	face_answer(table, &ask, &form, &a);
	r = (struct asked){a.status, buf_str(&a.body), str_of(a.type), STR(""), a.file};
	for (size_t i = 0; i < a.n_fields; i++)
		if (strcmp(a.fields[i].name, "Location") == 0)
			r.location = a.fields[i].value;
	return r;
}

static inline struct asked ask_by(struct story *st, const struct person *who, const char *method,
    struct str path, struct str fields, enum answer_lang lang)
{
	return ask_with(st, who, method, path, fields, lang, NULL, 0);
}

static inline struct asked page_of(struct story *st, const struct person *who, struct str path)
{
	return ask_by(st, who, "GET", path, STR(""), ANSWER_EN);
}

/* A form that is sent: fields as "a=b&c=d"; the session's proof comes by itself. */
static inline struct asked post_by(
    struct story *st, const struct person *who, struct str path, const char *fields)
{
	return ask_by(st, who, "POST", path,
	    str_fmt(st->c, "proof=proof-of-the-session%s%s", fields[0] == '\0' ? "" : "&", fields),
	    ANSWER_EN);
}

static inline void assert_on(struct asked page, const char *text)
{
	if (strstr(page.body.p, text) == NULL)
		fail_msg("the page has no \"%s\":\n%s", text, page.body.p);
}

static inline void assert_not_on(struct asked page, const char *text)
{
	if (strstr(page.body.p, text) != NULL)
		fail_msg("the page has \"%s\"", text);
}

#endif
