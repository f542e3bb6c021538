/*
 * What a compiled template writes with: the page under way, and values by their type and place.
 *
 *   {{ x }} in element text     page_put:   struct str, const char *, int, int64_t, size_t (in the
 *                                           reader's language), struct when, struct html
 *   {{ x }} in a quoted value   page_attr:  struct str, const char *, numbers as plain digits
 *   {{ x }} in href and so on   page_href:  struct url alone
 *
 * Another type, another place or a struct str in href does not compile. Texts come from anybody and
 * are escaped; control characters and marks of direction are made visible (base/plain.h), so that
 * a name cannot turn the order of the words around it. A struct html is what our own code has
 * written with these functions. Templates use the short names of web/page_short.h.
 */
#ifndef WRIT_PAGE_H
#define WRIT_PAGE_H

#include "kind/day.h"
#include "kind/json.h"
#include "web/form.h"
#include "web/lang.h"

struct law;

enum { PAGE_TITLE_MAX = 4096, PAGE_URL_MAX = 4096 };

/* An address within a page. Only page_url_* make one. */
struct url {
	struct str text;
};

/* Markup that our own code has written. */
struct html {
	struct str text;
};

/* A day or an instant to be shown. */
enum when_form {
	WHEN_DAY,     /* 31 Jan 2013 */
	WHEN_WEEKDAY, /* Thu, 31 Jan 2013 */
	WHEN_INSTANT, /* 31 Jan 2013, 09:00, in the provider's zone */
	WHEN_ZONED,   /* 31 Jan 2013, 09:00 GMT+1: for readers elsewhere */
	WHEN_CLOCK    /* in 3 hours, 2 days ago: from the page's now; the instant as its title */
};
struct when {
	enum when_form form;
	struct day day;    /* WHEN_DAY, WHEN_WEEKDAY */
	struct instant at; /* the others */
};

struct page {
	struct ctx *c;
	struct buf *b; /* where it is written */
	enum answer_lang lang;
	int64_t now;           /* seconds since the epoch */
	const struct law *law; /* names fields and refusal codes; NULL: they stand for themselves */
	struct str zone;       /* of the provider, "Europe/Berlin"; told in the foot */
	struct str provider;   /* its name */
	struct str title;      /* set by the template */
	struct str path;       /* of this page, for what comes back to it */
	struct str who;        /* name of who is signed in, "" without */
	struct str proof;      /* goes into every form that posts, as the field "proof" (CSRF) */
	struct str error;      /* what went wrong with the form that was sent, "" if nothing */
	struct str error_field;  /* which field it was, "" without one */
	struct str note;         /* what was done just now, "" without */
	const struct form *form; /* what was entered, where a form is shown again; else NULL */
	/* [{"label": "Inbox", "url": "/desk", "current": true, "count": 3}], labels in the page's
	 * language, addresses of ours; NULL: no navigation */
	const struct json *nav;
};

/* page_init(c, b, lang): an empty page at the context's now. */
struct page page_init(struct ctx *c, struct buf *b, enum answer_lang lang);

/* ---- addresses ---- */

/* PAGE_URL("/desk"): of a literal. */
#define PAGE_URL(lit) ((struct url){STR(lit)})
/* page_url_path(c, s): a path of ours, as route_link writes them: begins with one "/", holds
 * nothing that a path does not (RFC 3986 3.3, and "?" with a query). "#" for any other. */
struct url page_url_path(struct str s);
/* page_url_query(c, to, name, value): with one more field of a query. */
struct url page_url_query(struct ctx *c, struct url to, const char *name, struct str value);
/* page_url_web(s): an address of others, such as the place of a statute: https:// and then only
 * characters of an address (RFC 3986). "#" for any other. */
struct url page_url_web(struct str s);

/* ---- writing ---- */

/* page_escape(b, s): text as it may stand in an element and within quotes. */
void page_escape(struct buf *b, struct str s);

void page_put_str(struct page *p, struct str s);
void page_put_z(struct page *p, const char *z);
void page_put_num(struct page *p, int64_t n);
void page_put_size(struct page *p, size_t n);
void page_put_when(struct page *p, struct when w);
void page_put_html(struct page *p, struct html h);
void page_attr_num(struct page *p, int64_t n);
void page_attr_size(struct page *p, size_t n);
void page_plain_str(struct page *p, struct str s);
void page_plain_z(struct page *p, const char *z);

/* clang-format off */
#define page_put(p, x) _Generic((x), struct str: page_put_str, const char *: page_put_z, \
	char *: page_put_z, int: page_put_num, int64_t: page_put_num, size_t: page_put_size, \
	struct when: page_put_when, struct html: page_put_html)((p), (x))
#define page_attr(p, x) _Generic((x), struct str: page_put_str, const char *: page_put_z, \
	char *: page_put_z, int: page_attr_num, int64_t: page_attr_num, size_t: page_attr_size)((p), (x))
#define page_plain(p, x) _Generic((x), struct str: page_plain_str, const char *: page_plain_z, \
	char *: page_plain_z, int: page_attr_num, int64_t: page_attr_num, size_t: page_attr_size)((p), (x))
/* clang-format on */
void page_href(struct page *p, struct url u);

/* page_proof(p): the hidden field of a form that posts; templates call it by themselves. */
void page_proof(struct page *p);

/* ---- what a page says ---- */

/* page_say(p, "English text"): by the catalogue. */
struct str page_say(const struct page *p, const char *id);
/* page_word(p, kind, word): a word of the database in the page's language. Kinds that are known
 * elsewhere have their names from there: "field" and "code" (law/vocabulary.yaml), "country"
 * (kind/land.h), "outcome", "refusal", "channel", "class", "status" (out/report_word.h). The others
 * stand in lang/ as "word KIND", by what they are words of: demand, order, matter, item (states),
 * verdict (of a finding), answer, decision, basis, hold, source, fold, production, preservation,
 * bars, against, challenge, message, edition, erasure, statement, part, permission, role; and of
 * facts: body, level, issuer, validator, form, service_class, target. */
struct str page_word(const struct page *p, const char *kind, struct str word);
/* page_entered(p, name): what was entered into this field, "" where nothing was. */
struct str page_entered(const struct page *p, const char *name);
/* page_has(v, key): there, and neither null nor an empty text, list or map. */
bool page_has(const struct json *v, const char *key);
/* page_when(v, key, form): of a text YYYY-MM-DD or an instant of RFC 3339; none where there is no
 * such text. */
struct when page_when(struct page *p, const struct json *v, const char *key, enum when_form form);

#endif
