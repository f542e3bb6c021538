/*
 * The HTML of a template, character by character: where a value may stand and how it is escaped
 * there, and that every element is closed where it was opened. It takes a strict dialect: values of
 * attributes in double or single quotes, every end tag written, names of elements in lower case.
 */
#include "tmpl.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool one_of(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = list; n > 0 && *p != '\0';) {
		size_t len = strcspn(p, " ");

		if (len == n && strncasecmp(p, name, n) == 0)
			return true;
		p += len;
		p += strspn(p, " ");
	}
	return false;
}

static bool is_void(const char *tag)
{
	return one_of("area br col hr img input link meta source track wbr", tag);
}

static bool keeps_space(const char *tag)
{
	return one_of("pre textarea", tag);
}

static bool closes_p(const char *tag)
{
	return one_of(
	    "address article aside blockquote details dialog div dl fieldset figcaption figure "
	    "footer "
	    "form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul",
	    tag);
}

/* The innermost open element, "" outside of all. */
static const char *inside(const struct html *h)
{
	return h->depth == 0 ? "" : h->open[h->depth - 1].name;
}

static bool within(const struct html *h, const char *tag)
{
	for (size_t i = 0; i < h->depth; i++)
		if (strcmp(h->open[i].name, tag) == 0)
			return true;
	return false;
}

static void word_add(char *word, char ch, struct place at)
{
	size_t n = strlen(word);

	if (n + 2 > HTML_WORD)
		fault(at, "a name of more than %d letters", HTML_WORD - 2);
	word[n] = ch;
	word[n + 1] = '\0';
}

/* What was put off comes now. */
static void due(struct html *h, struct text *out)
{
	if (h->newline)
		text_addc(out, '\n');
	if (h->space)
		text_addc(out, ' ');
	h->newline = h->space = false;
}

static void put(struct html *h, char ch, struct text *out)
{
	due(h, out);
	text_addc(out, ch);
	h->line_start = false;
}

/* ---- tags ---- */

static void nesting_check(const struct html *h)
{
	const char *tag = h->tag;

	if (one_of("style base object embed applet foreignobject", tag))
		fault(h->at, "<%s> is not for pages of ours", tag);
	if (one_of("title textarea script option", inside(h)))
		fault(h->at, "<%s> within <%s>", tag, inside(h));
	if (strcmp(inside(h), "p") == 0 && closes_p(tag))
		fault(h->at, "<%s> within <p>, which it would close", tag);
	if (one_of("a form button label", tag) && within(h, tag))
		fault(h->at, "<%s> within <%s>", tag, tag);
	if (one_of("a button input select textarea form", tag) &&
	    (within(h, "a") || within(h, "button")))
		fault(h->at, "<%s> within something that can be activated itself", tag);
}

/* ">" of a start tag; true: a form that posts. */
static bool start_tag(struct html *h, bool closed, struct place at)
{
	h->state = HTML_TEXT;
	nesting_check(h);
	if (one_of("script", h->tag) && within(h, "svg"))
		fault(h->at, "<script> within <svg>");
	if (one_of("script", h->tag) && !h->has_src)
		fault(h->at, "a script of its own file, with src, is needed");
	if (closed && !is_void(h->tag) && !within(h, "svg"))
		fault(at, "\"/>\" closes nothing here: <%s> needs </%s>", h->tag, h->tag);
	if (closed || is_void(h->tag))
		return false;
	if (h->depth == HTML_DEPTH)
		fault(at, "more than %d elements in each other", HTML_DEPTH);
	memcpy(h->open[h->depth].name, h->tag, sizeof h->tag);
	h->open[h->depth++].at = h->at;
	return strcmp(h->tag, "form") == 0 && h->posts;
}

static void end_tag(struct html *h, struct place at)
{
	h->state = HTML_TEXT;
	if (h->depth == 0)
		fault(at, "</%s> closes nothing", h->tag);
	if (strcmp(inside(h), h->tag) != 0)
		fault(at, "</%s> closes <%s> of line %d", h->tag, inside(h),
		    h->open[h->depth - 1].at.line);
	h->depth--;
}

/* ---- attributes ---- */

static bool is_url(const char *attr)
{
	return one_of("href src action formaction poster data cite xlink:href", attr);
}

static void attr_check(const struct html *h, struct place at)
{
	if (strncasecmp(h->attr, "on", 2) == 0)
		fault(at, "no script in attributes: %s", h->attr);
	if (strcasecmp(h->attr, "style") == 0)
		fault(at, "no style in attributes: a class of the style sheet");
	if (one_of("srcdoc srcset imagesrcset ping http-equiv manifest background", h->attr))
		fault(at, "the attribute %s is not for pages of ours", h->attr);
}

static void attr_start(struct html *h)
{
	h->attr[0] = '\0';
	h->n_value = 0;
	h->value[0] = '\0';
	h->dynamic = h->url_first = false;
	h->url = URL_START;
}

static void value_end(struct html *h, struct place at)
{
	static const char *const good[] = {"/", "#", "?", "https://", "mailto:"};
	bool known = h->url_first;

	h->state = HTML_TIGHT;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		known |= strncmp(h->value, good[i], strlen(good[i])) == 0;
	if (strncmp(h->value, "//", 2) == 0 || memchr(h->value, '\\', h->n_value) != NULL)
		known = false;
	if (is_url(h->attr) && !known)
		fault(at, "%s is a path, #, ?, https:// or a struct url", h->attr);
	if (strcasecmp(h->attr, "src") == 0)
		h->has_src = true;
	if (strcasecmp(h->attr, "method") == 0) {
		if (h->dynamic || (strcmp(h->value, "post") != 0 && strcmp(h->value, "get") != 0))
			fault(at, "method is \"post\" or \"get\"");
		h->posts = strcmp(h->value, "post") == 0;
	}
	if (strcasecmp(h->attr, "formmethod") == 0)
		fault(at, "formmethod would pass by the protection of the form");
}

static void value_char(struct html *h, char ch, struct place at, struct text *out)
{
	if (ch == h->quote) {
		value_end(h, at);
		put(h, ch, out);
		return;
	}
	if (ch == '<')
		fault(at, "\"<\" in a value: is a quote missing?");
	if (h->n_value + 1 < sizeof h->value) {
		h->value[h->n_value++] = ch;
		h->value[h->n_value] = '\0';
	}
	if (is_url(h->attr)) {
		if (h->url == URL_VALUE && ch != '#')
			fault(at, "only # may follow a struct url");
		if (ch == '#')
			h->url = URL_FRAGMENT;
		else if (h->url == URL_START)
			h->url = URL_LITERAL;
	}
	if (h->line_start && isspace((unsigned char)ch))
		return;
	if (ch == '\n') {
		put(h, ' ', out);
		h->line_start = true;
		return;
	}
	put(h, ch, out);
}

/* ---- the states ---- */

static void text_char(struct html *h, char ch, struct place at, struct text *out)
{
	if (ch == '<') {
		h->state = HTML_OPEN;
		h->at = at;
		h->tag[0] = '\0';
		h->has_src = h->posts = false;
		return;
	}
	if (ch == '>')
		fault(at, "\">\" outside of a tag: &gt;");
	if (strcmp(inside(h), "script") == 0 && !isspace((unsigned char)ch))
		fault(at, "no script in pages");
	if (keeps_space(inside(h))) {
		put(h, ch, out);
	} else if (isspace((unsigned char)ch) && (h->line_start || h->newline)) {
		return;
	} else if (ch == '\n') {
		h->newline = h->line_start = true;
	} else {
		put(h, ch, out);
	}
}

static void open_char(struct html *h, char ch, struct place at, struct text *out)
{
	if (ch == '!') {
		h->state = HTML_BANG;
		return;
	}
	put(h, '<', out);
	put(h, ch, out);
	if (ch == '/') {
		h->state = HTML_END;
	} else if (islower((unsigned char)ch)) {
		h->state = HTML_NAME;
		word_add(h->tag, ch, at);
	} else {
		fault(
		    at, "\"<\" that begins no tag: &lt;, and names of elements are in lower case");
	}
}

/* Within a tag, where a name, an end or white space may follow. */
static bool tag_char(struct html *h, char ch, struct place at, struct text *out)
{
	if (isspace((unsigned char)ch)) {
		h->space = true;
		h->state = HTML_SPACE;
		return false;
	}
	if (ch == '>' || ch == '/') {
		h->space = false;
		put(h, ch, out);
		h->state = HTML_SLASH;
		if (ch == '>' && keeps_space(h->tag))
			text_addc(
			    out, '\n'); /* that one is dropped (HTML 13.2.6.4.7), so no other is */
		return ch == '>' ? start_tag(h, false, at) : false;
	}
	if (h->state == HTML_TIGHT)
		fault(at, "white space is missing before an attribute");
	if (!isalpha((unsigned char)ch))
		fault(at, "not the name of an attribute");
	attr_start(h);
	word_add(h->attr, ch, at);
	put(h, ch, out);
	h->state = HTML_ATTR;
	return false;
}

static bool name_char(struct html *h, char ch, struct place at, struct text *out)
{
	bool is_attr = h->state == HTML_ATTR;

	if (isalnum((unsigned char)ch) || ch == '-' || (is_attr && strchr(":_", ch) != NULL)) {
		if (!is_attr && isupper((unsigned char)ch) && !within(h, "svg"))
			fault(at, "names of elements are in lower case");
		word_add(is_attr ? h->attr : h->tag, ch, at);
		put(h, ch, out);
		return false;
	}
	if (is_attr) {
		attr_check(h, at);
		if (ch == '=') {
			put(h, ch, out);
			h->state = HTML_EQUALS;
			return false;
		}
		if (is_url(h->attr))
			fault(at, "%s without a value", h->attr);
	}
	h->state = HTML_TIGHT;
	return tag_char(h, ch, at, out);
}

static void end_char(struct html *h, char ch, struct place at, struct text *out)
{
	put(h, ch, out);
	if (ch == '>')
		end_tag(h, at);
	else if (isalnum((unsigned char)ch) || ch == '-')
		word_add(h->tag, ch, at);
	else
		fault(at, "an end tag holds nothing but its name");
}

/* "<!": the doctype, or a comment, which is not passed on. */
static void bang_char(struct html *h, char ch, struct place at, struct text *out)
{
	static const char doctype[] = "DOCTYPE html";

	word_add(h->tag, ch, at);
	if (strcmp(h->tag, "--") == 0) {
		h->state = HTML_COMMENT;
		h->n_value = 0;
	} else if (strcmp(h->tag, "DOCTYPE html>") == 0) {
		due(h, out);
		text_addz(out, "<!DOCTYPE html>");
		h->line_start = false;
		h->state = HTML_TEXT;
	} else if (strncmp(h->tag, doctype, strlen(h->tag)) != 0 && strcmp(h->tag, "-") != 0) {
		fault(at, "only <!DOCTYPE html> and comments begin with <!");
	}
}

static void comment_char(struct html *h, char ch)
{
	if (ch == '>' && h->n_value >= 2)
		h->state = HTML_TEXT;
	h->n_value = ch == '-' ? h->n_value + 1 : 0;
}

bool html_char(struct html *h, char ch, struct place at, struct text *out)
{
	switch (h->state) {
	case HTML_TEXT:
		text_char(h, ch, at, out);
		return false;
	case HTML_OPEN:
		open_char(h, ch, at, out);
		return false;
	case HTML_NAME:
	case HTML_ATTR:
		return name_char(h, ch, at, out);
	case HTML_END:
		end_char(h, ch, at, out);
		return false;
	case HTML_SPACE:
	case HTML_TIGHT:
		return tag_char(h, ch, at, out);
	case HTML_EQUALS:
		if (ch != '"' && ch != '\'')
			fault(at, "the value of %s stands in quotes", h->attr);
		put(h, ch, out);
		h->quote = ch;
		h->state = HTML_VALUE;
		return false;
	case HTML_VALUE:
		value_char(h, ch, at, out);
		return false;
	case HTML_SLASH:
		if (ch != '>')
			fault(at, "\"/\" is followed by \">\"");
		put(h, ch, out);
		return start_tag(h, true, at);
	case HTML_BANG:
		bang_char(h, ch, at, out);
		return false;
	case HTML_COMMENT:
		comment_char(h, ch);
		return false;
	}
	return false;
}

/* ---- what stands between ---- */

static void never(const struct html *h, struct place at, const char *what)
{
	static const char *const where[] = {[HTML_OPEN] = "in the name of an element",
	    [HTML_NAME] = "in the name of an element",
	    [HTML_END] = "in the name of an element",
	    [HTML_SPACE] = "in the name of an attribute",
	    [HTML_TIGHT] = "in the name of an attribute",
	    [HTML_ATTR] = "in the name of an attribute",
	    [HTML_EQUALS] = "in an attribute without quotes",
	    [HTML_SLASH] = "in the end of a tag",
	    [HTML_BANG] = "in a comment",
	    [HTML_COMMENT] = "in a comment"};

	if (where[h->state] != NULL)
		fault(at, "%s %s", what, where[h->state]);
	if (h->state == HTML_TEXT && strcmp(inside(h), "script") == 0)
		fault(at, "%s in a script", what);
}

enum html_spot html_value(struct html *h, struct place at, struct text *out)
{
	never(h, at, "a value");
	due(h, out);
	h->line_start = false;
	if (h->state != HTML_VALUE)
		return one_of("title textarea", inside(h)) ? SPOT_ATTR : SPOT_TEXT;
	h->dynamic = true;
	if (!is_url(h->attr) || h->url == URL_FRAGMENT)
		return SPOT_ATTR;
	if (h->url != URL_START)
		fault(at, "in %s a struct url stands first, and alone but for #", h->attr);
	h->url = URL_VALUE;
	h->url_first = true;
	return SPOT_URL;
}

enum html_spot html_words(struct html *h, struct place at, struct text *out)
{
	never(h, at, "a message");
	if (h->state == HTML_VALUE && is_url(h->attr))
		fault(at, "a message in %s", h->attr);
	return html_value(h, at, out);
}

void html_branch(struct html *h, struct place at, struct text *out)
{
	switch (h->state) {
	case HTML_TEXT:
		due(h, out);
		break;
	case HTML_VALUE:
		if (is_url(h->attr))
			fault(at, "a branch in %s: make the struct url before", h->attr);
		due(h, out);
		h->dynamic = true;
		break;
	case HTML_ATTR:
		attr_check(h, at);
		if (is_url(h->attr))
			fault(at, "%s without a value", h->attr);
		h->state = HTML_TIGHT;
		break;
	case HTML_NAME:
		h->state = HTML_TIGHT;
		break;
	case HTML_SPACE:
		due(h, out);
		break;
	case HTML_TIGHT:
		break;
	default:
		never(h, at, "a branch");
	}
}

void html_join(struct html *a, const struct html *b, struct place at)
{
	bool tags = (a->state == HTML_SPACE || a->state == HTML_TIGHT) &&
		    (b->state == HTML_SPACE || b->state == HTML_TIGHT);

	if (a->depth != b->depth)
		fault(at, "one way to this place leaves <%s> open and another does not",
		    inside(a->depth > b->depth ? a : b));
	for (size_t i = 0; i < a->depth; i++)
		if (strcmp(a->open[i].name, b->open[i].name) != 0)
			fault(at, "<%s> is open here on one way and <%s> on another",
			    a->open[i].name, b->open[i].name);
	if (a->state != b->state && !tags)
		fault(at, "the ways to this place end within different parts of a tag");
	if (a->state == HTML_VALUE && strcmp(a->attr, b->attr) != 0)
		fault(at, "the ways to this place end in different attributes");
	if (b->state == HTML_TIGHT)
		a->state = HTML_TIGHT;
	a->line_start = a->line_start && b->line_start;
	a->has_src = a->has_src && b->has_src;
	if (a->posts != b->posts)
		fault(at, "the method of a form does not depend on anything");
}

bool html_plain_text(const struct html *h)
{
	return h->state == HTML_TEXT && !one_of("title textarea script", inside(h));
}

void html_end(const struct html *h, struct place at)
{
	if (h->state != HTML_TEXT)
		fault(at, "ends within a tag");
	if (h->depth > 0)
		fault(h->open[h->depth - 1].at, "<%s> is not closed", inside(h));
}
