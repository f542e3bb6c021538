#include "in/book_p.h"

#include "base/mem.h"

void book_trace_add(
    struct ctx *c, struct book *book, enum book_trace trace, struct str where, int64_t n)
{
	for (size_t i = 0; i < book->n_notes; i++)
		if (book->notes[i].trace == trace && str_eq(book->notes[i].where, where)) {
			book->notes[i].n += n;
			return;
		}
	book->notes =
	    mem_grow(c, book->notes, book->n_notes, &book->cap_notes, sizeof *book->notes);
	book->notes[book->n_notes++] = (struct book_note){trace, str_make(c, where), n};
}

static bool contains(struct str s, const char *part)
{
	return s.n > 0 && memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static bool slash(char ch)
{
	return ch == '/' || ch == '\\';
}

/* A folder of that name is part of the path. */
static bool folder(struct str s, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 1; i + n < s.n; i++)
		if (slash(s.p[i - 1]) && memcmp(s.p + i, name, n) == 0 && slash(s.p[i + n]))
			return true;
	return false;
}

bool book_trace_path(struct str text)
{
	/* a drive, a server, a file: address; the folders of persons, and of what mail programs
	 * keep */
	if (text.n > 2 && text.p[1] == ':' && slash(text.p[2]))
		return true;
	return str_starts(text, "\\\\") || str_starts(text, "file:") || folder(text, "Users") ||
	       folder(text, "home") || folder(text, "INetCache") ||
	       contains(text, "-my.sharepoint.com/personal/");
}

static bool is_address(struct str s)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, '@', s.n);

	return at != NULL && at != s.p && memchr(at, '.', (size_t)(s.p + s.n - at)) != NULL &&
	       !str_has(s, ' ');
}

/* ---- one part ---- */

enum part { PART_RELATIONS, PART_CORE, PART_APP, PART_CUSTOM };

struct trace {
	struct book *book;
	struct str where;
	enum part part;
	struct buf text;
	bool on;
};

static int trace_open(struct ctx *c, void *arg, struct str space, struct str name,
    const struct book_attr *attrs, size_t n)
{
	struct trace *t = arg;
	struct str target = book_attr_find(attrs, n, "Target");

	(void)space;
	t->text = buf_init(c, BOOK_TEXT_MAX);
	t->on = true;
	if (t->part != PART_RELATIONS || !str_is(name, "Relationship"))
		return 0;
	if (book_trace_path(target))
		book_trace_add(c, t->book, BOOK_PATHS, t->where, 1);
	if (str_is(book_attr_find(attrs, n, "TargetMode"), "External"))
		book_trace_add(c, t->book, BOOK_LINKS, t->where, 1);
	return 0;
}

static bool names_author(enum part part, struct str name)
{
	return part == PART_CORE
		   ? str_is(name, "creator") || str_is(name, "lastModifiedBy")
		   : part == PART_APP && (str_is(name, "Manager") || str_is(name, "Company"));
}

static int trace_close(struct ctx *c, void *arg, struct str space, struct str name)
{
	struct trace *t = arg;
	struct str text = t->on ? str_trim(buf_str(&t->text)) : STR("");

	(void)space;
	t->on = false;
	if (text.n == 0)
		return 0;
	if (names_author(t->part, name))
		book_trace_add(c, t->book, BOOK_AUTHORS, t->where, 1);
	if (t->part == PART_CORE && str_is(name, "title"))
		t->book->title = str_make(c, text);
	if (is_address(text))
		book_trace_add(c, t->book, BOOK_ADDRESSES, t->where, 1);
	if (book_trace_path(text))
		book_trace_add(c, t->book, BOOK_PATHS, t->where, 1);
	return 0;
}

static int trace_text(struct ctx *c, void *arg, struct str text)
{
	struct trace *t = arg;

	(void)c;
	if (t->on)
		buf_put(&t->text, text); /* what is too long is cut off */
	return 0;
}

static int read_one(struct ctx *c, const char *file, struct book_zip *zip, struct book *book,
    struct str part, enum part as)
{
	struct trace t = {.book = book, .where = part, .part = as};
	struct book_xml xml = {file, part, trace_open, trace_close, trace_text, &t};
	struct str bytes;
	int rc = book_zip_read(c, zip, part, &bytes);

	return rc == 0 ? book_xml_read(c, &xml, bytes) : rc;
}

int book_trace_read(struct ctx *c, const char *file, struct book_zip *zip, struct book *book)
{
	int rc = 0;

	for (size_t i = 0; rc == 0; i++) {
		struct str part = book_zip_part(zip, i);

		if (part.p == NULL || part.n == 0)
			break;
		if (str_ends(part, ".rels"))
			rc = read_one(c, file, zip, book, part, PART_RELATIONS);
		else if (str_is(part, "docProps/core.xml"))
			rc = read_one(c, file, zip, book, part, PART_CORE);
		else if (str_is(part, "docProps/app.xml"))
			rc = read_one(c, file, zip, book, part, PART_APP);
		else if (str_is(part, "docProps/custom.xml"))
			rc = read_one(c, file, zip, book, part, PART_CUSTOM);
		else if (str_starts(part, "xl/comments") || str_starts(part, "xl/threadedComments"))
			book_trace_add(c, book, BOOK_COMMENTS, part, 1);
	}
	return rc;
}
