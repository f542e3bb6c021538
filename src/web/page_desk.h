/* Short names for the templates of the desk, beside page_short.h. */
#ifndef WRIT_PAGE_DESK_H
#define WRIT_PAGE_DESK_H

#include "web/page_short.h"

/* act(p, v, "decide"): where a form of the order v sends what is entered; v has its own "path". */
static inline struct url act(const struct page *p, const struct json *v, const char *way)
{
	struct str path = text(v, "path");

	return page_url_path(str_fmt(p->c, "%.*s/%s", STR_ARG(path), way));
}

/* to(p, "/desk/case/", ref): an address with a reference as its last part. */
static inline struct url to(const struct page *p, const char *before, struct str ref)
{
	return page_url_path(str_fmt(p->c, "%s%.*s", before, STR_ARG(ref)));
}

/* here(p, at): whether this is the form that was sent and is shown again: several forms of a page
 * have fields of the same name, so each names itself in a hidden field "at". */
static inline bool here(const struct page *p, struct str at)
{
	return p->form != NULL && str_eq(page_entered(p, "at"), at);
}

/* again(p, at, "reason"): what was entered there. */
static inline struct str again(const struct page *p, struct str at, const char *name)
{
	return here(p, at) ? page_entered(p, name) : (struct str){"", 0};
}

static inline bool again_is(const struct page *p, struct str at, const char *name, struct str value)
{
	return here(p, at) && str_eq(page_entered(p, name), value);
}

/* drafted(p, o, "return"): the text of this form of an order: what was entered, else the template
 * that was asked for ("way" and "draft" of the order). */
static inline struct str drafted(const struct page *p, const struct json *o, const char *way)
{
	struct str at = str_fmt(p->c, "%.*s-%s", STR_ARG(text(o, "key")), way);

	if (here(p, at))
		return page_entered(p, "reason");
	return is(text(o, "way"), way) ? text(o, "draft") : (struct str){"", 0};
}

/* both(p, v, "says"): "says", or "says_de" for a German reader. */
static inline struct str both(const struct page *p, const struct json *v, const char *key)
{
	struct str de =
	    p->lang == ANSWER_DE ? text(v, str_fmt(p->c, "%s_de", key).p) : (struct str){"", 0};

	return de.n > 0 ? de : text(v, key);
}

/* id(p, key, "reason"): the id of a field, its own on the page. */
static inline struct str id(const struct page *p, struct str key, const char *name)
{
	return str_fmt(p->c, "%.*s-%s", STR_ARG(key), name);
}

static inline bool has_text(struct str s)
{
	return s.n > 0;
}

/* str_left(s, n): its first n bytes, for hashes. */
static inline struct str str_left(struct str s, size_t n)
{
	return s.n > n ? (struct str){s.p, n} : s;
}

/* nth(list, i): NULL past its end. */
static inline const struct json *nth(const struct json *of, size_t i)
{
	return of != NULL && i < of->n ? of->at[i] : NULL;
}

/* oid(p, o, "decide"): the same of an order's form. */
static inline struct str oid(const struct page *p, const struct json *o, const char *name)
{
	return id(p, text(o, "key"), name);
}

/* nid(p, o, x, "send"): the same of the form of one of its numbered things. */
static inline struct str nid(
    const struct page *p, const struct json *o, const struct json *x, const char *name)
{
	return str_fmt(p->c, "%.*s-%lld", STR_ARG(oid(p, o, name)), (long long)num(x, "number"));
}

#endif
