/* Reads a template: what stands between {{ }}, {% %}, {_ _} and {# #}, and the blocks these make.
 */
#include "tmpl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Which directive ended a block. */
enum ending { END_END, END_ELIF, END_ELSE };

struct directive {
	char *word, *rest;
	struct place at;
};

static struct place here(const struct gen *g)
{
	return (struct place){g->file, g->line, (int)(g->at - g->line_from) + 1};
}

static void step(struct gen *g)
{
	if (g->in.p[g->at++] == '\n') {
		g->line++;
		g->line_from = g->at;
	}
}

static bool looks(const struct gen *g, const char *z)
{
	return strncmp(g->in.p + g->at, z, strlen(z)) == 0;
}

/* Up to the closing mark, which is no part of a quoted text in C. Trimmed. */
static char *inner(struct gen *g, const char *close, bool is_c)
{
	struct place at = here(g);
	char quote = '\0', *copy;
	size_t from, to;

	step(g);
	step(g);
	from = g->at;
	while (g->at < g->in.n && (quote != '\0' || !looks(g, close))) {
		char ch = g->in.p[g->at];

		if (quote != '\0' && ch == '\\')
			step(g);
		else if (is_c && quote == '\0' && (ch == '"' || ch == '\''))
			quote = ch;
		else if (quote != '\0' && ch == quote)
			quote = '\0';
		if (g->at < g->in.n)
			step(g);
	}
	if (g->at >= g->in.n)
		fault(at, "no \"%s\" for what begins here", close);
	to = g->at;
	step(g);
	step(g);
	while (from < to && isspace((unsigned char)g->in.p[from]))
		from++;
	while (to > from && isspace((unsigned char)g->in.p[to - 1]))
		to--;
	copy = text_copy(g->in.p + from, to - from);
	if (copy[0] == '\0' && close[0] != '#')
		fault(at, "nothing stands here");
	return copy;
}

static struct directive directive_read(struct gen *g)
{
	struct directive d = {.at = here(g)};
	char *all = inner(g, "%}", true);
	size_t n = 0;

	while (isalpha((unsigned char)all[n]))
		n++;
	d.word = text_copy(all, n);
	while (isspace((unsigned char)all[n]))
		n++;
	d.rest = text_copy(all + n, strlen(all + n));
	free(all);
	return d;
}

static bool is(const struct directive *d, const char *word)
{
	return strcmp(d->word, word) == 0;
}

/* A C name at the beginning of *z, which goes past it and white space. */
static char *name_take(char **z, struct place at)
{
	size_t n = 0;
	char *name;

	if (isalpha((unsigned char)**z) || **z == '_')
		while (isalnum((unsigned char)(*z)[n]) || (*z)[n] == '_')
			n++;
	if (n == 0)
		fault(at, "a name is missing");
	name = text_copy(*z, n);
	*z += n;
	while (isspace((unsigned char)**z))
		(*z)++;
	return name;
}

static void nothing_more(const struct directive *d, const char *rest)
{
	if (*rest != '\0')
		fault(d->at, "nothing follows {%% %s %%}", d->word);
}

static void expression(struct gen *g, const struct directive *d, const char *expr)
{
	if (*expr == '\0')
		fault(d->at, "{%% %s %%} without an expression", d->word);
	say_scan(g->say, expr, strlen(expr), d->at);
}

static enum ending block(struct gen *g, struct directive *ret);

static void if_block(struct gen *g, struct directive d)
{
	struct html before, after;
	bool any = false, last = false;

	html_branch(&g->html, d.at, &g->literal);
	gen_flush(g);
	before = g->html;
	for (;;) {
		enum ending how;

		gen_line(g, d.at);
		if (!last) {
			expression(g, &d, d.rest);
			text_fmt(&g->code, "\tif (%s) {\n", d.rest);
		}
		how = block(g, &d);
		html_branch(&g->html, d.at, &g->literal);
		gen_flush(g);
		if (any)
			html_join(&after, &g->html, d.at);
		else
			after = g->html;
		any = true;
		if (how == END_END)
			break;
		if (last)
			fault(d.at, "{%% %s %%} after {%% else %%}", d.word);
		last = how == END_ELSE;
		text_addz(&g->code, last ? "\t} else {\n" : "\t} else\n");
		g->html = before;
	}
	text_addz(&g->code, "\t}\n");
	if (!last)
		html_join(&after, &before, d.at);
	g->html = after;
}

static void for_block(struct gen *g, struct directive d)
{
	struct html before;
	char *rest = d.rest, *x = name_take(&rest, d.at), *in = name_take(&rest, d.at);

	if (strcmp(in, "in") != 0)
		fault(d.at, "{%% for NAME in LIST %%}");
	expression(g, &d, rest);
	html_branch(&g->html, d.at, &g->literal);
	gen_flush(g);
	if (g->html.state == HTML_SPACE)
		g->html.state = HTML_TIGHT;
	before = g->html;
	gen_line(g, d.at);
	text_fmt(&g->code, "\tPAGE_EACH(%s, (%s)) {\n", x, rest);
	if (block(g, &d) != END_END)
		fault(d.at, "{%% %s %%} belongs to no {%% if %%}", d.word);
	html_branch(&g->html, d.at, &g->literal);
	gen_flush(g);
	html_join(&g->html, &before, d.at);
	text_addz(&g->code, "\t}\n");
}

static void use(struct gen *g, struct directive d)
{
	char *rest = d.rest, *name = name_take(&rest, d.at);

	if (!html_plain_text(&g->html))
		fault(d.at, "a part stands where elements may stand");
	if (*rest != '(' || rest[strlen(rest) - 1] != ')')
		fault(d.at, "{%% use NAME(VALUE) %%}");
	expression(g, &d, rest);
	html_branch(&g->html, d.at, &g->literal);
	g->html.line_start = false;
	gen_flush(g);
	g->uses = grow(g->uses, (g->n_uses + 1) * sizeof *g->uses);
	g->uses[g->n_uses++] = (struct used){name, d.at};
	gen_line(g, d.at);
	text_fmt(&g->code, "\tpart_%s(p, %s;\n", name, rest + 1);
}

static void let(struct gen *g, struct directive d)
{
	char *rest = d.rest, *x = name_take(&rest, d.at);

	if (*rest != '=')
		fault(d.at, "{%% let NAME = VALUE %%}");
	expression(g, &d, rest + 1);
	html_branch(&g->html, d.at, &g->literal);
	gen_flush(g);
	gen_line(g, d.at);
	text_fmt(&g->code, "\tconst struct json *%s = (%s);\n", x, rest + 1);
}

static void body(struct gen *g, struct directive d)
{
	nothing_more(&d, d.rest);
	if (!g->in_frame)
		fault(d.at, "{%% body %%} outside of a frame");
	if (!html_plain_text(&g->html))
		fault(d.at, "the body stands where elements may stand");
	g->in_frame = false; /* once */
	html_branch(&g->html, d.at, &g->literal);
	gen_flush(g);
	text_addz(&g->code, "\tbody(p, v);\n");
}

static void value(struct gen *g)
{
	struct place at = here(g);
	char *expr = inner(g, "}}", true);

	say_scan(g->say, expr, strlen(expr), at);
	gen_value(g, expr, at);
	free(expr);
}

static void message(struct gen *g)
{
	struct place at = here(g);
	char *text = inner(g, "_}", false);

	gen_message(g, text, strlen(text), at, false);
	free(text);
}

static void character(struct gen *g)
{
	struct place at = here(g);
	char ch = g->in.p[g->at];

	if (ch == '\0')
		fault(at, "a byte 0");
	step(g);
	if (html_char(&g->html, ch, at, &g->literal)) {
		gen_flush(g);
		text_addz(&g->code, "\tpage_proof(p);\n");
	}
}

/* A directive within a page; true: it ended the block. */
static bool directive(struct gen *g, struct directive d, enum ending *ret)
{
	static const struct {
		const char *word;
		void (*fn)(struct gen *g, struct directive d);
	} all[] = {
	    {"if", if_block}, {"for", for_block}, {"use", use}, {"let", let}, {"body", body}};
	static const char *const endings[] = {"end", "elif", "else"};

	for (size_t i = 0; i < 3; i++)
		if (is(&d, endings[i])) {
			if (i != END_ELIF)
				nothing_more(&d, d.rest);
			*ret = (enum ending)i;
			return true;
		}
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (is(&d, all[i].word)) {
			all[i].fn(g, d);
			return false;
		}
	fault(d.at, "{%% %s %%} is not known here", d.word);
}

/* Up to the directive that ends it, which is given back. */
static enum ending block(struct gen *g, struct directive *ret)
{
	struct place at = ret->at;
	enum ending how;

	for (;;) {
		if (g->at >= g->in.n)
			fault(at, "no {%% end %%} for what begins here");
		if (looks(g, "{{")) {
			value(g);
		} else if (looks(g, "{_")) {
			message(g);
		} else if (looks(g, "{#")) {
			free(inner(g, "#}", false));
		} else if (looks(g, "{%")) {
			*ret = directive_read(g);
			if (directive(g, *ret, &how))
				return how;
		} else {
			character(g);
		}
	}
}

/* ---- pages, parts and frames ---- */

static void block_whole(struct gen *g, struct directive d)
{
	g->html = (struct html){.line_start = true};
	if (block(g, &d) != END_END)
		fault(d.at, "{%% %s %%} belongs to no {%% if %%}", d.word);
	html_end(&g->html, d.at);
	gen_flush(g);
	text_addz(&g->code, "}\n\n");
}

/* {% part NAME %} or {% part NAME(PARAMETERS of C) %} */
static void part(struct gen *g, struct directive d)
{
	char *rest = d.rest, *name = name_take(&rest, d.at);
	size_t n = strlen(rest);

	if (n > 0 && (n < 3 || rest[0] != '(' || rest[n - 1] != ')'))
		fault(d.at, "{%% part NAME %%} or {%% part NAME(PARAMETERS) %%}");
	for (size_t i = 0; i < g->n_parts; i++)
		if (strcmp(g->parts[i].name, name) == 0)
			fault(d.at, "the part %s stands in %s, line %d, already", name,
			    g->parts[i].at.file, g->parts[i].at.line);
	g->parts = grow(g->parts, (g->n_parts + 1) * sizeof *g->parts);
	g->parts[g->n_parts++] = (struct used){name, d.at};
	for (int i = 0; i < 2; i++) {
		struct text *to = i == 0 ? &g->top : &g->code;

		text_fmt(to, "%s void part_%s(struct page *p, const struct json *v",
		    i == 0 ? "PAGE_PART" : "static", name);
		if (n > 0)
			text_fmt(to, ", %.*s", (int)n - 2, rest + 1);
		text_addz(to, i == 0 ? ");\n" : ")\n{\n\t(void)p;\n\t(void)v;\n");
	}
	block_whole(g, d);
}

static void frame(struct gen *g, struct directive d)
{
	char *rest = d.rest, *name = name_take(&rest, d.at);

	nothing_more(&d, rest);
	text_fmt(&g->top,
	    "PAGE_PART void frame_%s(struct page *p, const struct json *v,\n"
	    "    void (*body)(struct page *, const struct json *));\n",
	    name);
	text_fmt(&g->code,
	    "static void frame_%s(struct page *p, const struct json *v,\n"
	    "    void (*body)(struct page *, const struct json *))\n{\n\t(void)v;\n",
	    name);
	g->in_frame = true;
	block_whole(g, d);
	if (g->in_frame)
		fault(d.at, "a frame has a {%% body %%}");
}

/* {% page NAME [in FRAME] : Title {1} | value %} */
static void page(struct gen *g, struct directive d)
{
	char *rest = d.rest, *name = name_take(&rest, d.at), *in = "frame";

	if (*rest != ':' && *rest != '\0') {
		char *word = name_take(&rest, d.at);

		if (strcmp(word, "in") != 0)
			fault(d.at, "{%% page NAME in FRAME : Title %%}");
		in = name_take(&rest, d.at);
	}
	if (*rest != ':')
		fault(d.at, "a page has a title: {%% page NAME : Title %%}");
	text_fmt(&g->h, "void tmpl_%s(struct page *p, const struct json *v);\n", name);
	text_fmt(&g->code,
	    "static void body_%s(struct page *p, const struct json "
	    "*v)\n{\n\t(void)p;\n\t(void)v;\n",
	    name);
	block_whole(g, d);
	text_fmt(&g->code,
	    "void tmpl_%s(struct page *p, const struct json *v)\n{\n"
	    "\tstruct buf title = buf_init(p->c, PAGE_TITLE_MAX), *to = p->b;\n\n\t(void)v;\n"
	    "\tp->b = &title;\n",
	    name);
	gen_message(g, rest + 1, strlen(rest + 1), d.at, true);
	gen_line(g, d.at);
	text_fmt(&g->code,
	    "\tp->title = buf_str(&title);\n\tp->b = to;\n\tframe_%s(p, v, body_%s);\n}\n\n", in,
	    name);
}

/* {% include "web/x.h" %} */
static void include(struct gen *g, struct directive d)
{
	if (strncmp(d.rest, "\"web/", 5) != 0)
		fault(d.at, "a template includes headers of web");
	text_fmt(&g->top, "#include %s\n", d.rest);
}

void gen_file(struct gen *g, const char *path)
{
	g->file = path;
	g->in = text_file(path);
	g->at = g->line_from = 0;
	g->line = 1;
	while (g->at < g->in.n) {
		struct directive d;

		if (isspace((unsigned char)g->in.p[g->at])) {
			step(g);
			continue;
		}
		if (looks(g, "{#")) {
			free(inner(g, "#}", false));
			continue;
		}
		if (!looks(g, "{%"))
			fault(here(g), "outside of pages and parts stand only {%% %%} and {# #}");
		d = directive_read(g);
		if (is(&d, "page"))
			page(g, d);
		else if (is(&d, "part"))
			part(g, d);
		else if (is(&d, "frame"))
			frame(g, d);
		else if (is(&d, "include"))
			include(g, d);
		else
			fault(d.at, "{%% %s %%} outside of a page or part", d.word);
	}
	free(g->in.p);
}
