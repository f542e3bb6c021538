/*
 * Short names for templates, over struct json and struct page. Only compiled templates include
 * this. What is absent is "", 0, false, or an empty list; nothing here fails.
 *
 *   text(v, "k")  num(v, "k")  yes(v, "k")  has(v, "k")  list(v, "k")  map(v, "k")
 *   str(x)  int_of(x)     of an element of a list that is a text or a number itself
 *   count(list)           how many
 *   is(s, "word")         a text is just this
 *   day(p, v, "k")  weekday(p, v, "k")  at(p, v, "k")  zoned(p, v, "k")  due(p, v, "k")
 *                         {{ }} shows them as <time>: enum when_form in web/page.h
 *   word(p, "order", text(v, "state"))                  a word of the database, for people
 *   say(p, "English")     a text of the catalogue within an expression; elsewhere {_ _}
 *   url(text(v, "url"))   a path of ours out of data;  web(text(v, "link")) one of others;
 *   PAGE_URL("/desk")     a literal;  with(p, url, "page", "2") one more field of a query
 *   entered(p, "f")       what was entered;  entered_or(p, "f", text(v, "f")) or else this
 *   chosen(p, "f", "x")   whether it is just this;  wrong(p, "f") whether the error is about it
 *   {% for x in list(v, "k") %}: x_at.i counts from 0; first(x_at), last(x_at); key(x_at) in a map
 */
#ifndef WRIT_PAGE_SHORT_H
#define WRIT_PAGE_SHORT_H

#include "web/asset.h"
#include "web/page.h"

#define PAGE_PART __attribute__((unused)) static

struct page_walk {
	const struct json *of;
	size_t i;
};

/* The second loop runs once: it only names the element. */
#define PAGE_EACH(x, list)                                                                         \
	for (struct page_walk x##_at = {(list), 0}; x##_at.of != NULL && x##_at.i < x##_at.of->n;  \
	     x##_at.i++)                                                                           \
		for (const struct json *x = x##_at.of->at[x##_at.i], *x##_once = x;                \
		     x##_once != NULL; x##_once = NULL)

static inline struct str text(const struct json *v, const char *key)
{
	return json_text(v, key);
}

static inline int64_t int_of(const struct json *x)
{
	return x != NULL && x->kind == JSON_INT ? x->num : 0;
}

static inline struct str str(const struct json *x)
{
	return x != NULL && x->kind == JSON_TEXT ? x->text : (struct str){"", 0};
}

static inline int64_t num(const struct json *v, const char *key)
{
	return int_of(json_find(v, key));
}

static inline bool yes(const struct json *v, const char *key)
{
	const struct json *x = json_find(v, key);

	return x != NULL && x->kind == JSON_BOOL && x->yes;
}

static inline bool has(const struct json *v, const char *key)
{
	return page_has(v, key);
}

static inline const struct json *list(const struct json *v, const char *key)
{
	return json_find(v, key);
}

static inline const struct json *map(const struct json *v, const char *key)
{
	return json_find(v, key);
}

static inline size_t count(const struct json *of)
{
	return of == NULL ? 0 : of->n;
}

static inline bool is(struct str s, const char *z)
{
	return str_is(s, z);
}

static inline bool first(struct page_walk w)
{
	return w.i == 0;
}

static inline bool last(struct page_walk w)
{
	return w.i + 1 == w.of->n;
}

static inline struct str key(struct page_walk w)
{
	return w.of->kind == JSON_MAP ? w.of->key[w.i] : (struct str){"", 0};
}

static inline struct when day(struct page *p, const struct json *v, const char *key)
{
	return page_when(p, v, key, WHEN_DAY);
}

static inline struct when at(struct page *p, const struct json *v, const char *key)
{
	return page_when(p, v, key, WHEN_INSTANT);
}

static inline struct when weekday(struct page *p, const struct json *v, const char *key)
{
	return page_when(p, v, key, WHEN_WEEKDAY);
}

static inline struct when zoned(struct page *p, const struct json *v, const char *key)
{
	return page_when(p, v, key, WHEN_ZONED);
}

static inline struct when due(struct page *p, const struct json *v, const char *key)
{
	return page_when(p, v, key, WHEN_CLOCK);
}

static inline struct str word(const struct page *p, const char *kind, struct str s)
{
	return page_word(p, kind, s);
}

static inline struct str say(const struct page *p, const char *id)
{
	return page_say(p, id);
}

static inline struct url url(struct str s)
{
	return page_url_path(s);
}

static inline struct url web(struct str s)
{
	return page_url_web(s);
}

static inline struct url with(struct page *p, struct url to, const char *name, struct str value)
{
	return page_url_query(p->c, to, name, value);
}

static inline struct str entered(const struct page *p, const char *name)
{
	return page_entered(p, name);
}

static inline struct str entered_or(const struct page *p, const char *name, struct str otherwise)
{
	return p->form == NULL ? otherwise : page_entered(p, name);
}

static inline bool chosen(const struct page *p, const char *name, const char *value)
{
	return str_is(page_entered(p, name), value);
}

static inline bool wrong(const struct page *p, const char *name)
{
	return p->error.n > 0 && str_is(p->error_field, name);
}

#endif
