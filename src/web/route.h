/*
 * The route table: one line for each thing that can be asked, with its method, path, who may, and
 * the fields that it takes. What a handler sees has been found here: a path whose parts are of
 * their types, a right that was checked, and fields that their parsers have read. A field that is
 * not in the table is passed over, also one of a form that a handler would know.
 *
 * A path is words and typed parts, "/case/{case:word}/item/{n:number}"; a part "name" also takes
 * "." and "_" within, a part "file" takes the rest with its slashes. The first line that fits
 * counts. Links are built from the same lines (route_link).
 *
 * A line answers itself (run), or it has a view: a function that reads or acts and returns one JSON
 * value. The page, the answer to an act and the API are made of that value in one place (face.h).
 */
#ifndef WRIT_ROUTE_H
#define WRIT_ROUTE_H

#include "desk/right.h"
#include "kind/hash.h"
#include "kind/json.h"
#include "web/answer.h"
#include "web/form.h"

enum route_method { ROUTE_GET, ROUTE_POST }; /* HEAD is GET without the body */

/* Who comes through at all. One function decides (struct route_table); nothing else looks. */
enum route_gate {
	GATE_PUBLIC, /* anybody */
	GATE_METERS, /* the operator: from this machine, or with the token */
	GATE_PERSON, /* who has signed in, of either side */
	GATE_STAFF,  /* a person of the provider */
	GATE_OFFICER /* a person of an authority */
};

enum { ROUTE_PARTS_MAX = 4, ROUTE_FIELDS_MAX = 32, ROUTE_FILES_MAX = 32 };

/* What a field's parser made of it. */
struct route_value {
	bool given;
	struct str text;
	int64_t num;
	/* Of a field that may stand more than once: every one of them, as they came. */
	struct route_value *all;
	size_t n;
};

struct route_field {
	const char *name;
	bool needed;
	/* ERR_INVALID or ERR_LIMIT with what is wrong, without quoting it. */
	int (*parse)(struct ctx *c, struct str text, struct route_value *ret);
	bool many; /* may stand more than once: item=1&item=2 */
};

/* Which files a form may bring; without it, none. */
struct route_files {
	const char *fields; /* their fields' names, divided by blanks */
	size_t most;        /* how many, of all fields together; up to ROUTE_FILES_MAX */
	int64_t each, all;  /* bytes: of one, and of the whole request */
};

/* A file that came whole. It lies in the spool until the answer is made: who wants to keep it
 * copies or renames it before. */
struct route_file {
	struct str field;
	struct str name; /* a text, never a path (web/file_name.h); "" when nothing of it is left */
	struct str type; /* as the sender says, believed by nobody; "" without */
	struct str path; /* NUL-terminated */
	int64_t size;
	struct hash hash; /* SHA-256 */
};

/* What a handler is given beside the answer. */
struct route_ask {
	struct ctx *c;
	void *site; /* of whoever made the table */
	struct instance *in;
	const struct route_table *table;
	const struct route *route;
	struct str parts[ROUTE_PARTS_MAX];           /* in the order of the path */
	struct route_value fields[ROUTE_FIELDS_MAX]; /* in the order of the route's list */
	const struct route_file *files;              /* as they came */
	size_t n_files;
	enum answer_lang lang;
	struct str if_none_match;
	struct str token;   /* of "Authorization: Bearer", "" without */
	struct str session; /* of the cookie, "" without */
	struct str round;   /* of the cookie of a round through the OpenID provider (desk/oidc.h) */
	struct str repeat;  /* of "Idempotency-Key", "" without */
	bool local;         /* from this machine, and not passed on by another server */
	bool own_page; /* the browser says that one of our own pages sends this, or says nothing */
	bool api;      /* below /api/v1: answered as JSON, for bearers of a token */
	/* Who has signed in (struct route_table, sign_in); NULL: nobody. */
	const struct person *who;
	bool officer;     /* who is of an authority */
	struct str proof; /* what each of their forms must carry */
	int64_t login;    /* the session's number, 0 without */
	struct str from;  /* the network address that asks, as the server in front says it */
	const char *why;  /* one word for the log: which check refused; NULL without */
	/* A view may say where a browser goes next, in place of its line's `next`: a path of
	 * ours. */
	struct str go_on;
	struct str wrong; /* the field that was not of its form, "" without */
	struct answer *a; /* for what a view has to say beside its value: cookies */
};

struct page;

struct route {
	const char *name; /* in logs and meters, and in links */
	enum route_method method;
	const char *path;
	enum route_gate gate;
	/* 0: a is what is answered; ERR_*: an error in its place (answer_code). */
	int (*run)(struct route_ask *ask, struct answer *a);
	const struct route_field *fields;
	size_t n_fields;
	/* In place of run. */
	int (*view)(struct route_ask *ask, struct json **ret);
	/* Of a GET; and of a POST without `next`, whose fields may not stand in an address. */
	void (*page)(struct page *p, const struct json *view);
	/* Of a POST: the name of the line whose page comes next, and of the one whose form is shown
	 * again with what was wrong ("": next). Their parts are the first ones of this path. */
	const char *next, *form;
	const char *done;  /* of a POST: what the next page says, a text of the catalogue */
	const char *title; /* what it is, in a few words: for the API's description */
	/* Not within the transaction of another: it tells the outside that something is on disk. */
	bool alone;
	/* Of a GET: its view writes something down all the same (who tries in vain), and so is not
	 * run within db_look. */
	bool notes;
	/* What it answers is shown this once: it is kept nowhere, also not to be asked again with
	 * the same Idempotency-Key. */
	bool secret;
	bool righted; /* what it does needs a right (ROUTE_NEEDS); desk asks for it again */
	enum right right;
	const struct route_files *files; /* of a POST: those it may bring; NULL: none */
};

#define ROUTE_NEEDS(of) .righted = true, .right = (of)

/* ROUTE_TAKES(list): the fields of a line that names its members. */
#define ROUTE_TAKES(list) .fields = (list), .n_fields = sizeof(list) / sizeof((list)[0])

struct route_table {
	const struct route *routes;
	size_t n;
	/* Fills in who asks. ERR_*: whoever it claims to be is not to be believed. */
	int (*sign_in)(struct route_ask *ask);
	/* 0, or ERR_DENIED, or ERR_NOTFOUND where not even that is to be told. */
	int (*may)(const struct route_ask *ask, const struct route *r);
};

/* route_find(t, method, path, ret_parts, ret_route): 0; ERR_NOTFOUND; ERR_DENIED when the path is
 * there, but not for this method: then ret_route alone is set. method: "GET", "HEAD" or "POST", any
 * other fits nothing. */
int route_find(const struct route_table *t, struct str method, struct str path,
    struct str ret_parts[static ROUTE_PARTS_MAX], const struct route **ret_route);
/* route_named(t, name): the first line of this name; NULL: none. */
const struct route *route_named(const struct route_table *t, const char *name);
/* route_fields(ask, form): reads the form's fields by the route's list into ask. ERR_INVALID: one
 * is missing, stands twice or is not of its form; ERR_LIMIT. A field that is given and empty counts
 * as not given, as browsers send those that were not filled in. */
int route_fields(struct route_ask *ask, const struct form *form) MUST_CHECK;
/* route_parts(r): how many parts its path has. */
size_t route_parts(const struct route *r);
/* route_link(b, r, parts, n): the path with these parts, encoded. That they are of their types is
 * asserted, and so is their number. */
void route_link(struct buf *b, const struct route *r, const struct str *parts, size_t n);

#endif
