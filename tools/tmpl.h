/* What the parts of tools/tmpl share: text that grows, places, messages, the state of the HTML. */
#ifndef TMPL_H
#define TMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* ---- text and places (tmpl_text.c) ---- */

struct place {
	const char *file;
	int line, col; /* from 1; col in bytes */
};

/* fault(at, ...): "FILE:LINE:COL: text" and the build ends. */
__attribute__((noreturn, format(printf, 2, 3))) void fault(struct place at, const char *fmt, ...);

struct text {
	char *p; /* NUL-terminated once anything was added */
	size_t n, cap;
};

void *grow(void *p, size_t size);
void text_add(struct text *t, const char *p, size_t n);
void text_addz(struct text *t, const char *z);
void text_addc(struct text *t, char ch);
__attribute__((format(printf, 2, 3))) void text_fmt(struct text *t, const char *fmt, ...);
/* text_literal(t, p, n): a C string literal. */
void text_literal(struct text *t, const char *p, size_t n);
/* text_html(t, p, n): what is markup in text or in a quoted value as entities. */
void text_html(struct text *t, const char *p, size_t n);
/* text_copy(p, n): a NUL-terminated copy. */
char *text_copy(const char *p, size_t n);
/* text_file(path): all of a file. */
struct text text_file(const char *path);
/* text_write(path, t): writes it; a file that holds just this already is left alone, so that what
 * is made of it is not made again. */
void text_write(const char *path, const struct text *t);

/* ---- messages (tmpl_po.c) ---- */

struct po_entry {
	char *note;                  /* comment lines, "" without */
	char *context, *id, *plural; /* context "" and plural NULL without */
	char *text[2];               /* text[1]: the plural's */
	bool fuzzy, used;
	struct place at;
};

struct po {
	const char *file;
	struct po_entry *v;
	size_t n;
};

struct po po_read(const char *path);
/* po_find: NULL when there is none. */
struct po_entry *po_find(const struct po *po, const char *context, const char *id);
/* po_add(po, e): in the place of its order. */
void po_add(struct po *po, const struct po_entry *e);
/* po_write: all but what is not used and what was never translated and is not used. */
void po_write(const struct po *po, const char *path);
/* po_put(out, e): one entry. */
void po_put(struct text *out, const struct po_entry *e);

/* ---- the catalogue in use (tmpl_say.c) ---- */

struct say {
	struct po de, en;
	struct po errors; /* German of what err_set and err_while say; file NULL: not looked at */
	bool lenient;     /* a missing translation is noted and no fault */
	struct po_entry *missing;
	size_t n_missing;
};

/* say_use(s, context, id, plural, at): somebody says this: ret[0..1] English, ret[2..3] German, the
 * second of each for the plural. */
void say_use(struct say *s, const char *context, const char *id, const char *plural,
    struct place at, const char *ret[4]);
/* say_scan(s, p, n, at): what C code says: lang_say(x, "..."), page_say(x, "..."), SAY("..."); and
 * of errors the texts of err_set(c, code, "..."), err_while and ERR_TEXT("..."). */
void say_scan(struct say *s, const char *p, size_t n, struct place at);
/* say_check(s): nothing in the files that nobody says, and each word in both languages. */
void say_check(struct say *s);
/* say_table(s, out): lang_gen.c. */
void say_table(struct say *s, struct text *out);

/* ---- errors (tmpl_error.c) ---- */

/* Their context in the catalogue. */
extern const char error_context[];
/* error_call(s, name, n, p, end, at): a call of C code whose parenthesis ends before p; true: it is
 * one that records an error, and its text is in use now. What is plainly ERR_FAIL is passed over:
 * it is told nobody (face.h), and so is a text of conversions alone. */
bool error_call(
    struct say *s, const char *name, size_t n, const char *p, const char *end, struct place at);
/* error_bad(id, text): what is wrong with the conversions of a translation, NULL if nothing: each
 * argument is printed as the same type as in the English, in the same order or by number ("%2$s").
 */
const char *error_bad(const char *id, const char *text);

/* ---- reading C code (tmpl_say.c) ---- */

/* scan_skip(p, end): past white space, a comment and a string or character at p; p itself where
 * none stands there. */
const char *scan_skip(const char *p, const char *end);
/* scan_second(p, end): past the first argument of a call and its comma; NULL without one. */
const char *scan_second(const char *p, const char *end);
/* scan_literal(p, end, at): the string literals at *p, joined, and *p behind them; NULL: none. */
char *scan_literal(const char **p, const char *end, struct place at);

/* ---- HTML (tmpl_html.c) ---- */

enum html_state {
	HTML_TEXT,
	HTML_OPEN,   /* "<" */
	HTML_NAME,   /* of a start tag */
	HTML_END,    /* of an end tag */
	HTML_SPACE,  /* in a tag, after white space */
	HTML_TIGHT,  /* in a tag, white space or its end must follow */
	HTML_ATTR,   /* an attribute's name */
	HTML_EQUALS, /* a quote must follow */
	HTML_VALUE,  /* within quotes */
	HTML_SLASH,  /* ">" must follow */
	HTML_BANG,   /* "<!" */
	HTML_COMMENT
};

/* What stands in an attribute of addresses so far. */
enum html_url { URL_START, URL_LITERAL, URL_VALUE, URL_FRAGMENT };

enum { HTML_DEPTH = 64, HTML_WORD = 64 };

struct html_open {
	char name[HTML_WORD];
	struct place at;
};

struct html {
	enum html_state state;
	char tag[HTML_WORD], attr[HTML_WORD], value[256];
	size_t n_value;
	char quote;
	enum html_url url;
	bool url_first; /* it begins with a struct url */
	bool has_src, posts;
	bool dynamic;    /* the value of this attribute is not all literal */
	bool line_start; /* white space that follows is dropped */
	bool newline;    /* one is due before anything else */
	bool space;      /* the same within a tag */
	struct place at; /* of the tag */
	struct html_open open[HTML_DEPTH];
	size_t depth;
};

/* Where a value stands, and so how it is written. */
enum html_spot { SPOT_TEXT, SPOT_ATTR, SPOT_URL };

/* html_char(h, ch, at, out): one character of the template; true: a form that posts has just begun.
 */
bool html_char(struct html *h, char ch, struct place at, struct text *out);
/* html_value(h, at, out): a value comes next; a fault where none may stand. */
enum html_spot html_value(struct html *h, struct place at, struct text *out);
/* html_words(h, at, out): the same for a message of the catalogue. */
enum html_spot html_words(struct html *h, struct place at, struct text *out);
/* html_branch(h, at, out): a branch, a loop or their end comes next. */
void html_branch(struct html *h, struct place at, struct text *out);
/* html_join(a, b, at): after two ways to this place; a fault where they differ. */
void html_join(struct html *a, const struct html *b, struct place at);
/* html_plain_text(h): in element text where elements may stand. */
bool html_plain_text(const struct html *h);
/* html_end(h, from, at): the end of a page or part: all is closed. */
void html_end(const struct html *h, struct place at);

/* ---- templates (tmpl.c, tmpl_gen.c) ---- */

struct used {
	char *name;
	struct place at;
};

struct gen {
	struct say *say;
	struct text h, top, code, literal; /* literal: static text that is not written yet */
	struct html html;
	/* the file being read */
	const char *file;
	struct text in;
	size_t at;
	int line;
	size_t line_from;
	/* all files */
	struct used *parts, *uses;
	size_t n_parts, n_uses;
	bool in_frame;
};

/* gen_flush: the static text so far as code. */
void gen_flush(struct gen *g);
/* gen_line(g, at): the compiler's faults in what follows name the template. */
void gen_line(struct gen *g, struct place at);
/* gen_value(g, expr, at): {{ expr }}. */
void gen_value(struct gen *g, const char *expr, struct place at);
/* gen_message(g, text, n, at, plain): {_ text _}; plain: for no HTML at all. */
void gen_message(struct gen *g, const char *p, size_t n, struct place at, bool plain);
/* gen_file(g, path): a template. */
void gen_file(struct gen *g, const char *path);

#endif
