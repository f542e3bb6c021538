#include "in/wording.h"

#include "kind/yaml.h"

/* What nobody sees on a page and what moves other characters about (up to 4 bytes of valid UTF-8):
 * C1 controls, soft hyphens, joiners and spaces without width, the order of writing turned round,
 * line separators, byte order marks, tags, and what is no character. The YAML reader refuses some
 * of them, but an escape in quotes can bring them. */
static bool unseen(const unsigned char *p)
{
	switch (p[0]) {
	case 0xc2:
		return p[1] <= 0x9f || p[1] == 0xad;
	case 0xd8:
		return p[1] == 0x9c;
	case 0xe1:
		return p[1] == 0xa0 && p[2] == 0x8e;
	case 0xe2:
		return (p[1] == 0x80 &&
			   ((p[2] >= 0x8b && p[2] <= 0x8f) || (p[2] >= 0xa8 && p[2] <= 0xae))) ||
		       (p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xaf);
	case 0xef:
		return (p[1] == 0xbb && p[2] == 0xbf) ||
		       (p[1] == 0xbf && (p[2] >= 0xbe || (p[2] >= 0xb9 && p[2] <= 0xbb)));
	case 0xf3:
		return p[1] >= 0xa0; /* tags and what follows them */
	default:
		return false;
	}
}

/* Where the first such or control character stands, s.n when there is none; line ends may stand in
 * a text. s is valid UTF-8. */
static size_t bad_at(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char p[3] = {(unsigned char)s.p[i]};

		if ((p[0] < 0x20 && !(p[0] == '\n' && lines)) || p[0] == 0x7f)
			return i;
		if (p[0] < 0xc2 || i + 1 == s.n)
			continue;
		p[1] = (unsigned char)s.p[i + 1];
		if (i + 2 < s.n)
			p[2] = (unsigned char)s.p[i + 2];
		if (unseen(p))
			return i;
	}
	return s.n;
}

bool wording_line_ok(struct str s)
{
	return s.n <= WORDING_LINE_MAX && str_utf8_bad(s) == s.n && bad_at(s, false) == s.n;
}

static bool text_ok(struct str s)
{
	return s.n <= WORDING_TEXT_MAX && str_utf8_bad(s) == s.n && bad_at(s, true) == s.n;
}

int wording_check(struct ctx *c, const struct wording *w)
{
	const struct {
		const char *key;
		struct str s;
		bool ok;
	} parts[] = {{"title", w->title, wording_line_ok(w->title)},
	    {"text", w->text, text_ok(w->text)},
	    {"authority", w->authority, wording_line_ok(w->authority)},
	    {"outcome", w->outcome, wording_line_ok(w->outcome)}};

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (w->title.n == 0 && parts[i].s.n > 0)
			return err_set(
			    c, ERR_INVALID, "title: a text in this language needs its title");
		if (!parts[i].ok)
			return err_set(c, ERR_INVALID,
			    "%s: too long, or with a character that nobody sees", parts[i].key);
	}
	return 0;
}

/* ---- YAML ---- */

static int take(struct ctx *c, const struct yaml *map, const char *key, bool lines, struct str *ret)
{
	const struct yaml *node = yaml_find(map, key);
	size_t max = lines ? WORDING_TEXT_MAX : WORDING_LINE_MAX;
	struct str s;

	if (node == NULL)
		return 0;
	if (node->kind != YAML_SCALAR)
		return yaml_err(c, node, "%s: a text stands here", key);
	s = str_trim(node->text);
	if (s.n == 0)
		return yaml_err(c, node, "%s: it says nothing; leave it out", key);
	if (s.n > max)
		return yaml_err(c, node, "%s: longer than %zu bytes", key, max);
	if (bad_at(s, lines) < s.n)
		return yaml_err(c, node,
		    lines ? "%s: a control character has no place in it"
			  : "%s: one line, without control characters",
		    key);
	*ret = s;
	return 0;
}

static int parse_yaml(struct ctx *c, const char *file, struct str text, struct wording *ret)
{
	const struct yaml *root;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0 && root->kind != YAML_MAP)
		rc = yaml_err(
		    c, root, "keys and values stand here: title, text, authority, outcome");
	if (rc == 0)
		rc = yaml_keys_check(c, root, "title text authority outcome");
	if (rc == 0 && yaml_find(root, "title") == NULL)
		rc = yaml_err(c, root, "there is no title");
	if (rc == 0)
		rc = take(c, root, "title", false, &ret->title);
	if (rc == 0)
		rc = take(c, root, "text", true, &ret->text);
	if (rc == 0)
		rc = take(c, root, "authority", false, &ret->authority);
	return rc == 0 ? take(c, root, "outcome", false, &ret->outcome) : rc;
}

/* ---- plain text ---- */

/* An error at a byte of the file, which is valid UTF-8 before it. */
static int place(struct ctx *c, const char *file, struct str text, size_t at, const char *why)
{
	size_t line = 1, col = 1;

	for (size_t i = 0; i < at; i++) {
		line += text.p[i] == '\n';
		if (text.p[i] == '\n')
			col = 1;
		else
			col += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	}
	return err_set(c, ERR_INVALID, "%s:%zu:%zu: %s", file, line, col, why);
}

static int parse_plain(struct ctx *c, const char *file, struct str text, struct wording *ret)
{
	struct str title, rest, second, tail;
	size_t bad = str_utf8_bad(text), control, head;

	control = bad_at((struct str){text.p, bad}, true);
	if (control < bad)
		return place(c, file, text, control, "a control character has no place in it");
	if (bad < text.n)
		return place(c, file, text, bad, "not UTF-8");
	(void)str_cut(text, '\n', &title, &rest);
	head = title.n < text.n ? title.n + 1 : title.n;
	title = str_trim(title);
	if (title.n == 0)
		return place(c, file, text, 0, "the title stands in the first line");
	if (title.n > WORDING_LINE_MAX)
		return place(c, file, text, 0, "the title is too long (400 bytes)");
	(void)str_cut(rest, '\n', &second, &tail);
	if (str_trim(second).n > 0)
		return place(c, file, text, head, "an empty line stands between title and text");
	rest = str_trim(rest);
	if (rest.n > WORDING_TEXT_MAX)
		return place(c, file, text, head, "the text is too long (32768 bytes)");
	ret->title = title;
	ret->text = rest;
	return 0;
}

int wording_parse(struct ctx *c, const char *file, struct str text, struct wording *ret)
{
	struct str name = str_of(file);
	struct wording w = {
	    .title = STR(""), .text = STR(""), .authority = STR(""), .outcome = STR("")};
	int rc;

	if (text.n > WORDING_FILE_MAX)
		return err_set(c, ERR_LIMIT, "%s: larger than %d bytes", file, WORDING_FILE_MAX);
	if (str_ends(name, ".yaml") || str_ends(name, ".yml"))
		rc = parse_yaml(c, file, text, &w);
	else
		rc = parse_plain(c, file, text, &w);
	if (rc != 0)
		return rc;
	/* the file's bytes need not stay */
	*ret = (struct wording){str_make(c, w.title), str_make(c, w.text), str_make(c, w.authority),
	    str_make(c, w.outcome)};
	return 0;
}
