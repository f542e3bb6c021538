/*
 * The route table: one line for each thing that can be asked, with its method, path, right, and the
 * fields that it takes. What a handler sees has been found here: a path whose parts are of their
 * types, a right that was checked, and fields that their parsers have read. A field that is not in
 * the table is passed over, also one of a form that a handler would know.
 *
 * A path is words and typed parts, "/case/{case:word}/item/{n:number}"; a part "file" takes the
 * rest with its slashes. The first line that fits counts. Links are built from the same lines
 * (route_link). Pure.
 */
#ifndef WRIT_ROUTE_H
#define WRIT_ROUTE_H

#include "web/answer.h"
#include "web/form.h"

enum route_method { ROUTE_GET, ROUTE_POST }; /* HEAD is GET without the body */

/* Who may. One function decides (struct route_table); nothing else looks at rights. */
enum route_right {
	RIGHT_PUBLIC, /* anybody */
	RIGHT_METERS  /* the operator: from this machine, or with the token */
};

enum { ROUTE_PARTS_MAX = 4, ROUTE_FIELDS_MAX = 32 };

/* What a field's parser made of it. */
struct route_value {
	bool given;
	struct str text;
	int64_t num;
};

struct route_field {
	const char *name;
	bool needed;
	/* ERR_INVALID or ERR_LIMIT with what is wrong, without quoting it. */
	int (*parse)(struct ctx *c, struct str text, struct route_value *ret);
};

/* What a handler is given beside the answer. */
struct route_ask {
	struct ctx *c;
	void *site; /* of whoever made the table: the instance and so on */
	const struct route_table *table;
	const struct route *route;
	struct str parts[ROUTE_PARTS_MAX];           /* in the order of the path */
	struct route_value fields[ROUTE_FIELDS_MAX]; /* in the order of the route's list */
	enum answer_lang lang;
	struct str if_none_match;
	struct str token; /* of "Authorization: Bearer", "" without */
	bool local;       /* from this machine, and not passed on by another server */
};

struct route {
	const char *name; /* in logs and meters */
	enum route_method method;
	const char *path;
	enum route_right right;
	/* 0: a is what is answered; ERR_*: an error page in its place (answer_code). */
	int (*run)(struct route_ask *ask, struct answer *a);
	const struct route_field *fields;
	size_t n_fields;
};

struct route_table {
	const struct route *routes;
	size_t n;
	/* 0, or ERR_DENIED, or ERR_NOTFOUND where not even that is to be told. */
	int (*may)(const struct route_ask *ask, enum route_right right);
};

/* route_find(t, method, path, ret_parts, ret_route): 0; ERR_NOTFOUND; ERR_DENIED when the path is
 * there, but not for this method: then ret_route alone is set. method: "GET", "HEAD" or "POST", any
 * other fits nothing. */
int route_find(const struct route_table *t, struct str method, struct str path,
    struct str ret_parts[static ROUTE_PARTS_MAX], const struct route **ret_route);
/* route_fields(ask, form): reads the form's fields by the route's list into ask. ERR_INVALID: one
 * is missing, stands twice or is not of its form; ERR_LIMIT. */
int route_fields(struct route_ask *ask, const struct form *form) MUST_CHECK;
/* route_answer(t, ask, form, a): the right, the fields, the handler; the answer is complete. */
void route_answer(
    const struct route_table *t, struct route_ask *ask, const struct form *form, struct answer *a);
/* route_link(b, r, parts, n): the path with these parts, encoded. That they are of their types is
 * asserted, and so is their number. */
void route_link(struct buf *b, const struct route *r, const struct str *parts, size_t n);

#endif
